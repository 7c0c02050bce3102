"""段落太长，中间没有停顿的地方。

一段六百字以上，念的人找不到歇气和抬头的地方；分成两三段。

错：（一段八百字）
对：（分成三段）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.whole import sizes

NAME = "long-paragraph"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：段落长短适中"

#: 字. Measured on published speeches: median 144, 90 of 100 below 363.
LONG = 600


def check(speech: Speech) -> Iterator[Finding]:
    """Paragraphs by the 字 they take to read."""
    for n, line in enumerate(speech.lines):
        if len(line.text) > LONG:
            count = sizes(speech.lines)[n]
            if count > LONG:
                yield Finding(NAME, n, 0, len(line.text), f"这一段有 {count} 字，中间没有停顿，分成几段。")
