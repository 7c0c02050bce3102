"""“等”前面多了顿号。

并列的几项之间用顿号，末尾带“等”“等等”的，“等”前面不用顿号。

错：抓好春耕、防汛、等重点工作
对：抓好春耕、防汛等重点工作
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "stop-before-etc"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，附录B.1.2（“等”类词前不用顿号）"


@lru_cache(maxsize=1)
def _sure() -> re.Pattern[str]:
    nouns = "重点|各项|各类|方面|问题|工作|部门|单位|地区|内容|领域|任务|措施|形式|项目|活动|因素|情况"
    return re.compile(f"等等?(?:[，。；：！？、）]|$|{nouns}|[一二两三四五六七八九十0-9]{{1,3}}[个项家类种名条])")


@lru_cache(maxsize=1)
def _likely() -> re.Pattern[str]:
    """等 before a word that sums up. 等 may be a verb there (等有关部门审批)."""
    nouns = (
        "工程|用品|品|产业|设施|事业|环节|行业|企业|服务|资金|政策|资源|矛盾|风险|隐患|行为|现象|人员|群体|物资|产品|技术|基地|平台|职能|职责|手段|方式|途径|渠道|荣誉|称号|指标|要素|任务|工作"
        "|问题|领域|项目|活动|措施"
    )
    return re.compile(f"等(?![级待候同于次额值距边量效比价腰高闲到着分压温速身离他你我她它一不人风靠上下时份第号轴式积])[\u4e00-\u9fff]{{0,4}}(?:{nouns})")


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 before 等 at the end of a list; before other words that sum up, a warning."""
    for n, line in enumerate(speech.lines):
        at = line.text.find("、等")
        while at >= 0:
            sure = bool(_sure().match(line.text, at + 1))
            if sure or _likely().match(line.text, at + 1):
                yield Finding(NAME, n, at, at + 1, "“等”前面不用顿号。", "", sure, "" if sure else "warning")
            at = line.text.find("、等", at + 1)
