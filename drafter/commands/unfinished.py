"""Drafts that are being written on a page, kept at every keystroke: one file a draft in 存稿 below the user's folder.

A draft is known by its id, 12 hexadecimal digits. Every change makes a new revision and is on the disk before it is told as
kept. Of two windows on one draft the newest value of each field stands; what it took the place of is not thrown away.
"""

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from drafter.commands.opening import Choice
from drafter.commands.saving import Output, save_all
from drafter.commands.workplace import KEPT as KEPT
from drafter.diagnostic import Diagnostic, Rejected

#: Where drafts are kept, below the desk's own folder; and those thrown away, from where they can be had back.
WRITING, THROWN_AWAY = "写着的稿", "不要的稿"

#: A draft's file is no longer than this (bytes); a speech of 12,000 字 takes a hundredth of it.
MAX_BYTES = 16 << 20

#: An answer is one with the one before it where the same window has changed that so few seconds ago: it is being typed.
_TYPING_S = 30

#: Overwritten values kept of one field, and of a draft: the oldest go first.
_MOST_OF_ONE, _MOST = 20, 400

_ID = re.compile("[0-9a-f]{12}")


class KeptAnswer(NamedTuple):
    """An answer as it was typed, when, in which revision, and in which window (`by`)."""

    said: str
    when: datetime
    revision: int
    by: str = ""


class ReplacedAnswer(NamedTuple):
    """An answer that another has taken the place of: the field, what was typed, when."""

    name: str
    said: str
    when: datetime


class MadeFile(NamedTuple):
    """A file that was made of a draft: its name, when, and the id the desk keeps it under."""

    name: str
    when: datetime
    id: str


class UnfinishedDraft(NamedTuple):
    """A draft that is being written. `outlines` are the papers of one meeting, one as a rule; `answers` what was typed, by
    field, and `empty` the fields that are to have no answer; `choices` are the requirements of each paper, by its number, where
    they are not its outline's own; `templates` what a paper is set by, "" for its own. `decisions` say of findings of the
    proof-reader, by fingerprint, what takes the place of their words, None: they stay. `title`, `answered` and `asked` are how
    far it was when last somebody looked."""

    id: str
    outlines: tuple[str, ...]
    begun: datetime
    changed: datetime
    revision: int = 0
    answers: Mapping[str, KeptAnswer] = {}
    empty: frozenset[str] = frozenset()
    replaced: tuple[ReplacedAnswer, ...] = ()
    choices: Mapping[int, Choice] = {}
    templates: Mapping[int, str] = {}
    decisions: Mapping[str, str | None] = {}
    made: tuple[MadeFile, ...] = ()
    title: str = ""
    answered: int = 0
    asked: int = 0

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has written or decided anything in it."""
        return not (self.answers or self.empty or self.replaced or self.choices or self.templates or self.decisions or self.made)

    def choice(self, paper: int = 0) -> Choice:
        """The requirements chosen for a paper; none for its outline's own."""
        return self.choices.get(paper, Choice())

    def news(self, since: int, by: str) -> dict[str, str]:
        """What was typed in other windows than `by` after a revision."""
        return {name: kept.said for name, kept in self.answers.items() if kept.revision > since and kept.by != by}

    def before(self, name: str) -> tuple[ReplacedAnswer, ...]:
        """What an answer was before, the newest first, each wording once."""
        found = {one.said: one for one in self.replaced if one.name == name}
        now = self.answers.get(name)
        return tuple(one for one in reversed(found.values()) if now is None or one.said != now.said)


# ── begun, opened, listed ──────────────────────────────────────────────────────────────────────────────────────────


def begin(
    outlines: Sequence[str], answers: Mapping[str, str] = {}, choice: Choice = Choice(), template: str = ""
) -> str:
    """A new draft of these outlines, kept; its id. Raises Rejected where it cannot be."""
    now = this_moment()
    number = secrets.token_hex(6)
    said = {name: KeptAnswer(words, now, 1) for name, words in answers.items() if words.strip()}
    draft = UnfinishedDraft(
        id=number,
        outlines=tuple(outlines),
        begun=now,
        changed=now,
        revision=1,
        answers=said,
        choices={0: choice} if choice.names else {},
        templates=dict.fromkeys(range(len(outlines)), template) if template else {},
    )
    keep(draft)
    return number


#: Among so many drafts, those changed last, one is looked for that was begun and left as it was.
_LOOKED_AMONG = 20


def begin_or_go_on(outlines: Sequence[str]) -> str:
    """The id of a new draft of these outlines, or of one that was begun lately and never touched: whoever only looks at outlines
    leaves no heap of empty drafts. Raises Rejected where it cannot be kept."""
    there = (draft for draft in latest(_LOOKED_AMONG).drafts if draft.outlines == tuple(outlines) and draft.is_untouched)
    found = next(there, None)
    return found.id if found is not None else begin(outlines)


def opened(number: str) -> UnfinishedDraft:
    """The draft of an id. Raises Rejected where there is none, or its file cannot be read."""
    if _ID.fullmatch(number) and (path := _file(number)).is_file():
        return _read(path)
    if _ID.fullmatch(number) and (Path(KEPT) / THROWN_AWAY / f"{number}.json").is_file():
        hint = "要接着写，在首页的“不要的稿”里点“拿回来”。"
        raise Rejected(Diagnostic("这一篇点过“不要了”。", None, hint, code="draft-thrown-away"))
    raise Rejected(Diagnostic("没有这一份存稿，多半已经删了。", None, "从首页的“没写完的稿”里找。", code="draft-not-kept"))


def listed(folder: str = WRITING) -> tuple[UnfinishedDraft, ...]:
    """All drafts that can be read, the last changed first."""
    return _listed(_files(folder))


class LatestDrafts(NamedTuple):
    """Some drafts, the last changed first, and how many there are besides."""

    drafts: tuple[UnfinishedDraft, ...]
    more: int


def latest(most: int, folder: str = WRITING) -> LatestDrafts:
    """So many drafts at the most, those whose files were written last: no others are read, so that thousands cost nothing."""
    files = sorted(_files(folder), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return LatestDrafts(_listed(files[:most]), len(files[most:]))


def _listed(files: Iterable[Path]) -> tuple[UnfinishedDraft, ...]:
    out = []
    for path in files:
        try:
            out.append(_read(path))
        except Rejected:  # whoever opens it is told
            continue
    return tuple(sorted(out, key=lambda draft: draft.changed, reverse=True))


def _files(folder: str) -> list[Path]:
    within = Path(KEPT) / folder
    return [path for path in sorted(within.glob("*.json")) if _ID.fullmatch(path.stem)] if within.is_dir() else []


# ── changed ────────────────────────────────────────────────────────────────────────────────────────────────────────


def with_typed(
    draft: UnfinishedDraft, said: Mapping[str, str], by: str, emptied: Mapping[str, bool] = {}
) -> UnfinishedDraft:
    """The draft with what was typed in a window, not kept yet; the same one where nothing is another. `emptied` says of
    fields whether they are to have no answer."""
    news = {name: words for name, words in said.items() if name not in draft.answers or draft.answers[name].said != words}
    turned = {name: empty for name, empty in emptied.items() if (name in draft.empty) is not empty}
    if not news and not turned:
        return draft
    now = this_moment()
    answers, replaced = dict(draft.answers), list(draft.replaced)
    for name, words in news.items():
        was = answers.get(name)
        if was and was.said.strip() and (was.by != by or (now - was.when).total_seconds() > _TYPING_S):
            replaced.append(ReplacedAnswer(name, was.said, was.when))
        answers[name] = KeptAnswer(words, now, draft.revision + 1, by)
    empty = (draft.empty | {name for name, is_so in turned.items() if is_so}) - {name for name, is_so in turned.items() if not is_so}
    return _changed(draft, now)._replace(answers=answers, empty=empty, replaced=_bounded(replaced))


def _bounded(replaced: list[ReplacedAnswer]) -> tuple[ReplacedAnswer, ...]:
    of: dict[str, int] = {}
    out = []
    for one in reversed(replaced[-_MOST:]):
        of[one.name] = of.get(one.name, 0) + 1
        if of[one.name] <= _MOST_OF_ONE:
            out.append(one)
    return tuple(reversed(out))


def typed(number: str, said: Mapping[str, str], by: str = "", emptied: Mapping[str, bool] = {}) -> UnfinishedDraft:
    """Keep what was typed. Raises Rejected."""
    was = opened(number)
    draft = with_typed(was, said, by, emptied)
    return draft if draft is was else keep(draft)


def choose(number: str, choice: Choice, paper: int = 0) -> UnfinishedDraft:
    """Give a paper these requirements; without names those of its outline. Raises Rejected."""
    draft = opened(number)
    choices = {at: one for at, one in draft.choices.items() if at != paper}
    return keep(_changed(draft)._replace(choices=choices | ({paper: choice} if choice.names else {})))


def dress(number: str, template: str, paper: int = 0) -> UnfinishedDraft:
    """Set a paper by a template, "" for its outline's own. Raises Rejected."""
    draft = opened(number)
    others = {at: one for at, one in draft.templates.items() if at != paper}
    return keep(_changed(draft)._replace(templates=others | ({paper: template} if template else {})))


def decide(number: str, fingerprint: str, instead: str | None) -> UnfinishedDraft:
    """Decide on a finding: what takes the place of its words, None: they stay. Raises Rejected."""
    draft = opened(number)
    return keep(_changed(draft)._replace(decisions={**draft.decisions, fingerprint: instead}))


def undecide(number: str, fingerprint: str) -> UnfinishedDraft:
    """Take a decision back. Raises Rejected."""
    draft = opened(number)
    return keep(_changed(draft)._replace(decisions={k: v for k, v in draft.decisions.items() if k != fingerprint}))


def made(number: str, files: Sequence[MadeFile]) -> UnfinishedDraft:
    """Note the files that were made of a draft. Raises Rejected."""
    draft = opened(number)
    return keep(draft._replace(made=(*draft.made, *files)[-20:]))


def papers(number: str, outlines: Sequence[str]) -> UnfinishedDraft:
    """Write these papers of a meeting, with the answers there are. Raises Rejected."""
    draft = opened(number)
    at = {name: n for n, name in enumerate(draft.outlines)}
    moved = {at[name]: n for n, name in enumerate(outlines) if name in at}
    choices = {moved[n]: one for n, one in draft.choices.items() if n in moved}
    templates = {moved[n]: one for n, one in draft.templates.items() if n in moved}
    return keep(_changed(draft)._replace(outlines=tuple(outlines), choices=choices, templates=templates))


def outline_renamed(old: str, new: str) -> int:
    """Drafts of an outline that is called otherwise from now on follow it; how many there are. Raises Rejected."""
    drafts = [draft for draft in listed() if old in draft.outlines]
    for draft in drafts:
        keep(_changed(draft)._replace(outlines=tuple(new if name == old else name for name in draft.outlines)))
    return len(drafts)


def throw_away(number: str) -> None:
    """Put a draft away; `take_back` has it again. Raises Rejected."""
    opened(number)
    target = Path(KEPT) / THROWN_AWAY / f"{number}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(_file(number), target)


def take_back(number: str) -> UnfinishedDraft:
    """Have a draft again that was put away. Raises Rejected."""
    path = Path(KEPT) / THROWN_AWAY / f"{number}.json"
    if _ID.fullmatch(number) and path.is_file() and not _file(number).exists():
        os.replace(path, _file(number))
    return opened(number)


def _changed(draft: UnfinishedDraft, now: datetime | None = None) -> UnfinishedDraft:
    return draft._replace(revision=draft.revision + 1, changed=now or this_moment())


def this_moment() -> datetime:
    """This moment, to the second."""
    return datetime.now().replace(microsecond=0)


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _file(number: str) -> Path:
    return Path(KEPT) / WRITING / f"{number}.json"


def keep(draft: UnfinishedDraft) -> UnfinishedDraft:
    """Write a draft to its file, whole or not at all; the draft. Raises Rejected."""
    said = {
        "outlines": draft.outlines,
        "begun": draft.begun.isoformat(),
        "changed": draft.changed.isoformat(),
        "revision": draft.revision,
        "answers": {name: [one.said, one.when.isoformat(), one.revision, one.by] for name, one in draft.answers.items()},
        "empty": sorted(draft.empty),
        "replaced": [[one.name, one.said, one.when.isoformat()] for one in draft.replaced],
        "choices": {str(at): [one.names, one.form, one.brief] for at, one in draft.choices.items()},
        "templates": {str(at): one for at, one in draft.templates.items()},
        "decisions": dict(draft.decisions),
        "made": [[one.name, one.when.isoformat(), one.id] for one in draft.made],
        "title": draft.title,
        "answered": draft.answered,
        "asked": draft.asked,
    }
    data = json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    save_all([Output(_file(draft.id), data, force=True, folder_hint="")])
    return draft


def _read(path: Path) -> UnfinishedDraft:
    problem = Diagnostic("这一份存稿的文件坏了，打不开。", None, "告诉管起草台的人：文件还在“存稿”文件夹里，没有动。", code="draft-unreadable")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Rejected(problem)
        return _draft(path.stem, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise Rejected(problem) from None


def _draft(number: str, said: dict[str, Any]) -> UnfinishedDraft:
    """A draft of what its file says. Raises ValueError, KeyError, TypeError … for what none says."""
    when = datetime.fromisoformat
    return UnfinishedDraft(
        id=number,
        outlines=tuple(map(str, said["outlines"])),
        begun=when(said["begun"]),
        changed=when(said["changed"]),
        revision=int(said["revision"]),
        answers={name: KeptAnswer(str(one[0]), when(one[1]), int(one[2]), str(one[3])) for name, one in said["answers"].items()},
        empty=frozenset(map(str, said["empty"])),
        replaced=tuple(ReplacedAnswer(str(one[0]), str(one[1]), when(one[2])) for one in said["replaced"]),
        choices={int(at): Choice(tuple(map(str, one[0])), str(one[1]), bool(one[2])) for at, one in said["choices"].items()},
        templates={int(at): str(one) for at, one in said["templates"].items()},
        decisions={str(known): None if instead is None else str(instead) for known, instead in said["decisions"].items()},
        made=tuple(MadeFile(str(one[0]), when(one[1]), str(one[2])) for one in said["made"]),
        title=str(said["title"]),
        answered=int(said["answered"]),
        asked=int(said["asked"]),
    )


def when_said(when: datetime, now: datetime) -> str:
    """When something was, as people say it: 刚刚, 今天 10:21, 昨天 17:40, 11月3日 9:05, 2025年11月3日."""
    ago = (now - when).total_seconds()
    if 0 <= ago < 60:
        return "刚刚"
    clock = f"{when.hour}:{when.minute:02}"
    days = (now.date() - when.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {clock}"
    return f"{_day(when.date(), now.date())} {clock}"


def _day(day: date, today: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
