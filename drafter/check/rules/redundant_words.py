"""同一个意思说了两遍。

“目的是为了”里“目的”和“为了”重复，“切忌不要”把意思说反了，“涉及到”的“及”就是“到”。

错：这样做的目的是为了方便群众
对：这样做的目的是方便群众
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "redundant-words"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）：词义重复"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
