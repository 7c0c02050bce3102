"""Every command of the terminal, and every option of it, has its place on a page, or a reason why it has none.

A place is the address of a page and words of that page's own source (its field, its button, what it tells): the test finds them
there. A command or an option that is new fails until somebody has found its place.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

import drafter.desk
from drafter.cli.main import COMMANDS, OUTLINES, program
from drafter.desk.pages import PAGES, routes

DESK = Path(drafter.desk.__file__).parent


class At(NamedTuple):
    """A place: the address of a page, and words that stand in its source."""

    address: str
    words: str


#: Why something has no place. Each is said once, for all it holds for.
PROGRAMS = "for programs that call drafter: what they get is no page"
OVER = "a page never writes over a file: the old one is kept, and a new one has a name of its own"
TERMINAL = "of the terminal itself: how it asks, what it opens, where it writes; a page has none of that"
TODAY = "a page is filled in today; the day of a speech is one of its blanks, and what is told from today was told from then"
SHOWN_FIRST = "a page shows first and writes when the button for it is pressed"
MACHINE = "how many of the machine's processors work: a page looks at one paper at a time"
FOLDERS = "of whole folders and lists: a page is given the papers themselves"
EDITORS = "for editors of programmers; the desk has its own, with the same engine"
OFFICE = "for whoever keeps the shelf of a province, once a month; a page that gives the file away would be for nobody else"
MODELS = "for language models, which their own clients start"
KEPT = "answers are kept with the draft they belong to, at every keystroke; no file of them is handed about"
ELSEWHERE = "the desk keeps what is the office's own in the folder it was opened in"

LETTERS = "what many letters share is settled in their outline and in the settings, before a table is dropped"

#: Command → where it is.
COMMAND_PLACES: dict[str, At | str] = {
    "desk": "is all of it",
    "new": At("/write/{id}", "下载 Word"),
    "batch": At("/batch/{id}", 'value="write"'),
    "renew": At("/old/{id}/renew", "old_renew.html"),
    "extract": At("/old/{id}/extract", "做成提纲"),
    "learn": At("/old/learn", "learn"),
    "compare": At("/compare", "compare.html"),
    "preview": At("/shelf/{kind}/{name}/pages", "成稿的样子"),
    "check": At("/paper/{id}/check", "check.html"),
    "format": At("/paper/{id}/format", "format.html"),
    "status": At("/paper/{id}", "paper.html"),
    "update": At("/paper/{id}/update", "update.html"),
    "pull": At("/paper/{id}/pull", "稿里的回答"),
    "collect": At("/collect", "collect.html"),
    "history": At("/paper/{id}/drafts", "paper_drafts.html"),
    "merge": At("/merge", "merge.html"),
    "finish": At("/paper/{id}/finish", "finish.html"),
    "doctor": At("/more/computer", "看看这台电脑"),
    "lsp": EDITORS,
    "mcp": MODELS,
    "agent": MODELS,
    "schema": PROGRAMS,
    "help": At("/more/manual", "使用手册"),
    "outlines": At("/shelf/{kind}", "本单位的"),
    "outlines find": At("/choose", 'name="q"'),
    "outlines passages": At("/shelf/{kind}", "自带的段落"),
    "outlines basis": At("/shelf/{kind}/{name}", "写进稿子的话"),
    "outlines show": At("/shelf/{kind}/{name}", "讲话的各部分"),
    "outlines edit": At("/shelf/{kind}/{name}/edit", "editor.html"),
    "outlines new": At("/shelf/new", "从头起一份新的"),
    "outlines check": At("/shelf/{kind}/{name}/edit", "要改的地方"),
    "outlines sync": At("/shelf/from", "看看有没有新的"),
    "outlines pack": OFFICE,
    "outlines schema": EDITORS,
}

#: Options that mean the same wherever they stand.
EVERYWHERE: dict[str, At | str] = {
    "--json": PROGRAMS,
    "--quiet": PROGRAMS,
    "--sarif": PROGRAMS,
    "--exit-code": PROGRAMS,
    "--no-input": TERMINAL,
    "--no-open": TERMINAL,
    "--jobs": MACHINE,
    "--cluster": MACHINE,
    "--shard": MACHINE,
    "--files-from": FOLDERS,
    "--resume": FOLDERS,
    "--output": At("/write/{id}/made", "download"),
    "--force": OVER,
    "--date": TODAY,
}

_WRITE, _NEEDS, _RENEW, _EXTRACT = "/write/{id}", "/write/{id}/requirements", "/old/{id}/renew", "/old/{id}/extract"
_BATCH = "/batch/{id}"
_CHECK, _UPDATE, _FINISH, _BASIS = "/paper/{id}/check", "/paper/{id}/update", "/paper/{id}/finish", "/shelf/{kind}/{name}"

#: Command → option → where it is, before `EVERYWHERE`.
OPTION_PLACES: dict[str, dict[str, At | str]] = {
    "": {
        "--version": At("/more/about", "版本 {{ version }}"),
        "--install-completion": TERMINAL,
        "--show-completion": TERMINAL,
    },
    "desk": {"--folder": TERMINAL, "--idle": TERMINAL},
    "new": {
        "--outline": At("/choose", 'name="outline"'),
        "--set": At(_WRITE, 'name="a.{{ q.name }}"'),
        "--answers": At("/paper/{id}/pull", "用这些回答"),
        "--template": At(_WRITE, 'name="template"'),
        "--to": At(_WRITE, "下载 PDF"),
        "--pick": At(_NEEDS, 'name="take"'),
        "--choose": At(_WRITE, "换要求"),
        "--headings": At(_NEEDS, 'name="form"'),
        "--brief": At(_NEEDS, 'name="brief"'),
        "--save-answers": KEPT,
        "--plain": At("/more/settings", 'name="plain"'),
        "--no-comments": At("/more/settings", 'name="comments"'),
        "--strict": At(_WRITE, "处没填"),
        "--open": At("/write/{id}/made", "打开"),
    },
    "batch": {
        "table": At("/batch", "parts.drop"),
        "--outline": At("/batch", 'name="outline"'),
        "--output": "the letters go to a new folder of the user's, never over anything; rows put right, to the folder of the others",
        "--name": At(_BATCH, 'name="name"'),
        "--map": At(_BATCH, 'name="m:{{ column.name }}"'),
        "--where": At(_BATCH, 'name="where.column"'),
        "--rows": At(_BATCH, 'name="rows"'),
        "--sheet": At(_BATCH, 'name="sheet"'),
        "--set": At(_BATCH, 'name="a:{{ field.name }}"'),
        "--answers": KEPT,
        "--template": At(_BATCH, 'name="template"'),
        "--to": "letters are Word files, of which Word makes whatever is wanted",
        "--pick": LETTERS,
        "--headings": LETTERS,
        "--brief": LETTERS,
        "--one-file": At("/batch/{id}/printed", "one_file"),
        "--resume": At("/batch/{id}/written", "resume"),
        "--plain": LETTERS,
        "--no-comments": LETTERS,
        "--strict": At(_BATCH, 'name="strict"'),
        "--dry-run": SHOWN_FIRST,
        "--check": "letters are dropped into 改稿 and proof-read there, each beside its findings",
    },
    "collect": {"files": At("/back", 'formaction="/collect"')},
    "renew": {
        "file": At("/old", "parts.drop"),
        "--set": At(_RENEW, 'name="now.{{'),
        "--answers": KEPT,
        "--accept": At(_RENEW, 'name="same.{{'),
        "--part": At("/old/pick", "part"),
        "--year": At(_RENEW, 'name="year"'),
        "--all-figures": At(_RENEW, 'name="all_figures"'),
        "--dry-run": SHOWN_FIRST,
        "--outline": At(_RENEW, 'name="outline"'),
        "--save-answers": KEPT,
        "--template": At(_RENEW, 'name="template"'),
        "--confirm": At("/old/{id}/renewed/{number:int}", 'name="words"'),
        "--confirm-all": At("/old/{id}/renewed/{number:int}", 'value="all"'),
        "--plain": At("/more/settings", 'name="plain"'),
    },
    "extract": {
        "files": At("/old", "parts.drop"),
        "--save-answers": KEPT,
        "--answers": KEPT,
        "--keep-figures": At(_EXTRACT, 'name="figures"'),
        "--all-figures": At(_EXTRACT, 'name="figures"'),
        "--review": At(_EXTRACT, 'name="take.{{'),
        "--part": At("/old/pick", "part"),
    },
    "learn": {"files": At("/old", "parts.drop"), "--answers-dir": KEPT, "--keep-figures": At("/old/learn", "figures")},
    "compare": {"old": At("/compare", "-file"), "new": At("/compare", "-file"), "--to": At("/compare/redline", "redline")},
    "preview": {
        "name": At("/choose/{name}", "page.svg"),
        "--set": At(_WRITE, 'name="a.{{ q.name }}"'),
        "--answers": At("/paper/{id}/pull", "用这些回答"),
        "--template": At(_WRITE, 'name="template"'),
        "--pick": At(_NEEDS, 'name="take"'),
        "--headings": At(_NEEDS, 'name="form"'),
        "--brief": At(_NEEDS, 'name="brief"'),
        "--examples": At("/shelf/{kind}/{name}", "空处填的是例子"),
        "--watch": At("/shelf/{kind}/{name}/edit", "pages"),
    },
    "check": {
        "files": At("/back", "parts.drop"),
        "--select": At("/more/settings", "只用其中"),
        "--ignore": At(_CHECK, 'name="ignore"'),
        "--level": At(_CHECK, 'name="level"'),
        "--order": "findings stand at their words, and each says how grave it is",
        "--keep": At(_CHECK, "不改"),
        "--unkeep": At(_CHECK, 'name="again"'),
        "--all": At(_CHECK, 'name="again"'),
        "--since": At(_CHECK, 'name="since"'),
        "--as-of": At(_CHECK, 'name="as_of"'),
        "--minutes": At(_CHECK, 'name="minutes"'),
        "--fix": At("/paper/{id}/check/make", "direct"),
        "--dry-run": SHOWN_FIRST,
        "--annotate": At("/paper/{id}/check/make", "comments"),
        "--revisions": At("/paper/{id}/check/make", "revisions"),
        "--jobs": MACHINE,
        "--explain": At("/more/rules", "依据：{{ rule.source }}"),
        "--list-rules": At("/more/rules", "校对规则"),
        "--formulations": At("/more/words", "提法表"),
    },
    "format": {"files": At("/back", "parts.drop"), "--template": At("/paper/{id}/format", 'name="template"'), "--dry-run": SHOWN_FIRST},
    "status": {"file": At("/back", "parts.drop"), "--confirm": At("/paper/{id}", 'name="mark"'), "--confirmed": At("/paper/{id}", 'name="do-{{')},
    "update": {
        "file": At("/back", "parts.drop"),
        "--set": At(_UPDATE, 'name="f:{{ f.name }}"'),
        "--answers": KEPT,
        "--outline": At(_UPDATE, 'name="outline"'),
        "--template": At(_UPDATE, 'name="template"'),
        "--from": At(_UPDATE, 'name="other"'),
        "--next": At(_UPDATE, 'name="following"'),
        "--as": At(_UPDATE, 'name="called"'),
        "--dry-run": At("/paper/{id}/update/look", "look"),
        "--as-revisions": At(_UPDATE, 'name="revisions"'),
        "--renumber": At(_UPDATE, 'name="renumber"'),
        "--plain": At(_UPDATE, 'name="controls"'),
    },
    "pull": {"file": At("/back", "parts.drop"), "--outline": At("/paper/{id}/pull/outline", "pull_outline.html")},
    "history": {"file": At("/back", "parts.drop")},
    "merge": {
        "files": At("/merge", 'name="f"'),
        "--names": At("/merge", 'name="n-{{ paper.id }}"'),
        "--table": At("/merge", 'name="table"'),
        "--adopted": At("/paper/{id}/adopted", "adopted.html"),
        "--dry-run": At("/merge/look", "merge_look.html"),
        "--force": At("/merge", 'name="force"'),
    },
    "finish": {
        "file": At("/back", "parts.drop"),
        "--large-print": At(_FINISH, 'name="large"'),
        "--check": At(_FINISH, "finish.html"),
        "--accept-revisions": At(_FINISH, "accept_revisions"),
        "--drop-comments": At(_FINISH, "drop_comments"),
        "--drop-highlights": At(_FINISH, "drop_highlights"),
        "--force": At(_FINISH, "force"),
    },
    "lsp": {"--stdio": EDITORS},
    "mcp": {"--folder": MODELS, "--read-only": MODELS},
    "agent": {"action": MODELS, "clients": MODELS, "--user": MODELS, "--folder": MODELS, "--read-only": MODELS, "--no-skill": MODELS, "--dry-run": MODELS},
    "schema": {"command": PROGRAMS},
    "help": {"topic": At("/more/manual", 'name="q"')},
    "outlines": {"--genre": At("/shelf/{kind}", 'class="family"')},
    "outlines find": {"words": At("/choose", 'name="q"')},
    "outlines passages": {"theme": At("/shelf/{kind}", 'shelf.search(kind')},
    "outlines basis": {
        "theme": At(_BASIS, "table.name"),
        "--date": At(_BASIS, 'name="date"'),
        "--level": At(_BASIS, 'name="level"'),
        "--rank": At(_BASIS, 'name="rank"'),
        "--length": At(_BASIS, "for length, words in printed"),
    },
    "outlines show": {"name": At(_BASIS, "found.name")},
    "outlines edit": {"name": At(_BASIS, "照它改一份"), "--basis": At("/shelf/{kind}", "自带的依据表"), "--user": ELSEWHERE},
    "outlines new": {"name": At("/shelf/{kind}", 'id="new"'), "--user": ELSEWHERE},
    "outlines sync": {"--locked": At("/shelf/from", 'name="locked"'), "--dry-run": SHOWN_FIRST, "--yes": TERMINAL},
    "outlines pack": {"folder": OFFICE},
    "outlines check": {"files": At("/shelf/{kind}/{name}/edit", "found.name")},
}


# ── what there is ──────────────────────────────────────────────────────────────────────────────────────────────────


def options() -> dict[str, list[str]]:
    """Of every command its options by their long names, and its arguments."""
    out: dict[str, list[str]] = {}

    def walk(command: object, name: str) -> None:
        out[name] = [param.opts[0] for param in command.params]  # type: ignore[attr-defined]  # typer's own click has no types
        for below, inner in (getattr(command, "commands", None) or {}).items():
            walk(inner, f"{name} {below}".strip())

    walk(typer.main.get_command(program()), "")
    return out


def place_of(command: str, option: str) -> At | str | None:
    """Where an option is, None where nobody has said."""
    return OPTION_PLACES.get(command, {}).get(option, EVERYWHERE.get(option))


OPTIONS = options()


def test_every_command_has_its_place_or_a_reason() -> None:
    assert set(COMMAND_PLACES) == {*COMMANDS, "outlines", *(f"outlines {name}" for name in OUTLINES)}


def test_every_option_has_its_place_or_a_reason() -> None:
    missing = [f"{command} {option}".strip() for command, every in OPTIONS.items() for option in every if place_of(command, option) is None]
    assert missing == []


def test_no_place_is_told_of_what_is_not_there() -> None:
    stale = [f"{command} {option}" for command, told in OPTION_PLACES.items() for option in told if option not in OPTIONS.get(command, ())]
    assert stale == []
    assert [option for option in EVERYWHERE if not any(option in every for every in OPTIONS.values())] == []


def test_a_new_option_without_a_place_is_found() -> None:
    assert place_of("new", "--brand-new") is None


# ── whether it is there ────────────────────────────────────────────────────────────────────────────────────────────


def _read(name: str) -> str:
    path = DESK / "templates" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _with_templates(text: str) -> str:
    """A source with all templates it names, and those they name; the frame of all pages apart."""
    seen: dict[str, str] = {}
    todo = [path.name for named in re.findall(r"[\w{}.]+\.html", text) for path in (DESK / "templates").glob(re.sub(r"{[^}]*}", "*", named))]
    while todo:
        name = todo.pop()
        if name not in seen and name != "base.html":
            seen[name] = _read(name)
            todo += re.findall(r"[\w]+\.html", seen[name])
    return "\n".join((text, *seen, *seen.values()))


def sources() -> dict[str, str]:
    """Of every address the source of its pages: the file it is in, what that takes of the desk, and their templates."""
    out: dict[str, str] = {}
    addresses = {route.path for route in routes()}  # type: ignore[attr-defined]  # every page is a Route
    for name in PAGES:
        text = (DESK / "pages" / f"{name}.py").read_text(encoding="utf-8")
        beside = [path.stem for path in DESK.glob("*.py") if f"drafter.desk.{path.stem}" in text and path.stem not in ("show", "store")]
        beside += [f"pages/{other}" for other in re.findall(r"drafter\.desk\.pages\.(\w+)", text)]
        text += "".join((DESK / f"{path}.py").read_text(encoding="utf-8") for path in beside)
        for address in re.findall(r'Route\(\s*"([^"]+)"', text):
            if address in addresses:
                out[address] = out.get(address, "") + _with_templates(text)
    return out


SOURCES = sources()

#: Every place there is, with what it is of.
PLACES: list[tuple[str, At]] = [
    *((command, place) for command, place in COMMAND_PLACES.items() if isinstance(place, At)),
    *(
        (f"{command} {option}".strip(), place)
        for command, every in OPTIONS.items()
        for option in every
        if isinstance(place := place_of(command, option), At)
    ),
]


@pytest.mark.parametrize("address", sorted({place.address for _, place in PLACES}))
def test_every_place_is_a_page_with_these_words(address: str) -> None:
    assert address in SOURCES
    assert [(of, place.words) for of, place in PLACES if place.address == address and place.words not in SOURCES[address]] == []


def without_place() -> Iterator[str]:
    """What has a reason instead of a place."""
    yield from (command for command, place in COMMAND_PLACES.items() if isinstance(place, str))
    yield from (f"{c} {o}" for c, every in OPTIONS.items() for o in every if isinstance(place_of(c, o), str))


def test_how_much_has_no_place_is_counted() -> None:
    """The figures only change when somebody has thought about it."""
    commands = [of for of in without_place() if of in COMMAND_PLACES]
    assert (len(COMMAND_PLACES), commands) == (34, ["desk", "lsp", "mcp", "agent", "schema", "outlines pack", "outlines schema"])
    assert len(PLACES) == 160
