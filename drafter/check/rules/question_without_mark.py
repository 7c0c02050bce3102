"""疑问句用了句号。

“吗”“难道”“岂不是”带着疑问或反问语气，句末用问号。

错：这样的作风，群众能满意吗。
对：这样的作风，群众能满意吗？
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import sentences

NAME = "question-without-mark"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.2.3.1（疑问句、反问句末尾用问号）"

#: What stands in whatever is found.
_NEEDS = needed("吗。|难道|岂|何尝")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?:(?<![干])吗|难道[^，。？！]{2,30}(?:么|吗|不成)|(?:^|[，：；])(?:难道|岂不是|岂非|何尝不是)[^，。？！“]{2,24})。$")


def check(speech: Speech) -> Iterator[Finding]:
    """Sentences that ask and end in a full stop. What 问 or 是否 reports is no question."""
    for n, line in having(speech.lines, _NEEDS):
        if any(word in line.text for word in ("吗。", "难道", "岂", "何尝")):
            for sentence in sentences(line.text):
                words = sentence.words
                if (
                    words.endswith("。")
                    and _pattern().search(words)
                    and not re.search("问[^：“]{0,12}吗。|不知|知道[^，]*吗。", words)
                ):
                    at = sentence.end - 1
                    yield Finding(NAME, n, at, at + 1, "这是问句，末尾用问号。", "？")
