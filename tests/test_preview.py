"""The preview's server: this machine only, this start's token only, and it follows the file."""

import http.client
import socket
import threading
from contextlib import suppress

import pytest

from drafter.commands.browser import MOST_CONNECTIONS, PageServer
from drafter.diagnostic import Diagnostic, Rejected


@pytest.fixture
def server(tmp_path):
    """A running server over one watched file, whose text is the page."""
    file = tmp_path / "a.yaml"
    file.write_text("甲", encoding="utf-8")

    def render(live):
        text = file.read_text(encoding="utf-8")
        if "坏" in text:
            raise Rejected(Diagnostic("a.yaml:1:1: <坏了>"))
        return f"<p>{text}{live}</p>"

    running = PageServer(render, [file])
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    yield running, file
    running.closing.set()
    running.shutdown()
    thread.join()
    running.server_close()


def get(server, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{server.port}", **headers})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def test_the_address_with_the_token_gives_a_cookie_and_then_the_page(server):
    running, _ = server
    response, _ = get(running, f"/?t={running.token}")
    assert response.status == 303
    cookie = response.headers["Set-Cookie"]
    assert cookie == f"drafter={running.token}; HttpOnly; SameSite=Strict; Path=/"
    response, body = get(running, "/", Cookie=cookie.split(";")[0])
    assert (response.status, body) == (200, "<p>甲/events</p>")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 403),
        ("/?t=wrong", {}, 403),
        ("/events", {}, 403),
        ("/", {"Host": "evil.example"}, 403),
        ("/../../etc/passwd", {"Cookie": "drafter=TOKEN"}, 404),
        ("/", {"Cookie": "drafter=TOKEN", "Host": "localhost"}, 403),
    ],
)
def test_nobody_else_gets_in(server, path, headers, status):
    running, _ = server
    headers = {name: value.replace("TOKEN", running.token) for name, value in headers.items()}
    assert get(running, path, **headers)[0].status == status


def test_it_listens_on_this_machine_only(server):
    assert server[0].server_address[0] == "127.0.0.1"


def test_only_reading_is_allowed(server):
    running, _ = server
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("POST", "/", body=b"x", headers={"Host": f"127.0.0.1:{running.port}"})
    assert connection.getresponse().status == 501
    connection.close()


def test_a_saved_file_is_told_to_the_page(server):
    running, file = server
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("GET", "/events", headers={"Host": f"127.0.0.1:{running.port}", "Cookie": f"drafter={running.token}"})
    response = connection.getresponse()
    file.write_text("甲乙", encoding="utf-8")
    assert response.read() == b"data: changed\n\n"
    connection.close()
    assert get(running, "/", Cookie=f"drafter={running.token}")[1] == "<p>甲乙/events</p>"


def test_what_is_wrong_is_shown_and_mended_by_the_next_save(server):
    running, file = server
    file.write_text("坏", encoding="utf-8")
    body = get(running, "/", Cookie=f"drafter={running.token}")[1]
    assert "<h1>提纲有问题</h1>" in body
    assert "a.yaml:1:1: &lt;坏了&gt;" in body
    file.write_text("好了", encoding="utf-8")
    assert get(running, "/", Cookie=f"drafter={running.token}")[1] == "<p>好了/events</p>"


def test_a_page_may_load_nothing_from_elsewhere(server):
    running, _ = server
    response, _ = get(running, "/", Cookie=f"drafter={running.token}")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["connect-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")


def said(server, line, close=False):
    """What is answered to a request line, b"" for nothing; with `close` the reader goes away before."""
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        head = f"Host: 127.0.0.1:{server.port}\r\nCookie: drafter={server.token}\r\n\r\n"
        connection.sendall(f"{line} HTTP/1.1\r\n{head}".encode("latin-1"))
        if close:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            return b""
        return connection.recv(15)


@pytest.mark.parametrize("line", ["GET http://[::1", "GET http://[", "GET /?t=%ED%A0%80", "GET /?t=%ff"])
def test_a_bad_address_is_answered_and_so_is_the_next(server, line, capfd):
    running, _ = server
    assert said(running, line) == b"HTTP/1.1 400 Ba"
    assert said(running, "GET /") == b"HTTP/1.1 200 OK"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("line", ["GET /\0", "GET / / /", "G\xe9T /", "GET /" + "a" * 70_000, "", "\x16\x03\x01"])
def test_what_is_no_request_harms_nobody(server, line, capfd):
    running, _ = server
    with suppress(OSError):
        said(running, line)
    assert said(running, "GET /") == b"HTTP/1.1 200 OK"
    assert capfd.readouterr() == ("", "")


def test_readers_that_go_away_are_no_event(server, capfd):
    running, _ = server
    for _ in range(5):
        said(running, "GET /", close=True)
    assert said(running, "GET /") == b"HTTP/1.1 200 OK"
    assert capfd.readouterr() == ("", "")


def test_connections_that_say_nothing_give_way_to_those_that_do(server):
    running, _ = server
    before = threading.active_count()
    idle = [socket.create_connection(("127.0.0.1", running.port), 5) for _ in range(2 * MOST_CONNECTIONS)]
    for connection in idle:
        connection.sendall(b"GET / HTTP/1.1\r\n")
    assert said(running, "GET /") == b"HTTP/1.1 200 OK"
    assert threading.active_count() - before <= MOST_CONNECTIONS
    for connection in idle:
        connection.close()
