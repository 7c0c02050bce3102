"""`drafter format`: a Word document, from any program, set by a template."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.changing import in_place, written_over
from drafter.commands.drafts import template_of
from drafter.commands.first_page import ShownPage, first_page
from drafter.commands.folders import (
    EachMade,
    FoldersRequest,
    FoldersResult,
    HeardOfMade,
    MadeElsewhere,
    ToMake,
    for_folders,
)
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.opening import open_template
from drafter.commands.reading import WordFile, as_word, word_of
from drafter.commands.saving import check, save
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, DiagnosticData, Place, Rejected, printable
from drafter.readers.docx import read_file
from drafter.revise.edited import OpenedDraft
from drafter.speech.block import Block
from drafter.speech.official import TABLE, UNSURE, Cast
from drafter.speech.spot import Spot, SpotData
from drafter.template.styles import Template
from drafter.word.document import DocxFile
from drafter.word.plan import planned
from drafter.word.restyle import Restyled as Restyled
from drafter.word.restyle import restyle
from drafter.word.unfinished import repeated
from drafter.word.where import Finder

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.word.oxml import Element

#: The template for a document that does not know its own.
_USUAL = "speech"


class FormatRequest(NamedTuple):
    """What a user wants of `format`. Without a `template` it is the one the document was made by, else 讲话稿; without an
    `output` the file itself is changed. With `dry_run` nothing is written, and what each paragraph is taken for is told; with `shown`
    too how its first page looks before and after."""

    file: str
    template: str = ""
    output: str = ""
    force: bool = False
    dry_run: bool = False
    shown: bool = False

    def words(self) -> tuple[str, ...]:
        """The command as it is typed, for good."""
        return (self.file, *given(template=self.template, output=self.output, force=self.force))


class PlanLine(NamedTuple):
    """What a paragraph with words is taken for: its number among them from 1, the `role` it is set as, "" where it is
    left as it is; how `sure` that is; its words; `why` it is left, or what else there is to say; `place` is where a person finds it,
    told of those that are listed."""

    number: int
    role: str
    sure: str
    text: str
    why: str = ""
    place: Spot = Spot()


class PlanLineData(TypedDict):
    """The same for programs; `role` null where the paragraph is left as it is, `why` null where there is no more to
    say."""

    number: int
    role: str | None
    sure: str
    text: str
    why: str | None
    place: SpotData


class FormatData(TypedDict):
    """What `format` did, for programs; `paragraphs` counts by their roles those given another style."""

    file: str
    template: str
    changed: bool
    output: str | None
    backup: str | None
    paragraphs: dict[str, int]
    cleared: int
    indents: int
    empty: int
    blank_lines: int
    titles: int
    mended: int
    squeezed: int
    page: bool
    styles: bool
    page_numbers: bool
    broken_lines: bool
    plan: list[PlanLineData]
    remarks: list[DiagnosticData]


class FormatResult(NamedTuple):
    """What `format` did. `output` and `backup` are the files written, "" where none was; `made_of` is what the file is
    where it is no .docx, and one was made of it; `plan` what each paragraph is taken for, where nothing was to be
    written and None elsewhere; `first` the first page before and after, where it was to be shown."""

    file: str
    template: str
    done: Restyled
    output: str = ""
    backup: str = ""
    remarks: tuple[Diagnostic, ...] = ()
    made_of: str = ""
    plan: tuple[PlanLine, ...] | None = None
    request: FormatRequest = FormatRequest("")
    first: tuple[ShownPage, ShownPage] | None = None
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    @property
    def changes(self) -> tuple[str, ...]:
        """What was done, or would be, a sentence each."""
        return tuple(_said_of(self.done))

    def ending(self) -> Ending:
        """The files written, and what most people do next: do it for good, or proof-read."""
        if self.plan is not None:
            again = typed("format", *self.request.words())
            return Ending((), not_written("--dry-run 只看每一段当作什么", "去掉 --dry-run"), NextStep(again, "就这样排"))
        step = NextStep(typed("check", self.output or self.file), "校对")
        if not self.output:
            return Ending((), not_written("已经是这个样子", "用 -o 另一个名字.docx 照样写一份"), step)
        if self.unsaved:
            return Ending((), in_memory(), step)
        return Ending(tuple(filter(None, (self.output, self.backup))), None, step)

    def json(self) -> FormatData:
        """For programs."""
        done = self.done
        return {
            "file": self.file,
            "template": self.template,
            "changed": done.changed or bool(self.made_of),
            "output": self.output or None,
            "backup": self.backup or None,
            "paragraphs": dict(done.roles),
            "cleared": done.cleared,
            "indents": done.indents,
            "empty": done.empty,
            "blank_lines": done.blank_lines,
            "titles": done.titles,
            "mended": done.mended,
            "squeezed": done.squeezed,
            "page": done.page,
            "styles": done.styles,
            "page_numbers": done.numbers,
            "broken_lines": done.broken_lines,
            "plan": [
                {
                    "number": line.number,
                    "role": line.role or None,
                    "sure": line.sure,
                    "text": line.text,
                    "place": line.place.json(),
                    "why": line.why or None,
                }
                for line in self.plan or ()
            ],
            "remarks": [remark.json() for remark in self.remarks],
        }


def format_(request: FormatRequest, now: datetime | None = None) -> FormatResult:
    """Set a document by a template. Raises Rejected, with nothing written."""
    now = now or datetime.now().replace(microsecond=0)
    if request.output or request.dry_run:
        done = _formatted(request, now)
    else:
        done = in_place(Path(request.file), lambda: _formatted(request, now))
    return done._replace(request=request, remarks=(*_idle(request, done), *done.remarks))


def _idle(request: FormatRequest, done: "FormatResult") -> tuple[Diagnostic, ...]:
    """The options that do nothing."""
    if request.dry_run:
        return without_effect("--dry-run 只看，不写文件", [(request.output, "-o"), (request.force, "--force")])
    over = not request.output and not done.made_of
    return without_effect("直接改在原文件里，本来就写得上；和 -o 一起用", [(request.force and over, "--force")])


def _formatted(request: FormatRequest, now: datetime) -> FormatResult:
    """The same, whoever else may want the file."""
    source = Path(request.file)
    word = as_word(source, request.template)
    data = word.data
    opened = OpenedDraft(data, request.file)
    target = _target(source, request.output, bool(word.made_of))
    template, name = _template(opened, request.template)
    if not request.dry_run:
        check(target, force=request.force or target == source, inputs=() if target == source else [source])
    made = _set(request, word, opened, (template, name), now)
    if made.result.plan is not None:
        return made.result
    if target != source:
        save(target, made.data, force=request.force, inputs=[source])
        return made.result._replace(output=str(target))
    if not made.changed:
        return made.result
    kept = written_over(source, data, made.data)
    return made.result._replace(output=str(source), backup=kept)


class _DocumentSet(NamedTuple):
    """A document set by a template: what was done, its bytes now, and whether they are others; of one that is only looked
    at (the result has a plan) there may be none."""

    result: FormatResult
    data: bytes
    changed: bool


def _set(
    request: FormatRequest, word: WordFile, opened: OpenedDraft, by: tuple[Template, str], now: datetime
) -> _DocumentSet:
    """A document set by a template of a name; nothing is written. Raises Rejected."""
    template, name = by
    reading = read_file(opened.file)
    if not any(block.text.strip() for block in reading.blocks):
        raise Rejected(Diagnostic("文件里没有文字，没有什么可排的。", Place(request.file), code="no-words"))
    casts = planned(opened.file, reading.blocks, reading.elements, template)
    plan = _plan(reading.blocks, casts, reading.elements, Finder(opened.file), every=request.dry_run)
    left = tuple(_left(plan, request))
    if request.dry_run and not request.shown:
        return _DocumentSet(FormatResult(request.file, name, Restyled(), remarks=(*word.remarks, *left), plan=plan), b"", False)
    before = first_page(opened.file) if request.shown else None
    done = restyle(opened.file, reading.blocks, reading.elements, template, casts)
    remarks = tuple(_remarks(opened, done, template, request.file))
    remarks = (*word.remarks, *repeated(opened.file), *left, *remarks)
    for part in opened.file.undone:
        opened.file.touch(part)
    changed = bool(done.changed or opened.file.undone or opened.file.emptied)
    result = FormatResult(request.file, name, done, remarks=remarks, made_of=word.made_of)
    data = opened.file.data(now) if changed else word.data
    if before is not None:
        after = first_page(DocxFile(data, request.file)) if changed else before
        result = result._replace(plan=plan, first=(before, after))
    return _DocumentSet(result, data, changed)


# ── many ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Looks(NamedTuple):
    """What all documents are set by: the template that was `asked` for, "" for each its own, else the usual one; and when."""

    asked: str
    template: Template
    now: datetime


def format_folders(
    request: FoldersRequest,
    template: str = "",
    heard: HeardOfMade = lambda file, done, of: None,
    executor: "Executor | None" = None,
    hold: bool = True,
) -> FoldersResult:
    """Set each of many documents by a template, into another folder (`drafter.commands.folders`). Raises Rejected."""
    looks = _Looks(template, open_template(template or _USUAL).template, datetime.now().replace(microsecond=0))
    making = EachMade("format", (".docx",), partial(_set_of_many, looks), given(template=template))
    return for_folders(request, making, heard, executor, hold)


def _set_of_many(looks: _Looks, parcel: ToMake) -> MadeElsewhere:
    """One of many documents set. Raises Rejected."""
    name = parcel.file.name
    word = word_of(parcel.file.opened, looks.template)
    opened = OpenedDraft(word.data, name)
    by = (looks.template, looks.asked) if looks.asked else _own_template(opened) or (looks.template, _USUAL)
    made = _set(FormatRequest(name, looks.asked, parcel.names[0]), word, opened, by, looks.now)
    result = made.result._replace(output=parcel.names[0])
    return MadeElsewhere((made.data,), dict(result.json()), result.remarks)


def _said_of(done: Restyled) -> Iterator[str]:
    """What was done, a sentence each."""
    if done.page:
        yield "纸张、页边距、每页行数照模板。"
    if done.numbers:
        yield "加了页码。"
    if done.broken_lines:
        yield "按 Shift+Enter 断开的行，不再拉宽到页边。"
    if done.roles:
        yield "换了样式：" + "、".join(f"{role} {count} 段" for role, count in done.roles) + "。"
    if done.cleared:
        yield f"去掉了 {done.cleared} 段里和模板不同的字体、字号、缩进、行距、对齐。"
    if done.indents:
        yield f"去掉了 {done.indents} 段前面打的空格，改用缩进、居中或者右对齐。"
    if done.empty:
        yield f"去掉了 {done.empty} 个空段落。"
    if done.blank_lines:
        yield "标题下面、落款上面照模板空一行。"
    if done.titles:
        yield "标题一行放不下，按词意分了行。"
    if done.mended:
        yield "标题原来断在词的中间，接起来按词意分了行。"
    if done.styles and not done.roles:
        yield "样式改成了模板的。"


#: Characters of a paragraph that a remark quotes, and paragraphs it names.
_QUOTED, _NAMED = 20, 6


def _plan(
    blocks: Sequence[Block], casts: Sequence[Cast], elements: "Sequence[Sequence[Element]]", finder: Finder, *, every: bool
) -> tuple[PlanLine, ...]:
    """What each paragraph with words is taken for; where `every` one stands, or only those that nobody can be sure of."""
    worded = ((block, inner) for block, inner in zip(blocks, elements, strict=True) if block.text.strip())
    out = []
    for n, ((block, inner), cast) in enumerate(zip(worded, casts, strict=True), 1):
        words = " ".join(block.text.split())
        place = finder.within(inner, 0)._replace(words=words) if every or cast.sure == UNSURE else Spot(words)
        out.append(PlanLine(number=n, role=cast.role, sure=cast.sure, text=words, why=cast.why, place=place))
    return tuple(out)


def _left(plan: Sequence[PlanLine], request: FormatRequest) -> Iterator[Diagnostic]:
    """What is said of the paragraphs that are left as they are: those that are known for something else, those of which
    nobody can be sure."""
    known: dict[str, list[str]] = {}
    unsure: list[str] = []
    placed: list[str] = []
    for line in plan:
        said = f"“{_clipped(line.text)}”"
        if line.sure == UNSURE:
            (placed if line.role else unsure).append(f"{line.place}{said}（{line.why}）")
        elif not line.role and line.why != TABLE:
            what, _, kind = line.why.partition("：")
            known.setdefault(what, []).append(kind + said)
    for what, words in known.items():
        message = f"没有动：{what} {len(words)} 段，{_some(words)}。"
        yield Diagnostic(message, Place(request.file), "", level=ADVICE, code="left-as-it-was")
    hint = f"每段当作什么来排：drafter format {Path(request.file).name} --dry-run"
    for lines, message in ((unsure, "拿不准，没有动："), (placed, "拿不准，只换了字体字号，位置没有动：")):
        if lines:
            yield Diagnostic(
                f"{message}{_some(lines)}。", Place(request.file), hint, level=WARNING, code="left-as-it-was"
            )
            hint = ""


def _clipped(text: str) -> str:
    return printable(text if len(text) <= _QUOTED else text[:_QUOTED] + "…")


def _some(said: Sequence[str]) -> str:
    return "、".join(said[:_NAMED]) + (f"等 {len(said)} 段" if len(said) > _NAMED else "")


def _target(source: Path, output: str, made: bool) -> Path:
    """The file to write: what was asked for, else the document itself, else one beside what it was `made` of."""
    if not output:
        return source.with_suffix(".docx") if made else source
    if Path(output).suffix.lower() != ".docx":
        raise Rejected(
            Diagnostic(f"-o {output}：排好的稿子写成 .docx。", None, f"例如：-o {source.stem}-排版.docx", code="output-ending")
        )
    return Path(output)


def _template(opened: OpenedDraft, asked: str) -> tuple[Template, str]:
    """The template asked for, else the one the document says it was made by, else the usual one; and what it is
    called."""
    own = None if asked else _own_template(opened)
    name = asked or _USUAL
    return own or (open_template(name).template, name)


def _own_template(opened: OpenedDraft) -> tuple[Template, str] | None:
    """The template a document says it was made by, and what it is called; None where it says none."""
    try:
        record = opened.provenance
        return (template_of(record, opened.name), record.template) if record is not None else None
    except Rejected:  # a damaged record is no reason not to set the document
        return None


def _remarks(opened: OpenedDraft, done: Restyled, template: Template, file: str) -> Iterator[Diagnostic]:
    """What was left as it was and may not look as expected."""
    signed = any(part.startswith("_xmlsignatures/") for part in opened.file.parts)
    said = (
        (signed and done.changed, WARNING, "原文件有数字签名，改动以后就不作数了。", "要签名，请重新签。"),
        (done.squeezed, ADVICE, f"封面在模板的纸上放不下一页，去掉了 {done.squeezed} 个空段落。", ""),
        (done.tables, ADVICE, f"表格里的 {done.tables} 段没有动。", ""),
        (done.pictures, ADVICE, f"有 {done.pictures} 段带图片，图片没有动，行距放开了。", ""),
        (
            done.coloured,
            WARNING,
            f"有 {done.coloured} 处文字带颜色，没有动。",
            "不是有意标的，请在 Word 里改成黑色（GB/T 9704—2012，5.2.4）。",
        ),
        (done.across, ADVICE, f"有 {done.across} 节是横放的，纸张没有动。", ""),
        (
            done.unnumbered,
            WARNING,
            "页脚里已经有别的文字，没有加页码。",
            "请在 Word 里插入页码，或者清空页脚再排一次。",
        ),
        (
            _other_record(opened, template),
            ADVICE,
            f"稿子里记的模板不是 {template.name}，以后更新还照记的那个。",
            f"要连记录一起换：drafter update {opened.name} --template {template.name}",
        ),
        (template.base is not None, WARNING, f"模板 {template.name} 带信头，只用了它的样式，信头没有加。", ""),
    )
    for there, level, message, hint in said:
        if there:
            yield Diagnostic(message, Place(file), hint, level=level, code="left-as-it-was")


def _other_record(opened: OpenedDraft, template: Template) -> bool:
    """Whether the document's record names another template."""
    try:
        return opened.provenance is not None and opened.provenance.template != template.name
    except Rejected:
        return False
