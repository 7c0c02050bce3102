"""The settings of an office: `drafter.toml`, or [tool.drafter] in a `pyproject.toml`, in this folder or above it, else
in the user's own folder."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected
from drafter.outline.shelf import read_bytes, user_home
from drafter.outline.shelf.places import SETTINGS

if TYPE_CHECKING:
    from drafter.check.settings import Settings

NAMES = SETTINGS

#: The largest settings (bytes) and the longest line of them (characters). It may be a stranger's file, and a name of
#: many parts costs the square of their number.
_MOST, _MOST_OF_A_PROJECT, _LONGEST_LINE = 64 << 10, 1 << 20, 2000


#: Folders that are nobody's, for which the settings of the current one hold.
_NOBODYS: set[str] = set()


@contextmanager
def as_here(folder: str) -> Iterator[None]:
    """What stands in a folder, or below it, is looked at by the settings of the current one as long as this lasts."""
    _NOBODYS.add(folder)
    try:
        yield
    finally:
        _NOBODYS.discard(folder)


def table(folder: str = "") -> tuple[dict[str, Any], str]:
    """The nearest settings and the file they stand in; ({}, "") where there are none. Raises Rejected for a file that
    cannot be read."""
    here = os.path.abspath(folder or os.curdir)
    if _NOBODYS and not _NOBODYS.isdisjoint((here, os.path.dirname(here))):
        here = os.path.abspath(os.curdir)
    while True:
        for name in NAMES:
            path = os.path.join(here, name)
            if os.path.isfile(path):
                found = table_in(Path(path))
                if found is not None and set(found) != {"kept"}:  # what is kept there is no setting
                    return found, path
        above = os.path.dirname(here)
        if above == here:
            break
        here = above
    own = user_home() / NAMES[0]
    found = table_in(own) if own.is_file() else None
    return (found, str(own)) if found is not None else ({}, "")


def plain() -> bool:
    """Whether new documents are to have plain text for their blanks. Raises Rejected."""
    return _switch("plain", False)


def comments() -> bool:
    """Whether documents are to have comments on what is to be confirmed, and for the notes of their outline. Raises
    Rejected."""
    return _switch("comments", True)


def _switch(name: str, usual: bool) -> bool:
    """A setting that is true or false. Raises Rejected."""
    found, file = table()
    said = found.get(name, usual)
    if not isinstance(said, bool):
        raise Rejected(_no_switch(name, said, Place(file, _lines(Path(file)).get(name, 0))))
    return said


def _no_switch(name: str, said: object, place: Place) -> Diagnostic:
    """What is said of a value that is neither true nor false."""
    way = f"写成 {name} = true 或 {name} = false" + ("，不加引号。" if said in ("true", "false") else "。")
    return Diagnostic(f"{name} 的“{str(said)[:40]}”不对。", place, way, code="setting-value")


def checks(folder: Path, strange: bool = False) -> "Settings":
    """The settings of the proof-reader for the files of a folder. With `strange`, names that are no setting are left out: the
    command does something else first of all, and tells them (`remarks`). Raises Rejected."""
    from drafter.check.setting_words import KEYS
    from drafter.check.settings import Settings, settings_of

    found, file = table(str(folder))
    if not file:
        return Settings()
    if strange:
        found = {key: value for key, value in found.items() if key in KEYS}
    try:
        return settings_of(found, file)
    except Rejected:
        settings_of(found, file, _lines(Path(file)))  # the same, with the line it stands on
        raise


def _lines(path: Path) -> dict[str, int]:
    """The lines names stand on, from 1: the first of each, in a `pyproject.toml` below the heading that is ours."""
    import re

    found: dict[str, int] = {}
    ours = path.name == NAMES[0]
    for number, line in enumerate(_decoded(path, read_bytes(path)).split("\n"), 1):
        if heading := re.match(r"\s*\[+\s*(?:tool\.drafter\.?)?([\w-]*)", line):
            ours = path.name == NAMES[0] or "tool.drafter" in line
            found.setdefault(heading[1], number)
            if ours and "tool" in line:
                found.setdefault("tool", number)
        elif ours and (name := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", line)):
            found.setdefault(name[1], number)
    return found


def _small_enough(path: Path, data: bytes, most: int) -> None:
    """Raises Rejected for a file that would take too long to read, before it is read."""
    place = Place(str(path))
    if len(data) > most:
        raise Rejected(
            Diagnostic(f"配置文件太大，最多 {most >> 10} KB。", place, "只留 drafter 的设置。", code="setting-too-large")
        )
    for number, line in enumerate(data.splitlines(), 1):
        if len(line) > _LONGEST_LINE:
            told = f"这一行太长，最多 {_LONGEST_LINE:,} 个字节。"
            raise Rejected(Diagnostic(told, Place(str(path), number), "列表可以分行写。", code="setting-too-large"))


def table_in(path: Path) -> dict[str, Any] | None:
    """What a file says of drafter, None where it says nothing."""
    own = path.name == NAMES[0]
    data = read_bytes(path)
    if not own and b"tool.drafter" not in data:
        return None  # somebody else's, and reading TOML is a fiftieth of a run
    _small_enough(path, data, _MOST if own else _MOST_OF_A_PROJECT)
    import tomllib

    text = _decoded(path, data)
    try:
        said = tomllib.loads(text)
    except RecursionError:
        raise Rejected(
            Diagnostic("括号套得太深，读不下去。", Place(str(path)), "每行写成 名称 = 值。", code="setting-syntax")
        ) from None
    except ValueError as error:  # TOML's own, and Python's of numbers of thousands of figures
        raise Rejected(_unreadable(path, text, error)) from None
    if own:
        return said
    tool = said.get("tool")
    inner = tool.get("drafter") if isinstance(tool, dict) else None
    return inner if isinstance(inner, dict) else None


def _decoded(path: Path, data: bytes) -> str:
    """The text of settings as any editor saves it: UTF-8, Notepad's UTF-16 or its ANSI in Chinese. Raises Rejected."""
    if path.name != NAMES[0]:
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Rejected(Diagnostic("这个文件不是 UTF-8 编码。", Place(str(path)), "请另存为 UTF-8。", code="setting-encoding"))


def _unreadable(path: Path, text: str, error: ValueError) -> Diagnostic:
    """What keeps TOML from reading settings: the cause where one of the usual slips is found, else where it gave up."""
    import re

    from drafter.check.setting_words import cause

    found = re.search(r"at line (\d+), column (\d+)", str(error))
    line, column = map(int, found.groups()) if found else (0, 0)
    why = cause(text, line, column)
    if why:
        shown = text.split("\n")[why.line - 1]
        place = Place(str(path), why.line, why.column)
        code = "setting-unknown" if why.message.startswith("不认识") else "setting-syntax"
        return Diagnostic(why.message, place, why.hint, shown, why.length, code=code)
    told = "这一行读不懂。" if line else "这个配置文件读不懂。"
    place = Place(str(path), line, column)
    return Diagnostic(told, place, "每行写成 名称 = 值；文字要加引号。", code="setting-syntax")


# ── what is wrong with them ────────────────────────────────────────────────────────────────────────────────────────


def problems(folder: str = "") -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the settings that hold in a folder: what cannot be read, names that are no setting,
    values that fit none, and files beside whose names are only nearly `drafter.toml`."""
    near = _nearly_named(folder)
    try:
        found, file = table(folder)
        if not file:
            return near
        lines = _lines(Path(file))
    except Rejected as error:
        return (*error.diagnostics, *near)
    from drafter.check.setting_words import KEYS
    from drafter.check.settings import settings_of, unknown

    out = [unknown(key, value, Place(file, lines.get(key, 0))) for key, value in found.items() if key not in KEYS]
    for name in ("plain", "comments"):
        if not isinstance(found.get(name, True), bool):
            out.append(_no_switch(name, found[name], Place(file, lines.get(name, 0))))
    try:
        settings_of({key: value for key, value in found.items() if key in KEYS}, file, lines)
    except Rejected as error:
        out += error.diagnostics
    return (*out, *shelf_problems(found, file), *near)


def remarks(folder: str = "") -> tuple[Diagnostic, ...]:
    """What every command says of the settings, once: names that would be passed over in silence, and files that are not
    read for their names. The rest is said by the command that needs it."""
    near = _nearly_named(folder)
    try:
        found, file = table(folder)
    except Rejected:
        return near  # said by whoever needs them, and by `doctor`
    if not found:
        return near
    from drafter.check.setting_words import KEYS

    if "shelf" in found:
        wrong = tuple(problem._replace(level=WARNING) for problem in shelf_problems(found, file))
        near = (*near, *(wrong or shelf_remarks()))
    strange = [key for key in found if key not in KEYS]
    if not strange:
        return near
    from drafter.check.settings import unknown

    lines = _lines(Path(file))
    told = [unknown(key, found[key], Place(file, lines.get(key, 0)))._replace(level=WARNING) for key in strange[:20]]
    return (*told, *near)


def _nearly_named(folder: str) -> tuple[Diagnostic, ...]:
    """Files whose names are nearly `drafter.toml`, in a folder that has none and in the user's own."""
    out = []
    for where in (folder or os.curdir, str(user_home())):
        try:
            entries = [entry for entry in os.listdir(where) if entry[:6].lower().lstrip(".").startswith("draf")]
        except OSError:
            continue
        if not entries or NAMES[0] in entries:
            continue
        import re

        for entry in sorted(entries):
            if re.fullmatch(_NEARLY, entry, re.IGNORECASE) and os.path.isfile(os.path.join(where, entry)):
                hint = f"改名为 {NAMES[0]}，全用小写" + ("；末尾的 .txt 要在资源管理器里显示扩展名才看得见。" if entry.lower().endswith(".txt") else "。")
                place = Place(os.path.normpath(os.path.join(where, entry)))
                out.append(Diagnostic("这个文件的名称不是 drafter.toml，里面的设置没有用上。", place, hint, level=WARNING, code="setting-file-name"))
    return tuple(out[:5])


#: Names people give to `drafter.toml` by mistake, in any case of letters.
_NEARLY = r"\.?drafters?(?:\.toml|\.toml\.(?:txt|toml)|\.(?:tml|tom|tolm|yaml|yml|ini|cfg|conf|json)|[ _-]*(?:副本|\(\d+\)|（\d+）| - 副本.*)\.toml)|draft\.toml"


# ── shelves from elsewhere ─────────────────────────────────────────────────────────────────────────────────────────


def shelf_problems(found: dict[str, Any], file: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the shelves that settings ask for."""
    if "shelf" not in found:
        return ()
    from drafter.outline.shelf.address import MOST_SHELVES, address

    said, place = found["shelf"], Place(file, _lines(Path(file)).get("shelf", 0))
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        told = 'shelf 要写成列表，例如 shelf = ["git+https://…/shelf.git@v2026.11"]。'
        return (Diagnostic(told, place, "每个书架一个地址，加引号；Windows 的路径用单引号。", code="setting-value"),)
    if len(said) > MOST_SHELVES:
        return (Diagnostic(f"书架太多：{len(said)} 个，最多 {MOST_SHELVES} 个。", place, "合成几个。", code="setting-value"),)
    out: list[Diagnostic] = []
    for one in said:
        try:
            address(one, place)
        except Rejected as error:
            out += error.diagnostics
    return tuple(out)


def shelf_remarks() -> tuple[Diagnostic, ...]:
    """What is said of shelves beside every command, where the settings that hold here ask for some: those nobody has fetched yet,
    and a lock that cannot be read."""
    from drafter.outline.shelf.fetched import asked_here, locked_beside, names_of

    asked = asked_here()
    if not asked.sources:
        return ()
    try:
        locked = {one.source for one in locked_beside(asked)}
    except Rejected as error:
        return tuple(problem._replace(level=WARNING) for problem in error.diagnostics)
    names = names_of(asked.sources)
    missing = [names[source] for source in asked.sources if source not in locked]
    if not missing:
        return ()
    told = f"书架 {'、'.join(missing[:5])} 还没有取过，上面的提纲用不上。"
    return (Diagnostic(told, Place(asked.settings), "取一次，以后不上网也能用：drafter outlines sync", level=WARNING, code="shelf-not-taken"),)


class FetchedState(NamedTuple):
    """A shelf from elsewhere that the settings ask for. `state`: "here" on this machine as it was taken, "not-here" in the lock and
    not on this machine, "not-taken" not in the lock. `commit` and `sha256` are "" where there are none."""

    called: str
    source: str
    state: str
    commit: str
    sha256: str


def fetched_states() -> tuple[FetchedState, ...]:
    """The shelves from elsewhere that the settings ask for, each as it is on this machine. Raises Rejected."""
    from drafter.outline.shelf.fetched import asked_here, is_here, locked_beside, names_of

    asked = asked_here()
    locked = {one.source: one for one in locked_beside(asked)}
    out = []
    for source, name in names_of(asked.sources).items():
        one = locked.get(source)
        state = "not-taken" if one is None else "here" if is_here(one) else "not-here"
        out.append(FetchedState(name, source, state, one.commit if one else "", one.sha256 if one else ""))
    return tuple(out)


# ── what they change ───────────────────────────────────────────────────────────────────────────────────────────────

#: So many rules are named; of more only how many.
_NAMED = 5


def changes(found: dict[str, Any]) -> tuple[str, ...]:
    """What settings make otherwise than drafter has it of itself, in words, one thing each; () where they change nothing."""
    out = []
    select, ignore, levels = (found.get(key) for key in ("select", "ignore", "levels"))
    levels = levels if isinstance(levels, dict) else {}
    off = [name for name in ignore if isinstance(name, str)] if isinstance(ignore, list) else []
    off += [name for name, level in levels.items() if level == "off" and name not in off]
    if isinstance(select, list) and select:
        out.append(f"校对只用 {len(select)} 条规则（{_few(select)}），别的都不用")
    if off:
        out.append(f"校对不用 {len(off)} 条规则（{_few(off)}）")
    lowest = {"error": "校对只说错误，不说提醒和建议", "warning": "校对不说建议"}.get(str(found.get("level", "")))
    out += [lowest] if lowest else []
    for level, said in (("error", "错误"), ("warning", "提醒"), ("advice", "建议")):
        names = [name for name, now in levels.items() if now == level]
        out += [f"{len(names)} 条规则改成{said}（{_few(names)}）"] if names else []
    if isinstance(found.get("minutes"), int | float) and found.get("minutes"):
        out.append(f"看长短时按 {found['minutes']:g} 分钟")
    out += ["稿子里的空写成普通文字"] if found.get("plain") is True else []
    out += ["Word 里不加批注"] if found.get("comments") is False else []
    shelves = found.get("shelf")
    if isinstance(shelves, list) and shelves:
        from drafter.outline.shelf.address import called

        names = [called(one) for one in shelves if isinstance(one, str)]
        out.append(f"提纲还在 {len(names)} 个书架上找（{_few(names)}）")
    return tuple(out)


def _few(names: list[str]) -> str:
    return "、".join(str(name) for name in names[:_NAMED]) + ("……" if len(names) > _NAMED else "")


def from_above(folders: Iterable[str], own: str | None = None) -> tuple[Diagnostic, ...]:
    """What is said, once a run, of settings that stand in a folder above the files of these folders: whoever checks a speech need
    not know of them, and they may keep rules from speaking. Those in a file's own folder lie beside it for all to see, and
    those in the user's own are the user's. `own`: a folder whose settings are its user's too."""
    known = {os.path.abspath(user_home()), *([os.path.abspath(own)] if own is not None else [])}
    seen: set[str] = set()
    out = []
    for folder in folders:
        try:
            found, file = table(folder)
        except Rejected:
            continue  # said by whoever needs them
        where = os.path.dirname(file)
        if not file or file in seen or where in known or os.path.abspath(where) not in map(str, Path(os.path.abspath(folder or os.curdir)).parents):
            continue
        seen.add(file)
        told = changes(found)
        if told:
            hint = "全部设置：drafter doctor；不照它的，在文件旁边放一份自己的 drafter.toml（空的也行）。"
            out.append(Diagnostic(f"照上级文件夹里的设置：{'；'.join(told)}。", Place(file), hint, level=ADVICE, code="setting-from-above"))
    return tuple(out)
