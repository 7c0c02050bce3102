"""一句话里同样的话说了两遍。

六个字以上的话在一句里原样重复，不是排比，多半是改句子时没有删干净。

错：表示热烈的祝贺，并向大家表示热烈的祝贺
对：向大家表示热烈的祝贺
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import clauses, is_han, sentences

NAME = "phrase-echo"
LEVEL = "advice"
SOURCE = "讲话稿校对惯例：不重复"

#: So many 字 at least, and no further apart than so many characters.
SHORTEST = 6
NEAR = 60


def check(speech: Speech) -> Iterator[Finding]:
    """Ends of clauses that are said again at the end of a clause soon after; what begins clauses alike is a figure."""
    for n, line in enumerate(speech.lines):
        if line.role != "body":
            continue
        tails = [clause.strip()[-SHORTEST:] for clause in re.split("[，；：。！？,;:!?…—]+", line.text)]
        if len(set(tails)) == len(tails):
            continue
        for s in sentences(line.text):
            ends: dict[str, int] = {}
            for clause in clauses(s.words):
                tail = clause.words[-SHORTEST:]
                if len(tail) < SHORTEST or not all(map(is_han, tail)):
                    continue
                if tail in ends and clause.end - ends[tail] <= NEAR:
                    at = s.start + clause.end
                    yield Finding(NAME, n, at - SHORTEST, at, f"“{tail}”这一句里说了两遍。")
                ends[tail] = clause.end
