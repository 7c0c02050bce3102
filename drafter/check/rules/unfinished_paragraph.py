"""段落没有写完。

正文一段的末尾没有句号、问号、叹号，多半是没写完或者粘贴时截断了。

错：各单位要把任务分解到人，一件一件抓
对：各单位要把任务分解到人，一件一件抓好落实。
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import is_han

NAME = "unfinished-paragraph"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.1（陈述句末尾用句号）"

#: Shorter ones (characters) may be headings nobody has told.
SHORTEST = 50


def check(speech: Speech) -> Iterator[Finding]:
    """Long body paragraphs with a full stop inside whose last character is no mark."""
    for n, line in enumerate(speech.lines):
        text = line.text.rstrip()
        if line.role == "body" and len(text) >= SHORTEST and is_han(text[-1]) and "。" in text and "—" not in text[-12:]:
            yield Finding(NAME, n, len(text), len(text), "这一段末尾没有句号，像是没有写完。")
