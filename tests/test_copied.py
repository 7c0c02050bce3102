"""The program in a copy of a process does what it does in a process of its own."""

import os

import copied
import pytest


@pytest.mark.parametrize("letters", [0, 1, 1_000_000])
def test_words_that_nobody_reads_are_left_lying(letters: int) -> None:
    read, write = os.pipe()
    os.close(read)  # as when the program is over before it is told anything
    copied.tell(write, b"x" * letters)
