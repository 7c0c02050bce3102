"""`drafter compare`: two drafts in, what became of the one in the other, and the 花脸稿. It opens the files; what changed
is told by `drafter.analysis.compare`, and written into Word by `drafter.revise.redline`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.analysis import compare as comparison
from drafter.analysis.compare import ChangedFact as ChangedFact
from drafter.analysis.compare import Comparison as Comparison
from drafter.analysis.compare import Unit as Unit
from drafter.analysis.compare import UnitChange as UnitChange
from drafter.commands.next_step import Ending, NextStep, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.reading import left_out, named_part, read_part
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Place, Rejected
from drafter.readers.open import Read
from drafter.speech.draft import Draft
from drafter.speech.papers import PaperSpan
from drafter.speech.recognise import recognise

#: What kinds of facts are called.
KIND_WORDS = {
    "figure": "数字", "date": "日期", "ordinal": "次序", "session": "届次", "plan": "规划", "number": "号码", "name": "姓名",
    "post": "职务", "unit": "单位", "place": "地名", "meeting": "会议", "paper": "文件",
}  # fmt: skip

#: What a 花脸稿 can be written as.
FORMATS = ("docx",)


class UnitData(TypedDict):
    """A piece of a draft: its kind, where it stands in words, and what it says."""

    kind: str
    place: str
    label: str
    level: int
    heading: str
    text: str


class RowData(TypedDict):
    """What became of a piece: `was` is null for one that was added, `now` for one that was dropped."""

    was: UnitData | None
    now: UnitData | None
    moved: bool
    reworded: bool
    renumbered: bool
    diff: str | None
    merged_into: str | None
    split_from: str | None


class ChangedFactData(TypedDict):
    """A figure, date or name that changed: null where there was none before, or is none now."""

    kind: str
    was: str | None
    now: str | None
    place_was: str | None
    place_now: str | None


class CompareData(TypedDict):
    """What `compare` has found, for programs."""

    old: str
    new: str
    same: bool
    counts: dict[str, int]
    rows: list[RowData]
    figures: list[ChangedFactData]
    names: list[ChangedFactData]
    file: str | None
    remarks: list[DiagnosticData]


class CompareRequest(NamedTuple):
    """What a user wants of `compare`."""

    old: str
    new: str
    to: str = ""
    output: str = ""
    force: bool = False


class CompareResult(NamedTuple):
    """What `compare` has found. `file` is the 花脸稿, "" where none was asked for, "-" for
    standard output, and `data` is what is to go there (b"" for a file that was saved). `papers` are those in the old file and in the
    new one."""

    old: str
    new: str
    found: Comparison
    file: str
    remarks: tuple[Diagnostic, ...]

    data: bytes = b""
    papers: tuple[tuple[PaperSpan, ...], tuple[PaperSpan, ...]] = ((), ())

    def beside(self) -> tuple[BesideRow, ...]:
        """The two drafts side by side."""
        rows = []
        number = 0
        for row in self.found.rows:
            number += not row.same
            rows.append(_beside(row, 0 if row.same else number))
        return tuple(rows)

    def ending(self) -> Ending:
        """The 花脸稿 written; where there is none, what writes it."""
        if self.data and not self.file:
            return Ending((), in_memory())
        if self.file == "-":
            return Ending((), not_written("花脸稿在标准输出上", "-o 花脸稿.docx"))
        if self.file:
            return Ending((self.file,), None, NextStep(None, f"在 Word 里打开 {self.file}，改动都是修订，逐条看。"))
        if self.found.same:
            return Ending((), not_written("两稿一样"))
        from drafter.commands.saving import free

        target = Path(f"{Path(self.new).stem}-花脸稿.docx")
        target = free(target) if target.exists() else target  # a 花脸稿 of before may have been worked on
        step = NextStep(typed("compare", self.old, self.new, "-o", str(target)), "写成花脸稿，在 Word 里逐条看")
        return Ending((), not_written("只比较", "用 -o 花脸稿.docx 写成花脸稿"), step)

    def json(self) -> CompareData:
        """For programs."""
        found = self.found
        return {
            "old": self.old,
            "new": self.new,
            "same": found.same,
            "counts": found.counts(),
            "rows": [_row(row) for row in found.rows],
            "figures": [_changed_fact(fact) for fact in found.figures],
            "names": [_changed_fact(fact) for fact in found.names],
            "file": self.file or None,
            "remarks": [remark.json() for remark in self.remarks],
        }


def _unit(unit: Unit | None) -> UnitData | None:
    if unit is None:
        return None
    return {
        "kind": unit.kind,
        "place": unit.place,
        "label": unit.label.strip(),
        "level": unit.level,
        "heading": unit.heading,
        "text": unit.text,
    }


def _row(row: UnitChange) -> RowData:
    return {
        "was": _unit(row.was),
        "now": _unit(row.now),
        "moved": row.moved,
        "reworded": row.reworded,
        "renumbered": row.renumbered,
        "diff": row.diff() if row.reworded else None,
        "merged_into": row.other.place if row.other and row.was else None,
        "split_from": row.other.place if row.other and row.now else None,
    }


def _changed_fact(fact: ChangedFact) -> ChangedFactData:
    return {
        "kind": fact.kind,
        "was": fact.was or None,
        "now": fact.now or None,
        "place_was": fact.place_was or None,
        "place_now": fact.place_now or None,
    }


# ── side by side ───────────────────────────────────────────────────────────────────────────────────────────────────


class ComparedWords(NamedTuple):
    """Words of one side that both have, or, `changed`, that it alone has."""

    text: str
    changed: bool = False


class BesideRow(NamedTuple):
    """A paragraph of both drafts, or of one. `number` counts the rows in which something changed, from 1; 0 for one that did not.
    `fates` say what became of it, in words; `was` and `now` are its words on each side, () where it does not stand there, with the
    places they have; `level` is how deep it stands, `kind` what it is (`Unit.kind`)."""

    number: int
    fates: tuple[str, ...]
    kind: str
    level: int
    was: tuple[ComparedWords, ...]
    now: tuple[ComparedWords, ...]
    was_place: str
    now_place: str


def _beside(row: UnitChange, number: int) -> BesideRow:
    some = row.now or row.was
    assert some is not None
    was, now = row.sides()
    return BesideRow(
        number=number,
        fates=_fates(row),
        kind=some.kind,
        level=some.level,
        was=tuple(ComparedWords(words, changed and number > 0) for words, changed in was),
        now=tuple(ComparedWords(words, changed and number > 0) for words, changed in now),
        was_place=row.was.place if row.was else "",
        now_place=row.now.place if row.now else "",
    )


def _fates(row: UnitChange) -> tuple[str, ...]:
    if row.was is None:
        return ("新加",) if row.other is None else (f"从{row.other.place}分出来",)
    if row.now is None:
        return ("去掉",) if row.other is None else (f"并进了{row.other.place}",)
    moved = (f"换了位置：原来是{row.was.place.rstrip('、，')}",) if row.moved else ()
    return (*moved, *("改写",) * row.reworded, *("序号变了",) * (row.renumbered and not row.moved))


def compare(request: CompareRequest) -> CompareResult:
    """Two drafts side by side. Raises Rejected, with nothing written."""
    from drafter.commands.saving import check, save

    (old, old_part), (new, new_part) = named_part(request.old), named_part(request.new)
    target = _target(request)
    if target and target != "-":
        check(Path(target), force=request.force, inputs=(old, new))
    was, now = (read_part(path, part, outline=True) for path, part in ((old, old_part), (new, new_part)))
    before, after = was.read, now.read
    before_draft = recognise(before.blocks, before.hints)
    after_draft = recognise(after.blocks, after.hints)
    found = comparison.compare(before_draft, after_draft)
    idle = () if target else without_effect("没有写花脸稿；和 -o、--to docx 一起用", [(request.force, "--force")])
    remarks = (*idle, *before.remarks, *left_out(before_draft, old), *after.remarks, *left_out(after_draft, new))
    data = b""
    if target:
        data, told = _redlined(before, after, after_draft, (str(old), str(new)))
        remarks = (*remarks, *told)
        if target != "-":
            save(Path(target), data, force=request.force, inputs=(old, new))
            data = b""
    papers = (was.papers, now.papers)
    return CompareResult(old=request.old, new=request.new, found=found, file=target, remarks=remarks, data=data, papers=papers)


def _target(request: CompareRequest) -> str:
    """Where the 花脸稿 goes, "" where none is wanted."""
    ending = Path(request.output).suffix.lower().removeprefix(".") if request.output not in ("", "-") else ""
    kind = request.to or ending
    if not request.to and not request.output:
        return ""
    if kind not in FORMATS:
        raise Rejected(Diagnostic("花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。", code="output-ending"))
    if request.to and ending and ending != request.to:
        raise Rejected(Diagnostic(f"-o {request.output}：花脸稿的文件名以 .docx 结尾，例如 -o 花脸稿.docx", code="output-ending"))
    return request.output or f"{Path(request.new).stem}-花脸稿.docx"


def _redlined(old: Read, new: Read, draft: Draft, names: tuple[str, str]) -> tuple[bytes, list[Diagnostic]]:
    """The 花脸稿 of two readings, and what could not be marked in it. `draft` is the speech of the new one, `names` what
    the two files are called."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.revise.redline import redline, tables_of, words_of
    from drafter.template.paper import with_paper_styles
    from drafter.template.setting import set_text
    from drafter.writers.docx import write

    now = datetime.now()
    words: Sequence[str] = [block.text for block in old.blocks]
    tables: tuple[str, ...] = ()
    if old.word:
        words, tables = words_of(old.word.data, names[0]), tables_of(old.word.data, names[0])
    if not new.word:
        template = open_template(DEFAULT_TEMPLATE).template
        blocks = set_text(new.blocks, draft, template)
        template = with_paper_styles(template, {block.role for block in blocks})
        return redline(write(blocks, template, now=now), names[1], words, now, True), []
    told = []
    if tables_of(new.word.data, names[1]) != tables:
        told.append(Diagnostic("表格里的字两稿不一样，花脸稿里没有标出来，表格照新稿。", Place(names[1]), level=WARNING, code="tables-differ"))
    return redline(new.word.data, names[1], words, now, not old.word), told
