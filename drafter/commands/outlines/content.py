"""What of a folder, an archive or a repository is taken onto a shelf: outlines, passages, tables and templates, and nothing else.

Somebody else has made it: paths that lead out, links, devices, names no system has, more than an office ever keeps are refused as
a whole; what is none of the four is left where it is, and told.
"""

import os
import re
import stat
import struct
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.shelf import read_bytes, usable_name
from drafter.outline.shelf.fetched import LEGAL, content_hash, listed_files
from drafter.outline.yaml import MAX_BYTES

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

#: Limits of one shelf: files looked at and taken, bytes of an archive, and of what is taken together and each. drafter's own
#: library has 270 files and 1.5 MB.
MOST_SEEN, MOST_TAKEN = 20_000, 2_000
MOST_PACKED, MOST_ALL, MOST_BASE = 64 << 20, 64 << 20, 32 << 20

#: The list of files in an archive `drafter outlines pack` has made: what `sha256sum -c` reads, and what the content's hash is of.
SUMS = "SHA256SUMS"

#: What programs leave in folders, and what lies beside outlines for people and editors: nobody misses it.
_JUNK = re.compile(
    r"\..*|__macosx|~\$.*|thumbs\.db|desktop\.ini|.*\.schema\.json|page\.png|(?:readme|licen[cs]e|changelog|notice)\b.*|sha256sums", re.IGNORECASE
)

#: Names no file has on Windows, whatever its ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


class ShelfEntry(NamedTuple):
    """Something in a folder, archive or repository: its path with `/`, its size in bytes, what kind of thing it is ("file", "link",
    "other"), and what reads it."""

    path: str
    size: int
    kind: str
    read: Callable[[], bytes]


class Content(NamedTuple):
    """What is taken: files by their path on the shelf, and the paths that were left. `commit` is where it was taken from a
    repository."""

    files: Mapping[str, bytes]
    left: tuple[str, ...] = ()
    commit: str = ""

    @property
    def hashes(self) -> dict[str, str]:
        """The files with their hashes."""
        return {path: sha256(data).hexdigest() for path, data in self.files.items()}

    @property
    def sha256(self) -> str:
        """The hash of all of it."""
        return content_hash(self.hashes)


def unsafe(message: str, hint: str = "这份书架整个没有用。请问一问给书架的人。") -> Rejected:
    """Why all of it is refused."""
    return Rejected(Diagnostic(message, None, hint, code="shelf-unsafe"))


def short(path: str) -> str:
    """A path in a message."""
    return path if len(path) <= 60 else f"{path[:40]}……{path[-15:]}"


def taken(entries: Iterable[ShelfEntry], below: str = "") -> Content:
    """What is taken of the entries, from the folder `below` ("" for the top, or for where the outlines are). Raises Rejected for what
    is not to be trusted, or has nothing of ours."""
    there: dict[str, ShelfEntry] = {}
    for number, entry in enumerate(entries):
        if number >= MOST_SEEN:
            raise unsafe(f"里面的文件太多，最多看 {MOST_SEEN:,} 个。", "用 # 写明是哪个文件夹，或者单独放一处。")
        path = _safe(entry.path)
        if path in there:
            raise unsafe(f"有两份同名的：{short(path)}", "不知道该用哪一份。留一份，重新打包。")
        there[path] = entry
    rows, left = _placed(_rooted(there, below))
    if not rows:
        raise Rejected(
            Diagnostic("里面没有提纲，也没有模板。", None, "要有 outlines 或者 templates 文件夹；在别的文件夹里的，地址后面用 # 写上。", code="shelf-empty")
        )
    if len(rows) > MOST_TAKEN:
        raise unsafe(f"提纲、模板太多：{len(rows):,} 个文件，最多 {MOST_TAKEN:,} 个。", "分成几个书架。")
    files: dict[str, bytes] = {}
    for path, data in _read(rows):
        files[path] = data
    content = Content(files, tuple(left))
    _held_to(content, there)
    return content


def _safe(path: str) -> str:
    """A path as every system writes it. Raises Rejected for one that leads out."""
    clean = unicodedata.normalize("NFC", path)
    parts = clean.split("/")
    if clean.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", clean) or "\x00" in clean:
        raise unsafe(f"里面有一个文件要写到文件夹外面去：{short(path)}")
    return "/".join(part for part in parts if part not in ("", "."))


def _rooted(there: Mapping[str, ShelfEntry], below: str) -> Iterator[tuple[str, ShelfEntry]]:
    """The entries with their paths from where `outlines` and `templates` are: at the top, in the only folder there is, or, where
    files of outlines lie at the top themselves, in the folder this is."""
    root = f"{below}/" if below else ""
    if below and not any(path.startswith(root) for path in there):
        raise Rejected(Diagnostic(f"里面没有“{short(below)}”这个文件夹。", None, "看看地址里 # 后面的文件夹。", code="shelf-empty"))
    for _ in range(3):
        inner = [path[len(root) :] for path in there if path.startswith(root)]
        tops = {path.partition("/")[0] for path in inner if not _JUNK.fullmatch(path.partition("/")[0])}
        if {top.casefold() for top in tops} & {"outlines", "templates"}:
            break
        if any("/" not in path and path.lower().endswith((".yaml", ".yml")) for path in inner):
            for path in inner:
                yield f"outlines/{path}", there[root + path]
            return
        if len(tops) != 1 or any(path in tops for path in inner):
            break
        root += f"{tops.pop()}/"
    for path in there:
        if path.startswith(root):
            yield path[len(root) :], there[path]


def _placed(entries: Iterable[tuple[str, ShelfEntry]]) -> tuple[dict[str, ShelfEntry], list[str]]:
    """The entries that are ours by their paths on the shelf, and the paths of the others that anybody may miss."""
    rows: dict[str, ShelfEntry] = {}
    left: list[str] = []
    folded: dict[str, str] = {}
    for path, entry in entries:
        parts = path.split("/")
        if any(_JUNK.fullmatch(part) for part in parts):
            continue
        kind, file = parts[0].casefold(), parts[-1]
        stem, _, ending = file.rpartition(".")
        if kind == "outlines" and ending.lower() in ("yaml", "yml") and (len(parts) == 2 or (len(parts) == 3 and parts[1] in ("passages", "basis"))):
            own = "/".join(("outlines", *parts[1:-1], f"{stem}.yaml"))
            names = (stem,)
        elif kind == "templates" and len(parts) == 3 and file in ("styles.yaml", "layout.j2", "base.docx"):
            own, names = "/".join(("templates", *parts[1:])), (parts[1],)
        else:
            left.append(path)
            continue
        if entry.kind != "file":
            raise unsafe(f"{short(path)} 是链接，不是文件。" if entry.kind == "link" else f"{short(path)} 不是普通文件。")
        if any(not usable_name(name) or _DEVICES.fullmatch(name) for name in names) or not LEGAL.fullmatch(own):
            raise unsafe(f"有一个名称用不了：{short(path)}", "名称开头要是字或数字，末尾不能是点和空格，不能是 con、nul 这些。")
        same = folded.setdefault(own.casefold(), path)
        if same != path:
            raise unsafe(f"有两份同名的：{short(same)} 和 {short(path)}", "在 Windows 上它们是同一个文件。留一份。")
        rows[own] = entry
    whole = {path.rpartition("/")[0] for path in rows if path.endswith("/styles.yaml")} & {path.rpartition("/")[0] for path in rows if path.endswith("/layout.j2")}
    for path in [path for path in rows if path.startswith("templates/") and path.rpartition("/")[0] not in whole]:
        left.append(path)  # half a template is none
        del rows[path]
    return rows, sorted(left)


def _read(rows: Mapping[str, ShelfEntry]) -> Iterator[tuple[str, bytes]]:
    """The bytes of the entries, as far as they keep within the limits."""
    everything = 0
    for path in sorted(rows):
        most = MOST_BASE if path.endswith(".docx") else MAX_BYTES
        if rows[path].size > most:
            raise unsafe(f"{short(path)} 太大，最多 {most >> 20} MB。")
        everything += rows[path].size
        if everything > MOST_ALL:
            raise unsafe(f"提纲、模板一共太大，最多 {MOST_ALL >> 20} MB。", "分成几个书架。")
        data = rows[path].read()
        if len(data) > most:
            raise unsafe(f"{short(path)} 太大，最多 {most >> 20} MB。")
        if path.endswith(".docx"):
            _base_looked_at(path, data)
        yield path, data


#: Relationships of a Word file that lead out of it and are no harm: a link somebody has to press.
_OUTWARD = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")


def _base_looked_at(path: str, data: bytes) -> None:
    """Raises Rejected for a base.docx that brings more than a letterhead: what Word would fetch or start when a speech made with
    it is opened."""
    from drafter.word.package import open_package

    parts, _ = open_package(data, path)
    for name, part in parts.items():
        low = name.lower()
        if "activex" in low or "/embeddings/" in low or low.endswith((".bin", ".vbs", ".exe")):
            raise unsafe(f"{short(path)} 里嵌着别的东西（{short(name)}）。", "请对方在 Word 里去掉它，另存为 base.docx。")
        if low.endswith(".rels") and any(b"/hyperlink" not in found for found in _OUTWARD.findall(part)):
            raise unsafe(f"{short(path)} 会让 Word 到别处去取东西。", "请对方在 Word 里去掉链接的图片和模板，另存为 base.docx。")
        if low.endswith(".xml") and re.search(rb"<w:altChunk\b|\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", part):
            raise unsafe(f"{short(path)} 会让 Word 到别处去取东西。", "请对方在 Word 里去掉那些域，另存为 base.docx。")


def _held_to(content: Content, there: Mapping[str, ShelfEntry]) -> None:
    """Raises Rejected where an archive has a list of its files that is another's."""
    said = next((entry for path, entry in there.items() if path.rpartition("/")[2] == SUMS and path.count("/") <= 1), None)
    if said is not None and said.kind == "file" and said.size <= 1 << 20 and said.read() != listed_files(content.hashes):
        hint = "打包以后改过，就再打一次：drafter outlines pack；没有改过，就重新下载。"
        raise Rejected(Diagnostic(f"里面的文件和打包时的清单（{SUMS}）对不上。", None, hint, code="shelf-content"))


# ── folders and archives ───────────────────────────────────────────────────────────────────────────────────────────


def of_folder(folder: Path) -> Iterator[ShelfEntry]:
    """What is in a folder of this machine or of a share; links are not followed."""
    todo = [(folder, "")]
    while todo:
        where, before = todo.pop()
        for found in sorted(os.scandir(where), key=lambda one: one.name):
            path = before + found.name
            if found.is_symlink() or getattr(found, "is_junction", bool)():
                yield ShelfEntry(path, 0, "link", bytes)
            elif found.is_dir():
                if not _JUNK.fullmatch(found.name) and path.count("/") < 8:
                    todo.append((Path(found.path), f"{path}/"))
            else:
                about = found.stat(follow_symlinks=False)
                plain = stat.S_ISREG(about.st_mode)
                yield ShelfEntry(path, about.st_size, "file" if plain else "other", _reader(Path(found.path)))


def _reader(path: Path) -> Callable[[], bytes]:
    return lambda: read_bytes(path, MOST_BASE)


#: The end of an archive: how many files its directory has, and of how many bytes it is. PKWARE APPNOTE 6.3, 4.3.16.
_END = struct.Struct("<4s4H2LH")
_MOST_DIRECTORY = 8 << 20


def of_archive(data: bytes) -> "tuple[ZipFile, Iterator[ShelfEntry]]":
    """An archive and what is in it. Raises Rejected for what is none."""
    import io
    import zipfile

    if len(data) > MOST_PACKED:
        raise unsafe(f"压缩包太大，最多 {MOST_PACKED >> 20} MB。", "分成几个书架。")
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if not data.startswith(b"PK") or at < 0 or at + _END.size > len(data):
        hint = "下载网页、登录页、没有下载完，都会这样；看看地址。RAR、7z 请另存为 ZIP。"
        raise Rejected(Diagnostic("取来的不是 ZIP 压缩包。", None, hint, code="shelf-content"))
    _, _, _, _, count, size, _, _ = _END.unpack_from(data, at)
    if count > MOST_SEEN or size > _MOST_DIRECTORY:
        raise unsafe(f"里面的文件太多，最多看 {MOST_SEEN:,} 个。", "用 # 写明是哪个文件夹，或者单独放一处。")
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Rejected(Diagnostic(f"压缩包坏了（{error}）。", None, "重新下载或者重新打包。", code="shelf-content")) from None
    return packed, _archived(packed)


def _archived(packed: "ZipFile") -> Iterator[ShelfEntry]:
    for one in packed.infolist():
        path = _said(one)
        if path.endswith("/"):
            _safe(path)
            continue
        kind = stat.S_IFMT(one.external_attr >> 16) if one.create_system == 3 else 0
        plain = "link" if kind == stat.S_IFLNK else "file" if kind in (0, stat.S_IFREG) else "other"
        yield ShelfEntry(path, one.file_size, plain, _unpacker(packed, one))


def _said(one: "ZipInfo") -> str:
    """The path of a file in an archive. Explorer writes names as the codepage of the system has them and does not say so; old .NET
    writes backslashes."""
    name = one.orig_filename
    if not one.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = one.orig_filename
    return name.replace("\\", "/")


def _unpacker(packed: "ZipFile", one: "ZipInfo") -> Callable[[], bytes]:
    def read() -> bytes:
        import zipfile
        import zlib

        if one.flag_bits & 1:
            raise unsafe(f"{short(one.filename)} 加了密码。", "重新打包，不加密码。")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unsafe(f"{short(one.filename)} 用了少见的压缩方法。", "用普通的 ZIP 重新打包。")
        try:
            with packed.open(one) as file:
                return file.read(one.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
            raise Rejected(Diagnostic(f"压缩包坏了（{error}）。", None, "重新下载或者重新打包。", code="shelf-content")) from None

    return read


def packed_bytes(content: Content) -> bytes:
    """The archive of a content, the same for the same content wherever it is made: nothing is deflated, since two versions of zlib
    deflate differently, and no time is in it."""
    import io
    import zipfile

    out = io.BytesIO()
    rows: Sequence[tuple[str, bytes]] = [(SUMS, listed_files(content.hashes)), *sorted(content.files.items())]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for path, data in rows:
            one = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            one.create_system, one.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            packed.writestr(one, data)
    return out.getvalue()
