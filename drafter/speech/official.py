"""What each paragraph of a Word document is to be set as: the roles `recognise` tells, with what the page shows besides:
a cover, the head and the imprint of a paper, a second paper behind the first, captions, words in the middle of a line.

Evidence is weighed over the whole document. What is no text of a speech, or cannot be told, is left as it is, and why is
said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.speech.block import Block, Hint, Line
from drafter.speech.cues import DATE, SPEECH_END, TITLE_END, is_byline, is_dateline, is_greeting
from drafter.speech.letterhead import foot_of, head_of, is_addressed, is_office, kind_of
from drafter.speech.marks import mark_of
from drafter.speech.page import ParagraphLook, blanks_wide, usual
from drafter.speech.recognise import told_by_words

#: How sure a role is.
SURE, LIKELY, UNSURE = "有把握", "多半是", "拿不准"

#: What is left as it is since it is no text of a speech, as people call it.
COVER, HEAD, IMPRINT, CAPTION, CONTENTS, TABLE = "封面", "红头", "版记", "图表说明", "目录", "表格、脚注"


class Cast(NamedTuple):
    """What a paragraph is set as: the `role` of a template, "" where it is left as it is; how `sure` that is; `why`, in
    words for people, where it is left or there is something to say. One that nobody can be sure of keeps its place, and
    is set in the type of the body where it was in that."""

    role: str
    sure: str = SURE
    why: str = ""


class _PaperLine(NamedTuple):
    """A paragraph with words: its block and look, whether it is in a style of ours, and whether it is in a table, a note
    or a frame, which nobody sets."""

    block: Block
    look: ParagraphLook
    ours: bool
    aside: bool

    @property
    def text(self) -> str:
        return self.block.text.strip()

    @property
    def centred(self) -> bool:
        return self.look.align == "center"

    @property
    def is_sentence(self) -> bool:
        """Whether it can stand only in running text."""
        return len(self.text) > _SHORT or bool(re.search("[。；，：:]$", self.text)) or self.text.count("。") > 1


#: The longest line that is no running text, in characters.
_SHORT = 60

#: Points by which a line is larger than the body, and set off from it.
_LARGER = 2

#: Numbers of chapters, which `mark_of` does not tell.
CHAPTER = re.compile(r"第[一二三四五六七八九十百0-9]{1,3}[章节编篇条部]|附\s*[则录]")
#: What stands above an agenda, or under minutes, a line each.
_LABELLED = re.compile(
    r"(?:时\s*间|地\s*点|主\s*持(?:人|词)?|参\s*会(?:人员|对象|范围)?|参加人员?|出\s*席(?:人员)?|列\s*席(?:人员)?|缺\s*席|请\s*假|记\s*录(?:人)?|议\s*题|主\s*题)\s*[：:]"
)
#: What papers are called by that are no speeches.
_PAPER = re.compile(
    r"(?:办法|规定|条例|细则|规则|章程|方案|预案|规划|计划|要点|总结|意见|通知|通报|决定|制度|标准|清单|名单|[一览分工汇总登记]表)(?:[（(][^（）()]{1,12}[）)])?$"
)
_CAPTION = re.compile(
    r"(?:附?[图表]|续表)\s*[0-9０-９一二三四五六七八九十]{1,3}(?:[-－—.][0-9]{1,2})?[\s\u3000：:.．、]|(?:附?[图表]|单位|资料来源|数据来源|图片来源|摄影|注)[：:]"
)
_ENTRY = re.compile(r".{1,60}?(?:[.…·．]{3,}|\t)\s*[0-9]{1,3}")
_LISTED = re.compile(r"[0-9０-９]{1,2}\s*[.．、]\s*[^。；]{1,80}")


def cast(
    blocks: Sequence[Block],
    looks: Sequence[ParagraphLook],
    ours: Sequence[bool],
    asides: Sequence[bool],
    left: Sequence[bool],
) -> tuple[Cast, ...]:
    """What every paragraph with words is set as. `ours` are those in a style of a template, `asides` those in tables,
    notes and frames, `left` those that were left as they are when the document was set before."""
    lines = [_PaperLine(*each) for each in zip(blocks, looks, ours, asides, strict=True)]
    body = usual([line.look for line in lines if not line.aside])[0].size_pt
    given: list[Cast] = []
    start = cover_end(lines, body)
    given += [Cast("", SURE, COVER)] * start
    starts = [start, *(at for at in range(start + 1, len(lines)) if _begins_paper(lines, at, body)), len(lines)]
    titled = max(lines[:start], key=lambda line: line.look.main.size_pt).block if start else None
    for first, end in pairwise(starts):
        given += _Paper(lines[first:end], body, titled if first == start else None).cast()
    return tuple(
        Cast("", SURE, TABLE)
        if line.aside
        else Cast(line.block.role)
        if line.ours
        else Cast("", UNSURE, "上次没有动的一行")
        if was_left and one.role
        else one
        for line, one, was_left in zip(lines, given, left, strict=True)
    )


# ── where a cover ends, where a paper begins ───────────────────────────────────────────────────────────────────────

#: Points of letters no title over a text has (GB/T 9704—2012 has 22).
_POSTER = 26

#: Lines of a cover at most, empty paragraphs that push what follows to another page, and evidence that is enough.
_COVER_LINES, _ROOM, _ENOUGH = 12, 12, 3.5


def cover_end(lines: Sequence[_PaperLine], body: float) -> int:
    """How many lines stand on a cover, 0 where there is none: a first page of few words with room around them."""
    end = next((at for at in range(1, min(len(lines), _COVER_LINES + 1)) if lines[at].look.new_page), 0)
    if not end:
        texts = (
            at for at, line in enumerate(lines) if line.is_sentence or mark_of(line.text) or is_greeting(line.text)
        )
        end = next(texts, 0)
        room = sum(line.look.empty_above for line in lines[: end + 1])
        if end > _COVER_LINES or room < _ROOM:
            return 0
    sheet = lines[:end]
    if any(line.ours or line.aside or is_greeting(line.text) or mark_of(line.text) for line in sheet):
        return 0
    if any(line.is_sentence for line in sheet) or _has_head(sheet):
        return 0
    centred = sum(line.centred or line.look.left_chars > 3 or blanks_wide(line.look.lead) > 3 for line in sheet)
    last = sheet[-1].text
    largest = max(line.look.main.size_pt for line in sheet)
    evidence = (
        1.0 * (2 * centred >= len(sheet))
        + 2.0 * (sum(line.look.empty_above for line in lines[: end + 1]) >= 3)
        + 1.0 * bool(len(sheet) > 1 and (DATE.search(last) or re.search("(?:年|月|稿|[）)])$", last)))
        + 1.0 * (largest > body + 4)
        + 1.5 * (largest >= max(_POSTER, body + 8))
    )
    return end if evidence >= _ENOUGH else 0


def _has_head(lines: Sequence[_PaperLine]) -> bool:
    return any(kind_of(line.text) in ("发文机关标志", "发文字号", "期号", "签发人") for line in lines)


def _begins_paper(lines: Sequence[_PaperLine], at: int, body: float) -> bool:
    """Whether another paper begins with a line: an attachment, the speech behind a notice, the next of a collection."""
    line, before = lines[at], lines[at - 1]
    if line.ours:
        return line.block.role == "附件标记" and before.block.role != "附件标记"
    if kind_of(line.text) == "附件" and not line.aside:
        return kind_of(before.text) != "附件"
    if line.aside or line.is_sentence or kind_of(before.text) == "附件":
        return False
    if mark_of(line.text) or CHAPTER.match(line.text) or _CAPTION.match(line.text):
        return False
    if is_dateline(line.text) or is_byline(line.text):
        return False
    greeted = any(is_greeting(after.text) for after in lines[at + 1 : at + 5] if not after.aside)
    evidence = (
        3.0 * line.look.new_page
        + 1.0 * line.centred
        + 1.5 * (line.look.main.size_pt >= body + _LARGER)
        + 1.0 * bool(_PAPER.search(line.text))
        + 2.0 * bool(SPEECH_END.search(line.text) or re.match("关于.*的", line.text))
        + 2.0 * (greeted and (line.centred or line.look.new_page))
        + 1.5 * (before.look.align == "right" or is_dateline(before.text))
        - 3.0 * bool(re.fullmatch("[一二三四]级标题", line.block.role))
        - 1.5 * (before.centred and not line.look.new_page)
    )
    return evidence >= 4.5


# ── one paper ──────────────────────────────────────────────────────────────────────────────────────────────────────

_FRONT = {"title": "标题", "subtitle": "副标题", "dateline": "题注", "byline": "题注"}


class _Paper:
    """The lines of one paper, and what they are cast as. `titled` is its title where that stands on a cover."""

    def __init__(self, lines: Sequence[_PaperLine], body: float, titled: Block | None) -> None:
        self.lines = lines
        self.body = body
        self.titled = titled
        self.given: dict[int, Cast] = {}

    def cast(self) -> list[Cast]:
        """What each line is cast as."""
        self._frame()
        rest = [at for at in range(len(self.lines)) if at not in self.given]
        told = dict(zip(rest, self._told(rest), strict=True))
        for at in rest:
            self.given[at] = self._by_words(at, told[at])
        self._front(rest)
        self._addressee(rest)
        self._attachments(rest)
        self._signers(rest)
        for at in rest:
            self.given[at] = self._by_place(at, self.given[at])
        return [self.given[at] for at in range(len(self.lines))]

    def _told(self, rest: Sequence[int]) -> Iterator[Line]:
        lines = [self.lines[at] for at in rest]
        above: list[Block] = []
        if self.titled and lines and (mark_of(lines[0].text) or lines[0].is_sentence):
            above = [self.titled._replace(role="标题")]
        hints = {n: Hint(indent_chars=lead) for n, line in enumerate(lines, len(above)) if (lead := _lead(line))}
        return iter(told_by_words([*above, *(line.block for line in lines)], hints)[len(above) :])

    def _frame(self) -> None:
        """The head and the imprint, and the mark of an attachment, which no speech has."""
        lines = self.lines
        words = [at for at, line in enumerate(lines) if not line.aside]
        above = [at for at in words[:1] if kind_of(lines[at].text) == "附件" or lines[at].block.role == "附件标记"]
        for at in above:
            self.given[at] = Cast("附件标记")
        rest = [at for at in words if at not in above]
        for n, kind in head_of([lines[at].text for at in rest]).items():
            signed = kind == "发文字号" and "签" in lines[rest[n]].text
            self.given[rest[n]] = _framed("发文字号、签发人" if signed else kind, HEAD)
        if len(rest) > 1 and self._is_masthead(rest[0], rest[1]):
            self.given.setdefault(rest[0], Cast("", SURE, f"{HEAD}：发文机关标志"))
        for at in rest[:6]:
            if not lines[at].look.red or lines[at].look.main.size_pt < self.body + 6:
                break
            self.given.setdefault(at, Cast("", SURE, f"{HEAD}：发文机关标志"))
        for n, kind in foot_of([lines[at].text for at in rest]).items():
            self.given[rest[n]] = _framed(kind, IMPRINT)
        for at in rest:
            text = lines[at].text
            if re.fullmatch(r"目[\s\u3000]*[录次]", text) or _ENTRY.fullmatch(text):
                self.given.setdefault(at, Cast("", SURE, CONTENTS))

    def _is_masthead(self, at: int, below: int) -> bool:
        """Whether the first line is the name of an office in letters far larger than those of the title below it."""
        line, title = self.lines[at], self.lines[below]
        smaller = title.look.main.size_pt + _LARGER * 4 <= line.look.main.size_pt
        titles = title.centred and bool(_PAPER.search(title.text) or re.search("关于.*的|^关于", title.text))
        return line.centred and smaller and titles and is_office(line.text)

    def _by_words(self, at: int, told: Line) -> Cast:
        """What a line is as `recognise` tells it, and as Word's own style of a heading says."""
        line = self.lines[at]
        if told.role in ("noise", "byline") and _LABELLED.match(line.text) and not line.centred:
            return Cast("正文", LIKELY)
        if told.role == "noise" and _CAPTION.match(line.text) and len(line.text) <= _SHORT:
            return Cast("", SURE, CAPTION)
        if told.role == "noise" and line.text.endswith("。"):
            return Cast("正文", LIKELY, f"也可能是{told.reason}")
        if told.role == "noise":
            return Cast("", LIKELY, told.reason)
        no_title = line.look.align == "right" or (line.is_sentence and not line.centred)
        if told.role == "title" and no_title and line.block.role != "标题":
            return Cast("正文")
        if told.role in _FRONT:
            sure = told.role in ("dateline", "subtitle") or TITLE_END.search(line.text) or line.block.role == "标题"
            return Cast(_FRONT[told.role], SURE if sure or line.centred else LIKELY)
        if told.role == "greeting":
            return Cast("称谓")
        if told.role == "signature":
            return Cast("落款", SURE if line.look.align == "right" or DATE.search(line.text) else LIKELY)
        styled = re.fullmatch("[一二三四]级标题", line.block.role) and not line.is_sentence
        if styled and not mark_of(line.text):
            return Cast(line.block.role, LIKELY, "Word 里设的是标题样式")
        if told.role == "heading":
            return Cast(f"{'一二三四'[min(told.level, 4) - 1]}级标题")
        return Cast("正文", SURE if told.role == "body" else LIKELY)

    def _front(self, rest: Sequence[int]) -> None:
        """The other lines of a title, which look as its first does, and what stands in the middle under it."""
        lines = self.lines
        first = next((n for n, at in enumerate(rest[:3]) if self.given[at].role == "标题"), None)
        if first is None and rest and self._may_be_title(rest[0]):
            first = 0
            self.given[rest[0]] = Cast("标题", LIKELY)
        if first is None:
            return
        head = lines[rest[first]].look
        titling = True
        for at in rest[first + 1 : first + 8]:
            line, now = lines[at], self.given[at]
            if line.aside or line.is_sentence or now.role == "称谓" or mark_of(line.text) or line.look.new_page:
                break
            alike = line.centred and line.look.main[1:] == head.main[1:] and line.look.main.size_pt > self.body
            if titling and alike and head.align == "center" and not is_dateline(line.text):
                self.given[at] = Cast("标题")
            elif now.role in ("正文", "标题") and line.centred:
                self.given[at] = Cast("题注", SURE if is_byline(line.text) or is_dateline(line.text) else LIKELY)
                titling = False
            elif now.role not in _FRONT.values():
                break

    def _addressee(self, rest: Sequence[int]) -> None:
        """Whom the paper is sent to, on the first line of its text."""
        first = next((at for at in rest if self.given[at].role not in _FRONT.values()), None)
        if first is not None and first != rest[0] and is_addressed(self.lines[first].text):
            self.given[first] = Cast("称谓")

    def _may_be_title(self, at: int) -> bool:
        """Whether the first line, which words do not tell, looks like a title."""
        line = self.lines[at]
        larger = line.look.main.size_pt >= self.body + _LARGER
        named = bool(SPEECH_END.search(line.text) or re.match("关于.*的", line.text))
        return not line.aside and not line.is_sentence and not mark_of(line.text) and line.centred and (larger or named)

    def _attachments(self, rest: Sequence[int]) -> None:
        """The note that names the attachments, and the entries that go on under it."""
        noting = False
        for at in rest:
            text = self.lines[at].text
            if kind_of(text) == "附件说明":
                noting = True
            elif not (noting and _LISTED.fullmatch(text)):
                noting = False
            if noting:
                self.given[at] = Cast("附件说明")

    def _signers(self, rest: Sequence[int]) -> None:
        """Who signs and the day, at the right behind the text; a note may stand under them."""
        tail = [at for at in rest if not self.lines[at].aside][::-1]
        signs = []
        for at in tail[:5]:
            line = self.lines[at]
            short = not line.is_sentence and len(line.text) <= 40
            if not short or line.look.align != "right":
                break
            signs.append(at)
        if len(signs) < len(tail):
            for at in signs:
                self.given[at] = Cast("落款")

    def _by_place(self, at: int, now: Cast) -> Cast:
        """A line that stands in the middle or at the right although its words say that it is text."""
        line = self.lines[at]
        if now.role != "正文" or line.aside or line.ours:
            return now
        below_table = at > 0 and self.lines[at - 1].aside
        placed = line.centred or line.look.align == "right"
        if _CAPTION.match(line.text) and len(line.text) <= _SHORT and (placed or below_table):
            return Cast("", SURE, CAPTION)
        if line.is_sentence and len(line.text) > _SHORT:
            return now
        as_body = abs(line.look.main.size_pt - self.body) < _LARGER
        if placed:
            why = "居中的一行" if line.centred else "靠右的一行"
            return Cast(("居中" if line.centred else "靠右") if as_body else "", UNSURE, why)
        if line.look.main.size_pt >= self.body + 2 * _LARGER and not line.is_sentence:
            return Cast("", UNSURE, "字比正文大得多的一行")
        return now


def _framed(kind: str, where: str) -> Cast:
    """What a line of a head or an imprint is cast as."""
    if kind == "发文字号":
        return Cast(kind)
    if kind in ("密级", "紧急程度", "份号"):
        return Cast(kind)
    if kind == "附注":
        return Cast("正文")
    return Cast("", SURE, f"{where}：{kind}")


def _lead(line: _PaperLine) -> float:
    """How far a line is moved from the left, in 汉字, by blanks or because it stands at the right."""
    return max(blanks_wide(line.look.lead), 12.0 if line.look.align == "right" else 0.0)
