"""What a shelf would bring, in words: which outlines, passages, tables and templates are new, gone or changed, and in which
sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.saying import DiffPart, differing
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf
from drafter.outline.yaml import Source, decode

if TYPE_CHECKING:
    from drafter.outline.model import Requirement, Section
    from drafter.outline.told import ToldRow

#: Files by their path on the shelf.
Files = Mapping[str, bytes]

#: What the kinds are called, and what was done to one.
KINDS = {"outlines": "提纲", "passages": "段落", "basis": "依据表", "templates": "模板"}
FATES = {"new": "新的", "gone": "没有了的", "changed": "改了的"}

#: So many characters of a shelf's texts are compared sentence by sentence; of longer ones only that they changed is told.
_MOST_COMPARED = 400_000


class ChangedSentence(NamedTuple):
    """A sentence that would go (`now` is ""), come (`was` is ""), or be said otherwise."""

    was: str
    now: str

    @property
    def parts(self) -> tuple[DiffPart, ...]:
        """Where the two differ."""
        return tuple(differing(self.was, self.now))


class ShelfChange(NamedTuple):
    """Something on a shelf that would be new, gone or changed: its `kind` (outlines, passages, basis, templates), name and what it
    is for. `told` is False where nobody can say which sentences changed; `broken` says why it cannot be used ("" where it can)."""

    kind: str
    name: str
    fate: str
    about: str = ""
    sentences: tuple[ChangedSentence, ...] = ()
    told: bool = True
    broken: str = ""


class _Thing(NamedTuple):
    """An outline, passage, table or template: what it is for, its sentences, and why it cannot be used."""

    about: str
    sentences: tuple[str, ...]
    broken: str = ""


def changes(was: Files | None, was_hashes: Mapping[str, str], now: Files, now_hashes: Mapping[str, str]) -> tuple[ShelfChange, ...]:
    """What would change, by kind and name. `was` is None where the files are not to be had any more, and only their hashes are
    known."""
    before, after = _grouped(was_hashes), _grouped(now_hashes)
    out = []
    for kind, name in sorted(before.keys() | after.keys(), key=lambda key: (list(KINDS).index(key[0]), key[1])):
        old, new = before.get((kind, name), {}), after.get((kind, name), {})
        if old == new:
            continue
        item = _item(kind, name, now) if new else _item(kind, name, was) if was is not None else _Thing("", ())
        if not old or not new:
            out.append(ShelfChange(kind, name, "new" if new else "gone", item.about, broken=item.broken if new else ""))
            continue
        sentences: tuple[ChangedSentence, ...] = ()
        had = _item(kind, name, was).sentences if was is not None else ()
        tells = was is not None and sum(map(len, had)) + sum(map(len, item.sentences)) <= _MOST_COMPARED
        if tells:
            sentences = tuple(compared(had, item.sentences))
        out.append(ShelfChange(kind, name, "changed", item.about, sentences, tells, item.broken))
    return tuple(out)


def _grouped(hashes: Mapping[str, str]) -> dict[tuple[str, str], dict[str, str]]:
    """The files of each thing on a shelf."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for path, sha256 in hashes.items():
        out.setdefault(thing_of(path), {})[path] = sha256
    return out


def thing_of(path: str) -> tuple[str, str]:
    """The kind and name of what a file of a shelf is, or is part of."""
    parts = path.split("/")
    if parts[0] == "templates":
        return "templates", parts[1]
    return (parts[1] if len(parts) == 3 else "outlines"), parts[-1].removesuffix(".yaml")


# ── what one of them says ──────────────────────────────────────────────────────────────────────────────────────────


def _item(kind: str, name: str, files: Files) -> _Thing:
    """What it says; of what cannot be read, its lines as they stand."""
    if kind == "templates":
        return _template(name, files)
    path = f"outlines/{name}.yaml" if kind == "outlines" else f"outlines/{kind}/{name}.yaml"
    try:
        source = decode(files[path], path)[0]
    except Rejected as refused:
        return _Thing("", (), _first(refused))
    try:
        return _table(source) if kind == "basis" else _outline(source, files)
    except Rejected as refused:
        ours = any(problem.code == "lock-damaged" for problem in refused.diagnostics)  # and no fault of this shelf
        return _Thing("", tuple(row.strip() for row in source.text.split("\n") if row.strip()), "" if ours else _first(refused))


def _first(refused: Rejected) -> str:
    return refused.diagnostics[0].text().splitlines()[0]


def _outline(source: Source, files: Files) -> _Thing:
    from drafter.commands.outlines.as_data import what_follows
    from drafter.outline.parse import parse
    from drafter.outline.told import told

    def load(word: str, name: str, asker: Source) -> Source:
        """From the same shelf, else from what came with drafter, else from any there is."""
        for folder in ("outlines/basis/",) if word == "basis" else ("outlines/", "outlines/passages/"):
            path = f"{folder}{name}.yaml"
            if path in files and path != asker.file:
                return decode(files[path], path)[0]
            if (came := shelf.shipped() / path).is_file():
                return shelf.read_source(came)[0]
        if word == "basis":
            return shelf.read_source(shelf.find_basis(name))[0]
        return shelf.load(word, name, asker)

    outline = parse(source, load)[0]
    said = told(outline, what_follows(outline)[0])
    rows = [*said.head, *_flat(said.fields), *_flat(said.speech)]
    if outline.passage:
        texts = (*outline.passage.headings, *outline.passage.texts, *outline.passage.short)
        rows += [text.words for text in texts]
    else:
        rows += _said_below(outline.speech)
    about = outline.about or outline.genre or (outline.title.words if outline.title else "")
    return _Thing(about, tuple(_sentences(rows)))


def _said_below(parts: "Iterable[Section | Requirement]") -> Iterator[str]:
    """What requirements say below their headings, of which an outline that is told has the headings alone."""
    from drafter.outline.model import Requirement

    for part in parts:
        if isinstance(part, Requirement):
            yield from (text.words for text in part.texts[0 if part.heading else 1 :])
            yield from _said_below(point for point in part.points if isinstance(point, Requirement))
        else:
            yield from _said_below((*part.items, *part.sections))


def _flat(rows: "Iterable[ToldRow]") -> Iterator[str]:
    for row in rows:
        yield row.said
        yield from _flat(row.below)


def _table(source: Source) -> _Thing:
    from drafter.outline.read_basis import parse_table

    table = parse_table(source)[0]
    rows = [table.about, *(f"也叫{name}" for name in table.also), f"核对到 {table.checked}", table.since]
    for entry in table.entries:
        until = f"，用到 {entry.until}" if entry.until else ""
        fits = "".join(f"，{name}用" for name in (*entry.levels, *entry.ranks))
        rows.append(f"{entry.name}（{entry.kind}，从 {entry.begins} 起用{until}{fits}）：见{entry.origin}，核对到 {entry.checked}")
        rows += [text.words for text in entry.texts]
    return _Thing(table.about, tuple(_sentences(rows)))


def _template(name: str, files: Files) -> _Thing:
    """The rows of its two texts; of its base.docx that it is there, and which."""
    from hashlib import sha256

    from drafter.template.styles import parse_template

    folder = f"templates/{name}"
    try:
        styles, layout = (decode(files[f"{folder}/{file}"], f"{folder}/{file}")[0] for file in ("styles.yaml", "layout.j2"))
    except Rejected as refused:
        return _Thing("", (), _first(refused))
    rows = [row.rstrip() for source in (styles, layout) for row in source.text.split("\n") if row.strip()]
    base = files.get(f"{folder}/base.docx")
    rows += [f"base.docx（{sha256(base).hexdigest()[:12]}）"] if base is not None else []
    try:
        return _Thing(parse_template(name, styles, layout).about, tuple(rows))
    except Rejected as refused:
        return _Thing("", tuple(rows), _first(refused))


def _sentences(rows: Iterable[str]) -> Iterator[str]:
    """The rows sentence by sentence."""
    for row in rows:
        for sentence in re.split(r"(?<=[。！？；])(?![”’」』）])|(?<=[。！？；][”’」』）])|\n", row):
            if sentence and sentence.strip():
                yield sentence.strip()


# ── two of them ────────────────────────────────────────────────────────────────────────────────────────────────────


def compared(was: Sequence[str], now: Sequence[str]) -> Iterator[ChangedSentence]:
    """The sentences that are not in both, in their order; those alike are one that was said otherwise."""
    from difflib import SequenceMatcher

    from drafter.analysis.compare import paired

    for kind, i0, i1, j0, j1 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = paired(was[i0:i1], now[j0:j1])
        back = {j: i for i, j in pairs.items()}
        for i in range(i1 - i0):
            if i not in pairs:
                yield ChangedSentence(was[i0 + i], "")
        for j in range(j1 - j0):
            if j in back:
                if was[i0 + back[j]] != now[j0 + j]:
                    yield ChangedSentence(was[i0 + back[j]], now[j0 + j])
            else:
                yield ChangedSentence("", now[j0 + j])


def problems_of(found: Sequence[ShelfChange]) -> tuple[Diagnostic, ...]:
    """What of it cannot be used."""
    from drafter.diagnostic import WARNING

    rows = [one for one in found if one.broken]
    return tuple(
        Diagnostic(f"书架上的{KINDS[one.kind]} {one.name} 用不了：{one.broken}", None, "请问一问给书架的人。", level=WARNING, code="shelf-broken")
        for one in rows
    )
