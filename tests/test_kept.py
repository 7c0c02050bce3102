"""What somebody has decided to leave is not told again; and only what is new against a base draft."""

import json
import subprocess
import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import docx
import pytest
from conftest import Run
from word import members, texts_of

from drafter.check.kept import KeptFinding, place_of_kept, short
from drafter.commands.check import CheckRequest, CheckResult, check
from drafter.word.document import DocxFile
from drafter.word.keeping import kept_in, own_comments
from drafter.word.oxml import add_to, w
from drafter.word.text import P

LINES = (
    "在全市安全生产会议上的讲话",
    "同志们：",
    "截止目前，有三个,好。各项工作进展顺利。",
    "还有,截止年底要完成工作。",
    "截止今天，情况就是这样。谢谢大家。",
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(*lines: str, name: str = "讲话.txt") -> None:
    Path(name).write_text("".join(f"{line}\n" for line in lines or LINES), encoding="utf-8")


def word(*lines: str, name: str = "讲话.docx") -> bytes:
    """A document of somebody else's, saved under a name."""
    document = docx.Document()
    for line in lines or LINES:
        document.add_paragraph(line)
    saved = BytesIO()
    document.save(saved)
    Path(name).write_bytes(saved.getvalue())
    return saved.getvalue()


def looked(name: str, *keep: str, unkeep: tuple[str, ...] = (), since: str = "") -> CheckResult:
    rules = ("half-width-mark", "confused-word", "number-skipped", "misspelt-idiom")
    return check(CheckRequest((name,), select=rules, keep=keep, unkeep=unkeep, since=since))


def told(found: CheckResult) -> list[str]:
    """The findings that stand: line, column and words."""
    said = [p for p in found.remarks if p.code != "setting-from-above"]
    assert said == []  # nor that comments were not read: they are our own
    return [f"{r.place.line}:{r.place.column} {r.words}" for r in found.files[0].remarks]


ALL = ["3:1 截止", "3:9 ,", "4:3 ,", "4:4 截止", "5:1 截止"]


# ── what is the same finding ───────────────────────────────────────────────────────────────────────────────────────

PLACE = place_of_kept("confused-word", "同志们。　截止目前，各项工作进展顺利", 5, 7)


@pytest.mark.parametrize(
    ("now", "start", "same"),
    [
        ("同志们。截止目前，各项工作进展顺利", 4, True),  # blanks are no letters
        ("请看，截止目前，各项工作都很好", 3, True),  # what stands behind is enough
        ("会上说，同志们。截止上月", 8, True),  # or what stands before
        ("说：们。截止目标，各项", 4, False),  # two letters before and one behind are not
        ("我志们。截止目标，各项", 4, True),  # three and one are
        ("截止年底要完成", 0, False),
    ],
)
def test_a_finding_is_known_again_by_its_words_and_their_neighbours(now: str, start: int, same: bool) -> None:
    assert PLACE.stands(place_of_kept("confused-word", now, start, start + 2)) is same


def test_words_may_be_kept_wherever_they_stand_and_another_rule_is_another_finding() -> None:
    everywhere = KeptFinding("confused-word", "截止")
    assert everywhere.stands(PLACE)
    assert not everywhere.stands(PLACE._replace(rule="homophone-slip"))
    assert not everywhere.stands(PLACE._replace(words="截至"))


def test_a_long_sentence_is_known_by_its_ends() -> None:
    sentence = "一" * 20 + "甲" * 300 + "二" * 20
    assert short(sentence) == short(sentence.replace("甲", "乙")) == "一" * 16 + "…" + "二" * 16


# ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("3:1", ["3:9 ,", "4:3 ,", "4:4 截止", "5:1 截止"]),
        ("3", ["4:3 ,", "4:4 截止", "5:1 截止"]),
        ("第 3 行", ["4:3 ,", "4:4 截止", "5:1 截止"]),
        ("截止", ["3:9 ,", "4:3 ,"]),
        ("confused-word:截止", ["3:9 ,", "4:3 ,"]),
        ("half-width-mark", ["3:1 截止", "4:4 截止", "5:1 截止"]),
        ("截止今天", ["3:1 截止", "3:9 ,", "4:3 ,", "4:4 截止"]),
        ("还有，截止".replace("，", ","), ["3:1 截止", "3:9 ,", "5:1 截止"]),
    ],
)
def test_what_is_kept_is_not_told_again(said: str, left: list[str]) -> None:
    for write, name in ((text, "讲话.txt"), (word, "讲话.docx")):
        write()
        assert told(looked(name)) == ALL
        assert told(looked(name, said)) == left
        assert told(looked(name)) == left
        assert told(looked(name, unkeep=("全部",))) == ALL


@pytest.mark.parametrize(("write", "name"), [(text, "讲话.txt"), (word, "讲话.docx")])
def test_it_stays_kept_when_the_text_around_it_changes(write: Callable[..., object], name: str) -> None:
    write(name=name)
    looked(name, "4:4", "3:9")
    note = Path("drafter.toml").read_bytes() if name.endswith("txt") else b""
    kept = kept_in(DocxFile(Path(name).read_bytes(), name)) if name.endswith("docx") else []
    lines = (LINES[0], LINES[1], "新加的一段。", "另外，还有,截止年底要全部完成工作。", "截至目前，有三个,好。", LINES[4])
    write(*lines, name=name)
    if kept:
        from drafter.word.keeping import put_kept

        file = DocxFile(Path(name).read_bytes(), name)
        put_kept(file, kept)
        from datetime import datetime

        Path(name).write_bytes(file.data(datetime(2026, 11, 29)))
    assert note == (Path("drafter.toml").read_bytes() if note else b"")
    assert told(looked(name)) == ["4:6 ,", "6:1 截止"]


def test_it_is_taken_back_one_by_one() -> None:
    text()
    looked("讲话.txt", "3:1", "3:9")
    assert told(looked("讲话.txt", unkeep=("3:1",))) == ["3:1 截止", "4:3 ,", "4:4 截止", "5:1 截止"]
    assert told(looked("讲话.txt", unkeep=(",",))) == ALL
    assert not Path("drafter.toml").exists()


def test_what_is_kept_beside_leaves_the_settings_as_they_are() -> None:
    """What stands in `drafter.toml` keeps its letters, comments too, and what is only kept is no setting."""
    settings = '# 本处室\nignore = ["half-width-mark"]  # 不看\n\n[levels]\nlong-sentence = "off"\n'
    Path("drafter.toml").write_text(settings, encoding="utf-8")
    text()
    assert told(looked("讲话.txt", "4:4")) == ["3:1 截止", "5:1 截止"]
    said = Path("drafter.toml").read_text(encoding="utf-8")
    assert said.startswith(settings)
    assert tomllib.loads(said)["kept"] == [
        {"file": "讲话.txt", "rule": "confused-word", "words": "截止", "before": "还有,", "after": "年底要完成工作。"}
    ]
    looked("讲话.txt", unkeep=("全部",))
    assert Path("drafter.toml").read_text(encoding="utf-8") == settings
    Path("下").mkdir()
    text(name="下/讲话.txt")
    assert told(looked("下/讲话.txt", "4:4")) == ["3:1 截止", "5:1 截止"]


def test_words_of_any_kind_can_be_kept(run: Run) -> None:
    text('他说"好"和\\反斜杠,然后继续。')
    assert run("check", "讲话.txt", "--keep", "1").returncode in (0, 1)
    assert "没有发现问题。\n" in run("check", "讲话.txt").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("讲话.txt", "--keep", "9:9"), "讲话.txt: --keep 9:9：没有找到这样的一处。\n  写报告里的位置（4:8）、那几个字，或者 规则:那几个字。\n"),
        (("讲话.txt", "--unkeep", "3:1"), "讲话.txt: --unkeep 3:1：没有记过这样的一处不改。\n  drafter check 文件 --all 列出已定不改的。\n"),
        (("讲话.txt", "乙.txt", "--keep", "3"), "--keep、--unkeep 一次说一个文件里的；标准输入不行。\n"),
        (("讲话.txt", "--keep", "3", "--fix"), "--keep、--unkeep 和 --fix、--annotate 分两次做。\n"),
        (("讲话.txt", "--since", "无.txt"), "无.txt: 没有这个文件。\n"),
    ],
)
def test_what_cannot_be_kept_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    text()
    done = run("check", *words)
    assert (done.returncode, done.stderr) == (2, said)
    assert not Path("drafter.toml").exists()


def test_a_note_that_cannot_be_read_is_told(run: Run) -> None:
    text()
    Path("drafter.toml").write_text('[[kept]]\nfile = 3\n', encoding="utf-8")
    done = run("check", "讲话.txt")
    assert done.returncode == 2
    assert "[[kept]] 下面要有 file、rule、words" in done.stderr


def test_the_report_says_how_many_were_left_out_and_shows_them_when_asked(run: Run) -> None:
    text()
    assert "记下了 3 处不改（记在 drafter.toml）。\n3 处已定不改（--all 显示）。\n" in run("check", "讲话.txt", "--keep", "截止").stdout
    shown = run("check", "讲话.txt", "--all").stdout
    assert next(row for row in shown.splitlines() if row.startswith("不改")).startswith("不改 讲话.txt:3:1: “截止”应为“截至”")
    assert "3 处已定不改。\n" in shown
    result: dict[str, Any] = json.loads(run("check", "讲话.txt", "--json").stdout)["result"][0]
    assert ([f["words"] for f in result["kept"]], result["counts"]["kept"], result["recorded"]) == (["截止"] * 3, 3, None)
    assert "收回了 3 处，又要看了。\n" in run("check", "讲话.txt", "--unkeep", "截止").stdout


def test_what_is_kept_is_not_mended(run: Run) -> None:
    text()
    run("check", "讲话.txt", "--keep", "3:9")
    run("check", "讲话.txt", "--fix")
    assert Path("讲话.txt").read_text(encoding="utf-8").splitlines()[2:4] == ["截至目前，有三个,好。各项工作进展顺利。", "还有，截止年底要完成工作。"]


# ── Word ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_keeping_changes_nothing_else_in_a_document() -> None:
    before = members(word())
    looked("讲话.docx", "3:1")
    after = members(Path("讲话.docx").read_bytes())
    ours = {name for name in after if name not in before}
    assert len(ours) == 3
    assert all(name.startswith("customXml/") for name in ours)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    looked("讲话.docx", unkeep=("全部",))
    assert set(members(Path("讲话.docx").read_bytes())) == set(before)


def test_what_is_kept_comes_through_libreoffice_and_not_into_the_final_copy(run: Run) -> None:
    word()
    looked("讲话.docx", "half-width-mark")
    assert "校对出错误" not in run("finish", "讲话.docx", "--check").stdout
    office = which("soffice") or which("libreoffice")
    assert office, "LibreOffice is needed for this test"
    words = ["-env:UserInstallation=" + Path("profile").resolve().as_uri(), "--headless", "--convert-to", "docx", "--outdir", "新", "讲话.docx"]
    subprocess.run([office, *words], check=True, capture_output=True, timeout=180)
    assert told(looked("新/讲话.docx")) == ["3:1 截止", "4:4 截止", "5:1 截止"]
    assert run("finish", "讲话.docx", "-o", "定.docx").returncode == 0
    assert kept_in(DocxFile(Path("定.docx").read_bytes(), "定.docx")) == []
    assert b"urn:drafter" not in b"".join(members(Path("定.docx").read_bytes()).values())


def answered(name: str, answers: dict[int, str | None]) -> None:
    """Answer comments of a document as Word does: by number, None for one that is called done."""
    from datetime import datetime

    from drafter.word.document import DocxFile

    file = DocxFile(Path(name).read_bytes(), name)
    part = file.target(file.main, "comments")
    notes = file.tree(part)
    w14, w15 = "http://schemas.microsoft.com/office/word/2010/wordml", "http://schemas.microsoft.com/office/word/2012/wordml"
    rows = []
    for number, note in enumerate(list(notes)):
        key = f"{number + 1:08X}"
        list(note.iter(P))[-1].set(f"{{{w14}}}paraId", key)
        rows.append(f'<w15:commentEx w15:paraId="{key}" w15:done="{int(number in answers and answers[number] is None)}"/>')
        if answers.get(number):
            reply = add_to(notes, "comment", {"id": str(900 + number), "author": "王主任", "initials": "王"})
            inner = add_to(reply, "p")
            inner.set(f"{{{w14}}}paraId", f"{number + 100:08X}")
            add_to(add_to(inner, "r"), "t").text = answers[number]
            rows.append(f'<w15:commentEx w15:paraId="{number + 100:08X}" w15:paraIdParent="{key}" w15:done="0"/>')
    file.touch(part)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    file.put("word/commentsExtended.xml", f'<w15:commentsEx xmlns:w15="{w15}">{"".join(rows)}</w15:commentsEx>', kind)
    rels = file.tree("word/_rels/document.xml.rels")
    rels.append(rels.makeelement(rels[0].tag, {"Id": "rIdEx", "Type": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "Target": "commentsExtended.xml"}))
    file.touch("word/_rels/document.xml.rels")
    Path(name).write_bytes(file.data(datetime(2026, 11, 29)))


def notes_of(name: str) -> list[str]:
    """What the comments of a document say, a line each."""
    file = DocxFile(Path(name).read_bytes(), name)
    return ["".join(t.text or "" for t in note.iter(w("t"))) for note in file.tree(file.target(file.main, "comments"))]


def test_a_comment_that_is_answered_or_done_counts(run: Run) -> None:
    word()
    run("check", "讲话.docx", "--annotate", "批.docx", "--select", "half-width-mark,confused-word")
    said = notes_of("批.docx")
    assert [s.partition("。")[0] for s in said[1:]] == [
        "提醒：“截止”应为“截至”：到某时为止、事情还在进行用“截至”；到期停止用“截止”", "错误：“,”是半角的，用全角的“，”", "错误：同前，改成“，”", "提醒：同前，改成“截至”", "提醒：同前，改成“截至”",
    ]  # fmt: skip
    answered("批.docx", {2: "好的", 3: "不改，原文如此", 5: None})
    assert told(looked("批.docx")) == ["3:1 截止", "3:9 ,", "4:4 截止"]
    answer = run("check", "批.docx", "--unkeep", "5:1")
    assert (answer.returncode, answer.stderr) == (2, "批.docx: --unkeep 5:1：这是在 Word 的批注里答的不改。\n  在 Word 里删掉那条批注，或者重新打开它。\n")
    assert "1 处错误" not in run("finish", "批.docx", "--check", "--drop-comments", "--json").stdout


def test_the_first_comment_of_a_fault_answers_for_all() -> None:
    word()
    check(CheckRequest(("讲话.docx",), select=("half-width-mark", "confused-word"), annotate="批.docx"))
    answered("批.docx", {1: "不用改"})
    assert told(looked("批.docx")) == ["3:9 ,", "4:3 ,"]


def test_comments_made_again_take_the_place_of_those_nobody_has_answered(run: Run) -> None:
    word()
    run("check", "讲话.docx", "--annotate", "批.docx", "--select", "half-width-mark,confused-word")
    answered("批.docx", {3: "不改"})
    run("check", "批.docx", "--annotate", "再批.docx", "--select", "half-width-mark,confused-word")
    assert texts_of(Path("再批.docx").read_bytes()) == texts_of(Path("讲话.docx").read_bytes())
    said = notes_of("再批.docx")
    assert sum(row.startswith(("提醒", "错误")) for row in said) == 5
    assert sum(row.startswith("校对：") for row in said) == 1
    assert "不改" in said
    file = DocxFile(Path("再批.docx").read_bytes(), "再批.docx")
    assert sum(comment.left for comment in own_comments(file).values()) == 1


def test_a_paragraph_without_end_takes_no_longer_a_finding() -> None:
    """Thousands of findings in one paragraph: each is looked at with what stands near it."""
    from time import process_time

    def seconds(times: int) -> float:
        text("截止目前有三个,好" * times, name="长.txt")
        begun = process_time()
        looked("长.txt", since="长.txt")
        return process_time() - begun

    seconds(100)
    short_one, long_one = seconds(1_000), seconds(4_000)
    assert long_one < 9 * short_one


# ── since a base draft ─────────────────────────────────────────────────────────────────────────────────────────────

BASE = (
    "在全市会议上的讲话",
    "同志们：",
    "截止目前，进展顺利。还有三个,好。",
    "一、要统一思想。截止年底要完成。",
    "二、要狠抓落实,不要松劲。",
    "三、要加强领导。",
    "谢谢大家。",
)


@pytest.mark.parametrize(
    ("now", "new"),
    [
        (BASE, []),
        # one sentence changed: what stands in it is new, the other sentence of the paragraph is not
        ((*BASE[:2], "截止目前，进展很顺利。还有三个,好。", *BASE[3:]), ["3:1 截止"]),
        # paragraphs that change places, and a list that is numbered anew
        ((*BASE[:3], "一、要狠抓落实,不要松劲。", "二、要统一思想。截止年底要完成。", *BASE[5:]), []),
        # a paragraph parted in two, two made one
        ((*BASE[:2], "截止目前，进展顺利。", "还有三个,好。", *BASE[3:]), []),
        # words that stand twice now are new once
        ((*BASE[:3], "还有三个,好。", *BASE[3:]), ["4:5 ,"]),
        # nothing changed there, but what it rests on is gone
        ((*BASE[:4], *BASE[5:]), ["5:1 三、"]),
        # new words
        ((*BASE[:6], "截止今天,好。", BASE[6]), ["7:1 截止", "7:5 ,"]),
    ],
)
def test_only_what_is_new_against_a_base_draft_is_told(now: tuple[str, ...], new: list[str]) -> None:
    text(*BASE, name="一稿.txt")
    word(*BASE, name="一稿.docx")
    for write, name in ((text, "二稿.txt"), (word, "二稿.docx")):
        write(*now, name=name)
        for base in ("一稿.txt", "一稿.docx"):
            assert told(looked(name, since=base)) == new


def test_what_the_base_has_is_counted(run: Run) -> None:
    text(*BASE, name="一稿.txt")
    text(*BASE[:6], "截止今天。", name="二稿.txt")
    done = run("check", "二稿.txt", "--since", "一稿.txt")
    assert "底稿里已有的 4 处没有列出（--all 显示）。\n" in done.stdout
    assert "底稿已有 二稿.txt:3:1" in run("check", "二稿.txt", "--since", "一稿.txt", "--all").stdout
    assert json.loads(run("check", "二稿.txt", "--since", "一稿.txt", "--json").stdout)["result"][0]["counts"]["known"] == 4
