"""What commands on drafts share: a draft opened, compared with its record, and what it is to be brought up to."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands import opening
from drafter.commands.next_step import as_typed
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import from_options
from drafter.outline.field import Value, save_form
from drafter.outline.model import Outline
from drafter.outline.yaml import Source
from drafter.revise.believed import believed
from drafter.revise.counting import as_it_stands, recorded
from drafter.revise.edited import Edited, OpenedDraft, basis_of
from drafter.revise.last_year import last_year_of, left_of
from drafter.revise.recipe import Made, Recipe, make, outline_of, record, stage_name
from drafter.revise.renumber import Disorder
from drafter.template.styles import Template, parse_template
from drafter.word.record import COUNTED, KEPT, LAST_YEAR, NUMBERS, TEXT, WITHIN, Kept, Provenance, Stage, digest, saved
from drafter.word.unfinished import repeated


class Against(NamedTuple):
    """What a draft is to be brought up to, as the user says it. An empty one is taken from the draft's own record; `other` is
    another draft of the same meeting, which tells this one what they have in common. `filled` are answers as they were typed
    into a form, by name, one with nothing in it for none; they count as `sets` do."""

    sets: tuple[str, ...] = ()
    answers: str = ""
    outline: str = ""
    template: str = ""
    renumber: bool = False
    other: str = ""
    filled: tuple[tuple[str, opening.Given], ...] = ()

    @property
    def by_hand(self) -> frozenset[str]:
        """The names of the answers given one by one."""
        return frozenset(from_options(self.sets)) | {name for name, _ in self.filled}


class DraftData(TypedDict):
    """A draft in the line of drafts."""

    number: int
    name: str


class Now(NamedTuple):
    """Outline and template as they are now: where they come from, and whether they differ from those of the record.
    `found` is False where they cannot be found any more and the record's are used."""

    recipe: Recipe
    outline_found: bool
    template_found: bool
    outline_changed: bool
    template_changed: bool
    remarks: tuple[Diagnostic, ...]


def open_draft(path: str) -> OpenedDraft:
    """A .docx opened. Raises Rejected, also for other kinds of files, which cannot hold the record."""
    from drafter.commands.elsewhere import remarks
    from drafter.readers.open import DOCX, kind_named, kind_of

    told = remarks(path)
    data = shelf.read_bytes(Path(path))
    if kind_named(path) not in (DOCX, None):
        kind, _ = kind_of(path, data)
        if kind is not DOCX:
            way = f"用原来的 .docx；没有了，就先转成 .docx：drafter format {path}，再用 drafter update 和 --outline 重新连上提纲。"
            raise Rejected(Diagnostic(f"这是{kind.called}，里面没有记来历；来历只记在 .docx 里。", Place(path), way, code="no-record"))
    return OpenedDraft(data, path, told)


class Connected(NamedTuple):
    """A draft with its record, as its page shows it: changes that were written as tracked ones and refused are not in
    it. `provenance` is the record of what it stands for now; `recipes` all those its page may show some of, the newest
    first; `refused` how many paragraphs say what they said before, while others do not."""

    provenance: Provenance
    draft: Edited
    recipes: tuple[Provenance, ...]
    refused: int

    def before(self) -> tuple[Provenance, ...]:
        """What the page shows now, for the record of changes that may be refused: where that is one recipe, with the
        answers that were given in Word since."""
        if len(self.recipes) > 1:
            return self.recipes
        return (self.recipes[0]._replace(values=saved(self.draft.values()), stages=(), former=()),)


def connected(opened: OpenedDraft) -> Connected:
    """The draft compared with what its record makes. Raises Rejected where it has no record."""
    record = opened.provenance
    if record is None:
        raise _no_record(opened)
    today = date.today()
    recipes = (record._replace(former=()), *record.former)
    found = believed(opened, [basis_of(_base(opened, recipe), recipe) for recipe in recipes], today)
    shown = recipes[found.recipe or 0]
    blank = tuple(name for name in shown.blank if name not in found.basis.made.values)
    shown = shown._replace(stages=record.stages, blank=blank)
    if found.recipe is not None and not opened.undecided:
        recipes = (shown,)
    return Connected(shown, Edited(opened, found.basis, today), recipes, 0 if found.recipe else found.refused)


def connected_to(opened: OpenedDraft, against: Against, now: datetime) -> Connected:
    """The record and the draft compared with it. A file that has no record is compared with what the outline the user
    names makes of what its controls show, and of the answers given. Raises Rejected where there is neither."""
    try:
        provenance = opened.provenance
    except Rejected:
        if not against.outline:
            raise
        provenance = None
    if provenance is not None:
        return connected(opened)
    if not against.outline:
        connected(opened)
    outline = opening.open_outline(against.outline).outline
    dress = opening.open_template(against.template or outline.template or opening.DEFAULT_TEMPLATE)
    values = dict(opening.given(outline.fields, against.answers, (), now.date(), against.filled).values)
    draft = Edited(opened, make(outline, dress.template, values), now.date())
    shown = {name: filled.value for name, filled in draft.filled.items() if filled.value is not None}
    if shown:
        values |= shown
        draft = Edited(opened, make(outline, dress.template, values), now.date())
    recipe = Recipe(against.outline, outline, dress.name, dress.template, dress.styles)
    first = Stage(1, stage_name(1), when=now.isoformat(timespec="seconds"))
    made = record(recipe, values, (), now, "", False, [first])
    return Connected(made, draft, (made,), 0)


def edited(opened: OpenedDraft) -> Edited:
    """The draft compared with what its record makes. Raises Rejected where it has no record."""
    return connected(opened).draft


def still_open(opened: OpenedDraft, found: Connected) -> list[Diagnostic]:
    """What is to be said of changes written as tracked ones, some of which nobody has decided on, or were refused."""
    out = []
    if opened.undecided:
        told = f"文中还有 {opened.undecided} 处 drafter 写的修订没有接受，也没有拒绝；现在都当作接受了。"
        out.append(Diagnostic(told, Place(opened.name), level=ADVICE, code="revisions-undecided"))
    if found.refused:
        told = f"上次写成修订的改动，有 {found.refused} 段没有接受；drafter update 会照提纲再改一遍。"
        hint = "不想要的，在提纲里改；或者改过再更新：手改的字都留着。"
        out.append(Diagnostic(told, Place(opened.name), hint, level=ADVICE, code="revisions-refused"))
    return out


#: Words of last year's that are named.
_NAMED = 10


def still_last_years(opened: OpenedDraft) -> list[Diagnostic]:
    """What is to be said of a draft written from last year's paper: what of that still stands, and nobody has
    confirmed."""
    words = [one.words for one in left_of(opened)]
    kept = last_year_of(opened)
    if not words or kept is None:
        return []
    more = f"等 {len(words)} 样" if len(words) > _NAMED else ""
    told = f"上年（{kept.file}）的话还有 {len(words)} 样没有确认：{'、'.join(words[:_NAMED])}{more}"
    hint = f"一处处看：drafter check {as_typed(opened.name)} --select left-over-fact"
    return [Diagnostic(told, Place(opened.name), hint, level=WARNING, code="last-year-left")]


def told_by_other(file: str, outline: Outline, today: date) -> dict[str, Value]:
    """What another draft of the meeting tells an outline: the points and the name of the meeting, and the people, day and
    place both ask for, as they stand in Word. Raises Rejected where it has no record."""
    from drafter.outline.between import SHARED, taken
    from drafter.outline.field import read

    other = edited(open_draft(file))
    made = as_it_stands(other, other.now)
    out: dict[str, Value] = {}
    for name in SHARED:
        field = outline.fields.get(name)
        if field is not None and name in made.values:
            try:
                saved = save_form(made.values[name])
                out[name] = read(field, saved, today)
            except ValueError:
                continue  # it asks for something else by that name
    both = {**outline.fields, **{name: field for name, field in made.outline.fields.items() if name not in outline.fields}}
    found = taken((made.outline, outline), both, {**made.values, **out}, today, made.by_hand)
    return out | {one.name: one.value for one in found if one.outline == 0}


def typed_form(value: Value | None) -> str:
    """A value as it is typed: `read` makes the same of it; a day with its year, a list a line each, "" for none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    saved = save_form(value)
    return saved if isinstance(saved, str) else "\n".join(saved)


def _no_record(opened: OpenedDraft) -> Rejected:
    """What to raise about a file that says nothing of what it was made from, or no more than the outline's name."""
    known, guests = opened.lineage.outline, opened.lineage.guests
    answers = "" if known and opened.has_blanks else " --answers 回答.yaml"
    way = f"用 drafter update {opened.name} --outline {known or '提纲'}{answers} 可以重新连上"
    if not known:
        told = "这份文件里没有记来历，不知道它是用哪份提纲写的。"
        return Rejected(Diagnostic(told, Place(opened.name), f"{way}；或者用 drafter extract 读成提纲。", code="no-record"))
    if guests:
        told = f"这份文件是用提纲 {known} 写的，里面记的来历却是另一份稿的（提纲 {guests[0].outline}），像是粘贴时带进来的。"
        return Rejected(Diagnostic(told, Place(opened.name), f"{way}。", code="no-record"))
    why = "LibreOffice 遇到回答里的 & 或 <，存的时候会把它清空" if opened.file.emptied else "别的程序存过以后，它没有了"
    told = f"这份文件是用提纲 {known} 写的，可是里面记的来历丢了（{why}）；字都在。"
    return Rejected(Diagnostic(told, Place(opened.name), f"{way}。", code="no-record"))


def _base(opened: OpenedDraft, provenance: Provenance) -> Made:
    outline = outline_of(provenance, opened.name)
    template = template_of(provenance, opened.name)
    return make(outline, template, provenance.answers(outline.fields), recorded(provenance))


def template_of(provenance: Provenance, file: str) -> Template:
    """The template a draft was made by, as its record has it. Raises Rejected where it has none."""
    styles, layout = (next(iter(provenance.texts_of(kind)), None) for kind in ("styles", "layout"))
    if styles is None or layout is None:
        raise Rejected(
            Diagnostic("文件里没有记下模板，没法比较。", Place(file), "用 --template 名称 说明用哪个模板。", code="record-without-template")
        )
    return parse_template(provenance.template, Source(styles.file, styles.text), Source(layout.file, layout.text))


def now_of(provenance: Provenance, against: Against, opened: OpenedDraft) -> Now:
    """Outline and template as they are now. Raises Rejected where one the user names cannot be used."""
    remarks: list[Diagnostic] = []
    name = against.outline or provenance.outline
    picks: dict[str, tuple[Source, ...]] = {}
    outline: Outline
    try:
        if name.startswith((WITHIN, TEXT)) and not against.outline:
            found = opening.OpenedOutline(Path(name), outline_of(provenance, opened.name), ())
        else:
            found = opening.open_outline(_beside(name, opened.name))
        outline = found.outline
        remarks += found.remarks
        choice = opening.Choice(provenance.picks, provenance.headings, provenance.brief)
        if provenance.picks and not against.outline:
            outline = opening.picked(outline, choice, picks)
        there = True
    except Rejected as error:
        if against.outline or not provenance.texts_of("outline"):
            raise
        outline, there, picks = outline_of(provenance, opened.name), False, {}
        told = f"原来的提纲 {name} 现在用不了，用文件里记着的那一份。"
        remarks.append(Diagnostic(told, None, error.diagnostics[0].text(), level=WARNING, code="outline-not-usable"))
    template_name = against.template or provenance.template
    try:
        dress = opening.open_template(_beside(template_name, opened.name))
        template, styles, dressed = dress.template, dress.styles, True
    except Rejected as error:
        if against.template:
            raise
        template, styles, dressed = template_of(provenance, opened.name), provenance.texts_of("styles")[0].text, False
        told = f"原来的模板 {template_name} 现在用不了，用文件里记着的那一份。"
        remarks.append(Diagnostic(told, None, error.diagnostics[0].text(), level=WARNING, code="template-not-usable"))
    own = provenance.picks if picks or not there else ()
    recipe = Recipe(name, outline, template_name, template, styles, own, provenance.headings, provenance.brief, picks)
    if not there and own:
        from drafter.outline.passages import passage_of

        recipe = recipe._replace(
            passages={n: _kept_sources(provenance, n) for n in map(passage_of, own) if provenance.texts_of(f"passage:{n}")}
        )
    made_now = _texts(recipe)
    return Now(
        recipe,
        there,
        dressed,
        there
        and digest(made_now) != digest([k for k in provenance.texts if k.kind not in ("styles", "layout", "start", NUMBERS, KEPT, COUNTED, LAST_YEAR)]),
        dressed
        and (styles, template.layout)
        != tuple(k.text for kind in ("styles", "layout") for k in provenance.texts_of(kind)[:1]),
        tuple(remarks),
    )


def _kept_sources(provenance: Provenance, name: str) -> tuple[Source, ...]:
    return tuple(Source(kept.file, kept.text) for kept in provenance.texts_of(f"passage:{name}"))


def _texts(recipe: Recipe) -> list[Kept]:
    made = record(recipe, {}, (), datetime.min, "", False)
    return [kept for kept in made.texts if kept.kind not in ("styles", "layout")]


def _beside(name: str, file: str) -> str:
    """A path as it was typed may be meant from here, or from where the document is."""
    if not shelf.is_path(name) or os.path.exists(name):
        return name
    near = Path(file).parent / name
    return str(near) if near.exists() else name


def _disagreements(draft: Edited, given: Mapping[str, Value]) -> list[Diagnostic]:
    out = [*repeated(draft.opened.file), *_guests(draft.opened)]
    for name, filled in draft.filled.items():
        if filled.value is None and not filled.cleared and name not in given:
            said = "、".join(f"“{text}”（{n} 处）" if text else f"空着（{n} 处）" for text, n in filled.said)
            where = Place(draft.opened.name)
            if len(filled.said) > 1:
                told = f"【{name}】在文中几处不一样：{said}，没有替您统一。"
                out.append(Diagnostic(told, where, f"要统一：--set {name}=回答", level=WARNING, code="answers-disagree"))
            else:
                told = f"【{name}】填的是{said}：{filled.why}"
                hint = f"在 Word 里改；或者 drafter update 的时候写 --set {name}=回答"
                out.append(Diagnostic(told, where, hint, level=WARNING, code="answer-filled-unfit"))
    behind = [row for row in draft.stale if row[0] not in given]
    for name, held, shown in behind[:1]:
        more = f"；这样的还有 {len(behind) - 1} 个：{'、'.join(f'【{row[0]}】' for row in behind[1:9])}{'……' if len(behind) > 9 else ''}" if behind[1:] else ""
        told = f"【{name}】文中写的是“{shown[:60]}”，控件背后存的是“{held[:60]}”，以文中的为准{more}。"
        hint = "多半是用 LibreOffice 改的；drafter update 会把两处对上。"
        out.append(Diagnostic(told, Place(draft.opened.name), hint, level=WARNING, code="answer-behind-differs"))
    return out


def _guests(opened: OpenedDraft) -> list[Diagnostic]:
    """What is told of records that came with what was pasted from other drafts."""
    others = opened.lineage.guests
    if not others:
        return []
    named = "、".join(dict.fromkeys(guest.outline for guest in others))
    told = f"文件里还带着另外 {len(others)} 份稿的来历（提纲 {named}），像是从那里粘贴来的；这一份只认自己的。"
    hint = "粘贴来的字照原样留着；drafter update 会去掉多出来的来历。"
    return [Diagnostic(told, Place(opened.name), hint, level=WARNING, code="record-of-another")]


#: Numbers of a list that are shown, and lists.
_NUMBERS, _LISTS = 8, 5


def _out_of_order(disorders: Sequence[Disorder], file: str, renumbered: bool) -> list[Diagnostic]:
    """What is told of numbers that do not count on; `renumbered`: they have just been put in order as far as may be."""
    out = []
    for disorder in disorders[:_LISTS]:
        more = "……" if len(disorder.labels) > _NUMBERS else ""
        said = " ".join(disorder.labels[:_NUMBERS]) + more
        told = f"同一组序号有{_ways(disorder.fashions)}写法：{said}" if disorder.fashions > 1 else f"序号接不上：{said}"
        hint = f"没有动；要按现在的次序重新排好：{renumber_command(file)}"
        if renumbered or disorder.typed:
            hint = "有的序号是您自己打的字，或者上面有修订、拼音之类，没有动；修订定了再排，或者在 Word 里改。"
        out.append(Diagnostic(told, Place(file), hint, level=WARNING, code="numbers-out-of-order"))
    return out


def renumber_command(file: str) -> str:
    """What puts the numbers of a draft in order."""
    return f"drafter update {as_typed(file)} --renumber"


def numbers_out_of_order(data: bytes, file: str) -> list[Diagnostic]:
    """What is to be told of the numbers of a Word document, where it is a draft whose record can be read."""
    from drafter.revise.apply import Merge

    opened = OpenedDraft(data, file)
    try:
        if opened.provenance is None:
            return []
        draft = edited(opened)
        return _out_of_order(Merge(draft, draft.now, frozenset(), False).disorders, file, False)
    except Rejected:
        return []  # damaged, or newer: whatever finish has to say of the words, it says without the record


def _ways(count: int) -> str:
    return "两种" if count == 2 else f"{count} 种"
