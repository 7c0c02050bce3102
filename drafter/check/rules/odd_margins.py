"""页边距没有设，或者太窄。

Word 新建的文件上下 25.4 毫米、左右 31.8 毫米，和公文的版心不同；不到 10 毫米的边，多数打印机印不出来。

错：上下 25.4 毫米、左右 31.8 毫米
对：上 37 毫米、下 35 毫米、左 28 毫米、右 26 毫米
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "odd-margins"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，5.2.1（天头 37 毫米，订口 28 毫米，版心 156×225 毫米）"

#: Margins nobody has chosen, top and bottom, left and right, in millimetres: of Chinese Word, of American Word, of
#: python-docx.
_DEFAULTS = ((25.4, 31.75), (25.4, 25.4), (25.4, 31.8))

#: Nearer the edge most printers do not print (mm).
_EDGE = 10


def check(speech: Speech) -> Iterator[Finding]:
    """Margins of a program's own, or too small to print."""
    page = speech.layout
    if page is None or not speech.lines or page.ours:
        return
    margins = (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm)
    said = "上 {:.1f}、下 {:.1f}、左 {:.1f}、右 {:.1f} 毫米".format(*margins)
    whole = len(speech.lines[0].text)
    if min(margins) < _EDGE:
        yield Finding(NAME, 0, 0, whole, f"页边距是{said}，太窄，打印机印不全。")
    elif any(all(abs(is_ - was) < 0.3 for is_, was in zip(margins, (y, y, x, x), strict=True)) for y, x in _DEFAULTS):
        yield Finding(NAME, 0, 0, whole, f"页边距还是软件原来的（{said}），公文是上 37、下 35、左 28、右 26 毫米。")
