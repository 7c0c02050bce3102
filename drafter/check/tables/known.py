"""Up to which day the tables of formulations know what is said: told in every report, for a later speech may say what
they have never heard of."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypedDict

from drafter.check.tables.formulations import OwnTable, book


class OwnTableData(TypedDict):
    """A user's table for programs: its name, and the day its facts were last compared, null where it does not say."""

    name: str
    checked: str | None


class Known(NamedTuple):
    """The day up to which every shipped table has been compared with its sources, and the user's own tables."""

    day: date
    own: tuple[OwnTable, ...] = ()

    def said(self, later: Sequence[date] = ()) -> str:
        """In a sentence or two. `later`: the days of the speeches that are dated after it."""
        of_own = [
            f"本单位的“{table.name}”{f'核对到 {date.fromordinal(table.checked)}' if table.checked else '没有写核对到哪一天'}"
            for table in self.own
        ]
        told = "；".join((f"提法核对到 {self.day}", *of_own)) + "。"
        if len(later) == 1:
            told += f"这篇讲话是 {later[0]} 的，{self.day} 以后的新提法还不知道。"
        elif later:
            told += f"有 {len(later)} 篇讲话在这一天以后，新的提法还不知道。"
        return told

    def tables(self) -> list[OwnTableData]:
        """The user's tables for programs."""
        return [
            {"name": table.name, "checked": str(date.fromordinal(table.checked)) if table.checked else None}
            for table in self.own
        ]


def known() -> Known:
    """What the tables know now. Raises Rejected with every fault of a user's file."""
    read = book()
    return Known(date.fromordinal(read.checked), read.own)
