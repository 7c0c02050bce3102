"""一句话被断成了两段。

段落以逗号、顿号结尾，或者以句号、逗号、后引号开头，是回车打错了地方，或者粘贴时断了行。

错：各单位要把任务分解到人，（回车）一件一件抓落实。
对：各单位要把任务分解到人，一件一件抓落实。
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "split-paragraph"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，5.1.1（点号不出现在一行之首）"


def check(speech: Speech) -> Iterator[Finding]:
    """Body paragraphs that end in the middle of a sentence, and paragraphs that begin with a mark."""
    for n, line in enumerate(speech.lines):
        text = line.text.rstrip()
        if not text:
            continue
        at = len(text) - len(text.lstrip())
        if text[at] in "，。、；：！？”’）》" and not text[at + 1 : at + 2].isdigit():
            yield Finding(NAME, n, at, at + 1, f"这一段以“{text[at]}”开头，应当和上一段接起来。")
        if (
            text[-1] in "，、"
            and line.role == "body"
            and n + 1 < len(speech.lines)
            and speech.lines[n + 1].role == "body"
            and len(text) > 15
        ):
            after = speech.lines[n + 1].text
            if len(after) > 15:
                yield Finding(NAME, n, len(text) - 1, len(text), f"这一段以“{text[-1]}”结尾，一句话断开了。")
