"""What is computed of a speech and said in it: how many requirements it has (【条数】), and their headings (【要点】)."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.numerals import counted
from drafter.outline.field import Number, Value
from drafter.speech.draft import Rich, Span, plain

#: What each name says, for editors; see `drafter.outline.model.COMPUTED`.
MEANS = {
    "条数": "分条的要求有几条，不用回答：数后面最近的一组（后面没有就是前面的），在有 points 的一条里数它的 points。印成 两、三；【条数|数字】印成 3。",
    "要点": "分条的要求的小标题，不用回答：有逗号的取前半句。印成 甲、乙和丙；【要点|顿号】不用“和”。",
}

#: A blank nobody has answered, as it stands in a text.
_BLANK = re.compile("(【[^】]*】)")

#: The first clause of a heading; a blank in it is one letter, whatever it says.
_CLAUSE = re.compile("(?:【[^】]*】|[^，。；：！？])+")

_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


#: A requirement or point of a list: its node, and what it says in short, its heading.
Listed = tuple[str, Rich]


class ByHand(NamedTuple):
    """What a writer has done to the lists of a draft: the requirements (by node) that are `gone`, those that are `said`
    otherwise, and the headings of those `added` behind one."""

    gone: frozenset[str] = frozenset()
    said: Mapping[str, str] = {}
    added: Mapping[str, tuple[str, ...]] = {}

    def applied(self, listed: Sequence[Listed]) -> list[Listed]:
        """A list as it stands now."""
        out: list[Listed] = []
        for node, rich in listed:
            if node not in self.gone:
                out.append((node, (Span(self.said[node]),) if node in self.said else rich))
            out += [("", (Span(heading),)) for heading in self.added.get(node, ())]
        return out


class Tally:
    """The lists of a speech. `order` are its parts as they come, a list once more where it is written; `listed` what each
    list holds, by the node it belongs to, `by_hand` what a writer has done to them since, None for nothing."""

    def __init__(self, order: Sequence[str], listed: Mapping[str, Sequence[Listed]], by_hand: ByHand | None = None) -> None:
        now = {node: by_hand.applied(found) for node, found in listed.items()} if by_hand else listed
        self.lists = lists = {node: [rich for _, rich in found] for node, found in now.items()}
        self.place = {node: at for at, node in reversed([*enumerate(order)])}
        self.tops = [(at, node) for at, node in enumerate(order) if lists.get(node)]
        self.blanks = {span.text: span for told in lists.values() for rich in told for span in rich if not span.answered}

    def part(self, node: str) -> Mapping[str, Value]:
        """What a part is told: of the list behind it or in it, else of the last before it; of the title (""), of the
        first."""
        at = self.place.get(node, -1)
        behind = (list_node for place, list_node in self.tops if place >= at)
        found = next(behind, self.tops[-1][1] if self.tops else "")
        return _told(self.lists.get(found, ()))

    def points(self, node: str) -> Mapping[str, Value]:
        """What a requirement is told of its points; nothing where none stands."""
        return _told(found) if (found := self.lists.get(node)) else {}

    def spans(self, said: str, source: str) -> Rich:
        """A text that was computed of a blank of this source, the blanks left in it as blanks."""
        if "【" not in said:
            return (Span(said, computed=source),) if said else ()
        pieces = (piece for piece in _BLANK.split(said) if piece)
        return tuple(self.blanks.get(piece, Span(piece, computed=source)) for piece in pieces)


def _told(headings: Sequence[Rich]) -> Mapping[str, Value]:
    return {"条数": Number(counted(len(headings)), len(headings)), "要点": tuple(in_short(plain(h)) for h in headings)}


def in_short(heading: str) -> str:
    """What a heading is called in a list of headings: its first clause. One whose first clause would cut a quotation in
    two is taken whole."""
    whole = heading.strip().rstrip("。；！？：，")
    found = _CLAUSE.match(whole)
    clause = found[0] if found else whole
    return clause if all(clause.count(left) == clause.count(right) for left, right in _PAIRS) else whole
