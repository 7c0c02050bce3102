"""小标题重复。

两处小标题一字不差，多半是复制以后忘了改。

错：一、抓好项目建设　二、抓好项目建设
对：一、抓好项目建设　二、抓好营商环境
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import points
from drafter.chinese.prose import han

NAME = "heading-twice"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：小标题不重复"

#: Shorter ones (字) may well be said twice: 存在问题.
SHORTEST = 6


def check(speech: Speech) -> Iterator[Finding]:
    """Headings of one style that a heading before has been word for word, under the same parent or of the first
    style."""
    seen: dict[tuple[str, str], int | None] = {}
    for p in points(speech.lines):
        if not p.alone or han(p.heading) < SHORTEST:
            continue
        key = (p.heading.replace("　", "").replace(" ", ""), p.style)
        if key in seen and seen[key] == p.parent:
            at = speech.lines[p.line].text.index(p.heading, p.end)
            yield Finding(NAME, p.line, at, at + len(p.heading), f"小标题“{p.heading}”前面已经有了。")
        seen.setdefault(key, p.parent)
