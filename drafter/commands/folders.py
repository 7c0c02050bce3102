"""A file made of each of many: `format` and `extract` over folders, patterns and lists. What is made goes to the same folders
below another one; nothing is written over. Files are opened and written here, by the process somebody has started; the work
is done by whoever is given their bytes.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.carrying import CarriedFile, sent
from drafter.commands.many import cores, spread
from drafter.commands.named import Goes, goes, named, names_listed, none_in, of_links, shard_of
from drafter.commands.next_step import Ending, NextStep, given, not_written, typed
from drafter.commands.saving import Output, check_all, save_all, will_not_do
from drafter.diagnostic import ADVICE, Diagnostic, ErrorData, Place, Rejected
from drafter.readers.open import DOCX
from drafter.startup import collecting

if TYPE_CHECKING:
    from concurrent.futures import Executor

#: So many names of each kind are kept for the end; what there is beyond them is counted.
MOST_NAMES = 8

#: What to do where a folder cannot be made.
_ELSEWHERE = "用 -o 换一个文件夹。"


class FoldersRequest(NamedTuple):
    """What a user wants of many files: which (`files` may be folders and patterns, `files_from` is a list of more), which
    `shard` of them ("3/8", "" for all), the `folder` that what is made goes to. With `resume` what is there already is left
    alone and its file passed over, with `force` it is written over; else it is told. `jobs` is how many are worked on at
    once, 0 for as many as there are processors."""

    files: tuple[str, ...]
    folder: str
    files_from: str = ""
    shard: str = ""
    resume: bool = False
    force: bool = False
    jobs: int = 0


class FileMadeData(TypedDict):
    """What became of a file, for programs: the files made of it, or that they were there (`skipped`), or why there are none
    (`errors`). `result` is what the command gives with --json for this file alone."""

    file: str
    written: list[str]
    skipped: bool
    result: Mapping[str, object] | None
    errors: list[ErrorData]


class FoldersData(TypedDict):
    """What became of many files, for programs: `named` is how many there were for all machines together, `folder` where
    what was made is; `left` were not come to, because the disk takes nothing more."""

    files: list[FileMadeData]
    folder: str
    named: int
    made: int
    skipped: int
    failed: int
    left: int


class FileMade(NamedTuple):
    """What became of a file: the files made of it; `skipped`, they were there; `problems` are why there are none."""

    file: str
    written: tuple[str, ...] = ()
    result: Mapping[str, object] | None = None
    remarks: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    skipped: bool = False
    exit_code: int = 0

    def json(self) -> FileMadeData:
        """For programs."""
        return {
            "file": self.file,
            "written": list(self.written),
            "skipped": self.skipped,
            "result": self.result,
            "errors": [problem.error() for problem in self.problems],
        }


class FoldersResult(NamedTuple):
    """What became of many files. `files` is () where they were only heard of, one by one; `failed` names the first of those
    of which nothing was made. `named` is how many there were for all machines together, `looked` how many for this one; `left`
    of these were not come to, because the disk takes nothing more."""

    command: str
    request: FoldersRequest
    options: tuple[str, ...] = ()
    files: tuple[FileMade, ...] = ()
    named: int = 0
    looked: int = 0
    made: int = 0
    skipped: int = 0
    failures: int = 0
    failed: tuple[str, ...] = ()
    left: int = 0
    remarks: tuple[Diagnostic, ...] = ()
    exit_code: int = 0

    def ending(self) -> Ending:
        """The folder that has what was made, and what most people do next: what could not be made, once it is mended."""
        words = (*self.request.files, *given(files_from=self.request.files_from, shard=self.request.shard), *self.options)
        again = typed(self.command, *words, "-o", self.request.folder, "--resume")
        step = NextStep(again, "没有做成的改好以后，接着做") if self.failures else None
        if self.left:
            step = NextStep(again, "腾出空间，接着做")
        if not self.looked:
            return Ending((), not_written("这一份里没有文件"))
        if not self.made:
            return Ending((), not_written("都已经有了" if self.skipped and not self.failures else "一份也没有做成"), step)
        return Ending((self.request.folder,), None, step or NextStep(typed("check", self.request.folder), "校对") if self.command == "format" else step)

    def counts(self) -> dict[str, object]:
        """What stands beside the files, for programs."""
        return {
            "folder": self.request.folder,
            "named": self.named,
            "made": self.made,
            "skipped": self.skipped,
            "failed": self.failures,
            "left": self.left,
        }

    def json(self) -> FoldersData:
        """For programs."""
        return {
            "files": [file.json() for file in self.files],
            "folder": self.request.folder,
            "named": self.named,
            "made": self.made,
            "skipped": self.skipped,
            "failed": self.failures,
            "left": self.left,
        }


def stand_for_many(names: Sequence[str]) -> bool:
    """Whether names on the command line mean more than one file: several, a folder, a pattern."""
    if len(names) != 1:
        return True
    name = names[0]
    return os.path.isdir(name) or (any(c in name for c in "*?[") and not os.path.exists(name))


# ── what travels ───────────────────────────────────────────────────────────────────────────────────────────────────


class ToMake(NamedTuple):
    """A file to make others of: itself, and what these will be called."""

    file: CarriedFile
    names: tuple[str, ...]


class MadeElsewhere(NamedTuple):
    """What was made of a file: the bytes of each, None for one there is no need of; what the command says of it."""

    data: tuple[bytes | None, ...] = ()
    result: Mapping[str, object] | None = None
    remarks: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    exit_code: int = 0


def made_of(make: Callable[[ToMake], MadeElsewhere], parcel: ToMake) -> MadeElsewhere:
    """What `make` makes of a file. What is wrong with us over one does not keep the others from being made."""
    try:
        return make(parcel)
    except Rejected as error:
        return MadeElsewhere(problems=error.diagnostics, exit_code=error.exit_code)
    except Exception as error:
        told = Diagnostic(f"drafter 自己出了错，这个文件没有做成：{error!r}", Place(parcel.file.name), code="internal-error")
        return MadeElsewhere(problems=(told,), exit_code=2)


def _lost(parcel: ToMake) -> MadeElsewhere:
    told = "做这个文件的进程被结束了（多半是内存不够），没有做成。"
    return MadeElsewhere(problems=(Diagnostic(told, Place(parcel.file.name), "单独做一次。", code="file-lost"),), exit_code=2)


# ── all of them ────────────────────────────────────────────────────────────────────────────────────────────────────


class EachMade(NamedTuple):
    """How each file is made: files with these `endings`, by this function of a module. `options` are its own as
    they are typed."""

    command: str
    endings: tuple[str, ...]
    work: Callable[[ToMake], MadeElsewhere]
    options: tuple[str, ...] = ()


#: Hears of a file as soon as it is done, how many are, and of how many.
HeardOfMade = Callable[[FileMade, int, int], object]


def for_folders(
    request: FoldersRequest,
    making: EachMade,
    heard: HeardOfMade = lambda file, done, of: None,
    executor: "Executor | None" = None,
    hold: bool = True,
) -> FoldersResult:
    """Something made of every file, in order, by an `executor` of any kind, else on every core. Not `hold`: the files are
    heard one by one and not kept. Raises Rejected for what is wrong with the command; what is wrong with a file is its own."""
    _understood(request)
    listed = names_listed(request.files_from) if request.files_from else ()
    linked: list[str] = []
    every = named((*request.files, *listed), request.folder, linked)
    shard = shard_of(request.shard)
    places = goes(every, request.folder, DOCX.suffixes[0])
    ours = [place for place in places if shard is None or shard.holds(place.file.within)]
    _none_there(ours, request, making)
    out = FoldersResult(making.command, request, making.options, named=len(every), looked=len(ours), remarks=(*of_links(linked), *_renamed(places)))
    files: list[FileMade] = []
    failed: list[str] = []
    made = skipped = failures = done = code = 0
    with collecting(), closing(_made(ours, request, making, executor)) as results:
        for file in results:
            done += 1
            made, skipped, failures = made + bool(file.written), skipped + file.skipped, failures + bool(file.exit_code)
            code = max(code, file.exit_code)
            if file.exit_code and len(failed) < MOST_NAMES:
                failed.append(file.file)
            if hold:
                files.append(file)
            heard(file, done, len(ours))
            if will_not_do(file.problems):
                break
    left = len(ours) - done
    return out._replace(
        files=tuple(files), made=made, skipped=skipped, failures=failures, failed=tuple(failed), left=left, exit_code=code
    )


def _understood(request: FoldersRequest) -> None:
    """Raises Rejected for a request that cannot be carried out."""
    if not request.folder:
        told = "好几份文件，要说做出来的放在哪个文件夹。"
        raise Rejected(Diagnostic(told, None, "例如 -o 做好的/，里面的文件夹照原来的样子。", code="folder-not-named"))
    if request.folder == "-" or (os.path.lexists(request.folder) and not os.path.isdir(request.folder)):
        told = f"-o {request.folder}：好几份文件要写进一个文件夹，这不是文件夹。"
        raise Rejected(Diagnostic(told, None, "例如 -o 做好的/", code="folder-not-named"))
    if request.jobs < 0:
        raise Rejected(Diagnostic(f"--jobs {request.jobs}：同时做的不能少于 1 个。", code="option-value"))
    if any(os.path.isdir(name) and os.path.realpath(name) == os.path.realpath(request.folder) for name in request.files):
        told = f"-o {request.folder}：这就是要读的文件夹，做出来的和原来的混在一起了。"
        raise Rejected(Diagnostic(told, None, "换一个文件夹，可以在它里面：-o 做好的/", code="folder-is-input"))


def _none_there(places: Sequence[Goes], request: FoldersRequest, making: EachMade) -> None:
    """Raises Rejected where files have the names of those to be made, before anything is done; or are to be read themselves."""
    read = {_same(place.file.path) for place in places}
    over = [file for place in places for ending in making.endings if _same(file := place.stem + ending) in read]
    if over:
        told = f"-o {request.folder}：做出来的会盖住要读的文件，什么也没有做：{'、'.join(over[:MOST_NAMES])}。"
        raise Rejected(Diagnostic(told, None, "换一个文件夹：-o 做好的/", code="folder-is-input"))
    if request.resume or request.force:
        return
    there = [file for place in places if os.path.lexists(file := place.stem + making.endings[0])]
    if there:
        shown = "、".join(there[:MOST_NAMES]) + (f" 等 {len(there)} 个" if len(there) > MOST_NAMES else "")
        way = "接着上一次做：--resume；换一个文件夹：-o；要覆盖：--force"
        raise Rejected(Diagnostic(f"要写的文件已经有了，什么也没有做：{shown}。", None, way, code="file-exists"))


def _same(name: str) -> str:
    return os.path.normcase(os.path.abspath(name))


def _renamed(places: Sequence[Goes]) -> Iterator[Diagnostic]:
    """That files which would be called the same are not."""
    other = [place for place in places if place.renamed]
    for place in other[:MOST_NAMES]:
        told = f"和别的文件会叫同一个名字，做出来的叫 {os.path.basename(place.stem)}。"
        yield Diagnostic(told, Place(place.file.path), level=ADVICE, code="outputs-same")
    if len(other) > MOST_NAMES:
        yield Diagnostic(f"这样改了名字的一共 {len(other)} 个。", level=ADVICE, code="outputs-same")


def _made(
    places: Sequence[Goes], request: FoldersRequest, making: EachMade, executor: "Executor | None"
) -> Generator[FileMade, None, None]:
    """What becomes of each of the files, in order."""
    from functools import partial

    order: deque[FileMade | ToMake] = deque()

    def parcels() -> Iterator[ToMake]:
        for place in places:
            one = _parcel(place, request, making)
            order.append(one)
            if isinstance(one, ToMake):
                yield one

    swept: set[Path] = set()
    workers = executor or min(request.jobs or cores(), max(1, len(places)))
    work = partial(made_of, making.work)
    with closing((work(one) for one in parcels()) if workers == 1 else spread(work, parcels(), workers, _lost)) as results:  # type: ignore[type-var]
        for result in results:
            while isinstance(parcel := order.popleft(), FileMade):
                yield parcel
            yield _put(parcel, result, request, swept)
        yield from (one for one in order if isinstance(one, FileMade))


def _parcel(place: Goes, request: FoldersRequest, making: EachMade) -> ToMake | FileMade:
    """A file to be worked on, or why it is not."""
    name = place.file.path
    names = tuple(place.stem + ending for ending in making.endings)
    try:
        if os.path.isdir(name):
            raise Rejected(none_in(name, "做"))
        if name == "-":
            raise Rejected(Diagnostic("好几份文件里不能有“-”（标准输入）。", code="standard-input"))
        if os.path.lexists(names[0]) and request.resume and not request.force:
            return FileMade(name, skipped=True)
        outputs = [Output(Path(one), b"", request.force, (Path(name),), folder_hint=_ELSEWHERE) for one in names]
        check_all(outputs[:1])
        return ToMake(sent(name), names)
    except Rejected as error:
        return FileMade(name, problems=error.diagnostics, exit_code=error.exit_code)


def _put(parcel: ToMake, made: MadeElsewhere, request: FoldersRequest, swept: set[Path]) -> FileMade:
    """What was made of a file, written."""
    name = parcel.file.name
    if made.exit_code:
        return FileMade(name, problems=made.problems, remarks=made.remarks, exit_code=made.exit_code)
    outputs = [
        Output(Path(file), data, request.force, (Path(name),), folder_hint=_ELSEWHERE)
        for file, data in zip(parcel.names, made.data, strict=True)
        if data is not None
    ]
    try:
        save_all(outputs[::-1], swept)  # the one `resume` looks for comes last
    except Rejected as error:
        return FileMade(name, problems=tuple(_in_full(one, parcel.names) for one in error.diagnostics), exit_code=error.exit_code)
    return FileMade(name, tuple(str(output.path) for output in outputs), made.result, made.remarks)


def _in_full(problem: Diagnostic, names: Sequence[str]) -> Diagnostic:
    """What kept a file from being written, with the folder it was to be in, and what to do about all of them."""
    whole = {os.path.basename(name): name for name in names}
    if problem.place and problem.place.file in whole:
        problem = problem._replace(place=Place(whole[problem.place.file]))
    if problem.code == "file-not-written":
        problem = problem._replace(hint="腾出空间，或者 -o 换一个文件夹；接着做，加上 --resume。")
    return problem
