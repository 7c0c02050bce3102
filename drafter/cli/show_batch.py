"""What `drafter batch` tells, before it writes and after."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.cli.print import LEVELS, said_of_levels, say, say_remarks
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.batch import BatchHead, BatchResult

#: So many rows, names or blanks are told one by one.
_SHOWN = 8


def before_written(head: "BatchHead") -> None:
    """What is told before anything is written, on standard error: the answer is behind it."""
    say_remarks(head.remarks)
    columns = head.columns
    for said in _about_columns(head):
        say(printable(said), err=True)
    if columns.open:
        say(f"表里没有这几个空的列，每一份都会空着：{printable(_listed(columns.open))}。都一样的，写 --set 空=回答。", err=True)
    for same in head.same[:_SHOWN]:
        rows = _listed([str(number) for number in same.rows])
        say(f"第 {rows} 行的文件名一样：{printable(same.name)}；后面的加上行号。", err=True)
    if len(head.same) > _SHOWN:
        say(f"文件名一样的还有 {len(head.same) - _SHOWN:,} 组。", err=True)
    if head.done_before and head.documents:
        say(f"上次已经写好 {head.done_before:,} 份，不动；还要写 {head.documents:,} 份。", err=True)


def _about_columns(head: "BatchHead") -> Iterator[str]:
    named = [f"{column}＝【{field}】" for column, field in head.columns.fields.items() if column != field]
    if named:
        yield f"认出来的列：{_listed(named)}。"
    if head.columns.unused:
        yield f"没有用上的列：{_listed(head.columns.unused)}（提纲里没有这样的空）。"


def _listed(names: "tuple[str, ...] | list[str]") -> str:
    return "、".join(names[:_SHOWN]) + (f" 等 {len(names):,} 个" if len(names) > _SHOWN else "")


def summed(result: "BatchResult") -> Iterator[str]:
    """What is told at the end, a line each."""
    documents = len(result.files)
    if result.dry_run:
        yield f"会写 {documents:,} 份：{printable(result.head.output)}"
        for file in result.files[:_SHOWN]:
            yield f"  {printable(file.file)}"
        if documents > _SHOWN:
            yield f"  …… 还有 {documents - _SHOWN:,} 份"
    elif documents:
        into = "，合成一个文件" if result.one_file else ""
        yield f"写好了 {documents:,} 份{into}：{printable(result.head.output)}"
        if documents <= _SHOWN and not result.one_file:
            yield from (f"  {printable(file.file)}" for file in result.files)
    elif result.head.done_before and not result.failures:
        yield f"{result.head.done_before:,} 份都在：{printable(result.head.output)}"
    if result.left:
        yield f"停下了，还有 {result.left:,} 行没有写。"
    if result.checked:
        yield from _found(result)
    if result.failures:
        where = f"：{printable(result.failures_file)}" if result.failures_file else "："
        yield f"{'有' if result.dry_run else '没写成'} {len(result.failures):,} 行{'会写不成' if result.dry_run else ''}{where}"
        for failure in result.failures[:_SHOWN]:
            column = f"“{'”“'.join(failure.columns)}”" if failure.columns else ""
            yield f"  第 {failure.row} 行{printable(column)}：{printable(failure.reason)}"
        if len(result.failures) > _SHOWN:
            yield f"  …… 还有 {len(result.failures) - _SHOWN:,} 行"
    if result.blanks:
        yield "还空着的（文中标黄）："
        for blank in result.blanks[:_SHOWN]:
            yield f"  【{printable(blank.name)}】{printable(blank.ask)}（{blank.documents:,} 份）"
        if len(result.blanks) > _SHOWN:
            yield f"  …… 还有 {len(result.blanks) - _SHOWN:,} 个空"


def _found(result: "BatchResult") -> Iterator[str]:
    """What the proof-reader found, each fault once, however many documents have it."""
    checked = result.checked
    assert checked is not None, "it was asked"
    if result.head.done_before:
        from drafter.commands.next_step import typed

        look = typed("check", result.head.output)
        yield f"上次写好的 {result.head.done_before:,} 份这次没有校对：{printable(look)}"
    if not checked.documents:
        return
    levels = said_of_levels(checked.levels)
    yield f"校对了 {checked.documents:,} 份：{levels or '没有发现问题'}。"
    for fault in checked.faults[:_SHOWN]:
        every = fault.documents == checked.documents
        also = f"{'每一份都有' if every else '不止这一份'}（{fault.documents:,} 份）。" if fault.documents > 1 else ""
        yield f"{LEVELS[fault.first.finding.level]} {fault.first.shown(also).text()}"
    if len(checked.faults) > _SHOWN:
        yield f"…… 还有 {len(checked.faults) - _SHOWN:,} 种。"
