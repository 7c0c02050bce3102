"""The table of opinions (意见汇总表): what is wished, by whom and where, in the order of the text; and what became of
every wish in the text that was decided on afterwards."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from re import fullmatch, search
from typing import NamedTuple

from drafter.analysis.compare import units
from drafter.readers.open import read_word
from drafter.revise.gather import Gathered, moved_to, quoted, signature
from drafter.revise.returned import BODY, Stories
from drafter.revise.wishes import (
    BEHIND,
    END,
    PARAGRAPH,
    WORDS,
    CopyLine,
    Edit,
    SentLine,
    SentStory,
    Way,
    WayPiece,
    Wished,
    differences,
)
from drafter.speech.recognise import recognise
from drafter.word.ledger import Ledger, LedgerRow, WishedChange, WishedStory

#: Letters quoted of what new words stand behind, and letters below which a stretch is quoted with its clause.
_BEFORE = 8
_SHORT = 4

#: Letters above which a stretch that changes as a whole is told by what changes in it, where that is fewer things.
_LONG, _MANY = 24, 4

_STOPS = "，。；：！？\n" + END

#: What becomes of a wish.
ADOPTED, PARTLY, REFUSED, OPEN = "采纳", "部分采纳", "未采纳", "未定"
STATES = (ADOPTED, PARTLY, REFUSED, OPEN)

#: What the table says of a copy that wishes nothing.
SILENT = "无修改意见"


class Opinion(NamedTuple):
    """A row of the table. `names` are the copies, `original` the words that went out ("" for none), `wanted` what is to
    become of them. `kind` is "change", "clash" (it touches wishes of others), "comment", "other" (what could not be
    marked in the text) or "none" (a copy that wishes nothing). `refs` are the changes it is made of: the story, the
    number of the change, that of the wording."""

    names: tuple[str, ...]
    place: str
    original: str
    wanted: str
    kind: str
    refs: tuple[tuple[str, int, int], ...] = ()


def opinions(gathered: Gathered) -> tuple[Opinion, ...]:
    """The rows of the table, in the order of the text; what concerns all of it behind, copies that wish nothing
    last."""
    where = _Places(gathered)
    rows: list[tuple[tuple[int, int, int], Opinion]] = []
    names = list(gathered.stories)
    for name, changes in gathered.changes.items():
        for number, change in enumerate(changes):
            at = (names.index(name), change.start, 0)
            rows += [(at, row) for row in _rows(gathered, name, number, change, where)]
    rows = _joined_blanks(gathered, rows)
    for at, remark_row in _comments(gathered, where, names):
        rows.append((at, remark_row))
    rows.sort(key=lambda row: row[0])
    out = [row for _, row in rows]
    for beside in gathered.copies:
        out += [Opinion((beside.name,), "全文", "", words, "other") for words in beside.left]
    silent = tuple(beside.name for beside in gathered.copies if beside.silent)
    out += [Opinion((name,), "", "", SILENT, "none") for name in silent]
    return tuple(out)


def _rows(gathered: Gathered, name: str, number: int, change: Wished, where: "_Places") -> Iterator[Opinion]:
    """The rows of a change: one, or one for each wording where wishes touch; none for the half of a move that comes."""
    story = gathered.stories[name]
    old = _plain(story.text[change.start : change.end])
    for n, way in enumerate(change.ways):
        by, refs = tuple(gathered.copies[k].name for k in way.by), ((name, number, n),)
        if change.twin is not None:
            if change.start < change.end:
                behind = where.behind(name, gathered.changes[name][change.twin].start)
                wanted = f"这一段移到{behind}" if behind else "这一段移到最前面"
                both = (*refs, (name, change.twin, 0))
                yield Opinion(by, where.of(name, change.start), old, wanted, "change", both)
            continue
        if len(change.ways) > 1:
            wanted = _wording(story.text[change.start : change.end], way.text)
            original, wanted, kind = old, _moved_away(gathered, name, change, way, where) or wanted, "clash"
        else:
            edit = _edit_of(gathered, name, change, way)
            original, wanted = told(story, change, way, edit.kind if edit is not None else WORDS)
            if edit is not None and edit.twin is not None and not original:  # others reword it where it was
                was = gathered.copies[way.by[0]].edits[name][edit.twin]
                wanted = f"{where.of(name, was.start)}移到这里：{_whole(way.text)}"
            kind = "change"
        behind_end = story.text.startswith(END, change.start) and change.end > change.start + 1
        place = where.of(name, change.start + behind_end)
        if not original and change.start == change.end:  # paragraphs that come stand behind one that is there
            place = where.behind(name, change.start + (not way.text.endswith(END))) or "最前面"
        yield Opinion(by, place, original, wanted, kind, refs)


def _moved_away(gathered: Gathered, name: str, change: Wished, way: Way, where: "_Places") -> str:
    """What a wording says that takes a paragraph away which stands elsewhere then, "" for any other: others reword the
    paragraph where it was, so that it is no move any more."""
    into = moved_to(gathered, name, change, way)
    if into is None:
        return ""
    behind = where.behind(name, into.start + (into.kind == BEHIND))
    return f"这一段移到{behind or '最前面'}（那里另有一条）"


def _before(story: SentStory, place: int) -> int | None:
    """The paragraph in front of a place that says anything; None where there is none."""
    line = story.line_at(place) - (place in story.beginnings)
    while line >= 0 and not story.lines[line].text.strip():
        line -= 1
    return line if line >= 0 else None


def _is(change: Wished, edit: Edit) -> bool:
    return len(change.ways) == 1 and (change.start, change.end, change.ways[0].text) == edit[:3]


def _edit_of(gathered: Gathered, name: str, change: Wished, way: Way) -> Edit | None:
    """The edit a change is, None where it is several."""
    edits = gathered.copies[way.by[0]].edits[name]
    return next((edit for edit in edits if _is(change, edit)), None)


# ── in words ───────────────────────────────────────────────────────────────────────────────────────────────────────


def told(story: SentStory, change: Wished, way: Way, kind: str) -> tuple[str, str]:
    """The words a change is about and what it does to them, as an office says it. `kind` is that of its edit."""
    old, new = story.text[change.start : change.end], way.text
    if kind == BEHIND or (kind == PARAGRAPH and not old):
        return "", f"增加一段：{_whole(new)}" if new.strip(END) else "增加一个空行"
    if kind == PARAGRAPH and not new:
        return _plain(old), "删去这一段" if old.strip(END) else "删去这一空行"
    start, end = _clause(story, change.start, change.end)
    original = _plain(story.text[start:end])
    if old == END and not new:
        start, end = _clause(story, max(start - 1, story.starts[story.line_at(start)]), change.start)
        return _plain(story.text[start:end]), "与下一段合并"
    if new == END and not old:
        return original, f"在{quoted(_just_before(story, change.start))}后另起一段"
    if not old:
        before = quoted(_just_before(story, change.start))
        return original, f"在{before}后增加{_whole(new)}" if before else f"在最前面增加{_whole(new)}"
    if not new:
        return original, f"删去{_whole(old)}"
    if min(len(old), len(new)) > _LONG and END not in old + new and len(inner := list(_within(old, new))) < _MANY:
        return original, "；".join(inner)
    if min(len(old), len(new)) < _SHORT and END not in old + new:
        old, new = story.text[start:end], story.text[start : change.start] + new + story.text[change.end : end]
    return original, f"{_whole(old)}改为{_whole(new)}"


def _within(old: str, new: str) -> Iterator[str]:
    """What changes within a long stretch that changes as a whole, an answer."""
    story = SentStory([SentLine(old)])
    for edit in differences(story, [CopyLine(new)]).edits:
        way = Way((WayPiece(edit.text),), (), ())
        yield told(story, Wished(edit.start, edit.end, (way,)), way, WORDS)[1]


def _wording(old: str, new: str) -> str:
    if not old:
        return f"增加：{_whole(new)}"
    return f"改为：{_whole(new)}" if new.strip(END) else "删去这一段" if END in old else "删去"


def _plain(text: str) -> str:
    """Words of the text as a cell shows them."""
    return text.strip(END).replace(END, "\n")


def _whole(text: str) -> str:
    return f"“{_plain(text)}”"


def _clause(story: SentStory, start: int, end: int) -> tuple[int, int]:
    while start > 0 and story.text[start - 1] not in _STOPS:
        start -= 1
    if end == start or story.text[end - 1] not in _STOPS:
        while end < len(story.text) and story.text[end] not in _STOPS:
            end += 1
        end += end < len(story.text) and story.text[end] not in ("\n", END)
    return start, end


def _just_before(story: SentStory, place: int) -> str:
    line = story.text[story.starts[story.line_at(place)] : place]
    return line[-_BEFORE:]


def _joined_blanks(
    gathered: Gathered, rows: Sequence[tuple[tuple[int, int, int], Opinion]]
) -> list[tuple[tuple[int, int, int], Opinion]]:
    """The rows, those that fill the same blank in several places with the same words as one."""
    out: list[tuple[tuple[int, int, int], Opinion]] = []
    seen: dict[tuple[tuple[str, ...], str, str], int] = {}
    for at, row in rows:
        name, number, _ = row.refs[0]
        change = gathered.changes[name][number]
        story = gathered.stories[name]
        blank = row.kind == "change" and (change.start, change.end) in story.whole
        key = (row.names, story.text[change.start : change.end], change.ways[0].text)
        if not blank or key not in seen:
            if blank:
                seen[key] = len(out)
            out.append((at, row))
            continue
        first_at, first = out[seen[key]]
        joined = first._replace(refs=(*first.refs, *row.refs))
        out[seen[key]] = first_at, joined
    return [(at, _several(row, gathered)) for at, row in out]


def _several(row: Opinion, gathered: Gathered) -> Opinion:
    name, number, _ = row.refs[0]
    change = gathered.changes[name][number]
    if len(row.refs) < 2 or (change.start, change.end) not in gathered.stories[name].whole:
        return row
    old, new = _whole(gathered.stories[name].text[change.start : change.end]), _whole(change.ways[0].text)
    return row._replace(place=f"{row.place}等{len(row.refs)}处", wanted=f"{old}改为{new}")


def _comments(
    gathered: Gathered, where: "_Places", names: Sequence[str]
) -> Iterator[tuple[tuple[int, int, int], Opinion]]:
    """The comments as rows, the same words at the same place once."""
    by: dict[tuple[int, int, int, str, str, str], list[str]] = {}
    for beside in gathered.copies:
        for remark, name, span in beside.remarks:
            start, end = span or (0, 0)
            place = where.of(name, start) if span else "全文"
            original = _plain(gathered.stories[name].text[start:end])
            key = (names.index(name), start, end, place, original, remark.text)
            by.setdefault(key, []).append(signature(beside.name, remark))
    for (story, start, _, place, original, text), signed in by.items():
        yield (story, start, 1), Opinion(tuple(dict.fromkeys(signed)), place, original, f"批注：{text}", "comment")


def ledger(gathered: Gathered, rows: Sequence[Opinion]) -> Ledger:
    """What travels in the text, so that afterwards it can be told what became of every wish."""
    stories = tuple(
        WishedStory(
            name,
            tuple(line.text for line in gathered.stories[name].lines),
            tuple(WishedChange(c.start, c.end, tuple(way.text for way in c.ways)) for c in changes),
        )
        for name, changes in gathered.changes.items()
    )
    mark = sha256(repr(stories).encode()).hexdigest()[:8]
    return Ledger(stories, tuple(LedgerRow(f"{mark}_{n}", row.refs) for n, row in enumerate(rows, 1)))


class _Places:
    """Where a place of the text is, in words a person uses: 二、（三）第 2 段."""

    def __init__(self, gathered: Gathered) -> None:
        self.stories = gathered.stories
        self.lines = _named_lines(gathered.sent)

    def of(self, story: str, place: int) -> str:
        """The words for a place of a story."""
        return self.line(story, self.stories[story].line_at(place))

    def behind(self, story: str, place: int) -> str:
        """The words for what comes at a place behind a paragraph; "" where nothing stands before it."""
        line = _before(self.stories[story], place)
        return f"{self.line(story, line)}之后" if line is not None else ""

    def line(self, story: str, line: int) -> str:
        """The words for a paragraph of a story."""
        if story != BODY:
            return story.replace(" ", "")
        return self.lines[line] if line < len(self.lines) else ""


def _named_lines(sent: Stories) -> list[str]:
    """What each paragraph of the body is called."""
    reading = read_word(sent.file)
    assert reading.word is not None, "it was read from a Word file"
    found = [
        (unit.label.strip() + unit.text, unit.place.replace("下第 ", "第").replace(" ", ""))
        for unit in units(recognise(reading.blocks, reading.hints))
        if unit.kind != "entry"
    ]
    groups: dict[str, set[str]] = {}
    for _, place in found:
        group, rest = _group(place)
        groups.setdefault(rest.partition("第")[0], set()).add(group)
    out = []
    at = count = 0
    last, head = "开头", ""
    for paragraph in sent.paragraphs[BODY]:
        words = "".join(paragraph.text.split())
        for n in range(at, min(at + 4, len(found))):
            start = "".join(found[n][0].split())[:6]
            if not (words and start and words.startswith(start)):
                continue
            last, at = found[n][1], n + 1
            group, rest = _group(last)
            label = rest.partition("第")[0]
            if group and label and len(groups[label]) == 1:
                last, head, count = rest, label, _count(rest)
            elif group and not label and head:  # a table parts what stands under one heading
                count += 1
                last = f"{head}第{count}段"
            else:
                head = ""
            break
        out.append(last)
    return out


def _group(place: str) -> tuple[str, str]:
    """The 第2组 at the beginning of a place and what follows; "" where it has none."""
    found = fullmatch(r"(第\d+组)?(.*)", place)
    assert found is not None, "it matches everything"
    return found[1] or "", found[2]


def _count(place: str) -> int:
    """The number of the paragraph a place ends in, 0 where it is that of a heading."""
    found = search(r"第(\d+)段$", place)
    return int(found[1]) if found else 0


# ── what became of them ────────────────────────────────────────────────────────────────────────────────────────────


def became(kept: Ledger, now: Stories) -> dict[str, str]:
    """What has become of every row of the table that is of changes, by its key, in a text that was decided on."""
    states: dict[tuple[str, int, int], str] = {}
    for story in kept.stories:
        accepted, refused = (
            decided(story.lines, story.changes, lines) for lines in (now.words(story.name), now.refused(story.name))
        )
        for n, (change, yes, no) in enumerate(zip(story.changes, accepted, refused, strict=True)):
            for k, way in enumerate(change.ways):
                # where others reword what one deletes, nothing is there by which the deletion alone could be told
                waits = not way and len(change.ways) > 1 and yes != no
                states[story.name, n, k] = OPEN if waits else state(yes[k], no[k])
    return {row.key: together([states[ref] for ref in row.refs]) for row in kept.rows if row.refs}


def decided(lines: Sequence[str], wanted: Sequence[WishedChange], now: Sequence[str]) -> list[list[str]]:
    """What became of every wording of every wish, where `lines` went out and `now` is the text: 采纳, 部分采纳 or 未采纳."""
    text = "".join(line + END for line in lines)
    whole = _followed(text, 0, len(text), wanted, "".join(line + END for line in now))
    if whole is not None:
        return whole
    out: list[list[str]] = []
    story = _story_of(lines)
    for (low, high), group in _blocks(story, wanted):
        said = _stretch_of(lines, now, low, high)
        start, end = story.starts[low], story.starts[high]
        found = _followed(story.text, start, end, group, said)
        out += found if found is not None else [_by_sight(story.text, row, said) for row in group]
    return out


def _followed(text: str, start: int, end: int, wanted: Sequence[WishedChange], now: str) -> list[list[str]] | None:
    """What became of the wishes between two places, where nothing else was changed there; None where something was.
    Every way through is a list of what was chosen so far, by how far it has come in the text of now."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    at = start
    for row in [*wanted, WishedChange(end, end, ())]:
        kept = text[at : row.start]
        ways = {p + len(kept): chosen for p, chosen in ways.items() if now.startswith(kept, p)}
        at = row.end
        if not ways:
            return None
        if not row.ways:
            break
        further: dict[int, tuple[str, ...]] = {}
        for outcome, said in _outcomes(text[row.start : row.end], row.ways):
            for p, chosen in ways.items():
                if now.startswith(said, p):
                    further.setdefault(p + len(said), (*chosen, outcome))
        ways = further
    found = ways.get(len(now))
    return [outcome.split() for outcome in found] if found is not None else None


def _outcomes(old: str, ways: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What may stand where a wish was, and what has then become of each wording, in one string."""
    some = ways[:6]  # more never touched each other in one place
    yield " ".join(REFUSED for _ in ways), old
    for n, way in enumerate(some):
        yield " ".join(ADOPTED if k == n else REFUSED for k in range(len(ways))), way
    for chosen in range(2 ** len(some)):
        taken = [bool(chosen >> k & 1) for k in range(len(ways))]
        for kept in (True, False):
            said = (old if kept else "") + "".join(way for way, take in zip(ways, taken, strict=True) if take)
            half = PARTLY if any(taken) else REFUSED
            lone = PARTLY if not any(taken) and not kept and old else half
            yield " ".join(lone if take or not any(taken) else REFUSED for take in taken), said


def _story_of(lines: Sequence[str]) -> SentStory:
    from drafter.revise.wishes import SentLine

    return SentStory([SentLine(line) for line in lines])


def _blocks(story: SentStory, wanted: Sequence[WishedChange]) -> Iterator[tuple[tuple[int, int], list[WishedChange]]]:
    """The wishes by the paragraphs they are about, from one to before another."""
    spans: list[list[int]] = []
    groups: list[list[WishedChange]] = []
    for row in wanted:
        low = story.line_at(min(row.start, len(story.text) - 1))
        high = story.line_at(max(row.start, row.end - 1)) + 1
        if spans and low < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], high)
            groups[-1].append(row)
        else:
            spans.append([low, high])
            groups.append([row])
    yield from (((low, high), group) for (low, high), group in zip(spans, groups, strict=True))


def _stretch_of(lines: Sequence[str], now: Sequence[str], low: int, high: int) -> str:
    """What stands now where some paragraphs stood: between the nearest ones before and behind that are there."""
    from drafter.speech.match import align

    pairs = align(lines, now)
    before = [pairs[i] for i in range(low) if i in pairs]
    behind = [pairs[i] for i in range(high, len(lines)) if i in pairs]
    start = max(before, default=-1) + 1
    stop = min((j for j in behind if j >= start), default=len(now))
    return "".join(line + END for line in now[start:stop])


def _by_sight(text: str, row: WishedChange, said: str) -> list[str]:
    """What became of a wish where the words around it were changed as well: told by whether its words are there."""
    old = text[row.start : row.end]
    out = []
    for way in row.ways:
        around = text[max(0, row.start - 4) : row.start], text[row.end : row.end + 4]
        whole = around[0] + way + around[1]
        if whole in said or (len(way) >= _SHORT and way in said and way not in old):
            out.append(ADOPTED)
        elif around[0] + old + around[1] in said:
            out.append(REFUSED)
        else:
            fresh = [word for word in way.split("，") if len(word) >= _SHORT and word not in old]
            out.append(PARTLY if any(word in said for word in fresh) else REFUSED)
    return out


def state(accepted: str, refused: str) -> str:
    """What has become of a wish: what is said where the changes that are still open are accepted, and where they are
    refused; 未定 where that differs."""
    return accepted if accepted == refused else OPEN


def together(states: Sequence[str]) -> str:
    """What has become of a row of several changes."""
    if OPEN in states:
        return OPEN
    return states[0] if len(set(states)) == 1 else PARTLY


