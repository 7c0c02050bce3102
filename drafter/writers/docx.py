"""Blocks as a Word document.

Everything but the body depends on the template alone and is made and compressed once; the body is one string. Neither
python-docx, lxml nor zipfile is needed for that, which is most of what a cold start would cost. Only a template with a
letterhead (base.docx) is put together as trees (see `drafter.writers.letterhead`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

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
        from drafter.writers.letterhead import on_letterhead

        return on_letterhead(blocks, template, core, now, form)
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
