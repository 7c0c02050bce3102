"""Work begun before its result is wanted, in a thread beside the one that goes on. It gains where the work is compressing or
hashing, for which Python lets other threads run meanwhile; a second core then has it done when it is asked for."""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")

#: Bytes from which on it gains to begin ahead: to compress as many takes a millisecond or two, a thread a fifteenth of one.
WORTH_A_THREAD = 1 << 17


class Ahead(Generic[Made]):
    """Something that is being made. `done` waits for it and gives it, or raises what kept it from being made."""

    def __init__(self, make: Callable[[], Made], size: int) -> None:
        self._make: Callable[[], Made] | None = make
        self._made: list[Made] = []
        self._error: BaseException | None = None
        self._busy = allocate_lock()
        if size >= WORTH_A_THREAD:
            self._busy.acquire()
            try:
                start_new_thread(self._run, ())
            except RuntimeError:  # no more threads here: it is made when it is asked for
                self._busy.release()

    def done(self) -> Made:
        """What was made, the same every time."""
        with self._busy:
            if self._make is not None:
                self._work()
        if self._error is not None:
            raise self._error
        return self._made[0]

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._busy.release()

    def _work(self) -> None:
        make, self._make = self._make, None
        assert make is not None
        try:
            self._made.append(make())
        except BaseException as error:
            self._error = error
