"""What pages are made with: a template and what it shows, the one thread commands run on, and what a form has sent."""

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar
from urllib.parse import quote

import jinja2
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from drafter.desk.said import FOR_PAGES
from drafter.diagnostic import Diagnostic, Rejected

Given = ParamSpec("Given")
Got = TypeVar("Got")

#: Files, fields and bytes of a field a form may have.
MAX_FILES = 60
MAX_FIELDS = 4_000
MAX_FIELD_BYTES = 4 << 20

_HERE = Path(__file__).parent

#: Commands share what they remember between runs, and `startup.patterns_known` changes `re` while one runs: one at a time.
_WORKER = ThreadPoolExecutor(1, "commands")


class NotHere(Exception):
    """There is nothing of that id, number or name."""


class SentFile(NamedTuple):
    """A file a form has sent: its name without any folder, and its bytes."""

    name: str
    data: bytes


class Sent(NamedTuple):
    """What a form has sent."""

    data: FormData

    def text(self, name: str, usual: str = "") -> str:
        """What stands in a field, `usual` where it is missing."""
        value = self.data.get(name, usual)
        return value if isinstance(value, str) else usual

    def all(self, name: str) -> list[str]:
        """What stands in all fields of a name."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def names(self) -> list[str]:
        """The names of the fields of text, in their order, each once."""
        return list(dict.fromkeys(name for name, value in self.data.multi_items() if isinstance(value, str)))

    async def files(self, name: str) -> list[SentFile]:
        """The files of a field; an empty file field sends none."""
        out = []
        for value in self.data.getlist(name):
            if isinstance(value, UploadFile) and value.filename:
                out.append(SentFile(re.split(r"[\\/]", value.filename)[-1], await value.read()))
                await value.close()
        return out

    async def file(self, name: str) -> SentFile | None:
        """The first of them."""
        return next(iter(await self.files(name)), None)


async def form_of(request: Request) -> Sent:
    """What the form of a request has sent. Raises Rejected where that is more than a form may have."""
    try:
        return Sent(await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES))
    except HTTPException:
        raise Rejected(
            Diagnostic("一次送来的太多了，没有收下。", None, f"一次最多 {MAX_FILES} 个文件，分几次来。", code="form-too-large")
        ) from None


async def work(function: Callable[Given, Got], *args: Given.args, **named: Given.kwargs) -> Got:
    """Run a command on the one thread for them. Raises what it raises."""
    return await asyncio.get_running_loop().run_in_executor(_WORKER, partial(function, *args, **named))


async def show(request: Request, template: str, status: int = 200, **shown: object) -> Response:
    """A page."""
    return HTMLResponse(rendered(request, template, **shown), status)


def rendered(request: Request, template: str, **shown: object) -> str:
    """A template with what it shows, as HTML."""
    nonce = getattr(request.state, "csp_nonce", "")
    return _templates().get_template(template).render(request=request, path=request.url.path, csp_nonce=nonce, **shown)


def seen(address: str) -> Response:
    """Go on to look at this, after something was changed."""
    return RedirectResponse(address, 303)


def download(path: Path, name: str) -> Response:
    """A file to be kept by the browser under a name."""
    answer = FileResponse(path)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def is_part(request: Request) -> bool:
    """Whether a script of the desk asks, which wants a piece of a page."""
    return "x-desk" in request.headers


# ── what a page says of a problem ──────────────────────────────────────────────────────────────────────────────────


class OnPage(NamedTuple):
    """A problem as a page tells it: what is wrong, where ("" for nowhere), the words it is about, and what to do."""

    message: str
    where: str
    quote: str
    hint: str
    level: str
    code: str


def told(problem: Diagnostic) -> OnPage:
    """A problem for a page: files without their folders, and no command lines."""
    place = problem.place
    where = ""
    if place is not None:
        where = Path(place.file).name if place.file else ""
        if place.said:
            where = f"{where} {place.said}".strip()
        elif place.line:
            where = f"{where} 第 {place.line} 行".strip()
    hint = FOR_PAGES.get(problem.code, without_commands(problem.hint))
    return OnPage(without_commands(problem.message) or without_folders(problem.message), where, problem.quote.strip(), hint, problem.level, problem.code)


def told_all(problems: Sequence[Diagnostic], on: str = "") -> list[OnPage]:
    """Problems for a page; `on` is the name of the file the page is about, which need not be said with each."""
    found = [told(problem) for problem in problems]
    return [one._replace(where="" if one.where == on else one.where.removeprefix(f"{on} ")) for one in found] if on else found


#: A sentence that tells what to type.
_TYPED = re.compile(r"(?<![A-Za-z])drafter [a-z]|(?<![\w-])--?[a-z][a-z-]*\b")

#: An option before a colon, with its value: “--pick：没有这一段”.
_ABOUT = re.compile(r"^--[a-z][a-z-]*(?: [^：\n]{0,80})?：", re.MULTILINE)


def without_commands(words: str) -> str:
    """Words without the sentences that say what to type in a terminal, and without the option that what follows is about."""
    words = _ABOUT.sub("", words)
    rows = []
    for row in words.split("\n"):
        kept = [part for part in re.split(r"(?<=[。；])", row) if part and not _TYPED.search(part)]
        if kept:
            rows.append("".join(kept).rstrip("；") + ("。" if kept[-1].endswith("；") else ""))
    return without_folders("\n".join(rows))


def without_folders(words: str) -> str:
    """Words in which neither the desk's own folders nor the parts of a Word file are told, and the program by the name it has here."""
    words = re.sub(r"\b(?:word|docProps|customXml)/[\w./-]+\.(?:xml|rels|bin)", "内容", words)
    words = re.sub(r" ?(?<![A-Za-z./-])drafter(?![A-Za-z./-]) ?", "起草台", words)
    return re.sub(r"(?:[^\s：“”（）]*[\\/])?存稿[\\/](?:[^\s：“”（）\\/]+[\\/])*", "", words)


def day(said: object) -> str:
    """Words in which the days are as people write them, not as files do: 2026-08-22, 2026-08 of a month, or with a time after it."""
    return _DAY.sub(_said_day, str(said))


_DAY = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?:[T ](\d\d:\d\d)[\d:.+Z]*)?(?![\w-])", re.ASCII)


def _said_day(found: re.Match[str]) -> str:
    year, month, of_month, time = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(of_month)}日" if of_month else "") + (f" {time}" if time else "")


@cache
def _templates() -> jinja2.Environment:
    from drafter import __version__

    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"), autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True
    )
    env.globals["version"] = __version__
    env.filters["web"] = told
    env.filters["plain"] = without_commands
    env.filters["day"] = day
    return env
