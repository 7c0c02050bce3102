"""Every example of the chapter on Python is run."""

import doctest
from pathlib import Path

import pytest

import drafter


def test_the_examples_of_the_chapter_do_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    page = Path(drafter.__file__).parent / "manual" / "python.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 20) == (0, True)
    assert not list(tmp_path.iterdir())
