"""序号后面的标点用错了。

“一”“二”后面用顿号，“1”“2”后面用下脚点，带括号的序号后面不用标点，“第一”“其一”“首先”后面用逗号。

错：（一）、抓招商　1、走出去　第一、要学习
对：（一）抓招商　1.走出去　第一，要学习
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of

NAME = "number-mark"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录B.3（序次语之后的标点用法）"


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|(?<=[。；！？]))(第[一二三四五六七八九十]{1,3}|其[一二三四五六七八九十]|首先|其次|再次|最后)、(?!第|其|[一二三四五六七八九十]|[^，。；]{1,12}(?:领先|第[一二三]"
        r"|、))")


def check(speech: Speech) -> Iterator[Finding]:
    """Marks behind numbers at the beginning of a paragraph, and behind 第一, 其次 at that of a sentence."""
    for n, line in enumerate(speech.lines):
        text = line.text
        found = label_of(text)
        if found:
            style, _, label = found
            wrong = None
            if style in ("（一）", "（1）", "①") and label[-1] in "、.．，,":
                wrong, right = label[-1], ""
            elif style == "一、" and label[-1] in ".．,，":
                wrong, right = label[-1], "、"
            elif style == "1." and label[-1] in "、．":
                wrong, right = label[-1], "."
            if wrong is not None:
                end = len(label)
                what = f"“{label}”后面不用“{wrong}”" if not right else f"“{label[:-1]}”后面用“{right}”，不用“{wrong}”"
                yield Finding(NAME, n, end - 1, end, f"{what}。", right, True, "advice" if wrong + right == "．." else "")
        if "、" in text and ("第" in text or "其" in text or "首先" in text or "最后" in text or "再次" in text):
            for one in _said().finditer(text):
                at = one.end() - 1
                yield Finding(NAME, n, at, at + 1, f"“{one[1]}”后面用逗号。", "，", False)
