"""What a writer decides of the blanks he is proposed: which are taken, and what each is called, asks and holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.facts import Fact
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Unfit, Value, read, say
from drafter.outline.model import COMPUTED

#: What a blank made of one speech may hold, whatever was proposed.
KINDS_OF_ANSWERS = ("text", "long text", "number", "date")

#: Any day will do to read an answer with.
_TODAY = date(2000, 1, 1)


class BlankDecision(NamedTuple):
    """What is decided of a blank that was proposed; "" leaves what was proposed. `refused`: its words stay as they are; of several speeches those of the one numbered `of`, from
    0."""

    name: str = ""
    ask: str = ""
    type: str = ""
    example: str = ""
    refused: bool = False
    of: int = 0


class BlanksChosen(NamedTuple):
    """The facts that become blanks, as they are to be, and those that stay words; `unfit` tells of a blank, by the name it
    was proposed with, why it cannot be as it was decided: there it is as proposed."""

    facts: tuple[Fact, ...]
    refused: tuple[Fact, ...] = ()
    unfit: Mapping[str, str] = {}


def decided(facts: Sequence[Fact], decisions: Mapping[str, BlankDecision]) -> BlanksChosen:
    """The facts of a speech as the writer wants them; of what he says nothing of, all is as proposed."""
    kept: list[Fact] = []
    refused: list[Fact] = []
    unfit: dict[str, str] = {}
    wanted = [decisions.get(fact.field.name, BlankDecision()) for fact in facts]
    stay = {fact.field.name for fact, one in zip(facts, wanted, strict=True) if not one.refused and not _renamed(fact, one)}
    taken: set[str] = set()
    for fact, one in zip(facts, wanted, strict=True):
        if one.refused:
            refused.append(fact)
            continue
        named = fact
        if _renamed(fact, one):
            if told := name_unfit(one.name.strip(), stay | taken):
                unfit[fact.field.name] = told
            else:
                named = fact.named(one.name.strip())
        changed, told = _changed(named, one)
        if told:
            unfit[fact.field.name] = told
        taken.add(changed.field.name)
        kept.append(changed)
    return BlanksChosen(tuple(kept), tuple(refused), unfit)


def name_unfit(name: str, taken: set[str] | frozenset[str]) -> str:
    """Why a blank cannot be called so, "" where it can."""
    if not usable_name(name):
        return f"“{name}”不能作名称：用汉字、字母和数字，不以数字开头，不带空格和标点，最多 40 个字。"
    if name in taken:
        return f"“{name}”已经有一个空用了，换一个。"
    if name in COMPUTED:
        return f"“{name}”是自己算出来的，换一个名称。"
    return ""


def _renamed(fact: Fact, one: BlankDecision) -> bool:
    return bool(one.name.strip()) and one.name.strip() != fact.field.name


def _changed(fact: Fact, one: BlankDecision) -> tuple[Fact, str]:
    """The fact with its question, its kind and its example as decided, and what keeps one of them from being so."""
    field = fact.field._replace(ask=one.ask.strip() or fact.field.ask)
    told = ""
    kind = one.type if one.type in KINDS_OF_ANSWERS else ""
    value = fact.value
    if kind and kind != field.type:
        other = field._replace(type=kind, choices=())
        if any(said.through for said in fact.said):
            told = "它在文中还写成年份、月日，只能是日期。" if field.type == "date" else "它在文中有别的写法，换不了种类。"
        else:
            field, value, told = _of_kind(other, field, fact)
    if one.example.strip() and not told:
        try:
            read(field, one.example.strip(), _TODAY)
            field = field._replace(example=one.example.strip())
        except Unfit as error:
            told = f"例子不合适：{error}"
    if not told and say(value) != _said_again(field, say(value)):
        told = f"照这样就写不回原文的“{say(value)}”了。"
    return (fact, told) if told else (fact._replace(field=field, value=value), "")


def _of_kind(other: Field, field: Field, fact: Fact) -> tuple[Field, Value, str]:
    words = say(fact.value)
    try:
        value = read(other, words, _TODAY)
    except Unfit:
        return field, fact.value, f"原文的“{words}”不是{_CALLED[other.type]}。"
    if say(value) != words:
        return field, fact.value, f"原文的“{words}”当作{_CALLED[other.type]}会写成“{say(value)}”，不一样了。"
    return other, value, ""


def _said_again(field: Field, words: str) -> str:
    """A value as it is said after it was saved and read; "" where it cannot be read."""
    try:
        return say(read(field, words, _TODAY))
    except Unfit:
        return ""


#: What kinds of answers are called.
_CALLED = {"text": "文字", "long text": "一段话", "number": "数", "date": "日期"}
