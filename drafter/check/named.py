"""Sets that say in their own name how many they are and what each of them is: “三个坚持”, “五个到位”, 三查三看, “四个一”.

The items are then told by the word of the name, which begins or ends each of them, so that they can be counted without
knowing the set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import matches

_N = "[两二三四五六七八九十]"


class NamedSet(NamedTuple):
    """A set of `wanted` items at the number `start` to `end` of a text, of which `listed` stand behind its name. `name` is
    the set as it is called."""

    start: int
    end: int
    name: str
    wanted: int
    listed: int


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    said = "(?:的?(?:要求|原则|思路|理念|目标|举措|工作法|机制|方针|标准|工程|行动|活动|工作|体系))?"
    ends = r"(?P<firm>，?(?:即|就是|也就是|指的是|是指)(?:要)?|——|[：:]|（)|(?P<weak>，(?:要|必须|真正)?)"
    return re.compile(
        rf"(?<!第)(?P<n>{_N})个(?P<word>[\u4e00-\u9fff]{{1,4}}?)(?:[”’]{said}|(?=[：:]|——|，?(?:即|就是)|（|，))(?:{ends})"
        rf"|[“‘](?P<n3>{_N})(?P<whole>[\u4e00-\u9fff]{{1,2}})[”’]{said}(?:，?(?:即|就是|也就是)|——|[：:])"
        rf"|[“‘](?P<n1>{_N})(?P<v1>[\u4e00-\u9fff])(?P<n2>{_N})(?P<v2>[\u4e00-\u9fff])[”’]{said}(?:，?(?:即|就是|也就是)|——|[：:]|（)"
    )


@lru_cache(maxsize=4096)
def named_sets(text: str) -> tuple[NamedSet, ...]:
    """The sets of a paragraph whose items can be counted and are not as many as their name says."""
    return tuple(found for found in _all(text) if found.listed != found.wanted)


def _all(text: str) -> Iterator[NamedSet]:
    if "个" not in text and "”" not in text:
        return
    for found in matches(_pattern(), text, f"{_N}(?=个)|[“‘](?={_N})"):
        word = found["word"] or found["whole"] or ""
        items, marks = _items(text, found.end(), text[found.end() - 1] == "（", word)
        if items is None:
            continue
        if word:
            group = "n" if found["word"] else "n3"
            wanted = read_numeral(found[group]) or 0
            listed = _listed(items, marks, word, wanted, firm=bool(found["firm"] or found["whole"]))
            if listed:
                name = found[group] + ("个" if found["word"] else "") + word
                yield NamedSet(found.start(group), found.end(group), name, wanted, listed)
        else:
            yield from _of_two(found, items)


def _items(text: str, at: int, bracket: bool, word: str) -> tuple[list[str] | None, str]:
    """The items of the list that begins at an offset, and the marks that part them; None where it is not complete or more
    than a list."""
    end = re.search("）" if bracket else "[。！？!?”）]|；(?!.{0,30}[。；])", text[at:])
    region = text[at : at + end.start()] if end else text[at:]
    if re.search("等|……|例如|比如|包括|其中|[（“《]", region):
        return None, ""
    return [item for item in re.split(f"[，、；,;]|(?<=..)[和及与](?={word})|(?<={word})[和及与](?=..)" if word else "[，、；,;和]", region) if item], "".join(re.findall("[，、；]", region))


def _listed(items: list[str], marks: str, word: str, wanted: int, firm: bool) -> int | None:
    """How many items carry the word, None where that is not sure: where other words stand among them."""
    if word[0] == "一":
        mine = [item for item in items if re.search("一[个套支批张本份名项次场条体件]", item)]
    else:
        heads = [item for item in items if re.match(f"[要须应]?(?:始终|坚决|更加|牢牢)?{word}", item)]
        tails = [item for item in items if item.endswith(word)]
        mine = max(heads, tails, key=len) if firm else heads
    if len(mine) < 2 or (not firm and len(mine) < len(items)):
        return None
    if re.search("[日月年时天周点]$", word):
        return None
    if len(mine) < wanted:
        return len(mine) if len(mine) == len(items) else None
    if not firm and (len(set(marks)) > 1 or len(mine) < len(items) or "，" in marks):
        return None
    return len(mine) if len(mine) == len(items) else None


def _of_two(found: re.Match[str], items: list[str]) -> Iterator[NamedSet]:
    """三查三看: each item begins with one of the two words."""
    first, second = found["v1"], found["v2"]
    if first == second or not all(item[0] in (first, second) for item in items):
        return
    for group, word in (("n1", first), ("n2", second)):
        wanted, listed = read_numeral(found[group]) or 0, sum(item[0] == word for item in items)
        if listed and listed != wanted:
            yield NamedSet(found.start(group), found.end(group), found[group] + word, wanted, listed)
