"""`drafter finish`: the final copy of a Word document, from any program, and why it cannot be made yet."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.drafts import numbers_out_of_order
from drafter.commands.filename import legal_name
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.reading import as_word
from drafter.commands.saving import Output, check_all, save_all
from drafter.diagnostic import ERROR, WARNING, Diagnostic, DiagnosticData, Place, Rejected
from drafter.speech.block import Block
from drafter.speech.spot import SpotData
from drafter.template.styles import BLANK, BODY, TITLE, Template
from drafter.word.clean import Done, accept_revisions, authors, clean, drop_comments, drop_highlights, embedded
from drafter.word.confirm import open_marks, settle
from drafter.word.document import DocxFile
from drafter.word.leaks import LEAKS as LEAKS
from drafter.word.unfinished import Problem as Problem
from drafter.word.unfinished import problem, problems, quoted

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding

#: What a draft's name ends in, and what its final copy's and large print's do.
_STAGE = re.compile(r"[ _-]*[（(][^（）()]{0,12}稿[)）]$")
_FINAL, _LARGE = "（定稿）", "（大字版）"

#: The template large print is set by.
_READING = "reading"


#: What each kind of problem is called, and what to do about it.
REMEDIES = {
    "blank": ("空没填", "在 Word 里逐处填上；本来就要用【】的，换成别的括号。"),
    "confirm": ("没有核实", "核对以后在 Word 里删掉批注，或者一处处定：drafter status 文件 --confirm"),
    "revision": ("修订没有处理", "在 Word 里“审阅→接受”或“拒绝”；全部接受：--accept-revisions"),
    "comment": ("批注还在", "看过以后在 Word 里删掉；全部删掉：--drop-comments"),
    "highlight": ("标着颜色", "核对以后在 Word 里去掉底色；全部去掉：--drop-highlights"),
    "repeated": ("重复的字", "在 Word 里改成一遍；以后用 LibreOffice 24.2 以上的版本存，或者写稿时加 --plain。"),
    "error": ("校对出错误", "在 Word 里改正；看过认为没有错的，用 drafter check --keep 记下不改，或者加 --force 照样定稿。"),
    "hidden": ("隐藏文字", "在 Word 里“开始→¶”看一看；“文件→信息→检查文档”可以删掉。"),
    "unseen": ("看不见的字", "纸上看不见，选中就看得见；不要的删掉，要的改成看得见的。"),
    "link": ("链接露出了文件夹或者姓名", "对方打不开，还看得到它指向哪里；请在 Word 里去掉。"),
    "field": ("域里写着路径或者姓名", "选中它，按 Ctrl+Shift+F9 变成文字再改，或者删掉。"),
}

#: Places of a kind of leak that are told when the copy is written all the same.
_PLACES = 5


class FinishRequest(NamedTuple):
    """What a user wants of `finish`. `known_as` is the file of which what was decided to leave counts too, "" for none."""

    file: str
    output: str = ""
    large_print: bool = False
    check: bool = False
    force: bool = False
    accept_revisions: bool = False
    drop_comments: bool = False
    drop_highlights: bool = False
    known_as: str = ""

    def typed_again(self, check: bool) -> str:
        """The command as it is typed, to be done for good or only to `check`."""
        options = self._asdict() | {"check": check}
        del options["known_as"]
        return typed("finish", options.pop("file"), *given(**options))


class ProblemData(TypedDict):
    """A thing left to do, for programs (`Problem`)."""

    kind: str
    where: str
    page: int
    paragraph: int
    words: str
    note: str
    who: str
    remedy: str
    place: SpotData


class FinishData(TypedDict):
    """What `finish` found and did, for programs."""

    file: str
    clean: bool
    problems: list[ProblemData]
    output: str | None
    large_print: str | None
    controls: int
    record: bool
    findings: Mapping[str, int]
    remarks: list[DiagnosticData]


class FinishResult(NamedTuple):
    """What `finish` found and did. `output` and `large_print` are the files written, "" where none was; `findings` says
    how many the proof-reader has of each level, `bare` that there was nothing to take out: the file is a final copy."""

    file: str
    problems: tuple[Problem, ...]
    output: str = ""
    large_print: str = ""
    controls: int = 0
    record: bool = False
    remarks: tuple[Diagnostic, ...] = ()
    findings: Mapping[str, int] = {}
    request: FinishRequest = FinishRequest("")
    bare: bool = False
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def ending(self) -> Ending:
        """The files written, and what most people do next: see to what is left, or hand in the copy."""
        if self.output:
            large = f"；{Path(self.large_print).name} 给讲话人念" if self.large_print else ""
            step = NextStep(None, f"打开 {Path(self.output).name} 看一遍，打印或者发出去{large}。")
            if self.unsaved:
                return Ending((), in_memory(), step)
            return Ending(tuple(filter(None, (self.output, self.large_print))), None, step)
        if self.bare:
            step = NextStep(None, f"打开 {Path(self.file).name} 看一遍，打印或者发出去。")
            return Ending((), not_written("这一份没有要去掉的，已经是定稿"), step)
        if not self.problems:
            step = NextStep(self.request.typed_again(check=False), "定稿")
            return Ending((), not_written("--check 只检查", "去掉 --check"), step)
        kinds = {problem.kind for problem in self.problems} - set(LEAKS)
        step = NextStep(self.request.typed_again(check=False), "处理好上面几处，存好，再定稿")
        if kinds == {"error"}:
            step = NextStep(typed("check", self.file), "逐条看错误怎么改")
        elif kinds == {"confirm"}:
            step = NextStep(typed("status", self.file, "--confirm"), "一处处核实")
        elif not kinds:
            step = NextStep(self.request.typed_again(check=False), "看过不要紧的话，定稿")
        if self.request.check:
            return Ending((), not_written("--check 只检查", "先处理上面几处，再去掉 --check"), step)
        return Ending((), not_written("还不能定稿，先处理上面几处"), step)

    def json(self) -> FinishData:
        """For programs."""
        return {
            "file": self.file,
            "clean": not self.problems,
            "problems": [_data_of(problem) for problem in self.problems],
            "output": self.output or None,
            "large_print": self.large_print or None,
            "controls": self.controls,
            "record": self.record,
            "findings": self.findings,
            "remarks": [remark.json() for remark in self.remarks],
        }


def _data_of(one: Problem) -> ProblemData:
    return ProblemData(
        kind=one.kind,
        where=one.where,
        page=one.page,
        paragraph=one.paragraph,
        words=one.words,
        note=one.note,
        who=one.who,
        remedy=one.remedy,
        place=one.place.json(),
    )


def finish(request: FinishRequest, now: datetime | None = None) -> FinishResult:
    """Look for what is left to do; where nothing is, write the clean copy. The file itself is never changed. Errors of
    the proof-reader are left to do too, but with `force`. Raises Rejected."""
    now = now or datetime.now().replace(microsecond=0)
    source = Path(request.file)
    word = as_word(source)
    file = DocxFile(word.data, source.name)
    names = authors(file)
    decided = decided_in(file, source)  # the comments may go
    if request.known_as:
        from drafter.commands.kept import kept_beside

        decided = (*decided, *kept_beside(Path(request.known_as)))
    if request.accept_revisions:
        accept_revisions(file)
    settle(file)
    if request.drop_comments:
        drop_comments(file, {mark.comment for mark in open_marks(file)})
    if request.drop_highlights:
        drop_highlights(file)
    errors, findings = faults(file, source, decided)
    told = problems(file, names)
    told = tuple(problem._replace(remedy=REMEDIES[problem.kind][1]) for problem in (*told, *errors))
    leaks = tuple(problem for problem in told if problem.kind in LEAKS)
    passed = ("error", *LEAKS) if request.force else LEAKS
    found = tuple(problem for problem in told if problem.kind not in passed)
    disorder = numbers_out_of_order(word.data, request.file)
    if found or request.check:
        inside = _remarks(False, embedded(file), source.name)
        options = [(request.output, "-o"), (request.large_print, "--large-print")]
        idle = without_effect("--check 只检查，不写文件", options) if request.check else ()
        remarks = (*idle, *word.remarks, *disorder, *inside)
        left = (*found, *leaks)
        changed = request.accept_revisions or request.drop_comments or request.drop_highlights
        bare = not left and not changed and _bare(clean(file, now, names))
        return FinishResult(request.file, left, remarks=remarks, findings=findings, request=request, bare=bare)
    target = _target(source, request.output)
    large = target.with_name(legal_name(_stem(target), _LARGE + ".docx")) if request.large_print else None
    paths = [path for path in (target, large) if path]
    check_all([Output(path, b"", request.force, [source]) for path in paths])
    done = clean(file, now, names)
    remarks = (*word.remarks, *disorder, *_leaked(leaks, source.name), *_remarks(done.signed, done.objects, source.name))
    copies = [done.data]
    if large:
        from drafter.commands.opening import open_template

        printed, more = large_print(done.data, source.name, open_template(_READING).template, now)
        copies.append(printed)
        remarks = (*remarks, *more)
    save_all([Output(path, data, request.force, [source]) for path, data in zip(paths, copies, strict=True)])
    return FinishResult(
        file=request.file,
        problems=(),
        output=str(target),
        large_print=str(large or ""),
        controls=done.controls,
        record=done.record,
        remarks=remarks,
        findings=findings,
        request=request,
    )


def _bare(copy: Done) -> bool:
    """Whether a copy was made of a file that has nothing to take out."""
    return not copy.controls and not copy.record


def decided_in(file: DocxFile, source: Path) -> "tuple[KeptFinding, ...]":
    """What somebody has decided to leave of what the proof-reader finds in a document."""
    from drafter.commands.kept import kept_beside, kept_inside, kept_of
    from drafter.commands.papers import read_docx
    from drafter.word.keeping import own_comments

    if any(comment.left for comment in own_comments(file).values()):
        return kept_of(str(source), read_docx(file)).all
    return (*kept_inside(file), *kept_beside(source))


def faults(
    file: DocxFile, source: Path, decided: "tuple[KeptFinding, ...]"
) -> tuple[tuple[Problem, ...], dict[str, int]]:
    """The errors of the proof-reader on a document, and how many findings it has of each level, by the settings that
    hold where the document lies, without what somebody has decided to leave. What it says of blanks is left out: these are
    problems by themselves."""
    from drafter.check.kept import apart
    from drafter.check.paper import check
    from drafter.check.report import counted, on_a_blank, placed_message, remedy
    from drafter.commands.papers import placed_in, read_docx
    from drafter.commands.settings import checks

    opened = read_docx(file)
    assert opened.word is not None
    lines, placed = opened.paper.speech.lines, placed_in(opened)
    assert placed is not None, "it is a Word file"
    found, _ = apart(opened.paper.speech, check(opened.paper, checks(source.parent, strange=True)), decided)
    found = tuple(f for f in found if not on_a_blank(lines[f.line].text, f))
    errors = []
    for f in found:
        if f.level == ERROR:
            place = placed(f, quoted(lines[f.line].text[f.start : f.end]))
            errors.append(problem("error", place, " ".join(filter(None, (placed_message(opened.paper, f, placed).message, remedy(f))))))
    return tuple(errors), counted(found)


def large_print(data: bytes, name: str, template: Template, now: datetime) -> tuple[bytes, list[Diagnostic]]:
    """The words of a document set by a template for reading aloud, and what was left out of it. A role the template
    does not have becomes 正文; a title is broken into lines anew."""
    from drafter.readers.docx import read_file
    from drafter.writers.docx import write

    reading = read_file(DocxFile(data, name))
    roles = {style.role for style in template.styles if not style.character}
    strong = {style.role for style in template.styles if style.character} - {BLANK}
    widths = {style.role: style.width_chars for style in template.styles if style.width_chars}
    blocks = [_set(block, roles, strong, widths) for block in reading.blocks]
    title = next((block.text.replace("\n", "") for block in blocks if block.role == TITLE), "")
    remarks = [r._replace(message=f"大字版：{r.message}") for r in reading.remarks]
    return write(blocks, template, now=now, title=title), remarks


def _set(block: Block, roles: set[str], strong: set[str], widths: dict[str, float]) -> Block:
    """A block with roles of a template alone, and no blanks: nothing is left to fill."""
    from drafter.chinese.title import break_title
    from drafter.speech.draft import Span, plain

    role = block.role if block.role in roles else BODY
    spans = tuple(Span(span.text, span.strong if span.strong in strong else "") for span in block.spans)
    if role in widths and len(spans) == 1:
        words = plain(spans).replace("\n", "")
        cuts = (0, *break_title(words, widths[role]), len(words))
        spans = (spans[0]._replace(text="\n".join(words[a:b] for a, b in pairwise(cuts))),)
    return Block(role, spans)


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stem(path: Path) -> str:
    """A file's name without its ending and the draft it is."""
    return _STAGE.sub("", path.stem) or path.stem


def final_name(source: Path) -> str:
    """What the clean copy of a file is called: 讲话（二稿）.docx → 讲话（定稿）.docx."""
    return legal_name(_stem(source), _FINAL + ".docx")


def _target(source: Path, output: str) -> Path:
    """Where the clean copy goes: what was asked for, else beside the file, 讲话（二稿）.docx → 讲话（定稿）.docx."""
    own = final_name(source)
    if not output:
        return source.with_name(own)
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        return Path(output) / own
    if Path(output).suffix.lower() != ".docx":
        raise Rejected(Diagnostic(f"-o {output}：定稿写成 .docx。", None, f"例如：-o {own}", code="output-ending"))
    return Path(output)


# ── remarks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _leaked(leaks: Sequence[Problem], name: str) -> list[Diagnostic]:
    """What is told of the leaks of a copy that was written all the same: of each kind, the places."""
    out = []
    for kind in LEAKS:
        found = [problem for problem in leaks if problem.kind == kind]
        if found:
            called, remedy = REMEDIES[kind]
            places = "；".join(f"{p.where}“{p.words}”" + (f"（{p.note}）" if p.note else "") for p in found[:_PLACES])
            more = f"……等 {len(found)} 处" if len(found) > _PLACES else ""
            told = f"有 {len(found)} 处{called}，没有动：{places}{more}"
            out.append(Diagnostic(told, Place(name), remedy, level=WARNING, code="left-in-final-copy"))
    return out


def _remarks(signed: bool, objects: Sequence[str], name: str) -> list[Diagnostic]:
    """What the copy cannot keep, and what is in it that nobody looks into."""
    said: Sequence[tuple[object, str, str]] = (
        (signed, "原文件有数字签名，改动以后就不作数了，已经去掉。", "要签名，请在定稿上重新签。"),
        (
            objects,
            f"文中嵌着 {len(objects)} 个文件（表格、图表等），里面的作者没有动。",
            "不需要对方打开的，换成图片。",
        ),
    )
    return [
        Diagnostic(message, Place(name), hint, level=WARNING, code="left-in-final-copy")
        for there, message, hint in said
        if there
    ]
