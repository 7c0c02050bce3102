"""An outline as programs see it: conditions as they are written, texts with their blanks."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from drafter.outline.blank import OutlineText
from drafter.outline.model import Each, Outline, Requirement, Section

if TYPE_CHECKING:
    from drafter.outline.basis import BasisAsked


class FieldData(TypedDict):
    """A field of an outline. `follows` is the field its choice follows from where nobody makes it; its default is then what
    it comes to with the examples."""

    name: str
    ask: str
    help: str | None
    type: str
    choices: list[str]
    default: str | tuple[str, ...] | None
    follows: str | None
    example: str | list[str] | None
    when: str | None


class BasisData(TypedDict):
    """What a part or requirement stands on, as the outline asks for it; `length` is null and `kinds` empty where it does
    not say."""

    theme: str
    length: str | None
    kinds: list[str]


#: A requirement; `label` and `alone` are null where the outline does not say.
RequirementData = TypedDict(
    "RequirementData",
    {
        "heading": str | None,
        "label": str | None,
        "alone": bool | None,
        "run-on": bool,
        "keep": bool,
        "node": str,
        "when": str | None,
        "each": str | None,
        "note": str | None,
        "basis": BasisData | None,
        "text": list[str],
        "points": "list[str | RequirementData]",
    },
)


PartData = TypedDict(
    "PartData",
    {
        "kind": str,
        "node": str,
        "when": str | None,
        "each": str | None,
        "run-on": bool,
        "note": str | None,
        "basis": BasisData | None,
        "paragraphs": list[str],
        "requirements": list[RequirementData],
        "parts": "list[PartData]",
    },
)


OutlineData = TypedDict(
    "OutlineData",
    {
        "title": str | None,
        "dateline": str | None,
        "byline": str | None,
        "dateline-first": bool,
        "about": str,
        "genre": str,
        "also": list[str],
        "template": str | None,
        "numbering": list[str],
        "fields": list[FieldData],
        "speech": list[PartData],
    },
)


def as_data(outline: Outline) -> OutlineData:
    """An outline for programs: conditions as they are written, texts with their blanks."""
    followed, chosen = what_follows(outline)
    fields: list[FieldData] = [
        {
            "name": f.name,
            "ask": f.ask,
            "help": f.help or None,
            "type": f.type,
            "choices": list(f.choices),
            "default": chosen.get(f.name, f.default),
            "follows": followed.get(f.name),
            "example": f.example.split("\n") if f.type == "list" and "\n" in f.example else f.example or None,
            "when": f.when.source if f.when else None,
        }
        for f in outline.fields.values()
    ]
    return {
        "title": outline.title.words if outline.title else None,
        "dateline": outline.dateline.words if outline.dateline else None,
        "byline": outline.byline.words if outline.byline else None,
        "dateline-first": outline.dateline_first,
        "about": outline.about,
        "genre": outline.genre,
        "also": list(outline.also),
        "template": outline.template or None,
        "numbering": [n.label(1, 3) for n in outline.numbering],
        "fields": fields,
        "speech": [_part_data(s) for s in outline.speech],
    }


def what_follows(outline: Outline) -> tuple[dict[str, str], dict[str, str]]:
    """Of the choices that follow from other answers: the field each follows from, and what it comes to with the examples
    of the others."""
    from drafter.outline.follow import followed, following, leader

    fields = outline.fields
    found = following(fields)
    if not found:
        return {}, {}
    from drafter.outline.answers import examples

    said = examples(fields, date.today())
    chosen = {f.name: followed(f, fields, said) for f in found}
    by = {f.name: leader(f, fields) for f in found}
    return {n: b for n, b in by.items() if b}, {n: c for n, c in chosen.items() if c is not None}


def _part_data(part: Section) -> PartData:
    return {
        "kind": part.kind,
        "node": part.node,
        "when": part.when.source if part.when else None,
        "each": _each_data(part.each),
        "run-on": part.run_on,
        "note": part.note or None,
        "basis": _basis_data(part.basis),
        "paragraphs": [t.words for t in part.texts],
        "requirements": [_requirement_data(i) for i in part.items],
        "parts": [_part_data(i) for i in part.sections],
    }


def _requirement_data(item: Requirement) -> RequirementData:
    return {
        "heading": item.heading.words if item.heading else None,
        "label": item.label,
        "alone": item.alone,
        "run-on": item.run_on,
        "keep": item.keep,
        "node": item.node,
        "when": item.when.source if item.when else None,
        "each": _each_data(item.each),
        "note": item.note or None,
        "basis": _basis_data(item.basis),
        "text": [t.words for t in item.texts],
        "points": [p.words if isinstance(p, OutlineText) else _requirement_data(p) for p in item.points],
    }


def _basis_data(asked: "BasisAsked | None") -> BasisData | None:
    return BasisData(theme=asked.name, length=asked.length or None, kinds=list(asked.kinds)) if asked else None


def _each_data(each: Each | None) -> str | None:
    return f"{each.field} as {each.name}" if each else None
