"""A bot in the office's chat: “会议改到下周三” brings the new day into the draft on the share."""

from datetime import date
from pathlib import Path

import drafter


def move(draft: Path, day: date) -> str:
    """What it answers. The draft is changed in its place; a copy of it as it was lies beside it."""
    try:
        planned = drafter.update(draft, {"日期": day}, dry_run=True)
        if not planned.steps:
            return "稿子里已经是这一天。"
        done = drafter.update(draft, {"日期": day})
    except drafter.Rejected as no:
        return f"没有改：{no.diagnostics[0].message}{no.diagnostics[0].hint}"
    return f"改了 {len(done.steps)} 处，原来的在 {Path(done.backup).name}。"
