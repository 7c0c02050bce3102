"""What a program gives, put as commands want it: files, outlines, answers, days. Raises Rejected for what is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, runtime_checkable

from drafter.commands.held import File
from drafter.commands.opening import Choice, Given, Value, choice_of
from drafter.diagnostic import Diagnostic, Rejected

P = ParamSpec("P")
Done = TypeVar("Done")


@runtime_checkable
class Readable(Protocol):
    """What is open to be read, as `open(…, "rb")` or an uploaded file is; its `name` is the file's, where it has one."""

    def read(self) -> bytes: ...


#: Where a file lies or is to lie.
PathGiven = str | os.PathLike[str]

#: A file to be read: its path, its bytes, or what is open to be read.
FileGiven = PathGiven | bytes | bytearray | memoryview | File | Readable

#: An outline: its name on the shelves, its path, or its text (a str of several lines, or bytes).
OutlineGiven = PathGiven | bytes

#: An answer. None is none, "" leaves the blank on purpose.
Answer = str | date | int | float | Decimal | bool | Sequence[str] | Value | None

#: Answers by the names of blanks, or the path of an answers file.
Answers = Mapping[str, Answer] | PathGiven | None

#: A day, or how people say one: 2026-11-22, 下周三.
Day = date | str


def refused(message: str, hint: str = "") -> Rejected:
    """What to raise for an argument that is none."""
    return Rejected(Diagnostic(message, None, hint, code="argument-unfit"))


def holdable(text: str) -> bool:
    """Whether a text is one: no half of a character that a file or a Word document could not hold."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def door(command: Callable[P, Done]) -> Callable[P, Done]:
    """A function of the API: what the disk refuses is Rejected too, as the command line says it."""

    @wraps(command)
    def called(*args: P.args, **kwargs: P.kwargs) -> Done:
        try:
            return command(*args, **kwargs)
        except OSError as error:
            told = f"读写出了错（{error.strerror or error}）" + (f"：{error.filename}" if error.filename else "。")
            raise Rejected(Diagnostic(told, code="file-system"), exit_code=1) from error

    return called


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def path_of(given: PathGiven | None, called: str) -> str:
    """A path as commands take it, "" for none. `-` is a file of that name: what a program writes to a stream it does itself."""
    if given is None:
        return ""
    if not isinstance(given, str | os.PathLike):
        raise refused(f"{called} 要是路径，这里是 {type(given).__name__}。", "写成 str 或者 pathlib.Path。")
    path = os.fspath(given)
    if not isinstance(path, str) or not path or "\0" in path or not holdable(path):
        raise refused(f"{called} 不是路径：{path!r}。", "写成 str 或者 pathlib.Path。")
    return os.path.join(os.curdir, path) if path == "-" else path


def several_paths(given: PathGiven | Iterable[PathGiven]) -> tuple[str, ...]:
    """Paths; one by itself is one."""
    if not isinstance(given, (str, os.PathLike)) and (isinstance(given, bytes) or not isinstance(given, Iterable)):
        raise refused(f"文件要是路径，或者它们的列表，这里是 {type(given).__name__}。")
    return tuple(path_of(one, "文件") for one in ((given,) if isinstance(given, (str, os.PathLike)) else given))


def file_of(given: FileGiven, called: str = "文件") -> str | File:
    """A file as `holding` takes it."""
    if isinstance(given, File):
        if not isinstance(given.data, bytes) or not isinstance(given.name, str):
            raise refused(f"{called}：File 里要是 bytes 和文件名。", '例如 drafter.File(内容, "讲话.docx")。')
        return given
    if isinstance(given, bytes | bytearray | memoryview):
        return File(bytes(given))
    if not isinstance(given, str | os.PathLike) and isinstance(given, Readable):
        try:
            data = given.read()
        except ValueError as error:
            raise refused(f"{called} 读不出来：{error}", "给还打开着的文件。") from None
        if not isinstance(data, bytes):
            raise refused(f"{called} 要用二进制方式打开。", '例如 open(路径, "rb")。')
        name = getattr(given, "name", "")
        return File(data, name if isinstance(name, str) else "")
    return path_of(given, called)


def files_of(given: Iterable[FileGiven] | FileGiven, called: str = "文件") -> tuple[str | File, ...]:
    """Files as `holding` takes them; one by itself is one."""
    if isinstance(given, (str, os.PathLike, bytes, bytearray, memoryview, File, Readable)):
        return (file_of(given, called),)
    if not isinstance(given, Iterable):
        raise refused(f"{called} 要是路径、bytes 或者它们的列表，这里是 {type(given).__name__}。")
    return tuple(file_of(one, called) for one in given)


def text_file(text: str) -> File:
    """A text as a file."""
    if not isinstance(text, str):
        raise refused(f"text 要是 str，这里是 {type(text).__name__}。", "bytes 作为第一个参数给出。")
    try:
        return File(text.encode(), "讲话稿.txt")
    except UnicodeEncodeError as error:
        raise refused(f"text 里有不成字的编码（U+{ord(text[error.start]):04X}）。", "请给完整的文字。") from None


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def outline_of(given: OutlineGiven, called: str = "提纲") -> str | File:
    """An outline: a name or path as it is, a text as a file of its own."""
    if isinstance(given, bytes):
        return File(given, f"{called}.yaml")
    if isinstance(given, str) and "\n" in given:
        return File(text_file(given).data, f"{called}.yaml")
    return path_of(given, called)


def several(given: Iterable[OutlineGiven] | OutlineGiven) -> tuple[OutlineGiven, ...]:
    """One or several outlines, several."""
    many = (given,) if isinstance(given, (str, bytes, os.PathLike)) else given
    if not isinstance(many, Iterable):
        raise refused(f"提纲要是名称、路径或者文字，这里是 {type(given).__name__}。")
    return tuple(many)


def outlines_of(given: Iterable[OutlineGiven] | OutlineGiven) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """Outlines by their names, and those that are texts by the names they have here."""
    names: list[str] = []
    texts: dict[str, bytes] = {}
    for number, one in enumerate(several(given), 1):
        found = outline_of(one, "提纲" if number == 1 else f"提纲{number}")
        if isinstance(found, File):
            texts[found.name] = found.data
        names.append(found.name if isinstance(found, File) else found)
    if not names:
        raise refused("没有给提纲。", "例如 drafter.new('office-training', {'日期': '下周三'})。")
    return tuple(names), texts


def words_of(given: Iterable[str] | str, called: str) -> tuple[str, ...]:
    """Names in a list, or several in one str, 忠诚,服务."""
    if isinstance(given, str):
        given = given.replace("，", ",").replace("、", ",").split(",")
    if not isinstance(given, Iterable):
        raise refused(f"{called} 要是文字的列表，这里是 {type(given).__name__}。")
    words = tuple(given)
    if not all(isinstance(word, str) and holdable(word) for word in words):
        raise refused(f"{called} 要是文字的列表。")
    return tuple(filter(None, map(str.strip, words)))


# ── answers and days ───────────────────────────────────────────────────────────────────────────────────────────────


def day_of(given: Day | None) -> str:
    """A day as it is typed, "" for none."""
    if given is None:
        return ""
    if isinstance(given, date):
        return given.strftime("%Y-%m-%d") if given.year >= 1000 else given.isoformat()[:10]
    if not isinstance(given, str):
        raise refused(f"日期要是 datetime.date 或者文字，这里是 {type(given).__name__}。", "例如 date(2026, 11, 22) 或者 '2026-11-22'。")
    return given


def number_of(given: float | None, called: str) -> float:
    """A number as commands take it, 0 for none."""
    if given is None:
        return 0
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise refused(f"{called} 要是数，这里是 {type(given).__name__}。")
    return given


def count_of(given: int | None, called: str) -> int:
    """A whole number as commands take it, 0 for none."""
    number = number_of(given, called)
    if number != number or abs(number) > 10**9 or number != int(number):
        raise refused(f"{called} 要是整数，这里是 {given!r}。")
    return int(number)


def answers_file_of(given: PathGiven | None) -> str:
    """The file answers are kept in, "" for none."""
    path = path_of(given, "save_answers")
    if path and (not os.path.basename(path) or os.path.basename(path) in (os.curdir, os.pardir)):
        raise refused(f"save_answers 要是文件，这里是文件夹：{path}。", "例如 回答.yaml。")
    return path


def answers_of(given: Answers) -> tuple[str, tuple[tuple[str, Given], ...]]:
    """The path of an answers file, "" for none, and answers given one by one."""
    if given is None:
        return "", ()
    if not isinstance(given, Mapping):
        return path_of(given, "answers"), ()
    filled: list[tuple[str, Given]] = []
    problems: list[Diagnostic] = []
    for name, answer in given.items():
        if not isinstance(name, str):
            problems.append(Diagnostic(f"回答的名称要是文字，这里是 {name!r}。"[:200], code="answer-unfit"))
            continue
        try:
            said = said_of(answer)
        except (TypeError, ValueError) as error:
            hint = "回答可以是文字、日期、数、真假，或者文字的列表。"
            problems.append(Diagnostic(f"【{name}】{error}", None, hint, code="answer-unfit"))
        else:
            filled += [(name, said)] if said is not None else []
    if problems:
        raise Rejected(*problems)
    return "", tuple(filled)


def said_of(answer: object) -> Given | None:
    """An answer as it is typed; None for none, which a table's empty cell (NaN, NaT) is too. Raises TypeError or ValueError."""
    if answer is None or _is_nothing(answer):
        return None
    if isinstance(answer, list | tuple) and not hasattr(answer, "_fields"):
        return tuple(_single(entry) for entry in answer)
    return _single(answer)


def _is_nothing(answer: object) -> bool:
    if isinstance(answer, str | list | tuple):
        return False
    try:
        return bool(answer != answer)
    except (TypeError, ValueError):  # pandas.NA, arrays
        return type(answer).__name__ == "NAType"


def _single(answer: object) -> str:
    if isinstance(answer, str):
        text = str.__str__(answer)
        if not holdable(text):
            raise ValueError("里面有不成字的编码。")
        return text
    if isinstance(answer, bool):
        return "是" if answer else "否"
    if isinstance(answer, datetime):
        return answer.date().isoformat()
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, int):
        return _figures(Decimal(int(answer)))
    if isinstance(answer, float | Decimal):
        return _figures(Decimal(repr(float(answer))) if isinstance(answer, float) else answer)
    if type(answer).__module__ == "numpy" and not getattr(answer, "ndim", 1):
        return _single(answer.item())  # type: ignore[attr-defined]  # numpy's scalars, where somebody has it
    if isinstance(said := getattr(answer, "said", None), str):  # a figure, as Results have it
        return said
    raise TypeError(f"不能是 {type(answer).__name__}。")


def _figures(number: Decimal) -> str:
    """A number as people write it: 1200.0 is 1200. Raises ValueError for what is none, or has more figures than a speech."""
    if not number.is_finite() or number.adjusted() > 20 or number.adjusted() < -12:
        raise ValueError("这不是讲话里说的数。")
    said = format(number, "f")
    return said.rstrip("0").rstrip(".") if "." in said else said


def word_of(given: str | None, called: str) -> str:
    """A word as commands take it, "" for none."""
    if given is not None and not isinstance(given, str):
        raise refused(f"{called} 要是文字，这里是 {type(given).__name__}。")
    if given and not holdable(given):
        raise refused(f"{called} 里有不成字的编码。")
    return given or ""


def choice_given(pick: Sequence[str] | str, headings: str | None, brief: bool) -> Choice:
    """The requirements picked."""
    return choice_of(",".join(words_of(pick, "pick")), word_of(headings, "headings"), brief)
