"""Programs are started by the path they were found under; the current folder, where anybody may have put one, is no such place."""

import os
import sys
from pathlib import Path

import pytest

from drafter.commands import programs
from drafter.commands.office import libreoffice
from drafter.commands.programs import command_of, program, shown
from drafter.startup import programs_not_from_here, programs_with_their_own_libraries


def put(path: Path) -> str:
    """A program that leaves a trace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho \"$@\" > {path.parent.parent}/started\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a speech somebody has sent, and beside it programs of every name that may be asked for."""
    folder = tmp_path / "sent"
    for name in ("soffice", "libreoffice", "fc-list", "xdg-open", "vi", "code.cmd", "notepad.exe", "soffice.exe", "more.com"):
        put(folder / name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "sub", str(tmp_path / "bin"))))
    return tmp_path


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_program_that_lies_beside_a_speech_is_not_found(here: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("drafter.commands.office._USUAL", ())
    assert [program(name) for name in ("fc-list", "xdg-open", "vi", "code", "code.cmd", "notepad", "notepad.exe")] == [""] * 7
    assert libreoffice() == ""
    assert command_of("vi -n") == command_of("notepad") == []


def test_a_program_on_the_path_is_found_by_its_name_and_on_windows_by_its_ending(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [put(here / "bin" / name) for name in ("vi", "code.cmd", "notepad.exe")]
    assert (program("vi"), program("没有", "vi"), program("code")) == (found[0], found[0], "")
    monkeypatch.setattr(sys, "platform", "win32")
    assert (program("code"), program("notepad"), program("notepad.EXE"), program("vi")) == (found[1], found[2], "", "")
    monkeypatch.setenv("PATHEXT", ".CMD")
    assert (program("notepad"), program("code")) == ("", found[1])


def test_a_program_named_with_its_folder_is_that_one(here: Path) -> None:
    assert program("./vi") == str(here / "sent" / "vi")
    assert program("../bin/vi") == ""


@pytest.mark.parametrize(
    ("said", "platform", "words"),
    [
        ("vi -n", "linux", ["bin/vi", "-n"]),
        ("vi '一 二'", "linux", ["bin/vi", "一 二"]),
        ("vi \"一", "linux", []),
        ("", "linux", []),
        ("{bin}/a b", "linux", ["bin/a b"]),
        ("code --wait", "win32", ["bin/code.cmd", "--wait"]),
        ('"{bin}/a b" -n', "win32", ["bin/a b", "-n"]),
        ("code C:\\x\\y", "win32", ["bin/code.cmd", "C:\\x\\y"]),
    ],
)
def test_the_editors_command_is_read_as_the_system_writes_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, said: str, platform: str, words: list[str]
) -> None:
    for name in ("vi", "code.cmd", "a b"):
        put(here / "bin" / name)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PATHEXT", ".CMD;")
    if platform == "win32" and said.startswith('"'):
        monkeypatch.setattr(programs, "program", lambda name: name)  # the file has no ending of a program's here
    assert command_of(said.format(bin=here / "bin")) == [str(here / word) if word.startswith("bin") else word for word in words]


def test_an_editor_that_lies_in_the_folder_is_not_started(here: Path, run) -> None:
    done = run("outlines", "edit", "office-training", env={"EDITOR": "vi", "DRAFTER_HOME": str(here / "home")}, cwd=here / "sent")
    assert (done.returncode, done.stderr) == (1, "打不开编辑器 vi（没有这个程序）。请自己打开：outlines/office-training.yaml\n")
    assert not (here / "started").exists()


def test_what_opens_a_file_is_given_its_whole_path(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here / "bin" / "xdg-open")
    shown("-讲话.docx")
    for _ in range(1200):
        if (here / "started").exists() and (here / "started").read_text():
            break
        import time

        time.sleep(0.05)
    assert (here / "started").read_text() == f"{here}/sent/-讲话.docx\n"
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    shown("讲话.docx")
    shown("http://127.0.0.1:8000/")
    assert opened == [str(here / "sent" / "讲话.docx"), "http://127.0.0.1:8000/"]


def test_on_windows_nobody_we_start_looks_here_either(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "NoDefaultCurrentDirectoryInExePath"
    monkeypatch.delenv(name, raising=False)
    programs_not_from_here()
    assert name not in os.environ
    monkeypatch.setattr(sys, "platform", "win32")
    programs_not_from_here()
    assert os.environ[name] == "1"
    monkeypatch.delenv(name)


def test_the_unzipped_program_gives_its_libraries_to_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for before in ("/opt/wps", None):
        monkeypatch.setenv("LD_LIBRARY_PATH", "/home/张三/drafter/_internal")
        if before:
            monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
        programs_with_their_own_libraries()
        assert os.environ.get("LD_LIBRARY_PATH") == before
