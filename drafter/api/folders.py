"""`extract_folders`, `format_folders`: a whole archive at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from drafter.api.given import PathGiven, count_of, door, path_of, several_paths, word_of
from drafter.commands.extract import ExtractFoldersRequest
from drafter.commands.extract import extract_folders as extract_all
from drafter.commands.folders import FileMade, FoldersRequest, FoldersResult
from drafter.commands.format import format_folders as format_all


@door
def extract_folders(
    files: PathGiven | Iterable[PathGiven],
    *,
    output: PathGiven,
    answers: PathGiven | None = None,
    keep_figures: bool = False,
    all_figures: bool = False,
    resume: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    heard: Callable[[FileMade, int, int], object] | None = None,
    hold: bool = True,
    force: bool = False,
) -> FoldersResult:
    """Old speeches as outlines, each with its answers beside it, in the folder `output`.

    files: paths, folders, patterns. answers: a file of facts that are known. keep_figures, all_figures: as for `extract`.
    resume: what is there is passed over; force: it is written over. jobs, executor, heard, hold: as for `check`.

    Raises Rejected; a file nothing was made of is told among `files` (`problems`, `exit_code`).
    """
    request = ExtractFoldersRequest(
        folders=_folders(files, output, resume, force, jobs),
        answers=path_of(answers, "answers"),
        keep_figures=keep_figures,
        all_figures=all_figures,
    )
    return extract_all(request, heard or _nobody, executor, hold)


@door
def format_folders(
    files: PathGiven | Iterable[PathGiven],
    *,
    output: PathGiven,
    template: str | None = None,
    resume: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    heard: Callable[[FileMade, int, int], object] | None = None,
    hold: bool = True,
    force: bool = False,
) -> FoldersResult:
    """Documents set by a template, in the folder `output`; the files themselves stay as they are.

    files: paths, folders, patterns. template: as for `format`.
    resume: what is there is passed over; force: it is written over. jobs, executor, heard, hold: as for `check`.

    Raises Rejected; a file nothing was made of is told among `files` (`problems`, `exit_code`).
    """
    request = _folders(files, output, resume, force, jobs)
    return format_all(request, word_of(template, "template"), heard or _nobody, executor, hold)


def _folders(files: PathGiven | Iterable[PathGiven], output: PathGiven, resume: bool, force: bool, jobs: int) -> FoldersRequest:
    return FoldersRequest(
        files=several_paths(files),
        folder=path_of(output, "output"),
        resume=resume,
        force=force,
        jobs=count_of(jobs, "jobs"),
    )


def _nobody(file: FileMade, done: int, of: int) -> None:
    """Nobody hears."""
