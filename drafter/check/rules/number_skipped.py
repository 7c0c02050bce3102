"""序号跳号或者倒了。

同一层的序号要一个接一个：少一条、前后颠倒，听的人就会以为漏讲了一条。“一是、二是”这样说在句子里的序号也一样。各层分别从头数起，
接着上一部分往下数也可以。

错：一、提高认识　三、抓好落实
对：一、提高认识　二、抓好落实
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from drafter.check.inline import SeriesStep, ordinals, steps
from drafter.check.rules import Finding, Speech
from drafter.check.series import RUNNING, NumberedPoint, mistyped, odd_firsts, points, said
from drafter.chinese.numerals import numeral, read_numeral
from drafter.speech.numbering import Numbering

NAME = "number-skipped"
LEVEL = "error"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"


def check(speech: Speech) -> Iterator[Finding]:
    """Numbers that are neither the first nor the one after the last of their style, nor a repeat of it."""
    last: dict[str, int] = {}
    lines: dict[str, int] = {}
    missing: dict[str, set[int]] = {}
    for p in points(speech.lines):
        if p.style in RUNNING:
            continue
        before = last.get(p.style, 0)
        if p.number == 1:
            missing[p.style] = set()
        elif p.number > before + 1:
            missing.setdefault(p.style, set()).update(range(before + 1, p.number))
            written = before and _written(speech, lines[p.style], p, before)
            right = mistyped(speech.lines).get(p.line)
            if right and not written:
                message = f"“{p.label}”应为“{_like(p, right)}”：前面是“{_like(p, before)}”，后面还有一个“{p.label}”。"
                yield Finding(NAME, p.line, p.start, p.end, message, _like(p, right))
            elif not written and p.line not in odd_firsts(speech.lines) and (not before or not _on_purpose(speech, p, before)):
                yield _fault(p, before)
        elif p.number < before and p.number in missing.get(p.style, set()):
            yield Finding(NAME, p.line, p.start, p.end, f"“{p.label}”排在“{_like(p, before)}”后面了，序号倒了。")
            continue
        elif p.number <= before:
            continue
        last[p.style], lines[p.style] = p.number, p.line
    told = set()
    for finding in _in_text(speech, {p.line for p in points(speech.lines) if p.style not in RUNNING}):
        told.add((finding.line, finding.start))
        yield finding
    for finding in _in_words(speech):
        if (finding.line, finding.start) not in told:
            yield finding
    yield from _aspects(speech)
    for n, line in enumerate(speech.lines):
        yield from _lettered(n, line.text)
        for step in steps(line.text):
            if step.mark.number != step.before.number:
                yield _stepped(n, line.text, step)


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """第三个方面 at the head of a paragraph; A组 at the head of an item."""
    return (
        re.compile("第([一二三四五六七八九十])个(方面|问题|环节|部分|层面|阶段|重点)(?=[，,是：:])"),
        re.compile("(?<![A-Za-z0-9])([A-H]|[甲乙丙丁戊])(会场|组|岗|队|班)(?![合长位织])"),
    )


def _aspects(speech: Speech) -> Iterator[Finding]:
    """Paragraphs that begin 第一个方面, 第三个方面, where nothing between speaks of the second."""
    last: dict[str, tuple[int, int]] = {}
    for n, line in enumerate(speech.lines):
        found = _labels()[0].match(line.text.lstrip()) if "第" in line.text[:4] else None
        if found is None:
            continue
        number, (at, before) = read_numeral(found[1]) or 0, last.get(found[2], (n, 0))
        lost = numeral(before + 1)
        between = "".join(above.text for above in speech.lines[at:n])
        if before and number == before + 2 and f"第{lost}" not in between:
            message = f"“第{numeral(before)}个{found[2]}”后面就是“{found[0]}”，缺“第{lost}个{found[2]}”。"
            start = len(line.text) - len(line.text.lstrip())
            yield Finding(NAME, n, start, start + found.end(), message, level="warning")
        last[found[2]] = (n, number)


#: The letters and stems that label halls and groups, in order.
_ORDERS = ("ABCDEFGH", "甲乙丙丁戊")

#: Fewer labels than these make no series.
_FEW = 3


def _lettered(n: int, text: str) -> Iterator[Finding]:
    """A组, B组, D组: three labels or more in order, the first of them the first letter, one left out and nowhere said."""
    found = list(_labels()[1].finditer(text)) if any(word in text for word in ("A", "甲")) else []
    for order, stem in product(_ORDERS, dict.fromkeys(one[2] for one in found)):
        mine = [one for one in found if one[1] in order and one[2] == stem]
        numbers = [order.index(one[1]) for one in mine]
        if len(mine) < _FEW or numbers[:2] != [0, 1] or sorted(set(numbers)) != numbers:
            continue
        for at in range(2, len(mine)):
            if numbers[at] == numbers[at - 1] + 2 and not re.search(f"{order[numbers[at] - 1]}(?![A-Za-z])", text):
                message = f"“{mine[at - 1][0]}”后面就是“{mine[at][0]}”，缺“{order[numbers[at] - 1]}{mine[at][2]}”。"
                yield Finding(NAME, n, mine[at].start(), mine[at].end(), message, level="warning")


def _stepped(n: int, text: str, step: SeriesStep) -> Finding:
    """A mark inside a paragraph that skips numbers or turns back."""
    words, before = text[step.mark.start : step.mark.end], text[step.before.start : step.before.end]
    if step.mark.number > step.number:
        message = f"“{before}”后面就是“{words}”，缺“{step.mark.label(step.number)}”。"
    else:
        message = f"“{words}”排在“{before}”后面了，序号倒了。"
    return Finding(NAME, n, step.mark.start, step.mark.end, message, level="warning")


def _in_words(speech: Speech) -> Iterator[Finding]:
    """首先…第三: a number that follows neither from the last number nor from the last of 首先, 其次."""
    nth: int | None = None
    worded: int | None = None
    began, last_words = 0, ""
    for n, line in enumerate(speech.lines):
        if line.role == "heading" or (worded and n - began > _BACK):
            worded = None
        for one in ordinals(line.text):
            words = line.text[one.start : one.end].rstrip("，,是要")
            if one.number is None:
                worded = None
            elif words in ("首先", "其次"):
                if words == "首先" or worded == 1 or nth == 1:
                    worded, began, last_words = one.number, n, words
            else:
                if worded and one.number > worded + 1 and (nth is None or one.number != nth + 1 or nth == 1):
                    message = f"“{last_words}”后面就是“{words}”，缺“第{numeral(worded + 1)}”。"
                    yield Finding(NAME, n, one.start, one.start + len(words), message, level="warning")
                nth = one.number
                worded = None


def _fault(p: NumberedPoint, before: int) -> Finding:
    lost = [_like(p, n) for n in range(before + 1, p.number)]
    told = f"“{lost[0]}”" if len(lost) == 1 else f"“{lost[0]}”到“{lost[-1]}”"
    where = f"“{_like(p, before)}”后面就是“{p.label}”" if before else f"从“{p.label}”开始"
    return Finding(NAME, p.line, p.start, p.end, f"{where}，缺{told}。", level="" if before else "warning")


def _written(speech: Speech, start: int, p: NumberedPoint, before: int) -> bool:
    """Whether the numbers left out begin paragraphs or sentences between all the same, with something behind them that
    keeps them from being read as labels: 20.2026年的…, 21.5+2就业."""
    between = "\n".join(line.text for line in speech.lines[start : p.line])
    mark = re.escape(p.label.strip()[-1])
    return all(
        re.search(rf"(?:^|[\n。；])\s*{re.escape(_like(p, n).strip()[:-1])}\s*(?:{mark}|[.．、）)])", between)
        for n in range(before + 1, p.number)
    )


def _on_purpose(speech: Speech, p: NumberedPoint, before: int) -> bool:
    """Whether the numbers left out are spoken of near by: 第（二）项从略, （第三项另行部署）."""
    spoken = "|".join(f"第(?:{numeral(n)}|（{numeral(n)}）)[项条点个]" for n in range(before + 1, p.number))
    near = "\n".join(line.text for line in speech.lines[max(0, p.line - _BACK) : p.line + _BACK + 1])
    return bool(
        re.search(f"(?:{spoken})[^。\n]{{0,24}}(?:略|另行|不再|不讲|不说|书面|无关|关系不大|推迟)", near)
    ) or any(
        re.fullmatch("[（(]?(?:略|从略|省略|……|…)[）)]?", line.text.strip())
        for line in speech.lines[max(0, p.line - 1) : p.line]
    )


def _like(p: NumberedPoint, n: int) -> str:
    if p.style == "1）":
        return f"{n}）"
    try:
        return Numbering.from_sample(p.style).label(n)
    except ValueError:
        return f"第{numeral(n)}{p.label[-1]}"


def _in_text(speech: Speech, broken: set[int]) -> Iterator[Finding]:
    """一是 二是: a number may go on from the paragraph's own series or from the one the paragraphs themselves make."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for n, line in enumerate(speech.lines):
        if n in broken or line.role == "heading":
            starts, ends = {}, {}
        here: dict[str, int] = {}
        over: dict[str, int] = {}
        for one in said(line.text):
            before = here.get(one.verb, 0)
            follows = before + 1 if before else 0
            goes_on = not here and one.number - 1 in (starts.get(one.verb), ends.get(one.verb))
            if one.number in (1, follows) or goes_on:
                pass
            elif before and one.number > before + 1:
                if _filled(line.text[over[one.verb] : one.start], before + 1):
                    here[one.verb] = one.number
                    over[one.verb] = one.end
                    continue
                what = f"“{_say(one.verb, before)}”后面就是“{_say(one.verb, one.number)}”，缺“{_say(one.verb, before + 1)}”。"
                yield Finding(NAME, n, one.start, one.end, what)
            elif one.start == 0 and one.number > ends.get(one.verb, 0) + 1 and ends.get(one.verb):
                what = (
                    f"上面是“{_say(one.verb, ends[one.verb])}”，这里就是“{_say(one.verb, one.number)}”，缺“"
                    f"{_say(one.verb, ends[one.verb] + 1)}”。"
                )
                yield Finding(NAME, n, one.start, one.end, what)
            elif (
                one.start == 0
                and one.verb[0] in "第其"
                and not before
                and not ends.get(one.verb)
                and not _begun(speech, n, one.number)
            ):
                what = f"从“{_say(one.verb, one.number)}”开始，缺“{_say(one.verb, one.number - 1)}”。"
                yield Finding(NAME, n, one.start, one.end, what, level="warning")
            here[one.verb] = one.number
            over[one.verb] = one.end
            if one.start == 0:
                starts[one.verb] = one.number
        ends |= here


#: So many paragraphs back a series may have begun in other words: 首先, 先说, 一方面.
_BACK = 6


def _begun(speech: Speech, line: int, number: int) -> bool:
    """Whether the number before one is said, in whatever way, in the paragraphs above."""
    words = "首先|先说|先讲|先看|第一|其一|一方面|一[是要个来条类]" if number == 2 else f"第?{numeral(number - 1)}"
    if number == 3:
        words += "|其次|再次|再者|然后|接着"
    return any(re.search(words, above.text) for above in speech.lines[max(0, line - _BACK) : line])


def _filled(text: str, n: int) -> bool:
    """Whether the number missing is said in another way between: 其次, 二来, 第二."""
    return bool(re.search(rf"[，；。：](?:其|第)?{numeral(n)}|[，；。：](?:其次|再次|然后|再者|再就是|此外|另外|还有)", text))


def _say(verb: str, n: int) -> str:
    return f"{verb[0]}{numeral(n)}{verb[1:]}" if verb[0] in "第其" else numeral(n) + verb
