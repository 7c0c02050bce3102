"""A file somebody gives, looked at before anything is done with it: whether it can be used, and whose it is."""

from pathlib import Path
from typing import NamedTuple

from drafter.commands.reading import SpeechFile, open_file, read_opened
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.open import DOCX, OUTLINE, Read

#: Whose a file is: written by drafter and known by its record; written by drafter whose record is lost, damaged or of a newer
#: drafter; the text of a department's opinions put together; somebody else's.
OURS, LOST, NOT_OURS = "ours", "lost", "not-ours"


class Arrived(NamedTuple):
    """A file that can be used. `whose` is one of the above, `why` what there is to say where it is not ours; `called` is what
    kind of file it is; `outline` the outline's name as far as it is known, "" for none. `gathered`: it holds the ledger of
    a merge. `title` is that of the speech, `characters` its length in 字; "" and 0 for what an office program has to
    read first."""

    file: str
    called: str
    word: bool
    whose: str
    why: str = ""
    outline: str = ""
    gathered: bool = False
    title: str = ""
    characters: int = 0
    remarks: tuple[Diagnostic, ...] = ()


def arrived(file: str) -> Arrived:
    """What a file is. Raises Rejected for one nothing can be done with."""
    opened = open_file(Path(file))
    if opened.kind is OUTLINE:
        way = "提纲在“提纲”那里改；这里收写好的讲话稿。"
        raise Rejected(Diagnostic("这是提纲，不是讲话稿。", Place(file), way, code="outline-not-speech"))
    if opened.kind.read is None:
        why = f"这是{opened.kind.called}，里面没有记来历；来历只记在 .docx 里。"
        return Arrived(file, opened.kind.called, False, NOT_OURS, why, remarks=opened.remarks)
    found = read_opened(opened)
    if not any(block.text.strip() for block in found.blocks):
        raise Rejected(Diagnostic("里面没有字。", Place(file), "看看是不是选错了文件。", code="file-without-words"))
    title, characters = _speech(found)
    of = _whose(opened, found)
    return of._replace(title=title, characters=characters, remarks=found.remarks)


def _whose(opened: SpeechFile, found: Read) -> Arrived:
    file, called = str(opened.path), opened.kind.called
    if opened.kind is not DOCX or found.word is None:
        why = f"这是{called}，里面没有记来历；来历只记在 .docx 里。"
        return Arrived(file, called, False, NOT_OURS, why)
    from drafter.word.ledger import ledger_of
    from drafter.word.record import lineage_of

    try:
        gathered = ledger_of(found.word.file) is not None
    except Rejected:
        gathered = False  # whoever fills in the table is told
    try:
        lineage = lineage_of(found.word.file)
    except Rejected as refused:
        return Arrived(file, called, True, LOST, refused.diagnostics[0].message, gathered=gathered)
    if lineage.own is not None:
        return Arrived(file, called, True, OURS, "", lineage.own.outline, gathered)
    if lineage.outline:
        why = f"是用提纲“{lineage.outline}”写的，可是里面记的来历丢了，多半是别的程序存过；字都在。"
        return Arrived(file, called, True, LOST, why, lineage.outline, gathered)
    return Arrived(file, called, True, NOT_OURS, "里面没有记来历：不是起草台写的，或者是复制到新文件里的。", gathered=gathered)


def _speech(found: Read) -> tuple[str, int]:
    """The title of a speech and how long it is."""
    from drafter.chinese.numerals import count_read
    from drafter.speech.draft import plain
    from drafter.speech.recognise import recognise

    title = "".join(plain(recognise(found.blocks, found.hints).title).split())
    return title, sum(count_read(block.text) for block in found.blocks)
