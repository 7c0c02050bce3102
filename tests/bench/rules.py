"""The rules of the proof-reader timed on one draft, and their findings counted on folders of texts. No figure here is a test.

    python tests/bench/rules.py [--rounds 21] [--rules NAME,NAME] [FOLDER ...]

draft   every rule on a draft of 5,000 字, after start: median, and the rules that take longest
FOLDER  every .txt in it: findings per 1,000 字 by level and by rule; on published texts nearly all of them are false alarms
"""

import argparse
import statistics
import time
from collections import Counter
from datetime import date
from pathlib import Path

from drafter.answers import examples
from drafter.app import open_outline
from drafter.checking import paper_of_draft, paper_of_text
from drafter.chinese import count_read
from drafter.fill import fill
from drafter.rules import Speech, names, rule, run
from drafter.yamltree import decode

AS_OF = date(2026, 11, 22)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="how often the draft is looked at (default 21)")
    parser.add_argument("--rules", default="", help="only these")
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    chosen = tuple(filter(None, options.rules.split(","))) or names()
    draft(chosen, options.rounds)
    for folder in options.folders:
        count(chosen, folder)


def speech_of(size: int) -> Speech:
    """A speech of about so many 字, from the shipped outlines filled with their examples."""
    speech = Speech((), AS_OF)
    for name in ("annual-work", "mobilization", "office-training", "rural"):
        outline = open_outline(name).outline
        more = paper_of_draft(fill(outline, examples(outline.fields, AS_OF)), outline, AS_OF, AS_OF).speech
        speech = speech._replace(lines=(*speech.lines, *more.lines))
        if sum(count_read(line.text) for line in speech.lines) >= size:
            break
    return speech


def draft(chosen: tuple[str, ...], rounds: int) -> None:
    """Time the rules, the kept knowledge of the text thrown away before each round."""
    speech = speech_of(5_000)
    size = sum(count_read(line.text) for line in speech.lines)
    run(speech, chosen)
    totals: list[float] = []
    each: dict[str, list[float]] = {}
    for number in range(rounds):
        anew = speech._replace(lines=tuple(line._replace(text=line.text + " " * (number + 1)) for line in speech.lines))
        began = time.perf_counter()
        for name in chosen:
            start = time.perf_counter()
            list(rule(name).check(anew))
            each.setdefault(name, []).append(time.perf_counter() - start)
        totals.append(time.perf_counter() - began)
    print(f"draft: {size} 字, {len(chosen)} rules, {statistics.median(totals) * 1000:.1f} ms")
    slowest = sorted(each, key=lambda name: -statistics.median(each[name]))[:8]
    print("  " + "  ".join(f"{name} {statistics.median(each[name]) * 1000:.2f}" for name in slowest))


def count(chosen: tuple[str, ...], folder: Path) -> None:
    """Count the findings in the texts of a folder."""
    levels: Counter[str] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    size = 0
    for path in sorted(folder.glob("*.txt")):
        source, _ = decode(path.read_bytes(), str(path))
        speech = paper_of_text(source, None, AS_OF).speech
        size += sum(count_read(line.text) for line in speech.lines)
        for finding in run(speech, chosen):
            levels[finding.level] += 1
            rules[finding.level, finding.rule] += 1
    print(f"{folder}: {size:,} 字")
    for level, n in sorted(levels.items()):
        print(f"  {level:8} {n:6} {n / max(size, 1) * 1000:.4f} per 1,000 字")
    for (level, name), n in rules.most_common():
        print(f"    {level:8} {name:28} {n:6} {n / max(size, 1) * 1000:.4f}")


if __name__ == "__main__":
    main()
