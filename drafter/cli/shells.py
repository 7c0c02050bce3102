"""Completion of what is meant and not only of what is begun: 防汛 becomes flood.

bash and PowerShell take whatever they are given in the place of what was typed, zsh where it is told to. fish takes only
what has the letters typed in it, and has no way to say otherwise.
"""

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer.core import TyperGroup


class MeantWord(str):
    """A completion that need not begin with what was typed: typer drops those that say they do not."""

    def startswith(self, *_: object) -> bool:
        """Yes."""
        return True


def matching(
    known: Iterable[tuple[str, str]], typed: str, meant: Callable[[str], Sequence[str]], before: str = ""
) -> list[tuple[str, str]]:
    """The words (and what each is for) that begin so; where none does, those that are `meant`. `before` stands before
    each: together shells would have to drop what the first have in common."""
    listed = list(known)
    begun = [(before + name, about) for name, about in listed if name.startswith(typed)]
    if begun or len(typed.encode()) < 2:
        return begun
    told = dict(listed)
    return [(MeantWord(before + name), told[name]) for name in meant(typed) if name in told]


def answer_zsh(program: "TyperGroup", context: MutableMapping[str, object], name: str, variable: str) -> str:
    """What zsh evaluates. Words that do not begin with what was typed are put in its place, the best first, the next at
    the next Tab."""
    from typer._completion_classes import ZshComplete

    asked = ZshComplete(program, context, name, variable)
    args, typed = asked.get_completion_args()
    found = asked.get_completions(args, typed)
    if all(str.startswith(item.value, typed) for item in found):
        return asked.complete()
    words = " ".join(_quoted(item.value) for item in found)
    shown = " ".join(_quoted(f"{item.value} -- {item.help or ''}") for item in found)
    return f"local -a found shown ; found=({words}) ; shown=({shown}) ; compstate[insert]=menu ; compadd -U -V meant -l -d shown -a found"


def _quoted(word: str) -> str:
    return "'" + " ".join(word.split()).replace("'", "'\\''") + "'"
