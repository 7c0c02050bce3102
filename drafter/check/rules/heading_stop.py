"""小标题后面的句号有的有、有的没有。

独占一行的小标题后面不用句号；同一层的几个要一致。

错：一、提高认识　二、突出重点。　三、抓好落实
对：一、提高认识　二、突出重点　三、抓好落实
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import groups

NAME = "heading-stop"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.1（标题末尾不用句号的惯例）"


def check(speech: Speech) -> Iterator[Finding]:
    """Among siblings that stand alone, a full stop that most do not have."""
    for group in groups(speech.lines):
        alone = [p for p in group if p.alone and len(p.heading) <= 40]
        if len(alone) < 2 or len(alone) < len(group):
            continue
        texts = [speech.lines[p.line].text.rstrip() for p in alone]
        stopped = [text.endswith("。") for text in texts]
        listed = any(text[-1] in "；;，,：" for text in texts)
        if listed or sum(stopped) * 2 >= len(alone):
            continue
        for p, text, has in zip(alone, texts, stopped, strict=True):
            if has:
                at = len(text) - 1
                yield Finding(NAME, p.line, at, at + 1, "这个小标题后面多了句号，别的几个没有。", "", True)
