"""How outline, template and answers of now go into a draft that was edited by hand."""

from functools import cached_property
from typing import NamedTuple

from drafter.revise.edited import Edited, levels
from drafter.revise.merge import Outcome, Side, renumbered
from drafter.revise.plan import plan, wanted
from drafter.revise.recipe import Made
from drafter.word.controls import field_of
from drafter.word.tokens import Token, text_of, tokens_of, with_label


class Step(NamedTuple):
    """One thing an update does: "follow", "insert", "remove", "move", "flow", "merge", "comment", "renumber". `place` counts
    paragraphs of the document as it will be, from 1; `note` is what the comment says."""

    kind: str
    place: int
    before: str
    after: str
    note: str = ""


class Merge:
    """The update of a draft to what outline, template and answers make now."""

    def __init__(self, edited: Edited, theirs: Made, explicit: frozenset[str], renumber: bool) -> None:
        self.edited = edited
        self.theirs = theirs
        self._targets: dict[Outcome, tuple[Token, ...]] = {}
        self.side = Side(theirs.blocks, levels(theirs.draft, theirs.blocks))
        tags = {k.tag for block in theirs.blocks for k in tokens_of(block) if k.tag}
        self.explicit = frozenset(tag for tag in tags if field_of(tag) in explicit)
        rows = plan(edited.side, edited.mine, self.side, self.explicit, theirs.outline.numbering)
        if renumber or theirs.blocks != edited.now.blocks:
            rows = self._renumbered(rows)
        self.rows = rows

    def with_controls(self) -> None:
        """Let every paragraph the writer left alone be set again with its controls, where it has none."""

        def bare(row: Outcome) -> bool:
            there = row.mine >= 0 and row.block >= 0 and not (row.touched or row.remove)
            return there and not self.edited.paragraphs[row.mine].controls

        self.rows = [row._replace(follow=True) if bare(row) else row for row in self.rows]

    def _renumbered(self, rows: list[Outcome]) -> list[Outcome]:
        texts = [text_of(self.target(row)) if not self._framed(row) else "" for row in rows]
        was, now = self.edited.side.levels, self.side.levels
        within = {}
        for at, row in enumerate(rows):
            joined = self.edited.mine[row.mine].joined if row.mine >= 0 else ()
            gone = {n: level._replace(list="") for n in joined if (level := was.get(n))}
            numbered = [now.get(block, gone.get(n)) for n, block in zip(joined, row.joined, strict=True)]
            within[at] = [level for level in numbered if level]
        return renumbered(rows, texts, self.side.levels, self.theirs.outline.numbering, within)

    def _framed(self, row: Outcome) -> bool:
        """Whether a row is what the writer has put into a table or a text box."""
        return row.mine >= 0 and row.block < 0 and self.edited.mine[row.mine].inside is not None

    def target(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say, its number as it stands."""
        key = row._replace(label=("", ""))
        if key not in self._targets:
            self._targets[key] = self._target(row)
        return self._targets[key]

    def _target(self, row: Outcome) -> tuple[Token, ...]:
        if row.mine < 0:
            return tokens_of(self.side.blocks[row.block])
        mine = self.edited.mine[row.mine]
        if row.follow:
            return wanted(row, self.edited.mine, self.edited.side, self.side, self.explicit)
        if row.merged:
            return with_label(row.merged, mine.label)
        flow = dict(row.flow)
        return tuple(k._replace(text=flow[k.tag], empty=False) if k.tag in flow else k for k in mine.tokens)

    def final(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say."""
        tokens = self.target(row)
        old, new = row.label
        if old and tokens and tokens[0].text.startswith(old):
            tokens = (tokens[0]._replace(text=new + tokens[0].text[len(old) :]), *tokens[1:])
        return tokens

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What will be done, in the order of the document."""
        out = []
        place = 0
        tables: set[int | None] = set()  # those that move, told once
        for row in self.rows:
            place += not (row.remove or self._framed(row))
            before = text_of(self.edited.mine[row.mine].tokens) if row.mine >= 0 else ""
            after = text_of(self.final(row)) if not row.remove else ""
            if row.mine < 0:
                kind = "insert"
            elif row.remove:
                kind = "remove"
            elif row.comment:
                kind = "comment"
            elif row.follow:
                kind = "follow"
            elif row.merged:
                kind = "merge"
            elif row.flow:
                kind = "flow"
            elif row.moved and (not self._framed(row) or (inside := self.edited.mine[row.mine].inside) not in tables):
                kind = "move"
                tables |= {inside} if self._framed(row) and before else set()
            elif row.label[0]:
                kind = "renumber"
            else:
                continue
            if (before or after) and (before != after or kind in ("comment", "move")):
                out.append(Step(kind, place, before, after, row.comment))
        return tuple(out)

    @property
    def restyled(self) -> bool:
        """Whether the template looks other than it did."""
        now, then = self.theirs.template, self.edited.base.template
        return now.styles != then.styles or now.page != then.page
