"""Copies of several departments in one text: every wish signed, none blended; accepting one department's changes gives
its copy, refusing all gives the text that went out."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from edits import Hand
from hypothesis import given, settings
from hypothesis import strategies as st
from revisions import accepted, half, refused
from word import Word, scribble, texts_of, words_of

from drafter.commands.drafts import Against
from drafter.commands.merge import AdoptedRequest, MergeRequest, MergeResult, adopted, merge, names_of
from drafter.commands.new import NewRequest, new
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.revise.gather import Copy, gather, marked
from drafter.revise.opinions import became, decided, ledger, opinions
from drafter.revise.returned import Stories
from drafter.revise.wishes import END, CopyLine, SentLine, SentStory, applied, changes, differences
from drafter.word.comments import comment_on
from drafter.word.document import DocxFile
from drafter.word.ledger import WishedChange, ledger_of
from drafter.word.oxml import P, T, create, w
from drafter.word.text import paragraph_elements, read

NOW = datetime(2026, 11, 28, 9, 30)

OUTLINE = """\
title: 在全市【会议】上的讲话
numbering: 一、
fields:
  会议: 什么会？
  日期:
    ask: 哪一天？
    type: date
speech:
  - greeting: 同志们：
  - opening: 经市委同意，今天召开全市【会议】，会期是【日期|月日】。会议的任务是总结工作、部署任务，把各项工作做得更实。
  - requirements:
      - heading: 对党忠诚，站稳立场
        alone: yes
        text: |
          忠诚是第一位的要求，任何时候都不能含糊。要把忠诚刻在心里，落在事上。

          要加强理论学习，每月集中学习不少于两天，把学到的用到工作里。
      - heading: 勤勉尽责，干出实绩
        alone: yes
        text: |
          干部要到一线去，到群众中去，把问题解决在基层。

          各单位要在十天内拿出方案，报办公室汇总。重点项目共有120个，要一个一个盯住。
      - heading: 廉洁自律，守住底线
        alone: yes
        text: 廉洁是底线。底线守不住，什么都谈不上。
  - closing: 让我们同心协力，开创全市工作新局面。
"""


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A text that goes out, in 送审稿.docx of an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(
        NewRequest(
            outlines=("./会.yaml",), sets=("会议=办公室工作会议", "日期=2026-12-3"), output="送审稿.docx", interactive=False
        )
    )
    return Path("送审稿.docx").read_bytes()


def edited(data: bytes, *edits: tuple[str, str]) -> bytes:
    """A copy in which words were typed over."""
    word = Word(data)
    for old, by in edits:
        word.replace(old, by)
    return word.save()


def merged(data: bytes, *copies: bytes, names: Sequence[str] = ("组织部", "发改局", "财政局")) -> bytes:
    gathered = gather(Stories(data, "送审稿.docx"), [Copy(n, Stories(c, n)) for n, c in zip(names, copies, strict=False)])
    return marked(gathered, ledger(gathered, opinions(gathered)), NOW)


def wishing(name: str) -> Any:
    """The changes a department wishes, alone or with others."""
    return lambda change: name in change.get(w("author"), "").split("、")


def texts(data: bytes) -> list[str]:
    """The paragraphs, those of tables too."""
    return [read(p).text for p in paragraph_elements(DocxFile(data, "稿.docx").body, tables=True)]


def rows(data: bytes, *copies: bytes) -> list[tuple[str, str, str, str]]:
    """The table of opinions: who, where, the words, the wish."""
    names = ("组织部", "发改局", "财政局")
    gathered = gather(Stories(data, "送审稿.docx"), [Copy(n, Stories(c, n)) for n, c in zip(names, copies, strict=False)])
    return [("、".join(row.names), row.place, row.original, row.wanted) for row in opinions(gathered)]


def comments(data: bytes) -> list[tuple[str, str]]:
    file = DocxFile(data, "汇总.docx")
    part = file.target(file.main, "comments")
    notes = file.tree(part).iter(w("comment")) if part else ()
    return [(note.get(w("author")), "\n".join("".join(t.text for t in p.iter(T)) for p in note.iter(P))) for note in notes]


# ── never blended ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_wishes_that_touch_stand_side_by_side(sent):
    """诚 → 心 by one and a word behind 诚 by another are not 忠心信."""
    one, other = edited(sent, ("忠诚刻在", "忠心刻在")), edited(sent, ("忠诚刻在", "忠诚信义刻在"))
    done = merged(sent, one, other)
    assert texts(half(done, wishing("组织部"))) == texts(one)
    assert texts(half(done, wishing("发改局"))) == texts(other)
    assert texts(refused(done)) == texts(sent)
    assert rows(sent, one, other) == [
        ("组织部", "一、第1段", "要把忠诚刻在心里，", "改为：“要把忠心刻在心里，”"),
        ("发改局", "一、第1段", "要把忠诚刻在心里，", "改为：“要把忠诚信义刻在心里，”"),
    ]
    told = (
        "这一处几家的意见碰在一起，并排放着，接受一家的，别家的就拒绝。原文：“要把忠诚刻在心里，”\n"
        "组织部：“要把忠心刻在心里，”\n发改局：“要把忠诚信义刻在心里，”"
    )
    assert comments(done) == [("drafter", told)]


@pytest.mark.parametrize(
    ("old", "one", "other"),
    [
        ("忠诚刻在", "忠心刻在", "忠诚深刻在"),  # insertion right behind what is replaced
        ("忠诚刻在", "忠心刻在", "忠贞诚刻在"),  # insertion right before it
        ("忠诚刻在", "忠刻在", "忠诚牢刻在"),  # insertion beside what is deleted
        ("忠诚刻在", "忠诚深刻在", "忠诚牢刻在"),  # two insertions at one place
        ("十天内", "十五天内", "二十天内"),  # a number is whole: never 二十五天
        ("共有120个", "共有132个", "共有125个"),
        ("到一线去，到群众中去，", "到一线去，", "到一线去，到群众身边去，"),  # deleted, and changed within
    ],
)
def test_each_of_two_wordings_comes_whole(sent, old, one, other):
    first, second = edited(sent, (old, one)), edited(sent, (old, other))
    done = merged(sent, first, second)
    for name, copy in (("组织部", first), ("发改局", second)):
        assert texts(half(done, wishing(name))) == texts(copy)
    assert texts(refused(done)) == texts(sent)
    assert len(comments(done)) == 1, "wishes that touch are told"


@pytest.mark.parametrize(
    ("third", "words"),
    [
        ("真要把忠诚刻在心里，", "真要把忠诚刻在心里，"),  # in front of the clause that two others change
        ("真要把忠诚再三刻在心里，", "真要把忠诚再三刻在心里，"),  # there, and within
    ],
)
def test_what_comes_at_the_edge_of_a_clause_in_several_ways_is_part_of_it(sent, third, words):
    """Nobody wrote 真要把忠心刻在心里: what a third puts in front of the clause is no wish of its own."""
    clause = "要把忠诚刻在心里，"
    copies = [edited(sent, (clause, by)) for by in ("要把忠心刻在心里，", "要把忠诚深刻在心里，", third)]
    done = merged(sent, *copies)
    assert [row[3] for row in rows(sent, *copies)] == [f"改为：“{by}”" for by in ("要把忠心刻在心里，", "要把忠诚深刻在心里，", words)]
    assert [texts(half(done, wishing(name))) for name in ("组织部", "发改局", "财政局")] == [texts(copy) for copy in copies]


def test_a_comma_that_goes_belongs_to_the_clause_behind_it_that_stands_in_several_ways(sent):
    edits = [("要把忠诚", "要把忠心"), ("要把忠诚", "要把忠信"), ("含糊。要把", "含糊要把")]
    copies = [edited(sent, edit) for edit in edits]
    done = merged(sent, *copies)
    assert [texts(half(done, wishing(name))) for name in ("组织部", "发改局", "财政局")] == [texts(copy) for copy in copies]
    assert [row[3] for row in rows(sent, *copies)] == [
        "改为：“任何时候都不能含糊。要把忠心刻在心里，”",
        "改为：“任何时候都不能含糊。要把忠信刻在心里，”",
        "改为：“任何时候都不能含糊要把忠诚刻在心里，”",
    ]


def test_a_clause_of_its_own_in_front_of_one_that_clashes_is_a_wish_of_its_own(sent):
    clause = "要把忠诚刻在心里，"
    copies = [edited(sent, (clause, by)) for by in ("要把忠心刻在心里，", "要把忠信刻在心里，", "首先，要把忠诚刻在心里，")]
    assert next(row[3] for row in rows(sent, *copies)) == "在“时候都不能含糊。”后增加“首先，”"


def test_a_paragraph_one_deletes_and_another_edits_stands_in_both_ways(sent):
    word = Word(sent)
    word.delete(word.at("要加强理论学习"))
    one, other = word.save(), edited(sent, ("不少于两天", "不少于三天"))
    done = merged(sent, one, other)
    assert texts(half(done, wishing("组织部"))) == texts(one)
    assert texts(half(done, wishing("发改局"))) == texts(other)
    assert [row[3][:8] for row in rows(sent, one, other)] == ["删去这一段", "改为：“要加强理"]


def test_a_paragraph_one_moves_and_another_edits_is_told_as_moved(sent):
    word = Word(sent)
    word.move_up(word.at("要加强理论学习"))
    one, other = word.save(), edited(sent, ("不少于两天", "不少于三天"), ("忠诚是第一位", "忠诚是首位"))
    done = merged(sent, one, other)
    assert texts(half(done, wishing("组织部"))) == texts(one)
    assert texts(half(done, wishing("发改局"))) == texts(other)
    told = [(row[0], row[1], row[3].partition("：")[0]) for row in rows(sent, one, other)]
    assert told == [
        ("组织部", "一、之后", "一、第2段移到这里"),
        ("发改局", "一、第1段", "“忠诚是第一位的要求，”改为“忠诚是首位的要求，”"),
        ("组织部", "一、第2段", "这一段移到一、之后（那里另有一条）"),
        ("发改局", "一、第2段", "改为"),
    ]
    assert "组织部：移到别处" in comments(done)[0][1]


def test_wishes_apart_in_one_sentence_are_changes_of_their_own(sent):
    one, other = edited(sent, ("到一线去", "到工地去")), edited(sent, ("解决在基层", "化解在基层"))
    done = merged(sent, one, other)
    assert "干部要到工地去，到群众中去，把问题化解在基层。" in texts(accepted(done))
    assert comments(done) == []


def test_the_same_wish_is_one_change_signed_by_all(sent):
    edit = ("共有120个", "共有132个")
    done = merged(sent, edited(sent, edit), edited(sent, edit), edited(sent, ("一个一个盯住", "一个一个抓实")))
    authors = {change.get(w("author")) for change in DocxFile(done, "汇总.docx").body.iter(w("ins"))}
    assert authors == {"组织部、发改局", "财政局"}
    assert comments(done) == [("drafter", "组织部、发改局意见相同。")]


def test_two_who_add_a_paragraph_at_one_place_both_have_it(sent):
    copies = []
    for text in ("要学用结合，学以致用。", "要建立学习台账。"):
        word = Word(sent)
        word.add_behind(word.at("要加强理论学习"), text)
        copies.append(word.save())
    done = merged(sent, *copies)
    assert texts(half(done, wishing("发改局"))) == texts(copies[1])
    assert [row[1:] for row in rows(sent, *copies)] == [
        ("一、第2段之后", "", "增加：“要学用结合，学以致用。”"),
        ("一、第2段之后", "", "增加：“要建立学习台账。”"),
    ]


# ── what a copy may be ─────────────────────────────────────────────────────────────────────────────────────────────


def test_tracked_changes_of_a_copy_are_wishes_of_its_department_whoever_made_them(sent):
    word = Word(sent)
    word.track_insertion(word.at("廉洁是底线"), "要警钟长鸣。")
    done = merged(sent, word.save())
    assert texts(half(done, wishing("组织部"))) == texts(word.save())
    assert {c.get(w("author")) for c in DocxFile(done, "汇总.docx").body.iter(w("ins"))} == {"组织部"}


def test_a_moved_paragraph_is_one_wish(sent):
    word = Word(sent)
    first, second = word.at("忠诚是第一位的要求"), word.at("要加强理论学习")
    first.addprevious(second)
    copy = word.save()
    done = merged(sent, copy)
    assert texts(half(done, wishing("组织部"))) == texts(copy)
    assert texts(refused(done)) == texts(sent)
    assert [row[3] for row in rows(sent, copy)] in (["这一段移到一、之后"], ["这一段移到一、第2段之后"])
    body = DocxFile(done, "汇总.docx").body
    assert [len(list(body.iter(w(name)))) > 0 for name in ("moveFrom", "moveTo")] == [True, True]


def test_paragraphs_split_and_joined_are_told_as_such(sent):
    word = Word(sent)
    paragraph = word.at("廉洁是底线")
    leaf = next(t for t in paragraph.iter(T) if "廉洁是底线。" in (t.text or ""))
    before, behind = leaf.text.split("底线守", 1)
    leaf.text = before
    word.add_behind(paragraph, "底线守" + behind)
    copy = word.save()
    done = merged(sent, copy)
    assert texts(half(done, wishing("组织部"))) == texts(copy)
    assert [row[3] for row in rows(sent, copy)] == ["在“廉洁是底线。”后另起一段"]


def test_an_answer_changed_in_a_copy_is_a_blank_again_once_it_is_accepted(sent):
    word = Word(sent)
    word.fill("会议", "信访工作会议")
    copy = word.save()
    done = merged(sent, copy)
    assert [row[3] for row in rows(sent, copy)] == ["“办公室工作会议”改为“信访工作会议”"]
    assert rows(sent, copy)[0][1] == "标题等2处"
    Path("定.docx").write_bytes(half(done, wishing("组织部")))
    assert "信访工作会议" in json.dumps(status(StatusRequest("定.docx")).json(), ensure_ascii=False)


def test_two_answers_of_one_blank_stand_side_by_side_and_stay_answers(sent):
    copies = []
    for answer in ("信访工作会议", "档案工作会议"):
        word = Word(sent)
        word.fill("会议", answer)
        copies.append(word.save())
    Path("定.docx").write_bytes(half(merged(sent, *copies), wishing("发改局")))
    assert texts(Path("定.docx").read_bytes()) == texts(copies[1])
    found = status(StatusRequest("定.docx"))
    assert "档案工作会议" in json.dumps(found.json()["fields"], ensure_ascii=False)
    update(UpdateRequest("定.docx", Against(sets=("会议=信访工作会议",))))
    assert texts(Path("定.docx").read_bytes()) == texts(copies[0])


def test_notes_are_compared_too(sent):
    hand = Hand(sent, Random(3))
    hand.foot_or_endnote()
    original = hand.save()
    part = next(name for name in hand.parts if name.endswith("notes.xml") and hand.typed[0].encode() in hand.parts[name])
    hand.parts[part] = hand.parts[part].replace(hand.typed[0].encode(), "依据见附件".encode())
    copy = hand.save()
    assert [row[3] for row in rows(original, copy)] == [f"“{hand.typed[0]}”改为“依据见附件”"]
    done = merged(original, copy)
    assert Stories(accepted(done), "汇总.docx").words("脚注1") or Stories(accepted(done), "汇总.docx").words("尾注1") == ("依据见附件",)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=40)
def test_whatever_was_done_in_word_one_copy_comes_back_and_nothing_else(draft, seed):
    """Edits at the level of XML: controls nested, boxes, notes, links, revisions half accepted, in the text that goes
    out and in its copies."""
    random = Random(seed)
    hand = Hand(draft, random)
    hand.scribble(random.randrange(0, 3))
    original = hand.save()
    copies = []
    for _ in range(random.randrange(1, 3)):
        hand = Hand(original, random)
        hand.scribble(random.randrange(1, 5))
        copies.append(hand.save())
    names = ("组织部", "发改局")[: len(copies)]
    found = gather(Stories(original, "送审稿.docx"), [Copy(n, Stories(c, n)) for n, c in zip(names, copies, strict=True)])
    done = marked(found, ledger(found, opinions(found)), NOW)
    assert texts(refused(done)) == texts(accepted(original))
    for name, copy, beside in zip(names, copies, found.copies, strict=True):
        if not beside.left:  # a table more, other rows: told in a comment
            assert texts(half(done, wishing(name))) == texts(accepted(copy))


def test_cells_of_a_table_are_compared_one_by_one(sent):
    word = Word(sent)
    table = create("tbl")
    for texts_ in (("项目", "个数"), ("公路", "47")):
        row = create("tr")
        for text in texts_:
            cell = create("tc")
            paragraph = create("p")
            word.run(paragraph, text)
            cell.append(paragraph)
            row.append(cell)
        table.append(row)
    word.at("各单位要在").addnext(table)
    original = word.save()
    copy = edited(original, ("47", "48"))
    done = merged(original, copy)
    assert texts(half(done, wishing("组织部"))) == texts(copy)
    assert texts(refused(done)) == texts(original)
    assert rows(original, copy) == [("组织部", "表1行2列2", "47", "“47”改为“48”")]


@pytest.mark.parametrize("parts", ["项目\n个数\n公路\n47", "项目\t个数\n公路\t47", "| 项目 | 个数 |\n| 公路 | 47 |"])
def test_a_table_in_a_retyped_copy_is_no_wish(sent, parts):
    """LibreOffice's plain text has a cell a line, Word's a row; what stands in notes may follow."""
    hand = Hand(sent, Random(3))
    hand.foot_or_endnote()
    word = Word(hand.save())
    table = create("tbl")
    for texts_ in (("项目", "个数"), ("公路", "47")):
        row = create("tr")
        for text in texts_:
            cell = create("tc")
            cell.append(create("p"))
            word.run(cell[0], text)
            row.append(cell)
        table.append(row)
    word.at("各单位要在").addnext(table)
    Path("有表.docx").write_bytes(word.save())
    body = "\n".join(read(paragraph).text for paragraph in word.paragraphs())
    Path("组织部.txt").write_text(body.replace("重点项目", "重大项目") + f"\n{parts}\n{hand.typed[0]}", encoding="utf-8")
    done = merge(MergeRequest("有表.docx", ("组织部.txt",), dry_run=True))
    assert [row.wanted[:9] for row in done.opinions] == ["“重点项目共有12"]


def test_places_are_told_by_their_headings_past_a_table(sent):
    word = Word(sent)
    table, row, cell = create("tbl"), create("tr"), create("tc")
    cell.append(create("p"))
    word.run(cell[0], "项目")
    row.append(cell)
    table.append(row)
    word.at("干部要到一线去").addnext(table)
    original = word.save()
    copy = edited(original, ("到一线去", "到工地去"), ("十天内", "半月内"), ("廉洁是底线", "清廉是底线"))
    assert [row[1] for row in rows(original, copy)] == ["二、第1段", "二、第2段", "三、第1段"]


def test_a_table_with_other_rows_is_told_in_a_comment(sent):
    word = Word(sent)
    table = create("tbl")
    row = create("tr")
    cell = create("tc")
    cell.append(create("p"))
    word.run(cell[0], "新表")
    row.append(cell)
    table.append(row)
    word.at("各单位要在").addnext(table)
    done = merged(sent, word.save())
    assert comments(done) == [("组织部", "组织部：增加一个表格：\n新表")]
    assert texts(done) == texts(sent)


def test_comments_are_gathered_at_the_same_words_with_their_authors(sent):
    word = Word(sent)
    paragraph = word.at("各单位要在")
    at = read(paragraph).text.index("十天内")
    comment_on(paragraph, "时间太紧。", word.file, "2026-11-25T10:00:00Z", (at, at + 3), "王科长")
    copy = word.save()
    done = merged(sent, copy)
    assert comments(done) == [("组织部（王科长）", "时间太紧。")]
    assert Stories(done, "汇总.docx").remarks()[0][4:] == Stories(copy, "组织部.docx").remarks()[0][4:]
    assert rows(sent, copy) == [("组织部（王科长）", "二、第2段", "十天内", "批注：时间太紧。")]


def test_comments_the_text_had_when_it_went_out_are_not_gathered_again(sent):
    word = Word(sent)
    word.comment(word.at("廉洁是底线"), "再核一遍。")
    original = word.save()
    assert len(comments(merged(original, original, original))) == 1


@pytest.mark.parametrize(("name", "text"), [("retyped.txt", True), ("plain.docx", False)])
def test_a_retyped_copy_is_matched_by_its_words(sent, name, text):
    lines = [("　　" + line.replace("\n", "")).replace("不少于两天", "不少于三天") for line in texts_of(sent) if line.strip()]
    path = Path(name)
    if text:
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        word = Word(sent)
        for paragraph in word.paragraphs()[1:]:
            word.delete(paragraph)
        for line, paragraph in zip(reversed(lines), [word.paragraphs()[0]] * len(lines), strict=True):
            made = create("p")
            word.run(made, line)
            paragraph.addnext(made)
        word.delete(word.paragraphs()[0])
        path.write_bytes(word.save())
    done = merge(MergeRequest("送审稿.docx", (name,), names="组织部", dry_run=True))
    assert [row.wanted for row in done.opinions] == ["“每月集中学习不少于两天，”改为“每月集中学习不少于三天，”"]


def test_a_blank_nobody_answered_is_no_wish_in_plain_text(sent):
    new(NewRequest(outlines=("./会.yaml",), output="空.docx", interactive=False))
    new(NewRequest(outlines=("./会.yaml",), output="空.txt", interactive=False))
    done = merge(MergeRequest("空.docx", ("空.txt",), names="组织部", dry_run=True))
    assert [row.wanted for row in done.opinions] == ["无修改意见"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["docx", "doc"])
def test_a_copy_saved_by_libreoffice_wishes_what_was_typed_alone(sent, tmp_path, kind):
    Path("发改局.docx").write_bytes(edited(sent, ("不少于两天", "不少于三天")))
    call = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir", "out", "发改局.docx"]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    done = merge(MergeRequest("送审稿.docx", (f"out/发改局.{kind}",), dry_run=True))
    assert [row.wanted for row in done.opinions] == ["“每月集中学习不少于两天，”改为“每月集中学习不少于三天，”"]


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

LETTERS = st.sampled_from("忠诚心信大真的要，。；甲乙十二1")
WORDS = st.text(LETTERS, max_size=30)


@st.composite
def texts_and_copies(draw: st.DrawFn) -> tuple[list[tuple[str, int]], list[list[tuple[str, int]]]]:
    """A text (paragraphs and the segment each is in) and copies of it, edited in any way."""
    base = [(text, n) for n, rows_ in enumerate(draw(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3))) for text in rows_]
    copies = []
    for _ in range(draw(st.integers(1, 4))):
        copy = list(base)
        for _ in range(draw(st.integers(0, 5))):
            at = draw(st.integers(0, len(copy) - 1))
            text, segment = copy[at]
            place = draw(st.integers(0, len(text)))
            end = min(len(text), place + draw(st.integers(0, 4)))
            kind = draw(st.sampled_from(["type", "type", "cut", "add", "drop", "split", "move"]))
            alone = sum(s == segment for _, s in copy) == 1
            if kind == "type":
                copy[at] = (text[:place] + draw(st.text(LETTERS, min_size=1, max_size=3)) + text[end:], segment)
            elif kind == "cut":
                copy[at] = (text[:place] + text[end:], segment)
            elif kind == "add":
                copy.insert(at, (draw(WORDS), segment))
            elif kind == "split":
                copy[at : at + 1] = [(text[:place], segment), (text[place:], segment)]
            elif not alone:
                row = copy.pop(at)
                if kind == "move":
                    others = [n for n, (_, s) in enumerate(copy) if s == segment]
                    copy.insert(draw(st.sampled_from(others)), row)
        copies.append(copy)
    return base, copies


@given(texts_and_copies())
@settings(max_examples=300)
def test_every_copy_is_among_the_changes_word_for_word(drawn):
    base, copies = drawn
    fixed = [n + 1 == len(base) or base[n + 1][1] != segment for n, (_, segment) in enumerate(base)]
    story = SentStory([SentLine(text, end, segment) for (text, segment), end in zip(base, fixed, strict=True)])
    edits = {n: differences(story, [CopyLine(text, "", segment) for text, segment in copy]).edits for n, copy in enumerate(copies)}
    made = changes(story, edits)
    for n, copy in enumerate(copies):
        assert applied(story, made, n) == "".join(text + END for text, _ in copy)
    assert all(one.end <= other.start for one, other in pairwise(made))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["忠忠二十二1心"], ["忠忠1十十二的要心1心"]),  # numbers that grow towards each other
        (["真甲的十的的二十十十忠诚，十。真1"], ["真甲的十的，，诚十十，十。真1"]),
        (["大要信十二诚忠二。大，，诚", "|", "十", "。乙，"], ["二诚忠二。大，，诚", "|", "十二"]),  # 十二 is lost in front of a table
        (["；信要诚忠二；。大要信十二诚忠二。大，，诚", "|", "十", "。乙，"], ["；信要诚忠二；。二诚忠二。大，，诚", "|", "十二"]),
    ],
)
def test_a_copy_that_was_found_at_random_comes_word_for_word(old, new):
    def lines(texts_: list[str]) -> list[tuple[str, int]]:
        return [(text, texts_[:n].count("|")) for n, text in enumerate(texts_) if text != "|"]

    base, copy = lines(old), lines(new)
    fixed = [n + 1 == len(base) or base[n + 1][1] != segment for n, (_, segment) in enumerate(base)]
    story = SentStory([SentLine(text, end, segment) for (text, segment), end in zip(base, fixed, strict=True)])
    edits = differences(story, [CopyLine(text, "", segment) for text, segment in copy]).edits
    assert applied(story, changes(story, {0: edits}), 0) == "".join(text + END for text, _ in copy)


@given(seed=st.integers(0, 10**9), many=st.integers(1, 3), times=st.integers(0, 6))
@settings(max_examples=60)
def test_accepting_one_gives_its_copy_and_refusing_all_the_text(draft, seed, many, times):
    random = Random(seed)
    names = ("组织部", "发改局", "财政局")[:many]
    copies = []
    for _ in names:
        word = Word(draft)
        scribble(word, random, times)
        copies.append(word.save())
    done = merged(draft, *copies, names=names)
    assert texts(refused(done)) == texts(draft)
    for name, copy in zip(names, copies, strict=True):
        assert texts(half(done, wishing(name))) == texts(accepted(copy))


@given(seed=st.integers(0, 10**9), hand=st.booleans())
@settings(max_examples=60)
def test_what_is_decided_beforehand_is_as_if_it_had_been_in_word(draft, seed, hand):
    """All of one copy adopted and the rest refused is that copy, with no change left; all refused is the text that went
    out."""
    random = Random(seed)
    copies = []
    for _ in range(2):
        word = Hand(draft, random) if hand else Word(draft)
        word.scribble(random.randrange(1, 5)) if hand else scribble(word, random, 4)
        copies.append(word.save())

    def gathered() -> Any:
        return gather(Stories(draft, "稿.docx"), [Copy(n, Stories(c, n)) for n, c in zip(("甲", "乙"), copies, strict=True)])

    found = gathered()
    kept = ledger(found, opinions(found))
    refs = {(story, n, k): way.by for story, rows in found.changes.items() for n, row in enumerate(rows) for k, way in enumerate(row.ways)}
    for number, copy in enumerate(copies):
        if not found.copies[number].left:
            done = marked(gathered(), kept, NOW, {ref: number in by for ref, by in refs.items()})
            assert texts(done) == texts(refused(done)) == texts(accepted(copy))
    assert texts(marked(gathered(), kept, NOW, dict.fromkeys(refs, False))) == texts(draft)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A text that goes out, for laws."""
    folder = tmp_path_factory.mktemp("draft")
    (folder / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    path = folder / "稿.docx"
    request = NewRequest(
        outlines=(str(folder / "会.yaml"),), sets=("会议=办公室工作会议", "日期=2026-12-3"), output=str(path), interactive=False
    )
    new(request)
    return path.read_bytes()


def test_of_five_copies_with_twelve_edits_each_sixty_are_signed_and_placed(tmp_path, monkeypatch):
    """Edits all over a long report, some in one paragraph, none touching: every one under its department's name, in its
    paragraph."""
    monkeypatch.chdir(tmp_path)
    shipped = Path(__file__).parent.parent / "outlines" / "annual-work.yaml"
    new(NewRequest(outlines=(str(shipped),), output="送审稿.docx", interactive=False))
    data = Path("送审稿.docx").read_bytes()
    random = Random(5)
    places = [
        (n, offset)
        for n, p in enumerate(Word(data).paragraphs())
        for at, piece, text in [(0, piece, piece.text) for piece in read(p).pieces[:1]]
        if piece.control is None and len(text) > 30
        for offset in range(8 + at, len(text) - 8, 14)
    ]
    chosen = random.sample(places, 60)
    names = ("组织部", "发改局", "财政局", "农业农村局", "卫健委")
    wanted: dict[str, tuple[str, int]] = {}
    for k, name in enumerate(names):
        word = Word(data)
        paragraphs = word.paragraphs()
        for m, (number, offset) in enumerate(sorted(chosen[12 * k : 12 * k + 12], reverse=True)):
            mark = f"鑫{'甲乙丙丁戊'[k]}{'子丑寅卯辰巳午未申酉戌亥'[m]}淼"
            leaf = read(paragraphs[number]).pieces[0].leaf
            assert leaf.text is not None
            leaf.text = leaf.text[:offset] + mark + leaf.text[offset + m % 3 :]
            wanted[mark] = (name, number)
        Path(f"{name}.docx").write_bytes(word.save())
    done = merge(MergeRequest("送审稿.docx", tuple(f"{name}.docx" for name in names), output="汇总.docx"))
    result = Stories(Path("汇总.docx").read_bytes(), "汇总.docx")
    assert len(result.paragraphs[""]) == len(Word(data).paragraphs())
    right = 0
    for change in DocxFile(Path("汇总.docx").read_bytes(), "汇总.docx").body.iter(w("ins")):
        said = "".join(t.text or "" for t in change.iter(T))
        right += sum(name in change.get(w("author"), "") for mark, (name, _) in wanted.items() if mark in said)
    assert right == 60
    assert all(mark in result.paragraphs[""][number].text for mark, (_, number) in wanted.items())
    told = [(row.names, row.wanted) for row in done.opinions]
    assert all(any(names_ == (name,) and mark in said for names_, said in told) for mark, (name, _) in wanted.items())


# ── the table ──────────────────────────────────────────────────────────────────────────────────────────────────────


def made(sent: bytes, table: str) -> MergeResult:
    Path("组织部.docx").write_bytes(edited(sent, ("不少于两天", "不少于三天"), ("忠诚刻在", "忠心刻在"), ("同心协力", "齐心协力")))
    Path("发改局.docx").write_bytes(edited(sent, ("共有120个", "共有132个"), ("忠诚刻在", "忠诚深刻在")))
    Path("财政局.docx").write_bytes(sent)
    return merge(MergeRequest("送审稿.docx", ("组织部.docx", "发改局.docx", "财政局.docx"), output="汇总.docx", table=table))


def state_column(path: str) -> list[tuple[str, str]]:
    """Number and state of each row of a table."""
    if path.endswith(".docx"):
        table = next(DocxFile(Path(path).read_bytes(), path).body.iter(w("tbl")))
        cells = [["".join(t.text or "" for t in c.iter(T)) for c in row.iter(w("tc"))] for row in table.iter(w("tr"))]
    else:
        from drafter.word.sheet import Spreadsheet

        cells = [list(cells.values()) for _, cells in Spreadsheet(Path(path).read_bytes(), path).rows()][1:]
    return [(row[0], row[5]) for row in cells[1:]]


@pytest.mark.parametrize("table", ["表.docx", "表.xlsx"])
def test_the_table_is_filled_in_from_what_was_accepted(sent, table):
    done = made(sent, table)
    assert [(row.names, row.kind) for row in done.opinions] == [
        (("组织部",), "clash"),
        (("发改局",), "clash"),
        (("组织部",), "change"),
        (("发改局",), "change"),
        (("组织部",), "change"),
        (("财政局",), "none"),
    ]
    assert state_column(table) == [("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", ""), ("6", "—")]

    def settled(change: Any) -> bool:
        said = "".join(t.text or "" for t in change.iter(T, w("delText")))
        return not any(word in said for word in ("同", "齐"))

    whole = Path("汇总.docx").read_bytes()
    mine = accepted(whole, lambda c: "组织部" in c.get(w("author")) and settled(c))
    Path("定过.docx").write_bytes(refused(mine, lambda c: c.get(w("author")) == "发改局"))
    filled = adopted(AdoptedRequest("定过.docx", table))
    assert filled.counts == {"采纳": 2, "部分采纳": 0, "未采纳": 2, "未定": 1}
    assert state_column(table) == [("1", "采纳"), ("2", "未采纳"), ("3", "采纳"), ("4", "未采纳"), ("5", "未定"), ("6", "—")]
    assert Path(filled.backup).exists()
    Path("定过.docx").write_bytes(accepted(Path("定过.docx").read_bytes()))
    assert adopted(AdoptedRequest("定过.docx", table)).counts["采纳"] == 3


def test_a_deletion_others_reword_is_open_until_it_is_decided_on(sent):
    """Where everything is accepted it looks as if the deletion was not taken, where everything is refused too."""
    word = Word(sent)
    word.delete(word.at("要加强理论学习"))
    copies = [word.save(), edited(sent, ("不少于两天", "不少于三天")), edited(sent, ("每月集中", "每季集中"))]
    for several in (copies[:2], copies):
        done = merged(sent, *several)
        kept = ledger_of(DocxFile(done, "汇总.docx"))
        assert kept is not None
        assert set(became(kept, Stories(done, "汇总.docx")).values()) == {"未定"}
        for n, name in enumerate(("组织部", "发改局", "财政局")[: len(several)]):
            states = list(became(kept, Stories(half(done, wishing(name)), "汇总.docx")).values())
            assert states == ["采纳" if k == n else "未采纳" for k in range(len(several))]


def test_what_somebody_wrote_into_the_table_stays(sent):
    made(sent, "表.docx")
    file = DocxFile(Path("表.docx").read_bytes(), "表.docx")
    row = list(file.body.iter(w("tr")))[4]
    Word.run(list(row.iter(P))[5], "未采纳：已沟通")
    file.touch(file.main)
    Path("表.docx").write_bytes(file.data(NOW))
    Path("定过.docx").write_bytes(accepted(Path("汇总.docx").read_bytes()))
    filled = adopted(AdoptedRequest("定过.docx", "表.docx"))
    assert filled.by_hand == (4, 6)
    assert state_column("表.docx")[3] == ("4", "未采纳：已沟通")


@pytest.mark.parametrize(
    ("now", "states"),
    [
        (["忠心刻在心里，落在事上。"], [["采纳"], ["未采纳"]]),
        (["忠诚刻在心里，落实在事上。"], [["未采纳"], ["采纳"]]),
        (["忠心刻在心里，落实在事上。", "新段。"], [["采纳"], ["采纳"]]),  # and another paragraph was typed
        (["要把忠心刻在心里，落在事上。"], [["采纳"], ["未采纳"]]),  # other words were typed beside it
        (["刻在心里，落在事上。"], [["部分采纳"], ["未采纳"]]) ,  # the old word went, the new one did not come
    ],
)
def test_what_became_of_a_wish_is_told_by_the_words(now, states):
    lines = ["忠诚刻在心里，落在事上。"]
    wanted = [WishedChange(1, 2, ("心",)), WishedChange(8, 8, ("实",))]
    if now == ["刻在心里，落在事上。"]:
        wanted = [WishedChange(0, 2, ("赤胆",)), WishedChange(8, 8, ("实",))]
    assert decided(lines, wanted, now) == states


def test_update_works_on_the_merged_text(sent):
    made(sent, "表.docx")
    Path("定过.docx").write_bytes(accepted(Path("汇总.docx").read_bytes(), wishing("组织部")))
    Path("定过.docx").write_bytes(refused(Path("定过.docx").read_bytes()))
    update(UpdateRequest("定过.docx", Against(sets=("日期=2026-12-9", "会议=信访工作会议"))))
    said = texts(Path("定过.docx").read_bytes())
    assert said[0] == "在全市信访工作会议上的讲话"
    assert any("会期是12月9日" in line for line in said)
    assert any("要把忠心刻在心里" in line for line in said)


def test_finish_takes_the_ledger_out(sent, run):
    Path("组织部.docx").write_bytes(edited(sent, ("同心协力", "齐心协力")))
    merge(MergeRequest("送审稿.docx", ("组织部.docx",), output="汇总.docx"))
    data = refused(Path("汇总.docx").read_bytes())
    Path("定过.docx").write_bytes(data)
    kept = ledger_of(DocxFile(data, "定过.docx"))
    assert kept is not None
    assert set(became(kept, Stories(data, "定过.docx")).values()) == {"未采纳"}
    done = run("finish", "定过.docx", "-o", "定稿.docx", "--force")
    assert (done.returncode, ledger_of(DocxFile(Path("定稿.docx").read_bytes(), "定稿.docx"))) == (0, None), done.stderr


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_both_and_says_what_next(sent, run):
    made(sent, "旧表.docx")
    done = run("merge", "送审稿.docx", "组织部.docx", "发改局.docx", "财政局.docx", "-o", "全.docx", "--table", "全表.xlsx")
    assert done.stdout == """\
组织部：改动 3 处
发改局：改动 2 处
财政局：无修改意见
合起来改动 4 处，1 处碰在一起、并排放着。

碰在一起的：
1. 组织部　一、第1段：改为：“要把忠心刻在心里，”
2. 发改局　一、第1段：改为：“要把忠诚深刻在心里，”

写好了：全.docx
在 Word 里逐条接受或拒绝；作者就是提意见的单位，“审阅→显示标记→特定人员”可以只看一家的。
意见汇总表：全表.xlsx
下一步：在 Word 里逐条接受或者拒绝，存好，再填采纳情况　drafter merge --adopted 全.docx --table 全表.xlsx
"""
    assert zipfile.is_zipfile("全表.xlsx")
    again = run("merge", "送审稿.docx", "组织部.docx", "-o", "全.docx")
    assert (again.returncode, "全.docx 已经有了" in again.stderr) == (2, True)
    dry = json.loads(run("merge", "送审稿.docx", "组织部.docx", "-o", "全.docx", "-n", "--json").stdout)["result"]
    assert (dry["file"], dry["changes"], len(dry["opinions"])) == (None, 3, 3)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["送审稿.docx"], "merge-nothing"),
        (["送审稿.docx", "送审稿.docx"], "merge-twice"),
        (["送审稿.docx", "组织部.docx", "./组织部.docx"], "merge-twice"),
        (["送审稿.docx", "组织部.docx", "发改局.docx", "--names", "组织部"], "merge-names"),
        (["送审稿.docx", "组织部.docx", "发改局.docx", "--names", "局,局"], "merge-names"),
        (["送审稿.docx", "组织部.docx", "--names", "没有.docx=局"], "merge-names"),
        (["送审稿.docx", "组织部.docx", "-o", "汇总.txt"], "output-ending"),
        (["送审稿.docx", "组织部.docx", "--table", "表.csv"], "output-ending"),
        (["送审稿.docx", "没有.docx"], "file-not-found"),
        (["送审稿.docx", "别的.txt"], "merge-unlike"),
        (["送审稿.docx", "会.yaml"], "outline-not-speech"),
        (["送审稿.docx", "坏.docx"], "word-unreadable"),
        (["送审稿.docx", "组织部.docx", "-o", "组织部.docx", "--force"], "file-is-input"),
        (["--adopted", "送审稿.docx", "--table", "旧表.docx"], "ledger-missing"),
        (["--adopted", "汇总.docx"], "merge-no-table"),
        (["--adopted", "汇总.docx", "--table", "组织部.docx"], "table-unreadable"),
        (["--adopted", "汇总.docx", "--table", "坏.xlsx"], "table-unreadable"),
        (["--adopted", "汇总.docx", "送审稿.docx", "--table", "旧表.docx"], "options-conflict"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(sent, run, tmp_path, words, code):
    made(sent, "旧表.docx")
    Path("别的.txt").write_text("春天来了，花都开了。\n小河解冻，燕子归来。\n" * 5, encoding="utf-8")
    Path("坏.docx").write_bytes(b"PK\x03\x04 broken")
    Path("坏.xlsx").write_bytes(sent)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    done = run("merge", *words, "--json")
    assert json.loads(done.stdout)["error"]["code"] == code
    assert done.returncode == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("file", "said", "name"),
    [
        ("组织部.docx", "", "组织部"),
        ("送审稿（组织部）.docx", "", "组织部"),
        ("送审稿-组织部.docx", "", "组织部"),
        ("送审稿.txt", "", "送审稿"),
        ("来稿1.docx", "组织部", "组织部"),
        ("来稿1.docx", "来稿1=组织部", "组织部"),
    ],
)
def test_a_copy_is_called_by_its_file_or_as_said(file, said, name):
    assert names_of(Path("送审稿.docx"), [Path(file)], said) == (name,)


@pytest.mark.parametrize(("file", "name"), [("讲话（财政局）.docx", "财政局"), ("讲话（送审稿）财政局.docx", "财政局"), ("财政局（改）.docx", "财政局（改）")])
def test_a_copy_beside_a_text_with_a_bracket_is_called_by_what_stands_in_its_own(file, name):
    assert names_of(Path("讲话（送审稿）.docx"), [Path(file)], "") == (name,)


def test_a_hostile_copy_is_refused_as_everywhere(sent):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bomb:
        bomb.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>")
        bomb.writestr("_rels/.rels", "<x/>")
    Path("组织部.docx").write_bytes(data.getvalue())
    with pytest.raises(Rejected):
        merge(MergeRequest("送审稿.docx", ("组织部.docx",), output="汇总.docx"))
    assert not Path("汇总.docx").exists()


def test_a_damaged_ledger_is_refused(sent):
    made(sent, "表.docx")
    file = DocxFile(Path("汇总.docx").read_bytes(), "汇总.docx")
    part = file.custom("urn:drafter:merge:1")[0]
    file.put(part, file.parts[part].replace(b"eJ", b"ee", 1))
    Path("坏.docx").write_bytes(file.data(NOW))
    with pytest.raises(Rejected, match="底账坏了"):
        adopted(AdoptedRequest("坏.docx", "表.docx"))


def test_pending_changes_of_the_text_are_counted_as_accepted_and_told(sent):
    word = Word(sent)
    word.track_insertion(word.at("廉洁是底线"), "要警钟长鸣。")
    Path("送审稿2.docx").write_bytes(word.save())
    Path("组织部.docx").write_bytes(edited(accepted(word.save()), ("同心协力", "齐心协力")))
    done = merge(MergeRequest("送审稿2.docx", ("组织部.docx",), output="汇总.docx"))
    assert [remark.code for remark in done.remarks] == ["merge-pending"]
    assert texts(refused(Path("汇总.docx").read_bytes())) == texts(accepted(word.save()))


def test_words_of_all_copies_are_in_the_merged_text(sent):
    copies = []
    for k in range(3):
        word = Word(sent)
        word.count = 100 * k
        scribble(word, Random(k), 6)
        copies.append((word.typed, word.save()))
    done = words_of(merged(sent, *(copy for _, copy in copies)))
    assert [one for typed, _ in copies for one in typed if one not in done] == []



def test_rows_are_decided_on_before_the_text_is_written(sent):
    Path("组织部.docx").write_bytes(edited(sent, ("同心协力", "齐心协力"), ("不少于两天", "不少于三天")))
    Path("发改局.docx").write_bytes(edited(sent, ("不少于两天", "不少于一天"), ("盯住", "盯牢")))
    look = merge(MergeRequest("送审稿.docx", ("组织部.docx", "发改局.docx"), dry_run=True))
    assert [(row.names, row.wanted) for row in look.opinions] == [
        (("组织部",), "改为：“每月集中学习不少于三天，”"),
        (("发改局",), "改为：“每月集中学习不少于一天，”"),
        (("发改局",), "“要一个一个盯住。”改为“要一个一个盯牢。”"),
        (("组织部",), "“让我们同心协力，”改为“让我们齐心协力，”"),
    ]
    asked = MergeRequest("送审稿.docx", ("组织部.docx", "发改局.docx"), output="汇总.docx", table="表.docx")
    with pytest.raises(Rejected, match="第 1 条和第 2 条碰在一起，只能采纳一条"):
        merge(asked._replace(decisions=((1, True), (2, True))))
    with pytest.raises(Rejected, match="没有第 5 条"):
        merge(asked._replace(decisions=((5, True),)))
    merge(asked._replace(decisions=((1, True), (3, False))))
    done = Path("汇总.docx").read_bytes()
    assert texts(refused(done)) == texts(edited(sent, ("不少于两天", "不少于三天")))
    assert texts(accepted(done)) == texts(edited(sent, ("不少于两天", "不少于三天"), ("同心协力", "齐心协力")))
    filled = adopted(AdoptedRequest("汇总.docx", "表.docx", output="填.docx"))
    assert [(row.number, row.state) for row in filled.rows] == [(1, "采纳"), (2, "未采纳"), (3, "未采纳"), (4, "未定")]
