"""What a speech stands on (依据): tables of dated entries by theme, and which of them a part or requirement prints.

Chosen is by the day of the speech, its level, the speaker's rank and the length wanted, and by nothing else: the same
outline, table and answers print the same words whenever they are filled.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.chinese.ranks import (
    COMPANY_HEAD,
    DEPARTMENT_HEAD,
    HOSPITAL_HEAD,
    SCHOOL_HEAD,
    TOWN_HEAD,
    VILLAGE_HEAD,
    ZONE_HEAD,
    rank_of,
)
from drafter.outline.blank import OutlineText
from drafter.outline.field import POST, RANK, Field, Value
from drafter.outline.yaml import Scalar, Source

#: The kinds of entries, in the order a speech cites them.
KINDS = ("论述", "会议", "文件", "法律", "行动", "提法")

#: How much is printed: a sentence, about three, a paragraph.
LENGTHS = ("一句", "三句", "一段")

#: Sentences of several kinds that stand together in 三句, and behind the paragraph of 一段.
MOST_SENTENCES = 3

#: A speech of fewer 字 has one sentence, one of more a paragraph, where the outline does not say.
SHORT_SPEECH, LONG_SPEECH = 1_200, 4_500

#: What an entry may be for (`levels`), and what else is the same level.
LEVELS: Mapping[str, str] = {
    "中央": "中央", "省": "省", "自治区": "省", "直辖市": "省", "市": "市", "州": "市", "盟": "市", "地区": "市",
    "县": "县", "区": "县", "旗": "县", "乡镇": "乡镇", "乡": "乡镇", "镇": "乡镇", "街道": "街道", "村": "村", "社区": "村",
    "园区": "园区", "开发区": "园区", "国企": "国企", "企业": "国企", "学校": "学校", "高校": "学校", "医院": "医院",
    "部门": "部门", "单位": "部门", "机关": "部门",
}  # fmt: skip

#: The level that is said with who speaks (讲话人身份), of those with whom one is.
_LEVEL_OF_RANK: Mapping[str, str] = {
    DEPARTMENT_HEAD: "部门", TOWN_HEAD: "乡镇", ZONE_HEAD: "园区", COMPANY_HEAD: "国企", SCHOOL_HEAD: "学校",
    HOSPITAL_HEAD: "医院", VILLAGE_HEAD: "村",
}  # fmt: skip


class BasisEntry(NamedTuple):
    """An entry of a table. `until` is None where it has no end, `levels` and `ranks` () where it is for all;
    `sentences` and `paragraph` are None where only the shorter one is there. `scalar` is its name in the file."""

    name: str
    kind: str
    begins: date
    until: date | None
    levels: tuple[str, ...]
    ranks: tuple[str, ...]
    sentence: OutlineText
    sentences: OutlineText | None
    paragraph: OutlineText | None
    origin: str
    checked: date
    scalar: Scalar

    def stands(self, day: date) -> bool:
        """Whether it has begun and not ended."""
        return self.begins <= day and (self.until is None or day <= self.until)

    def of_length(self, length: str) -> OutlineText:
        """Its words in a length, or in the next shorter one it has."""
        if length == "一段" and self.paragraph:
            return self.paragraph
        return self.sentences if length != "一句" and self.sentences else self.sentence

    @property
    def texts(self) -> tuple[OutlineText, ...]:
        """Its words in every length it has."""
        return tuple(text for text in (self.sentence, self.sentences, self.paragraph) if text is not None)


class BasisTable(NamedTuple):
    """The table of a theme. `name` is its file's, `also` what else it is asked for by; `checked` is the day up to which
    its sources were looked through, `since` what may have come since ("" where nothing is known to be coming)."""

    name: str
    about: str
    also: tuple[str, ...]
    checked: date
    since: str
    fields: Mapping[str, Field]
    entries: tuple[BasisEntry, ...]
    source: Source


class BasisAsked(NamedTuple):
    """What a part or requirement asks for by `basis`: the theme as it is written there, and its table. `length` is ""
    and `kinds` () where the outline does not say."""

    name: str
    table: BasisTable
    length: str
    kinds: tuple[str, ...]
    scalar: Scalar


class Situation(NamedTuple):
    """What is chosen by. `day` is None where nobody has said it; `level` and `rank` are "" then."""

    day: date | None = None
    level: str = ""
    rank: str = ""


class Chosen(NamedTuple):
    """An entry chosen, and the length it is printed in."""

    entry: BasisEntry
    length: str

    @property
    def text(self) -> OutlineText:
        """Its words."""
        return self.entry.of_length(self.length)


def choose(
    asked: BasisAsked, situation: Situation, length: str, taken: Collection[str] = ()
) -> tuple[Chosen, ...]:
    """The entries that are printed, in their order; () where none stands. `length` holds where the outline says none;
    `taken` are the sentences of entries that were printed before."""
    table = asked.table
    day = situation.day or table.checked
    standing = [
        entry
        for entry in table.entries
        if entry.stands(day) and fits(entry, situation) and entry.sentence.words not in taken
    ]
    found: list[BasisEntry] = []
    for kind in asked.kinds or KINDS:
        entry = next((e for e in standing if e.kind == kind and e not in found), None)
        if entry is not None:
            found.append(entry)
    length = asked.length or length
    if length == "一句":
        return tuple(Chosen(entry, "一句") for entry in found[:1])
    if length == "三句":
        several = len(found) > 1
        return tuple(Chosen(entry, "一句" if several else "三句") for entry in found[:MOST_SENTENCES])
    first = [Chosen(entry, "一段") for entry in found[:1]]
    return (*first, *(Chosen(entry, "一句") for entry in found[1 : MOST_SENTENCES + 1]))


def fits(entry: BasisEntry, situation: Situation) -> bool:
    """Whether an entry is for a level and rank. One that is not for all is for nobody of whom they are not known."""
    if entry.levels and LEVELS.get(situation.level, situation.level) not in {LEVELS.get(e, e) for e in entry.levels}:
        return False
    return not entry.ranks or situation.rank in entry.ranks


def situation_of(answers: Mapping[str, Value], days: Sequence[str]) -> Situation:
    """What the answers say of the speech: its day, the first answered of the fields `days`; the speaker's rank, else the
    one of his post; 层级, else the level of rank or post."""
    said = (answers.get(name) for name in days)
    rank, post, level = (found if isinstance(found := answers.get(n), str) else "" for n in (RANK, POST, "层级"))
    rank = rank or (rank_of(post) if post else "")
    return situation(next((day for day in said if isinstance(day, date)), None), level or _level_of_post(post), rank)


def situation(day: date | None, level: str = "", rank: str = "") -> Situation:
    """A situation in which a level that is not said is that of the rank."""
    return Situation(day, level or _LEVEL_OF_RANK.get(rank, ""), rank)


def days_of(fields: Mapping[str, Field], dateline: OutlineText | None) -> tuple[str, ...]:
    """The fields that say the day of the speech: 日期, else the dates of the dateline."""
    of_dateline = [name for blank in dateline.blanks for name in blank.expression.names] if dateline else []
    return tuple(name for name in ("日期", *of_dateline) if name in fields and fields[name].type == "date")


def _level_of_post(post: str) -> str:
    """The level a post says: 市委书记 is 市; "" where it says none."""
    found = re.search(r"(自治区|[省市州盟县区旗乡镇])(?:委|长|人大|政府|政协|纪委|党委|监委|常委)", post)
    return found[1] if found else ""


def usual_length(characters: int) -> str:
    """How much a speech of so many 字 prints where its outline does not say."""
    return "一句" if characters < SHORT_SPEECH else "三句" if characters <= LONG_SPEECH else "一段"


def node_of(table: BasisTable, entry: BasisEntry) -> str:
    """The last part of the node of an entry's words: the table and its name, without what no node may have."""
    return ".".join(("basis", *(re.sub(r"\W", "", name) for name in (table.name, entry.name))))


def texts_by_node(bases: Iterable[BasisAsked]) -> dict[str, list[OutlineText]]:
    """The texts of all entries, by the last part of their nodes."""
    return {node_of(b.table, entry): list(entry.texts) for b in bases for entry in b.table.entries}


class Stood(NamedTuple):
    """What a basis of a speech came to: the day it was chosen for, and the entries printed, () where none stood or all
    were printed before (`used`)."""

    asked: BasisAsked
    day: date
    chosen: tuple[Chosen, ...]
    used: bool = False


def as_stood(table: BasisTable, day: date) -> tuple[Stood, ...]:
    """A table as if a speech of a day stood on it, with the meetings of every level and rank; () where nothing stands."""
    asked = BasisAsked(table.name, table, "", (), Scalar(table.name, table.source, 1, 1))
    meetings = next(([e] for e in table.entries if e.kind == "会议" and e.stands(day)), [])
    chosen = (*choose(asked, Situation(day), "一段"), *(Chosen(e, "一句") for e in meetings))
    return (Stood(asked, day, chosen),) if chosen else ()
