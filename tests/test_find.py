"""Occasions as people say them, and the outline that comes first."""

import pytest

from drafter.commands.find import SYNONYMS, find
from drafter.commands.index import entries

#: What is typed, and the outlines one of which is wanted first.
OCCASIONS = [
    ("老干部座谈", "veterans"),
    ("离职", "leaving-office"),
    ("离任", "leaving-office"),
    ("高考", "pledge-rally"),
    ("开学", "school-opening"),
    ("竞聘", "taking-office"),
    ("汇报", "work-report"),
    ("慰问", "holiday letter"),
    ("述廉", "duty-report"),
    ("表态", "pledge pledge-short"),
    ("党课", "party-lecture micro-lecture"),
    ("重阳", "double-ninth"),
    ("职代会", "workers-congress"),
    ("年会", "year-end"),
    ("剪彩", "groundbreaking"),
    ("拜年", "spring-festival spring-festival-unit"),
    ("民企座谈会", "business-climate"),
    ("提拔谈话", "pre-appointment-talk"),
    ("节前廉政", "integrity-reminder"),
    ("学习体会", "reflections"),
    ("环保督察", "environment-inspection"),
    ("中心组发言", "theory-study-talk"),
    ("介绍经验", "experience-sharing"),
    ("任命大会", "appointment"),
    ("追悼会", "eulogy"),
    ("防火", "forest-fire fire-safety"),
    ("七一", "july-first"),
    ("政府报告", "government-report township-report"),
    ("党代会", "party-congress-report"),
    ("经济运行分析会", "economy-meeting"),
    ("项目调度", "project-push"),
    ("毕业典礼", "training-closing"),
    ("五四", "youth-symposium"),
    ("三农", "rural"),
    ("上访", "petition"),
    ("新闻发布会", "press"),
    ("对照检查", "self-check"),
    ("主持会议", "hosting hosting-agenda hosting-plenary hosting-remarks"),
    ("教师节", "holiday"),
    ("护士节", "holiday doctors-day"),
    ("妇女节", "womens-day"),
    ("国企", "state-enterprise"),
    ("倡议书", "proposal"),
    ("贺电", "congratulation-letter"),
    ("廉政谈话", "integrity-talk"),
    ("消防", "fire-safety"),
    ("安全生产", "safety"),
    ("两会", "two-sessions-closing two-sessions-convenors"),
    ("支部书记述职", "branch-review"),
    ("被巡察", "inspected-pledge inspection-rectification"),
    ("祝酒", "welcome thanks"),
    ("防汛工作会", "flood"),
    ("离退休", "veterans"),
    ("欢送", "farewell"),
]


@pytest.fixture(scope="module")
def names_found() -> dict[str, list[str]]:
    listed = entries()
    return {typed: [entry.name for entry in find(listed, [typed])] for typed, _ in OCCASIONS}


@pytest.mark.parametrize(("typed", "wanted"), OCCASIONS)
def test_an_occasion_finds_its_outline_first(names_found: dict[str, list[str]], typed: str, wanted: str) -> None:
    assert names_found[typed][:1]
    assert names_found[typed][0] in wanted.split()


def test_several_words_are_all_wanted() -> None:
    assert next(entry.name for entry in find(entries(), ["安全", "节前"])) == "safety-short"


def test_a_row_says_a_word_once() -> None:
    assert [row for row in SYNONYMS if len(set(row)) < len(row)] == []
