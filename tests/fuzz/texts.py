"""A speech as .txt, .md or .html: read, recognised, proof-read, made an outline that gives it back, set anew."""

from drafter.analysis.extract import extract
from drafter.analysis.facts import find_facts
from drafter.check.paper import check, paper_of_text
from drafter.check.report import remarks
from drafter.check.settings import Settings
from drafter.commands.opening import blocks_of, open_template
from drafter.diagnostic import ADVICE, Rejected
from drafter.outline.yaml import decode
from drafter.readers.open import HTML, MARKDOWN, TEXT, kind_of
from drafter.speech.recognise import recognise
from fuzz.targets import TODAY, Choices, told

KINDS = (TEXT, MARKDOWN, HTML)


def one(data: bytes) -> None:
    """The first byte says what kind of file the others are, and what is done to it."""
    choices = Choices(data[:1])
    kind, work = choices.of(KINDS), data[0] // len(KINDS) % 3 if data else 0
    try:
        _used(f"讲话{kind.suffixes[0]}", data[1:], work)
    except Rejected as error:
        told(error)


def _used(name: str, data: bytes, work: int) -> None:
    kind, _ = kind_of(name, data)
    if work == 0:
        paper = paper_of_text(decode(data, name)[0], None, TODAY, 0)
        for remark in remarks(paper, check(paper, Settings(level=ADVICE)), name):
            remark.shown().text()
        return
    if kind.read is None or kind not in KINDS:
        return
    reading = kind.read(data, name)
    draft = recognise(reading.blocks, reading.hints)
    if work == 1:
        extract(draft, find_facts(draft, {}, False), name=name)
    else:
        blocks_of(draft, open_template("speech"))
