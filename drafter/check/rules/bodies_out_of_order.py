"""几套班子的次序不对。

并列时依次是党委、人大常委会、政府、政协。

错：市委、市政府、市人大常委会、市政协
对：市委、市人大常委会、市政府、市政协
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "bodies-out-of-order"
LEVEL = "warning"
SOURCE = "党政机关排列惯例：党委、人大常委会、政府、政协"

_RANKS = (("委", 0), ("人大", 1), ("人民代表大会", 1), ("政府", 2), ("人民政府", 2), ("政协", 3))


@lru_cache(maxsize=1)
def _row() -> re.Pattern[str]:
    body = "[省市县区州旗](?:委(?!员|办|书|常|组|宣|统|政|党|副)|人大常委会|人大(?!代)|人民代表大会常务委员会|人民政府|政府(?!办|工|领|党)|政协(?!委|党))"
    return re.compile(rf"(?:{body})(?:(?:、|和|及)(?:{body}))+")


def check(speech: Speech) -> Iterator[Finding]:
    """Bodies of one place in a row, out of their order. Where the party and the government stand first together and the
    others after 和, it is a phrase of its own and is left alone."""
    for n, line in enumerate(speech.lines):
        if "委" not in line.text and "政" not in line.text:
            continue
        for found in _row().finditer(line.text):
            bodies = re.split("[、和及]", found[0])
            ranks = [next(rank for word, rank in reversed(_RANKS) if body[1:].startswith(word)) for body in bodies]
            if ranks == sorted(ranks) or len({body[0] for body in bodies}) > 1 or len(set(ranks)) < len(ranks):
                continue
            if 1 not in ranks and 3 not in ranks:
                continue
            joints = re.findall("[、和及]", found[0])
            pairs = iter(sorted(zip(ranks, bodies, strict=True)))
            right = next(pairs)[1] + "".join(joint + body for joint, (_, body) in zip(joints, pairs, strict=True))
            yield Finding(NAME, n, found.start(), found.end(), "几套班子依次是党委、人大常委会、政府、政协。", right)
