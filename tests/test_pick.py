"""Passages of the stock among requirements: included by an outline, or picked for one speech."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.fill import fill, notes
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.passages import FORMS, form_of, meant, own_requirements, parts_picked, pick, unfit
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


OWN = """\
title: 讲话
numbering: 一要
speech:
  - requirements:
      - heading: 提高认识，凝聚共识
        text: 认识。
      - heading: 查改隐患，守住底线
        text: 隐患要查，查了要改。
        keep: yes
      - heading: 压实责任，抓好落实
        text: 责任。
"""


@pytest.mark.parametrize(("typed", "picked"), [
    ("忠诚,担当", "2 忠诚 担当"),  # the meeting's own subject stays, and comes first
    ("忠诚,2", "忠诚 2"),  # it stands where it was named
    ("忠诚,隐患", "忠诚 2"),
    ("忠诚,-2", "忠诚"),  # unless it is dropped, by number
    ("忠诚,-隐患", "忠诚"),  # or by a word of its heading
    ("忠诚,－隐患", "忠诚"),  # with the dash an input method types
    ("-3", "1 2"),  # what is only dropped leaves the others
    ("-1,廉洁", "2 廉洁"),
])
def test_the_meetings_own_subject_keeps_a_requirement(typed: str, picked: str) -> None:
    assert " ".join(meant(outline(OWN), typed.split(","), False, stock)) == picked


def test_without_one_that_says_so_the_first_is_the_meetings_own_subject() -> None:
    assert meant(outline(OWN.replace("        keep: yes\n", "")), ["廉洁"], False, stock) == ("1", "廉洁")
    both = OWN.replace("        text: 责任。", "        text: 责任。\n        keep: yes")
    assert meant(outline(both), ["廉洁"], False, stock) == ("2", "3", "廉洁")


@pytest.mark.parametrize(("own", "brief", "picked"), [
    ("短" * 6, False, "1 ~忠诚"),  # the short text, 6 字, is as long as what stands beside it
    ("长" * 300, False, "1 忠诚"),
    ("长" * 300, True, "1 ~忠诚"),  # --brief means the short one
])
def test_a_passage_is_as_long_as_what_stands_beside_it(own: str, brief: bool, picked: str) -> None:
    text = f"title: 讲话\nspeech:\n  - requirements:\n      - heading: 一件事\n        text: {own}\n"
    long = {"忠诚": passage_text("忠诚").replace("忠诚的长文。", "忠诚的长文。" * 30)}
    found = meant(outline(text), ["忠诚"], brief, lambda name: parse(Source("忠诚.yaml", long[name]))[0])
    assert " ".join(found) == picked


REGISTERS = """\
title: 讲话
numbering: 一要
fields:
  文风:
    ask: 哪种文风？
    choices:
      - 规范
      - 平实
    default: 规范
speech:
  - requirements:
      - heading: 提高政治站位
        text: 站位。
      - heading: 深入排查隐患
        text: 隐患。
    when: 文风 == "规范"
  - requirements:
      - heading: 想明白为什么
        text: 明白。
      - heading: 挨家挨户去看
        text: 去看。
      - heading: 说到做到
        text: 做到。
    when: 文风 == "平实"
  - requirements:
      - heading: 会后的事
        text: 会后。
"""


@pytest.mark.parametrize(("typed", "formal", "plainly"), [
    ("廉洁", "提高政治站位 廉洁", "想明白为什么 廉洁"),
    ("廉洁,2", "提高政治站位 廉洁 深入排查隐患", "想明白为什么 廉洁 挨家挨户去看"),
    ("廉洁,隐患", "提高政治站位 廉洁 深入排查隐患", "想明白为什么 廉洁 挨家挨户去看"),  # its sister in the other
    ("廉洁,-1,3", "廉洁", "廉洁 说到做到"),  # the first has no third
    ("-站位", "深入排查隐患", "挨家挨户去看 说到做到"),
])  # fmt: skip
def test_what_is_picked_stands_in_both_registers(typed: str, formal: str, plainly: str) -> None:
    read = outline(REGISTERS)
    picked = pick(read, meant(read, typed.split(","), False, stock), "", False, stock)
    for register, headings in (("规范", formal), ("平实", plainly)):
        parts = [p for p in fill(picked, {"文风": register}).parts if p.kind == "requirements"]
        found = [plain(item.heading) for item in parts[0].items]
        assert " ".join("廉洁" if h in STOCK["廉洁"][0] else h for h in found) == headings
        assert [plain(item.heading) for item in parts[1].items] == ["会后的事"]


def test_parts_that_may_stand_together_are_not_picked_together() -> None:
    both = REGISTERS.replace('when: 文风 == "平实"', 'when: 文风 != ""')
    assert len(parts_picked(outline(both))) == 1


def test_a_draft_made_before_is_made_again_as_it_was() -> None:
    assert heads(fill(pick(outline(OWN), ["忠诚", "3"], "", False, stock), {})) == ["一要铸牢忠诚，站稳立场", "二要压实责任，抓好落实"]


FOR_SAFETY = """\
title: 【层级】【讲话人职务】【讲话人身份】
fields:
  层级: 哪级？
  讲话人职务: 职务？
  讲话人身份: 身份？
speech:
  - requirements:
      - heading: 一件事
        text: 事。
"""


@pytest.mark.parametrize(("genre", "answers", "told"), [
    ("安全生产会议讲话", {"层级": "市", "讲话人职务": "市委书记"}, []),
    ("开班讲话", {"层级": "市", "讲话人职务": "市委书记"}, ["段落“忠诚”是给别的文种（安全、应急）写的，用在这里请通读一遍。"]),
    ("安全生产会议讲话", {"层级": "县", "讲话人职务": "县长", "讲话人身份": "政府主要负责同志"}, ["段落“忠诚”是给别的层级（市）、讲话人身份（党委主要负责同志）写的，用在这里请通读一遍。"]),
    ("", {}, []),  # nothing is known
])
def test_a_passage_that_does_not_fit_is_told(genre: str, answers: dict[str, str], told: list[str]) -> None:
    read = outline(FOR_SAFETY)._replace(genre=genre)
    wanted = passage_text("忠诚") + "  genres:\n    - 安全\n    - 应急\n  levels:\n    - 市\n  ranks:\n    - 党委主要负责同志\n"
    found = pick(read, ["忠诚"], "", False, lambda name: parse(Source("忠诚.yaml", wanted))[0])
    assert [d.message for d in unfit(found, answers)] == told


def test_a_passage_is_a_speech_of_one_requirement_too() -> None:
    read = outline("title: 讲话\nspeech:\n  - include: 忠诚\n")
    assert heads(fill(read, {})) == ["铸牢忠诚，站稳立场"]
    assert own_requirements(read)[0].node == "speech.1.passage"
    assert heads(fill(pick(read, ["担当"], "", False, stock), {})) == ["敢于担当，勇挑重担"]
