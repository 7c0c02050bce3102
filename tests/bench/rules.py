"""The rules of the proof-reader timed on one draft, and their findings counted on folders of texts. No figure here is a test.

    python tests/bench/rules.py [--rounds 21] [--rules NAME,NAME] [--recall] [FOLDER ...]

draft   every rule on a draft of 5,000 字, after start: median, and the rules that take longest
recall  what is found in the sets of tests/rules_recall: the share of the wrong sentences whose fault is told, at any level and
        unasked (errors and warnings), and what is told of the right ones
FOLDER  every .txt in it: findings per 1,000 字 by level and by rule; on published texts nearly all of them are false alarms
"""

import argparse
import statistics
import time
from collections import Counter
from datetime import date
from pathlib import Path

from drafter.check.paper import paper_of_draft, paper_of_text
from drafter.check.rules import LEVELS, Speech, names, rule, run
from drafter.chinese.numerals import count_read
from drafter.commands.opening import open_outline
from drafter.diagnostic import ADVICE
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.outline.yaml import decode
from drafter.speech.block import Line

AS_OF = date(2026, 11, 22)
SETS = Path(__file__).parent.parent / "rules_recall"

#: Rules on paragraphs and series: nothing to ask a sentence by itself.
OF_WHOLES = ("number-skipped", "second-missing", "unfinished-paragraph")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="how often the draft is looked at (default 21)")
    parser.add_argument("--rules", default="", help="only these")
    parser.add_argument("--recall", action="store_true", help="what is found in the sets of tests/rules_recall")
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    chosen = tuple(filter(None, options.rules.split(","))) or names()
    draft(chosen, options.rounds)
    if options.recall:
        recall(chosen)
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


def recall(chosen: tuple[str, ...]) -> None:
    """Count what is found in the sets kept apart from the rules' samples."""
    for path in sorted(SETS.glob("*.tsv")):
        levels = []
        for row in path.read_text(encoding="utf-8").splitlines():
            wrong, right, *_ = row.split("\t")
            before = {(f.rule, wrong[f.start : f.end]) for f in run(Speech((Line(right),), AS_OF), chosen)}
            told = [f for f in run(Speech((Line(wrong),), AS_OF), chosen) if (f.rule, wrong[f.start : f.end]) not in before]
            levels.append(min((f.level for f in told), key=LEVELS.index, default=""))
        unasked = sum(level not in ("", ADVICE) for level in levels)
        print(f"{path.name}: {len(levels)} wrong sentences, {sum(map(bool, levels)) / len(levels):.0%} told, {unasked / len(levels):.0%} unasked")
    for path in (SETS / "clean.txt", SETS / "standards.txt"):
        rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row]
        found = Counter(f.level for row in rows for f in run(Speech((Line(row),), AS_OF), chosen, OF_WHOLES))
        size = sum(map(count_read, rows))
        told_of = ", ".join(f"{found[level]} {level} ({found[level] / size * 1000:.2f} per 1,000 字)" for level in LEVELS)
        print(f"{path.name}: {len(rows)} right sentences, {size:,} 字: {told_of}")


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
