"""`drafter lsp`: an editor's questions answered over standard input and output by the Language Server Protocol (LSP 3.17).

The only module that knows pygls. What is said is worked out in `drafter.lsp.assist`; here is when, and in which words of the
protocol.
"""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from drafter import __version__
from drafter.check import rules
from drafter.check.rules import registry
from drafter.check.settings import Settings
from drafter.commands.check import OUTLINES, TEXTS
from drafter.commands.opening import template_problems
from drafter.commands.settings import checks
from drafter.diagnostic import ADVICE, ERROR, WARNING, Diagnostic, Place, Rejected
from drafter.lsp import assist
from drafter.lsp.assist import Change, Desk, Fault, Looked, Sheet
from drafter.outline import shelf
from drafter.outline.model import Outline
from drafter.outline.yaml import MAX_BYTES

T = TypeVar("T")

#: Seconds without a keystroke before a buffer is looked at. Fast typing has 0.1 to 0.2 between keys.
DELAY_S = 0.25

#: A message may hold a file of the greatest size we read, every character of it escaped as \\uXXXX, twice over. Longer ones
#: are no editor's.
MAX_MESSAGE = 16 * MAX_BYTES
MAX_HEADER = 8_192

_SEVERITIES = {
    ERROR: types.DiagnosticSeverity.Error,
    WARNING: types.DiagnosticSeverity.Warning,
    ADVICE: types.DiagnosticSeverity.Hint,
}

_KINDS = {
    "field": types.CompletionItemKind.Variable,
    "filter": types.CompletionItemKind.Function,
    "word": types.CompletionItemKind.Keyword,
    "outline": types.CompletionItemKind.File,
    "value": types.CompletionItemKind.EnumMember,
}

#: What a buffer that was never saved is read as, by its language.
_ENDINGS = {"yaml": ".yaml", "markdown": ".md", "plaintext": ".txt", "text": ".txt"}


class Stale(Exception):
    """The buffer has changed; nobody wants this any more."""


class Buffer:
    """A document an editor has open. `file` is "" where it is none of our business."""

    def __init__(self, file: str, sheet: Sheet) -> None:
        self.file = file
        self.ending = Path(file).suffix.lower()
        self.sheet = sheet
        self.version: int | None = None
        self.state = 0
        self.looked: Looked | None = None
        self.known: tuple[int, Outline | None] = (-1, None)
        self.hurry = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    @property
    def outlined(self) -> bool:
        """Whether it is an outline."""
        return self.ending in OUTLINES

    @property
    def ours(self) -> bool:
        """Whether there is anything to say of it."""
        return assist.is_outline(self.file, self.sheet.text) if self.outlined else self.ending in TEXTS


class Server(LanguageServer):
    """The server, and the buffers that are open."""

    def __init__(self) -> None:
        # The whole text each time: pygls cuts lines also at U+2028 and U+0085, where no editor does, and would put partial
        # changes into the wrong line.
        super().__init__("drafter", __version__, types.TextDocumentSyncKind.Full)
        self.buffers: dict[str, Buffer] = {}
        self.leaving = False
        self.checks = ThreadPoolExecutor(1, "check")
        self.questions = ThreadPoolExecutor(1, "question")

    def report_server_error(self, error: Exception, source: object) -> None:
        """What goes wrong is told in the log: a message on the screen at every key helps nobody."""
        logging.getLogger("drafter").warning("%s", error)

    # ── buffers ────────────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, uri: str, version: int | None, language: str = "") -> None:
        """A buffer was opened or has changed."""
        document = self.workspace.get_text_document(uri)
        old = self.buffers.get(uri)
        file = old.file if old else file_of(uri, language or document.language_id or "")
        sheet = assist.sheet_of(document.source, file, self._encoding())
        buffer = old or Buffer(file, sheet)
        buffer.sheet, buffer.version = sheet, version
        buffer.state += 1
        self.buffers[uri] = buffer
        self.again(uri, buffer)

    def drop(self, uri: str) -> None:
        """A buffer was closed: what was said of it is taken back."""
        buffer = self.buffers.pop(uri, None)
        if buffer is None:
            return
        buffer.state += 1
        if buffer.task:
            buffer.task.cancel()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def again(self, uri: str, buffer: Buffer) -> None:
        """Look at a buffer once nobody types any more; a look that is under way is given up."""
        if buffer.task:
            buffer.task.cancel()
        buffer.looked = None
        buffer.hurry.clear()
        buffer.task = asyncio.get_running_loop().create_task(self._check(uri, buffer, buffer.state))

    async def _check(self, uri: str, buffer: Buffer, state: int) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(buffer.hurry.wait(), DELAY_S)
        sheet, version = buffer.sheet, buffer.version
        if not buffer.ours:
            looked, told = Looked(sheet, ()), list[types.Diagnostic]()
        else:
            loop = asyncio.get_running_loop()
            try:
                looked, told = await loop.run_in_executor(self.checks, _told, buffer, sheet, state)
            except Stale:
                return
            except Exception:  # our bug; the next keystroke may be past it
                logging.getLogger("drafter").exception("%s", uri)
                return
        if buffer.state != state or self.buffers.get(uri) is not buffer:
            return
        buffer.looked = looked
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told, version))

    async def looked(self, uri: str) -> tuple[Buffer, Looked] | None:
        """What was found in a buffer as it is now, waited for where need be; None where it changes meanwhile."""
        buffer = self.buffers.get(uri)
        if buffer is None or not buffer.ours:
            return None
        if buffer.looked is None and buffer.task:
            buffer.hurry.set()
            await asyncio.wait({buffer.task})
        return (buffer, buffer.looked) if buffer.looked else None

    async def ask(self, question: Callable[..., T], *said: Any) -> T:
        """The answer to a question that takes a while, worked out beside everything else."""
        return await asyncio.get_running_loop().run_in_executor(self.questions, question, *said)

    def known(self, buffer: Buffer) -> Outline | None:
        """The outline in a buffer as far as it can be told."""
        state, outline = buffer.known
        if state != buffer.state:
            state = buffer.state
            outline = assist.as_known(buffer.sheet, shelf.load, outline)
            buffer.known = (state, outline)
        return outline

    def outline_at(self, uri: str, position: types.Position) -> tuple[Buffer, Sheet, int] | None:
        """The outline in a buffer and the offset of a position in it; None where it is no outline."""
        buffer = self.buffers.get(uri)
        if buffer is None or not buffer.outlined or not buffer.ours:
            return None
        return buffer, buffer.sheet, buffer.sheet.at(assist.Point(position.line, position.character))

    def _encoding(self) -> str:
        said = self.workspace.position_encoding
        return str(getattr(said, "value", said) or "utf-16")


def file_of(uri: str, language: str) -> str:
    """The path of a document; of one never saved, a name with the ending its language has, in the current folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if path:
        return path
    name = uri.rpartition("/")[2].rpartition(":")[2] or "未保存"
    return os.path.abspath(name if Path(name).suffix else name + _ENDINGS.get(language, ""))


def _desk(buffer: Buffer, state: int) -> Desk:
    def between(step: str) -> None:
        if buffer.state != state:
            raise Stale

    settings = checks(Path(buffer.file).parent)
    return Desk(settings, date.today(), shelf.load, template_problems, between)


def _looked(buffer: Buffer, sheet: Sheet, state: int) -> Looked:
    try:
        desk = _desk(buffer, state)
    except Rejected as error:  # the configuration is wrong: said here, where somebody looks
        desk = Desk(Settings(), date.today(), shelf.load, template_problems)
        looked = assist.look(sheet, buffer.outlined, desk)
        start, end = sheet.rows[0]
        told = [Fault(start, end, ERROR, d.text()) for d in error.diagnostics]
        return looked._replace(faults=(*told, *looked.faults))
    desk.between("start")
    return assist.look(sheet, buffer.outlined, desk)


def _told(buffer: Buffer, sheet: Sheet, state: int) -> tuple[Looked, list[types.Diagnostic]]:
    looked = _looked(buffer, sheet, state)
    return looked, [_diagnostic(sheet, fault) for fault in looked.faults]


def _names(buffer: Buffer, word: str) -> list[tuple[str, str]]:
    """What `extends`, `include` or `template` may name, with what is said of it."""
    if word == "template":
        return [(found.name, "") for found in shelf.listed(shelf.TEMPLATES)]
    from drafter.commands.index import entries, passages

    found = {e.name: e.about for e in entries()}
    if word == "include":
        found |= {p.name: p.about or p.theme for p in passages()}
    here = Path(buffer.file)
    try:
        beside = sorted(p.stem for p in here.parent.iterdir() if p.suffix.lower() in OUTLINES and shelf.usable_name(p.stem))
    except OSError:
        beside = []
    out = {name: found.get(name, "") for name in beside} | found
    if word == "include":
        out.pop(here.stem, None)
    return list(out.items())


# ── in the words of the protocol ───────────────────────────────────────────────────────────────────────────────────


def _range(sheet: Sheet, start: int, end: int) -> types.Range:
    return types.Range(types.Position(*sheet.point(start)), types.Position(*sheet.point(end)))


def _diagnostic(sheet: Sheet, fault: Fault) -> types.Diagnostic:
    described = None
    if fault.rule:
        module = Path(rules.__file__ or "").parent / f"{fault.rule.replace('-', '_')}.py"
        described = types.CodeDescription(from_fs_path(str(module)) or "")
    related = None
    if fault.elsewhere and fault.elsewhere.line:
        place = _location(fault.elsewhere, None, None)
        related = [types.DiagnosticRelatedInformation(place, fault.message)] if place else None
    return types.Diagnostic(
        _range(sheet, fault.start, fault.end),
        fault.message,
        _SEVERITIES[fault.level],
        fault.rule or None,
        described,
        "drafter",
        related_information=related,
    )


def _location(place: Place, sheet: Sheet | None, outline: Outline | None) -> types.Location | None:
    """A place as the protocol tells it. `sheet`: the buffer, if the place is in it; `outline` has read the other files."""
    if sheet is None or sheet.file != place.file:
        source = next((s for s in outline.sources if s.file == place.file), None) if outline else None
        encoding = sheet.encoding if sheet else "utf-16"
        uri = from_fs_path(os.path.abspath(place.file))
        sheet = assist.sheet_of(source.text if source else "", place.file, encoding)
        if source is None:
            line = types.Position(max(0, place.line - 1), max(0, place.column - 1))
            return types.Location(uri, types.Range(line, line)) if uri else None
    else:
        uri = from_fs_path(place.file)
    start = sheet.offset(place.line, place.column)
    return types.Location(uri, _range(sheet, start, start)) if uri else None


def _edit(server: Server, uri: str, buffer: Buffer, sheet: Sheet, changes: tuple[Change, ...]) -> types.WorkspaceEdit:
    """Changes to a buffer; for an editor that can tell, to this version of it only."""
    edits = [types.TextEdit(_range(sheet, c.start, c.end), c.text) for c in changes]
    workspace = server.client_capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        document = types.OptionalVersionedTextDocumentIdentifier(uri, buffer.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])
    return types.WorkspaceEdit(changes={uri: edits})


def _asked(only: Sequence[object] | None, kind: str) -> bool:
    """Whether an editor that asks for these kinds of actions wants one of this kind; a kind stands for those below it."""
    return not only or any(kind == str(getattr(k, "value", k)) or kind.startswith(f"{getattr(k, 'value', k)}.") for k in only)


#: An editor that asks for `source.fixAll` gets this, and one whose writer says "drafter" at saving gets nobody else's.
FIX_ALL = "source.fixAll.drafter"


async def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri, only = params.text_document.uri, params.context.only
    found = await server.looked(uri)
    if found is None:
        return []
    buffer, looked = found
    sheet, state = looked.sheet, buffer.state
    first, last = (sheet.at(assist.Point(p.line, p.character)) for p in (params.range.start, params.range.end))
    out: list[types.CodeAction] = []
    here = [f for f in looked.faults if f.start <= last and first <= f.end and not f.elsewhere]
    quick = types.CodeActionKind.QuickFix
    for fault in here if _asked(only, quick.value) else ():
        problem = [_diagnostic(sheet, fault)]
        if fault.instead is not None:
            edit = _edit(server, uri, buffer, sheet, (Change(fault.start, fault.end, fault.instead),))
            said = f"改成“{fault.instead}”" if fault.instead else "删掉"
            safe = fault.finding is not None and fault.finding.safe
            out.append(types.CodeAction(said, quick, diagnostics=problem, is_preferred=safe or None, edit=edit))
    if _asked(only, FIX_ALL) and any(f.instead is not None and f.finding and f.finding.safe for f in looked.faults):
        try:
            changes = await server.ask(lambda: assist.fixes(looked, buffer.outlined, _desk(buffer, state)))
        except (Stale, Rejected):
            return []
        if changes:
            edit = _edit(server, uri, buffer, sheet, changes)
            if _asked(only, quick.value) and here:
                out.append(types.CodeAction("改好所有有把握的错", quick, edit=edit))
            out.append(types.CodeAction("改好所有有把握的错", FIX_ALL, edit=edit))
    for fault in here if _asked(only, quick.value) else ():
        change = assist.escape(looked, fault, buffer.outlined)
        if change:
            edit = _edit(server, uri, buffer, sheet, (change,))
            out.append(types.CodeAction(f"忽略这条（{fault.rule}）", quick, diagnostics=[_diagnostic(sheet, fault)], edit=edit))
    return out


def _symbols(sheet: Sheet, found: tuple[assist.Symbol, ...]) -> list[types.DocumentSymbol]:
    """Symbols of rising levels, nested."""
    top: list[types.DocumentSymbol] = []
    open_: list[tuple[int, types.DocumentSymbol]] = []
    for one in found:
        whole, own = _range(sheet, one.start, one.end), _range(sheet, *one.own)
        symbol = types.DocumentSymbol(one.name, types.SymbolKind.String, whole, own, children=[])
        while open_ and open_[-1][0] >= one.level:
            open_.pop()
        siblings = open_[-1][1].children if open_ else top
        assert isinstance(siblings, list)
        siblings.append(symbol)
        open_.append((one.level, symbol))
    return top


def make() -> Server:
    """The server with everything it answers."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def begun(params: types.InitializeParams) -> None:
        """Editors start us where they like; ./outlines is the one of the folder that is open."""
        folders = params.workspace_folders or []
        root = folders[0].uri if folders else params.root_uri
        path = to_fs_path(root) if root and root.startswith("file:") else None
        if path and os.path.isdir(path):
            with suppress(OSError):
                os.chdir(path)

    @server.feature(types.INITIALIZED)
    def ready(params: types.InitializedParams) -> None:
        """The rules are read while the writer is still looking for the file: that takes longer than any look later."""
        server.checks.submit(lambda: list(registry()))

    @server.feature(types.SHUTDOWN)
    def leaving(params: None) -> None:
        server.leaving = True

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.put(params.text_document.uri, params.text_document.version, str(params.text_document.language_id))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def typed(params: types.DidChangeTextDocumentParams) -> None:
        server.put(params.text_document.uri, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.drop(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        for uri, buffer in server.buffers.items():  # another may extend it, or it is the configuration
            if uri != params.text_document.uri and buffer.ours:
                buffer.known = (-1, buffer.known[1])
                server.again(uri, buffer)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: types.DidChangeWatchedFilesParams) -> None:
        for uri, buffer in server.buffers.items():
            if buffer.ours:
                server.again(uri, buffer)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, FIX_ALL]),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await _actions(server, params)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(["【", "|", "｜", " "]))
    async def completion(params: types.CompletionParams) -> types.CompletionList:
        found = server.outline_at(params.text_document.uri, params.position)
        if found is None:
            return types.CompletionList(False, [])
        buffer, sheet, offset = found

        def answer() -> tuple[assist.Offer, ...]:
            return assist.offers(sheet, offset, server.known(buffer), lambda word: _names(buffer, word))

        items = [
            types.CompletionItem(
                offer.label,
                kind=_KINDS[offer.kind],
                detail=offer.detail or None,
                sort_text=f"{n:04}",
                text_edit=types.TextEdit(_range(sheet, offer.start, offer.end), offer.text),
            )
            for n, offer in enumerate(await server.ask(answer))
        ]
        return types.CompletionList(False, items)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        buffer = server.buffers.get(params.text_document.uri)
        if buffer is None or not buffer.ours:
            return None
        sheet = buffer.sheet
        offset = sheet.at(assist.Point(params.position.line, params.position.character))
        faults = buffer.looked.faults if buffer.looked and buffer.looked.sheet is sheet else ()
        rules = dict.fromkeys(f.rule for f in faults if f.rule and f.start <= offset <= f.end and not f.elsewhere)
        meant = None
        if buffer.outlined:
            meant = await server.ask(lambda: assist.told(sheet, offset, server.known(buffer)))
        parts = [meant.text] if meant else []
        parts += [assist.told_of_rule(rule) for rule in rules]
        if not parts:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
        return types.Hover(content, _range(sheet, meant.start, meant.end) if meant else None)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> types.Location | None:
        found = server.outline_at(params.text_document.uri, params.position)
        if found is None:
            return None
        buffer, sheet, offset = found

        def answer() -> types.Location | None:
            outline = server.known(buffer)
            place = assist.defined(sheet, offset, outline, shelf.load)
            return _location(place, sheet, outline) if place else None

        return await server.ask(answer)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        found = await server.looked(params.text_document.uri)
        if found is None:
            return []
        buffer, looked = found
        return _symbols(looked.sheet, await server.ask(assist.symbols, looked, buffer.outlined))

    return server


# ── standard input and output ──────────────────────────────────────────────────────────────────────────────────────


class _Input:
    """Standard input that is no more patient than it need be."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readline(self) -> bytes:
        return self.stream.readline(MAX_HEADER)

    def read(self, length: int) -> bytes:
        if length > MAX_MESSAGE:
            raise Rejected(Diagnostic(f"编辑器发来的一条消息太大：{length:,} 字节。", code="editor-message-too-long"))
        return self.stream.read(length)


def serve() -> int:
    """Serve the editor at the other end of standard input and output until it leaves; the exit code: 0 where it has said so
    before (LSP 3.17, "Exit Notification"). Raises Rejected for a message no editor sends, and where there is no editor."""
    if sys.stdin is None or sys.stdout is None or sys.stdin.isatty():
        raise Rejected(Diagnostic("drafter lsp 由编辑器启动，不在终端里打。", None, "在编辑器里怎样设置，见说明书。", code="editor-only"))
    gc.enable()  # the program goes without for its tenth of a second; this one lives as long as an editor
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not get between two messages
    server = make()
    server.start_io(_Input(sys.stdin.buffer), output)  # type: ignore[arg-type]  # it reads lines and bytes, no more is asked
    for buffer in server.buffers.values():
        buffer.state += 1  # ends a look that is under way
    for pool in (server.checks, server.questions):
        pool.shutdown(wait=False, cancel_futures=True)
    return 0 if server.leaving else 1
