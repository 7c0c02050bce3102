"""“和”“及”“与”“或”前面多了顿号。

并列的几项，最后两项用“和”一类的词连着，词前面就不再用顿号。

错：统筹教育、科技、和人才工作
对：统筹教育、科技和人才工作
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.check.words import is_talked_of
from drafter.chinese.prose import inside

NAME = "stop-before-and"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.5.3.1（顿号用于并列词语之间）"

#: What stands in whatever is found.
_NEEDS = needed("、及|、和|、或|、与|和、|与、")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "、(?P<joiner>及其?(?![时格早笄冠第锋至])|和|或(?![者许多]|有负债)"
        "|与(?=[\u4e00-\u9fff]{1,6}(?:等|工作|之间|关系|建设)))"
        "(?P<item>[“《\u4e00-\u9fff][^、，。；：！？（）]*)(?P<mark>[、（]?)"
    )


#: 与 and 和 with one of these behind them go with a verb, and join nothing: 与社会资本合作, 和病毒赛跑.
_WITH = re.compile(
    "相|合作|有[关特一]|无关|结合|接轨|衔接|配套|挂钩|沟通|交流|座谈|联系|对接|同步|一致|上游|会[谈见商]|一起|一道|一样|共同|赛跑|[同交]|共[进担命奋]"
)

#: So far (characters) a verb may stand from 与, or the item before that has a 与 of its own.
_NEAR = 16

#: An item of so many characters says something by itself, be its words in the dictionary or not.
_LONG = 4

#: What begins an item without being a word of two characters.
_BEGINS = frozenset("各其全本我该此这所省市县区乡镇村国人“《")


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 before a word that joins. Where the list goes on behind it (、和衷共济、), where the character begins a word
    (和谐, 及时), or what would be joined is none (、和苑等), it joins nothing."""
    for n, line in having(speech.lines, _NEEDS):
        if "、" in line.text:
            for found in _pattern().finditer(line.text):
                if found["mark"] or inside(line.text, found.start(), marks="《") or not _joins(found):
                    continue
                words = found["joiner"]
                yield Finding(NAME, n, found.start(), found.start() + 1, f"“{words}”前面不用顿号。", "")
            yield from _behind(n, line.text)


def _joins(found: re.Match[str]) -> bool:
    """Whether the character behind the 顿号 is a word of its own, and so is what stands behind it."""
    from drafter.check.tables.lexicon import lexicon

    book, joiner, item = lexicon(), found["joiner"], found["item"]
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    if joiner in "与和或" and (item[0] == joiner or _WITH.search(item[:_NEAR]) or re.search(f"(?:^|[、，始直]){joiner}", before)):
        return False
    if len(joiner) == 1 and any(book.frequency(joiner + item[:size]) for size in (1, 2, 3)):
        return False
    if joiner == "和" and item.startswith(("林格尔", "田玉", "静县", "布克", "牛")):
        return False
    named = re.split("[等的]", item)[0]
    return item[0] in _BEGINS or len(named) >= _LONG or any(book.is_word(item[:size]) for size in (2, 3, 4))


def _behind(n: int, text: str) -> Iterator[Finding]:
    """顿号 straight behind 和 or 与 that join; 祥和, 参与 are words."""
    for found in re.finditer("(?<=[\u4e00-\u9fff”》])[和与]、(?=[“《])", text):
        at = found.start()
        if not is_talked_of(text, at, at + 1) and not inside(text, at) and not _ends_word(text, at):
            yield Finding(NAME, n, at + 1, at + 2, f"“{found[0][0]}”后面不用顿号。", "")


def _ends_word(text: str, at: int) -> bool:
    """Whether a character ends a word of the dictionary, or is an item of the list itself (睦、和、美)."""
    from drafter.check.tables.lexicon import lexicon

    book = lexicon()
    return any(book.frequency(text[at + 1 - size : at + 1]) > 0 for size in (2, 3, 4) if at + 1 >= size) or bool(
        re.match("[\u4e00-\u9fff]{1,2}(?:[、，。；]|$)", text[at + 2 :])
    )
