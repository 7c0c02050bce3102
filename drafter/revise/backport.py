"""`drafter pull --outline`: wording changed by hand in Word, as a change of the outline it came from.

The difference of the words is carried out at the line and column of the YAML each letter came from, so that comments,
quoting and line breaks of the file stay. What cannot be placed is told, not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.blank import OutlineText
from drafter.outline.model import Outline, Requirement, Section
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.revise.edited import Edited, ParagraphChange
from drafter.revise.merge import touched
from drafter.word.controls import tag_of
from drafter.word.tokens import Token, text_of

#: Letters a line of an outline has where a paragraph is added: about what a page shows beside its indent.
LINE = 40


class Edit(NamedTuple):
    """A change of a file: the characters from one place to another (line and column from 1, the end not included)
    become other ones. `whole`: lines, from `line` on, with nothing of them left."""

    line: int
    column: int
    length: int
    text: str
    whole: int = 0


class _Atom(NamedTuple):
    """A letter of an outline's text, or a blank: what it says ("" for a blank), the blank's source, and where it
    stands."""

    letter: str
    blank: str
    line: int
    column: int
    length: int


def _readable(now: Source, text: str) -> bool:
    try:
        parse(Source(now.file, text), shelf.load)
    except Rejected:
        return False
    return True


def _moved(then: Source, now: Source) -> dict[int, int]:
    """Where the lines of the outline as it was stand now, those that are still the same."""
    out: dict[int, int] = {}
    matcher = SequenceMatcher(None, then.lines, now.lines, autojunk=False)
    for i, j, n in matcher.get_matching_blocks():
        out |= {i + k + 1: j + k + 1 for k in range(n)}
    return out


def _carried_out(now: Source, changes: Sequence[Sequence[Edit]]) -> str:
    """The text with the edits made, the last first."""
    lines: list[str | None] = list(now.lines)
    every = list(enumerate(e for edits in changes for e in edits))
    for _, edit in sorted(
        every, key=lambda pair: (pair[1].line, pair[1].column, bool(pair[1].length), pair[0]), reverse=True
    ):
        at = edit.line - 1
        if edit.whole:
            for n in range(at, min(at + edit.whole, len(lines))):
                lines[n] = None
            continue
        row = lines[at]
        if row is None:
            continue
        before = row
        column = min(edit.column - 1, len(row))
        row = row[:column] + edit.text + row[column + edit.length :]
        lines[at] = row if row.strip() or not before.strip() else None
    return "\n".join(line for line in lines if line is not None)


def _told(file: Path, line: int, change: ParagraphChange, why: str) -> Diagnostic:
    words = (change.after or change.before)[:60]
    kind = {"edited": "改", "added": "加", "deleted": "删"}[change.kind]
    return Diagnostic(
        f"{kind}过的这一段没有放进提纲：{why}。", Place(str(file), line), words, level=WARNING, code="pull-not-placed"
    )


class _Finder:
    """Finds the edits of one draft."""

    def __init__(self, draft: Edited) -> None:
        self.draft = draft
        self.outline: Outline = draft.base.outline
        self.file = Path(self.outline.source.file)
        self.remarks: list[Diagnostic] = []
        self.texts: dict[str, OutlineText] = {}  # paragraph or sentence by node
        self.items: dict[str, Requirement] = {}
        self._gather()

    def no(self, change: ParagraphChange, why: str, line: int = 0) -> None:
        """Tell that a change has no place."""
        self.remarks.append(_told(self.file, line, change, why))

    # ── the outline's texts ────────────────────────────────────────────────────────────────────────────────────────

    def _gather(self) -> None:
        outline = self.outline
        for node in ("title", "dateline", "byline"):
            text = getattr(outline, node)
            if text is not None:
                self.texts[node] = text

        def of(parts: Iterable[Section | Requirement | OutlineText]) -> None:
            for part in parts:
                if isinstance(part, OutlineText):
                    self.texts.setdefault(part.node, part)
                    continue
                if isinstance(part, Requirement):
                    self.items[part.node] = part
                for text in part.texts:
                    self.texts.setdefault(text.node, text)
                of((*part.items, *part.sections) if isinstance(part, Section) else part.points)

        of(outline.speech)

    def _owner(self, node: str, own: str, strong: bool) -> OutlineText | None:
        """The text some words came from: `node` is the paragraph's, `own` that of words that are another part's."""
        if own:
            return self.texts.get(own.partition("#")[0])
        node = node.partition("#")[0]
        item = self.items.get(node)
        if item is None:
            return self.texts.get(node)
        if item.heading is not None and (strong or self._own_line(node)):
            return item.heading
        return item.texts[0] if item.texts else None

    def _own_line(self, node: str) -> bool:
        blocks = [block for block in self.draft.base.blocks if block.node.partition("#")[0] == node]
        return bool(blocks) and not any(span.strong for span in blocks[0].spans)

    def _atoms(self, text: OutlineText) -> list[_Atom]:
        """The letters and blanks of a text with their places, () where one is not where it should be."""
        out = []
        lines = text.scalar.source.lines
        source = text.scalar.text
        at = 0
        for piece in text.pieces:
            if isinstance(piece, str):
                for letter in piece:
                    length = 2 if letter == "【" else 1
                    line, column = text.scalar.place(at)
                    row = lines[line - 1] if 0 < line <= len(lines) else ""
                    if row[column - 1 : column - 1 + length] != source[at : at + length]:
                        out.append(_Atom(letter, "", 0, 0, 0))  # a space put between two lines, or a quoted character
                    else:
                        out.append(_Atom(letter, "", line, column, length))
                    at += length
            else:
                line, column = text.scalar.place(piece.offset)
                length = len(piece.source) + 2
                out.append(_Atom("", piece.source, line, column, length))
                at = piece.offset + length
        return out

    # ── what was changed ───────────────────────────────────────────────────────────────────────────────────────────

    def changes(self) -> Iterator[tuple[ParagraphChange, list[Edit]]]:
        """Every change by hand with its edits, where it has a place."""
        words = self.draft.side.words()
        for at, row in enumerate(self.draft.mine):
            if row.base < 0 or not touched(row, words[row.base]):
                continue
            change = ParagraphChange("edited", at, text_of(words[row.base]), text_of(row.words))
            if row.joined or row.split:
                self.no(change, "这一段分开了，或者和别的段合在一起了")
                continue
            edits = self._reworded(change, row.base, row.tokens)
            if edits:
                yield change, edits
        yield from self._deleted(words)
        yield from self._added()

    def _reworded(self, change: ParagraphChange, base: int, tokens: Sequence[Token]) -> list[Edit]:
        block = self.draft.base.blocks[base]
        if "#" in block.node:
            self.no(change, "它是按 each 一条一条写出来的")
            return []
        letters, atoms, says = self._spelled(base)
        if letters is None:
            self.no(change, "找不到它在提纲里的位置")
            return []
        title = block.role in ("标题", "副标题")
        new = "".join(
            says.get(k.tag, "\ue000" + k.tag + "\ue001") if k.tag else k.text.replace("【", "【【") for k in tokens
        )
        new = new.replace("\n", "") if title else new
        return self._edits(change, letters, atoms, new)

    def _spelled(self, base: int) -> tuple[str | None, list[_Atom | None], dict[str, str]]:
        """The words of a paragraph as it was made, the atom of each letter, and what each blank says there."""
        block = self.draft.base.blocks[base]
        letters: list[str] = []
        atoms: list[_Atom | None] = []
        says: dict[str, str] = {}
        waiting: dict[int, tuple[list[_Atom], int]] = {}
        level = self.draft.side.levels.get(base)
        skip = len(level.label) if level else 0
        for span in block.spans:
            if span.blank:
                says[tag_of(span)] = span.text.replace("\n", "")
            text = self._owner(block.node, span.node, bool(span.strong))
            if text is None or text.scalar.source is not self.outline.source:
                if text is None and not span.blank:
                    letters += span.text.replace("\n", "")
                    atoms += [None] * len(span.text.replace("\n", ""))
                    continue
                return None, [], {}
            have, at = waiting.get(id(text)) or (self._atoms(text), 0)
            if span.blank:
                while at < len(have) and have[at].blank != span.blank:
                    at += 1
                if at == len(have):
                    return None, [], {}
                for letter in span.text.replace("\n", ""):
                    letters.append(letter)
                    atoms.append(have[at])
                at += 1
            else:
                for letter in span.text:
                    if letter == "\n":
                        continue
                    if skip:
                        skip -= 1
                        letters.append(letter)
                        atoms.append(None)
                        continue
                    ahead = at
                    while ahead < len(have) and have[ahead].blank:
                        ahead += 1
                    if ahead < len(have) and have[ahead].letter == letter:
                        letters.append("【【" if letter == "【" else letter)
                        atoms.append(have[ahead])
                        at = ahead + 1
                    else:  # the layout's own: the 。 behind a heading
                        letters.append(letter)
                        atoms.append(None)
            waiting[id(text)] = (have, at)
        flat = "".join(letters)
        spread = [atom for letter, atom in zip(letters, atoms, strict=True) for _ in letter]
        return flat, spread, says

    def _edits(self, change: ParagraphChange, old: str, atoms: Sequence[_Atom | None], new: str) -> list[Edit]:
        out: list[Edit] = []
        for kind, i0, i1, j0, j1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            said = self._blanks(new[j0:j1])
            nobodys = (i0 == 0 or atoms[i0 - 1] is None) and (i1 == len(atoms) or atoms[i1] is None)
            if nobodys and not any(atoms[i0:i1]) and atoms:
                self.no(change, "动的是序号或者模板加的字")
                return []
            gone = list(dict.fromkeys(atom for atom in atoms[i0:i1] if atom is not None))
            half = [a for a in gone if a.blank and not (_whole(a, atoms, i0, i1))]
            if half or any(atom.line == 0 for atom in gone):
                self.no(change, f"动到了空【{half[0].blank}】里面" if half else "它在提纲里跨着两行写")
                return []
            if said:
                before = next((a for a in reversed(atoms[:i0]) if a is not None and a.line), None) if i0 else None
                behind = next((a for a in atoms[i0:] if a is not None and a.line), None)
                if before is not None and i0 and atoms[i0 - 1] is before:
                    out.append(Edit(before.line, before.column + before.length, 0, said))
                elif behind is not None:
                    out.append(Edit(behind.line, behind.column, 0, said))
                elif before is not None:
                    out.append(Edit(before.line, before.column + before.length, 0, said))
                else:
                    self.no(change, "这几个字不在提纲里")
                    return []
            out += [Edit(a.line, a.column, a.length, "") for a in gone]
        return out

    def _blanks(self, text: str) -> str:
        """Blanks pasted from elsewhere, as an outline writes them."""
        return re.sub("\ue000(.*?)\ue001", r"【\1】", text)

    # ── paragraphs that came and went ──────────────────────────────────────────────────────────────────────────────

    def _deleted(self, words: Sequence[Sequence[Token]]) -> Iterator[tuple[ParagraphChange, list[Edit]]]:
        held = {row.base for row in self.draft.mine} | {n for row in self.draft.mine for n in row.joined}
        blocks = self.draft.base.blocks
        gone = [n for n in range(len(words)) if n not in held and words[n]]
        for n in gone:
            node = blocks[n].node
            change = ParagraphChange("deleted", None, text_of(tuple(words[n])), "")
            if "#" in node or blocks[n].node == "":
                self.no(change, "它是按 each 写出来的，或者是模板加的")
                continue
            item = self.items.get(node)
            mine = [
                m
                for m, block in enumerate(blocks)
                if item and (block.node == node or block.node.startswith(node + "."))
            ]
            if item is not None and all(m in gone for m in mine):
                lines = self._lines_of(item)
                if lines:
                    rows = self.outline.source.lines
                    more = lines[1] < len(rows) and not rows[lines[1]].strip()  # the empty line behind it
                    yield change, [Edit(lines[0], 1, 0, "", whole=lines[1] - lines[0] + 1 + more)]
                    continue
            text = self.texts.get(node)
            if (
                any(node == i or node.startswith(i + ".") for i in self.items)
                and item is None
                and self._inside_gone(node, gone)
            ):
                continue  # goes with its requirement
            if text is not None and text.scalar.source is self.outline.source and self._has_siblings(node):
                first, last = self._rows(text)
                lines_of = self.outline.source.lines
                if last < len(lines_of) and not lines_of[last].strip():
                    last += 1
                elif first > 1 and not lines_of[first - 2].strip():
                    first -= 1
                yield change, [Edit(first, 1, 0, "", whole=last - first + 1)]
            else:
                self.no(change, "它是一个部分里唯一的一段，请自己删")

    def _inside_gone(self, node: str, gone: Sequence[int]) -> bool:
        head = max((i for i in self.items if node == i or node.startswith(i + ".")), key=len)
        blocks = self.draft.base.blocks
        return all(
            n in gone for n, block in enumerate(blocks) if block.node == head or block.node.startswith(head + ".")
        )

    def _has_siblings(self, node: str) -> bool:
        """Whether the paragraph is one of several of a text."""
        stem = re.sub(r"\.p\d+$", "", node)
        return stem != node and sum(1 for other in self.texts if re.sub(r"\.p\d+$", "", other) == stem) > 1

    def _rows(self, text: OutlineText) -> tuple[int, int]:
        """The lines a paragraph takes in the file."""
        lines = [line for _, line, _ in text.scalar.segments] or [text.scalar.line]
        return min(lines), max(lines)

    def _lines_of(self, item: Requirement) -> tuple[int, int] | None:
        """The lines a requirement takes, from its dash on; None where it is not written as one."""
        heading = item.heading or (item.texts[0] if item.texts else None)
        if heading is None or heading.scalar.source is not self.outline.source:
            return None
        rows = self.outline.source.lines
        first = heading.scalar.line
        while first > 0 and not re.match(r"\s*- ", rows[first - 1]):
            first -= 1
        if first < 1:
            return None
        indent = len(rows[first - 1]) - len(rows[first - 1].lstrip())
        last = first
        for number in range(first + 1, len(rows) + 1):
            row = rows[number - 1]
            if row.strip() and len(row) - len(row.lstrip()) <= indent:
                break
            if row.strip():
                last = number
        return first, last

    def _added(self) -> Iterator[tuple[ParagraphChange, list[Edit]]]:
        last: int = -1
        for at, row in enumerate(self.draft.mine):
            if row.base >= 0:
                last = row.base
                continue
            if not row.tokens:
                continue
            change = ParagraphChange("added", at, "", text_of(row.tokens))
            edits = self._behind(change, last, row.tokens) if last >= 0 else []
            if edits:
                yield change, edits
            elif last < 0:
                self.no(change, "它在标题前面")

    def _behind(self, change: ParagraphChange, base: int, tokens: Sequence[Token]) -> list[Edit]:
        """A paragraph typed behind one of the outline's."""
        block = self.draft.base.blocks[base]
        said = "".join(
            f"【{k.tag}】" if k.tag and "#" not in k.tag else k.text.replace("【", "【【") for k in tokens
        ).replace("\n", "")
        rows = self.outline.source.lines
        item = next((i for i in (block.node, *self._parents(block.node)) if i in self.items), "")
        level = self.draft.side.levels.get(base)
        if item and level is None:
            level = next((v for n, v in self.draft.side.levels.items() if self.draft.base.blocks[n].node == item), None)
        numbering = (
            self.outline.numbering[level.level - 1] if level and level.level <= len(self.outline.numbering) else None
        )
        match = numbering.match(said) if numbering else None
        if item and match:
            lines = self._lines_of(self.items[item])
            if lines is None:
                self.no(change, "找不到放它的位置")
                return []
            indent = re.match(r"\s*", rows[lines[0] - 1])
            pad = indent[0] if indent else ""
            heading, stop, rest = match[1].partition("。")
            made = [f"{pad}- heading: {_scalar(heading)}"]
            made += [f"{pad}  text: |", *(f"{pad}    {line}" for line in _wrapped(rest))] if rest else []
            made = (
                made if stop or not rest else [f"{pad}- text: |", *(f"{pad}    {line}" for line in _wrapped(match[1]))]
            )
            return [Edit(lines[1], len(rows[lines[1] - 1]) + 1, 0, "\n" + "\n".join(made))]
        text = self._owner(block.node, next((s.node for s in reversed(block.spans) if s.node), ""), False)
        if text is None or text.scalar.source is not self.outline.source or not self._literal(text):
            self.no(change, "它前面的那一段在提纲里是写在一行里的；改成“|”再放，或者自己加")
            return []
        last = self._rows(text)[1]
        pad = rows[last - 1][: len(rows[last - 1]) - len(rows[last - 1].lstrip())]
        return [Edit(last, len(rows[last - 1]) + 1, 0, "\n\n" + "\n".join(pad + line for line in _wrapped(said)))]

    def _literal(self, text: OutlineText) -> bool:
        """Whether a text is one of a `|` block, where a paragraph more has room."""
        first = self._rows(text)[0]
        rows = self.outline.source.lines
        indent = len(rows[first - 1]) - len(rows[first - 1].lstrip())
        for number in range(first - 1, 0, -1):
            row = rows[number - 1]
            if row.strip() and len(row) - len(row.lstrip()) < indent:
                return bool(re.search(r":\s*\|[-+]?\d*\s*(#.*)?$", row))
        return False

    @staticmethod
    def _parents(node: str) -> Iterator[str]:
        while "." in node:
            node = node.rpartition(".")[0]
            yield node


def _whole(atom: _Atom, atoms: Sequence[_Atom | None], start: int, end: int) -> bool:
    """Whether all letters a blank says lie between two places."""
    return not any(one is atom for one in (*atoms[:start], *atoms[end:]))


def _scalar(text: str) -> str:
    """A heading as YAML writes it on one line."""
    if re.search(r"[:#'\"\[\]{}&*!|>%@`]|^[-?,]", text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _wrapped(text: str) -> list[str]:
    """The lines of a paragraph, cut behind marks at about `LINE` letters; a line never begins with a blank or #."""
    out = [""]
    for clause in re.findall(r"[^，。；！？]*[，。；！？]?[”’）》]*", text):
        if out[-1] and len(out[-1]) + len(clause) > LINE:
            out.append("")
        out[-1] += clause
    return [line for line in out if line]
