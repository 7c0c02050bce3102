"""What departments have filled into their copies, in one table."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from drafter.commands.collect import CollectRequest, CollectResult, collect
from drafter.commands.new import NewRequest, new
from drafter.diagnostic import Rejected
from drafter.readers.sheet import read_table
from drafter.word.document import DocxFile
from drafter.word.oxml import w

LETTER = """\
title: 慰问信
fields:
  县区:
    ask: 哪个县区？
  日期:
    ask: 哪一天？
    type: date
  人数:
    ask: 多少人？
    type: number
  议题:
    ask: 哪些事？
    type: list
speech:
- greeting: 【县区】的同志们：
- text: 你们【人数】人在【日期】做得很好。
- text: 有这些事：【议题 | 顿号】。
- text: 祝【县区】的同志们工作顺利！
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two outlines, and one 收 for what comes back."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"慰问信": LETTER, "感谢信": LETTER.replace("慰问信", "感谢信").replace("县区", "单位")}.items():
        Path("outlines").mkdir(exist_ok=True)
        Path("outlines", f"{name}.yaml").write_text(text, encoding="utf-8")
    Path("收").mkdir()
    return tmp_path


def sent(name: str, *sets: str, outline: str = "慰问信", plain: bool = False) -> Path:
    """A draft that is sent to a department."""
    path = Path("收", f"{name}.docx")
    new(NewRequest(outlines=(outline,), sets=sets, output=str(path), plain=plain))
    return path


def fill_in(path: Path, values: Mapping[str, str], over: bool = False) -> None:
    """What somebody types into the controls of a draft; `over`: in the place of the controls."""
    file = DocxFile(path.read_bytes(), path.name)
    for control in list(file.body.iter(w("sdt"))):
        properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
        name = properties.find(w("tag")).get(w("val")).split("|")[0].strip()
        if name not in values:
            continue
        for placeholder in (*properties.iter(w("showingPlcHdr")), *content.iter(w("rStyle"))):
            placeholder.getparent().remove(placeholder)
        texts = list(content.iter(w("t")))
        for n, text in enumerate(texts):
            text.text = "" if n else values[name]
        if over:
            for child in list(content):
                control.addprevious(child)
            control.getparent().remove(control)
    file.touch(file.main)
    path.write_bytes(file.data(datetime(2026, 11, 29)))


def rows(result: CollectResult, sheet: str = "") -> list[list[str | list[str]]]:
    """The rows of the table that was written, as they are read again."""
    table = read_table(Path(result.written).read_bytes(), result.written, sheet)
    return [list(table.columns), *([*row.cells.values()] for row in table.rows)]


def test_a_row_says_what_was_filled_in_and_what_is_still_to_be_done(folder: Path) -> None:
    fill_in(sent("1清河县", "县区=清河县"), {"人数": "350", "日期": "2026年11月22日", "议题": "修路、通水"})
    fill_in(sent("2双流县", "县区=双流县"), {"人数": "很多", "日期": "2026年11月22日"})
    sent("3金牛区", "县区=金牛区", "人数=1200")
    done = collect(CollectRequest(("收",), output="汇总.xlsx"))
    assert rows(done) == [
        ["文件", "县区", "日期", "人数", "议题", "状态"],
        ["1清河县.docx", "清河县", "2026-11-22", "350", "修路\n通水", "填好了"],
        ["2双流县.docx", "双流县", "2026-11-22", "很多", "", "还空着：议题；人数：不合要求：“很多”不是数。写成 120、1,200、3.5 或 一百二十。"],
        ["3金牛区.docx", "金牛区", "", "1200", "", "还空着：日期、议题"],
    ]
    assert (done.exit_code, done.ending().written) == (0, ("汇总.xlsx",))


def test_the_copies_may_stand_in_a_list(folder: Path) -> None:
    for name in ("1清河县", "2双流县"):
        sent(name, f"县区={name}")
    (folder / "名单.txt").write_text("收/2双流县.docx\n收/1清河县.docx\n", encoding="utf-8")
    done = collect(CollectRequest((), files_from="名单.txt"))
    assert [one.file for one in done.files] == ["收/2双流县.docx", "收/1清河县.docx"]
    step = done.ending().next
    assert step is not None
    assert step.command == "drafter collect --files-from 名单.txt -o 汇总.xlsx"


@pytest.mark.parametrize("plain", [False, True])
def test_an_answer_typed_over_its_control_is_one_too(folder: Path, plain: bool) -> None:
    path = sent("清河县", "县区=清河县", plain=plain)
    if plain:
        document = Document(str(path))
        for paragraph in document.paragraphs:
            if "【人数】" in paragraph.text:
                words = paragraph.text.replace("【人数】", "350").replace("【日期】", "11月22日")
                for n, run in enumerate(paragraph.runs):
                    run.text = "" if n else words
        document.save(str(path))
    else:
        fill_in(path, {"人数": "350", "日期": "2026年11月22日"}, over=True)
    one = collect(CollectRequest(("收/*.docx",))).files[0]
    assert one.values | {"议题": ""} == {"县区": "清河县", "日期": "2026-11-22", "人数": "350", "议题": ""}
    assert (one.edited, "人数" in one.state) == ((), False)


def test_what_was_reworded_is_named_by_its_place(folder: Path) -> None:
    path = sent("清河县", "县区=清河县", "人数=3", "日期=2026-11-22", "议题=修路")
    document = Document(str(path))
    document.paragraphs[-1].insert_paragraph_before("我们也祝你们好。")
    next(p for p in document.paragraphs if "有这些事" in p.text).runs[0].text = "办了这些事："
    document.save(str(path))
    assert collect(CollectRequest((str(path),))).files[0].state == "填好了；改写了约第 1 页第 4 段；加了 1 段"


def test_several_outlines_have_a_sheet_each_and_in_a_csv_a_column(folder: Path) -> None:
    sent("清河县", "县区=清河县")
    sent("教育局", "单位=教育局", outline="感谢信")
    book = collect(CollectRequest(("收",), output="汇总.xlsx"))
    assert rows(book, "感谢信") == [["文件", "单位", "日期", "人数", "议题", "状态"], ["教育局.docx", "教育局", "", "", "", "还空着：日期、人数、议题"]]
    assert [one.name for one in book.tables] == ["感谢信", "慰问信"]
    text = collect(CollectRequest(("收",), output="汇总.csv"))
    assert rows(text)[0] == ["文件", "提纲", "单位", "日期", "人数", "议题", "县区", "状态"]
    assert [row[1] for row in rows(text)[1:]] == ["感谢信", "慰问信"]


def test_what_is_no_copy_of_ours_is_told_and_the_rest_collected(folder: Path) -> None:
    whole = sent("清河县", "县区=清河县")
    Path("收", "坏.docx").write_bytes(whole.read_bytes()[:3000])
    Document().save("收/别的.docx")
    Path("收", "老.doc").write_bytes(b"{\\rtf1 x}")
    Path("收", "记录.txt").write_text("不看", encoding="utf-8")
    done = collect(CollectRequest(("收",)))
    assert [one.file for one in done.files] == [str(whole)]
    assert [(Path(one.file).name, one.problem.code) for one in done.failed] == [
        ("别的.docx", "no-record"),
        ("坏.docx", "word-unreadable"),
        ("老.doc", "no-record"),
    ]
    assert done.exit_code == 1
    assert json.loads(json.dumps(done.json()))["failed"][0]["code"] == "no-record"


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (CollectRequest(("没有.docx",)), "没有.docx: 没有这个文件。"),
        (CollectRequest(("收",)), "收: 里面没有稿子（.docx）。\n  写上收回来的稿子，或者它们所在的文件夹。"),
        (CollectRequest(("收",), output="汇总.doc"), "-o 汇总.doc：汇总写成 .xlsx 或者 .csv。\n  例如 -o 汇总.xlsx"),
    ],
)
def test_what_cannot_be_collected_is_refused(folder: Path, request_: CollectRequest, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        collect(request_)
    assert str(caught.value) == message


def test_many_copies_are_read_by_several_processes(folder: Path) -> None:
    data = sent("0", "县区=清河县").read_bytes()
    for n in range(1, 9):
        Path("收", f"{n}.docx").write_bytes(data)
    heard: list[tuple[int, int]] = []
    done = collect(CollectRequest(("收",), jobs=2), lambda n, of: heard.append((n, of)))
    assert [Path(one.file).name for one in done.files] == [f"{n}.docx" for n in range(9)]
    assert heard == [(n, 9) for n in range(1, 10)]
