"""Several papers in one file: a host's script and the speech, the speeches of a month, a notice and what is attached to
it. They are told apart by their fronts: a title, and a salutation, a day or a speaker soon below it, where the paper
before has come to an end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.speech.block import Block, Hint
from drafter.speech.by_roles import HEADINGS
from drafter.speech.by_words import tell
from drafter.speech.cues import CLOSER, DAY, SPEECH_END, greeting_end, is_dateline
from drafter.speech.front import front_of
from drafter.speech.letterhead import kind_of
from drafter.speech.looks import DASHES
from drafter.speech.marks import mark_of
from drafter.speech.recognise import is_ours
from drafter.speech.rows import SpeechRow, rows_of


class PaperSpan(NamedTuple):
    """One of several papers in a file: the blocks `start` to `end`, its title ("" where it has none), and how many
    characters it has without space."""

    start: int
    end: int
    title: str
    characters: int


#: Rows of a front that are looked at for what stands under a title, and characters of the longest of them.
_FRONT_ROWS, _FRONT_CHARACTERS = 10, 70

#: Rows and characters the least paper has.
_LEAST_ROWS, _LEAST_CHARACTERS = 4, 120

#: The same of a notice that only says what is attached to it.
_LEAST_NOTICE = 60


def papers_of(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> tuple[PaperSpan, ...]:
    """The papers of a file, in their order; a file that holds one has one."""
    rows = [] if is_ours(blocks) else rows_of(blocks, hints or {})
    starts = _starts(rows)
    bounds = [0, *(rows[at].block for at in starts), len(blocks)]
    return tuple(_paper(blocks, hints or {}, start, end) for start, end in pairwise(bounds))


def _paper(blocks: Sequence[Block], hints: Mapping[int, Hint], start: int, end: int) -> PaperSpan:
    inner = blocks[start:end]
    rows = rows_of(inner, {at - start: hint for at, hint in hints.items() if start <= at < end})
    title = "".join(row.text for row, said in zip(rows, tell(rows), strict=True) if said.kind in ("title", "subtitle"))
    return PaperSpan(start, end, title, sum(len("".join(block.text.split())) for block in inner))


def _starts(rows: Sequence[SpeechRow]) -> list[int]:
    """The rows on which the second paper and those behind it begin."""
    starts: list[int] = []
    last = 0
    at = _LEAST_ROWS
    while at < len(rows) - 1:
        if _may_title(rows, at) and _ended(rows, at) and _long_enough(rows, last, at) and _is_front(rows, at):
            start = _with_head(rows, last, at)
            starts.append(start)
            last, at = start, at + 3
        at += 1
    if starts and not _long_enough(rows, last, len(rows)):
        starts.pop()
    return starts


def _long_enough(rows: Sequence[SpeechRow], start: int, end: int) -> bool:
    own = [row.text for row in rows[start:end] if not row.hint.outside]  # a page's menus are no paper
    least = _LEAST_NOTICE if any(map(_SENT_ON.search, own)) else _LEAST_CHARACTERS
    return len(own) >= _LEAST_ROWS and sum(map(len, own)) >= least


#: What a notice says of the paper attached to it.
_SENT_ON = re.compile(r"现(?:将|予)?.{0,60}(?:印发|转发|发给|下发|通报)(?:给?你们|各|如下|，|。)")


#: What a title does not begin with: who is to speak, a direction of a host's script, a list of what is attached.
_NO_TITLE = re.compile(
    r"(?:下面|现在|首先|接下来|最后|请|有请|由|听取|学习|传达|附件?[0-9一二三四五六七八九十]*\s*[：:.]|[（(\[【《●·•▲]|[0-9]+\s*[.．、])"
)
#: A row that numbers the papers of a collection: 篇二：…, 【第三篇】, 范文二：….
SEPARATOR = re.compile(
    r"[【\[（(]?\s*(?:篇[一二三四五六七八九十0-9]{1,3}|第[一二三四五六七八九十0-9]{1,3}篇|(?:范文|讲话稿?|发言稿?|例文|材料)[一二三四五六七八九十0-9]{1,3}|之[一二三四五六七八九十])\s*(?:[】\]）)：:].{0,50}|$)"
)


def _may_title(rows: Sequence[SpeechRow], at: int) -> bool:
    """Whether the title of another paper may begin on a row: it ends as one there or within the next two."""
    row = rows[at]
    text = row.text
    if SEPARATOR.match(text):
        return True
    mark = mark_of(text)
    closes = CLOSER.match(text)
    if closes or _is_text(text) or _NO_TITLE.match(text) or text.startswith(DASHES) or mark or row.role in HEADINGS:
        return False
    said = ""
    for ahead in range(at, min(at + 3, len(rows))):
        below = rows[ahead].text
        if _is_text(below) or (ahead > at and mark_of(below) and not below.startswith(DASHES)):
            return False
        said += re.sub(r"[（(][^（）()]{1,40}[）)]$", "", re.sub(r"\s", "", rows[ahead].text))
        if SPEECH_END.search(said) and len(said) > 6:
            return True
    return False


def _is_text(text: str) -> bool:
    return len(text) > _FRONT_CHARACTERS or text.endswith(("。", "；", "，", "：", "、"))


def _ended(rows: Sequence[SpeechRow], at: int) -> bool:
    """Whether what stands above a row has come to an end: a sentence, a signature, a day, an imprint, a separator."""
    above = rows[at - 1].text
    return (
        above.rstrip("”’）)】").endswith(("。", "！", "？", "!", "…"))
        or is_dateline(above)
        or bool(re.search(rf"(?:{DAY})[）)]?$", above) or SEPARATOR.match(above) or kind_of(above))
        or (len(above) <= 30 and not above.endswith(("：", ":", "，", "；")))
    )


def _is_front(rows: Sequence[SpeechRow], at: int) -> bool:
    """Whether a front stands here: a title first, and under it a salutation, or a day or a speaker and then text."""
    first = at + 1 if SEPARATOR.fullmatch(rows[at].text) and not _titled_separator(rows[at].text) else at
    told = front_of(rows[first : first + _FRONT_ROWS])
    kinds = [said.kind for said in told]
    behind = first + len(told)
    if "title" not in kinds and not SEPARATOR.match(rows[at].text):
        return False
    if any(kind in ("noise", "text") for kind in kinds[: kinds.index("title")] if "title" in kinds):
        return False
    runs_in = behind < len(rows) and bool(greeting_end(rows[behind].text))
    captioned = bool({"dateline", "byline"} & set(kinds)) and behind < len(rows)
    return "greeting" in kinds or runs_in or captioned or bool(SEPARATOR.match(rows[at].text))


def _titled_separator(text: str) -> bool:
    """Whether a row that numbers a paper says its title too: 篇二：在全市防汛工作会议上的讲话."""
    found = re.search(r"[：:】\]）)]\s*(.+)$", text)
    return bool(found) and len(found[1]) > 4 if found else False


def _with_head(rows: Sequence[SpeechRow], last: int, at: int) -> int:
    """The row on which a paper begins whose title begins on row `at`: its letterhead, a row 附件 and a row that numbers it
    are its own."""
    while at - 1 > last + 1 and (
        kind_of(rows[at - 1].text)
        in ("附件", "发文机关标志", "发文字号", "签发人", "密级", "紧急程度", "份号", "期号", "材料编号")
        or SEPARATOR.fullmatch(rows[at - 1].text)
    ):
        at -= 1
    return at
