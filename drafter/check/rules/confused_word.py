"""把词写成了另一个读音相同、意思不同的词。

两个词词典里都有，看前后搭配才知道用的是哪一个：截至和截止、权力和权利、反映和反应、考察和考查、泄露和泄漏、
形势和形式、以至和以致。前后文定不了的，不报。

错：截止10月底，群众反应的问题已经办结
对：截至10月底，群众反映的问题已经办结
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "confused-word"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）；《现代汉语八百词》"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
