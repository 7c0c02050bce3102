"""The preview's server: this machine only, this start's token only, and it follows the file."""

import http.client
import threading

import pytest

from drafter.commands.browser import PageServer
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
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
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
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    connection.request("POST", "/", body=b"x", headers={"Host": f"127.0.0.1:{running.port}"})
    assert connection.getresponse().status == 501
    connection.close()


def test_a_saved_file_is_told_to_the_page(server):
    running, file = server
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
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
