"""Keys go in as a terminal sends them; what the writer sees comes out as text."""

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session, get_app_or_none
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from drafter.analysis.facts import Fact, Wording
from drafter.commands.asking import GivenUp, Offers, ask_all
from drafter.commands.nearby import name_meant
from drafter.commands.picking import choose, choose_several, review
from drafter.diagnostic import Rejected
from drafter.outline.expression import read as condition
from drafter.outline.field import Field, Number, Unfit, Value, read, say

TODAY = date(2026, 11, 22)

ENTER, ESC, UP, DOWN, BACK, SHIFT_TAB = "\r", "\x1b", "\x1b[A", "\x1b[B", "\x02", "\x1b[Z"
LEAVE_BLANK, MEANT_EMPTY, DONE, ERASE, CTRL_C = "\x0f", "\x18", "\x04", "\x15", "\x03"

UNIT = Field("单位", "您代表哪个单位？")
LEVEL = Field("层级", "哪一级的培训班？", type="choice", choices=("市", "县", "乡镇"))
DAY = Field("日期", "哪天开班？", type="date")
VISIT = Field("调研", "今年有领导来调研过吗？", type="yes/no", default="否")
LEADER = Field("领导", "哪位领导？", when=condition("调研"))
PEOPLE = Field("人数", "多少人参加？", type="number", default="120")
PRAISED = Field("先进", "表扬哪些单位？", type="list")
ENDING = Field("结尾", "结尾说什么？", type="long text")


class Terminal(Vt100_Output):
    """A terminal with somebody at it who presses the next key once the last is drawn, and Ctrl-C at the end."""

    def __init__(self, keyboard: PipeInput, keys: str, columns: int) -> None:
        self.screen = io.StringIO()
        self.keyboard = keyboard
        self.keys = iter(re.findall(r"\x1b(?:\[.|.)|[^\x00-\x1f\x7f]+|.", keys, re.DOTALL))
        size = Size(rows=40, columns=columns)
        super().__init__(self.screen, lambda: size, term="xterm-256color", default_color_depth=ColorDepth.from_env())

    def flush(self) -> None:
        super().flush()
        question = get_app_or_none()
        if question and question.renderer.last_rendered_screen and not question.is_done:
            self.keyboard.send_text(next(self.keys, CTRL_C))

    def get_rows_below_cursor_position(self) -> int:
        return 30


def talk(
    keys: str, *fields: Field, given: Mapping[str, Value] | None = None, columns: int = 120
) -> tuple[dict[str, Value] | None, str]:
    """The answers, and all that went to the terminal."""
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys, columns)
        with create_app_session(input=keyboard, output=terminal):
            try:
                return ask_all(fields, given or {}, today=TODAY, title="培训班讲话").values, terminal.screen.getvalue()
            except GivenUp:
                return None, terminal.screen.getvalue()


def answers(keys: str, *fields: Field) -> dict[str, Value] | None:
    """The answers alone, taken at the last list as they are."""
    return talk(keys + ENTER, *fields)[0]


def seen(screen: str) -> str:
    """The words, without what tells a terminal where and in what colour."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen).replace("\r", "")


@pytest.mark.parametrize(("field", "keys", "value"), [
    (UNIT, "市档案局" + ENTER, "市档案局"),
    (UNIT, "  ‘甲’ & <乙> " + ENTER, "‘甲’ & <乙>"),
    (LEVEL, ENTER, "市"),
    (LEVEL, DOWN + ENTER, "县"),
    (LEVEL, DOWN + DOWN + UP + ENTER, "县"),
    (LEVEL, "3" + ENTER, "乡镇"),
    (LEVEL, "乡" + ENTER, "乡镇"),
    (LEVEL._replace(default="县"), ENTER, "县"),
    (LEVEL._replace(choices=tuple(f"第{n}类" for n in range(1, 15))), "12" + ENTER, "第12类"),
    (VISIT, ENTER, False),
    (VISIT, "是" + ENTER, True),
    (DAY, "2026-12-01" + ENTER, date(2026, 12, 1)),
    (DAY, "12月1日" + ENTER, date(2026, 12, 1)),
    (DAY, "明天" + ENTER, date(2026, 11, 23)),
    (PEOPLE, ENTER, Number("120", 120)),
    (PEOPLE, ERASE + "80" + ENTER, Number("80", 80)),
    (PRAISED, "甲局、乙馆" + ENTER, ("甲局", "乙馆")),
    (PRAISED._replace(default=("甲、乙两局", "丙馆")), ENTER, ("甲、乙两局", "丙馆")),
    (ENDING, "第一段。" + ENTER + "第二段。" + DONE, "第一段。\n第二段。"),
    (ENDING, "一段。" + ESC + ENTER, "一段。"),
])  # fmt: skip
def test_an_answer_is_typed_or_chosen(field: Field, keys: str, value: Value) -> None:
    assert answers(keys, field) == {field.name: value}


@pytest.mark.parametrize(("field", "keys"), [
    (UNIT, ENTER),
    (UNIT, "   " + ENTER),
    (UNIT, "想不起来" + LEAVE_BLANK),
    (PEOPLE, LEAVE_BLANK),
    (PEOPLE, ERASE + ENTER),
    (LEVEL._replace(default="县"), LEAVE_BLANK),
    (LEVEL, UP + ENTER),  # up from the first row is the last: （先不填，下次再问）
    (VISIT, LEAVE_BLANK),
    (ENDING, DONE),
    (PRAISED, "、、" + ENTER),
])  # fmt: skip
def test_a_question_can_be_left_blank_even_where_there_is_a_default(field: Field, keys: str) -> None:
    assert answers(keys, field) == {}


def emptied(keys: str, *fields: Field) -> tuple[dict[str, Value], frozenset[str]]:
    """The answers, taken at the last list as they are, and what is to have none."""
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys + ENTER, 120)
        with create_app_session(input=keyboard, output=terminal):
            return ask_all(fields, {}, today=TODAY)


@pytest.mark.parametrize("field", [UNIT, LEVEL, DAY, VISIT, PEOPLE, PRAISED, ENDING, LEVEL._replace(vary="单位", name="开头")], ids=lambda f: f.name)
def test_a_question_passed_over_is_asked_again_and_one_meant_to_be_empty_is_not(field: Field) -> None:
    assert emptied(LEAVE_BLANK, field) == ({}, frozenset())
    assert emptied(MEANT_EMPTY, field) == ({}, {field.name})
    assert emptied("1" + MEANT_EMPTY, field) == ({}, {field.name})  # whatever was typed
    done, later = DONE if field.type == "long text" else ENTER, LEAVE_BLANK
    for again, empty in ((MEANT_EMPTY, {field.name}), (later, frozenset[str]())):
        first = later if again == MEANT_EMPTY else MEANT_EMPTY
        assert emptied(first + DOWN + ENTER + again, field) == ({}, empty)  # from the list at the end
        assert emptied(first + BACK + again, field) == ({}, empty)
    assert emptied(MEANT_EMPTY + BACK + done, field) == ({}, {field.name})  # as it was


def test_a_list_of_choices_has_a_row_for_each_of_the_two() -> None:
    assert emptied(UP + ENTER, LEVEL) == ({}, frozenset())
    assert emptied(UP + UP + ENTER, LEVEL) == ({}, {"层级"})
    screen = seen(talk(UP + UP + ENTER + ENTER, LEVEL)[1])
    assert "（就空着，以后不问）" in screen
    assert "（先不填，下次再问）" in screen


def test_what_was_passed_over_and_what_is_meant_to_be_empty_are_told_in_words_of_their_own() -> None:
    screen = seen(talk(LEAVE_BLANK + MEANT_EMPTY + ENTER + ENTER, UNIT, PEOPLE, LEVEL)[1])
    assert "1/3 单位：（先不填）\n" in screen
    assert "2/3 人数：（就空着）\n" in screen
    assert "1. 单位：（先不填）" in screen
    assert "2. 人数：（就空着）" in screen
    assert "有 1 个空先不填，文件里会标出来。" in screen
    assert "有 1 个空就空着，以后不再问。" in screen


def test_an_answer_ends_what_was_meant_to_be_empty() -> None:
    assert emptied(MEANT_EMPTY + BACK + "市局" + ENTER, UNIT) == ({"单位": "市局"}, frozenset())
    assert emptied(MEANT_EMPTY + ENTER + BACK + BACK + "1" + ENTER + ENTER, VISIT, LEVEL) == ({"调研": True, "层级": "市"}, frozenset())


def test_what_depends_on_a_question_passed_over_is_asked() -> None:
    assert emptied(LEAVE_BLANK + LEAVE_BLANK, VISIT, LEADER) == ({}, frozenset())
    assert emptied(MEANT_EMPTY + MEANT_EMPTY, VISIT, LEADER) == ({}, {"调研", "领导"})
    assert emptied("1" + ENTER + MEANT_EMPTY + BACK + BACK + "2" + ENTER, VISIT, LEADER)[1] == frozenset()  # not asked any more


def test_what_does_not_fit_is_asked_again_with_the_reason_and_what_was_typed() -> None:
    with pytest.raises(Unfit) as refusal:
        read(DAY, "2026-12-40", TODAY)
    said, screen = talk("2026-12-40" + ENTER + "\x7f\x7f" + "28" + ENTER + ENTER, DAY)
    assert said == {"日期": date(2026, 12, 28)}
    assert f"  {refusal.value}\n> 2026-12-40" in seen(screen)
    assert "1/1 日期：2026年12月28日（星期一）" in seen(screen)


def test_a_choice_that_does_not_fit_is_asked_again_too() -> None:
    said, screen = talk(ENTER + "县" + ENTER + ENTER, LEVEL._replace(pattern="县|乡镇"))
    assert said == {"层级": "县"}
    assert "“市”不合要求的样子" in seen(screen)


def test_one_question_back_shows_the_earlier_answer_and_keeps_what_was_half_typed() -> None:
    for key in (BACK, SHIFT_TAB):
        said = answers("市局" + ENTER + "12月" + key + "和市馆" + ENTER + "1日" + ENTER, UNIT, DAY)
        assert said == {"单位": "市局和市馆", "日期": date(2026, 12, 1)}


def test_going_back_to_a_blank_finds_it_blank_and_not_its_default() -> None:
    assert answers(LEAVE_BLANK + BACK + ENTER + "县" + ENTER, PEOPLE, LEVEL) == {"层级": "县"}
    assert answers(LEAVE_BLANK + BACK + ENTER + "县" + ENTER, VISIT, LEVEL) == {"层级": "县"}


def test_a_list_of_choices_has_a_row_for_going_back() -> None:
    assert answers("甲" + ENTER + UP + ENTER + "乙" + ENTER + ENTER, UNIT, LEVEL) == {"单位": "甲乙", "层级": "市"}


def test_there_is_nothing_before_the_first_question() -> None:
    assert answers(BACK + "甲" + ENTER, UNIT) == {"单位": "甲"}
    assert answers(UP + ENTER, LEVEL) == {}


def test_a_field_is_asked_only_while_its_condition_may_hold() -> None:
    yes, no = "1" + ENTER, "2" + ENTER
    assert answers(yes + "张三" + ENTER + "5" + ENTER, VISIT, LEADER, PEOPLE._replace(default=None)) == {
        "调研": True, "领导": "张三", "人数": Number("5", 5),
    }  # fmt: skip
    assert answers(no + "5" + ENTER, VISIT, LEADER, PEOPLE._replace(default=None)) == {
        "调研": False, "人数": Number("5", 5),
    }  # fmt: skip
    assert answers(LEAVE_BLANK + "张三" + ENTER, VISIT, LEADER) == {"领导": "张三"}  # nobody knows: asked


def test_an_answer_is_dropped_when_an_earlier_one_rules_its_question_out() -> None:
    changed = "1" + ENTER + "张三" + ENTER + BACK + BACK + "2" + ENTER
    assert answers(changed + ENTER, VISIT, LEADER, PEOPLE) == {"调研": False, "人数": Number("120", 120)}


def test_given_answers_are_shown_and_not_asked_again() -> None:
    said, screen = talk("市" + ENTER + ENTER, UNIT, LEVEL, given={"单位": "市局"})
    assert said == {"单位": "市局", "层级": "市"}
    assert seen(screen).startswith("培训班讲话\n共 1 个问题。不知道的先不填，以后再补。\n已知 单位：市局\n")
    assert UNIT.ask not in screen
    assert talk("", UNIT, given={"单位": "市局"}) == ({"单位": "市局"}, "")


def test_a_condition_sees_the_given_answers() -> None:
    assert talk(ENTER + ENTER, LEADER, UNIT, given={"调研": False})[0] == {"调研": False}


def test_the_last_list_leads_to_any_answer_and_straight_back() -> None:
    said = talk("甲" + ENTER + ENTER + ENTER + "1" + ENTER + "乙" + ENTER + ENTER, UNIT, PEOPLE, LEVEL)[0]
    assert said == {"单位": "甲乙", "人数": Number("120", 120), "层级": "市"}


def test_a_change_from_the_last_list_asks_what_it_brings_up() -> None:
    said = talk("2" + ENTER + ENTER + "1" + ENTER + "1" + ENTER + "张三" + ENTER + ENTER, VISIT, LEADER, PEOPLE)[0]
    assert said == {"调研": True, "领导": "张三", "人数": Number("120", 120)}


def test_the_last_list_counts_the_blanks() -> None:
    assert "有 2 个空先不填，文件里会标出来。" in seen(talk(ENTER + ENTER + ENTER + ENTER, UNIT, ENDING._replace(type="text"), LEVEL)[1])
    assert "个空先不填" not in seen(talk(ENTER + ENTER, LEVEL)[1])


@pytest.mark.parametrize("keys", [CTRL_C, "甲" + CTRL_C, "甲" + ENTER + CTRL_C, "甲" + ENTER + ENTER + CTRL_C])
def test_ctrl_c_gives_up_anywhere(keys: str) -> None:
    assert talk(keys, UNIT, LEVEL)[0] is None


def test_what_was_answered_before_giving_up_is_not_lost() -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, "甲" + ENTER + LEAVE_BLANK + DOWN + CTRL_C, 120)
        with create_app_session(input=keyboard, output=terminal), pytest.raises(GivenUp) as left:
            ask_all([UNIT, ENDING, LEVEL], {}, today=TODAY)
    assert left.value.answers == {"单位": "甲"}


@pytest.mark.parametrize(("keys", "answers", "empty", "half"), [
    ("市档", {}, set(), {"单位": "市档"}),
    ("甲" + ENTER + MEANT_EMPTY + "头一段。" + ENTER + "第二", {"单位": "甲", "结尾": "头一段。\n第二"}, {"人数"}, {"结尾": "头一段。\n第二"}),
    ("甲" + ENTER + ENTER + "头一段。" + BACK + ERASE, {"单位": "甲", "结尾": "头一段。", "人数": Number("120", 120)}, set(), {"结尾": "头一段。"}),
    ("甲" + ENTER + ENTER + "  ", {"单位": "甲", "人数": Number("120", 120)}, set(), {}),
    ("甲" + ENTER + BACK, {"单位": "甲"}, set(), {}),
])  # fmt: skip
def test_a_long_text_begun_counts_as_said_and_what_else_was_half_typed_is_told(
    keys: str, answers: dict[str, Value], empty: set[str], half: dict[str, str]
) -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys + CTRL_C, 120)
        with create_app_session(input=keyboard, output=terminal), pytest.raises(GivenUp) as left:
            ask_all([UNIT, PEOPLE, ENDING], {}, today=TODAY)
    assert (left.value.answers, left.value.empty, left.value.half, left.value.gone) == (answers, empty, half, False)


def test_a_question_shows_its_place_help_and_example() -> None:
    field = UNIT._replace(help="写全称。", example="中共某市委")
    screen = seen(talk("甲" + ENTER + ENTER, field)[1])
    assert "问题 1/1 您代表哪个单位？" in screen
    assert "写全称。" in screen
    assert "例如：中共某市委" in screen
    assert "回车 确定 · Ctrl-O 先不填 · Ctrl-X 就空着 · Ctrl-C 停下" in screen


def test_a_long_question_is_wrapped_and_no_row_begins_with_a_closing_mark() -> None:
    field = UNIT._replace(ask="一二三四五六七八九十一二三四五，六七八九十？")
    screen = seen(talk("甲" + ENTER + ENTER, field, columns=40)[1])
    assert re.search(r"一二三四五六七八九十一二三四 *\n+ +五，六七八九十？", screen)


def test_what_an_outline_says_cannot_steer_the_terminal() -> None:
    screen = talk("甲" + ENTER + ENTER, UNIT._replace(ask="哪个\x1b]0;x\x07单位？"))[1]
    assert "\x1b]0" not in screen
    assert "<U+001B>" in screen


@pytest.mark.parametrize(("name", "said", "coloured"), [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("CLICOLOR", "0", False)])
def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch, name: str, said: str, coloured: bool) -> None:
    monkeypatch.setenv(name, said)
    screen = talk("x" + ENTER + "\x7f12-01" + ENTER + ENTER + ENTER, DAY, LEVEL)[1]
    assert bool(re.search(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|[34]8;)[0-9;]*m", screen)) is coloured


def test_a_long_list_shows_ten_rows_and_how_many_are_beyond_them() -> None:
    many = LEVEL._replace(choices=tuple(f"第{n}类" for n in range(1, 31)))
    screen = seen(talk(CTRL_C, many)[1])
    assert re.search(r"> 1\. 第1类\n", screen)
    assert re.search(r"  10\. 第10类\n  ↓ 还有 22 项\n", screen)
    assert "11. 第11类" not in screen
    assert "↑ 还有 22 项" in seen(talk(UP + CTRL_C, many)[1])


STOCK = [
    ("1", "着眼全局，服务发展　（本提纲第 1 条）", "服务的正文"),
    ("忠诚", "铸牢忠诚，站稳立场　忠诚 · 政治建设", "忠诚的短文"),
    ("廉洁", "清白做人，干净做事　廉洁 · 廉洁自律", "廉洁的短文"),
]


def test_the_meetings_own_subject_is_picked_first() -> None:
    for keys, picked in ((ENTER, ["1"]), ("忠" + ENTER + ENTER, ["1", "忠诚"]), (DOWN + ENTER + "廉" + ENTER + ENTER, ["廉洁"])):
        with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=Terminal(keyboard, keys, 120)):
            assert choose_several("讲哪几条？", STOCK, ["1"]) == picked


@pytest.mark.parametrize(("keys", "picked"), [
    (ENTER, []),
    (DOWN + ENTER + ENTER, ["1"]),
    ("廉洁自" + ENTER + "忠" + ENTER + ENTER, ["廉洁", "忠诚"]),
    ("廉x" + "\x7f" + ENTER + ENTER, ["廉洁"]),
    (DOWN + ENTER + DOWN + ENTER + ENTER, []),
    (CTRL_C, None),
])  # fmt: skip
def test_requirements_are_chosen_one_after_another(keys: str, picked: list[str] | None) -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys, 120)
        with create_app_session(input=keyboard, output=terminal):
            assert choose_several("讲哪几条？", STOCK) == picked
    screen = seen(terminal.screen.getvalue())
    if picked and "廉洁" in picked:
        assert "廉洁的短文" in screen
        assert "Description" not in screen
        assert "1. 清白做人，干净做事" in screen


def test_an_outline_is_found_by_typing_a_part_of_what_it_is_for() -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, "防汛" + ENTER, 120)
        with create_app_session(input=keyboard, output=terminal):
            assert choose("写什么？", [("office-training", "培训班开班讲话"), ("flood", "防汛抗旱讲话")]) == "flood"


OUTLINES_TO_PICK = [("flood", "防汛抗旱会议讲话　flood", "汛前"), ("veterans", "离退休干部情况通报会讲话　veterans", "老同志"), ("eulogy", "悼词　eulogy", "")]


@pytest.mark.parametrize(("keys", "chosen", "told"), [
    ("fx" + ENTER, "flood", ""),
    ("lgb" + ENTER, "veterans", ""),
    ("追悼会" + ENTER, "eulogy", ""),
    ("上访" + ENTER, "flood", "没有合适“上访”的，下面是全部。"),
    ("汛" + ENTER, "flood", ""),
])  # fmt: skip
def test_a_list_is_searched_by_what_is_meant(keys: str, chosen: str, told: str) -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys, 120)
        with create_app_session(input=keyboard, output=terminal):
            assert choose("写什么？", OUTLINES_TO_PICK) == chosen
    assert told in seen(terminal.screen.getvalue())


def test_a_near_name_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for keys, taken in ((ENTER, "flood"), (UP + ENTER, None)):
        with create_pipe_input() as keyboard:
            terminal = Terminal(keyboard, keys, 120)
            with create_app_session(input=keyboard, output=terminal):
                if taken:
                    assert name_meant("防汛", interactive=True) == taken
                else:
                    with pytest.raises(Rejected, match="最近的是 flood"):
                        name_meant("防汛", interactive=True)
        assert "没有“防汛”这份提纲；最近的是 flood（防汛抗旱会议讲话）。用它吗？" in seen(terminal.screen.getvalue())
    assert name_meant("flood", interactive=True) == "flood"
    assert name_meant("防汛", interactive=False) == "防汛"


FACTS = tuple(Fact(Field(name, f"{name}？"), words, (Wording(words),), f"在{words}讲话。") for name, words in [("人名", "王建国"), ("地名", "临江市"), ("日子", "3月5日")])


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (ENTER * 3, ["人名", "地名", "日子"]),
        (DOWN * 2 + ENTER + ENTER + DOWN * 2 + ENTER, ["地名"]),
        (DOWN + ENTER + ERASE + "牵头人" + ENTER + UP + ENTER, ["牵头人", "地名", "日子"]),
        (DOWN + ENTER + ERASE + "地名" + ENTER + ERASE + "县长" + ENTER + UP + ENTER, ["县长", "地名", "日子"]),
        (ENTER + CTRL_C, None),
    ],
)
def test_a_proposed_blank_is_taken_renamed_or_refused(keys: str, kept: list[str] | None) -> None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=Terminal(keyboard, keys, 120)):
        found = review(FACTS)
        assert (found and [fact.field.name for fact in found]) == kept


# ── last year's answers ────────────────────────────────────────────────────────────────────────────────────────────

YEAR = Field("年份", "上年是“2025年”", type="number")
HOST = Field("主持人", "上年是“陆文彬”")
FIRMS = Field("企业数", "上年是“1286家”", type="number")
WAS: dict[str, Value] = {"年份": Number("2025", 2025), "主持人": "陆文彬", "企业数": Number("1286", 1286)}


def asked_again(keys: str) -> tuple[dict[str, Value], str]:
    """The answers where last year's are known: the year is proposed one later, the host the same, the figure not at all."""

    def proposed(name: str, answers: Mapping[str, Value | None]) -> str:
        return {"年份": "2026", "主持人": "陆文彬"}.get(name, "")

    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys, 120)
        with create_app_session(input=keyboard, output=terminal):
            found = ask_all((YEAR, HOST, FIRMS), {}, today=TODAY, offers=Offers(WAS, proposed)).values
            return found, terminal.screen.getvalue()


@pytest.mark.parametrize(("keys", "said"), [
    (ENTER + ENTER + "1301" + ENTER, {"年份": "2026", "主持人": "陆文彬", "企业数": "1301"}),
    (ENTER + ENTER + "=" + ENTER, {"年份": "2026", "主持人": "陆文彬", "企业数": "1286"}),
    (ERASE + "=" + ENTER + ERASE + "-" + ENTER + "1301" + ENTER, {"年份": "2025", "企业数": "1301"}),
    (ENTER + ERASE + "--" + ENTER, {"年份": "2026"}),
    ("=" + ENTER + "-" + ENTER + "=" + ENTER, {"年份": "2025", "企业数": "1286"}),
    (ENTER + BACK + ERASE + "2027" + ENTER + ERASE + "——" + ENTER, {"年份": "2027"}),
])  # fmt: skip
def test_a_proposal_is_taken_by_enter_last_years_by_an_equals_sign_and_a_dash_leaves_open(keys: str, said: dict[str, str]) -> None:
    found, screen = asked_again(keys + ENTER)
    assert {name: say(value) for name, value in found.items()} == said
    assert "回车 用给出的 · = 照上年 · - 先不填 · -- 其余先不填" in seen(screen)


@pytest.mark.parametrize(
    ("typed", "keys", "day", "told"),
    [
        ("下周三", "", date(2026, 11, 25), "1/1 日期：2026年11月25日（星期三），下周三"),
        ("11月18", ENTER, date(2026, 11, 18), "11月18日已经过了四天，是今年的吗？"),
        ("11月18", DOWN + ENTER, date(2027, 11, 18), "2. 明年：2027年11月18日（星期四）"),
        ("1月8日", ENTER, date(2027, 1, 8), "1月8日已经过了 318 天，是今年的吗？"),
        ("3号", ENTER, date(2026, 12, 3), "2. 下个月：2026年12月3日（星期四）"),
        ("周日", ENTER, TODAY, "今天就是星期日，是今天吗？"),
        ("2月30日", ENTER, date(2026, 2, 28), "2026年2月只有28天，没有30日。"),
        ("12月3日（星期五）", DOWN + ENTER, date(2026, 12, 4), "2026年12月3日是星期四，不是星期五。"),
        ("12月3日至5日", ENTER, date(2026, 12, 3), "写了不止一天，这里只要一天。"),
        ("2月30日", DOWN + DOWN + ENTER + ERASE + "明天" + ENTER, date(2026, 11, 23), "都不是，重新写"),
        ("待定", ENTER, None, "先不填，以后再补"),
    ],
)
def test_a_day_that_is_hardly_meant_is_asked_about(typed: str, keys: str, day: date | None, told: str) -> None:
    said, screen = talk(typed + ENTER + keys + ENTER, DAY)
    assert said == ({} if day is None else {"日期": day})
    assert told in seen(screen).replace("\n  ", "")


def test_an_example_that_is_one_of_the_choices_is_not_shown_beside_them() -> None:
    _, screen = talk(CTRL_C, LEVEL._replace(example=LEVEL.choices[0]))
    assert "例如" not in seen(screen)


def test_what_was_known_before_stands_in_the_last_list_and_can_be_changed() -> None:
    last = {"单位": "市委办", "日期": date(2026, 10, 24)}
    said, screen = talk("120" + ENTER + UP + ENTER + ERASE + "12月3日" + ENTER + ENTER, UNIT, DAY, PEOPLE._replace(default=None), given=last)
    assert said == {"单位": "市委办", "日期": date(2026, 12, 3), "人数": Number("120", 120)}
    assert "已知 日期：2026年10月24日（星期六），已经过了 29 天" in seen(screen)
    assert "已知 单位：市委办" in seen(screen).partition("问完了")[2]


def test_what_was_to_have_no_answer_is_shown_and_may_have_one() -> None:
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, "120" + ENTER + UP + ENTER + "市委办" + ENTER + ENTER, 120)
        with create_app_session(input=keyboard, output=terminal):
            said = ask_all((UNIT, PEOPLE._replace(default=None)), {}, today=TODAY, empty=frozenset({"单位"}))
    assert said == ({"单位": "市委办", "人数": Number("120", 120)}, frozenset())
    assert "已知 单位：（就空着）" in seen(terminal.screen.getvalue())


def test_a_figure_is_shown_with_what_it_counts() -> None:
    said, screen = talk("120余人" + ENTER + ENTER, PEOPLE._replace(default=None, followed=("人参加",)))
    assert said == {"人数": Number("120余", 120)}
    assert "1/1 人数：120余（人）" in seen(screen)
