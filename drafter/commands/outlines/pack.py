"""`drafter outlines pack`: an office's own outlines, passages, tables and templates as one archive others put on their shelf."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.next_step import Ending, NextStep, in_memory
from drafter.commands.outlines import check_outline
from drafter.commands.outlines.content import Content, ShelfEntry, of_folder, packed_bytes, taken
from drafter.commands.outlines.shelf_changes import KINDS, thing_of
from drafter.commands.saving import Output, check, save_all
from drafter.diagnostic import ERROR, Diagnostic, Place, Rejected
from drafter.outline import shelf

#: What the archive is called where nobody says.
USUAL = "outlines.zip"


class PackData(TypedDict):
    """What `outlines pack` has written, for programs. `sha256` is the archive's, `content_sha256` that of what is in it, as it will
    stand in `drafter.lock`; `things` are the names, by kind."""

    file: str
    folder: str
    size: int
    sha256: str
    content_sha256: str
    things: dict[str, list[str]]
    left: list[str]


class PackRequest(NamedTuple):
    """What is packed: a `folder` that holds `outlines` and `templates` ("" for the current one), into `output` ("" for its usual
    name). `force` writes over a file that is there."""

    folder: str = ""
    output: str = ""
    force: bool = False


class PackResult(NamedTuple):
    """What was packed, and the warnings there are about it."""

    request: PackRequest
    file: str
    content: Content
    size: int
    sha256: str
    remarks: tuple[Diagnostic, ...] = ()
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    @property
    def things(self) -> dict[str, list[str]]:
        """The names of what is in it, by kind."""
        found = sorted({thing_of(path) for path in self.content.files})
        return {kind: names for kind in KINDS if (names := [name for k, name in found if k == kind])}

    def ending(self) -> Ending:
        """The archive, and where it goes."""
        step = 'shelf = ["https://…/' + Path(self.file).name + '"]'
        if self.unsaved:
            return Ending((), in_memory())
        return Ending((self.file,), None, NextStep(None, f"放到服务器或者共享文件夹上，同事在 drafter.toml 里写上地址：{step}"))

    def json(self) -> PackData:
        """For programs."""
        return {
            "file": self.file,
            "folder": self.request.folder or ".",
            "size": self.size,
            "sha256": self.sha256,
            "content_sha256": self.content.sha256,
            "things": self.things,
            "left": list(self.content.left),
        }


def pack(request: PackRequest) -> PackResult:
    """Check everything and pack it. Raises Rejected, with nothing written, where something could not be used."""
    folder = Path(request.folder or ".")
    if not folder.is_dir():
        raise Rejected(Diagnostic(f"没有这个文件夹：{folder}", None, "写里面有 outlines 的那个文件夹；不写就是当前文件夹。", code="file-not-found"))
    target = Path(request.output or USUAL)
    if target.suffix.lower() != ".zip":
        raise Rejected(Diagnostic(f"-o {request.output}：打成 ZIP，文件名以 .zip 结尾。", None, f"例如 -o {target.stem}.zip", code="output-ending"))
    check(target, force=request.force)
    content = taken(_entries(folder))
    errors, remarks = _looked_at(folder, content)
    if errors:
        told = Diagnostic(f"有 {len(errors)} 处错误，没有打包。", None, "照上面改好，再打包。", code="pack-broken")
        raise Rejected(*errors, told)
    data = packed_bytes(content)
    save_all([Output(target, data, force=request.force)])
    return PackResult(request, str(target), content, len(data), sha256(data).hexdigest(), tuple(remarks))


def _entries(folder: Path) -> Iterator[ShelfEntry]:
    """What is packed of a folder: its two folders, or, where it has none of them, itself."""
    inner = [name for name in (shelf.OUTLINES, shelf.TEMPLATES) if (folder / name).is_dir()]
    if not inner:
        yield from of_folder(folder)
    for name in inner:
        for entry in of_folder(folder / name):
            yield entry._replace(path=f"{name}/{entry.path}")


def _looked_at(folder: Path, content: Content) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The errors and the warnings of everything that is packed."""
    found: list[Diagnostic] = []
    for file in _files(folder, content.files):
        found += check_outline(str(file))
    for name in sorted({path.split("/")[1] for path in content.files if path.startswith("templates/")}):
        from drafter.commands.opening import open_template

        try:
            open_template(f"{folder / shelf.TEMPLATES / name}/")
        except Rejected as refused:
            found += [problem if problem.place else problem._replace(place=Place(str(folder / shelf.TEMPLATES / name))) for problem in refused.diagnostics]
    return [p for p in found if p.level == ERROR], [p for p in found if p.level != ERROR]


def _files(folder: Path, paths: Iterable[str]) -> Iterator[Path]:
    """The files of outlines, passages and tables where they lie."""
    for path in sorted(paths):
        if path.startswith("outlines/"):
            for file in (folder / path, folder / path.partition("/")[2]):
                found = next((f for f in (file, file.with_suffix(".yml"), file.with_suffix(".YAML"), file.with_suffix(".YML")) if f.is_file()), None)
                if found:
                    yield found
                    break
