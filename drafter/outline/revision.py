"""The text of an outline's file with only that changed which its outline says otherwise now: comments, order, quotation
marks and line breaks of everything else stay to the letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from drafter.chinese.numerals import join_lines
from drafter.diagnostic import Rejected
from drafter.outline.read_fields import joined_example
from drafter.outline.vocabulary import words
from drafter.outline.written import (
    Layout,
    Paragraphs,
    Tree,
    answer_tree,
    lines_of,
    paragraph_lines,
    spaced_paths,
    stands_below_a_bar,
    text_scalar,
    written,
)
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode, Source
from drafter.outline.yaml import parse as parse_yaml
from drafter.speech.match import opcodes
from drafter.speech.numbering import Numbering

#: What the entries of a word's list or mapping are.
_INSIDE = {
    "parts": "part",
    "requirements": "requirement",
    "points": "requirement",
    "fields": "field",
    "passage": "passage",
}

#: Texts of one paragraph, which stand on one line where they are written anew.
_ONE = frozenset(["title", "dateline", "byline", "heading", "label"])


def revised(source: Source, tree: Mapping[str, Tree]) -> str:
    """The text of `source`, changed so that it says `tree`. Where that cannot be done line by line (a file of an odd
    form) the whole file is written anew, below the comments at its head."""
    old = parse_yaml(source)
    if not isinstance(old, MappingNode):
        return written(tree)
    if _same(said(old, "outline"), tree):
        return source.text
    revision = _Revision(source)
    if revision.mapping(old, tree, "outline", len(source.lines) + 1, below_dash=False):
        text = revision.text()
        if text is not None and _says(Source(source.file, text), tree):
            return text
    return _anew(source, tree)


def _anew(source: Source, tree: Mapping[str, Tree]) -> str:
    head = []
    for line in source.lines:
        if line.strip() and not line.startswith("#"):
            break
        head.append(line)
    return "".join(f"{line}\n" for line in head) + written(tree, Layout(spaced=spaced_paths(tree)))


def _says(source: Source, tree: Mapping[str, Tree]) -> bool:
    try:
        again = parse_yaml(source)
    except Rejected:
        return False
    return isinstance(again, MappingNode) and _same(said(again, "outline"), tree)


def _same(was: Tree, now: Tree) -> bool:
    """Whether two say the same; of mappings only `fields` has an order that says anything."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return was == now and list(was.get("fields", ())) == list(now.get("fields", ()))
    return was == now


# ── what a file says ───────────────────────────────────────────────────────────────────────────────────────────────


def said(node: MappingNode, where: str) -> dict[str, Tree]:
    """What a mapping of the language says, as `drafter.outline.dump` puts it: `x-…` and what goes without saying left
    out. `where` is what it is: outline, part, requirement, field, passage."""
    known = words(where) | (words("beside") if where == "part" else {})
    out: dict[str, Tree] = {}
    for key, value in node.entries:
        word = known.get(key.text)
        if word is None:
            continue
        found = _value(key.text, word.shape, value)
        silent = (
            found == ""
            and key.text != "text"
            and not (where == "field" and key.text in ("ask", "default"))
            and key.text != "label"
        )
        if silent or (found == "no" and key.text in ("run-on", "brief", "keep", "dateline-first")):
            continue
        out[key.text] = found
    if where == "field":
        out.setdefault("ask", "")
        if out.get("type") == "text" or "choices" in out:
            out.pop("type", None)
        default = node.get("default")
        if isinstance(default, Scalar) and default.raw:
            parts = tuple(p.text for p in default.paragraphs())
            out["default"] = Paragraphs(parts) if out.get("type") == "long text" and len(parts) > 1 else " ".join(parts)
        elif isinstance(default, Scalar) and out.get("type") == "long text" and "\n" in default.text:
            out["default"] = answer_tree(default.text)
    return out


def _value(word: str, shape: str, node: Node) -> Tree:
    """What stands behind a word."""
    if isinstance(node, MappingNode):
        if shape == "fields":
            return {key.text: _field(value) for key, value in node.entries}
        return said(node, _INSIDE.get(shape, "outline"))
    if isinstance(node, SequenceNode):
        if shape == "numbering":
            return [_sample(_words(item)) for item in node.items]
        if word == "example":
            return joined_example([_words(item) for item in node.items])
        return [_entry(shape, item) for item in node.items]
    if shape == "numbering":
        return [_sample(_words(node))]
    if shape == "yes/no":
        return "yes" if node.text.strip() in ("yes", "是", "true") else "no"
    if shape == "expression":
        bare = node.text.strip()
        return bare[1:-1] if bare.startswith("【") and bare.endswith("】") else bare
    if shape == "each":
        return " ".join(node.text.split())
    if word == "label":
        return node.text
    if shape == "text":
        texts = tuple(p.text for p in node.paragraphs())
        return texts[0] if word in _ONE and len(texts) == 1 else Paragraphs(texts) if texts else ""
    return _words(node)


def _field(node: Node) -> Tree:
    """A field; one that only has a question is its question."""
    if not isinstance(node, MappingNode):
        return _words(node)
    found = said(node, "field")
    return found["ask"] if found.keys() == {"ask"} else found


def _entry(shape: str, node: Node) -> Tree:
    if isinstance(node, MappingNode):
        return said(node, _INSIDE.get(shape, "requirement"))
    if isinstance(node, Scalar) and shape in ("points", "texts"):
        texts = tuple(p.text for p in node.paragraphs())
        return texts[0] if len(texts) == 1 else Paragraphs(texts)
    return _words(node)


def _words(node: Node) -> str:
    if not isinstance(node, Scalar):
        return ""
    return " ".join(p.text for p in node.paragraphs()) if node.raw else node.text.strip()


def _sample(text: str) -> str:
    try:
        return Numbering.from_sample(text).sample
    except ValueError:
        return text


# ── what is changed ────────────────────────────────────────────────────────────────────────────────────────────────


class _Change(NamedTuple):
    """Lines from `first` to before `last` (from 1) that become other lines."""

    first: int
    last: int
    lines: tuple[str, ...]


class _Revision:
    """Changes of the lines of one file. A method that tells whether it could is False where what it was given has a
    form in which it cannot be changed by lines; its whole entry is then written anew."""

    def __init__(self, source: Source) -> None:
        self.lines = source.lines
        self.changes: list[_Change] = []

    def text(self) -> str | None:
        """The text with the changes made; None where two are in each other's way."""
        out: list[str] = []
        at = 1
        for change in sorted(self.changes, key=lambda change: (change.first, change.last > change.first)):
            if change.first < at:
                return None
            out += self.lines[at - 1 : change.first - 1]
            out += change.lines
            at = change.last
        return "\n".join([*out, *self.lines[at - 1 :]])

    def change(self, first: int, last: int, lines: Iterator[str] | list[str]) -> None:
        self.changes.append(_Change(first, last, tuple(lines)))

    # ── where things stand ─────────────────────────────────────────────────────────────────────────────────────────

    def end(self, node: Node, line: int, limit: int) -> int:
        """The line behind the last one of a node's words; `line` is that of its key, `limit` the line of what
        follows."""
        if isinstance(node, MappingNode):
            return self.end(node.entries[-1][1], node.entries[-1][0].line, limit) if node.entries else line + 1
        if isinstance(node, SequenceNode):
            return self.end(node.items[-1], node.items[-1].line, limit) if node.items else line + 1
        if node.raw:
            return max(node.raw[-1][0], line) + 1
        if not node.segments:
            return (node.line if node.text else line) + 1
        while limit > line + 1 and (
            not self.lines[limit - 2].strip() or self.lines[limit - 2].lstrip().startswith("#")
        ):
            limit -= 1
        return limit

    def begin(self, line: int) -> int:
        """The first of the comment lines right above a line, or the line itself."""
        while line > 1 and self.lines[line - 2].lstrip().startswith("#"):
            line -= 1
        return line

    def gap(self, first: int, last: int) -> int:
        """The end of what is taken out with the lines from `first` to before `last`: one empty line behind them too."""
        behind = last - 1 < len(self.lines) and not self.lines[last - 1].strip()
        return last + 1 if behind and (last < len(self.lines) or first == 1) else last

    # ── mappings and lists ─────────────────────────────────────────────────────────────────────────────────────────

    def mapping(self, node: MappingNode, tree: Mapping[str, Tree], where: str, limit: int, below_dash: bool) -> bool:
        """Changes the entries of a mapping. `below_dash`: its first word stands behind a dash."""
        now = said(node, where) if where != "fields" else _value("fields", "fields", node)
        assert isinstance(now, dict)
        known = words(where) | (words("beside") if where == "part" else {})
        stays = _in_place([name for name in now if name in tree], list(tree)) if where == "fields" else set(tree)
        ends: dict[str, int] = {}
        chunks: dict[str, list[str]] = {}
        for at, (key, value) in enumerate(node.entries):
            behind = self.begin(node.entries[at + 1][0].line) if at + 1 < len(node.entries) else limit
            last = ends[key.text] = self.end(value, key.line, behind)
            if key.text not in now or (
                where == "requirement" and key.text == "note" and "include" in now and "note" not in tree
            ):
                continue
            if key.text not in tree or key.text not in stays:
                if at == 0 and below_dash:
                    return False
                first = self.begin(key.line) if at else key.line
                chunks[key.text] = self.lines[first - 1 : last - 1]
                self.change(first, self.gap(first, last), [])
            elif now[key.text] != tree[key.text] or (
                key.text == "fields" and list(now[key.text]) != list(tree[key.text])
            ):
                shape = "field" if where == "fields" else known[key.text].shape
                self.entry(key, value, tree[key.text], shape, behind)
        indent = " " * (node.entries[0][0].column - 1)
        at_line = None
        for name, wanted in tree.items():
            if name in ends and name in stays:
                at_line = ends[name]
            elif name not in now or name not in stays:
                spaced = where == "outline" and name in ("fields", "speech", "passage")
                made = [indent + line if line else "" for line in lines_of({name: wanted})]
                if name in chunks and now[name] == wanted:  # moved as it stands
                    made = chunks[name]
                if at_line is None and below_dash:  # the dash stands before the first entry: behind that
                    at_line = ends[node.entries[0][0].text]
                place = at_line if at_line is not None else self.begin(node.entries[0][0].line)
                self.change(place, place, ["", *made] if spaced else made)
        return True

    def entry(self, key: Scalar, node: Node, tree: Tree, shape: str, limit: int) -> None:
        """Changes what stands behind a word."""
        if isinstance(node, MappingNode) and isinstance(tree, Mapping):
            where = "fields" if shape == "fields" else "field" if shape == "field" else _INSIDE.get(shape, "outline")
            done = self.tried(lambda: self.mapping(node, tree, where, limit, below_dash=False))
        elif isinstance(node, SequenceNode) and isinstance(tree, list):
            done = self.tried(lambda: self.sequence(node, tree, shape, limit))
        elif isinstance(node, Scalar) and isinstance(tree, str | Paragraphs):
            done = self.scalar(node, tree)
        else:
            done = False
        if not done:
            before = self.lines[key.line - 1][: key.column - 1]
            self.rewrite(before, key.line, self.end(node, key.line, limit), list(lines_of({key.text: tree})))

    def tried(self, change: Callable[[], bool]) -> bool:
        """Whether a change could be made; where it could not, nothing of it stays."""
        kept = len(self.changes)
        if change():
            return True
        del self.changes[kept:]
        return False

    def rewrite(self, before: str, first: int, last: int, lines: list[str]) -> None:
        """New lines for those of an entry, behind what stands before it on its first line."""
        pad = " " * len(before)
        self.change(first, last, [before + lines[0], *(pad + line if line else "" for line in lines[1:])])

    def sequence(self, node: SequenceNode, tree: list[Tree], shape: str, limit: int) -> bool:
        """Changes the entries of a list."""
        now = _value("", shape, node)
        assert isinstance(now, list)
        if not tree or any(isinstance(item, Paragraphs) for item in now) or len(now) != len(node.items):
            return False
        begins = [self.begin(item.line) if n else item.line for n, item in enumerate(node.items)]
        limits = [*begins[1:], limit]
        ends = [self.end(item, item.line, behind) for item, behind in zip(node.items, limits, strict=True)]
        spaced = len(node.items) > 1 and not self.lines[begins[1] - 2].strip()
        indent = " " * (node.column - 1)
        was, wanted = list(map(repr, now)), list(map(repr, tree))
        opcodes = SequenceMatcher(None, was, wanted, autojunk=False).get_opcodes()
        gone = {was[n]: n for kind, i0, i1, _, _ in opcodes if kind != "equal" for n in range(i0, i1)}
        come = {wanted[n] for kind, _, _, j0, j1 in opcodes if kind != "equal" for n in range(j0, j1)}
        for kind, i0, i1, j0, j1 in opcodes:
            if kind == "equal":
                continue
            moved = not come.isdisjoint(was[i0:i1]) or not gone.keys().isdisjoint(wanted[j0:j1])
            both = 0 if moved else min(i1 - i0, j1 - j0)
            for k in range(both):
                self.item(node.items[i0 + k], tree[j0 + k], shape, limits[i0 + k])
            for n in range(i0 + both, i1):
                self.change(begins[n], self.gap(begins[n], ends[n]), [])
            at = ends[i0 + both - 1] if i0 + both else begins[0]
            for value in tree[j0 + both : j1]:
                made = [indent + line if line else "" for line in lines_of([value])]
                if (from_ := gone.get(repr(value))) is not None:  # moved as it stands
                    made = self.lines[begins[from_] - 1 : ends[from_] - 1]
                self.change(at, at, ([*made, ""] if at == begins[0] else ["", *made]) if spaced else made)
        return True

    def item(self, node: Node, tree: Tree, shape: str, limit: int) -> None:
        """Changes an entry of a list."""
        done = False
        if isinstance(node, MappingNode) and isinstance(tree, Mapping):
            done = self.tried(
                lambda: self.mapping(node, tree, _INSIDE.get(shape, "requirement"), limit, below_dash=True)
            )
        elif isinstance(node, Scalar) and isinstance(tree, str):
            done = self.scalar(node, tree)
        if not done:
            before = self.lines[node.line - 1][: node.column - 1]
            lines = [line[2:] for line in lines_of([tree])]
            self.rewrite(before, node.line, self.end(node, node.line, limit), lines)

    # ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def scalar(self, node: Scalar, tree: str | Paragraphs) -> bool:
        """Changes a text where it stands."""
        texts = tree.texts if isinstance(tree, Paragraphs) else (tree,)
        if node.raw:
            return self.block(node, texts)
        row = self.lines[node.line - 1]
        if len(texts) != 1 or not node.text or node.segments or not row.startswith(node.text, node.column - 1):
            return self.quoted(node, texts)
        rest = row[node.column - 1 + len(node.text) :]
        self.change(node.line, node.line + 1, [row[: node.column - 1] + text_scalar(texts[0]) + rest])
        return True

    def quoted(self, node: Scalar, texts: tuple[str, ...]) -> bool:
        """Changes a text in quotation marks on one line."""
        row = self.lines[node.line - 1]
        for mark in ("'", '"'):
            form = mark + (node.text.replace("'", "''") if mark == "'" else node.text) + mark
            if len(texts) == 1 and node.text and row.startswith(form, node.column - 1):
                new = text_scalar(texts[0])
                same = mark == "'" and "\n" not in texts[0] and new == texts[0]  # keeps its marks though it needs none
                made = f"'{texts[0]}'" if same and "'" not in texts[0] else new
                self.change(
                    node.line, node.line + 1, [row[: node.column - 1] + made + row[node.column - 1 + len(form) :]]
                )
                return True
        return False

    def block(self, node: Scalar, texts: tuple[str, ...]) -> bool:
        """Changes the paragraphs below a bar, each of which keeps the lines its words are in."""
        if node.raw[0][0] == node.line or not all(map(stands_below_a_bar, texts)):
            return False
        groups: list[list[tuple[int, int, str]]] = [[]]
        for row in node.raw:
            if row[2]:
                groups[-1].append(row)
            elif groups[-1]:
                groups.append([])
        old = [join_lines(row[2] for row in group) for group in groups]
        indent = self.lines[node.raw[0][0] - 1][: node.raw[0][1] - 1]
        for kind, i0, i1, j0, j1 in SequenceMatcher(None, old, list(texts), autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            both = min(i1 - i0, j1 - j0)
            for k in range(both):
                self.paragraph(groups[i0 + k], old[i0 + k], texts[j0 + k], indent)
            for n in range(i0 + both, i1):
                first, last = groups[n][0][0], groups[n][-1][0] + 1
                if n + 1 < len(groups):
                    last = groups[n + 1][0][0]
                elif n:
                    first = groups[n - 1][-1][0] + 1
                self.change(first, last, [])
            at = groups[i0 + both - 1][-1][0] + 1 if i0 + both else groups[0][0][0]
            for text in texts[j0 + both : j1]:
                made = [indent + line for line in paragraph_lines(text)]
                self.change(at, at, ["", *made] if i0 + both else [*made, ""])
        return True

    def paragraph(self, group: list[tuple[int, int, str]], old: str, new: str, indent: str) -> None:
        rows = _rows_of(old, new, [row[2] for row in group])
        pads = [self.lines[row[0] - 1][: row[1] - 1] for row in group]
        if join_lines(rows) == new and all(row == row.strip() for row in rows):
            made = [pad + row for pad, row in zip(pads, rows, strict=True) if row]
        else:
            made = [indent + line for line in paragraph_lines(new)]
        self.change(group[0][0], group[-1][0] + 1, made)


def _in_place(old: list[str], new: list[str]) -> set[str]:
    """The names that need not be moved to have them in the new order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {name for i, _, n in blocks for name in old[i : i + n]}


def _rows_of(old: str, new: str, rows: list[str]) -> list[str]:
    """The lines of a paragraph with its words changed, each changed word on the line it stood on."""
    where: list[int] = []  # the line of each letter of `old`; a space put between two lines goes with the first
    for number, row in enumerate(rows):
        start = old.index(row, len(where))
        where += [max(0, number - 1)] * (start - len(where)) + [number] * len(row)
    out = [""] * len(rows)
    joints = {
        n
        for n in range(1, len(where))
        if where[n] != where[n - 1] and old[n - 1] == " " and not rows[where[n - 1]].endswith(" ")
    }
    for kind, i0, i1, j0, j1 in opcodes(old, new):
        if kind == "equal":
            for n in range(i0, i1):
                if n + 1 not in joints:
                    out[where[n]] += old[n]
        elif j1 > j0:
            out[where[i0 - 1] if i0 else 0] += new[j0:j1]
    return out
