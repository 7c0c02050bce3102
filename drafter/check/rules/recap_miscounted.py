"""回头说“以上几点”，和前面的条数对不上。

结尾“以上三点意见”“这五个方面”要和正文的条数一致。常见的原因是改稿时增删了一条，结尾没有跟着改。

错：一、……　二、……　三、……　以上四点意见，请同志们抓好落实。
对：一、……　二、……　三、……　以上三点意见，请同志们抓好落实。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.series import counted, groups
from drafter.check.whole import having, needed
from drafter.chinese.numerals import read_numeral

NAME = "recap-miscounted"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：前后所说条数一致"

#: What stands in whatever is found.
_NEEDS = needed("以上|上述|上面")


@lru_cache(maxsize=1)
def _recap() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[。！：，])(?:以上|上述|上面)(?:讲的|说的|这|谈的|强调的)?(?:这)?([两二三四五六七八九十]{1,2}|[2-9])(?:个方面|点|条|项)(?:意见|要求|建议|希望|体会|工作"
        r"|措施|任务|想法|，|请)")


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[。！])(?:以上|上述)[^。：，]{0,3}，?[^。：，]{0,8}?(?P<n>[两二三四五六七八九])(?:个方面|点|条|项)(?:意见|要求|建议|希望|体会|工作|措施|任务|想法)：(?P<list>[^。：；！？“（]{4,80})[。！]"
    )


def _in_place(n: int, text: str) -> Iterator[Finding]:
    """A recap that lists its points itself: 以上三点意见：甲、乙。"""
    for found in _listed().finditer(text):
        marks = set(re.findall("[、，]", found["list"]))
        items = re.split("[、，]|(?<=..)[和及](?=..[^、，]*$)" if "、" in marks else "，", found["list"])
        if len(marks) == 1 and not re.search("等|其中|包括|主要", found["list"]) and len(items) < (read_numeral(found["n"]) or 0):
            message = f"这里说“{found['n']}”，后面列了{counted(len(items))}条。"
            yield Finding(NAME, n, found.start("n"), found.end("n"), message, counted(len(items)))


def check(speech: Speech) -> Iterator[Finding]:
    """A recap that fits no list of points before it."""
    lists = [group for group in groups(speech.lines) if len(group) > 1]
    for n, line in having(speech.lines, _NEEDS):
        if not any(word in line.text for word in ("以上", "上述", "上面")):
            continue
        yield from _in_place(n, line.text)
        for found in _recap().finditer(line.text):
            before = [group for group in lists if group[-1].line < n]
            counts = {len(group) for group in before} | {group[-1].number for group in before}
            if counts and read_numeral(found[1]) not in counts:
                last = len(min(before, key=lambda g: (g[0].parent is not None, -g[0].line)))
                message = f"这里说“{found[1]}”，前面列了{counted(last)}条。"
                yield Finding(NAME, n, found.start(1), found.end(1), message, counted(last))
