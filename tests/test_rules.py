"""Every rule fires on its samples, at exactly the words marked, and stays quiet on the others.

A sample is a fenced block of `tests/rules/NAME.md`, under `## fires` or `## quiet`. One line of it is one paragraph; `heading1｜`
before a line gives its role and level (body where there is none), `body:greeting｜` its role and part kind. In firing samples the
wrong words stand between ⟦ and ⟧ (⟦⟧ where something is missing). After the block, `→ …` gives what each finding puts instead,
in their order (none for findings that put nothing). Behind the opening ``` may stand `as_of=2026-11-22`, `genre=会议讲话`,
`minutes=20`; `text` has the roles recognised as in a text file.

`page` there gives the sample the looks of a Word document set by the standard, which rules on looks ask for; `paper=216x279`,
`margins=25,32,25,32` (top, right, bottom, left, in millimetres) and `unnumbered` say what is otherwise. Behind a role stands in
braces how the paragraph looks otherwise: `body{first=0 lead=□□ times=5}｜` (□ is a full-width blank; `times` repeats it). ‹宋体 14›
begins words in another type, ‹› ends them; ⏎ is a line break typed in.

A line `=== FILE` begins another paper that is looked at with the sample; its lines follow, their roles recognised as in a text file,
as are then those of the sample.

`last=KIND:WORDS:BEFORE:AFTER,KIND:WORDS::STATE` there tells what last year's paper said, `answers=` what this one answers.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from drafter.check.beside import OtherPaper
from drafter.check.rules import LEVELS, Speech, names, rule, run
from drafter.speech.block import Block, Line
from drafter.speech.draft import Span
from drafter.speech.last import STATES, LastFact, LastYear
from drafter.speech.page import Page, ParagraphLook, TypeRun
from drafter.speech.recognise import lines_of
from drafter.word.looks import Look

SAMPLES = Path(__file__).parent / "rules"


class Sample(NamedTuple):
    """A fenced block. `marks`: (line, start, end) of the wrong words; `instead`: what is to take their place."""

    rule: str
    fires: bool
    at: int
    speech: Speech
    marks: tuple[tuple[int, int, int], ...]
    instead: tuple[str, ...]


def samples(name: str) -> Iterator[Sample]:
    """The samples of one rule."""
    path = SAMPLES / f"{name}.md"
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    fires = None
    for found in re.finditer(r"^## (fires|quiet) *$|^```([^\n]*)\n(.*?)^``` *\n?((?:\s*^→[^\n]*\n?)*)", text, re.M | re.S):
        if found[1]:
            fires = found[1] == "fires"
            continue
        assert fires is not None, f"{path}: a sample above the first heading"
        marks, lines, looks = [], [], []
        own, *papers = re.split("^=== (.*)\n", found[3], flags=re.M)
        rows = [row for row in own.removesuffix("\n").split("\n") for _ in range(int((re.search(r"times=(\d+)", row) or "11")[1]))]
        for number, row in enumerate(rows):
            role = re.match(r"([a-z]+)(\d?)(?::([a-z]*))?(?:\{([^}]*)\})?｜", row)
            row = row[role.end() :] if role else row
            looks.append(look_of(role[1] if role else "body", role[4] or "" if role else "", re.sub("[⟦⟧]", "", row)))
            row = re.sub("‹[^›]*›|⏎", "", row)
            plain = ""
            for piece in re.split("([⟦⟧])", row):
                if piece == "⟦":
                    start = len(plain)
                elif piece == "⟧":
                    marks.append((number, start, len(plain)))
                else:
                    plain += piece
            lines.append(Line(plain, role[1], int(role[2] or 0), role[3] or "") if role else Line(plain))
        words = dict(word.partition("=")[::2] for word in found[2].split())
        speech = Speech(
            tuple(lines), date.fromisoformat(words.get("as_of", "2026-11-22")), words.get("genre", ""), float(words.get("minutes", 0))
        )
        if papers:
            beside = zip(papers[::2], papers[1::2], strict=True)
            speech = speech._replace(beside=tuple(OtherPaper(file, lines_of([Block("", (Span(row),)) for row in text.splitlines()])) for file, text in beside))
        if "text" in words or papers:
            speech = speech._replace(lines=lines_of([Block("", (Span(line.text),)) for line in lines]))
        if "last" in words:
            speech = speech._replace(last=LastYear(tuple(last_of(words["last"])), answers=frozenset(words.get("answers", "").split(","))))
        if "page" in words:
            speech = speech._replace(layout=page_of(words, looks))
        instead = tuple(re.findall(r"^→ ?(.*)$", found[4], re.M))
        yield Sample(name, fires, text.count("\n", 0, found.start()) + 1, speech, tuple(marks), instead)


def last_of(said: str) -> Iterator[LastFact]:
    """The facts of last year's paper a sample was written from."""
    for one in said.split(","):
        kind, words, *rest = one.split(":")
        if rest[-1:] and rest[-1] in STATES:
            yield LastFact(words, kind, state=rest[-1])
        else:
            yield LastFact(words, kind, *(rest or ("", "")))


def look_of(role: str, said: str, row: str) -> ParagraphLook:
    """How a paragraph of a sample looks."""
    given = dict(word.partition("=")[::2] for word in said.split())
    font = {"title": "方正小标宋简体", "heading": "黑体"}.get(role, "仿宋_GB2312")
    own = (given.get("font", font), given.get("size", "22" if role == "title" else "16"))
    types = []
    for inner, words in re.findall("(?:‹([^›]*)›)?([^‹]+)", row):
        name, size = inner.split() if inner else own
        types.append(TypeRun(words.replace("⏎", ""), name, Look(name).kind, float(size)))
    head = role in ("title", "subtitle", "dateline", "byline")
    return ParagraphLook(
        tuple(types),
        given.get("align", "center" if head else "right" if role == "signature" else "both"),
        float(given.get("first", 2 if role in ("body", "heading") else 0)),
        float(given.get("left", 0)),
        given.get("lead", "").replace("□", "\u3000").replace("→", "\t").replace("·", " "),
        tuple(re.sub("‹[^›]*›", "", row).split("⏎")),
        float(given.get("line", 28.95)),
        int(given.get("empty", 0)),
        given.get("style", "Normal"),
        "ours" in given,
        "aside" in given,
    )


def page_of(words: dict[str, str], looks: list[ParagraphLook]) -> Page:
    """The page of a sample."""
    width, height = map(float, words.get("paper", "210x297").split("x"))
    top, right, bottom, left = map(float, words.get("margins", "37,26,35,28").split(","))
    return Page(width, height, top, right, bottom, left, "unnumbered" not in words, tuple(looks))


ALL = [sample for name in names() for sample in samples(name)]


@pytest.mark.parametrize("sample", ALL, ids=lambda s: f"{s.rule}:{s.at}")
def test_a_rule_finds_exactly_the_words_marked(sample: Sample) -> None:
    found = sorted(rule(sample.rule).check(sample.speech), key=lambda f: (f.line, f.start, f.end))
    assert [(f.line, f.start, f.end) for f in found] == sorted(sample.marks), found
    assert tuple(f.instead for f in found if f.instead is not None) == sample.instead
    assert bool(found) is sample.fires


@pytest.mark.parametrize("sample", [s for s in ALL if s.fires], ids=lambda s: f"{s.rule}:{s.at}")
def test_a_safe_replacement_leaves_nothing_for_the_rule_to_find(sample: Sample) -> None:
    safe = [f for f in rule(sample.rule).check(sample.speech) if f.safe]
    lines = list(sample.speech.lines)
    for f in sorted(safe, reverse=True, key=lambda f: (f.line, f.start)):
        assert f.instead is not None
        text = lines[f.line].text
        lines[f.line] = lines[f.line]._replace(text=text[: f.start] + f.instead + text[f.end :])
    assert [f for f in rule(sample.rule).check(sample.speech._replace(lines=tuple(lines))) if f.safe] == []


@pytest.mark.parametrize("name", names())
def test_a_rule_tells_what_it_is_and_has_samples_of_both_kinds(name: str) -> None:
    one = rule(name)
    assert one.name == name
    assert one.level in LEVELS
    assert one.source
    assert re.search("^错：", one.doc, re.M), one.doc
    assert re.search("^对：", one.doc, re.M), one.doc
    assert {s.fires for s in ALL if s.rule == name} == {True, False}


@pytest.mark.parametrize("name", names())
def test_a_finding_names_its_rule_and_words_that_are_there(name: str) -> None:
    for sample in (s for s in ALL if s.rule == name):
        for f in rule(name).check(sample.speech):
            assert f.rule == name
            assert 0 <= f.start <= f.end <= len(sample.speech.lines[f.line].text)
            assert f.level in ("", *LEVELS)
            assert LEVELS.index(f.level or rule(name).level) >= LEVELS.index(rule(name).level)
            assert re.search("[。？！]$", f.message), f.message


@pytest.mark.parametrize("sample", [s for s in ALL if rule(s.rule).needs], ids=lambda s: f"{s.rule}:{s.at}")
def test_a_rule_finds_nothing_in_a_text_without_the_characters_it_needs(sample: Sample) -> None:
    needs = rule(sample.rule).needs
    for other in ("", "某"):
        lines = tuple(
            line._replace(text="".join(other if c in needs else c for c in line.text)) for line in sample.speech.lines
        )
        assert [*rule(sample.rule).check(sample.speech._replace(lines=lines))] == []


def test_every_file_of_samples_is_of_a_rule() -> None:
    assert {path.stem for path in SAMPLES.glob("*.md")} <= set(names())


def test_no_rule_minds_an_empty_speech() -> None:
    for lines in ((), (Line(""),), (Line("", "title"), Line("　", "heading", 1), Line("。"))):
        looks = tuple(ParagraphLook() for _ in lines)
        for name in names():
            for layout in (None, Page(), Page(0, 0, 0, 0, 0, 0, False, looks), Page(216, 279, paragraphs=looks)):
                list(rule(name).check(Speech(lines, date(2026, 11, 22), layout=layout)))


@pytest.mark.parametrize("sample", ALL, ids=lambda s: f"{s.rule}:{s.at}")
def test_no_two_rules_put_the_same_in_the_same_place(sample: Sample) -> None:
    done: dict[tuple[int, str], str] = {}
    twice = []
    for f in run(sample.speech):
        if f.instead is not None:
            text = sample.speech.lines[f.line].text
            other = done.setdefault((f.line, text[: f.start] + f.instead + text[f.end :]), f.rule)
            if other != f.rule:
                twice.append((other, f.rule, text[f.start : f.end], f.instead))
    assert twice == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("要加强法制建设，打造法制化营商环境。", ["careful-word", "wrong-formulation"]),
        ("要关心残废人的生活。", ["forbidden-word"]),
        ("要总览全局、协调各方。", ["wrong-character"]),
        ("维族和蒙族群众代表发了言。", ["forbidden-word", "forbidden-word"]),
        ("我们将一如继往地支持，安排布署好各项工作。", ["wrong-character", "wrong-character"]),
        ("坚定道路自信、理论自信、制度自信，深入学习贯彻党的二十大精神。", ["mixed-eras", "outdated-formulation"]),
    ],
)
def test_the_same_words_are_told_once(text: str, rules: list[str]) -> None:
    found = run(Speech((Line(text),), date(2026, 11, 22)), level="warning")
    assert [f.rule for f in found] == rules, found
