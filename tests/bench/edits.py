"""Edits drafts at random, updates them, and counts what of the writer's is lost, and what is no longer whole in the file.

    python tests/bench/edits.py 5000 --seed 1      five thousand drafts, the first from seed 1
    python tests/bench/edits.py 1 --seed 4711 -v   one of them, with what was done; its files are kept beside

Prints a line for each kind of loss, with how often and one seed that shows it; exit code 1 where there is any.
"""

import argparse
import importlib
import re
import sys
import tempfile
import traceback
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

keeping = importlib.import_module("keeping")  # the tests have no types


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("runs", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--times", type=int, default=None, help="edits a draft; some, where it is not said")
    options.add_argument("-v", action="store_true", dest="wordy")
    asked = options.parse_args()
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.seed, asked.seed + asked.runs):
            try:
                found = keeping.trial(Path(folder), seed, asked.times)
                lines = (*found.wrong, *found.unsettled)
            except Exception as error:
                found, lines = None, (f"stopped {type(error).__name__}: {traceback.extract_tb(error.__traceback__)[-1].name}",)
                if asked.wordy:
                    traceback.print_exc()
            wrong += bool(lines)
            for line in lines:
                kinds[re.sub(r"(?s)(?<=changed ).*|[:\[].*|×\d+", "", line).strip()].append(seed)
            if asked.wordy and found is not None:
                print(seed, found.asked, *found.done, *found.wrong, *found.unsettled, sep="\n  ")
                Path("before.docx").write_bytes(found.before)
                Path("after.docx").write_bytes(found.after)
    for kind, seeds in sorted(kinds.items(), key=lambda row: -len(row[1])):
        print(f"{len(seeds):6}  {kind}  (seeds {', '.join(map(str, dict.fromkeys(seeds[:6])))})")
    print(f"{asked.runs} drafts, {wrong} with something wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
