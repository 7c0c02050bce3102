"""一句话里套用了两个冒号。

“要求做到：一是：……”两层冒号，分不清哪一层管到哪里。去掉里面的一个，或者分成两句。

错：今年要抓好三件事：一是：稳增长；二是：促改革。
对：今年要抓好三件事：一是稳增长；二是促改革。
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import enclosed, sentences

NAME = "colon-twice"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.7.3.5（一个句子内部一般不套用冒号）"


def check(speech: Speech) -> Iterator[Finding]:
    """A second colon in a sentence, outside quotations and brackets. Behind 一是 it is a warning."""
    for n, line in enumerate(speech.lines):
        if line.text.count("：") < 2:
            continue
        masked = line.text
        for inner in enclosed(line.text):
            last = inner.end - 1 if line.text[inner.end - 1] in "。！？" else inner.end
            masked = masked[: inner.start] + "　" * (last - inner.start) + masked[last:]
        for sentence in sentences(masked):
            colons = [found.start() + sentence.start for found in re.finditer("：", sentence.words)]
            for at in colons[1:]:
                if (
                    masked[at - 1] != "："
                    and masked[at + 1 : at + 2] not in "：　”"
                    and masked[at + 1 : sentence.end].strip("　”")
                    and not masked[at - 1].isdigit()
                ):
                    label = re.search("(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|其[一二三四五])$", line.text[max(0, at - 4) : at])
                    yield Finding(
                        NAME,
                        n,
                        at,
                        at + 1,
                        "一句话里不要套用两个冒号。",
                        "" if label and label[0].endswith("是") else None,
                        False,
                        "" if label else "advice",
                    )
