"""A Word document without what its making has left in it: controls, anchors, records, names, times. What a reader sees
is as it was.

A part nobody has to look into keeps its bytes; what is no longer reached by any relationship is gone.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from posixpath import dirname, join, normpath
from typing import NamedTuple

from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.keeping import NAMESPACE as KEPT_NAMESPACE
from drafter.word.leaks import PATH
from drafter.word.oxml import (
    SDT,
    CellProperties,
    Element,
    P,
    R,
    add_to,
    create,
    full_name,
    local_name,
    namespace,
    parent_name,
    parse,
    properties_of,
    serialized,
    take_out,
    unwrap,
    w,
)
from drafter.word.package import open_package
from drafter.word.unfinished import CELLS, CHANGED, DELETED, INSERTED, Highlights, for_blanks, is_yellow
from drafter.word.zip import zipped

_VAL, _ID, _AUTHOR = w("val"), w("id"), w("author")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "[Content_Types].xml"

_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_COMMENT_MARKS = (w("commentRangeStart"), w("commentRangeEnd"))

#: Where words were moved from and to, and which of them: empty elements that only frame a change and name its author.
_FRAMES = tuple(
    w(kind + end)
    for kind in (
        "moveFromRange",
        "moveToRange",
        "customXmlInsRange",
        "customXmlDelRange",
        "customXmlMoveFromRange",
        "customXmlMoveToRange",
    )
    for end in ("Start", "End")
)

#: Relationships to parts that are about the making of a document, not its text, by the end of their type.
_MAKING = frozenset(
    (
        "customXml", "glossaryDocument", "comments", "commentsExtended", "commentsIds", "commentsExtensible",
        "people", "documenttasks", "thumbnail", "printerSettings", "attachedTemplate", "mailMergeSource",
        "mailMergeHeaderSource", "recipientData", "origin",
    )
)  # fmt: skip

#: Relationships a part names by their id wherever it uses them; those it does not name are left over.
_NAMED = frozenset(("image", "hyperlink", "oleObject", "package", "header", "footer", "subDocument"))

#: What the settings of a document say about its making.
_SETTINGS = frozenset(
    w(n)
    for n in (
        "rsids",
        "attachedTemplate",
        "linkStyles",
        "docVars",
        "trackRevisions",
        "doNotTrackMoves",
        "doNotTrackFormatting",
        "revisionView",
        "mailMerge",
    )
) | {_W14 + "docId", _W15 + "docId"}

#: Numbers by which Word tells its savings and paragraphs apart.
_RANDOM = frozenset((_W14 + "paraId", _W14 + "textId"))

#: What docProps/app.xml may say: counts, and that nothing is locked.
_COUNTS = frozenset(
    (
        "Pages",
        "Words",
        "Characters",
        "CharactersWithSpaces",
        "Lines",
        "Paragraphs",
        "ScaleCrop",
        "DocSecurity",
        "LinksUpToDate",
        "SharedDoc",
        "HyperlinksChanged",
    )
)

#: Properties by which programs tell writers and computers: drafter's own, Outlook's, WPS's, the owner of a label.
_TELLING = re.compile(
    r"drafter\..*|_(?:Author|Email|NewReview|PreviousAdHoc|AdHocReview|ReviewingTools).*"
    r"|KSO.*|ICV|MSIP_Label_.*_(?:Owner|SetBy)"
)

#: What the proof-reader is to leave: it says nothing of what a document was made from.
_KEPT = KEPT_NAMESPACE.encode()

_DESCRIBES = ("descr", "title", "name", "alt")


class Done(NamedTuple):
    """A clean copy. `controls` is how many were taken out; `record`: it knew what it was made from; `signed`: it had
    digital signatures; `objects` are the embedded files, which are as they were."""

    data: bytes
    controls: int
    record: bool
    signed: bool
    objects: tuple[str, ...]


# ── what a document leaves out on demand ───────────────────────────────────────────────────────────────────────────


def accept_revisions(file: DocxFile, by: str = "") -> None:
    """Accept every tracked change, or those of one author alone."""
    notes = _noted(file)
    for part in _parts_of_word(file):
        root = file.tree(part)
        if _accepted(root, by):
            file.touch(part)
    for kind, before in notes.items():
        part = file.target(file.main, kind)
        gone = before - _noted(file)[kind]
        for note in list(file.tree(part)) if gone else ():
            if note.get(_ID) in gone and note.get(w("type"), "normal") == "normal":
                take_out(note)
                file.touch(part)


def _noted(file: DocxFile) -> dict[str, set[str]]:
    """The numbers of the notes the text refers to."""
    root = file.tree(file.main)
    return {f"{kind}s": {n.get(_ID, "") for n in root.iter(w(f"{kind}Reference"))} for kind in ("footnote", "endnote")}


def _accepted(root: Element, by: str) -> bool:
    changes = list(root.iter(*INSERTED, *DELETED, *CHANGED, *CELLS, *_FRAMES))
    if by:  # the end of a frame names nobody, but the number of its start
        frames = {change.get(_ID) for change in changes if change.get(_AUTHOR) == by and change.tag in _FRAMES}
        changes = [c for c in changes if c.get(_AUTHOR) == by or (c.get(_AUTHOR) is None and c.get(_ID) in frames)]
    ends = []
    for change in changes:
        parent = change.getparent()
        if parent is None or not _rooted(parent, root):
            continue
        where = parent.tag
        holder, outer = (*parent.iterancestors(), None, None)[:2]
        if change.tag in DELETED and where == w("rPr"):
            if outer is not None and outer.tag == P and full_name(holder) == w("pPr"):
                ends.append(outer)
            parent.remove(change)
        elif change.tag in DELETED and where == w("trPr"):
            _take_away(holder, w("tbl"))
        elif change.tag == w("cellDel"):
            _take_away(holder, w("tr"))
        elif change.tag in DELETED and where == _MATH + "ctrlPr":
            _take_away(outer)
        elif change.tag in DELETED:
            _take_away(change)
        elif change.tag in INSERTED and len(change):
            _unwrap(change)
        elif change.tag == w("cellMerge"):
            _merge_cell(change)
        else:
            parent.remove(change)
    for paragraph in reversed(ends):
        if _rooted(paragraph, root):
            _join(paragraph)
    return bool(changes)


def _rooted(element: Element, root: Element) -> bool:
    """Whether an element still stands in the tree."""
    return element is root or any(above is root for above in element.iterancestors())


def _unwrap(element: Element) -> None:
    for child in list(element):
        element.addprevious(child)
    take_out(element)


def _take_away(element: Element | None, whole: str = "") -> None:
    """Remove an element; bookmarks and the marks of comments in it stay where it was. What holds it goes as well when
    it is a `whole` and nothing is left in it, a row without cells and a table without rows."""
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return  # damaged: it stays, and is told of
    for mark in list(element.iter(*_BOOKMARKS, *_COMMENT_MARKS)):
        element.addprevious(mark)
    parent.remove(element)
    if parent.tag == whole and next(parent.iter(w("tc")), None) is None:
        _take_away(parent, w("tbl") if whole == w("tr") else "")


def _merge_cell(change: Element) -> None:
    """A cell merged with the one above it, or parted from it."""
    properties = change.getparent()
    kind = {"cont": "continue", "rest": "restart"}.get(change.get(w("vMerge"), ""))
    take_out(change)
    for old in properties.findall(w("vMerge")) if properties is not None else ():
        take_out(old)
    if kind and isinstance(properties, CellProperties):
        properties.put(create("vMerge", {"val": kind}))


def _join(paragraph: Element) -> None:
    """A paragraph whose end is deleted runs into the next, whose end, and so whose looks, stay."""
    following = paragraph.getnext()
    marks = []
    while following is not None and following.tag in (*_BOOKMARKS, *_COMMENT_MARKS):
        marks.append(following)
        following = following.getnext()
    inside = [child for child in paragraph if child.tag != w("pPr")]
    if following is not None and following.tag == P:
        first: Element = properties_of(following)
        for child in [*reversed(marks), *reversed(inside)]:
            first.addnext(child)
        if not len(first):
            following.remove(first)
        take_out(paragraph)
    elif not any(child.tag not in (*_BOOKMARKS, *_COMMENT_MARKS) for child in inside) and _may_go(paragraph):
        _take_away(paragraph)


def _may_go(paragraph: Element) -> bool:
    """Whether what holds a paragraph can do without it: a cell ends with one."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    return bool((before is not None and before.tag == P) or (after is not None and after.tag != w("sectPr")))


def drop_comments(file: DocxFile, spared: Collection[str] = ()) -> None:
    """Take out every comment but those of these numbers."""
    part = file.target(file.main, "comments")
    if part:
        for comment in list(file.tree(part).iterfind(w("comment"))):
            if comment.get(_ID, "") not in spared:
                take_out(comment)
        file.touch(part)


def drop_highlights(file: DocxFile) -> None:
    """Take the colour from behind the words, and from the styles that have it. Words that are still to be confirmed keep
    theirs."""
    looks = Highlights(file)
    for part in _parts_of_word(file):
        changed = False
        for style_id in looks.styles:
            looks.styled(style_id)
        for run in file.tree(part).iter(R):
            changed = _plain_style(run, looks) or changed
        for marker in list(file.tree(part).iter(w("highlight"), w("shd"))):
            style = next(marker.iterancestors(w("style")), None)
            blanks = style is not None and for_blanks(style)
            if marker.tag == w("shd") and marker.get(w("fill"), "").upper() in (markup.MARKED, markup.MARKED_ALONE):
                continue
            if parent_name(marker) in (w("rPr"), w("pPr")) and (marker.tag != w("shd") or is_yellow(marker, blanks)):
                take_out(marker)
                changed = True
        if changed:
            file.touch(part)


def _plain_style(run: Element, looks: Highlights) -> bool:
    """Give words typed over a blank the style its control has for them."""
    own = run.find(f"{w('rPr')}/{w('rStyle')}")
    if own is None or not looks.styled(own.get(_VAL, "")):
        return False
    control = next(run.iterancestors(SDT), None)
    wanted = control.find(f"{w('sdtPr')}/{w('rPr')}/{w('rStyle')}") if control is not None else None
    if wanted is not None and not looks.styled(wanted.get(_VAL, "")):
        own.set(_VAL, wanted.get(_VAL, ""))
    elif looks.styles.get(own.get(_VAL, "")) is not None and for_blanks(looks.styles[own.get(_VAL, "")]):
        take_out(own)
    else:
        return False
    return True


# ── the clean copy ─────────────────────────────────────────────────────────────────────────────────────────────────


def clean(file: DocxFile, now: datetime, names: Collection[str]) -> Done:
    """The document without what its making has left in it, dated `now`. It must have nothing left to do (see
    `drafter.word.unfinished`): a comment or change in it loses its author, no more. `names` are those of its
    authors."""
    record = any(
        b"urn:drafter:" in data[:2000] and _KEPT not in data[:2000]
        for name, data in file.parts.items()
        if name.lower().startswith("customxml/")
    )
    signed = is_signed(file)
    referred = _referred(file)
    answered = _answered_comments(file)
    controls = 0
    for part in _parts_of_word(file):
        root = file.tree(part)
        if part in file.undone:
            file.touch(part)
        found = _unwrapped(root)
        controls += found
        steps: tuple[Callable[[], bool], ...] = (
            lambda root=root: _without_bookmarks(root, referred),  # type: ignore[misc]
            lambda root=root: _without_marks(root, answered),  # type: ignore[misc]
            lambda root=root: _without_numbers(root),  # type: ignore[misc]
        )
        if any([bool(found), *(step() for step in steps)]):
            file.touch(part)
    _clean_settings(file)
    _clean_properties(file, names, now)
    _unrelate(file, bool(answered))
    _without_unreachable(file)
    data = file.data(now)
    # The members say when they were written; so do the copies of those nobody has changed.
    data = zipped((m._replace(stamp=None) for m in open_package(data, file.name)[1].values()), now)
    return Done(data, controls, record, signed, embedded(file))


def _parts_of_word(file: DocxFile) -> list[str]:
    """The parts that are WordprocessingML, building blocks apart: those that can be reached, the document first."""
    glossary = file.target(file.main, "glossaryDocument")
    names = dict.fromkeys([file.main, *_reached(file, {glossary} - {""})])
    return [name for name in names if _is_word(file, name)]


def _is_word(file: DocxFile, name: str) -> bool:
    if not name.lower().endswith(".xml") and name != file.main:
        return False
    data = file.parts[name]
    if markup.W.encode() not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return False
    return namespace(file.tree(name)) == markup.W


def _reached(file: DocxFile, without: Iterable[str] = ()) -> list[str]:
    """The parts that relationships lead to."""
    seen = dict.fromkeys(without)
    waiting = [""]
    out = []
    while waiting:
        for relation in file.relations(waiting.pop()):
            if not relation.external and relation.target in file and relation.target not in seen:
                seen[relation.target] = None
                out.append(relation.target)
                waiting.append(relation.target)
    return out


# ── the text ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _unwrapped(root: Element) -> int:
    """Take the controls off what stands in them; how many there were."""
    controls = list(root.iter(SDT))
    holders: dict[Element, None] = {}
    for control in controls:
        parent = control.getparent()
        unwrap(control)
        if parent is not None:
            holders[parent] = None
    for holder in holders:
        if holder.tag in _HOLDS_PARAGRAPHS and (not len(holder) or holder[-1].tag != P) and _rooted(holder, root):
            last = next((c for c in reversed(holder) if c.tag not in _BOOKMARKS), None)
            if last is None or last.tag != P:
                add_to(holder, "p")
    return len(controls)


_HOLDS_PARAGRAPHS = frozenset(w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"))


def _referred(file: DocxFile) -> set[str]:
    """The names of bookmarks that a link or a field leads to, in small letters."""
    names: set[str] = set()
    for part in _parts_of_word(file):
        codes = []
        for node in file.tree(part).iter(w("hyperlink"), w("fldSimple"), w("fldChar"), w("instrText"), w("p")):
            names.add(node.get(w("anchor"), "").lower())
            codes.append((node.text or "") if node.tag == w("instrText") else f" {node.get(w('instr'), '')} ")
        names.update(re.findall(r'[^\s"\\]+', "".join(codes).lower()))
        names.update(r.target.lower()[1:] for r in file.relations(part) if r.external and r.target.startswith("#"))
    return names - {""}


def _without_bookmarks(root: Element, referred: set[str]) -> bool:
    """Take out the bookmarks nothing leads to. An end belongs to the last open start of its number."""
    opened: dict[str, list[bool]] = {}
    gone = []
    for mark in root.iter(*_BOOKMARKS):
        number = mark.get(_ID, "")
        if mark.tag == _BOOKMARKS[0]:
            stays = mark.get(w("name"), "").lower() in referred
            opened.setdefault(number, []).append(stays)
        else:
            stays = opened[number].pop() if opened.get(number) else number not in opened
        if not stays:
            gone.append(mark)
    for mark in gone:
        take_out(mark)
    return bool(gone)


def _answered_comments(file: DocxFile) -> set[str]:
    """The numbers of the comments that stand in the text; others are nobody's."""
    part = file.target(file.main, "comments")
    there = {c.get(_ID, "") for c in file.tree(part).iterfind(w("comment"))} if part else set()
    used = {r.get(_ID, "") for name in _parts_of_word(file) for r in file.tree(name).iter(w("commentReference"))}
    return there & used


def _without_marks(root: Element, comments: set[str]) -> bool:
    """Take out the marks of comments that are gone, of who may change what, and of words that were moved."""
    gone = [m for m in root.iter(*_COMMENT_MARKS, w("commentReference")) if m.get(_ID, "") not in comments]
    gone += list(root.iter(w("permStart"), w("permEnd"), w("printerSettings"), *_FRAMES))
    for mark in gone:
        run = mark.getparent()
        take_out(mark)
        if run is not None and run.tag == R and all(child.tag == w("rPr") for child in run):
            take_out(run)
    return bool(gone)


def _without_numbers(root: Element) -> bool:
    """Take out the numbers of savings and paragraphs, the names of authors and the places files lay."""
    changed = False
    for node in root.iter():
        if not isinstance(node.tag, str) or not node.attrib:
            continue
        for key, said in node.items():
            if key in _RANDOM or key.startswith(_RSID):
                del node.attrib[key]
                changed = True
            elif key == _AUTHOR and said != _SOMEBODY:
                node.set(key, _SOMEBODY)
                changed = True
            elif key.rpartition("}")[2] in _DESCRIBES and PATH.match(said):
                node.set(key, re.split(r"[\\/]", said.rstrip("\\/"))[-1])
                changed = True
    for node in [n for n in root.iter(w("rsid")) if parent_name(n) == w("style")]:
        take_out(node)
        changed = True
    return changed


_RSID = w("rsid")

#: Who a change is by when nobody is to know: Word wants a name.
_SOMEBODY = "作者"


# ── what stands around it ──────────────────────────────────────────────────────────────────────────────────────────


def _clean_settings(file: DocxFile) -> None:
    """What the settings say of the making. A document locked for reading only stays so; the other locks are for
    drafts."""
    part = file.target(file.main, "settings")
    if not part:
        return
    root = file.tree(part)
    for setting in list(root):
        locked = setting.tag == w("documentProtection") and setting.get(w("edit")) != "readOnly"
        if setting.tag in _SETTINGS or locked:
            root.remove(setting)
            file.touch(part)


def authors(file: DocxFile) -> set[str]:
    """The names the document gives of those who worked on it."""
    names: set[str] = set()
    core, app = file.target("", "core-properties"), file.target("", "extended-properties")
    for part, wanted in ((core, ("creator", "lastModifiedBy")), (app, ("Manager", "Company"))):
        for node in file.tree(part) if part else ():
            if isinstance(node.tag, str) and local_name(node) in wanted:
                names.add((node.text or "").strip())
    people = file.target(file.main, "people")
    for part in (*_parts_of_word(file), *([people] if people else ())):
        for node in file.tree(part).iter():
            if isinstance(node.tag, str):
                names.update((node.get(_AUTHOR, ""), node.get(_W15 + "author", "")))
    return {name for name in names if len(name) > 1}


def _clean_properties(file: DocxFile, names: Collection[str], now: datetime) -> None:
    """The properties: of core.xml the title and the language stay, of app.xml the counts, of one's own those that name
    neither drafter, a program's account nor an author."""
    core = file.target("", "core-properties")
    if core:
        title, language = (_property(file.tree(core), name) for name in ("title", "language"))
        root = parse(markup.core_properties(title, "", now).encode())
        for node in list(root):
            if not (node.text or "") or (local_name(node) == "language" and not language):
                root.remove(node)
            elif local_name(node) == "language":
                node.text = language
        data = serialized(root)
        if file.parts[core] != data:
            file.put(core, data)
    app = file.target("", "extended-properties")
    if app:
        for node in list(file.tree(app)):
            if not isinstance(node.tag, str) or local_name(node) not in _COUNTS:
                file.tree(app).remove(node)
                file.touch(app)
    custom = file.target("", "custom-properties")
    if custom:
        root = file.tree(custom)
        for node in list(root):
            if isinstance(node.tag, str) and (
                _TELLING.fullmatch(node.get("name", "")) or _names_one("".join(node.itertext()), names)
            ):
                root.remove(node)
                file.touch(custom)
        if not len(root):
            del file.parts[custom]


def _names_one(text: str, names: Collection[str]) -> bool:
    return any(name in text for name in names)


def _property(root: Element, name: str) -> str:
    return next((n.text or "" for n in root if isinstance(n.tag, str) and local_name(n) == name), "")


def _unrelate(file: DocxFile, comments: bool) -> None:
    """Take out the relationships to what is gone or is about the making, and those a part no longer names."""
    owners = ["", *_reached(file)]
    kept = {"comments"} if comments else set()
    for owner in owners:
        rels = _rels_of(owner)
        if rels not in file.parts:
            continue
        readable = not owner or _is_xml(file, owner)
        named_there = _values(file.tree(owner)) if owner and readable else set()
        root = file.tree(rels)
        for entry in list(root):
            if entry.tag != _RELS:
                continue
            kind, external = entry.get("Type", "").rpartition("/")[2], entry.get("TargetMode") == "External"
            target = "" if external else _resolved(owner, entry.get("Target", ""))
            if entry.get("Id", "") in named_there or kind in kept:
                continue
            missing = not external and target not in file
            if kind in _MAKING or missing or (kind in _NAMED and readable):
                root.remove(entry)
                file.touch(rels)
                if not len(root):
                    del file.parts[rels]


def _is_xml(file: DocxFile, name: str) -> bool:
    return name.lower().endswith((".xml", ".vml")) or file.parts[name].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml")


def _values(root: Element) -> set[str]:
    """All that stands in attributes: a relationship is named in them under one name or another."""
    return {value for node in root.iter() if isinstance(node.tag, str) for value in node.attrib.values()}


def _without_unreachable(file: DocxFile) -> None:
    """Take out the parts no relationship leads to, and what the list of types says of parts that are not there."""
    there = {_TYPES, _rels_of(""), *_reached(file)}
    there |= {_rels_of(name) for name in there}
    for name in [name for name in file.parts if name not in there]:
        del file.parts[name]
    types = file.tree(_TYPES)
    names = {f"/{name}".lower() for name in file.parts}
    for entry in list(types):
        if (
            isinstance(entry.tag, str)
            and entry.get("PartName") is not None
            and entry.get("PartName", "").lower() not in names
        ):
            types.remove(entry)
            file.touch(_TYPES)


def _rels_of(part: str) -> str:
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels".lstrip("/")


def _resolved(part: str, target: str) -> str:
    return normpath(join("/" + dirname(part), target)).lstrip("/")


# ── what is left, and worth a word ─────────────────────────────────────────────────────────────────────────────────


def is_signed(file: DocxFile) -> bool:
    """Whether a document has digital signatures, which hold no longer once anything is changed."""
    return any(name.lower().startswith("_xmlsignatures/") for name in file.parts)


def embedded(file: DocxFile) -> tuple[str, ...]:
    """The files in the file."""
    return tuple(name for name in file.parts if "/embeddings/" in f"/{name.lower()}" and not name.endswith(".rels"))
