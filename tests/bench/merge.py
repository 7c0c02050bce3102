"""`drafter merge` timed: copies of one report, edited at random, and how the time grows. No figure here is a test.

    python tests/bench/merge.py [--copies 10] [--edits 12] [--grow 1,2,4]

`edited` copies are the file that went out with words typed over; `retyped` ones plain text, every third paragraph
changed; `other` ones have every paragraph changed. The exponent is the log-log slope of the time over the length
of the text.
"""

import argparse
import math
import random
import tempfile
import time
from copy import deepcopy
from datetime import datetime
from pathlib import Path

from drafter.commands.merge import MergeRequest, merge
from drafter.commands.new import NewRequest, new
from drafter.word.document import DocxFile
from drafter.word.oxml import T, w
from drafter.word.text import paragraph_elements, read

SHIPPED = Path(__file__).parent.parent.parent / "outlines" / "annual-work.yaml"


def main() -> None:
    """Time everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--edits", type=int, default=12)
    parser.add_argument("--grow", default="1,2,4", help="how many times the report stands in the text")
    options = parser.parse_args()
    times: dict[str, list[tuple[int, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for many in map(int, options.grow.split(",")):
            sent = Path(folder) / f"{many}" / "送审稿.docx"
            sent.parent.mkdir()
            letters = _report(sent, many)
            for kind in ("edited", "retyped", "other"):
                copies = tuple(_copy(sent, kind, n, options.edits) for n in range(options.copies))
                start = time.perf_counter()
                done = merge(MergeRequest(str(sent), copies, str(sent.with_name(f"{kind}.docx")), force=True))
                spent = time.perf_counter() - start
                times.setdefault(kind, []).append((letters, spent))
                print(f"{kind:8} {letters:7} 字 {options.copies} copies {done.changes:6} changes {spent:7.2f} s")
    for kind, rows in times.items():
        if len(rows) > 1:
            (n0, t0), (n1, t1) = rows[0], rows[-1]
            print(f"{kind:8} exponent {math.log(t1 / t0) / math.log(n1 / n0):.2f}")


def _report(path: Path, many: int) -> int:
    """The shipped report, its text `many` times in one file; how many letters it has."""
    new(NewRequest(outlines=(str(SHIPPED),), output=str(path), interactive=False))
    file = DocxFile(path.read_bytes(), path.name)
    elements = [element for element in paragraph_elements(file.body) if read(element).text]
    last = elements[-1]
    for turn in range(1, many):
        for element in elements:
            again = deepcopy(element)
            for mark in list(again.iter(w("bookmarkStart"), w("bookmarkEnd"))):
                above = mark.getparent()
                if above is not None:
                    above.remove(mark)
            for leaf in again.iter(T):
                leaf.text = (leaf.text or "").replace("，", f"，第{turn}次", 1)
            last.addnext(again)
            last = again
    file.touch(file.main)
    path.write_bytes(file.data(datetime(2026, 11, 28)))
    return sum(len(read(element).text) for element in paragraph_elements(file.body))


def _copy(sent: Path, kind: str, number: int, edits: int) -> str:
    chance = random.Random(number)
    file = DocxFile(sent.read_bytes(), sent.name)
    elements = [element for element in paragraph_elements(file.body) if len(read(element).text) > 30]
    chosen = {"edited": chance.sample(elements, edits), "retyped": elements[number % 3 :: 3], "other": elements}[kind]
    for element in chosen:
        leaf = next(p.leaf for p in read(element).pieces if p.control is None and len(p.text) > 8)
        at = chance.randrange(2, len(leaf.text or "") - 2)
        leaf.text = f"{(leaf.text or '')[:at]}改{number}{(leaf.text or '')[at + chance.randrange(3) :]}"
    path = sent.with_name(f"{kind}{number}.docx")
    if kind == "retyped":
        path = path.with_suffix(".txt")
        lines = ("　　" + read(element).text.replace("\n", "") for element in paragraph_elements(file.body))
        path.write_text("\n".join(lines), "utf-8")
        return str(path)
    file.touch(file.main)
    path.write_bytes(file.data(datetime(2026, 11, 28)))
    return str(path)


if __name__ == "__main__":
    main()


