"""同一句话说了两遍。

十二个字以上、一字不差的句子前后出现两次。有意重复的排比、口号可以不理会；多半是拼稿子时重了。

错：要把责任落实到每一个岗位上。……要把责任落实到每一个岗位上。
对：要把责任落实到每一个岗位上。（只说一遍）
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import han_only, sentences

NAME = "sentence-twice"
LEVEL = "advice"
SOURCE = "讲话稿校对惯例：不重复"

#: Shorter sentences (字) may well be said twice.
SHORTEST = 12


def check(speech: Speech) -> Iterator[Finding]:
    """Sentences that have stood before, marks aside; paragraphs that did are told as a whole by `paragraph-twice`."""
    seen: dict[str, int] = {}
    paragraphs: set[str] = set()
    for n, line in enumerate(speech.lines):
        if line.role in ("title", "heading", "subtitle"):
            continue
        whole = han_only(line.text)
        if whole in paragraphs:
            continue
        paragraphs.add(whole)
        for s in sentences(line.text):
            words = re.sub(r"[\W_]+", "", s.words)
            if len(words) < SHORTEST:
                continue
            if words in seen and len(han_only(words)) >= SHORTEST:
                yield Finding(NAME, n, s.start, s.end, f"这句话第 {seen[words] + 1} 段已经说过。")
            seen.setdefault(words, n)
