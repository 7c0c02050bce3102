"""What became of the changes an update has written as tracked changes: the page says it, not the record.

A draft updated so is made from two recipes: that of now and, beside it in the record, that of before. Which of them a
paragraph and an answer stand for is told by what the page says: what was accepted, or is still to be decided, is of
now, what was refused of before. The draft is compared with what holds for each, so that a refused change is as if it
had never been made.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.outline.field import Value, say
from drafter.revise.edited import Basis, Edited, OpenedDraft, basis_of
from drafter.revise.merge import Side
from drafter.revise.numbers import Inner, Key, Laid, Level
from drafter.revise.plan import counterparts
from drafter.revise.recipe import Made, make
from drafter.speech.block import Block
from drafter.speech.match import out_of_order
from drafter.word.controls import field_of
from drafter.word.headers import header_paragraphs
from drafter.word.markers import OURS, STRUCK
from drafter.word.text import read
from drafter.word.tokens import Token, text_of, tokens_of


class Believed(NamedTuple):
    """What a draft is compared with. `recipe` is which of those it was made from the page shows, 0 the newest; None
    where it shows some of several. `refused` are paragraphs that say what they said before."""

    basis: Basis
    recipe: int | None
    refused: int


def believed(opened: OpenedDraft, own: Sequence[Basis], today: date) -> Believed:
    """What a draft stands for that was made as `own`, the newest first, by what its page says."""
    if len(own) == 1:
        return Believed(own[0], 0, 0)
    page = Edited(opened, own[0], today)
    told = _evidence(page, own)
    common = set(range(len(own))).intersection(*told)
    if told and common and 0 not in common:
        older = own[min(common)]
        return Believed(older._replace(names=_Choice(page, older).names()), min(common), len(told))
    values = _answers(page, own)
    basis, refused = _with(own[0], values), 0
    for one in own[1:]:
        basis, more = _Choice(Edited(opened, basis, today), _with(one, values)).made()
        refused += more
    for number, one in enumerate(own):
        if _made(one.made, values) is one.made and one.side.blocks == basis.side.blocks:
            return Believed(Basis(one.made, one.side, basis.names), number, refused)
    return Believed(basis, None, refused)


def _with(basis: Basis, values: Mapping[str, Value]) -> Basis:
    """What would be made with other answers, under the bookmarks of what was made; "" for a paragraph that was not."""
    made = basis_of(_made(basis.made, values))
    if made.made is basis.made:
        return basis
    became = counterparts(made.side, basis.side)
    back = {was: n for n, was in became.items()}
    given = {(back[n], key): label for (n, key), label in basis.side.given.items() if n in back}
    names = tuple(basis.names[became[n]] if n in became else "" for n in range(len(made.names)))
    return Basis(made.made, Side(made.made.blocks, made.side.numbers, given), names)


def _made(made: Made, values: Mapping[str, Value]) -> Made:
    """An outline with other answers, as far as it asks for them."""
    own = {name: value for name, value in values.items() if name in made.outline.fields}
    return made if own == made.values else make(made.outline, made.template, own, made.by_hand)


def _evidence(page: Edited, own: Sequence[Basis]) -> list[set[int]]:
    """What each place of the page tells: the recipes that make what is there. A paragraph that is not there tells
    something only where the newest has it and an older one has not: others the writer may have deleted."""
    out: list[set[int]] = []
    for place, versions in _places(page, own):
        text = _flat(page.found[place].tokens)
        exact = {at for at, n in versions.items() if _text(own[at].side, n) == text}
        found = exact or {at for at, n in versions.items() if _says(page, place, own[at].side, n)}
        out += [found] if found else []
    choices = {number: _Choice(page, older) for number, older in enumerate(own) if number}
    for j, block in enumerate(page.side.blocks):
        having = {0, *(number for number, choice in choices.items() if j in choice.came)}
        if len(having) < len(own) and block.text:
            at = next(iter(choices.values())).holders.get(j)
            there = at is not None and bool(page.found[at].tokens)
            out.append(having if there else set(range(len(own))) - having)
    for number, choice in choices.items():
        out += [{number} for i in choice.again if choice.became.get(i) not in choice.holders]
        came = choice.came
        for i in out_of_order([came[j] for j in sorted(came)]):
            out += [{0}] if i not in choice.again and choice.became[i] in choice.holders else []
    for name, text in _in_headers(page):
        told = {at for at, one in enumerate(own) if name in one.made.values and say(one.made.values[name]) == text}
        out += [told] if told and len(told) < len(own) else []
    return out


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _answers(page: Edited, made: Sequence[Basis]) -> dict[str, Value]:
    """The answers the page shows, each one of those it was made with: the newest of them that is to be seen anywhere.
    One that is not to be seen in itself is that with which the page has the paragraphs it has."""
    newest = made[0].made
    asked = {name: None for basis in reversed(made) for name in basis.made.outline.fields}
    differing = {
        name: [basis.made.values.get(name) for basis in made]
        for name in asked
        if any(basis.made.values.get(name) != newest.values.get(name) for basis in made)
    }
    strong, weak = _shown(page, made, differing)
    values = dict(newest.values)
    chosen = {name: min(strong[name]) for name in differing if name in strong}
    for name, at in chosen.items():
        _set(values, name, differing[name][at])
    rest = max(chosen.values()) if len(set(chosen.values())) == 1 else 0
    for name in [name for name in differing if name not in chosen]:
        best = []
        for at, value in enumerate(differing[name]):
            tried = dict(values)
            _set(tried, name, value)
            fit = _fit(page, _made(newest, tried)) if name in newest.outline.fields else 0
            best.append((fit, at in weak.get(name, ()), at == rest, -at))
        _set(values, name, differing[name][-max(best)[3]])
    return values


def _set(values: dict[str, Value], name: str, value: Value | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def _fit(page: Edited, made: Made) -> int:
    """How well what is made fits the page: paragraphs that are there, less those that are not."""
    texts = {text_of(found.tokens) for found in page.found}
    return sum(1 if block.text in texts else -1 for block in made.blocks)


#: Of which recipes the page shows the answer, by field.
_Shown = dict[str, set[int]]


def _shown(page: Edited, made: Sequence[Basis], fields: Mapping[str, object]) -> tuple[_Shown, _Shown]:
    """Of which recipes the page shows the answer, by field: where a paragraph says all that one of them says, and where
    the writer has reworded it. There a control may say something else than any, or the same whatever was decided."""
    strong: _Shown = {}
    weak: _Shown = {}
    for place, versions in _places(page, made):
        whole = {at for at, n in versions.items() if _says(page, place, made[at].side, n)}
        tokens = {at: tokens_of(made[at].side.blocks[n]) for at, n in versions.items()}
        blanks = {at: {t.tag: t.text for t in said if t.tag} for at, said in tokens.items()}
        here = {token.tag: token.text for token in reversed(page.found[place].tokens) if token.tag}
        text = text_of(page.found[place].tokens)
        for tag in {tag for said in blanks.values() for tag in said}:
            name, forms = field_of(tag), {at: said.get(tag) for at, said in blanks.items()}
            if name not in fields or len(set(forms.values())) < 2:
                continue
            told = whole or {at for at, form in forms.items() if form is not None and form == here.get(tag)}
            if not told and tag not in here:  # a program has dropped the controls, and the paragraph was reworded
                told = {at for at, form in forms.items() if form and form in text}
            now = [token for token in tokens[0] if token.tag == tag and not token.empty]
            if not whole and not now:
                told &= {0}  # no update takes an answer out of a paragraph that was reworded
            if len({forms[at] for at in told}) == 1:
                (strong if whole else weak).setdefault(name, set()).update(told)
    for name, text in _in_headers(page):
        told = {at for at, basis in enumerate(made) if name in basis.made.values and say(basis.made.values[name]) == text}
        if name in fields and told and len(told) < len(made):
            strong.setdefault(name, set()).update(told)
    return strong, weak


def _in_headers(page: Edited) -> Iterator[tuple[str, str]]:
    for _, element in header_paragraphs(page.opened.file):
        paragraph = read(element)
        for at, control in enumerate(paragraph.controls):
            yield control.tag, paragraph.said(at)


def _places(page: Edited, made: Sequence[Basis]) -> Iterator[tuple[int, dict[int, int]]]:
    """The paragraphs of the page that some recipes make differently: each with its number in what they make."""
    holders = {base: at for at, row in enumerate(page.mine) for base in (row.base, *row.joined) if base >= 0}
    older = [
        (number, basis, {j: i for i, j in counterparts(basis.side, page.side).items()})
        for number, basis in enumerate(made)
        if number
    ]
    for n in range(len(page.side.blocks)):
        versions = {0: n}
        struck: int | None = None
        for number, basis, came in older:
            was = came.get(n)
            if was is not None:
                versions[number] = was
                struck = _struck(page, basis.names[was]) if struck is None else struck
        place = holders.get(n, struck)
        if place is not None and len({_text(made[at].side, i) for at, i in versions.items()}) > 1:
            yield place, versions


def _struck(page: Edited, name: str) -> int | None:
    """The paragraph that was struck as the one of a name, and stands again."""
    wanted = STRUCK + name.removeprefix(OURS)
    return page.again.get(wanted)


def _says(page: Edited, at: int, side: Side, n: int) -> bool:
    """Whether a paragraph of the page says what a paragraph was made to say, whatever its number."""
    here = {_flat(page.found[at].tokens), _flat(page.mine[at].words)}
    return bool(here & {_text(side, n), _flat(side.words()[n])})


def _text(side: Side, n: int) -> str:
    """What a paragraph was made to say, with the number drafter has given it since."""
    text, level = side.blocks[n].text.replace("\n", ""), side.levels.get(n)
    given = side.given.get((n, 0))
    return text if level is None or given is None else given[0] + text[len(level.label) :]


def _flat(tokens: tuple[Token, ...]) -> str:
    return text_of(tokens).replace("\n", "")


# ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _Choice:
    """Which paragraphs of the page are those of an older recipe."""

    def __init__(self, page: Edited, older: Basis) -> None:
        self.page = page
        self.older = older
        self.became = counterparts(older.side, page.side)
        self.came = {j: i for i, j in self.became.items()}
        self.again = self._again()
        standing = set(self.again.values())
        self.holders = {
            base: at
            for at, row in enumerate(page.mine)
            for base in (row.base, *row.joined)
            if base >= 0 and at not in standing
        }

    def _again(self) -> dict[int, int]:
        """The paragraphs of the older recipe that were struck and stand again: by the name they were struck as, else by
        their words; each with its place on the page."""
        page, side = self.page, self.older.side
        out: dict[int, int] = {}
        for i, name in enumerate(self.older.names):
            at = _struck(page, name)
            if at is not None:
                out[i] = at
        known = {base for row in page.mine for base in (row.base, *row.joined)}
        loose = [at for at, row in enumerate(page.mine) if row.base < 0 and row.tokens and at not in out.values()]
        for i, block in enumerate(side.blocks):
            if i not in out and block.text and self.became.get(i) not in known:
                at = next((at for at in loose if _flat(page.found[at].tokens) == _text(side, i)), None)
                if at is not None:
                    out[i] = at
                    loose.remove(at)
        return out

    def names(self) -> tuple[str, ...]:
        """The bookmarks over the paragraphs of the older recipe, as the page has them."""
        return tuple(self._name(i) for i in range(len(self.older.names)))

    def _name(self, i: int) -> str:
        """The bookmark over a paragraph of the older recipe: the one it has now, or the one it was struck with."""
        j = self.became.get(i)
        if j is not None and (j in self.holders or i not in self.again) and self.page.names[j]:
            return self.page.names[j]
        return STRUCK + self.older.names[i].removeprefix(OURS)

    def made(self) -> tuple[Basis, int]:
        """What the page is compared with, and how many paragraphs of it are the older ones."""
        new = self.page.side
        order: list[tuple[bool, int]] = []  # (is it of the older one, its number there), in the order they stand in
        refused = 0
        for j in range(len(new.blocks)):
            i = self.came.get(j)
            at = self.holders.get(j)
            if i is None:
                there = at is not None and (bool(self.page.found[at].tokens) or not new.blocks[j].text)
                order += [(False, j)] if there else []
                refused += not there
            elif at is None and i in self.again:
                continue  # it stands where it stood
            elif at is not None and self._is_older(at, i, j):
                order.append((True, i))
                refused += 1
            else:
                order.append((False, j))
        for i in sorted(self.again):
            if self.became.get(i) is None or self.became[i] not in self.holders:
                order.insert(self._behind(order, i), (True, i))
                refused += 1
        return self._basis(order), refused

    def _is_older(self, at: int, i: int, j: int) -> bool:
        new, old = self.page.side, self.older.side
        if _text(new, j) == _text(old, i):
            role = old.blocks[i].role
            return new.blocks[j].role != role and self.page.found[at].role == role
        older, newer = _says(self.page, at, old, i), _says(self.page, at, new, j)
        if older and newer:  # they differ in the number alone
            return text_of(self.page.found[at].tokens).startswith(self._label(i))
        return older

    def _label(self, i: int) -> str:
        level = self.older.side.levels.get(i)
        return self.older.side.given.get((i, 0), (level.label,))[0] if level is not None else "\0"

    def _behind(self, order: Sequence[tuple[bool, int]], i: int) -> int:
        """Where a paragraph of the older recipe goes: behind the nearest before it there."""
        place = {(n if older else self.came.get(n)): at for at, (older, n) in enumerate(order)}
        return next((place[n] + 1 for n in range(i - 1, -1, -1) if n in place), 0)

    def _basis(self, order: Sequence[tuple[bool, int]]) -> Basis:
        new, old, page = self.page.side, self.older.side, self.page
        blocks: list[Block] = []
        lead: dict[int, Level] = {}
        inner: dict[int, Sequence[Inner]] = {}
        outside: set[int] = set()
        given: dict[Key, Sequence[str]] = {}
        names: list[str] = []
        same = page.base.outline.source.text == self.older.made.outline.source.text
        for number, (is_older, n) in enumerate(order):
            side = old if is_older else new
            block = side.blocks[n]
            j = self.became.get(n) if is_older else n
            if is_older and not same:
                block = block._replace(node=new.blocks[j].node if j is not None else f"was.{block.node}")
            blocks.append(block)
            if n in side.numbers.lead:
                lead[number] = side.numbers.lead[n]
            if n in side.numbers.inner:
                inner[number] = side.numbers.inner[n]
            if n in side.numbers.outside:
                outside.add(number)
            given |= {(number, key): label for (at, key), label in side.given.items() if at == n}
            names.append(self._name(n) if is_older else page.names[n])
        if [(b.role, b.text) for b in blocks] == [(b.role, b.text) for b in old.blocks]:
            return Basis(self.older.made, old, tuple(names))
        return Basis(page.base._replace(blocks=tuple(blocks)), Side(tuple(blocks), Laid(lead, inner, frozenset(outside)), given), tuple(names))
