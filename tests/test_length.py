"""Long drafts: the work grows with their length, and no faster. Steps of Python are counted, not seconds."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from word import NOW

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.word.document import DocxFile

_TAIL = "各单位要把计划写清楚，把责任分到人，把时间定下来，做到件件有着落。"


def _draft(folder: Path, count: int, edit: Callable[[str], str], answered: bool) -> tuple[Path, Path]:
    """A draft of so many paragraphs with a field in each, edited by hand, and new answers to all."""
    fields = "".join(f"  空{n}: 填什么？\n" for n in range(count))
    text = "\n\n".join(f"      第{n}件，要抓好【空{n}】的落实。{_TAIL}" for n in range(count))
    outline, answers, path = folder / "提纲.yaml", folder / "回答.yaml", folder / f"讲话{count}.docx"
    outline.write_text(f"title: 讲话\nfields:\n{fields}speech:\n  - text: |\n{text}\n", encoding="utf-8")
    answers.write_text("".join(f"空{n}: 任务{n}\n" for n in range(count)), encoding="utf-8")
    new(NewRequest(outlines=(str(outline),), answers=str(answers) if answered else "", output=str(path), force=True))
    file = DocxFile(path.read_bytes(), path.name)
    file.put(file.main, edit(file.parts[file.main].decode()))
    path.write_bytes(file.data(NOW))
    answers.write_text("".join(f"空{n}: 新任务{n}甲\n" for n in range(count)), encoding="utf-8")
    return path, answers


#: What is counted beside drafter: what compares texts.
_COUNTED = "difflib.py"


def _steps(work: Callable[[], object]) -> int:
    """How many instructions of Python some work takes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.endswith(_COUNTED) and "drafter" not in frame.f_code.co_filename:
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _every_second_deleted(xml: str) -> str:
    rows = re.split(r"(?=<w:p>|<w:p )", xml)
    return "".join(row for at, row in enumerate(rows) if at % 2 == 0 or "落实" not in row or "sectPr" in row)


#: What a writer, or another program, has done to every paragraph.
EDITS: dict[str, Callable[[str], str]] = {
    "as it was made": lambda xml: xml,
    "reworded": lambda xml: xml.replace("各单位要", "各单位都要"),
    "with a remark in brackets": lambda xml: xml.replace("各单位要", "各单位都要【商办公室】"),
    "one typed behind each": lambda xml: xml.replace("</w:p>", "</w:p><w:p><w:r><w:t>自己加的。</w:t></w:r></w:p>"),
    "every second deleted": _every_second_deleted,
    "without bookmarks": lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml),
    "a revision in each": lambda xml: xml.replace(
        "各单位要",
        '</w:t></w:r><w:ins w:id="7" w:author="李"><w:r><w:t>好的</w:t></w:r></w:ins><w:r><w:t>各单位要',
    ),
}


@pytest.mark.parametrize(
    ("edit", "answered"),
    [(edit, True) for edit in EDITS] + [(edit, False) for edit in ("as it was made", "with a remark in brackets")],
)
def test_twice_the_paragraphs_are_twice_the_work(tmp_path: Path, edit: str, answered: bool) -> None:
    taken: dict[str, list[int]] = {"status": [], "update": []}
    for count in (8, 12, 24, 48):  # the first fills what is kept
        path, answers = _draft(tmp_path, count, EDITS[edit], answered)
        wanted = UpdateRequest(str(path), Against(answers=str(answers)), output=str(tmp_path / "新.docx"), force=True)
        taken["status"].append(_steps(lambda path=path: status(StatusRequest(str(path)))))
        taken["update"].append(_steps(lambda wanted=wanted: update(wanted)))
    grown = {name: (steps[3] - steps[2]) / (steps[2] - steps[1]) for name, steps in taken.items()}
    assert all(ratio < 2.3 for ratio in grown.values()), grown
