"""`drafter pull`: the answers of a draft back out of Word, or what was reworded by hand back into its outline."""

from collections.abc import Callable, Mapping
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.changing import in_place, written_over
from drafter.commands.drafts import _disagreements, connected, edited, open_draft, typed_form
from drafter.commands.next_step import Ending, NextStep, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.opening import Choice
from drafter.commands.saving import check, folder_made, free, save
from drafter.diagnostic import Diagnostic, DiagnosticData
from drafter.outline import shelf
from drafter.outline.answers import to_json, to_yaml
from drafter.outline.field import Field, Unfit, Value, read, say
from drafter.outline.yaml import decode
from drafter.revise.backport import backport
from drafter.revise.filled import typed as typed_answer
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
    none; `choice` are the requirements it was made with, where they are not its outline's own."""

    values: dict[str, Value]
    blank: tuple[str, ...]
    fields: Mapping[str, Field]
    written: str
    remarks: tuple[Diagnostic, ...]
    file: str
    outline: str
    choice: Choice = Choice()

    def ending(self) -> Ending:
        """The answers file written; where there is none, what writes it. Most people write another speech with them."""
        path = Path(self.file)
        if self.written:
            options = ("--outline", self.outline, "--answers", self.written, "-o", free(path).name)
            return Ending((self.written,), None, NextStep(typed("new", *options), "用这些回答另写一篇"))
        answers = path.with_name(f"{path.stem}-回答.yaml")
        line = typed("pull", self.file, "-o", str(free(answers) if answers.exists() else answers))
        return Ending((), not_written("", line), NextStep(line, "把回答存成文件"))

    def saved(self) -> dict[str, str | list[str]]:
        """The answers in the form of an answers file."""
        return saved(self.values) | dict.fromkeys(self.blank, "")

    def yaml(self) -> str:
        """The answers as the text of an answers file."""
        return to_yaml(self.values, self.blank)

    def typed(self) -> dict[str, str]:
        """The answers as they are typed into a form."""
        return {name: typed_form(value) for name, value in self.values.items()}

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
    request: PullRequest
    target: str
    declined: bool = False

    def ending(self) -> Ending:
        """The outline written; where there is none, what writes it."""
        if self.written:
            return Ending((self.written,), None, NextStep(typed("outlines", "check", self.written), "查一遍提纲"))
        if not self.diff:
            step = NextStep(typed("status", self.request.file), "看手改了哪些地方")
            return Ending((), not_written("没有要写回提纲的"), step)
        line = typed("pull", self.request.file, "--outline", self.request.outline, "-o", self.target)
        line += " --force" if Path(self.target).exists() else ""
        why = "您选了不写" if self.declined else "上面是差别"
        return Ending((), not_written(why, line), NextStep(line, "把手改的写进提纲"))

    def json(self) -> ProposalData:
        """For programs."""
        return {"diff": self.diff, "written": self.written or None, "remarks": [r.json() for r in self.remarks]}


#: Whether somebody who has seen the change of an outline wants it written.
Agreed = Callable[[Proposal], bool]

#: What is asked behind the change, as an answer is read by it.
_WRITE = Field(name="写入", ask="是否写入？", type="yes/no")


def means_yes(typed: str) -> bool:
    """Whether what was typed behind 写入吗？ says yes, as people say it; nothing, and what is unclear, says no."""
    try:
        return bool(typed.strip()) and read(_WRITE, typed, date.min) is True
    except Unfit:
        return False


def pull(request: PullRequest, agreed: Agreed | None = None) -> PullResult | Proposal:
    """What `pull` is asked for: the answers, or with an `outline` its change. `agreed` asks whoever there is to ask
    whether it is to be written; None where there is nobody. Raises Rejected."""
    if not request.outline:
        done: PullResult | Proposal = pull_answers(request)
    else:
        done = propose(request)
        if agreed and done.diff and not request.output:
            done = _written(request, done) if agreed(done) else done._replace(declined=True)
    written = request.output and request.output != "-"
    idle = without_effect("要写文件才用得上；和 -o 一起用", [(request.force and not written, "--force")])
    return done._replace(remarks=(*idle, *done.remarks))


def _written(request: PullRequest, shown: Proposal) -> Proposal:
    """The change written where it was said it would be. Raises Rejected."""
    target = folder_made(Path(shown.target))
    return propose(request._replace(output=str(target), force=True))._replace(diff=shown.diff)


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
                    values[name] = typed_answer(draft.base, field, new[0], draft.today)
                except ValueError:
                    continue
    blank = tuple(name for name in provenance.blank if name not in values)
    ordered = {name: values[name] for name in draft.base.outline.fields if name in values}
    written = "" if request.output == "-" else request.output
    if written:
        text = (to_json if written.endswith(".json") else to_yaml)(ordered, blank)
        save(Path(written), text.encode(), force=request.force, inputs=[Path(request.file)])
    fields = draft.base.outline.fields
    choice = Choice(provenance.picks, provenance.headings, provenance.brief)
    return PullResult(ordered, blank, fields, written, tuple(remarks), request.file, provenance.outline, choice)


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
    return Proposal(said.rstrip("\n"), text, written, (*opened.remarks, *remarks), request, str(_own(file)))


def _own(file: Path) -> Path:
    """Where the change of an outline goes: into itself, and for one that was given into a copy of one's own."""
    return Path(shelf.OUTLINES) / file.name if file.is_relative_to(shelf.shipped()) or shelf.is_given(file) else file
