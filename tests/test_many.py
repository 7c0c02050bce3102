"""Many files at once: what names stand for, and work spread over processes, of which one may die and none may outlive the rest."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from conftest import Run

from drafter.check.tables.known import known
from drafter.commands import many, team
from drafter.commands.many import files_named, spread

SPEECH = "　　同志们：\n　　各单位要把任务分解到人，把时间定到日，把要求讲到位。\n"


def squared(n: int) -> int:
    return n * n


def slowly(n: int) -> int:
    """The first jobs take longest: the others are done before them."""
    time.sleep(0.02 if n < 4 else 0)
    return n


def dies_at_five(n: int) -> int:
    if n == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def dies_but_at_first(n: int) -> int:
    """Every process but the one that began it all dies over its first job."""
    if os.getpid() != BEGAN:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


UP_TO = f"{known().said()}\n"

BEGAN = os.getpid()


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("work", [squared, slowly])
def test_results_come_in_the_order_of_the_jobs(work: Callable[[int], int], workers: int) -> None:
    jobs = range(40)
    assert [*spread(work, jobs, workers, lost=lambda n: -1)] == [work(n) for n in jobs]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_there_may_be_fewer_jobs_than_workers(count: int) -> None:
    assert [*spread(squared, range(count), 4, lost=lambda n: -1)] == [0, 1][:count]


def test_a_worker_that_dies_takes_one_job_with_it() -> None:
    assert [*spread(dies_at_five, range(30), 2, lost=lambda n: -1)] == [-1 if n == 5 else n for n in range(30)]


def test_where_all_workers_have_died_the_rest_is_done_at_home() -> None:
    assert [*spread(dies_but_at_first, range(8), 2, lost=lambda n: -1)] == [0, -1, -1, 3, 4, 5, 6, 7]


def dies_at_tens(n: int) -> int:
    if n % 10 == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def test_another_takes_the_place_of_a_worker_that_has_died() -> None:
    assert [*spread(dies_at_tens, range(60), 2, lost=lambda n: -1)] == [-1 if n % 10 == 9 else n for n in range(60)]


def fails_at_three(n: int) -> int:
    if n == 3:
        raise ValueError(f"{n}")
    return n


@pytest.mark.parametrize("workers", [2, "threads"])
def test_what_the_work_raises_is_raised_here(workers: int | str) -> None:
    with ThreadPoolExecutor(2) as threads, pytest.raises(ValueError, match="3"):
        [*spread(fails_at_three, range(9), workers if isinstance(workers, int) else threads, lost=lambda n: -1)]


def test_jobs_and_results_larger_than_a_pipe_hold_nobody_up() -> None:
    assert [len(done) for done in spread(bytes.upper, [bytes(300_000)] * 20, 2, lost=bytes)] == [300_000] * 20


def test_jobs_are_taken_no_further_ahead_than_there_are_workers_for() -> None:
    taken: list[int] = []
    with ThreadPoolExecutor(2) as threads:
        for workers in (2, threads):
            taken.clear()
            results = spread(squared, (taken.append(n) or n for n in range(10_000)), workers, lost=lambda n: -1)  # type: ignore[func-returns-value]
            assert [next(results) for _ in range(3)] == [0, 1, 4]
            assert len(taken) < 50
            results.close()  # type: ignore[attr-defined]


def test_of_large_jobs_no_more_are_taken_than_memory_is_meant_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (many, team):
        monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    taken: list[int] = []

    def large() -> Iterator[bytes]:
        for number in range(40):
            taken.append(number)
            yield bytes(600)

    with ThreadPoolExecutor(4) as threads:
        for workers in (4, threads):
            taken.clear()
            results = spread(len, large(), workers, lost=lambda job: -1)
            assert (next(results), len(taken) <= 5) == (600, True)
            assert [*results] == [600] * 39


def test_processes_begun_afresh_do_the_same() -> None:
    """As on Windows and macOS."""
    assert [*spread(dies_at_five, range(12), 2, lost=lambda n: -1, begin="spawn")] == [-1 if n == 5 else n for n in range(12)]


def test_an_executor_of_threads_does_the_same() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert [*spread(slowly, range(300), executor, lost=lambda n: -1)] == [*range(300)]


def test_where_an_executor_breaks_processes_of_our_own_do_the_rest() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        done = [*spread(dies_at_five, range(40), executor, lost=lambda n: -1)]
    assert done == [-1 if n == 5 else n for n in range(40)]


def test_no_worker_outlives_who_stops_listening() -> None:
    results = spread(lambda n: os.getpid(), range(1000), 2, lost=lambda n: -1)
    workers = {next(results) for _ in range(20)} - {os.getpid()}
    results.close()  # type: ignore[attr-defined]
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def laid(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SPEECH, encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "stand_for"),
    [
        (["稿"], ["稿/一.txt", "稿/二.md", "稿/三/四.docx"]),
        (["稿/"], ["稿/一.txt", "稿/二.md", "稿/三/四.docx"]),
        (["稿/*.txt"], ["稿/一.txt"]),
        (["稿/**/*.docx"], ["稿/三/四.docx"]),
        (["稿/*.yaml"], ["稿/提纲.yaml"]),
        (["稿/二.md", "稿"], ["稿/二.md", "稿/一.txt", "稿/三/四.docx"]),
        (["稿/一.txt", "-", "稿/一.txt"], ["稿/一.txt", "-", "稿/一.txt"]),
        (["空", "没有.txt", "没有*.txt"], ["空", "没有.txt", "没有*.txt"]),
        (["[定]稿.txt"], ["[定]稿.txt"]),
    ],
)
def test_folders_and_patterns_stand_for_the_files_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], stand_for: list[str]
) -> None:
    laid(tmp_path, "稿/一.txt", "稿/二.md", "稿/三/四.docx", "稿/提纲.yaml", "稿/表.xlsx", "稿/~$四.docx", "稿/.git/记.txt", "[定]稿.txt")
    (tmp_path / "空").mkdir()
    monkeypatch.chdir(tmp_path)
    assert [*files_named(names)] == stand_for


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_looked_at(run: Run, tmp_path: Path) -> None:
    laid(tmp_path, "稿/一.txt", "稿/三.txt")
    (tmp_path / "稿/二.docx").write_bytes(b"PK\3\4 no package")
    (tmp_path / "空").mkdir()
    done = run("check", "稿", "空", "没有.txt", "--jobs", "2")
    assert done.returncode == 2
    assert [row for row in done.stderr.splitlines() if row.startswith(("稿", "空", "没有"))] == [
        "稿/二.docx: 文件坏了：不完整，可能没有下载完或没有拷完。",
        "空: 这个文件夹里没有能检查的文件。",
        "没有.txt: 没有这个文件。",
    ]
    assert "没有看成 3 个：稿/二.docx、空、没有.txt\n2 个文件：没有发现问题。\n" + UP_TO in done.stdout


def _lives(group: int) -> bool:
    """Whether anybody of a group of processes is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_ends_the_workers_and_says_one_line(tmp_path: Path) -> None:
    for n in range(200):
        (tmp_path / f"{n:03}.txt").write_text(SPEECH * 400 + f"　　{n}\n", encoding="utf-8")
    program = [sys.executable, "-m", "drafter", "check", ".", "--jobs", "2"]
    with subprocess.Popen(
        program, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        until = time.monotonic() + 60
        while len(children.read_text().split()) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told == "停下了，没有写文件。\n"
    until = time.monotonic() + 60  # an ending worker takes a moment on a busy machine
    while _lives(running.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(running.pid)  # nobody of the group is left
