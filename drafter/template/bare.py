"""Layouts run without Jinja, whose import takes a quarter of the time of a short speech. What Jinja has made of a layout is a
function in Python that asks its environment for everything; here it gets one that can do less than the sandbox: look a name up in a
namespace of ours, and call the filters it is given. It has no builtins, and imports nothing. Whatever else a layout wants, and
whatever goes wrong, is for Jinja's own sandbox, which then runs it from the beginning: what is allowed, what it means and what is
said of a mistake is decided there alone.
"""

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, SimpleNamespace
from typing import Any, NoReturn


class Unusual(Exception):
    """A layout wants something that only Jinja can do."""


_MISSING = object()


def _unusual(*_: object, **__: object) -> NoReturn:
    raise Unusual


def _joined(texts: tuple[object, ...]) -> str:
    return "".join(map(str, texts))


#: What a layout asks `jinja2.runtime` for.
_RUNTIME = SimpleNamespace(
    **dict.fromkeys(
        ("LoopContext", "Macro", "Markup", "Namespace", "TemplateReference", "Undefined", "escape", "identity", "markup_join"),
        _unusual,
    ),
    TemplateNotFound=Unusual,
    TemplateRuntimeError=Unusual,
    internalcode=_unusual,
    missing=_MISSING,
    str_join=_joined,
)


def _imported(name: str, *_: object) -> SimpleNamespace:
    if name != "jinja2.runtime":
        raise Unusual
    return _RUNTIME


class _Environment:
    """What stands for Jinja's."""

    undefined = getitem = call = staticmethod(_unusual)
    concat = "".join

    def __init__(self, filters: Mapping[str, Callable[..., object]], finalize: Callable[[object], str]) -> None:
        self.filters = filters
        self.finalize = finalize

    @staticmethod
    def getattr(obj: object, name: str) -> object:
        """What a namespace has under a name."""
        found = obj.__dict__.get(name, _MISSING) if type(obj) is SimpleNamespace else _MISSING
        if found is _MISSING:
            raise Unusual
        return found


def pieces_of(
    code: CodeType,
    context: Mapping[str, Any],
    filters: Mapping[str, Callable[..., object]],
    finalize: Callable[[object], str],
) -> Iterator[str]:
    """What a layout writes, in pieces; `code` is what `drafter.template.layout.compiled` made of it. Raises Unusual, and anything
    that the layout itself raises."""
    there: dict[str, Any] = {
        "__builtins__": {"__import__": _imported, "str": str, "KeyError": KeyError},
        "environment": _Environment(filters, finalize),
    }
    exec(code, there)
    known = SimpleNamespace(resolve_or_missing=lambda name: context.get(name, _MISSING))
    yield from there["root"](known)
