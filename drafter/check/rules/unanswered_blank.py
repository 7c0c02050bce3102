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
from drafter.check.standins import before, behind

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
    "|数据|图表?|表|专栏|附件?|附录|题记|作者|作者简介|来源|标题|说明|提示|分析|经验|做法|成效|问题|对策|建议|故事|镜头|现场|片段|声音|金句|考点|答案|解题|视频|短视频|音频|直播|现场直播|图片|组图|现象|个人简介|主讲人简介|嘉宾简介|人物简介|记者手记|手记|开栏的话|栏目|网评|执笔|作者单位|特写|专访|访谈|快评|重要|注意|注意事项|紧急|公告|通知|重要通知|提醒|温馨提示|警告|通告|声明|必读|推荐|热点|独家|原创|转载|重点|难点|用法|释义|出处|近义|反义|造句|示例"
)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return re.compile(f"【(?:(?:{_KINDS})[ 一二三四五六七八九十0-9]{{0,3}}|[0-9]{{1,4}}年?|第?[一二三四五六七八九十]{{1,3}}[篇章节讲集期辑]?)】")


#: What a blank is named for.
_ASKED = re.compile("(?:名称?|姓名|日期|时间|地点|单位|职务|人数?|数|额|比例|名单|会议|主题|金额)$|^(?:此处|这里|请|待|补充|插入|填写|填入)")


#: Words that something stands on a screen, a sheet or a label: 点击【确定】, 详见【附件一】, 标有【易碎】字样.
_SHOWN_BEFORE = re.compile("(?:点击|单击|双击|勾选|详见|参见|参阅|标注|标[有明]|[写注]有|符号|标记)(?:着|为|了|中的?)?[“]?$")
_SHOWN_BEHIND = re.compile("[”]?(?:(?:[、和]?【[^【】]{1,10}】)*[两三四五六七八九十]?[栏列](?=[，。；、]|$)|按钮|按键|菜单|选项|页面|界面|一?栏[，。中目]|标签|标志|标记|字样|字段|模块|功能)")

#: The name of a column or a site's own label: no blank is named with marks in it.
_NO_NAME = re.compile("[“”·：！《》 ]|校庆|视频|图片|图文|音频")


def check(speech: Speech) -> Iterator[Finding]:
    """Everything in 【】 but figures and labels. What heads a paragraph or a sentence like an entry of a dictionary
    (【孔丘】…) is a blank only where the text has blanks in the midst of sentences too, or its name asks for something."""
    sure: list[Finding] = []
    doubtful: list[Finding] = []
    for n, line in enumerate(speech.lines):
        if "【" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            kind = _kind(line.text, found, line.role in ("title", "subtitle", "byline", "dateline", "greeting", "signature"))
            if kind:
                place = Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”还没有填。")
                place = place._replace(level="warning") if kind == "likely" else place
                (doubtful if kind == "label" else sure).append(place)
    if sure:
        yield from (*sure, *(place._replace(level="warning") for place in doubtful))


def _kind(text: str, found: re.Match[str], framed: bool) -> str:
    """Whether it is a "blank", "likely" to be one, a "label" that may be one, or neither (""); `framed`: in a line of the
    paper's frame."""
    name, after = found[0][1:-1], text[found.end() :]
    if re.match("(?:专题|专栏|栏目|报道|板块|频道|网评|联播)", after) or re.match("(?:执笔|作者|责任?编)", name):
        return ""  # the name of a column
    ahead = text[max(0, found.start() - 12) : found.start()]
    if _SHOWN_BEFORE.search(ahead) or _SHOWN_BEHIND.match(after) or "括号" in text:
        return ""  # what is shown somewhere, or the brackets themselves
    head = found.start() == 0 or text[found.start() - 1] in "。！？；”’）】 \u3000"
    if _label().fullmatch(found[0]) and (head or name[0].isdigit()) and after[:1] not in tuple("，、的"):
        return ""
    if not name or framed or _ASKED.search(name):
        return "blank"
    if _NO_NAME.search(name):
        return "label"
    if head and not re.match("[，、；。的年月日和与]", after):
        return "label"
    if after[:1] == "【" or text[found.start() - 1] == "】":
        return "label"  # a row of columns or of buttons
    wanted = before(text, found.start()).weight >= 1 or behind(text, found.end()).weight >= 1
    return "blank" if wanted else "likely"
