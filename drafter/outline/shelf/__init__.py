"""Where outlines and templates are looked for: first hit wins, whole file, never merged.

A path → ./outlines/ → $DRAFTER_HOME/outlines/ (or the user's data folder) → shelves from elsewhere, in the order `drafter.toml` has
them → shipped. Templates the same, in templates/.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.shelf.places import COPIES as COPIES
from drafter.outline.shelf.places import SETTINGS as SETTINGS
from drafter.outline.shelf.places import cache_home as cache_home
from drafter.outline.shelf.places import documents_home as documents_home
from drafter.outline.shelf.places import shipped as shipped
from drafter.outline.shelf.places import user_home as user_home

if TYPE_CHECKING:
    from drafter.outline.yaml import Source

#: What is kept, and what is made of it.
Raw = TypeVar("Raw")
Meant = TypeVar("Meant")

OUTLINES, TEMPLATES = "outlines", "templates"

#: The stock of passages, on the shelf of outlines.
PASSAGES = "outlines/passages"

#: The tables of what a speech stands on, by theme, on the shelf of outlines.
BASIS = "outlines/basis"

#: What the kinds are called to the user.
_CALLED = {OUTLINES: "提纲", TEMPLATES: "模板", PASSAGES: "段落", BASIS: "依据表"}

#: What a name on a shelf may look like, as people name files (信访 会议, 2026.3信访): begins with a letter or a figure, ends
#: with no blank and no dot, and has nothing in it that no file of Windows has or that leads out of its folder.
_NAME = re.compile(r"[^\W_](?:[^/\\:*?\"<>|\x00-\x1f\x7f]{0,98}[^/\\:*?\"<>|\x00-\x1f\x7f\s.])?")

#: What the file of an outline ends with, in any case.
_SUFFIXES = (".yaml", ".yml")


class Shelf(NamedTuple):
    """A folder to look in, and what writers call it. Of a shelf from elsewhere `holds` is all there is on it, by name, as the lock
    says: a copy that lacks some of it, or has more, changes nothing. None for a folder of this machine."""

    origin: str
    folder: Path
    holds: Mapping[str, Path] | None = None


class Found(NamedTuple):
    """A thing on a shelf. `hides` are the origins of those of the same name further down."""

    name: str
    path: Path
    origin: str
    hides: tuple[str, ...] = ()


def shelves(kind: str) -> tuple[Shelf, ...]:
    """The folders of a kind (OUTLINES, PASSAGES, BASIS or TEMPLATES), strongest first. Raises Rejected where the lock of shelves
    from elsewhere cannot be read."""
    return (
        Shelf("当前文件夹", Path(kind)),
        Shelf("用户", user_home() / kind),
        *(from_elsewhere(kind) if _asks_for_shelves() else ()),
        Shelf("自带", shipped() / kind),
    )


def from_elsewhere(kind: str) -> Iterator[Shelf]:
    """The shelves from elsewhere that have something of a kind."""
    from drafter.outline.shelf.fetched import fetched

    for one in fetched():
        holds = {}
        for path in one.files:
            folder, _, file = path.rpartition("/")
            if kind == TEMPLATES and file == "styles.yaml" and folder.startswith(f"{TEMPLATES}/"):
                holds[folder.partition("/")[2]] = one.folder / folder
            elif folder == kind:
                holds[file.rpartition(".")[0]] = one.folder / path
        if holds:
            yield Shelf(one.called, one.folder / kind, holds)


def is_given(path: Path) -> bool:
    """Whether a file came with drafter, or from a shelf elsewhere: it is no one's to change here."""
    where = os.path.realpath(path)
    return any(where.startswith(os.path.realpath(folder) + os.sep) for folder in (shipped() / OUTLINES, user_home() / COPIES))


def _asks_for_shelves() -> bool:
    """Whether settings that may hold here speak of shelves at all. Whoever has none pays for a look and no import."""
    here = os.path.abspath(os.curdir)
    folders = [here]
    while (above := os.path.dirname(here)) != here:
        folders.append(here := above)
    for path in [*(os.path.join(folder, name) for folder in folders for name in SETTINGS), str(user_home() / SETTINGS[0])]:
        if os.path.isfile(path):
            try:
                with open(path, "rb") as file:
                    data = file.read(_MOST_SETTINGS)
            except OSError:
                continue
            if b"shelf" in data or b"s\0h\0e\0l\0f" in data:
                return True
    return False


#: No settings are larger (bytes).
_MOST_SETTINGS = 1 << 20


def listed(kind: str) -> list[Found]:
    """Everything on the shelves of a kind, by name."""
    found: dict[str, Found] = {}
    seen: set[str] = set()
    for shelf in shelves(kind):
        place = os.path.realpath(shelf.folder)  # in a checkout ./outlines is the shipped shelf itself
        if place in seen:
            continue
        seen.add(place)
        for name, path in held(kind, shelf):
            if name in found:
                found[name] = found[name]._replace(hides=(*found[name].hides, shelf.origin))
            else:
                found[name] = Found(name, path, shelf.origin)
    return sorted(found.values())


def held(kind: str, shelf: Shelf) -> Iterator[tuple[str, Path]]:
    """What of a kind stands on a shelf, by name."""
    return on_shelf(kind, shelf.folder) if shelf.holds is None else iter(sorted(shelf.holds.items()))


def on_shelf(kind: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """What of a kind stands in a folder, by name; nothing where there is no folder."""
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        return
    for entry in entries:
        path = folder / entry
        name = entry if kind == TEMPLATES else path.stem
        fits = (path / "styles.yaml").is_file() if kind == TEMPLATES else path.suffix.lower() in _SUFFIXES and path.is_file()
        if fits and _NAME.fullmatch(name):
            yield name, path


def usable_name(name: str) -> bool:
    """Whether an outline or template may be called so."""
    return bool(_NAME.fullmatch(name))


def is_path(name: str) -> bool:
    """Whether what the user typed is meant as a path and not as a name on a shelf."""
    return "/" in name or os.sep in name or name.lower().endswith(_SUFFIXES)


#: The folders in which what is named by a path has to lie, None for anywhere.
_CONFINED: ContextVar[tuple[Path, ...] | None] = ContextVar("confined", default=None)


@contextmanager
def confined(folders: Sequence[Path]) -> Iterator[None]:
    """Outlines and templates that are named by a path, be it by whoever asks or in the record of a draft, are looked for in
    these folders and on the shelves alone: for doors whose user is not the one who owns the files."""
    token = _CONFINED.set(tuple(folder.resolve() for folder in folders))
    try:
        yield
    finally:
        _CONFINED.reset(token)


def _allowed(path: Path) -> None:
    """Raises Rejected for a path that leads out of the folders allowed. Whether there is anything is not told."""
    within = _CONFINED.get()
    if within is None:
        return
    places = (*within, *(place.folder for kind in (OUTLINES, TEMPLATES) for place in shelves(kind)[1:]))
    if not any(_inside(path, place) for place in places):
        raise Rejected(Diagnostic(f"{path.name} 不在可以用的文件夹里。", None, "用提纲的名称，或者可以用的文件夹里的文件。", code="path-outside"))


def find_outline(name: str) -> Path:
    """The outline (or passage) a user means by a name or a path. Raises Rejected with the nearest name."""
    if is_path(name):
        path = Path(name)
        _allowed(path)
        if not os.path.isfile(path):
            raise Rejected(Diagnostic(f"没有这个文件：{name}", None, "drafter outlines 列出所有提纲。", code="file-not-found"))
        return path
    return _outline_on_shelves(name)


def find_passage(name: str) -> Path:
    """The passage of a name. Raises Rejected with the nearest name."""
    return _on_shelves(PASSAGES, name)


def find_basis(name: str, asker: Path | None = None) -> Path:
    """The table of a theme, by the name of its file or by what it is also called: an office's own before one beside the
    file that asks, before the one that came with drafter. Raises Rejected with the nearest name."""
    _usable(BASIS, name)
    places = list(shelves(BASIS))
    if asker is not None:
        places.insert(-1, Shelf("", asker.parent / "basis"))
        places.insert(-1, Shelf("", asker.parent.parent / "basis"))
    for place in places:
        if found := _candidates(place, BASIS, name):
            return found[0]
    for place in places:
        files = (Path(file) for file, _, _ in yaml_files(place.folder)) if place.holds is None else place.holds.values()
        for file in files:
            if _also_called(file, name):
                return file
    raise _missing(name, BASIS)


def find_all(name: str) -> list[Path]:
    """Every file on the shelves that a name means: an outline or passage, and a table. Raises Rejected where none is."""
    _usable(OUTLINES, name)
    found = [path for path in (_first(OUTLINES, name) or _first(PASSAGES, name), _first(BASIS, name)) if path]
    if found:
        return found
    try:
        return [find_basis(name)]
    except Rejected:
        raise _missing(name, OUTLINES, PASSAGES, BASIS) from None


def _also_called(path: Path, name: str) -> bool:
    """Whether a table is also called so. Its words are looked for before it is read. Raises Rejected for one of a shelf from
    elsewhere that is not as it was taken: nobody knows what it is called, and another must not stand in for it."""
    from drafter.outline.yaml import MappingNode, Scalar, SequenceNode, parse

    try:
        source = read_source(path)[0]
        if "also:" not in source.text or name not in source.text.partition("also:")[2].partition("basis:")[0]:
            return False
        tree = parse(source)
    except Rejected as refused:
        if any(problem.code == "shelf-not-here" for problem in refused.diagnostics):
            raise
        return False
    also = tree.get("also") if isinstance(tree, MappingNode) else None
    items = also.items if isinstance(also, SequenceNode) else ()
    return any(isinstance(item, Scalar) and item.text.strip() == name for item in items)


def _outline_on_shelves(name: str) -> Path:
    """The outline of a name, else the passage."""
    _usable(OUTLINES, name)
    found = _first(OUTLINES, name) or _first(PASSAGES, name)
    if found is None:
        raise _missing(name, OUTLINES, PASSAGES)
    return found


def _first(kind: str, name: str) -> Path | None:
    return next((path for shelf in shelves(kind) for path in _candidates(shelf, kind, name)), None)


def _usable(kind: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        hint = "名称里不能有斜线、冒号、引号这些文件名里没有的符号，开头要是字或数字，末尾不能是点和空格。"
        raise Rejected(Diagnostic(f"“{name}”不是{_CALLED[kind]}的名称。", None, hint, code="name-syntax"))


def find_template(name: str) -> Path:
    """The folder of a template, by name or path. Raises Rejected with the nearest name."""
    if "/" in name or os.sep in name:
        _allowed(Path(name))
        if not os.path.isfile(Path(name) / "styles.yaml"):
            raise Rejected(Diagnostic(f"{name} 不是模板文件夹，里面没有 styles.yaml。", code="template-folder"))
        return Path(name)
    return _on_shelves(TEMPLATES, name)


def _on_shelves(kind: str, name: str, below: Path | None = None) -> Path:
    """The first hit on the shelves; with `below`, the first one under the shelf of that file."""
    _usable(kind, name)
    passed = below is None
    for shelf in shelves(kind):
        for candidate in _candidates(shelf, kind, name):
            if below is not None and _same_file(candidate, below):
                passed = True
                continue
            if passed or below is None:
                return candidate
        if below is not None and not passed and _inside(below, shelf.folder):
            passed = True
    if below is not None and not passed:
        return _on_shelves(kind, name)
    raise _missing(name, kind)


#: As many names are told whole; of more only the nearest, and where to see them.
_FEW = 12


def _missing(name: str, *kinds: str) -> Rejected:
    from drafter.diagnostic import nearest

    known = [found.name for kind in kinds for found in listed(kind)]
    *first, last = (_CALLED[kind] for kind in kinds)
    what = "、".join(first) + ("或者" if first else "") + last
    hint = f"有：{'、'.join(known)}。" if 0 < len(known) <= _FEW else ""
    hint += nearest(name, known)
    if len(known) > _FEW:
        listing = next((word for kind, word in ((PASSAGES, "passages "), (BASIS, "basis ")) if kinds == (kind,)), "")
        hint += f"drafter outlines {listing}列出全部" + ("。" if kinds == (BASIS,) else "；drafter outlines find 词 按用途找。")
    return Rejected(Diagnostic(f"没有叫“{name}”的{what}。", None, hint, code="name-not-found"))


def _candidates(shelf: Shelf, kind: str, name: str) -> list[Path]:
    """What this name may be on this shelf. A link that leads out of the folder is not in it."""
    folder = shelf.folder
    if shelf.holds is not None:
        return [shelf.holds[name]] if name in shelf.holds else []
    paths = [folder / name] if kind == TEMPLATES else [folder / f"{name}.yaml", folder / f"{name}.yml"]
    if kind != TEMPLATES and not any(p.is_file() for p in paths):
        paths = [p for p in _named(folder, name) if p.suffix.lower() in _SUFFIXES]
    fits = [p for p in paths if ((p / "styles.yaml").is_file() if kind == TEMPLATES else p.is_file())]
    return [p for p in fits if not p.is_symlink() or _inside(p.resolve(), folder)]


def _named(folder: Path, stem: str) -> list[Path]:
    """The files of a folder of this name, whatever the case of their suffix."""
    try:
        return sorted(folder / entry for entry in os.listdir(folder) if Path(entry).stem == stem)
    except OSError:
        return []


def _same_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False


def load(word: str, name: str, asker: "Source") -> "Source":
    """The file an `extends` or `include` means: beside the asking file, else on the shelves. `extends` of a file's own
    name means the one it hides. A `basis` is looked for on the shelves of tables (see `find_basis`)."""
    beside = Path(asker.file)
    if word == "basis":
        return read_source(find_basis(name, beside))[0]
    if not _NAME.fullmatch(name):
        raise Rejected(
            Diagnostic(f"“{name}”不是提纲的名称，不能离开提纲所在的文件夹。", None, "写提纲的名称，例如 office-training", code="name-leaves-shelf")
        )
    if name == beside.stem:
        try:
            path = _on_shelves(OUTLINES, name, below=beside)
        except Rejected:
            hint = "沿用自己的名称，指的是被这一份盖住的同名提纲。"
            raise Rejected(Diagnostic(f"“{name}”就是这份提纲自己，别处没有同名的提纲。", None, hint, code="outline-circle")) from None
    else:
        near = _candidates(Shelf("", beside.parent), OUTLINES, name)
        path = near[0] if near else _outline_on_shelves(name)
    return read_source(path)[0]


def load_shelved(word: str, name: str) -> "Source":
    """The same for a text that lies nowhere: from the shelves. Raises Rejected."""
    if word == "basis":
        return read_source(find_basis(name))[0]
    return read_source(_outline_on_shelves(name))[0]


def read_source(path: Path) -> "tuple[Source, tuple[Diagnostic, ...]]":
    """The text of a file and remarks on its encoding. Raises Rejected."""
    from drafter.outline.yaml import decode

    return decode(read_bytes(path), str(path))


def read_bytes(path: Path, limit: int = 64 << 20) -> bytes:
    """The bytes of an ordinary file. Raises Rejected (exit code 1 where the world is at fault)."""
    try:
        if path.exists() and not path.is_file():
            raise Rejected(Diagnostic("这不是普通文件。", Place(str(path)), code="file-not-regular"))
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        if _among_copies(path):
            _held_against(path, None)
        raise Rejected(Diagnostic("没有这个文件。", Place(str(path)), code="file-not-found")) from None
    except PermissionError:
        raise Rejected(Diagnostic("没有权限读这个文件。", Place(str(path)), code="file-not-readable"), exit_code=1) from None
    except (OSError, ValueError) as error:
        raise Rejected(
            Diagnostic(f"读不了这个文件（{error}）。", Place(str(path)), code="file-not-readable"), exit_code=1
        ) from None
    if len(data) > limit:
        raise Rejected(Diagnostic(f"文件太大，最多 {limit >> 20} MB。", Place(str(path)), code="file-too-large"))
    if _among_copies(path):
        _held_against(path, data)
    return data


def _among_copies(path: Path) -> bool:
    """Whether a file may be of a shelf from elsewhere: what is read from one is held against its hash."""
    return COPIES in path.parts


def _held_against(path: Path, data: bytes | None) -> None:
    from drafter.outline.shelf.fetched import held_against

    held_against(path, data)


def yaml_files(folder: Path) -> "tuple[tuple[str, int, int], ...]":
    """The YAML files of a folder, by name: path, time (ns) and size (bytes). Hidden ones and folders are none; where
    there is no folder there are none."""
    out = []
    try:
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if entry.name.lower().endswith(_SUFFIXES) and not entry.name.startswith(".") and entry.is_file():
                about = entry.stat()
                out.append((os.path.abspath(entry.path), about.st_mtime_ns, about.st_size))
    except OSError:
        pass
    return tuple(out)


# ── the cache ──────────────────────────────────────────────────────────────────────────────────────────────────────
#
# A cache is a guess: what lies there may be another version's, half copied, another program's, a folder. So a file of
# it is sealed with a hash of what it holds and of what it was made for, is believed only where the seal is whole and
# its reader can use it, and is else made anew. `marshal` may end Python on bytes it did not write: it sees none.

#: The bytes of a seal.
_SEAL = 16

#: A kept file is no larger than this (bytes); the largest there is has 1 MB.
_MOST_KEPT = 64 << 20


def kept(kind: str, made_from: tuple[str, ...], make: Callable[[], Raw], read: Callable[[Raw], Meant]) -> Meant:
    """What `read` makes of what `make` makes of `made_from`; the latter, plain values that `marshal` writes, comes from
    the cache where it is kept there. The cache is only ever a saving."""
    from hashlib import sha256

    name = f"{kind}-{sha256(chr(0).join(made_from).encode()).hexdigest()[:32]}"
    found = remembered(name, read)
    if found is not None:
        return found
    made = make()
    remember(name, made)
    return read(made)


def state_of(module: str) -> str:
    """What tells one state of a file of the program from another: what it makes is made anew after a change."""
    ours = module if os.path.exists(module) else sys.executable  # unzipped, the program is one file with all of it
    return str(os.stat(ours).st_mtime_ns)


def remembered(name: str, read: Callable[[Any], Meant]) -> Meant | None:
    """What `read` makes of the value that was kept under a name; None where none is, or what is there is not to be
    believed."""
    import marshal

    try:
        path = cache_home() / f"{name}.bin"
        if not path.is_file() or path.stat().st_size > _MOST_KEPT:
            return None
        data = path.read_bytes()
        if data[:_SEAL] != _seal(name, data[_SEAL:]):
            return None
        return read(marshal.loads(data[_SEAL:]))
    except (OSError, RuntimeError, EOFError, ValueError, TypeError, LookupError, AttributeError, MemoryError):
        return None


#: The version of `marshal` that writes the same values in the same bytes, however often they are referred to.
_WITHOUT_REFERENCES = 2


def remember(name: str, value: Any) -> None:
    """Keep a value of plain types under a name: a file beside the old one and then over it. Where that cannot be done
    there is no cache."""
    import marshal

    data = marshal.dumps(value, _WITHOUT_REFERENCES)
    try:
        path = cache_home() / f"{name}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        part.write_bytes(_seal(name, data) + data)
        os.replace(part, path)
    except (OSError, RuntimeError):
        return


def _seal(name: str, data: bytes) -> bytes:
    """What only this version of drafter, under this Python, writes before this value under this name."""
    from hashlib import blake2b

    from drafter import __version__

    maker = f"{__version__} {sys.version} {name}".encode()
    return blake2b(data, digest_size=_SEAL, key=blake2b(maker).digest()).digest()
