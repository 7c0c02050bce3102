"""What `drafter check` found, for people."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from drafter.cli.print import LEVELS, echo, going_back, labelled, said_of_levels, say
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.check import CheckedFile, CheckResult, Heard
    from drafter.commands.check.tally import FirstNames


def teller(machine: bool, aside: bool, every: bool, written: bool = True) -> "Heard":
    """Tells of each file as soon as it is looked at: what kept it from being read, what was done, what was found. For
    programs (`machine`) only the first, and where standard output belongs to a text (`aside`) not even that. With `every`
    also what was left out. Not `written`: it tells what would be done."""
    watched = going_back()

    def heard(file: "CheckedFile", done: int, of: int) -> None:
        if of > 1 and watched:  # what is told takes the place of how far it is, which then stands below
            echo("\r\033[K", err=True, nl=False)
        tell(file)
        if of > done and watched:
            echo(f"检查 {done}/{of}", err=True, nl=False)

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


def summed(found: "CheckResult", every: bool) -> Iterator[str]:
    """What is said at the end, a line each."""
    from drafter.commands.check.tally import MOST_NAMES

    tally = found.tally
    for name, count in tally.undone:
        yield f"有 {count} 处没能改（那里的字跨着一个空，或者文件刚被别人改过），请自己改：{printable(name)}"
    if found.left:
        yield f"没有看 {len(found.left)} 个：{'、'.join(map(printable, found.left[:MOST_NAMES]))}"
    if found.annotated:
        yield f"批注写在：{printable(found.annotated)}"
    if tally.unread.count and tally.files > 1:
        yield f"没有看成 {tally.unread.count} 个：{_some(tally.unread)}"
    if tally.read:
        levels = said_of_levels(found.levels) + _said_of_kinds(found.kinds)
        for name in tally.copies.first:
            yield f"改之前的存在：{printable(name)}"
        if tally.copies.count > len(tally.copies.first):
            yield f"改之前的，每个文件旁边都有一份，一共 {tally.copies.count} 份。"
        said = _said_of_fixes(found) + (f"{levels}。" if levels else "没有发现问题。")
        yield (f"{tally.read} 个文件：" if tally.files > 1 else "") + said
        yield from _left_out(found, every)
        yield found.up_to_when()
        yield from map(labelled, found.basis)
    if found.request.shard:
        yield f"这是第 {found.request.shard} 份：{tally.files} 个文件，一共 {found.named} 个。"
    yield from _to_format(found)


def _to_format(found: "CheckResult") -> Iterator[str]:
    """The files whose looks can be put right, but the one that is said already."""
    from drafter.commands.next_step import typed

    step = found.ending().next
    mendable = found.tally.mendable
    for name in mendable.first:
        line = typed("format", name)
        if step is None or step.command != line:
            yield f"版式的问题可以一次改过来：{printable(line)}"
    if mendable.count > len(mendable.first):
        yield f"版式的问题可以一次改过来的，一共 {mendable.count} 个文件：drafter format 文件夹 -o 另一个文件夹"


def _some(names: "FirstNames") -> str:
    return "、".join(map(printable, names.first)) + (" 等" if names.count > len(names.first) else "")


def _said_of_fixes(found: "CheckResult") -> str:
    """How many places were put right, and how many were not by somebody who has gone through them."""
    tally = found.tally
    if found.dry_run:
        return f"会改 {tally.fixed} 处。" if tally.fixed else ""
    if tally.gone_through:
        left = tally.left_undecided
        return f"{tally.fixed} 处改了，{left} 处没改。" + ("没改的：" if left else "")
    return f"改了 {tally.fixed} 处。" if tally.fixed else ""


def _said_of_kinds(counts: Mapping[str, int]) -> str:
    """How many findings there are of each kind, behind how many there are; "" for one alone."""
    if sum(counts.values()) < 2:
        return ""
    if len(counts) == 1:
        return f"，都是{next(iter(counts))}"
    return f"：{'、'.join(f'{kind} {n}' for kind, n in counts.items())}"


def _left_out(found: "CheckResult", every: bool) -> Iterator[str]:
    """What was noted as decided, and how many findings were left out."""
    for recorded in found.tally.recorded:
        if recorded.added:
            yield f"记下了 {recorded.added} 处不改（记在 {printable(recorded.file)}）。"
        if recorded.dropped:
            yield f"收回了 {recorded.dropped} 处，又要看了。"
    kept, known = found.tally.kept, found.tally.known_before
    shown = "" if every else "（--all 显示）"
    if kept:
        yield f"{kept} 处已定不改{shown}。"
    if known:
        yield f"底稿里已有的 {known} 处没有列出{shown}。" if not every else f"底稿里已有 {known} 处。"
