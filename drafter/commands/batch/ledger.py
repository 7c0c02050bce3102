"""What a folder of a batch holds: a small file in it that says which document is of which row, and which is written.

Its lines are JSON, and each is whole or is not there: what a killed run has left of the last one is passed over. A name is
written down before its file is, and again when the file is on the disk: between the two nobody can know how much of it is.
It keeps no answers, only a digest of them.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from drafter.commands.saving import taken
from drafter.commands.series import Prepared, Sets
from drafter.diagnostic import Diagnostic, Rejected

#: The name of the file, and the first word of its first line.
NAME = ".drafter-batch{}.jsonl"
_FORM = 1

#: A ledger is not read beyond this (bytes): one of 100,000 rows has 20 MB.
_MOST = 256 << 20


class LedgerEntry(NamedTuple):
    """A file a batch has set out to write: of which row, a digest of its answers, and whether it was written whole."""

    row: int
    key: str
    wrote: bool = False


class LedgerRead(NamedTuple):
    """What a ledger says: the table of the last run, its moment, and digests of what all its documents are made of, by what
    that is called; its files; a digest of the file of failures it has left, "" for none. `moment` is None where there was no
    run."""

    table: str = ""
    moment: datetime | None = None
    parts: Mapping[str, str] = {}
    files: Mapping[str, LedgerEntry] = {}
    failures: str = ""


def read_ledger(folder: Path, share: str = "") -> LedgerRead:
    """What the ledger of a folder says, or that of a share of the work ("-3-8"); nothing where there is none."""
    found = LedgerRead()
    files: dict[str, LedgerEntry] = {}
    try:
        with (folder / NAME.format(share)).open("rb") as file:
            text = file.read(_MOST).decode(errors="replace")
    except OSError:
        return found
    for line in text.splitlines():
        try:
            said = json.loads(line)
            if said.get("drafter batch") == _FORM:
                moment, parts = datetime.fromisoformat(said["moment"]), dict(said["parts"])
                found = found._replace(table=str(said["table"]), moment=moment, parts=parts)
            found = found._replace(failures=str(said.get("failures", found.failures)))
            for row, key, names in said.get("begins", ()):
                files |= {name: LedgerEntry(row, key) for name in names}
            for name in said.get("wrote", ()):
                files[name] = files[name]._replace(wrote=True)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the line a killed run was at
    return found._replace(files=files)


class BatchLedger:
    """The ledger of a folder, to be written on by one run at a time."""

    def __init__(self, folder: Path, table: str, moment: datetime, parts: Mapping[str, str], share: str = "") -> None:
        self.share = share
        self.file = os.open(folder / NAME.format(share), os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        if taken(self.file) is False:
            os.close(self.file)
            told = f"另一个 drafter batch 正在往“{folder}”里写。"
            raise Rejected(Diagnostic(told, None, "等它写完，或者换个文件夹：-o", code="batch-running"), exit_code=1)
        size = os.fstat(self.file).st_size
        if size and os.pread(self.file, 1, size - 1) != b"\n" if hasattr(os, "pread") else size:
            os.write(self.file, b"\n")
        self._say({"drafter batch": _FORM, "table": table, "moment": moment.isoformat(timespec="seconds"), "parts": dict(parts)})

    def begins(self, rows: Sequence[tuple[int, str, Sequence[str]]]) -> None:
        """That these files are about to be written, of rows with these digests."""
        if rows:
            self._say({"begins": [[row, key, list(names)] for row, key, names in rows]})

    def wrote(self, names: Sequence[str]) -> None:
        """That these files are on the disk."""
        if names:
            self._say({"wrote": list(names)})

    def close(self) -> None:
        """Let others write on it."""
        with suppress(OSError):
            os.close(self.file)

    def _say(self, said: Mapping[str, object]) -> None:
        line = memoryview(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        while line:
            line = line[os.write(self.file, line) :]


def noted(folder: Path, failures: str, share: str = "") -> None:
    """Note that a file of failures with this digest was written."""
    with suppress(OSError), (folder / NAME.format(share)).open("ab") as file:
        file.write(json.dumps({"failures": failures}).encode() + b"\n")


def key_of(outlines: Sequence[str], sets: Sets) -> str:
    """A digest of what a row says."""
    plain = {name: said if isinstance(said, str) else list(said) for name, said in sets.items()}
    return _digest(json.dumps([list(outlines), sorted(plain.items())], ensure_ascii=False))


def parts_of(prepared: Iterable[Prepared], more: Mapping[str, str]) -> dict[str, str]:
    """Digests of what documents are made of besides their answers, by what that is called; `more` is told as it stands."""
    out: dict[str, str] = {}
    for one in prepared:
        for making in one.makings:
            template = making.dress.template
            texts = [source.text for source in making.outline.sources]
            out[f"提纲 {making.name}"] = _digest("\0".join(texts))
            base = sha256(template.base or b"").hexdigest()
            out[f"模板 {template.name}"] = _digest("\0".join((making.dress.styles, template.layout, base)))
    return {**out, **{name: _digest(said) for name, said in more.items()}}


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:24]
