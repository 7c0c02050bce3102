"""中文里用了直引号或别的样子的引号。

中文引号是弯的“”‘’。直引号（"）、反引号、上标的撇（″〝〞）印出来分不清哪头是前、哪头是后。英寸和代码里的不算。

错：发挥"参谋部"作用
对：发挥“参谋部”作用
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import han, inside, is_han
from drafter.chinese.quoting import quoted

NAME = "straight-quotes"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.8.2（引号的形式）"
NEEDS = "\"＂〝〞„‟″'`"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![=\\])[\"＂〝〞„‟](?!>)|(?<![0-9０-９])″|''|``|(?<![A-Za-z0-9'])'(?=[\u4e00-\u9fff])"
        r"|(?<=[\u4e00-\u9fff])'(?!')")


def check(speech: Speech) -> Iterator[Finding]:
    """Quotation marks of the wrong shape in paragraphs of Chinese. Where they are even in number each is given its
    half; otherwise the halves are told by what stands beside them."""
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        if not any(c in text for c in "\"＂〝〞„‟″'`"):
            continue
        found = [
            f
            for f in _pattern().finditer(text)
            if is_han(text[f.end() : f.end() + 1])
            or is_han(text[f.start() - 1 : f.start()])
            or text[f.end() : f.end() + 1] in "，。、；：！？）》"
        ]
        found = [f for f in found if not re.search("=[\"'][^\"']*$", text[max(0, f.start() - 60) : f.start()])]
        if len(found) % 2 == 1:
            found = [f for f in found if not text[max(0, f.start() - 1) : f.start()].isdigit()]
        if not found or han(text) < 2:
            continue
        pairs = len(found) % 2 == 0
        for nth, f in enumerate(found):
            opens = nth % 2 == 0 if pairs else not _ends(text, f.start())
            inner = inside(text, f.start(), marks="“")
            right = ("‘" if opens else "’") if inner else ("“" if opens else "”")
            yield Finding(NAME, n, f.start(), f.end(), f"引号写成了{f[0]}，用弯的{quoted(right)}。", right, pairs and len(found) == 2)


def _ends(text: str, at: int) -> bool:
    """Whether a mark here closes: words before it and a mark or nothing behind."""
    after = text[at + 1 : at + 2]
    return at > 0 and (not after or after in "，。、；：！？）》")
