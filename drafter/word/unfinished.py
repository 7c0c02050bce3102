"""What keeps a Word document from being the final one: blanks nobody filled, highlights, comments, tracked changes,
each with where it stands and the words."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place
from drafter.speech.spot import Spot
from drafter.word.confirm import OpenMark, ground_of, open_marks
from drafter.word.copies import Doubt
from drafter.word.document import DocxFile
from drafter.word.leaks import LEAKS, Leaks
from drafter.word.leaves import Leaf, is_twin, own, said
from drafter.word.markup import MARKED, MARKED_ALONE, RELATIONSHIP
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, R, T, full_name, local_name, parent_name, value_of, w
from drafter.word.where import NOTES, SHEETS, WHICH, Finder

#: The kinds of problems, in the order they are told; the last are told and do not stand in the way.
KINDS = ("blank", "confirm", "repeated", "revision", "comment", "highlight", "error", *LEAKS)

#: Characters of the words that are quoted, and of those around a blank.
_QUOTED, _AROUND = 40, 6

_VAL, _ID, _AUTHOR = w("val"), w("id"), w("author")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BLANK = re.compile(r"【[^【】\n]*】")

#: What Word itself writes into a control nobody has filled, in Chinese and English.
_WORDS_OF_WORD = re.compile(
    r"(?:单击|点击)(?:或点击|或单击)?此处(?:输入|添加|选择).{0,8}[。.]?|(?:单击|点击)(?:或点击)?(?:以|可)?输入日期[。.]?|选择(?:一项|.{0,6}块)[。.]?|"
    r"(?:Click|Click or tap) (?:here )?to enter (?:text|a date)\.|Choose an? (?:item|building block)\."
)

#: Tracked changes by what they do. Words moved are deleted in one place and inserted in another.
INSERTED = frozenset((w("ins"), w("moveTo"), _W14 + "conflictIns"))
DELETED = frozenset((w("del"), w("moveFrom"), _W14 + "conflictDel"))
CHANGED = frozenset(
    w(n)
    for n in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "numberingChange",
    )
)
CELLS = frozenset((w("cellIns"), w("cellDel"), w("cellMerge")))
REVISIONS = INSERTED | DELETED | CHANGED | CELLS

_DOES = {
    "ins": "插入", "moveTo": "移来", "conflictIns": "插入", "del": "删除", "moveFrom": "移走", "conflictDel": "删除",
    "cellIns": "插入单元格", "cellDel": "删除单元格", "cellMerge": "合并单元格", "sectPrChange": "改页面设置", "tblPrChange": "改表格格式",
    "tblPrExChange": "改表格格式", "tblGridChange": "改表格格式", "trPrChange": "改表格格式", "tcPrChange": "改表格格式",
}  # fmt: skip



class Problem(NamedTuple):
    """One thing left. `kind` is of `KINDS`; `place` says where it stands, `where` the same in words; `page` and `paragraph` are
    those of the place, 0 where it has none. `words` are those it stands on, `note` what more there is to say (插入; a comment's
    text; what the proof-reader has to say; where a link leads), `who` its author, "" where nobody says; `remedy` what to do about
    it."""

    kind: str
    where: str
    page: int
    paragraph: int
    words: str
    note: str = ""
    who: str = ""
    remedy: str = ""
    place: Spot = Spot()


def problem(kind: str, place: Spot, note: str = "", who: str = "") -> Problem:
    """A problem on the words of a place."""
    return Problem(kind, str(place), place.page, place.paragraph, place.words, note, who, place=place)


class Story(NamedTuple):
    """A part with text of its own. `name` is "" for the body."""

    part: str
    root: Element
    name: str


def stories(file: DocxFile) -> Iterator[Story]:
    """The body, then the headers and footers in use, then the notes. Raises Rejected for a text that is in another file
    still."""
    root = file.tree(file.main)
    if next(root.iter(w("altChunk")), None) is not None:
        raise file.no("文中插入了别的文件，还没有合并进来，看不到里面有什么。", "请在 Word 里打开，保存一次，再定稿。")
    yield Story(file.main, root, "")
    used: dict[str, str] = {}
    for reference in root.iter(w("headerReference"), w("footerReference")):
        used.setdefault(reference.get(f"{{{RELATIONSHIP}}}id", ""), WHICH.get(reference.get(w("type"), ""), ""))
    seen = {file.main}
    for relation in file.relations(file.main):
        kind = relation.kind.rpartition("/")[2]
        if relation.external or relation.target not in file or relation.target in seen:
            continue
        if kind in SHEETS and relation.id in used:
            seen.add(relation.target)
            yield Story(relation.target, file.tree(relation.target), used[relation.id] + SHEETS[kind])
        elif kind in NOTES:
            seen.add(relation.target)
            yield Story(relation.target, file.tree(relation.target), NOTES[kind])


def problems(file: DocxFile, names: Collection[str] = ()) -> tuple[Problem, ...]:
    """Everything left, by kind, and of a kind in the order it stands. `names` are those of its authors."""
    looks = Highlights(file)
    still = open_marks(file)
    marks = _Marks(_prompts(file), looks, _comments(file), Leaks(file, names), {mark.comment: mark for mark in still})
    finder = Finder(file)
    found: list[Problem] = []
    for story in stories(file):
        found += _StoryReader(story, finder, marks).problems()
    for kind, name in (("styles", "样式表"), ("numbering", "编号")):
        part = file.target(file.main, kind)
        changed = {_holder(node): node.get(_AUTHOR, "") for node in file.tree(part).iter(*REVISIONS)} if part else {}
        found += [problem("revision", Spot(words, of=name), "改格式", who) for words, who in changed.items()]
    return tuple(sorted(found, key=lambda problem: KINDS.index(problem.kind)))


def said_of(doubt: Doubt) -> str:
    """What there is to say of words that stand several times."""
    if doubt.lost:
        return "这里换行的位置丢了，像是 LibreOffice 7.4 保存时丢的"
    return f"重复了 {doubt.times} 遍，像是 LibreOffice 7.4 保存时留下的"


def repeated(file: DocxFile) -> list[Diagnostic]:
    """The same, told of each place."""
    finder = Finder(file)
    out = []
    for doubt in (doubt for doubts in file.doubts.values() for doubt in doubts):
        place = finder.at(doubt.paragraph, 0, quoted(doubt.words))
        told = f"{place}“{place.words}”{said_of(doubt)}，没有替您改。"
        hint = "请在 Word 里改成一遍；以后用 LibreOffice 24.2 以上的版本存，或者写稿时加 --plain。"
        out.append(Diagnostic(told, Place(file.name), hint, level=WARNING, code="text-repeated"))
    return out


def _holder(node: Element) -> str:
    """The name of the style a change stands in."""
    style = next(node.iterancestors(w("style")), None)
    name = style.find(w("name")) if style is not None else None
    return name.get(_VAL, "") if name is not None else ""


def _prompts(file: DocxFile) -> dict[str, str]:
    """What empty controls show, by the name of the building block."""
    part = file.target(file.main, "glossaryDocument")
    out = {}
    for block in file.tree(part).iter(w("docPart")) if part else ():
        name = block.find(f"{w('docPartPr')}/{w('name')}")
        if name is not None:
            out[name.get(_VAL, "")] = "".join(t.text or "" for t in block.iter(T)).strip()
    return out


def _comments(file: DocxFile) -> dict[str, tuple[str, str]]:
    """Who says what, by the number of the comment."""
    part = file.target(file.main, "comments")
    return {
        c.get(_ID, ""): (c.get(_AUTHOR, ""), "".join(t.text or "" for t in c.iter(T)))
        for c in (file.tree(part).iterfind(w("comment")) if part else ())
    }


class _Marks(NamedTuple):
    """What the readers of all stories know."""

    prompts: Mapping[str, str]
    looks: "Highlights"
    comments: Mapping[str, tuple[str, str]]
    leaks: Leaks
    confirm: Mapping[str, OpenMark]


class Highlights:
    """Which words are marked with a colour: by w:highlight, a yellow ground, or a style whose ground is yellow or that
    is for blanks (its ground may have any colour)."""

    def __init__(self, file: DocxFile) -> None:
        part = file.target(file.main, "styles")
        self.styles = {s.get(w("styleId"), ""): s for s in file.tree(part).iterfind(w("style"))} if part else {}
        self._known: dict[str, bool] = {}

    def styled(self, style_id: str) -> bool:
        """Whether a style marks the words that have it."""
        if style_id not in self._known:
            self._known[style_id] = False  # also the way out of a circle
            style = self.styles.get(style_id)
            if style is not None:
                above = style.find(w("basedOn"))
                here = [ground(style.find(w(n)), for_blanks(style)) for n in ("rPr", "pPr")]
                inherited = above is not None and self.styled(above.get(_VAL, ""))
                self._known[style_id] = True in here or (inherited and False not in here)
        return self._known[style_id]

    def paragraph(self, element: Element) -> bool:
        """Whether a whole paragraph is marked."""
        properties = element.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        direct = ground(properties)
        return direct if direct is not None else style is not None and self.styled(style.get(_VAL, ""))

    def run(self, run: Element) -> bool | None:
        """Whether a run is marked; None where it says nothing of itself."""
        properties = run.find(w("rPr"))
        if properties is None:
            return None
        direct = ground(properties)
        style = properties.find(w("rStyle"))
        return (
            direct if direct is not None else True if style is not None and self.styled(style.get(_VAL, "")) else None
        )


def for_blanks(style: Element) -> bool:
    """Whether a style is drafter's for blanks."""
    name = style.find(w("name"))
    return name is not None and name.get(_VAL, "").endswith("待填")


def ground(properties: Element | None, any_colour: bool = False) -> bool | None:
    """Whether properties mark what has them; None where they say nothing."""
    if properties is None:
        return None
    marker, shade = properties.find(w("highlight")), properties.find(w("shd"))
    if marker is not None and marker.get(_VAL, "none") != "none":
        return True
    if shade is not None and is_yellow(shade, any_colour):
        return True
    return None if marker is None and shade is None else False


def is_yellow(shade: Element, any_colour: bool = False) -> bool:
    """Whether a w:shd is yellow: as red and green as can be, and with little blue."""
    colour = shade.get(w("color" if shade.get(_VAL) == "solid" else "fill"), "auto")
    if colour == "auto" or not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return any_colour or (red >= 0xF0 and green >= 0xE0 and blue <= 0x99)


def is_prompting(control: Element, prompts: Mapping[str, str]) -> bool:
    """Whether a control shows its placeholder instead of an answer, whatever it says of itself."""
    properties, content = control.find(w("sdtPr")), control.find(CONTENT)
    if properties is None or content is None:
        return False
    if _on(properties.find(w("showingPlcHdr"))):
        return True
    block = properties.find(f"{w('placeholder')}/{w('docPart')}")
    prompt = prompts.get(block.get(_VAL, ""), "") if block is not None else ""
    words = ""
    for leaf in content.iter(T):
        words += leaf.text or ""
        if len(words) > len(prompt) + _QUOTED:
            return False
    words = words.strip()
    return bool(words) and (words == prompt or _WORDS_OF_WORD.fullmatch(words) is not None)


def _on(switch: Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off")


class _StoryReader:
    """One story, read."""

    def __init__(self, story: Story, finder: Finder, marks: _Marks) -> None:
        self.story = story
        self.finder = finder
        self.marks = marks
        self.opened: dict[str, tuple[_Text, int]] = {}  # comments whose beginning has been seen
        self.texts: dict[Element, _Text] = {}

    def problems(self) -> Iterator[Problem]:
        root = self.story.root
        controls = [c for c in root.iter(SDT) if is_prompting(c, self.marks.prompts)]
        prompting = set(controls)
        for element in root.iter(P):
            if not _twin_around(element):
                text = self.texts[element] = _Text(element, prompting)
                yield from self._blanks(text)
                yield from self._comments(text)
                yield from self._highlights(text)
                for leak in self.marks.leaks.of_text(element, text.leaves):
                    yield self._problem(leak.kind, text, leak.at, leak.words, leak.note)
        for control in controls:
            yield from self._silent(control)
        yield from self._revisions()
        yield from self._repeated()
        for element, leak in self.marks.leaks.of_story(self.story.part, root):
            if element in self.texts:
                yield self._problem(leak.kind, self.texts[element], leak.at, leak.words, leak.note)

    # ── where ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _problem(self, kind: str, text: "_Text", offset: int, words: str, note: str = "", who: str = "") -> Problem:
        return problem(kind, self.finder.at(text.element, offset, quoted(words)), quoted(note), who)

    # ── what ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _blanks(self, text: "_Text") -> Iterator[Problem]:
        bounds = [0, *(at for span in text.blanks for at in span), len(text.words)]
        for number, (start, end) in enumerate(text.blanks):
            low, high = max(bounds[2 * number], start - _AROUND), min(bounds[2 * number + 3], end + _AROUND)
            yield self._problem("blank", text, start, text.words[low:high].replace("\n", ""))

    def _silent(self, control: Element) -> Iterator[Problem]:
        """A control that shows its placeholder, where that has no words."""
        if any(t.text for t in control.iter(T)) or any(
            above.tag in DELETED or is_twin(above) for above in control.iterancestors()
        ):
            return
        properties = control.find(w("sdtPr"))
        names = [value_of(properties, name) for name in ("alias", "tag")]
        near = next(control.iterancestors(P), None)
        near = next(control.iter(P), None) if near is None else near
        if near in self.texts:
            yield self._problem("blank", self.texts[near], 0, next(filter(None, names), "空的填空控件"))

    def _repeated(self) -> Iterator[Problem]:
        """What an office program has written several times over, as far as it could not be undone."""
        for doubt in self.marks.leaks.file.doubts.get(self.story.part, ()):
            if doubt.paragraph in self.texts:
                yield self._problem("repeated", self.texts[doubt.paragraph], 0, doubt.words, said_of(doubt))

    def _comments(self, text: "_Text") -> Iterator[Problem]:
        for node, at in text.marks:
            number = node.get(_ID, "")
            if number not in self.marks.comments:
                continue
            if node.tag == w("commentRangeStart"):
                self.opened.setdefault(number, (text, at))
            elif node.tag == w("commentReference"):
                who, note = self.marks.comments[number]
                first, start = self.opened.get(number, (text, 0))
                words = first.words[start : at if first is text else None]
                if number in self.marks.confirm:
                    yield self._problem("confirm", first, start, words, self.marks.confirm[number].note)
                    continue
                yield self._problem("comment", first, start, words, note, who)

    def _highlights(self, text: "_Text") -> Iterator[Problem]:
        """Neighbours that are marked are one; what is a blank is no highlight as well."""
        whole = None
        start = end = -1
        for leaf in text.leaves:
            marked = self.marks.looks.run(leaf.run) if leaf.run is not None else None
            if marked is None:
                whole = self.marks.looks.paragraph(text.element) if whole is None else whole
                marked = whole
            stop = leaf.start + len(leaf.text)
            if not marked or text.is_blank(leaf.start, stop):
                continue
            own = ground_of(leaf.run) if leaf.run is not None else ""
            if own == MARKED and self.marks.confirm:
                continue  # told by its comment
            if own == MARKED_ALONE:
                yield self._problem("confirm", text, leaf.start, leaf.text)
                continue
            if leaf.start != end:
                if start >= 0:
                    yield self._problem("highlight", text, start, text.words[start:end])
                start = leaf.start
            end = stop
        if start >= 0:
            yield self._problem("highlight", text, start, text.words[start:end])

    def _revisions(self) -> Iterator[Problem]:
        """Tracked changes; several of one kind by one writer in a paragraph, one after the other, are one."""
        last: tuple[_Text, str, str] | None = None
        start, words = 0, ""
        for node in self.story.root.iter(*REVISIONS):
            held = self._held(node)
            if held is None:
                continue
            text, does = held
            who = node.get(_AUTHOR, "")
            at, more = text.starts.get(node, 0), _changed_words(node, text)
            if last and (last[0], last[1], last[2]) == (text, does, who):
                words += more if does != "改格式" or more not in words else ""
                continue
            if last:
                yield self._problem("revision", last[0], start, words, last[1], last[2])
            last, start, words = (text, does, who), at, more
        if last:
            yield self._problem("revision", last[0], start, words, last[1], last[2])

    def _held(self, node: Element) -> "tuple[_Text, str] | None":
        """The paragraph a change belongs to and what it does; None where it is part of another."""
        parent = node.getparent()
        name = local_name(node)
        does = _DOES.get(name, "改格式")
        near = None
        for above in node.iterancestors():
            if above.tag in (INSERTED | DELETED) or is_twin(above):
                return None
            if above.tag in (P, TBL, w("tr"), w("tc")) and near is None:
                near = above
        if parent is not None and parent.tag == w("trPr"):
            does += "表格行" if name in ("ins", "del") else ""
        if parent is not None and parent.tag == w("rPr") and name in ("ins", "del", "moveFrom", "moveTo"):
            does += "段落标记"
        if near is None:
            near = node
        inner = near if near.tag == P else next(near.iter(P), None)
        if inner is None:
            inner = next(reversed(self.texts), None)
        return (self.texts[inner], does) if inner in self.texts else None


def _changed_words(node: Element, text: "_Text") -> str:
    """The words a change is about."""
    if node.tag in INSERTED | DELETED and (len(node) or parent_name(node) == P):
        return "".join(t.text or "" for t in node.iter(T, w("delText")))
    run = next(node.iterancestors(R), None)
    if run is not None:
        return "".join(t.text or "" for t in run.iter(T, w("delText")))
    return text.words


class _Text:
    """A paragraph's own words, changes accepted, and what stands at which of them. Controls in `prompting` show their
    placeholder."""

    def __init__(self, element: Element, prompting: set[Element]) -> None:
        self.element = element
        self.leaves: list[Leaf] = []
        self.marks: list[tuple[Element, int]] = []
        self.starts: dict[Element, int] = {}
        at = 0
        whole = bool(prompting) and any(above in prompting for above in element.iterancestors(SDT))
        spans: list[tuple[int, int]] = []
        prompts: dict[Element, int] = {}
        for node, gone in own(element):
            tag = node.tag
            if tag in (w("commentRangeStart"), w("commentReference")):
                self.marks.append((node, at))
            elif tag in REVISIONS:
                self.starts[node] = at
            elif (
                tag == SDT
                and node in prompting
                and not gone
                and not any(above in prompts for above in node.iterancestors(SDT))
            ):
                prompts[node] = at
            text = "" if gone else said(node)
            if text:
                parent = node.getparent()
                self.leaves.append(Leaf(at, text, node, parent if full_name(parent) == R else None))
                at += len(text)
        self.words = "".join(leaf.text for leaf in self.leaves)
        for control, start in prompts.items():
            length = sum(len(said(node)) for node, gone in own(control) if not gone)
            spans.append((start, start + length))
        if whole and at:
            spans.append((0, at))
        spans += [found.span() for found in _BLANK.finditer(self.words)]
        self.blanks = _merged(span for span in spans if span[0] < span[1])

    def is_blank(self, start: int, end: int) -> bool:
        """Whether a stretch of it is nothing but a blank."""
        return any(low <= start and end <= high for low, high in self.blanks)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one, in order."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _twin_around(element: Element) -> bool:
    return any(is_twin(above) for above in element.iterancestors())


def quoted(text: str) -> str:
    """The words as they are quoted: on one line, and not longer than anybody needs to find them."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"
