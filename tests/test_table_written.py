"""Tables that are written: nothing in them is worked out by Excel, and what was written is read back."""

from datetime import datetime

import pytest

from drafter.readers.sheet import read_table
from drafter.writers.table import TableWritten, as_csv, as_xlsx, sheet_names

NOW = datetime(2026, 11, 29)
COLUMNS = ("县区", "编号", "说明")
ROWS = (
    ("清河县", "0012", "=HYPERLINK(1)"),
    ("双流县", "510101199001010018", "-cmd|'/C calc'!A0"),
    ("金牛区", "1-2", "第一行\n第二行"),
    ("温江区", "TRUE", '他说"好"，a,b;c|d'),
    ("新都区", "1E5", "@SUM(A1)"),
    ("郫都区", "-5", "'=1"),
    ("", "+86", "＝1"),
)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_written_is_read_back_as_it_was(kind):
    data = as_csv(COLUMNS, ROWS) if kind == "csv" else as_xlsx([TableWritten("名单", COLUMNS, ROWS)], NOW)
    table = read_table(data, f"名单.{kind}")
    assert (table.columns, tuple(tuple(row.cells.values()) for row in table.rows)) == (COLUMNS, ROWS)
    assert not table.remarks


def test_a_csv_is_what_excel_opens_and_has_no_formula_in_it():
    assert as_csv(COLUMNS, ROWS[:2]).decode() == (
        "\ufeff县区,编号,说明\r\n清河县,\"0012\t\",'=HYPERLINK(1)\r\n双流县,\"510101199001010018\t\",\"'-cmd|'/C calc'!A0\"\r\n"
    )


def test_sheets_have_names_that_a_workbook_may_have():
    assert sheet_names(["慰问信[1]/*", "慰问信1", "慰问信1", "字" * 40, "'", "a\x00b"]) == ["慰问信1", "慰问信1-2", "慰问信1-3", "字" * 31, "表", "ab"]


def test_a_workbook_of_two_tables_has_two_sheets():
    data = as_xlsx([TableWritten("甲's", ("县区",), (("清河县",),)), TableWritten("乙", ("人",), (("张三",),))], NOW)
    assert [read_table(data, "两张.xlsx", sheet).rows[0].cells for sheet in ("甲's", "乙")] == [{"县区": "清河县"}, {"人": "张三"}]
