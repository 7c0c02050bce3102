"""`drafter merge`: copies that came back from other departments put into the text that went out (征求意见), every change
signed; and the table of opinions, written and later filled in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands import elsewhere
from drafter.commands.changing import in_place, written_over
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.reading import as_word, converted, open_file, read_opened
from drafter.commands.saving import Output, check, check_all, save, save_all
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, DiagnosticData, Place, Rejected
from drafter.outline import shelf
from drafter.readers.open import DOCX, OUTLINE
from drafter.revise.gather import Copy, Decided, Gathered, gather, marked
from drafter.revise.opinions import ADOPTED, OPEN, REFUSED, STATES, Opinion, became, ledger, opinions
from drafter.revise.returned import Stories
from drafter.revise.wishes import CopyLine
from drafter.word.ledger import Ledger, ledger_of

#: The share of the text that went out that must be in a copy: below the first it is another text and refused, below
#: the second it is said. Two speeches on one theme share less than a tenth.
_SAME, _MUCH = 0.2, 0.6

#: Copies of one text; each is held in memory.
MAX_COPIES = 200

#: What stands around the name of a department in the name of a file.
_AROUND = " \t　-－—_+.（）()【】[]：:"

Progress = Callable[[str], None]


class MergeRequest(NamedTuple):
    """What a user wants of `merge`: the text that went out and the copies. `output` is where the result goes, "" beside
    the text; `names` who the copies are from, in their order or as 文件名=单位, as they are typed in one row or one by one in
    their order, "" by the names of the files; `decisions` what was decided of rows of the table before: their numbers from 1, and
    whether they are adopted; `table` where the table of opinions goes, "" nowhere."""

    original: str
    copies: tuple[str, ...]
    output: str = ""
    names: str | tuple[str, ...] = ""
    table: str = ""
    dry_run: bool = False
    force: bool = False
    decisions: tuple[tuple[int, bool], ...] = ()


class CopyData(TypedDict):
    """A copy for programs: who it is from, how many changes and comments it has, and the share of the text that is in
    it, 0 to 1."""

    name: str
    file: str
    changes: int
    comments: int
    alike: float


class OpinionData(TypedDict):
    """A row of the table: who wishes what where. `original` are the words that went out. `kind` is "change", "clash"
    (it touches wishes of others), "comment", "other" (not marked in the text) or "none" (no wish)."""

    number: int
    names: list[str]
    place: str
    original: str
    wanted: str
    kind: str


class MergeData(TypedDict):
    """What `merge` has done, for programs. `file` and `table` are null where nothing was written. `changes` counts the
    tracked stretches, `joined` those several wish alike, `clashes` those where wishes touch."""

    original: str
    file: str | None
    table: str | None
    dry_run: bool
    copies: list[CopyData]
    changes: int
    joined: int
    clashes: int
    comments: int
    opinions: list[OpinionData]
    remarks: list[DiagnosticData]


class MergeResult(NamedTuple):
    """What `merge` has done. `file` and `table` are "" where nothing was written; `files` are the copies' files in
    their order."""

    original: str
    file: str
    table: str
    dry_run: bool
    files: tuple[str, ...]
    gathered: Gathered
    opinions: tuple[Opinion, ...]
    remarks: tuple[Diagnostic, ...]
    request: MergeRequest = MergeRequest("", ())
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def ending(self) -> Ending:
        """The files written, and what most people do next: decide in Word, then fill in the table or make the final copy."""
        if self.dry_run:
            request = self.request
            names = request.names if isinstance(request.names, str) else ",".join(request.names)
            options = given(output=request.output, names=names, table=request.table, force=request.force)
            step = NextStep(typed("merge", request.original, *request.copies, *options), "就这样汇总")
            return Ending((), not_written("--dry-run 只看各家提了什么", "去掉 --dry-run"), step)
        step = NextStep(typed("finish", self.file), "在 Word 里逐条接受或者拒绝，存好，再定稿")
        if self.table:
            step = NextStep(
                typed("merge", "--adopted", self.file, "--table", self.table), "在 Word 里逐条接受或者拒绝，存好，再填采纳情况"
            )
        if self.unsaved:
            return Ending((), in_memory(), step)
        return Ending(tuple(filter(None, (self.file, self.table))), None, step)

    @property
    def changes(self) -> int:
        """The stretches that change."""
        return sum(len(rows) for rows in self.gathered.changes.values())

    @property
    def joined(self) -> int:
        """Those several copies wish alike."""
        rows = [change for changes in self.gathered.changes.values() for change in changes]
        return sum(len(change.ways) == 1 < len(change.by) for change in rows)

    @property
    def clashes(self) -> int:
        """Those where wishes touch each other."""
        return sum(len(change.ways) > 1 for changes in self.gathered.changes.values() for change in changes)

    @property
    def copies(self) -> tuple[CopyData, ...]:
        """The copies, in their order."""
        return tuple(
            CopyData(
                name=copy.name,
                file=file,
                changes=sum(len(edits) for edits in copy.edits.values()) + len(copy.left),
                comments=len(copy.remarks),
                alike=round(copy.alike, 3),
            )
            for copy, file in zip(self.gathered.copies, self.files, strict=True)
        )

    def json(self) -> MergeData:
        """For programs."""
        return MergeData(
            original=self.original,
            file=self.file or None,
            table=self.table or None,
            dry_run=self.dry_run,
            copies=list(self.copies),
            changes=self.changes,
            joined=self.joined,
            clashes=self.clashes,
            comments=sum(len(copy.remarks) for copy in self.gathered.copies),
            opinions=[
                OpinionData(
                    number=number,
                    names=list(row.names),
                    place=row.place,
                    original=row.original,
                    wanted=row.wanted,
                    kind=row.kind,
                )
                for number, row in enumerate(self.opinions, 1)
            ],
            remarks=[remark.json() for remark in self.remarks],
        )


def merge(request: MergeRequest, progress: Progress = lambda said: None) -> MergeResult:
    """The copies put into one. Raises Rejected, with nothing written."""
    original, copies = Path(request.original), [Path(copy) for copy in request.copies]
    _distinct(original, copies)
    names = names_of(original, copies, request.names)
    target = Path(request.output) if request.output else original.with_name(f"{original.stem}-汇总.docx")
    if target.suffix.lower() != ".docx":
        message = f"-o {request.output}：汇总是 Word 文件，文件名以 .docx 结尾，例如 -o 汇总.docx"
        raise Rejected(Diagnostic(message, code="output-ending"))
    table = _table_kind(Path(request.table)) if request.table else None
    inputs = (original, *copies)
    if not request.dry_run:
        check_all(_outputs(target, b"", table, b"", request.force, inputs))
    progress(f"读 {original.name}")
    word = as_word(original)
    sent = Stories(word.data, str(original))
    remarks = [*word.remarks, *_pending(sent)]
    came = []
    for number, (path, name) in enumerate(zip(copies, names, strict=True), 1):
        progress(f"读 {path.name}（{number}/{len(copies)}）")
        copy, told = _opened(path, name)
        came.append(copy)
        remarks += told
    progress("比较")
    gathered = gather(sent, came)
    remarks += _alike(gathered, copies, request.force)
    rows = opinions(gathered)
    decided = _decided(rows, request.decisions)
    done = MergeResult(
        original=request.original,
        file="" if request.dry_run else str(target),
        table="" if request.dry_run or table is None else str(table),
        dry_run=request.dry_run,
        files=request.copies,
        gathered=gathered,
        opinions=rows,
        remarks=(*_idle(request), *remarks),
        request=request,
    )
    if not request.dry_run:
        progress("写")
        _write(done, request, target, table, inputs, decided)
    return done


def _decided(rows: Sequence[Opinion], decisions: Sequence[tuple[int, bool]]) -> Decided:
    """What was decided of the changes that rows of the table are made of. Raises Rejected where two wordings of one place
    are adopted, or there is no such row."""
    out: dict[tuple[str, int, int], bool] = {}
    adopted: dict[tuple[str, int], int] = {}
    for number, yes in decisions:
        if not 0 < number <= len(rows):
            raise Rejected(Diagnostic(f"意见里没有第 {number} 条。", None, "再看一遍各家提了什么。", code="merge-no-row"))
        for story, change, way in rows[number - 1].refs:
            before = adopted.setdefault((story, change), number) if yes else number
            if before != number:
                message = f"第 {before} 条和第 {number} 条碰在一起，只能采纳一条。"
                raise Rejected(Diagnostic(message, None, "不要的那一条选“不采纳”。", code="merge-two-adopted"))
            out[story, change, way] = yes
    return out


def _idle(request: "MergeRequest | AdoptedRequest") -> tuple[Diagnostic, ...]:
    """The options that do nothing."""
    if request.dry_run:
        table = isinstance(request, MergeRequest) and request.table
        return without_effect("--dry-run 只看，不写文件", [(request.output, "-o"), (table, "--table")])
    over = isinstance(request, AdoptedRequest) and not request.output
    return without_effect("直接填在原来的表里，本来就写得上；和 -o 一起用", [(over and request.force, "--force")])


def _write(
    done: MergeResult, request: MergeRequest, target: Path, table: Path | None, inputs: Sequence[Path], decided: Decided
) -> None:
    now = datetime.now()
    kept = ledger(done.gathered, done.opinions)
    title = done.gathered.title or Path(request.original).stem
    said = {number: ADOPTED if yes else REFUSED for number, yes in request.decisions}
    made = _table_of(title, done.opinions, kept, table, now, said) if table is not None else b""
    data = marked(done.gathered, kept, now, decided)
    save_all(_outputs(target, data, table, made, request.force, inputs))


def _outputs(
    target: Path, data: bytes, table: Path | None, made: bytes, force: bool, inputs: Sequence[Path]
) -> list[Output]:
    out = [Output(target, data, force, inputs)]
    return out if table is None else [*out, Output(table, made, force, inputs, option="--table")]


def _table_kind(path: Path) -> Path:
    """The path of a table. Raises Rejected for an ending tables do not have."""
    if path.suffix.lower() not in (".docx", ".xlsx"):
        message = f"--table {path}：意见汇总表写成 .docx 或者 .xlsx，例如 --table 意见汇总表.docx"
        raise Rejected(Diagnostic(message, code="output-ending"))
    return path


def _table_of(
    title: str, rows: Sequence[Opinion], kept: Ledger, path: Path, now: datetime, decided: Mapping[int, str]
) -> bytes:
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.writers.opinions import TableRow, as_document, as_spreadsheet

    said = [
        TableRow(
            key.key,
            (str(n), "、".join(row.names), row.place, row.original, row.wanted, "—" if row.kind == "none" else decided.get(n, "")),
        )
        for n, (row, key) in enumerate(zip(rows, kept.rows, strict=True), 1)
    ]
    heading = f"《{title}》意见汇总表"
    if path.suffix.lower() == ".xlsx":
        return as_spreadsheet(heading, said, now)
    return as_document(heading, said, open_template(DEFAULT_TEMPLATE).template, now)


# ── the files ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _distinct(original: Path, copies: Sequence[Path]) -> None:
    """Raise where there is nothing to put together, or one file is given twice."""
    if not copies:
        hint = "例如：drafter merge 送审稿.docx 组织部.docx 发改局.docx -o 汇总.docx"
        raise Rejected(Diagnostic("要有送审稿，还要有至少一份来稿。", None, hint, code="merge-nothing"))
    if len(copies) > MAX_COPIES:
        raise Rejected(Diagnostic(f"来稿太多：{len(copies)} 份，一次最多 {MAX_COPIES} 份。", None, "分几次合并。", code="merge-many"))
    seen: dict[Path, Path] = {}
    for path in (original, *copies):
        same = seen.setdefault(path.resolve(), path)
        if same is not path:
            what = "这就是送审稿" if same is original else "这份来稿写了两次"
            raise Rejected(Diagnostic(f"{what}。", Place(str(path)), "每份文件写一次，送审稿在最前面。", code="merge-twice"))


def names_of(original: Path, copies: Sequence[Path], said: str | tuple[str, ...]) -> tuple[str, ...]:
    """Who the copies are from. Raises Rejected for names that do not fit the files, and where two are the same."""
    if isinstance(said, str):
        words = [word.strip() for word in said.replace("，", ",").replace("、", ",").split(",")] if said.strip() else []
        given = dict(word.split("=", 1) for word in words if "=" in word)
        plain = [word for word in words if word and "=" not in word]
    else:
        if len(said) not in (0, len(copies)):
            raise Rejected(_names(f"来稿有 {len(copies)} 份，名称写了 {len(said)} 个。"))
        given, plain = {}, [name.strip() or _department(original, path) for name, path in zip(said, copies, strict=False)]
    if given and plain:
        raise Rejected(_names("要么照次序写，要么每个都写成 文件名=单位。"))
    if plain and len(plain) != len(copies):
        raise Rejected(_names(f"来稿有 {len(copies)} 份，名称写了 {len(plain)} 个。"))
    out = []
    used = set()
    for number, path in enumerate(copies):
        by_file = next((key for key in (str(path), path.name, path.stem) if key in given), None)
        used.add(by_file)
        name = plain[number] if plain else given[by_file] if by_file else _department(original, path)
        name = "".join(c for c in name if c.isprintable()).strip()[:_LONGEST]
        if not name:
            raise Rejected(_names(f"{path} 的名称是空的。"))
        out.append(name)
    unknown = [key for key in given if key not in used]
    if unknown:
        raise Rejected(_names(f"来稿里没有 {unknown[0]} 这个文件。"))
    twice = next((name for n, name in enumerate(out) if name in out[:n]), "")
    if twice:
        raise Rejected(_names(f"有两份来稿都叫“{twice}”，分不清是谁的意见。"))
    return tuple(out)


#: Letters of a name: the authors of one change stand together in a place of 255.
_LONGEST = 60


def _names(message: str) -> Diagnostic:
    way = "照来稿的次序写：--names 组织部,发改局；或者 --names 来稿1.docx=组织部,来稿2.docx=发改局"
    return Diagnostic(f"--names：{message}", None, way, code="merge-names")


def _department(original: Path, copy: Path) -> str:
    """Who a copy is from by the name of its file, without the name of the text that went out."""
    rest = copy.stem.replace(original.stem, "", 1)
    head, bracket, behind = rest.rpartition("（")
    if rest == copy.stem and bracket and head and original.stem.startswith(head):  # 讲话（送审稿） and 讲话（财政局）
        rest = behind
    name = rest.strip(_AROUND)
    return f"{name}）" if name.count("（") > name.count("）") and f"{name}）" in copy.stem else name or copy.stem


def _opened(path: Path, name: str) -> tuple[Copy, list[Diagnostic]]:
    """A copy, and what there is to say about its file. Raises Rejected for one that cannot be read."""
    opened = open_file(path)
    if opened.kind is OUTLINE:
        raise Rejected(Diagnostic("这是提纲，不是来稿。", Place(str(path)), "写上改过的讲话稿。", code="outline-not-speech"))
    if opened.kind is DOCX or opened.kind.becomes == "docx":
        data = opened.data if opened.kind is DOCX else converted(opened)
        word = Stories(data, str(path))
        return Copy(name, word), [*opened.remarks]
    found = read_opened(opened)
    lines = tuple(CopyLine(line) for block in found.blocks for line in [block.text.strip()] if line)
    told = f"{opened.kind.called}里没有修订和批注，{name}的意见是照文字比出来的，空行、空格和分行不算。"
    remark = Diagnostic(told, Place(str(path)), level=ADVICE, code="merge-by-text")
    return Copy(name, None, lines), [*found.remarks, remark]


def _pending(sent: Stories) -> list[Diagnostic]:
    if not sent.pending:
        return []
    told = f"送审稿里还有 {sent.pending} 处没定的修订，都按接受了的算。"
    return [Diagnostic(told, Place(sent.name), "要是不该接受，先在 Word 里定好，再合并一次。", level=WARNING, code="merge-pending")]


def _alike(gathered: Gathered, copies: Sequence[Path], force: bool) -> list[Diagnostic]:
    """What there is to say about copies in which little of the text is. Raises Rejected for one that is another
    text."""
    out = []
    for copy, path in zip(gathered.copies, copies, strict=True):
        share = f"{copy.alike:.0%}"
        if copy.alike < _SAME and not force:
            message = f"这份来稿和送审稿对不上，只有 {share} 的字是送审稿里的，像是另一篇。"
            hint = "换成对的文件；确实是大改过的，加 --force。"
            raise Rejected(Diagnostic(message, Place(str(path)), hint, code="merge-unlike"))
        if copy.alike < _MUCH:
            told = f"{copy.name}的来稿改得很多，送审稿里的字只剩 {share}，请对着来稿看。"
            out.append(Diagnostic(told, Place(str(path)), level=WARNING, code="merge-little-alike"))
        if copy.left:
            told = f"{copy.name}有 {len(copy.left)} 处改动写不成修订，记在文首的批注和意见汇总表里。"
            out.append(Diagnostic(told, Place(str(path)), level=WARNING, code="merge-not-marked"))
    return out


# ── afterwards ─────────────────────────────────────────────────────────────────────────────────────────────────────


class AdoptedRequest(NamedTuple):
    """The merged text after it was decided on, and the table to be filled in; `output` where the table goes, "" in its
    place."""

    file: str
    table: str
    output: str = ""
    dry_run: bool = False
    force: bool = False


class AdoptedRow(NamedTuple):
    """What became of a row of the table, by its number when it was written. `kept`: somebody has written something
    else there, which stays."""

    number: int
    state: str
    kept: bool


class AdoptedData(TypedDict):
    """What `merge --adopted` has filled in, for programs: `counts` by state, `by_hand` the rows that cannot be told
    from the text (comments) or where somebody has written something else."""

    file: str
    table: str | None
    backup: str | None
    dry_run: bool
    counts: dict[str, int]
    rows: list[AdoptedRow]
    by_hand: list[int]


class AdoptedResult(NamedTuple):
    """What was filled in. `table` is "" where nothing was written, `backup` where no copy of the old one was kept."""

    file: str
    table: str
    backup: str
    dry_run: bool
    rows: tuple[AdoptedRow, ...]
    by_hand: tuple[int, ...]
    remarks: tuple[Diagnostic, ...] = ()
    request: AdoptedRequest = AdoptedRequest("", "")
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def ending(self) -> Ending:
        """The files written, and what most people do next: decide on the rest, or make the final copy."""
        request = self.request
        again = typed("merge", "--adopted", self.file, *given(table=request.table, output=request.output, force=request.force))
        if self.dry_run:
            return Ending((), not_written("--dry-run 只看", "去掉 --dry-run"), NextStep(again, "填进表里"))
        unwritten = in_memory() if self.unsaved else None
        written = () if self.unsaved else tuple(filter(None, (self.table, self.backup)))
        if self.open:
            return Ending(written, unwritten, NextStep(again, f"还有 {self.open} 条没有定：在 Word 里定好，存好，再填"))
        return Ending(written, unwritten, NextStep(typed("finish", self.file), "都定了，定稿"))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which state."""
        return {state: sum(row.state == state for row in self.rows) for state in STATES}

    @property
    def open(self) -> int:
        """How many nobody has decided on."""
        return self.counts[OPEN]

    def json(self) -> AdoptedData:
        """For programs."""
        return AdoptedData(
            file=self.file,
            table=self.table or None,
            backup=self.backup or None,
            dry_run=self.dry_run,
            counts=self.counts,
            rows=list(self.rows),
            by_hand=list(self.by_hand),
        )


def adopted(request: AdoptedRequest) -> AdoptedResult:
    """The table filled in by what was accepted and refused in the text. Raises Rejected, with nothing written."""
    if not request.table:
        hint = "drafter merge --adopted 汇总.docx --table 意见汇总表.docx"
        raise Rejected(Diagnostic("填哪张表？写上 --table。", None, hint, code="merge-no-table"))
    table = _table_kind(Path(request.table))
    target = Path(request.output) if request.output else table
    if target.suffix.lower() != table.suffix.lower():
        message = f"-o {target}：填好的表和原来的表是一种文件，文件名以 {table.suffix} 结尾。"
        raise Rejected(Diagnostic(message, code="output-ending"))
    if target.resolve() != table.resolve():
        if not request.dry_run:
            check(target, force=request.force, inputs=(Path(request.file), table))
        return _filled(request, table, target)
    return _filled(request, table, None) if request.dry_run else in_place(table, lambda: _filled(request, table, None))


def _filled(request: AdoptedRequest, table: Path, target: Path | None) -> AdoptedResult:
    """The table filled in and written: to `target`, or where that is None over itself, with a copy of the old one."""
    from drafter.writers.opinions import fill_in

    file = Path(request.file)
    now = Stories(shelf.read_bytes(file), request.file)
    kept = ledger_of(now.file)
    if kept is None:
        hint = "要用 drafter merge 写出的汇总，在 Word 里接受、拒绝以后存下的那份。"
        raise Rejected(Diagnostic("这份文件里没有征求意见的底账。", Place(request.file), hint, code="ledger-missing"))
    states = became(kept, now)
    old = shelf.read_bytes(table)
    filled = fill_in(old, str(table), states, STATES, datetime.now())
    numbers = {row.key: n for n, row in enumerate(kept.rows, 1)}
    rows = [AdoptedRow(numbers[key], states[key], key in filled.kept) for key in (*filled.filled, *filled.kept)]
    by_hand = [numbers[row.key] for row in kept.rows if not row.refs or row.key in filled.kept]
    saved = ""
    if not request.dry_run:
        if target is not None:
            save(target, filled.data, force=request.force, inputs=(file, table))
        else:
            saved = written_over(table, old, filled.data)
    return AdoptedResult(
        file=request.file,
        table="" if request.dry_run else str(target or table),
        backup=saved,
        dry_run=request.dry_run,
        rows=tuple(sorted(rows)),
        by_hand=tuple(by_hand),
        request=request,
        remarks=(*_idle(request), *elsewhere.remarks(file), *elsewhere.remarks(table)),
    )
