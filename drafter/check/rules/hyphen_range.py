"""数字的起止用了短横线。

表示时间、数值的起止用一字线“—”或者浪纹线“～”；短横线“-”用在编号、电话号码里。

错：力争用3-5年时间，在2026-2030年建成
对：力争用3—5年时间，在2026—2030年建成
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import inside

NAME = "hyphen-range"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.13.3（一字线、浪纹线标示起止）"
NEEDS = "-－–‐‑"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unit = "[年月日时分天个名人次倍点岁级项家户条批届期周轮亩亿万千百元吨米公里秒%％℃‰]|世纪|平方|小时|左右|人次"
    one = rf"\d+(?:\.\d+)?(?:{unit}){{0,3}}"
    return re.compile(
        rf"(?<![\d.A-Za-z—\-－/:#第号]){one}(?:[\-－–‐‑])(?=\d+(?:\.\d+)?(?:{unit}))(?!\d+-)"
        rf"|(?<![\d.A-Za-z—\-－/]){one}(?:[年月日时%％])[\-－–‐‑](?=\d)"
        r"|(?<=[0-9][:：][0-9]{2})[\-－–‐‑](?=[0-9]{1,2}[:：][0-9]{2})"
        r"|(?<=周[一二三四五六日])[\-－–‐‑](?=周[一二三四五六日])"
        r"|(?<=[一二三四五六七八九十月日年])[\-－–‐‑](?=[一二三四五六七八九十]{1,3}(?:[个名人次天年月日级倍家户项岁]))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A hyphen between figures with a unit behind them, outside 《》."""
    for n, line in having(speech.lines, NEEDS):
        if any(c in line.text for c in "-－–‐‑"):
            for found in _pattern().finditer(line.text):
                at = found.end() - 1
                if not inside(line.text, at, marks="《"):
                    yield Finding(NAME, n, at, at + 1, "数字的起止用一字线“—”，不用短横线。", "—", True)
