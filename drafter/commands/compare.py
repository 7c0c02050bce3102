"""`drafter compare`: two drafts in, what became of the one in the other, and the 花脸稿. It opens the files; what changed is
told by `drafter.analysis.compare`, and written into Word by `drafter.revise.redline`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from drafter.analysis import compare as comparison
from drafter.analysis.compare import Comparison
from drafter.commands.reading import read
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.open import Read
from drafter.speech.draft import Draft
from drafter.speech.recognise import recognise

#: What a 花脸稿 can be written as.
FORMATS = ("docx",)


class CompareRequest(NamedTuple):
    """What a user wants of `compare`."""

    old: str
    new: str
    to: str = ""
    output: str = ""
    force: bool = False


class CompareResult(NamedTuple):
    """What `compare` has found. `file` is the 花脸稿, "" where none was asked for, "-" for standard output."""

    old: str
    new: str
    found: Comparison
    file: str
    remarks: tuple[Diagnostic, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        told = {"old": self.old, "new": self.new, **self.found.json()}
        return told | {"file": self.file or None, "remarks": [r.json() for r in self.remarks]}


def compare(request: CompareRequest) -> CompareResult:
    """Two drafts side by side. Raises Rejected, with nothing written."""
    from drafter.commands.saving import check, save

    old, new = Path(request.old), Path(request.new)
    target = _target(request)
    if target and target != "-":
        check(Path(target), force=request.force, inputs=(old, new))
    before, after = read(old), read(new)
    after_draft = recognise(after.blocks, after.hints)
    found = comparison.compare(recognise(before.blocks, before.hints), after_draft)
    remarks = (*before.remarks, *after.remarks)
    if target:
        data, told = _redlined(before, after, after_draft, (str(old), str(new)))
        remarks = (*remarks, *told)
        if target == "-":
            import sys

            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            save(Path(target), data, force=request.force, inputs=(old, new))
    return CompareResult(request.old, request.new, found, target, remarks)


def _target(request: CompareRequest) -> str:
    """Where the 花脸稿 goes, "" where none is wanted."""
    ending = Path(request.output).suffix.lower().removeprefix(".") if request.output not in ("", "-") else ""
    kind = request.to or ending
    if not request.to and not request.output:
        return ""
    if kind not in FORMATS:
        raise Rejected("花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。")
    if request.to and ending and ending != request.to:
        raise Rejected(f"-o {request.output}：花脸稿的文件名以 .docx 结尾，例如 -o 花脸稿.docx")
    return request.output or f"{Path(request.new).stem}-花脸稿.docx"


def _redlined(old: Read, new: Read, draft: Draft, names: tuple[str, str]) -> tuple[bytes, list[Diagnostic]]:
    """The 花脸稿 of two readings, and what could not be marked in it. `draft` is the speech of the new one, `names` what the two
    files are called."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.revise.redline import redline, tables_of, words_of
    from drafter.template.setting import set_text
    from drafter.writers.docx import write

    now = datetime.now()
    words: Sequence[str] = [block.text for block in old.blocks]
    tables: tuple[str, ...] = ()
    if old.word:
        words, tables = words_of(old.word.data, names[0]), tables_of(old.word.data, names[0])
    if not new.word:
        template = open_template(DEFAULT_TEMPLATE).template
        return redline(write(set_text(new.blocks, draft, template), template, now=now), names[1], words, now, True), []
    told = []
    if tables_of(new.word.data, names[1]) != tables:
        told.append(Diagnostic("表格里的字两稿不一样，花脸稿里没有标出来，表格照新稿。", Place(names[1]), level=WARNING))
    return redline(new.word.data, names[1], words, now, not old.word), told
