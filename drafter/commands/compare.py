"""`drafter compare`: two drafts in, what became of the one in the other, and the 花脸稿. It opens the files; what changed is
told by `drafter.analysis.compare`, and written into Word by `drafter.revise.redline`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from drafter.analysis import compare as comparison
from drafter.analysis.compare import Comparison
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.open import MAX_BYTES, hints_of, read
from drafter.speech.block import Block
from drafter.speech.draft import Draft, Item, Span, plain, stop_of
from drafter.speech.recognise import KIND_OF, recognise

#: What a 花脸稿 can be written as.
FORMATS = ("docx",)


class CompareRequest(NamedTuple):
    """What a user wants of `compare`."""

    old: str
    new: str
    to: str = ""
    output: str = ""
    force: bool = False


class CompareResult(NamedTuple):
    """What `compare` has found. `file` is the 花脸稿, "" where none was asked for, "-" for standard output."""

    old: str
    new: str
    found: Comparison
    file: str
    remarks: tuple[Diagnostic, ...]

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        told = {"old": self.old, "new": self.new, **self.found.json()}
        return told | {"file": self.file or None, "remarks": [r.json() for r in self.remarks]}


def compare(request: CompareRequest) -> CompareResult:
    """Two drafts side by side. Raises Rejected, with nothing written."""
    from drafter.commands.saving import check, save

    old, new = Path(request.old), Path(request.new)
    target = _target(request)
    if target and target != "-":
        check(Path(target), force=request.force, inputs=(old, new))
    old_blocks, remarks = read(old)
    new_blocks, more = read(new)
    old_draft, new_draft = recognise(old_blocks, hints_of(old_blocks)), recognise(new_blocks, hints_of(new_blocks))
    found = comparison.compare(old_draft, new_draft)
    remarks = (*remarks, *more)
    if target:
        data, told = _redlined((old, old_blocks), (new, new_blocks), new_draft)
        remarks = (*remarks, *told)
        if target == "-":
            import sys

            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            save(Path(target), data, force=request.force, inputs=(old, new))
    return CompareResult(request.old, request.new, found, target, remarks)


def _target(request: CompareRequest) -> str:
    """Where the 花脸稿 goes, "" where none is wanted."""
    ending = Path(request.output).suffix.lower().removeprefix(".") if request.output not in ("", "-") else ""
    kind = request.to or ending
    if not request.to and not request.output:
        return ""
    if kind not in FORMATS:
        raise Rejected("花脸稿是 Word 文件：--to docx，-o 花脸稿.docx。")
    if request.to and ending and ending != request.to:
        raise Rejected(f"-o {request.output}：花脸稿的文件名以 .docx 结尾，例如 -o 花脸稿.docx")
    return request.output or f"{Path(request.new).stem}-花脸稿.docx"


def _redlined(
    old: tuple[Path, Sequence[Block]], new: tuple[Path, Sequence[Block]], draft: Draft
) -> tuple[bytes, list[Diagnostic]]:
    from drafter.outline import shelf
    from drafter.revise.redline import redline, tables_of, words_of

    now = datetime.now()
    both = [path.suffix.lower() == ".docx" for path, _ in (old, new)]
    words: Sequence[str] = [block.text for block in old[1]]
    tables: tuple[str, ...] = ()
    if both[0]:
        data = shelf.read_bytes(old[0], MAX_BYTES)
        words, tables = words_of(data, str(old[0])), tables_of(data, str(old[0]))
    if not both[1]:
        return redline(blocks_of_text(new[1], now, draft), str(new[0]), words, now, True), []
    data = shelf.read_bytes(new[0], MAX_BYTES)
    told = []
    if tables_of(data, str(new[0])) != tables:
        told.append(Diagnostic("表格里的字两稿不一样，花脸稿里没有标出来，表格照新稿。", Place(str(new[0])), level=WARNING))
    return redline(data, str(new[0]), words, now, not all(both)), told


# ── a text as a Word document ──────────────────────────────────────────────────────────────────────────────────────


def blocks_of_text(blocks: Sequence[Block], now: datetime, draft: Draft | None = None) -> bytes:
    """The paragraphs of a text as a .docx set by the speech template, each with the words it has."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
    from drafter.writers.docx import write

    draft = draft or recognise(blocks)
    template = open_template(DEFAULT_TEMPLATE).template
    roles, heads = _told(draft)
    captions = {plain(rich) for rich in (draft.dateline, draft.byline) if rich}
    known = {style.role for style in template.styles}
    out: list[Block] = []
    title = plain(draft.title)
    front = True
    for block in blocks:
        text = block.text
        said = text.strip()
        if front and said and title.startswith(said):
            role, title = "标题", title[len(said) :].lstrip()
        elif front and said in captions:
            role = "题注"
        else:
            if front and out:
                out.append(Block("空行", ()))
            front = False
            role = roles.get(block.node, "")
        rank, length = heads.get(block.node, ("", 0))
        spans = (Span(text[:length], rank), Span(text[length:])) if 0 < length < len(text) and rank in known else (Span(text),)
        out.append(Block(role if role in known else "正文", spans if text else (), block.node))
    return write(out, template, now=now)


def _told(draft: Draft) -> tuple[dict[str, str], dict[str, tuple[str, int]]]:
    """The roles of paragraphs by their nodes, and of those that begin with a heading its role and length."""
    role_of = {kind: role for role, kind in KIND_OF.items()}
    roles: dict[str, str] = {}
    heads: dict[str, tuple[str, int]] = {}

    def of(items: Sequence[Item]) -> None:
        for item in items:
            rank = "一二三四"[min(item.level, 4) - 1]
            roles[item.node] = f"{rank}级标题" if item.own_line else "要求"
            heading = plain(item.heading)
            if heading and not item.own_line:
                heads[item.node] = (f"{rank}级段首句", len(item.label + heading + stop_of(heading)))
            roles.update({p.node: "要求" for p in item.paragraphs if p.node not in roles})
            of(item.items)

    for part in draft.parts:
        roles |= {p.node: role_of.get(part.kind, "正文") for p in part.paragraphs if p.node}
        of(part.items)
    return roles, heads
