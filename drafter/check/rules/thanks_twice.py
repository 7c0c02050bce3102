"""“谢谢大家”说了两次。

结束语只说一次；中间又有一处，多半是两篇稿子拼在一起。

错：……谢谢大家！（换一段又讲）……谢谢大家！
对：……谢谢大家！（只在最后）
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "thanks-twice"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：结束语只有一处"

_THANKS = re.compile("(?:^|[。！])((?:最后，)?(?:再次)?(?:谢谢|感谢)(?:大家|各位)[！。])\\s*$")


def check(speech: Speech) -> Iterator[Finding]:
    """Thanks that end a paragraph before the last one."""
    if "主持" in speech.genre + "".join(line.text for line in speech.lines[:3]):
        return
    there = []
    for n, line in enumerate(speech.lines):
        found = _THANKS.search(line.text) if "谢" in line.text else None
        if found:
            there.append((n, found.start(1), found.end(1)))
    for n, start, end in there[:-1]:
        yield Finding(NAME, n, start, end, f"第 {there[-1][0] + 1} 段还有一处道谢，结束语只要一处。")
