"""全会、两会的届次与年份对不上，或者根本没有这一次。

十八届三中全会是2013年11月，十九届四中全会是2019年10月；全国人大、全国政协一届开五次会议，中央委员会一届开七次左右全会。

错：2025年召开的党的二十届三中全会
对：2024年召开的党的二十届三中全会
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import book
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import inside

NAME = "wrong-meeting-ordinal"
LEVEL = "error"
SOURCE = "历次全会公报；《中华人民共和国宪法》第六十条（全国人大每届任期五年）"
NEEDS = "届党纪"

#: What stands in whatever is found.
_NEEDS = needed("中全|次全|届全|国人|国政|" + each_with_each("的", "一二三四五六七八九十"))

#: The year of the first session of a National People's Congress and of the CPPCC, by term.
_FIRST_SESSION = {10: 2003, 11: 2008, 12: 2013, 13: 2018, 14: 2023}

#: No Central Committee has held more plenums: the 13th had eight, the 17th to the 19th seven.
_MOST_PLENUMS = {13: 8}
_USUAL_PLENUMS = 7
_LAST_KNOWN = 19

#: Where a session of a congress has its term and its number.
_SESSIONS = {"npc": ("nt", "nn"), "people": ("ot", "on"), "cppcc": ("ct", "cn")}

_NUMBER = "[一二三四五六七八九十]"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    meeting = (
        f"(?P<plenum>(?P<pt>{_NUMBER}{{1,3}})届(?P<pn>{_NUMBER})中全会)|(?P<discipline>{_NUMBER}{{1,3}}届中央纪委{_NUMBER}次全会)|"
        f"(?P<npc>第?(?P<nt>{_NUMBER}{{1,3}})届全国(?:人大|政协|人民代表大会)(?:第)?(?P<nn>{_NUMBER}{{1,2}})次会议)|"
        f"(?P<people>全国人大第?(?P<ot>{_NUMBER}{{1,3}})届第?(?P<on>{_NUMBER}{{1,2}})次会议)|"
        f"(?P<cppcc>全国政协第?(?P<ct>{_NUMBER}{{1,3}})届(?:委员会)?第?(?P<cn>{_NUMBER}{{1,2}})次会议)|"
        f"(?P<congress>党的{_NUMBER}{{1,3}}大)(?!以来|代)"
    )
    before = (
        r"(?:(?P<year>(?:19|20)\d\d)年(?:(?P<month>1[0-2]|[1-9])月)?(?:\d{1,2}日?(?:[至—-]\d{1,2}日)?)?(?:胜利)?(?:召开|举行"
        r"|闭幕)的?(?:党的|中国共产党|中共)?)?"
    )
    after = r"(?:(?:胜利)?于(?P<later>(?:19|20)\d\d)年(?:(?P<later_month>1[0-2]|[1-9])月)?)?"
    return re.compile(f"{before}(?:{meeting}){after}")


@lru_cache(maxsize=1)
def _discipline() -> re.Pattern[str]:
    return re.compile(
        f"(?:(?P<bt>{_NUMBER}{{1,3}})届)?(?:中央纪委|中纪委)(?:(?P<at>{_NUMBER}{{1,3}})届)?(?P<n>{_NUMBER})中全会"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Meetings beside a year or month in which they were not held, and meetings there never were."""
    for number, line in having(speech.lines, _NEEDS):
        if "届" not in line.text and "党的" not in line.text and "纪委" not in line.text:
            continue
        if not re.search("中全会|次全会|届全国|全国人大|全国政协|党的[一二三四五六七八九十]", line.text):
            continue
        for found in _discipline().finditer(line.text):
            if not inside(line.text, found.start(), marks="《〈“‘"):
                term = found["bt"] or found["at"]
                right = f"{term}届中央纪委{found['n']}次全会" if term else f"中央纪委{found['n']}次全会"
                yield Finding(NAME, number, found.start(), found.end(), f"中央委员会的才叫“中全会”，纪委的叫“{right}”。", right)
        for found in _pattern().finditer(line.text):
            kind = next(k for k in ("plenum", "discipline", "npc", "people", "cppcc", "congress") if found[k])
            if inside(line.text, found.start(kind), marks="《〈“‘"):
                continue
            fault = _fault(found, kind)
            if fault:
                yield Finding(NAME, number, found.start(), found.end(), fault)


def _fault(found: re.Match[str], kind: str) -> str:
    name = found[kind]
    years = [int(y) for y in (found["year"], found["later"]) if y]
    months = [int(m) for m in (found["month"], found["later_month"]) if m]
    if kind in _SESSIONS:
        term, session = (read_numeral(found[group]) for group in _SESSIONS[kind])
        if term not in _FIRST_SESSION or session is None:
            return ""
        if session > 5:
            return f"没有{name}：一届五年，每年一次。"
        held = _FIRST_SESSION[term] + session - 1
        return f"{name}是{held}年召开的。" if years and years != [held] else ""
    entry = next((e for e in book().of("meeting") if e.name == name), None)
    if entry is None:
        if kind == "plenum":
            term, plenum = read_numeral(found["pt"]), read_numeral(found["pn"])
            if (
                term is not None
                and plenum is not None
                and 11 <= term <= _LAST_KNOWN
                and plenum > _MOST_PLENUMS.get(term, _USUAL_PLENUMS)
            ):
                return f"没有{name}。"
        return ""
    first, last = date.fromordinal(entry.first), date.fromordinal(entry.last)
    if any(y not in (first.year, last.year) for y in years) or any(m not in (first.month, last.month) for m in months):
        return f"{name}是{first.year}年{first.month}月召开的。"
    return ""
