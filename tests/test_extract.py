"""Extraction: an outline made of a speech, filled with its answers, is the speech again, to the letter."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.analysis.extract import extract
from drafter.analysis.facts import find_facts
from drafter.commands.extract import ExtractRequest, told_paragraphs
from drafter.commands.extract import extract as extract_file
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import blocks_of, open_outline, open_template
from drafter.commands.reading import read as read_file
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples, from_yaml, settle, to_yaml
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.readers.text import UNSEEN, read
from drafter.speech.block import Block
from drafter.speech.draft import Draft, Paragraph, Part, Span
from drafter.speech.recognise import lines_of, recognise
from drafter.writers.text import write_txt

TODAY = date(2026, 11, 22)
TOP = Path(__file__).parent.parent
SPEECHES = sorted((TOP / "tests" / "corpus").glob("*.txt"))
SHIPPED = sorted(path.stem for path in (TOP / "outlines").glob("*.yaml"))


#: What is told of the words themselves, which are the speech's: its figures are no guesses, its 】 and ×× no blanks.
OF_THE_WORDS = {"specific-unmarked", "blank-not-opened", "blank-lookalike"}


def blocks_given_back(draft: Draft, facts: bool = True) -> list[str]:
    """The paragraphs printed from the outline extracted from a draft, filled with the answers file saved beside it."""
    found = extract(draft, find_facts(draft) if facts else ())
    outline, remarks = parse(Source("提纲.yaml", found.yaml))
    told = [d for d in (*remarks, *lint(outline, TODAY)) if d.code not in OF_THE_WORDS]
    assert told == []
    values = settle(outline.fields, from_yaml(Source("回答.yaml", to_yaml(found.answers))), TODAY).values
    printed = blocks_of(fill(outline, values), open_template("speech"))
    return [block.text.replace("\n", "") for block in printed if block.text]  # a long title is broken by the layout


def paragraphs_of(data: bytes) -> list[str]:
    return [block.text for block in read(data, "讲话.txt")[0]]


def is_given_back(data: bytes) -> bool:
    """Whether what is printed again are the paragraphs of a file: without those that are told not to be the speech's,
    the rows of the title as one, and the title, the day and the speaker before all else."""
    blocks = read(data, "讲话.txt")[0]
    lines = lines_of(blocks)
    draft = recognise(blocks)
    assert [line.text for line in draft.left_out] == [line.text for line in lines if line.role == "noise"]
    title = "".join(line.text for line in lines if line.role in ("title", "subtitle"))
    captions = [line.text for line in lines if line.role in ("dateline", "byline")]
    rest = [line.text for line in lines if line.role not in ("noise", "title", "subtitle", "dateline", "byline")]
    return blocks_given_back(draft) == [*([title] if title else []), *captions, *rest]


def decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("gb18030").replace("\r\n", "\n")


# ── the law ────────────────────────────────────────────────────────────────────────────────────────────────────────

_PIECES = st.sampled_from(
    [
        "一、", "二、", "三、", "（一）", "（二）", "(三)", "1.", "2．", "3. ", "一是", "二是", "三要", "第一，", "第二，", "首先，", "其次，", "最后，", "——", "●",
        "同志们：", "同志们，", "在全市工作会议上的讲话", "2026年3月5日", "（2026年3月5日）", "市委书记　张三", "下面，我讲三点意见。", "加强领导", "加强领导。",
        "我代表市委，向大家表示衷心的感谢！", "【", "】", "【【", "'", '"', "#", ": ", "：", "-", " ", "　", "\t", "  ", "。", "！", "，", "；", "让我们共同努力！",
        "\n", "\n\n", "\n　　", "3.5%", "120人", "×", "某", "我市", "市委、市政府", "A", "{{ x }}", "{% %}", "｜", "|", "&", "*", "\\", "~", "null", "yes",
        "要把各项工作抓紧抓实，抓出成效", "当前，形势严峻", "\u200b", "\xa0", "𠮷", "①", "②", "（讨论稿）", "月", "3月5日", "××同志", "第一部分", "一　",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=60).map("".join).filter(lambda text: UNSEEN.sub("", text).strip()))
def test_whatever_a_text_holds_its_outline_gives_it_back(text: str) -> None:
    data = text.encode()
    paragraphs = paragraphs_of(data)
    assert is_given_back(data)
    rows = UNSEEN.sub("", text).split("\n")  # what nobody can see is left out, and said to be
    assert paragraphs == [row.strip() for row in rows if row.strip()]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SPEECHES), st.data())
def test_the_beginning_of_a_speech_is_given_back_however_its_file_is_saved(path: Path, data: st.DataObject) -> None:
    text = decoded(path)
    begun = text[: data.draw(st.integers(1, len(text)), "characters")]
    if not begun.strip():
        return
    for saved in (begun.encode(), b"\xef\xbb\xbf" + begun.replace("\n", "\r\n").encode(), begun.rstrip("\n").encode("utf-16")):
        assert is_given_back(saved)
        assert paragraphs_of(saved) == paragraphs_of(begun.encode())


@pytest.mark.parametrize("path", SPEECHES, ids=lambda path: path.stem)
def test_every_speech_of_the_set_is_given_back(path: Path) -> None:
    assert is_given_back(path.read_bytes())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_speech_made_from_a_shipped_outline_is_given_back(name: str) -> None:
    outline, dress = open_outline(name).outline, open_template("speech")
    made = blocks_of(fill(outline, examples(outline.fields, TODAY)), dress)
    wanted = [block.text.replace("\n", "") for block in made if block.text]
    assert blocks_given_back(recognise(made)) == wanted
    printed = write_txt(made, dress.template)
    assert is_given_back(printed.encode())
    assert [row.strip() for row in printed.split("\n") if row.strip()] == paragraphs_of(printed.encode())


def test_what_no_outline_can_say_is_kept_as_plain_text() -> None:
    draft = Draft((Span("题"),), (Part("requirements", (Paragraph((Span("不该在这里。"),)),)),))
    assert extract(draft).plain
    assert blocks_given_back(draft) == ["题", "不该在这里。"]


# ── the outline a clerk gets ───────────────────────────────────────────────────────────────────────────────────────

SPEECH = """\
在全市防汛工作会议上的讲话
（2026年5月8日）
市长　林国栋
同志们：
今天的会议，是市政府决定召开的。在此，我代表市政府，向大家表示衷心的感谢！下面，我讲两点意见。
一、绷紧一根弦
5月8日，全市共有堤防126公里。
（一）压实责任。各级书记要上堤。
（二）备足物资。市委、市政府已经拨款3,200万元。
二、守住一条线
3. 林国栋同志讲过：【堤】在人在。
同志们，让我们守住家园！
"""

OUTLINE = """\
# 从 防汛.txt 提取
# 汉字都可以改；英文词（冒号左边）请不要动。
title: 在【会议名称】上的讲话
dateline-first: yes
dateline: （【日期】）
byline: 【讲话人职务】　【讲话人】
numbering:
  - 一、
  - （一）

fields:
  会议名称:
    ask: 会议（活动）的名称？
    example: 全市防汛工作会议
  日期:
    ask: 哪一天讲？
    type: date
    example: 2026年5月8日
  讲话人职务:
    ask: 讲话人的职务？
    example: 市长
  讲话人:
    ask: 讲话人的姓名？
    example: 林国栋
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
      - 区
      - 州
      - 旗
      - 镇
    example: 市
  堤防里程:
    ask: 全市共有堤防____公里，多少？
    type: number
    example: 126
  拨款:
    ask: 市政府已经拨款____万元，多少？
    type: number
    example: 3,200

speech:
  - greeting: 同志们：

  - opening: 今天的会议，是【层级】政府决定召开的。

  - appreciation: 在此，我代表【层级】政府，向大家表示衷心的感谢！
    run-on: yes

  - lead: 下面，我讲两点意见。
    run-on: yes

  - requirements:
      - heading: 绷紧一根弦
        text: 【日期|月日】，全【层级】共有堤防【堤防里程】公里。
        points:
          - heading: 压实责任。
            text: 各级书记要上堤。
          - heading: 备足物资。
            text: 【层级】委、【层级】政府已经拨款【拨款】万元。
      - heading: 守住一条线
        text: 3. 【讲话人】同志讲过：【【堤】在人在。

  - closing: 同志们，让我们守住家园！
"""


def test_an_old_speech_becomes_the_outline_a_clerk_would_write() -> None:
    draft = recognise(read(SPEECH.encode(), "防汛.txt")[0])
    assert extract(draft, find_facts(draft), name="防汛.txt").yaml == OUTLINE
    assert is_given_back(SPEECH.encode())


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        ("1．甲甲甲甲。正文。\n2．乙乙乙乙。正文。", ["- label: 1．", "label: 2．"]),
        ("第一，甲甲甲\n正文正文。\n第二，乙乙乙\n正文正文。", ["alone: yes"]),
        ("一、甲甲：正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文。\n二、乙乙：正文。正文。", ["heading: 甲甲：", "alone: no"]),
        ("（一）甲甲甲甲　正文。\n（二）乙乙乙乙　正文。", ["heading: '甲甲甲甲　'", "alone: no"]),
        ("一、甲甲甲。 正文。\n二、乙乙乙。 正文。", ["heading: '甲甲甲。 '"]),
    ],
)
def test_what_the_numbering_does_not_say_is_written_beside_it(text: str, outline: list[str]) -> None:
    data = f"在会上的讲话\n同志们：\n今天开会。\n{text}\n".encode()
    found = extract(recognise(read(data, "a.txt")[0])).yaml
    assert [row for row in outline if row not in found] == []
    assert is_given_back(data)


@pytest.mark.parametrize(
    ("paragraph", "numbering", "headings"),
    [
        ("我们的做法是：一、早谋划。年初就开会。二、早动手。开春就开工。三、早见效。年底算总账。", "一、", ["早谋划", "早动手", "早见效"]),
        ("一、早谋划。年初就开会，任务分到人。二、早动手。开春就开工。", "一、", ["早谋划", "早动手"]),
        ("第一，早谋划。年初就开会。第二，早动手。开春就开工。会后抓紧落实。", "第一，", ["早谋划", "早动手"]),
        ("（一）早谋划：年初就开会。（二）早动手：开春就开工。会后请各单位抓紧落实。", "（一）", ["早谋划：", "早动手："]),
        ("1.早谋划　年初就开会。2.早动手　开春就开工。", "1.", ["'早谋划　'", "'早动手　'"]),
        ("首先，早谋划。年初就开会。其次，早动手。开春就开工。最后，早见效。年底算总账。", "首先，", ["早谋划", "早动手", "早见效"]),
        ("抓三件事。一是早谋划。年初就开会。二是早动手。开春就开工。三是早见效。年底算总账。", "一是", ["早谋划", "早动手", "早见效"]),
        ("要做到：（1）早谋划，年初就开会、分任务、定时限；（2）早动手，开春就开工、上机械、上人手；（3）早见效，年底算总账、评先进、找差距。", "（1）", ["早谋划，", "早动手，", "早见效，"]),
        ("同志们：我讲两点：一、早谋划。年初就开会。二、早动手。开春就开工。", "一、", ["早谋划", "早动手"]),
        ("会议听取了三项汇报：一是预算，二是决算，三是审计。各单位会前作了充分准备，会上讲得清楚，会后还要抓好落实。", None, []),
        ("全县一、二产业和三产业都有增长。二、三季度更快。", None, []),
    ],
)
def test_a_list_that_fills_a_paragraph_becomes_requirements_in_it(paragraph: str, numbering: str | None, headings: list[str]) -> None:
    greeting = [] if paragraph.startswith("同志们") else ["同志们："]
    data = "\n".join(["在推进会上的发言", *greeting, paragraph, "汇报完毕。"]).encode()
    found = extract(recognise(read(data, "a.txt")[0])).yaml
    assert re.findall("heading: (.*)", found) == headings
    assert re.findall("^  - (.*[一1首].*)$", found.partition("speech:")[0], re.MULTILINE) == ([numbering] if numbering else [])
    assert is_given_back(data)


def test_json_tells_the_sentences_that_lead_to_a_list_wherever_they_stand() -> None:
    lines = ["一、形势", "成绩不小，大家要有一个清醒的认识。主要有两个方面：", "（一）甲甲甲甲。正文正文。", "（二）乙乙乙乙。正文正文。", "二、任务", "下一步，要抓好以下几项工作。", "（一）丙丙丙丙。正文。", "（二）丁丁丁丁。正文。", "下面，我再讲两点。", "第一，戊戊戊戊。正文。", "第二，己己己己。正文。"]
    draft = recognise(read("\n".join(["在会上的讲话", "同志们：", "今天开会。", *lines]).encode(), "a.txt")[0])
    found = []
    for row in told_paragraphs(draft):
        cuts = [*row.get("sections", [{"start": 0, "kind": row["kind"]}]), {"start": None}]
        found += [row["text"][cut["start"] : after["start"]] for cut, after in pairwise(cuts) if cut["kind"] == "lead"]
    assert found == ["主要有两个方面：", "下一步，要抓好以下几项工作。", "下面，我再讲两点。"]


# ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def facts_of(text: str, **more: object) -> dict[str, str]:
    draft = recognise(read(text.encode(), "a.txt")[0])
    found = extract(draft, find_facts(draft, **more))  # type: ignore[arg-type]
    return {name: str(value) if not isinstance(value, tuple) else value[0] for name, value in found.answers.items()}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("我市要当先锋。全市上下，全市动员。", {"层级": "市"}),
        ("推进全市场化改革，全市场竞争。", {}),
        ("省委农村工作会议召开之后，我们学习了。", {"上级会议": "省委农村工作会议"}),
        ("《关于加强防汛工作的实施意见》已经印发。", {"防汛工作实施意见": "《关于加强防汛工作的实施意见》"}),
        ("《论语》说得好。", {}),
        ("这件事由王建国同志牵头，王建国同志办。", {"牵头人姓名": "王建国"}),
        ("习近平同志指出，要抓落实。许多同志都在。", {}),
        ("2026年3月5日开工，3月5日验收。", {"开工日期": "2026-03-05"}),
        ("今年×月×日开工。", {"日期": "今年×月×日"}),
        ("增长5.6%，再增长15.6%。", {"增速": "5.6", "增速2": "15.6"}),
        ("请某某同志发言。", {"同志姓名": "某某"}),
        ("某些同志、某种意义上说。", {}),
        ("二十大、第一、一是一。", {}),
        ("三中全会开过了。", {"中央全会届次": "三中全会"}),
        ("临江市是好地方，到临江市来。", {"本市名称": "临江市"}),
        ("建设教育强市，打造教育强市。", {}),
        ("刚才，郭局长通报了情况，郭局长讲得好。", {"局长的姓": "郭"}),
        ("大家要向校长学习，任书记期间，提高校长水平。", {}),
        ("下面，讲3个方面的意见。建设3个园区。", {"建设园区数": "3"}),
        ("现在每年还有16万人外出。", {"外出人数": "16"}),
    ],
)
def test_facts_are_found_and_formulas_are_not(sentence: str, facts: dict[str, str]) -> None:
    assert facts_of(f"讲话\n同志们：\n{sentence}\n") == facts


def test_figures_can_be_kept_and_known_facts_have_their_names() -> None:
    text = "讲话\n同志们：\n滨江新城增长5.6%，滨江新城好。3月5日开工。\n"
    assert facts_of(text, keep_figures=True, known={"愿景": "滨江新城"}) == {"愿景": "滨江新城", "开工日期": "3月5日"}


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_becomes_an_outline_and_the_outline_the_file(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "防汛 讲话.txt").write_text(SPEECH, encoding="utf-8")
    done = run("extract", "防汛 讲话.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "写好了：outlines/防汛-讲话.yaml\n标题：在全市防汛工作会议上的讲话\n认出：称呼 1 段，开头 1 段，分条的要求 2 条，结尾 1 段；各级小标题和序号共 4 个。\n"
        "留了 7 个空：\n  【会议名称】全市防汛工作会议\n  【日期】2026年5月8日\n  【讲话人职务】市长\n  【讲话人】林国栋\n  【层级】市\n  【堤防里程】126\n  【拨款】3,200\n"
        "原稿里的事实存在：防汛-讲话-回答.yaml\n照原样写回来：drafter new --outline outlines/防汛-讲话.yaml --answers 防汛-讲话-回答.yaml\n"
        "下一步：看提纲对不对　drafter outlines show outlines/防汛-讲话.yaml\n"
    )
    back = run("new", "--outline", "防汛-讲话", "--answers", "防汛-讲话-回答.yaml", "--no-input", "-o", "-", "--to", "txt", "--quiet")
    assert [row.strip() for row in back.stdout.splitlines() if row.strip()] == SPEECH.splitlines()
    again = run("extract", "防汛 讲话.txt")
    assert (again.returncode, "已经有了" in again.stderr) == (2, True)


def test_json_tells_every_paragraph_with_its_place(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(SPEECH + "一是甲；二是乙。\n", encoding="utf-8")
    told = json.loads(run("extract", "a.txt", "--json", "--keep-figures").stdout)["result"]
    assert [(p["kind"], p.get("level"), p.get("heading"), p["place"]) for p in told["paragraphs"]][2:6] == [
        ("item", 1, "绷紧一根弦", "line.6"),
        ("requirements", None, None, "line.7"),
        ("item", 2, "压实责任", "line.8"),
        ("item", 2, "备足物资", "line.9"),
    ]
    assert told["paragraphs"][1]["sections"] == [
        {"start": 0, "kind": "opening"},
        {"start": 16, "kind": "appreciation"},
        {"start": 37, "kind": "lead"},
    ]
    assert told["paragraphs"][-1]["lists"] == [[{"start": 0, "words": 2, "end": 4, "label": "一是", "heading": ""}, {"start": 4, "words": 6, "end": 8, "label": "二是", "heading": ""}]]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", "这个文件是空的。"),
        ("空.txt", b"\xef\xbb\xbf \r\n\x0c\n", "这个文件是空的。"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "这个文件不是文本。"),
        ("稿.txt", b"PK\x03\x04xxxx", "这是Word、Excel 一类的文件，不是文本，扩展名不对。"),
        ("稿.txt", "好\n".encode() * 30_000, "段落太多，最多 20,000 段，不像一篇讲话。"),
        ("稿.txt", "好".encode() * 600_000, "太长：600,000 字，最多 500,000 字，不像一篇讲话。"),
        ("稿.txt", b"a" * (9 << 20), "文件太大：9.0 MB，最多 8 MB。"),
        ("稿.doc", b"\xd0\xcf\x11\xe0", "这不是老版本的 Word 文件（.doc），扩展名不对，或者文件坏了。"),
        ("稿.pdf", b"%PDF-1.7", "这个 PDF 坏了，读不了。"),
        ("稿.pdf", b"\x89PNG\r\n\x1a\n", "这不是 PDF，扩展名不对。"),
        ("页.html", b"PK\x03\x04", "这不是网页，扩展名不对。"),
        ("页.html", b"<script>1</script>", "这个网页里没有文字。"),
        ("表.xlsx", b"PK\x03\x04", "这是表格，不是讲话稿。"),
    ],
)
def test_what_is_no_speech_is_refused_in_plain_words(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Rejected) as refused:
        read_file(path)
    assert (refused.value.diagnostics[0].message, refused.value.exit_code) == (message, 2)


def test_a_novel_is_kept_as_it_is_with_a_remark(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    novel = "第一章\n" + "他推开门，屋里没有人。\n“你来了。”她说。\n" * 200
    (tmp_path / "小说.txt").write_text(novel, encoding="utf-8")
    done = run("extract", "小说.txt")
    assert (done.returncode, "可能不是讲话稿" in done.stderr) == (0, True)


def test_blocks_without_a_body_make_an_outline_too() -> None:
    assert blocks_given_back(recognise((Block("", (Span("标题"),)),))) == ["标题"]


# ── ends of lines ──────────────────────────────────────────────────────────────────────────────────────────────────

#: Everything one part of a program may take for the end of a line, and another for a letter.
LINE_ENDS = {
    "CR LF": "\r\n",
    "CR": "\r",
    "VT": "\x0b",
    "FF": "\x0c",
    "FS": "\x1c",
    "NEL": "\x85",
    "U+2028": "\u2028",
    "U+2029": "\u2029",
}


def _speech_file(folder: Path, kind: str, paragraphs: list[str]) -> Path:
    path = folder / f"讲话.{kind}"
    if kind == "docx":
        word = Document()
        for text in paragraphs:
            word.add_paragraph("")._p.add_r().add_t(re.sub("[\x0b\x0c\x1c]", "", text))
        word.save(str(path))
    elif kind == "html":
        path.write_bytes("".join(f"<p>{text}</p>" for text in paragraphs).encode())
    else:
        path.write_bytes("\n\n".join(paragraphs).encode())
    return path


@pytest.mark.parametrize("kind", ["docx", "txt", "md", "html"])
@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize(
    "paragraphs",
    [
        ["各位来宾：{}同志们：", "今天开会，部署防汛工作。"],
        ["在防汛工作会议上的讲话", "同志们：", "水位还在涨。{}巡堤不能停。"],
        ["在防汛工作{}会议上的讲话", "同志们：", "一、{}压实责任", "堤段要有人守。", "二、备足物资", "沙袋要够。"],
        ["水位{}还在涨"],
        ["{}同志们：{}", "{}水位还在涨。{}"],
    ],
)
def test_whatever_ends_a_line_the_words_come_back(tmp_path: Path, kind: str, end: str, paragraphs: list[str]) -> None:
    path = _speech_file(tmp_path, kind, [text.replace("{}", LINE_ENDS[end]) for text in paragraphs])
    outline, answers, printed = (tmp_path / name for name in ("提纲.yaml", "回答.yaml", "新.txt"))
    extract_file(ExtractRequest(str(path), output=str(outline), save_answers=str(answers)))
    new(NewRequest((str(outline),), answers=str(answers), output=str(printed)))
    wanted = "".join(text.replace("{}", "") for text in paragraphs)
    assert re.sub(r"\s", "", printed.read_text(encoding="utf-8")) == wanted


def test_a_speech_no_outline_gives_back_is_refused_with_the_paragraph_and_what_is_in_it() -> None:
    draft = Draft((), (Part("text", (Paragraph((Span("水位\u2028还在涨。"),)),)),))
    with pytest.raises(Rejected) as raised:
        extract(draft, name="讲话.docx")
    assert [d.text() for d in raised.value.diagnostics] == [
        "讲话.docx: 这一段写进提纲就变样了：“水位<U+2028>还在涨。”\n  里面有看不见的字符U+2028，删掉再试。"
    ]
