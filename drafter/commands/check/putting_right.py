"""A file just made in which what was decided in the margin is carried out before anybody gets it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from drafter.commands.check import CheckRequest, check
from drafter.commands.office import to_pdf


def put_right(path: Path, decisions: Mapping[str, str | None]) -> int:
    """Carry out in a Word file what was decided of its findings, by their fingerprints; nothing else is changed, and those that were to
    stay are not told of it again. How many of those that are there could not be changed. Raises Rejected."""
    if not decisions:
        return 0
    (found,) = check(CheckRequest(files=(str(path),), text=True)).files
    there = [remark.fingerprint for remark in found.remarks]
    stay = tuple(known for known in there if known in decisions and decisions[known] is None)
    wanted = {known: decisions.get(known) for known in there}
    if not stay and not any(words is not None for words in wanted.values()):
        return 0
    new = path.with_name(f"改好-{path.name}")
    (done,) = check(CheckRequest(files=(str(path),), fix=True, output=str(new), decisions=wanted, remember=stay)).files
    if not done.exit_code:
        new.replace(path)
    return sum(wanted.get(known) is not None for known in done.undone)


def as_pdf(path: Path, fallbacks: Mapping[str, Sequence[str]]) -> Path:
    """A Word file as PDF beside it. Raises Rejected."""
    new = path.with_suffix(".pdf")
    new.write_bytes(to_pdf(path.read_bytes(), fallbacks))
    return new
