"""括号里的填写说明没有换成真的内容。

“（单位名称）”“[领导名单]”“{时间}”“（填写数据）”是范文里提示填什么的，要换成真名真数。方括号、花括号、尖括号在正文里别无他用，
里面是名称、时间、名单一类的，就是；圆括号还要看前后：“由（姓名）同志主持”是，“姓名（名称）要核对”不是。

错：感谢（单位名称）的大力支持，下面请[领导名单]上台
对：感谢市交通运输局的大力支持，下面请李卫国、王建军同志上台
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.standins import before, behind
from drafter.check.whole import having
from drafter.chinese.prose import inside

NAME = "unfilled-field"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：定稿不留填写说明"
NEEDS = "（([［〔〈<＜{｛"

#: What is asked for: of what, and what of it.
_THING = (
    "单位|部门|领导|会议|活动|项目|地区|地方|城市|公司|学校|企业|嘉宾|来宾|主持人|讲话人|发言人|文件|上级|对方|本地|协办|主办|承办|合作|获奖|参会|与会|典型"
)
_OF_IT = (
    "姓名|名字|名称|全称|简称|职务|职称|人名|地名|数字|数据|数值|金额|人数|个数|百分比|比例|日期|时间|地点|名单|主题|标题|题目|内容|案例|事例|电话|年份"
    "|月份|届次|名"
)

#: From this weight on words in round brackets are told to ask to be filled in.
ENOUGH = 2.0


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    asks = r"(?:请|需)?(?:填写|填入|填上|输入|插入|补充|添加)[^（）\[\]<>{}【】]{0,14}"
    return re.compile(
        rf"[（(](?P<round>(?:具体|相关|本|有关)?(?:{_THING}|{_OF_IT}){{1,3}}(?:、(?:{_THING}|{_OF_IT}){{1,2}}){{0,3}}|(?P<r>{asks}))[）)]"
        rf"|[\[［〔〈](?P<square>[\u4e00-\u9fff]{{0,8}}(?:{_THING}|{_OF_IT})|{asks})[\]］〕〉]"
        r"|[<＜](?P<angle>[\u4e00-\u9fff、]{1,12})[>＞]|[{｛](?P<curly>[\u4e00-\u9fff、]{1,12})[}｝]"
    )


_HINTS = ("（", "(", "[", "［", "〔", "〈", "<", "＜", "{", "｛")


def check(speech: Speech) -> Iterator[Finding]:
    """What asks to be filled in, in brackets of any kind."""
    for n, line in having(speech.lines, NEEDS):
        if not any(hint in line.text for hint in _HINTS):
            continue
        for found in _pattern().finditer(line.text):
            if found["angle"] and inside(line.text, found.start(), marks="《"):
                continue  # ＜土地管理法＞: a title in a title
            if not found["round"] or found["r"] or _weight(line.text, found) >= ENOUGH:
                yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”要换成真的内容。")


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile(f"(?P<of>{_OF_IT})|(?P<thing>{_THING})|具体|相关|本|有关|、")


def _weight(text: str, found: re.Match[str]) -> float:
    """How heavily words in round brackets are told to ask for others: by what they name, and by where they stand."""
    start, end = found.span()
    if re.search(f"(?:{_THING}|{_OF_IT}|部|职)$", text[max(0, start - 4) : start]):
        return 0  # the other word for it: 姓名（名称）
    named = list(_words().finditer(found["round"]))
    several = len(named) > 1
    worth = 2.0 if several and any(word["of"] for word in named) else 1.0 if several or named[0]["of"] else 0.5
    left, right = before(text, start), behind(text, end)
    follows = text[start - 1 : start] in ("）", ")") and start > 0
    post = re.search("(?:书记|[市县区局厅部]长|主任|主席|同志)$", text[max(0, start - 4) : start])
    asked = right.weight if right.kind in ("unit", "measure", "post", "on") else 0
    wanted = left.kind in ("name", "ordinal") or (left.kind == "number" and right.kind in ("unit", "measure"))
    ahead = 1.0 if follows or post or wanted else 0.5 if left.kind == "edge" else 0
    return worth + (asked if asked > 0.5 or ahead >= 1 else 0) + ahead
