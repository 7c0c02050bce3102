"""The manuals say what the program does: the help and errors in them are its own, nothing it has is left out, and the README
leads: what it names is there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import typer
from conftest import DRAFTER

import drafter
from drafter.check.rules import names
from drafter.check.settings import settings_of
from drafter.cli.main import program
from drafter.commands.help import MANUAL
from drafter.diagnostic import Rejected
from drafter.outline.answers import from_yaml, settle
from drafter.outline.expression import FILTERS
from drafter.outline.lint import lint
from drafter.outline.lint_basis import lint_table
from drafter.outline.parse import parse
from drafter.outline.read_basis import parse_table
from drafter.outline.shelf import find_outline, load, read_source
from drafter.outline.vocabulary import WORDS, manual
from drafter.outline.yaml import Source

TOP = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
MANUALS = (*READMES, *sorted(str(path.relative_to(TOP)) for path in MANUAL.rglob("*.md")))
TEXT = {name: (TOP / name).read_text(encoding="utf-8") for name in MANUALS}


def page(name: str) -> str:
    """A page of the manual by its path in it."""
    return TEXT[f"drafter/manual/{name}.md"]


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A command and all below it, each with the words that call it."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


COMMANDS = dict(commands(typer.main.get_command(program())))


def options(command: Any) -> set[str]:
    """Every spelling of every option of a command."""
    return {"-h", "--help"} | {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}


def blocks(text: str, language: str) -> list[str]:
    """The fenced code of a language, without the indent it has in a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.M | re.S)
    return [dedent(code) for _, code in found]


def bare(text: str) -> str:
    """A manual without what fills it in."""
    return re.sub(r"^<!--.*?-->$", "", text, flags=re.S | re.M)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next heading of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    after = text.split(f"\n{heading}\n")[1]
    return re.split(rf"^#{{1,{level}}} ", bare(after), maxsplit=1, flags=re.M)[0]


def typed() -> Iterator[tuple[str, str]]:
    """Every line of the manuals that calls drafter: a line of a code block, or a span of code."""
    for name, text in TEXT.items():
        text = bare(text)
        code = "\n".join(blocks(text, "text") + indented(text))
        found = re.findall(r"^ *(?:\$ )?(?:\.venv/bin/)?(drafter [^→\n]*)", code, re.M)
        for line in found + re.findall(r"`(drafter [^`\n]*)`", text):
            yield name, line.strip()


def indented(text: str) -> list[str]:
    """The code that is marked by four spaces."""
    return re.findall(r"^    (\S.*)$", text, re.M)


# ── the program and its manual ─────────────────────────────────────────────────────────────────────────────────────


def test_what_a_manual_shows_of_the_program_is_what_the_program_says() -> None:
    call = [sys.executable, "-m", "cogapp", "-I", "tests", "--check", "--diff", *MANUALS]
    done = subprocess.run(call, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("path", [path for path in COMMANDS if path], ids=" ".join)
def test_every_command_and_option_is_on_the_page_of_its_command(path: tuple[str, ...]) -> None:
    text = page(f"commands/{path[0]}")
    said = section(text, f"## `drafter {' '.join(path)}`") if len(path) > 1 else bare(text)
    assert " ".join(("drafter", *path)) in said
    assert {o for o in options(COMMANDS[path]) if not re.search(rf"(?<![\w-]){o}(?![\w-])", said)} <= {"-h", "--help"}


def test_every_command_and_the_options_of_the_program_itself_are_in_the_manual() -> None:
    assert {path.stem for path in (MANUAL / "commands").glob("*.md")} == {path[0] for path in COMMANDS if path}
    said = bare(page("settings"))
    assert {o for o in options(COMMANDS[()]) if not re.search(rf"(?<![\w-]){o}(?![\w-])", said)} == set()


#: The manual shows this one as a mistake.
MISSPELT = "drafter new --outlin office-training"


@pytest.mark.parametrize(("name", "line"), [found for found in typed() if found[1] != MISSPELT])
def test_every_line_a_reader_may_type_is_one_the_program_has(name: str, line: str) -> None:
    words = shlex.split(line)[1:]
    path: tuple[str, ...] = ()
    while words and (*path, words[0]) in COMMANDS and (not path or path[0] != "help"):
        path = (*path, words.pop(0))
    assert path or words[0].startswith("-") or words[0] == "…"
    assert {w.partition("=")[0] for w in words if re.match(r"--?[a-z]", w, re.I)} <= options(COMMANDS[path])


def test_every_word_and_filter_of_the_language_is_in_its_chapter() -> None:
    said = page("outline")
    assert manual("zh") in said
    assert manual("en") in said
    missing = {word.name for word in WORDS} | set(FILTERS)
    assert {word for word in missing if f"`{word}`" not in said} == set()


def test_every_rule_is_in_its_chapter() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", page("rules"), re.M) == list(names())


def test_every_code_of_an_error_is_in_its_chapter_with_what_it_says() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", page("errors"), re.M)
    assert len(rows) > 100
    assert [code for code, said, remedy in rows if not (said + remedy).strip()] == []


def test_every_setting_and_variable_of_the_environment_is_in_its_chapter() -> None:
    with pytest.raises(Rejected) as refused:
        settings_of({"?": ""}, "drafter.toml")
    known = refused.value.diagnostics[0].hint.removeprefix("有：").removesuffix("。").split("、")
    assert [key for key in known if not re.search(rf"^\[*{key}\]*( =|  )", page("settings"), re.M)] == []
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(drafter.__file__).parent.rglob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', code)) - {"TERM", "DISPLAY", "WAYLAND_DISPLAY", "SYSTEMROOT", "PATHEXT", "LD_LIBRARY_PATH"}  # set by systems for programs
    assert [name for name in sorted(read) if f"`{name}`" not in page("settings")] == []


@pytest.mark.parametrize("name", MANUALS)
def test_the_outlines_in_the_manuals_have_no_problems(name: str) -> None:
    for code in blocks(TEXT[name], "yaml"):
        if "speech:" in code:
            outline, remarks = parse(Source(name, code), load)
            assert (*remarks, *lint(outline, date(2026, 11, 22))) == ()


def test_the_other_yaml_of_the_manuals_is_an_outlines_beginning_or_a_table_or_answers_to_the_shipped_one() -> None:
    shipped = parse(read_source(find_outline("office-training"))[0], load)[0]
    for name in MANUALS:
        for code in blocks(TEXT[name], "yaml"):
            if code.startswith(("numbering:", "also:")):
                parse(Source(name, f"title: 讲话\n{code}speech:\n  - text: 讲话。\n"), load)
            elif "speech:" not in code and "basis:" in code:
                assert lint_table(parse_table(Source(name, code))[0], (), date(2026, 11, 22)) == ()
            elif "speech:" not in code:
                assert settle(shipped.fields, from_yaml(Source(name, code)), date(2026, 11, 22)).remarks == ()


# ── the README leads ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_read_in_one_sitting(name: str) -> None:
    assert len((TOP / name).read_bytes()) <= 20_000


def test_every_path_the_readme_names_is_there() -> None:
    package = Path(drafter.__file__).parent
    rooms = "|".join(sorted(path.name for path in package.iterdir() if path.is_dir()))
    named = re.findall(r"`((?:drafter|tests|templates|outlines|\.ci)/[^`\s]*)`", TEXT["README.md"])
    below = re.findall(rf"`((?:{rooms})(?:/[^`\s]*)?)`", TEXT["README.md"].partition("**Where is …?**")[2].partition("**Twelve nevers**")[0])
    assert (len(named) > 25, len(below) > 60) == (True, True)
    shown = [re.sub(r"\bNAME\b", "*", name) for name in (*named, *(f"drafter/{name}" for name in below))]
    assert [name for name in shown if not list(TOP.glob(name)) and name != "outlines/开班.yaml"] == []


def test_every_folder_of_the_package_is_in_the_readme() -> None:
    said = section(TEXT["README.md"], "## How it is built")
    rooms = sorted(path.parent.name for path in Path(drafter.__file__).parent.glob("*/__init__.py"))
    assert [room for room in rooms if f"| `drafter/{room}`" not in said and f", `drafter/{room}`" not in said] == []


@pytest.mark.parametrize("command", [path[0] for path in COMMANDS if len(path) == 1 and path[0] not in ("lsp", "desk", "mcp")])
def test_a_command_is_a_module_of_its_own_name(command: str) -> None:
    commands = Path(drafter.__file__).parent / "commands"
    assert (commands / f"{command}.py").is_file() or (commands / command / "__init__.py").is_file()


@pytest.mark.parametrize("rule", names())
def test_a_rule_is_a_file_of_its_own_name_with_samples(rule: str) -> None:
    assert (Path(drafter.__file__).parent / "check" / "rules" / f"{rule.replace('-', '_')}.py").is_file()
    assert (TOP / "tests" / "rules" / f"{rule}.md").is_file()


#: A command is run and the modules of drafter it has imported are told.
WALK = """
import sys
sys.argv[0] = "drafter"
from drafter.cli.main import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""


def test_the_roads_of_the_readme_are_those_the_commands_take(tmp_path: Path) -> None:
    said = section(TEXT["README.md"], "## How it is built")
    roads = {command: [f"drafter/{name}" for name in re.findall(r"`([^`]+)\.py`", road)] for command, road in re.findall(r"^- `(\w+)`: (.*(?:\n  .*)*)", said, re.M)}
    assert list(roads) == ["new", "update", "check"]
    calls = {"new": ["-O", "office-training", "-o", "a.docx"], "update": ["a.docx", "--set", "层级=县"], "check": ["a.docx"]}
    for command, road in roads.items():
        call = [sys.executable, "-c", WALK, command, *calls[command]]
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, stdin=subprocess.DEVNULL)
        walked = {name.replace(".", "/") for name in done.stderr.split("\n")} | {"drafter/commands/asking"}  # only on a terminal
        assert [name for name in road if name.removesuffix("/__init__") not in walked] == []


def test_the_tour_can_be_walked(tmp_path: Path) -> None:
    env = os.environ | {"PATH": f"{DRAFTER.parent}{os.pathsep}{os.environ['PATH']}"}
    steps = indented(section(TEXT["README.md"], "## A tour of ten minutes"))
    assert len(steps) > 12
    for step in steps:
        done = subprocess.run(shlex.split(step), cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
        assert (done.returncode, step) == (0, step), done.stdout + done.stderr


def test_continuous_integration_runs_the_two_lines_of_the_readme() -> None:
    lines = indented(section(TEXT["README.md"], "## Test"))
    assert len(lines) == 2
    assert (TOP / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-2:] == lines


@pytest.mark.parametrize("name", MANUALS)
def test_every_link_of_a_manual_leads_somewhere(name: str) -> None:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", TEXT[name], flags=re.S), re.M)
    anchors = {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)\s]+)\)", TEXT[name])
    assert [to for to in links if not (to in anchors or (TOP / name).parent.joinpath(to).is_file() or to.startswith("https://"))] == []


@pytest.mark.parametrize(
    "name", [*(f"templates/{name}/page.png" for name in ("speech", "reading", "card")), *(f"drafter/manual/pictures/{name}.png" for name in ("write", "check", "update"))]
)
def test_every_template_and_the_desk_have_small_pictures(name: str) -> None:
    picture = (TOP / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 120_000


def test_the_changelog_begins_with_this_version_and_every_version_has_its_day() -> None:
    versions = re.findall(r"^## (.*)$", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[0].startswith(f"{drafter.__version__} — ")
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+ — \d{4}-\d\d-\d\d", version)] == []
