"""Files as they travel to whoever works on them, in this machine or another: their bytes, and what was seen of them where they
lie. Nobody there opens a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from drafter.commands.reading import SpeechFile, open_file
from drafter.diagnostic import Diagnostic
from drafter.outline import shelf
from drafter.readers.open import READERS

#: The kinds of files by their names: what reads one does not travel.
_KINDS = {kind.name: kind for kind in READERS}


class CarriedFile(NamedTuple):
    """A file as it travels: what it is called here, its bytes, what kind it is, and what was remarked when it was opened."""

    name: str
    data: bytes
    kind: str
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def opened(self) -> SpeechFile:
        """The file, open."""
        return SpeechFile(Path(self.name), self.data, _KINDS[self.kind], self.remarks)


def sent(name: str) -> CarriedFile:
    """A file of any kind that can be read, to be sent. Raises Rejected."""
    opened = open_file(Path(name))
    return CarriedFile(name, opened.data, opened.kind.name, opened.remarks)


class OwnTables(NamedTuple):
    """The user's own tables of formulations, as they travel."""

    files: tuple[tuple[str, bytes], ...] = ()

    @contextmanager
    def read(self) -> Iterator[None]:
        """The proof-reader reads these while this lasts, and none that lie where it works."""
        from drafter.check.tables.formulations import carried

        with carried(self.files):
            yield


def own_tables() -> OwnTables:
    """Those that are read here. Raises Rejected."""
    from drafter.check.tables.formulations import stamp

    return OwnTables(tuple((path, shelf.read_bytes(Path(path))) for path, _, _ in stamp()))
