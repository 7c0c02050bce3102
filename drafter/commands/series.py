"""Many documents of the same outlines: all that does not depend on the answers is made once, then a document for each set
of answers.

Law: the bytes are those that `drafter new` writes for the same answers and the same moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.making import (
    How,
    Making,
    drafted,
    made_as,
    makings,
    of_base,
    of_basis,
    proofread,
    unfit_picks,
)
from drafter.commands.opening import BlankLeft, Choice
from drafter.commands.stamping import Stamped, StampMaker
from drafter.diagnostic import Diagnostic, Place
from drafter.outline.answers import Settled, Typed, defaults, settle
from drafter.outline.field import Field, Value
from drafter.outline.fill import notes, title_of
from drafter.outline.many_answers import ManyAnswers
from drafter.speech.draft import plain

if TYPE_CHECKING:
    from drafter.outline.basis import Stood
    from drafter.outline.between import Taken

#: The answers of one document: text as a person types it, several for a list; "" leaves a blank on purpose.
Sets = Mapping[str, str | Sequence[str]]


#: So many things told of what speeches stand on are remembered.
_TOLD = 5_000


class ToldBefore:
    """What there is to say of what speeches stand on, worked out once for the same."""

    def __init__(self) -> None:
        self.found: dict[object, tuple[Diagnostic, ...]] = {}

    def __reduce__(self) -> tuple[type["ToldBefore"], tuple[()]]:
        return ToldBefore, ()  # what it goes by is of this process

    def of(self, stood: "Sequence[Stood]") -> tuple[Diagnostic, ...]:
        """What there is to say of the documents of a set of answers."""
        key = tuple((id(one.asked), one.day, one.used, *(chosen.entry.name for chosen in one.chosen)) for one in stood)
        told = self.found.get(key)
        if told is None:
            if len(self.found) >= _TOLD:
                self.found.clear()
            told = self.found[key] = of_basis(stood)
        return told


class Prepared(NamedTuple):
    """All that documents of the same outlines have in common. `fields` are what may be answered, each once where several
    outlines are filled together; `stamps`, `answers` and `told` remember what documents have in common with those made
    before, `answers` None where several outlines give each other answers; `remarks` what there is to say of outlines and templates, once for all documents;
    `folder` where they are to be written, for the settings of the proof-reader, None where nobody wants it."""

    makings: tuple[Making, ...]
    fields: Mapping[str, Field]
    how: How
    stamps: tuple[StampMaker, ...]
    answers: ManyAnswers | None
    told: ToldBefore
    remarks: tuple[Diagnostic, ...] = ()
    folder: Path | None = None


class MadePaper(NamedTuple):
    """A document made: its bytes, the outline's name as it was asked for, its title, the blanks nobody has answered, the notes
    of its outline, the remarks on it and its answers (not those on its pages), the words it asks to have confirmed, and how many
    findings the proof-reader has of each level, None where it was not asked."""

    outline: str
    data: bytes
    title: str
    blanks: tuple[BlankLeft, ...]
    notes: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    to_confirm: tuple[str, ...] = ()
    findings: Mapping[str, int] | None = None


def prepared(
    outlines: Sequence[str],
    now: datetime,
    *,
    template: str = "",
    templates: Sequence[str] = (),
    kind: str = "docx",
    choice: Choice = Choice(),
    choices: Sequence[Choice] = (),
    plainly: bool = False,
    without_comments: bool = False,
    strict: bool = False,
    folder: Path | None = None,
    connected: bool = True,
) -> Prepared:
    """What documents of these outlines have in common; several are filled together, as `new` fills them. `kind` is docx, txt,
    md or html; `now` stands in every document; `plainly`: blanks are plain text; `strict`: a blank left is refused; with a
    `folder` they are proof-read; not `connected`: they know nothing of their making. Raises Rejected."""
    how = made_as(kind, now, plainly, without_comments, strict)._replace(connected=connected)
    of_each = makings(outlines, choice, choices, template, templates)
    fields: Mapping[str, Field] = of_each[0].outline.fields
    if len(of_each) > 1:
        from drafter.commands.together import together

        fields = together([making.outline for making in of_each])
    remarks = [remark for making in of_each for remark in (*making.opened.remarks, *of_base(making.dress, kind))]
    return Prepared(
        makings=tuple(of_each),
        fields=fields,
        how=how,
        remarks=tuple(dict.fromkeys(remarks)),
        folder=folder,
        stamps=tuple(StampMaker(making, how) for making in of_each),
        answers=ManyAnswers(fields, now.date()) if len(of_each) == 1 else None,
        told=ToldBefore(),
    )


def made(prepared: Prepared, sets: Sets, places: Mapping[str, Place] = {}) -> tuple[MadePaper, ...]:
    """The documents of one set of answers, one for each outline. An answer counts as given by hand (`--set`), but one that no
    field asks for is only remarked upon. `places` are where the answers stand, for what there is to say of them. Raises
    Rejected."""
    values, settled, of_each = _settled(prepared, sets, places)
    papers = []
    stood: list[Stood] = []
    for making, stamps, own in zip(prepared.makings, prepared.stamps, of_each, strict=True):
        stamped = stamps.stamped(own, settled) if prepared.folder is None and prepared.how.connected else None
        if stamped is None:
            document = drafted(making, own, settled, prepared.how)
            stamped = Stamped(
                data=document.data,
                title=plain(document.draft.title),
                blanks=document.blanks,
                notes=notes(making.outline, document.draft),
                stood=document.stood,
                marks=document.marks,
            )
        findings = None
        if prepared.folder is not None:
            findings = proofread(document.draft, making.outline, prepared.how.now.date(), prepared.folder)
        stood += stamped.stood
        papers.append(
            MadePaper(
                outline=making.name,
                data=stamped.data,
                title=stamped.title,
                blanks=stamped.blanks,
                notes=stamped.notes,
                remarks=unfit_picks(making, values),
                to_confirm=stamped.marks,
                findings=findings,
            )
        )
    remarks = (*settled.remarks, *prepared.told.of(stood))
    return (papers[0]._replace(remarks=(*remarks, *papers[0].remarks)), *papers[1:])


def titles(prepared: Prepared, sets: Sets) -> tuple[str, ...]:
    """The titles that the documents of one set of answers have. Raises Rejected."""
    _, _, of_each = _settled(prepared, sets, {})
    return tuple(plain(title_of(m.outline, own)) for m, own in zip(prepared.makings, of_each, strict=True))


def _settled(
    prepared: Prepared, sets: Sets, places: Mapping[str, Place]
) -> tuple[Mapping[str, Value], Settled, tuple[Mapping[str, Value], ...]]:
    """The answers with defaults, what was settled of them, and the answers as each outline takes them."""
    if prepared.answers is not None and (quiet := prepared.answers.settled(sets, places)) is not None:
        answered = prepared.answers.with_defaults(quiet)
        return answered, quiet, (answered,)
    today = prepared.how.now.date()
    nowhere = Diagnostic("", code="answer-unfit")
    typed = {
        name: Typed(
            said if isinstance(said, str) else tuple(said),
            nowhere._replace(place=places[name]) if name in places else nowhere,
        )
        for name, said in sets.items()
    }
    settled = settle(prepared.fields, typed, today)
    values, settled, _ = _answered(prepared, sets, settled)
    if len(prepared.makings) == 1:
        return values, settled, (values,)
    from drafter.commands.together import own_answers

    given = frozenset(settled.values)
    return values, settled, tuple(own_answers(making.outline, values, given, today) for making in prepared.makings)


def _answered(
    prepared: Prepared, sets: Sets, settled: Settled
) -> "tuple[Mapping[str, Value], Settled, tuple[Taken, ...]]":
    """The answers with defaults, and with those that outlines filled together give each other."""
    today = prepared.how.now.date()
    if len(prepared.makings) == 1:
        return settled.values | defaults(prepared.fields, settled, today), settled, ()
    from drafter.commands.together import with_taken
    from drafter.outline.between import told_by

    named = [(making.name, making.outline) for making in prepared.makings]
    by_others = frozenset(told_by([outline for _, outline in named])) - sets.keys()
    to_ask = {name: field for name, field in prepared.fields.items() if name not in by_others}
    values = settled.values | defaults(to_ask, settled, today)
    if not by_others:
        return values, settled, ()
    return with_taken(named, dict(prepared.fields), values, settled, by_others, today)
