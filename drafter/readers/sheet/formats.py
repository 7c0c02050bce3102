"""Number formats of spreadsheets: what a person sees of a number, 000012 or 35% or 12.5万元.

What is only for the eye is left out: commas between thousands, zeros at the end of decimals, colours, padding. Decimals
that the format rounds away are not seen and therefore not meant. Source: ECMA-376, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

#: The formats that have a number and no code in the file, those of a Chinese Excel from 27 on (ECMA-376, 18.8.30,
#: zh-cn).
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    49: "@",
    **dict.fromkeys((37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), "#,##0;-#,##0"),
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((35, 56), 'h"时"mm"分"ss"秒"'),
}

#: What Excel keeps of a number; the digits behind are noughts (ECMA-376 names IEEE 754, Excel's own limit is 15).
DIGITS = 15

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*](?P<room>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>[Gg]eneral|G/通用格式)|(?P<one>.)",
    re.DOTALL,
)


class _Token(NamedTuple):
    """A piece of a format: words as they stand ("literal"), or what stands for something ("code", a character each)."""

    kind: str
    text: str


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The sections of a format: for what is positive, negative, nought, a text."""
    out: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup, found[found.lastgroup] if found.lastgroup else ""
        if kind == "one" and text == ";":
            out.append([])
        elif kind in ("quoted", "escaped"):
            out[-1].append(_Token("literal", text))
        elif kind == "bracket":
            if text.startswith("$"):  # [$¥-804]
                out[-1].append(_Token("literal", text[1:].partition("-")[0]))
            elif text.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                out[-1].append(_Token("code", f"[{text.lower()}]"))
        elif kind == "general":
            out[-1].append(_Token("code", "General"))
        elif kind == "one":
            out[-1].append(
                _Token("code" if text in "0#?.,%@/" or (text.isascii() and text.isalpha()) else "literal", text)
            )
    return tuple(tuple(section) for section in out)


def _codes(section: tuple[_Token, ...]) -> str:
    return "".join(token.text for token in section if token.kind == "code").lower()


@lru_cache(maxsize=512)
def is_day(code: str) -> bool:
    """Whether a format is one of days or hours."""
    first = _codes(_sections(code)[0])
    return (
        "general" not in first
        and not re.search("[0#?@%]", first.replace("s.0", "s"))
        and bool(re.search("[ymdhs]|aaa|^e+$|^e+m", first))
    )


def plain(value: float) -> str:
    """A number without a format, as a person writes it: 1200.0 → 1200, 0.1+0.2 → 0.3, 1.2e15 → 1200000000000000."""
    number = Decimal(f"{value:.{DIGITS}g}")
    return _trimmed(f"{number:f}")


def _trimmed(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def moment(serial: float, since_1904: bool = False) -> datetime | None:
    """The moment a number of days stands for, None where there is none. Excel takes 1900 for a leap year; no day before
    1900-03-01 is one that people mean."""
    serial += 1462 if since_1904 else 0
    if not 61 <= serial < 2_958_466:
        return None
    return datetime(1899, 12, 30) + timedelta(seconds=round(serial * 86_400))


class SheetDay(str):
    """A day that a workbook keeps as one, with its hour where it has one: 2026-11-22; `in_words` as people write it in a text:
    2026年11月22日."""

    in_words: str


def _day(at: datetime, clock: str = "") -> SheetDay:
    found = SheetDay(f"{at:%Y-%m-%d}" + (f" {clock}" if clock else ""))
    found.in_words = f"{at.year}年{at.month}月{at.day}日{clock.removeprefix('0')}"
    return found


def day(at: datetime, code: str) -> str:
    """A moment as a format shows it, written so that it can be read: 2026-11-22, 2026-11-22 09:30, 2026年11月."""
    shown = _codes(_sections(code)[0])
    hours = "h" in shown or "s" in shown
    months, days = "m" in shown and not hours, "d" in shown or "aaa" in shown
    if hours:
        clock = at.strftime("%H:%M:%S" if "s" in shown and at.second else "%H:%M")
        with_day = days or "y" in shown
        return _day(at, "" if clock == "00:00" else clock) if with_day else clock
    years = "y" in shown or "e" in shown
    if years and months and not days:
        return f"{at.year}年{at.month}月"
    if years and not days and not months:
        return f"{at.year}{'年' if '年' in code else ''}"
    return _day(at)


def shown(value: float, code: str) -> str:
    """A number as a format shows it."""
    sections = _sections(code)
    first = _codes(sections[0])
    if re.search(r"\[[<>=]", code):  # sections by conditions of their own
        return plain(value)
    section = sections[0]
    sign = "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section = sections[1]
    elif value == 0 and len(sections) > 2:
        section = sections[2]
        if not re.search("[0#]", _codes(section)):  # "-" or nothing is nought for the eye; 无 is a word
            return "".join(token.text for token in section if token.kind == "literal").strip(" -¥￥$") or "0"
    codes = _codes(section)
    if "general" in codes or codes == "@":
        return _around(section, sign + plain(abs(value)), {"general", "@"})
    if not re.search("[0#?]", codes) or re.search("[e/]", codes) or re.search("[a-z]", codes) or "@" in first:
        return plain(value)
    return _digits(section, abs(value), sign)


def _around(section: tuple[_Token, ...], number: str, marks: set[str]) -> str:
    out = "".join(number if token.kind == "code" and token.text.lower() in marks else token.text for token in section)
    return out.strip()


def _digits(section: tuple[_Token, ...], value: float, sign: str) -> str:
    """The digits put where the format has places for them, from the point to both sides."""
    places = [n for n, token in enumerate(section) if token.kind == "code" and token.text in "0#?"]
    point = next((n for n, token in enumerate(section) if token.kind == "code" and token.text == "."), None)
    whole = [n for n in places if point is None or n < point]
    decimals = [n for n in places if point is not None and n > point]
    number = Decimal(f"{value:.{DIGITS}g}")
    if any(token == _Token("code", "%") for token in section):
        number *= 100
    behind = max(places)
    number /= 1000 ** sum(token == _Token("code", ",") for token in section[behind + 1 :])
    rounded = f"{number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):f}"
    ints, _, fraction = rounded.partition(".")
    fraction = fraction.rstrip("0")
    ints = ints.lstrip("0").rjust(sum(section[n].text == "0" for n in whole), "0") or "0"
    put: dict[int, str] = {}
    for n in reversed(whole[1:]):
        put[n], ints = ints[-1:], ints[:-1]
    first = whole[0] if whole else min(places)
    put[first] = ints + put.get(first, "")
    out: list[str] = []
    for n, token in enumerate(section):
        if token.kind == "literal":
            out.append("" if token.text in "()" or (sign and token.text == "-" and n < first) else token.text)
        elif n in put:
            out.append(put[n])
        elif n == point and fraction:
            out.append("." + fraction)
        elif token.text == "%":
            out.append("%")
    text = "".join(out).strip()
    if sign and not any(c.isdigit() and c != "0" for c in text):
        sign = ""
    return sign + text
