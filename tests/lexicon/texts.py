"""The texts that are counted: folders of `.txt` and `.txt.xz`, one paragraph a line."""

import lzma
import re
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import NamedTuple

HAN = re.compile("[\u4e00-\u9fff]")

#: A paragraph with one of these says which year it is from.
YEAR = re.compile("(?<!\\d)(19[5-9]\\d|20[0-4]\\d)年")


class Paragraph(NamedTuple):
    """A paragraph and the file it stands in. `part`: 0–99, by its words, so that the same words are in one part."""

    file: str
    text: str
    part: int


def paragraphs(folders: list[Path], left_out: frozenset[str] = frozenset()) -> Iterator[Paragraph]:
    """All paragraphs, each once, in the order of the files' names. `left_out`: beginnings of names of files."""
    seen: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob("*.txt*")):
            if path.name.startswith(tuple(left_out)) or path.suffix not in (".txt", ".xz"):
                continue
            data = path.read_bytes()
            text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
            for row in text.split("\n"):
                row = row.strip()
                if len(row) >= 6 and row not in seen:
                    seen.add(row)
                    yield Paragraph(path.name, row, int(md5(row[:40].encode()).hexdigest()[:8], 16) % 100)


def said(found: list[Paragraph]) -> str:
    """What was read: a line a file with its 汉字, its paragraphs, and the latest years it speaks of."""
    lines = []
    for name in dict.fromkeys(p.file for p in found):
        some = [p.text for p in found if p.file == name]
        years = sorted(int(year) for text in some for year in YEAR.findall(text))
        middle = f"{years[len(years) // 20]}–{years[-1 - len(years) // 20]}" if years else "–"
        lines.append(
            f"{name}: {sum(len(HAN.findall(text)) for text in some):,} 字, {len(some):,} paragraphs, years {middle}"
        )
    return "\n".join(lines)
