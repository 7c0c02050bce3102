"""What a start costs: an interpreter alone, and drafter's shortest ways, each a process of its own, in turn. No figure here is a test.

    python tests/bench/starts.py [--rounds 15]

Medians, and the least, in ms, on the clock and of CPU. What a warm process answers in: `tests/bench/desk.py`, `tests/bench/agent.py`.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON, DRAFTER = sys.executable, str(Path(sys.executable).with_name("drafter"))

STARTS = {
    "python -I -S -c pass": (PYTHON, "-I", "-S", "-c", "pass"),
    "python -c pass": (PYTHON, "-c", "pass"),
    "drafter --version": (DRAFTER, "--version"),
    "drafter --help": (DRAFTER, "--help"),
    "drafter new": (DRAFTER, "new", "-O", "office-training", "--no-input", "--force", "-q", "-o", "x.docx"),
    "drafter check": (DRAFTER, "check", "x.docx"),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="how often each is started (default 15)")
    rounds = parser.parse_args().rounds
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(STARTS["drafter new"], cwd=folder, check=True)
        for _ in range(rounds + 1):  # the first warms
            for name, program in STARTS.items():
                figures[name].append(started(program, folder))
    for name, (_, *rows) in figures.items():
        wall, cpu = zip(*rows, strict=True)
        print(f"{name:22}{statistics.median(wall):6.0f} ms, least {min(wall):.0f}; CPU {statistics.median(cpu):.0f}, least {min(cpu):.0f}")


def started(program: tuple[str, ...], folder: str) -> tuple[float, float]:
    """Milliseconds on the clock, and of CPU."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(program, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


if __name__ == "__main__":
    main()
