"""Process-wide tricks, each with the gain that was measured (`tests/bench/instructions.py`, and `tests/bench/bench.py`
for times), and what keeps the process safe. Nothing else in drafter changes anything for the whole process. What gains
less than a twentieth goes.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def without_collecting() -> None:
    """Collect no garbage: a run lives for a tenth of a second. Gains a fifteenth of the time of `--help`, an eleventh
    of a speech's, an eighth of that of 3,000 paragraphs. Programs that live longer turn it on again."""
    gc.disable()


def programs_not_from_here() -> None:
    """On Windows no program is looked for in the current folder, by us, by the libraries we use and by the programs we
    start. It gains nothing but that."""
    if sys.platform == "win32":
        os.environ["NoDefaultCurrentDirectoryInExePath"] = "1"  # noqa: SIM112 – Windows' own spelling


#: More patterns than drafter has.
_PATTERNS = 4096


def patterns_stay() -> None:
    """`re` keeps the last 512 patterns it has compiled; reading a paper and the rules of the proof-reader use about as many,
    and with one more than that it compiles one after the other anew for every paper. Gains nothing up to there and from
    there on up to half of the time of each paper."""
    if getattr(re, "_MAXCACHE", _PATTERNS) < _PATTERNS:
        re._MAXCACHE = _PATTERNS  # type: ignore[attr-defined]


class _Later:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        return getattr(re.compile(*self._pattern), name)


@contextmanager
def patterns_wait() -> Iterator[None]:
    """Regular expressions that a package compiles while it is imported wait until somebody uses them. PyYAML's are
    those of its reader in Python and of the types of YAML; the C parser needs none of them. Gains an eighth of the
    instructions of `drafter new` (502 M instead of 570 M)."""
    compile_now = re.compile
    re.compile = _Later  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_now
