"""An update carried out in the file of the draft: only what changes is touched."""

from datetime import datetime

from drafter.outline.reminders import reminders
from drafter.revise.apply import Merge
from drafter.revise.bound import Bindings
from drafter.revise.decided import connect_again
from drafter.revise.entries import GONE
from drafter.revise.marking import Marking
from drafter.revise.merge import Mine, Outcome
from drafter.template.styles import BLANK, BODY, twips
from drafter.word import markup
from drafter.word.controls import anchors, slots
from drafter.word.edit import Editor, StyleIds
from drafter.word.headers import header_blocks, update_headers
from drafter.word.markers import lift, only_once
from drafter.word.moving import can_be_twice
from drafter.word.oxml import (
    CONTENT,
    SDT,
    TBL,
    Element,
    P,
    create,
    parse,
    unwrap,
    value_of,
    w,
)
from drafter.word.record import Form
from drafter.word.styles import with_our_styles
from drafter.word.text import WordParagraph, twin_boxes
from drafter.word.text import read as read_paragraph
from drafter.word.tokens import Tokens, with_letters
from drafter.writers.letterhead import attach


def carried_out(merge: Merge, form: Form, now: datetime, revisions: bool) -> bytes:
    """The file with everything done, and its record and store made those of now; with `revisions` changes of words are
    tracked changes. Raises Rejected for a file without styles."""
    return _Carrying(merge, form, now, revisions).data(form, now)


class _Carrying:
    """One update on its way into its file. `ids` are the ids of styles by role, `live` the controls there will be,
    `names` the bookmarks of the paragraphs, `anchored` the paragraphs that have them by now."""

    def __init__(self, merge: Merge, form: Form, now: datetime, revisions: bool) -> None:
        theirs = merge.theirs
        self.merge = merge
        self.file = merge.edited.opened.file
        blocks = [*theirs.blocks, *header_blocks(self.file, theirs.outline.fields, theirs.values)]
        self.live = slots(blocks, theirs.outline.fields, theirs.values) if form.controls else {}
        self.names = anchors(theirs.blocks)
        self.ids = self._styles()
        strong = {s.role: self.ids[s.role] for s in theirs.template.styles if s.character and s.role != BLANK}
        self.by_tag = {slot.tag: slot for slot in reversed(list(self.live.values()))}
        self.editor = Editor(self.file, StyleIds(strong, self.ids[BLANK]), self.by_tag, now, revisions)
        self.anchored: dict[str, Element] = {}
        remind = reminders(theirs.outline, theirs.blocks) if form.controls and form.comments else None
        self.marking = Marking(self.file, remind, self.editor.changes.stamp)

    def data(self, form: Form, now: datetime) -> bytes:
        """Do it all; the bytes of the file."""
        edited, theirs, file = self.merge.edited, self.merge.theirs, self.file
        boxes, side_by_side = twin_boxes(file.body), _side_by_side(file.body)
        last: Element | None = None
        for row in self.merge.rows:
            last = self._row(row, last)
        for box in boxes:
            box.follow()
        for table in _side_by_side(file.body) - side_by_side:
            table.addnext(create("p"))  # else Word shows two tables as one
        self.editor.mend_ends()
        self.editor.changed = self.marking.end() or self.editor.changed
        self.editor.changed = only_once(file.body, self.anchored) or self.editor.changed
        update_headers(file, self.editor, theirs.outline.fields, edited.base.values, theirs.values)
        bindings = Bindings(file, self.editor, self.live, edited.slots)
        if form.controls:
            connect_again(file, self.editor, self.live.values())
            bindings.mend()
        if self.editor.changed:
            file.touch(file.main)
        if not form.controls:
            _unwrapped(file.body, {slot.tag for slot in edited.slots.values()})
            file.touch(file.main)
        for part in file.undone:
            file.touch(part)
        self._page()
        attach(file, form, bindings.slots, theirs.template)
        return file.data(now)

    def _row(self, row: Outcome, last: Element | None) -> Element | None:
        """Do one row; returns the element it ends in, None where nothing of the text is left before it."""
        edited = self.merge.edited
        if row.mine < 0:
            element = self._new(row)
            self._place(element, last)
            self.editor.inserted(element)
            self.anchored[self.names[row.block]] = element
            return element
        paragraph = edited.paragraphs[row.mine]
        element = paragraph.element
        if row.remove:
            before, around = element.getprevious(), element.getparent()
            if element is last or last is None:
                last = None
            self.editor.struck(element)  # it may still be there, but is no paragraph of ours any more
            self.editor.remove(element)
            if around is not None and around.tag == CONTENT and not len(around):
                self.editor.remove(next(around.iterancestors(SDT)))  # nothing is left for the control to hold
            return (
                element
                if element.getparent() is not None
                else (last if last is not None else _paragraph_before(before))
            )
        top = self._top(row.mine)
        if row.moved and self.merge.mine[row.mine].inside in (None, row.mine):
            tracked = self.editor.changes.on and not self.editor.is_new(element)
            if top is element and tracked and can_be_twice(element):
                paragraph = self._moved(paragraph, last)
                top = element = paragraph.element
            else:
                lift(top)
                self._place(top, last)
            self.editor.changed = True
        tokens = self.merge.final(row)
        mine = self.merge.mine[row.mine]
        if mine.tokens != edited.mine[row.mine].tokens:
            paragraph = self._retagged(paragraph, edited.mine[row.mine].tokens, mine.tokens)
        if row.follow or row.flow or row.merged or row.numbers:
            if not any(c.tag for c in paragraph.controls) and not self.editor.slots:
                tokens = tuple(k if k.empty else k._replace(tag="") for k in tokens)
            self.editor.rewrite(paragraph, mine.tokens, tokens)
        self._freed(paragraph, mine, row)
        if row.block >= 0:
            was = edited.base.blocks[mine.base] if mine.base >= 0 else None
            now = self.merge.side.blocks[row.block]
            self.editor.changed = self.marking.follow(element, was, now) or self.editor.changed
            self.editor.changed = self.marking.sourced(element, was, row.block, now) or self.editor.changed
        if row.comment:
            self.editor.comment(_outside_boxes(element), row.comment)
        if row.block >= 0:
            role = self.merge.side.blocks[row.block].role
            base_role = mine.kept.role if mine.kept is not None else edited.base.blocks[mine.base].role
            if role != base_role and edited.roles.get(paragraph.style) == base_role:
                self.editor.restyle(element, self.ids[role])
        kept = self.merge.kept.get(row.mine)
        if row.block >= 0 or kept or any(name.lower().startswith("dr_") for name in paragraph.bookmarks):
            names = [self.names[block] for block in (row.block, *row.joined) if block >= 0]
            names += [kept.name] if kept else []
            self.editor.anchor(element, names)
            self.anchored |= dict.fromkeys(names, element)
        return top

    def _freed(self, paragraph: WordParagraph, mine: Mine, row: Outcome) -> None:
        """Make plain words of the controls of a paragraph that are blanks no more, else they would be taken for
        answers."""
        tags = iter([token.tag for token in mine.tokens if token.tag])
        for at in dict.fromkeys(p.control for p in paragraph.pieces if p.control is not None):
            control = paragraph.controls[at]
            tag = next(tags) if control.tag else ""
            if control.element.getparent() is None or not tag:
                continue
            if tag.endswith(GONE) or control.tag in row.spared or tag in row.spared:
                unwrap(control.element)
                self.editor.changed = True

    def _top(self, at: int) -> Element:
        """What moves with a paragraph: itself, the table it stands in, or the block control that holds nothing else."""
        element = self.merge.edited.outermost[at]
        while (around := element.getparent()) is not None and around.tag == CONTENT:
            if sum(1 for child in around if child.tag in (P, TBL, SDT)) > 1:
                break
            element = next(around.iterancestors(SDT))
        return element

    def _moved(self, paragraph: WordParagraph, last: Element | None) -> WordParagraph:
        """The twin of a paragraph put behind another; the paragraph itself stays where it is as struck."""
        element = paragraph.element
        new = self.editor.twin(element)
        self._place(new, last)
        self.editor.struck(element)
        self.editor.moved(element, new)
        found = read_paragraph(new)
        tags = [control.tag for control in paragraph.controls]
        controls = (c._replace(tag=tag) for c, tag in zip(found.controls, tags, strict=True))
        return found._replace(controls=tuple(controls))

    def _retagged(self, paragraph: WordParagraph, old: Tokens, new: Tokens) -> WordParagraph:
        """A paragraph whose controls are those of the entries of a list as they are counted now."""
        names = {was.tag: now.tag for was, now in zip(old, new, strict=True)}
        controls = [c._replace(tag=names.get(c.tag, c.tag)) for c in paragraph.controls]
        for control, was in zip(controls, paragraph.controls, strict=True):
            slot = self.by_tag.get(control.tag)
            if control.tag != was.tag and slot is not None:
                self.editor.retag(control, slot)
        return paragraph._replace(controls=tuple(controls))

    def _new(self, row: Outcome) -> Element:
        """The paragraph of a row the document does not have yet."""
        block = self.merge.side.blocks[row.block]
        for number in row.numbers:
            texts = with_letters([span.text for span in block.spans], number)
            spans = zip(block.spans, texts, strict=True)
            block = block._replace(spans=tuple(span._replace(text=text) for span, text in spans if text or not span.text))
        start = self.editor.changes.next_id(3 + len(block.spans))
        remarks = self.marking.remarks(row.block, block)
        text = markup.paragraphs(
            [block], self.merge.theirs.template, self.ids, self.live, [self.names[row.block]], start, remarks
        )
        self.marking.written(remarks)
        return parse(markup.fragment(text))[0]

    def _place(self, element: Element, last: Element | None) -> None:
        """Put a paragraph behind the one before it, else before all."""
        if last is not None:
            last.addnext(element)
            return
        first = next((e for e in self.merge.edited.outermost if e.getparent() is not None), None)
        if first is not None and first is not element:
            first.addprevious(element)
        elif first is None:
            self.file.body.insert(0, element)

    def _styles(self) -> dict[str, str]:
        """The ids of the template's styles in the file; those it does not have, or that the template now has otherwise,
        are written."""
        file, template = self.file, self.merge.theirs.template
        part = file.target(file.main, "styles")
        if not part:
            raise file.no("文件里没有样式表，没法更新。", "请在 Word 里打开，另存为 .docx。")
        by_name = {name: i for i, name in self.merge.edited.opened.style_names.items()}
        missing = [style for style in template.styles if style.name not in by_name]
        if not missing and template.styles == self.merge.edited.base.template.styles:
            return {style.role: by_name[style.name] for style in template.styles}
        file.touch(part)
        return with_our_styles(file.tree(part), template)

    def _page(self) -> None:
        """The page of the template, where it is another than the one the draft was made with."""
        template, base = self.merge.theirs.template, self.merge.edited.base.template
        if template.page == base.page and template.style(BODY).line_pt == base.style(BODY).line_pt:
            return
        section = self.file.body.find(w("sectPr"))
        if section is None:
            return
        fresh = next(
            parse(markup.document("", template.page, twips(template.style(BODY).line_pt)).encode()).iter(w("sectPr"))
        )
        for name in ("pgSz", "pgMar", "docGrid"):
            there, wanted_one = section.find(w(name)), fresh.find(w(name))
            if there is not None and wanted_one is not None:
                section.replace(there, wanted_one)
        self.file.touch(self.file.main)


def _unwrapped(body: Element, tags: set[str]) -> bool:
    """Whether there were controls of ours, which are now plain text."""
    ours = [control for control in body.iter(SDT) if value_of(control, "sdtPr/tag") in tags]
    for control in ours:
        unwrap(control)
    return bool(ours)


def _side_by_side(body: Element) -> set[Element]:
    """The tables that have another straight behind them."""
    return {table for table in body.iter(TBL) if (behind := table.getnext()) is not None and behind.tag == TBL}


def _outside_boxes(paragraph: Element) -> Element:
    """Where a comment on a paragraph can stand: in text boxes Word has none."""
    box = next(paragraph.iterancestors(w("txbxContent")), None)
    return paragraph if box is None else _outside_boxes(next(box.iterancestors(P)))


def _paragraph_before(element: Element | None) -> Element | None:
    while element is not None and element.tag not in (w("p"), w("tbl"), w("sdt")):
        element = element.getprevious()
    return element
