"""What `drafter check` found, for people."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from drafter.cli.print import LEVELS, going_back, labelled, said_of_levels, say
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.check import CheckedFile, CheckResult, Heard


def teller(machine: bool, aside: bool, every: bool, written: bool = True) -> "Heard":
    """Tells of each file as soon as it is looked at: what kept it from being read, what was done, what was found. For
    programs (`machine`) only the first, and where standard output belongs to a text (`aside`) not even that. With `every`
    also what was left out. Not `written`: it tells what would be done."""
    watched = going_back()

    def heard(file: "CheckedFile", done: int, of: int) -> None:
        if of > 1 and watched:  # what is told takes the place of how far it is, which then stands below
            typer.echo("\r\033[K", err=True, nl=False)
        tell(file)
        if of > done and watched:
            typer.echo(f"检查 {done}/{of}", err=True, nl=False)

    def tell(file: "CheckedFile") -> None:
        if not (machine and aside):
            for problem in file.problems:
                say(labelled(problem), err=True)
        if machine:
            return
        for fix in file.fixed:
            said = f"{'改了' if written else '会改'}“{printable(fix.was)}”→“{printable(fix.now)}” [{fix.rule}]"
            place = fix.place
            where = f" {place['said']}：" if place and place["page"] else f":{fix.line}:{fix.column}: "
            say(f"{printable(fix.file)}{where}{said}", err=aside)
        sourced: set[str] = set()
        for group in file.groups if not file.gone_through else ():
            f = group.first.finding
            told = group.first.shown(group.also, f.rule not in sourced)
            sourced.add(f.rule)
            say(f"{LEVELS[f.level]} {told.text()}\n", err=aside)
        for label, left_out in (("不改", file.kept), ("底稿已有", file.known)) if every else ():
            for remark in left_out:
                say(f"{label} {remark.shown(sourced=False).text()}\n", err=aside)

    return heard


#: So many files that could not be read are named at the end.
_SHOWN = 8


def summed(found: "CheckResult", every: bool) -> Iterator[str]:
    """What is said at the end, a line each."""
    for file in found.files:
        if file.undone:
            yield f"有 {len(file.undone)} 处没能改（那里的字跨着一个空，或者文件刚被别人改过），请自己改：{printable(file.file)}"
    if found.left:
        yield f"没有看 {len(found.left)} 个：{'、'.join(map(printable, found.left[:_SHOWN]))}"
    if found.annotated:
        yield f"批注写在：{printable(found.annotated)}"
    if found.unread and len(found.files) > 1:
        shown = "、".join(map(printable, found.unread[:_SHOWN])) + (" 等" if len(found.unread) > _SHOWN else "")
        yield f"没有看成 {len(found.unread)} 个：{shown}"
    if found.read:
        levels = said_of_levels(found.levels) + _said_of_kinds(found.kinds)
        for file in found.files:
            if file.copy:
                yield f"改之前的存在：{printable(file.copy)}"
        said = _said_of_fixes(found) + (f"{levels}。" if levels else "没有发现问题。")
        yield (f"{found.read} 个文件：" if len(found.files) > 1 else "") + said
        yield from _left_out(found, every)
        yield found.up_to_when()
        yield from map(labelled, found.basis)
    step = found.ending().next
    for name in found.mendable:
        from drafter.commands.next_step import typed

        line = typed("format", name)
        if step is None or step.command != line:
            yield f"版式的问题可以一次改过来：{printable(line)}"


def _said_of_fixes(found: "CheckResult") -> str:
    """How many places were put right, and how many were not by somebody who has gone through them."""
    if found.dry_run:
        return f"会改 {found.fixed} 处。" if found.fixed else ""
    if any(file.gone_through for file in found.files):
        left = sum(len(file.to_decide) for file in found.files if file.gone_through)
        return f"{found.fixed} 处改了，{left} 处没改。" + ("没改的：" if left else "")
    return f"改了 {found.fixed} 处。" if found.fixed else ""


def _said_of_kinds(counts: Mapping[str, int]) -> str:
    """How many findings there are of each kind, behind how many there are; "" for one alone."""
    if sum(counts.values()) < 2:
        return ""
    if len(counts) == 1:
        return f"，都是{next(iter(counts))}"
    return f"：{'、'.join(f'{kind} {n}' for kind, n in counts.items())}"


def _left_out(found: "CheckResult", every: bool) -> Iterator[str]:
    """What was noted as decided, and how many findings were left out."""
    for recorded in (file.recorded for file in found.files if file.recorded):
        if recorded.added:
            yield f"记下了 {recorded.added} 处不改（记在 {printable(recorded.file)}）。"
        if recorded.dropped:
            yield f"收回了 {recorded.dropped} 处，又要看了。"
    kept, known = (sum(len(left) for left in lists) for lists in ([f.kept for f in found.files], [f.known for f in found.files]))
    shown = "" if every else "（--all 显示）"
    if kept:
        yield f"{kept} 处已定不改{shown}。"
    if known:
        yield f"底稿里已有的 {known} 处没有列出{shown}。" if not every else f"底稿里已有 {known} 处。"
