"""`drafter outlines sync`: shelves from elsewhere fetched, what would change told, and, when somebody has said yes, taken: copied to
this machine and locked.

    look(request)  fetches and tells, and writes nothing      take(looked)  keeps the copies and writes the lock
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.next_step import Ending, NextStep, given, not_written, typed
from drafter.commands.outlines.content import Content
from drafter.commands.outlines.copies import FreedCopies, copy_whole, files_of, keep_copy, prune
from drafter.commands.outlines.fetching import Tell, fetch
from drafter.commands.outlines.shelf_changes import ShelfChange, changes, problems_of, thing_of
from drafter.commands.outlines.turns import turn
from drafter.commands.saving import Output, check_all, save_all
from drafter.diagnostic import WARNING, Diagnostic, ErrorData, Place, Rejected
from drafter.outline import shelf
from drafter.outline.shelf.address import Address, address
from drafter.outline.shelf.fetched import (
    LOCK,
    LockedShelf,
    ShelfAsked,
    asked_here,
    content_hash,
    lock_text,
    locked_beside,
    names_of,
)

#: What a run can come to for a shelf: nothing new; new here, or changed; asked for no more; not to be had.
STATES = ("same", "new", "changed", "gone", "failed")


class ShelfSentenceData(TypedDict):
    """A sentence that changed, null where there was none before or is none now."""

    was: str | None
    now: str | None


class ShelfChangeData(TypedDict):
    """Something on a shelf that is new, gone or changed. `sentences` is null where nobody can say which."""

    kind: str
    name: str
    fate: str
    about: str
    hides: list[str]
    hidden_by: list[str]
    sentences: list[ShelfSentenceData] | None
    broken: str | None


class SyncedShelfData(TypedDict):
    """What became of a shelf."""

    source: str
    called: str
    state: str
    commit: str | None
    sha256: str | None
    was_sha256: str | None
    changes: list[ShelfChangeData]
    left: list[str]
    error: ErrorData | None


class SyncData(TypedDict):
    """What `outlines sync` has found and done, for programs."""

    settings: str
    lock: str
    changed: bool
    taken: bool
    shelves: list[SyncedShelfData]
    freed: FreedCopies


class SyncRequest(NamedTuple):
    """What a user wants of `outlines sync`. `locked`: exactly what the lock has, or nothing; `dry_run`: only look; `yes`: take it
    without being asked."""

    locked: bool = False
    dry_run: bool = False
    yes: bool = False


class SyncedShelf(NamedTuple):
    """What became of a shelf: `locked` is how it will stand in the lock (None where it will not), `was` how it stood. `content` is
    what was fetched, None where nothing was. `hides` are the origins of those of the same name that each new thing puts out of sight,
    `hidden` of those that put it out of sight."""

    source: str
    called: str
    state: str
    locked: LockedShelf | None = None
    was: LockedShelf | None = None
    content: Content | None = None
    changes: tuple[ShelfChange, ...] = ()
    failure: Diagnostic | None = None
    hides: Mapping[tuple[str, str], tuple[str, ...]] = {}
    hidden: Mapping[tuple[str, str], tuple[str, ...]] = {}

    @property
    def left(self) -> tuple[str, ...]:
        """The paths that are not taken."""
        return self.content.left if self.content else ()

    def json(self) -> SyncedShelfData:
        """For programs."""
        locked = self.locked
        return {
            "source": self.source,
            "called": self.called,
            "state": self.state,
            "commit": (locked.commit or None) if locked else None,
            "sha256": locked.sha256 if locked else None,
            "was_sha256": self.was.sha256 if self.was else None,
            "changes": [self._change(one) for one in self.changes],
            "left": list(self.left),
            "error": self.failure.error() if self.failure else None,
        }

    def _change(self, one: ShelfChange) -> ShelfChangeData:
        key = (one.kind, one.name)
        sentences: list[ShelfSentenceData] = [{"was": s.was or None, "now": s.now or None} for s in one.sentences]
        return {
            "kind": one.kind,
            "name": one.name,
            "fate": one.fate,
            "about": one.about,
            "hides": list(self.hides.get(key, ())),
            "hidden_by": list(self.hidden.get(key, ())),
            "sentences": sentences if one.told else None,
            "broken": one.broken or None,
        }


class SyncResult(NamedTuple):
    """What was found, and whether it was taken. `asked` is what the settings ask for, `written` the lock, where it was written;
    `copied` says whether a copy was made, `freed` which old ones were taken away. `held` is the lock as it was when this was found,
    None where there was none."""

    request: SyncRequest
    asked: ShelfAsked
    shelves: tuple[SyncedShelf, ...]
    taken: bool = False
    written: tuple[str, ...] = ()
    copied: bool = False
    lock_was: tuple[Diagnostic, ...] = ()
    held: bytes | None = None
    freed: FreedCopies = FreedCopies()

    @property
    def changed(self) -> bool:
        """Whether taking it changes what is on the shelf."""
        return any(one.state in ("new", "changed", "gone") for one in self.shelves)

    @property
    def missing(self) -> bool:
        """Whether something was fetched that the lock has, and that is not on this machine yet."""
        return any(one.locked and one.content and not copy_whole(one.locked.sha256, one.locked.files) for one in self.shelves)

    @property
    def digest(self) -> str:
        """What tells what was found from anything else that may be found later."""
        from hashlib import sha256

        return sha256(lock_text([one.locked for one in self.shelves if one.locked]).encode()).hexdigest()[:16]

    @property
    def failed(self) -> tuple[SyncedShelf, ...]:
        """The shelves that were not to be had."""
        return tuple(one for one in self.shelves if one.state == "failed")

    @property
    def exit_code(self) -> int:
        """1 where a shelf was not to be had, or what was found was not taken though nobody only wanted to look."""
        return 1 if self.failed or (self.changed and not self.taken and not self.request.dry_run) else 0

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What of it cannot be used, and what was wrong with the lock."""
        return (*self.lock_was, *(remark for one in self.shelves for remark in problems_of(one.changes)))

    def ending(self) -> Ending:
        """The lock, where it was written; and what most people do next."""
        words = given(locked=self.request.locked)
        if self.taken:
            step = NextStep(typed("outlines"), "看有哪些提纲")
            if self.written or self.copied:
                done = None if self.written else "drafter.lock 没有变，没有写；内容取到这台电脑上了。"
                return Ending(self.written, done, step)
        if not self.changed:
            why = "书架没有变化" if not self.failed else "别的书架没有变化" if len(self.failed) < len(self.shelves) else "没有取到"
            return Ending((), not_written(why), NextStep(typed("outlines"), "看有哪些提纲"))
        if self.request.dry_run:
            return Ending((), not_written("--dry-run 只看", "去掉 --dry-run"), NextStep(typed("outlines", "sync", *words), "取下来"))
        return Ending((), not_written("还没有取"), NextStep(typed("outlines", "sync", "--yes", *words), "照上面的取下来"))

    def json(self) -> SyncData:
        """For programs."""
        return {
            "settings": self.asked.settings,
            "lock": str(self.asked.lock),
            "changed": self.changed,
            "taken": self.taken,
            "shelves": [one.json() for one in self.shelves],
            "freed": self.freed,
        }


# ── look ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def look(request: SyncRequest, tell: Tell = lambda said: None) -> SyncResult:
    """Fetch every shelf the settings ask for and say what would change; nothing is written. A shelf that is not to be had is told,
    and stays as it is. Raises Rejected where nothing is asked for, and with `locked` where one is not what the lock has."""
    asked = _asked()
    held = _bytes(asked.lock)
    lock_was: tuple[Diagnostic, ...] = ()
    try:
        locked = {one.source: one for one in locked_beside(asked)}
    except Rejected as refused:
        if request.locked:
            raise
        locked, lock_was = {}, tuple(problem._replace(level=WARNING, hint="照这一次取的重新写。") for problem in refused.diagnostics)
    if request.locked and not locked:
        told = "还没有 drafter.lock，没有可以照着取的。"
        raise Rejected(Diagnostic(told, Place(str(asked.lock)), "向同事要一份，放在 drafter.toml 旁边；或者去掉 --locked，取现在的。", code="lock-missing"))
    names = names_of(asked.sources)
    rows = []
    for source in dict.fromkeys(asked.sources):
        where = address(source, Place(asked.settings))
        say = lambda said, name=names[source]: tell(f"{name}　{said}")  # noqa: E731
        rows.append(_looked(request, where, source, names[source], locked.get(source), Path(asked.settings).parent, say))
    rows += [_no_more(one) for source, one in locked.items() if source not in asked.sources and not request.locked]
    return SyncResult(request, asked, tuple(_among(rows)), lock_was=lock_was, held=held)


def _bytes(lock: Path) -> bytes | None:
    return shelf.read_bytes(lock) if lock.is_file() else None


def _asked() -> ShelfAsked:
    """What the settings ask for. Raises Rejected where they cannot be read, or ask for nothing."""
    from drafter.commands.settings import problems

    wrong = [problem for problem in problems() if problem.level != WARNING]
    if wrong:
        raise Rejected(*wrong)
    asked = asked_here()
    if not asked.sources:
        hint = 'drafter.toml 里写上从哪里取，例如 shelf = ["git+https://…/shelf.git@v2026.11"]；写法见 drafter help 书架'
        raise Rejected(Diagnostic("drafter.toml 里没有写书架，没有要取的。", None, hint, code="shelf-none"))
    return asked


def _looked(request: SyncRequest, where: Address, source: str, name: str, was: LockedShelf | None, beside: Path, tell: Tell) -> SyncedShelf:
    """One shelf: fetched, and held against what the lock has."""
    if request.locked:
        return _as_locked(where, source, name, was, beside, tell)
    try:
        content = fetch(where, beside, tell)
    except Rejected as refused:
        return SyncedShelf(source, name, "failed", was, was, failure=refused.diagnostics[0])
    hashes = content.hashes
    locked = LockedShelf(source, content.commit, content_hash(hashes), hashes)
    if was is None:
        return SyncedShelf(source, name, "new", locked, None, content, changes({}, {}, content.files, hashes))
    if was.sha256 == locked.sha256:
        state = "same" if was.commit == locked.commit else "changed"
        return SyncedShelf(source, name, state, locked, was, content)
    before = files_of(was)
    if before is None and where.kind == "git" and was.commit:
        try:
            old = fetch(where, beside, tell, was.commit)
            before = dict(old.files) if old.sha256 == was.sha256 else None
        except Rejected:
            before = None
    return SyncedShelf(source, name, "changed", locked, was, content, changes(before, was.files, content.files, hashes))


def _as_locked(where: Address, source: str, name: str, was: LockedShelf | None, beside: Path, tell: Tell) -> SyncedShelf:
    """The same of exactly what the lock has; fetched only where it is not here. Raises Rejected where it is not to be had."""
    if was is None:
        hint = "取现在的、写进 drafter.lock：drafter outlines sync"
        raise Rejected(Diagnostic(f"drafter.lock 里没有这个书架：{name}", None, hint, code="lock-missing"))
    if files_of(was) is not None:
        return SyncedShelf(source, name, "same", was, was)
    content = fetch(where, beside, tell, was.commit)
    if content.sha256 != was.sha256:
        other = {thing_of(path) for path, said in (content.hashes.items() ^ was.files.items())}
        few = "、".join(sorted(name for _, name in other)[:5]) + ("……" if len(other) > 5 else "")
        hint = "向同事要 drafter.lock 里记的那一版；或者去掉 --locked，看看改了什么，再取现在的。"
        raise Rejected(Diagnostic(f"书架 {name} 取来的和 drafter.lock 里记的不一样（{few}），没有用它。", None, hint, code="shelf-not-locked"))
    return SyncedShelf(source, name, "same", was, was, content)


def _no_more(was: LockedShelf) -> SyncedShelf:
    """A shelf nobody asks for any more."""
    return SyncedShelf(was.source, names_of([was.source])[was.source], "gone", None, was, None, changes(files_of(was), was.files, {}, {}))


#: Where each kind is looked for.
_SHELVES = {"outlines": shelf.OUTLINES, "passages": shelf.PASSAGES, "basis": shelf.BASIS, "templates": shelf.TEMPLATES}


def _among(rows: Sequence[SyncedShelf]) -> list[SyncedShelf]:
    """The shelves, each with what the new things on it put out of sight, and what puts them."""
    own: dict[tuple[str, str], list[str]] = {}
    came: dict[tuple[str, str], list[str]] = {}
    for kind, where in _SHELVES.items():
        for place in (shelf.Shelf("当前文件夹", Path(where)), shelf.Shelf("用户", shelf.user_home() / where)):
            for name, _ in shelf.held(where, place):
                own.setdefault((kind, name), []).append(place.origin)
        for name, _ in shelf.on_shelf(where, shelf.shipped() / where):
            came[kind, name] = ["自带"]
    out = []
    holds = [{thing_of(path) for path in row.locked.files} if row.locked else set() for row in rows]
    for number, row in enumerate(rows):
        new = [(one.kind, one.name) for one in row.changes if one.fate == "new"]
        hides = {key: (*(o.called for o, h in zip(rows[number + 1 :], holds[number + 1 :], strict=True) if key in h), *came.get(key, ())) for key in new}
        hidden = {key: (*own.get(key, ()), *(o.called for o, h in zip(rows[:number], holds[:number], strict=True) if key in h)) for key in new}
        out.append(row._replace(hides={k: v for k, v in hides.items() if v}, hidden={k: v for k, v in hidden.items() if v}))
    return out


def agreed(found: SyncResult) -> bool:
    """Whether somebody at the terminal wants what was found. Raises KeyboardInterrupt."""
    from drafter.commands.prompt import picked_of

    called = {"new": "是新的", "changed": "有变化", "gone": "不要了"}
    counts = {state: sum(one.state == state for one in found.shelves) for state in called}
    told = "，".join(f"{n} 个书架{called[state]}" for state, n in counts.items() if n)
    return picked_of("\n", f"{told}：照上面的取吗？", [], ("先不取", "取"), 0, back=False) == 1


# ── take ───────────────────────────────────────────────────────────────────────────────────────────────────────────


#: How often what was found is looked for again where somebody wrote the lock meanwhile, and nobody has to be asked.
_AGAIN = 3


def take(found: SyncResult, tell: Tell = lambda said: None) -> SyncResult:
    """Keep what was found: first the copies, then, in one step, the lock, if it is still as it was then; where it is not, and
    `yes` is said, what is there now is taken. Raises Rejected; what was on the shelf before is then on it still."""
    for left in reversed(range(_AGAIN)):
        try:
            return _taken(found)
        except _WrittenMeanwhile:
            if not left or not found.request.yes:
                raise
            found = look(found.request, tell)
    raise AssertionError


class _WrittenMeanwhile(Rejected):
    """Another run has written the lock since it was read. Nothing was written."""

    def __init__(self, lock: Path) -> None:
        told = "看过以后，别人又取过一次，它变了；没有写，没有把别人取的换回去。"
        super().__init__(Diagnostic(told, Place(_named(lock)), "再打一次 drafter outlines sync，照现在的看。", code="lock-written-meanwhile"), exit_code=1)


def _taken(found: SyncResult) -> SyncResult:
    locked = [one.locked for one in found.shelves if one.locked]
    text = lock_text(locked).encode()
    lock = found.asked.lock
    was = _bytes(lock)
    if was is None and not locked:
        return found  # nothing was to be had, and a lock of nothing would be no help to anybody
    if was not in (text, found.held):
        raise _WrittenMeanwhile(lock)
    if was != text:
        check_all([Output(lock, text, force=True)])
    made = [keep_copy(one.content) for one in found.shelves if one.content is not None]
    written: tuple[str, ...] = ()
    if was != text:
        with turn(lock):
            if _bytes(lock) != was:
                raise _WrittenMeanwhile(lock)
            save_all([Output(lock, text, force=True)])
        written = (_named(lock),)
    return found._replace(taken=True, written=written, copied=any(made), freed=prune(lock, locked))


def still_used(found: SyncResult) -> SyncResult:
    """Nothing is to be taken: that this lock has what is on this machine is noted, so that what others take away is not that."""
    return found._replace(freed=prune(found.asked.lock, [one.locked for one in found.shelves if one.locked]))


def _named(lock: Path) -> str:
    """The lock as it is told: its name where it lies in the current folder."""
    return LOCK if lock.parent == Path.cwd() else str(lock)
