"""What lies between a text or a draft and the rules: paragraphs with their roles and places, escapes, settings, fixes.

Nothing here opens a file. A `Paper` is what the rules are given together with where every character of it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.chinese import gap, read_date
from drafter.diagnostic import ADVICE, ERROR, WARNING, Diagnostic, Place, Rejected
from drafter.numbering import Numbering
from drafter.rules import LEVELS, Finding, Line, Speech, names, run
from drafter.yamltree import Scalar, Source

if TYPE_CHECKING:
    from drafter.blank import Text
    from drafter.block import Block
    from drafter.draft import Draft, Item, Rich
    from drafter.outline import Outline

#: A longer line is a paragraph, not a heading (characters).
LONGEST_HEADING = 60

#: Title, date line, speaker and salutation stand among the first lines.
HEAD_LINES = 12

#: A hard-wrapped text: at least so many lines end where the widest does (within `WRAP_SLACK` columns), and these make up at
#: least this share of the lines that no mark ends.
WRAPPED_LINES = 4
WRAP_SLACK = 3
WRAPPED_SHARE = 0.8


class Origin(NamedTuple):
    """From `offset` on, the characters of a paragraph are those of this source from this line and column (from 1); of an
    `answer`, the blank it answers stands there."""

    offset: int
    source: Source
    line: int
    column: int
    answer: bool = False


class Paper(NamedTuple):
    """A speech with the origin of its lines (one tuple a line, empty where it stands in no text), the rules that are not to
    look at a line ("*" all), and those not to look at all."""

    speech: Speech
    origins: tuple[tuple[Origin, ...], ...] = ()
    ignored: tuple[frozenset[str], ...] = ()
    left_out: frozenset[str] = frozenset()


class Settings(NamedTuple):
    """What a configuration says. `levels`: rules set to a level of the user's own, or "off"."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = ""
    levels: Mapping[str, str] = {}
    minutes: float = 0


class Remark(NamedTuple):
    """A finding where a reader looks for it. `paragraph` and `column` count from 1; `words` are those meant; `source` is what
    the rule rests on."""

    finding: Finding
    place: Place
    paragraph: int
    column: int
    excerpt: str
    words: str
    source: str

    def diagnostic(self) -> Diagnostic:
        """As it is shown: place, fault, excerpt, remedy, rule and source."""
        f = self.finding
        told = f"[{f.rule}] {self.source}"
        hint = remedy(f)
        length = max(1, f.end - f.start)
        return Diagnostic(f.message, self.place, f"{hint}\n{told}" if hint else told, self.excerpt, length, f.level, f.rule)

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        f = self.finding
        return {
            "rule": f.rule,
            "level": f.level,
            "file": self.place.file,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "paragraph": self.paragraph,
            "start": self.column,
            "length": f.end - f.start,
            "words": self.words,
            "message": f.message,
            "instead": f.instead,
            "safe": f.safe,
            "source": self.source,
        }


def remedy(f: Finding) -> str:
    """What to write instead, "" where that is for a person to say."""
    if f.instead is None:
        return ""
    return f"改成“{f.instead}”。" if f.instead else "删掉。"


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_of_text(source: Source, as_of: date | None, today: date, minutes: float = 0) -> Paper:
    """The speech in a .txt or .md. `as_of` None: its own date line says, else today."""
    markdown = source.file.lower().endswith((".md", ".markdown"))
    cut = list(_markdown(source) if markdown else _plain(source))
    left_out = frozenset(rule for row in source.lines for rule in _escape(row, "ignore-file"))
    texts = [piece.text for piece in cut]
    lines = tuple(
        Line(line.text, "heading", piece.level) if piece.level and n else line
        for n, (line, piece) in enumerate(zip(roles_told(texts), cut, strict=True))
    )
    told = as_of or date_of(lines, today)
    speech = Speech(lines, told or today, "", minutes, dated=told is not None)
    return Paper(speech, tuple(piece.origins for piece in cut), tuple(piece.ignored for piece in cut), left_out)


class _Piece(NamedTuple):
    """A paragraph of a text file. `level`: of a Markdown heading."""

    text: str
    origins: tuple[Origin, ...]
    ignored: frozenset[str]
    level: int = 0


def _escape(row: str, word: str = "ignore") -> frozenset[str]:
    """The rules an inline escape of a kind names, "*" where it names none; empty where the row has no escape."""
    if "drafter:" not in row:
        return frozenset()
    out: set[str] = set()
    for found in _escapes().finditer(row):
        if found[1] == word:
            out |= {name.removesuffix(".") for name in re.split(r"[\s,，、]+", found[2].strip()) if name} or {"*"}
    return frozenset(out)


@lru_cache(maxsize=1)
def _escapes() -> re.Pattern[str]:
    return re.compile(r"(?:<!--|#|//)\s*drafter:\s*(ignore(?:-file)?)\b(?!-)([\w\s,，、-]*?)\s*(?:-->|$)", re.M)


def _plain(source: Source) -> Iterator[_Piece]:
    """The paragraphs of a plain text: a line is one, unless the text was wrapped by hand at some width."""
    wrapped = _wrapped_at(source.lines)
    text, origins = "", list[Origin]()
    asked: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    more = False
    for number, row in enumerate(source.lines, 1):
        here = _escape(row)
        shown = _escapes().sub("", row) if "drafter:" in row else row
        words = shown.strip()
        if not words:
            waiting |= here
            more = False if not here else more
            continue
        start = len(shown) - len(shown.lstrip())
        if more and not start:
            text += gap(text[-1], words[0])
            origins.append(Origin(len(text), source, number, start + 1))
            text += words
            asked |= here
        else:
            if origins:
                yield _Piece(text, tuple(origins), asked)
            text, origins, asked, waiting = words, [Origin(0, source, number, start + 1)], waiting | here, frozenset()
        more = bool(wrapped) and _width(shown) >= wrapped
    if origins:
        yield _Piece(text, tuple(origins), asked)


def _width(row: str) -> int:
    from drafter.diagnostic import columns

    return columns(row.rstrip())


def _wrapped_at(rows: Sequence[str]) -> int:
    """The columns from which on a line is one that goes on in the next; 0 where the text was not wrapped by hand."""
    widths = [_width(row) for row in rows if row.strip()]
    widest = max(widths, default=0)
    if not 40 <= widest <= 100:
        return 0
    open_ended = [_width(row) for row in rows if row.strip() and row.rstrip()[-1] not in "。！？：；”）…" and _width(row) > 30]
    full = [w for w in open_ended if w >= widest - WRAP_SLACK]
    return widest - WRAP_SLACK if len(full) >= WRAPPED_LINES and len(full) >= WRAPPED_SHARE * len(open_ended) else 0


def _markdown(source: Source) -> Iterator[_Piece]:
    """The paragraphs of a Markdown text, without its marks; code, tables, rules and front matter are left out."""
    text, origins = "", list[Origin]()
    asked: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    fence = ""
    comment = False
    front = source.lines[:1] == ["---"] and "---" in source.lines[1:]
    for number, row in enumerate(source.lines, 1):
        if front and number > 1:
            front = row != "---"
            continue
        if front:
            continue
        mark = re.match(r" {0,3}(`{3,}|~{3,})", row)
        if fence or mark:
            fence = "" if fence and mark and mark[1].startswith(fence) else fence or (mark[1] if mark else "")
            waiting = frozenset()
            row = ""
        here = _escape(row)
        row, comment = _uncommented(row, comment)
        head = re.match(r" {0,3}(#{1,6})\s+|\s*(?:[-*+]|\d{1,3}[.)])\s+|\s*>\s?", row)
        plain = not re.fullmatch(r"\s*(?:[-*_=]\s*){3,}|\s*\|.*", row) and row.strip()
        if not plain or head:
            if origins:
                yield _Piece(text, tuple(origins), asked)
            text, origins, asked = "", [], frozenset()
        if not plain:
            waiting |= here
            continue
        at = len(head[0]) if head and not re.match(r"\s*\d", head[0]) else len(row) - len(row.lstrip())
        if not origins:
            asked, waiting = waiting, frozenset()
        asked |= here
        words, places = _unmarked(row, at)
        if words:
            text += gap(text[-1], words[0]) if text else ""
            origins += [Origin(len(text) + offset, source, number, column) for offset, column in places]
            text += words
        if head and head[1]:
            if origins:
                yield _Piece(text, tuple(origins), asked, len(head[1]))
            text, origins, asked = "", [], frozenset()
    if origins:
        yield _Piece(text, tuple(origins), asked)


def _uncommented(row: str, inside: bool) -> tuple[str, bool]:
    """A row with its comments blotted out, and whether one goes on in the next row."""
    if inside:
        end = row.find("-->")
        if end < 0:
            return "", True
        row = " " * (end + 3) + row[end + 3 :]
    row = re.sub("<!--.*?-->", lambda m: " " * len(m[0]), row)
    start = row.find("<!--")
    return (row[:start], True) if start >= 0 else (row, False)


def _unmarked(row: str, at: int) -> tuple[str, list[tuple[int, int]]]:
    """The words of a Markdown row from a column on, and (offset in the words, column) where they go on after a mark. Code
    becomes U+FFFC, of the same length."""
    words = ""
    places: list[tuple[int, int]] = []
    end = len(row.rstrip())
    for found in re.finditer(r"\\(?=[!-/:-@\[-`{-~])|\*\*|__|`[^`]*`|.", row[at:end]):
        piece = found[0]
        start = at + found.start()
        if piece in ("\\", "**", "__") and not (piece == "\\" and start + 1 == end):
            continue
        if len(piece) > 1:
            piece = "\ufffc" * len(piece)
        if not words or places[-1][1] + len(words) - places[-1][0] != start + 1:
            places.append((len(words), start + 1))
        words += piece
    return words, places


def paper_of_blocks(blocks: Sequence[Block], as_of: date | None, today: date, minutes: float = 0) -> Paper:
    """The speech in the paragraphs of a Word document: by the roles its styles or looks tell, else as a text is read. A
    line's place is its paragraph, counted from 1 without empty ones."""
    told = [block for block in blocks if block.text.strip()]
    texts = ["".join(block.text.split("\n")) if block.role in ("标题", "副标题") else block.text for block in told]
    if any(block.role in _ROLES for block in told):
        lines = tuple(_line_of(block, text) for block, text in zip(told, texts, strict=True))
    else:
        lines = roles_told(texts)
    day = as_of or date_of(lines, today)
    return Paper(Speech(lines, day or today, "", minutes, dated=day is not None))


#: What the styles of our templates say of a paragraph: its role, and the kind of part it is of.
_ROLES = {
    "标题": ("title", ""),
    "副标题": ("subtitle", ""),
    "称谓": ("greeting", "greeting"),
    "开场": ("body", "opening"),
    "致意": ("body", "appreciation"),
    "形势": ("body", "situation"),
    "引语": ("body", "lead"),
    "要求": ("body", "requirements"),
    "结语": ("body", "closing"),
    "落款": ("signature", "signature"),
}


def _line_of(block: Block, text: str) -> Line:
    role, kind = _ROLES.get(block.role, ("body", ""))
    if block.role == "题注":
        role = "dateline" if re.search(_DATE, text) else "byline"
    level = "一二三四".find(block.role[:1]) + 1 if block.role.endswith("级标题") else 0
    if level:
        role, kind = "heading", "requirements"
    return Line(text, role, level, kind)


# ── roles ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_DATE = r"[〇零○一二三四五六七八九0-9]{4}年[一二三四五六七八九十0-9]{1,3}月(?:[一二三四五六七八九十0-9]{1,3}日)?"


def roles_told(texts: Sequence[str]) -> tuple[Line, ...]:
    """Paragraphs of a text with the roles a modest look tells: title, date line, speaker, salutation at the head, numbered
    headings, signature at the end. What it cannot tell is body."""
    lines = [Line(text) for text in texts]
    at = _head(lines)
    styles: list[str] = []
    for n in range(at, len(lines)):
        text = lines[n].text
        label = numbering_of(text)
        if label:
            level = styles.index(label) + 1 if label in styles else len(styles) + 1
            del styles[level - 1 :]
            styles.append(label)
            if stands_alone(text):
                lines[n] = Line(text, "heading", level)
        elif _greets(text):
            lines[n] = Line(text, "greeting", 0, "greeting")
        elif text and len(text) <= 40 and text[-1] not in "。！？：；，、”）…!?:;,." and n > at:
            lines[n] = Line(text, "other")
    for n in range(len(lines) - 1, max(at, len(lines) - 4), -1):
        if not (re.fullmatch(_DATE, lines[n].text) or (lines[n].role == "other" and n > len(lines) - 4)):
            break
        lines[n] = Line(lines[n].text, "signature", 0, "signature")
    return tuple(lines)


def stands_alone(text: str) -> bool:
    """Whether a numbered paragraph is nothing but its heading."""
    return (len(text) <= LONGEST_HEADING and not re.search("[。！？；]|[：，、]$", text)) or (
        len(text) <= 40 and text[-1:] == "。" and not re.search("[。！？；：]", text[:-1])
    )


def _head(lines: list[Line]) -> int:
    """Tell the roles of what stands above the speech; how many lines that is."""
    greeting = next((n for n, line in enumerate(lines[:HEAD_LINES]) if _greets(line.text)), None)
    end = greeting if greeting is not None else 0
    if greeting is None:
        for n, line in enumerate(lines[:5]):
            if not line.text or line.text[-1] in "。！？：；，、…!?:;," or len(line.text) > LONGEST_HEADING or numbering_of(line.text):
                break
            end = n + 1
        if end == len(lines):  # a text without a single sentence has no head of its own
            return 0
    titled = False
    for n in range(end):
        text = lines[n].text
        bare = text.strip("（）() ")
        if re.fullmatch(rf"{_DATE}.{{0,12}}", bare) or re.fullmatch(rf".{{0,16}}{_DATE}", bare) or re.fullmatch("【[^】]*(?:日期|时间)】", bare):
            role = "dateline"
        elif text.startswith(("——", "—")):
            role = "subtitle"
        elif titled and (re.search(r"[\u3000 ]", text) or re.fullmatch("[\u4e00-\u9fff·]{2,4}", text)) and len(text) <= 40:
            role = "byline"
        elif not titled or n == 1:
            role, titled = "title", True
        elif text[-1:] in ("。", "！", "？", "：", "；"):
            role = "body"
        else:
            role = "other"
        lines[n] = Line(text, role)
    while greeting is not None and greeting < len(lines) and _greets(lines[greeting].text):
        lines[greeting] = Line(lines[greeting].text, "greeting", 0, "greeting")
        greeting += 1
        end = greeting
    return end


@lru_cache(maxsize=1)
def _greeting() -> re.Pattern[str]:
    hearers = "同志|朋友|代表|委员|领导|来宾|嘉宾|贵宾|女士|先生|同学|老师|乡亲|战友|家长|师傅|同胞|专家|学者|教授|同仁|老乡|客商|企业家|记者"
    return re.compile(rf"[^。；？]{{0,80}}(?:{hearers})(?:们|、.*)?[：:！!，,]?")


def _greets(text: str) -> bool:
    """Whether a line is nothing but an address of the hearers."""
    if not text or text[-1] not in "：:！!，," or len(text) > 90 or not _greeting().fullmatch(text):
        return False
    return bool(re.match("(?:尊敬的|敬爱的|亲爱的|各位|同志|女士|先生|老师|同学|朋友|乡亲|战友|青年|全|.{0,12}(?:们|同志|代表|委员|嘉宾|来宾)[、，,：:！!])", text))


@lru_cache(maxsize=4096)
def numbering_of(text: str) -> str:
    """The sample of the numbering a paragraph begins with ("" where none): of those that begin paragraphs of their own."""
    if not text or text[0] not in _FIRST:
        return ""
    for found in _numberings():
        if found.match(text):
            return found.sample
    return ""


_FIRST = frozenset("零〇一二三四五六七八九十百千两（0123456789" + "".join(chr(0x2460 + n) for n in range(20)))


@lru_cache(maxsize=1)
def _numberings() -> tuple[Numbering, ...]:
    return tuple(map(Numbering.from_sample, ("一、", "（一）", "1.", "（1）", "①")))


def date_of(lines: Sequence[Line], today: date) -> date | None:
    """The day a speech was or will be held by its date line, signature, the line under its title (——2021年4月10日在……上) or the
    stamp of the page it was copied from; where only its title names a year that is over, the last day of that year. None where
    nothing tells."""
    for roles in (("dateline", "signature"), ("subtitle", "byline")):
        for line in lines:
            found = re.search(_DATE, line.text) if line.role in roles else None
            if found:
                text = found[0]
                return read_date(text if text.endswith("日") else text + "1日", today)
    for line in lines[:HEAD_LINES]:
        stamp = re.search(r"(?<!\d)(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d)", line.text) if len(line.text) <= LONGEST_HEADING else None
        told = read_date(stamp[0], today) if stamp else None
        if told:
            return told
    named = [int(y) for line in lines if line.role == "title" for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", line.text)]
    year = max((y for y in named if y <= today.year), default=today.year)
    return date(year, 12, 31) if year < today.year else None


# ── draft ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_of_draft(draft: Draft, outline: Outline | None, as_of: date | None, today: date, minutes: float = 0) -> Paper:
    """The speech of a draft; with its outline, where its words stand in the outline."""
    reader = _Reader(outline)
    reader.add(draft.title, "title")
    reader.add(draft.byline, "byline")
    reader.add(draft.dateline, "dateline")
    for part in draft.parts:
        role = part.kind if part.kind in ("greeting", "signature") else "body"
        for paragraph in part.paragraphs:
            reader.add(paragraph.text, role, 0, part.kind, paragraph.node)
        for item in part.items:
            reader.item(item, part.kind)
    lines = tuple(reader.lines)
    genre = outline.genre if outline else ""
    speech = Speech(lines, as_of or date_of(lines, today) or today, genre, minutes)
    left_out = frozenset(rule for source in outline.sources for row in source.lines for rule in _escape(row, "ignore-file")) if outline else frozenset()
    ignored = tuple(reader.escaped(origins) for origins in reader.origins)
    return Paper(speech, tuple(reader.origins), ignored, left_out)


class _Reader:
    """Gathers the lines of a draft and where each came from."""

    def __init__(self, outline: Outline | None) -> None:
        from drafter.outline import texts

        self.lines: list[Line] = []
        self.origins: list[tuple[Origin, ...]] = []
        self.texts: dict[str, list[Text]] = {}
        for text in texts(outline) if outline else ():
            self.texts.setdefault(text.node, []).append(text)
        self.hidden: dict[str, list[frozenset[str]]] = {}

    def add(self, rich: Rich, role: str, level: int = 0, kind: str = "", node: str = "") -> None:
        """One line. `node` names the outline's texts its words come from, where a span does not say itself."""
        if not rich:
            return
        text = ""
        origins: list[Origin] = []
        if not node and role in ("title", "byline", "dateline"):
            node = f"{role}.p1"
        for span in rich:
            if span.text:
                origins += self.place(span.node or node, span.text, span.blank, len(text))
            text += span.text
        self.lines.append(Line(text, role, level, kind))
        self.origins.append(tuple(origins))

    def place(self, node: str, words: str, blank: str, offset: int) -> list[Origin]:
        """Where a span stands in the outline: an origin for every source line of it."""
        for text in self.texts.get(node.split("#")[0], ()):
            at = 0
            scalar = text.scalar
            for piece in text.pieces:
                if isinstance(piece, str):
                    if not blank and piece.startswith(words):
                        return [Origin(offset + n, scalar.source, *scalar.place(start)) for n, start in _cuts(words, at, scalar)]
                    at += len(piece) + piece.count("【")
                else:
                    if blank == piece.source:
                        return [Origin(offset, scalar.source, *scalar.place(piece.offset), True)]
                    at = piece.offset + len(piece.source) + 2
        return []

    def item(self, item: Item, kind: str) -> None:
        """A requirement and those below it."""
        from drafter.draft import Span

        first, *rest = item.paragraphs or (None,)
        heading_node = item.node if "#" not in item.node else item.node.split("#")[0]
        heading = tuple(span._replace(node=f"{heading_node}.p1") for span in item.heading)
        label = (Span(item.label),) if item.label else ()
        if item.own_line or (heading and first is None):
            self.add((*label, *heading), "heading", item.level, kind)
            if first:
                self.add(first.text, "body", 0, kind, first.node)
        else:
            ended = not heading or heading[-1].text.endswith(("。", "！", "？"))
            stop = () if ended else (Span("。"),)
            inner = tuple(s._replace(node=s.node or first.node) for s in first.text) if first else ()
            self.add((*label, *heading, *stop, *inner), "body", item.level, kind)
        for paragraph in rest:
            if paragraph:
                self.add(paragraph.text, "body", 0, kind, paragraph.node)
        for below in item.items:
            self.item(below, kind)

    def escaped(self, origins: tuple[Origin, ...]) -> frozenset[str]:
        """What the escapes in the outline say of a line: a comment speaks of the node below it."""
        if not origins:
            return frozenset()
        source = origins[0].source
        if source.file not in self.hidden:
            self.hidden[source.file] = list(_hidden(source.lines))
        rows = self.hidden[source.file]
        return rows[origins[0].line - 1] if origins[0].line <= len(rows) else frozenset()


def _cuts(words: str, at: int, scalar: Scalar) -> Iterator[tuple[int, int]]:
    """(offset in the words, offset in their scalar) where a new source line begins, or where a 【 has been that is written
    twice; the first is where the words begin, at `at`."""
    doubled = [n for n, c in enumerate(words) if c == "【"] if "【" in words else []
    yield 0, at
    cuts = {n + 1: at + n + 2 + before for before, n in enumerate(doubled)}
    for start, _, _ in scalar.segments:
        n = start - at - sum(at + one + before < start for before, one in enumerate(doubled))
        if 0 < n < len(words):
            cuts[n] = start
    yield from sorted((n, start) for n, start in cuts.items() if n < len(words))


def _hidden(rows: Sequence[str]) -> Iterator[frozenset[str]]:
    """For every row of an outline the rules that are not to look at it: `# drafter: ignore` speaks of the next key or item
    and all that is indented below it, or of its own row."""
    waiting: frozenset[str] = frozenset()
    scope: list[tuple[int, frozenset[str]]] = []
    for row in rows:
        here = _escape(row)
        words = row.strip()
        if not words or words.startswith("#"):
            waiting |= here
            yield frozenset()
            continue
        indent = len(row) - len(row.lstrip())
        scope = [(depth, asked) for depth, asked in scope if depth < indent]
        if waiting:
            scope.append((indent, waiting))
            waiting = frozenset()
        yield here.union(*(asked for _, asked in scope))


# ── findings ───────────────────────────────────────────────────────────────────────────────────────────────────────


def check(paper: Paper, settings: Settings, before: Callable[[str], object] = lambda name: None) -> tuple[Finding, ...]:
    """The findings that are asked for and not escaped. `before`: see `drafter.rules.run`."""
    if "*" in paper.left_out:
        return ()
    ignore = (*settings.ignore, *paper.left_out)
    level = settings.level or (ADVICE if settings.select else WARNING)
    found = run(paper.speech, settings.select, ignore, level, settings.levels, before)
    if not any(paper.ignored):
        return found
    return tuple(f for f in found if not paper.ignored[f.line] & {"*", f.rule})


def on_a_blank(text: str, f: Finding) -> bool:
    """Whether a finding stands on words of a blank 【…】, or on some that have one in them."""
    begun = text.rfind("【", 0, f.start)
    return "【" in text[begun if begun > text.rfind("】", 0, f.start) else f.start : f.end]


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each level, the gravest first."""
    out = dict.fromkeys(LEVELS, 0)
    for f in found:
        out[f.level] += 1
    return {level: n for level, n in out.items() if n}


def place_of(paper: Paper, f: Finding, file: str) -> tuple[Place, str]:
    """Where a finding stands, and the row of the source it stands in; the file alone where it stands in no text."""
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    if not origins:
        return Place(file), ""
    start, source, line, column, answer = origins[max(0, bisect_right([o.offset for o in origins], f.start) - 1)]
    row = source.lines[line - 1]
    column = min(column + (0 if answer else max(0, f.start - start)), len(row) + 1)
    return Place(source.file, line, column), row


def remarks(paper: Paper, found: Iterable[Finding], file: str) -> tuple[Remark, ...]:
    """The findings with their places. Those that stand in no text show their own paragraph."""
    from drafter.rules import rule

    out = []
    for f in found:
        place, row = place_of(paper, f, file)
        text = paper.speech.lines[f.line].text if paper.speech.lines else ""
        words = text[f.start : f.end]
        if words and row[place.column - 1 : place.column - 1 + len(words)] != words and not row:
            place, row = Place(file, f.line + 1, f.start + 1), text
        out.append(Remark(f, place, f.line + 1, f.start + 1, row, words, rule(f.rule).source))
    return tuple(out)


# ── fixing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#: After so many rounds of fixing what is left is left.
MAX_ROUNDS = 20


class Edit(NamedTuple):
    """`length` characters at a line and column (from 1) of a source, and what takes their place."""

    line: int
    column: int
    length: int
    instead: str
    finding: Finding


def edits(paper: Paper, found: Iterable[Finding], source: Source) -> tuple[Edit, ...]:
    """The safe replacements among the findings, where their words stand in this source in one piece; none overlap."""
    out: list[Edit] = []
    for f in found:
        if not f.safe or f.instead is None:
            continue
        origins = paper.origins[f.line]
        if not origins:
            continue
        number = max(0, bisect_right([o.offset for o in origins], f.start) - 1)
        start, where, line, column, answer = origins[number]
        words = paper.speech.lines[f.line].text[f.start : f.end]
        at = column + f.start - start
        if answer or where.file != source.file or (number + 1 < len(origins) and origins[number + 1].offset < f.end):
            continue
        if where.lines[line - 1][at - 1 : at - 1 + len(words)] != words:
            continue
        if all(e.line != line or at >= e.column + max(e.length, 1) or at + max(len(words), 1) <= e.column for e in out):
            out.append(Edit(line, at, len(words), f.instead, f))
    return tuple(out)


def edited(rows: Sequence[str], changes: Iterable[Edit]) -> list[str]:
    """The rows with the edits made."""
    out = list(rows)
    for edit in sorted(changes, key=lambda e: (e.line, e.column), reverse=True):
        row = out[edit.line - 1]
        out[edit.line - 1] = row[: edit.column - 1] + edit.instead + row[edit.column - 1 + edit.length :]
    return out


# ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────

_KEYS = ("select", "ignore", "level", "levels", "minutes", "plain")


def settings_of(table: Mapping[str, Any], file: str) -> Settings:
    """The settings of a `drafter.toml` or of `[tool.drafter]`. Raises Rejected with what it cannot use."""
    for key in table:
        if key not in _KEYS:
            raise Rejected(Diagnostic(f"不认识的设置“{key}”。", Place(file), f"有：{'、'.join(_KEYS)}。"))
    lists = []
    for key in ("select", "ignore"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise Rejected(Diagnostic(f"{key} 要写成规则名称的列表，例如 {key} = [\"long-sentence\"]。", Place(file)))
        lists.append(known(value, f"{key}", file))
    levels = table.get("levels", {})
    if not isinstance(levels, dict):
        raise Rejected(Diagnostic("levels 下面一行写一条：规则名称 = \"warning\"。", Place(file)))
    known(list(levels), "levels", file)
    for name, value in levels.items():
        if value not in (*LEVELS, "off"):
            raise Rejected(Diagnostic(f"levels 里 {name} 的“{value}”不对。", Place(file), "可以写 error、warning、advice、off。"))
    level = table.get("level", "")
    if level not in ("", *LEVELS):
        raise Rejected(Diagnostic(f"level 的“{level}”不对。", Place(file), "可以写 error、warning、advice。"))
    minutes = table.get("minutes", 0)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise Rejected(Diagnostic(f"minutes 的“{minutes}”不对，要写分钟数。", Place(file)))
    return Settings(lists[0], lists[1], level, levels, minutes)


def known(wanted: Sequence[str], said: str, file: str = "") -> tuple[str, ...]:
    """The names, where all are rules'. Raises Rejected with the nearest."""
    from drafter.outline import nearest

    for name in wanted:
        if name not in names():
            place = Place(file) if file else None
            hint = nearest(name, names()) + "drafter check --list-rules 列出所有规则。"
            raise Rejected(Diagnostic(f"{said} 里没有叫“{name}”的规则。", place, hint))
    return tuple(wanted)


# ── SARIF ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_SARIF_LEVELS = {ERROR: "error", WARNING: "warning", ADVICE: "note"}


def sarif(found: Sequence[Remark], version: str) -> dict[str, Any]:
    """The findings as a log of SARIF 2.1.0, columns in code points."""
    from urllib.parse import quote

    from drafter.rules import rule

    used = sorted({r.finding.rule for r in found})
    rules = []
    for name in used:
        one = rule(name)
        rules.append(
            {
                "id": name,
                "shortDescription": {"text": one.doc.strip().split("\n")[0]},
                "fullDescription": {"text": one.doc.strip()},
                "help": {"text": f"{one.doc.strip()}\n\n依据：{one.source}"},
                "defaultConfiguration": {"level": _SARIF_LEVELS[one.level]},
            }
        )
    results = []
    for r in found:
        f = r.finding
        file = "stdin" if r.place.file == STDIN else r.place.file
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file.replace("\\", "/"))}}
        if r.place.line:
            length = f.end - f.start
            region = {"startLine": r.place.line, "startColumn": r.place.column, "endColumn": r.place.column + length}
            physical["region"] = region
        result: dict[str, Any] = {
            "ruleId": f.rule,
            "ruleIndex": used.index(f.rule),
            "level": _SARIF_LEVELS[f.level],
            "message": {"text": " ".join(filter(None, (f.message, remedy(f))))},
            "locations": [{"physicalLocation": physical, "logicalLocations": [{"name": f"第 {r.paragraph} 段", "kind": "paragraph"}]}],
        }
        if f.instead is not None and r.place.line:
            change = {"deletedRegion": physical["region"], "insertedContent": {"text": f.instead}}
            result["fixes"] = [
                {
                    "description": {"text": remedy(f)},
                    "artifactChanges": [{"artifactLocation": physical["artifactLocation"], "replacements": [change]}],
                }
            ]
        results.append(result)
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "drafter", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


#: What standard input is called.
STDIN = "标准输入"
