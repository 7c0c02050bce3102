"""The desk is this user's on this machine: other pages, other names, other machines and other programs get nothing of it, and
what is too much is refused before it is read."""

import http.client
import json
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import DRAFTER
from desk_browser import Desk, desk_in, window
from playwright.sync_api import Browser, Page

CSP = "Content-Security-Policy"


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for all the tests that only ask it something."""
    with desk_in(tmp_path_factory.mktemp("guard") / "起草台", copy=False) as there:
        yield there


class Answered:
    """An answer: its status, headers and text."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers = answer.status, answer.headers
        self.text = answer.read().decode("utf-8", "replace")


def ask(desk: Desk, path: str, method: str = "GET", body: bytes | None = None, **headers: str | None) -> Answered:
    """Asks as a browser that was let in does; a header given as None is left away, `sec_fetch_site` is Sec-Fetch-Site."""
    usual: dict[str, str | None] = {"cookie": desk.cookie}
    if method == "POST":
        usual |= {"origin": desk.origin, "content_type": "application/x-www-form-urlencoded"}
    sent = {name.replace("_", "-"): value for name, value in (usual | headers).items() if value is not None}
    asked = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    try:
        asked.putrequest(method, path, skip_host="host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            asked.putheader(name, value)
        if body is not None:
            asked.putheader("content-length", str(len(body)))
        elif method == "POST":
            asked.putheader("content-length", "0")
        asked.endheaders(body)
        return Answered(asked.getresponse())
    finally:
        asked.close()


def raw(desk: Desk, data: bytes, wait_s: float = 20) -> bytes:
    """What comes back for bytes of one's own."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=wait_s) as there:
        there.sendall(data)
        out = b""
        while part := there.recv(65536):
            out += part
        return out


# ── who may come in ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_address_gives_a_strict_cookie_and_goes_on_without_its_token(open_desk: Desk) -> None:
    first = ask(open_desk, "/?t=" + open_desk.token, cookie=None)
    assert (first.status, first.headers["Location"]) == (303, "/")
    assert first.headers["Set-Cookie"] == f"{open_desk.cookie}; HttpOnly; Path=/; SameSite=strict"
    assert ask(open_desk, "/").status == 200


#: Who asks, in headers and path, and is refused.
REFUSED: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "without a cookie": ("GET", "/", {"cookie": None}),
    "with a cookie of nothing": ("GET", "/", {"cookie": "desk-{port}="}),
    "with a cookie of another start": ("GET", "/", {"cookie": "desk-{port}=" + "A" * 32}),
    "with a token one letter short": ("GET", "/", {"cookie": "desk-{port}={short}"}),
    "with the cookie of another port": ("GET", "/", {"cookie": "desk-1={token}"}),
    "with a cookie nobody can read": ("GET", "/", {"cookie": '\x01"; desk=;;=,'}),
    "with a wrong token in the address": ("GET", "/?t=wrong", {"cookie": None}),
    "with an empty token in the address": ("GET", "/?t=", {"cookie": None}),
    "with the token on another page": ("GET", "/choose?t={token}", {"cookie": None}),
    "with the token in a POST": ("POST", "/?t={token}", {"cookie": None}),
    "for the style alone": ("GET", "/static/desk.css", {"cookie": None}),
    "for the sign of life alone": ("GET", "/alive", {"cookie": None}),
    "for a page that is not there": ("GET", "/nothing", {"cookie": None}),
    "under a name that was bent to this machine": ("GET", "/", {"host": "desk.example.com:{port}"}),
    "under a bent name that begins like ours": ("GET", "/", {"host": "127.0.0.1:{port}.example.com"}),
    "under a name without a port": ("GET", "/", {"host": "127.0.0.1"}),
    "under another port": ("GET", "/", {"host": "127.0.0.1:1"}),
    "under another number of this machine": ("GET", "/", {"host": "127.0.0.2:{port}"}),
    "under nobody's number": ("GET", "/", {"host": "0.0.0.0:{port}"}),
    "under no name": ("GET", "/", {"host": ""}),
    "with a bent name and the token": ("GET", "/?t={token}", {"host": "rebound.example:{port}"}),
    "from another site's link": ("GET", "/", {"sec_fetch_site": "cross-site"}),
    "from a page of another port": ("GET", "/", {"sec_fetch_site": "same-site"}),
    "from another site's form": ("POST", "/alive", {"origin": "https://example.com"}),
    "from another port's form": ("POST", "/alive", {"origin": "http://127.0.0.1:1"}),
    "from a form under another scheme": ("POST", "/alive", {"origin": "https://127.0.0.1:{port}"}),
    "from a page without an origin": ("POST", "/alive", {"origin": "null"}),
    "from who does not say whence": ("POST", "/alive", {"origin": None}),
    "from another site's form, by our own origin": ("POST", "/alive", {"sec_fetch_site": "cross-site"}),
}


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_is_let_in(who: str, open_desk: Desk) -> None:
    method, path, headers = REFUSED[who]
    words = {"port": str(open_desk.port), "token": open_desk.token, "short": open_desk.token[:-1]}
    said = {name: value.format(**words) if value is not None else None for name, value in headers.items()}
    answer = ask(open_desk, path.format(**words), method, **said)
    assert answer.status == 403
    assert answer.headers["Set-Cookie"] is None
    assert open_desk.token not in answer.text


def test_both_names_of_this_machine_are_the_desk_s(open_desk: Desk) -> None:
    assert ask(open_desk, "/", host=f"localhost:{open_desk.port}").status == 200
    assert ask(open_desk, "/alive", "POST", host=f"localhost:{open_desk.port}", origin=f"http://localhost:{open_desk.port}").status == 204
    assert ask(open_desk, "/alive", "POST", sec_fetch_site="same-origin").status == 204


def test_two_names_of_the_machine_are_no_name(open_desk: Desk) -> None:
    twice = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{open_desk.port}\r\nHost: example.com\r\nCookie: {open_desk.cookie}\r\nConnection: close\r\n\r\n"
    assert raw(open_desk, twice.encode()).split()[1] in (b"400", b"403")
    absolute = f"GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nCookie: {open_desk.cookie}\r\nConnection: close\r\n\r\n"
    assert raw(open_desk, absolute.encode()).split()[1] in (b"400", b"403")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "POST"])
def test_no_other_method_changes_anything_from_outside(method: str, open_desk: Desk) -> None:
    answer = ask(open_desk, "/", method, origin="https://example.com", access_control_request_method="POST")
    assert answer.status == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


# ── what every answer says ─────────────────────────────────────────────────────────────────────────────────────────

#: A road to every kind of answer: pages, files, refusals, what is not there.
ANSWERS: dict[str, tuple[str, str, dict[str, str | None], int]] = {
    "a page": ("GET", "/", {}, 200),
    "a style": ("GET", "/static/desk.css", {}, 200),
    "a script": ("GET", "/static/desk.js", {}, 200),
    "a sign of life": ("GET", "/alive", {}, 204),
    "the way in": ("GET", "/?t={token}", {"cookie": None}, 303),
    "a page that is not there": ("GET", "/nothing", {}, 404),
    "a style that is not there": ("GET", "/static/nothing.css", {}, 404),
    "a file that is not there": ("GET", "/file/0123456789ab/0", {}, 404),
    "a file under no id": ("GET", "/file/x/0", {}, 404),
    "a number that is none": ("GET", "/file/0123456789ab/x", {}, 404),
    "a method the page has not": ("DELETE", "/", {"origin": "{origin}"}, 405),
    "a stranger": ("GET", "/", {"cookie": None}, 403),
    "a stranger's name": ("GET", "/", {"host": "example.com"}, 403),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_answer_forbids_what_does_not_come_from_the_desk(what: str, open_desk: Desk) -> None:
    method, path, headers, status = ANSWERS[what]
    words = {"token": open_desk.token, "origin": open_desk.origin}
    answer = ask(open_desk, path.format(**words), method, **{k: v and v.format(**words) for k, v in headers.items()})
    assert answer.status == status
    policy = {row.split()[0]: row.split()[1:] for row in answer.headers[CSP].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["form-action"] == policy["connect-src"] == policy["frame-ancestors"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert "'unsafe-inline'" not in policy["style-src"]
    assert not {word for row in policy.values() for word in row} & {"*", "http:", "https:", "'unsafe-eval'", "blob:"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"]
    assert not [name for name in answer.headers if name.lower().startswith(("access-control", "server", "x-powered"))]


#: Names of files that are not the desk's to give.
TRICKS = [
    "/static/../server.py",
    "/static/..%2fserver.py",
    "/static/%2e%2e/server.py",
    "/static/..%5cserver.py",
    "/static/....//server.py",
    "/static//etc/passwd",
    "/static/%00",
    "/static/desk.css%00.js",
    "/file/../../../etc/passwd",
    "/file/..%2f..%2f..%2fetc%2fpasswd/0",
    "/file/%2e%2e/0",
    "/file/..../0",
    "/file/0123456789ab/-1",
    "/file/0123456789ab/99999999999999999999999999",
    "/file/0123456789AB/0",
    f"/file/{'０' * 12}/0",
    "/file/0123456789ab%0a/0",
    "/file/0123456789ab/../../0",
    "/存稿/.起草台.json",
    "/%e5%ad%98%e7%a8%bf/.%e8%b5%b7%e8%8d%89%e5%8f%b0.json",
]


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_of_a_page_s_own_reaches_a_file(path: str, open_desk: Desk) -> None:
    answer = ask(open_desk, quote(path, safe="/%.?="))
    assert answer.status == 404
    for secret in ("root:", "import ", open_desk.token):
        assert secret not in answer.text


def test_a_token_that_is_no_text_is_refused(open_desk: Desk) -> None:
    assert ask(open_desk, "/?t=%ff%fe", cookie=None).status in (400, 403)
    assert ask(open_desk, "/?" + "&".join(f"a{n}=1" for n in range(5_000)), cookie=None).status in (400, 403, 431)


# ── too much ───────────────────────────────────────────────────────────────────────────────────────────────────────

GREAT = (72 << 20) + 1


def test_what_is_said_to_be_too_great_is_refused_unread(open_desk: Desk) -> None:
    head = f"POST /alive HTTP/1.1\r\nHost: 127.0.0.1:{open_desk.port}\r\nCookie: {open_desk.cookie}\r\nOrigin: {open_desk.origin}\r\n"
    answer = raw(open_desk, f"{head}Content-Length: {GREAT}\r\nConnection: close\r\n\r\nab".encode())
    assert answer.split()[1] == b"413"
    for wrong in ("-1", "1e9", "abc", "１２", "1, 2"):
        assert raw(open_desk, f"{head}Content-Length: {wrong}\r\nConnection: close\r\n\r\n".encode()).split()[1] in (b"400", b"413")
    both = f"{head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
    assert raw(open_desk, both.encode()).split()[1] in (b"204", b"400")
    assert ask(open_desk, "/alive").status == 204


def sent_in_pieces(desk: Desk, path: str, kind: str, begin: bytes, total: int) -> bytes:
    """The first line of what a form is answered that does not say how long it is and is `total` bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {desk.cookie}\r\nOrigin: {desk.origin}\r\n"
        f"Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"a" * (1 << 20)
    with socket.create_connection(("127.0.0.1", desk.port), timeout=60) as there:
        there.sendall(head.encode())
        try:
            for data in (begin, *[piece] * (total // len(piece))):
                if data:
                    there.sendall(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            there.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # it has hung up
        try:
            return there.recv(65536).split(b"\r\n")[0]
        except ConnectionError:
            return b""


def routes_with_forms(desk: Desk) -> list[str]:
    """Pages that take a file from whoever has nothing yet."""
    return [path for path in ("/back", "/old", "/compare") if ask(desk, path).status == 200]


def test_what_is_too_great_without_saying_so_is_cut_off(open_desk: Desk) -> None:
    begin = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    for path in routes_with_forms(open_desk):
        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
            said = sent_in_pieces(open_desk, path, kind, begin if kind[-1] == "x" else b"file=", 80 << 20)
            assert said.split()[1:2] in ([b"413"], [b"422"], [b"400"], []), (path, kind, said)
    assert ask(open_desk, "/alive").status == 204
    with open(f"/proc/{open_desk.process.pid}/status", encoding="utf-8") as status:
        peak = next(int(row.split()[1]) for row in status if row.startswith("VmHWM"))
    assert peak < 700_000, "kB of memory at its greatest"


@pytest.mark.parametrize("form", ["10,000 fields", "10,000 files", "one field of 5 MB", "no end", "no name", "not text", "nothing"])
def test_a_form_no_page_makes_is_refused_in_words(form: str, open_desk: Desk) -> None:
    field = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n'
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a%d.docx"\r\n\r\n1\r\n'
    body = {
        "10,000 fields": b"".join(field % n for n in range(10_000)) + b"--x--\r\n",
        "10,000 files": b"".join(file % n for n in range(10_000)) + b"--x--\r\n",
        "one field of 5 MB": field.replace(b"1\r\n", b"a" * (5 << 20)) % 1 + b"\r\n--x--\r\n",
        "no end": file % 1,
        "no name": b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
        "not text": b"\xff\xfe\x00" * 1000,
        "nothing": b"",
    }[form]
    for path in routes_with_forms(open_desk):
        answer = ask(open_desk, path, "POST", body, content_type="multipart/form-data; boundary=x")
        assert answer.status in (303, 400, 413, 422), (path, answer.text[:300])
        assert "Traceback" not in answer.text
        assert "<h1>" in answer.text or answer.status == 303
    assert ask(open_desk, "/alive").status == 204


def test_connections_that_say_nothing_keep_nobody_out(open_desk: Desk) -> None:
    with ExitStack() as held:
        for n in range(200):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", open_desk.port), timeout=60))
            slow.sendall(b"POST /alive HTTP/1.1\r\nContent-Le" if n % 2 else b"")
        assert ask(open_desk, "/").status == 200


# ── this machine, this user ────────────────────────────────────────────────────────────────────────────────────────


def listeners(port: int) -> list[str]:
    """The addresses of this machine on which somebody listens on a port, as /proc/net has them."""
    out = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            local, state = row.split()[1], row.split()[3]
            if state == "0A" and int(local.split(":")[1], 16) == port:
                out.append(local.split(":")[0])
    return out


def test_it_listens_on_this_machine_alone(open_desk: Desk) -> None:
    assert listeners(open_desk.port) == ["0100007F"]  # 127.0.0.1, the bytes from behind


def test_what_it_writes_down_is_the_user_s_alone(open_desk: Desk) -> None:
    state = open_desk.folder / "存稿" / ".起草台.json"
    assert json.loads(state.read_text(encoding="utf-8")) == {"port": open_desk.port, "token": open_desk.token}
    assert stat.S_IMODE(state.stat().st_mode) == 0o600


def started(folder: Path) -> "subprocess.CompletedProcess[str]":
    """A start that finds a desk there, and ends."""
    command = [str(DRAFTER), "desk", "--no-open", "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_a_second_start_finds_the_first(open_desk: Desk) -> None:
    done = started(open_desk.folder)
    assert (done.stdout, done.stderr, done.returncode) == (f"起草台已经开着：{open_desk.address}\n", "", 0)


def test_two_folders_have_a_desk_each_and_one_s_cookie_does_not_open_the_other(open_desk: Desk, tmp_path: Path) -> None:
    with desk_in(tmp_path / "另一个") as other:
        assert other.port != open_desk.port
        assert ask(other, "/").status == 200
        assert ask(other, "/", cookie=open_desk.cookie).status == 403
        assert ask(other, "/", cookie=f"{open_desk.cookie}; {other.cookie}").status == 200


def test_a_desk_that_was_killed_does_not_fool_the_next_start(tmp_path: Path) -> None:
    with desk_in(tmp_path / "台") as first:
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        assert json.loads((first.folder / "存稿" / ".起草台.json").read_text(encoding="utf-8"))["token"] == first.token
        with desk_in(tmp_path / "台") as second:
            assert second.port == first.port  # so that a page left open finds its desk again
            assert second.token != first.token
            assert ask(second, "/", cookie=first.cookie).status == 403
            assert ask(second, "/").status == 200


def test_somebody_else_on_the_port_of_the_last_time_is_left_alone(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        (tmp_path / "台" / "存稿").mkdir(parents=True)
        state = tmp_path / "台" / "存稿" / ".起草台.json"
        for said in (json.dumps({"port": other.getsockname()[1], "token": "x"}), '{"port": 99999999, "token": 1}', "[]\x00"):
            state.write_text(said, encoding="utf-8")
            with desk_in(tmp_path / "台") as there:
                assert there.port != other.getsockname()[1]
                assert ask(there, "/").status == 200


def test_once_the_last_page_is_closed_it_ends(tmp_path: Path, browser: Browser) -> None:
    with desk_in(tmp_path / "台", "--idle", "10") as there:
        with window(browser, there) as page:
            page.wait_for_timeout(200)
            assert there.process.poll() is None
        assert there.process.wait(60) == 0
        assert json.loads((tmp_path / "台" / "存稿" / ".起草台.json").read_text(encoding="utf-8"))["token"] == ""


class Elsewhere(SimpleHTTPRequestHandler):
    """Gives the files of a folder, and says nothing of it."""

    def log_message(self, *words: object) -> None:
        pass


def test_the_pages_of_another_site_get_nothing(open_desk: Desk, browser: Browser, tmp_path: Path) -> None:
    """A page under another origin, in the browser that has the cookie: no frame, no form, no fetch."""
    (tmp_path / "evil.html").write_text(
        f'<iframe src="{open_desk.origin}/"></iframe><img src="{open_desk.origin}/static/icon.svg">'
        f'<form method=post action="{open_desk.origin}/alive"><button>x</button></form>',
        encoding="utf-8",
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Elsewhere, directory=str(tmp_path))) as server, closing(browser.new_context()) as context:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page: Page = context.new_page()
        page.goto(open_desk.address)
        assert page.title()
        evil = context.new_page()
        statuses: dict[str, int] = {}
        evil.on("response", lambda answer: statuses.__setitem__(answer.url, answer.status))
        evil.goto(f"http://localhost:{server.server_port}/evil.html")
        read = f"fetch('{open_desk.origin}/', {{credentials: 'include'}}).then(r => r.text(), () => 'nothing')"
        assert evil.evaluate(read) == "nothing"
        sent = f"fetch('{open_desk.origin}/alive', {{method: 'POST', credentials: 'include', mode: 'no-cors'}}).then(r => r.type, () => 'nothing')"
        assert evil.evaluate(sent) == "nothing"
        with evil.expect_navigation():
            evil.click("button")
        said = {status for url, status in statuses.items() if url.startswith(open_desk.origin)}
        server.shutdown()
    assert said == {403}, statuses
