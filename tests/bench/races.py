"""What becomes of a draft when drafter is killed, or somebody saves it, at every moment of an update, and when two update at once.

    python tests/bench/races.py [--tries 60] [--drafter PATH]

killed    an update is killed (-9, TERM, INT in turn) at a moment that walks through its whole run: afterwards the file is the old one
          or the new one, whole; what was there is in the copy beside it where it is the new one; the next run takes away the rest
saved     another text is put under the name (as Word does: a file beside it, renamed) or written into the file (as LibreOffice does)
          at such a moment: afterwards the text somebody saved is in some file of the folder, and in the draft itself unless that is
          the update of it
at once   two updates with different answers, and one update with `format`: where both say that they are done, both are in the draft
mixed     three updates and somebody who saves, at once

Prints a line for each and what was lost; exits 1 where anything was. Takes some minutes; nothing is left behind.
"""

import argparse
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from pathlib import Path

OUTLINE = """\
title: 在全市【会议】上的讲话
dateline: （【日期】）
fields:
  会议: 什么会？
  日期:
    ask: 哪一天讲？
    type: date
  人数:
    ask: 多少人？
    type: number
speech:
  - greeting: 同志们：
  - opening: 今天是【日期 | 月日】，来了【人数】人，一起开好【会议】。
  - requirements:
      - heading: 要抓好落实
        text: 各单位要把【会议】的要求带回去，一项一项抓好。
  - closing: 谢谢大家！
"""
ANSWERS = ("会议=办公室工作会议", "日期=2026-11-26", "人数=120")

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
SAVED = "刚在别的程序里写的一段。"


class Folder:
    """A folder with a draft, and the program on it."""

    def __init__(self, path: Path, program: str) -> None:
        self.path, self.program = path, program
        self.file = path / "稿.docx"
        self.run("new", "--outline", "会.yaml", "--no-input", "-q", *(w for a in ANSWERS for w in ("--set", a)), "-o", "稿.docx")
        self.old = self.file.read_bytes()
        self.other = with_paragraph(self.old, SAVED)
        begun = time.monotonic()
        self.run("update", "稿.docx", "--set", "日期=2026-12-03")
        self.takes = time.monotonic() - begun

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([self.program, *words], cwd=self.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, *words: str) -> str:
        done = self.start(*words)
        said = done.communicate()[0].decode()
        assert done.returncode == 0, said
        return said

    def again(self) -> None:
        for file in self.path.glob("*"):
            if file.name != "会.yaml":
                file.unlink()
        for file in self.path.glob(".drafter-*"):
            file.unlink()
        self.file.write_bytes(self.old)

    def answers(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.run("pull", "稿.docx", "--json"))["result"]
        return found

    def texts(self, path: Path) -> str:
        try:
            return words_of(path.read_bytes())
        except (zipfile.BadZipFile, KeyError, OSError):
            return ""


def words_of(data: bytes) -> str:
    """The words of a document; every part of it has to be whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if package.testzip():
            raise zipfile.BadZipFile
        return re.sub("<[^>]*>", "", package.read("word/document.xml").decode())


def with_paragraph(data: bytes, text: str) -> bytes:
    """A document with one more paragraph at its end, as another program saves it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:sectPr", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr".encode(), 1)
            new.writestr(name, part)
    return out.getvalue()


def killed(folder: Folder, tries: int) -> list[str]:
    lost = []
    for n in range(tries):
        folder.again()
        run = folder.start("update", "稿.docx", "--set", "日期=2026-12-03")
        time.sleep(folder.takes * 1.1 * n / tries)
        run.send_signal(SIGNALS[n % len(SIGNALS)])
        said = run.communicate()[0].decode()
        now = folder.file.read_bytes()
        words = folder.texts(folder.file)
        is_new = "12月3日" in words
        if not words:
            lost.append(f"try {n}: the file is broken")
        if now != folder.old and not is_new:
            lost.append(f"try {n}: neither the old text nor the new one")
        if now != folder.old and not any(f.read_bytes() == folder.old for f in folder.path.glob("*备份*.docx")):
            lost.append(f"try {n}: the old text is gone")
        if "Traceback" in said and "KeyboardInterrupt" not in said:  # Python itself, which Ctrl-C met while it began
            lost.append(f"try {n}: {said[-200:]}")
        folder.run("update", "稿.docx", "--set", "日期=2026-12-04")
        left = [f.name for f in folder.path.iterdir() if f.name.startswith(".drafter-")]
        if left:
            lost.append(f"try {n}: the next run left {left}")
    return lost


def saved(folder: Folder, tries: int) -> list[str]:
    lost = []
    for n in range(tries):
        folder.again()
        (folder.path / "存").write_bytes(folder.other)
        run = folder.start("update", "稿.docx", "--set", "日期=2026-12-03")
        time.sleep(folder.takes * (0.4 + 0.7 * n / tries))
        if n % 2:
            os.replace(folder.path / "存", folder.file)
        else:
            folder.file.write_bytes(folder.other)
        run.communicate()
        kept = [f.name for f in folder.path.glob("*.docx") if SAVED in folder.texts(f)]
        if not kept:
            lost.append(f"try {n}: what was saved is in no file")
        elif "稿.docx" not in kept:
            lost.append(f"try {n}: what was saved is only in {kept}")
    return lost


def at_once(folder: Folder, tries: int) -> list[str]:
    lost = []
    for n in range(max(4, tries // 4)):
        folder.again()
        day, people = f"2026-12-{n % 28 + 1:02d}", str(70 + n)
        third = ("format", "稿.docx", "-t", "card") if n % 2 else ("update", "稿.docx", "--set", "会议=信访工作会议")
        wanted = [("update", "稿.docx", "--set", f"日期={day}"), ("update", "稿.docx", "--set", f"人数={people}"), third]
        runs = [folder.start(*words) for words in wanted]
        said = [run.communicate()[0].decode() for run in runs]
        answers = folder.answers()
        for run, ok, words in zip(runs, (answers["日期"] == day, answers["人数"] == people, n % 2 or answers["会议"] == "信访工作会议"), said, strict=True):
            if run.returncode == 0 and not ok:
                lost.append(f"try {n}: said done, and is not in the draft: {words[:60]!r}")
            if run.returncode:
                lost.append(f"try {n}: refused: {words[:100]!r}")
    return lost


def mixed(folder: Folder, tries: int) -> list[str]:
    lost = []
    for n in range(max(4, tries // 4)):
        folder.again()
        (folder.path / "存").write_bytes(folder.other)
        sets = ("日期=2026-12-03", "人数=77", "会议=信访工作会议")
        runs = [folder.start("update", "稿.docx", "--set", said) for said in sets]
        time.sleep(folder.takes * (0.4 + 2 * n / max(4, tries // 4)))
        os.replace(folder.path / "存", folder.file)
        for run in runs:
            run.communicate()
        if not any(SAVED in folder.texts(f) for f in folder.path.glob("*.docx")):
            lost.append(f"try {n}: what was saved is in no file")
    return lost


def main() -> int:
    """Run all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=60)
    parser.add_argument("--drafter", default=str(Path(sysconfig.get_path("scripts")) / "drafter"))
    options = parser.parse_args()
    wrong = False
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "DRAFTER_HOME": f"{home}/drafter", "XDG_CACHE_HOME": f"{home}/cache"}
        for name, what in (("killed", killed), ("saved", saved), ("at once", at_once), ("mixed", mixed)):
            path = Path(tempfile.mkdtemp(dir=home))
            (path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
            folder = Folder(path, options.drafter)
            lost = what(folder, options.tries)
            shutil.rmtree(path)
            wrong |= bool(lost)
            print(f"{name:8} {'nothing lost' if not lost else f'{len(lost)} lost'} (one update takes {folder.takes:.2f} s)")
            for line in lost:
                print(f"    {line}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
