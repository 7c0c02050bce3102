"""What mends a buffer, offered to the editor."""

import os
from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types

from drafter.commands.assist.faults import Fault, Looked, escape, fixes_of, to_keep
from drafter.commands.assist.sheet import Change, Point, Sheet
from drafter.diagnostic import Rejected
from drafter.lsp.buffers import Buffer, Server, Stale
from drafter.lsp.protocol import diagnostic_of, range_of


def _edit(server: Server, uri: str, buffer: Buffer, sheet: Sheet, changes: tuple[Change, ...]) -> types.WorkspaceEdit:
    """Changes to a buffer; for an editor that can tell, to this version of it only."""
    edits = [types.TextEdit(range_of(sheet, c.start, c.end), c.text) for c in changes]
    workspace = server.client_capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        document = types.OptionalVersionedTextDocumentIdentifier(uri, buffer.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])
    return types.WorkspaceEdit(changes={uri: edits})


def _asked(only: Sequence[object] | None, kind: str) -> bool:
    """Whether an editor that asks for these kinds of actions wants one of this kind; a kind stands for those below
    it."""
    return not only or any(
        kind == str(getattr(k, "value", k)) or kind.startswith(f"{getattr(k, 'value', k)}.") for k in only
    )


#: An editor that asks for `source.fixAll` gets this, and one whose writer says "drafter" at saving gets nobody else's.
FIX_ALL = "source.fixAll.drafter"

#: What mends a fault where the cursor is.
QUICK = types.CodeActionKind.QuickFix

#: Changes to the buffer that is asked about, as the protocol has them.
Edit = Callable[..., types.WorkspaceEdit]


async def actions_at(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done about the faults in a range, the likeliest first; nothing where the buffer changes meanwhile."""
    uri, only = params.text_document.uri, params.context.only
    found = await server.looked(uri)
    if found is None:
        return []
    buffer, looked = found
    sheet, state = looked.sheet, buffer.state
    first, last = (sheet.at(Point(p.line, p.character)) for p in (params.range.start, params.range.end))
    here = [f for f in looked.faults if f.start <= last and first <= f.end and not f.elsewhere]
    if not _asked(only, QUICK.value):
        here = []

    def edit(*changes: Change) -> types.WorkspaceEdit:
        return _edit(server, uri, buffer, sheet, changes)

    out = [_instead(sheet, fault, edit) for fault in here if fault.instead is not None]
    if _asked(only, FIX_ALL) and any(f.instead is not None and f.finding and f.finding.safe for f in looked.faults):
        try:
            changes = await server.ask(fixes_of, looked, buffer.outlined, buffer.unchanged(state))
        except (Stale, Rejected):
            return []
        if changes:
            kinds = (QUICK, FIX_ALL) if here else (FIX_ALL,)
            out += [types.CodeAction("改好所有有把握的错", kind, edit=edit(*changes)) for kind in kinds]
    if os.path.isfile(buffer.file):
        out += [action for fault in here for action in _keeping(looked, fault, uri)]
    return out + [action for fault in here for action in _ignoring(looked, fault, buffer.outlined, edit)]


#: What the server is asked to do where somebody decides to leave a finding: note it beside the file.
KEEP = "drafter.keep"


def _keeping(looked: Looked, fault: Fault, uri: str) -> Iterator[types.CodeAction]:
    """That a finding stays as it is, noted beside the file, where it is one of this file."""
    one = to_keep(looked, fault)
    if one is not None:
        said = "不改，以后不再报"
        problem = [diagnostic_of(looked.sheet, fault)]
        yield types.CodeAction(said, QUICK, diagnostics=problem, command=types.Command(said, KEEP, arguments=[uri, *map(str, one)]))


def _instead(sheet: Sheet, fault: Fault, edit: Edit) -> types.CodeAction:
    """What may take a fault's place, put there."""
    text = fault.instead or ""
    safe = fault.finding is not None and fault.finding.safe
    change = edit(Change(fault.start, fault.end, text))
    return types.CodeAction(
        fault.remedy, QUICK, diagnostics=[diagnostic_of(sheet, fault)], is_preferred=safe or None, edit=change
    )


def _ignoring(looked: Looked, fault: Fault, outlined: bool, edit: Edit) -> Iterator[types.CodeAction]:
    """The escape that keeps a fault's rule away, where there is one."""
    change = escape(looked, fault, outlined)
    if change:
        problem = [diagnostic_of(looked.sheet, fault)]
        yield types.CodeAction(f"忽略这条（{fault.rule}）", QUICK, diagnostics=problem, edit=edit(change))
