"""Which column of a table answers which blank: by its name, or as somebody says it; what is only near is never taken."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Rejected, nearest
from drafter.outline.answer_slips import name_meant
from drafter.outline.field import Field

#: So much of two names is spelt alike (difflib's ratio) that one may be meant by the other.
_ALIKE = 0.6

#: So many names may be meant by one column.
_FEW = 3


class MatchedColumns(NamedTuple):
    """The columns of a table held against the fields of outlines. `fields` are the columns that answer one, each with its
    name; `near` those that answer none, though their names are near to some that nothing answers; `unused` the others that
    answer none; `open` the fields without a default that nothing answers, in every document."""

    fields: Mapping[str, str]
    near: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]
    open: tuple[str, ...]


def mapped(said: Iterable[str], columns: Sequence[str], fields: Mapping[str, Field]) -> dict[str, str]:
    """What `--map 列=空` says, "" for a column that is not to be used. Raises Rejected for a column the table has not, and a
    blank no outline has."""
    out: dict[str, str] = {}
    for one in said:
        column, equals, field = one.replace("＝", "=").partition("=")
        column, field = column.strip(), field.strip()
        if not equals or not column:
            raise Rejected(Diagnostic(f"--map {one}：要写成 --map 列=空。", None, "例如 --map 单位=慰问对象；这一列不用，写 --map 备注=", code="map-syntax"))
        known = column if column in columns else name_meant(column, columns)
        if not known:
            hint = f"{nearest(column, columns)}有：{'、'.join(columns)}。"
            raise Rejected(Diagnostic(f"--map {one}：表里没有“{column}”这一列。", None, hint, code="column-unknown"))
        meant = field if field in fields else name_meant(field, fields)
        if field and not meant:
            hint = f"{nearest(field, fields)}有：{'、'.join(fields)}。"
            raise Rejected(Diagnostic(f"--map {one}：提纲里没有“{field}”这个空。", None, hint, code="answer-unknown"))
        out[known] = meant
    return out


def matched(
    columns: Sequence[str],
    fields: Mapping[str, Field],
    by_hand: Mapping[str, str],
    answered: Collection[str] = (),
    used: Collection[str] = (),
) -> MatchedColumns:
    """The columns and the fields they answer: as `by_hand` says, else by their names, else by how the field is asked for.
    `answered` are fields that something else answers, `used` columns that are used for something else. Raises Rejected where
    two columns answer one field, or none answers any, nor seems to."""
    found: dict[str, str] = {column: field for column, field in by_hand.items() if field}
    found |= {column: field for column, field in by_name(columns, fields).items() if column not in by_hand}
    _once(found)
    left = [name for name in fields if name not in found.values() and name not in answered]
    near: dict[str, tuple[str, ...]] = {}
    unused = []
    for column in columns:
        if column in found or column in by_hand:
            continue
        if meant := _near(column, [fields[name] for name in left], strictly=column in used):
            near[column] = meant
        elif column not in used:
            unused.append(column)
    if not found and not near:
        hint = f"表里的列：{_few(columns)}。提纲里的空：{_few(fields)}。列名要和空同名；不同名的写 --map 列=空。"
        raise Rejected(Diagnostic("表里没有一列是提纲里的空。", None, hint, code="columns-none"))
    open_ = tuple(name for name in left if _may_be_blank(fields[name]))
    return MatchedColumns({c: found[c] for c in columns if c in found}, near, tuple(unused), open_)


def by_name(columns: Sequence[str], fields: Mapping[str, Field]) -> dict[str, str]:
    """The columns that are called as a field is, or as it is asked for."""
    asked = {_bare(field.ask): name for name, field in fields.items() if field.ask}
    said = {column: name_of(column, fields) or asked.get(_bare(column), "") for column in columns}
    return {column: field for column, field in said.items() if field}


def proposed(columns: Sequence[str], fields: Mapping[str, Field], used: Collection[str] = ()) -> dict[str, str]:
    """For columns that are called as no field is, the field each is most likely meant for; each field once, and none that a
    column is called by. Columns that are `used` for something else are meant for none."""
    sure = by_name(columns, fields)
    taken = set(sure.values())
    out: dict[str, str] = {}
    for column in columns:
        if column not in sure and column not in used:
            left = [field for name, field in fields.items() if name not in taken]
            for name in _near(column, left, strictly=False)[:1]:
                out[column] = name
                taken.add(name)
    return out


def name_of(column: str, fields: Iterable[str]) -> str:
    """The field a column is called by: 会议名称, 【会议名称】, “会议 名称：”, 会议名称（必填）; "" for none."""
    known = tuple(fields)
    whole = name_meant(column, known)
    return whole or name_meant(re.sub(r"[(（\[][^()（）\[\]]*[)）\]]", "", unicodedata.normalize("NFKC", column)), known)


def _bare(text: str) -> str:
    """Words without blanks and marks, for comparison."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _may_be_blank(field: Field) -> bool:
    """Whether a field that nothing answers is left blank in every document; one that is asked for on a condition may not be in
    any."""
    return field.default is None and not field.vary and field.when is None


def _few(names: Iterable[str]) -> str:
    shown = [*names]
    return "、".join(shown[:20]) + (" 等" if len(shown) > 20 else "")


def _once(found: Mapping[str, str]) -> None:
    """Raises Rejected where two columns answer one field."""
    by_field: dict[str, list[str]] = {}
    for column, field in found.items():
        by_field.setdefault(field, []).append(column)
    problems = [
        Diagnostic(
            f"“{'”“'.join(columns)}”这几列都是【{field}】。", None, f"只留一列，别的写：--map {columns[-1]}=", code="columns-same"
        )
        for field, columns in by_field.items()
        if len(columns) > 1
    ]
    if problems:
        raise Rejected(*problems)


def _near(column: str, fields: Sequence[Field], strictly: bool) -> tuple[str, ...]:
    """The fields a column may be meant for, the nearest first. `strictly`: only where it is likely a slip of the fingers; so
    too for a field that has a default and is never left blank."""
    from difflib import SequenceMatcher

    from drafter.chinese.pinyin import sounds_alike

    word = _bare(column)
    found: list[tuple[float, str]] = []
    for field in fields:
        name = _bare(field.name)
        share = SequenceMatcher(None, word, name).ratio()
        if sounds_alike(word, name):
            share = max(share, 0.95)
        elif not strictly and field.default is None and min(len(word), len(name)) > 1 and (word in name or name in word):
            share = max(share, 0.9)
        if share >= _ALIKE:
            found.append((share, field.name))
    return tuple(name for _, name in sorted(found, key=lambda one: -one[0])[:_FEW])
