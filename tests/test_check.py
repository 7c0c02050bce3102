"""`drafter check`: what is read, where a finding stands, what is escaped, configured and fixed, and what comes out."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from jsonschema import Draft4Validator

from drafter.check.paper import Paper, check, paper_of_draft, paper_of_text
from drafter.check.report import remarks
from drafter.check.rules import Line, Speech, names, registry, run
from drafter.check.sarif import sarif
from drafter.check.series import groups
from drafter.check.settings import Settings
from drafter.check.tables.formulations import OwnTable
from drafter.check.tables.known import Known, known
from drafter.chinese.numerals import numeral
from drafter.commands.check import CheckRequest, Watch
from drafter.commands.check import check as check_files
from drafter.commands.check.result import SarifInParts
from drafter.commands.machine import dumped
from drafter.commands.opening import open_outline
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.outline.yaml import Source

TODAY = date(2026, 11, 22)

#: What every report ends with.
UP_TO = f"{known().said()}\n"
OUTLINES = sorted((Path(__file__).parent.parent / "outlines").glob("*.yaml"))

SPEECH = """\
在全市档案工作会议上的讲话
市长　李建国
（2026年3月12日）

同志们：
　　今天开个会，×月底以前要把底数摸清。下面，我讲三点意见。
　　一、提高认识
　　1、走出去，请进来。
　　二、抓好落实
　　各单位要抓紧。谢谢大家！
"""


def lines(name: str, text: str) -> tuple[Line, ...]:
    """The paragraphs told in a text file."""
    return paper_of_text(Source(name, text), None, TODAY).speech.lines


def places(name: str, text: str, settings: Settings | None = None) -> list[str]:
    """The findings in a text as `line:column words rule`."""
    paper = paper_of_text(Source(name, text), None, TODAY)
    found = remarks(paper, check(paper, settings or Settings()), name)
    return [f"{r.place.line}:{r.place.column} {r.words} {r.finding.rule}" for r in found]


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_roles_of_a_speech_are_told() -> None:
    assert [(line.role, line.level, line.text) for line in lines("a.txt", SPEECH)] == [
        ("title", 0, "在全市档案工作会议上的讲话"),
        ("byline", 0, "市长　李建国"),
        ("dateline", 0, "（2026年3月12日）"),
        ("greeting", 0, "同志们："),
        ("body", 0, "今天开个会，×月底以前要把底数摸清。下面，我讲三点意见。"),
        ("heading", 1, "一、提高认识"),
        ("body", 0, "1、走出去，请进来。"),
        ("heading", 1, "二、抓好落实"),
        ("body", 0, "各单位要抓紧。谢谢大家！"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "paragraphs"),
    [
        ("a.txt", "第一段。\n第二段。\n", ["第一段。", "第二段。"]),
        ("a.txt", "　　第一段。\n\n\t第二段。  ", ["第一段。", "第二段。"]),
        ("a.md", "第一\n段。\n\n第二段。\n", ["第一段。", "第二段。"]),
        ("a.md", "# 题目\n**要点**是`x`，\\*号\n\n- 一条\n- 两条\n", ["题目", "要点是\ufffc\ufffc\ufffc，*号", "一条", "两条"]),
        ("a.md", "---\ntitle: 略\n---\n```\n代码\n```\n正文<!-- 注 -->。\n| 表 |\n", ["正文     。"]),
        ("a.md", "文 word\nnext 字\n", ["文 word next 字"]),
    ],
)
def test_a_text_is_cut_into_paragraphs(name: str, text: str, paragraphs: list[str]) -> None:
    paper = paper_of_text(Source(name, text), None, TODAY)
    assert [line.text for line in paper.speech.lines] == [p.replace("     ", " " * 10) for p in paragraphs]


def test_a_text_wrapped_by_hand_is_put_together_again() -> None:
    paragraph = "各单位要把任务分解到人把时间定到日把要求讲到位，" * 6 + "一件一件抓好落实。"
    rows = [paragraph[:28], *(paragraph[n : n + 30] for n in range(28, len(paragraph), 30))]
    text = "　　" + "\n".join(rows) + "\n　　" + "\n".join(rows) + "\n"
    assert [line.text for line in lines("a.txt", text)] == [paragraph, paragraph]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天×月开会。", ["1:3 × stray-cross"]),
        ("　　今天×月开会。", ["1:5 × stray-cross"]),
        ("第一段。\n\n今天\t×月开会。", ["3:4 × stray-cross"]),
    ],
)
def test_a_finding_has_its_line_and_column(text: str, found: list[str]) -> None:
    assert places("a.txt", text) == found


def test_a_finding_in_markdown_stands_where_it_is_written() -> None:
    assert places("a.md", "# 讲话\n\n今天，**各位**\n请在×月到会。\n") == ["4:3 × stray-cross"]


def test_a_finding_in_an_outline_stands_in_the_outline(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "title: 在【会议】上的讲话\nfields:\n  会议:\n    ask: 什么会？\n    example: 档案会\n"
        "speech:\n  - greeting: 同志们：\n  - opening: |\n      今天召开【会议】，\n      ×月底完成。下面，我讲三点意见。\n"
        "  - requirements:\n      - heading: 抓学习\n        text: 学习要紧。\n      - heading: 抓落实\n        text: 落实更要紧。\n",
        encoding="utf-8",
    )
    found = json.loads(run("check", "a.yaml", "--json").stdout)["result"][0]["findings"]
    assert [(f["line"], f["column"], f["words"], f["rule"], f["instead"]) for f in found] == [
        (10, 7, "×", "stray-cross", None),
    ]


def test_a_speech_is_judged_by_its_date_line() -> None:
    assert paper_of_text(Source("a.txt", SPEECH), None, TODAY).speech.as_of == date(2026, 3, 12)
    assert paper_of_text(Source("a.txt", SPEECH), date(2020, 1, 2), TODAY).speech.as_of == date(2020, 1, 2)
    assert paper_of_text(Source("a.txt", "今天开会。"), None, TODAY).speech.as_of == TODAY


# ── escapes and settings ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- drafter: ignore -->\n×月开会。\n×日开会。\n", ["3:1 × stray-cross"]),
        ("<!-- drafter: ignore stray-cross -->\n\n×月开会。\n", []),
        ("<!-- drafter: ignore number-mark, stray-cross -->\n×月开会。\n", []),
        ("<!-- drafter: ignore number-mark -->\n×月开会。\n", ["2:1 × stray-cross"]),
        ("×月开会。<!-- drafter: ignore -->\n", []),
        ("# drafter: ignore\n×月开会。\n", []),
        ("×月开会。\n×日开会。\n<!-- drafter: ignore-file -->\n", []),
        ("<!-- drafter: ignore-file stray-cross -->\n×月开会，还有【】。\n", ["2:8 【】 unanswered-blank"]),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_escape_in_a_text_speaks_of_the_next_paragraph_or_its_own(name: str, text: str, found: list[str]) -> None:
    if name == "a.md":
        text = text.replace("# drafter: ignore\n", "<!-- drafter: ignore -->\n").replace("。\n", "。\n\n")
        found = [re.sub(r"^3:", "4:", one) if text.startswith("<!-- drafter: ignore -->\n×月开会。\n\n×日") else one for one in found]
    assert places(name, text) == found


@pytest.mark.parametrize(
    ("escape", "rules"),
    [("", ["stray-cross", "stray-cross"]), ("  # drafter: ignore\n", ["stray-cross"]), ("# drafter: ignore-file stray-cross\n", [])],
)
def test_an_escape_in_an_outline_speaks_of_the_node_below_it(run: Run, tmp_path: Path, escape: str, rules: list[str]) -> None:
    text = f"title: 讲话\nspeech:\n{escape}  - opening: |\n      ×月开会。\n  - text: ×日散会。\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert [f["rule"] for f in json.loads(run("check", "a.yaml", "--json").stdout)["result"][0]["findings"]] == rules


@pytest.mark.parametrize(
    ("name", "text", "rules"),
    [
        ("drafter.toml", "", ["stray-cross", "number-mark"]),
        ("drafter.toml", 'ignore = ["stray-cross"]\n', ["number-mark"]),
        ("drafter.toml", 'select = ["stray-cross"]\n', ["stray-cross"]),
        ("drafter.toml", 'level = "error"\n', ["stray-cross"]),
        ("drafter.toml", '[levels]\nnumber-mark = "off"\n', ["stray-cross"]),
        ("drafter.toml", 'level = "error"\n[levels]\nnumber-mark = "error"\n', ["stray-cross", "number-mark"]),
        ("pyproject.toml", '[tool.drafter]\nignore = ["number-mark"]\n', ["stray-cross"]),
        ("pyproject.toml", "[tool.other]\nx = 1\n", ["stray-cross", "number-mark"]),
        ("drafter.toml", "minutes = 20\n", ["off-target-length", "stray-cross", "number-mark"]),
    ],
)
def test_settings_come_from_the_nearest_configuration(run: Run, tmp_path: Path, name: str, text: str, rules: list[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "稿子").mkdir()
    (tmp_path / "稿子" / "a.txt").write_text("在会上的讲话\n同志们：\n×月开会。\n1、走出去，请进来。\n", encoding="utf-8")
    found = json.loads(run("check", "稿子/a.txt", "--json").stdout)["result"]
    assert [f["rule"] for f in found[0]["findings"]] == rules


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("selct = []\n", "不认识的设置“selct”。"),
        ("select = 3\n", 'select 要写成规则名称的列表，例如 select = ["long-sentence"]。'),
        ('ignore = ["long-sentense"]\n', "ignore 里没有叫“long-sentense”的规则。"),
        ("levels = 1\n", 'levels 下面一行写一条：规则名称 = "warning"。'),
        ('[levels]\nlong-sentence = "大"\n', "levels 里 long-sentence 的“大”不对。"),
        ('level = "no"\n', "level 的“no”不对。"),
        ("minutes = -1\n", "minutes 的“-1”不对，要写分钟数。"),
        ("level =\n", "level 后面没有写值。"),
    ],
)
def test_what_a_configuration_cannot_say_is_told(run: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "drafter.toml").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("开会。\n", encoding="utf-8")
    done = run("check", "a.txt")
    assert done.returncode == 2
    assert told in done.stderr.split("\n")[0]
    assert "drafter.toml" in done.stderr


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_has_place_excerpt_remedy_and_source(run: Run, tmp_path: Path) -> None:
    (tmp_path / "讲话.txt").write_text(SPEECH, encoding="utf-8")
    done = run("check", "讲话.txt")
    assert (done.returncode, done.stderr) == (1, "")
    assert (
        done.stdout
        == """\
错误 讲话.txt:6:9: “×”还没有填。
    6 | 　　今天开个会，×月底以前要把底数摸清。下面，我讲三点意见。
      |                 ^
  [stray-cross] 讲话稿校对惯例：定稿不留代字

错误 讲话.txt:6:26: 前面说“讲三点意见”，后面是两条。
    6 | 　　今天开个会，×月底以前要把底数摸清。下面，我讲三点意见。
      |                                                  ^^
  改成“两”。
  [points-miscounted] 讲话稿写作惯例：过渡句所说条数与正文一致

提醒 讲话.txt:8:4: “1”后面用“.”，不用“、”。
    8 | 　　1、走出去，请进来。
      |      ^^
  改成“.”。
  [number-mark] GB/T 15834—2011，附录B.3（序次语之后的标点用法）

2 处错误，1 处提醒：留空 1、序号 2。
"""
        + known().said([date(2026, 3, 12)] if known().day < date(2026, 3, 12) else [])
        + "\n"
        + "没有写文件；只检查。要写：--fix 改有把握的，--annotate 批注.docx 写成批注\n"
        + "下一步：有把握的直接改　drafter check 讲话.txt --fix\n"
    )


#: What follows where there is nothing to be changed.
FINISH = "下一步：没有要改的，定稿　drafter finish a.txt\n"

#: What is said where files were only looked at.
LOOKED = "没有写文件；只检查。要写：--fix 改有把握的，--annotate 批注.docx 写成批注\n"


@pytest.mark.parametrize(
    ("words", "stdin", "code", "said"),
    [
        (("check", "clean.txt"), "", 0, f"没有发现问题。\n{UP_TO}{LOOKED}下一步：没有要改的，定稿　drafter finish clean.txt\n"),
        (("check", "-"), "今天开会。\n", 0, f"没有发现问题。\n{UP_TO}"),
        (("check", "-", "--level", "advice"), "请莅临指导。\n", 0, f"1 处建议。\n{UP_TO}"),
        (("check", "-"), "请莅临指导。\n", 0, f"没有发现问题。\n{UP_TO}"),
        (("check", "-", "--select", "hard-to-read"), "请莅临指导。\n", 0, f"1 处建议。\n{UP_TO}"),
        (("check", "-", "--ignore", "stray-cross，number-mark"), "×月开会。\n", 0, f"没有发现问题。\n{UP_TO}"),
        (("check", "clean.txt", "-"), "×月开会。\n", 1, f"2 个文件：1 处错误。\n{UP_TO}{LOOKED}下一步：没有要改的，定稿　drafter finish clean.txt\n"),
        (("check", "clean.txt", "none.txt"), "", 2, f"1 个文件：没有发现问题。\n{UP_TO}{LOOKED}下一步：没有要改的，定稿　drafter finish clean.txt\n"),
        (("check", "a.doc"), "", 2, "a.doc: 没有这个文件。\n"),
        (("check", "a.xls"), "", 2, "a.xls: 没有这个文件。\n"),
        (("check",), "", 2, "要检查哪个文件？例如：drafter check 讲话.txt\n"),
        (("check", "-", "--level", "大"), "。", 2, "--level 大：没有这一级；有 error、warning、advice。\n"),
        (("check", "-", "--as-of", "明年"), "。", 2, "--as-of 明年：这不是日期。写成 2026-11-22 或 11月22日。\n"),
        (("check", "-", "--json", "--sarif"), "。", 2, "--json 和 --sarif 只能写一个。\n"),
        (("check", "-", "-"), "。", 2, "“-”（标准输入）只能写一次。\n"),
        (("check", "-", "--select", "long-sentense"), "。", 2, "--select 里没有叫“long-sentense”的规则。\n  是不是 long-sentence？drafter check --list-rules 列出所有规则。\n"),
    ],
)
def test_exit_code_and_last_words(run: Run, tmp_path: Path, words: tuple[str, ...], stdin: str, code: int, said: str) -> None:
    (tmp_path / "clean.txt").write_text("今天开会。\n", encoding="utf-8")
    done = run(*words, stdin=stdin)
    assert done.returncode == code
    assert (done.stderr if "--json" in words else done.stdout or done.stderr).endswith(said)


def test_the_rules_are_listed_and_explained(run: Run) -> None:
    listed = run("check", "--list-rules").stdout.splitlines()
    assert [row.split("　")[0] for row in listed] == list(names())
    assert [one["rule"] for one in json.loads(run("check", "--list-rules", "--json").stdout)["result"]] == list(names())
    assert run("check", "--explain", "label-twice").stdout == (
        "label-twice（错误）\n\n序号写了两遍。\n\n“一、一、”“（二）（二）”是改序号时没有删掉旧的。\n\n错：一、一、提高认识\n对：一、提高认识\n\n"
        "依据：GB/T 9704—2012，7.3.3（结构层次序数）\n"
    )


@pytest.mark.parametrize(
    ("own", "later", "said"),
    [
        ((), [], "提法核对到 2026-02-28。"),
        ((), [date(2026, 3, 1)], "提法核对到 2026-02-28。这篇讲话是 2026-03-01 的，2026-02-28 以后的新提法还不知道。"),
        ((), [date(2026, 3, 1), date(2026, 4, 1)], "提法核对到 2026-02-28。有 2 篇讲话在这一天以后，新的提法还不知道。"),
        ((OwnTable("市委办", date(2026, 1, 5).toordinal()),), [], "提法核对到 2026-02-28；本单位的“市委办”核对到 2026-01-05。"),
        ((OwnTable("own", 0),), [], "提法核对到 2026-02-28；本单位的“own”没有写核对到哪一天。"),
    ],
)
def test_a_report_says_up_to_when_formulations_are_known(own: tuple[OwnTable, ...], later: list[date], said: str) -> None:
    assert Known(date(2026, 2, 28), own).said(later) == said


def test_a_speech_dated_after_the_tables_gets_one_remark_and_one_without_a_date_none(run: Run, tmp_path: Path) -> None:
    day = date(known().day.year + 1, 5, 1)
    assert run("check", "-", "--as-of", str(day), stdin="今天开会。\n今天散会。\n").stdout.count("以后的新提法还不知道") == 1
    assert run("check", "-", stdin="今天开会。\n").stdout.endswith(UP_TO)
    machine = run("check", "-", "--as-of", str(day), "--json", stdin="今天开会。\n").stdout
    assert json.loads(machine)["result"][0]["formulations"] == {"checked": str(known().day), "own": [], "later": True}


#: That of the one finding in the two tests below.
FINGERPRINT = "e03365b70a859529"

#: https://docs.oasis-open.org/sarif/sarif/v2.1.0
SARIF = Draft4Validator(json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def test_findings_as_json(run: Run) -> None:
    done = run("check", "-", "--json", stdin="　　1、走出去，请进来。\n")
    assert json.loads(done.stdout)["result"] == [
        {
            "file": "标准输入",
            "as_of": str(date.today()),
            "formulations": {"checked": str(known().day), "own": [], "later": False},
            "findings": [
                {
                    "rule": "number-mark",
                    "level": "warning",
                    "file": "标准输入",
                    "line": 1,
                    "column": 4,
                    "paragraph": 1,
                    "start": 2,
                    "length": 1,
                    "words": "、",
                    "message": "“1”后面用“.”，不用“、”。",
                    "instead": ".",
                    "safe": True,
                    "odds": None,
                    "other": None,
                    "source": "GB/T 15834—2011，附录B.3（序次语之后的标点用法）",
                    "place": {
                        "page": None, "paragraph": None, "of": None, "number": None, "behind": False,
                        "line": 1, "column": 4, "about": False, "said": "第 1 行第 4 列", "words": "、",
                    },
                    "fingerprint": FINGERPRINT,
                    "suggestions": ["."],
                    "before": "1",
                    "behind": "走出去，请进来。",
                }
            ],
            "groups": [
                {
                    "rule": "number-mark",
                    "kind": "序号",
                    "level": "warning",
                    "message": "“1”后面用“.”，不用“、”。",
                    "words": "、",
                    "instead": ".",
                    "odds": None,
                    "count": 1,
                    "findings": [0],
                }
            ],
            "counts": {"levels": {"warning": 1}, "kinds": {"序号": 1}, "kept": 0, "known": 0},
            "kept": [],
            "known": [],
            "recorded": None,
            "fixed": [],
            "undone": [],
            "copy": None,
            "problems": [],
            "basis": [],
        }
    ]


def test_findings_as_sarif(run: Run) -> None:
    log: dict[str, Any] = json.loads(run("check", "-", "--sarif", stdin="　　1、走出去，请进来。\n").stdout)
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    driver = log["runs"][0]["tool"]["driver"]
    assert [(r["id"], r["defaultConfiguration"]["level"]) for r in driver["rules"]] == [("number-mark", "warning")]
    region = {"startLine": 1, "startColumn": 4, "endColumn": 5}
    assert log["runs"][0]["results"] == [
        {
            "ruleId": "number-mark",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "“1”后面用“.”，不用“、”。 改成“.”。"},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": "stdin"}, "region": region},
                    "logicalLocations": [{"name": "第 1 段", "kind": "paragraph"}],
                }
            ],
            "fixes": [
                {
                    "description": {"text": "改成“.”。"},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": "stdin"},
                            "replacements": [{"deletedRegion": region, "insertedContent": {"text": "."}}],
                        }
                    ],
                }
            ],
            "partialFingerprints": {"drafterFinding/v1": FINGERPRINT},
            "properties": {"kind": "序号"},
            "suppressions": [],
        }
    ]
    rule = driver["rules"][0]
    assert rule["help"]["markdown"].startswith("**序号后面的标点用错了。**\n\n")
    assert rule["help"]["markdown"].endswith("`drafter help number-mark`")
    assert rule["properties"] == {"tags": ["序号"]}
    assert sarif((), "0")["runs"][0]["results"] == []


def test_a_log_in_parts_is_the_log(tmp_path: Path) -> None:
    for name, text in (("一.txt", "截止目前很好。\n"), ("二.txt", "很好。\n"), ("三.txt", "截止目前,很好。\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for given in (("一.txt", "二.txt", "三.txt"), ("二.txt",)):
        parts = SarifInParts(since=False)
        texts: list[str] = []
        request = CheckRequest(tuple(str(tmp_path / name) for name in given), jobs=1)
        found = check_files(request, lambda file, done, of: texts.append(parts.file(file)))  # noqa: B023 – called before the next
        assert "".join(texts) + parts.end(found) == dumped(found.sarif())


def test_what_was_left_out_is_in_the_log_and_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "一稿.txt").write_text("截止目前很好。\n", encoding="utf-8")
    (tmp_path / "二稿.txt").write_text("截止目前很好。\n截止年底,也好。\n", encoding="utf-8")
    run("check", "二稿.txt", "--keep", ",")
    log = json.loads(run("check", "二稿.txt", "--since", "一稿.txt", "--sarif").stdout)
    rows = [(r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"], r["baselineState"], [s["kind"] for s in r["suppressions"]]) for r in log["runs"][0]["results"]]
    assert rows == [("confused-word", 2, "new", []), ("half-width-mark", 2, "new", ["external"]), ("confused-word", 1, "unchanged", [])]
    assert [error.message for error in SARIF.iter_errors(log)] == []


def test_a_fingerprint_stays_when_lines_move_and_tells_two_alike_apart(run: Run) -> None:
    def marks(text: str) -> list[str]:
        return [f["fingerprint"] for f in json.loads(run("check", "-", "--json", "--select", "confused-word", stdin=text).stdout)["result"][0]["findings"]]

    first = marks("截止目前很好。\n截止目前很好。\n")
    assert len(set(first)) == 2
    assert marks("先说一句。\n\n　　截止目前很好，也不错。\n再说。截止目前很好。\n")[0] == first[0]


def test_every_log_is_valid_by_the_schema_of_sarif(run: Run, tmp_path: Path) -> None:
    """https://docs.oasis-open.org/sarif/sarif/v2.1.0, with a fault of every rule that has a sample, in files of each kind."""
    from test_rules import ALL

    text = "".join(f"{line.text}\n" for sample in ALL if sample.fires for line in sample.speech.lines)
    (tmp_path / "讲 话#1.txt").write_text(text, encoding="utf-8")
    (tmp_path / "空.md").write_text("", encoding="utf-8")
    (tmp_path / "稿.yaml").write_text("title: 题\nspeech:\n  - text: 截止目前，一要好；三要好。\n", encoding="utf-8")
    assert run("new", "--outline", "./稿.yaml", "-o", "稿.docx", "--no-input").returncode == 0
    done = run("check", "讲 话#1.txt", "空.md", "稿.yaml", "稿.docx", "--sarif", "--level", "advice")
    log = json.loads(done.stdout)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    assert {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]} == {
        "%E8%AE%B2%20%E8%AF%9D%231.txt", "%E7%A8%BF.yaml", "%E7%A8%BF.docx",
    }  # fmt: skip
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) > 100


# ── fixing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

WRONG = "　　（一）、走出去，请进来。\n\n1、一企一策，逐户走访。\n"
RIGHT = "　　（一）走出去，请进来。\n\n1.一企一策，逐户走访。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fix_keeps_encoding_and_line_ends(run: Run, tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WRONG.replace("\n", end).encode(encoding))
    done = run("check", "--fix", "a.txt")
    assert done.returncode == 0
    assert done.stdout == "a.txt:1:6: 改了“、”→“” [number-mark]\na.txt:3:2: 改了“、”→“.” [number-mark]\n改了 2 处。没有发现问题。\n" + UP_TO + FINISH
    assert path.read_bytes() == RIGHT.replace("\n", end).encode(encoding)
    before = path.stat().st_mtime_ns
    assert run("check", "--fix", "a.txt").stdout == "没有发现问题。\n" + UP_TO + "没有写文件；没有有把握的可以直接改。\n" + FINISH
    assert path.stat().st_mtime_ns == before


def test_standard_input_is_fixed_to_standard_output(run: Run) -> None:
    done = run("check", "--fix", "-", stdin=WRONG)
    assert (done.returncode, done.stdout) == (0, RIGHT)
    assert done.stderr.endswith("改了 2 处。没有发现问题。\n" + UP_TO + "没有写文件；改好的文字在标准输出上。\n")


def test_a_fix_in_an_outline_leaves_its_blanks_alone(run: Run, tmp_path: Path) -> None:
    text = "title: 讲话\nfields:\n  事: 什么事？\nspeech:\n  - text: （一）、抓好【事】，抓紧抓实。 # 注\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert run("check", "--fix", "a.yaml", "--select", "number-mark").returncode == 0
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == text.replace("（一）、", "（一）")


@pytest.mark.parametrize("text", ["", "\n", "一、一、一、一、好", "（一）、、、走", "1、、1、", "一.一.好"])
def test_a_fix_applied_twice_equals_the_fix_applied_once(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("check", "--fix", "a.txt")
    once = (tmp_path / "a.txt").read_text(encoding="utf-8")
    run("check", "--fix", "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == once


# ── many files, the library, mistakes put in ───────────────────────────────────────────────────────────────────────


def test_many_files_over_all_cores_are_told_in_order(run: Run, tmp_path: Path) -> None:
    body = "　　各单位要把任务分解到人，把时间定到日，把要求讲到位。\n"
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(f"　　{n}月×日开会。\n" + body * 800, encoding="utf-8")
    done = run("check", *(f"{n}.txt" for n in range(8)), "--select", "stray-cross")
    assert [row[:11] for row in done.stdout.splitlines() if row.startswith("错误")] == [f"错误 {n}.txt:1:" for n in range(8)]
    assert f"8 个文件：8 处错误，都是留空。\n{UP_TO}{LOOKED}下一步：照上面改好，存好，再看一遍　drafter check " in done.stdout


def paper(path: Path) -> Paper:
    """A shipped outline filled with its examples."""
    outline = open_outline(str(path)).outline
    return paper_of_draft(fill(outline, examples(outline.fields, TODAY)), outline, TODAY, TODAY)


def filled(path: Path) -> Speech:
    return paper(path).speech


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_a_shipped_outline_is_clean(path: Path) -> None:
    assert check(paper(path), Settings(level="warning")) == ()


def test_few_outlines_need_a_rule_silenced() -> None:
    silenced = [p.stem for p in OUTLINES if paper(p).left_out]
    assert silenced == ["annual-work", "inspection-feedback", "strict-governance"]  # 一丈, 改项(目), 了结: good words the rule doubts


STRUCTURE = ("number-skipped", "number-repeated", "mixed-numbering", "points-miscounted")


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_a_number_made_wrong_in_a_shipped_outline_is_found(path: Path) -> None:
    speech = filled(path)
    for group in groups(speech.lines):
        if len(group) < 2:
            continue
        second, label = group[1], group[1].label
        wrong = {
            "number-skipped": label.replace(numeral(2), numeral(3)).replace("2", "3"),
            "number-repeated": group[0].label,
        }
        for name, instead in wrong.items():
            line = speech.lines[second.line]
            changed = line._replace(text=line.text.replace(label, instead, 1))
            there = speech._replace(lines=(*speech.lines[: second.line], changed, *speech.lines[second.line + 1 :]))
            assert name in {f.rule for f in run(there, STRUCTURE)}, (label, instead)


def test_every_level_of_a_rule_can_be_asked_for() -> None:
    speech = Speech((Line("请莅临指导。"),), TODAY)
    assert [f.level for f in run(speech, ("hard-to-read",))] == ["advice"]
    assert run(speech, ("hard-to-read",), level="warning") == ()
    assert [f.level for f in run(speech, ("hard-to-read",), level="error", levels={"hard-to-read": "error"})] == ["error"]
    assert {one.name for one in registry()} == set(names())


def test_a_rule_may_be_left_out_as_it_is_come_to() -> None:
    speech = Speech((Line("原因有两个：一是准备不足，动作也慢。。"),), TODAY)
    wanted = {"second-missing", "doubled-mark"}
    assert {f.rule for f in run(speech, wanted, before=lambda name: name != "doubled-mark")} == {"second-missing"}


def test_what_time_did_not_suffice_for_is_said() -> None:
    watch = Watch("稿.txt")
    assert (watch.in_time("number-skipped"), watch.told()) == (True, ())
    watch.until = 0
    assert not watch.in_time("number-skipped")
    assert [d.text() for d in watch.told()] == [
        "稿.txt: 看了 60 秒还没看完，这 1 条规则没有看：number-skipped。\n  把文件分成几份再看；或者用 --select 只看要紧的规则。"
    ]


@pytest.mark.parametrize("text", ["", "\n\n　　\n"])
def test_a_file_without_a_word_is_told(text: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(text, encoding="utf-8")
    done = run("check", "空.txt")
    assert (done.returncode, done.stdout) == (0, f"没有发现问题。\n{UP_TO}{LOOKED}下一步：看看 空.txt 是不是拿错了，或者还没有存好。\n")
    assert done.stderr == "提醒 空.txt: 这个文件里没有文字，没有什么可校对的。\n  是不是文件拿错了，或者还没有保存？\n"
