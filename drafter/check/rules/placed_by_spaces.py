"""标题、题注、落款靠打空格摆位置。

打空格摆不到正中，也对不齐右边：换了字体、字号，或者到了别人的电脑上，就跑偏了。标题和题注用“居中”，落款用“右对齐”。

错：“　　　　　　在全市工作会议上的讲话”（左对齐，前面打了空格）
对：“在全市工作会议上的讲话”（段落居中）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import blanks_wide, told

NAME = "placed-by-spaces"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.1（标题居中）、7.3.5（署名和日期的位置）"

#: From so many 汉字 of blanks on, a line is placed and not indented.
_LEAST = 4.0

_CENTRED = ("title", "subtitle", "dateline", "byline")


def check(speech: Speech) -> Iterator[Finding]:
    """Lines of the head and the signature that are neither centred nor on the right but stand behind blanks."""
    for n, look in told(speech.layout, len(speech.lines)):
        line = speech.lines[n]
        if look.align not in ("left", "both") or blanks_wide(look.lead) < _LEAST:
            continue
        if line.role in _CENTRED:
            yield Finding(NAME, n, 0, len(line.text), "这一行是打空格挪到中间的，请用居中。")
        elif line.role == "signature":
            yield Finding(NAME, n, 0, len(line.text), "落款是打空格挪到右边的，请用右对齐。", level="advice")
