"""多半是拼音输入时选错了词。

一个词和前后的字几乎从不连用，换成读音相同的另一个词就很通顺，这个词多半是选错了。判断依据是报纸和公文里
字词连用的次数；把握大的报警告，把握小的只作建议。书名和引号里单独的词、人名、全文里反复出现的词不报。

错：认真组织事实这个方案
对：认真组织实施这个方案
"""

from collections import Counter
from collections.abc import Iterator

from drafter.rules import Finding, Line, Speech
from drafter.wording import is_talked_of

NAME = "homophone-slip"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）；报纸和公文里字词连用的次数"

#: The logarithm of the odds from which a slip is a warning: under 0.1 false alarms on 1,000 characters of a newspaper's official
#: prose, 0.3 on all of it with its literature, 0.2 on our own outlines (make_lexicon.py); and from which it is advice: 0.4, 1 and 0.7.
SURE = 1.5
LIKELY = 0.0

#: A word that would be a slip so often is one of the speech's own.
OWN = 2


def check(speech: Speech) -> Iterator[Finding]:
    """The surest slip of those that overlap."""
    from drafter.lexicon import Slip, lexicon

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
            if not _set_off(line, slip.start, end):
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
                level="warning" if slip.sure >= SURE else "advice",
            )


def _set_off(line: Line, start: int, end: int) -> bool:
    """Whether a word stands in a title, alone in quotation marks, or in a name."""
    from drafter.people import SURNAMES, named

    if line.role in ("byline", "signature") or any(n.start < end and start < n.end for n in named(line.text)):
        return True
    if is_talked_of(line.text, start, end):
        return True
    text = line.text
    first = start - 1 if start and text[start - 1] in SURNAMES else start if text[start] in SURNAMES else -1
    return first >= 0 and text[end : end + 2] in ("同志", "先生", "女士", "书记", "主席", "主任", "教授", "院士", "老师")
