"""Lists in running text: names joined by 、 and 和, clauses by ；, and read back from Word as they stand there."""

from pathlib import Path

import pytest
from word import Word, texts_of

from drafter.chinese.listing import are_clauses, entries_said
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import Against, UpdateRequest, update
from drafter.outline.expression import read

#: Lists out of the examples of shipped outlines, by what joins them.
NAMES = (
    "市档案馆、市住建局",
    "消防、城镇燃气、道路交通、建筑施工、危险化学品",
    "城区管网改造、病险水库加固、农村供水提升、智慧水务建设",
    "高标准农田怎么管护、小农户怎么接上大市场、农村年轻人怎么留得住",
    "青山县县长陈志远、市住房和城乡建设局局长周建华",  # long, but people
    "市发展改革委主任赵明、青山县县长陈志远、市住房和城乡建设局局长孙丽萍",
    "市人力资源和社会保障局、市自然资源和规划局、市市场监督管理局",
    "《习近平谈治国理政》有关篇目、《中国共产党章程》、《关于新形势下党内政治生活的若干准则》",
    "各民主党派市委会的负责同志、无党派代表人士、新的社会阶层代表人士",
)
CLAUSES = (
    "巡察党组织28个，反馈问题986个；督促整改问题412个",  # one has a comma
    "背街小巷垃圾清运不及时；集镇占道经营反复出现；部分沟塘多年没有清淤",
    "有的单位巡察反馈的问题改了又犯；有的部门以会议落实会议；少数村的集体资金长期不公开",
    "前8个月规模以上工业增加值增长6.4%；固定资产投资增长5.1%；社会消费品零售总额增长4.8%",
    "12月10日前完成换届方案报批；12月31日前完成代表选举",
)


@pytest.mark.parametrize("said", NAMES)
def test_names_and_tasks_are_joined_by_and(said: str) -> None:
    entries = said.split("、")
    assert not are_clauses(entries)
    assert entries_said(entries) == "、".join(entries[:-1]) + "和" + entries[-1]


@pytest.mark.parametrize("said", CLAUSES)
def test_clauses_are_joined_by_semicolons(said: str) -> None:
    assert entries_said(said.split("；")) == said


def test_a_single_entry_is_joined_to_nothing() -> None:
    assert entries_said(["校园餐由市教育局牵头，8月底前完成"]) == "校园餐由市教育局牵头，8月底前完成"
    assert entries_said([]) == ""


@pytest.mark.parametrize(("expression", "entries", "said"), [
    ("工作|一是", ("甲", "乙", "丙"), "一是甲；二是乙；三是丙"),
    ("工作|一是", ("甲，做好", "乙"), "一是甲，做好；二是乙"),
    ("工作|一是", ("甲",), "甲"),  # one is not counted
    ("工作|分号", ("甲", "乙", "丙"), "甲；乙；丙"),
])
def test_a_filter_joins_as_it_says(expression: str, entries: tuple[str, ...], said: str) -> None:
    assert read(expression).value({"工作": entries}) == said


OUTLINE = """\
title: 在会上的讲话
fields:
  问题:
    ask: 有哪些问题？
    type: list
  任务:
    ask: 抓哪几件事？
    type: list
speech:
  - text: 主要是：【问题】。
  - text: 要抓好：【任务|{joined}】。
  - closing: 就这【任务|个数】件。
"""

PROBLEMS = ("背街小巷垃圾清运不及时，群众有意见", "占道经营反复出现")


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return made(tmp_path, monkeypatch, "分号")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, joined: str) -> Path:
    monkeypatch.chdir(folder)
    (folder / "会.yaml").write_text(OUTLINE.format(joined=joined), encoding="utf-8")
    sets = ("问题=" + "；".join(PROBLEMS), "任务=清运、整治、疏通")
    new(NewRequest((str(folder / "会.yaml"),), sets, output="稿.docx"))
    return folder / "稿.docx"


def retyped(draft: Path, old: str, new_words: str) -> None:
    word = Word(draft.read_bytes())
    for leaf in word.at(old).iter():
        if (leaf.text or "") == old:
            leaf.text = new_words
    draft.write_bytes(word.save())


def said(draft: Path) -> list[str]:
    return [text for text in texts_of(draft.read_bytes()) if text[-1:] == "。"]


def test_what_stands_there_untouched_is_read_back_as_it_was_given(draft: Path) -> None:
    assert said(draft)[:2] == ["主要是：背街小巷垃圾清运不及时，群众有意见；占道经营反复出现。", "要抓好：清运；整治；疏通。"]
    assert pull(PullRequest(str(draft))).saved() == {"问题": [*PROBLEMS], "任务": ["清运", "整治", "疏通"]}
    assert not update(UpdateRequest(str(draft))).written


@pytest.mark.parametrize(("typed", "entries"), [
    ("背街小巷垃圾清运不及时，群众有意见；沟塘没有清淤", ["背街小巷垃圾清运不及时，群众有意见", "沟塘没有清淤"]),
    ("垃圾清运、沟塘清淤都不及时", ["垃圾清运、沟塘清淤都不及时"]),  # one clause, whatever marks it has
    ("背街小巷垃圾清运不及时，群众有意见；占道经营反复出现；沟塘没有清淤", [*PROBLEMS, "沟塘没有清淤"]),
])
def test_a_list_of_clauses_typed_over_in_word_is_a_list_of_clauses(draft: Path, typed: str, entries: list[str]) -> None:
    retyped(draft, "；".join(PROBLEMS), typed)
    assert pull(PullRequest(str(draft))).saved()["问题"] == entries
    update(UpdateRequest(str(draft), Against(sets=("任务=清运、整治",))))
    assert said(draft) == [f"主要是：{typed}。", "要抓好：清运；整治。", "就这2件。"]


@pytest.mark.parametrize(("joined", "old", "typed"), [
    ("分号", "清运；整治；疏通", "清运；疏通"),
    ("一是", "一是清运；二是整治；三是疏通", "一是清运；二是疏通"),
    ("顿号", "清运、整治、疏通", "清运、疏通"),
    ("并列", "清运、整治和疏通", "清运和疏通"),
])
def test_a_list_joined_by_a_filter_is_answered_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, joined: str, old: str, typed: str) -> None:
    draft = made(tmp_path, monkeypatch, joined)
    retyped(draft, old, typed)
    assert pull(PullRequest(str(draft))).saved()["任务"] == ["清运", "疏通"]
    update(UpdateRequest(str(draft)))
    assert said(draft)[1:] == [f"要抓好：{typed}。", "就这2件。"]


def test_a_sentence_in_its_place_is_an_edited_sentence(draft: Path) -> None:
    retyped(draft, "清运；整治；疏通", "清运，再抓整治；")
    assert {f.name: f.state for f in status(StatusRequest(str(draft))).fields}["任务"] == "same"
    update(UpdateRequest(str(draft), Against(sets=("问题=甲、乙",))))
    assert said(draft) == ["主要是：甲和乙。", "要抓好：清运，再抓整治；。", "就这3件。"]
