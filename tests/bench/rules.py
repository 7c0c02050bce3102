"""The rules of the proof-reader timed on one draft, and their findings counted on folders of texts. No figure here is a test.

    python tests/bench/rules.py [--rounds 21] [--rules NAME,NAME] [--recall] [FOLDER ...]
    python tests/bench/rules.py --cost [--rules NAME,NAME] [FOLDER ...]

cost    milliseconds of CPU each rule takes for 5,000 字, dearest first, each text looked at once and never seen before (what rules
        share is counted with the first that asks for it; a rule named by --rules is charged with all it asks for): of the .txt of
        the folders cut into pieces of 5,000 characters, or of the shipped outlines in other words; then all that it takes to
        read one and to look at it. A new rule takes .15 at most
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
from drafter.outline.yaml import Source, decode
from drafter.speech.block import Line
from drafter.startup import patterns_stay, process_is_ours

AS_OF = date(2026, 11, 22)
SETS = Path(__file__).parent.parent / "rules_recall"

#: Rules on paragraphs and series: nothing to ask a sentence by itself.
OF_WHOLES = ("number-skipped", "second-missing", "unfinished-paragraph")


def main() -> None:
    """Print the figures."""
    process_is_ours()
    patterns_stay()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="how often the draft is looked at (default 21)")
    parser.add_argument("--rules", default="", help="only these")
    parser.add_argument("--cost", action="store_true", help="what each rule costs on texts not seen before")
    parser.add_argument("--recall", action="store_true", help="what is found in the sets of tests/rules_recall")
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    chosen = tuple(filter(None, options.rules.split(","))) or names()
    if options.cost:
        cost(chosen, texts_of(options.folders))
        return
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


#: Characters of a text whose cost is told, and so many texts at most.
PIECE, PIECES = 5_000, 24

#: Rules dearer than this (milliseconds for 5,000 字) are pointed out.
DEAR_MS = 0.15


def texts_of(folders: list[Path]) -> list[str]:
    """Texts no two of which are alike: those of the folders in pieces, or the shipped outlines with other marks."""
    if folders:
        long = [decode(path.read_bytes(), str(path))[0].text for folder in folders for path in sorted(folder.glob("*.txt"))]
        pieces = [text[at : at + PIECE] for at in range(0, 200_000, PIECE) for text in long if len(text) >= at + PIECE]
        return pieces[:PIECES]
    whole = "\n".join(line.text for line in speech_of(PIECE).lines)
    return [whole.translate({ord("我"): chr(0x5200 + n), ord("市"): "省县区乡镇村"[n % 6]}) for n in range(8)]


def cost(chosen: tuple[str, ...], texts: list[str]) -> None:
    """Print what reading and the rules cost on texts, once the sets of tests/rules_recall have been looked at, so that every
    table is read and every pattern compiled."""
    for path in sorted(SETS.iterdir()):
        run(paper_of_text(Source("a.txt", path.read_text(encoding="utf-8")), None, AS_OF).speech, chosen)
    reading = 0.0
    each = dict.fromkeys(chosen, 0.0)
    clock = time.process_time
    for text in texts:
        began = clock()
        speech = paper_of_text(Source("a.txt", text), None, AS_OF).speech
        reading += clock() - began
        for name in chosen:
            start = clock()
            list(rule(name).check(speech))
            each[name] += clock() - start
    share = 1000 * PIECE / sum(map(len, texts))
    total = sum(each.values()) * share
    for name, seconds in sorted(each.items(), key=lambda pair: -pair[1]):
        mark = "  more than .15" if seconds * share > DEAR_MS else ""
        print(f"{seconds * share:8.3f}  {name}{mark}")
    print(f"{len(texts)} texts, milliseconds of CPU for {PIECE:,} characters: reading {reading * share:.1f}, {len(chosen)} rules {total:.1f}")


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
