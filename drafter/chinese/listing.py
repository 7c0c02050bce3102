"""How the entries of a list are joined in running text: names by 、 and 和, clauses by ；."""

import re
from collections.abc import Sequence
from functools import lru_cache

from drafter.chinese.numerals import list_said

#: Entries of a list that are longer than this on average (字) are clauses, where they are no names: over the examples of
#: the shipped outlines things and tasks run to 10, and what is longer has a verb of its own.
_CLAUSE = 10


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    """The end of a name, of somebody with his post before it, of a body or of a book, however long it is."""
    from drafter.chinese.names import SURNAMES

    return re.compile(
        rf"(?:[长记任席员授师总理家民工干事委][{SURNAMES}]\w{{1,2}}|同志|老师|教授|先生|女士|代表|人士|专家|[局委办室会院校部厅站所厂组队县区市镇乡村]"
        r"|公司|集团|中心|街道|社区|银行|学院|大学|》|篇目)$"
    )


def are_clauses(entries: Sequence[str]) -> bool:
    """Whether the entries of a list are clauses, which are not joined by 、 and 和: one has a comma, or they are long and no
    names."""
    if len(entries) < 2:
        return False
    if any("，" in entry for entry in entries):
        return True
    if sum(map(len, entries)) <= _CLAUSE * len(entries):
        return False
    return 2 * sum(bool(_name().search(entry)) for entry in entries) < len(entries)


def entries_said(entries: Sequence[str]) -> str:
    """甲、乙和丙, or where they are clauses 甲；乙；丙."""
    return "；".join(entries) if are_clauses(entries) else list_said(entries)
