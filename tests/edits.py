"""A writer at Word, at the level of XML: everything that may be done to a draft between two updates, each edit named in the
writer's words, and what of the writer's a document holds. Nothing of drafter is used here, so that a mistake of its readers
cannot hide itself.

    hand = Hand(data, Random(7))
    hand.scribble(5)
    hand.save(), hand.done, hand.typed
    missing(things(before), things(after))

What the law is made of is in `tests/keeping.py`; `tests/bench/edits.py` runs it in thousands.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
KNOWN = {
    "w": W, "w14": W14, "mc": MC, "m": M, "r": REL, "wp": WP, "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main", "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}  # fmt: skip
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS = "word/_rels/document.xml.rels"
STAMP = {"author": "王科长", "date": "2026-11-22T10:00:00Z"}

_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in KNOWN.items())


def w(name: str) -> str:
    return f"{{{W}}}{name}"


P, R, T, SDT, CONTENT, TBL = map(w, ("p", "r", "t", "sdt", "sdtContent", "tbl"))
WRAPS = frozenset(map(w, ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "bdo", "fldSimple", "sdtContent")))


def xml(text: str) -> Any:
    """An element; the usual prefixes are known."""
    return etree.fromstring(f"<x {_DECLARED}>{text}</x>")[0]


def make(name: str, /, **attributes: str) -> Any:
    return etree.Element(w(name), {w(key.rstrip("_")): value for key, value in attributes.items()}, {"w": W})


def run_of(text: str, looks: Any = None) -> Any:
    run = make("r")
    if looks is not None:
        run.append(deepcopy(looks))
    leaf = etree.SubElement(run, T, {SPACE: "preserve"})
    leaf.text = text
    return run


def esc(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def words(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(T))


def put_in_order(properties: Any, child: Any, order: str) -> None:
    """Put a property where the schema wants it."""
    names = order.split()
    at = names.index(etree.QName(child).localname)
    for there in list(properties):
        name = etree.QName(there).localname
        if name == names[at]:
            properties.remove(there)
        elif name not in names or names.index(name) > at:
            there.addprevious(child)
            return
    properties.append(child)


PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
RPR = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath rPrChange"
)


class Hand:
    """A writer with a document open. `typed` are the words put in, each unlike all others; `done` what was done, in
    order."""

    def __init__(self, data: bytes, random: Random, other: bytes = b"") -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.tree = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.tree.find(w("body"))
        self.random = random
        self.other = other
        self.typed: list[str] = []
        self.done: list[str] = []
        self.count = 0
        self.number = 700_000

    # ── the package ────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return out.getvalue()

    def next(self) -> str:
        self.number += 1
        return str(self.number)

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a new relation of the document."""
        number = f"rId{self.next()}"
        mode = ' TargetMode="External"' if external else ""
        row = f'<Relationship Id="{number}" Type="{REL}/{kind}" Target="{target}"{mode}/></Relationships>'
        self.parts[RELS] = self.parts[RELS].replace(b"</Relationships>", row.encode())
        return number

    def declare(self, row: str) -> None:
        types = "[Content_Types].xml"
        if row.encode() not in self.parts[types]:
            self.parts[types] = self.parts[types].replace(b"</Types>", row.encode() + b"</Types>")

    def note(self, kind: str, text: str) -> str:
        """The number of a new comment, footnote or endnote, not called yet."""
        name = f"word/{kind}s.xml"
        if name not in self.parts:
            extra = "" if kind == "comment" else "".join(
                f'<w:{kind} w:type="{t}" w:id="{i}"><w:p><w:r><w:{t}/></w:r></w:p></w:{kind}>'
                for t, i in (("separator", -1), ("continuationSeparator", 0))
            )
            self.parts[name] = f'<w:{kind}s xmlns:w="{W}">{extra}</w:{kind}s>'.encode()
            base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
            self.declare(f'<Override PartName="/{name}" ContentType="{base}.{kind}s+xml"/>')
            self.relate(f"{kind}s", f"{kind}s.xml")
        tree = etree.fromstring(self.parts[name])
        number = str(max((int(n.get(w("id"))) for n in tree), default=0) + 1)
        at = ' w:author="王科长" w:initials="W" w:date="2026-11-22T10:00:00Z"' if kind == "comment" else ""
        tree.append(xml(f'<w:{kind} w:id="{number}"{at}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'))
        self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        return number

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def word(self, odd: bool = True) -> str:
        """A new word to type: mostly plain, sometimes one that looks like something else."""
        self.count += 1
        core = f"添{self.count:03d}字"
        shapes = ("{}", "{}", "{}", "2.5万{}", "三、{}", "一是{}", "【{}】", "{}、乙局", "{} & <b>", "3.0版{}", "第二，{}", "𠮷{}", "（{}）", "{}。")
        shape = self.random.choice(shapes) if odd else "{}"
        self.typed.append(shape.format(core))
        return self.typed[-1]

    def paragraphs(self) -> list[Any]:
        """The paragraphs with words in them, those of tables and boxes too."""
        return [p for p in self.body.iter(P) if words(p)]

    def paragraph(self) -> Any:
        return self.random.choice(self.paragraphs())

    def controls(self) -> list[Any]:
        """Controls inside paragraphs that say something."""
        return [s for s in self.body.iter(SDT) if s.find(CONTENT) is not None and s.find(CONTENT).find(R) is not None]

    def containers(self, paragraph: Any) -> list[Any]:
        """Where runs stand in a paragraph: itself, its links, its controls, and so on inwards."""
        out = [paragraph]
        for node in paragraph.iter(*WRAPS):
            if next(node.iterancestors(P)) is paragraph and node.find(R) is not None:
                out.append(node)
        return out

    def cut(self, run: Any, offset: int) -> None:
        """Make two runs of one, before a letter."""
        leaf = run.find(T)
        text = leaf.text or "" if leaf is not None else ""
        if leaf is None or not 0 < offset < len(text) or len(run.findall(T)) != 1:
            return
        second = deepcopy(run)
        second.tail = None
        second.find(T).text = text[offset:]
        second.find(T).set(SPACE, "preserve")
        leaf.text = text[:offset]
        leaf.set(SPACE, "preserve")
        for behind in [n for n in run if n.tag not in (w("rPr"), T)]:
            run.remove(behind)  # stays in the second only
        run.addnext(second)

    def stretch(self, paragraph: Any | None = None) -> list[Any]:
        """Some runs and controls that stand side by side; runs are cut where the stretch begins and ends."""
        for _ in range(20):
            container = self.random.choice(self.containers(paragraph if paragraph is not None else self.paragraph()))
            for run in self.random.sample(container.findall(R), min(2, len(container.findall(R)))):
                if run.find(T) is not None and len(run.find(T).text or "") > 1:
                    self.cut(run, self.random.randrange(1, len(run.find(T).text)))
            rows: list[list[Any]] = [[]]
            for child in container:
                if child.tag in (R, SDT) and words(child):
                    rows[-1].append(child)
                elif child.tag not in (w("proofErr"),):
                    rows.append([])
            rows = [row for row in rows if row]
            if rows:
                row = self.random.choice(rows)
                low = self.random.randrange(len(row))
                return row[low : self.random.randint(low + 1, len(row))]
        return []

    def point(self, paragraph: Any | None = None) -> tuple[Any, int]:
        """A place between two runs, or at the edge of them: what it is in, and the number of the child behind it."""
        found = self.stretch(paragraph)
        if not found:
            paragraph = self.paragraph()
            return paragraph, len(paragraph)
        parent = found[0].getparent()
        return parent, parent.index(found[0]) + self.random.randint(0, 1)

    def two_points(self, far: bool) -> tuple[tuple[Any, int], tuple[Any, int]] | None:
        """Two places, the first before the second; `far`: perhaps in different paragraphs."""
        rows = self.paragraphs()
        low = self.random.randrange(len(rows))
        high = min(len(rows) - 1, low + self.random.choice((0, 0, 1, 2))) if far else low
        first = self.point(rows[low])
        self.mark_at(*first, make("x"))
        mark = next(self.body.iter(w("x")))
        second = self.point(rows[high])
        order = list(self.body.iter())
        there = second[0][second[1]] if second[1] < len(second[0]) else None
        low_at = order.index(mark)
        high_at = order.index(there) if there is not None else order.index(second[0]) + len(list(second[0].iter()))
        parent = mark.getparent()
        at = parent.index(mark)
        parent.remove(mark)
        if parent is second[0] and at < second[1]:
            second = (second[0], second[1] - 1)
        return ((parent, at), second) if low_at <= high_at else None

    @staticmethod
    def mark_at(parent: Any, at: int, node: Any) -> None:
        parent.insert(at, node)

    def around(self, start: list[Any], end: list[Any], far: bool = True) -> bool:
        """Put something before one place and something behind a later one."""
        found = self.two_points(far)
        if found is None:
            return False
        (first, low), (second, high) = found
        for node in reversed(end):
            second.insert(high, node)
        for node in reversed(start):
            first.insert(low, node)
        return True

    def wrap(self, found: list[Any], wrapper: Any, inside: Any = None) -> bool:
        """Put a stretch into something."""
        if not found:
            return False
        found[0].addprevious(wrapper)
        for node in found:
            (inside if inside is not None else wrapper).append(node)
        return True

    def looks(self, run: Any) -> Any:
        found = run.find(w("rPr"))
        if found is None:
            found = make("rPr")
            run.insert(0, found)
        return found

    def properties(self, paragraph: Any) -> Any:
        found = paragraph.find(w("pPr"))
        if found is None:
            found = make("pPr")
            paragraph.insert(0, found)
        return found

    def end_of(self, paragraph: Any) -> Any:
        properties = self.properties(paragraph)
        found = properties.find(w("rPr"))
        if found is None:
            found = make("rPr")
            put_in_order(properties, found, PPR)
        return found

    def change(self, kind: str, /, **more: str) -> Any:
        return make(kind, id=self.next(), **STAMP, **more)

    # ── typing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def leaf(self, inside: bool | None = None) -> Any:
        """A stretch of words: in a control, outside of any, or either."""
        leaves = [t for t in self.body.iter(T) if t.text and (inside is None or (next(t.iterancestors(SDT), None) is not None) is inside)]
        return self.random.choice(leaves or list(self.body.iter(T)))

    def type_words(self) -> None:
        leaf = self.leaf()
        self.type_at(leaf, self.random.randint(0, len(leaf.text or "")))

    def type_outside_blanks(self) -> None:
        leaf = self.leaf(False)
        self.type_at(leaf, self.random.randint(0, len(leaf.text or "")))

    def type_into_a_blank(self) -> None:
        leaf = self.leaf(True)
        self.type_at(leaf, self.random.randint(0, len(leaf.text or "")))

    def type_at(self, leaf: Any, at: int) -> None:
        text = leaf.text or ""
        leaf.text = text[:at] + self.word() + text[at:]
        leaf.set(SPACE, "preserve")

    def type_at_the_beginning_of_a_paragraph(self) -> None:
        leaf = next((t for t in self.paragraph().iter(T) if t.text), None)
        if leaf is not None:
            self.type_at(leaf, 0)

    def type_at_the_edge_of_a_blank(self) -> None:
        controls = self.controls()
        if controls:
            control = self.random.choice(controls)
            run = run_of(self.word(), control.find(CONTENT).find(R).find(w("rPr")))
            self.random.choice((control.addprevious, control.addnext))(run)

    def type_over(self) -> None:
        """Some words give way to others, across blanks too."""
        found = self.stretch()
        if found:
            found[0].addprevious(run_of(self.word()))
            self.take(found)

    def delete_words(self) -> None:
        self.take(self.stretch())

    def delete_some_letters(self) -> None:
        leaf = self.leaf()
        text = leaf.text or ""
        at = self.random.randrange(len(text)) if text else 0
        leaf.text = text[:at] + text[at + self.random.randint(1, 8) :]

    def take(self, found: list[Any]) -> None:
        """Delete as Word does: marks that begin or end inside stay."""
        for node in found:
            for mark in [n for n in node.iter() if isinstance(n.tag, str) and re.search(r"(bookmark|comment|perm|move\w+)(Range)?(Start|End)$", n.tag)]:
                node.addprevious(mark)
            node.getparent().remove(node)

    def add_a_paragraph(self) -> None:
        self.add_behind(self.paragraph(), self.word() + "，这是自己加的。")

    def add_an_item(self) -> None:
        self.add_behind(self.paragraph(), self.random.choice(("一要", "三要", "二、", "2.", "（二）", "第三，")) + self.word(False) + "。这是自己加的一条。")

    def add_behind(self, paragraph: Any, text: str) -> Any:
        new = make("p")
        style = paragraph.find(w("pPr"))
        if style is not None:
            kept = deepcopy(style)
            for odd in kept.findall(w("sectPr")) + kept.findall(w("pPrChange")) + kept.findall(w("rPr")):
                kept.remove(odd)
            new.append(kept)
        new.append(run_of(text))
        paragraph.addnext(new)
        return new

    def type_a_break(self) -> None:
        parent, at = self.point()
        kinds = ("<w:br/>", "<w:tab/>", '<w:br w:type="page"/>', '<w:br w:type="column"/>', "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:cr/>", '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>')
        parent.insert(at, xml(f"<w:r>{self.random.choice(kinds)}</w:r>"))

    def type_a_symbol(self) -> None:
        parent, at = self.point()
        code = self.random.choice(("F0FC", "00A7", "2611", "F0B7"))
        parent.insert(at, xml(f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'))

    def delete_a_paragraph(self) -> None:
        paragraph = self.paragraph()
        if paragraph.getparent() is self.body:
            self.drop(paragraph)

    def drop(self, paragraph: Any) -> None:
        behind = paragraph.getnext()
        home = behind if behind is not None and behind.tag == P else None
        for mark in [n for n in paragraph.iter() if isinstance(n.tag, str) and re.search(r"(bookmark|comment|perm|move\w+)(Range)?(Start|End)$", n.tag)]:
            number, same = mark.get(w("id")), re.sub("(Start|End)$", "", mark.tag)
            inside = [n for n in paragraph.iter() if isinstance(n.tag, str) and n.tag.startswith(same) and n.get(w("id")) == number]
            if len(inside) == 1:
                if home is not None:
                    home.insert(1 if home.find(w("pPr")) is not None else 0, mark)
                else:
                    paragraph.addprevious(mark)
        if not self.whole(paragraph):
            return
        paragraph.getparent().remove(paragraph)

    @staticmethod
    def whole(node: Any) -> bool:
        """Whether every field in it begins and ends in it."""
        kinds = [f.get(w("fldCharType")) for f in node.iter(w("fldChar"))]
        depth = 0
        for kind in kinds:
            depth += (kind == "begin") - (kind == "end")
            if depth < 0:
                return False
        return depth == 0

    # ── what hangs on words ────────────────────────────────────────────────────────────────────────────────────────

    def comment(self) -> None:
        text = self.word(False)
        number = self.note("comment", text)
        mark = xml(f'<w:r><w:commentReference w:id="{number}"/></w:r>')
        start, end = make("commentRangeStart", id=number), make("commentRangeEnd", id=number)
        if self.random.random() < 0.1 or not self.around([start], [end, mark]):
            parent, at = self.point()
            parent.insert(at, mark)  # a comment at one place, without a range

    def foot_or_endnote(self) -> None:
        kind = self.random.choice(("footnote", "endnote"))
        number = self.note(kind, self.word(False))
        parent, at = self.point()
        parent.insert(at, xml(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'))

    def pinyin(self) -> None:
        found = [run for run in self.stretch() if run.tag == R and words(run)]
        if found:
            ruby = xml(
                '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="16"/><w:hpsRaise w:val="30"/><w:hpsBaseText w:val="32"/>'
                f'<w:lid w:val="zh-CN"/></w:rubyPr><w:rt><w:r><w:t>{self.word(False)}</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>'
            )
            found[0].addprevious(ruby)
            ruby.find(f".//{w('rubyBase')}").append(found[0])

    def link(self) -> None:
        wrapper = make("hyperlink")
        if self.random.random() < 0.5:
            wrapper.set(f"{{{REL}}}id", self.relate("hyperlink", f"https://example.com/{self.next()}", True))
        else:
            wrapper.set(w("anchor"), f"ref{self.next()}")
        self.wrap(self.stretch(), wrapper)

    def field(self) -> None:
        self.wrap(self.stretch(), make("fldSimple", instr=f" REF x{self.next()} "))

    def field_of_three_parts(self) -> None:
        begin = xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
        code = xml(f'<w:r><w:instrText xml:space="preserve"> DOCPROPERTY x{self.next()} </w:instrText></w:r>')
        middle = xml('<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
        end = xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        self.around([begin, code, middle], [end], self.random.random() < 0.3)

    def field_with_words(self) -> None:
        parent, at = self.point()
        rows = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> SEQ y{self.next()} </w:instrText>', '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{self.word(False)}</w:t>", '<w:fldChar w:fldCharType="end"/>')
        for row in reversed(rows):
            parent.insert(at, xml(f"<w:r>{row}</w:r>"))

    def bookmark(self) -> None:
        number = self.next()
        name = self.random.choice(("书签", "_Ref", "_Toc", "OLE_LINK")) + number
        self.around([make("bookmarkStart", id=number, name=name)], [make("bookmarkEnd", id=number)])

    def box(self) -> None:
        inner = f'<w:txbxContent><w:p><w:r><w:t>{self.word(False)}</w:t></w:r></w:p></w:txbxContent>'
        number = self.next()
        vml = f'<w:pict><v:shape id="s{number}" style="width:100pt;height:20pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
        drawn = (
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
            f'<wp:docPr id="{number}" name="框{number}"/><a:graphic><a:graphicData uri="{KNOWN["wps"]}"><wps:wsp><wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
            f"</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>"
        )
        parent, at = self.point()
        parent.insert(at, xml(f"<w:r>{self.random.choice((vml, drawn))}</w:r>"))

    def picture(self) -> None:
        name = f"image{self.next()}.png"
        self.parts[f"word/media/{name}"] = b"\x89PNG\r\n\x1a\n" + name.encode()
        self.declare('<Default Extension="png" ContentType="image/png"/>')
        rel, number = self.relate("image", f"media/{name}"), self.next()
        parent, at = self.point()
        parent.insert(at, xml(
            f'<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="{number}" name="图{number}"/><a:graphic><a:graphicData uri="{KNOWN["pic"]}"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rel}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        ))  # fmt: skip

    def equation(self) -> None:
        inner = f"<m:oMath><m:r><m:t>x={self.word(False)}</m:t></m:r></m:oMath>"
        parent, at = self.point()
        parent.insert(at, xml(self.random.choice((inner, f"<m:oMathPara>{inner}</m:oMathPara>"))))

    def permission(self) -> None:
        number = self.next()
        self.around([make("permStart", id=number, edGrp="everyone")], [make("permEnd", id=number)])

    def rich_words(self) -> None:
        look = self.random.choice((
            "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', f'<w:color w:val="{self.random.randrange(0x111111, 0xFFFFFF):06X}"/>',
            '<w:highlight w:val="green"/>', "<w:strike/>", '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>', '<w:em w:val="dot"/>',
        ))  # fmt: skip
        for node in self.stretch():
            for run in [node] if node.tag == R else node.iter(R):
                if next(run.iterancestors(P)) is next(node.iterancestors(P)):
                    put_in_order(self.looks(run), xml(look), RPR)

    # ── tracked changes ────────────────────────────────────────────────────────────────────────────────────────────

    def insert_tracked(self) -> None:
        parent, at = self.point()
        if any(a.tag in (w("ins"), w("del")) for a in [parent, *parent.iterancestors()]):
            return
        change = self.change("ins")
        change.append(run_of(self.word()))
        parent.insert(at, change)

    def delete_tracked(self) -> None:
        """Words struck, across blanks too, and across paragraphs."""
        first = self.paragraph()
        rows = [first]
        if self.random.random() < 0.3 and first.getnext() is not None and first.getnext().tag == P:
            rows.append(first.getnext())
            self.tracked_mark(first, "del")
        for row in rows:
            for run in [r for node in self.stretch(row) for r in ([node] if node.tag == R else node.iter(R))]:
                self.strike(run)

    def strike(self, run: Any) -> None:
        if any(a.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rubyBase"), w("rt")) for a in run.iterancestors()) or run.find(T) is None or any(n.tag not in (T, w("rPr")) for n in run):
            return
        change = self.change("del")
        run.addprevious(change)
        change.append(run)
        for leaf in run.iter(T):
            leaf.tag = w("delText")

    def tracked_mark(self, paragraph: Any, kind: str) -> None:
        end = self.end_of(paragraph)
        if end.find(w("ins")) is None and end.find(w("del")) is None:
            end.insert(0, self.change(kind))

    def tracked_end_of_a_paragraph(self) -> None:
        self.tracked_mark(self.paragraph(), self.random.choice(("ins", "del")))

    def delete_a_paragraph_tracked(self) -> None:
        paragraph = self.paragraph()
        self.tracked_mark(paragraph, "del")
        for run in list(paragraph.iter(R)):
            if next(run.iterancestors(P)) is paragraph:
                self.strike(run)

    def add_a_paragraph_tracked(self) -> None:
        new = self.add_behind(self.paragraph(), self.word())
        self.tracked_mark(new, "ins")
        change = self.change("ins")
        run = new.find(R)
        run.addprevious(change)
        change.append(run)

    def move_tracked(self) -> None:
        """Words moved elsewhere, as Word tracks it."""
        found = [n for n in self.stretch() if n.tag == R and {c.tag for c in n} <= {T, w("rPr")}]
        if not found or any(a.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rubyBase")) for a in found[0].iterancestors()):
            return
        run, name = found[0], f"move{self.next()}"
        copy = deepcopy(run)
        target = self.paragraph()
        numbers = self.next(), self.next()
        to = self.change("moveTo")
        to.append(copy)
        for node in (make("moveToRangeStart", id=numbers[1], name=name, **STAMP), to, make("moveToRangeEnd", id=numbers[1])):
            target.append(node)
        source = self.change("moveFrom")
        run.addprevious(make("moveFromRangeStart", id=numbers[0], name=name, **STAMP))
        run.addprevious(source)
        source.append(run)
        source.addnext(make("moveFromRangeEnd", id=numbers[0]))

    def looks_changed_tracked(self) -> None:
        for node in self.stretch():
            for run in [node] if node.tag == R else node.iter(R):
                change = self.change("rPrChange")
                change.append(make("rPr"))
                put_in_order(self.looks(run), make("b"), RPR)
                put_in_order(self.looks(run), change, RPR)

    def paragraph_changed_tracked(self) -> None:
        properties = self.properties(self.paragraph())
        change = self.change("pPrChange")
        change.append(make("pPr"))
        put_in_order(properties, make("jc", val="center"), PPR)
        put_in_order(properties, change, PPR)

    def accept_or_refuse_some(self) -> None:
        changes = [n for n in self.body.iter(w("ins"), w("del")) if n.getparent().tag != w("rPr") and n.get(w("author")) == STAMP["author"]]
        for change in self.random.sample(changes, min(len(changes), 2)):
            accept = self.random.random() < 0.5
            if (change.tag == w("ins")) is accept:
                for leaf in change.iter(w("delText")):
                    leaf.tag = T
                for child in list(change):
                    change.addprevious(child)
            change.getparent().remove(change)

    # ── controls ───────────────────────────────────────────────────────────────────────────────────────────────────

    def shell(self) -> tuple[Any, Any]:
        shell = xml(f'<w:sdt><w:sdtPr><w:alias w:val="别处"/><w:tag w:val="foreign{self.next()}"/><w:id w:val="{self.next()}"/></w:sdtPr><w:sdtContent/></w:sdt>')
        return shell, shell.find(CONTENT)

    def put_into_a_control(self) -> None:
        self.wrap(self.stretch(), *self.shell())

    def put_into_something(self) -> None:
        kinds = (
            '<w:smartTag w:uri="urn:x" w:element="place{}"/>', '<w:customXml w:uri="urn:x" w:element="e{}"/>', '<w:bdo w:val="ltr"/>',
        )  # fmt: skip
        self.wrap(self.stretch(), xml(self.random.choice(kinds).format(self.next())))

    def blanks(self) -> list[Any]:
        return [s for s in self.controls() if s.find(f"{w('sdtPr')}/{w('placeholder')}") is not None]

    def say(self, control: Any, text: str, flag: bool) -> None:
        shown = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
        if shown is not None and not flag:
            shown.getparent().remove(shown)
        leaves = list(control.iter(T))
        for leaf in leaves:
            leaf.text = ""
        if leaves:
            leaves[0].text = text
        else:
            control.find(CONTENT).append(run_of(text))

    def fill(self) -> None:
        """Answer a blank, everywhere it stands or only here; perhaps its flag of an empty one stays."""
        blanks = self.blanks()
        if blanks:
            control, text = self.random.choice(blanks), self.word()
            tag = control.find(f"{w('sdtPr')}/{w('tag')}")
            twins = [s for s in blanks if tag is not None and (t := s.find(f"{w('sdtPr')}/{w('tag')}")) is not None and t.get(w("val")) == tag.get(w("val"))]
            flag = self.random.random() < 0.3
            for twin in twins if self.random.random() < 0.6 else [control]:
                self.say(twin, text, flag)

    def add_to_a_blank(self) -> None:
        """The answer with something behind it, as entries of lists are explained."""
        blanks = self.blanks()
        if blanks:
            control = self.random.choice(blanks)
            self.say(control, words(control) + self.word(), self.random.random() < 0.3)

    def empty_a_blank(self) -> None:
        blanks = self.blanks()
        if blanks:
            control = self.random.choice(blanks)
            if self.random.random() < 0.5:
                for leaf in control.iter(T):
                    leaf.text = ""
            else:
                self.say(control, f"【{control.find(w('sdtPr')).find(w('alias')).get(w('val'))}】", True)
                put_in_order(control.find(w("sdtPr")), make("showingPlcHdr"), "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex dropDownList comboBox date text")

    def unwrap_a_blank(self) -> None:
        controls = self.controls()
        if controls:
            control = self.random.choice(controls)
            for child in list(control.find(CONTENT)):
                control.addprevious(child)
            control.getparent().remove(control)

    def delete_a_blank(self) -> None:
        controls = self.controls()
        if controls:
            self.take([self.random.choice(controls)])

    def fresh(self, node: Any, names: str = "") -> Any:
        """A copy as it is pasted: numbers of its own, no marks of its own (but copies of bookmarks, as LibreOffice
        makes them, with `names` behind their names)."""
        copy = deepcopy(node)
        copy.tail = None
        for mark in [n for n in copy.iter() if isinstance(n.tag, str) and (re.search(r"(comment|perm|move\w+)(Range)?(Start|End)$", n.tag) or n.tag in (w("pPrChange"), w("sectPr"), w("moveFrom")))]:
            mark.getparent().remove(mark)
        for run in [r for r in copy.iter(R) if r.find(w("commentReference")) is not None]:
            run.getparent().remove(run)
        numbers: dict[str, str] = {}
        for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if not names:
                mark.getparent().remove(mark)
                continue
            mark.set(w("id"), numbers.setdefault(mark.get(w("id")), self.next()))
            if mark.get(w("name")):
                mark.set(w("name"), mark.get(w("name"))[:30] + names)
        for start in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if sum(1 for n in copy.iter(w("bookmarkStart"), w("bookmarkEnd")) if n.get(w("id")) == start.get(w("id"))) != 2:
                start.getparent().remove(start)
        for number in copy.iter(w("id")):
            if number.getparent().tag == w("sdtPr"):
                number.set(w("val"), self.next())
        for change in copy.iter(w("ins"), w("del"), w("moveTo"), w("rPrChange")):
            change.set(w("id"), self.next())
        for name in copy.iter(f"{{{WP}}}docPr"):
            name.set("id", self.next())
        for p in copy.iter(P):
            p.attrib.pop(f"{{{W14}}}paraId", None)
        if copy.tag == P:
            copy.attrib.pop(f"{{{W14}}}paraId", None)
        return copy if self.whole(copy) else None

    def copy_a_blank(self) -> None:
        controls = self.controls()
        if controls:
            copy = self.fresh(self.random.choice(controls))
            if copy is not None:
                parent, at = self.point()
                parent.insert(at, copy)

    def insert_a_control_tracked(self) -> None:
        """A control put in while changes are tracked, as Word says it."""
        shell, content = self.shell()
        change = self.change("ins")
        change.append(run_of(self.word()))
        numbers = self.next(), self.next()
        content.append(make("customXmlInsRangeEnd", id=numbers[0]))
        content.append(change)
        content.append(make("customXmlInsRangeStart", id=numbers[1], **STAMP))
        parent, at = self.point()
        for node in (make("customXmlInsRangeEnd", id=numbers[1]), shell, make("customXmlInsRangeStart", id=numbers[0], **STAMP)):
            parent.insert(at, node)

    def delete_in_an_insertion(self) -> None:
        """Somebody strikes what another has inserted."""
        found = [n for n in self.body.iter(w("ins")) if n.find(R) is not None and n.find(R).find(T) is not None]
        if found:
            run = self.random.choice(found).find(R)
            change = make("del", id=self.next(), author="李处长", date="2026-11-23T10:00:00Z")
            run.addprevious(change)
            change.append(run)
            for leaf in run.iter(T):
                leaf.tag = w("delText")

    def empty_a_control_wholly(self) -> None:
        controls = self.blanks()
        if controls:
            content = self.random.choice(controls).find(CONTENT)
            for run in list(content):
                content.remove(run)

    def dress_as_a_heading(self) -> None:
        properties = self.properties(self.paragraph())
        put_in_order(properties, xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'), PPR)
        put_in_order(properties, make("framePr", w="2000"), PPR)

    def type_in_pieces(self) -> None:
        """Several leaves in one run, as pasted."""
        leaf = self.leaf()
        one, other = self.word(), self.word()
        for node in reversed((xml(f"<w:t>{esc(one)}</w:t>"), make("tab"), xml(f"<w:t>{esc(other)}</w:t>"), make("br"), make("t"))):
            leaf.addnext(node)

    def link_of_three_parts(self) -> None:
        begin = xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
        code = xml(f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.com/{self.next()}" </w:instrText></w:r>')
        middle, end = (xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in ("separate", "end"))
        found = self.stretch()
        if found and found[0].getparent().tag not in (w("rubyBase"),):
            for node in (begin, code, middle):
                found[0].addprevious(node)
            found[-1].addnext(end)

    def put_paragraphs_into_customxml(self) -> None:
        paragraph = self.paragraph()
        if paragraph.getparent() is self.body:
            self.wrap([paragraph], make("customXml", uri="urn:x", element=f"block{self.next()}"))

    def add_a_table_in_a_control(self) -> None:
        """A row of a table that is a control, with a blank copied into it."""
        table = self.table()
        cell = next(table.iter(w("tc")))
        cell.append(xml(f"<w:p><w:r><w:t>{self.word(False)}</w:t></w:r></w:p>"))
        blanks = self.blanks()
        copy = self.fresh(self.random.choice(blanks)) if blanks else None
        if copy is not None:
            cell.find(P).append(copy)
        row = table.find(w("tr"))
        shell, content = self.shell()
        row.addprevious(shell)
        content.append(row)
        paragraph = self.paragraph()
        paragraph.addnext(table)
        table.addnext(make("p"))

    def unlink_all(self) -> None:
        """A program that knows no controls makes plain words of them."""
        for control in self.controls():
            if control.getparent() is not None:
                for child in list(control.find(CONTENT)):
                    control.addprevious(child)
                control.getparent().remove(control)

    def colour_a_blank(self) -> None:
        controls = self.controls()
        if controls:
            colour = f"{self.random.randrange(0x111111, 0xFFFFFF):06X}"
            run = self.random.choice(self.random.choice(controls).find(CONTENT).findall(R) or [None])
            if run is not None:
                leaf = run.find(T)
                if leaf is not None and len(leaf.text or "") > 1 and self.random.random() < 0.5:
                    self.cut(run, self.random.randrange(1, len(leaf.text)))
                put_in_order(self.looks(run), make("color", val=colour), RPR)

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def split_a_paragraph(self) -> None:
        paragraph = self.paragraph()
        found = self.stretch(paragraph)
        if not found or found[0].getparent() is not paragraph:
            return
        behind = [found[0], *found[0].itersiblings()]
        new = make("p")
        style = paragraph.find(w("pPr"))
        if style is not None:
            new.append(deepcopy(style))
            for odd in new[0].findall(w("sectPr")) + new[0].findall(w("pPrChange")) + list(new[0].iter(w("ins"), w("del"))):
                odd.getparent().remove(odd)
        for node in behind:
            new.append(node)
        paragraph.addnext(new)

    def join_paragraphs(self) -> None:
        paragraph = self.paragraph()
        following = paragraph.getnext()
        if following is not None and following.tag == P and following.find(f"{w('pPr')}/{w('sectPr')}") is None:
            for child in list(following):
                if child.tag != w("pPr"):
                    paragraph.append(child)
            following.getparent().remove(following)

    def copy_a_paragraph(self) -> None:
        paragraph = self.paragraph()
        copy = self.fresh(paragraph, self.random.choice(("", "_Copy_1")))
        if copy is not None:
            self.paragraph().addnext(copy)

    def move_a_paragraph(self) -> None:
        paragraph, other = self.paragraph(), self.paragraph()
        alone = paragraph.getparent().tag == w("tc") and len(paragraph.getparent().findall(P)) < 2
        inside = any(a is paragraph for a in other.iterancestors())
        # a range that reaches beyond the paragraph would turn around
        if other is not paragraph and not inside and not alone and self.closed(paragraph):
            other.addnext(paragraph)

    def closed(self, node: Any) -> bool:
        """Whether nothing begins in it and ends elsewhere."""
        counts = Counter((re.sub("(Start|End)$", "", n.tag), n.get(w("id"))) for n in node.iter() if isinstance(n.tag, str) and re.search("(Start|End)$", n.tag) and n.tag.startswith(f"{{{W}}}"))
        return self.whole(node) and all(n == 2 for n in counts.values())

    def put_into_a_table(self) -> None:
        paragraph = self.paragraph()
        table = self.table()
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            return
        paragraph.addprevious(table)
        table.addnext(make("p"))
        cell = next(table.iter(w("tc")))
        cell.append(paragraph)
        if self.random.random() < 0.2:
            inner = self.table()
            cell.insert(1, inner)
            inner_cell = next(inner.iter(w("tc")))
            inner_cell.append(xml(f"<w:p><w:r><w:t>{self.word(False)}</w:t></w:r></w:p>"))

    @staticmethod
    def table() -> Any:
        return xml('<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr></w:tc></w:tr></w:tbl>')

    def add_a_table(self) -> None:
        table = self.table()
        next(table.iter(w("tc"))).append(xml(f"<w:p><w:r><w:t>{self.word(False)}</w:t></w:r></w:p>"))
        paragraph = self.paragraph()
        paragraph.addnext(table)
        if table.getnext() is None:
            table.addnext(make("p"))

    def put_into_a_box(self) -> None:
        paragraph = self.paragraph()
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None or any(a.tag == w("txbxContent") for a in paragraph.iterancestors()):
            return
        host = xml(f'<w:p><w:r><w:pict><v:shape id="s{self.next()}" style="width:100pt;height:20pt"><v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>')
        paragraph.addprevious(host)
        next(host.iter(w("txbxContent"))).append(paragraph)

    def put_into_a_block_control(self) -> None:
        shell, content = self.shell()
        paragraph = self.paragraph()
        following = paragraph.getnext()
        self.wrap([paragraph, *([following] if following is not None and following.tag == P and self.random.random() < 0.5 else [])], shell, content)

    def end_a_section(self) -> None:
        properties = self.properties(self.paragraph())
        if properties.find(w("sectPr")) is None and properties.getparent().getparent() is self.body:
            put_in_order(properties, xml('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'), PPR)

    def paste_from_another_draft(self) -> None:
        if not self.other:
            return
        with zipfile.ZipFile(io.BytesIO(self.other)) as package:
            tree = etree.fromstring(package.read("word/document.xml"))
        rows = [p for p in tree.iter(P) if words(p)]
        at = self.random.randrange(len(rows))
        names = self.random.choice(("", "", "x"))
        target = self.paragraph()
        taken = {b.get(w("name")) for b in self.body.iter(w("bookmarkStart"))}
        for row in reversed(rows[at : at + self.random.randint(1, 3)]):
            copy = self.fresh(row, names)
            for start in list(copy.iter(w("bookmarkStart"))):
                start.set(w("name"), start.get(w("name"))[: -len(names)])
                if start.get(w("name")) in taken:
                    for mark in [n for n in copy.iter(w("bookmarkStart"), w("bookmarkEnd")) if n.get(w("id")) == start.get(w("id"))]:
                        mark.getparent().remove(mark)
            for docpart in list(copy.iter(w("placeholder"))):
                docpart.getparent().remove(docpart)
            for binding in list(copy.iter(w("dataBinding"))):
                if self.random.random() < 0.5:
                    binding.getparent().remove(binding)
            target.addnext(copy)

    # ── what programs do ───────────────────────────────────────────────────────────────────────────────────────────

    def lose_bookmarks(self) -> None:
        starts = list(self.body.iter(w("bookmarkStart")))
        if not starts:
            return
        chosen = starts if self.random.random() < 0.2 else self.random.sample(starts, min(3, len(starts)))
        for start in chosen:
            if start.get(w("name")).startswith("dr_"):
                for end in [e for e in self.body.iter(w("bookmarkEnd")) if e.get(w("id")) == start.get(w("id"))]:
                    end.getparent().remove(end)
                start.getparent().remove(start)

    def rename_a_bookmark(self) -> None:
        starts = [b for b in self.body.iter(w("bookmarkStart")) if b.get(w("name")).startswith("dr_")]
        if starts:
            start = self.random.choice(starts)
            name = self.random.choice((f"{start.get(w('name'))[:30]}_Copy_1", start.get(w("name")).upper()))
            if name.lower() not in {b.get(w("name")).lower() for b in starts if b is not start}:
                start.set(w("name"), name)

    def save_again(self) -> None:
        """What Word leaves behind: numbers of sessions, runs in pieces, marks of the spell checker, languages."""
        for p in self.body.iter(P):
            p.set(w("rsidR"), "00AB12CD")
            if self.random.random() < 0.5 and f"{{{W14}}}paraId" not in p.attrib:
                p.set(f"{{{W14}}}paraId", f"{0x10000000 + int(self.next()):08X}")
        for run in list(self.body.iter(R)):
            if self.random.random() < 0.2:
                put_in_order(self.looks(run), xml('<w:rFonts w:hint="eastAsia"/>'), RPR)
                put_in_order(self.looks(run), xml('<w:lang w:eastAsia="zh-CN"/>'), RPR)
            leaf = run.find(T)
            if self.random.random() < 0.2 and leaf is not None and len(leaf.text or "") > 1 and run.getparent().tag != w("rubyBase"):
                self.cut(run, self.random.randrange(1, len(leaf.text)))
            if self.random.random() < 0.1 and run.getparent().tag == P:
                run.addprevious(make("proofErr", type="spellStart"))
                run.addnext(make("proofErr", type="spellEnd"))

    # ── all of them ────────────────────────────────────────────────────────────────────────────────────────────────

    def notes(self, kind: str) -> list[Any]:
        """The notes of a kind that are called."""
        called = {n.get(w("id")) for n in self.body.iter(w(f"{kind}Reference"))}
        part = self.parts.get(f"word/{kind}s.xml")
        return [n for n in etree.fromstring(part) if n.get(w("id")) in called] if part else []

    def scribble(self, times: int, edits: tuple[str, ...] = ()) -> None:
        """Some edits at random, or these."""
        for name in edits or [self.random.choice(EDITS) for _ in range(times)]:
            before = len(self.typed)
            getattr(self, name)()
            self.done.append(" ".join([name, *self.typed[before:]]))


#: Every edit, by its name.
EDITS = (
    "type_words", "type_outside_blanks", "type_into_a_blank", "type_at_the_beginning_of_a_paragraph", "type_at_the_edge_of_a_blank",
    "type_over", "delete_words", "delete_some_letters", "add_a_paragraph", "add_an_item", "type_a_break", "type_a_symbol",
    "delete_a_paragraph", "comment", "comment", "foot_or_endnote", "pinyin", "link", "field", "field_of_three_parts", "field_with_words",
    "bookmark", "box", "picture", "equation", "permission", "rich_words", "insert_tracked", "delete_tracked",
    "tracked_end_of_a_paragraph", "delete_a_paragraph_tracked", "add_a_paragraph_tracked", "move_tracked", "looks_changed_tracked",
    "paragraph_changed_tracked", "accept_or_refuse_some", "put_into_a_control", "put_into_something", "fill", "fill", "add_to_a_blank",
    "empty_a_blank", "unwrap_a_blank", "delete_a_blank", "copy_a_blank", "split_a_paragraph", "join_paragraphs", "copy_a_paragraph",
    "move_a_paragraph", "put_into_a_table", "add_a_table", "put_into_a_box", "put_into_a_block_control", "end_a_section",
    "paste_from_another_draft", "lose_bookmarks", "rename_a_bookmark", "save_again", "insert_a_control_tracked",
    "delete_in_an_insertion", "empty_a_control_wholly", "dress_as_a_heading", "type_in_pieces", "link_of_three_parts",
    "put_paragraphs_into_customxml", "add_a_table_in_a_control", "unlink_all", "colour_a_blank",
)  # fmt: skip


# ── what a document holds ──────────────────────────────────────────────────────────────────────────────────────────


def shown(paragraph: Any) -> Iterator[tuple[str, Any]]:
    """The letters of a paragraph that its reader sees, each with where it stands; boxes in it are paragraphs of their
    own."""
    said = {T: None, w("tab"): "\t", w("br"): "\n", w("cr"): "\n", f"{{{M}}}t": None, w("sym"): "§"}
    todo = [paragraph]
    while todo:
        node = todo.pop()
        if node.tag in said:
            yield from ((letter, node) for letter in (node.text or "" if said[node.tag] is None else said[node.tag]))
        elif node is paragraph or node.tag not in (P, w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr")):
            todo += [child for child in reversed(node) if isinstance(child.tag, str)]


def text_of(paragraph: Any) -> str:
    return "".join(letter for letter, _ in shown(paragraph))


def things(data: bytes, typed: list[str], ours: str = "drafter") -> Counter[tuple[str, str]]:
    """What of the writer's a document holds: (kind, which), how often. Words that stand outside of blanks count each
    time, those in blanks once."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    tree = etree.fromstring(parts["word/document.xml"])
    rels = {row.get("Id"): row.get("Target") for row in etree.fromstring(parts[RELS])}
    out: Counter[tuple[str, str]] = Counter()
    texts = [text_of(p) for p in tree.iter(P)]
    said = "\n".join(texts)
    for kind in ("comment", "footnote", "endnote"):
        if f"word/{kind}s.xml" not in parts:
            continue
        called = {n.get(w("id")) for n in tree.iter(w(f"{kind}Reference")) if not any(a.tag == w("del") for a in n.iterancestors())}
        for note in etree.fromstring(parts[f"word/{kind}s.xml"]):
            if note.get(w("id")) in called:
                said += "\n" + words(note)
                if note.get(w("author")) != ours:
                    out[kind, words(note)] += 1
    for word in typed:
        if word in said:
            out["word", word] = 1
    plain = "\n".join(_outside(p) for p in tree.iter(P))
    for word in typed:
        times = plain.count(word)
        if times:
            out["word outside blanks", word] = times
    return out + _marks(tree, rels, ours)


def _outside(paragraph: Any) -> str:
    return "".join(letter if not any(a.tag == SDT and a.find(f"{w('sdtPr')}/{w('placeholder')}") is not None for a in leaf.iterancestors(SDT, P)) else "\x01" for letter, leaf in shown(paragraph))


def _marks(tree: Any, rels: dict[str, str], ours: str) -> Counter[tuple[str, str]]:
    out: Counter[tuple[str, str]] = Counter()
    embed = f"{{{REL}}}embed"
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        name = etree.QName(node).localname
        gone = name in ("instrText", "footnoteReference") and any(a.tag == w("del") for a in node.iterancestors())
        if gone:
            continue
        if embed in node.attrib:
            out["picture", rels.get(node.get(embed), "?")] += 1
        elif node.tag == w("hyperlink"):
            where = node.get(w("anchor")) or rels.get(node.get(f"{{{REL}}}id"), "?")
            out["link", where] += bool(any(text_of(node)) or node.find(f".//{w('del')}") is not None)
        elif node.tag == w("fldSimple"):
            out["field", node.get(w("instr"))] += bool(any(text_of(node)) or node.find(f".//{w('del')}") is not None)
        elif node.tag == w("instrText"):
            out["field", node.text or ""] += 1
        elif node.tag == w("bookmarkStart") and not node.get(w("name")).lower().startswith("dr_"):
            out["bookmark", node.get(w("name"))] += 1
        elif node.tag == f"{{{M}}}oMath":
            out["equation", "".join(node.itertext())] += 1
        elif node.tag == w("ruby"):
            out["pinyin", words(node.find(w("rt")))] += bool(words(node.find(w("rubyBase"))) or any(node.iter(w("delText"))))
        elif node.tag in (w("sym"), w("softHyphen"), w("ptab"), w("sectPr"), w("noBreakHyphen"), w("cr")) or (node.tag == w("br") and node.get(w("type"))):
            out["mark", name + (node.get(w("type")) or "")] += 1
        elif node.tag == w("permStart"):
            out["permission", node.get(w("id"))] += 1
        elif node.tag in (w("smartTag"), w("customXml")):
            out["wrapper", node.get(w("element"))] += 1
        elif node.tag == SDT and (node.find(f"{w('sdtPr')}/{w('tag')}") is not None) and node.find(f"{w('sdtPr')}/{w('tag')}").get(w("val"), "").startswith("foreign"):
            out["control", node.find(f"{w('sdtPr')}/{w('tag')}").get(w("val"))] += bool(any(text_of(node)) or node.find(f".//{w('del')}") is not None)
        elif node.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo")) and node.get(w("author")) != ours:
            if node.getparent().tag == w("rPr"):
                out["tracked end", name] += 1
            else:
                out["tracked", f"{name}:{''.join(n.text or '' for n in node.iter(T, w('delText')))}"] += 1
        elif node.tag == w("pPrChange") and node.get(w("author")) != ours:
            out["tracked", name] += 1
        elif node.tag == w("color") and node.getparent().tag == w("rPr") and node.getparent().getparent().tag == R:
            out["colour", node.get(w("val"))] = 1
    return out


NUMBER = re.compile(r"^第?[一二三四五六七八九十0-9]+[、.，要是]|^（[一二三四五六七八九十]+）")


def clauses(data: bytes, typed: list[str]) -> list[str]:
    """The clauses, out of blanks, in which words were typed, as patterns: blanks may say anything, a number another."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    out = []
    for p in tree.iter(P):
        text = _outside(p)
        for clause in re.split("[。；！？，\n\t§]", text):
            for word in (word for word in typed if word in clause and not re.search("[。；，]", word)):
                rest = clause if clause.startswith(word) else NUMBER.sub("", clause, count=1)
                at = rest.find(word)
                if at < 0:
                    continue  # it begins within what looks like a number
                said = rest[max(0, at - 4) : at + len(word) + 4]
                out.append("".join("[^\n]{0,60}?" if c == "\x01" else re.escape(c) for c in re.sub("\x01+", "\x01", said)))
    return out


def said_by(data: bytes) -> str:
    """All paragraphs of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    return "\n".join(text_of(p) for p in tree.iter(P))


def missing(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> list[str]:
    """What was there and is not there any more, or less often."""
    return [f"{kind}: {which!r} {times}→{after[kind, which]}" for (kind, which), times in sorted(before.items()) if after[kind, which] < times]
