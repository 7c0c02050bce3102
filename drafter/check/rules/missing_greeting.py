"""没有称谓。

讲话、致辞开头要称呼听众，例如“同志们：”。讲话摘要、书面发言可以没有。

错：在动员大会上的讲话　今天，我们召开……
对：在动员大会上的讲话　同志们：今天，我们召开……
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "missing-greeting"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：标题、称谓、正文"

_KINDS = re.compile("(?:^在.+(?:上的|时的|期间的)讲话|致辞|致词|祝酒词|祝词|欢迎词|开幕词|闭幕词|主持词|动员讲话|新年讲话)$")


def check(speech: Speech) -> Iterator[Finding]:
    """Speeches by their title with more than two paragraphs and no salutation in any of them."""
    titles = [(n, line) for n, line in enumerate(speech.lines[:3]) if line.role == "title"]
    if not titles or sum(line.role == "body" for line in speech.lines) < 3:
        return
    n, title = titles[-1]
    if not _KINDS.search(title.text) or re.search("摘要|节选|摘登|要点", "".join(line.text for line in speech.lines[:6])):
        return
    if any(line.role == "greeting" for line in speech.lines):
        return
    called = re.compile("(?:各位|同志|朋友|同学|老师|女士|先生|来宾|代表|委员|乡亲)[^。]{0,30}[：:！，]")
    if not any(called.match(line.text) for line in speech.lines[n + 1 : n + 6]):
        yield Finding(NAME, n, 0, len(title.text), "开头没有称谓。")
