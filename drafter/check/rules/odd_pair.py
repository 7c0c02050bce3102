"""动词和后面的名词搭配不当。

力度说加大，步伐说加快，规模说扩大，差距说缩小，短板说补齐，氛围说营造。两种说法都通行的，只作建议。

错：加快力度、召开活动
对：加大力度、开展活动
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "odd-pair"
LEVEL = "warning"
SOURCE = "《现代汉语实词搭配词典》"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
