"""What is computed of a speech and said in it: how many requirements it has (【条数】), and their headings (【要点】)."""

import re
from collections.abc import Mapping, Sequence

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


class Tally:
    """The lists of a speech. `order` are its parts as they come, a list once more where it is written; `lists` what each
    list says: the headings of its requirements, or its points, by the node they belong to."""

    def __init__(self, order: Sequence[str], lists: Mapping[str, Sequence[Rich]]) -> None:
        self.lists = lists
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

    def spans(self, said: str) -> Rich:
        """A text that was computed, the blanks left in it as blanks."""
        if "【" not in said:
            return (Span(said),) if said else ()
        return tuple(self.blanks.get(piece, Span(piece)) for piece in _BLANK.split(said) if piece)


def _told(headings: Sequence[Rich]) -> Mapping[str, Value]:
    return {"条数": Number(counted(len(headings)), len(headings)), "要点": tuple(in_short(plain(h)) for h in headings)}


def in_short(heading: str) -> str:
    """What a heading is called in a list of headings: its first clause. One whose first clause would cut a quotation in
    two is taken whole."""
    whole = heading.strip().rstrip("。；！？：，")
    found = _CLAUSE.match(whole)
    clause = found[0] if found else whole
    return clause if all(clause.count(left) == clause.count(right) for left, right in _PAIRS) else whole
