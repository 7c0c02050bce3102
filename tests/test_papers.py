"""Several papers in one file, told apart by their fronts."""

from pathlib import Path

import pytest

from drafter.commands.compare import CompareRequest, compare
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.learn import LearnRequest, learn
from drafter.diagnostic import Rejected
from drafter.speech.block import Block, Hint
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


# ── what commands do with them ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def both(tmp_path: Path) -> str:
    path = tmp_path / "合集.txt"
    path.write_text("\n".join([*SPEECH, *BODY, *OTHER, *BODY]), encoding="utf-8")
    return str(path)


def test_extract_takes_the_paper_that_is_asked_for(both: str) -> None:
    for request in (ExtractRequest(both, "-", part=2), ExtractRequest(f"{both}#2", "-")):
        found = extract(request)
        assert (found.title, found.json()["part"]) == ("在全县抗旱工作会议上的讲话", 2)
        assert found.json()["papers"] == [
            {"part": 1, "title": "在全县防汛工作会议上的讲话", "characters": 174},
            {"part": 2, "title": "在全县抗旱工作会议上的讲话", "characters": 169},
        ]
        assert [row["text"] for row in found.json()["paragraphs"]][:2] == ["同志们：", BODY[0]]
        assert not [remark for remark in found.remarks if remark.code == "several-papers"]


def test_extract_that_is_not_told_which_takes_all_and_says_so(both: str) -> None:
    found = extract(ExtractRequest(both, "-"))
    told = [(remark.message, remark.hint) for remark in found.remarks if remark.code == "several-papers"]
    assert told == [
        (
            "这个文件里像是有 2 篇，都放在一起了：1. 在全县防汛工作会议上的讲话（174 字）；2. 在全县抗旱工作会议上的讲话（169 字）。",
            "只要一篇就写上第几篇，例如第 2 篇：合集.txt#2",
        )
    ]
    assert found.json()["part"] is None


def test_a_paper_that_is_not_there_is_refused(both: str) -> None:
    with pytest.raises(Rejected) as refused:
        extract(ExtractRequest(both, "-", part=3))
    assert refused.value.diagnostics[0].code == "part-missing"


def test_two_papers_of_one_file_are_compared_and_learnt(both: str) -> None:
    compared = compare(CompareRequest(f"{both}#1", f"{both}#2"))
    assert not compared.json()["same"]
    assert not compared.remarks
    assert compare(CompareRequest(f"{both}#1", f"{both}#1")).json()["same"]
    learnt = learn(LearnRequest((f"{both}#1", f"{both}#2"), "-"))
    assert "各级各部门认真负责" in learnt.text
    with pytest.raises(Rejected) as refused:
        learn(LearnRequest((f"{both}#1", f"{both}#1"), "-"))
    assert refused.value.diagnostics[0].code == "file-twice"


def test_a_file_that_is_called_so_is_meant_itself(tmp_path: Path) -> None:
    path = tmp_path / "讲话#2"
    path.write_text("\n".join([*SPEECH, *BODY]), encoding="utf-8")
    assert extract(ExtractRequest(str(path), "-")).title == "在全县防汛工作会议上的讲话"


def test_what_stands_around_the_article_of_a_page_is_no_paper() -> None:
    menus = ["首页　政务公开　办事服务　互动交流　魅力清河", *["关于印发今年重点工作任务分工方案的通知发布时间及有关解读材料一览"] * 5, "本页面由县政务服务中心维护，转载请注明出处。"]
    rows = [*menus, "在全县林长制工作推进会上的讲话", "（2026年3月18日）", "同志们：", *["今天把大家请来，专门研究林长制的事情，请大家认真听、认真记、认真办。"] * 5]
    blocks = [Block("", (Span(row),), f"line.{n}") for n, row in enumerate(rows, 1)]
    assert len(papers_of(blocks, {n: Hint(outside="网页上别的文字") for n in range(len(menus))})) == 1
