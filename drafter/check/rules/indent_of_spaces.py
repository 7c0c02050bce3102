"""段首的两个字是打空格空出来的。

空格宽窄随字号、字体变，一改版式就参差不齐，转成别的格式还会成为正文里的字。段首缩进要在“段落→首行缩进 2 字符”里设；
已经缩进、又打了空格的，会空出四个字。

错：“　　今年以来，”（段首是两个空格）
对：“今年以来，”（段落设了首行缩进 2 字符）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import blanks_wide, told

NAME = "indent-of-spaces"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（每个自然段左空二字，回行顶格）"

#: Narrower, it is a slip of the thumb; wider, it is meant to place a line.
_LEAST, _MOST = 1.0, 6.0


def check(speech: Speech) -> Iterator[Finding]:
    """The first paragraph that begins with typed blanks, and how many more do."""
    found = [
        n
        for n, look in told(speech.layout, len(speech.lines))
        if speech.lines[n].role in ("body", "heading")
        and look.align in ("left", "both")
        and _LEAST <= blanks_wide(look.lead) < _MOST
    ]
    if found and speech.layout:
        twice = speech.layout.paragraphs[found[0]].first_chars >= 1
        said = "段落已经缩进，前面又打了空格" if twice else "段首是打空格空出来的，不是首行缩进"
        more = f"，这样的有 {len(found)} 段" if len(found) > 1 else ""
        yield Finding(NAME, found[0], 0, len(speech.lines[found[0]].text), f"{said}{more}。")
