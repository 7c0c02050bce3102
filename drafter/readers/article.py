"""Which lines of a page are its article, told by what they are: where the sentences stand, and what stands around them.

A page says nothing reliable of itself: WeChat hides its article by style until a script runs, h1 is often the site's
name, and classes are called as their makers liked. So the part is looked for that holds the page's sentences, and the
title above it; the rest is the site's. What is told here are reasons, for `recognise` to weigh with the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drafter.speech.cues import TITLE_END, is_byline, is_dateline, is_greeting
from drafter.speech.marks import mark_of

#: Reasons, as they are told.
SITE, CAPTION, LINK = "网页上别的文字", "图片说明", "网页上的链接"


class WebLine(NamedTuple):
    """A line of a page. `path` are the numbers of the block elements it stands in, from the outside; `level` is that of
    its h1 to h6, 0 for none; `linked` is the share of its characters that are links; `caption`: it is a picture's."""

    text: str
    path: tuple[int, ...] = ()
    level: int = 0
    linked: float = 0
    caption: bool = False

    @property
    def mass(self) -> int:
        """Its 汉字 where it is of sentences, else 0."""
        if self.linked > 0.3 or self.caption or len(self.text) < 8 or not _SAID.search(self.text) or _asks(self.text):
            return 0
        return sum("\u3400" <= c <= "\u9fff" for c in self.text)


class Article(NamedTuple):
    """What was found on a page: the number of the title's line (None where no line is it), and the lines that are the
    site's, with the reason of each."""

    title: int | None
    outside: dict[int, str]


#: Marks that stand in what is said, not in what is labelled.
_SAID = re.compile("[，。；！？]")

#: Share of the sentences of an element that a part of it must hold to be where the article is.
_MOST = 0.55

#: 汉字 in sentences without which a page has no article to be told from the rest.
_LEAST = 40

#: When a page was put up, with the hour or as no speech writes its day.
_STAMP = re.compile(r"[0-9]{1,2}[:：][0-9]{2}|[0-9]{2,4}[-/][0-9]{1,2}[-/][0-9]{1,2}|(?:点击|阅读|浏览|评论|来源|字号|字体|作者|编辑)\s*[数次量]*\s*[:：(（]")

#: What an account or a site asks of its readers, and who made the page; short lines above and below the sentences.
_ASKED = re.compile(
    r"蓝字|关注(?:我们|一下)|点(?:个|亮|击)?.{0,8}在看|点赞|往期|阅读原文|设为星标|扫码|二维码|长按|一键三连|转发|欢迎投稿|打开APP|查看更多|展开全文|"
    r"^(?:来源|编辑|编审|审核|校对|排版|监制|供稿|责编|美编|初审|复审|终审|值班编委|文字|摄影|图文?|文)\s*[:：丨|｜/]|^END$|^[-—]\s*END\s*[-—]$|^完$"
)
_LABEL = re.compile("广告|推广|赞助商?|AD")
_ASKED_CHARACTERS = 40

#: Lines above the sentences among which the title is looked for.
_ABOVE = 30


def article_of(lines: Sequence[WebLine], titles: Sequence[str]) -> Article:
    """The article among the lines of a page. `titles` are what the page calls itself (<title>, og:title)."""
    masses = [line.mass for line in lines]
    if sum(masses) < _LEAST:
        return Article(None, {})
    home = _home(lines, masses)
    inside = [at for at, line in enumerate(lines) if home is None or home in line.path]
    first = next(at for at in inside if masses[at])
    title = _title(lines, inside[0], first, titles)
    start = inside[0] if title is None else title
    while title is not None and start and lines[title].level and lines[start - 1].path == lines[title].path:
        start -= 1  # a title broken into lines
    last = next(at for at in reversed(inside) if masses[at])
    frame = _Frame(start, inside[0], first, last, inside[-1])
    outside = {}
    for at, line in enumerate(lines):
        of_title = title is not None and line.level > 0 and line.path == lines[title].path
        reason = "" if of_title else _reason(line, at, frame)
        if reason and at != title:
            outside[at] = reason
    return Article(title, outside)


def name_of(titles: Sequence[str]) -> str:
    """The title of a speech in what a page calls itself, without the site's name behind it; "" where it is none."""
    for title in titles:
        text = re.split(r"\s*[-_|｜—–>]+\s*", " ".join(title.split()))[0]
        if len(text) > 5 and TITLE_END.search(text):
            return text
    return ""


def _home(lines: Sequence[WebLine], masses: Sequence[int]) -> int | None:
    """The number of the element that holds the article; None where it is the page itself."""
    weight: Counter[int] = Counter()
    count: Counter[int] = Counter()
    parts: dict[int | None, set[int]] = {}
    for line, mass in zip(lines, masses, strict=True):
        above: int | None = None
        for number in line.path if mass else ():
            weight[number] += mass
            count[number] += 1
            parts.setdefault(above, set()).add(number)
            above = number
    home, total = None, sum(masses)
    spoken = [at for at, mass in enumerate(masses) if mass]
    while home in parts:
        best = max(parts[home], key=lambda number: (weight[number], -number))
        if weight[best] < _MOST * total or count[best] < 2:
            break
        if weight[best] < total:
            inside = [at for at in spoken if best in lines[at].path]
            if not _apart(lines, spoken, inside):
                break
            spoken = inside
        home, total = best, weight[best]
    return home


def _apart(lines: Sequence[WebLine], spoken: Sequence[int], inside: Sequence[int]) -> bool:
    """Whether the sentences of an element that stand outside a part of it are none of the article's: other words stand
    between them, a heading of the page's own, names, links. `spoken` are the lines of all, `inside` those of the part."""
    before = [at for at in spoken if at < inside[0]]
    behind = [at for at in spoken if at > inside[-1]]
    if len(before) + len(behind) + len(inside) < len(spoken):
        return False  # some stand in the midst of the part
    gaps = [range(before[-1] + 1, inside[0])] if before else []
    gaps += [range(inside[-1] + 1, behind[0])] if behind else []
    return all(any(_parts(lines[at]) for at in gap) for gap in gaps)


def _parts(line: WebLine) -> bool:
    """Whether a line sets what follows apart: it is no heading of a speech and no salutation."""
    return not (mark_of(line.text) or is_greeting(line.text))


def _title(lines: Sequence[WebLine], start: int, first: int, titles: Sequence[str]) -> int | None:
    """The line of the title: one that the page calls itself by; else the last heading above the sentences; else the
    last line there that ends as a title does. None where there is none."""
    above = [at for at in range(max(first - _ABOVE, 0), first) if not lines[at].mass and (lines[at].linked < 0.8 or lines[at].level)]
    called = [at for at in above if len(_bare(lines[at].text)) >= 5 and any(_bare(lines[at].text) in _bare(t) for t in titles)]
    if called:
        return max(called, key=lambda at: (len(_bare(lines[at].text)), at))
    heads = [at for at in above if lines[at].level and not mark_of(lines[at].text)]
    ends = [at for at in above if TITLE_END.search(lines[at].text) and len(lines[at].text) > 4]
    both = [at for at in heads if at in ends]
    found = both or ends or [at for at in heads if at >= start] or heads
    return found[-1] if found else None


def _asks(text: str) -> bool:
    """Whether a short line asks something of the page's readers, or says who made the page."""
    return len(text) <= _ASKED_CHARACTERS and text[-1] not in "。：" and _ASKED.search(text) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


class _Frame(NamedTuple):
    """Where things are on a page, as numbers of lines: the title or what is first, the beginning and the end of the
    article's part, the first and the last of its sentences."""

    start: int
    begin: int
    first: int
    last: int
    end: int


def _reason(line: WebLine, at: int, frame: _Frame) -> str:
    """Why a line is the site's; "" where nothing but its words can tell."""
    if at < frame.start or at > frame.end:
        return SITE
    if line.caption:
        return CAPTION
    if at < frame.begin:  # between the title and the article: the day and the speaker, or the site's own
        stands = is_dateline(line.text) or is_byline(line.text) or line.text.startswith(("—", "─", "--", "（"))
        return "" if stands and not _STAMP.search(line.text) else SITE
    if _LABEL.fullmatch(line.text) or (not frame.first <= at <= frame.last and _asks(line.text)):
        return SITE
    if at < frame.first and _STAMP.search(line.text) and len(line.text) <= 80:
        return SITE
    if line.linked > 0.7 and not mark_of(line.text) and not is_greeting(line.text):
        return LINK
    return ""
