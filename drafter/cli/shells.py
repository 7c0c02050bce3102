"""Completion of what is meant and not only of what is begun: 防汛 becomes flood.

bash and PowerShell take whatever they are given in the place of what was typed, zsh where it is told to. fish takes only
what has the letters typed in it, and has no way to say otherwise.
"""

import sys
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import TYPE_CHECKING

from drafter.cli.print import say
from drafter.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    from typer._click.core import Context
    from typer.core import TyperGroup

#: The shells typer can give completion.
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


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


def install_completion(context: "Context", asked: object) -> object:
    """Give the shell of this terminal completion, and say where it is and from when on; in the place of typer's own, which
    says so in English."""
    if context.resilient_parsing:
        return asked
    from typer._completion_shared import _get_shell_name, install

    shell = str.__str__(asked) if isinstance(asked, str) else _get_shell_name()
    if shell not in SHELLS:
        told = f"{shell} 没有补全" if shell else "认不出用的是哪一种 shell"
        raise Rejected(Diagnostic(f"{told}，没有写文件。", None, f"能装的：{'、'.join(SHELLS)}。", code="usage"))
    _, path = install(shell=shell, prog_name=context.find_root().info_name)
    say(f"{shell} 的补全装好了：{path}\n下一步：关上终端，重新打开，打 drafter 空一格，按 Tab 键")
    sys.exit(0)


def _quoted(word: str) -> str:
    return "'" + " ".join(word.split()).replace("'", "'\\''") + "'"
