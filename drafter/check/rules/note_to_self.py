"""写给自己的话留在稿子里。

“待核”“待补充”“此处展开”“TODO”是起草和传阅时的记号，定稿前要处理掉。括号里请人补充、核实的话，也是写给同事看的。

错：全年完成投资12亿元（数据待核）。
对：全年完成投资12亿元。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import inside

NAME = "note-to-self"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留起草记号"

#: What stands in whatever is found.
_NEEDS = needed("（|(|[|［|【|T|t|F|此处|这里|填写|补充|待")

#: What a writer does to a draft, or asks a colleague to do.
_DO = "补充|补上|补入|填写|填入|填报|核实|核对|核准|核定|确认|更新|完善|提供|修改|替换|删去|删除|插入|加入|添加|展开|调整|落实|斟酌|把关|改写|润色|替补"

#: The words of a note that nothing else uses, and those of one that a bracket may hold for another reason.
_NOTE = (
    "待核实?|待补充?|待定|待查|待填写?|待完善|待确认|待更新|待续|数据待[^（）]{1,6}|(?:数据|以下|下|名单|内容|附件|全文|具体)?略|此处略|此处省略|省略|"
    "此处[^（）]{1,12}|这里[补加展写插][^（）]{0,10}|可展开|展开讲?|可结合实际[^（）]{0,10}|结合实际[^（）]{0,8}|"
    "根据实际[^（）]{0,10}|举例|插入[^（）]{0,10}|[^（）]{0,6}脱稿[^（）]{0,6}|讨论稿|征求意见稿|初稿|草稿|送审稿|审议稿|"
    "需[要]?核[实对][^（）]{0,8}|请[^（）]{0,8}(?:核实|补充|填写|提供)[^（）]{0,8}|另附|下同，待[^（）]{0,6}|[?？]{1,3}"
)
_LIKELY = (
    f"(?:此|本|该|上|下)(?:段|句|处|节|条|部分)[^（）]{{0,6}}(?:请|需|待|由|可|应|拟)[^（）]{{1,14}}|(?:请|待)[^（），]{{0,8}}(?:{_DO})[^（）]{{0,8}}|(?:需|须|尚需|拟)[^（），]{{0,8}}(?:补充|核实|核对|核准|修改|更新)[^（）]{{0,8}}"
    f"|(?:注|备注|说明|提示|批注|补充|插入|修改|提醒)[：:][^（）]{{0,12}}(?:核|补|填|待|需|确认|此处|这里|加)[^（）]{{0,12}}|(?:补充|插入|加入|增加)[：:][^（）]{{1,16}}"
    "|(?:具体|名单|数据|内容|材料|情况)[^（）]{0,4}由[^（）]{1,8}提供|[^（）片频]{0,4}由[^（）]{1,8}(?:补充|填写|填报|核实|核对)|[^（）]{0,14}，待[核补定查填]|[二三]选一|任选其一|可删(?:减)?"
    "|以[下上](?:内容|部分|文字|数据|材料|一段|各段|段落)?[^（），。]{0,4}[由请][^（），。]{1,10}(?:提供|补充|补写|续写|撰写|起草|接着写|填写|完成)|略，[^（）]{0,2}[见附][^（）]{1,8}|[^（）]{1,6}待(?:核实?|定|补充?|查实?|填写?)"
    "|数据?以[^（）]{2,10}为准，待[^（）]{1,4}"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"[（(\[［【](?:(?P<note>{_NOTE})|(?P<likely>{_LIKELY}))[）)\]］】]|(?<![A-Za-z])(?:TODO|FIXME|TBD|todo|tbd)(?![A-Za-z])"
        r"|(?:此处|这里)(?:需要?|应|请|要)?(?:补充|填写|插入|加入|省略)[^，。；]{0,12}|(?:需|请)(?:补充|填写)(?:具体)?(?:数据|数字|姓名|日期|时间|名称|内容)"
        rf"|(?<![有尚还])待(?:核实?|定|补充?|填写?|查实?)(?=[百千万亿]{{0,2}}(?:元|人(?=[，。；、次])|人次|个(?![人体案])|亩|吨|户(?![籍主])|件(?=[，。；、])|名(?![单称字])|家(?![庭长])|公里|[%％]))"
        r"|(?<=[：:])[ \u3000]*(?:待定|待确定|待补充?|待核实?|待填)(?=[，。；、]|$)"
    )


_HINTS = ("（", "(", "[", "［", "【", "T", "t", "F", "此处", "这里", "填写", "补充", "待")


def check(speech: Speech) -> Iterator[Finding]:
    """Notes in brackets and marks of drafts. Below a title, the kind of draft (讨论稿) is said on purpose; a section
    that is nothing but （略） was left out on purpose."""
    for n, line in having(speech.lines, _NEEDS):
        if not any(mark in line.text for mark in _HINTS):
            continue
        for found in _pattern().finditer(line.text):
            word = found[0].strip("（(［[【］])）】")
            if word.endswith("稿") and (
                inside(line.text, found.start())
                or line.role != "body"
                or len(line.text) < 30
                or line.text[: found.start()].endswith(("》", "”", "》的"))
                or re.search("(?:办法|方案|意见|条例|规定|细则|规划|计划|标准|草案|纲要|决定|建议|法|制度|报告|章程|指南|通告|公告|通知|规范|预案|规程|守则|清单|目录|协议)$", line.text[: found.start()])
            ):
                continue
            if word.endswith("略") and _is_section(line.text, found.start(), found.end()):
                continue
            if found[0][0] == "【" and not found["likely"]:
                continue  # unanswered-blank tells of it
            weak = found["likely"] or word.endswith(("略", "稿")) or word in ("举例", "另附") or word.startswith("待定")
            level = "warning" if weak else ""
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”像是写给自己的话，还没有处理。", level=level)


def _is_section(text: str, start: int, end: int) -> bool:
    """Whether a note ends a heading, a caption or a sentence, so that it says of a section or a sheet that it is left out."""
    before = re.sub("^.{1,4}[、.．，]", "", text[:start]).rstrip()
    return not text[end:].strip("。 \u3000") and (before[-1:] in "。！？" or not re.search("[，。；：！？]", before))
