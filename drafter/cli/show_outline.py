"""An outline shown as a tree, and the doctor's report as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from drafter.commands.rows import shortened
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.doctor import DoctorResult
    from drafter.commands.outlines import OutlineTold, ToldRow

#: A text of the speech is cut at this width where nobody sees it on a terminal (columns; a 汉字 is two).
WIDTH = 96


def as_text(outline: OutlineTold, room: int | None = None) -> str:
    """Title, blanks with their questions, and the parts with their conditions, headings and first words; the texts in a row
    each of so many columns (None: of `WIDTH`)."""
    width = room or WIDTH
    lines = [printable(line) for line in outline.head]
    lines += ["", f"要填的空（{len(outline.fields)} 个）", *_drawn(outline.fields, width)]
    if outline.computed:
        lines += ["", "自己会填的空", *_drawn(outline.computed, width)]
    return "\n".join([*lines, "", "讲话", *_drawn(outline.speech, width)])


def _drawn(rows: Iterable[ToldRow], width: int, before: str = "") -> list[str]:
    rows = list(rows)
    lines = []
    for number, row in enumerate(rows, 1):
        last = number == len(rows)
        line = before + ("└─ " if last else "├─ ") + printable(row.said)
        lines.append(shortened(line, width) if row.cut else line)
        lines += _drawn(row.below, width, before + ("   " if last else "│  "))
    return lines


def doctor_text(report: DoctorResult) -> str:
    """The doctor's report in plain words."""
    lines = [f"Python {report.python}　{report.system}"]
    lines += [f"  {name} {version or '没有装'}" for name, version in report.packages.items()]
    lines += ["", "提纲和模板，先找到的先用"]
    lines += [
        f"  {origin}　{printable(folder)}　{f'{count} 个' if count else '（没有）'}"
        for origin, folder, count in report.shelves
    ]
    lines += ["", "公文字体"]
    for font in report.fonts:
        if font.here:
            state = "有"
        elif font.stand_in:
            state = f"没有；预览和 PDF 里用 {font.stand_in} 代替，Word 文件里仍写 {font.name}"
        else:
            state = f"没有，也没有能代替的；Word 文件里仍写 {font.name}，在装了字体的电脑上显示正常"
        lines.append(f"  {font.name}　{state}")
    number = f"{report.libreoffice_version}　" if report.libreoffice_version else ""
    lines += ["", f"LibreOffice　{number}{printable(report.libreoffice) or '没有；要写 .pdf 需要装上它'}"]
    lines += [f"  {report.libreoffice_remark}"] if report.libreoffice_remark else []
    if report.settings:
        lines += ["", "drafter.toml 里有问题"]
        lines += [f"  {line}" for problem in report.settings for line in problem.text().split("\n")]
    return "\n".join(lines)
