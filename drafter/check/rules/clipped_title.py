"""领导人的称谓不完整。

姓与职务之间不省名字；不用网络称呼。

错：习总书记强调
对：习近平总书记强调
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.chinese.quoting import quoted

NAME = "clipped-title"
LEVEL = "warning"
SOURCE = "中央文件的称谓；新华社《新闻信息报道中的禁用词和慎用词》"


def check(speech: Speech) -> Iterator[Finding]:
    """Short forms of names and titles that official texts do not use, outside quotations."""
    for hit in formulations.hits(speech, ("address",)):
        yield formulations.finding(NAME, hit, f"{quoted(hit.phrase)}要写全：{hit.entry.now}", safe=True)
