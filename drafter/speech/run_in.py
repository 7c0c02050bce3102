"""Where a heading that its text follows at once ends: 一是抓学习。…… 1.抓学习：…… （一）抓学习　…… 一要抓学习，……"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from drafter.speech.rows import Recognised, SpeechRow

#: Characters a heading that runs in may have. Source: heading texts of 23 labelled speeches (p90 28).
CHARACTERS = 42

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
    ends: dict[int, int] = {}
    for at in range(start, end):
        numbered = told[at].numbered
        if numbered is None or told[at].alone or rows[at].text.startswith("所谓"):
            continue
        if length := heading_end(rows[at].text[len(numbered.mark.label) :], numbered.mark.kind):
            ends[at] = length
    return {**_clauses(rows, told, start, end), **ends}


def _clauses(rows: Sequence[SpeechRow], told: Sequence[Recognised], start: int, end: int) -> Mapping[int, int]:
    """Where the heading ends in items whose first sentence is too long for one, but whose first clause is not: 一要抓学习，
    ……。 Only in a list of which most items begin with one or the other."""
    lists: dict[int, list[tuple[int, int, bool]]] = {}
    for at in range(start, end):
        numbered = told[at].numbered
        if numbered is None or not numbered.mark.label or told[at].alone:
            continue
        text = rows[at].text[len(numbered.mark.label) :]
        headed = heading_end(text, numbered.mark.kind) > 0
        found = None if headed else _CLAUSE.match(text)
        length = found.end() if found else 0
        if len(text) <= CHARACTERS and not _MEANT.match(
            text, length
        ):  # one sentence is a heading only with what it means
            length = 0
        lists.setdefault(numbered.group, []).append((at, length, headed))
    return {
        at: length
        for items in lists.values()
        if len(items) > 1 and sum(length > 0 or headed for _, length, headed in items) * 4 >= 3 * len(items)
        for at, length, _ in items
        if length
    }


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
    space = re.match(r"[^\s，。；：！？]{4,24}\s+(?=[\u4e00-\u9fff“《])", text)
    rest = len(text) - space.end() if space else 0
    wide = bool(space and re.search(r"\u3000|\s\s", space[0]))  # a narrow gap may stand for a name left out
    if space and wide and rest >= space.end() and kind not in ("——", "●"):
        return space.end()
    if found and end < len(text) and end <= CHARACTERS:
        return end
    if colon and named:
        return colon.end()
    if space and rest and (wide or rest >= max(20, space.end())) and kind not in ("——", "●"):
        return space.end()
    return 0
