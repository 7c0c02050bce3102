"""Drafts that are being written on a page: kept at every keystroke, and nothing that was typed is lost."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from drafter.commands import unfinished
from drafter.commands.opening import Choice
from drafter.diagnostic import Rejected


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def said(draft):
    return {name: one.said for name, one in draft.answers.items()}


def test_a_draft_begun_is_on_the_disk_with_what_was_typed_word_for_word():
    number = unfinished.begin(["office-training"])
    unfinished.typed(number, {"讲话人": "𠮷田　茂", "工作成效": "甲\n乙；丙"}, by="one")
    assert said(unfinished.opened(number)) == {"讲话人": "𠮷田　茂", "工作成效": "甲\n乙；丙"}
    assert [path.name for path in Path("存稿").rglob("*.json")] == [f"{number}.json"]


def test_of_two_windows_the_newest_value_stands_the_other_is_shown_it_and_what_was_there_can_be_had_back():
    number = unfinished.begin(["office-training"])
    first = unfinished.typed(number, {"讲话人": "李卫国"}, by="one")
    unfinished.typed(number, {"地点": "一楼"}, by="one")
    second = unfinished.typed(number, {"讲话人": "王建华"}, by="two")
    assert said(second) == {"讲话人": "王建华", "地点": "一楼"}
    assert second.news(first.revision, by="one") == {"讲话人": "王建华"}
    assert second.news(first.revision, by="two") == {"地点": "一楼"}
    assert [one.said for one in second.before("讲话人")] == ["李卫国"]


def test_what_is_being_typed_is_one_value_and_not_one_a_letter():
    number = unfinished.begin(["office-training"])
    for words in ("李", "李卫", "李卫国"):
        draft = unfinished.typed(number, {"讲话人": words}, by="one")
    assert draft.replaced == ()


def test_a_value_that_stood_a_while_is_kept_when_it_is_typed_over():
    number = unfinished.begin(["office-training"], {"讲话人": "李卫国"})
    draft = unfinished.opened(number)
    long_ago = draft.answers["讲话人"]._replace(when=draft.begun - timedelta(minutes=5), by="one")
    unfinished.keep(draft._replace(answers={"讲话人": long_ago}))
    assert [one.said for one in unfinished.typed(number, {"讲话人": ""}, by="one").before("讲话人")] == ["李卫国"]


def test_nothing_is_written_where_nothing_is_another():
    number = unfinished.begin(["office-training"], {"讲话人": "李卫国"})
    assert unfinished.typed(number, {"讲话人": "李卫国"}, by="two").revision == 1


def test_requirements_template_decisions_and_papers_belong_to_the_draft():
    number = unfinished.begin(["safety", "hosting"])
    unfinished.choose(number, Choice(("忠诚", "服务"), "四四", True))
    unfinished.dress(number, "card", 1)
    unfinished.decide(number, "0123456789abcdef", "账目")
    unfinished.decide(number, "fedcba9876543210", None)
    draft = unfinished.opened(number)
    assert draft.choice(0) == Choice(("忠诚", "服务"), "四四", True)
    assert draft.choice(1) == Choice()
    assert draft.templates == {1: "card"}
    assert draft.decisions == {"0123456789abcdef": "账目", "fedcba9876543210": None}
    assert unfinished.undecide(number, "fedcba9876543210").decisions == {"0123456789abcdef": "账目"}
    turned = unfinished.papers(number, ["hosting", "safety"])
    assert (turned.choice(1).names, turned.templates) == (("忠诚", "服务"), {0: "card"})


def test_drafts_are_listed_the_last_changed_first_and_one_thrown_away_can_be_had_back():
    one, two = unfinished.begin(["safety"]), unfinished.begin(["hosting"])
    unfinished.keep(unfinished.opened(one)._replace(changed=datetime(2026, 1, 2)))
    assert [draft.id for draft in unfinished.listed()] == [two, one]
    unfinished.throw_away(two)
    assert [draft.id for draft in unfinished.listed()] == [one]
    assert [draft.id for draft in unfinished.listed(unfinished.THROWN_AWAY)] == [two]
    assert unfinished.take_back(two).outlines == ("hosting",)
    assert len(unfinished.listed()) == 2


def test_of_thousands_of_drafts_only_those_changed_last_are_read():
    numbers = [unfinished.begin(["safety"]) for _ in range(3)]
    for day, number in enumerate(numbers, 1):
        unfinished.keep(unfinished.opened(number)._replace(changed=datetime(2026, 1, day)))
        os.utime(f"存稿/写着的稿/{number}.json", (day, day))
    found = unfinished.latest(2)
    assert ([draft.id for draft in found.drafts], found.more) == (numbers[:0:-1], 1)
    assert unfinished.latest(9) == (unfinished.listed(), 0)
    assert unfinished.latest(9, unfinished.THROWN_AWAY) == ((), 0)


def test_a_draft_that_was_put_away_is_not_written_and_it_is_said_where_it_is():
    number = unfinished.begin(["班会"])
    unfinished.throw_away(number)
    with pytest.raises(Rejected) as refused:
        unfinished.opened(number)
    assert [(d.code, d.hint) for d in refused.value.diagnostics] == [("draft-thrown-away", "要接着写，在首页的“不要的稿”里点“拿回来”。")]
    assert unfinished.take_back(number).id == number


@pytest.mark.parametrize("number", ["", "../../etc", "0123456789ab", "ABCDEF012345", "0123456789ab/.."])
def test_an_id_that_is_none_opens_nothing(number):
    with pytest.raises(Rejected) as refused:
        unfinished.opened(number)
    assert [d.code for d in refused.value.diagnostics] == ["draft-not-kept"]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"outlines": 3}', b"\xff\xfe", b"null"])
def test_a_file_that_is_broken_is_told_left_as_it_is_and_hides_no_other(data):
    number, good = unfinished.begin(["safety"]), unfinished.begin(["hosting"])
    file = Path("存稿/写着的稿") / f"{number}.json"
    file.write_bytes(data)
    with pytest.raises(Rejected) as refused:
        unfinished.opened(number)
    assert [d.code for d in refused.value.diagnostics] == ["draft-unreadable"]
    assert file.read_bytes() == data
    assert [draft.id for draft in unfinished.listed()] == [good]


def test_the_file_is_plain_and_says_what_was_typed():
    number = unfinished.begin(["safety"], {"讲话人": "李卫国"})
    kept = json.loads((Path("存稿/写着的稿") / f"{number}.json").read_text(encoding="utf-8"))
    assert (kept["outlines"], kept["answers"]["讲话人"][0]) == (["safety"], "李卫国")


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (datetime(2026, 11, 29, 10, 20, 50), "刚刚"),
        (datetime(2026, 11, 29, 9, 5), "今天 9:05"),
        (datetime(2026, 11, 28, 17, 40), "昨天 17:40"),
        (datetime(2026, 11, 3, 9, 5), "11月3日 9:05"),
        (datetime(2025, 11, 3, 9, 5), "2025年11月3日 9:05"),
    ],
)
def test_when_a_draft_was_changed_is_said_as_people_say_it(when, shown):
    assert unfinished.when_said(when, datetime(2026, 11, 29, 10, 21)) == shown


def test_who_only_looks_at_outlines_leaves_no_heap_of_drafts():
    first = unfinished.begin_or_go_on(["safety"])
    assert unfinished.begin_or_go_on(["safety"]) == first
    assert unfinished.begin_or_go_on(["safety", "hosting"]) != first
    unfinished.typed(first, {"会议": "全市安全生产会议"})
    second = unfinished.begin_or_go_on(["safety"])
    assert second != first
    assert len(unfinished.listed()) == 3
