"""A filled speech as a small tree: Draft, Part, Item, Paragraph. Checks look at it, layouts walk it.

The tuples are `NamedTuple`s, not dataclasses: they are as immutable, and a class costs a seventh to make at start-up.
"""

from typing import NamedTuple

#: What a part of a speech is for, in the order a speech usually has them.
KINDS = ("greeting", "opening", "appreciation", "situation", "lead", "requirements", "closing", "signature", "text")


class Span(NamedTuple):
    """A stretch of text of one kind.

    `blank` is the source of the blank it answers, as written between 【 and 】 ("" where it is the outline's own
    words); `answered` is False where nobody has answered that blank yet, and `text` is then its 【name】.
    `field` is the field the blank shows (【参会人数|大写】 shows 参会人数), "" where several or none; 先进单位#2 is the second
    entry of a list, or paragraph of a long answer.
    `node` names the outline node the words came from where it is not the paragraph's own (a part with `run-on`).
    `confirm` is the note of words somebody has to confirm (【核实：words｜note】), "" where there is none, None for words that
    need nobody.
    `computed` is the source of a blank that is no answer but counted from the speech (【条数】), "" for all else.
    """

    text: str
    strong: str = ""  # the character role of a run-in heading ("" = plain)
    blank: str = ""
    field: str = ""
    answered: bool = True
    node: str = ""
    confirm: str | None = None
    computed: str = ""


Rich = tuple[Span, ...]

#: What follows the text of a span that is the outline's own words and nothing else.
WORDS = Span("")[1:]


def plain(rich: Rich) -> str:
    """The words alone."""
    return rich[0].text if len(rich) == 1 else "".join([span.text for span in rich])


class Paragraph(NamedTuple):
    """One paragraph of running text. `node` is the place in the outline it came from: `speech.3.p2`."""

    text: Rich
    node: str = ""


#: What a run-in heading may end with, its text following at once; one that ends otherwise is given a 。
_STOPS = tuple("。！？：；，、…—:;,.!?\u3000 \t\xa0")
_CLOSING = "”’）)》」』\"'"


def stop_of(heading: str) -> str:
    """The mark a run-in heading still needs before its text: 。, or "" where it ends with one of its own."""
    return "" if heading.rstrip(_CLOSING).endswith(_STOPS) else "。"


class Item(NamedTuple):
    """A numbered requirement. `label` is how its number is said (“一要”, "" where the level is not numbered);
    `level` counts from 1; `own_line` tells a heading that stands alone from one that its text follows at once."""

    number: int
    label: str
    level: int
    own_line: bool
    heading: Rich
    paragraphs: tuple[Paragraph, ...] = ()
    items: tuple["Item", ...] = ()
    node: str = ""


class Part(NamedTuple):
    """A part of the speech. Items only where `kind` is "requirements"."""

    kind: str
    paragraphs: tuple[Paragraph, ...] = ()
    items: tuple[Item, ...] = ()
    node: str = ""


class LeftOut(NamedTuple):
    """A paragraph of a file that is not the speech's: what a site or an office has put around it. `reason` says what it
    was taken for, in words for people; `node` is where it stands."""

    text: str
    reason: str
    node: str = ""


class Draft(NamedTuple):
    """The whole speech. `dateline` and `byline` are empty where the outline has none; `left_out` is what the file it was
    recognised in holds besides, `shared` the pieces of a line of it that held title and salutation."""

    title: Rich
    parts: tuple[Part, ...]
    dateline: Rich = ()
    byline: Rich = ()
    dateline_first: bool = False
    left_out: tuple[LeftOut, ...] = ()
    shared: tuple[str, ...] = ()
