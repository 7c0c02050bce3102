"""A list to pick from: ten rows at most in a window that scrolls, marks for what stands above and below it, and the whole
text of the row in focus. One drawing for all lists: choices, passages, outlines, proposals, the answers at the end.

What is drawn is worked out anew for the size the terminal has at that moment, as plain rows; nothing is left to the toolkit
but to put them on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.prompt.looks import (
    PASSED,
    PREVIEW,
    STYLE,
    Fragments,
    depth,
    dumb,
    hints_of,
    keys_of,
    printed,
    steady,
    wrapped,
)
from drafter.commands.prompt.typed import typed_in
from drafter.commands.rows import rows_of, shortened
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

#: Rows of a list that are seen at once, and of the text of the one in focus; fewer where the terminal is low.
MOST_ROWS, MOST_TEXT = 10, 7
LEAST_ROWS = 3


class ListRow(NamedTuple):
    """A row of a list. `text` is shown below while the row is in focus, "" for nothing; a label that is cut there is too."""

    label: str
    text: str = ""


class Matches(NamedTuple):
    """What was found: the numbers of rows in the order they are to stand in, and what there is to say of it."""

    rows: Sequence[int]
    note: str = ""


#: What finds rows by the words typed.
Find = Callable[[str], Matches]


class _Scroll:
    """A list on the screen. `at` is where in `shown`, the numbers of the rows that are to be seen, the focus is; `top` the
    first of the window."""

    def __init__(self, head: str, question: str, notes: Fragments, rows: Sequence[ListRow], hints: str) -> None:
        self.head, self.question, self.notes, self.rows, self.hints = head, question, notes, rows, hints
        self.shown: Sequence[int] = range(len(rows))
        self.at = self.top = 0
        self.typed: str | None = None  # what is searched for; None where the list has no search
        self.note = ""
        self._deepest = (
            0,
            0,
        )  # the width, and the most rows a text took in it: the list does not jump when another is shorter

    @property
    def focus(self) -> int | None:
        """The number of the row in focus, None where none is shown."""
        return self.shown[self.at] if self.shown else None

    def move(self, by: int, *, around: bool = False) -> None:
        """Move the focus; `around` leads from one end to the other."""
        if self.shown:
            last = len(self.shown) - 1
            self.at = (self.at + by) % (last + 1) if around else min(max(self.at + by, 0), last)

    def point(self, row: int) -> None:
        """Put the focus on the row of this number."""
        self.at = self.shown.index(row)

    def search(self, typed: str, find: Find) -> None:
        """Show what is found by these words."""
        self.typed = typed
        self.shown, self.note = find(typed)
        self.at = self.top = 0

    # ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def drawn(self, columns: int, height: int) -> StyleAndTextTuples:
        """All rows, for a terminal of this size."""
        head = self._head()
        text = self._text(columns)
        most = min(MOST_ROWS, len(self.rows))
        marks = 2 if len(self.rows) > most else 0
        hints = rows_of(self.hints, columns - 1)
        room = height - sum(t.count("\n") for _, t in head) - 2 - len(hints)  # the head's last row and the cursor's
        for_list = max(min(most, room - marks - (len(text) and min(3, len(text) + 1))), LEAST_ROWS)
        marks = 2 if len(self.rows) > for_list else 0
        deepest = max(len(text), self._deepest[1] if self._deepest[0] == columns else 0)
        self._deepest = (columns, deepest)
        for_text = max(0, min(deepest, room - marks - for_list - 1))
        if len(text) > for_text and for_text:
            text = [*text[: for_text - 1], text[for_text - 1].rstrip("…") + "…"]
        out: Fragments = [*head, *self._window(columns, for_list, marks)]
        if for_text:
            out += [("", "\n"), *(("", f"\n    {row}") for row in text[:for_text])]
            out += [("", "\n")] * (for_text - len(text))
        return [*out, *(("class:dim", f"\n{row}") for row in hints)]

    def _head(self) -> Fragments:
        out: Fragments = [
            ("class:qmark", self.head),
            ("class:question", f"{' ' if self.head else ''}{wrapped(self.question, beside=self.head)}"),
        ]
        out += [(style, f"\n  {wrapped(note)}") for style, note in self.notes]
        if self.typed is not None:
            out += [("class:qmark", "\n> "), ("", self.typed), ("[SetCursorPosition]", "")]
        out += [("class:wrong", f"\n  {wrapped(self.note)}")] if self.note else []
        return out

    def _window(self, columns: int, most: int, marks: int) -> Fragments:
        """The rows in the window, moved so far that the focus is in it, between the marks of how many are beyond it."""
        self.top = max(min(self.top, self.at, len(self.shown) - most), self.at - most + 1, 0)
        end = min(self.top + most, len(self.shown))
        below = len(self.shown) - end
        out: Fragments = [("class:dim", f"\n  ↑ 还有 {self.top} 项" if self.top else "\n")] if marks else []
        for n in range(self.top, end):
            label = shortened(printable(self.rows[self.shown[n]].label), columns - 4)
            out.append(("class:highlighted", f"\n> {label}") if n == self.at else ("", f"\n  {label}"))
        out += [("class:dim", f"\n  ↓ 还有 {below} 项" if below else "\n")] if marks else []
        return out

    def _text(self, columns: int) -> list[str]:
        """The text of the row in focus, and its label before it where the list had no room for that."""
        if self.focus is None:
            return []
        row = self.rows[self.focus]
        label = printable(row.label)
        whole = [] if shortened(label, columns - 4) == label else [label]
        texts = [*whole, *(printable(line) for line in row.text.split("\n") if line.strip())]
        rows = [cut for text in texts for cut in rows_of(shortened(text.strip(), PREVIEW), columns - 5)]
        return [*rows[: MOST_TEXT - 1], rows[MOST_TEXT - 1] + "…"] if len(rows) > MOST_TEXT else rows


def picked_of(
    place: str,
    question: str,
    notes: Fragments,
    rows: Sequence[str | ListRow],
    start: int,
    *,
    back: bool,
    blank: int | None = None,
    empty: bool = False,
) -> int:
    """The number of the row chosen. `blank` is the row that Ctrl-O stands for; `empty`: there may be none on purpose.
    Raises Back, MeantEmpty."""
    listed = [row if isinstance(row, ListRow) else ListRow(row) for row in rows]
    drawn = _Scroll(place, question, notes, listed, hints_of("↑↓ 选择 · 回车 确定", back, blank is not None, empty))
    drawn.point(start)
    if dumb():
        return _by_number(drawn, None, back=back, blank=blank)
    keys = keys_of(back, blank, empty)
    typed = ""

    @keys.add("<any>")
    def _(event: KeyPressEvent) -> None:
        nonlocal typed
        for attempt in (typed + event.data, event.data):
            if (found := _meant([row.label for row in listed], attempt)) is not None:
                typed = attempt
                drawn.point(found)
                return

    return _run(drawn, keys)


def searched(question: str, rows: Sequence[tuple[str, str, str]], find: Find | None = None) -> str | None:
    """One of `rows` (value, label, text to see while it is pointed at), found by `find` where words are typed. None where
    the user gave up."""
    listed = [ListRow(label, text) for _, label, text in rows]
    head, _, below = question.partition("\n")
    notes = [("", line) for line in below.split("\n") if line.strip()]
    drawn = _Scroll("", head, notes, listed, "↑↓ 选择 · 打几个字来找 · 回车 确定 · Ctrl-C 停下")
    drawn.typed = ""
    keys = keys_of(False, None, False)
    looked = find or (lambda typed: _having(listed, typed))

    def search(typed: str) -> None:
        if typed != drawn.typed:
            drawn.search(typed, looked if typed.strip() else lambda _: Matches(range(len(listed))))

    @keys.add("<any>")
    @keys.add("<bracketed-paste>")
    def more(event: KeyPressEvent) -> None:
        search((drawn.typed or "") + "".join(c for c in event.data if c.isprintable()))

    @keys.add("backspace")
    def less(event: KeyPressEvent) -> None:
        search((drawn.typed or "")[:-1])

    @keys.add("c-u")
    @keys.add("escape")
    def none(event: KeyPressEvent) -> None:
        search("")

    try:
        return rows[_by_number(drawn, looked, back=False, blank=None) if dumb() else _run(drawn, keys)][0]
    except (KeyboardInterrupt, EOFError):
        return None


def _having(rows: Sequence[ListRow], typed: str) -> Matches:
    """The rows that have every word typed."""
    words = typed.casefold().split()
    found = [n for n, row in enumerate(rows) if all(word in row.label.casefold() for word in words)]
    return Matches(found, "" if found else "没有这样的，删几个字再找。")


def _meant(rows: Sequence[str], typed: str) -> int | None:
    """The row that typing this points at: by its number, else by how it begins."""
    for n, row in enumerate(rows):
        if row.startswith(f"{typed}. "):
            return n
    begins = (n for n, row in enumerate(rows) if row.partition(". ")[2].lower().startswith(typed.lower()))
    return next(begins, None)


def _by_number(drawn: _Scroll, find: Find | None, *, back: bool, blank: int | None) -> int:
    """The number of the row taken, on a terminal that can draw nothing: all rows are printed with a number each, and one is
    typed, or what stands in one. Raises Back, Interrupted."""
    while True:
        head = [f"{drawn.head} {wrapped(drawn.question, beside=drawn.head)}", *(f"  {note}" for _, note in drawn.notes)]
        labels = [re.sub(r"^\d+\. ", "", printable(drawn.rows[number].label)) for number in drawn.shown]
        listed = [f"  {n}. {label}" for n, label in enumerate(labels, 1)]
        printed([("", "\n".join(filter(None, [*head, *listed, drawn.note])))])
        asked = "打号码。" if find is None else "打号码，或者打几个字来找。"
        typed = typed_in("", asked, [], "", long=False, back=back, open_to_none=blank is not None)
        if typed == PASSED and blank is not None:
            return blank
        typed = typed.strip()
        if typed.isdecimal() and 0 < int(typed) <= len(labels):
            return drawn.shown[int(typed) - 1]
        if find is None and typed in labels:
            return drawn.shown[labels.index(typed)]
        if find is not None and not typed.isdecimal():
            drawn.shown, drawn.note = find(typed) if typed else Matches(range(len(drawn.rows)))
        else:
            drawn.note = f"{f'没有“{printable(typed)}”这一条' if typed else '还没有打号码'}，打 1 到 {len(labels)}。"


def _run(drawn: _Scroll, keys: KeyBindings) -> int:
    """The number of the row taken. Raises KeyboardInterrupt, and what `keys` leave with."""
    from prompt_toolkit.application import Application
    from prompt_toolkit.application.current import get_app
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window
    from prompt_toolkit.styles import Style

    for names, by, around in ((("up", "c-p"), -1, True), (("down", "c-n", "tab"), 1, True), (("pageup",), -MOST_ROWS, False),
                              (("pagedown",), MOST_ROWS, False), (("home",), -len(drawn.rows), False), (("end",), len(drawn.rows), False)):  # fmt: skip
        for name in names:
            keys.add(name)(lambda event, by=by, around=around: drawn.move(by, around=around))

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        if drawn.focus is not None:
            event.app.exit(result=drawn.focus)

    @keys.add("c-c", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    def text() -> StyleAndTextTuples:
        size = get_app().output.get_size()
        return drawn.drawn(size.columns, size.rows)

    searching = drawn.typed is not None
    app: Application[int] = Application(
        layout=Layout(Window(FormattedTextControl(text, show_cursor=searching), dont_extend_height=True)),
        key_bindings=keys,
        style=Style(STYLE),
        color_depth=depth(),
        erase_when_done=True,
    )
    return steady(app).run()
