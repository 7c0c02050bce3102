"""没有填的“×”。

起草时不知道的月日、姓名、数目常先写“×”或“X”，定稿时忘了填，念到这里就出了事故。名称里的“×”（如“数据要素×”）、尺寸和倍数
（如 4×4）不算。

错：×月×日，全市召开推进会
对：3月12日，全市召开推进会
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "stray-cross"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留代字"

#: What stands behind a number, a name or a place.
AFTER = (
    "年|月|日|时|分|号|点钟|周年|届|次|名|人次|万|亿|个百分点|％|%|公里|千米|平方|亩|吨|户|家|项|位|元|倍|分之|"
    "书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|局长|厅长|部长|主任|主席|秘书长|同志|总经理|董事长|校长|院长|处长|科长|"
    "省|市|县|区|州|盟|旗|乡|镇|村|街道|社区|局|厅|委员会|公司|大学|学院|中学|小学|医院|会议"
)

#: What a lone X between 汉字 is a number of: 突破X亿元, 增长X%, x名新教师 (X光, X射线 and the X of a brand are none).
COUNTED = (
    "亿元|万元|千元|亿|万[亩人户名吨辆]|个百分点|[%％]|[个家户项条名位件起场期次处座辆艘台套吨亩](?![a-z])|人次|人[，。、；]|公里|平方[公千]?[米里]|立方米|点(?:意见|要求|体会|建议)|方面"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9A-Za-z”’×])×(?={AFTER})|(?<=[第共达约近超逾增长占为了有])×(?![0-9”’×])"
        rf"|(?<![0-9A-Za-z*＊”’])[*＊XＸ](?=(?:年|月|日|周年|届|次会议|书记|省长|市长|县长|区长|州长|镇长|乡长|局长|主任|主席|秘书长|同志|省|市|县|区|乡|镇))"
        rf"|(?<=第)[*＊XＸ](?=[届次])|(?<=[\u4e00-\u9fff，、；：。“（—])[XxＸｘ](?=(?:{COUNTED}))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Crosses, stars and X where a number or a name belongs."""
    for n, line in enumerate(speech.lines):
        if not any(c in line.text for c in "×*＊XＸxｘ"):
            continue
        for found in _pattern().finditer(line.text):
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”还没有填。")
