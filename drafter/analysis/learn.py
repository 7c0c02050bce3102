"""Several speeches of one kind to one outline: what they share as text, what differs as blanks, what only some have
under a `when`, and for each speech the answers with which the outline is that speech again.

Every outline is filled with each speech's answers before it is given out. A paragraph that does not come back to the
letter is kept as an alternative of its own for each of its wordings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.composed import Composer
from drafter.analysis.conditions import Option
from drafter.analysis.elements import Element, mostly_rewritten
from drafter.analysis.extract import FOR_WRITERS, paragraphs_of
from drafter.analysis.kin import kin
from drafter.analysis.speeches import Speeches
from drafter.analysis.together import Together
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.answers import from_yaml, settle, to_yaml
from drafter.outline.dump import dump
from drafter.outline.field import Field, Value
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.written import remark
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft

#: Speeches one outline is learnt from.
MAX_SPEECHES = 20

#: Letters of all speeches together that must be common to at least two, for each of them: below it they are not of one
#: kind.
LEAST_COMMON = 0.1

#: Questions to which parts stay in, and blanks, beyond which a skeleton is tried; one with fewer is easier to fill.
MANY_ASKED = 10
MANY_BLANKS = 100

#: Speeches the outline names at its head.
_NAMED = 5

#: How often an outline is made anew with the paragraphs that did not come back kept as they are.
_ATTEMPTS = 6

#: Any day will do to read an answer with.
_TODAY = date(2000, 1, 1)


class LearntBlank(NamedTuple):
    """A field of the outline with what each speech answers; None where the speech is not asked. `deciding` tells one
    that is about which parts stay in."""

    field: Field
    values: tuple[Value | None, ...]
    when: str = ""
    deciding: bool = False


class Learnt(NamedTuple):
    """An outline as YAML, the answers of each speech, its blanks and optional parts, how many paragraphs stand in all
    speeches, the share of each speech's letters that another has too, whether each is of one meeting with another
    (`drafter.analysis.kin`), whether the speeches could only be kept whole, and whether most of what stands under shared
    headings was written anew (`drafter.analysis.elements`)."""

    yaml: str
    answers: tuple[dict[str, Value], ...]
    blanks: tuple[LearntBlank, ...]
    options: tuple[Option, ...]
    shared: int
    common: tuple[float, ...]
    kin: tuple[bool, ...]
    plain: bool
    rewritten: bool = False

    @property
    def anew(self) -> tuple[LearntBlank, ...]:
        """The blanks for what every speech wrote anew: of those parts the outline holds the skeleton alone."""
        return tuple(blank for blank in self.blanks if blank.field.type == "long text")

    @property
    def asked(self) -> int:
        """How many questions there are to which parts stay in."""
        return sum(blank.deciding for blank in self.blanks)


def learn(drafts: Sequence[Draft], names: Sequence[str] = (), keep_figures: bool = False) -> Learnt:
    """The outline of two or more drafts; `names` are those of their files. Raises Rejected where no outline gives one
    back."""
    names = names or [f"讲话{n}" for n in range(1, len(drafts) + 1)]
    wanted = [paragraphs_of(draft) for draft in drafts]
    speeches = Speeches(drafts, names, keep_figures)
    kept: set[tuple[str | None, ...]] = set()
    skeleton = False
    for attempt in range(_ATTEMPTS + 1):
        together = Together(speeches, frozenset(kept), attempt == _ATTEMPTS, skeleton)
        found = _learnt(together)
        if attempt == 0 and not together.skeleton and _may_be_skeleton(found):
            other = Together(speeches, skeleton=True)
            bare = _learnt(other)
            if found.rewritten or len(bare.blanks) < len(found.blanks):
                together, found, skeleton = other, bare, True
        wrong = list(wrong_paragraphs(found, wanted))
        if not wrong:
            return found
        more = {
            texts
            for file, paragraph in wrong
            for texts in together.texts_together
            if (text := texts[file]) and (paragraph is None or text in paragraph or paragraph in text)
        }
        if more <= kept and attempt < _ATTEMPTS:
            more = set(together.texts_together)
        kept |= more
    found = _apart(Together(speeches, whole=True))
    for n, _ in wrong_paragraphs(found, wanted):
        raise Rejected(Diagnostic("这一篇的样子提纲说不了，学不进去。", Place(names[n]), "去掉它再学。", code="learn-not-possible"))
    return found


def _may_be_skeleton(found: Learnt) -> bool:
    """Whether an outline that keeps what the speeches say may be worse than one that does not."""
    return found.rewritten or found.asked > MANY_ASKED or len(found.blanks) > MANY_BLANKS


def wrong_paragraphs(found: Learnt, wanted: Sequence[Sequence[str]]) -> Iterator[tuple[int, str | None]]:
    """The paragraphs that do not come back, with the number of their speech; None for all of them."""
    try:
        outline, _ = parse(Source("提纲.yaml", found.yaml))
    except Rejected:
        yield from ((n, None) for n in range(len(wanted)))
        return
    for n, paragraphs in enumerate(wanted):
        try:
            said = to_yaml(found.answers[n])
            values = settle(outline.fields, from_yaml(Source("回答.yaml", said)), _TODAY).values if said else {}
            again = paragraphs_of(fill(outline, values))
        except Rejected:
            yield n, None
            continue
        if again != tuple(paragraphs):
            at = next(
                (k for k, pair in enumerate(zip(again, paragraphs, strict=False)) if pair[0] != pair[1]),
                len(paragraphs) - 1,
            )
            yield n, paragraphs[at]


def _learnt(together: Together) -> Learnt:
    """The outline of speeches put together, made twice: what the first asks for is a blank wherever the second says
    it."""
    front, bodies = together.front()
    body = together.elements(bodies, 1, together.all)
    first = Composer(together, front, body)
    first.outline()
    questions = first.questions
    known = [(questions.fields[name], gap, kind) for name, (gap, kind) in questions.found.items()]
    return _told(Composer(together, front, body, known))._replace(rewritten=mostly_rewritten(body, together.all))


def _apart(together: Together) -> Learnt:
    """The speeches one beside the other, none of them taken apart."""
    together.order = list(range(len(together.drafts)))
    together.dateline_first = False
    together.levels = []
    paragraphs = list(map(paragraphs_of, together.drafts))
    body = [Element(frozenset([n]), "text", (text,)) for n, texts in enumerate(paragraphs) for text in texts[1:]]
    front = {"title": tuple(texts[0] for texts in paragraphs)}
    return _told(Composer(together, front, body))._replace(plain=True)


def _told(composer: Composer) -> Learnt:
    together, size = composer.together, composer.size
    outline = composer.outline()
    questions = composer.questions
    named = "、".join(remark(name) for name in together.names[:_NAMED])
    more = f" 等 {size} 篇" if size > _NAMED else ""
    answers = tuple(
        {name: value for name, asked in questions.fields.items() if (value := asked.values[n]) is not None}
        for n in range(size)
    )
    blanks = tuple(
        LearntBlank(asked.field, asked.values, asked.when, asked.field.name in questions.deciding)
        for asked in questions.fields.values()
    )
    anew = [blank.field.name for blank in blanks if blank.field.type == "long text"]
    skeleton = [f"只有骨架、各篇都另写的：{'、'.join(f'【{name}】' for name in anew)}"] if anew else []
    return Learnt(
        yaml=dump(outline, {(): (f"从 {named}{more} 学来", FOR_WRITERS, *skeleton)}),
        answers=answers,
        blanks=blanks,
        options=tuple(composer.conditions.options),
        shared=composer.shared,
        common=together.shares.another,
        kin=kin(together.drafts),
        plain=False,
    )
