"""What was typed where a control had been: some programs, and some people, put words in the place of the whole control, and
the draft then says only that its paragraph was changed. Where all words around the blank still stand, what stands in it is
the answer.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from drafter.outline.field import Unfit, Value
from drafter.revise.edited import Edited
from drafter.revise.filled import typed
from drafter.revise.sentences import SENTENCE, cut
from drafter.word.controls import field_of
from drafter.word.tokens import Tokens, text_of, tokens_of

#: An answer is no longer than this (characters): what is, is a paragraph somebody has written.
_LONGEST = 200


class TypedOver(NamedTuple):
    """The answers by their fields; `only` are paragraphs, as they were made, in which nothing else was changed."""

    values: dict[str, Value]
    only: frozenset[str]


def typed_over(draft: Edited) -> TypedOver:
    """The answers of fields that have none otherwise, as they stand in sentences of which nothing else was changed. One that
    stands in several places says the same in all of them."""
    known = draft.values()
    said: dict[str, set[str]] = {}
    for name, text in _found(draft):
        said.setdefault(name, set()).add(text)
    out: dict[str, Value] = {}
    for name, texts in said.items():
        field = draft.base.outline.fields.get(name)
        if field is None or name in known or len(texts) > 1:
            continue
        try:
            out[name] = typed(draft.base, field, texts.pop(), draft.today)
        except Unfit:
            continue
    edited = {change.before: change.after for change in draft.changes if change.kind == "edited"}
    made = [tokens_of(block) for block in draft.base.blocks] if out else []
    whole = {text_of(tokens): tokens for tokens in made if text_of(tokens) in edited}
    only = {
        before
        for before, tokens in whole.items()
        if re.fullmatch(_pattern(tokens), edited[before])
        and all(field_of(token.tag) in out for token in tokens if token.tag and token.empty)
    }
    return TypedOver(out, frozenset(only))


def _found(draft: Edited) -> Iterator[tuple[str, str]]:
    """The fields and what stands in their places, sentence by sentence."""
    edited = {change.before: change.after for change in draft.changes if change.kind == "edited"}
    for block in draft.base.blocks if edited else ():
        tokens = tokens_of(block)
        after = edited.get(text_of(tokens))
        if after is None:
            continue
        now = [one[0] for one in SENTENCE.finditer(after) if one[0]]
        for sentence in cut(tokens, SENTENCE):
            names = [field_of(token.tag) for token in sentence if token.tag]
            if names and all(token.empty or token.tag for token in sentence if token.tag):
                hits = [found for one in now if (found := re.fullmatch(_pattern(sentence), one))]
                if len(hits) == 1:
                    yield from _said(sentence, hits[0])


def _pattern(sentence: Tokens) -> str:
    return "".join(f"(.{{1,{_LONGEST}}}?)" if token.tag else re.escape(token.text) for token in sentence)


def _said(sentence: Tokens, found: re.Match[str]) -> Iterator[tuple[str, str]]:
    for token, text in zip((token for token in sentence if token.tag), found.groups(), strict=True):
        if token.empty and "【" not in text and "|" not in token.tag:
            yield field_of(token.tag), text.strip()
