"""说讲几点，实际不是几点。

“下面，我讲三点意见”，后面就要正好三条。听的人会一条一条数，多一条少一条都是当场看得见的差错。

错：下面，我讲三点意见。一、……　二、……　三、……　四、……
对：下面，我讲四点意见。一、……　二、……　三、……　四、……
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.series import NumberedPoint, Said, counted, groups, points, said
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import inside

NAME = "points-miscounted"
LEVEL = "error"
SOURCE = "讲话稿写作惯例：过渡句所说条数与正文一致"


@lru_cache(maxsize=1)
def _promise() -> re.Pattern[str]:
    return re.compile(
        r"(?:讲|谈|提|说|强调|做到|做好|抓好|抓住|把握|注意|汇报|报告|交流|明确|突出|重申|分享|提出|处理好|落实好?|主要|以下|如下|重点)"
        r"(?:以下|如下|好|了|这|下面|一下|抓好|做好|以下的)?"
        r"([两二三四五六七八九十]{1,2}|[2-9]|1[0-9])"
        r"(?:个|项|条|点|件|句)[^，。：:；、“”（）]{0,8}"
        r"(?=[。：:，]|$)"
    )


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    """What leads to a list of paragraphs: words for speaking, or 以下; 抓好三件大事 at a paragraph's end does not."""
    return re.compile("讲|谈|提|说|强调|汇报|报告|交流|分享|重申|.{0,4}(?:以下|如下)")


def check(speech: Speech) -> Iterator[Finding]:
    """A number promised in the last sentences before a list, against the list."""
    first = {group[0].line: group for group in groups(speech.lines)}
    starts = {p.line: p for p in points(speech.lines)}
    for n, line in enumerate(speech.lines):
        if line.role in ("title", "heading"):
            continue
        for found in _promise().finditer(line.text):
            if inside(line.text, found.start(1)):
                continue
            wanted = read_numeral(found[1]) or 0
            listed = _inline(speech, n, found.end())
            leads = _leads().match(found[0]) or line.text[found.end() : found.end() + 1] in ("：", ":")
            if listed is None and leads and not re.search("[。！？].*[。！？]", line.text[found.end() :]):
                listed = _below(speech, first, starts, n)
            if listed is None or wanted in listed:
                continue
            there = max(listed)
            said_so = str(there) if found[1].isdigit() else counted(there)
            message = f"前面说“{found[0]}”，后面是{counted(there)}条。"
            yield Finding(NAME, n, found.start(1), found.end(1), message, said_so)


def _inline(speech: Speech, n: int, at: int) -> set[int] | None:
    """How many are said after an offset in a paragraph, going on into those that follow; None where none are."""
    text = speech.lines[n].text
    listed = [one for one in said(text) if one.start >= at]
    if not listed or listed[0].number != 1 or re.search("[。！？].*[。！？]", text[at : listed[0].start]):
        return None
    verb = listed[0].verb
    mine: list[Said] = []
    for one in listed:
        if one.verb != verb:
            continue
        if one.number == 1 and mine:
            break
        mine.append(one)
    count, last = len(mine), mine[-1].number
    broken = {point.line for point in points(speech.lines)}
    for number, line in enumerate(speech.lines[n + 1 :], n + 1):
        more = [one for one in said(line.text) if one.verb == verb]
        if line.role == "heading" or (number in broken and not (more and more[0].start == 0)):
            break
        if not more or more[0].start or more[0].number != last + 1:
            if more and more[0].start == 0:
                break
            continue
        for one in more:
            if one.number != last + 1:
                break
            count, last = count + 1, one.number
    return {count, last} if count > 1 else None


def _below(
    speech: Speech, first: dict[int, tuple[NumberedPoint, ...]], starts: dict[int, NumberedPoint], n: int
) -> set[int] | None:
    """How many the list has whose first number begins the next paragraph; None where no list begins there."""
    if n + 1 < len(speech.lines) and n + 1 not in starts:
        running = said(speech.lines[n + 1].text)
        return _inline(speech, n + 1, 0) if running and running[0].start == 0 else None
    group = first.get(n + 1)
    if group is None or group[0].number != 1 or starts[n + 1] != group[0]:
        return None
    listed = {len(group), group[-1].number}
    if any(
        re.match("(?:最后|此外|另外|同时)[，,]我?[再还](?:想|要)?(?:讲|说|提|强调|重申)一|还有一[点个件]", line.text)
        for line in speech.lines[group[-1].line + 1 :]
    ):
        listed.add(len(group) + 1)  # the last of them may have no number
    return listed
