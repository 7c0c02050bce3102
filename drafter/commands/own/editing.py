"""An own outline, passage or table opened, its unsaved text kept, saved over what it was, and its older texts."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from drafter.commands.changing import in_place, written_over
from drafter.commands.own.files import CALLED, KINDS, STAMP, STOCK, Shelved, older_folder, own, shelved
from drafter.commands.saving import Output, save_all
from drafter.commands.saying import DiffPart, differing
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf
from drafter.outline.yaml import MAX_BYTES, decode

#: So many older texts are kept of each; the oldest go first.
MOST_OLDER = 200

#: A window of the browser: what it types is kept under this.
_WINDOW = re.compile(r"[0-9a-f]{12}")


class EditedText(NamedTuple):
    """A text opened to be read or edited: `was` tells it from any other the file may hold at another time."""

    of: Shelved
    text: str
    was: str


class UnsavedText(NamedTuple):
    """What was typed in a window and not saved: `was` is the text it began with, `when` the last keystroke."""

    window: str
    text: str
    was: str
    when: datetime


class OlderText(NamedTuple):
    """A text that was replaced: `key` finds it, `when` is when that was, `characters` its length."""

    key: str
    when: datetime
    characters: int


class DifferenceRow(NamedTuple):
    """A row of two texts beside each other: line numbers from 1 and words, None where one has no such row; `changed`:
    they are not the same. `parts`: where its words differ, where there are both. `gap`: so many rows alike are left out here."""

    left: tuple[int, str] | None
    right: tuple[int, str] | None
    changed: bool
    gap: int = 0
    parts: tuple[DiffPart, ...] = ()


class SavingResult(NamedTuple):
    """What became of saving. `saved` False: the file has changed since it was opened, nothing was written, and
    `difference` holds the file (left) against what was to be saved (right). `was` tells the text the file holds now."""

    saved: bool
    was: str
    when: datetime
    difference: tuple[DifferenceRow, ...] = ()
    unchanged: bool = False


def opened(kind: str, name: str) -> EditedText:
    """The text of something on the shelves. Raises Rejected where it is none or cannot be read."""
    found = shelved(kind, name)
    data = shelf.read_bytes(found.path)
    return EditedText(found, decode(data, str(found.path))[0].text, _digest(data))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def unwrapped(text: str) -> str:
    """A text as a form sends it, with its lines ended as they are kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


# ── saving ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def save_text(kind: str, name: str, text: str, was: str, window: str = "") -> SavingResult:
    """Save a text over the one that was opened, which is kept. Raises Rejected for what came with drafter, and as
    `saving.save` does."""
    found = own(kind, name)
    text = unwrapped(text)

    def work() -> SavingResult:
        now = datetime.now().replace(microsecond=0)
        data = shelf.read_bytes(found.path)
        if _digest(data) != was:
            there = decode(data, str(found.path))[0].text
            if there != text:
                return SavingResult(False, _digest(data), now, difference(there, text))
        after = _encoded(text, data)
        if after != data:
            _keep(found, data, now)
            written_over(found.path, data, after, keep=False)
        forget(kind, name, window)
        return SavingResult(True, _digest(after), now, unchanged=after == data)

    return in_place(found.path, work)


def _encoded(text: str, before: bytes) -> bytes:
    """A text as a file, its lines ended as those of the file `before`."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Rejected(Diagnostic(f"文字太多，最多 {MAX_BYTES >> 20} MB。", code="file-too-large"))
    ended = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return ended.encode("utf-8", "replace")


def _keep(found: Shelved, data: bytes, now: datetime) -> None:
    """Keep the bytes of a file that is about to be replaced."""
    folder = older_folder(found.kind, found.name)
    path = folder / f"{now.strftime(STAMP)}.yaml"
    for n in range(2, 1000):
        if not path.exists():
            break
        path = folder / f"{now.strftime(STAMP)}-{n}.yaml"
    save_all([Output(path, data, folder_hint="")])
    for old in sorted(folder.glob("*.yaml"), key=_order)[:-MOST_OLDER]:
        with suppress(OSError):
            old.unlink()


# ── older texts ────────────────────────────────────────────────────────────────────────────────────────────────────

_OLDER = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?")


def _order(path: Path) -> tuple[str, int]:
    said = _OLDER.fullmatch(path.stem)
    return (said[1], int(said[2] or 1)) if said else ("", 0)


def _older_files(kind: str, name: str) -> Iterator[tuple[Path, datetime]]:
    """The files of older texts, the latest first."""
    folder = older_folder(kind, name) if kind in KINDS and shelf.usable_name(name) else None
    for path in sorted(folder.glob("*.yaml"), key=_order, reverse=True) if folder else ():
        said = _OLDER.fullmatch(path.stem)
        if said:
            yield path, datetime.strptime(said[1], STAMP)


def older(kind: str, name: str) -> tuple[OlderText, ...]:
    """The texts it had before, the latest first."""
    out = []
    for path, when in _older_files(kind, name):
        with suppress(Rejected):
            out.append(OlderText(path.stem, when, len(shelf.read_source(path)[0].text)))
    return tuple(out)


def older_text(kind: str, name: str, key: str) -> str:
    """One of them. Raises Rejected where it is not there."""
    for path, _ in _older_files(kind, name):
        if path.stem == key:
            return shelf.read_source(path)[0].text
    raise Rejected(Diagnostic("没有这一版了。", code="name-not-found"))


def go_back(kind: str, name: str, key: str) -> SavingResult:
    """The file holds an older text again; what it held is kept. Raises Rejected."""
    text = older_text(kind, name, key)
    return save_text(kind, name, text, opened(kind, name).was)


# ── what is not saved ──────────────────────────────────────────────────────────────────────────────────────────────


def keep_unsaved(kind: str, name: str, window: str, text: str, was: str) -> None:
    """Keep what is typed in a window; what is the same as the file needs no keeping. Raises Rejected for what may not be
    written."""
    found = own(kind, name)
    if not _WINDOW.fullmatch(window):
        raise Rejected(Diagnostic("这个页面太旧了，请重新打开。", code="request-unfit"))
    if unwrapped(text) == opened(kind, name).text:
        forget(kind, name, window)
        return
    said = {"text": unwrapped(text), "was": was, "when": datetime.now().isoformat(timespec="seconds")}
    path = _unsaved_folder(kind) / f"{found.name}.{window}.json"
    data = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    if len(data) > 2 * MAX_BYTES:
        raise Rejected(Diagnostic(f"文字太多，最多 {MAX_BYTES >> 20} MB。", code="file-too-large"))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    os.replace(part, path)


def unsaved(kind: str, name: str) -> tuple[UnsavedText, ...]:
    """What was typed and not saved, the latest first; nothing of what is the same as the file."""
    out = []
    there = opened(kind, name).text
    folder = _unsaved_folder(kind)
    for path in folder.iterdir() if folder.is_dir() else ():
        window = path.suffixes[-2][1:] if path.suffix == ".json" and len(path.suffixes) > 1 else ""
        if path.name == f"{name}.{window}.json" and _WINDOW.fullmatch(window):
            with suppress(OSError, ValueError, KeyError, TypeError):
                said = json.loads(path.read_bytes())
                one = UnsavedText(window, str(said["text"]), str(said["was"]), datetime.fromisoformat(said["when"]))
                if one.text != there:
                    out.append(one)
    return tuple(sorted(out, key=lambda one: one.when, reverse=True))


def forget(kind: str, name: str, window: str) -> None:
    """What was typed in a window is saved, or not wanted any more."""
    if _WINDOW.fullmatch(window):
        with suppress(OSError):
            (_unsaved_folder(kind) / f"{name}.{window}.json").unlink()


def _unsaved_folder(kind: str) -> Path:
    return STOCK / "没存的" / CALLED[kind]


# ── two texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

#: So many rows alike are shown around a change.
AROUND_ROWS = 2

#: Above so many rows the frequent ones are no longer matched: matching them takes the square of their number.
MOST_EXACT = 6_000


def difference(left: str, right: str) -> tuple[DifferenceRow, ...]:
    """Two texts row by row, with few of the rows in which they are alike; () where they are the same."""
    a, b = left.split("\n"), right.split("\n")
    if a == b:
        return ()
    out: list[DifferenceRow] = []
    long = len(a) + len(b) > MOST_EXACT
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=long).get_opcodes():
        if tag == "equal":
            head = 0 if i1 == 0 else AROUND_ROWS
            tail = 0 if i2 == len(a) else AROUND_ROWS
            left_out = i2 - i1 - head - tail
            for n in range(i2 - i1):
                if left_out > 1 and head <= n < i2 - i1 - tail:
                    out += [DifferenceRow(None, None, False, left_out)] if n == head else []
                    continue
                out.append(DifferenceRow((i1 + n + 1, a[i1 + n]), (j1 + n + 1, b[j1 + n]), False))
            continue
        for n in range(max(i2 - i1, j2 - j1)):
            here = (i1 + n + 1, a[i1 + n]) if i1 + n < i2 else None
            there = (j1 + n + 1, b[j1 + n]) if j1 + n < j2 else None
            out.append(DifferenceRow(here, there, True, parts=_parts(here[1], there[1]) if here and there else ()))
    return tuple(out)


def _parts(one: str, other: str) -> tuple[DiffPart, ...]:
    return tuple(differing(one, other, max(len(one), len(other))))
