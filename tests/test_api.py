"""`import drafter`: the door for programs. What a program gives is taken as it means it, or refused as `Rejected`."""

import asyncio
import gc
import inspect
import io
import pickle
import re
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import drafter
from drafter.cli.main import COMMANDS, OUTLINES, program
from drafter.commands.schema import FOR_PROGRAMS, RESULTS

OUTLINE = """title: 给【单位】的信
dateline: 【日期】
speech:
  - greeting: 同志们：
  - opening: 来了【数量】人，时间【日期】，【说明】。
  - closing: 谢谢【名单】。
fields:
  单位:
    ask: 哪个单位？
  数量:
    ask: 多少人？
    type: number
  日期:
    ask: 哪天？
    type: date
  说明:
    ask: 有没有？
    type: yes/no
  名单:
    ask: 有谁？
    type: list
"""


@pytest.fixture(autouse=True)
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """Every call here is made in an empty folder, and prints nothing."""
    monkeypatch.chdir(tmp_path)
    yield
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def draft() -> bytes:
    return drafter.new("office-training", {"日期": "2026-12-02"}, date="2026-11-29").data


def text_of(answers: drafter.Answers, outline: str = OUTLINE) -> str:
    return drafter.new(outline, answers, to="txt", date="2026-11-29").data.decode()


# ── what is given ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("单位", "组织部", "给组织部的信"),
        ("单位", 12, "给12的信"),
        ("数量", 1200, "1200人"),
        ("数量", 1200.0, "1200人"),
        ("数量", Decimal("3.50"), "3.5人"),
        ("日期", date(2026, 12, 1), "2026年12月1日"),
        ("日期", datetime(2026, 12, 1, 9, 30), "2026年12月1日"),
        ("日期", "下周三", "2026年12月2日"),
        ("说明", True, "是。"),
        ("说明", False, "否。"),
        ("名单", ["甲", "乙"], "甲和乙"),
        ("名单", ("甲",), "谢谢甲"),
        ("数量", None, "【"),
        ("数量", float("nan"), "【"),
        ("单位", "", "【单位】"),
    ],
)  # fmt: skip
def test_an_answer_is_said_as_a_person_means_it(name: str, answer: drafter.Answer, said: str):
    assert said in text_of({name: answer})


@pytest.mark.parametrize(
    "answers",
    [
        {"单": "x"}, {1: "x"}, {"单位": b"x"}, {"单位": object()}, {"单位": {"a": 1}}, {"单位": {"a"}}, {"单位": "\ud800"}, {"\ud800": "x"},
        {"单位": "x" * 200_000}, {"单位": "\x00"}, {"数量": "许多"}, {"数量": float("inf")}, {"数量": 10**400}, {"日期": "2026-02-30"},
        {"日期": True}, {"名单": [["a"]]}, {"名单": [None]}, {"单位": ["a", "b"]}, 5, "没有.yaml", "", [("单位", "x")],
    ],
)  # fmt: skip
def test_an_odd_answer_is_refused_and_nothing_else(answers: typing.Any):
    with pytest.raises(drafter.Rejected) as no:
        text_of(answers)
    assert all(problem.code and problem.message for problem in no.value.diagnostics)


@pytest.mark.parametrize(
    "outline",
    [
        "没有这份", "../../etc/passwd", "/etc/passwd", "", "\0", "a\nb", "{\n", "title: 【\n", "\n", b"", b"\xff\xfe\x00", b"PK\x03\x04", "title: x\n" * 9,
        "title: x\nextends: ../x\n", "title: x\ninclude: /etc/passwd\n", "title: x\ntemplate: ../../tmp\nspeech:\n  - opening: x\n", "- " * 5000 + "\n", "&a [*a]\n",
        "title: 【a.__class__】\nspeech:\n  - opening: x\n", "\ud800\n", None, 5, [], [None], object(), "x" * 9_000_000 + "\n",
    ],
)  # fmt: skip
def test_a_hostile_outline_is_refused_and_nothing_else(outline: typing.Any):
    with pytest.raises(drafter.Rejected) as no:
        drafter.new(outline)
    assert no.value.code


def test_an_outline_that_is_a_text_takes_nothing_from_the_folder(tmp_path: Path):
    (tmp_path / "秘密.yaml").write_text("title: 秘密\nspeech:\n  - opening: 不许看。\n", encoding="utf-8")
    with pytest.raises(drafter.Rejected) as no:
        drafter.new("title: x\nspeech:\n  - include: 秘密\n")
    assert "不许看" not in str(no.value)
    assert str(tmp_path) not in str(no.value)


GARBAGE = [b"", b"\x00", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "讲话".encode()]
READERS = [
    ("check", lambda data: drafter.check(data)),
    ("status", lambda data: drafter.status(data)),
    ("update", lambda data: drafter.update(data, {"日期": "2026-12-02"})),
    ("pull", lambda data: drafter.pull(data)),
    ("history", lambda data: drafter.history(data)),
    ("finish", lambda data: drafter.finish(data)),
    ("format", lambda data: drafter.format(data)),
    ("extract", lambda data: drafter.extract(data)),
    ("renew", lambda data: drafter.renew(data)),
    ("learn", lambda data: drafter.learn([data, data])),
    ("compare", lambda data: drafter.compare(data, data)),
    ("merge", lambda data: drafter.merge(data, [data])),
]


@pytest.mark.parametrize(("name", "call"), READERS, ids=[name for name, _ in READERS])
def test_what_is_no_draft_is_refused_and_nothing_else(name: str, call: typing.Callable[[typing.Any], object]):
    refused: list[drafter.Rejected] = []
    for data in [*GARBAGE, None, 5, object(), "没有.docx", Path("没有.docx"), io.StringIO("x"), drafter.File("x", "a")]:  # type: ignore[arg-type]
        try:
            call(data)
        except drafter.Rejected as no:
            refused.append(no)
    assert len(refused) >= 8
    assert all(no.code and "/tmp" not in str(no) for no in refused)


@pytest.mark.parametrize(
    ("function", "odd"),
    [
        ("new", {"output": "没有/这里/a.docx"}), ("new", {"output": "a.exe"}), ("new", {"to": "exe"}), ("new", {"date": "某日"}),
        ("new", {"date": 5}), ("new", {"template": "没有"}), ("new", {"pick": ["没有这段"]}), ("new", {"brief": True}), ("new", {"save_answers": "."}),
        ("new", {"output": "\0"}), ("new", {"output": "\ud800"}), ("preview", {"template": "\ud800"}), ("check", {"select": ["没有"]}), ("check", {"level": "x"}),
        ("check", {"minutes": float("nan")}), ("check", {"minutes": -1}), ("check", {"jobs": -1}), ("check", {"jobs": 1.5}), ("check", {"as_of": "某日"}),
        ("check", {"text": "x"}), ("check", {"annotate": "a.txt"}), ("check", {"since": "没有.docx"}), ("extract", {"part": 99}), ("extract", {"part": float("inf")}),
        ("format", {"template": "没有"}), ("update", {"outline": "没有"}), ("update", {"next": "\ud800"}),
        ("pull", {"outline": "没有"}), ("finish", {"large_print": True, "check": True}), ("renew", {"year": -5}),
        ("merge", {"copies": []}), ("merge", {"names": ["甲", "乙"]}), ("learn", {"files": "没有.docx"}), ("batch", {"map": "x"}), ("batch", {"name": "【没有】"}),
    ],
)  # fmt: skip
def test_an_odd_argument_is_refused_and_nothing_else(function: str, odd: dict[str, typing.Any], draft: bytes, tmp_path: Path):
    usual: dict[str, dict[str, typing.Any]] = {
        "new": {"outline": "office-training"}, "preview": {"outline": "office-training"}, "check": {"files": draft}, "learn": {"files": [draft, draft]},
        "merge": {"original": draft, "copies": [drafter.File(draft, "甲.docx")]}, "batch": {"table": b"a,b\n1,2\n", "outline": "office-training"},
    }  # fmt: skip
    with pytest.raises(drafter.Rejected) as no:
        functions()[function](**{**usual.get(function, {"file": draft}), **odd})
    assert no.value.code
    assert "/tmp" not in str(no.value)
    assert not list(tmp_path.iterdir())


# ── what comes back ────────────────────────────────────────────────────────────────────────────────────────────────


def results(draft: bytes) -> dict[str, typing.Any]:
    """A Result of every function."""
    text = "讲话\n\n同志们：\n\n截止目前，今年有3件事。\n".encode()
    Path("outlines").mkdir()
    Path("outlines/信.yaml").write_text(OUTLINE, encoding="utf-8")
    Path("一.txt").write_bytes(text)
    word = drafter.format(drafter.File(text, "稿.txt")).data
    other = drafter.format(drafter.File(text.replace("3件".encode(), "四件".encode()), "稿.txt")).data
    merged = drafter.merge(drafter.File(word, "稿.docx"), [drafter.File(other, "甲.docx")], table=True)
    one, two = merged.unsaved.values()
    old = drafter.new("office-training", {"日期": "2025-12-02"}, date="2025-12-01").data
    renewed = drafter.renew(old)
    return {
        "new": drafter.new("office-training", proofread=True),
        "preview": drafter.preview("office-training", examples=True),
        "batch": drafter.batch(drafter.File("日期,不认识\n2026-12-02,x\n昨昨,y\n".encode(), "名单.csv"), "office-training"),
        "collect": drafter.collect([drafter.File(draft, "甲.docx"), drafter.File(b"x", "乙.docx")], table=True),
        "renew": renewed,
        "check": drafter.check(text, fix=True),
        "extract": drafter.extract(draft),
        "extract_folders": drafter.extract_folders(["一.txt"], output="提纲"),
        "format_folders": drafter.format_folders("一.txt", output="排好"),
        "learn": drafter.learn([draft, old]),
        "compare": drafter.compare(old, draft, redline=True),
        "format": drafter.format(text),
        "status": drafter.status(draft),
        "update": drafter.update(draft, {"日期": "2026-12-09"}),
        "pull": drafter.pull(draft),
        "pull outline": drafter.pull(draft, outline="office-training"),
        "history": drafter.history(draft),
        "merge": merged,
        "adopted": drafter.adopted(one, drafter.File(two, "表.docx")),
        "finish": drafter.finish(word, force=True, large_print=True),
        "rules": drafter.rules("confused-word"),
        "formulations": drafter.formulations("四个意识"),
        "doctor": drafter.doctor(),
        "outlines.find": drafter.outlines.find("慰问"),
        "outlines.show": drafter.outlines.show(OUTLINE),
        "outlines.check": drafter.outlines.check([OUTLINE, "title: 【\n"]),
        "outlines.basis": drafter.outlines.basis("安全生产"),
        "outlines.themes": drafter.outlines.basis(),
        "outlines.passages": drafter.outlines.passages("廉洁"),
        "outlines.pack": drafter.outlines.pack(),
    }


def test_every_result_is_data_and_has_its_schema(draft: bytes):
    """It is validated as `--json` prints it, it goes to another process and back, and names no folder it was made in."""
    found = results(draft)
    for name, result in found.items():
        said = drafter.as_data(result)
        jsonschema.validate(said, drafter.schema(said["command"]))
        again = pickle.loads(pickle.dumps(result))
        assert again.json() == result.json(), name
        assert "drafter-" not in str(said), name
    made = {name for name in found if getattr(found[name], "data", b"")}
    assert made == {"new", "batch", "collect", "preview", "renew", "check", "compare", "format", "update", "merge", "adopted", "finish", "outlines.pack"}
    assert list(found["finish"].unsaved) == ["讲话稿（定稿）.docx", "讲话稿（大字版）.docx"]
    assert all(found[name].ending().written == () for name in made)
    assert all("结果的" in str(found[name].ending().unwritten) for name in made)


def test_every_result_that_a_function_gives_has_a_schema():
    described = {where.rpartition(":")[2] for every in {**RESULTS, **FOR_PROGRAMS}.values() for where in every}
    given = set[str]()
    for name, function in functions().items():
        back = typing.get_type_hints(function)["return"]
        given |= {kind.__name__ for kind in typing.get_args(back) or (back,) if kind is not dict and not str(back).startswith("dict")}
        assert given <= described, name
    assert described - given == {"HelpPage", "AgentResult"}


def test_a_refusal_is_data_too_and_comes_back_from_another_process():
    with pytest.raises(drafter.Rejected) as no:
        drafter.new("office-training", {"愿境": "x", "日期": "昨昨"})
    again = pickle.loads(pickle.dumps(no.value))
    assert (again.diagnostics, again.exit_code, again.code, str(again)) == (no.value.diagnostics, 2, "answer-unknown", str(no.value))
    said = drafter.as_data(no.value, "new")
    jsonschema.validate(said, drafter.schema("new"))
    assert said["error"]["remedy"].endswith("是不是 愿景？")
    assert len(said["error"]["more"]) == 1


def test_bytes_in_bytes_out_and_nothing_is_written(tmp_path: Path, draft: bytes):
    done = drafter.update(draft, {"日期": date(2026, 12, 9)})
    assert (done.file, done.backup, list(done.unsaved)) == ("讲话稿.docx", "", ["讲话稿.docx"])
    assert drafter.pull(done.data).json()["日期"] == "2026-12-09"
    assert drafter.update(done.data, {"日期": "2026-12-09"}).data == b""
    assert drafter.check(io.BytesIO(draft)).files[0].file == "讲话稿.docx"
    assert drafter.check(text="截止目前，完成了。", fix=True).data.decode() == "截至目前，完成了。"
    assert not list(tmp_path.iterdir())


def test_a_path_is_changed_in_its_place_with_a_copy_beside_it(tmp_path: Path, draft: bytes):
    file = tmp_path / "讲话.docx"
    file.write_bytes(draft)
    done = drafter.update(str(file), {"日期": "2026-12-09"})
    assert (done.data, done.file, Path(done.backup).read_bytes() == draft) == (b"", str(file), True)
    drafter.new("office-training", output=tmp_path / "新.docx")
    with pytest.raises(drafter.Rejected) as no:
        drafter.new("office-training", output=tmp_path / "新.docx")
    assert no.value.code == "file-exists"
    drafter.finish(file, output=tmp_path / "定.docx", force=True, check=True)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx"] * 3


def test_a_draft_of_a_text_can_be_updated_without_it():
    """The outline stands in the record; none of the shelves is taken for it."""
    made = drafter.new(OUTLINE, {"单位": "一队"}).data
    done = drafter.update(made, {"单位": "二队"})
    assert drafter.status(done.data).outline_state == "same"
    assert drafter.new(OUTLINE, {"单位": "一队"}).name == "给一队的信.docx"


def test_settings_of_the_folder_hold_for_what_is_handed_over(tmp_path: Path):
    text = "讲话\n\n同志们：\n\n截止目前，完成了。\n"
    assert any(remark.finding.rule == "confused-word" for remark in drafter.check(text=text).files[0].remarks)
    (tmp_path / "drafter.toml").write_text('ignore = ["confused-word"]\n', encoding="utf-8")
    assert not any(remark.finding.rule == "confused-word" for remark in drafter.check(text=text).files[0].remarks)


# ── in a program ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_threads_and_loops_give_what_one_after_another_gives(draft: bytes):
    def call(number: int) -> tuple[object, ...]:
        day = f"2026-12-{number % 28 + 1:02}"
        text = drafter.new("office-training", {"日期": day}, to="txt", date="2026-11-29").data
        return text, drafter.check(text).json(), drafter.update(draft, {"日期": day}).json(), drafter.outlines.show(OUTLINE).json()

    alone = [call(number) for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(call, range(6))) == alone

    async def together() -> list[tuple[object, ...]]:
        return list(await asyncio.gather(*(asyncio.to_thread(call, number) for number in range(3))))

    assert asyncio.run(together()) == alone[:3]


#: What a process must be afterwards as it was before.
PROGRAM = """
import gc, locale, re, signal, sys, threading, warnings
def state():
    return gc.isenabled(), re.compile, re._compiler.compile, re._MAXCACHE, signal.getsignal(signal.SIGHUP), warnings.filters[:], sys.path[:], locale.setlocale(locale.LC_ALL), sys.excepthook, threading.active_count()
before = state()
import drafter
assert [name for name in sys.modules if name.startswith("drafter")] == ["drafter"]
assert state() == before
import drafter.check.rules
assert drafter.check(text="截止目前，完成了。").files[0].remarks and callable(drafter.check)
from drafter import check, outlines
assert check is drafter.check and outlines.find().outlines
assert "typer" not in sys.modules and "starlette" not in sys.modules and "drafter.cli" not in sys.modules
hits = []
def other():
    while not hits: re.purge(); assert isinstance(re.compile("a+"), re.Pattern)
watcher = threading.Thread(target=other); watcher.start()
drafter.update(drafter.new("office-training", {"日期": "2026-12-02"}).data, {"日期": "2026-12-03"})
hits.append(1); watcher.join()
assert state() == before
"""


def test_importing_is_cheap_and_nothing_of_the_process_is_changed(tmp_path: Path):
    """Under -W error, with a thread beside it that compiles patterns."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=100)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_collecting_goes_on():
    assert gc.isenabled() or "drafter.cli" in sys.modules


# ── every command, every option ────────────────────────────────────────────────────────────────────────────────────

#: Commands that have no function, and why.
WITHOUT = {
    "desk": "a door of its own, for browsers",
    "lsp": "a door of its own, for editors",
    "mcp": "a door of its own, for language models",
    "agent": "sets up the clients of a person",
    "help": "the manual is read by people",
    "outlines edit": "opens an editor; a program copies the file",
    "outlines new": "a commented file for people to begin with",
}

#: Commands whose function has another name, or is where it is.
NAMED = {
    "outlines": "outlines.find",
    "outlines schema": "schema",
}

#: Options that are no arguments of functions, and why.
SCREEN = "what is said on the screen, or in which form"
ASKS = "asks on the terminal"
OPTIONS = {
    "--json": SCREEN, "--sarif": SCREEN, "--quiet": SCREEN, "--open": SCREEN, "--no-open": SCREEN, "--watch": SCREEN, "--exit-code": SCREEN,
    "--no-input": ASKS, "--yes": ASKS, "--choose": ASKS, "--review": ASKS, "--confirm": ASKS, "--help": SCREEN,
    "--explain": "rules(name)", "--list-rules": "rules()", "--formulations": "formulations(words)", "--adopted": "adopted(file, table)",
    "--set": "answers", "--no-comments": "comments", "--from": "other", "--as": "next", "--as-revisions": "revisions", "--all": "every",
    "--fields": "plain=False", "--to": "compare: redline", "--cluster": "executor",
    "--files-from": "a program has its list", "--shard": "a program takes its part of the list", "--user": "outlines edit, outlines new",
}  # fmt: skip


def functions() -> dict[str, typing.Callable[..., object]]:
    """The functions of the API by their names."""
    own = {name: getattr(drafter, name) for name in drafter.__all__ if inspect.isfunction(getattr(drafter, name))}
    own |= {f"outlines.{name}": getattr(drafter.outlines, name) for name in drafter.outlines.__all__}
    return {name: function for name, function in own.items() if name != "as_data"}


def test_every_command_has_its_function_or_a_reason():
    commands = {*COMMANDS, *(f"outlines {name}" for name in OUTLINES)}
    has = {name for name in commands if NAMED.get(name, name.replace(" ", ".")) in functions()}
    assert commands - has == WITHOUT.keys()


def test_every_option_is_an_argument_or_has_a_reason():
    import typer

    known = functions()
    missing = []
    for name, command in typer.main.get_command(program()).commands.items():  # type: ignore[attr-defined]  # typer's own click has no types
        if name == "outlines" or name in WITHOUT:
            continue
        many = known.get(f"{name}_folders")
        arguments = {*inspect.signature(known[name]).parameters, *(inspect.signature(many).parameters if many else ())}
        for option in (opt for param in command.params for opt in param.opts[:1] if opt.startswith("--")):
            if option.removeprefix("--").replace("-", "_") not in arguments and option not in OPTIONS:
                missing.append(f"{name} {option}")
    assert missing == []


def test_every_name_is_typed_as_it_is_and_every_function_has_its_words():
    stub = (Path(drafter.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    assert set(re.findall(r"as (\w+)$", stub, re.MULTILINE)) == {*drafter.__all__} - {"__version__"}
    assert set(drafter.__all__) <= set(dir(drafter))
    for name, function in functions().items():
        assert "Raises Rejected" in (function.__doc__ or "") or name in ("doctor", "outlines.check"), name
        assert not [kind for kind in typing.get_type_hints(function).values() if kind is typing.Any], name
    with pytest.raises(AttributeError):
        drafter.nonsense  # type: ignore[attr-defined]  # noqa: B018
