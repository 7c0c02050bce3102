"""Many documents of the same outlines: what `drafter.commands.series` makes is what `drafter new` writes, byte for byte."""

from datetime import datetime
from pathlib import Path

import pytest

from drafter.commands.new import NewRequest, new
from drafter.commands.opening import Choice
from drafter.commands.series import made, prepared, titles
from drafter.diagnostic import Place, Rejected

NOW = datetime(2026, 11, 29, 9, 30, 15)


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch, tmp_path):
    """Both are asked at the same moment, in an empty folder."""
    monkeypatch.setattr("drafter.commands.new.moment", lambda said: NOW)
    monkeypatch.chdir(tmp_path)


def by_new(request: NewRequest) -> dict[str, bytes]:
    """What `new` writes, by title."""
    return {document.title: Path(document.file).read_bytes() for document in new(request).documents}


ROWS = [
    {"层级": "县", "代表": "县委", "日期": "2026-12-01", "讲话人": "李卫国"},
    {"层级": "县", "代表": "县委", "日期": "2026-12-02", "讲话人": "王建国", "愿景": "新城"},
    {},
    {"实绩": "是", "参会人数": "1,200", "工作成效": "办理督查事项430件、精简会议23%", "办公室经历": "是"},
]


@pytest.mark.parametrize("kind", ["docx", "txt", "md", "html"])
def test_a_document_of_a_series_is_the_one_new_writes(kind):
    series = prepared(["office-training"], NOW, kind=kind)
    for row in ROWS:
        [paper] = made(series, row)
        sets = tuple(f"{name}={said}" for name, said in row.items())
        written = by_new(NewRequest(("office-training",), sets=sets, output=f"讲话.{kind}", force=True))
        assert written == {paper.title: paper.data}


def test_outlines_of_a_row_are_filled_together():
    series = prepared(["safety", "hosting"], NOW)
    papers = made(series, {"日期": "2026-12-01", "主持人": "王建国"})
    sets = ("日期=2026-12-01", "主持人=王建国")
    assert by_new(NewRequest(("safety", "hosting"), sets=sets, output="材料/")) == {p.title: p.data for p in papers}
    assert [p.outline for p in papers] == ["safety", "hosting"]


def test_requirements_and_template_are_chosen_for_all_documents():
    choice = Choice(("忠诚", "服务", "廉洁"))
    series = prepared(["office-training"], NOW, choice=choice, template="reading", plainly=True)
    [paper] = made(series, ROWS[0])
    sets = tuple(f"{name}={said}" for name, said in ROWS[0].items())
    request = NewRequest(("office-training",), sets=sets, output="讲话.docx", choice=choice, template="reading", plain=True)
    assert by_new(request) == {paper.title: paper.data}


def test_an_answer_that_does_not_fit_is_refused_at_its_place():
    series = prepared(["office-training"], NOW)
    with pytest.raises(Rejected) as refused:
        made(series, {"实绩": "是", "参会人数": "很多"}, {"参会人数": Place("名单.xlsx", 7, 3)})
    [told] = refused.value.diagnostics
    assert (str(told.place), told.code, told.message[:6]) == ("名单.xlsx:7:3", "answer-unfit", "【参会人数】")


def test_an_answer_no_field_asks_for_is_remarked_upon():
    series = prepared(["office-training"], NOW)
    [paper] = made(series, {"电话": "12345"})
    assert [r.code for r in paper.remarks if r.code == "answer-unknown"] == ["answer-unknown"]


def test_titles_are_known_before_documents_are_made():
    series = prepared(["office-training"], NOW)
    assert titles(series, ROWS[0]) == ("在全县党政办公室主任培训班上的讲话",)
