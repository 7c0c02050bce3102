"""句子中间多了空格。

改稿、粘贴时留下的空格，排出来一句话断成两截。两个字的姓名中间、标题里、引号中的口号里、诗句里、名单里的空格不算，新闻
的电头（某地9月30日电）和“记者 某某”后面的也不算。

错：要坚决打好 防范化解重大风险攻坚战。
对：要坚决打好防范化解重大风险攻坚战。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import clauses, inside
from drafter.speech.marks import mark_of

NAME = "blank-in-sentence"
LEVEL = "warning"
SOURCE = "公文排版惯例：句中不空格"
NEEDS = " \u00a0\u3000"


#: The most frequent surnames: 李明 王红 are two people. Source: 公安部, 《二〇二〇年全国姓名报告》, the first hundred.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?<=[\u4e00-\u9fff])[ \u00a0\u3000]{1,4}(?=[\u4e00-\u9fff])")


def check(speech: Speech) -> Iterator[Finding]:
    """The only blank of its clause, between two words of running text; several are a list, a verse or a table."""
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        if (
            line.role != "body"
            or not re.search("[。；！？]", text)
            or not re.search("[\u4e00-\u9fff][ \u00a0\u3000]+[\u4e00-\u9fff]", text)
        ):
            continue
        found = list(_pattern().finditer(text))
        if len(found) > 3:
            continue
        for one in found:
            clause = next((c for c in clauses(text) if c.start <= one.start() < c.end), None)
            if clause is None or sum(clause.start <= f.start() < clause.end for f in found) > 1:
                continue
            left, right = text[clause.start : one.start()], text[one.end() : clause.end]
            label = mark_of(text) or re.match("第[一二三四五六七八九十百0-9]+[章节条篇部]", text)
            name = (
                re.search("(?:^|[、，：])[\u4e00-\u9fff]$", left)
                or re.search("(?:书记|[长员师席]|主任|委员|同志|教授|记者)[\u4e00-\u9fff]$", left)
                or re.match("[\u4e00-\u9fff](?:$|[、，：；同（])", right)
            )
            verse = (len(left) == len(right) and (len(left) >= 4 or {left[0], right[0]} <= _SURNAMES)) or (
                label and one.start() <= 20
            )
            news = re.search(
                "(?:[日月]电|(?:本[报网台刊]|新华社|中新社|新华网|人民网|天健网)?(?:讯|消息)|[（(](?:本[报网台刊])?(?:特约)?(?:记者|通讯员)"
                "|记者|通讯员|摄影|摄像|编辑|责编)$", left) is not None
            slogan = inside(text, one.start(), one.end())
            if news or slogan:
                continue
            if not name and not verse and len(left) >= 2 and len(right) >= 2:
                yield Finding(NAME, n, one.start(), one.end(), "句子中间多了空格。", "")
