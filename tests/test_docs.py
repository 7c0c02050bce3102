"""The manuals say what the program does: the help and errors in them are its own, and nothing it has is left out."""

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

from drafter.cli.main import program
from drafter.outline.answers import from_yaml, settle
from drafter.outline.expression import FILTERS
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.shelf import find_outline, load, read_source
from drafter.outline.vocabulary import WORDS, manual
from drafter.outline.yaml import Source

TOP = Path(__file__).parent.parent
MANUALS = ("README.md", "README.zh-CN.md")
TEXT = {name: (TOP / name).read_text(encoding="utf-8") for name in MANUALS}


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


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next heading of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    after = text.split(f"\n{heading}\n")[1]
    return re.split(rf"^#{{1,{level}}} ", re.sub(r"<!--.*?-->", "", after, flags=re.S), maxsplit=1, flags=re.M)[0]


def typed() -> Iterator[tuple[str, str]]:
    """Every line of the manuals that calls drafter: a line of a code block, or a span of code."""
    for name, text in TEXT.items():
        text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
        code = "\n".join(blocks(text, "text") + indented(text))
        found = re.findall(r"^ *(?:\$ )?(?:\.venv/bin/)?(drafter [^→\n]*)", code, re.M)
        for line in found + re.findall(r"`(drafter [^`\n]*)`", text):
            yield name, line.strip()


def indented(text: str) -> list[str]:
    """The code that is marked by four spaces."""
    return re.findall(r"^    (\S.*)$", text, re.M)


@pytest.mark.parametrize("name", MANUALS)
def test_what_a_manual_shows_of_the_program_is_what_the_program_says(name: str) -> None:
    call = [sys.executable, "-m", "cogapp", "--check", "--diff", name]
    done = subprocess.run(call, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_in_the_section_of_its_command(path: tuple[str, ...]) -> None:
    said = section(TEXT["README.md"], f"### `drafter {path[0]}`" if path else "## Commands")
    assert " ".join(("drafter", *path)) in said
    assert {o for o in options(COMMANDS[path]) if not re.search(rf"(?<![\w-]){o}(?![\w-])", said)} <= {"-h", "--help"}


def test_every_command_is_in_the_writers_manual() -> None:
    said = section(TEXT["README.zh-CN.md"], "## 全部命令")
    assert [" ".join(path) for path in COMMANDS if f"`drafter {' '.join(path)}" not in said] == []


#: The manual shows this one as a mistake.
MISSPELT = "drafter new --outlin office-training"


@pytest.mark.parametrize(("name", "line"), [found for found in typed() if found[1] != MISSPELT])
def test_every_line_a_reader_may_type_is_one_the_program_has(name: str, line: str) -> None:
    words = shlex.split(line)[1:]
    path: tuple[str, ...] = ()
    while words and (*path, words[0]) in COMMANDS:
        path = (*path, words.pop(0))
    assert path or words[0].startswith("-")
    assert {w.partition("=")[0] for w in words if re.match(r"--?[a-z]", w, re.I)} <= options(COMMANDS[path])


@pytest.mark.parametrize("name", MANUALS)
def test_every_word_and_filter_of_the_language_is_in_both_manuals(name: str) -> None:
    language = "zh" if name == "README.zh-CN.md" else "en"
    assert manual(language) in TEXT[name]
    missing = {word.name for word in WORDS} | set(FILTERS)
    assert {word for word in missing if f"`{word}`" not in TEXT[name]} == set()


@pytest.mark.parametrize("name", MANUALS)
def test_the_outlines_in_the_manuals_have_no_problems(name: str) -> None:
    found = [code for code in blocks(TEXT[name], "yaml") if "speech:" in code]
    assert found
    for code in found:
        outline, remarks = parse(Source(name, code), load)
        assert (*remarks, *lint(outline, date(2026, 11, 22))) == ()


def test_the_other_yaml_of_the_manuals_is_an_outlines_beginning_or_answers_to_the_shipped_one() -> None:
    shipped = parse(read_source(find_outline("office-training"))[0], load)[0]
    for name in MANUALS:
        for code in blocks(TEXT[name], "yaml"):
            if code.startswith("numbering:"):
                parse(Source(name, f"title: 讲话\n{code}speech:\n  - text: 讲话。\n"), load)
            elif "speech:" not in code:
                assert settle(shipped.fields, from_yaml(Source(name, code)), date(2026, 11, 22)).remarks == ()


def test_continuous_integration_runs_the_two_lines_of_the_readme() -> None:
    lines = indented(section(TEXT["README.md"], "## Test"))
    assert len(lines) == 2
    assert (TOP / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-2:] == lines


@pytest.mark.parametrize("name", MANUALS)
def test_every_link_of_a_manual_leads_somewhere(name: str) -> None:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", TEXT[name], flags=re.S), re.M)
    anchors = {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)\s]+)\)", TEXT[name])
    assert [to for to in links if not (to in anchors or (TOP / to).is_file() or to.startswith("https://"))] == []


@pytest.mark.parametrize("template", ["speech", "reading", "card"])
def test_every_template_has_a_small_picture_of_its_first_page(template: str) -> None:
    picture = (TOP / "templates" / template / "page.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 120_000
