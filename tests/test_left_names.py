"""Names that stand in a speech are told wherever they stand, by what is beside them and by the rest of the paper."""

import pytest

from drafter.analysis.facts.names import before_figure
from drafter.analysis.proper_names import names_of

#: What is said, and the names in it.
SAID = [
    ("走出了诗人之外，还有院士贺知远、画家龙小泉等校友。", ["贺知远", "龙小泉"]),
    ("刚才，大禹水泥董事长温志强、云泉乳业总经理易敏等6位企业家作了发言。", ["大禹水泥", "温志强", "云泉乳业", "易敏"]),
    ("考生汤若曦以688分夺得第一名。", ["汤若曦"]),
    ("汪海平副县长与各镇签了责任书，有事也可以找温岚市长。", ["汪海平", "温岚"]),
    ("请县委书记汪海平同志讲话。\n刚才，海平书记讲得很清楚。", ["汪海平", "海平"]),
    ("县职教中心通过验收，市委督查室要会同市财政局督办。", ["县职教中心", "市委督查室", "市财政局"]),
    ("会议在县委二楼会议室和云台宾馆举行。", ["县委二楼会议室", "云台宾馆"]),
    ("加快昌景高铁、东湖新区建设，解放路、胜利路实行夜查。", ["昌景高铁", "东湖新区", "解放路", "胜利路"]),
    ("务必完成桃溪小学的改造。", ["桃溪小学"]),
    ("希望白云镇再接再厉。\n他到白云镇工作。", ["白云镇"]),
    ("今天，共同庆祝白云师范学院建校。\n祝白云师范学院越办越好！", ["白云师范学院"]),
    ("开展群众身边不正之风集中整治。", ["群众身边不正之风集中整治"]),
    ("会议引进了龙腾时代、大江汽车、北湖股份等12家企业，举办采茶比武、“茶韵”书画展等6项活动。", ["龙腾时代", "大江汽车", "北湖股份", "采茶比武", "“茶韵”书画展"]),
    ("7月12日渠江罗渡站水位上涨，红星泵站要检修。", ["渠江", "罗渡站", "红星泵站"]),
    ("在云台国际会展中心举行银企对接会。", ["云台国际会展中心", "银企对接会"]),
    ("赴温岭、台山考察，承担着白水、青石两县的供水。", ["温岭", "台山", "白水", "青石"]),
    ("项目经理车大勇是第一责任人，由温岚副书记约谈，省林业厅孙副厅长专程出席。", ["车大勇", "温岚", "孙副厅长", "省林业厅"]),
    # and words that look like names
    ("国家安全、国家方针都要坚持，党员干部要带头。", []),
    ("动员全社会力量，打好市容整治仗，开好局起好步。", []),
    ("教育、医疗、住房等8个领域和供水、管网、道路等一批项目要抓好。", []),
    ("有事向县长汇报，请和书记商量。", []),
    ("改扩建学校，建设集团化办学，推进高速公路、农村公路建设。", []),
]  # fmt: skip


@pytest.mark.parametrize(("said", "names"), SAID)
def test_names_are_told_and_words_like_them_are_not(said: str, names: list[str]) -> None:
    assert sorted(names_of(said.split("\n"), {})) == sorted(names)


#: Words before a figure, and what the figure is called.
BEFORE = [
    ("这期培训班共有学员", "学员"),
    ("提拔使用35岁以下科级干部", "科级干部"),
    ("6月底前清偿率达到", "清偿率"),
    ("温岚同志就完成全年", ""),
]


@pytest.mark.parametrize(("words", "noun"), BEFORE)
def test_a_figure_is_called_by_whole_words_beside_it(words: str, noun: str) -> None:
    assert before_figure(words).noun == noun
