"""What the proof-reader knows by heart, read from `drafter/check/data` and a user's own folder: pairs of words,
formulations, the lexicon.

May import outline (`yaml` reads a table, `shelf` finds it and keeps what was made of it). Law: a table is read once,
and nobody else in `check` opens a file.
"""

from pathlib import Path

#: Where the tables are that came with drafter.
DATA = Path(__file__).parent.parent / "data"
