"""What the proof-reader found, as a margin beside the pages shows it: a card for every finding, and the paragraphs of the paper cut
at the words the findings are about. For files that were looked at (`drafter.commands.check`, with `text`), and for drafts
that are no file yet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.report import Remark as Remark
from drafter.diagnostic import ADVICE, ERROR, WARNING

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding
    from drafter.speech.block import Block, Line
    from drafter.speech.draft import Span

#: More cards than this nobody goes through: the gravest are shown, and how many are not is told.
MOST_CARDS = 500

#: What the levels are called.
LEVEL_WORDS = {ERROR: "错误", WARNING: "提醒", ADVICE: "建议"}


#: The kind of what is found fault with in how a paper looks (`drafter.check.kinds`).
LOOKS = "版式"


class Verdict(NamedTuple):
    """What somebody has decided of a finding: `words` take the place of its words ("" for nothing), None: they stay; `never`:
    from now on."""

    words: str | None
    never: bool = False


class MarginCard(NamedTuple):
    """A finding beside its line. `number` counts from 1; `known` is its fingerprint; `level` is "error", "warning" or "advice";
    `before` and `behind` are what stands around its words in their sentence; `why` is the rule's explanation, a paragraph each;
    `where` is the place in words, "" for the paper as a whole; `row`, `start` and `end` are where its words stand, from 0, in a draft in
    the text of that block without line breaks; `alike` are the numbers of all that are the same fault, itself too, and `same_rule`
    those of its rule. `field` is the answer its words stand in, "" for none. `verdict` is None where nobody has decided."""

    number: int
    known: str
    level: str
    kind: str
    rule: str
    message: str
    words: str
    before: str
    behind: str
    suggestions: tuple[str, ...]
    safe: bool
    sure: str
    why: tuple[str, ...]
    source: str
    where: str
    row: int
    start: int
    end: int
    alike: tuple[int, ...] = ()
    same_rule: tuple[int, ...] = ()
    field: str = ""
    verdict: Verdict | None = None

    @property
    def level_word(self) -> str:
        """What its level is called."""
        return LEVEL_WORDS[self.level]

    @property
    def changed(self) -> bool:
        """Whether somebody has put something in the place of its words."""
        return self.verdict is not None and self.verdict.words is not None


class FaultWords(NamedTuple):
    """Words that stand under the same findings: `of` are their numbers, `level` the gravest of those nobody has decided on, "" where
    all are; `begins` those whose words begin here. `gone`: somebody has put something else in their place; `new`: they are what
    was put there; `look`: nothing but their looks is found fault with."""

    text: str
    of: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    level: str = ""
    gone: bool = False
    new: bool = False
    look: bool = False


class MarkedParagraph(NamedTuple):
    """A paragraph of the paper: what it is (a role of `drafter.speech.block.Line`, with the level of a heading behind it: heading1),
    its words, and the cards that belong beside it."""

    look: str
    pieces: tuple[FaultWords, ...]
    cards: tuple[MarginCard, ...] = ()


class MarkedPage(NamedTuple):
    """The paragraphs that begin on a page, which counts from 1."""

    number: int
    paragraphs: tuple[MarkedParagraph, ...]


class Margin(NamedTuple):
    """The cards in the order of the text, and how many findings there are no cards for."""

    cards: tuple[MarginCard, ...]
    more: int = 0

    @property
    def open(self) -> tuple[MarginCard, ...]:
        """Those nobody has decided on."""
        return tuple(card for card in self.cards if card.verdict is None)

    @property
    def levels(self) -> dict[str, int]:
        """How many nobody has decided on, by level, the gravest first."""
        counts = Counter(card.level for card in self.open)
        return {level: counts[level] for level in LEVEL_WORDS if counts[level]}

    @property
    def kinds(self) -> dict[str, int]:
        """How many nobody has decided on, by kind, the most first."""
        return dict(Counter(card.kind for card in self.open).most_common())

    @property
    def safe(self) -> int:
        """How many can be put right without looking."""
        return sum(card.safe and bool(card.suggestions) for card in self.open)

    @property
    def changed(self) -> int:
        """How many somebody has put something in the place of."""
        return sum(card.changed for card in self.cards)

    @property
    def left(self) -> int:
        """How many somebody has decided to leave."""
        return sum(card.verdict is not None and not card.changed for card in self.cards)


def margin_of(remarks: Sequence[Remark], verdicts: Mapping[str, Verdict] = {}) -> Margin:
    """The margin of findings that stand in the order of the text."""
    from drafter.check.groups import same_fault

    shown = sorted(_gravest(remarks), key=lambda pair: pair[0])
    faults: dict[tuple[object, ...], list[int]] = {}
    by_rule: dict[str, list[int]] = {}
    for number, (_, r) in enumerate(shown, 1):
        faults.setdefault(same_fault(r.finding, r.words), []).append(number)
        by_rule.setdefault(r.finding.rule, []).append(number)
    cards = []
    for number, (_, r) in enumerate(shown, 1):
        alike = faults[same_fault(r.finding, r.words)]
        card = _card(number, r, verdicts.get(r.fingerprint))
        cards.append(card._replace(alike=tuple(alike), same_rule=tuple(by_rule[r.finding.rule])))
    return Margin(tuple(cards), len(remarks) - len(cards))


def _gravest(remarks: Sequence[Remark]) -> list[tuple[int, Remark]]:
    """As many as there may be cards, with their numbers: the gravest, and of those the first."""
    levels = list(LEVEL_WORDS)
    numbered = list(enumerate(remarks))
    return sorted(numbered, key=lambda pair: levels.index(pair[1].finding.level))[:MOST_CARDS]


def _card(number: int, r: Remark, verdict: Verdict | None) -> MarginCard:
    from drafter.check.kinds import kind_of
    from drafter.check.report import sureness
    from drafter.check.rules import rule

    f = r.finding
    where = f"第 {r.place.line} 行" if r.unit == "行" and r.words else r.place.said
    return MarginCard(
        number=number,
        known=r.fingerprint,
        level=f.level,
        kind=kind_of(f.rule),
        rule=f.rule,
        message=f.message,
        words=r.words,
        before=r.before,
        behind=r.behind,
        suggestions=r.suggestions,
        safe=f.safe,
        sure=sureness(f),
        why=tuple(row for row in rule(f.rule).doc.strip().split("\n") if row),
        source=r.source,
        where=where,
        row=f.line,
        start=f.start,
        end=f.end,
        verdict=verdict,
    )


# ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Pressed(NamedTuple):
    """What somebody presses at a finding. `do` is "to:WORDS" (these take the place of its words), "own" (those of `own` do), "stay",
    "never" (it stays from now on), "back" (nobody has decided any more), or "safe": all that is safe is put right. `known` is its
    fingerprint; `alike`: it holds for all that are the same fault."""

    do: str
    known: str = ""
    alike: bool = False
    own: str = ""


def decided(margin: Margin, pressed: Pressed) -> tuple[tuple[MarginCard, Verdict | None], ...]:
    """What is then decided of which findings, None for nothing any more; no findings where what was pressed means nothing here."""
    do = pressed.do
    if do == "safe":
        return tuple((card, Verdict(card.suggestions[0])) for card in margin.open if card.safe and card.suggestions)
    card = next((one for one in margin.cards if one.known == pressed.known), None)
    if card is None:
        return ()
    verdict: Verdict | None = None
    if do in ("stay", "never"):
        verdict = Verdict(None, never=do == "never")
    elif do != "back":
        words = pressed.own.strip() if do == "own" else do.removeprefix("to:")
        if not (do.startswith("to:") or (do == "own" and words)) or words == card.words:
            return ()
        verdict = Verdict(words)
    numbers = card.alike if pressed.alike else (card.number,)
    return tuple((one, verdict) for one in margin.cards if one.number in numbers)


def marked_pages(lines: "Sequence[Line]", pages: Sequence[int], margin: Margin) -> tuple[MarkedPage, ...]:
    """The paragraphs of a paper on their pages, cut at the words of its findings. `pages` are those the paragraphs begin on, ()
    where nobody knows: they are reckoned then."""
    beside: dict[int, list[MarginCard]] = {}
    for card in margin.cards:
        beside.setdefault(card.row, []).append(card)
    out: dict[int, list[MarkedParagraph]] = {}
    last = 1
    for n, (line, page) in enumerate(zip(lines, pages or _reckoned(lines), strict=True)):
        last = max(last, page)  # what is nobody knows where stands with what is before it
        out.setdefault(last, []).append(marked_paragraph(line, beside.get(n, ())))
    return tuple(MarkedPage(number, tuple(rows)) for number, rows in out.items())


def _reckoned(lines: "Sequence[Line]") -> list[int]:
    """The pages the paragraphs of a text begin on when it is set as a speech is."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.speech.block import Block
    from drafter.speech.draft import Span
    from drafter.template.pages import laid_out

    roles = {"title": "标题", "subtitle": "副标题", "dateline": "题注", "byline": "题注"}
    template = open_template(DEFAULT_TEMPLATE).template
    known = {style.role for style in template.styles}
    blocks = [Block(role if (role := roles.get(line.role, "正文")) in known else "正文", (Span(line.text),)) for line in lines]
    found = laid_out(blocks, template).flow.found
    return [found[n].starts[0][1] for n in range(len(blocks))]


def marked_paragraph(line: "Line", cards: Sequence[MarginCard]) -> MarkedParagraph:
    """A paragraph cut at the words its cards are about."""
    look = f"heading{min(line.level, 4)}" if line.role == "heading" and line.level else line.role
    text = line.text
    cuts = sorted({0, len(text), *(at for card in cards for at in (card.start, card.end) if at < len(text))})
    put: dict[int, list[MarginCard]] = {}
    for card in cards:
        if card.changed:
            put.setdefault(card.end, []).append(card)
    pieces: list[FaultWords] = []
    for start, end in pairwise(cuts):
        of = [card for card in cards if card.start <= start and end <= card.end and card.end > card.start]
        waiting = [card.level for card in of if card.verdict is None]
        level = min(waiting, key=list(LEVEL_WORDS).index, default="")
        pieces.append(
            FaultWords(
                text=text[start:end],
                of=tuple(card.number for card in of),
                begins=tuple(card.number for card in of if card.start == start),
                level=level,
                gone=any(card.changed for card in of),
                look=bool(of) and all(card.kind == LOOKS for card in of),
            )
        )
        for card in put.get(end, ()):
            assert card.verdict is not None
            pieces.append(FaultWords(text=card.verdict.words or "", of=(card.number,), new=True))
    return MarkedParagraph(look, tuple(piece for piece in pieces if piece.text), tuple(cards))


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def carried_out(remarks: Iterable[Remark], verdicts: Mapping[str, Verdict]) -> dict[str, str | None]:
    """What `check` is to do with every finding, by its fingerprint: nothing that nobody has decided on is changed."""
    return {r.fingerprint: verdicts[r.fingerprint].words if r.fingerprint in verdicts else None for r in remarks}


def kept_places(lines: "Sequence[Line]", remarks: Iterable[Remark], known: Iterable[str]) -> "tuple[KeptFinding, ...]":
    """The places of findings that are to stay from now on, named by their fingerprints."""
    from drafter.check.kept import place_of_kept

    wanted = frozenset(known)
    found = (r.finding for r in remarks if r.fingerprint in wanted)
    return tuple(place_of_kept(f.rule, lines[f.line].text if lines else "", f.start, f.end) for f in found)


# ── drafts that are no file yet ────────────────────────────────────────────────────────────────────────────────────


def margin_of_draft(
    blocks: "Sequence[Block]",
    verdicts: Mapping[str, Verdict] = {},
    as_of: date | None = None,
    others: Mapping[str, "Sequence[Block]"] = {},
) -> Margin:
    """The margin of a draft as it is set. Its findings are known by the same fingerprints as those of the Word file made of it. What
    is to be filled is yellow already: no card speaks of it. `others` are the other papers of its meeting, by what they are called.
    Raises Rejected where the settings cannot be read."""
    from drafter.check.beside import OtherPaper, is_script
    from drafter.check.paper import check, paper_of_blocks
    from drafter.check.report import on_a_blank, remarks
    from drafter.commands.settings import checks
    from drafter.speech.recognise import lines_of

    paper = paper_of_blocks(blocks, as_of, date.today())
    if others and is_script(paper.speech.lines):
        beside = tuple(OtherPaper(name, lines_of(other)) for name, other in others.items())
        paper = paper._replace(speech=paper.speech._replace(beside=beside))
    settings = checks(Path("."), strange=True)
    found = check(paper, settings)
    lines = paper.speech.lines
    found = tuple(f for f in found if not lines or not on_a_blank(lines[f.line].text, f))
    margin = margin_of(remarks(paper, found, ""), verdicts)
    worded = [at for at, block in enumerate(blocks) if block.text.strip()]
    return margin._replace(cards=tuple(_in_blocks(card, blocks, worded, lines) for card in margin.cards))


def _in_blocks(card: MarginCard, blocks: "Sequence[Block]", worded: Sequence[int], lines: "Sequence[Line]") -> MarginCard:
    """A card with its place in the blocks."""
    if card.row >= len(worded):
        return card
    at = worded[card.row]
    breaks = lines[card.row].text.count("\n", 0, card.start), lines[card.row].text.count("\n", 0, card.end)
    card = card._replace(row=at, start=card.start - breaks[0], end=card.end - breaks[1])
    return card._replace(where=f"第 {worded.index(at) + 1} 段", field=_answer_at(blocks[at].spans, card.start, card.end))


def _answer_at(spans: "Sequence[Span]", start: int, end: int) -> str:
    """The answer that has these words in it, "" where they stand in none or go over its edge."""
    at = 0
    for span in spans:
        low, at = at, at + len(span.text.replace("\n", ""))
        if low <= start and end <= at and end > start:
            return span.field.partition("#")[0] if span.blank and span.answered and not span.computed else ""
    return ""


def answer_changed(
    answer: str, wanted: Iterable[tuple[MarginCard, str]], blocks: "Sequence[Block]"
) -> str | None:
    """The answer some cards' words stand in with other words in their place; None where it stands otherwise in the paper than it was
    typed (a day, a figure), or has its words several times and nobody can say which are meant."""
    edits: dict[tuple[int, int], str] = {}
    for card, words in wanted:
        at = 0
        for span in blocks[card.row].spans:
            text = span.text.replace("\n", "")
            low, at = at, at + len(text)
            if low <= card.start and card.end <= at:
                begun = answer.find(text)
                if begun < 0 or answer.count(text) > 1:
                    return None
                edits.setdefault((begun + card.start - low, begun + card.end - low), words)
                break
    for (start, end), words in sorted(edits.items(), reverse=True):
        answer = answer[:start] + words + answer[end:]
    return answer
