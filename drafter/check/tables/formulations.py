"""Set formulations (提法) and since when, and until when, each is said: the tables
`drafter/check/data/formulations*.yaml`.

A user adds files of the same form: every `*.yaml` in ./formulations/ and in formulations/ of the user's folder
($DRAFTER_HOME, else the platform's data folder) is read too. An entry of a user's file that has the form and kind of a
shipped one amends it (drafter/check/tables/amending.py); `level: off` silences it. A file is `checked` (the day its facts were last compared), has a
`name` (a user's: what findings call it; else its file's) and `groups`; a group is a list `forms` with what holds for
all of them. A form is a line, `old → new`, or has these keys:

    form           the words; between “” where they are a name that is written so
    kind           formulation (default), task, campaign, body, document, address, forbidden, careful, meeting, sequence,
                   fixed (a phrase that has no time and is only looked at for one wrong character)
    from, to       first and last day it is right: 2016, 2016-10 or 2016-10-27
    now            what is said instead since
    items          what the name counts, in its order: a list, or a line with 、 (or ；) between
    wrong          misquotations, each `wrong → right` (right: the form, where only the wrong one is given)
    clash          wrong company, the same way: 增强“四个自信” → 坚定“四个自信”
    with           words one of which must stand in the same clause for an expired form to be wrong
    after, before  words one of which must stand right there
    unless         longer words in which the letters are something else
    unless-with    words that make it right where one stands in the same sentence
    near           what is one character from the form and right too; "*": all of it
    passed         what a meeting passed, each as it is called
    order: free    the items may change places
    confidence     sure (default) or unsure: an unsure entry gives advice, never an error
    theme          under what it is listed
    level, note, source

Words of a list stand on one line with blanks between, or as a list. Quotation marks do not count when a text is
searched. Only the phrases whose first two characters stand in a text are compared, so a table of thousands costs no
more than one of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.check.rules import LEVELS
from drafter.check.tables import DATA
from drafter.check.tables.entries import UNMARKED, Formulation
from drafter.chinese.pairs import pair
from drafter.diagnostic import Diagnostic, Problems, Rejected
from drafter.outline import shelf

if TYPE_CHECKING:
    from drafter.outline.yaml import Node, Scalar, Source

#: The folder of a user's own tables.
FOLDER = "formulations"

KINDS = (
    "formulation",
    "task",
    "campaign",
    "body",
    "document",
    "address",
    "forbidden",
    "careful",
    "meeting",
    "sequence",
    "fixed",
)

#: Limits on a table: the longest formulation known has 60 characters, the longest set 12 items.
MAX_FORMS = 5_000
MAX_CHARACTERS = 120
MAX_ITEMS = 30
MAX_WORDS = 200
MAX_FILES = 200

#: The kinds whose forms are looked at for one wrong character, and the fewest characters of such a form.
_RIGID = ("formulation", "campaign", "fixed")
LEAST = 6

#: What stands before the title of a law, and is left out as often as not.
STATE = "中华人民共和国"


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


#: A user's files: path, time (ns), size (bytes).
Stamp = tuple[tuple[str, int, int], ...]

#: Words, what they are ("form", "item", "wrong", "clash", "deed", and "head" or "tail": the two halves of a form), whose,
#: and what takes their place.
Phrase = tuple[str, str, Formulation, str]


class OwnTable(NamedTuple):
    """A user's table: what it is called, and the day (`date.toordinal`) its facts were last compared, 0 where it does not
    say."""

    name: str
    checked: int


class Book(NamedTuple):
    """All entries. `phrases`: what is looked for, by its first three characters (or two); `beginnings`: the first two, as
    `drafter.chinese.pairs.places` asks for them. `checked`: the day (`date.toordinal`) up to which the facts of every
    shipped table have been compared; `own` are the user's tables."""

    entries: tuple[Formulation, ...]
    phrases: dict[str, list[Phrase]]
    checked: int
    beginnings: frozenset[int]
    own: tuple[OwnTable, ...] = ()

    def of(self, *kinds: str) -> Iterator[Formulation]:
        """The entries of these kinds."""
        return (entry for entry in self.entries if entry.kind in kinds)


def book() -> Book:
    """The entries that came with drafter and the user's. Raises Rejected with every fault of a user's file."""
    own = _CARRIED.get()
    return _book(stamp()) if own is None else _carried_book(own)


#: The user's files where they were carried here from another process: path and bytes. None: they are read from the disk.
_CARRIED: ContextVar[tuple[tuple[str, bytes], ...] | None] = ContextVar("carried", default=None)


@contextmanager
def carried(files: tuple[tuple[str, bytes], ...]) -> Iterator[None]:
    """The user's files are these while this lasts, whatever lies on the disk."""
    token = _CARRIED.set(files)
    try:
        yield
    finally:
        _CARRIED.reset(token)


def stamp() -> Stamp:
    """The user's files as they are now."""
    own = _CARRIED.get()
    if own is not None:
        return tuple((path, hash(data), len(data)) for path, data in own)
    folders = (shelf.user_home() / FOLDER, Path(FOLDER))
    return tuple(file for folder in folders for file in shelf.yaml_files(folder))[:MAX_FILES]


@lru_cache(maxsize=4)
def _book(files: Stamp) -> Book:
    return _book_of(tuple((path, shelf.read_bytes(Path(path))) for path, _, _ in files))


@lru_cache(maxsize=4)
def _carried_book(own: tuple[tuple[str, bytes], ...]) -> Book:
    return _book_of(own)


def _book_of(own: tuple[tuple[str, bytes], ...]) -> Book:
    from hashlib import sha256

    found = [*((path, shelf.read_bytes(Path(path))) for path in _shipped()), *own]
    made_from = ("11", *(f"{file} {sha256(data).hexdigest()}" for file, data in found))
    return shelf.kept("formulations", made_from, lambda: _made(found), _bound)


def _bound(rows: tuple[Any, int, Any]) -> Book:
    """The book of what the cache keeps."""
    entries = []
    phrases: dict[str, list[Phrase]] = {}
    for row, of_entry in rows[0]:
        entry = Formulation(*row)
        entries.append(entry)
        for phrase, what, instead in of_entry:
            phrases.setdefault(phrase[:3], []).append((phrase, what, entry, instead))
    own = tuple(OwnTable(*row) for row in rows[2])
    return Book(tuple(entries), phrases, rows[1], frozenset(pair(beginning[:2]) for beginning in phrases), own)


@lru_cache(maxsize=1)
def _shipped() -> tuple[str, ...]:
    return tuple(path for path, _, _ in shelf.yaml_files(DATA) if Path(path).name.startswith(FOLDER))


def _phrases(entry: Formulation) -> Iterator[tuple[str, str, str]]:
    if entry.kind not in ("sequence", "fixed") and (entry.kind != "document" or entry.last or entry.first):
        said = STATE if entry.kind == "document" else ""
        yield entry.name.removeprefix(said), "form", entry.now.removeprefix(said)
    for wrong, right in entry.wrong:
        yield wrong.translate(UNMARKED), "wrong", right
    for wrong, right in entry.clash:
        yield wrong.translate(UNMARKED), "clash", right
    for item in entry.items:
        yield item.translate(UNMARKED), "item", ""
    for deed in entry.passed:
        yield deed.translate(UNMARKED), "deed", ""
    if entry.kind in _RIGID and len(entry.name) >= LEAST and "*" not in entry.near:
        half = len(entry.name) // 2
        yield entry.name[:half], "head", entry.form
        yield entry.name[half:], "tail", entry.form


def _made(files: list[tuple[str, bytes]]) -> tuple[Any, int, Any]:
    """The entries of all files and their phrases as plain tuples, for the cache; the day of the shipped ones, and the
    user's tables. A user's entry amends those of its form and kind that came before."""
    from drafter.check.tables.amending import amended
    from drafter.outline.yaml import decode

    out: dict[tuple[str, str], list[Formulation]] = {}
    checked = []
    owned = []
    for number, (file, data) in enumerate(files):
        own = number >= len(_shipped())
        fresh: set[tuple[str, str]] = set()
        table = read(decode(data, file)[0])
        called_so = (table.name or Path(file).stem) if own else ""
        if own:
            owned.append((called_so, table.checked))
        else:
            checked.append(table.checked)
        for entry, given in zip(table.entries, table.given, strict=True):
            entry = entry._replace(table=called_so)
            key = entry.form, entry.kind
            if own and key in out and key not in fresh:
                out[key] = amended(out[key], entry, given)
            else:
                out.setdefault(key, []).append(entry)
            fresh.add(key)
    rows = tuple((tuple(entry), tuple(_phrases(entry))) for entries in out.values() for entry in _lived(entries))
    return rows, min(checked), tuple(owned)


def _lived(entries: list[Formulation]) -> Iterator[Formulation]:
    """The entries of a form and kind with the time of them all."""
    since = min(entry.first for entry in entries)
    until = 0 if any(not entry.last for entry in entries) else max(entry.last for entry in entries)
    return (entry._replace(since=since, until=until) for entry in entries if entry.level != "off")


_TOP = ("checked", "name", "groups")
_TEXTS = ("form", "kind", "from", "to", "now", "order", "confidence", "theme", "level", "note", "source")
_LISTS = ("items", "wrong", "clash", "with", "after", "before", "unless", "unless-with", "near", "passed")
_GROUP = ("forms", *_TEXTS[1:], *_LISTS[3:])


class Table(NamedTuple):
    """A file: its entries and what each is given (the keys, its group's too), the day its facts were last compared (0
    where it does not say), and what it is called ("" where it does not say)."""

    entries: tuple[Formulation, ...]
    given: tuple[frozenset[str], ...]
    checked: int = 0
    name: str = ""


def read(source: Source) -> Table:
    """A table. Raises Rejected with every fault and its place."""
    from drafter.outline.yaml import parse

    problems = Problems()
    top = parse(source, frozenset((*_TOP, *_TEXTS, *_LISTS, "forms")))
    out: list[tuple[Formulation, frozenset[str]]] = []
    told = _keys(top, _TOP, problems)
    checked = _day(told["checked"], True, problems) if "checked" in told else 0
    for group in _list(told.get("groups"), "groups", problems):
        fields = _keys(group, _GROUP, problems)
        common = {key: value for key, value in fields.items() if key != "forms"}
        if "forms" not in fields:
            problems.append(group.diagnostic("这一组没有 forms。", hint="在 forms 下面一行写一个提法。", code="formulation-table"))
        for node in _list(fields.get("forms"), "forms", problems):
            if len(out) == MAX_FORMS:
                problems.append(node.diagnostic(f"提法太多，一个文件最多 {MAX_FORMS:,} 个。", code="formulation-table"))
                raise Rejected(*problems)
            entry = _entry(node, common, problems)
            if entry:
                out.append(entry)
    name = _text(told.get("name"), "name", (), "", problems)
    if problems:
        raise Rejected(*problems)
    return Table(tuple(entry for entry, _ in out), tuple(given for _, given in out), checked, name)


def _keys(node: Node, known: tuple[str, ...], problems: list[Diagnostic]) -> dict[str, Node]:
    from drafter.diagnostic import nearest
    from drafter.outline.yaml import MappingNode

    if not isinstance(node, MappingNode):
        problems.append(node.diagnostic("这里要一行写一条“名称: 内容”。", code="formulation-table"))
        return {}
    out: dict[str, Node] = {}
    for key, value in node.entries:
        if key.text in known:
            out[key.text] = value
        else:
            hint = nearest(key.text, known) or f"可以写：{'、'.join(known)}。"
            problems.append(key.diagnostic(f"不认识的“{key.text}”。", hint=hint, code="formulation-table"))
    return out


def _list(node: Node | None, key: str, problems: list[Diagnostic]) -> tuple[Node, ...]:
    from drafter.outline.yaml import SequenceNode

    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        problems.append(node.diagnostic(f"{key} 要写成列表，一项一行，行首写“- ”。", code="formulation-table"))
        return ()
    return node.items


def _entry(
    node: Node, common: dict[str, Node], problems: list[Diagnostic]
) -> tuple[Formulation, frozenset[str]] | None:
    """An entry and the keys it is given, None where it cannot be used."""
    from drafter.outline.yaml import Scalar

    if isinstance(node, Scalar):
        form, arrow, now = node.text.partition("→")
        if max(len(form), len(now)) > MAX_CHARACTERS:
            problems.append(node.diagnostic(f"一个提法最多 {MAX_CHARACTERS} 个字。", code="formulation-table"))
            return None
        fields, given = common, {"form": form.strip(), "now": now.strip() if arrow else ""}
    else:
        fields, given = common | _keys(node, (*_TEXTS, *_LISTS), problems), {}
        if "form" not in fields:
            problems.append(node.diagnostic("这一条没有 form。", hint="form 后面写这个提法。", code="formulation-table"))
            return None

    def text(key: str, among: tuple[str, ...] = (), usual: str = "") -> str:
        return given[key] if key in given else _text(fields.get(key), key, among, usual, problems)

    def words(key: str) -> tuple[str, ...]:
        rows = _rows(fields.get(key), key, problems)
        return tuple(word.translate(UNMARKED) for row in rows for word in row.split())

    def pairs(key: str) -> tuple[tuple[str, str], ...]:
        cut = [row.partition("→") for row in _rows(fields.get(key), key, problems)]
        return tuple((wrong.strip(), right.strip() if arrow else form) for wrong, arrow, right in cut)

    def day(key: str, end: bool) -> int:
        value = fields.get(key)
        return _day(value, end, problems) if value is not None else 0

    form = text("form")
    items = _rows(fields.get("items"), "items", problems)
    entry = Formulation(
        form=form,
        kind=text("kind", KINDS, "formulation"),
        first=day("from", False),
        last=day("to", True),
        now=text("now"),
        items=tuple(re.split("；" if "；" in items[0] else "、", items[0])) if len(items) == 1 else items,
        wrong=pairs("wrong"),
        clash=pairs("clash"),
        together=words("with"),
        after=words("after"),
        before=words("before"),
        unless=words("unless"),
        unless_with=words("unless-with"),
        near=words("near"),
        passed=words("passed"),
        free=text("order", ("free",)) == "free",
        sure=text("confidence", ("sure", "unsure"), "sure") == "sure",
        level=text("level", (*LEVELS, "off")),
        note=text("note").rstrip("。"),
        source=text("source"),
        theme=text("theme"),
    )
    where = node if isinstance(node, Scalar) else fields["form"]
    keys = frozenset((*fields, *(key for key, value in given.items() if value)))
    return (entry, keys) if _holds_together(entry, where, problems) else None


def called(words: str) -> str:
    """Words between quotation marks, unless they have their own."""
    return words if "“" in words else f"“{words}”"


def _holds_together(entry: Formulation, where: Node, problems: list[Diagnostic]) -> bool:
    """Whether an entry can be used; what is wrong with it is told."""
    phrases = list(_phrases(entry))
    if len(entry.name) < 2 or any(len(phrase) < 2 for phrase, _, _ in phrases):
        problems.append(
            where.diagnostic(f"“{entry.form}”要有两个字以上；它的 items、wrong、clash 各项也一样。", code="formulation-table")
        )
        return False
    if len(entry.items) > MAX_ITEMS:
        problems.append(where.diagnostic(f"“{entry.form}”的 items 太多，最多 {MAX_ITEMS} 项。", code="formulation-table"))
    said = next((phrase for phrase, what, _ in phrases if what in ("wrong", "clash") and phrase in entry.name), "")
    if said:
        hint = "引号不算字；改 wrong 或者 clash。"
        problems.append(
            where.diagnostic(f"“{said}”写成了错的，可是{called(entry.form)}里就有这几个字。", hint=hint, code="formulation-table")
        )
    if entry.first and entry.last and entry.first > entry.last:
        problems.append(where.diagnostic(f"“{entry.form}”的 from 比 to 晚。", code="formulation-table"))
    return True


def _text(node: Node | None, key: str, among: tuple[str, ...], usual: str, problems: list[Diagnostic]) -> str:
    from drafter.outline.yaml import Scalar

    if node is None:
        return usual
    if not isinstance(node, Scalar):
        problems.append(node.diagnostic(f"{key} 只写一行字。", code="formulation-table"))
        return usual
    if among and node.text not in among:
        problems.append(
            node.diagnostic(f"{key} 的“{node.text}”不对。", hint=f"可以写：{'、'.join(among)}。", code="formulation-table")
        )
        return usual
    return _short(node, key, problems)


def _short(node: Scalar, key: str, problems: list[Diagnostic]) -> str:
    if len(node.text) > MAX_CHARACTERS:
        problems.append(node.diagnostic(f"{key} 太长，最多 {MAX_CHARACTERS} 个字。", code="formulation-table"))
    return node.text[:MAX_CHARACTERS]


def _rows(node: Node | None, key: str, problems: list[Diagnostic]) -> tuple[str, ...]:
    """The lines of a list, or the one line that stands instead."""
    from drafter.outline.yaml import Scalar

    if node is None:
        return ()
    if isinstance(node, Scalar):
        if len(node.text) > MAX_WORDS * 10:
            problems.append(node.diagnostic(f"{key} 太长，最多 {MAX_WORDS * 10} 个字。", code="formulation-table"))
        return (node.text[: MAX_WORDS * 10],)
    out = []
    for row in _list(node, key, problems):
        if isinstance(row, Scalar):
            out.append(_short(row, key, problems))
        else:
            problems.append(row.diagnostic(f"{key} 里只写字，一行一条。", code="formulation-table"))
    if len(out) > MAX_WORDS:
        problems.append(node.diagnostic(f"{key} 太多，最多 {MAX_WORDS} 条。", code="formulation-table"))
    return tuple(out)


def _day(node: Node, end: bool, problems: list[Diagnostic]) -> int:
    """The day a date names; of a year or a month its first, or with `end` its last."""
    text = getattr(node, "text", "")
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
    try:
        if found and found[3]:
            return date(int(found[1]), int(found[2]), int(found[3])).toordinal()
        if found:
            first = date(int(found[1]), int(found[2] or (12 if end else 1)), 1)
            return ((first + timedelta(31)).replace(day=1) - timedelta(1) if end else first).toordinal()
    except (ValueError, OverflowError):
        pass
    problems.append(node.diagnostic(f"“{text}”不是日期。", hint="写成 2016、2016-10 或 2016-10-27。", code="formulation-table"))
    return 0
