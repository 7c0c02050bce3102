"""Findings as a log of SARIF 2.1.0, the form in which platforms show them beside a text:
https://docs.oasis-open.org/sarif/sarif/v2.1.0. Rules have their page in Markdown and no address, for the manual is nowhere but in
the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from drafter.check.kinds import kind_of
from drafter.check.paper import STDIN
from drafter.check.report import Remark, remedy
from drafter.check.rules import rule
from drafter.diagnostic import ADVICE, ERROR, WARNING

_SARIF_LEVELS = {ERROR: "error", WARNING: "warning", ADVICE: "note"}

#: What a finding is known by in every version of a text; the number goes up when it is reckoned otherwise.
FINGERPRINT = "drafterFinding/v1"


class LoggedFinding(NamedTuple):
    """A finding in a log: somebody has decided to leave it (`kept`), or the base draft has it (`known`)."""

    remark: Remark
    kept: bool = False
    known: bool = False


#: What stands before the run of a log.
HEAD = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}


class SarifRun:
    """The run of a log while its results come: of all of them it keeps the rules they are of. `since`: it was looked at against
    a base draft. Columns are in code points; what was left out of the report is in it, marked as suppressed or as unchanged."""

    def __init__(self, since: bool = False) -> None:
        self._since = since
        self._used: dict[str, int] = {}

    def result(self, one: LoggedFinding) -> dict[str, Any]:
        """A finding as a result."""
        rule_name = one.remark.finding.rule
        result = _result(one.remark, self._used.setdefault(rule_name, len(self._used)))
        if self._since:
            result["baselineState"] = "unchanged" if one.known else "new"
        reason = {"kind": "external", "status": "accepted", "justification": "看过，不改"}
        result["suppressions"] = [reason] if one.kept else []  # 3.27.23: where one result says so, all do
        return result

    def rest(self, version: str, properties: Mapping[str, object] = {}) -> dict[str, Any]:
        """What the run has beside its results, once all have come; `properties` are its own."""
        return {
            "tool": {"driver": {"name": "drafter", "version": version, "rules": _rules([*self._used])}},
            "columnKind": "unicodeCodePoints",
            "properties": dict(properties),
        }


def sarif(
    found: Sequence[LoggedFinding], version: str, properties: Mapping[str, object] = {}, since: bool = False
) -> dict[str, Any]:
    """The log of findings that are all there."""
    run = SarifRun(since)
    results = [run.result(one) for one in found]
    return {**HEAD, "runs": [{"results": results, **run.rest(version, properties)}]}


def _rules(used: Sequence[str]) -> list[dict[str, Any]]:
    """The rules that have found something, each with its page."""
    out = []
    for name in used:
        one = rule(name)
        doc = one.doc.strip()
        first, _, rest = doc.partition("\n")
        examples = rest.strip().replace("\n错：", "\n\n错：").replace("\n对：", "\n\n对：")
        row = {
            "id": name,
            "shortDescription": {"text": first},
            "fullDescription": {"text": doc},
            "help": {
                "text": f"{doc}\n\n依据：{one.source}",
                "markdown": f"**{first}**\n\n{examples}\n\n依据：{one.source}\n\n`drafter help {name}`",
            },
            "defaultConfiguration": {"level": _SARIF_LEVELS[one.level]},
            "properties": {"tags": [kind_of(name)]},
        }
        out.append(row)
    return out


def _result(r: Remark, number: int) -> dict[str, Any]:
    f = r.finding
    physical = _physical(r)
    properties: dict[str, object] = {"kind": kind_of(f.rule)}
    result: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": number,
        "level": _SARIF_LEVELS[f.level],
        "message": {"text": " ".join(filter(None, (f.message, remedy(f))))},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"name": r.place.said or f"第 {r.paragraph} 段", "kind": "paragraph"}],
            }
        ],
        "partialFingerprints": {FINGERPRINT: r.fingerprint},
        "properties": properties,
    }
    if f.other is not None:
        result["relatedLocations"] = [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": {"uri": quote(f.other.file.replace("\\", "/"), errors="surrogateescape")}},
                "logicalLocations": [{"name": f"第 {f.other.paragraph} 段", "kind": "paragraph"}],
                "message": {"text": f.other.words},
            }
        ]
    if f.odds is not None:
        properties["odds"] = f.odds
        result["rank"] = round(100 * f.odds / (1 + f.odds), 1)
    if f.instead is not None and r.place.line:
        change = {"deletedRegion": physical["region"], "insertedContent": {"text": f.instead}}
        result["fixes"] = [
            {
                "description": {"text": remedy(f)},
                "artifactChanges": [{"artifactLocation": physical["artifactLocation"], "replacements": [change]}],
            }
        ]
    return result


def _physical(r: Remark) -> dict[str, Any]:
    """The file of a finding and the region in it, where it stands in a line."""
    file = "stdin" if r.place.file == STDIN else r.place.file
    out: dict[str, Any] = {"artifactLocation": {"uri": quote(file.replace("\\", "/"), errors="surrogateescape")}}
    if r.place.line:
        length = r.finding.end - r.finding.start
        out["region"] = {
            "startLine": r.place.line, "startColumn": r.place.column, "endColumn": r.place.column + length,
        }  # fmt: skip
    return out
