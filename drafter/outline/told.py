"""An outline in words: its blanks, its conditions and its parts as one would tell a colleague of them, with nothing of the
language they are written in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from drafter.outline.blank import Blank, OutlineText, ToConfirm
from drafter.outline.expression import Expression, shown
from drafter.outline.field import Field
from drafter.outline.model import Condition, Outline, Requirement, Section
from drafter.outline.standing import WhenUsed

if TYPE_CHECKING:
    from drafter.outline.expression import JinjaNode

#: What kinds of answers are called; of a text nothing is said.
TYPES = {
    "text": "",
    "choice": "",
    "long text": "一段话",
    "number": "数",
    "date": "日期",
    "yes/no": "是或否",
    "list": "几项",
}

#: A filter behind a blank: what is said of the blank.
FILTERS_TOLD = {
    "大写": "{}，写成汉字",
    "汉字年": "{}的年份，写成汉字",
    "年": "{}的年份",
    "年月": "{}的年月",
    "月日": "{}的月日",
    "顿号": "{}，用顿号隔开",
    "分号": "{}，用分号隔开",
    "逗号": "{}，用逗号隔开",
    "并列": "{}，用“和”连起来",
    "一是": "{}，编成一是、二是",
    "个数": "{}有几项",
    "几": "{}，写成汉字",
    "数字": "{}，写成数字",
    "首项": "{}的第一项",
}

_ORDER = {"gt": "大于", "lt": "小于", "gteq": "不小于", "lteq": "不大于", "eq": "是", "ne": "不是"}
_NOT = {"gt": "lteq", "lt": "gteq", "gteq": "lt", "lteq": "gt", "eq": "ne", "ne": "eq", "in": "notin", "notin": "in"}


class ToldRow(NamedTuple):
    """A row of an outline told, and those that belong below it. `cut`: it is a text of the speech, of which the first words
    are enough."""

    said: str
    below: tuple[ToldRow, ...] = ()
    cut: bool = False


class OutlineTold(NamedTuple):
    """An outline told: what stands above it, the blanks to fill, those that fill themselves, and the speech."""

    head: tuple[str, ...]
    fields: tuple[ToldRow, ...]
    computed: tuple[ToldRow, ...]
    speech: tuple[ToldRow, ...]


def told(outline: Outline, followed: Mapping[str, str]) -> OutlineTold:
    """An outline in words. `followed`: the choices that nobody has to make, each with the blank it goes by."""
    teller = _Teller(outline.fields)
    title = outline.title
    head = [teller.text(title) if title else "（没有标题，供别的提纲放进去）"]
    head += [f"  {text}" for text in (outline.genre, outline.about) if text]
    if outline.numbering:
        head.append("  序号：" + " ".join(n.label(1, 3) for n in outline.numbering))
    return OutlineTold(
        head=tuple(head),
        fields=tuple(ToldRow(teller.field(field, followed.get(field.name, ""))) for field in outline.fields.values()),
        computed=tuple(_computed(outline)),
        speech=tuple(teller.part(part) for part in outline.speech),
    )


def _computed(outline: Outline) -> Iterator[ToldRow]:
    """What a speech says of itself, where this one does."""
    from drafter.outline.model import texts

    said = {"条数": "后面分几条", "要点": "后面各条的小标题"}
    used = {name for text in texts(outline) for blank in text.blanks for name in blank.expression.names}
    return (ToldRow(f"【{name}】{what}") for name, what in said.items() if name in used and name not in outline.fields)


def condition_told(condition: Expression | Condition | WhenUsed, fields: Mapping[str, Field]) -> str:
    """A condition in words: 【调研】答“是”, 【人数】大于 100，并且【文风】是“规范”."""
    return _Teller(fields).condition(condition)


class _Teller:
    """Tells what is written in terms of these fields."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields

    # ── blanks ───────────────────────────────────────────────────────────────────────────────────────────────────

    def field(self, field: Field, follows: str) -> str:
        """A blank with its question and what is to know of it."""
        more = [TYPES[field.type]] if TYPES.get(field.type) else []
        more += [" / ".join(field.choices)] if field.choices else []
        if follows:
            more.append(f"不选就按【{follows}】定")
        elif field.default is not None:
            more.append(
                "不改就是" + (f"“{field.default}”" if isinstance(field.default, str) else "、".join(field.default))
            )
        if field.vary and not follows:
            more.append(f"不选就按【{field.vary}】定")
        if field.when:
            more.append(f"只在{self.condition(field.when)}时问")
        return f"【{field.name}】{field.ask}" + (f"（{'；'.join(more)}）" if more else "")

    def text(self, text: OutlineText) -> str:
        """A text with its blanks told."""
        return "".join(self._piece(piece) for piece in text.pieces)

    def _piece(self, piece: str | Blank | ToConfirm) -> str:
        if isinstance(piece, str):
            return piece
        if isinstance(piece, ToConfirm):
            return piece.words
        tree = piece.expression.tree
        return f"【{piece.name or self._value(tree)}】"

    def _value(self, node: JinjaNode) -> str:
        """What an expression comes to, said inside a blank."""
        kind = type(node).__name__
        if kind == "Name":
            return str(node.name)
        if kind == "Const":
            return shown(node.value)
        if kind == "Filter":
            inner = self._value(node.node)
            if node.name == "默认":
                other = self._value(node.args[0]) if node.args else ""
                return f"{inner}，没有就写“{other}”" if other else f"{inner}，没有就不写"
            return FILTERS_TOLD[node.name].format(inner)
        if kind == "CondExpr":
            other = f"，不然写“{self._value(node.expr2)}”" if node.expr2 is not None and self._value(node.expr2) else ""
            return f"{self._holds(node.test, True, plain=True)}就写“{self._value(node.expr1)}”{other}"
        if kind == "Getitem":
            at = getattr(getattr(node.arg, "node", node.arg), "value", 0)
            behind = type(node.arg).__name__ == "Neg"
            which = ("最后一项" if at == 1 else f"倒数第 {at} 项") if behind else f"第 {at + 1} 项"
            return f"{self._value(node.node)}的{which}"
        if kind == "Neg":
            return f"-{self._value(node.node)}"
        parts = [self._value(item) for item in (getattr(node, "items", None) or getattr(node, "nodes", None) or ())]
        return ("" if kind == "Concat" else "、").join(parts) or "按条件写"

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def condition(self, condition: Expression | Condition | WhenUsed) -> str:
        """When it holds."""
        if isinstance(condition, WhenUsed):
            return "依据用到它" + (f"，并且{self.condition(condition.own)}" if condition.own else "")
        expression = condition.expression if isinstance(condition, Condition) else condition
        if expression.tree is None:
            return self._answered(expression.names[0], True, plain=False)
        return self._holds(expression.tree, True)

    def _holds(self, node: JinjaNode, wanted: bool, *, plain: bool = False, within: bool = False) -> str:
        """When a condition is as wanted. `plain`: inside a blank, where no name has brackets of its own; `within`: beside
        others, from which an “or” is kept apart."""
        kind = type(node).__name__
        if kind == "Not":
            return self._holds(node.node, not wanted, plain=plain, within=within)
        if kind in ("And", "Or"):
            both = (kind == "And") is wanted
            sides = [self._holds(side, wanted, plain=plain, within=True) for side in _sides(node, kind)]
            if both:
                return "，并且".join(sides)
            said = "，或者".join(sides)
            return f"（{said}）" if within else said
        if kind == "Compare":
            return self._compared(node, wanted, plain)
        if kind == "Const":
            return "任何时候" if bool(node.value) is wanted else "从来不"
        inner = node.node if kind == "Filter" and node.name == "默认" else node
        if type(inner).__name__ == "Name":
            return self._answered(inner.name, wanted, plain=plain)
        return (
            f"{self._named(inner, plain)}{'' if wanted else '没有'}填了"
            if wanted
            else f"没有填{self._named(inner, plain)}"
        )

    def _answered(self, name: str, wanted: bool, *, plain: bool) -> str:
        field = self.fields.get(name)
        called = name if plain else f"【{name}】"
        if field is not None and field.type == "yes/no":
            return f"{called}答“{'是' if wanted else '否'}”"
        return f"填了{called}" if wanted else f"没有填{called}"

    def _compared(self, node: JinjaNode, wanted: bool, plain: bool) -> str:
        said, left = [], node.expr
        for operand in node.ops:
            op = operand.op if wanted else _NOT[operand.op]
            said.append(self._pair(left, op, operand.expr, plain))
            left = operand.expr
        return ("，并且" if wanted else "，或者").join(said)

    def _pair(self, left: JinjaNode, op: str, right: JinjaNode, plain: bool) -> str:
        left, right = _bare(left), _bare(right)
        if type(left).__name__ == "Const" and op not in ("in", "notin"):  # 10 < 人数 is told of 人数
            left, op, right = right, {"gt": "lt", "lt": "gt", "gteq": "lteq", "lteq": "gteq"}.get(op, op), left
        if op in ("in", "notin"):
            if type(left).__name__ == "Const":
                return f"{self._named(right, plain)}里{'有' if op == 'in' else '没有'}{self._named(left, plain)}"
            items = getattr(right, "items", None)
            words = [self._named(item, plain) for item in items] if items else [f"{self._named(right, plain)}里的一项"]
            return f"{self._named(left, plain)}{'是' if op == 'in' else '不是'}{('或者' if op == 'in' else '，也不是').join(words)}"
        name = getattr(left, "name", "") if type(left).__name__ == "Name" else ""
        field = self.fields.get(name)
        if field is not None and field.type == "yes/no" and op in ("eq", "ne") and type(right).__name__ == "Const":
            yes = right.value in ("是", True)
            return self._answered(name, yes is (op == "eq"), plain=plain)
        order = _ORDER[op]
        if field is not None and field.type == "date":
            order = {"大于": "晚于", "小于": "早于", "不小于": "不早于", "不大于": "不晚于"}.get(order, order)
        if type(right).__name__ == "Const" and right.value == "" and op in ("eq", "ne"):
            return f"{'没有填' if op == 'eq' else '填了'}{self._named(left, plain)}"
        gap = " " if self._named(right, plain)[0].isdecimal() else ""
        return f"{self._named(left, plain)}{order}{gap}{self._named(right, plain)}"

    def _named(self, node: JinjaNode, plain: bool) -> str:
        """A side of a comparison."""
        node = _bare(node)
        if type(node).__name__ == "Const":
            return f"“{node.value}”" if isinstance(node.value, str) else shown(node.value)
        if type(node).__name__ == "Filter" and node.name == "个数":
            return f"{self._named(node.node, plain)}的项数"
        said = self._value(node)
        return said if plain or type(node).__name__ in ("Neg", "List", "Tuple") else f"【{said}】"

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def part(self, part: Section) -> ToldRow:
        """A part of the speech."""
        from drafter.outline.vocabulary import words

        called = words("part")[part.kind].zh.partition("：")[0]
        if part.kind == "include":
            called = "放入提纲" + (f" {part.name}" if part.name else "")
        below = [ToldRow(f"※ {part.note}")] if part.note else []
        if part.kind == "basis":
            called = "".join(self._basis(part)) or called
        below += [ToldRow(self.text(text), cut=True) for text in part.texts]
        below += [self.requirement(item) for item in part.items]
        below += [self.part(inner) for inner in part.sections]
        return ToldRow(called + self._beside(part), tuple(below))

    def requirement(self, item: Requirement) -> ToldRow:
        """A requirement, or a point below one."""
        said = self.text(item.heading) if item.heading is not None else ""
        if item.label:
            said = item.label + said
        if not said and item.texts:
            said = self.text(item.texts[0])
        below = [ToldRow(f"※ {item.note}")] if item.note else []
        below += [ToldRow(based) for based in self._basis(item)]
        for point in item.points:
            below.append(
                self.requirement(point) if isinstance(point, Requirement) else ToldRow(self.text(point), cut=True)
            )
        return ToldRow(said + self._beside(item), tuple(below))

    def _basis(self, part: Section | Requirement) -> list[str]:
        """The theme a part or requirement stands on, with how much and what of it."""
        asked = part.basis
        if asked is None:
            return []
        more = [said for said in (asked.length, "、".join(asked.kinds)) if said]
        return ["依据：" + "，".join([asked.name, *more])]

    def _beside(self, part: Section | Requirement) -> str:
        said = []
        if part.when:
            said.append(f"只在{self.condition(part.when)}时写")
        if part.each:
            each = part.each
            said.append(
                f"【{each.field}】有几项写几遍" + (f"，每一项叫【{each.name}】" if each.name != each.field else "")
            )
        if part.run_on:
            said.append("接在上一段后面")
        if isinstance(part, Requirement):
            said += ["换要求时总在"] if part.keep else []
            said += ["小标题独占一行"] if part.alone else ["小标题不独占一行"] if part.alone is False else []
            said += [f"备选段落 {part.stock.name}" + ("的短文" if part.stock.brief else "")] if part.stock else []
        return f"　〔{'；'.join(said)}〕" if said else ""


def _sides(node: JinjaNode, kind: str) -> Iterable[JinjaNode]:
    """The sides of a chain of the same word, in order."""
    for side in (node.left, node.right):
        if type(side).__name__ == kind:
            yield from _sides(side, kind)
        else:
            yield side


def _bare(node: JinjaNode) -> JinjaNode:
    """The expression without what stands for it where nobody has answered: of that a condition need not speak."""
    return node.node if type(node).__name__ == "Filter" and node.name == "默认" else node
