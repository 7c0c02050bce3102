"""Reading what stands under `speech` and `passage`: parts, requirements and the passages put among them."""

from typing import TYPE_CHECKING

from drafter.outline.blank import OutlineText, find
from drafter.outline.model import Passage, Requirement, Section, Stock
from drafter.outline.passages import Placed, as_requirement, matched
from drafter.outline.reading import Asker, OutlineReading
from drafter.outline.vocabulary import PARTS
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode

if TYPE_CHECKING:
    from drafter.outline.basis import BasisAsked


def read_speech(reading: OutlineReading, node: Node, asker: Asker, path: str) -> tuple[Section, ...]:
    """The parts of a speech."""
    if not isinstance(node, SequenceNode) or not node.items:
        reading.problems.append(
            node.diagnostic("speech 下面一条一条写各个部分，行首写“- ”。", hint=f"有：{'、'.join(PARTS)}。", code="part-syntax")
        )
        return ()
    out = []
    for number, item in enumerate(node.items, 1):
        section = _section(reading, item, asker, f"{path}.{number}")
        if section:
            out.append(section)
    return tuple(out)


def _section(reading: OutlineReading, node: Node, asker: Asker, path: str) -> Section | None:
    if not isinstance(node, MappingNode):
        reading.problems.append(reading.not_mapping(node, "part"))
        return None
    keys = reading.keys(node, "part", "beside")
    kinds = [name for name in keys if name in PARTS]
    if not kinds and any(key.text not in keys and not key.text.startswith("x-") for key, _ in node.entries):
        return None  # a word that is none has been told
    if not kinds:
        reading.problems.append(node.diagnostic("这个部分没有内容。", hint=f"写上其中一个：{'、'.join(PARTS)}。", code="part-empty"))
        return None
    if len(kinds) > 1:
        said = "、".join(kinds)
        reading.problems.append(
            node.diagnostic(f"一个部分只能写一种内容，这里写了 {said}。", hint="另起一个部分，行首写“- ”。", code="part-of-two-kinds")
        )
        return None
    kind = kinds[0]
    texts: tuple[OutlineText, ...] = ()
    items: tuple[Requirement, ...] = ()
    sections: tuple[Section, ...] = ()
    name = ""
    brings: tuple[str, ...] = ()
    basis = _basis(reading, keys, asker)
    if kind == "requirements":
        items = _requirements(reading, keys[kind], asker, path)
    elif kind == "include":
        name = _name(keys[kind])
        inner = asker.include(keys[kind], asker)
        if inner:
            sections = tuple(moved(s, f"{path}.") for s in inner.speech)
            brings = tuple(inner.fields)
    elif kind == "basis":
        if basis is None:
            return None
        brings = tuple(basis.table.fields)
    else:
        texts = reading.paragraphs(keys[kind], kind, path)
    return Section(
        kind=kind,
        texts=texts,
        items=items,
        sections=sections,
        when=reading.condition(keys["when"], "when") if "when" in keys else None,
        each=reading.each(keys["each"]) if "each" in keys else None,
        run_on=reading.yes(keys["run-on"], "run-on") if "run-on" in keys else False,
        note=reading.words(keys["note"], "note") if "note" in keys else "",
        node=path,
        name=name,
        brings=brings,
        basis=basis,
    )


def _basis(reading: OutlineReading, keys: dict[str, Node], asker: Asker) -> "BasisAsked | None":
    """What a part or requirement stands on, and its fields told to the asker; None where it asks for nothing."""
    if not {"basis", "length", "kinds"} & keys.keys():
        return None
    from drafter.outline.read_basis import read_asked, without_basis

    if "basis" not in keys:
        without_basis(reading, keys)
        return None
    asked = read_asked(reading, keys, asker.source)
    if asked:
        asker.included.update(asked.table.fields)
    return asked


def _name(node: Node) -> str:
    """The name behind an `include` that was read."""
    return " ".join(p.text for p in node.paragraphs()).strip() if isinstance(node, Scalar) else ""


def _requirements(reading: OutlineReading, node: Node, asker: Asker, path: str) -> tuple[Requirement, ...]:
    if not isinstance(node, SequenceNode) or not node.items:
        reading.problems.append(
            node.diagnostic("requirements 下面一条一条写，行首写“- ”。", hint="每一条有 heading 和 text。", code="part-syntax")
        )
        return ()
    out = []
    for number, item in enumerate(node.items, 1):
        found = _requirement(reading, item, asker, f"{path}.r{number}")
        if found:
            out.append(found)
    return matched(out)


def _requirement(reading: OutlineReading, node: Node, asker: Asker, path: str) -> "Requirement | Placed | None":
    if not isinstance(node, MappingNode):
        reading.problems.append(reading.not_mapping(node, "requirement"))
        return None
    keys = reading.keys(node, "requirement")
    if "include" in keys:
        return _placed(reading, node, keys, asker, path)
    if "brief" in keys:
        reading.problems.append(
            keys["brief"].diagnostic("brief 和 include 写在一起，说的是用备选段落的短文。", hint="去掉这一行。", code="part-apart")
        )
    if not {"heading", "text", "points", "basis"} & keys.keys() and len(keys) == len(node.entries):
        reading.problems.append(node.diagnostic("这一条里没有 heading，也没有 text。", code="part-empty"))
    return Requirement(
        heading=reading.one_text(keys["heading"], "heading", path) if "heading" in keys else None,
        texts=reading.paragraphs(keys["text"], "text", path) if "text" in keys else (),
        points=_points(reading, keys["points"], asker, path) if "points" in keys else (),
        when=reading.condition(keys["when"], "when") if "when" in keys else None,
        each=reading.each(keys["each"]) if "each" in keys else None,
        note=reading.words(keys["note"], "note") if "note" in keys else "",
        node=path,
        label=_label(reading, keys["label"]) if "label" in keys else None,
        alone=reading.yes(keys["alone"], "alone") if "alone" in keys else None,
        run_on=reading.yes(keys["run-on"], "run-on") if "run-on" in keys else False,
        basis=_basis(reading, keys, asker),
        keep=reading.yes(keys["keep"], "keep") if "keep" in keys else False,
    )


def _points(reading: OutlineReading, node: Node, asker: Asker, path: str) -> tuple[OutlineText | Requirement, ...]:
    """Sentences and requirements of the next level."""
    if not isinstance(node, SequenceNode) or not node.items:
        reading.problems.append(node.diagnostic("points 下面一条一条写，行首写“- ”。", code="part-syntax"))
        return ()
    points: list[OutlineText | Requirement | Placed] = []
    for number, item in enumerate(node.items, 1):
        point = f"{path}.{number}"
        if isinstance(item, Scalar):
            points.extend(find(p, reading.problems, point, reading.read) for p in item.paragraphs())
        else:
            found = _requirement(reading, item, asker, point)
            if found:
                points.append(found)
    return matched(points)


def _label(reading: OutlineReading, node: Node) -> str:
    """A number as typed, its spaces kept: `3. ` in quotes has one."""
    if isinstance(node, Scalar) and not node.raw:
        return node.text
    reading.problems.append(node.diagnostic("label 后面写这一条的序号，例如 1．", code="part-syntax"))
    return ""


def read_passage(reading: OutlineReading, node: Node) -> Passage | None:
    """A passage of the stock."""
    if not isinstance(node, MappingNode):
        reading.problems.append(reading.not_mapping(node, "passage"))
        return None
    keys = reading.keys(node, "passage")
    for word in ("headings", "text"):
        if word not in keys:
            hint = "passage 下面要有 headings（小标题，一行一种形式）和 text（正文）。"
            reading.problems.append(node.diagnostic(f"这一段没有 {word}。", hint=hint, code="passage-incomplete"))
    headings: list[OutlineText] = []
    if "headings" in keys:
        listed = keys["headings"]
        if not isinstance(listed, SequenceNode) or not listed.items:
            reading.problems.append(listed.diagnostic("headings 下面一行写一种小标题，行首写“- ”。", code="part-syntax"))
        else:
            found = (reading.one_text(item, "headings", "passage.heading") for item in listed.items)
            headings += [text for text in found if text]
    return Passage(
        tuple(headings),
        reading.paragraphs(keys["text"], "text", "passage") if "text" in keys else (),
        reading.paragraphs(keys["short"], "short", "passage.short") if "short" in keys else (),
        reading.words(keys["note"], "note") if "note" in keys else "",
        *(reading.list_of_words(keys[word], word) if word in keys else () for word in ("genres", "levels", "ranks")),
    )


def _placed(
    reading: OutlineReading, node: MappingNode, keys: dict[str, Node], asker: Asker, path: str
) -> "Placed | None":
    """A requirement that is a passage of the stock."""
    for word in ("heading", "text", "points", "label", "alone", "run-on", "basis", "length", "kinds"):
        if word in keys:
            reading.problems.append(
                keys[word].diagnostic(f"这一条写了 include，就不能再写 {word}。", hint="去掉其中一个。", code="part-apart")
            )
    inner = asker.include(keys["include"], asker)
    if inner is None:
        return None
    if inner.passage is None:
        told = "这里只能放备选的段落（里面写的是 passage），放整份提纲要和各个部分并列。"
        reading.problems.append(keys["include"].diagnostic(told, code="passage-only"))
        return None
    brief = reading.yes(keys["brief"], "brief") if "brief" in keys else False
    return Placed(
        stock=Stock(_name(keys["include"]), inner.passage, brief, tuple(inner.fields)),
        when=reading.condition(keys["when"], "when") if "when" in keys else None,
        each=reading.each(keys["each"]) if "each" in keys else None,
        note=reading.words(keys["note"], "note") if "note" in keys else inner.passage.note,
        node=path,
        keep=reading.yes(keys["keep"], "keep") if "keep" in keys else False,
    )


def alone(passage: Passage) -> Section:
    """A passage as a speech of one requirement."""
    placed = Placed(Stock("", passage), note=passage.note, node="passage")
    return Section("requirements", items=(as_requirement(placed, None)._replace(stock=None),), node="passage")


def moved(section: Section, prefix: str) -> Section:
    """A section of an included file, its nodes named under the include's own."""

    def text(t: OutlineText) -> OutlineText:
        return t._replace(node=prefix + t.node)

    def item(r: Requirement) -> Requirement:
        return r._replace(
            heading=text(r.heading) if r.heading else None,
            texts=tuple(map(text, r.texts)),
            points=tuple(text(p) if isinstance(p, OutlineText) else item(p) for p in r.points),
            node=prefix + r.node,
        )

    return section._replace(
        texts=tuple(map(text, section.texts)),
        items=tuple(map(item, section.items)),
        sections=tuple(moved(s, prefix) for s in section.sections),
        node=prefix + section.node,
    )
