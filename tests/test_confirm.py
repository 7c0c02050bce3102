"""What an outline marks as to be confirmed: 【核实：words】 and 【核实：words｜note】."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from bench.libreoffice import through
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from test_ask import BACK, CTRL_C, ENTER, ERASE, LEAVE_BLANK, MEANT_EMPTY, Terminal, seen
from word import Word

from drafter.commands.check import CheckRequest, check
from drafter.commands.compare import CompareRequest, compare
from drafter.commands.confirming import ConfirmedData
from drafter.commands.drafts import Against
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.format import FormatRequest, format_
from drafter.commands.merge import MergeRequest, merge
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import open_template
from drafter.commands.pull import PullRequest, propose
from drafter.commands.reading import read as read_any
from drafter.commands.renew import RenewRequest, renew
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.outline.blank import ToConfirm, text_of
from drafter.outline.dump import dump, spelt
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.revise.recipe import laid_out
from drafter.speech.draft import Span
from drafter.word.clean import accept_revisions
from drafter.word.comments import comment_on
from drafter.word.confirm import drop, ground_of, open_marks
from drafter.word.document import DocxFile
from drafter.word.markup import MARKED, MARKED_ALONE
from drafter.word.oxml import R, T, w
from drafter.word.text import paragraph_elements, read
from drafter.writers.docx import write as write_docx

NOW = datetime(2026, 11, 29)
W14, W15 = "http://schemas.microsoft.com/office/word/2010/wordml", "http://schemas.microsoft.com/office/word/2012/wordml"

OUTLINE = """\
title: 在全市会议上的讲话
numbering: 一要
fields:
  单位: 哪个单位？
speech:
  - opening: |
      【单位】要在【核实：一周内】拿出方案，【核实：每月｜按通知改】报一次进度。
    note: 单位的全称请核对。
  - requirements:
      - heading: 抓好【核实：三件事】
        text: 第一件是安全。
        note: 三件事按实际改。
      - heading: 抓好落实
        text: 把任务落到人头。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("spelling", "words", "note"),
    [
        ("【核实：一周内】", "一周内", ""),
        ("【核实：一周内｜按会议通知改】", "一周内", "按会议通知改"),
        ("【核实:一周内|按会议通知改】", "一周内", "按会议通知改"),
        ("【 核实 ： 一周内 ｜ 】", "一周内", ""),
    ],
)
def test_words_to_be_confirmed_stand_in_brackets_with_a_note_or_without(spelling, words, note):
    text = text_of(f"要在{spelling}拿出方案。")
    assert text.pieces == ("要在", ToConfirm(words, note, spelling[1:-1], 2), "拿出方案。")
    assert text.words == f"要在{words}拿出方案。"
    assert text.blanks == ()
    assert spelt(text) == f"要在{spelling}拿出方案。"


def test_a_field_may_be_called_by_what_marks_begin_with():
    outline = parse(Source("a.yaml", "title: 讲话\nfields:\n  核实人: 谁？\nspeech:\n  - text: 【核实人】\n"), lambda *_: None)[0]
    assert [blank.name for blank in outline.speech[0].texts[0].blanks] == ["核实人"]


def test_the_draft_knows_the_words_and_the_note():
    outline = parse(Source("a.yaml", "title: 讲话\nspeech:\n  - text: 要在【核实：一周内｜按通知改】交。\n"), lambda *_: None)[0]
    said = fill(outline, {}).parts[0].paragraphs[0].text
    assert said == (Span("要在"), Span("一周内", confirm="按通知改"), Span("交。"))


def write(kind: str) -> bytes:
    new(NewRequest(outlines=("./会.yaml",), output=f"稿.{kind}", date="2026-11-29"))
    return Path(f"稿.{kind}").read_bytes()


def test_text_has_the_words_alone(here):
    assert write("txt").decode() == (
        "在全市会议上的讲话\n\n"
        "\u3000\u3000【单位】要在一周内拿出方案，每月报一次进度。\n"
        "\u3000\u3000一要抓好三件事。第一件是安全。\n"
        "\u3000\u3000二要抓好落实。把任务落到人头。\n"
    )


def test_markdown_has_the_words_alone(here):
    assert "【单位】要在一周内拿出方案，每月报一次进度。\n\n**一要抓好三件事。**第一件是安全。" in write("md").decode()


def test_a_page_shows_the_words_on_a_ground_with_the_note(here):
    page = write("html").decode()
    assert '<mark class="confirm" title="请核实：一周内">一周内</mark>' in page
    assert '<mark class="confirm" title="请核实：每月。按通知改">每月</mark>' in page


def test_an_outline_keeps_its_marks_when_it_is_written_again():
    outline = parse(Source("a.yaml", OUTLINE), lambda *_: None)[0]
    made = outline._replace(source=Source("", ""), sources=())
    again = parse(Source("b.yaml", dump(made)), lambda *_: None)[0]
    assert [text.marks[0].words for part in again.speech[:1] for text in part.texts] == ["一周内"]
    assert fill(again, {}) == fill(outline, {})


# ── in Word ────────────────────────────────────────────────────────────────────────────────────────────────────────


def made(**more: Any) -> DocxFile:
    new(NewRequest(outlines=("./会.yaml",), sets=("单位=市委",), output="稿.docx", date="2026-11-29", force=True, **more))
    return opened()


def opened() -> DocxFile:
    return DocxFile(Path("稿.docx").read_bytes(), "稿.docx")


def comments_of(file: DocxFile) -> list[str]:
    part = file.target(file.main, "comments")
    return [said_by(note) for note in file.tree(part)] if part else []


def said_by(element: Any) -> str:
    return "".join(leaf.text or "" for leaf in element.iter(T))


def still(file: DocxFile) -> list[tuple[str, str, int]]:
    return [(mark.words, mark.note, mark.paragraph) for mark in open_marks(file)]


def words_of(file: DocxFile) -> list[str]:
    return [read(element).text for element in paragraph_elements(file.body)]


ALL = [("一周内", "", 3), ("每月", "按通知改", 3), ("三件事", "", 4)]


def test_in_word_what_is_to_be_confirmed_has_a_comment_and_so_have_notes(here):
    file = made()
    assert comments_of(file) == ["提醒：单位的全称请核对。", "请核实：一周内", "请核实：每月。按通知改", "提醒：三件事按实际改。", "请核实：三件事"]
    assert still(file) == ALL
    assert [ground_of(run) for run in file.body.iter(R) if said_by(run) in ("一周内", "每月", "三件事")] == [MARKED] * 3


def test_a_document_with_nothing_to_confirm_and_no_notes_has_no_comments(here):
    Path("会.yaml").write_text("title: 讲话\nspeech:\n  - text: 同志们好。\n", "utf-8")
    new(NewRequest(outlines=("./会.yaml",), output="稿.docx"))
    assert "word/comments.xml" not in opened().parts


@pytest.mark.parametrize("way", ["--plain", "--no-comments", "drafter.toml"])
def test_without_comments_words_to_be_confirmed_are_only_coloured(here, way):
    if way == "drafter.toml":
        Path("drafter.toml").write_text("comments = false\n", "utf-8")
    file = made(plain=way == "--plain", without_comments=way == "--no-comments")
    assert comments_of(file) == []
    assert still(file) == [(words, "", at) for words, _, at in ALL]
    assert [problem.kind for problem in finish(FinishRequest("稿.docx", check=True)).problems] == ["confirm"] * 3
    status(StatusRequest("稿.docx", confirmed=("all",)))
    assert still(opened()) == []
    assert finish(FinishRequest("稿.docx", check=True)).problems == ()


def test_comments_stand_on_a_letterhead_beside_its_own(here):
    written = docx.Document()
    written.add_paragraph("滨江市人民政府办公室")
    written.save("信头.docx")
    base = DocxFile(Path("信头.docx").read_bytes(), "信头.docx")
    comment_on(base.body[0], "信头用新的", base, "2026-11-29T00:00:00Z", author="办公室")
    template = open_template("speech").template._replace(base=base.data(NOW))
    blocks = laid_out(fill(parse(Source("a.yaml", OUTLINE), lambda *_: None)[0], {}), template)
    data = write_docx(blocks, template, now=NOW, reminders={2: ("核对",)})
    found = DocxFile(data, "稿.docx")
    numbers = [note.get(w("id")) for note in found.tree(found.target(found.main, "comments"))]
    assert len(numbers) == len(set(numbers))
    assert [words for words, _, _ in still(found)] == ["一周内", "每月", "三件事"]


def delete_comment(file: DocxFile, said: str) -> None:
    """As Word deletes a comment: with all that refers to it, the ground stays."""
    part = file.target(file.main, "comments")
    note = next(n for n in file.tree(part) if said in said_by(n))
    drop(file, frozenset((note.get(w("id")),)))
    Path("稿.docx").write_bytes(file.data(NOW))


def resolve(file: DocxFile, said: str) -> None:
    """As Word calls a comment done."""
    part = file.target(file.main, "comments")
    note = next(n for n in file.tree(part) if said in said_by(n))
    note[-1].set(f"{{{W14}}}paraId", "00000007")
    text = f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000007" w15:done="1"/></w15:commentsEx>'
    file.put("word/commentsExtended.xml", text, "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml")
    file.relate(file.main, "commentsExtended", "word/commentsExtended.xml")
    file.touch(part)
    Path("稿.docx").write_bytes(file.data(NOW))


@pytest.mark.parametrize("way", [delete_comment, resolve])
def test_deleting_a_comment_or_calling_it_done_confirms_its_words(here, way):
    way(made(), "请核实：每月")
    assert still(opened()) == [ALL[0], ALL[2]]
    assert [f"{p.kind} {p.words}" for p in finish(FinishRequest("稿.docx", check=True)).problems] == ["confirm 一周内", "confirm 三件事"]


def test_deleting_the_words_confirms_them(here):
    word = Word(Path(made() and "稿.docx").read_bytes())
    word.replace("一周内", "")
    Path("稿.docx").write_bytes(word.save())
    assert still(opened()) == ALL[1:]


def test_other_words_under_the_comment_are_still_asked_for(here):
    word = Word(Path(made() and "稿.docx").read_bytes())
    word.replace("一周内", "十天内")
    Path("稿.docx").write_bytes(word.save())
    assert still(opened()) == [("十天内", "", 3), *ALL[1:]]


def test_marks_are_confirmed_by_their_numbers_with_other_words_where_they_are_given(here):
    made()
    done = status(StatusRequest("稿.docx", confirmed=("1,2=每季度",)))
    assert done.confirmed == ({"words": "一周内", "now": "一周内"}, {"words": "每月", "now": "每季度"})
    assert [mark.words for mark in done.to_confirm] == ["三件事"]
    assert "市委要在一周内拿出方案，每季度报一次进度。" in words_of(opened())
    assert Path("稿.备份.docx").exists()


def test_confirming_alone_keeps_no_copy_for_nothing_is_lost(here):
    made()
    status(StatusRequest("稿.docx", confirmed=("all",)))
    assert still(opened()) == []
    assert not Path("稿.备份.docx").exists()


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (StatusRequest("稿.docx", confirmed=("4",)), "没有第“4”处要核实的话，一共 3 处。"),
        (StatusRequest("稿.docx", confirmed=("一",)), "没有第“一”处要核实的话，一共 3 处。"),
        (StatusRequest("稿.docx", confirm=True), "--confirm 要在终端里一处一处问，这里没有人可以问。"),
    ],
)
def test_what_cannot_be_confirmed_is_told(here, request_, told):
    made()
    with pytest.raises(Rejected) as refused:
        status(request_)
    assert refused.value.diagnostics[0].message == told
    assert still(opened()) == ALL


# ── the final copy ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("request_", [FinishRequest("稿.docx", force=True), FinishRequest("稿.docx", drop_comments=True, drop_highlights=True)])
def test_the_final_copy_waits_for_what_is_open(here, request_):
    made()
    done = finish(request_)
    assert [(p.kind, p.words, p.note) for p in done.problems if p.kind != "hidden"] == [
        ("confirm", words, note) for words, note, _ in ALL
    ]
    assert not done.output


def test_the_final_copy_has_neither_grounds_nor_comments(here):
    delete_comment(made(), "请核实：每月")
    resolve(opened(), "请核实：三件事")
    status(StatusRequest("稿.docx", confirmed=("1",)))
    done = finish(FinishRequest("稿.docx", large_print=True))
    assert done.problems == ()
    for name in (done.output, done.large_print):
        file = DocxFile(Path(name).read_bytes(), name)
        assert "word/comments.xml" not in file.parts
        assert not {ground_of(run) for run in file.body.iter(R)} & {MARKED, MARKED_ALONE}


# ── the draft goes on ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paragraph_with_marks_is_not_edited(here):
    made()
    assert status(StatusRequest("稿.docx")).changes == ()
    assert not status(StatusRequest("稿.docx")).writes


def test_new_answers_leave_what_is_open_open_and_what_is_confirmed_confirmed(here):
    made()
    status(StatusRequest("稿.docx", confirmed=("1",)))
    update(UpdateRequest("稿.docx", Against(sets=("单位=县委",))))
    assert "县委要在一周内拿出方案，每月报一次进度。" in words_of(opened())
    assert still(opened()) == ALL[1:]


def test_another_outline_asks_what_it_did_not_ask_before(here):
    made()
    status(StatusRequest("稿.docx", confirmed=("all",)))
    text = OUTLINE.replace("一周内", "三天内").replace("把任务落到人头", "【核实：每季度】把任务落到人头")
    more = "      - heading: 守住底线\n        text: 记住【核实：八条】。\n        note: 八条见汇编。\n"
    Path("会.yaml").write_text(text + more, "utf-8")
    update(UpdateRequest("稿.docx"))
    assert still(opened()) == [("三天内", "", 3), ("每季度", "", 5), ("八条", "", 6)]
    assert comments_of(opened())[-2:] == ["提醒：八条见汇编。", "请核实：八条"]


def test_an_open_mark_is_asked_once_after_the_outline_has_other_words(here):
    made()
    Path("会.yaml").write_text(OUTLINE.replace("一周内", "三天内"), "utf-8")
    update(UpdateRequest("稿.docx"))
    assert still(opened()) == [("三天内", "", 3), *ALL[1:]]
    assert [said for said in comments_of(opened()) if "内" in said] == ["请核实：三天内"]


def test_a_part_that_goes_takes_its_comments_along(here):
    made()
    Path("会.yaml").write_text(OUTLINE.replace("      - heading: 抓好【核实：三件事】\n        text: 第一件是安全。\n        note: 三件事按实际改。\n", ""), "utf-8")
    update(UpdateRequest("稿.docx"))
    assert words_of(opened())[3:] == ["抓好落实。把任务落到人头。"]
    assert comments_of(opened()) == ["提醒：单位的全称请核对。", "请核实：一周内", "请核实：每月。按通知改"]


def proposed() -> str:
    found = propose(PullRequest("稿.docx", "./会.yaml"))
    assert found.remarks == ()
    return found.diff


def test_wording_changed_under_a_mark_comes_back_into_it(here):
    word = Word(Path(made() and "稿.docx").read_bytes())
    word.replace("一周内", "十天内")
    word.replace("拿出方案", "拿出详细方案")
    Path("稿.docx").write_bytes(word.save())
    assert "+      【单位】要在【核实：十天内】拿出详细方案，【核实：每月｜按通知改】报一次进度。" in proposed()


def test_marked_words_that_were_deleted_leave_no_empty_mark_in_the_outline(here):
    word = Word(Path(made() and "稿.docx").read_bytes())
    word.replace("一周内", "")
    Path("稿.docx").write_bytes(word.save())
    assert "+      【单位】要在拿出方案，【核实：每月｜按通知改】报一次进度。" in proposed()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_marks_come_through_libreoffice(here, tmp_path):
    made()
    (saved,) = through([Path("稿.docx")], ("docx",), tmp_path)
    assert still(DocxFile(saved.read_bytes(), "稿.docx")) == ALL
    assert status(StatusRequest(str(saved))).changes == ()
    update(UpdateRequest(str(saved), Against(sets=("单位=县委",))))
    status(StatusRequest(str(saved), confirmed=("1,2=每季度", "3")))
    done = finish(FinishRequest(str(saved)))
    assert done.problems == ()
    assert [words for words in words_of(DocxFile(Path(done.output).read_bytes(), "定稿.docx")) if "县委" in words] == ["县委要在一周内拿出方案，每季度报一次进度。"]


# ── other commands ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_outline_made_of_a_draft_asks_what_is_still_open(here):
    made()
    status(StatusRequest("稿.docx", confirmed=("1",)))
    extract(ExtractRequest("稿.docx", output="读.yaml", save_answers="读的.yaml"))
    text = Path("读.yaml").read_text("utf-8")
    assert "要在一周内拿出方案，【核实：每月｜按通知改】报一次进度。" in text
    assert "heading: 抓好【核实：三件事】" in text


def test_next_year_s_draft_asks_what_is_still_open(here):
    made()
    renew(RenewRequest("稿.docx", output="明年.docx", interactive=False))
    found = DocxFile(Path("明年.docx").read_bytes(), "明年.docx")
    assert [(words, note) for words, note, _ in still(found)] == [(words, note) for words, note, _ in ALL]
    assert comments_of(found) == ["请核实：一周内", "请核实：每月。按通知改", "请核实：三件事"]


def test_another_look_keeps_what_is_open(here):
    made()
    format_(FormatRequest("稿.docx", template="reading", output="大字.docx"))
    assert still(DocxFile(Path("大字.docx").read_bytes(), "大字.docx")) == ALL


def test_the_redline_of_two_drafts_keeps_what_is_open(here):
    made()
    Path("旧.docx").write_bytes(Path("稿.docx").read_bytes())
    update(UpdateRequest("稿.docx", Against(sets=("单位=县委",))))
    compare(CompareRequest("旧.docx", "稿.docx", to="docx", output="花脸.docx"))
    assert still(DocxFile(Path("花脸.docx").read_bytes(), "花脸.docx")) == ALL


def test_copies_of_departments_bring_no_comments_of_ours(here):
    made()
    word = Word(Path("稿.docx").read_bytes())
    word.replace("拿出方案", "拿出具体方案")
    Path("甲局.docx").write_bytes(word.save())
    merge(MergeRequest(original="稿.docx", copies=("甲局.docx",), output="汇总.docx"), lambda said: None)
    assert still(DocxFile(Path("汇总.docx").read_bytes(), "汇总.docx")) == ALL
    assert comments_of(DocxFile(Path("汇总.docx").read_bytes(), "汇总.docx")) == comments_of(opened())


def test_the_proof_reader_s_comments_stand_beside_ours(here):
    made()
    annotated = check(CheckRequest(("稿.docx",), annotate="校.docx"))
    assert annotated
    assert still(DocxFile(Path("校.docx").read_bytes(), "校.docx")) == ALL


def test_a_reader_tells_how_much_is_open(here):
    made()
    told = [d.message for d in read_any(Path("稿.docx")).remarks]
    assert told == ["有 3 处还没有核实（第一处是“一周内”）。"]


def test_changes_as_revisions_keep_what_is_open_whatever_becomes_of_them(here):
    made()
    update(UpdateRequest("稿.docx", Against(sets=("单位=县委",)), revisions=True))
    assert still(opened()) == ALL
    file = opened()
    accept_revisions(file)
    assert still(file) == ALL


# ── on a terminal ──────────────────────────────────────────────────────────────────────────────────────────────────


def confirmed_with(keys: str) -> tuple[ConfirmedData, ...]:
    made()
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=Terminal(keyboard, keys, 100)):
        return status(StatusRequest("稿.docx", confirm=True, interactive=True)).confirmed


@pytest.mark.parametrize(
    ("keys", "now"),
    [
        (ENTER + ENTER + ENTER, {"一周内": "一周内", "每月": "每月", "三件事": "三件事"}),
        ("3" + ENTER + ENTER + "跳" + ENTER, {"每月": "每月"}),
        ("2" + ENTER + ERASE + "十天内" + ENTER + "3" + ENTER + "3" + ENTER, {"一周内": "十天内"}),
        ("2" + ENTER + ERASE + ENTER + "3" + ENTER + "3" + ENTER, {}),
        (ENTER + BACK + "3" + ENTER + ENTER + "3" + ENTER, {"每月": "每月"}),
        ("2" + ENTER + LEAVE_BLANK + MEANT_EMPTY + ERASE + "十天内" + ENTER + "3" + ENTER + "3" + ENTER, {"一周内": "十天内"}),
        (ENTER + CTRL_C, {"一周内": "一周内"}),
    ],
)
def test_marks_are_confirmed_one_after_another(here, keys, now):
    assert {one["words"]: one["now"] for one in confirmed_with(keys)} == now
    assert {words for words, _, _ in still(opened())} == {"一周内", "每月", "三件事"} - set(now)


def test_giving_up_at_once_changes_nothing(here):
    with pytest.raises(KeyboardInterrupt):
        confirmed_with(CTRL_C)
    assert still(opened()) == ALL


def test_a_question_shows_the_words_where_they_stand_and_the_note(here):
    made()
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, "3" + ENTER + "3" + ENTER + "3" + ENTER, 100)
        with create_app_session(input=keyboard, output=terminal):
            status(StatusRequest("稿.docx", confirm=True, interactive=True))
    told = seen(terminal.screen.getvalue())
    assert "核实 2/3 “每月”对不对？" in told
    assert "约第 1 页第 2 段：…要在一周内拿出方案，每月报一次进度。" in told
    assert "按通知改" in told


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("revisions", [False, True])
@pytest.mark.parametrize("settled", [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
def test_whatever_is_confirmed_stays_so_and_the_rest_is_asked(here, settled, revisions):
    made()
    if settled:
        status(StatusRequest("稿.docx", confirmed=tuple(str(n + 1) for n in settled)))
    rest = [mark for n, mark in enumerate(ALL) if n not in settled]
    for answer in ("县委", "乡党委书记会议秘书组"):
        update(UpdateRequest("稿.docx", Against(sets=(f"单位={answer}",)), revisions=revisions))
        assert still(opened()) == rest
    assert status(StatusRequest("稿.docx")).changes == ()


def test_an_entry_that_comes_later_is_asked_for_alone(here):
    Path("会.yaml").write_text(
        "title: 讲话\nfields:\n  单位:\n    ask: 哪几个？\n    type: list\nspeech:\n"
        "  - opening: 【某】要在【核实：一周内】报方案。\n    each: 单位 as 某\n    note: 名称写全。\n",
        "utf-8",
    )
    new(NewRequest(outlines=("./会.yaml",), sets=("单位=甲局、乙局",), output="稿.docx"))
    assert comments_of(opened()) == ["提醒：名称写全。", "请核实：一周内", "请核实：一周内"]
    status(StatusRequest("稿.docx", confirmed=("all",)))
    update(UpdateRequest("稿.docx", Against(sets=("单位=甲局、丙局、乙局",))))
    assert [words_of(opened())[at - 1] for _, _, at in still(opened())] == ["丙局要在一周内报方案。"]


def test_a_part_decided_later_brings_its_marks_and_its_reminder(here):
    Path("会.yaml").write_text(
        "title: 讲话\nfields:\n  来过:\n    ask: 来过吗？\n    type: yes/no\nspeech:\n  - opening: 同志们辛苦了。\n"
        "  - situation: 要求【核实：每月】报一次。\n    when: 来过\n    note: 按原话。\n",
        "utf-8",
    )
    new(NewRequest(outlines=("./会.yaml",), sets=("来过=否",), output="稿.docx"))
    assert still(opened()) == []
    update(UpdateRequest("稿.docx", Against(sets=("来过=是",))))
    assert [words for words, _, _ in still(opened())] == ["每月"]
    assert comments_of(opened()) == ["提醒：按原话。", "请核实：每月"]
    update(UpdateRequest("稿.docx", Against(sets=("来过=否",))))
    assert comments_of(opened()) == []


def test_of_a_file_that_is_no_draft_nothing_is_confirmed_and_it_says_so(here):
    made()
    word = docx.Document("稿.docx")
    for part in [p for p in word.part.package.iter_parts() if "customXml" in str(p.partname) or "custom.xml" in str(p.partname)]:
        part._blob = b"<a/>"
    word.save("稿.docx")
    was = Path("稿.docx").read_bytes()
    with pytest.raises(Rejected) as refused:
        status(StatusRequest("稿.docx", confirmed=("all",)))
    assert refused.value.diagnostics[0].code == "no-record"
    assert Path("稿.docx").read_bytes() == was
