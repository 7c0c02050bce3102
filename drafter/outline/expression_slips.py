"""What people write in a condition or a blank instead of what it understands, and what they mean by it.

Asked for only where an expression could not be read, or names what nobody knows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.outline.expression import FILTERS, QUOTED, RESERVED, Malformed, half_width, read, usable_name
from drafter.outline.field import Field

#: Words and signs for an operator: longer ones first, for the shorter are part of them.
_OPERATORS = (
    (r"大于等于|不小于|不少于|≥|＞＝|>＝|＞=|=>", ">="),
    (r"小于等于|不大于|不超过|≤|＜＝|<＝|＜=|=<", "<="),
    (r"不等于|不是|<>|≠|!==", "!="),
    (r"大于|多于|超过", ">"),
    (r"小于|少于", "<"),
    (r"等于|(?<![不只要如])是(?!否)|为(?=\s*[\"“'])|===", "=="),
    (r"(?<=[\s\"”'）)])(?:并且|而且|以及|且|和|与)(?=[\s\w（(])|\bAND\b|\bAnd\b|&&?|，|、", "and"),
    (r"(?<=[\s\"”'）)])(?:或者|或是|或)(?=[\s\w（(])|\bOR\b|\bOr\b|\|\|", "or"),
    (r"\bNOT\b|\bNot\b|(?<![\w=!])!(?![=＝])|(?<!\w)(?:不|非|没有|未|无)\s*(?=\w)", "not"),
    (r"(?<![\w])(?:如果|当|若)\s*(?=\w)", ""),
    (r"(?<![=!<>＝！＜＞])[=＝](?![=＝])", "=="),
)


class Meant(NamedTuple):
    """What is meant: the words that are not understood, where they stand in the source, what stands for them, and the whole
    as it should be written."""

    words: str
    offset: int
    instead: str
    whole: str


def meant(source: str) -> Meant | None:
    """What is meant by a condition that cannot be read; None where nobody can tell."""
    text, first = source, None
    unit = re.search(r"[=!<>＝！＜＞]\s*[0-9]+\s*([人名位个天年亩元%户家次]+)\s*$", source)
    if unit and _readable(source[: unit.start(1)]):
        return Meant(unit[1], unit.start(1), "", half_width(source[: unit.start(1)]).strip())
    kept = [(found.start(), found.end()) for found in QUOTED.finditer(source)]
    for pattern, instead in _OPERATORS:
        out, at = [], 0
        for found in re.finditer(pattern, text):
            if any(start <= found.start() < end for start, end in kept):
                continue
            place = found.start() if text is source else source.find(found[0])
            if place >= 0 and (first is None or place < first.offset):
                first = Meant(found[0].strip(), place, instead, "")
            out += [text[at : found.start()], f" {instead} " if instead else ""]
            at = found.end()
        if out:
            text = "".join(out) + text[at:]
            kept = [(found.start(), found.end()) for found in QUOTED.finditer(text)]
    whole = re.sub(r"  +", " ", half_width(text)).strip()
    if first is None or not _readable(whole):
        return None
    compared = [name for name in read(whole).names if re.search(rf"[=!]=\s*{re.escape(name)}(?!\w)", whole)]
    whole = _quoted(whole, [name for name in compared if not _is_left(whole, name)])
    return first._replace(whole=whole)


def _readable(source: str) -> bool:
    try:
        read(source)
    except Malformed:
        return False
    return True


def _quoted(source: str, words: Iterable[str]) -> str:
    """The source with these words in quotation marks."""
    out = half_width(source)
    for word in words:
        parts = re.split(r"(\"[^\"]*\"|'[^']*')", out)
        parts[::2] = [re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", f'"{word}"', part) for part in parts[::2]]
        out = "".join(parts)
    return out


class Unknown(NamedTuple):
    """What is said of names nobody knows in a condition: the message, what to type, and the words it is about with their place
    in the source."""

    message: str
    hint: str
    offset: int
    length: int


def unknown(source: str, names: Sequence[str], fields: Mapping[str, Field]) -> Unknown | None:
    """What is meant by names in a condition that are none of the fields; None where nobody can tell."""
    names = sorted(names, key=source.find)
    first = names[0]
    at = max(0, source.find(first))
    for name, field in fields.items():
        if field.type == "yes/no" and (found := re.fullmatch(rf"\s*{re.escape(name)}\s*(==|!=)\s*(\w+)\s*", half_width(source))):
            holds = found[2] in ("yes", "Yes", "YES", "是", "对", "有", "true", "要", "真")
            if holds or found[2] in ("no", "No", "NO", "否", "不", "无", "false", "不要", "假", "没有"):
                way = name if holds is (found[1] == "==") else f"not {name}"
                return Unknown(f"【{name}】答的是“是”或者“否”，直接写它的名称，不用“{found[2]}”。", f"写成：{way}", source.find(found[2]), len(found[2]))
    if source.strip() == first:
        return _of_one_word(first, at, fields)
    if re.search(r"==|!=|＝|！| in |if|>|<|＞|＜", source):
        texts = [name for name in names if not _is_left(source, name)]
        if texts and len(texts) == len(names):
            said = "".join(f"“{name}”" for name in texts)
            return Unknown(f"{said}是文字，要加引号。", f"写成：{_quoted(source, texts)}", at, len(first))
    return None


def _is_left(source: str, name: str) -> bool:
    """Whether a name stands where a field is compared, on the left of a sign."""
    return bool(re.search(rf"{re.escape(name)}\s*(?:[=!＝！<>＜＞]|\bin\b|\bnot in\b)", source))


def _of_one_word(word: str, at: int, fields: Mapping[str, Field]) -> Unknown | None:
    """不表彰 → not 表彰; 类别是调研 → 类别 == "调研"."""
    for no in ("没有", "不是", "不", "非", "未", "无"):
        rest = word.removeprefix(no)
        if rest != word and rest in fields:
            return Unknown(f"“{no}”要写成 not，后面空一格。", f"写成：not {rest}", at, len(no))
    for name in sorted(fields, key=len, reverse=True):
        if found := re.fullmatch(rf"{re.escape(name)}(大于等于|不少于|不小于|小于等于|不超过|不大于|大于|超过|多于|小于|少于)([0-9]+)\D*", word):
            sign = {"大于": ">", "超过": ">", "多于": ">", "小于": "<", "少于": "<"}.get(found[1], "<=" if found[1] in ("小于等于", "不超过", "不大于") else ">=")
            return Unknown(f"“{found[1]}”要写成 {sign}，前后空一格。", f"写成：{name} {sign} {found[2]}", at + found.start(1), len(found[1]))
        found = re.fullmatch(rf"{re.escape(name)}(不是|不等于|是|等于|为)(\w+)", word)
        if found:
            sign = "!=" if found[1].startswith("不") else "=="
            whole = f'{name} {sign} "{found[2]}"'
            if fields[name].type == "yes/no" and found[2] in ("是", "否"):
                whole = name if (found[2] == "是") is (sign == "==") else f"not {name}"
            return Unknown(f"“{found[1]}”要写成 {sign}，前后空一格，文字加引号。", f"写成：{whole}", at + found.start(1), len(found[1]))
    return None


def blank_meant(source: str) -> tuple[str, str] | None:
    """What is wrong in a blank that cannot be read, and what to type; None where nobody can tell."""
    text = half_width(source).strip()
    if text.rstrip("|").rstrip() != text:
        bare = text.rstrip("| ")
        return "末尾多了一条竖线。", f"写成【{bare}】"
    if text.startswith("|"):
        return "竖线前面没有名称。", f"写成【名称{text}】"
    mark = re.match(r"\s*(核实|核对|合实|核是|待核实|确认|待定)\s*([：:，,;；、 ])\s*(.+)", source)
    if mark:
        return "要核实的话，写法是“核实”加冒号。", f"写成【核实：{mark[3].strip()}】"
    squeezed = re.sub(r"\s+", "", text)
    if squeezed != text and usable_name(squeezed) and not RESERVED.intersection(text.split()):
        return "名称里不能有空格。", f"写成【{squeezed}】；文字要加引号。"
    found = re.search(r"\|\s*(\w+)", text)
    if found and found[1] not in FILTERS:
        from drafter.diagnostic import nearest

        return f"没有“{found[1]}”这种写法。", f"{_filter_called(found[1]) or nearest(found[1], FILTERS)}有：{'、'.join(FILTERS)}。"
    return None


#: What people call a filter otherwise.
_FILTERS_CALLED = {"中文": "大写", "汉字": "大写", "中文数字": "大写", "汉字数字": "大写", "日期": "月日", "年月日": "月日", "个": "个数", "数": "个数", "阿拉伯数字": "数字", "顿": "顿号"}


def _filter_called(word: str) -> str:
    return f"是不是 {_FILTERS_CALLED[word]}？" if word in _FILTERS_CALLED else ""
