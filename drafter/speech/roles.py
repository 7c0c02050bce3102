"""speech.roles"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from drafter.check.rules import Line
from drafter.chinese.numerals import read_date
from drafter.speech.numbering import Numbering

#: A longer line is a paragraph, not a heading (characters).
LONGEST_HEADING = 60


#: Title, date line, speaker and salutation stand among the first lines.
HEAD_LINES = 12


_DATE = r"[〇零○一二三四五六七八九0-9]{4}年[一二三四五六七八九十0-9]{1,3}月(?:[一二三四五六七八九十0-9]{1,3}日)?"


def roles_told(texts: Sequence[str]) -> tuple[Line, ...]:
    """Paragraphs of a text with the roles a modest look tells: title, date line, speaker, salutation at the head, numbered
    headings, signature at the end. What it cannot tell is body."""
    lines = [Line(text) for text in texts]
    at = _head(lines)
    styles: list[str] = []
    for n in range(at, len(lines)):
        text = lines[n].text
        label = numbering_of(text)
        if label:
            level = styles.index(label) + 1 if label in styles else len(styles) + 1
            del styles[level - 1 :]
            styles.append(label)
            if stands_alone(text):
                lines[n] = Line(text, "heading", level)
        elif _greets(text):
            lines[n] = Line(text, "greeting", 0, "greeting")
        elif text and len(text) <= 40 and text[-1] not in "。！？：；，、”）…!?:;,." and n > at:
            lines[n] = Line(text, "other")
    for n in range(len(lines) - 1, max(at, len(lines) - 4), -1):
        if not (re.fullmatch(_DATE, lines[n].text) or (lines[n].role == "other" and n > len(lines) - 4)):
            break
        lines[n] = Line(lines[n].text, "signature", 0, "signature")
    return tuple(lines)


def stands_alone(text: str) -> bool:
    """Whether a numbered paragraph is nothing but its heading."""
    return (len(text) <= LONGEST_HEADING and not re.search("[。！？；]|[：，、]$", text)) or (
        len(text) <= 40 and text[-1:] == "。" and not re.search("[。！？；：]", text[:-1])
    )


def _head(lines: list[Line]) -> int:
    """Tell the roles of what stands above the speech; how many lines that is."""
    greeting = next((n for n, line in enumerate(lines[:HEAD_LINES]) if _greets(line.text)), None)
    end = greeting if greeting is not None else 0
    if greeting is None:
        for n, line in enumerate(lines[:5]):
            if not line.text or line.text[-1] in "。！？：；，、…!?:;," or len(line.text) > LONGEST_HEADING or numbering_of(line.text):
                break
            end = n + 1
        if end == len(lines):  # a text without a single sentence has no head of its own
            return 0
    titled = False
    for n in range(end):
        text = lines[n].text
        bare = text.strip("（）() ")
        if re.fullmatch(rf"{_DATE}.{{0,12}}", bare) or re.fullmatch(rf".{{0,16}}{_DATE}", bare) or re.fullmatch("【[^】]*(?:日期|时间)】", bare):
            role = "dateline"
        elif text.startswith(("——", "—")):
            role = "subtitle"
        elif titled and (re.search(r"[\u3000 ]", text) or re.fullmatch("[\u4e00-\u9fff·]{2,4}", text)) and len(text) <= 40:
            role = "byline"
        elif not titled or n == 1:
            role, titled = "title", True
        elif text[-1:] in ("。", "！", "？", "：", "；"):
            role = "body"
        else:
            role = "other"
        lines[n] = Line(text, role)
    while greeting is not None and greeting < len(lines) and _greets(lines[greeting].text):
        lines[greeting] = Line(lines[greeting].text, "greeting", 0, "greeting")
        greeting += 1
        end = greeting
    return end


@lru_cache(maxsize=1)
def _greeting() -> re.Pattern[str]:
    hearers = "同志|朋友|代表|委员|领导|来宾|嘉宾|贵宾|女士|先生|同学|老师|乡亲|战友|家长|师傅|同胞|专家|学者|教授|同仁|老乡|客商|企业家|记者"
    return re.compile(rf"[^。；？]{{0,80}}(?:{hearers})(?:们|、.*)?[：:！!，,]?")


def _greets(text: str) -> bool:
    """Whether a line is nothing but an address of the hearers."""
    if not text or text[-1] not in "：:！!，," or len(text) > 90 or not _greeting().fullmatch(text):
        return False
    return bool(re.match("(?:尊敬的|敬爱的|亲爱的|各位|同志|女士|先生|老师|同学|朋友|乡亲|战友|青年|全|.{0,12}(?:们|同志|代表|委员|嘉宾|来宾)[、，,：:！!])", text))


@lru_cache(maxsize=4096)
def numbering_of(text: str) -> str:
    """The sample of the numbering a paragraph begins with ("" where none): of those that begin paragraphs of their own."""
    if not text or text[0] not in _FIRST:
        return ""
    for found in _numberings():
        if found.match(text):
            return found.sample
    return ""


_FIRST = frozenset("零〇一二三四五六七八九十百千两（0123456789" + "".join(chr(0x2460 + n) for n in range(20)))


@lru_cache(maxsize=1)
def _numberings() -> tuple[Numbering, ...]:
    return tuple(map(Numbering.from_sample, ("一、", "（一）", "1.", "（1）", "①")))


def date_of(lines: Sequence[Line], today: date) -> date | None:
    """The day a speech was or will be held by its date line, signature, the line under its title (——2021年4月10日在……上) or the
    stamp of the page it was copied from; where only its title names a year that is over, the last day of that year. None where
    nothing tells."""
    for roles in (("dateline", "signature"), ("subtitle", "byline")):
        for line in lines:
            found = re.search(_DATE, line.text) if line.role in roles else None
            if found:
                text = found[0]
                return read_date(text if text.endswith("日") else text + "1日", today)
    for line in lines[:HEAD_LINES]:
        stamp = re.search(r"(?<!\d)(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d)", line.text) if len(line.text) <= LONGEST_HEADING else None
        told = read_date(stamp[0], today) if stamp else None
        if told:
            return told
    named = [int(y) for line in lines if line.role == "title" for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", line.text)]
    year = max((y for y in named if y <= today.year), default=today.year)
    return date(year, 12, 31) if year < today.year else None
