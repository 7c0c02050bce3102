"""Number formats of spreadsheets, and what figures and days are read as: 000012, 35%, 12.5万元, 2026-11-22.

A format has up to four sections, for what is positive, negative, nought, a text, or sections with conditions of their own.
What a sheet shows by one is told by `drafter.readers.sheet.shown`. Source: ECMA-376, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
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
    48: "##0.0E+0",
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
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<room>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>[Gg]eneral|GENERAL|G/通用格式)|(?P<half>上午/下午|AM/PM|am/pm|A/P|a/p)|(?P<exponent>[Ee][+\-])"
    r"|(?P<run>[Yy]+|[Mm]+|[Dd]+|[Hh]+|[Ss]+|[Aa]{3,}|[Ee]+|[Gg]+|[Bb]+|[Nn]+|[Ww]+|[Rr]+|[Qq]+)|(?P<one>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")

#: Colours by their names, which say nothing (ECMA-376, 18.8.31; those of a Chinese Excel).
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|黑色?|蓝色?|青色?|绿色?|洋红色?|红色?|白色?|黄色?|(?:color|颜色)\s*\d{1,2}")

#: Days and hours as the system of a machine writes them.
SYSTEM = ("f800", "f400")


class FormatToken(NamedTuple):
    """A piece of a section: its kind ("literal", "place" for 0 # ?, "mark" for . , % / @ E, "run" of a day's letters, "general",
    "half", "elapsed"), and its text."""

    kind: str
    text: str


class FormatSection(NamedTuple):
    """A section: its pieces, its condition, how its numerals are written (0 as they are, 1 一二, 2 壹贰, 3 full-width), and the
    language it names, "" for none; `known` is whether all of it is understood."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, float] | None
    numerals: int
    language: str
    known: bool

    def has(self, *kinds: str) -> bool:
        """Whether there is a piece of one of the kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def seconds_only(self) -> bool:
        """Whether digits are wanted of a second only: ss.000."""
        return not self.has("general") and bool(re.search(r"s\.0+", "".join(token.text for token in self.tokens)))

    @property
    def words(self) -> str:
        """What stands in it as it is."""
        return "".join(token.text for token in self.tokens if token.kind == "literal")


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format."""
    parts: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["one"] == ";":
            parts.append([])
        else:
            parts[-1].append(found)
    return tuple(map(_section, parts))


def _section(part: Sequence[re.Match[str]]) -> FormatSection:
    tokens: list[FormatToken] = []
    condition, numerals, language, known = None, 0, "", True
    for found in part:
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind in ("quoted", "escaped"):
            tokens.append(FormatToken("literal", text))
        elif kind == "bracket":
            lowered = text.lower()
            if text.startswith("$"):
                sign, _, place = text[1:].partition("-")
                language, numerals, sure = _language(place.lower(), language, numerals)
                known = known and sure
                tokens += [FormatToken("literal", sign)] * bool(sign)
            elif limit := _CONDITION.fullmatch(text.strip()):
                condition = (limit[1], float(limit[2]))
            elif re.fullmatch("h+|m+|s+", lowered):
                tokens.append(FormatToken("elapsed", lowered))
            elif re.fullmatch("dbnum[123]", lowered):
                numerals = int(lowered[-1])
            elif not _COLOUR.fullmatch(lowered):
                known = False
        elif kind in ("general", "half"):
            tokens.append(FormatToken(kind, text))
        elif kind == "exponent":
            tokens.append(FormatToken("mark", "E"))
        elif kind == "run":
            tokens.append(FormatToken("run", text.lower()))
        elif kind == "one":
            code = "place" if text in "0#?" else "mark" if text in ".,%/@" else "literal"
            known = known and not (text.isascii() and text.isalpha())
            tokens.append(FormatToken(code, text))
    return FormatSection(tuple(tokens), condition, numerals, language, known)


#: The language of a section, and its numerals, in one number: [$-1E000804] is [DBNum1][$-804], as LibreOffice writes it.
_NUMERALS = {"00": None, "01": None, "1e": 1, "1f": 2}
_TAGS = {"zh-cn": "804", "en-us": "409"}


def _language(said: str, before: str, numerals: int) -> tuple[str, int, bool]:
    """The language a section names ("804"), its numerals, and whether both are understood."""
    if not said or said in SYSTEM or said.startswith("x-sys"):
        return (said and "f800") or before, numerals, True
    if not re.fullmatch("[0-9a-f]{1,8}", said):
        return _TAGS.get(said, said), numerals, True
    shape, calendar, language = (whole := said.rjust(8, "0"))[:2], whole[2:4], whole[4:].lstrip("0")
    return language or before, _NUMERALS.get(shape) or numerals, shape in _NUMERALS and calendar in ("00", "01")


@lru_cache(maxsize=512)
def is_day(code: str) -> bool:
    """Whether a format is one of days or hours."""
    first = sections(code)[0]
    return first.has("run", "elapsed", "half") and (first.seconds_only or not first.has("place", "general")) and FormatToken("mark", "%") not in first.tokens


def is_elapsed(code: str) -> bool:
    """Whether a format counts hours beyond a day: [h]:mm."""
    return sections(code)[0].has("elapsed")


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


class ShownCell(str):
    """A figure or a day that a workbook keeps as one: 12.5%, 2026-11-22. `in_words` is what a text says of it, as the sheet
    shows it: 12.50%, 2026年11月22日; `doubtful` where the sheet shows it in a way that is not known for certain."""

    in_words: str
    doubtful: bool = False


def shown_cell(said: str, in_words: str, doubtful: bool = False) -> str:
    """A cell of which a text says something else than a figure or a day does."""
    if said == in_words and not doubtful:
        return said
    found = ShownCell(said)
    found.in_words, found.doubtful = in_words, doubtful
    return found


def _day(at: datetime, clock: str = "") -> str:
    in_words = f"{at.year}年{at.month}月{at.day}日{clock.removeprefix('0')}"
    return shown_cell(f"{at:%Y-%m-%d}" + (f" {clock}" if clock else ""), in_words)


def day(at: datetime, code: str) -> str:
    """A moment as a format shows it, written so that it can be read: 2026-11-22, 2026-11-22 09:30, 2026年11月."""
    first = sections(code)[0]
    runs = "".join(token.text for token in first.tokens if token.kind in ("run", "elapsed"))
    hours = "h" in runs or "s" in runs
    months, days = "m" in runs and not hours, "d" in runs or "aaa" in runs
    if hours:
        clock = at.strftime("%H:%M:%S" if "s" in runs and at.second else "%H:%M")
        with_day = days or "y" in runs
        return _day(at, "" if clock == "00:00" else clock) if with_day else clock
    years = "y" in runs or "e" in runs
    if years and months and not days:
        return f"{at.year}年{at.month}月"
    if years and not days and not months:
        return f"{at.year}{'年' if '年' in code else ''}"
    return _day(at)
