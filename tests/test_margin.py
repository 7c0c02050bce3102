"""The findings of the proof-reader beside the pages: paragraphs cut at their words, cards, and what was decided of them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from drafter.commands.check import CheckRequest, check
from drafter.commands.margin import (
    MOST_CARDS,
    FaultWords,
    Pressed,
    Verdict,
    answer_changed,
    carried_out,
    decided,
    margin_of,
    margin_of_draft,
    marked_pages,
)
from drafter.commands.proofing import Proofing, keep_proofing, proofing_of
from drafter.speech.block import Block
from drafter.speech.draft import Span

PAPER = """在全市档案工作会议上的讲话

同志们：
　　今天布署今年的工作。截止目前,档案都归了档。
　　大家要认真组织事实，把布署变成行动。
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def looked(name="讲话.txt", **more):
    (found,) = check(CheckRequest(files=(name,), text=True, **more)).files
    assert not found.exit_code, found.problems
    return found


def test_words_are_marked_where_they_stand_and_what_was_put_there_stands_behind_them(folder):
    Path("讲话.txt").write_text(PAPER, encoding="utf-8")
    found = looked()
    margin = margin_of(found.remarks)
    assert [(c.words, c.level, c.kind, c.suggestions, c.safe, c.where, c.alike) for c in margin.cards] == [
        ("布署", "error", "用字", ("部署",), True, "第 4 行", (1, 5)),
        ("截止", "warning", "用字", ("截至",), True, "第 4 行", (2,)),
        (",", "error", "标点", ("，",), True, "第 4 行", (3,)),
        ("组织事实", "warning", "用字", ("组织实施",), False, "第 5 行", (4,)),
        ("布署", "error", "用字", ("部署",), True, "第 5 行", (1, 5)),
    ]
    assert (margin.levels, margin.safe, margin.changed, margin.left) == ({"error": 3, "warning": 2}, 4, 0, 0)
    known = [card.known for card in margin.cards]
    margin = margin_of(found.remarks, {known[0]: Verdict("部署"), known[1]: Verdict(None)})
    (page,) = marked_pages(found.lines, found.pages, margin)
    assert [paragraph.look for paragraph in page.paragraphs] == ["title", "greeting", "body", "body"]
    assert page.paragraphs[2].pieces == (
        FaultWords("今天"),
        FaultWords("布署", (1,), (1,), gone=True),
        FaultWords("部署", (1,), new=True),
        FaultWords("今年的工作。"),
        FaultWords("截止", (2,), (2,)),
        FaultWords("目前"),
        FaultWords(",", (3,), (3,), "error"),
        FaultWords("档案都归了档。"),
    )
    assert (margin.levels, margin.safe, margin.changed, margin.left) == ({"error": 2, "warning": 1}, 2, 1, 1)


def test_the_copy_has_what_was_decided_and_nothing_else(folder):
    Path("讲话.txt").write_text(PAPER, encoding="utf-8")
    (folder / "改好").mkdir()
    found = looked()
    known = [card.known for card in margin_of(found.remarks).cards]
    verdicts = {known[0]: Verdict("安排"), known[2]: Verdict(None), known[3]: Verdict("组织实施")}
    done = check(CheckRequest(files=("讲话.txt",), fix=True, output="改好/讲话.txt", decisions=carried_out(found.remarks, verdicts)))
    assert [(one.was, one.now) for one in done.files[0].fixed] == [("布署", "安排"), ("组织事实", "组织实施")]
    assert Path("讲话.txt").read_text(encoding="utf-8") == PAPER
    assert Path("改好/讲话.txt").read_text(encoding="utf-8") == PAPER.replace("布署今年", "安排今年").replace("事实", "实施")
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["讲话.txt", "讲话.txt"]


def test_of_a_page_the_copy_is_a_word_file_in_which_the_same_findings_are_known(folder):
    Path("讲话.html").write_text(f"<html><body>{''.join(f'<p>{row}</p>' for row in PAPER.split())}</body></html>", encoding="utf-8")
    found = looked("讲话.html")
    verdicts = {card.known: Verdict(card.suggestions[0]) for card in margin_of(found.remarks).cards if card.suggestions}
    done = check(CheckRequest(files=("讲话.html",), fix=True, output="讲话.docx", decisions=carried_out(found.remarks, verdicts)))
    assert done.files[0].undone == ()
    assert looked("讲话.docx").remarks == ()


def test_a_comment_is_written_of_what_nobody_has_decided_to_leave(folder):
    Path("讲话.txt").write_text(PAPER, encoding="utf-8")
    known = [card.known for card in margin_of(looked("讲话.txt").remarks).cards]
    check(CheckRequest(files=("讲话.txt",), annotate="批注.docx", decisions=dict.fromkeys(known[1:])))
    from drafter.word.document import DocxFile
    from drafter.word.keeping import own_comments

    said = [comment.rule for comment in own_comments(DocxFile(Path("批注.docx").read_bytes(), "批注.docx")).values()]
    assert [rule for rule in said if rule] == ["wrong-character"]


def test_more_findings_than_anybody_goes_through_are_told_by_number(folder):
    Path("讲话.txt").write_text("在全市工作会议上的讲话\n\n同志们：\n" + "　　今天布署工作,很好。\n" * 400, encoding="utf-8")
    margin = margin_of(looked().remarks)
    assert len(margin.cards) == MOST_CARDS
    assert margin.more == len(looked().remarks) - MOST_CARDS


def test_what_was_decided_is_kept_beside_the_file_and_a_broken_note_is_none(folder):
    Path("讲话.txt").write_text(PAPER, encoding="utf-8")
    path = Path("讲话.txt")
    said = Proofing(verdicts={"a" * 16: Verdict("部署"), "b" * 16: Verdict(None, never=True)}, level="error", minutes=15, ignore=("long-sentence",))
    keep_proofing(path, said)
    assert proofing_of(path) == said
    assert proofing_of(path).with_verdict(("a" * 16,), None).verdicts == {"b" * 16: Verdict(None, never=True)}
    path.with_name(".proofing.json").write_text('{"verdicts": 3}', encoding="utf-8")
    assert proofing_of(path) == Proofing()


DRAFT = (
    Block("标题", (Span("在全市档案"), Span("\n"), Span("工作会议上的讲话"))),
    Block("空行", ()),
    Block("称谓", (Span("同志们："),), "greeting.p1"),
    Block("正文", (Span("今天布署"), Span("【愿景】", blank="愿景", answered=False), Span("。")), "opening.p1"),
    Block("正文", (Span("要"), Span("认真组织事实", blank="任务", field="任务"), Span("。")), "opening.p2"),
)


def test_the_margin_of_a_draft_names_blocks_and_the_answer_words_stand_in_and_passes_over_blanks():
    margin = margin_of_draft(DRAFT, as_of=date(2026, 11, 29))
    assert [(c.words, c.row, c.start, c.end, c.field) for c in margin.cards] == [
        ("布署", 3, 2, 4, ""),
        ("组织事实", 4, 3, 7, "任务"),
    ]
    wanted = [(margin.cards[1], "组织实施")]
    assert answer_changed("一项：认真组织事实", wanted, DRAFT) == "一项：认真组织实施"
    assert answer_changed("别的", wanted, DRAFT) is None
    assert answer_changed("认真组织事实\n认真组织事实", wanted, DRAFT) is None


def test_what_is_found_in_a_draft_has_the_same_fingerprint_in_the_file_made_of_it(folder):
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.commands.saving import save
    from drafter.writers import WRITERS, Properties

    properties = Properties(datetime(2026, 11, 29))
    save(Path("讲话.docx"), WRITERS["docx"](DRAFT, open_template(DEFAULT_TEMPLATE).template, properties))
    in_file = {card.known for card in margin_of(looked("讲话.docx").remarks).cards}
    assert {card.known for card in margin_of_draft(DRAFT).cards} <= in_file


def set_as(*rows: tuple[str, str]) -> tuple[Block, ...]:
    return tuple(Block(role, (Span(text),)) for role, text in rows)


def test_the_script_of_a_meeting_is_held_against_its_other_papers():
    script = set_as(
        ("标题", "在全市防汛抗旱工作会议上的主持词"),
        ("题注", "市长　陈志远"),
        ("称谓", "同志们："),
        ("正文", "现在开会。今天的会议，请市委副书记王志强同志讲话。"),
        ("正文", "刚才，王志强同志从三个方面作了讲话。"),
        ("正文", "散会。"),
    )
    speech = set_as(
        ("标题", "在全市防汛工作会议上的讲话"),
        ("题注", "市委副书记　王志强"),
        ("称谓", "同志们："),
        ("正文", "下面，我讲三点意见。"),
        ("一级标题", "一、盯住堤坝，守牢底线"),
        ("一级标题", "二、备足物资，练好队伍"),
        ("一级标题", "三、管好闸口，畅通信息"),
    )
    assert margin_of_draft(script).cards == ()
    (card,) = margin_of_draft(script, others={"讲话": speech}).cards
    assert (card.rule, card.words) == ("papers-disagree", "全市防汛抗旱工作会议")


@pytest.mark.parametrize(
    ("pressed", "becomes"),
    [
        (Pressed("to:部署", "1"), {1: Verdict("部署")}),
        (Pressed("to:部署", "1", alike=True), {1: Verdict("部署"), 5: Verdict("部署")}),
        (Pressed("to:", "3"), {3: Verdict("")}),
        (Pressed("own", "4", own=" 认真实施 "), {4: Verdict("认真实施")}),
        (Pressed("own", "4", own="  "), {}),
        (Pressed("own", "4", own="组织事实"), {}),
        (Pressed("to:布署", "1"), {}),
        (Pressed("stay", "2"), {2: Verdict(None)}),
        (Pressed("never", "1", alike=True), {1: Verdict(None, never=True), 5: Verdict(None, never=True)}),
        (Pressed("back", "2"), {2: None}),
        (Pressed("safe"), {1: Verdict("部署"), 2: Verdict("截至"), 3: Verdict("，"), 5: Verdict("部署")}),
        (Pressed("to:部署", "9"), {}),
        (Pressed("删库", "1"), {}),
        (Pressed("", "1"), {}),
    ],
)
def test_what_is_pressed_decides_of_findings(folder, pressed, becomes):
    Path("讲话.txt").write_text(PAPER, encoding="utf-8")
    margin = margin_of(looked().remarks)
    known = {str(card.number): card.known for card in margin.cards}
    pressed = pressed._replace(known=known.get(pressed.known, pressed.known))
    assert {card.number: verdict for card, verdict in decided(margin, pressed)} == becomes
