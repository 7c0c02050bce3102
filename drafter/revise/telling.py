"""What comments tell the writer, in the writer's own words: blanks by the names the outline asks for them."""

import re
from collections.abc import Iterable

from drafter.chinese.numerals import numeral
from drafter.word.controls import MAX_TAG, field_of
from drafter.word.tokens import Token

#: How much of a paragraph is quoted to say which it is, in characters.
QUOTED = 20

#: The checksum a tag too long for Word ends in (`tag_of`).
_CHECKSUM = re.compile("~[0-9a-f]{8}$")


def called(tag: str) -> str:
    """What a writer calls a blank: 日期|月日 is 【日期】, 单位#1 【单位】的第一个."""
    name = field_of(tag)
    if len(tag) == MAX_TAG and _CHECKSUM.search(tag):
        name = f"{_CHECKSUM.sub('', name)}…"
    number = tag.partition("#")[2].partition("|")[0].strip()
    return f"【{name}】的第{numeral(int(number))}个" if number.isdecimal() else f"【{name}】"


def quoted(text: str) -> str:
    """Words that say which paragraph is meant, in quotation marks."""
    flat = text.replace("\n", "")
    return f"“{flat if len(flat) <= QUOTED else flat[: QUOTED - 1] + '…'}”"


def answers_now(pairs: Iterable[tuple[Token | None, Token]]) -> str:
    """What blanks say now, and what they said (None where they are new): 【日期】现在是“12月3日”（原来是“11月26日”）."""
    said: dict[str, list[tuple[str, str]]] = {}
    for was, now in pairs:
        before = was.text if was is not None and not was.empty else ""
        told = said.setdefault(called(now.tag), [])
        if (before, now.text) not in told:
            told.append((before, "" if now.empty else now.text))
    out = []
    for name, forms in said.items():
        here = "、".join(f"“{now}”" for _, now in forms if now)
        there = "、".join(f"“{was}”" for was, _ in forms if was)
        now_said = f"{name}现在是{here}" if here else f"{name}现在没有填"
        out.append(now_said + (f"（原来是{there}）" if there else ""))
    return "；".join(out)
