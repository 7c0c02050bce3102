"""drafter.toml: where it is looked for, and what it may say."""

import pytest

from drafter.commands.settings import table


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_nearest_settings_count(here):
    (here / "甲" / "乙").mkdir(parents=True)
    (here / "drafter.toml").write_text("plain = true\n")
    (here / "甲" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert table(str(here / "甲" / "乙")) == ({"plain": True}, str(here / "drafter.toml"))
    (here / "甲" / "pyproject.toml").write_text("[tool.drafter]\nplain = false\n")
    assert table(str(here / "甲" / "乙")) == ({"plain": False}, str(here / "甲" / "pyproject.toml"))


def test_the_users_own_settings_count_where_there_are_none_nearer(here):
    (here / "home").mkdir()
    (here / "home" / "drafter.toml").write_text("plain = true\n")
    assert table()[0] == {"plain": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain = 是\n", "drafter.toml:1:9: 这个配置文件读不懂。"),
        ("plain = 'yes'\n", "drafter.toml: plain 的“yes”不对。\n  写成 plain = true 或 plain = false。"),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_their_place(here, run, text, said):
    (here / "drafter.toml").write_text(text, encoding="utf-8")
    done = run("new", "--outline", "office-training", "--no-input")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not list(here.glob("*.docx"))


def test_an_office_may_want_plain_documents(here, run):
    (here / "drafter.toml").write_text("plain = true\n")
    assert run("new", "--outline", "office-training", "--no-input", "-o", "稿.docx").returncode == 0
    assert "没有控件" in run("status", "稿.docx").stdout
