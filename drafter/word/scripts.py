"""Which script LibreOffice 7.4 counts a character to: where two meet, it cuts a text into stretches."""

from bisect import bisect_right

#: What a character can be counted to; weak ones (most marks, blanks, signs) to whatever stands before them.
ASIAN, LATIN, COMPLEX, WEAK = "ALCW"

#: The first code point of each range and what its characters are, measured with LibreOffice 7.4.7: 20,486 characters,
#: each set between 汉字 and between letters. What was not tried is taken for what the one before it is.
_RANGES = ["0000L", "0020W", "0021L", "00A0W", "00A1L", "00ADW", "00AEL", "02C7W", "02C8L", "02CAW", "02CCL", "02D9W", "02DAL", "0300W", "0370L", "0591C", "10A0L", "1100A", "1200C", "13A0L", "1700C", "1735W", "1740C", "18B0L", "1900C", "1AB0W", "1B00C", "1C80L", "1CC0C", "1CD0W", "1D00L", "1DC0W", "1E00L", "2000W", "200FC", "2010W", "2071L", "2074W", "207FL", "2080W", "2090L", "20A0W", "2126L", "2127W", "212AL", "212CW", "2132L", "2133W", "214EL", "214FW", "2800L", "2900W", "2C00L", "2D30C", "2DE0L", "2E00W", "2E80A", "4DC0W", "4E00A", "A4D0C", "A640L", "A6A0C", "A700W", "A720L", "A800C", "A830W", "A840C", "A92EW", "A92FC", "A960A", "A980C", "A9CFW", "A9D0C", "AB30L", "AB5BW", "AB5CL", "AB6AW", "AB70L", "ABC0C", "AC00A", "E000W", "F900A", "FB00L", "FB1DC", "FE00W", "FE2EL", "FE30A", "FE50W", "FE70C", "FF01A", "FFF9W", "10000C", "1F000W", "20000A"]
_STARTS = [int(row[:-1], 16) for row in _RANGES]


def script_of(character: str) -> str:
    """ASIAN, LATIN, COMPLEX or WEAK."""
    return _RANGES[bisect_right(_STARTS, ord(character)) - 1][-1]


def stretches(text: str) -> list[str]:
    """The text cut where scripts meet; "" has none. What comes first is counted with Latin letters."""
    out: list[str] = []
    before = LATIN
    for character in text:
        own = script_of(character)
        now = before if own == WEAK else own
        if now == before and out:
            out[-1] += character
        else:
            out.append(character)
        before = now
    return out
