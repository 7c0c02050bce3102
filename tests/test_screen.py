"""What stands on a real terminal: the program on a pseudo-terminal of some width, its bytes drawn by an emulator."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pyte
import pytest
from conftest import DRAFTER

from drafter.commands.rows import CLOSING
from drafter.diagnostic import columns as width_of

WIDTHS = (60, 80, 120, 200)

OUTLINE = """\
title: 在【会议】上的讲话
about: 在业务会议上的讲话，用来看一看屏幕有多宽，字说得长一些，好让它在窄的终端上折行
genre: 会议讲话
fields:
  会议:
    ask: 开的是什么会，全称是什么，要和通知上的一个字也不差，连“全市”“暨”这样的字也照写，好不好？
    help: 照会议通知写，例如 office-training 这样的英文词也不拆开，𠮷野家😀也能写。
  层级:
    ask: 哪一级？
    choices:
""" + "".join(f"      - 第{n}类，说得很长很长的一个选项，一行也许放不下，要看一看它是怎么折行的\n" for n in range(1, 31)) + """\
speech:
  - opening: 今天我们在这里召开【会议】，研究【层级】的事，会议很重要，截止目前的工作很好。我代表市委，向大家表示感谢，向同志们致以问候。
  - requirements:
      - heading: 提高认识，统一思想
        text: 认识是行动的先导，思想统一了，行动才能一致。
        when: 会议 == "年会"
      - heading: 落实责任，抓好落实
        text: 一分部署，九分落实。
"""


class Terminal:
    """The program on a terminal of this size."""

    def __init__(self, folder: Path, words: Sequence[str], columns: int, rows: int = 24, **env: str) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.screen.write_process_input = lambda data: os.write(self.master, data.encode())  # where the cursor is
        self.raw = b""
        self.ended: int | None = None
        self.master, slave = pty.openpty()
        self._size(columns, rows)
        clean = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")}
        self.process = subprocess.Popen(
            [str(DRAFTER), *words], stdin=slave, stdout=slave, stderr=slave, cwd=folder, start_new_session=True,
            env=clean | {"TERM": "xterm-256color", "PAGER": "cat"} | env,
        )  # fmt: skip
        os.close(slave)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, until: str = "", seconds: float = 60) -> str:
        """What stands on the screen once `until` does, or once the program has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if until and until in self.shown():
                break
            if not select.select([self.master], [], [], 0.2)[0]:
                if self.process.poll() is not None:
                    break
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:
                break
            if not data:
                break
            self.raw += data
            self.stream.feed(data)
        else:
            raise AssertionError(f"“{until}” never came:\n{self.shown()}")
        return self.shown()

    def keys(self, said: str) -> None:
        os.write(self.master, said.encode())

    def resized(self, columns: int, rows: int) -> None:
        """Another size; of what is drawn nothing is broken anew by this emulator."""
        self._size(columns, rows)
        self.screen.resize(rows, columns)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def shown(self) -> str:
        """The rows on the screen, a wide character once."""
        return "\n".join(row.rstrip() for row in self.screen.display).rstrip("\n")

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> int:
        """End it, if it has not ended."""
        if self.ended is not None:
            return self.ended
        self.process.poll()
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.ended = self.process.wait(60)
        os.close(self.master)
        return self.ended


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    (tmp_path / "稿.txt").write_text("在年会上的讲话\n\n同志们：\n\n截止目前，我们的工作做的很好，一是抓学习，三是抓落实，，大家都很满意的。\n", encoding="utf-8")
    (tmp_path / "新稿.txt").write_text("在年会上的讲话\n\n同志们：\n\n截至目前，我们的工作做得很好，一是抓学习，二是抓落实，大家都满意，下一步还要继续努力，争取更大的成绩。\n", encoding="utf-8")
    return tmp_path


COMMANDS = (
    ("new", "-O", "会", "--no-input", "-o", "a.txt"),
    ("new", "-O", "没有这一份提纲的名称是很长很长的", "--no-input"),
    ("outlines",),
    ("outlines", "passages"),
    ("outlines", "basis"),
    ("outlines", "basis", "安全生产"),
    ("outlines", "show", "office-training"),
    ("outlines", "show", "hosting"),
    ("outlines", "show", "会"),
    ("outlines", "find", "培训"),
    ("outlines", "check", "会"),
    ("check", "稿.txt"),
    ("compare", "稿.txt", "新稿.txt"),
    ("doctor",),
    ("--help",),
    ("new", "--help"),
    ("check", "--help"),
    ("help", "提纲"),
)


def faults(raw: bytes, columns: int) -> list[str]:
    """The lines that are wider than the terminal or begin with a closing mark. A command to be copied stays in one line, and
    so does a word that is longer than the terminal."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", raw.decode("utf-8", "replace")).replace("\r", "")
    found = []
    for line in text.split("\n"):
        words = line.strip()
        if width_of(line) > columns and not words.startswith("drafter ") and " " in words:
            found.append(f"{width_of(line)} > {columns}: {line}")
        if words[:1] in CLOSING - set("-—·…") and not re.match(r"\.([a-z]|\.\.)", words):
            found.append(f"begins with {words[0]}: {line}")
    return found


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal_and_none_begins_with_a_closing_mark(here: Path, words: Sequence[str], columns: int) -> None:
    with Terminal(here, words, columns) as terminal:
        terminal.read()
    assert faults(terminal.raw, columns) == []


@pytest.mark.parametrize("words", [("outlines", "show", "会"), ("check", "稿.txt"), ("new", "-O", "会", "--no-input", "-o", "b.txt"), ("--help",)], ids=" ".join)
def test_the_narrowest_terminal_does_not_crash(here: Path, words: Sequence[str]) -> None:
    with Terminal(here, words, 40) as terminal:
        terminal.read()
    assert terminal.close() in (0, 1)
    assert b"Traceback" not in terminal.raw


def test_what_goes_to_a_file_is_not_broken(here: Path, run) -> None:
    row = next(line for line in run("outlines", "show", "会", cwd=here).stdout.split("\n") if "【层级】" in line)
    assert row.count("第30类") == 1


@pytest.mark.parametrize(("env", "coloured"), [
    ({}, True),
    ({"NO_COLOR": "1"}, False),
    ({"TERM": "dumb"}, False),
    ({"CLICOLOR": "0"}, False),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
])  # fmt: skip
def test_colours_follow_the_conventions(here: Path, env: dict[str, str], coloured: bool) -> None:
    for words in (("compare", "稿.txt", "新稿.txt"), ("outlines", "basis")):
        with Terminal(here, words, 80, **env) as terminal:
            terminal.read()
        assert (b"\x1b[" in terminal.raw) is coloured, terminal.raw[:300]


def test_colours_go_to_a_file_where_they_are_forced(here: Path, run) -> None:
    for env, coloured in (({"FORCE_COLOR": "1"}, True), ({"CLICOLOR_FORCE": "1"}, True), ({"FORCE_COLOR": "0"}, False), ({}, False)):
        assert ("\x1b[" in run("outlines", "basis", env=env).stdout) is coloured


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────

ENTER, DOWN, UP, BACK, CTRL_C = "\r", "\x1b[B", "\x1b[A", "\x02", "\x03"


def asked(here: Path, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
    return Terminal(here, ("new", "-O", "会", "-o", "c.txt"), columns, rows, **env)


@pytest.mark.parametrize(("columns", "rows"), [(40, 15), (60, 15), (80, 24), (120, 40), (200, 50)])
def test_a_question_and_its_list_fit_the_screen(here: Path, columns: int, rows: int) -> None:
    with asked(here, columns, rows) as terminal:
        terminal.read("停下")
        terminal.keys("年会" + ENTER)
        shown = terminal.read("↓ 还有")
        listed = [row for row in shown.split("\n") if re.match(r"[> ] \d+\. 第", row)]
        assert 3 <= len(listed) <= 10
        assert "> 1. 第1类" in shown
        assert "说得很长很长的一个选项，一行也许放不下" in shown.replace("\n    ", "").replace("\n", "")
        for row in shown.split("\n"):
            assert row.strip()[:1] not in CLOSING - set("-—·…") or not row.strip(), row
        terminal.keys(UP)
        assert "↑ 还有" in terminal.read("↑ 还有")
        terminal.keys(CTRL_C)
        terminal.read("存下来吗")


def test_nothing_is_left_behind_after_going_back_a_refusal_a_resize_and_a_paste(here: Path) -> None:
    with asked(here) as terminal:
        terminal.read("Ctrl-C 停下")
        terminal.keys("\x1b[200~年会\n和别的\n会\x1b[201~")
        terminal.read("会")
        terminal.keys("\x15" * 3 + "\x7f" * 8 + "年会" + ENTER)
        terminal.read("↓ 还有")
        terminal.keys(BACK)
        shown = terminal.read("开的是什么会")
        assert shown.count("问题 1/2") == 1
        assert "第1类" not in shown
        terminal.keys(ENTER)
        terminal.read("↓ 还有")
        for columns, rows in ((60, 24), (120, 40), (80, 40)):
            terminal.resized(columns, rows)
            time.sleep(0.3)
            shown = terminal.read("↓ 还有")
            assert shown.count("问题 2/2") == 1
            assert shown.count("> 1. 第1类") == 1
        terminal.keys(CTRL_C)
        shown = terminal.read("存下来吗")
        assert "第1类" not in shown
        assert "↓ 还有" not in shown


def test_a_terminal_that_can_draw_nothing_asks_for_numbers(here: Path) -> None:
    with asked(here, TERM="dumb") as terminal:
        terminal.read("开的是什么会")
        terminal.keys("年会" + ENTER)
        terminal.read("第30类")
        terminal.keys("99" + ENTER)
        terminal.read("没有“99”这一条，打 1 到")
        terminal.keys("2" + ENTER)
        terminal.read("就这样")
        terminal.keys("1" + ENTER)
        terminal.read()
    assert not re.search(rb"\x1b\[[0-9;]*[A-HJKm]", terminal.raw)  # nothing is moved, erased or coloured
    assert "第2类" in (here / "c.txt").read_text(encoding="utf-8")
