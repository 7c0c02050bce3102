"""What a document of a batch costs, whole processes beside docxtpl on a package as lean as ours. No figure here is a test.

    pip install '.[bench]'
    python tests/bench/batch.py [--rows 1000] [--rounds 5] [--grow 1000,5000,20000]

Rows are of the shipped outline office-training (2,450 字), of three levels, with dates, names and aims of their own. Every round runs
all in a new random order; a ratio is the median of the rounds' ratios. `plain` is the same without controls. docxtpl renders the same
speech, its words written by drafter into the package drafter writes, with {{ }} where answers stand; it writes no controls,
bookmarks or record. `one process` is what a document costs once the program runs, making alone, in milliseconds of CPU.
"""

import argparse
import csv
import importlib.metadata
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from drafter.commands.series import Prepared, made, prepared

OUTLINE = "office-training"
FIELDS = ("层级", "代表", "愿景", "讲话人", "讲话人职务", "日期")

PEER = """
import csv, sys
from docxtpl import DocxTemplate
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.DictReader(file)):
        template = DocxTemplate(sys.argv[1])
        template.render(row)
        template.save(f"{sys.argv[3]}/{number:05}.docx")
"""


def row_of(number: int) -> dict[str, str]:
    """The answers of a row."""
    return {
        "层级": "市县区"[number % 3],
        "代表": ("市委", "县委、县政府", "区委、区政府")[number % 3],
        "愿景": f"宜居宜业的现代化{('滨江', '滨海', '山水', '田园')[number % 4]}新城",
        "讲话人": "赵钱孙李周吴"[number % 6] + ("建国", "志强", "伟", "芳")[number % 4],
        "讲话人职务": ("市委常委、秘书长", "县委书记", "区长")[number % 3],
        "日期": f"2026-12-{number % 28 + 1:02}",
    }


def main() -> None:
    """Time everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000, help="documents of a batch (default 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command runs (default 5)")
    parser.add_argument("--grow", default="", metavar="N,N,…", help="tell what batches of these sizes cost, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as name:
        folder = Path(name)
        _one_process()
        jobs = {"controls": _ours(folder, options.rows), "plain": [*_ours(folder, options.rows), "--plain"]}
        try:
            importlib.metadata.version("docxtpl")
            jobs["docxtpl"] = _peer(folder, options.rows)
        except importlib.metadata.PackageNotFoundError:
            print("docxtpl is not installed: pip install '.[bench]'")
        _compare(jobs, folder, options.rounds)
        for size in map(int, filter(None, options.grow.split(","))):
            wall, cpu, peak = _run(_ours(folder, size), folder)
            print(f"{size:6} rows: {wall:.2f} s, {cpu / size * 1000:.3f} ms of CPU a document, at most {peak} MiB")


def _one_process() -> None:
    """What making alone costs."""
    now = datetime(2026, 11, 29, 9)
    for name, plainly in (("controls", False), ("plain", True)):
        costs = [_cost(prepared([OUTLINE], now, plainly=plainly)) for _ in range(5)]
        print(f"one process, {name}: {statistics.median(costs):.3f} ms of CPU a document")


def _cost(series: Prepared) -> float:
    for number in range(12):  # a stamp for each level
        made(series, row_of(number))
    begun = time.process_time()
    for number in range(400):
        made(series, row_of(number))
    return (time.process_time() - begun) / 400 * 1000


def _table(folder: Path, rows: int) -> Path:
    table = folder / f"{rows}.csv"
    if not table.exists():
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*FIELDS, "编号"])
            writer.writeheader()
            writer.writerows(row_of(number) | {"编号": f"{number:05}"} for number in range(rows))
    return table


def _ours(folder: Path, rows: int) -> list[str]:
    program = [sys.executable, "-m", "drafter", "batch", "-O", OUTLINE, str(_table(folder, rows))]
    return [*program, "-o", f"{folder}/out/", "--name", "讲话【编号】", "-q"]


def _peer(folder: Path, rows: int) -> list[str]:
    """docxtpl on the speech as drafter writes it, tags in place of the answers."""
    from docx import Document

    outline = (Path(__file__).parents[2] / "outlines" / f"{OUTLINE}.yaml").read_text(encoding="utf-8")
    for name in FIELDS:
        outline = outline.replace(f"【{name}】", f"〖{name}〗")
    (folder / "标记.yaml").write_text(outline, encoding="utf-8")
    [paper] = made(prepared([str(folder / "标记.yaml")], datetime(2026, 11, 29), plainly=True), {})
    (folder / "peer.docx").write_bytes(paper.data)
    template = Document(str(folder / "peer.docx"))
    for paragraph in template.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("〖", "{{").replace("〗", "}}")
    template.save(str(folder / "peer.docx"))
    (folder / "peer.py").write_text(PEER, encoding="utf-8")
    return [sys.executable, str(folder / "peer.py"), str(folder / "peer.docx"), str(_table(folder, rows)), f"{folder}/out"]


def _compare(jobs: dict[str, list[str]], folder: Path, rounds: int) -> None:
    walls: dict[str, list[float]] = {name: [] for name in jobs}
    costs: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name in random.sample(list(jobs), len(jobs)):
            wall, cpu, _ = _run(jobs[name], folder)
            if number:  # the first round warms caches
                walls[name].append(wall)
                costs[name].append(cpu)
    for name in jobs:
        told = f"{name}: {statistics.median(walls[name]):.2f} s, {statistics.median(costs[name]):.2f} s of CPU"
        if "docxtpl" in jobs and name != "docxtpl":
            ratios = [ours / peer for ours, peer in zip(walls[name], walls["docxtpl"], strict=True)]
            told += f", {statistics.median(ratios):.3f} × docxtpl"
        print(told)


def _run(command: list[str], folder: Path) -> tuple[float, float, int]:
    """Seconds on the clock and of CPU, and the most memory a process of it had so far (MiB)."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    (folder / "out").mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss // 1024


if __name__ == "__main__":
    main()
