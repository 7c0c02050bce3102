"""Every problem drafter tells has a code that stays: what programs, and whoever asks for help, know its kind by."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import drafter

PACKAGE = Path(drafter.__file__).parent

#: Calls that make a problem: the class itself, and what tells one at its place in a file.
MAKERS = ("Diagnostic", "diagnostic")


def made() -> Iterator[tuple[str, ast.Call]]:
    """Every call of the package that makes a problem, with the place it stands at; the editor's own Diagnostic is another."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = ast.unparse(node.func)
                if called.rpartition(".")[2] in MAKERS and not called.startswith("types."):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def test_every_problem_is_made_with_a_code() -> None:
    assert [place for place, call in made() if not any(keyword.arg == "code" for keyword in call.keywords)] == []


def test_a_code_is_words_with_hyphens() -> None:
    said = [
        keyword.value.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    ]
    assert len(set(said)) > 100
    assert [code for code in said if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)] == []
