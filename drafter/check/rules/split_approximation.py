"""概数中间用了顿号，或者用了阿拉伯数字。

相邻的两个数字连用表示概数，用汉字，中间不用顿号：三四个月、七八年、八九十年代。“二、三产业”“一、二季度”是两件事，要用顿号。

错：走了三、四个月，来了2、3百人，八、九十年代，前两、三年
对：走了三四个月，来了两三百人，八九十年代，前两三年
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import matches

NAME = "split-approximation"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.5.3.4；GB/T 15835—2011，4.2.2（概数用汉字，中间不用顿号）"

_NEXT = {**dict(zip("一二三四五六七八", "二三四五六七八九", strict=True)), "两": "三"}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unit = (
        "个(?:多?[^季])|年(?![级度代份鉴会报来])|天|次(?![全会])|名(?!列)|人(?!民)|倍|里|百(?!分)|千|万|成(?!立)|岁|斤|亩|吨|公里|公斤|米|小时|分钟|代人|口人|位|家"
        "|户(?!型)|元|层楼|辆|遍|趟|步"
    )
    han = "[一二两三四五六七八九]"
    return re.compile(
        rf"(?<![第、一二三四五六七八九〇零百千初周前后])({han})、({han})(?=十?(?:{unit})|十年代|十)"
        rf"|(?<=[一二三四五六七八九]十)({han})、({han})(?=(?:{unit}))"
        rf"|(?<=[前后近])([一二两三四五六七八])、([二两三四五六七八九])(?=(?:年|天|个月|周|次)(?!级|度|代))"
        r"|(?<=[百千万])([一二三四五六七八])、([二两三四五六七八九])(?=[十百千])"
        rf"|(?<![\d.、第—～-])([1-9])、([1-9])(?=(?:{unit})|十)(?!位数)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Two neighbouring numerals (or 三 and 五) parted by 顿号 before a measure word, not at the head of a paragraph. A year
    behind “一、二” may be a heading, and grades, quarters and classes are two things."""
    for n, line in enumerate(speech.lines):
        text = line.text
        if "、" not in text:
            continue
        for found in matches(_pattern(), text, "[一二两三四五六七八九1-9](?=、)"):
            first, second = (g for g in found.groups() if g)
            if first.isdigit():
                first, second = ("零一二三四五六七八九"[int(g)] for g in (first, second))
            if _NEXT.get(first) != second and (first, second) not in (("三", "五"), ("两", "三"), ("一", "两")):
                continue
            ranks = (
                re.search("[列获居]$|排名在?$|名列$|位列$", text[max(0, found.start() - 4) : found.start()])
                and text[found.end() : found.end() + 1] in "位名"
            )
            if text[found.start() - 1] == "十" and text[found.end() : found.end() + 1] == "十":
                continue
            if "第" in text[max(0, found.start() - 8) : found.start()] and text[found.start() - 1] in "百千万":
                continue
            if (
                ranks
                or found.start() == 0
                or re.match("[十]?(?:个|年)(?:阶段|方面|层次|步骤|部分|问题)", text[found.end() :])
            ):
                continue
            if first == "二" and not text[found.end() :].startswith("十") and text[found.start() - 1] != "十":
                first = "两"
            if first == "一" and second == "二" and found[0][0].isdigit():
                second = "两"
            yield Finding(
                NAME, n, found.start(), found.end(), f"概数中间不用顿号，写作“{first}{second}”。", first + second
            )
