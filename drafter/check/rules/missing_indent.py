"""段首没有空两个字。

多数段落首行缩进，只有个别的顶格，多半是粘贴进来的；全文都顶格，看不清段落从哪里起。

错：前后各段都空二字，粘贴来的一段顶格
对：每个自然段左空二字，回行顶格
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import ParagraphLook, blanks_wide, told

NAME = "missing-indent"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（每个自然段左空二字，回行顶格）"

#: Shorter paragraphs may be verses, entries or lines of another kind (characters); so many must be indented to make it
#: the rule, and so many times more than those that are not.
_LONG, _INDENTED, _TIMES = 40, 4, 4


def check(speech: Speech) -> Iterator[Finding]:
    """Long paragraphs of the body without an indent, where nearly all others have one in the same style; where none
    has, the first of them."""
    set_in: list[tuple[int, ParagraphLook]] = []
    flush: list[tuple[int, ParagraphLook]] = []
    for n, look in told(speech.layout, len(speech.lines)):
        line = speech.lines[n]
        if (
            line.role != "body"
            or len(line.text) <= _LONG
            or line.text[-1] not in "。！？”）"
            or look.align not in ("left", "both")
        ):
            continue
        indent = look.first_chars + look.left_chars + blanks_wide(look.lead)
        (set_in if indent > 0.5 else flush).append((n, look))
    if flush and len(set_in) >= _INDENTED and len(set_in) >= _TIMES * len(flush):
        styles = {look.style for _, look in set_in}
        for n, look in flush:
            if look.style in styles:
                yield Finding(NAME, n, 0, len(speech.lines[n].text), "这一段段首没有空二字，前后各段都空了。")
    elif len(flush) >= _INDENTED and not set_in and speech.layout and not speech.layout.ours:
        n = flush[0][0]
        yield Finding(NAME, n, 0, len(speech.lines[n].text), "全文段首都没有空二字。", level="advice")
