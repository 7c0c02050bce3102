"""Who may ask: only the browser the desk was opened in, only under the desk's own name, and no more than it can take.

Every answer, errors too, says what its page may load: what this server gives, and no script that stands in the page.
"""

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes a request may have: the greatest paper the readers take (64 MiB), twenty ordinary ones at once, and the form around them.
MAX_BODY_BYTES = 72 << 20

#: Methods that change nothing.
_LOOKING = ("GET", "HEAD")


class Key(NamedTuple):
    """What opens the desk: the port it listens on, and the token of this start."""

    port: int
    token: str

    @property
    def address(self) -> str:
        """Where a browser is sent first."""
        return f"http://127.0.0.1:{self.port}/?t={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers keep those of all ports of a machine together."""
        return f"desk-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names it answers to."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class TooMuch(HTTPException):
    """A request has more bytes than `MAX_BODY_BYTES`: of the kind the application makes a page of."""

    def __init__(self) -> None:
        super().__init__(413)


class Guard:
    """The app behind a door."""

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self.app, self.key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["csp_nonce"] = nonce
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _locked(MutableHeaders(raw=message.setdefault("headers", [])), nonce)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sent)
            return
        try:
            await self.app(scope, _bounded(receive), sent)
        except TooMuch:
            if not begun:
                await _told(413, "文件太大了：一次最多 64 MB。请退回上一页，换小一些的文件。")(scope, receive, sent)

    def _refusal(self, scope: Scope) -> Response | None:
        """What is answered instead of the page; None for who may come in."""
        headers = Headers(scope=scope)
        if headers.get("host") not in self.key.hosts:
            return _told(403, "不认识的主机名。")
        try:
            token = parse_qs(scope["query_string"].decode(), errors="strict").get("t", [""])[0]
        except ValueError:
            return _told(400, "网址写错了。")
        looking = scope["method"] in _LOOKING
        if looking and scope["path"] == "/" and token and secrets.compare_digest(token.encode(), self.key.token.encode()):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.key.cookie, self.key.token, httponly=True, samesite="strict", path="/")
            return answer
        if not self._known(headers):
            return _told(403, "这一页要从起草台打开：请再双击一次「起草台」。写了一半的稿子都在。")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _told(403, "别的网页不能打开起草台。")
        if not looking and not self._from_here(headers):
            return _told(403, "别的网页不能往起草台里写。")
        said = headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > MAX_BODY_BYTES:
            return _told(413, "文件太大了：一次最多 64 MB。请退回上一页，换小一些的文件。")
        return None

    def _known(self, headers: Headers) -> bool:
        """Whether the browser has the cookie of this start."""
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self.key.cookie)
        except CookieError:
            return False
        return held is not None and secrets.compare_digest(held.value.encode(), self.key.token.encode())

    def _from_here(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of the desk; who does not say whence has no page."""
        origin = headers.get("origin")
        return origin in [f"http://{host}" for host in self.key.hosts]


def _told(status: int, words: str) -> Response:
    return PlainTextResponse(words, status)


def _locked(headers: MutableHeaders, nonce: str) -> None:
    """What every answer says of itself. The A4 pages have lengths in their markup, so style may stand in attributes."""
    headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"  # with none at all browsers do not say whence a form comes
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")


def _bounded(receive: Receive) -> Receive:
    """The same, ended where more comes than a request may have: not every client says before how much it sends."""
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > MAX_BODY_BYTES:
            raise TooMuch
        return message

    return counted
