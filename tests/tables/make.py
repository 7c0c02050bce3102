"""Makes the workbooks of this folder: `python tests/tables/make.py` with openpyxl and LibreOffice Calc, which writes them.

On the sheet “值” each row has a value with its number format, and beside it what it is read as, and what a text says of it
where that is something else.
"""

import datetime as d
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
CNY = '_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* \\-#,##0.00_ ;_ [$¥-804]* "-"??_ ;_ @_ '

#: What it is, the value, its format, what is read of it, and what a text says where that is another.
VALUES = [
    ("日期", d.date(2026, 11, 22), "yyyy-mm-dd", "2026-11-22", "2026年11月22日"),
    ("年月日", d.date(2026, 11, 22), 'yyyy"年"m"月"d"日"', "2026-11-22", "2026年11月22日"),
    ("月日", d.date(2026, 11, 22), 'm"月"d"日"', "2026-11-22", "11月22日"),
    ("年月", d.date(2026, 11, 1), 'yyyy"年"m"月"', "2026年11月", None),
    ("星期", d.date(2026, 11, 22), "aaaa", "2026-11-22", "星期日"),
    ("大写日期", d.date(2026, 11, 22), '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "2026-11-22", "二〇二六年十一月二十二日"),
    ("日期和时间", d.datetime(2026, 11, 22, 9, 30), "yyyy-mm-dd hh:mm", "2026-11-22 09:30", "2026年11月22日9:30"),
    ("零点", d.datetime(2026, 11, 22), "yyyy-mm-dd hh:mm", "2026-11-22", "2026年11月22日"),
    ("时长", d.timedelta(hours=30), "[h]:mm", "30:00", None),
    ("整数", 1200.0, None, "1200", None),
    ("零头", 0.1 + 0.2, None, "0.3", None),
    ("大数", 1.2e15, None, "1200000000000000", None),
    ("百分数", 0.35, "0.00%", "35%", "35.00%"),
    ("带零的编号", 12, "000000", "000012", None),
    ("文本编号", "0012", "@", "0012", None),
    ("身份证号", "51010119900101001X", "@", "51010119900101001X", None),
    ("手机号", 13800138000, None, "13800138000", None),
    ("分开的手机号", 13800138000, "000-0000-0000", "138-0013-8000", None),
    ("千分位", 1234567.5, "#,##0.00", "1234567.5", "1,234,567.50"),
    ("会计", 1234.5, CNY, "¥1234.5", "¥1,234.50"),
    ("会计零", 0, CNY, "0", None),
    ("负数", -5, "0_);(0)", "-5", None),
    ("万元", 12.5, '0.0"万元"', "12.5万元", None),
    ("两位小数", 3.14159, "0.00", "3.14", None),
    ("分数", 0.5, "# ?/?", "0.5", "1/2"),
    ("科学记数", 123456, "0.00E+00", "123456", None),
    ("对", True, None, "是", None),
    ("错", False, None, "否", None),
    ("公式", "=B11*2", None, "2400", None),
    ("公式的字", '="第"&"一"', None, "第一", None),
    ("换行", "第一行\n第二行", None, "第一行\n第二行", None),
    ("全角", "１３８００", None, "13800", None),
    ("撑开的姓名", "张　三", None, "张三", None),
    ("看不见的", "\u200b甲\u00a0", None, "甲", None),
    ("错误值", "#N/A", None, "#N/A", None),
    ("除以零", "=1/0", None, "#DIV/0!", None),
    ("百分之十二点五", 0.125, "0.00%", "12.5%", "12.50%"),
    ("三点五零", 3.5, "0.00", "3.5", "3.50"),
    ("折成万", 12345, '0\\.0,"万"', "1.2万", None),
    ("红色的负数", -3, "0.0;[Red]0.0", "-3", "-3.0"),
    ("升降", 0.05, '"上升"0.0%;"下降"0.0%', "上升5%", "上升5.0%"),
    ("代号", 2, '[=1]"男";[=2]"女";0', "2", "女"),
    ("汉字的数", 123, "[DBNum1][$-804]General", "123", "一百二十三"),
    ("后面有字", "清河", '@"县"', "清河县", None),
    ("三分之一", 1 / 3, None, "0.333333333333333", "0.333333333"),
]


def main() -> None:
    book = openpyxl.Workbook()
    names = book.active
    names.title = "名单"
    for row in (
        ["2026年清河县受表彰名单"],
        ["填报单位：县委办", None, None, None, "日期：2026年11月"],
        ["序号", "基本情况", None, "联系方式", None, "备注"],
        [None, "姓名", "单位", "电话", "身份证号"],
        ["一、县直"],
        [1, "张　三", "县委办", 13800138000, "51010119900101001X"],
        [2, "李四", None, "028-1234567", "510101199001010018", "第一行\n第二行"],
        [],
        [3, "王五", "县府办"],
        [4, "赵六", "县府办"],
        ["合  计", "4人"],
        ["备注：以上名单以组织部为准"],
    ):
        names.append(row)
    for merged in ("A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "A5:F5", "C6:C7", "A12:F12"):
        names.merge_cells(merged)
    names.row_dimensions[10].hidden = True
    values = book.create_sheet("值")
    values.append(["是什么", "值", "读作", "文字里"])
    for name, value, form, read, words in VALUES:
        values.append([name, value, None, None])
        if form:
            values.cell(values.max_row, 2).number_format = form
        for column, text in ((3, read), (4, read if words is None else words)):
            values.cell(values.max_row, column).number_format = "@"
            values.cell(values.max_row, column).value = text
            values.cell(values.max_row, column).data_type = "s"  # text, not an error of its own
    book.create_sheet("空")
    hidden = book.create_sheet("隐藏的")
    hidden.append(["县区"])
    hidden.append(["清河县"])
    hidden.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "tables.xlsx")
        book.save(made)
        office = ["timeout", "100", "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run([*office, "xlsx", "--outdir", f"{folder}/out", made], check=True)
        for kind in ("xls", "ods"):
            subprocess.run([*office, kind, "--outdir", HERE, f"{folder}/out/tables.xlsx"], check=True)
        Path(HERE, "tables.xlsx").write_bytes(Path(folder, "out", "tables.xlsx").read_bytes())


if __name__ == "__main__":
    sys.exit(main())
