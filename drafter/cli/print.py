"""How the command line shows what a command gives: in words for people, or with `--json` in the one form for programs.

Standard output has the result, standard error what is said beside it. Where standard output belongs to a document (`-o
-`), the result goes to standard error, and with `--json` nothing else does.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import ERROR, Diagnostic, columns, printable

if TYPE_CHECKING:
    from drafter.commands.next_step import Ending

LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议"}


def show(
    command: str,
    result: object,
    text: Callable[[], str],
    *,
    as_json: bool,
    remarks: Sequence[Diagnostic] = (),
    aside: bool = False,
    quiet: bool = False,
    ending: "Callable[[], Ending] | None" = None,
) -> None:
    """Show a result (its plain data) or, for people, the `text` of it, and how the command ended. `aside`: standard output
    belongs to a document; `quiet`: people want to hear nothing. A list that is piped, which programs read line by line,
    has no `ending`."""
    ended = ending() if ending and (as_json or not quiet) else None
    remarks = (*remarks, *of_settings(command, ended.written if ended else ())) if not quiet or as_json else remarks
    if not (quiet or (as_json and aside)):
        say_remarks(remarks)
    if as_json:
        from drafter.commands.machine import answered, dumped

        echo(dumped(answered(command, result, remarks, ended)), err=aside)
    elif not quiet:
        say(text(), err=aside)
        if ended:
            say_ending(ended, aside=aside)


def say_ending(ending: "Ending", *, aside: bool = False) -> None:
    """How a command ended, for people, as the last that is said: that no file was written, and what most people do next.
    `aside`: on standard error."""
    if ending.unwritten:
        say(printable(ending.unwritten), err=aside)
    step = ending.next
    if step is not None:
        said = f"下一步：{step.why}"
        line = said + ("　" if step.why and step.command else "") + (step.command or "")
        wide = room(err=aside)
        if step.command and wide and max(map(columns, line.split("\n"))) > wide:
            say(printable(said), err=aside)
            line = f"  {step.command}"  # a row of its own, however long: a line broken there is another command
        elif not step.command:
            say(printable(said), err=aside)
            return
        echo("\n".join(map(printable, line.split("\n"))), err=aside)


#: The commands that work by the settings of the folder their files are written to; `check` says for itself what holds for its
#: files.
BY_SETTINGS = ("new", "renew", "update", "finish", "batch")


def of_settings(command: str, written: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """What is said once of the settings that hold here, beside whatever a command says: what is wrong with them, and what those of a
    folder above change; `doctor` says all of it itself."""
    if command in ("doctor", "help", "outlines sync"):
        return ()
    from drafter.commands.settings import from_above, remarks

    folders = dict.fromkeys([os.curdir, *(os.path.dirname(name) or os.curdir for name in written)])
    return (*remarks(), *(from_above(folders) if command in BY_SETTINGS else ()))


def echo(text: str, *, err: bool = False, nl: bool = True, color: bool | None = None) -> None:
    """Print a text, and with `nl` end the line. Where that takes more than writing it, typer does it: colours that may have to be left out,
    consoles of Windows, encodings that do not hold 汉字."""
    out = sys.stderr if err else sys.stdout
    if out is None:
        return
    if "\033" in text or sys.platform == "win32" or not (getattr(out, "encoding", None) or "utf-8").lower().startswith("utf"):
        import typer

        typer.echo(text, err=err, nl=nl, color=color)
        return
    out.write(f"{text}\n" if nl else text)
    out.flush()


def say(text: str, *, err: bool = False) -> None:
    """Say something, in rows that fit where a terminal shows it."""
    wide = room(err=err)
    if wide:
        from drafter.commands.rows import fitted

        text = fitted(text, wide)
    echo(text, err=err, color=coloured(err=err))


def coloured(*, err: bool = False) -> bool:
    """Whether what is said may have colours: NO_COLOR says no, FORCE_COLOR or CLICOLOR_FORCE yes, whatever it goes to; else
    on a terminal, unless TERM is dumb or CLICOLOR is 0. Source: no-color.org, bixense.com/clicolors."""
    said = os.environ
    if said.get("NO_COLOR"):
        return False
    if said.get("FORCE_COLOR", "0") not in ("", "0") or said.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    out = sys.stderr if err else sys.stdout
    return bool(out and out.isatty()) and said.get("TERM") != "dumb" and said.get("CLICOLOR") != "0"


def going_back() -> bool:
    """Whether standard error is a terminal on which a line can be written over."""
    return bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"


def room(*, err: bool = False) -> int | None:
    """The columns a row may have on the terminal, one less than it has itself; None where what is said goes to a file or
    another program, which gets every line as it is."""
    out = sys.stderr if err else sys.stdout
    try:
        if out is None or not out.isatty():
            return None
        said = os.environ.get("COLUMNS", "")
        wide = int(said) if said.isdecimal() else os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):  # what is no file, or is closed
        return None
    return max(wide - 1, 20) if wide else None


def say_remarks(remarks: Iterable[Diagnostic]) -> None:
    """What was remarked on the way, each with its place and what to do."""
    for remark in remarks:
        say(labelled(remark), err=True)


def labelled(problem: Diagnostic) -> str:
    """A problem in words; one that is no error is marked as a reminder."""
    return ("" if problem.level == ERROR else "提醒 ") + problem.text()


def hand_out(data: bytes) -> None:
    """A document to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def said_of_levels(counts: Mapping[str, int]) -> str:
    """How many findings there are of each level."""
    return "，".join(f"{n} 处{LEVELS[level]}" for level, n in counts.items())


def terminal() -> bool:
    """Whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


# ── refusals ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Asked(NamedTuple):
    """What a command line asks for, told before it is understood: it may be one nobody understands. `command` is None
    where it names none; `aside`: standard output belongs to a document."""

    command: str | None
    as_json: bool
    aside: bool


def asked(words: Sequence[str], commands: Mapping[str, Iterable[str]]) -> Asked:
    """What these words ask for. `commands` are the names known, each with those below it."""
    options = words[: words.index("--")] if "--" in words else words
    command = words[0] if words and words[0] in commands else None
    if command and len(words) > 1 and words[1] in commands[command]:
        command = f"{command} {words[1]}"
    pairs = zip(options, [*options[1:], ""], strict=False)
    to_output = any(
        word in ("-o-", "--output=-") or (word in ("-o", "--output") and next_ == "-") for word, next_ in pairs
    )
    mended = command == "check" and "--fix" in options and "-" in words
    return Asked(command, "--json" in options, to_output or mended)


def refuse(wanted: Asked, problems: Sequence[Diagnostic], words: Sequence[str] = ()) -> None:
    """Say why there is no result: in these words, else in those of the problems."""
    if not (wanted.as_json and wanted.aside):
        for said in words or [problem.text() for problem in problems]:
            say(said, err=True)
    if wanted.as_json:
        from drafter.commands.machine import dumped, refused

        echo(dumped(refused(wanted.command, problems)), err=wanted.aside)
