"""Where words of a Word document stand, as a person finds them: page and paragraph of that page, or the table, text box,
header or note they stand in. The one finder every command asks.

Pages are counted from the first sheet, the cover too, as office programs count them below the window; paragraphs of a page with
the eye: an empty one is none, and what runs over from the page before is the first.
"""

from collections.abc import Sequence
from functools import cached_property

from drafter.speech.spot import BOX, TABLE, Spot
from drafter.word.document import DocxFile
from drafter.word.leaves import own, said
from drafter.word.markup import RELATIONSHIP
from drafter.word.oxml import Element, P, local_name, w
from drafter.word.pagination import Pages

_ID = w("id")

#: Parts with text of their own, by how they are related to the document, and which header is which.
SHEETS = {"header": "页眉", "footer": "页脚"}
WHICH = {"default": "", "first": "首页", "even": "偶数页"}
NOTES = {"footnotes": "脚注", "endnotes": "尾注"}


class Finder:
    """The places of a document. Nothing is reckoned before the first is asked for."""

    def __init__(self, file: DocxFile) -> None:
        self.file = file
        self.pages = Pages(file)

    def at(self, paragraph: Element | None, offset: int = 0, words: str = "", behind: bool = False) -> Spot:
        """The place of a letter of a paragraph; `behind`: of what stands, or stood, behind that paragraph. One that nobody
        knows where it is (None) has no place."""
        if paragraph is None:
            return Spot(words)
        outer, box, root = paragraph, False, paragraph
        for above in paragraph.iterancestors():
            root = above
            if above.tag == P:
                outer, box, offset = above, True, 0
        kind = local_name(root)
        if kind in NOTES:
            return self._in_note(outer, NOTES[kind], words, behind)
        if kind != "document":
            return Spot(words, of=self._sheets.get(root, ""), behind=behind)
        found = self.pages.find(outer, offset)
        if box:
            return Spot(words, page=found.page, of=BOX, behind=behind)
        if found.row:
            return Spot(words, page=found.page, of=TABLE, number=found.row, behind=behind)
        return Spot(words, page=found.page, paragraph=found.paragraph, behind=behind)

    def within(self, paragraphs: Sequence[Element], offset: int, words: str = "") -> Spot:
        """The place of a letter of a text that was read from these paragraphs, one line each, without the blanks around
        them, and with numbers they count by themselves: `words` stand there."""
        for n, paragraph in enumerate(paragraphs):
            text = "".join(said(node) for node, gone in own(paragraph) if not gone)
            length = len(text.strip())
            if offset <= length or n == len(paragraphs) - 1:
                blank = len(text) - len(text.lstrip())
                found = text.find(words) if words and text.count(words) == 1 else -1
                return self.at(paragraph, found if found >= 0 else min(offset + blank, max(0, len(text) - 1)), words)
            offset -= length + 1
        return Spot(words)

    def _in_note(self, paragraph: Element, name: str, words: str, behind: bool) -> Spot:
        note = next((above for above in paragraph.iterancestors() if above.tag in (w("footnote"), w("endnote"))), None)
        if note is None:
            return Spot(words, of=name, behind=behind)
        real = [n for n in note.getparent() if n.get(w("type"), "normal") == "normal"]  # type: ignore[union-attr]
        number = real.index(note) + 1 if note in real else 0
        paragraph_of, offset = self._references.get((name, note.get(_ID, "")), (None, 0))
        # Only a footnote stands on the page it is referred to.
        page = self.pages.find(paragraph_of, offset).page if paragraph_of is not None and name == NOTES["footnotes"] else 0
        return Spot(words, page=page, of=name, number=number, behind=behind)

    @cached_property
    def _references(self) -> dict[tuple[str, str], tuple[Element, int]]:
        """Where in the body notes are referred to: the paragraph, and after how many letters."""
        out: dict[tuple[str, str], tuple[Element, int]] = {}
        kinds = {w("footnoteReference"): NOTES["footnotes"], w("endnoteReference"): NOTES["endnotes"]}
        for reference in self.file.body.iter(*kinds):
            paragraph = next(reference.iterancestors(P), None)
            if paragraph is not None:
                offset = 0
                for node, gone in own(paragraph):
                    if node is reference:
                        break
                    offset += 0 if gone else len(said(node))
                out[kinds[str(reference.tag)], reference.get(_ID, "")] = (paragraph, offset)
        return out

    @cached_property
    def _sheets(self) -> dict[Element, str]:
        """What the headers and footers are called, by their roots."""
        used: dict[str, str] = {}
        for reference in self.file.tree(self.file.main).iter(w("headerReference"), w("footerReference")):
            used.setdefault(reference.get(f"{{{RELATIONSHIP}}}id", ""), WHICH.get(reference.get(w("type"), ""), ""))
        out: dict[Element, str] = {}
        for relation in self.file.relations(self.file.main):
            kind = relation.kind.rpartition("/")[2]
            if kind in SHEETS and not relation.external and relation.target in self.file:
                out.setdefault(self.file.tree(relation.target), used.get(relation.id, "") + SHEETS[kind])
        return out
