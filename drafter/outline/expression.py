"""The one Jinja sandbox: conditions, blanks with filters, and the environment layouts run in.

Expressions are parsed by Jinja (a name with filters behind it here, to the same tree, for Jinja's import takes long), checked
against a white list, and then walked here instead of compiled: walking knows a third truth value ("nobody has answered that
yet"), has no attribute access to escape through and nothing to fold at compile time. Layouts (`drafter.template.layout`) are
checked the same way and run in the immutable sandbox made here, or in one that can do less (`drafter.template.bare`).
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.chinese.numerals import counted, digits_said, list_said, numeral, unholdable
from drafter.outline.field import Number, Value, say

if TYPE_CHECKING:
    from typing import Protocol

    class JinjaNode(Protocol):
        """A part of an expression as Jinja has read it. What it holds hangs on its kind, which is the name of its class."""

        def __getattr__(self, name: str) -> Any: ...


#: An expression is a line a person reads: 500 characters, 40 levels.
MAX_LENGTH = 500
MAX_DEPTH = 40

#: Words Jinja keeps for itself; no field may be called so.
RESERVED = frozenset(
    ["and", "or", "not", "in", "is", "if", "else", "elif", "true", "false", "none", "True", "False", "None"]
)

#: Full-width forms an input method types inside a blank, and what they mean there (one character for one, so that
#: places hold).
_HALF_WIDTH = str.maketrans("｜（），：“”‘’＝＞＜！＋", "|(),:\"\"''=><!+")

#: Words in quotation marks are printed as they stand: their own marks are no syntax.
QUOTED = re.compile("(?P<half>\"[^\"]*\"|'[^']*')|“(?P<full>[^“”\"]*)”|‘(?P<single>[^‘’']*)’")


class Malformed(ValueError):
    """An expression that cannot be read, or that says more than drafter lets it. The message is plain Chinese; `lineno`
    is the line of a layout it stands on, 0 where there is none to tell."""

    lineno = 0


class _Unanswered:
    """The value of a name nobody has answered."""

    def __repr__(self) -> str:
        return "UNANSWERED"


UNANSWERED: Any = _Unanswered()


class Name(NamedTuple):
    """A name in an expression that is read without Jinja, whose own nodes this looks like."""

    name: str

    def iter_child_nodes(self) -> Iterator[Any]:
        """Nothing stands below it."""
        return iter(())


class Filter(NamedTuple):
    """The same of `node|name`."""

    node: "Name | Filter"
    name: str
    args: tuple[()] = ()

    def iter_child_nodes(self) -> Iterator[Any]:
        """What it goes behind."""
        yield self.node


class Expression(NamedTuple):
    """A checked expression. `tree` is None for a bare name."""

    source: str
    names: tuple[str, ...]
    tree: Any = None

    def value(self, values: Mapping[str, Value]) -> Any:
        """What it comes to; UNANSWERED where an answer it needs is missing. Raises Malformed where the values do not
        fit it (a text compared with a number)."""
        if self.tree is None:
            return values.get(self.names[0], UNANSWERED)
        return _walk(self.tree, values)

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """Whether a condition is true; None where nobody can tell yet."""
        found = self.value(values)
        return None if found is UNANSWERED else _truth(found)


def half_width(source: str) -> str:
    """The source with its full-width forms as Jinja has them, of the same length; words in quotation marks are kept."""
    done, at = [], 0
    for quoted in QUOTED.finditer(source):
        done.append(source[at : quoted.start()].translate(_HALF_WIDTH))
        words = quoted["full"] if quoted["full"] is not None else quoted["single"]
        mark = '"' if quoted["full"] is not None else "'"
        done.append(quoted["half"] or f"{mark}{words}{mark}")
        at = quoted.end()
    return "".join(done) + source[at:].translate(_HALF_WIDTH)


def read(source: str) -> Expression:
    """The expression of a source text. Raises Malformed."""
    text = half_width(source).strip()
    if not text:
        raise Malformed("里面是空的，要写一个名称。")
    if len(text) > MAX_LENGTH:
        raise Malformed(f"表达式太长（{len(text)} 个字符，最多 {MAX_LENGTH} 个）。")
    if text.isidentifier() and text not in RESERVED:
        return Expression(source, (text,))
    simple = _filtered(text)
    if simple is not None:
        return simple._replace(source=source)
    jinja2 = jinja()
    from jinja2.parser import Parser

    try:
        parser = Parser(sandbox(), text, state="variable")
        tree: Any = parser.parse_expression()
        if not parser.stream.eos:
            token = parser.stream.current
            why = {"assign": "；“等于”要写两个等号：==", "name": "；名称里不能有空格，文字要加引号"}.get(token.type, "")
            raise Malformed(f"“{token.value}”这里读不懂{why}。")
    except Malformed:
        raise
    except jinja2.TemplateError as error:
        raise Malformed(f"读不懂这个表达式（{(error.message or str(error))[:80]}）。") from None
    except (RecursionError, ValueError, IndentationError, OverflowError, MemoryError):
        raise Malformed("这个表达式太复杂了。") from None
    names: dict[str, None] = {}
    try:
        for node in check(tree, _EXPRESSION):
            if type(node).__name__ == "Name":
                names[node.name] = None
    except Malformed as error:
        raise Malformed(str(error).replace("（第 1 行）", "")) from None
    return Expression(source, tuple(names), tree)


#: A name with more filters than that behind it is left to Jinja.
_MOST_FILTERS = 8


def _filtered(text: str) -> Expression | None:
    """The expression of a name with filters behind it, which most are that are more than a name: Jinja, whose import takes a quarter
    of the time of a speech, would read the same. None for any other, for what is wrong with it too."""
    name, *filters = (word.strip(" ") for word in text.split("|"))
    if not 0 < len(filters) <= _MOST_FILTERS or not name.isidentifier() or name in RESERVED:
        return None
    tree: Name | Filter = Name(name)
    for word in filters:
        if word not in FILTERS:
            return None
        tree = Filter(tree, word)
    return Expression(text, (name,), tree)


_EXPRESSION = frozenset(["Name", "Const", "Compare", "Operand", "And", "Or", "Not", "Filter", "CondExpr", "List", "Tuple", "Getitem", "Neg", "Concat"])

_SAID = {
    "Call": "调用（…()）",
    "Getattr": "点号（.）",
    "Add": "加法",
    "Mul": "乘法",
    "Pow": "乘方",
    "Sub": "减法",
    "Div": "除法",
    "Mod": "取余",
    "Assign": "set",
    "Macro": "macro",
    "Include": "include",
    "Import": "import",
    "FromImport": "import",
    "Test": "is",
    "Slice": "切片",
    "Dict": "字典",
    "Extends": "extends",
    "Block": "block",
    "CallBlock": "call",
    "FilterBlock": "filter 块",
    "With": "with",
}


def check(tree: "JinjaNode", allowed: frozenset[str]) -> "Iterator[JinjaNode]":
    """Every node of a Jinja syntax tree, once each is known to be of an allowed kind. Raises Malformed."""
    filters = (*FILTERS, *(LAYOUT_FILTERS if "Template" in allowed else ()))
    todo = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        kind = type(node).__name__
        wrong = ""
        if kind not in allowed:
            wrong = f"这里不能用{_SAID.get(kind, kind)}（第 {getattr(node, 'lineno', 1) or 1} 行）。"
        elif depth > MAX_DEPTH:
            wrong = f"嵌套超过 {MAX_DEPTH} 层。"
        elif kind == "Filter":
            if node.name not in filters:
                wrong = f"没有“{node.name}”这种写法；有：{'、'.join(filters)}。"
            elif node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > (node.name in _WITH_ARGUMENT):
                wrong = f"“{node.name}”后面的括号里写多了。"
        elif kind == "Getitem" and not isinstance(getattr(getattr(node.arg, "node", node.arg), "value", None), int):
            wrong = "方括号里只能写一个数。"
        elif kind == "Const" and isinstance(node.value, int | float) and abs(node.value) > 10**15:
            wrong = "数太大了。"
        elif kind == "Const" and isinstance(node.value, str) and unholdable(node.value):
            wrong = "引号里有 Word 文件存不下的字符。"  # nor may a layout write our own marks
        if wrong:
            error = Malformed(wrong)
            error.lineno = getattr(node, "lineno", 0)
            raise error
        yield node
        todo.extend((child, depth + 1) for child in node.iter_child_nodes())


def compared(expression: Expression) -> Iterator[tuple[str, str]]:
    """The texts an expression compares a name with: 身份 in ("甲", "乙") → (身份, 甲), (身份, 乙)."""
    todo = [] if expression.tree is None else [expression.tree]
    while todo:
        node = todo.pop()
        todo.extend(node.iter_child_nodes())
        if type(node).__name__ != "Compare" or type(node.expr).__name__ != "Name":
            continue
        for operand in node.ops:
            for text in getattr(operand.expr, "items", None) or [operand.expr]:
                if type(text).__name__ == "Const" and isinstance(text.value, str):
                    yield node.expr.name, text.value


def guard_loops(tree: "JinjaNode", filter_name: str) -> None:
    """Put a filter behind what every `for` of a layout goes through."""
    from jinja2.nodes import Filter, For

    for node in tree.find_all(For):
        node.iter = Filter(node.iter, filter_name, [], [], None, None, lineno=node.lineno)


def _walk(node: "JinjaNode", values: Mapping[str, Value]) -> Any:
    kind = type(node).__name__
    if kind == "Name":
        return values.get(node.name, UNANSWERED)
    if kind == "Const":
        return node.value
    if kind == "Neg":
        inner = _walk(node.node, values)
        return UNANSWERED if inner is UNANSWERED else -_number(inner)
    if kind in ("And", "Or"):
        stop = kind == "Or"
        left, right = _walk(node.left, values), _walk(node.right, values)
        for side in (left, right):
            if side is not UNANSWERED and _truth(side) is stop:
                return stop
        return UNANSWERED if left is UNANSWERED or right is UNANSWERED else not stop
    if kind == "Not":
        inner = _walk(node.node, values)
        return UNANSWERED if inner is UNANSWERED else not _truth(inner)
    if kind == "Compare":
        return _compare(node, values)
    if kind == "CondExpr":
        test = _walk(node.test, values)
        if test is UNANSWERED:
            return UNANSWERED
        if _truth(test):
            return _walk(node.expr1, values)
        return "" if node.expr2 is None else _walk(node.expr2, values)
    if kind in ("List", "Tuple"):
        found = [_walk(item, values) for item in node.items]
        return UNANSWERED if any(x is UNANSWERED for x in found) else tuple(found)
    if kind == "Concat":
        found = [_walk(item, values) for item in node.nodes]
        return UNANSWERED if any(x is UNANSWERED for x in found) else "".join(shown(x) for x in found)
    if kind == "Getitem":
        inner, at = _walk(node.node, values), _walk(node.arg, values)
        if inner is UNANSWERED:
            return UNANSWERED
        if type(inner) is not tuple or not isinstance(at, int):
            raise Malformed("方括号只能用在一串并列的回答后面。")
        return inner[at] if -len(inner) <= at < len(inner) else ""
    inner = _walk(node.node, values)
    if node.name == "默认" and inner is UNANSWERED:
        return _walk(node.args[0], values) if node.args else ""
    if inner is UNANSWERED:
        return UNANSWERED
    return FILTERS[node.name].does(inner, *(_walk(a, values) for a in node.args))


def _truth(value: Any) -> bool:
    if isinstance(value, Number):
        return bool(value.value)
    return bool(value)


def _number(value: Any) -> float | int:
    if isinstance(value, Number):
        return value.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise Malformed(f"“{shown(value)}”不是数。")


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda a, b: a > b,
    "lt": lambda a, b: a < b,
    "gteq": lambda a, b: a >= b,
    "lteq": lambda a, b: a <= b,
}


def _compare(node: "JinjaNode", values: Mapping[str, Value]) -> Any:
    left = _walk(node.expr, values)
    for operand in node.ops:
        right = _walk(operand.expr, values)
        if left is UNANSWERED or right is UNANSWERED:
            return UNANSWERED
        op = operand.op
        if op in ("in", "notin"):
            parts = right if isinstance(right, str) else _listed(right)
            inside = shown(left) in parts if isinstance(parts, str) else any(_same(left, x) for x in parts)
            good = inside is (op == "in")
        elif op in ("eq", "ne"):
            good = _same(left, right) is (op == "eq")
        else:
            good = _ORDER[op](*_comparable(left, right))
        if not good:
            return False
        left = right
    return True


def _same(left: Any, right: Any) -> bool:
    if type(left) is str and type(right) is str:
        return left == right
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool) and isinstance(other, str):
            return say(one) == other
        if isinstance(one, Number):
            return one.value == (other.value if isinstance(other, Number) else other) or one.said == other
        if isinstance(one, date) and isinstance(other, str):
            return other in (say(one), one.isoformat())
    return bool(left == right)


def _comparable(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, date) or isinstance(right, date):
        sides = []
        for side in (left, right):
            try:
                sides.append(side if isinstance(side, date) else date.fromisoformat(side))
            except (TypeError, ValueError):
                raise Malformed(f"“{shown(side)}”不是日期；日期写成 \"2026-01-31\"。") from None
        return sides[0], sides[1]
    return _number(left), _number(right)


def shown(value: Any) -> str:
    """How a value is said in running text."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if type(value) is tuple:  # not a Number; one written in the expression itself may hold anything
        from drafter.chinese.listing import entries_said

        return entries_said([shown(entry) for entry in value])
    return "" if value is None else say(value)


class BlankFilter(NamedTuple):
    """What may stand behind `|` in a blank: what it does, and an example for the manual."""

    does: Callable[..., Any]
    example: str


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number) or abs(number) >= 10**16:
        raise Malformed(f"“{shown(value)}”不是整数，不能写成汉字。")
    return int(number)


def _a_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    raise Malformed(f"“{shown(value)}”不是日期。")


def _listed(value: Any) -> tuple[Any, ...]:
    return value if type(value) is tuple else (value,)  # a Number is a tuple too


def _numbered(entries: list[str]) -> str:
    """一是甲；二是乙, a single entry as it stands."""
    if len(entries) < 2:
        return "".join(entries)
    return "；".join(f"{numeral(n)}是{entry}" for n, entry in enumerate(entries, 1))


FILTERS: dict[str, BlankFilter] = {
    "大写": BlankFilter(lambda v: numeral(_whole(v)), "120 → 一百二十"),
    "汉字年": BlankFilter(lambda v: digits_said(str(_a_date(v).year)) + "年", "2026年11月22日 → 二〇二六年"),
    "年": BlankFilter(lambda v: f"{_a_date(v).year}年", "2026年11月22日 → 2026年"),
    "年月": BlankFilter(lambda v: f"{_a_date(v).year}年{_a_date(v).month}月", "2026年11月22日 → 2026年11月"),
    "月日": BlankFilter(lambda v: f"{_a_date(v).month}月{_a_date(v).day}日", "2026年11月22日 → 11月22日"),
    "顿号": BlankFilter(lambda v: "、".join(shown(x) for x in _listed(v)), "甲、乙、丙"),
    "分号": BlankFilter(lambda v: "；".join(shown(x) for x in _listed(v)), "甲；乙；丙"),
    "并列": BlankFilter(lambda v: list_said([shown(x) for x in _listed(v)]), "甲、乙和丙"),
    "逗号": BlankFilter(lambda v: "，".join(shown(x) for x in _listed(v)), "甲，乙，丙"),
    "一是": BlankFilter(lambda v: _numbered([shown(x) for x in _listed(v)]), "一是甲；二是乙；三是丙"),
    "个数": BlankFilter(lambda v: len(_listed(v)), "甲、乙、丙 → 3"),
    "几": BlankFilter(lambda v: counted(_whole(v)), "2 → 两，12 → 十二；用在“点、个、条”前面：【讲话要点|个数|几】个方面"),
    "数字": BlankFilter(lambda v: str(_number(v)), "三 → 3，十二 → 12"),
    "首项": BlankFilter(lambda v: _listed(v)[0] if _listed(v) else "", "甲、乙、丙 → 甲"),
    "默认": BlankFilter(lambda v, other="": v, "没有回答时用括号里的：【嘉宾|默认('各位来宾')】"),
}

#: Filters only layouts have; `drafter.template.layout` gives them their meaning.
LAYOUT_FILTERS = ("strong", "first_sentence")

#: Filters that may have something in brackets behind them.
_WITH_ARGUMENT = ("默认", "strong")


def jinja() -> ModuleType:
    """Jinja, without the regular expressions that nobody here uses."""
    if "jinja2" not in sys.modules:
        from drafter.startup import patterns_wait

        with patterns_wait("jinja2"):
            import jinja2
    import jinja2

    return jinja2


@lru_cache(maxsize=1)
def sandbox() -> Any:
    """The immutable sandbox: no globals, no tests, no filters but ours, nothing folded at compile time."""
    jinja2 = jinja()
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """What layouts are given are namespaces, which have what we put there and nothing else; looking there directly
        is safer than the general check, and ten times as fast."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            if type(obj) is SimpleNamespace:
                found = obj.__dict__.get(attribute, self)
                return self.undefined(obj=obj, name=attribute) if found is self else found
            return super().getattr(obj, attribute)

    env = Sandbox(
        undefined=jinja2.StrictUndefined,
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=0,
    )
    env.globals.clear()
    env.tests.clear()
    env.filters.clear()
    return env


_IDENTIFIER = re.compile(r"[^\W\d]\w{0,39}")


def usable_name(name: str) -> bool:
    """Whether a field may be called so: letters, digits and 汉字, not beginning with a digit, at most 40 characters."""
    return bool(_IDENTIFIER.fullmatch(name)) and name.isidentifier() and name not in RESERVED
