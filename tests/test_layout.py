"""Layouts: a draft to blocks, one output line a Word paragraph."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Golden
from hypothesis import given
from hypothesis import strategies as st

from drafter.commands.opening import blocks_of, open_outline, open_template
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.block import Block, dump
from drafter.speech.draft import Draft, Item, Paragraph, Part, Rich, Span
from drafter.template.bare import Unusual, pieces_of
from drafter.template.layout import compiled, environment, lay_out

HERE = Path(__file__).parent

OUTLINE = """\
title: 在全【层级】档案工作暨数字化转型业务骨干培训班开班仪式上的讲话
dateline: （【日期】）
byline: 【职务】　李卫国
numbering:
  - 一、
  - 一要
fields:
  层级: 哪一级？
  日期: 哪天？
  职务: 什么职务？
speech:
  - greeting: 同志们：
  - opening: 今天【【正式】开班。办班很不容易。
  - appreciation: 我代表【层级】委感谢大家！
    run-on: yes
  - situation: 形势逼人。不进则退。
  - lead: 我讲两点。
  - text: 先说成绩。
  - requirements:
      - heading: 守牢底线，心中有责
        text: 档案工作无小事。全【层级】都要重视。
        points:
          - heading: 管好
            text: |
              建好库房。

              配好人员。
          - heading: 用好！
            text: 开放利用。
      - heading: 精进业务。
        text: 业务不精，责任就落不到实处。
  - closing: 同志们，让我们为建设【层级】而奋斗！
"""
LAID_OUT = {
    "speech": """\
标题｜在全【层级：县】档案工作暨数字化转型⏎业务骨干培训班开班仪式上的讲话
题注｜【职务】　李卫国
题注｜（【日期】）
空行｜
称谓｜同志们：
开场｜今天【【正式】开班。办班很不容易。我代表【层级：县】委感谢大家！
形势｜形势逼人。不进则退。
引语｜我讲两点。
正文｜先说成绩。
一级标题｜一、守牢底线，心中有责
要求｜档案工作无小事。全【层级：县】都要重视。
要求｜**一要管好。**建好库房。
要求｜配好人员。
要求｜**二要用好！**开放利用。
要求｜**二、精进业务。**业务不精，责任就落不到实处。
结语｜同志们，让我们为建设【层级：县】而奋斗！
""",
    "card": """\
标题｜在全【层级：县】档案工作暨数字化转型⏎业务骨干培训班开班仪式上的讲话
题注｜【职务】　李卫国　（【日期】）　半分钟
称谓｜同志们：
正文｜今天【【正式】开班。
正文｜形势逼人。
正文｜我讲两点。
正文｜先说成绩。
提纲｜**一、守牢底线，心中有责**（不到半分钟）
正文｜档案工作无小事。
提纲｜**一要管好**（不到半分钟）
正文｜建好库房。
提纲｜**二要用好！**（不到半分钟）
正文｜开放利用。
提纲｜**二、精进业务。**（不到半分钟）
正文｜业务不精，责任就落不到实处。
正文｜同志们，让我们为建设【层级：县】而奋斗！
""",
}
LAID_OUT["reading"] = LAID_OUT["speech"]

ROLES = ("标题", "正文", "称谓")


def draft_of(text: str, **answers: str) -> Draft:
    return fill(parse(Source("a.yaml", text))[0], answers)


def said(text: str) -> Rich:
    return (Span(text),)


def blocks(layout: str, draft: Draft, roles: tuple[str, ...] = ROLES) -> tuple[Block, ...]:
    return lay_out(draft, layout, "layout.j2", roles, {})


@pytest.mark.parametrize("template", LAID_OUT)
def test_a_shipped_template_lays_out_every_kind_of_part(template: str) -> None:
    assert dump(blocks_of(draft_of(OUTLINE, 层级="县"), open_template(template))) == LAID_OUT[template]


@pytest.mark.parametrize("template", ["speech", "reading", "card"])
def test_the_shipped_outline_laid_out_with_its_examples(template: str, golden: Golden) -> None:
    outline = open_outline("office-training").outline
    draft = fill(outline, examples(outline.fields, date(2026, 11, 22)))
    golden(HERE / "golden" / f"office-training.{template}.txt", dump(blocks_of(draft, open_template(template))))


# ── spans ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_spans_keep_blank_field_and_node_through_a_layout() -> None:
    draft = Draft(
        said("甲"),
        (
            Part(
                "requirements",
                (),
                (
                    Item(
                        1,
                        "一要",
                        1,
                        False,
                        (Span("守牢"), Span("【底线】", "", "底线", "底线", False)),
                        (Paragraph((Span("全"), Span("县", "", "层级|默认('市')", "层级")), "speech.1.r1.p1"),),
                        (),
                        "speech.1.r1",
                    ),
                ),
                "speech.1",
            ),
        ),
    )
    layout = """\
{% for part in parts %}
{%   for item in part.items %}
正文｜{{ (item.label ~ item.heading ~ item.stop) | strong(item.level) }}{{ item.text }}
{%   endfor %}
{% endfor %}
"""
    assert blocks(layout, draft) == (
        Block(
            "正文",
            (
                Span("一要守牢", "一级段首句"),
                Span("【底线】", "一级段首句", "底线", "底线", False),
                Span("。", "一级段首句"),
                Span("全"),
                Span("县", "", "层级|默认('市')", "层级"),
            ),
            "speech.1.r1",
        ),
    )


def test_words_that_ran_on_keep_their_own_node() -> None:
    draft = Draft((), (Part("opening", (Paragraph((Span("甲。"), Span("乙。", node="speech.2.p1")), "speech.1.p1"),)),))
    layout = "{% for part in parts %}\n{% for p in part.paragraphs %}\n正文｜{{ p.text }}\n{% endfor %}\n{% endfor %}\n"
    assert blocks(layout, draft) == (Block("正文", (Span("甲。"), Span("乙。", node="speech.2.p1")), "speech.1.p1"),)


def test_a_first_sentence_keeps_its_blanks() -> None:
    draft = Draft((Span("全"), Span("县", "", "层级", "层级"), Span("开会。结束。")), ())
    assert dump(blocks("正文｜{{ title | first_sentence }}", draft)) == "正文｜全【层级：县】开会。\n"


def test_a_first_sentence_that_ends_inside_an_answer_ends_there() -> None:
    draft = Draft((Span("他说"), Span("好。很好。", "", "话", "话"), Span("完。")), ())
    assert dump(blocks("正文｜{{ title | first_sentence }}", draft)) == "正文｜他说【话：好。】\n"


# ── nothing a value holds can forge a paragraph or a role ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "value", ["标题｜假标题", "好\n标题｜假标题", "｜", "{{ 7 * 7 }}{% if x %}", "**粗**", "【层级】"]
)
def test_what_a_value_looks_like_changes_nothing(value: str) -> None:
    answered = Draft((Span("甲"), Span(value, "", "话", "话")), ())
    (block,) = blocks("正文｜{{ title }}\n", answered)
    assert block == Block("正文", (Span("甲"), Span(value.replace("\n", ""), "", "话", "话")), "title")
    (bare,) = blocks("正文｜{{ title }}\n", Draft(said(value), ()))
    assert (bare.role, bare.text) == ("正文", value.replace("\n", ""))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_is_one_paragraph_of_its_role(value: str) -> None:
    draft = Draft((Span(value or "空", "", "话", "话"), Span("完")), ())
    assert blocks("正文｜{{ title | strong }}", draft) == (
        Block("正文", (Span(value or "空", "一级段首句", "话", "话"), Span("完", "一级段首句")), "title"),
    )


# ── layouts that are wrong ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("标题｜{{ title }}\n正文：{{ title }}\n", "layout.j2: 版式写出的一行没有“｜”：正文：题"),
        ("小标题｜{{ title }}\n", "layout.j2: 版式写出的一行，样式“小标题”不认识。"),
        ("{{ title }}｜话\n", "layout.j2: 版式写出的一行，样式“题”不认识。"),
        ("标题｜{{ title }}\n正文｜{{ titel }}\n", "layout.j2:2:1: 版式里能用的名称没有 titel。"),
        ("标题｜{{ title }}\n正文｜{{ parts.x }}\n", "layout.j2:2:1: 版式里能用的名称没有 x。"),
        ("标题｜话\n正文｜{{ parts }}\n", "layout.j2:2:1: 这里不是一段文字，不能直接写出来。"),
        (
            "正文｜{{ title\n",
            "layout.j2:1:1: 版式读不懂：unexpected end of template, expected 'end of print statement'.",
        ),
        ("正文｜话\n{% elif title %}\n", "layout.j2:2:1: 版式读不懂：Encountered unknown tag 'elif'."),
        ("正文｜话\n{% set x = 1 %}\n", "layout.j2:2:1: 这里不能用set（第 2 行）。"),
        ("正文｜话\n{% include 'x' %}\n", "layout.j2:2:1: 这里不能用include（第 2 行）。"),
        ("正文｜{{ title.upper() }}\n", "layout.j2:1:1: 这里不能用调用（…()）（第 1 行）。"),
        (
            "正文｜{{ title.__class__ }}\n",
            "layout.j2:1:1: 版式读不懂：access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "标题｜话\n正文｜{{ title | upper }}\n",
            "layout.j2:2:1: 没有“upper”这种写法；"
            "有：大写、汉字年、年、年月、月日、顿号、分号、并列、逗号、一是、个数、几、数字、首项、默认、strong、first_sentence。",
        ),
        ("正文｜{{ title | strong(1, 2) }}\n", "layout.j2:1:1: “strong”后面的括号里写多了。"),
        (
            "{% for a in [1, 2] %}\n{% endfor %}\n",
            "layout.j2:1:1: for 后面只能是 parts、part.items 这样的名称（第 1 行）。",
        ),
        ("{% for a, b in parts %}\n{% endfor %}\n", "layout.j2:1:1: for 的写法只能是 for 名称 in 名称（第 1 行）。"),
        ("{% for a in parts %}" * 4 + "{% endfor %}" * 4, "layout.j2:1:1: for 最多套 3 层（第 1 行）。"),
        ("正文｜" + "字" * 40_000, "layout.j2: 版式文件太大，最多 100,000 字节。"),
    ],
)
def test_a_bad_line_is_told_with_its_place(layout: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        blocks(layout, Draft(said("题"), ()))
    assert str(caught.value).splitlines()[0] == told


def test_loops_run_out_of_rounds() -> None:
    part = Part("text", tuple(Paragraph(said("话")) for _ in range(1200)))
    layout = (
        "{% for a in parts %}{% for b in a.paragraphs %}{% for c in a.paragraphs %}{% endfor %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(Rejected) as caught:
        blocks(layout, Draft((), (part,)))
    assert str(caught.value).splitlines()[0] == "layout.j2:1:1: 循环超过 1,000,000 次。"


# ── the text form ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_blocks_have_a_text_form() -> None:
    assert (
        dump(
            [
                Block("标题", (Span("第一行\n第二行"),)),
                Block("空行", ()),
                Block(
                    "正文", (Span("一要守住", "一级段首句"), Span("底线", "一级段首句", "何", "何"), Span("写【明】。"))
                ),
                Block("正文", (Span("【远景】", "", "远景", "远景", False), Span("很好。"))),
            ]
        )
        == """\
标题｜第一行⏎第二行
空行｜
正文｜**一要守住【何：底线】**写【【明】。
正文｜【远景】很好。
"""
    )


ROOM = {
    "title": "讲话",
    "dateline": "",
    "tight": 2,
    "parts": [SimpleNamespace(kind="text", paragraphs=[SimpleNamespace(text="甲"), SimpleNamespace(text="乙")])],
}


def pieces(layout: str) -> str:
    filters = environment().filters
    return "".join(pieces_of(compiled(layout, "layout.j2"), ROOM, filters, str))


@pytest.mark.parametrize(
    "layout",
    [
        "标题｜{{ title }}{% if dateline %}（{{ dateline }}）{% endif %}",
        "{% for part in parts %}{% for p in part.paragraphs %}{% if part.kind == 'text' and tight > 1 %}正文｜{{ p.text }}{% endif %}{% endfor %}{% endfor %}",
        "{{ ('一、' ~ title ~ tight) | strong(2) }}{{ title | first_sentence }}{{ '短' if tight else '长' }}",
    ],
)
def test_without_jinja_a_layout_writes_what_jinja_writes(layout):
    env = environment()
    code = compiled(layout, "layout.j2")
    assert pieces(layout) == "".join(env.template_class.from_code(env, code, {}).generate(ROOM))


@pytest.mark.parametrize(
    "layout",
    [
        "{{ nothing }}",
        "{% for part in parts %}{{ part.nothing }}{% endfor %}",
        "{% for part in parts %}{{ part.__class__ }}{% endfor %}",
        "{{ title.upper }}",
        "{{ title[0] }}",
        "{{ parts[0].kind }}",
        "{% for part in parts %}{{ loop.index }}{% endfor %}",
        "{{ '短' if dateline }}",
    ],
)
def test_what_is_not_simple_is_left_to_the_sandbox_of_jinja(layout):
    with pytest.raises(Unusual):
        pieces(layout)


def test_a_layout_that_jinja_has_to_run_writes_as_ever():
    part = Part("text", (Paragraph((Span("甲"),)), Paragraph((Span("乙"),))))
    layout = "{% for part in parts %}{% for p in part.paragraphs %}\n正文｜{{ loop.index }}、{{ p.text }}\n{% endfor %}{% endfor %}"
    blocks = lay_out(Draft((Span("讲话"),), (part,)), layout, "layout.j2", ["正文"], {})
    assert dump(blocks) == "正文｜1、甲\n正文｜2、乙\n"
