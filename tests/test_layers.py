"""How drafter is built: the twelve nevers, one test each.

Imports are told by the text of the modules: those inside functions count, and those under TYPE_CHECKING too, for whoever names
a type of a room knows the room. What a never still finds today stands in `NOT_YET`, to the letter; an entry that is no longer
needed fails the test, so that the list only ever gets shorter.
"""

import ast
import builtins
import collections
import collections.abc
import datetime
import inspect
import pathlib
import re
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from docx.oxml import section, styles
from docx.oxml.text import font, parfmt

import drafter
from drafter.outline.vocabulary import KEYS

PACKAGE = Path(drafter.__file__).parent

#: The rooms from the ground up. A room imports from those above it in this list, and from itself.
FLOORS = (
    "__init__",
    "startup",
    "diagnostic",
    "chinese",
    "speech",
    "outline",
    "template",
    "word",
    "writers",
    "readers",
    "check",
    "analysis",
    "revise",
    "commands",
    "lsp",
    "desk",
    "api",
    "agent",
    "cli",
    "__main__",
)

#: Ways in for people and programs. They parse a request, call a command and show its result.
DOORS = ("cli", "lsp", "desk", "api", "agent")

#: What commands share. They are small, and no command of the user's.
SHARED = (
    "left_out",
    "opening",
    "saving",
    "changing",
    "confirming",
    "replacing",
    "elsewhere",
    "asking",
    "picking",
    "doubting",
    "prompt",
    "rows",
    "waiting",
    "filename",
    "drafts",
    "due",
    "settings",
    "index",
    "office",
    "programs",
    "browser",
    "find",
    "ranking",
    "synonyms",
    "nearby",
    "shelved",
    "machine",
    "reading",
    "rendering",
    "making",
    "series",
    "stamping",
    "papers",
    "placing",
    "saying",
    "last_year",
    "fixing",
    "correcting",
    "many",
    "named",
    "team",
    "cluster",
    "carrying",
    "folders",
    "kept",
    "deciding",
    "patterns",
    "next_step",
    "no_effect",
    "together",
    "keeping",
    "unfinished",
    "workplace",
    "first_page",
    "margin",
    "questions",
    "writing",
    "requirements",
    "held",
    "tables",
    "filled_in",
)

#: Who may look at the world: files, the clock, the environment, other programs.
WORLDLY = ("commands", *DOORS, "startup", "__main__")

#: Third-party packages, and the rooms or modules that may import them.
TOOLKITS = {
    "lxml": ("word", "readers", "writers", "revise"),
    "docx": ("word", "readers", "writers", "revise"),
    "yaml": ("outline.yaml",),
    "jinja2": ("outline.expression", "desk.show"),
    "typer": ("cli",),
    "click": ("cli",),
    "markdown_it": ("cli", "desk"),
    "prompt_toolkit": ("commands.prompt",),
    "pygls": ("lsp",),
    "lsprotocol": ("lsp",),
    "starlette": ("desk",),
    "uvicorn": ("desk.server",),
    "mcp": ("agent.server",),
    "mcp_types": ("agent.server",),
    "pypdf": ("readers.pdf",),
    "python_calamine": ("readers.sheet",),
    "xlrd": ("readers.sheet",),
    "platformdirs": ("outline.shelf",),
    "regex": ("outline.field",),
    "tomlkit": ("commands.set_up", "commands.agent.entries"),
    "distributed": ("commands.cluster",),
}

#: Never → what it still finds, as it says it.
NOT_YET: dict[str, tuple[str, ...]] = {}


# ── reading the modules ────────────────────────────────────────────────────────────────────────────────────────────


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__") or "__init__"


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if "shipped" not in path.parts}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Dotted names of everything imported anywhere in a module; drafter's own without the `drafter.` before them."""
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree(module))), "imports are absolute"
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner.removeprefix("drafter.") in MODULES else node.module)
    return frozenset(name.removeprefix("drafter.") if name != "drafter" else "__init__" for name in found)


def ours(module: str) -> list[str]:
    """The modules of drafter a module imports."""
    return sorted(imports(module) & set(MODULES))


def room(module: str) -> str:
    return module.partition(".")[0]


def is_in(module: str, places: Iterable[str]) -> bool:
    """Whether a module is one of these, or stands in one of these rooms."""
    return any(module == place or module.startswith(f"{place}.") for place in places)


def pairs(wrong: Callable[[str, str], bool]) -> Iterator[str]:
    """The imports "a > b" between modules of drafter that are wrong."""
    return (f"{module} > {other}" for module in MODULES for other in ours(module) if wrong(module, other))


def never(which: str, found: Iterable[str]) -> None:
    """Fails with what is found and does not stand in `NOT_YET`, and with what stands there and is not found."""
    has, known = set(found), set(NOT_YET.get(which, ()))
    assert not (new := sorted(has - known)), f"never {which}: " + "; ".join(new)
    assert not (mended := sorted(known - has)), f"mended, take it out of NOT_YET[{which!r}]: " + "; ".join(mended)


# ── the nevers ─────────────────────────────────────────────────────────────────────────────────────────────────────


#: `drafter lsp` and `drafter desk` are typed like any command, and start the other doors: that is all they do.
STARTS = {"cli.tools > lsp.server", "cli.desk > desk.server", "cli.agent > agent.server"}


def test_never_1_nothing_imports_a_door_but_main_and_the_word_that_starts_one():
    found = set(pairs(lambda module, other: room(other) in DOORS and room(module) not in (room(other), "__main__")))
    assert found >= STARTS
    never("1", found - STARTS)


def test_never_1_doors_import_commands_diagnostic_and_their_own_toolkit():
    allowed = ("__init__", "commands", "diagnostic", "startup", *DOORS)
    never("1 doors", pairs(lambda module, other: room(module) in DOORS and room(other) not in allowed))


def command(module: str) -> str:
    """The command a module belongs to: `assist` of `commands.assist.faults`. One that fills a folder sees its own modules."""
    return ".".join(module.split(".")[1:2])


def test_never_2_commands_do_not_import_each_other_but_what_they_share():
    shared = tuple(f"commands.{name}" for name in SHARED)
    between = [pair.split(" > ") for pair in pairs(lambda module, other: room(module) == room(other) == "commands")]
    never("2", (f"{module} > {other}" for module, other in between if command(module) != command(other) and not is_in(other, shared)))


#: Modules of the standard library that reach out of the process, and calls that do.
_WORLD = {"os", "shutil", "tempfile", "subprocess", "socket", "urllib.request", "http", "platform", "webbrowser", "fcntl", "winreg", "getpass", "secrets"}
_REACHING = {"open", "input", "read_bytes", "read_text", "write_bytes", "write_text", "glob", "rglob", "iterdir", "mkdir", "unlink", "exists", "is_file", "is_dir", "stat", "today", "now", "time", "localtime", "getenv"}

#: A PDF is read by a process of its own, with limits: a hostile one may bring down that, and that one may say nothing of its own.
APART = "readers.pdf"


def test_never_3_files_clock_environment_and_network_only_in_commands_shelf_and_doors():
    """`time.monotonic` is no clock: it only ends what runs too long."""

    def found() -> Iterator[str]:
        for module in MODULES:
            if room(module) in WORLDLY or is_in(module, ("outline.shelf", APART)):
                continue
            yield from (f"{module}: import {name}" for name in sorted(imports(module) & _WORLD))
            for node in ast.walk(tree(module)):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    on = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
                    if name in _REACHING and on != "shelf":
                        yield f"{module}: {ast.unparse(node.func)}()"

    never("3", found())


#: What speaks to other computers, and who may: shelves are fetched, and only when somebody says so; the desk and pages for a
#: browser listen on this machine alone, and workers are those the user has named.
_ONLINE = {"urllib.request", "http.client", "ssl", "socket", "ftplib", "smtplib", "asyncio.open_connection", "requests", "httpx"}
FETCHING = "commands.outlines.fetching"
ON_THIS_MACHINE = ("desk.server", "commands.browser", "commands.cluster")


def test_never_3_only_one_module_goes_online():
    never("3 online", (module for module in MODULES if imports(module) & _ONLINE and module not in (FETCHING, *ON_THIS_MACHINE)))
    assert list(pairs(lambda module, other: other == FETCHING)) == ["commands.outlines.sync > commands.outlines.fetching"]


#: What helps rules. Of `check` they see that and not what makes papers of files or tells findings; the tables are read for them.
_HELPERS = ("check.rules", "check.beside", "check.formulations", "check.inline", "check.named", "check.names", "check.pairing", "check.quantities", "check.series", "check.slips", "check.standing", "check.standins", "check.whole", "check.words")
_SEEN_BY_RULES = (*_HELPERS, "check.tables", "chinese", "diagnostic", "speech")


def test_never_4_a_rule_sees_the_speech_helpers_and_chinese_never_word_files_or_outlines():
    """Nor do its helpers, but that the tables are kept on the shelf, which `check.tables` alone knows."""
    never("4", pairs(lambda module, other: is_in(module, _HELPERS) and not is_in(other, _SEEN_BY_RULES)))


def test_never_5_analysis_and_outline_never_see_word_and_outline_no_template():
    never("5", pairs(lambda module, other: room(module) in ("analysis", "outline") and room(other) == "word"))
    never("5", pairs(lambda module, other: room(module) == "outline" and room(other) == "template"))


def test_never_6_word_readers_and_writers_never_see_check_or_revise():
    never("6", pairs(lambda module, other: room(module) in ("word", "readers", "writers") and room(other) in ("check", "revise")))


@pytest.mark.parametrize(("package", "places"), TOOLKITS.items(), ids=TOOLKITS)
def test_never_7_a_toolkit_is_imported_in_its_rooms_only(package, places):
    users = {module for module in MODULES if any(name.split(".")[0] == package for name in imports(module))}
    assert [user for user in sorted(users) if not is_in(user, places)] == []


def _classes() -> dict[str, list[str]]:
    """The names of classes, private ones without their underscore, and the modules they stand in."""
    out: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ClassDef):
                out.setdefault(node.name, []).append(module)
    return out


def test_never_8_no_class_name_twice():
    never("8", (f"{name}: {', '.join(where)}" for name, where in _classes().items() if len(where) > 1))


def test_never_8_no_class_has_a_name_of_the_standard_library():
    taken = {name for library in (builtins, typing, collections, collections.abc, pathlib, datetime, re) for name in dir(library)}
    never("8 names", (f"{name}: {', '.join(where)}" for name, where in _classes().items() if name in taken))


def test_never_9_every_room_has_a_floor():
    assert {room(module) for module in MODULES} == set(FLOORS)


def test_never_9_no_import_of_a_higher_floor():
    never("9", pairs(lambda module, other: FLOORS.index(room(other)) > FLOORS.index(room(module))))


def test_never_9_no_circle():
    """Modules that can be put in no order are left over when those are taken away, again and again, that import none of the rest."""
    left = {module: set(ours(module)) - {module} for module in MODULES}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    back = {module for module in left if not any(module in needs for needs in left.values())}  # they only lead to a circle
    never("9 circle", (f"{module} > {other}" for module in left.keys() - back for other in left[module] & left.keys() if _reaches(left, other, module)))


def _reaches(graph: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, todo = set[str](), [start]
    while todo:
        module = todo.pop()
        if module == goal:
            return True
        if module not in seen:
            seen.add(module)
            todo += graph.get(module, ())
    return False


#: Calls that change something for the whole process. `gc.enable` gives back what `startup` has taken.
_TRICKS = r"gc\.(disable|freeze|set_\w+)|sys\.(set\w+|path\.\w+)|warnings\.\w+|locale\.setlocale|logging\.disable|signal\.signal|threading\.stack_size"


def test_never_10_no_process_wide_trick_outside_startup():
    def found() -> Iterator[str]:
        for module in MODULES:
            libraries = {name for name in imports(module) if name not in MODULES}
            for node in ast.walk(tree(module)):
                if isinstance(node, ast.Call) and re.fullmatch(_TRICKS, said := ast.unparse(node.func)):
                    yield f"{module}: {said}()"
                targets = node.targets if isinstance(node, ast.Assign) else []
                for target in targets:
                    changed = target.value if isinstance(target, ast.Attribute | ast.Subscript) else None
                    if changed is not None and ast.unparse(changed) in {*libraries, "os.environ", "sys.modules"}:
                        yield f"{module}: {ast.unparse(target)} ="

    never("10", (said for said in found() if said.partition(":")[0] not in ("startup", APART)))


def test_never_11_no_yaml_is_pasted_together():
    """A row of an outline in a string, `heading: ` or `- requirements:`, where outlines are made: that is `outline.dump`'s work."""
    row = re.compile(rf"\s*(?:- )?(?:{'|'.join(map(re.escape, sorted(KEYS)))}):(?: |\n)")

    def found() -> Iterator[str]:
        for module in MODULES:
            if room(module) not in ("analysis", "revise", "commands", *DOORS):
                continue
            begun = {id(part) for node in ast.walk(tree(module)) if isinstance(node, ast.JoinedStr) for part in node.values}
            words = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Constant) and isinstance(node.value, str))
            if any(row.match(word.value if id(word) in begun else f"{word.value}\n") for word in words):
                yield module

    never("11", found())


def _orders() -> list[tuple[str, ...]]:
    """The children Word wants in an order, as python-docx has them: its `_tag_seq`, which its classes forget once they are made."""
    out = []
    for library in (parfmt, font, section, styles):
        for node in ast.walk(ast.parse(inspect.getsource(library))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_tag_seq":
                out.append(tuple(tag.removeprefix("w:") for tag in ast.literal_eval(node.value)))
    assert len(out) >= 4
    return out


def test_never_12_no_order_of_children_by_hand():
    """A table of four names or more that stand in a schema's order is one. The one for what python-docx lacks is in `word.markup`."""

    orders = _orders()

    def found() -> Iterator[str]:
        for module in MODULES:
            if room(module) not in ("word", "readers", "writers", "revise") or module == "word.markup":
                continue
            for node in ast.walk(tree(module)):
                if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or _is_a_set(node.value):
                    continue
                words = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
                names = [name for word in words for name in word.split()]
                if any(_in_order(names, order) for order in orders):
                    yield f"{module}: {ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)}"

    never("12", found())


def _is_a_set(node: ast.expr) -> bool:
    return isinstance(node, ast.Set | ast.SetComp) or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("set", "frozenset"))


def _in_order(names: list[str], order: tuple[str, ...]) -> bool:
    places = [order.index(name) for name in names if name in order]
    return len(places) > 3 and len(places) == len(names) and places == sorted(places)
