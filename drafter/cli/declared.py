"""The options of commands as they are declared, without typer, which is imported where it is needed: for help, completion,
and a command line that is not written as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from types import FunctionType
from typing import Annotated, NamedTuple


class DeclaredOption(NamedTuple):
    """An option: the words it is given by, () for an argument, and what help and completion need of it."""

    words: tuple[str, ...]
    help: str
    metavar: str | None
    autocompletion: Callable[..., Iterable[object]] | None
    show_default: bool


def option(
    *words: str,
    help: str,
    metavar: str | None = None,
    autocompletion: Callable[..., Iterable[object]] | None = None,
    show_default: bool = True,
) -> DeclaredOption:
    """An option of a command, for its annotation."""
    return DeclaredOption(words, help, metavar, autocompletion, show_default)


def argument(
    *, help: str, metavar: str | None = None, autocompletion: Callable[..., Iterable[object]] | None = None
) -> DeclaredOption:
    """An argument of a command, for its annotation."""
    return DeclaredOption((), help, metavar, autocompletion, True)


def function_at(where: str) -> Callable[..., None]:
    """The function of a command, "module:name"."""
    module, _, name = where.partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    return function


#: What may be given several times.
_SEVERAL = list[str] | None


def read_straight(function: Callable[..., None], words: Sequence[str]) -> dict[str, object] | None:
    """What a command is called with by these words, where each is one of its options or arguments as it is declared. None
    where typer is to look at them: for anything else, mistakes among it."""
    known: dict[str, str] = {}
    places: list[str] = []
    kinds: dict[str, object] = {}
    for name, annotation in function.__annotations__.items():
        of = _of(annotation)
        if of:
            known |= dict.fromkeys(of.words, name)
            places += () if of.words else (name,)
            kinds[name] = annotation.__origin__
        elif name != "return":
            return None
    given: dict[str, object] = {}
    waiting = iter(words)
    for word in waiting:
        said, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        name = known.get(said, "")
        if not name and places and (word == "-" or not word.startswith("-")):
            name, value = places[0], word
            if kinds[name] is str:
                places.pop(0)
        elif name and kinds[name] is not bool and not equals:
            value = next(waiting, "--")
            if value.startswith("-") and value != "-":
                return None
        if not name or not _took(given, name, kinds[name], value, equals):
            return None
    required = len(kinds) - len(function.__defaults__ or ())
    return given if all(name in given for name in list(kinds)[:required]) else None


def _took(given: dict[str, object], name: str, kind: object, value: str, equals: str) -> bool:
    """Whether what was said of an option could be added."""
    if kind is bool:
        given[name] = True
        return not equals
    if kind is str:
        given[name] = value
    elif kind == _SEVERAL:
        before = given.setdefault(name, [])
        assert isinstance(before, list)
        before.append(value)
    else:
        return False
    return True


def for_typer(function: Callable[..., None]) -> Callable[..., None]:
    """A command with its options as typer declares them."""
    if not isinstance(function, FunctionType) or not any(_of(said) for said in function.__annotations__.values()):
        return function
    import typer

    same = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    same.__doc__, same.__module__, same.__kwdefaults__ = function.__doc__, function.__module__, function.__kwdefaults__
    same.__annotations__ = dict(function.__annotations__)
    for name, annotation in function.__annotations__.items():
        if of := _of(annotation):
            as_typer = typer.Option if of.words else typer.Argument
            told = as_typer(
                *of.words,
                help=of.help,
                metavar=of.metavar,
                autocompletion=of.autocompletion,
                show_default=of.show_default,
            )
            same.__annotations__[name] = Annotated[annotation.__origin__, told]
    return same


def _of(annotation: object) -> DeclaredOption | None:
    """How an option is declared; None for what typer declares."""
    found = getattr(annotation, "__metadata__", (None,))[0]
    return found if isinstance(found, DeclaredOption) else None
