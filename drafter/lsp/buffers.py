"""The buffers an editor has open, each looked at anew when its writer pauses."""

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import to_fs_path

from drafter import __version__
from drafter.commands.assist.cursor import Known, known
from drafter.commands.assist.faults import Looked, look_at
from drafter.commands.assist.sheet import Point, Sheet, is_outline, sheet_of
from drafter.commands.check import OUTLINES, TEXTS
from drafter.lsp.protocol import diagnostic_of

T = TypeVar("T")

#: Seconds without a keystroke before a buffer is looked at. Fast typing has 0.1 to 0.2 between keys.
DELAY_S = 0.25


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
        self.known: tuple[int, Known] = (-1, None)
        self.hurry = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    @property
    def outlined(self) -> bool:
        """Whether it is an outline."""
        return self.ending in OUTLINES

    @property
    def ours(self) -> bool:
        """Whether there is anything to say of it."""
        return is_outline(self.file, self.sheet.text) if self.outlined else self.ending in TEXTS

    def unchanged(self, state: int) -> Callable[[str], None]:
        """Called between the steps of a work on it, this ends the work once the buffer is no longer in that state."""

        def between(step: str) -> None:
            if self.state != state:
                raise Stale

        return between


class AnsweringProtocol(LanguageServerProtocol):
    """The protocol, in which every question is answered: one whose parameters are wrong with an error, so that no editor
    waits for ever."""

    def structure_message(self, data: dict[str, Any]) -> object:
        """What a message says. Raises JsonRpcException where it says nothing that can be understood."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            number = data.get("id")
            if "method" in data and isinstance(number, int | str):
                self._send_response(number, error=JsonRpcInvalidParams().to_response_error())
            raise


class Server(LanguageServer):
    """The server, and the buffers that are open."""

    def __init__(self) -> None:
        # The whole text each time: pygls cuts lines also at U+2028 and U+0085, where no editor does, and would put
        # partial changes into the wrong line.
        super().__init__("drafter", __version__, types.TextDocumentSyncKind.Full, protocol_cls=AnsweringProtocol)
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
        sheet = sheet_of(document.source, file, self._encoding())
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

    def known(self, buffer: Buffer) -> Known:
        """The outline in a buffer as far as it can be told."""
        state, outline = buffer.known
        if state != buffer.state:
            state = buffer.state
            outline = known(buffer.sheet, outline)
            buffer.known = (state, outline)
        return outline

    def outline_at(self, uri: str, position: types.Position) -> tuple[Buffer, Sheet, int] | None:
        """The outline in a buffer and the offset of a position in it; None where it is no outline."""
        buffer = self.buffers.get(uri)
        if buffer is None or not buffer.outlined or not buffer.ours:
            return None
        return buffer, buffer.sheet, buffer.sheet.at(Point(position.line, position.character))

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


def _told(buffer: Buffer, sheet: Sheet, state: int) -> tuple[Looked, list[types.Diagnostic]]:
    looked = look_at(sheet, buffer.outlined, buffer.unchanged(state))
    return looked, [diagnostic_of(sheet, fault) for fault in looked.faults]
