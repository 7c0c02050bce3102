"""Tables that people keep in Excel, WPS or a text, read as a person means them. `tables/make.py` makes the workbooks."""

import io
import itertools
import zipfile
from pathlib import Path

import pytest

from drafter.commands.tables import open_table
from drafter.diagnostic import Rejected
from drafter.readers.sheet import SheetRow, SheetTable, read_table
from drafter.readers.sheet.formats import is_day, plain
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.shown import as_shown
from drafter.readers.sheet.table import Cells
from drafter.readers.sheet.values import meant_by

TABLES = Path(__file__).parent / "tables"


def of(name: str, data: str | bytes, sheet: str = "") -> SheetTable:
    return read_table(data if isinstance(data, bytes) else data.encode(), name, sheet)


def lists(table: SheetTable) -> list[list[str | list[str]]]:
    return [[*row.cells.values()] for row in table.rows]


def said(table: SheetTable) -> list[str]:
    return [remark.message for remark in table.remarks]


def refused(name: str, data: str | bytes, sheet: str = "") -> str:
    with pytest.raises(Rejected) as caught:
        of(name, data, sheet)
    return str(caught.value)


def test_a_table_is_its_columns_and_its_rows_as_the_sheet_numbers_them():
    table = of("名单.csv", "县区,编号\n清河县,0012\n\n双流县,\n")
    assert table.columns == ("县区", "编号")
    assert table.rows == (
        SheetRow(2, {"县区": "清河县", "编号": "0012"}),
        SheetRow(4, {"县区": "双流县", "编号": ""}),
    )
    assert str(table.place(4, "编号")) == "名单.csv 第 4 行“编号”列（B4）"


# ── workbooks ──────────────────────────────────────────────────────────────────────────────────────────────────────


#: What LibreOffice does not write into a file of another kind: a text of a formula, what a format puts behind a text; and the
#: weekday in English, the decimals as wide as it shows them.
LOST = {
    "xls": {"公式的字": ("0", "0")},
    "ods": {"星期": ("2026-11-22", "2026年11月22日"), "后面有字": ("清河", "清河"), "三分之一": ("0.333333333333333", "0.333333333333333")},
}


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_cell_says_what_a_person_reads_in_it(kind):
    table = open_table(TABLES / f"tables.{kind}", "值")
    found = {row.cells["是什么"]: (cell := row.cells["值"], getattr(cell, "in_words", cell)) for row in table.rows}
    expected = {row.cells["是什么"]: (row.cells["读作"], row.cells["文字里"]) for row in table.rows}
    assert found == expected | LOST.get(kind, {})
    wrong = [fault.text() for row in table.rows for fault in row.faults.values() if "值" in row.faults]
    where = f"{TABLES / 'tables'}.{kind} 第 36 行“值”列（B36）"
    assert wrong[:1] == [f"{where}：单元格里是错误值 #N/A。\n  在表里改好公式，或者直接写上内容。"]
    assert [row.number for row in table.rows if "值" in row.faults] == [36, 37]
    doubtful = "有几格拿不准在表里显示成什么，照数值写的：B6、B27" if kind == "ods" else "的样式“0.00E+00”拿不准在表里显示成什么，照数值写的：B27"
    assert said(table) == [f"“值”列{doubtful}。"]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_list_of_an_office_is_read_without_its_title_groups_sums_and_notes(kind):
    table = open_table(TABLES / f"tables.{kind}", "名单")
    assert table.columns == ("序号", "姓名", "单位", "电话", "身份证号", "备注")
    assert lists(table)[:3] == [
        ["1", "张三", "县委办", "13800138000", "51010119900101001X", ""],
        ["2", "李四", "县委办", "028-1234567", "510101199001010018", "第一行\n第二行"],
        ["3", "王五", "县府办", "", "", ""],
    ]
    left = ["第 5 行是合并起来的小标题，没有读。", "第 11 行是合计，没有读。", "第 12 行是表下面的说明，没有读。"]
    assert [row.number for row in table.rows] == [6, 7, 9]
    assert said(table) == [left[0], "第 10 行是隐藏的（或者筛选掉的），没有读。", *left[1:]]


def test_of_several_sheets_the_one_that_is_meant_is_named():
    data = (TABLES / "tables.xlsx").read_bytes()
    assert refused("表.xlsx", data) == "表.xlsx: 里面有 2 张工作表。\n  有：名单、值。写上要用哪一张，例如 --sheet 名单"
    assert refused("表.xlsx", data, "名") == "表.xlsx: 没有“名”这张工作表。\n  有：名单、值、空、隐藏的。是不是 名单？"
    assert lists(of("表.xlsx", data, "隐藏的")) == [["清河县"]]
    assert of("表.xlsx", data, "1").sheet == "名单"
    assert refused("表.xlsx", data, "空") == "表.xlsx: 表里什么也没有。\n  第一行写各列的名称，下面一行写一份。"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (510101199001010018, "0", "510101199001010000"),
        (12, "G/通用格式", "12"),
        (5, 'General"个"', "5个"),
        (12, '"A"0000', "A0012"),
        (-1234.5, '"¥"#,##0.00;"¥"\\-#,##0.00', "-¥1234.5"),
        (0, '0;-0;"无"', "0"),
        (0, "0;-0;;@", "0"),
        (2.675, "0.00", "2.68"),
        (12345678, '0,"千"', "12346千"),
        (3, '[>=10]"多"0;0', "3"),
        (-0.001, "0.00", "0"),
        (-3, "0.0;[Red]0.0", "-3"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(value, code, text):
    seen = as_shown(value, code)
    assert (plain(value) if seen is None else meant_by(seen, value)) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0.00%", "12.50%"),
        (-1234.5, '"¥"#,##0.00;"¥"\\-#,##0.00', "¥-1,234.50"),
        (1, "000", "001"),
        (12345, '0!.0,"万"', "1.2万"),
        (1234567, '#,##0.00,"千"', "1,234.57千"),
        (12, 'General"个"', "12个"),
        (3.25, "# ?/?", "3 1/4"),
        (3.126, "# ?/8", "3 1/8"),
        (105, "[DBNum1][$-804]General", "一百零五"),
        (2026, "[DBNum1][$-804]0000", "二〇二六"),
        (123, "[$-1F000804]General", "壹佰贰拾叁"),
        (-5, "0_);(0)", "-5"),
        (-3, '0.0"万元";[Red]0.0"万元"', "-3.0万元"),
        (-0.05, '"上升"0.0%;"下降"0.0%', "下降5.0%"),
        (-0.05, '[<0]"下降"0.0%;"上升"0.0%', "下降5.0%"),
        (5, '[>=10000]0.0,"千";0', "5"),
        (2, '[=1]"男";[=2]"女"', "女"),
        (0, '_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* "-"??_ ;_ [$¥-804]* "-"??_ ;_ @_ ', "0"),
        (1.25, '[h]"小时"mm"分"', "30小时00分"),
        (46348, 'm"月"d"日"', "11月22日"),
        (46346, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二六年十一月二十日"),
        (46348, 'yyyy"年"m"月"d"日" aaaa', "2026年11月22日 星期日"),
        (46348.6, '上午/下午h"时"mm"分"', "下午2时24分"),
        (46348.6, "h:mm AM/PM", "14:24"),
        (46348, "m/d", "11月22日"),
        # a wrong figure is worse than none
        (12345, "0.00E+00", None),
        (0, "0;-0;;@", None),
        (5, ";;;", None),
        (46348, "mmm-yy", "2026年11月"),
        (46348, '[$-411]ggge"年"', None),
        (46348, "[$-130000]yyyy年m月", None),
        (-5, '[>100]"多";[>10]"中";"少"', None),
        (5, "0.0.0", None),
        (5, '0"x', "5x"),
        (5, "0[Quatsch]", None),
        (0, "yyyy/m/d", None),  # a formula of an empty cell: 1900/1/0
        (-5, "[DBNum1]General", "-五"),
        (-0.2, "[DBNum2]0%", "-贰零%"),
        (1.5, "h:mm", "12:00"),
    ],
)
def test_a_text_says_of_a_number_what_the_sheet_shows(value, code, text):
    """Held against what LibreOffice shows; a minus that only a colour or brackets tell is written."""
    assert as_shown(value, code) == text


@pytest.mark.parametrize(
    ("code", "day"),
    [("[$-804]aaaa;@", True), ("[$-F800]dddd\\,\\ mmmm\\ dd", True), ("mm:ss", True), ("0.00E+00", False), ('"第"0"名"', False), ("[红色]0", False), ("General", False)],
)
def test_a_format_of_days_is_told_from_one_of_numbers(code, day):
    assert is_day(code) is day


# ── headings ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "merged", "columns", "body"),
    [
        ("县区|人\n清河县|张三\n双流县|", (), "县区 人", ["清河县|张三", "双流县|"]),
        ("慰问名单||\n填报单位：县委办||日期：11月\n县区|人|电话\n清河县|张三|1", (), "县区 人 电话", ["清河县|张三|1"]),
        ("县区|上半年||下半年|\n|数量|金额|数量|金额\n清河县|1|2|3|4", ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)), "县区 上半年数量 上半年金额 下半年数量 下半年金额", ["清河县|1|2|3|4"]),
        ("县区|上半年||备注\n|数量|金额|\n清河县|1|2|x", (), "县区 数量 金额 备注", ["清河县|1|2|x"]),
        ("县区|年度|\n|上半年|下半年\n|甲|乙\n清河县|1|2", ((0, 0, 2, 0), (0, 1, 0, 2)), "县区 甲 乙", ["清河县|1|2"]),
        ("县区|一季度||\n|1月|2月|3月\n清河县|1|2|3", ((0, 1, 0, 3),), "县区 1月 2月 3月", ["清河县|1|2|3"]),
        ("县区|一季度||\n|1月|2月|3月\n清河县|1|2|3", (), "县区 1月 2月 3月", ["清河县|1|2|3"]),
        ("姓名|地址|\n张三|成都市|金牛区\n李四|成都市|", ((0, 1, 0, 2),), "姓名 地址 地址2", ["张三|成都市|金牛区", "李四|成都市|"]),
        ("||\n|县区|人\n|清河县|张三", (), "县区 人", ["清河县|张三"]),
        ("县区\n清河县\n双流县", (), "县区", ["清河县", "双流县"]),
        ("县\n区|联系 人|*电话：".replace("\n", "⏎") + "\n清河县|张三|1", (), "县区 联系人 电话", ["清河县|张三|1"]),
        ("县区|乡镇|人\n清河县|甲乡|a\n|乙乡|b", ((1, 0, 2, 0),), "县区 乡镇 人", ["清河县|甲乡|a", "清河县|乙乡|b"]),
        ("县区|人\n清河县|张三\n县区|人\n双流县|李四\n合 计|2", (), "县区 人", ["清河县|张三", "双流县|李四"]),
        ("县区|人|电话\n清河县|张三|1\n注：1.一式三份||\n2.月底前报||\n单位负责人：||填表人：\n||2026年11月22日", (), "县区 人 电话", ["清河县|张三|1"]),
        ("县区|人|电话|地址|邮编\n清河县||||\n双流县||||", (), "县区 人 电话 地址 邮编", ["清河县||||", "双流县||||"]),
        ("姓名|电话|姓名\na|1|b", (), "姓名 电话 姓名2", ["a|1|b"]),
        ("县区||人\n清河县|x|张三", (), "县区 人", ["清河县|张三"]),
    ],
)  # fmt: skip
def test_a_heading_is_found_wherever_it_stands(rows, merged, columns, body):
    cells = [[cell.replace("⏎", "\n") for cell in row.split("|")] for row in rows.split("\n")]
    table = table_of(Cells(cells, merged), "表.xlsx")
    assert table.columns == tuple(columns.split(" "))
    assert ["|".join(map(str, row)) for row in lists(table)] == body


def test_what_is_strange_about_a_heading_is_said():
    table = of("表.csv", "姓名,姓名,,备注\na,b,c,\n")
    assert said(table) == ["表头里有同名的列，B 列的“姓名”叫作“姓名2”。", "C 列没有表头，没有读。"]
    assert refused("表.csv", "县区,人\n合计,2\n") == "表.csv: 表头下面没有内容。\n  第 2 行是合计，没有读。"


# ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = '县区,编号,说明\n清河县,0012,"有,逗号"\n双流县,"=""0013""",第一、第二\n'
READ = [["清河县", "0012", "有,逗号"], ["双流县", "0013", "第一、第二"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_whatever_it_was_saved(encoding):
    table = of("表.csv", TEXT.encode(encoding))
    assert (table.columns, lists(table)) == (("县区", "编号", "说明"), READ)
    assert said(table) == (["这个文件是 GB18030（记事本的 ANSI）编码，已按它读入。"] if encoding == "gb18030" else [])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("县区\t人\n清河县\t张、三\n", [["清河县", "张、三"]]),
        ("县区;数\n清河县;1,5\n双流县;2,5\n", [["清河县", "1,5"], ["双流县", "2,5"]]),
        ("sep=|\n县区|人\n清河县|a,b\n", [["清河县", "a,b"]]),
        ("县区、人\n清河县、张三\n", [["清河县", "张三"]]),
        ("县区，人\r\n清河县，张三\r\n", [["清河县", "张三"]]),
        ("县区\n清河县\n双流县、金牛区\n", [["清河县"], ["双流县、金牛区"]]),
        ('县区,说明\n清河县,"一\n二"\n双流县,"他说""好"""\n', [["清河县", "一\n二"], ["双流县", '他说"好"']]),
        ('县区,说明\n清河县,5" 屏\n', [["清河县", '5" 屏']]),
        ("数,日,对\n13800138000.0,2026/11/22 0:00,TRUE\n0.30000000000000004,1.0,FALSE\n", [["13800138000", "2026/11/22", "是"], ["0.3", "1.0", "否"]]),
        ("式,号\n'=1+1,5.10101E+17\n", [["=1+1", "510101000000000000"]]),
    ],
)  # fmt: skip
def test_what_parts_the_cells_of_a_text_is_told_by_the_text(text, rows):
    assert lists(of("表.csv", text)) == rows


def test_a_row_longer_than_its_heading_is_at_fault_and_no_other():
    table = of("表.csv", "县区,人\n清河县,张三,李四\n双流县,x\n")
    assert [(row.number, [fault.text() for fault in row.faults.values()]) for row in table.rows] == [
        (2, ["表.csv 第 2 行：这一行有 3 格，表头只有 2 格。\n  格里面有分隔的符号时，整格要放在英文双引号里。"]),
        (3, []),
    ]


def test_digits_that_a_sheet_has_lost_are_told():
    assert said(of("表.csv", "号,x\n5.10101E+17,1\n510101199001010000,2\n1200000000000000,3\n")) == [
        "“号”列的数太长，表格只存得下 15 位，后面的变成了 0：A2、A3。"
    ]


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("a.json", '[{"县区":"清河县","数":1200.0,"议题":["a","b"],"空":null},{"县区":"双流县","数":1e3,"对":true}]', [["清河县", "1200", ["a", "b"], "", ""], ["双流县", "1000", "", "", "是"]]),
        ("a.json", '{"total":1,"rows":[{"编号":"0012"}]}', [["0012"]]),
        ("a.json", '[["县区","数"],["清河县",0.10]]', [["清河县", "0.1"]]),
        ("a.jsonl", '{"县区":"清河县"}\n\n{"县区":"双流县","x":3}\n', [["清河县", ""], ["双流县", "3"]]),
        ("a.json", '{"县区":"清河县"}\n{"县区":"双流县"}\n', [["清河县"], ["双流县"]]),
    ],
)  # fmt: skip
def test_json_is_a_list_of_objects_in_any_of_its_forms(name, text, rows):
    assert lists(of(name, text)) == rows


def test_an_answer_of_json_that_is_none_is_at_fault():
    row = of("a.json", '[{"县区":{"a":1},"x":"1"}]').rows[0]
    assert row.faults["县区"].text() == "a.json 第 1 条“县区”列：里面还有一层，不是一个回答。\n  写成文字、数、true/false，或者文字的数组。"


# ── what is no table, or a hostile one ─────────────────────────────────────────────────────────────────────────────


def book(sheet: str) -> bytes:
    """An .xlsx with this for its sheet; the style 1 is [h]:mm:ss."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/></Types>')
        packed.writestr("_rels/.rels", f'<Relationships xmlns="{rels}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        packed.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>')
        packed.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{rels}"><Relationship Id="b" Type="{office}/worksheet" Target="worksheets/a.xml"/><Relationship Id="c" Type="{office}/styles" Target="styles.xml"/></Relationships>')
        packed.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>')
        packed.writestr("xl/worksheets/a.xml", sheet.replace("<worksheet>", f'<worksheet xmlns="{main}">'))
    return out.getvalue()


def sheet(rows: str) -> bytes:
    return book(f"<worksheet><sheetData>{rows}</sheetData></worksheet>")


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>县区</t></is></c><c r="B1" t="inlineStr"><is><t>数</t></is></c></row>'
DAMAGED = "请重新下载或重新拷贝一次；还不行，就在 Excel 里打开，另存为 .xlsx。"
AGAIN = "在 Excel 或 WPS 里打开，另存为 .xlsx，再用。"
SPLIT = "把它分成几个表，或者删掉表外面多余的内容。"
JSON = '写成 [{"县区": "清河县"}, {"县区": "双流县"}]；.jsonl 一行写一个 {…}。'


@pytest.mark.parametrize(("cell", "message"), [("<f>1+1</f><v></v>", "公式没有算出来的值。"), ("<v>NaN</v>", "单元格里是错误值 NaN。")])
def test_a_cell_without_a_value_is_at_fault(cell, message):
    table = of("a.xlsx", sheet(HEAD + f'<row r="2"><c r="A2" t="inlineStr"><is><t>清河县</t></is></c><c r="B2">{cell}</c></row>'))
    assert [fault.message for fault in table.rows[0].faults.values()] == [message]


def ods(cell: str) -> bytes:
    """A sheet of an .ods with a figure in it, which is shown as `cell`."""
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
    rows = "".join(f"<table:table-row><table:table-cell office:value-type={one}</table:table-cell></table:table-row>" for one in ('"string"><text:p>数</text:p>', cell))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "text", "doubted"),
    [
        ('"float" office:value="-1"><text:p>-(1.0)</text:p>', "-1.0", False),
        ('"float" office:value="-1"><text:p>(1.0)</text:p>', "-1.0", False),
        ('"float" office:value="5"><text:p/>', "5", True),
        ('"float" office:value="12345"><text:p>12.3E+3</text:p>', "12345", True),
        ('"date" office:date-value="2026-11-22"><text:p>22</text:p>', "2026年11月22日", True),
    ],
)
def test_a_figure_that_an_ods_shows_in_a_way_of_its_own_is_told(cell, text, doubted):
    table = of("a.ods", ods(cell))
    said_of_it = table.rows[0].cells["数"]
    assert getattr(said_of_it, "in_words", said_of_it) == text
    assert said(table) == ["“数”列有几格拿不准在表里显示成什么，照数值写的：A2。"] * doubted


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", "", "这个文件是空的。"),
        ("a.csv", ",,\n,,\n", "表里什么也没有。\n  第一行写各列的名称，下面一行写一份。"),
        ("a.csv", "县区,人\n", "表头下面没有内容。\n  表头是第 1 行，下面一行写一份。"),
        ("a.csv", '县区,人\n清河县,"没有关\n双流县,x\n', "第 2 行（文件的第 2 行）起有一个英文双引号没有配对，后面的都成了一格。\n  补上另一半引号，或者删掉它；格里面的一个引号要写成两个。"),
        ("a.csv", b"a\x00b\x01\xff\xfe\x00", "这个文件不是文本，或者编码认不出来。\n  在 Excel 或 WPS 里打开，另存为 .xlsx，或者“CSV UTF-8”。"),
        ("a.csv", lambda: b"a\n" * 100_102, f"表太大：超过 100,000 行。\n  {SPLIT}"),
        ("a.csv", ",".join(map(str, range(16_384))), f"表太大：第 1 行有 16,384 格，最多 1,000 列。\n  {SPLIT}"),
        ("a.csv", "x" * 40_000, f"表太大：第 1 行有一格超过 32,767 字。\n  {SPLIT}"),
        ("a.xls", "<html><table></table></html>", f"这不是表格文件，其实是网页。\n  {AGAIN}"),
        ("a.xlsx", "%PDF-1.4", f"这不是表格文件，其实是 PDF。\n  {AGAIN}"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 99, "文件坏了：不完整，可能没有下载完或没有拷完。\n  请重新下载或重新拷贝一次；还不行，就在 Excel 里打开让它修复，再另存为 .xlsx。"),
        ("a.docx", b"PK\x03\x04word/document.xml", f"这不是表格，是 Word 文档。\n  {AGAIN}"),
        ("a.md", "县区", f"读不了“.md”这种文件。\n  能读的表格有 .xlsx .xlsm .xls .ods .csv .tsv .txt .json .jsonl；{AGAIN}"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件加了打开密码。\n  在 Excel 里打开，“文件→信息→保护工作簿→用密码进行加密”，把密码删空，再保存。"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), f"这个表格坏了，读不了。\n  {AGAIN}"),
        ("a.xlsx", sheet(HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), f"表太大：第 1,048,576 行还有内容，最多 100,000 行。\n  {SPLIT}"),
        ("a.xlsx", sheet(HEAD + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), f"表太大：第 16,384 列还有内容，最多 1,000 列。\n  {SPLIT}"),
        ("a.xlsx", lambda: sheet(" " * (70 << 20)), "里面的 xl/worksheets/a.xml 解压后太大：71 MB，最多 64 MB。\n  在 Excel 或 WPS 里打开，确认内容无误后另存为新的 .xlsx；来历不明的文件不要用。"),
        ("a.xlsx", book('<!DOCTYPE w [<!ENTITY a "aaa">]><worksheet/>'), f"文件坏了：里面的 xl/worksheets/a.xml 带有 DTD，正常的表格里没有。\n  {DAMAGED}"),
        ("a.xlsx", book("<worksheet>"), f"文件坏了：里面的 xl/worksheets/a.xml 第 1 行不是完好的 XML。\n  {DAMAGED}"),
        ("a.xlsx", sheet(HEAD + '<row r="2"><c r="B2" s="1"><v>13800138000</v></c></row>'), "B 列的样式是时长（像 [h]:mm），里面有一格大得不是时长。\n  多半是电话、编号用错了样式：把这一列的格式设成“常规”或“文本”，再用。"),
        ("a.json", '[{"a":NaN}]', "有一个 NaN，不是数。\n  写成文字，或者写成 null 空着。"),
        ("a.json", "[" * 99_999, f"JSON 嵌套太深。\n  {JSON}"),
        ("a.json", "[1,2]", f"这个 JSON 不是表格。\n  {JSON}"),
        ("a.json", "[]", f"表里什么也没有。\n  {JSON}"),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_reason(name, data, message):
    assert refused(name, data() if callable(data) else data) == f"{name}: {message}"


def test_where_json_is_broken_is_told():
    assert refused("a.jsonl", '{"a":1}\n{"a":\n').startswith("a.jsonl:2:6: 不是完好的 JSON。")
    assert refused("a.json", '[{"a":1,"a":2}]') == "a.json 第 1 条：“a”写了两次。\n  留下一个。"


def test_a_file_is_read_as_what_it_is_and_its_wrong_ending_is_said():
    assert said(of("a.xls", TEXT.replace(",", "\t"))) == ["扩展名是 .xls，里面其实是文本，照文本读的。"]
    assert said(of("a.csv", sheet(HEAD + HEAD.replace("1", "2").replace("数", "3")))) == [
        "扩展名是 .csv，里面其实是新格式的 Excel 表格（.xlsx），照新格式的 Excel 表格（.xlsx）读的。"
    ]
