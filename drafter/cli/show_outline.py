"""An outline shown as a tree, and the doctor's report as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from drafter.diagnostic import columns, printable

if TYPE_CHECKING:
    from drafter.commands.doctor import DoctorResult
    from drafter.commands.outlines import OutlineData, PartData, RequirementData

#: A line of the tree is cut at this width (columns; a 汉字 is two).
WIDTH = 96


def as_text(outline: OutlineData) -> str:
    """Title, fields with their questions, and the parts with conditions, headings and first words."""
    lines = [printable(outline["title"] or "（没有标题，供别的提纲 include）")]
    for text in (outline["genre"], outline["about"]):
        if text:
            lines.append("  " + printable(text))
    if outline["numbering"]:
        lines.append("  序号：" + " ".join(outline["numbering"]))
    lines += ["", f"要填的空（{len(outline['fields'])} 个）"]
    rows: list[tuple[str, list[Any]]] = []
    for field in outline["fields"]:
        more = [field["type"]] if field["type"] not in ("text", "choice") else []
        more += [" / ".join(field["choices"])] if field["choices"] else []
        default = field["default"]
        if field["follows"]:
            more.append(f"没有回答时照【{field['follows']}】定")
        elif default is not None:
            more.append("默认 " + (default if isinstance(default, str) else "、".join(default)))
        if field["when"]:
            more.append(f"只在 {field['when']} 时问")
        rows.append((f"【{field['name']}】{field['ask']}" + (f"（{'；'.join(more)}）" if more else ""), []))
    lines += _drawn(rows)
    lines += ["", "讲话"]
    lines += _drawn([_part(part) for part in outline["speech"]])
    return "\n".join(lines)


def _part(part: PartData) -> tuple[str, list[Any]]:
    from drafter.commands.outlines import part_called

    head = f"{part['kind']} {part_called(part['kind'])}" + _conditions(part, run_on=part["run-on"])
    below: list[Any] = [(f"※ {part['note']}", [])] if part["note"] else []
    below += _basis(part)
    below += [(text, []) for text in part["paragraphs"]]
    below += [_requirement(item) for item in part["requirements"]]
    below += [_part(inner) for inner in part["parts"]]
    return head, below


def _requirement(item: RequirementData) -> tuple[str, list[Any]]:
    said = item["heading"] if item["heading"] is not None else "".join(item["text"][:1])
    below: list[Any] = [(f"※ {item['note']}", [])] if item["note"] else []
    below += _basis(item)
    below += [(point, []) if isinstance(point, str) else _requirement(point) for point in item["points"]]
    return said + _conditions(item, run_on=item["run-on"]), below


def _basis(part: PartData | RequirementData) -> list[tuple[str, list[str]]]:
    """The theme a part or requirement stands on, with how much and what of it."""
    asked = part["basis"]
    if asked is None:
        return []
    more = [said for said in (asked["length"], "、".join(asked["kinds"])) if said]
    return [("依据：" + "，".join([asked["theme"], *more]), [])]


def _conditions(part: PartData | RequirementData, run_on: bool = False) -> str:
    told = []
    if part["when"]:
        told.append(f"when {part['when']}")
    if part["each"]:
        told.append(f"each {part['each']}")
    if run_on:
        told.append("接排")
    return f"  〔{'，'.join(told)}〕" if told else ""


def _drawn(rows: Iterable[tuple[str, list[Any]]], before: str = "") -> list[str]:
    rows = list(rows)
    lines = []
    for number, (head, below) in enumerate(rows, 1):
        last = number == len(rows)
        lines.append(_cut(before + ("└─ " if last else "├─ ") + printable(head)))
        lines += _drawn(below, before + ("   " if last else "│  "))
    return lines


def _cut(line: str) -> str:
    if columns(line) <= WIDTH:
        return line
    while columns(line) > WIDTH - 2:
        line = line[: -max(1, (columns(line) - WIDTH) // 2)]
    return line + "…"


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
