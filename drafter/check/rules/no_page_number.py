"""没有页码。

几页纸没有页码，掉了一张、乱了次序都看不出来，讲话人翻页也没有把握。

错：五页讲话稿，页脚是空的
对：页脚写“— 1 —”，单页在右，双页在左
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import hanzi

NAME = "no-page-number"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，7.5（页码）"

#: 汉字 that do not fit on one page, whatever its type: a full page of 五号 has some 1,900.
_PAGES = 2000


def check(speech: Speech) -> Iterator[Finding]:
    """Speeches of several pages whose headers and footers say no number."""
    page = speech.layout
    if page is None or page.numbered or page.ours:
        return
    full = (
        {16: 616, 18: 456, 22: 300}.get(round(page.paragraphs[len(page.paragraphs) // 2].main.size_pt), _PAGES)
        if page.paragraphs
        else 0
    )
    if sum(hanzi(line.text) for line in speech.lines) > full > 0:
        yield Finding(NAME, 0, 0, len(speech.lines[0].text), "稿子不止一页，没有页码。")
