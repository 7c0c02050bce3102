"""The settings of an office as a form: what each is for, what holds now and whence, and changes that leave everything else
in the file as somebody wrote it."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.rules import LEVELS, Rule, registry
from drafter.check.settings import LEAST_MINUTES, MOST_MINUTES
from drafter.commands.changing import in_place, written_over
from drafter.commands.saving import Output, save, save_all
from drafter.commands.settings import NAMES, problems, table
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.shelf import read_bytes, user_home

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

#: Where the settings that were replaced lie.
OLDER = Path("存稿/旧版/设置")


class RuleSetting(NamedTuple):
    """A rule of the proof-reader and what the settings make of it: `now` is a level or "off", `usual` the level it has
    of itself."""

    name: str
    about: str
    doc: str
    source: str
    usual: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether the settings say otherwise than the rule itself."""
        return self.now != self.usual


class KeptRow(NamedTuple):
    """A finding that is left wherever its file is checked: its number in the settings, its file, its words, and the rule's
    own words on it."""

    number: int
    file: str
    words: str
    about: str


class SettingsShown(NamedTuple):
    """The settings that hold in the user's folder. `file` is where they stand, "" where nobody has set anything; `where` says it
    in words. `minutes` 0: none are said; `level` "" is every level. With `problems` they cannot be used: `text` is the file as
    it is, to be put right."""

    file: str
    where: str
    plain: bool
    comments: bool
    minutes: float
    level: str
    only: tuple[str, ...]
    rules: tuple[RuleSetting, ...]
    kept: tuple[KeptRow, ...]
    problems: tuple[Diagnostic, ...]
    text: str


def settings_shown() -> SettingsShown:
    """The settings that hold in the current folder."""
    wrong = problems()
    try:
        said, file = table()
    except Rejected as refused:
        place = refused.diagnostics[0].place
        said, file = {}, place.file if place else ""
    kept = said.get("kept") or _kept_here()
    plain, comments = said.get("plain", False), said.get("comments", True)
    minutes, level = said.get("minutes", 0), said.get("level", "")
    only = tuple(said.get("select") or ()) if not wrong else ()
    return SettingsShown(
        file=file,
        where=where_settings_are(file),
        plain=plain is True,
        comments=comments is not False,
        minutes=float(minutes) if isinstance(minutes, int | float) else 0,
        level=level if level in LEVELS else "",
        only=only,
        rules=tuple(_setting(rule, said if not wrong else {}) for rule in registry()),
        kept=tuple(_kept_rows(kept)),
        problems=wrong,
        text=_text(Path(file))[0] if wrong and file else "",
    )


def _kept_here() -> object:
    """What is left by a file that has nothing else: it is not counted among settings."""
    from drafter.commands.settings import table_in

    here = Path(NAMES[0])
    try:
        return (table_in(here) or {}).get("kept") if here.is_file() else None
    except Rejected:
        return None


def _kept_rows(kept: object) -> list[KeptRow]:
    about = {rule.name: _first(rule) for rule in registry()}
    out = []
    for number, row in enumerate(kept if isinstance(kept, list) else ()):
        if isinstance(row, dict):
            said = {key: str(value) for key, value in row.items()}
            out.append(KeptRow(number, said.get("file", ""), said.get("words", ""), about.get(said.get("rule", ""), "")))
    return out


def where_settings_are(file: str) -> str:
    """Where a file of settings stands, in words."""
    if not file:
        return "还没有设过什么，都是原来的样子。"
    folder = os.path.dirname(os.path.abspath(file))
    if folder == os.path.abspath(os.curdir):
        return "写在您现在的文件夹里，管这个文件夹。"
    if folder == os.path.abspath(user_home()):
        return "写在您自己的设置里，您在哪个文件夹里都管用。"
    return f"写在上级文件夹“{os.path.basename(folder) or folder}”里，管它下面所有的文件夹。"


def _setting(rule: Rule, said: Mapping[str, object]) -> RuleSetting:
    levels = said.get("levels")
    now = str(levels.get(rule.name, rule.level)) if isinstance(levels, Mapping) else rule.level
    ignore, select = said.get("ignore"), said.get("select")
    if (isinstance(ignore, list) and rule.name in ignore) or (isinstance(select, list) and select and rule.name not in select):
        now = "off"
    return RuleSetting(rule.name, _first(rule), rule.doc.strip(), rule.source, rule.level, now)


def _first(rule: Rule) -> str:
    return rule.doc.strip().split("\n")[0]


# ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────


class SetUpRequest(NamedTuple):
    """What the form says: every setting but those of rules. `minutes` is as it was typed."""

    plain: bool
    comments: bool
    minutes: str
    level: str


def set_up(request: SetUpRequest) -> None:
    """Write the settings of the form; what is as drafter has it of itself is not written. Raises Rejected."""
    minutes = _minutes(request.minutes)
    level = request.level if request.level in LEVELS else ""

    def work(ours: "TOMLDocument | Table") -> None:
        _put(ours, "plain", request.plain, usual=False)
        _put(ours, "comments", request.comments, usual=True)
        _put(ours, "minutes", int(minutes) if minutes == int(minutes) else minutes, usual=0)
        _put(ours, "level", level, usual="")

    _change(work)


def _minutes(said: str) -> float:
    said = said.strip().removesuffix("分钟").strip()
    try:
        minutes = float(said or 0)
    except ValueError:
        minutes = -1
    if minutes != 0 and not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        hint = f"写一个数，例如 20，最多 {MOST_MINUTES}；不看长短，就空着。"
        raise Rejected(Diagnostic(f"“{said[:20]}”不是分钟数。", None, hint, code="setting-value"))
    return minutes


def _put(ours: "TOMLDocument | Table", name: str, value: object, usual: object) -> None:
    if value == usual:
        if name in ours:
            ours.remove(name)
    elif ours.get(name) != value:
        ours[name] = value


def set_rule(name: str, level: str) -> None:
    """Say of a rule which level it has: "off" uses it no more, and its own level takes back what was said of it. Raises Rejected
    where there is no such rule or level."""
    rule = next((rule for rule in registry() if rule.name == name), None)
    if rule is None or level not in (*LEVELS, "off"):
        raise Rejected(Diagnostic("没有这一条规则。", code="rule-unknown"))

    def work(ours: "TOMLDocument | Table") -> None:
        _listed(ours, "ignore", name, False)
        levels = ours.get("levels")
        if isinstance(levels, dict) and name in levels:
            del levels[name]
            if not levels:
                ours.remove("levels")
        only = ours.get("select")
        if level == "off":
            if only and name in only and len(only) > 1:
                _listed(ours, "select", name, False)
            elif not only or name in only:
                _listed(ours, "ignore", name, True)
            return
        if only and name not in only:
            _listed(ours, "select", name, True)
        if level != rule.level:
            if "levels" not in ours:
                from tomlkit import table as new_table

                ours["levels"] = new_table()
            levels = ours["levels"]
            assert isinstance(levels, dict)
            levels[name] = level

    _change(work)


def _listed(ours: "TOMLDocument | Table", key: str, name: str, wanted: bool) -> None:
    """Have a name in a list of the settings, or not."""
    rows = ours.get(key)
    if not isinstance(rows, list):
        if wanted:
            ours[key] = [name]
        return
    if wanted and name not in rows:
        rows.append(name)
    elif not wanted and name in rows:
        rows.remove(name)
        if not rows:
            ours.remove(key)


def no_longer_kept(number: int, words: str) -> None:
    """What was left is told again: the row of a number, if these are its words. Raises Rejected where it is not there any more."""

    def work(ours: "TOMLDocument | Table") -> None:
        rows = ours.get("kept")
        if not isinstance(rows, list) or not 0 <= number < len(rows) or str(rows[number].get("words")) != words:
            raise Rejected(Diagnostic("这一处已经不在了。", code="request-unfit"))
        del rows[number]
        if not rows:
            ours.remove("kept")

    _change(work)


def write_settings(text: str) -> tuple[Diagnostic, ...]:
    """Put this text in the place of the settings that cannot be read; what is still wrong with it. Raises Rejected."""
    path = _path()
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    _written(path, path.read_bytes() if path.is_file() else None, data)
    return problems()


def _path() -> Path:
    try:
        _, file = table()
    except Rejected as refused:
        place = refused.diagnostics[0].place
        file = place.file if place else ""
    return Path(file or NAMES[0])


def _change(work: "Callable[[TOMLDocument | Table], None]") -> None:
    """Change the settings that hold, or begin them in the current folder; whatever else stands there stays. Raises Rejected,
    where they cannot be read too."""
    import tomlkit

    path = _path()

    def change() -> None:
        text, was = _text(path) if path.is_file() else ("", None)
        try:
            document = tomlkit.parse(text)
        except ValueError:
            raise Rejected(*problems()) from None
        ours: object = document
        if path.name != NAMES[0]:
            tool = document["tool"]
            assert isinstance(tool, dict)
            ours = tool["drafter"]
        work(ours)  # type: ignore[arg-type]  # what TOML calls a table is one
        after = tomlkit.dumps(document)
        if after != text:
            _written(path, was, after.encode())

    if path.is_file():
        in_place(path, change)
    else:
        change()


def _written(path: Path, was: bytes | None, data: bytes) -> None:
    if was is None:
        save(path, data)
        return
    older = OLDER / f"{datetime.now().strftime('%Y%m%d-%H%M%S-%f')} {path.name}"
    save_all([Output(older, was, folder_hint="")])
    written_over(path, was, data, keep=False)


def _text(path: Path) -> tuple[str, bytes]:
    """The text of a file of settings, and its bytes."""
    data = read_bytes(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").replace("\r\n", "\n"), data
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), data
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace").replace("\r\n", "\n"), data
