"""Learning from papers of one meeting whose text is new every year: the outline is the skeleton they share."""

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from test_learn import TODAY, given_back

from drafter.analysis.extract import paragraphs_of
from drafter.analysis.learn import Learnt, learn
from drafter.commands.opening import open_template
from drafter.outline.answers import from_yaml, settle, to_yaml
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.readers.text import read
from drafter.speech.block import Block
from drafter.speech.draft import Draft, Span
from drafter.speech.recognise import recognise
from drafter.writers.docx import write

#: What was said in each of three years, under three headings; no two years have a sentence in common.
YEARS = {
    2024: (
        "医院的新门诊楼封了顶，挂号窗口由六个添到十四个，老人排队的时间少了一半。护士站搬到了病房中间，夜里按铃两分钟就有人来。两台旧救护车换成了新的，下乡巡诊走了三百多个村。",
        "药品的账还不够细，有的科室月底才对一次。年轻大夫留不住，儿科只剩四个人轮班，遇到流感季节大家连轴转。病人投诉里，说得最多的是解释不清楚。",
        "先把儿科的人配齐，工资向夜班倾斜。再把药房的账搬到网上，领一盒记一盒。每个科主任每季度坐一天投诉窗口，听听病人怎么说。",
    ),
    2025: (
        "远程会诊连上了省里的三家大医院，疑难片子当天出结果。食堂给病人做了低盐餐，价钱没有涨。手术室完成改造，心脏支架不用再往省城送，全年做了一百四十例。",
        "设备添得快，用得不够满，核磁共振下午常常空着。分院的化验要送总院做，来回耽误半天。有些同志习惯了坐等病人上门，走出去的劲头不足。",
        "把设备的预约放开到晚上八点，让上班的人下了班也能查。分院配一台小型生化仪，常规项目当场做。家庭医生签约不许凑数，签一户就要管一户。",
    ),
    2026: (
        "中医馆开张满一年，针灸推拿看了两万多人次，老百姓说又省钱又管用。病案全部上了电子系统，出院结算从半天缩短到二十分钟。志愿者导诊队有了八十人，多数是退休职工。",
        "停车还是难，救护通道几次被堵。外包的保洁换得太勤，新来的人不懂消毒的规矩。门诊次均费用比邻县高出一成，根子在检查开得多。",
        "立体车库上半年开工，救护通道画线装杆，专人看守。保洁人员先培训后上岗，考不过的不许进病区。处方和检查单每月点评，开得多的要当众讲明理由。",
    ),
}
HEADS = ("去年的工作怎么看", "眼前的短处在哪里", "今年的几件事怎么办")


def paper(year: int, heads: tuple[str, ...] = HEADS, more: str = "", who: str = "院长　方敬之", times: str = "") -> str:
    """A year's speech at the hospital's meeting."""
    numbers = "一二三四五六"
    rows = [f"在县人民医院{year}年{times}工作会议上的讲话", f"（{year}年1月{year % 20 + 3}日）", who, "同志们："]
    rows.append(f"今天我们召开{year}年工作会议，主要是总结经验、查找不足、部署任务。下面，我讲{'两三四'[len(heads) + bool(more) - 2]}个问题。")
    body = [(head, YEARS[year][HEADS.index(head)]) for head in heads]
    if more:
        body.append(("最后强调一下纪律", more))
    rows += [row for n, (head, words) in enumerate(body) for row in (f"{numbers[n]}、{head}", words)]
    return "\n".join([*rows, "同志们，治病救人，一刻也松不得。让我们齐心协力，把医院办得更好！"]) + "\n"


def draft_of(text: str) -> Draft:
    return recognise(read(text.encode(), "讲话.txt")[0])


def learnt(*texts: str) -> Learnt:
    """What is learnt of papers, each of which its answers give back to the letter."""
    drafts = [draft_of(text) for text in texts]
    found = learn(drafts, [f"{name}.txt" for name in "甲乙丙丁戊"[: len(texts)]])
    assert given_back(found) == [paragraphs_of(draft) for draft in drafts]
    assert found.kin == (True,) * len(texts)
    return found


def sentences(text: str) -> list[str]:
    return [row for row in text.replace("\n", "").split("。") if len(row) > 6]


def nothing_of_a_year(found: Learnt) -> bool:
    """Whether no sentence of one year is in the outline."""
    return not any(row in found.yaml for texts in YEARS.values() for text in texts for row in sentences(text))


def test_two_years_share_a_skeleton() -> None:
    found = learnt(paper(2025), paper(2026))
    assert [blank.field.name for blank in found.anew] == [f"{head}的内容" for head in HEADS]
    assert found.anew[0].values == (YEARS[2025][0], YEARS[2026][0])
    assert (nothing_of_a_year(found), found.options, found.plain) == (True, (), False)
    assert found.yaml.splitlines()[2] == "# 只有骨架、各篇都另写的：" + "、".join(f"【{head}的内容】" for head in HEADS)
    assert found.yaml[found.yaml.index("speech:") :] == """\
speech:
  - greeting: 同志们：

  - opening: 今天我们召开【年份】年工作会议，主要是总结经验、查找不足、部署任务。

  - lead: 下面，我讲三个问题。
    run-on: yes

  - requirements:
      - heading: 去年的工作怎么看
        text: 【去年的工作怎么看的内容】
      - heading: 眼前的短处在哪里
        text: 【眼前的短处在哪里的内容】
      - heading: 今年的几件事怎么办
        text: 【今年的几件事怎么办的内容】

  - closing: 同志们，治病救人，一刻也松不得。让我们齐心协力，把医院办得更好！
"""


def test_the_year_is_a_blank_in_the_title() -> None:
    found = learnt(paper(2025), paper(2026))
    title = found.yaml.split("title: ")[1].split("\n")[0]
    assert title == "在县人民医院【年份】年工作会议上的讲话"


def test_last_year_and_this_year_are_two_blanks_in_headings() -> None:
    def headed(year: int) -> str:
        return paper(year).replace(HEADS[0], f"{year - 1}年工作回顾").replace(HEADS[2], f"{year}年重点任务")

    found = learnt(headed(2025), headed(2026))
    headings = [row.split("heading: ")[1] for row in found.yaml.splitlines() if "heading: " in row]
    assert headings == ["【去年年份】年工作回顾", HEADS[1], "【年份】年重点任务"]
    assert [blank.field.name for blank in found.anew] == ["工作回顾的内容", f"{HEADS[1]}的内容", "重点任务的内容"]


def test_the_number_of_the_meeting_is_a_blank_in_the_title() -> None:
    found = learnt(paper(2025, times="第八次"), paper(2026, times="第九次"))
    title = found.yaml.split("title: ")[1].split("\n")[0]
    assert "2025" not in title
    assert "八" not in title
    assert "县人民医院" in title


def test_three_years_share_a_skeleton() -> None:
    found = learnt(paper(2024), paper(2025), paper(2026))
    assert [blank.field.name for blank in found.anew] == [f"{head}的内容" for head in HEADS]
    assert nothing_of_a_year(found)


def test_a_year_with_one_part_more_is_asked_for_it() -> None:
    found = learnt(paper(2024), paper(2025), paper(2026, more="开会不许迟到，值班不许离岗，收红包的一律停职，谁说情也不行。"))
    assert [option.speeches for option in found.options] == [(2,)]
    assert "最后强调一下纪律" in found.yaml
    assert nothing_of_a_year(found)
    assert "收红包" not in found.yaml


def test_parts_in_another_order_are_asked_for_their_place() -> None:
    found = learnt(paper(2025), paper(2026, heads=(HEADS[1], HEADS[0], HEADS[2])))
    assert nothing_of_a_year(found)
    assert [b.field.name for b in found.blanks if b.deciding] == ["眼前的短处在哪里的位置"]
    assert [b.field.name for b in found.anew] == [f"{HEADS[n]}的内容" for n in (1, 0, 2)]


def test_another_speaker_is_a_blank() -> None:
    found = learnt(paper(2025), paper(2026, who="院长　罗文彬"))
    assert "方敬之" not in found.yaml.replace("example: 方敬之", "")
    assert [b.values for b in found.blanks if b.field.name == "讲话人"] == [("方敬之", "罗文彬")]


def test_other_headings_in_the_same_number_go_in_step() -> None:
    one = paper(2025)
    other = paper(2026)
    for was, now in zip(HEADS, ("这一年大家办成了什么", "群众对我们哪里不满意", "下一步从哪里使劲"), strict=True):
        other = other.replace(was, now)
    found = learnt(one, other)
    assert nothing_of_a_year(found)
    assert [b.field.name for b in found.anew] == ["第一条的内容", "第二条的内容", "第三条的内容"]


def test_chapters_of_several_paragraphs_with_points_of_their_own() -> None:
    def long(year: int) -> str:
        rows = YEARS[year][0].split("。")[:-1]
        points = "\n".join(f"（{'一二三四'[n]}）{row}。这一条要常抓不懈。" for n, row in enumerate(rows))
        return paper(year).replace(YEARS[year][0], points)

    found = learnt(long(2024), long(2025), long(2026))
    assert nothing_of_a_year(found)
    assert len(found.anew) == 3


def test_shared_points_keep_their_headings_and_only_their_text_is_anew() -> None:
    def pointed(year: int) -> str:
        rows = YEARS[year][2].split("。")
        points = f"（一）队伍建设。{rows[0]}。\n（二）制度建设。{rows[1]}。\n（三）作风建设。{rows[2]}。"
        return paper(year).replace(YEARS[year][2], points)

    found = learnt(pointed(2025), pointed(2026))
    assert [b.field.name for b in found.anew][-3:] == ["队伍建设的内容", "制度建设的内容", "作风建设的内容"]


def test_sentences_all_years_begin_with_stay() -> None:
    def led(year: int) -> str:
        return paper(year).replace(YEARS[year][0], f"过去一年，全院上下同心，主要做了以下工作。{YEARS[year][0]}")

    assert "过去一年，全院上下同心，主要做了以下工作。【" in learnt(led(2025), led(2026)).yaml


@pytest.mark.parametrize(("one", "other"), [*pairwise(YEARS)])
def test_no_name_of_a_blank_is_half_a_word_or_a_number(one: int, other: int) -> None:
    for blank in learnt(paper(one), paper(other)).blanks:
        assert not blank.field.name[-1].isdigit()


def test_papers_put_together_of_the_same_stock_in_many_ways_are_a_skeleton_too() -> None:
    stock = [f"{row}。" for texts in YEARS.values() for text in texts for row in sentences(text)]
    papers = []
    for year in range(2019, 2027):
        text = paper(2024).replace("2024", str(year))
        for n, words in enumerate(YEARS[2024]):
            text = text.replace(words, "\n".join(stock[(7 * year + 5 * n + k * k) % len(stock)] for k in range(5)))
        papers.append(draft_of(text))
    found = learn(papers)
    assert given_back(found) == [paragraphs_of(draft) for draft in papers]
    assert (found.asked, len(found.anew)) == (0, 3)


def test_short_chapters_that_are_all_new_are_a_skeleton_however_much_is_shared() -> None:
    def short(year: int) -> str:
        text = paper(year).replace("部署任务。", "部署任务，请大家把手机放下，把心收回来，把本子拿出来，认认真真听，认认真真记，散会以后认认真真办。")
        for words in YEARS[year]:
            text = text.replace(words, words.split("。")[0] + "。")
        return text

    found = learnt(short(2025), short(2026))
    assert sum(found.common) > 1  # of two
    assert nothing_of_a_year(found)
    assert len(found.anew) == 3


def test_chapters_with_points_are_told_by_their_points() -> None:
    def report(year: int, point: str) -> str:
        one, two, three = YEARS[year]
        rows = [f"{year}年北岗镇卫生院工作报告", "各位代表：", "现在，我代表卫生院报告工作，请予审议。", f"一、{year - 1}年工作回顾"]
        rows += [one.split("。")[0] + "。", f"二、{year}年工作安排", f"（一）{point}", two.split("。")[0] + "。"]
        rows += ["（二）方便看病", three.split("。")[0] + "。", "各位代表！让我们把卫生院办得更好，请大家监督！"]
        return "\n".join(rows) + "\n"

    found = learnt(report(2025, "管好药品"), report(2026, "疏通院门"))
    assert nothing_of_a_year(found)
    assert found.asked == 0
    assert [b.field.name for b in found.anew] == ["工作回顾的内容", "第一条的内容", "方便看病的内容"]


def test_the_report_tells_what_is_skeleton(run: Any, tmp_path: Path) -> None:
    (tmp_path / "去年.txt").write_text(paper(2025), encoding="utf-8")
    template = open_template("speech").template
    rows = [Block("正文", (Span(row),)) for row in paper(2026).splitlines()]
    (tmp_path / "今年.docx").write_bytes(write(rows, template, now=datetime(2026, 1, 3)))
    done = run("learn", "去年.txt", "今年.docx", "-o", "院.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    letters = [len(YEARS[year][0]) for year in (2025, 2026)]
    told = f"  【去年的工作怎么看的内容】{letters[0]} 字 / {letters[1]} 字\n"
    assert f"3 处各篇写的都不一样，只留了骨架，要另写（各篇写了多少字）：\n{told}" in done.stdout
    found = json.loads(run("learn", "去年.txt", "今年.docx", "-o", "院.yaml", "--force", "--json").stdout)["result"]
    assert found["skeleton"][0] == {"name": "去年的工作怎么看的内容", "letters": letters}
    assert json.loads(run("outlines", "check", "院.yaml", "--json").stdout)["result"] == []
    back = run("new", "--outline", "院.yaml", "--answers", "院.去年.answers.yaml", "--no-input", "-o", "-", "--to", "txt", "--quiet")
    assert [row.strip() for row in back.stdout.splitlines() if row.strip()] == paper(2025).splitlines()
    fresh = run("new", "--outline", "院.yaml", "--no-input", "-o", "-", "--to", "txt", "--quiet")
    assert "【去年的工作怎么看的内容】" in fresh.stdout


def test_papers_of_other_meetings_are_still_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "医院.txt").write_text(paper(2025), encoding="utf-8")
    other = "在全县春季植树活动上的讲话\n同志们：\n山绿了，水才清。每人挖三个坑，栽三棵松。坑要深，土要实，水要浇透。\n谢谢大家！\n"
    (tmp_path / "植树.txt").write_text(other, encoding="utf-8")
    done = run("learn", "医院.txt", "植树.txt")
    assert (done.returncode, "这几篇没有几段合得到一起" in done.stderr) == (2, True)


def test_an_outline_that_is_a_skeleton_has_no_remarks() -> None:
    outline, remarks = parse(Source("提纲.yaml", learnt(paper(2024), paper(2026)).yaml))
    assert (remarks, [d for d in lint(outline, TODAY) if d.code != "specific-unmarked"]) == ((), [])
    settled = settle(outline.fields, from_yaml(Source("回答.yaml", to_yaml({"年份": "2027"}))), TODAY)
    assert any("【去年的工作怎么看的内容】" in row for row in paragraphs_of(fill(outline, settled.values)))
