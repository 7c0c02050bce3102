"""speech.match"""


from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

#: How alike two paragraphs must be (difflib's ratio) to be the same one reworded; below, one is gone and one is new.
ALIKE = 0.5


#: Paragraphs in a gap up to which they are compared each with each; above, only in step.
MAX_GAP = 60


def align(
    old: Sequence[str], new: Sequence[str], same: Callable[[int, int], bool] = lambda i, j: False
) -> dict[int, int]:
    """Which of `old` became which of `new`: the same first, then within the gaps what `same` says or what is alike, in
    order; at last what was moved unchanged. Texts alike in nothing are not paired."""
    pairs: dict[int, int] = {}
    start = 0
    most = min(len(old), len(new))
    while start < most and old[start] == new[start]:
        pairs[start] = start
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        pairs[len(old) - 1 - end] = len(new) - 1 - end
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if inner_old and inner_new:
        for i, j, n in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_matching_blocks():
            pairs |= {start + i + k: start + j + k for k in range(n)}
    taken = set(pairs.values())
    for i0, i1, j0, j1 in list(_gaps(pairs, len(old), len(new))):
        for i, j in _alike(old, new, (i0, i1), (j0, j1), same):
            pairs[i] = j
            taken.add(j)
    left: dict[str, list[int]] = {}
    for j in range(len(new)):
        if j not in taken and new[j]:
            left.setdefault(new[j], []).append(j)
    for i in range(len(old)):
        if i not in pairs and len(left.get(old[i], ())) == 1:
            pairs[i] = left.pop(old[i])[0]
    return pairs


def _gaps(pairs: Mapping[int, int], old: int, new: int) -> Iterator[tuple[int, int, int, int]]:
    last_i = last_j = 0
    for i in sorted(pairs):
        if i > last_i and pairs[i] > last_j:
            yield last_i, i, last_j, pairs[i]
        last_i, last_j = i + 1, pairs[i] + 1
    if old > last_i and new > last_j:
        yield last_i, old, last_j, new


def _alike(
    old: Sequence[str],
    new: Sequence[str],
    rows: tuple[int, int],
    columns: tuple[int, int],
    same: Callable[[int, int], bool],
) -> list[tuple[int, int]]:
    """The best pairs of a gap in order: the largest sum of likenesses."""
    height, width = rows[1] - rows[0], columns[1] - columns[0]
    if height > MAX_GAP or width > MAX_GAP:
        pairs = zip(range(*rows), range(*columns), strict=False)
        return [(i, j) for i, j in pairs if same(i, j) or likeness(old[i], new[j]) >= ALIKE]
    score = [[_score(old[i], new[j], same(i, j)) for j in range(*columns)] for i in range(*rows)]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            both = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    out = []
    i = j = 0
    while i < height and j < width:
        if score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            out.append((rows[0] + i, columns[0] + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def _score(one: str, other: str, same: bool) -> float:
    found = likeness(one, other)
    if same:
        return 0.5 + found
    return found if found >= ALIKE else 0.0


def likeness(one: str, other: str) -> float:
    """How alike two paragraphs are, 0 to 1; of long ones the first 600 characters tell."""
    one, other = one[:600], other[:600]
    if not one or not other:
        return float(one == other)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


#: How two sequences make one of the other, as difflib says it.
Opcode = tuple[str, int, int, int, int]

#: Pairs of the same letter up to which two texts are compared letter by letter: those of two paragraphs of 3,000 字.
#: difflib walks over all of them once for every stretch it finds.
MAX_PAIRS = 100_000

#: What ends a clause.
_CLAUSE_ENDS = frozenset("，、；：。！？\n")


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Opcode]:
    """How to make one text of the other, the beginning and the end they share cut off first. Letters stand for
    themselves; where too many are the same, clauses are compared, and letters within those that changed."""
    start, end = _shared(old, new)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    out: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
    if not a or not b:
        rows: Sequence[Opcode] = [("replace", 0, len(a), 0, len(b))] if a or b else []
    elif _few_pairs(a, b):
        rows = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    else:
        rows = list(_by_clauses(a, b))
    out += [(kind, i0 + start, i1 + start, j0 + start, j1 + start) for kind, i0, i1, j0, j1 in rows]
    return [*out, ("equal", len(old) - end, len(old), len(new) - end, len(new))] if end else out


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How much two texts have in common at the beginning, and at the end of what is left."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def _few_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    there = Counter(new)
    return sum(count * there[letter] for letter, count in Counter(old).items()) <= MAX_PAIRS


def _by_clauses(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Opcode]:
    """As `opcodes`: clauses first, then the letters of those between two that stayed. What even so is too much
    changes whole."""
    clauses = _clauses(old), _clauses(new)
    starts_a, starts_b = ([0, *accumulate(map(len, side))] for side in clauses)
    if not _few_pairs(*clauses):
        yield "replace", 0, len(old), 0, len(new)
        return
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, *clauses, autojunk=False).get_opcodes():
        a0, a1, b0, b1 = starts_a[i0], starts_a[i1], starts_b[j0], starts_b[j1]
        a, b = old[a0:a1], new[b0:b1]
        if kind == "replace" and _few_pairs(a, b):
            inner = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
            yield from ((k, x0 + a0, x1 + a0, y0 + b0, y1 + b0) for k, x0, x1, y0, y1 in inner)
        else:
            yield kind, a0, a1, b0, b1


def _clauses(text: Sequence[Hashable]) -> list[tuple[Hashable, ...]]:
    """A text in clauses, each with what ends it."""
    ends = [n + 1 for n, letter in enumerate(text) if letter in _CLAUSE_ENDS]
    return [tuple(text[start:end]) for start, end in pairwise(dict.fromkeys([0, *ends, len(text)]))]


def out_of_order(came_from: list[int]) -> frozenset[int]:
    """Those of a sequence of numbers that are not in its longest rising part."""
    from bisect import bisect_left

    tails: list[int] = []
    back: dict[int, int] = {}
    ends: list[int] = []
    for number in came_from:
        at = bisect_left(tails, number)
        back[number] = ends[at - 1] if at else -1
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [number]
    rising = set()
    number = ends[-1] if ends else -1
    while number >= 0:
        rising.add(number)
        number = back[number]
    return frozenset(came_from) - rising
