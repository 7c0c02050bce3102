"""status, update, pull and history: what can be done with a draft that was handed back. Opens files and asks the clock, as
`drafter.commands.new` does."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from drafter.commands import opening
from drafter.commands.drafts import Against, _disagreements, edited, now_of, open_draft
from drafter.commands.saving import backup, check, save
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.answers import Typed, defaults, from_options, settle
from drafter.outline.field import Value, say
from drafter.revise.apply import Merge, Step
from drafter.revise.edited import Edited, OpenedDraft
from drafter.revise.recipe import Recipe, form, make, record, stage_name
from drafter.revise.stages import _STAGE, _stages, _words
from drafter.word.record import Kept, Provenance, Stage

# ── update ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class UpdateResult(NamedTuple):
    """What `update` has done, or would do (`written` False). `file` is where the result is, `backup` the copy of what was
    there, "" for none."""

    file: str
    backup: str
    written: bool
    steps: tuple[Step, ...]
    overruled: tuple[tuple[str, str, str], ...]
    stage: Stage
    blanks: tuple[opening.BlankLeft, ...]
    remarks: tuple[Diagnostic, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "file": self.file,
            "backup": self.backup or None,
            "written": self.written,
            "steps": [s._asdict() for s in self.steps],
            "overruled": [{"name": n, "was": was, "now": now} for n, was, now in self.overruled],
            "draft": {"number": self.stage.number, "name": self.stage.name},
            "blanks": [b._asdict() for b in self.blanks],
            "remarks": [r.json() for r in self.remarks],
        }


def update(
    path: str,
    against: Against,
    output: str = "",
    dry_run: bool = False,
    revisions: bool = False,
    following: str = "",
    force: bool = False,
    plain: bool | None = None,
) -> UpdateResult:
    """Bring a draft up to outline, template and answers of now. `following` writes the next draft beside it, under this name
    ("+" for the next number's). Raises Rejected, with nothing written."""
    now = datetime.now().replace(microsecond=0)
    source = Path(path)
    target = Path(output) if output else source
    if output and not dry_run:
        check(target, force=force, inputs=[source])
    opened = open_draft(path)
    provenance, draft = _connected(opened, against, now)
    current = now_of(provenance, against, opened)
    fields = current.recipe.outline.fields
    typed = from_options(against.sets)
    settled = opening.given(fields, against.answers, against.sets, now.date())
    remarks = [*current.remarks, *settled.remarks, *_disagreements(draft, settled.values)]
    there = draft.values()
    values = {name: value for name, value in there.items() if name in fields}
    refit = settle(fields, {n: Typed(_form(v), Diagnostic("")) for n, v in values.items()}, now.date()) if current.outline_changed else None
    values = dict(refit.values) if refit else values
    explicit = _explicit(typed, settled.values, draft.base.values, settled.blank)
    values |= {name: value for name, value in settled.values.items() if name in explicit or name not in values}
    blank = (frozenset(provenance.blank) | settled.blank) - settled.values.keys() - draft.filled.keys()
    for name in settled.blank:
        values.pop(name, None)
    known = settled._replace(values=values, blank=blank | {n for n in draft.base.outline.fields if n not in values and n in fields})
    values |= defaults(fields, known, now.date())
    theirs = make(current.recipe.outline, current.recipe.template, values)
    merge = Merge(draft, theirs, explicit, against.renumber)
    is_plain = provenance.plain if plain is None else plain
    if provenance.plain and not is_plain:
        merge.with_controls()
    stages = _stages(opened, provenance, draft, following, now, source)
    target = _next_file(source, stages[-1]) if following and not output else target
    overruled = tuple(
        (name, next((text for text, _ in filled.said if text), ""), say(values[name]))
        for name, filled in draft.filled.items()
        if name in explicit and name in values and filled.said and say(values[name]) not in dict(filled.said)
    )
    blanks = opening.blanks_left(theirs.blocks, fields)
    nothing = not (merge.steps or following or output or opened.multiplied or merge.restyled or is_plain != provenance.plain)
    nothing = nothing and values == draft.base.values and current.recipe.outline.source.text == draft.base.outline.source.text
    if dry_run or (nothing and opened.provenance is not None):
        return UpdateResult(str(target), "", False, merge.steps, overruled, stages[-1], blanks, tuple(remarks))
    if following and not output:
        check(target, force=force, inputs=[source])
    own = {name: values[name] for name in fields if name in values}
    made = record(current.recipe, own, sorted(blank & fields.keys()), now, provenance.author, is_plain, stages)
    starts = provenance.texts_of("start") if not following else [Kept("start", "", _words(draft))]
    made = made._replace(texts=(*made.texts, *starts))
    data = merge.apply(form(made, current.recipe.outline, own), now, revisions)
    kept = ""
    if target == source:
        kept = backup(source, opened.raw)
        save(target, data, force=True)
    else:
        save(target, data, force=force, inputs=[source])
    return UpdateResult(str(target), kept, True, merge.steps, overruled, stages[-1], blanks, tuple(remarks))


def _form(value: Value) -> str | tuple[str, ...]:
    from drafter.outline.field import save_form

    found = save_form(value)
    return found if isinstance(found, str) else tuple(found)


def _connected(opened: OpenedDraft, against: Against, now: datetime) -> tuple[Provenance, Edited]:
    """The record and the draft compared with it. A file that has no record is compared with what the outline the user names
    makes of what its controls show, and of the answers given."""
    try:
        provenance = opened.provenance
    except Rejected:
        if not against.outline:
            raise
        provenance = None
    if provenance is not None:
        return provenance, edited(opened)
    if not against.outline:
        edited(opened)
    outline = opening.open_outline(against.outline).outline
    dress = opening.open_template(against.template or outline.template or opening.DEFAULT_TEMPLATE)
    values = dict(opening.given(outline.fields, against.answers, (), now.date()).values)
    draft = Edited(opened, make(outline, dress.template, values))
    shown = {name: filled.value for name, filled in draft.filled.items() if filled.value is not None}
    if shown:
        values |= shown
        draft = Edited(opened, make(outline, dress.template, values))
    recipe = Recipe(against.outline, outline, dress.name, dress.template, dress.styles)
    first = Stage(1, stage_name(1), when=now.isoformat(timespec="seconds"))
    return record(recipe, values, (), now, "", False, [first]), draft


def _explicit(
    typed: Mapping[str, Typed], given: Mapping[str, Value], made: Mapping[str, Value], blank: frozenset[str]
) -> frozenset[str]:
    """The fields the user answers anew: by --set always, by a file where it says something else than the draft was made
    with; what is in the file as it was then does not overrule what was typed in Word since."""
    return frozenset(typed) | frozenset(name for name, value in given.items() if made.get(name) != value) | (blank & made.keys())


# ── drafts one after another ───────────────────────────────────────────────────────────────────────────────────────


def _next_file(source: Path, stage: Stage) -> Path:
    from drafter.commands.filename import legal_name

    stem = _STAGE.sub("", source.stem)
    return source.with_name(legal_name(stem, f"（{stage.name}）{source.suffix}"))
