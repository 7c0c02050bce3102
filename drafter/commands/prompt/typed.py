"""An answer that is typed, with what is known of the question above it and the keys below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from drafter.commands.prompt.looks import (
    PASSED,
    STYLE,
    Fragments,
    Interrupted,
    depth,
    hints_of,
    keys_of,
    steady,
    wrapped,
)
from drafter.startup import HungUp

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent


def typed_in(
    place: str,
    question: str,
    notes: Fragments,
    typed: str,
    *,
    long: bool,
    back: bool,
    keys: str = "",
    open_to_none: bool = True,
) -> str:
    """What is typed, PASSED for Ctrl-O; `keys` says what may be typed instead of an answer; `open_to_none`: there need be
    none. Raises Back, MeantEmpty, Interrupted."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.styles import Style

    none = open_to_none and not keys
    bindings = keys_of(back, PASSED if open_to_none else None, none)

    @bindings.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    def message() -> StyleAndTextTuples:  # made anew at every drawing: the terminal may have become narrower
        rows = [(style, f"\n  {wrapped(note)}") for style, note in notes]
        head = [("class:qmark", place), ("class:question", f" {wrapped(question, beside=place)}")]
        return [*head, *rows, ("class:qmark", "\n> ")]

    session: PromptSession[str] = PromptSession(
        message,
        multiline=long,
        prompt_continuation="  ",
        key_bindings=bindings,
        bottom_toolbar=hints_of(keys or ("Ctrl-D 写完" if long else "回车 确定"), back, blank=none, empty=none),
        style=Style(STYLE),
        color_depth=depth(),
        erase_when_done=True,
    )
    steady(session.app)
    try:
        return session.prompt(default=typed)
    except (KeyboardInterrupt, EOFError) as stopped:
        raise Interrupted(session.default_buffer.text, isinstance(stopped, EOFError | HungUp)) from None


def name_of(default: str, fit: Callable[[str], bool | str], question: str = "名称：") -> str | None:
    """A name typed in; `fit` says True of one that may be, else why not. None where the user gave up. Raises HungUp."""
    typed, wrong = default, ""
    while True:
        try:
            notes = [("class:wrong", wrong)] if wrong else []
            typed = typed_in("", question, notes, typed, long=False, back=False, open_to_none=False)
        except Interrupted as stopped:
            if stopped.gone:
                raise HungUp from None
            return None
        said = fit(typed)
        if said is True:
            return typed.strip()
        wrong = str(said)
