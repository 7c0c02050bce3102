"""Headings: which lines are one, of what level, and where their words end.

The texts in `tests/headings` are written for this, a line a paragraph: before the tab what it is, A alone on its line, R run
into its text, N a number without a heading, U a heading that runs in without a mark, each with its level; the heading ends
at |. Lines of other letters are no headings.
"""

import re
from pathlib import Path

import pytest

from drafter.commands.extract import told_paragraphs
from drafter.readers.text import read
from drafter.speech.recognise import recognise

TEXTS = sorted((Path(__file__).parent / "headings").glob("*.txt"))

Heading = tuple[int, str, str]


def labelled(path: Path) -> tuple[str, list[Heading]]:
    """A text, and its headings: the number of the line, level and manner, the words."""
    lines: list[str] = []
    headings: list[Heading] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        what, text = row.split("\t", 1)
        if re.fullmatch("[ARNU][1-9]", what):
            heading, bar, rest = text.partition("|")
            headings.append((number, what[1] + ("A" if what[0] == "A" else "R"), heading if bar else ""))
            text = heading + rest
        lines.append(text)
    return "\n".join(lines), headings


def recognised(text: str) -> list[Heading]:
    """The same of what is recognised in a text, the marks with the words."""
    found = []
    for row in told_paragraphs(recognise(read(text.encode(), "讲话.txt")[0])):
        if row["kind"] == "item":
            heading = row["label"] + row["heading"] if row["heading"] else ""
            found.append((int(row["place"].rpartition(".")[2]), f"{row['level']}{'A' if row['alone'] else 'R'}", heading))
    return found


def bare(headings: list[Heading]) -> list[Heading]:
    """Headings without the stops and blanks at their ends."""
    return [(number, what, heading.rstrip("。， \u3000")) for number, what, heading in headings]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_headings_are_told_with_their_levels_and_to_the_word(path: Path) -> None:
    text, headings = labelled(path)
    assert bare(recognised(text)) == bare(headings)
