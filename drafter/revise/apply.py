"""How outline, template and answers of now go into a draft that was edited by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from drafter.chinese.numerals import read_date
from drafter.revise.edited import Edited, levels
from drafter.revise.merge import Outcome, Side, plan, renumbered, wanted
from drafter.revise.recipe import Made
from drafter.template.styles import BLANK, BODY, Template, twips
from drafter.word import markup
from drafter.word.controls import MAX_TAG, Slot, anchors, date_format_says, field_of, slots
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, Looks
from drafter.word.headers import header_blocks, update_headers
from drafter.word.oxml import SDT, ControlProperties, Element, parse, take_out, unwrap, value_of, w
from drafter.word.record import Form
from drafter.word.styles import with_our_styles
from drafter.word.text import read as read_paragraph
from drafter.word.tokens import Token, text_of, tokens_of
from drafter.writers.letterhead import attach


class Step(NamedTuple):
    """One thing an update does: "follow", "insert", "remove", "move", "flow", "comment", "renumber". `place` counts
    paragraphs of the document as it will be, from 1; `note` is what the comment says."""

    kind: str
    place: int
    before: str
    after: str
    note: str = ""


class Merge:
    """The update of a draft to what outline, template and answers make now."""

    def __init__(self, edited: Edited, theirs: Made, explicit: frozenset[str], renumber: bool) -> None:
        self.edited = edited
        self.theirs = theirs
        self.side = Side(theirs.blocks, levels(theirs.draft, theirs.blocks))
        tags = {k.tag for block in theirs.blocks for k in tokens_of(block) if k.tag}
        self.explicit = frozenset(tag for tag in tags if field_of(tag) in explicit)
        rows = plan(edited.side, edited.mine, self.side, self.explicit)
        if renumber or theirs.blocks != edited.now.blocks:
            rows = self._renumbered(rows)
        self.rows = rows

    def with_controls(self) -> None:
        """Let every paragraph the writer left alone be set again with its controls, where it has none."""

        def bare(row: Outcome) -> bool:
            there = row.mine >= 0 and row.block >= 0 and not (row.touched or row.remove)
            return there and not self.edited.paragraphs[row.mine].controls

        self.rows = [row._replace(follow=True) if bare(row) else row for row in self.rows]

    def _renumbered(self, rows: list[Outcome]) -> list[Outcome]:
        texts = [text_of(self.target(row)) for row in rows]
        was, now = self.edited.side.levels, self.side.levels
        within = {}
        for at, row in enumerate(rows):
            joined = self.edited.mine[row.mine].joined if row.mine >= 0 else ()
            gone = {n: level._replace(list="") for n in joined if (level := was.get(n))}
            numbered = [now.get(block, gone.get(n)) for n, block in zip(joined, row.joined, strict=True)]
            within[at] = [level for level in numbered if level]
        return renumbered(rows, texts, self.side.levels, self.theirs.outline.numbering, within)

    def target(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say, its number as it stands."""
        if row.mine < 0:
            return tokens_of(self.side.blocks[row.block])
        mine = self.edited.mine[row.mine]
        if row.follow:
            return wanted(row, self.edited.mine, self.edited.side, self.side, self.explicit)
        flow = dict(row.flow)
        return tuple(k._replace(text=flow[k.tag], empty=False) if k.tag in flow else k for k in mine.tokens)

    def final(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say."""
        tokens = self.target(row)
        old, new = row.label
        if old and tokens and tokens[0].text.startswith(old):
            tokens = (tokens[0]._replace(text=new + tokens[0].text[len(old) :]), *tokens[1:])
        return tokens

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What will be done, in the order of the document."""
        out = []
        place = 0
        for row in self.rows:
            place += not row.remove
            before = text_of(self.edited.mine[row.mine].tokens) if row.mine >= 0 else ""
            after = text_of(self.final(row)) if not row.remove else ""
            if row.mine < 0:
                kind = "insert"
            elif row.remove:
                kind = "remove"
            elif row.comment:
                kind = "comment"
            elif row.follow:
                kind = "follow"
            elif row.flow:
                kind = "flow"
            elif row.moved:
                kind = "move"
            elif row.label[0]:
                kind = "renumber"
            else:
                continue
            if (before or after) and (before != after or kind in ("comment", "move")):
                out.append(Step(kind, place, before, after, row.comment))
        return tuple(out)

    @property
    def restyled(self) -> bool:
        """Whether the template looks other than it did."""
        now, then = self.theirs.template, self.edited.base.template
        return now.styles != then.styles or now.page != then.page

    # ── carrying it out ────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, form: Form, now: datetime, revisions: bool) -> bytes:
        """The file with everything done, and its record and store made those of now."""
        edited, file, template = self.edited, self.edited.opened.file, self.theirs.template
        fields, values = self.theirs.outline.fields, self.theirs.values
        blocks = [*self.theirs.blocks, *header_blocks(file, fields, values)]
        live = slots(blocks, fields, values) if form.controls else {}
        ids = self._styles(file, template)
        strong = {style.role: ids[style.role] for style in template.styles if style.character and style.role != BLANK}
        by_tag = {slot.tag: slot for slot in reversed(list(live.values()))}
        editor = Editor(file, Looks(strong, ids[BLANK]), by_tag, now, revisions)
        names = anchors(self.theirs.blocks)
        last: Element | None = None
        for row in self.rows:
            last = self._row(editor, row, last, ids, live, names)
        self._mend_controls(editor, live)
        if editor.changed:
            file.touch(file.main)
        update_headers(file, editor, fields, edited.base.values, values)
        if not form.controls:
            _unwrapped(file.body, {slot.tag for slot in edited.slots.values()})
            file.touch(file.main)
        if edited.opened.multiplied:
            file.touch(file.main)
        self._page(file)
        attach(file, form, self._stored(live), template)
        return file.data(now)

    def _row(self, editor: Editor, row: Outcome, last: Element | None, ids: Mapping[str, str], live: Mapping[tuple[str, str], Slot], names: Sequence[str]) -> Element | None:
        """Do one row; returns the element it ends in, None where nothing of the text is left before it."""
        edited = self.edited
        if row.mine < 0:
            element = self._new(editor, row, ids, live, names)
            self._place(element, last)
            editor.inserted(element)
            return element
        paragraph = edited.paragraphs[row.mine]
        element = paragraph.element
        if row.remove:
            before = element.getprevious()
            if element is last or last is None:
                last = None
            editor.anchor(element, ())  # struck out it is still there, and no paragraph of ours any more
            editor.remove(element)
            return element if element.getparent() is not None else (last if last is not None else _paragraph_before(before))
        if row.moved:
            self._place(element, last)
            editor.changed = True
        tokens = self.final(row)
        mine = edited.mine[row.mine]
        if row.follow or row.flow or row.label[0]:
            if not any(c.tag for c in paragraph.controls) and not editor.slots:
                tokens = tuple(k if k.empty else k._replace(tag="") for k in tokens)
            editor.rewrite(paragraph, mine.tokens, tokens)
        if row.comment:
            editor.comment(element, row.comment)
        if row.block >= 0:
            role = self.side.blocks[row.block].role
            base_role = edited.base.blocks[mine.base].role
            if role != base_role and edited.roles.get(paragraph.style) == base_role:
                editor.restyle(element, ids[role])
        if row.block >= 0 or any(name.startswith("dr_") for name in paragraph.bookmarks):
            editor.anchor(element, [names[block] for block in (row.block, *row.joined) if block >= 0])
        return element

    def _new(self, editor: Editor, row: Outcome, ids: Mapping[str, str], live: Mapping[tuple[str, str], Slot], names: Sequence[str]) -> Element:
        block = self.side.blocks[row.block]
        old, new = row.label
        if old and block.spans and block.spans[0].text.startswith(old):
            first = block.spans[0]
            block = block._replace(spans=(first._replace(text=new + first.text[len(old) :]), *block.spans[1:]))
        start = editor.changes.next_id(3 + len(block.spans))
        text = markup.paragraphs([block], self.theirs.template, ids, live, [names[row.block]], start)
        return parse(markup.fragment(text))[0]

    def _place(self, element: Element, last: Element | None) -> None:
        """Put a paragraph behind the one before it, else before all."""
        if last is not None:
            last.addnext(element)
            return
        first = next((p.element for p in self.edited.paragraphs if p.element.getparent() is not None), None)
        if first is not None and first is not element:
            first.addprevious(element)
        elif first is None:
            self.edited.opened.file.body.insert(0, element)

    def _styles(self, file: DocxFile, template: Template) -> dict[str, str]:
        """The ids of the template's styles in the file; those it does not have, or that the template now has otherwise, are
        written."""
        part = file.target(file.main, "styles")
        if not part:
            raise file.no("文件里没有样式表，没法更新。", "请在 Word 里打开，另存为 .docx。")
        by_name = {name: i for i, name in self.edited.opened.style_names.items()}
        missing = [style for style in template.styles if style.name not in by_name]
        if not missing and template.styles == self.edited.base.template.styles:
            return {style.role: by_name[style.name] for style in template.styles}
        file.touch(part)
        return with_our_styles(file.tree(part), template)

    def _page(self, file: DocxFile) -> None:
        """The page of the template, where it is another than the one the draft was made with."""
        template, base = self.theirs.template, self.edited.base.template
        if template.page == base.page and template.style(BODY).line_pt == base.style(BODY).line_pt:
            return
        section = file.body.find(w("sectPr"))
        if section is None:
            return
        fresh = next(parse(markup.document("", template.page, twips(template.style(BODY).line_pt)).encode()).iter(w("sectPr")))
        for name in ("pgSz", "pgMar", "docGrid"):
            there, wanted_one = section.find(w(name)), fresh.find(w(name))
            if there is not None and wanted_one is not None:
                section.replace(there, wanted_one)
        file.touch(file.main)

    def _mend_controls(self, editor: Editor, live: Mapping[tuple[str, str], Slot]) -> None:
        """Give controls back the tags an office program has dropped, and unbind those that say something else than the
        store, so that Word does not overwrite what the writer typed."""
        stored = {slot.node: slot for slot in live.values() if slot.node}
        for element in self.edited.opened.file.body.iter(w("p")):
            paragraph = read_paragraph(element)
            for at, control in enumerate(paragraph.controls):
                properties = control.element.find(w("sdtPr"))
                if not isinstance(properties, ControlProperties) or not control.node:
                    continue
                slot = stored.get(control.node)
                if slot is not None and not control.tag:
                    self._tag(properties, slot)
                    editor.changed = True
                said = paragraph.said(at)
                if slot is not None and not slot.value and not control.prompt and said.startswith("【"):
                    editor.prompting(control)  # an office program has made plain words of the placeholder
                    continue
                agrees = slot is not None and (control.prompt if not slot.value else said == _shown(slot))
                if slot is not None and not agrees and not _same_blank(said, slot):
                    for binding in properties.findall(w("dataBinding")):
                        take_out(binding)
                    editor.changed = True

    @staticmethod
    def _tag(properties: ControlProperties, slot: Slot) -> None:
        for name, value in (("tag", slot.tag), ("alias", slot.title)):
            properties.get_or_add(name).set(w("val"), value[:MAX_TAG])

    def _stored(self, live: Mapping[tuple[str, str], Slot]) -> dict[tuple[str, str], Slot]:
        """The slots of the store: those of theirs, and those the writer's own paragraphs still hold."""
        out = dict(live)
        nodes = {slot.node for slot in live.values()}
        old = {slot.node: (key, slot) for key, slot in self.edited.slots.items() if slot.node}
        if not live:
            return out
        for element in self.edited.opened.file.body.iter(w("p")):
            paragraph = read_paragraph(element)
            for at, control in enumerate(paragraph.controls):
                if control.node and control.node not in nodes and control.node in old:
                    key, slot = old[control.node]
                    said = slot.value if slot.kind == "date" else paragraph.said(at)
                    out[key[0], f"{key[1]}\n{slot.node}"] = slot._replace(value=said)
                    nodes.add(control.node)
        return out


def _unwrapped(body: Element, tags: set[str]) -> bool:
    """Whether there were controls of ours, which are now plain text."""
    ours = [control for control in body.iter(SDT) if value_of(control, "sdtPr/tag") in tags]
    for control in ours:
        unwrap(control)
    return bool(ours)


def _shown(slot: Slot) -> str:
    if slot.kind == "date" and slot.value:
        return date_format_says(slot.format, date.fromisoformat(slot.value))
    return slot.value


def _same_blank(said: str, slot: Slot) -> bool:
    """Whether a control says its date in another of the formats, or is empty as it should be."""
    if slot.kind == "date" and slot.value:
        day = date.fromisoformat(slot.value)
        found = read_date(said, date(day.year, 1, 1)) if said else None
        return found == day or said in (f"{day.year}年", f"{day.year}年{day.month}月")
    return not slot.value and said.startswith("【")


def _paragraph_before(element: Element | None) -> Element | None:
    while element is not None and element.tag not in (w("p"), w("tbl"), w("sdt")):
        element = element.getprevious()
    return element
