"""整段重复。

一整段一字不差地出现了两次，是粘贴时重了。

错：（同一段文字前后各有一次）
对：（只留一处）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import han_only

NAME = "paragraph-twice"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：不重复"

#: Shorter paragraphs (字) may be a refrain, or what a chairman says at every vote.
SHORTEST = 45


def check(speech: Speech) -> Iterator[Finding]:
    """Paragraphs that have stood before, marks and numbers aside."""
    seen: dict[str, int] = {}
    for n, line in enumerate(speech.lines):
        words = han_only(line.text)
        if len(words) < SHORTEST:
            continue
        if words in seen:
            yield Finding(NAME, n, 0, len(line.text), f"这一段和第 {seen[words] + 1} 段一样。")
        seen.setdefault(words, n)
