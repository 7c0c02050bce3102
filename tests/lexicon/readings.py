"""Writes `drafter/chinese/readings.py`: the readings of the 6,763 汉字 of GB/T 2312, without tones.

`python tests/lexicon/readings.py`, with `pip install pypinyin==0.55.0` (MIT), whose tables are those of the Unihan
database and of words. A reading stands there where it is the character's first, or a word of the table of words has it.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.style import convert

#: How often a word has to have it: a reading that one old word alone has is nobody's who types.
OFTEN = 3

#: Characters in a row.
ROW = 40

DOC = """How the 6,763 汉字 of GB/T 2312 are read, without tones (ü is v). Written by tests/lexicon/readings.py from the tables of
pypinyin 0.55.0 (MIT License, © 2016 mozillazg, 闲耘 and contributors).
"""

HANZI = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]


def main() -> None:
    """Make the file."""
    times: dict[tuple[str, str], int] = defaultdict(int)
    for word, said in phrases_dict.items():
        for c, reading in zip(word, said, strict=False):
            times[c, convert(reading[0], Style.NORMAL, strict=False)] += 1
    found: dict[str, str] = defaultdict(str)
    for c in filter(None, HANZI):
        readings = pinyin(c, style=Style.NORMAL, heteronym=True)[0]
        for n, reading in enumerate(readings):
            if n == 0 or times[c, reading] >= OFTEN:
                found[reading.replace("ü", "v")] += c
    rows = [
        f"{reading} {found[reading][at : at + ROW]}\n"
        for reading in sorted(found)
        if reading.isascii()
        for at in range(0, len(found[reading]), ROW)
    ]
    text = f'"""{DOC}"""\n\n#: A row: a syllable and the characters that are read so.\nREADINGS = """\\\n{"".join(rows)}"""\n'
    (Path(__file__).parents[2] / "drafter/chinese/readings.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
