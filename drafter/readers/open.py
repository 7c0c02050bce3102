"""readers.open"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import from_json, from_yaml
from drafter.speech.block import Block
from drafter.speech.recognise import Hint

#: Bytes of a file to extract from. A Word file with pictures is larger than its text.
MAX_BYTES = 32 << 20


#: What the roles the reader of .docx tells from looks say of a paragraph that no mark tells.
_LOOKS = {f"{n}级标题": Hint(outline_level=level) for level, n in enumerate("一二三四", 2)} | {"标题": Hint(centred=True)}


TEXTS = (".txt", ".md", ".markdown", ".text")


PAGES = (".html", ".htm")


def read(path: Path) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The paragraphs of a file, by its ending. Raises Rejected."""
    ending = path.suffix.lower()
    if ending not in (*TEXTS, *PAGES, ".docx", ".pdf"):
        if path.is_dir():
            raise Rejected(Diagnostic("这是文件夹，不是文件。", Place(str(path)), "写上里面一篇讲话稿的文件名。"))
        if not path.exists():
            raise Rejected(Diagnostic("没有这个文件。", Place(str(path))))
        why = {
            ".doc": "这是老版本的 Word 文件。",
            ".wps": "这是 WPS 自己的格式。",
            ".xls": "这是表格，不是讲话稿。",
            ".xlsx": "这是表格，不是讲话稿。",
        }.get(ending, f"读不了“{ending or path.name}”这种文件。")
        raise Rejected(Diagnostic(why, Place(str(path)), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。"))
    data = shelf.read_bytes(path, MAX_BYTES)
    if ending == ".docx":
        from drafter.readers.docx import read as read_docx

        return read_docx(data, str(path))
    if ending in PAGES:
        from drafter.readers.html import read as read_html

        return read_html(data, str(path))
    if ending == ".pdf":
        from drafter.readers.pdf import read as read_pdf

        return read_pdf(data, str(path))
    from drafter.readers.text import read as read_text

    return read_text(data, str(path))


def hints_of(blocks: Sequence[Block]) -> dict[int, Hint]:
    """How paragraphs look, by their number, as far as their roles tell it."""
    return {n: hint for n, block in enumerate(blocks) if (hint := _LOOKS.get(block.role))}


def _known(file: str) -> dict[str, str]:
    """The facts the writer knows, from an answers file."""
    if not file:
        return {}
    source, _ = shelf.read_source(Path(file))
    typed = (from_json if file.endswith(".json") else from_yaml)(source)
    return {name: one.said for name, one in typed.items() if isinstance(one.said, str)}
