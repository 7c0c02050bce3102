"""What a speech that stands on something asks for it, and what is told of it: how far the tables were checked, and what
may have come since."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drafter.diagnostic import ADVICE, WARNING, Diagnostic
from drafter.outline.basis import KINDS, BasisAsked, Stood, choose, days_of, node_of, situation_of
from drafter.outline.expression import Expression
from drafter.outline.model import Answers, Condition, Outline, bases, texts_with_conditions
from drafter.outline.yaml import Scalar
from drafter.speech.block import Block

#: How a comment begins that says where the words of a basis were seen, and what the nodes of such words have in them.
SEEN, IN_BASIS = "依据：", ".basis."

#: A meeting that is held every year is last year's after so many days.
A_YEAR = 366


class WhenUsed(NamedTuple):
    """The `when` of a field that a table brings: where an entry that asks for it may be printed. `own` is the field's
    own condition, `days` the fields that say the day of the speech."""

    field: str
    asked: tuple[BasisAsked, ...]
    days: tuple[str, ...]
    own: Condition | None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields its own condition asks about."""
        return self.own.names if self.own else ()

    @property
    def expression(self) -> Expression:
        """Its own condition; without one, one that asks about nothing."""
        return self.own.expression if self.own else Expression(self.source, ())

    @property
    def scalar(self) -> Scalar:
        """Where it stands: with what asks for it, where it has no condition of its own."""
        return self.own.scalar if self.own else self.asked[0].scalar

    @property
    def source(self) -> str:
        """As it is told."""
        used = f"依据用到【{self.field}】"
        return f"{used}，{self.own.source}" if self.own else used

    def holds(self, values: Answers) -> bool | None:
        """Whether it is to be asked; None where nobody can tell yet."""
        situation = situation_of(values, self.days)
        for asked in self.asked:
            for chosen in choose(asked, situation, "一段"):
                if any(self.field in blank.expression.names for text in chosen.entry.texts for blank in text.blanks):
                    return self.own.holds(values) if self.own else True
        return False


def asked_where_used(outline: Outline) -> Outline:
    """The outline with the fields its tables bring asked for only where an entry that has them may be printed."""
    own = {n for text, _ in texts_with_conditions(outline) for b in text.blanks for n in b.expression.names}
    days = days_of(outline.fields, outline.dateline)
    asking: dict[str, list[BasisAsked]] = {}
    for asked in bases(outline):
        for name, field in asked.table.fields.items():
            if name not in own and outline.fields[name].place == field.place:
                asking.setdefault(name, []).append(asked)
    if not asking:
        return outline
    fields = dict(outline.fields)
    for name, asks in asking.items():
        fields[name] = fields[name]._replace(when=WhenUsed(name, tuple(asks), days, fields[name].when))
    return outline._replace(fields=fields)


def sources_in(asked: Sequence[BasisAsked], blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Where the words of each basis among the blocks were seen, by the number of the block."""
    entries = {node_of(b.table, entry): entry for b in asked for entry in b.table.entries}
    for at, block in enumerate(blocks):
        nodes = dict.fromkeys(span.node for span in block.spans if IN_BASIS in span.node)
        found = (entries.get("basis." + node.partition(IN_BASIS)[2]) for node in nodes)
        told = [f"{e.name}，见{e.origin}，核对到 {e.checked}" for e in dict.fromkeys(found) if e]
        if told:
            yield at, f"{SEEN}{'；'.join(told)}。"


def lint_asked(outline: Outline) -> Iterator[Diagnostic]:
    """What is doubtful in how an outline asks for what it stands on: no day to choose by, only kinds its table has not."""
    asked = bases(outline)
    if asked and not days_of(outline.fields, outline.dateline):
        told = "这份提纲没有【日期】，依据只好照核对的那一天选。"
        hint = "在 fields 里写上 日期（type: date），或者把日期写进 dateline。"
        yield asked[0].scalar.diagnostic(told, hint=hint, level=WARNING, code="basis-without-day")
    for basis in asked:
        has = {entry.kind for entry in basis.table.entries}
        if basis.kinds and not has & set(basis.kinds):
            told = f"依据表“{basis.table.name}”里没有{'、'.join(dict.fromkeys(basis.kinds))}这{'几' if len(basis.kinds) > 1 else '一'}类。"
            hint = f"有：{'、'.join(k for k in KINDS if k in has)}。"
            yield basis.scalar.diagnostic(told, hint=hint, level=WARNING, code="basis-kind-missing")


# ── what is told ───────────────────────────────────────────────────────────────────────────────────────────────────


class BasisTold(NamedTuple):
    """What is to be told of one basis of a speech: the table, the day it was checked up to ("" in ISO form where the speech
    was held before), what may have come since, and what is particular to this speech."""

    table: str
    checked: str
    since: str
    remarks: tuple[Diagnostic, ...] = ()


def told_of(stood: Sequence[Stood]) -> tuple[BasisTold, ...]:
    """What is to be told of what a speech stood on."""
    return tuple(
        BasisTold(
            table=basis.asked.table.name,
            checked=str(basis.asked.table.checked) if basis.day >= basis.asked.table.checked else "",
            since=basis.asked.table.since,
            remarks=tuple(_particular(basis)),
        )
        for basis in stood
    )


def remarks_on(told: Sequence[BasisTold]) -> tuple[Diagnostic, ...]:
    """The same of all speeches of a run, each thing once: what has nothing that stands, what may be last year's, how far
    the tables were checked."""
    particular = dict.fromkeys(remark for basis in told for remark in basis.remarks)
    days: dict[str, dict[str, str]] = {}
    for basis in told:
        if basis.checked:
            days.setdefault(basis.checked, {})[basis.table] = basis.since
    return (*particular, *(_checked(day, tables, len(days) > 1) for day, tables in sorted(days.items())))


def _particular(basis: Stood) -> Iterator[Diagnostic]:
    name = basis.asked.table.name
    if basis.used:
        told = f"依据“{name}”能用的都已经印在前面了，后面这一处没有再写。"
        yield Diagnostic(told, hint="换一个主题，或者用 kinds 分开写。", level=WARNING, code="basis-used-up")
    elif not basis.chosen:
        kinds = "、".join(dict.fromkeys(basis.asked.kinds))
        told = f"依据“{name}”里没有 {basis.day} 能用的{kinds}，文中留了【{name}的依据】。"
        hint = f"在文中补上；或者补进表里：drafter outlines edit --basis {name}"
        yield Diagnostic(told, hint=hint, level=WARNING, code="basis-none-stands")
    for entry in (chosen.entry for chosen in basis.chosen):
        if entry.kind == "会议" and (basis.day - entry.begins).days > A_YEAR:
            told = f"依据“{name}”里的“{entry.name}”从 {entry.begins} 用到现在，已经一年多；今年开过的，请补上。"
            hint = f"drafter outlines edit --basis {name}"
            yield Diagnostic(told, hint=hint, level=WARNING, code="basis-meeting-old")


def _checked(day: str, tables: Mapping[str, str], several: bool) -> Diagnostic:
    """How far tables were checked; they are named where there are `several` days."""
    named = f"（{'、'.join(tables)}）" if several else ""
    told = f"依据{named}核对到 {day}；此后如有新的全会、新的讲话，请补上。"
    hint = "\n".join(f"{name}：{since}" for name, since in tables.items() if since)
    return Diagnostic(told, hint=hint, level=ADVICE, code="basis-checked")
