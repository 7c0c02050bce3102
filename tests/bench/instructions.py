"""What a cold run costs in instructions, beside another checkout of drafter: the figure of "Speed" that no busy machine disturbs.

    python tests/bench/instructions.py OLD_CHECKOUT [NEW_CHECKOUT] [--most 1.03]

Each checkout is run by its own `.venv`, made in the same way, with the same versions beside it. Needs valgrind (callgrind counts
the instructions). A road runs once to write what Python and drafter keep, then once counted, then once to list what it imports.
Exits 1 where a road costs more than `--most` times the old figure, or imports a module of somebody else's that it did not.

new     drafter new --outline office-training --no-input -o x.docx
quiet   the same with --quiet, which does not proof-read
help    drafter --help
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROADS = {
    "new": ("new", "--outline", "office-training", "--no-input", "--force", "-o", "x.docx"),
    "quiet": ("new", "--outline", "office-training", "--no-input", "--force", "--quiet", "-o", "x.docx"),
    "help": ("--help",),
}


def main() -> int:
    """Count both checkouts and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path, help="a checkout with a .venv")
    parser.add_argument("new", type=Path, nargs="?", default=Path(__file__).parents[2], help="another (default: this one)")
    parser.add_argument("--most", type=float, default=1.03, help="the most a road may cost of the old figure (default 1.03)")
    options = parser.parse_args()
    wrong = False
    for road, words in ROADS.items():
        (before, known), (after, used) = (_measured(checkout.resolve(), words) for checkout in (options.old, options.new))
        ratio = after / before
        foreign = sorted(name for name in used - known if name.partition(".")[0] != "drafter")
        wrong |= ratio > options.most or bool(foreign)
        print(f"{road:6} {before / 1e6:8.1f} M → {after / 1e6:8.1f} M instructions   × {ratio:.4f}")
        ours = [{name for name in names if name.partition(".")[0] == "drafter"} for names in (known, used)]
        print(f"      modules of drafter {len(ours[0])} → {len(ours[1])}, others {len(known) - len(ours[0])} → {len(used) - len(ours[1])}")
        if foreign:
            print(f"      imported anew: {', '.join(foreign)}")
    return int(wrong)


def _measured(checkout: Path, words: tuple[str, ...]) -> tuple[int, set[str]]:
    """The instructions of one run in a checkout, and the modules it imports."""
    python = str(checkout / ".venv" / "bin" / "python")
    subprocess.run([python, "-m", "compileall", "-q", str(checkout / "drafter")], check=True)
    with tempfile.TemporaryDirectory() as folder:
        home = {"HOME": folder, "PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "COLUMNS": "100", "LANG": "C.UTF-8"}

        def run(*before: str) -> str:
            done = subprocess.run([*before, "-m", "drafter", *words], cwd=folder, env=home, capture_output=True, encoding="utf-8", check=False)
            assert done.returncode == 0, done.stderr
            return done.stderr

        run(python)
        counted = run("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", python)
        imported = run(python, "-X", "importtime")
    found = re.search(r"Collected : (\d+)", counted)
    assert found, counted
    return int(found[1]), {row.rpartition("|")[2].strip() for row in imported.splitlines() if row.startswith("import time:")}


if __name__ == "__main__":
    sys.exit(main())
