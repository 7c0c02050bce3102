"""Outlines: every word of the language, what extends and include bring in, and what lint remarks on."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from drafter.cli.show_outline import as_text
from drafter.commands.opening import open_outline
from drafter.commands.outlines import ShowResult
from drafter.commands.outlines.as_data import as_data
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf, yaml
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.model import Outline
from drafter.outline.parse import Load, parse
from drafter.outline.vocabulary import KEYS
from drafter.outline.yaml import Source
from drafter.speech.draft import plain

TODAY = date(2026, 11, 22)

EVERY_WORD = """\
title: 在全【层级】档案工作培训班上的讲话
dateline: （【日期】）
byline: 市委副书记
dateline-first: yes
about: 业务培训班开班时的讲话
genre: 培训班讲话
template: reading
extends: 通用
numbering:
  - 一、
  - （一）
x-归档号: 2026-3
fields:
  层级:
    ask: 哪一级的培训班？
    help: 文中的“全市”随它变化。
    choices:
      - 市
      - 县
    default: 市
    vary: 代表
  代表: 您代表哪个单位致意？
  日期:
    ask: 哪天开班？
    type: date
    min: 2026-01-01
    max: 2026年12月31日
    example: 2026-11-26
  文号:
    ask: 通知的文号？
    pattern: 〔\\d{4}〕\\d+号
  先进单位:
    ask: 表扬哪些单位？
    type: list
    default:
      - 甲局
      - 乙局
  表扬:
    ask: 表扬吗？
    type: yes/no
    when: 层级 == "县"
speech:
  - greeting: 同志们：
  - opening: |
      这次培训班
      今天开班。

      通知是【文号】。
  - appreciation: 我代表【代表】感谢大家！
    run-on: yes
  - situation: 形势很好。
  - text: 【单位】做得好。
    each: 先进单位 as 单位
    when: 表扬
    note: 请核对名单。
  - lead: 我讲两点。
  - requirements:
      - heading: 守牢底线
        text: 档案工作无小事。
        when: 层级 == "市"
      - heading: 精进业务
        points:
          - 一方面，学。
          - label: 其二：
            heading: 对【单位】
            alone: yes
            text: 多练。
            each: 先进单位 as 单位
            note: 一项写一条。
  - basis: 安全
    length: 一段
    kinds:
      - 论述
      - 会议
  - include: 结语
  - closing: 谢谢。
"""

PASSAGE = """\
passage:
  headings:
    - 铸牢忠诚，站稳立场
    - 在对党忠诚上树立标杆
  text: 长文。
  short: 短文。
  note: 不要重复。
  genres:
    - 培训
  levels:
    - 市
  ranks:
    - 分管负责同志
"""

TABLE = """\
about: 安全生产一类讲话站在什么上面
also:
  - 安全
checked: 2026-08-22
since: 之后有没有新的行动，没有查到。
fields:
  省里会议: 省里的会叫什么？
basis:
  - name: 重要指示
    kind: 论述
    from: 2026-07-09
    until: 2026-12-31
    levels:
      - 市
    ranks:
      - 党委主要负责同志
    sentence: 一句。
    sentences: 两句。两句。
    paragraph: 一段。一段。一段。
    source: 新闻联播
    checked: 2026-08-20
"""

PICKING = """\
title: 信
speech:
  - requirements:
      - include: 忠诚
        brief: yes
        keep: yes
  - signature: |
      中共临江市委

      2026年9月10日
"""

BASE = """\
about: 通用的场合
fields:
  层级: 哪一级？
  讲话人: 谁讲话？
speech:
  - text: 【讲话人】讲话。
"""

ENDING = """\
fields:
  愿景: 目标怎么说？
speech:
  - closing: 为建设【愿景】而奋斗！
"""


def from_shelf(**files: str) -> Load:
    """Finds the files given here by name."""

    def load(word: str, name: str, asker: Source) -> Source:
        return Source(f"{name}.yaml", files[name])

    return load


def outline_of(text: str, **files: str) -> Outline:
    return parse(Source("a.yaml", text), from_shelf(**files))[0]


def first_lines(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [d.text().splitlines()[0] for d in problems]


def words_of_keys(node: yaml.Node) -> set[str]:
    """Every key of a tree and of the trees in it."""
    if isinstance(node, yaml.MappingNode):
        return {key.text for key, _ in node.entries}.union(*(words_of_keys(value) for _, value in node.entries))
    if isinstance(node, yaml.SequenceNode):
        return set[str]().union(*map(words_of_keys, node.items))
    return set()


def test_the_sample_has_every_word_of_the_language() -> None:
    samples = (EVERY_WORD, PASSAGE, PICKING, TABLE)
    assert set[str]().union(*(words_of_keys(yaml.parse(Source("a.yaml", text))) for text in samples)) >= KEYS


def test_a_passage_and_a_signature_are_understood() -> None:
    outline = outline_of(PICKING, 忠诚=PASSAGE)
    requirements, signature = as_data(outline)["speech"]
    assert requirements["requirements"][0] | {"when": None, "each": None} == {
        "heading": "铸牢忠诚，站稳立场",
        "label": None,
        "alone": None,
        "run-on": False,
        "keep": True,
        "node": "speech.1.r1",
        "when": None,
        "each": None,
        "note": "不要重复。",
        "basis": None,
        "text": ["短文。"],
        "points": [],
    }
    assert (signature["kind"], signature["paragraphs"]) == ("signature", ["中共临江市委", "2026年9月10日"])
    assert outline_of(PASSAGE).passage is not None


def test_every_word_is_understood() -> None:
    outline = outline_of(EVERY_WORD, 通用=BASE, 结语=ENDING, 安全=TABLE)
    assert as_data(outline) == {
        "title": "在全【层级】档案工作培训班上的讲话",
        "dateline": "（【日期】）",
        "byline": "市委副书记",
        "dateline-first": True,
        "about": "业务培训班开班时的讲话",
        "genre": "培训班讲话",
        "also": [],
        "template": "reading",
        "numbering": ["一、", "（一）"],
        "fields": [
            field(
                "层级", "哪一级的培训班？", "choice", help="文中的“全市”随它变化。", choices=["市", "县"], default="市", follows="代表"
            ),
            field("讲话人", "谁讲话？"),
            field("代表", "您代表哪个单位致意？"),
            field("日期", "哪天开班？", "date", example="2026-11-26"),
            field("文号", "通知的文号？"),
            field("先进单位", "表扬哪些单位？", "list", default=("甲局", "乙局")),
            field("表扬", "表扬吗？", "yes/no", when='层级 == "县"'),
            field("省里会议", "省里的会叫什么？", when="依据用到【省里会议】"),
            field("愿景", "目标怎么说？"),
        ],
        "speech": [
            part("greeting", "speech.1", "同志们："),
            part("opening", "speech.2", "这次培训班今天开班。", "通知是【文号】。"),
            part("appreciation", "speech.3", "我代表【代表】感谢大家！") | {"run-on": True},
            part("situation", "speech.4", "形势很好。"),
            part("text", "speech.5", "【单位】做得好。")
            | {"each": "先进单位 as 单位", "when": "表扬", "note": "请核对名单。"},
            part("lead", "speech.6", "我讲两点。"),
            part("requirements", "speech.7")
            | {
                "requirements": [
                    requirement("speech.7.r1", "守牢底线", text=["档案工作无小事。"], when='层级 == "市"'),
                    requirement(
                        "speech.7.r2",
                        "精进业务",
                        points=[
                            "一方面，学。",
                            requirement(
                                "speech.7.r2.2",
                                "对【单位】",
                                label="其二：",
                                alone=True,
                                text=["多练。"],
                                each="先进单位 as 单位",
                                note="一项写一条。",
                            ),
                        ],
                    ),
                ]
            },
            part("basis", "speech.8")
            | {"basis": {"theme": "安全", "length": "一段", "kinds": ["论述", "会议"]}},
            part("include", "speech.9") | {"parts": [part("closing", "speech.9.speech.1", "为建设【愿景】而奋斗！")]},
            part("closing", "speech.10", "谢谢。"),
        ],
    }
    day, number = outline.fields["日期"], outline.fields["文号"]
    assert (day.minimum, day.maximum, number.pattern) == ("2026-01-01", "2026年12月31日", r"〔\d{4}〕\d+号")
    assert [source.file for source in outline.sources] == ["a.yaml", "通用.yaml", "安全.yaml", "结语.yaml"]


def field(name: str, ask: str, kind: str = "text", **more: object) -> dict[str, object]:
    rest: dict[str, object] = {"help": None, "choices": [], "default": None, "example": None, "when": None, "follows": None}
    return {"name": name, "ask": ask, "type": kind, **rest, **more}


def part(kind: str, node: str, *paragraphs: str) -> dict[str, object]:
    rest: dict[str, object] = {
        "when": None,
        "each": None,
        "run-on": False,
        "note": None,
        "basis": None,
        "requirements": [],
        "parts": [],
    }
    return {"kind": kind, "node": node, "paragraphs": [*paragraphs], **rest}


def requirement(node: str, heading: str, **more: object) -> dict[str, object]:
    rest: dict[str, object] = {"label": None, "alone": None, "run-on": False, "keep": False, "when": None, "each": None, "note": None, "basis": None, "text": [], "points": []}
    return {"node": node, "heading": heading, **rest, **more}


def test_an_outline_is_shown_as_a_tree() -> None:
    assert (
        as_text(ShowResult(outline_of(EVERY_WORD, 通用=BASE, 结语=ENDING, 安全=TABLE), (), "a").told)
        == """\
在全【层级】档案工作培训班上的讲话
  培训班讲话
  业务培训班开班时的讲话
  序号：一、 （一）

要填的空（9 个）
├─ 【层级】哪一级的培训班？（市 / 县；不选就按【代表】定）
├─ 【讲话人】谁讲话？
├─ 【代表】您代表哪个单位致意？
├─ 【日期】哪天开班？（日期）
├─ 【文号】通知的文号？
├─ 【先进单位】表扬哪些单位？（几项；不改就是甲局、乙局）
├─ 【表扬】表扬吗？（是或否；只在【层级】是“县”时问）
├─ 【省里会议】省里的会叫什么？（只在依据用到它时问）
└─ 【愿景】目标怎么说？

讲话
├─ 称呼
│  └─ 同志们：
├─ 开头
│  ├─ 这次培训班今天开班。
│  └─ 通知是【文号】。
├─ 致意、感谢　〔接在上一段后面〕
│  └─ 我代表【代表】感谢大家！
├─ 形势
│  └─ 形势很好。
├─ 其他段落　〔只在【表扬】答“是”时写；【先进单位】有几项写几遍，每一项叫【单位】〕
│  ├─ ※ 请核对名单。
│  └─ 【单位】做得好。
├─ 引出要求的话
│  └─ 我讲两点。
├─ 分条的要求
│  ├─ 守牢底线　〔只在【层级】是“市”时写〕
│  └─ 精进业务
│     ├─ 一方面，学。
│     └─ 其二：对【单位】　〔【先进单位】有几项写几遍，每一项叫【单位】；小标题独占一行〕
│        └─ ※ 一项写一条。
├─ 依据：安全，一段，论述、会议
├─ 放入提纲 结语
│  └─ 结尾、号召
│     └─ 为建设【愿景】而奋斗！
└─ 结尾、号召
   └─ 谢谢。"""
    )


# ── extends and include ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_extends_brings_gives_way_key_by_key_and_fields_merge_by_name() -> None:
    base = "title: 甲\nabout: 乙\nnumbering: 一要\nfields:\n  a: 问一\n  b: 问二\nspeech:\n  - text: 【a】【b】\n"
    outline = outline_of("extends: base\nabout: 丙\nfields:\n  b: 问三\n  c: 问四\n", base=base)
    assert plain(fill(outline, {}).title) == "甲"
    assert outline.about == "丙"
    assert [n.sample for n in outline.numbering] == ["一要"]
    assert [(f.name, f.ask) for f in outline.fields.values()] == [("a", "问一"), ("b", "问三"), ("c", "问四")]
    assert [t.words for t in outline.speech[0].texts] == ["【a】【b】"]


def test_a_speech_of_its_own_replaces_the_whole_speech() -> None:
    base = "title: 甲\nspeech:\n  - text: 乙\n  - text: 丁\n"
    outline = outline_of("extends: base\nspeech:\n  - text: 丙\n", base=base)
    assert [t.words for section in outline.speech for t in section.texts] == ["丙"]


def test_a_field_written_here_is_stronger_than_one_that_is_included() -> None:
    text = "title: 甲\nfields:\n  愿景: 我们的目标？\nspeech:\n  - include: 结语\n"
    assert outline_of(text, 结语=ENDING).fields["愿景"].ask == "我们的目标？"


SHELF = {
    "outlines/讲话.yaml": "extends: 讲话\nabout: 当前文件夹\n",
    "home/outlines/讲话.yaml": "extends: 基础\nfields:\n  层级: 用户问的？\n",
    "home/outlines/基础.yaml": "title: 在【层级】的讲话\nfields:\n  层级: 基础问的？\nspeech:\n  - text: 话\n",
    "outlines/结语.yaml": ENDING,
    "elsewhere/独立.yaml": "title: 独立\nspeech:\n  - include: 结语\n  - include: 邻居\n",
    "elsewhere/邻居.yaml": "speech:\n  - text: 邻居的话\n",
    "elsewhere/外面.yaml": "title: 外面\nspeech:\n  - include: ../secret\n",
    "elsewhere/自己.yaml": "title: 自己\nspeech:\n  - include: 自己\n",
    "secret.yaml": "speech:\n  - text: 秘密\n",
}


@pytest.fixture
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, SHELF)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    return tmp_path


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("shelves")
def test_extends_of_its_own_name_means_the_one_it_hides() -> None:
    opened = open_outline("讲话")
    assert (opened.outline.about, opened.outline.fields["层级"].ask) == ("当前文件夹", "用户问的？")
    assert [source.file.split("/")[-2:] for source in opened.outline.sources] == [
        ["outlines", "讲话.yaml"],
        ["outlines", "讲话.yaml"],
        ["outlines", "基础.yaml"],
    ]


@pytest.mark.usefixtures("shelves")
def test_include_looks_beside_the_file_and_then_on_the_shelves() -> None:
    outline = open_outline("elsewhere/独立.yaml").outline
    assert [t.words for s in outline.speech for inner in s.sections for t in inner.texts] == [
        "为建设【愿景】而奋斗！",
        "邻居的话",
    ]


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("elsewhere/外面.yaml", "elsewhere/外面.yaml:3:14: “../secret”不是提纲的名称，不能离开提纲所在的文件夹。"),
        ("elsewhere/自己.yaml", "elsewhere/自己.yaml:3:14: “自己”就是这份提纲自己，别处没有同名的提纲。"),
        ("../secret", "没有这个文件：../secret"),
        ("讲稿", "没有“讲稿”这份提纲；最近的是 讲话。"),
        ("a b", "没有叫“a b”的提纲或者段落。"),
        (".yaml", "没有这个文件：.yaml"),
    ],
)
def test_what_is_not_on_the_shelf_is_refused(name: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        open_outline(name)
    assert first_lines(caught.value.diagnostics) == [told]


def test_a_link_that_leads_off_the_shelf_is_not_on_it(shelves: Path) -> None:
    os.symlink(shelves / "secret.yaml", shelves / "elsewhere" / "链接.yaml")
    write(shelves, {"elsewhere/借.yaml": "title: 借\nspeech:\n  - include: 链接\n"})
    with pytest.raises(Rejected) as caught:
        open_outline("elsewhere/借.yaml")
    assert first_lines(caught.value.diagnostics) == ["elsewhere/借.yaml:3:14: 没有叫“链接”的提纲或者段落。"]


def test_a_list_tells_which_outline_hides_which(shelves: Path) -> None:
    assert [(f.name, f.origin, f.hides) for f in shelf.listed(shelf.OUTLINES) if f.origin != "自带"] == [
        ("基础", "用户", ()),
        ("结语", "当前文件夹", ()),
        ("讲话", "当前文件夹", ("用户",)),
    ]


def test_a_chain_of_files_comes_to_an_end() -> None:
    files = {f"n{n}": f"extends: n{n + 1}\n" for n in range(20)}
    with pytest.raises(Rejected) as caught:
        outline_of("extends: n0\n", **files)
    assert first_lines(caught.value.diagnostics) == ["n9.yaml:1:10: n10 又绕回到自己了，或者套得太深。"]


# ── names, lint ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_entry_of_each_is_known_inside_its_part_only() -> None:
    text = """\
title: 甲
fields:
  先进单位:
    ask: 表扬谁？
    type: list
speech:
  - text: 【单位】好。
    each: 先进单位 as 单位
    when: 单位 != "甲局"
  - text: 【单位】呢？
"""
    with pytest.raises(Rejected) as caught:
        outline_of(text)
    assert first_lines(caught.value.diagnostics) == ["a.yaml:10:11: 不认识的空【单位】。"]


FIELDS = """\
title: 甲
fields:
  调研:
    ask: 来过吗？
    type: yes/no
    example: 是
  领导:
    ask: 哪位？
    when: 调研
speech:
"""


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        ("  - text: 【领导】来过。\n    when: 调研\n", []),
        ("  - text: 【领导】来过。\n    when: 调研 and 领导\n", []),
        (
            "  - requirements:\n      - heading: 一\n        when: 调研\n        points:\n          - 【领导】来过。\n",
            [],
        ),
        (
            "  - text: 【领导】来过。\n",
            ["a.yaml:11:11: 空【领导】只在 when: 调研 时才问，这里却没有这个条件，可能会空着。"],
        ),
        ("  - text: 【调研】\n", ["a.yaml:7:3: 空【领导】没有用到。"]),
    ],
)
def test_a_blank_wants_the_condition_of_its_field(speech: str, told: list[str]) -> None:
    assert first_lines(lint(outline_of(FIELDS + speech), TODAY)) == told


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("ask: 几个？", ""),
        ("type: number\n    default: 三十\n    example: 1,200", ""),
        ("type: number\n    example: 几十", "example 不合要求：“几十”：没有说定是多少。写成 50、50余、近百 或 约120。"),
        ("type: yes/no\n    default: 也许", "default 不合要求：“也许”看不出是不是。请答 是 或 否。"),
        ("pattern: \\d+\n    example: 三", "example 不合要求：“三”不合要求的样子（\\d+）。"),
        ("pattern: (\\d+", "pattern 不是能读懂的正则表达式（missing ) at position 4）。"),
    ],
)
def test_defaults_and_examples_must_fit_their_own_field(field: str, told: str) -> None:
    text = f"title: 甲\nfields:\n  a:\n    {field}\nspeech:\n  - text: 【a】\n"
    assert first_lines(lint(outline_of(text), TODAY)) == ([f"a.yaml:3:3: 【a】的 {told}"] if told else [])


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    text = "title: 甲\nspeech:\n" + "".join(f"  - text: 【n{n}】\n" for n in range(500))
    with pytest.raises(Rejected) as caught:
        outline_of(text)
    told = first_lines(caught.value.diagnostics)
    assert told[-2:] == ["a.yaml:102:11: 不认识的空【n99】。", "错误太多，后面的没有再看；先改好这些。"]
    assert len(told) == 101
