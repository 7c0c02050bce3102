"""依据: what a speech stands on, chosen from dated tables by the day, the level, the speaker's rank and the length."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pytest
import yaml
from conftest import Run
from hypothesis import given, strategies
from jsonschema import Draft7Validator, ValidationError

from drafter.check.paper import Paper, check
from drafter.check.rules import Line, Speech
from drafter.check.settings import Settings
from drafter.chinese.ranks import RANKS
from drafter.commands.assist.meaning import defined, told
from drafter.commands.assist.sheet import sheet_of
from drafter.commands.opening import open_outline
from drafter.diagnostic import Place, Rejected
from drafter.outline.basis import KINDS, LENGTHS, LEVELS, BasisAsked, BasisTable, choose, situation
from drafter.outline.dump import dump, meaning
from drafter.outline.field import Field, Value, read
from drafter.outline.fill import fill, stood
from drafter.outline.lint import lint
from drafter.outline.lint_basis import lint_table
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.read_basis import parse_table
from drafter.outline.shelf import load as from_shelves
from drafter.outline.shelf import read_source
from drafter.outline.yaml import Scalar, Source
from drafter.speech.draft import plain

TABLE = """\
about: 安全生产一类讲话
also:
  - 安全
checked: 2026-08-22
since: 治本攻坚三年行动到 2026 年底结束。
fields:
  省里会议: 省里的会叫什么？
basis:
  - name: 七月指示
    kind: 论述
    from: 2026-07-09
    until: 2026-12-31
    sentence: 七月作出指示。
    sentences: 七月作出指示。指示有三条。要学好。
    paragraph: 七月作出指示。指示有三条。要学好。我们学了没有？学了多少？
    source: 新闻联播 2026-07-09
  - name: 历年指示
    kind: 论述
    from: 2020-01-01
    sentence: 历年作出指示。
    source: 新闻联播
  - name: 市里跟的会
    kind: 会议
    from: 2026-01-20
    levels:
      - 市
    sentence: 省里召开了【省里会议】。
    source: 通知
  - name: 书记说的
    kind: 会议
    from: 2026-01-01
    ranks:
      - 党委主要负责同志
    sentence: 常委会作了研究。
    source: 纪要
  - name: 安全生产法
    kind: 法律
    from: 2021-09-01
    sentence: 安全生产法施行了。
    source: 公报
"""

HEAD = """\
title: 讲话
dateline: （【开会那天】）
fields:
  开会那天:
    ask: 哪天？
    type: date
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
  讲话人身份:
    ask: 谁讲？
    choices:
      - 党委主要负责同志
      - 分管负责同志
speech:
"""


def load(word: str, name: str, asker: Source) -> Source:
    assert (word, name) in (("basis", "安全生产"), ("basis", "安全"))
    return Source("安全生产.yaml", TABLE)


def outline_of(speech: str) -> Outline:
    return parse(Source("a.yaml", HEAD + speech), load)[0]


def answered(outline: Outline, **answers: str) -> dict[str, Value]:
    return {name: read(outline.fields[name], said, date(2026, 1, 1)) for name, said in answers.items()}


def said(speech: str, **answers: str) -> list[str]:
    """The paragraphs of a speech."""
    outline = outline_of(speech)
    draft = fill(outline, answered(outline, **answers))
    rows = [plain(p.text) for part in draft.parts for p in part.paragraphs]
    return rows + [plain(item.heading) + "｜" + "｜".join(plain(p.text) for p in item.paragraphs) for part in draft.parts for item in part.items]


ASKED = "  - basis: 安全生产\n    length: {}\n"


@pytest.mark.parametrize(
    ("length", "day", "more", "printed"),
    [
        ("一句", "2026-11-29", {}, "七月作出指示。"),
        ("一句", "2026-07-09", {}, "七月作出指示。"),  # the first and the last day count
        ("一句", "2026-12-31", {}, "七月作出指示。"),
        ("一句", "2027-01-01", {}, "历年作出指示。"),
        ("一句", "2026-07-08", {}, "历年作出指示。"),
        ("一句", "2019-12-31", {}, "【安全生产的依据】"),
        ("三句", "2026-11-29", {}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2026-11-29", {"层级": "市", "省里会议": "视频会"}, "七月作出指示。省里召开了视频会。安全生产法施行了。"),
        ("三句", "2026-11-29", {"层级": "县"}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2026-11-29", {"讲话人身份": "党委主要负责同志"}, "七月作出指示。常委会作了研究。安全生产法施行了。"),
        ("三句", "2026-11-29", {"讲话人身份": "分管负责同志"}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2020-05-01", {}, "历年作出指示。"),
        ("一段", "2026-11-29", {}, "七月作出指示。指示有三条。要学好。我们学了没有？学了多少？安全生产法施行了。"),
    ],
)  # fmt: skip
def test_what_is_printed_goes_by_day_level_rank_and_length(length: str, day: str, more: dict[str, str], printed: str) -> None:
    assert said(ASKED.format(length), 开会那天=day, **more) == [printed]


def test_without_a_day_the_day_it_was_checked_counts() -> None:
    assert said(ASKED.format("一句")) == ["七月作出指示。"]


def test_kinds_say_which_and_in_what_order_and_one_may_stand_twice() -> None:
    kinds = "  - basis: 安全\n    length: 三句\n    kinds:\n{}"
    assert said(kinds.format("      - 法律\n      - 论述\n"), 开会那天="2026-11-29") == ["安全生产法施行了。七月作出指示。"]
    assert said(kinds.format("      - 论述\n      - 论述\n"), 开会那天="2026-11-29") == ["七月作出指示。历年作出指示。"]
    assert said(kinds.format("      - 论述\n"), 开会那天="2026-11-29") == ["七月作出指示。指示有三条。要学好。"]


def test_no_sentence_is_printed_twice() -> None:
    """A second part of the theme takes what is left; where nothing is, it is not there."""
    kinds = "  - basis: 安全生产\n    length: 一句\n    kinds:\n      - 论述\n"
    assert said(kinds * 3 + "  - closing: 谢谢。\n", 开会那天="2026-11-29") == ["七月作出指示。", "历年作出指示。", "谢谢。"]


def test_a_short_speech_has_a_sentence_a_usual_one_three_a_long_one_a_paragraph() -> None:
    speech = "  - basis: 安全生产\n  - text: {}\n"
    day = "2026-11-29"
    assert said(speech.format("话。"), 开会那天=day)[0] == "七月作出指示。"
    assert said(speech.format("话。" * 1000), 开会那天=day)[0] == "七月作出指示。安全生产法施行了。"
    assert said(speech.format("话。" * 3000), 开会那天=day)[0].startswith("七月作出指示。指示有三条。")


def test_a_requirement_stands_on_it_before_its_text() -> None:
    speech = "  - requirements:\n      - heading: 提高站位\n        basis: 安全生产\n        length: 一句\n        text: 正文。\n"
    assert said(speech, 开会那天="2026-11-29") == ["提高站位｜七月作出指示。｜正文。"]


def test_a_part_that_runs_on_goes_on_in_the_paragraph_before() -> None:
    speech = "  - opening: 今天开会。\n  - basis: 安全生产\n    length: 一句\n    run-on: yes\n    when: 层级 == \"市\"\n"
    assert said(speech, 开会那天="2026-11-29", 层级="市") == ["今天开会。七月作出指示。"]
    assert said(speech, 开会那天="2026-11-29", 层级="县") == ["今天开会。"]


def test_the_words_know_which_entry_they_came_from() -> None:
    outline = outline_of(ASKED.format("三句"))
    (paragraph,) = fill(outline, answered(outline, 开会那天="2026-11-29")).parts[0].paragraphs
    assert (paragraph.node, [span.node for span in paragraph.text]) == (
        "speech.1.basis",
        ["speech.1.basis.安全生产.七月指示", "speech.1.basis.安全生产.安全生产法"],
    )


def test_what_a_speech_stood_on_can_be_told() -> None:
    outline = outline_of(ASKED.format("三句") * 2)
    first, second = stood(outline, answered(outline, 开会那天="2026-11-29"))
    assert ([c.entry.name for c in first.chosen], first.day, first.used) == (["七月指示", "安全生产法"], date(2026, 11, 29), False)
    assert ([c.entry.name for c in second.chosen], second.used) == (["历年指示"], False)


def test_the_fields_of_a_table_come_with_it_and_its_file_is_a_source() -> None:
    outline = outline_of(ASKED.format("三句"))
    assert outline.fields["省里会议"].ask == "省里的会叫什么？"
    assert [source.file for source in outline.sources] == ["a.yaml", "安全生产.yaml"]


@pytest.mark.parametrize(
    "speech",
    [
        "  - basis: 安全\n",
        "  - basis: 安全\n    length: 一段\n    kinds:\n      - 论述\n      - 论述\n    run-on: yes\n    when: 层级 == \"市\"\n    note: 看一眼。\n",
        "  - requirements:\n      - heading: 提高站位\n        basis: 安全生产\n        length: 一句\n        text: 正文。\n      - basis: 安全\n",
    ],
)
def test_an_outline_that_asks_for_it_is_written_and_read_back(speech: str) -> None:
    outline = outline_of(speech)
    made = dump(outline._replace(source=Source("", "")))
    assert meaning(parse(Source("a.yaml", made), load)[0]) == meaning(outline)
    assert dump(outline) == HEAD + speech


# ── what may be wrong in a table ───────────────────────────────────────────────────────────────────────────────────


def table_of(text: str) -> BasisTable:
    return parse_table(Source("安全生产.yaml", text))[0]


def without(word: str) -> str:
    """The table without the first line of a word."""
    row = next(row for row in TABLE.splitlines(True) if row.strip().removeprefix("- ").startswith(f"{word}:"))
    return TABLE.replace(row, "", 1)


@pytest.mark.parametrize(
    ("text", "line", "code", "told"),
    [
        (TABLE.replace("kind: 论述", "kind: 讲话", 1), 10, "basis-word", "没有“讲话”这种 kind。"),
        (TABLE.replace("kind: 论述", "kind: “论述”", 1), 10, "chinese-quotes", "外面的中文引号“”也算内容"),
        (TABLE.replace("until: 2026-12-31", "until: 2025-12-31"), 12, "basis-never", "until（2025-12-31）比 from（2026-07-09）还早"),
        (TABLE.replace("until: 2026-12-31", "until: 长期"), 12, "basis-day", "until 后面应当是一个日期。"),
        (TABLE.replace("from: 2020-01-01", "from: 2020年1月"), 19, "basis-day", "from 后面应当是一个日期。"),
        (TABLE.replace("from: 2020-01-01", "from: 1月1日"), 19, "basis-day", "from 后面应当是一个日期。"),
        (TABLE.replace("name: 历年指示", "name: 七月指示"), 17, "basis-twice", "“七月指示”写了两条，第一条在第 9 行。"),
        (TABLE.replace("七月作出指示。", "七月作出指示", 1), 13, "basis-sentence", "sentence 没有以句号结尾。"),
        (TABLE.replace("历年作出指示。", "历年作出指示†。"), 20, "basis-unverified", "sentence 里还有没核对过的记号 †。"),
        (TABLE.replace("【省里会议】", "【省会】"), 27, "name-unknown", "不认识的空【省会】。"),
        (TABLE.replace("      - 市\n", "      - 市里\n"), 26, "basis-word", "没有“市里”这种 levels。"),
        (TABLE.replace("    levels:\n      - 市\n", "    levels: 市\n"), 25, "list-expected", "levels 下面一行写一个"),
        (TABLE.replace("党委主要负责同志", "书记"), 33, "basis-word", "没有“书记”这种 ranks。"),
        (TABLE.replace("    source: 公报\n", ""), 36, "basis-incomplete", "“安全生产法”没有 source。"),
        (TABLE.replace("source: 公报", "source:"), 40, "text-empty", "source 后面是空的。"),
        (without("checked"), 1, "basis-incomplete", "没有 checked，不知道这份依据核对到哪一天。"),
        (TABLE.partition("basis:")[0], 1, "basis-incomplete", "没有 basis，这份依据表里没有条目。"),
        (TABLE.partition("basis:")[0] + "basis:\n", 8, "basis-incomplete", "basis 下面一条一条写"),
        (TABLE.replace("sentence: 安全", "sentense: 安全"), 39, "word-unknown", "不认识的词 sentense。"),
        (HEAD + "  - text: 话。\n", 1, "basis-incomplete", "这是提纲，不是依据表"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_table_is_told_at_its_line(text: str, line: int, code: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        table_of(text)
    found = [d for d in caught.value.diagnostics if d.place and d.place.line == line and d.code == code]
    assert found, [d.text() for d in caught.value.diagnostics]
    assert found[0].message.startswith(told)
    assert all(d.code for d in caught.value.diagnostics)


@pytest.mark.parametrize(
    ("speech", "code", "told"),
    [
        ("  - basis: 安全生产\n    length: 两句\n", "basis-word", "没有“两句”这种 length。"),
        ("  - basis: 安全生产\n    kinds:\n      - 指示\n", "basis-word", "没有“指示”这种 kind"),
        ("  - text: 话。\n    length: 一句\n", "part-apart", "length 和 basis 写在一起，这里没有 basis。"),
        ("  - basis:\n", "text-empty", "basis 后面写依据表的名称。"),
        ("  - basis: 安全生产\n    text: 话。\n", "part-of-two-kinds", "一个部分只能写一种内容，这里写了 basis、text。"),
    ],
)
def test_what_is_wrong_in_the_asking_is_told(speech: str, code: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        outline_of(speech)
    assert [(d.code, d.message.startswith(told)) for d in caught.value.diagnostics] == [(code, True)]


# ── the shelf ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_table_is_found_by_its_name_and_by_what_it_is_also_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "outlines" / "basis"
    folder.mkdir(parents=True)
    (folder / "试一试.yaml").write_text(TABLE.replace("  - 安全\n", "  - 平安试一试\n"), encoding="utf-8")
    for name in ("试一试", "平安试一试"):
        assert Path(from_shelves("basis", name, Source("a.yaml", "")).file).name == "试一试.yaml"
    with pytest.raises(Rejected, match="没有叫“没这个”的依据表"):
        from_shelves("basis", "没这个", Source("a.yaml", ""))


def test_a_table_is_no_outline() -> None:
    with pytest.raises(Rejected, match="这是依据表，不是提纲"):
        parse(Source("安全生产.yaml", TABLE))


def test_a_field_the_outline_declares_wins() -> None:
    speech = HEAD.replace("speech:\n", "  省里会议:\n    ask: 自己问。\nspeech:\n") + ASKED.format("一句")
    outline = parse(Source("a.yaml", speech), load)[0]
    assert outline.fields["省里会议"] == Field("省里会议", "自己问。", place=outline.fields["省里会议"].place)


# ── the commands ───────────────────────────────────────────────────────────────────────────────────────────────────

SPEECH = """\
title: 在全市安全会上的讲话
dateline: （【日期】）
fields:
  日期:
    ask: 哪天？
    type: date
    example: 2026-11-29
speech:
  - greeting: 同志们：
  - opening: 今天开会。
  - basis: 试安全
    length: 三句
  - closing: 谢谢大家！
"""

OWN = """\
about: 试一试
also:
  - 试平安
checked: 2026-08-22
since: 今年的会还没有补。
fields:
  省里会议: 省里的会叫什么？
basis:
  - name: 新的会
    kind: 会议
    from: 2027-01-10
    sentence: 今年的会提出了新要求。
    source: 通稿
  - name: 省里的会
    kind: 会议
    from: 2026-12-01
    until: 2027-01-09
    sentence: 省里召开了【省里会议】。
    source: 通知
  - name: 去年的会
    kind: 会议
    from: 2025-06-01
    until: 2026-11-30
    sentence: 去年的会提出了要求。
    source: 通稿
  - name: 条例
    kind: 法律
    from: 2021-09-01
    sentence: 条例施行了。
    source: 公报
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the program runs in, with an outline and a table in ./outlines/."""
    folder = tmp_path / "outlines" / "basis"
    folder.mkdir(parents=True)
    (folder / "试安全.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "outlines" / "试会.yaml").write_text(SPEECH, encoding="utf-8")
    return tmp_path


UP_TO = "提醒 依据核对到 2026-08-22；此后如有新的全会、新的讲话，请补上。\n  试安全：今年的会还没有补。\n"
A_YEAR_OLD = (
    "提醒 依据“试安全”里的“去年的会”从 2025-06-01 用到现在，已经一年多；今年开过的，请补上。\n"
    "  drafter outlines edit --basis 试安全\n"
)


def test_new_says_how_far_it_was_checked_and_what_is_last_years(here: Path, run: Run) -> None:
    done = run("new", "-O", "试会", "--no-input", "--set", "日期=2026-11-29", "--date", "2026-11-29", "--to", "txt", "-o", "稿.txt")
    assert done.stderr == A_YEAR_OLD + UP_TO
    assert "今天开会。\n　　去年的会提出了要求。条例施行了。\n" in (here / "稿.txt").read_text(encoding="utf-8")
    told = json.loads(run("new", "-O", "试会", "--no-input", "--set", "日期=2027-02-01", "--date", "2027-02-01", "--to", "txt", "-o", "二.txt", "--json").stdout)
    assert [(r["code"], r["level"]) for r in told["remarks"]] == [("basis-checked", "advice")]


def test_a_speech_held_before_the_tables_were_checked_is_told_nothing(here: Path, run: Run) -> None:
    done = run("new", "-O", "试会", "--no-input", "--set", "日期=2026-03-01", "--date", "2026-02-25", "--to", "txt", "-o", "稿.txt")
    assert done.stderr == ""


def test_where_nothing_stands_a_blank_is_left_and_told(here: Path, run: Run) -> None:
    done = run("new", "-O", "试会", "--no-input", "--set", "日期=2020-03-01", "-o", "稿.docx")
    assert "提醒 依据“试安全”里没有 2020-03-01 能用的，文中留了【试安全的依据】。\n" in done.stderr
    assert "【试安全的依据】" in done.stdout


def test_a_field_of_a_table_is_asked_for_only_where_its_entry_may_be_printed(here: Path, run: Run) -> None:
    for day, blanks in (("2026-11-29", []), ("2026-12-15", ["省里会议"])):
        done = run("new", "-O", "试会", "--no-input", "--set", f"日期={day}", "-o", f"{day}.docx", "--json")
        assert [b["name"] for b in json.loads(done.stdout)["result"]["blanks"]] == blanks
    outline = open_outline(str(here / "outlines" / "试会.yaml")).outline
    asked = outline.fields["省里会议"].when
    assert [asked.holds({"日期": day}) for day in (date(2026, 11, 29), date(2026, 12, 15))] == [False, True]


def test_check_says_it_once_for_all_files(here: Path, run: Run) -> None:
    run("new", "-O", "试会", "--no-input", "--set", "日期=2026-11-29", "-o", "稿.docx")
    done = run("check", "稿.docx", "outlines/试会.yaml")
    assert (A_YEAR_OLD + UP_TO + "没有写文件；" in done.stdout, done.stdout.count("依据核对到")) == (True, 1)
    told = json.loads(run("check", "稿.docx", "--json").stdout)["result"][0]["basis"]
    assert [remark["message"] for remark in told] == [
        "依据“试安全”里的“去年的会”从 2025-06-01 用到现在，已经一年多；今年开过的，请补上。",
        "依据核对到 2026-08-22；此后如有新的全会、新的讲话，请补上。",
    ]


def test_what_the_proof_reader_finds_in_a_table_is_told_at_its_line(here: Path, run: Run) -> None:
    (here / "outlines" / "basis" / "试安全.yaml").write_text(OWN.replace("去年的会提出", "习近总书记提出"), encoding="utf-8")
    done = run("check", "outlines/试会.yaml")
    assert f"{Path('outlines/basis/试安全.yaml')}:24:15" in done.stdout


def test_outlines_check_looks_at_tables_and_tells_what_has_ended(here: Path, run: Run) -> None:
    done = run("outlines", "check", "试会")
    assert (done.returncode, done.stdout) == (0, "没有错误。\n" + A_YEAR_OLD + UP_TO + "下一步：看成稿的样子　drafter preview 试会 --examples\n")
    table = here / "outlines" / "basis" / "试安全.yaml"
    ended = OWN.replace("until: 2026-11-30", "until: 2026-01-01").replace("2027-", "2997-").replace("from: 2026-12", "from: 2996-12")
    table.write_text(ended.replace("条例施行了", "“条例施行了"), encoding="utf-8")
    done = run("outlines", "check", "试安全")
    assert [row for row in done.stdout.splitlines() if row.startswith("提醒")] == [
        f"提醒 {Path('outlines/basis/试安全.yaml')}:20:11: “去年的会”用到 2026-01-01，已经过了。",
        f"提醒 {Path('outlines/basis/试安全.yaml')}:29:15: 这里的 “ 后面没有 ”。",
        "提醒 依据核对到 2026-08-22；此后如有新的全会、新的讲话，请补上。",
    ]
    table.write_text(OWN.replace("kind: 法律", "kind: 法规"), encoding="utf-8")
    done = run("outlines", "check", "outlines/basis/试安全.yaml", "试会")
    assert (done.returncode, done.stdout.count("没有“法规”这种 kind。")) == (2, 2)


def test_tables_are_listed_and_one_is_shown(here: Path, run: Run) -> None:
    listed = run("outlines", "basis", "--date", "2026-11-29").stdout
    assert "试安全（试平安）　2 条能用，核对到 2026-08-22，当前文件夹\n    试一试\n" in listed
    assert "试安全（试平安）　2 条能用，核对到 2026-08-22，2 条过了，当前文件夹" in run("outlines", "basis", "--date", "2027-02-01").stdout
    shown = run("outlines", "basis", "试平安", "--date", "2027-02-01", "--length", "三句")
    assert shown.stdout == """\
试安全　试一试
2027-02-01，会印：

三句：今年的会提出了新要求。条例施行了。

条目
  印　新的会（会议，2027-01-10 起）
      通稿；核对到 2026-08-22
  过了　省里的会（会议，2026-12-01 到 2027-01-09）
      通知；核对到 2026-08-22
  过了　去年的会（会议，2025-06-01 到 2026-11-30）
      通稿；核对到 2026-08-22
  印　条例（法律，2021-09-01 起）
      公报；核对到 2026-08-22
下一步：补新的依据，抄一份来改　drafter outlines edit --basis 试安全
"""
    told = json.loads(run("outlines", "basis", "试安全", "--date", "2027-02-01", "--json").stdout)["result"]
    assert [(p["length"], p["text"]) for p in told["printed"]] == [
        ("一句", "今年的会提出了新要求。"),
        ("三句", "今年的会提出了新要求。条例施行了。"),
        ("一段", "今年的会提出了新要求。条例施行了。"),
    ]
    assert [entry["state"] for entry in told["entries"]] == ["printed", "ended", "ended", "printed"]
    refused = run("outlines", "basis", "试安全", "--length", "两句")
    assert (refused.returncode, refused.stderr) == (2, "--length 两句：没有这一种。\n  有：一句、三句、一段。是不是 三句？\n")


def test_a_table_is_copied_to_be_edited_with_its_schema(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    other = here / "别处"
    other.mkdir()
    monkeypatch.setenv("DRAFTER_HOME", str(here))
    done = run("outlines", "edit", "试平安", "--no-open", cwd=other)
    assert done.stdout == """\
抄好了，改这一份：outlines/basis/试安全.yaml
旁边放了给编辑器用的：outlines/basis/basis.schema.json
下一步：改好，存好，查一遍　drafter outlines check outlines/basis/试安全.yaml
"""
    copy = other / "outlines" / "basis" / "试安全.yaml"
    assert copy.read_text(encoding="utf-8") == "# yaml-language-server: $schema=basis.schema.json\n" + OWN
    schema = json.loads((copy.parent / "basis.schema.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(yaml.safe_load(TABLE.replace("2026-", "d2026-").replace("202", "d202")))
    with pytest.raises(ValidationError):
        Draft7Validator(schema).validate({"checked": "x", "basis": [{"name": "x", "kind": "论述"}]})


def test_an_offices_own_table_is_taken_before_the_shipped_one(here: Path, run: Run) -> None:
    folder = here / "outlines" / "basis"
    (folder / "安全生产.yaml").write_text(OWN.replace("  - 试平安\n", "  - 自己的\n"), encoding="utf-8")
    (here / "outlines" / "试会.yaml").write_text(SPEECH.replace("试安全", "安全生产"), encoding="utf-8")
    run("new", "-O", "试会", "--no-input", "--set", "日期=2027-02-01", "--to", "txt", "-o", "稿.txt")
    assert "今年的会提出了新要求。" in (here / "稿.txt").read_text(encoding="utf-8")
    assert "安全生产（自己的）　2 条能用，核对到 2026-08-22，2 条过了，当前文件夹，盖住了自带的同名依据表" in run("outlines", "basis", "--date", "2027-02-01").stdout


# ── drafts that came back from Word ────────────────────────────────────────────────────────────────────────────────


def words_of(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text.strip()]


def test_a_new_day_brings_the_newer_entry_into_a_draft_edited_by_hand(here: Path, run: Run) -> None:
    run("new", "-O", "试会", "--no-input", "--set", "日期=2026-11-29", "-o", "稿.docx")
    document = docx.Document(str(here / "稿.docx"))
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            piece.text = piece.text.replace("条例施行了。", "条例早就施行了，我们学得不够。")
    document.save(str(here / "稿.docx"))
    assert "去年的会提出了要求。条例早就施行了，我们学得不够。" in "".join(words_of(here / "稿.docx"))
    run("update", "稿.docx", "--set", "日期=2027-02-01")
    assert "今年的会提出了新要求。条例早就施行了，我们学得不够。" in "".join(words_of(here / "稿.docx"))


def test_a_table_that_was_changed_flows_into_a_draft(here: Path, run: Run) -> None:
    run("new", "-O", "试会", "--no-input", "--set", "日期=2026-11-29", "-o", "稿.docx")
    table = here / "outlines" / "basis" / "试安全.yaml"
    table.write_text(OWN.replace("去年的会提出了要求。", "去年的会提出了三条要求。"), encoding="utf-8")
    assert "试会（已经变了）" in run("status", "稿.docx").stdout or "变" in run("status", "稿.docx").stdout
    run("update", "稿.docx")
    assert "去年的会提出了三条要求。条例施行了。" in words_of(here / "稿.docx")
    table.unlink()
    (here / "outlines" / "试会.yaml").unlink()
    assert run("update", "稿.docx", "--set", "日期=2027-02-01").returncode == 0  # the record has the table
    assert "今年的会提出了新要求。条例施行了。" in words_of(here / "稿.docx")


def test_answers_come_back_and_what_was_reworded_of_a_table_is_not_put_into_the_outline(here: Path, run: Run) -> None:
    run("new", "-O", "试会", "--no-input", "--set", "日期=2026-12-15", "--set", "省里会议=视频会", "-o", "稿.docx")
    assert json.loads(run("pull", "稿.docx", "--json").stdout)["result"] == {"日期": "2026-12-15", "省里会议": "视频会"}
    document = docx.Document(str(here / "稿.docx"))
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            piece.text = piece.text.replace("条例施行了。", "条例早就施行了。").replace("谢谢大家", "谢谢同志们")
    document.save(str(here / "稿.docx"))
    done = run("pull", "稿.docx", "--outline", "试会")
    assert "-  - closing: 谢谢大家！\n+  - closing: 谢谢同志们！" in done.stdout
    assert "里面有依据表“试安全”的话；要改就改表：drafter outlines edit --basis 试安全。" in done.stderr


# ── the tables that come with drafter ──────────────────────────────────────────────────────────────────────────────

SHIPPED = Path(__file__).parent.parent / "outlines" / "basis"
THEMES = sorted(path.stem for path in SHIPPED.glob("*.yaml"))


@cache
def shipped(name: str) -> BasisTable:
    table, remarks = parse_table(read_source(SHIPPED / f"{name}.yaml")[0])
    assert remarks == ()
    return table


@pytest.mark.parametrize("name", THEMES)
def test_every_entry_is_whole(name: str) -> None:
    """Source, day checked, marks in pairs, lengths that grow, fields that are used: nothing to remark but what ended."""
    table = shipped(name)
    others = [(other, shipped(other).also) for other in THEMES if other != name]
    assert [d.text() for d in lint_table(table, others, table.checked) if d.code != "basis-ended"] == []
    assert table.about
    assert table.also
    for entry in table.entries:
        assert len(entry.origin) > 4, entry.name
        assert entry.checked <= date(2026, 11, 29), entry.name
        assert all("【" not in text.words or text.blanks for text in entry.texts), entry.name
        assert len(entry.sentence.words) <= 200, entry.name
    for field in table.fields.values():
        assert field.ask.endswith(("？", "。")), field.name


@pytest.mark.parametrize("name", THEMES)
def test_the_proof_reader_has_nothing_to_say_of_a_table(name: str) -> None:
    table = shipped(name)
    lines = tuple(Line(text.words) for entry in table.entries for text in entry.texts if not text.blanks)
    for line in lines:
        paper = Paper(Speech((line,), table.checked))
        assert [(f.rule, line.text[f.start : f.end]) for f in check(paper, Settings())] == []


def test_there_are_themes_enough() -> None:
    assert len(THEMES) >= 30
    known = {name for theme in THEMES for name in (theme, *shipped(theme).also)}
    assert {
        "安全生产", "农业农村", "从严治党", "信访", "生态环保", "营商环境", "民营经济", "办公室工作", "巡视巡察", "换届", "干部教育",
        "青年", "统战", "民族宗教", "意识形态", "保密", "消防", "防汛", "应急", "教育", "卫生", "文旅", "科技", "法治", "基层治理", "减负",
        "群众路线", "正确政绩观", "数字政府", "招商", "统计", "档案",
    } <= known  # fmt: skip


DAYS = strategies.dates(date(2019, 1, 1), date(2029, 12, 31))


@given(
    name=strategies.sampled_from(THEMES),
    day=DAYS,
    length=strategies.sampled_from(["", *LENGTHS]),
    level=strategies.sampled_from(["", *LEVELS]),
    rank=strategies.sampled_from(["", *RANKS]),
    kinds=strategies.lists(strategies.sampled_from(KINDS), max_size=4),
)
def test_never_is_printed_what_has_not_begun_or_has_ended(
    name: str, day: date, length: str, level: str, rank: str, kinds: list[str]
) -> None:
    """Whatever is asked, on any day: what is printed stands, is for this level and rank, of the kinds wanted, and nothing
    twice; asked again, it is the same; what was printed is not printed again."""
    table = shipped(name)
    asked = BasisAsked(name, table, length, tuple(kinds), Scalar(name, table.source, 1, 1))
    chosen = choose(asked, situation(day, level, rank), "三句")
    assert chosen == choose(asked, situation(day, level, rank), "三句")
    for entry in (c.entry for c in chosen):
        assert entry.begins <= day
        assert entry.until is None or day <= entry.until
        assert not entry.ranks or rank in entry.ranks
        assert not kinds or entry.kind in kinds
    names = [c.entry.name for c in chosen]
    assert len(names) == len(set(names))
    assert len(chosen) <= {"一句": 1, "一段": 4}.get(length, 3)
    printed = {c.entry.sentence.words for c in chosen}
    assert not printed & {c.entry.sentence.words for c in choose(asked, situation(day, level, rank), "一段", printed)}


def test_on_the_day_they_were_checked_every_theme_has_something_to_stand_on() -> None:
    for name in THEMES:
        table = shipped(name)
        asked = BasisAsked(name, table, "一段", (), Scalar(name, table.source, 1, 1))
        for day in (table.checked, date(2026, 11, 29), date(2027, 3, 1)):
            assert choose(asked, situation(day, "市"), "一段"), (name, day)


def test_word_has_a_comment_that_says_where_the_words_were_seen(here: Path, run: Run) -> None:
    run("new", "-O", "试会", "--no-input", "--set", "日期=2027-02-01", "-o", "稿.docx")
    (comment,) = docx.Document(str(here / "稿.docx")).comments
    assert comment.text == "提醒：依据：新的会，见通稿，核对到 2026-08-22；条例，见公报，核对到 2026-08-22。"
    run("update", "稿.docx", "--set", "日期=2026-11-29")
    (comment,) = docx.Document(str(here / "稿.docx")).comments
    assert comment.text == "提醒：依据：去年的会，见通稿，核对到 2026-08-22；条例，见公报，核对到 2026-08-22。"
    assert "【试安全的依据】" in run("update", "稿.docx", "--set", "日期=2019-11-29").stdout
    assert list(docx.Document(str(here / "稿.docx")).comments) == []


def test_what_is_added_and_not_checked_is_told(here: Path) -> None:
    table = table_of(OWN.replace("    source: 公报\n", "    source: 公报\n    checked: 2020-01-01\n"))
    assert [d.message for d in lint_table(table, (), date(2026, 11, 29))] == ["“条例”从 2021-09-01 起用，可是只核对到 2020-01-01。"]
    assert [d.message for d in lint_table(table_of(OWN), [("试平安", ()), ("别的", ("试平安",))], date(2026, 11, 29))] == [
        "别名“试平安”是另一份依据表的名称，basis: 试平安 用的是那一份。",
        "别名“试平安”，依据表“别的”也有；basis: 试平安 用的是先找到的一份。",
    ]


# ── with the rest of the language ──────────────────────────────────────────────────────────────────────────────────


def load_both(word: str, name: str, asker: Source) -> Source:
    if word == "basis":
        return Source("安全生产.yaml", TABLE)
    return Source(f"{name}.yaml", HEAD.replace("title: 讲话\n", "title: 底本\n") + ASKED.format("一句") + "  - text: 【省里会议】。\n")


def test_a_basis_comes_through_extends_and_include() -> None:
    base = parse(Source("a.yaml", "extends: 底本\ntitle: 自己的\n"), load_both)[0]
    assert [s.file for s in base.sources] == ["a.yaml", "底本.yaml", "安全生产.yaml"]
    assert dump(base) == "extends: 底本\ntitle: 自己的\n"
    whole = HEAD + ASKED.format("一句") + "  - include: 底本\n"
    included = parse(Source("a.yaml", whole), load_both)[0]
    draft = fill(included, answered(included, 开会那天="2026-11-29"))
    rows = [(p.node, plain(p.text)) for part in draft.parts for p in part.paragraphs]
    assert rows == [("speech.1.basis", "七月作出指示。"), ("speech.2.speech.1.basis", "历年作出指示。"), ("speech.2.speech.2.p1", "【省里会议】。")]
    assert dump(included) == whole
    assert included.fields["省里会议"].when is None  # the outline's own words ask for it too


def test_each_entry_of_a_list_has_its_own_and_a_part_nobody_can_decide_on_stays() -> None:
    speech = "  - basis: 安全生产\n    length: 一句\n    when: 层级 == \"市\"\n  - basis: 安全生产\n    length: 一句\n"
    assert said(speech, 开会那天="2026-11-29") == ["七月作出指示。", "历年作出指示。"]


def test_a_table_may_not_have_more_entries_than_anybody_reads() -> None:
    entry = "  - name: 第{n}条\n    kind: 法律\n    from: 2021-09-01\n    sentence: 第{n}条。\n    source: 公报\n"
    text = "checked: 2026-08-22\nbasis:\n" + "".join(entry.format(n=n) for n in range(501))
    with pytest.raises(Rejected, match="一份依据表最多 500 条"):
        table_of(text)


@pytest.mark.parametrize(
    ("post", "printed"),
    [
        ("市委书记", "七月作出指示。省里召开了【省里会议】。安全生产法施行了。"),
        ("县委书记", "七月作出指示。常委会作了研究。安全生产法施行了。"),
        ("县委常委、副县长", "七月作出指示。安全生产法施行了。"),
        ("市委常委、秘书长", "七月作出指示。省里召开了【省里会议】。安全生产法施行了。"),
    ],
)
def test_a_speakers_post_says_level_and_rank_where_nobody_else_does(post: str, printed: str) -> None:
    head = HEAD.replace("  讲话人身份:\n    ask: 谁讲？\n    choices:\n      - 党委主要负责同志\n      - 分管负责同志\n", "  讲话人职务: 职务？\n")
    outline = parse(Source("a.yaml", head + ASKED.format("三句")), load)[0]
    draft = fill(outline, answered(outline, 开会那天="2026-11-29", 讲话人职务=post))
    assert [plain(p.text) for part in draft.parts for p in part.paragraphs] == [printed]


def test_an_outline_without_a_day_or_with_a_kind_its_table_has_not_is_told() -> None:
    text = "title: 讲话\nspeech:\n  - basis: 安全生产\n    kinds:\n      - 行动\n"
    outline = parse(Source("a.yaml", text), load)[0]
    assert [(d.message, d.code) for d in lint(outline, date(2026, 11, 29))] == [
        ("这份提纲没有【日期】，依据只好照核对的那一天选。", "basis-without-day"),
        ("依据表“安全生产”里没有行动这一类。", "basis-kind-missing"),
    ]


def test_an_editor_tells_what_a_theme_is_and_goes_to_its_table() -> None:
    text = HEAD + "  - basis: 安全\n"
    sheet = sheet_of(text, "/d/a.yaml")
    outline = parse(Source("/d/a.yaml", text), load)[0]
    at = text.index("安全")
    meant = told(sheet, at, outline)
    assert meant
    assert text[meant.start : meant.end] == "安全"
    assert meant.text.split("\n\n") == [
        "**安全生产** 安全生产一类讲话",
        "核对到 2026-08-22；5 条：七月指示、历年指示、市里跟的会、书记说的、安全生产法",
        "治本攻坚三年行动到 2026 年底结束。",
    ]
    assert defined(sheet, at, outline, load) == Place("安全生产.yaml", 1, 1)
