"""Slips in `drafter.toml`: each is told with its cause, its place and what to type, in one message."""

import json

import pytest

KNOWN = "有：select、ignore、level、levels、minutes、plain、comments、kept、shelf。"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "讲话.txt").write_text("同志们：\n\n今天开会。\n", encoding="utf-8")
    return tmp_path


#: What is typed, and all that `check` says of it after the name of the file.
SLIPS = {
    # names
    'levle = "advice"': f":1: 不认识的设置“levle”。\n  是不是 level？{KNOWN}",
    'Plain = true': ":1: 不认识的设置“Plain”。\n  写成 plain，用小写的英文字母。",
    'tempalte = "x"': f":1: 不认识的设置“tempalte”。\n  是不是 template？模板写在提纲的 template 里，或者用 --template；drafter.toml 里没有这一项。{KNOWN}",
    'no-comments = true': ":1: 不认识的设置“no-comments”。\n  写成 comments = false。",
    'exclude = ["x"]': ":1: 不认识的设置“exclude”。\n  写成 ignore。",
    'strict = true': f":1: 不认识的设置“strict”。\n  {KNOWN}",
    'long-sentence = "off"': ":1: 不认识的设置“long-sentence”。\n  规则的级别写在 [levels] 下面：long-sentence = \"off\"",
    '[check]\nlevel = "warning"': ":1: 不认识的设置“check”。\n  去掉 [check] 这一行，下面的设置直接写在最上面。",
    '[tool.drafter]\nplain = true': (
        ":1: 不认识的设置“tool”。\n  [tool.drafter] 这一行是 pyproject.toml 里用的；drafter.toml 里去掉它，设置直接写在最上面。"
    ),
    '[levels]\nlong-sentence = "off"\nminutes = 20': ":3: minutes 写在 [levels] 下面了，那里只写规则的级别。\n  把这一行挪到 [levels] 前面。",
    '级别 = "warning"': ":1:1: 不认识的设置“级别”。\n    1 | 级别 = \"warning\"\n      | ^^^^\n  写成 level。",
    'ignore = ["numbr-skipped"]': ":1: ignore 里没有叫“numbr-skipped”的规则。\n  是不是 number-skipped？drafter check --list-rules 列出所有规则。",
    # values
    'level = "建议"': ":1: level 的“建议”不对。\n  是不是 advice？可以写 error、warning、advice。",
    'level = "warn"': ":1: level 的“warn”不对。\n  是不是 warning？可以写 error、warning、advice。",
    'ignore = "cliche"': ":1: ignore 要写成规则名称的列表，例如 ignore = [\"long-sentence\"]。",
    'plain = yes': ":1:9: plain 的“yes”读不懂。\n    1 | plain = yes\n      |         ^^^\n  写成：plain = true",
    'comments = 否': ":1:12: comments 的“否”读不懂。\n    1 | comments = 否\n      |            ^^\n  写成：comments = false",
    'plain = True': ":1:9: plain 的“True”读不懂。\n    1 | plain = True\n      |         ^^^^\n  写成：plain = true",
    'plain =': ":1:1: plain 后面没有写值。\n    1 | plain =\n      | ^^^^^\n  写上值，或者删掉这一行。",
    'level = 建议': ":1:9: 文字要加英文引号。\n    1 | level = 建议\n      |         ^^^^\n  写成：level = \"advice\"",
    'minutes = 15分钟': ":1:11: minutes 的“15分钟”读不懂，只写数。\n    1 | minutes = 15分钟\n      |           ^^^^^^\n  写成：minutes = 15",
    'ignore = cliche': ":1:10: ignore 要写成列表，规则名称加英文引号。\n    1 | ignore = cliche\n      |          ^^^^^^\n  写成：ignore = [\"cliche\"]",
    # the marks of a Chinese keyboard
    'plain ＝ true': ":1:7: “＝”是全角的，换成英文的 =。\n    1 | plain ＝ true\n      |       ^^\n  写成：plain = true",
    'plain：true': ":1:6: “：”是全角的，换成英文的 =。\n    1 | plain：true\n      |      ^^\n  写成：plain=true",
    'level = “advice”': ":1:9: 引号“是全角的，换成英文的 \"。\n    1 | level = “advice”\n      |         ^\n  写成：level = \"advice\"",
    'ignore = ["cliche"、"abba"]': ":1:19: “、”是全角的，换成英文的 ,。\n    1 | ignore = [\"cliche\"、\"abba\"]\n      |                   ^^\n  写成：ignore = [\"cliche\",\"abba\"]",
    'ignore = 【"cliche"】': ":1:10: “【”是全角的，换成英文的 [。\n    1 | ignore = 【\"cliche\"】\n      |          ^^\n  写成：ignore = [\"cliche\"]",
    'minutes = １５': ":1:11: “１”是全角的，换成英文的 1。\n    1 | minutes = １５\n      |           ^^\n  写成：minutes = 15",
    '＃ 我们单位的\nplain = true': ":1:1: “＃”是全角的，换成英文的 #。\n    1 | ＃ 我们单位的\n      | ^^\n  写成：# 我们单位的",
    'plain　= true': ":1:6: 这个空格是全角的，换成英文的空格。\n    1 | plain　= true\n      |      ^^\n  写成：plain = true",
    '［levels］': ":1:1: “［”是全角的，换成英文的 [。\n    1 | ［levels］\n      | ^^\n  写成：[levels]",
    # the rest of TOML
    'plain: true': ":1:6: 名称和值之间用等号，不用冒号。\n    1 | plain: true\n      |      ^\n  写成：plain = true",
    'level: advice': ":1:6: 名称和值之间用等号，不用冒号。\n    1 | level: advice\n      |      ^\n  写成：level = \"advice\"",
    'plain true': ":1:1: 这一行没有等号。\n    1 | plain true\n      | ^^^^^\n  写成 名称 = 值，例如 plain = true",
    'plain = true // 不标黄': ":1:14: 注释要用 # 开头，“//”不算。\n    1 | plain = true // 不标黄\n      |              ^^\n  改成 # 不标黄",
    'plain = true;': ":1:13: 末尾的“;”多了。\n    1 | plain = true;\n      |             ^\n  写成：plain = true",
    'plain = true\nminutes = 3\nplain = false': ":3:1: “plain”写了两次，第一次在第 1 行。\n    3 | plain = false\n      | ^^^^^\n  留一个，删掉另一个。",
    'level = "advice': ":1:9: 这个引号没有合上。\n    1 | level = \"advice\n      |         ^^^^^^^\n  两边都要有英文引号。",
    'ignore = ["cliche"': ":1:10: 方括号没有合上。\n    1 | ignore = [\"cliche\"\n      |          ^\n  末尾加一个 ]。",
    'ignore = ["cliche" "abba"]': ":1:19: 列表里两项之间少了逗号。\n    1 | ignore = [\"cliche\" \"abba\"]\n      |                   ^\n  例如 [\"long-sentence\", \"number-skipped\"]",
    'level = "C:\\templates\\我的"': ":1:22: 双引号里的反斜杠 \\ 有别的意思。\n    1 | level = \"C:\\templates\\我的\"\n      |                      ^\n  改成单引号。",
}  # fmt: skip


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_in_the_settings_is_told_with_its_cause(here, run, typed):
    (here / "drafter.toml").write_text(typed + "\n", encoding="utf-8")
    done = run("check", "讲话.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{here}/drafter.toml{SLIPS[typed]}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_settings_are_read_as_notepad_saves_them(here, run, encoding):
    (here / "drafter.toml").write_bytes("# 我们单位的\r\nplain = true\r\n[levels]\r\nlong-sentence = 'off'\r\n".encode(encoding))
    done = run("check", "讲话.txt")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_passed_over_is_told_once_by_every_command(here, run):
    (here / "drafter.toml").write_text("plian = true\n", encoding="utf-8")
    told = f"提醒 {here}/drafter.toml:1: 不认识的设置“plian”。\n  是不是 plain？{KNOWN}\n"
    outlines = ("-O", "safety", "-O", "hosting")
    assert run("new", *outlines, "--no-input", "-o", "会议/").stderr.count(told) == 1
    assert told in run("outlines", "find", "安全").stderr
    found = json.loads(run("outlines", "find", "安全", "--json").stdout)["remarks"]
    assert [(remark["code"], remark["level"], remark["place"]["line"]) for remark in found] == [("setting-unknown", "warning", 1)]


def test_doctor_tells_everything_that_is_wrong_with_the_settings(here, run):
    (here / "drafter.toml").write_text('plian = true\ncomments = "no"\nlevel = "x"\n', encoding="utf-8")
    told = run("doctor").stdout
    assert told.partition("drafter.toml 里有问题\n")[2].replace(f"{here}/", "") == (
        f"  drafter.toml:1: 不认识的设置“plian”。\n    是不是 plain？{KNOWN}\n"
        "  drafter.toml:2: comments 的“no”不对。\n    写成 comments = true 或 comments = false。\n"
        "  drafter.toml:3: level 的“x”不对。\n    可以写 error、warning、advice。\n"
        "下一步：看有哪些提纲　drafter outlines\n"
    )
    problems = json.loads(run("doctor", "--json").stdout)["result"]["settings"]
    assert [problem["code"] for problem in problems] == ["setting-unknown", "setting-value", "setting-value"]


@pytest.mark.parametrize(
    "name",
    ["drafter.toml.txt", "drafter.tml", "Drafter.toml", ".drafter.toml", "drafter.yaml", "drafter（1）.toml", "drafter - 副本.toml", "draft.toml"],
)
def test_settings_under_a_name_nearly_right_are_told(here, run, name):
    (here / name).write_text("plain = true\n", encoding="utf-8")
    told = run("check", "讲话.txt").stderr
    assert told.startswith(f"提醒 {name}: 这个文件的名称不是 drafter.toml，里面的设置没有用上。\n  改名为 drafter.toml，全用小写")


@pytest.mark.parametrize("name", ["drafter.toml.bak", "drafter.docx", "drafter 说明.txt", "drafting.toml"])
def test_other_files_are_nobodys_settings(here, run, name):
    (here / name).write_text("plain = true\n", encoding="utf-8")
    assert run("check", "讲话.txt").stderr == ""


def test_a_copy_beside_the_settings_is_a_copy(here, run):
    for name in ("drafter.toml", "drafter（1）.toml"):
        (here / name).write_text("minutes = 20\n", encoding="utf-8")
    assert run("check", "讲话.txt").stderr == ""


def test_settings_that_are_right_are_silent(here, run):
    text = """\
# 我们单位的：“不标黄”＝普通文字，【】照旧
plain = true  # 是 // 否
comments = false
select = [
    "long-sentence",  # 长句
    'number-skipped',
]
level = "warning"
minutes = 0.5

[levels]
set-miscounted = "error"

[[kept]]
file = "讲话.txt"
rule = "confused-word"
words = "截止＝［］"
"""
    (here / "drafter.toml").write_text(text, encoding="utf-8")
    done = run("check", "讲话.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "有问题" not in run("doctor").stdout
