"""One question on a terminal: typed, picked from a list or searched in one, and what is printed between.

All is drawn with prompt_toolkit, which no module outside this folder knows: `typed` has the line editor, `listing` the
lists, `looks` what both have in common.
"""

from drafter.commands.prompt.listing import Find, ListRow, Matches, picked_of, searched
from drafter.commands.prompt.looks import (
    PASSED,
    PREVIEW,
    STYLE,
    Back,
    Fragments,
    Interrupted,
    MeantEmpty,
    printed,
    width,
    wrapped,
)
from drafter.commands.prompt.typed import name_of, typed_in
from drafter.commands.rows import shortened

__all__ = [
    "PASSED",
    "PREVIEW",
    "STYLE",
    "Back",
    "Find",
    "Fragments",
    "Interrupted",
    "ListRow",
    "Matches",
    "MeantEmpty",
    "name_of",
    "picked_of",
    "printed",
    "searched",
    "shortened",
    "typed_in",
    "width",
    "wrapped",
]
