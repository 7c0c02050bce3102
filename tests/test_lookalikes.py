"""What looks like a blank in a text is told; what papers print in brackets is not. The messages themselves are in tests/errors."""

import pytest

from drafter.outline.lookalikes import lookalikes
from drafter.outline.parse import parse
from drafter.outline.yaml import Source


def found(text: str) -> list[str]:
    outline, _ = parse(Source("a.yaml", f"title: 讲话\nfields:\n  人数: 多少？\nspeech:\n  - text: '{text}'\n"))
    return [one.words for one in lookalikes(outline)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[人数]和[人数]，{单位}，《[会议名称]》", ["[人数]", "{单位}", "[会议名称]"]),
        ("${人数}、{{ 人数 }}、〖人数〗、<人数>、「人数」、［人数］、｛人数｝", ["${人数}", "{{ 人数 }}", "〖人数〗", "<人数>", "「人数」", "［人数］", "｛人数｝"]),
        ("[人数|大写]人，____年__月，XX同志，××局", ["[人数|大写]", "____", "XX", "××"]),
        ("请【人数 if 人数 in [1, 2]】", []),
        ("按照国发〔2026〕12号文件[1]和〔2026〕第3号", []),
        ("[掌声][全场起立][奏国歌][此处停顿]（稍停）", []),
        ("他说「一定办好」，读《「十五五」规划》", []),
        ("A[i]，x<y，(a_b)，XXL，5×3，“[1]”", []),
        ("【核实：[单位]】", []),
        ("我们的目标：“一网通办”#1号工程，【人数】人", []),
    ],
)
def test_what_looks_like_a_blank_is_told_and_nothing_else(text, told):
    assert found(text) == told
