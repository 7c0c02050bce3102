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
        ("plain = 是\n", "drafter.toml:1:9: plain 的“是”读不懂。"),
        ("plain = 'yes'\n", "drafter.toml:1: plain 的“yes”不对。\n  写成 plain = true 或 plain = false。"),
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


MINUTES = "写 0.1 到 1440 之间的数；不看长短，就不写。"
LEVELS = "可以写 error、warning、advice、off。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((f"minutes = {value}\n", f"drafter.toml:1: minutes 的“{shown}”不对，要写分钟数。\n  {MINUTES}") for value, shown in (
            ("nan", "nan"), ("inf", "inf"), ("-inf", "-inf"), ("-3", "-3"), ("1e308", "1e+308"), ("1e400", "inf"), ("1e-308", "1e-308"),
            ("true", "True"), ("'八'", "八"), ("[8]", "[8]"), ("1979-05-27", "1979-05-27"), ("9" * 60, "9" * 40 + "……"),
        )),
        ("# 我们的\n\nlevel = 'warning'\nminutes = nan\n", "drafter.toml:4: minutes"),
        ("minutes = " + "9" * 1990, f"drafter.toml:1: minutes 的“{'9' * 40}……”不对"),
        ("level = 3\n", "drafter.toml:1: level 的“3”不对。"),
        ("level = []\n", "drafter.toml:1: level 的“[]”不对。"),
        ("select = 'x'\n", "drafter.toml:1: select 要写成规则名称的列表"),
        ("select = [\n 'long-sentence',\n [1],\n]\n", "drafter.toml:1: select 要写成规则名称的列表"),
        ("ignore = ['没有的规则']\n", "drafter.toml:1: ignore 里没有叫“没有的规则”的规则。"),
        ("plain = true\n[levels]\nlong-sentence = inf\n", f"drafter.toml:3: levels 里 long-sentence 的“inf”不对。\n  {LEVELS}"),
        ("levels.long-sentence = {}\n", f"drafter.toml:1: levels 里 long-sentence 的“{{}}”不对。\n  {LEVELS}"),
        ("levels = 1\n", "drafter.toml:1: levels 下面一行写一条"),
        ("a = 1\n", "drafter.toml:1: 不认识的设置“a”。"),
        ("a = " + "[" * 1900, "drafter.toml: 括号套得太深，读不下去。"),
        ("a = " + "[\n" * 20_000, "drafter.toml: 括号套得太深，读不下去。"),
        ("a = " + "{a=" * 600, "drafter.toml: 括号套得太深，读不下去。"),
        (".".join("a" * 1100) + " = 1\n", "drafter.toml:1: 这一行太长，最多 2,000 个字节。\n  列表可以分行写。"),
        ("plain = true\n#" + "注" * 900, "drafter.toml:2: 这一行太长"),
        ("# 甲\n" * 20_000, "drafter.toml: 配置文件太大，最多 64 KB。\n  只留 drafter 的设置。"),
        ("a = \"\\ud800\"\n", "drafter.toml:1:12: 这一行读不懂。"),
        ("minutes = 0x" + "f" * 1900 + "\n", "……”不对，要写分钟数。"),
    ],
)  # fmt: skip
def test_whatever_stands_in_settings_is_one_message_with_its_line(here, run, text, said):
    (here / "drafter.toml").write_text(text, encoding="utf-8")
    (here / "讲话.txt").write_text("同志们：\n\n今天开会。\n", encoding="utf-8")
    done = run("check", "讲话.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace(f"{here}/", "")
    assert "Traceback" not in done.stderr


def test_settings_of_a_project_are_told_with_the_line_below_our_heading(here, run):
    text = "[project]\nminutes = 1\n[tool.drafter]\nlevel = 'warning'\nminutes = nan\n[tool.drafter.levels]\nlong-sentence = 'advice'\n"
    (here / "pyproject.toml").write_text(text, encoding="utf-8")
    (here / "讲话.txt").write_text("同志们：\n\n今天开会。\n", encoding="utf-8")
    assert f"{here}/pyproject.toml:5: minutes" in run("check", "讲话.txt").stderr
    (here / "pyproject.toml").write_text(text.replace("nan", "8").replace("'advice'", "1"), encoding="utf-8")
    assert f"{here}/pyproject.toml:7: levels 里 long-sentence 的“1”不对。" in run("check", "讲话.txt").stderr


def test_a_project_that_is_not_ours_may_be_as_long_as_it_likes(here):
    (here / "pyproject.toml").write_text("[project]\n" + ".".join("a" * 30_000) + " = " + "[" * 90_000)
    assert table() == ({}, "")


@pytest.mark.parametrize("minutes", ["nan", "inf", "-inf", "1e400", "-1", "1e-5", "1441", "99999999999999999999"])
def test_minutes_no_speech_can_take_are_refused(here, run, minutes):
    (here / "讲话.txt").write_text("同志们：\n\n今天开会。\n", encoding="utf-8")
    done = run("check", "讲话.txt", f"--minutes={minutes}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"--minutes {float(minutes):g}：讲话讲不了这么多分钟。\n  {MINUTES}\n"
