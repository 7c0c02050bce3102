"""Passages of the stock among requirements: included by an outline, or picked for one speech."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.fill import fill, notes
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.passages import FORMS, form_of, own_requirements, pick
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft, Item, plain

STOCK = {
    "忠诚": (("铸牢忠诚，站稳立场", "一片忠心铸党魂", "在对党忠诚上树立标杆"), "忠诚的长文。", "忠诚的短文。"),
    "担当": (("敢于担当，勇挑重担", "勇挑重担敢作为", "在担当作为上动真格"), "担当的长文。", "担当的短文。"),
    "廉洁": (("清白做人，干净做事", "清清白白做表率", "在廉洁自律上守底线"), "廉洁的长文。", ""),
}

OUTLINE = """\
title: 在会议上的讲话
numbering:
  - 一要
fields:
  单位: 哪个单位？
  表扬:
    ask: 表扬吗？
    type: yes/no
  先进:
    ask: 表扬谁？
    when: 表扬
speech:
  - opening: 同志们，【单位】开会。
  - requirements:
      - heading: 着眼全局，服务发展
        text: 服务的正文。
      - heading: 虚心向学，甘心奉献
        text: 表扬【先进】。
        when: 表扬
      - text: 没有小标题的一条。
"""


def passage_text(name: str) -> str:
    headings, text, short = STOCK[name]
    listed = "".join(f"    - {heading}\n" for heading in headings)
    return f"passage:\n  headings:\n{listed}  text: {text}\n" + (f"  short: {short}\n" if short else "") + f"  note: {name}的提醒\n"


def stock(name: str) -> Outline:
    if name not in STOCK:
        raise Rejected(Diagnostic(f"没有叫“{name}”的段落。"))
    return parse(Source(f"{name}.yaml", passage_text(name)))[0]


def load(word: str, name: str, asker: Source) -> Source:
    return Source(f"{name}.yaml", passage_text(name))


def outline(text: str = OUTLINE) -> Outline:
    return parse(Source("a.yaml", text), load)[0]


def items(draft: Draft) -> tuple[Item, ...]:
    (part,) = (part for part in draft.parts if part.kind == "requirements")
    return part.items


def heads(draft: Draft) -> list[str]:
    return [item.label + plain(item.heading) for item in items(draft)]


def texts(draft: Draft) -> list[str]:
    return [plain(p.text) for item in items(draft) for p in item.paragraphs]


@given(st.lists(st.sampled_from([*STOCK, "1", "2", "3"]), min_size=2, max_size=6, unique=True), st.sampled_from([*FORMS, ""]))
def test_picked_requirements_stand_in_the_order_picked_numbered_without_a_gap(names: Sequence[str], form: str) -> None:
    picked = pick(outline(), names, form, False, stock)
    drafted = items(fill(picked, {"表扬": True}))
    assert [item.number for item in drafted] == list(range(1, len(names) + 1))
    own = own_requirements(outline())
    wanted = FORMS[form] if form else (4, 4)
    for name, item in zip(names, drafted, strict=True):
        heading = plain(item.heading)
        if name in STOCK:
            assert heading in STOCK[name][0]
            assert form_of(heading) == wanted
        else:
            mine = own[int(name) - 1]
            assert heading == (mine.heading.words if mine.heading else "")


def test_the_short_text_is_taken_where_there_is_one() -> None:
    assert texts(fill(pick(outline(), ["忠诚", "廉洁"], "", True, stock), {})) == ["忠诚的短文。", "廉洁的长文。"]


def test_only_what_stands_in_the_speech_is_asked() -> None:
    assert set(pick(outline(), ["忠诚", "1"], "", False, stock).fields) == {"单位"}
    assert set(pick(outline(), ["忠诚", "2"], "", False, stock).fields) == {"单位", "表扬", "先进"}


def test_one_may_pick_by_a_word_of_an_own_heading() -> None:
    assert heads(fill(pick(outline(), ["廉洁", "服务"], "", False, stock), {})) == ["一要清白做人，干净做事", "二要着眼全局，服务发展"]
    with pytest.raises(Rejected, match="没有叫“，”的段落"):  # in two headings
        pick(outline(), ["，"], "", False, stock)


def test_the_notes_of_what_was_picked_are_told() -> None:
    picked = pick(outline(), ["担当"], "", False, stock)
    assert notes(picked, fill(picked, {})) == ("担当的提醒",)


def test_everything_that_cannot_be_picked_is_told_at_once() -> None:
    with pytest.raises(Rejected) as caught:
        pick(outline(), ["忠诚", "忠诚", "没有", "7"], "", False, stock)
    assert [d.message for d in caught.value.diagnostics] == [
        "--pick：“忠诚”选了两次。",
        "--pick：没有叫“没有”的段落。",
        "--pick：本提纲没有第 7 条，一共 3 条。",
    ]


INCLUDING = """\
title: 讲话
numbering: 第一，
speech:
  - requirements:
      - include: 忠诚
      - heading: {own}
        text: 正文。
      - include: 担当
        brief: yes
        note: 这里用短的
"""


@pytest.mark.parametrize(
    ("own", "first", "third"),
    [
        ("着眼全局，服务发展", "铸牢忠诚，站稳立场", "敢于担当，勇挑重担"),
        ("昂首阔步向前进", "一片忠心铸党魂", "勇挑重担敢作为"),
        ("在真抓实干上见成效", "在对党忠诚上树立标杆", "在担当作为上动真格"),
        ("一种谁也没有的很长的小标题", "铸牢忠诚，站稳立场", "敢于担当，勇挑重担"),
    ],
)
def test_an_included_passage_takes_the_heading_that_matches(own: str, first: str, third: str) -> None:
    read = outline(INCLUDING.format(own=own))
    draft = fill(read, {})
    assert heads(draft) == [f"第一，{first}", f"第二，{own}", f"第三，{third}"]
    assert texts(draft) == ["忠诚的长文。", "正文。", "担当的短文。"]
    assert notes(read, draft) == ("忠诚的提醒", "这里用短的")
    assert [item.node for item in items(draft)] == ["speech.1.r1", "speech.1.r2", "speech.1.r3"]


def test_a_passage_is_a_speech_of_one_requirement_too() -> None:
    read = outline("title: 讲话\nspeech:\n  - include: 忠诚\n")
    assert heads(fill(read, {})) == ["铸牢忠诚，站稳立场"]
    assert own_requirements(read)[0].node == "speech.1.passage"
    assert heads(fill(pick(read, ["担当"], "", False, stock), {})) == ["敢于担当，勇挑重担"]
