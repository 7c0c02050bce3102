"""What a .docx was made from: outline, template and answers, and which draft it is. Compressed, in a custom XML part of
its own, found by namespace; from it the document as it was made can be made again.

The packing is done with the standard library alone, as every `new` pays for it; the reading takes a parser.
"""

import re
import zlib
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.field import Field, Unfit, Value, read, save_form
from drafter.word.ahead import Ahead
from drafter.word.zip import END, QUICK, WELL, chunk, level_of

if TYPE_CHECKING:
    from drafter.word.document import DocxFile
    from drafter.word.oxml import Element

#: The namespace of the part. FORMAT goes up when an older drafter could no longer read it.
NAMESPACE = "urn:drafter:provenance:1"
FORMAT = 1

#: Bytes of the record unpacked, and drafts it lists; an outline is at most 1 MB, and of what it includes few have more.
MAX_RECORD = 16 << 20
MAX_DRAFTS = 500

#: Recipes of before a record keeps beside its own.
MAX_FORMER = 8


#: The kind of what is kept of a draft's numbers: a line for each that drafter gave otherwise than the outline makes it,
#: the bookmark of its paragraph, 0 for the number that begins it or which of those inside, the number, and the one before it.
NUMBERS = "numbers"

#: The kind of text that keeps what a writer has done to lists whose requirements are counted: see
#: `drafter.outline.computed.ByHand`.
COUNTED = "counted"

#: The kind of text that keeps a paragraph the outline has dropped and the writer's edits have kept.
KEPT = "kept"


#: The kind of text that keeps what the paper of last year said, for a draft written from it: see `drafter.speech.last`.
LAST_YEAR = "last-year"

#: How the name of an outline begins that is kept in the record alone, made of the paper a draft was renewed from.
WITHIN = "续写："

#: How the name of an outline begins that was a text and lay nowhere: it stands only in the record too.
TEXT = "随稿："


class Kept(NamedTuple):
    """A text the document was made from. `kind` is "outline" (the first is the outline itself, the others what it
    extends and includes, in the order they were read), "passage:NAME" (the files of a passage picked), "styles" or
    "layout"."""

    kind: str
    file: str
    text: str


class Stage(NamedTuple):
    """One draft in the line of drafts. `name` is 初稿, 二稿 …; `file` the name of its file; `digest` the SHA-256 of its
    paragraphs' text; `changed` and `added`, `removed` are paragraphs and 字 against the draft before, as it was handed
    on."""

    number: int
    name: str
    file: str = ""
    who: str = ""
    when: str = ""
    digest: str = ""
    changed: int = 0
    added: int = 0
    removed: int = 0


class Provenance(NamedTuple):
    """`outline` and `template` are what they are called: a name on a shelf, or a path as it was typed. `values` are
    saved forms (see `drafter.outline.field.save_form`); `blank` the names left blank on purpose. `former` is what the
    document was made from before, the last first, as long as changes since are tracked ones that may be refused."""

    outline: str
    template: str
    texts: tuple[Kept, ...]
    values: dict[str, str | list[str]]
    blank: tuple[str, ...] = ()
    picks: tuple[str, ...] = ()
    headings: str = ""
    brief: bool = False
    plain: bool = False
    author: str = ""
    made: str = ""
    version: str = ""
    stages: tuple[Stage, ...] = ()
    former: "tuple[Provenance, ...]" = ()

    def texts_of(self, kind: str) -> list[Kept]:
        """The texts of a kind, in order."""
        return [kept for kept in self.texts if kept.kind == kind]

    def answers(self, fields: Mapping[str, Field]) -> dict[str, Value]:
        """The answers, for these fields. One that no longer fits its field, or whose field is gone, is left out."""
        out: dict[str, Value] = {}
        for name, said in self.values.items():
            if name in fields:
                try:
                    out[name] = read(fields[name], said, date(2000, 1, 1))
                except Unfit:
                    continue
        return out


class Form(NamedTuple):
    """What keeps a document connected with what it was made from. `provenance` is the part that says so (see
    `pack`), `mark` the short form of it in the document's properties; without `controls` the blanks are
    plain text, without `comments` what is to be confirmed is only coloured. `common` is how much of the beginning of the
    provenance (characters) is the same in all documents of the same outline, template and choices, and `packed` that beginning
    compressed, None where nobody has done that."""

    fields: Mapping[str, Field]
    answers: Mapping[str, Value]
    provenance: str
    mark: str
    controls: bool = True
    comments: bool = True
    common: int = 0
    packed: bytes | None = None


def saved(values: Mapping[str, Value]) -> dict[str, str | list[str]]:
    """Answers as a Provenance keeps them."""
    return {name: save_form(value) for name, value in values.items()}


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def pack(record: Provenance) -> str:
    """The custom XML part."""
    head = PackedHead(record)
    return head.part + head.rest(record)


class _Beginning(NamedTuple):
    """What custom XML parts begin with: `part` is their text, `packed` that compressed, `over` and `sum` are what is to be gone on
    from; `mark` is that of their outline and template."""

    part: str
    packed: bytes
    over: bytes
    sum: int
    mark: str


class PackedHead:
    """What the records of many documents have in common, packed once: the custom XML part in two, of which the first is the same for
    all documents of the same outline, template and choices, and so is how that is compressed. A long one is packed in a thread
    meanwhile."""

    def __init__(self, record: Provenance) -> None:
        self.texts = record.texts
        rows = f'<record xmlns="{NAMESPACE}">{"".join(_common(record))}'
        self._begun = Ahead(lambda: _beginning(rows, record), len(rows))  # one thread: each takes 64 MB of addresses

    @property
    def part(self) -> str:
        """The text that custom XML parts begin with."""
        return self._begun.done().part

    @property
    def packed(self) -> bytes:
        """The same as it is compressed in a file."""
        return self._begun.done().packed

    @property
    def mark(self) -> str:
        """Which outline and template the documents are made from; see `mark`."""
        return self._begun.done().mark

    def rest(self, record: Provenance) -> str:
        """What the part of a record ends with that has the same outline, template and choices."""
        rows = [_element("author", record.author), _element("made", record.made)]
        rows += [answer_row(name, said) for name, said in record.values.items()]
        rows += _ending(record)
        for former in record.former[:MAX_FORMER]:
            answers = [answer_row(name, said) for name, said in former.values.items()]
            whence = (_element("author", former.author), _element("made", former.made))
            rows.append(f"<former>{''.join((*_common(former, record.texts), *whence, *answers, *_ending(former)))}</former>")
        return self.ended("".join(rows))

    def ended(self, rows: str) -> str:
        """The same of what is said in it."""
        data = (rows + "</record>").encode()
        begun = self._begun.done()
        stream = begun.over + chunk(data, level_of(QUICK, len(data))) + END + zlib.adler32(data, begun.sum).to_bytes(4, "big")
        return b2a_base64(stream, newline=False).decode() + "</provenance>"


def _beginning(rows: str, record: Provenance) -> _Beginning:
    data = rows.encode()
    stream = b"\x78\x9c" + chunk(data, level_of(WELL, len(data)))  # a stream of zlib (RFC 1950, 2.2)
    whole = len(stream) - len(stream) % 3  # base64 writes three bytes at a time
    part = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<provenance xmlns="{NAMESPACE}" format="{FORMAT}">{b2a_base64(stream[:whole], newline=False).decode()}'
    )
    text = part.encode()
    return _Beginning(part, chunk(text, level_of(WELL, len(text))), stream[whole:], zlib.adler32(data), mark(record))


class RestOfRecord:
    """What a record of a first draft ends with, for many sets of answers: `record` is one of them."""

    def __init__(self, head: PackedHead, record: Provenance) -> None:
        self.head = head
        self.made = _element("made", record.made)
        self.drafts = "".join(_ending(record._replace(blank=())))
        self.rows: dict[tuple[str, object], str] = {}

    def of(self, author: str, answers: Mapping[str, Value], blank: Sequence[str]) -> str:
        """What `PackedHead.rest` says of these."""
        rows = [_element("author", author), self.made]
        for name, value in answers.items():
            row = self.rows.get((name, value))
            if row is None:
                if len(self.rows) >= _REMEMBERED:
                    self.rows.clear()
                row = self.rows[name, value] = answer_row(name, save_form(value))
            rows.append(row)
        rows += [_element("blank", name) for name in blank]
        rows.append(self.drafts)
        return self.head.ended("".join(rows))


#: Answers remembered as they are written in a record.
_REMEMBERED = 20_000


def _common(record: Provenance, known: Sequence[Kept] = ()) -> list[str]:
    """What a record says of outline, template and choices; of texts that are `known` only which."""
    rows = [
        _element("outline", record.outline),
        _element("template", record.template),
        _element("version", record.version),
        _element("plain", "1" if record.plain else ""),
        _element("headings", record.headings),
        _element("brief", "1" if record.brief else ""),
    ]
    rows += [_element("pick", name) for name in record.picks]
    for kept in record.texts:
        if kept in known:
            rows.append(_element("known", str(known.index(kept))))
        else:
            rows.append(_element("text", kept.text, kind=kept.kind, file=kept.file))
    return rows


def answer_row(name: str, said: str | list[str]) -> str:
    """What a record says of an answer."""
    if isinstance(said, str):
        return f'<answer name="{_quoted(name)}">{_escaped(said)}</answer>'
    return "".join((_element("list", "", name=name), *(_element("entry", entry) for entry in said)))


def _ending(record: Provenance) -> list[str]:
    """What a record says behind the answers."""
    rows = [_element("blank", name) for name in record.blank]
    for stage in record.stages:
        said_of = {key: str(value) for key, value in zip(Stage._fields, stage, strict=True)}
        rows.append(_element("draft", "", **said_of))
    return rows


def _element(tag: str, text: str, **attributes: str) -> str:
    said = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items())
    return f"<{tag}{said}>{_escaped(text)}</{tag}>"


#: What XML writes otherwise, in text or between quotation marks.
_WRITTEN_OTHERWISE = re.compile("[&<>\"\r\n\t]")


def _escaped(text: str) -> str:
    if not _WRITTEN_OTHERWISE.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    if not _WRITTEN_OTHERWISE.search(text):
        return text
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def mark(provenance: Provenance) -> str:
    """The short form of a record: the outline's name and the hash of its text."""
    return f"{provenance.outline} sha256:{digest(provenance.texts_of('outline'))[:16]} format:1"


def digest(texts: Sequence[Kept]) -> str:
    """One hash of several texts, in hexadecimal."""
    from hashlib import sha256

    return sha256("\0".join(kept.text for kept in texts).encode()).hexdigest()


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


def unpack(part: bytes, file: str) -> Provenance:
    """The record of a part whose root is in our namespace. Raises Rejected where it was written by a newer drafter, or
    is damaged; `file` is the document's name."""
    from drafter.word.oxml import XMLSyntaxError, parse

    try:
        root = parse(part)
        if root.tag != f"{{{NAMESPACE}}}provenance":
            raise ValueError
        form = root.get("format", "")
        if form.isdecimal() and int(form[:9]) > FORMAT:
            raise Rejected(
                Diagnostic(
                    f"这份文件是更新版本的 drafter 写的（来历格式 {form[:9]}，这里只认到 {FORMAT}）。",
                    Place(file),
                    "请升级 drafter：pip install -U drafter",
                    code="record-newer",
                )
            )
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(a2b_base64(root.text or "", strict_mode=False), MAX_RECORD + 1)
        if len(data) > MAX_RECORD or not unpacker.eof or b"<!DOCTYPE" in data[:1000]:
            raise ValueError
        return _record(parse(data))
    except (XMLSyntaxError, ValueError, TypeError, IndexError, zlib.error, NotBase64):
        raise Rejected(
            Diagnostic(
                "文件里记的来历坏了，不知道它是用哪份提纲、哪些回答写的。",
                Place(file),
                "还可以直接说明：drafter update 文件 --outline 提纲 --answers 回答.yaml",
                code="record-damaged",
            )
        ) from None


def _record(root: "Element", known: Sequence[Kept] = ()) -> Provenance:
    said: dict[str, str] = {}
    texts: list[Kept] = []
    values: dict[str, str | list[str]] = {}
    blank: list[str] = []
    picks: list[str] = []
    stages: list[Stage] = []
    former: list[Element] = []
    last: list[str] = []
    for row in root:
        name = row.tag.rpartition("}")[2] if isinstance(row.tag, str) else ""
        text = row.text or ""
        if name == "text":
            texts.append(Kept(row.get("kind", ""), row.get("file", ""), text))
        elif name == "known":
            texts.append(known[int(text)])
        elif name == "former":
            former.append(row)
        elif name == "answer":
            values[row.get("name", "")] = text
        elif name == "list":
            last = []
            values[row.get("name", "")] = last
        elif name == "entry":
            last.append(text)
        elif name == "blank":
            blank.append(text)
        elif name == "pick":
            picks.append(text)
        elif name == "draft" and len(stages) < MAX_DRAFTS:
            number, changed, added, removed = (
                int(row.get(key) or 0) for key in ("number", "changed", "added", "removed")
            )
            name, file, who, when, digest = (row.get(key, "") for key in ("name", "file", "who", "when", "digest"))
            stages.append(Stage(number, name, file, who, when, digest, changed, added, removed))
        else:
            said[name] = text
    return Provenance(
        said.get("outline", ""),
        said.get("template", ""),
        tuple(texts),
        values,
        tuple(blank),
        tuple(picks),
        said.get("headings", ""),
        bool(said.get("brief")),
        bool(said.get("plain")),
        said.get("author", ""),
        said.get("made", ""),
        said.get("version", ""),
        tuple(stages),
        tuple(_record(row, texts) for row in former[:MAX_FORMER]),
    )


# ── whose it is ────────────────────────────────────────────────────────────────────────────────────────────────────


class Lineage(NamedTuple):
    """What a document was made from. `own` is its own record, None where it has none; `guests` those that came with
    what was pasted from other drafts; `outline` the name its properties give of its outline, "" for none."""

    own: Provenance | None
    guests: tuple[Provenance, ...]
    outline: str


def lineage_of(file: "DocxFile") -> Lineage:
    """What a document says it was made from. Of several records the one its properties name is its own; of several such
    the one whose answers stand in it. Raises Rejected where it has none that can be read."""
    found: list[Provenance] = []
    refused: Rejected | None = None
    for part in file.custom(NAMESPACE):
        try:
            found.append(unpack(file.parts[part], file.name))
        except Rejected as error:
            refused = refused or error
    said = file.property("drafter.outline")
    name, _, digest_said = said.partition(" sha256:")
    ours = [record for record in found if not digest_said or mark(record).split()[-2:] == f"sha256:{digest_said}".split()]
    if refused and not ours:
        raise refused
    own = max(ours, key=lambda record: _standing(file, record)) if len(ours) > 1 else next(iter(ours), None)
    return Lineage(own, tuple(record for record in found if record is not own), name if digest_said else "")


def _standing(file: "DocxFile", record: Provenance) -> int:
    """How many of the answers of a record stand in the controls of a document."""
    from drafter.word.oxml import SDT, T, value_of

    answers = {(name, said) for name, said in record.values.items() if isinstance(said, str)}
    shown = ((value_of(c, "sdtPr/tag"), "".join(t.text or "" for t in c.iter(T))) for c in file.body.iter(SDT))
    return sum(pair in answers for pair in shown)
