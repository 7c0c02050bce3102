"""What is doubtful in an outline: fields nobody uses, examples that do not fit, blanks outside their condition."""

from collections.abc import Iterable
from datetime import date

from drafter.diagnostic import ADVICE, ERROR, MAX_PROBLEMS, WARNING, Diagnostic, nearest
from drafter.outline.blank import Blank, OutlineText
from drafter.outline.expression import compared
from drafter.outline.field import RANK, Field, Unfit, pattern_fault
from drafter.outline.field import read as read_answer
from drafter.outline.model import Condition, Outline, bases, texts_with_conditions, used_names


def lint(outline: Outline, today: date) -> tuple[Diagnostic, ...]:
    """What is not wrong enough to stop `new`: fields nobody uses, examples and defaults that do not fit, blanks used
    outside their field's `when`."""
    from drafter.outline.lookalikes import lookalikes

    problems: list[Diagnostic] = []
    if bases(outline):
        from drafter.outline.standing import lint_asked

        problems += lint_asked(outline)
    used = used_names(outline)
    meant = {one.name for one in lookalikes(outline)}  # their cause is told at the brackets
    guarded: dict[str, list[tuple[OutlineText, Blank]]] = {}
    for text, whens in texts_with_conditions(outline):
        known = {name for when in whens for name in when.names}
        for blank in text.blanks:
            for name in blank.expression.names:
                field = outline.fields.get(name)
                if field and field.when and not set(field.when.names) <= known:
                    guarded.setdefault(name, []).append((text, blank))
    for name, places in guarded.items():
        text, blank = places[0]
        when = outline.fields[name].when
        problems.append(
            text.scalar.diagnostic(
                f"空【{name}】只在 when: {when.source} 时才问，这里却没有这个条件，可能会空着。",
                blank.offset,
                len(blank.source) + 2,
                f"在这一部分也写上 when: {when.source}，或者去掉字段的 when。",
                WARNING,
                code="blank-may-be-unasked",
            )
        )
    problems += _never_true(outline)
    rank = outline.fields.get(RANK)
    if rank is not None and rank.choices:
        from drafter.chinese.ranks import RANKS

        for choice in (choice for choice in rank.choices if choice not in RANKS):
            told = f"{RANK}没有“{choice}”这一种，不能照职务定。"
            problems.append(at_field(outline, rank, told, nearest(choice, RANKS), WARNING, code="rank-unknown"))
    for field in outline.fields.values():
        if field.name not in used and field.name not in meant and field.place:
            if _told_elsewhere(outline, field.name):
                continue
            if in_brackets := _written_as(outline, field.name):
                hint = f"文中的“{in_brackets}”是不是它？写成【{field.name}】。"
            else:
                hint = "删掉它，或者在文中写上。"
            problems.append(at_field(outline, field, f"空【{field.name}】没有用到。", hint, WARNING, code="field-not-used"))
        fault = pattern_fault(field.pattern) if field.pattern else ""
        if fault:
            problems.append(at_field(outline, field, f"【{field.name}】的 pattern {fault}", "", code="field-bounds"))
            continue
        for what, value in (("default", field.default), ("example", field.example)):
            if value:
                try:
                    read_answer(field, value, today)
                except Unfit as error:
                    problems.append(
                        at_field(outline, field, f"【{field.name}】的 {what} 不合要求：{error}", "", code="field-default-unfit")
                    )
    problems += _guessed(outline)
    most = sorted(problems, key=lambda d: (ERROR, WARNING, ADVICE).index(d.level))[:MAX_PROBLEMS]
    return tuple(in_order(most))


def _told_elsewhere(outline: Outline, name: str) -> bool:
    """Whether a field nobody uses stands in a text with half its brackets: that is told there."""
    return any(f"{name}】" in text.scalar.text for text, _ in texts_with_conditions(outline))


def _written_as(outline: Outline, name: str) -> str:
    """A field nobody uses as it stands in round brackets in a text, "" where it does not."""
    written = [f"（{name}）", f"({name})"]
    texts = [text.scalar.text for text, _ in texts_with_conditions(outline)]
    return next((words for words in written if any(words in text for text in texts)), "")


def _guessed(outline: Outline) -> Iterable[Diagnostic]:
    """What only the outline's author can have said how often, by when and how many, and is not marked."""
    from drafter.outline.specifics import unmarked

    for found in unmarked(outline):
        words = found.specific.words
        told = f"“{words}”像是估的，没有标核实。"
        hint = f"写成【核实：{words}】；要填的写成空；有出处的，在这句话里写明出处。"
        yield found.text.scalar.diagnostic(told, found.offset, len(words), hint, ADVICE, code="specific-unmarked")


def _never_true(outline: Outline) -> list[Diagnostic]:
    """Conditions that compare a choice with what is not among its choices."""
    asked = [(f.when.expression, f.when.scalar, 0) for f in outline.fields.values() if isinstance(f.when, Condition)]
    for text, whens in texts_with_conditions(outline):
        asked += [(when.expression, when.scalar, 0) for when in whens]
        asked += [(blank.expression, text.scalar, blank.offset) for blank in text.blanks]
    found: dict[tuple[str, str], Diagnostic] = {}
    for expression, scalar, offset in asked:
        for name, said in compared(expression):
            field = outline.fields.get(name)
            if field and field.type == "yes/no" and said not in ("是", "否"):
                told = f"【{name}】答的是“是”或者“否”，和“{said}”比，这个条件永远不成立。"
                hint = f"直接写 {name}；要答“否”的，写 not {name}。"
                where = scalar.diagnostic(told, offset, hint=hint, level=WARNING, code="choice-unknown")
                found.setdefault((name, said), where)
            if field and field.choices and said not in field.choices:
                told = f"“{said}”不在【{name}】的 choices 里，这个条件永远不成立。"
                hint = f"有：{'、'.join(field.choices)}。{nearest(said, field.choices)}"
                where = scalar.diagnostic(told, offset, hint=hint, level=WARNING, code="choice-unknown")
                found.setdefault((name, said), where)
    return list(found.values())


def at_field(outline: Outline, field: Field, message: str, hint: str, level: str = ERROR, *, code: str) -> Diagnostic:
    """A problem shown at the name of a field."""
    assert field.place
    source = next((s for s in outline.sources if s.file == field.place.file), outline.source)
    return source.diagnostic(message, field.place.line, field.place.column, len(field.name), hint, level, code=code)


def in_order(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Problems as they stand in the files."""
    return sorted(problems, key=lambda d: (d.place.file, d.place.line, d.place.column) if d.place else ("", 0, 0))
