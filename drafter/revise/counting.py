"""What a writer has done in Word to the requirements that a speech counts (【条数】, 【要点】), so that an update counts them
as they stand."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from drafter.outline.computed import ByHand, Listed, in_short
from drafter.outline.fill import listed
from drafter.revise.merge import Side, touched
from drafter.revise.numbers import laid_numbers, reads
from drafter.revise.plan import counterparts
from drafter.revise.recipe import Made, make
from drafter.speech.draft import plain
from drafter.word.record import COUNTED, Kept, Provenance
from drafter.word.tokens import text_of

if TYPE_CHECKING:
    from drafter.revise.edited import Edited

#: A heading a writer has put in another's place is no longer (characters); what is, is text.
_HEADING = 60


def as_it_stands(draft: "Edited", theirs: Made) -> Made:
    """What outline and answers make, counted with what the writer has done to the lists."""
    found = _done(draft)
    if theirs is not draft.base and found is not None:
        found = _in_their_nodes(found, draft.side, Side(theirs.blocks, laid_numbers(theirs.draft, theirs.blocks, theirs.outline)))
    return theirs if found == theirs.by_hand else make(theirs.outline, theirs.template, theirs.values, found)


def _done(draft: "Edited") -> ByHand | None:
    """What the writer has done, by the nodes of what the draft was made of; None for nothing."""
    lists = listed(draft.base.outline, draft.values())
    first: dict[str, int] = {}
    for n, block in enumerate(draft.base.blocks):
        first.setdefault(block.node, n)
    there = {row.base: at for at, row in enumerate(draft.mine) if row.base >= 0}
    joined = {n for row in draft.mine for n in row.joined}
    gone: set[str] = set()
    said: dict[str, str] = {}
    for node, heading in (one for found in lists.values() for one in found):
        n = first.get(node, -1)
        if n < 0:
            gone |= {node} if _not_in_its_paragraph(draft, node, in_short(plain(heading)), there) else set()
        elif n in there:
            now = _heading_now(draft, there[n], plain(heading))
            said |= {node: now} if now else {}
        elif n not in joined:
            gone.add(node)
    found = ByHand(frozenset(gone), said, _added(draft, lists))
    return found if any(found) else None


def _not_in_its_paragraph(draft: "Edited", node: str, heading: str, there: Mapping[int, int]) -> bool:
    """Whether what goes on in another's paragraph is no longer said there."""
    for n, block in enumerate(draft.base.blocks):
        if any(span.node == node or span.node.startswith(f"{node}.") for span in block.spans):
            return n in there and heading not in text_of(draft.mine[there[n]].tokens)
    return False


def _heading_now(draft: "Edited", at: int, heading: str) -> str:
    """What a writer has put in the place of a heading, "" where it stands as it was."""
    row = draft.mine[at]
    text = text_of(row.words).strip()
    bare = heading.strip().rstrip("。")
    if text.startswith(bare) or not touched(row, draft.side.words()[row.base]):
        return ""
    found = re.match("[^。！？；：]*", text)
    now = found[0].strip() if found else ""
    return now if len(now) <= _HEADING else ""


def _added(draft: "Edited", lists: Mapping[str, list[Listed]]) -> dict[str, tuple[str, ...]]:
    """The requirements a writer has put in: paragraphs typed behind one of a list, with a number as that list has them."""
    owner = {node: whose for whose, found in lists.items() for node, _ in found}
    out: dict[str, tuple[str, ...]] = {}
    last = ""
    for row in draft.mine:
        if row.base >= 0:
            last = draft.base.blocks[row.base].node
        elif row.kept is None and row.inside is None and row.tokens:
            text = text_of(row.tokens).strip()
            for node in _upwards(last):
                numbering = draft.base.outline.numbering_of(_level(owner, node)) if node in owner else None
                found = reads(numbering, text) if numbering else None
                if found:
                    rest = re.match("[^。！？；]*", text[len(found[1]) :])
                    out[node] = (*out.get(node, ()), rest[0].strip() if rest else "")
                    break
    return out


def _level(owner: Mapping[str, str], node: str) -> int:
    """Which level a requirement is of, from 1."""
    level = 1
    while owner[node] in owner:
        node = owner[node]
        level += 1
    return level


def _upwards(node: str) -> Iterator[str]:
    while node:
        yield node
        node = node.rpartition(".")[0]


def _in_their_nodes(found: ByHand, base: Side, theirs: Side) -> ByHand:
    """The same by the nodes of an outline that was changed since."""
    became = {base.blocks[i].node: theirs.blocks[j].node for i, j in reversed([*counterparts(base, theirs).items()])}
    return ByHand(
        frozenset(became.get(node, node) for node in found.gone),
        {became.get(node, node): heading for node, heading in found.said.items()},
        {became.get(node, node): headings for node, headings in found.added.items()},
    )


# ── in the record ──────────────────────────────────────────────────────────────────────────────────────────────────


def kept_by_hand(made: Made) -> tuple[Kept, ...]:
    """For the record: what was done to the lists when this was written."""
    if made.by_hand is None:
        return ()
    gone, said, added = made.by_hand
    text = json.dumps([sorted(gone), dict(said), {node: list(rows) for node, rows in added.items()}], ensure_ascii=False)
    return (Kept(COUNTED, "", text),)


def recorded(record: Provenance) -> ByHand | None:
    """The same out of a record; None where it has none, or one that cannot be read."""
    for kept in record.texts_of(COUNTED):
        try:
            gone, said, added = json.loads(kept.text)
            return ByHand(
                frozenset(map(str, gone)),
                {str(node): str(heading) for node, heading in said.items()},
                {str(node): tuple(map(str, rows)) for node, rows in added.items()},
            )
        except (ValueError, TypeError, AttributeError):
            return None
    return None
