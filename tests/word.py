"""A person at Word, for the tests: edits a .docx as Word leaves it. Everything typed is a word nobody else uses, so that it
can be looked for afterwards."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from lxml import etree

from drafter.word.document import DocxFile
from drafter.word.edit import Editor, StyleIds
from drafter.word.text import CONTENT, SDT, P, R, T, paragraph_elements, read, w

NOW = datetime(2026, 11, 22, 9, 30)


class Word:
    """A document opened in Word. `typed` is what was typed and not taken away again."""

    def __init__(self, data: bytes) -> None:
        self.file = DocxFile(data, "稿.docx")
        self.typed: list[str] = []
        self.count = 0

    def paragraphs(self) -> list[Any]:
        return list(paragraph_elements(self.file.body))

    def at(self, words: str) -> Any:
        """The paragraph that says some words."""
        return next(p for p in self.paragraphs() if words in read(p).text)

    def save(self) -> bytes:
        self.file.touch(self.file.main)
        return self.file.data(NOW)

    def word(self) -> str:
        """A new word to type."""
        self.count += 1
        self.typed.append(f"添{self.count:03d}字")
        return self.typed[-1]

    # ── what a person does ─────────────────────────────────────────────────────────────────────────────────────────

    def type_into(self, paragraph: Any, offset: int, text: str) -> None:
        """Type in front of a letter (of the words outside controls)."""
        pieces = [piece for piece in read(paragraph).pieces if piece.leaf.tag == T and piece.control is None]
        for piece in pieces:
            if offset <= len(piece.text):
                piece.leaf.text = piece.text[:offset] + text + piece.text[offset:]
                return
            offset -= len(piece.text)
        if pieces:
            pieces[-1].leaf.text += text
        else:
            self.run(paragraph, text)

    @staticmethod
    def run(paragraph: Any, text: str) -> None:
        leaf = etree.SubElement(etree.SubElement(paragraph, R), T)
        leaf.text = text

    def replace(self, words: str, by: str) -> None:
        """Type over some words that stand in one run."""
        leaf = next(t for t in self.file.body.iter(T) if words in (t.text or ""))
        leaf.text = leaf.text.replace(words, by, 1)

    def delete(self, paragraph: Any) -> None:
        paragraph.getparent().remove(paragraph)

    def add_behind(self, paragraph: Any, text: str) -> Any:
        new = etree.Element(P)
        style = paragraph.find(w("pPr"))
        if style is not None:
            new.append(etree.fromstring(etree.tostring(style)))
        self.run(new, text)
        paragraph.addnext(new)
        return new

    def add_line(self, paragraph: Any, text: str) -> None:
        self.add_behind(paragraph, text)

    def fill(self, tag: str, text: str) -> None:
        """Fill a control: Word shows it in all controls of the same store element."""
        for control in self.file.body.iter(SDT):
            mark = control.find(f"{w('sdtPr')}/{w('tag')}")
            if mark is not None and mark.get(w("val")) == tag:
                self.fill_one(control, text)

    @staticmethod
    def fill_one(control: Any, text: str) -> None:
        shown = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
        if shown is not None:
            shown.getparent().remove(shown)
        content = control.find(CONTENT)
        first, *rest = content.findall(R)
        for run in rest:
            content.remove(run)
        for leaf in list(first):
            if leaf.tag != w("rPr") or first.find(f"{w('rPr')}/{w('rStyle')}") is not None:
                first.remove(leaf)
        etree.SubElement(first, T).text = text

    def bold(self, paragraph: Any) -> None:
        for run in paragraph.iter(R):
            looks = run.find(w("rPr"))
            if looks is None:
                looks = etree.Element(w("rPr"))
                run.insert(0, looks)
            if looks.find(w("b")) is None:
                etree.SubElement(looks, w("b"))

    def comment(self, paragraph: Any, text: str) -> None:
        Editor(self.file, StyleIds({}, ""), {}, NOW).comment(paragraph, text)

    def track_insertion(self, paragraph: Any, text: str) -> None:
        change = etree.SubElement(paragraph, w("ins"))
        change.set(w("id"), str(9000 + self.count))
        change.set(w("author"), "王科长")
        change.set(w("date"), "2026-11-22T10:00:00Z")
        self.run(change, text)

    def split(self, paragraph: Any) -> None:
        """Press Enter in the middle: the second half is a paragraph of its own, without the bookmark's start."""
        runs = [child for child in paragraph if child.tag in (R, SDT)]
        if len(runs) < 2:
            return
        new = etree.Element(P)
        style = paragraph.find(w("pPr"))
        if style is not None:
            new.append(etree.fromstring(etree.tostring(style)))
        for child in runs[len(runs) // 2 :]:
            new.append(child)
        paragraph.addnext(new)

    def join(self, paragraph: Any) -> None:
        """Delete the paragraph's end: the next one goes on in it."""
        following = paragraph.getnext()
        if following is None or following.tag != P:
            return
        for child in list(following):
            if child.tag != w("pPr"):
                paragraph.append(child)
        following.getparent().remove(following)

    def move_up(self, paragraph: Any) -> None:
        before = paragraph.getprevious()
        if before is not None and before.tag == P:
            before.addprevious(paragraph)


def scribble(word: Word, random: Random, times: int) -> None:
    """Some edits a person might make, at random."""

    def body() -> Any:
        return random.choice([p for p in word.paragraphs() if read(p).text])

    def cut(paragraph: Any) -> None:
        leaves = [piece.leaf for piece in read(paragraph).pieces if piece.leaf.tag == T and piece.control is None]
        if not leaves:
            return
        leaf = random.choice(leaves)
        start = random.randrange(len(leaf.text))
        cut_away = leaf.text[start : start + 6]
        leaf.text = leaf.text[:start] + leaf.text[start + 6 :]
        gone(cut_away)

    def gone(text: str) -> None:
        there = "".join(read(p).text for p in word.paragraphs())
        word.typed = [one for one in word.typed if one in there]

    def delete(paragraph: Any) -> None:
        word.delete(paragraph)
        gone("")

    edits: list[Callable[[], None]] = [
        lambda: word.type_into(body(), random.randrange(40), word.word()),
        lambda: word.type_into(body(), random.randrange(200), word.word()),
        lambda: cut(body()),
        lambda: delete(body()),
        lambda: word.add_line(body(), word.word() + "。"),
        lambda: word.bold(body()),
        lambda: word.comment(body(), word.word()),
        lambda: word.track_insertion(body(), word.word()),
        lambda: word.split(body()),
        lambda: word.join(body()),
        lambda: word.move_up(body()),
    ]
    for _ in range(times):
        random.choice(edits)()


def fill_in(word: Word, random: Random) -> None:
    """Another answer for one field, everywhere, as Word does it."""
    tag, said = random.choice([("会议", word.word()), ("会议", word.word() + "大会"), ("人数|大写", word.word()), ("单位#2", word.word())])
    word.fill(tag, said)


def words_of(data: bytes) -> str:
    """Every word of a document and its comments."""
    file = DocxFile(data, "稿.docx")
    said = "\n".join(read(p).text for p in paragraph_elements(file.body, tables=True))
    comments = file.target(file.main, "comments")
    if comments:
        said += "\n" + "".join(t.text or "" for t in file.tree(comments).iter(T))
    return said


def texts_of(data: bytes) -> list[str]:
    """The paragraphs of a document."""
    return [read(p).text for p in paragraph_elements(DocxFile(data, "稿.docx").body)]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}
