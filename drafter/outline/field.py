"""Fields: what may be answered to a question. Typed text to a value, a value to how it is said."""

import re
from datetime import date
from typing import Any, NamedTuple

from drafter.chinese.numerals import (
    date_said,
    lines_said,
    one_break,
    read_date,
    read_numeral,
    unholdable,
)
from drafter.diagnostic import Place

TYPES = ("text", "long text", "number", "date", "yes/no", "choice", "list")

#: The field that says in what capacity somebody speaks, and the one it follows from; see `drafter.outline.follow`.
RANK, POST = "讲话人身份", "讲话人职务"

#: Characters one answer may have, and entries one list.
MAX_LENGTH = 100_000
MAX_ENTRIES = 1_000

#: Seconds a `pattern` may look at an answer; a speech outline needs none that takes longer.
PATTERN_TIMEOUT_S = 0.1


#: How often a `pattern` may repeat a thing by a count, nested counts multiplied. `regex` unrolls counts before its
#: clock runs: a{9999999} takes more than 1.4 GB.
PATTERN_COUNTS = 10_000


class Number(NamedTuple):
    """A number: `said` as it is to stand in the text, and its value."""

    said: str
    value: float | int


Value = str | Number | date | bool | tuple[str, ...]


class Field(NamedTuple):
    """A blank of an outline and what to ask for it. `when` is a condition (see `drafter.outline.parse.Condition`), None
    where it is always asked; `default` None where there is none; `minimum` and `maximum` "" where there is no bound."""

    name: str
    ask: str = ""
    help: str = ""
    type: str = "text"
    choices: tuple[str, ...] = ()
    default: str | tuple[str, ...] | None = None
    example: str = ""
    when: Any = None
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""
    place: Place | None = None
    vary: str = ""  # the field by whose answer the choice is made where nobody makes it; "" for none


class Unfit(ValueError):
    """An answer that will not do. The message says why, and what to type instead, in plain Chinese."""


_YES = frozenset(["是", "有", "对", "要", "y", "yes", "true", "1"])
_NO = frozenset(["否", "没有", "没", "无", "不", "不是", "不要", "n", "no", "false", "0"])


def read(field: Field, typed: str | list[str] | tuple[str, ...] | bool | int | float | date, today: date) -> Value:
    """The value of an answer. Raises Unfit with what is wrong and what to type instead."""
    if isinstance(typed, bool):
        typed = "是" if typed else "否"
    elif isinstance(typed, date):
        typed = typed.isoformat()
    elif isinstance(typed, int | float):
        typed = str(typed)
    if not isinstance(typed, str):
        entries = [_clean(str(entry)) for entry in typed]
        if field.type != "list":
            raise Unfit("只要一个回答，这里给了几个。")
        value: Value = _entries(entries)
    else:
        text = _clean(typed)
        value = _READERS[field.type](field, text, today)
    if field.pattern:
        _match(field.pattern, say(value))
    return value


def _clean(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise Unfit(f"太长：{len(text):,} 个字符，最多 {MAX_LENGTH:,} 个。")
    bad = unholdable(text)
    if bad:
        raise Unfit(f"里面有 Word 文件存不下的字符 U+{ord(text[bad[0]]):04X}（第 {bad[0] + 1} 个字符），请删掉它。")
    return one_break(text).strip()


def _text(field: Field, text: str, today: date) -> Value:
    return lines_said(text.split("\n")) if "\n" in text else text


def _long_text(field: Field, text: str, today: date) -> Value:
    return text


def _number(field: Field, text: str, today: date) -> Value:
    _one_line(text)
    number = number_of(text)
    if number is None:
        raise Unfit(f"“{_short(text)}”不是数。写成 120、1,200、3.5 或 一百二十。")
    least, most = (number_of(bound) if bound else None for bound in (field.minimum, field.maximum))
    if least and number.value < least.value:
        raise Unfit(f"最小是 {least.said}，这里是 {number.said}。")
    if most and number.value > most.value:
        raise Unfit(f"最大是 {most.said}，这里是 {number.said}。")
    return number


def _one_line(text: str) -> None:
    """Two figures on two lines are not one figure."""
    if "\n" in text:
        raise Unfit(f"这里写了 {len(text.split())} 行（{_short('、'.join(text.split()))}），只要一个。")


def number_of(text: str) -> Number | None:
    """The number a text says, None where it says none. Its own digits are kept: 1,200 stays 1,200."""
    said = re.sub(r"\s+", "", text.translate(_HALF_WIDTH))
    if re.fullmatch(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,9})?", said):
        digits = said.replace(",", "")
        return Number(said, float(digits) if "." in digits else int(digits))
    if re.fullmatch(r"[零〇一二三四五六七八九十百千万亿两]{1,20}", said):
        value = read_numeral(said)
        return None if value is None else Number(said, value)
    return None


_HALF_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0E: ".", 0xFF0C: ",", 0xFF0D: "-", 0xFF0B: "+"}


def _date(field: Field, text: str, today: date) -> Value:
    _one_line(text)
    day = read_date(text, today)
    if day is None:
        raise Unfit(f"“{_short(text)}”不是日期。写成 2026-11-22、11月22日 或 今天。")
    first, last = (read_date(b, today) if b else None for b in (field.minimum, field.maximum))
    if first and day < first:
        raise Unfit(f"最早是{date_said(first)}，这里是{date_said(day)}。")
    if last and day > last:
        raise Unfit(f"最晚是{date_said(last)}，这里是{date_said(day)}。")
    return day


def _yes_no(field: Field, text: str, today: date) -> Value:
    said = text.lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise Unfit(f"“{_short(text)}”看不出是不是。请答 是 或 否。")


def _choice(field: Field, text: str, today: date) -> Value:
    if text in field.choices:
        return text
    if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= len(field.choices):
        return field.choices[int(text) - 1]
    begun = [choice for choice in field.choices if text and choice.startswith(text)]
    if len(begun) == 1:
        return begun[0]
    raise Unfit(f"没有“{_short(text)}”这一项。请选：{'、'.join(field.choices)}。")


#: A piece of a list that is no name but a clause: it is long or holds a figure.
_CLAUSE = re.compile(r"[0-9]|.{9}")


def _list(field: Field, text: str, today: date) -> Value:
    """Names part at marks and line breaks; clauses part at line breaks and ；, and keep marks of their own."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = re.split(r"[、，,；;\n]", text)
    if not any(map(_CLAUSE.search, pieces)) or any(line[-1] in "、，," for line in lines):
        return _entries(pieces)
    whole = re.split(r"[；;\n]", text)
    return _entries(whole if sum(map(bool, map(str.strip, whole))) > 1 else pieces)


def _entries(entries: list[str]) -> tuple[str, ...]:
    kept = tuple(lines_said(entry.split("\n")) for entry in entries if entry.strip())
    if len(kept) > MAX_ENTRIES:
        raise Unfit(f"太多：{len(kept):,} 项，最多 {MAX_ENTRIES:,} 项。")
    return kept


_READERS = {
    "text": _text,
    "long text": _long_text,
    "number": _number,
    "date": _date,
    "yes/no": _yes_no,
    "choice": _choice,
    "list": _list,
}


def _match(pattern: str, said: str) -> None:
    """Whether a whole answer fits a pattern; one that takes too long is refused, so that no outline can stop the
    program."""
    import regex

    if _too_many(pattern):
        raise Unfit(f"提纲里的 pattern {_TOO_MANY}")
    try:
        good = regex.fullmatch(pattern, said, timeout=PATTERN_TIMEOUT_S)
    except regex.error as error:
        raise Unfit(f"提纲里的 pattern {_unreadable(error)}") from None
    except (TimeoutError, RecursionError, OverflowError, MemoryError):
        raise Unfit("提纲里的 pattern 太慢，请改简单些。") from None
    if not good:
        raise Unfit(f"“{_short(said)}”不合要求的样子（{_short(pattern)}）。")


def pattern_fault(pattern: str) -> str:
    """Why a pattern cannot be read, "" where it can."""
    import regex

    if _too_many(pattern):
        return _TOO_MANY
    try:
        regex.compile(pattern)
    except regex.error as error:
        return _unreadable(error)
    except (RecursionError, OverflowError, MemoryError):
        return "太复杂了。"
    return ""


_TOO_MANY = f"里的次数太大，乘起来最多 {PATTERN_COUNTS:,}。"


def _too_many(pattern: str) -> bool:
    """Whether the counts of a pattern, multiplied as if all were nested, are too many."""
    product = 1
    for low, high in re.findall(r"\{\s*([0-9]*)\s*(?:,\s*([0-9]*)\s*)?\}", pattern):
        if max(len(low), len(high)) > 5:
            return True
        product *= max(int(high or 0), int(low or 0), 1)
        if product > PATTERN_COUNTS:
            return True
    return False


def _unreadable(error: Exception) -> str:
    return f"不是能读懂的正则表达式（{error}）。"


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


def say(value: Value) -> str:
    """How a value stands in running text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.said
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return date_said(value)
    from drafter.chinese.listing import entries_said

    return entries_said(value)


def save_form(value: Value) -> str | list[str]:
    """What an answers file keeps; `read` makes the same value of it."""
    if isinstance(value, tuple) and not isinstance(value, Number):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return say(value)
