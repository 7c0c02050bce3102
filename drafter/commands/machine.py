"""What a command did, or why it did not, as plain data: the one form for programs, whatever door they come through.

    {"schema_version": 1, "command": "check", "ok": true, "result": …, "written": […], "unwritten": …, "next": …}
    {"schema_version": 1, "command": "check", "ok": false, "error": {"code", "message", "place", "quote", "remedy"}}

`written` are the files written, `unwritten` says why there are none, `next` is what most people do next, null where
there is nothing to say. `remarks` stands beside the result where something was remarked on the way, `more` in the error where more than one
thing is wrong. `drafter schema` tells the shape of every result (`drafter.commands.schema`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import indent
from typing import NotRequired, TypedDict

from drafter.commands.next_step import Ending, NextStep
from drafter.diagnostic import Diagnostic, ErrorData, Rejected

#: Rises when a program that reads this form would have to be changed.
SCHEMA_VERSION = 1


class RemarkData(ErrorData):
    """What was remarked on the way. `level`: "error", "warning" or "advice"."""

    level: str


class Answered(TypedDict):
    """A command that has a result, and how it ends."""

    schema_version: int
    command: str
    ok: bool
    result: object
    written: list[str]
    unwritten: str | None
    next: NextStep | None
    remarks: NotRequired[list[RemarkData]]


class Refused(TypedDict):
    """A command that has none. `command` is null where the command line did not get as far."""

    schema_version: int
    command: str | None
    ok: bool
    error: ErrorData


def answered(
    command: str, result: object, remarks: Iterable[Diagnostic] = (), ending: Ending | None = None
) -> Answered:
    """What a command gives; without an `ending` it has written nothing, nobody expected it to, and nothing follows."""
    ending = ending or Ending()
    out = Answered(
        schema_version=SCHEMA_VERSION,
        command=command,
        ok=True,
        result=plain(result),
        written=list(ending.written),
        unwritten=ending.unwritten,
        next=ending.next,
    )
    told = [RemarkData(**remark.error(), level=remark.level) for remark in remarks]
    if told:
        out["remarks"] = told
    return out


class AnswerInParts:
    """The same text as that of `answered`, piece by piece, so that nobody has to hold all of it: its result is a list of
    items, or (with `within`) an object that has them under this name."""

    def __init__(self, command: str, within: str = "") -> None:
        head = dumped({"schema_version": SCHEMA_VERSION, "command": command, "ok": True})[: -len("\n}")]
        self._before = head + ',\n  "result": ' + (f'{{\n    "{within}": [' if within else "[")
        self._within, self._any = within, False

    def item(self, value: object) -> str:
        """The text that ends with this item."""
        margin = "      " if self._within else "    "
        text = (self._before or ",") + "\n" + indent(dumped(value), margin)
        self._before, self._any = "", True
        return text

    def end(self, remarks: Iterable[Diagnostic], ending: Ending | None, beside: Mapping[str, object] | None = None) -> str:
        """The rest; `beside` is what else the object has."""
        text = self._before + ("\n" + ("    ]" if self._within else "  ]") if self._any else "]")
        if self._within:
            text += (",\n" + indent(dumped(beside)[len("{\n") : -len("\n}")], "  ") if beside else "") + "\n  }"
        rest = {**answered("", None, remarks, ending)}
        for said in ("schema_version", "command", "ok", "result"):
            del rest[said]
        return f"{text},\n{dumped(rest)[len('{' + chr(10)):]}"


def refused(command: str | None, problems: Sequence[Diagnostic]) -> Refused:
    """Why a command gives nothing; there is at least one problem."""
    error = Rejected(*problems).error()
    return Refused(schema_version=SCHEMA_VERSION, command=command, ok=False, error=error)


def plain(value: object) -> object:
    """The same in what JSON knows: a NamedTuple is an object of its fields."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names:
            return {name: plain(held) for name, held in zip(names, value, strict=True)}
        return [plain(held) for held in value]
    if isinstance(value, list):
        return [plain(held) for held in value]
    if isinstance(value, Mapping):
        return {name: plain(held) for name, held in value.items()}
    return value


def dumped(value: object) -> str:
    """As JSON for people too: indented, 汉字 as they are."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)
