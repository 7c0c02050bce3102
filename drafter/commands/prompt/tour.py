"""The first `drafter new` on a machine: four lines of what will happen, said once."""

import os
from pathlib import Path

from drafter.outline import shelf

#: What stands in the user's folder once the lines were said.
SAID = "first-new"


def first_lines(output: str, kind: str, outlines: int, force: bool = False) -> tuple[str, ...]:
    """What is said before the first questions on this machine; () where it was said before, or where the user's folder
    cannot be written to, for then it would come every time. `output` is where the speech is to go, "" where that was not
    said; `kind` "docx", or what else is written; `outlines` how many the writer has named;
    `force`: a file that is there gives way."""
    if not _the_first_time():
        return ()
    written = " Word 文件" if kind == "docx" else f" .{kind} 文件"
    left = "标黄的【名称】，以后在 Word 里填" if kind == "docx" else "【名称】，以后再填"
    asked = "一题一题地问您" if outlines else "您先挑一份提纲，它再一题一题地问"
    where = f"写到 {output}" if output else f"放在当前文件夹 {Path.cwd()}，名称就是标题；换地方用 -o"
    return (
        f"第一次写稿：{asked}，问完写成{'几份' if outlines > 1 else '一份'}{written}。",
        f"不知道的先不填（Ctrl-O），文中留着{left}。",
        f"文件{where}。" + ("写了 --force，同名的会盖掉。" if force else "已有的文件不会盖掉。"),
        "Ctrl-B 回上一题；Ctrl-C 停下，答过的可以存下来接着答。这几行只说这一次。",
    )


def _the_first_time() -> bool:
    home = shelf.user_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        os.close(os.open(home / SAID, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except (OSError, ValueError):
        return False
    return True
