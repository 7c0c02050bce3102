"""还有没填的【空】。

提纲里的空没有回答，就以【名称】留在文中；定稿前每一个都要填上或者删去。【摘要】【问】【案例1】一类栏目名称、【2018】一类年份
不算。

错：今天，【参会人数】名同志参加培训
对：今天，86名同志参加培训
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "unanswered-blank"
LEVEL = "error"
SOURCE = "提纲语言：没有回答的空以【名称】留在文中"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("【[^【】。！？\n]{0,40}】")


#: What stands in 【】 at the head of a piece of text and says what kind of piece it is.
_KINDS = (
    "摘要|内容摘要|编者按|编者的话|按语|关键词|关键字|导读|导语|导言|引言|前言|正文|结语|小结|提要|内容提要|核心提示|背景|新闻背景|背景链接|链接|相关链接|知识链接"
    "|延伸阅读|名词解释|注释?|附注|问|答|提问|回答|追问|记者|主持人|案例|典型案例|事例|例|原文|译文|点评|评析|解读|解析|思考|启示|评论|短评|观点|要点|亮点"
    "|数据|图表?|表|专栏|附件?|附录|题记|作者|作者简介|来源|标题|说明|提示|分析|经验|做法|成效|问题|对策|建议|故事|镜头|现场|片段|声音|金句|考点|答案|解题|视频|短视频|音频|直播|现场直播|图片|组图|现象|个人简介|主讲人简介|嘉宾简介|人物简介|记者手记|手记|开栏的话|栏目|网评|执笔|作者单位|特写|专访|访谈|快评"
)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return re.compile(f"【(?:(?:{_KINDS})[ 一二三四五六七八九十0-9]{{0,3}}|[0-9]{{1,4}}年?|第?[一二三四五六七八九十]{{1,3}}[篇章节讲集期辑]?)】")


#: What a blank is named for.
_ASKED = re.compile("(?:名称?|姓名|日期|时间|地点|单位|职务|人数?|数|额|比例|名单|会议|主题|金额)$")


def check(speech: Speech) -> Iterator[Finding]:
    """Everything in 【】 but figures, and labels at the head of a paragraph or of a sentence."""
    for n, line in enumerate(speech.lines):
        if "【" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            head = found.start() == 0 or line.text[found.start() - 1] in "。！？；”’）】 \u3000"
            if re.match("(?:专题|专栏|栏目|报道|板块|频道|网评|联播)", line.text[found.end() :]) or re.match("【(?:执笔|作者|责任?编)", found[0]):
                continue  # the name of a column
            if _label().fullmatch(found[0]) and (head or found[0][1].isdigit()) and line.text[found.end() :][:1] not in tuple("，、的"):
                continue
            label = (
                found.start() == 0
                and line.role in ("body", "other", "heading")
                and re.match("[^，。、的年月日]*$", found[0][1:-1])
            )
            weak = head and found.start() > 0 and not _ASKED.search(found[0][:-1])
            level = "warning" if weak or (label and found[0] == line.text.strip() and found[0] != "【】") else ""
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”还没有填。", level=level)
