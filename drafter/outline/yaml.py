"""drafter's YAML: text to nodes that know their place.

A smaller YAML: every scalar is text, no tags, no anchors, no flow `{}`/`[]`, no duplicate keys, one document. The file
is read event by event with limits, so that a hostile one is refused at the line where it turns hostile. The C parser
makes its events without recursion (only composing recurses), so depth is safe as long as we stop listening at
`MAX_DEPTH`.
"""

import re
import sys
from bisect import bisect_right
from itertools import accumulate
from typing import Any, NamedTuple

from drafter.chinese.numerals import gap, one_break, unholdable
from drafter.diagnostic import ERROR, WARNING, Diagnostic, Place, Problems, Rejected
from drafter.outline.source import BLANKS, ODD, flow, full_width, odd_blank
from drafter.outline.source import Source as Source
from drafter.outline.source import full_width_colon as full_width_colon
from drafter.outline.source import no_space as no_space

#: Limits on one file. A speech of 10,000 paragraphs is 2.2 MB and 20,000 nodes; an outline of an office is 20 KB.
MAX_BYTES = 8 << 20
MAX_NODES = 200_000
MAX_LINES = 200_000
MAX_DEPTH = 40


#: What the files of office programs begin with: those of today (ZIP), the old ones (OLE), PDF, RTF.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")


class Scalar(NamedTuple):
    """A text. `segments` are (offset, line, column) where its source lines begin in `text`; `raw` are the source lines
    (line, column, text) of a text written over several lines, () for one on a single line."""

    text: str
    source: Source
    line: int
    column: int
    raw: tuple[tuple[int, int, str], ...] = ()
    segments: tuple[tuple[int, int, int], ...] = ()

    @property
    def is_quoted(self) -> bool:
        """Whether it stands between the quotation marks of YAML: somebody who knows them wrote it."""
        return bool(self.segments) and not self.raw

    def place(self, offset: int = 0) -> tuple[int, int]:
        """Line and column (both from 1) of a character of `text`."""
        if not self.segments:
            return self.line, self.column + offset
        start, line, column = self.segments[max(0, bisect_right(self.segments, (offset, MAX_BYTES + 1)) - 1)]
        return line, column + offset - start

    def diagnostic(
        self, message: str, offset: int = 0, length: int = 0, hint: str = "", level: str = ERROR, *, code: str
    ) -> Diagnostic:
        """A problem with `length` characters from `offset` (0 = to the end of the text)."""
        line, column = self.place(offset)
        length = length or max(1, len(self.text) - offset)
        return self.source.diagnostic(message, line, column, length, hint, level, code=code)

    def paragraphs(self) -> "list[Scalar]":
        """The paragraphs of a text over several lines: an empty line separates them; the lines of one are joined
        without a space between 汉字."""
        if not self.raw:
            return [self] if self.text else []
        out: list[Scalar] = []
        group: list[tuple[int, int, str]] = []
        for row in (*self.raw, (0, 0, "")):
            if row[2]:
                group.append(row)
            elif group:
                out.append(_joined(self.source, group))
                group = []
        return out


class MappingNode(NamedTuple):
    """Keys and their values, in the order written; no key twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    source: Source
    line: int
    column: int

    def get(self, name: str) -> "Node | None":
        """The value of a key, None where there is none."""
        for key, value in self.entries:
            if key.text == name:
                return value
        return None

    def diagnostic(
        self, message: str, offset: int = 0, length: int = 1, hint: str = "", level: str = ERROR, *, code: str
    ) -> Diagnostic:
        """A problem with the whole mapping, shown where it begins."""
        return self.source.diagnostic(message, self.line, self.column, length, hint, level, code=code)


class SequenceNode(NamedTuple):
    """A list of `- ` entries."""

    items: tuple["Node", ...]
    source: Source
    line: int
    column: int

    def diagnostic(
        self, message: str, offset: int = 0, length: int = 1, hint: str = "", level: str = ERROR, *, code: str
    ) -> Diagnostic:
        """A problem with the whole list, shown where it begins."""
        return self.source.diagnostic(message, self.line, self.column, length, hint, level, code=code)


Node = Scalar | MappingNode | SequenceNode


def decode(data: bytes, file: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file saved by any editor: UTF-8 with or without a BOM, UTF-16 with one, or GB18030 (Windows
    Notepad's ANSI in Chinese), which is remarked upon. Line ends of every kind become "\\n"."""
    if len(data) > MAX_BYTES:
        raise Rejected(
            Diagnostic(
                f"文件太大：{len(data) / (1 << 20):.1f} MB，最多 {MAX_BYTES >> 20} MB。", Place(file), code="file-too-large"
            )
        )
    remarks: tuple[Diagnostic, ...] = ()
    if data.startswith(_NO_TEXT):
        hint = "提纲和回答文件是 .yaml 文本。从讲话稿里取回答：drafter pull 文件 -o 回答.yaml；把旧讲话变成提纲：drafter extract 文件"
        raise Rejected(Diagnostic("这是 Word、WPS、Excel 或 PDF 的文件，不是文本。", Place(file), hint, code="file-no-text"))
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Rejected(
                Diagnostic("这个文件不是文本，或者编码认不出来。", Place(file, line), "请用记事本打开，另存为 UTF-8。", code="file-encoding")
            ) from None
        remarks = (
            Diagnostic(
                "这个文件是 GB18030（记事本的 ANSI）编码，已按它读入。", Place(file), "建议另存为 UTF-8。", level=WARNING, code="file-gb18030"
            ),
        )
    source = Source(file, one_break(text))
    problems = []
    for offset in unholdable(source.text, 20):
        problems.append(_unholdable(source, offset, source.text[offset]))
    at = source.text.find("\ufeff")
    if at >= 0:
        line, column = _position(source, at)
        problems.append(
            source.diagnostic(
                "文件中间有一个 BOM（U+FEFF）。", line, column, 1, "多半是两个文件拼在一起了；请删掉这个看不见的字符。", code="bom-in-the-middle"
            )
        )
    if problems:
        raise Rejected(*problems)
    return source, remarks


def pyyaml() -> Any:
    """PyYAML, without the regular expressions that nobody here uses."""
    if "yaml" not in sys.modules:
        from drafter.startup import patterns_wait

        with patterns_wait("yaml"):
            import yaml
    import yaml

    return yaml


def parse(source: Source, words: frozenset[str] = frozenset()) -> Node:
    """The tree of a text; an empty text is an empty mapping. `words` are the keys the reader knows: they help to tell a
    full-width colon from content. Raises Rejected with every problem that can be told."""
    yaml = pyyaml()
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if source.text.count("\n") > MAX_LINES:
        raise Rejected(Diagnostic(f"文件太长，最多 {MAX_LINES:,} 行。", Place(source.file), code="file-too-large"))
    problems = Problems()
    stack: list[_OpenNode] = []
    root: Node | None = None
    nodes = documents = 0
    event: Any
    try:
        for event in yaml.parse(source.text, Loader=loader):
            kind = type(event).__name__
            node: Node | None = None
            if kind == "ScalarEvent":
                if event.anchor or (event.tag and event.tag != "!"):
                    _refuse(source, event, "锚点（&）和标签（!）")
                node = _scalar(source, event, problems)
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                if event.anchor or event.tag:
                    _refuse(source, event, "锚点（&）和标签（!）")
                if event.flow_style:
                    raise Rejected(flow(source, event.start_mark.line + 1, event.start_mark.column + 1))
                if len(stack) >= MAX_DEPTH:
                    _refuse(source, event, f"嵌套超过 {MAX_DEPTH} 层的结构", "提纲用不着这么多层；请检查行首的“- ”。")
                stack.append(_OpenNode(kind[0] == "M", event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                node = stack.pop().close(source)
            elif kind == "AliasEvent":
                _refuse(source, event, "引用（*）")
            elif kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    _refuse(source, event, "第二个文档（---）", "一个文件写一份提纲；删掉这一行，或者另存一个文件。")
            if node is None:
                continue
            nodes += 1
            if nodes > MAX_NODES:
                _refuse(source, event, f"{MAX_NODES:,} 个以上的条目", "请分成几个文件，用 include 连起来。")
            if stack:
                stack[-1].add(node, problems)
            else:
                root = node
    except yaml.YAMLError as error:
        from drafter.outline.yaml_slips import explained, mistakes

        raise Rejected(*(mistakes(source, words) or [explained(source, error, MAX_DEPTH)])) from None
    except RecursionError:
        raise Rejected(Diagnostic("嵌套太深，读不下去。", Place(source.file), code="yaml-too-deep")) from None
    if problems:
        raise Rejected(*problems)
    if root is None or (isinstance(root, Scalar) and not root.text):
        return MappingNode((), source, 1, 1)
    return root


class _OpenNode:
    """A mapping or a list whose end has not been met."""

    __slots__ = ("column", "entries", "key", "keys", "line", "mapping")

    def __init__(self, mapping: bool, line: int, column: int) -> None:
        self.mapping, self.line, self.column = mapping, line, column
        self.entries: list[Any] = []
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None

    def add(self, node: Node, problems: list[Diagnostic]) -> None:
        if not self.mapping:
            self.entries.append(node)
        elif self.key is None:
            if not isinstance(node, Scalar):
                raise Rejected(node.diagnostic("冒号左边只能是一个词。", code="yaml-key"))
            if node.text == "<<":
                raise Rejected(node.diagnostic("这里不用合并键（<<）。", hint="要沿用另一份提纲，请写 extends。", code="yaml-not-used"))
            first = self.keys.setdefault(node.text, node)
            if first is not node:
                problems.append(
                    node.diagnostic(f"“{node.text}”写了两次，第一次在第 {first.line} 行。", hint="删掉一个，或者改名。", code="yaml-twice")
                )
            self.key = node
        else:
            self.entries.append((self.key, node))
            self.key = None

    def close(self, source: Source) -> Node:
        cls = MappingNode if self.mapping else SequenceNode
        return cls(tuple(self.entries), source, self.line, self.column)


def _scalar(source: Source, event: Any, problems: list[Diagnostic]) -> Scalar:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    style = event.style
    if style in ("|", ">"):
        return (
            _block(source, line, event.end_mark.line + (event.end_mark.column > 0))
            if event.value
            else Scalar("", source, line, column)
        )
    if style is None or style == "":
        twin = _twin(source, event)
        if twin:
            problems.append(twin)
        if event.end_mark.line + 1 == line:
            return Scalar(event.value, source, line, column)
        rows = [(line, column, source.lines[line - 1][column - 1 :].rstrip())]
        for number in range(line + 1, event.end_mark.line + 2):
            text = source.lines[number - 1]
            if number == event.end_mark.line + 1:
                text = text[: event.end_mark.column]
            rows.append((number, len(text) - len(text.lstrip()) + 1, text.strip()))
        return _over_lines(source, line, column, rows)
    bad = unholdable(event.value)
    if bad:
        problems.append(
            source.diagnostic(
                f"引号里写了 Word 文件存不下的字符 U+{ord(event.value[bad[0]]):04X}。",
                line,
                column,
                1,
                "请删掉它。",
                code="character-not-storable",
            )
        )
    return Scalar(one_break(event.value), source, line, column, (), ((0, line, column + 1),))


def _twin(source: Source, event: Any) -> Diagnostic | None:
    """A mark or a blank in a text without quotation marks that was meant for YAML: it would be printed as if it were
    words."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    text = source.lines[line - 1] if line <= len(source.lines) else ""  # behind a ? that ends the file
    first, before = text[column - 1 :], text[: column - 1]
    hint = "确实要印这个符号，就给整个值加上引号。"
    begun = first[:1]
    if begun in BLANKS:
        return source.diagnostic(odd_blank(begun), line, column, 1, code="yaml-blank")
    if begun in ("｜", "＞") and re.match(r"[｜＞][-+0-9]?\s*(#.*)?$", first):
        return source.diagnostic(full_width(begun), line, column, 1, hint, code="yaml-full-width")
    if (
        begun in ("－", "—", "–", "−", "-")
        and not before.strip()
        and re.match(rf"[－—–−][\s{ODD}]|－\w|-[{ODD}]", first)
    ):
        if begun == "-":
            return source.diagnostic(odd_blank(first[1]), line, column + 1, 1, code="yaml-blank")
        return source.diagnostic(full_width(begun), line, column, 1, hint, code="yaml-full-width")
    if "＃" not in event.value:
        return None
    for number in range(line, min(event.end_mark.line + 1, len(source.lines)) + 1):
        row = source.lines[number - 1][: event.end_mark.column if number == event.end_mark.line + 1 else None]
        found = re.compile(r"(?:^|\s)(＃)").search(row, column - 1 if number == line else 0)
        if found:
            return source.diagnostic(full_width("＃"), number, found.start(1) + 1, 1, hint, code="yaml-full-width")
    return None


def _block(source: Source, line: int, last: int) -> Scalar:
    """The text of a `|` or `>` block whose bar stands on `line` and which ends on line `last`, with the place of each
    of its lines."""
    texts = source.lines[line:last]
    bare = [text.strip() for text in texts]
    columns = [text.find(words) + 1 for text, words in zip(texts, bare, strict=True)]
    rows = list(zip(range(line + 1, last + 1), columns, bare, strict=True))
    while rows and not rows[-1][2]:
        rows.pop()
    rows = rows[next((at for at, row in enumerate(rows) if row[2]), 0) :]
    return _over_lines(source, line, rows[0][1] if rows else 1, rows)


def _over_lines(source: Source, line: int, column: int, rows: list[tuple[int, int, str]]) -> Scalar:
    texts = [row[2] for row in rows]
    offsets = accumulate([len(text) + 1 for text in texts], initial=0)
    segments = [(offset, number, start) for offset, (number, start, _) in zip(offsets, rows, strict=False)]
    return Scalar("\n".join(texts), source, line, column, tuple(rows), tuple(segments))


def _joined(source: Source, rows: list[tuple[int, int, str]]) -> Scalar:
    if len(rows) == 1:
        line, column, text = rows[0]
        return Scalar(text, source, line, column)
    pieces: list[str] = []
    segments = []
    offset = 0
    for line, column, row in rows:
        if pieces:
            pieces.append(gap(pieces[-1][-1], row[0]))
            offset += len(pieces[-1])
        segments.append((offset, line, column))
        pieces.append(row)
        offset += len(row)
    return Scalar("".join(pieces), source, rows[0][0], rows[0][1], (), tuple(segments))


def _position(source: Source, offset: int) -> tuple[int, int]:
    before = source.text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _unholdable(source: Source, offset: int, character: str) -> Diagnostic:
    line, column = _position(source, offset)
    return source.diagnostic(
        f"Word 文件存不下的字符 U+{ord(character):04X}。",
        line,
        column,
        1,
        "多半是从别处粘贴带来的，看不见；请删掉它。",
        code="character-not-storable",
    )


_QUOTE_IT = "确实要写这个符号，就给整个值加上引号。"


def _refuse(source: Source, event: Any, what: str, hint: str = _QUOTE_IT) -> None:
    mark = event.start_mark
    raise Rejected(source.diagnostic(f"这里不用{what}。", mark.line + 1, mark.column + 1, 1, hint, code="yaml-not-used"))
