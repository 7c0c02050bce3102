"""What looking at a buffer needs beside its text, and what else is on the shelves that it may name."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from drafter.check import rules
from drafter.check.kept import KeptFinding
from drafter.check.rules import registry
from drafter.check.settings import Settings
from drafter.commands.index import entries, passages, templates, themes
from drafter.commands.kept import kept_beside
from drafter.commands.opening import template_problems
from drafter.commands.settings import checks
from drafter.diagnostic import Diagnostic
from drafter.outline import shelf
from drafter.outline.model import Outline
from drafter.outline.parse import Load
from drafter.outline.yaml import MAX_BYTES
from drafter.readers.open import OUTLINE

#: The greatest buffer that is read, in bytes: that of a file.
MAX_BUFFER_BYTES = MAX_BYTES


class Desk(NamedTuple):
    """What looking needs beside the text: the settings, the day, how to find other files, what else to ask about an
    outline, what is called between steps (what it raises ends the work), and what somebody has decided to leave."""

    settings: Settings
    today: date
    load: Load
    ask: Callable[[Outline], Iterable[Diagnostic]] = lambda outline: ()
    between: Callable[[str], object] = lambda step: None
    kept: tuple[KeptFinding, ...] = ()


def desk_of(file: str, between: Callable[[str], object]) -> Desk:
    """What looking at the buffer of a file needs, today. Raises Rejected where the settings for it are wrong."""
    path = Path(file)
    return Desk(checks(path.parent), date.today(), shelf.load, template_problems, between, kept_beside(path))


def plain_desk() -> Desk:
    """What looking needs where there are no settings."""
    return Desk(Settings(), date.today(), shelf.load, template_problems)


def rules_read() -> None:
    """Read the rules: the first look takes longer for it than any later."""
    list(registry())


def file_of_rule(rule: str) -> Path:
    """The file a rule is in, which explains it."""
    return Path(rules.__file__ or "").parent / f"{rule.replace('-', '_')}.py"


def names_for(word: str, file: str) -> list[tuple[str, str]]:
    """What `extends`, `include`, `basis` or `template` may name in a file, with what is said of it."""
    if word == "template":
        return [(name, "") for name in templates()]
    if word == "basis":
        return [(theme.name, theme.about) for theme in themes()]
    found = {e.name: e.about for e in entries()}
    if word == "include":
        found |= {p.name: p.about or p.theme for p in passages()}
    here = Path(file)
    try:
        beside = sorted(
            p.stem for p in here.parent.iterdir() if p.suffix.lower() in OUTLINE.suffixes and shelf.usable_name(p.stem)
        )
    except OSError:
        beside = []
    out = {name: found.get(name, "") for name in beside} | found
    if word == "include":
        out.pop(here.stem, None)
    return list(out.items())
