"""What is said of drafts, the same whatever door says it: what an update does to a paragraph, how much was changed, and
where two texts differ."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.confirming import ConfirmedData
    from drafter.revise.apply import Step
    from drafter.word.record import Stage

#: Characters of a text that are shown, and around a change in one.
SHOWN = 60
AROUND = 12

#: What is shown as one where it changes: a blank, a number, a date's part, a letter.
_UNITS = re.compile(r"【[^】\n]*】|[0-9][0-9,.]*[年月日]?|.", re.DOTALL)

#: What has become of the outline or template of a draft since it was made.
STATES = {"same": "没有变", "changed": "改过了", "missing": "现在找不到"}

#: What was done to a paragraph by hand.
KINDS = {"edited": "改", "added": "加", "deleted": "删", "moved": "换了位置"}

_STEPS = {
    "follow": "跟着变",
    "insert": "新加",
    "remove": "去掉",
    "move": "换位置",
    "flow": "填新回答",
    "merge": "您改过的句子留着，别的跟着变",
    "comment": "您改过，留着，加批注",
    "renumber": "重排序号",
}

#: A paragraph of the writer's in which answers change, with a comment on what stays or gave way.
_OVERRULED = "填新回答，加批注"


class DiffPart(NamedTuple):
    """A part of two texts that are held against each other. `kind`: "same" in both, "gone" from the one, "come" in the
    other."""

    kind: str
    text: str


def step_called(step: "Step") -> str:
    """What an update does to a paragraph, in a few words."""
    return _OVERRULED if step.kind == "comment" and step.before != step.after else _STEPS[step.kind]


def confirmed_told(one: "ConfirmedData") -> str:
    """What was done with words somebody has confirmed."""
    return f"改成了“{one['now']}”" if one["now"] != one["words"] else "没有改"


def draft_told(stage: "Stage") -> str:
    """How much a draft of a line of drafts was changed."""
    if not stage.changed:
        return "没有改动"
    return f"改动 {stage.changed} 段，加 {stage.added:,} 字，删 {stage.removed:,} 字"


def copy_told(changes: int, comments: int) -> str:
    """What a copy that came back wishes, in numbers."""
    told = [f"改动 {changes} 处"] if changes else []
    return "，".join([*told, *([f"批注 {comments} 条"] if comments else [])]) or "无修改意见"


def wishes_told(changes: int, joined: int, clashes: int) -> str:
    """What several copies wish together, in numbers."""
    told = f"合起来改动 {changes} 处"
    if joined:
        told += f"，其中 {joined} 处几家意见相同"
    if clashes:
        told += f"，{clashes} 处碰在一起、并排放着"
    return told + "。"


def differing(before: str, after: str, around: int = AROUND) -> Iterator[DiffPart]:
    """Where two texts differ, in order; of long stretches that are the same only what stands `around` the changes."""
    from drafter.speech.match import opcodes

    one, other = _UNITS.findall(before), _UNITS.findall(after)
    for kind, i0, i1, j0, j1 in opcodes(one, other):
        old, new = "".join(one[i0:i1]), "".join(other[j0:j1])
        if kind == "equal":
            same = old
            if len(same) > 2 * around:
                left = same[:around] if i0 else ""
                right = same[-around:] if i1 < len(one) or j1 < len(other) else ""
                same = f"{left}…{right}"
            yield DiffPart("same", same)
            continue
        if old:
            yield DiffPart("gone", old)
        if new:
            yield DiffPart("come", new)


def short(text: str, most: int = SHOWN) -> str:
    """A text in one row, as far as it is shown."""
    text = text.replace("\n", "⏎")
    return printable(text if len(text) <= most else text[: most - 1] + "…")


def numbers_told(numbers: Sequence[int]) -> str:
    """Numbers in order, three and more in a row as 17—24."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    said = [[f"{row[0]}—{row[-1]}"] if len(row) > 2 else [str(number) for number in row] for row in rows]
    return "、".join(word for row in said for word in row)
