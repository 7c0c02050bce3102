"""The letters of a control, apart from what else stands among them."""

import itertools

from drafter.word.oxml import CONTENT, Element, P, R, create, full_name, w
from drafter.word.runs import says, split
from drafter.word.text import read

#: What holds runs whose words are not the control's, or are none any more.
_ELSEWHERE = frozenset((P, *map(w, ("del", "moveFrom", "rt", "rubyBase"))))

#: What says something of the control alone.
_MARKS = frozenset(map(w, ("proofErr", *(f"customXml{k}Range{e}" for k in ("Ins", "Del") for e in ("Start", "End")))))


def letters_of(content: Element) -> list[tuple[Element, Element]]:
    """The words of a control as (run, what of it says them), in order; not those struck, and not those of boxes."""
    out = []
    for run in content.iter(R):
        above = run.getparent()
        while above is not None and above is not content and above.tag not in _ELSEWHERE:
            above = above.getparent()
        if above is content:
            out += [(run, leaf) for leaf in run if says(leaf)]
    return out


def said_by(leaf: Element) -> str:
    """What a leaf of a run says, as it is read."""
    holder, run = create("p"), create("r")
    holder.append(run)
    copy = leaf.makeelement(leaf.tag, dict(leaf.attrib))
    copy.text = leaf.text
    run.append(copy)
    return read(holder).text


def parts_of(control: Element) -> list[tuple[Element, bool]]:
    """What stands in a control, in order: (which, whether it has words of the control)."""
    content = control.find(CONTENT)
    parts = [part for child in list(content) for part in _parts(child)] if content is not None else []
    return [(part, _has_words(part)) for part in parts if full_name(part) not in _MARKS and (part.tag != R or len(part))]


def _has_words(part: Element) -> bool:
    if part.tag == R:
        return any(says(leaf) for leaf in part)
    return full_name(part) not in (w("del"), w("moveFrom")) and bool(letters_of(part))


def _parts(node: Element) -> list[Element]:
    """A child of a control; a run with words and other things in it is cut into runs with one of the two."""
    if node.tag != R:
        return [node]
    out = [node]
    while True:
        leaves = [leaf for leaf in out[-1] if leaf.tag != w("rPr")]
        cut = next((b for a, b in itertools.pairwise(leaves) if says(a) is not says(b)), None)
        if cut is None:
            return out
        out.append(split(out[-1], cut, 0))


