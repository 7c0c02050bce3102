"""量词用错了。

树论棵，心和种子论颗；队伍和力量论支，动物论只；工作论项；对犯罪的人不用“位”。

错：锻造一只过硬队伍，各顶工作
对：锻造一支过硬队伍，各项工作
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "wrong-measure-word"
LEVEL = "warning"
SOURCE = "《现代汉语八百词》附录“名词、量词配合表”"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
