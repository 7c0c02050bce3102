"""中文里用了半角的逗号、冒号、分号、问号、叹号。

半角标点占半个字，打印出来挤在一起，念稿时容易看漏停顿。数字里的 1,000、12:30，网址、英文句子里的不算。

错：会议指出,要抓好落实
对：会议指出，要抓好落实
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of

NAME = "half-width-mark"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，5.1.1、5.1.2（点号占一个字位置）"

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff〇"
    near = f"{han}”’》）〕】％℃㎡…"
    return re.compile(
        rf"(?P<address>[A-Za-z]+://[^\s，。；）]*)|(?<=[{near}])[,;!?](?![,;!?])|(?<=[{near}]):(?![\\/:])"
        rf"|(?<=[0-9%A-Za-z)])[,;!?](?=[{han}“‘《（])|(?<=[%)]):(?=[{han}“《（])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Half-width marks behind a 汉字 or a closing mark, and those between a figure or letter and a 汉字. Those of a number
    and of a salutation are to be another mark, which is for other rules to say."""
    for n, line in enumerate(speech.lines):
        if any(mark in line.text for mark in _FULL):
            label = label_of(line.text)
            for found in _pattern().finditer(line.text):
                if not found["address"] and not (label and found.end() <= len(label[2])):
                    full = _FULL[found[0]]
                    greets = line.role == "greeting" and found.end() == len(line.text) and full != "："
                    yield Finding(
                        NAME,
                        n,
                        found.start(),
                        found.end(),
                        f"“{found[0]}”是半角的，用全角的“{full}”。",
                        full,
                        not greets,
                    )
