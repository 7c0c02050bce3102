"""How a proof-reading ends: which files were changed or written, what else would do so, and what most people do next."""

from collections.abc import Sequence
from typing import NamedTuple

from drafter.commands.check.request import CheckRequest
from drafter.commands.next_step import Ending, NextStep, given, not_written, typed
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named


class LookedAt(NamedTuple):
    """A file that was looked at: how many findings of it stand, how many of them can be put right unasked and by
    `drafter format`, the files written for it, and whether it has no word."""

    name: str
    findings: int
    safe: int
    mendable: bool
    written: tuple[str, ...]
    empty: bool = False

    def wishes(self) -> dict[str, bool]:
        """What it wants done, by what that is called here."""
        can_be_mended = kind_named(self.name) in (DOCX, TEXT, MARKDOWN, OUTLINE)
        return {"fix": bool(self.safe) and can_be_mended, "format": self.mendable, "edit": bool(self.findings)}


class Scope(NamedTuple):
    """The options that say what is looked for, as they are typed, and whether they leave only some of the rules."""

    words: tuple[str, ...] = ()
    some: bool = False


def scope_of(request: CheckRequest) -> Scope:
    """Those that were given: what comes next is to look for the same."""
    words = given(
        select=",".join(request.select),
        ignore=",".join(request.ignore),
        level=request.level,
        as_of=request.as_of,
        minutes=f"{request.minutes:g}" if request.minutes else "",
        since=request.since,
    )
    return Scope(words, bool(request.select or request.ignore or request.since))


def ending_of(
    files: Sequence[LookedAt],
    annotated: str,
    fix: bool,
    deciding: bool,
    dry_run: bool,
    scope: Scope = Scope(),
    asked: bool = False,
    names: Sequence[str] = (),
) -> Ending:
    """How it ends. `files` are all, or of many those that want something done, and `names` then what was named to check
    all of them; `scope` says what was looked for; `asked`: somebody has gone through what is not safe. `annotated` is the file with comments, "" for none; `fix` that what is safe was to be put right,
    `deciding` that findings were to be noted as decided, `dry_run` that only what would be
    changed was to be told."""
    written = tuple(dict.fromkeys((*(name for file in files for name in file.written), *filter(None, (annotated,)))))
    unwritten = None
    named = [file for file in files if file.name != "-"]
    if not named and not fix:
        return Ending(written)
    if dry_run:
        line = typed("check", *(names or (file.name for file in named)), *scope.words, "--fix")
        return Ending((), not_written("--dry-run 只看会改什么", "去掉 --dry-run"), NextStep(line, "就这样改"))
    if not written and fix:
        why = "没有要改的" if asked else "没有有把握的可以直接改"
        unwritten = not_written(why if named else "改好的文字在标准输出上")
    elif not written and deciding:
        unwritten = not_written("没有要记的")
    elif not written:
        unwritten = not_written("只检查", "--fix 改有把握的，--annotate 批注.docx 写成批注")
    return Ending(written, unwritten, _next(named, annotated, fix, scope, asked))


def _next(files: Sequence[LookedAt], annotated: str, fix: bool, scope: Scope, asked: bool) -> NextStep | None:
    """What most people do next, for the first file that wants something done."""
    if annotated:
        return NextStep(None, f"在 Word 里打开 {annotated}，照批注改。")
    for file in files:
        if file.wishes()["fix"] and not fix:
            return NextStep(typed("check", file.name, *scope.words, "--fix"), "有把握的直接改")
    for file in files:
        if file.mendable:
            return NextStep(typed("format", file.name), "版式的问题一次改过来")
    for file in files:
        if file.findings:
            return NextStep(typed("check", file.name, *scope.words), "看没有改的几处" if asked else "照上面改好，存好，再看一遍")
    if len(files) != 1:
        return None
    name = files[0].name
    if files[0].empty:
        return NextStep(None, f"看看 {name} 是不是拿错了，或者还没有存好。")
    if kind_named(name) is OUTLINE:
        return NextStep(typed("new", "--outline", name), "用这份提纲写一篇")
    if scope.some:
        return NextStep(typed("check", name), "这样看没有要改的，再全看一遍")
    return NextStep(typed("finish", name), "没有要改的，定稿")
