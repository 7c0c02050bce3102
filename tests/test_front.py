"""The front of a paper: fronts of our own, labelled row by row."""

from pathlib import Path

import pytest

from drafter.speech.block import Block
from drafter.speech.by_words import tell
from drafter.speech.draft import Span
from drafter.speech.recognise import recognise
from drafter.speech.rows import rows_of

#: What a front goes on with.
BODY = [
    "这项工作开展以来，各级各部门认真负责，做了大量艰苦细致的工作，取得了明显的成效。",
    "一、统一思想认识",
    "要把思想统一到上级的部署上来，把力量凝聚到各项任务的落实上来。",
    "二、加强组织领导",
    "各单位主要负责同志要亲自抓，分管负责同志要具体抓，一级抓一级，层层抓落实。",
]


def fronts() -> list[tuple[str, list[tuple[str, str]]]]:
    """(name, rows as (role, text)) of every front; `body` is the first paragraph, `run-in` one that begins with a
    greeting."""
    text = (Path(__file__).parent / "fronts" / "fronts.txt").read_text(encoding="utf-8")
    found = []
    for part in text.split("## ")[1:]:
        name, *rows = part.rstrip().split("\n")
        found.append((name, [(role, words) for role, _, words in (row.partition("\t") for row in rows)]))
    return found


def roles_of(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    texts = [words for _, words in rows]
    told = tell(rows_of([Block("", (Span(text),), f"line.{n}") for n, text in enumerate([*texts, *BODY], 1)], {}))
    front = ("noise", "title", "subtitle", "dateline", "byline")
    out = []
    for (wanted, text), said in zip(rows, told, strict=False):
        role = said.kind if said.kind in front else "body"
        if said.kind == "greeting":
            role = "greeting" if said.alone else "run-in"
        if said.kind == "text" and wanted == "text":
            role = "text"
        out.append((role, text))
    assert all(said.kind not in (*front, "greeting") for said in told[len(rows) :])
    return out


@pytest.mark.parametrize("front", fronts(), ids=lambda front: front[0])
def test_every_row_of_a_front_is_told(front: tuple[str, list[tuple[str, str]]]) -> None:
    assert roles_of(front[1]) == front[1]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("在全县林业工作会议上的讲话　同志们：", ["在全县林业工作会议上的讲话", "同志们："]),
        ("在全县林业工作会议上的讲话 县长　罗立新 同志们：", ["在全县林业工作会议上的讲话", "县长　罗立新", "同志们："]),
        ("开学典礼致辞（2026年9月1日） 老师们、同学们：", None),
        ("开学典礼致辞　（2026年9月1日）　老师们、同学们：", ["开学典礼致辞", "（2026年9月1日）", "老师们、同学们："]),
        ("我们听了他的报告 同志们，心里都很激动。", None),
        ("在全县林业工作会议上的讲话　要点如下：", None),
    ],
)
def test_a_title_and_a_salutation_in_one_line_are_told_apart(line: str, pieces: list[str] | None) -> None:
    blocks = [Block("", (Span(text),), f"line.{n}") for n, text in enumerate([line, *BODY], 1)]
    texts = [row.text for row in rows_of(blocks, {})][: -len(BODY)]
    assert texts == (pieces or [line])
    draft = recognise(blocks)
    assert list(draft.shared) == (pieces or [])
    if pieces:
        assert "".join(span.text for span in draft.title) == pieces[0]
        assert draft.parts[0].kind == "greeting"
