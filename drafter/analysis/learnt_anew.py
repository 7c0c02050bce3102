"""An outline learnt from several speeches, with what a writer decides of its blanks: called otherwise, asked otherwise, or
no blank, its words those of one of the speeches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.analysis.deciding import BlankDecision, name_unfit
from drafter.analysis.extract import OutlineSays, paragraphs_of
from drafter.analysis.learn import Learnt, LearntBlank, wrong_paragraphs
from drafter.diagnostic import Rejected
from drafter.outline.dump import dump
from drafter.outline.field import Value
from drafter.outline.fixed import Changes, Unfixable, fixed
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft


class LearntAnew(NamedTuple):
    """What was learnt, as it is decided; `unfit` tells of a blank, by the name it was learnt with, why it cannot be so,
    `lost` are the numbers of the speeches that are not given back any longer, as other words than theirs stay."""

    learnt: Learnt
    unfit: Mapping[str, str] = {}
    lost: tuple[int, ...] = ()


def learnt_anew(
    learnt: Learnt, drafts: Sequence[Draft], decisions: Mapping[str, BlankDecision], says: OutlineSays = OutlineSays()
) -> LearntAnew:
    """The outline with what is decided, tried on the speeches: each whose words stay must come back to the letter."""
    unfit: dict[str, str] = {}
    names: dict[str, str] = {}
    values: dict[str, Value] = {}
    old = {blank.field.name: blank for blank in learnt.blanks}
    taken = set(old)
    for name, one in decisions.items():
        blank = old.get(name)
        if blank is None:
            continue
        wanted = one.name.strip()
        if one.refused:
            value = blank.values[one.of] if 0 <= one.of < len(blank.values) else None
            if value is None:
                unfit[name] = "那一篇里没有这一处，选别的一篇。"
            else:
                values[name] = value
        elif wanted and wanted != name:
            if told := name_unfit(wanted, taken):
                unfit[name] = told
            else:
                names[name] = wanted
                taken.add(wanted)
    asks = {name: one.ask.strip() for name, one in decisions.items() if one.ask.strip()}
    if not names and not values and not says.about and not says.genre and not asks:
        return LearntAnew(learnt, unfit)
    made, told = _made(learnt, Changes(names, values), says, asks)
    if made is None:
        return LearntAnew(learnt, {**unfit, **dict.fromkeys(values or names, told)})
    lost = {n for name, value in values.items() for n, other in enumerate(old[name].values) if other not in (None, value)}
    wanted_rows = [paragraphs_of(draft) for draft in drafts]
    wrong = {n for n, _ in wrong_paragraphs(made, wanted_rows)} - lost
    if wrong:
        return LearntAnew(learnt, {**unfit, **dict.fromkeys((*values, *names), "照这样改就写不回原稿了。")})
    return LearntAnew(made, unfit, tuple(sorted(lost)))


def _made(learnt: Learnt, changes: Changes, says: OutlineSays, asks: Mapping[str, str]) -> tuple[Learnt | None, str]:
    """What was learnt with these changes, or why it cannot be."""
    outline, _ = parse(Source("提纲.yaml", learnt.yaml))
    try:
        asked = {n: f._replace(ask=asks[n]) if n in asks else f for n, f in outline.fields.items()}
        outline = fixed(outline._replace(fields=asked, about=says.about, genre=says.genre), changes)
        text = dump(outline)
        again, _ = parse(Source("提纲.yaml", text))
    except (Rejected, Unfixable):
        return None, "这一处牵着别的地方，只能留空。"
    there = {changes.names.get(name, name): name for name in (blank.field.name for blank in learnt.blanks)}
    blanks = {blank.field.name: blank for blank in learnt.blanks}
    kept = [_blank(blanks[there[name]], again.fields[name].name, changes, asks) for name in again.fields if name in there]
    answers = tuple(
        {changes.names.get(name, name): value for name, value in own.items() if changes.names.get(name, name) in again.fields}
        for own in learnt.answers
    )
    return learnt._replace(yaml=text, answers=answers, blanks=tuple(kept)), ""


def _blank(blank: LearntBlank, name: str, changes: Changes, asks: Mapping[str, str]) -> LearntBlank:
    ask = asks.get(blank.field.name, blank.field.ask)
    return blank._replace(field=blank.field._replace(name=name, ask=ask))
