"""What LibreOffice 7.4 writes several times over is as it was, or it is told; what a writer repeats stays."""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from bench.libreoffice import HARD, OUTLINES, draft, through, verdict
from libreoffice import ASIAN, WEAK, Break, Control, Piece, controls, fields, read, read_as_odt, saved
from test_finish import document

from drafter.commands.check import CheckRequest, check
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.format import FormatRequest, format_
from drafter.word.document import DocxFile
from drafter.word.text import P, T
from drafter.word.text import read as read_paragraph

#: Answers of every kind that is cut otherwise.
ANSWERS = (
    "甲", "A", "12", "哈哈", "甲1", "1甲", "甲1甲", "1甲1", "12月20日前", "11月11日", "一二12一二12", "“四”", "《汉2汉》", "甲，乙,丙", "甲 乙",
    "A 甲", "甲—乙…丙", "𠮷1", "1年1年1", "年1年", "甲\t1乙", "甲%", "℃甲", "Ⅰ甲A", "，", "，1", "a&b<c>甲", "　甲", "A～B",
)  # fmt: skip


def texts(paragraphs: str) -> list[str]:
    """What the paragraphs of a document say, blanks in brackets."""
    file = DocxFile(document(paragraphs), "稿.docx")
    out = []
    for element in file.body.iter(P):
        paragraph = read_paragraph(element)
        said, last = "", None
        for piece in paragraph.pieces:
            if piece.control != last:
                said += "]" if last is not None else ""
                said += "[" if piece.control is not None else ""
            said += piece.text
            last = piece.control
        out.append(said + ("]" if last is not None else ""))
    return out


def times(pieces: Sequence[Piece], number: int, opened: Callable[[Sequence[Piece]], list[Piece]] = read) -> list[Piece]:
    """Opened and saved so often."""
    out = list(pieces)
    for _ in range(number):
        out = saved(opened(out))
    return out


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("together", [False, True], ids=["by LibreOffice alone", "and by another program"])
def test_an_answer_is_as_it_was(number: int, together: bool) -> None:
    drafts = [["前", Control("f1", (answer,)), "后"] for answer in ANSWERS]
    written = "".join(controls(times(pieces, number), together) for pieces in drafts)
    assert texts(written) == [f"前[{answer}]后" for answer in ANSWERS]


@pytest.mark.parametrize("number", [1, 2])
def test_through_odt_it_is_as_it_was(number: int) -> None:
    answers = [answer for answer in ANSWERS if "\t" not in answer]
    written = "".join(fields(times(["前", Control("f1", (answer,)), "后"], number, read_as_odt)) for answer in answers)
    assert texts(written) == [f"前{answer}后" for answer in answers]


@pytest.mark.parametrize("number", [1, 2])
def test_neighbours_are_told_apart(number: int) -> None:
    one, other, same, latin = Control("f1", ("甲1",)), Control("f2", ("乙",)), Control("f3", ("乙",)), Control("f4", ("A",))
    rows = [[one, one], [one, other], [other, same], [latin, latin], [latin, one], [one, latin, other], [other, other, other]]
    wanted = ["".join(f"[{control.leaves[0]}]" for control in row) for row in rows]
    assert texts("".join(controls(times(row, number)) for row in rows)) == wanted


@pytest.mark.parametrize(
    "title",
    ["全市会议一\n二次会", "2026年全市\n第12次会", "A甲\n乙B", "甲\n乙\n丙", "ABC Innovation\nSummit", "甲1\n1乙"],
)
def test_a_title_broken_inside_an_answer_is_broken_there(title: str) -> None:
    once = saved(["在", Control("f1", (title,)), "上"])
    assert texts(controls(once)) == [f"在[{title}]上"]
    assert texts(controls(["在", Break(), *once[1:]])) == [f"在\n[{title}]上"]


def test_random_answers_are_as_they_were() -> None:
    """2,000 answers, some beside others, saved once to three times, with and without another program after it."""
    random = Random(20261128)
    letters = [*ASIAN, *WEAK.strip(), *"0123456789AbcΩ.,-%·\t哈哈汉汉月月日日12"]
    wrong = []
    for _ in range(2_000):
        row = [
            Control(f"f{blank}", ("".join(random.choices(letters, k=random.randint(1, 8))).strip() or "甲",))
            for blank in range(random.choice([1, 1, 1, 2, 3]))
        ]
        written = controls(["前", *times(row, random.choice([1, 1, 1, 2, 2, 3])), "后"], random.random() < 0.3)
        wanted = "".join(f"[{control.leaves[0]}]" for control in row)
        if texts(written) != [f"前{wanted}后"]:
            wrong.append((row, texts(written)))
    assert wrong == []


@pytest.mark.parametrize(
    "row",
    [
        [Control("f1", ("一步一步",))],
        [Control("f1", ("谢谢谢谢",)), "！"],
        [Control("f1", ("谢谢",)), "谢谢"],
        ["谢谢", Control("f1", ("谢谢",)), "谢谢谢谢谢谢"],
        [Control("f1", ("谢谢",)), Control("f1", ("谢谢",)), Control("f1", ("谢谢",)), Control("f1", ("谢谢",))],
        [Control("f1", ("一",)), Control("f2", ("一一",)), Control("f3", ("一",))],
        [Control("f1", ("人",)), Control("f2", ("人人",)), Control("f3", ("人",))],
    ],
)
def test_what_a_writer_repeats_stays(row: list[Piece]) -> None:
    wanted = "".join(f"[{piece.leaves[0]}]" if isinstance(piece, Control) else piece for piece in row)
    file = DocxFile(document(controls(row)), "稿.docx")
    assert len(file.body)
    assert texts(controls(row)) == [wanted]
    assert (file.undone, file.doubts) == ({}, {})


@pytest.mark.parametrize(
    ("row", "words", "number"),
    [
        ([Control("f1", ("甲",)), Control("f1", ("乙甲",)), Control("f1", ("甲",))], "甲", 3),  # what is in front is none of its words
        ([Control("f1", ("甲", "甲")), Control("f1", ("甲",))], "甲", 3),  # somebody deleted the first
        ([Control("f1", ("李四",)), Control("f1", ("张三", "张三")), Control("f1", ("张三",))], "张三", 3),  # … or typed over it
        ([Control("f1", ("张三",)), Control("f1", ()), Control("f1", ("张三",))], "张三", 2),  # … or only what is in the middle
    ],
)
def test_what_cannot_be_told_stays_and_is_told(row: list[Piece], words: str, number: int) -> None:
    file = DocxFile(document(controls(row)), "稿.docx")
    assert "".join(t.text or "" for t in file.body.iter(T)) == "".join("".join(c.leaves) for c in row if isinstance(c, Control))
    assert [(d.words, d.times) for found in file.doubts.values() for d in found] == [(words, number)]


def test_marks_and_notes_in_a_copy_stay() -> None:
    pieces = saved([Control("f1", ("甲1",))])
    marks = '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/><w:r><w:commentReference w:id="3"/></w:r>'
    at = [found.end() for found in re.finditer("<w:sdtContent>", controls(pieces))][1]
    written = controls(pieces)[:at] + marks + controls(pieces)[at:]
    file = DocxFile(document(written), "稿.docx")
    assert texts(written) == ["[甲1]"]
    assert [sum(1 for _ in file.body.iter(f"{P[:-1]}{name}")) for name in ("bookmarkStart", "bookmarkEnd", "commentReference")] == [1, 1, 1]


# ── a real one ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_drafts_saved_by_libreoffice_become_the_same_final_copies(tmp_path: Path) -> None:
    """The rest of the outlines, more saves and the way through .odt: tests/bench/libreoffice.py."""
    names = [name for name in OUTLINES if name in ("office-training", "study-session", "inspection-rectification", "safety")]
    made = [draft(name, HARD if number % 2 else (), tmp_path) for number, name in enumerate(names)]
    assert [verdict(*pair) for pair in zip(made, through(made, ("docx", "docx"), tmp_path), strict=True)] == [("right", "")] * len(names)


# ── what commands tell ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_tells_of_words_that_may_be_repeated_and_finish_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody typed over the first of the copies in LibreOffice."""
    monkeypatch.chdir(tmp_path)
    row = [Control("f1", ("王书记",)), Control("f1", ("李书记", "李书记")), Control("f1", ("李书记",))]
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("在大会上的讲话", "同志们："))
    Path("稿.docx").write_bytes(document(body + controls(["今天", *row, "来了。"]) + "<w:p><w:r><w:t>好好干。</w:t></w:r></w:p>"))
    told = "约第 1 页第 3 段“李书记”重复了 3 遍，像是 LibreOffice 7.4 保存时留下的，没有替您改。"
    remarks = {
        "check": check(CheckRequest(("稿.docx",))).remarks,
        "extract": extract(ExtractRequest("稿.docx", output="出.yaml")).remarks,
        "format": format_(FormatRequest("稿.docx", output="排.docx")).remarks,
    }
    assert {name: [r.message for r in said if r.code == "text-repeated"] for name, said in remarks.items()} == {name: [told] for name in remarks}
    done = finish(FinishRequest("稿.docx", force=True))
    assert [(p.kind, p.where, p.words, p.note) for p in done.problems] == [
        ("repeated", "约第 1 页第 3 段", "李书记", "重复了 3 遍，像是 LibreOffice 7.4 保存时留下的")
    ]
    assert not Path("稿（定稿）.docx").exists()


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_a_field_that_begins_or_ends_in_another_paragraph_is_no_copy(kind: str) -> None:
    blank = '<w:sdt><w:sdtPr><w:tag w:val="甲"/></w:sdtPr><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt>'
    half = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    assert texts(f"<w:p>{blank}{half}{blank}</w:p>") == texts(f"<w:p>{blank}<w:proofErr/>{blank}</w:p>")
