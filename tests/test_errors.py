"""Every way an outline goes wrong has a pair here: errors/NAME.yaml, and errors/NAME.txt with all that
`drafter outlines check` says of it, and below that the places and codes programs get with `--json`. The files are there to
be read: is the place right, and would the writer know what to do next?"""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Golden

from drafter.cli.main import program

ERRORS = Path(__file__).parent / "errors"
NAMES = sorted(path.stem for path in ERRORS.glob("*.yaml"))

#: Usable all the same: drafter only remarks on them.
REMARKED = {
    "basis-has-ended", "blank-doubled", "blank-in-braces", "blank-in-corner-brackets",
    "blank-in-full-width-brackets", "blank-in-round-brackets", "blank-in-square-brackets",
    "blank-in-tortoise-brackets", "blank-not-opened", "blank-outside-its-when", "blank-unknown-in-brackets",
    "comment-without-a-space", "field-not-used", "gap-of-crosses", "gap-of-underlines", "gb18030",
    "title-in-chinese-quotes", "when-yes-in-quotes",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_told_with_its_place_and_a_remedy(
    name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ERRORS)
    code = program()(["outlines", "check", f"{name}.yaml"], standalone_mode=False)
    told, aside = capfd.readouterr()
    assert aside == ""
    assert code == (None if name in REMARKED else 2)
    assert program()(["outlines", "check", f"{name}.yaml", "--json"], standalone_mode=False) == code
    found = json.loads(capfd.readouterr().out)
    golden(ERRORS / f"{name}.txt", told + "".join(f"\n--json: {coded(problem)}" for problem in found["remarks"]) + "\n")


def coded(problem: dict[str, Any]) -> str:
    """The place of a problem as programs get it, its code, and the words it is about."""
    where = problem["place"]
    place = ":".join(str(where[part]) for part in ("line", "column") if where[part]) if where else ""
    return " ".join(filter(None, (place, problem["code"], problem["quote"] and f"“{problem['quote'][:60]}”")))


def test_every_message_belongs_to_an_outline() -> None:
    assert sorted(path.stem for path in ERRORS.glob("*.txt")) == NAMES
