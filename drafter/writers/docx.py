"""Blocks as a Word document.

Everything but the body depends on the template alone and is made and compressed once; the body is one string. Neither
python-docx, lxml nor zipfile is needed for that, which is most of what a cold start would cost. Only a template with a
letterhead (base.docx) is put together as trees.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from drafter.chinese.numerals import unholdable
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.field import Field, Value
from drafter.speech.block import Block
from drafter.template.styles import BLANK, BODY, FOOTER, Page, Style, Template, twips
from drafter.word import markup
from drafter.word.controls import STORE, Slot, anchors, key_of, slots
from drafter.word.record import NAMESPACE
from drafter.word.zip import Member, member, zipped


class Form(NamedTuple):
    """What keeps a document connected with what it was made from. `provenance` is the part that says so (see
    `drafter.word.record.pack`), `mark` the short form of it in the document's properties; without `controls` the blanks are
    plain text."""

    fields: Mapping[str, Field]
    answers: Mapping[str, Value]
    provenance: str
    mark: str
    controls: bool = True


def write(
    blocks: Sequence[Block], template: Template, *, now: datetime, title: str = "", author: str = "", form: Form | None = None
) -> bytes:
    """The blocks as a .docx. The same blocks, template, form and `now` give the same bytes. Every block's role is one of the
    template's. Without a `form` the document knows nothing of its making. Raises Rejected for a character XML cannot hold,
    or a base.docx that cannot be used."""
    core = markup.core_properties(_held(title), _held(author), now)
    if template.base is not None:
        return _on_base(blocks, template, core, now, form)
    live = slots(blocks, form.fields, form.answers) if form and form.controls else {}
    pitch = twips(template.style(BODY).line_pt)
    body = paragraphs(blocks, template, {s.role: s.style_id for s in template.styles}, live, anchors(blocks) if form else ())
    document = markup.document(body, template.page, pitch)
    members = [member("word/document.xml", document), member("docProps/core.xml", core)]
    items = 0
    if form:
        extra = _kept_parts(form, live, template)
        items = sum(name.startswith("customXml/itemProps") for name in extra)
        members += [member(name, text) for name, text in extra.items()]
    alternatives = tuple((font, others[0]) for font, others in template.fallbacks.items() if others)
    return zipped([*_static(template.page, template.styles, alternatives, items, bool(live)), *members], now)


def _kept_parts(form: Form, live: Mapping[tuple[str, str], Slot], template: Template) -> dict[str, str]:
    """The parts that keep a document connected, by name: the provenance first, then the store."""
    items = [(markup.PROVENANCE_ID, NAMESPACE, form.provenance)]
    if live:
        items.append((markup.STORE_ID, STORE, markup.store(live.values())))
    parts = {"docProps/custom.xml": markup.custom_properties({"drafter.outline": form.mark})}
    for number, (item_id, namespace, text) in enumerate(items, 1):
        parts[f"customXml/item{number}.xml"] = text
        parts[f"customXml/itemProps{number}.xml"] = markup.store_item(item_id, namespace)
        parts[f"customXml/_rels/item{number}.xml.rels"] = markup.one_relationship("customXmlProps", f"itemProps{number}.xml")
    if live:
        blank = template.style(BLANK)
        parts[markup.GLOSSARY] = markup.glossary(live.values(), blank.style_id)
        parts[markup.GLOSSARY_STYLES] = markup.glossary_styles(blank)
        parts["word/glossary/_rels/document.xml.rels"] = markup.one_relationship("styles", "styles.xml")
    return parts


def paragraphs(
    blocks: Sequence[Block],
    template: Template,
    ids: Mapping[str, str],
    live: Mapping[tuple[str, str], Slot] = {},
    names: Sequence[str] = (),
    first_id: int = markup.FIRST_ID,
) -> str:
    """The paragraphs. `ids` are the style ids by role, `live` the blanks that are controls, `names` the paragraphs'
    bookmarks, () for none; `first_id` is the number the first bookmark and control take. A run has one style: a blank nobody
    has answered shows as that, even in a run-in heading."""
    opened = {s.role: markup.paragraph(ids[s.role]) for s in template.styles if not s.character}
    short = {s.role for s in template.styles if s.width_chars or s.align == "center"}  # a question would break the line
    runs = {s.role: markup.styled_run(ids[s.role]) for s in template.styles if s.character}
    plain, run_end, end, control_end = markup.RUN, markup.RUN_END, markup.PARAGRAPH_END, markup.CONTROL_END
    controls: dict[tuple[tuple[str, str], str, bool], tuple[str, str]] = {}
    asked: set[str] = set()
    number = first_id + len(blocks)
    out: list[str] = []
    add = out.append
    for at, block in enumerate(blocks):
        add(opened[block.role])
        if names:
            add(markup.bookmark(first_id + at, names[at]))
        last = ""
        for span in block.spans:
            text = span.text
            if not text:
                continue
            run = runs[BLANK] if not span.answered else runs.get(span.strong, plain) if span.strong else plain
            if span.blank and live:
                key = key_of(span)
                slot = live[key]
                kind = (key, span.strong, span.answered)
                control = controls.get(kind)
                if control is None:
                    looks = ids[span.strong] if span.strong in runs else ""
                    control = controls[kind] = markup.control(slot, markup.STORE_ID, looks, not span.answered)
                if not span.answered and slot.title not in asked and block.role not in short:
                    asked.add(slot.title)
                    text = slot.prompt
                if last:
                    add(run_end)
                    last = ""
                add(f"{control[0]}{number}{control[1]}{run}")
                number += 1
                add(_escaped(text))
                add(run_end + control_end)
                continue
            if run != last:
                add(run_end + run if last else run)
                last = run
            add(_escaped(text))
        if last:
            add(run_end)
        if names:
            add(markup.BOOKMARK_END % (first_id + at))
        add(end)
    return "".join(out)


def _escaped(text: str) -> str:
    """The text as XML. What is printable XML can hold, and asking for that takes half as long as the sweep."""
    return markup.escape(text if text.isprintable() else _held(text))


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
def _static(
    page: Page, styles: tuple[Style, ...], alternatives: tuple[tuple[str, str], ...], items: int, glossary: bool
) -> tuple[Member, ...]:
    """What does not depend on the speech, compressed. `items` is the number of custom XML parts there will be."""
    by_role = {s.role: s for s in styles}
    fonts = {s.font: "" for s in styles if s.font} | {page.number_font: ""}
    fonts |= {font: other for font, other in alternatives if font in fonts}
    parts = {
        "[Content_Types].xml": markup.content_types(page, items, glossary),
        "_rels/.rels": markup.relationships(items > 0),
        "word/_rels/document.xml.rels": markup.document_relationships(page, items, glossary),
        "word/styles.xml": markup.styles(page, styles, by_role[BODY], by_role[FOOTER]),
        "word/settings.xml": markup.settings(page),
        "word/fontTable.xml": markup.font_table(fonts),
        "docProps/app.xml": markup.APP_PROPERTIES,
    }
    for number, (_, style_id) in enumerate(markup.footers_of(page), 1):
        parts[f"word/footer{number}.xml"] = markup.footer(style_id)
    return tuple(member(name, text) for name, text in parts.items())


# ── on a letterhead ────────────────────────────────────────────────────────────────────────────────────────────────


def _on_base(
    blocks: Sequence[Block],
    template: Template,
    core: str,
    now: datetime,
    form: Form | None,
) -> bytes:
    """The base with the blocks after its own text. Its headers, footers, images, page and its own styles stay as they
    are, but for the blanks in headers and footers; styles of our names are replaced."""
    from lxml import etree

    from drafter.word.document import DocxFile
    from drafter.word.edit import Editor, Looks
    from drafter.word.headers import fill_headers, header_blocks

    file = DocxFile(template.base or b"", f"{template.name}/base.docx")
    live: Mapping[tuple[str, str], Slot] = {}
    if form and form.controls:
        live = slots([*blocks, *header_blocks(file, form.fields, form.answers)], form.fields, form.answers)
    styles_part = file.target(file.main, "styles")
    if not styles_part:
        raise file.no("base.docx 里没有样式表，用不了。", "在 Word 里打开，另存为 .docx。")
    ids = with_our_styles(file.tree(styles_part), template)
    file.touch(styles_part)
    w = f"{{{markup.W}}}"
    body = file.body
    _drop_blank_page(body, w)
    last = len(body) - (len(body) > 0 and body[-1].tag == w + "sectPr")
    ours = etree.fromstring(markup.fragment(paragraphs(blocks, template, ids, live, anchors(blocks) if form else ())))
    body[last:last] = list(ours)
    file.touch(file.main)
    core_part = file.target("", "core-properties")
    if core_part:
        file.put(core_part, core)
    if form:
        by_tag = {slot.tag: slot for slot in live.values() if "\n" not in slot.value}
        fill_headers(file, Editor(file, Looks({}, ids[BLANK]), by_tag, now), form.fields, form.answers)
        attach(file, form, live, template)
    return file.data(now)


def attach(file: Any, form: Form, live: Mapping[tuple[str, str], Slot], template: Template) -> None:
    """Put the parts that keep a document connected into an opened one (a `drafter.word.document.DocxFile`), over those it has."""
    items = [(markup.PROVENANCE_ID, NAMESPACE, form.provenance)]
    if live:
        items.append((markup.STORE_ID, STORE, markup.store(live.values())))
    for item_id, namespace, text in items:
        there = file.custom(namespace)
        for more in there[1:]:
            file.remove(more)
        item = there[0] if there else file.free("customXml/item%d.xml")
        if file.parts.get(item) != text.encode():
            file.put(item, text)
        file.relate(file.main, "customXml", item)
        props = file.target(item, "customXmlProps")
        if not props:
            own = item.rpartition("/")[2].removeprefix("item")  # an office program may have dropped the relationship only
            props = f"customXml/itemProps{own}"
            if props in file and item_id.encode() not in file.parts[props]:
                props = file.free("customXml/itemProps%d.xml")
        if item_id.encode() not in file.parts.get(props, b""):
            file.put(props, markup.store_item(item_id, namespace), markup.ITEM_TYPE)
        file.relate(item, "customXmlProps", props)
    if live:
        _attach_prompts(file, live, template)
    _attach_mark(file, form.mark)


def _attach_prompts(file: Any, live: Mapping[tuple[str, str], Slot], template: Template) -> None:
    """The placeholders, where the document has no glossary or one of ours."""
    part = file.target(file.main, "glossaryDocument") or markup.GLOSSARY
    if part in file and b"drafter_" not in file.parts[part]:
        return  # somebody else's building blocks; Word then shows its own words in a control that is cleared
    blank = template.style(BLANK)
    text = markup.glossary(live.values(), blank.style_id)
    if file.parts.get(part) != text.encode():
        file.put(part, text, markup.GLOSSARY_TYPE)
    file.relate(file.main, "glossaryDocument", part)
    if not file.target(part, "styles"):
        styles = file.free("word/glossary/styles%d.xml") if markup.GLOSSARY_STYLES in file else markup.GLOSSARY_STYLES
        file.put(styles, markup.glossary_styles(blank), markup.STYLES_TYPE)
        file.relate(part, "styles", styles)


def _attach_mark(file: Any, mark: str) -> None:
    """The property that survives most programs: which outline, and its hash."""
    part = file.target("", "custom-properties")
    if not part:
        part = file.free("docProps/custom%d.xml") if "docProps/custom.xml" in file else "docProps/custom.xml"
        file.put(part, markup.custom_properties({"drafter.outline": mark}), markup.CUSTOM_TYPE)
        file.relate("", "custom-properties", part)
        return
    tree = file.tree(part)
    entries = [entry for entry in tree if isinstance(entry.tag, str)]
    ours = next((entry for entry in entries if entry.get("name") == "drafter.outline"), None)
    if ours is None:
        from lxml import etree

        text = markup.custom_properties({"drafter.outline": mark})
        ours = etree.fromstring(text.encode())[0]
        numbers = [int(e.get("pid", "1")) for e in entries if e.get("pid", "").isdecimal()]
        ours.set("pid", str(max([1, *numbers]) + 1))
        tree.append(ours)
    elif len(ours) and ours[0].text == mark:
        return
    elif len(ours):
        ours[0].text = mark
    file.touch(part)


def with_our_styles(styles: Any, template: Template) -> dict[str, str]:
    """Put the template's styles into a base's, and say what ids they have there. One of the same name keeps its id, so
    that the base's own paragraphs still find it."""
    from lxml import etree

    w = f"{{{markup.W}}}"
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
    elements = markup.style_elements(template.styles, template.style(BODY), ids, f' xmlns:w="{markup.W}"')
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
