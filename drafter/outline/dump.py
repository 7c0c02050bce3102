"""An outline to the text of its file: `parse(dump(o)) == o`.

`==` is `meaning(a) == meaning(b)`: all an outline says, and nothing of where it stands (files, lines, the numbers of
parts) or of how it came by it (`extends` a base or says the same itself). What a file includes stays an `include`, so
reading it back takes the same `load`. An outline that came from disk keeps its comments, its order and the form of all
that did not change (`drafter.outline.revision`); one that was made is written in the one form of
`drafter.outline.written`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drafter.outline.basis import BasisAsked
from drafter.outline.blank import Blank, OutlineText
from drafter.outline.expression import Expression
from drafter.outline.field import Field
from drafter.outline.model import Base, Each, Outline, Passage, Requirement, Section
from drafter.outline.revision import revised
from drafter.outline.written import Layout, Paragraphs, Tree, answer_tree, spaced_paths, written
from drafter.outline.yaml import MappingNode
from drafter.outline.yaml import parse as parse_yaml

#: What says where something stands or how it came there, and not what it says.
_PLACES = frozenset(["scalar", "source", "sources", "place", "node", "offset", "base", "stock", "brings", "table", "followed", "occasion"])


def dump(outline: Outline, remarks: Mapping[tuple[str | int, ...], Sequence[str]] | None = None) -> str:
    """The file that says this outline. `remarks` are comments above the entries of a made one, by the keys and numbers
    (from 1) that lead to them: () the top of the file, ("speech", 3) the third part."""
    if outline.source.text:
        return revised(outline.source, outline_tree(outline, frozenset(_own_words(outline))))
    tree = outline_tree(outline)
    remarked = frozenset(path for path in remarks or {} if len(path) == 1)
    return written(tree, Layout(remarks or {}, spaced_paths(tree) | remarked))


def meaning(value: object) -> object:
    """What a value of an outline says, in a form that can be compared."""
    if isinstance(value, Expression):
        return value.source
    if isinstance(value, Blank):
        return ("Blank", value.source)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        said = ((name, meaning(part)) for name, part in zip(value._fields, value, strict=True) if name not in _PLACES)
        return (type(value).__name__, *said)
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    if isinstance(value, Mapping):
        return tuple((name, meaning(part)) for name, part in value.items())
    return value


def _own_words(outline: Outline) -> set[str]:
    """The words at the top of the file an outline came from, and the names of the fields it says itself."""
    tree = parse_yaml(outline.source)
    if not isinstance(tree, MappingNode):
        return set()
    own = {key.text for key, _ in tree.entries}
    fields = tree.get("fields")
    return own | ({f"fields.{key.text}" for key, _ in fields.entries} if isinstance(fields, MappingNode) else set())


def outline_tree(outline: Outline, own: frozenset[str] = frozenset()) -> dict[str, Tree]:
    """An outline as its file has it. Of what its base says too only the words in `own` are said again ("fields.名称" for
    a field)."""
    whole = _whole(outline)
    base = outline.base
    if base is None or not _extends(outline, base):
        return whole
    said = _whole(base.outline)
    out: dict[str, Tree] = {"extends": base.name}
    for word in whole | said:
        value = whole.get(word, "no" if word == "dateline-first" else "")
        if word == "fields" and isinstance(value, Mapping):
            known = said.get("fields", {})
            assert isinstance(known, Mapping)
            value = {
                name: field for name, field in value.items() if field != known.get(name) or f"fields.{name}" in own
            }
            if value:
                out[word] = value
        elif value != said.get(word) or word in own:
            out[word] = value
    return out


def _extends(outline: Outline, base: Base) -> bool:
    """Whether an outline can still be said as its base and what is different in it: nothing may be gone."""
    other = base.outline
    first = [name for name in outline.fields if name in other.fields]
    gone = any(
        getattr(outline, word) is None and getattr(other, word) is not None
        for word in ("title", "dateline", "byline", "passage")
    )
    order = [*other.fields, *(name for name in outline.fields if name not in other.fields)]
    return (
        not gone
        and (bool(outline.numbering) or not other.numbering)
        and (bool(outline.also) or not other.also)
        and len(first) == len(other.fields)
        and list(outline.fields) == order
    )


def _whole(outline: Outline) -> dict[str, Tree]:
    """All an outline says, without `extends`."""
    out: dict[str, Tree] = {}
    if outline.title is not None:
        out["title"] = spelt(outline.title)
    if outline.dateline_first:
        out["dateline-first"] = "yes"
    for word, text in (("dateline", outline.dateline), ("byline", outline.byline)):
        if text is not None:
            out[word] = spelt(text)
    for word, said in (("about", outline.about), ("genre", outline.genre)):
        if said:
            out[word] = said
    if outline.also:
        out["also"] = list(outline.also)
    if outline.numbering:
        out["numbering"] = [numbering.sample for numbering in outline.numbering]
    if outline.template:
        out["template"] = outline.template
    brought = _brought(outline.speech)
    fields: dict[str, Tree] = {
        name: field.ask if field._replace(place=None) == Field(name, field.ask) else _field(field)
        for name, field in outline.fields.items()
        if not (name in brought and field.place and field.place.file != outline.source.file)
    }
    if fields:
        out["fields"] = fields
    if outline.passage is not None:
        out["passage"] = _passage(outline.passage)
    else:
        out["speech"] = [_section(section) for section in outline.speech]
    return out


def _brought(sections: Sequence[Section]) -> set[str]:
    """The names of the fields that what is included brings with it."""

    def of(items: Sequence[OutlineText | Requirement]) -> set[str]:
        return {
            name
            for item in items
            if isinstance(item, Requirement)
            for name in (*_brought_by(item), *of(item.points))
        }

    return {name for section in sections for name in (*section.brings, *of(section.items))}


def _brought_by(item: Requirement) -> tuple[str, ...]:
    """The names of the fields of a requirement's passage and table."""
    return (*(item.stock.brings if item.stock else ()), *(item.basis.table.fields if item.basis else ()))


def _field(field: Field) -> dict[str, Tree]:
    out: dict[str, Tree] = {"ask": field.ask}
    if field.help:
        out["help"] = field.help
    if field.choices:
        out["choices"] = list(field.choices)
    elif field.type != "text":
        out["type"] = field.type
    if field.default is not None:
        one_line = isinstance(field.default, str) and field.type != "long text"
        out["default"] = field.default if one_line else answer_tree(field.default)
    for word, said in (
        ("example", field.example),
        ("min", field.minimum),
        ("max", field.maximum),
        ("pattern", field.pattern),
        ("vary", field.vary),
    ):
        if said:
            out[word] = said
    if field.when:
        out["when"] = field.when.source
    return out


def _passage(passage: Passage) -> dict[str, Tree]:
    out: dict[str, Tree] = {"headings": [spelt(text) for text in passage.headings], "text": _texts(passage.texts)}
    if passage.short:
        out["short"] = _texts(passage.short)
    if passage.note:
        out["note"] = passage.note
    for word, listed in (("genres", passage.genres), ("levels", passage.levels), ("ranks", passage.ranks)):
        if listed:
            out[word] = list(listed)
    return out


def _section(section: Section) -> dict[str, Tree]:
    out: dict[str, Tree] = {}
    if section.kind == "requirements":
        out["requirements"] = [_requirement(item) for item in section.items]
    elif section.kind == "include":
        out["include"] = section.name
    elif section.basis:
        out |= _basis(section.basis)
    else:
        out[section.kind] = _texts(section.texts)
    if section.run_on:
        out["run-on"] = "yes"
    return out | _beside(section)


def _basis(asked: BasisAsked) -> dict[str, Tree]:
    """What a part or requirement stands on; the table stays in its own file."""
    out: dict[str, Tree] = {"basis": asked.name}
    if asked.length:
        out["length"] = asked.length
    if asked.kinds:
        out["kinds"] = list(asked.kinds)
    return out


def _beside(part: Section | Requirement) -> dict[str, Tree]:
    """What stands beside a part or a requirement."""
    out: dict[str, Tree] = {}
    if part.each:
        out["each"] = _each(part.each)
    if part.when:
        out["when"] = part.when.source
    if part.note:
        out["note"] = part.note
    if isinstance(part, Requirement) and part.keep:
        out["keep"] = "yes"
    return out


def _each(each: Each) -> str:
    return f"{each.field} as {each.name}"


def _requirement(item: Requirement) -> dict[str, Tree]:
    beside = _beside(item)
    if item.stock:
        if item.note == item.stock.passage.note:
            beside.pop("note", None)
        return {"include": item.stock.name} | ({"brief": "yes"} if item.stock.brief else {}) | beside
    out: dict[str, Tree] = {}
    if item.label is not None:
        out["label"] = item.label
    if item.heading is not None:
        out["heading"] = spelt(item.heading)
    if item.alone is not None:
        out["alone"] = "yes" if item.alone else "no"
    if item.run_on:
        out["run-on"] = "yes"
    if item.basis:
        out |= _basis(item.basis)
    if item.texts:
        out["text"] = _texts(item.texts)
    if item.points:
        out["points"] = [
            spelt(point) if isinstance(point, OutlineText) else _requirement(point) for point in item.points
        ]
    return (out or {"text": ""}) | beside


def _texts(texts: Sequence[OutlineText]) -> Tree:
    return Paragraphs(tuple(map(spelt, texts)))


def spelt(text: OutlineText) -> str:
    """A text as an outline has it: its blanks as 【…】, a 【 that is meant as 【【."""
    return "".join(piece.replace("【", "【【") if isinstance(piece, str) else f"【{piece.source}】" for piece in text.pieces)
