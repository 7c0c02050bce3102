"""Which parts of a learnt outline stand under which condition: what only some speeches have, and what they have at
different places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.elements import Element, opening_of, shortened, words_of
from drafter.analysis.questions import CALLED, Questions


class Option(NamedTuple):
    """A part only some speeches have: what it begins with, and which they are."""

    words: str
    speeches: tuple[int, ...]


class Conditions:
    """Puts down the questions that decide on parts, and keeps the `options` for the report."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.size = len(questions.together.drafts)
        self.options: list[Option] = []

    def whens(self, elements: Sequence[Element], here: frozenset[int], outer: str, place: str = "") -> Iterator[str]:
        """The condition of each element, "" where it needs none. Those side by side that the same speeches have share
        one; one that all have, at different places, is asked for its place. A question is put down when its first
        element is reached, behind the blanks that stand before it."""
        moved = self.moved(elements, here)
        fields: dict[str, str] = {}
        at = 0
        while at < len(elements):
            end = at
            while end < len(elements) and elements[end].here != here:
                end += 1
            optional = [elements[n] for n in range(at, end) if n not in moved]
            conditions = iter(self.alternatives(optional, here, outer, place) if optional else [])
            for n in range(at, end):
                if n not in moved:
                    yield next(conditions)
                    continue
                said, where, places = moved[n]
                if said not in fields:
                    values = [next((w for w, files in places.items() if k in files), None) for k in range(self.size)]
                    words = opening_of(elements[n])
                    fields[said] = self.questions.add(
                        f"{_short(words)}的位置", f"“{words}”放在哪里？", values, outer, choices=list(places)
                    )
                    self.questions.deciding.add(fields[said])
                yield f'{fields[said]} == "{where}"'
            if end < len(elements):
                yield ""
            at = end + 1

    def moved(
        self, elements: Sequence[Element], here: frozenset[int]
    ) -> dict[int, tuple[str, str, dict[str, frozenset[int]]]]:
        """The elements that stand elsewhere in other speeches, so that all have them once: the words that tell it,
        where it stands here, and which speeches have it where."""
        found: dict[str, list[int]] = {}
        for n, element in enumerate(elements):
            if element.here != here:
                file = min(element.here)
                said = self.questions.together.words[file].folded(words_of(element, file))
                found.setdefault(said, []).append(n)
        out: dict[int, tuple[str, str, dict[str, frozenset[int]]]] = {}
        for said, numbers in found.items():
            masks = [elements[n].here for n in numbers]
            once = sum(map(len, masks)) == len(frozenset().union(*masks))
            if len(numbers) > 1 and once and frozenset().union(*masks) == here:
                called = ("前面", "后面") if len(numbers) == 2 else tuple(f"第{n}处" for n in range(1, len(numbers) + 1))
                places = dict(zip(called, masks, strict=True))
                out |= {n: (said, where, places) for n, where in zip(numbers, called, strict=True)}
        return out

    def alternatives(self, some: Sequence[Element], here: frozenset[int], outer: str, place: str) -> list[str]:
        masks = list(dict.fromkeys(one.here for one in some))
        first = {mask: next(one for one in some if one.here == mask) for mask in masks}
        said = dict(zip(masks, _apart([opening_of(first[mask], 400) for mask in masks]), strict=True))
        for mask in masks:
            self.options.append(Option(said[mask], tuple(sorted(mask))))
        apart = sum(map(len, masks)) == len(frozenset().union(*masks))
        what = "这一条" if first[masks[0]].kind == "item" else "这一段"
        if len(masks) == 1 or not apart:
            names = {}
            for mask in masks:
                values = [n in mask if n in here else None for n in range(self.size)]
                short = _short(said[mask])
                names[mask] = self.questions.add(
                    f"有{short}" if short else "有这一段", f"要不要“{said[mask]}”{what}？", values, outer, "yes/no"
                )
            self.questions.deciding |= set(names.values())
            return [names[one.here] for one in some]
        choices = [_short(said[mask], 10) for mask in masks]
        help = ""
        if len(set(choices)) < len(choices) or not all(choices) or any(c.isascii() for c in choices):
            choices = [f"第{n}种" for n in range(1, len(masks) + 1)]
            help = "；".join(f"{choice}：{said[mask]}" for choice, mask in zip(choices, masks, strict=True))
        by_mask = dict(zip(masks, choices, strict=True))
        rest = here - frozenset().union(*masks)
        said_of = {n: next((by_mask[m] for m in masks if n in m), "都不要") for n in here}
        options = [*choices, "都不要"] if rest else choices
        called = CALLED[first[masks[0]].kind]
        name = self.questions.add(
            f"{called}用语",
            f"{place or f'{called}的这一处'}，用哪一种？",
            [said_of.get(n) for n in range(self.size)],
            outer,
            choices=options,
            help=help,
        )
        self.questions.deciding.add(name)
        return [f'{name} == "{by_mask[one.here]}"' for one in some]


def _apart(said: Sequence[str]) -> list[str]:
    """What texts begin with, or, where they begin alike, the clauses with which they part."""
    same = 0
    if len(said) > 1 and len(set(said)) == len(said):
        least, most = min(said), max(said)
        same = next(
            (n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), min(len(least), len(most))
        )
    clause = max((m.end() for m in re.finditer("[，。；：！？、]", said[0][:same])), default=0) if same >= 6 else 0
    begun = ("…" if clause else "")
    return [begun + shortened(words[clause:].removesuffix("。") or words, 16) for words in said]


def _short(words: str, most: int = 8) -> str:
    """The first words that a name may be made of: a day is none, nor is a number or a single letter."""
    words = re.sub("[0-9]+[年月日]", "", words)
    runs = [run for run in re.findall(r"[\u4e00-\u9fffA-Za-z0-9]+", words) if not re.fullmatch(_NUMBER, run)]
    return next((run[:most] for run in runs if len(run) > 1), runs[0][:most] if runs else "")


_NUMBER = "第?[〇零一二三四五六七八九十百千万0-9]+[是要]?"
