"""The desk as its users have it: the real program as a process, and a real browser that looks at it.

`desk` is a desk in a folder of the test's own; `page` a page of Chromium that shows it and that fails the test, at its end, where a request
left the desk, the console told of an error, the page's own policy was broken, or the server failed. `other_page()` is a second tab.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import copied
import pytest

if TYPE_CHECKING:  # hundreds of tests do without a browser
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

#: Starts the installed program, and has written down whom it speaks to.
HEARD = f"""\
import runpy, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from copied import listened
del sys.path[0]
listened(sys.argv[1])
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""

#: What Chromium is started with: no graphics, no calls of its own, and no name of another machine is ever found.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

AXE = Path(__file__).parent / "axe" / "axe.min.js"

#: Seconds within which a desk stands, and whatever is waited for on a page, on a busy machine.
PATIENCE_S = 120


class Desk(NamedTuple):
    """A desk that runs: its process, the address it told, what it said so far, and its folder."""

    process: "subprocess.Popen[str]"
    address: str
    said: list[str]
    folder: Path

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.address).port
        assert port
        return port

    @property
    def token(self) -> str:
        """The token of its first address."""
        return urlsplit(self.address).query.removeprefix("t=")

    @property
    def cookie(self) -> str:
        """The `Cookie` header of a browser that was let in."""
        return f"desk-{self.port}={self.token}"


@contextmanager
def desk_in(folder: Path, *words: str, copy: bool = True) -> Iterator[Desk]:
    """A desk in a folder, until the end of the block: it says nothing on standard error, and calls nobody. It is a `copy` of one
    process (`copied`), or begun from nothing."""
    from conftest import DRAFTER

    heard = Path(tempfile.mkdtemp()) / "heard"
    heard.touch()
    command = [str(DRAFTER), "desk", "--no-open", "--folder", str(folder), *words]
    errors = open(heard.with_name("errors"), "w+", encoding="utf-8")  # noqa: SIM115
    if copy and sys.platform == "linux" and copied.original(desk=True).can(os.environ):
        process: Any = copied.original(desk=True).stay(command, Path.cwd(), os.environ, heard, errors.fileno())
    else:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", HEARD, str(heard), *command],
            stdout=subprocess.PIPE, stderr=errors, encoding="utf-8", env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    said: list[str] = []
    spoke = threading.Event()

    def listen() -> None:
        assert process.stdout
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if "http://" in line:
                spoke.set()
        spoke.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        assert spoke.wait(PATIENCE_S), said
        address = re.search(r"http://\S+", "\n".join(said))
        errors.flush()
        assert address, (said, Path(errors.name).read_text(encoding="utf-8"))
        yield Desk(process, address.group(), said, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        listener.join(5)
        assert process.stdout
        process.stdout.close()
        errors.close()
        told, calls = Path(errors.name).read_text(encoding="utf-8"), heard.read_text(encoding="utf-8").splitlines()
        shutil.rmtree(heard.parent)
    assert told == ""
    assert [call for call in calls if not re.match(r"socket\.(bind|connect|getaddrinfo) (\('127\.0\.0\.1', \d+\)|'127\.0\.0\.1')$", call)] == []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk in an empty folder of the test's."""
    with desk_in(tmp_path / "起草台") as there:
        yield there


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A Chromium for the tests of a file: its library holds the thread's event loop, which tests of other files want."""
    from playwright.sync_api import expect, sync_playwright

    program = shutil.which("chromium")
    assert program, "chromium is not here: run .ci/run, which installs it"
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        unhurried(patch)
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


def unhurried(patch: pytest.MonkeyPatch) -> None:
    """What is done on a page ends once the page it leads to stands with its scripts: they are deferred, and run after its places
    are seen. Who wants to be quicker than a script does it by `evaluate` and `page.keyboard`. Of keys, and of files that send
    their form, the browser does not say at once that a page will come of it: see `entered`."""
    from playwright.sync_api import Locator, Page

    def waiting(do: "Callable[..., Any]") -> "Callable[..., Any]":
        def done(place: "Locator | Page", *words: Any, **options: Any) -> Any:
            got = do(place, *words, **options)
            (place if isinstance(place, Page) else place.page).wait_for_load_state()
            return got

        return done

    for kind, names in ((Locator, ("check", "click", "fill", "focus", "press", "wait_for")), (Page, ("fill", "wait_for_selector"))):
        for name in names:
            patch.setattr(kind, name, waiting(getattr(kind, name)))


class Watched:
    """What went wrong on the pages of a browser's window."""

    def __init__(self, context: "BrowserContext", origin: str) -> None:
        self.origin = origin
        self.requests: list[str] = []
        self.problems: list[str] = []
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", lambda response: self._answered(response.status, response.url))
        context.on("console", lambda message: self._told(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )

    def _asked(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.problems.append(f"left the desk: {url}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 500 or (status == 404 and urlsplit(url).path.startswith("/static/")):
            self.problems.append(f"{status}: {url}")

    def _told(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.problems.append(f"console: {text}")


@contextmanager
def window(browser: "Browser", desk: Desk, **options: Any) -> "Iterator[Page]":
    """A window of its own (`options` as `new_context` takes them) in which the desk has just been opened."""
    settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1280, "height": 720}} | options
    context = browser.new_context(**settings)
    watched = Watched(context, desk.origin)
    context.set_default_timeout(PATIENCE_S * 1000)
    try:
        page = context.new_page()
        page.goto(desk.address)
        yield page
        page.wait_for_timeout(50)  # for what the console still has to say
    finally:
        context.close()
    assert watched.problems == []


@pytest.fixture
def page(browser: "Browser", desk: Desk) -> "Iterator[Page]":
    """The desk in a browser, at its first page."""
    with window(browser, desk) as there:
        yield there


@pytest.fixture
def other_page(page: "Page", desk: Desk) -> "Callable[[], Page]":
    """Opens another tab of the same window."""

    def opened() -> "Page":
        tab = page.context.new_page()
        tab.goto(desk.origin + "/")
        return tab

    return opened


# ── what is done on a page ─────────────────────────────────────────────────────────────────────────────────────────


def reads(place: "Locator", words: "str | list[str]") -> None:
    """Waits until a place has these words and no others; a list is one of places."""
    from playwright.sync_api import expect

    expect(place).to_have_text(words, use_inner_text=True)


def says(place: "Locator", words: str) -> None:
    """Waits until a place has these words among others."""
    from playwright.sync_api import expect

    expect(place).to_contain_text(words, use_inner_text=True)


def holds(field: "Locator", words: str) -> None:
    """Waits until this stands in a field."""
    from playwright.sync_api import expect

    expect(field).to_have_value(words)


def gone(place: "Locator") -> None:
    """Waits until there is no such place any more."""
    from playwright.sync_api import expect

    expect(place).to_have_count(0)


def entered(page: "Page") -> None:
    """Presses Enter in a form, and waits for the page that comes of it."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def settled(page: "Page") -> None:
    """Waits until the scripts have run, of the page that was asked for and not of one that says it takes a while."""
    waits = page.get_by_text("做好了这一页会自己换过去")
    page.wait_for_load_state()
    while waits.count():
        gone(waits)
        page.wait_for_load_state()


def axe(page: "Page") -> None:
    """Fails where axe-core has a serious or critical finding on the page."""
    settled(page)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";undefined")
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    told = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: " + " ".join(node["html"][:160] for node in rule["nodes"][:4])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert told == [], page.url


def typed_by_ime(page: "Page", text: str, spelled: str = "pin'yin") -> None:
    """Types into the field that has the focus as an input method does: first letters that are not yet the text, with Enter and
    blank pressed while composing, then the text at once."""
    cdp = page.context.new_cdp_session(page)
    for n in range(1, len(spelled) + 1):
        cdp.send("Input.imeSetComposition", {"text": spelled[:n], "selectionStart": n, "selectionEnd": n})
    for key, code in (("Enter", 13), ("Escape", 27)):  # 229 is what browsers report of a key the input method takes
        event = {"key": key, "code": key, "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": code}
        cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **event})
    cdp.send("Input.insertText", {"text": text})
    cdp.detach()


def downloaded(page: "Page", click: "Locator | Callable[[], object]", folder: Path) -> Path:
    """The file that comes of a click (a locator, or what does it), under its own name in a folder."""
    with page.expect_download() as coming:
        if callable(click):
            click()
        else:
            click.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def sound_docx(path: Path) -> str:
    """The text of a Word file, a paragraph a line; fails where it is not whole, or Microsoft's validator finds something."""
    import docx
    from sound import findings

    assert findings(path.read_bytes()) == {}, path
    validator = shutil.which("ooxml-validator")  # .ci/run has it
    if validator:
        done = subprocess.run([validator, str(path)], capture_output=True, encoding="utf-8", check=False)
        assert (json.loads(done.stdout)["errors"], done.returncode) == ([], 0)
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def picture(page: "Page", path: Path) -> Path:
    """The page as a picture, whole. DRAFTER_PICTURES=FOLDER keeps a copy to look at."""
    settled(page)
    page.screenshot(path=path, full_page=True)
    kept = os.environ.get("DRAFTER_PICTURES")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, kept)
    return path
