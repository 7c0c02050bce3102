"""A .docx from somebody else: its parts, after a look at the whole that costs little however hostile it is.

The zip is read here and not by `zipfile`, because what counts is known before anything is unpacked: how many members,
how large, whether they overlap. Every part is first unpacked in pieces, checked and forgotten; only a package that is
sound all through is unpacked to keep.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple, NoReturn

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.word.zip import Member

#: Limits. 10,000 paragraphs of 100 字 written by python-docx are 0.1 MB packed, 4.5 MB unpacked and 49,000 elements.
MAX_FILE = 32 << 20
MAX_MEMBERS = 2_000
MAX_MEMBER = 64 << 20
MAX_ALL = 96 << 20
MAX_DEPTH = 200
MAX_ELEMENTS = 400_000

#: Unpacked to packed bytes, for what unpacks to more than RATIO_FROM. Honest repetitive text reaches 650:1, but small.
MAX_RATIO = 200
RATIO_FROM = 16 << 20

#: Bytes of one tag and different names in one part; python-docx's template, once written by Word, has 1,183 and 93.
#: Without these two limits a parser's tables of names take more memory than the text.
MAX_TAG = 2 << 20
MAX_NAMES = 10_000

_PIECE = 256 << 10
_AGAIN = "在 Word 或 WPS 里打开它，另存为 .docx，再用新文件。"
_UNKNOWN = "在 Word 或 WPS 里打开，确认内容无误后另存为新的 .docx；来历不明的文件不要用。"
_DAMAGED = "请重新下载或重新拷贝一次；还不行，就在 Word 里打开让它修复，再另存为 .docx。"

#: What says where the document is; read before the rest.
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_ZIP64 = 0xFFFFFFFF  # “see the extra field”
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"MIME-Version", "网页"),
    (b"<!DOCTYPE html", "网页"),
    (b"<html", "网页"),
    (b"<?xml", "XML"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
)


class _Member(NamedTuple):
    """A line of the zip's directory. Sizes in bytes; `start` and `end` are where its packed bytes stand in the file."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    end: int
    stamp: tuple[int, int]  # time and date as DOS counts them


#: Parts of custom data. LibreOffice writes them all with no bytes where an answer that is bound has & or <.
_OTHERS_DATA = re.compile("customXml/[^/]*", re.IGNORECASE)


def open_package(data: bytes, name: str) -> tuple[dict[str, bytes], dict[str, Member]]:
    """The parts of a .docx by name ("word/document.xml"), and every part as it stands packed, so that it can be passed
    on as it is; a part of custom data that is no XML is b"". `name` is what the file is called.

    Raises Rejected for what is no .docx, is damaged, or asks for more than a speech ever does.
    """
    return _opened(_Package(data, name))


def open_parts(data: bytes, name: str) -> tuple[dict[str, bytes], dict[str, Member]]:
    """The same for a spreadsheet (.xlsx). Raises Rejected for what is none."""
    return _opened(_Workbook(data, name))


def open_table(data: bytes, name: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted parts of a table of any kind that is a zip (.xlsx, .ods), after the whole of it was unpacked once in pieces:
    it is as large as it says and no larger. No XML is looked at. Raises Rejected for what is damaged or too large."""
    package = _Table(data, name)
    package.look()
    package.members = list(package.directory())
    for member in package.members:
        for _ in package.pieces(member):
            pass
    return {member.name: package.unpacked(member) for member in package.members if wanted(member.name)}


def _opened(package: _Package) -> tuple[dict[str, bytes], dict[str, Member]]:
    package.check()
    parts = {m.name: b"" if m.name in package.unreadable else package.unpacked(m) for m in package.members}
    packed = {
        m.name: Member(m.name.encode(), bytes(package.packed(m)), m.size, m.crc, m.method, m.stamp)
        for m in package.members
    }
    return parts, packed


class _Package:
    """One look at one file."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.members: list[_Member] = []
        self.elements = 0
        self.types: dict[str, str] = {}  # "/word/document.xml" or an ending like "xml" → content type
        self.main: list[str] = []  # what _rels/.rels calls the document
        self.unreadable: set[str] = set()  # custom data that is no XML, of no use to anybody
        self.strict = False

    def no(self, message: str, hint: str) -> NoReturn:
        raise Rejected(Diagnostic(message, Place(self.file), hint, code="word-unreadable"))

    def check(self) -> None:
        """Raise for anything wrong."""
        self.look()
        self.members = list(self.directory())
        by_name = {m.name: m for m in self.members}
        for name in _FIRST:
            if name not in by_name:
                self.not_word(by_name)
            self.read(by_name[name])
        if self.strict:
            self.is_strict()
        main = by_name.get(self.main[0]) if len(self.main) == 1 else None
        if main is None:
            self.not_word(by_name)
        self.kind(main.name, by_name)
        for member in self.members:
            if member.name not in _FIRST:
                self.read(member, root=member is main)

    def look(self) -> None:
        """What the first bytes tell."""
        data = self.data
        if not data:
            self.no("这是空文件，一个字节也没有。", "请重新下载或重新拷贝一次。")
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                hint = "在 Word 里打开，“文件→信息→保护文档→用密码进行加密”，把密码删空，再保存。"
                self.no("文件加了打开密码。", hint)
            self.no("这是旧格式的文件（.doc 或 .wps），不是 .docx。", _AGAIN)
        if not data.startswith(b"PK\x03\x04"):
            kind = next((said for head, said in _OTHERS if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(head)), "")
            self.no(f"这不是 Word 文档，其实是 {kind}。" if kind else "这不是 Word 文档（.docx）。", _AGAIN)
        if len(data) > MAX_FILE:
            hint = "在 Word 里选中图片，“图片格式→压缩图片”，再保存。"
            self.no(f"文件太大，最多 {MAX_FILE >> 20} MB。", hint)

    def damaged(self, what: str) -> NoReturn:
        self.no(f"文件坏了：{what}。", _DAMAGED)

    def not_word(self, by_name: dict[str, _Member]) -> NoReturn:
        for start, said in (("xl/", "Excel 表格"), ("ppt/", "PPT 演示文稿"), ("content.xml", "ODF 文档（.odt 等）")):
            if any(name.startswith(start) for name in by_name):
                self.no(f"这不是 Word 文档，是 {said}。", "请换成 Word 文档（.docx）。")
        self.no("这是压缩包，里面没有 Word 文档。", "如果文档在压缩包里，先解压，再用里面的 .docx。")

    def is_strict(self) -> NoReturn:
        hint = "在 Word 里另存为，类型选“Word 文档 (*.docx)”，不选“Strict Open XML 文档”。"
        self.no("这是 Strict Open XML 格式的文档，读不了。", hint)

    def kind(self, main: str, by_name: dict[str, _Member]) -> None:
        """Only a plain document will do: no macros, no template."""
        kind = self.type_of(main)
        if "word" not in kind:
            self.not_word(by_name)
        if "macroEnabled" in kind or any(n.lower().endswith("vbaproject.bin") for n in by_name):
            hint = "在 Word 里另存为，类型选“Word 文档 (*.docx)”，不选“启用宏的”，宏就去掉了。"
            self.no("文档里带有宏（.docm），不能用。", hint)
        if kind != _MAIN:
            self.no("这是 Word 模板（.dotx），不是文档。", _AGAIN)

    def type_of(self, name: str) -> str:
        return self.types.get("/" + name.lower()) or self.types.get(name.rpartition(".")[2].lower(), "")

    # -- the zip --

    def directory(self) -> Iterator[_Member]:
        """The members, from the directory at the end of the file. Layout: PKWARE APPNOTE 6.3, 4.3.12 and 4.3.16."""
        data = self.data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 22 - 0xFFFF))
        if end < 0 or end + 22 > len(data):
            self.damaged("不完整，可能没有下载完或没有拷完")
        disk, other, here, count, size, start, comment = struct.unpack_from("<4H2IH", data, end + 4)
        if count > MAX_MEMBERS:
            self.no(f"里面的文件太多：{count} 个，最多 {MAX_MEMBERS} 个。", _UNKNOWN)
        if disk or other or here != count or start + size != end or end + 22 + comment != len(data):
            self.damaged("压缩包的目录不对")
        seen: set[str] = set()
        spans = [(start, len(self.data))]
        everything = packed = 0
        at = start
        for _ in range(count):
            member, at = self.entry(at, end)
            if member.name.lower() in seen:
                self.no(f"里面有两个同名的文件：{_short(member.name)}，不知道该信哪一个。", _UNKNOWN)
            seen.add(member.name.lower())
            spans.append((member.start, member.end))
            everything += member.size
            packed += member.packed
            self.size(f"里面的 {_short(member.name)} ", member.size, member.packed, MAX_MEMBER)
            if not member.name.endswith("/"):
                yield member
            elif member.size:
                self.damaged(f"里面的 {_short(member.name)} 是文件夹，却有内容")
        self.size("全部内容", everything, packed, MAX_ALL)
        if at != end or any(one[1] > two[0] for one, two in pairwise(sorted(spans))):
            self.damaged("压缩包里的文件互相重叠，大小不实")

    def entry(self, at: int, end: int) -> tuple[_Member, int]:
        """The member whose directory line stands at `at`, and where the next line stands."""
        data = self.data
        if at + 46 > end or data[at : at + 4] != b"PK\x01\x02":
            self.damaged("压缩包的目录不对")
        flags, method, crc, packed, size, n, extra, comment, disk, begin = struct.unpack_from(
            "<2H4x3I4H6xI", data, at + 8
        )
        raw = data[at + 46 : at + 46 + n]
        name = self.name(raw, flags)
        if flags & 0x2041:  # 0: encrypted, 6: strongly, 13: directory encrypted
            self.no(f"里面的 {_short(name)} 加了密码。", "请解除压缩包的密码，或者" + _AGAIN)
        if method not in (0, 8):
            self.no(f"里面的 {_short(name)} 用了读不了的压缩方法（{method}）。", _AGAIN)
        if begin + 30 > len(data) or data[begin : begin + 4] != b"PK\x03\x04" or disk:
            self.damaged("压缩包的目录不对")
        head = struct.unpack_from("<2H4x3I2H", data, begin + 6)
        start = begin + 30 + head[5] + head[6]
        same = head[1] == method and raw == data[begin + 30 : begin + 30 + head[5]]
        told = head[0] & 8 or head[2:5] == (crc, packed, size) or head[3:5] == (_ZIP64, _ZIP64)
        if not same or not told or (not method and packed != size):
            self.damaged(f"{_short(name)} 的大小或名字前后不一致")
        stamp = struct.unpack_from("<2H", data, at + 12)
        return _Member(name, method, crc, packed, size, begin, start + packed, stamp), at + 46 + n + extra + comment

    def name(self, raw: bytes, flags: int) -> str:
        name = raw.decode("utf-8" if flags & 0x800 or raw.isascii() else "cp437", "replace")
        parts = name.removesuffix("/").split("/")
        if not name.isprintable() or "\ufffd" in name or "\\" in name or ":" in name or {"", ".", ".."} & set(parts):
            self.no(f"里面有一个文件叫“{_short(name)}”，这样的名字可能写到别处去。", _UNKNOWN)
        return name

    def size(self, what: str, size: int, packed: int, limit: int) -> None:
        if size > limit:
            self.no(f"{what}解压后太大：{-(-size >> 20)} MB，最多 {limit >> 20} MB。", _UNKNOWN)
        if size > RATIO_FROM and size > MAX_RATIO * packed:
            self.no(f"{what}解压后超过原来的 {MAX_RATIO} 倍，像是压缩炸弹。", _UNKNOWN)

    def pieces(self, member: _Member) -> Iterator[bytes]:
        """The member unpacked, a piece at a time; never more than it says it is."""
        import zlib

        packed = self.packed(member)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        size = crc = at = 0
        left, piece = b"", b"?"
        try:
            while piece or left or at < len(packed):
                if not left:
                    left = bytes(packed[at : at + _PIECE])
                    at += len(left)
                if member.method:
                    piece, left = unpacker.decompress(left, _PIECE), unpacker.unconsumed_tail
                else:
                    piece, left = left, b""
                size += len(piece)
                crc = zlib.crc32(piece, crc)
                if size > member.size:
                    break
                yield piece
        except zlib.error:
            self.damaged(f"里面的 {_short(member.name)} 解压不了")
        if size != member.size or (member.method and (not unpacker.eof or unpacker.unused_data)):
            self.damaged(f"里面的 {_short(member.name)} 的大小与目录里写的不一样")
        if crc != member.crc:
            self.damaged(f"里面的 {_short(member.name)} 与校验码对不上")

    def unpacked(self, member: _Member) -> bytes:
        """The whole of a member that `pieces` has found sound."""
        import zlib

        packed = self.packed(member)
        return zlib.decompress(packed, -zlib.MAX_WBITS, max(1, member.size)) if member.method else bytes(packed)

    def packed(self, member: _Member) -> memoryview:
        return memoryview(self.data)[member.end - member.packed : member.end]

    # -- the parts --

    def read(self, member: _Member, root: bool = False) -> None:
        """Look through one part. `root`: it is the document itself."""
        pieces = self.pieces(member)
        head = next(pieces)
        if not self.is_xml(member.name, head):
            for _ in pieces:
                pass
            return
        from xml.parsers import expat

        names: dict[str, str] = {}
        prefixes: set[str | None] = set()
        parser = expat.ParserCreate(None, " ", names)
        note = self.noting(member, root)
        depth = fed = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.elements += 1
            if depth > MAX_DEPTH:
                self.no(f"里面的 {_short(member.name)} 嵌套太深，超过 {MAX_DEPTH} 层。", _UNKNOWN)
            if self.elements > MAX_ELEMENTS:
                self.no(f"内容太多：超过 {MAX_ELEMENTS // 10_000} 万个元素。", "请把文档拆成几个，一个一个来。")
            if note and depth <= (1 if root else 2):
                note(tag, attributes)

        def end(_: str) -> None:
            nonlocal depth
            depth -= 1

        def encoding(_: str, said: str | None, __: int) -> None:
            if said and said.upper() not in ("UTF-8", "UTF-16", "US-ASCII"):
                self.no(f"里面的 {_short(member.name)} 用了 {_short(said)} 编码，应当是 UTF-8。", _UNKNOWN)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.XmlDeclHandler = encoding
        parser.StartDoctypeDeclHandler = lambda *_: self.dtd(member.name)
        parser.StartNamespaceDeclHandler = lambda prefix, _: prefixes.add(prefix)
        try:
            parser.Parse(head, False)
            for piece in pieces:
                fed += len(piece)
                parser.Parse(piece, False)
                if fed + len(head) - parser.CurrentByteIndex > MAX_TAG or len(names) + len(prefixes) > MAX_NAMES:
                    self.no(f"里面的 {_short(member.name)} 标记太长或太杂，不像 Word 写的。", _UNKNOWN)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if _OTHERS_DATA.match(member.name):
                self.unreadable.add(member.name)
                return
            self.damaged(f"里面的 {_short(member.name)} 第 {error.lineno} 行不是完好的 XML")

    def is_xml(self, name: str, head: bytes) -> bool:
        """Whether anybody may come to parse it: by its name, by its declared type, or by its looks."""
        named = name.rpartition(".")[2].lower() in ("xml", "rels", "vml", "svg") or self.type_of(name).endswith("xml")
        return named or head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith((b"<?xml", b"<\0?\0x"))

    def dtd(self, name: str) -> NoReturn:
        hint = "在 Word 里把这张图片换成 PNG，再保存。" if name.lower().endswith(".svg") else _UNKNOWN
        self.no(f"里面的 {_short(name)} 带有 DTD，它能让读的人去打开别的文件；正常的 Word 文档里没有。", hint)

    def noting(self, member: _Member, root: bool) -> Callable[[str, Mapping[str, str]], None] | None:
        """What is to be kept of the outermost elements of a part; None where nothing is."""
        if root:
            return self.note_root
        return {_FIRST[0]: self.note_type, _FIRST[1]: self.note_main}.get(member.name)

    def note_root(self, tag: str, _: Mapping[str, str]) -> None:
        if tag.startswith(_STRICT):
            self.is_strict()
        if tag != f"{_WORD} document":
            self.damaged("正文不是 Word 的格式")

    def note_type(self, tag: str, attributes: Mapping[str, str]) -> None:
        key = attributes.get("Extension") if tag.endswith(" Default") else attributes.get("PartName")
        if key and "ContentType" in attributes:
            self.types[key.lower()] = attributes["ContentType"]

    def note_main(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "")
        if tag.endswith(" Relationship") and kind.endswith("/officeDocument"):
            self.strict = kind.startswith(_STRICT)
            self.main.append(attributes.get("Target", "").removeprefix("./").lstrip("/"))


class _Workbook(_Package):
    """One look at one spreadsheet."""

    def look(self) -> None:
        if not self.data.startswith(b"PK\x03\x04"):
            self.not_word({})
        super().look()

    def kind(self, main: str, by_name: dict[str, _Member]) -> None:
        """Only a plain one will do: no macros."""
        if "spreadsheetml.sheet.main" not in self.type_of(main):
            self.not_word(by_name)

    def not_word(self, by_name: dict[str, _Member]) -> NoReturn:
        hint = "用合并时写出的那张表；在 Excel 或 WPS 里打开，另存为 .xlsx。"
        raise Rejected(Diagnostic("这不是 Excel 表格（.xlsx）。", Place(self.file), hint, code="table-unreadable"))

    def note_root(self, tag: str, _: Mapping[str, str]) -> None:
        if tag.startswith(_STRICT):
            self.is_strict()


class _Table(_Package):
    """One look at one table that is a zip; what is in it is not looked at."""

    def no(self, message: str, hint: str) -> NoReturn:
        hint = hint.replace("Word 或 WPS", "Excel 或 WPS").replace("Word", "Excel").replace(".docx", ".xlsx")
        raise Rejected(Diagnostic(message, Place(self.file), hint, code="table-unreadable"))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
