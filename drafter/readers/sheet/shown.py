"""What a sheet shows of a number, character by character: 12.50%, ¥1,234.50, 1.2万, 二〇二六年十一月, 3 1/4.

What only pads, fills or colours is left out; what a colour alone tells, a minus, is written. A code that is not known for
certain shows nothing here (None): a wrong figure is worse than a plain one. Source: ECMA-376, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from drafter.chinese.numerals import numeral
from drafter.readers.sheet.formats import DIGITS, SYSTEM, FormatSection, FormatToken, sections

#: Characters of a number in a cell without a format.
_GENERAL = 11

#: A digit that is no nought.
_FIGURE = re.compile("[1-9一二三四五六七八九壹贰叁肆伍陆柒捌玖１-９]")


@lru_cache(maxsize=4096)
def as_shown(value: float, code: str) -> str | None:
    """A number, or a day as one, as a sheet shows it; None where the code is not known for certain. Days are counted from
    1900."""
    chosen = _chosen(value, sections(code))
    if chosen is None:
        return None
    section, unsigned, told = chosen
    if not section.known:
        return None
    if section.has("run", "elapsed", "half"):
        return _moment(value, section)
    sign = "-" if value < 0 and not unsigned else ""
    text = _number(abs(value), section)
    if text is None:
        return None
    if value < 0 and unsigned and not told:  # a colour or brackets say it
        text, sign = re.sub(r"^(\D*?)\((.*)\)$", r"\1\2", text), "-"
        sign *= not re.search("[-−－]", text)
    return (sign if _FIGURE.search(text) else "") + text


def text_as_shown(text: str, code: str) -> str | None:
    """A text as a sheet shows it: @"县" puts 县 behind it. None where the code is not known, or hides it."""
    found = sections(code)
    section = found[3] if len(found) > 3 else next((one for one in found if any(t.text == "@" for t in one.tokens)), None)
    if section is None:
        return text
    if not section.known or section.has("place", "run", "elapsed", "half") or not any(t.text == "@" for t in section.tokens):
        return None
    return "".join(text if token == FormatToken("mark", "@") else token.text for token in section.tokens if token.kind in ("literal", "mark"))


def _chosen(value: float, found: Sequence[FormatSection]) -> tuple[FormatSection, bool, bool] | None:
    """The section of a value; whether it has no minus there, and whether the section itself says what that is."""
    numbers = [*found]
    while len(numbers) > 1 and (len(numbers) > 3 or FormatToken("mark", "@") in numbers[-1].tokens):
        numbers.pop()  # that of texts
    first = numbers[0]
    if not any(one.condition for one in numbers):
        if value < 0 and len(numbers) > 1:
            return numbers[1], True, _says_more(numbers[1], first)
        return (numbers[2] if value == 0 and len(numbers) > 2 else first), False, False
    if len(numbers) > 2 and not numbers[1].condition:
        numbers = [first]  # what the others hold is not certain
    for n, one in enumerate(numbers):
        if (n and n == len(numbers) - 1 and not one.condition) or (one.condition and _holds(value, one)):
            signs = _signs(value, one, numbers, n)
            return None if signs is None else (one, *signs)
    return None


def _signs(value: float, section: FormatSection, others: Sequence[FormatSection], n: int) -> tuple[bool, bool] | None:
    """Whether a negative value has no minus in a section with conditions: where it holds none but negative ones. None where
    that is not certain."""
    if value >= 0:
        return False, False
    only = section.condition in (("<", 0.0), ("<=", 0.0)) or (n == 1 and others[0].condition in ((">", 0.0), (">=", 0.0)))
    if only:
        return True, _says_more(section, others[1 - n] if n < 2 and len(others) > 1 else section)
    return None if not section.has("place", "general") else (False, False) if n == 0 else None


def _says_more(negative: FormatSection, positive: FormatSection) -> bool:
    """Whether the section of what is negative has words that the other has not: 下降, ▼."""
    bare = negative.words.translate(_BARE)
    return bool(re.search(r"\w|[▲▼△▽↑↓]", bare)) and bare != positive.words.translate(_BARE)


_BARE = str.maketrans("", "", " ()-（）")


def _holds(value: float, section: FormatSection) -> bool:
    if section.condition is None:
        return False
    sign, limit = section.condition
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit, "<>": value != limit}[sign]


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _number(value: float, section: FormatSection) -> str | None:
    """A value without its sign."""
    marks = {token.text for token in section.tokens if token.kind == "mark"}
    if section.has("general") or (marks == {"@"} and not section.words and not section.has("place")):
        figure = _in_numerals(general(value), section, as_number=True)
        return None if figure is None else "".join(figure if t.kind == "general" or t.text == "@" else t.text for t in section.tokens).strip()
    if "@" in marks or "E" in marks:
        return None
    if not section.has("place"):
        return section.words.strip() or None
    if not value and not any(t.kind == "place" and t.text in "0#" for t in section.tokens):  # "-"??
        return section.words.strip(" -—¥￥$") or "0"
    if "/" in marks:
        return _fraction(value, section)
    return _digits(value, section)


def general(value: float) -> str:
    """A number without a format: a whole one to the digit, decimals as far as a cell has room."""
    number = Decimal(f"{value:.{DIGITS}g}")
    if number.is_finite() and number != number.to_integral_value():
        whole = len(f"{int(abs(number))}")
        places = max(0, _GENERAL - 1 - whole)
        if abs(number) >= Decimal("0.0001"):
            number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _in_numerals(figure: str, section: FormatSection, as_number: bool) -> str | None:
    """Figures in the numerals of a section: as a number is read, or digit by digit."""
    if not section.numerals:
        return figure
    if section.numerals == 3:
        return figure.translate({48 + n: 0xFF10 + n for n in range(10)})
    if section.language not in ("", "804"):
        return None
    if as_number:
        whole, point, rest = figure.partition(".")
        if len(whole) > 12 or not whole.isdecimal():
            return None
        said = numeral(int(whole)).replace("两", "二")
        said = "一" + said if said.startswith("十") else said
        figure = said + point + rest
    ones = "〇一二三四五六七八九"
    figure = figure.translate({48 + n: ones[n] for n in range(10)})
    return figure if section.numerals == 1 else figure.translate(str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟"))


def _digits(value: float, section: FormatSection) -> str | None:
    """The digits put where the section has places for them, from the point to both sides."""
    tokens = section.tokens
    places = [n for n, token in enumerate(tokens) if token.kind == "place"]
    points = [n for n, token in enumerate(tokens) if token == FormatToken("mark", ".")]
    if len(points) > 1:
        return None
    point = points[0] if points else len(tokens)
    whole = [n for n in places if n < point]
    decimals = [n for n in places if n > point]
    commas = [n for n, token in enumerate(tokens) if token == FormatToken("mark", ",")]
    last = max(whole, default=-1)
    grouped = any(min(whole, default=0) < n < last for n in commas)
    scaled = [n for n in commas if n > last and (n < point or n > max(decimals, default=-1))]
    if len([n for n in commas if min(whole, default=0) < n < last]) + len(scaled) != len(commas):
        return None
    number = Decimal(f"{value:.{DIGITS}g}")
    number *= 100 ** sum(token == FormatToken("mark", "%") for token in tokens)
    number /= 1000 ** len(scaled)
    if number.adjusted() > 30:
        return None
    rounded = f"{number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):f}"
    ints, _, fraction = rounded.partition(".")
    ints = ints.lstrip("0").rjust(sum(tokens[n].text == "0" for n in whole), "0")
    if not ints and not decimals:
        return None  # nothing is seen of a nought
    ints = ints or "0"
    spread = any(tokens[n].kind == "literal" for n in range(min(whole, default=0), last))
    if grouped and not spread:
        ints = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", ints)
        put = {whole[0]: ints, **dict.fromkeys(whole[1:], "")}
    elif grouped:
        return None
    else:
        put = {}
        for n in reversed(whole[1:]):
            put[n], ints = ints[-1:], ints[:-1]
        if whole:
            put[whole[0]] = ints
    kept = len(fraction)
    for n in reversed(decimals):  # noughts that # and ? do not show
        if tokens[n].text == "0" or fraction[kept - 1 : kept] != "0":
            break
        kept -= 1
    put |= dict(zip(decimals, fraction[:kept], strict=False))
    put[point] = "." * bool(kept)
    out: list[str] = [] if whole else [ints]
    for n, token in enumerate(tokens):
        digits = put.get(n, "")
        out.append(token.text if token.kind == "literal" or token.text == "%" else digits)
        if digits and section.numerals:
            said = _in_numerals(digits, section, as_number=False)
            if said is None:
                return None
            out[-1] = said
    return "".join(out).strip()


def _fraction(value: float, section: FormatSection) -> str | None:
    """A fraction: # ?/?, # ??/??, # ?/8."""
    plain = "".join(token.text for token in section.tokens)
    found = re.fullmatch(r"(?P<whole>[#0?]+ +)?[#0?]+ ?/ ?(?:(?P<any>[#?]{1,3})|(?P<fixed>[1-9][0-9]{0,2}))(?P<rest>\D*)", plain)
    if not found or section.numerals:
        return None
    exact = Fraction(Decimal(f"{value:.{DIGITS}g}"))
    if found["fixed"]:
        below = int(found["fixed"])
        above = int(exact * below + Fraction(1, 2))
    else:
        near = exact.limit_denominator(10 ** len(found["any"]) - 1)
        above, below = near.numerator, near.denominator
    rest = found["rest"].strip()
    if not found["whole"]:
        return f"{above}/{below}{rest}"
    whole, above = divmod(above, below)
    if not above:
        return f"{whole}{rest}"
    return (f"{whole} " if whole else "") + f"{above}/{below}{rest}"


# ── days and hours ─────────────────────────────────────────────────────────────────────────────────────────────────

_WEEKDAYS = "一二三四五六日"
_NAMED = re.compile("[年月日号时分秒]|星期|周|aaaa|上午/下午")


def _moment(serial: float, section: FormatSection) -> str | None:
    """A day or an hour: as it stands where the section writes it in Chinese, else as people write it in a text."""
    if section.has("place", "general") and not section.seconds_only:
        return None
    if section.has("elapsed"):
        return _elapsed(serial, section)
    if not 0 <= serial < 2_958_466:
        return None
    at = datetime(1899, 12, 30) + timedelta(seconds=round(serial * 86_400))
    runs = _meant(section)
    if runs is None or (serial < 61 and not {*runs} <= {"h", "n", "s"}):  # no day people mean: 1900-01-00
        return None
    in_chinese = bool(_NAMED.search("".join(token.text for token in section.tokens)))
    return _day_in_chinese(at, section, runs) if in_chinese else _day_plain(at, section, runs)


def _meant(section: FormatSection) -> list[str] | None:
    """What each run stands for: y m d w of days, h n s of hours, in their order; None where one is not known."""
    out: list[str] = []
    runs = [(token, n) for n, token in enumerate(section.tokens) if token.kind == "run"]
    for at, (token, _) in enumerate(runs):
        letter = token.text[0]
        before = runs[at - 1][0].text[0] if at else ""
        after = runs[at + 1][0].text[0] if at + 1 < len(runs) else ""
        if letter in "yhs":
            out.append(letter)
        elif letter == "e" and len(token.text) <= 4:
            out.append("y")
        elif letter == "m":
            out.append("n" if len(token.text) < 3 and (before == "h" or after == "s") else "m")
        elif letter == "d":
            out.append("d" if len(token.text) < 3 else "w")
        elif letter == "a" and len(token.text) == 4:
            out.append("w")
        else:
            return None
    return out


def _day_in_chinese(at: datetime, section: FormatSection, runs: Sequence[str]) -> str | None:
    """Each piece as it is written in the section."""
    out: list[str] = []
    left = iter(runs)
    half = section.has("half")
    for token in section.tokens:
        if token.kind == "run":
            said = _piece(at, next(left), token.text, section, half)
            if said is None:
                return None
            out.append(said)
        elif token.kind == "half":
            out.append("上午" if at.hour < 12 else "下午")
        elif token.kind == "literal" or token.text in "/.":
            out.append(token.text)
        elif token.kind == "mark" and token.text not in ",@":
            return None
    return "".join(out).strip()


def _piece(at: datetime, what: str, run: str, section: FormatSection, half: bool) -> str | None:
    if what == "w":
        return f"星期{_WEEKDAYS[at.weekday()]}" if run == "aaaa" or (run == "dddd" and section.language in ("", "804", *SYSTEM)) else None
    if len(run) > 2 and what != "y":  # names of months
        return None
    if what == "y":
        year = f"{at:%Y}" if len(run) > 2 or run == "e" else f"{at:%y}"
        return _in_numerals(year, section, as_number=False)
    number = {"m": at.month, "d": at.day, "h": (at.hour + 11) % 12 + 1 if half else at.hour, "n": at.minute, "s": at.second}[what]
    if section.numerals in (1, 2) and section.language in ("", "804"):
        said = _in_numerals(str(number), section._replace(numerals=1), as_number=True) or ""
        said = said.removeprefix("一") if said.startswith("一十") else said
        return said if section.numerals == 1 else None
    return _in_numerals(f"{number:02}" if len(run) > 1 else f"{number}", section, as_number=False)


def _day_plain(at: datetime, section: FormatSection, runs: Sequence[str]) -> str | None:
    """What a section shows of a day and an hour, as people write it in a text: 2026年11月22日 9:30."""
    shown = frozenset(runs)
    days = shown & {"y", "m", "d"}
    if shown == {"n", "s"}:
        return f"{at:%M:%S}"
    if days not in ({"y", "m", "d"}, {"m", "d"}, {"y", "m"}, {"y"}, set()) or (not days and "h" not in shown and shown != {"w"}):
        return None
    said = f"{at.year}年" * ("y" in days) + f"{at.month}月" * ("m" in days) + f"{at.day}日" * ("d" in days)
    said = said if days != {"y"} else f"{at.year}"
    if shown == {"w"}:
        return f"星期{_WEEKDAYS[at.weekday()]}" if section.language in ("", "804", *SYSTEM) else None
    if "h" not in shown:
        return said if "n" not in shown and "s" not in shown else None
    clock = f"{at.hour}:{at.minute:02}" + (f":{at.second:02}" if "s" in shown else "")
    return clock if not days else said if clock in ("0:00", "0:00:00") else said + clock


def _elapsed(serial: float, section: FormatSection) -> str | None:
    """Hours, minutes, seconds that have gone by."""
    if serial < 0:
        return None
    left = round(serial * 86_400)
    out: list[str] = []
    first = True
    for n, token in enumerate(section.tokens):
        if token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            out.append(f"{left // unit:0{len(token.text)}}")
            left %= unit
            first = False
        elif token.kind == "run" and token.text[0] in "ms" and not first:
            unit = {"m": 60, "s": 1}[token.text[0]]
            out.append(f"{left // unit:0{len(token.text)}}")
            left %= unit
        elif token.kind == "literal":
            out.append(token.text)
        elif token.text not in "@" or not n:
            return None
    return "".join(out).strip()
