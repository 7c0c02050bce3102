"""Types say what they are: `Any` stands in few signatures, each with a reason. mypy holds the rest (strict, with types for lxml
and python-docx)."""

import ast
from pathlib import Path

import pytest

import drafter

PACKAGE = Path(drafter.__file__).parent

#: What JSON holds is told by its schema, and not by a type.
JSON = frozenset(("dict[str, Any]", "Mapping[str, Any]", "list[dict[str, Any]]", "Sequence[dict[str, Any]]"))

#: module → (how many annotations have `Any`, why). A number may only get smaller.
ALLOWED = {
    "api.about": (1, "what a Result says to programs, of whatever form"),
    "chinese.lexicon": (1, "what is kept of a sentence belongs to whoever weighs it"),
    "check.tables.formulations": (2, "what is kept between runs is a tuple of whatever was made"),
    "check.tables.words": (3, "rows of a table, before they are looked at"),
    "cli.help": (1, "typer does not say whether a program is a group"),
    "cli.wording": (7, "typer's own click has no types"),
    "commands.held": (3, "values of any Result"),
    "commands.agent.entries": (2, "a document of tomlkit, whose items are of many kinds"),
    "commands.index": (7, "what is kept between runs is a list of whatever was made"),
    "commands.opening": (3, "what is kept between runs is a tuple of whatever was made"),
    "commands.schema": (2, "a type as it is written in a program"),
    "commands.settings": (2, "a table of TOML"),
    "lsp.buffers": (1, "arguments passed on"),
    "outline.answers": (1, "pairs of JSON"),
    "outline.expression": (26, "values of an expression are what its filters make of them; nodes are Jinja's, or those that stand for them"),
    "outline.passages": (1, "requirements or texts, as they came"),
    "outline.shelf.__init__": (2, "what is kept between runs is a tuple of whatever was made"),
    "outline.values": (1, "a condition, which only outline.expression looks into"),
    "outline.vocabulary": (2, "a JSON Schema"),
    "outline.yaml": (7, "PyYAML is imported only where its parser is needed"),
    "readers.pdf": (4, "pypdf need not be there"),
    "template.layout": (11, "what a layout passes to its filters, and Jinja's nodes, which are imported only where they are needed"),
    "template.styles": (3, "values of styles.yaml, each of its own kind"),
}  # fmt: skip


def annotations(tree: ast.Module) -> list[str]:
    """All annotations of a module as they are written."""
    found: list[ast.expr | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.args
            arguments = [*said.posonlyargs, *said.args, *said.kwonlyargs, said.vararg, said.kwarg]
            found += [node.returns, *(argument.annotation for argument in arguments if argument)]
        elif isinstance(node, ast.AnnAssign):
            found.append(node.annotation)
    whole = [a for a in found if a is not None]
    return [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else ast.unparse(a) for a in whole]


def anything(text: str) -> int:
    """How many annotations have `Any` that is not an object of JSON."""
    found = annotations(ast.parse(text))
    return sum(any(isinstance(n, ast.Name) and n.id == "Any" for n in ast.walk(ast.parse(said))) for said in found if said not in JSON)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def f(a: Any, b: int) -> Any: ...", 2),
        ("def f(a: 'list[Any] | None') -> Company: ...", 1),
        ("class A:\n    x: tuple[Any, ...] = ()\n    async def f(self, *a: Any, **k: Any) -> None: ...", 3),
        ("def f(told: dict[str, Any]) -> 'Mapping[str, Any]': ...", 0),
    ],
)
def test_any_is_counted_wherever_it_is_written(text: str, count: int) -> None:
    assert anything(text) == count


def test_any_stands_where_there_is_a_reason_and_nowhere_else() -> None:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        count = anything(path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if count > ALLOWED.get(module, (0, ""))[0]:
            found[module] = count
    assert found == {}


def test_every_exception_is_of_a_module_that_is_there() -> None:
    assert [module for module in ALLOWED if not (PACKAGE / (module.replace(".", "/") + ".py")).is_file()] == []
