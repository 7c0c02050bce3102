"""The next step a command tells, as what to do on a page."""

import re
import shlex
from typing import NamedTuple

from drafter.commands.next_step import NextStep


class Onward(NamedTuple):
    """What most people do next, on a page: `why` in words, and the page, "" where it is nothing to be clicked."""

    why: str
    label: str
    href: str


#: Command → the tab of a paper it stands on, and what its button says.
_TABS = {
    "update": ("update", "去更新"),
    "check": ("check", "去校对"),
    "format": ("format", "去排版"),
    "finish": ("finish", "去定稿"),
    "history": ("drafts", "看各稿"),
    "pull": ("pull", "取回答"),
}


def onward(step: NextStep | None, paper: str) -> Onward | None:
    """A step for the pages of a paper, by its id. What has to be done in Word and looked at again comes back by 改稿."""
    if step is None:
        return None
    words = _words(step.command or "")
    name = words[1] if len(words) > 1 else ""
    if name == "status" and "--confirm" in words:
        return Onward(step.why, "去核实", "#confirm")
    if name in _TABS:
        tab, label = _TABS[name]
        return Onward(step.why.replace(" update ", "更新"), label, f"/paper/{paper}/{tab}")
    if to_fill := re.match("在 Word 里(填上.*?)，存好", step.why):
        return Onward(f"{to_fill[1]}：在 Word 里填，或者在这里填", "在这里填", f"/paper/{paper}/update")
    if "再看一遍" in step.why or "存好" in step.why:
        return Onward(f"{step.why}：存好的稿再拖到“改稿”", "拖回来", "/back")
    return Onward(step.why, "", "")


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()
