"""The time of every rule, and of reading, grows with the length of a text, whatever it says: also where it says one thing over and over.

No clock decides. A text is looked at in two lengths in one run, and the CPU time of the longer one may be so many times that of the
shorter; what takes next to none of either (beside a yardstick taken in the same run) is not judged. What seems to grow too fast is
measured again: only what does so each time is told. `python tests/bench/growth.py` looks at many more texts.
"""

import time
from collections.abc import Callable
from datetime import date

import pytest

from drafter.check.paper import paper_of_text
from drafter.check.rules import Speech, run
from drafter.outline.yaml import Source
from drafter.speech.block import Line

DAY = date(2026, 11, 22)

#: Characters of the shorter text, and how many times as long the other one is; its time may be twice as many times as long.
SHORT, LONGER = 1_000, 4
MOST = 2 * LONGER

UNITS = (
    "不断", "年月日", "？", "同志", "（", "“", "”", "一、", "第一，", "的", "1", "1.", "2026年", "……", "，", "——", "一是", "《", "》（", "×", " ", "届",
    "三个", "和", "约10多", "一二三四五六七八九十", "增长5%，", "坚持", "“四个意识”、", "发展、", "张三书记", "是不是", "A",
)  # fmt: skip


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    work()
    return time.process_time() - began


def text_of(unit: str, joint: str, size: int, turn: int) -> list[str]:
    """Paragraphs that say a unit over and over, all in one or one for each time. No two turns are alike: what is kept of one helps
    no other."""
    times = max(1, size // len(unit))
    own = chr(0x3400 + turn)
    return [unit + own] * times if joint else [unit * times + own]


def taken(unit: str, joint: str, size: int, turn: int) -> dict[str, float]:
    """Seconds of CPU that reading and each rule take on a text; what is done behind the rules
    counts for the last of them."""
    text = "同志们：\n" + "\n".join(text_of(unit, joint, size, turn)) + "\n谢谢大家！\n"
    reading = cpu(lambda: paper_of_text(Source("a.txt", text), DAY, DAY))
    lines = (Line("同志们：", "greeting"), *map(Line, text_of(unit, joint, size, turn)), Line("谢谢大家！"))
    begun: list[tuple[str, float]] = []
    run(Speech(lines, DAY), before=lambda name: begun.append((name, time.process_time())))
    ends = [*(at for _, at in begun[1:]), time.process_time()]
    out = {"reading": reading}
    for (name, at), end in zip(begun, ends, strict=True):
        out[name] = out.get(name, 0) + end - at
    return out


def nothing() -> float:
    """What is next to nothing: a little more than it takes to look at the characters of the shorter text one by one."""
    text = "不" * SHORT
    return 20 * min(cpu(lambda: sum(c == "不" for c in text)) for _ in range(5))


@pytest.mark.parametrize("joint", ["", "\n"], ids=["one paragraph", "many"])
@pytest.mark.parametrize("unit", UNITS)
def test_the_time_of_reading_and_of_each_rule_grows_with_the_length(unit: str, joint: str) -> None:
    least = nothing()
    suspects: set[str] | None = None
    for turn in range(0, 6, 2):
        short, long = taken(unit, joint, SHORT, turn), taken(unit, joint, SHORT * LONGER, turn + 1)
        grown = {name for name in long if long[name] > MOST * max(short.get(name, 0), least)}
        suspects = grown if suspects is None else suspects & grown
        if not suspects:
            break
    assert suspects == set()
