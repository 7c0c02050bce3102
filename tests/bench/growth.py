"""How the time of each rule grows with a text that says the same over and over. No figure here is a test.

    python tests/bench/growth.py [--small 6000] [--big 24000] [UNIT ...]

Every rule is asked about texts that repeat a unit: common words and marks, and what its own samples (tests/rules) say. For four
times the text four times the time is right; what takes more than six and a half is printed, with seconds of CPU.
"""

import argparse
import re
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType

from drafter.check.paper import Paper, paper_of_text
from drafter.check.rules import names, rule
from drafter.outline.yaml import Source

DAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parent.parent / "rules"
MOST_S = 4.0

WORDS = """
不断 年月日 同志 人民 市委 我们 会议 贯彻 加强 进一步 高质量 “四个意识” 亿元 增长5% 同比 三分之一 2026年 11月26日 二〇二六年 星期一
（国发〔2026〕1号） 号文件 《意见》 关于印发 的通知 一 十 百 万 第 第一， 一是 一要 首先 （一） 一、 1. ① 5万元 10% 1/2 2026-11-26 12:30 http://a.cn/
一是好。 同志们： 谢谢大家！ 的 地 得 了 和 与 等 不仅 而且 虽然 但是 A a1 the GDP 𠮷 。 ， 、 ： ； ？ ！ “ ” “” 《 》 《》 （ ） （） 〔 【 】 — …… · . , - * # / \\ | = % & ( ) [ ]
"""


class Late(BaseException):
    """The time is over."""


def main() -> None:
    """Print what grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=6_000, help="字 of the shorter text")
    parser.add_argument("--big", type=int, default=24_000, help="字 of the longer one")
    parser.add_argument("units", nargs="*", help="what is said over and over (default: common words, and the rules' samples)")
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, late)
    asked = [(unit, names()) for unit in options.units] or [*((word, names()) for word in WORDS.split()), *of_samples()]
    for unit, rules in asked:
        for joint in ("", "\n"):
            papers = []
            for size in (options.small, options.big):
                text = "同志们：\n" + (unit + joint) * (size // len(unit)) + "\n"
                papers.append(timed(partial(paper_of_text, Source("t.txt", text), DAY, DAY, 0)))
            grown = [("reading", papers[0][0], papers[1][0])]
            if papers[0][1] and papers[1][1]:
                for name in rules:
                    small, big = (timed(partial(findings, name, paper))[0] for _, paper in papers if paper)
                    grown.append((name, small, big))
            for name, small, big in grown:
                if big > 0.1 and big > 6.5 * max(small, 0.001):
                    print(f"{unit[:20]!r} {'lines' if joint else 'a line'}: {name} {small:.3f} s, {big:.3f} s", flush=True)


def findings(name: str, paper: Paper) -> int:
    """How much a rule finds."""
    return len(list(rule(name).check(paper.speech)))


def of_samples() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines of the rules' samples, each for its rule."""
    for path in sorted(SAMPLES.glob("*.md")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        said = [re.sub("[⟦⟧]", "", line) for line in lines if line and not line.startswith(("#", "```"))]
        yield from ((line, (path.stem,)) for line in said[:10] if path.stem in names())


def late(signal: int, frame: FrameType | None) -> None:
    """End what takes too long."""
    raise Late


def timed(work: Callable[[], object]) -> tuple[float, Paper | None]:
    """Seconds of CPU, and what came of it; None where it was not done in `MOST_S`."""
    signal.setitimer(signal.ITIMER_PROF, MOST_S)
    began = time.process_time()
    try:
        made = work()
        return time.process_time() - began, made if isinstance(made, Paper) else None
    except Late:
        return MOST_S, None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
