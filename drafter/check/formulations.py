"""Where set formulations (提法) stand in a speech, which of them are over, and how that is told. What is known of each:
`drafter.check.tables.formulations`.

Quotation marks do not count when a text is searched. Only the phrases whose first two characters stand in a text are
compared, so a table of thousands costs no more than one of ten.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of
from drafter.check.tables.entries import MARKS, UNMARKED, Formulation
from drafter.check.tables.formulations import MAX_CHARACTERS, STATE, Book, Phrase, book
from drafter.check.whole import kept
from drafter.chinese.pairs import places
from drafter.chinese.prose import CLOSING, enclosed, inside
from drafter.speech.block import Line

#: Characters of a numbered line that is a heading, whatever it has been taken for.
_HEADING = 54

#: So far (characters) from its name a list is a list of what the name counts.
_NEAR = 16


#: What parts clauses. A clause of fewer characters beside its form, `“十四五”时期，`, belongs to what follows.
_CLAUSE = "，；。！？,;!?："
_SHORT_CLAUSE = 6

#: A sentence is looked at so far on either side (characters): longer ones are lists.
REACH = 300


class Hit(NamedTuple):
    """Where a phrase of an entry stands: `lines[line].text[start:end]`. `what`: "form", "item", "wrong", "clash", "deed",
    or "near" where the characters are one away from the form; `instead` is what takes the place of these characters (""
    where nothing is known)."""

    line: int
    start: int
    end: int
    what: str
    entry: Formulation
    phrase: str
    instead: str = ""


class Run(NamedTuple):
    """Items of an entry side by side, in the order they stand. `named`: the name of the set stands by them."""

    line: int
    entry: Formulation
    hits: tuple[Hit, ...]
    named: bool


# ── searching ──────────────────────────────────────────────────────────────────────────────────────────────────────


def hits(speech: Speech, kinds: tuple[str, ...], what: str = "form") -> Iterator[Hit]:
    """Where entries of these kinds stand in a speech, without titles in 《》, other people's words, and longer words that
    only contain the letters."""
    seen: set[tuple[int, int, int]] = set()
    for hit in _of_kinds(speech.lines, what, kinds):
        if hit[:3] not in seen:
            seen.add(hit[:3])
            yield hit


def expired(speech: Speech, kinds: tuple[str, ...]) -> Iterator[Hit]:
    """The forms whose time is over on the day of the speech and that are not told of as past."""
    day = speech.as_of.toordinal()
    for hit in hits(speech, kinds):
        if 0 < hit.entry.until < day and said_as_current(speech, hit):
            yield hit


#: A text of so many characters tells by its formulations when it was written; a shorter one says too little.
_TELLING = 300


@kept
def of_an_earlier_day(speech: Speech) -> bool:
    """Whether a text that names no day of its own says only what was all right on one and the same earlier day: rather
    an old speech than a new one with old words. At least two of its forms, or one and the years it names, must be over;
    one form or year that came up later shows it to be new."""
    if speech.dated or sum(len(line.text) for line in speech.lines) < _TELLING:
        return False
    day = speech.as_of.toordinal()
    since, over = 0, dict[str, int]()
    for hit in hits(speech, ("formulation", "task", "campaign", "body", "document")):
        since = max(since, hit.entry.since)
        if 0 < hit.entry.until < day:
            over[hit.entry.form] = min(hit.entry.until, over.get(hit.entry.form, day))
    years = [y for line in speech.lines for _, y in _years_said(line.text) if y <= speech.as_of.year]
    latest = max(years, default=0)
    if not over or (len(over) < 2 and not latest):
        return False
    return since <= min(over.values()) and latest <= date.fromordinal(min(over.values())).year


def said_as_current(speech: Speech, hit: Hit) -> bool:
    """Whether the words about an expired form say that it still holds: none tells of the past, and those are there that
    the entry asks for."""
    text, entry = speech.lines[hit.line].text, hit.entry
    left, right = (
        text[max(0, hit.start - REACH) : hit.start].rstrip(MARKS),
        text[hit.end : hit.end + REACH].lstrip(MARKS),
    )
    if entry.before and not left.endswith(entry.before):
        return False
    if left.endswith("从") and right.startswith(("到", "发展", "上升", "拓展")):
        return False
    if entry.after and not right.startswith(entry.after):
        return False
    if entry.together:
        clause = _clause(text, hit)
        if not any(word in clause for word in entry.together):
            return False
    sentence = around(text, hit, "。！？!?；")
    excused = "正在" not in sentence and any(w in sentence and f"确保{w}" not in sentence for w in entry.unless_with)
    if excused or looks_back(speech, hit):
        return False
    year = date.fromordinal(entry.last).year if entry.last else speech.as_of.year - 1
    rest = sentence.replace(text[hit.start : hit.end], "　", 1)
    return not _tells_of_past(text, hit, rest, year, speech.as_of.year)


def still_to_come(speech: Speech, hit: Hit) -> bool:
    """Whether the words before a hit, from the beginning of its sentence, say that it is being done or is to be done:
    当前正在开展, 我们要打赢; of a five-year plan those behind it: “十四五”时期，我们要."""
    text = speech.lines[hit.line].text
    before = text[max(0, hit.start - REACH) : hit.start]
    if _to_come().search(before, max(before.rfind(stop) for stop in "。！？!?；") + 1):
        return True
    return hit.entry.form in PLANS and re.match(r"”?(?:时期|期间)，[^，。；]{0,8}[要将](?![求素点])(?![^，。；]*了[，。；])", text[hit.end : hit.end + 60]) is not None


@lru_cache(maxsize=1)
def _to_come() -> re.Pattern[str]:
    return re.compile(
        "(?:^|[，。；：、]|我们|大家|同志|各级|部门|单位|[省市县区乡镇村]|党委|党组)(?:还|都|就|更|也|一定|始终)?(?:要(?![求素点害务闻么是])|必须|务必|应当|将)"
        "|正在|当前|目前|眼下|现阶段|下一步|接下来|今后|力争|即将|抓紧"
    )


def looks_back(speech: Speech, hit: Hit) -> bool:
    """Whether the paragraph, up to the hit, or the heading of the part says that it sums up what has been done."""
    return hit.start > _first_look_back(speech.lines[hit.line].text) or _parts_looking_back(speech.lines)[hit.line]


@lru_cache(maxsize=4096)
def _first_look_back(text: str) -> int:
    found = re.search("年(?:多)?来|回顾|回首|刚刚过去|过去的?[一二三四五六七八九十几两]*年|[一二三四五]年间", text)
    return found.start() if found else len(text)


@kept
def _parts_looking_back(lines: tuple[Line, ...]) -> tuple[bool, ...]:
    """For every line, whether the heading of the first level above it tells of what has been done."""
    out = []
    back = False
    for line in lines:
        out.append(back)
        label = label_of(line.text) if len(line.text) <= _HEADING else None
        numbered = label is not None and label[0] == "一、" and "。" not in line.text
        if numbered or (line.role == "heading" and line.level == 1):
            back = re.search("回顾|总结|成就|成绩|过去|历程|[年期]来", line.text) is not None
    return tuple(out)


def _tells_of_past(text: str, hit: Hit, sentence: str, year: int, now: int) -> bool:
    """Whether the sentence of a hit, without its words, tells of `year` or earlier: it says so, or names such a year or such a five-year
    plan, or the last year named before it is one. `now` is the year of the speech."""
    if _past().search(sentence):
        return True
    years = [int(found[0]) for found in _year().finditer(sentence) if not _goal().search(sentence, 0, found.start())]
    said = _years_said(text)
    before = bisect_left(said, (hit.start, 0)) - 1
    if any(y <= year and y < now for y in (*years, *([said[before][1]] if before >= 0 else []))):
        return True
    if any(
        word in sentence and word != hit.entry.form and ends < now and ends - 4 <= year for word, ends in PLANS.items()
    ):
        return True
    return now - 1 <= year and re.search("去年|上年|上一年|昨年", sentence) is not None


#: The last years of five-year plans.
PLANS = {"“十一五”": 2010, "“十二五”": 2015, "“十三五”": 2020, "“十四五”": 2025, "“十五五”": 2030}


@lru_cache(maxsize=1)
def _goal() -> re.Pattern[str]:
    """What makes the year behind it one that something is to be reached by: 确保到2020年."""
    return re.compile("(?:确保|力争|争取|努力)[^，。；]{0,4}(?:到|在)?$|(?<!已)(?:为?实现|完成)$")


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    return re.compile(
        "曾|当年|当时|时任|原来|原有|原先|原[国省市县区州部委局党政]|过去|以往|历史上|回顾|回望|回首|以前|之前|此前|从前|那时|起初|最初|前身|更名|改名|改为|改称|改组|"
        "退休|干了|工作了|撤销|废止|失效|当时有效|编入|并入|组建|划入|整合|合并|不再|转隶|挂牌|职责|[一二三四五六七八九十两几多]年(?:多)?来|一路走来|年代|世纪|[改革]前|发展[为到成]|提升[为到]|拓展[为到]|上升[为到]|"
        "转化为|转变为|演变|提出|写入|载入|首次|第一次|升华|丰富发展|修改为|调整为|不是|而非|并非|统称|简称|取代|代替|(?<!确保)(?<!力争)(?<!务求)取得(?!新的更大|更大|实效)|实现了|建成了|召开以来|走过|历程|先后|经历"
    )


@lru_cache(maxsize=1)
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:18|19|20)\d\d(?=年|[—–\-~～至到]+\d)")


@lru_cache(maxsize=4096)
def _years_said(text: str) -> tuple[tuple[int, int], ...]:
    """Where years stand in a text, and which."""
    return tuple((found.start(), int(found[0])) for found in _year().finditer(text))


def is_title(text: str, hit: Hit) -> bool:
    """Whether a document is named in 《》 and nothing else stands there; 中华人民共和国 before a law may."""
    return text[max(0, hit.start - 8) : hit.start].endswith(("《", f"《{STATE}")) and text[hit.end : hit.end + 1] == "》"


def around(text: str, hit: Hit, stops: str) -> str:
    """What stands between the nearest stops before and after a hit, `REACH` characters on either side at most."""
    left, right = text[max(0, hit.start - REACH) : hit.start], text[hit.end : hit.end + REACH]
    start = max(left.rfind(stop) for stop in stops) + 1
    ends = [at for stop in stops if (at := right.find(stop)) >= 0]
    return left[start:] + text[hit.start : hit.end] + right[: min(ends, default=len(right))]


def _clause(text: str, hit: Hit) -> str:
    """The clause of a hit, with the next one where it says nothing by itself."""
    left, right = text[max(0, hit.start - REACH) : hit.start], text[hit.end : hit.end + REACH]
    start = max(left.rfind(stop) for stop in _CLAUSE) + 1
    end = 0
    while end < len(right) and (
        right[end] not in _CLAUSE or (len(left) - start + end < _SHORT_CLAUSE and right[end] in "，,")
    ):
        end += 1
    return left[start:] + text[hit.start : hit.end] + right[:end]


@kept
def _scan(lines: tuple[Line, ...]) -> tuple[Hit, ...]:
    table = book()
    bares = [_MARK.sub("", line.text) for line in lines]
    out: list[Hit] = []
    end = 0
    at_hand = deque(_beginning(table, "\n".join(bares)))
    for number, (line, bare) in enumerate(zip(lines, bares, strict=True)):
        start, end = end, end + len(bare) + 1
        here = []
        while at_hand and at_hand[0][0] < end:
            at, some = at_hand.popleft()
            here.append((at - start, some))
        if here:
            out += _of_line(number, line.text, bare, here)
    return tuple(out)


def _beginning(table: Book, text: str) -> list[tuple[int, Sequence[Phrase]]]:
    """Where the first characters of phrases stand in a text, in order, and the phrases."""
    phrases = table.phrases
    found = places(text, table.beginnings)
    here: dict[int, Sequence[Phrase]] = {
        at: some for at, some in zip(found, map(phrases.get, [text[at : at + 3] for at in found]), strict=True) if some
    }
    short = len(here)
    for at in found:
        if some := phrases.get(text[at : at + 2]):
            here[at] = (*some, *here.get(at, ()))
    return [*here.items()] if len(here) == short else sorted(here.items(), key=itemgetter(0))


@kept
def _sorted(lines: tuple[Line, ...]) -> dict[tuple[str, str], list[tuple[int, Hit]]]:
    """What stands in the lines, numbered, by what it is and by the kind of its entry: many rules ask each for a little."""
    out: dict[tuple[str, str], list[tuple[int, Hit]]] = {}
    for number, hit in enumerate(_scan(lines)):
        out.setdefault((hit.what, hit.entry.kind), []).append((number, hit))
    return out


def _of_kinds(lines: tuple[Line, ...], what: str, kinds: tuple[str, ...]) -> list[Hit]:
    """What of these kinds stands in the lines, in order."""
    known = _sorted(lines)
    found = [one for kind in dict.fromkeys(kinds) for one in known.get((what, kind), ())]
    if len(kinds) > 1:
        found.sort(key=itemgetter(0))
    return [hit for _, hit in found]


def _of_line(number: int, text: str, bare: str, begins: list[tuple[int, Sequence[Phrase]]]) -> list[Hit]:
    """What stands in a line; `bare` is its text without quotation marks, and `begins` says where which phrases may stand in
    that."""
    found: list[Found] = []
    missed: list[Found] = []
    for at, some in begins:
        for phrase, what, entry, instead in some:
            if bare.startswith(phrase, at):
                if what not in ("head", "tail"):
                    found.append((at, at + len(phrase), what, entry, instead))
                elif near := near_miss(bare, at, what, entry):
                    missed.append((*near, "near", entry, instead))
    if not found and not missed:
        return []
    marks = [mark.start() - before for before, mark in enumerate(_MARK.finditer(text))]
    out = []
    for number_found, (at, end, what, entry, instead) in enumerate((*found, *missed)):
        if what == "near":
            if _is_known(found, at, end):
                continue
        elif what != "item" and _hidden(bare, found, number_found):
            continue
        start, stop = whole(text, at + bisect_right(marks, at), end + bisect_right(marks, end - 1))
        phrase = bare[at:end]
        if what not in ("item", "deed") and _is_anothers(text, start, stop, entry, what):
            continue
        if (
            instead.startswith("“")
            and instead.endswith("”")
            and instead.count("“") == 1
            and start
            and CLOSING.get(text[start - 1], " ") == text[stop : stop + 1]
        ):
            instead = instead[1:-1]
        out.append(Hit(number, start, stop, what, entry, phrase, instead))
    return out


_MARK = re.compile(f"[{re.escape(MARKS)}]")

Found = tuple[int, int, str, Formulation, str]


def _hidden(bare: str, found: list[Found], number: int) -> bool:
    """Whether the letters belong to a longer word: another entry's, or one that the entry names."""
    at, end, what, entry, _ = found[number]
    for step in (-1, 1):
        near = number + step
        while 0 <= near < len(found) and (at - MAX_CHARACTERS < found[near][0] <= at):
            other_at, other_end, other_what, other, _ = found[near]
            if (
                other_end >= end
                and other_end - other_at > end - at
                and other_what == "form"
                and (other is not entry or what != "form")
            ):
                return True
            near += step
    return any(0 <= bare.find(longer, max(0, end - len(longer)), at + len(longer)) <= at for longer in entry.unless)


_COUNTS = frozenset("一二两三四五六七八九十百")

#: From so many characters on, the last one may be the wrong one; of a shorter form that goes on it is rather another
#: word's: 退役军人事务工作.
_LONG = 8

#: What may be put in, left out or said another way in a fixed phrase: 国家治理体系和治理能力的现代化.
_LOOSE = frozenset("、，,；;：:。（）()《》〈〉—-…·的地得之了着和与同及并也更都将把被在于等各新好再")


def near_miss(bare: str, at: int, what: str, entry: Formulation) -> tuple[int, int] | None:
    """Where a half of a form stands at `at` and the other half beside it has one character wrong, missing, twice or
    changed about with the next: from where to where. None where all of the form stands there, or another thing. Its
    first character is not judged: 坚持, 坚守, 秉持以人民为中心."""
    name = entry.name
    half = len(name) // 2
    if bare.startswith(name, at if what == "head" else max(0, at - half)):
        return None
    if what == "head":
        kept, rest = half, name[half:]
        begin, text = at, bare[at + half : at + len(name) + 1]
    else:
        kept, rest = len(name) - half, name[:half][::-1]
        begin, text = at + kept, bare[max(0, at - half - 1) : at][::-1]
    ends = what == "head" and (len(name) >= _LONG or not "一" <= text[len(rest) : len(rest) + 1] <= "鿿")
    length = _one_away(rest, text, ends)
    if not length:
        return None
    start, end = (begin, begin + kept + length) if what == "head" else (at - length, begin)
    return None if bare[start:end] in entry.near else (start, end)


def _one_away(right: str, text: str, last: bool) -> int:
    """How many characters of a text, from its beginning, are one slip away from the right ones; 0 where they are them,
    or more than one slip away. `last`: the last of them may be the wrong one."""
    same = 0
    while same < len(right) and same < len(text) and right[same] == text[same]:
        same += 1
    if same == len(text) or same >= len(right) - (not last):
        return 0
    said, meant, after = text[same], right[same], right[same + 1 :]
    if not "一" <= said <= "鿿" or said in _LOOSE or meant in _LOOSE or (said in _COUNTS and meant in _COUNTS):
        return 0
    if after[:1] == said and text.startswith(meant + after[1:], same + 1):
        return len(right)
    if text.startswith(after, same + 1):
        return len(right)
    if len(after) > 1 and text.startswith(after, same):
        return len(right) - 1
    if same and said == right[same - 1] and text.startswith(right[same:], same + 1):
        return len(right) + 1
    return 0


def _is_known(found: list[Found], at: int, end: int) -> bool:
    """Whether what is one character from one form is another form, or is told as misquoted. What is found stands in the
    order of its beginnings."""
    first = bisect_left(found, at - MAX_CHARACTERS, key=lambda one: one[0])
    last = bisect_left(found, end, key=lambda one: one[0])
    return any(
        (what in ("wrong", "clash") and at < other_end) or (what == "form" and other <= at and end <= other_end)
        for other, other_end, what, _, _ in found[first:last]
    )


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of a text with the quotation mark that belongs to it: of `做到“两个维护` also the closing one."""
    inner = text[start:end]
    if inner.count("“") > inner.count("”") and text[end : end + 1] == "”":
        end += 1
    elif inner.count("”") > inner.count("“") and text[start - 1 : start] == "“":
        start -= 1
    return start, end


def _is_anothers(text: str, start: int, end: int, entry: Formulation, what: str) -> bool:
    """Whether the words stand in a title or in what somebody else has said; a name alone between its marks does not."""
    if entry.kind != "document" and inside(text, start, end, marks="《〈"):
        return True
    outer = _quotations(text)
    number = bisect_left(outer, (start, len(text) + 1)) - 1
    if number < 0 or end > outer[number][1]:
        return False
    return outer[number] != (start, end) or (what == "form" and entry.form[:1] != "“")


@lru_cache(maxsize=4096)
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations begin and end that stand in no other."""
    out: list[tuple[int, int]] = []
    for e in enclosed(text):
        if e.mark in "“‘「『" and (not out or e.start > out[-1][1]):
            out.append((e.start, e.end))
    return tuple(out)


def items(speech: Speech, kinds: tuple[str, ...]) -> Iterator[tuple[Hit, ...]]:
    """The items of every entry that holds on the day of the speech, line for line as they stand."""
    day = speech.as_of.toordinal()
    of: dict[tuple[int, str, str], list[Hit]] = {}
    for hit in _of_kinds(speech.lines, "item", kinds):
        if hit.entry.said_on(day):
            of.setdefault((hit.line, hit.entry.kind, hit.entry.form), []).append(hit)
    return map(tuple, of.values())


def runs(speech: Speech, kinds: tuple[str, ...]) -> Iterator[Run]:
    """The items of entries that hold on the day of the speech, where they stand side by side, two at least."""
    for found in items(speech, kinds):
        text = speech.lines[found[0].line].text
        run: list[Hit] = []
        for hit in found:
            if run and hit.start < run[-1].end:
                if hit.start == run[-1].start and hit.end > run[-1].end:
                    run[-1] = hit
                continue
            if run and not _side_by_side(text[run[-1].end : hit.start], hit.entry.kind):
                yield from _run(text, run)
                run = []
            run.append(hit)
        yield from _run(text, run)


def _run(text: str, run: list[Hit]) -> Iterator[Run]:
    if len(run) < 2:
        return
    first, last, entry = run[0], run[-1], run[0].entry
    if _is_anothers(text, first.start, last.end, entry, "item"):
        return
    left = text[max(0, first.start - len(entry.form) - _NEAR) : first.start].translate(UNMARKED)
    right = text[last.end : last.end + len(entry.form) + 4].translate(UNMARKED)
    cut = max(left.rfind(stop) for stop in "。！？；")
    named = entry.name in left[cut + 1 :] or entry.name in re.split("[。！？；]", right)[0]
    yield Run(first.line, entry, tuple(run), named)


def _side_by_side(between: str, kind: str) -> bool:
    if kind == "sequence":
        return len(between) <= 10 and not re.search("[。！？；是以]", between)
    return re.fullmatch(r"[“”‘’]*(?:[、，；,;]|[、，；]?(?:以?及|[和与同又且])(?:要)?|[、，；]又)[“”‘’]*", between) is not None


# ── saying it ──────────────────────────────────────────────────────────────────────────────────────────────────────


def finding(rule: str, hit: Hit, message: str, safe: bool = False, level: str = "") -> Finding:
    """A finding of what a hit marks, with the entry's note and source: of an unsure entry advice, else `level` or the
    entry's."""
    entry = hit.entry
    told = "。".join(filter(None, (message, entry.note, _sourced(entry)))) + "。"
    level = "advice" if not entry.sure else level or entry.level
    return Finding(
        rule, hit.line, hit.start, hit.end, told, hit.instead or None, safe and not level and bool(hit.instead), level
    )


def _sourced(entry: Formulation) -> str:
    """What an entry rests on; of an office's own also the name of its table."""
    if not entry.table:
        return f"出处：{entry.source}" if entry.source else ""
    return f"出处：本单位的“{entry.table}”" + (f"，{entry.source}" if entry.source else "")


def day_said(day: int) -> str:
    """A day as it is told: 2016年10月27日."""
    when = date.fromordinal(day)
    return f"{when.year}年{when.month}月{when.day}日"
