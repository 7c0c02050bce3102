"""drafter timed beside docxtpl, whole processes in turn, as ratios. No figure here is a test.

    pip install '.[bench]'
    python tests/bench/bench.py [--rounds 11] [--sizes 1000,10000] [--blanks 1000,12000] [--json FILE]

cold    one speech of 2,450 字, answers from YAML                  beside docxtpl on a template of that length, YAML too
help    drafter --help                                             beside python -m docxtpl --help
list    drafter outlines
paras   one document of N paragraphs, from an outline of N         beside docxtpl's loop over N, from JSON
blanks  N blanks with an answer each, from YAML                    beside docxtpl with N names, from JSON
Every round runs all commands in a new random order; a ratio is the median of the rounds' ratios. The exponent is the
log-log slope of the time over what the smallest size costs.
"""

import argparse
import copy
import importlib.metadata
import json
import math
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

PEER = """
import json, sys
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    if sys.argv[2].endswith(".json"):
        values = json.load(file)
    else:
        import yaml
        values = yaml.safe_load(file)
    template.render(values)
template.save(sys.argv[3])
"""

SENTENCE = "各单位要把计划写清楚，把责任分到人，把时间定下来，把结果交上来，做到件件有着落、事事有回音。"


def main() -> None:
    """Time everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11, help="how often each command runs (default 11)")
    parser.add_argument("--sizes", default="100,1000,10000", help="paragraphs in one document")
    parser.add_argument("--blanks", default="100,1000,12000", help="distinct blanks in one document")
    parser.add_argument("--json", metavar="FILE", help="write every figure there")
    options = parser.parse_args()
    try:
        importlib.metadata.version("docxtpl")
    except importlib.metadata.PackageNotFoundError:
        parser.exit(2, "docxtpl is not installed: pip install '.[bench]'\n")
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        jobs = Jobs(Path(folder))
        figures["cold"] = compare(jobs.cold(), options.rounds)
        figures["help"] = compare(jobs.help(), options.rounds)
        figures["list"] = compare(jobs.listing(), options.rounds)
        for name, sizes, make in (("paras", options.sizes, jobs.paragraphs), ("blanks", options.blanks, jobs.blanks)):
            walls = {}
            for n in map(int, sizes.split(",")):
                found = compare(make(n), max(3, options.rounds // 3))
                figures[f"{name} {n}"] = found
                walls[n] = found["wall_ms"]
            if len(walls) > 2:
                figures[f"{name} exponent"] = {"exponent": exponent(walls)}
    for name, row in figures.items():
        print(f"{name:18}" + "  ".join(f"{key} {value:.3g}" for key, value in row.items()))
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=1))


class Jobs:
    """The commands of each comparison: ours first, the peer's (if any) second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafter = shutil.which("drafter", path=sysconfig.get_path("scripts")) or "drafter"
        (folder / "peer.py").write_text(PEER, encoding="utf-8")

    def cold(self) -> list[list[str]]:
        answers = self.folder / "answers.yaml"
        answers.write_text("层级: 市\n代表: 市委\n愿景: 现代化新城\n日期: 2026-11-22\n", encoding="utf-8")
        ours = [self.drafter, "new", "--outline", "office-training", "--answers", str(answers), "--force", "-q"]
        paragraphs = [SENTENCE.replace("计划", "{{ a }}") * 6 for _ in range(9)]
        return [[*ours, "-o", str(self.folder / "a.docx")], self.peer("cold", paragraphs, {"a": "方案"}, "yaml")]

    def help(self) -> list[list[str]]:
        return [[self.drafter, "--help"], [sys.executable, "-m", "docxtpl", "--help"]]

    def listing(self) -> list[list[str]]:
        return [[self.drafter, "outlines"]]

    def paragraphs(self, n: int) -> list[list[str]]:
        text = "\n\n".join(f"      第{i}条，{SENTENCE}" for i in range(n))
        outline = self.write(f"paras{n}", f"title: 讲话\nspeech:\n  - text: |\n{text}\n")
        loop = ["{%p for t in rows %}", "{{ t }}", "{%p endfor %}"]
        return [self.ours(outline), self.peer(f"paras{n}", loop, {"rows": [f"第{i}条，{SENTENCE}" for i in range(n)]})]

    def blanks(self, n: int) -> list[list[str]]:
        names = [f"空{i}" for i in range(n)]
        fields = "".join(f"  {name}: 填什么？\n" for name in names)
        text = "\n\n".join(f"      要抓好【{name}】的落实。" for name in names)
        outline = self.write(f"blanks{n}", f"title: 讲话\nfields:\n{fields}speech:\n  - text: |\n{text}\n")
        answers = self.folder / f"blanks{n}-answers.yaml"
        answers.write_text("".join(f"{name}: 任务{i}\n" for i, name in enumerate(names)), encoding="utf-8")
        peer = self.peer(f"blanks{n}", [f"要抓好{{{{ f{i} }}}}的落实。" for i in range(n)], {f"f{i}": f"任务{i}" for i in range(n)})
        return [[*self.ours(outline), "--answers", str(answers)], peer]

    def write(self, name: str, text: str) -> Path:
        path = self.folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def ours(self, outline: Path) -> list[str]:
        return [self.drafter, "new", "--outline", str(outline), "--force", "-q", "-o", str(self.folder / "a.docx")]

    def peer(self, name: str, paragraphs: list[str], values: dict[str, object], ending: str = "json") -> list[str]:
        from docx import Document

        document = Document()
        first = document.add_paragraph(paragraphs[0])
        for text in reversed(paragraphs[1:]):  # each put right behind the first: appending looks at all before
            paragraph = copy.deepcopy(first._p)
            paragraph.r_lst[0].text = text
            first._p.addnext(paragraph)
        template = self.folder / f"{name}.docx"
        document.save(str(template))
        data = self.folder / f"{name}.{ending}"  # JSON is YAML too
        data.write_text(json.dumps(values), encoding="utf-8")
        return [sys.executable, str(self.folder / "peer.py"), str(template), str(data), str(self.folder / "b.docx")]


def compare(commands: list[list[str]], rounds: int) -> dict[str, float]:
    """Median wall time of the first command (ms), its peak memory (MiB), and its ratio to the second, round by round."""
    walls: list[list[float]] = [[] for _ in commands]
    peaks: list[float] = []
    for number in range(rounds + 1):
        for at in random.sample(range(len(commands)), len(commands)):
            wall, peak = run(commands[at])
            if number:  # the first round warms caches
                walls[at].append(wall)
                if at == 0:
                    peaks.append(peak)
    out = {"wall_ms": statistics.median(walls[0]) * 1000, "peak_mib": max(peaks)}
    if len(walls) > 1:
        out["to_docxtpl"] = statistics.median(a / b for a, b in zip(walls[0], walls[1], strict=True))
    return out


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak MiB of one command, as the system accounts for the finished process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    process.returncode = 0
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    assert isinstance(usage, resource.struct_rusage)
    return wall, usage.ru_maxrss / scale


def exponent(walls: dict[int, float]) -> float:
    """Growth between the two largest sizes of the time above the smallest size's."""
    (least, base), *_, (n1, t1), (n2, t2) = sorted(walls.items())
    above = [max(t - base * (1 - 1e-3), 1e-6) for t in (t1, t2)]
    assert least < n1
    return math.log(above[1] / above[0]) / math.log(n2 / n1)


if __name__ == "__main__":
    main()
