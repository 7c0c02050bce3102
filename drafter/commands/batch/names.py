"""What the files of a batch are called: `--name 【县区】慰问信`, legal everywhere, and no two of one name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.commands.batch.selecting import typed
from drafter.commands.filename import legal_name
from drafter.diagnostic import Diagnostic, Rejected, nearest
from drafter.outline.expression import UNANSWERED, Expression, Malformed, read, shown
from drafter.outline.field import Value
from drafter.readers.sheet import SheetRow

#: What a name may have besides columns and blanks: the title of the document, its outline, the number of the row.
TITLE, OUTLINE, ROW = "标题", "提纲", "行"
_OWN = (TITLE, OUTLINE, ROW)


class NamePattern(NamedTuple):
    """How files are called: texts, and what stands in 【】 between them. `columns` are the columns its names mean, `fixed` what
    names mean in every file. What it does not know is the title, the outline, the number of the row."""

    pieces: tuple[str | Expression, ...]
    columns: Mapping[str, str]
    fixed: Mapping[str, Value]

    @property
    def names(self) -> frozenset[str]:
        """The names in it."""
        return frozenset(name for piece in self.pieces if not isinstance(piece, str) for name in piece.names)

    def has(self, own: str) -> bool:
        """Whether it has the title, the outline or the number of the row."""
        return own in self.names - self.columns.keys() - self.fixed.keys()


class Nameless(ValueError):
    """A row whose file cannot be named: `column` is empty, or will not do."""

    def __init__(self, message: str, column: str) -> None:
        super().__init__(message)
        self.column = column


def name_said(
    said: str, kind: str, columns: Sequence[str], called: Callable[[str], str], fixed: Mapping[str, Value]
) -> NamePattern:
    """The pattern of `--name`; that of the title where nothing is said. `called` gives the column of a name that is none itself,
    "" for none; `fixed` are answers that are the same in every row. Raises Rejected."""
    said = said.strip() or f"【{TITLE}】"
    if said.lower().endswith("." + kind):
        said = said[: -len(kind) - 1]
    pieces: list[str | Expression] = []
    known: dict[str, str] = {}
    for text, inner in re.findall(r"([^【】]+)|【([^【】]*)】", said):
        if re.search(r"[/\\]", text):
            raise Rejected(Diagnostic(f"--name {said}：这里写文件名，不写文件夹。", None, "文件夹写在 -o 后面。", code="option-value"))
        if text:
            pieces.append(text)
            continue
        expression = Expression(inner, (inner.strip(),)) if inner.strip() in columns and inner.strip() not in _OWN else _read(said, inner)
        pieces.append(expression)
        for name in expression.names:
            column = name if name in columns and name != OUTLINE else "" if name in _OWN else called(name)
            if column:
                known[name] = column
            elif name not in fixed and name not in _OWN:
                hint = f"{nearest(name, columns)}有：{'、'.join((*columns, *_OWN))}。"
                raise Rejected(Diagnostic(f"--name {said}：表里没有“{name}”这一列。", None, hint, code="column-unknown"))
    if any(bracket in re.sub("【[^【】]*】", "", said) for bracket in "【】"):
        raise Rejected(Diagnostic(f"--name {said}：【】没有写成一对。", None, "例如 --name 【县区】慰问信。", code="option-value"))
    return NamePattern(tuple(pieces), known, {name: fixed[name] for name in fixed if name not in known})


def _read(said: str, inner: str) -> Expression:
    try:
        return read(inner)
    except Malformed as error:
        raise Rejected(Diagnostic(f"--name {said}：【{inner}】{error}", None, "例如 --name 【县区】慰问信。", code="option-value")) from None


def stem_of(pattern: NamePattern, row: SheetRow, title: str, outline: str) -> str:
    """What a row's file is called, without its ending. Raises Nameless."""
    own: dict[str, Value] = {TITLE: title, OUTLINE: outline, ROW: str(row.number)}
    cells = {name: typed(row.cells[column]) for name, column in pattern.columns.items()}
    values = {**own, **pattern.fixed, **{name: value for name, value in cells.items() if value not in ("", ())}}
    out = []
    for piece in pattern.pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        column = next((pattern.columns[name] for name in piece.names if name in pattern.columns), "")
        try:
            found = piece.value(values)
        except Malformed as error:
            raise Nameless(f"文件名要用【{piece.source}】：{error}", column) from None
        if found is UNANSWERED or not (said := shown(found).strip()):
            raise Nameless(f"文件名要用【{piece.source}】，这一格是空的。", column)
        out.append(said)
    return _ENDING.sub("", "".join(out))


#: The ending of a document, which names in a table often have already; a file has its own.
_ENDING = re.compile(r"(?<=.)(?:[.．](?:docx?|wps|odt|rtf|pdf|txt|md|html?))+[\s.]*$", re.IGNORECASE)


class SameNames(NamedTuple):
    """A name that several rows would have, and their numbers."""

    name: str
    rows: tuple[int, ...]


def apart(
    stems: Iterable[tuple[int, str]], kind: str, others: Iterable[str] = ()
) -> tuple[list[str], tuple[SameNames, ...]]:
    """The file names of stems, each of a row, legal and each once, whatever Windows takes for the same, and none of `others`;
    those that would have been the same are told. The first keeps its name, another says its row."""
    taken = {folded(name) for name in others}
    rows: dict[str, list[int]] = {}
    called: dict[str, str] = {}
    names = []
    for number, stem in stems:
        name = legal_name(stem, "." + kind)
        rows.setdefault(folded(name), []).append(number)
        called.setdefault(folded(name), name)
        again = 1
        while folded(name) in taken:
            which = f"（第{number}行）" if again == 1 else f"（第{number}行之{again}）"
            name = legal_name(stem, f"{which}.{kind}")
            again += 1
        taken.add(folded(name))
        names.append(name)
    return names, tuple(SameNames(called[key], tuple(found)) for key, found in rows.items() if len(found) > 1)


def folded(name: str) -> str:
    """A file name as file systems compare it that do not care for capitals."""
    return unicodedata.normalize("NFC", name).casefold()
