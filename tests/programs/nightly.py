"""Every night: the speeches of a folder proof-read, a report for the morning."""

from pathlib import Path

import drafter


def report(folder: Path) -> str:
    """A table in Markdown: the file, how many findings, the gravest one."""
    found = drafter.check([folder], level="warning")
    rows = ["| 文件 | 发现 | 第一处 |", "|---|---|---|"]
    for file in found.files:
        if file.exit_code:
            rows.append(f"| {file.file} | 读不了 | {file.problems[0].message} |")
        elif file.remarks:
            first = file.remarks[0]
            rows.append(f"| {file.file} | {len(file.remarks)} | {first.words}：{first.finding.message} |")
    return "\n".join(rows)
