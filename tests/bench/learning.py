"""How long `learn` takes for speeches of one meeting, and what share of it difflib's own comparison of two of them would.

    python tests/bench/learning.py                 twenty speeches of 7,000 字
    python tests/bench/learning.py 5 10000         five of 10,000
    python tests/bench/learning.py --changed 1     nothing but headings, greeting and closing is the same

Speeches are made up: the same headings, greeting, opening and closing; of the paragraphs some are the same but for a
figure, some reworded, some written anew (`speeches`). Prints seconds, and the ratio to comparing two of the bodies letter
by letter with difflib.
"""

import argparse
from collections.abc import Iterator
from difflib import SequenceMatcher
from random import Random
from time import perf_counter

from drafter.analysis.learn import learn
from drafter.readers.text import read
from drafter.speech.recognise import recognise

_WHO = ["各级各部门", "各乡镇", "水利部门", "卫健系统", "教育战线", "驻村干部", "网格员", "企业负责人", "党员干部", "社区工作者", "农技员", "财政部门"]
_HOW = ["认真", "扎实", "主动", "及时", "耐心", "严格", "大力", "稳步", "逐项", "全面", "连续", "分批"]
_DO = ["排查", "整改", "推进", "落实", "走访", "修订", "完善", "补齐", "盘活", "宣传", "培训", "巡查", "登记", "改造", "清理", "协调"]
_WHAT = ["老旧管网", "乡村道路", "防汛物资", "校园食堂", "医保报销", "招商项目", "水库闸门", "秸秆禁烧", "就业岗位", "养老床位", "快递站点", "安全台账", "信访积案", "农机具", "河道垃圾", "窗口服务", "营商环境", "村级账目", "产业园区", "供热管线"]
_SO = ["让群众看得见变化", "把责任压到人头", "形成一级抓一级的局面", "确保按时见效", "不留一处死角", "做到件件有回音", "为全年打好底子", "守住不出事的底线"]
_HEADS = ["充分肯定过去一年的成绩", "清醒认识面临的形势", "牢牢把握今年的重点", "毫不放松抓好安全", "用心用情改善民生", "从严从实锻造队伍"]
_POINTS = ["把底数摸清", "把责任压实", "把短板补齐", "把服务做优"]


def _sentence(random: Random) -> str:
    parts = [
        f"{random.choice(_WHO)}{random.choice(_HOW)}{random.choice(_DO)}{random.choice(_WHAT)}" for _ in range(random.randint(1, 3))
    ]
    return "，".join([*parts, random.choice(_SO)]) + "。"


def _paragraph(random: Random, letters: int) -> str:
    out = ""
    while len(out) < letters:
        out += _sentence(random)
    return out


def _later(text: str, random: Random, changed: float) -> str:
    """A paragraph a year later: of its sentences the share `changed` has another word or is anew."""
    rows = text.split("。")[:-1]
    for n, row in enumerate(rows):
        fate = random.random()
        if fate < (changed if changed >= 1 else changed / 3):
            rows[n] = _sentence(random)[:-1]
        elif fate < changed:
            rows[n] = row.replace(random.choice(_HOW), random.choice(_HOW))
    return "".join(f"{row}。" for row in rows)


def speeches(many: int, letters: int, changed: float, long: bool = False, seed: int = 1) -> Iterator[str]:
    """So many speeches of one meeting, a year apart; `long` with one paragraph under each of four headings."""
    random = Random(seed)
    each = letters // (len(_HEADS) * (1 if long else len(_POINTS)))
    points = _POINTS[:1] if long else _POINTS
    first = {(h, p): _paragraph(random, each) for h in _HEADS for p in points}
    closing = _paragraph(random, 60)
    for year in range(many):
        rows = [f"在全县{2026 - year}年农村工作会议上的讲话", f"（{2026 - year}年1月{year % 27 + 1}日）", "同志们："]
        rows.append(f"今天召开全县农村工作会议，总结{2025 - year}年的工作，安排{2026 - year}年的任务。下面，我讲{len(_HEADS)}点意见。")
        for n, head in enumerate(_HEADS):
            rows.append(f"{'一二三四五六七八'[n]}、{head}")
            for k, point in enumerate(points):
                words = _later(first[head, point], random, changed)
                rows.append(f"（{'一二三四五六'[k]}）{point}。今年要完成{random.randint(20, 900)}件。{words}")
        rows.append(f"同志们，{closing}")
        yield "\n".join(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("many", type=int, nargs="?", default=20)
    options.add_argument("letters", type=int, nargs="?", default=7000)
    options.add_argument("--changed", type=float, default=0.2, help="share of the sentences that change in a year (1: all)")
    options.add_argument("--long", action="store_true", help="paragraphs of more than a thousand letters")
    asked = options.parse_args()
    texts = list(speeches(asked.many, asked.letters, asked.changed, asked.long))
    drafts = [recognise(read(text.encode(), "讲话.txt")[0]) for text in texts]
    start = perf_counter()
    SequenceMatcher(None, texts[0], texts[-1], autojunk=False).get_matching_blocks()
    peer = perf_counter() - start
    start = perf_counter()
    found = learn(drafts)
    taken = perf_counter() - start
    print(f"{asked.many} × {len(texts[0])} 字: {taken:.2f} s, {taken / peer:.1f} times difflib on two of them ({peer:.2f} s)")
    print(f"{found.shared} paragraphs in all, {len(found.blanks)} blanks, {len(found.options)} optional parts, plain: {found.plain}")


if __name__ == "__main__":
    main()
