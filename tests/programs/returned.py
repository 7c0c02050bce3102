"""What came back from the departments: the answers they filled in, a row a file."""

from collections.abc import Iterable
from pathlib import Path

import drafter


def rows(files: Iterable[Path]) -> list[dict[str, str]]:
    """The answers of each draft by the names of its blanks; of what is no draft why."""
    out: list[dict[str, str]] = []
    for file in files:
        try:
            pulled = drafter.pull(file)
        except drafter.Rejected as no:
            out.append({"文件": file.name, "说明": no.diagnostics[0].message})
            continue
        assert isinstance(pulled, drafter.PullResult)
        out.append({"文件": file.name, **{name: str(said) for name, said in pulled.saved().items()}})
    return out
