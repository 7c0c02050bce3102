"""固定的几项，有一项换成了别的。

“四个意识”“四个自信”“政治三力”等，各项是定下来的；其余各项都对，有一项只对了一半，多半是写错了。

错：不断提高政治判断力、政治领悟力、政治理解力
对：不断提高政治判断力、政治领悟力、政治执行力
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.formulations import Hit
from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import MARKS, UNMARKED
from drafter.chinese.prose import inside

NAME = "replaced-item"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"

#: Of a set of fewer items the others do not show that it is meant.
_FEWEST = 3

#: In an item of so few characters they may change places; the item itself may stand so far behind.
_SHORT = 6
_BEHIND = 6

#: What stands between items, and behind the last of them.
_BETWEEN = re.compile(f"[{MARKS}]*(?:[、，]|[、，]?(?:以?及|[和与]))[{MARKS}]*")


def check(speech: Speech) -> Iterator[Finding]:
    """Where all items of a set but one stand in their order, and in the place of that one half of its characters."""
    told: set[tuple[int, int]] = set()
    for hits in formulations.items(speech, ("formulation", "campaign")):
        entry = hits[0].entry
        if entry.free or len(entry.items) < _FEWEST or len(hits) < len(entry.items) - 1:
            continue
        items = [item.translate(UNMARKED) for item in entry.items]
        for first in range(len(hits) - len(items) + 2):
            here = hits[first : first + len(items) - 1]
            missing = [item for item in items if item not in {hit.phrase for hit in here}]
            if len(missing) != 1 or [hit.phrase for hit in here] != [item for item in items if item != missing[0]]:
                continue
            place = items.index(missing[0])
            text = speech.lines[here[0].line].text
            span = _instead(text, here, place, missing[0])
            if span and (here[0].line, span[0]) not in told and not inside(text, *span):
                told.add((here[0].line, span[0]))
                said = f"“{entry.name}”这里是“{missing[0]}”"
                where = Hit(here[0].line, *span, "item", entry, text[span[0] : span[1]], missing[0])
                yield formulations.finding(NAME, where, said)


def _instead(text: str, hits: tuple[Hit, ...], place: int, missing: str) -> tuple[int, int] | None:
    """Where the words stand that are in the place of an item, if the others stand side by side and the words are half
    of it; None where they are not."""
    size = len(missing)
    word = f"[一-鿿、]{{{size}}}" if "、" in missing else f"[一-鿿]{{{size}}}"
    for number in range(1, len(hits)):
        between = text[hits[number - 1].end : hits[number].start]
        if number != place and not _BETWEEN.fullmatch(between):
            return None
    if place == 0:
        before = re.search(f"({word}){_BETWEEN.pattern}$", text[max(0, hits[0].start - size - 8) : hits[0].start])
        start = hits[0].start - len(before[0]) if before else -1
    else:
        found = re.compile(f"{_BETWEEN.pattern}({word})").match(text, hits[place - 1].end)
        start = found.start(1) if found else -1
        if found and place < len(hits) and not _BETWEEN.fullmatch(text[found.end() : hits[place].start]):
            return None
    said = text[start : start + size]
    if missing in text[start : start + size + _BEHIND]:
        return None
    alike = sum(a == b for a, b in zip(said, missing, strict=False))
    if size <= _SHORT:
        alike = sum(min(said.count(c), missing.count(c)) for c in set(said))
    other = start < 0 or said == missing or said in hits[0].entry.near
    return (start, start + size) if not other and 2 * alike >= size else None
