"""What the commands on drafts tell, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.commands.next_step import as_typed
from drafter.commands.saying import (
    KINDS,
    STATES,
    confirmed_told,
    differing,
    draft_told,
    short,
    step_called,
)
from drafter.diagnostic import ERROR, WARNING, printable

if TYPE_CHECKING:
    from drafter.commands.confirming import ConfirmedData, ToBeConfirmed
    from drafter.commands.finish import FinishResult, Problem
    from drafter.commands.format import FormatResult
    from drafter.commands.history import HistoryResult, Stage
    from drafter.commands.status import FieldNow, StatusResult
    from drafter.commands.update import Spot, Step, UpdateResult


def status_text(status: StatusResult) -> str:
    """What `status` tells."""
    lines = [
        f"{printable(status.file)}　{status.stage.name}",
        f"  提纲：{printable(status.outline)}（{STATES[status.outline_state]}）",
        f"  模板：{printable(status.template)}（{STATES[status.template_state]}）",
        f"  写于：{printable(status.made.replace('T', ' '))}，drafter {printable(status.version)}"
        f"{'，没有控件' if status.plain else ''}",
    ]
    if status.multiplied:
        lines.append(f"  LibreOffice 7.4 把 {status.multiplied} 处填空写重了，这里已按一处读；drafter update 会改回来。")
    answered = [f for f in status.fields if f.state not in ("blank", "cleared")]
    blank = [f for f in status.fields if f.state in ("blank", "cleared")]
    lines += ["", f"回答（{len(answered)} 个）"] if answered else []
    lines += [_field(f) for f in answered]
    if blank:
        lines += ["", f"还没填（{len(blank)} 个）"]
        lines += [
            f"  【{printable(f.name)}】{printable(f.ask)}{f'（{printable(f.told)}）' if f.told else ''}"
            for f in blank
        ]
    if status.confirmed:
        lines += ["", f"核实了 {len(status.confirmed)} 处：", *map(_confirmed, status.confirmed)]
        lines += [f"  改之前的存在：{printable(status.backup)}"] if status.backup else []
    if status.to_confirm:
        lines += ["", f"还没有核实（{len(status.to_confirm)} 处）；一处处定：drafter status {printable(as_typed(status.file))} --confirm"]
        lines += to_confirm_lines(status.to_confirm)
    lines += ["", f"手改的段落（{len(status.changes)} 处）" if status.changes else "没有手改的段落。"]
    for change, place in zip(status.changes, status.changed_at, strict=True):
        where = f"{place}" or "原文"
        said = (
            changed_words(change.before, change.after)
            if change.kind == "edited"
            else short(change.after or change.before)
        )
        lines.append(f"  {KINDS[change.kind]}　{where}：{said}")
    if status.steps:
        lines += ["", f"drafter update 会改 {len(status.steps)} 处；先看：drafter update {printable(as_typed(status.file))} --dry-run"]
    elif status.writes:
        lines += ["", "drafter update 只更新记录，文字不变。"]
    return "\n".join(lines)


def to_confirm_lines(marks: Sequence[ToBeConfirmed]) -> list[str]:
    """What is to be confirmed, a line each."""
    return [
        printable(f"  {n}. {m.place}“{m.words}”{f'（{m.note}）' if m.note else ''}　{m.context}")
        for n, m in enumerate(marks, 1)
    ]


def _confirmed(one: ConfirmedData) -> str:
    return printable(f"  “{one['words']}”　{confirmed_told(one)}")


def _field(field: FieldNow) -> str:
    said, told = f"  【{printable(field.name)}】{short(field.now)}", field.told
    return f"{said}　← {printable(told)}" if told else said


def update_text(updated: UpdateResult, dry_run: bool) -> str:
    """What `update` tells: the plan, and what was written."""
    lines = [_step(step, place) for step, place in zip(updated.steps, updated.places, strict=True)]
    lines += [
        f"  【{printable(n)}】文中原来填的是“{printable(short(was))}”，改成“{printable(short(now))}”。"
        for n, was, now in updated.overruled
    ]
    if updated.written:
        head = [f"写好了：{printable(updated.file)}（{updated.stage.name}）"]
        if updated.backup:
            head.append(f"改之前的存在：{printable(updated.backup)}")
        count = len(updated.steps)
        head.append(f"改了 {count} 处：" if count else "文字没有变。")
        lines = [*head, *lines]
    elif dry_run and lines:
        lines = [f"会改 {len(updated.steps)} 处：", *lines]
    else:
        lines = ["没有要更新的，文件没有动。", *lines]
    if updated.blanks:
        lines.append(f"还有 {len(updated.blanks)} 个空没填：" + "".join(f"【{printable(b.name)}】" for b in updated.blanks))
    return "\n".join(lines)


def _step(step: Step, place: Spot) -> str:
    head = f"  {step_called(step)}　{place or '开头'}："
    if step.kind == "insert":
        return head + short(step.after)
    if step.kind == "remove":
        return head + short(step.before)
    if step.kind == "renumber":
        was, now = (printable(number) or "（没有）" for number in (step.number_before, step.number_after))
        leads = step.after.startswith(step.number_after)
        words = short(step.after.removeprefix(step.number_after)) if leads else changed_words(step.before, step.after)
        return f"{head}{was} → {now}　{words}"
    if step.kind in ("comment", "move"):
        more = f"\n      批注：{short(step.note)}" if step.note else ""
        return (
            head + (changed_words(step.before, step.after) if step.before != step.after else short(step.before)) + more
        )
    return head + changed_words(step.before, step.after)


#: How a stretch is marked that one text has and the other has not.
_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "come": ("{+", "+}")}


def changed_words(before: str, after: str) -> str:
    """The places where two texts differ: …原来的[-去掉的-]{+加上的+}……"""
    out = "".join(f"{_MARKS[kind][0]}{text}{_MARKS[kind][1]}" for kind, text in differing(before, after))
    return printable(short(out, 400))


def history_text(history: HistoryResult) -> str:
    """What `history` tells: a draft a line, oldest first."""
    return "\n".join(_stage(stage, here) for stage, here in zip(history.stages, history.here, strict=True))


def _stage(stage: Stage, here: bool) -> str:
    when = stage.when.replace("T", " ")
    who = f"　{stage.who}" if stage.who else ""
    much = draft_told(stage)
    gone = "" if here else "（文件不在旁边）"
    return (
        f"{stage.number}　{printable(stage.name)}　{printable(stage.file)}{gone}　{printable(when)}{printable(who)}　{much}"
    )


# ── finish ─────────────────────────────────────────────────────────────────────────────────────────────────────────


#: Problems of a kind that are listed for people; nobody reads further. `--json` lists all.
_LISTED = 100

def finish_text(result: FinishResult) -> str:
    """What `finish` tells."""
    return "\n".join(_finished(result))


def _finished(result: FinishResult) -> list[str]:
    from drafter.commands.finish import LEAKS

    name = printable(Path(result.file).name)
    leaks = [p for p in result.problems if p.kind in LEAKS]
    if leaks and len(leaks) == len(result.problems):
        head = f"{name}：没有空、修订、批注和底色，可是有 {len(leaks)} 处不该带出去："
        return [head, *_listed(leaks), *_proofread(result)]
    if not result.problems and not result.output:
        return [f"{name}：没有空、修订、批注和底色，可以定稿。", *_proofread(result)]
    if not result.problems:
        removed = [f"填空控件 {result.controls} 个"] if result.controls else []
        removed += ["成稿记录"] if result.record else []
        lines = [f"写好了：{printable(result.output)}", f"去掉了：{'、'.join([*removed, '作者', '编辑时间'])}。"]
        lines += [f"大字版：{printable(result.large_print)}"] if result.large_print else []
        return [*lines, *_proofread(result)]
    lines = [f"{name} 还不能定稿，有 {len(result.problems) - len(leaks)} 处：", *_listed([p for p in result.problems if p not in leaks])]
    return [*lines, f"还有 {len(leaks)} 处不该带出去：", *_listed(leaks)] if leaks else lines


def _listed(problems: Sequence[Problem]) -> list[str]:
    """Problems by kind, each kind with what to do about it."""
    from drafter.commands.finish import REMEDIES

    lines: list[str] = []
    for kind, (called, remedy) in REMEDIES.items():
        found = [p for p in problems if p.kind == kind]
        if found:
            lines += [f"{called}，{len(found)} 处。{remedy}", *(f"  {_line(p)}" for p in found[:_LISTED])]
            lines += [f"  还有 {len(found) - _LISTED} 处没有列出来；--json 列出全部。"] if len(found) > _LISTED else []
    return lines


def _proofread(result: FinishResult) -> list[str]:
    """What the proof-reader has to say that does not stand in the way."""
    errors, warnings = (result.findings.get(level, 0) for level in (ERROR, WARNING))
    said = "，".join(f"{n} 处{name}" for n, name in ((errors, "错误"), (warnings, "提醒")) if n)
    return [f"校对还有 {said}，没有拦住定稿。逐条看：drafter check {printable(as_typed(result.file))}"] if said else []


def _line(problem: Problem) -> str:
    """A problem in one line: the place, the words, and what else there is to say."""
    who = f"{problem.who}：" if problem.who else ""
    if problem.kind == "comment":
        more = f"　{who}{problem.note}" if problem.note or who else ""
    elif problem.kind in ("revision", "error"):
        more = f"　{who}{problem.note}"
    elif problem.note:
        more = f"　{problem.note}"
    else:
        more = ""
    return printable(f"{problem.where}　“{problem.words}”{more}".lstrip("　"))


# ── format ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def format_text(result: FormatResult) -> str:
    """What `format` tells."""
    return "\n".join(_formatted(result) if result.plan is None else _planned(result))


#: Characters of a paragraph that are shown, and the room of the longest role.
_SHOWN, _ROLE = 28, 5


def _planned(result: FormatResult) -> Iterator[str]:
    """What each paragraph is taken for, a line each."""
    yield f"{printable(Path(result.file).name)} 按模板 {printable(result.template)} 会这样排："
    lines = result.plan or ()
    room = len(str(len(lines)))
    for line in lines:
        role = line.role or "不动"
        words = line.text if len(line.text) <= _SHOWN else line.text[:_SHOWN] + "…"
        why = f"　（{line.why}）" if line.why else ""
        padding = "\u3000" * max(_ROLE - len(role), 0)
        yield printable(f"  {line.number:>{room}}  {role}{padding}  {line.sure}  {words}{why}")


def _formatted(result: FormatResult) -> list[str]:
    name = printable(Path(result.file).name)
    if not result.done.changed and not result.made_of:
        already = f"{name} 已经是模板 {printable(result.template)} 的样子，没有要改的。"
        return [already, f"照原样写了一份：{printable(result.output)}"] if result.output else [already]
    lines = [f"排好了：{printable(result.output)}（模板 {printable(result.template)}），文字没有动。"]
    lines += [f"  {said}" for said in result.changes]
    lines += [f"  原来是{result.made_of}，那一份没有动。"] if result.made_of else []
    return [*lines, f"原来的一份：{printable(result.backup)}"] if result.backup else lines
