"""Process-wide tricks, each with the gain that was measured (`tests/bench/instructions.py`, and `tests/bench/bench.py`
for times), and what keeps the process safe. Nothing else in drafter changes anything for the whole process. What gains
less than a twentieth goes.
"""

from __future__ import annotations

import _thread
import atexit
import gc
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

#: Whether nobody else's code runs in this process. Said by the command line, and by what is begun by it.
_ours = False


def process_is_ours() -> None:
    """Nobody else's code runs in this process: what is tried here may change it. Where a program imports drafter it is not
    said, and patterns are neither put off nor read from the cache: another thread would meet them half-made."""
    global _ours
    _ours = True


def without_collecting() -> None:
    """Collect no garbage: a run lives for a tenth of a second. Gains a fifteenth of the time of `--help`, an eleventh
    of a speech's, an eighth of that of 3,000 paragraphs. Programs that live longer turn it on again. Nor is it collected once
    more on leaving, when all of it goes anyway: a sixth of a speech's time, a tenth of that of 1,000 in a batch."""
    gc.disable()
    atexit.register(gc.freeze)


def leave_at_once(code: int) -> None:
    """End the process without taking it apart first: what Python frees object by object, the system frees at once. What is
    registered to be done at the end is done, and what was said is written out. Gains a fifth of the time of `drafter new`
    (98 ms of CPU instead of 124). Where threads are still at work it only comes back, and Python ends as it does."""
    import atexit

    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # nobody listens any more, which `main` has told where it matters
            pass
    os._exit(code)


def stopped_by(handler: Callable[[int, FrameType | None], object]) -> None:
    """In a process that works for another: what happens where that wants it stopped (SIGINT, as of Ctrl-C). It gains nothing but
    that it is stopped between two things at most, and not while it reads what is next."""
    import signal

    signal.signal(signal.SIGINT, handler)


def programs_not_from_here() -> None:
    """On Windows no program is looked for in the current folder, by us, by the libraries we use and by the programs we
    start. It gains nothing but that."""
    if sys.platform == "win32":
        os.environ["NoDefaultCurrentDirectoryInExePath"] = "1"  # noqa: SIM112 – Windows' own spelling


def programs_with_their_own_libraries() -> None:
    """Programs we start use the system's libraries, not those of the folder that was unzipped: what starts the program there
    names them to everything (LD_LIBRARY_PATH), and browsers and LibreOffice want theirs. It gains nothing but that."""
    if getattr(sys, "frozen", False):
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before:
            os.environ["LD_LIBRARY_PATH"] = before


@contextmanager
def collecting(wanted: bool = True) -> Iterator[None]:
    """Collect garbage again while this lasts, where it is `wanted`: a run over many files lives long, and each file leaves
    circles behind. What is there already stays, and is not looked through again and again."""
    if not wanted or gc.isenabled():
        yield
        return
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    try:
        yield
    finally:
        gc.disable()
        gc.set_threshold(*before)


#: More patterns than drafter has.
_PATTERNS = 4096


def patterns_stay() -> None:
    """`re` keeps the last 512 patterns it has compiled; reading a paper and the rules of the proof-reader use about as many,
    and with one more than that it compiles one after the other anew for every paper. Gains nothing up to there and from
    there on up to half of the time of each paper. Only where nobody else's code runs: else `patterns_stay_meanwhile`."""
    if _ours and getattr(re, "_MAXCACHE", _PATTERNS) < _PATTERNS:
        re._MAXCACHE = _PATTERNS  # type: ignore[attr-defined]


#: Who wants room for patterns just now in somebody else's process, and how much `re` had before.
_staying, _room_before = 0, 0
_TURN = _thread.allocate_lock()  # `threading` is not imported for it


@contextmanager
def patterns_stay_meanwhile() -> Iterator[None]:
    """The same in somebody else's process, while this lasts: afterwards `re` has the room it had. What it has kept it keeps,
    until somebody compiles something else."""
    global _staying, _room_before
    if not hasattr(re, "_MAXCACHE"):
        yield
        return
    with _TURN:
        if not _staying:
            _room_before = re._MAXCACHE
        _staying += 1
        re._MAXCACHE = max(re._MAXCACHE, _PATTERNS)
    try:
        yield
    finally:
        with _TURN:
            _staying -= 1
            if not _staying:
                re._MAXCACHE = _room_before


#: A pattern and its flags.
PatternKey = tuple[str, int]

#: What `re` makes of one: its flags, its code (whole numbers of 32 bits), how many groups, and the names of groups.
PatternCode = tuple[int, bytes, int, dict[str, int]]

#: A pattern whose code is shorter than this (bytes) is compiled as fast as it is read.
_SHORT_CODE = 400


@contextmanager
def patterns_known(known: Mapping[PatternKey, PatternCode]) -> Iterator[dict[PatternKey, PatternCode]]:
    """Patterns whose code is known are made of it; what is compiled all the same is told. The code is that of this very
    Python, who checks it before he believes it; where it cannot be used the pattern is compiled. Gains four tenths of the
    time of `drafter check` on a speech, which uses 450 patterns."""
    if not _ours:
        with patterns_stay_meanwhile():
            yield {}
        return
    from array import array
    from threading import RLock

    fresh: dict[PatternKey, PatternCode] = {}
    compiler, engine = sys.modules.get("re._compiler"), sys.modules.get("_sre")
    compile_now, code_of = getattr(compiler, "compile", None), getattr(compiler, "_code", None)
    make = getattr(engine, "compile", None)
    if not (compiler and compile_now and code_of and make):  # another Python
        yield fresh
        return
    seen: list[list[int]] = []
    turn = RLock()  # a thread that reads files may compile while another proof-reads

    def coded(*given: object) -> list[int]:
        seen[:] = [code_of(*given)]
        return seen[0]

    def compiled(pattern: object, flags: int = 0) -> re.Pattern[str]:
        key = (pattern, int(flags)) if isinstance(pattern, str) else None
        if key is not None and key in known:
            try:
                every, code, groups, names = known[key]
                indexed: list[str | None] = [None] * (groups + 1)
                for name, number in names.items():
                    indexed[number] = name
                return make(pattern, every, array("I", code).tolist(), groups, names, tuple(indexed))  # type: ignore[no-any-return]
            except (RuntimeError, ValueError, TypeError, LookupError, OverflowError):
                pass
        with turn:
            found: re.Pattern[str] = compile_now(pattern, flags)
            code = array("I", seen.pop()).tobytes() if seen else b""
        if key is not None and len(code) >= _SHORT_CODE:
            fresh[key] = (found.flags, code, found.groups, dict(found.groupindex))
        return found

    vars(compiler).update(compile=compiled, _code=coded)
    try:
        yield fresh
    finally:
        vars(compiler).update(compile=compile_now, _code=code_of)


_COMPILE = re.compile


class _Later:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        return getattr(_COMPILE(*self._pattern), name)


@contextmanager
def patterns_wait(package: str) -> Iterator[None]:
    """Regular expressions that a package compiles while it is imported wait until somebody uses them. PyYAML's are
    those of its reader in Python and of the types of YAML; the C parser needs none of them. Jinja's are those of filters
    that are taken out, and of packages it imports. Gains an eighth of the instructions of `drafter new` (502 M instead of
    570 M), Jinja's a fiftieth."""

    if not _ours:
        yield
        return

    def compiled(pattern: str, flags: int = 0) -> object:
        asks = sys._getframe(1).f_globals.get("__name__", "")
        return (_Later if asks.partition(".")[0] == package else _COMPILE)(pattern, flags)

    re.compile = compiled  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = _COMPILE


@contextmanager
def library_hushed(*names: str) -> Iterator[None]:
    """What libraries that are imported say on standard error to their administrators, by `logging` or `warnings`, is not said
    while this lasts: what matters of it drafter says itself. It gains nothing but that."""
    import logging
    import warnings

    loggers = [logging.getLogger(one) for one in logging.root.manager.loggerDict if one.partition(".")[0] in names]
    loud = [log for log in loggers if not log.disabled]
    for log in loud:
        log.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for log in loud:
            log.disabled = False


def terminal_unheard() -> None:
    """Ctrl-C, and that the terminal has gone, are another process's to hear, for which this one works. It gains nothing but that."""
    import signal

    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


class HungUp(KeyboardInterrupt):
    """Nobody is at the terminal any more."""


@contextmanager
def hangup_heard() -> Iterator[None]:
    """Raise HungUp in what is done meanwhile as soon as the terminal has gone. Where nothing tells of that (Windows, a
    thread, no terminal) nothing is raised."""
    import signal
    import threading

    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def heard(number: int, frame: object) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # once is enough: what is saved now is not to be cut off
        raise HungUp

    before = signal.signal(signal.SIGHUP, heard)
    leave, stay = os.pipe()
    watcher = threading.Thread(target=_watch, args=(leave,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        os.close(stay)
        watcher.join()
        os.close(leave)
        if signal.getsignal(signal.SIGHUP) is heard:
            signal.signal(signal.SIGHUP, before or signal.SIG_DFL)


def _watch(leave: int) -> None:
    """Tell the process once standard input has been hung up. A terminal that is not the session's own sends no signal,
    and what reads it then is told of an error again and again. Ends when the other end of `leave` is closed."""
    import select
    import signal
    from contextlib import suppress

    if sys.platform == "win32" or not hasattr(select, "poll"):
        return
    poll = select.poll()
    poll.register(leave, select.POLLHUP)
    with suppress(AttributeError, OSError, ValueError):
        if sys.stdin.isatty():
            poll.register(sys.stdin.fileno(), 0)
    if any(number != leave for number, _ in poll.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
