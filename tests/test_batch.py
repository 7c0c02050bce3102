"""`drafter batch`: one table, many documents. In process, on outlines and tables written here."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from test_sheet import book

from drafter.commands.batch import BatchRequest, BatchResult, batch
from drafter.commands.batch.columns import mapped, matched
from drafter.commands.batch.names import apart
from drafter.commands.batch.selecting import condition, rows_said
from drafter.commands.new import NewRequest, new
from drafter.diagnostic import Rejected
from drafter.outline.field import Field

LETTER = """\
title: 致【慰问对象】的慰问信
genre: 慰问信
fields:
  慰问对象:
    ask: 写给谁？
  人数:
    ask: 有多少人？
    type: number
  日期:
    ask: 哪一天？
    type: date
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
    default: 市
  岗位:
    ask: 在哪里？
    type: list
    when: 人数 > 0
  落款:
    ask: 落款写什么？
speech:
  - greeting: 【慰问对象】：
  - opening: 在【日期】，向【人数】位同志问好。【层级】委记得【岗位】。
  - signature: 【落款】
"""

INVITATION = LETTER.replace("致【慰问对象】的慰问信", "致【慰问对象】的邀请函").replace("genre: 慰问信", "genre: 邀请函")

HEAD = ("县区", "慰问对象", "人数", "日期", "落款")
GOOD = [
    ("清河县", "清河县教师", "120", "2026-12-10", "县委"),
    ("东山县", "东山县教师", "80", "2026-12-10", "县委"),
    ("西湖区", "西湖区教师", "1,200", "12月10日", "区委"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with two outlines, at one moment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("drafter.commands.opening.datetime", AtOneMoment)
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "信.yaml").write_text(LETTER, encoding="utf-8")
    (tmp_path / "outlines" / "函.yaml").write_text(INVITATION, encoding="utf-8")
    return tmp_path


class AtOneMoment(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: Any = None) -> "AtOneMoment":
        return cls(2026, 11, 29, 9, 30, 15)


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, name: str = "名单.csv") -> str:
    """A table in the folder."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    Path(name).write_text(text.getvalue(), encoding="utf-8-sig")
    return name


def done(of: str = "", /, **more: Any) -> BatchResult:
    """A batch of the outline of letters, on that table."""
    wanted: dict[str, Any] = {"outlines": ("信",), "output": "信/", "name": "【县区】慰问信", "jobs": 1}
    return batch(BatchRequest(of or "名单.csv", **(wanted | more)))


def refused(of: str = "", /, **more: Any) -> tuple[str, str]:
    """Why there is none: the code, and what is said."""
    with pytest.raises(Rejected) as no:
        done(of, **more)
    problem = no.value.diagnostics[0]
    return problem.code, problem.message


def there(folder: str = "信") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if not path.name.startswith("."))


# ── proof-read while it is written ─────────────────────────────────────────────────────────────────────────────────


def test_what_the_proof_reader_finds_is_what_it_finds_in_the_files_afterwards(folder: Path) -> None:
    from drafter.commands.check import CheckRequest, check

    (folder / "outlines" / "信.yaml").write_text(LETTER.replace("在【日期】，", "截止目前，"), encoding="utf-8")
    (folder / "信").mkdir()
    (folder / "信" / "drafter.toml").write_text(
        '[[kept]]\nfile = "东山县慰问信.docx"\nrule = "confused-word"\nwords = "截止"\n', encoding="utf-8"
    )
    table([*GOOD, ("南山县", '"己经"退休的教师', "3", "", "")])
    looked = done(check=True, jobs=2)
    assert looked.checked is not None
    afterwards = check(CheckRequest(("信",), jobs=1))
    assert (looked.checked.levels, looked.exit_code) == (afterwards.levels, 1)
    by_file = {file.file: len(file.remarks) for file in afterwards.files}
    assert {file.file: len(file.faults or ()) for file in looked.files} == by_file
    common = next(fault for fault in looked.checked.faults if fault.first.words == "截止")
    assert (common.rows, common.documents, common.findings) == ((2, 4, 5), 3, 3)


def test_what_all_letters_have_is_told_once_with_the_outline_to_put_right(folder: Path) -> None:
    (folder / "outlines" / "信.yaml").write_text(LETTER.replace("在【日期】，", "截止目前，"), encoding="utf-8")
    table(GOOD)
    result = done(check=True, dry_run=True)
    assert (result.exit_code, Path("信").exists()) == (1, False)
    assert result.checked is not None
    [told] = [fault.json() for fault in result.checked.faults if fault.first.finding.rule == "confused-word"]
    assert told == {
        "rule": "confused-word", "level": "warning", "words": "截止", "instead": "截至", "findings": 3, "documents": 3,
        "rows": [2, 3, 4], "file": "信/清河县慰问信.docx", "paragraph": 3,
        "message": "“截止”应为“截至”：到某时为止、事情还在进行用“截至”；到期停止用“截止”。",
    }  # fmt: skip
    step = done(check=True).ending().next
    assert step is not None
    assert step.command == "drafter batch 名单.csv --outline 信 -o 信/ --name 【县区】慰问信 --check --jobs 1 --force"
    together = done(check=True, one_file=True, output="全部.docx", name="").checked
    assert together is not None
    assert "第 2 行那一份，" in together.faults[-1].first.place.said


# ── what is written ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_row_is_the_document_new_writes(jobs: int) -> None:
    table(GOOD * 20)
    result = done(jobs=jobs, name="【县区】-【行】")
    assert (result.exit_code, len(result.files), result.failures) == (0, 60, ())
    for number, row in enumerate(GOOD, 2):
        sets = tuple(f"{field}={said}" for field, said in zip(HEAD[1:], row[1:], strict=True))
        new(NewRequest(("信",), sets=sets, output="一份.docx", force=True))
        assert Path(f"信/{row[0]}-{number}.docx").read_bytes() == Path("一份.docx").read_bytes()


def test_a_row_that_cannot_be_written_keeps_no_other_from_being_written() -> None:
    table([GOOD[0], ("东山县", "东山县教师", "很多", "昨天是周几", "县委"), GOOD[2]])
    result = done()
    assert there() == ["失败.csv", "清河县慰问信.docx", "西湖区慰问信.docx"]
    assert [(f.row, f.columns) for f in result.failures] == [(3, ("人数", "日期"))]
    assert result.exit_code == 1
    raw = Path("信/失败.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert head == ["行", "列", "原因", *HEAD]
    assert row[:2] == ["3", "人数、日期"]
    assert row[3:] == ["东山县", "东山县教师", "很多", "昨天是周几", "县委"]


def test_what_failed_is_put_right_and_given_again_as_it_is() -> None:
    table([GOOD[0], ("东山县", "东山县教师", "很多", "", "县委")])
    done()
    was = Path("信/失败.csv").read_text(encoding="utf-8-sig")
    Path("信/失败.csv").write_text(was.replace(",很多,", ",80,"), encoding="utf-8-sig")
    result = done("信/失败.csv")
    assert [(f.row, f.file) for f in result.files] == [(3, "信/东山县慰问信.docx")]
    assert there() == ["东山县慰问信.docx", "失败.csv", "清河县慰问信.docx"]
    assert [r.code for r in result.remarks] == ["failures-done"]


def test_a_corrected_file_is_never_written_over() -> None:
    table([("东山县", "甲", "很多", "", "")])
    done()
    was = Path("信/失败.csv").read_text(encoding="utf-8-sig")
    Path("信/失败.csv").write_text(was.replace(",很多,", ",不少,"), encoding="utf-8-sig")
    result = done("信/失败.csv")
    assert (result.failures_file, there()) == ("信/失败2.csv", ["失败.csv", "失败2.csv"])


def test_what_failed_is_told_anew_when_the_table_was_put_right_and_gone_on_with() -> None:
    table([GOOD[0], ("东山县", "乙", "很多", "", ""), ("西湖区", "丙", "不少", "", "")])
    done()
    table([GOOD[0], ("东山县", "乙", "很多", "", ""), ("西湖区", "丙", "3", "", "")])
    assert [f.row for f in done(resume=True).failures] == [3]
    assert Path("信/失败.csv").read_text(encoding="utf-8-sig").count("\n") == 2
    assert done(resume=True, rows="4").failures_file == ""
    assert "失败.csv" in there()  # row 3 has not been tried
    table([GOOD[0], ("东山县", "乙", "5", "", ""), ("西湖区", "丙", "3", "", "")])
    done(resume=True)
    assert there() == ["东山县慰问信.docx", "清河县慰问信.docx", "西湖区慰问信.docx"]


@pytest.mark.parametrize(
    "cell", ["0012", "110101199001011234", "3-1", "=1+1", "+86 10", "@甲", "-5", "1,200", "2026-11-22", "1e5", "多\n行", '"引"', "'撇"]
)
def test_a_cell_comes_back_from_the_file_of_failures_as_it_was(cell: str) -> None:
    from drafter.commands.batch.failing import corrected, failures_csv
    from drafter.commands.batch.result import BatchFailure
    from drafter.diagnostic import Diagnostic
    from drafter.readers.sheet import read_table
    from drafter.readers.sheet.table import SheetRow

    failure = BatchFailure(7, (), (Diagnostic("不行。", code="answer-unfit"),))
    data = failures_csv([failure], {7: SheetRow(7, {"名": "甲", "值": cell})}, ("名", "值"))
    back = corrected(read_table(data, "失败.csv"))
    [row] = back.table.rows
    assert (back.number(row), row.cells) == (7, {"名": "甲", "值": cell})


def test_a_day_of_a_workbook_is_written_as_people_write_it_where_words_are_asked_for() -> None:
    words = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{name}</t></is></c>' for c, name in zip("ABC", ("慰问对象", "日期", "落款"), strict=True))
    name = '<c r="A{0}" t="inlineStr"><is><t>教师{0}</t></is></c>'
    rows = name.format(2) + '<c r="B2" t="d"><v>2026-12-10</v></c><c r="C2" t="d"><v>2026-12-05</v></c>', name.format(3) + (
        '<c r="B3" t="inlineStr"><is><t>很多</t></is></c><c r="C3" t="d"><v>2026-12-05T09:30:00</v></c>'
    )
    body = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate((words, *rows), 1))
    Path("名单.xlsx").write_bytes(book(f"<worksheet><sheetData>{body}</sheetData></worksheet>"))
    done("名单.xlsx", name="【慰问对象】", to="txt")
    text = Path("信/教师2.txt").read_text(encoding="utf-8")
    assert [day in text for day in ("在2026年12月10日", "2026年12月5日", "2026-12")] == [True, True, False]
    _, failed = csv.reader(io.StringIO(Path("信/失败.csv").read_text(encoding="utf-8-sig")))
    assert failed[3:] == ["教师3", "很多", "2026年12月5日9:30"]


def test_what_says_nothing_yet_is_told_by_row_and_column() -> None:
    table([("清河县", "待定", "3", "", "同上"), ("东山县", "乙", "5", "", "/"), ("西湖区", "待定", "6", "", "同上"), ("河东区", "丁", "无", "", "县委")])
    result = done(name="【县区】", to="txt")
    assert [f"{r.place}：{r.message}" for r in result.remarks] == [
        "名单.csv 第 2 行“慰问对象”列（B2）：【慰问对象】“待定”会照样印出来；不填就把它删掉。第 4 行也是这样。",
        "名单.csv 第 2 行“落款”列（E2）：【落款】“同上”会照样印出来；把上面的话再写一遍。第 4 行也是这样。",
        "名单.csv 第 3 行“落款”列（E3）：【落款】“/”会照样印出来；不填就把它删掉。",
    ]
    assert [(f.row, f.columns) for f in result.failures] == [(5, ("人数",))]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_figure_of_a_workbook_is_printed_as_the_sheet_shows_it(kind: str) -> None:
    of = Path(__file__).parent / "tables" / f"tables.{kind}"
    done(str(of), sheet="值", maps=("值=落款",), name="【是什么】", to="txt", rows="2-30,38-45")
    endings = {name: Path("信", f"{name}.txt").read_text(encoding="utf-8").split()[-1] for name in ("百分之十二点五", "三点五零", "千分位", "折成万", "月日", "代号", "年月")}
    assert endings == {
        "百分之十二点五": "12.50%", "三点五零": "3.50", "千分位": "1,234,567.50", "折成万": "1.2万", "月日": "11月22日", "代号": "女", "年月": "2026年11月",
    }  # fmt: skip
    done(str(of), sheet="值", maps=("值=人数",), name="【是什么】", to="txt", rows="39-40", output="数/")
    assert "向3.5位同志" in Path("数/三点五零.txt").read_text(encoding="utf-8")


def test_an_empty_cell_is_no_answer_and_what_all_have_is_said_once() -> None:
    table([("清河县", "甲", "", "", ""), ("东山县", "乙", "5", "", "县委")])
    Path("共同.yaml").write_text("落款: 市委\n岗位: 学校\n", encoding="utf-8")
    result = done(answers="共同.yaml", sets=("日期=2026-12-10",), to="txt")
    assert "2026年12月10日" in Path("信/清河县慰问信.txt").read_text(encoding="utf-8")
    assert "市委" in Path("信/清河县慰问信.txt").read_text(encoding="utf-8")
    assert "县委" in Path("信/东山县慰问信.txt").read_text(encoding="utf-8")
    assert [(b.name, b.documents) for b in result.blanks] == [("人数", 1)]


def test_a_cell_with_an_error_in_it_is_never_written() -> None:
    table([("清河县", "甲", "#N/A", "", "县委", ""), ("东山县", "乙", "3", "", "县委", "#REF!")], (*HEAD, "备注"))
    assert [(f.row, f.columns, f.problems[0].code) for f in done().failures] == [(2, ("人数",), "cell-error")]
    assert there() == ["东山县慰问信.docx", "失败.csv"]


def test_strict_writes_no_row_with_a_blank() -> None:
    table([GOOD[0], ("东山县", "乙", "", "2026-12-10", "县委")])
    result = done(strict=True, sets=("岗位=学校",))
    assert [(f.row, f.columns, f.reason) for f in result.failures] == [(3, ("人数",), "还有空没填：人数")]
    assert there() == ["失败.csv", "清河县慰问信.docx"]


# ── outlines of a row ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_says_which_outlines_it_is_for() -> None:
    table(
        [("甲县", "甲", "信"), ("乙县", "乙", "函"), ("丙县", "丙", "信、函"), ("丁县", "丁", "信件"), ("戊县", "戊", "")],
        ("县区", "慰问对象", "提纲"),
    )
    result = done(outlines=(), name="【县区】-【提纲】")
    assert there() == ["丙县-信.docx", "丙县-函.docx", "乙县-函.docx", "失败.csv", "甲县-信.docx"]
    assert [(f.row, f.columns, f.problems[0].code) for f in result.failures] == [
        (5, ("提纲",), "name-not-found"),
        (6, ("提纲",), "outline-not-named"),
    ]


def test_several_outlines_of_a_row_are_told_apart_by_their_titles() -> None:
    table(GOOD[:1])
    done(outlines=("信", "函"), name="【县区】")
    assert there() == ["清河县-致清河县教师的慰问信.docx", "清河县-致清河县教师的邀请函.docx"]


# ── columns ────────────────────────────────────────────────────────────────────────────────────────────────────────

FIELDS = {name: Field(name, ask=ask, default=default) for name, ask, default in (
    ("会议名称", "什么会？", None), ("日期", "哪一天开？", None), ("讲话人职务", "", None), ("层级", "", "市"))}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("会议名称", "会议名称"),
        ("【会议名称】", "会议名称"),
        ("会议 名称：", "会议名称"),
        ("1. 会议名称", "会议名称"),
        ("会议名称（必填）", "会议名称"),
        ("什么会", "会议名称"),
        ("哪一天开？", "日期"),
    ],
)
def test_a_column_answers_the_blank_it_is_called_by(column: str, field: str) -> None:
    assert dict(matched([column], FIELDS, {}).fields) == {column: field}


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("会义名称", ("会议名称",)),
        ("会议", ("会议名称",)),
        ("职务", ("讲话人职务",)),
        ("日其", ("日期",)),
        ("备注", ()),
        ("序号", ()),
        ("层级数", ("层级",)),
        ("单位层级情况", ()),
    ],
)
def test_what_is_only_near_is_never_taken(column: str, near: tuple[str, ...]) -> None:
    found = matched(["主持人", column], {**FIELDS, "主持人": Field("主持人")}, {})
    assert (dict(found.fields), found.near.get(column, ())) == ({"主持人": "主持人"}, near)


def test_a_near_column_is_refused_until_somebody_says_what_it_is() -> None:
    table([("甲", "3")], ("慰问对像", "人数"))
    assert refused(name="") == ("column-near", "表里的“慰问对像”这一列，提纲里没有这个空；是不是“慰问对象”？没有列给它，每一份都会空着。")
    assert not Path("信").exists()
    assert done(maps=("慰问对像=慰问对象",), name="").files[0].file == "信/致甲的慰问信.docx"
    assert done(maps=("慰问对像=",), name="", output="别/").files[0].blanks[0] == "慰问对象"


@pytest.mark.parametrize(
    ("head", "more", "code"),
    [
        (("甲", "乙"), {"name": ""}, "columns-none"),
        (("慰问对象", "【慰问对象】"), {"name": ""}, "columns-same"),
        (HEAD, {"maps": ("没有=人数",)}, "column-unknown"),
        (HEAD, {"maps": ("县区=没有",)}, "answer-unknown"),
        (HEAD, {"maps": ("县区",)}, "map-syntax"),
        (HEAD, {"sets": ("没有=1",)}, "answer-unknown"),
        (HEAD, {"name": "【省】慰问信"}, "column-unknown"),
        (HEAD, {"name": "信/【县区】"}, "option-value"),
        (HEAD, {"name": "【县区】【"}, "option-value"),
        (HEAD, {"name": "慰问信"}, "names-same"),
        (HEAD, {"outlines": ()}, "outline-not-named"),
        (HEAD, {"outlines": ("没有",)}, "name-not-found"),
        (HEAD, {"rows": "90-"}, "rows-none"),
        (HEAD, {"where": "县区 == '别处'"}, "rows-none"),
        (HEAD, {"where": "省 == '别处'"}, "column-unknown"),
        (HEAD, {"where": "县区 ="}, "where-syntax"),
        (HEAD, {"where": "县区 > 3"}, "where-unfit"),
        (HEAD, {"rows": "3到底"}, "option-value"),
        (HEAD, {"to": "doc"}, "output-ending"),
        (HEAD, {"output": "信.docx"}, "output-not-folder"),
        (HEAD, {"output": "全.txt", "one_file": True}, "output-ending"),
        (HEAD, {"output": "全.docx", "one_file": True, "resume": True}, "options-apart"),
    ],
)
def test_what_is_wrong_with_the_whole_is_said_before_anything_is_written(head: tuple[str, ...], more: dict[str, Any], code: str) -> None:
    table([row[: len(head)] for row in GOOD], head)
    assert refused(**more)[0] == code
    assert sorted(path.name for path in Path().iterdir()) == ["outlines", "名单.csv"]


def test_map_says_what_a_column_is() -> None:
    columns = ("单位", "会议名称")
    assert mapped(["单位＝【会议名称】", "会议名称="], columns, FIELDS) == {"单位": "会议名称", "会议名称": ""}


# ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "numbers"),
    [("3-5,9", [3, 4, 5, 9]), ("３－５，９", [3, 4, 5, 9]), ("第3行至第5行", [3, 4, 5]), ("8-", [8, 9, 10]), ("3、5", [3, 5]), (" 4 ~ 5 ", [4, 5]), ("", [])],
)
def test_rows_are_said_as_people_say_them(said: str, numbers: list[int]) -> None:
    spans = rows_said(said)
    assert [n for n in range(1, 11) if any(span.holds(n) for span in spans)] == numbers


WHERE = ("县区", "慰问对象", "人数", "联系电话（手机）", "已寄", "编号")
PLACES = [
    ("清河县", "甲", "120", "139", "是", "0012"),
    ("东山县", "乙", "", "", "", "12"),
    ("西湖区", "丙", "1,200", "", "", ""),
]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('县区 == "清河县"', "清"),
        ('县区 != “清河县”', "东西"),
        ('"县" in 县区', "清东"),
        ('县区 in ("清河县", "西湖区")', "清西"),
        ("人数 > 100", "清西"),
        ("人数 >= 120 and 人数 < 1200", "清"),
        ("not 已寄", "东西"),
        ('已寄 == ""', "东西"),
        ('联系电话（手机） == "139"', "清"),
        ('编号 == "0012"', "清"),
        ("编号 == 12", "清东"),
        ('慰问对象 == "甲" or 人数 == 1200', "清西"),
    ],
)
def test_a_condition_chooses_rows(where: str, found: str) -> None:
    table(PLACES, WHERE)
    assert "".join(file.file[2] for file in done(where=where, dry_run=True).files) == found


@pytest.mark.parametrize(
    ("column", "how", "words", "said"),
    [
        ("", "is", "县", ""),
        ("层级", "is", "县、 区", '层级 == "县" or 层级 == "区"'),
        ("层级", "is not", "县，区", '层级 != "县" and 层级 != "区"'),
        ("已寄", "is", "", '已寄 == ""'),
        ("人数", "least", "100", "人数 >= 100"),
        ("日期", "most", "2026-11-22", '日期 <= "2026-11-22"'),
        ("备注", "is", '"急"', "备注 == '\"急\"'"),
    ],
)
def test_a_condition_is_put_together_from_a_column_and_words(column: str, how: str, words: str, said: str) -> None:
    assert condition(column, how, words) == said


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stems", "names"),
    [
        (["甲", "乙"], ["甲.docx", "乙.docx"]),
        (["甲", "甲", "甲"], ["甲.docx", "甲（第3行）.docx", "甲（第4行）.docx"]),
        (["A", "a"], ["A.docx", "a（第3行）.docx"]),
        (["甲/乙", "甲\\乙"], ["甲_乙.docx", "甲_乙（第3行）.docx"]),
        (["con", "甲. "], ["_con.docx", "甲.docx"]),
        (["甲", "甲（第4行）", "甲"], ["甲.docx", "甲（第4行）.docx", "甲（第4行之2）.docx"]),
        (["长" * 300, "长" * 300 + "尾"], [f"{'长' * 65}.docx", f"{'长' * 60}（第3行）.docx"]),
    ],
)
def test_names_are_legal_and_each_is_there_once(stems: list[str], names: list[str]) -> None:
    assert apart(enumerate(stems, 2), "docx")[0] == names


def test_same_names_are_told_before_anything_is_written() -> None:
    table([GOOD[0], GOOD[1], GOOD[2], GOOD[0]])
    heard: list[tuple[bool, Any]] = []
    batch(
        BatchRequest("名单.csv", ("信",), "信/", "【县区】", jobs=1),
        lambda head: heard.append((Path("信").exists(), [(s.name, s.rows) for s in head.same])),
    )
    assert heard == [(False, [("清河县.docx", (2, 5))])]
    assert there() == ["东山县.docx", "清河县.docx", "清河县（第5行）.docx", "西湖区.docx"]


def test_a_row_whose_name_is_empty_is_not_written() -> None:
    table([GOOD[0], ("", "乙", "3", "", "")])
    assert [(f.row, f.columns, f.reason) for f in done().failures] == [(3, ("县区",), "文件名要用【县区】，这一格是空的")]


@pytest.mark.parametrize("said", ["清河县.docx", "清河县.DOCX", "清河县．docx", "清河县.doc", "清河县.docx.docx", "清河县.docx. ", "清河县.wps"])
def test_a_name_that_ends_as_a_document_does_has_no_second_ending(said: str) -> None:
    table([(said, "甲", "3", "", "")])
    done(name="【县区】")
    assert there() == ["清河县.docx"]


def test_what_is_there_is_not_written_over() -> None:
    table(GOOD)
    Path("信").mkdir()
    Path("信/东山县慰问信.docx").write_text("我的")
    assert refused() == ("file-exists", "已经有 1 个同名的文件，没有动它们：东山县慰问信.docx。")
    assert there() == ["东山县慰问信.docx"]
    assert len(done(force=True).files) == 3
    assert Path("信/东山县慰问信.docx").read_bytes()[:2] == b"PK"


# ── going on ───────────────────────────────────────────────────────────────────────────────────────────────────────


def stopped_after(rows: int) -> Callable[[int, int, int], None]:
    """Ctrl-C when so many are done."""

    def heard(done: int, of: int, failed: int) -> None:
        if done >= rows:
            raise KeyboardInterrupt

    return heard


def begun(rows: int = 40) -> BatchResult:
    """A batch of fifty rows, stopped."""
    table([(f"第{n}县", f"{n}", "3", "2026-12-10", "") for n in range(50)])
    return batch(BatchRequest("名单.csv", ("信",), "信/", "【县区】", jobs=1), heard=stopped_after(rows))


def test_ctrl_c_leaves_what_is_written_and_resume_writes_the_rest() -> None:
    stopped = begun()
    assert (stopped.exit_code, len(stopped.files), stopped.left) == (130, 48, 2)
    assert len(there()) == 48
    at = {name: Path("信", name).stat().st_mtime_ns for name in there()}
    result = done(name="【县区】", resume=True)
    assert (result.head.done_before, len(result.files), len(there())) == (48, 2, 50)
    assert all(Path("信", name).stat().st_mtime_ns == was for name, was in at.items())
    assert done(name="【县区】", resume=True).ending().unwritten == "没有写文件；要的都已经写好了。"


def test_what_was_killed_in_the_middle_is_whole_after_resume() -> None:
    begun()
    ledger = Path("信/.drafter-batch.jsonl")
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join(lines[:-1]) + '\n{"wro', encoding="utf-8")  # killed before it had said so
    whole = Path("信/第0县.docx").read_bytes()
    Path("信/第0县.docx").write_bytes(b"")  # never reached the disk
    Path("信/第1县.docx").write_bytes(b"PK somebody's own, with an end PK\5\6")
    Path("信/.drafter-batch-0123456789abcdef.tmp").write_bytes(b"half")
    result = done(name="【县区】", resume=True)
    assert Path("信/第0县.docx").read_bytes() == whole
    assert [(f.row, f.problems[0].code) for f in result.failures] == [(3, "file-exists")]
    assert not list(Path("信").glob("*.tmp"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: Path("outlines/信.yaml").write_text(LETTER.replace("问好", "问候"), encoding="utf-8"), "从上次到现在改了：提纲 信。"),
        (lambda: Path("名单.csv").write_text(Path("名单.csv").read_text(encoding="utf-8-sig").replace("第3县,3,", "第3县,三,"), encoding="utf-8"), "这 1 行写过以后，表里又改了：第 5 行。"),
    ],
    ids=["outline", "table"],
)  # fmt: skip
def test_resume_knows_what_was_changed_meanwhile(change: Callable[[], object], said: str) -> None:
    begun()
    change()
    code, message = refused(name="【县区】", resume=True)
    assert (code, message[: len(said)]) == ("batch-changed", said)
    assert len(there()) == 48


def test_rows_that_were_changed_are_written_again_when_that_is_said() -> None:
    begun()
    text = Path("名单.csv").read_text(encoding="utf-8-sig")
    Path("名单.csv").write_text(text.replace("第3县,3,3", "第3县,3,999"), encoding="utf-8")
    result = done(name="【县区】", resume=True, force=True)
    assert sorted(f.row for f in result.files) == [5, 50, 51]


def test_today_is_the_day_on_which_it_was_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    table([(f"第{n}县", f"{n}", "3", "明天", "") for n in range(20)])
    batch(BatchRequest("名单.csv", ("信",), "信/", "【县区】", to="txt", jobs=1), heard=stopped_after(10))
    monkeypatch.setattr(AtOneMoment, "now", classmethod(lambda cls, tz=None: cls(2026, 12, 25)))
    done(name="【县区】", to="txt", resume=True)
    assert {Path("信", name).read_text(encoding="utf-8").count("11月30日") for name in there()} == {1}


def test_what_takes_long_does_not_wait_for_a_thousand_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that take a second each: the first is on the disk after a second, the next after two more, and so on up to ten."""
    from itertools import count

    from drafter.commands.batch import putting

    table([(f"第{n}县", f"{n}", "3", "2026-12-10", "") for n in range(20)])
    seconds = count()
    monkeypatch.setattr(putting, "monotonic", lambda: float(next(seconds)))
    done(name="【县区】")
    kept = [json.loads(line) for line in Path("信/.drafter-batch.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(line["wrote"]) for line in kept if "wrote" in line] == [1, 2, 4, 8, 5]


def test_a_full_disk_leaves_what_is_whole_and_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from drafter.commands.batch import putting

    table([(f"第{n}县", f"{n}", "3", "2026-12-10", "") for n in range(10)])
    write, left = putting._write, [4]

    def full(temp: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            temp.write_bytes(data[:10])
            raise OSError(28, "No space left on device")
        write(temp, data)

    monkeypatch.setattr(putting, "_write", full)
    with pytest.raises(Rejected) as no:
        done(name="【县区】")
    assert ([d.code for d in no.value.diagnostics], no.value.exit_code) == (["file-not-written", "batch-cut-short"], 1)
    assert no.value.diagnostics[1].message == "写好了 4 行，还差 6 行。"
    assert [name for name in sorted(os.listdir("信")) if not name.endswith(".jsonl")] == ["第0县.docx", "第1县.docx", "第2县.docx", "第3县.docx"]
    monkeypatch.setattr(putting, "_write", write)
    assert len(done(name="【县区】", resume=True).files) == 6


# ── elsewhere ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_any_executor_makes_the_documents() -> None:
    from concurrent.futures import ThreadPoolExecutor

    table(GOOD)
    done(output="这里/")
    with ThreadPoolExecutor(2) as threads:
        batch(BatchRequest("名单.csv", ("信",), "那里/", "【县区】慰问信"), executor=threads)
    assert {name: Path("这里", name).read_bytes() for name in there("这里")} == {name: Path("那里", name).read_bytes() for name in there("那里")}


def test_shares_of_two_machines_are_all_in_one_folder_and_names_do_not_meet() -> None:
    table([*GOOD, GOOD[0], ("丁县", "丁", "很多", "", ""), ("戊县", "戊", "不少", "", "")])
    results = [done(shard=f"{n}/2") for n in (1, 2)]
    assert [sorted(f.row for f in result.files) for result in results] == [[2, 4], [3, 5]]
    assert there() == ["东山县慰问信.docx", "失败-1-2.csv", "失败-2-2.csv", "清河县慰问信.docx", "清河县慰问信（第5行）.docx", "西湖区慰问信.docx"]
    assert [done(shard=f"{n}/2", resume=True).head.done_before for n in (1, 2)] == [2, 2]


# ── one file ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_go_into_one_file_for_the_printer() -> None:
    from zipfile import ZipFile

    table([*GOOD, ("丁县", "丁", "很多", "", "")])
    result = done(output="全部.docx", one_file=True, name="")
    assert (len(result.files), result.failures_file) == (3, "失败.csv")
    body = ZipFile("全部.docx").read("word/document.xml").decode()
    assert body.count("<w:sectPr") == body.count('<w:pgNumType w:start="1"/>') == body.count('<w:type w:val="oddPage"/>') == 3
    assert not any(mark in body for mark in ("<w:sdt>", "bookmarkStart", "commentReference"))
    assert [name for name in ZipFile("全部.docx").namelist() if "customXml" in name or "custom.xml" in name] == []
    assert [body.index(f"致{row[1]}的慰问信") for row in GOOD] == sorted(body.index(f"致{row[1]}的慰问信") for row in GOOD)
    if validator := shutil.which("ooxml-validator"):
        import subprocess

        said = subprocess.run([validator, "全部.docx"], capture_output=True, encoding="utf-8", timeout=60)
        assert json.loads(said.stdout)["errors"] == []


# ── on the terminal ────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_that_are_only_near_are_asked_for_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    table([("甲", "3")], ("慰问对像", "人数"))
    asked: list[str] = []

    def choose(question: str, options: Sequence[tuple[str, ...]]) -> str:
        asked.append(question)
        return options[0][0]

    monkeypatch.setattr("drafter.commands.picking.choose", choose)
    result = done(name="", interactive=True)
    assert [file.file for file in result.files] == ["信/致甲的慰问信.docx"]
    assert asked == ["表里的“慰问对像”是哪个空？没有列给它的空，每一份都会空着。", "日期、落款 每一份都会空着。要写 1 份到 信，写吗？"]
    assert "--map" in result.again
