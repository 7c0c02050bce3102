"""One question on a terminal: typed, picked from a list or searched in one, and what is printed between.

Lists are questionary's. Text goes through the line editor it is built on, prompt_toolkit's, for what questionary cannot
do: dim help, and the reason of a refusal beside what was typed. No other module knows either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from drafter.diagnostic import columns, printable

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

#: How it looks. prompt_toolkit obeys NO_COLOR, and keeps bold and dim then.
STYLE = [
    ("qmark", "fg:ansicyan"),
    ("question", "bold"),
    ("instruction", "dim"),
    ("dim", "dim"),
    ("wrong", "fg:ansired bold"),
    ("highlighted", "fg:ansicyan bold"),
    ("pointer", "fg:ansicyan bold"),
    ("bottom-toolbar", "noreverse dim"),
]

#: How much of a text is shown while it is pointed at, in columns: seven rows of a terminal.
PREVIEW = 600

#: What no row of Chinese text begins with.
CLOSING = frozenset("，。；：！？、）》”’】〉」』…,.;:!?)")

#: Words to print, each with its style.
Fragments = list[tuple[str, str]]


class Back(Exception):
    """The question before is wanted. `typed` is what stood in this one."""

    def __init__(self, typed: str = "") -> None:
        self.typed = typed


def typed_in(
    place: str, question: str, notes: Fragments, typed: str, *, long: bool, back: bool, keys: str = ""
) -> str:
    """What is typed, "" for a blank; `keys` says what may be typed instead of an answer. Raises Back."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.styles import Style

    bindings = _keys(back, blank="")

    @bindings.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    rows = [(style, f"\n  {wrapped(note)}") for style, note in notes]
    session: PromptSession[str] = PromptSession(
        FormattedText(
            [("class:qmark", place), ("class:question", f" {wrapped(question)}"), *rows, ("class:qmark", "\n> ")]
        ),
        multiline=long,
        prompt_continuation="  ",
        key_bindings=bindings,
        bottom_toolbar=_hints(keys or ("Ctrl-D 写完" if long else "回车 确定"), back, blank=None if keys else ""),
        style=Style(STYLE),
        erase_when_done=True,
    )
    return session.prompt(default=typed)


def picked_of(
    place: str, question: str, notes: Fragments, rows: list[str], start: int, *, back: bool, blank: int | None = None
) -> int:
    """The number of the row chosen. `blank` is the row that Ctrl-O stands for. Raises Back."""
    import questionary
    from prompt_toolkit.filters import renderer_height_is_known
    from prompt_toolkit.key_binding import merge_key_bindings
    from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
    from questionary.prompts.common import InquirerControl

    room = width() - 4
    app = questionary.select(
        wrapped(question),
        [questionary.Choice(shortened(printable(row), room), value=n) for n, row in enumerate(rows)],
        qmark=place,
        pointer=">",
        style=questionary.Style(STYLE),
        instruction="".join(f"\n  {wrapped(note)}" for _, note in notes) or " ",
        use_jk_keys=False,
    ).application
    control = next(found for found in app.layout.find_all_controls() if isinstance(found, InquirerControl))
    control.pointed_at = start  # not as questionary's default, which stays marked when another row is pointed at
    keys = _keys(back, blank)
    typed = ""

    @keys.add("<any>")
    def _(event: KeyPressEvent) -> None:
        nonlocal typed
        for attempt in (typed + event.data, event.data):
            if (found := _meant(rows, attempt)) is not None:
                typed, control.pointed_at = attempt, found
                return

    # questionary.select has no toolbar of its own. The empty window pushes it to the last line of the screen.
    hints = FormattedTextControl(_hints("↑↓ 选择 · 回车 确定", back, blank))
    foot = HSplit([Window(), Window(hints, height=1, style="class:bottom-toolbar")])
    app.layout = Layout(
        HSplit([app.layout.container, ConditionalContainer(foot, renderer_height_is_known)]),
        focused_element=app.layout.current_window,
    )
    app.key_bindings = merge_key_bindings([bindings for bindings in (app.key_bindings, keys) if bindings])
    app.erase_when_done = True
    return int(app.run())


def _meant(rows: Sequence[str], typed: str) -> int | None:
    """The row that typing this points at: by its number, else by how it begins."""
    for n, row in enumerate(rows):
        if row.startswith(f"{typed}. "):
            return n
    begins = (n for n, row in enumerate(rows) if row.partition(". ")[2].lower().startswith(typed.lower()))
    return next(begins, None)


def _keys(back: bool, blank: str | int | None) -> KeyBindings:
    """The keys every question has. `blank` is what Ctrl-O answers, None where it does nothing."""
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

    return keys


def _hints(first: str, back: bool, blank: str | int | None) -> str:
    hints = [first, "Ctrl-O 留空" if blank is not None else "", "Ctrl-B/Shift-Tab 上一题" if back else ""]
    return " · ".join(hint for hint in (*hints, "Ctrl-C 退出") if hint)


def printed(fragments: Fragments) -> None:
    """Print words, each in its style."""
    from prompt_toolkit import print_formatted_text
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.styles import Style

    print_formatted_text(FormattedText(fragments), style=Style(STYLE))


def width() -> int:
    """Columns of the terminal."""
    from prompt_toolkit.application.current import get_app_session

    return get_app_session().output.get_size().columns


def shortened(text: str, room: int) -> str:
    """The text, cut to so many columns."""
    if columns(text) <= room:
        return text
    while text and columns(text) > room - 2:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, indent: str = "  ") -> str:
    """The text in rows that fit the terminal beside “问题 12/34”. No row begins with a closing mark."""
    room = max(width() - 14, 16)
    rows = []
    for line in text.strip().split("\n"):
        rest = printable(line.strip())
        while columns(rest) > room:
            end = len(shortened(rest, room)) - 1
            while end > 1 and rest[end] in CLOSING:
                end -= 1
            rows.append(rest[:end])
            rest = rest[end:]
        rows.append(rest)
    return f"\n{indent}".join(rows)


def searched(question: str, rows: Sequence[tuple[str, str, str]]) -> str | None:
    """One of `rows` (value, label, text to see while it is pointed at). None where the user gave up."""
    import questionary
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from questionary.prompts.common import InquirerControl

    asked = questionary.select(
        question,
        [
            questionary.Choice(
                printable(label), value, description=f"\n  {wrapped(shortened(text, PREVIEW))}" if text else None
            )
            for value, label, text in rows
        ],
        qmark="",
        instruction="（上下键选，或者打几个字来找，回车确定）",
        style=questionary.Style(STYLE),
        use_search_filter=True,
        use_jk_keys=False,
        erase_when_done=True,
    )
    app = asked.application
    control = next(found for found in app.layout.find_all_controls() if isinstance(found, InquirerControl))
    drawn: Callable[[], Fragments] = control.text  # type: ignore[assignment]
    control.text = lambda: [(style, text.removeprefix("  Description: ")) for style, text in drawn()]
    keys = KeyBindings()

    @keys.add("<any>")  # questionary's own filter hears ASCII alone
    def _(event: KeyPressEvent) -> None:
        for character in event.data:
            if character.isprintable():
                control.add_search_character(character)  # type: ignore[arg-type]

    app.key_bindings = merge_key_bindings([bindings for bindings in (app.key_bindings, keys) if bindings])
    answer = asked.ask(kbi_msg="")
    return None if answer is None else str(answer)


def name_of(default: str, fit: Callable[[str], bool | str]) -> str | None:
    """A name typed in; `fit` says True of one that may be, else why not. None where the user gave up."""
    import questionary

    typed = questionary.text("名称：", default=default, qmark="", validate=fit).ask(kbi_msg="")
    return None if typed is None else str(typed).strip()
