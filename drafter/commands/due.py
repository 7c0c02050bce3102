"""What an update of a draft would do: `status` announces it, `update` does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from drafter.commands.drafts import Now
from drafter.diagnostic import Diagnostic
from drafter.outline.answers import Settled, Typed, defaults, settle
from drafter.outline.field import RANK, Value
from drafter.revise.apply import Merge
from drafter.revise.counting import as_it_stands
from drafter.revise.edited import Edited, OpenedDraft
from drafter.revise.filled import doubled
from drafter.revise.recipe import Made, make
from drafter.word.record import Provenance


class DueRequest(NamedTuple):
    """What an update is asked for: the answers given, which of them `by_hand` (--set), whether numbers are put in order,
    whether controls go (True), come back (False) or stay as they are (None), and whether it is to be written as
    `revisions`."""

    settled: Settled = Settled({}, frozenset(), ())
    by_hand: frozenset[str] = frozenset()
    renumber: bool = False
    plain: bool | None = None
    revisions: bool = False


class Due(NamedTuple):
    """What an update would do. `values` and `blank` are the answers there will be, `explicit` the fields that are written anew,
    `theirs` what outline, template and answers make now. `plain`: the file will have no controls. `writes`: there is
    something to write, be it only the record."""

    merge: Merge
    theirs: Made
    values: dict[str, Value]
    blank: frozenset[str]
    explicit: frozenset[str]
    plain: bool
    writes: bool


def due(
    opened: OpenedDraft, provenance: Provenance, draft: Edited, current: Now, asked: DueRequest, now: datetime
) -> Due:
    """What an update would do. Raises Rejected where an answer no longer fits its field."""
    settled = asked.settled
    explicit = _explicit(asked.by_hand, settled.values, draft.base.values, settled.blank)
    values, blank = _answers(provenance, draft, current, settled, explicit, now)
    changed = current.outline_changed or current.template_changed or values != draft.base.values
    named = current.recipe.outline.source.text != draft.base.outline.source.text
    theirs = make(current.recipe.outline, current.recipe.template, values) if changed or named else draft.base
    if theirs.counts:
        theirs = as_it_stands(draft, theirs)
    explicit |= doubled(draft.base, draft.found, draft.filled)
    merge = Merge(draft, theirs, explicit, asked.renumber, asked.revisions)
    plain = provenance.plain if asked.plain is None else asked.plain
    if provenance.plain and not plain:
        merge.with_controls()
    other_record = opened.provenance is None or changed or named
    decided = opened.provenance is not None and bool(opened.provenance.former) and not opened.undecided
    repairs = decided or opened.multiplied or draft.stale or merge.restyled or plain != provenance.plain
    return Due(merge, theirs, values, blank, explicit, plain, bool(merge.steps or other_record or repairs))


def _answers(
    provenance: Provenance,
    draft: Edited,
    current: Now,
    settled: Settled,
    explicit: frozenset[str],
    now: datetime,
) -> tuple[dict[str, Value], frozenset[str]]:
    """The answers of the draft brought up to date, and the names left blank on purpose: what stands in the document,
    above it what the user gives anew, below it the defaults."""
    fields = current.recipe.outline.fields
    values = {name: value for name, value in draft.values().items() if name in fields}
    if current.outline_changed:
        typed = {name: Typed(_form(value), Diagnostic("", code="answer-unfit")) for name, value in values.items()}
        values = dict(settle(fields, typed, now.date()).values)
    values |= {name: value for name, value in settled.values.items() if name in explicit or name not in values}
    blank = (frozenset(provenance.blank) | settled.blank) - settled.values.keys() - draft.filled.keys()
    for name in settled.blank:
        values.pop(name, None)
    gone = {name for name in draft.base.outline.fields if name not in values and name in fields}
    values |= defaults(fields, settled._replace(values=values, blank=blank | gone), now.date())
    if RANK in values:
        from drafter.outline.follow import follow_on

        values |= follow_on(fields, draft.base.outline.fields, draft.base.values, values, explicit)
    return values, blank


def _explicit(
    typed: frozenset[str], given: Mapping[str, Value], made: Mapping[str, Value], blank: frozenset[str]
) -> frozenset[str]:
    """The fields the user answers anew: by --set always, by a file where it says something else than the draft was made
    with; what is in the file as it was then does not overrule what was typed in Word since."""
    return typed | frozenset(name for name, value in given.items() if made.get(name) != value) | (blank & made.keys())


def _form(value: Value) -> str | tuple[str, ...]:
    from drafter.outline.field import save_form

    found = save_form(value)
    return found if isinstance(found, str) else tuple(found)
