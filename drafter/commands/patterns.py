"""The regular expressions of the proof-reader, kept compiled between one run and the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from drafter.outline.shelf import remember, remembered
from drafter.startup import PatternCode, PatternKey, patterns_known

#: Under what they are kept.
_NAME = "patterns"

#: More patterns than drafter has that are worth keeping: what is beyond them was made of somebody's words.
_MOST = 1_500

#: So few more than before are not worth writing all of them anew.
_FEW = 8


@contextmanager
def patterns_remembered() -> Iterator[None]:
    """Patterns compiled while this lasts are those of the last run. What is new is kept for the next one."""
    known = remembered(_NAME, _read) or {}
    with patterns_known(known) as fresh:
        yield
    if len(fresh) >= _FEW:
        remember(_NAME, {**known, **fresh} if len(known) + len(fresh) <= _MOST else fresh)


def _read(kept: object) -> dict[PatternKey, PatternCode]:
    """Raises TypeError for anything else."""
    if not isinstance(kept, dict):
        raise TypeError
    return kept
