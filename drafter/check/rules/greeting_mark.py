"""开头的称呼后面没有用冒号。

讲话稿开头的称呼后面用冒号，领起下文。分两行写的，前一行末尾可以用逗号。讲话中间、末尾呼告听众的“同志们！”不算，问好的“大家上午好！”也不算。

错：同志们，（独占一行，下面是正文）
对：同志们：
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "greeting-mark"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.7.3.4（称谓语后用冒号）"


def check(speech: Speech) -> Iterator[Finding]:
    """The last line of the first greeting. An exclamation mark there is a matter of taste and only advised against."""
    first = next((n for n, line in enumerate(speech.lines) if line.role == "greeting"), None)
    if first is None or any(line.role in ("body", "heading") and len(line.text) > 20 for line in speech.lines[:first]):
        return
    last = first
    while last + 1 < len(speech.lines) and speech.lines[last + 1].role == "greeting":
        last += 1
    text = speech.lines[last].text.rstrip()
    inner = text[:-1].find("：")
    if inner > 0 and text.endswith(("：", ":")) and len(text) <= 40:
        yield Finding(
            NAME,
            last,
            inner,
            inner + 1,
            "称呼还没有说完，中间不用冒号。",
            "、" if text[inner + 1 :].startswith(("同志们", "各位")) else "，",
        )
    if not text or text[-1] in "：:。；" or last + 1 == len(speech.lines):
        return
    if text.endswith(("好！", "好!")):  # 大家早上好！ is a wish of its own
        return
    if text[-1] in "，,、！!":
        yield Finding(
            NAME, last, len(text) - 1, len(text), "称呼后面用冒号。", "：", False, "advice" if text[-1] in "！!" else ""
        )
    else:
        yield Finding(NAME, last, len(text), len(text), "称呼后面缺冒号。", "：")
