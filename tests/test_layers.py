"""A module imports only from rows below it; each third-party package has one or two doors."""

import ast
from pathlib import Path

import pytest

import drafter

ROWS = (
    ("__main__",),
    ("cli",),
    ("tree", "telling", "sidebyside", "server"),
    ("pulling", "comparing"),
    ("finding",),
    ("finishing",),
    ("proofreading", "formatting"),
    ("drafts",),
    ("doctor", "index", "annotating", "learning"),
    ("app", "extracting", "usage", "assist"),
    ("updating", "redline"),
    ("edited",),
    ("origin", "settings"),
    ("rules.*",),
    ("wording", "formulations"),
    ("learn",),
    ("alignment",),
    ("lexicon", "shelf", "ask", "preview"),
    ("readers.docx", "readers.html", "readers.pdf", "extract", "compare", "restyle"),
    ("wordnumber", "wordpage"),
    ("wordlook",),
    ("writers.docx", "writers.html", "writers.text", "fill", "pick", "layout", "answers", "saving", "filename"),
    ("letterhead",),
    ("patch",),
    ("cleaning",),
    ("unfinished",),
    ("pages",),
    ("docxfile", "merge", "wordtext", "provenance", "facts", "recognise", "readers.text"),
    ("cues",),
    ("marks",),
    ("ooxml",),
    ("checking",),
    ("outline", "template", "form"),
    ("blank", "package"),
    ("expression", "series", "pairing"),
    ("yamltree", "field", "numbering", "title", "vocabulary", "block", "rules"),
    ("chinese", "draft", "zipped", "prose", "people", "sounds", "page"),
    ("diagnostic",),
    ("__init__",),
)

DOORS = {
    "yaml": {"yamltree"},
    "jinja2": {"expression"},
    "lxml": {"writers.docx", "docxfile", "provenance", "patch", "updating", "cleaning", "redline", "readers.html", "restyle"},
    "lsprotocol": {"server"},
    "pygls": {"server"},
    "pypdf": {"readers.pdf"},
    "typer": {"cli", "usage"},
    "questionary": {"ask"},
    "prompt_toolkit": {"ask"},
    "platformdirs": {"shelf"},
    "regex": {"field"},
}

PACKAGE = Path(drafter.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if "shipped" not in path.parts
}
ROW = {name: number for number, row in enumerate(reversed(ROWS)) for name in row}
ROW |= {name: ROW["rules.*"] for name in MODULES if name.startswith("rules.")}


def imports(path: Path) -> set[str]:
    """Dotted names of everything imported anywhere in a file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "drafter" else {node.module}
    return found


def test_every_module_has_a_row():
    assert set(MODULES) - {"writers", "readers"} == set(ROW) - {"rules.*"}


@pytest.mark.parametrize("name", sorted(set(MODULES) & set(ROW)))
def test_a_module_imports_only_from_rows_below(name):
    inner = {i.removeprefix("drafter.") for i in imports(MODULES[name]) if i.startswith("drafter.")}
    inner = {i for i in inner if i in ROW}
    assert [i for i in sorted(inner) if ROW[i] >= ROW[name]] == []


@pytest.mark.parametrize(("package", "doors"), DOORS.items())
def test_a_package_is_imported_through_its_doors_only(package, doors):
    users = {name for name, path in MODULES.items() if any(i.split(".")[0] == package for i in imports(path))}
    assert users <= doors
