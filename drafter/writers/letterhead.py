"""Blocks put into a document that is there already: a template's letterhead (base.docx), or a draft that is updated.
Trees are changed here, so it takes a parser.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from drafter.speech.block import Block
from drafter.template.styles import BLANK, Template
from drafter.word import markup
from drafter.word.clean import accept_revisions, clean, drop_comments
from drafter.word.comments import first_comment, put_comments
from drafter.word.controls import STORE, Slot, anchors, field_of, slots
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, StyleIds
from drafter.word.headers import fill_headers, header_blocks, header_paragraphs
from drafter.word.oxml import SDT, Element, P, parse, w
from drafter.word.record import NAMESPACE, Form
from drafter.word.styles import with_our_styles


def on_letterhead(
    blocks: Sequence[Block],
    template: Template,
    core: str,
    now: datetime,
    form: Form | None,
    reminders: Mapping[int, Sequence[str]] | None = None,
) -> bytes:
    """The base with the blocks after its own text. Its headers, footers, images, page and its own styles stay as they
    are, but for the blanks in headers and footers; styles of our names are replaced. A base that is itself a draft is
    used without what makes it one. `core` is docProps/core.xml, `form` what keeps the document connected, None for
    nothing; `reminders` as in `drafter.writers.docx.write`. Raises Rejected for a base that cannot be used."""
    file = _opened(template)
    if is_draft(file):
        file = _no_draft(file, now)
    live: Mapping[tuple[str, str], Slot] = {}
    if form and form.controls:
        live = slots([*blocks, *header_blocks(file, form.fields, form.answers)], form.fields, form.answers)
    styles_part = file.target(file.main, "styles")
    if not styles_part:
        raise file.no("base.docx 里没有样式表，用不了。", "在 Word 里打开，另存为 .docx。")
    ids = with_our_styles(file.tree(styles_part), template)
    file.touch(styles_part)
    body = file.body
    _drop_blank_page(body)
    last = len(body) - (len(body) > 0 and body[-1].tag == w("sectPr"))
    names, first = anchors(blocks) if form else (), _free_numbers(file, blocks)
    remarks = markup.Remarks(reminders, first_comment(file)) if reminders is not None else None
    ours = parse(markup.fragment(markup.paragraphs(blocks, template, ids, live, names, first, remarks)))
    body[last:last] = list(ours)
    if remarks:
        put_comments(file, remarks, markup.stamp_of(now))
    file.touch(file.main)
    core_part = file.target("", "core-properties")
    if core_part:
        file.put(core_part, core)
    if form:
        by_tag = {slot.tag: slot for slot in live.values() if "\n" not in slot.value}
        fill_headers(file, Editor(file, StyleIds({}, ids[BLANK]), by_tag, now), form.fields, form.answers)
        attach(file, form, live, template)
    return file.data(now)


def _opened(template: Template) -> DocxFile:
    return DocxFile(template.base or b"", f"{template.name}/base.docx")


def is_draft(file: DocxFile) -> bool:
    """Whether a document was written by drafter and is connected with what it was made from, or was until another
    program saved it."""
    return bool(file.custom(NAMESPACE) or file.custom(STORE) or next(_anchored(file), None) is not None)


def _anchored(file: DocxFile) -> Iterator[Element]:
    """The bookmarks by which drafter knows its paragraphs."""
    return (mark for mark in file.body.iter(w("bookmarkStart")) if mark.get(w("name"), "").startswith("dr_"))


def left_in_base(template: Template) -> int:
    """How many paragraphs of a speech there are in a template's base, which is then the last speech and not only its
    letterhead. Raises Rejected for a base that cannot be used."""
    if template.base is None:
        return 0
    file = _opened(template)
    holders = {next(mark.iterancestors(P), None) for mark in _anchored(file)} - {None}
    return sum(1 for holder in holders if holder is not None and any(t.text for t in holder.iter(w("t"))))


def _no_draft(file: DocxFile, now: datetime) -> DocxFile:
    """The document with its words alone: no controls, store, record or bookmarks of the speech it was, no comments or
    changes made on it. What its headers said of that speech is a blank again."""
    for part, element in list(header_paragraphs(file)):
        for control in element.iter(SDT):
            tag = control.find(f"{w('sdtPr')}/{w('tag')}")
            binding = control.find(f"{w('sdtPr')}/{w('dataBinding')}")
            words = list(control.iter(w("t")))
            if tag is None or binding is None or STORE not in binding.get(w("prefixMappings"), "") or not words:
                continue
            words[0].text = f"【{field_of(tag.get(w('val'), ''))}】"
            for more in words[1:]:
                more.text = ""
            file.touch(part)
    drop_comments(file)
    accept_revisions(file)
    return DocxFile(clean(file, now, ()).data, file.name)


def _free_numbers(file: DocxFile, blocks: Sequence[Block]) -> int:
    """The first of as many numbers as the blocks may take for their bookmarks and controls that nothing in the base has."""
    taken = {
        int(number)
        for part in {file.main, *(name for name, _ in header_paragraphs(file))}
        for element in file.tree(part).iter(w("bookmarkStart"), f"{w('sdtPr')}")
        for holder in (element, element.find(w("id")))
        if holder is not None and (number := holder.get(w("id")) or holder.get(w("val")) or "").isdecimal() and len(number) < 11
    }
    first, wanted = markup.FIRST_ID, sum(1 + len(block.spans) for block in blocks)
    while found := [number for number in taken if first <= number < first + wanted]:
        first = max(found) + 1
    return first


def attach(file: DocxFile, form: Form, live: Mapping[tuple[str, str], Slot], template: Template) -> None:
    """Put the parts that keep a document connected into an opened one, over those it has."""
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
            own = item.rpartition("/")[2].removeprefix(
                "item"
            )  # an office program may have dropped the relationship only
            props = f"customXml/itemProps{own}"
            if props in file and item_id.encode() not in file.parts[props]:
                props = file.free("customXml/itemProps%d.xml")
        if item_id.encode() not in file.parts.get(props, b""):
            file.put(props, markup.store_item(item_id, namespace), markup.ITEM_TYPE)
        file.relate(item, "customXmlProps", props)
    if live:
        _attach_prompts(file, live, template)
    _attach_mark(file, form.mark)


def _attach_prompts(file: DocxFile, live: Mapping[tuple[str, str], Slot], template: Template) -> None:
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


def _attach_mark(file: DocxFile, mark: str) -> None:
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
        text = markup.custom_properties({"drafter.outline": mark})
        ours = parse(text.encode())[0]
        numbers = [int(e.get("pid", "1")) for e in entries if e.get("pid", "").isdecimal()]
        ours.set("pid", str(max([1, *numbers]) + 1))
        tree.append(ours)
    elif len(ours) and ours[0].text == mark:
        return
    elif len(ours):
        ours[0].text = mark
    file.touch(part)


def _drop_blank_page(body: Element) -> None:
    """A base made from a new document has one empty paragraph and nothing else: not a letterhead, only Word's habit."""
    own = [child for child in body if child.tag != w("sectPr")]
    empty = all(child.tag == P and {part.tag for part in child} <= {w("pPr")} for child in own)
    if empty and body.find(f"{P}/{w('pPr')}/{w('sectPr')}") is None:
        for child in own:
            body.remove(child)
