"""What of a document is still to be confirmed, and its confirming: one mark after another on a terminal, or by numbers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.next_step import as_typed
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.speech.spot import Spot, SpotData

if TYPE_CHECKING:
    from drafter.speech.block import Block
    from drafter.template.styles import Template
    from drafter.word.confirm import OpenMark
    from drafter.word.document import DocxFile
    from drafter.word.where import Finder

#: What stands for all marks of a file.
EVERYTHING = ("全部", "all")


class ToConfirmData(TypedDict):
    """Words somebody has to confirm, for programs: `paragraph` counts from 1, `note` is null where there is none."""

    words: str
    note: str | None
    paragraph: int
    context: str
    place: SpotData


class ToBeConfirmed(NamedTuple):
    """Words somebody has to confirm. `note` says what to look at, "" for nothing; `paragraph` counts from 1; `context` are
    the words with a few around them; `place` is where a person finds them."""

    words: str
    note: str
    paragraph: int
    context: str
    place: Spot = Spot()

    def json(self) -> ToConfirmData:
        """For programs."""
        return {
            "words": self.words,
            "note": self.note or None,
            "paragraph": self.paragraph,
            "context": self.context,
            "place": self.place.json(),
        }


class ConfirmedData(TypedDict):
    """Words somebody has confirmed: as they stood, and as they stand now."""

    words: str
    now: str


class Confirmed(NamedTuple):
    """The words that were confirmed, and the copy kept of the file as it was, "" for none."""

    words: tuple[ConfirmedData, ...] = ()
    backup: str = ""


class Judged(NamedTuple):
    """What somebody says of a mark: its number among those that are open, from 0, and its words as they are to be, None
    where they are right."""

    at: int
    words: str | None = None


#: Letters before and behind the words that are told with them.
_AROUND = 10


def to_confirm_in(
    blocks: "Sequence[Block]", template: "Template", kind: str, shown: "Sequence[Block] | None" = None
) -> tuple[ToBeConfirmed, ...]:
    """What a document of a kind, made of these paragraphs by a template, asks to have confirmed. `shown` are the paragraphs as
    they stand in it, None where that is the same."""
    shown = blocks if shown is None else shown
    placed = _placed(shown, template, kind)
    out = []
    for number, block in enumerate(blocks, 1):
        at = 0
        offset = 0
        for span, there in zip(block.spans, shown[number - 1].spans, strict=True):
            end = at + len(span.text)
            if span.confirm is not None:
                text, low, high = block.text, max(0, at - _AROUND), end + _AROUND
                around = f"{'…' if low else ''}{text[low:high]}{'…' if high < len(text) else ''}"
                place = placed(number - 1, offset)._replace(words=span.text)
                out.append(ToBeConfirmed(span.text, span.confirm, number, around.replace("\n", ""), place))
            at = end
            offset += len(there.text)
    return tuple(out)


def _placed(blocks: "Sequence[Block]", template: "Template", kind: str) -> Callable[[int, int], Spot]:
    """What says where a letter of a block is found in a document of a kind: on which page, in which line of a plain text, else in
    which of the paragraphs with words."""
    if kind in ("docx", "pdf"):
        from drafter.template.pages import laid_out

        flow = laid_out(blocks, template).flow

        def on_a_page(number: int, at: int) -> Spot:
            stands = flow.find(number, at)
            return Spot(page=stands.page, paragraph=stands.paragraph)

        return on_a_page

    def in_a_text(number: int, at: int) -> Spot:
        before = [block.text for block in blocks[:number]]
        if kind != "txt":
            return Spot(paragraph=sum(bool(text.strip()) for text in before) + 1, about=False)
        row = blocks[number].text[:at].split("\n")
        indent = round(template.style(blocks[number].role).indent_chars) if len(row) == 1 else 0
        line = sum(text.count("\n") + 1 for text in before) + len(row)
        return Spot(line=line, column=indent + len(row[-1]) + 1, about=False)

    return in_a_text


def still_to_confirm(file: "DocxFile", finder: "Finder") -> tuple[ToBeConfirmed, ...]:
    """What a document still asks to have confirmed."""
    from drafter.word.confirm import open_marks

    return tuple(ToBeConfirmed(m.words, m.note, m.paragraph, m.context, _place_of(m, finder)) for m in open_marks(file))


def _place_of(mark: "OpenMark", finder: "Finder") -> Spot:
    return finder.at(mark.stretch.paragraph, mark.stretch.start, mark.words)


def confirm_in(path: str, wanted: Sequence[str], ask: bool) -> Confirmed:
    """Confirm marks of a document and write it again: those `wanted` by their numbers, or all, or, with `ask`, one after
    another on the terminal. Raises Rejected for what is not there; KeyboardInterrupt where nothing was said."""
    from drafter.commands.changing import in_place

    return in_place(Path(path), lambda: _confirm_in(path, wanted, ask))


def _confirm_in(path: str, wanted: Sequence[str], ask: bool) -> Confirmed:
    from drafter.commands.changing import written_over
    from drafter.commands.drafts import open_draft
    from drafter.word.confirm import confirm, open_marks
    from drafter.word.where import Finder

    opened = open_draft(path)
    marks = open_marks(opened.file)
    if not marks:
        return Confirmed()
    said = _asked(marks, Finder(opened.file)) if ask else _wanted(path, marks, wanted)
    for answer in said:
        confirm(opened.file, marks[answer.at], answer.words)
    backup = ""
    if said:
        changed = any(answer.words not in (None, marks[answer.at].words) for answer in said)
        now = datetime.now().replace(microsecond=0)
        backup = written_over(Path(path), opened.raw, opened.file.data(now), keep=changed)
    words: tuple[ConfirmedData, ...] = tuple(
        {"words": marks[a.at].words, "now": marks[a.at].words if a.words is None else a.words} for a in said
    )
    return Confirmed(words, backup)


def _wanted(path: str, marks: "Sequence[OpenMark]", wanted: Sequence[str]) -> tuple[Judged, ...]:
    """The marks named: by numbers from 1, 2=words for other words, or all."""
    out: dict[int, Judged] = {}
    for said in wanted:
        number, gives, words = said.partition("=")
        if said.strip() in EVERYTHING:
            out |= {at: out.get(at, Judged(at)) for at in range(len(marks))}
            continue
        names = [name for one in number.replace("，", ",").replace("、", ",").split(",") if (name := one.strip())]
        for n, name in enumerate(names, 1):
            if not name.isdecimal() or not 0 < int(name) <= len(marks):
                told = f"没有第“{name}”处要核实的话，一共 {len(marks)} 处。"
                way = f"先看是哪几处：drafter status {as_typed(path)}；全部核实过：--confirmed all"
                raise Rejected(Diagnostic(told, Place(path), way, code="mark-not-there"))
            at = int(name) - 1
            out[at] = Judged(at, words.strip() if gives and n == len(names) else None)
    return tuple(out[at] for at in sorted(out))


def _asked(marks: "Sequence[OpenMark]", finder: "Finder") -> tuple[Judged, ...]:
    """What somebody says of the marks, asked one after another; as far as it went where he gave up."""
    from drafter.commands.prompt import Back, picked_of, typed_in

    rows = ["1. 对，已核实", "2. 改成……", "3. 跳过"]
    said: dict[int, Judged | None] = {}
    at = 0
    try:
        while at < len(marks):
            mark = marks[at]
            place = f"\n核实 {at + 1}/{len(marks)}"
            notes = [("class:dim", f"{_place_of(mark, finder)}：{mark.context}")]
            notes += [("class:dim", mark.note)] if mark.note else []
            try:
                chosen = picked_of(place, f"“{mark.words}”对不对？", notes, rows, 0, back=at > 0)
                words = None
                if chosen == 1:
                    words = typed_in(place, "改成什么？", notes, mark.words, long=False, back=True, open_to_none=False)
            except Back:
                at -= at > 0
                continue
            kept = chosen == 2 or (chosen == 1 and not (words or "").strip())
            said[at] = None if kept else Judged(at, words.strip() if words else None)
            at += 1
    except (KeyboardInterrupt, EOFError):
        if not any(said.values()):
            raise KeyboardInterrupt from None
    return tuple(answer for answer in said.values() if answer is not None)
