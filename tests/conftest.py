"""What the tests share: a home of their own, the program as users run it, and golden files."""

import gc
import json
import os
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import copied
import jsonschema
import pytest
from hypothesis import HealthCheck, settings

import drafter.cli
from drafter.commands.schema import SchemaRequest, schema

pytest.register_assert_rewrite("desk_browser", "desk_plain")
from desk_browser import browser, desk, other_page, page  # noqa: E402, F401 (fixtures, for the tests that look at the desk)
from desk_plain import plain  # noqa: E402, F401 (the same)

#: `drafter.cli` lives for a tenth of a second and collects no garbage; a process of tests lives for minutes, and grew to 3.7 GB.
#: What pytest has collected so far stays, and need not be looked through again and again.
assert not gc.isenabled(), f"{drafter.cli.__name__} collects garbage again: this is not needed any more"
gc.freeze()
gc.set_threshold(50_000, 20, 20)
gc.enable()

#: The installed command.
DRAFTER = Path(sysconfig.get_path("scripts")) / "drafter"

#: Laws are tried on the same examples every time, so that a test that passes today passes tomorrow and on a busy machine;
#: HYPOTHESIS_PROFILE=search, as `.ci/latest` has it, looks for new ones.
BUSY = {"deadline": None, "suppress_health_check": (HealthCheck.too_slow,)}
settings.register_profile("same", derandomize=True, **BUSY)
settings.register_profile("search", print_blob=True, **BUSY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: tests in a browser, on a terminal and beside an office program wait for a good
    part of their time."""
    return (os.cpu_count() or 1) + 1


Run = Callable[..., "subprocess.CompletedProcess[str]"]
Golden = Callable[[Path, str], None]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the tests' own, so that nothing reads or writes the user's."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("DRAFTER_HOME", str(folder / "drafter"))
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
        for name in ("EDITOR", "VISUAL", "COLUMNS", "TERMINAL_WIDTH", "PYTHONIOENCODING", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        yield folder
        copied.ended()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("new", "--outline", "x")`: the program in an empty folder; `stdin` is piped in, `env` is added to the
    environment (None takes a variable away)."""

    def run(*words: str, stdin: str = "", env: dict[str, str | None] | None = None, **more: Any) -> Any:
        changed = os.environ | {"COLUMNS": "96"} | (env or {})
        there = {name: value for name, value in changed.items() if value is not None}
        words = (str(DRAFTER), *map(os.fspath, words))
        if more.keys() <= {"cwd", "timeout"}:
            done = copied.ran(words, stdin, more.get("cwd", tmp_path), there, more.get("timeout", 60))
        else:
            settings: dict[str, Any] = {"cwd": tmp_path, "capture_output": True, "encoding": "utf-8", "timeout": 60} | more
            done = subprocess.run(words, input=stdin, env=there, check=False, **settings)
        if "--json" in words and isinstance(done.stdout, str):
            as_described(done.stdout, done.stderr)
        return done

    return run


@cache
def described() -> jsonschema.Draft202012Validator:
    """What checks everything printed with `--json`."""
    whole = schema(SchemaRequest())
    jsonschema.Draft202012Validator.check_schema(whole)
    return jsonschema.Draft202012Validator(whole)


def as_described(stdout: str, stderr: str) -> None:
    """Every answer to `--json`, results and refusals, is as `drafter schema` says: all of standard output, or of standard
    error where standard output has a document."""
    aside = not stdout.startswith("{\n")
    described().validate(json.loads(stderr if aside else stdout))


@pytest.fixture
def golden() -> Golden:
    """Compares a text with a file of the tests. To write the files anew after a change that is meant, and then to read
    what changed: DRAFTER_UPDATE_GOLDEN=1 python -m pytest; git diff tests"""

    def golden(path: Path, text: str) -> None:
        if os.environ.get("DRAFTER_UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return golden
