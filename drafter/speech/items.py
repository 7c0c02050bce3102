"""Items while they are being found: numbered paragraphs put under one another by their levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.speech.draft import Item, Paragraph, Rich, plain, stop_of


class Growing:
    """An Item while its paragraphs and the items below it are being found; `group` as in `drafter.speech.marks`."""

    __slots__ = ("group", "heading", "items", "label", "level", "node", "own_line", "paragraphs")

    def __init__(self, label: str, level: int, own_line: bool, heading: Rich, node: str, group: int = 0) -> None:
        self.label, self.level, self.own_line = label, level, own_line
        self.heading, self.node, self.group = heading, node, group
        self.paragraphs: list[Paragraph] = []
        self.items: list[Growing] = []

    def item(self, number: int) -> Item:
        """The item, with its number among its like."""
        return Item(
            number=number,
            label=self.label,
            level=self.level,
            own_line=self.own_line,
            heading=self.heading,
            paragraphs=tuple(self.paragraphs),
            items=tuple(grown(self.items)),
            node=self.node,
        )


def grown(nodes: Sequence[Growing]) -> Iterator[Item]:
    """The items, those of each group numbered from 1."""
    number = 0
    last: int | None = None
    for node in nodes:
        number = 1 if node.group != last else number + 1
        last = node.group
        yield node.item(number)


def put(tree: list[Growing], node: Growing) -> None:
    """Put an item under the last one of a higher level."""
    below = tree
    while below and below[-1].level < node.level:
        below = below[-1].items
    below.append(node)


def without_stop(heading: Rich) -> Rich:
    """A run-in heading without its 。, where a layout writes that by itself."""
    text = plain(heading)
    if not heading or heading[-1].blank or not text.endswith("。") or len(text) == 1 or not stop_of(text[:-1]):
        return heading
    last = heading[-1]._replace(text=heading[-1].text[:-1])
    return (*heading[:-1], last) if last.text else heading[:-1]
