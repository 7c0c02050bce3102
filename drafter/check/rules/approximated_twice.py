"""表示约数的词用了两遍。

“约”“近”“超过”“至少”和“左右”“上下”“多”“余”“以上”意思重了，留一个。“近三十多年”的“近”是“最近”，不算。

错：约8个月左右，近百余人，超过60%以上
对：约8个月，近百人，超过60%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import matches

NAME = "approximated-twice"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.2.2（概数）；《现代汉语词典》“约”“左右”"

#: What stands in whatever is found.
_NEEDS = needed(
    "约|大概|大致|差不|超过|突破|多达|高达|长达|不少|不低|至少|最少|最低|起码|不足|不到|最多|至多|"
    + each_with_each("近", "0123456789０１２３４５６７８９.一二三四五六七八九十百千万亿两几半%％")
)


#: What `_pattern` begins with.
_BEGINS = "大(?=[约概致])|约|将(?=近)|接(?=近)|近|超(?=过)|突(?=破)|多(?=达)|不(?=[少低足到])|至(?=[少多])|最(?=[少低多])|起(?=码)|[高长](?=达)"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    figure = r"[0-9.一二三四五六七八九十百千万亿两几半%％]{1,9}"
    unit = "[^，。；：、！？0-9和与的比同在是有约近]{0,4}"
    return re.compile(
        rf"(?P<about>大约|大概|(?<![预签节公条合契制邀履特赴失违相履盟缔誓])约(?!束)|大致)(?:(?:为|在|有|是|占|需|要"
        rf"|达)[\u4e00-\u9fff]{{0,6}}?)?{figure}(?:(?:多|余)(?=[个名人家户万亿公里平方元年天次项])|{unit}?(?P<side>左右|上下))"
        rf"|(?P<near>将近|接近|(?<![最附靠邻临远亲就])近){figure}(?:(?:多|余)(?=[个名人家户项种件位亩公里万亿])(?!(?:个|多)?(?:年|月|天|届|个月|次))"
        rf"|{unit}?(?P<nside>左右|上下|(?<![及级])以上))"
        rf"|(?P<more>超过了?|突破了?){figure}(?:多|余)(?=[个名人家户件亩次万])"
        rf"|(?P<times>将近|接近|(?<![最附靠邻临远亲就])近|大约|(?<![预签节公条合契制邀履特赴失违相盟缔誓])约){figure}倍(?P<tside>多|有余|左右|以上)"
        rf"|(?P<over>超过|突破|多达|不少于|不低于|至少|最少|最低|起码|不足|不到|最多|至多|高达|长达)(?:[要有需应在占]|保证|达到|完成"
        rf"|实现){{0,3}}{figure}{unit}?(?P<oside>以上|以下|左右|上下)(?!的?(?:学历|干部|职务|职称|级|文化|领导))"
    )


@lru_cache(maxsize=1)
def _side_by_side() -> re.Pattern[str]:
    """Two words of about before one figure."""
    return re.compile(
        "(?P<first>大约|大概|差不多|将近|接近|(?<![预签节公条合契制邀履特赴失违相盟缔誓])约)"
        r"(?P<last>近|约|将近|大概|差不多|大约)(?=[\d一二三四五六七八九十百千万几两])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Two words of about, or of more than, round one figure. Spans of years (近30多年) mean the last ones."""
    for n, line in having(speech.lines, _NEEDS):
        text = line.text
        if "约" in text or "近" in text or "差不多" in text:
            for found in _side_by_side().finditer(text):
                said = f"“{found['first']}”和“{found['last']}”重复了，留一个。"
                yield Finding(NAME, n, *found.span("last"), said, "")
        if not any(word in text for word in ("左右", "上下", "多", "余", "以上", "以下")):
            continue
        for found in matches(_pattern(), text, _BEGINS):
            first = found["about"] or found["near"] or found["times"] or found["more"] or found["over"]
            last = (
                found["side"]
                or found["nside"]
                or found["tside"]
                or found["oside"]
                or next(c for c in reversed(found[0]) if c in "多余")
            )
            if first in ("最多", "至多", "不足", "不到") and last == "以上":
                continue
            if (first == "突破" and last == "以上") or re.search(r"规模以上|[级上]以上|近\d+年", found[0]):
                continue
            ways = found[0].removesuffix(last), found[0].removeprefix(first)
            yield Finding(NAME, n, found.start(), found.end(), f"“{first}”和“{last}”重复了，留一个。", others=ways)
