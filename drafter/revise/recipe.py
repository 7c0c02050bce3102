"""From a document's making to its record, and back: what `new` filled, laid out and set, made again from the record
alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from drafter import __version__
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.field import Value
from drafter.outline.fill import fill
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.block import Block
from drafter.speech.draft import Draft
from drafter.template.fitted import fitted
from drafter.template.styles import Template
from drafter.word.record import Form, Kept, PackedHead, Provenance, Stage, saved

if TYPE_CHECKING:
    from drafter.outline.computed import ByHand

#: What drafts are called, in order; more go on counting. 送审稿 and 定稿 are given by hand.
STAGES = ("初稿", "二稿", "三稿", "四稿", "五稿", "六稿", "七稿", "八稿", "九稿", "十稿")


class Recipe(NamedTuple):
    """All a document is made of. `name` and `template_name` are what outline and template are called, `styles` the text
    of the template's styles.yaml; `passages` are the files of the passages picked, by the name they were picked by."""

    name: str
    outline: Outline
    template_name: str
    template: Template
    styles: str
    picks: tuple[str, ...] = ()
    headings: str = ""
    brief: bool = False
    passages: Mapping[str, Sequence[Source]] = {}


def stage_name(number: int) -> str:
    """What the draft of a number is called: 1 → 初稿."""
    from drafter.chinese.numerals import numeral

    return STAGES[number - 1] if 0 < number <= len(STAGES) else f"{numeral(number)}稿"


def record(
    recipe: Recipe,
    values: Mapping[str, Value],
    blank: Sequence[str],
    now: datetime,
    author: str,
    plain: bool,
    stages: Sequence[Stage] = (),
) -> Provenance:
    """The record of a document made `now` of a recipe and answers. Of files only the last part of their name is
    kept."""
    own = recipe.outline.sources
    passages = [s for sources in recipe.passages.values() for s in sources]
    own = own[: len(own) - len(passages)] if passages else own
    texts = [Kept("outline", _leaf(s.file), s.text) for s in own]
    for name, sources in recipe.passages.items():
        texts += [Kept(f"passage:{name}", _leaf(s.file), s.text) for s in sources]
    texts.append(Kept("styles", "styles.yaml", recipe.styles))
    texts.append(Kept("layout", "layout.j2", recipe.template.layout))
    return Provenance(
        _without_folders(recipe.name),
        _without_folders(recipe.template_name),
        tuple(texts),
        saved(values),
        tuple(sorted(blank)),
        recipe.picks,
        recipe.headings,
        recipe.brief,
        plain,
        author,
        now.isoformat(timespec="seconds"),
        __version__,
        tuple(stages),
    )


def form(
    provenance: Provenance, outline: Outline, values: Mapping[str, Value], head: PackedHead | None = None
) -> Form:
    """What the writer needs to keep a document connected; `head` is what its record begins with, where that was begun."""
    head = head or PackedHead(provenance)
    common, own = head.part, head.rest(provenance)
    controls = not provenance.plain
    return Form(outline.fields, values, common + own, head.mark, controls, common=len(common), packed=head.packed)


def _leaf(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _without_folders(name: str) -> str:
    """A name as it was typed; of a path that is no use to anybody else (an absolute one) its last part."""
    typed = name.replace("\\", "/")
    return _leaf(typed) if typed.startswith("/") or typed[1:2] == ":" else typed


class Made(NamedTuple):
    """A document made again: the outline, what fills it, the draft, and the paragraphs. `by_hand` is what a writer had done to
    its lists when it was written, None for nothing."""

    outline: Outline
    template: Template
    values: dict[str, Value]
    draft: Draft
    blocks: tuple[Block, ...]
    by_hand: "ByHand | None" = None

    @property
    def counts(self) -> bool:
        """Whether anything in it is counted from its lists."""
        return any(span.computed for block in self.blocks for span in block.spans)


def outline_of(provenance: Provenance, file: str) -> Outline:
    """The outline as it was. Raises Rejected where the record does not hold together; `file` is the document's name."""
    try:
        outline = _replayed(provenance.texts_of("outline"))
        if not provenance.picks:
            return outline

        from drafter.outline.passages import pick

        def find(name: str) -> Outline:
            texts = provenance.texts_of(f"passage:{name}")
            if not texts:
                raise Rejected(Diagnostic(f"没有叫“{name}”的段落。", code="record-damaged"))
            return _replayed(texts)

        return pick(outline, provenance.picks, provenance.headings, provenance.brief, find)
    except (Rejected, IndexError) as error:
        why = error.diagnostics[0].text() if isinstance(error, Rejected) else ""
        raise Rejected(
            Diagnostic(
                "文件里记的提纲读不懂了。",
                Place(file),
                f"{why}\n可以直接说明：drafter update 文件 --outline 提纲".strip(),
                code="record-damaged",
            )
        ) from None


def _replayed(texts: Sequence[Kept]) -> Outline:
    """An outline from the files it was read from, given again in the order in which it asks for them."""
    sources = [Source(kept.file if n == 0 else f"{n}/{kept.file}", kept.text) for n, kept in enumerate(texts)]
    waiting = iter(sources[1:])

    def load(word: str, name: str, asker: Source) -> Source:
        found = next(waiting, None)
        if found is None:
            raise Rejected(Diagnostic(f"找不到 {name}。", code="record-damaged"))
        return found

    return parse(sources[0], load)[0]


def laid_out(draft: Draft, template: Template) -> tuple[Block, ...]:
    """The paragraphs of a draft set by a template."""
    return fitted(draft, template).blocks


def make(
    outline: Outline, template: Template, values: dict[str, Value], by_hand: "ByHand | None" = None
) -> Made:
    """Outline, answers and template put together, what is counted as it stands after what was done `by_hand`. Raises
    Rejected."""
    draft = fill(outline, values, by_hand)
    return Made(outline, template, values, draft, laid_out(draft, template), by_hand)
