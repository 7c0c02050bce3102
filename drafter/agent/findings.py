"""What the proof-reader has on a file or a text, as a model is told it: where, which words, what instead, and why."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from drafter.agent.forms import listed
from drafter.commands.check import CheckRequest, check
from drafter.diagnostic import Rejected

LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议"}

#: Rules that speak of blanks: these are told by themselves.
OF_BLANKS = ("unanswered-blank",)

#: So many findings are given as data.
MOST = 60

#: The only file of a text that is none.
_TEXT = "文字.txt"


def findings_of(file: str, as_of: str = "") -> list[dict[str, object]]:
    """The findings on a file, the gravest first, without those on blanks. Raises Rejected where it cannot be read."""
    return _findings(CheckRequest((file,), ignore=OF_BLANKS, as_of=as_of))


def findings_in(text: str, folder: Path, level: str = "", as_of: str = "") -> list[dict[str, object]]:
    """The findings in a text, by the settings of a folder. Raises Rejected."""
    with TemporaryDirectory(prefix="drafter-") as place:
        file = Path(place, _TEXT)
        file.write_text(text, encoding="utf-8")
        return _findings(CheckRequest((str(file),), level=level, as_of=as_of, settings_of=str(folder)))


def _findings(request: CheckRequest) -> list[dict[str, object]]:
    [looked] = check(request).files
    if looked.exit_code:
        problems = (problem._replace(place=None) for problem in looked.problems)
        raise Rejected(*(problems if request.settings_of else looked.problems), exit_code=looked.exit_code)
    order = list(LEVELS)
    rows = sorted((remark.json() for remark in looked.remarks), key=lambda row: order.index(row["level"]))
    return [_row(row) for row in rows]


def _row(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "level": row["level"],
        "rule": row["rule"],
        "place": row["place"]["said"],
        "words": row["words"],
        "sentence": row["before"] + row["words"] + row["behind"],
        "suggestion": row["instead"],
        "others": row["suggestions"][1:4],
        "why": row["message"],
        "source": row["source"] or None,
        "safe": row["safe"],
    }


def findings_said(rows: list[dict[str, object]], head: str = "校对 {n} 处：", most: int = 20) -> str:
    """Findings in words."""
    return listed(rows, _said, head, most)


def _said(row: dict[str, object]) -> str:
    instead = f" → {row['suggestion']}" if row["suggestion"] else ""
    return f"{LEVELS[str(row['level'])]} {row['place']}“{row['words']}”{instead}：{row['why']}"


def stem_of(file: str) -> str:
    """A file's name without its folder and ending."""
    return os.path.splitext(os.path.basename(file))[0]
