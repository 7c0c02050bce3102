"""标题回行断在词中间，或者只剩一两个字。

标题分行要词意完整、排列对称、长短适宜，排成梯形或者菱形。让 Word 自己回行，常把一个词断成两截。

错：“在全市党政办公室主任培训班上的讲”一行，“话”一行
对：“在全市党政办公室主任”一行，“培训班上的讲话”一行
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.title import cut_at, width
from drafter.speech.page import Page, ParagraphLook, hanzi, told

NAME = "broken-title"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.1（标题回行时，要做到词意完整，排列对称，长短适宜，间距恰当）"

#: Longest title of a speech (characters); a line of so few 汉字 under a longer one is a remnant; the shortest line is at
#: least this share of the longest.
_LONGEST, _REMNANT, _SHARE = 80, 2, 1 / 4


def check(speech: Speech) -> Iterator[Finding]:
    """Titles whose lines, as they are typed or as they must come out, end inside a word or leave a remnant."""
    for n, look in told(speech.layout, len(speech.lines)):
        text = speech.lines[n].text
        if speech.lines[n].role != "title" or len(text) > _LONGEST or speech.layout is None:
            continue
        rows = _rows(speech.layout, look)
        whole = "".join(rows)
        at = 0
        for one in rows[:-1]:
            at += len(one)
            word = cut_at(whole, at)
            if word:
                yield Finding(NAME, n, 0, len(text), f"标题回行断在“{word}”中间：{'／'.join(rows)}。")
                break
        else:
            yield from _shape(n, text, rows)


def _shape(n: int, text: str, rows: list[str]) -> Iterator[Finding]:
    widths = [width(row) for row in rows]
    if len(rows) > 1 and len(rows[-1]) <= _REMNANT and widths[0] > 4:
        yield Finding(NAME, n, 0, len(text), f"标题最后一行只有“{rows[-1]}”：{'／'.join(rows)}。")
    elif len(rows) > 1 and min(widths) < _SHARE * max(widths):
        yield Finding(NAME, n, 0, len(text), f"标题各行长短太悬殊：{'／'.join(rows)}。", level="advice")


def _rows(page: Page, look: ParagraphLook) -> list[str]:
    """The lines of a title: those typed, and where one of nothing but 汉字 is wider than the page, as Word fills them."""
    out: list[str] = []
    room = int(page.width_pt / look.main.size_pt) if look.main.size_pt else 0
    for row in look.rows:
        alike = {piece.size_pt for piece in look.types} == {
            look.main.size_pt
        } and look.left_chars == look.first_chars == 0
        if alike and room > 4 and hanzi(row) == len(row) > room:
            out += [row[at : at + room] for at in range(0, len(row), room)]
        elif room and width(row) > room:
            return []  # nobody knows where Word breaks it
        else:
            out.append(row)
    return out
