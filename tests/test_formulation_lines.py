"""Sentences of our own, right and wrong as of a day: the wrong ones are found unasked, the right ones stay quiet."""

from datetime import date
from pathlib import Path

import pytest

from drafter.check.rules import Line, Speech, run

ROWS = [row.split("\t") for row in (Path(__file__).parent / "formulation_lines.tsv").read_text("utf-8").split("\n") if row]


def loud(day: str, text: str) -> list[str]:
    """The rules that warn of a line, or call it an error."""
    return [finding.rule for finding in run(Speech((Line(text),), date.fromisoformat(day)), level="warning")]


@pytest.mark.parametrize(("day", "text"), [(day, text) for verdict, day, text in ROWS if verdict == "wrong"])
def test_a_wrong_formulation_is_found_unasked(day: str, text: str) -> None:
    assert loud(day, text) != []


@pytest.mark.parametrize(("day", "text"), [(day, text) for verdict, day, text in ROWS if verdict == "right"])
def test_a_right_formulation_stays_quiet(day: str, text: str) -> None:
    assert loud(day, text) == []
