"""Requirements chosen anew: an outline's own and passages of the stock, in the order wanted, their headings of one
form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from drafter.diagnostic import ADVICE, Diagnostic, Rejected
from drafter.outline.blank import OutlineText
from drafter.outline.model import Answers, Condition, Each, Outline, Passage, Requirement, Section, Stock, used_names

#: The forms of headings one may ask for, by what writers call them.
FORMS: dict[str, tuple[int, ...] | str] = {"四四": (4, 4), "七字": (7,), "在上": "在…上"}

#: Requirements one speech may be given; more are a slip.
MAX_PICKS = 50


#: What stands before the name of a passage of which the short text is meant, and between the requirements of parts that
#: stand for one another, where what was picked is written down.
SHORT, NEXT = "~", "/"

#: What stands before a requirement that is not wanted.
NOT = ("-", "－", "—")


def passage_of(picked: str) -> str:
    """The name of the passage that was picked, as `meant` writes it down."""
    return picked.removeprefix(SHORT)


def own_requirements(outline: Outline) -> tuple[Requirement, ...]:
    """The requirements that picking replaces: those of the first part that has any."""
    section = next(iter(parts_picked(outline)), None)
    return section.items if section else ()


def parts_picked(outline: Outline) -> tuple[Section, ...]:
    """The parts whose requirements picking replaces: the first that has any, and those that stand for it under another
    condition (`文风 == "规范"`, `文风 == "平实"`)."""
    listed = list(_with_requirements(outline.speech, ()))
    if not listed:
        return ()
    (first, under), *others = listed
    return (first, *(s for s, whens in others if any(_apart(outline, under, whens, name) for name in _asked(under))))


def _with_requirements(
    sections: Sequence[Section], under: tuple[Condition, ...]
) -> Iterator[tuple[Section, tuple[Condition, ...]]]:
    for section in sections:
        whens = (*under, section.when) if section.when else under
        if section.kind == "requirements":
            yield section, whens
        yield from _with_requirements(section.sections, whens)


def _asked(whens: Sequence[Condition]) -> list[str]:
    return [name for when in whens for name in when.names]


def _apart(outline: Outline, one: Sequence[Condition], other: Sequence[Condition], name: str) -> bool:
    """Whether no answer to a choice lets both stand."""
    field = outline.fields.get(name)
    if field is None or not field.choices or name not in _asked(other):
        return False
    return all(
        any(when.holds({name: choice}) is False for when in (*one, *other) if when.names == (name,))
        for choice in field.choices
    )


def kept(own: Sequence[Requirement]) -> list[int]:
    """The numbers of the requirements that are the meeting's own subject: those that say so, else the first."""
    return [n for n, r in enumerate(own, 1) if r.keep] or [1]


def meant(outline: Outline, names: Sequence[str], brief: bool, find: Callable[[str], Outline]) -> tuple[str, ...]:
    """What `pick` is to take for the names somebody types: those that are the meeting's own subject come first, unless
    they are named themselves or dropped (-2, -隐患); where nothing but that is said, the others stay. Of a passage the
    text whose length is nearer to that of the outline's own requirements is meant, with `brief` the short one.

    A name is a passage of the stock (`find` reads it), the number of one of the outline's own requirements, or a word
    of its heading. Raises Rejected, with every name that is not known.
    """
    parts = parts_picked(outline)
    if not parts:
        hint = "主持词、致辞一类没有分条的要求；drafter outlines show 名称 可以看结构。"
        raise Rejected(Diagnostic("这份提纲没有分条的要求，--pick 没有可以换的。", None, hint, code="no-requirements"))
    if len(names) > MAX_PICKS:
        raise Rejected(Diagnostic(f"--pick：一篇讲话最多选 {MAX_PICKS} 条。", code="pick-too-many"))
    wanted = [name for name in names if not name.startswith(NOT)]
    dropped = [name.lstrip("".join(NOT)).strip() for name in names if name.startswith(NOT)]
    problems: list[Diagnostic] = []
    passages: dict[str, Passage] = {}
    for at, name in enumerate(wanted):
        if name in wanted[:at]:
            problems.append(Diagnostic(f"--pick：“{name}”选了两次。", code="pick-twice"))
        elif not any(_number(part.items, name) for part in parts):
            try:
                passage = find(name).passage
                assert passage
                passages[name] = passage
            except Rejected as error:
                if not any(_by_heading(part.items, name) for part in parts):
                    problems += [_named(d, name, parts[0].items) for d in error.diagnostics]
    for name in dropped:
        if not any(_number_meant(part.items, name) for part in parts):
            heads = _heads(parts[0].items)
            problems.append(Diagnostic(f"--pick：本提纲没有“{name}”这一条，去不掉。", None, heads, code="pick-unknown"))
    if problems:
        raise Rejected(*problems)
    lists: list[tuple[str, ...]] = []
    for part in parts:
        gone = {_number_meant(part.items, name) or _alike(parts, part, name) for name in dropped}
        mean = _mean(part.items)
        here: list[str] = []
        for name in wanted:
            if name in passages:
                here.append(SHORT + name if _shorter(passages[name], mean, brief) else name)
            elif number := _number_meant(part.items, name) or _alike(parts, part, name):
                here.append(str(number))
        if wanted:
            first = [str(n) for n in kept(part.items) if n not in gone and str(n) not in here]
        else:
            first = [str(n) for n in range(1, len(part.items) + 1) if n not in gone]
        lists.append((*first, *(name for name in dict.fromkeys(here) if name not in map(str, gone))))
    if not all(lists):
        raise Rejected(Diagnostic("--pick：一条要求也没有留下。", code="pick-unknown"))
    return tuple(name for n, listed in enumerate(lists) for name in ([NEXT] if n else []) + list(listed))


def _alike(parts: Sequence[Section], part: Section, name: str) -> int:
    """The number of the requirement that stands where another of the parts has the one that is meant, 0 for none."""
    number = next((n for other in parts if (n := _number_meant(other.items, name))), 0)
    return number if number <= len(part.items) else 0


def part_shown(outline: Outline, answers: Answers) -> Section | None:
    """Which of the parts whose requirements picking replaces is printed with these answers: the first of those that may
    be, where none is the first; None where there is none at all."""
    parts = parts_picked(outline)
    holding = {part.node: part.when.holds(answers) if part.when else True for part in parts}
    for wanted in (True, None, False):
        for part in parts:
            if holding[part.node] is wanted:
                return part
    return None


def form_wanted(own: Sequence[Requirement], form: str) -> tuple[int, ...] | str | None:
    """The form passages among these requirements have their headings in: a key of FORMS, "" for that of most of them."""
    heads = [form_of(r.heading.words) for r in own if r.heading]
    return FORMS[form] if form else max(heads, key=heads.count) if heads else None


def as_picked(own: Sequence[Requirement], name: str, passage: Passage, form: str, brief: bool) -> Requirement:
    """A passage as it stands when it is picked among these requirements (see `meant` for its length)."""
    stock = Stock(name, passage, _shorter(passage, _mean(own), brief))
    return as_requirement(Placed(stock, note=passage.note), form_wanted(own, form))


def _length(texts: Iterable[OutlineText | Requirement]) -> int:
    return sum(
        len(text.words) if isinstance(text, OutlineText) else _length((*text.texts, *text.points)) for text in texts
    )


def _mean(own: Sequence[Requirement]) -> float:
    """How long the requirements that are written out are, in characters; 0 where none is."""
    lengths = [_length((*r.texts, *r.points)) for r in own if r.stock is None]
    return sum(lengths) / len(lengths) if lengths else 0


def _shorter(passage: Passage, mean: float, brief: bool) -> bool:
    """Whether the short text of a passage is meant."""
    if not passage.short:
        return False
    return brief or (bool(mean) and abs(_length(passage.short) - mean) < abs(_length(passage.texts) - mean))


def pick(outline: Outline, names: Sequence[str], form: str, brief: bool, find: Callable[[str], Outline]) -> Outline:
    """The outline with exactly the requirements named, in that order, instead of its own. `names` are what `meant` says,
    or what a draft of former times was picked by; with one list for several parts the first is meant. `form` is a key of
    FORMS, "" for the form of the outline's own headings; `brief` takes the passages' short texts. Raises Rejected, with
    every name that is not known."""
    if form and form not in FORMS:
        raise Rejected(Diagnostic(f"--headings {form}：小标题的形式有 {'、'.join(FORMS)}。", code="option-value"))
    lists: list[list[str]] = [[]]
    for name in names:
        if name == NEXT:
            lists.append([])
        else:
            lists[-1].append(name)
    picked = outline
    for section, listed in zip(parts_picked(outline), lists, strict=False):
        picked = _picked(picked, section, listed, form, brief, find)
    before, unasked = used_names(outline), -1
    while unasked:  # a field nobody asks for may have been the only one to ask for another
        dropped = before - used_names(picked)
        stay = {name: field for name, field in picked.fields.items() if name not in dropped}
        unasked = len(picked.fields) - len(stay)
        picked = picked._replace(fields=stay)
    return picked


def _picked(
    outline: Outline, section: Section, names: Sequence[str], form: str, brief: bool, find: Callable[[str], Outline]
) -> Outline:
    """The outline with the requirements named in one of its parts."""
    own = section.items
    chosen: list[Requirement | Placed] = []
    fields, sources = dict(outline.fields), outline.sources
    problems = []
    for at, name in enumerate(names, 1):
        if name in names[: at - 1]:
            problems.append(Diagnostic(f"--pick：“{name}”选了两次。", code="pick-twice"))
            continue
        number = _number(own, name)
        if number:
            chosen.append(own[number - 1])
            continue
        bare = name.removeprefix(SHORT)
        try:
            other = find(bare)
        except Rejected as error:
            number = _by_heading(own, name)
            if number:
                chosen.append(own[number - 1])
            else:
                problems += [_named(d, bare, own) for d in error.diagnostics]
            continue
        passage = other.passage
        assert passage
        stock = Stock(bare, passage, brief or name != bare, tuple(other.fields))
        chosen.append(Placed(stock, note=passage.note, node=f"{section.node}.{bare}"))
        for field in other.fields.values():
            fields.setdefault(field.name, field)
        sources = (*sources, *(s for s in other.sources if s not in sources))
    if problems:
        raise Rejected(*problems)
    items: tuple[Requirement, ...] = matched(chosen, form_wanted(own, form))
    speech, _ = _replaced(outline.speech, section._replace(items=items))
    return outline._replace(speech=speech, fields=fields, sources=sources)


def _named(problem: Diagnostic, name: str, own: Sequence[Requirement]) -> Diagnostic:
    if problem.place is not None:
        return problem
    if name.isdigit():
        told = f"--pick：本提纲没有第 {name} 条，一共 {len(own)} 条。"
        return Diagnostic(told, None, _heads(own), code="pick-unknown")
    return problem._replace(message=f"--pick：{problem.message}", code="pick-unknown")


def _heads(own: Sequence[Requirement]) -> str:
    return "\n".join(f"{n}. {r.heading.words}" for n, r in enumerate(own, 1) if r.heading)


def _number(own: Sequence[Requirement], name: str) -> int:
    """The number a name is of one of the requirements, 0 where it is none."""
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 4 else 0
    return number if number <= len(own) else 0


def _by_heading(own: Sequence[Requirement], word: str) -> int:
    """The number of the one requirement that has a word in its heading, 0 where none or several have."""
    found = [n for n, r in enumerate(own, 1) if r.heading and word in r.heading.words]
    return found[0] if len(found) == 1 and word else 0


def _number_meant(own: Sequence[Requirement], name: str) -> int:
    return _number(own, name) or _by_heading(own, name)


def _replaced(sections: Sequence[Section], new: Section) -> tuple[tuple[Section, ...], bool]:
    """The sections with the one of `new`'s node replaced, and whether it was among them."""
    out, done = [], False
    for section in sections:
        if not done and section.node == new.node:
            out.append(new)
            done = True
            continue
        inner, found = _replaced(section.sections, new) if not done else (section.sections, False)
        out.append(section._replace(sections=inner))
        done = done or found
    return tuple(out), done


class Placed(NamedTuple):
    """A passage where it is to stand as a requirement; `matched` gives it the heading that fits its sisters."""

    stock: Stock
    when: Condition | None = None
    each: Each | None = None
    note: str = ""
    node: str = ""
    keep: bool = False


def form_of(heading: str) -> tuple[int, ...] | str:
    """What sister headings have in common: “在…上” for 在抓落实上见实效, else the 字 of each clause (4, 4)."""
    bare = heading.rstrip("。；！")
    if bare.startswith("在") and "上" in bare and "，" not in bare:
        return "在…上"
    return tuple(len(clause) for clause in bare.split("，"))


def matched(
    items: Iterable[OutlineText | Requirement | Placed], wanted: tuple[int, ...] | str | None = None
) -> tuple[Any, ...]:
    """The requirements, each passage among them with the heading of the form `wanted`, by itself the form most of the
    headings beside it have; where it has none of that form, with its first."""
    listed = list(items)
    if not any(isinstance(item, Placed) for item in listed):
        return tuple(listed)
    own = [form_of(i.heading.words) for i in listed if isinstance(i, Requirement) and i.heading]
    if wanted is None and own:
        wanted = max(own, key=own.count)
    return tuple(as_requirement(i, wanted) if isinstance(i, Placed) else i for i in listed)


def as_requirement(placed: Placed, wanted: tuple[int, ...] | str | None) -> Requirement:
    """A passage as a requirement, its heading in the wanted form where it has it."""
    passage = placed.stock.passage
    heading = next((h for h in passage.headings if form_of(h.words) == wanted), next(iter(passage.headings), None))
    texts = passage.short if placed.stock.brief and passage.short else passage.texts
    prefix = f"{placed.node}."
    return Requirement(
        heading=heading._replace(node=prefix + heading.node) if heading else None,
        texts=tuple(text._replace(node=prefix + text.node) for text in texts),
        when=placed.when,
        each=placed.each,
        note=placed.note,
        node=placed.node,
        stock=placed.stock,
        keep=placed.keep,
    )


def for_genre(genres: Sequence[str], genre: str) -> bool:
    """Whether a passage for `genres` is one for speeches of a genre: one of its words stands in that."""
    return not genres or not genre or any(word in genre for word in genres)


def unfit(outline: Outline, answers: Answers) -> tuple[Diagnostic, ...]:
    """What is to be said of passages that stand among the requirements and are for other speeches."""
    stocks = [r.stock for part in parts_picked(outline) for r in part.items if r.stock]
    found = []
    for stock in {stock.name: stock for stock in stocks}.values():
        if wrong := unlike(stock.passage, outline.genre, answers):
            told = f"段落“{stock.name}”是给别的{'、'.join(wrong)}写的，用在这里请通读一遍。"
            found.append(Diagnostic(told, None, "合用的：drafter outlines passages。", level=ADVICE, code="passage-unfit"))
    return tuple(found)


def unlike(passage: Passage, genre: str, answers: Answers) -> tuple[str, ...]:
    """In what a passage is for other speeches than one of this genre with these answers: 文种（党课）, 层级（县、乡）; () where
    it is for it."""
    from drafter.outline.basis import LEVELS, situation_of

    if not (passage.genres or passage.levels or passage.ranks):
        return ()
    where = situation_of(answers, ())
    levels = {LEVELS.get(level, level) for level in passage.levels}
    return tuple(
        f"{what}（{'、'.join(wanted)}）"
        for what, wanted, fits in (
            ("文种", passage.genres, for_genre(passage.genres, genre)),
            ("层级", passage.levels, not levels or not where.level or LEVELS.get(where.level, where.level) in levels),
            ("讲话人身份", passage.ranks, not passage.ranks or not where.rank or where.rank in passage.ranks),
        )
        if not fits
    )
