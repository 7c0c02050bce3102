"""What writers do to YAML, told in their words; asked for only where YAML has failed."""

import re
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place
from drafter.outline.source import ODD, Source, flow, full_width, full_width_colon, no_space, odd_blank

#: Mistakes are looked for in so many characters of a line, and so many of them.
_WIDTH, _MOST = 1_000, 20

_KEY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<word>\w[\w-]*)")

#: A value in quotes with words behind the closing one.
_QUOTED_START = re.compile(r"""\s*(?:- +)*(?:["']?\w[\w-]*["']?:\s+)?(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#:]""")

#: Signs that look like a colon, or that people type for one.
_NO_COLON = "∶﹕︰；;=＝"

#: Signs people begin an entry of a list with.
_BULLETS = "•·●○▪■◆★▶→✓√"


def mistakes(source: Source, words: frozenset[str]) -> list[Diagnostic]:
    """The mistakes writers make, where any can be told. Without `words`, the keys the reader knows, every line may begin with
    one."""
    found: list[Diagnostic] = []
    below_bars = _below_bars(source.lines)
    tabs = 0
    for number, text in enumerate(source.lines, 1):
        if len(found) == _MOST:
            break
        text = text[:_WIDTH]
        if number in below_bars:
            told = _tab(source, number, text)
        else:
            told = (
                _twin_of_line(source, number, text, words)
                or _tab(source, number, text)
                or _quoted(source, number, text)
                or _begun(source, number, text)
                or _key(source, number, text, words)
            )
        if told and told.code == "yaml-tab":
            tabs += 1
        if told and (told.code != "yaml-tab" or tabs == 1):
            found.append(told)
    if tabs > 1:
        more = f"一共 {tabs} 行这样。"
        found = [d._replace(message=d.message + more) if d.code == "yaml-tab" else d for d in found]
    return found or _colons_in_texts(source, words, below_bars)


def _tab(source: Source, number: int, text: str) -> Diagnostic | None:
    if "\t" not in text[: len(text) - len(text.lstrip())]:
        return None
    return source.diagnostic("行首用了 Tab。", number, text.index("\t") + 1, 1, "请换成空格（每层两个）。", code="yaml-tab")


def _quoted(source: Source, number: int, text: str) -> Diagnostic | None:
    quoted = _QUOTED_START.match(text)
    if not quoted:
        return None
    said = quoted["quoted"]
    if text[quoted.end("quoted") :].strip() in (",", "，", ";", "；"):
        place = len(text.rstrip())
        return source.diagnostic(f"末尾的“{text.rstrip()[-1]}”多了。", number, place, 1, "去掉它。", code="yaml-syntax")
    return source.diagnostic(
        "以引号开头的值，要到最后才能合上引号。",
        number,
        quoted.start("quoted") + 1,
        len(said),
        f"文中的引号用“”；或者给整个值加上引号：'{said}……'",
        code="yaml-quotes",
    )


def _begun(source: Source, number: int, text: str) -> Diagnostic | None:
    """What is wrong with a line that does not begin with a word."""
    if _KEY.match(text):
        return None
    if re.match(r"\s*-[^\s-]", text):
        return source.diagnostic("“-”后面要有一个空格。", number, text.index("-") + 1, 1, code="yaml-dash")
    if re.match(r"\s*- +[@`%&*!]", text):
        at = len(text) - len(text.lstrip(" -")) + 1
        return source.diagnostic("以这个符号开头的值要加引号。", number, at, 1, "写成 - '……'", code="yaml-quotes-needed")
    at = len(text) - len(text.lstrip())
    sign = text[at : at + 1]
    if sign and sign in _BULLETS:
        told = f"一条的开头用“- ”，不用“{sign}”。"
        return source.diagnostic(told, number, at + 1, 1, f"写成 - {text[at + 1:].strip()[:30]}", code="yaml-dash")
    if text.startswith(("//", "/*", ";"), at):
        told = f"注释要用 # 开头，“{text[at:at + 2]}”不算。"
        return source.diagnostic(told, number, at + 1, 2, f"写成 # {text[at + 2:].strip()[:30]}", code="yaml-syntax")
    return None


def _key(source: Source, number: int, text: str, words: frozenset[str]) -> Diagnostic | None:
    """What is wrong behind the word a line begins with."""
    key = _KEY.match(text)
    if not key:
        return None
    word, after = key["word"], text[key.end() :]
    known = word in words or not words
    at, length = key.start("word") + 1, len(word) + 1
    if after.startswith("：") and (word in words or not after[1:].strip() or (not words and not key["lead"])):
        return source.diagnostic(full_width_colon(word), number, at, length, code="colon-full-width")
    if (word in words or (not words and not key["lead"] and not word.isdigit())) and re.match(r":[^\s/\\]", after):
        return source.diagnostic(no_space(word), number, at, length, code="colon-without-space")
    sign = re.match(rf"\s*([{_NO_COLON}])", after)
    if known and words and sign:
        told = f"“{sign[1]}”不是冒号，改成半角冒号加一个空格，写成“{word}: ”。"
        return source.diagnostic(told, number, key.end() + sign.start(1) + 1, 1, code="yaml-colon")
    if known and words and not after.strip() and not key["lead"].strip(" "):
        return source.diagnostic(f"{word} 后面缺冒号，写成“{word}: ”。", number, at, len(word), code="yaml-colon")
    value = re.match(r"\s*[:：]\s*(?P<said>[@`%&*!|>{\[].*)", after)
    if not known or not value or re.match(r":\s*[|>][-+0-9]*\s*(#.*)?$", after):
        return None
    return _signed(source, number, word, value["said"].rstrip(), key.end() + value.start("said") + 1)


def _signed(source: Source, number: int, word: str, said: str, column: int) -> Diagnostic | None:
    """What is said of a value that begins with a sign of YAML's."""
    if said[0] in "[{" and not said.startswith("{{"):
        return flow(source, number, column)
    if said[0] in "|>":
        told = f"“{said[0]}”后面不能接着写字。"
        return source.diagnostic(told, number, column, 1, f"字从下一行写起，比 {word} 多空两格；或者去掉“{said[0]}”。", code="yaml-bar")
    if word == "when" and said[0] == "!":
        hint = f"写成 when: not {said[1:].strip()[:40]}"
        return source.diagnostic("when 里的“!”要写成 not。", number, column, 1, hint, code="when-syntax")
    whole = "'" + said[:40].replace("'", "''") + "'" if len(said) <= 40 else "'……'"
    return source.diagnostic("以这个符号开头的值要加引号。", number, column, 1, f"写成 {word}: {whole}", code="yaml-quotes-needed")


def _colons_in_texts(source: Source, words: frozenset[str], below_bars: set[int]) -> list[Diagnostic]:
    """A colon and a space in a text without quotation marks, where nothing else is wrong."""
    found: list[Diagnostic] = []
    for number, text in enumerate(source.lines, 1):
        if number in below_bars or len(found) == _MOST:
            continue
        if told := _colon_in_text(source, number, text[:_WIDTH], words):
            found.append(told)
    return found


def _colon_in_text(source: Source, number: int, text: str, words: frozenset[str]) -> Diagnostic | None:
    """A second colon and space in a line; `words` are those its first may stand behind, empty for any."""
    row = re.match(r"\s*(?:- +)*(?P<word>\w[\w-]*):\s+(?P<said>[^\s'\"|>#].*)", text)
    if not row or row["said"].startswith("- ") or (words and row["word"] not in words):
        return None
    said = re.split(r"\s#", row["said"])[0].rstrip()
    colon = re.search(r":(?=\s|$)", said)
    if not colon:
        return None
    word, inside = row["word"], said.replace(": ", "：").removesuffix(":") + ("：" if said.endswith(":") else "")
    hint = f"改成全角冒号：{word}: {inside[:40]}" + ("……" if len(inside) > 40 else "")
    hint += "；或者给整个值加上半角单引号。"
    told = f"{word} 的内容里有半角冒号加空格，会当成又一个“词: 内容”。"
    return source.diagnostic(told, number, row.start("said") + colon.start() + 1, 1, hint, code="yaml-colon")


def _below_bars(lines: list[str]) -> set[int]:
    """The lines (from 1) that are text below a bar, in which every mark is meant."""
    out: set[int] = set()
    indent: int | None = None
    for number, text in enumerate(lines, 1):
        spaces = len(text) - len(text.lstrip(" "))
        if indent is not None and (not text.strip() or spaces > indent):
            out.add(number)
            continue
        bar = re.match(r"( *(?:- +)*)\S.*?:\s+[|>][-+0-9]*\s*(?:#.*)?$", text[:_WIDTH])
        indent = len(bar[1]) if bar else None
    return out


def _twin_of_line(source: Source, number: int, text: str, words: frozenset[str]) -> Diagnostic | None:
    """A full-width mark or an odd blank where a line has its marks: before its word or dash, and right behind them."""
    lead = re.match(rf"[ {ODD}]*?([{ODD}])[ {ODD}]*(?=[-－＃#]|[\w-]+[:：])", text)
    if lead:
        return source.diagnostic(odd_blank(lead[1]), number, lead.start(1) + 1, 1, code="yaml-blank")
    sign = re.match(rf" *(?:- +)*([＃]|－|[—–−](?=[ {ODD}]|\w[\w-]*[:：]))", text)
    if sign:
        return source.diagnostic(full_width(sign[1]), number, sign.start(1) + 1, 1, code="yaml-full-width")
    behind = re.match(rf" *(?:- +)*(?:-(?P<dash>[{ODD}])|(?P<word>\w[\w-]*):(?P<blank>[{ODD}]))", text)
    if behind and (behind["dash"] or not words or behind["word"] in words):
        kind = "dash" if behind["dash"] else "blank"
        return source.diagnostic(odd_blank(behind[kind]), number, behind.start(kind) + 1, 1, code="yaml-blank")
    return None


# ── what YAML itself has found ─────────────────────────────────────────────────────────────────────────────────────

#: YAML's own problems in plain Chinese, by the words they begin with.
_PROBLEMS = (
    ("could not find expected ':'", "这一行缺冒号，或者缩进和上下不一致。"),
    ("mapping values are not allowed", "这一行多了一个冒号，或者缩进不对。"),
    ("found character that cannot start any token", "这一行开头的符号要放在引号里。"),
    ("found unexpected end of stream", "这里的引号一直到文件末尾也没合上。"),
    ("did not find expected key", "缩进和上面不一致，或者上一行的引号没合上。"),
    ("did not find expected '-' indicator", "这一行的缩进和上面不一致。"),
    ("did not find expected alphabetic", "以这个符号开头的值要加引号。"),
    ("did not find expected whitespace", "以这个符号开头的值要加引号。"),
    ("did not find expected comment", "“|”“>”后面不能接着写字；给整个值加上引号，或者字从下一行写起。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里；请另起一行。"),
    ("found unknown escape character", "双引号里的反斜杠读不懂；改用单引号。"),
    ("found a tab character", "行首用了 Tab，请换成空格。"),
)

_INDENTS = ("did not find expected key", "did not find expected '-' indicator", "mapping values are not allowed")


def explained(source: Source, error: Exception, deepest: int) -> Diagnostic:
    """What YAML has found, in words. `deepest`: so many levels there may be."""
    problem = str(getattr(error, "problem", "") or error)
    mark, other = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if other and problem.startswith(("could not find expected ':'", "found unexpected end of stream")):
        mark = other  # where the key or the quotation begins; the problem's own mark is where YAML gave up
        key = _KEY.match(source.lines[mark.line])
        if key and source.lines[mark.line].startswith("：", key.end()):
            word = key["word"]
            return source.diagnostic(
                full_width_colon(word), mark.line + 1, key.start("word") + 1, len(word) + 1, code="colon-full-width"
            )
    mark = mark or other
    if (
        mark is not None and "nesting depth" in problem
    ):  # libyaml gives up at 1,000 levels, before it tells the first of them
        row = source.lines[mark.line]
        if "flow" in str(getattr(error, "context", "")):
            return flow(
                source, mark.line + 1, min(at for at in (row.find("["), row.find("{"), mark.column) if at >= 0) + 1
            )
        hint = "提纲用不着这么多层；请检查行首的“- ”。"
        return source.diagnostic(
            f"这里不用嵌套超过 {deepest} 层的结构。", mark.line + 1, mark.column + 1, 1, hint, code="yaml-not-used"
        )
    told = next((zh for start, zh in _PROBLEMS if problem.startswith(start)), "这一行的写法读不懂。")
    if mark is None:
        return Diagnostic(told, Place(source.file), code="yaml-syntax")
    line = min(mark.line + 1, len(source.lines))
    if problem.startswith("mapping values") and (told_colon := _colon_in_text(source, line, source.lines[line - 1][:_WIDTH], frozenset())):
        return told_colon
    if problem.startswith(_INDENTS) and (indent := _indented(source, line)):
        return indent
    if told.startswith("这一行的缩进") and (above := re.match(r"( *)- +(?=\w[\w-]*:)", source.lines[line - 2] if line > 1 else "")):
        hint = f"要是和上一行的词是一条里的，前面空 {len(above[0])} 格。"
        return source.diagnostic(told, line, mark.column + 1, 1, hint, code="yaml-syntax")
    return source.diagnostic(told, line, mark.column + 1, 1, code="yaml-syntax")


class _Column(NamedTuple):
    """Where lines may begin that belong together: the spaces before them, and the line and word that opened it."""

    spaces: int
    line: int
    word: str


def _indented(source: Source, line: int) -> Diagnostic | None:
    """What is wrong with the spaces before a line: they agree with no line above it; None where they do."""
    row = source.lines[line - 1]
    spaces = len(row) - len(row.lstrip(" "))
    if not re.match(r" *(?:- +)?(?:\w[\w-]*:(?:\s|$)|- )", row):
        return None
    dashed = row.startswith("- ", spaces)
    below_bars = _below_bars(source.lines[: line - 1])
    opened: list[_Column] = []
    for number, text in enumerate(source.lines[: line - 1], 1):
        if number in below_bars or not text.strip() or text.lstrip().startswith("#"):
            continue
        at = len(text) - len(text.lstrip(" "))
        opened = [column for column in opened if column.spaces < at]
        while text.startswith("- ", at):
            opened.append(_Column(at, number, "- "))
            at += 2 + len(text[at + 2 :]) - len(text[at + 2 :].lstrip(" "))
        if key := re.match(r"[\w-]+(?=:(?:\s|$))", text[at:]):
            opened.append(_Column(at, number, key[0]))
    fits = [column for column in opened if (column.word == "- ") is dashed]
    if not fits or any(column.spaces == spaces for column in opened):
        return None
    near = min(fits, key=lambda column: (abs(column.spaces - spaces), -column.spaces))
    called = f"第 {near.line} 行的“- ”" if dashed else f"第 {near.line} 行的 {near.word} "
    told = f"这一行前面空了 {spaces} 格，和上面的哪一行都没有对齐。"
    hint = f"要是和{called}并列，就" + (f"空 {near.spaces} 格。" if near.spaces else "顶格写，前面不空格。")
    return source.diagnostic(told, line, 1, max(1, spaces), hint, code="yaml-indent")
