"""Every way an outline goes wrong has a pair here: errors/NAME.yaml, and errors/NAME.txt with all that
`drafter outlines check` says of it. The files are there to be read: is the place right, and would the writer know what
to do next?"""

from pathlib import Path

import pytest
from conftest import Golden

from drafter.cli.main import program

ERRORS = Path(__file__).parent / "errors"
NAMES = sorted(path.stem for path in ERRORS.glob("*.yaml"))

#: Usable all the same: drafter only remarks on them.
REMARKED = {"blank-outside-its-when", "field-not-used", "gb18030"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_told_with_its_place_and_a_remedy(
    name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ERRORS)
    code = program()(["outlines", "check", f"{name}.yaml"], standalone_mode=False)
    told, aside = capfd.readouterr()
    golden(ERRORS / f"{name}.txt", told)
    assert aside == ""
    assert code == (None if name in REMARKED else 2)


def test_every_message_belongs_to_an_outline() -> None:
    assert sorted(path.stem for path in ERRORS.glob("*.txt")) == NAMES
