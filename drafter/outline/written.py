"""Trees of texts, lists and mappings as YAML that drafter's parser reads back to the letter. The one place that knows
how a text must be written so that YAML takes it for nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.numerals import join_lines, one_break

#: Letters of a paragraph that stands beside its word; a longer one stands below a bar. And letters a line of it has.
BESIDE = 40
WIDTH = 60


class Paragraphs(NamedTuple):
    """The paragraphs of a text."""

    texts: tuple[str, ...]


#: What can be written: a text on one line, paragraphs, a mapping in its order, a list.
Tree = str | Paragraphs | Mapping[str, "Tree"] | Sequence["Tree"]

#: Begins with a letter, a figure or a mark no YAML knows, and holds nothing that could begin a comment or end a key, or that is
#: taken for a slip of that (＃).
_PLAIN = re.compile(r"[\u4e00-\u9fff\w“”‘’《》（）【…①-⑳][^\n\t#:＃]*")

#: All of it within Chinese quotation marks, which are taken for YAML's where an answer is one of a few or a figure.
_WITHIN_QUOTES = re.compile("[“”‘].+[“”’]")

#: Texts that other readers of YAML 1.1 take for a number, a date, a truth or nothing (yaml.org/type).
_TYPED = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|)|[-+]?(?:[0-9][0-9_]*|0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.|[-+]?\.(?i:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"
)


def text_scalar(text: str) -> str:
    """A text on one line: bare where nothing in it could be taken for something else, else in quotes."""
    if _PLAIN.fullmatch(text) and not _WITHIN_QUOTES.fullmatch(text) and text == text.strip() and _printable(text):
        return text
    if _printable(text.replace("\xa0", "")):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def typed_scalar(text: str) -> str:
    """The same for files that other programs read too: what they would take for a number or a date stands in quotes."""
    said = text_scalar(text)
    return f"'{text}'" if said == text and _TYPED.fullmatch(text) else said


def _printable(text: str) -> bool:
    return text.replace("\u3000", "").isprintable()


def _escaped(letter: str) -> str:
    """A letter between double quotes."""
    if letter in "\"\\":
        return "\\" + letter
    if letter == "\n":
        return "\\n"
    if _printable(letter):
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def remark(text: str) -> str:
    """Words that may stand in a comment: on one line, nothing in them that cannot be seen."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:80]


#: What a file cannot hold but between double quotes, as an escape: what YAML's readers refuse (yaml.org/spec/1.1, 5.1),
#: and a BOM.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")


def stands_below_a_bar(text: str) -> bool:
    """Whether a paragraph can be one of several: below a bar it begins and ends with a letter, and what cannot be seen
    of it must be what a file can hold."""
    return bool(text) and text == text.strip() and "\n" not in text and not _REFUSED.search(text)


def paragraph_lines(text: str) -> list[str]:
    """A paragraph in lines of a sentence or two, for the eye; they join to the same text again."""
    lines, line = [], ""
    for sentence in re.findall(r"[^。！？；]*[。！？；]+[”’）》]*(?=\S)|.+$", text):
        if line and len(line) + len(sentence) > WIDTH:
            lines.append(line)
            line = ""
        line += sentence
    lines.append(line)
    return lines if join_lines(lines) == text else [text]


def text_lines(word: str, texts: Sequence[str]) -> list[str]:
    """`word:` and paragraphs behind it; several, and long ones, below a bar."""
    if len(texts) == 1 and (
        len(texts[0]) <= BESIDE or not stands_below_a_bar(texts[0]) or not _printable(texts[0].replace("\xa0", ""))
    ):
        return [f"{word}: {text_scalar(texts[0])}"]
    lines = [f"{word}: |"]
    for at, text in enumerate(texts):
        lines += [""] if at else []
        lines += (f"  {line}" for line in paragraph_lines(" ".join(text.split("\n")).strip()))
    return lines


class Layout(NamedTuple):
    """What is for the eye: comments above the entries of some paths, and the paths with an empty line above them. A
    path is the keys and numbers (from 1) that lead to an entry, ("speech", 3); () is the file. `typed`: other programs
    read it too."""

    remarks: Mapping[tuple[str | int, ...], Sequence[str]] = {}
    spaced: frozenset[tuple[str | int, ...]] = frozenset()
    typed: bool = False


def spaced_paths(tree: Mapping[str, Tree]) -> frozenset[tuple[str | int, ...]]:
    """What has an empty line above it: the large parts of the file, and each part of the speech."""
    speech = tree.get("speech", ())
    return frozenset([("fields",), ("speech",), ("passage",), *(("speech", n) for n in range(2, len(speech) + 1))])


def lines_of(
    tree: Mapping[str, Tree] | Sequence[Tree], layout: Layout = Layout(), path: tuple[str | int, ...] = ()
) -> Iterator[str]:
    """A mapping or a list as lines, the first of them not indented."""
    scalar = typed_scalar if layout.typed else text_scalar
    entries = list(tree.items()) if isinstance(tree, Mapping) else list(enumerate(tree, 1))
    for key, value in entries:
        here = (*path, key)
        if here in layout.spaced:
            yield ""
        yield from (f"# {words}" for words in layout.remarks.get(here, ()))
        if isinstance(key, int):
            yield from _entry(value, layout, here)
            continue
        word = scalar(key)
        if isinstance(value, str):
            yield f"{word}: {scalar(value)}"
        elif isinstance(value, Paragraphs):
            yield from text_lines(word, value.texts)
        else:
            yield f"{word}:"
            yield from (f"  {line}" if line else "" for line in lines_of(value, layout, here))


def _entry(value: Tree, layout: Layout, path: tuple[str | int, ...]) -> Iterator[str]:
    """A list's entry behind its dash."""
    if isinstance(value, str | Paragraphs):
        said = value if isinstance(value, str) else "".join(value.texts)
        yield f"- {(typed_scalar if layout.typed else text_scalar)(said)}"
        return
    for at, line in enumerate(lines_of(value, layout, path)):
        yield (("  " if at else "- ") + line) if line else ""


def written(tree: Mapping[str, Tree], layout: Layout = Layout()) -> str:
    """A mapping as a file."""
    head = [f"# {words}" for words in layout.remarks.get((), ())]
    lines = [*head, *lines_of(tree, layout)]
    return "\n".join(lines) + "\n" if lines else ""


def answer_tree(said: str | Sequence[str]) -> Tree:
    """An answer as an answers file has it: a text, the lines of a long one as paragraphs where nothing of it is lost, a
    list."""
    if not isinstance(said, str):
        return list(said)
    lines = one_break(said).split("\n")
    if len(lines) > 1 and all(map(stands_below_a_bar, lines)):
        return Paragraphs(tuple(lines))
    return said
