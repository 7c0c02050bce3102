"""What the shipped outlines say of their own points, and a host of another's, agrees with what stands: whatever is picked.

To see what is wrong in some of them: python tests/test_library_counts.py [NAME…]
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from drafter.check.beside import OtherPaper
from drafter.check.rules import Speech, rule
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import Choice, open_outline
from drafter.commands.papers import read_file
from drafter.commands.together import together
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples
from drafter.outline.between import told_by
from drafter.outline.field import Value, save_form
from drafter.outline.passages import own_requirements

SHIPPED = Path(__file__).parent.parent / "outlines"
TODAY = "2026-11-23"
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}

#: A number before what points are called. Not: 第一条, 每一项, 一件件.
PROMISE = re.compile(
    r"(?<![第每哪任何同])([一两二三四五六七八九十]|\d+)个?(?:点|方面|句话|条|件事|项|道|问题|意见|要求|建议|希望|字|关)(?![一两二三四五六七八九十]?[条项件道字])"
)
ITEM = re.compile("^(?:[一二三四五六七八九十]+、|[一二三四五六七八九十]+要|第[一二三四五六七八九十]+[，、]|[一二三四五六七八九十]+是)")

#: How many drafts of each outline, with requirements picked at random, and how many pairs.
DRAWS, PAIRS = 12, 20


def _outlines() -> list[str]:
    return sorted(p.stem for p in SHIPPED.glob("*.yaml") if own_requirements(open_outline(str(p)).outline))


def _hosts() -> list[str]:
    return sorted(p.stem for p in SHIPPED.glob("*.yaml") if "讲话要点" in open_outline(str(p)).outline.fields)


OUTLINES, HOSTS = _outlines(), _hosts()
SPEECHES = [name for name in OUTLINES if name not in HOSTS]
PASSAGES = sorted(p.stem for p in (SHIPPED / "passages").glob("*.yaml"))


@cache
def _answers(name: str) -> dict[str, Value]:
    fields = open_outline(str(SHIPPED / f"{name}.yaml")).outline.fields
    said = examples(fields, date.fromisoformat(TODAY))
    return {n: f.choices[0] for n, f in fields.items() if f.choices} | said | {n: True for n, f in fields.items() if f.type == "yes/no"}


def _written(folder: Path, outlines: tuple[str, ...], choice: Choice) -> list[list[str]]:
    """The lines of each document; what one outline tells another is not answered."""
    opened = [open_outline(str(SHIPPED / f"{name}.yaml")).outline for name in outlines]
    without = told_by(opened) if len(opened) > 1 else {}
    fields = together(opened)
    answers = {k: v for name in reversed(outlines) for k, v in _answers(name).items() if k in fields and k not in without}
    path = folder / "a.json"
    path.write_text(json.dumps({n: save_form(v) for n, v in answers.items()}, ensure_ascii=False), encoding="utf-8")
    asked = NewRequest(
        tuple(str(SHIPPED / f"{name}.yaml") for name in outlines), (), answers=str(path), output=f"{folder}/", to="txt",
        force=True, date=TODAY, choice=choice,
    )
    done = new(asked)
    return [[line.strip() for line in Path(d.file).read_text(encoding="utf-8-sig").split("\n") if line.strip()] for d in done.documents]


def promised(lines: list[str]) -> tuple[int | None, int]:
    """The number the sentence before the first point says, None for none, and the number of points."""
    first = next((n for n, line in enumerate(lines) if ITEM.match(line)), None)
    if first is None:
        return None, 0
    found = ITEM.match(lines[first])
    assert found
    kind = re.sub("[一二三四五六七八九十]+", "N", found[0])
    count = sum(bool(m := ITEM.match(line)) and re.sub("[一二三四五六七八九十]+", "N", m[0]) == kind for line in lines[first:])
    lead = [s for s in re.split("(?<=[。！？])", lines[first - 1]) if s.strip()][-3:]
    said = PROMISE.findall(lead[-1]) or PROMISE.findall("".join(s for s in lead if re.search("讲|强调|谈|说", s)))
    numbers = [n for n in (DIGITS[w] if w in DIGITS else int(w) for w in said) if n > 1]
    return (numbers[-1] if numbers else None), count


def _choices(name: str) -> Iterator[Choice]:
    """Requirements at random, the same every time: passages and the outline's own, 2 to 6, in every form."""
    random = Random(f"picks of {name}")
    own = [str(n) for n in range(1, len(own_requirements(open_outline(str(SHIPPED / f"{name}.yaml")).outline)) + 1)]
    for _ in range(DRAWS):
        names = random.sample(PASSAGES, random.randint(1, 5)) + random.sample(own, random.randint(0, min(2, len(own))))
        random.shuffle(names)
        yield Choice(tuple(names), random.choice(["", "", "四四", "七字", "在上"]), random.random() < 0.5)


def _wrong(folder: Path, name: str) -> list[str]:
    """What is said of the points and is not so, in the outline as it is and with requirements picked."""
    out = []
    for choice in (Choice(), *_choices(name)):
        try:
            (lines,) = _written(folder, (name,), choice)
        except Rejected as error:
            out.append(f"{name} {','.join(choice.names)}: {error.diagnostics[0].message}")
            continue
        said, count = promised(lines)
        if said not in (None, count):
            out.append(f"{name} {','.join(choice.names)}: says {said}, has {count}")
    return out


def _pairs() -> list[tuple[str, str, Choice, bool]]:
    random = Random("pairs")
    out = []
    for n in range(PAIRS):
        speech = random.choice(SPEECHES)
        choice = Choice() if n % 3 == 0 else random.choice([*_choices(speech)])
        out.append((speech, HOSTS[n % len(HOSTS)], choice, random.random() < 0.5))
    return out


def _wrong_pair(folder: Path, speech: str, host: str, choice: Choice, host_first: bool) -> list[str]:
    order = (host, speech) if host_first else (speech, host)
    both = dict(zip(order, _written(folder, order, choice), strict=True))
    said, told = both[speech], "\n".join(both[host])
    out = []
    first = next((n for n, line in enumerate(said) if ITEM.match(line)), None)
    if first is not None:
        _, count = promised(said)
        kind = ITEM.match(said[first])
        assert kind
        numerals = re.compile("[一二三四五六七八九十]+")
        like = numerals.sub("N", kind[0])
        found = [(line, m[0]) for line in said[first:] if (m := ITEM.match(line))]
        points = [line.removeprefix(label) for line, label in found if numerals.sub("N", label) == like]
        counted = [n for n in PROMISE.findall(told.partition("讲话）")[2]) if DIGITS.get(n, 0) > 1]
        if counted and str(count) not in [str(DIGITS.get(n, n)) for n in counted]:
            out.append(f"{speech} + {host} {','.join(choice.names)}: the speech has {count} points, the host says {'、'.join(counted)}")
        missing = [p for p in points if not any(re.split("[，。：；]", p)[0][:4] in line for line in told.split("\n"))]
        if len(missing) == len(points):
            out.append(f"{speech} + {host} {','.join(choice.names)}: the host names none of {'、'.join(p[:6] for p in points)}")
        elif missing:
            out.append(f"{speech} + {host} {','.join(choice.names)}: the host leaves out {'、'.join(p[:6] for p in missing)}")
    out += [f"{speech} + {host}: 【{b}】 is asked again" for b in re.findall("【([^】]*)】", told) if b in ("会议名称", "讲话要点")]
    return out


@pytest.mark.parametrize("name", OUTLINES)
def test_the_number_said_is_the_number_there(tmp_path: Path, name: str) -> None:
    assert _wrong(tmp_path, name) == []


@pytest.mark.parametrize(("speech", "host", "choice", "host_first"), _pairs())
def test_a_host_sums_up_what_was_said(tmp_path: Path, speech: str, host: str, choice: Choice, host_first: bool) -> None:
    assert _wrong_pair(tmp_path, speech, host, choice, host_first) == []


def _lines(folder: Path, rows: list[str]) -> Speech:
    path = folder / "x.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    return read_file(str(path), None).paper.speech


def _told(folder: Path, script: list[str], speech: list[str]) -> list[str]:
    """What the proof-reader says of a script beside a speech."""
    paper = _lines(folder, script)._replace(beside=(OtherPaper("讲话.txt", _lines(folder, speech).lines),))
    return [f.message for name in ("points-told-wrong", "papers-disagree") for f in rule(name).check(paper)]


@pytest.mark.parametrize(("speech", "host", "choice", "host_first"), _pairs())
def test_the_proof_reader_has_nothing_against_what_was_filled_together(
    tmp_path: Path, speech: str, host: str, choice: Choice, host_first: bool
) -> None:
    order = (host, speech) if host_first else (speech, host)
    both = dict(zip(order, _written(tmp_path, order, choice), strict=True))
    assert _told(tmp_path, both[host], both[speech]) == []


@pytest.mark.parametrize("host", HOSTS)
def test_the_proof_reader_leaves_strangers_alone(tmp_path: Path, host: str) -> None:
    """Every speech beside a script of another meeting; where the examples have one name, what differs is told."""
    (script,) = _written(tmp_path, (host,), Choice())
    own = _answers(host).get("会议名称")
    told = {}
    for speech in SPEECHES:
        (lines,) = _written(tmp_path, (speech,), Choice())
        found = _told(tmp_path, script, lines) if f"在{own}上" not in lines[0] else []
        told |= {speech: found} if found else {}
    assert told == {}


if __name__ == "__main__":
    for name in sys.argv[1:] or OUTLINES:
        with tempfile.TemporaryDirectory() as place:
            sys.stdout.write("".join(f"{row}\n" for row in _wrong(Path(place), name)))
    for pair in _pairs() if not sys.argv[1:] else ():
        with tempfile.TemporaryDirectory() as place:
            sys.stdout.write("".join(f"{row}\n" for row in _wrong_pair(Path(place), *pair)))
