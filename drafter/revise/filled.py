"""What was answered in Word: the fields of a draft, as its controls show them now."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from drafter.chinese.amounts import unit_at
from drafter.chinese.listing import are_clauses
from drafter.chinese.numerals import list_said, read_date
from drafter.outline.expression import FILTERS, shown
from drafter.outline.field import Field, Number, Unfit, Value, read, say
from drafter.revise.merge import FoundParagraph
from drafter.revise.recipe import Made
from drafter.word.controls import STORE, field_of
from drafter.word.document import DocxFile
from drafter.word.text import WordParagraph
from drafter.word.tokens import tokens_of


class Filled(NamedTuple):
    """A field as Word's user has it. `said` are the different answers its controls show, each with how often; `value`
    the one answer they agree on, None where they do not, or where it will not do (`why`); `cleared`: it was emptied."""

    said: tuple[tuple[str, int], ...]
    value: Value | None
    why: str = ""
    cleared: bool = False


def filled(base: Made, found: Sequence[FoundParagraph], today: date) -> dict[str, Filled]:
    """The fields that were answered, changed or emptied in Word."""
    made = _as_made(base)
    out: dict[str, Filled] = {}
    parts: dict[str, dict[str, Mapping[str, int]]] = {}
    for tag, counts in _shown(found).items():
        if tag not in made:
            continue  # a blank pasted from another draft, or kept from an earlier one, does not answer for this one
        name, at, _ = tag.partition("#")
        if at:
            parts.setdefault(name, {})[tag] = counts
            continue
        name = field_of(tag)
        field = base.outline.fields.get(name)
        was = made.get(tag, "")
        if field is None or set(counts) <= {was} or ("|" in tag and field.type not in ("date", "list")):
            continue
        if "|" in tag and field.type == "list":
            now = _joined(base, field, tag.rpartition("|")[2].strip(), counts, was, today)
            if now is None:
                continue
        else:
            now = _filled(base, field, counts, was, today)
        known = out.get(name)
        if known is None or (known.value is None and now.value is not None):
            out[name] = now
    for name, entries in parts.items():
        listed = _listed(base, name, entries, made)
        inline = out.get(name)
        if listed is not None and inline is not None and inline.value not in (None, listed.value):
            out[name] = Filled((*inline.said, *listed.said), None, "几处不一样")  # the list said whole, and in its entries
        elif listed is not None:
            out[name] = listed
    return out


def _as_made(base: Made) -> dict[str, str]:
    """What each control was made to show, "" for nothing, by its tag."""
    made: dict[str, str] = {}
    for block in base.blocks:
        for token in tokens_of(block):
            if token.tag and "\n" not in token.text:
                made.setdefault(token.tag, "" if token.empty else token.text)
            elif token.tag:
                made.setdefault(token.tag, token.text.replace("\n", ""))
    return made


def _shown(found: Sequence[FoundParagraph]) -> dict[str, Counter[str]]:
    """What the controls of each tag show now, "" for nothing, and how many show it."""
    shown: dict[str, Counter[str]] = {}
    for paragraph in found:
        for token in paragraph.tokens:
            if token.tag:
                shown.setdefault(token.tag, Counter())["" if token.empty else token.text.replace("\n", "")] += 1
    return shown


def _filled(base: Made, field: Field, counts: Mapping[str, int], was: str, today: date) -> Filled:
    said = tuple(sorted(counts.items(), key=lambda pair: -pair[1]))
    new = [text for text in counts if text and text != was]
    if not new:
        # Emptied: only where every place is; else some places were emptied, and the rest still says it.
        return Filled(said, None, cleared=set(counts) == {""})
    if len(new) > 1 or (was and counts.get(was)):
        return Filled(said, None, "几处不一样")
    try:
        return Filled(said, typed(base, field, new[0], today))
    except Unfit as error:
        return Filled(said, None, str(error))


def _joined(
    base: Made, field: Field, joined: str, counts: Mapping[str, int], was: str, today: date
) -> Filled | None:
    """A list that stands there by a filter that joins it, as it was typed over; None where it is not said whole, or not by
    the filter any more: that is an edited sentence."""
    new = [text for text in counts if text and text != was]
    if len(new) != 1 or counts.get(was) or joined not in _PARTED:
        return None
    entries = [entry for entry in re.split(_PARTED[joined], new[0]) if entry]
    try:
        value = read(field, entries, today)
    except Unfit:
        return None
    if shown(FILTERS[joined].does(value)) != new[0]:
        return None
    return Filled(tuple(sorted(counts.items(), key=lambda pair: -pair[1])), value)


#: Where a list that a filter has joined is parted again.
_PARTED = {"分号": "；", "顿号": "、", "并列": "、|和(?=[^、]*$)", "一是": "(?:^|；)[一二三四五六七八九十百]+是"}


def typed(base: Made, field: Field, text: str, today: date) -> Value:
    """The value of what was typed in Word. Raises Unfit."""
    before = base.values.get(field.name)
    if field.type == "date":
        day = read_date(text, before if isinstance(before, date) else today)
        if day is None:
            raise _no_day_of_a_draft(field, text, today)
        return day
    if field.type == "list":
        was = before if isinstance(before, tuple) and not isinstance(before, Number) else ()
        if was and text in (say(was), list_said(was)):
            return was
        parts = text.split("；")
        if len(parts) > 1 or are_clauses(was):
            clauses = read(field, parts, today)
            if say(clauses) == text:  # what was typed stays as it was typed
                return clauses
        return read(field, re.split("、|和(?=[^、]*$)", text), today)
    return read(field, text, today)


def _no_day_of_a_draft(field: Field, text: str, today: date) -> Unfit:
    """Why what was typed into a day's control is no day to print. A word for a day (下周三) is understood, and must not
    stay."""
    from drafter.outline.occasion import HOW, day_echo

    try:
        day = read(field, text, today)
    except Unfit as error:
        return Unfit(str(error).replace(HOW, "写成 2026年11月22日。"))
    short = text if len(text) <= 30 else text[:29] + "…"
    return Unfit(f"“{short}”是{day_echo(day)}；稿子里只写几月几日，写成 {say(day)}。" if isinstance(day, date) else f"“{short}”不是日期。")


def doubled(base: Made, found: Sequence[FoundParagraph], answers: Mapping[str, Filled]) -> frozenset[str]:
    """The figures that were typed in Word with the unit that stands behind their blank anyway (120余人 before 人), or in
    words that do not stand before it: a text that follows must say them once. Where somebody took the unit behind the
    blank away, what he typed is right as it is."""
    names = {name for name, one in answers.items() if isinstance(one.value, Number) and say(one.value) not in dict(one.said)}
    parted: set[str] = set()
    for paragraph in found if names else ():
        for token, behind in zip_longest(paragraph.tokens, paragraph.tokens[1:]):
            name = field_of(token.tag) if token.tag else ""
            if name in names and not (behind and unit_at(behind.text)):
                parted.add(name)
    return frozenset(name for name in names - parted if base.outline.fields[name].followed)


def _listed(base: Made, name: str, entries: Mapping[str, Mapping[str, int]], made: Mapping[str, str]) -> Filled | None:
    """A list, or a long answer of several paragraphs, from its entries; None where nothing changed."""
    field = base.outline.fields.get(name)
    before = base.values.get(name)
    rows: list[str] = list(map(str, before)) if isinstance(before, tuple) else []
    if isinstance(before, str):
        rows = [row for row in before.split("\n") if row.strip()]
    changed = False
    for tag, counts in entries.items():
        number = tag.partition("#")[2]
        at = int(number) - 1 if number.isdecimal() else None
        new = [text for text in counts if text and text != made.get(tag, "")]
        if len(new) == 1 and at is not None and 0 <= at < len(rows) and not counts.get(made.get(tag, "")):
            rows[at] = new[0]
            changed = True
    if not changed or field is None:
        return None
    value: Value = tuple(rows) if field.type == "list" else "\n".join(rows)
    return Filled(((say(value), 1),), value)


def stale(
    file: DocxFile, paragraphs: Sequence[WordParagraph], found: Sequence[FoundParagraph]
) -> tuple[tuple[str, str, str], ...]:
    """(field, what the store holds, what is shown) where the two differ: the text was changed by a program that does
    not know the store, and what is shown counts."""
    held: dict[str, str] = {}
    for part in file.custom(STORE):
        for element in file.tree(part):
            if isinstance(element.tag, str):
                held.setdefault(element.tag.rpartition("}")[2], element.text or "")
    out: dict[str, tuple[str, str, str]] = {}
    for paragraph, one in zip(paragraphs, found, strict=True):
        shown = iter([token for token in one.tokens if token.tag])
        seen: set[int] = set()
        for piece in paragraph.pieces:
            if piece.control is None or piece.control in seen or not paragraph.controls[piece.control].tag:
                continue
            seen.add(piece.control)
            token, control = next(shown), paragraph.controls[piece.control]
            kept = held.get(control.node)
            if kept is None or control.kind == "date" or token.empty or _same_words(kept, token.text) or "【" in kept:
                continue
            out.setdefault(control.tag, (field_of(control.tag), kept, token.text))
    return tuple(out.values())


def _same_words(one: str, other: str) -> bool:
    return "".join(one.split("\n")) == "".join(other.split("\n"))
