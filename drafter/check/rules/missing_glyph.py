"""字体里没有这个字。

“仿宋_GB2312”“方正小标宋简体”这些字体只有 6,763 个常用汉字，人名、地名里的“喆”“堃”“镕”没有，印出来会换成别的字体，
粗细大小都不一样。这几个字单独换成同一种样子、字数多的字体。

错：“王喆”用仿宋_GB2312
对：“王喆”用仿宋，或者方正仿宋_GBK
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import hanzi, repertoire, told

NAME = "missing-glyph"
LEVEL = "warning"
SOURCE = "GB/T 2312—1980（基本集 6,763 个汉字）；字体厂家的字符集"


def check(speech: Speech) -> Iterator[Finding]:
    """Every such 汉字 where it first stands in a font."""
    seen: set[tuple[str, str]] = set()
    for n, look in told(speech.layout, len(speech.lines)):
        text = speech.lines[n].text
        for piece in look.types:
            encoding = repertoire(piece.font)
            for c in piece.text if encoding and not piece.text.isascii() else "":
                if not hanzi(c) or (c, piece.font) in seen or _held(c, encoding):
                    continue
                seen.add((c, piece.font))
                at = text.find(c)
                if at >= 0:
                    larger = {"仿宋": "仿宋或者方正仿宋_GBK", "楷": "楷体或者方正楷体_GBK", "小标宋": "方正小标宋_GBK"}.get(piece.kind, "字数更多的字体")
                    other = larger if encoding == "gb2312" else "字数更多的字体"
                    yield Finding(NAME, n, at, at + 1, f"字体“{piece.font}”里没有“{c}”，会印成别的字体；这个字换成{other}。")


def _held(c: str, encoding: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
