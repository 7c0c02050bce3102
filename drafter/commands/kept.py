"""Where findings that are to be left are kept: in the .docx itself, for other files in the `drafter.toml` beside them."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.changing import in_place, written_over
from drafter.commands.papers import OpenedPaper
from drafter.commands.settings import NAMES, table_in
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.open import DOCX, kind_named

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding
    from drafter.word.document import DocxFile


class KeptWhere(NamedTuple):
    """What is to be left of a paper: what the file says itself, what the `drafter.toml` beside it says of it, and what somebody
    has answered to the comments in it."""

    inside: "tuple[KeptFinding, ...]" = ()
    beside: "tuple[KeptFinding, ...]" = ()
    answered: "tuple[KeptFinding, ...]" = ()

    @property
    def all(self) -> "tuple[KeptFinding, ...]":
        """All of it."""
        return (*self.inside, *self.beside, *self.answered)


def kept_of(name: str, opened: OpenedPaper, beside: "tuple[KeptFinding, ...] | None" = None) -> KeptWhere:
    """What is to be left of the paper in a file; `beside` is what the `drafter.toml` there says where that is known. Raises
    Rejected where it cannot be read."""
    if name == "-":
        return KeptWhere()
    inside = kept_inside(opened.word[0]) if opened.word is not None else ()
    answered = _answered(opened) if opened.word is not None else ()
    return KeptWhere(inside, kept_beside(Path(name)) if beside is None else beside, answered)


def kept_inside(file: "DocxFile") -> "tuple[KeptFinding, ...]":
    """What a Word file keeps."""
    from drafter.check.kept import KeptFinding
    from drafter.word.keeping import kept_in

    return tuple(KeptFinding(*row) for row in kept_in(file))


def _answered(opened: OpenedPaper) -> "tuple[KeptFinding, ...]":
    """What those who have read the comments of the proof-reader have said is to be left."""
    from drafter.check.annotate import SAME
    from drafter.check.kept import place_of_kept
    from drafter.word.keeping import commented, own_comments
    from drafter.word.text import read

    assert opened.word is not None
    file, elements = opened.word
    own = {number: one for number, one in own_comments(file).items() if one.left}
    out = []
    for element in (element for element in elements if own and element is not None):
        for number, start, end in commented(element, set(own)):
            place = place_of_kept(own[number].rule, read(element).text, start, end)
            out.append(place._replace(before=None, after=None) if SAME in own[number].said else place)
    return tuple(out)


def kept_beside(path: Path) -> "tuple[KeptFinding, ...]":
    """What the `drafter.toml` beside a file says of it. Raises Rejected where it cannot be read."""
    settings = path.with_name(NAMES[0])
    return _beside(settings).get(path.name, ()) if settings.is_file() else ()


def _beside(settings: Path) -> "Mapping[str, tuple[KeptFinding, ...]]":
    """What a `drafter.toml` says of the files beside it. Raises Rejected where it cannot be read."""
    from drafter.check.kept import KeptFinding

    out: dict[str, tuple[KeptFinding, ...]] = {}
    for r in _rows(table_in(settings) or {}, settings):
        out[r["file"]] = (*out.get(r["file"], ()), KeptFinding(r["rule"], r["words"], r.get("before"), r.get("after")))
    return out


class KeptBeside:
    """What the `drafter.toml` of each folder says of the files beside it, each read once: for many files that nobody
    keeps anything of meanwhile."""

    def __init__(self) -> None:
        self._read: dict[Path, Mapping[str, tuple[KeptFinding, ...]]] = {}

    def of(self, path: Path) -> "tuple[KeptFinding, ...]":
        """What is said of a file. Raises Rejected where it cannot be read."""
        settings = path.with_name(NAMES[0])
        if settings not in self._read:
            self._read[settings] = _beside(settings) if settings.is_file() else {}
        return self._read[settings].get(path.name, ())


def _rows(said: Mapping[str, object], settings: Path) -> list[dict[str, str]]:
    """The findings a table of settings keeps. Raises Rejected."""
    rows = said.get("kept", [])
    for row in rows if isinstance(rows, list) else [None]:
        if not isinstance(row, dict) or not {"file", "rule", "words"} <= set(row) or not all(isinstance(v, str) for v in row.values()):
            told = "[[kept]] 下面要有 file、rule、words，都是加引号的文字。"
            raise Rejected(Diagnostic(told, Place(str(settings)), "drafter check 文件 --keep 会替您写。", code="setting-value"))
    return rows if isinstance(rows, list) else []


# ── keeping ────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(
    name: str, opened: OpenedPaper, add: "Sequence[KeptFinding]", drop: "Sequence[KeptFinding]"
) -> str:
    """Keep these of a paper that was just read, and those no longer; the file it is kept in. Raises Rejected."""
    path = Path(name)
    was = kept_of(name, opened)
    inside = opened.word is not None and kind_named(name) is DOCX and not _is_signed(opened)
    gone = frozenset(drop)
    if opened.word is not None and (was.inside or (inside and add)):
        rows = [one for one in was.inside if one not in gone]
        rows += [one for one in add if inside and one not in rows]
        if tuple(rows) != was.inside:
            _put_inside(path, opened, rows)
    beside = [one for one in was.beside if one not in gone]
    beside += [one for one in add if not inside and one not in beside]
    settings = path.with_name(NAMES[0])
    if tuple(beside) != was.beside:
        _put_beside(settings, path.name, add if not inside else (), gone)
    return name if inside else str(settings)


def keep_beside(path: Path, one: "KeptFinding") -> None:
    """Keep this of a file, in the `drafter.toml` beside it. Raises Rejected."""
    if one not in kept_beside(path):
        _put_beside(path.with_name(NAMES[0]), path.name, (one,), frozenset())


def no_longer_beside(path: Path, one: "KeptFinding") -> None:
    """Keep this of a file no longer, where the `drafter.toml` beside it says so. Raises Rejected."""
    if one in kept_beside(path):
        _put_beside(path.with_name(NAMES[0]), path.name, (), frozenset((one,)))


def _is_signed(opened: OpenedPaper) -> bool:
    """Whether a change would break a signature: then nothing is kept inside."""
    from drafter.word.clean import is_signed

    return opened.word is not None and is_signed(opened.word[0])


def _put_inside(path: Path, opened: OpenedPaper, rows: "Sequence[KeptFinding]") -> None:
    from drafter.word.keeping import put_kept

    assert opened.word is not None
    file = opened.word[0]
    put_kept(file, [tuple(said for said in row if said is not None) for row in rows])
    written_over(path, opened.data, file.data(datetime.now().replace(microsecond=0)), keep=False)


def _put_beside(settings: Path, file: str, add: "Sequence[KeptFinding]", gone: "frozenset[KeptFinding]") -> None:
    """Add entries to a `drafter.toml`, and take others of a file out; whatever else stands there stays as it is."""
    if not settings.exists():
        from drafter.commands.saving import save

        save(settings, "".join(_entry(file, one) for one in add).lstrip("\n").encode())
        return

    def work() -> None:
        was = settings.read_bytes()
        text = _without(was.decode("utf-8-sig"), file, gone) + "".join(_entry(file, one) for one in add)
        if not text.strip():
            os.unlink(settings)
            return
        bom = b"\xef\xbb\xbf" if was.startswith(b"\xef\xbb\xbf") else b""
        written_over(settings, was, bom + text.encode(), keep=False)

    in_place(settings, work)


def _entry(file: str, one: "KeptFinding") -> str:
    """An entry as TOML."""
    said = {"file": file, **{key: value for key, value in one._asdict().items() if value is not None}}
    return "\n[[kept]]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in said.items())


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*kept[ \t]*\]\]", re.M)
_ANY_HEAD = re.compile(r"^[ \t]*\[", re.M)


def _without(text: str, file: str, gone: "frozenset[KeptFinding]") -> str:
    """The text of a `drafter.toml` without some entries of a file."""
    import tomllib

    from drafter.check.kept import KeptFinding

    out, at = "", 0
    for head in _HEAD.finditer(text):
        behind = _ANY_HEAD.search(text, head.end())
        end = behind.start() if behind else len(text)
        try:
            row = tomllib.loads(text[head.start() : end])["kept"][0]
            one = KeptFinding(row["rule"], row["words"], row.get("before"), row.get("after"))
        except (ValueError, KeyError, TypeError):  # not one of ours
            continue
        if row.get("file") == file and one in gone:
            out += text[at : head.start()].removesuffix("\n\n") + ("\n" if text[at : head.start()].endswith("\n\n") else "")
            at = end
    return out + text[at:]
