"""Word's automatic numbers as text: what stands in front of a numbered paragraph, though nobody typed it
(ISO/IEC 29500-1, 17.9)."""

from typing import NamedTuple

from drafter.chinese.numerals import digits_said, numeral
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, Shape, number_of
from drafter.word.oxml import Element, w

_VAL = w("val")

#: Levels a list has, and how long the text of one may be; Word's own are a few characters.
_LEVELS = 9
_MAX_TEXT = 100

#: Largest number still spelled out; Word goes to 32,767.
_MAX_NUMBER = 99_999

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = (
    str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"),
    str.maketrans("零一二三四五六七八九十百千万", "零壹貳參肆伍陸柒捌玖拾佰仟萬"),
)
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")
)  # fmt: skip

#: Bullets in the private places of Symbol and Wingdings, as the marks they show.
_BULLETS = {
    0xF0B7: "●", 0xF06C: "●", 0xF09F: "•", 0xF06E: "■", 0xF0A7: "■", 0xF0A8: "□", 0xF06F: "□", 0xF071: "□",
    0xF075: "◆", 0xF076: "❖", 0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "√", 0xF0A1: "○", 0xF0B2: "☆", 0xF0AB: "★",
    0xF02D: "—", 0xF0AE: "→",
}  # fmt: skip


class _Level(NamedTuple):
    """A w:lvl. `restart` is the level (from 1) whose use starts it anew, None for any above, 0 for none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    gap: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str = ""


class _List(NamedTuple):
    """A w:num: the definition it counts with, and what it says otherwise."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbers:
    """The numbers of one document. Ask for them in the order of its paragraphs: asking is counting."""

    def __init__(self, file: DocxFile, looks: Looks) -> None:
        part = file.target(file.main, "numbering")
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for element in file.tree(part) if part else ():
            if element.tag == w("abstractNum"):
                own = element.get(w("abstractNumId"), "")
                self._definitions.setdefault(own, {})
                for level in element.iterfind(w("lvl")):
                    depth = number_of(level.get(w("ilvl")))
                    if depth is not None and 0 <= depth < _LEVELS:
                        self._definitions[own][depth] = _level(level)
                link = element.find(w("numStyleLink"))
                if link is not None:
                    links[own] = link.get(_VAL, "")
            elif element.tag == w("num"):
                self._lists.setdefault(element.get(w("numId"), ""), _list(element))
        for own, style_id in links.items():
            self._link(own, style_id, looks)

    def _link(self, own: str, style_id: str, looks: Looks) -> None:
        """A definition that is another's, by way of a numbering style."""
        style = looks.styles.get(style_id)
        said = style.shape.find(f"{w('numPr')}/{w('numId')}") if style and style.shape is not None else None
        there = self._lists.get(said.get(_VAL, "")) if said is not None else None
        if there and not self._definitions[own]:
            self._definitions[own] = self._definitions.get(there.definition, {})

    def _levels(self, of: _List) -> dict[int, _Level]:
        return {**self._definitions.get(of.definition, {}), **of.levels}

    def depth(self, shape: Shape) -> int:
        """The level of its list a paragraph is numbered on, from 0."""
        of = self._lists.get(shape.number)
        if of is None or not shape.number_style:
            return shape.depth
        # The level a style is numbered with is the one that names it.
        return next((d for d, level in self._levels(of).items() if level.style == shape.number_style), shape.depth)

    def label(self, shape: Shape) -> str:
        """What stands in front of the next paragraph of this shape, with the space behind it; "" for no number."""
        of = self._lists.get(shape.number)
        if of is None:
            return ""
        levels = self._levels(of)
        depth = self.depth(shape)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(of.definition, {})
        if depth in of.starts and (shape.number, depth) not in self._started:
            self._started.add((shape.number, depth))
            counts[depth] = of.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in range(depth + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                counts.pop(deeper, None)
        if level.format == "bullet":
            return _bullet(level.text)
        text = _said(level, levels, counts)
        spaced = bool(text) and (level.gap == "space" or level.gap == "tab") and (text[-1].isalnum() or text[-1] == "_")
        return text + " " if spaced else text


def _level(element: Element) -> _Level:
    def value(name: str) -> str | None:
        found = element.find(w(name))
        return found.get(_VAL, "") if found is not None else None

    start, restart = number_of(value("start")), number_of(value("lvlRestart"))
    legal = element.find(w("isLgl"))
    return _Level(
        start if start is not None else 1,
        value("numFmt") or "decimal",
        (value("lvlText") or "")[:_MAX_TEXT],
        value("suff") or "tab",
        legal is not None and legal.get(_VAL, "1") not in ("0", "false", "off"),
        restart,
        value("pStyle") or "",
    )


def _list(element: Element) -> _List:
    definition = element.find(w("abstractNumId"))
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for change in element.iterfind(w("lvlOverride")):
        depth = number_of(change.get(w("ilvl")))
        if depth is None or not 0 <= depth < _LEVELS:
            continue
        level, start = change.find(w("lvl")), change.find(w("startOverride"))
        if level is not None:
            levels[depth] = _level(level)
        first = number_of(start.get(_VAL)) if start is not None else None
        if first is not None:
            starts[depth] = first
    return _List(definition.get(_VAL, "") if definition is not None else "", levels, starts)


def _said(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    """The text of a level with its %1 … %9 filled in."""
    out, text = "", level.text
    while "%" in text:
        before, _, text = text.partition("%")
        out += before
        if not text[:1].isascii() or not text[:1].isdigit() or text[0] == "0":
            out += "%"
            continue
        other = int(text[0]) - 1
        text = text[1:]
        shown = levels.get(other, _Level())
        n = counts.get(other, shown.start)
        out += number_as(n, "decimal" if level.legal and shown.format != "decimalZero" else shown.format)
    return out + text


def _bullet(text: str) -> str:
    """The mark a list has, as text; —— where it cannot be told."""
    mark = text.strip()[:1]
    if not mark:
        return "——" if text else ""
    if mark == "o" and len(text.strip()) == 1:
        return "○"  # Word's second bullet: the letter, in Courier New
    if 0xE000 <= ord(mark) <= 0xF8FF:
        return _BULLETS.get(ord(mark), "——")
    return text.strip()


def number_as(n: int, form: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); one that is not known is said in digits."""
    if form == "none":
        return ""
    if not 0 <= n <= _MAX_NUMBER:
        return str(n)
    if form in ("chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand", "koreanCounting"):
        return numeral(n)
    if form in ("chineseCounting", "taiwaneseCounting"):
        return numeral(n).replace("零", "○") if n < 100 else digits_said(str(n)).replace("〇", "○")
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"):
        return digits_said(str(n)).replace("〇", "○" if form == "taiwaneseDigital" else "〇")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        said = numeral(n)
        said = "一" + said if said.startswith("十") else said
        return said.translate(_LEGAL[form != "chineseLegalSimplified"])
    if form in ("ideographTraditional", "ideographZodiac"):
        row = _STEMS if form == "ideographTraditional" else _BRANCHES
        return row[n - 1] if 1 <= n <= len(row) else str(n)
    if form == "ideographZodiacTraditional":
        return _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n else "0"
    enclosed = {
        "decimalEnclosedCircle": ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)),
        "decimalEnclosedCircleChinese": ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)),
        "decimalEnclosedParen": ((1, 20, 0x2474),),
        "decimalEnclosedFullstop": ((1, 20, 0x2488),),
        "ideographEnclosedCircle": ((1, 10, 0x3280),),
    }.get(form)
    if enclosed:
        return next((chr(first + n - low) for low, high, first in enclosed if low <= n <= high), str(n))
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(c) + 0xFEE0) for c in str(n))
    if form == "decimalZero":
        return f"{n:02d}"
    if form == "numberInDash":
        return f"- {n} -"
    if form in ("upperLetter", "lowerLetter"):
        text = chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 30) if n else "0"
        return text if form == "upperLetter" else text.lower()
    if form in ("upperRoman", "lowerRoman"):
        text = _roman(n)
        return text if form == "upperRoman" else text.lower()
    if form == "ordinal":
        end = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        return f"{n}{end}"
    return str(n)


def _roman(n: int) -> str:
    if not 0 < n < 10_000:
        return str(n)
    out = ""
    for value, letters in _ROMAN:
        out += letters * (n // value)
        n %= value
    return out
