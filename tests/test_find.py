"""Occasions as people say them, and the outline that comes first."""

from pathlib import Path
from typing import Any

import pytest

from drafter.commands.find import FoundEntry, find, outlines_found, passages_found, rows_found, themes_found
from drafter.commands.index import OutlineEntry, entries, passages, themes
from drafter.commands.synonyms import DECIDING, SYNONYMS

#: Occasions as clerks say them, a line each with the outlines one of which is wanted first, and papers that no outline is
#: for. Each list was written down before it was tried.
HELD = Path(__file__).parent / "occasions"

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


#: Of these one word is what an outline is about: a press conference of a firm.
FITTING_ALL_THE_SAME = ["竞聘演讲稿", "读书报告", "感谢老婆的话", "产品发布会"]

#: What a whole day's walk looked for and did not find.
ASKED_FOR = [
    ("老干部迎春座谈", "veterans"),
    ("消防演练动员", "fire-safety"),
    ("信访包案推进", "petition"),
    ("副局长表态", "pledge pledge-short"),
    ("颁奖主持", "hosting-agenda hosting"),
    ("开学典礼校长致辞", "school-opening"),
]

#: Typed without an input method.
PINYIN = [
    ("laoganbu", "veterans"),
    ("laogb", "veterans"),
    ("lgb", "veterans"),
    ("fx", "flood"),
    ("fangxun", "flood"),
    ("fangx", "flood"),
    ("LGB", "veterans"),
    ("xinfang", "petition"),
    ("dangke", "party-lecture micro-lecture"),
    ("zcc", "hosting hosting-agenda hosting-plenary"),
    ("aqsc", "safety"),
    ("chongyang", "double-ninth"),
    ("kaixuedianli", "school-opening"),
    ("laoganbuzuotan", "veterans"),
    ("fangxun dongyuan", "flood"),
    ("zhuidaohui", "eulogy"),
    ("qianyue", "signing"),
    ("anquan生产", "safety"),
    ("fire", "fire-safety forest-fire"),
    ("flo", "flood"),
]

#: A word of the same sound, as an input method puts it in.
HEARD = [("防讯", "flood"), ("信仿", "petition"), ("巡查反馈", "inspection-feedback")]


@pytest.fixture(scope="module")
def shelf() -> list[OutlineEntry]:
    return entries()


def names(hits: list[FoundEntry[Any]]) -> list[str]:
    return [hit.entry.name for hit in hits]


@pytest.mark.parametrize(("typed", "wanted"), [*ASKED_FOR, *OCCASIONS, *PINYIN, *HEARD])
def test_an_occasion_finds_its_outline_first(shelf: list[OutlineEntry], typed: str, wanted: str) -> None:
    found = outlines_found(shelf, typed)
    assert names(found)[:1]
    assert names(found)[0] in wanted.split()
    assert found[0].fits


@pytest.mark.parametrize(("name", "first", "of_three", "fitting"), [("first", 59, 60, 59), ("second", 58, 60, 57), ("third", 58, 60, 57), ("fourth", 54, 59, 52), ("fifth", 54, 58, 50)])
def test_sixty_occasions_find_theirs(shelf: list[OutlineEntry], name: str, first: int, of_three: int, fitting: int) -> None:
    rows = [line.split("\t") for line in (HELD / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
    found = [(names(hits), wanted.split(), hits[0].fits) for typed, wanted in rows if (hits := outlines_found(shelf, typed))]
    assert len(rows) == 60
    assert sum(got[0] in wanted for got, wanted, _ in found) >= first
    assert sum(bool(set(got[:3]) & set(wanted)) for got, wanted, _ in found) >= of_three
    assert sum(fits for *_, fits in found) >= fitting


def test_papers_no_outline_is_for_are_told_as_far(shelf: list[OutlineEntry]) -> None:
    typed = (HELD / "elsewhere.txt").read_text(encoding="utf-8").split()
    found = {word: outlines_found(shelf, word) for word in typed}
    assert len(typed) > 100
    assert [word for word, hits in found.items() if any(hit.fits for hit in hits)] == FITTING_ALL_THE_SAME
    assert max(len(hits) for word, hits in found.items() if word not in FITTING_ALL_THE_SAME) <= 3


@pytest.mark.parametrize("typed", ["婚礼致辞", "法庭陈述", "招聘广告", "离婚协议", "hello", "！？", ""])
def test_what_there_is_no_outline_for_is_far(shelf: list[OutlineEntry], typed: str) -> None:
    found = outlines_found(shelf, typed)
    assert len(found) <= 3
    assert not any(hit.fits for hit in found)


def test_several_words_are_all_wanted(shelf: list[OutlineEntry]) -> None:
    assert find(shelf, ["安全", "节前"])[0].name == "safety-short"


#: An outline nobody has tuned the search for.
OWN = """title: 在全市河湖长制工作会议上的讲话
speech:
  - opening: 同志们，今天我们研究河湖长制。
  - requirements:
      - heading: 清理河道
        text: 把四乱问题清到底。
"""


def test_an_outline_of_an_office_is_found_like_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "outlines"
    own.mkdir()
    (own / "河长.yaml").write_text(OWN, encoding="utf-8")
    (own / "上访 会议.yaml").write_text("title: 讲话\nspeech:\n  - opening: 同志们。\n", encoding="utf-8")
    (own / "hh.yaml").write_text("title: 讲话\nalso:\n  - 龙舟赛\n  - 端午游船\nspeech:\n  - opening: 同志们。\n", encoding="utf-8")
    listed = entries()

    def first(typed: str) -> list[str]:
        return names(outlines_found(listed, typed))[:2]

    assert first("明天市长要在河湖长制会上讲话")[0] == "河长"
    assert first("河湖长制清理河道")[0] == "河长"
    assert first("hezhang")[0] == "河长"
    assert "上访 会议" in first("信访会议")
    assert first("龙舟赛开赛")[0] == first("lzs")[0] == first("端午游船")[0] == "hh"


def test_what_else_an_outline_is_called_stands_in_its_entry(shelf: list[OutlineEntry]) -> None:
    flood = next(entry for entry in shelf if entry.name == "flood")
    assert "防台风" in flood.also
    assert flood.json()["also"] == list(flood.also)


@pytest.mark.parametrize(("typed", "wanted"), [("忠于党", "忠诚"), ("zhongcheng", "忠诚"), ("抓落实", "落实"), ("廉政", "廉洁"), ("形式主义", "减负")])
def test_passages_are_found_the_same_way(typed: str, wanted: str) -> None:
    assert wanted in names(passages_found(passages(), typed))[:3]


@pytest.mark.parametrize(("typed", "wanted"), [("防台风", "防汛"), ("fangxun", "防汛"), ("上访", "信访"), ("三农", "农业农村"), ("环保督察", "生态环保")])
def test_tables_are_found_the_same_way(typed: str, wanted: str) -> None:
    assert wanted in names(themes_found(themes(), typed))[:2]


def test_rows_of_any_list_are_found_the_same_way() -> None:
    rows = [("speech", "讲话稿"), ("reading", "大字版"), ("card", "提纲卡")]
    assert [hit.entry for hit in rows_found(rows, "大字")] == [1]
    assert [hit.entry for hit in rows_found(rows, "tgk")] == [2]


def test_a_row_says_a_word_once() -> None:
    assert [row for same, like in SYNONYMS if len(set(row := (*same, *like))) < len(row)] == []
    assert {same[0] for same, _ in SYNONYMS} >= DECIDING
