"""Tables of people (名单.xlsx), opened for every command that reads one."""

from pathlib import Path

from drafter.commands.elsewhere import remarks as open_remarks
from drafter.outline import shelf
from drafter.readers.sheet import MAX_BYTES, SheetTable, read_table


def open_table(path: Path, sheet: str = "") -> SheetTable:
    """The table in a file, `sheet` being the one of several that is meant; a remark where somebody has it open and may not
    have saved. Raises Rejected."""
    told = open_remarks(path)
    table = read_table(shelf.read_bytes(path, MAX_BYTES), str(path), sheet)
    return table._replace(remarks=(*told, *table.remarks))
