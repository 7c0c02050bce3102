"""The commands as plain functions. The only module that opens files, asks the clock, or asks the writer."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter import __version__, settings, shelf
from drafter.answers import Settled, Typed, defaults, from_json, from_options, from_yaml, settle, to_json, to_yaml
from drafter.block import Block
from drafter.chinese import count_read, minutes, read_date
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.draft import Draft, plain
from drafter.field import Field, Value
from drafter.fill import fill, notes
from drafter.layout import compiled, lay_out, words_of
from drafter.outline import Outline, parse
from drafter.template import Page, Style, Template, parse_template

if TYPE_CHECKING:
    from drafter.writers.docx import Form
    from drafter.yamltree import Source

#: The template an outline is set by when neither it nor the user names one.
DEFAULT_TEMPLATE = "speech"

#: What `--to` and a file's ending may be.
FORMATS = ("docx", "txt", "md", "html", "pdf")


class Blank(NamedTuple):
    """A blank left: the field, what to ask for it, and how often it stands in the text."""

    name: str
    ask: str
    times: int


class Written(NamedTuple):
    """What `new` has done. `file` is "-" for standard output, `pages` None where nobody has laid the pages out, `findings`
    how many the proof-reader has of each level, None where it was not asked."""

    file: str
    outline: str
    template: str
    title: str
    draft: Draft
    pages: int | None
    blanks: tuple[Blank, ...]
    answers_file: str
    notes: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    findings: Mapping[str, int] | None = None

    @property
    def characters(self) -> int:
        """The 字 as read aloud, counted when somebody asks: on a long speech that is a fifth of a run."""
        return spoken(self.draft)

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        characters = self.characters
        fast, normal, slow = (round(m, 1) for m in minutes(characters))
        return {
            "file": self.file,
            "outline": self.outline,
            "template": self.template,
            "title": self.title,
            "characters": characters,
            "minutes": {"fast": fast, "normal": normal, "slow": slow},
            "pages": self.pages,
            "blanks": [b._asdict() for b in self.blanks],
            "answers_file": self.answers_file or None,
            "notes": list(self.notes),
            "findings": None if self.findings is None else dict(self.findings),
            "remarks": [r.json() for r in self.remarks],
        }


class Choice(NamedTuple):
    """Which requirements a speech is to have instead of its outline's own: see `drafter.pick.pick`."""

    names: tuple[str, ...] = ()
    form: str = ""
    brief: bool = False


class Request(NamedTuple):
    """What a user wants of `new`. `interactive` says whether there is somebody to ask, `proofread` whether the findings of
    the proof-reader are to be counted."""

    outlines: tuple[str, ...]
    sets: tuple[str, ...] = ()
    answers: str = ""
    save_answers: str = ""
    interactive: bool = False
    strict: bool = False
    output: str = ""
    to: str = ""
    template: str = ""
    force: bool = False
    date: str = ""
    choice: Choice = Choice()
    plain: bool = False
    proofread: bool = False


#: A longer draft (characters) is not proof-read unasked: it would take seconds.
MAX_PROOFREAD = 60_000

#: What stands above answers that would else be lost.
KEEP = "您刚才的回答如下，可以存成文件，下次用 --answers 文件名 接着用："


class Opened(NamedTuple):
    """An outline read from a file, with remarks on it."""

    path: Path
    outline: Outline
    remarks: tuple[Diagnostic, ...]


def open_outline(name: str) -> Opened:
    """The outline of a name or path. Raises Rejected."""
    path = shelf.find_outline(name)
    source, remarks = shelf.read_source(path)
    outline, more = parse(source, shelf.load)
    return Opened(path, outline, (*remarks, *more))


class Dress(NamedTuple):
    """A template ready to use: parsed, its layout compiled. `name` is what it was asked for by, `styles` the text of its
    styles.yaml."""

    template: Template
    code: CodeType
    name: str
    styles: str


def open_template(name: str) -> Dress:
    """The template of a name or path. Parsing and compiling it is a tenth of a run, so the result is kept in the user's
    cache under a hash of what it was made from. Raises Rejected."""
    folder = shelf.find_template(name)
    styles = shelf.read_source(folder / "styles.yaml")[0]
    layout = shelf.read_source(folder / "layout.j2")[0]
    base = folder / "base.docx"
    letterhead = shelf.read_bytes(base) if base.is_file() else None

    def make() -> tuple[Any, ...]:
        parsed = parse_template(folder.name, styles, layout)
        looks = tuple(tuple(style) for style in parsed.styles)
        return (tuple(parsed.page), looks, parsed.about, parsed.fallbacks, compiled(layout.text, layout.file))

    made_from = (sys.version, __version__, str(os.stat(__file__).st_mtime_ns), styles.text, layout.text)
    page, looks, about, fallbacks, code = shelf.kept("template", made_from, make)
    named = tuple(Style(*look) for look in looks)
    template = Template(folder.name, Page(*page), named, layout.text, layout.file, about, letterhead, fallbacks)
    return Dress(template, code, name, styles.text)


class _Job(NamedTuple):
    """A document on its way: what its outline was asked for by, the outline, what it is set by, and which requirements were
    chosen, with the files they stand in."""

    name: str
    opened: Opened
    dress: Dress
    choice: Choice
    passages: "dict[str, tuple[Source, ...]]"

    @property
    def outline(self) -> Outline:
        return self.opened.outline


class _Ready(NamedTuple):
    """A document that only has to be written."""

    job: _Job
    draft: Draft
    blanks: tuple[Blank, ...]
    data: bytes
    target: Path | None
    findings: Mapping[str, int] | None


def new(request: Request) -> tuple[Written, ...]:
    """Fill outlines and write them, a file for each; what several ask for is asked once, so that they agree. Raises
    Rejected, with nothing written; KeyboardInterrupt where the writer gives up."""
    now = _now(request.date)
    kind = _format(request)
    if request.output not in ("", "-") and not _is_folder(request):
        from drafter.saving import check

        check(Path(request.output), force=request.force)  # before anything is asked: it would cost the writer the answers
    jobs = _jobs(request)
    fields = together([job.outline for job in jobs])
    settled = given(fields, request.answers, request.sets, now.date())
    values = dict(settled.values)
    asked = request.interactive and any(name not in values for name in fields)
    if asked:
        from drafter.ask import GivenUp, ask_all

        open_fields = [f for f in fields.values() if f.name not in settled.blank]
        try:
            answered = ask_all(open_fields, values, today=now.date(), title=jobs[0].outline.about)
        except GivenUp as stopped:
            if not stopped.answers:
                raise
            told = Diagnostic(f"停下了，没有写文件。{KEEP}", None, to_yaml(stopped.answers).rstrip())
            raise Rejected(told, code=130) from None
        values = {name: answered[name] for name in fields if name in answered}
        left = settled.blank | {
            f.name for f in open_fields if f.name not in values and not (f.when and f.when.holds(values) is False)
        }
        settled = settled._replace(blank=frozenset(left))
    else:
        values |= defaults(fields, settled, now.date())
    try:
        return _write(request, jobs, values, kind, now, settled, asked)
    except Rejected as error:
        if asked and not request.save_answers:
            kept = Diagnostic(KEEP, None, to_yaml(values, settled.blank).rstrip())
            raise Rejected(*error.diagnostics, kept, code=error.code) from None
        raise


def _jobs(request: Request) -> list[_Job]:
    jobs = []
    choice = request.choice
    for name in request.outlines:
        opened = open_outline(name)
        outline = opened.outline
        chosen = Choice()
        passages: dict[str, tuple[Source, ...]] = {}
        if outline.passage:
            hint = f"用在提纲里：drafter new --outline 提纲 --pick {opened.path.stem}"
            raise Rejected(Diagnostic("这是一段备选的要求，不是整篇讲话。", Place(str(opened.path)), hint))
        if outline.title is None:
            raise Rejected(Diagnostic("这份提纲没有 title，只能放进别的提纲里（include）。", Place(str(opened.path))))
        if choice.names:
            from drafter.pick import own_requirements

            if own_requirements(outline) or len(request.outlines) == 1:
                opened = opened._replace(outline=picked(outline, choice, passages))
                chosen, choice = choice, Choice()  # of several documents the first that has requirements is meant
        dress = open_template(request.template or outline.template or DEFAULT_TEMPLATE)
        jobs.append(_Job(name, opened, dress, chosen, passages))
    if choice.names:
        raise Rejected("这几份提纲都没有分条的要求，--pick 没有可以换的。")
    return jobs


def picked(outline: Outline, choice: Choice, passages: "dict[str, tuple[Source, ...]] | None" = None) -> Outline:
    """The outline with the requirements chosen; the files of the passages among them are put into `passages`. Raises
    Rejected."""
    if not choice.names:
        return outline
    from drafter.pick import pick

    def find(name: str) -> Outline:
        found = open_outline(str(shelf.find_passage(name))).outline
        if passages is not None:
            passages[name] = found.sources
        return found

    return pick(outline, choice.names, choice.form, choice.brief, find)


def together(outlines: Sequence[Outline]) -> dict[str, Field]:
    """The fields of several outlines, each once, as the first of them asks for it; asked without a condition where one of
    them has none. Raises Rejected where two mean different things by one name."""
    if len(outlines) == 1:
        return outlines[0].fields
    fields: dict[str, Field] = {}
    for outline in outlines:
        for field in outline.fields.values():
            first = fields.setdefault(field.name, field)
            if first.type != field.type:
                told = f"空【{field.name}】在两份提纲里类型不同：{first.type} 和 {field.type}，不能一起写。"
                raise Rejected(Diagnostic(told, field.place, "改成一样的 type，或者分两次写。"))
            if first.when and (field.when is None or field.when.source != first.when.source):
                fields[field.name] = first._replace(when=None)
    return fields


def _write(
    request: Request,
    jobs: Sequence[_Job],
    values: Mapping[str, Value],
    kind: str,
    now: datetime,
    settled: Settled,
    asked: bool,
) -> tuple[Written, ...]:
    """Everything is made before anything is written."""
    ready: list[_Ready] = []
    targets: set[Path] = set()
    for job in jobs:
        draft = fill(job.outline, values)
        blocks = blocks_of(draft, job.dress)
        blanks = blanks_left(blocks, job.outline.fields)
        if request.strict and blanks:
            listed = "\n".join(f"【{b.name}】{b.ask}" for b in blanks)
            raise Rejected(
                Diagnostic(f"还有 {len(blanks)} 处没填，按 --strict 没有写文件：", None, f"{listed}\n用 --set 名称=回答 填上。"), code=1
            )
        title = plain(draft.title)
        author = plain(draft.byline)
        form = _form(request, job, values, settled, now, author) if kind == "docx" else None
        data = render(blocks, job.dress.template, kind, now, title, author, form)
        target = None if request.output == "-" else _target(request, title, kind, asked, targets)
        if target:
            targets.add(target)
        findings = proofread(draft, job.outline, now.date(), target) if request.proofread else None
        ready.append(_Ready(job, draft, blanks, data, target, findings))
    from drafter.saving import check, save

    for one in ready:
        if one.target and _is_folder(request):
            _folder_made(one.target)
        if one.target and len(ready) > 1:
            check(one.target, force=request.force)
    if request.save_answers:
        text = (to_json if request.save_answers.endswith(".json") else to_yaml)(values, settled.blank)
        save(Path(request.save_answers), text.encode(), force=request.force)
    remarks = settled.remarks
    written = []
    for one in ready:
        opened = one.job.opened
        if one.target is None:
            sys.stdout.buffer.write(one.data)
            sys.stdout.buffer.flush()
        else:
            inputs = (opened.path, *(Path(s.file) for s in one.job.outline.sources))
            save(one.target, one.data, force=request.force, inputs=inputs)
        written.append(
            Written(
                str(one.target or "-"),
                opened.path.stem,
                one.job.dress.template.name,
                plain(one.draft.title),
                one.draft,
                _pdf_pages(one.data) if kind == "pdf" else None,
                one.blanks,
                request.save_answers,
                notes(one.job.outline, one.draft),
                (*opened.remarks, *remarks),
                one.findings,
            )
        )
        remarks = ()
    return tuple(written)


def proofread(draft: Draft, outline: Outline, today: date, target: Path | None) -> dict[str, int] | None:
    """How many findings of each level the proof-reader has on a draft, by the settings that hold where it is written; those
    on blanks nobody has answered are left out, for these are told anyway. None for one too long."""
    from drafter.checking import check, counted, on_a_blank, paper_of_draft

    if sum(len(words_of(part)) for part in draft.parts) > MAX_PROOFREAD:
        return None
    paper = paper_of_draft(draft, outline, None, today)
    chosen = settings.checks(target.parent if target else Path())
    lines = paper.speech.lines
    return counted(f for f in check(paper, chosen) if not on_a_blank(lines[f.line].text, f))


def _form(
    request: Request, job: _Job, values: Mapping[str, Value], settled: Settled, now: datetime, author: str
) -> "Form":
    """What keeps a document connected with what it is made from."""
    from drafter.origin import Recipe, form, record, stage_name
    from drafter.provenance import Stage

    own = {name: values[name] for name in job.outline.fields if name in values}
    recipe = Recipe(
        job.name,
        job.outline,
        job.dress.name,
        job.dress.template,
        job.dress.styles,
        job.choice.names,
        job.choice.form,
        job.choice.brief,
        job.passages,
    )
    first = Stage(1, stage_name(1), when=now.isoformat(timespec="seconds"))
    blank = [name for name in settled.blank if name in job.outline.fields]
    plain = request.plain or settings.plain()
    return form(record(recipe, own, blank, now, author, plain, [first]), job.outline, own)


def given(fields: Mapping[str, Field], answers: str, sets: Sequence[str], today: date) -> Settled:
    """The answers of an answers file (a path, "-" for standard input, "" for none) and of `--set`, the latter stronger."""
    typed: dict[str, Typed] = {}
    remarks: tuple[Diagnostic, ...] = ()
    if answers:
        source, remarks = _answers_source(answers)
        as_json = answers.endswith(".json") or (answers == "-" and source.text.lstrip().startswith("{"))
        typed = (from_json if as_json else from_yaml)(source)
    by_hand = from_options(sets)
    typed |= by_hand
    settled = settle(fields, typed, today, frozenset(by_hand))
    return settled._replace(remarks=(*remarks, *settled.remarks))


def spoken(draft: Draft) -> int:
    """The 字 of a speech as read aloud, from the salutation to the end; title and date line are not said."""
    return sum(count_read(words_of(part)) for part in draft.parts)


def _answers_source(name: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    from drafter.yamltree import MAX_BYTES, decode

    if name == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise Rejected("--answers - 要从标准输入读，可是没有东西送进来。例如：cat 回答.yaml | drafter new … --answers -")
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入")
    return shelf.read_source(Path(name))


def blocks_of(draft: Draft, dress: Dress) -> tuple[Block, ...]:
    """The blocks of a draft set by a template."""
    template = dress.template
    roles = [s.role for s in template.styles if not s.character]
    widths = {s.role: s.width_chars for s in template.styles if s.width_chars}
    return lay_out(draft, template.layout, template.layout_file, roles, widths, dress.code)


def blanks_left(blocks: Sequence[Block], fields: Mapping[str, Field]) -> tuple[Blank, ...]:
    """The blanks nobody has answered, in the order they stand."""
    times: dict[str, int] = {}
    for block in blocks:
        for span in block.spans:
            if not span.answered:
                name = span.field or span.blank
                times[name] = times.get(name, 0) + 1
    return tuple(Blank(name, fields[name].ask if name in fields else "", n) for name, n in times.items())


def render(
    blocks: Sequence[Block],
    template: Template,
    kind: str,
    now: datetime,
    title: str,
    author: str,
    form: "Form | None" = None,
) -> bytes:
    """The blocks as a file of a kind. Raises Rejected."""
    if kind == "html":
        from drafter.writers.html import write as write_html

        return write_html(blocks, template, title=title).encode()
    if kind in ("txt", "md"):
        from drafter.writers.text import write_md, write_txt

        return (write_md if kind == "md" else write_txt)(blocks, template).encode()
    from drafter.writers.docx import write as write_docx

    data = write_docx(blocks, template, now=now, title=title, author=author, form=form)
    return _to_pdf(data, template.fallbacks) if kind == "pdf" else data


def libreoffice() -> str:
    """LibreOffice's program, "" where there is none."""
    from shutil import which

    for name in ("soffice", "libreoffice"):
        found = which(name)
        if found:
            return found
    usual = (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    )
    return next((path for path in usual if os.path.exists(path)), "")


def _need_libreoffice() -> str:
    program = libreoffice()
    if not program:
        raise Rejected(
            Diagnostic(
                "这台电脑上没有 LibreOffice，转不成 PDF。",
                None,
                "装上 LibreOffice 再试；或者先写 .docx，在 Word 或 WPS 里“另存为 PDF”。",
            ),
            code=1,
        )
    return program


def _stand_ins(fallbacks: Mapping[str, Sequence[str]]) -> str:
    """Fontconfig's rules for the fonts this machine does not have; LibreOffice by itself sets them all in one sans."""
    from xml.sax.saxutils import escape

    rules = []
    for font, others in fallbacks.items():
        names = "".join(f"<family>{escape(name)}</family>" for name in (font, *others))
        rules.append(f'<alias binding="same"><family>{escape(font)}</family><prefer>{names}</prefer></alias>')
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' + "".join(rules) + "</fontconfig>\n"
    )


def _to_pdf(docx: bytes, fallbacks: Mapping[str, Sequence[str]]) -> bytes:
    program = _need_libreoffice()
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="drafter-") as folder:
        source = Path(folder) / "speech.docx"
        source.write_bytes(docx)
        profile = (Path(folder) / "profile").as_uri()
        environment = dict(os.environ)
        if os.path.exists("/etc/fonts/fonts.conf"):
            (Path(folder) / "fonts.conf").write_text(_stand_ins(fallbacks), encoding="utf-8")
            environment["FONTCONFIG_FILE"] = str(Path(folder) / "fonts.conf")
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
        except subprocess.TimeoutExpired:
            raise Rejected("LibreOffice 两分钟还没转完 PDF，已经停下。请先写 .docx，再在 Word 或 WPS 里另存为 PDF。", code=1) from None
        pdf = source.with_suffix(".pdf")
        if not pdf.is_file():
            why = done.stderr.decode(errors="replace").strip().splitlines()
            raise Rejected(Diagnostic("LibreOffice 没有转成 PDF。", None, why[-1] if why else ""), code=1)
        return pdf.read_bytes()


def _pdf_pages(pdf: bytes) -> int | None:
    import re

    found = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf)
    counts = [int(a or b) for a, b in found]
    return max(counts) if counts else None


def _now(text: str) -> datetime:
    """The moment `--date` names (its midnight), or now."""
    if not text:
        return datetime.now().replace(microsecond=0)
    found = read_date(text, date.today())
    if found is None:
        raise Rejected(f"--date {text}：这不是日期。写成 2026-11-22 或 11月22日。")
    return datetime(found.year, found.month, found.day)


def _format(request: Request) -> str:
    """The kind of file asked for, by `--to` or the output's ending."""
    folder = _is_folder(request)
    ending = "" if request.output in ("", "-") or folder else Path(request.output).suffix.lower().removeprefix(".")
    kind = request.to.lower().removeprefix(".") or ending or "docx"
    if kind not in FORMATS:
        what = f"--to {request.to}" if request.to else f"-o {request.output}"
        more = "旧的 .doc 格式不写；" if kind == "doc" else ""
        raise Rejected(f"{what}：{more}文件只能是 {'、'.join('.' + f for f in FORMATS)}。")
    if ending and ending != kind:
        raise Rejected(f"-o {request.output} 和 --to {request.to} 对不上；去掉一个。")
    if len(request.outlines) > 1 and request.output and not folder:
        raise Rejected(f"-o {request.output}：几份提纲要写几个文件，这里写一个文件夹，例如 -o 会议材料/。")
    if request.output == "-" and not request.to:
        raise Rejected("-o - 要写到标准输出，还要说是哪一种：--to docx（或 txt、md、html、pdf）。")
    if request.output == "-" and sys.stdout is None:
        raise Rejected("-o - 要写到标准输出，可是它是关着的。用 -o 文件名。")
    if request.output == "-" and kind in ("docx", "pdf") and sys.stdout.isatty():
        raise Rejected(f".{kind} 不是文字，不能显示在屏幕上。用 -o 文件名，或者接到别的程序：… -o - --to {kind} > 讲话.{kind}")
    if kind == "pdf":
        _need_libreoffice()
    return kind


def _is_folder(request: Request) -> bool:
    """Whether the output names a folder: one that is there, or a name that ends as a folder's does."""
    output = request.output
    return output not in ("", "-") and (output.endswith(("/", os.sep)) or os.path.isdir(output))


def _target(request: Request, title: str, kind: str, asked: bool, taken: set[Path]) -> Path:
    """The file to write. After a conversation an existing name is stepped past; otherwise `save` refuses it."""
    folder = _is_folder(request)
    if request.output and not folder:
        return Path(request.output)
    from drafter.filename import legal_name

    within = Path(request.output) if folder else Path()
    path = within / legal_name(title, "." + kind)
    number = 2
    while path in taken or (asked and not request.force and os.path.lexists(path)):
        path = within / legal_name(title, f"{number}.{kind}")
        number += 1
    return path


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────

_STARTER = """\
# {name}
# 汉字都可以改；英文词（冒号左边）请不要动。改坏了，drafter outlines check {name} 会告诉您在第几行。
title: 在【会议名称】上的讲话
about: 用在什么场合，一句话
genre: 讲话
dateline: （【日期】）
byline: 【讲话人职务】　【讲话人】

# 照第一条的样子写序号，一行一级：一、 （一） 1. 一要 一是 第一，
numbering:
  - 一、
  - （一）

# 要填的空。冒号左边是名称，文中写【名称】；右边是问题。
fields:
  会议名称:
    ask: 会议全称是什么？
    example: 全市政务信息工作会议
  讲话人: 谁讲话？
  讲话人职务: 讲话人是什么职务？
  日期:
    ask: 哪一天讲？
    type: date
  有上级要求:
    ask: 要不要传达上级会议精神？
    type: yes/no
    default: 否
  上级会议:
    ask: 上级会议的全称是什么？
    when: 有上级要求

# 讲话的各个部分，按先后次序。
speech:
  - greeting: 同志们：

  - opening: |
      今天召开【会议名称】，主要任务是……

  # 有条件的部分写上 when，条件不成立就不写出来。
  - situation: |
      日前，【上级会议】作出了部署……
    when: 有上级要求
    note: note 是给写稿人看的提醒，不会印出来。

  - lead: 下面，我讲几点意见。

  - requirements:
      - heading: 提高认识，把准方向
        text: ……
      - heading: 突出重点，抓好落实
        text: ……
        points:
          - heading: 压实责任
            text: ……
          - heading: 严格督查
            text: ……

  - closing: |
      同志们，……
"""


def check_outline(name: str) -> tuple[Diagnostic, ...]:
    """Every problem of an outline, errors and warnings, in the order they stand."""
    from drafter.outline import lint

    try:
        opened = open_outline(name)
    except Rejected as error:
        return error.diagnostics
    return (*opened.remarks, *lint(opened.outline, date.today()), *template_problems(opened.outline))


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
    from drafter.yamltree import Mapping as Tree
    from drafter.yamltree import parse as tree_of

    for source in outline.sources:
        tree = tree_of(source)
        node = tree.get("template") if isinstance(tree, Tree) else None
        if node is not None:
            return node.diagnostic(problem.message, hint=problem.hint)
    return problem._replace(place=Place(outline.source.file))


def copy_outline(name: str, user: bool) -> Path:
    """Copy the outline or passage of a name to ./outlines/ (or the user's folder), with the line that tells editors of its schema.
    Returns the copy; one that is there already is returned as it is."""
    found = shelf.find_outline(name)
    kind = shelf.PASSAGES if found.parent.name == Path(shelf.PASSAGES).name else shelf.OUTLINES
    target = (shelf.user_home() if user else Path()) / kind / found.with_suffix(".yaml").name
    if target.exists():
        return target
    _write_outline(target, shelf.read_source(found)[0].text)
    return target


def start_outline(name: str, user: bool) -> Path:
    """Write a commented outline to start from. Raises Rejected where one of that name is there."""
    if not shelf.usable_name(name):
        raise Rejected(Diagnostic(f"“{name}”不能作提纲的名称。", None, "用字母、汉字、数字、- 和 _，不带空格和标点。"))
    target = (shelf.user_home() if user else Path()) / shelf.OUTLINES / f"{name}.yaml"
    if os.path.lexists(target):
        raise Rejected(Diagnostic(f"{target} 已经有了。", None, f"换个名称；要改这一份：drafter outlines edit {name}"))
    _write_outline(target, _STARTER.format(name=name))
    return target


#: The schema beside the outlines, and the line that sends editors to it.
_SCHEMA = "outline.schema.json"
_SCHEMA_LINE = f"# yaml-language-server: $schema={_SCHEMA}\n"


def _write_outline(target: Path, text: str) -> None:
    """Write a new outline, and beside it the schema its first line names, so that editors complete and underline."""
    import json

    from drafter.saving import save
    from drafter.vocabulary import schema

    save(_folder_made(target), (_SCHEMA_LINE + text.removeprefix(_SCHEMA_LINE)).encode(), force=False)
    save(target.with_name(_SCHEMA), (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode(), force=True)


def _folder_made(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Rejected(Diagnostic(f"建不了文件夹（{error.strerror}）。", Place(str(path.parent))), code=1) from None
    return path


# ── preview ────────────────────────────────────────────────────────────────────────────────────────────────────────


def preview(
    name: str,
    answers: str,
    sets: tuple[str, ...],
    template: str,
    choice: Choice,
    with_examples: bool,
    watch: bool,
    output: str,
    open_browser: bool,
    force: bool,
    say: Callable[[str], object],
    launch: Callable[[str], object],
) -> None:
    """Show an outline's pages: as a file (`output`), in the browser, or in the browser following the file (`watch`)."""
    opened = open_outline(name)

    def page(live: str = "") -> str:
        from drafter.answers import examples
        from drafter.writers.html import write as write_html

        outline = picked(open_outline(name).outline, choice)
        today = date.today()
        settled = given(outline.fields, answers, sets, today)
        values = dict(settled.values)
        for more in (examples(outline.fields, today) if with_examples else {}, defaults(outline.fields, settled, today)):
            values = {**more, **values}
        dress = open_template(template or outline.template or DEFAULT_TEMPLATE)
        draft = fill(outline, values)
        return write_html(blocks_of(draft, dress), dress.template, title=plain(draft.title), live=live, notes=notes(outline, draft))

    if watch:
        import gc

        from drafter.preview import serve

        gc.enable()
        sources = [Path(s.file) for s in opened.outline.sources]
        if answers and answers != "-":
            sources.append(Path(answers))
        folder = shelf.find_template(template or opened.outline.template or DEFAULT_TEMPLATE)
        sources += [folder / "styles.yaml", folder / "layout.j2"]
        serve(page, sources, open_browser=open_browser, on_ready=lambda url: say(f"{url}\n提纲一保存，页面就跟着变；按 Ctrl-C 结束。"))
        return
    from drafter.saving import save

    if output:
        target = Path(output)
        save(target, page().encode(), force=force, inputs=[Path(s.file) for s in opened.outline.sources])
        say(f"写好了：{output}")
        return
    import tempfile

    target = Path(tempfile.mkdtemp(prefix="drafter-")) / "预览.html"
    save(target, page().encode())
    say(f"预览：{target.as_uri()}")
    if open_browser:
        launch(target.as_uri())
