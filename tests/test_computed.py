"""【条数】 and 【要点】: what a speech says of its own requirements is counted, not typed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from word import Word, texts_of

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.outline.answers import from_options, settle
from drafter.outline.fill import fill
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft, Item, plain

_DAY = date(2026, 11, 29)


def _read(text: str) -> Outline:
    return parse(Source("提纲.yaml", text))[0]


def _filled(text: str, *sets: str) -> Draft:
    outline = _read(text)
    values = dict(settle(outline.fields, from_options([said for said in sets if said[-1] != "="]), _DAY).values)
    return fill(outline, values | {said[:-1]: () for said in sets if said[-1] == "="})  # a list of none


def _lines(draft: Draft) -> list[str]:
    def of(items: tuple[Item, ...]) -> list[str]:
        out = []
        for item in items:
            said = [plain(p.text) for p in item.paragraphs]
            out += ["。".join(filter(None, (item.label + plain(item.heading), *said))), *of(item.items)]
        return out

    return [line for part in draft.parts for line in (*(plain(p.text) for p in part.paragraphs), *of(part.items))]


_HEAD = """title: 讲话
numbering:
  - 一、
  - （一）
fields:
  纪律:
    ask: 要不要讲纪律？
    type: yes/no
    default: 否
  单位:
    ask: 哪些单位？
    type: list
  任务: 什么任务？
speech:
"""

_LIST = """  - requirements:
      - heading: 学懂弄通，入脑入心
        text: 学。
      - heading: 做实【任务】
        text: 做。
      - heading: 严明纪律，守住底线。
        text: 严。
        when: 纪律
      - heading: 【家】的事
        text: 办。
        each: 单位 as 家
"""


def test_the_number_is_that_of_the_requirements_that_stand() -> None:
    text = _HEAD + "  - lead: 讲【条数】点意见：【要点】。\n" + _LIST
    said = [
        _lines(_filled(text, *sets))[0]
        for sets in (
            ("任务=责任", "单位=", "纪律=否"),
            ("任务=责任", "单位=", "纪律=是"),
            ("任务=责任", "单位=市局、县局", "纪律=是"),
        )
    ]
    assert said == [
        "讲两点意见：学懂弄通和做实责任。",
        "讲三点意见：学懂弄通、做实责任和严明纪律。",
        "讲五点意见：学懂弄通、做实责任、严明纪律、市局的事和县局的事。",
    ]


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ("【条数】", "两"),
        ("【条数|数字】", "2"),
        ("【条数|大写】", "二"),
        ("【要点】", "学懂弄通和做实责任"),
        ("【要点|顿号】", "学懂弄通、做实责任"),
        ("【要点|首项】", "学懂弄通"),
        ("【要点|个数|几】", "两"),
        ("【'几点' if 条数 > 1 else '一点'】", "几点"),
        ("【要点[1]】", "做实责任"),
        ("【条数】条、【任务】", "两条、责任"),
        ("【任务 if 条数 > 1 else 要点】", "责任"),
    ],
)
def test_filters_and_conditions_work_on_what_is_counted(blank: str, said: str) -> None:
    text = f"{_HEAD}  - lead: |\n      {blank}\n{_LIST}"
    assert _lines(_filled(text, "任务=责任", "单位=", "纪律=否"))[0] == said


def test_a_text_is_told_of_the_list_behind_it_and_the_last_of_the_one_before() -> None:
    text = """title: 在会上讲【条数】条
numbering: 一是
speech:
  - situation: 过去有【条数】条。
  - requirements:
      - heading: 早
        text: 早。
      - heading: 快
        text: 快。
  - lead: 今后有【条数】条。
  - requirements:
      - heading: 严
        text: 严，这是【条数】条里的一条。
      - heading: 细
        text: 细。
      - heading: 实
        text: 实。
  - closing: 就讲这【条数】条：【要点|顿号】。
"""
    draft = _filled(text)
    assert plain(draft.title) == "在会上讲两条"
    lines = _lines(draft)
    assert (lines[0], lines[3], lines[4], lines[-1]) == (
        "过去有两条。",
        "今后有三条。",
        "一是严。严，这是三条里的一条。",
        "就讲这三条：严、细、实。",
    )


def test_under_opposite_conditions_the_list_that_stands_is_counted() -> None:
    text = """title: 讲话
numbering: 一要
fields:
  文风:
    ask: 哪一种？
    choices:
      - 规范
      - 平实
speech:
  - lead: 讲【条数】点：【要点】。
  - requirements:
      - heading: 提高站位
        text: 甲。
      - heading: 压实责任
        text: 乙。
      - heading: 强化落实
        text: 丙。
    when: 文风 == "规范"
  - requirements:
      - heading: 想明白
        text: 甲。
      - heading: 干到底
        text: 乙。
    when: 文风 == "平实"
  - closing: 【条数】点说完了。
"""
    for style, first, last in (
        ("规范", "讲三点：提高站位、压实责任和强化落实。", "三点说完了。"),
        ("平实", "讲两点：想明白和干到底。", "两点说完了。"),
    ):
        lines = _lines(_filled(text, f"文风={style}"))
        assert (lines[0], lines[-1]) == (first, last)


def test_inside_a_requirement_its_points_are_counted() -> None:
    text = """title: 讲话
numbering:
  - 一、
  - 一是
speech:
  - lead: 讲【条数】条。
  - requirements:
      - heading: 学
        text: 学要有【条数】个“到”：
        points:
          - 眼到，
          - 口到，
          - 心到。
      - heading: 做
        text: 做要有【条数】样：【要点】。
        points:
          - heading: 快
            text: 快。
          - heading: 好
            text: 好。
      - heading: 这【条数】条要记牢
        text: 记。
"""
    assert _lines(_filled(text)) == [
        "讲三条。",
        "一、学。学要有三个“到”：一是眼到，二是口到，三是心到。",
        "二、做。做要有两样：快和好。",
        "一是快。快。",
        "二是好。好。",
        "三、这三条要记牢。记。",
    ]


def test_requirements_that_go_on_in_one_paragraph_are_counted_each() -> None:
    text = """title: 讲话
numbering: 一是
speech:
  - lead: 【条数】件事：
  - requirements:
      - heading: 学
        text: 学好。
        run-on: yes
      - heading: 做
        text: 做好。
        run-on: yes
"""
    assert _lines(_filled(text)) == ["两件事：一是学。学好。二是做。做好。"]


def test_where_no_requirement_stands_the_number_is_nought() -> None:
    text = _HEAD + """  - lead: 讲【条数】点。
    when: 条数 > 0
  - lead: 不讲了。
    when: not 条数
  - requirements:
      - heading: 严明纪律
        text: 严。
        when: 纪律
"""
    assert _lines(_filled(text, "纪律=否")) == ["不讲了。"]
    assert _lines(_filled(text, "纪律=是")) == ["讲一点。", "严明纪律。严。"]


def test_each_heading_may_have_a_part_of_its_own() -> None:
    text = _HEAD + _LIST + "  - closing: 记住：【点】！\n    each: 要点 as 点\n"
    assert _lines(_filled(text, "任务=责任", "单位=", "纪律=否"))[-2:] == ["记住：学懂弄通！", "记住：做实责任！"]


def test_what_is_counted_is_text_and_no_blank_but_a_blank_in_a_heading_stays_one() -> None:
    draft = _filled(_HEAD + "  - lead: 讲【条数】点：【要点】。\n" + _LIST, "单位=", "纪律=否")
    spans = draft.parts[0].paragraphs[0].text
    assert [(s.text, s.blank, s.field, s.answered) for s in spans] == [
        ("讲", "", "", True),
        ("两", "", "", True),
        ("点：", "", "", True),
        ("学懂弄通和做实", "", "", True),
        ("【任务】", "任务", "任务", False),
        ("。", "", "", True),
    ]


def test_a_field_of_that_name_is_asked_for_as_ever() -> None:
    text = "title: 讲话\nnumbering: 一要\nfields:\n  条数: 几条？\nspeech:\n  - lead: 【条数】条。\n" + _LIST.replace(
        "        when: 纪律\n", ""
    ).replace("        each: 单位 as 家\n", "").replace("【家】", "").replace("【任务】", "")
    draft = _filled(text)
    first = draft.parts[0].paragraphs[0].text[0]
    assert (first.text, first.field, first.answered) == ("【条数】", "条数", False)
    assert _lines(_filled(text, "条数=许多"))[0] == "许多条。"


@pytest.mark.parametrize(
    ("speech", "message"),
    [
        ("  - lead: 讲【条数】点。\n", "不认识的空【条数】。"),
        (_LIST.replace("when: 纪律", "when: 条数 > 1"), "这个 when 里不能问【条数】：它是从分条的要求里数出来的。"),
        (_LIST + "    when: 条数 > 1\n", "这个 when 里不能问【条数】：它是从分条的要求里数出来的。"),
        (_LIST + "  - closing: 【点数】点。\n", "不认识的空【点数】。"),
    ],
)
def test_what_cannot_be_counted_is_told(speech: str, message: str) -> None:
    with pytest.raises(Rejected) as refused:
        _read(_HEAD + speech)
    assert [d.message for d in refused.value.diagnostics] == [message]


# ── in Word ────────────────────────────────────────────────────────────────────────────────────────────────────────

WORD = """title: 在防汛工作会议上的讲话
dateline: （【日期】）
numbering: 一、
fields:
  日期:
    ask: 哪天？
    type: date
  河段: 哪一段？
speech:
  - greeting: 同志们：
  - lead: 汛期快到了。下面，我讲【条数】点意见。
  - requirements:
      - heading: 疏浚河道，清走淤泥
        text: 一处一处清。
      - heading: 加固堤坝
        text: 【河段】的缺口今冬补齐。
      - heading: 备足物资
        text: 样样清点。
      - heading: 守好闸口
        text: 日夜有人。
  - closing: 这【条数】点，就是【要点】。请大家抓紧办。
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("汛.yaml").write_text(WORD, encoding="utf-8")
    new(NewRequest(("汛.yaml",), ("日期=2026-05-01",), output="稿.docx", date="2026-04-30"))
    return Path("稿.docx")


def _edited(path: Path, edit: Callable[[Word], object]) -> None:
    word = Word(path.read_bytes())
    edit(word)
    path.write_bytes(word.save())


def _updated(path: Path, *sets: str, **more: bool) -> list[str]:
    """The paragraphs with what is counted, after an update."""
    update(UpdateRequest(str(path), Against(sets=sets), **more))  # type: ignore[arg-type]
    return [row for row in texts_of(path.read_bytes()) if "点" in row and "清点" not in row]


def _without(word: Word, *heads: str) -> None:
    for head in heads:
        at = word.paragraphs().index(word.at(head))
        for paragraph in word.paragraphs()[at : at + 2]:
            word.delete(paragraph)


def test_a_requirement_deleted_in_word_is_counted_no_more_at_the_next_update(draft: Path) -> None:
    _edited(draft, lambda word: _without(word, "备足物资"))
    assert _updated(draft) == ["汛期快到了。下面，我讲三点意见。", "这三点，就是疏浚河道、加固堤坝和守好闸口。请大家抓紧办。"]
    assert update(UpdateRequest(str(draft))).steps == ()
    assert status(StatusRequest(str(draft))).json()["paragraphs"]["edited"] == []
    _edited(draft, lambda word: _without(word, "疏浚河道"))
    assert _updated(draft, "河段=东河")[0] == "汛期快到了。下面，我讲两点意见。"
    assert any("东河的缺口" in row for row in texts_of(draft.read_bytes()))


def test_one_put_in_and_one_said_otherwise_are_counted_and_named_as_they_stand(draft: Path) -> None:
    def edit(word: Word) -> None:
        word.add_behind(word.at("日夜有人"), "五、抢修电路。两小时接上。")
        word.replace("备足物资", "备足沙袋雨衣")

    _edited(draft, edit)
    assert _updated(draft) == [
        "汛期快到了。下面，我讲五点意见。",
        "这五点，就是疏浚河道、加固堤坝、备足沙袋雨衣、守好闸口和抢修电路。请大家抓紧办。",
    ]


def test_the_number_follows_in_a_sentence_the_writer_has_changed(draft: Path) -> None:
    def edit(word: Word) -> None:
        _without(word, "备足物资", "守好闸口")
        word.replace("下面，我讲", "借这个机会，我再讲")
        word.replace("请大家抓紧办", "请各位抓紧去办")

    _edited(draft, edit)
    assert _updated(draft) == ["汛期快到了。借这个机会，我再讲两点意见。", "这两点，就是疏浚河道和加固堤坝。请各位抓紧去办。"]


def test_a_number_the_writer_has_put_right_himself_stays(draft: Path) -> None:
    def edit(word: Word) -> None:
        _without(word, "备足物资")
        word.replace("讲四点", "讲三点")

    _edited(draft, edit)
    assert _updated(draft)[0] == "汛期快到了。下面，我讲三点意见。"


def test_as_tracked_changes_the_number_changes_too(draft: Path) -> None:
    _edited(draft, lambda word: _without(word, "备足物资"))
    done = update(UpdateRequest(str(draft), revisions=True))
    assert [step.after for step in done.steps if "点意见" in step.after] == ["汛期快到了。下面，我讲三点意见。"]


def test_the_outline_taken_back_keeps_what_is_counted(draft: Path) -> None:
    def edit(word: Word) -> None:
        _without(word, "备足物资")
        word.replace("汛期快到了", "汛期马上就到了")
        word.replace("讲四点", "讲三点")
        word.replace("备足物资和守好闸口", "守好闸口")

    _edited(draft, edit)
    done = pull(PullRequest(str(draft), outline="./汛.yaml", output="汛.yaml", force=True))
    assert done.remarks == ()
    text = Path("汛.yaml").read_text(encoding="utf-8")
    assert "汛期马上就到了。下面，我讲【条数】点意见。" in text
    assert "备足物资" not in text
    assert _updated(draft)[0] == "汛期马上就到了。下面，我讲三点意见。"


def test_no_answer_is_made_of_what_is_counted(draft: Path) -> None:
    told = status(StatusRequest(str(draft))).json()
    assert [f["name"] for f in told["fields"]] == ["日期", "河段"]
    assert pull(PullRequest(str(draft))).values.keys() == {"日期"}
