"""A name that is nearly right, and the lists outlines and requirements are picked from: both by the one search."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Rejected, closest
from drafter.outline import shelf
from drafter.outline.shelf import BASIS, OUTLINES, PASSAGES, TEMPLATES

#: So many of the nearest are told.
FEW = 3

#: So much of a name is spelt alike (difflib's ratio) that a slip of the fingers is likelier than another word.
SLIPPED = 0.7

#: What the first of the kinds looked for is called: how many one is counted in, and itself.
_CALLED = {OUTLINES: "份提纲", PASSAGES: "段备选的要求", BASIS: "份依据表", TEMPLATES: "个模板"}


class NearName(NamedTuple):
    """A name on the shelves that may be meant, and what it is for."""

    name: str
    told: str

    def text(self) -> str:
        """As it is said."""
        return f"{self.name}（{self.told}）" if self.told else self.name


def near_names(name: str, kinds: Sequence[str]) -> list[NearName]:
    """The names of these kinds nearest to one that is on no shelf, the best first, at most three."""
    known = {near.name: near for kind in reversed(kinds) for near in _listed(kind)}
    spelt = closest(name, list(known))
    slips = [spelt] if spelt and _alike(spelt, name) >= SLIPPED else []
    found = [_found(kind, name) for kind in kinds]
    fitting = next((hits for kind in found if (hits := [hit for hit, fits in kind if fits])), [])
    rest = [*([spelt] if spelt else []), *(hit for kind in found for hit, _ in kind)] if not (slips or fitting) else []
    return [known[one] for one in dict.fromkeys([*slips, *fitting, *rest]) if one in known][:FEW]


def near_templates(name: str) -> list[NearName]:
    """The templates nearest to a name."""
    return near_names(name, (TEMPLATES,))


def _alike(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _listed(kind: str) -> list[NearName]:
    from drafter.commands.index import entries, passages, themes

    if kind == OUTLINES:
        return [NearName(e.name, e.genre) for e in entries()]
    if kind == PASSAGES:
        return [NearName(p.name, p.headings[0] if p.headings else "") for p in passages()]
    if kind == BASIS:
        return [NearName(t.name, t.about) for t in themes()]
    return _templates()


def _found(kind: str, typed: str) -> list[tuple[str, bool]]:
    """The names of a kind that answer to words, and whether each fits."""
    from drafter.commands.find import outlines_found, passages_found, rows_found, themes_found
    from drafter.commands.index import entries, passages, themes

    if kind == OUTLINES:
        return [(hit.entry.name, hit.fits) for hit in outlines_found(entries(), typed)]
    if kind == PASSAGES:
        return [(hit.entry.name, hit.fits) for hit in passages_found(passages(), typed)]
    if kind == BASIS:
        return [(hit.entry.name, hit.fits) for hit in themes_found(themes(), typed)]
    rows = _templates()
    return [(rows[hit.entry].name, hit.fits) for hit in rows_found([(r.name, r.told) for r in rows], typed)]


def _templates() -> list[NearName]:
    """The templates, each with what it says it is for."""
    from drafter.template.styles import parse_template

    out = []
    for found in shelf.listed(TEMPLATES):
        try:
            styles, layout = (shelf.read_source(found.path / file)[0] for file in ("styles.yaml", "layout.j2"))
            out.append(NearName(found.name, parse_template(found.name, styles, layout).about.partition("：")[0]))
        except Rejected:
            out.append(NearName(found.name, ""))
    return out


def told_near(name: str, kinds: Sequence[str], refused: Rejected) -> Rejected:
    """The refusal of a name, with the names that may be meant; as it is where it was refused for something else or none
    is near."""
    if OUTLINES in kinds and (lies := _where_it_lies(name, refused)):
        return Rejected(*(d._replace(hint=lies) for d in refused.diagnostics))
    if not _not_found(refused) or not (near := near_names(name, kinds)):
        return refused
    said = f"没有“{name}”这{_CALLED[kinds[0]]}；最近的是 {'、'.join(n.text() for n in near)}。"
    return Rejected(*(d._replace(message=said, hint=_where(kinds)) for d in refused.diagnostics))


def _where_it_lies(name: str, refused: Rejected) -> str:
    """What to type for an outline of this name that is no outline where it lies, "" where there is none."""
    from drafter.commands.left_out import where_it_is

    looked_for = {"name-not-found", "file-not-found", "name-syntax"}
    return where_it_is(name) if looked_for.issuperset(d.code for d in refused.diagnostics) else ""


def _not_found(refused: Rejected) -> bool:
    return [problem.code for problem in refused.diagnostics] == ["name-not-found"]


def _where(kinds: Sequence[str]) -> str:
    """Where all of the first kind are told."""
    if kinds[0] == TEMPLATES:
        return f"有：{'、'.join(found.name for found in shelf.listed(TEMPLATES))}。"
    listing = {PASSAGES: "drafter outlines passages", BASIS: "drafter outlines basis"}.get(kinds[0])
    return f"{listing} 列出全部。" if listing else "drafter outlines 列出全部；drafter outlines find 词 按用途找。"


def name_meant(name: str, interactive: bool, kinds: Sequence[str] = (OUTLINES, PASSAGES)) -> str:
    """The name, or, where none is called so and there is somebody to ask, the near one he takes instead. Raises Rejected
    where nothing is called so and he takes none; KeyboardInterrupt where he gives up."""
    if not interactive or shelf.is_path(name):
        return name
    try:
        shelf.find_basis(name) if kinds == (BASIS,) else shelf.find_all(name) if BASIS in kinds else shelf.find_outline(name)
        return name
    except Rejected as refused:
        if OUTLINES in kinds and _where_it_lies(name, refused):
            raise told_near(name, kinds, refused) from None
        if not _not_found(refused) or not (near := near_names(name, kinds)):
            raise
        from drafter.commands.picking import choose

        rows = [(n.name, f"用 {n.name}", n.told) for n in near]
        first = f"没有“{name}”这{_CALLED[kinds[0]]}；最近的是 {near[0].text()}。用它吗？"
        taken = choose(first, [*rows, ("", "都不用", "")])
        if taken is None:
            raise KeyboardInterrupt from None
        if not taken:
            raise told_near(name, kinds, refused) from None
        return taken


# ── lists to pick from ─────────────────────────────────────────────────────────────────────────────────────────────


def pick_outline(interactive: bool) -> str:
    """The outline picked on the terminal. Raises Rejected where nobody is there to ask; KeyboardInterrupt where the writer
    gives up."""
    from drafter.commands.index import entries

    found = [e for e in entries() if not e.broken]
    if not interactive:
        names = "\n".join(f"{e.name}　{e.about}" for e in found)
        raise Rejected(Diagnostic("要用哪一份提纲？请写 --outline 名称。", None, names, code="outline-not-named"))
    from drafter.commands.find import outlines_found
    from drafter.commands.picking import choose

    listed = sorted(found, key=lambda e: e.genre)
    numbers = {entry.name: n for n, entry in enumerate(listed)}

    def hits(typed: str) -> Iterable[tuple[int, bool]]:
        return ((numbers[hit.entry.name], hit.fits) for hit in outlines_found(listed, typed))

    rows = [(e.name, f"{e.genre}　{e.name}", "\n".join((e.about, *e.headings[:4]))) for e in listed]
    chosen = choose("要写哪一种讲话？说说什么场合，拼音也行。", rows, hits)
    if chosen is None:
        raise KeyboardInterrupt
    return chosen


def pick_requirements(outlines: tuple[str, ...]) -> tuple[str, ...]:
    """What is picked on the terminal for the first outline that has requirements. Raises PicksLeft where the writer gives up
    after some."""
    from drafter.commands.index import passages
    from drafter.commands.picking import PicksLeft, choose_several
    from drafter.commands.shelved import outline_at
    from drafter.outline.passages import for_genre, kept, own_requirements

    outline = next((o for name in outlines if own_requirements(o := outline_at(shelf.find_outline(name)).outline)), None)
    if outline is None:
        raise Rejected(Diagnostic("这份提纲没有分条的要求，--choose 没有可以换的。", code="no-requirements"))
    own = own_requirements(outline)
    subject = [str(n) for n in kept(own)]
    options = [
        (str(n), f"{item.heading.words if item.heading else ''}　（本提纲第 {n} 条）", "".join(t.words for t in item.texts))
        for n, item in enumerate(own, 1)
    ]
    stock = sorted((p for p in passages() if not p.broken), key=lambda p: not for_genre(p.genres, outline.genre))
    options += [(p.name, f"{p.headings[0]}　{p.name} · {p.theme}", p.short) for p in stock]

    def names(picked: list[str]) -> tuple[str, ...]:
        return () if picked in ([], subject) else (*picked, *(f"-{number}" for number in subject if number not in picked))

    try:
        picked = choose_several("讲哪几条？", options, subject)
    except PicksLeft as left:
        raise PicksLeft(names([*left.names])) from None
    if picked is None:
        raise KeyboardInterrupt
    return names(picked)
