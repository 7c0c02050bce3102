"""The questions of an outline, asked on a terminal one after another, with a way back.

Choices are questionary's list. Text goes through the line editor it is built on, prompt_toolkit's, for what questionary
cannot do: dim help, and the reason of a refusal beside what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from drafter.diagnostic import Rejected, columns, printable
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Number, Unfit, Value, read, say

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    from drafter.analysis.facts import Fact

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

BLANK = "（留空）"

#: How much of a text is shown while it is pointed at, in columns: seven rows of a terminal.
PREVIEW = 600

#: What no row of Chinese text begins with.
CLOSING = frozenset("，。；：！？、）》”’】〉」』…,.;:!?)")

#: An answer for each field asked so far, None where it was left blank.
Answers = Mapping[str, Value | None]
Fragments = list[tuple[str, str]]


class GivenUp(KeyboardInterrupt):
    """The user gave up. `answers` are those given so far."""

    def __init__(self, answers: dict[str, Value]) -> None:
        super().__init__()
        self.answers = answers


class _Back(Exception):
    """The question before is wanted. `typed` is what stood in this one."""

    def __init__(self, typed: str = "") -> None:
        self.typed = typed


def ask_all(
    fields: Sequence[Field], given: Mapping[str, Value], *, today: date, title: str = ""
) -> dict[str, Value]:
    """The answers: those `given`, and one for each other field whose `when` is not false.

    A field left blank is not among them; its default was refused then. Raises GivenUp (Ctrl-C, or the terminal went
    away)."""
    answers: dict[str, Value | None] = {}
    try:
        return dict(given) | _talk(fields, given, today, title, answers)
    except (KeyboardInterrupt, EOFError):
        raise GivenUp({name: value for name, value in answers.items() if value is not None}) from None


def _talk(
    fields: Sequence[Field], given: Mapping[str, Value], today: date, title: str, answers: dict[str, Value | None]
) -> dict[str, Value]:
    unfinished: dict[str, str] = {}
    due = _due(fields, given, answers)
    if not due:
        return {}
    head = [("class:question", _wrap(title, "") + "\n")] if title else []
    _print([*head, ("class:dim", f"共 {len(due)} 个问题。不知道的可以留空，以后再补。")])
    for field in fields:
        if field.name in given:
            _echo("已知", field, given[field.name])
    at, reviewing = 0, False
    while True:
        try:
            if at == len(due):
                chosen = _review(due, answers)
                if chosen is None:
                    return {field.name: value for field in due if (value := answers[field.name]) is not None}
                at, reviewing = chosen, True
            field = due[at]
            answer = _ask(field, answers, unfinished.pop(field.name, None), at, len(due), today)
        except _Back as back:
            if back.typed:
                unfinished[due[at].name] = back.typed
            at -= 1
            continue
        news = field.name not in answers or answers[field.name] != answer
        answers[field.name] = answer
        due = _due(fields, given, answers)
        at += 1
        if news:
            _echo(f"{at}/{len(due)}", field, answer)
        if reviewing:
            at = next((n for n, field in enumerate(due) if field.name not in answers), len(due))


def _due(fields: Sequence[Field], given: Mapping[str, Value], answers: Answers) -> list[Field]:
    """The fields to ask, in order. A `when` sees the answers before it, and only those of fields that are due."""
    values = dict(given)
    due = []
    for field in fields:
        if field.name in given or not _wanted(field, values):
            continue
        due.append(field)
        if (value := answers.get(field.name)) is not None:
            values[field.name] = value
    return due


def _wanted(field: Field, values: Mapping[str, Value]) -> bool:
    try:
        return field.when is None or field.when.holds(values) is not False
    except (Rejected, ValueError):  # the answers do not fit the condition: for filling to say, and to lose none of them
        return True


def _ask(field: Field, answers: Answers, unfinished: str | None, at: int, count: int, today: date) -> Value | None:
    """One question, until its answer is fit. None where it is left blank. Raises _Back."""
    value = answers[field.name] if field.name in answers else _default(field, today)
    place, question = f"\n问题 {at + 1}/{count}", field.ask or field.name
    notes = [("class:dim", note) for note in _notes(field)]
    choices = ("是", "否") if field.type == "yes/no" else field.choices if field.type == "choice" else ()
    shown = _typed_form(value)
    typed = shown if unfinished is None else unfinished
    wrong: Fragments = []
    while True:
        if choices:
            left = field.name in answers and value is None
            typed = _choose(place, question, notes + wrong, choices, BLANK if left else typed, back=at > 0)
        else:
            typed = _type(place, question, notes + wrong, typed, long=field.type == "long text", back=at > 0)
        if not typed.strip():
            return None
        if typed == shown and value is not None:  # not read again: an entry of a list may have a “、” of its own
            return value
        try:
            answer = read(field, typed, today)
            return None if answer == () else answer
        except Unfit as error:
            wrong = [("class:wrong", str(error))]


def _notes(field: Field) -> Iterator[str]:
    if field.help:
        yield field.help
    if field.example:
        yield f"例如：{field.example}"
    elif field.type == "date":
        yield "例如：2026-11-22、11月22日、明天"
    if field.type == "list":
        yield "几项之间用顿号“、”隔开。"
    elif field.type == "long text":
        yield "回车另起一行；写完按 Ctrl-D，或者先按 Esc 再按回车。"


def _default(field: Field, today: date) -> Value | None:
    """None also where the default does not fit its own field: there is nothing to offer then."""
    try:
        return None if field.default is None else read(field, field.default, today)
    except Unfit:
        return None


def _review(due: Sequence[Field], answers: Answers) -> int | None:
    """All answers in a list: None to go on with them, else the one to change. Raises _Back."""
    rows = ["就这样，写成文件"]
    rows += [f"{n}. {field.name}：{_said(answers[field.name])}" for n, field in enumerate(due, 1)]
    blanks = sum(answers[field.name] is None for field in due)
    notes = [("class:dim", f"有 {blanks} 处留空，文件里会标出来。")] if blanks else []
    picked = _pick("\n问完了。", "要改哪一条，选中它按回车", notes, rows, 0, back=True)
    return picked - 1 if picked else None


def _type(place: str, question: str, notes: Fragments, typed: str, *, long: bool, back: bool) -> str:
    """What is typed, "" for a blank. Raises _Back."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.styles import Style

    keys = _keys(back, blank="")

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    rows = [(style, f"\n  {_wrap(note)}") for style, note in notes]
    session: PromptSession[str] = PromptSession(
        FormattedText(
            [("class:qmark", place), ("class:question", f" {_wrap(question)}"), *rows, ("class:qmark", "\n> ")]
        ),
        multiline=long,
        prompt_continuation="  ",
        key_bindings=keys,
        bottom_toolbar=_hints("Ctrl-D 写完" if long else "回车 确定", back, blank=""),
        style=Style(STYLE),
        erase_when_done=True,
    )
    return session.prompt(default=typed)


def _choose(place: str, question: str, notes: Fragments, choices: Sequence[str], typed: str, *, back: bool) -> str:
    """The choice taken, "" for a blank. Raises _Back."""
    rows = [*(f"{n}. {choice}" for n, choice in enumerate(choices, 1)), BLANK, *(["← 上一题"] if back else [])]
    places = [*choices, BLANK]
    start = places.index(typed) if typed in places else 0
    picked = _pick(place, question, notes, rows, start, back=back, blank=len(choices))
    if picked > len(choices):
        raise _Back
    return choices[picked] if picked < len(choices) else ""


def _pick(
    place: str, question: str, notes: Fragments, rows: list[str], start: int, *, back: bool, blank: int | None = None
) -> int:
    """The number of the row chosen. `blank` is the row that Ctrl-O stands for. Raises _Back."""
    import questionary
    from prompt_toolkit.filters import renderer_height_is_known
    from prompt_toolkit.key_binding import merge_key_bindings
    from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
    from questionary.prompts.common import InquirerControl

    room = _width() - 4
    app = questionary.select(
        _wrap(question),
        [questionary.Choice(_cut(printable(row), room), value=n) for n, row in enumerate(rows)],
        qmark=place,
        pointer=">",
        style=questionary.Style(STYLE),
        instruction="".join(f"\n  {_wrap(note)}" for _, note in notes) or " ",
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
            event.app.exit(exception=_Back(event.current_buffer.text))

    @keys.add("c-o", eager=True)
    def _(event: KeyPressEvent) -> None:
        if blank is not None:
            event.app.exit(result=blank)

    return keys


def _hints(first: str, back: bool, blank: str | int | None) -> str:
    hints = [first, "Ctrl-O 留空" if blank is not None else "", "Ctrl-B/Shift-Tab 上一题" if back else ""]
    return " · ".join(hint for hint in (*hints, "Ctrl-C 退出") if hint)


def _echo(head: str, field: Field, value: Value | None) -> None:
    """What stays on the screen of a question once it is answered: one line."""
    name = f" {printable(field.name)}："
    said = _cut(_said(value), _width() - columns(head + name) - 1)
    _print([("class:qmark", head), ("", name), ("class:dim" if value is None else "", said)])


def _said(value: Value | None) -> str:
    return BLANK if value is None else printable(_typed_form(value).replace("\n", " "))


def _typed_form(value: Value | None) -> str:
    """The value as one would type it."""
    if isinstance(value, tuple) and not isinstance(value, Number):
        return "、".join(value)
    return "" if value is None else say(value)


def _print(fragments: Fragments) -> None:
    from prompt_toolkit import print_formatted_text
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.styles import Style

    print_formatted_text(FormattedText(fragments), style=Style(STYLE))


def _width() -> int:
    """Columns of the terminal."""
    from prompt_toolkit.application.current import get_app_session

    return get_app_session().output.get_size().columns


def _cut(text: str, room: int) -> str:
    """The text, cut to so many columns."""
    if columns(text) <= room:
        return text
    while text and columns(text) > room - 2:
        text = text[:-1]
    return text + "…"


def _wrap(text: str, indent: str = "  ") -> str:
    """The text in rows that fit the terminal beside “问题 12/34”. No row begins with a closing mark."""
    room = max(_width() - 14, 16)
    rows = []
    for line in text.strip().split("\n"):
        rest = printable(line.strip())
        while columns(rest) > room:
            end = len(_cut(rest, room)) - 1
            while end > 1 and rest[end] in CLOSING:
                end -= 1
            rows.append(rest[:end])
            rest = rest[end:]
        rows.append(rest)
    return f"\n{indent}".join(rows)


def choose(question: str, options: Sequence[tuple[str, str]]) -> str | None:
    """One of `options` (value, how it is shown), picked with the arrow keys or by typing a part of it; None where the user
    gave up."""
    return _search(question, [(value, label, "") for value, label in options])


#: Rows of the list of requirements that are not requirements.
_DONE, _UNDO = "\0done", "\0undo"


def choose_several(question: str, options: Sequence[tuple[str, str, str]]) -> list[str] | None:
    """Some of `options` (value, how it is shown, a text to see while it is pointed at) in the order they are picked, one
    after another; [] for none; None where the user gave up."""
    picked: list[str] = []
    labels = {value: label for value, label, _ in options}
    while True:
        if picked:
            rows = [(_DONE, f"就这样，{len(picked)} 条", ""), (_UNDO, "← 去掉最后一条", "")]
        else:
            rows = [(_DONE, "不挑了，用提纲原来的几条", "")]
        so_far = "".join(f"\n  {n}. {printable(labels[value])}" for n, value in enumerate(picked, 1))
        answer = _search(question + so_far, [*rows, *(o for o in options if o[0] not in picked)])
        if answer is None:
            return None
        if answer == _DONE:
            return picked
        if answer == _UNDO:
            picked.pop()
        else:
            picked.append(answer)


def review(facts: Sequence[Fact]) -> list[Fact] | None:
    """The blanks proposed, one after the other, each in its sentence: taken, renamed or refused. None where the writer gave
    up."""
    import questionary

    kept: list[Fact] = []
    for number, fact in enumerate(facts, 1):
        name = fact.field.name
        question = f"（{number}/{len(facts)}）【{name}】＝{printable(say(fact.value))}\n{_wrap(_cut(printable(fact.sentence), PREVIEW))}"
        options = [("yes", "收下"), ("name", "收下，换个名称"), ("no", "不要，原文照留"), ("rest", f"这一个和后面 {len(facts) - number} 个都收下")]
        answer = choose(question, options)
        if answer is None:
            return None
        if answer == "rest":
            return [*kept, *facts[number - 1 :]]
        if answer == "name":
            taken = {other.field.name for other in facts if other is not fact} | {other.field.name for other in kept}
            typed = questionary.text("名称：", default=name, qmark="", validate=partial(_good_name, taken)).ask(kbi_msg="")
            if typed is None:
                return None
            fact = fact.named(typed.strip())
        if answer != "no":
            kept.append(fact)
    return kept


def _good_name(taken: set[str], text: str) -> bool | str:
    """Whether a blank may be called so; why not, where it may not."""
    if text.strip() in taken:
        return "这个名称已经用了。"
    return usable_name(text.strip()) or "名称用汉字、字母和数字，不以数字开头，不带空格和标点。"


def _search(question: str, rows: Sequence[tuple[str, str, str]]) -> str | None:
    """One of `rows` (value, label, text to see while it is pointed at). None where the user gave up."""
    import questionary
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from questionary.prompts.common import InquirerControl

    asked = questionary.select(
        question,
        [questionary.Choice(printable(label), value, description=f"\n  {_wrap(_cut(text, PREVIEW))}" if text else None) for value, label, text in rows],
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
