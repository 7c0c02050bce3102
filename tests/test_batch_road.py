"""`drafter batch` on real things: a table that LibreOffice has saved, rows that are broken in ten ways, a run that is killed."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from conftest import DRAFTER, Run

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"))
)

HEAD = ("县区", "慰问对象", "节日", "岗位", "成绩", "层级", "家属", "日期", "落款", "编号", "提纲", "备注")

#: Ten ways in which a row is broken: the column, and what stands in it.
BROKEN = {
    "date that is none": ("日期", "待定的那天"),
    "month that is none": ("日期", "2026-13-40"),
    "figure for a date": ("日期", 99999999),
    "two dates": ("日期", "2026-12-1\n2026-12-2"),
    "choice that is none": ("层级", "国"),
    "two choices": ("层级", "市级县级"),
    "neither yes nor no": ("家属", "也许吧"),
    "no name for the file": ("县区", ""),
    "outline that is none": ("提纲", "leter"),
    "list without end": ("岗位", "、".join(f"地{n}" for n in range(1_200))),
}


def cell(value: object, day: bool = False) -> str:
    """A cell of a spreadsheet: a text, a figure or a day."""
    if day:
        return f'<table:table-cell table:style-name="d" office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    rows = "".join(f"<text:p>{escape(row)}</text:p>" for row in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{rows}</table:table-cell>' if value else "<table:table-cell/>"


def spreadsheet(rows: int, broken: dict[int, str]) -> str:
    """A flat .ods of so many letters; `broken` says which rows, and how."""

    def row(number: int) -> str:
        said: dict[str, object] = {
            "县区": f"第{number}县", "慰问对象": f"第{number}县教师", "节日": "教师节", "岗位": "三尺讲台、乡村学校",
            "成绩": f"新建学校{number}所", "层级": "县", "家属": "是", "日期": "2026-12-10", "落款": "中共临江市委",
            "编号": f"{number:06d}", "提纲": "", "备注": "",
        }  # fmt: skip
        how = broken.get(number)
        if how:
            said[BROKEN[how][0]] = BROKEN[how][1]
        cells = (cell(said[name], day=name == "日期" and said[name] == "2026-12-10") for name in HEAD)
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    style = (
        '<number:date-style style:name="N"><number:year number:style="long"/><number:text>年</number:text><number:month/>'
        '<number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>'
        '<style:style style:name="d" style:family="table-cell" style:data-style-name="N"/>'
    )
    head = f"<table:table-row>{''.join(map(cell, HEAD))}</table:table-row>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.2"'
        f' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>{style}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="名单">{head}{"".join(map(row, range(2, rows + 2)))}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )


@pytest.fixture
def office(tmp_path: Path) -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    assert found, "LibreOffice Calc is needed: .ci/run installs it"
    return found


#: How many letters; the same was done with 2,000 by ROWS=2000.
ROWS = int(os.environ.get("ROWS", "150"))

SAME = ("-O", "letter", "--name", "【县区】慰问信", "--map", "备注=", "--set", "愿景=新城", "--date", "2026-11-29")


def test_letters_from_a_table_of_libreoffice_with_thirty_broken_rows(tmp_path: Path, run: Run, office: str) -> None:
    hows = [*BROKEN] * 3
    broken = {2 + (n * ROWS) // 30: how for n, how in enumerate(hows)}
    (tmp_path / "名单.fods").write_text(spreadsheet(ROWS, broken), encoding="utf-8")
    words = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "名单.fods"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    done = run("batch", "名单.xlsx", "-o", "信/", *SAME, "--json")
    assert done.returncode == 1
    result = json.loads(done.stdout)["result"]
    assert (result["written"], result["failed"]) == (ROWS - 30, 30)
    assert {f["row"]: f["columns"] for f in result["failures"]} == {row: [BROKEN[how][0]] for row, how in broken.items()}
    good = [row for row in range(2, ROWS + 2) if row not in broken]
    assert sorted(p.name for p in (tmp_path / "信").glob("*.docx")) == sorted(f"第{row}县慰问信.docx" for row in good)
    row = good[-1]
    sets = ["慰问对象=" + f"第{row}县教师", "节日=教师节", "岗位=三尺讲台、乡村学校", f"成绩=新建学校{row}所", "层级=县", "家属=是",
            "日期=2026-12-10", "落款=中共临江市委", "愿景=新城"]  # fmt: skip
    run("new", "-O", "letter", "--no-input", "--date", "2026-11-29", "-o", "一份.docx", *(word for one in sets for word in ("--set", one)))
    assert (tmp_path / "一份.docx").read_bytes() == (tmp_path / "信" / f"第{row}县慰问信.docx").read_bytes()

    head, *failed = csv.reader(io.StringIO((tmp_path / "信/失败.csv").read_text(encoding="utf-8-sig")))
    for cells in failed:  # somebody puts them right
        mended = dict(zip(head, cells, strict=True))
        right = {"日期": "2026-12-10", "层级": "县", "家属": "是", "县区": f"第{cells[0]}县", "提纲": "", "岗位": "三尺讲台、乡村学校"}
        for column in mended["列"].split("、"):
            cells[head.index(column)] = right[column]
    with (tmp_path / "信/失败.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *failed])
    again = run("batch", "信/失败.csv", "-o", "信/", *SAME)
    assert again.returncode == 0, again.stderr
    assert len([*(tmp_path / "信").glob("*.docx")]) == ROWS


def wait_for(folder: Path, files: int) -> Iterator[int]:
    """How many letters are there, until there are so many."""
    until = time.monotonic() + 60
    while (found := len([*folder.glob("*.docx")])) < files and time.monotonic() < until:
        yield found
        time.sleep(0.01)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed_is_gone_on_with(tmp_path: Path, run: Run, jobs: str) -> None:
    rows = 1_500
    text = "县区,慰问对象\n" + "".join(f"第{n}县,第{n}县教师\n" for n in range(rows))
    (tmp_path / "名单.csv").write_text(text, encoding="utf-8")
    words = ["batch", "名单.csv", "-O", "letter", "-o", "信/", "--name", "【县区】", "--date", "2026-11-29", "--jobs", jobs, "-q"]
    begun = subprocess.Popen([DRAFTER, *words], cwd=tmp_path, stdin=subprocess.DEVNULL, start_new_session=True)
    for _ in wait_for(tmp_path / "信", 100):
        assert begun.poll() is None, "it was done before it was killed"
    os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    there = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "信").glob("*.docx")}
    assert 100 <= len(there) < rows
    assert all(ZipFile(tmp_path / "信" / name).testzip() is None for name in there)
    done = run(*words[:-1], "--resume", "--json")
    assert (done.returncode, json.loads(done.stdout)["result"]["left"]) == (0, 0)
    found = {path.name for path in (tmp_path / "信").iterdir()}
    assert found == {*(f"第{n}县.docx" for n in range(rows)), ".drafter-batch.jsonl"}
    kept = [name for name, at in there.items() if (tmp_path / "信" / name).stat().st_mtime_ns == at]
    assert len(kept) == len(there)
