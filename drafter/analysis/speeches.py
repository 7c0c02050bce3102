"""What is known of several speeches before they are put together: their paragraphs, their facts, what they share."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.analysis.align import Node, Vocabulary, central
from drafter.analysis.counted import counted
from drafter.analysis.extract import numberings, paragraphs_of
from drafter.analysis.facts import Fact, find_facts
from drafter.analysis.skeleton import shares
from drafter.outline.field import say
from drafter.speech.draft import Draft

#: Facts a speech has one of: where two speeches have different ones, they differ, even if the words of the one are in
#: both.
_ONE = frozenset(["会议名称", "讲话人", "讲话人职务", "日期", "层级"])

#: Kinds of facts of which the same holds: last year's 今年 is this year's 去年.
_ONE_KINDS = frozenset(["year", "plan", "session"])


class Speeches:
    """What is known of the speeches before they are put together: `words` the facts of each, `order` the speeches from
    the most typical on, `shares` what of each others have."""

    def __init__(self, drafts: Sequence[Draft], names: Sequence[str], keep_figures: bool = False) -> None:
        self.drafts, self.names = drafts, names
        self.levels = numberings(drafts)
        self.bodies = ["\n".join(paragraphs_of(draft)) for draft in drafts]
        facts = [find_facts(draft, keep_figures=keep_figures) for draft in drafts]
        own = [{fact.field.name: say(fact.value) for fact in found} for found in facts]
        named = [fact for found in facts for fact in found if fact.kind == "meeting" and fact.field.name in _ONE]
        meetings = {_without_numbers(say(fact.value)) for fact in named}

        def everywhere(fact: Fact, words: str) -> bool:
            name, value = fact.field.name, say(fact.value)
            if fact.kind == "meeting" and name in _ONE and len(meetings) == 1:
                return True  # the year or the number in it is the blank
            one = name in _ONE or fact.kind in _ONE_KINDS
            if one and any(other.get(name, value) != value for other in own):
                return False
            return all(words in body for body in self.bodies)

        self.words = [Vocabulary(found, everywhere) for found in facts]
        self.order = central(self.bodies)
        self.shares = shares(self.bodies, self.words)


def _without_numbers(text: str) -> str:
    out, at = "", 0
    for one in counted(text):
        out += text[at : one.start] + "0"
        at = one.end
    return out + text[at:]


def hoisted(bodies: Sequence[tuple[Node, ...]], words: Sequence[Vocabulary]) -> list[tuple[Node, ...]]:
    """Bodies in which paragraphs behind the last requirement stand on their own where another speech has them
    elsewhere: no mark tells whether the last paragraphs of a list belong to its last requirement."""

    def tail(node: Node) -> tuple[str, tuple[Node, ...]]:
        """The paragraphs at the very end of a list, and the heading they stand under."""
        last = node.items[-1] if node.items else node
        if last.items:
            return tail(last)
        return last.text, last.words[0 if last.text and last.alone else 1 :]

    def without(node: Node, many: int) -> Node:
        if node.items:
            return node._replace(items=(*node.items[:-1], without(node.items[-1], many)))
        return node._replace(words=node.words[:-many])

    lists = [next((n for n in range(len(body) - 1, -1, -1) if body[n].kind == "requirements"), -1) for body in bodies]
    tails = [tail(body[at]) if at >= 0 else ("", ()) for body, at in zip(bodies, lists, strict=True)]
    folded = [[words[n].folded(node.text) for node in nodes] for n, (_, nodes) in enumerate(tails)]
    places: dict[str, set[str]] = {}
    for n, (body, (heading, _)) in enumerate(zip(bodies, tails, strict=True)):
        for text in folded[n]:
            places.setdefault(text, set()).add(words[n].folded(heading))
        for node in body[lists[n] + 1 :]:
            places.setdefault(words[n].folded(node.text), set()).add("\n")
    out = []
    for n, body in enumerate(bodies):
        nodes, at = tails[n][1], lists[n]
        first = next((k for k, text in enumerate(folded[n]) if len(places[text]) > 1), len(nodes))
        if first < len(nodes):
            kept = without(body[at], len(nodes) - first)
            loose = tuple(Node("text", node.text) for node in nodes[first:])
            body = (*body[:at], kept, *loose, *body[at + 1 :])
        out.append(body)
    return out
