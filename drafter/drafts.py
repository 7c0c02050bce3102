"""status, update, pull and history: what can be done with a draft that was handed back. Opens files and asks the clock, as
`drafter.app` does."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from drafter import app, shelf
from drafter.answers import Typed, defaults, from_options, settle
from drafter.chinese import count_read
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.edited import Change, Edited, Opened
from drafter.field import Field, Value, say
from drafter.origin import Made, Recipe, digest, form, make, outline_of, record, stage_name
from drafter.outline import Outline
from drafter.provenance import Kept, Provenance, Stage, saved
from drafter.saving import check, save
from drafter.template import Template, parse_template
from drafter.updating import Merge, Step
from drafter.yamltree import Source

#: What stands behind the name of a file that is one of several drafts.
_STAGE = re.compile(r"（[^（）]{1,12}稿[^（）]{0,4}）$")


class Against(NamedTuple):
    """What a draft is to be brought up to, as the user says it. An empty one is taken from the draft's own record."""

    sets: tuple[str, ...] = ()
    answers: str = ""
    outline: str = ""
    template: str = ""
    renumber: bool = False


class Now(NamedTuple):
    """Outline and template as they are now: where they come from, and whether they differ from those of the record. `found`
    is False where they cannot be found any more and the record's are used."""

    recipe: Recipe
    outline_found: bool
    template_found: bool
    outline_changed: bool
    template_changed: bool
    remarks: tuple[Diagnostic, ...]


def open_draft(path: str) -> Opened:
    """A .docx opened. Raises Rejected."""
    return Opened(shelf.read_bytes(Path(path)), path)


def edited(opened: Opened) -> Edited:
    """The draft compared with what its record makes. Raises Rejected where it has no record."""
    if opened.provenance is None:
        hint = f"用 drafter update {opened.name} --outline 提纲 --answers 回答.yaml 可以重新连上；或者用 drafter extract 读成提纲。"
        raise Rejected(Diagnostic("这份文件里没有记来历，不知道它是用哪份提纲写的。", Place(opened.name), hint))
    return Edited(opened, _base(opened, opened.provenance))


def _base(opened: Opened, provenance: Provenance) -> Made:
    outline = outline_of(provenance, opened.name)
    return make(outline, template_of(provenance, opened.name), provenance.answers(outline.fields))


def template_of(provenance: Provenance, file: str) -> Template:
    """The template a draft was made by, as its record has it. Raises Rejected where it has none."""
    styles, layout = (next(iter(provenance.texts_of(kind)), None) for kind in ("styles", "layout"))
    if styles is None or layout is None:
        raise Rejected(Diagnostic("文件里没有记下模板，没法比较。", Place(file), "用 --template 名称 说明用哪个模板。"))
    return parse_template(provenance.template, Source(styles.file, styles.text), Source(layout.file, layout.text))


def now_of(provenance: Provenance, against: Against, opened: Opened) -> Now:
    """Outline and template as they are now. Raises Rejected where one the user names cannot be used."""
    remarks: list[Diagnostic] = []
    name = against.outline or provenance.outline
    picks: dict[str, tuple[Source, ...]] = {}
    outline: Outline
    try:
        found = app.open_outline(_beside(name, opened.name))
        outline = found.outline
        remarks += found.remarks
        choice = app.Choice(provenance.picks, provenance.headings, provenance.brief)
        if provenance.picks and not against.outline:
            outline = app.picked(outline, choice, picks)
        there = True
    except Rejected as error:
        if against.outline or not provenance.texts_of("outline"):
            raise
        outline, there, picks = outline_of(provenance, opened.name), False, {}
        told = f"原来的提纲 {name} 现在用不了，用文件里记着的那一份。"
        remarks.append(Diagnostic(told, None, error.diagnostics[0].text(), level=WARNING))
    template_name = against.template or provenance.template
    try:
        dress = app.open_template(_beside(template_name, opened.name))
        template, styles, dressed = dress.template, dress.styles, True
    except Rejected as error:
        if against.template:
            raise
        template, styles, dressed = template_of(provenance, opened.name), provenance.texts_of("styles")[0].text, False
        told = f"原来的模板 {template_name} 现在用不了，用文件里记着的那一份。"
        remarks.append(Diagnostic(told, None, error.diagnostics[0].text(), level=WARNING))
    own = provenance.picks if picks or not there else ()
    recipe = Recipe(name, outline, template_name, template, styles, own, provenance.headings, provenance.brief, picks)
    if not there and own:
        recipe = recipe._replace(passages={n: _kept_sources(provenance, n) for n in own if provenance.texts_of(f"passage:{n}")})
    made_now = _texts(recipe)
    return Now(
        recipe,
        there,
        dressed,
        there and digest(made_now) != digest([k for k in provenance.texts if k.kind not in ("styles", "layout", "start")]),
        dressed and (styles, template.layout) != tuple(k.text for kind in ("styles", "layout") for k in provenance.texts_of(kind)[:1]),
        tuple(remarks),
    )


def _kept_sources(provenance: Provenance, name: str) -> tuple[Source, ...]:
    return tuple(Source(kept.file, kept.text) for kept in provenance.texts_of(f"passage:{name}"))


def _texts(recipe: Recipe) -> list[Kept]:
    made = record(recipe, {}, (), datetime.min, "", False)
    return [kept for kept in made.texts if kept.kind not in ("styles", "layout")]


def _beside(name: str, file: str) -> str:
    """A path as it was typed may be meant from here, or from where the document is."""
    if not shelf.is_path(name) or os.path.exists(name):
        return name
    near = Path(file).parent / name
    return str(near) if near.exists() else name


# ── status ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class FieldNow(NamedTuple):
    """A field in the draft: its question, the answer it was made with, the one it has in Word, and what is to be said of it.
    "" for no answer. `state`: "same", "changed", "filled", "cleared", "unfit", "differs", "blank"."""

    name: str
    ask: str
    made: str
    now: str
    state: str
    why: str = ""


class Status(NamedTuple):
    """What `status` tells."""

    file: str
    outline: str
    template: str
    made: str
    version: str
    stage: Stage
    plain: bool
    outline_state: str
    template_state: str
    fields: tuple[FieldNow, ...]
    changes: tuple[Change, ...]
    multiplied: int
    remarks: tuple[Diagnostic, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "file": self.file,
            "outline": {"name": self.outline, "state": self.outline_state},
            "template": {"name": self.template, "state": self.template_state},
            "made": self.made,
            "drafter": self.version,
            "draft": {"number": self.stage.number, "name": self.stage.name},
            "plain": self.plain,
            "fields": [
                {"name": f.name, "ask": f.ask, "made": f.made or None, "now": f.now or None, "state": f.state, "why": f.why or None}
                for f in self.fields
            ],
            "blanks": [f.name for f in self.fields if f.state in ("blank", "cleared")],
            "paragraphs": {
                kind: [{"paragraph": c.at + 1 or None, "before": c.before, "after": c.after} for c in self.changes if c.kind == kind]
                for kind in ("edited", "added", "deleted")
            },
            "repaired": self.multiplied,
            "remarks": [r.json() for r in self.remarks],
        }


def status(path: str) -> Status:
    """What a draft was made from, and what has happened to it and to them since. Raises Rejected."""
    opened = open_draft(path)
    draft = edited(opened)
    provenance = opened.provenance
    assert provenance
    now = now_of(provenance, Against(), opened)

    def state(found: bool, changed: bool) -> str:
        return "missing" if not found else "changed" if changed else "same"

    return Status(
        path,
        provenance.outline,
        provenance.template,
        provenance.made,
        provenance.version,
        _stage(provenance),
        provenance.plain,
        state(now.outline_found, now.outline_changed),
        state(now.template_found, now.template_changed),
        tuple(_fields(draft)),
        draft.changes,
        opened.multiplied,
        (*now.remarks, *_disagreements(draft, {})),
    )


def _stage(provenance: Provenance) -> Stage:
    return provenance.stages[-1] if provenance.stages else Stage(1, stage_name(1))


def _fields(draft: Edited) -> list[FieldNow]:
    made, now = draft.base.values, draft.values()
    shown = {token.tag.split("#")[0].split("|")[0] for one in draft.found for token in one.tokens if token.tag and token.empty}
    out = []
    for name, field in draft.base.outline.fields.items():
        filled = draft.filled.get(name)
        was = say(made[name]) if name in made else ""
        said = say(now[name]) if name in now else ""
        state, why = "same", ""
        if filled is not None and filled.value is None and not filled.cleared:
            state = "differs" if len(filled.said) > 1 else "unfit"
            why = "；".join(f"“{text}”{n} 处" if text else f"空着 {n} 处" for text, n in filled.said)
            why = why if state == "differs" else f"{filled.why}"
            said = next((text for text, _ in filled.said if text and text != was), said)
        elif said != was:
            state = "cleared" if not said else "changed" if was else "filled"
        elif not said:
            if name not in shown:
                continue  # nothing in this draft asks for it
            state = "blank"
        out.append(FieldNow(name, field.ask, was, said, state, why))
    return out


# ── update ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Updated(NamedTuple):
    """What `update` has done, or would do (`written` False). `file` is where the result is, `backup` the copy of what was
    there, "" for none."""

    file: str
    backup: str
    written: bool
    steps: tuple[Step, ...]
    overruled: tuple[tuple[str, str, str], ...]
    stage: Stage
    blanks: tuple[app.Blank, ...]
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
) -> Updated:
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
    settled = app.given(fields, against.answers, against.sets, now.date())
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
    blanks = app.blanks_left(theirs.blocks, fields)
    nothing = not (merge.steps or following or output or opened.multiplied or merge.restyled or is_plain != provenance.plain)
    nothing = nothing and values == draft.base.values and current.recipe.outline.source.text == draft.base.outline.source.text
    if dry_run or (nothing and opened.provenance is not None):
        return Updated(str(target), "", False, merge.steps, overruled, stages[-1], blanks, tuple(remarks))
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
    return Updated(str(target), kept, True, merge.steps, overruled, stages[-1], blanks, tuple(remarks))


def _form(value: Value) -> str | tuple[str, ...]:
    from drafter.field import save_form

    found = save_form(value)
    return found if isinstance(found, str) else tuple(found)


def _connected(opened: Opened, against: Against, now: datetime) -> tuple[Provenance, Edited]:
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
    outline = app.open_outline(against.outline).outline
    dress = app.open_template(against.template or outline.template or app.DEFAULT_TEMPLATE)
    values = dict(app.given(outline.fields, against.answers, (), now.date()).values)
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


def _disagreements(draft: Edited, given: Mapping[str, Value]) -> list[Diagnostic]:
    out = []
    for name, filled in draft.filled.items():
        if filled.value is None and not filled.cleared and name not in given:
            said = "、".join(f"“{text}”（{n} 处）" if text else f"空着（{n} 处）" for text, n in filled.said)
            many = len(filled.said) > 1
            told = f"【{name}】在文中几处不一样：{said}，没有替您统一。" if many else f"【{name}】填的是{said}：{filled.why}"
            out.append(Diagnostic(told, Place(draft.opened.name), f"要统一：--set {name}=回答", level=WARNING))
    for name, held, shown in draft.stale:
        if name not in given:
            told = f"【{name}】文中写的是“{shown[:60]}”，控件背后存的是“{held[:60]}”，以文中的为准。"
            hint = "多半是用 LibreOffice 改的；drafter update 会把两处对上。"
            out.append(Diagnostic(told, Place(draft.opened.name), hint, level=WARNING))
    return out


def backup(path: Path, data: bytes) -> str:
    """A copy of what is there, under a name nobody has."""
    number = 1
    while True:
        copy = path.with_name(f"{path.stem}.备份{number if number > 1 else ''}{path.suffix}")
        if not os.path.lexists(copy):
            save(copy, data)
            return str(copy)
        if copy.is_file() and copy.stat().st_size == len(data) and copy.read_bytes() == data:
            return str(copy)
        number += 1


# ── drafts one after another ───────────────────────────────────────────────────────────────────────────────────────


def _stages(opened: Opened, provenance: Provenance, draft: Edited, following: str, now: datetime, source: Path) -> list[Stage]:
    """The line of drafts, with the next one where it is wanted."""
    stages = list(provenance.stages) or [Stage(1, stage_name(1))]
    if not following:
        return stages
    stages[-1] = _closed(opened, provenance, draft, source)
    number = stages[-1].number + 1
    name = stage_name(number) if following == "+" else following
    stages.append(Stage(number, name, when=now.isoformat(timespec="seconds")))
    return stages


def _closed(opened: Opened, provenance: Provenance, draft: Edited, source: Path) -> Stage:
    """The draft as it is handed on: who changed it last, when, and how much since it was begun."""
    who, when = _last_hand(opened)
    begun = [kept.text for kept in provenance.texts_of("start")]
    before = begun[0].split("\n") if begun else [_one_line(block.text) for block in draft.base.blocks if block.text]
    after = [one for one in _words(draft).split("\n") if one]
    changed, added, removed = _how_much(before, after)
    return _stage(provenance)._replace(
        file=source.name, who=who, when=when or _stage(provenance).when, digest=draft.digest, changed=changed, added=added, removed=removed
    )


def _words(draft: Edited) -> str:
    """The paragraphs of a draft, a line each, for comparing with later."""
    from drafter.merge import text_of

    return "\n".join(_one_line(text_of(one.tokens)) for one in draft.found if one.tokens)


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def _how_much(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int]:
    """Paragraphs changed, and 字 added and removed."""
    from difflib import SequenceMatcher

    changed = added = removed = 0
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        changed += max(i1 - i0, j1 - j0)
        old, new = "\n".join(before[i0:i1]), "\n".join(after[j0:j1])
        for inner, a0, a1, b0, b1 in SequenceMatcher(None, old[:20_000], new[:20_000], autojunk=False).get_opcodes():
            if inner != "equal":
                removed += count_read(old[a0:a1])
                added += count_read(new[b0:b1])
    return changed, added, removed


def _last_hand(opened: Opened) -> tuple[str, str]:
    """Who saved the file last and when, by its own properties."""
    part = opened.file.target("", "core-properties")
    if not part:
        return "", ""
    said = {str(child.tag).rpartition("}")[2]: child.text or "" for child in opened.file.tree(part) if isinstance(child.tag, str)}
    return said.get("lastModifiedBy", ""), said.get("modified", "").removesuffix("Z")


def _next_file(source: Path, stage: Stage) -> Path:
    from drafter.filename import legal_name

    stem = _STAGE.sub("", source.stem)
    return source.with_name(legal_name(stem, f"（{stage.name}）{source.suffix}"))


class History(NamedTuple):
    """The drafts before this one and itself, oldest first."""

    file: str
    stages: tuple[Stage, ...]
    here: tuple[bool, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"file": self.file, "drafts": [s._asdict() | {"here": h} for s, h in zip(self.stages, self.here, strict=True)]}


def history(path: str) -> History:
    """The line of drafts of a file. Raises Rejected."""
    opened = open_draft(path)
    draft = edited(opened)
    provenance = opened.provenance
    assert provenance
    source = Path(path)
    stages = [*provenance.stages[:-1], _closed(opened, provenance, draft, source)]
    here = [stage.file == source.name or (source.parent / stage.file).is_file() for stage in stages]
    return History(path, tuple(stages), tuple(here))


# ── pull ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Pulled(NamedTuple):
    """The answers of a draft, and what was remarked on the way."""

    values: dict[str, Value]
    blank: tuple[str, ...]
    fields: Mapping[str, Field]
    remarks: tuple[Diagnostic, ...]

    def saved(self) -> dict[str, str | list[str]]:
        """The answers in the form of an answers file."""
        return saved(self.values) | dict.fromkeys(self.blank, "")


def pull(path: str) -> Pulled:
    """The answers of a draft as they stand in Word. Raises Rejected."""
    opened = open_draft(path)
    draft = edited(opened)
    provenance = opened.provenance
    assert provenance
    values = draft.values()
    remarks = list(_disagreements(draft, {}))
    for name, filled in draft.filled.items():
        if filled.value is None and not filled.cleared:
            was = say(draft.base.values[name]) if name in draft.base.values else ""
            new = [text for text, _ in filled.said if text and text != was]
            field = draft.base.outline.fields[name]
            if len(new) == 1:
                try:
                    values[name] = draft.typed(field, name, new[0])
                except ValueError:
                    continue
    blank = tuple(name for name in provenance.blank if name not in values)
    ordered = {name: values[name] for name in draft.base.outline.fields if name in values}
    return Pulled(ordered, blank, draft.base.outline.fields, tuple(remarks))
