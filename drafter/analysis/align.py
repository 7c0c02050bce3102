"""Several drafts of one kind laid side by side: which paragraph and which requirement of the one is which of the other,
and inside a paragraph which words all have and which differ. Pure: drafts in, columns out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from drafter.analysis.compare import candidates
from drafter.analysis.facts import Fact, Wording, said_pattern
from drafter.outline.field import say
from drafter.speech.draft import Draft, Item, plain, stop_of

#: How alike two paragraphs must be to be one: the share of pairs of letters they have in common (Dice), facts aside.
#: Below it they are two ways to fill one place. Requirements with requirements under them need less, their headings
#: tell.
ALIKE = 0.5

#: Letters times letters up to which two texts are compared letter by letter; beyond it sentence by sentence first.
_MOST = 1_000_000

#: What a fact is for the likeness of two paragraphs, and a figure.
_FACT = "\ue000"


class Node(NamedTuple):
    """A paragraph (`kind` that of its part; "words" inside a requirement), a list ("requirements"), or one of its
    requirements ("item": `text` its heading, `words` its paragraphs, `items` those under it). `label` and `alone` are
    as in `drafter.speech.draft.Item`."""

    kind: str
    text: str = ""
    label: str = ""
    alone: bool = False
    words: tuple[Node, ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def shape(self) -> tuple[str, bool, bool]:
        """What two nodes must have in common to be one."""
        kind = self.kind if self.kind in ("item", "requirements") else "words"
        return kind, self.alone, bool(self.text) if kind == "item" else True

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs it is printed as, with all below it."""
        below = tuple(line for item in self.items for line in item.lines)
        if self.kind != "item":
            return ((self.text,) if self.text else ()) + below
        head, words = self.label + self.text, [node.text for node in self.words]
        if not self.alone:
            head += (stop_of(self.text) if self.text else "") + (words.pop(0) if words else "")
        return (head, *words, *below)

    def whole(self) -> str:
        """All its words, and those below it."""
        return "\n".join(filter(None, (self.text, *(n.whole() for n in self.words), *(n.whole() for n in self.items))))


def nodes_of(draft: Draft, heading_of: Callable[[Item], str]) -> tuple[Node, ...]:
    """The body of a draft as nodes. `heading_of` says how a heading is to be written."""

    def of(item: Item) -> Node:
        words = tuple(Node("words", plain(p.text)) for p in item.paragraphs)
        return Node("item", heading_of(item), item.label, item.own_line, words, tuple(map(of, item.items)))

    out: list[Node] = []
    for part in draft.parts:
        out += (Node(part.kind, plain(paragraph.text)) for paragraph in part.paragraphs)
        if part.items:
            out.append(Node("requirements", items=tuple(map(of, part.items))))
    return tuple(out)


# ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Atom(NamedTuple):
    """What of a text differs whole: a letter, a number, or a fact, with its blank's filter `through`."""

    text: str
    fact: Fact | None = None
    through: str = ""

    @property
    def name(self) -> str:
        """What the fact is called, without the number that tells it from its like; "" where it is none."""
        return self.fact.field.name.rstrip("0123456789") if self.fact else ""

    @property
    def value(self) -> str:
        """What the fact says in full."""
        return say(self.fact.value) if self.fact else self.text


_PIECES = re.compile(r"[0-9][0-9,.]*[0-9]|[A-Za-z]+|[〇零一二三四五六七八九十百千万亿]{2,}|.", re.DOTALL)


@lru_cache(maxsize=8192)
def _atom(text: str) -> Atom:
    """A letter or a number: there are few, and each stands in thousands of places."""
    return Atom(text)


class Vocabulary:
    """The facts of one speech, and how its texts come apart at them."""

    def __init__(
        self, facts: Sequence[Fact], everywhere: Callable[[Fact, str], bool] = lambda fact, words: False
    ) -> None:
        """`everywhere` tells whether all the speeches say a fact with these words: none that differs."""
        self.said: dict[str, tuple[Fact, Wording]] = {}
        self.kept: dict[str, list[Atom]] = {}
        for fact in facts:
            for said in fact.said:
                if not everywhere(fact, said.words):
                    self.said.setdefault(said.words, (fact, said))
        alternatives = "|".join(said_pattern(self.said[words][1]) for words in sorted(self.said, key=len, reverse=True))
        self.pattern = re.compile(alternatives) if alternatives else None

    def tokens(self, text: str) -> list[Atom]:
        """A text as tokens, nothing left out."""
        found = self.kept.get(text)
        if found is None:
            found = self.kept[text] = self.apart(text)
        return found

    def apart(self, text: str) -> list[Atom]:
        out: list[Atom] = []
        at = 0
        for found in self.pattern.finditer(text) if self.pattern else ():
            fact, said = self.said[found[0]]
            start, end = found.start() + len(said.before), found.end() - len(said.after)
            if start >= end:
                continue
            out += map(_atom, _PIECES.findall(text[at:start]))
            out.append(Atom(text[start:end], fact, said.through))
            at = end
        return [*out, *map(_atom, _PIECES.findall(text[at:]))]

    def folded(self, text: str) -> str:
        """A text for telling likeness: every fact is the same sign, every digit the same digit."""
        return re.sub("[0-9]+", "0", "".join(_FACT if token.fact else token.text for token in self.tokens(text)))


class Gap(NamedTuple):
    """Where texts differ: the words of each, None for a speech that has none of the paragraph; the fact that makes up
    all of them, None where it is something else; the letters before and behind in the first text. `anew` tells one that
    every speech wrote anew, perhaps in several paragraphs, a line each; `about` is what it is under or what it is: a
    heading, a requirement by its number; "" for none."""

    words: tuple[str | None, ...]
    facts: tuple[Atom | None, ...]
    before: str = ""
    behind: str = ""
    anew: bool = False
    about: str = ""

    @property
    def called(self) -> str:
        """The name of the fact some speeches have here, where all that have one agree; else ""."""
        names = {fact.name for fact in self.facts if fact}
        return names.pop() if len(names) == 1 else ""

    @property
    def factual(self) -> bool:
        """Whether each of the speeches has a fact of one name here."""
        names = {
            fact.name if fact else "" for fact, words in zip(self.facts, self.words, strict=True) if words is not None
        }
        return len(names) == 1 and "" not in names


Pieces = tuple[str | Gap, ...]


def pieces_of(texts: Sequence[str | None], words: Sequence[Vocabulary]) -> Pieces:
    """Texts of one paragraph: what all have as words, what differs as gaps. None is a speech without the paragraph."""
    here = [n for n, text in enumerate(texts) if text is not None]
    if len({texts[n] for n in here}) == 1:
        return (texts[here[0]] or "",) if texts[here[0]] else ()
    tokens = {n: words[n].tokens(texts[n] or "") for n in here}
    runs = _cleaned(_runs([tokens[n] for n in here]), [tokens[n] for n in here])
    rows = _settled(
        [[_joined(side[a:b]) for side, (a, b) in zip(tokens.values(), spans, strict=True)] for spans in runs]
    )
    out: list[str | Gap] = []
    for row in rows:
        if all(cell.text == row[0].text for cell in row):
            if row[0].text:
                out.append(row[0].text)
            continue
        by_file: dict[int, Atom] = dict(zip(here, row, strict=True))
        said = tuple(by_file[n].text if n in by_file else None for n in range(len(texts)))
        out.append(
            Gap(said, tuple(by_file[n] if n in by_file and by_file[n].fact else None for n in range(len(texts))))
        )
    return _with_context(_merged(out))


def whole_gap(texts: Sequence[str | None], about: str = "") -> Pieces:
    """Texts as one gap, or as words where all are the same; `about` tells what they are, "" where their place does."""
    said = {text for text in texts if text is not None}
    return (said.pop(),) if len(said) == 1 else (Gap(tuple(texts), (None,) * len(texts), about=about),)


def _merged(pieces: Sequence[str | Gap]) -> list[str | Gap]:
    out: list[str | Gap] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def _with_context(pieces: Sequence[str | Gap]) -> Pieces:
    out: list[str | Gap] = []
    for n, piece in enumerate(pieces):
        if isinstance(piece, Gap):
            before, behind = (pieces[n - 1] if n else ""), (pieces[n + 1] if n + 1 < len(pieces) else "")
            piece = piece._replace(
                before=before if isinstance(before, str) else "", behind=behind if isinstance(behind, str) else ""
            )
        out.append(piece)
    return tuple(out)


Spans = tuple[tuple[int, int], ...]


def _runs(sides: Sequence[Sequence[Atom]]) -> list[Spans]:
    """The sides cut where they begin or cease to be all the same, as (start, end) of each; what is the same and what
    differs take turns, the same first."""
    first, *others = sides
    said = tuple(token.text for token in first)
    maps = [_matches(said, tuple(token.text for token in other)) for other in others]
    out: list[Spans] = []
    ends = [0] * len(sides)
    start = -1
    for i in range(len(first) + 1):
        found = [i, *(m[i] if i < len(first) else -1 for m in maps)]
        if i < len(first) and min(found) >= 0:
            if start < 0 or found != ends:
                if start >= 0:
                    out.append(tuple((end - (ends[0] - start), end) for end in ends))
                elif not out:
                    out.append(((0, 0),) * len(sides))
                out.append(tuple(zip(ends, found, strict=True)))
                start = i
            ends = [place + 1 for place in found]
        elif start >= 0:
            out.append(tuple((end - (ends[0] - start), end) for end in ends))
            start = -1
    out = out or [((0, 0),) * len(sides)]
    rest = tuple((end, len(side)) for end, side in zip(ends, sides, strict=True))
    out = [*out, rest] if any(a < b for a, b in rest) else out
    return out[2:] if len(out) > 2 and all(b == 0 for spans in out[:2] for _, b in spans) else out


@lru_cache(maxsize=2048)
def _matches(a: tuple[str, ...], b: tuple[str, ...]) -> list[int]:
    """For every token of one side the same one of the other, -1 for none; in order. Kept, since a paragraph is tried
    with one speech more each time."""
    out = [-1] * len(a)

    def note(i: int, j: int, many: int) -> None:
        for n in range(many):
            out[i + n] = j + n

    if len(a) * len(b) <= _MOST:
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            note(block.a, block.b, block.size)
        return out
    rows_a, rows_b = list(_sentences(a)), list(_sentences(b))
    said_a, said_b = ["".join(a[s:e]) for s, e in rows_a], ["".join(b[s:e]) for s, e in rows_b]
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, said_a, said_b, autojunk=len(said_a) > 1000).get_opcodes():
        starts = rows_a[i0][0] if i0 < i1 else 0, rows_b[j0][0] if j0 < j1 else 0
        if kind == "equal":
            for i, j in zip(range(i0, i1), range(j0, j1), strict=True):
                if rows_a[i][1] - rows_a[i][0] == rows_b[j][1] - rows_b[j][0]:
                    note(rows_a[i][0], rows_b[j][0], rows_a[i][1] - rows_a[i][0])
        elif kind == "replace":
            inner_a, inner_b = a[starts[0] : rows_a[i1 - 1][1]], b[starts[1] : rows_b[j1 - 1][1]]
            if len(inner_a) * len(inner_b) <= _MOST:
                for block in SequenceMatcher(None, inner_a, inner_b, autojunk=False).get_matching_blocks():
                    note(starts[0] + block.a, starts[1] + block.b, block.size)
    return out


def _sentences(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for n, text in enumerate(texts):
        if text in "。！？；\n":
            yield start, n + 1
            start = n + 1
    if start < len(texts):
        yield start, len(texts)


#: Letters that two changes of one clause may have between them and be one change: a clause was said anew. Words that
#: were put for others of the same length stay apart; they are rather two names.
_IN_CLAUSE = 6

#: What is a word of itself, whatever stands beside it: numbers, and the levels of government.
_OWN_WORD = re.compile(r"[〇零一二三四五六七八九十百千万亿两几]+|[0-9][0-9,.]*|[省市县区州旗镇乡村]")
_SPACE = re.compile(r"[\s\u3000]+")
_MARK = re.compile(r"[，。；：！？、（）《》“”—\s\u3000]")


def _cleaned(runs: Sequence[Spans], sides: Sequence[Sequence[Atom]]) -> list[Spans]:
    """Without what is the same by chance: few letters between two long stretches that differ."""

    def text(spans: Spans, side: int) -> str:
        return "".join(token.text for token in sides[side][slice(*spans[side])])

    def length(spans: Spans) -> int:
        return max(len(text(spans, side)) for side in range(len(sides)))

    def fact(spans: Spans) -> bool:
        return all(b - a == 1 and sides[side][a].fact for side, (a, b) in enumerate(spans))

    def uneven(spans: Spans) -> bool:
        return len({len(text(spans, side)) for side in range(len(sides))}) > 1

    out = list(runs)
    changed = True
    while changed:
        changed = False
        n = 2
        while n < len(out) - 2:  # even ones are the same in all
            left, same, right = out[n - 1], out[n], out[n + 1]
            said = text(same, 0)
            bare = _MARK.sub("", said)
            if fact(left) or fact(right) or _SPACE.fullmatch(said):
                chance = False
            elif len(said) <= _IN_CLAUSE and not _MARK.search(said) and uneven(left) and uneven(right):
                chance = True
            else:
                listed = bare != said and not uneven(left) and not uneven(right)
                chance = (len(bare) < 2 and not listed) or len(said) * 2 <= min(length(left), length(right))
            if chance or not said:
                out[n - 1 : n + 2] = [tuple((a, b) for (a, _), (_, b) in zip(left, right, strict=True))]
                changed = True
            else:
                n += 2
    return out


#: A figure of a text, for telling texts that differ in figures alone.
_FIGURES = re.compile(r"([0-9]+(?:[.,][0-9]+)*)")


def _joined(tokens: Sequence[Atom]) -> Atom:
    return tokens[0] if len(tokens) == 1 else Atom("".join(token.text for token in tokens))


def _settled(rows: Sequence[Sequence[Atom]]) -> list[list[Atom]]:
    """Rows of which those that differ are without what their texts begin and end with in common, unless they are
    facts."""
    out: list[list[Atom]] = []
    for row in rows:
        texts = [token.text for token in row]
        if len(set(texts)) == 1 or (len({t.name for t in row}) == 1 and row[0].fact):
            out.append(list(row))
            continue
        apart = [_FIGURES.split(text) for text in texts]
        if len(apart[0]) > 3 and len({tuple(one[::2]) for one in apart}) == 1:  # 22.2%和18.2%: a gap for each of them
            out += [[Atom(text) for text in cell] for cell in zip(*apart, strict=True) if any(cell)]
            continue
        head = _common(texts)
        tail = _common([text[head:][::-1] for text in texts])
        while head and (texts[0][head - 1].isdigit() or re.search("[0-9][.,]$", texts[0][:head])):
            head -= 1
        while tail and re.match("[0-9]|[.,][0-9]", texts[0][len(texts[0]) - tail :]):
            tail -= 1
        if head or tail:
            out.append([Atom(texts[0][:head])] * len(row))
            out.append([Atom(text[head : len(text) - tail]) for text in texts])
            out.append([Atom(texts[0][len(texts[0]) - tail :])] * len(row))
        else:
            out.append(list(row))
    return _unspaced(_whole_words(out))


#: A letter behind a gap that ends a word begun in it (新城, 大会), not one that stands for itself.
_WORD_END = re.compile(r"[^的了着过在上中下里内外和与及是为有对把将就也都而并不\W0-9a-zA-Z](?=\W|$)")


def _whole_words(rows: list[list[Atom]]) -> list[list[Atom]]:
    """Rows of which those that differ, and are no facts, end where words end."""
    from drafter.check.tables.lexicon import lexicon

    is_word = lexicon().is_word
    for n, row in enumerate(rows):
        if (
            len({t.text for t in row}) == 1
            or all(t.fact or _OWN_WORD.fullmatch(t.text) for t in row)
            or not all(t.text for t in row)
        ):
            continue
        if n + 1 < len(rows) and len({t.text for t in rows[n + 1]}) == 1:
            behind = rows[n + 1][0].text
            ends = (
                min(len(t.text) for t in row) > 2
                and not any(t.text[-1].isascii() for t in row)
                and _WORD_END.match(behind)
            )
            split = behind and all(is_word(t.text[-1] + behind[0]) for t in row) and not is_word(behind[:2])
            if ends or split:
                row[:] = [Atom(t.text + behind[0]) for t in row]
                rows[n + 1][:] = [Atom(t.text[1:]) for t in rows[n + 1]]
        if n and len({t.text for t in rows[n - 1]}) == 1:
            before = rows[n - 1][0].text
            if before and all(is_word(before[-1] + t.text[0]) for t in row) and not is_word(before[-2:]):
                row[:] = [Atom(before[-1] + t.text) for t in row]
                rows[n - 1][:] = [Atom(t.text[:-1]) for t in rows[n - 1]]
    return rows


def _unspaced(rows: list[list[Atom]]) -> list[list[Atom]]:
    """Rows of which none that differs begins or ends with a space, which no answer keeps: it takes a neighbour's
    letters until it does not."""
    for n, row in enumerate(rows):
        while any(t.text != t.text.strip() for t in row) and len({t.text for t in row}) > 1:
            lead = any(t.text[:1].isspace() for t in row)
            other = n - 1 if lead else n + 1
            while 0 <= other < len(rows) and not any(t.text for t in rows[other]):
                other += -1 if lead else 1
            if not 0 <= other < len(rows):
                break
            taken = rows[other]
            same = len({t.text for t in taken}) == 1
            for side, token in enumerate(row):
                if lead:
                    cut = len(taken[side].text) - 1 if same else 0
                    row[side] = Atom(taken[side].text[cut:] + token.text)
                    taken[side] = Atom(taken[side].text[:cut])
                else:
                    cut = 1 if same else len(taken[side].text)
                    row[side] = Atom(token.text + taken[side].text[:cut])
                    taken[side] = Atom(taken[side].text[cut:])
    return rows


def _common(texts: Sequence[str]) -> int:
    least, most = min(texts), max(texts)
    return next((n for n, letter in enumerate(least) if n >= len(most) or most[n] != letter), len(least))


# ── nodes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Column = tuple[Node | None, ...]


def aligned(sequences: Sequence[Sequence[Node]], words: Sequence[Vocabulary], order: Sequence[int]) -> list[Column]:
    """The nodes of each speech in columns, in an order all speeches have; `order` tells which speech to begin with."""
    columns: list[list[Node | None]] = []
    folded: list[str] = []
    heads: list[str] = []
    for file in order:
        nodes = sequences[file]
        said, said_heads = [words[file].folded(n.whole()) for n in nodes], [words[file].folded(n.text) for n in nodes]
        of = [next(node for node in column if node) for column in columns]
        pairs = _paired(of, nodes, folded, said, heads, said_heads)
        merged: list[list[Node | None]] = []
        new_folded: list[str] = []
        new_heads: list[str] = []
        i = j = 0
        for a, b in [*pairs, (len(columns), len(nodes))]:
            merged += columns[i:a]
            new_folded += folded[i:a]
            new_heads += heads[i:a]
            for k in range(j, b):
                merged.append([nodes[k] if n == file else None for n in range(len(sequences))])
                new_folded.append(said[k])
                new_heads.append(said_heads[k])
            if a < len(columns) and b < len(nodes):
                columns[a][file] = nodes[b]
                merged.append(columns[a])
                new_folded.append(folded[a])
                new_heads.append(heads[a])
            i, j = a + 1, b + 1
        columns, folded, heads = merged, new_folded, new_heads
    return [tuple(column) for column in columns]


def _paired(
    one: Sequence[Node],
    other: Sequence[Node],
    said: Sequence[str],
    said_other: Sequence[str],
    heads: Sequence[str],
    heads_other: Sequence[str],
) -> list[tuple[int, int]]:
    """Which node is which, in order: the heaviest chain of those alike."""
    weights: dict[tuple[int, int], float] = {}
    _same_ones(said, said_other, weights, 1.0)
    _same_ones(heads, heads_other, weights, 0.9)
    for i, j, score in candidates(said, said_other, range(len(said)), range(len(said_other))):
        if score >= (ALIKE if not (one[i].items and other[j].items) else ALIKE / 2):
            weights[i, j] = max(weights.get((i, j), 0), score)
    for i, node in enumerate(one):
        if node.kind == "requirements":
            weights |= {
                (i, j): max(weights.get((i, j), 0), ALIKE)
                for j, list_too in enumerate(other)
                if list_too.kind == "requirements" and _same_headings(node, list_too)
            }
    rows = {
        (i, j): score * (4 + min(len(said[i]), len(said_other[j]), 400))
        for (i, j), score in weights.items()
        if one[i].shape == other[j].shape
    }
    chain = _heaviest(rows)
    out: list[tuple[int, int]] = []
    i = j = 0
    for a, b in [*chain, (len(one), len(other))]:
        for kind in ("greeting", "requirements"):
            left = [n for n in range(i, a) if one[n].kind == kind]
            right = [n for n in range(j, b) if other[n].kind == kind]
            if len(left) == len(right) == 1:
                out.append((left[0], right[0]))
                i, j = left[0] + 1, right[0] + 1
        if a < len(one) or b < len(other):
            out.append((a, b))
        i, j = a + 1, b + 1
    return out


def _same_headings(one: Node, other: Node) -> bool:
    """Whether two lists have a heading in common, figures aside: whatever is under it, they are one list."""
    left, right = ({re.sub(r"[0-9]+", "0", item.text) for item in node.items if item.text} for node in (one, other))
    return len(left & right) * 3 >= min(len(left), len(right)) > 0


def _same_ones(one: Sequence[str], other: Sequence[str], weights: dict[tuple[int, int], float], score: float) -> None:
    """The same words on both sides, the first with the first, the last with the last."""
    places: dict[str, tuple[list[int], list[int]]] = {}
    for n, text in enumerate(one):
        places.setdefault(text, ([], []))[0].append(n)
    for n, text in enumerate(other):
        if text in places:
            places[text][1].append(n)
    for text, (left, right) in places.items():
        if text:
            for pair in (*zip(left, right, strict=False), *zip(reversed(left), reversed(right), strict=False)):
                weights[pair] = max(weights.get(pair, 0), score)


def _heaviest(rows: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The chain of pairs, growing on both sides, of the greatest weight."""
    ends: list[int] = []  # best chains by their last place on the right: ends rise, and so do weights
    best: list[tuple[float, int]] = []
    links: list[tuple[tuple[int, int], int]] = []
    waiting: list[tuple[int, float, int]] = []
    row = -1
    for (i, j), weight in sorted(rows.items()):
        if i != row:
            _enter(waiting, ends, best)
            row = i
        at = bisect_right(ends, j - 1) - 1
        before, link = best[at] if at >= 0 else (0.0, -1)
        links.append(((i, j), link))
        waiting.append((j, before + weight, len(links) - 1))
    _enter(waiting, ends, best)
    out = []
    link = best[-1][1] if best else -1
    while link >= 0:
        pair, link = links[link]
        out.append(pair)
    return out[::-1]


def _enter(waiting: list[tuple[int, float, int]], ends: list[int], best: list[tuple[float, int]]) -> None:
    for j, weight, link in waiting:
        at = bisect_right(ends, j)
        if at and best[at - 1][0] >= weight:
            continue
        if at and ends[at - 1] == j:
            at -= 1
            best[at] = (weight, link)
        else:
            ends.insert(at, j)
            best.insert(at, (weight, link))
        while at + 1 < len(ends) and best[at + 1][0] <= weight:
            del ends[at + 1], best[at + 1]
    waiting.clear()


def central(bodies: Sequence[str]) -> list[int]:
    """The numbers of the speeches, the one most like all others first."""
    from collections import Counter

    grams = [Counter(body[n : n + 2] for n in range(len(body) - 1)) for body in bodies]
    everyone: Counter[str] = Counter()
    for gram in grams:
        everyone.update(gram.keys())
    scores = [sum(everyone[g] - 1 for g in gram) / (len(gram) + 200) for gram in grams]
    return sorted(range(len(bodies)), key=lambda n: (-round(scores[n], 2), n))
