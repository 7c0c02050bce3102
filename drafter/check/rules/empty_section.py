"""有小标题，没有内容。

独占一行的小标题下面什么也没有，又是一个同级或更高的小标题，或者稿子就完了。

错：一、提高认识　二、突出重点（两个小标题挨着）
对：一、提高认识　（正文）　二、突出重点
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import points

NAME = "empty-section"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：每一条要求有内容"


def check(speech: Speech) -> Iterator[Finding]:
    """A numbered heading with neither text nor lower points below it. Where no sibling has text, it is a list, not
    headings."""
    found = points(speech.lines)
    by_line = {p.line: n for n, p in enumerate(found)}
    parents = [p.parent for p in found]
    empty: list[int] = []
    full: set[tuple[str, int]] = set()
    full_points: list[int] = []
    for n, p in enumerate(found):
        if not p.alone:
            full.add((p.style, p.part))
            full_points.append(n)
            continue
        after = by_line.get(p.line + 1)
        ends = p.line + 1 >= len(speech.lines) or speech.lines[p.line + 1].role == "signature"
        if ends or (after is not None and found[after].parent != n and _above(found[after].parent, n, parents)):
            empty.append(n)
        else:
            full.add((p.style, p.part))
            full_points.append(n)
    for n in empty:
        p = found[n]
        line = speech.lines[p.line]
        if (
            (p.style, p.part) in full
            and line.role == "heading"
            and line.text[-1:] not in "。；：，、"
            and len(empty) <= len(full_points)
        ):
            yield Finding(NAME, p.line, p.start, len(speech.lines[p.line].text), "这个小标题下面没有内容。")


def _above(parent: int | None, n: int, parents: list[int | None]) -> bool:
    """Whether a point with this parent stands beside point `n` or above it, not below."""
    while parent is not None:
        if parent == n:
            return False
        parent = parents[parent]
    return True
