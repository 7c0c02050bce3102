"""字体、字号不是公文的。

标题用小标宋体二号，正文用仿宋体三号，“一、”用黑体，“（一）”用楷体。讲话稿不是法定公文，可以有自己的样子；字再大些，
也不算错。

错：标题黑体小二，正文宋体四号
对：标题小标宋体二号，正文仿宋体三号
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of
from drafter.speech.page import BODY_KIND, HEADING_KINDS, TITLE_KIND, size_said, told, usual

NAME = "odd-type"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，5.2.2、7.3.1、7.3.3（3 号仿宋、2 号小标宋、黑体和楷体）"

#: Sizes of title and body, in points.
_TITLE, _BODY = 22, 16

#: What the headings begin with whose type the standard names.
_STYLES = ("一、", "（一）")


def check(speech: Speech) -> Iterator[Finding]:
    """The first title, body and heading of each level that is set otherwise. What a template says is left to it."""
    if speech.layout is None or speech.layout.ours:
        return
    looks = list(told(speech.layout, len(speech.lines)))
    for n, look in looks:
        if speech.lines[n].role == "title":
            yield from _unlike(speech, n, "标题", look.main.kind, look.main.size_pt, TITLE_KIND, _TITLE)
            break
    body = [(n, look) for n, look in looks if speech.lines[n].role == "body"]
    main, _ = usual([look for _, look in body])
    if body:
        yield from _unlike(speech, body[0][0], "正文", main.kind, main.size_pt, BODY_KIND, _BODY)
    for style, kind in zip(_STYLES, HEADING_KINDS, strict=True):
        for n, look in looks:
            label = label_of(speech.lines[n].text) if speech.lines[n].role == "heading" else None
            if label and label[0] == style:
                yield from _unlike(speech, n, f"“{speech.lines[n].text[:3]}”这一级小标题", look.main.kind, _BODY, kind, _BODY)
                break


def _unlike(speech: Speech, n: int, what: str, kind: str, size: float, wanted: str, least: float) -> Iterator[Finding]:
    if not kind or (kind == wanted and size >= least):
        return
    is_, should = (f"{kind}体" if len(kind) < 4 else f" {kind}", f"{wanted}体")
    if size < least:
        is_, should = f"{is_}{size_said(size)}", f"{should}{size_said(least)}"
    yield Finding(NAME, n, 0, len(speech.lines[n].text), f"{what}是{is_}，公文用{should}。")
