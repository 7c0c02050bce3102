"""Where a heading that its text follows at once ends: 一是抓学习。…… 1.抓学习：…… （一）抓学习　…… 一要抓学习，……"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from drafter.speech.marks import FIRST
from drafter.speech.rows import Recognised, SpeechRow

#: Characters a heading that runs in may have. Source: heading texts of 23 labelled speeches (p90 28).
CHARACTERS = 42

#: How a sentence or a clause begins that says what to do.
DEED = re.compile(
    "^(?:[提推加强深坚着抓做建健完优扩培激促保稳聚突统落严扎积切精牢守打发实巩拓构织筑夯补用办壮引改防管兜抢放拉铸厚盘畅攻释挖拧狠盯力锚围持续]"
    "|大力|全力|全面|不断|进一步|切实|千方|多措|更加|更好|高[标水质效])"
)

#: How one ends that says what has become of a thing.
OUTCOME = re.compile("(?:持续|不断|稳步|加快|显著|全面|更加|有力|有序|日益|明显|进一步|纵深|大幅|更|焕然|稳中|成效|步伐|行稳|提速).{1,6}$")

#: A clause that may head what follows: 抓学习，…… It says what to do, not when, where, how or why.
_CLAUSE = re.compile(
    r"(?!今|去年|明年|近|当前|目前|现在|过去|在|从|自|对[^标照接]|为|以[^人民学案]|通过|按照?|依|根据|针对|围绕|由于|因|随着|经过|如果|只[要有]|虽|尽管|无论|不管|不仅|不但|既|同时|特别"
    r"|尤其|此外|另外|还|也|"
    r"但|然|所以|我|他|她|你|您|它|这|那|各|全[省市县区国镇乡党]|有的|有些|一些|大家|同志|比如|例如|包括|习近平|总书记|毛|邓|市|省|县|区委|党中央|中央|国务院|截至|截止|据|[0-9])"
    r"[\u4e00-\u9fff“”、《》]{3,14}[，,](?=.)"
)


#: Words that say what the clause before them means.
_MEANT = re.compile("做到|就是|也就是|即|没有|离开|意味着|指的是|说的是")


def run_in_ends(rows: Sequence[SpeechRow], told: Sequence[Recognised], start: int, end: int) -> Mapping[int, int]:
    """Where the headings end that the numbered rows from `start` to `end` begin with, counted behind their marks; rows
    without one are not in it."""
    lists: dict[int, list[int]] = {}
    for at in range(start, end):
        numbered = told[at].numbered
        if numbered and not told[at].alone and not rows[at].text.startswith("所谓"):
            lists.setdefault(numbered.group, []).append(at)
    ends: dict[int, int] = {}
    for items in lists.values():
        marks = [found.mark for at in items if (found := told[at].numbered)]
        texts = [rows[at].text[len(mark.label) :] for at, mark in zip(items, marks, strict=True)]
        ends |= dict(zip(items, heading_ends(texts, [mark.kind for mark in marks]), strict=True))
    return {at: length for at, length in ends.items() if length}


def heading_ends(texts: Sequence[str], kinds: Sequence[str]) -> list[int]:
    """Where the headings end that the items of one list begin with, 0 where they have none. `kinds` are those of their
    marks. An item whose first sentence is too long for a heading has its first clause for one, 一要抓学习，……, but only
    where most items of the list begin with one or the other, and most of the clauses say what to do or
    what was done, or all begin or are built alike."""
    ends = [heading_end(text, kind) for text, kind in zip(texts, kinds, strict=True)]
    alike = _begin_alike(texts)
    clauses = [
        0 if end or kind == FIRST else _clause_end(text, alike)
        for text, kind, end in zip(texts, kinds, ends, strict=True)
    ]
    numbered = [at for at, kind in enumerate(kinds) if kind != FIRST]
    most = sum(bool(ends[at] or clauses[at]) for at in numbered) * 4 >= 3 * len(numbered)
    said = [text[: clause - 1] for text, clause in zip(texts, clauses, strict=True) if clause]
    deeds = sum(bool(DEED.match(clause) or OUTCOME.search(clause)) for clause in said)
    most = most and (alike or 2 * deeds >= len(said) or len({clause[:2] for clause in said}) == 1)
    return [end or (clause if most and len(numbered) > 1 else 0) for end, clause in zip(ends, clauses, strict=True)]


def _clause_end(text: str, alike: bool) -> int:
    """Where the first clause of an item ends that says what to do, 0 where it says something else. `alike`: the clauses
    of the whole list are built alike."""
    found = _CLAUSE.match(text)
    if not found or (not alike and len(text) <= CHARACTERS and not _MEANT.match(text, found.end())):
        return 0  # one sentence is a heading only with what it means
    return found.end()


#: Characters of first clauses that are built alike, and how much longer what follows them is at least.
_ALIKE_CHARACTERS, _LONGER = 8, 2


def _begin_alike(texts: Sequence[str]) -> bool:
    """Whether three and more items begin with short clauses of one length (one character more or less), and say much
    more behind them: 提高认识，……；明确分工，……；严守纪律，……"""
    found = [_CLAUSE.match(text) for text in texts]
    lengths = [one.end() - 1 for one in found if one]
    if len(lengths) < max(3, len(texts)) or max(lengths) - min(lengths) > 1 or max(lengths) > _ALIKE_CHARACTERS:
        return False
    return all(len(text) > (1 + _LONGER) * length for text, length in zip(texts, lengths, strict=True))


#: Characters of a name before a colon: 针尖战略：……; a longer one is part of its sentence.
_NAME_CHARACTERS = 12


def heading_end(text: str, kind: str) -> int:
    """Where the run-in heading a numbered paragraph begins with ends, its mark included; 0 where it has none."""
    found = re.search(r"[。！？]+[”’）)》]*\s*", text)
    end = found.end() if found else len(text)
    colon = re.search(r"[：:]\s*", text[: min(24, end)])
    named = (
        colon
        and colon.start() >= 2
        and colon.end() < len(text)
        and not re.search("[，。；说指出强调要求]", text[: colon.start()])
    )
    if colon and named and colon.start() <= _NAME_CHARACTERS:
        return colon.end()
    space = re.match(r"[^\s，。；：！？]{2,24}\s+(?=[\u4e00-\u9fff“《])", text)
    rest = len(text) - space.end() if space else 0
    wide = bool(space and re.search(r"\u3000|\s\s", space[0]))  # a narrow gap may stand for a name left out
    if space and wide and rest >= space.end() and kind not in ("——", "●"):
        return space.end()
    if found and end < len(text) and end <= CHARACTERS:
        return end
    if colon and named:
        return colon.end()
    if space and rest and space.end() > 4 and (wide or rest >= max(20, space.end())) and kind not in ("——", "●"):
        return space.end()
    return 0
