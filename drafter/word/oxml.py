"""Word's XML as typed elements: python-docx's classes, which know the order of their children, and our own for what
they lack (content controls, the end of a paragraph, the grid of a section).

They belong to a parser of our own, which asks python-docx's registry last: a program that uses python-docx beside
drafter finds it as it was. Children are read with `find` and attributes with `get`: the typed attributes of python-docx
(`CT_Jc.val`) raise for what a foreign file says wrongly or not at all.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import TypeAlias, cast

from docx.oxml.parser import element_class_lookup
from docx.oxml.section import CT_SectPr
from docx.oxml.settings import CT_Settings
from docx.oxml.table import CT_TcPr
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement, ZeroOrOne
from lxml import etree

from drafter.word.markup import AFTER_COMPATIBILITY, AFTER_PAGE_NUMBERS, COMPATIBILITY_ORDER, CONTROL_ORDER, W

#: Any element. A signature says a class where it needs one.
Element: TypeAlias = etree._Element

XMLSyntaxError = etree.XMLSyntaxError

_W = f"{{{W}}}"

#: Namespaces of elements that have a place among Word's own; those of all others stand behind.
_PLACED = (
    _W,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}",
)


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W + name


P, R, T, SDT, CONTENT, TBL = map(w, ("p", "r", "t", "sdt", "sdtContent", "tbl"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


# ── element classes ────────────────────────────────────────────────────────────────────────────────────────────────


class Ordered(BaseOxmlElement):
    """An element whose children have an order, which its class says as python-docx's do."""

    def put(self, child: Element) -> None:
        """Put a child in its place. The class must know it."""
        getattr(self, f"_insert_{etree.QName(child).localname}")(child)

    def get_or_add(self, name: str) -> Element:
        """The child of a name, made in its place where there is none."""
        found = cast(Element, self).find(w(name))
        if found is None:
            found = create(name)
            self.put(found)
        return found

    def insert_element_before(self, elm: etree.ElementBase, *tagnames: str) -> etree.ElementBase:
        """As in python-docx, but in front of other programs' extensions as well, which come last."""
        behind = {_W + name.removeprefix("w:") for name in tagnames}
        for child in cast(Element, self):
            if isinstance(child.tag, str) and (child.tag in behind or not child.tag.startswith(_PLACED)):
                child.addprevious(elm)
                return elm
        cast(Element, self).append(elm)
        return elm


class RunProperties(Ordered, CT_RPr):
    """w:rPr, of a run or of the end of a paragraph."""

    shd = ZeroOrOne(
        "w:shd",
        successors=(
            "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
            "w:rPrChange",
        ),
    )  # fmt: skip

    def put_change(self, change: Element) -> None:
        """Say that the end of a paragraph was inserted or deleted: such marks come first, insertions before deletions
        (CT_ParaRPr)."""
        inserted = cast(Element, self).find(w("ins"))
        if inserted is None:
            cast(Element, self).insert(0, change)
        else:
            inserted.addnext(change)


class ParagraphProperties(Ordered, CT_PPr):
    """w:pPr, with the properties of the paragraph's end."""

    rPr = ZeroOrOne("w:rPr", successors=("w:sectPr", "w:pPrChange"))
    snapToGrid = ZeroOrOne(
        "w:snapToGrid",
        successors=(
            "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection",
            "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
            "w:pPrChange",
        ),
    )  # fmt: skip

    def put_was(self, change: Element) -> None:
        """Say what the properties were: that comes last."""
        cast(Element, self).append(change)


class SectionProperties(Ordered, CT_SectPr):
    """w:sectPr, with the grid and the numbers of pages."""

    pgNumType = ZeroOrOne("w:pgNumType", successors=AFTER_PAGE_NUMBERS)
    docGrid = ZeroOrOne("w:docGrid", successors=("w:printerSettings", "w:sectPrChange"))


class CellProperties(Ordered, CT_TcPr):
    """w:tcPr."""


class DocumentSettings(Ordered, CT_Settings):
    """w:settings, with what it says to older programs."""

    compat = ZeroOrOne("w:compat", successors=AFTER_COMPATIBILITY)


class Compatibility(Ordered):
    """w:compat, as far as we put anything in."""

    doNotExpandShiftReturn = ZeroOrOne("w:doNotExpandShiftReturn", successors=COMPATIBILITY_ORDER)


class ControlProperties(Ordered):
    """w:sdtPr, as far as we put anything in. Its w:tag cannot be an attribute `tag`, which every element has."""

    alias = ZeroOrOne("w:alias", successors=CONTROL_ORDER[2:])
    showingPlcHdr = ZeroOrOne("w:showingPlcHdr", successors=CONTROL_ORDER[8:])

    def _insert_tag(self, tag: Element) -> None:
        self.insert_element_before(cast(BaseOxmlElement, tag), *CONTROL_ORDER[3:])


_CLASSES = {
    "rPr": RunProperties,
    "pPr": ParagraphProperties,
    "sectPr": SectionProperties,
    "tcPr": CellProperties,
    "settings": DocumentSettings,
    "compat": Compatibility,
    "sdtPr": ControlProperties,
}


def _parser() -> "etree.XMLParser[Element]":
    lookup = etree.ElementNamespaceClassLookup(element_class_lookup)
    lookup.get_namespace(W).update(_CLASSES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_pis=True)
    parser.set_element_class_lookup(lookup)
    return parser


_PARSER = _parser()


# ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def parse(xml: str | bytes) -> Element:
    """The root of a part or of a piece of XML. No entity is resolved and nothing fetched. Raises XMLSyntaxError."""
    return etree.fromstring(xml, _PARSER)


def create(name: str, attributes: Mapping[str, str] = {}) -> Element:
    """A new element of WordprocessingML; the names of its attributes are Word's own too."""
    return _PARSER.makeelement(w(name), {w(key): value for key, value in attributes.items()}, {"w": W})


def add_to(parent: Element, name: str, attributes: Mapping[str, str] = {}) -> Element:
    """A new element of WordprocessingML as the last child of another."""
    child = create(name, attributes)
    parent.append(child)
    return child


def copied(original: Element) -> Element:
    """An element again, with all that is in it, without what stands behind it."""
    made = deepcopy(original)
    made.tail = None
    return made


def take_out(node: Element) -> None:
    """Take an element, and what it holds, out of its parent. Nothing happens where it has none."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrap(control: Element) -> None:
    """Put what stands in a content control in its place."""
    for content in control.iterchildren(CONTENT):
        for child in list(content):
            control.addprevious(child)
    take_out(control)


def unwrap_change(change: Element) -> None:
    """Put what stands in an element in its place."""
    for child in list(change):
        change.addprevious(child)
    take_out(change)


def value_of(parent: Element | None, path: str, attribute: str = "val") -> str | None:
    """What an element below another says; None where there is no such element, or it says nothing. `path` are names of
    Word's own elements with / between."""
    found = parent.find("/".join(map(w, path.split("/")))) if parent is not None else None
    return found.get(w(attribute)) if found is not None else None


def canonical(node: Element) -> bytes:
    """An element in one form, to tell whether anything changed in it."""
    return etree.tostring(node, method="c14n", exclusive=False)


def serialized(root: Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local_name(node: Element) -> str:
    """The name of an element without its namespace, "" for a comment."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def full_name(node: Element | None) -> str:
    """The name of an element with its namespace, "" for a comment and for none."""
    return str(node.tag) if node is not None and isinstance(node.tag, str) else ""


def parent_name(node: Element) -> str:
    """The full name of what an element stands in, "" where it stands in nothing."""
    return full_name(node.getparent())


def namespace(node: Element) -> str:
    """The namespace of an element, "" for none."""
    return etree.QName(node).namespace or ""


def properties_of(paragraph: Element) -> ParagraphProperties:
    """The properties of a paragraph, made where it has none."""
    found = paragraph.find(w("pPr"))
    if found is None:
        found = create("pPr")
        cast(CT_P, paragraph)._insert_pPr(cast(CT_PPr, found))
    return cast(ParagraphProperties, found)


def looks_of(run: Element) -> RunProperties:
    """The properties of a run, made where it has none."""
    found = run.find(w("rPr"))
    if found is None:
        found = create("rPr")
        cast(CT_R, run)._insert_rPr(cast(CT_RPr, found))
    return cast(RunProperties, found)


def end_of(paragraph: Element) -> RunProperties:
    """The properties of a paragraph's end, made where it has none."""
    return cast(RunProperties, properties_of(paragraph).get_or_add("rPr"))
