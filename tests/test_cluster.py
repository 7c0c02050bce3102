"""Workers of a cluster: a scheduler and two of them on loopback, one killed in the middle; and what is said where there is none."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from drafter.commands.check import CheckedFile, CheckRequest, check
from drafter.commands.cluster import Versions, connected, fit, versions
from drafter.commands.extract import ExtractFoldersRequest, extract_folders
from drafter.commands.folders import FoldersRequest
from drafter.commands.format import format_folders
from drafter.diagnostic import Diagnostic, Rejected

SPEECH = "在全市工作会议上的讲话\n\n同志们：\n　　第{n}号文件要抓好落实，截止今天已经办结。各单位要把任务分解到人,把时间定到日。\n"


class Dask(NamedTuple):
    """A cluster on this machine."""

    address: str
    workers: list[subprocess.Popen[str]]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    there = tmp_path_factory.mktemp("dask")

    def begun(program: str, *words: str) -> subprocess.Popen[str]:
        line = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{program}", *words]
        return subprocess.Popen(line, cwd=there, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    with ExitStack() as running:
        scheduler = begun("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-show")
        processes = [scheduler]
        running.callback(lambda: [(one.kill(), one.communicate()) for one in processes])
        assert scheduler.stderr
        address = next(found[1] for row in scheduler.stderr if (found := re.search(r"Scheduler at:\s+(tcp://\S+)", row)))
        workers = [begun("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
        processes += workers
        yield Dask(address, workers)


def laid(folder: Path, count: int) -> None:
    for n in range(count):
        path = folder / f"{n % 3}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SPEECH.format(n=n), encoding="utf-8")


def test_a_worker_is_killed_in_the_middle_and_every_file_is_there_once(
    dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    laid(Path("稿"), 20)
    Path("稿/坏.docx").write_bytes(b"PK\3\4 no package")
    Path("drafter.toml").write_text('ignore = ["half-width-mark"]\n', encoding="utf-8")  # which the workers do not see
    Path("稿/0/drafter.toml").write_text('[[kept]]\nfile = "0.txt"\nrule = "confused-word"\nwords = "截止"\n', encoding="utf-8")
    request = CheckRequest(("稿",), level="advice")
    alone = check(request, executor=None)

    def heard(file: CheckedFile, done: int, of: int) -> None:
        if done == 4:
            os.kill(dask.workers[0].pid, signal.SIGKILL)

    with connected(dask.address) as cluster:
        until = time.monotonic() + 60
        while cluster.hands() < 2 and time.monotonic() < until:
            time.sleep(0.05)
        together = check(request, heard, cluster.executor)
        made = extract_folders(ExtractFoldersRequest(FoldersRequest(("稿/1", "稿/坏.docx"), "提纲")), executor=cluster.executor)
        looks = format_folders(FoldersRequest(("稿/2",), "排好"), executor=cluster.executor)
    assert dask.workers[0].wait(60) == -signal.SIGKILL
    assert [file.file for file in together.files] == [file.file for file in alone.files]
    assert together.json() == alone.json()
    assert (together.tally.read, [*together.tally.unread.first], len(together.files[1].kept)) == (20, ["稿/坏.docx"], 1)
    assert (made.made, made.failed) == (7, ("稿/坏.docx",))
    assert len([*Path("提纲").rglob("*.yaml")]) == sum(len(file.written) for file in made.files)
    assert (looks.made, looks.failures, len([*Path("排好").rglob("*.docx")])) == (6, 0, 6)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://10.0.0.1", "--cluster http://10.0.0.1：这不是调度器的地址。"),
        ("tcp://主机:八", "--cluster tcp://主机:八：这不是调度器的地址。"),
        ("127.0.0.1:1", "--cluster 127.0.0.1:1：没有连上 tcp://127.0.0.1:1 的调度器：那台机器在，这个端口没有人听。"),
    ],
)
def test_where_nobody_is_one_line_says_so(address: str, said: str) -> None:
    with pytest.raises(Rejected) as refused, connected(address):
        pass
    assert refused.value.diagnostics[0].message == said


class Client(NamedTuple):
    """Workers that answer so when they are asked for their versions."""

    answers: Mapping[str, object]
    threads: int = 1
    status: str = "running"

    def nthreads(self) -> Mapping[str, int]:
        return dict.fromkeys(self.answers, self.threads)

    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        if len(self.answers) < n_workers:
            raise TimeoutError

    def run(self, function: object, *, on_error: str) -> Mapping[str, object]:
        return self.answers

    def get_executor(self, *, pure: bool) -> Executor:
        raise NotImplementedError

    def close(self, timeout: float) -> None:
        raise NotImplementedError


OURS = versions()


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (Client({}), "--cluster 集群：调度器在，等了 5 秒，还没有一个工作进程。"),
        (Client({"甲": Versions("0.8.0", OURS.python)}), f"这里是 drafter {OURS.drafter}、Python {OURS.python}；drafter 0.8.0、Python {OURS.python}：甲。"),
        (Client({"甲": Versions(OURS.drafter, "3.14")}), f"；drafter {OURS.drafter}、Python 3.14：甲。"),
        (Client({"甲": OURS, "乙": ModuleNotFoundError("drafter")}), "；没有装 drafter，或者是不会这样用的旧版：乙。"),
        (Client({"甲": OURS}, threads=8), "有的工作进程开了几个线程（最多 8 个），drafter 在一个进程里一次只做一份，别的核闲着。"),
        (Client({"甲": OURS, "乙": OURS}), ""),
    ],
)
def test_workers_of_another_version_are_refused_and_named(client: Client, said: str) -> None:
    told: tuple[Diagnostic, ...]
    try:
        told = tuple(fit(client, "集群"))
    except Rejected as refused:
        told = refused.diagnostics
    assert [one.message for one in told if not one.message.endswith(said)] == []
    assert bool(told) is bool(said)
