"""Chinese as a program needs it: numerals, dates, lists, joining lines, counting 字."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice, pairwise

_DIGITS = "零一二三四五六七八九"
_VALUES = {c: n for n, c in enumerate(_DIGITS)} | {"〇": 0, "两": 2, "○": 0}
_GROUPS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_SAID_UNITS = (*_GROUPS, (1000, "千"), (100, "百"), (10, "十"))


def numeral(n: int) -> str:
    """A whole number as it is said: 12 → 十二, 105 → 一百零五. Beyond ±10^16 its digits; a negative one begins with 负."""
    if n < 0:
        return "负" + numeral(-n)
    if n >= 10**16:
        return str(n)
    if n >= 10**4:
        for unit, name in _GROUPS:
            if n >= unit:
                rest = n % unit
                gap = "零" if rest and rest < unit // 10 else ""
                return numeral(n // unit) + name + gap + (_plain(rest) if rest else "")
    said = _plain(n)
    return said[1:] if said.startswith("一十") else said


def counted(n: int) -> str:
    """A whole number as it is said before a measure word: 2 → 两, 12 → 十二."""
    return "两" if n == 2 else numeral(n)


def _plain(n: int) -> str:
    """As `numeral`, with 一十 where it stands inside a larger number."""
    if n >= 10**4:
        return numeral(n)
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        if digit:
            out += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        elif out:
            zero = True
    return out or "零"


def read_numeral(text: str) -> int | None:
    """The number a text says: 十二, 一百零五, 两千, 三万五千, 二〇二六, 负三, 12, １２; None where it says none. A last digit
    straight behind a unit counts tenths of it, as it is said: 一百五 is 150, 三万五 is 35,000."""
    text = _half_width(text.strip())
    if re.fullmatch(r"[0-9]{1,16}", text):
        return int(text)
    if text and all(c in _VALUES for c in text):
        return int("".join(str(_VALUES[c]) for c in text)) if len(text) <= 16 else None
    value = _said(text.removeprefix("负")) if len(text) <= 40 else None
    return -value if value and text.startswith("负") else value


def _said(text: str) -> int | None:
    """A numeral without a sign; None where a unit has nothing before it (百) or the units do not go down (二十十)."""
    digit = text.lstrip("零〇○")
    if (digit or text) in _VALUES and len(text) - len(digit) <= 1:
        return _VALUES[digit or text]
    for unit, name in _SAID_UNITS:
        before, found, after = text.partition(name)
        if not found:
            continue
        if len(name) == 1 and name in after:
            return None
        times = 1 if name == "十" and before in ("", "零", "〇", "○") else _said(before)
        if not times:
            return None
        if not after:
            return times * unit
        rest = _said(after)
        if rest is None or rest >= unit:
            return None
        if len(after) == 1 and unit > 10 and rest:
            rest *= unit // 10
        return times * unit + rest
    return None


def digits_said(text: str) -> str:
    """Digit by digit, as years are said: 2026 → 二〇二六."""
    return "".join("〇" if c == "0" else _DIGITS[int(c)] if c in "123456789" else c for c in text)


def gap(left: str, right: str) -> str:
    """What goes between two lines of one paragraph: a space between letters and digits, nothing beside a 汉字."""
    return " " if left.isascii() and right.isascii() and not left.isspace() and not right.isspace() else ""


def join_lines(lines: Iterable[str]) -> str:
    """The lines of one paragraph as one line."""
    out = ""
    for line in (line.strip() for line in lines):
        if out and line:
            out += gap(out[-1], line[0])
        out += line
    return out


#: Letters of a line that may be one of several things said one a line; a longer one is running text that was wrapped.
_ENTRY = 20


def lines_said(lines: Iterable[str]) -> str:
    """Lines of an answer where it stands in a sentence. Short ones without a mark between them are things said one a
    line (two names, copied from a list) and are kept apart: 甲、乙. Others are one text that was wrapped."""
    kept = [line.strip() for line in lines if line.strip()]
    out = "".join(kept[:1])
    for left, right in pairwise(kept):
        letters = re.match(r"[\w）”》%％]$", left[-1]) and re.match(r"[\w（“《]", right)
        apart = letters and len(left) <= _ENTRY and len(right) <= _ENTRY and not re.search("[，。；！？]", left + right)
        out += ("、" if apart else gap(left[-1], right[0])) + right
    return out


#: What ends a line beside \\n, for every part of drafter: readers make \\n of it, so that no part behind them meets it
#: (Unicode Standard Annex 14, class BK, NL, CR). VT and FF no Word file and no outline can hold; in a text they end a line.
LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")


def one_break(text: str) -> str:
    """The text with every kind of line break (see `LINE_ENDS`) as \\n."""
    for mark in LINE_ENDS:
        if mark in text:
            text = text.replace(mark, "\n")
    return text


def unholdable(text: str, most: int = 100) -> list[int]:
    """The offsets of the first characters XML 1.0 (section 2.2) cannot hold, and so no Word file can."""
    if text.replace("\n", "").replace("\u3000", "").isprintable():
        return []
    return [found.start() for found in islice(_no_xml().finditer(text), most)]


@lru_cache(maxsize=1)
def _no_xml() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def list_said(items: Iterable[str]) -> str:
    """甲、乙和丙."""
    *first, last = [*items] or [""]
    return "、".join(first) + ("和" if first else "") + last


@lru_cache(maxsize=1)
def _figures() -> re.Pattern[str]:
    return re.compile(r"[0-9](?:[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*(?:\.[0-9]+)?)")


@lru_cache(maxsize=1)
def _silent() -> re.Pattern[str]:
    """What is neither letter nor figure."""
    return re.compile(r"[\W_]+")


def count_read(text: str) -> int:
    """How many 字 a text is when read aloud. A 汉字 or a letter is one; a year (four digits before 年) is read digit by
    digit; any other whole number as its numeral (1,200 is 一千二百, four); a decimal adds 点 and its digits; % adds 百分之.
    Marks are silent."""
    total = len(_silent().sub("", text))
    for found in _figures().finditer(text):
        whole, _, decimals = found[0].replace(",", "").partition(".")
        after = text[found.end() : found.end() + 1]
        if (len(whole) == 4 and after == "年") or len(whole) > 16 or (len(whole) > 1 and whole[0] == "0"):
            said = len(whole)
        else:
            said = len(numeral(int(whole)))
        total += said - len(whole) + (1 if decimals else 0) + (3 if after and after in "%％‰" else 0)
    return total


def date_said(day: date) -> str:
    """2026年11月22日, without leading zeros. Source: GB/T 9704—2012, 7.3.5.4."""
    return f"{day.year}年{day.month}月{day.day}日"


_RELATIVE = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}


def read_date(text: str, today: date) -> date | None:
    """The day a text names: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日, 11月22日 (this year), 22日 (this
    month), 今天, 明天, 二〇二六年十一月二十二日. None where it names none, or one that is not in the calendar."""
    text = re.sub(r"\s+", "", _half_width(text))
    if text in _RELATIVE:
        try:
            return today + timedelta(_RELATIVE[text])
        except OverflowError:  # beyond the year 9999
            return None
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text) or re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    if not found:
        found = re.fullmatch(r"(?:(.{4})年)?(?:(.{1,2})月)?(.{1,3})[日号]", text)
        if found and found[1] and not found[2]:
            return None
    if not found:
        found = re.fullmatch(r"()(\d{1,2})[-/.](\d{1,2})", text)
    if not found:
        return None
    year = today.year if not found[1] else _year(found[1])
    month = today.month if not found[2] else read_numeral(found[2])
    day = read_numeral(found[3])
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _year(text: str) -> int | None:
    digits = "".join(str(_VALUES[c]) if c in _VALUES and c != "两" else c for c in text)
    return int(digits) if re.fullmatch(r"[0-9]{4}", digits) and digits != "0000" else None


_HALF_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {ord("．"): ".", ord("－"): "-", ord("／"): "/", ord("，"): ","}


def _half_width(text: str) -> str:
    return text if text.isascii() else text.translate(_HALF_WIDTH)
