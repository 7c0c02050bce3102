"""后引号里外各用了一个句末标点。

引文末尾里面有了句号、逗号，外面就不再用；引文只是句子的一部分，标点放在引号外面。

错：总书记强调，“江山就是人民，人民就是江山。”。
对：总书记强调，“江山就是人民，人民就是江山。”
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "stop-on-both-sides"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录B.2.1（引号内外的点号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("[。，；、：]([”’])[。，；](?![”’])|[！？]([”’])。(?=$)")


def check(speech: Speech) -> Iterator[Finding]:
    """A stop or comma inside the closing quotation mark and another behind it."""
    for n, line in enumerate(speech.lines):
        if "”" in line.text or "’" in line.text:
            for found in _pattern().finditer(line.text):
                first, closer, last = found[0][0], found[1] or found[2], found[0][-1]
                if first in "！？":
                    continue
                instead = closer + last if first != "。" or last != "。" else first + closer
                yield Finding(NAME, n, found.start(), found.end(), f"引号里面有“{first}”、外面又有“{last}”，留一个。", instead)
