"""`python -m drafter`; and the program of the folder that is unzipped (`.ci/portable`), which is also started by a double
click."""

import os
import sys

from drafter.cli.main import entry
from drafter.cli.main import main as program
from drafter.startup import programs_with_their_own_libraries

#: The first word with which the unzipped program reads a PDF for another of its processes (`drafter/readers/pdf.py`).
READ_PDF = "--read-pdf"

#: The word with which Python begins a process that works for another, where it cannot be copied.
_BEGUN = "--multiprocessing-fork"

#: The program without a console, which lies beside the one with one on Windows.
_WITHOUT_CONSOLE = "起草台.exe"


def main() -> None:
    """Run the program. Unzipped, and started with nothing to do where nobody types, it opens the desk."""
    unzipped = bool(getattr(sys, "frozen", False))
    programs_with_their_own_libraries()
    if unzipped and (_BEGUN in sys.argv or "-c" in sys.argv):  # a process that works for another (`commands/team.py`)
        from multiprocessing import freeze_support

        freeze_support()  # as PyInstaller has it, which ends here
    if unzipped and sys.argv[1:] == [READ_PDF]:
        from drafter.readers.pdf import main as read_pdf

        sys.exit(read_pdf())
    elif sys.platform == "win32" and sys.stdout is None and sys.stderr is None:  # 起草台.exe and pythonw, without a console
        _without_console()
    elif unzipped and len(sys.argv) == 1 and not _in_a_terminal():
        _desk()
    else:
        entry()


def _desk() -> None:
    """Open the desk; on Windows by the program that needs no console, whose black window would be in the way."""
    beside = os.path.join(os.path.dirname(sys.executable), _WITHOUT_CONSOLE)
    if sys.platform == "win32" and os.path.isfile(beside):
        import subprocess

        subprocess.Popen([beside], close_fds=True)
        return
    sys.argv[1:] = ["desk"]
    program()


def _in_a_terminal() -> bool:
    """Whether somebody types what is done. A double click on a program with a console opens one on Windows, which then is
    that program's alone."""
    if not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return False
    if sys.platform == "win32":
        from ctypes import c_uint, windll

        return int(windll.kernel32.GetConsoleProcessList((c_uint * 2)(), 2)) != 1
    return True


def _without_console() -> None:
    """Run where nothing can be printed: what there is to say of a failure comes up in a window."""
    import io
    from contextlib import redirect_stderr, redirect_stdout

    said = io.StringIO()
    if len(sys.argv) == 1:
        sys.argv.append("desk")
    try:
        with redirect_stdout(said), redirect_stderr(said):
            program()
    except SystemExit as left:
        if left.code in (None, 0, 130):
            raise
    except Exception as error:
        said.write(f"起草台自己出了错：{error!r}")
    if sys.platform == "win32":
        from ctypes import windll

        windll.user32.MessageBoxW(None, said.getvalue().strip() or "起草台没有打开。", "起草台", 0x30)  # a warning sign
    sys.exit(1)


if __name__ == "__main__":
    main()
