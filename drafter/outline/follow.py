"""Choices that need not be made: 讲话人身份 follows from 讲话人职务, and a field that says `vary: 会议名称` from the name of
the meeting."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.outline.field import POST, RANK, Field, Value, say


class FollowedChoice(NamedTuple):
    """A choice nobody was asked for: the field, the answer, and the field it followed from."""

    name: str
    answer: str
    by: str


def leader(field: Field, fields: Mapping[str, Field]) -> str:
    """The field a choice follows from, "" where it follows from none."""
    if field.type != "choice":
        return ""
    return field.vary or (POST if field.name == RANK and POST in fields else "")


def followed(field: Field, fields: Mapping[str, Field], values: Mapping[str, Value | None]) -> str | None:
    """The choice that follows from the answers so far; its default, else its first, where what it follows from is not
    answered. None for a field that follows from none, and has its own default."""
    by = leader(field, fields)
    if (not by and field.name != RANK) or not field.choices:
        return None
    value = values.get(by) if by else None
    said = say(value).strip() if value is not None else ""
    chosen = None
    if said and field.vary:
        chosen = varied(field.name, field.choices, said)
    elif said:
        from drafter.chinese.ranks import rank_among

        chosen = rank_among(said, field.choices)
    return chosen or (field.default if isinstance(field.default, str) and field.default else field.choices[0])


def varied(name: str, choices: tuple[str, ...], said: str) -> str:
    """One of the choices, the same for the same answer on every machine and in every release. Each choice has a hash of
    its own with the answer and the highest wins: one that is added takes its share and moves no other."""
    from hashlib import sha256

    return max(choices, key=lambda choice: sha256(f"{name}\n{said}\n{choice}".encode()).digest())


def following(fields: Mapping[str, Field]) -> list[Field]:
    """The fields that follow from others, those behind that follow from them."""
    found = [f for f in fields.values() if f.vary or (f.name == RANK and f.type == "choice")]
    return sorted(found, key=lambda f: f.vary in fields and bool(leader(fields[f.vary], fields)))


def chosen(fields: Mapping[str, Field], values: Mapping[str, Value], answered: frozenset[str]) -> tuple[FollowedChoice, ...]:
    """The choices among `values` that nobody has made, in the order of the fields."""
    found = {field.name for field in following(fields)} - answered
    return tuple(
        FollowedChoice(name, say(values[name]), leader(field, fields) if leader(field, fields) in values else "")
        for name, field in fields.items()
        if name in found and name in values
    )


def in_asking_order(fields: Sequence[Field]) -> list[Field]:
    """The fields with each that follows from another behind that; the others as they stand."""
    by_name = {field.name: field for field in fields}
    number = {name: n for n, name in enumerate(by_name)}
    after = {f.name: by for f in fields if (by := leader(f, by_name)) in number and number[by] > number[f.name]}
    out = [field for field in fields if field.name not in after]
    for name, by in after.items():
        place = next((n for n, field in enumerate(out) if field.name == by), len(out) - 1)
        out.insert(place + 1, by_name[name])
    return out


def given_way(
    fields: Mapping[str, Field], values: Mapping[str, Value], by_hand: frozenset[str]
) -> tuple[dict[str, Value], str]:
    """The answers without a capacity that the post beside it denies, and what is to be said of it, "" for nothing: a file
    of answers goes from speaker to speaker. What was given by hand stays."""
    from drafter.chinese.ranks import OTHER, rank_among, rank_of

    field, post, rank = fields.get(RANK), values.get(POST), values.get(RANK)
    if field is None or RANK in by_hand or not isinstance(post, str) or not isinstance(rank, str) or rank_of(post) == OTHER:
        return dict(values), ""
    fit = rank_among(post, field.choices)
    if fit is None or fit == rank:
        return dict(values), ""
    told = f"回答里的{RANK}是“{rank}”，和{POST}“{post}”对不上；照职务算作“{fit}”。"
    return {name: value for name, value in values.items() if name != RANK}, told


def follow_on(
    fields: Mapping[str, Field],
    was_fields: Mapping[str, Field],
    was: Mapping[str, Value],
    now: Mapping[str, Value],
    explicit: frozenset[str],
) -> dict[str, Value]:
    """The capacity of the speaker where his post is another one than it `was`, {} where it stays. One that was not what
    his post said then was given by hand, and stays; so does every choice that varies, once it is made."""
    field, before = fields.get(RANK), was_fields.get(RANK)
    if field is None or before is None or RANK in explicit or RANK not in now or was.get(RANK) != now[RANK]:
        return {}
    if was.get(RANK) != followed(before, was_fields, was) or was.get(POST) == now.get(POST):
        return {}
    answer = followed(field, fields, now)
    return {} if answer is None or answer == now[RANK] else {RANK: answer}
