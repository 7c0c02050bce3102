"""成语和常用的四字语里写错了字。

成语的字是定了的，一个字也不能换。另一种写法词典也收的，只作建议。和一条成语只差一个读音相同、相近的字的，也报；有意改的（加了引号的、
一篇里写了几次的）不报。

错：一股作气，刻尽职守，集思广意
对：一鼓作气，恪尽职守，集思广益
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.standing import look_at, standing
from drafter.check.tables.idioms import Near, idioms
from drafter.check.tables.lexicon import lexicon
from drafter.check.words import findings, is_talked_of

NAME = "misspelt-idiom"
LEVEL = "error"
SOURCE = "《现代汉语词典》（第7版）；清华大学开放中文词库（THUOCL）成语表"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`, and what sounds like an idiom but for one character."""
    told: set[tuple[int, int]] = set()
    for finding in findings(speech, NAME):
        told.update((finding.line, at) for at in range(finding.start, finding.end))
        yield finding
    book = idioms()
    look_at(speech.lines)
    for number, line in enumerate(speech.lines):
        last = -1
        for near in book.near(line.text, standing(line.text).idioms):
            start, end = near.start, near.start + 4
            typed = line.text[start:end]
            if (
                start < last
                or (number, start + near.at) in told
                or _is_meant(line.text, near)
                or _is_said_again(speech, typed)
            ):
                continue
            last = end
            message = f"“{typed}”应为“{near.idiom}”，请核对。"
            yield Finding(NAME, number, start, end, message, near.idiom, level="warning")


def _is_meant(text: str, near: Near) -> bool:
    """Whether the odd character belongs to a word of its own, inside the four or with what stands beside them, or the four
    stand in quotation marks."""
    start, at = near.start, near.start + near.at
    if near.idiom[2] == "之" and near.at == 3:  # 千里之心 is no slip for 千里之行: anything may stand behind 之
        return True
    book = lexicon()
    half = text[start : start + 2] if near.at < 2 else text[start + 2 : start + 4]
    if book.is_word(half) or (near.at == 3 and book.is_word(text[at : at + 2])):
        return True
    if (
        near.at == 0
        and start
        and (text[start] in "百千万亿" or text[start - 1] in "的这那件" or book.is_word(text[start - 1 : start + 1]))
    ):
        return True
    return (near.at in (1, 2) and book.is_word(text[start + 1 : start + 3])) or is_talked_of(text, start, start + 4)


def _is_said_again(speech: Speech, words: str) -> bool:
    """Whether a speech says the four characters more than once: then they are meant."""
    return sum(line.text.count(words) for line in speech.lines) > 1
