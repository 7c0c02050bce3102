"""commands.history"""


from pathlib import Path
from typing import Any, NamedTuple

from drafter.commands.drafts import edited, open_draft
from drafter.revise.stages import _closed
from drafter.word.record import Stage


class HistoryResult(NamedTuple):
    """The drafts before this one and itself, oldest first."""

    file: str
    stages: tuple[Stage, ...]
    here: tuple[bool, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"file": self.file, "drafts": [s._asdict() | {"here": h} for s, h in zip(self.stages, self.here, strict=True)]}


def history(path: str) -> HistoryResult:
    """The line of drafts of a file. Raises Rejected."""
    opened = open_draft(path)
    draft = edited(opened)
    provenance = opened.provenance
    assert provenance
    source = Path(path)
    stages = [*provenance.stages[:-1], _closed(opened, provenance, draft, source)]
    here = [stage.file == source.name or (source.parent / stage.file).is_file() for stage in stages]
    return HistoryResult(path, tuple(stages), tuple(here))
