"""How outline, template and answers of now go into a draft that was edited by hand."""

from functools import cached_property
from itertools import count
from typing import NamedTuple
from zlib import crc32

from drafter.revise.edited import Edited, kept_text
from drafter.revise.holding import in_the_way
from drafter.revise.merge import KeptParagraph, Outcome, Side, skeleton
from drafter.revise.numbers import laid_numbers
from drafter.revise.plan import plan, wanted
from drafter.revise.recipe import Made
from drafter.revise.renumber import Renumbering
from drafter.revise.telling import answers_now
from drafter.word.controls import anchors, field_of
from drafter.word.moving import can_be_twice
from drafter.word.record import KEPT, NUMBERS, Kept
from drafter.word.tokens import Token, text_of, tokens_of, with_label, with_numbers


class Step(NamedTuple):
    """One thing an update does: "follow", "insert", "remove", "move", "flow", "merge", "comment", "renumber". `place`
    counts paragraphs of the document as it will be, from 1; `note` is what the comment says. A number that changes is a step of
    its own, before and after which the other words are the same; `number_before` and `number_after` are how it read and
    how it will, "" for none."""

    kind: str
    place: int
    before: str
    after: str
    note: str = ""
    number_before: str = ""
    number_after: str = ""


class Merge:
    """The update of a draft to what outline, template and answers make now; `tracked` where it is to be written as
    tracked changes."""

    def __init__(
        self, edited: Edited, theirs: Made, explicit: frozenset[str], renumber: bool, tracked: bool = False
    ) -> None:
        self.edited = edited
        self.theirs = theirs
        self._targets: dict[Outcome, tuple[Token, ...]] = {}
        self.side = (
            edited.side.without_given()
            if theirs is edited.base
            else Side(theirs.blocks, laid_numbers(theirs.draft, theirs.blocks, theirs.outline))
        )
        tags = {k.tag for block in theirs.blocks for k in tokens_of(block) if k.tag}
        self.explicit = frozenset(tag for tag in tags if field_of(tag) in explicit)
        plain = not any(token.tag for found in edited.found for token in found.tokens)
        self.planned = plan(edited.side, edited.mine, self.side, self.explicit, theirs.outline.numbering, plain)
        self.mine, rows = self.planned.mine, self.planned.rows
        rows = [self._told(self._spared(row)) for row in rows]
        rows = self._staying(rows) if tracked else rows
        new = theirs.blocks != edited.now.blocks or any(row.mine < 0 or row.remove for row in rows)
        numbers = Renumbering(
            rows,
            [text_of(self.target(row)) for row in rows],
            self.mine,
            [found.role for found in edited.found],
            (edited.side, self.side),
            (edited.base.outline.numbering, theirs.outline.numbering),
        )
        counted = numbers.counted(renumber or new, renumber)
        if held := frozenset(at for at, row in enumerate(counted.rows) if self._held(row)):
            counted = numbers.counted(renumber or new, renumber, held)
        self.rows, self.given, self.disorders = counted

    def _held(self, row: Outcome) -> bool:
        """Whether something hangs on the number of a paragraph that another number would spoil."""
        mine = self.mine[row.mine] if row.mine >= 0 and row.numbers else None
        return mine is not None and in_the_way(mine.holds, mine.tokens, self.final(row)).words

    def with_controls(self) -> None:
        """Let every paragraph the writer left alone be set again with its controls, where it has none."""

        def bare(row: Outcome) -> bool:
            there = row.mine >= 0 and row.block >= 0 and not (row.touched or row.remove)
            return there and not self.edited.paragraphs[row.mine].controls

        def whole(row: Outcome) -> bool:
            mine = self.mine[row.mine]
            return not in_the_way(mine.holds, mine.tokens, self.final(row._replace(follow=True))).words

        self.rows = [row._replace(follow=True) if bare(row) and whole(row) else row for row in self.rows]

    def _spared(self, row: Outcome) -> Outcome:
        """The row without what would spoil something that hangs on the words of the paragraph, and with what is to be
        said of that."""
        mine = self.mine[row.mine] if row.mine >= 0 else None
        if mine is None or row.remove or not mine.holds:
            return row
        wanted = self.final(row)
        found = in_the_way(mine.holds, mine.tokens, wanted)
        said = [row.comment]
        if found.words:
            answers = {k.tag: k.text for k in wanted if k.tag}
            flow = tuple((k.tag, answers[k.tag]) for k in mine.tokens if answers.get(k.tag, k.text) != k.text)
            row = row._replace(follow=False, merged=(), touched=True, flow=flow)
            said += [f"这一段里有拼音、域、链接、修订之类，照着改会弄丢，所以没有动。现在应当是：{text_of(wanted)}"]
            found = in_the_way(mine.holds, mine.tokens, self.final(row))
        blanks = [(mine.tokens[at], k) for at in sorted(found.blanks) for k in wanted if k.tag == mine.tokens[at].tag]
        if blanks:
            row = row._replace(spared=tuple(dict.fromkeys(was.tag for was, _ in blanks)))
            said += [f"{answers_now(blanks)}。这里有拼音、域、链接、修订之类，照着改会弄丢，所以没有动。"]
        return row._replace(comment="\n".join(filter(None, said)))

    def _staying(self, rows: list[Outcome]) -> list[Outcome]:
        """The rows with those paragraphs left where they are that cannot stand in two places until somebody decides,
        and said so: a move that is not tracked could not be refused."""

        def stays(row: Outcome) -> bool:
            element = self.edited.paragraphs[row.mine].element
            return row.moved and not (self.edited.outermost[row.mine] is element and can_be_twice(element))

        held = sorted((row for row in rows if stays(row)), key=lambda row: row.mine)
        rows = [row for row in rows if row not in held]
        for row in held:
            told = "提纲里这一段换了位置。段里有脚注、图片、书签、表格或者别人的修订，写成修订挪不了，所以没有挪。"
            before = max((other.mine for other in rows if other.mine < row.mine), default=-1)
            at = next((n for n, other in enumerate(rows, 1) if before >= 0 and other.mine == before), 0)
            comment = "\n".join(filter(None, (row.comment, told)))
            rows.insert(at, row._replace(moved=False, comment=comment))
        return rows

    def _told(self, row: Outcome) -> Outcome:
        """The row with what is to be said of answers typed in Word that are gone from its words."""
        if not row.overruled:
            return row
        said = text_of(self.final(row)).replace("\n", "")
        gone = [text for text in row.overruled if text.replace("\n", "") not in said]
        told = f"这里在 Word 里填过“{'”“'.join(gone)}”，已按后来给的回答改了。" if gone else ""
        return row._replace(comment="\n".join(filter(None, (row.comment, told))))

    def _framed(self, row: Outcome) -> bool:
        """Whether a row is what the writer has put into a table or a text box."""
        return row.mine >= 0 and row.block < 0 and self.mine[row.mine].inside is not None

    def target(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say, its number as it stands."""
        key = row._replace(numbers=())
        if key not in self._targets:
            self._targets[key] = self._target(row)
        return self._targets[key]

    def _target(self, row: Outcome) -> tuple[Token, ...]:
        if row.mine < 0:
            return tokens_of(self.side.blocks[row.block])
        mine = self.mine[row.mine]
        if row.follow:
            tokens = wanted(row, self.planned, self.side, self.explicit)
            return self._around(row, tokens)
        if row.merged:
            return self._around(row, with_label(row.merged, mine.number.label))
        flow = {tag: text for tag, text in row.flow if tag not in row.spared}
        return tuple(
            k._replace(text=flow[k.tag], empty=k.tag in self._open) if k.tag in flow else k for k in mine.tokens
        )

    @cached_property
    def _open(self) -> frozenset[str]:
        """The blanks of theirs nobody has answered."""
        return frozenset(k.tag for tokens in self.side.words() for k in tokens if k.empty)

    def _around(self, row: Outcome, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """What a paragraph will say, the blanks that stay as they are left so."""
        stays = {k.tag: k for k in self.mine[row.mine].tokens if k.tag in row.spared}
        return tuple(stays.get(k.tag, k) for k in tokens)

    def final(self, row: Outcome) -> tuple[Token, ...]:
        """What a paragraph will say."""
        tokens = self.target(row)
        return with_numbers(tokens, row.numbers)

    @property
    def numbers_kept(self) -> tuple[Kept, ...]:
        """For the record: the numbers that are others than the outline makes."""
        names = anchors(self.theirs.blocks)
        rows = ((names[block], str(n), *labels) for (block, n), labels in sorted(self.given.items()))
        lines = "".join("\t".join(row) + "\n" for row in rows)
        return (Kept(NUMBERS, "", lines),) if lines else ()

    @cached_property
    def kept(self) -> dict[int, KeptParagraph]:
        """The paragraphs the outline has dropped, now or before, and the writer's edits keep, by place in the file."""
        out: dict[int, KeptParagraph] = {}
        names: set[str] = set()
        for row in self.rows:
            mine = self.mine[row.mine] if row.mine >= 0 and row.block < 0 and not row.remove else None
            if mine is None or (mine.base < 0 and mine.kept is None):
                continue
            found = mine.kept
            if found is None:
                role, words = self.edited.base.blocks[mine.base].role, self.planned.made[mine.base]
                found = KeptParagraph("", role, words, mine.number.label)
            label = next((number.new for number in row.numbers if number.at == 0), mine.number.label)
            found = found._replace(label=label)
            stem = f"dr_kept_{crc32(f'{found.role}{skeleton(found.words)}'.encode()):08x}"
            free = (f"{stem}_{n}" if n else stem for n in count())
            out[row.mine] = found._replace(name=next(name for name in free if name not in names))
            names.add(out[row.mine].name)
        return out

    @property
    def texts_kept(self) -> tuple[Kept, ...]:
        """For the record: those paragraphs."""
        return tuple(Kept(KEPT, one.name, kept_text(one)) for one in self.kept.values())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What will be done, in the order of the document."""
        return tuple(step for step, _ in self._steps)

    @cached_property
    def stand(self) -> tuple[int, ...]:
        """Of each step the number of its paragraph among those found in the file; of one that is not there the number of the one
        it comes behind, as ~number."""
        return tuple(at for _, at in self._steps)

    @cached_property
    def _steps(self) -> tuple[tuple[Step, int], ...]:
        out: list[tuple[Step, int]] = []
        place, behind = 0, -1
        tables: set[int | None] = set()  # those that move, told once
        for row in self.rows:
            place += not (row.remove or self._framed(row))
            before = text_of(self.mine[row.mine].tokens) if row.mine >= 0 else ""
            after = "" if row.remove else text_of(self.final(row) if row.mine < 0 else self.target(row))
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
            elif row.moved and (not self._framed(row) or (inside := self.mine[row.mine].inside) not in tables):
                kind = "move"
                tables |= {inside} if self._framed(row) and before else set()
            else:
                kind = ""
            if kind and (before or after or row.comment) and (before != after or kind in ("comment", "move")):
                out.append((Step(kind, place, before, after, row.comment), row.mine if row.mine >= 0 else ~behind))
            if row.mine >= 0:
                out += [(step, row.mine) for step in self._renumbered(row, place)]
                behind = row.mine
        return tuple(out)

    def _renumbered(self, row: Outcome, place: int) -> list[Step]:
        """A step for each number that changes, one after another."""
        tokens = self.target(row)
        out = []
        for n, number in enumerate(row.numbers, 1):
            before = text_of(with_numbers(tokens, row.numbers[: n - 1]))
            after = text_of(with_numbers(tokens, row.numbers[:n]))
            out.append(Step("renumber", place, before, after, "", number.old, number.new))
        return out

    @property
    def restyled(self) -> bool:
        """Whether the template looks other than it did."""
        now, then = self.theirs.template, self.edited.base.template
        return now.styles != then.styles or now.page != then.page
