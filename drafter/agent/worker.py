"""The process that does what a model asks, one thing after the other, while the server speaks the protocol. It stays and is warm;
what is given up is stopped in it, as Ctrl-C stops a command: files are written whole or not at all.

Where a stop does not come through (a library that does not come back, Windows), the process is ended and another begun: that is
a power cut to the files, which they stand. A process that dies of what it was given takes the server with it in no case.
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any

from drafter.agent.folders import NamedFolders
from drafter.agent.forms import ToolAnswer, refusal
from drafter.diagnostic import Diagnostic
from drafter.startup import process_is_ours, stopped_by

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

#: Seconds after which a stop has not come through.
GRACE_S = 5.0

#: Whether a process is stopped by a signal, or only ended.
_STOPS = sys.platform != "win32"


class Worker:
    """The process at work, and those who wait for it."""

    def __init__(self, folders: NamedFolders) -> None:
        self.folders = folders
        self.queue = ThreadPoolExecutor(1, "drafter")
        self.lock = threading.Lock()
        self.process: SpawnProcess | None = None
        self.pipe: Connection | None = None
        self.asked = 0  # what is being done, by its number; 0 for nothing
        self.unwanted = 0  # what is to be stopped as soon as it has begun
        self.queue.submit(self._begun)

    def ask(self, number: int, name: str, said: Mapping[str, Any]) -> "Future[ToolAnswer | None]":
        """What will be the answer of a tool, None where it was stopped; `number` is what stops it by."""
        return self.queue.submit(self._done, number, name, said)

    def stop(self, number: int) -> None:
        """Stop what is being done, if it is that, or that as soon as it has begun."""
        with self.lock:
            if self.asked == number:
                self._stopped()
            else:
                self.unwanted = number

    def _stopped(self) -> None:
        if self.process is None:
            return
        if _STOPS and self.process.pid:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGINT)
        else:
            self.process.kill()

    def end(self, number: int) -> None:
        """End the process, if it is at that still."""
        with self.lock:
            if self.asked == number and self.process is not None:
                self.process.kill()

    def leave(self) -> None:
        """Nobody asks any more: what is being done is stopped."""
        number = self.asked
        self.queue.shutdown(wait=False, cancel_futures=True)
        self.stop(number)
        if self.process is not None and self.pipe is not None:
            if number:
                self.process.join(GRACE_S)
            with suppress(OSError):
                self.pipe.close()
            self.process.join(1)
            if self.process.is_alive():
                self.process.kill()
                self.process.join()

    def _begun(self) -> "Connection":
        from multiprocessing import get_context

        if self.pipe is None or self.process is None or not self.process.is_alive():
            context = get_context("spawn")
            self.pipe, its_own = context.Pipe()
            self.process = context.Process(target=work, args=(its_own, self.folders), daemon=True)
            self.process.start()
            its_own.close()
        return self.pipe

    def _done(self, number: int, name: str, said: Mapping[str, Any]) -> ToolAnswer | None:
        pipe = self._begun()
        try:
            pipe.send((name, dict(said)))
            pipe.recv()  # it has begun
            with self.lock:
                self.asked = number
                if self.unwanted == number:
                    self._stopped()
            answer: ToolAnswer | None = pipe.recv()
        except (EOFError, OSError):  # it has died of this, or was ended
            if self.process is not None:
                self.process.join()
            told = "做这件事的进程自己结束了，没有写完的文件都没有写。"
            return refusal(name, [Diagnostic(told, None, "可能是文件太大，或者坏得厉害；换一个做法，别的照常能用。", code="internal-error")])
        finally:
            with self.lock:
                self.asked = 0
        return answer


async def answered(worker: Worker, number: int, name: str, said: Mapping[str, Any]) -> ToolAnswer:
    """What a tool answers. Where nobody waits for it any more, it is stopped."""
    future = worker.ask(number, name, said)
    try:
        done = await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        if not future.cancelled():  # it is at it
            worker.stop(number)
            asyncio.get_running_loop().call_later(GRACE_S, worker.end, number)
        raise
    return done or refusal(name, [Diagnostic("没有做完就停了。", None, "还要的话，再来一次。", code="stopped")])


# ── in the process ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Stop:
    """A signal stops what is being done, and nothing else: no message is torn by it."""

    def __init__(self) -> None:
        self.at_work = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.at_work:
            self.at_work = False
            raise KeyboardInterrupt


def work(pipe: "Connection", folders: NamedFolders) -> None:
    """The process's life: until nobody asks any more."""
    process_is_ours()
    stop = _Stop()
    stopped_by(stop)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)  # standard input and output are the protocol's
    os.dup2(nothing, 1)
    if _STOPS:
        os.setsid()  # a Ctrl-C in the client's terminal is not meant for it
    from drafter.agent.tools import MODULES, called

    for module in MODULES:
        import_module(f"drafter.agent.{module}")  # before anybody waits for it
    with suppress(EOFError, OSError):
        while True:
            name, said = pipe.recv()
            done = None
            with suppress(KeyboardInterrupt):
                stop.at_work = True
                pipe.send(None)
                done = called(name, said, folders)
                stop.at_work = False
            stop.at_work = False
            pipe.send(done)
