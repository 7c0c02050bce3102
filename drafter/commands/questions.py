"""The questions of a page on which a speech is written: what is understood of each answer as it was typed, which are to be asked,
and the answers as `drafter new` is given them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.commands.opening import Choice
from drafter.outline.answers import as_typed, doubtful
from drafter.outline.asked import due_among
from drafter.outline.field import RANK, Field, Unfit, Value, echo, save_form, say
from drafter.outline.follow import followed, leader
from drafter.outline.values import MaybeMeant, Number, ReadAnswer


class WritingRequest(NamedTuple):
    """What is being written. `answers` are as they were typed, by field; `days` when each was typed, where that is not today: what
    is told from today (下周三) was told from then; `empty` are the fields that are to have no answer; `choices` and `templates`
    belong to papers, by their numbers. A field that is not among the answers has not been touched: its default stands."""

    outlines: tuple[str, ...]
    answers: Mapping[str, str] = {}
    days: Mapping[str, date] = {}
    empty: frozenset[str] = frozenset()
    choices: Mapping[int, Choice] = {}
    templates: Mapping[int, str] = {}
    today: date | None = None


#: The fields that turn a whole paper; the second is what shipped outlines call the style they are written in.
_SWITCHES = (RANK, "文风")


class AskedQuestion(NamedTuple):
    """A field as a page asks for it. `id` is that of its element; `typed` stands in it, `touched`: somebody has typed it, else it is
    the default. `said` is how the answer was understood, "" where that is what was typed; `wrong` why it cannot be taken; `doubt`
    asks whether it is meant; `maybe` are what may be meant, of either. `due`: it is to be asked, as far as the answers before it
    tell; `taken` is what another paper answers in its stead, and `taken_from` where ("标题", "各条小标题", or a field); `follows` is the
    field a choice goes by that nobody has made."""

    id: str
    field: Field
    typed: str
    touched: bool
    value: Value | None
    said: str = ""
    wrong: str = ""
    doubt: str = ""
    maybe: tuple[MaybeMeant, ...] = ()
    remark: str = ""
    due: bool = True
    empty: bool = False
    taken: str = ""
    taken_from: str = ""
    follows: str = ""

    @property
    def name(self) -> str:
        """The field's."""
        return self.field.name

    @property
    def is_switch(self) -> bool:
        """Whether it says how the whole paper is spoken, and not what of: the capacity of the speaker, the style."""
        return self.field.type == "choice" and self.name in _SWITCHES

    @property
    def kind(self) -> str:
        """How it is answered: "line", "lines", "list", "pick" (one of a few), "select" (one of many), "day" or "number"."""
        kinds = {"long text": "lines", "list": "list", "yes/no": "pick", "date": "day", "number": "number", "choice": "pick"}
        few = 2 if self.is_switch else _FEW
        return "select" if len(self.field.choices) > few else kinds.get(self.field.type, "line")

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be picked."""
        return ("是", "否") if self.field.type == "yes/no" else self.field.choices

    @property
    def chosen(self) -> str:
        """What is picked, "" for nothing."""
        return say(self.value) if self.value is not None and self.choices else ""

    @property
    def answered(self) -> bool:
        """Whether there is an answer, be it the default or another paper's."""
        return self.value is not None or bool(self.taken)

    @property
    def example(self) -> str:
        """An example of an answer, "" for none worth showing."""
        field = self.field
        if field.example and not self.choices:
            return field.example.replace("\n", "；") if field.type == "list" else field.example
        return "下周三、12月3日" if field.type == "date" else ""

    @property
    def how(self) -> str:
        """How several things are typed."""
        if self.field.type == "list":
            return "一行写一项" if "\n" in self.field.example else "一行写一项，或者用顿号“、”隔开"
        return ""


#: So many choices stand side by side; more of them in a list.
_FEW = 6


class HeardAnswer(NamedTuple):
    """An answer as it was typed: `open`: nothing was, or it was taken away again; `taken` what it was read as, None where that cannot
    be; `doubt` is what there is to ask about it today."""

    typed: str | None
    open: bool = False
    taken: ReadAnswer | None = None
    unfit: Unfit | None = None


def heard_of(field: Field, request: WritingRequest, today: date) -> HeardAnswer:
    typed = request.answers.get(field.name)
    if field.name in request.empty or typed is None or not typed.strip():
        return HeardAnswer(typed, open=True)
    then = request.days.get(field.name, today)
    try:
        taken = as_typed(field, typed, then)
        if isinstance(taken.value, date) and then != today:  # whether it is meant is asked of today
            taken = as_typed(field, taken.value.isoformat(), today)._replace(word=taken.word)
        return HeardAnswer(typed, taken=taken)
    except Unfit as error:
        return HeardAnswer(typed, unfit=error)


def due_of(
    order: Sequence[Field], fields: Mapping[str, Field], heard: Mapping[str, HeardAnswer], today: date
) -> frozenset[str]:
    """The names of the questions to be asked."""
    answers: dict[str, Value | None] = {}
    for field in order:
        found = heard[field.name]
        answers[field.name] = found.taken.value if found.taken else None
        if found.typed is None:
            answers[field.name] = _default(field, fields, answers, today)
    return frozenset(field.name for field in due_among(order, {}, answers))


def _default(field: Field, fields: Mapping[str, Field], answers: Mapping[str, Value | None], today: date) -> Value | None:
    """What a question nobody has touched is answered with."""
    chosen = followed(field, fields, answers)
    if chosen is not None:
        return chosen
    if field.default is None:
        return None
    try:
        return as_typed(field, field.default, today).value
    except Unfit:
        return None


def sets_of(
    order: Sequence[Field], due: frozenset[str], heard: Mapping[str, HeardAnswer], request: WritingRequest
) -> Iterator[str]:
    """The answers as `drafter new` takes them with `--set`. A day that was told from another is told by its date; what cannot be
    taken is left open; an answer that was taken away is one to be left open, where else the default would stand."""
    for field in order:
        found = heard[field.name]
        if field.name in request.empty and field.name in due:
            yield f"{field.name}="
        elif field.name not in due or found.typed is None:
            continue
        elif found.taken is not None:
            value = found.taken.value
            yield f"{field.name}={value.isoformat() if isinstance(value, date) else found.typed}"
        elif field.default is not None or followed(field, {field.name: field}, {}) is not None:
            yield f"{field.name}="


def asked_question(
    field: Field,
    number: str,
    found: HeardAnswer,
    due: bool,
    fields: Mapping[str, Field],
    values: Mapping[str, Value],
    sources: Mapping[str, str],
    request: WritingRequest,
) -> AskedQuestion:
    """A question with what is understood of its answer."""
    touched = found.typed is not None
    empty = field.name in request.empty
    asked = AskedQuestion(number, field, found.typed or "", touched, None, due=due, empty=empty)
    if found.unfit:
        return asked._replace(wrong=str(found.unfit), maybe=found.unfit.choices)
    if field.name in sources and found.open and not empty:
        return asked._replace(taken=say(values[field.name]), taken_from=sources[field.name])
    if found.taken is None:
        value = None if touched or empty else values.get(field.name)
        by = leader(field, fields) if value is not None else ""
        return asked._replace(value=value, typed=_in_the_field(value) if not touched else asked.typed, follows=by if by in values else "")
    taken, typed = found.taken, found.typed or ""
    asked = asked._replace(value=taken.value, said=_understood(field, typed, taken.value), remark=doubtful(field, typed))
    if taken.doubt is not None:
        asked = asked._replace(doubt=taken.doubt.question, maybe=taken.doubt.choices)
    return asked


def _understood(field: Field, typed: str, value: Value) -> str:
    """How an answer was understood, where that is worth saying: a day, a figure, how many there are."""
    if isinstance(value, date | Number):
        said = echo(field, value)
        return "" if said == typed.strip() else said
    return f"{len(value)} 项" if isinstance(value, tuple) and len(value) > 1 else ""


def _in_the_field(value: Value | None) -> str:
    """A default as it stands in the field that asks for another."""
    form = "" if value is None else save_form(value)
    return form if isinstance(form, str) else "\n".join(form)
