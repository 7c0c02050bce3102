"""说讲几点，实际不是几点。

“下面，我讲三点意见”，后面就要正好三条。听的人会一条一条数，多一条少一条都是当场看得见的差错。

错：下面，我讲三点意见。一、……　二、……　三、……　四、……
对：下面，我讲四点意见。一、……　二、……　三、……　四、……
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.inline import counts, ordinals
from drafter.check.rules import Finding, Speech
from drafter.check.series import NumberedPoint, Said, counted, groups, label_of, points, said
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.numerals import numeral, read_numeral
from drafter.chinese.prose import inside, matches

NAME = "points-miscounted"
LEVEL = "error"
SOURCE = "讲话稿写作惯例：过渡句所说条数与正文一致"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("两二三四五六七八九十0123456789", "个项条点件句方层道关大种类步重"))


@lru_cache(maxsize=1)
def _promise() -> re.Pattern[str]:
    return re.compile(
        r"(?:讲|谈|提|说|强调|做到|做好|抓好|抓住|把握|注意|汇报|报告|交流|明确|突出|重申|分享|提出|处理好|落实好?|主要|以下|如下|重点|送(?:给)?(?:大家|你们|同志们|各位)|(?:给|为)(?:大家|你们)出|过好|闯过|把好|守好|念好)"
        r"(?:以下|如下|好|了|这|下面|一下|抓好|做好|以下的)?"
        r"([两二三四五六七八九十]{1,2}|[2-9]|1[0-9])"
        r"(?:个|项|条|点|件|句|方面|层|道(?=题|关)|关)[^，。：:；、“”（）]{0,8}"
        r"(?=[。：:，]|$)"
    )


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    """A number of whatever, with its list straight behind it in the paragraph: 三个原因，一是 …"""
    return re.compile(
        r"(?<![第之几每共\d一二三四五六七八九十百千])(?P<n>[两二三四五六七八九十]{1,2}|[2-9]|1[0-9])(?:个|项|条|点|件|句|大(?!精神|报告|以来|会)|种|类|步|方面|重)(?:(?P<what>[^，。：:；、“”（）0-9一二三四五六七八九十]{0,12})[：:，]|(?:[^，。：:；、“”（）0-9一二三四五六七八九十]{0,8}(?:意见|要求|工作|任务|措施|问题|原因|方面|特点|关系|体会|建议|希望|经验|做法|环节|重点|目标|举措|原则|步骤|打算|情况|事|类型|倡议|主张|看法))。)"
        r"(?=[（(]?(?:一|1)[）)是要、.．]|第一[，是]|①|首先[，要是]|其一[，是]|1[）)])"
    )


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    """What leads to a list of paragraphs: words for speaking, or 以下; 抓好三件大事 at a paragraph's end does not."""
    return re.compile("讲|谈|提|说|强调|送|给|为|过好|闯过|汇报|报告|交流|分享|重申|.{0,4}(?:以下|如下)")


def check(speech: Speech) -> Iterator[Finding]:
    """A number promised in the last sentences before a list, against the list."""
    first = {group[0].line: group for group in groups(speech.lines)}
    starts = {p.line: p for p in points(speech.lines)}
    for n, line in having(speech.lines, _NEEDS):
        if line.role in ("title", "heading"):
            continue
        told = set()
        for found in _promise().finditer(line.text):
            if inside(line.text, found.start(1)):
                continue
            wanted = read_numeral(found[1]) or 0
            listed = _inline(speech, n, found.end()) or _marked(line.text, found.end())
            leads = _leads().match(found[0]) or line.text[found.end() : found.end() + 1] in ("：", ":")
            if listed is None and leads and not re.search("[。！？].*[。！？]", line.text[found.end() :]):
                listed = _below(speech, first, starts, n)
            if listed is None:
                continue
            told.add(found.start(1))
            if wanted in listed:
                continue
            there = max(listed)
            said_so = str(there) if found[1].isdigit() else counted(there)
            message = f"前面说“{found[0]}”，后面是{counted(there)}条。"
            yield Finding(NAME, n, found.start(1), found.end(1), message, said_so)
        for found in matches(_announced(), line.text, "[1-9两二三四五六七八九十](?=[0-9两二三四五六七八九十个项条点件句大种类步方重])"):
            if found.start("n") not in told and not inside(line.text, found.start("n")):
                yield from _straight(speech, n, found)
        yield from _alone(speech, first, starts, n, told)


def _straight(speech: Speech, n: int, found: re.Match[str]) -> Iterator[Finding]:
    """A number against the list that stands straight behind it."""
    wanted, text = read_numeral(found["n"]) or 0, speech.lines[n].text
    marked = counts(text, found.end())
    if marked and n + 1 < len(speech.lines) and label_of(speech.lines[n + 1].text.strip()):
        return  # it may go on there
    listed = {marked[1]} if marked else _worded(text, found.end()) or _inline(speech, n, found.end())
    if listed and wanted not in listed:
        there = max(listed)
        message = f"前面说“{found[0][:-1]}”，后面是{counted(there)}条。"
        right = str(there) if found["n"].isdigit() else counted(there)
        yield Finding(NAME, n, found.start("n"), found.end("n"), message, right, level="warning")


def _worded(text: str, at: int) -> set[int] | None:
    """How many 首先, 其次, 第三 count behind an offset; None where they do not, or words go on that do not count."""
    said_there = [one for one in ordinals(text) if one.start >= at]
    if len(said_there) < 2 or said_there[0].start != at or text[at] != "首":
        return None
    numbers = [one.number for one in said_there]
    if None in numbers or numbers != list(range(1, len(numbers) + 1)):
        return None
    return {len(numbers)}


#: A paragraph that only says how many things are to be done is no longer than so many characters.
_SHORT = 40


def _alone(
    speech: Speech, first: dict[int, tuple[NumberedPoint, ...]], starts: dict[int, NumberedPoint], n: int, told: set[int]
) -> Iterator[Finding]:
    """A paragraph that says nothing but how many things there are, against the list below it: 重点抓好三项工作。"""
    text = speech.lines[n].text.strip()
    if len(text) > _SHORT or not re.fullmatch("(?:[^，。]{2,4}，)?[^，。；！？：“”（）]+[。：]", text) or n + 1 not in first:
        return
    found = re.search(
        r"(?<![第之几每全])([两二三四五六七八九十]{1,2}|[2-9]|1[0-9])(?:个方面|项|条|点|个环节|个问题|个重点|件)[^，。：、]{0,8}[。：]$", text
    )
    if found is None or not re.search("[抓做讲谈提突推落处把处着][好出动实理握力]?|以下|如下|主要|重点", text[: found.start()]):
        return
    at = speech.lines[n].text.index(text) + found.start(1)
    listed = _below(speech, first, starts, n)
    if at in told or listed is None or read_numeral(found[1]) in listed or len(first[n + 1]) < 2:
        return
    there = max(listed)
    right = str(there) if found[1].isdigit() else counted(there)
    message = f"前面说“{found[0][:-1]}”，下面是{counted(there)}条。"
    yield Finding(NAME, n, at, at + len(found[1]), message, right, level="warning")


def _marked(text: str, at: int) -> set[int] | None:
    """How many are marked （1） or ① right behind a promise; None where none are."""
    marked = counts(text, at)
    return {marked[1]} if marked else None


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
        if not more or more[0].number != last + 1:
            if more and (more[0].start == 0 or more[0].number == 1):
                break
            continue
        for one in more:
            if one.number != last + 1:
                break
            count, last = count + 1, one.number
    while count > 1 and _otherwise(text, mine[-1].end, last + 1):
        count, last = count + 1, last + 1
    return {count, last} if count > 1 else None


def _otherwise(text: str, at: int, number: int) -> bool:
    """Whether a number is said behind an offset in other words than the numbers before it: 一是 二是 三要."""
    return bool(re.search(rf"[；。，”\s](?:其|第)?{numeral(number)}(?![、年月日十百千万零个项]|分之)", text[at:]))


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
