"""括号、引号里是空的。

“在（　　）的领导下”“召开《》座谈会”，里面的字还没有填，或者删了字没有删括号。

错：在（　　）的坚强领导下
对：在市委的坚强领导下
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import matches

NAME = "empty-brackets"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留空白"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"（\s*）|\([ \u3000]*\)|《\s*》|“\s*”|‘\s*’|〔\s*〕|［\s*］|(?<![A-Za-z0-9_\])])\[[ \u3000]*\](?![(\[])")


#: Who speaks of marks, or sets questions, shows brackets that have to be empty.
_ABOUT = re.compile("标点|[标点]号|括号|引号|书名号|标示|序次语|夹注|[）)](?:内|里|中|中间)?[填打画写]|[打画划][“‘]?[√×✓]|正确(?:答案|的是)|[选判填][择断空]题|代号")


def check(speech: Speech) -> Iterator[Finding]:
    """Pairs of marks with nothing or only blanks between. A letter before () makes it a program's word."""
    for n, line in enumerate(speech.lines):
        for found in matches(_pattern(), line.text, r"[（(《“‘〔［[](?=[\s）)》”’〕］\]])"):
            before = line.text[max(0, found.start() - 8) : found.start()]
            if found[0][0] == "(" and re.search("[A-Za-z0-9_]$", before):
                continue
            quoted = before[-1:] in ("“", "‘") and line.text[found.end() : found.end() + 1] in ("”", "’")
            if quoted or _ABOUT.search(line.text):
                continue
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0][0]}{found[0][-1]}”里面是空的。")
