"""What a cell says, as text that a person would write into an answer."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from drafter.readers.sheet.formats import DIGITS, day, plain

#: What a sheet shows where a formula has no value.
ERRORS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "Err:502",
    "Err:504",
    "Err:508",
    "Err:509",
    "Err:522",
)

YES, NO = "是", "否"

#: Characters that nobody sees and nobody means: zero width, direction marks, byte order marks, what Excel cannot write.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]")

#: A cell of full-width figures and letters only, which are typed by an input method left on.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．－／：％]*[０-９][０-９Ａ-Ｚａ-ｚ．－／：％]*")

#: What a text keeps of a day that had no hour.
_MIDNIGHT = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[ T]0?0:00(?::00(?:\.0+)?)?")

#: A name of two characters, spread so that it is as wide as those of three.
_SPREAD = re.compile("([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])")

#: A number that Excel wrote with so few digits that the rest is lost: 5.10101E+17.
_SHORTENED = re.compile(r"-?\d(?:\.\d+)?[Ee]\+?\d{2,3}")


def words(text: str) -> str:
    """A text: what nobody sees taken off, lines ended by a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = _UNSEEN.sub("", text).replace("\xa0", " ").strip()
    if _WIDE.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
    if text[:1].isdigit() and (found := _MIDNIGHT.fullmatch(text)):
        return found[1]
    if 2 < len(text) < 8 and (found := _SPREAD.fullmatch(text)):
        return found[1] + found[2]
    return text


def said(value: object) -> str:
    """A value of a workbook whose format is not known."""
    if isinstance(value, str):
        return words(value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return plain(float(value))
    if isinstance(value, datetime):
        return day(value, "yyyy-mm-dd" if (value.hour, value.minute, value.second) == (0, 0, 0) else "yyyy-mm-dd h:mm:ss")
    if isinstance(value, date):
        return day(datetime(value.year, value.month, value.day), "yyyy-mm-dd")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return ""


#: That a figure is below nought, said in words or signs.
BELOW = re.compile("[-−－负降减亏跌少▼▽↓]")


def meant_by(shown: str, value: object) -> str:
    """What a number means that a sheet shows so, without what is only for the eye: commas between thousands, noughts at the end
    of decimals. Decimals that are rounded away are not seen and therefore not meant."""
    if shown in ("TRUE", "FALSE"):
        return YES if shown == "TRUE" else NO
    bare = shown.replace(",", "")
    if not isinstance(value, int | float):
        return words(shown)
    if re.fullmatch(r"-?\d+(?:\.\d+)?E[+-]?\d+|-?(?:\d+ )?\d+/\d+|-?\(.*\)", bare) or not re.search(r"\d", bare):
        return plain(float(value))
    if value < 0 and re.search("[1-9]", bare) and not BELOW.search(bare):  # red
        bare = f"-{bare}"
    bare = re.sub(r"^([¥￥$€ ]+)-", r"-\1", bare)
    found = re.search(r"\d+\.\d+", bare)
    return bare.replace(found[0], found[0].rstrip("0").rstrip(".")) if found else bare


def shortened(text: str) -> str:
    """A number that Excel has written in powers of ten, in digits; "" for any other text."""
    if not _SHORTENED.fullmatch(text) or int(re.split("[Ee]", text)[1]) > 30:
        return ""
    return plain(float(text))


def loses_digits(text: str) -> bool:
    """Whether a number has more digits than a sheet keeps, so that those at its end are not what was typed. One that is
    round (1200000000000000) was typed so."""
    lost = len(text) - DIGITS
    return lost > 0 and text.isdecimal() and lost <= len(text) - len(text.rstrip("0")) <= lost + 2
