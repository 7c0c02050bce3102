"""What commands share: outlines and templates opened by their names, answers read, drafts laid out."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.commands import shelved
from drafter.commands.shelved import OpenedOutline as OpenedOutline
from drafter.commands.shelved import spoken as spoken  # so that who opens a draft need not know
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import Settled, Typed, from_json, from_options, from_yaml, settle
from drafter.outline.field import RANK, Field, say
from drafter.outline.model import Outline
from drafter.outline.values import Value as Value
from drafter.speech.block import Block
from drafter.speech.draft import Draft
from drafter.template.fitted import fitted
from drafter.template.layout import compiled, keep
from drafter.template.styles import PageSetup, Style, Template, parse_template

if TYPE_CHECKING:
    from drafter.outline.yaml import Source
    from drafter.writers.html import HtmlSheet


#: The template an outline is set by when neither it nor the user names one.
DEFAULT_TEMPLATE = "speech"


#: An answer as it is typed, several for a list.
Given = str | tuple[str, ...]


class BlankLeft(NamedTuple):
    """A blank left: the field, what to ask for it, and how often it stands in the text."""

    name: str
    ask: str
    times: int


class Choice(NamedTuple):
    """Which requirements a speech is to have instead of its outline's own: see `drafter.outline.passages.pick`."""

    names: tuple[str, ...] = ()
    form: str = ""
    brief: bool = False


def choice_of(pick: str, headings: str, brief: bool, choose: bool = False) -> Choice:
    """What is picked as it is typed, 忠诚,服务,3. `choose`: requirements will be picked later. Raises Rejected where there
    is nothing `headings` and `brief` could be said of."""
    names = tuple(name.strip() for name in pick.replace("，", ",").replace("、", ",").split(",") if name.strip())
    if not names and not choose and (headings or brief):
        raise Rejected(Diagnostic("--headings 和 --brief 说的是换上的段落，要和 --pick 写在一起。", code="options-together"))
    return Choice(names, headings, brief)


def open_outline(name: str, texts: Mapping[str, bytes] = {}) -> OpenedOutline:
    """The outline of a name or path, or the one of `texts` that is called so. Raises Rejected, with the nearest names."""
    if name in texts:
        return shelved.outline_of_text(texts[name], name)
    return shelved.outline_at(_found(name, shelf.find_outline, shelf.OUTLINES, shelf.PASSAGES))


def _found(name: str, find: Callable[[str], Path], *kinds: str) -> Path:
    """What `find` finds. Raises Rejected with the names of these kinds that may be meant."""
    try:
        return find(name)
    except Rejected as refused:
        from drafter.commands.nearby import told_near

        raise told_near(name, kinds, refused) from None


class Dress(NamedTuple):
    """A template ready to use: parsed, its layout compiled. `name` is what it was asked for by, `styles` the text of
    its styles.yaml."""

    template: Template
    code: CodeType
    name: str
    styles: str

    def __reduce__(self) -> tuple[object, ...]:
        """How it goes to another process: there its layout is compiled again."""
        return (_compiled_again, (self.template, self.name, self.styles))


def _compiled_again(template: Template, name: str, styles: str) -> Dress:
    return Dress(template, compiled(template.layout, template.layout_file), name, styles)


def _base_of(folder: Path) -> Path:
    """The base.docx of a template, in capitals too. Raises Rejected for one that is saved as something else."""
    base = folder / "base.docx"
    if base.is_file():
        return base
    for entry in os.listdir(folder):
        if entry.lower() == base.name:
            return folder / entry
        if entry.lower() in ("base.doc", "base.dotx", "base.dot", "base.wps", "base.docm", "base.docx.docx"):
            hint = "在 Word 里另存为 base.docx；不用它，就挪到别的文件夹去。"
            raise Rejected(Diagnostic("模板的底稿要叫 base.docx，这一个没有用上。", Place(str(folder / entry)), hint, code="template-folder"))
    return base


def open_template(name: str) -> Dress:
    """The template of a name or path. Parsing and compiling it is a tenth of a run, so the result is kept in the user's
    cache under a hash of what it was made from. Raises Rejected."""
    folder = _found(name, shelf.find_template, shelf.TEMPLATES)
    styles = shelf.read_source(folder / "styles.yaml")[0]
    layout = shelf.read_source(folder / "layout.j2")[0]
    base = _base_of(folder)
    letterhead = shelf.read_bytes(base) if base.is_file() else None

    def make() -> tuple[Any, ...]:
        parsed = parse_template(folder.name, styles, layout)
        looks = tuple(tuple(style) for style in parsed.styles)
        code = compiled(layout.text, layout.file)
        keep(layout.text, code)
        return (tuple(parsed.page), looks, parsed.about, parsed.fallbacks, code)

    made_from = (shelf.state_of(__file__), styles.text, layout.text)

    def read(made: tuple[Any, ...]) -> Dress:
        page, looks, about, fallbacks, code = made
        named = tuple(Style(*look) for look in looks)
        template = Template(
            folder.name, PageSetup(*page), named, layout.text, layout.file, about, letterhead, fallbacks
        )
        return Dress(template, code, name, styles.text)

    return shelf.kept("template", made_from, make, read)


def picked(outline: Outline, choice: Choice, passages: "dict[str, tuple[Source, ...]] | None" = None) -> Outline:
    """The outline with exactly the requirements chosen, as `choice_meant` says them; the files of the passages among them are
    put into `passages`. Raises Rejected."""
    if not choice.names:
        return outline
    from drafter.outline.passages import pick

    def find(name: str) -> Outline:
        found = _passage(name)
        if passages is not None:
            passages[name] = found.sources
        return found

    return pick(outline, choice.names, choice.form, choice.brief, find)


def choice_meant(outline: Outline, choice: Choice) -> Choice:
    """A choice as somebody types it with all it means: what the meeting is about is kept, passages have a length. Raises
    Rejected."""
    if not choice.names:
        return choice
    from drafter.outline.passages import meant

    return choice._replace(names=meant(outline, choice.names, choice.brief, _passage))


def _passage(name: str) -> Outline:
    return open_outline(str(_found(name, shelf.find_passage, shelf.PASSAGES))).outline


def given(
    fields: Mapping[str, Field], answers: str, sets: Sequence[str], today: date, filled: "Sequence[tuple[str, Given]]" = ()
) -> Settled:
    """The answers of an answers file (a path, "-" for standard input, "" for none), of `--set`, and of what was `filled`
    into a form or given by a program, the latter stronger."""
    typed, by_hand, remarks = typed_answers(answers, sets)
    typed |= {name: Typed(said, Diagnostic("", code="answer-unfit")) for name, said in filled}
    by_hand |= {name for name, _ in filled}
    settled = settle(fields, typed, today, by_hand)
    if RANK in settled.values and RANK not in by_hand:
        from drafter.outline.follow import given_way

        values, told = given_way(fields, settled.values, by_hand)
        if told:
            hint = f"确实要这样：--set {RANK}={say(settled.values[RANK])}"
            remarks = (*remarks, Diagnostic(told, None, hint, level=WARNING, code="rank-unlike-post"))
            settled = settled._replace(values=values)
    return settled._replace(remarks=(*remarks, *settled.remarks))


def typed_answers(
    answers: str, sets: Sequence[str]
) -> tuple[dict[str, Typed], frozenset[str], tuple[Diagnostic, ...]]:
    """The same before they are held against fields: the answers, the names of those given by `--set`, and remarks."""
    typed: dict[str, Typed] = {}
    remarks: tuple[Diagnostic, ...] = ()
    if answers:
        source, remarks = _answers_source(answers)
        as_json = answers.endswith(".json") or (answers == "-" and source.text.lstrip().startswith("{"))
        typed = (from_json if as_json else from_yaml)(source)
    by_hand = from_options(sets)
    return typed | by_hand, frozenset(by_hand), remarks


def _answers_source(name: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    from drafter.outline.yaml import MAX_BYTES, decode

    if name == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise Rejected(
                Diagnostic(
                    "--answers - 要从标准输入读，可是没有东西送进来。例如：cat 回答.yaml | drafter new … --answers -", code="standard-input"
                )
            )
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入")
    return shelf.read_source(Path(name))


def blocks_of(draft: Draft, dress: Dress) -> tuple[Block, ...]:
    """The blocks of a draft set by a template, within the pages it promises."""
    return fitted(draft, dress.template, dress.code).blocks


def open_sheet(outline: Outline, within: str, links: Mapping[str, str]) -> "HtmlSheet":
    """An outline's pages with its blanks open, to be shown in an element of a class; blanks lead to the elements of these
    ids. Raises Rejected."""
    from drafter.outline.fill import fill
    from drafter.writers.html import sheet

    dress = open_template(outline.template or DEFAULT_TEMPLATE)
    return sheet(blocks_of(fill(outline, {}), dress), dress.template, within, links)


def blanks_left(blocks: Sequence[Block], fields: Mapping[str, Field]) -> tuple[BlankLeft, ...]:
    """The blanks nobody has answered, in the order they stand."""
    times: dict[str, int] = {}
    for block in blocks:
        for span in block.spans:
            if not span.answered:
                name = span.field or span.blank
                times[name] = times.get(name, 0) + 1
    return tuple(BlankLeft(name, fields[name].ask if name in fields else "", n) for name, n in times.items())


def template_problems(outline: Outline) -> tuple[Diagnostic, ...]:
    """What keeps the template an outline names from being used."""
    if not outline.template:
        return ()
    try:
        open_template(outline.template)
    except Rejected as error:
        return tuple(d if d.place else _at_template(outline, d) for d in error.diagnostics)
    return ()


def _at_template(outline: Outline, problem: Diagnostic) -> Diagnostic:
    """The problem at the line that names the template."""
    from drafter.outline.yaml import MappingNode
    from drafter.outline.yaml import parse as tree_of

    for source in outline.sources:
        tree = tree_of(source)
        node = tree.get("template") if isinstance(tree, MappingNode) else None
        if node is not None:
            return node.diagnostic(problem.message, hint=problem.hint, code=problem.code)
    return problem._replace(place=Place(outline.source.file))

def moment(text: str) -> datetime:
    """The moment `--date` names (its midnight), or now. Raises Rejected for what is no day."""
    if not text:
        return datetime.now().replace(microsecond=0)
    from drafter.chinese.days import read_day

    found = read_day(text, date.today()).day
    if found is None:
        raise Rejected(Diagnostic(f"--date {text}：这不是日期。写成 2026-11-22 或 11月22日。", code="option-value"))
    return datetime(found.year, found.month, found.day)
