"""`dump` is the inverse of `parse`, and of a file from disk it changes only what its outline says otherwise."""

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.diagnostic import Rejected
from drafter.outline import shelf
from drafter.outline.answers import from_yaml, to_yaml
from drafter.outline.blank import OutlineText, text_of
from drafter.outline.dump import dump, meaning
from drafter.outline.field import TYPES, Field
from drafter.outline.model import Base, Each, Outline, Passage, Requirement, Section, Stock, condition_of
from drafter.outline.parse import parse
from drafter.outline.passages import Placed, as_requirement
from drafter.outline.read_parts import alone
from drafter.outline.starter import starter
from drafter.outline.written import stands_below_a_bar
from drafter.outline.yaml import Scalar, Source
from drafter.speech.numbering import Numbering

TOP = Path(__file__).parent.parent
SHIPPED = sorted([*(TOP / "outlines").glob("*.yaml"), *(TOP / "outlines" / "passages").glob("*.yaml")])
NOWHERE = Source("", "")

# ── what outlines are made of ──────────────────────────────────────────────────────────────────────────────────────

#: Words that look like something else to YAML, to drafter or to the eye.
_AWKWARD = (
    ": ", " #", "#1号", "- ", "-", "? ", "?", "'", '"', "''", "|", ">", "｜", "：", "，", "－", "＃", "“", "”", "【", "】", "【【", "{", "[", "]", "}", "&", "*", "!",
    "%", "@", "`", "~", "null", "yes", "no", "12:30", "010", "1.", "1. ", "2016-05-01", "---", "...", "<<", "title:", "text: x", "\\", "\\n", " ", "　", "\xa0",
    "\u200b", "\ufeff", "\x7f", "\x9f", "\ue000", "𠮷", "😀", "。", "！", "；", "”", "A", "a b", "市委", "要抓好落实，", "各项工作都要抓紧抓实抓出成效。", "x" * 90, "{{ x }}",
)  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(_AWKWARD), st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=6)), min_size=1, max_size=8).map("".join)
LINE = WORDS.map(lambda text: text.replace("\u2028", "").replace("\u2029", "").replace("\ufffe", "").replace("\uffff", "")).filter(bool)
SAID = LINE.map(str.strip).filter(bool)
BLANKS = st.sampled_from(["【甲】", "【乙|大写】", "【丁|默认('')】", "【 甲 】"])


def literal(text: str) -> str:
    return text.replace("【", "【【")


@st.composite
def texts(draw: Any, words: Any = LINE) -> OutlineText:
    pieces = draw(st.lists(st.one_of(words.map(literal), BLANKS), min_size=1, max_size=3))
    return text_of("".join(pieces))


def clean(text: OutlineText) -> bool:
    """Whether a text can be one of several paragraphs."""
    words = "".join(piece if isinstance(piece, str) else "x" for piece in text.pieces)
    return stands_below_a_bar(words)


PARAGRAPHS = st.one_of(texts().map(lambda text: (text,)), st.lists(texts(SAID).filter(clean), min_size=2, max_size=3).map(tuple))
WHEN = st.one_of(st.none(), st.sampled_from(["戊", '甲 == "县" and 丙 > 100', "not 戊", '甲 in ["# x", "a: b"]']).map(condition_of))
EACH = st.one_of(st.none(), st.just(Each("己", "单位", Scalar("己 as 单位", NOWHERE, 1, 1))))
NOTE = st.one_of(st.just(""), SAID)


@st.composite
def fields(draw: Any, name: str, kind: str) -> Field:
    choices = draw(st.lists(SAID, min_size=2, max_size=3, unique=True).map(tuple)) if kind == "choice" else ()
    default: Any = draw(st.one_of(st.none(), st.just(""), SAID))
    if kind == "list" and draw(st.booleans()):
        default = draw(st.lists(SAID, min_size=1, max_size=3).map(tuple))
    if kind == "long text" and draw(st.booleans()):
        default = "\n".join(draw(st.lists(SAID, min_size=2, max_size=3)))
    bounds = {"number": ("1", "1,200"), "date": ("2026-01-01", "12月31日")}.get(kind, ("", "")) if draw(st.booleans()) else ("", "")
    return Field(
        name, draw(NOTE), draw(NOTE), kind, choices, default, draw(NOTE), draw(WHEN), *bounds, draw(st.sampled_from(["", "[0-9]+ #?", ".*: .*"])),
    )  # fmt: skip


@st.composite
def requirements(draw: Any, depth: int = 2) -> Requirement:
    points: tuple[Any, ...] = ()
    if depth:
        points = draw(st.lists(st.one_of(texts(), requirements(depth - 1)), max_size=2).map(tuple))
    heading = draw(st.one_of(st.none(), texts()))
    return Requirement(
        heading=heading,
        texts=draw(PARAGRAPHS) if heading is None and not points else draw(st.one_of(st.just(()), PARAGRAPHS)),
        points=points,
        when=draw(WHEN),
        each=draw(EACH),
        note=draw(NOTE),
        label=draw(st.one_of(st.none(), st.just(""), LINE)),
        alone=draw(st.sampled_from([None, True, False])),
        run_on=draw(st.booleans()),
        keep=draw(st.booleans()),
    )


PASSAGE = Passage((text_of("忠诚为本，绝对可靠"), text_of("在忠诚上见行动")), (text_of("忠诚是根。"),), (text_of("根。"),), "短的备用", ("培训", "党课"), ("市",), ("分管负责同志",))
STOCK = Outline(None, None, None, "", "", (), "", {"庚": Field("庚", "谁？")}, (alone(PASSAGE),), NOWHERE, (NOWHERE,), PASSAGE)
ENDING = Outline(
    None, None, None, "", "", (), "", {"辛": Field("辛", "何时？")}, (Section("closing", (text_of("【辛】再见。"),)),), NOWHERE, (NOWHERE,)
)
PARENT = ENDING._replace(
    speech=(Section("closing", (text_of("完。"),)),), title=text_of("题"), about="会", genre="讲话", numbering=(Numbering.from_sample("一、"),), fields={"壬": Field("壬", "几时？", default="今天")}
)
FILES = {name: dump(outline) for name, outline in (("忠诚", STOCK), ("结语", ENDING), ("底本", PARENT))}


def load(word: str, name: str, asker: Source) -> Source:
    if name not in FILES:
        raise Rejected(f"没有 {name}")
    return Source(f"{name}.yaml", FILES[name])


READ = {name: parse(load("include", name, NOWHERE))[0] for name in FILES}


@st.composite
def parts(draw: Any) -> Section:
    kind = draw(st.sampled_from(["greeting", "opening", "situation", "text", "closing", "signature", "requirements", "include"]))
    beside = {"when": draw(WHEN), "each": draw(EACH), "run_on": draw(st.booleans()), "note": draw(NOTE)}
    if kind == "include":
        return Section(kind, sections=READ["结语"].speech, name="结语", brings=("辛",), **beside)
    if kind == "requirements":
        items = draw(st.lists(requirements(), min_size=1, max_size=3))
        passage = READ["忠诚"].passage
        assert passage
        if draw(st.booleans()):  # the only one, so that its heading is the first
            items = [as_requirement(Placed(Stock("忠诚", passage, True, ("庚",)), note=draw(SAID), when=draw(WHEN)), None)]
        return Section(kind, items=tuple(items), **beside)
    return Section(kind, draw(PARAGRAPHS), **beside)


@st.composite
def outlines(draw: Any) -> Outline:
    names = {"甲": "choice", "乙": "number", "丙": "number", "丁": "long text", "戊": "yes/no", "己": "list", "日": "date", "字": "text"}
    asked = {name: draw(fields(name, kind)) for name, kind in draw(st.permutations(sorted(names.items())))}
    speech = draw(st.lists(parts(), min_size=1, max_size=4).map(tuple))
    outline = Outline(
        title=draw(st.one_of(st.none(), texts())),
        dateline=draw(st.one_of(st.none(), texts())),
        byline=draw(st.one_of(st.none(), texts())),
        about=draw(NOTE),
        genre=draw(NOTE),
        numbering=draw(st.lists(st.sampled_from(["一、", "（一）", "1.", "一要", "首先，"]), max_size=2).map(lambda some: tuple(map(Numbering.from_sample, some)))),
        template=draw(st.sampled_from(["", "speech"])),
        fields=asked,
        speech=speech,
        source=NOWHERE,
        sources=(NOWHERE,),
        dateline_first=draw(st.booleans()),
        also=draw(st.lists(st.sampled_from(["防台风", "三防会", "3", "是"]), max_size=2, unique=True).map(tuple)),
    )
    brought = {"辛": READ["结语"].fields["辛"]} if any(part.kind == "include" for part in speech) else {}
    if any(item.stock for part in speech for item in part.items):
        brought["庚"] = READ["忠诚"].fields["庚"]
    kept = READ["底本"]
    if draw(st.booleans()):
        changes: dict[str, Any] = {"fields": kept.fields | asked | brought, "base": Base("底本", kept)}
        for word in ("title", "about", "genre", "numbering"):
            if draw(st.booleans()) or not getattr(outline, word):
                changes[word] = getattr(kept, word)
        if draw(st.booleans()):
            changes |= {"speech": kept.speech, "fields": kept.fields | asked}
        return outline._replace(**changes)
    return outline._replace(fields=asked | brought)


def unused(was: Outline, now: Outline) -> bool:
    """What is included may stand in another order than the speech has it only in the fields."""
    return meaning(was._replace(fields={})) == meaning(now._replace(fields={})) and sorted(was.fields) == sorted(now.fields)


@settings(max_examples=250, deadline=None)
@given(outlines())
def test_what_is_dumped_is_read_back_the_same(outline: Outline) -> None:
    text = dump(outline)
    again, remarks = parse(Source("提纲.yaml", text), load)
    assert meaning(again._replace(fields=dict(sorted(again.fields.items())))) == meaning(outline._replace(fields=dict(sorted(outline.fields.items()))))
    assert [name for name in again.fields if name not in "庚辛"] == [name for name in outline.fields if name not in "庚辛"]
    assert {remark.code for remark in remarks} <= {"blank-not-opened", "blank-lookalike"}  # of words any text may hold
    assert dump(again) == text  # and what came from disk is given back as it was


def test_each_field_type_is_tried() -> None:
    assert set(TYPES) == {"choice", "number", "long text", "yes/no", "list", "date", "text"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_outline_is_given_back(path: Path) -> None:
    source = shelf.read_source(path)[0]
    outline = parse(source, shelf.load)[0]
    assert dump(outline) == path.read_text(encoding="utf-8")
    made = dump(outline._replace(source=Source("", "")))
    assert meaning(parse(Source(str(path), made), shelf.load)[0]) == meaning(outline)


# ── files that came from disk ──────────────────────────────────────────────────────────────────────────────────────

FILE = """\
# 头上的话
title: '在会上的讲话'   # 题
x-ours: 我们的
about: 试验

# 要问的
fields:
  甲: 谁讲？

  # 乙的话
  乙:
    ask: 几个？   # 问
    type: number

speech:
  - greeting: 同志们：

  # 开头的话
  - opening: |
      今天开会，
      【甲】来了。
      一共来了【乙】人。

      第二段。

  - requirements:
      # 第一条
      - heading: 认识要高   # 高
        text: 认识。
      - heading: 措施要实
        text: |
          措施。
        points:
          - 一句话。
          - 两句话。

  - closing: 完了。
# 尾上的话
"""


def changed(outline: Outline) -> list[str]:
    """The lines taken out of FILE and put in, by a unified diff."""
    lines = difflib.unified_diff(FILE.splitlines(), dump(outline).splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def read() -> Outline:
    return parse(Source("提纲.yaml", FILE))[0]


def part(outline: Outline, at: int, **changes: Any) -> Outline:
    speech = list(outline.speech)
    speech[at] = speech[at]._replace(**changes)
    return outline._replace(speech=tuple(speech))


def item(outline: Outline, at: int, **changes: Any) -> Outline:
    items = list(outline.speech[2].items)
    items[at] = items[at]._replace(**changes)
    return part(outline, 2, items=tuple(items))


def test_what_did_not_change_stays_to_the_letter() -> None:
    assert changed(read()) == []


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (lambda o: o._replace(title=text_of("在大会上的讲话")), ["-title: '在会上的讲话'   # 题", "+title: '在大会上的讲话'   # 题"]),
        (lambda o: o._replace(genre="讲话"), ["+genre: 讲话"]),
        (lambda o: o._replace(about=""), ["-about: 试验", "-"]),
        (
            lambda o: part(o, 1, texts=(text_of("今天开大会，【甲】来了。一共来了【乙】个人。"), o.speech[1].texts[1])),
            ["-      今天开会，", "+      今天开大会，", "-      一共来了【乙】人。", "+      一共来了【乙】个人。"],
        ),
        (lambda o: part(o, 1, texts=(*o.speech[1].texts, text_of("第三段。"))), ["+      第三段。", "+"]),
        (lambda o: part(o, 1, texts=o.speech[1].texts[:1]), ["-      第二段。", "-"]),
        (lambda o: part(o, 1, when=condition_of("乙 > 3")), ["+    when: 乙 > 3"]),
        (lambda o: part(o, 3, texts=(text_of("完了: 真的 #1"),)), ["-  - closing: 完了。", "+  - closing: '完了: 真的 #1'"]),
        (lambda o: item(o, 0, heading=text_of("认识提高")), ["-      - heading: 认识要高   # 高", "+      - heading: 认识提高   # 高"]),
        (lambda o: item(o, 1, points=(text_of("一句话。"), text_of("三句话。"))), ["-          - 两句话。", "+          - 三句话。"]),
        (lambda o: item(o, 1, points=(text_of("一句话。"), text_of("新的。"), text_of("两句话。"))), ["+          - 新的。"]),
        (lambda o: item(o, 1, label="⑨"), ["+        label: ⑨"]),
        (
            lambda o: part(o, 2, items=(o.speech[2].items[0], Requirement(text_of("新的一条"), (text_of("新。"),)), o.speech[2].items[1])),
            ["+      - heading: 新的一条", "+        text: 新。"],
        ),
        (lambda o: o._replace(speech=o.speech[1:]), ["-  - greeting: 同志们：", "-"]),
        (lambda o: o._replace(fields=o.fields | {"丙": Field("丙", "何时？", type="date")}), ["+  丙:", "+    ask: 何时？", "+    type: date"]),
        (lambda o: o._replace(fields=o.fields | {"乙": o.fields["乙"]._replace(ask="多少个？")}), ["-    ask: 几个？   # 问", "+    ask: 多少个？   # 问"]),
        (
            lambda o: o._replace(fields={"乙": o.fields["乙"], "甲": o.fields["甲"]}),
            ["-  甲: 谁讲？", "-", "+  甲: 谁讲？"],  # 甲
        ),
    ],
)  # fmt: skip
def test_only_what_changed_changes(change: Any, lines: list[str]) -> None:
    wanted = change(read())
    assert changed(wanted) == lines
    again = parse(Source("提纲.yaml", dump(wanted)))[0]
    assert meaning(again) == meaning(wanted)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SHIPPED), st.data())
def test_a_changed_sentence_changes_its_own_lines_only(path: Path, data: st.DataObject) -> None:
    source = shelf.read_source(path)[0]
    outline = parse(source, shelf.load)[0]
    at = data.draw(st.integers(0, len(outline.speech) - 1))
    section = outline.speech[at]
    if outline.passage or not section.texts:
        return
    number = data.draw(st.integers(0, len(section.texts) - 1))
    text = section.texts[number]
    spelt = source.text and "".join(literal(p) if isinstance(p, str) else f"【{p.source}】" for p in text.pieces)
    cut = data.draw(st.integers(0, len(spelt)))
    if "【" in spelt[:cut] and "】" not in spelt[spelt.rindex("【", 0, cut) : cut]:
        return
    new = (spelt[:cut] + literal(data.draw(SAID)) + spelt[cut:]).strip()
    texts = (*section.texts[:number], text_of(new), *section.texts[number + 1 :])
    wanted = outline._replace(speech=(*outline.speech[:at], section._replace(texts=texts), *outline.speech[at + 1 :]))
    now = dump(wanted)
    assert meaning(parse(Source(str(path), now), shelf.load)[0]) == meaning(wanted)
    rows = {line for _, line, _ in text.scalar.segments} or {text.scalar.line}
    gone = [line for line in difflib.ndiff(source.lines, now.split("\n")) if line.startswith("- ")]
    assert len(gone) <= len(rows) + 1


def test_the_starter_is_an_outline_without_a_remark() -> None:
    outline, remarks = parse(Source("我的.yaml", starter("我的")))
    assert remarks == ()
    assert outline.title is not None
    assert outline.title.words == "在【会议名称】上的讲话"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(LINE, st.one_of(LINE, st.just(""), st.lists(LINE, min_size=1, max_size=3).map(tuple), st.lists(SAID, min_size=2, max_size=3).map("\n".join)), max_size=5))
def test_answers_are_read_back_to_the_letter(values: dict[str, Any]) -> None:
    said = to_yaml(values)
    if values and "<<" not in values:
        assert {name: typed.said for name, typed in from_yaml(Source("回答.yaml", said)).items()} == values
