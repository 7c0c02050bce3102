"""What a tool is asked with and what it answers: arguments with their JSON Schema, looked at before anything is done, and
answers as plain data beside a few lines of Chinese that say what to do next."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
    """A tool. `about` tells a model when to call it; `writes`: it may write a file (never over another). `gives` is what of its
    answer a program may rely on, by name: "text", "flag", "number", "rows" or "object", with a ? where it may be null."""

    name: str
    title: str
    about: str
    arguments: tuple[ToolArgument, ...]
    call: Callable[[Asked, NamedFolders], ToolAnswer]
    writes: bool = False
    gives: Mapping[str, str] = {}

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what it is asked with."""
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in self.arguments},
            "required": [one.name for one in self.arguments if one.required],
            "additionalProperties": False,
        }

    def answers(self) -> dict[str, Any]:
        """The JSON Schema of what it answers, done or not."""
        rows: dict[str, Any] = {"ok": {"type": "boolean"}, "next": {"type": ["string", "null"]}}
        for name, kind in self.gives.items():
            word = _GIVEN[kind.rstrip("?")]
            rows[name] = {"type": [word, "null"] if kind.endswith("?") else word}
        return {"type": "object", "properties": rows, "required": ["ok"]}

    def asked(self, said: Mapping[str, Any]) -> Asked:
        """What it is asked with, every argument of its kind; those not said are "", False, 0, {} or (). Raises Rejected."""
        known = {one.name: one for one in self.arguments}
        for name in said:
            if name not in known:
                told = f"{self.name} 没有 {printable(str(name)[:60])} 这个参数。"
                raise Rejected(Diagnostic(told, None, f"有：{'、'.join(known)}。{nearest(str(name), known)}", code="agent-argument"))
        return {one.name: _read(self.name, one, said.get(one.name)) for one in self.arguments}


_NOTHING: dict[str, object] = {"text": "", "flag": False, "number": 0, "names": (), "answers": {}}

_GIVEN = {"text": "string", "flag": "boolean", "number": "integer", "rows": "array", "object": "object"}

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
    if isinstance(said, str) and argument.kind in ("flag", "number") and re.fullmatch(r"true|false|-?\d{1,9}", said.strip(), re.IGNORECASE):
        said = json.loads(said.strip().lower())  # clients that put everything in quotes
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
    if isinstance(said, str) and len(said) <= MAX_ANSWERS:  # an object that was written out once too often
        with suppress(ValueError, RecursionError):
            said = json.loads(said)
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
        elif isinstance(value, str):
            value = _plain(value)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = tuple(map(_plain, value))
        if not isinstance(value, str | tuple):  # what is no number among them
            raise _unfit(tool, argument, f"“{printable(str(name)[:40])}”的回答应当是文字、数、true/false，或者文字的数组")
        if any("\ud800" <= c <= "\udfff" for c in (name + value if isinstance(value, str) else name + "".join(value))):
            raise _unfit(tool, argument, f"“{printable(str(name)[:40])}”里面有不成字的编码")
        out[name] = value
    if sum(len(name) + sum(map(len, value)) for name, value in out.items()) > MAX_ANSWERS:
        raise _unfit(tool, argument, f"太长，合起来最多 {MAX_ANSWERS:,} 个字符")
    return out


#: What a model sets words off with, which in a Word file would stand there as signs.
_MARKDOWN = re.compile(r"(\*\*|__|`)(?=\S)([^*_`\n]+?)(?<=\S)\1")


def _plain(said: str) -> str:
    """Words without the signs of Markdown around them."""
    return _MARKDOWN.sub(r"\2", said)


def unfenced(text: str) -> str:
    """A text without the fence that says which language it is in."""
    found = re.fullmatch(r"\s*```[\w-]*\r?\n(.*?)\n?```\s*", text, re.DOTALL)
    return found[1] + "\n" if found else text


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
    told = _cut("\n".join(line for line in lines if line), MOST_WORDS)
    told += f"\n下一步：{next_step}" if next_step else ""
    held = {"ok": True, **{name: _bounded(plain(value)) for name, value in data.items()}, "next": next_step or None}
    return ToolAnswer(held, told.strip("\n"))


def refusal(tool: str, problems: Sequence[Diagnostic], data: Mapping[str, object] = {}, *lines: str) -> ToolAnswer:
    """Why nothing came of it, in the form every door gives, with what else the model has to know."""
    problems = [for_models(problem) for problem in problems]
    held: dict[str, Any] = {**refused(tool, problems), **{name: _bounded(plain(value)) for name, value in data.items()}}
    told = [f"没有做成（{problem.code}）：{problem.text()}" if n == 0 else problem.text() for n, problem in enumerate(problems[:FEW])]
    return ToolAnswer(held, _cut("\n".join([*told, *(line for line in lines if line)]), MOST_WORDS), failed=True)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……（还有 {len(text) - most:,} 个字符）"


def _bounded(value: object) -> object:
    """Data of which no piece fills a model's memory: long words are cut, of long lists the first rows are kept."""
    if isinstance(value, str):
        return _cut(value, MOST_TOLD)
    if isinstance(value, list):
        return [_bounded(one) for one in value[:MOST_ROWS]]
    if isinstance(value, dict):
        return {name: _bounded(one) for name, one in value.items()}
    return value


#: So many rows of a list are told in words.
FEW = 20

#: So much of a speech (characters) is told at once.
MOST_TOLD = 8_000

#: The greatest words of an answer (characters), and rows of a list in its data.
MOST_WORDS, MOST_ROWS = 24_000, 300


def speech_told(title: str, text: str, since: int = 0) -> tuple[dict[str, object], str]:
    """A speech as data and in words, paragraph by paragraph, from one of them on as far as is told at once: each begins with its
    number, so that no line of it is taken for one of ours."""
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    first = min(max(since, 1), len(rows) or 1)
    last, told = first - 1, 0
    while last < len(rows) and (told := told + len(rows[last])) <= MOST_TOLD:
        last += 1
    shown = rows[first - 1 : last] or rows[first - 1 : first]
    last = max(last, first) if rows else 0
    data = {"title": title, "characters": sum(map(len, rows)), "count": len(rows), "first": first, "paragraphs": shown, "left": len(rows) - last}
    more = f"（共 {len(rows)} 段，这里是第 {first} 到 {last} 段；往下看，paragraph={last + 1}）" if last < len(rows) else f"（共 {len(rows)} 段）"
    return data, "\n".join([f"稿子{more}：", *(f"[{n}] {_cut(row, MOST_TOLD)}" for n, row in enumerate(shown, first))])

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
