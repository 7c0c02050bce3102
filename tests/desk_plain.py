"""The desk's pages as a browser without scripts has them: requests answered by the application itself, no server, no guard.

`plain` is such a browser, with the desk in a folder of the test's own."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode, urlsplit

import pytest

Words = Mapping[str, str | Sequence[str]]
NOTHING: Words = MappingProxyType({})


class Answer(NamedTuple):
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Plain(NamedTuple):
    """Asks the application; a redirection is an answer and not followed."""

    app: Any

    def get(self, address: str, asked: Words = NOTHING, **headers: str) -> Answer:
        """Look at a page."""
        parts = urlsplit(address)
        return self._ask("GET", parts.path, "&".join(filter(None, (parts.query, urlencode(asked, doseq=True)))), b"", headers)

    def post(self, address: str, form: Words = NOTHING, **headers: str) -> Answer:
        """Send a form."""
        told = {"content-type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", urlsplit(address).path, urlsplit(address).query, urlencode(form, doseq=True).encode(), told)

    def _ask(self, method: str, path: str, query: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", 1),
            "client": ("127.0.0.1", 2),
            "state": {},
        }
        told: list[dict[str, Any]] = []
        sent = False

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                await asyncio.sleep(60)
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        with ThreadPoolExecutor(1) as thread:  # a browser of another test may hold this one's event loop
            thread.submit(asyncio.run, self.app(scope, receive, send)).result()
        given = {name.decode(): value.decode() for name, value in told[0]["headers"]}
        return Answer(told[0]["status"], given, b"".join(message.get("body", b"") for message in told[1:]))


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plain:
    """A browser without scripts, in a folder of the test's."""
    from drafter.desk.app import Desktop

    monkeypatch.chdir(tmp_path)
    return Plain(Desktop().app)
