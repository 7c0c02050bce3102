"""Runs: stretches of words in one look. They are made, dressed as their neighbours, cut in two, emptied."""

from copy import deepcopy

from drafter.word.oxml import SPACE, Element, R, T, add_to, create, looks_of, take_out, w

_WORDS = frozenset((T, *map(w, ("tab", "cr", "noBreakHyphen", "sym", "ptab"))))


def run_of(text: str) -> Element:
    """A run of words; "\\n" is a line break, a tab a tab."""
    run = create("r")
    words = ""
    for letter in [*text, ""]:
        if letter not in ("\n", "\t", ""):
            words += letter
            continue
        if words:
            leaf = add_to(run, "t")
            leaf.text = words
            leaf.set(SPACE, "preserve")
            words = ""
        if letter:
            add_to(run, "br" if letter == "\n" else "tab")
    return run


def dress(run: Element, style: str, looks: Element | None, styles: set[str]) -> None:
    """Give a run the looks of its neighbour, with a character style of ours or none of ours."""
    wanted = deepcopy(looks) if looks is not None else None
    for old in run.findall(w("rPr")):
        run.remove(old)
    if wanted is not None and len(wanted):
        run.insert(0, wanted)
    properties = looks_of(run)
    named = properties.find(w("rStyle"))
    if named is not None and (style or named.get(w("val")) in styles):
        take_out(named)
    if style:
        properties.put(create("rStyle", {"val": style}))
    for change in list(properties.iterchildren(w("ins"), w("del"), w("rPrChange"))):
        take_out(change)
    if not len(properties):
        take_out(properties)


def says(leaf: Element) -> bool:
    """Whether something in a run is a word of it; what begins a page is none."""
    if leaf.tag == w("br"):
        return leaf.get(w("type"), "textWrapping") == "textWrapping"
    return leaf.tag in _WORDS


def first_leaf(run: Element) -> Element | None:
    """The first thing in a run that is no property of it; None for an empty one."""
    return next((leaf for leaf in run if leaf.tag != w("rPr")), None)


def split(run: Element, leaf: Element, offset: int) -> Element:
    """Cut a run in two before a character of one of its leaves; returns the second."""
    second = run.makeelement(R, dict(run.attrib), run.nsmap)
    looks = run.find(w("rPr"))
    if looks is not None:
        second.append(deepcopy(looks))
    rest = list(leaf.itersiblings())
    if offset > 0:
        text = leaf.text or ""
        tail = leaf.makeelement(leaf.tag, {SPACE: "preserve"})
        second.append(tail)
        tail.text = text[offset:]
        leaf.text = text[:offset]
        leaf.set(SPACE, "preserve")
    else:
        second.append(leaf)
    for other in rest:
        second.append(other)
    run.addnext(second)
    return second


def split_behind(run: Element, leaf: Element, offset: int | None = None) -> Element | None:
    """Cut a run in two behind a leaf, or behind `offset` characters of it; None where nothing of the run is behind."""
    if offset is not None and leaf.tag == T and offset < len(leaf.text or ""):
        return split(run, leaf, offset)
    following = leaf.getnext()
    return split(run, following, 0) if following is not None else None


def drop_text(run: Element) -> None:
    """Take the words out of a run, and the run where nothing else is in it."""
    for leaf in [leaf for leaf in run if says(leaf)]:
        run.remove(leaf)
    drop_if_empty(run)


def drop_if_empty(run: Element) -> None:
    """Take out a run that has nothing but properties, and what tracks or links it where nothing else is in that."""
    parent = run.getparent()
    if parent is not None and all(child.tag == w("rPr") for child in run):
        parent.remove(run)
        if parent.tag in (w("ins"), w("hyperlink")) and not len(parent):
            take_out(parent)
