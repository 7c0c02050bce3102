"""Numberings, told by a sample of their first number; the same object says a number and recognises one."""

import re
from typing import NamedTuple

from drafter.chinese.numerals import numeral, read_numeral

#: (sample, before the number, after it, how it is said, whether it begins a paragraph of its own). `n` 汉字, `d` digits,
#: `o` circled. The marks behind the numbers are those of GB/T 15834—2011, annex B.3.
SAMPLES: tuple[tuple[str, str, str, str, bool], ...] = (
    ("一、", "", "、", "n", True),
    ("（一）", "（", "）", "n", True),
    ("1.", "", ".", "d", True),
    ("（1）", "（", "）", "d", True),
    ("①", "", "", "o", True),
    ("一要", "", "要", "n", False),
    ("一是", "", "是", "n", False),
    ("第一，", "第", "，", "n", False),
    ("其一，", "其", "，", "n", False),
    ("首先，", "", "", "首先，|其次，|再次，|最后，", False),
    ("一方面，", "", "", "一方面，|另一方面，", False),
)

_CIRCLED = 0x2460  # ① to ⑳


class Numbering(NamedTuple):
    """How the numbers of one level are written. `own_line` tells one that begins a paragraph of its own (一、 （一） 1. （1）
    ①) from one that is said in running text (一是 …)."""

    sample: str
    before: str
    after: str
    kind: str
    own_line: bool

    @classmethod
    def from_sample(cls, sample: str) -> "Numbering":
        """The numbering whose first number looks like this. Raises ValueError, in Chinese, with those there are."""
        wanted = _plain(sample)
        for row in SAMPLES:
            if _plain(row[0]) == wanted:
                return cls(*row)
        raise ValueError(f"不认识“{sample}”这种序号；有：{' '.join(row[0] for row in SAMPLES)}")

    def label(self, n: int, total: int = 0) -> str:
        """The number as it is said: 12 → 十二要. `n` counts from 1. 首先 … 最后 needs `total` to know the last; beyond its
        words, and above 20 for circled numbers, it falls back to 第五， and （21）."""
        if self.kind == "n":
            return f"{self.before}{numeral(n)}{self.after}"
        if self.kind == "d":
            return f"{self.before}{n}{self.after}"
        if self.kind == "o":
            return chr(_CIRCLED + n - 1) if n <= 20 else f"（{n}）"
        words = self.kind.split("|")
        if self.sample == "首先，":
            if n == 1 or (n == 2 and total != 2):
                return words[n - 1]
            if total and n == total:
                return words[-1]
            return words[2] if n == 3 else f"第{numeral(n)}，"
        return words[n - 1] if n <= len(words) else f"第{numeral(n)}，"

    def match(self, text: str) -> tuple[int, str] | None:
        """The number a text begins with, and the rest of it; None where it begins with none of these."""
        if self.kind in "nd":
            figure = r"[零〇一二三四五六七八九十百千两]{1,9}" if self.kind == "n" else r"\d{1,4}"
            before, after = re.escape(self.before), re.escape(self.after)
            found = re.match(f"{before}({figure}){after}", text)
            n = read_numeral(found[1]) if found else None
            return (n, text[found.end() :]) if found and n and self.label(n) == found[0] else None
        if self.kind == "o":
            n = ord(text[0]) - _CIRCLED + 1 if text else 0
            return (n, text[1:]) if 1 <= n <= 20 else None
        for n, word in enumerate(self.kind.split("|"), 1):
            if text.startswith(word):
                return n, text[len(word) :]
        found = re.match("第([零一二三四五六七八九十百千]{1,7})，", text)
        n = read_numeral(found[1]) or 0 if found else 0
        return (n, text[found.end() :]) if found and self.label(n) == found[0] else None


def _plain(sample: str) -> str:
    """A sample with the marks an input method may have made of it."""
    return sample.strip().translate(str.maketrans("(),．１", "（），.1"))
