"""引号、书名号之间的顿号有的用、有的不用。

标有引号或书名号的并列成分之间，通常不用顿号；要用，全篇都用。一篇稿子里两种写法都有，就是没有统稿。

错：“甲”“乙”都要抓，“丙”、“丁”也要管
对：“甲”“乙”都要抓，“丙”“丁”也要管
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "mixed-list-marks"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.5.3.5（通常不用顿号）"


def check(speech: Speech) -> Iterator[Finding]:
    """The way of listing quotations or titles that the speech uses less often, where it uses both."""
    for closer, opener, name in (("”", "“", "引号"), ("》", "《", "书名号")):
        places: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        for n, line in enumerate(speech.lines):
            if closer in line.text:
                for found in re.finditer(f"{closer}(、?){opener}", line.text):
                    places[bool(found[1])].append((n, found.start() + 1))
        if places[True] and places[False]:
            stopped = len(places[True]) <= len(places[False])
            for n, at in places[stopped]:
                message = f"别处{name}之间不用顿号，这里用了。" if stopped else f"别处{name}之间用顿号，这里没有用。"
                yield Finding(NAME, n, at, at + int(stopped), message, "" if stopped else "、")
