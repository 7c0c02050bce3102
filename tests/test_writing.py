"""A speech as it is being written on a page: every question with what is understood of its answer, the papers as they stand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from drafter.commands import unfinished, writing
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import Choice
from drafter.commands.questions import WritingRequest
from drafter.commands.writing import Writer
from drafter.diagnostic import Rejected

OUTLINE = """\
title: 在【会议名称】上的讲话
dateline: 【日期】
fields:
  会议名称:
    ask: 什么会？
    example: 全市信访工作会议
  人数:
    ask: 多少人参加？
    type: number
  日期:
    ask: 哪一天开？
    type: date
  层级:
    ask: 哪一级？
    type: choice
    choices:
      - 市
      - 县
    default: 市
  表彰:
    ask: 要不要宣布表彰？
    type: yes/no
    default: 否
  先进单位:
    ask: 表彰哪些单位？
    type: list
    when: 表彰
  寄语:
    ask: 最后说几句？
    type: long text
speech:
  - greeting: 同志们：
  - opening: 今天参加会议的有【人数】人，全【层级】都在看着。
  - opening: 现在表彰【先进单位|顿号】。
    when: 表彰
  - closing: 【寄语】
"""

TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("outlines").mkdir()
    Path("outlines/信访.yaml").write_text(OUTLINE, encoding="utf-8")


def written(answers, **more):
    return Writer().written(WritingRequest(("信访",), answers, today=TODAY, **more))


def words(paper):
    return [block.text for block in paper.blocks if block.text]


def test_questions_stand_in_the_order_asked_with_what_nobody_has_touched_at_its_default():
    result = written({})
    assert [(q.id, q.name, q.kind, q.typed, q.due) for q in result.questions] == [
        ("q1", "会议名称", "line", "", True),
        ("q2", "人数", "number", "", True),
        ("q3", "日期", "day", "", True),
        ("q4", "层级", "pick", "市", True),
        ("q5", "表彰", "pick", "否", True),
        ("q6", "先进单位", "list", "", False),
        ("q7", "寄语", "lines", "", True),
    ]
    assert (result.answered, len(result.due)) == (2, 6)
    assert words(result.papers[0]) == ["在【会议名称】上的讲话", "【日期】", "同志们：", "今天参加会议的有【人数】人，全市都在看着。", "【寄语】"]
    assert [blank.name for blank in result.papers[0].blanks] == ["会议名称", "日期", "人数", "寄语"]


@pytest.mark.parametrize(
    ("name", "typed", "said", "stands"),
    [
        ("日期", "下周三", "2026年12月2日（星期三）", "2026年12月2日"),
        ("日期", "12月3日", "2026年12月3日（星期四）", "2026年12月3日"),
        ("人数", "一百二十人", "一百二十（人）", "一百二十人"),
        ("人数", "120", "120（人）", "120人"),
    ],
)
def test_how_an_answer_was_understood_is_told_at_once(name, typed, said, stands):
    result = written({name: typed})
    found = result.question(name)
    assert (found.said, found.wrong, found.doubt) == (said, "", "")
    assert any(stands in text for text in words(result.papers[0]))


def test_an_answer_that_cannot_be_taken_says_why_what_may_be_meant_and_leaves_its_blank_open():
    result = written({"日期": "2月30日"})
    found = result.question("日期")
    assert found.wrong == "“2月30日”：2026年2月只有28天，没有30日。写成 2月28日 或 3月1日。"
    assert [one.typed for one in found.maybe] == ["2026-02-28", "2026-03-01"]
    assert (found.typed, found.answered) == ("2月30日", False)
    assert "【日期】" in words(result.papers[0])
    assert result.sets == ()


def test_a_day_that_is_past_is_taken_and_asked_about():
    found = written({"日期": "11月20日"}).question("日期")
    assert (found.said, found.doubt) == ("2026年11月20日（星期五）", "11月20日已经过了九天，是今年的吗？")
    assert [one.typed for one in found.maybe] == ["2026-11-20", "2027-11-20"]


def test_a_day_told_from_the_day_it_was_typed_stays_that_day():
    result = written({"日期": "下周三"}, days={"日期": TODAY - timedelta(days=14)})
    found = result.question("日期")
    assert (found.said, found.doubt) == ("2026年11月18日（星期三）", "11月18日已经过了 11 天，是这一天吗？")
    assert result.sets == ("日期=2026-11-18",)


def test_what_a_question_brings_is_asked_where_it_is_answered_so_and_else_not_said():
    yes = written({"表彰": "是", "先进单位": "甲局\n乙局"})
    assert (yes.question("先进单位").due, yes.question("先进单位").said) == (True, "2 项")
    assert "现在表彰甲局、乙局。" in words(yes.papers[0])
    no = written({"表彰": "否", "先进单位": "甲局\n乙局"})
    assert not no.question("先进单位").due
    assert no.question("先进单位").typed == "甲局\n乙局"
    assert no.sets == ("表彰=否",)


def test_a_default_that_was_taken_away_stays_away():
    result = written({"层级": ""})
    assert (result.question("层级").value, result.question("层级").typed) == (None, "")
    assert "今天参加会议的有【人数】人，全【层级】都在看着。" in words(result.papers[0])
    assert result.sets == ("层级=",)


def test_what_is_to_be_left_empty_counts_as_answered():
    result = written({}, empty=frozenset(["寄语"]))
    assert (result.question("寄语").empty, result.answered, result.sets) == (True, 3, ("寄语=",))


def test_every_blank_on_the_sheet_leads_to_its_question():
    body = written({"会议名称": "全市信访会"}).papers[0].sheet.body
    assert '<a href="#q1" id="on-q1" class="blank" title="会议名称">全市信访会</a>' in body
    assert '<a href="#q2" id="on-q2" class="blank open" title="还没填：人数">【人数】</a>' in body


def test_an_outline_that_was_changed_meanwhile_is_read_again():
    writer = Writer()
    request = WritingRequest(("信访",), {}, today=TODAY)
    assert len(writer.written(request).questions) == 7
    Path("outlines/信访.yaml").write_text("title: 讲话\nspeech:\n  - greeting: 同志们：\n", encoding="utf-8")
    assert len(writer.written(request).questions) == 0
    Path("outlines/信访.yaml").write_text("title: 讲话\nspeach: 3\n", encoding="utf-8")
    with pytest.raises(Rejected):
        writer.written(request)


def test_what_was_typed_is_kept_even_where_the_outline_can_no_longer_be_read():
    number = unfinished.begin(["信访"])
    Path("outlines/信访.yaml").write_text("title: 讲话\nspeach: 3\n", encoding="utf-8")
    with pytest.raises(Rejected):
        writing.typed(Writer(), number, {"会议名称": "全市信访会"})
    assert unfinished.opened(number).answers["会议名称"].said == "全市信访会"


ANSWERS = {
    "日期": "下周三", "参会人数": "一百二十人", "实绩": "是", "突出问题": "参谋意识不强\n文稿针对性不够", "讲话人职务": "市委常委、秘书长", "讲话人": "𠮷田茂",
    "愿景": "宜居宜业的\n现代化新城", "层级": "", "地点": "市会议中心", "会议名称": "", "文风": "平实", "年份": "今年", "去年指标": "甲、乙、丙",
}  # fmt: skip


@pytest.mark.parametrize(
    ("outlines", "choices", "templates"),
    [
        (("office-training",), {}, {}),
        (("office-training",), {0: Choice(("忠诚", "服务", "廉洁"))}, {0: "reading"}),
        (("government-report",), {}, {0: "card"}),
        (("office-training", "hosting"), {}, {1: "card"}),
        (("hosting", "safety"), {1: Choice(("忠诚", "服务"))}, {}),
        (("信访",), {}, {}),
    ],
)
def test_the_file_has_what_the_page_has_shown(outlines, choices, templates):
    result = Writer().written(WritingRequest(outlines, ANSWERS, choices=choices, templates=templates))
    Path("out").mkdir()
    numbers = range(len(outlines))
    made = new(
        NewRequest(
            outlines=outlines,
            sets=result.sets,
            output="out/",
            choices=tuple(choices.get(n, Choice()) for n in numbers),
            templates=tuple(templates.get(n, "") for n in numbers),
        )
    )
    for document, paper in zip(made.documents, result.papers, strict=True):
        assert document.draft == paper.draft
        assert (document.blanks, document.characters, document.template) == (paper.blanks, paper.characters, paper.template)
