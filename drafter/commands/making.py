"""A document made of an outline, a template and answers, as bytes: what `new` and `batch` both do. No file is written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands import settings
from drafter.commands.opening import (
    DEFAULT_TEMPLATE,
    BlankLeft,
    Choice,
    Dress,
    OpenedOutline,
    blanks_left,
    choice_meant,
    open_outline,
    open_template,
    picked,
)
from drafter.commands.rendering import render
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline.answers import Settled
from drafter.outline.field import Value
from drafter.outline.fill import filled, notes
from drafter.outline.model import Outline, bases
from drafter.speech.draft import Draft, plain
from drafter.template.fitted import fitted
from drafter.template.layout import words_of
from drafter.writers import Properties

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed
    from drafter.outline.basis import Stood
    from drafter.outline.yaml import Source
    from drafter.speech.block import Block
    from drafter.template.fitted import Fitted
    from drafter.word.record import Form, PackedHead, Provenance

#: A longer draft (characters) is not proof-read unasked: it would take seconds.
MAX_PROOFREAD = 60_000


class Making(NamedTuple):
    """A document on its way: what its outline was asked for by, the outline, what it is set by, and which requirements
    were chosen, with the files they stand in. `text`: the outline is a text that lies nowhere."""

    name: str
    opened: OpenedOutline
    dress: Dress
    choice: Choice
    passages: "dict[str, tuple[Source, ...]]"
    text: bool = False

    @property
    def outline(self) -> Outline:
        return self.opened.outline


class How(NamedTuple):
    """What documents are made as: the kind of file, the moment that stands in them, whether their blanks are plain text,
    whether they have comments, whether one with a blank left is refused, and whether they stay connected with what they are
    made from."""

    kind: str
    now: datetime
    plain: bool = False
    comments: bool = True
    strict: bool = False
    connected: bool = True


def made_as(kind: str, now: datetime, plainly: bool, without_comments: bool, strict: bool) -> How:
    """What documents are made as, by what is asked for and by the settings that hold here. Raises Rejected."""
    if kind != "docx":
        return How(kind, now, strict=strict)
    plainly = plainly or settings.plain()
    return How(kind, now, plainly, not (without_comments or plainly) and settings.comments(), strict)


class Drafted(NamedTuple):
    """A document that only has to be written. `values` are the answers as its outline takes them, `set_by` is the draft set by
    its template, `stood` what it stands on, `marks` the words somebody has to confirm; with `controls` its blanks ask their
    questions."""

    making: Making
    values: Mapping[str, Value]
    draft: Draft
    blanks: tuple[BlankLeft, ...]
    data: bytes
    kind: str
    set_by: "Fitted"
    stood: "tuple[Stood, ...]"
    marks: tuple[str, ...]
    controls: bool

    @property
    def to_confirm(self) -> "tuple[ToBeConfirmed, ...]":
        """What it asks to have confirmed, found on its pages when somebody asks."""
        return _to_confirm(self.set_by.blocks, self.making, self.kind, self.controls) if self.marks else ()

    @property
    def of_pages(self) -> tuple[Diagnostic, ...]:
        """What there is to say of how its pages end, counted when somebody asks: on a long speech that is half of a run."""
        if self.kind not in ("docx", "pdf"):
            return ()
        from drafter.template.page_ends import on_pages

        return on_pages(self.set_by, self.making.dress.template)


def makings(
    names: Sequence[str],
    choice: Choice,
    choices: Sequence[Choice],
    template: str,
    templates: Sequence[str],
    texts: Mapping[str, bytes] = {},
) -> list[Making]:
    """The documents to make of outlines, each with the requirements chosen for it and its template: `choices` and `templates`,
    where there are any, say for each, else `choice` is for the one it fits; `texts` are outlines that lie nowhere, by their
    names. Raises Rejected."""
    opened = [_to_write(name, texts) for name in names]
    meant = _picked_for(opened) if choice.names else None
    out = []
    for number, (name, found) in enumerate(zip(names, opened, strict=True)):
        chosen = choices[number] if choices else choice if number == meant else Choice()
        passages: dict[str, tuple[Source, ...]] = {}
        if chosen.names:
            chosen = choice_meant(found.outline, chosen)
            found = found._replace(outline=picked(found.outline, chosen, passages))
        own = templates[number] if templates else ""
        dress = open_template(own or template or found.outline.template or DEFAULT_TEMPLATE)
        out.append(Making(name, found, dress, chosen, passages, name in texts))
    return out


def _to_write(name: str, texts: Mapping[str, bytes]) -> OpenedOutline:
    """The outline of a name. Raises Rejected where that is no speech."""
    opened = open_outline(name, texts)
    if opened.outline.passage:
        hint = f"用在提纲里：drafter new --outline 提纲 --pick {opened.path.stem}"
        raise Rejected(Diagnostic("这是一段备选的要求，不是整篇讲话。", Place(str(opened.path)), hint, code="passage-not-speech"))
    if opened.outline.title is None:
        raise Rejected(
            Diagnostic("这份提纲没有 title，只能放进别的提纲里（include）。", Place(str(opened.path)), code="outline-without-title")
        )
    return opened


def _picked_for(opened: Sequence[OpenedOutline]) -> int:
    """Which of several documents the chosen requirements are meant for: the first that has requirements, and does not
    only sum up another's. Raises Rejected where none has."""
    from drafter.outline.passages import own_requirements

    if len(opened) == 1:
        return 0
    having = [n for n, found in enumerate(opened) if own_requirements(found.outline)]
    if not having:
        raise Rejected(Diagnostic("这几份提纲都没有分条的要求，--pick 没有可以换的。", code="no-requirements"))
    return next((n for n in having if "讲话要点" not in opened[n].outline.fields), having[0])


def drafted(making: Making, values: Mapping[str, Value], settled: Settled, how: How) -> Drafted:
    """A document made of its answers; `settled` tells which were left blank on purpose. Raises Rejected."""
    outline, template = making.outline, making.dress.template
    head = _record_begun(making, how) if how.kind == "docx" and how.connected else None
    filling = filled(outline, values)
    draft = filling.draft
    set_by = fitted(draft, template, making.dress.code)
    blocks = set_by.blocks
    blanks = blanks_left(blocks, outline.fields)
    if how.strict and blanks:
        listed = "\n".join(f"【{b.name}】{b.ask}" for b in blanks)
        message = f"还有 {len(blanks)} 个空没填，按 --strict 没有写文件："
        raise Rejected(Diagnostic(message, None, f"{listed}\n用 --set 名称=回答 填上。", code="blanks-left"), exit_code=1)
    title, author = plain(draft.title), plain(draft.byline)
    form = _form(head, making, values, settled, how, author) if head else None
    data = render(blocks, template, how.kind, Properties(how.now, title, author, form, comments_of(outline, draft, blocks, how)))
    controls = form is not None and form.controls
    return Drafted(making, values, draft, blanks, data, how.kind, set_by, filling.stood, marks_in(blocks), controls)


def comments_of(outline: Outline, draft: Draft, blocks: "Sequence[Block]", how: How) -> Mapping[int, tuple[str, ...]] | None:
    """The comments at the paragraphs of a document; None where it is to have none at all."""
    if how.kind != "docx":
        return None
    remarks: Mapping[int, tuple[str, ...]] = {}
    if notes(outline, draft) or bases(outline):
        from drafter.outline.reminders import reminders

        remarks = reminders(outline, blocks)
    return None if (remarks or marks_in(blocks)) and not how.comments else remarks


def marks_in(blocks: "Sequence[Block]") -> tuple[str, ...]:
    """The words somebody has to confirm."""
    return tuple(span.text for block in blocks for span in block.spans if span.confirm is not None)


def _to_confirm(blocks: "Sequence[Block]", making: Making, kind: str, controls: bool) -> "tuple[ToBeConfirmed, ...]":
    """What a document asks to have confirmed. `controls`: its blanks ask their questions."""
    from drafter.commands.confirming import to_confirm_in

    template = making.dress.template
    if not controls:
        return to_confirm_in(blocks, template, kind)
    from drafter.word.markup import with_questions

    return to_confirm_in(blocks, template, kind, with_questions(blocks, template, making.outline.fields))


def _record_begun(making: Making, how: How) -> "PackedHead":
    """What the record of a document begins with. That of a long outline is compressed while the document is made."""
    from drafter.word.record import PackedHead

    return PackedHead(provenance_of(making, {}, Settled({}, frozenset(), ()), how, ""))


def _form(
    head: "PackedHead", making: Making, values: Mapping[str, Value], settled: Settled, how: How, author: str
) -> "Form":
    """What keeps a document connected with what it is made from."""
    from drafter.revise.recipe import form

    own = own_values(making, values)
    return form(provenance_of(making, own, settled, how, author), making.outline, own, head)


def own_values(making: Making, values: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that the outline asks for, in the order of its fields."""
    return {name: values[name] for name in making.outline.fields if name in values}


def provenance_of(making: Making, own: Mapping[str, Value], settled: Settled, how: How, author: str) -> "Provenance":
    """The record of a document made of its own answers."""
    from drafter.revise.recipe import Recipe, record, stage_name
    from drafter.word.record import TEXT, Stage

    recipe = Recipe(
        f"{TEXT}{Path(making.name).stem}" if making.text else making.name,
        making.outline,
        making.dress.name,
        making.dress.template,
        making.dress.styles,
        making.choice.names,
        making.choice.form,
        making.choice.brief,
        making.passages,
    )
    first = Stage(1, stage_name(1), when=how.now.isoformat(timespec="seconds"))
    blank = [name for name in settled.blank if name in making.outline.fields]
    return record(recipe, own, blank, how.now, author, how.plain, [first])


def proofread(draft: Draft, outline: Outline, today: date, folder: Path) -> dict[str, int] | None:
    """How many findings of each level the proof-reader has on a draft, by the settings that hold in the folder where it is
    written; those on blanks nobody has answered are left out, for these are told anyway. None for one too long."""
    from drafter.check.paper import check, paper_of_draft
    from drafter.check.report import counted, on_a_blank
    from drafter.commands.patterns import patterns_remembered

    if sum(len(words_of(part)) for part in draft.parts) > MAX_PROOFREAD:
        return None
    paper = paper_of_draft(draft, outline, None, today)
    chosen = settings.checks(folder, strange=True)
    lines = paper.speech.lines
    with patterns_remembered():
        found = check(paper, chosen)
    return counted(f for f in found if not on_a_blank(lines[f.line].text, f))


def of_basis(stood: "Sequence[Stood]") -> tuple[Diagnostic, ...]:
    """What there is to say of what speeches stand on, once for all of them."""
    if not stood:
        return ()
    from drafter.outline.standing import remarks_on, told_of

    return remarks_on(told_of(stood))


def of_base(dress: Dress, kind: str) -> tuple[Diagnostic, ...]:
    """What there is to say of a template's base.docx: that the last speech is still in it."""
    if dress.template.base is None or kind not in ("docx", "pdf"):
        return ()
    from drafter.writers.letterhead import left_in_base

    left = left_in_base(dress.template)
    if not left:
        return ()
    told = f"模板的 base.docx 是一篇写好的讲话稿，里面的 {left} 段文字照样放在新稿前面。"
    hint = "在 Word 里打开 base.docx，删掉正文，只留信头，保存。"
    place = Place(f"{dress.template.name}/base.docx")
    return (Diagnostic(told, place, hint, level=WARNING, code="base-is-draft"),)


def unfit_picks(making: Making, values: Mapping[str, Value]) -> tuple[Diagnostic, ...]:
    """What there is to say of passages picked that are for other speeches."""
    if not making.choice.names:
        return ()
    from drafter.outline.passages import unfit

    return unfit(making.outline, values)
