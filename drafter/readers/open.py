"""READERS: every kind of file a speech may come in, as a table. Whatever command reads a speech reads all of these.

A kind is told by what is in the file, where that says it, else by the ending of its name. Opening files, and starting
the program that makes a .docx of what only an office program can read, is for `drafter.commands.reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from os.path import basename, splitext
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.speech.block import Block, Hint

if TYPE_CHECKING:
    from drafter.word.document import DocxFile
    from drafter.word.oxml import Element

#: Bytes of a file to read. A Word file with pictures is larger than its text.
MAX_BYTES = 32 << 20


class WordText(NamedTuple):
    """The Word file a reading is of: its trees, and the w:p elements of each block. `data` are its bytes, b"" where a
    file was read that had been opened before."""

    data: bytes
    file: DocxFile
    elements: tuple[tuple[Element, ...], ...]


class Read(NamedTuple):
    """What was read of a file: its paragraphs, what there is to say about it, and how paragraphs look, by their number.
    `word` is None for what is no Word file; `pages` are those the paragraphs of a PDF begin on, () elsewhere."""

    blocks: tuple[Block, ...]
    remarks: tuple[Diagnostic, ...] = ()
    hints: Mapping[int, Hint] = {}
    word: WordText | None = None
    pages: tuple[int, ...] = ()


class FileKind(NamedTuple):
    """A kind of file. `called` is what people call it. `read` is None for what has to be made something else first:
    `becomes` says what of ("docx" by an office program, "blocks" by filling an outline)."""

    name: str
    suffixes: tuple[str, ...]
    called: str
    read: Callable[[bytes, str], Read] | None
    becomes: str = ""


# ── the readers ────────────────────────────────────────────────────────────────────────────────────────────────────


def read_word(file: DocxFile, data: bytes = b"") -> Read:
    """The paragraphs of a Word file that is open. Raises Rejected."""
    from drafter.readers.docx import read_file

    reading = read_file(file)
    return Read(reading.blocks, reading.remarks, hints_of(reading.blocks), WordText(data, file, reading.elements))


def _docx(data: bytes, name: str) -> Read:
    from drafter.word.document import DocxFile

    return read_word(DocxFile(data, name), data)


def _text(data: bytes, name: str) -> Read:
    from drafter.readers.text import read

    return Read(*read(data, name))


def _markdown(data: bytes, name: str) -> Read:
    from drafter.readers.text import read

    blocks, remarks = read(data, name, markdown=True)
    return Read(blocks, remarks, hints_of(blocks))


def _html(data: bytes, name: str) -> Read:
    from drafter.readers.html import read_page

    page = read_page(data, name)
    outside = {number: Hint(outside=reason) for number, reason in page.outside.items()}
    return Read(page.blocks, page.remarks, {**hints_of(page.blocks), **outside})


def _pdf(data: bytes, name: str) -> Read:
    from drafter.readers.pdf import read

    found = read(data, name)
    return Read(found.blocks, found.remarks, pages=found.pages)


DOCX = FileKind("docx", (".docx",), "Word 文档（.docx）", _docx)
TEXT = FileKind("text", (".txt", ".text"), "纯文本", _text)
MARKDOWN = FileKind("markdown", (".md", ".markdown"), "Markdown 文本", _markdown)
HTML = FileKind("html", (".html", ".htm", ".mht", ".mhtml"), "网页", _html)
PDF = FileKind("pdf", (".pdf",), "PDF", _pdf)
DOC = FileKind("doc", (".doc",), "老版本的 Word 文件（.doc）", None, "docx")
WPS = FileKind("wps", (".wps",), "WPS 文件（.wps）", None, "docx")
ODT = FileKind("odt", (".odt", ".fodt"), "ODF 文档（.odt）", None, "docx")
RTF = FileKind("rtf", (".rtf",), "RTF 文件", None, "docx")
OUTLINE = FileKind("outline", (".yaml", ".yml"), "提纲", None, "blocks")

READERS = (DOCX, TEXT, MARKDOWN, HTML, PDF, DOC, WPS, ODT, RTF, OUTLINE)

_BY_SUFFIX = {suffix: kind for kind in READERS for suffix in kind.suffixes}

#: Files people try that hold no speech, by ending.
_NO_SPEECH = {
    **dict.fromkeys((".xls", ".xlsx", ".et", ".ods", ".csv"), "这是表格，不是讲话稿。"),
    **dict.fromkeys((".ppt", ".pptx", ".dps", ".odp"), "这是演示文稿，不是讲话稿。"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff"), "这是图片，里面的字读不出来。"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "这是压缩包。"),
}
_UNPACK = "先解压，再用里面的文件。"


def readable(*without: FileKind) -> str:
    """The endings that can be read, the first of each kind, for help and errors: `.docx .txt .md …`."""
    return " ".join(kind.suffixes[0] for kind in READERS if kind not in without)


def kind_named(name: str) -> FileKind | None:
    """The kind a file's name tells, None where it tells none."""
    return _BY_SUFFIX.get(splitext(name)[1].lower())


def kind_of(name: str, data: bytes) -> tuple[FileKind, tuple[Diagnostic, ...]]:
    """What kind of file this is, and a remark where its name says another. What is in it counts where that is beyond
    doubt; a file without an ending is a text. Raises Rejected for what nobody here can read."""
    ending = splitext(name)[1].lower()
    named, found = _BY_SUFFIX.get(ending), _signed(data)
    if named is None:
        if found is None and not ending:
            return TEXT, ()
        if found is None or ending in _NO_SPEECH:
            raise unreadable(name)
        return found, ()
    if found is None and named in (DOC, WPS, ODT, RTF):
        found = _unsigned(named, name, data)
    if found is None or found is named or {named, found} <= {DOC, WPS}:
        return named, ()
    said = f"扩展名是 {ending}，里面其实是{found.called}，照{found.called}读的。"
    return found, (Diagnostic(said, Place(name), level=WARNING, code="file-not-what-it-says"),)


def unreadable(name: str) -> Rejected:
    """What to raise for a file whose name says that it is none of these."""
    ending = splitext(name)[1].lower()
    why = _NO_SPEECH.get(ending, f"读不了“{ending or basename(name)}”这种文件。")
    way = _UNPACK if why == "这是压缩包。" else "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。"
    return Rejected(Diagnostic(why, Place(name), f"{way}能读的有 {readable()}。", code="file-kind-unknown"))


def _unsigned(named: FileKind, name: str, data: bytes) -> FileKind:
    """What a file is whose name says that only an office program can read it, and whose bytes do not. Words are a text;
    what else it is only an old .wps can be, which is no kind of Word's. Raises Rejected for the rest."""
    if data and b"\x00" not in data and not data.startswith(_OLE[:4]):
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                data.decode(encoding)
                return TEXT
    if named is WPS and data.startswith(_OLE):
        return WPS
    why = "这个文件是空的。" if not data else f"这不是{named.called}，扩展名不对，或者文件坏了。"
    raise Rejected(Diagnostic(why, Place(name), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。", code="file-not-what-it-says"))


#: What Microsoft's compound files begin with ([MS-CFB], 2.2).
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _signed(data: bytes) -> FileKind | None:
    """The kind the first bytes tell beyond doubt; None where they do not, as in a text, or tell what is none of
    ours."""
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"PK\x03\x04"):
        if data[30:38] == b"mimetype":  # ODF 1.2, part 3, 3.3: the first entry, not packed
            return ODT if b"opendocument.text" in data[38:100] else None
        return DOCX if b"[Content_Types].xml" in data else None
    if data.startswith(_OLE):
        streams = {name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "WordDocument")}
        return DOCX if streams["EncryptedPackage"] else DOC if streams["WordDocument"] else None
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"{\\rtf"):
        return RTF
    if head[:5].lower() == b"<html" or head[:14].lower() == b"<!doctype html":
        return HTML
    if head.startswith(b"<?xml"):
        return HTML if b"<html" in head.lower() else ODT if b"<office:document" in head else None
    return None


# ── hints ──────────────────────────────────────────────────────────────────────────────────────────────────────────


#: What the roles the reader of .docx tells from looks say of a paragraph that no mark tells.
_LOOKS = {f"{n}级标题": Hint(outline_level=level) for level, n in enumerate("一二三四", 2)} | {"标题": Hint(centred=True)}


def hints_of(blocks: Sequence[Block]) -> dict[int, Hint]:
    """How paragraphs look, by their number, as far as their roles tell it."""
    return {n: hint for n, block in enumerate(blocks) if (hint := _LOOKS.get(block.role))}
