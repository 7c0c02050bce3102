"""What a tool is asked with and what it answers: arguments with their JSON Schema, looked at before anything is done, and
answers as plain data beside a few lines of Chinese that say what to do next."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from drafter.agent.folders import NamedFolders
from drafter.agent.said import for_models
from drafter.commands.machine import plain, refused
from drafter.diagnostic import Diagnostic, DiagnosticData, Rejected, nearest, printable

#: What a tool is asked with, looked at.
Asked = Mapping[str, Any]

#: The greatest answers to blanks, and text to look at, a call may hold (characters); the greatest outline.
MAX_ANSWERS, MAX_TEXT, MAX_OUTLINE = 500_000, 200_000, 200_000


class ToolArgument(NamedTuple):
    """An argument of a tool. `kind`: "text", "flag", "number", "answers" (blanks with what is to stand in them) or "names".
    `about` is for the model; `choices` are what may be said, () for anything; `most` how many characters."""

    name: str
    kind: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    most: int = 1_000

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        out: dict[str, Any] = {"description": self.about, **_SCHEMAS[self.kind]}
        if self.choices:
            out["enum"] = list(self.choices)
        return out


#: An answer may come as models write it: text, a figure, yes or no, several in a list; null for what nobody knows.
_SCHEMAS: dict[str, Mapping[str, object]] = {
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    "number": {"type": "integer"},
    "names": {"type": "array", "items": {"type": "string"}},
    "answers": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "array", "null"], "items": {"type": "string"}}},
}


class ToolAnswer(NamedTuple):
    """What a tool answers: data for programs, the same in words for a model that sees nothing else; `failed`: it could not
    be done, and the words say what to do."""

    data: dict[str, Any]
    text: str
    failed: bool = False


class AgentTool(NamedTuple):
    """A tool. `about` tells a model when to call it; `writes`: it may write a file (never over another)."""

    name: str
    title: str
    about: str
    arguments: tuple[ToolArgument, ...]
    call: Callable[[Asked, NamedFolders], ToolAnswer]
    writes: bool = False

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what it is asked with."""
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in self.arguments},
            "required": [one.name for one in self.arguments if one.required],
            "additionalProperties": False,
        }

    def asked(self, said: Mapping[str, Any]) -> Asked:
        """What it is asked with, every argument of its kind; those not said are "", False, 0, {} or (). Raises Rejected."""
        known = {one.name: one for one in self.arguments}
        for name in said:
            if name not in known:
                told = f"{self.name} 没有 {printable(str(name)[:60])} 这个参数。"
                raise Rejected(Diagnostic(told, None, f"有：{'、'.join(known)}。{nearest(str(name), known)}", code="agent-argument"))
        return {one.name: _read(self.name, one, said.get(one.name)) for one in self.arguments}


_NOTHING: dict[str, object] = {"text": "", "flag": False, "number": 0, "names": (), "answers": {}}

#: What a kind is called where another came.
_CALLED = {"text": "文字", "flag": "true 或 false", "number": "整数", "names": "文字的数组", "answers": '{"空的名称": "回答"}'}


def _read(tool: str, argument: ToolArgument, said: object) -> object:
    """An argument as it is meant. Raises Rejected."""
    if said is None or said == "":
        if argument.required:
            raise _unfit(tool, argument, "一定要写")
        return _NOTHING[argument.kind]
    if argument.kind == "answers":
        return _answers(tool, argument, said)
    if argument.kind == "names" and isinstance(said, list) and all(isinstance(one, str) for one in said):
        return tuple(_text(tool, argument, one) for one in said)
    if argument.kind == "names" and isinstance(said, str):
        return tuple(part.strip() for part in _text(tool, argument, said).replace("，", ",").replace("、", ",").split(",") if part.strip())
    fits = {"text": str, "flag": bool, "number": int}.get(argument.kind)
    if fits is None or not isinstance(said, fits) or (fits is int and isinstance(said, bool)):
        raise _unfit(tool, argument, f"应当是{_CALLED[argument.kind]}")
    if isinstance(said, str):
        said = _text(tool, argument, said)
    if argument.choices and said not in argument.choices:
        raise _unfit(tool, argument, f"只能是 {'、'.join(argument.choices)}")
    return said


def _text(tool: str, argument: ToolArgument, said: str) -> str:
    if len(said) > argument.most:
        raise _unfit(tool, argument, f"太长：{len(said):,} 个字符，最多 {argument.most:,} 个")
    if any("\ud800" <= c <= "\udfff" for c in said):
        raise _unfit(tool, argument, "里面有不成字的编码")
    return said


def _answers(tool: str, argument: ToolArgument, said: object) -> dict[str, Any]:
    """Blanks with what is to stand in them, as `new` takes it. Raises Rejected."""
    if not isinstance(said, dict):
        raise _unfit(tool, argument, f"应当是{_CALLED['answers']}")
    out: dict[str, Any] = {}
    for name, value in said.items():
        if value is None:
            continue  # nobody knows: it stays a blank
        if isinstance(value, bool):
            value = "是" if value else "否"
        elif isinstance(value, int | float):
            value = _figures(value)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = tuple(value)
        if not isinstance(value, str | tuple):  # what is no number among them
            raise _unfit(tool, argument, f"“{printable(str(name)[:40])}”的回答应当是文字、数、true/false，或者文字的数组")
        if any("\ud800" <= c <= "\udfff" for c in (name + value if isinstance(value, str) else name + "".join(value))):
            raise _unfit(tool, argument, f"“{printable(str(name)[:40])}”里面有不成字的编码")
        out[name] = value
    if sum(len(name) + sum(map(len, value)) for name, value in out.items()) > MAX_ANSWERS:
        raise _unfit(tool, argument, f"太长，合起来最多 {MAX_ANSWERS:,} 个字符")
    return out


def _figures(number: int | float) -> str | None:
    """A number as people write it: 1200.0 is 1200; None for what no speech says (infinity, a thousand figures)."""
    if not abs(number) < 10**21 or 0 < abs(number) < 10**-12:
        return None
    said = format(Decimal(repr(number)), "f")
    return said.rstrip("0").rstrip(".") if "." in said else said


def _unfit(tool: str, argument: ToolArgument, why: str) -> Rejected:
    told = f"{tool} 的参数 {argument.name}：{why}。"
    return Rejected(Diagnostic(told, None, argument.about, code="agent-argument"))


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def answer(data: Mapping[str, object], *lines: str, next_step: str = "") -> ToolAnswer:
    """What came of a call: data, and its words; empty lines are left out."""
    told = [line for line in lines if line]
    if next_step:
        told.append(f"下一步：{next_step}")
    held = {"ok": True, **{name: plain(value) for name, value in data.items()}, "next": next_step or None}
    return ToolAnswer(held, "\n".join(told))


def refusal(tool: str, problems: Sequence[Diagnostic], data: Mapping[str, object] = {}, *lines: str) -> ToolAnswer:
    """Why nothing came of it, in the form every door gives, with what else the model has to know."""
    problems = [for_models(problem) for problem in problems]
    held: dict[str, Any] = {**refused(tool, problems), **{name: plain(value) for name, value in data.items()}}
    told = [f"没有做成（{problem.code}）：{problem.text()}" if n == 0 else problem.text() for n, problem in enumerate(problems[:FEW])]
    return ToolAnswer(held, "\n".join([*told, *(line for line in lines if line)]), failed=True)


#: So many rows of a list are told in words.
FEW = 20

Row = TypeVar("Row")


def listed(rows: Sequence[Row], said: Callable[[Row], str], head: str = "", most: int = FEW) -> str:
    """Rows in words, each on a line of its own behind its head; "" where there are none."""
    if not rows:
        return ""
    told = [f"- {said(row)}" for row in rows[:most]]
    if len(rows) > most:
        told.append(f"- ……还有 {len(rows) - most} 条")
    return "\n".join([head.format(n=len(rows)), *told] if head else told)


def remarks_data(remarks: Sequence[Diagnostic]) -> list[DiagnosticData]:
    """Remarks as data."""
    return [for_models(remark).json() for remark in remarks]


def remarks_said(remarks: Sequence[Diagnostic]) -> str:
    """Remarks in words."""
    return listed([for_models(remark) for remark in remarks], lambda remark: remark.text().replace("\n", " "), "提醒：", 8)
