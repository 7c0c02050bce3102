"""The remarks to the writer on parts and requirements, beside the paragraphs they are about, and where the words of a
basis were seen."""

from collections.abc import Iterable, Sequence

from drafter.outline.blank import OutlineText
from drafter.outline.model import Outline, Requirement, Section, bases
from drafter.speech.block import Block


def reminders(outline: Outline, blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """What the outline's notes say, by the number of the block that is the first of what they are about; of what does not
    stand among the blocks nothing."""
    noted = list(_noted(outline.speech))
    asked = bases(outline)
    if not noted and not asked:
        return {}
    first: dict[str, int] = {}
    for at, block in enumerate(blocks):
        for node in dict.fromkeys((block.node, *(span.node for span in block.spans))):
            bare = ".".join(step.partition("#")[0] for step in node.split("."))
            while bare:
                first.setdefault(bare, at)
                bare = bare.rpartition(".")[0]
    out: dict[int, list[str]] = {}
    for nodes, note in noted:
        found = [first[node] for node in nodes if node in first]
        if found and note not in (said := out.setdefault(min(found), [])):
            said.append(note)
    if asked:
        from drafter.outline.standing import sources_in

        for at, source in sources_in(asked, blocks):
            out.setdefault(at, []).append(source)
    return {at: tuple(said) for at, said in sorted(out.items())}


def _noted(parts: Iterable[Section | Requirement | OutlineText]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The notes with the nodes of what they are about, the first of which that stands counts."""
    for part in parts:
        if isinstance(part, OutlineText):
            continue
        below: Sequence[Section | Requirement | OutlineText]
        below = (*part.items, *part.sections) if isinstance(part, Section) else part.points
        if part.note:
            own = (part.node,) if not isinstance(part, Section) or part.kind != "include" else ()
            yield (*own, *(one.node for one in below)), part.note
        yield from _noted(below)
