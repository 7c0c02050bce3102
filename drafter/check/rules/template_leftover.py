"""模板和程序留下的字样。

{{ 名称 }}、{% if %}、${name}、None、undefined、#REF! 这些是生成文稿的程序没有替换的记号。

错：今天，{{ 会议名称 }}召开
对：今天，全市档案工作会议召开
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed

NAME = "template-leftover"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留模板记号"

#: What stands in whatever is found.
_NEEDS = needed("{|$|<%|#|N|n|错误|MERGE|«")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff，。、；：（）"
    return re.compile(
        r"\{\{.{0,60}?\}\}|\{%.{0,60}?%\}|\$\{[^}]{0,40}\}|<%.{0,60}?%>|\{[A-Za-z_][A-Za-z0-9_.]{0,30}\}|#(?:REF|N/A"
        r"|VALUE|NAME|DIV/0)[!?]?|"
        rf"(?<=[{han}])(?:None|NaN|nan|NULL|null|undefined|Undefined)(?=[{han}]|$)|错误！未(?:找到引用源|定义书签)。?|MERGEFIELD"
        rf"|«[^»]{{1,30}}»"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Marks of templates and of programs."""
    for n, line in having(speech.lines, _NEEDS):
        if not any(mark in line.text for mark in ("{", "$", "<%", "#", "N", "n", "错误！", "MERGEFIELD", "«")):
            continue
        for found in _pattern().finditer(line.text):
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”是模板或程序留下的记号。")
