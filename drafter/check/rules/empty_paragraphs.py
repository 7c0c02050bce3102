"""用空段落隔开段落，或者撑到下一页。

段落之间不空行；要空，用“段前”“段后”，要换页，用分页符。空段落一改字就多出一行，或者落到页首。

错：每两段之间空一行
对：段落连着排，首行缩进两个字
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import told

NAME = "empty-paragraphs"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，5.2.3（每面排 22 行，撑满版心）"

#: So many places are a habit; so many empty paragraphs in one place are there to reach the next page.
_PLACES, _RUN = 3, 4

_TEXT = ("body", "heading")


def check(speech: Speech) -> Iterator[Finding]:
    """The first of the places inside the text where empty paragraphs stand."""
    looks = dict(told(speech.layout, len(speech.lines)))
    places = [
        n
        for n, look in looks.items()
        if look.empty_above and n - 1 in looks and speech.lines[n].role in _TEXT and speech.lines[n - 1].role in _TEXT
    ]
    long = [n for n in places if looks[n].empty_above >= _RUN]
    if long:
        said = f"前面有 {looks[long[0]].empty_above} 个空段落；要换页，请用分页符。"
        yield Finding(NAME, long[0], 0, len(speech.lines[long[0]].text), said)
    elif len(places) >= _PLACES:
        n = places[0]
        yield Finding(NAME, n, 0, len(speech.lines[n].text), f"段落之间空了行，这样的有 {len(places)} 处；段落连着排。")
