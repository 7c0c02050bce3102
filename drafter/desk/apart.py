"""Long work, done by processes of its own: pages are answered meanwhile, each piece of work can be stopped, and what it writes
is whole. A process that has done its work waits a while for the next.

What is worked at is a function of a module and what it is given; both travel, and so does what comes of it. A function that
says where it is hears there that it is to stop: as KeyboardInterrupt, which commands know. One that never says anything
writes nothing, and its process is ended.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

#: So much is done at once; what comes on top waits for its turn.
AT_ONCE = 3

#: Seconds a process without work waits for some, and so many of them may wait.
_WAITS_S, _MAY_WAIT = 300, 1

#: Seconds a desk that ends waits for what is being written to be whole.
_ENDING_S = 20

#: Says where work is: the words, how much is done, of how much (0: nobody knows).
Say = Callable[..., None]


class WorkSaid(NamedTuple):
    """Where work is."""

    words: str = ""
    done: int = 0
    of: int = 0


class _Hand:
    """A process that works, and our end of its pipe."""

    def __init__(self) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")  # a copy of a process of many threads may wait for ever for what one of them held
        self.pipe, its_own = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(its_own,), daemon=True)
        self.process.start()
        its_own.close()

    def end(self) -> None:
        """Nobody wants anything of it any more."""
        self.pipe.close()
        self.process.join(_ENDING_S)
        if self.process.is_alive():
            self.process.terminate()


class LongWork:
    """A piece of work: `future` is what comes of it; `harmless`: it writes nothing before it is done."""

    def __init__(self, harmless: bool) -> None:
        self.harmless = harmless
        self.said = WorkSaid()
        self.stopped = False
        self.future: Future[object] = Future()
        self._hand: _Hand | None = None
        self._lock = threading.Lock()

    def stop(self) -> None:
        """It is not wanted any more, as far as it is not done."""
        with self._lock:
            self.stopped = True
            if self._hand is not None:
                self._tell(self._hand)
        self.future.cancel()  # which does nothing to one that is begun

    def _tell(self, hand: _Hand) -> None:
        if self.harmless:
            hand.process.terminate()
        else:
            with suppress(OSError):
                hand.pipe.send(None)

    def by(self, hand: _Hand | None) -> None:
        """Who is at it now."""
        with self._lock:
            self._hand = hand
            if hand is not None and self.stopped:
                self._tell(hand)


class _Hands:
    """The processes there are."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE, "long work")
        self.waiting: list[_Hand] = []
        self.at_work: list[LongWork] = []
        self.lock = threading.Lock()
        self.begun = False

    def taken(self) -> _Hand:
        """One that is free."""
        with self.lock:
            while self.waiting:
                hand = self.waiting.pop()
                if hand.process.is_alive():
                    return hand
                hand.end()
            hand = _Hand()
            if not self.begun:  # after `multiprocessing` has put itself there, hence before it when all ends
                import atexit

                atexit.register(ended)
                self.begun = True
            return hand

    def back(self, hand: _Hand) -> None:
        """It has done its work."""
        with self.lock:
            if len(self.waiting) < _MAY_WAIT:
                self.waiting.append(hand)
                return
        hand.end()


_HANDS = _Hands()


def begun(function: Callable[..., object], *given: object, harmless: bool = True) -> LongWork:
    """Work on `function(say, *given)`, which is being done or waits for its turn."""
    work = LongWork(harmless)
    folder = os.getcwd()

    def run() -> object:
        with _HANDS.lock:
            _HANDS.at_work.append(work)
        try:
            return _done(work, (folder, function, given))
        finally:
            with _HANDS.lock:
                _HANDS.at_work.remove(work)

    work.future = _HANDS.threads.submit(run)
    return work


def all_at_work() -> bool:
    """Whether what comes now has to wait for its turn."""
    return len(_HANDS.at_work) >= AT_ONCE


def ended() -> None:
    """Stop all that is worked at, once what is written is whole, and end the processes."""
    with _HANDS.lock:
        going, waiting = [*_HANDS.at_work], [*_HANDS.waiting]
        _HANDS.waiting.clear()
    for work in going:
        work.stop()
    for work in going:
        with suppress(BaseException):  # what came of it is nobody's any more
            work.future.result(_ENDING_S)
    for hand in waiting:
        hand.end()


class WorkStopped(Rejected):
    """Somebody has stopped it."""

    def __init__(self) -> None:
        super().__init__(Diagnostic("停下了，没有做完。", None, "要做的时候再来一次。", code="desk-stopped"))


def _died() -> Rejected:
    told = "做这件事的程序中途没了，没有做完。"
    return Rejected(Diagnostic(told, None, "再来一次；还是这样，多半是内存不够，关掉别的程序，或者分几次做。", code="desk-work-died"))


def _done(work: LongWork, order: tuple[str, Callable[..., object], tuple[object, ...]]) -> object:
    """What comes of it. Raises what it raises, WorkStopped, and Rejected where the process dies over it."""
    while True:
        if work.stopped:
            raise WorkStopped
        hand = _HANDS.taken()
        begun = False
        try:
            hand.pipe.send(order)
            work.by(hand)
            while True:
                kind, told = hand.pipe.recv()
                if kind == "said":
                    work.said = told
                elif kind == "begun":
                    begun = True
                else:
                    break
        except (EOFError, OSError):
            work.by(None)
            hand.end()
            if work.stopped:
                raise WorkStopped from None
            if begun:
                raise _died() from None
            continue  # it had waited long enough and was just leaving
        work.by(None)
        if work.stopped:
            hand.end()  # what it is told now would be taken for the next order
        else:
            _HANDS.back(hand)
        if kind == "stopped":
            raise WorkStopped
        if kind == "raised":
            raise told
        return told


# ── in the process ─────────────────────────────────────────────────────────────────────────────────────────────────


def _serve(pipe: Connection) -> None:
    """Its life: until nobody is left who gives it work, or nobody has for a while."""
    import traceback

    from drafter.startup import collecting, process_is_ours, terminal_unheard, without_collecting

    terminal_unheard()
    process_is_ours()
    without_collecting()

    def say(words: str, done: int = 0, of: int = 0) -> None:
        """Told the desk; who is to stop, or whose desk is gone, hears it here."""
        try:
            if not pipe.poll():
                pipe.send(("said", WorkSaid(words, done, of)))
                return
        except OSError:
            pass
        raise KeyboardInterrupt

    with suppress(EOFError, OSError), collecting():
        while pipe.poll(_WAITS_S):
            order = pipe.recv()
            if order is None:  # it was to stop, and has
                return
            folder, function, given = order
            pipe.send(("begun", None))
            os.chdir(folder)
            try:
                answer: tuple[str, object] = ("done", function(say, *given))
            except KeyboardInterrupt:
                answer = ("stopped", None)
            except Exception as raised:
                raised.add_note(traceback.format_exc())  # which does not travel by itself
                answer = ("raised", raised)
            pipe.send(answer)
