"""How far somebody is in proof-reading a file he has given the desk: what he has decided of its findings, and what is looked for.
Kept beside that file, which itself is not touched."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from drafter.commands.margin import Verdict
from drafter.commands.saving import save

#: The file it is kept in, beside the one that is looked at; and its greatest size (bytes).
_NAME, _MOST = ".proofing.json", 4 << 20


class Proofing(NamedTuple):
    """What was decided of findings, by their fingerprints; and what is looked for: from which `level` on ("" as the settings have
    it), judged by which day, for how many minutes (0 where nobody says), without which rules, only what is new `since` another
    file of the desk (its id), beside the others of a meeting (their ids). `again` are findings that were to be left and are no longer."""

    verdicts: Mapping[str, Verdict] = {}
    level: str = ""
    as_of: str = ""
    minutes: float = 0
    ignore: tuple[str, ...] = ()
    since: str = ""
    beside: tuple[str, ...] = ()
    again: tuple[str, ...] = ()

    def with_verdict(self, known: Iterable[str], verdict: Verdict | None) -> "Proofing":
        """The same with this decided of these findings, None: with what was decided taken back."""
        gone = frozenset(known)
        verdicts = {one: said for one, said in self.verdicts.items() if one not in gone}
        return self._replace(verdicts=verdicts | (dict.fromkeys(gone, verdict) if verdict is not None else {}))


def proofing_of(path: Path) -> Proofing:
    """What is kept of a file; nothing where nobody has begun, or it cannot be read."""
    kept = path.with_name(_NAME)
    try:
        if not kept.is_file() or kept.stat().st_size > _MOST:
            return Proofing()
        said = json.loads(kept.read_text(encoding="utf-8"))
        verdicts = {str(known): Verdict(None if words is None else str(words), bool(never)) for known, (words, never) in said["verdicts"].items()}
        return Proofing(
            verdicts=verdicts,
            level=str(said["level"]),
            as_of=str(said["as_of"]),
            minutes=float(said["minutes"]),
            ignore=tuple(map(str, said["ignore"])),
            since=str(said["since"]),
            beside=tuple(map(str, said["beside"])),
            again=tuple(map(str, said["again"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Proofing()


def keep_proofing(path: Path, proofing: Proofing) -> None:
    """Keep it. Raises Rejected."""
    said = proofing._asdict() | {"verdicts": {known: list(one) for known, one in proofing.verdicts.items()}}
    save(path.with_name(_NAME), json.dumps(said, ensure_ascii=False).encode(), force=True)
