"""陈述句用了问号。

“要研究如何发展”是陈述句，里面虽有“如何”“怎样”“什么”，整句没有疑问语气，末尾用句号。

错：要认真思考如何开好局、起好步？
对：要认真思考如何开好局、起好步。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import sentences

NAME = "statement-with-question-mark"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，附录A.2.1（疑问词不表示疑问的，不用问号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "(?:要|必须|应该|应当|需要|请大家|希望大家|一起|认真|深入|不断)[^，。？呢吗]{0,8}(?:思考|研究|考虑|探索|回答|弄清|搞清|明确|想清楚|知道|琢磨|谋划)[^？呢吗：]{0,30}(?:如何"
        "|怎样|怎么|什么|是否|能否|何)[^？呢吗：]{0,40}？$")


def check(speech: Speech) -> Iterator[Finding]:
    """Sentences that tell somebody to think about a question."""
    for n, line in enumerate(speech.lines):
        if "？" in line.text:
            for sentence in sentences(line.text):
                if (
                    sentence.words.endswith("？")
                    and _pattern().search(sentence.words)
                    and not re.search("是不是|难道|岂", sentence.words)
                ):
                    yield Finding(NAME, n, sentence.end - 1, sentence.end, "这句话没有疑问语气，用句号。", "。")
