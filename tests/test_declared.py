"""A command line that is written as it is declared is read without typer, and means what it means to typer."""

import random
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from typing import Annotated

import pytest
import typer

from drafter.cli.check import check
from drafter.cli.declared import DeclaredOption, argument, for_typer, option, read_straight
from drafter.cli.new import new, preview
from drafter.commands.opening import open_template

Number = Annotated[int, option("--number", "-n", help="多少。")]


def several(
    files: Annotated[list[str] | None, argument(help="文件。")] = None,
    sets: Annotated[list[str] | None, option("--set", "-s", help="回答。")] = None,
    number: Number = 0,
    quiet: Annotated[bool, option("--quiet", "-q", help="不说话。")] = False,
) -> None:
    """A command with arguments and a number."""


def by_typer(function: Callable[..., None], words: list[str]) -> dict[str, object]:
    """What typer calls a command with."""
    got: list[dict[str, object]] = []

    def told(**given: object) -> None:
        got.append(given)

    told.__annotations__ = for_typer(function).__annotations__
    told.__signature__ = signature(for_typer(function))  # type: ignore[attr-defined]
    app = typer.Typer()
    app.command("this")(told)
    app.command("other")(lambda: None)
    app(["this", *words], standalone_mode=False)
    return got[0]


def whole(function: Callable[..., None], given: dict[str, object]) -> dict[str, object]:
    """What a command is called with, its defaults too."""
    return {name: given.get(name, p.default) for name, p in signature(function).parameters.items()}


@pytest.mark.parametrize("function", [new, preview, check, several])
def test_typer_calls_a_command_with_the_same(function):
    draw = random.Random(1)
    said: list[tuple[str, ...]] = []
    for annotation in function.__annotations__.values():
        of = getattr(annotation, "__metadata__", (None,))[0]
        if not isinstance(of, DeclaredOption) or annotation.__origin__ in (int, float):
            continue
        for word in of.words:
            if annotation.__origin__ is bool:
                said.append((word,))
            else:
                said += [(word, value) for value in ("甲=乙", "-", "", "a b")]
                said += [(f"{word}=x=y",)] * word.startswith("--")
    places = [("一",), ("二.docx",)] if function in (several, check) else [("一",)] if function is preview else []
    for _ in range(60):
        lines = draw.sample(said, draw.randint(0, 6)) + places
        draw.shuffle(lines)
        words = [word for line in lines for word in line]
        given = read_straight(function, words)
        assert given is not None, words
        assert whole(function, given) == by_typer(function, words), words


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (new, "--help"),
        (new, "-h"),
        (new, "--outlin x"),
        (new, "--outline"),
        (new, "--outline --quiet"),
        (new, "--quiet=yes"),
        (new, "-Ox"),
        (new, "-qO x"),
        (new, "office-training"),
        (new, "--"),
        (preview, ""),
        (preview, "一 二"),
        (several, "--number 3"),
        (several, "-- 一"),
    ],
)
def test_anything_else_is_for_typer(function, words):
    assert read_straight(function, words.split()) is None


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("new -O office-training --no-input -q -o x.docx", {"typer", "lxml", "docx", "jinja2"}),
        ("--help", {"lxml", "docx", "drafter.commands.check", "drafter.speech.recognise"}),
    ],
)
def test_what_a_line_need_not_import_is_not_imported(line, without, tmp_path):
    open_template("speech")  # so that what Jinja makes of its layout is kept, as after the first speech
    code = (
        f"import io, sys; from drafter.cli.main import main; sys.argv[1:] = {line.split()}; out, sys.stdout = sys.stdout, io.StringIO()\n"
        f"try: main()\nfinally: print(sorted({without} & sys.modules.keys()), file=out)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
