"""“第一章”“第一条”后面用了顿号。

“第一章”“第一节”“第一条”后面不用标点，空一个字。

错：第一章、总则
对：第一章　总则
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "mark-after-chapter"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录B.3（章、节、条之后用空格）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("第(?:[一二三四五六七八九十百]{1,5}|[0-9]{1,3})(?:部分|[章节条编篇])([、，：.．,:])(?=[^第])")


def check(speech: Speech) -> Iterator[Finding]:
    """Marks behind the number of a chapter that begins a short paragraph. A colon is left to the writer."""
    for n, line in enumerate(speech.lines):
        if line.text.startswith("第") and len(line.text) <= 40 and "。" not in line.text[:-1]:
            found = _pattern().match(line.text)
            if (
                found
                and found[1] not in "：:"
                and not re.search("第[一二三四五六七八九十百0-9]{1,5}[章节条部编篇]", line.text[found.end() :])
            ):
                yield Finding(NAME, n, found.start(1), found.end(1), "章、节、条的序号后面不用标点，空一个字。", "\u3000")
