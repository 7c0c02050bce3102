"""A .docx as it is: parts by name, those that are looked into as trees, saved so that every part nobody changed keeps
its bytes. python-docx drops parts when it opens and saves, so of it only the elements are used (see
`drafter.word.oxml`).
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.word.copies import Doubt, undo
from drafter.word.markup import HEAD, RELATIONSHIP
from drafter.word.oxml import Element, XMLSyntaxError, namespace, parse, serialized, w
from drafter.word.package import open_package
from drafter.word.zip import member, zipped

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_REL = f"{{{_PACKAGE}/relationships}}Relationship"
_TYPES = f"{{{_PACKAGE}/content-types}}"

#: What a part has that LibreOffice 7.4 writes several times over: controls, and fields to fill in.
_MAY_BE_COPIED = (b"sdt>", b"FILLIN", b"FORMTEXT")


class Relation(NamedTuple):
    """A line of a .rels. `target` is the part's name, or an address where `external`."""

    id: str
    kind: str
    target: str
    external: bool


class DocxFile:
    """An opened .docx. `emptied`: an office program had emptied its custom data, which is gone. Raises Rejected for one
    that cannot be trusted (see `drafter.word.package`)."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.undone: dict[str, int] = {}
        self.doubts: dict[str, tuple[Doubt, ...]] = {}
        self.parts, self._packed = open_package(data, name)
        self._trees: dict[str, Element] = {}
        self._changed: set[str] = set()
        self._numbers: dict[str, int] = {}
        self.emptied = self._without_empty_data()
        self.main = self.target("", "officeDocument")
        if not self.main:
            raise self.no("文件里找不到正文。", "请在 Word 里打开，另存为 .docx。")

    def no(self, message: str, hint: str = "") -> Rejected:
        """What to raise about this file."""
        return Rejected(Diagnostic(message, Place(self.name), hint, code="word-unreadable"))

    def _without_empty_data(self) -> bool:
        """Take out the custom data an office program has emptied, with what it says of it; whether there was any."""
        empty = [part for part, data in self.parts.items() if not data and part.lower().startswith("customxml/item")]
        for part in empty:
            number = part.rpartition("/")[2].lower().removeprefix("item")
            for name in [name for name in self.parts if name.lower() in (part.lower(), f"customxml/itemprops{number}")]:
                self.remove(name)
        return bool(empty)

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def tree(self, part: str) -> Element:
        """The root of a part, the same each time. What is changed in it is saved only after `touch`."""
        if part not in self._trees:
            try:
                self._trees[part] = parse(self.parts[part])
            except XMLSyntaxError:
                raise self.no(
                    f"文件坏了：里面的 {part[:60]} 读不懂。", "请在 Word 里打开让它修复，再另存为 .docx。"
                ) from None
            self._undo_copies(part)
        return self._trees[part]

    def _undo_copies(self, part: str) -> None:
        """Put right what LibreOffice 7.4 has written several times over: `undone` says in how many blanks of a part,
        `doubts` where it could not be. It is saved like any other change, after `touch`."""
        if any(word in self.parts[part] for word in _MAY_BE_COPIED):
            found = undo(self._trees[part])
            if found.blanks:
                self.undone[part] = found.blanks
            if found.doubts:
                self.doubts[part] = found.doubts

    def touch(self, part: str) -> None:
        """Say that the tree of a part was changed."""
        self._changed.add(part)

    def next_number(self, part: str) -> int:
        """A number that no child of the root of a part has as its w:id; those there are looked at once."""
        if part not in self._numbers:
            said = (child.get(w("id"), "") for child in self.tree(part))
            self._numbers[part] = max((int(number) for number in said if number.isdecimal() and len(number) < 12), default=-1)
        self._numbers[part] += 1
        return self._numbers[part]

    def put(self, part: str, data: str | bytes, content_type: str = "") -> None:
        """Write a part whole. A new one needs its content type, unless the ending says it."""
        self.parts[part] = data.encode() if isinstance(data, str) else data
        self._packed.pop(part, None)
        self._trees.pop(part, None)
        self._numbers.pop(part, None)
        self._changed.discard(part)
        if content_type:
            self._declare(part, content_type)

    def remove(self, part: str) -> None:
        """Take a part out, with its .rels, its content type and every relationship that leads to it."""
        self.parts.pop(part, None)
        self._packed.pop(part, None)
        self._trees.pop(part, None)
        types = self.tree("[Content_Types].xml")
        for entry in list(types):
            if entry.get("PartName", "").lower() == f"/{part}".lower():
                types.remove(entry)
                self.touch("[Content_Types].xml")
        for rels in [name for name in self.parts if name.endswith(".rels")]:
            owner = _owner(rels)
            for entry in list(self.tree(rels)):
                if entry.get("TargetMode") != "External" and _resolved(owner, entry.get("Target", "")) == part:
                    self.tree(rels).remove(entry)
                    self.touch(rels)
        own = _rels_of(part)
        if own in self.parts:
            self.remove(own)

    def _declare(self, part: str, content_type: str) -> None:
        types = self.tree("[Content_Types].xml")
        for entry in types:
            if entry.get("PartName", "").lower() == f"/{part}".lower():
                if entry.get("ContentType") != content_type:
                    entry.set("ContentType", content_type)
                    self.touch("[Content_Types].xml")
                return
        types.append(types.makeelement(f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": content_type}))
        self.touch("[Content_Types].xml")

    def free(self, pattern: str) -> str:
        """The first name of a pattern like "customXml/item%d.xml" that no part has."""
        taken = {name.lower() for name in self.parts}
        number = 1
        while (pattern % number).lower() in taken:
            number += 1
        return pattern % number

    # ── relationships ──────────────────────────────────────────────────────────────────────────────────────────────

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part ("" for the package) is related to."""
        rels = _rels_of(part)
        if rels in self.parts:
            for entry in self.tree(rels):
                if entry.tag == _REL:
                    external = entry.get("TargetMode") == "External"
                    target = entry.get("Target", "")
                    yield Relation(
                        entry.get("Id", ""),
                        entry.get("Type", ""),
                        target if external else _resolved(part, target),
                        external,
                    )

    def target(self, part: str, kind: str) -> str:
        """The part related by a kind ("styles"), "" for none."""
        return next(
            (
                r.target
                for r in self.relations(part)
                if r.kind.endswith(f"/{kind}") and not r.external and r.target in self.parts
            ),
            "",
        )

    def relate(self, part: str, kind: str, target: str) -> str:
        """The id of the relationship of a part to another, made where there is none. `kind` is the end of an office
        relationship's type."""
        for relation in self.relations(part):
            if relation.target == target and relation.kind.endswith(f"/{kind}"):
                return relation.id
        rels = _rels_of(part)
        if rels not in self.parts:
            self.put(
                rels,
                f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"/>',
            )
        tree = self.tree(rels)
        taken = {entry.get("Id") for entry in tree}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        said = {
            "Id": f"rId{number}",
            "Type": f"{RELATIONSHIP}/{kind}",
            "Target": relpath(f"/{target}", f"/{dirname(part)}"),
        }
        tree.append(tree.makeelement(_REL, said))
        self.touch(rels)
        return f"rId{number}"

    # ── the document ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def style_names(self) -> dict[str, str]:
        """The names of the styles by id."""
        part = self.target(self.main, "styles")
        out = {}
        for style in self.tree(part).iterfind(w("style")) if part else ():
            name = style.find(w("name"))
            if name is not None:
                out[style.get(w("styleId"), "")] = name.get(w("val"), "")
        return out

    @cached_property
    def body(self) -> Element:
        """The body of the document. Raises Rejected where it has none."""
        body = self.tree(self.main).find(w("body"))
        if body is None:
            raise self.no("文件里没有正文。", "请在 Word 里打开，另存为 .docx。")
        return body

    def custom(self, root_namespace: str) -> list[str]:
        """The custom XML parts whose root is of a namespace, whatever they are called; those the document is related to
        first."""
        related = [r.target for r in self.relations(self.main) if r.kind.endswith("/customXml")]
        names = dict.fromkeys([*related, *(n for n in self.parts if n.lower().startswith("customxml/"))])
        wanted = root_namespace.encode()
        return [
            name
            for name in names
            if wanted in self.parts.get(name, b"")[:2000]
            and name.endswith(".xml")
            and namespace(self.tree(name)) == root_namespace
        ]

    def property(self, name: str) -> str:
        """A property of the document's own (docProps/custom.xml), "" for none."""
        part = self.target("", "custom-properties")
        entries = (entry for entry in (self.tree(part) if part else ()) if entry.get("name") == name)
        return next(("".join(map(str, entry.itertext())) for entry in entries), "")

    def data(self, now: datetime) -> bytes:
        """The file. Members nobody changed stand in it as they were packed; new ones are dated `now`."""
        for part in self._changed:
            if part in self.parts:
                self.parts[part] = serialized(self.tree(part))
                self._packed.pop(part, None)
        self._changed.clear()
        return zipped((self._packed.get(name) or member(name, data) for name, data in self.parts.items()), now)


def _rels_of(part: str) -> str:
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels".lstrip("/")


def _owner(rels: str) -> str:
    folder, _, leaf = rels.rpartition("/")
    return join(folder.removesuffix("_rels"), leaf.removesuffix(".rels")).lstrip("/") if leaf != ".rels" else ""


def _resolved(part: str, target: str) -> str:
    return normpath(join("/" + dirname(part), target)).lstrip("/")
