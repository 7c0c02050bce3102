"""What `merge` tells, as text for a terminal of 80 columns."""

from collections.abc import Iterator

from drafter.commands.merge import AdoptedResult, MergeResult
from drafter.commands.saying import copy_told, numbers_told, wishes_told
from drafter.diagnostic import printable

#: Rows of the table that are shown; letters of one.
_ROWS = 40
_SHOWN = 60


def merge_text(done: MergeResult) -> str:
    """What the copies wish, and what was written."""
    lines = [
        f"{printable(copy['name'])}：{copy_told(copy['changes'], copy['comments'])}"
        for copy in done.copies
    ]
    lines.append(wishes_told(done.changes, done.joined, done.clashes))
    rows = list(_rows(done))
    if rows and (done.dry_run or done.clashes):
        lines += ["", *rows]
    if done.file:
        lines += ["", f"写好了：{printable(done.file)}"]
        lines += ["在 Word 里逐条接受或拒绝；作者就是提意见的单位，“审阅→显示标记→特定人员”可以只看一家的。"]
    if done.table:
        lines.append(f"意见汇总表：{printable(done.table)}")
    return "\n".join(lines)


def _rows(done: MergeResult) -> Iterator[str]:
    """The rows: all of them on a dry run, else those that touch each other."""
    rows = [(n, row) for n, row in enumerate(done.opinions, 1) if done.dry_run or row.kind == "clash"]
    if not done.dry_run and rows:
        yield "碰在一起的："
    for number, row in rows[:_ROWS]:
        said = row.wanted.replace("\n", " ")
        said = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
        head = f"{number}. {'、'.join(row.names)}"
        place = f"　{row.place}" if row.place else ""
        yield printable(f"{head}{place}：{said}")
    if len(rows) > _ROWS:
        yield f"还有 {len(rows) - _ROWS} 条，写出意见汇总表来看：--table 意见汇总表.docx"


def adopted_text(done: AdoptedResult) -> str:
    """What was filled in."""
    lines = ["，".join(f"{state} {count} 条" for state, count in done.counts.items() if count) + "。"]
    if done.open:
        numbers = numbers_told([row.number for row in done.rows if row.state == "未定"])
        lines.append(f"还没定的：第 {numbers} 条。在 Word 里接受或拒绝以后，再填一次。")
    if done.by_hand:
        lines.append(f"请自己填的：第 {numbers_told(done.by_hand)} 条（批注，或者表里已经写了别的话）。")
    if done.table:
        lines.append(f"填好了：{printable(done.table)}" + (f"（原来的存成 {printable(done.backup)}）" if done.backup else ""))
    return "\n".join(lines)
