"""Papers made of papers: what a command makes of a file somebody gave is a file of its own, and remembers of which."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from drafter.commands.filename import legal_name
from drafter.commands.workplace import KEPT
from drafter.desk.show import NotHere
from drafter.desk.store import Received, all_received, clean_name, received, received_by

Got = TypeVar("Got")

#: Beside a file given, in which it says of which other one it was made; and names of files, which begin alike, that pages keep there.
_WHENCE = ".来自"


#: How papers are made of papers, each with what is said once it is done.
UPDATED, NEXT, CONFIRMED, MERGED, TAKEN_UP = "更新", "下一稿", "核实", "汇总", "接着改"
_DONE = {NEXT: "下一稿写好了", CONFIRMED: "核实的记下来了", TAKEN_UP: "放到这里了"}


class Whence(NamedTuple):
    """What a paper was made of: the other one, None where that is deleted by now, its name, and `how`. One that was written on
    the desk itself has no name here, and `how` is where."""

    paper: Received | None
    name: str
    how: str

    @property
    def done(self) -> str:
        """That it was made."""
        return _DONE.get(self.how, f"{self.how}好了")

    @property
    def told(self) -> str:
        """Where it came from, in a few words."""
        if not self.name:
            return f"在“{self.how}”里写的"
        return f"“{self.name}”的下一稿" if self.how == NEXT else f"从“{self.name}”{self.how}来的"


def named(stem: str, mark: str, ending: str = ".docx") -> str:
    """The name of a paper made of another one, its mark whole however long the other's name is."""
    return legal_name(stem, f"{mark}{ending}")


def born(of: Received, name: str, how: str, write: Callable[[str], Got]) -> tuple[Received, Got]:
    """A new paper, which `write` writes to the path it is given, and what that gives. Raises what `write` raises, with nothing
    kept."""
    Path(KEPT).mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=KEPT) as folder:
        path = Path(folder) / clean_name(name)
        done = write(str(path))
        new = received(path.name, path.read_bytes())
    said = json.dumps({"id": of.id, "name": of.name, "how": how}, ensure_ascii=False)
    (new.path.parent / _WHENCE).write_text(said, encoding="utf-8")
    return new, done


def written_here(paper: Received, where: str) -> Received:
    """The paper, which says from now on that nobody gave it: it was written on the desk, `where` is the column (写稿, 旧稿)."""
    said = json.dumps({"id": "", "name": "", "how": where}, ensure_ascii=False)
    (paper.path.parent / _WHENCE).write_text(said, encoding="utf-8")
    return paper


def whence(paper: Received) -> Whence | None:
    """What a paper was made of; None where somebody gave it."""
    said = _said_of(paper)
    if not said:
        return None
    try:
        before = received_by(said["id"])
    except NotHere:
        before = None
    return Whence(before, said["name"], said["how"])


def _said_of(paper: Received) -> dict[str, str]:
    """What is noted beside a paper: `id` and `name` of the other one, and `how`; {} where nothing is."""
    try:
        said = json.loads((paper.path.parent / _WHENCE).read_text(encoding="utf-8"))
        return {key: str(said[key]) for key in ("id", "name", "how")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def made_of(paper: Received) -> list[tuple[Received, str]]:
    """The papers that were made of one, the oldest first, each with how."""
    found = [(other, said["how"]) for other in all_received() if (said := _said_of(other)).get("id") == paper.id]
    return found[::-1]


# ── what a page keeps of a form that is not sent off yet ───────────────────────────────────────────────────────────


def remembered(paper: Received, form: str) -> dict[str, Any]:
    """What was typed in a form of a paper, {} before anything was."""
    try:
        found = json.loads(_form(paper, form).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(paper: Received, form: str, typed: dict[str, Any]) -> None:
    """Keep it; written beside and moved, so that a crash leaves the old or the new."""
    beside = paper.path.parent / f".{form}.new"
    beside.write_text(json.dumps(typed, ensure_ascii=False), encoding="utf-8")
    beside.replace(_form(paper, form))


def forget(paper: Received, form: str) -> None:
    """Nothing was typed in it."""
    _form(paper, form).unlink(missing_ok=True)


def _form(paper: Received, form: str) -> Path:
    return paper.path.parent / f".{form}.json"
