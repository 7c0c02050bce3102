"""Files that a program hands over as bytes. They lie in a folder of their own while one command looks at them; what it
writes there is given back as bytes, and the folder goes. Nobody is told of that folder: results and refusals speak of the
files by the names they were handed over with.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from drafter.commands.filename import legal_name
from drafter.commands.settings import as_here
from drafter.diagnostic import Diagnostic, Rejected
from drafter.readers.open import kind_named, kind_of

Done = TypeVar("Done")

#: What bytes are called that have no name.
NAMELESS = "讲话稿"


class File(NamedTuple):
    """A file that is on no disk: its bytes, and what it is called, "" for what nobody has said. The ending of the name tells
    its kind where the bytes do not."""

    data: bytes
    name: str = ""


class Held:
    """What a command is given: `names` are the files in their order, as it opens them."""

    def __init__(self, folder: str, files: Sequence[str | File]) -> None:
        self._folder = folder
        self._made = 0
        self._targets: list[Path] = []
        self._were: dict[Path, bytes] = {}
        self.names = tuple(self._put(file) if isinstance(file, File) else file for file in files)

    def _put(self, file: File) -> str:
        path = self._free(_called(file))
        path.write_bytes(file.data)
        self._were[path] = file.data
        return str(path)

    def _free(self, name: str) -> Path:
        self._made += 1
        path = Path(self._folder, str(self._made), name)
        path.parent.mkdir()
        return path

    def target(self, file: str, tail: str = "", suffix: str = "") -> str:
        """Where a command writes what is to be given back: what the name of a file makes with this tail and ending; with the
        ending of a folder, "/", a folder."""
        path = Path(file)
        if suffix == "/":
            return os.path.join(self._free("x").parent, "")
        target = self._free(legal_name(f"{path.stem}{tail}", suffix or path.suffix))
        self._targets.append(target)
        return str(target)

    def unsaved(self) -> dict[str, bytes]:
        """The files made here, by their names; not the copies a command keeps of what was there."""
        there = sorted(path for path in Path(self._folder).rglob("[!.]*") if path.is_file())
        made = {path: path.read_bytes() for path in [*self._targets, *there] if path in there}
        kept = set(self._were.values())
        return {
            path.name: data
            for path, data in made.items()
            if path in self._targets or (data != self._were.get(path) and (path in self._were or data not in kept))
        }

    def given_back(self, result: Done) -> Done:
        """A Result with the bytes that were made, and with the names as they were handed over."""
        fields = getattr(result, "_fields", ())
        changes: dict[str, object] = {"unsaved": self.unsaved()} if "unsaved" in fields else {}
        if self._were and "backup" in fields:
            changes["backup"] = ""
        bare: Any = self.bare(result)
        done: Done = bare._replace(**changes) if changes else bare
        return done

    def bare(self, value: Any) -> Any:
        """A value of a Result without the folder: what has none is the very same."""
        if isinstance(value, str):
            return re.sub(rf"{re.escape(self._folder)}[/\\]\d+[/\\]?", "", value) if self._folder in value else value
        if isinstance(value, tuple):
            parts = [self.bare(part) for part in value]
            if all(part is old for part, old in zip(parts, value, strict=True)):
                return value
            make = getattr(type(value), "_make", tuple)
            return make(parts)
        if isinstance(value, list):
            return [self.bare(part) for part in value]
        if isinstance(value, Mapping):
            bare = {self.bare(key): self.bare(part) for key, part in value.items()}
            return value if bare == value else bare
        return Path(self.bare(str(value))) if isinstance(value, Path) and self._folder in str(value) else value


def _called(file: File) -> str:
    """The name of a file: its own, without folders and as every system takes it; of one without an ending its kind's."""
    name = file.name.replace("\\", "/").rpartition("/")[2]
    stem, ending = os.path.splitext(name)
    if kind_named(name) is None:
        stem, ending = (name, kind_of(NAMELESS, file.data)[0].suffixes[0]) if not ending else (stem, ending)
    known = ending if re.fullmatch(r"\.[0-9A-Za-z]{1,9}", ending) else ""
    return legal_name((stem if known else name) or NAMELESS, known)


@contextmanager
def holding(*files: str | File) -> Iterator[Held]:
    """The files for as long as this lasts; those named lie where they are. The settings of the current folder hold for those
    handed over. Raises Rejected, as what is done meanwhile does."""
    with TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as made:
        folder = os.path.realpath(made)
        held: Held | None = None
        try:
            with as_here(folder):
                held = Held(folder, files)
                yield held
        except Rejected as refused:
            told: tuple[Diagnostic, ...] = held.bare(refused.diagnostics) if held else refused.diagnostics
            raise Rejected(*told, exit_code=refused.exit_code) from None
