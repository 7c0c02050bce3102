"""What `drafter doctor` looks at: versions, shelves, fonts, LibreOffice."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter import __version__
from drafter.commands.next_step import Ending, NextStep, typed
from drafter.commands.office import libreoffice, plain_better, version, what_follows
from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
from drafter.commands.settings import FetchedState, changes, fetched_states, plain, problems, table
from drafter.diagnostic import ERROR, Diagnostic, ErrorData, Rejected
from drafter.outline import shelf

#: What drafter needs, as pyproject.toml says.
PACKAGES = (
    "typer", "jinja2", "python-docx", "pyyaml", "lxml", "prompt_toolkit", "platformdirs", "regex", "tomlkit", "markdown-it-py",
    "python-calamine", "xlrd", "starlette", "python-multipart", "uvicorn",
)  # fmt: skip


class Font(NamedTuple):
    """A font the templates ask for. `stand_in` is what a preview uses where the machine does not have it, "" for
    none."""

    name: str
    here: bool
    stand_in: str


class Missing(NamedTuple):
    """What this machine does not have: what cannot be done without it, and how it is had."""

    name: str
    costs: str
    remedy: str


class ShelfData(TypedDict):
    """A folder that outlines or templates are looked for in."""

    origin: str
    folder: str
    files: int


class DoctorData(TypedDict):
    """What `doctor` tells, for programs."""

    drafter: str
    python: str
    system: str
    packages: dict[str, str]
    shelves: list[ShelfData]
    fonts: list[Font]
    libreoffice: str | None
    libreoffice_version: str | None
    libreoffice_remark: str | None
    plain_better: bool
    offices: dict[str, str]
    missing: list[Missing]
    settings: list[ErrorData]
    settings_file: str | None
    settings_say: list[str]
    fetched: list[FetchedState]


class DoctorResult(NamedTuple):
    """Everything looked at. `libreoffice` is its program, "" for none; the remark says what its version does to
    drafts. `plain_better`: blanks had better be plain text where drafts are edited here; `plain_set`: the settings say so
    already. `offices` are other programs that open drafts, with their paths; `settings` what is wrong with those that hold
    in this folder, `settings_file` where they stand ("" where nobody has set anything), `settings_say` what they change, and
    `fetched` the shelves from elsewhere they ask for."""

    python: str
    system: str
    packages: dict[str, str]
    shelves: tuple[tuple[str, str, int], ...]
    fonts: tuple[Font, ...]
    libreoffice: str
    libreoffice_version: str = ""
    libreoffice_remark: str = ""
    plain_better: bool = False
    plain_set: bool = False
    offices: Mapping[str, str] = {}
    missing: tuple[Missing, ...] = ()
    settings: tuple[Diagnostic, ...] = ()
    settings_file: str = ""
    settings_say: tuple[str, ...] = ()
    fetched: tuple[FetchedState, ...] = ()

    def ending(self) -> Ending:
        """What most people do next."""
        return Ending(next=NextStep(typed("outlines"), "看有哪些提纲"))

    def json(self) -> DoctorData:
        """For programs."""
        return {
            "drafter": __version__,
            "python": self.python,
            "system": self.system,
            "packages": self.packages,
            "shelves": [{"origin": o, "folder": f, "files": n} for o, f, n in self.shelves],
            "fonts": list(self.fonts),
            "libreoffice": self.libreoffice or None,
            "libreoffice_version": self.libreoffice_version or None,
            "libreoffice_remark": self.libreoffice_remark or None,
            "plain_better": self.plain_better,
            "offices": dict(self.offices),
            "missing": list(self.missing),
            "settings": [problem.error() for problem in self.settings],
            "settings_file": self.settings_file or None,
            "settings_say": list(self.settings_say),
            "fetched": list(self.fetched),
        }


def doctor() -> DoctorResult:
    """The state of this machine."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = ""
    wrong = problems()
    shelves: list[tuple[str, str, int]] = []
    fetched: tuple[FetchedState, ...] = ()
    try:
        for kind in (shelf.OUTLINES, shelf.TEMPLATES):
            for place in shelf.shelves(kind):
                shelves.append((place.origin, str(place.folder), len({name for name, _ in shelf.held(kind, place)})))
        fetched = fetched_states()
    except Rejected as refused:  # the lock of shelves from elsewhere
        wrong = (*wrong, *refused.diagnostics)
    asked = open_template(DEFAULT_TEMPLATE).template.fallbacks
    here = installed_fonts()
    fonts = []
    for name, stand_ins in asked.items():
        stand_in = next((s for s in stand_ins if s.lower() in here), "")
        fonts.append(Font(name, name.lower() in here, stand_in))
    office = libreoffice()
    number = version(office) if office else ""
    said, file = ({}, "") if any(problem.level == ERROR for problem in wrong) else table()
    return DoctorResult(
        python=sys.version.split()[0],
        system=platform.platform(),
        packages=versions,
        shelves=tuple(shelves),
        fonts=tuple(fonts),
        libreoffice=office,
        libreoffice_version=number,
        libreoffice_remark=what_follows(number),
        plain_better=plain_better(number),
        plain_set=not wrong and plain(),
        offices=other_offices(),
        missing=tuple(_missing(fonts, office)),
        settings=wrong,
        settings_file=file,
        settings_say=changes(said),
        fetched=fetched,
    )


#: What the packages that need not be there are for, and the extra that brings them.
_EXTRAS = (("pypdf", "读不了 .pdf。", "pdf"), ("pygls", "编辑器里没有提示和检查（drafter lsp）。", "lsp"))

#: How a font of official papers is had.
_FONT_REMEDY = (
    "从装了它的电脑（装过 WPS 或者旧版 Windows 的多半有）拷来字体文件，双击安装；Linux 放进 ~/.local/share/fonts。"
    "方正小标宋是方正字库的，单位要有授权。"
)


def _missing(fonts: Sequence[Font], office: str) -> Iterator[Missing]:
    """What is not there that somebody may miss."""
    if not office:
        yield Missing(
            name="LibreOffice",
            costs="写不了 .pdf，读不了 .doc、.wps、.odt、.rtf；别的不受影响。",
            remedy="到 libreoffice.org 下载；统信、麒麟、Debian：sudo apt install libreoffice-writer。",
        )
    for package, costs, extra in _EXTRAS:
        if find_spec(package) is None:
            yield Missing(name=package, costs=costs, remedy=f'pip install "drafter[{extra}]"')
    names = [font.name for font in fonts if not font.here]
    if names:
        yield Missing(
            name="、".join(names),
            costs="预览、PDF 和在这台电脑上打开的 Word 文件，字形和国标的不一样，行数可能差一两行。",
            remedy=_FONT_REMEDY,
        )


#: Other programs that open drafts: what they are called, on Windows in the registry, on macOS as an application, elsewhere.
_OFFICES = (
    ("Word", "Winword.exe", "Microsoft Word.app", ()),
    ("WPS", "wps.exe", "wpsoffice.app", ("wps",)),
    ("永中 Office", "eio.exe", "", ("yozo-writer", "yozo-office")),
    ("ONLYOFFICE", "DesktopEditors.exe", "ONLYOFFICE.app", ("onlyoffice-desktopeditors",)),
)


def other_offices() -> dict[str, str]:
    """Word, WPS and others, as far as they are here, with their paths."""
    from drafter.commands.programs import program

    found = {}
    for name, windows, mac, others in _OFFICES:
        if sys.platform == "win32":
            path = _registered(windows)
        elif sys.platform == "darwin":
            path = next((p for p in (f"/Applications/{mac}",) if mac and os.path.exists(p)), "")
        else:
            path = program(*others)
        if path:
            found[name] = path
    return found


def _registered(file: str) -> str:
    """The path of a program Windows has registered, "" for none."""
    import winreg

    path = rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{file}"
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined,unused-ignore]
        try:
            with winreg.OpenKey(root, path) as key:  # type: ignore[attr-defined,unused-ignore]
                return str(winreg.QueryValue(key, None))  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            continue
    return ""


def installed_fonts() -> frozenset[str]:
    """The family names of the fonts on this machine, in lower case, in every language they are named in."""
    from drafter.commands.programs import program

    names: set[str] = set()
    lister = program("fc-list")
    if lister:
        import subprocess

        done = subprocess.run([lister, ":", "family"], capture_output=True, timeout=60, check=False)
        for line in done.stdout.decode("utf-8", "replace").splitlines():
            names.update(part.strip().lower() for part in line.split(","))
    elif sys.platform == "win32":
        names |= _windows_fonts()
    else:
        for folder in ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"):
            names.update(path.stem.lower() for path in Path(folder).expanduser().rglob("*.tt*"))
    return frozenset(names)


def _windows_fonts() -> set[str]:
    """Names in the registry look like “仿宋 (TrueType)” or “SimSun & NSimSun (TrueType)”."""
    import winreg

    names: set[str] = set()
    path = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined,unused-ignore]
        try:
            with winreg.OpenKey(root, path) as key:  # type: ignore[attr-defined,unused-ignore]
                for number in range(winreg.QueryInfoKey(key)[1]):  # type: ignore[attr-defined,unused-ignore]
                    said = winreg.EnumValue(key, number)[0].split(" (")[0]  # type: ignore[attr-defined,unused-ignore]
                    names.update(part.strip().lower() for part in said.split("&"))
        except OSError:
            continue
    return names
