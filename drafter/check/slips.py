"""The slips of a speech, looked for once for all rules that tell of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from math import exp
from typing import NamedTuple

from drafter.check.rules import Finding, Speech
from drafter.check.words import is_talked_of
from drafter.chinese.names import named
from drafter.chinese.slips import LOOK, NEAR, NEAR_WORD, SAME, SAME_WORD, Slip, slips
from drafter.diagnostic import ADVICE, WARNING
from drafter.speech.block import Line

#: A word that would be a slip so often is one of the speech's own.
OWN = 2


#: Words that neighbours do not tell apart, or that are two ways of writing one word: not offered for one another. What
#: is wrong of them other rules know.
_ALIKE = """
下工夫 下功夫，花工夫 花功夫，好工夫 好功夫，工夫 功夫
她们 他们 它们，她的 他的 它的，其他 其它，决不 绝不，作好 做好，实验 试验，交代 交待，贯串 贯穿，赢利 盈利 营利
一齐 一起，唯一 惟一，唯有 惟有，唯恐 惟恐，做出 作出，当作 当做，看作 看做，叫作 叫做，作为 做为，做大 作大
订货 定货，订单 定单，订购 定购，年轻 年青，品味 品位，那里 哪里，那些 哪些，那个 哪个，那么 那末，含义 涵义
制定 制订，启用 起用，必须 必需，不只 不止，以至 以致，分量 份量，成分 成份，账户 帐户，账目 帐目
图像 图象，想象 想像，影像 影象，申报 申办，树立 竖立，考察 考查，督察 督查，权利 权力，法制 法治，界限 界线
饱含 包含，决不能 绝不能，意见 一件，以后 已后，那时 哪时，截止 截至，反映 反应，度过 渡过，机构 机购，制造 智造，中心 重心，病例 病历，数字 数智，有所依 有所医，思政 市政，凸现 凸显
"""


_FIGURES = frozenset("〇零一二三四五六七八九十百千万亿两")

#: What stands behind the name of a place.
_PLACES = tuple("村镇乡县屯寨庄街路桥")


class InLine(NamedTuple):
    """A slip in a line of a speech, counted from its beginning."""

    line: int
    start: int
    end: int
    slip: Slip


#: The logarithm of the odds from which a slip of a kind is a warning (`tests/lexicon/make.py` prints what other limits
#: find and alarm), and from which it is advice.
WARNED = {SAME: 0.6, NEAR: 0.5, LOOK: 0.0, SAME_WORD: 0.5, NEAR_WORD: 0.5}
TOLD = -1.0


def findings(speech: Speech, rule: str, kinds: tuple[int, ...]) -> Iterator[Finding]:
    """What a rule says of the slips of some kinds."""
    found = [p for p in _slips(tuple(line.text for line in speech.lines)) if p.slip.sure >= TOLD]
    words = Counter(p.slip.words for p in found)
    for p in found:
        line = speech.lines[p.line]
        if p.slip.kind in kinds and words[p.slip.words] < OWN and not (
            _set_off(line, p) or _is_way_of_writing(line.text, p) or _in_idiom(line.text, p)
        ):
            start, end = _word(line.text, p)
            instead = line.text[start : p.start] + p.slip.instead + line.text[p.end : end]
            yield Finding(
                rule,
                p.line,
                start,
                end,
                f"“{line.text[start:end]}”在这里不常见，是不是“{instead}”？",
                instead,
                level=WARNING if p.slip.sure >= WARNED[p.slip.kind] else ADVICE,
                odds=round(exp(p.slip.sure), 1),
            )


def _word(text: str, p: InLine) -> tuple[int, int]:
    """The word of two characters that what is offered makes with a neighbour, as a reader looks at words: 努力奋[头→斗].
    Where it makes none with either, or is a word by itself, only what is replaced."""
    from drafter.check.tables.lexicon import lexicon

    if p.end - p.start == 1:
        book = lexicon()
        before, behind = text[p.start - 1 : p.start] if p.start else "", text[p.end : p.end + 1]
        made = {
            book.count(word): (p.start - len(left), p.end + len(right))
            for left, right in ((before, ""), ("", behind))
            if book.is_word(word := left + p.slip.instead + right)
        }
        if made:
            return made[max(made)]
    return p.start, p.end


@lru_cache(maxsize=4)
def _slips(texts: tuple[str, ...]) -> tuple[InLine, ...]:
    """The slips of some lines, the surest of those that overlap, in the order they stand."""
    from drafter.check.tables.lexicon import lexicon

    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    taken: set[int] = set()
    kept = []
    for slip in sorted(slips(lexicon(), "\n".join(texts)), key=lambda s: (-s.sure, s.start)):
        if taken.isdisjoint(range(slip.start, slip.end)):
            taken.update(range(slip.start, slip.end))
            line = bisect_right(starts, slip.start) - 1
            kept.append(InLine(line, slip.start - starts[line], slip.end - starts[line], slip))
    return tuple(sorted(kept))


def _set_off(line: Line, p: InLine) -> bool:
    """Whether a word stands in a title, alone in quotation marks, in a person's name or a place's, or is a figure for
    another figure: which is right only the writer knows."""
    text = line.text
    return (
        line.role in ("byline", "signature")
        or is_talked_of(text, p.start, p.end)
        or _FIGURES.issuperset(p.slip.words + p.slip.instead)
        or (p.end - p.start == 2 and text[p.end : p.end + 1] in _PLACES)
        or any(n.start < p.end and p.start < n.end for n in named(text))
    )


def _in_idiom(text: str, p: InLine) -> bool:
    """Whether the words belong to an idiom, written as dictionaries write it: the 放矢 of 有的放矢 is none for 方式."""
    from drafter.check.tables.idioms import idioms

    book = idioms()
    return any(
        text[start : start + 4] in book.words or text[start : start + 4] in book.right
        for start in range(max(0, p.end - 4), p.start + 1)
    )


def _is_way_of_writing(text: str, p: InLine) -> bool:
    """Whether what stands there and what is offered are words of one group of `_ALIKE`."""
    groups = _groups()
    for start in range(max(0, p.end - 3), p.start + 1):
        for end in range(max(p.end, start + 2), min(len(text), start + 3) + 1):
            word = text[start:end]
            if word in groups and word[: p.start - start] + p.slip.instead + word[p.end - start :] in groups[word]:
                return True
    return False


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """The words of `_ALIKE` with those of their group."""
    groups = (frozenset(group.split()) for row in _ALIKE.strip().split("\n") for group in row.split("，"))
    return {word: group for group in groups for word in group}
