"""Where the answers stand in a paragraph that has no controls: in a file without any, an old answer that still stands in
the writer's words is found again, so that a new one can take its place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.revise.sentences import SENTENCE, cut, joined
from drafter.word.tokens import Token, Tokens, text_of

#: What makes a longer figure of one it stands beside.
_FIGURES = frozenset("0123456789.,%％‰〇零一二三四五六七八九十百千万亿两点第余多几来数")

#: What makes a longer word of one it stands behind: 会议室, 甲局长.
_SUFFIXES = frozenset("室长员部处科局厅会所院者们性化家生人片段制级区县市省")

#: So many characters are hardly ever a part of another word, suffixes apart.
_LONG = 4


class _Blank(NamedTuple):
    """A blank as it was made, and the letters beside it, "" at the ends of its sentence."""

    token: Token
    before: str
    behind: str


class _Found(NamedTuple):
    """Where the answer of a blank stands: from one letter of a sentence's text to another."""

    start: int
    end: int
    token: Token


def with_blanks(mine: Tokens, old: Tokens) -> Tokens:
    """The words of a paragraph with the answers of `old` that still stand in them as blanks. Sentences that are as they
    were made have theirs; in the others an answer counts where it stands as often as it was made there, and never as a
    part of a longer word or figure."""
    made = cut(old, SENTENCE)
    free: dict[str, list[int]] = {}
    for n, unit in enumerate(made):
        free.setdefault(text_of(unit), []).append(n)
    sentences = cut(mine, SENTENCE)
    same: dict[int, Tokens] = {}
    used: set[int] = set()
    for m, unit in enumerate(sentences):
        if found := free.get(text_of(unit)):
            used.add(found[0])
            same[m] = made[found.pop(0)]
    blanks = [blank for n, unit in enumerate(made) if n not in used for blank in _blanks(unit)]
    rest = [m for m in range(len(sentences)) if m not in same]
    places = _places([text_of(sentences[m]) for m in rest], blanks)
    for m, found_here in zip(rest, places, strict=True):
        same[m] = _marked(sentences[m], found_here)
    out: list[Token] = []
    for token in (token for m in range(len(sentences)) for token in same[m]):
        if out and not out[-1].tag and not token.tag and out[-1].strong == token.strong:
            out[-1] = out[-1]._replace(text=out[-1].text + token.text)
        else:
            out.append(token)
    return tuple(out)


def _blanks(unit: Tokens) -> Iterator[_Blank]:
    text = text_of(unit)
    at = 0
    for token in unit:
        end = at + len(token.text)
        if token.tag and token.text:
            yield _Blank(token, text[at - 1 : at], text[end : end + 1])
        at = end


def _places(texts: Sequence[str], blanks: Sequence[_Blank]) -> list[list[_Found]]:
    """Where the blanks stand in each of some texts."""
    out: list[list[_Found]] = [[] for _ in texts]
    times = Counter(blank.token.text for blank in blanks)
    for said in sorted(times, key=len, reverse=True):
        wanted = [blank for blank in blanks if blank.token.text == said]
        there = [
            (n, at)
            for n, text in enumerate(texts)
            for at in _occurrences(text, said)
            if not any(found.start < at + len(said) and at < found.end for found in out[n])
        ]
        if len(there) != times[said]:
            continue
        for (n, at), blank in zip(there, wanted, strict=True):
            if _alone(texts[n], at, blank):
                out[n].append(_Found(at, at + len(said), blank.token))
    return [sorted(found) for found in out]


def _occurrences(text: str, said: str) -> Iterator[int]:
    at = text.find(said)
    while at >= 0:
        yield at
        at = text.find(said, at + len(said))


def _alone(text: str, at: int, blank: _Blank) -> bool:
    """Whether an answer that stands in a text is not a part of a longer word or figure there."""
    said = blank.token.text
    before, behind = text[at - 1 : at] if at else "", text[at + len(said) : at + len(said) + 1]
    figure = said[0] in _FIGURES, said[-1] in _FIGURES
    for letter, was, is_figure, last in (
        (before, blank.before, figure[0], False),
        (behind, blank.behind, figure[1], True),
    ):
        if letter == was:
            continue
        if is_figure and letter in _FIGURES:
            return False
        if not letter.isalnum():
            continue
        if letter.isascii() and (said[-1] if last else said[0]).isascii():
            return False
        dated = said[-1] in "年月日" and any(map(str.isdecimal, said))
        long = len(said) >= _LONG and not (last and letter in _SUFFIXES)
        if not (is_figure or dated or long):
            return False
    return True


def _marked(tokens: Tokens, found: Sequence[_Found]) -> Tokens:
    """Tokens with some stretches as blanks."""
    letters = [(token, letter) for token in tokens for letter in token.text]
    out: list[Token] = []
    at = 0
    for one in found:
        out += joined(letters[at : one.start])
        out.append(one.token._replace(strong=letters[one.start][0].strong))
        at = one.end
    return (*out, *joined(letters[at:]))
