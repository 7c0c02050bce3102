"""What is safe put right in a file that was proof-read, and the file written back."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.papers import OpenedPaper, as_of_day, placed_in, read_docx
from drafter.outline import shelf
from drafter.readers.open import OUTLINE
from drafter.speech.spot import Spot, SpotData

if TYPE_CHECKING:
    from drafter.check.fixes import Replacement
    from drafter.check.kept import KeptFinding
    from drafter.check.paper import Paper
    from drafter.check.rules import Finding
    from drafter.outline.yaml import Source

    #: Looks at a paper.
    Found = Callable[[Paper], "FoundIn"]


class FoundIn(NamedTuple):
    """What is found in a paper: all of it, and what of it stands."""

    all: "tuple[Finding, ...]"
    standing: "tuple[Finding, ...]"


class Fixed(NamedTuple):
    """A replacement that was made, or would be; `decided`: somebody has said so, else it is safe; `place`: where a person finds
    it."""

    file: str
    line: int
    column: int
    was: str
    now: str
    rule: str
    decided: bool = False
    place: "SpotData | None" = None


class Wanted(NamedTuple):
    """What is to be put right in a file: all that is safe, and what somebody has decided. `decisions` say by the fingerprints
    of findings what takes the place of their words, None for one that stays as it is, even if it is safe; the fingerprints are
    those of the file once all else that is safe has been put right, as they are told of it then. `remember` are those that are to
    stay from now on. `keep`: of a Word file what it was stays beside it."""

    as_of: str
    minutes: float
    decisions: "Mapping[str, str | None]"
    remember: tuple[str, ...] = ()
    revisions: bool = False
    dry_run: bool = False
    keep: bool = True


class Mended(NamedTuple):
    """A file after it was put right: its paper, what was done, the decisions that could not be carried out (by their
    fingerprints), the text where it is standard input, "" else, the name of the copy of what was there, "" for none, and the
    places that are to be left from now on."""

    opened: OpenedPaper
    fixed: tuple[Fixed, ...] = ()
    undone: tuple[str, ...] = ()
    text: str = ""
    copy: str = ""
    remembered: "tuple[KeptFinding, ...]" = ()


def _over(name: str, was: bytes, data: bytes, keep: bool) -> str:
    from drafter.commands.changing import written_over

    return written_over(Path(name), was, data, keep=keep)


def mended(
    name: str, opened: OpenedPaper, found: "Found", wanted: Wanted, write: Callable[[str, bytes, bytes, bool], str] = _over
) -> Mended:
    """The file with everything put right that is wanted, and written back, if it is to be and something was: a Word file with a
    copy beside it. What a decision brings may be safe to put right in its turn. `write` writes these bytes over those that
    were read, and gives the name of the copy. Raises Rejected."""
    work = _Mending(name, opened, found, wanted)
    work.safe()
    undone = work.decided()
    if wanted.decisions:
        work.safe()
    now = work.now
    text = now.source.text if now.source is not None else ""
    copy = ""
    if work.done and name != "-" and not wanted.dry_run:
        if now.word is not None:
            copy = write(name, opened.data, work.data, wanted.keep)
            now = now._replace(data=work.data)
        else:
            write(name, opened.data, _written(opened.data, text), False)
    return Mended(now, tuple(work.done), undone, text if name == "-" else "", copy, work.remembered)


class _Mending:
    """A file on its way: its paper as it is by `now`, what was `done`, and the bytes of a Word file."""

    def __init__(self, name: str, opened: OpenedPaper, found: "Found", wanted: Wanted) -> None:
        self.name, self.now, self.found, self.wanted = name, opened, found, wanted
        self.data = opened.data
        self.done: list[Fixed] = []
        self.remembered: tuple[KeptFinding, ...] = ()
        self._seen: dict[str, Finding] = {}

    def safe(self) -> None:
        """Put right all that is safe, until nothing is left."""
        from drafter.check.fixes import MAX_ROUNDS, safe_among

        for number in range(MAX_ROUNDS):
            found = self.found(self.now.paper)
            if number == 0:  # the letters around it may be put right, so that it has another fingerprint then
                self._seen |= {known: f for known, f in self._named(found.all).items() if known in self.wanted.decisions}
            seen = set(map(_at, self._seen.values()))
            if not self._step(safe_among(f for f in found.standing if _at(f) not in seen), decided=False):
                break

    def decided(self) -> tuple[str, ...]:
        """Carry out what was decided; the fingerprints of what could not be."""
        if not (self.wanted.decisions or self.wanted.remember):
            return ()
        from drafter.check.fixes import Replacement
        from drafter.check.kept import places

        found = self.found(self.now.paper).all
        named = self._named(found)
        there = {_at(f): f for f in found}
        named = {known: there[_at(f)] for known, f in self._seen.items() if _at(f) in there} | named
        said = {known: instead for known, instead in self.wanted.decisions.items() if instead is not None}
        wanted = [Replacement(f, instead) for known, f in named.items() if (instead := said.get(known)) is not None]
        left = [named[known] for known in self.wanted.remember if known in named]
        self.remembered = places(self.now.paper.speech, left)
        made = {one.finding for one in self._step(wanted, decided=True)}
        return tuple(known for known in said if named.get(known) not in made)

    def _named(self, found: "Sequence[Finding]") -> "dict[str, Finding]":
        """The findings by their fingerprints; nobody asks for them where nothing was decided."""
        from drafter.check.report import remarks

        if not (self.wanted.decisions or self.wanted.remember):
            return {}
        return {r.fingerprint: r.finding for r in remarks(self.now.paper, found, self.name)}

    def _step(self, wanted: "Sequence[Replacement]", decided: bool) -> "tuple[Replacement, ...]":
        """Replace what can be of this; what was."""
        if not wanted:
            return ()
        made = self._in_word(wanted, decided) if self.now.word is not None else self._in_text(wanted, decided)
        self._seen = {known: _shifted(f, made) for known, f in self._seen.items()}
        return made

    def _in_word(self, wanted: "Sequence[Replacement]", decided: bool) -> "tuple[Replacement, ...]":
        from datetime import datetime

        from drafter.check.corrected import corrected
        from drafter.word.document import DocxFile

        assert self.now.word is not None
        file, elements = self.now.word
        lines = self.now.paper.speech.lines
        stamp = datetime.now().replace(microsecond=0)
        placed = placed_in(self.now)
        places = {r.finding: placed(r.finding, lines[r.finding.line].text[r.finding.start : r.finding.end]) for r in wanted} if placed else {}
        data, made = corrected(file, elements, self.now.paper, wanted, stamp, self.wanted.revisions, decided)
        for f, instead in made:
            was = lines[f.line].text[f.start : f.end]
            place = places[f].json() if f in places else None
            self.done.append(Fixed(self.name, f.line + 1, f.start + 1, was, instead, f.rule, decided, place))
        if made:
            self.data = data
            again = read_docx(DocxFile(data, self.name), as_of_day(self.wanted.as_of), self.wanted.minutes)
            self.now = self._like(self.now._replace(paper=again.paper, word=again.word, inner=again.inner))
        return made

    def _in_text(self, wanted: "Sequence[Replacement]", decided: bool) -> "tuple[Replacement, ...]":
        from drafter.check.fixes import Replacement, edited, edits, edits_of
        from drafter.outline.yaml import Source

        source = self.now.source
        assert source is not None
        changes = (
            edits_of(self.now.paper, wanted, source)
            if decided
            else edits(self.now.paper, [one.finding for one in wanted], source)
        )
        if not changes:
            return ()
        rows = edited(source.lines, changes)
        made = tuple(Replacement(edit.finding, edit.instead) for edit in changes if not edit.further)
        lines = self.now.paper.speech.lines
        for edit in changes:
            if not edit.further:
                was = lines[edit.finding.line].text[edit.finding.start : edit.finding.end]
                place = Spot(was, line=edit.line, column=edit.column, about=False).json()
                self.done.append(Fixed(source.file, edit.line, edit.column, was, edit.instead, edit.finding.rule, decided, place))
        as_of = as_of_day(self.wanted.as_of)
        self.now = self._like(_again(self.name, Source(source.file, "\n".join(rows)), self.now, as_of, self.wanted.minutes))
        return made

    def _like(self, opened: OpenedPaper) -> OpenedPaper:
        """A paper that was read again, with what was known of the papers beside it."""
        speech = opened.paper.speech._replace(beside=self.now.paper.speech.beside)
        return opened._replace(paper=opened.paper._replace(speech=speech))


def _at(f: "Finding") -> tuple[str, int, int]:
    """By what a finding is known in a text whose letters before it do not change."""
    return f.rule, f.line, f.start


def _shifted(f: "Finding", made: "Sequence[Replacement]") -> "Finding":
    """A finding where it stands once these replacements have been made."""
    before = [one for one in made if one.finding.line == f.line and one.finding.end <= f.start]
    by = sum(len(one.instead) - (one.finding.end - one.finding.start) for one in before)
    return f._replace(start=f.start + by, end=f.end + by)


def _again(name: str, source: "Source", before: OpenedPaper, as_of: date | None, minutes: float) -> OpenedPaper:
    """The paper of a changed text. An outline that cannot be read any more would be our fault: Rejected goes
    through."""
    from drafter.check.paper import paper_of_draft, paper_of_text

    today = date.today()
    if Path(name).suffix.lower() not in OUTLINE.suffixes:
        return before._replace(paper=paper_of_text(source, as_of, today, minutes), source=source)
    from drafter.outline.answers import examples
    from drafter.outline.fill import fill
    from drafter.outline.parse import parse

    outline, _ = parse(source, shelf.load)
    paper = paper_of_draft(fill(outline, examples(outline.fields, as_of or today)), outline, as_of, today, minutes)
    return before._replace(paper=paper, source=outline.source)


def _written(before: bytes, text: str) -> bytes:
    """The text in the encoding, with the BOM and with the line ends of the bytes it was read from."""
    encoding = "utf-8"
    if before.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if before.startswith(b"\xff\xfe") else "utf-16-be"
        bom = before[:2]
    else:
        bom = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        try:
            before.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "gb18030"
    was = before[len(bom) :].decode(encoding)
    ends = re.findall("\r\n|[\r\n\x85\u2028\u2029]", was)
    rows = text.split("\n")
    return bom + "".join(row + end for row, end in zip(rows, [*ends, ""], strict=True)).encode(encoding)


def annotate(
    name: str, target: Path, opened: OpenedPaper, found: "tuple[Finding, ...]", *, revisions: bool, force: bool
) -> None:
    """Write the document to `target` with its findings as comments; with `revisions`, those that can be mended safely as tracked
    changes."""
    from datetime import datetime

    from drafter.check.annotate import annotated
    from drafter.check.corrected import corrected
    from drafter.check.fixes import safe_among
    from drafter.check.tables.known import known
    from drafter.commands.saving import save

    assert opened.word is not None
    file, elements = opened.word
    now = datetime.now().replace(microsecond=0)
    safe = [f for f in found if revisions and f.safe and f.instead is not None]
    speech = opened.paper.speech
    known_up_to = known()
    later = speech.dated and speech.as_of > known_up_to.day
    summary = known_up_to.said([speech.as_of] if later else [])
    data = annotated(file, elements, opened.paper, [f for f in found if f not in safe], now, summary)
    if safe:
        data, _ = corrected(file, elements, opened.paper, safe_among(safe), now, True)
    save(target, data, force=force, inputs=[Path(name)])
