"""`drafter lsp`: an editor's questions answered over standard input and output (Language Server Protocol 3.17)."""

import gc
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from lsprotocol import types
from pygls.uris import to_fs_path

from drafter.commands.assist.desk import MAX_BUFFER_BYTES, names_for, rules_read
from drafter.commands.assist.faults import keep
from drafter.commands.assist.meaning import declared, told, told_of_rule
from drafter.commands.assist.offers import Offer, offers
from drafter.commands.assist.sheet import Point
from drafter.commands.assist.symbols import symbols
from drafter.diagnostic import Diagnostic, Rejected
from drafter.lsp.actions import FIX_ALL, KEEP, QUICK, actions_at
from drafter.lsp.buffers import Server
from drafter.lsp.protocol import KINDS, location_of, nested, range_of

#: A message may hold a file of the greatest size we read, every character of it escaped as \\uXXXX, twice over. Longer
#: ones are no editor's.
MAX_MESSAGE = 16 * MAX_BUFFER_BYTES
MAX_HEADER = 8_192


# ── what an editor tells ───────────────────────────────────────────────────────────────────────────────────────────


def begun(server: Server, params: types.InitializeParams) -> None:
    """Editors start us where they like; ./outlines is the one of the folder that is open."""
    folders = params.workspace_folders or []
    root = folders[0].uri if folders else params.root_uri
    path = to_fs_path(root) if root and root.startswith("file:") else None
    if path and os.path.isdir(path):
        with suppress(OSError):
            os.chdir(path)


def ready(server: Server, params: types.InitializedParams) -> None:
    """The rules are read while the writer is still looking for the file: that takes longer than any look later."""
    server.checks.submit(rules_read)


def leaving(server: Server, params: None) -> None:
    """The editor says that it will leave."""
    server.leaving = True


def opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A buffer was opened."""
    server.put(params.text_document.uri, params.text_document.version, str(params.text_document.language_id))


def typed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    """A buffer has changed."""
    server.put(params.text_document.uri, params.text_document.version)


def closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A buffer was closed."""
    server.drop(params.text_document.uri)


def saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A file was saved: the others are looked at anew, for one may extend it, or it is the configuration."""
    for uri, buffer in server.buffers.items():
        if uri != params.text_document.uri and buffer.ours:
            buffer.known = (-1, buffer.known[1])
            server.again(uri, buffer)


def changed(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files have changed that the editor watches."""
    for uri, buffer in server.buffers.items():
        if buffer.ours:
            server.again(uri, buffer)


async def kept(server: Server, uri: str, rule: str, words: str, before: str, after: str) -> None:
    """Somebody has decided to leave a finding: it is noted beside the file, and the buffer looked at anew."""
    buffer = server.buffers.get(uri)
    if buffer is None or not buffer.ours:
        return
    try:
        await server.ask(keep, buffer.file, rule, words, before, after)
    except Rejected as error:
        told = "\n".join(problem.text() for problem in error.diagnostics)
        server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, told))
    server.again(uri, buffer)


# ── what an editor asks ────────────────────────────────────────────────────────────────────────────────────────────


async def actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done about the faults in a range."""
    return await actions_at(server, params)


async def completion(server: Server, params: types.CompletionParams) -> types.CompletionList:
    """What may be typed."""
    found = server.outline_at(params.text_document.uri, params.position)
    if found is None:
        return types.CompletionList(False, [])
    buffer, sheet, offset = found

    def answer() -> tuple[Offer, ...]:
        return offers(sheet, offset, server.known(buffer), lambda word: names_for(word, buffer.file))

    items = [
        types.CompletionItem(
            offer.label,
            kind=KINDS[offer.kind],
            detail=offer.detail or None,
            sort_text=f"{n:04}",
            text_edit=types.TextEdit(range_of(sheet, offer.start, offer.end), offer.text),
        )
        for n, offer in enumerate(await server.ask(answer))
    ]
    return types.CompletionList(False, items)


async def hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """What the word under the cursor means, and what the rules say that find something there."""
    buffer = server.buffers.get(params.text_document.uri)
    if buffer is None or not buffer.ours:
        return None
    sheet = buffer.sheet
    offset = sheet.at(Point(params.position.line, params.position.character))
    faults = buffer.looked.faults if buffer.looked and buffer.looked.sheet is sheet else ()
    rules = dict.fromkeys(f.rule for f in faults if f.rule and f.start <= offset <= f.end and not f.elsewhere)
    meant = None
    if buffer.outlined:
        meant = await server.ask(lambda: told(sheet, offset, server.known(buffer)))
    parts = [meant.text] if meant else []
    parts += [told_of_rule(rule) for rule in rules]
    if not parts:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
    return types.Hover(content, range_of(sheet, meant.start, meant.end) if meant else None)


async def definition(server: Server, params: types.DefinitionParams) -> types.Location | None:
    """Where the field under the cursor is declared, or which file is meant."""
    found = server.outline_at(params.text_document.uri, params.position)
    if found is None:
        return None
    buffer, sheet, offset = found

    def answer() -> types.Location | None:
        where = declared(sheet, offset, server.known(buffer))
        return location_of(where.place, sheet, where.text) if where else None

    return await server.ask(answer)


async def outlined(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """The parts and headings of a buffer."""
    found = await server.looked(params.text_document.uri)
    if found is None:
        return []
    buffer, looked = found
    return nested(looked.sheet, await server.ask(symbols, looked, buffer.outlined))


#: Everything that is told and asked, by the protocol's name for it.
ANSWERS: dict[str, Callable[..., object]] = {
    types.INITIALIZE: begun,
    types.INITIALIZED: ready,
    types.SHUTDOWN: leaving,
    types.TEXT_DOCUMENT_DID_OPEN: opened,
    types.TEXT_DOCUMENT_DID_CHANGE: typed,
    types.TEXT_DOCUMENT_DID_CLOSE: closed,
    types.TEXT_DOCUMENT_DID_SAVE: saved,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: changed,
    types.TEXT_DOCUMENT_CODE_ACTION: actions,
    types.TEXT_DOCUMENT_COMPLETION: completion,
    types.TEXT_DOCUMENT_HOVER: hover,
    types.TEXT_DOCUMENT_DEFINITION: definition,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: outlined,
}

#: What an editor is told beside that we answer.
OPTIONS = {
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions([QUICK, types.CodeActionKind.SourceFixAll, FIX_ALL]),
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(["【", "|", "｜", " "]),
}


def make() -> Server:
    """The server with everything it answers."""
    server = Server()
    for name, answer in ANSWERS.items():
        server.feature(name, OPTIONS.get(name))(answer)
    server.command(KEEP)(kept)
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
    """Serve the editor at the other end of standard input and output until it leaves; the exit code: 0 where it has
    said so before (LSP 3.17, "Exit Notification"). Raises Rejected for a message no editor sends, and where there is no
    editor."""
    if sys.stdin is None or sys.stdout is None or sys.stdin.isatty():
        raise Rejected(
            Diagnostic(
                "drafter lsp 由编辑器启动，不在终端里打。", None, "在编辑器里怎样设置，见说明书。", code="editor-only"
            )
        )
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
