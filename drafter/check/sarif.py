"""check.sarif"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drafter.check.paper import STDIN
from drafter.check.report import Remark, remedy
from drafter.diagnostic import ADVICE, ERROR, WARNING

_SARIF_LEVELS = {ERROR: "error", WARNING: "warning", ADVICE: "note"}


def sarif(found: Sequence[Remark], version: str, properties: Mapping[str, object] = {}) -> dict[str, Any]:
    """The findings as a log of SARIF 2.1.0, columns in code points; `properties` are those of the run."""
    from urllib.parse import quote

    from drafter.check.rules import rule

    used = sorted({r.finding.rule for r in found})
    rules = []
    for name in used:
        one = rule(name)
        rules.append(
            {
                "id": name,
                "shortDescription": {"text": one.doc.strip().split("\n")[0]},
                "fullDescription": {"text": one.doc.strip()},
                "help": {"text": f"{one.doc.strip()}\n\n依据：{one.source}"},
                "defaultConfiguration": {"level": _SARIF_LEVELS[one.level]},
            }
        )
    results = []
    for r in found:
        f = r.finding
        file = "stdin" if r.place.file == STDIN else r.place.file
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file.replace("\\", "/"))}}
        if r.place.line:
            length = f.end - f.start
            region = {"startLine": r.place.line, "startColumn": r.place.column, "endColumn": r.place.column + length}
            physical["region"] = region
        result: dict[str, Any] = {
            "ruleId": f.rule,
            "ruleIndex": used.index(f.rule),
            "level": _SARIF_LEVELS[f.level],
            "message": {"text": " ".join(filter(None, (f.message, remedy(f))))},
            "locations": [
                {
                    "physicalLocation": physical,
                    "logicalLocations": [{"name": f"第 {r.paragraph} 段", "kind": "paragraph"}],
                }
            ],
        }
        if f.instead is not None and r.place.line:
            change = {"deletedRegion": physical["region"], "insertedContent": {"text": f.instead}}
            result["fixes"] = [
                {
                    "description": {"text": remedy(f)},
                    "artifactChanges": [{"artifactLocation": physical["artifactLocation"], "replacements": [change]}],
                }
            ]
        results.append(result)
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "drafter", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
                "properties": dict(properties),
            }
        ],
    }
