"""The day a speech is judged by, where nobody says one."""

import re
from collections.abc import Sequence
from datetime import date

from drafter.chinese.numerals import read_date
from drafter.speech.block import Line

_DATE = r"[〇零○一二三四五六七八九0-9]{4}年[一二三四五六七八九十0-9]{1,3}月(?:[一二三四五六七八九十0-9]{1,3}日)?"

#: Lines among which the stamp of a page stands, and characters of such a line.
_HEAD_LINES, _STAMP_CHARACTERS = 12, 60


def date_of(lines: Sequence[Line], today: date) -> date | None:
    """The day a speech was or will be held by its date line, signature, the line under its title (——2021年4月10日在……上) or
    the stamp of the page it was copied from; where only its title names a year that is over, the last day of that year.
    None where nothing tells."""
    for roles in (("dateline", "signature"), ("subtitle", "byline")):
        for line in lines:
            found = re.search(_DATE, line.text) if line.role in roles else None
            if found:
                text = found[0]
                return read_date(text if text.endswith("日") else text + "1日", today)
    for line in lines[:_HEAD_LINES]:
        stamp = (
            re.search(r"(?<!\d)(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d)", line.text)
            if len(line.text) <= _STAMP_CHARACTERS
            else None
        )
        told = read_date(stamp[0], today) if stamp else None
        if told:
            return told
    named = [
        int(y) for line in lines if line.role == "title" for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", line.text)
    ]
    year = max((y for y in named if y <= today.year), default=today.year)
    return date(year, 12, 31) if year < today.year else None
