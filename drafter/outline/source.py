"""A text that is being read, and what is said of its marks: those of an input method where YAML has its own."""

from drafter.diagnostic import ERROR, Diagnostic, Place


class Source:
    """A text and the name it goes by. Line breaks of every kind are "\\n" in `text`."""

    __slots__ = ("_lines", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def diagnostic(
        self,
        message: str,
        line: int,
        column: int = 1,
        length: int = 1,
        hint: str = "",
        level: str = ERROR,
        *,
        code: str,
    ) -> Diagnostic:
        """A problem at a place of this text (line and column count from 1), with the line it stands on."""
        shown = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Diagnostic(message, Place(self.file, line, column), hint, shown, length, level, code=code)


#: Blanks that look like one and are none to YAML, and what writers call them. Those of no width come from web pages.
BLANKS = (
    {"\u3000": "全角空格", "\xa0": "不换行空格"}
    | dict.fromkeys("\u2002\u2003\u2009\u202f", "特殊空格")
    | dict.fromkeys("\u200b\u200c\u200d\u2060", "看不见的字符")
)
ODD = "".join(BLANKS)

#: Marks of an input method for those that mean something at the beginning of a value or of a line.
HALF = {"｜": "|", "＞": ">", "－": "-", "—": "-", "–": "-", "−": "-", "＃": "#", "＂": '"', "＇": "'", "［": "[", "｛": "{"}


def full_width(sign: str) -> str:
    """What is said of a full-width mark where the half-width one is meant."""
    return f"这里的全角“{sign}”不起作用；改成半角“{HALF[sign]}”" + ("，后面加一个空格。" if HALF[sign] in "-#" else "。")


def odd_blank(sign: str) -> str:
    """What is said of a blank that is not a space."""
    return f"这里用了{BLANKS[sign]}（U+{ord(sign):04X}），看起来像半角空格，可是不算；改成半角空格。"


def flow(source: Source, line: int, column: int) -> Diagnostic:
    """What is said of a list or a mapping in brackets that begins here."""
    at = source.diagnostic("", line, column, 1, code="yaml-flow")
    if at.line.startswith("{{", column - 1):
        return at._replace(message="以 {{ 开头的值要加引号；要填的空请写成【名称】。", length=2)
    hint = "一项一行，行首写“- ”；确实要写这个符号，就给整个值加上引号。"
    inside = at.line.partition("#")[0].rstrip()[column:-1] if at.line.partition("#")[0].rstrip().endswith("]") else ""
    entries = [entry.strip(" \"'“”") for entry in inside.replace("，", ",").replace("、", ",").split(",")]
    if 1 < len(entries) <= 12 and all(entries) and not set("[]{}") & set(inside):
        hint = "一项一行：" + "".join(f"\n  - {entry}" for entry in entries)
    return at._replace(message="这里不用花括号 { } 和方括号 [ ]。", hint=hint)


def full_width_colon(word: str) -> str:
    """What is said of `word：`."""
    return f"全角冒号“：”不能跟在 {word} 后面；改成半角冒号加一个空格，写成“{word}: ”。"


def no_space(word: str) -> str:
    """What is said of `word:text`."""
    return f"冒号后面要有一个空格，写成“{word}: ”。"
