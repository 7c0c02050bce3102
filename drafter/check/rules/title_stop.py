"""标题末尾用了标点。

标题末尾不用句号、逗号、分号、冒号；问号、叹号、省略号可以用。

错：在全市重点项目推进会上的讲话。
对：在全市重点项目推进会上的讲话
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "title-stop"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录A.1（标题末尾不用句号）"


def check(speech: Speech) -> Iterator[Finding]:
    """Titles and sub-titles that end in a stop."""
    for n, line in enumerate(speech.lines):
        text = line.text.rstrip()
        if line.role in ("title", "subtitle") and text[-1:] and text[-1] in "。，；：、,.;:":
            alone = not any(c in text[:-1] for c in "。！？；")
            if alone and len(text) <= 60:
                yield Finding(
                    NAME,
                    n,
                    len(text) - 1,
                    len(text),
                    f"标题末尾不用“{text[-1]}”。",
                    "",
                    line.role == "title" and text[-1] == "。",
                )
