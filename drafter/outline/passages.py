"""Requirements chosen anew: an outline's own and passages of the stock, in the order wanted, their headings of one
form."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.blank import OutlineText
from drafter.outline.model import Condition, Each, Outline, Requirement, Section, Stock, used_names

#: The forms of headings one may ask for, by what writers call them.
FORMS: dict[str, tuple[int, ...] | str] = {"四四": (4, 4), "七字": (7,), "在上": "在…上"}

#: Requirements one speech may be given; more are a slip.
MAX_PICKS = 50


def own_requirements(outline: Outline) -> tuple[Requirement, ...]:
    """The requirements that picking replaces: those of the first part that has any."""
    section = _first(outline.speech)
    return section.items if section else ()


def pick(outline: Outline, names: Sequence[str], form: str, brief: bool, find: Callable[[str], Outline]) -> Outline:
    """The outline with the requirements named, in that order, instead of its own.

    A name is a passage of the stock (`find` reads it), the number of one of the outline's own requirements, or a word
    of its heading. `form` is a key of FORMS, "" for the form of the outline's own headings. `brief` takes the passages'
    short texts. Raises Rejected, with every name that is not known.
    """
    own = own_requirements(outline)
    section = _first(outline.speech)
    if section is None:
        hint = "主持词、致辞一类没有分条的要求；drafter outlines show 名称 可以看结构。"
        raise Rejected(Diagnostic("这份提纲没有分条的要求，--pick 没有可以换的。", None, hint, code="no-requirements"))
    if form and form not in FORMS:
        raise Rejected(Diagnostic(f"--headings {form}：小标题的形式有 {'、'.join(FORMS)}。", code="option-value"))
    if len(names) > MAX_PICKS:
        raise Rejected(Diagnostic(f"--pick：一篇讲话最多选 {MAX_PICKS} 条。", code="pick-too-many"))
    chosen: list[Requirement | Placed] = []
    fields, sources = dict(outline.fields), outline.sources
    problems = []
    for at, name in enumerate(names, 1):
        if name in names[: at - 1]:
            problems.append(Diagnostic(f"--pick：“{name}”选了两次。", code="pick-twice"))
            continue
        mine = _own(own, name)
        if mine is not None:
            chosen.append(mine)
            continue
        try:
            other = find(name)
        except Rejected as error:
            mine = _by_heading(own, name)
            if mine is not None:
                chosen.append(mine)
            else:
                problems += [_named(d, name, own) for d in error.diagnostics]
            continue
        passage = other.passage
        assert passage
        chosen.append(
            Placed(Stock(name, passage, brief, tuple(other.fields)), note=passage.note, node=f"{section.node}.{name}")
        )
        for field in other.fields.values():
            fields.setdefault(field.name, field)
        sources = (*sources, *other.sources)
    if problems:
        raise Rejected(*problems)
    heads = [form_of(r.heading.words) for r in own if r.heading]
    wanted = FORMS[form] if form else max(heads, key=heads.count) if heads else None
    items: tuple[Requirement, ...] = matched(chosen, wanted)
    speech, _ = _replaced(outline.speech, section._replace(items=items))
    picked = outline._replace(speech=speech, fields=fields, sources=sources)
    before, unasked = used_names(outline), -1
    while unasked:  # a field nobody asks for may have been the only one to ask for another
        dropped = before - used_names(picked)
        kept = {name: field for name, field in picked.fields.items() if name not in dropped}
        unasked = len(picked.fields) - len(kept)
        picked = picked._replace(fields=kept)
    return picked


def _named(problem: Diagnostic, name: str, own: Sequence[Requirement]) -> Diagnostic:
    if problem.place is not None:
        return problem
    if name.isdigit():
        heads = "\n".join(f"{n}. {r.heading.words}" for n, r in enumerate(own, 1) if r.heading)
        return Diagnostic(f"--pick：本提纲没有第 {name} 条，一共 {len(own)} 条。", None, heads, code="pick-unknown")
    return problem._replace(message=f"--pick：{problem.message}", code="pick-unknown")


def _own(own: Sequence[Requirement], name: str) -> Requirement | None:
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 4 else 0
    return own[number - 1] if 0 < number <= len(own) else None


def _by_heading(own: Sequence[Requirement], word: str) -> Requirement | None:
    found = [r for r in own if r.heading and word in r.heading.words]
    return found[0] if len(found) == 1 else None


def _first(sections: Sequence[Section]) -> Section | None:
    for section in sections:
        found = section if section.kind == "requirements" else _first(section.sections)
        if found:
            return found
    return None


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
    )
