"""What is known of one formulation (提法): an entry of the tables that `drafter.check.tables.formulations` reads."""

from functools import lru_cache
from typing import NamedTuple

#: Marks that do not count in a search.
MARKS = "“”‘’\"'「」『』＂"
UNMARKED = str.maketrans("", "", MARKS)


@lru_cache(maxsize=4096)
def _unmarked(form: str) -> str:
    return form.translate(UNMARKED)


class Formulation(NamedTuple):
    """An entry. `first` and `last` are days as `date.toordinal` counts them, 0 where there is no bound. `wrong` and
    `clash` are (wrong, right); `level` "" is the rule's own. `table` is what a user's table is called, "" of those that
    came with drafter. `since` and `until` are the first and last day of all entries of the form: “四个 全面” lives on
    with other items."""

    form: str
    kind: str = "formulation"
    first: int = 0
    last: int = 0
    now: str = ""
    items: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    clash: tuple[tuple[str, str], ...] = ()
    together: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    free: bool = False
    sure: bool = True
    level: str = ""
    note: str = ""
    source: str = ""
    theme: str = ""
    table: str = ""
    since: int = 0
    until: int = 0

    @property
    def name(self) -> str:
        """The form without quotation marks."""
        return _unmarked(self.form)

    def said_on(self, day: int) -> bool:
        """Whether it is right on a day."""
        return self.first <= day and (not self.last or day <= self.last)
