"""省略号和“等”重复了。

省略号和“等”“等等”都表示列举未尽，只用一个。

错：修路、架桥、引水……等
对：修路、架桥、引水等
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "ellipsis-and-etc"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，附录A.9.2（省略号和“等”类词语不同时用）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "(?:……|…|[.]{3,6})(?=等等?(?:[，。；！？、]|$|(?:重点|各项|方面|问题|工作|部门|单位|领域|任务|措施)))"
        "|(?<=[\u4e00-\u9fff])(?<![平相同不])等(?:等[，、]?(?:……|…)|……(?=$|。))")


def check(speech: Speech) -> Iterator[Finding]:
    """An ellipsis before or behind 等. Behind it may be a speaker who breaks off (我等……): that is advice, behind
    等等 a warning."""
    for n, line in enumerate(speech.lines):
        if "等" in line.text and ("…" in line.text or "..." in line.text):
            for found in _pattern().finditer(line.text):
                first, both = found[0][0] != "等", found[0].startswith("等等")
                start = found.start() + (0 if first else 1 + both)
                yield Finding(
                    NAME,
                    n,
                    start,
                    found.end(),
                    "省略号和“等”只用一个。",
                    "" if first else "。" if found.end() == len(line.text) else "",
                    level="" if first else "warning" if both else "advice",
                )
