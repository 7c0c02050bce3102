"""A cache is a guess: whatever lies in its folder, the same is said and written, and nobody notices."""

import marshal
import os
import re
from pathlib import Path

import pytest

from drafter.check.tables import formulations, words
from drafter.commands import index
from drafter.commands.opening import open_template
from drafter.outline import shelf
from drafter.startup import patterns_known
from drafter.template import layout


def sealed(path: Path, value: object) -> bytes:
    """A file of the cache as drafter seals it, of a value nobody expects."""
    data = marshal.dumps(value)
    return shelf._seal(path.stem, data) + data


def put(path: Path, what: object) -> None:
    """Something else in the place of a file of the cache."""
    kept = path.read_bytes()
    path.unlink()
    if what == "a folder":
        path.mkdir()
    elif what == "a link to nothing":
        path.symlink_to(path.with_name("nothing"))
    elif what == "a link to itself":
        path.symlink_to(path)
    elif what == "a link to an endless file":
        path.symlink_to("/dev/zero")
    elif what == "a pipe":
        os.mkfifo(path)
    elif what == "huge":
        with open(path, "wb") as file:
            file.truncate(shelf._MOST_KEPT + 1)
    elif what == "cut":
        path.write_bytes(kept[: len(kept) // 2])
    elif what == "one bit":
        path.write_bytes(kept[:-9] + bytes([kept[-9] ^ 1]) + kept[-8:])
    elif what == "another file of the cache":
        path.write_bytes(next(other.read_bytes() for other in sorted(path.parent.iterdir()) if other.is_file()))
    elif isinstance(what, bytes):
        path.write_bytes(what)
    else:
        path.write_bytes(sealed(path, what))


#: What may lie there that `shelf` itself does not believe, whichever file it is.
DAMAGED: list[object] = ["a folder", "a link to nothing", "a link to itself", "a link to an endless file", "a pipe", "huge", "cut", "one bit", "another file of the cache"]
DAMAGED += [b"", bytes(range(256)) * 4, b'{"a": [1, 2]}', *(marshal.dumps(value) for value in (None, (), {}, [1, 2], "甲", 1.5, ((),)))]

#: Sealed as drafter's own: a form a file had while somebody was working on it. Only who reads that file can tell.
OF_OURS: list[object] = [None, {"甲": 1}, "甲", (1, 2, 3), ((("甲", (("乙",),)),), ("丙", {"丁": 4}), 5, b"6", None)]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache" / "drafter"


def everything() -> list[object]:
    """All that is told from the cache, as if nothing had been told yet."""
    words.pairs.cache_clear()
    formulations._book.cache_clear()
    layout._code.cache_clear()
    speech = open_template("speech")
    return [words.pairs(), formulations.book(), speech, layout.compiled(speech.template.layout, "layout.j2"), index.entries(), index.passages()]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_whatever_lies_in_the_cache_the_same_is_told_and_it_is_made_anew(cache):
    right = everything()
    whole = {path: path.read_bytes() for path in sorted(cache.iterdir())}
    assert len(whole) == len(right)
    in_turn = [dict(zip(whole, DAMAGED[n:], strict=False)) for n in range(0, len(DAMAGED), len(whole))]
    for damage in in_turn + [dict.fromkeys(whole, what) for what in OF_OURS]:
        for path, what in damage.items():
            put(path, what)
        assert everything() == right, damage
        for path, data in whole.items():
            if path.is_dir():
                path.rmdir()  # a folder stands in the way until somebody takes it away
                path.write_bytes(data)
            assert path.read_bytes() == data, (damage.get(path), path.name)


def test_commands_do_not_notice_a_damaged_cache(run, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "t.txt").write_text("同志们：\n\n今天开会，贯彻落实党的二十大精神。\n", encoding="utf-8")
    commands = (("check", "t.txt"), ("new", "--outline", "office-training", "--no-input", "--force", "-o", "r.docx"), ("outlines",))
    right = [run(*command, env=env) for command in commands]
    assert [done.returncode for done in right] == [0, 0, 0]
    for path in (tmp_path / "cache" / "drafter").iterdir():
        path.write_bytes(marshal.dumps({"甲": ()}))
    for command, before in zip(commands, right, strict=True):
        done = run(*command, env=env)
        assert (done.returncode, done.stdout, done.stderr) == (before.returncode, before.stdout, before.stderr)


@pytest.mark.parametrize("told", [1, [], [[]], ["", *"1234567"], [[["a"]], "", "", [], 0, "", [], ""], [[], "", "", [3], 0, "", [], ""], [[], "", "", [("甲", "问", 1)], 0, "", [], ""]])
def test_an_entry_of_the_list_that_is_not_as_expected_is_told_anew(cache, told):
    right = index.entries(), index.passages()
    for kind in ("outlines", "outlines-passages"):
        path = cache / f"{kind}.bin"
        kept = shelf.remembered(kind, dict)
        path.write_bytes(sealed(path, dict.fromkeys(kept, told)))
    assert (index.entries(), index.passages()) == right


def test_another_versions_cache_is_not_believed(cache, monkeypatch):
    shelf.remember("数", (1, 2))
    assert shelf.remembered("数", tuple) == (1, 2)
    monkeypatch.setattr("drafter.__version__", "0.0.1")
    assert shelf.remembered("数", tuple) is None


def test_without_a_folder_for_it_there_is_no_cache(cache):
    cache.parent.mkdir()
    cache.write_bytes(b"")  # a file in its place
    assert shelf.kept("数", ("1",), lambda: (1, 2), tuple) == (1, 2)
    assert shelf.remembered("数", tuple) is None


#: Patterns as rules have them: long classes, names, conditions, flags; one too short to be worth keeping.
PATTERNS = (
    (f"(?<![{'一二三四五六七八九十' * 4}])(?P<number>[零〇一二三四五六七八九十百千万亿]+)(?P<unit>{'|'.join(f'{c}{d}' for c in '年月日天' for d in '甲乙丙丁戊己庚辛')})", 0),
    (f"(?:{'|'.join(f'word{n}' for n in range(60))})(?=[。，])", re.IGNORECASE),
    ("甲", 0),
)
SAID = "三年甲，十二月丙；二十日丁。Word59，WORD7。甲甲"


def found_by(pattern: re.Pattern[str]) -> list[object]:
    return [pattern.flags, pattern.groups, dict(pattern.groupindex), [(found.span(), found.groupdict(), found.lastgroup) for found in pattern.finditer(SAID)]]


def made(known: dict[tuple[str, int], tuple[int, bytes, int, dict[str, int]]]) -> tuple[list[object], list[str]]:
    """What the patterns find that are made with some known, and those that were compiled and are worth keeping."""
    re.purge()
    with patterns_known(known) as fresh:
        told = [found_by(re.compile(pattern, flags)) for pattern, flags in PATTERNS]
    return told, [pattern for pattern, _ in fresh]


def test_patterns_of_the_cache_find_the_same_and_damaged_ones_are_compiled():
    re.purge()
    right = [found_by(re.compile(pattern, flags)) for pattern, flags in PATTERNS]
    with patterns_known({}) as known:
        re.purge()
        [re.compile(pattern, flags) for pattern, flags in PATTERNS]
    assert made({}) == (right, [pattern for pattern, _ in PATTERNS[:2]])
    assert made(known) == (right, [])
    damaged = {"nothing": (0, b"", 0, {}), "half a number": (0, b"abc", 0, {}), "noise": (0, bytes(range(256)), 2, {"number": 1}), "no tuple": None}
    for name, what in damaged.items():
        assert made(dict.fromkeys(known, what)) == (right, [pattern for pattern, _ in PATTERNS[:2]]), name
