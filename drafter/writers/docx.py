"""Blocks as a Word document.

Everything but the body depends on the template alone and is made and compressed once; the body is one string. Neither
python-docx, lxml nor zipfile is needed for that, which is most of what a cold start would cost. Only a template with a
letterhead (base.docx) is put together as trees (see `drafter.writers.letterhead`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from drafter.speech.block import Block
from drafter.template.styles import BLANK, BODY, FOOTER, PageSetup, Style, Template, twips
from drafter.word import markup
from drafter.word.controls import STORE, Slot, anchors, slots
from drafter.word.markup import AUTHOR, INITIALS, stamp_of
from drafter.word.record import NAMESPACE, Form
from drafter.word.zip import Member, member, zipped


def write(
    blocks: Sequence[Block],
    template: Template,
    *,
    now: datetime,
    title: str = "",
    author: str = "",
    form: Form | None = None,
    reminders: Mapping[int, Sequence[str]] | None = None,
) -> bytes:
    """The blocks as a .docx. The same blocks, template, form and `now` give the same bytes. Every block's role is one
    of the template's. Without a `form` the document knows nothing of its making. `reminders` are comments at paragraphs, by
    the number of the block; where they are None, there are no comments at all, and words to be confirmed are only coloured.
    Raises Rejected for a character XML cannot hold, or a base.docx that cannot be used."""
    core = markup.core_properties(markup.held(title), markup.held(author), now)
    if template.base is not None:
        from drafter.writers.letterhead import on_letterhead

        return on_letterhead(blocks, template, core, now, form, reminders)
    live = slots(blocks, form.fields, form.answers) if form and form.controls else {}
    pitch = twips(template.style(BODY).line_pt)
    remarks = markup.Remarks(reminders) if reminders is not None else None
    ids = {s.role: s.style_id for s in template.styles}
    names = anchors(blocks) if form else ()
    body = markup.paragraphs(blocks, template, ids, live, names, remarks=remarks)
    document = markup.document(body, template.page, pitch)
    members = [member("word/document.xml", document), member("docProps/core.xml", core)]
    items = 0
    if form:
        extra = _kept_parts(form, live, template)
        items = sum(name.startswith("customXml/itemProps") for name in extra)
        members += [member(name, text) for name, text in extra.items()]
    commented = bool(remarks and remarks.said)
    if remarks and commented:
        members.append(member("word/comments.xml", markup.comments(remarks.said, stamp_of(now), AUTHOR, INITIALS)))
    alternatives = tuple((font, others[0]) for font, others in template.fallbacks.items() if others)
    return zipped([*_static(template.page, template.styles, alternatives, items, bool(live), commented), *members], now)


def _kept_parts(form: Form, live: Mapping[tuple[str, str], Slot], template: Template) -> dict[str, str]:
    """The parts that keep a document connected, by name: the provenance first, then the store."""
    items = [(markup.PROVENANCE_ID, NAMESPACE, form.provenance)]
    if live:
        items.append((markup.STORE_ID, STORE, markup.store(live.values())))
    parts = {"docProps/custom.xml": markup.custom_properties({"drafter.outline": form.mark})}
    for number, (item_id, namespace, text) in enumerate(items, 1):
        parts[f"customXml/item{number}.xml"] = text
        parts[f"customXml/itemProps{number}.xml"] = markup.store_item(item_id, namespace)
        parts[f"customXml/_rels/item{number}.xml.rels"] = markup.one_relationship(
            "customXmlProps", f"itemProps{number}.xml"
        )
    if live:
        blank = template.style(BLANK)
        parts[markup.GLOSSARY] = markup.glossary(live.values(), blank.style_id)
        parts[markup.GLOSSARY_STYLES] = markup.glossary_styles(blank)
        parts["word/glossary/_rels/document.xml.rels"] = markup.one_relationship("styles", "styles.xml")
    return parts


@lru_cache(maxsize=8)
def _static(
    page: PageSetup,
    styles: tuple[Style, ...],
    alternatives: tuple[tuple[str, str], ...],
    items: int,
    glossary: bool,
    comments: bool,
) -> tuple[Member, ...]:
    """What does not depend on the speech, compressed. `items` is the number of custom XML parts there will be."""
    by_role = {s.role: s for s in styles}
    fonts = {s.font: "" for s in styles if s.font} | {page.number_font: ""}
    fonts |= {font: other for font, other in alternatives if font in fonts}
    parts = {
        "[Content_Types].xml": markup.content_types(page, items, glossary, comments),
        "_rels/.rels": markup.relationships(items > 0),
        "word/_rels/document.xml.rels": markup.document_relationships(page, items, glossary, comments),
        "word/styles.xml": markup.styles(page, styles, by_role[BODY], by_role[FOOTER]),
        "word/settings.xml": markup.settings(page),
        "word/fontTable.xml": markup.font_table(fonts),
        "docProps/app.xml": markup.APP_PROPERTIES,
    }
    for number, (_, style_id) in enumerate(markup.footers_of(page), 1):
        parts[f"word/footer{number}.xml"] = markup.footer(style_id)
    return tuple(member(name, text) for name, text in parts.items())
