"""What the settings of an office say of the proof-reader: which rules, at which level, how many minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from drafter.check.rules import LEVELS, names
from drafter.check.setting_words import KEYS, LEVELS_ZH, key_hint
from drafter.diagnostic import Diagnostic, Place, Rejected


class Settings(NamedTuple):
    """What a configuration says. `levels`: rules set to a level of the user's own, or "off"; `minutes` is 0 where
    nobody says how long the speech is to be."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = ""
    levels: Mapping[str, str] = {}
    minutes: float = 0


#: How long a speech may be said to take, in minutes: the longest is a day.
LEAST_MINUTES, MOST_MINUTES = 0.1, 1440


def settings_of(table: Mapping[str, Any], file: str, lines: Mapping[str, int] = {}) -> Settings:
    """The settings of a `drafter.toml` or of `[tool.drafter]`. `lines` are those its names stand on, as far as they are
    known. Raises Rejected with what it cannot use."""

    def at(*keys: str) -> Place:
        return Place(file, next((lines[key] for key in keys if key in lines), 0))

    for key, value in table.items():
        if key not in KEYS:
            raise Rejected(unknown(key, value, at(key)))
    lists = []
    for key in ("select", "ignore"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise Rejected(
                Diagnostic(f"{key} 要写成规则名称的列表，例如 {key} = [\"long-sentence\"]。", at(key), code="setting-value")
            )
        lists.append(known(value, f"{key}", at(key)))
    levels = table.get("levels", {})
    if not isinstance(levels, dict):
        raise Rejected(Diagnostic("levels 下面一行写一条：规则名称 = \"warning\"。", at("levels"), code="setting-value"))
    for name in levels:
        if name in KEYS:
            told = f"{name} 写在 [levels] 下面了，那里只写规则的级别。"
            raise Rejected(Diagnostic(told, at(name, "levels"), "把这一行挪到 [levels] 前面。", code="setting-unknown"))
        known([name], "levels", at(name, "levels"))
    for name, value in levels.items():
        if value not in (*LEVELS, "off"):
            raise Rejected(
                Diagnostic(
                    f"levels 里 {name} 的“{_short(value)}”不对。",
                    at(name, "levels"),
                    _level_meant(value) + "可以写 error、warning、advice、off。",
                    code="setting-value",
                )
            )
    level = table.get("level", "")
    if level not in ("", *LEVELS):
        raise Rejected(
            Diagnostic(
                f"level 的“{_short(level)}”不对。",
                at("level"),
                _level_meant(level) + "可以写 error、warning、advice。",
                code="setting-value",
            )
        )
    minutes = table.get("minutes", 0)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not possible(minutes):
        told = f"minutes 的“{_short(minutes)}”不对，要写分钟数。"
        raise Rejected(Diagnostic(told, at("minutes"), ALLOWED_MINUTES, code="setting-value"))
    return Settings(lists[0], lists[1], level, levels, minutes)


def unknown(key: str, value: object, place: Place | None) -> Diagnostic:
    """What is said of a name that is no setting."""
    if key in names() and value in (*LEVELS, "off"):
        hint = f'规则的级别写在 [levels] 下面：{key} = "{value}"'
    else:
        hint = key_hint(key)
    return Diagnostic(f"不认识的设置“{_short(key)}”。", place, hint, code="setting-unknown")


def _level_meant(said: object) -> str:
    """“是不是 …？” with the level somebody means by a word of his own, "" where nobody can tell."""
    from drafter.diagnostic import nearest

    word = said if isinstance(said, str) else ""
    return f"是不是 {LEVELS_ZH[word]}？" if word in LEVELS_ZH else nearest(word, LEVELS) if word else ""


#: What may be said of minutes.
ALLOWED_MINUTES = f"写 {LEAST_MINUTES} 到 {MOST_MINUTES} 之间的数；不看长短，就不写。"


def possible(minutes: float) -> bool:
    """Whether a speech can take so many minutes; 0 stands for none said. What is no number at all is none of them."""
    return minutes == 0 or LEAST_MINUTES <= minutes <= MOST_MINUTES


def _short(value: object) -> str:
    """A value in a message."""
    said = str(value)
    return said if len(said) <= 40 else f"{said[:40]}……"


def known(wanted: Sequence[str], said: str, place: Place | None = None) -> tuple[str, ...]:
    """The names, where all are rules'. Raises Rejected with the nearest."""
    from drafter.diagnostic import nearest

    for name in wanted:
        if name not in names():
            hint = nearest(name, names()) + "drafter check --list-rules 列出所有规则。"
            raise Rejected(Diagnostic(f"{said} 里没有叫“{_short(name)}”的规则。", place, hint, code="rule-unknown"))
    return tuple(wanted)
