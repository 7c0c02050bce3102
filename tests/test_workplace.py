"""The folder of a user who names none."""

import pytest

from drafter.commands.workplace import workplace
from drafter.diagnostic import Rejected
from drafter.outline import shelf


@pytest.fixture
def documents(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "documents_home", lambda: tmp_path / "文档")
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "数据"))
    return tmp_path / "文档"


def test_it_is_in_the_documents(documents):
    assert workplace() == documents / "起草台"
    assert (documents / "起草台/存稿").is_dir()
    assert list((documents / "起草台/存稿").iterdir()) == []


def test_where_documents_are_locked_it_is_with_what_is_the_user_s_own(documents, tmp_path):
    documents.write_text("no folder")
    assert workplace() == tmp_path / "数据/起草台"


def test_a_folder_that_is_named_and_cannot_be_written_is_told(tmp_path):
    (tmp_path / "甲").write_text("no folder")
    with pytest.raises(Rejected) as refused:
        workplace(str(tmp_path / "甲"))
    assert [d.code for d in refused.value.diagnostics] == ["desk-folder"]
