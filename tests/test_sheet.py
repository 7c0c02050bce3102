"""Tables that people keep in Excel, WPS or a text, read as a person means them."""

from drafter.readers.sheet import SheetRow, read_table


def test_a_table_is_its_columns_and_its_rows_as_the_sheet_numbers_them():
    table = read_table("县区,编号\n清河县,0012\n\n双流县,\n".encode(), "名单.csv")
    assert table.columns == ("县区", "编号")
    assert table.rows == (
        SheetRow(2, {"县区": "清河县", "编号": "0012"}),
        SheetRow(4, {"县区": "双流县", "编号": ""}),
    )
    assert str(table.place(4, "编号")) == "名单.csv 第 4 行“编号”列"
