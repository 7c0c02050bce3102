"""`drafter schema`: what `--json` prints, as JSON Schema, made of the types the results are written with.

Every Result has a `json` method; the type it gives (a TypedDict, or NamedTuples in one) is all there is to know. A type
no line here knows raises TypeError: a result nobody can describe is a mistake of ours.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, NamedTuple, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from drafter.commands.machine import SCHEMA_VERSION, RemarkData
from drafter.commands.next_step import NextStep
from drafter.diagnostic import Diagnostic, ErrorData, Rejected, nearest

#: Of each command the Results `--json` may show, "module:class".
RESULTS: dict[str, tuple[str, ...]] = {
    "new": ("new:NewResult",),
    "batch": ("batch:BatchResult",),
    "renew": ("renew:RenewResult",),
    "extract": ("extract:ExtractResult", "folders:FoldersResult"),
    "learn": ("learn:LearnResult",),
    "compare": ("compare:CompareResult",),
    "check": ("check:CheckResult", "rules:RulesResult", "formulations:FormulationsResult"),
    "format": ("format:FormatResult", "folders:FoldersResult"),
    "status": ("status:StatusResult",),
    "update": ("update:UpdateResult",),
    "pull": ("pull:PullResult", "pull:Proposal"),
    "collect": ("collect:CollectResult",),
    "history": ("history:HistoryResult",),
    "merge": ("merge:MergeResult", "merge:AdoptedResult"),
    "finish": ("finish:FinishResult",),
    "doctor": ("doctor:DoctorResult",),
    "agent": ("agent:AgentResult",),
    "help": ("help:HelpPage",),
    "outlines": ("outlines:OutlinesResult",),
    "outlines find": ("outlines:OutlinesResult",),
    "outlines passages": ("outlines:PassagesResult",),
    "outlines basis": ("basis:ThemesResult", "basis:BasisResult"),
    "outlines show": ("outlines:ShowResult",),
    "outlines check": ("outlines:OutlinesCheckResult",),
    "outlines sync": ("outlines.sync:SyncResult",),
    "outlines pack": ("outlines.pack:PackResult",),
}

#: Those only a program gets that imports drafter: for people there is nothing to print.
FOR_PROGRAMS: dict[str, tuple[str, ...]] = {"preview": ("preview:PreviewResult",)}

#: The JSON Schema it is: https://json-schema.org/draft/2020-12
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}

Schema = dict[str, Any]


class SchemaRequest(NamedTuple):
    """The command whose output is to be described, as it is typed after `drafter`; "" for all of them."""

    command: str = ""


def schema(request: SchemaRequest) -> Schema:
    """What a command prints with `--json`: its result, or why there is none. Raises Rejected for what is no command
    that has `--json`."""
    if request.command and request.command not in {**RESULTS, **FOR_PROGRAMS}:
        hint = f"有：{'、'.join(RESULTS)}。{nearest(request.command, RESULTS)}"
        message = f"没有“{request.command}”这个命令，或者它没有 --json。"
        raise Rejected(Diagnostic(message, None, hint, code="schema-unknown"))
    described = _Described()
    commands = [request.command] if request.command else list(RESULTS)
    ways = [described.answered(command) for command in commands]
    ways.append(described.refused(request.command))
    return {
        "$schema": DIALECT,
        "title": f"drafter {request.command} --json".replace("  ", " "),
        "anyOf": ways,
        "$defs": described.types,
    }


def command_of(result: type) -> str:
    """The command that gives a Result of this type, "" for none."""
    for command, results in {**RESULTS, **FOR_PROGRAMS}.items():
        for module, _, name in (where.partition(":") for where in results):
            if name == result.__name__ and f"{result.__module__}.".startswith(f"drafter.commands.{module}."):
                return command
    return ""


class _Described:
    """Schemas of types. `types` are those with a name, by their names, each described once."""

    def __init__(self) -> None:
        self.types: dict[str, Schema] = {}

    def answered(self, command: str) -> Schema:
        """What is printed where there is a result."""
        results = [self.of(_json_of(where)) for where in {**RESULTS, **FOR_PROGRAMS}[command]]
        return _object(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "command": {"const": command},
                "ok": {"const": True},
                "result": results[0] if len(results) == 1 else {"anyOf": results},
                "written": self.of(list[str]),
                "unwritten": self.of(str | None),
                "next": self.of(NextStep | None),
            },
            {"remarks": {"type": "array", "items": self.of(RemarkData)}},
        )

    def refused(self, command: str) -> Schema:
        """What is printed where there is none."""
        said = {"const": command} if command else {"type": ["string", "null"]}
        version, failed = {"const": SCHEMA_VERSION}, {"const": False}
        return _object({"schema_version": version, "command": said, "ok": failed, "error": self.of(ErrorData)}, {})

    def of(self, kind: Any) -> Schema:
        """A type. Raises TypeError for one that is not known here."""
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if kind is object:  # what another of these schemas describes
            return {}
        origin, inner = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(inner[0])
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(one) for one in inner]}
        if origin in (list, Sequence) or (origin is tuple and inner[1:] == (...,)):
            return {"type": "array", "items": self.of(inner[0])}
        if origin in (dict, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if is_typeddict(kind) or (isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")):
            return self._named(kind)
        raise TypeError(f"no schema for {kind!r}")

    def _named(self, kind: type) -> Schema:
        """A type that has fields, described under its name."""
        name: str = kind.__name__
        if name not in self.types:
            self.types[name] = {}  # it may be inside itself
            hints = get_type_hints(kind, None, _later(), include_extras=True)
            optional = {field for field, said in hints.items() if get_origin(said) is NotRequired}
            told = {field: self.of(said) for field, said in hints.items()}
            needed = {field: said for field, said in told.items() if field not in optional}
            described = _object(needed, {field: told[field] for field in sorted(optional)})
            self.types[name] = {"description": " ".join((kind.__doc__ or "").split()), **described}
        return {"$ref": f"#/$defs/{name}"}


def _object(needed: Schema, optional: Schema) -> Schema:
    properties = {**needed, **optional}
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _json_of(where: str) -> Any:
    """The type of what a Result's `json` gives."""
    module_name, _, name = where.partition(":")
    module = import_module(f"drafter.commands.{module_name}")
    return get_type_hints(getattr(module, name).json, None, _later(), include_extras=True)["return"]


def _later() -> dict[str, Any]:
    """The types modules name without importing them, to start faster."""
    from drafter.check.groups import GroupData
    from drafter.check.report import FindingData
    from drafter.check.tables.known import OwnTableData
    from drafter.commands.confirming import ToConfirmData

    outline = import_module("drafter.commands.outlines.as_data").OutlineData  # a command's, as those in RESULTS
    checked = import_module("drafter.commands.batch.proofreading").CheckedData
    kinds = (FindingData, GroupData, outline, OwnTableData, ToConfirmData, checked)
    return {kind.__name__: kind for kind in kinds}
