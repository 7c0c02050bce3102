"""A speech from answers that somebody else proposes, a language model for one: what is understood of each answer, what there is
still to ask the person, and the document. Nothing is invented: what is not given stays a blank, and what nobody can have
meant as an answer (待定, 某某, 【……】) counts as not given.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.chinese.days import is_unsettled
from drafter.commands.making import drafted, made_as, makings, of_base, of_basis, unfit_picks
from drafter.commands.next_step import Ending, NextStep, not_written, typed
from drafter.commands.opening import BlankLeft, Choice, moment, spoken
from drafter.commands.questions import HeardAnswer, due_of
from drafter.diagnostic import Diagnostic, DiagnosticData, closest
from drafter.outline.answer_slips import name_meant
from drafter.outline.answers import Settled, Typed, as_typed, defaults, settle
from drafter.outline.field import Field, Unfit, echo, say
from drafter.outline.fill import notes
from drafter.outline.follow import in_asking_order
from drafter.outline.values import MaybeMeant, Number, ReadAnswer
from drafter.speech.draft import Draft, plain

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed, ToConfirmData

#: An answer as it is proposed: text, several for a list; "" leaves the blank open on purpose.
Proposed = str | Sequence[str]

#: What a model writes where it does not know: a stand-in for words, or a blank of its own.
_STAND_IN = re.compile(r"[\s×xX*＊_＿?？…·.\-—]*|某{1,3}.{0,3}|[xX×]{2,}[\u4e00-\u9fff]{1,4}|[【\[（(<《].{0,40}(?:待补|待填|待定|填写|placeholder|todo|tbd).{0,40}|todo|null|none|nil|n/?a|unknown|未知|待补充?|待填写?", re.IGNORECASE)

#: Remarks of which the result has a row of its own for each name.
_TOLD_BY_NAME = ("answer-understood", "answer-unknown", "answer-day-doubtful")


class ProposalRequest(NamedTuple):
    """What is proposed for an outline. `output` is the file to write, "" looks only; `complete`: nothing is written while
    something has to be asked; `date` is the day it is written on, "" for today."""

    outline: str
    answers: Mapping[str, Proposed] = {}
    output: str = ""
    complete: bool = True
    template: str = ""
    choice: Choice = Choice()
    date: str = ""


class ToAsk(NamedTuple):
    """A question for the person. `why`: "unanswered", "unfit" (what was proposed cannot be taken, `told` says why) or "doubtful"
    (it was taken, and may not be meant); `options` are what may be picked, () for anything; `example` "" where there is none;
    `times` how often its blank stands in the text, 0 where the text only goes by it."""

    name: str
    question: str
    kind: str
    options: tuple[str, ...]
    example: str
    help: str
    why: str
    told: str
    times: int

    @property
    def holds_up(self) -> bool:
        """Whether a complete speech needs it."""
        return self.why != "doubtful"


class UnderstoodAnswer(NamedTuple):
    """An answer that was taken: as it was proposed, as it stands in the text, and as it was understood where that is said in
    other words (下周三, 1.2万), "" where it is what was proposed."""

    name: str
    proposed: str
    value: str
    understood: str


class NotTaken(NamedTuple):
    """An answer that was not taken, and why: "unknown" (the outline has no such blank; `near` is the nearest name, "" where
    none is near), "open" (what was proposed says that nobody knows), "unasked" (the other answers leave no place for it) or "twice"
    (another name that means the same blank was answered too)."""

    name: str
    proposed: str
    why: str
    near: str


class AssumedAnswer(NamedTuple):
    """What the outline answers itself where nobody did: its default, or a choice that follows from another answer."""

    name: str
    value: str


class ProposedData(TypedDict):
    """What came of a proposal, for programs; `file` is null where none was written."""

    file: str | None
    outline: str
    title: str
    characters: int
    complete: bool
    questions: list[ToAsk]
    understood: list[UnderstoodAnswer]
    assumed: list[AssumedAnswer]
    not_taken: list[NotTaken]
    blanks: list[BlankLeft]
    to_confirm: "list[ToConfirmData]"
    notes: list[str]
    text: str | None
    remarks: list[DiagnosticData]


class ProposalResult(NamedTuple):
    """What came of a proposal. `file` is "" where none was written; `text` is the speech in plain text where it was only
    looked at, "" otherwise."""

    outline: str
    title: str
    draft: Draft
    questions: tuple[ToAsk, ...]
    understood: tuple[UnderstoodAnswer, ...]
    assumed: tuple[AssumedAnswer, ...]
    not_taken: tuple[NotTaken, ...]
    blanks: tuple[BlankLeft, ...]
    to_confirm: "tuple[ToBeConfirmed, ...]"
    notes: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    file: str = ""
    text: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing has to be asked any more, and no blank is left."""
        return not self.blanks and not any(question.holds_up for question in self.questions)

    def ending(self) -> Ending:
        """The file, and what most people do next."""
        if not self.file:
            return Ending((), not_written("还有要问的" if self.questions else "只看"))
        if self.blanks:
            return Ending((self.file,), None, NextStep(typed("status", self.file), "填上标黄的空，再看还差什么"))
        return Ending((self.file,), None, NextStep(typed("check", self.file), "校对"))

    def json(self) -> ProposedData:
        """For programs."""
        return {
            "file": self.file or None,
            "outline": self.outline,
            "title": self.title,
            "characters": spoken(self.draft),
            "complete": self.complete,
            "questions": list(self.questions),
            "understood": list(self.understood),
            "assumed": list(self.assumed),
            "not_taken": list(self.not_taken),
            "blanks": list(self.blanks),
            "to_confirm": [mark.json() for mark in self.to_confirm],
            "notes": list(self.notes),
            "text": self.text or None,
            "remarks": [remark.json() for remark in self.remarks],
        }


def propose(request: ProposalRequest) -> ProposalResult:
    """What comes of a proposal; the file is written where one is wanted and, with `complete`, nothing has to be asked. Raises
    Rejected, with nothing written."""
    now = moment(request.date)
    today = now.date()
    kind = Path(request.output).suffix.removeprefix(".").lower() if request.output else "txt"
    [making] = makings([request.outline], request.choice, (), request.template, ())
    fields = making.outline.fields
    heard = _Heard(fields, request.answers, today)
    nowhere = Diagnostic("", code="answer-unfit")
    said = {name: Typed(one if isinstance(one, str) else tuple(one), nowhere) for name, one in heard.sets.items()}
    settled = settle(fields, said, today)
    values = settled.values | defaults(fields, settled, today)
    made = drafted(making, values, settled, made_as(kind, now, False, False, False))
    remarks = (*making.opened.remarks, *of_base(making.dress, kind), *settled.remarks, *of_basis(made.stood), *made.of_pages)
    result = ProposalResult(
        outline=request.outline,
        title=plain(made.draft.title),
        draft=made.draft,
        questions=tuple(heard.questions({blank.name: blank.times for blank in made.blanks})),
        understood=tuple(heard.understood()),
        assumed=heard.assumed,
        not_taken=tuple(heard.not_taken()),
        blanks=made.blanks,
        to_confirm=made.to_confirm,
        notes=notes(making.outline, made.draft),
        remarks=tuple(remark for remark in (*remarks, *unfit_picks(making, values)) if remark.code not in _TOLD_BY_NAME),
    )
    if not request.output:
        return result._replace(text=made.data.decode())
    if request.complete and not result.complete:
        return result
    from drafter.commands.saving import save

    save(Path(request.output), made.data)
    return result._replace(file=request.output)


def stands_in(said: Proposed) -> bool:
    """Whether what was proposed for a blank of which no more is known says only that nobody knows: 待定, 某某, 【……】. What may be an
    answer to some question (没有) does not."""
    words = [word.strip() for word in ([said] if isinstance(said, str) else said) if word.strip()]
    known = ("无", "没有", "空")
    return bool(words) and all((is_unsettled(w) and w not in known) or _STAND_IN.fullmatch(w) or "【" in w for w in words)


class _Heard:
    """The answers proposed, each held against its field. `sets` are those taken, as `new` takes them; "" where a blank is to
    stay open, be it that nobody knows or that what was proposed cannot be taken: no default speaks in their stead."""

    def __init__(self, fields: Mapping[str, Field], answers: Mapping[str, Proposed], today: date) -> None:
        self.fields = fields
        self.order = in_asking_order([*fields.values()])
        self.heard: dict[str, HeardAnswer] = dict.fromkeys(fields, HeardAnswer(None))
        self.proposed: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.open: set[str] = set()
        self.twice: dict[str, str] = {}
        given: dict[str, Proposed] = {}
        for written, said in sorted(answers.items(), key=lambda one: one[0] not in fields):
            name = written if written in fields else name_meant(written, fields)
            if name in given:
                self.twice[written] = _shown(said)
                continue
            if not name:
                self.unknown[written] = _shown(said)
                continue
            given[name], self.proposed[name] = said, _shown(said)
            if _nobody_knows(fields[name], said):
                self.open.add(name)
            self.heard[name] = _heard(fields[name], "" if name in self.open else said, today)
        self.due = due_of(self.order, fields, self.heard, today)
        self.sets: dict[str, Proposed] = {
            name: given[name] if self.heard[name].taken else "" for name in fields if name in given and name in self.due
        }
        values = {name: one.taken.value for name, one in self.heard.items() if one.taken and name in self.sets}
        blank = frozenset(name for name, said in self.sets.items() if not said)
        followed = defaults(fields, Settled(values, blank, ()), today)
        self.assumed = tuple(AssumedAnswer(f.name, say(followed[f.name])) for f in self.order if f.name in followed and f.name in self.due)

    def understood(self) -> Iterator[UnderstoodAnswer]:
        """The answers that were taken."""
        for field in self.order:
            found = self.heard[field.name]
            if found.taken is None or field.name not in self.sets:
                continue
            proposed, value = self.proposed[field.name], say(found.taken.value)
            yield UnderstoodAnswer(field.name, proposed, value, _understood(field, proposed, found.taken))

    def not_taken(self) -> Iterator[NotTaken]:
        """The answers that were not taken; those that cannot be taken are among the questions."""
        for written, said in self.unknown.items():
            yield NotTaken(written, said, "unknown", closest(written, [*self.fields]))
        for written, said in self.twice.items():
            yield NotTaken(written, said, "twice", "")
        for name, said in self.proposed.items():
            if name not in self.due:
                yield NotTaken(name, said, "unasked", "")
            elif name in self.open:
                yield NotTaken(name, said, "open", "")

    def questions(self, shown: Mapping[str, int]) -> Iterator[ToAsk]:
        """What there is to ask, in the order in which it is asked; `shown` are the blanks that stand in the text."""
        assumed = {one.name for one in self.assumed}
        for field in self.order:
            name, found = field.name, self.heard[field.name]
            if name not in self.due:
                continue
            if found.unfit:
                yield _question(field, "unfit", str(found.unfit), shown.get(name, 0), found.unfit.choices)
            elif found.taken and found.taken.doubt:
                doubt = found.taken.doubt
                yield _question(field, "doubtful", doubt.question, shown.get(name, 0), doubt.choices)
            elif not found.taken and name not in assumed and (name in shown or name not in self.sets or name in self.open):
                yield _question(field, "unanswered", "", shown.get(name, 0))


def _shown(said: Proposed) -> str:
    return said if isinstance(said, str) else "、".join(said)


def _nobody_knows(field: Field, said: Proposed) -> bool:
    """Whether what was proposed says no more than that nobody knows."""
    if field.type in ("yes/no", "choice"):
        return isinstance(said, str) and bool(said.strip()) and _STAND_IN.fullmatch(said.strip()) is not None
    words = [said] if isinstance(said, str) else [*said]
    words = [word.strip() for word in words if word.strip()]
    return bool(words) and all(is_unsettled(word) or _STAND_IN.fullmatch(word) or "【" in word for word in words)


def _heard(field: Field, said: Proposed, today: date) -> HeardAnswer:
    if not any(map(str.strip, (said,) if isinstance(said, str) else said)):
        return HeardAnswer("", open=True)
    try:
        return HeardAnswer(_shown(said), taken=as_typed(field, said if isinstance(said, str) else tuple(said), today))
    except Unfit as error:
        return HeardAnswer(_shown(said), unfit=error)


def _understood(field: Field, proposed: str, taken: ReadAnswer) -> str:
    """How an answer was understood, where that is worth telling."""
    if isinstance(taken.value, date | Number):
        read_as = echo(field, taken.value)
        return "" if read_as == proposed.strip() else read_as
    if isinstance(taken.value, tuple) and not isinstance(taken.value, Number):
        return f"{len(taken.value)} 项：{'；'.join(taken.value)}" if len(taken.value) > 1 else ""
    said = say(taken.value)
    return "" if said == proposed.strip() else said


def _question(field: Field, why: str, told: str, times: int, maybe: Sequence[MaybeMeant] = ()) -> ToAsk:
    options = ("是", "否") if field.type == "yes/no" else field.choices or tuple(m.typed for m in maybe if m.typed)
    example = "" if field.choices or field.type == "yes/no" else field.example.replace("\n", "；")
    return ToAsk(
        name=field.name,
        question=field.ask or f"【{field.name}】填什么？",
        kind=field.type,
        options=options,
        example=example or ("2026-12-01、12月1日、下周三" if field.type == "date" else ""),
        help=field.help,
        why=why,
        told=told,
        times=times,
    )
