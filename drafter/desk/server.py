"""The desk as a program: a port of this machine nobody else reaches, one desk a folder, the browser opened, and an end once
nobody looks any more."""

import gc
import http.client
import json
import logging
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from drafter.commands.programs import shown
from drafter.commands.workplace import KEPT, workplace
from drafter.desk import apart
from drafter.desk.app import Desktop
from drafter.desk.guard import Guard, Key
from drafter.diagnostic import Diagnostic, Rejected

#: Seconds without a word from any page after which the desk ends. A page speaks every 20 s; browsers let one that is hidden
#: speak once a minute, and a lid may be closed for lunch: nothing is lost by ending, and a second start takes a second.
IDLE_S = 1800

#: Seconds after the last page was closed.
CLOSED_S = 90

#: Seconds a second start waits for the first to be ready.
_PATIENCE_S = 15

_STATE = Path(KEPT) / ".起草台.json"
_LOCK = Path(KEPT) / ".起草台.lock"


def serve(folder: str, *, open_browser: bool, on_ready: Callable[[str, bool], object], idle_s: float = IDLE_S) -> None:
    """Serve the desk of a folder until nobody looks any more, or Ctrl-C. `on_ready` is told the address to open, and whether
    it is that of a desk that was already there, which is then all that happens. Raises Rejected."""
    os.chdir(workplace(folder))  # drafter.toml and outlines/ of the folder hold, and messages name files as the user knows them
    lock = _locked()
    if lock is None:
        address = _first()
        if address:
            on_ready(address, True)
            if open_browser:
                shown(address)
            return
    gc.enable()  # the program goes without for its tenth of a second; this one stays
    listening = _listening()
    key = Key(listening.getsockname()[1], secrets.token_urlsafe(24))
    desktop = Desktop()
    config = uvicorn.Config(
        Guard(desktop.app, key),
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # what strangers send wrong is nobody's news
    # What it says of itself (a request cut short by Ctrl-C) is nothing a person can use; a page's own errors go to `drafter`'s log.
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    server = uvicorn.Server(config)
    _written_down(key)
    threading.Thread(target=_watched, args=(server, desktop, key, open_browser, on_ready, idle_s), daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
        apart.ended()
        with suppress(OSError):
            _written_down(Key(key.port, ""))
        if lock is not None:
            os.close(lock)


def _watched(
    server: uvicorn.Server,
    desktop: Desktop,
    key: Key,
    open_browser: bool,
    on_ready: Callable[[str, bool], object],
    idle_s: float,
) -> None:
    """Say that the server is ready, open the browser, and end it once nobody looks any more."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.01)
    on_ready(key.address, False)
    if open_browser:
        shown(key.address)
    while not server.should_exit:
        time.sleep(min(1.0, idle_s / 4))
        quiet = time.monotonic() - desktop.last_seen
        if not (desktop.busy or desktop.at_work) and (quiet > idle_s or (desktop.closed and quiet > min(CLOSED_S, idle_s))):
            server.should_exit = True


# ── one desk a folder ──────────────────────────────────────────────────────────────────────────────────────────────


def _locked() -> int | None:
    """Hold the lock of the folder's desk for as long as this process lives; None where another holds it."""
    file = os.open(_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _listening() -> socket.socket:
    """A port of this machine: that of the last time, where it is free, so that a page left open finds its desk again, with the
    words it has kept; else any."""
    last = 0
    with suppress(OSError, ValueError, KeyError, TypeError):
        last = int(json.loads(_STATE.read_text(encoding="utf-8"))["port"])
    for port in (last, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # where it lets two listen on one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen(64)
            return listening
        except (OSError, OverflowError):
            listening.close()
    raise Rejected(Diagnostic("这台电脑不让程序听本机的端口，起草台开不了。", None, "请管电脑的人看看安全软件是不是拦了 127.0.0.1。", code="desk-port"))


def _written_down(key: Key) -> None:
    """Write down how the desk is reached, for the next start; nobody else on the machine may read it. Without a token it has
    ended."""
    new = _STATE.with_suffix(".neu")
    with suppress(OSError):
        new.unlink()
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"port": key.port, "token": key.token}, file)
    os.replace(new, _STATE)


def _first() -> str:
    """The address of the desk that holds the lock, once it answers; "" where it does not, for what it could be."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
            state = json.loads(_STATE.read_text(encoding="utf-8"))
            key = Key(int(state["port"]), str(state["token"]))
            if not key.token:
                raise ValueError
            asked = http.client.HTTPConnection("127.0.0.1", key.port, timeout=2)
            asked.request("GET", "/alive", headers={"Cookie": f"{key.cookie}={key.token}"})
            if asked.getresponse().status == 204:
                return key.address
        time.sleep(0.1)
    return ""
