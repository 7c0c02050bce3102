"""Many documents of the same outlines: what `drafter.commands.series` makes is what `drafter new` writes, byte for byte."""

import pickle
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from drafter.commands.making import drafted
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import Choice
from drafter.commands.series import made, prepared, titles
from drafter.commands.stamping import StampMaker
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.answers import Typed, defaults, settle
from drafter.outline.field import Field
from drafter.outline.fill import notes
from drafter.outline.many_answers import ManyAnswers
from drafter.speech.draft import plain

SHIPPED = Path(__file__).parent.parent
NOWHERE = Diagnostic("", code="answer-unfit")
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


#: An `each` calls its entries what a field is called.
SHADOWED = """\
title: 在【单位】的讲话
fields:
  单位: 到哪个单位？
  先进:
    ask: 哪些？
    type: list
speech:
  - opening: 今天来到【单位】。
  - text: 向【单位】学习！
    each: 先进 as 单位
  - closing: 祝【单位】越来越好！
"""


def test_a_field_that_lends_its_name_to_entries_of_a_list_says_what_its_row_says():
    Path("学习.yaml").write_text(SHADOWED, "utf-8")
    series = prepared(["学习.yaml"], NOW, kind="docx")
    for place in ("甲县", "乙县", "丙县"):
        [paper] = made(series, {"单位": place, "先进": "丁局、戊局"})
        sets = (f"单位={place}", "先进=丁局、戊局")
        assert by_new(NewRequest(("学习.yaml",), sets=sets, output="讲话.docx", force=True)) == {paper.title: paper.data}


def test_what_is_to_be_confirmed_in_a_title_is_told_as_it_is_broken():
    head = "title: 在【单位】就关于进一步落实【核实：三十个工作日内办结群众来信来访事项】的要求作部署\n"
    Path("办结.yaml").write_text(head + "fields:\n  单位: 到哪个单位？\nspeech:\n  - closing: 谢谢！\n", "utf-8")
    series = prepared(["办结.yaml"], NOW)
    [making] = series.makings
    for place in ("甲县", "甲县和乙县和丙县"):
        settled = settle(series.fields, {"单位": Typed(place, NOWHERE)}, NOW.date())
        alone = drafted(making, settled.values, settled, series.how)
        [paper] = made(series, {"单位": place})
        assert (paper.data, paper.to_confirm) == (alone.data, alone.marks)
        assert "\n" in paper.to_confirm[0]


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


#: Answers of every kind that a table may hold: plain ones, and those a stamp must not be used for or has to be cut anew for.
PLAIN = ["县委", "市人民政府办公室", "李卫国", "宜居宜业的现代化滨江新城", "结尾有句号。", "王　五", "“引”", "甲，乙", "——副题", "2026年", "全国信访系统先进集体和先进个人代表座谈会"]
ODD = ["A & B公司", "<全文>", "问什么？", '"直引号"', "【空】", "张三\n李四", "行\u2028行", "a\tb", "\U000f0001", "一段很长很长的话" * 12, "x"]


def answer_to(field: Field, some: random.Random) -> str | tuple[str, ...]:
    """An answer to a field, drawn by lot; now and then one that does not fit."""
    if field.type == "date":
        return (date(2026, 11, 1) + timedelta(days=some.randrange(-700, 500))).isoformat()
    if field.type == "number":
        return some.choice(["12", "1,200", "三", "3.5", "40", field.example or "5"])
    if field.type == "yes/no":
        return some.choice(["是", "否"])
    if field.type == "choice":
        return some.choice(field.choices)
    if field.type == "list":
        return tuple(some.sample(["甲单位", "乙单位", "有的参谋意识不强", "丙，丁", "A&B"], some.randrange(1, 4)))
    return some.choice(ODD) if some.random() < 0.04 else some.choice([field.example or "x", some.choice(PLAIN), some.choice(PLAIN)])


def rows_of(fields: Mapping[str, Field], some: random.Random, count: int) -> Iterator[dict[str, str | tuple[str, ...]]]:
    """Rows of a table: most differ from the one before in a column or two."""
    row: dict[str, str | tuple[str, ...]] = {}
    for number in range(count):
        if number % 3 == 0:
            row = {name: answer_to(field, some) for name, field in fields.items() if some.random() < 0.75}
        for field in some.sample(list(fields.values()), min(len(fields), 2)):
            row[field.name] = answer_to(field, some)
        yield dict(row)


def test_what_is_stamped_is_what_is_made_whatever_the_answers():
    """All shipped outlines, in several ways of making; an impression has the bytes of the document made by itself."""
    stamped = 0
    for file in sorted((SHIPPED / "outlines").glob("*.yaml")):
        some = random.Random(file.stem)
        ways = {"plainly": some.random() < 0.2, "without_comments": some.random() < 0.2, "template": some.choice(["", "", "reading"])}
        series = prepared([str(file)], NOW, **ways)
        [making] = series.makings
        stamps = StampMaker(making, series.how, at_once=1_000)
        for row in rows_of(series.fields, some, 6):
            try:
                settled = settle(series.fields, {name: Typed(said, NOWHERE) for name, said in row.items()}, NOW.date())
                values = settled.values | defaults(series.fields, settled, NOW.date())
                alone = drafted(making, values, settled, series.how)
            except Rejected:
                continue
            found = stamps.stamped(values, settled)
            if found is not None:
                stamped += 1
                told = (found.title, found.blanks, found.notes, found.stood, found.marks)
                same = (plain(alone.draft.title), alone.blanks, notes(making.outline, alone.draft), alone.stood, alone.marks)
                assert (found.data == alone.data, *told) == (True, *same), (file.stem, row)
    assert stamped > 100


def test_answers_read_before_are_understood_as_they_were():
    series = prepared(["office-training"], NOW)
    many = ManyAnswers(series.fields, NOW.date())
    told = 0
    for row in [*ROWS, *ROWS, *rows_of(series.fields, random.Random(3), 40), {"日期": "下周三"}, {"日期": "下周三", "讲话人": "无"}]:
        places = {name: Place("名单.xlsx", number, 1) for number, name in enumerate(row, 2)}
        typed = {name: Typed(said, NOWHERE._replace(place=places[name])) for name, said in row.items()}
        try:
            settled = settle(series.fields, typed, NOW.date())
        except Rejected:
            assert many.settled(row, places) is None
            continue
        assert many.settled(row, places) == settled
        assert many.with_defaults(settled) == settled.values | defaults(series.fields, settled, NOW.date())
        told += bool(settled.remarks)
    assert told > 3


def test_what_a_series_remembers_stays_where_it_is():
    """A series that goes to another process begins there anew: what it goes by is of this one."""
    series = prepared(["office-training"], NOW)
    first = made(series, ROWS[0])
    sent = pickle.loads(pickle.dumps(series))
    assert (len(sent.told.found), len(sent.answers.read), len(sent.stamps[0].set.made)) == (0, 0, 0)
    assert made(sent, ROWS[0]) == first
