"""What it costs to check many files, beside a peer that is run on the same files in the same run. No figure here is a test.

    python tests/bench/many.py [--files 1000] [--jobs 0]

Files of about 2,800 字, no two alike, of the shipped outlines filled with their examples, their paragraphs drawn in another order each
time. So their paragraphs differ and most of their sentences do not, as in letters made of one outline; papers that share nothing cost
more. Told are seconds of CPU of the program and of all its workers (getrusage), and of `autocorrect-py` (`pip install autocorrect-py`),
a linter of Chinese texts written in Rust, called in a process of its own that looks at each file once; without it no ratio is told.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from drafter.check.paper import paper_of_draft
from drafter.chinese.numerals import count_read
from drafter.commands.opening import open_outline
from drafter.outline.answers import examples
from drafter.outline.fill import fill

AS_OF = date(2026, 11, 22)
SIZE = 2_800
NAMES = ("annual-work", "mobilization", "office-training", "rural")

PEER = """
import sys
import autocorrect_py
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        autocorrect_py.lint_for(file.read(), name)
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--jobs", type=int, default=0, help="on how many cores (default: all)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        names = written(Path(folder), options.files)
        own = [sys.executable, "-m", "drafter", "check", "--jobs", str(options.jobs), *names]
        cpu, wall = used(own, folder)
        alone, _ = used([*own[:5], "1", names[0]], folder)
        print(f"drafter: {options.files} files of about {SIZE} 字: {cpu:.1f} s of CPU, {wall:.1f} s on the clock; one file {alone:.2f} s of CPU")
        print(f"  each further one {(cpu - alone) / (options.files - 1) * 1000:.1f} ms of CPU")
        if find_spec("autocorrect_py"):
            peer, _ = used([sys.executable, "-c", PEER, *names], folder)
            print(f"autocorrect-py: {peer:.1f} s of CPU; drafter takes {cpu / peer:.1f} times as much")


def written(folder: Path, count: int) -> list[str]:
    """The files, and what they are called."""
    lines = []
    for name in NAMES:
        outline = open_outline(name).outline
        lines += [line.text for line in paper_of_draft(fill(outline, examples(outline.fields, AS_OF)), outline, AS_OF, AS_OF).speech.lines]
    drawn = random.Random(1)
    names = []
    for number in range(count):
        rows, size = ["同志们：", f"今天是第{number + 1}次开会。"], 0
        while size < SIZE:
            row = drawn.choice(lines)
            rows.append(f"{row}这件事在{len(rows)}号楼的{number + 1}次会上说过。")  # nothing kept of one paragraph helps another
            size += count_read(row)
        path = folder / f"{number:04}.txt"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        names.append(path.name)
    return names


def used(program: list[str], folder: str) -> tuple[float, float]:
    """Seconds of CPU of a program and of those it starts, and seconds on the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(program, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - began


if __name__ == "__main__":
    main()
