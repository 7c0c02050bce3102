"""没有结尾。

讲完最后一条就没有了。会上的讲话一般有一段结语，提希望、发号召。

错：……三、抓好落实　（最后一条讲完，没有结语）
对：……三、抓好落实　……　同志们，任务已经明确，让我们……
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of, said
from drafter.check.whole import sizes

NAME = "no-closing"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：有头有尾"

#: Shorter speeches (字) need none.
SHORTEST = 1500

_CLOSING = re.compile("同志们|最后|让我们|谢谢|祝|希望|以上|总之|完了|汇报完毕")


def check(speech: Speech) -> Iterator[Finding]:
    """A speech whose last paragraph is one of its points."""
    body = [(n, line) for n, line in enumerate(speech.lines) if line.role in ("body", "heading")]
    if not body or sum(sizes(speech.lines)[n] for n, _ in body) < SHORTEST:
        return
    n, last = body[-1]
    points = (
        label_of(last.text)
        or any(one.start == 0 for one in said(last.text))
        or (len(body) > 1 and body[-2][1].role == "heading")
    )
    if points and not _CLOSING.search(last.text):
        yield Finding(NAME, n, len(last.text), len(last.text), "最后一条讲完就没有了，没有结语。")
