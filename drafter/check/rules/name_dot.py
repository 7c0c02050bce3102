"""人名、书名里的间隔号写成了句点或顿号。

外国人和少数民族人名各部分之间，书名和篇名之间，用间隔号“·”，在字的中间，不是“.”“。”。

错：阿卜杜热依木.买买提同志，《论语.为政》
对：阿卜杜热依木·买买提同志，《论语·为政》
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import inside, matches
from drafter.chinese.sounds import SOUNDS

NAME = "name-dot"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.14.3（间隔号的用法）"
NEEDS = ".．》·"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff"
    return re.compile(
        f"(?<=[{SOUNDS}][{SOUNDS}])[.．](?=[{SOUNDS}]{{2}})|(?<=《[{han}]{{2}})[.．。](?=[{han}]{{1,8}}》)"
        f"|(?<=《[{han}]{{3}})[.．。](?=[{han}]{{1,8}}》)|(?<=“[{han}]{{2}})[.．](?=[{han}]{{1,6}}”)"
        f"|(?<=[{SOUNDS}]{{2}}) ?· (?=[{SOUNDS}]{{2}})|(?<=[{SOUNDS}]{{2}}) ·(?=[{SOUNDS}]{{2}})"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A full stop between two names from another language, or between the halves of a title in 《》 or of a short
    quotation."""
    for n, line in having(speech.lines, NEEDS):
        if any(c in line.text for c in ".．。·") and not line.text.isascii():
            for found in matches(_pattern(), line.text, "[.．。· ]"):
                c = found[0].strip()
                if (
                    c != "·"
                    and inside(line.text, found.start(), marks="《")
                    and re.search("[。．.]$", line.text[found.end() : line.text.find("》", found.end())])
                ):
                    continue
                message = "间隔号前后不空格。" if c == "·" else f"这里用间隔号“·”，不用“{c}”。"
                yield Finding(NAME, n, found.start(), found.end(), message, "·")
