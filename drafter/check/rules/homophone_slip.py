"""多半是拼音输入时选错了词。

一个词和前后的字几乎从不连用，换成读音相同的另一个词就很通顺，这个词多半是选错了。判断依据是报纸和公文里
字词连用的次数；把握大的报警告，把握小的只作建议。书名和引号里单独的词、人名、全文里反复出现的词不报。

错：认真组织事实这个方案
对：认真组织实施这个方案
"""

import re
from collections import Counter
from collections.abc import Iterator
from math import exp
from typing import TYPE_CHECKING

from drafter.check.rules import Finding, Speech
from drafter.check.words import is_talked_of
from drafter.chinese.prose import quoted
from drafter.speech.block import Line

if TYPE_CHECKING:
    from drafter.chinese.lexicon import Lexicon, Slip

NAME = "homophone-slip"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）；报纸和公文里字词连用的次数"

#: The logarithm of the odds from which a slip is a warning: 0.1 to 0.2 false alarms on 1,000 characters of a
#: newspaper's official prose, 0.1 on published speeches of today and on our own outlines; and from which it is advice
#: (make_lexicon.py tells of other limits).
SURE = 0.6
LIKELY = 0.0

#: A word that stands beside one of its neighbours in the counted texts so often (the logarithm of five and one) is no
#: slip for being new to the other: 经市委｜同意，.
ATTESTED = 1.8

#: A word of the dictionary this common (more than e⁵ in 60 million) is none where it makes as common a word with a
#: neighbour: 正副｜职.
COMMON = 5.0

#: From which nothing makes a slip doubtful: the replaced word is no word, and the other fits on both sides.
CERTAIN = 2.0

#: A word that would be a slip so often is one of the speech's own.
OWN = 2

#: A name or a motto between quotation marks is coined, and has no more characters than this; a longer quotation is
#: running text.
COINED = 24

#: A word of the dictionary (more than e² in 60 million) that the counted texts have fewer times than this may be right
#: where they never saw it: 历史极值, 三个校区; where the other word is seen with both neighbours, fewer times than `SELDOM`.
RARE = 7.0
SELDOM = 3.0

#: The part of a word's frequency in the dictionary that was counted with the texts (make_lexicon.py).
FROM_DICTIONARY = 1 / 40
_OFTEN = 2.0

_FIGURES = frozenset("一二三四五六七八九十百千万两双")

#: What stands between figures and the thing counted: 3亿个, 20余个.
_AFTER_FIGURES = frozenset("万亿余多来几个")

#: The last characters of a person's post or rank; what comes right behind is a name where it is no word.
_POST_ENDS = (
    *(f"{of}长" for of in "部厅局处科股省市州县区旗乡镇村组校院所站队团营连会察事书行班台馆园"), "书记", "主任", "主席", "经理", "总监", "委员", "代表", "院士", "教授", "同志", "记者", "专员", "研究员", "队员",
)  # fmt: skip

#: Characters that are words by themselves: beside one, two characters that no dictionary has together are rather two
#: words.
_WORDS = frozenset("也以暨对不将必请和与在从被把让使是的了于及或等内外上下中前后这那此该各每其再又就都要会能可为向由给同跟")


def check(speech: Speech) -> Iterator[Finding]:
    """The surest slip of those that overlap."""
    from drafter.check.tables.lexicon import lexicon

    book = lexicon()
    found: list[tuple[int, Slip]] = []
    for number, line in enumerate(speech.lines):
        taken: set[int] = set()
        slips = [slip for slip in book.slips(line.text) if slip.sure >= LIKELY]
        for slip in sorted(slips, key=lambda s: -s.sure):
            end = slip.start + len(slip.word)
            if not taken.isdisjoint(range(slip.start, end)):
                continue
            taken.update(range(slip.start, end))
            if not _set_off(line, slip.start, end) and not _is_name(book, line.text, slip.start, end):
                found.append((number, slip))
    words = Counter(slip.word for _, slip in found)
    for number, slip in found:
        if words[slip.word] < OWN:
            yield Finding(
                NAME,
                number,
                slip.start,
                slip.start + len(slip.word),
                f"“{slip.word}”在这里不常见，是不是“{slip.instead}”？",
                slip.instead,
                level="warning"
                if slip.sure >= SURE and not _doubtful(book, speech.lines[number].text, slip)
                else "advice",
            )


def _doubtful(book: "Lexicon", text: str, slip: "Slip") -> bool:
    """Whether the word may be right though the other fits better: one of its neighbours often stands beside it, it
    counts something (一轴贯通, 市六届人大), stands in a coined name, or is the end of one word and the beginning of another
    (二产也是)."""
    if len(slip.word) == 3 and (
        (book.is_word(slip.word[:2]) and slip.word[2] in _WORDS)
        or (slip.word[0] in _WORDS and book.is_word(slip.word[1:]))
    ):
        return True
    often = book.frequency(slip.word)
    if slip.attested >= ATTESTED or (slip.fits_both and max(slip.features[4:6]) >= often >= COMMON):
        return True
    end = slip.start + len(slip.word)
    if often < 1 and _is_edge(book, text, slip.start, end):
        return True
    if slip.sure >= CERTAIN:
        return False
    if any(a in _FIGURES and a == b for a, b in zip(slip.word, slip.instead, strict=True)) or slip.word[-1] in _FIGURES:
        return True
    if any(e.start <= slip.start and end <= e.end <= e.start + COINED for e in quoted(text)):
        return True
    seen = book.count(slip.word) - (exp(often) - 1) * FROM_DICTIONARY
    if often > _OFTEN and seen < (SELDOM if slip.fits_both else RARE):
        return True
    if often < 1 and not _WORDS.isdisjoint(slip.word):
        return True
    left, right = text[max(0, slip.start - 1) : slip.start + 1], text[end - 1 : end + 1]
    return len(slip.word) == 3 and (
        (book.is_word(slip.word[:2]) and book.is_word(right)) or (book.is_word(left) and book.is_word(slip.word[1:]))
    )


def _is_name(book: "Lexicon", text: str, start: int, end: int) -> bool:
    """Whether two or three characters that are no word stand right behind a post (检察长应勇), or alone in a list of
    names."""
    from drafter.chinese.names import SURNAMES

    if book.frequency(text[start:end]) >= 1:
        return False
    if text[:start].endswith(_POST_ENDS) and not "一" <= text[end : end + 1] <= "龥":
        return True
    if text[start - 1 : start] != "、" and text[end : end + 1] != "、":
        return False
    items = re.split("[，。；：、（）]", text)
    at = text.count("、", 0, start) + sum(text.count(c, 0, start) for c in "，。；：（）")
    return items[at] == text[start:end] and any(
        2 <= len(item) <= 3 and item[0] in SURNAMES and book.frequency(item) < 1
        for item in items[max(0, at - 1) : at] + items[at + 1 : at + 2]
    )


def _set_off(line: Line, start: int, end: int) -> bool:
    """Whether a word stands in a title, alone in quotation marks, or in a name."""
    from drafter.chinese.names import SURNAMES, named

    if line.role in ("byline", "signature") or any(n.start < end and start < n.end for n in named(line.text)):
        return True
    if is_talked_of(line.text, start, end):
        return True
    text = line.text
    if text[start] == "一" and f"二{text[start + 1 : end]}" in text[end:]:
        return True
    if text[start] in _AFTER_FIGURES and text[max(0, start - 1) : start].isdigit():
        return True
    first = start - 1 if start and text[start - 1] in SURNAMES else start if text[start] in SURNAMES else -1
    return first >= 0 and text[end : end + 2] in ("同志", "先生", "女士", "书记", "主席", "主任", "教授", "院士", "老师")


def _is_edge(book: "Lexicon", text: str, start: int, end: int) -> bool:
    """Whether a longer word begins with the last of the characters or ends with the first: 以|时不我待."""
    return any(
        book.frequency(text[end - 1 : end - 1 + size]) > 0
        or (start + 1 >= size and book.frequency(text[start + 1 - size : start + 1]) > 0)
        for size in (3, 4)
        if len(text) >= size
    )
