"""What the fuzz targets (tests/fuzz) have met is played again: nothing but a refusal may be raised."""

import importlib
from pathlib import Path

import pytest
from fuzz.targets import NAMES

CORPUS = Path(__file__).parent / "fuzz" / "corpus"


@pytest.mark.parametrize("name", NAMES)
def test_every_input_ever_met_is_taken_or_refused(name: str) -> None:
    target = importlib.import_module(f"fuzz.{name}")
    inputs = sorted((CORPUS / name).iterdir())
    assert len(inputs) > 3
    for path in inputs:
        try:
            target.one(path.read_bytes())
        except Exception as error:
            error.add_note(f"input: {path}")
            raise


def test_the_corpora_stay_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 300_000
