"""What is doubtful in a table of what speeches stand on: entries that have ended, marks that do not match, lengths that do
not grow, names that mean two tables."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise

from drafter.diagnostic import MAX_PROBLEMS, WARNING, Diagnostic, Place
from drafter.outline.basis import BasisEntry, BasisTable
from drafter.outline.blank import OutlineText

#: Marks that come in pairs.
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"))


def lint_table(
    table: BasisTable, others: Sequence[tuple[str, Collection[str]]], today: date
) -> tuple[Diagnostic, ...]:
    """What is not wrong enough to keep a table from being used. `others` are the names of the other tables on the shelves,
    each with what else it is called."""
    found: list[Diagnostic] = []
    for entry in table.entries:
        found += _ended(entry, today)
        found += _newer(entry, today)
        found += _lengths(entry)
        for text in entry.texts:
            found += _unpaired(text)
    found += _same_words(table)
    found += _unused(table)
    found += _names(table, others)
    if not any(entry.stands(today) for entry in table.entries):
        told = "没有一条今天能用；用了它的讲话会留一个空。"
        found.append(_at_top(table, told, "补上新的，或者改 from、until。", code="basis-none-stands"))
    if table.checked > today:
        told = f"checked（{table.checked}）还没有到，核对不到那一天。"
        found.append(_at_top(table, told, "写您核对原文的那一天。", code="basis-day"))
    return tuple(found[:MAX_PROBLEMS])


def _at_top(table: BasisTable, told: str, hint: str, *, code: str) -> Diagnostic:
    return Diagnostic(told, Place(table.source.file), hint, level=WARNING, code=code)


def _ended(entry: BasisEntry, today: date) -> Iterator[Diagnostic]:
    if entry.until and entry.until < today:
        told = f"“{entry.name}”用到 {entry.until}，已经过了。"
        hint = "有新的就补上；旧的留着也不会再印出来，补写旧稿还用得上。"
        yield entry.scalar.diagnostic(told, hint=hint, level=WARNING, code="basis-ended")


def _newer(entry: BasisEntry, today: date) -> Iterator[Diagnostic]:
    """An entry that began after the day it was checked."""
    if entry.checked < entry.begins <= today:
        told = f"“{entry.name}”从 {entry.begins} 起用，可是只核对到 {entry.checked}。"
        hint = "对着原文看过了，就把 checked 改成今天（整份表的，或者在这一条下面写一行）。"
        yield entry.scalar.diagnostic(told, hint=hint, level=WARNING, code="basis-not-checked")


def _lengths(entry: BasisEntry) -> Iterator[Diagnostic]:
    """A longer text that is no longer."""
    said = [(word, text) for word, text in (
        ("sentence", entry.sentence), ("sentences", entry.sentences), ("paragraph", entry.paragraph)
    ) if text is not None]  # fmt: skip
    for (shorter, short), (word, text) in pairwise(said):
        if len(text.words) <= len(short.words):
            told = f"{word} 不比 {shorter} 长。"
            hint = f"{word} 应当说得更细；没有更细的就去掉它，需要时用 {shorter}。"
            yield text.scalar.diagnostic(told, 0, 0, hint, WARNING, code="basis-lengths")


def _unpaired(text: OutlineText) -> Iterator[Diagnostic]:
    """A mark of a pair without the other."""
    words = text.scalar.text
    for left, right in _PAIRS:
        open_at: list[int] = []
        for at, mark in enumerate(words):
            if mark == left:
                open_at.append(at)
            elif mark == right and not open_at:
                yield text.scalar.diagnostic(f"这里的 {right} 前面没有 {left}。", at, 1, "", WARNING, code="basis-marks")
            elif mark == right:
                open_at.pop()
        for at in open_at:
            yield text.scalar.diagnostic(f"这里的 {left} 后面没有 {right}。", at, 1, "", WARNING, code="basis-marks")


def _same_words(table: BasisTable) -> Iterator[Diagnostic]:
    """Two entries that print the same sentence on the same day: the second is never printed beside the first."""
    seen: dict[str, list[BasisEntry]] = {}
    for entry in table.entries:
        before = seen.setdefault(entry.sentence.words, [])
        first = next((other for other in before if _together(entry, other)), None)
        before.append(entry)
        if first is not None and not entry.sentence.blanks:
            told = f"“{entry.name}”的 sentence 和“{first.name}”的一字不差。"
            hint = "多半是抄来忘了改；同一句话一篇稿里只印一次。"
            yield entry.sentence.scalar.diagnostic(told, 0, 0, hint, WARNING, code="basis-twice")


def _together(entry: BasisEntry, other: BasisEntry) -> bool:
    """Whether there is a day on which both stand."""
    until = min(e.until or date.max for e in (entry, other))
    return max(entry.begins, other.begins) <= until


def _unused(table: BasisTable) -> Iterator[Diagnostic]:
    used = {n for e in table.entries for text in e.texts for blank in text.blanks for n in blank.expression.names}
    for field in table.fields.values():
        used |= set(field.when.names) if field.when else set()
    for name, field in table.fields.items():
        if name not in used and field.place:
            told = f"空【{name}】没有用到。"
            place = field.place
            yield table.source.diagnostic(
                told, place.line, place.column, len(name), "删掉它，或者在条目里写上。", WARNING, code="field-not-used"
            )


def _names(table: BasisTable, others: Sequence[tuple[str, Collection[str]]]) -> Iterator[Diagnostic]:
    """A name that another table has too."""
    for name, also in others:
        if name in table.also:
            told = f"别名“{name}”是另一份依据表的名称，basis: {name} 用的是那一份。"
            yield _at_top(table, told, "去掉这个别名。", code="basis-name-taken")
        for twice in sorted(set(table.also) & set(also)):
            told = f"别名“{twice}”，依据表“{name}”也有；basis: {twice} 用的是先找到的一份。"
            yield _at_top(table, told, "两份里去掉一份的。", code="basis-name-taken")
