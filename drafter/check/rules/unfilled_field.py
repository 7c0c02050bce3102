"""括号里的填写说明没有换成真的内容。

“（单位名称）”“[领导姓名]”“（填写数据）”是范文里提示填什么的，要换成真名真数。

错：感谢（单位名称）的大力支持
对：感谢市交通运输局的大力支持
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "unfilled-field"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：定稿不留填写说明"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    thing = "单位|部门|领导|会议|活动|项目|地区|地方|公司|学校|企业|嘉宾|主持人|讲话人|发言人"
    whole = (
        f"(?:具体|相关|本)?(?:{thing})?(?:姓名|名称|全称|简称|职务|人名|地名|单位名|人数|金额|时间地点)|(?:{thing})名|(?:请)?(?:填写|填入|填上|输入"
        f"|插入)[^（）\\[\\]<>]{{0,12}}"
    )
    return re.compile(rf"[（(\[<＜［〈](?:{whole})[）)\]>＞］〉]")


def check(speech: Speech) -> Iterator[Finding]:
    """What asks to be filled in, in brackets of any kind."""
    for n, line in enumerate(speech.lines):
        for found in _pattern().finditer(line.text):
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”要换成真的内容。")
