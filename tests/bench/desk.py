"""The desk timed, in a real browser, beside a peer in the same rounds. No figure here is a test.

    python tests/bench/desk.py [--rounds 9] [--characters 5000] [--json FILE]

first     from the start of `drafter desk` until its first page has come     beside `python -m http.server` and a file
answer    a letter sent until the pages' HTML has come, over HTTP            beside Markdown of that length made into HTML by a
                                                                             server of starlette and markdown-it, as previews have it
seen      a key pressed in Chromium until the new A4 pages stand there
findings  the same, until the proof-reader's margin has come after it
Every round does all of them; medians in ms, with the least and the greatest; a ratio is the median of the rounds' ratios.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

SENTENCE = "各单位要把计划写清楚，把责任分到人，把时间定下来，把结果交上来，做到件件有着落、事事有回音。"

OUTLINE = """\
title: 在全市工作会议上的讲话
fields:
  讲话人: 谁讲？
  开头:
    ask: 开头说什么？
    type: long text
speech:
  - greeting: 同志们：
  - opening: 受【讲话人】委托，【开头】
"""

PEER = """
import sys
import uvicorn
from markdown_it import MarkdownIt
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
made = MarkdownIt()
async def page(request):
    return HTMLResponse(made.render((await request.body()).decode()))
uvicorn.run(Starlette(routes=[Route("/", page, methods=["GET", "POST"])]), port=int(sys.argv[1]), log_level="error")
"""

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")


def main() -> None:
    """Time everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="how often each is done (default 9)")
    parser.add_argument("--characters", type=int, default=5000, help="how long the draft is (default 5000)")
    parser.add_argument("--json", metavar="FILE", help="write every figure there")
    options = parser.parse_args()
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, ms in measured(Path(folder), options.rounds, options.characters):
            figures.setdefault(name, []).append(ms)
    for name, row in figures.items():
        print(f"{name:18}{statistics.median(row):8.0f} ms   {min(row):.0f} to {max(row):.0f}")
    for name in ("first", "answer"):
        ratios = [ours / peer for ours, peer in zip(figures[name], figures[f"{name} of the peer"], strict=True)]
        print(f"{name:18}{statistics.median(ratios):8.2f} times the peer")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measured(folder: Path, rounds: int, characters: int) -> Iterator[tuple[str, float]]:
    """Names of figures, and ms."""
    from playwright.sync_api import sync_playwright

    os.environ |= {"HOME": str(folder), "DRAFTER_HOME": str(folder / "home")} | {
        f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CACHE", "CONFIG", "DATA", "STATE")
    }
    (folder / "desk" / "outlines").mkdir(parents=True)
    paragraph = SENTENCE * 5
    body = [paragraph] * (characters // len(paragraph))
    (folder / "desk/outlines/长稿.yaml").write_text(OUTLINE + "".join(f"  - text: {row}\n" for row in body), encoding="utf-8")
    (folder / "peer.py").write_text(PEER, encoding="utf-8")
    (folder / "index.html").write_text("<title>x</title>", encoding="utf-8")
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("chromium is not here")
    with sync_playwright() as playwright, desk(folder / "desk") as address, peer(folder) as port:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page()
        page.goto(address)
        page.goto(f"http://{urlsplit(address).netloc}/choose")
        page.evaluate(
            "() => { const f = document.createElement('form'); f.method = 'post'; f.action = '/choose';"
            "f.innerHTML = '<input name=only value=长稿>'; document.body.append(f); f.submit() }"
        )
        page.wait_for_url("**/write/*")
        for n in range(rounds + 1):  # the first warms
            found: list[tuple[str, float]] = []
            found.append(("first", first_page(folder / f"d{n}")))
            found.append(("first of the peer", first_of_peer(folder)))
            found.append(("answer", asked(address, page.url, f"第{n}次开会。" * 3)))
            found.append(("answer of the peer", rendered(port, body)))
            page.locator("[name='a.讲话人']").focus()
            page.locator("#pages", has_text=f"第{n}次开会。").wait_for()  # what was sent by another hand has come here too
            page.wait_for_timeout(1500)
            page.evaluate(
                "words => { window.at = {}; const pages = document.getElementById('pages');"
                "document.addEventListener('desk:sheet', () => { if (pages.textContent.includes(words)) at.seen ??= performance.now() });"
                "document.activeElement.addEventListener('input', () => { at.typed = performance.now() }, {once: true}) }",
                "受" + "王" * (n + 1) + "委托",
            )
            with page.expect_response(lambda answer: "/findings" in answer.url):
                page.keyboard.type("王")
                begun = time.perf_counter()
            found.append(("findings", (time.perf_counter() - begun) * 1000))
            page.wait_for_function("at.seen")
            found.append(("seen", page.evaluate("at.seen - at.typed")))
            if n:
                yield from found
        browser.close()


# ── ours and theirs ────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def started(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """A process, ended with the block."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        if process.stdout:
            process.stdout.close()


def command_of(folder: Path) -> list[str]:
    """What starts a desk."""
    drafter = shutil.which("drafter", path=sysconfig.get_path("scripts")) or "drafter"
    return [drafter, "desk", "--no-open", "--folder", str(folder)]


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """A desk; its first address."""
    with started(command_of(folder)) as process:
        assert process.stdout
        yield "http://" + process.stdout.readline().strip().split("http://")[1]


def first_page(folder: Path) -> float:
    """ms from the start of a desk until a browser's first page has come, its cookie fetched."""
    begun = time.perf_counter()
    with desk(folder) as address:
        host = urlsplit(address).netloc
        there = http.client.HTTPConnection(host)
        there.request("GET", f"/?{urlsplit(address).query}")
        answer = there.getresponse()
        answer.read()
        there.request("GET", "/", headers={"Cookie": str(answer.headers["Set-Cookie"]).split(";")[0]})
        answer = there.getresponse()
        answer.read()
        assert answer.status == 200
        there.close()
        return (time.perf_counter() - begun) * 1000


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return int(there.getsockname()[1])


def first_of_peer(folder: Path) -> float:
    """ms from the start of Python's own file server until a page has come."""
    port = free_port()
    begun = time.perf_counter()
    with started([sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]):
        patient(lambda: fetched(port, "GET", b""))
        return (time.perf_counter() - begun) * 1000


@contextmanager
def peer(folder: Path) -> Iterator[int]:
    """The server that makes Markdown into HTML; its port."""
    port = free_port()
    with started([sys.executable, str(folder / "peer.py"), str(port)]):
        patient(lambda: fetched(port, "GET", b""))
        yield port


def patient(ask: Callable[[], object]) -> None:
    """Ask until there is an answer."""
    until = time.monotonic() + 30
    while True:
        try:
            ask()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.002)


def fetched(port: int, method: str, body: bytes, path: str = "/", headers: dict[str, str] | None = None) -> int:
    """The status of an answer that was read to its end."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    there.request(method, path, body, headers or {})
    answer = there.getresponse()
    answer.read()
    there.close()
    return answer.status


def asked(address: str, draft: str, words: str) -> float:
    """ms until what a keystroke comes to has come."""
    parts = urlsplit(address)
    port = int(parts.port or 0)
    headers = {
        "Cookie": f"desk-{port}={parts.query.removeprefix('t=')}",
        "Origin": f"http://{parts.netloc}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Desk": "1",
    }
    body = f"by=bench&since=0&a.{quote('开头')}={quote(words)}".encode()
    begun = time.perf_counter()
    status = fetched(port, "POST", body, f"{urlsplit(draft).path}/typed?paper=0", headers)
    assert status == 200, status
    return (time.perf_counter() - begun) * 1000


def rendered(port: int, body: list[str]) -> float:
    """ms until the same text has come from the peer as HTML."""
    begun = time.perf_counter()
    assert fetched(port, "POST", "\n\n".join(body).encode()) == 200
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
