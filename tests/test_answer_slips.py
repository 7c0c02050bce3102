"""Slips in answers files: read as they are meant where nothing else can be meant, else told with their cause."""

from datetime import date

import pytest

from drafter.diagnostic import Rejected
from drafter.outline.answers import from_json, from_options, from_yaml, settle
from drafter.outline.field import say
from drafter.outline.parse import parse
from drafter.outline.yaml import Source, decode

OUTLINE = """\
title: 讲话
fields:
  会议名称: 什么会？
  人数:
    ask: 多少人？
    type: number
  类别:
    ask: 哪一类？
    choices:
      - 调研
      - 检查
  单位:
    ask: 哪些单位？
    type: list
  表彰:
    ask: 表彰吗？
    type: yes/no
speech:
  - text: 【会议名称】【人数】【类别】【单位】【表彰】
"""
FIELDS = parse(Source("o.yaml", OUTLINE))[0].fields


def said(text: str, file: str = "a.yaml") -> tuple[dict[str, str], str]:
    """The answers of a file in words, and all that is said of it."""
    source = Source(file, text)
    try:
        typed = (from_json if file.endswith(".json") else from_yaml)(source)
        settled = settle(FIELDS, typed, date(2026, 11, 29))
    except Rejected as error:
        return {}, "\n".join(d.text() for d in error.diagnostics)
    return {name: say(value) for name, value in settled.values.items()}, "\n".join(d.text() for d in settled.remarks)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("【会议名称】: 甲会", {"会议名称": "甲会"}),
        ("会议 名称: 甲会", {"会议名称": "甲会"}),
        ("“会议名称”: 甲会", {"会议名称": "甲会"}),
        ("1. 会议名称: 甲会\n2. 人数: 120", {"会议名称": "甲会", "人数": "120"}),
        ("- 会议名称: 甲会\n- 人数: 120", {"会议名称": "甲会", "人数": "120"}),
        ("answers:\n  会议名称: 甲会\n  人数: 120", {"会议名称": "甲会", "人数": "120"}),
        ("人数: “120”", {"人数": "120"}),
        ("人数: 120,", {"人数": "120"}),
        ("人数: １２０", {"人数": "120"}),
        ("类别: “调研”", {"类别": "调研"}),
        ("单位: 甲局、乙局", {"单位": "甲局和乙局"}),
        ("单位: ［甲局，乙局］", {"单位": "甲局和乙局"}),
        ("表彰: yes", {"表彰": "是"}),
        ("会议名称:\t甲会", {"会议名称": "甲会"}),
        # what other YAML makes something else of is the words as they stand
        *((f"会议名称: {word}", {"会议名称": word}) for word in ("yes", "no", "on", "012", "1_000", "12:30", "2026-11-26", "1e3", "0x1F", "甲会:乙会", "“甲”会", "“马上就办”", "C#", "[甲]乙"[3:])),
    ],
)  # fmt: skip
def test_what_can_be_meant_in_one_way_only_is_read_so(text, values):
    assert said(text + "\n") == (values, "")


#: The file, and all that is said of it.
SLIPS = {
    "会议名陈: 甲会": "a.yaml:1:1: 这份提纲没有“会议名陈”这个空，这条回答没有用上。\n    1 | 会议名陈: 甲会\n      | ^^^^^^^^\n  是不是 会议名称？",
    "会议名称：甲会": "a.yaml:1:1: 全角冒号“：”不能跟在 会议名称 后面；改成半角冒号加一个空格，写成“会议名称: ”。\n    1 | 会议名称：甲会\n      | ^^^^^^^^^^\n  回答文件一行写一个：名称: 回答",
    "会议名称: 甲会\n人数：120\n单位：甲局": (
        "a.yaml:2:1: 全角冒号“：”不能跟在 人数 后面；改成半角冒号加一个空格，写成“人数: ”。\n    2 | 人数：120\n      | ^^^^^^\n"
        "a.yaml:3:1: 全角冒号“：”不能跟在 单位 后面；改成半角冒号加一个空格，写成“单位: ”。\n    3 | 单位：甲局\n      | ^^^^^^"
    ),
    "会议名称: 甲会\n人数:120": "a.yaml:2:1: 冒号后面要有一个空格，写成“人数: ”。\n    2 | 人数:120\n      | ^^^^^",
    "会议名称:　甲会": "a.yaml:1:6: 这里用了全角空格（U+3000），看起来像半角空格，可是不算；改成半角空格。\n    1 | 会议名称:　甲会\n      |          ^^",
    "会议名称=甲会\n人数=120": "a.yaml:1:1: 会议名称 后面用半角冒号加一个空格，不用“=”，写成“会议名称: 甲会”。\n    1 | 会议名称=甲会\n      | ^^^^^^^^^\n  回答文件一行写一个：名称: 回答",
    "会议名称\t甲会": "a.yaml:1:1: 会议名称 后面用半角冒号加一个空格，不用 Tab，写成“会议名称: 甲会”。\n    1 | 会议名称 甲会\n      | ^^^^^^^^^\n  回答文件一行写一个：名称: 回答",
    "会议名称,甲会\n人数,120": "a.yaml:1:1: 会议名称 后面用半角冒号加一个空格，不用“,”，写成“会议名称: 甲会”。\n    1 | 会议名称,甲会\n      | ^^^^^^^^^\n  回答文件一行写一个：名称: 回答",
    "会议名称: 河道 #1号会": "a.yaml:1:10: # 后面的“1号会”当成了注释，不会写进讲话。\n    1 | 会议名称: 河道 #1号会\n      |                ^^^^^^\n  要写进去，就给整个值加上引号；确实是注释，就在 # 后面空一格。",
    "会议名称: 主题: 关于: 某": "a.yaml:1:9: 会议名称 的内容里有半角冒号加空格，会当成又一个“词: 内容”。\n    1 | 会议名称: 主题: 关于: 某\n      |               ^\n  改成全角冒号：会议名称: 主题：关于：某；或者给整个值加上半角单引号。",
    "会议名称: @甲会": "a.yaml:1:7: 以这个符号开头的值要加引号。\n    1 | 会议名称: @甲会\n      |           ^\n  写成 会议名称: '@甲会'",
    "单位:\n\t- 甲局\n\t- 乙局": "a.yaml:2:1: 行首用了 Tab。一共 2 行这样。\n    2 |  - 甲局\n      | ^\n  请换成空格（每层两个）。",
    "单位:\n  -甲局\n  -乙局": "a.yaml:2:3: “-”后面要有一个空格。\n    2 |   -甲局\n      |   ^\n  写成 - 甲局",
    "单位: [甲局、乙局]": "a.yaml:1:5: 这里不用花括号 { } 和方括号 [ ]。\n    1 | 单位: [甲局、乙局]\n      |       ^\n  一项一行：\n    - 甲局\n    - 乙局",
    "会议名称:\n  - 甲会\n  - 乙会": "a.yaml:1:1: 【会议名称】只要一个回答，这里给了几个。\n    1 | 会议名称:\n      | ^^^^^^^^\n  问题：什么会？",
    "会议名称: 甲\n会议名称: 乙": "a.yaml:2:1: “会议名称”写了两次，第一次在第 1 行。\n    2 | 会议名称: 乙\n      | ^^^^^^^^\n  删掉一个，或者改名。",
    "会议名称: 甲会\n 人数: 120": "a.yaml:2:1: 这一行前面空了 1 格，和上面的哪一行都没有对齐。\n    2 |  人数: 120\n      | ^\n  要是和第 1 行的 会议名称 并列，就顶格写，前面不空格。",
    "会议名称:\n  人数: 120": "a.yaml:2:3: 人数 写到 会议名称 下面去了。\n    2 |   人数: 120\n      |   ^^^^\n  人数 也是一个回答，就和 会议名称 并列，前面不空格；会议名称 的回答里有冒号，就给整个回答加上引号。",
    "会议名称: 甲会\n乙会": "a.yaml:2:1: 这一行缺冒号，或者缩进和上下不一致。\n    2 | 乙会\n      | ^^\n  回答文件一行写一个：名称: 回答；一个回答写几行，用“|”。",
    '"会议名称": "甲会",\n"人数": "120"': "a.yaml:1:13: 末尾的“,”多了。\n    1 | \"会议名称\": \"甲会\",\n      |                   ^\n  去掉它。",
    "会议名称: 甲会,": "a.yaml:1:1: 【会议名称】末尾的“,”会照样印出来；不要就删掉。\n    1 | 会议名称: 甲会,\n      | ^^^^^^^^",
    "会议名称: 致【县区】的信": "a.yaml:1:1: 【会议名称】“【县区】”会照样印出来，像是还没有填的空；换成要说的话。\n    1 | 会议名称: 致【县区】的信\n      | ^^^^^^^^",
    "会议名称: null": "a.yaml:1:1: 【会议名称】“null”会照样印出来；不填就把它删掉。\n    1 | 会议名称: null\n      | ^^^^^^^^",
    "会议名称: 待定": "a.yaml:1:1: 【会议名称】“待定”会照样印出来；不填就把它删掉。\n    1 | 会议名称: 待定\n      | ^^^^^^^^",
    "会议名称: ——": "a.yaml:1:1: 【会议名称】“——”会照样印出来；不填就把它删掉。\n    1 | 会议名称: ——\n      | ^^^^^^^^",
    "会议名称: 同上": "a.yaml:1:1: 【会议名称】“同上”会照样印出来；把上面的话再写一遍。\n    1 | 会议名称: 同上\n      | ^^^^^^^^",
    "title: 讲话\nspeech:\n  - text: 话。": "a.yaml:1:1: 这是一份提纲，不是回答文件。\n    1 | title: 讲话\n      | ^\n  提纲用 --outline；回答文件一行写一个：名称: 回答",
    "---\n会议名称: 甲会\n---\n人数: 3": "a.yaml:3:1: 这里不用第二个文档（---）。\n    3 | ---\n      | ^\n  删掉这一行。",
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_in_an_answers_file_is_told_with_its_cause(text):
    assert said(text + "\n")[1] == SLIPS[text]


def test_the_answers_to_another_outline_are_one_remark():
    told = said("".join(f"空{name}: 1\n" for name in "甲乙丙丁戊己"))[1]
    assert told == "a.yaml:1:1: 这份提纲没有这些空，6 条回答没有用上：空甲、空乙、空丙、空丁、空戊、空己。\n    1 | 空甲: 1\n      | ^^^^\n  回答文件是不是别的提纲的？"


QUOTES = "引号、冒号、逗号都要用英文的。"

JSON = {
    '{"会议名称": "甲会",}': '1:14: 最后一项后面的逗号多了。|删掉这个逗号。',
    '{“会议名称”: “甲会”}': f'1:2: 引号“是中文的，换成英文的 ".|{QUOTES}'.replace('".', '"。'),
    '{"会议名称"："甲会"}': f"1:8: “：”是全角的，换成英文的 :。|{QUOTES}",
    '{"会议名称": "甲会"，"人数": 1}': f"1:14: “，”是全角的，换成英文的 ,。|{QUOTES}",
    '{\n// 注\n"会议名称": "甲会"}': "2:1: JSON 里不能写注释。|删掉这一行；要写注释，用 .yaml 的回答文件，注释以 # 开头。",
    "{'会议名称': '甲会'}": '1:2: JSON 的引号要用双引号。|写成 {"名称": "回答"}',
    '{"会议名称": "甲会"\n"人数": 1}': "1:13: 这一项后面少了逗号。|两项之间加一个英文逗号。",
    '{"会议名称": "甲会"': "1:13: 文件没有写完：后面少了 }。|末尾补上 }。",
    '{"会议名称": 甲会}': '1:10: 文字要加英文双引号。|写成 "甲会"',
    '{"表彰": True}': "1:8: “True”读不懂。|写成 true",
    '{"会议名称": "甲\n会"}': "1:12: 引号里不能直接换行。|换行写成 \\n，或者用 .yaml 的回答文件。",
    '{"会议名陈": "甲会"}': "1:2: 这份提纲没有“会议名陈”这个空，这条回答没有用上。|是不是 会议名称？",
    "": '1:1: 这个文件是空的。|写成 {"名称": "回答"}',
}  # fmt: skip


@pytest.mark.parametrize("text", JSON)
def test_a_slip_in_json_is_told_with_its_cause(text):
    told = said(text, "a.json")[1].split("\n")
    assert f"{told[0]}|{told[-1].strip()}" == f"a.json:{JSON[text]}"


def test_answers_in_json_may_stand_below_a_heading():
    assert said('{"answers": {"会议名称": "甲会", "人数": 120}}', "a.json") == ({"会议名称": "甲会", "人数": "120"}, "")


@pytest.mark.parametrize("data", [b"PK\x03\x04....", b"\xd0\xcf\x11\xe0....", b"%PDF-1.4"])
def test_a_file_of_an_office_program_is_no_answers_file(data):
    with pytest.raises(Rejected) as refused:
        decode(data, "a.docx")
    assert refused.value.diagnostics[0].text() == (
        "a.docx: 这是 Word、WPS、Excel 或 PDF 的文件，不是文本。\n"
        "  提纲和回答文件是 .yaml 文本。从讲话稿里取回答：drafter pull 文件 -o 回答.yaml；把旧讲话变成提纲：drafter extract 文件"
    )


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("会议名称：甲会", "--set 会议名称：甲会：名称和回答之间用等号，不用“：”。\n  写成 --set 会议名称=甲会"),
        ("会议名称: 甲 会", "--set 会议名称: 甲 会：名称和回答之间用等号，不用“:”。\n  写成 --set '会议名称=甲 会'"),
    ],
)
def test_set_without_an_equals_sign_says_what_to_type(option, told):
    with pytest.raises(Rejected) as refused:
        from_options([option])
    assert refused.value.diagnostics[0].text() == told


def test_set_takes_a_full_width_equals_sign_and_brackets():
    typed = from_options(["【会议名称】＝甲会"])
    assert settle(FIELDS, typed, date(2026, 11, 29), frozenset(typed)).values == {"会议名称": "甲会"}
