"""drafter's YAML: text to nodes that know their place.

A smaller YAML: every scalar is text, no tags, no anchors, no flow `{}`/`[]`, no duplicate keys, one document. The file
is read event by event with limits, so that a hostile one is refused at the line where it turns hostile. The C parser
makes its events without recursion (only composing recurses), so depth is safe as long as we stop listening at
`MAX_DEPTH`.
"""

import re
import sys
from bisect import bisect_right
from typing import Any, NamedTuple

from drafter.chinese.numerals import gap, one_break, unholdable
from drafter.diagnostic import ERROR, WARNING, Diagnostic, Place, Problems, Rejected

#: Limits on one file. A speech of 10,000 paragraphs is 2.2 MB and 20,000 nodes; an outline of an office is 20 KB.
MAX_BYTES = 8 << 20
MAX_NODES = 200_000
MAX_LINES = 200_000
MAX_DEPTH = 40


class Source:
    """A text and the name it goes by. Line breaks of every kind are "\\n" in `text`."""

    __slots__ = ("_lines", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def diagnostic(
        self,
        message: str,
        line: int,
        column: int = 1,
        length: int = 1,
        hint: str = "",
        level: str = ERROR,
        *,
        code: str,
    ) -> Diagnostic:
        """A problem at a place of this text (line and column count from 1), with the line it stands on."""
        shown = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Diagnostic(message, Place(self.file, line, column), hint, shown, length, level, code=code)


class Scalar(NamedTuple):
    """A text. `segments` are (offset, line, column) where its source lines begin in `text`; `raw` are the source lines
    (line, column, text) of a text written over several lines, () for one on a single line."""

    text: str
    source: Source
    line: int
    column: int
    raw: tuple[tuple[int, int, str], ...] = ()
    segments: tuple[tuple[int, int, int], ...] = ()

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

        with patterns_wait():
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
                    raise Rejected(_flow(source, event.start_mark.line + 1, event.start_mark.column + 1))
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
        raise Rejected(*(_mistakes(source, words) or [_explained(source, error)])) from None
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


#: Blanks that look like one and are none to YAML, and what writers call them. Those of no width come from web pages.
_BLANKS = (
    {"\u3000": "全角空格", "\xa0": "不换行空格"}
    | dict.fromkeys("\u2002\u2003\u2009\u202f", "特殊空格")
    | dict.fromkeys("\u200b\u200c\u200d\u2060", "看不见的字符")
)
_ODD = "".join(_BLANKS)

#: Marks of an input method for those that mean something at the beginning of a value or of a line.
_HALF = {"｜": "|", "＞": ">", "－": "-", "—": "-", "–": "-", "−": "-", "＃": "#", "＂": '"', "＇": "'", "［": "[", "｛": "{"}


def full_width(sign: str) -> str:
    """What is said of a full-width mark where the half-width one is meant."""
    return f"这里的全角“{sign}”不起作用；改成半角“{_HALF[sign]}”" + ("，后面加一个空格。" if _HALF[sign] in "-#" else "。")


def odd_blank(sign: str) -> str:
    """What is said of a blank that is not a space."""
    return f"这里用了{_BLANKS[sign]}（U+{ord(sign):04X}），看起来像半角空格，可是不算；改成半角空格。"


def _twin(source: Source, event: Any) -> Diagnostic | None:
    """A mark or a blank in a text without quotation marks that was meant for YAML: it would be printed as if it were
    words."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    text = source.lines[line - 1] if line <= len(source.lines) else ""  # behind a ? that ends the file
    first, before = text[column - 1 :], text[: column - 1]
    hint = "确实要印这个符号，就给整个值加上引号。"
    begun = first[:1]
    if begun in _BLANKS:
        return source.diagnostic(odd_blank(begun), line, column, 1, code="yaml-blank")
    if begun in ("｜", "＞") and re.match(r"[｜＞][-+0-9]?\s*(#.*)?$", first):
        return source.diagnostic(full_width(begun), line, column, 1, hint, code="yaml-full-width")
    if (
        begun in ("－", "—", "–", "−", "-")
        and not before.strip()
        and re.match(rf"[－—–−][\s{_ODD}]|－\w|-[{_ODD}]", first)
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
    rows: list[tuple[int, int, str]] = []
    for number in range(line + 1, last + 1):
        text = source.lines[number - 1]
        bare = text.strip()
        rows.append((number, text.index(bare[0]) + 1 if bare else 1, bare))
    while rows and not rows[-1][2]:
        rows.pop()
    rows = rows[next((at for at, row in enumerate(rows) if row[2]), 0) :]
    return _over_lines(source, line, rows[0][1] if rows else 1, rows)


def _over_lines(source: Source, line: int, column: int, rows: list[tuple[int, int, str]]) -> Scalar:
    offset = 0
    segments = []
    for number, start, text in rows:
        segments.append((offset, number, start))
        offset += len(text) + 1
    return Scalar("\n".join(row[2] for row in rows), source, line, column, tuple(rows), tuple(segments))


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


def _flow(source: Source, line: int, column: int) -> Diagnostic:
    """What is said of a list or a mapping in brackets that begins here."""
    at = source.diagnostic("", line, column, 1, code="yaml-flow")
    if at.line.startswith("{{", column - 1):
        return at._replace(message="以 {{ 开头的值要加引号；要填的空请写成【名称】。", length=2)
    hint = "一项一行，行首写“- ”；确实要写这个符号，就给整个值加上引号。"
    return at._replace(message="这里不用花括号 { } 和方括号 [ ]。", hint=hint)


#: Mistakes are looked for in so many characters of a line.
_WIDTH = 1_000

_KEY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<word>\w[\w-]*)")

#: A value in quotes with words behind the closing one.
_QUOTED_START = re.compile(r"""\s*(?:- +)*(?:\w[\w-]*:\s+)?(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#:]""")


def full_width_colon(word: str) -> str:
    """What is said of `word：`."""
    return f"全角冒号“：”不能跟在 {word} 后面；改成半角冒号加一个空格，写成“{word}: ”。"


def no_space(word: str) -> str:
    """What is said of `word:text`."""
    return f"冒号后面要有一个空格，写成“{word}: ”。"


def _mistakes(source: Source, words: frozenset[str]) -> list[Diagnostic]:
    """The mistakes writers make, told in their words; looked for only where YAML has failed."""
    found: list[Diagnostic] = []
    below_bars = _below_bars(source.lines)
    for number, text in enumerate(source.lines, 1):
        if len(found) == 20:
            break
        text = text[:_WIDTH]
        twin = None if number in below_bars else _twin_of_line(source, number, text, words)
        if twin:
            found.append(twin)
            continue
        if "\t" in text[: len(text) - len(text.lstrip())]:
            found.append(
                source.diagnostic("行首用了 Tab。", number, text.index("\t") + 1, 1, "请换成空格（每层两个）。", code="yaml-tab")
            )
            continue
        quoted = _QUOTED_START.match(text)
        if quoted:
            found.append(
                source.diagnostic(
                    "以引号开头的值，要到最后才能合上引号。",
                    number,
                    quoted.start("quoted") + 1,
                    len(quoted["quoted"]),
                    f"文中的引号用“”；或者给整个值加上引号：'{quoted['quoted']}……'",
                    code="yaml-quotes",
                )
            )
            continue
        key = _KEY.match(text)
        if not key:
            if re.match(r"\s*-[^\s-]", text):
                found.append(source.diagnostic("“-”后面要有一个空格。", number, text.index("-") + 1, 1, code="yaml-dash"))
            elif re.match(r"\s*- +[@`%&*!]", text):
                at = len(text) - len(text.lstrip(" -")) + 1
                found.append(source.diagnostic("以这个符号开头的值要加引号。", number, at, 1, "写成 - '……'", code="yaml-quotes-needed"))
            continue
        word, after = key["word"], text[key.end() :]
        if after.startswith("：") and (word in words or not after[1:].strip()):
            found.append(
                source.diagnostic(
                    full_width_colon(word), number, key.start("word") + 1, len(word) + 1, code="colon-full-width"
                )
            )
        elif word in words and re.match(r":[^\s]", after):
            found.append(
                source.diagnostic(
                    no_space(word), number, key.start("word") + 1, len(word) + 1, code="colon-without-space"
                )
            )
        elif (
            word in words
            and re.match(r"\s*[:：]\s*[@`%&*!|>{\[]", after)
            and not re.match(r":\s*[|>][-+0-9]*\s*(#.*)?$", after)
        ):
            at = len(text) - len(after.lstrip(" :：")) + 1
            found.append(
                source.diagnostic("以这个符号开头的值要加引号。", number, at, 1, f"写成 {word}: '……'", code="yaml-quotes-needed")
            )
    return found


def _below_bars(lines: list[str]) -> set[int]:
    """The lines (from 1) that are text below a bar, in which every mark is meant."""
    out: set[int] = set()
    indent: int | None = None
    for number, text in enumerate(lines, 1):
        spaces = len(text) - len(text.lstrip(" "))
        if indent is not None and (not text.strip() or spaces > indent):
            out.add(number)
            continue
        bar = re.match(r"( *(?:- +)*)\S.*?:\s+[|>][-+0-9]*\s*(?:#.*)?$", text[:_WIDTH])
        indent = len(bar[1]) if bar else None
    return out


def _twin_of_line(source: Source, number: int, text: str, words: frozenset[str]) -> Diagnostic | None:
    """A full-width mark or an odd blank where a line has its marks: before its word or dash, and right behind them."""
    lead = re.match(rf"[ {_ODD}]*?([{_ODD}])[ {_ODD}]*(?=[-－＃#]|[\w-]+[:：])", text)
    if lead:
        return source.diagnostic(odd_blank(lead[1]), number, lead.start(1) + 1, 1, code="yaml-blank")
    sign = re.match(rf" *(?:- +)*([＃]|－|[—–−](?=[ {_ODD}]|\w[\w-]*[:：]))", text)
    if sign:
        return source.diagnostic(full_width(sign[1]), number, sign.start(1) + 1, 1, code="yaml-full-width")
    behind = re.match(rf" *(?:- +)*(?:-(?P<dash>[{_ODD}])|(?P<word>\w[\w-]*):(?P<blank>[{_ODD}]))", text)
    if behind and (behind["dash"] or behind["word"] in words):
        kind = "dash" if behind["dash"] else "blank"
        return source.diagnostic(odd_blank(behind[kind]), number, behind.start(kind) + 1, 1, code="yaml-blank")
    return None


#: YAML's own problems in plain Chinese, by the words they begin with.
_PROBLEMS = (
    ("could not find expected ':'", "这一行缺冒号，或者缩进和上下不一致。"),
    ("mapping values are not allowed", "这一行多了一个冒号，或者缩进不对。"),
    ("found character that cannot start any token", "这一行开头的符号要放在引号里。"),
    ("found unexpected end of stream", "这里的引号一直到文件末尾也没合上。"),
    ("did not find expected key", "缩进和上面不一致，或者上一行的引号没合上。"),
    ("did not find expected '-' indicator", "这一行的缩进和上面不一致。"),
    ("did not find expected alphabetic", "以这个符号开头的值要加引号。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里；请另起一行。"),
    ("found unknown escape character", "双引号里的反斜杠读不懂；改用单引号。"),
    ("found a tab character", "行首用了 Tab，请换成空格。"),
)


def _explained(source: Source, error: Exception) -> Diagnostic:
    problem = str(getattr(error, "problem", "") or error)
    mark, other = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if other and problem.startswith(("could not find expected ':'", "found unexpected end of stream")):
        mark = other  # where the key or the quotation begins; the problem's own mark is where YAML gave up
        key = _KEY.match(source.lines[mark.line])
        if key and source.lines[mark.line].startswith("：", key.end()):
            word = key["word"]
            return source.diagnostic(
                full_width_colon(word), mark.line + 1, key.start("word") + 1, len(word) + 1, code="colon-full-width"
            )
    mark = mark or other
    if (
        mark is not None and "nesting depth" in problem
    ):  # libyaml gives up at 1,000 levels, before it tells the first of them
        row = source.lines[mark.line]
        if "flow" in str(getattr(error, "context", "")):
            return _flow(
                source, mark.line + 1, min(at for at in (row.find("["), row.find("{"), mark.column) if at >= 0) + 1
            )
        hint = "提纲用不着这么多层；请检查行首的“- ”。"
        return source.diagnostic(
            f"这里不用嵌套超过 {MAX_DEPTH} 层的结构。", mark.line + 1, mark.column + 1, 1, hint, code="yaml-not-used"
        )
    told = next((zh for start, zh in _PROBLEMS if problem.startswith(start)), "这一行的写法读不懂。")
    hint = f"YAML 的原话：{problem.splitlines()[0][:120]}"
    if mark is None:
        return Diagnostic(told, Place(source.file), hint, code="yaml-syntax")
    return source.diagnostic(told, min(mark.line + 1, len(source.lines)), mark.column + 1, 1, hint, code="yaml-syntax")
