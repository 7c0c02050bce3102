"""What processes of the desk are given to do in tests: they import this and no more."""

import os
import time
from itertools import count
from threading import Event

from drafter.desk.apart import Say
from drafter.diagnostic import Diagnostic, Rejected


def endless(say: Say) -> None:
    """Says where it is until it is stopped."""
    for n in count(1):
        say(f"数到 {n}", 1, 2)
        time.sleep(0.01)


def mute(say: Say) -> None:
    """Never says anything, and never ends."""
    Event().wait()


def doubled(say: Say, number: int) -> tuple[int, str]:
    """Comes to something, in the folder it was begun from."""
    return 2 * number, os.getcwd()


def refused(say: Say) -> None:
    """Is refused."""
    raise Rejected(Diagnostic("不行。", code="no"), exit_code=1)


def killed(say: Say) -> None:
    """Takes its process with it."""
    os._exit(3)
