"""How the words of a paragraph are lettered when a template sets it: fonts and sizes go to its styles, what sets words off
stays."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from drafter.speech.page import hanzi
from drafter.template.styles import TITLE, Template
from drafter.word.looks import Looks
from drafter.word.oxml import (
    Element,
    P,
    R,
    RunProperties,
    T,
    copied,
    full_name,
    looks_of,
    take_out,
    value_of,
    w,
)
from drafter.word.plan import SetLine, is_ours
from drafter.word.text import read

_VAL, _RPR = w("val"), w("rPr")

#: Roles whose paragraphs are words and not headings: emphasis in them stays.
HEADING_ROLES = frozenset((TITLE, "副标题", *(f"{n}级标题" for n in "一二三四")))

#: What says a font, a size, a width; what says bold.
TYPE = frozenset(w(n) for n in ("rFonts", "sz", "szCs", "spacing", "w", "kern", "position", "snapToGrid", "fitText"))
BOLD = frozenset((w("b"), w("bCs")))

#: Fonts whose letters are signs: without them the text would say something else.
_SIGNS = re.compile("symbol|wingdings|webdings|mt extra|dingbats", re.I)


class Lettering:
    """That of one document. `looks` are its styles as they were, `ids` the ids of the template's styles in it."""

    def __init__(self, looks: Looks, template: Template, ids: Mapping[str, str]) -> None:
        self.looks = looks
        self.template = template
        self.ids = ids

    def mostly_bold(self, lines: Iterable[SetLine]) -> bool:
        """Whether most of the text that is in no style of ours is bold: then bold sets nothing off."""
        count: Counter[bool] = Counter()
        for line in lines:
            if line.role and line.role not in HEADING_ROLES and not line.ours:
                paragraph = read(line.element)
                for piece in paragraph.pieces:
                    count[self.looks.text(paragraph.style, piece.run).bold] += hanzi(piece.text)
        return count[True] > count[False]

    def heads(self, line: SetLine) -> dict[Element, str]:
        """For the runs of a paragraph that are in another type than its text, the character style that says so: those
        of a run-in heading, and words set off in 黑体 or 楷体."""
        out: dict[Element, str] = {}
        if line.ours or line.role in HEADING_ROLES or not line.begins:
            return out
        paragraph = read(line.element)
        text = paragraph.text.strip()
        head = ""
        for span in line.block.spans:
            if not span.strong or span.strong not in self.ids:
                break
            head += span.text
        label = len(line.block.text) - len(text) if line.block.text.endswith(text) else 0
        strong = line.block.spans[0].strong if head and line.block.spans else ""
        left = len(head) - label
        kinds: Counter[str] = Counter()
        for piece in paragraph.pieces:
            kinds[self.looks.text(paragraph.style, piece.run).kind] += hanzi(piece.text)
        usual = kinds.most_common(1)[0][0] if kinds else ""
        begun = False
        for piece in paragraph.pieces:
            words = piece.text if begun else piece.text.lstrip()
            begun = begun or bool(words)
            look = self.looks.text(paragraph.style, piece.run)
            if piece.run is None:  # mathematics
                pass
            elif left > 0 and words and strong:
                out[piece.run] = self.ids[strong]
            elif look.kind != usual and look.kind in ("黑", "楷") and hanzi(piece.text):
                role = "一级段首句" if look.kind == "黑" else "二级段首句"
                out[piece.run] = self.ids[role]
            left -= len(words)
        return out

    def bold(self, element: Element) -> set[Element]:
        """The runs of a paragraph that are bold, wherever that is said."""
        paragraph = read(element)
        return {
            piece.run
            for piece in paragraph.pieces
            if piece.run is not None and self.looks.text(paragraph.style, piece.run).bold
        }

    def typed(self, line: SetLine, heads: Mapping[Element, str], bold: set[Element], base_bold: bool) -> int:
        """Leave fonts and sizes to the styles. Bold stays where it sets words off, italics, underlines and colours stay
        anyway; how many stretches are coloured."""
        runs = [run for run in line.element.iter(R) if _of(run, line.element) and run.find(T) is not None]
        paragraph_style = read(line.element).style
        whole = line.role in HEADING_ROLES and all(self.looks.text(paragraph_style, run).bold for run in runs)
        coloured = 0
        for run in runs:
            head = heads.get(run, "")
            if run.find(_RPR) is None and not head and run not in bold:
                continue
            own = looks_of(run)
            named = self._character_style(own, head)
            drop = TYPE | (BOLD if whole or base_bold or head or named else frozenset())
            fonts = own.rFonts
            if fonts is not None and any(_SIGNS.search(value) for value in fonts.attrib.values()):
                drop -= {w("rFonts")}
            colour = value_of(own, "color") or "auto"
            coloured += colour.lower() not in ("auto", "000000")
            if run in bold and not (head or named):
                own.get_or_add("b")
            strip(own, drop)
        return coloured

    def _character_style(self, own: RunProperties, head: str) -> bool:
        """Give a run the character style of a heading; take one away that says a font or a size, and keep of it what
        sets words off. Whether the run has a style of ours."""
        if head:
            own.get_or_add("rStyle").set(_VAL, head)
            return True
        name = value_of(own, "rStyle")
        if name is None:
            return False
        if is_ours(self.looks, self.template, name, "character") or name in self.ids.values():
            return True
        chain = (
            [s.text for s in self.looks.chain(name, "character") if s.text is not None]
            if name in self.looks.styles
            else []
        )
        if any(text.find(w(n)) is not None for text in chain for n in ("rFonts", "sz")):
            own.remove_all("w:rStyle")
            for kept in ("b", "i", "u"):
                said = next((found for text in chain if (found := text.find(w(kept))) is not None), None)
                if said is not None and own.find(w(kept)) is None:
                    own.put(copied(said))
        return False


def strip(own: Element, tags: Collection[str]) -> None:
    """Take properties away, and the element that holds them where nothing is left."""
    for child in list(own):
        if full_name(child) in tags:
            own.remove(child)
    if not len(own):
        take_out(own)


def _of(run: Element, paragraph: Element) -> bool:
    """Whether a run is of this paragraph and not of a text box in it, and shows: struck words stay as they are."""
    for above in run.iterancestors():
        if above is paragraph:
            return True
        if above.tag in (P, w("del"), w("moveFrom")):
            return False
    return False
