"""The questions of an outline asked on a terminal one after another, with a way back. Each is put by
`drafter.commands.prompt`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.commands.doubting import meant
from drafter.commands.prompt import (
    PASSED,
    Back,
    Fragments,
    Interrupted,
    MeantEmpty,
    picked_of,
    printed,
    shortened,
    typed_in,
    width,
    wrapped,
)
from drafter.diagnostic import columns, printable
from drafter.outline.asked import due_among, may_be_asked
from drafter.outline.field import RANK, Field, Number, Unfit, Value, echo, read, say
from drafter.speech.last import AS_IT_WAS
from drafter.startup import HungUp, hangup_heard

#: What is shown of a question passed over, and of one that is to have no answer; and the rows of a list that say so.
LATER, EMPTY = "（先不填）", "（就空着）"
ROW_LATER, ROW_EMPTY = "（先不填，下次再问）", "（就空着，以后不问）"

#: An answer for each field asked so far, None where there is none.
Answers = Mapping[str, Value | None]


class WasAnswered(NamedTuple):
    """What was answered: `values` by name, and the names that are to have no answer, and not to be asked again."""

    values: dict[str, Value]
    empty: frozenset[str]


class Offers(NamedTuple):
    """What is offered where last year's answers are known: `was` what each field was, by its name; `propose` what it
    may be now, by the answers so far, "" for nothing; `bare` an answer without what stands there anyway (年, 亿元); `left` says what becomes of those that are left open."""

    was: Mapping[str, Value]
    propose: Callable[[str, Answers], str]
    bare: Callable[[str, str], str] = lambda name, typed: typed
    left: str = "个空先不填，文件里会标出来。"


_NO_OFFERS = Offers({}, lambda name, answers: "")


#: What is typed instead of an answer where last year's is known: it stays as it was, it is left open, all that follow are.
OFFER_KEYS = "回车 用给出的 · = 照上年 · - 先不填 · -- 其余先不填"
OPEN, REST_OPEN = ("-", "－", "—"), ("--", "－－", "——")


class RestOpen(Exception):
    """The questions that follow are left open."""


class GivenUp(KeyboardInterrupt):
    """The user gave up. `answers` are those given so far, `empty` the names that are to have none, `half` what was typed
    of others, by name; what there was of a long text is among the answers too. `gone`: nobody is at the terminal."""

    def __init__(
        self, answers: dict[str, Value], empty: frozenset[str] = frozenset(), half: Mapping[str, str] = {}, gone: bool = False
    ) -> None:
        super().__init__()
        self.answers, self.empty, self.half, self.gone = answers, empty, half, gone


class _Talk:
    """Where a conversation stands: what was `known` before and is not asked, unless the writer takes it from the last list,
    None for what is to have no answer; the answers so far, None for a question passed over and for one of those in `empty`;
    what was half typed when one went back, and in the question that stands open; the words (下周三) an answer was told by."""

    def __init__(self, known: Mapping[str, Value | None]) -> None:
        self.known = dict(known)
        self.answers: dict[str, Value | None] = {}
        self.empty: set[str] = set()
        self.unfinished: dict[str, str] = {}
        self.words: dict[str, str] = {}


def ask_all(
    fields: Sequence[Field],
    given: Mapping[str, Value],
    *,
    today: date,
    title: str = "",
    offers: Offers | None = None,
    empty: frozenset[str] = frozenset(),
) -> WasAnswered:
    """The answers: those `given`, and one for each other field whose `when` is not false; with `offers` each may be
    taken over from last year's. Those given, and those that are given as `empty`, are in the last list, to be changed.

    A field passed over, or meant to be empty, is not among the values; its default was refused then. Raises GivenUp
    (Ctrl-C, or the terminal went away)."""
    talk = _Talk({**given, **dict.fromkeys(empty)})
    try:
        with hangup_heard():
            said = _talk(fields, today, title, talk, offers)
    except (KeyboardInterrupt, EOFError) as stopped:
        gone = isinstance(stopped, EOFError | HungUp) or (isinstance(stopped, Interrupted) and stopped.gone)
        raise _given_up(fields, talk, today, gone) from None
    kept = {name: value for name, value in given.items() if name not in talk.answers}
    return WasAnswered(kept | said, frozenset(talk.empty) | (empty & talk.known.keys()))


def _given_up(fields: Sequence[Field], talk: _Talk, today: date, gone: bool) -> GivenUp:
    """What there is of a conversation that was broken off. A long text begun counts as said: it would be the most to type
    again."""
    answers = {name: value for name, value in talk.answers.items() if value is not None}
    half = {name: typed for name, typed in talk.unfinished.items() if typed.strip()}
    for field in fields:
        if field.type == "long text" and field.name in half:
            try:
                answers[field.name] = read(field, half[field.name], today)
            except Unfit:
                continue
    return GivenUp(answers, frozenset(talk.empty - answers.keys()), half, gone)


def _talk(
    fields: Sequence[Field],
    today: date,
    title: str,
    talk: _Talk,
    offers: Offers | None,
) -> dict[str, Value]:
    answers, known = talk.answers, talk.known
    following = any(field.vary or field.name == RANK for field in fields)
    if following:
        from drafter.outline.follow import in_asking_order

        fields = in_asking_order(fields)
    due = due_among(fields, known, answers)
    if not due:
        return {}
    head = [("class:question", wrapped(title, "") + "\n")] if title else []
    printed([*head, ("class:dim", f"共 {len(due)} 个问题。不知道的先不填，以后再补。")])
    for field in fields:
        if field.name in known:
            _echo("已知", field, known[field.name], known[field.name] is None, _past(field, known[field.name], today))
    at, reviewing = 0, False
    while True:
        try:
            if at == len(due):
                settled = [] if offers else [f for f in fields if f.name in known and may_be_asked(f, _values(known, answers))]
                chosen = _review(due, talk, (offers or _NO_OFFERS).left, settled)
                if chosen is None:
                    talk.empty &= {field.name for field in due}
                    return {field.name: value for field in due if (value := answers[field.name]) is not None}
                at, reviewing = chosen, True
                if chosen >= len(due):
                    at = _taken_up(settled[chosen - len(due)], fields, talk)
                    due = due_among(fields, known, answers)
            field = due[at]
            if following and not offers:
                field = _following(field, fields, known, answers)
            was_empty = field.name in talk.empty
            answer = _ask(field, talk, at, len(due), today, offers)
        except Back:
            at -= 1
            continue
        except RestOpen:
            answers |= {field.name: None for field in due if field.name not in answers}
            at = len(due)
            continue
        now_empty = field.name in talk.empty
        news = field.name not in answers or answers[field.name] != answer or was_empty != now_empty
        if following and news:
            _forget(field.name, fields, known, answers)
        answers[field.name] = answer
        due = due_among(fields, known, answers)
        at += 1
        if news:
            _echo(f"{at}/{len(due)}", field, answer, now_empty, talk.words.get(field.name, ""))
        if reviewing:
            at = next((n for n, field in enumerate(due) if field.name not in answers), len(due))


def _past(field: Field, value: Value | None, today: date) -> str:
    """What there is to say of a day that was known before and is past: most likely it is the last meeting's."""
    if not isinstance(value, date) or value >= today:
        return ""
    from drafter.outline.occasion import awaited

    return f"已经过了 {(today - value).days} 天" if awaited(field) else ""


def _taken_up(field: Field, fields: Sequence[Field], talk: _Talk) -> int:
    """What was known becomes an answer like the others; where its question stands among those that are asked."""
    value = talk.known.pop(field.name)
    talk.answers[field.name] = value
    if value is None:
        talk.empty.add(field.name)
    return [asked.name for asked in due_among(fields, talk.known, talk.answers)].index(field.name)


def _values(known: Answers, answers: Answers) -> dict[str, Value]:
    return {name: value for name, value in {**known, **answers}.items() if value is not None}


def _following(field: Field, fields: Sequence[Field], known: Answers, answers: Answers) -> Field:
    """The field as it is asked: one that follows from another with the choice that follows from what is answered."""
    from drafter.outline.follow import followed, leader

    by_name = {one.name: one for one in fields}
    chosen = followed(field, by_name, {**known, **answers})
    if chosen is None:
        return field
    by = leader(field, by_name)
    told = f"按【{by}】定的是“{chosen}”，回车就用它。" if known.get(by) is not None or answers.get(by) is not None else ""
    return field._replace(default=chosen, help=" ".join(filter(None, (field.help, told))))


def _forget(name: str, fields: Sequence[Field], known: Answers, answers: dict[str, Value | None]) -> None:
    """Drop the answers that only followed from the answer of a field, which is another one now: they are asked again."""
    from drafter.outline.follow import followed, leader

    by_name = {field.name: field for field in fields}
    for field in fields:
        behind = leader(field, by_name) == name and field.name in answers
        if behind and answers[field.name] == followed(field, by_name, {**known, **answers}):
            del answers[field.name]


def _ask(field: Field, talk: _Talk, at: int, count: int, today: date, offers: Offers | None) -> Value | None:
    """One question, until its answer is fit. None where there is none: it is to be asked again, or, in `talk.empty`, not.
    Raises Back, RestOpen."""
    try:
        answer, empty = _answer(field, talk, at, count, today, offers)
    except MeantEmpty:
        answer, empty = None, True
    talk.unfinished.pop(field.name, None)
    (talk.empty.add if empty else talk.empty.discard)(field.name)
    return answer


def _answer(
    field: Field, talk: _Talk, at: int, count: int, today: date, offers: Offers | None
) -> tuple[Value | None, bool]:
    """The same: the answer, and whether there is none on purpose. Raises MeantEmpty too, and Interrupted, with what was
    typed among the unfinished."""
    answers = talk.answers
    if offers and field.name not in answers:
        field = field._replace(default=offers.propose(field.name, answers) or None)
    value = answers[field.name] if field.name in answers else _default(field, today)
    was_empty = field.name in talk.empty
    place, question = f"\n问题 {at + 1}/{count}", field.ask or field.name
    notes = [("class:dim", note) for note in _notes(field)]
    choices = ("是", "否") if field.type == "yes/no" else field.choices if field.type == "choice" else ()
    if was_empty and not choices:
        notes.append(("class:dim", f"现在是{EMPTY}，回车照旧；Ctrl-O 改成先不填。"))
    shown = _typed_form(value)
    typed = talk.unfinished.get(field.name) or shown
    wrong: Fragments = []
    while True:
        if choices:
            left = "" if field.name not in answers or value is not None else ROW_EMPTY if was_empty else ROW_LATER
            typed = _choose(place, question, notes + wrong, choices, left or typed, back=at > 0, empty=not offers)
        else:
            long, keys = field.type == "long text", OFFER_KEYS if offers else ""
            try:
                typed = typed_in(place, question, notes + wrong, typed, long=long, back=at > 0, keys=keys)
            except (Back, Interrupted) as stopped:
                talk.unfinished[field.name] = stopped.typed if stopped.typed != shown else ""
                raise
            if typed == PASSED:
                return None, False
        key = typed.removeprefix(shown).strip() if offers else ""  # typed behind what was offered it means the same
        if not typed.strip() or key in OPEN:
            return None, was_empty and not choices and not key
        if key in REST_OPEN:
            raise RestOpen
        if offers and key in AS_IT_WAS and field.name in offers.was:
            return offers.was[field.name], False
        if typed == shown and value is not None:  # not read again: an entry of a list may have a “、” of its own
            return value, False
        try:
            taken = meant(field, offers.bare(field.name, typed) if offers else typed, today)
            talk.words[field.name] = taken.word if taken else ""
            return (None if taken is None or taken.value == () else taken.value), False
        except Unfit as error:
            wrong = [("class:wrong", str(error))]


def _notes(field: Field) -> Iterator[str]:
    if field.help:
        yield field.help
    if field.example and field.type != "yes/no" and field.example not in field.choices:
        yield f"例如：{field.example.replace(chr(10), '；') if field.type == 'list' else field.example}"
    elif field.type == "date":
        yield "例如：2026-11-22、11月22日、下周三"
    if field.type == "list":
        yield "几项之间用分号“；”隔开。" if "\n" in field.example else "几项之间用顿号“、”隔开。"
    elif field.type == "long text":
        yield "回车另起一行；写完按 Ctrl-D，或者先按 Esc 再按回车。"


def _default(field: Field, today: date) -> Value | None:
    """None also where the default does not fit its own field: there is nothing to offer then."""
    try:
        return None if field.default is None else read(field, field.default, today)
    except Unfit:
        return None


def _review(due: Sequence[Field], talk: _Talk, left: str, settled: Sequence[Field]) -> int | None:
    """All answers in a list, and behind them those that were `settled` before: None to go on with them, else the one to
    change. Raises Back."""
    answers, empty = talk.answers, talk.empty
    rows = ["就这样，写成文件"]
    rows += [f"{n}. {field.name}：{_said(field, answers[field.name], field.name in empty)}" for n, field in enumerate(due, 1)]
    rows += [f"已知 {field.name}：{_said(field, talk.known[field.name], empty=True)}" for field in settled]
    open_now = sum(answers[field.name] is None and field.name not in empty for field in due)
    none_now = sum(field.name in empty for field in due)
    notes = [("class:dim", f"有 {open_now} {left}")] if open_now else []
    notes += [("class:dim", f"有 {none_now} 个空就空着，以后不再问。")] if none_now else []
    picked = picked_of("\n问完了", "要改哪一条，选中它按回车", notes, rows, 0, back=True)
    return picked - 1 if picked else None


def _choose(
    place: str, question: str, notes: Fragments, choices: Sequence[str], typed: str, *, back: bool, empty: bool
) -> str:
    """The choice taken, "" for none yet; `empty`: there may be none on purpose. Raises Back, MeantEmpty."""
    places = [*choices, *([ROW_EMPTY] if empty else []), ROW_LATER]
    rows = [*(f"{n}. {choice}" for n, choice in enumerate(choices, 1)), *places[len(choices) :], *(["← 上一题"] if back else [])]
    start = places.index(typed) if typed in places else 0
    picked = picked_of(place, question, notes, rows, start, back=back, blank=len(places) - 1, empty=empty)
    if picked == len(places):
        raise Back
    if picked >= len(choices) and places[picked] == ROW_EMPTY:
        raise MeantEmpty
    return choices[picked] if picked < len(choices) else ""


def _echo(head: str, field: Field, value: Value | None, empty: bool = False, word: str = "") -> None:
    """What stays on the screen of a question once it is answered: one line; `word` is what a day was told by."""
    name = f" {printable(field.name)}："
    said = shortened(_said(field, value, empty, word), width() - columns(head + name) - 1)
    printed([("class:qmark", head), ("", name), ("class:dim" if value is None else "", said)])


def _said(field: Field, value: Value | None, empty: bool = False, word: str = "") -> str:
    """An answer as it was taken: a day with its weekday, a figure with its unit."""
    if value is None:
        return EMPTY if empty else LATER
    measured = isinstance(value, date | Number)
    return printable((echo(field, value, word) if measured else _typed_form(value)).replace("\n", " "))


def _typed_form(value: Value | None) -> str:
    """The value as one would type it."""
    if isinstance(value, tuple) and not isinstance(value, Number):
        return ("；" if any(set(entry) & set("、，,") for entry in value) else "、").join(value)
    return "" if value is None else say(value)
