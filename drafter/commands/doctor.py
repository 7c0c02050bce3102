"""What `drafter doctor` looks at: versions, shelves, fonts, LibreOffice."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter import __version__
from drafter.commands.office import libreoffice, version, what_follows
from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
from drafter.commands.settings import problems
from drafter.diagnostic import Diagnostic, ErrorData
from drafter.outline import shelf

PACKAGES = ("typer", "jinja2", "python-docx", "pyyaml", "lxml", "prompt_toolkit", "platformdirs", "regex")


class Font(NamedTuple):
    """A font the templates ask for. `stand_in` is what a preview uses where the machine does not have it, "" for
    none."""

    name: str
    here: bool
    stand_in: str


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
    settings: list[ErrorData]


class DoctorResult(NamedTuple):
    """Everything looked at. `libreoffice` is its program, "" for none; the remark says what its version does to
    drafts; `settings` what is wrong with those that hold in this folder."""

    python: str
    system: str
    packages: dict[str, str]
    shelves: tuple[tuple[str, str, int], ...]
    fonts: tuple[Font, ...]
    libreoffice: str
    libreoffice_version: str = ""
    libreoffice_remark: str = ""
    settings: tuple[Diagnostic, ...] = ()

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
            "settings": [problem.error() for problem in self.settings],
        }


def doctor() -> DoctorResult:
    """The state of this machine."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = ""
    shelves = []
    for kind in (shelf.OUTLINES, shelf.TEMPLATES):
        for place in shelf.shelves(kind):
            count = len(os.listdir(place.folder)) if place.folder.is_dir() else 0
            shelves.append((place.origin, str(place.folder), count))
    asked = open_template(DEFAULT_TEMPLATE).template.fallbacks
    here = installed_fonts()
    fonts = []
    for name, stand_ins in asked.items():
        stand_in = next((s for s in stand_ins if s.lower() in here), "")
        fonts.append(Font(name, name.lower() in here, stand_in))
    office = libreoffice()
    number = version(office) if office else ""
    return DoctorResult(
        python=sys.version.split()[0],
        system=platform.platform(),
        packages=versions,
        shelves=tuple(shelves),
        fonts=tuple(fonts),
        libreoffice=office,
        libreoffice_version=number,
        libreoffice_remark=what_follows(number),
        settings=problems(),
    )


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
