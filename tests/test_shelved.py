"""An outline that is opened again is parsed again only where something has changed that it was read from."""

from pathlib import Path

import pytest

from drafter.commands import shelved
from drafter.commands.shelved import outline_at
from drafter.diagnostic import Rejected

BASE = "title: 在会上的讲话\nspeech:\n  - greeting: 同志们：\n  - text: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shelved, "_parsed", {})
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "总.yaml").write_text(BASE.format("今天开会。"), encoding="utf-8")
    (tmp_path / "outlines" / "分.yaml").write_text("extends: 总\ntitle: 在分会上的讲话\n", encoding="utf-8")
    return tmp_path / "outlines"


def test_what_has_not_changed_is_not_parsed_again(folder: Path) -> None:
    assert outline_at(folder / "分.yaml").outline is outline_at(folder / "分.yaml").outline


@pytest.mark.parametrize("changed", ["分", "总"])
def test_a_change_of_any_file_it_was_read_from_is_seen(folder: Path, changed: str) -> None:
    before = outline_at(folder / "分.yaml").outline
    path = folder / f"{changed}.yaml"
    path.write_text(path.read_text("utf-8").replace("会", "大会"), encoding="utf-8")
    after = outline_at(folder / "分.yaml").outline
    assert "大会" in repr((after.title, after.speech))
    assert "大会" not in repr((before.title, before.speech))


def test_a_file_that_is_gone_is_missed(folder: Path) -> None:
    outline_at(folder / "分.yaml")
    (folder / "总.yaml").unlink()
    with pytest.raises(Rejected, match="总"):
        outline_at(folder / "分.yaml")


def test_the_same_name_in_another_folder_is_another_outline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "今天开会" in repr(outline_at(Path("outlines/总.yaml")).outline.speech)
    (folder / "outlines").mkdir()
    (folder / "outlines" / "总.yaml").write_text(BASE.format("明天开会。"), encoding="utf-8")
    monkeypatch.chdir(folder)
    assert "明天开会" in repr(outline_at(Path("outlines/总.yaml")).outline.speech)


def test_no_more_is_kept_than_the_room_there_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelved, "_MOST", 60)
    for n in range(9):
        path = folder / f"{n}.yaml"
        path.write_text(BASE.format("开会。"), encoding="utf-8")
        outline_at(path)
        assert path in shelved._parsed
        assert sum(one.characters for one in shelved._parsed.values()) <= max(60, shelved._parsed[path].characters)
