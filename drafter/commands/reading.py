"""Files that hold a speech, of any kind, opened for every command that reads one."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.elsewhere import remarks as open_remarks
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, printable
from drafter.outline import shelf
from drafter.readers.open import DOCX, MARKDOWN, MAX_BYTES, OUTLINE, TEXT, FileKind, Read, kind_named, kind_of
from drafter.speech.draft import Draft, LeftOut
from drafter.speech.papers import PaperSpan, papers_of

if TYPE_CHECKING:
    from drafter.template.styles import Template


class SpeechFile(NamedTuple):
    """A file opened: its bytes, what kind it is, and remarks: that its name says another, or that somebody has it open
    and may not have saved."""

    path: Path
    data: bytes
    kind: FileKind
    remarks: tuple[Diagnostic, ...]


def open_file(path: Path) -> SpeechFile:
    """A file of any kind that can be read. Raises Rejected."""
    if kind_named(path.name) is None:
        if os.path.isdir(path):
            raise Rejected(Diagnostic("这是文件夹，不是文件。", Place(str(path)), "写上里面一篇讲话稿的文件名。", code="file-is-folder"))
        if path.suffix and not os.path.exists(path):
            raise Rejected(Diagnostic("没有这个文件。", Place(str(path)), code="file-not-found"))
    told = open_remarks(path)
    data = shelf.read_bytes(path, MAX_BYTES)
    kind, more = kind_of(str(path), data)
    return SpeechFile(path, data, kind, (*told, *more))


def is_word(name: str) -> bool:
    """Whether a file is a Word document by its name."""
    return kind_named(name) is DOCX


def is_text(name: str) -> bool:
    """Whether a file is a text by its name, which can be written back as one."""
    return kind_named(name) in (TEXT, MARKDOWN)


def read(path: Path) -> Read:
    """The paragraphs of a file of any kind. Raises Rejected."""
    return read_opened(open_file(path))


def read_speech(path: Path) -> Read:
    """The same, but an outline, which is no speech yet, is refused. Raises Rejected."""
    return read_opened_speech(open_file(path))


def read_opened_speech(opened: SpeechFile) -> Read:
    """The same of a file that is open. Raises Rejected."""
    if opened.kind is OUTLINE:
        raise _no_speech_yet(opened.path)
    return read_opened(opened)


# ── one of several ─────────────────────────────────────────────────────────────────────────────────────────────────


class Parted(NamedTuple):
    """What was read of a file, or of one of the papers in it; `papers` are all of these, `part` the one that was read,
    counted from 1, 0 for the whole file."""

    read: Read
    papers: tuple[PaperSpan, ...]
    part: int = 0


def named_part(name: str, part: int = 0) -> tuple[Path, int]:
    """The file and the paper in it that a name says (合集.docx#2); a file that is really called so is meant itself. `part`
    is one that was asked for otherwise, 0 for none."""
    path, mark, number = name.rpartition("#")
    if mark and path and number.isdecimal() and len(number) < 4 and not Path(name).exists():
        return Path(path), part or int(number)
    return Path(name), part


def read_part(path: Path, part: int = 0, ask: bool = False, outline: bool = False) -> Parted:
    """One paper of a file that may hold several: the one `part` counts, or that the user picks (`ask`); else the whole
    file, and a remark that there are several. `outline`: the draft of an outline will do too. Raises Rejected;
    KeyboardInterrupt where the user gives up."""
    return parted(read(path) if outline else read_speech(path), path, part, ask)


def parted(found: Read, path: Path, part: int = 0, ask: bool = False) -> Parted:
    """The same of a file that was read. Raises Rejected; KeyboardInterrupt where the user gives up."""
    found = _seen(found, path)
    papers = papers_of(found.blocks, found.hints)
    if part < 0 or part > len(papers):
        told = f"这个文件里只有 {len(papers)} 篇，没有第 {part} 篇。"
        raise Rejected(Diagnostic(told, Place(str(path)), _listed(papers) or "不用写第几篇。", code="part-missing"))
    if len(papers) == 1:
        return Parted(found, papers, part)
    if not part and ask:
        part = _picked(papers)
    if not part:
        told = f"这个文件里像是有 {len(papers)} 篇，都放在一起了：{_listed(papers)}"
        hint = f"只要一篇就写上第几篇，例如第 2 篇：{printable(path.name)}#2"
        remark = Diagnostic(told, Place(str(path)), hint, level=WARNING, code="several-papers")
        return Parted(found._replace(remarks=(*found.remarks, remark)), papers)
    paper = papers[part - 1]
    hints = {at - paper.start: hint for at, hint in found.hints.items() if paper.start <= at < paper.end}
    return Parted(Read(found.blocks[paper.start : paper.end], found.remarks, hints), papers, part)


def _seen(found: Read, path: Path) -> Read:
    """What was read without the characters of a Word file that nobody sees, which would part a word or a figure. A
    command that marks words in the file itself reads them as they stand."""
    from drafter.readers.text import UNSEEN, characters_left_out

    count = sum(len(UNSEEN.findall(span.text)) for block in found.blocks for span in block.spans)
    if not count:
        return found
    blocks = tuple(
        block._replace(spans=tuple(span._replace(text=UNSEEN.sub("", span.text)) for span in block.spans))
        for block in found.blocks
    )
    return found._replace(blocks=blocks, remarks=(*found.remarks, *characters_left_out(count, str(path))))


def _listed(papers: Sequence[PaperSpan]) -> str:
    if len(papers) < 2:
        return ""
    named = [f"{n}. {_titled(paper)}（{paper.characters:,} 字）" for n, paper in enumerate(papers[:_NAMED], 1)]
    return "；".join(named) + ("；等。" if len(papers) > _NAMED else "。")


def _titled(paper: PaperSpan) -> str:
    return printable(paper.title[:40]) or "（没有标题）"


def _picked(papers: Sequence[PaperSpan]) -> int:
    """The paper the user picks, 0 for all. Raises KeyboardInterrupt where he gives up."""
    from drafter.commands.picking import choose

    options = [(str(n), f"{n}. {_titled(paper)}（{paper.characters:,} 字）") for n, paper in enumerate(papers, 1)]
    answer = choose(f"这个文件里像是有 {len(papers)} 篇，要哪一篇？", [*options, ("0", "都要，放在一起")])
    if answer is None:
        raise KeyboardInterrupt
    return int(answer)


def _no_speech_yet(path: Path) -> Rejected:
    return Rejected(
        Diagnostic("这是提纲，还不是讲话稿。", Place(str(path)), f"先写成讲话稿：drafter new --outline {path}", code="outline-not-speech")
    )


def read_opened(opened: SpeechFile) -> Read:
    """The paragraphs of an opened file. Raises Rejected."""
    name = str(opened.path)
    if opened.kind is OUTLINE:
        return _of_outline(opened.path)
    if opened.kind.read is not None:
        found = opened.kind.read(opened.data, name)
    else:
        assert DOCX.read is not None
        found = DOCX.read(converted(opened), name)
    return found._replace(remarks=(*opened.remarks, *found.remarks))


def converted(opened: SpeechFile) -> bytes:
    """The .docx an office program makes of an opened file. Raises Rejected."""
    from datetime import datetime

    from drafter.commands.office import to_docx
    from drafter.readers.office import mended

    name = str(opened.path)
    return mended(to_docx(opened.data, _ending(opened), name), name, datetime.now())


def _ending(opened: SpeechFile) -> str:
    """What LibreOffice is told a file is. WPS Office writes Word's own format under its .wps; what is not that is of
    Microsoft Works, which had the ending before."""
    suffix = opened.path.suffix.lower()
    if opened.kind.name == "wps" and "WordDocument".encode("utf-16-le") in opened.data:
        return "doc"
    return (suffix if suffix in opened.kind.suffixes else opened.kind.suffixes[0]).removeprefix(".")


def _of_outline(path: Path) -> Read:
    """The draft an outline makes of itself, nothing answered."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, blocks_of, open_outline, open_template
    from drafter.outline.fill import fill

    opened = open_outline(str(path))
    outline = opened.outline
    blocks = blocks_of(fill(outline, {}), open_template(outline.template or DEFAULT_TEMPLATE))
    return Read(blocks, opened.remarks)


#: Characters of a line left out that are shown, and lines of a reason that are.
_SHOWN, _NAMED = 20, 12


def left_out(draft: Draft, path: Path) -> tuple[Diagnostic, ...]:
    """What there is to say about the paragraphs of a file that are not the speech's: a remark for each reason."""
    found: dict[str, list[LeftOut]] = {}
    for line in draft.left_out:
        found.setdefault(line.reason, []).append(line)
    shared = "、".join(f"“{_clipped(words)}”" for words in draft.shared)
    apart = Diagnostic(f"标题和称呼写在一行里，分开来读：{shared}。", Place(str(path)), level=WARNING, code="title-with-greeting")
    return (apart,) * bool(shared) + tuple(
        Diagnostic(
            f"没有收进来：{reason} {len(lines)} 行，"
            + "、".join(f"“{_clipped(line.text)}”" for line in lines[:_NAMED])
            + ("等" if len(lines) > _NAMED else "")
            + "。",
            Place(str(path), _line_of(lines[0].node)),
            level=WARNING,
            code="lines-left-out",
        )
        for reason, lines in found.items()
    )


def _clipped(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _line_of(node: str) -> int:
    """The line a node of a text names, 0 where it names none."""
    number = node.removeprefix("line.")
    return int(number) if node.startswith("line.") and number.isdecimal() else 0


# ── as a Word document ─────────────────────────────────────────────────────────────────────────────────────────────


class WordFile(NamedTuple):
    """A file as a Word document. `made_of` is what that was made of is called, "" where it is what lies on the disk."""

    data: bytes
    made_of: str = ""
    remarks: tuple[Diagnostic, ...] = ()


def as_word(path: Path, template: str = "") -> WordFile:
    """The file as a .docx: itself, or made of it by an office program, or its words set by a template. An outline is no
    speech yet. Raises Rejected."""
    if kind_named(path.name) is DOCX:
        told = open_remarks(path)
        return WordFile(shelf.read_bytes(path), remarks=told)
    return word_of(open_file(path), template)


def word_of(opened: SpeechFile, template: "str | Template" = "") -> WordFile:
    """The same of a file that is open; the template may be one that is open too. Raises Rejected."""
    kind = opened.kind
    if kind is DOCX:
        named = kind_named(opened.path.name) is DOCX
        return WordFile(opened.data, "" if named else kind.called, opened.remarks)
    if kind is OUTLINE:
        raise _no_speech_yet(opened.path)
    if kind.becomes == "docx":
        return WordFile(converted(opened), kind.called, opened.remarks)
    from datetime import datetime

    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.speech.recognise import recognise
    from drafter.template.paper import with_paper_styles
    from drafter.template.setting import set_text
    from drafter.writers.docx import write

    found = read_opened(opened)
    look = open_template(template or DEFAULT_TEMPLATE).template if isinstance(template, str) else template
    draft = recognise(found.blocks, found.hints)
    blocks = set_text(found.blocks, draft, look)
    look = with_paper_styles(look, {block.role for block in blocks})
    return WordFile(write(blocks, look, now=datetime.now()), kind.called, found.remarks)
