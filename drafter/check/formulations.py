"""Set formulations (提法) and since when, and until when, each is said: the tables `drafter/check/data/formulations*.yaml`.

A user adds files of the same form: every `*.yaml` in ./formulations/ and in formulations/ of the user's folder ($DRAFTER_HOME, else
the platform's data folder) is read too. An entry of a user's file takes the place of a shipped one of the same form and kind;
`level: off` silences it. A file is `checked` (the day its facts were last compared) and `groups`; a group is a list `forms` with what
holds for all of them. A form is a line, `old → new`, or has these keys:

    form           the words; between “” where they are a name that is written so
    kind           formulation (default), task, campaign, body, document, address, forbidden, careful, meeting, sequence
    from, to       first and last day it is right: 2016, 2016-10 or 2016-10-27
    now            what is said instead since
    items          what the name counts, in its order: a list, or a line with 、 (or ；) between
    wrong          misquotations, each `wrong → right` (right: the form, where only the wrong one is given)
    clash          wrong company, the same way: 增强“四个自信” → 坚定“四个自信”
    with           words one of which must stand in the same clause for an expired form to be wrong
    after, before  words one of which must stand right there
    unless         longer words in which the letters are something else
    unless-with    words that make it right where one stands in the same sentence
    order: free    the items may change places
    confidence     sure (default) or unsure: an unsure entry gives advice, never an error
    level, note, source

Words of a list stand on one line with blanks between, or as a list. Quotation marks do not count when a text is searched. Only the
phrases whose first two characters stand in a text are compared, so a table of thousands costs no more than one of ten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.check.rules import LEVELS, Finding, Line, Speech
from drafter.chinese.prose import CLOSING, enclosed, inside
from drafter.diagnostic import Diagnostic, Problems, Rejected

if TYPE_CHECKING:
    from drafter.outline.yaml import Node, Scalar, Source

#: Where the tables are that came with drafter.
TABLES = Path(__file__).parent / "data"

#: The folder of a user's own tables.
FOLDER = "formulations"

KINDS = ("formulation", "task", "campaign", "body", "document", "address", "forbidden", "careful", "meeting", "sequence")

#: Limits on a table: the longest formulation known has 60 characters, the longest set 12 items.
MAX_FORMS = 5_000
MAX_CHARACTERS = 120
MAX_ITEMS = 30
MAX_WORDS = 200
MAX_FILES = 200

#: Marks that do not count in a search.
_MARKS = "“”‘’\"'「」『』＂"
UNMARKED = str.maketrans("", "", _MARKS)

#: So far (characters) from its name a list is a list of what the name counts.
_NEAR = 16


#: What parts clauses. A clause of fewer characters beside its form, `“十四五”时期，`, belongs to what follows.
_CLAUSE = "，；。！？,;!?："
_SHORT_CLAUSE = 6

#: A sentence is looked at so far on either side (characters): longer ones are lists.
_REACH = 300


class Formulation(NamedTuple):
    """An entry. `first` and `last` are days as `date.toordinal` counts them, 0 where there is no bound. `wrong` and `clash` are
    (wrong, right); `level` "" is the rule's own. `since` and `until` are the first and last day of all entries of the form: “四个
    全面” lives on with other items."""

    form: str
    kind: str = "formulation"
    first: int = 0
    last: int = 0
    now: str = ""
    items: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    clash: tuple[tuple[str, str], ...] = ()
    together: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()
    free: bool = False
    sure: bool = True
    level: str = ""
    note: str = ""
    source: str = ""
    since: int = 0
    until: int = 0

    @property
    def name(self) -> str:
        """The form without quotation marks."""
        return self.form.translate(UNMARKED)

    def said_on(self, day: int) -> bool:
        """Whether it is right on a day."""
        return self.first <= day and (not self.last or day <= self.last)


class Hit(NamedTuple):
    """Where a phrase of an entry stands: `lines[line].text[start:end]`. `what`: "form", "item", "wrong" or "clash"; `instead` is
    what takes the place of these characters ("" where nothing is known)."""

    line: int
    start: int
    end: int
    what: str
    entry: Formulation
    phrase: str
    instead: str = ""


#: A user's files: path, time, size.
Stamp = tuple[tuple[str, int, int], ...]


class Run(NamedTuple):
    """Items of an entry side by side, in the order they stand. `named`: the name of the set stands by them."""

    line: int
    entry: Formulation
    hits: tuple[Hit, ...]
    named: bool


# ── searching ──────────────────────────────────────────────────────────────────────────────────────────────────────


def hits(speech: Speech, kinds: tuple[str, ...], what: str = "form") -> Iterator[Hit]:
    """Where entries of these kinds stand in a speech, without titles in 《》, other people's words, and longer words that only
    contain the letters."""
    seen: set[tuple[int, int, int]] = set()
    for hit in _scan(speech.lines, stamp()):
        if hit.what == what and hit.entry.kind in kinds and hit[:3] not in seen:
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


def of_an_earlier_day(speech: Speech) -> bool:
    """Whether a text that names no day of its own says only what was all right on one and the same earlier day: rather an old
    speech than a new one with old words. At least two of its forms, or one and the years it names, must be over; one form or year
    that came up later shows it to be new."""
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
    """Whether the words about an expired form say that it still holds: none tells of the past, and those are there that the
    entry asks for."""
    text, entry = speech.lines[hit.line].text, hit.entry
    left, right = text[max(0, hit.start - _REACH) : hit.start].rstrip(_MARKS), text[hit.end : hit.end + _REACH].lstrip(_MARKS)
    if entry.before and not left.endswith(entry.before):
        return False
    if entry.after and not right.startswith(entry.after):
        return False
    if entry.together:
        clause = _clause(text, hit)
        if not any(word in clause for word in entry.together):
            return False
    sentence = around(text, hit, "。！？!?；")
    if any(word in sentence for word in entry.unless_with) or looks_back(speech, hit):
        return False
    year = date.fromordinal(entry.last).year if entry.last else speech.as_of.year - 1
    return not _tells_of_past(text, hit, sentence, year, speech.as_of.year)


def looks_back(speech: Speech, hit: Hit) -> bool:
    """Whether the paragraph, up to the hit, or the heading of the part says that it sums up what has been done."""
    return hit.start > _first_look_back(speech.lines[hit.line].text) or _parts_looking_back(speech.lines)[hit.line]


@lru_cache(maxsize=4096)
def _first_look_back(text: str) -> int:
    found = re.search("年(?:多)?来|回顾|回首|刚刚过去|过去的?[一二三四五六七八九十几两]*年|[一二三四五]年间", text)
    return found.start() if found else len(text)


@lru_cache(maxsize=4)
def _parts_looking_back(lines: tuple[Line, ...]) -> tuple[bool, ...]:
    """For every line, whether the heading of the first level above it tells of what has been done."""
    out = []
    back = False
    for line in lines:
        out.append(back)
        if (line.role == "heading" and line.level == 1) or re.match("[一二三四五六七八九十]{1,3}、[^。]{2,50}$", line.text):
            back = re.search("回顾|总结|成就|成绩|过去|历程|[年期]来", line.text) is not None
    return tuple(out)


def _tells_of_past(text: str, hit: Hit, sentence: str, year: int, now: int) -> bool:
    """Whether the sentence of a hit tells of `year` or earlier: it says so, or names such a year or such a five-year plan, or
    the last year named before it is one. `now` is the year of the speech."""
    if _past().search(sentence):
        return True
    years = [int(found[0]) for found in _year().finditer(sentence)]
    said = _years_said(text)
    before = bisect_left(said, (hit.start, 0)) - 1
    if any(y <= year and y < now for y in (*years, *([said[before][1]] if before >= 0 else []))):
        return True
    if any(word in sentence and word != hit.entry.form and ends < now and ends - 4 <= year for word, ends in PLANS.items()):
        return True
    return now - 1 <= year and re.search("去年|上年|上一年|昨年", sentence) is not None


#: The last years of five-year plans.
PLANS = {"“十一五”": 2010, "“十二五”": 2015, "“十三五”": 2020, "“十四五”": 2025, "“十五五”": 2030}


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    return re.compile(
        "曾|当年|当时|时任|原来|原有|原先|原[国省市县区州部委局党政]|过去|以往|历史上|回顾|回望|回首|以前|之前|此前|从前|那时|起初|最初|前身|更名|改名|改为|改称|改组|"
        "撤销|组建|划入|整合|合并|不再|转隶|挂牌|职责|[一二三四五六七八九十两几多]年(?:多)?来|一路走来|年代|世纪|[改革]前|发展[为到成]|提升[为到]|拓展[为到]|上升[为到]|"
        "转化为|转变为|演变|提出|写入|载入|首次|第一次|升华|丰富发展|修改为|调整为|不是|而非|并非|统称|简称|取代|代替|取得|实现了|建成了|召开以来|走过|历程|先后|经历"
    )


@lru_cache(maxsize=1)
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:18|19|20)\d\d(?=年|[—–\-~～至到]+\d)")


@lru_cache(maxsize=4096)
def _years_said(text: str) -> tuple[tuple[int, int], ...]:
    """Where years stand in a text, and which."""
    return tuple((found.start(), int(found[0])) for found in _year().finditer(text))


def around(text: str, hit: Hit, stops: str) -> str:
    """What stands between the nearest stops before and after a hit, `_REACH` characters on either side at most."""
    left, right = text[max(0, hit.start - _REACH) : hit.start], text[hit.end : hit.end + _REACH]
    start = max(left.rfind(stop) for stop in stops) + 1
    ends = [at for stop in stops if (at := right.find(stop)) >= 0]
    return left[start:] + text[hit.start : hit.end] + right[: min(ends, default=len(right))]


def _clause(text: str, hit: Hit) -> str:
    """The clause of a hit, with the next one where it says nothing by itself."""
    left, right = text[max(0, hit.start - _REACH) : hit.start], text[hit.end : hit.end + _REACH]
    start = max(left.rfind(stop) for stop in _CLAUSE) + 1
    end = 0
    while end < len(right) and (right[end] not in _CLAUSE or (len(left) - start + end < _SHORT_CLAUSE and right[end] in "，,")):
        end += 1
    return left[start:] + text[hit.start : hit.end] + right[:end]


@lru_cache(maxsize=4)
def _scan(lines: tuple[Line, ...], files: Stamp) -> tuple[Hit, ...]:
    table = book()
    out: list[Hit] = []
    for number, line in enumerate(lines):
        out += _of_line(table, number, line.text)
    return tuple(out)


def _of_line(table: Book, number: int, text: str) -> list[Hit]:
    bare = text.translate(UNMARKED)
    where = range(len(text)) if len(bare) == len(text) else [at for at, c in enumerate(text) if c not in _MARKS]
    phrases = table.phrases
    found: list[Found] = []
    for at in range(len(bare) - 1):
        for phrase, what, entry, instead in phrases.get(bare[at : at + 2], ()):
            if bare.startswith(phrase, at):
                found.append((at, at + len(phrase), what, entry, instead))
    out = []
    for number_found, (at, end, what, entry, instead) in enumerate(found):
        if what != "item" and _hidden(bare, found, number_found):
            continue
        start, stop = whole(text, where[at], where[end - 1] + 1)
        phrase = bare[at:end]
        if what != "item" and _is_anothers(text, start, stop, entry, what):
            continue
        if instead.startswith("“") and instead.endswith("”") and instead.count("“") == 1 and start and CLOSING.get(text[start - 1], " ") == text[stop : stop + 1]:
            instead = instead[1:-1]
        out.append(Hit(number, start, stop, what, entry, phrase, instead))
    return out


Found = tuple[int, int, str, Formulation, str]


def _hidden(bare: str, found: list[Found], number: int) -> bool:
    """Whether the letters belong to a longer word: another entry's, or one that the entry names."""
    at, end, what, entry, _ = found[number]
    for step in (-1, 1):
        near = number + step
        while 0 <= near < len(found) and (at - MAX_CHARACTERS < found[near][0] <= at):
            other_at, other_end, other_what, other, _ = found[near]
            if other_end >= end and other_end - other_at > end - at and other_what == "form" and (other is not entry or what != "form"):
                return True
            near += step
    return any(0 <= bare.find(longer, max(0, end - len(longer)), at + len(longer)) <= at for longer in entry.unless)


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


def runs(speech: Speech, kinds: tuple[str, ...]) -> Iterator[Run]:
    """The items of entries that hold on the day of the speech, where they stand side by side, two at least."""
    day = speech.as_of.toordinal()
    of: dict[tuple[int, str, str], list[Hit]] = {}
    for hit in _scan(speech.lines, stamp()):
        if hit.what == "item" and hit.entry.kind in kinds and hit.entry.said_on(day):
            of.setdefault((hit.line, hit.entry.kind, hit.entry.form), []).append(hit)
    for (number, _, _), found in of.items():
        text = speech.lines[number].text
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
        return len(between) <= 10 and not re.search("[。！？；]", between)
    return re.fullmatch(r"[“”‘’]*(?:[、，；,;]|[、，；]?(?:以?及|[和与同又且])(?:要)?|[、，；]又)[“”‘’]*", between) is not None


# ── saying it ──────────────────────────────────────────────────────────────────────────────────────────────────────


def finding(rule: str, hit: Hit, message: str, safe: bool = False, level: str = "") -> Finding:
    """A finding of what a hit marks, with the entry's note and source: of an unsure entry advice, else `level` or the entry's."""
    entry = hit.entry
    told = "。".join(filter(None, (message, entry.note, f"出处：{entry.source}" if entry.source else ""))) + "。"
    level = "advice" if not entry.sure else level or entry.level
    return Finding(rule, hit.line, hit.start, hit.end, told, hit.instead or None, safe and not level and bool(hit.instead), level)


def called(words: str) -> str:
    """Words between quotation marks, unless they have their own."""
    return words if "“" in words else f"“{words}”"


def day_said(day: int) -> str:
    """A day as it is told: 2016年10月27日."""
    when = date.fromordinal(day)
    return f"{when.year}年{when.month}月{when.day}日"


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


#: Words, what they are ("form", "item", "wrong" or "clash"), whose, and what takes their place.
Phrase = tuple[str, str, Formulation, str]


class Book(NamedTuple):
    """All entries. `phrases`: what is looked for, by its first two characters. `checked`: the day (`date.toordinal`) up to which
    the facts of every shipped table have been compared."""

    entries: tuple[Formulation, ...]
    phrases: dict[str, list[Phrase]]
    checked: int

    def of(self, *kinds: str) -> Iterator[Formulation]:
        """The entries of these kinds."""
        return (entry for entry in self.entries if entry.kind in kinds)


def book() -> Book:
    """The entries that came with drafter and the user's. Raises Rejected with every fault of a user's file."""
    return _book(stamp())


def stamp() -> Stamp:
    """The user's files as they are now: path, time and size."""
    import os

    from drafter.outline import shelf

    out = []
    for folder in (shelf.user_home() / FOLDER, Path(FOLDER)):
        try:
            for entry in sorted(os.scandir(folder), key=lambda e: e.name):
                if entry.name.endswith((".yaml", ".yml")) and not entry.name.startswith(".") and entry.is_file():
                    told = entry.stat()
                    out.append((os.path.abspath(entry.path), told.st_mtime_ns, told.st_size))
        except OSError:
            continue
    return tuple(out[:MAX_FILES])


@lru_cache(maxsize=4)
def _book(files: Stamp) -> Book:
    from hashlib import sha256

    from drafter.outline import shelf

    found = [(str(path), shelf.read_bytes(path)) for path in (*_shipped(), *(Path(path) for path, _, _ in files))]
    rows, checked = shelf.kept("formulations", ("7", *(f"{file} {sha256(data).hexdigest()}" for file, data in found)), lambda: _made(found))
    entries = []
    phrases: dict[str, list[Phrase]] = {}
    for row, said in rows:
        entry = Formulation(*row)
        entries.append(entry)
        for phrase, what, instead in said:
            phrases.setdefault(phrase[:2], []).append((phrase, what, entry, instead))
    return Book(tuple(entries), phrases, checked)


@lru_cache(maxsize=1)
def _shipped() -> tuple[Path, ...]:
    return tuple(sorted(TABLES.glob("formulations*.yaml")))


def _phrases(entry: Formulation) -> Iterator[tuple[str, str, str]]:
    if entry.kind != "sequence" and (entry.kind != "document" or entry.last):
        yield entry.name, "form", entry.now
    for wrong, right in entry.wrong:
        yield wrong.translate(UNMARKED), "wrong", right
    for wrong, right in entry.clash:
        yield wrong.translate(UNMARKED), "clash", right
    for item in entry.items:
        yield item.translate(UNMARKED), "item", ""


def _made(files: list[tuple[str, bytes]]) -> tuple[Any, ...]:
    """The entries of all files and their phrases as plain tuples, for the cache. A user's entry takes the place of those of its form and kind."""
    from drafter.outline.yaml import decode

    out: dict[tuple[str, str], list[Formulation]] = {}
    checked = []
    for number, (file, data) in enumerate(files):
        own = number >= len(_shipped())
        fresh: set[tuple[str, str]] = set()
        table = read(decode(data, file)[0])
        if not own:
            checked.append(table.checked)
        for entry in table.entries:
            key = entry.form, entry.kind
            if own and key not in fresh:
                out[key] = []
            fresh.add(key)
            out.setdefault(key, []).append(entry)
    rows = tuple((tuple(entry), tuple(_phrases(entry))) for entries in out.values() for entry in _lived(entries))
    return rows, min(checked)


def _lived(entries: list[Formulation]) -> Iterator[Formulation]:
    """The entries of a form and kind with the time of them all."""
    since = min(entry.first for entry in entries)
    until = 0 if any(not entry.last for entry in entries) else max(entry.last for entry in entries)
    return (entry._replace(since=since, until=until) for entry in entries if entry.level != "off")


_TOP = ("checked", "groups")
_TEXTS = ("form", "kind", "from", "to", "now", "order", "confidence", "level", "note", "source")
_LISTS = ("items", "wrong", "clash", "with", "after", "before", "unless", "unless-with")
_GROUP = ("forms", *_TEXTS[1:], *_LISTS[3:])


class Table(NamedTuple):
    """A file: its entries, and the day its facts were last compared (0 where it does not say)."""

    entries: tuple[Formulation, ...]
    checked: int = 0


def read(source: Source) -> Table:
    """A table. Raises Rejected with every fault and its place."""
    from drafter.outline.yaml import parse

    problems = Problems()
    top = parse(source, frozenset((*_TOP, *_TEXTS, *_LISTS, "forms")))
    out: list[Formulation] = []
    told = _keys(top, _TOP, problems)
    checked = _day(told["checked"], True, problems) if "checked" in told else 0
    for group in _list(told.get("groups"), "groups", problems):
        fields = _keys(group, _GROUP, problems)
        common = {key: value for key, value in fields.items() if key != "forms"}
        if "forms" not in fields:
            problems.append(group.diagnostic("这一组没有 forms。", hint="在 forms 下面一行写一个提法。"))
        for node in _list(fields.get("forms"), "forms", problems):
            if len(out) == MAX_FORMS:
                problems.append(node.diagnostic(f"提法太多，一个文件最多 {MAX_FORMS:,} 个。"))
                raise Rejected(*problems)
            entry = _entry(node, common, problems)
            if entry:
                out.append(entry)
    if problems:
        raise Rejected(*problems)
    return Table(tuple(out), checked)


def _keys(node: Node, known: tuple[str, ...], problems: list[Diagnostic]) -> dict[str, Node]:
    from drafter.diagnostic import nearest
    from drafter.outline.yaml import Mapping

    if not isinstance(node, Mapping):
        problems.append(node.diagnostic("这里要一行写一条“名称: 内容”。"))
        return {}
    out: dict[str, Node] = {}
    for key, value in node.entries:
        if key.text in known:
            out[key.text] = value
        else:
            hint = nearest(key.text, known) or f"可以写：{'、'.join(known)}。"
            problems.append(key.diagnostic(f"不认识的“{key.text}”。", hint=hint))
    return out


def _list(node: Node | None, key: str, problems: list[Diagnostic]) -> tuple[Node, ...]:
    from drafter.outline.yaml import Sequence

    if node is None:
        return ()
    if not isinstance(node, Sequence):
        problems.append(node.diagnostic(f"{key} 要写成列表，一项一行，行首写“- ”。"))
        return ()
    return node.items


def _entry(node: Node, common: dict[str, Node], problems: list[Diagnostic]) -> Formulation | None:
    from drafter.outline.yaml import Scalar

    if isinstance(node, Scalar):
        form, arrow, now = node.text.partition("→")
        if max(len(form), len(now)) > MAX_CHARACTERS:
            problems.append(node.diagnostic(f"一个提法最多 {MAX_CHARACTERS} 个字。"))
            return None
        fields, given = common, {"form": form.strip(), "now": now.strip() if arrow else ""}
    else:
        fields, given = common | _keys(node, (*_TEXTS, *_LISTS), problems), {}
        if "form" not in fields:
            problems.append(node.diagnostic("这一条没有 form。", hint="form 后面写这个提法。"))
            return None

    def text(key: str, among: tuple[str, ...] = (), usual: str = "") -> str:
        return given[key] if key in given else _text(fields.get(key), key, among, usual, problems)

    def words(key: str) -> tuple[str, ...]:
        rows = _rows(fields.get(key), key, problems)
        return tuple(word.translate(UNMARKED) for row in rows for word in row.split())

    def pairs(key: str) -> tuple[tuple[str, str], ...]:
        cut = [row.partition("→") for row in _rows(fields.get(key), key, problems)]
        return tuple((wrong.strip(), right.strip() if arrow else form) for wrong, arrow, right in cut)

    def day(key: str, end: bool) -> int:
        value = fields.get(key)
        return _day(value, end, problems) if value is not None else 0

    form = text("form")
    items = _rows(fields.get("items"), "items", problems)
    entry = Formulation(
        form=form,
        kind=text("kind", KINDS, "formulation"),
        first=day("from", False),
        last=day("to", True),
        now=text("now"),
        items=tuple(re.split("；" if "；" in items[0] else "、", items[0])) if len(items) == 1 else items,
        wrong=pairs("wrong"),
        clash=pairs("clash"),
        together=words("with"),
        after=words("after"),
        before=words("before"),
        unless=words("unless"),
        unless_with=words("unless-with"),
        free=text("order", ("free",)) == "free",
        sure=text("confidence", ("sure", "unsure"), "sure") == "sure",
        level=text("level", (*LEVELS, "off")),
        note=text("note").rstrip("。"),
        source=text("source"),
    )
    where = node if isinstance(node, Scalar) else fields["form"]
    return entry if _holds_together(entry, where, problems) else None


def _holds_together(entry: Formulation, where: Node, problems: list[Diagnostic]) -> bool:
    """Whether an entry can be used; what is wrong with it is told."""
    phrases = list(_phrases(entry))
    if len(entry.name) < 2 or any(len(phrase) < 2 for phrase, _, _ in phrases):
        problems.append(where.diagnostic(f"“{entry.form}”要有两个字以上；它的 items、wrong、clash 各项也一样。"))
        return False
    if len(entry.items) > MAX_ITEMS:
        problems.append(where.diagnostic(f"“{entry.form}”的 items 太多，最多 {MAX_ITEMS} 项。"))
    said = next((phrase for phrase, what, _ in phrases if what in ("wrong", "clash") and phrase in entry.name), "")
    if said:
        hint = "引号不算字；改 wrong 或者 clash。"
        problems.append(where.diagnostic(f"“{said}”写成了错的，可是{called(entry.form)}里就有这几个字。", hint=hint))
    if entry.first and entry.last and entry.first > entry.last:
        problems.append(where.diagnostic(f"“{entry.form}”的 from 比 to 晚。"))
    return True


def _text(node: Node | None, key: str, among: tuple[str, ...], usual: str, problems: list[Diagnostic]) -> str:
    from drafter.outline.yaml import Scalar

    if node is None:
        return usual
    if not isinstance(node, Scalar):
        problems.append(node.diagnostic(f"{key} 只写一行字。"))
        return usual
    if among and node.text not in among:
        problems.append(node.diagnostic(f"{key} 的“{node.text}”不对。", hint=f"可以写：{'、'.join(among)}。"))
        return usual
    return _short(node, key, problems)


def _short(node: Scalar, key: str, problems: list[Diagnostic]) -> str:
    if len(node.text) > MAX_CHARACTERS:
        problems.append(node.diagnostic(f"{key} 太长，最多 {MAX_CHARACTERS} 个字。"))
    return node.text[:MAX_CHARACTERS]


def _rows(node: Node | None, key: str, problems: list[Diagnostic]) -> tuple[str, ...]:
    """The lines of a list, or the one line that stands instead."""
    from drafter.outline.yaml import Scalar

    if node is None:
        return ()
    if isinstance(node, Scalar):
        if len(node.text) > MAX_WORDS * 10:
            problems.append(node.diagnostic(f"{key} 太长，最多 {MAX_WORDS * 10} 个字。"))
        return (node.text[: MAX_WORDS * 10],)
    out = []
    for row in _list(node, key, problems):
        if isinstance(row, Scalar):
            out.append(_short(row, key, problems))
        else:
            problems.append(row.diagnostic(f"{key} 里只写字，一行一条。"))
    if len(out) > MAX_WORDS:
        problems.append(node.diagnostic(f"{key} 太多，最多 {MAX_WORDS} 条。"))
    return tuple(out)


def _day(node: Node, end: bool, problems: list[Diagnostic]) -> int:
    """The day a date names; of a year or a month its first, or with `end` its last."""
    text = getattr(node, "text", "")
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
    try:
        if found and found[3]:
            return date(int(found[1]), int(found[2]), int(found[3])).toordinal()
        if found:
            first = date(int(found[1]), int(found[2] or (12 if end else 1)), 1)
            return ((first + timedelta(31)).replace(day=1) - timedelta(1) if end else first).toordinal()
    except (ValueError, OverflowError):
        pass
    problems.append(node.diagnostic(f"“{text}”不是日期。", hint="写成 2016、2016-10 或 2016-10-27。"))
    return 0
