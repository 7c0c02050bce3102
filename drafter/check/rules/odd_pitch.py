"""行距不合适，或者各段不一样。

三号字排 22 行，行距是固定值 28.95 磅；设成 29 磅、30 磅，一页就只有 21 行。正文各段行距不一，多半是粘贴进来的。

错：三号字，行距固定值 30 磅（每页 21 行）
对：三号字，行距固定值 28.95 磅（每页 22 行）
"""

from collections import Counter
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import told

NAME = "odd-pitch"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，5.2.3（一般每面排 22 行）"

#: Lines a page, and the size of type that goes with them, in points.
_LINES, _SIZE = 22, 16

#: So many paragraphs, and this share of them, must have one pitch before others stand out.
_LEAST, _SHARE = 5, 0.8


def check(speech: Speech) -> Iterator[Finding]:
    """The body's fixed pitch against the page's height, and paragraphs with another than the rest."""
    body = [(n, look) for n, look in told(speech.layout, len(speech.lines)) if speech.lines[n].role == "body"]
    page = speech.layout
    if page is None or not body:
        return
    (pitch, count), *others = Counter(look.line_pt for _, look in body).most_common()
    if others and len(body) >= _LEAST and count >= _SHARE * len(body):
        n = next(n for n, look in body if look.line_pt != pitch)
        usual = f"固定值 {pitch:g} 磅" if pitch else "不固定的"
        many = len(body) - count
        more = f"，这样的有 {many} 段" if many > 1 else ""
        yield Finding(NAME, n, 0, len(speech.lines[n].text), f"这一段的行距和别的段不同{more}，别的段是{usual}。")
    size = body[0][1].main.size_pt
    lines = int((page.height_mm - page.top_mm - page.bottom_mm) * 72 / 25.4 / pitch + 0.01) if pitch else _LINES
    if lines != _LINES and size == _SIZE and not page.ours:
        n = body[0][0]
        yield Finding(NAME, n, 0, len(speech.lines[n].text), f"行距固定值 {pitch:g} 磅，一页排 {lines} 行；公文一般每页 22 行。")
