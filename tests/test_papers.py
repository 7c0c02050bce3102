"""Several papers in one file, told apart by their fronts."""

import pytest

from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.speech.papers import papers_of

BODY = [
    "今年以来，各级各部门认真负责，做了大量艰苦细致的工作，取得了明显的成效，群众是满意的。",
    "一、统一思想认识",
    "要把思想统一到上级的部署上来，把力量凝聚到各项任务的落实上来，不能有丝毫的松懈。",
    "二、加强组织领导",
    "各单位主要负责同志要亲自抓，分管负责同志要具体抓，一级抓一级，层层抓落实。",
    "谢谢大家！",
]

SPEECH = ["在全县防汛工作会议上的讲话", "县长　罗立新", "（2026年5月6日）", "同志们："]
OTHER = ["在全县抗旱工作会议上的讲话", "（2026年8月2日）", "同志们："]
HOST = ["全县防汛工作会议主持词", "（2026年5月6日）", "同志们："]
SCRIPT = [
    "现在开会。今天会议的议程有三项：一是传达省、市会议精神，二是有关单位发言，三是罗县长讲话。",
    "下面，进行第一项，请水利局周局长传达省、市会议精神。",
    "下面，进行第三项，请罗县长作重要讲话，大家欢迎。",
    "刚才，罗县长作了重要讲话，希望大家认真学习，抓好贯彻落实。散会。",
]


def titles(rows: list[str]) -> list[str]:
    return [paper.title for paper in papers_of([Block("", (Span(row),), f"line.{n}") for n, row in enumerate(rows, 1)])]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([*SPEECH, *BODY, *OTHER, *BODY], ["在全县防汛工作会议上的讲话", "在全县抗旱工作会议上的讲话"]),
        ([*HOST, *SCRIPT, *SPEECH, *BODY], ["全县防汛工作会议主持词", "在全县防汛工作会议上的讲话"]),
        ([*SPEECH, *BODY, "云岭县人民政府办公室", "2026年5月6日", *OTHER, *BODY], ["在全县防汛工作会议上的讲话", "在全县抗旱工作会议上的讲话"]),
        (["领导讲话稿两篇", "篇一：在全县防汛工作会议上的讲话", "同志们：", *BODY, "篇二：在全县抗旱工作会议上的讲话", "同志们：", *BODY], None),
        (["关于印发罗立新同志在全县防汛工作会议上的讲话的通知", "各乡镇人民政府，县政府各部门：", "现将罗立新同志在全县防汛工作会议上的讲话印发给你们，请结合本地本部门实际，认真抓好贯彻落实，并将落实情况于本月底前报县政府办公室。", "各单位要组织好学习，学以致用，用以促学，把讲话的要求落到每一处堤防、每一座水库、每一个责任人身上。", "云岭县人民政府办公室", "2026年5月8日", "附件", *SPEECH, *BODY], ["关于印发罗立新同志在全县防汛工作会议上的讲话的通知", "在全县防汛工作会议上的讲话"]),
        ([*SPEECH, *BODY, "扛牢责任　守住底线", "——在全县抗旱工作会议上的讲话", "同志们：", *BODY], ["在全县防汛工作会议上的讲话", "扛牢责任　守住底线——在全县抗旱工作会议上的讲话"]),
    ],
)  # fmt: skip
def test_papers_are_told_apart(rows: list[str], found: list[str] | None) -> None:
    told = titles(rows)
    if found is None:
        assert len(told) == 2
        assert told[1].endswith("在全县抗旱工作会议上的讲话")
    else:
        assert told == found


@pytest.mark.parametrize(
    "rows",
    [
        [*SPEECH, *BODY],
        [*HOST, *SCRIPT, *BODY],
        [*SPEECH, *BODY[:3], "去年我在这里作过一次讲话，题目就叫：", "在全县防汛工作会议上的讲话", *BODY[3:]],
        [*SPEECH, *BODY, "附件：1. 在全县抗旱工作会议上的讲话", "2. 在全县水库安全会议上的讲话", "3. 责任人名单"],
        [*SPEECH, *BODY[:3], "同志们：", *BODY[3:]],
        [*SPEECH, *BODY[:2], "这里我给大家念一封信，全文如下：", "致全县人民的一封公开信", "亲爱的乡亲们：", "汛期到了，请大家多加小心，照顾好家里的老人和孩子。", *BODY[2:]],
        [*SPEECH, "一、关于过去一年的工作报告", *BODY[:1], "各位代表：", *BODY[4:], "二、关于今年的工作报告", "各位代表：", *BODY],
        ["首页 > 讲话", "在全县防汛工作会议上的讲话-云岭新闻网", "来源：云岭日报", *SPEECH, *BODY],
        [*HOST, *SCRIPT[:2], "请水利局局长发言", "请县农业农村局局长发言", "请罗县长讲话", *SCRIPT[3:], *BODY],
    ],
)  # fmt: skip
def test_one_paper_is_one(rows: list[str]) -> None:
    assert len(titles(rows)) == 1
