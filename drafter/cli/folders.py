"""Many files on the command line: who does the work, how far it is, and what is said at the end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drafter.cli.print import echo, going_back, labelled, of_settings, say, say_ending, say_remarks
from drafter.diagnostic import WARNING, Diagnostic, Rejected, printable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.commands.folders import FileMade, FoldersResult, HeardOfMade


@contextmanager
def hands(cluster: str, jobs: int = 0) -> "Iterator[Executor | None]":
    """What gives work to the cluster at an address, None for "": this machine does it. Raises Rejected."""
    if not cluster:
        yield None
        return
    if jobs:
        raise Rejected(Diagnostic("--jobs 说的是这台电脑，--cluster 说的是别的电脑，只写一个。", code="options-apart"))
    from drafter.commands.cluster import connected

    with connected(cluster) as found:
        say_remarks(found.remarks)
        yield found.executor
        say_remarks(found.fallen())


@contextmanager
def stopping(written: Callable[[], int], way: str) -> Iterator[None]:
    """Ctrl-C leaves what was written; how many files that are is told, and how to go on. Raises Rejected."""
    try:
        yield
    except KeyboardInterrupt:
        if going_back():
            echo("\r\033[K", err=True, nl=False)
        if not written():
            raise
        told = f"停下了；写好的 {written()} 个文件都在。"
        raise Rejected(Diagnostic(told, None, way, code="interrupted"), exit_code=130) from None


def single(files: list[str] | None, many: bool, not_for_many: Mapping[str, object]) -> str | None:
    """The one file that is meant, None where it is `many`: several, a folder, a pattern, a list. Raises Rejected where there is
    none, and for options (by name) that speak of one file."""
    from drafter.commands.folders import stand_for_many

    if not files and not many:
        raise Rejected(Diagnostic("要做哪个文件？写上文件名，或者文件夹。", code="file-not-named"))
    if not many and files and not stand_for_many(files):
        return files[0]
    for name, said in not_for_many.items():
        if said:
            raise Rejected(Diagnostic(f"{name} 一次说一份文件，好几份不行。", code="options-together"))
    return None


def run_over_folders(
    doing: str, run: "Callable[[HeardOfMade, Executor | None], FoldersResult]", command: str, cluster: str, jobs: int, as_json: bool
) -> None:
    """Run a command over many files and show what becomes of them, while it does. `doing` is what it does to a file, in a
    word. Raises Rejected, and Exit where something could not be made."""
    from drafter.commands.machine import AnswerInParts

    parts = AnswerInParts(command, "files") if as_json else None
    watched = going_back()

    made = 0

    def heard(file: "FileMade", done: int, of: int) -> None:
        nonlocal made
        made += bool(file.written)
        if watched:
            echo("\r\033[K", err=True, nl=False)
        for problem in (*file.problems, *(remark for remark in file.remarks if remark.level == WARNING)):
            say(labelled(problem), err=True)
        if parts:
            echo(parts.item(file.json()), nl=False)
        if watched and done < of:
            echo(f"{doing} {done}/{of}", err=True, nl=False)

    with stopping(lambda: made, "接着做：再运行一次，加上 --resume"), hands(cluster, jobs) as executor:
        done = run(heard, executor)
    remarks = (*done.remarks, *of_settings(command))
    if parts:
        echo(parts.end(remarks, done.ending(), done.counts()))
    else:
        say_remarks(remarks)
        for line in _summed(done):
            say(line)
        say_ending(done.ending())
    if done.exit_code:
        raise SystemExit(done.exit_code)


def _summed(done: "FoldersResult") -> Iterator[str]:
    """What is said at the end, a line each."""
    if done.request.shard:
        yield f"这是第 {done.request.shard} 份：{done.looked} 个文件，一共 {done.named} 个。"
    if done.made:
        yield f"做好了 {done.made} 个，写在：{printable(done.request.folder)}"
    if done.skipped:
        yield f"已经有了、没有再做的 {done.skipped} 个。"
    if done.left:
        yield f"磁盘写不下了，停在这里：还有 {done.left} 个没有做。"
    if done.failures:
        shown = "、".join(map(printable, done.failed)) + (" 等" if done.failures > len(done.failed) else "")
        yield f"没有做成 {done.failures} 个：{shown}"
