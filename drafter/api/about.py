"""`rules`, `formulations`, `doctor`, `schema`, `as_data`: what drafter knows, and Results for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from drafter.api.given import door, refused, word_of, words_of
from drafter.commands.doctor import DoctorResult
from drafter.commands.formulations import FormulationsRequest, FormulationsResult
from drafter.commands.rules import RulesRequest, RulesResult
from drafter.diagnostic import Rejected


class ForPrograms(Protocol):
    """A Result: it says itself in plain data."""

    def json(self) -> Any: ...


@door
def rules(name: str | None = None) -> RulesResult:
    """The rules of the proof-reader, with what they rest on; with a `name` that one. Raises Rejected."""
    from drafter.commands.rules import rules as command

    return command(RulesRequest(word_of(name, "name")))


@door
def formulations(words: Sequence[str] | str = ()) -> FormulationsResult:
    """The formulations the proof-reader knows: all, or those of a theme or with these words. Raises Rejected."""
    from drafter.commands.formulations import formulations as command

    return command(FormulationsRequest(tuple(words.split()) if isinstance(words, str) else words_of(words, "words")))


@door
def doctor() -> DoctorResult:
    """What this computer has: fonts, shelves, LibreOffice, settings."""
    from drafter.commands.doctor import doctor as command

    return command()


@door
def schema(command: str | None = None) -> dict[str, Any]:
    """The JSON Schema of what `--json` prints and `as_data` gives: of a command, "new", "outlines find"; None is all.

    Raises Rejected."""
    from drafter.commands.schema import SchemaRequest
    from drafter.commands.schema import schema as described

    return described(SchemaRequest(word_of(command, "command")))


@door
def as_data(result: ForPrograms | Rejected, command: str | None = None) -> dict[str, Any]:
    """A Result, or a refusal, as `--json` prints it: `{"ok": true, "command": …, "result": …, "written": …, "next": …}`.

    command: of a refusal, what was refused; a Result knows. Raises Rejected for what is neither.
    """
    from drafter.commands.machine import answered, plain
    from drafter.commands.machine import refused as refusal
    from drafter.commands.schema import command_of

    if isinstance(result, Rejected):
        return dict(refusal(command, result.diagnostics))
    name = getattr(result, "command", "") or command_of(type(result))
    if not name:
        raise refused(f"as_data 要的是结果或者 Rejected，这里是 {type(result).__name__}。")
    ending = getattr(result, "ending", None)
    before = getattr(getattr(result, "head", None), "remarks", ())  # what `batch` says before it writes
    remarks = (*before, *getattr(result, "remarks", ()))
    said = plain(answered(name, result.json(), remarks, ending() if ending else None))
    assert isinstance(said, dict)
    return said
