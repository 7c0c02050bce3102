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


#: What may stand behind the noun of a pair. Before anything else it belongs to a longer name: 发挥精神文明建设作用.
_BEHIND = frozenset(
    "的了是不也就都要在于等同并来去为中上下后前时之而或让使能得更，。；、！？：“”’）—…0123456789一二三四五六七八九十几多两"
)


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml` whose verb is no attribute (和平的坚定力量) and whose noun is whole."""
    for finding in findings(speech, NAME):
        text = speech.lines[finding.line].text
        if finding.instead == "坚持以" or (
            text[max(0, finding.start - 1) : finding.start] != "的"
            and text[finding.end : finding.end + 1] in ("", *_BEHIND)
        ):
            yield finding
