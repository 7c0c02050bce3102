"""One way to say where: whatever command speaks of a paragraph of a Word file, it names the same page and paragraph, as
LibreOffice lays it out."""

import json
import re
import subprocess
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx.oxml import parse_xml
from word import Word

from drafter.commands.check import CheckRequest, check
from drafter.commands.drafts import Against
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.new import NewRequest, new
from drafter.commands.office import libreoffice, to_docx, to_pdf
from drafter.commands.opening import blocks_of, open_outline, open_template
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.readers.open import read_word
from drafter.speech.spot import Spot
from drafter.word.document import DocxFile
from drafter.word.where import Finder
from drafter.writers.docx import write

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHOLE = "机关工作千头万绪，抓住要紧的事情，一件一件办好，才不辜负群众的期待和组织的信任。"

OUTLINE = f"""\
title: 在全市办公室工作会议上的讲话
numbering: 一要
fields:
  愿景:
    ask: 发展目标怎么说？
speech:
  - greeting: 同志们：
  - opening: |
      {WHOLE * 12}
  - opening: |
      {WHOLE}
  - requirements:
      - heading: 提高站位
        text: {WHOLE * 9}
      - heading: 狠抓落实
        text: 大家同心协力，为建设【愿景】而奋斗。
  - closing: 让我们一起努力！
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest(("会.yaml",), output="稿.docx", date="2026-11-22"))
    return Path("稿.docx")


def xml(text: str) -> Any:
    return parse_xml(text.replace("<w:p>", f"<w:p {NS}>", 1).replace("<w:tbl>", f"<w:tbl {NS}>", 1))


def line(words: str = "", properties: str = "") -> str:
    said = f"<w:r><w:t>{words}</w:t></w:r>" if words else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{said}</w:p>"


BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
TURNED = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="{}" w:h="{}" w:orient="{}"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4000\"/><w:gridCol w:w=\"4000\"/></w:tblGrid>" + "".join(
    f"<w:tr><w:tc><w:p><w:r><w:t>第{n}项</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>综合科</w:t></w:r></w:p></w:tc></w:tr>" for n in "一二三"
) + "</w:tbl>"


def before(*made: str) -> Callable[[Word], None]:
    """Stands before the first paragraph."""

    def put(word: Word) -> None:
        for one in reversed(made):
            word.file.body.insert(0, xml(one))

    return put


def ahead(*made: str) -> Callable[[Word], None]:
    """Stands before the second paragraph of the opening."""

    def put(word: Word) -> None:
        at = word.at(WHOLE)
        last = [p for p in word.paragraphs() if WHOLE in "".join(p.itertext())][1]
        for one in made:
            last.addprevious(xml(one))
        assert at is not None

    return put


def large(word: Word) -> None:
    """All in the type of 大字版."""
    for size in word.file.tree(word.file.target(word.file.main, "styles")).iter("{*}sz"):
        size.set(size.tag.replace("sz", "val"), "44")
    for spacing in word.file.tree(word.file.target(word.file.main, "styles")).iter("{*}spacing"):
        if spacing.get(spacing.tag.replace("spacing", "line")):
            spacing.set(spacing.tag.replace("spacing", "line"), "800")
    word.file.touch(word.file.target(word.file.main, "styles"))


def table_behind_the_title(word: Word) -> None:
    word.at("同志们").addprevious(xml(TABLE))


KINDS: dict[str, tuple[Callable[[Word], None] | None, str]] = {
    "as it was made": (None, "约第 2 页第 3 段"),
    "with a cover": (before(line("办公室工作会议"), line("会议材料之一"), BREAK), "约第 3 页第 4 段"),
    "with a head and a line under it": (before(line("中共滨江市委办公室文件"), line("滨办发〔2026〕3号")), "约第 2 页第 4 段"),
    "with a table": (table_behind_the_title, "约第 2 页第 4 段"),
    "with empty paragraphs": (ahead(line(), line(), line("　　")), "约第 2 页第 3 段"),
    "with page breaks": (ahead(BREAK, line("另起一页。"), BREAK), "约第 4 页第 3 段"),
    "with a landscape section": (before(line("附图"), TURNED.format(16838, 11906, "landscape")), "约第 3 页第 3 段"),
    "with more than ten pages": (before(*[line(WHOLE * 10)] * 30), ""),
    "in large type": (large, ""),
}


def typed(word: Word) -> None:
    """Somebody types a word before the blank."""
    paragraph = word.at("大家同心协力")
    word.type_into(paragraph, len("大家同心协力，为建"), "设和守护")


def said_by_all(path: Path) -> dict[str, str]:
    """What each command says of the place of the paragraph with the blank."""
    name = str(path)
    found = check(CheckRequest((name,)))
    finding = next(r for r in found.files[0].remarks if r.words == "【愿景】")
    problem = next(p for p in finish(FinishRequest(name, check=True)).problems if p.kind == "blank")
    told = status(StatusRequest(name))
    change = next(place for one, place in zip(told.changes, told.changed_at, strict=True) if "守护" in one.after)
    would = update(UpdateRequest(name, Against(("愿景=宜居新城",)), dry_run=True))
    step = next(place for one, place in zip(would.steps, would.places, strict=True) if "宜居新城" in one.after)
    return {"check": str(finding.spot), "finish": problem.where, "status": str(change), "update": str(step)}


@pytest.mark.parametrize("kind", KINDS)
def test_all_commands_name_a_paragraph_in_the_same_way(draft: Path, kind: str) -> None:
    made, place = KINDS[kind]
    word = Word(draft.read_bytes())
    if made is not None:
        made(word)
    typed(word)
    draft.write_bytes(word.save())
    said = said_by_all(draft)
    assert len(set(said.values())) == 1, said
    assert re.fullmatch(r"约第 \d+ 页第 \d+ 段", said["check"])
    assert place in ("", said["check"])


@pytest.mark.skipif(not libreoffice(), reason="there is no LibreOffice")
def test_all_commands_name_it_in_the_same_way_when_libreoffice_has_saved_it(draft: Path) -> None:
    word = Word(draft.read_bytes())
    typed(word)
    draft.write_bytes(to_docx(word.save(), "docx", "稿.docx"))
    assert set(said_by_all(draft).values()) == {"约第 2 页第 3 段"}


# ── on the page LibreOffice sets it on ─────────────────────────────────────────────────────────────────────────────


def _begins_on(pdf: Path, texts: Iterable[str]) -> list[int]:
    """The pages of a PDF paragraphs begin on, 0 where they are not found."""
    pages = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    letters = [(c, n) for n, page in enumerate(pages, 1) for row in page.split("\n") if not re.fullmatch(r"\s*[—–-]?\s*\d+\s*[—–-]?\s*", row) for c in re.sub(r"\s", "", row)]
    said, at, out = "".join(c for c, _ in letters), 0, []
    for text in texts:
        flat = re.sub(r"\s", "", text)[:14]
        found = said.find(flat, at)
        out.append(letters[found][1] if flat and found >= 0 else 0)
        at = found + len(flat) if flat and found >= 0 else at
    return out


@pytest.mark.skipif(not libreoffice(), reason="there is no LibreOffice")
@pytest.mark.parametrize("template", ["speech", "reading"])
def test_nineteen_of_twenty_paragraphs_are_on_the_page_libreoffice_sets_them_on(template: str, tmp_path: Path) -> None:
    right = total = 0
    for name in ("economy-meeting", "womens-day", "hosting-agenda", "appointment"):
        outline = open_outline(name).outline
        dress = open_template(template)
        data = write(blocks_of(fill(outline, examples(outline.fields, date(2026, 11, 29))), dress), dress.template, now=datetime(2026, 11, 29), title="讲话")
        (tmp_path / "稿.pdf").write_bytes(to_pdf(data, dress.template.fallbacks))
        file = DocxFile(data, "稿.docx")
        found = read_word(file)
        assert found.word is not None
        finder = Finder(file)
        rows = [(block.text, finder.within(inner, 0).page) for block, inner in zip(found.blocks, found.word.elements, strict=True) if block.text.strip()]
        for there, (_, page) in zip(_begins_on(tmp_path / "稿.pdf", [text for text, _ in rows]), rows, strict=True):
            total += bool(there)
            right += there == page
    assert total > 70
    assert right / total >= 0.95, f"{right} of {total}"


# ── what is no paragraph of a page ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("spot", "said"),
    [
        (Spot("甲", page=3, paragraph=2), "约第 3 页第 2 段“甲”"),
        (Spot("甲", page=3, of="表格", number=2), "约第 3 页表格第 2 行“甲”"),
        (Spot("甲", page=3, of="文本框"), "约第 3 页文本框“甲”"),
        (Spot("甲", page=3, of="脚注", number=1), "约第 3 页脚注 1“甲”"),
        (Spot("甲", of="首页页眉"), "首页页眉“甲”"),
        (Spot("甲", page=1, paragraph=2, behind=True), "约第 1 页第 2 段后面“甲”"),
        (Spot("甲", page=2, about=False), "第 2 页“甲”"),
        (Spot("甲", paragraph=2, about=False), "第 2 段“甲”"),
        (Spot("甲", line=4, column=8, about=False), "第 4 行第 8 列“甲”"),
        (Spot("甲\n乙" * 30, page=1, paragraph=1), f"约第 1 页第 1 段“{('甲 乙' * 30)[:39]}…”"),
    ],
)
def test_a_place_in_words(spot: Spot, said: str) -> None:
    assert spot.quoted() == said


def test_findings_on_other_files_say_what_a_reader_can_find(run: Run, tmp_path: Path) -> None:
    body = "<p>在全市档案工作会议上的讲话</p><p>同志们：</p><p>合同截止日期是今天。截止目前都干完了。</p>"
    (tmp_path / "稿.html").write_text(f"<html><meta charset='utf-8'><body>{body}</body></html>", encoding="utf-8")
    (tmp_path / "稿.txt").write_text("在全市档案工作会议上的讲话\n\n同志们：\n　　截止目前都干完了。\n", encoding="utf-8")
    told = json.loads(run("check", "稿.html", "稿.txt", "--select", "confused-word", "--json").stdout)["result"]
    assert [file["findings"][0]["place"]["said"] for file in told] == ["第 3 段", "第 4 行第 3 列"]
    assert "稿.html 第 3 段：" in run("check", "稿.html", "--select", "confused-word").stdout
    assert "稿.txt:4:3: " in run("check", "稿.txt", "--select", "confused-word").stdout


def test_a_place_on_a_page_can_be_kept(run: Run, draft: Path) -> None:
    done = run("check", "稿.docx", "--keep", "第 2 页第 3 段")
    assert "1 处已定不改" in done.stdout, done.stdout + done.stderr
    told = json.loads(run("check", "稿.docx", "--json").stdout)["result"][0]
    assert (told["counts"]["kept"], told["kept"][0]["place"]["said"]) == (1, "约第 2 页第 3 段")
