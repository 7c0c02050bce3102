"""What is asked on the terminal before a batch is written, and what is refused where nobody is there to ask."""

from collections.abc import Mapping, Sequence

from drafter.commands.batch.columns import MatchedColumns
from drafter.commands.batch.names import SameNames
from drafter.commands.batch.plan import BatchPlan
from drafter.commands.next_step import as_typed
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetRow

#: So many are named, of what there may be many.
_SHOWN = 5


def not_asked(table: str, columns: MatchedColumns) -> Rejected:
    """That columns are near to blanks which nothing answers, where nobody is there to ask whether they are meant."""
    problems = []
    for column, near in columns.near.items():
        said = "”“".join(near)
        hint = f"是的话，加 {as_map(column, near[0])}；不是，加 {as_map(column, '')}。"
        told = f"表里的“{column}”这一列，提纲里没有这个空；是不是“{said}”？没有列给它，每一份都会空着。"
        problems.append(Diagnostic(told, Place(table), hint, code="column-near"))
    return Rejected(*problems)


def asked_of_near(columns: MatchedColumns) -> tuple[str, ...]:
    """What somebody says of columns that are near to blanks, as `--map` says it. Raises KeyboardInterrupt where he gives up."""
    from drafter.commands.picking import choose

    out: list[str] = []
    for column, near in columns.near.items():
        options = [(name, f"是【{name}】") for name in near if f"={name}" not in "".join(out)]
        options.append(("", "都不是，这一列不用"))
        taken = choose(f"表里的“{column}”是哪个空？没有列给它的空，每一份都会空着。", options)
        if taken is None:
            raise KeyboardInterrupt
        out.append(f"{column}={taken}")
    return tuple(out)


def as_map(column: str, field: str) -> str:
    """The option that says it."""
    return f"--map {as_typed(f'{column}={field}')}"


def agreed(plan: BatchPlan, output: str) -> None:
    """What is odd is agreed to by somebody who is there. Raises KeyboardInterrupt where he does not."""
    doubts = [f"{'、'.join(plan.columns.open[:_SHOWN])} 每一份都会空着"] * bool(plan.columns.open)
    doubts += [f"{len(plan.same)} 个文件名重复，后面的加上行号"] * bool(plan.same)
    if not doubts:
        return
    from drafter.commands.picking import choose

    files = sum(len(row.files) or 1 for row in plan.rows)
    rows = [("yes", "照样写"), ("", "先不写")]
    if not choose(f"{'；'.join(doubts)}。要写 {files} 份到 {output}，写吗？", rows):
        raise KeyboardInterrupt


def told_apart(plan: BatchPlan, said: str) -> None:
    """Raises Rejected where most files would have the name of another: such names tell nobody whose letter it is."""
    doubles = sum(len(one.rows) - 1 for one in plan.same)
    if doubles * 2 <= sum(len(row.files) for row in plan.rows):
        return
    same: SameNames = max(plan.same, key=lambda one: len(one.rows))
    told = f"{len(same.rows):,} 行的文件名都是“{same.name}”，分不清是谁的。"
    hint = "用 --name 说怎样起名，例如 " + as_typed(f"--name=【{telling(plan.table.columns, [row.row for row in plan.rows])}】{'【标题】' if not said else ''}".removeprefix("--name="))
    raise Rejected(Diagnostic(told, Place(plan.table.file), hint.replace("例如 ", "例如 --name "), code="names-same"))


def telling(columns: Sequence[str], rows: Sequence[SheetRow]) -> str:
    """The column by which rows are told apart best; the first of those that do it as well."""
    found: Mapping[str, int] = {column: len({str(row.cells[column]) for row in rows if row.cells[column]}) for column in columns}
    best: Sequence[str] = [column for column, n in found.items() if n == max(found.values())]
    words = [column for column in best if not all(str(row.cells[column]).isdecimal() for row in rows)]
    return (words or [*best])[0] if found else "行"
