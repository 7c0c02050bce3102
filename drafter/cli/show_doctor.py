"""The doctor's report as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.doctor import DoctorResult


def doctor_text(report: DoctorResult) -> str:
    """The doctor's report in plain words."""
    lines = [f"Python {report.python}　{report.system}"]
    lines += [f"  {name} {version or '没有装'}" for name, version in report.packages.items()]
    lines += ["", "提纲和模板，先找到的先用"]
    lines += [
        f"  {origin}　{printable(folder)}　{f'{count} 个' if count else '（没有）'}"
        for origin, folder, count in report.shelves
    ]
    if report.settings_file:
        lines += ["", "设置，上级文件夹里的也算", f"  {printable(report.settings_file)}"]
        lines += [f"    {printable(said)}" for said in report.settings_say]
    for one in report.fetched:
        lines.append(f"  书架 {printable(one.called)}　{_FETCHED[one.state]}" + (f"　{one.sha256[:12]}" if one.sha256 else ""))
    lines += ["", "公文字体"]
    for font in report.fonts:
        if font.here:
            state = "有"
        elif font.stand_in:
            state = f"没有；预览和 PDF 里用 {font.stand_in} 代替，Word 文件里仍写 {font.name}"
        else:
            state = f"没有，也没有能代替的；Word 文件里仍写 {font.name}，在装了字体的电脑上显示正常"
        lines.append(f"  {font.name}　{state}")
    lines += ["", "能打开文件的程序"]
    number = f"{report.libreoffice_version}　" if report.libreoffice_version else ""
    lines.append(f"  LibreOffice　{number}{printable(report.libreoffice) or '没有'}")
    lines += [f"    {report.libreoffice_remark}"] if report.libreoffice_remark else []
    lines += [f"    {_plain(report.plain_set)}"] if report.plain_better else []
    lines += [f"  {name}　{printable(path)}" for name, path in report.offices.items()]
    if report.missing:
        lines += ["", "没有的，少了会怎样"]
        for lack in report.missing:
            lines += [f"  {lack.name}　{lack.costs}", f"    {lack.remedy}"]
    if report.settings:
        lines += ["", "drafter.toml 里有问题"]
        lines += [f"  {line}" for problem in report.settings for line in problem.text().split("\n")]
    return "\n".join(lines)


_FETCHED = {
    "here": "取好了",
    "not-here": "drafter.lock 里有，这台电脑上还没有：drafter outlines sync --locked",
    "not-taken": "还没有取过：drafter outlines sync",
}


def _plain(already: bool) -> str:
    """What to write into the settings where drafts are edited with a program that does not cope with controls."""
    if already:
        return "drafter.toml 里已经写了 plain = true，新写的稿子不受影响。"
    return "用它改稿的，空写成普通文字更稳妥：在 drafter.toml 里写一行 plain = true；只管一次：写稿时加 --plain。"
