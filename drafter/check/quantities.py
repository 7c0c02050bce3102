"""Quantities of a text, as numbers with their unit and how far they may be off by rounding: 1.5万元 is 15,000 元, give or
take 500."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: What is counted or measured, the longer ones first.
UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|人次|户次|美元|%|％|个|名|人|家|户|项|件|亩|元|吨|辆|座|所|场|次|台|套|篇|处|米|岁|天|条|起|宗|只|头|株|支|位|种|门|期|批|张|份|本|部|栋|间|村|镇|乡|街道"
)
_TIMES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}

#: The pattern of a quantity; its groups are the figure, its 万 or 亿, and the unit.
QUANTITY = rf"(\d{{1,9}}(?:,\d{{3}})*(?:\.\d{{1,4}})?)(万亿|亿|千万|百万|十万|万|千|百)?(?:多|余)?({UNITS})"


class Quantity(NamedTuple):
    """A quantity at `start` to `end` of a text. `off`: half of its last place, in its own unit."""

    start: int
    end: int
    value: float
    off: float
    unit: str


def quantity(found: re.Match[str], first: int = 1) -> Quantity:
    """The quantity of three groups of `QUANTITY`, the first of which has the number `first`."""
    figure, times, unit = found[first].replace(",", ""), found[first + 1] or "", found[first + 2]
    places = len(figure.partition(".")[2])
    factor = _TIMES[times]
    unit = {"％": "%", "百分点": "个百分点"}.get(unit, unit)
    return Quantity(
        start=found.start(first),
        end=found.end(first + 2),
        value=float(figure) * factor,
        off=0.5 * 10**-places * factor if places or times else 0.0,
        unit=unit,
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,—～~-])" + QUANTITY)


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities between two offsets, in order."""
    return [quantity(found) for found in _pattern().finditer(text, start, len(text) if end is None else end)]
