"""省略号写成了别的样子。

省略号是六个连点“……”，占两个字；“...”“。。。”和单个“…”都不是。占一行的两个省略号（十二个点）可以。

错：修路、架桥、引水...
对：修路、架桥、引水……
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import is_han

NAME = "ellipsis-form"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.11.2（省略号的形式）"

#: What stands in whatever is found.
_NEEDS = needed("..|。。|…|⋯|··|．．|、、|，，|・・")


_DOTS = ("...", "。。。", "…", "⋯", "···", "．．．", "、、、", "，，，", "・・・")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\.)\.{3,}(?!\.)|(?<![。，])。{3,}|(?<!…)…(?!…)|(?<!…)…{3}(?!…)|⋯+|(?<!·)·{3,}(?!·)|．{3,}|、{3,}|，{3,}|・{3,}"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Dots, circles and single … beside Chinese. Dotted lines to be filled in and dots between letters or figures are
    none."""
    for n, line in having(speech.lines, _NEEDS):
        text = line.text
        if not any(dots in text for dots in _DOTS):
            continue
        for found in _pattern().finditer(text):
            before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
            if not (is_han(before) or before in "，。！？”》）、" or is_han(after)) or (
                found[0][0] in ".·" and len(found[0]) > 12
            ):
                continue
            if found[0] == "…" and not (is_han(before) or is_han(after)):
                continue
            if before.isascii() and after.isascii() and before and after:
                continue
            yield Finding(
                NAME,
                n,
                found.start(),
                found.end(),
                "省略号写作“……”，六个点。",
                "……",
                found[0][0] in ".…⋯" and before not in "。…",
            )
