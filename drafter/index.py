"""What is on the shelves, told without reading every outline anew: lists and completion must answer at once."""

import json
import os
from datetime import date
from typing import Any, NamedTuple

from drafter import __version__
from drafter.shelf import OUTLINES, Found, cache_home, listed, write_cache


class Entry(NamedTuple):
    """An outline as lists show it. `characters` is its length in 字 filled with its examples, `fields` are (name, question,
    choices); `broken` says why it cannot be read ("" where it can)."""

    name: str
    path: str
    origin: str
    hides: tuple[str, ...]
    genre: str
    about: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]
    characters: int
    broken: str

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        fields = [{"name": n, "ask": a, "choices": list(c)} for n, a, c in self.fields]
        return self._asdict() | {"hides": list(self.hides), "fields": fields, "broken": self.broken or None}


def entries() -> list[Entry]:
    """Every outline on the shelves. Told from a cache where the file has not changed since; the cache is only ever a
    saving: without it, or where it is damaged, everything is read."""
    cache = _read_cache()
    out, fresh, changed = [], {}, False
    for found in listed(OUTLINES):
        key = os.path.abspath(found.path)
        told = cache.get(key)
        if not isinstance(told, list) or len(told) != 6 or any(_stamp(s[0]) != s for s in told[0]):
            told = _told(found)
            changed = True
        fresh[key] = told
        fields = tuple((n, a, tuple(c)) for n, a, c in told[3])
        out.append(Entry(found.name, str(found.path), found.origin, found.hides, told[1], told[2], fields, told[4], told[5]))
    if changed:
        write_cache(_CACHE, json.dumps(fresh, ensure_ascii=False).encode())
    return out


def _stamp(file: str) -> list[Any]:
    try:
        stat = os.stat(file)
    except OSError:
        return [file, 0, 0]
    return [file, stat.st_mtime_ns, stat.st_size]


def _told(found: Found) -> list[Any]:
    """What the cache keeps of an outline: the state of every file it was read from, then the entry's own values."""
    from drafter.answers import examples
    from drafter.app import open_outline, spoken
    from drafter.diagnostic import Rejected
    from drafter.fill import fill

    try:
        outline = open_outline(str(found.path)).outline
        draft = fill(outline, examples(outline.fields, date(2000, 1, 1)))
    except Rejected as error:
        return [[_stamp(os.path.abspath(found.path))], "", "", [], 0, error.diagnostics[0].text().splitlines()[0]]
    fields = [(f.name, f.ask, list(f.choices)) for f in outline.fields.values()]
    stamps = [_stamp(os.path.abspath(source.file)) for source in outline.sources]
    return [stamps, outline.genre, outline.about, fields, spoken(draft), ""]


_CACHE = f"outlines-{__version__}.json"


def _read_cache() -> dict[str, Any]:
    try:
        found = json.loads((cache_home() / _CACHE).read_bytes())
    except (OSError, ValueError, RuntimeError):
        return {}
    return found if isinstance(found, dict) else {}
