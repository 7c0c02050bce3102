"""Two drafts side by side, and the 花脸稿."""

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word import Word, scribble

from drafter.analysis.compare import UnitChange, compare, units
from drafter.cli.show_compare import side_by_side
from drafter.commands.new import NewRequest as New
from drafter.commands.new import new
from drafter.commands.opening import open_template
from drafter.commands.reading import read as read_file
from drafter.diagnostic import columns
from drafter.revise.redline import redline, words_of
from drafter.speech.block import Block
from drafter.speech.draft import Draft, Span
from drafter.speech.recognise import recognise
from drafter.word.document import DocxFile
from drafter.word.markup import W
from drafter.writers.docx import write

CORPUS = Path(__file__).parent / "corpus"
NOW = datetime(2026, 11, 22, 9, 30)
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def decided(data: bytes, accept: bool) -> list[str]:
    """The paragraphs of a .docx, tables apart, once every tracked change is accepted or refused: an end that is gone lets
    its paragraph run into the next, and one behind which nothing comes stays."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    gone = "del" if accept else "ins"
    texts: list[str] = []
    open_text: str | None = None
    for child in root.find(w("body")).iter(w("p"), w("tbl"), w("sectPr")):
        if any(a.tag == w("tbl") or a.tag == w("p") for a in child.iterancestors()):
            continue
        if child.tag != w("p"):
            if open_text is not None and (open_text or child.tag == w("sectPr")):
                texts.append(open_text)
            open_text = None
            continue
        text = open_text or ""
        for leaf in child.iter(w("t"), w("delText"), w("tab"), w("br"), MATHS):
            around = {a.tag for a in leaf.iterancestors()}
            if around & {w("pPr"), w("rt"), w(gone)}:
                continue
            assert leaf.tag != w("t" if w("del") in around else "delText")
            text += {w("tab"): "\t", w("br"): "\n"}.get(leaf.tag, leaf.text or "")
        mark = child.find(f"{w('pPr')}/{w('rPr')}/{w(gone)}")
        if mark is None:
            texts.append(text)
        open_text = None if mark is None else text
    if open_text is not None:
        texts.append(open_text)
    return texts


def laid_out(paragraphs: list[str]) -> bytes:
    return write([Block("正文", (Span(text),) if text else ()) for text in paragraphs], open_template("speech").template, now=NOW)


def speech(path: Path) -> list[str]:
    return [block.text for block in read_file(path)[0]]


def mixed(paragraphs: list[str], random: Random, times: int) -> list[str]:
    """The paragraphs with random edits, as people make them."""
    out = list(paragraphs)
    for _ in range(times):
        at = random.randrange(len(out))
        text = out[at]
        cut = random.randrange(len(text) + 1)
        kind = random.randrange(7)
        if kind == 0 and len(out) > 1:
            del out[at]
        elif kind == 1:
            out.insert(at, f"新加的第{random.randrange(100)}段，要抓好落实。")
        elif kind == 2:
            out.insert(random.randrange(len(out)), out.pop(at))
        elif kind == 3 and 0 < cut < len(text):
            out[at : at + 1] = [text[:cut], text[cut:]]
        elif kind == 4 and at + 1 < len(out):
            out[at : at + 2] = [text + out[at + 1]]
        elif kind == 5:
            out[at] = text[:cut] + random.choice(("和", "12%", "、\t", "全面\n加强")) + text[cut + random.randrange(6) :]
        else:
            out[at] = text[:cut] + text[cut + random.randrange(20) :] or "空"
    return out


OLD = """\
在全市办公室系统业务培训班开班式上的讲话
（2026年3月5日）
市委秘书长　李卫国
同志们：
今天，我们举办全市办公室系统业务培训班，主要任务是学习贯彻全市办公室主任会议精神，提升服务水平。刚才，市委副书记王建国同志作了讲话。
下面，我讲三点意见。
一、提高政治站位，增强责任意识
办公室是党委的左膀右臂。去年，全市共办理公文1200件，增长12%，群众满意度达到96.5%。
二、狠抓工作落实，提升服务水平
一要忠诚担当。始终同党中央保持高度一致，坚定不移贯彻落实市委的各项决策部署，做政治上的明白人。
二要服务大局。围绕中心工作，主动靠前服务，全年完成调研报告30篇，为领导决策当好参谋助手。
三要勤奋学习。把学习作为一种习惯，每天坚持学习一小时，不断提高业务能力和文字水平。
三、严守纪律规矩，树立良好形象
要严格遵守中央八项规定精神，守住底线，不碰红线，清清白白做人，干干净净干事。
同志们，让我们携手并进，为建设现代化滨江新城作出新的更大贡献！
"""
NEW = """\
在全市办公室系统业务培训班开班式上的讲话
（2026年3月12日）
市委副秘书长　赵春生
同志们：
今天，我们举办全市办公室系统业务培训班，主要任务是学习贯彻全市办公室主任会议精神，提升服务水平。刚才，市委副书记陈志强同志作了讲话。
下面，我讲三点意见。
一、提高政治站位，增强责任意识
办公室是党委的左膀右臂。去年，全市共办理公文1350件，增长15%，群众满意度达到96.5%。
二、狠抓工作落实，提升服务水平
一要忠诚担当。始终同党中央保持高度一致，坚决贯彻落实市委的各项决策部署，做政治上的明白人。
二要勤奋学习。把学习作为一种习惯，每天坚持学习一小时，不断提高业务能力和文字水平。
三要服务大局。围绕中心工作，主动靠前服务，全年完成调研报告36篇，为领导决策当好参谋助手。
四要改进文风。大力整治文山会海，各类简报压减30%，把更多精力放到抓落实上来。
三、严守纪律规矩，树立良好形象
要严格遵守中央八项规定精神，守住底线，不碰红线，清清白白做人，干干净净干事。
同志们，让我们携手并进，为建设现代化滨江新城作出新的更大贡献！
"""

SPEECHES = sorted(CORPUS.glob("*.txt"))


@pytest.mark.parametrize("path", SPEECHES[::3], ids=lambda path: path.stem)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1 << 30), times=st.integers(0, 12), empties=st.booleans())
def test_accepting_all_gives_the_new_draft_and_refusing_all_the_old(path: Path, seed: int, times: int, empties: bool) -> None:
    old = speech(path)[:40]
    random = Random(seed)
    if empties:
        old.insert(random.randrange(len(old) + 1), "")
    data = laid_out(mixed(old, random, times))
    done = redline(data, "稿.docx", old, NOW)
    assert (decided(done, True), decided(done, False)) == (list(words_of(data, "稿.docx")), old)


TEXTS = st.lists(st.text("一二要，。甲乙丙", max_size=12), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(old=TEXTS, now=TEXTS)
def test_any_paragraphs_can_be_made_of_any_others(old: list[str], now: list[str]) -> None:
    data = laid_out(now)
    done = redline(data, "稿.docx", old, NOW)
    assert (decided(done, True), decided(done, False)) == (list(words_of(data, "稿.docx")), old)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A draft with controls, as `drafter new` writes it."""
    file = tmp_path_factory.mktemp("made") / "稿.docx"
    new(New(("office-training",), ("层级=市", "愿景=现代化滨江新城", "调研=否", "结语=是", "讲话人=李卫国"), output=str(file), date="2026-11-22"))
    return file.read_bytes()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1 << 30), times=st.integers(0, 12))
def test_a_draft_edited_in_word_becomes_a_redline_of_its_own_file(made: bytes, seed: int, times: int) -> None:
    word = Word(made)
    scribble(word, Random(seed), times)
    edited = word.save()
    for data, other in ((edited, made), (made, edited)):
        old = list(words_of(other, "稿.docx"))
        done = redline(data, "稿.docx", old, NOW)
        assert (decided(done, True), decided(done, False)) == (list(words_of(data, "稿.docx")), old)


#: What Word and its users put into paragraphs: links, tables, mathematics, readings above 汉字, changes tracked before.
_WHO = 'w:author="王科长" w:date="2026-11-01T00:00:00Z"'
HARD = (
    '<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:hyperlink w:anchor="x"><w:r><w:t>链接里的字要改</w:t></w:r></w:hyperlink><w:r><w:t>，后面的字。</w:t></w:r></w:p>'
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>表里的字</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>公式</w:t></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath><w:r><w:t>在这里。</w:t></w:r></w:p>"
    "<w:p><w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    "<w:r><w:tab/><w:t>注音的段落。</w:t><w:br/><w:t>换行</w:t></w:r></w:p>"
    f'<w:p><w:del w:id="1" {_WHO}><w:r><w:delText>早先删的</w:delText></w:r></w:del><w:ins w:id="2" {_WHO}><w:r><w:t>早先加的</w:t></w:r></w:ins>'
    "<w:r><w:t>一段。</w:t></w:r></w:p>"
    f'<w:p><w:pPr><w:rPr><w:del w:id="3" {_WHO}/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半。</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>最后。</w:t></w:r></w:p>"
)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 30), times=st.integers(1, 5))
def test_links_tables_mathematics_and_changes_tracked_before_are_no_hindrance(seed: int, times: int) -> None:
    file = DocxFile(laid_out(["甲"]), "稿.docx")
    section = file.body[-1]
    spaces = f'xmlns:w="{W}" xmlns:m="{MATHS[1:].partition("}")[0]}"'
    file.body[:] = [*etree.fromstring(f"<w:body {spaces}>{HARD}</w:body>"), section]
    file.touch(file.main)
    data = file.data(NOW)
    words = list(words_of(data, "稿.docx"))
    assert words == ["链接里的字要改，后面的字。", "公式x+y在这里。", "字\t注音的段落。\n换行", "早先加的一段。", "前半后半。", "最后。"]
    old = mixed(words, Random(seed), times)
    done = redline(data, "稿.docx", old, NOW)
    assert (decided(done, True), decided(done, False)) == (words, old)


def test_a_redline_strikes_what_is_gone_and_underlines_what_is_new() -> None:
    done = redline(laid_out(["一要忠诚担当，坚决落实。", "新的一段。"]), "稿.docx", ["一要忠诚担当，坚定不移落实。"], NOW)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(done)).read("word/document.xml"))
    told = [(c.tag.partition("}")[2], c.get(w("author")), "".join(c.itertext())) for c in root.iter(w("ins"), w("del"))]
    assert told == [("ins", "drafter", ""), ("del", "drafter", "定不移"), ("ins", "drafter", "决"), ("ins", "drafter", "新的一段。")]


# ── what is told ───────────────────────────────────────────────────────────────────────────────────────────────────


def draft(text: str) -> Draft:
    return recognise([Block("", (Span(row),), f"line.{n}") for n, row in enumerate(text.strip().split("\n"), 1)])


TOLD = """\
旧稿.txt → 新稿.txt
没有变 8 处，改写 6 处，换了位置 1 处，序号变了 2 处，新加 1 处。

要求的去向
  一、 → 一、　提高政治站位，增强责任意识
  二、 → 二、　狠抓工作落实，提升服务水平
    二、一要 → 二、一要　忠诚担当（改写）
    二、三要 → 二、二要　勤奋学习（换了位置）
    二、二要 → 二、三要　服务大局（改写）
    （新加） → 二、四要　改进文风
  三、 → 三、　严守纪律规矩，树立良好形象

改写的（6 处）
  日期：（2026年3月[-5日-]{+12日+}）
  讲话人：市委{+副+}秘书长　[-李卫国-]{+赵春生+}
  开头：…务水平。刚才，市委副书记[-王建国-]{+陈志强+}同志作了讲话。
  一、下第 1 段：办公室是党委的左膀右臂。去年，全市共办理公文[-1200-]{+1350+}
    件，增长[-12%-]{+15%+}，群众满意度达到96.5%。
  二、一要：忠诚担当。始终同党中央保持高度一致，坚[-定不移-]{+决+}贯彻落实市委
    的各项决策部署，做政治上的明白人。
  二、二要 → 二、三要：…前服务，全年完成调研报告[-30-]{+36+}篇，为领导决策当好
    参谋助手。

新加的（1 处）
  二、四要：四要改进文风。大力整治文山会海，各类简报压减30%，把更多精力放到抓
    落实上来。

数字、日期（5 处）
  日期　[-2026年3月5日-]{+2026年3月12日+}　日期
  数字　[-1200件-]{+1350件+}　一、下第 1 段
  数字　[-12%-]{+15%+}　一、下第 1 段
  数字　[-30篇-]{+36篇+}　二、二要 → 二、三要
  数字　{+30%+}　二、四要

姓名、职务和名称（3 处）
  职务　[-市委秘书长-]{+市委副秘书长+}　讲话人
  姓名　[-李卫国-]{+赵春生+}　讲话人
  姓名　[-王建国-]{+陈志强+}　开头
"""

ENDING = """\
没有写文件；只比较。要写：用 -o 花脸稿.docx 写成花脸稿
下一步：写成花脸稿，在 Word 里逐条看　drafter compare 旧稿.txt 新稿.txt -o 新稿-花脸稿.docx
"""


def test_two_drafts_side_by_side_fit_a_terminal(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "旧稿.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "新稿.txt").write_text(NEW, encoding="utf-8")
    done = run("compare", "旧稿.txt", "新稿.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, TOLD + ENDING, "")
    assert max(columns(line) for line in TOLD.splitlines()) <= 80
    assert run("compare", "旧稿.txt", "新稿.txt", "--exit-code").returncode == 1
    same = run("compare", "旧稿.txt", "旧稿.txt", "--exit-code")
    assert (same.returncode, same.stdout) == (0, "旧稿.txt → 旧稿.txt\n两稿的文字一样，共 15 处。\n没有写文件；两稿一样。\n")
    assert run("compare", "旧稿.txt", "没有.txt").returncode == 2


def test_colour_is_put_around_the_marks_line_by_line() -> None:
    plain_one = side_by_side(compare(draft(OLD), draft(NEW)), "旧", "新")
    coloured = side_by_side(compare(draft(OLD), draft(NEW)), "旧", "新", colour=True)
    assert re.sub("\x1b\\[[0-9]*m", "", coloured) == plain_one
    assert "\x1b[31m[-30-]\x1b[0m\x1b[32m{+36+}\x1b[0m" in coloured


MOVES = [
    # a requirement taken apart, one put into another, headings that moved with what is under them
    (
        "同志们：\n一、统一思想\n要牢固树立红线意识，始终把群众安全放在第一位。要克服麻痹思想，防止侥幸心理。\n二、加强领导\n各乡镇要成立专班，主要领导亲自抓，层层压实责任。\n三、抓好整治\n对发现的问题列出清单，限期整改，逐项销号。",
        "同志们：\n一、组织到位\n各乡镇要成立专班，主要领导亲自抓，层层压实责任。\n二、统一思想\n要牢固树立红线意识，始终把群众安全放在第一位。\n要克服麻痹思想，防止侥幸心理。\n三、抓好整治\n对发现的问题列出清单，限期整改，逐项销号。",
        [
            ("称呼", "称呼", ""),
            ("二、", "一、", "moved reworded renumbered"),
            ("二、下第 1 段", "一、下第 1 段", ""),
            ("一、", "二、", "renumbered"),
            ("一、下第 1 段", "二、下第 1 段", "reworded"),
            ("", "二、下第 2 段", "from 一、下第 1 段"),
            ("三、", "三、", ""),
            ("三、下第 1 段", "三、下第 1 段", ""),
        ],
    ),
    # entries of a list inside a paragraph; the mark each ends with is not its own
    (
        "同志们：\n要逐家检查，一是查制度，建立台账；二是查设备，消除隐患；三是查人员，持证上岗。\n谢谢大家！",
        "同志们：\n要逐家检查，一是查人员，持证上岗；二是查制度，建立台账；三是查设备，消除隐患。\n谢谢大家！",
        [
            ("称呼", "称呼", ""),
            ("开头", "开头", ""),
            ("开头里的三是", "开头里的一是", "moved renumbered"),
            ("开头里的一是", "开头里的二是", "renumbered"),
            ("开头里的二是", "开头里的三是", "renumbered"),
            ("结尾", "结尾", ""),
        ],
    ),
]


@pytest.mark.parametrize(("old", "now", "rows"), MOVES)
def test_it_is_told_where_every_requirement_went(old: str, now: str, rows: list[tuple[str, str, str]]) -> None:
    def fate(row: UnitChange) -> str:
        told = [word for word in ("moved", "reworded", "renumbered") if getattr(row, word)]
        return " ".join(told + ([f"{'into' if row.was else 'from'} {row.other.place}"] if row.other else []))

    found = compare(draft(old), draft(now)).rows
    assert [(r.was.place if r.was else "", r.now.place if r.now else "", fate(r)) for r in found] == rows


@pytest.mark.parametrize(
    ("old", "now", "facts"),
    [
        ("全市增长12%，新建学校3所。", "全市增长百分之十五，新建学校5所。", [("figure", "12%", "百分之十五"), ("figure", "3所", "5所")]),
        ("3月5日开工，6月底完成。", "3月15日开工，6月底完成。", [("date", "3月5日", "3月15日")]),
        ("要办好三件实事，做一名好干部。", "要办好四件实事，当好干部。", [("figure", "三件", "四件")]),
        ("印发《关于加强防汛工作的意见》，抓好落实。", "印发《关于加强抗旱工作的通知》，抓好落实。", [("paper", "《关于加强防汛工作的意见》", "《关于加强抗旱工作的通知》")]),
        ("刚才，副市长王建国同志讲了话，大家要认真落实。", "刚才，市委常委王建国同志讲了话，大家要认真落实。", [("post", "副市长", "市委常委")]),
        ("各级要压实责任，确保安全。", "各级各部门要压实责任，确保安全。", []),
    ],
)
def test_changed_figures_days_names_and_posts_are_told_apart(old: str, now: str, facts: list[tuple[str, str, str]]) -> None:
    found = compare(draft(f"同志们：\n{old}"), draft(f"同志们：\n{now}"))
    assert [(f.kind, f.was, f.now) for f in (*found.figures, *found.names)] == facts


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SPEECHES), st.integers(0, 1 << 30), st.integers(0, 12))
def test_every_unit_is_in_one_row_and_a_draft_is_the_same_as_itself(path: Path, seed: int, times: int) -> None:
    one = speech(path)
    other = mixed(one, Random(seed), times)
    old, now = draft("\n".join(one)), draft("\n".join(other))
    rows = compare(old, now).rows
    assert sorted(r.was for r in rows if r.was) == sorted(units(old))
    assert [r.now for r in rows if r.now] == list(units(now))
    assert compare(old, old).same


def test_json_tells_all_of_it(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("同志们：\n一要忠诚担当，完成30篇。\n二要勤奋学习，每天一小时。\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("同志们：\n\n一要忠诚担当，完成36篇。\n\n二要勤奋学习，每天一小时。\n", encoding="utf-8")
    told = json.loads(run("compare", "a.txt", "b.md", "--json").stdout)["result"]
    assert {**told, "rows": told["rows"][1:2]} == {
        "old": "a.txt",
        "new": "b.md",
        "same": False,
        "counts": {"same": 2, "reworded": 1, "moved": 0, "renumbered": 0, "added": 0, "dropped": 0},
        "rows": [
            {
                "was": {"kind": "item", "place": "一要", "label": "一要", "level": 1, "heading": "", "text": "忠诚担当，完成30篇。"},
                "now": {"kind": "item", "place": "一要", "label": "一要", "level": 1, "heading": "", "text": "忠诚担当，完成36篇。"},
                "moved": False,
                "reworded": True,
                "renumbered": False,
                "diff": "忠诚担当，完成[-30-]{+36+}篇。",
                "merged_into": None,
                "split_from": None,
            }
        ],
        "figures": [{"kind": "figure", "was": "30篇", "now": "36篇", "place_was": "一要", "place_now": "一要"}],
        "names": [],
        "file": None,
        "remarks": [],
    }


@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_a_redline_is_written_of_any_mix_of_files(run, tmp_path, ending) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "旧稿.txt").write_text(OLD, encoding="utf-8")
    if ending == "docx":
        (tmp_path / "新稿.docx").write_bytes(laid_out(["", *NEW.splitlines()]))
    else:
        (tmp_path / "新稿.txt").write_text(NEW, encoding="utf-8")
    done = run("compare", "旧稿.txt", f"新稿.{ending}", "--to", "docx")
    assert (done.returncode, done.stdout.splitlines()[-2], done.stderr) == (0, "花脸稿写好了：新稿-花脸稿.docx", "")
    data = (tmp_path / "新稿-花脸稿.docx").read_bytes()
    assert [t for t in decided(data, True) if t] == NEW.splitlines()
    assert [t for t in decided(data, False) if t] == OLD.splitlines()
    again = run("compare", "旧稿.txt", f"新稿.{ending}", "--to", "docx")
    assert (again.returncode, again.stderr) == (2, "新稿-花脸稿.docx 已经有了。换个名字：-o 新稿-花脸稿2.docx；要覆盖：--force\n")
    offered = run("compare", "旧稿.txt", f"新稿.{ending}").stdout.splitlines()[-1]
    assert offered.endswith("-o 新稿-花脸稿2.docx")  # one that was worked on is not to be pasted over


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--to", "pdf"), "花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。\n"),
        (("-o", "花脸稿.txt"), "花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。\n"),
        (("-o", "-"), "花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。\n"),
        (("-o", "旧稿.docx", "--force"), "旧稿.docx: 这正是要读的文件，写上去原文就没有了。\n  换个名字：-o 旧稿2.docx\n"),
    ],
)
def test_a_redline_that_cannot_be_is_refused(run, tmp_path, words, message) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "旧稿.docx").write_bytes(laid_out(OLD.splitlines()))
    done = run("compare", "旧稿.docx", "旧稿.docx", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
