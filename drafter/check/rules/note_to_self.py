"""写给自己的话留在稿子里。

“待核”“待补充”“此处展开”“TODO”是起草和传阅时的记号，定稿前要处理掉。

错：全年完成投资12亿元（数据待核）。
对：全年完成投资12亿元。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "note-to-self"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留起草记号"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    note = (
        "待核实?|待补充?|待定|待查|待填写?|待完善|待确认|待更新|待续|数据待[^（）]{1,6}|(?:数据|以下|下|名单|内容|附件|全文|具体)?略|此处略|此处省略|省略|"
        "此处[^（）]{1,12}|这里[补加展写插][^（）]{0,10}|可展开|展开讲?|可结合实际[^（）]{0,10}|结合实际[^（）]{0,8}|"
        "根据实际[^（）]{0,10}|举例|插入[^（）]{0,10}|[^（）]{0,6}脱稿[^（）]{0,6}|讨论稿|征求意见稿|初稿|草稿|送审稿|审议稿|"
        "需[要]?核[实对][^（）]{0,8}|请[^（）]{0,8}(?:核实|补充|填写|提供)[^（）]{0,8}|另附|下同，待[^（）]{0,6}|[?？]{1,3}"
    )
    return re.compile(
        rf"[（(\[［](?:{note})[）)\]］]|(?<![A-Za-z])(?:TODO|FIXME|TBD|todo)(?![A-Za-z])"
        r"|(?:此处|这里)(?:需要?|应|请|要)?(?:补充|填写|插入|加入|省略)[^，。；]{0,12}|(?:需|请)(?:补充|填写)(?:具体)?(?:数据|数字|姓名|日期|时间|名称|内容)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Notes in brackets and marks of drafts. Below a title, the kind of draft (讨论稿) is said on purpose."""
    for n, line in enumerate(speech.lines):
        if not any(mark in line.text for mark in ("（", "(", "[", "［", "T", "t", "F", "此处", "这里", "填写", "补充")):
            continue
        for found in _pattern().finditer(line.text):
            word = found[0].strip("（(［[］])）")
            if word.endswith("稿") and (
                inside(line.text, found.start())
                or line.role != "body"
                or len(line.text) < 30
                or line.text[: found.start()].endswith(("》", "”", "》的"))
            ):
                continue
            level = "warning" if word.endswith("略") or word in ("举例", "另附") else ""
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”像是写给自己的话，还没有处理。", level=level)
