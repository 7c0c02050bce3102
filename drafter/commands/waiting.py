"""A line on the terminal that says how far something is, and goes away. Nobody is told where standard error is no terminal,
or one that cannot go back in a line.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drafter.commands.rows import shortened
from drafter.diagnostic import columns


def watched() -> bool:
    """Whether somebody sees such a line."""
    try:
        return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # it is closed
        return False


@contextmanager
def passing(first: str = "") -> Iterator[Callable[[str], None]]:
    """What tells how far it is, `first` at once ("" for nothing); at the end the line is gone."""
    if not watched():
        yield lambda said: None
        return
    width = 0

    def tell(said: str) -> None:
        nonlocal width
        try:
            room = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except (OSError, ValueError):
            room = 80
        line = shortened(said, room - 1)
        sys.stderr.write("\r" + " " * width + "\r" + line)
        sys.stderr.flush()
        width = columns(line)

    if first:
        tell(first)
    try:
        yield tell
    finally:
        tell("")
