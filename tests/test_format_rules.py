"""The rules on looks, on Word documents as they are: set by hand, by our templates, by other programs, and hostile ones. The
samples of each rule stand in tests/rules."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx import Document
from foreign import CENTRE, TEXT, a4, add, data_of, messy, neat, plain, run_in, with_xml
from word import NOW

from drafter.check.paper import check as find
from drafter.check.rules import names
from drafter.check.settings import Settings
from drafter.commands.check import MENDED
from drafter.commands.new import NewRequest, new
from drafter.commands.papers import read_file
from drafter.word.document import DocxFile

#: All rules that ask for looks.
LOOKS = tuple(sorted(MENDED | {"missing-glyph"}))


def found(path: Path, level: str = "advice") -> list[tuple[str, str, int]]:
    """(rule, level, paragraph) of what the rules on looks say of a document."""
    opened = read_file(str(path), None)
    return [(f.rule, f.level, f.line) for f in find(opened.paper, Settings(select=LOOKS, level=level))]


def saved(folder: Path, document: Any) -> Path:
    path = folder / "稿.docx"
    path.write_bytes(document if isinstance(document, bytes) else data_of(document))
    return path


def test_every_rule_on_looks_is_a_rule() -> None:
    assert set(LOOKS) <= set(names())


def test_a_document_in_disorder_is_told_of_each_kind_once(tmp_path: Path) -> None:
    assert found(saved(tmp_path, messy())) == [
        ("odd-margins", "advice", 0),
        ("odd-type", "advice", 0),
        ("wrong-paper", "warning", 0),
        ("indent-of-spaces", "warning", 3),
        ("odd-type", "advice", 3),
        ("mixed-body-type", "warning", 7),
        ("missing-indent", "warning", 12),
        ("mixed-body-type", "warning", 12),
        ("placed-by-spaces", "advice", 18),
    ]


def grey(document: Any) -> None:
    """What python-docx makes by itself."""


def pasted(document: Any) -> None:
    add(document, TEXT, "等线", 12, first=2)


def flush(document: Any) -> None:
    add(document, TEXT)


def rare(document: Any) -> None:
    add(document, "王喆同志讲得很好。", first=2)


def typed(document: Any) -> None:
    add(document, "　　" + TEXT)


def twice(document: Any) -> None:
    add(document, "　　" + TEXT, first=2)


def centred_by_hand(document: Any) -> None:
    document.paragraphs[1].alignment = None
    document.paragraphs[1].runs[0].text = "　　　　　　　　（2026年11月22日）"


@pytest.mark.parametrize(
    ("disorder", "said"),
    [
        (grey, []),
        (pasted, [("mixed-body-type", "warning", 9)]),
        (flush, [("missing-indent", "warning", 9)]),
        (rare, [("missing-glyph", "warning", 9)]),
        (typed, [("indent-of-spaces", "warning", 9)]),
        (twice, [("indent-of-spaces", "warning", 9)]),
        (centred_by_hand, [("placed-by-spaces", "warning", 1)]),
    ],
)
def test_an_accident_in_a_neat_speech_is_told(tmp_path: Path, disorder: Callable[[Any], None], said: list[Any]) -> None:
    document = neat()
    disorder(document)
    assert found(saved(tmp_path, document), "warning") == said


def test_a_speech_in_other_but_consistent_type_gets_advice_alone(tmp_path: Path) -> None:
    assert found(saved(tmp_path, neat(font="宋体", size=14)), "warning") == []
    assert ("odd-type", "advice", 3) in found(saved(tmp_path, neat(font="宋体", size=14)))


def test_larger_type_throughout_is_no_fault(tmp_path: Path) -> None:
    assert found(saved(tmp_path, neat(font="仿宋", size=22)), "warning") == []
    assert "odd-type" not in {rule for rule, _, _ in found(saved(tmp_path, neat(font="仿宋", size=22)))}


def test_headings_and_words_set_off_on_purpose_are_no_fault(tmp_path: Path) -> None:
    document = neat()
    add(document, "一、提高站位", "黑体", first=2)
    paragraph = add(document, "一要统一思想。", "黑体", first=2)
    run_in(paragraph, TEXT, "仿宋_GB2312", 16)
    quoted = add(document, "《条例》指出：", first=2)
    run_in(quoted, TEXT, "楷体_GB2312", 16)
    add(document, "（此件发至县团级）", "仿宋_GB2312", 12, first=2)
    assert found(saved(tmp_path, document), "warning") == []


def test_the_words_of_a_table_are_left_alone(tmp_path: Path) -> None:
    document = neat()
    table = document.add_table(2, 2)
    for cell in table._cells:
        cell.text = "　　" + TEXT
    assert found(saved(tmp_path, document), "warning") == []


@pytest.mark.parametrize("template", ["speech", "reading", "card"])
@pytest.mark.parametrize("outline", ["office-training", "flood", "letter", "hosting"])
def test_what_a_template_of_ours_writes_is_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, outline: str) -> None:
    monkeypatch.chdir(tmp_path)
    for plain_too in (False, True):
        new(NewRequest((outline,), template=template, output="稿.docx", plain=plain_too, force=True, date="2026-11-22"))
        assert found(tmp_path / "稿.docx") == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_what_libreoffice_has_saved_is_judged_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    new(NewRequest(("office-training",), output="ours.docx", plain=True, date="2026-11-22"))
    (tmp_path / "neat.docx").write_bytes(data_of(neat()))
    (tmp_path / "messy.docx").write_bytes(data_of(messy()))
    call = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx", "--outdir", "out"]
    subprocess.run([*call, "ours.docx", "neat.docx", "messy.docx"], check=True, capture_output=True, timeout=120)
    assert found(tmp_path / "out" / "ours.docx", "warning") == []
    assert found(tmp_path / "out" / "neat.docx", "warning") == []
    before = {rule for rule, _, _ in found(tmp_path / "messy.docx", "warning")}
    assert {rule for rule, _, _ in found(tmp_path / "out" / "messy.docx", "warning")} == before


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="-1" w:h="99999999999999999999"/>'),
        ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="十" w:h=""/>'),
        ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz/>'),
        ('<w:sz w:val="32"/>', '<w:sz w:val="0"/>'),
        ('<w:sz w:val="32"/>', '<w:sz w:val="NaN"/>'),
        ('<w:ind w:firstLine="640"/>', '<w:ind w:firstLine="1e308" w:firstLineChars="-99999999999"/>'),
        ('<w:ind w:firstLine="640"/>', '<w:spacing w:line="0" w:lineRule="exact"/>'),
        ('<w:ind w:firstLine="640"/>', '<w:spacing w:line="-579" w:lineRule="exact"/>'),
        ("<w:body>", "<w:body><w:p/><w:p><w:pPr/></w:p>"),
    ],
)
def test_numbers_no_program_writes_do_not_stop_it(tmp_path: Path, was: str, now: str) -> None:
    found(saved(tmp_path, with_xml(neat(), [(was, now)])))


def test_a_document_of_nothing_is_no_fault(tmp_path: Path) -> None:
    assert [rule for rule, level, _ in found(saved(tmp_path, plain([])), "warning")] == []
    assert found(saved(tmp_path, a4(Document()))) == []


def test_the_findings_are_comments_in_word_and_the_remedy_is_named(tmp_path: Path, run: Run) -> None:
    document = neat()
    typed(document)
    rare(document)
    saved(tmp_path, document)
    done = run("check", "稿.docx", "--annotate", "批.docx", "--select", "indent-of-spaces,missing-glyph")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2] == "版式的问题可以一次改过来：drafter format 稿.docx"
    file = DocxFile((tmp_path / "批.docx").read_bytes(), "批.docx")
    said = ["".join(node.itertext()) for node in file.tree(file.target(file.main, "comments"))]
    assert [one.partition("。")[0] for one in said] == [
        "校对：2 处提醒",
        "提醒：段首是打空格空出来的，不是首行缩进",
        "提醒：字体“仿宋_GB2312”里没有“喆”，会印成别的字体；这个字换成仿宋或者方正仿宋_GBK",
    ]
    assert file.data(NOW)


def test_only_what_format_puts_right_is_sent_to_it(tmp_path: Path, run: Run) -> None:
    document = neat()
    rare(document)
    saved(tmp_path, document)
    done = run("check", "稿.docx", "--select", "missing-glyph")
    assert "drafter format" not in done.stdout
    told = json.loads(run("check", "稿.docx", "--select", "missing-glyph", "--json").stdout)["result"]
    assert [(f["words"], f["paragraph"], f["start"]) for f in told[0]["findings"]] == [("喆", 10, 2)]


def test_a_title_of_which_two_characters_are_left_over_is_told(tmp_path: Path) -> None:
    document = neat()
    document.paragraphs[0].runs[0].text = "在全市党政办公室主任和业务骨干培训班上的讲话"
    document.paragraphs[0].alignment = CENTRE
    assert found(saved(tmp_path, document), "warning") == [("broken-title", "warning", 0)]
