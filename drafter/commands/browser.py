"""The pages in the browser, following the files they are made of.

One local server: bound to 127.0.0.1 on a free port, reached only with the token of this start, and only under its own
name (a foreign page that resolves its name to 127.0.0.1 gets 403). It reads no path a client names.
"""

import logging
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from drafter.diagnostic import Rejected

#: Seconds a connection may say nothing before it is closed, and connections at a time; a browser opens six.
PATIENCE_S = 10
MOST_CONNECTIONS = 32

#: What a page may load: what stands in it, and nothing from anywhere (its fonts, pictures and events are this server's).
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

#: Seconds between two looks at the files, and without any page open after which the server stops.
LOOK_EVERY_S = 0.3
IDLE_S = 1800

_EVENTS = "/events"


def serve(
    render: Callable[[str], str], watch: Sequence[Path], *, open_browser: bool, on_ready: Callable[[str], object]
) -> None:
    """Serve what `render` makes until Ctrl-C, loading the page again whenever a watched file is saved. `render` takes
    the address to listen at; where it raises Rejected the problems are shown, and the next save is tried again."""
    server = PageServer(render, watch)
    on_ready(server.url)
    if open_browser:
        from drafter.commands.programs import shown

        shown(server.url)
    threading.Thread(target=server.stop_when_idle, daemon=True).start()
    try:
        server.serve_forever(poll_interval=LOOK_EVERY_S)
    except KeyboardInterrupt:
        pass
    finally:
        server.closing.set()
        server.server_close()


#: What the standard library's servers call a request.
Request = socket.socket | tuple[bytes, socket.socket]


class PageServer(ThreadingHTTPServer):
    """The server and what its pages share."""

    daemon_threads = True
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, render: Callable[[str], str], watch: Sequence[Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.render, self.watch = render, tuple(watch)
        self.token = secrets.token_urlsafe(24)
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/?t={self.token}"
        self.closing = threading.Event()
        self.rendering = threading.Lock()
        self.shown = self.state()
        self.open_pages = 0
        self.last_seen = time.monotonic()
        self.free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.waiting: dict[socket.socket, None] = {}  # connections whose request has not come yet, the oldest first

    def process_request(self, request: Request, client_address: object) -> None:
        """Answer on a thread of its own. Where too many are under way, the connection that has said nothing for longest
        is closed for it."""
        if not self.free.acquire(blocking=False):
            for idle in [*self.waiting][:1]:
                self.waiting.pop(idle, None)
                with suppress(OSError):
                    idle.shutdown(socket.SHUT_RDWR)
            if not self.free.acquire(timeout=1):
                self.shutdown_request(request)
                return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread is to be had
            self.free.release()
            self.shutdown_request(request)

    def process_request_thread(self, request: Request, client_address: object) -> None:
        """As the server's own, and the place is free again."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.free.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes away is no event; the terminal is the writer's."""
        if not isinstance(sys.exc_info()[1], OSError):
            logging.getLogger("drafter").error("preview", exc_info=True)

    def state(self) -> tuple[tuple[int, int], ...]:
        """Modification time and size of every watched file, zeros for one that is not there."""
        out = []
        for path in self.watch:
            try:
                stat = os.stat(path)
                out.append((stat.st_mtime_ns, stat.st_size))
            except OSError:
                out.append((0, 0))
        return tuple(out)

    def stop_when_idle(self) -> None:
        """Shut down after `IDLE_S` without an open page."""
        while not self.closing.wait(LOOK_EVERY_S):
            if self.open_pages:
                self.last_seen = time.monotonic()
            elif time.monotonic() - self.last_seen > IDLE_S:
                self.shutdown()
                return


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version = "drafter"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_S

    def handle_one_request(self) -> None:
        """As the handler's own; until the request has come the connection is one that waits."""
        self.server.waiting[self.connection] = None
        try:
            super().handle_one_request()
        finally:
            self.server.waiting.pop(self.connection, None)

    def do_GET(self) -> None:
        """The page, its events, or a refusal."""
        self.server.waiting.pop(self.connection, None)
        server = self.server
        if self.headers.get("Host") not in (f"127.0.0.1:{server.port}", f"localhost:{server.port}"):
            self.answer(HTTPStatus.FORBIDDEN, "不认识的主机名。")
            return
        try:
            asked = urlsplit(self.path)
            token = parse_qs(asked.query, errors="strict").get("t", [""])[0].encode()
        except ValueError:
            self.answer(HTTPStatus.BAD_REQUEST, "网址写错了。")
            return
        if asked.path == "/" and token and secrets.compare_digest(token, server.token.encode()):
            self.send_response(HTTPStatus.SEE_OTHER)
            self.send_header("Location", "/")
            self.send_header("Set-Cookie", f"drafter={server.token}; HttpOnly; SameSite=Strict; Path=/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        cookies = [part.strip() for part in self.headers.get("Cookie", "").split(";")]
        if not any(secrets.compare_digest(c.encode("utf-8", "replace"), f"drafter={server.token}".encode()) for c in cookies):
            self.answer(HTTPStatus.FORBIDDEN, "请用终端里显示的完整网址打开。")
        elif asked.path == "/":
            self.answer(HTTPStatus.OK, self.page(), "text/html; charset=utf-8")
        elif asked.path == _EVENTS:
            self.events()
        else:
            self.answer(HTTPStatus.NOT_FOUND, "没有这一页。")

    def page(self) -> str:
        server = self.server
        with server.rendering:
            server.shown = server.state()  # before reading: a save in between is then told at once, not missed
            try:
                return server.render(_EVENTS)
            except Rejected as error:
                told = "\n\n".join(d.text() for d in error.diagnostics)
        return _TROUBLE.replace("…", escape(told))

    def events(self) -> None:
        """One message when a watched file has changed; then the page loads again, and asks again."""
        server = self.server
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        server.open_pages += 1
        try:
            beat = 0
            while not server.closing.wait(LOOK_EVERY_S):
                beat += 1
                if server.state() != server.shown:
                    time.sleep(LOOK_EVERY_S / 3)  # editors save in two steps
                    self.wfile.write(b"data: changed\n\n")
                    return
                if beat % 30 == 0:
                    self.wfile.write(b": still here\n\n")
        except OSError:
            return
        finally:
            server.open_pages -= 1

    def answer(self, status: HTTPStatus, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is the writer's."""


_TROUBLE = f"""<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>提纲有问题</title>
<style>body{{font:16px/1.6 sans-serif;margin:3em auto;max-width:60em;padding:0 1em}}pre{{white-space:pre-wrap;
font:15px/1.5 monospace;background:#f6f2e8;padding:1em;border-left:4px solid #c33}}</style>
<h1>提纲有问题</h1><p>改好以后一保存，这一页就会变成预览。</p><pre>…</pre>
<script>new EventSource('{_EVENTS}').onmessage=function(){{location.reload()}}</script></html>
"""
