"""Text in rows of a terminal: where it is broken, and where never."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.commands.rows import CLOSING, broad, fitted, rows_of, shortened


@pytest.mark.parametrize(("text", "room", "rows"), [
    ("一二三四五六七八九十", 40, ["一二三四五六七八九十"]),
    ("一二三四五六七八九十", 10, ["一二三四五", "六七八九十"]),
    ("一二三四五，六七八", 10, ["一二三四", "五，六七八"]),
    ("一二三（四五六）", 8, ["一二三", "（四五", "六）"]),
    ("看 drafter new --outline office-training 好", 20, ["看 drafter new", "--outline", "office-training 好"]),
    ("人数有1,200人，占98.5%，", 12, ["人数有1,200", "人，占", "98.5%，"]),
    ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
    ("𠮷野家的𠮷", 8, ["𠮷野家的", "𠮷"]),
    ("好😀好😀好", 8, ["好😀好😀", "好"]),
    ("一二三——四五", 10, ["一二三——", "四五"]),
    ("", 10, [""]),
])  # fmt: skip
def test_a_row_ends_where_a_reader_expects_it(text: str, room: int, rows: list[str]) -> None:
    assert rows_of(text, room) == rows


WORDS = st.lists(st.sampled_from(["同志们", "，", "。", "“", "”", "（", "）", "drafter", " ", "1,200", "——", "…", "😀", "𠮷", "、", "office-training", "98%"]), max_size=40)


@given(WORDS, st.integers(20, 100))
def test_no_row_is_too_wide_and_no_letter_is_lost(words: list[str], room: int) -> None:
    text = "".join(words).strip()
    rows = rows_of(text, room)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(broad(row) <= room for row in rows)


@given(st.lists(st.sampled_from(["同志们", "，大家好", "。又来了", "（括号）说", "drafter 说", "“引”的话"]), max_size=30), st.integers(20, 60))
def test_no_row_begins_with_a_closing_mark_or_inside_a_word(words: list[str], room: int) -> None:
    text = "我" + "".join(words)
    for row, after in zip(rows_of(text, room), rows_of(text, room)[1:], strict=False):
        assert after[0] not in CLOSING
        assert not (re.search("[a-z]$", row) and re.match("[a-z]", after))


@pytest.mark.parametrize(("text", "room", "rows"), [
    ("  【会议】开的是什么会，写全称，要和通知一样", 24, "  【会议】开的是什么会，\n    写全称，要和通知一样"),
    ("├─ 【会议】开的是什么会，写全称", 24, "├─ 【会议】开的是什么\n│  会，写全称"),
    ("│  └─ 同志们，今天开会，请大家坐好", 24, "│  └─ 同志们，今天开会，\n│     请大家坐好"),
    ("1. 着眼全局，服务发展，着眼全局", 20, "1. 着眼全局，服务发\n   展，着眼全局"),
    ("下一步：逐条看　drafter check 很长很长的名称的讲话.docx", 40, "下一步：逐条看\n  drafter check 很长很长的名称的讲话.docx"),
    ("  drafter new --outline office-training --no-input -o 讲话.docx", 30, "  drafter new --outline office-training --no-input -o 讲话.docx"),
    ("\x1b[1m安全生产的依据\x1b[0m　论述、会议、文件", 20, "\x1b[1m安全生产的依据\x1b[0m　论\n  述、会议、文件"),
])  # fmt: skip
def test_what_a_command_says_goes_on_below_what_it_belongs_to(text: str, room: int, rows: str) -> None:
    assert fitted(text, room) == rows


def test_the_marks_stay_under_what_is_wrong_where_a_line_of_a_file_is_cut() -> None:
    line = "   12 | " + "甲" * 30 + "错了" + "乙" * 20
    marks = "      | " + " " * 60 + "^^^^"
    cut, under = fitted(f"{line}\n{marks}", 50).split("\n")
    assert broad(cut) <= 50
    at = under.index("^")
    shown = ""
    for letter in cut:
        if sum(2 if ord(c) > 127 and c != "…" else 1 for c in shown) == at:
            break
        shown += letter
    assert cut[len(shown) :].startswith("错了")


def test_a_label_that_has_no_room_ends_in_an_ellipsis() -> None:
    assert shortened("一二三四五六", 12) == "一二三四五六"
    assert shortened("一二三四五六", 11) == "一二三四…"
