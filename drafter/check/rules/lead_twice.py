"""过渡句说了两次。

“下面，我讲三点意见”只在正文前说一次。

错：下面，我讲三点意见。……下面，我讲几点意见。
对：下面，我讲三点意见。（只说一次）
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "lead-twice"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：过渡句只有一处"

_LEAD = re.compile(
    "(?:下面|借此机会|接下来|在此)，[^，。]{0,12}我(?:先|再|就[^，。]{1,16})?(?:讲|谈|提|说)[^，。]{0,6}(?:点|个|条|方面)[^，。]{0,8}(?:[，。：]|$)"
)


def check(speech: Speech) -> Iterator[Finding]:
    """Sentences that lead to the points of the whole speech, from the second on; 再讲 leads on and is none."""
    first = -1
    for n, line in enumerate(speech.lines):
        found = _LEAD.search(line.text)
        if not found or "再" in found[0] or line.role == "heading":
            continue
        if first >= 0:
            yield Finding(NAME, n, found.start(), found.end(), f"第 {first + 1} 段已经有一处过渡句。")
        else:
            first = n
