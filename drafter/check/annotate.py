"""Findings of the proof-reader put into a Word document as comments at the exact words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from drafter.check.corrected import where_in
from drafter.check.groups import same_fault
from drafter.check.paper import Paper
from drafter.check.report import counted, remedy, sureness
from drafter.check.rules import Finding, rule
from drafter.chinese.quoting import quoted
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, StyleIds
from drafter.word.keeping import SUMMED, drop_own
from drafter.word.oxml import Element
from drafter.word.text import read

_LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议"}


def annotated(
    file: DocxFile,
    elements: Sequence[Element | None],
    paper: Paper,
    found: Sequence[Finding],
    now: datetime,
    summary: str = "",
) -> bytes:
    """The document with a comment on the words of every finding, and one on its first paragraph: how many findings there
    are, and `summary` (none where that is ""). `elements` are the paragraphs of the paper's lines."""
    drop_own(file)
    editor = Editor(file, StyleIds({}, ""), {}, now)
    first = next((element for element in elements if element is not None), None)
    if first is not None and summary:
        editor.comment(first, _summed(found) + summary)
    lines = paper.speech.lines
    there = [f for f in found if f.line < len(elements) and elements[f.line] is not None]
    for f, said in comments_on(paper, there):
        element = elements[f.line]
        assert element is not None
        editor.comment(element, said, where_in(read(element).text, lines[f.line].text, f.start, f.end))
    file.touch(file.main)
    return file.data(now)


def _summed(found: Sequence[Finding]) -> str:
    counts = "，".join(f"{n} 处{_LEVELS[level]}" for level, n in counted(found).items())
    return f"{SUMMED}{counts or '没有发现问题'}。"


def comments_on(paper: Paper, found: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """The findings in the order of the text, each with what its comment says: the first of a fault all of it, the others that
    it is the same."""
    lines = paper.speech.lines
    kinds = [same_fault(f, lines[f.line].text[f.start : f.end]) for f in found]
    many = Counter(kinds)
    told: set[tuple[object, ...]] = set()
    sourced: set[str] = set()
    for f, kind in sorted(zip(found, kinds, strict=True), key=lambda row: (row[0].line, row[0].start)):
        yield f, comment_again(f) if kind in told else comment_of(f, many[kind] - 1, f.rule not in sourced)
        told.add(kind)
        sourced.add(f.rule)


#: What the first comment on a fault says that was made again.
SAME = "同样的还有"


def comment_of(f: Finding, others: int = 0, sourced: bool = True) -> str:
    """What a comment says: level, fault, remedy, how often it was made elsewhere, rule and, where it is to be `sourced`,
    source."""
    sure = sureness(f)
    hint = "" if f.instead and quoted(f.instead) in f.message else remedy(f)  # the margin is narrow
    said = f"{_LEVELS[f.level]}：{f.message}{hint}{f'（{sure}）' if sure else ''}"
    more = f"{SAME} {others} 处。" if others else ""
    return f"{said}{more}\n〔{f.rule}〕{rule(f.rule).source if sourced else ''}"


def comment_again(f: Finding) -> str:
    """What a comment says of a fault that an earlier one has explained."""
    hint = remedy(f)
    return f"{_LEVELS[f.level]}：同前{f'，{hint}' if hint else '。'}〔{f.rule}〕"
