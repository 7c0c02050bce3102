"""The program as a user meets it: every command run for real in an empty folder."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
import yaml
from conftest import DRAFTER, Run

from drafter.commands.agent import ACTIONS
from drafter.commands.agent.clients import CLIENTS
from drafter.commands.next_step import typed

SHIPPED = Path(__file__).parent.parent / "outlines"

OUTLINE = """\
title: 在【会议】上的讲话
about: 在业务会议上的讲话
genre: 会议讲话
fields:
  会议: 什么会？
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
    default: 市
  人数:
    ask: 多少人？
    type: number
  日期:
    ask: 哪一天？
    type: date
  表扬:
    ask: 表扬吗？
    type: yes/no
    default: 否
  先进:
    ask: 表扬谁？
    type: list
    when: 表扬
  寄语:
    ask: 说些什么？
    type: long text
speech:
  - greeting: 同志们：
  - opening: 【日期|月日】，全【层级】【人数】人参加【会议】。
  - text: 表扬【先进】。
    when: 表扬
  - closing: 【寄语】
"""

SETS = {
    "会议": "全县档案工作会议",
    "层级": "县",
    "人数": "1,200",
    "日期": "2026-11-26",
    "表扬": "是",
    "先进": "甲局、乙局",
    "寄语": "好好干。\n再接再厉。",
}

FILLED = """\
在全县档案工作会议上的讲话

同志们：
　　11月26日，全县1,200人参加全县档案工作会议。
　　表扬甲局和乙局。
　　好好干。
　　再接再厉。
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder the program runs in, with an outline in ./outlines/."""
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "会议.yaml").write_text(OUTLINE, encoding="utf-8")
    return tmp_path


def sets(answers: Mapping[str, str]) -> list[str]:
    """The answers, given some days before the one they tell: a day that is past would be remarked upon."""
    return [*(word for name, said in answers.items() for word in ("--set", f"{name}={said}")), "--date", "2026-11-22"]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# ── new ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_terminal_and_without_answers_a_word_file_is_written_with_its_blanks(here: Path, run: Run) -> None:
    done = run("new", "--outline", "会议")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
写好了：在【会议】上的讲话.docx
约 16 字，念下来不到半分钟。
还有 4 个空没填，文中标黄：
  【会议】什么会？（2 处）
  【日期】哪一天？
  【人数】多少人？
  【寄语】说些什么？
校对：没有发现问题。
下一步：在 Word 里填上标黄的空，存好，再看还差什么　drafter status 在【会议】上的讲话.docx
"""
    )
    assert files(here) == ["outlines/会议.yaml", "在【会议】上的讲话.docx"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("a.docx", "校对：1 处错误，1 处提醒。逐条看：drafter check a.docx\n下一步：在 Word 里填上标黄的空，存好，再看还差什么　drafter status a.docx\n"),
        ("我 的.txt", "校对：1 处错误，1 处提醒。\n下一步：填上文中的【】，存好，再看还差什么　drafter check \"我 的.txt\"\n"),
        ("a.html", "校对：1 处错误，1 处提醒。\n下一步：填上文中的【】，存好，再看还差什么　drafter check a.html\n"),
    ],
)
def test_the_proof_reader_counts_what_it_finds_but_not_the_blanks(here: Path, run: Run, target: str, said: str) -> None:
    outline = here / "outlines" / "会议.yaml"
    outline.write_text(OUTLINE + "  - closing: 一要抓紧；二要抓实；四要抓好。请报送【人数】。截止目前，工作正常。\n", encoding="utf-8")
    assert run("new", "--outline", "会议", "-o", target).stdout.endswith(f"  【寄语】说些什么？\n{said}")
    (here / "drafter.toml").write_text("ignore = ['number-skipped', 'confused-word']\n", encoding="utf-8")
    assert run("new", "--outline", "会议", "-o", "b.docx").stdout.splitlines()[-2] == "校对：没有发现问题。"
    assert json.loads(run("new", "--outline", "会议", "-o", "c.docx", "-q", "--json").stdout)["result"]["findings"] is None


def test_answers_come_from_the_command_line(here: Path, run: Run) -> None:
    done = run("new", "--outline", "会议", *sets(SETS), "-o", "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    told = "写好了：a.txt\n约 41 字，念下来不到半分钟。\n校对：没有发现问题。\n"
    assert done.stdout == told + "下一步：打开 a.txt 看一遍，打印或者发出去。\n"
    assert (here / "a.txt").read_text(encoding="utf-8") == FILLED


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_saved_answers_give_the_same_speech_again(here: Path, run: Run, name: str) -> None:
    first = run("new", "--outline", "会议", *sets(SETS), "-o", "a.txt", "--save-answers", name)
    assert first.stdout.splitlines()[-3:-1] == [f"回答存在：{name}", "校对：没有发现问题。"]
    again = run("new", "--outline", "会议", "--answers", name, "--date", "2026-11-22", "-o", "b.txt", "--save-answers", f"again-{name}")
    assert (again.returncode, again.stderr) == (0, "")
    assert (here / "b.txt").read_text(encoding="utf-8") == FILLED
    assert (here / f"again-{name}").read_bytes() == (here / name).read_bytes()


@pytest.mark.parametrize(
    "piped",
    [
        "会议: 全县档案工作会议\n层级: 2\n人数: 1,200\n日期: 2026年11月26日\n表扬: yes\n先进:\n  - 甲局\n  - 乙局\n"
        "寄语: |\n  好好干。\n\n  再接再厉。\n",
        json.dumps(SETS | {"表扬": True, "先进": ["甲局", "乙局"]}),
        "\ufeff" + json.dumps(SETS, ensure_ascii=False, indent=1),
    ],
    ids=["YAML", "JSON", "JSON with a BOM"],
)
def test_answers_come_through_a_pipe(here: Path, run: Run, piped: str) -> None:
    done = run("new", "--outline", "会议", "--answers", "-", "-o", "-", "--to", "txt", stdin=piped)
    assert (done.returncode, done.stdout) == (0, FILLED)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "全市"),
        (("--answers", "a.yaml"), "全县"),
        (("--answers", "a.yaml", "--set", "层级=市"), "全市"),
        (("--set", "层级=市", "--set", "层级=县"), "全县"),
        (("--set", "层级="), "全【层级】"),
        (("--answers", "b.yaml"), "全【层级】"),
    ],
)
def test_set_is_stronger_than_the_file_and_the_file_than_the_default(
    here: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    (here / "a.yaml").write_text("层级: 县\n", encoding="utf-8")
    (here / "b.yaml").write_text("层级:\n", encoding="utf-8")
    done = run("new", "--outline", "会议", *words, "-o", "-", "--to", "txt")
    assert re.findall("全.*?(?=【人数】)", done.stdout) == [said]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--set", "人数=许多"), "--set 人数=许多：【人数】“许多”不是数。写成 120、1,200、3.5 或 一百二十。\n"
         "  问题：多少人？\n"),
        (("--set", "人数"), "--set 人数：要写成 --set 名称=回答。\n"),
        (
            ("--set", "人=3"),
            "--set 人=3：这份提纲没有“人”这个空。\n  有：会议、层级、人数、日期、表扬、先进、寄语。是不是 人数？\n",
        ),
        (("--answers", "没有.yaml"), "没有.yaml: 没有这个文件。\n"),
        (
            ("--answers", "坏.yaml"),
            "坏.yaml:2:1: 【日期】“某日”不是日期。写成 2026-11-22、11月22日、下周三 或 今天。\n"
            "    2 | 日期: 某日\n      | ^^^^\n  问题：哪一天？\n",
        ),
        (
            ("--answers", "坏.json"),
            "坏.json:1:8: 文字要加英文双引号。\n    1 | {\"人数\": 三}\n      |          ^^\n  写成 \"三\"\n",
        ),
        (("-o", "a.doc"), "-o a.doc：旧的 .doc 格式不写；文件只能是 .docx、.txt、.md、.html、.pdf。\n"),
        (("-o", "a.docx", "--to", "md"), "-o a.docx 和 --to md 对不上；去掉一个。\n"),
        (("-o", "-"), "-o - 要写到标准输出，还要说是哪一种：--to docx（或 txt、md、html、pdf）。\n"),
        (("--date", "改天"), "--date 改天：这不是日期。写成 2026-11-22 或 11月22日。\n"),
        (("--template", "speach"), "没有“speach”这个模板；最近的是 speech（讲话稿）。\n  有：card、reading、speech。\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(here: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    (here / "坏.yaml").write_text("人数: 3\n日期: 某日\n", encoding="utf-8")
    (here / "坏.json").write_text('{"人数": 三}', encoding="utf-8")
    before = files(here)
    done = run("new", "--outline", "会议", *words, "--save-answers", "s.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert files(here) == before


def test_an_answer_nobody_asked_for_is_remarked_on(here: Path, run: Run) -> None:
    done = run("new", "--outline", "会议", "--answers", "-", "-o", "a.txt", "--quiet", stdin="天气: 晴\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run("new", "--outline", "会议", "--answers", "-", "-o", "b.txt", stdin="天气: 晴\n")
    assert done.stderr.splitlines()[0] == "提醒 标准输入:1:1: 这份提纲没有“天气”这个空，这条回答没有用上。"


def test_strict_writes_nothing_while_a_blank_is_open(here: Path, run: Run) -> None:
    most = {name: said for name, said in SETS.items() if name != "人数"}
    done = run("new", "--outline", "会议", *sets(most), "--strict", "-o", "a.docx", "--save-answers", "s.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "还有 1 个空没填，按 --strict 没有写文件：\n  【人数】多少人？\n  用 --set 名称=回答 填上。\n"
    assert files(here) == ["outlines/会议.yaml"]
    assert run("new", "--outline", "会议", *sets(SETS), "--strict", "-o", "a.docx").returncode == 0


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("docx", b"PK\x03\x04"),
        ("txt", "在全县".encode()),
        ("md", "# 在全县".encode()),
        ("html", b"<!"),
        ("pdf", b"%PDF-"),
    ],
)
def test_the_ending_chooses_the_kind_and_a_pipe_gets_the_same_bytes(
    here: Path, run: Run, ending: str, begins: bytes
) -> None:
    words = ("new", "--outline", "会议", *sets(SETS), "--date", "2026-11-22")
    done = run(*words, "-o", f"讲话.{ending}", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    data = (here / f"讲话.{ending}").read_bytes()
    assert data.startswith(begins)
    assert json.loads(done.stdout)["result"]["pages"] == (1 if ending == "pdf" else None)
    if ending != "pdf":  # LibreOffice writes its own time
        piped = subprocess.run([DRAFTER, *words, "-o", "-", "--to", ending], cwd=here, capture_output=True, check=True)
        assert piped.stdout == data
        told = "约 41 字，念下来不到半分钟。\n校对：没有发现问题。\n"
        assert piped.stderr.decode() == told + "没有写文件；稿子在标准输出上。要写：-o 文件名\n"


def test_an_existing_file_is_only_replaced_by_force(here: Path, run: Run) -> None:
    (here / "a.txt").write_text("别人的", encoding="utf-8")
    words = ("new", "--outline", "会议", *sets(SETS), "-o", "a.txt")
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "a.txt 已经有了。换个名字：-o a2.txt；要覆盖：--force\n"
    assert (here / "a.txt").read_text(encoding="utf-8") == "别人的"
    assert run(*words, "--force").returncode == 0
    assert (here / "a.txt").read_text(encoding="utf-8") == FILLED


def test_the_same_date_gives_the_same_bytes(here: Path, run: Run) -> None:
    for name, day in (("a", "2026-11-22"), ("b", "2026年11月22日"), ("c", "2026-11-23")):
        assert run("new", "--outline", "会议", *sets(SETS), "--date", day, "-o", f"{name}.docx").returncode == 0
    a, b, c = ((here / f"{name}.docx").read_bytes() for name in "abc")
    assert a == b
    assert a != c


def test_date_is_today_for_the_answers_too(here: Path, run: Run) -> None:
    words = ("new", "--outline", "会议", "--set", "日期=明天", "--date", "2026-12-31", "-o", "-", "--to", "txt")
    assert "1月1日，全市" in run(*words).stdout


def test_json_tells_everything_another_program_wants(here: Path, run: Run) -> None:
    most = {name: said for name, said in SETS.items() if name != "人数"}
    done = run("new", "--outline", "会议", *sets(most), "-o", "a.docx", "--save-answers", "s.yaml", "--json")
    assert json.loads(done.stdout)["result"] == {
        "file": "a.docx",
        "outline": "会议",
        "template": "speech",
        "title": "在全县档案工作会议上的讲话",
        "characters": 39,
        "minutes": {"fast": 0.5, "normal": 0.5, "slow": 0.5},
        "pages": None,
        "blanks": [{"name": "人数", "ask": "多少人？", "times": 1}],
        "answers_file": "s.yaml",
        "notes": [],
        "chosen": [],
        "findings": {},
        "remarks": [],
        "taken": [],
        "to_confirm": [],
    }


@pytest.mark.parametrize("template", ["speech", "reading", "card", "./mine"])
def test_a_speech_is_set_by_the_template_asked_for(here: Path, run: Run, template: str) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "styles.yaml").write_bytes((SHIPPED.parent / "templates/speech/styles.yaml").read_bytes())
    (here / "mine" / "layout.j2").write_text("标题｜{{ title }}\n", encoding="utf-8")
    done = run("new", "--outline", "会议", "--template", template, "-o", "a.docx", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["result"]["template"] == Path(template).name
    with ZipFile(here / "a.docx") as package:
        assert package.testzip() is None
        assert ("同志们" in package.read("word/document.xml").decode()) is (template != "./mine")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--outline", "会义"), "没有“会义”这份提纲；最近的是 会议（会议讲话）。\n  drafter outlines 列出全部；drafter outlines find 词 按用途找。\n"),
        (("--outline", "会议.yaml"), "没有这个文件：会议.yaml\n  是不是 会议？\n"),
        ((), "要用哪一份提纲？请写 --outline 名称。\n"),
    ],
)
def test_an_outline_that_is_not_there_is_told_with_the_one_meant(
    here: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    done = run("new", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(told)
    assert files(here) == ["outlines/会议.yaml"]


# ── several documents, requirements picked ─────────────────────────────────────────────────────────────────────────

HOSTED = """\
title: 在【会议】上的主持词
fields:
  会议: 什么会？
  主持人: 谁主持？
  日期:
    ask: 哪一天开？
    type: date
speech:
  - opening: 今天是【日期】，我们召开【会议】，由【主持人】主持。
"""


def test_documents_written_together_agree(here: Path, run: Run) -> None:
    (here / "outlines" / "主持.yaml").write_text(HOSTED, encoding="utf-8")
    more = SETS | {"主持人": "王秀兰"}
    done = run("new", "-O", "会议", "-O", "主持", *sets(more), "-o", "材料/", "--to", "txt", "--save-answers", "a.yaml", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["file"] for one in json.loads(done.stdout)["result"]] == [
        "材料/在全县档案工作会议上的讲话.txt",
        "材料/在全县档案工作会议上的主持词.txt",
    ]
    assert (here / "材料" / "在全县档案工作会议上的讲话.txt").read_text(encoding="utf-8") == FILLED
    assert (here / "材料" / "在全县档案工作会议上的主持词.txt").read_text(encoding="utf-8") == (
        "在全县档案工作会议上的主持词\n\n　　今天是2026年11月26日，我们召开全县档案工作会议，由王秀兰主持。\n"
    )
    assert set(yaml.safe_load((here / "a.yaml").read_text(encoding="utf-8"))) == set(more)


def test_of_several_documents_all_are_written_or_none(here: Path, run: Run) -> None:
    (here / "outlines" / "主持.yaml").write_text(HOSTED, encoding="utf-8")
    (here / "在全县档案工作会议上的主持词.docx").write_bytes(b"mine")
    done = run("new", "-O", "会议", "-O", "主持", *sets(SETS))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("在全县档案工作会议上的主持词.docx 已经有了。")
    assert files(here) == ["outlines/主持.yaml", "outlines/会议.yaml", "在全县档案工作会议上的主持词.docx"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "a.docx"), "-o a.docx：几份提纲要写几个文件，这里写一个文件夹，例如 -o 会议材料/。\n"),
        (("-o", "-", "--to", "txt"), "-o -：几份提纲要写几个文件，这里写一个文件夹，例如 -o 会议材料/。\n"),
        (("--pick", "忠诚"), "这几份提纲都没有分条的要求，--pick 没有可以换的。\n"),
        (("--brief",), "--headings 和 --brief 说的是换上的段落，要和 --pick 写在一起。\n"),
        (("--choose",), "--choose 要在终端里挑选，这里没有人可以问。用 --pick 名称,名称 直接写。\n"),
    ],
)
def test_what_several_documents_cannot_have(here: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    (here / "outlines" / "主持.yaml").write_text(HOSTED, encoding="utf-8")
    done = run("new", "-O", "会议", "-O", "主持", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_one_name_for_two_things_is_told(here: Path, run: Run) -> None:
    (here / "outlines" / "主持.yaml").write_text(HOSTED.replace("    type: date\n", ""), encoding="utf-8")
    done = run("new", "-O", "会议", "-O", "主持")
    assert done.returncode == 2
    assert "空【日期】在两份提纲里类型不同：date 和 text，不能一起写。" in done.stderr


def test_requirements_are_picked_from_the_outline_and_the_stock(tmp_path: Path, run: Run) -> None:
    done = run("new", "-O", "office-training", "--pick", "廉以修身，忠诚,2", "--to", "txt", "-o", "-")
    heads = re.findall(r"^　　([一二三四五]要[^。]*)。", done.stdout, re.M)
    assert heads == ["一要严以律己，廉以修身", "二要铸牢忠诚，站稳立场", "三要着眼全局，服务发展"]
    stock = tmp_path / "outlines" / "passages"
    stock.mkdir(parents=True)
    (stock / "节约.yaml").write_text(
        "genre: 作风\npassage:\n  headings:\n    - 节用裕民，俭以养德\n    - 在厉行节约上带好头\n"
        "  text: 一粥一饭，来处不易。\n  short: 要节约。\n",
        encoding="utf-8",
    )
    words = ("new", "-O", "office-training", "--pick", "节约,-2", "--headings", "在上", "--brief", "--to", "txt", "-o", "-")
    assert "　　在厉行节约上带好头。要节约。\n" in run(*words).stdout
    assert run("outlines", "passages", "作风").stdout.count("节约　节用裕民，俭以养德（8 字、3 字）") == 1
    assert next(p for p in json.loads(run("outlines", "passages", "--json").stdout)["result"] if p["name"] == "节约") == {
        "name": "节约",
        "path": "outlines/passages/节约.yaml",
        "origin": "当前文件夹",
        "hides": [],
        "theme": "作风",
        "about": "",
        "headings": ["节用裕民，俭以养德", "在厉行节约上带好头"],
        "characters": 8,
        "short_characters": 3,
        "short": "要节约。",
        "genres": [],
        "levels": [],
        "ranks": [],
        "also": [],
        "broken": None,
    }


def test_a_passage_is_copied_to_be_edited_and_then_stands_before_the_shipped_one(tmp_path: Path, run: Run) -> None:
    done = run("outlines", "edit", "忠诚", "--no-open")
    assert done.stdout.splitlines()[0] == "抄好了，改这一份：outlines/passages/忠诚.yaml"
    copy = tmp_path / "outlines" / "passages" / "忠诚.yaml"
    copy.write_text(copy.read_text(encoding="utf-8").replace("铸牢忠诚，站稳立场", "心中有党，脚下有根"), encoding="utf-8")
    assert "一要" not in run("new", "-O", "office-training", "--pick", "忠诚,-2", "--to", "txt", "-o", "-").stdout
    assert "心中有党，脚下有根" in run("new", "-O", "office-training", "--pick", "忠诚", "--to", "txt", "-o", "-").stdout


@pytest.mark.parametrize(
    ("picked", "told"),
    [
        ("忠诚,忠诚", "--pick：“忠诚”选了两次。\n"),
        ("忠城", "--pick：没有“忠城”这段备选的要求；最近的是 忠诚（铸牢忠诚，站稳立场）、信念（坚定信念，践行初心）。\n"),
        ("a/b", "--pick：“a/b”不是段落的名称。\n"),
        ("9", "--pick：本提纲没有第 9 条，一共 5 条。\n  1. 筑牢信仰，永葆忠诚\n"),
    ],
)
def test_what_cannot_be_picked_is_told(run: Run, picked: str, told: str) -> None:
    done = run("new", "-O", "office-training", "--pick", picked)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(told)


def test_a_passage_is_no_speech(run: Run) -> None:
    done = run("new", "-O", "忠诚")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("这是一段备选的要求，不是整篇讲话。\n  用在提纲里：drafter new --outline 提纲 --pick 忠诚\n")


def test_a_form_of_heading_that_is_none_is_told(run: Run) -> None:
    done = run("new", "-O", "office-training", "--pick", "忠诚", "--headings", "五五")
    assert (done.returncode, done.stderr) == (2, "--headings 五五：小标题的形式有 四四、七字、在上。\n")


# ── finding ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("find", "防汛"), "flood"),
        (("find", "汛期"), "flood"),
        (("find", "开班"), "office-training"),
        (("find", "办公室", "培训"), "office-training"),
        (("find", "结业"), "training-closing"),
        (("find", "团拜会"), "spring-festival"),
        (("find", "党课"), "party-lecture"),
        (("find", "主持词"), "hosting"),
        (("find", "防汛工作会讲话稿"), "flood"),
        (("find", "三农"), "rural"),
        (("--genre", "主持"), "hosting"),
    ],
)
def test_an_outline_is_found_by_what_writers_call_it(run: Run, words: tuple[str, ...], first: str) -> None:
    found = json.loads(run("outlines", *words, "--json").stdout)["result"]
    assert first in [entry["name"] for entry in found[:3]]
    assert len(found) < 25


def test_what_is_not_found_is_told(run: Run) -> None:
    done = run("outlines", "find", "qwxyz")
    assert (done.returncode, done.stdout) == (0, "没有找到“qwxyz”。换个说法，或者用 drafter outlines 看全部。\n")
    assert json.loads(run("outlines", "find", "qwxyz", "--json").stdout)["result"] == []


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_outlines_are_listed_with_what_they_hide_and_what_is_broken(here: Path, run: Run) -> None:
    (here / "outlines" / "坏.yaml").write_text("title：坏\n", encoding="utf-8")
    mine = (SHIPPED / "office-training.yaml").read_text(encoding="utf-8").replace("genre: 培训班开班讲话", "genre: 我们的讲话")
    (here / "outlines" / "office-training.yaml").write_text(mine, encoding="utf-8")
    done = run("outlines")
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    hiding = next(n for n, row in enumerate(rows) if row.startswith("office-training　我们的讲话"))
    assert rows[hiding].endswith("，当前文件夹，盖住了自带的同名提纲）")
    assert rows[-4:] == [
        "会议　会议讲话（7 个空，约 16 字，当前文件夹）",
        "    在业务会议上的讲话",
        "坏　（当前文件夹）",
        "    读不了：outlines/坏.yaml:1:1: 全角冒号“：”不能跟在 title 后面；改成半角冒号加一个空格，写成“title: ”。",
    ]
    assert run("outlines").stdout == done.stdout  # now from the cache
    told = {entry["name"]: entry for entry in json.loads(run("outlines", "--json").stdout)["result"]}
    assert told["会议"] == {
        "name": "会议",
        "path": "outlines/会议.yaml",
        "origin": "当前文件夹",
        "hides": [],
        "genre": "会议讲话",
        "about": "在业务会议上的讲话",
        "fields": [
            {"name": name, "ask": ask, "choices": ["市", "县"] if name == "层级" else []}
            for name, ask in re.findall(r"  (\w+):(?:\n    ask:)? (.*)\n", OUTLINE.split("speech:")[0])
            if name not in ("ask", "type", "default", "when")
        ],
        "characters": 16,
        "title": "在【会议】上的讲话",
        "headings": [],
        "also": [],
        "broken": None,
    }
    assert told["office-training"]["hides"] == ["自带"]
    assert told["坏"]["broken"].startswith("outlines/坏.yaml:1:1:")


def test_an_outline_that_changes_is_listed_anew(here: Path, run: Run) -> None:
    assert "会议　会议讲话" in run("outlines").stdout
    (here / "outlines" / "会议.yaml").write_text(OUTLINE.replace("会议讲话", "讲稿"), encoding="utf-8")
    assert "会议　讲稿" in run("outlines").stdout


@pytest.mark.usefixtures("here")
def test_an_outline_is_shown_as_a_tree_and_as_data(run: Run) -> None:
    done = run("outlines", "show", "会议")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:6] == [
        "在【会议】上的讲话",
        "  会议讲话",
        "  在业务会议上的讲话",
        "",
        "要填的空（7 个）",
        "├─ 【会议】什么会？",
    ]
    assert [part["kind"] for part in json.loads(run("outlines", "show", "会议", "--json").stdout)["result"]["speech"]] == [
        "greeting",
        "opening",
        "text",
        "closing",
    ]


#: The first line of an outline drafter has written, which sends editors to the schema beside it.
SCHEMA_LINE = "# yaml-language-server: $schema=outline.schema.json"


@pytest.mark.parametrize(("words", "folder"), [((), "."), (("--user",), "home")])
def test_a_shipped_outline_is_copied_to_be_edited(
    tmp_path: Path, run: Run, words: tuple[str, ...], folder: str
) -> None:
    own = {"DRAFTER_HOME": str(tmp_path / "home"), "EDITOR": "cat"}
    copy = tmp_path / folder / "outlines" / "office-training.yaml"
    shown = copy if words else copy.relative_to(tmp_path)
    done = run("outlines", "edit", "office-training", *words, env=own)
    original = (SHIPPED / "office-training.yaml").read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    check = f"下一步：改好，存好，查一遍　drafter outlines check {shown}"
    beside = f"旁边放了给编辑器用的：{shown.with_name('outline.schema.json')}"
    assert sorted(done.stdout.splitlines()) == sorted([f"抄好了，改这一份：{shown}", SCHEMA_LINE, *original.splitlines(), beside, check])
    assert json.loads((copy.parent / "outline.schema.json").read_text(encoding="utf-8"))["title"] == "drafter 提纲"
    copy.write_text("改过的\n", encoding="utf-8")
    again = run("outlines", "edit", "office-training", *words, env=own)
    assert sorted(again.stdout.splitlines()) == sorted([f"改这一份：{shown}", "改过的", "没有写文件；这一份早就在这里，没有改动。要写：打开它改，存好", check])


def test_a_new_outline_is_ready_to_use(tmp_path: Path, run: Run) -> None:
    done = run("outlines", "new", "年会")
    assert done.stdout == """\
写好了：outlines/年会.yaml
旁边放了给编辑器用的：outlines/outline.schema.json
下一步：改好，存好，查一遍　drafter outlines check outlines/年会.yaml
"""
    assert run("outlines", "check", "年会").stdout.splitlines()[0] == "没有错误。"
    assert run("new", "--outline", "年会", "-o", "a.docx").returncode == 0
    again = run("outlines", "new", "年会")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "outlines/年会.yaml 已经有了。\n  换个名称；要改这一份：drafter outlines edit 年会\n"
    assert run("outlines", "new", "../年会").stderr.splitlines()[0] == "“../年会”不能作提纲的名称。"
    assert files(tmp_path) == ["a.docx", "outlines/outline.schema.json", "outlines/年会.yaml"]


def test_several_outlines_are_checked_at_once(here: Path, run: Run) -> None:
    (here / "坏.yaml").write_text(
        OUTLINE.replace("【会议】。", "【会义】。").replace("type: date", "type: day"), encoding="utf-8"
    )
    done = run("outlines", "check", "会议", "坏.yaml")
    assert done.returncode == 2
    assert [line for line in done.stdout.splitlines() if line[0] != " "] == [
        "坏.yaml:17:11: 没有 day 这种 type。",
        "坏.yaml:31:34: 不认识的空【会义】。",
        "共 2 处错误。",
        "下一步：照上面改好，存好，再查一遍　drafter outlines check 会议 坏.yaml",
    ]
    told = json.loads(run("outlines", "check", "坏.yaml", "--json").stdout)["result"]
    assert [(d["line"], d["column"], d["length"], d["level"]) for d in told] == [
        (17, 11, 3, "error"),
        (31, 34, 4, "error"),
    ]
    fine = run("outlines", "check", "会议")
    assert (fine.returncode, fine.stdout.splitlines()[0]) == (0, "没有错误。")


def test_the_schema_accepts_the_outlines_that_drafter_accepts(run: Run) -> None:
    schema = json.loads(run("outlines", "schema").stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    run("outlines", "new", "年会")
    for text in (OUTLINE, *(path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml"))):
        assert [e.message for e in validator.iter_errors(yaml.load(text, yaml.BaseLoader))] == []
    for wrong in ("title: 甲\n", "titel: 甲\nspeech:\n- text: 乙\n", "speech:\n- text: 甲\n  opening: 乙\n"):
        assert list(validator.iter_errors(yaml.load(wrong, yaml.BaseLoader)))


# ── preview, doctor, help ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_preview_is_one_file_that_needs_no_other(here: Path, run: Run) -> None:
    done = run("preview", "会议", *sets(SETS)[:-2], "-o", "p.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"写好了：p.html\n下一步：就这样写一篇　{typed('new', '--outline', '会议', *sets(SETS)[:-2])}\n", "")
    page = (here / "p.html").read_text(encoding="utf-8")
    assert "表扬" in page
    assert re.findall(r"(?:src|href)=[\"']?https?:|@import|url\(", page) == []
    assert run("preview", "会议", "-o", "p.html").returncode == 2


def test_the_doctor_tells_about_this_machine(run: Run) -> None:
    report = json.loads(run("doctor", "--json").stdout)["result"]
    office = ["libreoffice", "libreoffice_remark", "libreoffice_version"]
    settings = ["settings", "settings_file", "settings_say"]
    assert sorted(report) == [
        *("drafter", "fetched", "fonts", *office, "missing", "offices", "packages", "plain_better", "python", *settings, "shelves", "system")
    ]
    assert [s["origin"] for s in report["shelves"]] == ["当前文件夹", "用户", "自带"] * 2
    assert "jinja2" in report["packages"]
    assert run("doctor").stdout.startswith(f"Python {report['python']}　")


COMMANDS = (
    "",
    "desk",
    "new",
    "batch",
    "renew",
    "extract",
    "learn",
    "compare",
    "outlines",
    *(f"outlines {w}" for w in ("find", "passages", "basis", "show", "edit", "new", "check", "schema", "sync", "pack")),
    "preview",
    "status",
    "update",
    "pull",
    "collect",
    "history",
    "merge",
    "finish",
    "format",
    "doctor",
    "lsp",
    "mcp",
    "agent",
    "help",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_chinese(run: Run, command: str) -> None:
    done = run(*command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("用法：" + f"drafter {command}".strip())
    known = r"MCP|Word|GB/T|JSON Schema|JSON|HTML|A4|LibreOffice|YAML"
    said = re.sub(rf"(?<!\w)--?[\w-]+|\.\w+|\./outlines/|{known}", "", done.stdout)
    commands = {word for path in COMMANDS for word in path.split()} | {"drafter", "office-training"}
    formats = {"docx", "txt", "md", "html", "pdf", "yaml", "json", "speech", "reading", "card", "shell"}
    models = {*CLIENTS, *ACTIONS, "SKILL"}
    others = {"tcp", "Dask", "when", "templates"}  # where a cluster is; a word of outlines; a folder
    assert set(re.findall(r"[A-Za-z][A-Za-z-]+", said)) <= commands | formats | models | others
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nwe",), 2, "没有“nwe”这个命令。是不是 new？\n用法见：drafter --help\n"),
        (("outlines", "chek"), 2, "没有“chek”这个命令。是不是 check、schema？\n用法见：drafter outlines --help\n"),
        (("new", "--otline", "x"), 2, "没有 --otline 这个选项。是不是 --outline、--plain？\n用法见：drafter new --help\n"),
        (("new", "--outline"), 2, "选项 --outline 后面还要写内容。\n"),
        (("new", "--force=1"), 2, "选项 --force 后面不能写内容。\n"),
        (("new", "讲话"), 2, "多写了：讲话。\n提纲写在 -O 后面：drafter new -O 讲话\n"),
        (("new", "讲话", "市"), 2, "多写了：讲话 市。\n用法见：drafter new --help\n"),
        (("preview", "-O", "讲话"), 2, "没有 -O 这个选项。\n不用写 -O，直接写名称：drafter preview 名称\n"),
        (("outlines", "show", "--outline", "讲话"), 2, "没有 --outline 这个选项。\n不用写 --outline，直接写名称：drafter outlines show 名称\n"),
        (("outlines", "show"), 2, "还要写上：名称。\n用法见：drafter outlines show --help\n"),
    ],
)
def test_a_slip_of_the_fingers_is_told_in_chinese(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", told)


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout == run("-V").stdout
    assert re.fullmatch(r"drafter \d+\.\d+\.\d+\n", run("--version").stdout)


# ── the world outside ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("env", "encoding"),
    [
        ({"LC_ALL": "C"}, "utf-8"),
        ({"LC_ALL": "POSIX", "LANG": None}, "utf-8"),
        ({"PYTHONIOENCODING": "cp936"}, "cp936"),
        ({"HOME": None, "DRAFTER_HOME": None, "XDG_CACHE_HOME": None, "XDG_DATA_HOME": None}, "utf-8"),
        ({"XDG_CACHE_HOME": "/dev/null"}, "utf-8"),
        ({"NO_COLOR": "1", "TERM": "dumb"}, "utf-8"),
        ({"COLUMNS": "20"}, "utf-8"),
    ],
    ids=["C", "POSIX", "Windows console", "no home", "no cache", "no colour", "narrow"],
)
def test_it_runs_wherever_it_is_put(here: Path, run: Run, env: dict[str, str | None], encoding: str) -> None:
    if "HOME" in env:  # what stands in /etc/passwd is somebody's
        env = env | {"DRAFTER_HOME": str(here / "home"), "XDG_CACHE_HOME": str(here / "cache")}
    done = run("new", "--outline", "会议", *sets(SETS), "-o", "讲话.txt", env=env, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    told = "写好了：讲话.txt\n约 41 字，念下来不到半分钟。\n校对：没有发现问题。\n"
    assert done.stdout == told + "下一步：打开 讲话.txt 看一遍，打印或者发出去。\n"
    assert (here / "讲话.txt").read_text(encoding="utf-8") == FILLED
    assert run("outlines", env=env, encoding=encoding).returncode == 0


def test_what_a_console_cannot_show_is_told_by_its_code_point(here: Path, run: Run) -> None:
    name = SETS | {"会议": "\U00030edd会"}
    done = run("new", "--outline", "会议", *sets(name), env={"PYTHONIOENCODING": "cp936"}, encoding="cp936")
    assert done.stdout.splitlines()[0] == "写好了：在\\U00030edd会上的讲话.docx"


@pytest.mark.parametrize(
    "words", [("outlines",), ("outlines", "--json"), ("new", "-O", "会议", "-o", "-", "--to", "txt")]
)
def test_a_pipe_nobody_reads_is_no_mistake(here: Path, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([DRAFTER, *words], cwd=here, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == 0
    assert b"Error" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("outlines",), 0),
        (("new", "-O", "会议", "-o", "a.txt"), 0),
        (("new", "-O", "会议", "-o", "-", "--to", "txt"), 2),
        (("nwe",), 2),
    ],
)
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_mistake(here: Path, words: tuple[str, ...], code: int, closed: str) -> None:
    line = " ".join([str(DRAFTER), *words, closed])
    done = subprocess.run(["sh", "-c", line], cwd=here, capture_output=True, check=False)
    assert done.returncode == (0 if closed == "<&-" and words[0] == "new" else code)
    assert b"Traceback" not in done.stderr


def test_a_full_disk_is_the_worlds_fault(here: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([DRAFTER, "outlines"], cwd=here, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, "读写出了错（No space left on device）。\n")


def test_ctrl_c_writes_nothing_and_gives_the_answers_back(here: Path) -> None:
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [DRAFTER, "new", "--outline", "会议"], cwd=here, env=os.environ | {"COLUMNS": "200"}, stdin=slave, stdout=slave,
        stderr=slave, start_new_session=True,
    ) as process:
        os.close(slave)
        shown = b""
        while "什么会？".encode() not in shown:
            shown += os.read(master, 4096)
        os.write(master, "档案会\r".encode())
        while "哪一级？".encode() not in shown:
            shown += os.read(master, 4096)
        os.write(master, b"\x03")
        while "存下来吗？".encode() not in shown or "文件名".encode() not in shown:
            shown += os.read(master, 4096)
        os.write(master, b"\x03")  # no
        assert process.wait(timeout=30) == 130
    with suppress(OSError):  # so a terminal ends whose other side is closed
        while piece := os.read(master, 4096):
            shown += piece
    os.close(master)
    assert shown.decode().replace("\r", "").endswith(
        "停下了，没有写文件。您刚才的回答如下，可以存成文件，下次用 --answers 文件名 接着用：\n  会议: 档案会\n"
    )
    assert files(here) == ["outlines/会议.yaml"]


# ── completion ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_completion_once_installed_says_where_it_is_and_from_when_on(run: Run, tmp_path: Path) -> None:
    by_name = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = run("--install-completion", "bash", env=by_name)
    there = tmp_path / ".bash_completions" / "drafter.sh"
    assert there.is_file()
    assert (done.stdout, done.returncode) == (f"bash 的补全装好了：{there}\n下一步：关上终端，重新打开，打 drafter 空一格，按 Tab 键\n", 0)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("drafter ou", ["outlines"]),
        ("drafter outlines s", ["show", "sync", "schema"]),
        ("drafter outlines show office", ["office-training"]),
        ("drafter new --outline off", ["office-training"]),
        ("drafter new --outline 会", ["会议"]),
        ("drafter new -t ", ["card", "reading", "speech"]),
        ("drafter preview 会", ["会议"]),
        ("drafter new --outline 会议 --set ", ["会议=", "层级=", "人数=", "日期=", "表扬=", "先进=", "寄语="]),
        ("drafter new --outline 会议 --set 层", ["层级="]),
        ("drafter new --outline 会议 --set 层级=", ["层级=市", "层级=县"]),
        ("drafter new --outline 会议 --set 层级=县", ["层级=县"]),
        ("drafter new --outline 会议 --outline office-training --set 调研日", ["调研日期="]),
        ("drafter new --outline 没有 --set ", []),
        ("drafter new --outline 会议 --pick 大局,忠", ["大局,忠诚"]),
        ("drafter new --save", ["--save-answers"]),
        ("drafter new --outline 防汛", ["flood"]),
        ("drafter new --outline laogb", ["veterans"]),
        ("drafter new --outline 婚礼", []),
        ("drafter new --outline 会议 --pick 大局,zhongcheng", ["大局,忠诚"]),
        ("drafter new --template 大字", ["reading"]),
        ("drafter outlines basis 三防", ["防汛"]),
    ],
)
@pytest.mark.usefixtures("here")
def test_completion_knows_the_shelf_and_the_fields(run: Run, line: str, offered: list[str]) -> None:
    done = run(env={"_DRAFTER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == offered


def test_zsh_is_told_to_take_what_does_not_begin_so(run: Run) -> None:
    done = run(env={"_DRAFTER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "drafter new -O 防汛"})
    assert done.stdout.startswith("local -a found shown ; found=('flood') ; shown=('flood -- ")
    assert done.stdout.endswith(" ; compstate[insert]=menu ; compadd -U -V meant -l -d shown -a found\n")
    done = run(env={"_DRAFTER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "drafter new -O floo"})
    assert done.stdout.startswith("_arguments '*: :((\"flood\":")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "-O", "防汛", "--no-input"), "没有“防汛”这份提纲；最近的是 flood（防汛抗旱会议讲话）。"),
        (("new", "-O", "lgb", "--no-input"), "没有“lgb”这份提纲；最近的是 veterans（离退休干部情况通报会讲话）。"),
        (("new", "-O", "flod", "--no-input"), "没有“flod”这份提纲；最近的是 flood（防汛抗旱会议讲话）。"),
        (("new", "-O", "婚礼", "--no-input"), "没有叫“婚礼”的提纲或者段落。"),
        (("outlines", "show", "追悼会"), "没有“追悼会”这份提纲；最近的是 eulogy（悼词）。"),
        (("outlines", "check", "追悼会"), "没有“追悼会”这份提纲；最近的是 eulogy（悼词）。"),
        (("outlines", "edit", "fangxun", "--basis"), "没有“fangxun”这份依据表；最近的是 防汛（"),
        (("outlines", "basis", "三防"), "没有“三防”这份依据表；最近的是 防汛（"),
        (("preview", "追悼会", "-o", "x.html"), "没有“追悼会”这份提纲；最近的是 eulogy（悼词）。"),
        (("new", "-O", "flood", "-t", "大字", "--no-input"), "没有“大字”这个模板；最近的是 reading（大字版）。"),
        (("new", "-O", "office-training", "-p", "忠于党", "--no-input"), "--pick：没有“忠于党”这段备选的要求；最近的是 忠诚（"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_name_that_is_nearly_right_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert (done.stderr or done.stdout).startswith(told) or told in done.stdout


@pytest.mark.usefixtures("here")
def test_what_is_found_is_told_with_why_and_what_is_far_as_far(run: Run) -> None:
    found = json.loads(run("outlines", "find", "老干部迎春座谈", "--json").stdout)["result"]
    assert (found[0]["name"], found[0]["fits"]) == ("veterans", True)
    assert "老干部" in found[0]["why"]
    assert [entry["score"] for entry in found] == sorted((entry["score"] for entry in found), reverse=True)
    far = json.loads(run("outlines", "find", "婚礼致辞", "--json").stdout)["result"]
    assert 0 < len(far) <= 3
    assert not any(entry["fits"] for entry in far)
    assert run("outlines", "find", "婚礼致辞").stdout.startswith("没有合适“婚礼致辞”的提纲，最近的是：\n")
    assert run("outlines", "find", "法庭陈述").stdout.startswith("没有找到“法庭陈述”。")


# ── what is imported ───────────────────────────────────────────────────────────────────────────────────────────────

HEAVY = {"jinja2", "docx", "lxml", "yaml", "rich", "pydantic", "questionary", "prompt_toolkit", "regex"}


def imported(done: "subprocess.CompletedProcess[str]") -> set[str]:
    """The top packages a run with PYTHONPROFILEIMPORTTIME has imported."""
    names = re.findall(r"^import time:.*\|\s*([\w.]+)$", done.stderr, re.MULTILINE)
    assert "drafter.cli" in names
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("--help",), {}),
        (("new", "--help"), {}),
        (("--version",), {}),
        (("outlines",), {}),
        ((), {"COMP_WORDS": "drafter new --outline ", "COMP_CWORD": "3", "_DRAFTER_COMPLETE": "complete_bash"}),
    ],
    ids=["help", "help of new", "version", "outlines", "completion"],
)
@pytest.mark.usefixtures("here")
def test_what_answers_at_once_imports_nothing_heavy(run: Run, words: tuple[str, ...], more: dict[str, str]) -> None:
    assert run("outlines").returncode == 0  # fills the cache
    done = run(*words, env={"PYTHONPROFILEIMPORTTIME": "1", **more})
    assert done.returncode == 0
    assert imported(done) & HEAVY == set()


@pytest.mark.usefixtures("here")
def test_new_imports_only_what_it_writes_with(run: Run) -> None:
    assert run("new", "--outline", "会议", "-o", "a.docx").returncode == 0  # compiles the layout, with Jinja, and keeps it
    done = run("new", "--outline", "会议", "-o", "b.docx", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0
    assert imported(done) & HEAVY == {"yaml"}


@pytest.mark.parametrize("words", [("status", "a.docx"), ("update", "a.docx", "--set", "层级=市"), ("pull", "a.docx")], ids=lambda words: words[0])
@pytest.mark.usefixtures("here")
def test_a_draft_is_looked_at_and_brought_up_to_date_without_jinja(run: Run, words: tuple[str, ...]) -> None:
    assert run("new", "--outline", "会议", "-o", "a.docx").returncode == 0  # keeps what was made of the layout that a.docx has too
    done = run(*words, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0
    assert "jinja2" not in imported(done)
