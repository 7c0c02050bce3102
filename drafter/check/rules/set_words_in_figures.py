"""定型的词语用了阿拉伯数字。

词语、成语、缩略语、惯用语里的数是词的一部分，用汉字：五位一体、“一带一路”、三严三实、“四个意识”、第一书记、五湖四海。

错：统筹推进“5位一体”总体布局，选派第1书记
对：统筹推进“五位一体”总体布局，选派第一书记
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import matches

NAME = "set-words-in-figures"
LEVEL = "error"
SOURCE = "GB/T 15835—2011，4.2.3（含有数字的定型词语用汉字）"
NEEDS = "0123456789"

#: Words that stay set words whatever stands around them.
_SURE = (
    "五位一体 一带一路 三严三实 两学一做 三会一课 一国两制 一岗双责 五湖四海 四面八方 双一流 四个意识 四个自信 两个确立 两个毫不动摇 三个务必 "
    "两个一百年 三去一降一补 两不愁三保障 八项规定精神 三重一大 三公经费 一票否决 一站式 一网通办 一体化 第一书记 第一责任人 第一生产力 第一资源 第一动力 第一要务 三农 "
    "一身正气 一以贯之 一如既往 一马当先 一往无前 一丝不苟 一清二楚 一视同仁 一蹴而就 三令五申 三番五次 四通八达 五花八门 六神无主 八仙过海"
)

#: Words whose figures may count (2个维护点, 换1把手): sure in quotation marks, warned of elsewhere.
_UNSURE = "四个全面 两个维护 三个代表 两个务必 四风 六稳 六保 四下基层 第一时间 一把手 一方面 一系列 一揽子 一盘棋 一些 一定 一律 进一步"

#: Plans by their number: “14五”, “145”.
_PLANS = {
    "12五": "十二五",
    "13五": "十三五",
    "14五": "十四五",
    "15五": "十五五",
    "125": "十二五",
    "135": "十三五",
    "145": "十四五",
    "155": "十五五",
}

_FIGURE = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "八": "8"}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """The words with all their numerals, or one of them, in figures → the words."""
    out: dict[str, str] = {"两个100年": "两个一百年", "2个100年": "两个一百年"}
    for word in f"{_SURE} {_UNSURE}".split():
        places = [k for k, c in enumerate(word) if c in _FIGURE]
        for chosen in [places, *([k] for k in places)]:
            out["".join(_FIGURE[c] if k in chosen else c for k, c in enumerate(word))] = word
    return out


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _words()), key=len, reverse=True))
    plans = "|".join(_PLANS)
    return re.compile(
        rf"(?<![\d.,—～/-])(?:(?:{words})(?!(?<=把手)[枪锁]|(?<=时间)段)|(?P<plan>{plans})(?=[”’]?(?:规划|时期|期间|以来|末|开局|收官|目标"
        rf"|发展)))")


@lru_cache(maxsize=1)
def _begins() -> str:
    first: dict[str, set[str]] = {}
    for word in (*_words(), *_PLANS):
        first.setdefault(word[0], set()).add(word[1])
    return "|".join(f"{c}(?=[{''.join(sorted(next_))}])" for c, next_ in sorted(first.items()))


def check(speech: Speech) -> Iterator[Finding]:
    """Set words with figures in them."""
    for n, line in having(speech.lines, NEEDS):
        for found in matches(_pattern(), line.text, _begins()):
            right = _PLANS.get(found[0]) or _words()[found[0]]
            quoted = line.text[found.start() - 1 : found.start()] in ("“", "‘")
            if found["plan"] and found[0].isdigit() and not quoted:
                continue
            if right == "三个代表" and re.match("[团队处性人]", line.text[found.end() :]):
                continue
            unsure = right in _UNSURE and not quoted
            yield Finding(
                NAME,
                n,
                found.start(),
                found.end(),
                f"定型的词语用汉字：{right}。",
                right,
                False,
                "warning" if unsure else "",
            )
