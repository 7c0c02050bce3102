"""网页、文库和范文贩子留下的字样。

从网上抄来的稿子常带着“更多资料请加”“本文来自”“收藏本站”“扫码关注”一类字样，念出来是事故，也说明稿子不是自己写的。
范文网站在“的”后面混进去的“`”“.”“'”也是这么来的。

错：更多范文请关注某某公众号
对：（删去）
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import inside

NAME = "copied-from-web"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留网页字样"

#: What stands in whatever is found.
_NEEDS = needed(
    "仅供|外传|试读|原稿|原文|本文|请注|更多|全套|完整|会员|VI|vi|下载|点击|阅读|ht|ww|来源|`|'|的.|秘网|公文|书网|一范|百度|道客|豆丁|笔杆"
    "|素材|写作|加群|QQ|qq|微信|范文|模板|篇|上一|下一|相关|热门|猜你|返回|打印|关闭|责任|"
    + each_with_each("加", "0123456789０１２３４５６７８９：: \t\u3000\u00a0")
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"仅供(?:学习|参考)[^。]{0,4}(?:禁止|请勿|严禁|不得)[^。，]{2,6}|(?:禁止|严禁|请勿)外传|试读(?:结束|已结束)|原[稿文](?:网址|链接|地址)|"
        r"本文(?:来[自源]|由)[^。，]{1,20}(?:网|站|文库|整理|提供|原创|首发|编辑|搜集)|(?:转载|引用)请注明(?:出处|来源)?|"
        r"(?:更多|全套|完整版)[^。，]{0,10}(?:范文|资料|材料|文章|公文)[^。]{0,6}(?:请|尽在|关注|登录|访问|加|搜索|点击)[^。，]{0,12}|"
        r"(?:加|QQ|qq|微信)群?[：:]?\s?\d{6,12}|"
        r"(?:会员|VIP|vip)(?:专享|可见)|(?:立即|付费)下载$|下载(?:本文|全文|积分)|"
        r"(?:^|(?<=[，。！？（(【]))点击(?:查看|阅读|展开)[^。，]{0,8}|阅读(?:全文|原文)$|^(?:上一篇|下一篇|相关阅读|相关推荐|热门推荐|猜你喜欢|返回首页|打印本页|关闭窗口|责任编辑)[:：]?.{0,30}|"
        r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#-]+|来源[：:][^。，]{1,16}(?:网|报|客户端|公众号)$|"
        r"(?<=[\u4e00-\u9fff])`(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]的)(?:'[.,]?|\.)(?=[\u4e00-\u9fff])"
        r"|(?<=[\u4e00-\u9fff]的)'(?=，)|"
        r"(?:老秘网|公文网|秘书网|文秘网|第一范文|百度文库|道客巴巴|豆丁网|笔杆子(?:网|公文)|公文素材库|(?:^|(?<=[：:]))写作材料$)|"
        r"^(?:篇[一二三四五六七八九十\d]+[：:].*|范文[一二三四五六七八九十\d]+[：:]?.{0,30}|.{0,20}(?:范文|模板)[（(]?(?:\d+|[一二三四五六七八九十]+|通用"
        r"|精选)篇.{0,10})$"
    )


@lru_cache(maxsize=1)
def _hints() -> re.Pattern[str]:
    """Letters one of which stands in whatever `_pattern` finds: looked for in a fraction of the time."""
    return re.compile(
        r"仅供|外传|试读|原稿|原文|本文|请注明|更多|全套|完整版|会员|VIP|vip|下载|点击|阅读|http|www|来源|`|'|的\.|秘网|公文网|秘书网|第一范文|百度文库|道客巴巴|豆丁网|笔杆子|素材库|写作材料"
        r"|加群?[：:]?\s?\d|QQ|qq|微信|范文|模板|篇|上一|下一|相关|热门|猜你|返回|打印|关闭|责任编辑"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Traces of web pages. An address of a website is one only at the head and the end."""
    last = len(speech.lines)
    for n, line in having(speech.lines, _NEEDS):
        if not _hints().search(line.text):
            continue
        for found in _pattern().finditer(line.text):
            if inside(line.text, found.start()):
                continue
            if found[0].startswith(("http", "www")) and _NAMED.search(line.text[: found.start()]):
                continue
            if found[0].startswith(("http", "www")) and (10 <= n < last - 10 or "。" in line.text):
                continue
            if not found[0].isalnum() and len(found[0]) <= 2:
                if _is_quoting(line.text, found[0]):
                    continue
                yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”是网页上带来的，删掉。", "")
                continue
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”是网页上带来的字样。")


#: An address that the text means to give.
_NAMED = re.compile("(?:(?<!原文)(?<!原稿)网[页站]?地?址|网站|官网|链接|登录|登陆|访问|平台|邮箱)[^，。；]{0,8}$")


def _is_quoting(text: str, mark: str) -> bool:
    """Whether a straight mark comes in pairs, as quotation marks and marks of code do."""
    return mark != "." and text.count(mark[0]) > 1
