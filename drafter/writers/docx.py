"""Blocks as a Word document.

Everything but the body depends on the template alone and is made and compressed once; the body is one string. Neither
python-docx, lxml nor zipfile is needed for that, which is most of what a cold start would cost. Only a template with a
letterhead (base.docx) is put together as trees (see `drafter.writers.letterhead`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, groupby, islice
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.template.styles import BLANK, BODY, FOOTER, PageSetup, Style, Template, twips
from drafter.word import markup
from drafter.word.controls import STORE, Slot, anchors, slots
from drafter.word.markup import AUTHOR, INITIALS, stamp_of
from drafter.word.record import NAMESPACE, Form
from drafter.word.zip import AS_IT_IS, QUICK, WELL, GrowingMember, Member, PackedPiece, member, member_of, zipped


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
    growing = GrowingMember() if len(blocks) >= LONG_PAPER else None
    parts = parts_of(blocks, template, core, now, form, reminders, growing=growing)
    made = (
        growing.member(name) if growing and name == _DOCUMENT else member_of(name, pieces)
        for name, pieces in parts.texts.items()
    )
    return zipped([*parts.ready, *made], now)


_DOCUMENT = "word/document.xml"

#: From so many paragraphs on the body is compressed while it is made; shorter ones are compressed in a millisecond.
LONG_PAPER = 1_000


class DocxParts(NamedTuple):
    """What a .docx is put together of: the members that depend on the template alone, and the others in pieces, by their names, those
    that are the same in all documents of an outline first."""

    ready: tuple[Member, ...]
    texts: dict[str, tuple[PackedPiece, ...]]


def parts_of(
    blocks: Sequence[Block],
    template: Template,
    core: str,
    now: datetime,
    form: Form | None,
    reminders: Mapping[int, Sequence[str]] | None,
    rooms: Mapping[int, float] | None = None,
    growing: GrowingMember | None = None,
) -> DocxParts:
    """The parts of a document without a base.docx. `core` is docProps/core.xml; `rooms` as in `markup.paragraph_rows`; `growing`
    takes the body, which then has no pieces here. Raises Rejected for a character XML cannot hold."""
    live = slots(blocks, form.fields, form.answers) if form and form.controls else {}
    remarks = markup.Remarks(reminders) if reminders is not None else None
    ids = {s.role: s.style_id for s in template.styles}
    names = anchors(blocks) if form else ()
    paragraphs = markup.paragraph_rows(blocks, template, ids, live, names, remarks=remarks, rooms=rooms)
    ends = markup.document_ends(template.page, twips(template.style(BODY).line_pt))
    pieces = _Pieces()
    _cut(blocks, paragraphs, *ends, growing or pieces)
    kept, items = _kept_parts(form, live, template) if form else ({}, {})
    texts = {name: (PackedPiece(text),) for name, text in kept.items()}
    commented = bool(remarks and remarks.said)
    if remarks and commented:
        texts["word/comments.xml"] = (PackedPiece(markup.comments(remarks.said, stamp_of(now), AUTHOR, INITIALS)),)
    alternatives = tuple((font, others[0]) for font, others in template.fallbacks.items() if others)
    ready = _static(template.page, template.styles, alternatives, len(items), bool(live), commented)
    return DocxParts(ready, texts | {_DOCUMENT: tuple(pieces.made), "docProps/core.xml": (PackedPiece(core, QUICK),)} | items)


#: Paragraphs without a blank that stand together are a piece of their own from so many letters of XML on: fewer lose more by
#: being cut off from what is around them than many documents gain.
LONG_RUN = 2_000


class _Pieces:
    """A file whose pieces are kept, not compressed."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self.made: list[PackedPiece] = []

    def add(self, row: str) -> None:
        self._rows.append(row)

    def cut(self, level: int) -> None:
        self.made.append(PackedPiece("".join(self._rows), level))
        self._rows = []


def _cut(
    blocks: Sequence[Block], paragraphs: Iterator[str], head: str, tail: str, into: _Pieces | GrowingMember
) -> None:
    """word/document.xml cut into what the answers change and what they leave as it is."""
    opens = [
        bool(block.spans[0].blank) if len(block.spans) == 1 else any(span.blank for span in block.spans)
        for block in blocks
    ]
    add = into.add
    add(head)
    waiting = 0  # paragraphs that wait to become a piece
    long = False  # whether what grows is a long run
    for open_, run in groupby(opens):
        count = sum(1 for _ in run)
        rows = islice(paragraphs, count)
        begun: list[str] = []
        letters = 0
        while not open_ and letters < LONG_RUN and len(begun) < count:
            begun.append(next(rows))
            letters += len(begun[-1])
        if long:
            into.cut(WELL)
        long = letters >= LONG_RUN
        if long and waiting:
            into.cut(QUICK)
        waiting = 0 if long else waiting + count
        for row in chain(begun, rows):
            add(row)
    add(tail)
    into.cut(WELL if long else QUICK)


def _kept_parts(
    form: Form, live: Mapping[tuple[str, str], Slot], template: Template
) -> tuple[dict[str, str], dict[str, tuple[PackedPiece, ...]]]:
    """The parts that keep a document connected, by name, and the custom ones in pieces: the provenance first, then the store."""
    common, own = form.provenance[: form.common], form.provenance[form.common :]
    record = (PackedPiece(common, WELL, form.packed), PackedPiece(own, AS_IT_IS))
    items = [(markup.PROVENANCE_ID, NAMESPACE, tuple(piece for piece in record if piece.text))]
    if live:
        items.append((markup.STORE_ID, STORE, (PackedPiece(markup.store(live.values()), QUICK),)))
    parts = {"docProps/custom.xml": markup.custom_properties({"drafter.outline": form.mark})}
    pieces = {}
    for number, (item_id, namespace, text) in enumerate(items, 1):
        pieces[f"customXml/item{number}.xml"] = text
        parts[f"customXml/itemProps{number}.xml"] = markup.store_item(item_id, namespace)
        parts[f"customXml/_rels/item{number}.xml.rels"] = markup.one_relationship(
            "customXmlProps", f"itemProps{number}.xml"
        )
    if live:
        blank = template.style(BLANK)
        parts[markup.GLOSSARY] = markup.glossary(live.values(), blank.style_id)
        parts[markup.GLOSSARY_STYLES] = markup.glossary_styles(blank)
        parts["word/glossary/_rels/document.xml.rels"] = markup.one_relationship("styles", "styles.xml")
    return parts, pieces


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
