"""How many of the facts of old papers `renew` asks for or lists: python tests/bench/renew.py [-v] [FILE…]

Without files the papers of tests/last_year, whose facts stand between ⟦ and ⟧: they were marked before the program had read
them. A fact counts where each of its Arabic figures, and half of its characters at least, are asked or listed; of a post with
a name the name. Told are also the words that are asked or listed and no fact of the paper.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from drafter.analysis.facts import find_facts, said_pattern
from drafter.analysis.proper_names import names_of
from drafter.analysis.renewal import renewal
from drafter.analysis.scan import seen_in
from drafter.outline.field import say
from drafter.readers.text import read
from drafter.speech.recognise import recognise

POSTS = "书记|长|主任|主席|教练员|董事长|校长"
PAPERS = Path(__file__).parent.parent / "last_year"


class Measured(NamedTuple):
    """What of a paper's facts is asked or listed, what is not, and what is asked or listed and no fact."""

    file: str
    facts: int
    missed: tuple[str, ...]
    asked: int
    beside: tuple[str, ...]


def labelled(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the places of the facts."""
    plain, places = "", []
    for piece in re.split("([⟦⟧])", text):
        if piece == "⟦":
            start = len(plain)
        elif piece == "⟧":
            places.append((start, len(plain)))
        else:
            plain += piece
    return plain, places


def told(text: str) -> Iterator[tuple[int, int, bool]]:
    """The characters that are asked (True) or listed."""
    blocks = read(text.encode(), "去年.txt")[0]
    draft = recognise(blocks)
    facts = find_facts(draft)
    asked = renewal(draft, facts)
    for question in asked.questions:
        for said in question.fact.said:
            for match in re.finditer(said_pattern(said), text):
                yield match.start() + len(said.before), match.end() - len(said.after), True
    known = {said.words: fact.kind for fact in facts for said in fact.said if said.words == say(fact.value) and len(said.words) > 1}
    proper = tuple({**names_of(text.split("\n"), known), **known}.items())
    at = 0
    for line in text.split("\n"):
        for seen in seen_in(line, proper):
            yield at + seen.start, at + seen.end, False
        at += len(line) + 1


def measure(file: Path) -> Measured:
    text, places = labelled(file.read_text(encoding="utf-8"))
    covered = [False] * len(text)
    spans = list(told(text))
    for start, end, _ in spans:
        covered[start:end] = [True] * (end - start)
    missed = []
    for start, end in places:
        words = text[start:end]
        figures = all(covered[at] for at in range(start, end) if text[at].isascii() and text[at].isdigit())
        named = end - start > 3 and re.search(f"(?:{POSTS})[\\u4e00-\\u9fff]{{2,3}}$", words) and covered[end - 1]
        if not figures or (sum(covered[start:end]) * 2 < end - start and not named):
            missed.append(words)
    inside = [False] * len(text)
    for start, end in places:
        inside[start:end] = [True] * (end - start)
    beside = dict.fromkeys(text[start:end] for start, end, _ in spans if end > start and not any(inside[start:end]))
    asked = sum(any(a < end and start < b for a, b, is_asked in spans if is_asked) for start, end in places)
    return Measured(file.name, len(places), tuple(missed), asked, tuple(beside))


def main() -> None:
    verbose = "-v" in sys.argv
    files = [Path(word) for word in sys.argv[1:] if word != "-v"] or sorted(PAPERS.glob("*.txt"))
    found = [measure(file) for file in files]
    for one in found:
        print(f"{one.file:16} {one.facts - len(one.missed):3} of {one.facts:3}, asked {one.asked:3}")
        if verbose:
            print("    missed:", "、".join(one.missed))
            print("    beside:", "、".join(one.beside))
    facts, missed = sum(one.facts for one in found), sum(len(one.missed) for one in found)
    print(f"{'all':16} {facts - missed} of {facts} = {1 - missed / facts:.3f}, asked {sum(one.asked for one in found)}, beside {sum(len(one.beside) for one in found)}")


if __name__ == "__main__":
    main()
