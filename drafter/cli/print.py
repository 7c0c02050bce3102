"""cli.print"""


import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from drafter.check.rules import Finding


def _terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


_LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议"}


def _counted(found: "Iterable[Finding]") -> str:
    from drafter.check.report import counted

    return _said_of_levels(counted(found))


def _said_of_levels(counts: Mapping[str, int]) -> str:
    return "，".join(f"{n} 处{_LEVELS[level]}" for level, n in counts.items())


def _print_json(value: Any, err: bool = False) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2), err=err)


def _remark(remarks: tuple[Any, ...], quiet: bool = False) -> None:
    for remark in () if quiet else remarks:
        typer.echo("提醒 " + remark.text(), err=True)
