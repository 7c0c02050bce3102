"""Last year's speech becomes this year's, and what changed is shown as tracked changes."""

from pathlib import Path

import drafter


def renewed(old: Path, answers: dict[str, str]) -> tuple[drafter.RenewResult, bytes]:
    """This year's draft, and the 花脸稿 from last year's to it."""
    facts = drafter.renew(old, dry_run=True).facts
    known = {fact.name for fact in facts}
    new = drafter.renew(old, {name: said for name, said in answers.items() if name in known}, accept=True)
    return new, drafter.compare(old, new.data, redline=True).data
