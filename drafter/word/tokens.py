"""The words of a paragraph as drafter compares them: stretches of words and blanks."""

from collections.abc import Sequence
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.word.controls import tag_of


class Token(NamedTuple):
    """A stretch of a paragraph: words, or a blank where `tag` is given; `empty`: nobody has answered it. `strong` is
    the character role it is set in."""

    text: str
    tag: str = ""
    empty: bool = False
    strong: str = ""


Tokens = tuple[Token, ...]

#: A letter, or a blank by its tag; an entry of a list by its field, for which stands where is not what it is.
Atom = str | tuple[str, str]


def tokens_of(block: Block) -> Tokens:
    """The tokens of a paragraph as drafter makes it, neighbours of one kind joined."""
    out: list[Token] = []
    for span in block.spans:
        if not span.text:
            continue
        if span.blank:
            out.append(Token(span.text, tag_of(span), not span.answered, span.strong))
        elif out and not out[-1].tag and out[-1].strong == span.strong:
            out[-1] = out[-1]._replace(text=out[-1].text + span.text)
        else:
            out.append(Token(span.text, strong=span.strong))
    return tuple(out)


def without(tokens: Tokens, label: str) -> Tokens:
    """The tokens without the label they begin with."""
    if not label or not tokens or tokens[0].tag or not tokens[0].text.startswith(label):
        return tokens
    rest = tokens[0]._replace(text=tokens[0].text[len(label) :])
    return (rest, *tokens[1:]) if rest.text else tokens[1:]


def with_label(tokens: Tokens, label: str) -> Tokens:
    """The tokens with a label in front, set as what follows it."""
    if not label:
        return tokens
    if tokens and not tokens[0].tag:
        return (tokens[0]._replace(text=label + tokens[0].text), *tokens[1:])
    return (Token(label, strong=tokens[0].strong if tokens else ""), *tokens)


def text_of(tokens: Tokens) -> str:
    """The words alone."""
    return "".join(token.text for token in tokens)


class Renumbered(NamedTuple):
    """A number that changes: the letter of the paragraph's text it stands at, how it reads and how it will. `old` is ""
    for a paragraph that was not numbered, `new` for one that no longer is."""

    at: int
    old: str
    new: str


def with_numbers(tokens: Tokens, numbers: Sequence[Renumbered]) -> Tokens:
    """The tokens with other numbers in the place of those they have."""
    for number in sorted(numbers, reverse=True):
        if not number.old:
            tokens = with_label(tokens, number.new)
            continue
        texts = with_letters([token.text for token in tokens], number)
        tokens = tuple(k._replace(text=text) for k, text in zip(tokens, texts, strict=True) if text)
    return tokens


def with_letters(texts: Sequence[str], number: Renumbered) -> list[str]:
    """The stretches of a text with another number in the place of the one that begins in one of them."""
    out = []
    at = 0
    for text in texts:
        low, high = max(number.at - at, 0), min(number.at + len(number.old) - at, len(text))
        begins = at <= number.at < at + len(text)
        at += len(text)
        out.append(text[:low] + (number.new if begins else "") + text[high:] if low < high else text)
    return out


def atom_of(tag: str) -> Atom:
    """A blank as one letter."""
    return "\x00", tag.partition("#")[0] + "#" * ("#" in tag)


def atoms(tokens: Tokens) -> list[Atom]:
    """The tokens letter by letter, each blank as one."""
    return [atom for token in tokens for atom in ([atom_of(token.tag)] if token.tag else token.text)]
