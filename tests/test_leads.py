"""Sentences that announce a list: told by what they say and by what follows them, weighed together."""

from __future__ import annotations

import pytest

from drafter.speech.leads import is_lead

#: Said of what is to come, wherever they stand.
ANYWHERE = (
    "下面，我就做好下半年的防汛工作讲四点意见。",
    "借此机会，给新来的同志提三个醒。",
    "我再啰嗦几句。",
    "现将半年来的履职情况报告如下，请予审议。",
    "一年来，我们主要做了以下工作。",
    "到后年底，要努力实现以下主要目标。",
    "我们的具体做法如下：",
    "现就有关事项通知如下。",
    "概括起来，主要有以下特点：",
    "做好今年的工作，要着重把握以下几点。",
    "这次换届，要把好以下关口：",
    "结合我校实际，谈三点粗浅的体会。",
    "在这里，我向全体业主发出如下倡议：",
    "根据会议安排，我作三个方面的表态。",
    "下面，我代表镇党委作一汇报，主要讲三个方面的情况。",
    "今年，我们将集中力量办好以下十件实事：",
    "存在的问题主要表现在以下几个方面。",
    "临行之前，我还想送给大家三句话。",
    "我从以下五个方面向各位代表报告。",
    "就此，提出如下建议。",
)

#: Said of what is to come where a list of so many follows at once.
BEFORE_A_LIST = (
    ("今年要重点抓好三件事。", 3),
    ("为此，要着力抓好下列工作：", 3),
    ("我们主要抓了这么几条。", 4),
    ("归纳起来，就是做到“四个不放松”。", 4),
    ("原因有三。", 3),
    ("要害在于三条：", 3),
    ("推进这项工作，要处理好四个关系。", 4),
    ("具体来讲：", 3),
    ("今年的主要预期目标是：", 5),
    ("今天的大会共有五项议程。", 5),
    ("为什么这样说？", 0),
    ("希望全镇上下做到：", 3),
    ("我们的主要做法是：", 3),
    ("这件事要从三个方面着手。", 3),
    ("究其原因，主要有：", 2),
    ("下面，我谈谈想法，和大家商量。", 3),
    ("下面，我汇报一下村里的情况。", 2),
    ("关键是要练好五项本领。", 5),
    ("工作中，我们坚持了三条原则。", 3),
    ("重点要在五个字上下功夫。", 5),
    ("全年的任务，可以用“两个一”来概括。", 2),
    ("做法和体会主要有这些：", 3),
    ("下一步，重点做好这些工作。", 4),
    ("下步打算：", 3),
    ("各级各部门要突出抓好六个重点。", 6),
    ("成绩来之不易，集中体现在四个方面。", 4),
    ("我们深深体会到，必须做到五个始终。", 5),
    ("总的要求是，做到“三个必须”。", 3),
    ("当前，要迈过三道坎。", 3),
    ("这样的变化，得益于三个“舍得”。", 3),
)

#: Said of something else, whatever follows.
NEVER = (
    "今天布置的活，回去就要干起来，为开春打好准备仗。",
    "刚才，王局长讲了三点意见，我完全赞成。",
    "以上三点，请大家记在心里。",
    "请大家围绕以上五个问题认真讨论。",
    "全市上下要把上述八项任务落到实处。",
    "会议开了两天，完成了四项议程。",
    "三十五岁以下的年轻干部占了一半。",
    "这项工作由市农业农村局（以下简称农业局）负责。",
    "县委全会提出了五条要求，我们要认真抓好落实。",
    "现在，我代表区人民政府，向大会报告工作，请予审议。",
    "过去一年，全县经济社会发展取得了新成绩。",
    "全县上下齐心协力，打了一场漂亮的翻身仗。",
    "这几年，我们走过了不平凡的路。",
    "会议的任务是总结经验，部署工作，动员大家加油干。",
    "各位代表！",
    "形势逼人，不进则退。",
    "大家要把这三句话牢牢记住，带回去，传下去。",
    "我的发言完了，谢谢大家。",
    "这次会议很重要，希望大家认真听、认真记。",
    "只要我们团结一心，就没有过不去的坎。",
    "市委书记在讲话中强调了四个问题。",
    "我们坚信，明天一定会更好！",
    "要把抓好安全生产作为头等大事。",
    "老百姓说，这两件事办到了心坎上。",
)

#: Of no list where none follows: an ordinary sentence with a number of things in it.
NOT_ALONE = (
    "全年办成了三件大事。",
    "要在三个方面走在前列。",
    "我们坚持了三条原则。",
    "要害在这三条。",
    "各村要抓好这几项工作。",
    "要处理好快与慢两个关系。",
    "粮食生产迈上三个台阶。",
    "做到“四个不放松”。",
)


@pytest.mark.parametrize("sentence", ANYWHERE)
def test_a_sentence_leads_wherever_it_stands(sentence: str) -> None:
    assert is_lead(sentence)
    assert is_lead(sentence, 3)


@pytest.mark.parametrize(("sentence", "items"), [(s, n) for s, n in BEFORE_A_LIST if n])
def test_a_sentence_leads_where_its_list_follows_at_once(sentence: str, items: int) -> None:
    assert is_lead(sentence, items)


@pytest.mark.parametrize("sentence", NEVER)
def test_a_sentence_before_a_list_need_not_lead_to_it(sentence: str) -> None:
    assert not is_lead(sentence)
    assert not is_lead(sentence, 3)


@pytest.mark.parametrize("sentence", NOT_ALONE)
def test_a_number_of_things_leads_to_no_list_that_is_not_there(sentence: str) -> None:
    assert not is_lead(sentence)

#: More of each kind, written after the evidence was.
LEADS = (
    ("重点抓好十项民生工程：", 0),
    ("重点做好五方面工作。", 0),
    ("今年，我们要着力办好十件民生实事。", 0),
    ("经验主要有四条。", 4),
    ("其特点是：", 3),
    ("对此，我有几点思考。", 0),
    ("怎么做？我看要把握三点：", 3),
    ("下面，由我介绍一下我们村的做法。", 3),
    ("经过梳理，问题主要集中在以下四个方面：", 0),
    ("请允许我用三个词来概括这一年。", 3),
    ("我把它总结为三个“变”。", 3),
    ("一年来的成绩，主要体现在五个“新”上。", 5),
    ("今后五年，要着力实现六个方面的目标：", 6),
    ("为此，我倡议：", 3),
    ("在此，我们郑重承诺：", 3),
    ("我代表全体新党员，作如下承诺：", 0),
    ("其中的道理，至少有三层。", 3),
    ("有几件事要特别提醒大家：", 3),
    ("分管领导要当好“三员”。", 3),
    ("全文另行印发，这里概述几个方面。", 7),
)
NO_LEADS = (
    ("各部门要按照职责分工，抓好以上措施的落实。", 3),
    ("大家要结合各自实际，抓好贯彻落实。", 3),
    ("在市委的坚强领导下，我们坚持稳中求进，各项工作都上了新台阶。", 3),
    ("三个方面的经验都很宝贵。", 0),
    ("这次培训分三个阶段进行，为期两周。", 0),
    ("刚才，四个单位作了交流发言，讲得都很好。", 3),
    ("通过这一年的努力，我们有了三点收获，也留下两点遗憾。", 0),
    ("以上是我的几点看法，不当之处请批评指正。", 0),
    ("我就讲这几点。", 0),
    ("我就讲这些，谢谢大家！", 0),
    ("村里现有六个组、三百来户人家。", 3),
    ("我要求各级干部带头执行。", 3),
    ("他说了一番话，让我深受感动：", 0),
    ("我们把群众的意见归纳为五类，逐一办理。", 0),
    ("我们要以这次会议为新的起点，奋力开创工作新局面。", 3),
    ("全党要增强“四个意识”、坚定“四个自信”、做到“两个维护”。", 3),
)


@pytest.mark.parametrize(("sentence", "items"), LEADS)
def test_what_leads_is_weighed_with_what_follows(sentence: str, items: int) -> None:
    assert is_lead(sentence, items)


@pytest.mark.parametrize(("sentence", "items"), NO_LEADS)
def test_what_only_speaks_of_things_does_not_lead(sentence: str, items: int) -> None:
    assert not is_lead(sentence, items)
