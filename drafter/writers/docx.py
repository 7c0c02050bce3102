"""Blocks as a Word document.

Everything but the body depends on the template alone and is made and compressed once; the body is one string. Neither
python-docx, lxml nor zipfile is needed for that, which is most of what a cold start would cost. Only a template with a
letterhead (base.docx) is put together as trees.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from struct import pack
from typing import Any, NamedTuple

from drafter import ooxml
from drafter.block import Block
from drafter.chinese import unholdable
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.template import BLANK, BODY, FOOTER, Page, Style, Template, twips

#: Bytes up to which compressing well (level 6) goes unnoticed; above, level 1 takes a third of the time.
WELL_UP_TO = 1 << 20


def write(blocks: Sequence[Block], template: Template, *, now: datetime, title: str = "", author: str = "") -> bytes:
    """The blocks as a .docx. The same blocks, template and `now` give the same bytes. Every block's role is one of the
    template's. Raises Rejected for a character XML cannot hold, or a base.docx that cannot be used."""
    core = ooxml.core_properties(_held(title), _held(author), now)
    if template.base is not None:
        return _pack(_on_base(blocks, template, core), now)
    pitch = twips(template.style(BODY).line_pt)
    body = _body(blocks, template, {s.role: s.style_id for s in template.styles})
    document = ooxml.document(body, template.page, pitch)
    members = [_member("word/document.xml", document), _member("docProps/core.xml", core)]
    alternatives = tuple((font, others[0]) for font, others in template.fallbacks.items() if others)
    return _pack([*_static(template.page, template.styles, alternatives), *members], now)


def _body(blocks: Sequence[Block], template: Template, ids: Mapping[str, str]) -> str:
    """The paragraphs. `ids` are the style ids, by role. A run has one style: a blank nobody has answered shows as that,
    even in a run-in heading."""
    opened = {s.role: ooxml.paragraph(ids[s.role]) for s in template.styles if not s.character}
    runs = {s.role: ooxml.styled_run(ids[s.role]) for s in template.styles if s.character}
    plain, run_end, end = ooxml.RUN, ooxml.RUN_END, ooxml.PARAGRAPH_END
    out: list[str] = []
    add = out.append
    for block in blocks:
        add(opened[block.role])
        last = ""
        for span in block.spans:
            if not span.text:
                continue
            run = runs[BLANK] if not span.answered else runs.get(span.strong, plain) if span.strong else plain
            if run != last:
                add(run_end + run if last else run)
                last = run
            add(_escaped(span.text))
        add(run_end + end if last else end)
    return "".join(out)


def _escaped(text: str) -> str:
    """The text as XML. What is printable XML can hold, and asking for that takes half as long as the sweep."""
    return ooxml.escape(text if text.isprintable() else _held(text))


def _held(text: str) -> str:
    """The text. Raises Rejected where XML cannot hold it."""
    bad = unholdable(text)
    if not bad:
        return text
    near = text[max(0, bad[0] - 12) : bad[0]]
    said = f"“{near}”后面有" if near else "文中有"
    said += f" Word 文件存不下的字符 U+{ord(text[bad[0]]):04X}。"
    raise Rejected(Diagnostic(said, None, "多半是从别处粘贴带来的，看不见；请删掉它。"))


@lru_cache(maxsize=8)
def _static(page: Page, styles: tuple[Style, ...], alternatives: tuple[tuple[str, str], ...]) -> "tuple[_Member, ...]":
    """What does not depend on the speech, compressed."""
    by_role = {s.role: s for s in styles}
    fonts = {s.font: "" for s in styles if s.font} | {page.number_font: ""}
    fonts |= {font: other for font, other in alternatives if font in fonts}
    parts = {
        "[Content_Types].xml": ooxml.content_types(page),
        "_rels/.rels": ooxml.RELATIONSHIPS,
        "word/_rels/document.xml.rels": ooxml.document_relationships(page),
        "word/styles.xml": ooxml.styles(page, styles, by_role[BODY], by_role[FOOTER]),
        "word/settings.xml": ooxml.settings(page),
        "word/fontTable.xml": ooxml.font_table(fonts),
        "docProps/app.xml": ooxml.APP_PROPERTIES,
    }
    for number, (_, style_id) in enumerate(ooxml.footers_of(page), 1):
        parts[f"word/footer{number}.xml"] = ooxml.footer(style_id)
    return tuple(_member(name, text) for name, text in parts.items())


# ── the zip ────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Member(NamedTuple):
    """A file of the zip, compressed."""

    name: bytes
    data: bytes
    size: int
    crc: int


def _member(name: str, content: str | bytes) -> _Member:
    data = content.encode() if isinstance(content, str) else content
    squeeze = zlib.compressobj(6 if len(data) <= WELL_UP_TO else 1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Member(name.encode(), squeeze.compress(data) + squeeze.flush(), len(data), zlib.crc32(data))


def _pack(members: Iterable[_Member], now: datetime) -> bytes:
    """The members as a zip (PKWARE APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.16), dated `now` in its steps of two seconds."""
    year = min(max(now.year - 1980, 0), 127)
    stamp = (now.hour << 11 | now.minute << 5 | now.second // 2, year << 9 | now.month << 5 | now.day)
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, data, size, crc in members:
        utf8 = 0 if name.isascii() else 0x800
        head = pack("<5H3I2H", 20, utf8, 8, *stamp, crc, len(data), size, len(name), 0)
        out += (b"PK\3\4" + head + name, data)
        directory.append(b"PK\1\2\x14\0" + head + pack("<3H2I", 0, 0, 0, 0, at) + name)
        at += 30 + len(name) + len(data)
    listing = b"".join(directory)
    count = len(directory)
    return b"".join((*out, listing, b"PK\5\6" + pack("<4H2IH", 0, 0, count, count, len(listing), at, 0)))


# ── on a letterhead ────────────────────────────────────────────────────────────────────────────────────────────────


def _on_base(blocks: Sequence[Block], template: Template, core: str) -> list[_Member]:
    """The base with the blocks after its own text. Its headers, footers, images, page and its own styles stay as they
    are; styles of our names are replaced."""
    from lxml import etree

    from drafter.package import open_untrusted

    file = f"{template.name}/base.docx"
    parts = open_untrusted(template.base or b"", file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )

    def tree(name: str) -> Any:
        return etree.fromstring(parts[name], parser)

    main = _target(tree("_rels/.rels"), "", "/officeDocument")
    folder, _, leaf = main.rpartition("/")
    relationships = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    styles_part = _target(tree(relationships), folder, "/styles") if relationships in parts else ""
    if styles_part not in parts:
        raise Rejected(Diagnostic("base.docx 里没有样式表，用不了。", Place(file), "在 Word 里打开，另存为 .docx。"))
    styles = tree(styles_part)
    ids = _with_our_styles(styles, template, etree)
    document = tree(main)
    w = f"{{{ooxml.W}}}"
    body = document.find(w + "body")
    if body is None:
        raise Rejected(Diagnostic("base.docx 里没有正文部分，用不了。", Place(file), "在 Word 里打开，另存为 .docx。"))
    _drop_blank_page(body, w)
    last = len(body) - (len(body) > 0 and body[-1].tag == w + "sectPr")
    ours = etree.fromstring(ooxml.fragment(_body(blocks, template, ids)), parser)
    body[last:last] = list(ours)

    changed = {main: document, styles_part: styles}
    out = {name: _serialised(etree, changed[name]) if name in changed else data for name, data in parts.items()}
    core_part = _target(tree("_rels/.rels"), "", "/core-properties")
    if core_part in parts:
        out[core_part] = core.encode()
    return [_member(name, data) for name, data in out.items()]


def _with_our_styles(styles: Any, template: Template, etree: Any) -> dict[str, str]:
    """Put the template's styles into a base's, and say what ids they have there. One of the same name keeps its id, so
    that the base's own paragraphs still find it."""
    w = f"{{{ooxml.W}}}"
    named = ((style.find(w + "name"), style) for style in styles.findall(w + "style"))
    there = {name.get(w + "val"): style for name, style in named if name is not None}
    taken = {style.get(w + "styleId") for style in there.values()}
    ids: dict[str, str] = {}
    for style in template.styles:
        if style.name in there:
            ids[style.role] = there[style.name].get(w + "styleId")
            continue
        style_id = style.style_id
        while style_id in taken:
            style_id += "x"
        taken.add(style_id)
        ids[style.role] = style_id
    elements = ooxml.style_elements(template.styles, template.style(BODY), ids, f' xmlns:w="{ooxml.W}"')
    for style in template.styles:
        new = etree.fromstring(elements[style.role])
        if style.name in there:
            styles.replace(there[style.name], new)
        else:
            styles.append(new)
    return ids


def _drop_blank_page(body: Any, w: str) -> None:
    """A base made from a new document has one empty paragraph and nothing else: not a letterhead, only Word's habit."""
    own = [child for child in body if child.tag != w + "sectPr"]
    empty = all(child.tag == w + "p" and {part.tag for part in child} <= {w + "pPr"} for child in own)
    if empty and body.find(f"{w}p/{w}pPr/{w}sectPr") is None:
        for child in own:
            body.remove(child)


def _target(relationships: Any, folder: str, kind: str) -> str:
    """The part a .rels names for a kind of relationship, "" for none."""
    from posixpath import join, normpath

    for entry in relationships:
        if entry.get("Type", "").endswith(kind) and entry.get("TargetMode") != "External":
            return normpath(join("/" + folder, entry.get("Target", ""))).lstrip("/")
    return ""


def _serialised(etree: Any, tree: Any) -> bytes:
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
