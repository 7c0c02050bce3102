"""An outline with some of its texts said otherwise, taken out or put in. `drafter.outline.dump` writes it into its
file."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from drafter.outline.blank import OutlineText
from drafter.outline.model import Outline, Requirement, Section

_Entry = TypeVar("_Entry", OutlineText, OutlineText | Requirement)


class Alterations(NamedTuple):
    """What is to be different, by node: `reworded` texts, `removed` paragraphs and requirements, `paragraphs` and
    `requirements` that come behind others; `moved` paragraphs and requirements with that of their list they come behind,
    None where they come first, in the order in which they are to be moved."""

    reworded: Mapping[str, OutlineText] = {}
    removed: frozenset[str] = frozenset()
    paragraphs: Mapping[str, Sequence[OutlineText]] = {}
    requirements: Mapping[str, Sequence[Requirement]] = {}
    moved: Mapping[str, str | None] = {}


def altered(outline: Outline, wanted: Alterations) -> Outline:
    """The outline as it is wanted. What it includes from other files stays."""

    def text(old: OutlineText) -> OutlineText:
        return wanted.reworded.get(old.node, old)

    def line(old: OutlineText | None) -> OutlineText | None:
        return None if old is None else text(old)

    def texts(old: Sequence[OutlineText]) -> tuple[OutlineText, ...]:
        out: list[OutlineText] = []
        for paragraph in _reordered(old, wanted.moved):
            out += [] if paragraph.node in wanted.removed else [text(paragraph)]
            out += wanted.paragraphs.get(paragraph.node, ())
        return tuple(out)

    def items(old: Sequence[OutlineText | Requirement]) -> tuple[OutlineText | Requirement, ...]:
        out: list[OutlineText | Requirement] = []
        for item in _reordered(old, wanted.moved):
            if isinstance(item, OutlineText):
                out += texts([item])
                continue
            out += [] if item.node in wanted.removed else [requirement(item)]
            out += wanted.requirements.get(item.node, ())
        return tuple(out)

    def requirement(old: Requirement) -> Requirement:
        if old.stock:
            return old
        return old._replace(heading=line(with_heading(old).heading), texts=texts(old.texts), points=items(old.points))

    def section(old: Section) -> Section:
        inner = tuple(item for item in items(old.items) if isinstance(item, Requirement))
        return old._replace(texts=texts(old.texts), items=inner)

    return outline._replace(
        title=line(outline.title),
        dateline=line(outline.dateline),
        byline=line(outline.byline),
        speech=tuple(map(section, outline.speech)),
    )


def _reordered(old: Sequence[_Entry], moved: Mapping[str, str | None]) -> list[_Entry]:
    """A list with those of its entries that move behind others of it."""
    out = list(old)
    nodes = [entry.node for entry in old]
    for node, behind in moved.items():
        if node not in nodes or (behind is not None and behind not in nodes):
            continue
        entry = out.pop(at := nodes.index(node))
        nodes.pop(at)
        place = 0 if behind is None else nodes.index(behind) + 1
        out.insert(place, entry)
        nodes.insert(place, node)
    return out


def with_heading(item: Requirement) -> Requirement:
    """A requirement whose heading has a node of its own; it is read with that of the first paragraph."""
    return item._replace(heading=item.heading and item.heading._replace(node=f"{item.node}.heading"))


class Nodes(NamedTuple):
    """The texts and the requirements of an outline by their nodes; headings are "….heading", and sentences of a point
    that share a node are left out. `listed` are the texts that stand among paragraphs, where one more may come
    behind."""

    texts: dict[str, OutlineText]
    items: dict[str, Requirement]
    listed: frozenset[str]


def nodes_of(outline: Outline) -> Nodes:
    """The nodes of an outline, what it includes among them."""
    texts: dict[str, OutlineText] = {}
    items: dict[str, Requirement] = {}
    listed: set[str] = set()
    shared: set[str] = set()

    def add(text: OutlineText | None) -> None:
        if text is not None and texts.setdefault(text.node, text) is not text:
            shared.add(text.node)

    def of_texts(found: Sequence[OutlineText], more_may_come: bool) -> None:
        for text in found:
            add(text)
            listed.update([text.node] if more_may_come else [])

    def of_items(found: Sequence[OutlineText | Requirement]) -> None:
        for item in found:
            if isinstance(item, OutlineText):
                add(item)
                continue
            items[item.node] = with_heading(item)
            add(items[item.node].heading)
            of_texts(item.texts, True)
            of_items(item.points)

    def of_sections(found: Sequence[Section]) -> None:
        for section in found:
            of_texts(section.texts, section.kind != "greeting")
            of_items(section.items)
            of_sections(section.sections)

    for text in (outline.title, outline.dateline, outline.byline):
        add(text)
    of_sections(outline.speech)
    return Nodes({node: text for node, text in texts.items() if node not in shared}, items, frozenset(listed - shared))
