"""只提了以前的全会，没有提最近的一次。

新的全会开过以后，“全面贯彻党的二十大和二十届二中、三中全会精神”要接着写下去，或者写“二十届历次全会精神”。专讲某一次全会的不用改。

错：2026年的讲话里写全面贯彻党的二十大和二十届二中、三中全会精神
对：全面贯彻党的二十大和二十届历次全会精神
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import book
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import inside

NAME = "stale-plenum"
LEVEL = "advice"
SOURCE = "历次全会公报"
NEEDS = "届"

#: A text written while a plenum is held does not know it yet (days).
_NEWS = 30


def check(speech: Speech) -> Iterator[Finding]:
    """The last plenum a text names with its 精神, where a later one has been held and the text names neither it nor all
    of them."""
    day = speech.as_of.toordinal()
    held = [e for e in book().of("meeting") if e.form.endswith("中全会") and e.last + _NEWS < day]
    if not held:
        return
    latest = max(held, key=lambda e: e.last)
    term, _, plenum = latest.name.removesuffix("中全会").partition("届")
    known = {(e.name.partition("届")[0], e.name.partition("届")[2][0]): e for e in held}
    last = None
    for number, line in enumerate(speech.lines):
        if "届" not in line.text:
            continue
        if re.search("历次全会|最近(?:召开|闭幕)的", line.text):
            return
        for found in re.finditer(r"([一二三四五六七八九十]{1,3})届((?:[一二三四五六七八九]中?[、和])*([一二三四五六七八九]))中全会(精神)?", line.text):
            if (found[1] == term and plenum in found[2]) or (read_numeral(found[1]) or 0) > (read_numeral(term) or 0):
                return
            if found[1] == term and (read_numeral(found[3]) or 0) > (read_numeral(plenum) or 0):
                return
            if found[4] and (found[1], found[3]) in known and not inside(line.text, found.start(), found.end()):
                last = number, found.start(), found.end()
    if last:
        said = f"{latest.name}已经在{formulations.day_said(latest.last)}闭幕，全文没有提到；要不要写“{term}届历次全会精神”？"
        yield Finding(NAME, *last, said)
