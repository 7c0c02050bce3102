"""An office's own entry on top of one that came with drafter: what it says holds, and what it does not say is kept.

So a line with `form` and `to` ends a formulation, one with `now` says what is said instead, and `wrong` adds a
misquotation. Words that are never right (`wrong`, `clash`) and words that save a form (`unless` …) add up; everything
else takes the place of what was there.
"""

from typing import Any

from drafter.check.tables.entries import Formulation

#: The keys of a table that are called otherwise in an entry.
_CALLED = {
    "from": "first",
    "to": "last",
    "with": "together",
    "unless-with": "unless_with",
    "order": "free",
    "confidence": "sure",
}

#: What adds up.
_ADDS = frozenset(("wrong", "clash", "unless", "unless_with", "near", "passed"))


def amended(entries: list[Formulation], own: Formulation, given: frozenset[str]) -> list[Formulation]:
    """The entries of a form and kind with the user's: on top of the one that still holds, else of the latest. To be
    silenced is said of them all."""
    if own.level == "off":
        return [entry._replace(level="off") for entry in entries]
    latest = max(range(len(entries)), key=lambda n: (not entries[n].last, entries[n].last))
    old = entries[latest]
    new: dict[str, Any] = {"table": own.table}
    for key in given - {"form", "kind"}:
        field = _CALLED.get(key, key)
        said = getattr(own, field)
        new[field] = tuple(dict.fromkeys((*said, *getattr(old, field)))) if field in _ADDS else said
    return [*entries[:latest], old._replace(**new), *entries[latest + 1 :]]
