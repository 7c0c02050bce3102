"""小标题不对仗。

并列的小标题字数和句式要相当；三个八字一个十四字，或者别的都以“着力”开头只有一个不是，念起来就不齐。只在一组里只有一个不合群时才提出来；
报告的几部分（回顾、总要求、工作安排）本来就不必对仗，所以只作建议。

错：一、提高认识，凝聚共识　二、突出重点，攻坚克难　三、抓好落实
对：一、提高认识，凝聚共识　二、突出重点，攻坚克难　三、抓好落实，务求实效
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import RUNNING, NumberedPoint, groups
from drafter.chinese.prose import han

NAME = "unparallel-heading"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：并列小标题字数、句式相当"

#: One heading is out of step where it is more than so many 字 longer or shorter than the others, which are within
#: `ALIKE` of each other. Measured on 37 groups of published speeches: 15 of equal length, 21 within 2 字.
OUT = 4
ALIKE = 2

#: Headings that begin with the same so many 字 are parallel by that, however long what follows: 审议通过……名单.
FORMULA = 4

#: Longer than this (字) it is a sentence and no heading.
LONGEST = 30


def check(speech: Speech) -> Iterator[Finding]:
    """The one heading of a group of three or more that has another length, another number of clauses or another
    beginning."""
    for group in groups(speech.lines):
        heads = [p for p in group if p.heading]
        if (
            len(heads) < 3
            or group[0].style in RUNNING
            or _listed(speech, heads)
            or len(heads) < len(group)
            or any(han(p.heading) > LONGEST or not han(p.heading) for p in heads)
        ):
            continue
        if len({p.heading[:FORMULA] for p in heads}) == 1:
            continue
        odd = _odd(heads, [_clauses(p) for p in heads], 2)
        if odd is not None:
            usual = next(_clauses(p) for p in heads if p is not odd)
            if min(han(p.heading) for p in heads) * 2 <= max(han(p.heading) for p in heads):
                yield _told(speech, odd, f"别的小标题都是{usual}句，这一个是{_clauses(odd)}句，不对仗。")
                continue
        lengths = [han(p.heading) for p in heads]
        for p in heads:
            others = [n for q, n in zip(heads, lengths, strict=True) if q is not p]
            here = han(p.heading)
            if max(others) - min(others) <= ALIKE and (here > max(others) + OUT or here < min(others) - OUT):
                least, most = min(others), max(others)
                told = f"{least}字" if least == most else f"{least}到{most}字"
                yield _told(speech, p, f"别的小标题{told}，这一个{here}字，不对仗。")
                break
        else:
            odd = _odd(heads, [p.heading[:2] for p in heads], 3)
            if odd is not None:
                first = next(p.heading[:2] for p in heads if p is not odd)
                yield _told(speech, odd, f"别的小标题都以“{first}”开头，这一个不是。")


def _listed(speech: Speech, heads: list[NumberedPoint]) -> bool:
    """Whether these are the members of one sentence, parted by ；."""
    return any(speech.lines[p.line].text.rstrip()[-1:] in "；;，," for p in heads)


def _clauses(p: NumberedPoint) -> int:
    return len([c for c in re.split("[，,：: 　]", p.heading) if c])


def _odd(heads: list[NumberedPoint], traits: list[object], least: int) -> NumberedPoint | None:
    """The one that differs where all others, at least `least` + 1 of them, agree."""
    if len(heads) < least + 1:
        return None
    for p, trait in zip(heads, traits, strict=True):
        others = [t for q, t in zip(heads, traits, strict=True) if q is not p]
        if trait not in others and len(set(others)) == 1:
            return p
    return None


def _told(speech: Speech, p: NumberedPoint, message: str) -> Finding:
    at = speech.lines[p.line].text.index(p.heading, p.end)
    return Finding(NAME, p.line, at, at + len(p.heading), message)
