"""What `status`, `update` and `history` tell, as text for a terminal."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.history import HistoryResult
    from drafter.commands.status import FieldNow, StatusResult
    from drafter.commands.update import UpdateResult
    from drafter.revise.apply import Step
    from drafter.word.record import Stage

#: Characters of a paragraph that are shown, and around a change in it.
SHOWN = 60
AROUND = 12

#: What is shown as one where it changes: a blank, a number, a date's part, a letter.
_UNITS = re.compile(r"【[^】\n]*】|[0-9][0-9,.]*[年月日]?|.", re.DOTALL)

_STATES = {"same": "没有变", "changed": "改过了，drafter update 可以更新", "missing": "现在找不到"}
_KINDS = {"edited": "改", "added": "加", "deleted": "删"}


def status_text(status: StatusResult) -> str:
    """What `status` tells."""
    lines = [
        f"{printable(status.file)}　{status.stage.name}",
        f"  提纲：{printable(status.outline)}（{_STATES[status.outline_state]}）",
        f"  模板：{printable(status.template)}（{_STATES[status.template_state]}）",
        f"  写于：{printable(status.made.replace('T', ' '))}，drafter {printable(status.version)}{'，没有控件' if status.plain else ''}",
    ]
    if status.multiplied:
        lines.append(f"  LibreOffice 7.4 把 {status.multiplied} 处填空写重了，这里已按一处读；drafter update 会改回来。")
    answered = [f for f in status.fields if f.state not in ("blank", "cleared")]
    blank = [f for f in status.fields if f.state in ("blank", "cleared")]
    lines += ["", f"回答（{len(answered)} 个）"] if answered else []
    lines += [_field(f) for f in answered]
    if blank:
        lines += ["", f"还没有填（{len(blank)} 个）"]
        lines += [f"  【{printable(f.name)}】{printable(f.ask)}{'（原来是“' + printable(f.made) + '”，清空了）' if f.made else ''}" for f in blank]
    lines += ["", f"手改的段落（{len(status.changes)} 处）" if status.changes else "没有手改的段落。"]
    for change in status.changes:
        where = f"第 {change.at + 1} 段" if change.at >= 0 else "原文"
        said = changed_words(change.before, change.after) if change.kind == "edited" else _short(change.after or change.before)
        lines.append(f"  {_KINDS[change.kind]}　{where}：{said}")
    return "\n".join(lines)


def _field(field: FieldNow) -> str:
    said = f"  【{printable(field.name)}】{printable(_short(field.now))}"
    if field.state == "changed":
        return f"{said}　← 在 Word 里改的，原来是“{printable(_short(field.made))}”"
    if field.state == "filled":
        return f"{said}　← 在 Word 里填的"
    if field.state == "differs":
        return f"{said}　← 几处不一样：{printable(field.why)}"
    if field.state == "unfit":
        return f"{said}　← 不合要求：{printable(field.why)}"
    return said


_STEPS = {
    "follow": "跟着变",
    "insert": "新加",
    "remove": "去掉",
    "move": "换位置",
    "flow": "填新回答",
    "comment": "您改过，留着，加批注",
    "renumber": "重排序号",
}


def update_text(updated: UpdateResult, dry_run: bool) -> str:
    """What `update` tells: the plan, and what was written."""
    lines = [_step(step) for step in updated.steps]
    lines += [f"  【{printable(n)}】文中原来填的是“{printable(_short(was))}”，按您给的改成“{printable(_short(now))}”。" for n, was, now in updated.overruled]
    if updated.written:
        head = [f"写好了：{printable(updated.file)}（{updated.stage.name}）"]
        if updated.backup:
            head.append(f"改之前的存在：{printable(updated.backup)}")
        count = len(updated.steps)
        head.append(f"改了 {count} 处：" if count else "文字没有变。")
        lines = [*head, *lines]
    elif dry_run and lines:
        lines = [f"会改 {len(updated.steps)} 处（没有写文件）：", *lines]
    else:
        lines = ["没有要更新的，文件没有动。", *lines]
    if updated.blanks:
        lines.append(f"还有 {len(updated.blanks)} 处没填：" + "".join(f"【{printable(b.name)}】" for b in updated.blanks))
    return "\n".join(lines)


def _step(step: Step) -> str:
    head = f"  {_STEPS[step.kind]}　第 {step.place} 段："
    if step.kind == "insert":
        return head + _short(step.after)
    if step.kind == "remove":
        return head + _short(step.before)
    if step.kind in ("comment", "move"):
        more = f"\n      批注：{_short(step.note)}" if step.note else ""
        return head + (changed_words(step.before, step.after) if step.before != step.after else _short(step.before)) + more
    return head + changed_words(step.before, step.after)


def changed_words(before: str, after: str) -> str:
    """The places where two texts differ: …原来的[-去掉的-]{+加上的+}……"""
    out = ""
    if len(before) * len(after) > 4_000_000:
        return f"[-{_short(before)}-]{{+{_short(after)}+}}"
    one, other = _UNITS.findall(before), _UNITS.findall(after)
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        old, new = "".join(one[i0:i1]), "".join(other[j0:j1])
        if kind == "equal":
            same = old
            if len(same) > 2 * AROUND:
                left = same[:AROUND] if i0 else ""
                right = same[-AROUND:] if i1 < len(one) or j1 < len(other) else ""
                same = f"{left}…{right}"
            out += same
            continue
        out += f"[-{old}-]" if old else ""
        out += f"{{+{new}+}}" if new else ""
    return printable(_short(out.replace("\n", "⏎"), 400))


def _short(text: str, most: int = SHOWN) -> str:
    text = text.replace("\n", "⏎")
    return printable(text if len(text) <= most else text[: most - 1] + "…")


def history_text(history: HistoryResult) -> str:
    """What `history` tells: a draft a line, oldest first."""
    return "\n".join(_stage(stage, here) for stage, here in zip(history.stages, history.here, strict=True))


def _stage(stage: Stage, here: bool) -> str:
    when = stage.when.replace("T", " ")
    who = f"　{stage.who}" if stage.who else ""
    much = f"改动 {stage.changed} 段，加 {stage.added:,} 字，删 {stage.removed:,} 字" if stage.changed else "没有改动"
    gone = "" if here else "（文件不在旁边）"
    return f"{stage.number}　{printable(stage.name)}　{printable(stage.file)}{gone}　{printable(when)}{printable(who)}　{much}"
