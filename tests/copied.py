"""The program as users run it, in a process of its own, which is a copy of one that has imported it already: three quarters of the
time of a short run go into imports, and the tests start it a thousand times.

Only what an interpreter finds out while it starts cannot be tried so: where that differs, `run` begins the program anew.
"""

import gc
import io
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

#: What may differ in the environment of a copy: the program reads it when it runs.
READ_LATE = {"COLUMNS", "DRAFTER_HOME", "PYTEST_CURRENT_TEST"}

#: Packages whose imports cost more than all others, and which belong to commands that stay.
NOT_NEEDED = ("drafter.desk", "drafter.lsp", "drafter.agent")

_NUMBER = struct.Struct("=q")


#: Those there are.
_begun: list["Original"] = []


class Original:
    """The process that is copied, begun by the first run of a process of tests."""

    def __init__(self, desk: bool = False) -> None:
        self.environment = dict(os.environ)
        ours, theirs = socket.socketpair()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}  # as those of its copies are
        self.process = subprocess.Popen([sys.executable, "-P", __file__, str(theirs.fileno()), *["desk"] * desk], pass_fds=[theirs.fileno()], **pipes)
        theirs.close()
        self.ear = ours
        _begun.append(self)

    def end(self) -> None:
        """It ends once nobody asks any more."""
        self.ear.close()
        self.process.kill()  # it has nothing to lose, and a copy that stays may hold its pipes
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()

    def _ask(self, words: Sequence[str], folder: Path, environment: Mapping[str, str], files: list[int], heard: str = "") -> None:
        asked = json.dumps([list(words), str(folder), dict(environment), heard]).encode()
        socket.send_fds(self.ear, [_NUMBER.pack(len(asked))], files)
        self.ear.sendall(asked)
        for theirs in files:
            os.close(theirs)

    def stay(self, words: Sequence[str], folder: Path, environment: Mapping[str, str], heard: Path, errors: int) -> "Staying":
        """Begin what stays until it is ended; `heard` is a file it writes down in whom it speaks to, `errors` one for standard
        error."""
        (to_in, in_), (out, to_out), (told, to_told) = (os.pipe()[::step] for step in (-1, 1, 1))
        os.close(to_in)
        self._ask(words, folder, environment, [in_, to_out, os.dup(errors), to_told], str(heard))
        (pid,) = _NUMBER.unpack(os.read(told, _NUMBER.size))
        return Staying(pid, told, open(out, encoding="utf-8"))

    def can(self, environment: Mapping[str, str]) -> bool:
        """Whether a copy is what a process would be that begins with this environment."""
        return not {name for name, _ in self.environment.items() ^ environment.items()} - READ_LATE

    def run(
        self, words: Sequence[str], stdin: bytes, folder: Path, environment: Mapping[str, str], timeout: float
    ) -> "subprocess.CompletedProcess[bytes]":
        """The same as `subprocess.run` with its output captured."""
        (to_in, in_), (out, to_out), (error, to_error) = (os.pipe()[::step] for step in (-1, 1, 1))
        self._ask(words, folder, environment, [in_, to_out, to_error])
        (pid,) = _NUMBER.unpack(_received(self.ear, _NUMBER.size))
        said: dict[int, bytes] = {}

        def read(pipe: int) -> None:
            with open(pipe, "rb") as there:
                said[pipe] = there.read()

        work: list[tuple[Callable[..., None], tuple[Any, ...]]] = [(read, (out,)), (read, (error,)), (tell, (to_in, stdin))]
        threads = [threading.Thread(target=do, args=args, daemon=True) for do, args in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout)
            if thread.is_alive():
                os.kill(pid, 9)
                _received(self.ear, _NUMBER.size)
                raise subprocess.TimeoutExpired(list(words), timeout)
        (status,) = _NUMBER.unpack(_received(self.ear, _NUMBER.size))
        return subprocess.CompletedProcess(list(words), os.waitstatus_to_exitcode(status), said[out], said[error])


class Staying:
    """What of `subprocess.Popen` the tests want, of a copy."""

    def __init__(self, pid: int, told: int, stdout: IO[str]) -> None:
        self.pid, self.stdout, self.returncode = pid, stdout, None
        self._told = told

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; its exit code."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = os.waitstatus_to_exitcode(*_NUMBER.unpack(os.read(self._told, _NUMBER.size)))
            os.close(self._told)
        return self.returncode

    def poll(self) -> int | None:
        """Its exit code where it has ended."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is there still."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


@cache
def original(desk: bool = False) -> Original:
    """The one of this process of tests; there is another one for desks, which import more."""
    return Original(desk)


def ended() -> None:
    """Where there is one, it ends."""
    for one in _begun:
        one.end()
    _begun.clear()
    original.cache_clear()


def ran(words: Sequence[str], stdin: str, folder: Path, environment: Mapping[str, str], timeout: float = 60, errors: str = "strict") -> Any:
    """`subprocess.run` of these words, its output captured as text in UTF-8; in a copy where that is the same."""
    if not (sys.platform == "linux" and original().can(environment)):
        settings: dict[str, Any] = {"encoding": "utf-8", "errors": errors, "timeout": timeout, "cwd": folder, "env": environment}
        return subprocess.run(words, input=stdin, capture_output=True, check=False, **settings)
    done = original().run(words, stdin.encode("utf-8", errors), folder, environment, timeout)
    out, error = (io.TextIOWrapper(io.BytesIO(said), "utf-8", errors).read() for said in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(words, done.returncode, out, error)


def tell(pipe: int, words: bytes) -> None:
    """Write words into a pipe and close it, also where nobody listens; they may wait until it is closed."""
    with suppress(BrokenPipeError), open(pipe, "wb") as there:
        there.write(words)


def _received(ear: socket.socket, size: int) -> bytes:
    out = b""
    while len(out) < size:
        part = ear.recv(size - len(out))
        if not part:
            raise EOFError
        out += part
    return out


def copied(ear: socket.socket) -> None:
    """Make copies for as long as somebody asks; it is in a copy that this comes back, ready to run the program."""
    while True:
        size, files, _, _ = socket.recv_fds(ear, _NUMBER.size, 4)
        if not size:
            os._exit(0)
        words, folder, environment, heard = json.loads(_received(ear, *_NUMBER.unpack(size)))
        pid = os.fork()
        if not pid and (not heard or stays(files)):
            break
        for file in files:
            os.close(file)
        if heard:
            os.waitpid(pid, 0)
            continue
        ear.sendall(_NUMBER.pack(pid))
        _, status = os.waitpid(pid, 0)
        ear.sendall(_NUMBER.pack(status))
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
        os.close(file)
    ear.close()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[:] = words
    if heard:
        sys.stdout.reconfigure(line_buffering=True)
        listened(heard)


def stays(files: list[int]) -> bool:
    """Whether this is the copy that stays: the one that was made first ends at once, and nobody waits; the second waits for the
    third, and tells of its number and its end."""
    if os.fork():
        os._exit(0)
    pid = os.fork()
    if not pid:
        os.close(files[3])
        return True
    *given, told = files
    for file in given:
        os.close(file)
    os.write(told, _NUMBER.pack(pid))
    os.write(told, _NUMBER.pack(os.waitpid(pid, 0)[1]))
    os._exit(0)


def listened(heard: str) -> None:
    """Write down whom this process speaks to, as far as Python knows."""
    file = open(heard, "a", encoding="utf-8", buffering=1)  # noqa: SIM115

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind"):
            file.write(f"{event} {(args[0] if event == 'socket.getaddrinfo' else args[1])!r}\n")

    sys.addaudithook(hook)


def everything(desk: bool) -> None:
    """Import what commands import, and read what the proof-reader reads; the `desk` too."""
    import importlib
    import pkgutil

    import drafter.cli.main

    for module in pkgutil.walk_packages(drafter.__path__, "drafter."):
        if not module.name.startswith(NOT_NEEDED):
            importlib.import_module(module.name)
    from datetime import date

    from drafter.check.paper import check, paper_of_text
    from drafter.check.settings import Settings
    from drafter.outline.yaml import Source

    check(paper_of_text(Source("", "同志们：\n今天开会。\n"), None, date(2026, 11, 29)), Settings())  # reads the tables of the rules
    if desk:
        import drafter.desk.pages
        import drafter.desk.server

        drafter.desk.pages.routes()


if __name__ == "__main__":
    import drafter.cli.main

    everything(sys.argv[2:] == ["desk"])
    gc.freeze()  # what is never looked at is never written to, and stays one and the same memory
    copied(socket.socket(fileno=int(sys.argv[1])))
    sys.exit(drafter.cli.main.entry())
