"""A copy of a file in the user's folder, opened in the program for it: what a page can do where a browser only downloads."""

from itertools import count
from pathlib import Path

from drafter.commands.programs import shown
from drafter.commands.saving import save


def opened_copy(path: Path) -> str:
    """Copy a file to the current folder under its name, with a number where that is taken by another text, and open it; the
    name. Raises Rejected."""
    data = path.read_bytes()
    for number in count(1):
        target = Path(path.name if number == 1 else f"{path.stem}{number}{path.suffix}")
        if not target.exists():
            save(target, data)
            break
        if target.read_bytes() == data:
            break
    shown(str(target))
    return target.name
