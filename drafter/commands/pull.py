"""commands.pull"""


from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

from drafter.commands.drafts import _disagreements, edited, open_draft
from drafter.diagnostic import WARNING, Diagnostic, Place
from drafter.outline import shelf
from drafter.outline.field import Field, Value, say
from drafter.revise.backport import Edit, _carried_out, _Finder, _moved, _readable, _told
from drafter.word.record import saved


class PullResult(NamedTuple):
    """The answers of a draft, and what was remarked on the way."""

    values: dict[str, Value]
    blank: tuple[str, ...]
    fields: Mapping[str, Field]
    remarks: tuple[Diagnostic, ...]

    def saved(self) -> dict[str, str | list[str]]:
        """The answers in the form of an answers file."""
        return saved(self.values) | dict.fromkeys(self.blank, "")


def pull(path: str) -> PullResult:
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
    return PullResult(ordered, blank, draft.base.outline.fields, tuple(remarks))


class Proposed(NamedTuple):
    """The change: `diff` is unified, "" where there is none; `written` the file it was written to, "" for none."""

    diff: str
    text: str
    written: str
    remarks: tuple[Diagnostic, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"diff": self.diff, "written": self.written or None, "remarks": [r.json() for r in self.remarks]}


def propose(path: str, name: str, output: str, force: bool) -> Proposed:
    """The change of an outline that makes it say what was reworded by hand in a draft. Raises Rejected."""
    from drafter.commands.saving import check, save

    opened = open_draft(path)
    draft = edited(opened)
    file = shelf.find_outline(name)
    now = shelf.read_source(file)[0]
    if output:
        check(Path(output), force=force, inputs=[Path(path)])
    found = _Finder(draft)
    changes = list(found.changes())
    remarks = list(found.remarks)
    here = _moved(draft.base.outline.source, now)
    kept: list[list[Edit]] = []
    for change, edits in changes:
        placed = [e._replace(line=here[e.line]) for e in edits if e.line in here]
        if len(placed) < len(edits):
            remarks.append(_told(file, 0, change, "提纲里这几行也改过了"))
        elif placed:
            kept.append(placed)
    text = _carried_out(now, kept)
    while kept and not _readable(now, text):
        remarks.append(Diagnostic("有一处改动写进提纲以后读不懂，没有放进去。", Place(str(file), kept[-1][0].line), level=WARNING))
        kept.pop()
        text = _carried_out(now, kept)
    said = "".join(unified_diff(now.text.splitlines(True), text.splitlines(True), str(file), output or str(file)))
    written = ""
    if output and said:
        save(Path(output), text.encode(), force=force, inputs=[Path(path)])
        written = output
    return Proposed(said.rstrip("\n"), text, written, tuple(remarks))
