"""Papers of one meeting beside each other: what a host's script says of a speech, and what the speech says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from drafter.check.series import groups, said
from drafter.chinese.numerals import read_date, read_numeral
from drafter.speech.block import Line
from drafter.speech.match import likeness


class OtherPaper(NamedTuple):
    """Another paper of those looked at together: its file, and its lines. `said` tells where a person finds one of these, None
    where that is its number."""

    file: str
    lines: tuple[Line, ...]
    said: Callable[[int], str] | None = None


class PlacedWords(NamedTuple):
    """PlacedWords and where they stand: the characters `start` to `end` of a line."""

    words: str
    line: int
    start: int
    end: int


class Speaker(NamedTuple):
    """Who speaks: his post, "" where it is not said, and his name."""

    post: str
    name: str
    place: PlacedWords


class Claim(NamedTuple):
    """What a script says of a speech: how many points it has, None where it only lists them, and those it lists."""

    number: int | None
    place: PlacedWords
    listed: tuple[PlacedWords, ...]
    sentence: str


class SpeechPoint(NamedTuple):
    """A point of a speech: its heading, and the line it stands in."""

    heading: str
    line: int


class MeetingPaper(NamedTuple):
    """What a paper says of its meeting. `meeting` None where it does not say its name, `day` None where it has no date
    line; `lists` are the numbered points of the highest level."""

    meeting: PlacedWords | None
    day: tuple[date, PlacedWords] | None
    speakers: tuple[Speaker, ...]
    lists: tuple[tuple[SpeechPoint, ...], ...]
    claims: tuple[Claim, ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    number = "[两二三四五六七八九十]{1,2}|[2-9]|1[0-9]"
    return (
        re.compile("在(?P<m>[^，。；：]{4,60}?)(?:开班式|开班仪式|开学典礼|结业式|结业仪式)?(?:上|结束时|期间|闭幕时)的"),
        re.compile("(?:请|由|有请|欢迎|听取了?|刚才[，、]?)(?P<who>[^，。；：！？（）“”请由]{2,40}?)同志(?:作|发表|给我们|为我们|为大家)*了?(?:重要|辅导|动员|总结)?讲话"),
        re.compile(
            f"(?P<n>{number})(?:个方面|个问题|个要求|点意见|点要求|点希望|件事|件大事|句话|个重点|项任务|项工作|条要求|条意见|方面|点|条|项)(?!议程|议题|内容|程序|安排|表彰)"
        ),
        re.compile("讲话|讲了|强调了|书记讲|市长讲|县长讲|作了部署|提出了|部署了|归结起来|概括起来"),
    )


#: What makes a number the host's own promise, not what was said before him.
_OWN = re.compile("我(?:再|就|也|想|补充|强调|讲|提|说)|补充|讲话精神|贯彻|落实好|会后|下面|要求大家|请大家")


def is_script(lines: Sequence[Line]) -> bool:
    """Whether a paper is what somebody who leads a meeting says: its title tells."""
    return any(line.role in ("title", "subtitle") and re.search("主持(?:词|讲话|稿|人)|串词", line.text) for line in lines)


def paper_of(lines: tuple[Line, ...]) -> MeetingPaper:
    """What a paper says of its meeting."""
    script = is_script(lines)
    return MeetingPaper(
        _meeting(lines),
        _day(lines),
        tuple(_introduced(lines) if script else _signed(lines)),
        () if script else _lists(lines),
        tuple(_claims(lines)) if script else (),
    )


def _meeting(lines: Sequence[Line]) -> PlacedWords | None:
    for n, line in enumerate(lines):
        if line.role in ("title", "subtitle") and (found := _patterns()[0].search(line.text)):
            return PlacedWords(found["m"], n, found.start("m"), found.end("m"))
    titled = [(n, line.text) for n, line in enumerate(lines) if line.role == "title"]
    found = _patterns()[0].search("".join(text for _, text in titled))
    return PlacedWords(found["m"], titled[0][0], 0, len(titled[0][1])) if found else None


def _day(lines: Sequence[Line]) -> tuple[date, PlacedWords] | None:
    for n, line in enumerate(lines):
        if line.role in ("dateline", "byline", "subtitle"):
            found = re.search("[0-9〇零○一二三四五六七八九十]{4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日", line.text)
            day = read_date(found[0], date.min) if found else None
            if found and day:
                return day, PlacedWords(found[0], n, found.start(), found.end())
    return None


def _signed(lines: Sequence[Line]) -> Iterator[Speaker]:
    """Who speaks, by the line under the title: 市委书记　李卫国."""
    for n, line in enumerate(lines):
        if line.role != "byline" or "【" in line.text:
            continue
        pieces = re.split("[ \u3000\t]+", re.sub("[（(].*?[）)]", "", line.text).strip())
        if len(pieces) > 2 and len(pieces[-1]) == len(pieces[-2]) == 1:
            pieces[-2:] = [pieces[-2] + pieces[-1]]
        name = pieces[-1]
        if re.fullmatch("[\u4e00-\u9fff·]{2,4}", name):
            at = max(0, line.text.find(name))
            yield Speaker("".join(pieces[:-1]), name, PlacedWords(name, n, at, at + len(name)))


def _introduced(lines: Sequence[Line]) -> Iterator[Speaker]:
    """Whom a script asks to speak: 请市委书记李卫国同志讲话. Where the name begins is not told: `name` is the whole."""
    for n, line in enumerate(lines):
        for found in _patterns()[1].finditer(line.text):
            yield Speaker("", found["who"], PlacedWords(found["who"], n, found.start("who"), found.end("who")))


def _lists(lines: tuple[Line, ...]) -> tuple[tuple[SpeechPoint, ...], ...]:
    """The points of the highest level: numbers at the beginning of paragraphs, 一要 and 一是 where no others stand above
    them; else headings without a number; else what is counted within a paragraph."""
    tops = [group for group in groups(lines) if len(group) > 1 and group[0].parent is None]
    found = [tuple(SpeechPoint(p.heading, p.line) for p in group) for group in tops]
    if not found:
        found = [one for one in _running(lines) if len({p.line for p in one}) > 1]
    if not found:
        heads = tuple(SpeechPoint(line.text.strip(), n) for n, line in enumerate(lines) if line.role == "heading" and line.level < 2)
        found = [heads] if len(heads) > 1 else _running(lines)
    return tuple(found)


def _running(lines: Sequence[Line]) -> list[tuple[SpeechPoint, ...]]:
    """What is counted 一要, 二要 or 一是, 二是: where that is done at the beginning of paragraphs, nothing within them."""
    counted = [(n, one) for n, line in enumerate(lines) for one in said(line.text)]
    if sum(one.start <= _INDENT for _, one in counted) > 1:
        counted = [(n, one) for n, one in counted if one.start <= _INDENT]
    open_: dict[str, list[SpeechPoint]] = {}
    out: list[list[SpeechPoint]] = []
    for n, one in counted:
        heading = re.match("[^。！？；]*", lines[n].text[one.end :])
        if one.number == 1:
            open_[one.verb] = []
            out.append(open_[one.verb])
        elif one.verb not in open_ or len(open_[one.verb]) + 1 != one.number:
            continue
        open_[one.verb].append(SpeechPoint(heading[0].strip() if heading else "", n))
    return [tuple(points) for points in out if len(points) > 1]


#: Blanks a paragraph may begin with.
_INDENT = 2


# ── what a script says of a speech ─────────────────────────────────────────────────────────────────────────────────


def _claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Nothing that is said before the speech was asked for: that is what comes."""
    first = next((speaker.place.line for speaker in _introduced(lines)), 0)
    for n, line in enumerate(lines):
        if n < first or line.role not in ("body", "other") or not _patterns()[3].search(line.text):
            continue
        for sentence in re.finditer("[^。！？]+[。！？]?", line.text):
            if _patterns()[3].search(sentence[0]):
                yield from _claim(n, sentence[0], sentence.start())


def _claim(n: int, sentence: str, offset: int) -> Iterator[Claim]:
    for found in _patterns()[2].finditer(sentence):
        before = sentence[: found.start()]
        clause = re.split("[，：；]", before)[-1]
        if sentence[found.start() - 1 : found.start()] in ("第", "每", "这", "上") or _OWN.search(clause):
            continue
        if _OWN.search(before) and not re.search("讲了|强调了|提出了|部署了|归结|概括", before):
            continue
        listed = _listed(n, sentence, offset, found)
        number = read_numeral(found["n"]) or 0
        yield Claim(number, PlacedWords(found["n"], n, offset + found.start("n"), offset + found.end("n")), listed, sentence)
        return


def _listed(n: int, sentence: str, offset: int, number: re.Match[str]) -> tuple[PlacedWords, ...]:
    """The points listed beside a number: behind its colon, or right before it, 从甲、乙和丙三个方面."""
    behind = re.match("[^：，。；]{0,8}[：:—]+(?P<l>[^。！？]+)", sentence[number.end() :])
    if behind:
        text, at = behind["l"], offset + number.end() + behind.start("l")
    else:
        before = re.search("(?:从|就|围绕|对)(?P<l>[^，。；：]+?、[^。；：]+?)(?:，从|，|这|等)?$", sentence[: number.start()])
        if before is None:
            return ()
        text, at = before["l"], offset + before.start("l")
    mark = "；" if "；" in text else "、" if "、" in text else "，"
    out: list[PlacedWords] = []
    start = 0
    for piece in re.split(f"({mark}|(?<=..)[和及](?=[^、，和及；]+$))", text):
        words = re.sub("^(?:第?[一二三四五六七八九十]+[是要、，]|其[一二三四五六七八九十]+[是，])", "", piece.strip("“”，；。"))
        if len(words) > 1 and piece != mark:
            place = text.index(words, start)
            out.append(PlacedWords(words, n, at + place, at + place + len(words)))
        start += len(piece)
    return tuple(out) if len(out) > 1 else ()


# ── which belong together ──────────────────────────────────────────────────────────────────────────────────────────

#: How alike the names of a meeting are that is the same one, misspelt; and what of them tells meetings apart, where the
#: speaker and the day are the same.
_SAME, _ALIKE = 0.8, 0.5

#: What many meetings' names have in common.
_COMMON = re.compile("^(?:中共)?(?:全[省市县区州旗镇乡]|[省市县区州旗]委|[省市县区州旗]直)|(?:工作|动员|部署|推进|表彰|总结|专题)*(?:会议|大会|座谈会|培训班|研讨班|会)$")


def belongs(script: MeetingPaper, speech: MeetingPaper, said: str) -> bool:
    """Whether a speech was given at the meeting of a script, of which `said` are the words: by the meeting's name, or by
    a name like it and the speaker's or the day."""
    known = any(speaker.name in said for speaker in speech.speakers)
    same_day = bool(script.day and speech.day and script.day[0] == speech.day[0])
    if script.meeting is None or speech.meeting is None:
        return known and same_day
    names = script.meeting.words, speech.meeting.words
    if names[0] == names[1]:
        return True
    if likeness(*names) >= _SAME:
        return known or same_day
    return known and same_day and likeness(*(_COMMON.sub("", name) for name in names)) >= _ALIKE


def in_it(words: str, headings: Sequence[str]) -> bool:
    """Whether a point that is listed is one of the headings: said in it, or much like one of its clauses."""
    return any(
        words in heading or any(clause in words or likeness(words, clause) >= _ALIKE for clause in _clauses(heading))
        for heading in headings
    )


def _clauses(heading: str) -> list[str]:
    return [clause for clause in re.split("[，；：。]", heading) if len(clause) > 1]
