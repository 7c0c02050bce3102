"""Files in a folder of outlines that are no outlines as they stand there are told, with why and what to do."""

import json

import pytest

OUTLINE = "title: 讲话\nspeech:\n  - text: 话。\n"

#: The file, what the list of outlines says of it, and what is said where it is asked for by its name.
FILES = [
    ("outlines/会.yaml.txt", "会", "这份提纲没有列出来：文件名末尾多了 .txt。\n  改名为 会.yaml；资源管理器里要先显示文件扩展名。",
     "有 outlines/会.yaml.txt：文件名末尾多了 .txt。改名为 会.yaml；资源管理器里要先显示文件扩展名。"),
    ("outlines/会.docx", "会", "这不是提纲，没有列出来。\n  把旧讲话变成提纲：drafter extract outlines/会.docx -o outlines/会.yaml",
     "有 outlines/会.docx：这不是提纲。把旧讲话变成提纲：drafter extract outlines/会.docx -o outlines/会.yaml"),
    ("outlines/会.txt", "会", None, "有 outlines/会.txt：是提纲就改名为 会.yaml；是旧讲话，先变成提纲：drafter extract outlines/会.txt"),
    ("outlines/信访/会.yaml", "会", "这个文件夹里的提纲没有列出来。\n  挪到 outlines/ 里，或者写路径：--outline outlines/信访/会.yaml",
     "在文件夹 outlines/信访 里：写成 --outline outlines/信访/会.yaml，或者把它挪到 outlines/ 里。"),
    ("outlines/（二稿）会.yaml", "（二稿）会", "这份提纲没有列出来：“（二稿）会”不能作提纲的名称。\n  改个名：开头是字或数字，末尾不能是点和空格。", None),
    ("outlines/信访 会议.yaml", "信访会议", None, "是不是 信访 会议？"),
    ("outlines/ＡＢＣ会.yaml", "abc会", None, "是不是 ＡＢＣ会？"),
    ("会.yaml", "会", None, "当前文件夹里有 会.yaml：写成 --outline ./会.yaml，或者把它放进 outlines 文件夹。"),
    ("outlines/会.yml", "outlines/会", None, "是不是 outlines/会.yml？"),
    ("outlines/~$会.yaml", "会", None, None),
    ("outlines/._会.yaml", "会", None, None),
    ("outlines/.会.yaml.swp", "会", None, None),
    ("outlines/会.yaml.bak", "会", None, None),
    ("outlines/README.md", "会", None, None),
]  # fmt: skip


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(("file", "name", "listed", "asked"), FILES)
def test_a_file_that_is_no_outline_there_is_told(here, run, file, name, listed, asked):
    (here / file).parent.mkdir(parents=True, exist_ok=True)
    (here / file).write_text(OUTLINE, encoding="utf-8")
    where = "outlines/信访" if "/信访/" in file else file
    assert run("outlines").stderr == (f"提醒 {where}: {listed}\n" if listed else "")
    done = run("new", "-O", name, "--no-input", "-o", "a.txt")
    assert done.returncode == 2
    if asked:
        assert done.stderr.splitlines()[1] == f"  {asked}"


@pytest.mark.parametrize("file", ["信访 会议.yaml", "2026.3信访.yaml", "会 - 副本.yaml", "会（1）.yml", "会.YAML", "ＡＢＣ.yaml"])
def test_a_file_named_as_people_name_files_is_listed_and_used(here, run, file):
    (here / "outlines").mkdir()
    (here / "outlines" / file).write_text(OUTLINE, encoding="utf-8")
    name = file.rpartition(".")[0]
    done = run("outlines")
    assert (done.stderr, f"{name}　" in done.stdout) == ("", True)
    assert run("new", "-O", name, "--no-input", "-q", "-o", "a.txt").returncode == 0


def test_of_two_files_of_one_name_the_second_is_told(here, run):
    (here / "outlines").mkdir()
    for file in ("会.yaml", "会.yml"):
        (here / "outlines" / file).write_text(OUTLINE, encoding="utf-8")
    told = "提醒 outlines/会.yml: 这份提纲没有用：已经有同名的 会.yaml。\n  改个名，或者删掉一份。\n"
    assert run("outlines").stderr == told
    found = json.loads(run("outlines", "--json").stdout)
    assert [(remark["code"], remark["place"]["file"]) for remark in found["remarks"]] == [("outline-left-out", "outlines/会.yml")]


def test_a_link_to_nothing_is_told_and_not_listed(here, run):
    (here / "outlines").mkdir()
    (here / "outlines" / "断.yaml").symlink_to("/nowhere/断.yaml")
    done = run("outlines")
    assert done.stderr == "提醒 outlines/断.yaml: 这份提纲没有列出来：它是链接，指的文件没有了。\n  删掉它，或者把提纲文件本身复制到这里。\n"
    assert "断　" not in done.stdout
