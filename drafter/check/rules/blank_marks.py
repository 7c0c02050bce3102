"""用 XX、××、○○、____ 占着的空没有填。

和单个的“×”一样，是起草时留下的空；两个以上连写、挨着汉字或数字的，几乎不会是正文。“二〇〇八年”里的圈是数字，不算。

错：20__年，XX县完成投资____亿元
对：2026年，清河县完成投资12亿元
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "blank-marks"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留代字"


#: Without one of these, or the beginning of a year, there is nothing to look for.
_MARKS = frozenset("XxＸｘ×_＿○◯〇□△▲■?？*＊")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff"
    return re.compile(
        rf"(?<![A-Za-z0-9×])(?:[Xx]{{2,6}}|[ＸｘX×]{{2,6}})(?=[{han}0-9（，。、])(?![0-9A-Za-z])"
        rf"|(?<=[{han}])(?:[Xx]{{2,6}}|[Ｘｘ]{{2,6}})(?![A-Za-z0-9])"
        rf"|(?:19|20)(?:[0-9]?_+|[0-9]?[xX×＊*]{{1,2}}|\s{{2,8}})(?=年|[—\-]20)|(?<!\d)20[0-9]?_+"
        rf"|(?<!_)_{{2,}}(?!_)|＿{{2,}}"
        rf"|(?<![〇零一二三四五六七八九十0-9○])[○◯〇]{{2,6}}(?![〇零一二三四五六七八九十0-9○])"
        r"|(?<![?？])[?？]{2,}(?=[亿万元人名个年月日项家户亩%％])"
        r"|(?<![*＊0-9A-Za-z\u4e00-\u9fff])[*＊]{2,4}(?=(?:省|市|县|区|镇|乡|村|局|同志|书记|人|名|万|亿|元|年|月|日|公司|个|项|%"
        r"|％)(?!.{0,40}\*\*))"
        r"|(?<=[有约达共为到])[*＊]{2,4}(?=[万亿元人名个项%％家户])"
        rf"|(?<![□△▲■])[□△▲■]{{2,}}(?=[{han}])|(?<=[{han}])[□△]{{2,}}"
    )


#: A report of somebody else's case hides a name on purpose, as does a surname before it (林××) without a post behind it.
_REPORTED = "据[^，。]{0,4}[报载闻说]|涉嫌|案件|受贿|诈骗|被告|举报"
_NAMED = "[一-龥]××?$"
_POST = "书记|市长|县长|主任|局长|同志|省|市|县|区|局|委|镇|乡|村|年|月|日|名|人|万|亿|元|家|个|项|公司|会议|大会|届|次|%|％"


def check(speech: Speech) -> Iterator[Finding]:
    """Runs of stand-ins."""
    for n, line in enumerate(speech.lines):
        if _MARKS.isdisjoint(line.text) and "20 " not in line.text and "20\u3000" not in line.text:
            continue
        taken = 0
        reported = "×" in line.text and bool(re.search(_REPORTED, line.text))
        for found in _pattern().finditer(line.text):
            start, end = found.span()
            if (
                start < taken
                or re.match("[A-Za-z0-9/.@_-]", line.text[max(0, start - 1) : start])
                or re.match("[./@_][A-Za-z0-9]", line.text[end : end + 2])
            ):
                continue
            if "×" in found[0] and (
                reported
                or inside(line.text, start)
                or (
                    re.search(_NAMED, line.text[max(0, end - 8) : end])
                    and not re.match(_POST, line.text[end : end + 4])
                )
            ):
                continue
            taken = end
            yield Finding(NAME, n, start, end, f"“{found[0].strip() or '空格'}”这里还没有填。")
