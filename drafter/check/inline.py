"""Series that run on inside a paragraph: （1）（2）, ①②, 1）2）, A. B., 一抓 二抓, 首先 其次 第三.

A mark is an item's where it stands at the beginning of one: behind a stop, with words behind it. Where it is referred to
（第（1）、（3）项, 图①） it stands otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.numerals import numeral, read_numeral
from drafter.chinese.prose import matches


class ItemMark(NamedTuple):
    """A number that begins an item inside a paragraph. `style` is what all numbers of its series share (（1）, ①, 抓 for
    一抓); `firm`: a stop or nothing stands before it."""

    start: int
    end: int
    style: str
    number: int
    firm: bool

    def label(self, number: int) -> str:
        """Another number of this series, as it would be written."""
        if self.style == "①":
            return chr(ord("①") + number - 1) if number <= 20 else str(number)
        if self.style[0] == "A":
            return chr(ord("A") + number - 1) + self.style[1:]
        if "1" in self.style:
            return self.style.replace("1", str(number))
        return self.style.replace("一", numeral(number))


class SeriesStep(NamedTuple):
    """A mark that does not follow from the one before it in its series. `number`: the one it should have been."""

    before: ItemMark
    mark: ItemMark
    number: int


_N = "[一二三四五六七八九十]{1,2}"

#: Verbs that a series of tasks numbers: 一抓…，二抓…. Words that are counted by measure (一期, 一组) are none of them.
_VERBS = "抓看查靠讲比问来则促重怕忌防管治改严学建强盯补推做"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<round>[（(](?P<n1>\d{1,2})[）)])|(?P<han>[（(](?P<n2>[一二三四五六七八九十]{1,2})[）)])|(?P<ring>[①-⑳])"
        r"|(?<![（(\d.A-Za-z—~-])(?P<half>(?P<n3>\d{1,2})[）)])|(?P<dot>(?<![^：:；;。])(?P<n4>\d{1,2})[.．、](?![\d ]))"
        r"|(?P<letter>(?<![^：:；;。，,])(?P<n5>[A-H])[.．、])"
        rf"|(?P<verb>(?<![^：:；;。，,])(?P<n6>[一二三四五六七八九十])[{_VERBS}])"
    )


#: A series in a paragraph has its first number there; without one there is nothing to look for.
_FIRST = re.compile(rf"1[）).．、](?!\d)|一[）){_VERBS}]|①|A[.．、]")

#: What stands behind a mark that is referred to and begins no item.
_REFERRED = re.compile("[、，。；：）)项款条类点种目号式图表级型和与及或至到—～-]|$")
_REFERS = frozenset("第图表式注见附、和与及或至到—～-")


@lru_cache(maxsize=4096)
def marks(text: str) -> tuple[ItemMark, ...]:
    """The marks that begin items in a paragraph, in order."""
    if not _FIRST.search(text):
        return ()
    out: list[ItemMark] = []
    for found in matches(_pattern(), text, "[（(①-⑳0-9A-H一二三四五六七八九十]"):
        kind = found.lastgroup or ""
        before, verb = text[: found.start()].rstrip()[-1:], found["verb"]
        if _REFERRED.match(text[found.end() :].lstrip()) and not verb:
            continue
        firm = before == "" or before in "：:；;。，,！？"
        if before in _REFERS and before:
            if before != "、" or not out or found.start() - out[-1].end < 3:
                continue
            firm = True
        said = next(found[f"n{k}"] for k in range(1, 7) if found[f"n{k}"]) if kind != "ring" else found[0]
        out.append(ItemMark(found.start(), found.end(), _style(found, said), _number(said), firm))
    return tuple(out)


def _style(found: re.Match[str], said: str) -> str:
    if found["ring"]:
        return "①"
    first = "A" if found["letter"] else "一" if found["verb"] or found["han"] else "1"
    return found[0].replace(said, first).replace("(", "（").replace(")", "）").replace("．", ".")


def _number(said: str) -> int:
    if "①" <= said <= "⑳":
        return ord(said) - ord("①") + 1
    if "A" <= said <= "H":
        return ord(said) - ord("A") + 1
    return read_numeral(said) or 0


def counts(text: str, at: int) -> tuple[str, int] | None:
    """The style of the series that begins at an offset or right behind it, and its last number; None where none does or
    it has a single item."""
    mine = [mark for mark in marks(text) if mark.start >= at]
    if not mine or mine[0].number != 1 or mine[0].start - at > 1:
        return None
    last = 1
    for mark in mine[1:]:
        if mark.style == mine[0].style:
            if mark.number == 1:
                break
            last = max(last, mark.number)
    return (mine[0].style, last) if last > 1 else None


def steps(text: str) -> Iterator[SeriesStep]:
    """The marks of a paragraph that skip a number, say one again or turn back. A series may stand inside an item of
    another of its style and the outer one go on behind it."""
    levels: dict[str, list[ItemMark]] = {}
    for mark in marks(text):
        open_ = levels.setdefault(mark.style, [])
        if mark.number == 1:
            open_.append(mark)
            continue
        follows = next((k for k in range(len(open_) - 1, -1, -1) if open_[k].number == mark.number - 1), None)
        if follows is not None:
            open_[follows:] = [mark]
        elif open_:
            before = open_[-1]
            sure = mark.firm and (len(mark.style) != 2 or mark.style[0] != "一" or before.number > 1)
            if sure and not _in_other_words(text[before.end : mark.start], before.number + 1):
                yield SeriesStep(before, mark, before.number + 1)
            open_[-1] = mark


def _in_other_words(text: str, number: int) -> bool:
    """Whether the number left out is said in another way between."""
    return bool(re.search(f"[，；。：、](?:其|第)?{numeral(number)}|(?<![0-9]){number}(?![0-9%])|其次|再次|然后|此外|另外|还有", text))


# ── in words ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Ordinal(NamedTuple):
    """首先, 其次 or 第三 where it begins what is said; `number` None for words that go on without counting (此外)."""

    start: int
    end: int
    number: int | None


@lru_cache(maxsize=1)
def _ordinals() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[。；：，！？;:,“—\s])|^)(?:(?P<first>首先)(?=[，,是要])|(?P<second>其次)(?=[，,是要])|(?P<on>再次|再者|再就是|然后|此外|另外|还有|接着|接下来|同时|最后)"
        rf"|第(?P<nth>{_N})(?:[，,]|[是要](?!素)))"
    )


@lru_cache(maxsize=4096)
def ordinals(text: str) -> tuple[Ordinal, ...]:
    """The words that count in a paragraph, in order."""
    if not ("首先" in text or "其次" in text or "第" in text):
        return ()
    return tuple(
        Ordinal(
            found.start(),
            found.end(),
            1 if found["first"] else 2 if found["second"] else read_numeral(found["nth"]) if found["nth"] else None,
        )
        for found in _ordinals().finditer(text)
    )
