"""会议的名称写成了两样。

标题是“全市档案工作会议”，文中写成“全市档案工作大会”。全称要一字不差；简称先说明。

错：（标题）在全市档案工作会议上的讲话　（正文）这次全市档案工作大会
对：（标题）在全市档案工作会议上的讲话　（正文）这次全市档案工作会议
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "meeting-two-ways"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：会议名称前后一致"

_KINDS = "工作会议|会议|大会|座谈会|动员会|推进会|培训班|现场会|交流会|部署会|调度会|报告会|总结会"
_TITLE = re.compile(f"^在(.{{4,40}}?(?:{_KINDS}))(?:开幕式|闭幕式|开班式)?上的")


def check(speech: Speech) -> Iterator[Finding]:
    """Names in the text that are the title's but for the word for what kind of meeting it is."""
    title = "".join(line.text for line in speech.lines[:3] if line.role == "title")
    found = _TITLE.match(title)
    if not found:
        return
    name = found[1]
    stem = re.sub(f"(?:{_KINDS})$", "", name)
    kind = name[len(stem) :]
    if len(stem) < 4 or kind not in ("会议", "工作会议", "大会"):
        return
    other = re.compile(re.escape(stem) + ("大会" if kind != "大会" else "会议"))
    for n, line in enumerate(speech.lines):
        if line.role == "title":
            continue
        for wrong in other.finditer(line.text):
            yield Finding(NAME, n, wrong.start(), wrong.end(), f"标题里是“{name}”，这里是“{wrong[0]}”。", name)
