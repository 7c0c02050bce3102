"""Filling: blanks said, conditions decided, lists written out, requirements numbered."""

import json
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.analysis.extract import paragraphs_of
from drafter.diagnostic import Rejected
from drafter.outline.field import read
from drafter.outline.fill import fill
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft, Item, Paragraph, Part, Rich, Span, plain

TODAY = date(2026, 11, 22)

FIELDS = """\
title: 在全【层级】的讲话
fields:
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
  人数:
    ask: 多少人？
    type: number
  日期:
    ask: 哪天？
    type: date
  调研:
    ask: 来过吗？
    type: yes/no
  先进:
    ask: 表扬谁？
    type: list
  寄语:
    ask: 说些什么？
    type: long text
"""


def outline_of(speech: str, top: str = "", **files: str) -> Outline:
    """An outline with the fields above; further arguments are files to include, by name."""
    return parse(Source("a.yaml", f"{top}{FIELDS}speech:\n{speech}"), lambda _, name, __: Source(name, files[name]))[0]


def draft_of(outline: Outline, **answers: str) -> Draft:
    return fill(outline, {name: read(outline.fields[name], said, TODAY) for name, said in answers.items()})


def told(draft: Draft) -> list[str]:
    """A paragraph a line; an item as label, heading and |text, indented by level; ¶ where the heading stands alone."""

    def items(found: Iterable[Item]) -> Iterable[str]:
        for item in found:
            head = "  " * (item.level - 1) + item.label + plain(item.heading) + ("¶" if item.own_line else "")
            yield "|".join([head, *(plain(p.text) for p in item.paragraphs)])
            yield from items(item.items)

    out: list[str] = []
    for part in draft.parts:
        out += [plain(p.text) for p in part.paragraphs]
        out += items(part.items)
    return out


# ── blanks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_knows_where_its_words_come_from() -> None:
    outline = outline_of("  - opening: 全【层级】来了【人数|大写】人。\n")
    assert draft_of(outline, 人数="120") == Draft(
        (Span("在全"), Span("【层级】", "", "层级", "层级", False), Span("的讲话")),
        (
            Part(
                "opening",
                (
                    Paragraph(
                        (
                            Span("全"),
                            Span("【层级】", "", "层级", "层级", False),
                            Span("来了"),
                            Span("一百二十", "", "人数|大写", "人数"),
                            Span("人。"),
                        ),
                        "speech.1.p1",
                    ),
                ),
                (),
                "speech.1",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "answers", "said"),
    [
        ("全【层级】", {}, "全【层级】"),
        ("全【层级】", {"层级": "县"}, "全县"),
        ("【【层级】", {"层级": "县"}, "【层级】"),
        ("【人数】人", {"人数": "１,２００"}, "1,200人"),
        ("【日期】", {"日期": "2026-11-05"}, "2026年11月5日"),
        ("【日期|月日】", {"日期": "2026-11-05"}, "11月5日"),
        ("【日期|月日】", {}, "【日期】"),
        ("【先进】", {"先进": "甲局，乙局；丙局"}, "甲局、乙局和丙局"),
        ("【先进|顿号】等【先进|个数】家", {"先进": "甲局、乙局"}, "甲局、乙局等2家"),
        ("【层级|默认('市')】委", {}, "市委"),
        ("【[层级, 人数, 先进]】", {"层级": "县", "人数": "3", "先进": "甲"}, "县、3和甲"),
        ('【"县里" if 层级 == "县" else "市里"】', {"层级": "县"}, "县里"),
        ("请【寄语】！", {"寄语": "奋斗\n拼搏"}, "请奋斗拼搏！"),
        ("【人数】{{ 7 }}｜**x**", {"人数": "3"}, "3{{ 7 }}｜**x**"),
    ],
)
def test_a_blank_is_said(text: str, answers: dict[str, str], said: str) -> None:
    assert told(draft_of(outline_of(f"  - text: '{text.replace(chr(39), chr(39) * 2)}'\n"), **answers)) == [said]


def test_a_long_answer_that_is_a_paragraph_of_its_own_keeps_its_paragraphs() -> None:
    draft = draft_of(outline_of("  - closing: 【寄语】\n  - text: 完。\n"), 寄语="第一段。\n\n  第二段。\n")
    assert told(draft) == ["第一段。", "第二段。", "完。"]
    assert [(p.node, p.text[0].blank) for p in draft.parts[0].paragraphs] == [("speech.1.p1", "寄语")] * 2


def test_a_blank_line_separates_paragraphs_and_a_line_end_does_not() -> None:
    assert told(draft_of(outline_of("  - opening: |\n      甲，\n      乙。\n\n      丙。\n"))) == ["甲，乙。", "丙。"]


def test_an_answer_that_does_not_fit_its_expression_is_told_with_its_place() -> None:
    with pytest.raises(Rejected) as caught:
        draft_of(outline_of("  - text: 全【层级|大写】\n"), 层级="县")
    assert str(caught.value).splitlines()[0] == "a.yaml:24:12: 空【层级|大写】：“县”不是数。"


# ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("when", "answers", "stays"),
    [
        ("调研", {"调研": "是"}, True),
        ("调研", {"调研": "否"}, False),
        ("调研", {}, True),
        ("not 调研", {}, True),
        ('层级 == "县" and 人数 > 100', {"层级": "县", "人数": "120"}, True),
        ('层级 == "县" and 人数 > 100', {"层级": "县", "人数": "80"}, False),
        ('层级 == "县" and 人数 > 100', {"层级": "县"}, True),
        ('层级 == "县" and 人数 > 100', {"层级": "市"}, False),
        ('层级 == "县" or 调研', {"调研": "否"}, True),
        ("【调研】", {"调研": "否"}, False),
        ('日期 >= "2026-11-01"', {"日期": "10月1日"}, False),
        ('"甲局" in 先进', {"先进": "乙局"}, False),
        ("人数", {"人数": "0"}, False),
    ],
)
def test_a_part_stays_unless_its_condition_is_known_to_fail(when: str, answers: dict[str, str], stays: bool) -> None:
    part = draft_of(outline_of(f"  - text: 甲\n    when: '{when}'\n"), **answers)
    requirement = draft_of(outline_of(f"  - requirements:\n      - text: 甲\n        when: '{when}'\n"), **answers)
    assert (told(part), told(requirement)) == ((["甲"], ["|甲"]) if stays else ([], []))


# ── run-on ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("speech", "paragraphs"),
    [
        ("  - text: 甲。\n  - text: 乙。\n    run-on: yes\n", ["甲。乙。"]),
        ("  - text: 甲。\n  - text: 乙。\n    run-on: no\n", ["甲。", "乙。"]),
        (
            "  - text: 甲。\n  - text: |\n      乙。\n\n      丙。\n    run-on: 是\n  - text: 丁。\n",
            ["甲。乙。", "丙。", "丁。"],
        ),
        ("  - text: 甲。\n    run-on: yes\n", ["甲。"]),
        ("  - requirements:\n      - text: 甲。\n  - text: 乙。\n    run-on: yes\n", ["|甲。", "乙。"]),
        (
            "  - text: 甲。\n  - text: 乙。\n    when: 调研\n    run-on: yes\n  - text: 丙。\n    run-on: yes\n",
            ["甲。丙。"],
        ),
        ("  - text: 甲。\n  - text: 【单】好。\n    each: 先进 as 单\n    run-on: yes\n", ["甲。一局好。二局好。"]),
    ],
)
def test_a_part_goes_on_in_the_paragraph_before(speech: str, paragraphs: list[str]) -> None:
    assert told(draft_of(outline_of(speech), 调研="否", 先进="一局、二局")) == paragraphs


def test_words_that_run_on_keep_the_node_they_came_from() -> None:
    (opening, _) = draft_of(outline_of("  - opening: 甲。\n  - appreciation: 乙。\n    run-on: yes\n")).parts
    assert opening.paragraphs == (Paragraph((Span("甲。"), Span("乙。", node="speech.2.p1")), "speech.1.p1"),)


@pytest.mark.parametrize(
    ("speech", "paragraphs"),
    [
        (  # all go on: the first in the paragraph before
            "  - text: 办法是：\n  - requirements:\n      - heading: 学\n        text: 天天学。\n        run-on: yes\n      - heading: 做\n        run-on: yes\n  - text: 完。\n    run-on: yes\n",
            ["办法是：一、学。天天学。二、做。完。"],
        ),
        (  # all but the first: a paragraph of their own
            "  - text: 办法是：\n  - requirements:\n      - heading: 学\n        text: 天天学。\n        alone: no\n      - heading: 做\n        run-on: yes\n",
            ["办法是：", "一、学。天天学。二、做。"],
        ),
        (  # the first drops out: the next begins the paragraph
            "  - requirements:\n      - heading: 学\n        alone: no\n        when: 调研\n      - heading: 做\n        alone: no\n        run-on: yes\n      - text: 守。\n        run-on: yes\n",
            ["一、做。二、守。"],
        ),
        (  # some of them
            "  - requirements:\n      - text: 甲。\n      - text: 乙。\n        run-on: yes\n      - text: 丙。\n",
            ["一、甲。二、乙。", "三、丙。"],
        ),
        (  # points go on in the last paragraph of theirs
            "  - requirements:\n      - heading: 学\n        text: 要：\n        points:\n          - heading: 早\n            run-on: yes\n          - text: 深。\n            run-on: yes\n      - text: 乙。\n",
            ["一、学", "要：（一）早。（二）深。", "二、乙。"],
        ),
    ],
)
def test_a_requirement_goes_on_in_the_paragraph_before(speech: str, paragraphs: list[str]) -> None:
    draft = draft_of(outline_of(speech, "numbering:\n  - 一、\n  - （一）\n"), 调研="否")
    assert list(paragraphs_of(draft))[1:] == paragraphs


# ── requirements ───────────────────────────────────────────────────────────────────────────────────────────────────

REQUIREMENTS = """\
  - requirements:
      - heading: 提高认识
        text: 甲。
      - heading: 抓好落实
        when: 调研
        points:
          - heading: 压实责任
            text: 乙。
          - heading: 严格督查
            text: 丙。
      - heading: 加强领导
        text: |
          丁。

          戊。
"""


@pytest.mark.parametrize(
    ("numbering", "answers", "lines"),
    [
        ("", {}, ["提高认识|甲。", "抓好落实", "  压实责任|乙。", "  严格督查|丙。", "加强领导|丁。|戊。"]),
        (
            "numbering:\n  - 一、\n  - （一）\n",
            {},
            [
                "一、提高认识¶|甲。",
                "二、抓好落实¶",
                "  （一）压实责任¶|乙。",
                "  （二）严格督查¶|丙。",
                "三、加强领导¶|丁。|戊。",
            ],
        ),
        ("numbering: 一、\n", {"调研": "否"}, ["一、提高认识¶|甲。", "二、加强领导¶|丁。|戊。"]),
        (
            "numbering:\n  - 一要\n  - 1.\n",
            {"调研": "是"},
            ["一要提高认识|甲。", "二要抓好落实", "  1.压实责任¶|乙。", "  2.严格督查¶|丙。", "三要加强领导|丁。|戊。"],
        ),
        (
            "numbering: 首先，\n",
            {},
            ["首先，提高认识|甲。", "其次，抓好落实", "  压实责任|乙。", "  严格督查|丙。", "最后，加强领导|丁。|戊。"],
        ),
    ],
)
def test_what_stays_is_numbered_by_the_sample_of_its_level(
    numbering: str, answers: dict[str, str], lines: list[str]
) -> None:
    assert told(draft_of(outline_of(REQUIREMENTS, numbering), **answers)) == lines


def test_a_heading_that_ends_in_a_full_stop_is_followed_by_its_text_at_once() -> None:
    one, other = "      - heading: 守牢底线。\n        text: 甲。\n", "      - heading: 精进业务\n        text: 乙。\n"
    speech = f"  - requirements:\n{one}{other}"
    assert told(draft_of(outline_of(speech, "numbering: 一、\n"))) == ["一、守牢底线。|甲。", "二、精进业务¶|乙。"]


def test_a_requirement_alone_has_no_number() -> None:
    assert told(
        draft_of(outline_of("  - requirements:\n      - heading: 甲\n        text: 乙。\n", "numbering: 一、\n"))
    ) == ["甲¶|乙。"]


POINTS = """\
  - requirements:
      - heading: 甲
        text: 乙：
        points:
          - 丙；
          - 丁。
      - heading: 戊
        points:
          - 己。
"""


@pytest.mark.parametrize(
    ("numbering", "lines"),
    [
        ("  - 一要\n", ["一要甲|乙：丙；丁。", "二要戊|己。"]),
        ("  - 一、\n  - 一是\n", ["一、甲¶|乙：一是丙；二是丁。", "二、戊¶|己。"]),
        ("  - 一、\n  - 一方面，\n", ["一、甲¶|乙：一方面，丙；另一方面，丁。", "二、戊¶|己。"]),
        ("  - 一、\n  - （一）\n", ["一、甲¶|乙：", "  （一）|丙；", "  （二）|丁。", "二、戊¶", "  |己。"]),
    ],
)
def test_sentences_run_in_unless_their_level_has_paragraphs_of_its_own(numbering: str, lines: list[str]) -> None:
    assert told(draft_of(outline_of(POINTS, f"numbering:\n{numbering}"))) == lines


# ── each, include ──────────────────────────────────────────────────────────────────────────────────────────────────

PRAISE = "  - text: 【单位】好。\n    each: 先进 as 单位\n    when: '单位 != \"乙局\"'\n"


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        ({"先进": "甲局、乙局、丙局"}, ["甲局好。", "丙局好。"]),
        ({"先进": "乙局"}, []),
        ({}, ["【先进】好。"]),
    ],
)
def test_a_part_is_written_once_for_each_entry(answers: dict[str, str], lines: list[str]) -> None:
    assert told(draft_of(outline_of(PRAISE), **answers)) == lines


def test_what_is_written_for_each_entry_has_nodes_and_a_field_of_its_own() -> None:
    outline = outline_of(
        "  - requirements:\n      - text: 【单位】好。\n        each: 先进 as 单位\n", "numbering: 一是\n"
    )
    draft = draft_of(outline, 先进="甲局、乙局")
    assert told(draft) == ["一是|甲局好。", "二是|乙局好。"]
    assert [item.node for item in draft.parts[0].items] == ["speech.1.r1#1", "speech.1.r1#2"]
    (unanswered,) = draft_of(outline).parts[0].items
    assert unanswered.paragraphs[0].text[0] == Span("【先进】", "", "单位", "先进", False)


ENDING = "speech:\n  - text: 甲。\n    when: 调研\n  - closing: 为【层级】奋斗！\n"


@pytest.mark.parametrize(
    ("beside", "answers", "paragraphs"),
    [
        ("", {"调研": "是"}, ["始。", "甲。", "为【层级】奋斗！", "终。"]),
        ("", {"调研": "否", "层级": "县"}, ["始。", "为县奋斗！", "终。"]),
        ("    run-on: yes\n", {"调研": "是"}, ["始。甲。", "为【层级】奋斗！", "终。"]),
        ("    run-on: yes\n", {"调研": "否"}, ["始。为【层级】奋斗！", "终。"]),
        ("    when: 调研\n", {"调研": "否"}, ["始。", "终。"]),
        ("    each: 先进 as x\n", {"调研": "否", "先进": "甲、乙"}, ["始。", *["为【层级】奋斗！"] * 2, "终。"]),
    ],
)
def test_the_parts_of_an_included_file_stand_where_it_is_included(
    beside: str, answers: dict[str, str], paragraphs: list[str]
) -> None:
    outline = outline_of(f"  - text: 始。\n  - include: 结语\n{beside}  - text: 终。\n", 结语=ENDING)
    assert told(draft_of(outline, **answers)) == paragraphs


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

NAMES = ("层级", "人数", "日期", "先进")
PIECES = st.one_of(st.sampled_from([f"【{name}】" for name in NAMES]), st.sampled_from(["甲，", "乙。", "【【", "】"]))
TEXTS = st.lists(PIECES, min_size=1, max_size=4).map("".join)
BESIDE = st.fixed_dictionaries({}, optional={"when": st.sampled_from(["调研", "not 调研", "人数 > 3", '层级 == "县"'])})
POINT = st.fixed_dictionaries({"heading": TEXTS, "text": TEXTS}, optional={"when": st.just("调研")})
REQUIREMENT = st.fixed_dictionaries(
    {"heading": TEXTS}, optional={"text": TEXTS, "points": st.lists(st.one_of(TEXTS, POINT), min_size=1, max_size=3)}
)
PARTS = st.one_of(
    st.tuples(st.fixed_dictionaries({"text": TEXTS}, optional={"run-on": st.sampled_from(["yes", "no"])}), BESIDE).map(
        lambda both: both[0] | both[1]
    ),
    st.fixed_dictionaries({"requirements": st.lists(REQUIREMENT, min_size=1, max_size=3)}),
)


def yaml_of(value: object, indent: str = "") -> str:
    """Block YAML; JSON's strings are YAML's."""
    if isinstance(value, str):
        return " " + json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    if isinstance(value, dict):
        return "".join(f"\n{inner}{key}:{yaml_of(one, inner)}" for key, one in value.items())
    assert isinstance(value, list)
    return "".join(f"\n{inner}-{yaml_of(one, inner)}" for one in value)


def spans_of(draft: Draft) -> Rich:
    spans: list[Span] = []

    def items(found: Iterable[Item]) -> None:
        for item in found:
            spans.extend((*item.heading, *(span for p in item.paragraphs for span in p.text)))
            items(item.items)

    for part in draft.parts:
        spans.extend(span for p in part.paragraphs for span in p.text)
        items(part.items)
    return tuple(spans)


def texts_of(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, dict):
        for key in ("heading", "text", "requirements", "points"):
            yield from texts_of(value.get(key, []))


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_filling_with_no_answers_keeps_every_blank(speech: list[object]) -> None:
    spans = spans_of(fill(outline_of(yaml_of(speech)[1:] + "\n"), {}))
    written = "".join(texts_of(speech))
    assert "".join(span.text for span in spans) == written.replace("【【", "【")
    assert [f"【{span.blank}】" for span in spans if not span.answered] == [
        piece for piece in _pieces(written) if piece.strip("【】") in NAMES
    ]


def _pieces(text: str) -> list[str]:
    """The text cut as the blanks in it lie."""
    out: list[str] = []
    while text:
        end = text.find("】") + 1 if text[0] == "【" and text[:2] != "【【" else 2 if text[:2] == "【【" else 1
        out.append(text[:end])
        text = text[end:]
    return out


@given(st.text(max_size=60))
def test_an_answer_stays_one_paragraph_and_exactly_as_it_was_given(said: str) -> None:
    outline = outline_of("  - text: 甲【层级】乙\n")
    draft = fill(outline, {"层级": said})
    assert told(draft) == [f"甲{said.replace(chr(10), '')}乙"]


def test_an_outline_that_unfolds_without_end_is_refused() -> None:
    outline = outline_of(f"  - text: {'字' * 3000}\n    each: 先进 as 单位\n")
    with pytest.raises(Rejected) as caught:
        draft_of(outline, 先进="、".join(map(str, range(1000))))
    assert str(caught.value) == "写出来超过 2,000,000 字，不像一篇讲话；请检查 each 和太长的回答。"
