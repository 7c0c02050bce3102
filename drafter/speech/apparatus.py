"""What publishers and pages put into a speech and behind its end: captions, notes, editors' lines, other articles.
Told as noise, each with its reason, by what a line is and where it stands. In doubt a line is the speech's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from drafter.speech.cues import DAY, DRAFT_NOTE, TITLE_END
from drafter.speech.letterhead import kind_of
from drafter.speech.marks import mark_of
from drafter.speech.noise import is_site
from drafter.speech.rows import SpeechRow


class Trace(NamedTuple):
    """A kind of line that is no speech's. `reason` is for people. `weight` is how much its words tell: at `_WITHIN` it
    is noise wherever it stands, at `_BEHIND` only behind the end. `opens`: short lines below it are of its kind.
    `longest` are the most characters such a line has. `sentence`: it may end as a sentence does."""

    reason: str
    weight: float
    pattern: str
    opens: bool = False
    longest: int = 60
    sentence: bool = False


_WITHIN, _BEHIND = 4.0, 3.0

#: Who made, gave or printed what is read; each stands before a colon.
_CREDITED = (
    "责任编辑|责编|编辑|校对|审核|审校|监制|排版|供稿|投稿|通讯员|撰稿|撰文|摄影|摄像|图片来源|图片|制图|图文|文字|素材|配图|制作|值班编委|终审|初审|复审|编审|出品|统筹|策划"
    "|来源|信息来源|稿件来源|文章来源|稿源|转自|原标题|原载|原文链接|本文来源|签发|录入|发布人|发布者"
)
_PAGE_WORDS = (
    "分享到?|微信|微博|新浪微博|QQ空间|QQ|朋友圈|打印本页|打印|关闭窗口|关闭|收藏|点赞|在看|转发|赞|返回顶部|返回首页|返回列表|返回|字号|大|中|小|全屏|下载|纠错|举报|复制链接"
    "|分享至|一键三连|评论|写留言|留言|精选留言|展开全文|收起|听新闻|播报|放大|缩小|阅读原文|阅读|浏览|喜欢|不喜欢|无障碍|简|繁"
)
_TRACES = (
    Trace("图片说明", 4,
        r"^[（(【\[]?(?:图为|(?:上|下|左|右|题|配|资料)?图[：:]|图[一二三四五六七八九十0-9]{1,2}[\s\u3000：:]|资料图片?|图说|图注|视频截图)",
        longest=90, sentence=True,
    ),
    Trace("图片说明", 4, r"^(?:图[①-⑳0-9][、.．\s\u3000]|[▲△▼]\s*\S|[（(]图[/／：:])", longest=90),
    Trace("图片说明", 4,
        r"[\s\u3000/／][\u4e00-\u9fff·\s\u3000]{0,6}(?:摄影?报道|摄)[）)]?[。]?$|^[\u4e00-\u9fff]{2,4}[\s\u3000]*摄$"
        r"|记者[^。]{1,12}摄[）)]?[。]?$",
        longest=90, sentence=True,
    ),
    Trace("编辑、来源", 4,
        rf"^[（(【\[]?\s*(?:{_CREDITED})\s*[：:/／|｜丨︱┃]|^(?:文|图)[/／](?:图|文)?|^(?:本报|本刊|本网)?(?:记者"
        rf"|通讯员)[：:]?[\s\u3000]*[\u4e00-\u9fff\s\u3000]{{2,12}}$",
        longest=80,
    ),
    Trace("图片说明", 4, r"(?:记者|通讯员)[\s\u3000]+[\u4e00-\u9fff][\u4e00-\u9fff\s\u3000、]{1,14}$", longest=90),
    Trace("编辑、来源", 3, r"^[（(](?:本报|新华社|记者|通讯员|作者|据|摘自|原载)[^（）()]{1,30}[）)]$"),
    Trace("编辑、来源", 3, r"^[（(【]?\s*作\s*者\s*[：:系]", longest=80),
    Trace("编辑、来源", 4, r"^本文(?:来自|来源|转自|转载|系|由|为)[^。]{2,40}$"),
    Trace("相关文章", 4,
        r"^[【\[（(]?\s*(?:相关|关联|延伸|推荐|热门|最新|精彩|往期|更多|热点|猜你|大家都|为您|编辑)(?:阅读|报道|新闻|链接|文章|推荐|资讯|内容|稿件|回顾|喜欢|在看|专题|信息"
        r"|推荐阅读)\s*[】\]）)]?[：:>＞]*$",
        opens=True,
    ),
    Trace("相关文章", 4, r"^(?:相关|延伸|推荐|热门)(?:阅读|报道|新闻|链接|文章)[：:]", opens=True, longest=120),
    Trace("相关文章", 4, r"^[【\[]?(?:上|下)一(?:篇|页|条|则)[】\]]?\s*[：:>＞]|^(?:上|下)一(?:篇|页|条)$", longest=90),
    Trace("网页文字", 4,
        r"扫一扫|(?:长按|扫描|扫码)[^。]{0,10}(?:识别|二维码|关注|查看|阅读)|识别[^。]{0,6}二维码|关注[^。]{0,14}(?:公众号|微信号|视频号|客户端)"
        r"|点(?:个|一下|亮|一?个)?[“「\"'【]?(?:在看|赞)[”」\"'】]?(?:吧|哦|支持|再走|[^\u4e00-\u9fff]*$)"
        r"|点击[^。]{0,8}(?:蓝字|关注|阅读原文|查看原文|卡片)|公众号[：:]",
        longest=80, sentence=True,
    ),
    Trace("网页文字", 4, rf"^(?:(?:{_PAGE_WORDS})[\s\u3000|｜/／、，：:·]*(?:[0-9]+[\s\u3000|｜/／、，]*)?)+$", longest=60),
    Trace("网页文字", 4, r"^(?:(?:阅读|浏览|点击|赞|在看|评论|转发|人气)(?:量|数|次数)?[\s\u3000：:]*[0-9]+(?:万|次|\+)*[\s\u3000]*)+$"),
    Trace("网页文字", 4,
        r"^(?:(?:网友|我要|发表|最新|全部|热门|精彩)评论|评论)(?:[\s（(]*[0-9]+\s*条?[）)]?)?$|^(?:共有?)?\s*[0-9]+\s*条(?:评论|留言)"
        r"|登录后[^。]{0,6}评论",
        opens=True,
    ),
    Trace("网页文字", 4, r"^(?:网友|读者|热门|精彩|最新)(?:评论|留言|跟帖)[：:]", opens=True, longest=120, sentence=True),
    Trace("网页文字", 4, r"^(?:附件下载|文件下载|下载附件|相关附件|相关文件|原文下载)[：:]?", longest=120),
    Trace("网页文字", 4, r"^(?:点击数|点击次数|浏览次数|浏览量|发布时间|发布日期|更新时间|发布机构|索引号)\s*[：:]", longest=90),
    Trace("网页文字", 3, r"^(?:关键词|标签|分类|栏目|专题|字数|主题词)\s*[：:]", longest=90),
    Trace("网页文字", 4, r"^(?:https?：?:?//|www\.)\S+$", longest=300),
    Trace("网站的版权和联系方式", 4, r"版权所有|ICP备|公网安备|网站标识码|[Cc]opyright|©|[Aa]ll [Rr]ights", longest=160),
    Trace("网站的版权和联系方式", 3,
        r"^(?:主办|承办|协办|技术支持|网站维护|主办单位|承办单位|地址|邮编|邮政编码|联系电话|传真|投稿邮箱|新闻热线|邮箱|电子邮箱|备案号|投诉电话|举报电话)\s*[：:]",
        longest=90,
    ),
    Trace("网站的版权和联系方式", 4,
        r"^[（(]?(?:声明|免责声明|版权声明|特别声明|凡本网|本网|本站|本文)[^。]{0,30}(?:版权|转载|侵权|原作者|仅供|不代表)|侵权[^。]{0,8}(?:联系|删除)"
        r"|未经[^。]{0,8}(?:授权|许可|允许)[^。]{0,8}(?:转载|使用)",
        longest=240, sentence=True,
    ),
    Trace("注释", 4, r"^[（(【\[]?(?:注释|脚注|尾注|参考文献|参考资料|引文出处)[】）)\]]?[：:]?$", opens=True),
    Trace("注释", 3, r"^注[：:][^。]{0,12}(?:文中|本文|数据|统计|括号|下同|来源|指|均|截至|根据|见)", longest=160, sentence=True),
    Trace("版记", 4, r"^(?:主\s*送|报\s*送|分\s*送|发\s*送|抄\s*[送报发]|印\s*发|共\s*印)\s*[：:]", longest=400, sentence=True),
    Trace("附件说明", 3,
        r"^附\s*件?\s*[0-9一二三四五]{0,2}\s*[：:]\s*(?:[0-9一二三四五]{1,2}[.．、]|《|[^。]{2,50}$)",
        opens=True, longest=120,
    ),
    Trace("附件说明", 3, r"^附\s*件\s*[0-9一二三四五]{0,2}$", opens=True),
    Trace("网页文字", 3, r"^[（(—－\-\s·•]*(?:全文|本文)?(?:完|[Ee][Nn][Dd]|结束)[）)—－\-\s·•]*$"),
    Trace("分隔线", 4, r"^[-—－─━=＝_＿*＊~～#＃◆◇★☆■□●○·•\s]{5,}$", longest=400),
)  # fmt: skip

#: Words of those who publish, and of pages; the more of them a short line has, the less it is a speech's.
_PRESS = re.compile(
    r"责?编(?:辑|委)|责\s*编|编\s+辑|主编|[一二三初复终]审|审核|校对|监制|排版|供稿|撰稿|摄影"
    r"|[绘制]图|配图|图片|来源|转自|转载|记者|通讯员|融媒|日报|晚报|新闻网|新华社|出品|投稿|作者"
)
_PAGE = re.compile(
    r"网站|网页|首页|浏览器|访客|访问|IPv6|[Aa][Pp][Pp]|客户端|公众号|二维码|扫码|蓝字|点赞|在看|转发|分享|评论|留言|收藏|打印|关闭|返回|顶部|下载|全文"
    r"|查看|阅读|字体|字号|版权|侵权|出处|隐私|关于我们"
    r"|联系(?:我们|人|电话)|登录|注册|视频|播放|广告|微博|微信|链接|热线|邮箱|电话|更多|精彩|推荐|猜你喜欢|热门|两句|备案"
    r"|本文|内容|提供|整理|点击|长按|建议使用|第\s*[0-9]+\s*位|内部资料|注意保存"
)
_LABELLED = re.compile(r"[【\[（(]?[^，。！？：:\s]{1,8}\s*[：:｜|/／\s]\s*[^，。！？；]{1,24}[】\]）)]?")
_ENCLOSED = re.compile(r"[【\[（(].*[】\]）)]|[—－-].*[—－-]|[↑↓←→>＞].*")
_SENTENCE_END = ("。", "！", "？", "；", "，", "…")

#: A note at the foot of a page or behind the end: its mark, and what such notes say.
_NOTE = re.compile(r"(?:[\[［〔【]\s*(\d{1,2})\s*[\]］〕】]|([①-⑳])|注\s*(\d{1,2})[：:\s]|[（(]注\s*(\d{1,2})[）)])\s*(?=\S)")
_NOTE_SAYS = re.compile(r"^\s*(?:参?见|引自|出自|语出|摘自|载|转引|据|《|同上)|出版社|第\s*\d+\s*页|年版|[^，。]{1,12}[：:，]?(?:指|即|是指|系指|简称)")
#: What an editor says before the text begins.
_EDITOR = re.compile(r"[【\[（(]?\s*(?:编者按|编者的话|编辑按|导\s*读|核心提示|内容提要|内容摘要|阅读提示)\s*(?:[】\]）)]|[：:])")
#: How an office of the state prints on a paper, as told by its words: see `drafter.speech.letterhead`.
_IMPRINTED = frozenset(("抄送", "印发", "附注"))
_SIGNED = re.compile(rf"[（(]?(?:{DAY})[）)]?|[\u4e00-\u9fff（）\s\u3000]{{3,24}}"
    r"(?:委员会|政府|办公室|指挥部|领导小组|局|厅|校|院|公司|集团|协会|委|会)")

#: What looks like an editor's line and is a sentence: 来源：一是财政，二是自筹。
_SAID_OF = re.compile(r"[^：。]{1,6}：[^。]*。$")

#: Rows at the end that are looked at, rows at the beginning where an editor speaks, and characters of a short row.
_LAST_ROWS, _FIRST_ROWS, _SHORT = 60, 12, 60


@cache
def _pattern(trace: Trace) -> re.Pattern[str]:
    return re.compile(trace.pattern)


#: How long the lines of the kinds may be.
_LENGTHS = sorted({trace.longest for trace in _TRACES})


@cache
def _possible(longest: int, said: bool) -> tuple[tuple[Trace, ...], re.Pattern[str]]:
    """The kinds that lines of up to `longest` characters may be of, or those that are no sentence (`said`), and a pattern
    for all of them: of a long paragraph few are asked."""
    traces = tuple(trace for trace in _TRACES if trace.longest >= longest and (trace.sentence or not said))
    return traces, re.compile("|".join(f"(?:{trace.pattern})" for trace in traces) or "(?!)")


def _trace_of(text: str) -> Trace | None:
    """What kind of line that is no speech's a row is by its words; None where they do not tell."""
    if len(text) > _LONGEST:
        return None
    said = text.endswith(_SENTENCE_END)
    at = bisect_left(_LENGTHS, len(text))
    traces, any_of_them = _possible(_LENGTHS[at], said) if at < len(_LENGTHS) else ((), None)
    if any_of_them and any_of_them.search(text):
        return next(trace for trace in traces if _pattern(trace).search(text))
    return _worded(text) if len(text) <= _SHORT and not said else None


def _worded(text: str) -> Trace | None:
    """A short row that is no sentence, by how many words of publishers and of pages it has and how they stand."""
    press, page = set(_PRESS.findall(text)), set(_PAGE.findall(text))
    if (not press and not page) or TITLE_END.search(text) or mark_of(text):
        return None
    alone = any(word == text.strip("【】[]（）()—- ") for word in press | page)
    named = bool(_NAMED.fullmatch(text))
    weight = (
        0.5
        + 1.5 * min(len(press), 3)
        + 1.5 * min(len(page), 3)
        + 1.5 * bool(_LABELLED.fullmatch(text))
        + 0.5 * named
        + 0.5 * bool(_ENCLOSED.fullmatch(text))
        + 0.5 * bool(re.search(r"[A-Za-z@0-9|｜]", text))
        + 2.0 * alone
        - 1.0 * (len(text) > 40)
        - 1.5 * bool(re.search(r"[的要把就也都]", text))
    )
    if not (alone or named or _CALLS.match(text)):  # a heading of a speech on websites has such words, too
        weight = min(weight, _BEHIND + 0.5)
    return Trace("编辑、来源" if len(press) > len(page) else "网页文字", weight, "", bool(_HEADS.fullmatch(text)))


#: A word before a name, and what a page calls on its readers to do.
_NAMED = re.compile(r"[【\[（(]?[^，。！？：\s]{1,8}\s*[：:｜/／\s]\s*[\u4e00-\u9fff]{2,3}[】\]）)]?")
_CALLS = re.compile(r"点击|长按|扫码|扫描|下载(?:APP|app|客户端)|打开(?:APP|app|客户端)|关注我们|更多精彩|[↑↓]")

#: Words that stand alone above titles of other articles.
_HEADS = re.compile(r"[【\[]?(?:推荐|热门|相关|精彩|更多|最新)(?:推荐|内容|精彩)?[】\]]?")

#: Characters of the longest row that is looked at.
_LONGEST = 400


def apparatus_of(rows: Sequence[SpeechRow]) -> dict[int, str]:
    """The rows between the paragraphs and behind the end that are not the speech's, each with the reason."""
    noted = _noted(rows)
    traces = [_trace_of(row.text) for row in rows]
    found = {at: trace.reason for at, trace in enumerate(traces) if trace and trace.weight >= _WITHIN}
    found |= {at: "注释" for at, weight in noted.items() if weight >= _WITHIN}
    glossary = _glossary(rows)
    found |= dict.fromkeys(glossary, "名词解释")
    found |= {at: "编者按" for at in range(min(len(rows), _FIRST_ROWS)) if _EDITOR.match(rows[at].text)}
    end = glossary.start if glossary else len(rows)
    return found | _behind(rows[:end], traces, noted)


#: What stands above the explanations behind a report, and how each of them begins.
_GLOSSARY = re.compile(
    r"[（(【\[]?(?:附[件：:\s]*)?(?:有关|部分|相关|《[^》]{2,30}》)?(?:名词|用语|缩略语|词语|术语)(?:解释|注释|说明)[）)】\]]?[：:]?"
)
_EXPLAINED = re.compile(
    r"\s*(?:[0-9]{1,3}[.．、：:\s]|[（(\[［][0-9]{1,3}[）)\]］]|[①-⑳]|[一二三四五六七八九十]{1,3}、"
    r"|[“‘【][^”’】]{1,30}[”’】]\s*[：:是指即，]|[^，。：]{1,24}[：:])"
)


def _glossary(rows: Sequence[SpeechRow]) -> range:
    """The rows of the explanations behind a report, from their heading to the end; none where other text follows it."""
    for at in range(len(rows) - 1, 0, -1):
        if _GLOSSARY.fullmatch(rows[at].text):
            below = [bool(_EXPLAINED.match(row.text)) for row in rows[at + 1 :]]
            return range(at, len(rows)) if below and below[0] and sum(below) * 2 > len(below) else range(0)
    return range(0)


def _noted(rows: Sequence[SpeechRow]) -> dict[int, float]:
    """The rows that begin as notes do, and how much speaks for each being one: that the text refers to it, that it says
    what notes say."""
    begun = {at: found for at, row in enumerate(rows) if (found := _NOTE.match(row.text))}
    if not begun:
        return {}
    out: dict[int, float] = {}
    for at, found in begun.items():
        mark = found[0].strip()
        refers = any(mark in row.text[1:] for row in rows[:at])
        says = bool(_NOTE_SAYS.search(rows[at].text[found.end() :][:60]))
        beside = at + 1 in begun or at - 1 in begun
        out[at] = 1.0 + 1.0 * (not found[2]) + 2.5 * refers + 1.5 * says + 1.0 * (beside and not found[2])
    return out


def _behind(rows: Sequence[SpeechRow], traces: Sequence[Trace | None], noted: dict[int, float]) -> dict[int, str]:
    """The rows behind the end that are not the speech's: from the last row up, as long as each is none by its words, or
    is short and no sentence."""
    told: dict[int, str] = {}
    start = len(rows)
    while start > 1 and len(rows) - start < _LAST_ROWS:
        at = start - 1
        reason = _reason_behind(rows[at].text, traces[at], noted.get(at, 0.0))
        if reason:
            told[at] = reason
        elif len(rows[at].text) > _SHORT or rows[at].text.endswith((*_SENTENCE_END, "：", "”", "）")):
            break
        start = at
    if not told:
        return {}
    return told | _below(rows, traces, told)


def _reason_behind(text: str, trace: Trace | None, noted: float) -> str:
    """What a row behind the end is taken for, "" where it may be the speech's."""
    if trace and trace.weight >= _BEHIND:
        return trace.reason
    if noted >= _BEHIND:
        return "注释"
    if kind_of(text) in _IMPRINTED:
        return "版记"
    if DRAFT_NOTE.fullmatch(text) and "整理" in text:
        return "整理说明"
    return "结尾之后的网站文字" if is_site(text) and not _SAID_OF.match(text) else ""


def _below(rows: Sequence[SpeechRow], traces: Sequence[Trace | None], told: dict[int, str]) -> dict[int, str]:
    """The short rows that are of the kind of one above them: titles under 相关阅读, the second of the attachments; and
    those between two that are told, where nobody signs there."""
    out: dict[int, str] = {}
    opened: Trace | None = None
    for at in range(min(told), len(rows)):
        trace = traces[at]
        if at in told:
            opened = trace if trace and trace.opens else opened if told[at] == "注释" else None
            continue
        signed = _SIGNED.fullmatch(rows[at].text)
        if opened and not (signed and opened.reason == "附件说明"):
            named = re.match(r"[0-9一二三四五]{1,2}[.．、]|《", rows[at].text) or len(rows[at - 1].text) <= 4
            if opened.reason != "附件说明" or named:
                out[at] = opened.reason
        elif at - 1 in told and at + 1 in told and not signed and len(rows[at].text) <= 20:
            out[at] = told[at - 1]
    return out
