"""Conversations from beginning to end, on a terminal: what is passed over comes again, and nothing that was said is lost."""

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from drafter.commands.status import StatusRequest, status
from drafter.outline.answers import from_yaml
from drafter.outline.yaml import Source

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")

DRAFTER = Path(sys.executable).parent / "drafter"
ENTER, DOWN, LATER, EMPTY, DONE, CTRL_C, ERASE = "\r", "\x1b[B", "\x0f", "\x18", "\x04", "\x03", "\x15"

OUTLINE = """\
title: 在【会议】上的讲话
genre: 会议讲话
fields:
  会议: 什么会？
  层级:
    ask: 哪一级？
    choices: [市, 县]
    default: 市
  日期:
    ask: 哪一天？
    type: date
  表扬:
    ask: 表扬吗？
    type: yes/no
  先进:
    ask: 表扬谁？
    type: list
    when: 表扬
  寄语:
    ask: 说些什么？
    type: long text
speech:
  - greeting: 同志们：
  - opening: 【日期|月日】，【层级】【会议】。
  - text: 表扬【先进】。
    when: 表扬
  - closing: 【寄语】
""".replace("[市, 县]", "\n      - 市\n      - 县")

HOST = """\
title: 在【会议】上的主持词
genre: 主持词
fields:
  会议: 什么会？
  主持人: 谁主持？
speech:
  - greeting: 同志们：
  - opening: 【主持人】主持【会议】。
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "会议.yaml").write_text(OUTLINE, encoding="utf-8")
    (tmp_path / "outlines" / "主持.yaml").write_text(HOST, encoding="utf-8")
    return tmp_path


class Ended:
    """A program that ran on a terminal: what was seen, and its exit code."""

    def __init__(self, seen: str, code: int) -> None:
        self.seen, self.code = seen, code

    @property
    def last(self) -> str:
        """What stands on the screen after the last question."""
        return self.seen[self.seen.rfind("停下了") :]


def on_a_terminal(
    folder: Path,
    words: Sequence[str],
    *keys: tuple[str, str] | Callable[[int], None],
    hang_up: str = "",
    home: Path | None = None,
) -> Ended:
    """`drafter` with these words. Each of `keys` is what must be seen before, and what is pressed then; the terminal goes
    away once `hang_up` is seen."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    env = os.environ | {"COLUMNS": "400", "LINES": "40", "TERM": "xterm-256color", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
    env |= {"DRAFTER_HOME": str(home)} if home else {}
    with subprocess.Popen([DRAFTER, *words], cwd=folder, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=env) as process:
        os.close(slave)
        seen, at, until = "", 0, time.monotonic() + 60
        waiting = [*keys, (hang_up, "")] if hang_up else [*keys]
        while time.monotonic() < until:
            ready, _, _ = select.select([master], [], [], 0.1)
            if ready:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    break
                if not piece:
                    break
                seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", piece.decode(errors="replace")).replace("\r", "")
                continue
            if waiting and not isinstance(waiting[0], tuple):
                waiting.pop(0)(master)  # type: ignore[operator]
            elif waiting and waiting[0][0] in seen[at:]:
                before, pressed = waiting.pop(0)
                at = seen.index(before, at) + len(before)
                if hang_up and not waiting:
                    break
                os.write(master, pressed.encode())
        os.close(master)
        return Ended(seen, process.wait(timeout=60))


def saved(file: Path) -> dict[str, object]:
    return {name: typed.said for name, typed in from_yaml(Source(file.name, file.read_text(encoding="utf-8"))).items()}


NEW = ("new", "-O", "会议")


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_what_was_passed_over_is_not_saved_and_asked_by_the_next_run_and_what_is_meant_to_be_empty_is_not(here: Path, ending: str) -> None:
    file = f"回答.{ending}"
    words = (*NEW, "--save-answers", file)
    first = on_a_terminal(
        here, words, ("什么会？", "档案会" + ENTER), ("哪一级？", LATER), ("哪一天？", LATER), ("表扬吗？", LATER),
        ("表扬谁？", LATER), ("说些什么？", EMPTY), ("问完了", ENTER),
    )  # fmt: skip
    assert first.code == 0, first.seen
    text = (here / file).read_text(encoding="utf-8")
    said = json.loads(text) if ending == "json" else saved(here / file)
    assert said == {"会议": "档案会", "寄语": ""}
    if ending == "yaml":
        assert text == (
            "会议: 档案会\n寄语: ''\n"
            "# 下面 4 个空还没填，下次会再问。也可以填在这里：去掉行首的 #，写在冒号后面。\n"
            "# 哪一级？（市、县）\n#层级: \n# 哪一天？\n#日期: \n# 表扬吗？（是、否）\n#表扬: \n# 表扬谁？\n#先进: \n"
        )
    again = on_a_terminal(
        here, (*NEW, "-a", file, "-o", "二.docx"), ("共 4 个问题", ""), ("已知 会议：档案会", ""), ("哪一级？", DOWN + ENTER), ("哪一天？", "12月1日" + ENTER),
        ("表扬吗？", "1"), ("", ENTER), ("表扬谁？", "甲局" + ENTER), ("问完了", ENTER),
    )  # fmt: skip
    assert again.code == 0, again.seen
    assert "说些什么？" not in again.seen.partition("写好了")[0]
    blanks = [row.name for row in status(StatusRequest(str(here / "二.docx"))).fields if row.state == "blank"]
    assert blanks == ["寄语"]  # it keeps its 【】 in the document


def test_the_round_trip_with_one_file_needs_no_force_and_loses_no_line_of_it(here: Path) -> None:
    file = here / "回答.yaml"
    words = (*NEW, "-a", "回答.yaml", "--save-answers", "回答.yaml", "-o", "稿/")
    first = on_a_terminal(here, words, ("什么会？", "档案会" + ENTER), ("哪一级？", LATER), ("哪一天？", CTRL_C))
    assert first.code == 130
    assert saved(file) == {"会议": "档案会"}
    text = file.read_text(encoding="utf-8").replace("#日期: ", "日期: 12月1日")
    file.write_text(f"# 小王填的\n主持人: 老李 # 副局长\n{text}", encoding="utf-8")
    again = on_a_terminal(
        here, words, ("共 4 个问题", ""), ("哪一级？", ENTER), ("表扬吗？", "2"), ("", ENTER), ("说些什么？", "好。" + DONE), ("问完了", ENTER)
    )
    assert again.code == 0, again.seen
    assert file.read_text(encoding="utf-8") == (
        "# 小王填的\n主持人: 老李 # 副局长\n会议: 档案会\n# 哪一天？\n日期: 12月1日\n层级: 市\n表扬: 否\n寄语: 好。\n"
    )


def test_an_answer_that_would_be_replaced_in_the_file_it_came_from_is_asked_for_first(here: Path) -> None:
    (here / "回答.yaml").write_text("会议: 档案会\n层级: 市\n", encoding="utf-8")
    words = (*NEW, "-a", "回答.yaml", "--save-answers", "回答.yaml", "--set", "层级=县")
    done = on_a_terminal(here, words)
    assert done.code == 2
    assert "【层级】和 --set 给的不一样" in done.seen
    forced = on_a_terminal(here, (*words, "--force"), ("哪一天？", LATER), ("表扬吗？", LATER), ("表扬谁？", LATER), ("说些什么？", LATER), ("问完了", ENTER))
    assert forced.code == 0, forced.seen
    assert saved(here / "回答.yaml") == {"会议": "档案会", "层级": "县"}


def test_a_file_of_answers_that_is_there_is_told_before_anything_is_asked(here: Path) -> None:
    (here / "回答.yaml").write_text("会议: 档案会\n", encoding="utf-8")
    done = on_a_terminal(here, (*NEW, "--save-answers", "回答.yaml"))
    assert (done.code, "什么会？" in done.seen) == (2, False)
    assert "回答.yaml 已经有了。" in done.seen
    assert "--answers 回答.yaml；另存一份：--save-answers 回答2.yaml；要覆盖：--force" in done.seen


MANY = (
    "new", "--outline", "会议", "-O", "主持", "--set", "日期=明天", "--set", "主持人=老李 $HOME", "-o", "会议 材料/", "--to", "docx", "--template", "speech",
    "--plain", "--no-comments", "--date", "2026-11-29", "--save-answers", "回答.yaml", "--quiet",
)  # fmt: skip


def test_ctrl_c_saves_what_was_said_and_tells_the_whole_command_that_goes_on(here: Path) -> None:
    done = on_a_terminal(here, MANY, ("什么会？", "档案会" + ENTER), ("哪一级？", EMPTY), ("表扬吗？", "2" ), ("", ENTER), ("说些什么？", "头一段"), ("头一段", CTRL_C))
    assert done.code == 130
    line = (
        "drafter new -O 会议 -O 主持 --set 日期=2026-11-30 --set '主持人=老李 $HOME' --answers 回答.yaml --save-answers 回答.yaml -o \"会议 材料/\" --to docx"
        " --template speech --date 2026-11-29 --plain --no-comments --quiet"
    )
    assert done.last == f"停下了，没有写文件。答过的存在：回答.yaml\n  【寄语】写到一半，也存了；要改，在文件里改。\n  接着答：{line}\n"
    assert saved(here / "回答.yaml") == {
        "会议": "档案会", "层级": "", "日期": "2026-11-30", "表扬": "否", "寄语": "头一段", "主持人": "老李 $HOME",
    }  # fmt: skip
    import shlex

    again = on_a_terminal(here, shlex.split(line)[1:])
    assert again.code == 0, again.seen
    assert sorted(p.name for p in (here / "会议 材料").iterdir()) == ["在档案会上的主持词.docx", "在档案会上的讲话.docx"]


@pytest.mark.parametrize(
    ("keys", "file"),
    [
        ([("存下来吗？", ENTER)], "会议-回答.yaml"),
        ([("存下来吗？", ERASE + "我的" + ENTER)], "我的.yaml"),
        ([("存下来吗？", ERASE + "有.yaml" + ENTER), ("有.yaml 已经有了", ERASE + "a.json" + ENTER)], "a.json"),
        ([("存下来吗？", ERASE + ENTER), ("写一个文件名", "甲.yaml" + ENTER)], "甲.yaml"),
    ],
)
def test_without_a_file_it_offers_one(here: Path, keys: list[tuple[str, str]], file: str) -> None:
    (here / "有.yaml").touch()
    done = on_a_terminal(here, NEW, ("什么会？", "档案会" + ENTER), ("哪一级？", CTRL_C), *keys)
    assert done.code == 130
    assert (here / file).exists(), done.seen
    assert f"drafter new -O 会议 --answers {file} --save-answers {file}\n" in done.last


def test_ctrl_c_again_saves_nothing_and_shows_the_answers(here: Path) -> None:
    done = on_a_terminal(here, NEW, ("什么会？", "档案会" + ENTER), ("哪一级？", LATER), ("哪一天？", "12"), ("12", CTRL_C), ("存下来吗？", CTRL_C))
    assert done.code == 130
    assert done.last == (
        "停下了，没有写文件。您刚才的回答如下，可以存成文件，下次用 --answers 文件名 接着用：\n  会议: 档案会\n【日期】正写着，没有算：\n  12\n"
    )
    assert [p.name for p in here.iterdir()] == ["outlines"]


def test_a_terminal_that_goes_away_leaves_the_answers_in_a_file(here: Path) -> None:
    for words, file in ((NEW, "会议-回答.yaml"), ((*NEW, "--save-answers", "回答.yaml"), "回答.yaml")):
        done = on_a_terminal(here, words, ("什么会？", "档案会" + ENTER), hang_up="哪一级？")
        assert done.code == 130
        assert saved(here / file) == {"会议": "档案会"}


def test_a_name_somebody_else_has_taken_meanwhile_is_stepped_past(here: Path) -> None:
    def taken(master: int) -> None:
        (here / "回答.yaml").write_text("别人的: 1\n", encoding="utf-8")

    done = on_a_terminal(here, (*NEW, "--save-answers", "回答.yaml"), ("什么会？", "档案会" + ENTER), taken, ("哪一级？", CTRL_C))
    assert saved(here / "回答.yaml") == {"别人的": "1"}
    assert saved(here / "回答2.yaml") == {"会议": "档案会"}
    assert "--answers 回答2.yaml --save-answers 回答2.yaml" in done.last


def test_what_a_colleague_fills_in_meanwhile_is_not_written_over(here: Path) -> None:
    (here / "回答.yaml").write_text("会议: 档案会\n", encoding="utf-8")

    def filled(master: int) -> None:
        (here / "回答.yaml").write_text("会议: 档案会\n寄语: 好\n", encoding="utf-8")

    words = (*NEW, "-a", "回答.yaml", "--save-answers", "回答.yaml")
    on_a_terminal(here, words, ("哪一级？", ENTER), filled, ("哪一天？", CTRL_C))
    assert saved(here / "回答.yaml") == {"会议": "档案会", "寄语": "好"}
    assert saved(here / "回答2.yaml") == {"会议": "档案会", "层级": "市"}


def test_a_speech_that_could_not_be_written_leaves_its_answers_in_the_file(here: Path) -> None:
    words = (*NEW, "--strict", "--save-answers", "回答.yaml", "-o", "a.docx")
    done = on_a_terminal(
        here, words, ("什么会？", "档案会" + ENTER), ("哪一级？", ENTER), ("哪一天？", LATER), ("表扬吗？", LATER), ("表扬谁？", LATER), ("说些什么？", LATER), ("问完了", ENTER)
    )  # fmt: skip
    assert done.code == 1
    assert "还有 3 个空没填，按 --strict 没有写文件：" in done.seen
    assert "答过的存在：回答.yaml\n  接着写：drafter new -O 会议 --answers 回答.yaml --save-answers 回答.yaml -o a.docx --strict\n" in done.seen
    assert saved(here / "回答.yaml") == {"会议": "档案会", "层级": "市"}


PICKING = """\
title: 讲话
genre: 会议讲话
fields:
  甲: 什么？
speech:
  - greeting: 同志们：
  - requirements:
      - heading: 第一件事，抓紧
        text: 【甲】。
      - heading: 第二件事，抓实
        text: 好。
"""


def test_what_was_picked_before_ctrl_c_stands_in_the_line_that_goes_on(here: Path) -> None:
    (here / "outlines" / "挑.yaml").write_text(PICKING, encoding="utf-8")
    words = ("new", "-O", "挑", "--choose")
    done = on_a_terminal(here, words, ("讲哪几条？", "抓实"), ("抓实", ENTER), ("就这样，2 条", CTRL_C))
    assert done.last == "停下了，没有写文件。\n  接着写：drafter new -O 挑 --pick 1,2\n"
    done = on_a_terminal(here, words, ("讲哪几条？", "抓实"), ("抓实", ENTER), ("就这样，2 条", ENTER), ("什么？", CTRL_C))
    assert done.last == "停下了，没有写文件。\n  重新来：drafter new -O 挑 --pick 1,2\n"


def test_without_questions_what_is_open_is_not_saved_either(here: Path) -> None:
    done = subprocess.run([DRAFTER, *NEW, "--no-input", "--set", "会议=", "--save-answers", "a.yaml"], cwd=here, check=False)
    assert done.returncode == 0
    assert saved(here / "a.yaml") == {"层级": "市", "会议": ""}


# ── the first time ─────────────────────────────────────────────────────────────────────────────────────────────────

TOUR = """\
第一次写稿：一题一题地问您，问完写成一份 Word 文件。
不知道的先不填（Ctrl-O），文中留着标黄的【名称】，以后在 Word 里填。
文件放在当前文件夹 {here}，名称就是标题；换地方用 -o。已有的文件不会盖掉。
Ctrl-B 回上一题；Ctrl-C 停下，答过的可以存下来接着答。这几行只说这一次。
"""


def test_the_first_time_four_lines_say_what_will_happen_and_never_again(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("new") / "drafter"
    quiet = (("-q",), ("--json",), ("--no-input", "-o", "a.docx"), ("--set", "会议=会", "--set", "日期=", "--set", "表扬=否", "--set", "寄语=", "--set", "层级=", "--set", "先进=", "-o", "b.docx"))
    for more in quiet:
        assert "第一次写稿" not in on_a_terminal(here, (*NEW, *more), ("什么会？", CTRL_C), home=home).seen
    done = subprocess.run([DRAFTER, *NEW, "-o", "c.docx"], cwd=here, env=os.environ | {"DRAFTER_HOME": str(home)}, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "第一次写稿" in done.stdout + done.stderr) == (0, False)
    first = on_a_terminal(here, NEW, ("什么会？", CTRL_C), home=home)
    assert first.seen.startswith(TOUR.format(here=here))
    assert "第一次写稿" not in on_a_terminal(here, NEW, ("什么会？", CTRL_C), home=home).seen


def test_before_an_outline_is_picked_it_says_that_one_is(here: Path, tmp_path: Path) -> None:
    done = on_a_terminal(here, ("new", "-o", "稿.txt"), ("第一次写稿：您先挑一份提纲，它再一题一题地问，问完写成一份 .txt 文件。", CTRL_C), home=tmp_path / "home")
    assert "文件写到 稿.txt。已有的文件不会盖掉。" in done.seen
    assert "文中留着【名称】，以后再填。" in done.seen


def test_a_home_that_cannot_be_written_to_is_no_error(here: Path) -> None:
    (here / "file").touch()
    done = on_a_terminal(here, NEW, ("什么会？", CTRL_C), home=here / "file")
    assert (done.code, done.last) == (130, "停下了，没有写文件。\n")
    assert "第一次写稿" not in done.seen


# ── last year's paper ──────────────────────────────────────────────────────────────────────────────────────────────

LAST_YEAR = """\
在2025年全市档案工作会议上的讲话

同志们：
2025年，全市新建档案馆12个，接收档案86000卷。今年3月5日，我们在临江宾馆召开了动员会。
一、抓好接收。2025年要接收档案90000卷。
"""


def test_last_years_paper_is_gone_on_with_in_the_same_way(here: Path) -> None:
    (here / "去年.txt").write_text(LAST_YEAR, encoding="utf-8")
    words = ("renew", "去年.txt", "--year", "2026", "--plain")
    done = on_a_terminal(here, words, ("问题 1/", "=" + ENTER), ("问题 2/", CTRL_C), ("存下来吗？", ENTER))
    line = "drafter renew 去年.txt --answers 去年-回答.yaml --save-answers 去年-回答.yaml --year 2026 --plain"
    assert done.code == 130
    assert done.last.endswith(f"答过的存在：去年-回答.yaml\n  接着答：{line}\n")
    assert len(saved(here / "去年-回答.yaml")) == 1
    again = on_a_terminal(here, line.split()[1:], ("已知", ""), ("问题 1/", CTRL_C))
    assert again.last.endswith(f"答过的存在：去年-回答.yaml\n  接着答：{line}\n")


def test_the_first_lines_tell_that_force_replaces(tmp_path, monkeypatch):
    from drafter.commands.prompt.tour import first_lines

    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path))
    assert first_lines("讲.docx", "docx", 1, force=True)[2] == "文件写到 讲.docx。写了 --force，同名的会盖掉。"
    assert first_lines("讲.docx", "docx", 1) == ()
