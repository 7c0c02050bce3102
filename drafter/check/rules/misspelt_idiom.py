"""成语和常用的四字语里写错了字。

成语的字是定了的，一个字也不能换。另一种写法词典也收的，只作建议。

错：一股作气，刻尽职守
对：一鼓作气，恪尽职守
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "misspelt-idiom"
LEVEL = "error"
SOURCE = "《现代汉语词典》（第7版）"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
