"""Proper names where they stand in any text, for comparing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from drafter.analysis.facts.finding import find_facts
from drafter.analysis.facts.model import Mention
from drafter.analysis.facts.people import POSTS
from drafter.analysis.facts.spans import PAPER
from drafter.speech.draft import Draft

#: What kinds of facts are words that mean the same wherever they stand, and what a mention of them is.
_PROPER = {
    "speaker": "name",
    "person": "name",
    "post": "post",
    "unit": "unit",
    "place": "place",
    "meeting": "meeting",
    "paper": "paper",
}
_POST_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{0,10}}?(?:{POSTS})(?:、[\u4e00-\u9fff]{{0,8}}?(?:{POSTS}))*[\s\u3000]*$")


def proper_words(draft: Draft) -> dict[str, str]:
    """The names, posts, places, meetings and papers of a speech, each with its kind."""
    found: dict[str, str] = {}
    for fact in find_facts(draft, keep_figures=True):
        kind = _PROPER.get(fact.kind)
        words = fact.field.example
        if kind and len(words) > 1:
            found.setdefault(words, kind)
    return found


def mentions(text: str, proper: Mapping[str, str]) -> tuple[Mention, ...]:
    """The names, posts, places, meetings and papers of a text in order, none within another; `proper` are words known to
    be such, with their kinds."""
    found = [Mention(m.start(), m.end(), "paper", m[0]) for m in PAPER.finditer(text)]
    for words, kind in proper.items():
        found += [Mention(m.start(), m.end(), kind, words) for m in re.finditer(re.escape(words), text)]
    taken = bytearray(len(text))
    out = []
    for one in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if any(taken[one.start : one.end]):
            continue
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
        out.append(one)
        post = _POST_BEFORE.search(text, max(0, one.start - 24), one.start) if one.kind == "name" else None
        if post and not any(taken[post.start() : post.end()]):
            taken[post.start() : post.end()] = b"\1" * (post.end() - post.start())
            out.append(Mention(post.start(), post.end(), "post", post[0].strip()))
    return tuple(sorted(out))
