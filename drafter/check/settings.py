"""check.settings"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from drafter.check.rules import LEVELS, names
from drafter.diagnostic import Diagnostic, Place, Rejected


class Settings(NamedTuple):
    """What a configuration says. `levels`: rules set to a level of the user's own, or "off"."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = ""
    levels: Mapping[str, str] = {}
    minutes: float = 0


_KEYS = ("select", "ignore", "level", "levels", "minutes", "plain")


def settings_of(table: Mapping[str, Any], file: str) -> Settings:
    """The settings of a `drafter.toml` or of `[tool.drafter]`. Raises Rejected with what it cannot use."""
    for key in table:
        if key not in _KEYS:
            raise Rejected(Diagnostic(f"不认识的设置“{key}”。", Place(file), f"有：{'、'.join(_KEYS)}。", code="setting-unknown"))
    lists = []
    for key in ("select", "ignore"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise Rejected(
                Diagnostic(f"{key} 要写成规则名称的列表，例如 {key} = [\"long-sentence\"]。", Place(file), code="setting-value")
            )
        lists.append(known(value, f"{key}", file))
    levels = table.get("levels", {})
    if not isinstance(levels, dict):
        raise Rejected(Diagnostic("levels 下面一行写一条：规则名称 = \"warning\"。", Place(file), code="setting-value"))
    known(list(levels), "levels", file)
    for name, value in levels.items():
        if value not in (*LEVELS, "off"):
            raise Rejected(
                Diagnostic(
                    f"levels 里 {name} 的“{value}”不对。", Place(file), "可以写 error、warning、advice、off。", code="setting-value"
                )
            )
    level = table.get("level", "")
    if level not in ("", *LEVELS):
        raise Rejected(
            Diagnostic(f"level 的“{level}”不对。", Place(file), "可以写 error、warning、advice。", code="setting-value")
        )
    minutes = table.get("minutes", 0)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise Rejected(Diagnostic(f"minutes 的“{minutes}”不对，要写分钟数。", Place(file), code="setting-value"))
    return Settings(lists[0], lists[1], level, levels, minutes)


def known(wanted: Sequence[str], said: str, file: str = "") -> tuple[str, ...]:
    """The names, where all are rules'. Raises Rejected with the nearest."""
    from drafter.diagnostic import nearest

    for name in wanted:
        if name not in names():
            place = Place(file) if file else None
            hint = nearest(name, names()) + "drafter check --list-rules 列出所有规则。"
            raise Rejected(Diagnostic(f"{said} 里没有叫“{name}”的规则。", place, hint, code="rule-unknown"))
    return tuple(wanted)
