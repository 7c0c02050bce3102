"""The right examples of GB/T 15834-2011 (标点符号用法) and GB/T 15835-2011 (出版物上数字用法), and sentences after them, raise nothing.

`rules_recall/standards.txt` has one a line: short examples of right usage, some put together, some with other words in the same places.
"""

from datetime import date
from pathlib import Path

import pytest

from drafter.check.rules import Line, Speech, run

ROWS = tuple((Path(__file__).parent / "rules_recall" / "standards.txt").read_text(encoding="utf-8").splitlines())


def test_there_are_a_hundred() -> None:
    assert len(set(ROWS)) >= 100


@pytest.mark.parametrize("row", ROWS)
def test_a_right_example_of_the_standards_is_left_alone(row: str) -> None:
    assert run(Speech((Line(row),), date(2026, 11, 22)), level="warning") == ()
