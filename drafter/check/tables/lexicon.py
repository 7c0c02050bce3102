"""The lexicon that came with drafter."""

from functools import lru_cache

from drafter.check.tables import DATA
from drafter.chinese.lexicon import Lexicon
from drafter.outline import shelf


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The counts of `data/lexicon.bin`."""
    return Lexicon(shelf.read_bytes(DATA / "lexicon.bin"))
