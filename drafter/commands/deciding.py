"""What earlier readings have brought: what somebody has decided to leave as it is, and what the base draft has already."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.kept import kept_of
from drafter.commands.papers import OpenedPaper, as_of_day, paper_in, read_file
from drafter.diagnostic import Diagnostic, Place, Rejected

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding
    from drafter.check.paper import Paper
    from drafter.check.rules import Finding
    from drafter.check.settings import Settings
    from drafter.commands.carrying import CarriedFile
    from drafter.commands.kept import KeptWhere

#: What stands for all that is kept of a file.
EVERYTHING = ("全部", "all")


class RecordedData(TypedDict):
    """What was noted of a file as decided: where, and of how many findings that they stay, or no longer do."""

    file: str
    added: int
    dropped: int


class Recorded(NamedTuple):
    """What was noted of a file as decided: where, and of how many findings that they stay, or no longer do."""

    file: str
    added: int
    dropped: int

    def json(self) -> RecordedData:
        """For programs."""
        return {"file": self.file, "added": self.added, "dropped": self.dropped}


class SortedOut(NamedTuple):
    """Findings: those that stand, those somebody has decided to leave, and those the base draft has."""

    standing: "tuple[Finding, ...]"
    kept: "tuple[Finding, ...]" = ()
    known: "tuple[Finding, ...]" = ()


class Readings(NamedTuple):
    """What somebody has `decided` to leave, and the base draft a paper is looked at `since`, "" for none; `base` is that
    draft where it was sent."""

    decided: "KeptWhere"
    since: str
    settings: "Settings"
    base: "CarriedFile | None" = None

    def sorted_out(self, paper: "Paper", found: "tuple[Finding, ...]") -> SortedOut:
        """The findings in a paper by what is known of them. Raises Rejected where the base draft cannot be read."""
        from drafter.check.kept import apart
        from drafter.check.paper import check
        from drafter.check.since import arisen

        standing, kept = apart(paper.speech, found, self.decided.all)
        if not self.since:
            return SortedOut(standing, kept)
        day, minutes = paper.speech.as_of, self.settings.minutes
        sent = self.base
        base = (paper_in(sent.opened, sent.name, day, minutes) if sent else read_file(self.since, day, minutes)).paper
        new, known = arisen(paper.speech, standing, base.speech, check(base, self.settings))
        return SortedOut(new, kept, known)


def record(
    name: str, opened: OpenedPaper, found: "tuple[Finding, ...]", keep: Sequence[str], unkeep: Sequence[str]
) -> "tuple[Recorded, KeptWhere]":
    """What somebody says is to be left, or no longer, noted; and all that is to be left now. `found` is what the paper has, `keep`
    and `unkeep` say places of it. Raises Rejected for what is not there."""
    from drafter.check.kept import apart
    from drafter.commands.kept import keep as noted

    was = kept_of(name, opened)
    add, drop = _meant(name, opened, found, was, keep, unkeep)
    file = noted(name, opened, add, drop)
    now = kept_of(name, read_file(name, as_of_day("")))
    speech = opened.paper.speech
    before, after = (frozenset(apart(speech, found, said.all)[1]) for said in (was, now))
    gone = len(frozenset(was.all) - frozenset(now.all))
    return Recorded(file, len(after - before), len(before - after) or gone), now


def remembered(name: str, opened: OpenedPaper, places: "Sequence[KeptFinding]") -> "tuple[Recorded, KeptWhere]":
    """These places of a paper noted as to be left from now on; and all that is to be left now. Raises Rejected."""
    from drafter.commands.kept import keep as noted

    file = noted(name, opened, places, ())
    return Recorded(file, len(places), 0), kept_of(name, read_file(name, as_of_day("")))


def _meant(
    name: str,
    opened: OpenedPaper,
    found: "tuple[Finding, ...]",
    was: "KeptWhere",
    keep: Sequence[str],
    unkeep: Sequence[str],
) -> "tuple[list[KeptFinding], list[KeptFinding]]":
    """What is to be added to what is kept, and what is to go."""
    from drafter.check.kept import Shown, meant, places, short
    from drafter.check.report import remarks
    from drafter.commands.papers import placed_in

    here = places(opened.paper.speech, found)
    shown = [Shown(r.place.line, r.place.column, r.place.said) for r in remarks(opened.paper, found, name, placed_in(opened))]
    add: list[KeptFinding] = []
    drop: list[KeptFinding] = []
    for said in keep:
        there = meant(said, shown, here)
        if not there:
            told = f"--keep {said}：没有找到这样的一处。"
            way = "写报告里的位置（4:8）、那几个字，或者 规则:那几个字。"
            raise Rejected(Diagnostic(told, Place(name), way, code="keep-not-found"))
        add += there
    for said in unkeep:
        there = meant(said, shown, here)
        gone = [
            one
            for one in was.all
            if said in EVERYTHING or one in there or any(map(one.stands, there)) or one.words == short(said)
        ]
        if not gone:
            told = f"--unkeep {said}：没有记过这样的一处不改。"
            way = "drafter check 文件 --all 列出已定不改的。"
            raise Rejected(Diagnostic(told, Place(name), way, code="keep-not-found"))
        if said not in EVERYTHING and all(one in was.answered for one in gone):
            told = f"--unkeep {said}：这是在 Word 的批注里答的不改。"
            way = "在 Word 里删掉那条批注，或者重新打开它。"
            raise Rejected(Diagnostic(told, Place(name), way, code="kept-in-comment"))
        drop += gone
    return add, drop
