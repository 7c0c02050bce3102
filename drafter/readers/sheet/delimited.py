"""Tables in texts (.csv .tsv): what parts the cells is told by the first line, whatever the ending."""

from __future__ import annotations

import csv
from io import StringIO

from drafter.outline.yaml import decode
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.table import SheetTable


def read(data: bytes, name: str) -> SheetTable:
    """The table in a text. Raises Rejected."""
    source, remarks = decode(data, name)
    first = source.text.partition("\n")[0]
    apart = max(",\t;，", key=first.count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(source.text), delimiter=apart)]
    table = table_of(rows, name)
    return table._replace(remarks=(*remarks, *table.remarks), letters={})
