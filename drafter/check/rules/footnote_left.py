"""脚注号留在正文里。

从网页、论文上抄来的句子，常带着“[1]”“①”“¹”一类的注号；注不在了，号也要删掉。

错：推进工资[1]改革，据统计①，全县有八个镇
对：推进工资改革，据统计，全县有八个镇
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "footnote-left"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：讲稿里不留脚注号"
NEEDS = "[［①②③④⑤¹²³⁴⁵⁶"

#: More marks than that are the notes of a paper, not left over from somewhere.
_MANY = 4


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A number in square brackets, or raised, behind a word; a number in a circle only where a mark or nothing follows: it
    would be the head of an item otherwise."""
    return re.compile(
        r"(?<=[\u4e00-\u9fff，。；：、！？”’）》%％])(?:[\[［]\d{1,3}(?:[-—,，、]\d{1,3})*[\]］](?!号)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[①-⑳](?=[，。；：、！？）”]|$))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Marks of notes behind a word. Circled numbers of which the line has several may be a list, and are left alone. A
    paper with many marks has its notes somewhere; of those it is only advised."""
    found = tuple(_marks(speech))
    level = "advice" if len(found) > _MANY else ""
    for n, start, end, mark in found:
        yield Finding(NAME, n, start, end, f"脚注号“{mark}”留在正文里，删掉。", "", level=level)


def _marks(speech: Speech) -> Iterator[tuple[int, int, int, str]]:
    """(line, start, end, mark), but not those whose note is there as a line of its own."""
    noted = {found[0] for line in speech.lines if (found := re.match(r"[\[［]\d{1,3}[\]］]|[①-⑳¹²³]", line.text))}
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        if "文献[" in text:
            continue
        for found in _pattern().finditer(text):
            if found[0][0] in "①②③④⑤⑥⑦⑧⑨⑩" and len(re.findall("[①-⑳](?![，。；：、！？）”]|$)", text)):
                continue
            if found[0] not in noted:
                yield n, *found.span(), found[0]
