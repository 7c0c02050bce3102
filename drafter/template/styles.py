"""A folder of templates/: how each role looks in Word (styles.yaml), the layout (layout.j2), perhaps a letterhead
(base.docx)."""

import unicodedata
from typing import Any, NamedTuple

from drafter.diagnostic import Problems, Rejected
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode, Source, parse

#: What every template must say, and what a layout may use although a template does not say it.
BODY, TITLE, FOOTER, BLANK, SIGNATURE = "正文", "标题", "页脚", "待填", "落款"

#: The colours Word has for highlighting on which black text can be read (ISO/IEC 29500-1, ST_HighlightColor), in RGB.
HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "red": "FF0000",
    "lightGray": "C0C0C0",
}
ALIGNS = ("left", "center", "right", "both")
NUMBERS = ("outside", "center", "none")

#: Word's own limit on a font's name ([MS-OI29500] 2.1.88), and ours on the number of styles.
MAX_FONT_NAME = 31
MAX_STYLES = 200

#: Style ids are ASCII, so that no office program renames them; roles of users' own are spelled by their code points.
_IDS = {
    "正文": "SpeechBody",
    "标题": "SpeechTitle",
    "副标题": "SpeechSubtitle",
    "题注": "SpeechDateline",
    "空行": "SpeechBlankLine",
    "称谓": "SpeechGreeting",
    "开场": "SpeechOpening",
    "致意": "SpeechAppreciation",
    "形势": "SpeechSituation",
    "引语": "SpeechLead",
    "要求": "SpeechRequirement",
    "结语": "SpeechClosing",
    "落款": "SpeechSignature",
    "提纲": "SpeechPoint",
    "待填": "SpeechBlank",
    "页脚": "SpeechFooter",
    **{f"{n}级标题": f"SpeechHeading{i}" for i, n in enumerate("一二三四", 1)},
    **{f"{n}级段首句": f"SpeechRunIn{i}" for i, n in enumerate("一二三四", 1)},
}


class Style(NamedTuple):
    """How a role looks, everything it is `like` already taken over. Lengths are in points, or in 汉字 of its own size.

    In a character style "" and 0 leave a thing as the paragraph has it, and so does `bold` None. `line_pt` is exact; 0
    is single spacing. `spacing_pt` is put between characters. `width_chars` is the 汉字 a line of a title holds, 0
    where its lines are not to be balanced; `indent_chars` is the first line's indent, `right_chars` the space kept free
    on the right. `outline_level` is 1 to 9, 0 for text. `highlight` is of `HIGHLIGHTS` or "".
    """

    role: str
    name: str
    style_id: str
    like: str = ""
    character: bool = False
    font: str = ""
    size_pt: float = 0
    line_pt: float = 0
    indent_chars: float = 0
    right_chars: float = 0
    align: str = ""
    bold: bool | None = None
    keep_next: bool = False
    widow_control: bool = False
    outline_level: int = 0
    before_pt: float = 0
    after_pt: float = 0
    spacing_pt: float = 0
    width_chars: float = 0
    highlight: str = ""


class PageSetup(NamedTuple):
    """The paper, its margins, and where the page number stands: "outside" (odd pages right, even pages left), "center",
    "none". `lines` and `chars` are what a full page holds of the body, 0 where nobody has counted; `pages` is how many
    pages the paper may have, 0 for as many as it takes. The defaults are those of GB/T 9704—2012, 5.1, 5.2 and 7.5."""

    width_mm: float = 210
    height_mm: float = 297
    top_mm: float = 37
    right_mm: float = 26
    bottom_mm: float = 35
    left_mm: float = 28.01  # 28 mm; in Word's twentieths of a point the 版心 is then exactly 156 mm wide
    footer_mm: float = 25
    lines: int = 0
    chars: int = 0
    pages: int = 0
    number: str = "outside"
    number_font: str = "宋体"
    number_size_pt: float = 14


class Template(NamedTuple):
    """A template. `layout` is the text of its layout.j2, `base` the bytes of its base.docx; `fallbacks` tell for a font
    what may stand in for it where it is not installed (never written as the font asked for)."""

    name: str
    page: PageSetup
    styles: tuple[Style, ...]
    layout: str = ""
    layout_file: str = ""
    about: str = ""
    base: bytes | None = None
    fallbacks: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 — read only

    def style(self, role: str) -> Style:
        """The style of a role. Raises KeyError."""
        for style in self.styles:
            if style.role == role:
                return style
        raise KeyError(role)


class StyleSheet(NamedTuple):
    """What a styles.yaml says."""

    page: PageSetup
    styles: tuple[Style, ...]
    about: str
    fallbacks: dict[str, tuple[str, ...]]


#: Key → smallest and largest number, and its unit. Word's longest length is 22 inches: 1,584 points, 558.7 mm.
_STYLE_NUMBERS = {
    "size_pt": (1, 400, "磅"),
    "line_pt": (0, 1584, "磅"),
    "indent_chars": (0, 40, "字"),
    "right_chars": (0, 40, "字"),
    "before_pt": (0, 1584, "磅"),
    "after_pt": (0, 1584, "磅"),
    "spacing_pt": (-20, 100, "磅"),
    "width_chars": (0, 100, "字"),
    "outline_level": (1, 9, "级"),
}
_PAGE_NUMBERS = {
    "width_mm": (50, 558.7, "毫米"),
    "height_mm": (50, 558.7, "毫米"),
    "top_mm": (0, 300, "毫米"),
    "right_mm": (0, 300, "毫米"),
    "bottom_mm": (0, 300, "毫米"),
    "left_mm": (0, 300, "毫米"),
    "footer_mm": (0, 300, "毫米"),
    "lines": (1, 200, "行"),
    "chars": (1, 200, "字"),
    "pages": (1, 20, "页"),
}
_WHOLE = frozenset(("outline_level", "lines", "chars", "pages"))
_FLAGS = frozenset(("bold", "keep_next", "widow_control"))
_CHOICES = {
    "align": tuple(ALIGNS),
    "highlight": tuple(HIGHLIGHTS),
    "kind": ("paragraph", "character"),
    "number": NUMBERS,
}
_STYLE_KEYS = ("like", "name", "kind", "font", *_STYLE_NUMBERS, "align", *sorted(_FLAGS), "highlight")
_PAGE_KEYS = (*_PAGE_NUMBERS, "number")
_TOP_KEYS = ("about", "page", "fonts", "styles")
#: A character style says nothing of paragraphs.
_OF_CHARACTERS = frozenset(("like", "name", "kind", "font", "size_pt", "bold", "spacing_pt", "highlight"))

_YES, _NO = frozenset(("yes", "true", "是")), frozenset(("no", "false", "否"))
#: Names Word gives to its own default styles; a comma would begin an alias.
_WORDS_OWN = frozenset(("normal", "default paragraph font", "table normal", "normal table", "no list"))


def parse_template(name: str, styles: Source, layout: Source, base: bytes | None = None) -> Template:
    """A template from its files. Raises Rejected with every problem of styles.yaml; the layout is read when used."""
    look = parse_styles(styles)
    return Template(name, look.page, look.styles, layout.text, layout.file, look.about, base, look.fallbacks)


def parse_styles(source: Source) -> StyleSheet:
    """What a styles.yaml says. Raises Rejected with every problem in it."""
    reader = _StylesReader(source)
    look = reader.look(parse(source))
    if reader.problems:
        raise Rejected(*sorted(reader.problems, key=lambda d: d.place.line if d.place else 0))
    return look


class _StylesReader:
    """One styles.yaml, being read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems = Problems()
        self.given: dict[str, dict[str, Any]] = {}  # role → what is written for it
        self.keys: dict[str, Scalar] = {}  # role → where its name stands
        self.likes: dict[str, Scalar] = {}
        self.resolved: dict[str, Style] = {}

    def no(self, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(node.diagnostic(message, hint=hint, code="template-styles"))

    def look(self, tree: Node) -> StyleSheet:
        tops = self.mapping(tree, _TOP_KEYS, "styles.yaml")
        page_node = tops.get("page")
        page_said = self.values(page_node, _PAGE_KEYS, "page") if page_node else {}
        fallbacks = self.fonts(tops["fonts"]) if "fonts" in tops else {}
        if "styles" in tops:
            self.styles(tops["styles"])
        elif not self.problems:
            self.problems.append(self.source.diagnostic("没有 styles:，不知道各种段落什么样。", 1, code="template-styles"))
        about = tops.get("about")
        if about is not None and not isinstance(about, Scalar):
            self.no(about, "about 只能是一句话。")
        styles = () if self.problems else self.resolve()
        page = PageSetup(**page_said)
        if not self.problems:
            footer = self.resolved[FOOTER]
            page = page._replace(number_font=footer.font, number_size_pt=footer.size_pt)
            self.fits(page, self.resolved[BODY], page_node, self.keys[BODY])
        return StyleSheet(page, styles, about.text if isinstance(about, Scalar) else "", fallbacks)

    def mapping(self, node: Node, known: tuple[str, ...], where: str) -> dict[str, Node]:
        """The entries of a mapping whose keys are known."""
        if not isinstance(node, MappingNode):
            self.no(node, f"{where} 下面要一行一个“词: 值”。")
            return {}
        out = {}
        for key, value in node.entries:
            if key.text in known:
                out[key.text] = value
            else:
                called = _CALLED.get(key.text, "")
                meant = f"是不是 {called}？" if called in known else _nearest(key.text, known)
                hint = f"{meant}这里能写：{'、'.join(known)}。"
                self.no(key, f"{where} 里不认识“{key.text}”。", hint)
        return out

    def values(self, node: Node, known: tuple[str, ...], where: str) -> dict[str, Any]:
        """The entries of a page or a style, read."""
        out: dict[str, Any] = {}
        for key, value in self.mapping(node, known, where).items():
            if not isinstance(value, Scalar):
                self.no(value, f"{key} 后面只能写一个值。")
                continue
            read = self.value(key, value)
            if read is not None:
                out[key] = read
        return out

    def value(self, key: str, value: Scalar) -> Any:
        """The value of a key, None where it is wrong (and said so)."""
        text = value.text
        limits = _STYLE_NUMBERS.get(key) or _PAGE_NUMBERS.get(key)
        if limits:
            low, high, unit = limits
            number = _number(text)
            if number is None:
                meant = _measured(key, text, unit)
                hint = f"写成 {key}: {meant:g}" if meant is not None else ""
                return self.no(value, f"{key} 要写数字（单位是{unit}，不用写），这里写的是“{text}”。", hint)
            if not low <= number <= high:
                return self.no(value, f"{key} 只能在 {low} 到 {high} {unit}之间，这里写的是 {text}。")
            if key in _WHOLE and number != int(number):
                return self.no(value, f"{key} 要写整数，这里写的是 {text}。")
            if key == "size_pt" and number * 2 != int(number * 2):
                return self.no(value, f"Word 的字号只到半磅，没有 {text} 磅。")
            return int(number) if key in _WHOLE else number
        if key in _FLAGS:
            if text not in _YES | _NO:
                return self.no(value, f"{key} 只能写 yes 或 no，这里写的是“{text}”。")
            return text in _YES
        if key in _CHOICES:
            if text not in _CHOICES[key]:
                return self.no(value, f"{key} 不能写“{text}”。", f"能写：{'、'.join(_CHOICES[key])}。")
            return text
        if not text or not text.isprintable():
            return self.no(value, f"{key} 后面是空的，或者有看不见的字符。")
        if key == "font" and len(text) > MAX_FONT_NAME:
            return self.no(value, f"字体名最多 {MAX_FONT_NAME} 个字符。")
        if key == "name" and (len(text) > 100 or "," in text or ";" in text or text.lower() in _WORDS_OWN):
            return self.no(value, f"Word 里的样式不能叫“{text}”。", "换一个名称，不要带逗号和分号。")
        return text

    def fonts(self, node: Node) -> dict[str, tuple[str, ...]]:
        if not isinstance(node, MappingNode):
            self.no(node, "fonts 下面要一行一个字体，再下面用“- ”列出替身。")
            return {}
        out = {}
        for key, value in node.entries:
            items = value.items if isinstance(value, SequenceNode) else (value,)
            if not all(isinstance(item, Scalar) and 0 < len(item.text) <= MAX_FONT_NAME for item in items):
                self.no(value, f"{key.text} 下面只能用“- ”列出字体名，每个最多 {MAX_FONT_NAME} 个字符。")
                continue
            out[key.text] = tuple(item.text for item in items if isinstance(item, Scalar))
        return out

    def styles(self, node: Node) -> None:
        if not isinstance(node, MappingNode):
            self.no(node, "styles 下面要一行一个样式名，再下面写它的样子。")
            return
        if len(node.entries) > MAX_STYLES:
            self.no(node, f"样式太多，最多 {MAX_STYLES} 个。")
            return
        names: dict[str, str] = {}
        for key, value in node.entries:
            role = key.text
            if not role.isalnum() or len(role) > 20:
                self.no(key, f"“{role}”不能作样式名。", "只用汉字、字母、数字，最多 20 个。")
                continue
            self.keys[role] = key
            self.given[role] = given = self.values(value, _STYLE_KEYS, role)
            character = given.get("kind") == "character"
            for word, said in value.entries if isinstance(value, MappingNode) else ():
                if word.text == "like" and isinstance(said, Scalar):
                    self.likes[role] = said
                if character and word.text in _STYLE_KEYS and word.text not in _OF_CHARACTERS:
                    self.no(word, f"{role} 是字符样式（kind: character），不能写 {word.text}。")
            name = given.setdefault("name", "讲话" + role)
            other = names.setdefault(name.lower(), role)
            if other != role:
                self.no(key, f"{role} 和 {other} 在 Word 里会是同一个名称：{name}。", "给其中一个另写 name。")
        for role in (TITLE, BODY):
            if role not in self.given:
                self.no(node, f"styles 里缺少“{role}”。")
        if BODY in self.likes:
            self.no(self.likes[BODY], f"{BODY} 是别的样式的根本，不能 like。", "把 font、size_pt 等直接写在它下面。")
        elif BODY in self.given:
            for need in ("font", "size_pt", "line_pt"):
                if need not in self.given[BODY] and not self.problems:
                    self.no(self.keys[BODY], f"{BODY} 要写明 {need}。")
        for role in (TITLE, BODY, FOOTER):
            if self.given.get(role, {}).get("kind") == "character":
                self.no(self.keys[role], f"{role} 是段落样式，不能写 kind: character。")
        for role, like in self.likes.items():
            self.like(role, like)

    def like(self, role: str, like: Scalar) -> None:
        """Whether what a role is like is there, of its kind, and does not lead back to it."""
        if like.text not in self.given:
            self.no(like, f"{role} 要 like 的“{like.text}”不在 styles 里。", _nearest(like.text, tuple(self.given)))
            return
        if (self.given[role].get("kind") == "character") != (self.given[like.text].get("kind") == "character"):
            self.no(like, f"{role} 和 {like.text} 一个是段落样式，一个是字符样式，不能 like。")
            return
        way = [role]
        while way[-1] in self.likes and len(way) <= len(self.given):
            way.append(self.likes[way[-1]].text)
            if way[-1] == role and BODY not in way:
                self.no(like, f"like 绕了一圈：{' → '.join(way)}。", "去掉其中一个 like。")
                return

    def resolve(self) -> tuple[Style, ...]:
        """Every style with what it takes over, those every layout may use added where they are missing."""
        added: dict[str, dict[str, Any]] = {
            BLANK: {"kind": "character", "highlight": "yellow"},
            FOOTER: {"font": "宋体", "size_pt": 14, "line_pt": 0},
            **{f"{n}级段首句": {"kind": "character", "bold": True} for n in "一二三四"},
        }
        for role, given in added.items():
            self.given.setdefault(role, {"name": "讲话" + role, **given})
        return tuple(self.style(role) for role in self.given)

    def style(self, role: str) -> Style:
        if role in self.resolved:
            return self.resolved[role]
        given = dict(self.given[role])
        character = given.pop("kind", "") == "character"
        like = given.get("like", "")
        taken: dict[str, Any] = {}
        if like:
            taken = self.style(like)._asdict()
        elif not character and role != BODY:
            body = self.style(BODY)
            taken = {"font": body.font, "size_pt": body.size_pt, "line_pt": body.line_pt}
        own = {"role": role, "style_id": _style_id(role), "character": character, "like": "", **given}
        self.resolved[role] = style = Style(**{**taken, **own})
        return style

    def fits(self, page: PageSetup, body: Style, node: Node | None, body_key: Scalar) -> None:
        """Whether the page has room for its text, and the lines and characters it claims to hold. Counted in Word's own
        unit, a twentieth of a point: 22 lines of 29 points are 4 of them too many."""
        width, height = text_area(page)
        at = node if node is not None else body_key
        if width < 20 * 72 or height < 20 * 72:
            self.no(at, "页边距太大，放字的地方不到一英寸。")
            return
        need = page.lines * twips(body.line_pt)
        if need > height:
            said = f"{page.lines} 行、每行 {body.line_pt:g} 磅要 {need / 20:g} 磅高，版心只有 {height / 20:g} 磅。"
            self.no(at, said, f"{BODY} 的 line_pt 最大 {height // page.lines / 20:g}。")
        need = page.chars * (twips(body.size_pt) + twips(body.spacing_pt))
        if need > width:
            said = f"一行 {page.chars} 字要 {need / 20:g} 磅宽，版心只有 {width / 20:g} 磅。"
            self.no(at, said, f"{BODY} 的 spacing_pt 最大 {(width // page.chars - twips(body.size_pt)) / 20:g}。")


def twips(points: float) -> int:
    """Points in Word's unit, a twentieth of a point."""
    return round(points * 20)


def twips_of_mm(mm: float) -> int:
    """Millimetres in Word's unit, a twentieth of a point."""
    return round(mm * 1440 / 25.4)


def text_area(page: PageSetup) -> tuple[int, int]:
    """Width and height of the 版心, in twentieths of a point."""
    width = twips_of_mm(page.width_mm) - twips_of_mm(page.left_mm) - twips_of_mm(page.right_mm)
    return width, twips_of_mm(page.height_mm) - twips_of_mm(page.top_mm) - twips_of_mm(page.bottom_mm)


def _number(text: str) -> float | None:
    """The number of plain digits, None for anything else `float` would take: nan, 1e3, 1_0, full-width digits."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return float(text) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


#: The sizes by their names, in points. Source: GB/T 9704—2012 counts in them; the points are Word's.
_SIZES = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14, "小四": 12, "五号": 10.5,
    "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip

#: How units are written.
_UNITS = {"磅": ("磅", "pt", "pts", "点"), "毫米": ("毫米", "mm"), "字": ("字", "字符", "个字", "个字符", "char", "chars"), "行": ("行",), "页": ("页",), "级": ("级",)}


def _measured(key: str, text: str, unit: str) -> float | None:
    """The number meant by a value with its unit, 28磅, by the name of a size, 三号, or by full-width digits; None where
    nobody can tell."""
    said = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    if key == "size_pt" and said.replace("號", "号") in _SIZES:
        return _SIZES[said.replace("號", "号")]
    if unit == "毫米" and said.endswith(("厘米", "cm")):
        number = _number(said.removesuffix("厘米").removesuffix("cm"))
        return None if number is None else round(number * 10, 2)
    for word in sorted(_UNITS.get(unit, ()), key=len, reverse=True):
        if said.endswith(word):
            return _number(said.removesuffix(word))
    return _number(said)


#: What people call a key otherwise.
_CALLED = {
    "字号": "size_pt", "大小": "size_pt", "size": "size_pt", "font_size": "size_pt", "字体": "font", "行距": "line_pt", "line": "line_pt", "加粗": "bold",
    "对齐": "align", "缩进": "indent_chars", "首行缩进": "indent_chars", "indent": "indent_chars", "段前": "before_pt", "段后": "after_pt",
    "上边距": "top_mm", "下边距": "bottom_mm", "左边距": "left_mm", "右边距": "right_mm", "top": "top_mm", "bottom": "bottom_mm", "left": "left_mm",
    "right": "right_mm", "页码": "number", "每页行数": "lines", "每行字数": "chars", "页面": "page", "样式": "styles", "说明": "about",
}  # fmt: skip


def _style_id(role: str) -> str:
    return _IDS.get(role) or "Speech" + "".join(f"{ord(c):04X}" for c in role)


def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(word, known, 1)
    return f"是不是 {found[0]}？" if found else ""
