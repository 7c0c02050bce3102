"""What an outline says, as values: parts, requirements, conditions; what is read from a file and what a program makes
of a speech are the same."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Answered
from typing import TYPE_CHECKING, NamedTuple

from drafter.outline.blank import OutlineText
from drafter.outline.expression import Expression, read
from drafter.outline.field import Field, Value
from drafter.outline.yaml import Scalar, Source
from drafter.speech.numbering import Numbering

if TYPE_CHECKING:
    from drafter.outline.basis import BasisAsked

#: Answers by field name.
Answers = Answered[str, Value]

#: The names that are computed of the speech itself, not asked for, where no field is called so: how many requirements
#: the list has that a text leads to, and their headings (see `drafter.outline.computed`).
COMPUTED = ("条数", "要点")


class Condition(NamedTuple):
    """A `when` and where it stands."""

    expression: Expression
    scalar: Scalar

    @property
    def names(self) -> tuple[str, ...]:
        """The fields it asks about."""
        return self.expression.names

    @property
    def source(self) -> str:
        """As it is written."""
        return self.expression.source

    def holds(self, values: Answers) -> bool | None:
        """Whether it is true; None where nobody can tell yet."""
        return self.expression.holds(values)


def condition_of(source: str) -> Condition:
    """A condition that stands in no file. Raises Malformed."""
    return Condition(read(source), Scalar(source, Source("", ""), 1, 1))


class Each(NamedTuple):
    """`each: 先进单位 as 单位`: once for every entry of the list answer `field`, the entry known as `name`."""

    field: str
    name: str
    scalar: Scalar


class Requirement(NamedTuple):
    """A requirement; a point is an OutlineText (a sentence) or a Requirement of the next level."""

    heading: OutlineText | None
    texts: tuple[OutlineText, ...] = ()
    points: tuple["OutlineText | Requirement", ...] = ()
    when: Condition | None = None
    each: Each | None = None
    note: str = ""
    node: str = ""
    label: str | None = None  # the number as typed, "" for none; None where the numbering says it
    alone: bool | None = None  # whether the heading stands on its own line; None where the numbering says it
    run_on: bool = False  # whether it goes on in the paragraph before, with no paragraph of its own
    stock: "Stock | None" = None  # the passage it was put in as by `include`; None where it is written out
    basis: "BasisAsked | None" = None  # what it stands on, said before its text
    keep: bool = False  # whether it is the meeting's own subject, which stays where others are picked


class Passage(NamedTuple):
    """A requirement kept in stock: its heading in several forms, its text in two lengths (`short` () where it has
    one). `genres` (words of a genre), `levels` and `ranks` say for which speeches it is, () for all."""

    headings: tuple[OutlineText, ...]
    texts: tuple[OutlineText, ...]
    short: tuple[OutlineText, ...]
    note: str
    genres: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()


class Stock(NamedTuple):
    """A passage as `include` asks for it: by which name, and whether for its short text. `brings` are the fields of its
    file."""

    name: str
    passage: Passage
    brief: bool = False
    brings: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of the speech. `sections` holds the other file's parts where `kind` is "include", `name` what it
    is called and `brings` its fields."""

    kind: str
    texts: tuple[OutlineText, ...] = ()
    items: tuple[Requirement, ...] = ()
    sections: tuple["Section", ...] = ()
    when: Condition | None = None
    each: Each | None = None
    run_on: bool = False
    note: str = ""
    node: str = ""
    name: str = ""
    brings: tuple[str, ...] = ()
    basis: "BasisAsked | None" = None  # only where `kind` is "basis"


class Base(NamedTuple):
    """The outline an outline `extends`, and by which name."""

    name: str
    outline: "Outline"


class Outline(NamedTuple):
    """A whole outline, with what it `extends` and includes already in it. `title` is None only in a file that is there
    to be included; `dateline` and `byline` are None where it has none. A passage of the stock is an outline too, its
    speech one requirement."""

    title: OutlineText | None
    dateline: OutlineText | None
    byline: OutlineText | None
    about: str
    genre: str
    numbering: tuple[Numbering, ...]
    template: str
    fields: dict[str, Field]
    speech: tuple[Section, ...]
    source: Source
    sources: tuple[Source, ...]
    passage: Passage | None = None
    dateline_first: bool = False
    base: Base | None = None
    also: tuple[str, ...] = ()  # what else the occasion is called, () where the file does not say

    def numbering_of(self, level: int) -> Numbering | None:
        """The numbering of a level (counted from 1); None where it is not numbered."""
        return self.numbering[level - 1] if level <= len(self.numbering) else None


def used_names(outline: Outline) -> set[str]:
    """The fields that a text, a condition, an `each` or another field's `when` asks for."""
    used: set[str] = set()
    for text, _ in texts_with_conditions(outline):
        for blank in text.blanks:
            used |= set(blank.expression.names)
    for section in outline.speech:
        used |= _asked_by(section)
    for field in outline.fields.values():
        if field.when:
            used |= set(field.when.names)
        if field.vary:
            used.add(field.vary)
    return used


def texts(outline: Outline) -> list[OutlineText]:
    """Every text of the outline, in order."""
    return [text for text, _ in texts_with_conditions(outline)]


def texts_with_conditions(outline: Outline) -> list[tuple[OutlineText, tuple[Condition, ...]]]:
    """Every text with the conditions it stands under."""
    out: list[tuple[OutlineText, tuple[Condition, ...]]] = [
        (text, ()) for text in (outline.title, outline.dateline, outline.byline) if text is not None
    ]

    def of_items(items: Iterable[OutlineText | Requirement], whens: tuple[Condition, ...]) -> None:
        for item in items:
            if isinstance(item, OutlineText):
                out.append((item, whens))
                continue
            inner = (*whens, item.when) if item.when else whens
            if item.heading is not None:
                out.append((item.heading, inner))
            out.extend((text, inner) for text in item.texts)
            of_items(item.points, inner)

    def of_sections(sections: Iterable[Section], whens: tuple[Condition, ...]) -> None:
        for section in sections:
            inner = (*whens, section.when) if section.when else whens
            out.extend((text, inner) for text in section.texts)
            of_items(section.items, inner)
            of_sections(section.sections, inner)

    of_sections(outline.speech, ())
    return out


def bases(outline: Outline) -> tuple["BasisAsked", ...]:
    """What the speech stands on, each time a part or requirement asks for it, in order."""

    def of(parts: Iterable[Section | Requirement | OutlineText]) -> Iterator["BasisAsked"]:
        for part in parts:
            if isinstance(part, OutlineText):
                continue
            if part.basis:
                yield part.basis
            yield from of((*part.items, *part.sections) if isinstance(part, Section) else part.points)

    return tuple(of(outline.speech))


#: The fields a `basis` is chosen by.
CHOSEN_BY = ("日期", "层级", "讲话人身份", "讲话人职务")


def _asked_by(part: Section | Requirement) -> set[str]:
    used = set(part.when.names) if part.when else set()
    if part.each:
        used.add(part.each.field)
    if part.basis:
        entries = part.basis.table.entries
        said = (blank.expression.names for entry in entries for text in entry.texts for blank in text.blanks)
        used.update(CHOSEN_BY, *said)
    inner: list[Section | Requirement] = (
        [*part.items, *part.sections]
        if isinstance(part, Section)
        else [p for p in part.points if isinstance(p, Requirement)]
    )
    for part_within in inner:
        used |= _asked_by(part_within)
    return used
