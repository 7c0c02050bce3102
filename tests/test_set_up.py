"""The settings as a form: what is changed is changed, and everything else in the file stays as somebody wrote it."""

from pathlib import Path

import pytest

from drafter.commands.set_up import SetUpRequest, no_longer_kept, set_rule, set_up, settings_shown, write_settings
from drafter.diagnostic import Rejected

OURS = """\
# 我们办公室的设置，王强管
minutes = 20   # 周例会

[levels]   # 改过的
long-sentence = "off"

[[kept]]
file = "讲话.txt"
rule = "confused-word"
words = "截止"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    (tmp_path / "科室").mkdir()
    monkeypatch.chdir(tmp_path / "科室")
    return tmp_path


FORM = SetUpRequest(plain=False, comments=True, minutes="", level="")


def now(name: str) -> str:
    return next(rule.now for rule in settings_shown().rules if rule.name == name)


def test_where_nobody_has_set_anything_nothing_is_written() -> None:
    set_up(FORM)
    assert settings_shown()[:6] == ("", "还没有设过什么，都是原来的样子。", False, True, 0, "")
    assert list(Path().iterdir()) == []


def test_a_form_begins_a_file() -> None:
    set_up(FORM._replace(minutes="20", plain=True))
    assert Path("drafter.toml").read_text(encoding="utf-8") == "plain = true\nminutes = 20\n"


def test_what_else_stands_there_stays() -> None:
    Path("drafter.toml").write_text(OURS, encoding="utf-8")
    set_up(SetUpRequest(plain=True, comments=False, minutes="7.5", level="warning"))
    after = Path("drafter.toml").read_text(encoding="utf-8")
    assert after == OURS.replace("minutes = 20   # 周例会", "minutes = 7.5   # 周例会\nplain = true\ncomments = false\nlevel = \"warning\"")
    set_up(FORM._replace(minutes="20"))
    assert Path("drafter.toml").read_text(encoding="utf-8") == OURS
    assert len(list(Path("存稿/旧版/设置").iterdir())) == 2


@pytest.mark.parametrize("said", ["二十", "-3", "99999", "nan", "inf"])
def test_what_is_no_number_of_minutes_is_refused(said: str) -> None:
    with pytest.raises(Rejected):
        set_up(FORM._replace(minutes=said))
    assert not Path("drafter.toml").exists()


def test_a_rule_is_put_out_of_use_and_taken_back() -> None:
    Path("drafter.toml").write_text(OURS, encoding="utf-8")
    set_rule("number-skipped", "off")
    assert now("number-skipped") == "off"
    set_rule("number-skipped", "advice")
    assert now("number-skipped") == "advice"
    set_rule("number-skipped", next(r.usual for r in settings_shown().rules if r.name == "number-skipped"))
    assert Path("drafter.toml").read_text(encoding="utf-8") == OURS


def test_where_only_some_rules_are_used_one_more_is_added() -> None:
    Path("drafter.toml").write_text('select = ["number-skipped"]\n', encoding="utf-8")
    assert (now("number-skipped"), now("long-sentence")) != ("off", "off")
    assert now("long-sentence") == "off"
    set_rule("long-sentence", next(r.usual for r in settings_shown().rules if r.name == "long-sentence"))
    assert settings_shown().only == ("number-skipped", "long-sentence")
    set_rule("number-skipped", "off")
    set_rule("long-sentence", "off")
    assert (now("number-skipped"), now("long-sentence")) == ("off", "off")


def test_what_was_left_is_told_again() -> None:
    Path("drafter.toml").write_text(OURS, encoding="utf-8")
    [row] = settings_shown().kept
    assert (row.file, row.words) == ("讲话.txt", "截止")
    no_longer_kept(row.number, row.words)
    assert settings_shown().kept == ()
    assert "# 周例会" in Path("drafter.toml").read_text(encoding="utf-8")


def test_settings_of_a_folder_above_are_changed_where_they_stand(folder: Path) -> None:
    (folder / "drafter.toml").write_text("plain = true\n", encoding="utf-8")
    assert "上级文件夹" in settings_shown().where
    set_up(FORM._replace(minutes="5"))
    assert (folder / "drafter.toml").read_text(encoding="utf-8") == "minutes = 5\n"
    assert not Path("drafter.toml").exists()


def test_those_of_a_project_are_changed_in_their_own_table() -> None:
    other = '[project]\nname = "x"\n\n[tool.drafter]\nplain = true\n\n[tool.ruff]\nline-length = 100\n'
    Path("pyproject.toml").write_text(other, encoding="utf-8")
    set_up(FORM._replace(plain=True, minutes="5"))
    assert Path("pyproject.toml").read_text(encoding="utf-8") == other.replace("plain = true\n", "plain = true\nminutes = 5\n")


def test_settings_that_cannot_be_read_are_shown_and_put_right() -> None:
    Path("drafter.toml").write_text("minutes = 二十\n", encoding="utf-8")
    shown = settings_shown()
    assert shown.text == "minutes = 二十\n"
    assert shown.problems
    with pytest.raises(Rejected):
        set_up(FORM)
    assert write_settings("minutes = 20\r\n") == ()
    assert settings_shown().minutes == 20
