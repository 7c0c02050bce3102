"""Blanks: the 【…】 in a text, found and told apart from the words around them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from drafter.diagnostic import ERROR, WARNING, Diagnostic, Rejected
from drafter.outline.expression import Expression, Malformed, read
from drafter.outline.yaml import Scalar, Source

#: 【【 is a 【 that is meant; 【…】 is a blank; a lone 【 is a mistake.
_BLANK = re.compile("【【|【([^【】\n]*)】|【")

#: What a mark begins with, and what stands before its note. Their ASCII twins do as well.
TO_CONFIRM = "核实"
_CONFIRM = re.compile(r"\s*核实\s*[：:]([^|｜]*)(?:[|｜](.*))?")

#: A mark with a blank in it, which is no mark: the 【 of the blank would be taken for its end.
_AROUND_A_BLANK = re.compile(r"【\s*核实\s*[：:][^】\n]*【")


class Blank(NamedTuple):
    """One 【…】. `name` is the field it shows where it is a bare name, "" where it is an expression; `offset` is where
    its 【 stands in the text of its scalar."""

    source: str
    name: str
    expression: Expression
    offset: int


class ToConfirm(NamedTuple):
    """One 【核实：words｜note】: words somebody has to confirm before the speech is final. `note` says what to look at, ""
    for nothing; `source` is all of it, as written between 【 and 】, `offset` where its 【 stands in the text of its
    scalar."""

    words: str
    note: str
    source: str
    offset: int

    @property
    def words_offset(self) -> int:
        """Where its words begin in the text of its scalar."""
        return self.offset + 1 + self.source.index(self.words, len(TO_CONFIRM))


class OutlineText(NamedTuple):
    """A text of the outline cut at its blanks and at what is to be confirmed: words and these in turn. `scalar` knows its
    place in the file."""

    pieces: tuple[str | Blank | ToConfirm, ...]
    scalar: Scalar
    node: str = ""

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Its blanks, in order."""
        return tuple(p for p in self.pieces if isinstance(p, Blank))

    @property
    def marks(self) -> tuple[ToConfirm, ...]:
        """What of it is to be confirmed, in order."""
        return tuple(p for p in self.pieces if isinstance(p, ToConfirm))

    @property
    def words(self) -> str:
        """The text with its blanks as written, 【【 as 【; of what is to be confirmed the words."""
        return "".join(
            p if isinstance(p, str) else p.words if isinstance(p, ToConfirm) else f"【{p.source}】" for p in self.pieces
        )


def find(
    scalar: Scalar, problems: list[Diagnostic], node: str = "", read: Callable[[str], Expression] = read
) -> OutlineText:
    """The text cut at its blanks; what is wrong with them is added to `problems`."""
    text = scalar.text
    if "】" in text:
        _unopened(scalar, problems)
    if "【" not in text:
        return OutlineText((text,) if text else (), scalar, node)
    pieces: list[str | Blank | ToConfirm] = []
    words: list[str] = []
    at = 0
    for found in _BLANK.finditer(text):
        words.append(text[at : found.start()])
        at = found.end()
        if found[0] == "【【":
            words.append("【")
            continue
        if found[1] is None:
            problems.append(_unclosed(scalar, found.start()))
            continue
        if TO_CONFIRM in found[1] and (marked := _to_confirm(scalar, found, problems)) is not None:
            if said := "".join(words):
                pieces.append(said)
            words = []
            if marked.words:
                pieces.append(marked)
            continue
        try:
            expression = read(found[1])
        except Malformed as error:
            problems.append(_malformed(scalar, found, error))
            continue
        said = "".join(words)
        if said:
            pieces.append(said)
        words = []
        bare = expression.names[0] if expression.tree is None else ""
        pieces.append(Blank(found[1], bare, expression, found.start()))
    words.append(text[at:])
    said = "".join(words)
    if said:
        pieces.append(said)
    return OutlineText(tuple(pieces), scalar, node)


def _unopened(scalar: Scalar, problems: list[Diagnostic]) -> None:
    """A remark on the first 】 that nothing opens; 【【 opens one that is meant."""
    text, opened, at = scalar.text, 0, 0
    if text.count("【") == text.count("】") and "【【" not in text:
        return
    while at < len(text):
        if text[at] == "【":
            opened += 1
            at += text.startswith("【【", at)
        elif text[at] == "】":
            opened -= 1
            if opened < 0:
                told, hint, length = "“】”前面没有配对的“【”，会原样印出来。", "名称前面补上“【”。", 1
                if twice := re.search(r"【【(\w+)】】$", text[: at + 1]):
                    told, hint, length = "这里多了一层【】，会原样印出来。", f"写成【{twice[1]}】。", len(twice[0])
                place = at + 1 - length
                problems.append(scalar.diagnostic(told, place, length, hint, WARNING, code="blank-not-opened"))
                return
        at += 1


def _malformed(scalar: Scalar, found: re.Match[str], error: Malformed) -> Diagnostic:
    """What is wrong with a 【…】 that cannot be read."""
    from drafter.outline.expression_slips import blank_meant, meant

    told, hint = str(error), ""
    if said := blank_meant(found[1]):
        told, hint = said
    elif way := meant(found[1]):
        told, hint = f"“{way.words}”要写成 {way.instead}。", f"写成【{way.whole}】"
    return scalar.diagnostic(f"空{found[0]}：{told}", found.start(), len(found[0]), hint, code="blank-syntax")


def _unclosed(scalar: Scalar, at: int) -> Diagnostic:
    """What is wrong with a 【 that nothing closes: as a rule its 】 is missing, in a mark there is a blank."""
    if _AROUND_A_BLANK.match(scalar.text, at):
        told = "【核实：…】里面不能有空。"
        return scalar.diagnostic(told, at, 1, "把空放在外面，例如：【核实：每】【周期】。", code="mark-around-blank")
    told, hint = "“【”后面没有配对的“】”。", "要填的空写成【名称】；确实要写一个【，请写成【【。"
    other = re.compile(r"【([\w|｜]{1,20})([\])}］）｝〕」』〗>])").match(scalar.text, at)
    if other:
        hint = f"后面的“{other[2]}”换成】，写成【{other[1]}】。"
    return scalar.diagnostic(told, at, 1, hint, code="blank-not-closed")


def _to_confirm(scalar: Scalar, found: re.Match[str], problems: list[Diagnostic]) -> ToConfirm | None:
    """A 【…】 as the mark it is, with no words where that is a fault; None for a blank."""
    source = found[1]
    said = _CONFIRM.fullmatch(source)
    if said is None and source.strip() != TO_CONFIRM:
        return None
    words = said[1].strip() if said else ""
    if not words:
        hint = "要核实的话写在冒号后面，例如：【核实：一周内】【核实：一周内｜按会议通知改】。"
        told = f"【{source}】没有写要核实的话。"
        problems.append(scalar.diagnostic(told, found.start(), len(found[0]), hint, code="mark-without-words"))
    return ToConfirm(words, (said[2] or "").strip() if said else "", source, found.start())


def text_of(spelt: str) -> OutlineText:
    """A text that stands in no file, from the words an outline would have for it. Raises Rejected."""
    problems: list[Diagnostic] = []
    text = find(Scalar(spelt, Source("", spelt), 1, 1), problems)
    if wrong := [problem for problem in problems if problem.level == ERROR]:
        raise Rejected(*wrong)
    return text
