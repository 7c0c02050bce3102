"""What the targets share: their names, the day it is, and bytes read as choices."""

import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.yaml import Source

#: The targets, a module each.
NAMES = ("outlines", "answers", "texts", "drafts")

TODAY = date(2026, 11, 22)

T = TypeVar("T")


class Choices:
    """Bytes as choices: the first of everything once they are used up."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def __bool__(self) -> bool:
        return self.at < len(self.data)

    def number(self, most: int) -> int:
        """A number below `most`: a byte up to 256, two above."""
        size = 1 if most <= 256 else 2
        found = int.from_bytes(self.data[self.at : self.at + size])
        self.at += size
        return found % most if most else 0

    def of(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.number(len(options))]


def nothing(word: str, name: str, asker: Source) -> Source:
    """What an outline finds that names another."""
    raise Rejected(Diagnostic(f"找不到 {name}。", code="outline-not-found"))


def told(error: Rejected) -> None:
    """A refusal says why, in words that can be shown."""
    said = [d.text() for d in error.diagnostics]
    if not said or not all(text and all(row.isprintable() for row in text.split("\n")) for text in said):
        raise AssertionError(said) from error


@cache
def folder() -> Path:
    """A folder for the files of a run, in memory where there is such a place."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="drafter-fuzz-", dir=memory if memory.is_dir() else None))
