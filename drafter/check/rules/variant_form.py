"""用了异形词里不推荐的写法。

同一个词有几种写法的，公文用国家推荐的那一种。只作建议，不算错。

错：其它同志，凝炼成一句话
对：其他同志，凝练成一句话
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "variant-form"
LEVEL = "warning"
SOURCE = "GF 1001—2001《第一批异形词整理表》；《现代汉语词典》（第7版）"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
