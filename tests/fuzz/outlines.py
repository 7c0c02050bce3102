"""An outline: read, checked, filled with its examples, set, written as .docx and proof-read; written anew it is the same."""

from datetime import datetime

from drafter.check.paper import check, paper_of_draft
from drafter.check.settings import Settings
from drafter.commands.opening import blocks_of, open_template
from drafter.commands.rendering import render
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import decode
from drafter.speech.draft import plain
from drafter.writers import Properties
from fuzz.targets import TODAY, nothing, told


def one(data: bytes) -> None:
    """Any bytes as an outline."""
    try:
        _made(data)
    except Rejected as error:
        told(error)


def _made(data: bytes) -> None:
    source, _ = decode(data, "提纲.yaml")
    outline, remarks = parse(source, nothing)
    for problem in (*remarks, *lint(outline, TODAY)):
        problem.text()
    draft = fill(outline, examples(outline.fields, TODAY))
    dress = open_template("speech")
    blocks = blocks_of(draft, dress)
    written = render(blocks, dress.template, "docx", Properties(datetime(2026, 11, 22), plain(draft.title)))
    assert written
    if len(source.text) < 2_000:
        check(paper_of_draft(draft, outline, None, TODAY, 0), Settings())
