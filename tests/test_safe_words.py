"""Words that are put right unasked, those that are only offered, and those that stay: sentence by sentence."""

from datetime import date

import pytest

from drafter.check.paper import check, paper_of_text
from drafter.check.settings import Settings
from drafter.outline.yaml import Source


def told(text: str) -> list[str]:
    """What is found: words→instead, with a ？ where somebody is asked."""
    paper = paper_of_text(Source("讲话.txt", text), None, date(2026, 11, 29))
    found = check(paper, Settings())
    lines = paper.speech.lines
    return [f"{lines[f.line].text[f.start : f.end]}→{f.instead}{'' if f.safe else '？'}" for f in found if f.instead is not None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # up to now, or up to a day and something is said of what there is
        ("截止目前，全市已完成投资80亿元。", ["截止→截至"]),
        ("全市截止目前已完成投资80亿元。", ["截止→截至"]),
        ("截止到目前，全市已完成投资80亿元。", ["截止到→截至"]),
        ("截止至目前，全市已完成投资80亿元。", ["截止至→截至"]),
        ("截止现在，还有三个村没有通路。", ["截止→截至"]),
        ("截止发稿时，搜救仍在进行。", ["截止→截至"]),
        ("截止今日，全市已有八成企业复工。", ["截止→截至"]),
        ("截止今天上午10时，全市已转移群众300人。", ["截止→截至"]),
        ("截止11月26日，全市共排查隐患120处。", ["截止→截至"]),
        ("截止到11月26日，全市共排查隐患120处。", ["截止到→截至"]),
        ("截止2026年11月底，全市累计完成投资80亿元。", ["截止→截至"]),
        ("截止年底，全市建成农村公路200公里。", ["截止→截至"]),
        ("截止目前为止，全市已完成八成。", ["截止目前为止→截至目前"]),
        ("截至到目前，全市已完成八成。", ["截至到→截至"]),
        # it may be a last day
        ("截止11月30日，逾期不再受理。", ["截止→截至？"]),
        ("材料上报从11月1日开始，截止12月5日。", ["截止→截至？"]),
        ("这项工作从启动截止目前进展顺利。", ["截止→截至？"]),
        # it is one
        ("截止日期是12月5日，截止时间是下午5时。", []),
        ("报名截止11月30日，已有300人报名。", []),
        ("报名截止目前已有300人。", []),
        ("距报名截止目前还有三天。", []),
        ("报名时间截止到11月30日。", []),
        ("报名工作截止今日。", []),
        ("报名截止后不再受理。", []),
    ],
)
def test_up_to_now_is_put_right_and_a_last_day_stays(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("帐目不清的要整改。", ["帐目→账目"]),
        ("帐户、帐号、帐本、帐簿、帐单都要查。", ["帐户→账户", "帐号→账号", "帐本→账本", "帐簿→账簿", "帐单→账单"]),
        ("建立台帐，记明细帐，算经济帐。", ["台帐→台账", "明细帐→明细账", "经济帐→经济账"]),
        ("按时转帐，及时对帐，清理坏帐。", ["转帐→转账", "对帐→对账", "坏帐→坏账"]),
        ("帐面上的数要核准。", ["帐面→账面？"]),  # a tent has one too
        ("运来帐篷一百顶、蚊帐二百顶。", []),
        ("蚊帐单价30元，蚊帐目前还缺一百顶，营帐户外搭设。", []),
        ("救灾还帐篷二十顶，做帐篷的企业要加班，查帐篷数量。", []),
    ],
)
def test_accounts_are_put_right_and_tents_stay(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("任务布署后，去渡假村开会。", ["布署→部署", "渡假→度假"]),
        ("设备已按装到位，现场按装了摄像头。", ["按装→安装", "按装→安装"]),
        ("我们己经完成任务。", ["己经→已经"]),
        ("自己经历过，自己经营。", []),
        ("坚决整治慢作为、乱做为。", ["乱做为→乱作为"]),
        ("干部要积极做为。", ["积极做为→积极作为"]),
        ("做为一名党员，要带头。", ["做为→作为？"]),
        ("要多做为民实事。", []),
        ("既使困难再大，也要完成。", ["既使→即使？"]),  # 既使群众满意，也使企业满意
        ("购买书藉一百本。", ["书藉→书籍"]),
        ("他的事迹像一盏灯，贯彻离不开党的领导。", []),
    ],
)
def test_what_has_one_reading_is_put_right_and_the_rest_is_offered(text, found):
    assert told(text) == found
