"""常引的文件，标题写错了字。

与一个常引的法律、党内法规、中央文件只差一个字：多一字、少一字、错一字，或者两字颠倒。

错：《中国共产党纪律处分条列》
对：《中国共产党纪律处分条例》
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import UNMARKED
from drafter.check.tables.formulations import Stamp, book, stamp

NAME = "misspelt-document-title"
LEVEL = "warning"
SOURCE = "文件的正式标题"

#: What titles have in common, and so says nothing of which one is meant.
_COMMON = re.compile("^(?:中华人民共和国|中国共产党|中共中央|习近平)?(?:关于)?")

#: The rest must be so long for one character to be a slip and not another title.
_LEAST = 6

#: What differs between titles that both are right: numbers, degrees of place, 和 and 与.
_TELLING = re.compile("[一二三四五六七八九十〇0-9省市县区乡镇村上下前后]")


def check(speech: Speech) -> Iterator[Finding]:
    """Titles in 《》 one character from a known one."""
    for number, line in enumerate(speech.lines):
        if "《" not in line.text:
            continue
        for found in re.finditer("《([^《》]{6,60})》", line.text):
            right = _meant(found[1])
            if right:
                message = f"《{found[1]}》应为《{right}》。"
                yield Finding(NAME, number, found.start(1), found.end(1), message, right)


def _meant(title: str) -> str:
    """The known title a title is one slip from, "" where it is known itself or like none, or like two."""
    known, slips = _titles(stamp())
    bare = title.translate(UNMARKED)
    if bare in known or re.sub("[ \u3000，、]", "", bare) in known:
        return ""
    if len(_COMMON.sub("", bare)) < _LEAST:
        return ""
    near = {right for key in (bare, *_without_one(bare)) for right in slips.get(key, ()) if _is_slip(bare, right)}
    return near.pop() if len(near) == 1 else ""


def _is_slip(title: str, right: str) -> bool:
    """Whether one character more, less or other, or two changed about, is all that is between two titles."""
    start = 0
    while start < min(len(title), len(right)) and title[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(title), len(right)) - start and title[-1 - end] == right[-1 - end]:
        end += 1
    one, other = title[start : len(title) - end], right[start : len(right) - end]
    if len(_COMMON.sub("", right)) < _LEAST or _TELLING.search(one + other):
        return False
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])


def _without_one(title: str) -> list[str]:
    return [title[:at] + title[at + 1 :] for at in range(len(title))]


@lru_cache(maxsize=2)
def _titles(files: Stamp) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """The known titles, also without what is in brackets, and each by what is left of it without one character. They
    are read anew when the user's files change."""
    known: set[str] = set()
    slips: dict[str, list[str]] = {}
    for entry in book().of("document"):
        for title in {entry.name, re.sub("（[^）]*）$", "", entry.name)}:
            known |= {
                re.sub("[ \u3000，、]", "", title),
                title,
                f"{title}（试行）",
                title.removeprefix("中华人民共和国"),
            }
            for key in {title, *_without_one(title)}:
                slips.setdefault(key, []).append(title)
    return frozenset(known), {key: tuple(some) for key, some in slips.items()}
