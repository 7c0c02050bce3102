"""帐和账、象和像、份和分、至和致、既和即、渡和度、做和作、副和付用混了。

这些字读音相同，各有各的用处：钱财的事用“账”，相似用“像”，成分、本分用“分”，招来用“致”，已经用“既”，
江河难关用“渡”、时间用“度”。

错：建立问题台帐，一至通过
对：建立问题台账，一致通过
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "confused-character"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
