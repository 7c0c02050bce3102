"""An outline with some of its blanks called otherwise, and some answered for good: their words stand in it as text, and
what they decide on stays or goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from drafter.outline.blank import Blank, OutlineText, ToConfirm, text_of
from drafter.outline.dump import spelt
from drafter.outline.expression import QUOTED, UNANSWERED, shown
from drafter.outline.field import Field, Value
from drafter.outline.model import Condition, Outline, Requirement, Section, condition_of


class Unfixable(ValueError):
    """What a blank is part of cannot be said with its words."""


class Changes(NamedTuple):
    """New names of blanks, by their old ones; values of those that are answered for good."""

    names: Mapping[str, str] = {}
    values: Mapping[str, Value] = {}


def fixed(outline: Outline, changes: Changes) -> Outline:
    """The outline with these changes; fields nothing asks for any longer are gone with what asked for them. Raises
    Unfixable."""
    return _Fixer(changes).outline(outline)


class _Fixer:
    def __init__(self, changes: Changes) -> None:
        self.names, self.values = changes.names, changes.values

    def outline(self, old: Outline) -> Outline:
        title, dateline, byline = (self.line(text) for text in (old.title, old.dateline, old.byline))
        fields: dict[str, Field] = {}
        for field in old.fields.values():
            when = self.condition(field.when)
            if field.name in self.values or when is False:
                continue
            name = self.names.get(field.name, field.name)
            fields[name] = field._replace(name=name, when=when or None, vary=self.names.get(field.vary, field.vary))
        speech = tuple(part for section in old.speech if (part := self.section(section)) is not None)
        return old._replace(title=title, dateline=dateline, byline=byline, fields=fields, speech=speech)

    def section(self, old: Section) -> Section | None:
        when = self.condition(old.when)
        if when is False:
            return None
        texts, items = self.texts(old.texts), tuple(self.requirements(old.items))
        if (old.texts and not texts) or (old.items and not items):
            return None
        return old._replace(when=when or None, texts=texts, items=items)

    def requirements(self, old: Sequence[OutlineText | Requirement]) -> Iterator[Requirement]:
        for item in self.points(old):
            assert isinstance(item, Requirement)
            yield item

    def points(self, old: Sequence[OutlineText | Requirement]) -> Iterator[OutlineText | Requirement]:
        for item in old:
            if isinstance(item, OutlineText):
                yield from self.texts([item])
                continue
            when = self.condition(item.when)
            if when is False:
                continue
            heading = self.line(item.heading)
            texts, points = self.texts(item.texts), tuple(self.points(item.points))
            if heading is not None or texts or points:
                yield item._replace(heading=heading, texts=texts, points=points, when=when or None)

    def texts(self, old: Sequence[OutlineText]) -> tuple[OutlineText, ...]:
        return tuple(new for text in old for new in self.text(text))

    def line(self, old: OutlineText | None) -> OutlineText | None:
        """A text that is one line; None where nothing is left of it."""
        if old is None:
            return None
        new = self.text(old)
        if len(new) > 1:
            raise Unfixable
        return new[0] if new else None

    def text(self, old: OutlineText) -> tuple[OutlineText, ...]:
        """A text as it is now: several paragraphs where it was a blank whose words are several, none where it has no
        words."""
        pieces: list[str] = []
        changed = False
        for piece in old.pieces:
            if not isinstance(piece, Blank) or not set(piece.expression.names) & (self.names.keys() | self.values.keys()):
                pieces.append(piece.replace("【", "【【") if isinstance(piece, str) else _spelt(piece))
                continue
            changed = True
            if not set(piece.expression.names) & self.values.keys():
                pieces.append(f"【{self.renamed(piece.source)}】")
                continue
            said = piece.expression.value(self.values)
            if said is UNANSWERED or isinstance(said, tuple | list):
                raise Unfixable
            pieces.append(shown(said).replace("【", "【【"))
        if not changed:
            return (old,)
        words = "".join(pieces)
        rows = words.split("\n") if len(old.pieces) == 1 else [words]
        return tuple(text_of(row) for row in rows if row.strip())

    def renamed(self, source: str) -> str:
        """An expression with the new names; what stands in quotation marks, and filters, are no names."""
        done, at = [], 0
        for quoted in QUOTED.finditer(source):
            done += [self.words(source[at : quoted.start()]), quoted[0]]
            at = quoted.end()
        return "".join(done) + self.words(source[at:])

    def words(self, source: str) -> str:
        return re.sub(r"(?<![\w|｜])[^\W\d]\w*", lambda found: self.names.get(found[0], found[0]), source)

    def condition(self, old: Condition | None) -> Condition | Literal[False] | None:
        """A condition as it is now; None where nothing is asked any longer, False where it never holds."""
        if old is None or not set(old.names) & (self.names.keys() | self.values.keys()):
            return old
        if set(old.names) & self.values.keys():
            holds = old.holds(self.values)
            if holds is None:
                raise Unfixable
            return None if holds else False
        return condition_of(self.renamed(old.source))


def _spelt(piece: Blank | ToConfirm) -> str:
    return spelt(text_of("")._replace(pieces=(piece,)))
