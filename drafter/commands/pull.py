"""`drafter pull`: the answers of a draft back out of Word, or what was reworded by hand back into its outline."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.changing import in_place, written_over
from drafter.commands.drafts import _disagreements, connected, edited, open_draft
from drafter.commands.saving import check, save
from drafter.diagnostic import Diagnostic, DiagnosticData
from drafter.outline import shelf
from drafter.outline.answers import to_json, to_yaml
from drafter.outline.field import Field, Value, say
from drafter.outline.yaml import decode
from drafter.revise.backport import backport
from drafter.revise.filled import typed
from drafter.word.record import saved


class PullRequest(NamedTuple):
    """What a user wants of `pull`. Without an `outline` the answers are wanted; with an `output` ("-" is none) what is
    pulled is written there."""

    file: str
    outline: str = ""
    output: str = ""
    force: bool = False


class PullResult(NamedTuple):
    """The answers of a draft, and what was remarked on the way; `written` is the file they were written to, "" for
    none."""

    values: dict[str, Value]
    blank: tuple[str, ...]
    fields: Mapping[str, Field]
    written: str
    remarks: tuple[Diagnostic, ...]

    def saved(self) -> dict[str, str | list[str]]:
        """The answers in the form of an answers file."""
        return saved(self.values) | dict.fromkeys(self.blank, "")

    def yaml(self) -> str:
        """The answers as the text of an answers file."""
        return to_yaml(self.values, self.blank)

    def json(self) -> dict[str, str | list[str]]:
        """For programs: the answers by the names of their fields."""
        return self.saved()


class ProposalData(TypedDict):
    """The change of an outline, for programs."""

    diff: str
    written: str | None
    remarks: list[DiagnosticData]


class Proposal(NamedTuple):
    """The change of an outline: `diff` is unified, "" where there is none; `text` is the outline with it; `written` the
    file it was written to, "" for none."""

    diff: str
    text: str
    written: str
    remarks: tuple[Diagnostic, ...]

    def json(self) -> ProposalData:
        """For programs."""
        return {"diff": self.diff, "written": self.written or None, "remarks": [r.json() for r in self.remarks]}


def pull(request: PullRequest) -> PullResult | Proposal:
    """What `pull` is asked for: the answers, or with an `outline` its change. Raises Rejected."""
    return propose(request) if request.outline else pull_answers(request)


def pull_answers(request: PullRequest) -> PullResult:
    """The answers of a draft as they stand in Word. Raises Rejected."""
    opened = open_draft(request.file)
    found = connected(opened)
    draft, provenance = found.draft, found.provenance
    values = draft.values()
    remarks = [*opened.remarks, *_disagreements(draft, {})]
    for name, filled in draft.filled.items():
        if filled.value is None and not filled.cleared:
            was = say(draft.base.values[name]) if name in draft.base.values else ""
            new = [text for text, _ in filled.said if text and text != was]
            field = draft.base.outline.fields[name]
            if len(new) == 1:
                try:
                    values[name] = typed(draft.base, field, new[0], draft.today)
                except ValueError:
                    continue
    blank = tuple(name for name in provenance.blank if name not in values)
    ordered = {name: values[name] for name in draft.base.outline.fields if name in values}
    written = "" if request.output == "-" else request.output
    if written:
        text = (to_json if written.endswith(".json") else to_yaml)(ordered, blank)
        save(Path(written), text.encode(), force=request.force, inputs=[Path(request.file)])
    return PullResult(ordered, blank, draft.base.outline.fields, written, tuple(remarks))


def propose(request: PullRequest) -> Proposal:
    """The change of an outline that makes it say what was reworded by hand in a draft. Raises Rejected."""
    file = shelf.find_outline(request.outline)
    if request.output:
        check(Path(request.output), force=request.force, inputs=[Path(request.file)])
        if _is(Path(request.output), file):
            return in_place(file, lambda: _proposed(request, file, over=True))
    return _proposed(request, file, over=False)


def _is(path: Path, other: Path) -> bool:
    return path.exists() and path.samefile(other)


def _proposed(request: PullRequest, file: Path, over: bool) -> Proposal:
    """The same. `over`: it is to be written over the outline itself."""
    opened = open_draft(request.file)
    draft = edited(opened)
    was = shelf.read_bytes(file)
    now = decode(was, str(file))[0]
    text, remarks = backport(draft, now)
    said = "".join(
        unified_diff(now.text.splitlines(True), text.splitlines(True), str(file), request.output or str(file))
    )
    written = ""
    if request.output and said:
        if over:
            written_over(Path(request.output), was, text.encode(), keep=False)
        else:
            save(Path(request.output), text.encode(), force=request.force, inputs=[Path(request.file)])
        written = request.output
    return Proposal(said.rstrip("\n"), text, written, (*opened.remarks, *remarks))
