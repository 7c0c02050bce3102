"""破折号写成了别的样子。

破折号是“——”，占两个字，中间不断开。“--”“─”“－－”是打字时的替代品，单个“—”是连接号，三个以上是多打了。

错：一个目标--建成示范县
对：一个目标——建成示范县
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import is_han

NAME = "dash-form"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.10.2（破折号的形式）、5.1.4"
NEEDS = "-─━ー－—―"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<!-)-{2,3}(?![->])|[─━ー]{1,3}|－{2,3}|(?<!—)—(?:[ \u3000]—)+(?!—)|(?<!—)—{3}(?!—)|—{5,}|――?|(?<!—)—(?=即|就是"
        r"|这|也就是|坚持|推进|加强|加快|建设|打造|实现|让|把|我们|一[个支条座份])|^—(?=[\u4e00-\u9fff])")


def check(speech: Speech) -> Iterator[Finding]:
    """Hyphens, strokes of tables and single or tripled dashes beside 汉字. Between figures they are ranges, another
    rule's."""
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        if not any(c in text for c in "-─━ー－—―"):
            continue
        for found in _pattern().finditer(text):
            before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
            if before.isalnum() and before.isascii() and after.isdigit():
                continue
            if not (is_han(before) or before in "，。！？：；”》）、" or not before) or not (is_han(after) or after in "“《（‘"):
                continue
            single = found[0] == "—"
            kana = found[0] == "ー" and any("\u3041" <= c <= "\u30fa" for c in text)
            if not kana and not (not before and not single and found[0][0] == "-"):
                message = "破折号是“——”，占两个字。" if not single else "这里是破折号，用“——”。"
                unsure = single or found[0] in ("─", "ー", "―")
                yield Finding(NAME, n, found.start(), found.end(), message, "——", not unsure, _level(found[0], unsure))


def _level(mark: str, unsure: bool) -> str:
    """Newspapers set three where a line has room for them; a single stroke may be another mark."""
    return "advice" if len(mark) > 2 and set(mark) == {"—"} else "warning" if unsure else ""
