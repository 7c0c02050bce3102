"""中文句子用了半角的句点。

句号是“。”，“.”是小数点和英文句点。序号“1.”、小数、网址、文件名里的不算；“新生.结伴”这样该用间隔号的，由另一条规则说。

错：把各项工作抓紧抓好.
对：把各项工作抓紧抓好。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import matches
from drafter.chinese.sounds import SOUNDS

NAME = "half-width-stop"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.1.2（句号的形式是“。”）"
NEEDS = ".．｡"

_SOUNDS = frozenset(SOUNDS)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff"
    return re.compile(
        rf"(?<=[{han}”）》％%])[.．｡](?=[”’）]*$|[”’](?![A-Za-z0-9]))|(?<=[{han}])｡|(?<=[{han}]{{6}})[.．](?=[{han}]{{3}}"
        rf"|[“《（])")


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    return re.compile("[（(]?(?:第?[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]?$|[·.．]")


def check(speech: Speech) -> Iterator[Finding]:
    """A half-width (or wide but wrong) stop that ends a sentence: at the end of the paragraph or of a quotation, or
    between two clauses too long for the halves of a name."""
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        if re.search("[.．](?![0-9])|｡", text):
            last = len(text.rstrip("”’） "))
            for found in matches(_pattern(), text.rstrip(), "[.．｡]"):
                at = found.start()
                clause = re.split("[，。；：、！？“”《》（）.．｡]", text[max(0, at - 40) : at])[-1]
                if at <= 4 and _number().match(text[:at]):
                    continue
                if (
                    found[0] != "｡"
                    and at + 1 < last
                    and (len(clause) < 6 or (set(clause[-2:]) <= _SOUNDS and set(text[at + 1 : at + 3]) <= _SOUNDS))
                ):
                    continue
                yield Finding(NAME, n, at, at + 1, f"句号写成了“{found[0]}”。", "。", at + 1 == last)
