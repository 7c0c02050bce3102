"""Installs drafter from the wheels beside this file, without a network, into the folder `program` beside it, and makes something
to double-click. Started by install.bat or install.sh; installing again replaces the program, never a speech."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE / "program"
WINDOWS = sys.platform == "win32"

STARTER = '@start "" "%~dp0program\\Scripts\\pythonw.exe" -m drafter\r\n'

#: The arguments: where the shortcut lies, what it starts, and from where.
SHORTCUT = (
    "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:DRAFTER_LINK); $s.TargetPath = $env:DRAFTER_TARGET;"
    " $s.Arguments = '-m drafter'; $s.WorkingDirectory = $env:DRAFTER_FROM; $s.Save()"
)

DESKTOP = """\
[Desktop Entry]
Type=Application
Name=起草台
Comment=起草讲话稿
Exec="{python}" -m drafter desk
Terminal=false
Categories=Office;
"""


def main() -> int:
    """Install, say so, and what to do next; the exit code."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        say(f"这里的 Python 是 {sys.version.split()[0]}，要用 3.11、3.12 或者 3.13。没有装。")
        return 1
    say("正在安装，约一分钟……")
    python = PROGRAM / ("Scripts/python.exe" if WINDOWS else "bin/python")
    try:
        venv.EnvBuilder(clear=True, with_pip=False).create(PROGRAM)
        (pip,) = (HERE / "wheels").glob("pip-*.whl")
        command = [str(python), f"{pip}/pip", "install", "--no-index", "--find-links", str(HERE / "wheels")]
        command += ["--quiet", "--disable-pip-version-check", "--no-warn-script-location", "drafter[pdf]"]
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}  # no index of the machine's
        subprocess.run(command, check=True, env=plain | {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"})
        subprocess.run([str(python), "-m", "drafter", "--version"], check=True, cwd=PROGRAM)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        say(f"没有装成：{error}")
        return 1
    made = windows_starters() if WINDOWS else linux_starters(python)
    say("装好了。双击“起草台”就打开：" + "；".join(str(path) for path in made))
    return 0


def windows_starters() -> list[Path]:
    """A starter beside the program, and a shortcut on the desktop where this user may make one."""
    made = [HERE / "起草台.bat"]
    made[0].write_bytes(STARTER.encode("ascii"))
    desktop = Path(os.environ.get("USERPROFILE", "")) / "Desktop"
    shell = shutil.which("powershell")
    if shell and desktop.is_dir():
        link = desktop / "起草台.lnk"
        told = {"DRAFTER_LINK": str(link), "DRAFTER_TARGET": str(PROGRAM / "Scripts" / "pythonw.exe"), "DRAFTER_FROM": str(HERE)}
        command = [shell, "-NoProfile", "-NonInteractive", "-Command", SHORTCUT]
        subprocess.run(command, env=os.environ | told, check=False, capture_output=True)
        made += [link] if link.is_file() else []
    return made


def linux_starters(python: Path) -> list[Path]:
    """A starter beside the program, in the menu, and on the desktop where there is one."""
    home = Path.home()
    quoted = str(python).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`").replace("%", "%%")
    made = []
    for folder in (HERE, home / ".local/share/applications", *(home / name for name in ("桌面", "Desktop"))):
        if folder.name in ("桌面", "Desktop") and not folder.is_dir():
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / "起草台.desktop"
            file.write_text(DESKTOP.format(python=quoted.replace("\\", "\\\\")), encoding="utf-8")
            file.chmod(0o755)
            made.append(file)
        except OSError:
            continue
    return made


def say(words: str) -> None:
    """Say it, also where the console has not all characters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
