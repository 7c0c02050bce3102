"""Tracked changes accepted and refused in Word's terms, for the tests: what Word does when a file is opened and 全部接受
or 全部拒绝 is pressed."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from drafter.word.controls import STORE, date_format_says
from drafter.word.document import DocxFile
from drafter.word.oxml import CONTENT, SDT, P, R, T, create, full_name, w
from drafter.word.runs import run_of
from drafter.word.text import node_of, paragraph_elements, read

NOW = datetime(2026, 11, 28, 9, 30)
COME = (w("ins"), w("moveTo"))
GONE = (w("del"), w("moveFrom"))
WAS = tuple(w(f"{of}Change") for of in ("pPr", "rPr", "sectPr"))
RANGES = tuple(
    w(f"{kind}Range{end}")
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel")
    for end in ("Start", "End")
)
BETWEEN = (*RANGES, *(w(n) for n in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")))

#: Which changes are meant: those of everybody.
EVERY: Callable[[Any], bool] = lambda change: True  # noqa: E731


def by(author: str) -> Callable[[Any], bool]:
    """The changes of one author."""
    return lambda change: change.get(w("author")) == author


def accepted(data: bytes, which: Callable[[Any], bool] = EVERY) -> bytes:
    """A document with its changes accepted."""
    return _decided(data, True, which)


def refused(data: bytes, which: Callable[[Any], bool] = EVERY) -> bytes:
    """A document with its changes refused."""
    return _decided(data, False, which)


def half(data: bytes, accept: Callable[[Any], bool]) -> bytes:
    """A document with some changes accepted and the others refused."""
    return refused(accepted(data, accept))


def opened(data: bytes) -> bytes:
    """A document as Word has opened it: every bound control is filled anew from the store, whatever stands in it."""
    file = DocxFile(data, "稿.docx")
    stores = [file.tree(part) for part in file.custom(STORE)]
    held = {str(e.tag).rpartition("}")[2]: e.text or "" for store in stores for e in store if isinstance(e.tag, str)}
    for _, root in _stories(file):
        for control in list(root.iter(SDT)):
            properties, content = control.find(w("sdtPr")), control.find(CONTENT)
            node = node_of(properties.find(w("dataBinding")))
            if node not in held:
                continue
            said = held[node]
            form = properties.find(f"{w('date')}/{w('dateFormat')}")
            if form is not None and said:
                said = date_format_says(form.get(w("val")), date.fromisoformat(said))
            if not said:
                continue
            looks = next((r.find(w("rPr")) for r in content.iter(R)), None)
            content[:] = [run_of(said)]
            if looks is not None and properties.find(w("showingPlcHdr")) is None:
                content[0].insert(0, deepcopy(looks))
            for shown in properties.findall(w("showingPlcHdr")):
                properties.remove(shown)
    return _saved(file)


def looks(data: bytes) -> list[tuple[str, str]]:
    """The paragraphs of a document, tables apart, each with the id of its style, and its sections."""
    body = DocxFile(data, "稿.docx").body
    paragraphs = [read(element) for element in paragraph_elements(body)]
    pages = [(full_name(said), str(sorted(said.attrib.items()))) for page in body.iter(w("sectPr")) for said in page]
    return [(p.text, p.style) for p in paragraphs] + [said for said in pages if said[0].endswith(("pgSz", "pgMar"))]


def headers(data: bytes) -> list[str]:
    """What the page headers and footers say."""
    file = DocxFile(data, "稿.docx")
    return [read(p).text for part, root in _stories(file) if part != file.main for p in root.iter(P)]


def authors(data: bytes) -> list[str]:
    """Who has changes in a document that nobody has decided on, a name for each."""
    file = DocxFile(data, "稿.docx")
    return [n.get(w("author"), "") for _, root in _stories(file) for n in root.iter(*COME, *GONE, *WAS)]


# ── how ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stories(file: DocxFile) -> Iterator[tuple[str, Any]]:
    yield file.main, file.tree(file.main)
    for relation in list(file.relations(file.main)):
        if relation.kind.endswith(("/header", "/footer")) and relation.target in file:
            yield relation.target, file.tree(relation.target)


def _saved(file: DocxFile) -> bytes:
    for part, _ in list(_stories(file)):
        file.touch(part)
    return file.data(NOW)


def _decided(data: bytes, accept: bool, which: Callable[[Any], bool]) -> bytes:
    file = DocxFile(data, "稿.docx")
    for _, root in _stories(file):
        _settle(root, accept, which)
    return _saved(file)


def _settle(root: Any, accept: bool, which: Callable[[Any], bool]) -> None:
    controls = [c for c in root.iter(SDT) if _drops_tags(c, accept, which)]
    joined = []
    for change in list(root.iter(*COME, *GONE)):
        parent = change.getparent()
        if parent is None or not which(change):
            continue
        goes = (change.tag in GONE) == accept
        if parent.tag == w("rPr"):
            if goes and parent.getparent().tag == w("pPr"):
                joined.append(parent.getparent().getparent())
            parent.remove(change)
        elif goes:
            parent.remove(change)
        else:
            for leaf in change.iter(w("delText")):
                leaf.tag = T
            _unwrap(change)
    for was in list(root.iter(*WAS)):
        if which(was):
            _restore(was, accept)
    for control in controls:
        if control.getparent() is not None:
            for content in control.findall(CONTENT):
                for child in list(content):
                    control.addprevious(child)
            control.getparent().remove(control)
    starts = {m.get(w("id")) for m in root.iter(*RANGES) if m.get(w("author")) is not None and which(m)}
    for marker in [m for m in root.iter(*RANGES) if m.get(w("id")) in starts]:
        marker.getparent().remove(marker)
    for paragraph in reversed(joined):
        _join(paragraph)


def _drops_tags(control: Any, accept: bool, which: Callable[[Any], bool]) -> bool:
    """Whether a control itself goes: where the range around its beginning and its end says so."""
    before = control.getprevious()
    kind = "customXmlDelRangeStart" if accept else "customXmlInsRangeStart"
    return before is not None and before.tag == w(kind) and which(before)


def _unwrap(change: Any) -> None:
    for child in list(change):
        change.addprevious(child)
    change.getparent().remove(change)


def _restore(was: Any, accept: bool) -> None:
    properties = was.getparent()
    properties.remove(was)
    if accept:
        return
    kept = (w("rPr"), w("sectPr"), w("headerReference"), w("footerReference"))
    for said in [c for c in properties if c.tag not in kept]:
        properties.remove(said)
    at = len([c for c in properties if c.tag in (w("headerReference"), w("footerReference"))])
    for said in reversed(list(was[0]) if len(was) else []):
        properties.insert(at, said)


def _join(paragraph: Any) -> None:
    """A paragraph without its end: what is left of it goes on in the next one, which keeps its own properties. Bookmarks
    around nothing go with what they were around."""
    left = [child for child in paragraph if child.tag != w("pPr")]
    if not any(child.tag not in BETWEEN for child in left):
        starts = {b.get(w("id")) for b in left if b.tag == w("bookmarkStart")}
        ends = {b.get(w("id")) for b in left if b.tag == w("bookmarkEnd")}
        left = [b for b in left if "bookmark" not in str(b.tag) or b.get(w("id")) not in starts & ends]
    following = paragraph.getnext()
    while following is not None and following.tag in BETWEEN:
        following = following.getnext()
    if following is None or following.tag != P:
        return
    at = 1 if following.find(w("pPr")) is not None else 0
    following[at:at] = left
    paragraph.getparent().remove(paragraph)


def tracked(paragraph: Any, author: str, kind: str, text: str) -> None:
    """Somebody's own words at the end of a paragraph, or its last run, as a tracked change."""
    change = create(kind, {"id": "7001", "author": author, "date": "2026-11-27T10:00:00Z"})
    if kind == "ins":
        change.append(run_of(text))
        paragraph.append(change)
        return
    run = [child for child in paragraph if child.tag == R][-1]
    run.addprevious(change)
    change.append(run)
    for leaf in run.iter(T):
        leaf.tag = w("delText")
