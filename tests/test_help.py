"""`drafter help`: the manual on a terminal, found by every name a reader may have for it."""

import json
import re

import pytest
from conftest import Run

from drafter.check.rules import names
from drafter.cli.show_help import shown
from drafter.commands.help import MANUAL, HelpRequest, help_page, topic_names, topics
from drafter.diagnostic import Rejected, columns


def page(topic: str) -> tuple[str, str]:
    found = help_page(HelpRequest(topic))
    return found.kind, found.topic


@pytest.mark.parametrize(("asked", "found"), [
    ("", ("topics", "")),
    ("check", ("command", "check")),
    ("drafter check", ("command", "check")),
    ("校对", ("command", "check")),
    ("outlines edit", ("section", "drafter outlines edit")),
    ("定稿", ("command", "finish")),
    ("outline", ("chapter", "outline")),
    ("提纲", ("chapter", "outline")),
    ("提纲怎么写", ("chapter", "outline")),
    ("JSON", ("chapter", "json")),
    ("number-skipped", ("rule", "number-skipped")),
    ("number_skipped", ("rule", "number-skipped")),
    ("四条规矩", ("section", "四条规矩")),
    ("drafter.toml", ("chapter", "settings")),
    ("run-on", ("mentions", "run-on")),
    ("花脸稿", ("command", "compare")),
])  # fmt: skip
def test_a_page_is_found_by_its_name_and_by_what_people_call_it(asked: str, found: tuple[str, str]) -> None:
    assert page(asked) == found


def test_a_rules_page_says_what_it_looks_for_and_why() -> None:
    text = help_page(HelpRequest("number-skipped")).text
    assert text.startswith("# number-skipped（错误）\n\n序号跳号或者倒了。\n")
    assert "依据：GB/T 9704—2012" in text


@pytest.mark.parametrize("topic", topic_names())
def test_every_topic_that_is_offered_has_a_page(topic: str) -> None:
    assert page(topic)[0] != "mentions"


def test_every_file_of_the_manual_is_a_topic_and_every_name_leads_to_one_page() -> None:
    found = list(topics())
    assert {f"{topic.name}.md" for topic in found} == {path.name for path in MANUAL.rglob("*.md")}
    called = [name for topic in found for name in {name.lower() for name in topic.names}]
    assert sorted(set(called)) == sorted(called)
    assert not set(called) & set(names())


def test_a_name_that_is_misspelt_is_refused_with_the_nearest(run: Run) -> None:
    done = run("help", "chek")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "手册里没有“chek”。\n  是不是 check？drafter help 列出全部主题。\n"
    with pytest.raises(Rejected, match="是不是 number-skipped？"):
        help_page(HelpRequest("number-skiped"))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("topic", [topic.name for topic in topics()])
def test_no_line_is_wider_than_the_terminal_but_code(topic: str, width: int) -> None:
    lines = shown(help_page(HelpRequest(topic)).text, width, colour=False)
    assert [line for line in lines if columns(line) > width and not line.startswith("    ")] == []
    assert [line for line in lines if line[:1] in tuple("，。；：！？、）》”")] == []
    assert "[[[" not in "\n".join(lines)


def test_colour_changes_no_letter() -> None:
    text = help_page(HelpRequest("check")).text
    coloured = shown(text, 80, colour=True)
    assert "\x1b[" in "".join(coloured)
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in coloured] == shown(text, 80, colour=False)


def test_markdown_is_set_for_a_terminal() -> None:
    text = "# 标题\n\n一段里的字，\n下一行 `code` **重**。\n\n- 甲\n- 乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙\n\n| 词 | 意思 |\n|---|---|\n| `a\\|b` | 说明 |\n"
    assert shown(text, 40, colour=False) == [
        "标题",
        "════",
        "",
        "一段里的字，下一行 code 重。",
        "",
        "· 甲",
        "· 乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙",
        "  乙乙乙",
        "",
        "词   意思",
        "───  ────",
        "a|b  说明",
    ]


def test_a_page_in_a_pipe_is_plain_and_as_wide_as_asked(run: Run) -> None:
    done = run("help", "new", env={"COLUMNS": "60"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("drafter new\n═══════════\n")
    assert max(columns(line) for line in done.stdout.split("\n")[:40]) <= 60
    assert "    用法：drafter new [选项]" in done.stdout


def test_the_text_of_a_page_is_given_to_programs(run: Run) -> None:
    done = run("help", "提纲", "--json")
    found = json.loads(done.stdout)["result"]
    assert (found["topic"], found["kind"], found["title"]) == ("outline", "chapter", "提纲怎么写")
    assert found["text"].startswith("# 提纲怎么写\n")


@pytest.mark.parametrize(("line", "offered"), [
    ("drafter help chec", ["check", "check-cut-short"]),
    ("drafter help 提", ["提纲怎么写"]),
    ("drafter help number-s", ["number-skipped"]),
])  # fmt: skip
def test_topics_are_completed(run: Run, line: str, offered: list[str]) -> None:
    done = run(env={"_DRAFTER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "2"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == offered


def test_only_help_imports_what_sets_the_manual(run: Run) -> None:
    done = run("outlines", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert not {"markdown_it", "drafter.commands.help", "drafter.cli.show_help"} & set(re.findall(r"\|\s*([\w.]+)$", done.stderr, re.M))
