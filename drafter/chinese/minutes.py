"""How long a text takes to be read aloud: counted in one place, told in one way, never finer than half a minute."""

from __future__ import annotations

from typing import NamedTuple

#: Speaking rates, 字 a minute: fast, normal, slow. Source: practice pages for leaders' speeches (200–250; slow reading
#: 160–180).
RATES = (240, 200, 160)


class Minutes(NamedTuple):
    """The minutes a text takes, whole and half, half a minute at least: read fast, as usual, slowly (see `RATES`)."""

    fast: float
    normal: float
    slow: float


def minutes(count: int) -> Minutes:
    """How long a text of `count` 字 takes."""
    fast, normal, slow = (max(0.5, round(count / rate * 2) / 2) for rate in RATES)
    return Minutes(fast=fast, normal=normal, slow=slow)


def minutes_said(count: int) -> str:
    """How long a text of `count` 字 takes at the usual rate, as lists, cards and the screen tell it."""
    if count * 2 < RATES[1]:
        return "不到半分钟"
    normal = minutes(count).normal
    return "半分钟" if normal == 0.5 else f"{normal:g} 分钟"


def about_minutes(count: int) -> str:
    """The same where it stands by itself: 约 15.5 分钟, 不到半分钟."""
    said = minutes_said(count)
    return f"约 {said}" if said[0].isdecimal() else said


def range_said(count: int) -> str:
    """The same with how long it is for who reads fast and who reads slowly, where that is another number."""
    found = minutes(count)
    if found.fast == found.slow or not minutes_said(count)[0].isdecimal():
        return about_minutes(count)
    return f"{about_minutes(count)}（念得快 {found.fast:g}，念得慢 {found.slow:g}）"
