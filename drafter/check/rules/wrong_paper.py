"""纸不是 A4。

用国外软件新建的文件，常是美国的 Letter 纸（216×279 毫米），印到 A4 上会缩小或者切边。

错：纸张 216×279 毫米
对：纸张 210×297 毫米（A4）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "wrong-paper"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，5.1（A4 型纸，210×297 毫米）"

#: How far from its size a paper still is of it, in millimetres: programs round.
_NEAR = 2

#: American papers, which no printer of an office here has: only a program's default brings them.
_AMERICAN = {"Letter": (215.9, 279.4), "Legal": (215.9, 355.6)}


def check(speech: Speech) -> Iterator[Finding]:
    """American paper; paper of another size or across only as advice: that may be meant."""
    page = speech.layout
    if page is None or not speech.lines or page.ours:
        return
    short, long = sorted((page.width_mm, page.height_mm))
    size = f"{page.width_mm:.0f}×{page.height_mm:.0f} 毫米"
    american = next(
        (name for name, (a, b) in _AMERICAN.items() if abs(short - a) <= _NEAR and abs(long - b) <= _NEAR), ""
    )
    whole = len(speech.lines[0].text)
    if american:
        yield Finding(NAME, 0, 0, whole, f"纸是美国的 {american}（{size}），公文用 A4（210×297 毫米）。")
    elif abs(short - 210) > _NEAR or abs(long - 297) > _NEAR:
        yield Finding(NAME, 0, 0, whole, f"纸是 {size}，公文用 A4（210×297 毫米）。", level="advice")
    elif page.width_mm > page.height_mm:
        yield Finding(NAME, 0, 0, whole, "纸是横放的，公文用竖放的 A4。", level="advice")
