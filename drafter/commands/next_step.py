"""How a command ends: which files it has written, or that it has written none and what would; and what most people do
next. Every Result says it by a method `ending`; the doors print it last (`drafter.cli.print.say_ending`). And how a line
that can be pasted is written."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class NextStep(NamedTuple):
    """What most people do next. `command` is the line to type, which works as it stands; None where it is nothing to be
    typed. `why` is what for, or what is to be done by hand, in a few words."""

    command: str | None
    why: str


class Ending(NamedTuple):
    """How a command ends. `written` are the files it has written; where there are none `unwritten` says so, and what
    would write one, None for a command of which nobody expects a file. `next` is None where nothing follows."""

    written: tuple[str, ...] = ()
    unwritten: str | None = None
    next: NextStep | None = None


def as_typed(path: Path | str) -> str:
    """As it can be typed in a terminal, on Windows too."""
    word = str(path)
    windows = sys.platform == "win32"
    if not windows and re.search(r"[`$!\"\\]", word):  # a POSIX shell reads these between double quotes too
        return "'" + word.replace("'", "'\\''") + "'"
    return f'"{word}"' if re.search(r"[\s()&;'`$!*?|<>#\[\]{}^%]|^~|^$", word) else word


def typed(*words: str) -> str:
    """A command of drafter as it is typed: `typed("status", "我的 讲话.docx")`."""
    return " ".join(("drafter", *map(as_typed, words)))


def given(**options: str | int | bool | Iterable[str] | None) -> tuple[str, ...]:
    """The words of the options that were given: `given(dry_run=False, set=("日期=明天",), output="")` is --set 日期=明天."""
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            words.append(option)
        elif isinstance(value, int) and value:
            words += [option, str(value)]
        elif isinstance(value, str) and value:
            words += [option, value]
        elif value and not isinstance(value, (str, int)):
            words += [word for single in value for word in (option, single)]
    return tuple(words)


def in_memory(where: str = "data") -> str:
    """That no file was written, as a program wanted what was made itself; `where` it finds that in the Result."""
    return not_written(f"做好的在结果的 {where} 里", "给出 output")


def not_written(why: str = "", would: str = "") -> str:
    """That no file was written: why, and what would write it."""
    return "没有写文件" + (f"；{why}" if why else "") + (f"。要写：{would}" if would else "。")
