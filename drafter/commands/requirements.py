"""The requirements of a draft, looked at and changed on a page: taken, left, in another order, swapped for passages of the
stock. What comes out is a Choice as one types it, which `opening.choice_meant` reads like any other.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.numerals import count_read
from drafter.commands.opening import Choice, choice_meant, open_outline, picked
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf
from drafter.outline.field import Value
from drafter.outline.model import Outline, Requirement, Section
from drafter.outline.passages import (
    FORMS,
    NEXT,
    NOT,
    as_picked,
    form_of,
    kept,
    part_shown,
    parts_picked,
    passage_of,
    unlike,
)
from drafter.speech.draft import Item, plain

#: What the forms of headings are called beside the outline's own.
_SAME_FORM = "和原来几条一样"


class RequirementRow(NamedTuple):
    """A requirement as the page shows it. `name` is what it is picked by: its number in the outline, or a passage's name.
    `heading` and `text` are its words with the answers given so far; `subject`: the outline says that it is what the
    meeting is about; `only` says in words when it is printed where that depends on an answer, and `printed` whether
    it is now; `unlike` tells for which other speeches a passage is, "" where it is for this one."""

    name: str
    heading: str
    text: str
    length: int
    passage: bool
    subject: bool = False
    only: str = ""
    printed: bool = True
    unlike: str = ""


class HeadingForm(NamedTuple):
    """A form the headings of passages may have, with a heading of that form."""

    value: str
    called: str
    sample: str
    chosen: bool


class RequirementsShown(NamedTuple):
    """The requirements of a paper: those it has, in their order; those of its outline it has not; and what of passages
    can be chosen besides. `changed`: they are not the outline's own; `printed`: the part they stand in is printed with the
    answers there are; `lost`: those chosen before cannot be used any more, the names of passages that are gone (()
    for another reason), and the outline's own are shown; None where all is well."""

    taken: tuple[RequirementRow, ...]
    left: tuple[RequirementRow, ...]
    forms: tuple[HeadingForm, ...]
    brief: bool
    changed: bool
    printed: bool = True
    lost: tuple[str, ...] | None = None

    @property
    def length(self) -> int:
        """The 字 of those that are printed."""
        return sum(row.length for row in self.taken if row.printed)

    @property
    def passages(self) -> bool:
        """Whether there is a passage among those taken."""
        return any(row.passage for row in self.taken)


class PassageOffered(NamedTuple):
    """A passage of the stock as it would stand in the paper."""

    row: RequirementRow
    about: str
    taken: bool


class StockTheme(NamedTuple):
    """The passages of a theme; "" where they are those found by words."""

    name: str
    passages: tuple[PassageOffered, ...]


class StockShown(NamedTuple):
    """The passages one may take, those for this speech before the others; `said` tells where none answers what was
    typed."""

    themes: tuple[StockTheme, ...]
    typed: str = ""
    said: str = ""


class RequirementStep(NamedTuple):
    """What is done: `verb` is up, down, drop, take, swap (for `other`), order (as `names`), form (a form of headings, and in
    `other` whether the passages' texts are to be brief or long), or reset."""

    verb: str
    name: str = ""
    other: str = ""
    names: tuple[str, ...] = ()


# ── shown ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def can_choose(outline: Outline) -> bool:
    """Whether an outline has requirements others may take the place of."""
    return bool(parts_picked(outline))


def requirements(outline: Outline, choice: Choice, values: Mapping[str, Value]) -> RequirementsShown | None:
    """The requirements of a paper; None where its outline has none to choose from."""
    part = part_shown(outline, values)
    if part is None:
        return None
    lost: tuple[str, ...] | None = None
    try:
        names, now = _names(outline, choice, part), picked(outline, choice_meant(outline, choice))
    except Rejected:
        known = _in_stock()
        lost = tuple(name for name in choice.names if name[:1] not in NOT and not name.isdigit() and name not in known)
        names, choice, now = _own_names(part), Choice(), outline
    items = _items(outline, values) | _items(now, values)
    own = {str(number): row for number, row in enumerate(part.items, 1)}
    taken = []
    for name in names:
        row = own.get(name)
        taken.append(_own_row(outline, part, name, row, items, values) if row else _passage_row(outline, part, name, choice, values, items))
    left = [_own_row(outline, part, name, row, items, values) for name, row in own.items() if name not in names]
    return RequirementsShown(
        taken=tuple(taken),
        left=tuple(left),
        forms=_forms(outline, part, names, choice),
        brief=choice.brief,
        changed=list(names) != list(own),
        printed=part.when is None or part.when.holds(values) is not False,
        lost=lost,
    )


def _names(outline: Outline, choice: Choice, part: Section) -> tuple[str, ...]:
    """What the requirements of a part are picked by, as a choice has them. Raises Rejected."""
    meant = choice_meant(outline, choice).names
    if not meant:
        return _own_names(part)
    lists: list[list[str]] = [[]]
    for name in meant:
        if name == NEXT:
            lists.append([])
        else:
            lists[-1].append(passage_of(name))
    at = next((n for n, one in enumerate(parts_picked(outline)) if one.node == part.node), 0)
    return tuple(lists[at] if at < len(lists) else _own_names(part))


def _own_names(part: Section) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, len(part.items) + 1))


def _items(outline: Outline, values: Mapping[str, Value]) -> dict[str, Item]:
    """The requirements of a filled speech, by their nodes; the first where one is printed several times."""
    from drafter.outline.fill import fill

    found: dict[str, Item] = {}
    for part in fill(outline, values).parts:
        for item in part.items:
            found.setdefault(item.node.partition("#")[0], item)
    return found


def _own_row(
    outline: Outline,
    part: Section,
    name: str,
    requirement: Requirement,
    items: Mapping[str, Item],
    values: Mapping[str, Value],
) -> RequirementRow:
    item = items.get(requirement.node)
    when = requirement.when
    only = ""
    if when is not None:
        from drafter.outline.told import condition_told

        only = condition_told(when, outline.fields)
    heading = plain(item.heading) if item else requirement.heading.words if requirement.heading else ""
    text = _said(item) if item else _written(requirement)
    return RequirementRow(
        name=name,
        heading=heading,
        text=text,
        length=count_read(heading + text),
        passage=False,
        subject=requirement.keep,
        only=only,
        printed=when is None or when.holds(values) is not False,
    )


def _said(item: Item) -> str:
    """What a requirement says, its points too, a paragraph a line."""
    rows = [plain(paragraph.text) for paragraph in item.paragraphs]
    for point in item.items:
        heading = f"{point.label}{plain(point.heading)}"
        said = _said(point)
        rows.append(f"{heading}　{said}" if heading and said and not point.own_line else f"{heading}\n{said}".strip())
    return "\n".join(row for row in rows if row)


def _written(requirement: Requirement) -> str:
    """The same of a requirement that is not printed, as the outline has it."""
    rows = [text.words for text in requirement.texts]
    for point in requirement.points:
        if isinstance(point, Requirement):
            rows.append((point.heading.words if point.heading else "") + _written(point))
        else:
            rows.append(point.words)
    return "\n".join(rows)


def _passage_row(
    outline: Outline,
    part: Section,
    name: str,
    choice: Choice,
    values: Mapping[str, Value],
    items: Mapping[str, Item] | None = None,
) -> RequirementRow:
    passage = open_outline(str(shelf.find_passage(name))).outline.passage
    assert passage
    item = (items or {}).get(f"{part.node}.{name}")
    shown = as_picked(part.items, name, passage, choice.form, choice.brief)
    heading = plain(item.heading) if item else shown.heading.words if shown.heading else name
    text = _said(item) if item else _written(shown)
    wrong = unlike(passage, outline.genre, values)
    told = f"这一段是给别的{'、'.join(wrong)}写的，用在这里请通读一遍。" if wrong else ""
    return RequirementRow(name=name, heading=heading, text=text, length=count_read(heading + text), passage=True, unlike=told)


def _forms(outline: Outline, part: Section, names: Sequence[str], choice: Choice) -> tuple[HeadingForm, ...]:
    """The forms of headings, each with what the first passage taken is called in it."""
    name = next((name for name in names if not name.isdigit()), "")
    if not name:
        return ()
    passage = open_outline(str(shelf.find_passage(name))).outline.passage
    assert passage
    same = as_picked(part.items, name, passage, "", choice.brief).heading
    out = [HeadingForm("", _SAME_FORM, same.words if same else "", not choice.form)]
    for form, wanted in FORMS.items():
        sample = next((h.words for h in passage.headings if form_of(h.words) == wanted), "")
        out.append(HeadingForm(form, _CALLED[form], sample, choice.form == form))
    return tuple(out)


#: What the forms are called on a page.
_CALLED = {"四四": "四字一顿", "七字": "七个字", "在上": "在……上……"}


def stock(outline: Outline, choice: Choice, values: Mapping[str, Value], typed: str = "") -> StockShown:
    """The passages one may take for a paper, by theme, or those that answer what was typed. Nothing where the outline has
    no requirements."""
    from drafter.commands.index import passages

    part = part_shown(outline, values)
    if part is None:
        return StockShown((), typed)
    try:
        names = _names(outline, choice, part)
    except Rejected:
        names = ()
    known = [entry for entry in passages() if not entry.broken]
    said = ""
    typed = " ".join(typed.split())
    if typed:
        from drafter.commands.find import passages_found

        hits = passages_found(known, typed)
        if hits:
            known = [hit.entry for hit in hits]
            said = "" if any(hit.fits for hit in hits) else f"没有合适“{typed}”的段落，最近的是："
        else:
            said, typed = f"没有合适“{typed}”的段落，下面是全部。", ""
    offered = []
    for entry in known:
        row = _passage_row(outline, part, entry.name, choice, values)
        offered.append((entry.theme, PassageOffered(row, entry.about, entry.name in names)))
    if typed:
        return StockShown((StockTheme("", tuple(one for _, one in offered)),), typed, said)
    themes = [
        StockTheme(theme, tuple(sorted((one for of, one in offered if of == theme), key=lambda one: bool(one.row.unlike))))
        for theme in dict.fromkeys(theme for theme, _ in offered)
    ]
    return StockShown(tuple(themes), typed, said)


# ── changed ────────────────────────────────────────────────────────────────────────────────────────────────────────


def stepped(outline: Outline, choice: Choice, values: Mapping[str, Value], step: RequirementStep) -> Choice:
    """The choice after a step; what a step names that is not there any more changes nothing. Raises Rejected where no
    requirement would be left, or there is none to choose."""
    part = part_shown(outline, values)
    if part is None:
        raise Rejected(Diagnostic("这一篇没有分条的要求，没有可以换的。", code="no-requirements"))
    if step.verb == "reset":
        return Choice()
    try:
        names = list(_names(outline, choice, part))
    except Rejected:
        names, choice = list(_own_names(part)), Choice()
    form, brief = choice.form, choice.brief
    if step.verb == "form":
        form, brief = step.name if step.name in FORMS else "", step.other == "brief"
    else:
        names = _moved(names, step, {*_own_names(part), *_in_stock()})
    if not names:
        raise Rejected(Diagnostic("至少要留一条要求。", None, "先加上别的，再去掉这一条。", code="pick-unknown"))
    return _typed(outline, part, names, _names_elsewhere(outline, choice, part), form, brief)


def _in_stock() -> set[str]:
    from drafter.commands.index import passages

    return {entry.name for entry in passages() if not entry.broken}


def _moved(names: Sequence[str], step: RequirementStep, known: set[str]) -> list[str]:
    """The names after a step that is about one of them, or about their order."""
    out = list(names)
    if step.verb == "order":
        wanted = [name for name in dict.fromkeys(step.names) if name in out]
        return wanted if len(wanted) == len(out) else out
    at = out.index(step.name) if step.name in out else None
    if step.verb == "take" and at is None and step.name in known:
        return [*out, step.name]
    if at is None:
        return out
    if step.verb == "drop":
        out.pop(at)
    elif step.verb == "up" and at > 0:
        out[at - 1], out[at] = out[at], out[at - 1]
    elif step.verb == "down" and at + 1 < len(out):
        out[at + 1], out[at] = out[at], out[at + 1]
    elif step.verb == "swap" and step.other in known and step.other not in out:
        out[at] = step.other
    return out


def _names_elsewhere(outline: Outline, choice: Choice, part: Section) -> list[str]:
    """The numbers of requirements that stand only in a part printed with other answers, as far as they are taken: what is
    done to the part that is shown does not drop them."""
    out: dict[str, None] = {}
    for other in parts_picked(outline):
        try:
            names = _names(outline, choice, other)
        except Rejected:
            names = _own_names(other)
        out |= dict.fromkeys(name for name in names if name.isdigit() and int(name) > len(part.items))
    return list(out)


def _typed(outline: Outline, part: Section, names: Sequence[str], elsewhere: Sequence[str], form: str, brief: bool) -> Choice:
    """A choice as one types it: the requirements in their order, and the subject of the meeting where it was dropped."""
    if list(names) == list(_own_names(part)):
        return Choice()
    gone = [f"-{number}" for number in kept(part.items) if str(number) not in names]
    return choice_checked(outline, Choice((*names, *elsewhere, *gone), form, brief))


def choice_checked(outline: Outline, choice: Choice) -> Choice:
    """The same choice, where the outline can be written with it. Raises Rejected."""
    picked(outline, choice_meant(outline, choice))
    return choice
