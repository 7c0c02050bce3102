"""The law of keeping: what of the writer's a draft holds before an update, it holds after it, and the file is as whole as it
was. Tried on a draft that a `Hand` has edited, with answers, outlines and options drawn at random.

    trial(Path(folder), 4711) → what is wrong, one line each; [] where nothing is
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from edits import Hand, clauses, missing, said_by, things
from sound import findings

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.update import UpdateRequest, update

#: Two outlines unlike each other, so that each can be pasted into drafts of the other.
MEETING = """\
title: 在全市【会议】上的讲话
dateline: （【日期】）
numbering: 一要
fields:
  会议:
    ask: 什么会？
    example: 防汛工作会议
  日期:
    ask: 哪一天讲？
    type: date
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
    default: 市
  人数:
    ask: 多少人参加？
    type: number
  单位:
    ask: 哪些单位先进？
    type: list
  愿景:
    ask: 往哪里去？
  说明:
    ask: 还有什么要说明的？
    type: long text
  表彰:
    ask: 要不要表彰？
    type: yes/no
    default: 是
speech:
  - greeting: 同志们：
  - opening: |
      今天召开全【层级】【会议】，【人数|大写】名同志参加。会期是【日期|月日】，目标是【愿景】。

      会议的任务是总结经验、部署任务。【说明】
  - text: 请【受奖】上台领奖。
    each: 单位 as 受奖
    when: 表彰
  - requirements:
      - heading: 守住底线
        text: 全【层级】上下要紧盯汛情，守住堤防。受表彰的有【单位】。
      - heading: 备足物资
        text: 各单位要把物资备在前头，一样一样清点。
      - heading: 转移群众
        text: 宁可十防九空，不可失防万一，【层级】里的群众要先转移。
      - heading: 严守纪律
        text: 值班不离岗，【层级】委要带好头，向【愿景】进发。
  - closing: 同志们，让我们守护家园！
"""

FORUM = """\
title: 在【论坛】开幕式上的致辞
numbering: 1.
fields:
  论坛:
    ask: 什么论坛？
    example: 滨江发展论坛
  来宾:
    ask: 哪些来宾？
    type: list
  日期:
    ask: 哪一天？
    type: date
  地方:
    ask: 在哪里？
    example: 滨江
speech:
  - greeting: 各位来宾：
  - opening: 【日期|月日】，我们相聚【地方】，举办【论坛】。欢迎【来宾】。
  - text: 谢谢【一位】远道而来，【地方】因您而更美。
    each: 来宾 as 一位
  - requirements:
      - heading: 以开放聚合力
        text: 【地方】愿与各方携手，把【论坛】办成朋友的聚会。
      - heading: 以创新增动力
        text: 好点子要落地，好项目要开花。
  - closing: 祝【论坛】圆满成功！
"""

BASES = {
    "会": (MEETING, ("会议=防汛工作会议", "日期=2026-11-26", "人数=120", "单位=甲局、乙局、丙局", "说明=第一段说明。")),
    "会空": (MEETING, ("会议=防汛工作会议", "单位=甲局、乙局")),
    "坛": (FORUM, ("论坛=滨江发展论坛", "来宾=张先生、李女士、王先生", "日期=2026-12-01", "地方=滨江")),
}

#: Answers given anew.
SETS = {
    "会": ("会议=抗旱工作会议", "日期=2026-12-03", "人数=35", "单位=乙局、戊局", "单位=丙局、甲局、乙局", "单位=甲局", "层级=县", "愿景=一座安澜之城", "说明=换一段说明。", "说明=", "表彰=否", "会议=", "人数=", "单位="),
    "坛": ("论坛=山海对话", "来宾=李女士、赵先生", "来宾=张先生", "日期=2027-01-05", "地方=临海", "地方=", "来宾=李女士、张先生、王先生、陈女士"),
}  # fmt: skip


class Rewording(NamedTuple):
    """A change of an outline, in words and as it is made."""

    said: str
    make: Callable[[str, Random], str]


def _paragraphs(text: str, random: Random) -> str:
    """A requirement, a text or a line goes."""
    lines = text.split("\n")
    start = lines.index("speech:") + 1
    at = random.choice([n for n in range(start, len(lines)) if re.match(r"\s*- heading", lines[n])])
    del lines[at : at + 2]
    return "\n".join(lines)


def _sentence(text: str, random: Random) -> str:
    """A sentence goes."""
    head, speech = text.split("speech:\n", 1)
    found = list(re.finditer(r"(?:(?<=[。，])|(?<=text: ))[^：。，\n]+[，。](?=[^\n])", speech))
    if not found:
        return text
    one = random.choice(found)
    return f"{head}speech:\n{speech[: one.start()]}{speech[one.end() :]}"


def _blank(text: str, random: Random) -> str:
    """A blank goes from a sentence."""
    head, speech = text.split("speech:\n", 1)
    one = random.choice(list(re.finditer("【[^】]+】", speech)))
    return f"{head}speech:\n{speech[: one.start()]}各方{speech[one.end() :]}"


def _words(text: str, random: Random) -> str:
    """Words become others, in every sentence."""
    head, speech = text.split("speech:\n", 1)
    for one, other in (("要", "必须"), ("群众", "乡亲们"), ("我们", "咱们"), ("办成", "建成"), ("今天召开", "现在召开"), ("携手", "同行")):
        if random.random() < 0.4:
            speech = speech.replace(one, other)
    return f"{head}speech:\n{speech}"


def _more(text: str, random: Random) -> str:
    """A requirement more."""
    at = random.choice([m.start() for m in re.finditer("      - heading:", text)])
    return f"{text[:at]}      - heading: 补齐短板\n        text: 新加的一条，人人都要做到。\n{text[at:]}"


def _order(text: str, random: Random) -> str:
    """Requirements change places."""
    rows = re.findall(r"      - heading:.*\n        text:.*\n", text)
    start, end = text.index(rows[0]), text.index(rows[-1]) + len(rows[-1])
    random.shuffle(rows)
    return text[:start] + "".join(rows) + text[end:]


def _numbering(text: str, random: Random) -> str:
    return re.sub("numbering: .*", f"numbering: {random.choice(('（一）', '一是', '第一，'))}", text)


def _line(text: str, random: Random) -> str:
    """A part goes, or one comes."""
    if random.random() < 0.5:
        return text.replace("  - closing:", "  - text: 这里新加了一段话。\n  - closing:")
    return re.sub(r"  - text: .*\n    each: .*\n(    when: .*\n)?", "", text)


REWORDINGS = tuple(
    Rewording(said, make)
    for said, make in (
        ("a requirement dropped", _paragraphs), ("a sentence dropped", _sentence), ("a blank dropped", _blank), ("words changed", _words),
        ("a requirement more", _more), ("requirements moved", _order), ("another numbering", _numbering), ("a part dropped or added", _line),
    )
)  # fmt: skip


@cache
def made(folder: Path, name: str, plain: bool) -> bytes:
    """A draft as drafter makes it."""
    outline, sets = BASES[name]
    (folder / "提纲.yaml").write_text(outline, encoding="utf-8")
    target = folder / f"底稿{name}{plain}.docx"
    new(NewRequest((str(folder / "提纲.yaml"),), sets, output=str(target), date="2026-11-22", force=True, plain=plain))
    return target.read_bytes()


class Trial(NamedTuple):
    """One try: what was done to the draft, what the update was asked, and what is wrong after it. `unsettled`: what a second update,
    with nothing new, changes again."""

    done: tuple[str, ...]
    asked: str
    wrong: tuple[str, ...]
    unsettled: tuple[str, ...]
    before: bytes
    after: bytes


def trial(folder: Path, seed: int, times: int | None = None, edits: tuple[str, ...] = ()) -> Trial:
    """Edit a draft, update it, look. `times`: how many edits, None for some; `edits`: these instead."""
    random = Random(seed)
    name = random.choice(tuple(BASES))
    plain = random.random() < 0.1
    other = made(folder, random.choice([n for n in BASES if n != name]), False)
    hand = Hand(made(folder, name, plain), random, other)
    hand.scribble(random.randint(1, 6) if times is None else times, edits)
    before = hand.save()
    outline, _ = BASES[name]
    said = []
    for rewording in random.sample(REWORDINGS, random.choice((0, 0, 1, 1, 2, 3))):
        outline = rewording.make(outline, random)
        said.append(rewording.said)
    answers = SETS[name[0]]
    sets = tuple(random.sample(answers, random.choice((0, 1, 1, 2))))
    renumber = random.random() < 0.2
    revisions = random.random() < 0.25
    to_plain = random.choice((None,) * 8 + (True, False))
    path = folder / "稿.docx"
    path.write_bytes(before)
    (folder / "提纲.yaml").write_text(outline, encoding="utf-8")
    against = Against(sets=sets, outline=str(folder / "提纲.yaml"), renumber=renumber)
    asked = f"{name} {sets} {said} renumber={renumber} revisions={revisions} plain={plain}→{to_plain}"
    update(UpdateRequest(str(path), against, revisions=revisions, plain=to_plain))
    after = path.read_bytes()
    lost = [f"lost {row}" for row in missing(things(before, hand.typed), things(after, hand.typed))]
    worse = [f"found {kind} ×{n}" for kind, n in (findings(after) - findings(before)).items()]
    said = said_by(after)
    if not plain and to_plain is None:
        lost += [f"changed {clause}" for clause in clauses(before, hand.typed) if not re.search(clause, said)]
    update(UpdateRequest(str(path), against._replace(sets=(), renumber=False)))
    again = path.read_bytes()
    moved = [f"again changed {one!r}" for one in sorted(set(said_by(again).split("\n")) ^ set(said.split("\n")))]
    twice = [f"again lost {row}" for row in missing(things(after, hand.typed), things(again, hand.typed))]
    return Trial(tuple(hand.done), asked, (*lost, *worse, *twice), tuple(moved), before, after)
