"""What `drafter doctor` looks at: versions, shelves, fonts, LibreOffice."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from drafter import __version__
from drafter.commands.office import libreoffice
from drafter.commands.opening import DEFAULT_TEMPLATE, open_template
from drafter.outline import shelf

PACKAGES = ("typer", "jinja2", "python-docx", "pyyaml", "lxml", "questionary", "platformdirs", "regex")


class Font(NamedTuple):
    """A font the templates ask for. `stand_in` is what a preview uses where the machine does not have it, "" for none."""

    name: str
    here: bool
    stand_in: str


class DoctorResult(NamedTuple):
    """Everything looked at."""

    python: str
    system: str
    packages: dict[str, str]
    shelves: tuple[tuple[str, str, int], ...]
    fonts: tuple[Font, ...]
    libreoffice: str

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "drafter": __version__,
            "python": self.python,
            "system": self.system,
            "packages": self.packages,
            "shelves": [{"origin": o, "folder": f, "files": n} for o, f, n in self.shelves],
            "fonts": [f._asdict() for f in self.fonts],
            "libreoffice": self.libreoffice or None,
        }


def look() -> DoctorResult:
    """The state of this machine."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = ""
    shelves = []
    for kind in (shelf.OUTLINES, shelf.TEMPLATES):
        for one in shelf.shelves(kind):
            count = len(os.listdir(one.folder)) if one.folder.is_dir() else 0
            shelves.append((one.origin, str(one.folder), count))
    asked = open_template(DEFAULT_TEMPLATE).template.fallbacks
    here = installed_fonts()
    fonts = []
    for name, stand_ins in asked.items():
        stand_in = next((s for s in stand_ins if s.lower() in here), "")
        fonts.append(Font(name, name.lower() in here, stand_in))
    return DoctorResult(sys.version.split()[0], platform.platform(), versions, tuple(shelves), tuple(fonts), libreoffice())


def installed_fonts() -> frozenset[str]:
    """The family names of the fonts on this machine, in lower case, in every language they are named in."""
    from shutil import which

    names: set[str] = set()
    if which("fc-list"):
        import subprocess

        done = subprocess.run(["fc-list", ":", "family"], capture_output=True, timeout=60, check=False)
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
