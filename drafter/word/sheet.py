"""A small spreadsheet (.xlsx): sheets of text. It is written from strings, as documents are; one that comes back is
looked through by the guard of `drafter.word.package`, and only the cells that are filled change in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil
from posixpath import join, normpath
from re import compile, fullmatch
from typing import NamedTuple, NoReturn

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.diagnostic import columns as wide
from drafter.word import markup
from drafter.word.oxml import Element, XMLSyntaxError, parse, serialized
from drafter.word.package import open_parts
from drafter.word.zip import member, zipped

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_S = f"{{{_MAIN}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

#: Characters of a cell; Excel takes no more.
MAX_CELL = 32_767

#: A line of text, and the highest row there is (points; Excel's “Specifications and limits”).
_LINE_PT, _MOST_PT = 18, 409

#: Rows that are looked through for keys.
_MOST_ROWS = 50_000


class Column(NamedTuple):
    """A column: its heading, its width in characters of the standard type, whether it is shown."""

    heading: str
    width: float
    shown: bool = True


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────


class SheetWritten(NamedTuple):
    """A sheet to be written: its name, the title over all its columns ("" for none), and what stands below its heading.
    What is longer than a cell of Excel holds is cut."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]

    @property
    def heading(self) -> int:
        """The number of the row with the heading."""
        return 2 if self.title else 1

    @property
    def quoted(self) -> str:
        """Its name as a formula says it."""
        return self.name if self.name.isalpha() else "'" + self.name.replace("'", "''") + "'"


def write_sheet(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], now: datetime) -> bytes:
    """A sheet with a title over all its columns and a heading that every page repeats, to be printed across A4."""
    return write_book([SheetWritten("意见汇总表", title, columns, rows)], now)


def write_book(sheets: Sequence[SheetWritten], now: datetime) -> bytes:
    """Sheets of text, each with a heading that every page repeats, to be printed across A4. Every cell is text, whatever
    it begins with: no program takes one for a formula, a number or a day."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{_attribute(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>' for n, sheet in numbered)
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n - 1}">{_escaped(sheet.quoted)}'
        f"!${sheet.heading}:${sheet.heading}</definedName>"
        for n, sheet in numbered
    )
    workbook = (
        f'{markup.HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>{listed}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}worksheet+xml"/>' for n, _ in numbered
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    parts = {
        "[Content_Types].xml": (
            f'{markup.HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
            ' ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>{overrides}'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}styles+xml"/></Types>'
        ),
        "_rels/.rels": markup.one_relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": (
            f'{markup.HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
            f'<Relationship Id="rId{len(numbered) + 1}"'
            f' Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
        ),
        **{f"xl/worksheets/sheet{n}.xml": _worksheet(sheet) for n, sheet in numbered},
        "xl/styles.xml": _STYLES,
    }
    return zipped((member(part, text) for part, text in parts.items()), now)


def _worksheet(sheet: SheetWritten) -> str:
    top = sheet.heading
    last = _letters(sum(column.shown for column in sheet.columns) - 1)
    title = _row(1, [sheet.title], 1, 40) if sheet.title else ""
    head = _row(top, [column.heading for column in sheet.columns], 2, 26)
    tall = (
        _LINE_PT if not sheet.title else 0
    )  # a program that opens a table without a title need not set its lines anew
    body = "".join(
        _row(number, cells, 3, min(_MOST_PT, tall * _lines(cells, sheet.columns)), fixed=False)
        for number, cells in enumerate(sheet.rows, top + 1)
    )
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{c.width}" customWidth="1" hidden="{int(not c.shown)}"/>'
        for n, c in enumerate(sheet.columns, 1)
    )
    merged = f'<mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells>' if sheet.title else ""
    return (
        f'{markup.HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{widths}</cols><sheetData>{title}{head}{body}</sheetData>{merged}'
        '<printOptions horizontalCentered="1"/><pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3"'
        ' footer="0.4"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    )


def _lines(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """The lines that the fullest of the cells takes, about."""
    return max(
        (
            sum(max(1, ceil(wide(row) * 1.2 / column.width)) for row in cell.split("\n"))
            for cell, column in zip(cells, columns, strict=False)
        ),
        default=1,
    )


def _row(number: int, cells: Sequence[str], style: int, height: float = 0, fixed: bool = True) -> str:
    tall = f' ht="{height}"' + ' customHeight="1"' * fixed if height else ""
    said = "".join(
        f'<c r="{_letters(n)}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_escaped(text)}</t></is></c>'
        for n, text in enumerate(cells)
    )
    return f'<row r="{number}"{tall}>{said}</row>'


#: What no XML can hold; half a pair of UTF-16 among it.
_UNHELD = compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _escaped(text: str) -> str:
    text = _UNHELD.sub("", text[:MAX_CELL])
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "")


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")


def _letters(number: int) -> str:
    """A column's letters, counted from 0."""
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _font(name: str, size: float) -> str:
    return f'<font><sz val="{size}"/><name val="{name}"/></font>'


#: Title, heading and text as the table in Word has them.
_STYLES = (
    f'{markup.HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="4">{_font("宋体", 11)}{_font("方正小标宋简体", 22)}'
    f'{_font("黑体", 12)}{_font("仿宋_GB2312", 12)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
    ' applyAlignment="1">'
    '<alignment horizontal="center" vertical="center"/></xf>'
    '<xf numFmtId="49" fontId="2" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"'
    ' applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="3" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"'
    ' applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


# ── one that comes back ────────────────────────────────────────────────────────────────────────────────────────────


class Spreadsheet:
    """The first sheet of an .xlsx, opened. Raises Rejected for one that cannot be used."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.parts, self._packed = open_parts(data, name)
        book = "xl/workbook.xml"
        if book not in self.parts:
            self.no("这不是 Excel 表格（.xlsx）。")
        first = next(iter(self._tree(book).iter(f"{_S}sheet")), None)
        target = self._related(book, first.get(f"{{{_OFFICE}/relationships}}id", "") if first is not None else "")
        if target not in self.parts:
            self.no("表格里没有工作表。")
        self.part = target
        self.root = self._tree(target)
        self.shared = [
            "".join(t.text or "" for t in item.iter(f"{_S}t"))
            for part in self.parts
            if part.endswith("sharedStrings.xml")
            for item in self._tree(part).iterfind(f"{_S}si")
        ]

    def no(self, message: str) -> NoReturn:
        """Raise that this file cannot be used."""
        hint = "用合并时写出的那张表；在 Excel 或 WPS 里打开，另存为 .xlsx。"
        raise Rejected(Diagnostic(message, Place(self.name), hint, code="table-unreadable"))

    def _tree(self, part: str) -> Element:
        try:
            return parse(self.parts[part])
        except XMLSyntaxError:
            self.no(f"文件坏了：里面的 {part[:60]} 读不懂。")

    def _related(self, part: str, number: str) -> str:
        rels = "xl/_rels/workbook.xml.rels"
        for entry in self._tree(rels) if rels in self.parts else ():
            if entry.get("Id") == number:
                target = entry.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        return ""

    def rows(self) -> Iterator[tuple[Element, Mapping[int, str]]]:
        """The rows with the words of their cells, by column from 0."""
        for number, row in enumerate(self.root.iter(f"{_S}row")):
            if number >= _MOST_ROWS:
                return
            cells = {}
            for n, cell in enumerate(row.iterfind(f"{_S}c")):
                at = _column(cell.get("r", ""))
                cells[n if at is None else at] = self._said(cell)
            yield row, cells

    def _said(self, cell: Element) -> str:
        if cell.get("t") == "inlineStr":
            return "".join(t.text or "" for t in cell.iter(f"{_S}t"))
        value = cell.find(f"{_S}v")
        text = (value.text or "") if value is not None else ""
        if cell.get("t") == "s":
            return self.shared[int(text)] if text.isdecimal() and len(text) < 8 and int(text) < len(self.shared) else ""
        return text

    def say(self, row: Element, column: int, text: str) -> None:
        """Put words into a cell; its looks stay."""
        number = row.get("r", "")
        at = None
        for n, cell in enumerate(row.iterfind(f"{_S}c")):
            there = _column(cell.get("r", ""))
            if (n if there is None else there) == column:
                at = cell
                break
            if there is not None and there > column:
                at = row.makeelement(f"{_S}c", {"r": f"{_letters(column)}{number}"}, row.nsmap)
                cell.addprevious(at)
                break
        if at is None:
            at = row.makeelement(f"{_S}c", {"r": f"{_letters(column)}{number}"}, row.nsmap)
            row.append(at)
        for child in list(at):
            at.remove(child)
        at.set("t", "inlineStr")
        held = at.makeelement(f"{_S}is", {}, at.nsmap)
        words = at.makeelement(f"{_S}t", {_SPACE: "preserve"}, at.nsmap)
        words.text = text
        at.append(held)
        held.append(words)

    def data(self, now: datetime) -> bytes:
        """The file; what nobody changed stands in it as it was packed."""
        changed = serialized(self.root)
        members = (
            member(name, changed) if name == self.part else self._packed.get(name) or member(name, data)
            for name, data in self.parts.items()
        )
        return zipped(members, now)


def _column(reference: str) -> int | None:
    """The column of a cell like "B12", from 0; None where it says none."""
    found = fullmatch("([A-Z]{1,3})[0-9]*", reference)
    if found is None:
        return None
    out = 0
    for letter in found[1]:
        out = out * 26 + ord(letter) - 64
    return out - 1
