"""What every question has in common: its colours, its keys, its width, and how it goes away without leaving rows behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from drafter.commands.rows import rows_of
from drafter.diagnostic import columns, printable

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.output import ColorDepth

T = TypeVar("T")

#: How it looks, on dark and on light ground: cyan and red are seen on both, dim and bold are of the terminal's own colour.
#: prompt_toolkit obeys NO_COLOR, and keeps bold and dim then.
STYLE = [
    ("qmark", "fg:ansicyan"),
    ("question", "bold"),
    ("dim", "dim"),
    ("wrong", "fg:ansired bold"),
    ("highlighted", "fg:ansicyan bold"),
    ("bottom-toolbar", "noreverse dim"),
]

#: How much of a text is shown while it is pointed at, in columns: seven rows of a terminal.
PREVIEW = 600

#: What Ctrl-O answers: nothing yet. Nobody can type it.
PASSED = "\0"

#: Words to print, each with its style.
Fragments = list[tuple[str, str]]


class Back(Exception):
    """The question before is wanted. `typed` is what stood in this one."""

    def __init__(self, typed: str = "") -> None:
        self.typed = typed


class MeantEmpty(Exception):
    """The answer is that there is to be none."""


class Interrupted(KeyboardInterrupt):
    """The user gave up while a question stood open, or the terminal went away (`gone`). `typed` is what stood in it."""

    def __init__(self, typed: str, gone: bool) -> None:
        super().__init__()
        self.typed, self.gone = typed, gone


def keys_of(back: bool, blank: str | int | None, empty: bool) -> KeyBindings:
    """The keys every question has. `blank` is what Ctrl-O answers, None where it does nothing; `empty`: Ctrl-X says
    that there is to be no answer."""
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("c-b", eager=True)  # two keys lead back, as each is taken somewhere: Ctrl-B by tmux,
    @keys.add("s-tab", eager=True)  # Shift-Tab by the Linux console
    def _(event: KeyPressEvent) -> None:
        if back:
            event.app.exit(exception=Back(event.current_buffer.text))

    @keys.add("c-o", eager=True)
    def _(event: KeyPressEvent) -> None:
        if blank is not None:
            event.app.exit(result=blank)

    @keys.add("c-x", eager=True)
    def _(event: KeyPressEvent) -> None:
        if empty:
            event.app.exit(exception=MeantEmpty())

    return keys


def hints_of(first: str, back: bool, blank: bool, empty: bool) -> str:
    """What the keys do, in the longest form that has room on one line."""
    said = [
        first,
        "Ctrl-O 先不填" if blank else "",
        "Ctrl-X 就空着" if empty else "",
        "Ctrl-B/Shift-Tab 上一题" if back else "",
        "Ctrl-C 停下",
    ]
    long = " · ".join(filter(None, said))
    short = long.replace("/Shift-Tab", "")
    return next((form for form in (long, short) if columns(form) < width()), short.replace("Ctrl-", "^").replace(" · ", "·"))


def printed(fragments: Fragments) -> None:
    """Print words, each in its style."""
    from prompt_toolkit import print_formatted_text
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.styles import Style

    if dumb():
        print("".join(words for _, words in fragments), flush=True)
        return
    print_formatted_text(FormattedText(fragments), style=Style(STYLE), color_depth=depth())


def depth() -> ColorDepth | None:
    """Bold and dim alone where CLICOLOR is 0; None: prompt_toolkit decides, which knows NO_COLOR."""
    from prompt_toolkit.output import ColorDepth

    return ColorDepth.DEPTH_1_BIT if os.environ.get("CLICOLOR") == "0" else None


def dumb() -> bool:
    """Whether the terminal can draw nothing, only print one line below the other."""
    from prompt_toolkit.utils import is_dumb_terminal

    return is_dumb_terminal()


def width() -> int:
    """Columns of the terminal."""
    from prompt_toolkit.application.current import get_app_session

    return get_app_session().output.get_size().columns


def wrapped(text: str, indent: str = "  ", beside: str = "") -> str:
    """The text in rows that fit the terminal, the first beside the words that stand there already. A row that is cut goes
    on below the `indent`."""
    room = width() - 1
    rows: list[str] = []
    for line in text.strip().split("\n"):
        first = room - (columns(indent) if rows else columns(beside.rpartition("\n")[2]) + 1)
        rows += rows_of(printable(line.strip()), first, room - columns(indent))
    return f"\n{indent}".join(rows)


def steady(app: Application[T]) -> Application[T]:
    """The question with no row of it left behind where the terminal is made narrower: terminals break the rows that are
    drawn then, so that the first of them is further up than when it was drawn. prompt_toolkit does not count with that."""
    from prompt_toolkit.data_structures import Point

    renderer, anew = app.renderer, app._on_resize

    def resized() -> None:
        drawn, at = renderer.last_rendered_screen, renderer._cursor_pos
        room = max(1, width())
        if drawn is not None:
            rows = [max(drawn.data_buffer[y], default=0) for y in range(at.y)]
            more = sum(last // room for last in rows) + at.x // room
            renderer._cursor_pos = Point(at.x % room, at.y + more)
        anew()

    app._on_resize = resized  # type: ignore[method-assign]
    return app
