"""Fields: what may be answered to a question. Typed text to a value, a value to how it is said."""

import re
from datetime import date

from drafter.chinese.numerals import date_said, lines_said, one_break, read_numeral, unholdable
from drafter.outline.values import LEAVE_OPEN, MaybeMeant, ReadAnswer
from drafter.outline.values import Field as Field  # what `read` goes by
from drafter.outline.values import Number as Number
from drafter.outline.values import Unfit as Unfit  # what it raises
from drafter.outline.values import Value as Value

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


#: An answer as it comes: typed, or as a file or a program has it.
Typed = str | list[str] | tuple[str, ...] | bool | int | float | date


def read(field: Field, typed: Typed, today: date) -> Value:
    """The value of an answer. Raises Unfit with what is wrong and what to type instead."""
    return take(field, typed, today).value


def take(field: Field, typed: Typed, today: date) -> ReadAnswer:
    """The value of an answer, and what there is to say of how it was understood. Raises Unfit."""
    if isinstance(typed, bool):
        typed = "是" if typed else "否"
    elif isinstance(typed, date):
        typed = typed.isoformat()
    elif isinstance(typed, int | float):  # a table's 120.0 is 120
        typed = str(int(typed) if isinstance(typed, float) and typed.is_integer() and abs(typed) < 10**15 else typed)
    if not isinstance(typed, str):
        entries = [_clean(str(entry)) for entry in typed]
        if field.type != "list":
            raise Unfit("只要一个回答，这里给了几个。")
        taken = ReadAnswer(_entries(entries))
    else:
        found = _READERS[field.type](field, _clean(typed), today)
        taken = found if isinstance(found, ReadAnswer) else ReadAnswer(found)
    if field.pattern:
        _match(field.pattern, say(taken.value))
    return taken


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


def _number(field: Field, text: str, today: date) -> ReadAnswer:
    _one_line(text)
    from drafter.outline.measure import measured, year_of

    year = year_of(text, field.name + field.ask, today)
    said, value, plain = measured(text, field.followed) if year is None else (str(year), year, False)
    number = Number(said, value)
    least, most = (number_of(bound) if bound else None for bound in (field.minimum, field.maximum))
    if least and number.value < least.value:
        raise Unfit(f"最小是 {least.said}，这里是 {number.said}。")
    if most and number.value > most.value:
        raise Unfit(f"最大是 {most.said}，这里是 {number.said}。")
    return ReadAnswer(number, "" if plain else text)


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


def _date(field: Field, text: str, today: date) -> ReadAnswer:
    _one_line(text)
    from drafter.outline.occasion import day_taken

    return day_taken(field, text, today)


_YES = frozenset(
    ["是", "有", "对", "要", "y", "yes", "true", "1", "好", "好的", "行", "可以", "需要", "嗯", "是的", "有的", "对的", "要的", "当然", "确认", "没错", "是啊", "对啊", "好吧",
     "同意", "需", "应", "应该", "ok", "okay", "on", "t", "√", "✓", "✔", "☑", "肯定", "必须", "会", "能", "提", "写", "嗯嗯", "没问题", "已经有", "已有", "开过", "开过了", "来过", "有过", "可", "必须的", "当然要", "当然有", "当然是", "有了"]
)  # fmt: skip
_NO = frozenset(
    ["否", "没有", "没", "无", "不", "不是", "不要", "n", "no", "false", "0", "不用", "不需要", "不必", "免了", "免", "算了", "不行", "不可以", "不好", "不了", "不对", "不同意",
     "没有的", "没了", "未", "off", "f", "×", "x", "✗", "✘", "☒", "无需", "不需", "不应", "不应该", "不会", "不能", "别", "不提", "不写", "还没", "还没有", "尚未", "没开", "没来过", "没有过", "从未", "不是的", "否定", "不用了", "不要了", "不必了", "不需要了", "没有了", "暂不", "先不", "暂时不用", "先不用", "暂不需要"]
)  # fmt: skip


def _yes_no(field: Field, text: str, today: date) -> Value:
    """Yes and no as people say it: 好的, 不用."""
    said = re.sub(r"[啊呀哦哈嘛啦]?[\s。.！!，,～~]+$|(?<=.)[啊呀哦哈嘛啦]$|^那?就(?=.)", "", text.lower().translate(_HALF_WIDTH_LETTERS))
    asked = re.sub(r"\s", "", field.ask)
    if said == "没问题" and "问题" in asked:  # 有没有发现问题？
        raise Unfit(f"“{_short(text)}”看不出是不是。请答 是 或 否。", (MaybeMeant("是", "是"), MaybeMeant("否", "否")))
    if said in _YES or said in _NO:
        return said in _YES
    if len(said) > 1 and re.search(f"(?:是不是|要不要|需不需要|有没有|是否(?:需要|要|有)?){re.escape(said)}", asked):  # 要不要宣布表彰？宣布
        return True
    if found := re.fullmatch("(?:不|没有?)(..+)", said):
        told = re.sub("是不是|要不要|需不需要|有没有|能不能|会不会", "", asked)
        if said not in told and found[1] in told:
            return False
    from drafter.chinese.days import is_unsettled

    if is_unsettled(said):
        raise Unfit(f"“{_short(text)}”：还没有定的先不填，这一条不写。", (LEAVE_OPEN,))
    raise Unfit(f"“{_short(text)}”看不出是不是。请答 是 或 否。", (MaybeMeant("是", "是"), MaybeMeant("否", "否")))


def _choice(field: Field, text: str, today: date) -> Value:
    choices = field.choices
    if text in choices:
        return text
    said = text.translate(_HALF_WIDTH_LETTERS)
    number = re.fullmatch(r"[(]?(?:第|选)?[(]?([0-9]{1,3}|[一二三四五六七八九十两]{1,3})[)）.、]?(?:项|个|条|种|号|类)?", said)
    begun = [choice for choice in choices if text and choice.startswith(text)]
    if len(begun) == 1 and not said.isdecimal():
        return begun[0]
    if number and not (begun and not said.isdecimal()) and 1 <= (at := read_numeral(number[1]) or 0) <= len(choices):
        return choices[at - 1]
    if len(begun) == 1:
        return begun[0]
    near = _near(choices, said)
    if len(near) == 1:
        return near[0]
    told = f"是不是“{'”或“'.join(near)}”？" if near and len(near) < len(choices) else ""
    raise Unfit(f"没有“{_short(text)}”这一项。{told}请选：{'、'.join(choices)}。", tuple(MaybeMeant(c, c) for c in near or choices))


def _near(choices: tuple[str, ...], said: str) -> list[str]:
    """The choices a text may mean: those it is a part of, or one that is said with a word more (县级 for 县)."""
    bare = re.sub(r"[\s，。、“”\"'《》()]|[级的类种档型式]$", "", said).lower()
    if not bare:
        return []
    if exact := [c for c in choices if c.lower() == bare or c.replace(" ", "").lower() == bare]:
        return exact
    return [choice for choice in choices if bare in re.sub(r"[\s，。、“”\"'《》()（）]", "", choice).lower()]


#: Full-width letters, digits and brackets, as an input method types them.
_HALF_WIDTH_LETTERS = {0xFF01 + n: chr(0x21 + n) for n in range(94)}


#: A piece of a list that is no name but a clause: it is long or holds a figure.
_CLAUSE = re.compile(r"[0-9]|.{9}")


def _list(field: Field, text: str, today: date) -> Value:
    """Names part at marks and line breaks; clauses part at line breaks and ；, and keep marks of their own."""
    text = _unnumbered(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = re.split(r"[、，,；;\n]", text)
    if not any(map(_CLAUSE.search, pieces)) or any(line[-1] in "、，," for line in lines):
        return _entries(pieces)
    whole = re.split(r"[；;\n]", text)
    return _entries(whole if sum(map(bool, map(str.strip, whole))) > 1 else pieces)


def _unnumbered(text: str) -> str:
    """The text of a list without the numbers its lines, or the clauses of its one line, begin with: 1. 甲, 一是甲."""
    mark = re.compile(
        r"\s*(?:(?:([0-9]{1,2})[.、)．）](?![0-9])|[(（]([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})(?:[、.．]|是))|[-•·●])\s*"
    )
    rows = [row for row in re.split("[\n；;]", text) if row.strip()]
    if len(rows) == 1:
        rows = _numbered_in_line(rows[0])
    found = [mark.match(row) for row in rows]
    if len(rows) < 2 or not all(found):
        return text
    told = [next((read_numeral(g) for g in f.groups() if g), None) for f in found if f]
    if any(told) and told != [*range(1, len(rows) + 1)]:
        return text
    return "\n".join(row[f.end() :] for row, f in zip(rows, found, strict=True) if f)


def _numbered_in_line(row: str) -> list[str]:
    """The entries of a line in which they stand one behind the other: 1、造林 2、护林, · 造林· 护林."""
    if re.match(r"\s*[•·●]", row):
        return re.split(r"(?<=\S)\s*(?=[•·●]\s)", row)
    for shape in (r"{}[、.．)）](?![0-9])", "[(（]{}[)）]"):
        at = [0] if re.match(rf"\s*{shape.format(1)}", row) else []
        while at and (found := re.compile(rf"(?<![0-9]){shape.format(len(at) + 1)}").search(row, at[-1] + 2)):
            at.append(found.start())
        if len(at) > 1:
            return [row[start:end].rstrip(" 、，,") for start, end in zip(at, [*at[1:], len(row)], strict=True)]
    return [row]


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


def echo(field: Field, value: Value, word: str = "") -> str:
    """A value as it is shown to who has given it, so that he sees how it was taken: a day with its weekday and the `word`
    it was told by, a figure with its unit."""
    if isinstance(value, date):
        from drafter.outline.occasion import day_echo

        return day_echo(value, word)
    if isinstance(value, Number):
        from drafter.outline import measure

        return measure.echo(value.said, field.followed)
    return say(value)


def save_form(value: Value) -> str | list[str]:
    """What an answers file keeps; `read` makes the same value of it."""
    if isinstance(value, tuple) and not isinstance(value, Number):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return say(value)
