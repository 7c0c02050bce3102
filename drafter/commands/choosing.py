"""A paper chosen on a page: the outlines on the shelves in families of occasions, or those that answer what was typed;
what one of them is like before it is taken, with its first page as a picture."""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.minutes import about_minutes
from drafter.commands.index import OutlineEntry, entries
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf

if TYPE_CHECKING:
    from drafter.outline.model import Outline
    from drafter.speech.block import Block
    from drafter.template.styles import Template

#: The family of what an office has written itself, and of what no word of `FAMILIES` is told of.
OWN, OTHER = "本单位的", "其他"

#: The families of occasions as they are shown.
FAMILIES = (
    "部署推进",
    "年度会议和报告",
    "安全和稳定",
    "座谈调研",
    "主持词",
    "党建和学习",
    "纪律和巡察",
    "干部工作",
    "述职和民主生活会",
    "培训和开学",
    "迎送和仪式",
    "节日慰问",
    "表态、发言、汇报",
    "书信和悼词",
    OTHER,
)

#: A word of a genre and the family it tells of; the first that is met decides, so what is rarer stands first.
_TOLD_BY = (
    ("主持", "主持词"),
    ("巡察", "纪律和巡察"),
    ("巡视", "纪律和巡察"),
    ("述职", "述职和民主生活会"),
    ("廉", "纪律和巡察"),
    ("从严治党", "纪律和巡察"),
    ("警示", "纪律和巡察"),
    ("民主生活会", "述职和民主生活会"),
    ("组织生活会", "述职和民主生活会"),
    ("对照检查", "述职和民主生活会"),
    ("学习", "党建和学习"),
    ("心得", "党建和学习"),
    ("党课", "党建和学习"),
    ("党建", "党建和学习"),
    ("读书班", "党建和学习"),
    ("中心组", "党建和学习"),
    ("七一", "党建和学习"),
    ("任免", "干部工作"),
    ("任职", "干部工作"),
    ("任前", "干部工作"),
    ("离任", "干部工作"),
    ("换届", "干部工作"),
    ("座谈", "座谈调研"),
    ("安全", "安全和稳定"),
    ("消防", "安全和稳定"),
    ("防汛", "安全和稳定"),
    ("防火", "安全和稳定"),
    ("信访", "安全和稳定"),
    ("维稳", "安全和稳定"),
    ("环保", "安全和稳定"),
    ("应急", "安全和稳定"),
    ("培训", "培训和开学"),
    ("开学", "培训和开学"),
    ("结业", "培训和开学"),
    ("毕业", "培训和开学"),
    ("信", "书信和悼词"),
    ("倡议", "书信和悼词"),
    ("悼", "书信和悼词"),
    ("节", "节日慰问"),
    ("国庆", "节日慰问"),
    ("迎新春", "节日慰问"),
    ("慰问", "节日慰问"),
    ("致辞", "迎送和仪式"),
    ("迎", "迎送和仪式"),
    ("欢送", "迎送和仪式"),
    ("谢", "迎送和仪式"),
    ("幕词", "迎送和仪式"),
    ("庆祝", "迎送和仪式"),
    ("发布", "迎送和仪式"),
    ("表态", "表态、发言、汇报"),
    ("发言", "表态、发言、汇报"),
    ("汇报", "表态、发言、汇报"),
    ("调研", "座谈调研"),
    ("通报会", "座谈调研"),
    ("年度", "年度会议和报告"),
    ("年终", "年度会议和报告"),
    ("报告", "年度会议和报告"),
    ("两会", "年度会议和报告"),
    ("国企", "年度会议和报告"),
    ("会", "部署推进"),
    ("部署", "部署推进"),
    ("动员", "部署推进"),
    ("推进", "部署推进"),
)

#: Words typed of one letter are looked for as they stand: they mean too much.
_ONE = 1

#: Papers that may be begun together.
MOST_TOGETHER = 6


class Offered(NamedTuple):
    """An outline as it is offered: `called` is its genre (its name where it has none), `length` its 字 and `time` how
    long that takes, in words; `questions` how many it asks at most; `also` what else it is called; `why` are words it
    was found by that nobody typed; `problem` what keeps it from being used, "" for nothing. `stamp` changes whenever
    its picture may. `origin` is the shelf elsewhere it was taken from, "" for none."""

    name: str
    called: str
    about: str
    family: str
    own: bool
    length: int
    time: str
    questions: int
    also: tuple[str, ...]
    stamp: str
    problem: str = ""
    why: tuple[str, ...] = ()
    ticked: bool = False
    origin: str = ""


class Family(NamedTuple):
    """Outlines of one family, and `genres`, what they are called, each once with how many there are of it."""

    name: str
    outlines: tuple[Offered, ...]

    @property
    def genres(self) -> tuple[tuple[str, tuple[Offered, ...]], ...]:
        """Its branches: what they are called, and those that are called so."""
        called = dict.fromkeys(one.called for one in self.outlines)
        return tuple((name, tuple(one for one in self.outlines if one.called == name)) for name in called)


class ChooseRequest(NamedTuple):
    """What was typed ("" for all there is), and the names of the outlines that are ticked."""

    typed: str = ""
    ticked: tuple[str, ...] = ()


class ChooseResult(NamedTuple):
    """The outlines offered: all in their families, the office's own first, or in one family those that answer, best
    first. `said` tells where none does; `ticked` are those ticked, whether they are shown or not."""

    typed: str
    families: tuple[Family, ...]
    ticked: tuple[Offered, ...]
    said: str = ""

    @property
    def shown(self) -> int:
        """How many are shown."""
        return sum(len(family.outlines) for family in self.families)


def choose(request: ChooseRequest) -> ChooseResult:
    """What is offered."""
    known = entries()
    ticked = named(request.ticked, known)
    typed = " ".join(request.typed.split())
    chosen = {entry.name for entry in ticked}
    taken = tuple(_offered(entry, ticked=True) for entry in ticked)
    if not typed:
        return ChooseResult("", _in_families([_offered(e, ticked=e.name in chosen) for e in known]), taken)
    whole = [entry for entry in known if not entry.broken]
    found, said = _answering(whole, typed)
    shown = tuple(_offered(entry, ticked=entry.name in chosen, why=why) for entry, why in found)
    if not shown:
        families = _in_families([_offered(e, ticked=e.name in chosen) for e in known])
        return ChooseResult(typed, families, taken, f"没有合适“{typed}”的，下面是全部。")
    return ChooseResult(typed, (Family("", shown),), taken, said)


def _answering(known: Sequence[OutlineEntry], typed: str) -> tuple[list[tuple[OutlineEntry, tuple[str, ...]]], str]:
    """Those that answer what was typed, each with the words it was met by that were not typed; and what is said where
    they are only the nearest."""
    from drafter.commands.find import outlines_found

    if len(typed) == _ONE:
        having = [e for e in known if any(typed in text for text in (e.genre, e.name, e.about, *e.also))]
        if having:
            return [(entry, ()) for entry in having], ""
    hits = outlines_found(known, typed)
    said = "" if any(hit.fits for hit in hits) else f"没有合适“{typed}”的，最近的是："
    small = typed.casefold()
    return [(hit.entry, tuple(word for word in hit.why if word not in small)) for hit in hits], said


def named(names: Sequence[str], known: Sequence[OutlineEntry] | None = None) -> tuple[OutlineEntry, ...]:
    """The outlines of these names that can be used, each once, in the order named."""
    found = {entry.name: entry for entry in (entries() if known is None else known) if not entry.broken}
    return tuple(found[name] for name in dict.fromkeys(names) if name in found)


def to_begin(names: Sequence[str]) -> tuple[str, ...]:
    """The names of the outlines a draft is begun with. Raises Rejected where that is none, too many, or they mean
    different things by one name."""
    found = tuple(entry.name for entry in named(names))
    if not found:
        raise Rejected(Diagnostic("还没有选哪一篇。", None, "点一篇下面的“就用这篇”，或者在几篇前面打勾。", code="outline-not-named"))
    if len(found) > MOST_TOGETHER:
        raise Rejected(Diagnostic(f"一次最多一起写 {MOST_TOGETHER} 篇，这里选了 {len(found)} 篇。", None, "去掉几篇，分两次写。", code="papers-too-many"))
    if len(found) > 1:
        from drafter.commands.opening import open_outline
        from drafter.commands.together import together

        together([open_outline(name).outline for name in found])
    return found


# ── families ───────────────────────────────────────────────────────────────────────────────────────────────────────


def family_of(entry: OutlineEntry) -> str:
    """The family of an outline, by its genre; where that says nothing by its name and by what it is for."""
    for text in (entry.genre, entry.name, entry.about):
        for word, family in _TOLD_BY:
            if word in text:
                return family
    return OTHER


def _in_families(offered: Sequence[Offered]) -> tuple[Family, ...]:
    """The outlines in their families, the office's own in one of their own before the others."""
    families = [Family(OWN, tuple(one for one in offered if one.own))]
    families += [Family(name, tuple(one for one in offered if one.family == name and not one.own)) for name in FAMILIES]
    return tuple(
        family._replace(outlines=tuple(sorted(family.outlines, key=lambda one: (one.called, -one.length))))
        for family in families
        if family.outlines
    )


def _offered(entry: OutlineEntry, *, ticked: bool = False, why: tuple[str, ...] = ()) -> Offered:
    return Offered(
        name=entry.name,
        called=entry.genre or entry.name,
        about=entry.about,
        family=family_of(entry),
        own=not _shipped(Path(entry.path)),
        origin=entry.origin if shelf.COPIES in Path(entry.path).parts else "",
        length=entry.characters,
        time=about_minutes(entry.characters),
        questions=len(entry.fields),
        also=entry.also,
        stamp=_stamp(Path(entry.path)),
        problem=entry.broken,
        why=why,
        ticked=ticked,
    )


def _shipped(path: Path) -> bool:
    """Whether a file came with drafter, or from a shelf elsewhere."""
    return shelf.is_given(path)


def _stamp(path: Path) -> str:
    """What changes with an outline and with the day."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return blake2b(f"{path} {changed} {date.today()}".encode(), digest_size=6).hexdigest()


# ── one of them, looked at ─────────────────────────────────────────────────────────────────────────────────────────


class OutlineQuestion(NamedTuple):
    """A question of an outline as it is told before it is taken: its blank, what is asked, and what there is to choose
    from."""

    name: str
    ask: str
    choices: tuple[str, ...]


class LookedAtOutline(NamedTuple):
    """An outline looked at: as it is offered, the headings of its example, its questions, and `beside`, outlines that are
    often written with it."""

    offered: Offered
    title: str
    headings: tuple[str, ...]
    questions: tuple[OutlineQuestion, ...]
    beside: tuple[Offered, ...] = ()


def look_at(name: str) -> LookedAtOutline | None:
    """An outline before it is taken; None where there is none of this name that can be used."""
    known = entries()
    found = named((name,), known)
    if not found:
        return None
    entry = found[0]
    return LookedAtOutline(
        offered=_offered(entry),
        title=entry.title,
        headings=entry.headings,
        questions=tuple(OutlineQuestion(*field) for field in entry.fields),
        beside=tuple(_offered(other) for other in written_with(entry, known)),
    )


def written_with(entry: OutlineEntry, known: Sequence[OutlineEntry]) -> tuple[OutlineEntry, ...]:
    """The outlines that are filled out of this one: a host's script of the meeting it is spoken at."""
    from drafter.commands.opening import open_outline
    from drafter.outline.between import told_by

    hosting = [e for e in known if family_of(e) == "主持词" and not e.broken and e.name != entry.name]
    if entry in hosting or not hosting:
        return ()
    try:
        outline = open_outline(entry.name).outline
        return tuple(e for e in hosting if "讲话要点" in told_by([outline, open_outline(e.name).outline]))
    except Rejected:
        return ()


def picture(name: str) -> str | None:
    """The first page of an outline as an SVG picture, filled with its examples; None where there is none of this name
    that can be used. Raises Rejected where it cannot be set."""
    if shelf.is_path(name) or not shelf.usable_name(name):
        return None
    from drafter.commands.opening import open_outline
    from drafter.writers.picture import first_page

    try:
        outline = open_outline(name).outline
    except Rejected:
        return None
    if outline.passage or outline.title is None:
        return None
    blocks, template = _as_example(outline)
    return first_page(blocks, template)


def _as_example(outline: "Outline") -> "tuple[tuple[Block, ...], Template]":
    """An outline filled with its examples and set by its own template."""
    from drafter.commands.opening import DEFAULT_TEMPLATE, blocks_of, open_template
    from drafter.outline.answers import Settled, defaults, examples
    from drafter.outline.fill import fill

    today = date.today()
    values = examples(outline.fields, today)
    values = {**defaults(outline.fields, Settled(values, frozenset(), ()), today), **values}
    dress = open_template(outline.template or DEFAULT_TEMPLATE)
    return blocks_of(fill(outline, values), dress), dress.template
