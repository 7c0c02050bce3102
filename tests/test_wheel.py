"""What is installed is whole: the wheel holds outlines and templates, and runs from anywhere."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_the_outlines_and_the_templates(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        held = {name for name in package.namelist() if ".dist-info/" not in name}
    code = {str(path.relative_to(ROOT)) for path in (ROOT / "drafter").rglob("*") if path.is_file()}
    shelves = {
        f"drafter/shipped/{path.relative_to(ROOT)}"
        for kind in ("outlines", "templates")
        for path in (ROOT / kind).rglob("*")
        if path.is_file()
    }
    assert held == {name for name in code if "__pycache__" not in name} | shelves
    assert {"drafter/py.typed", "drafter/__init__.pyi"} <= held
    assert "drafter/shipped/outlines/office-training.yaml" in held
    assert "drafter/shipped/templates/speech/layout.j2" in held


def test_the_installed_program_writes_a_speech(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    work = tmp_path / "work"
    work.mkdir()

    def run(*words: str) -> str:
        command = [sys.executable, str(site / "bin" / "drafter"), *words]
        env = os.environ | {"PYTHONPATH": str(site)}
        return subprocess.run(command, cwd=work, env=env, check=True, capture_output=True, encoding="utf-8").stdout

    where = "import drafter, sys; sys.stdout.write(drafter.__file__)"
    env = os.environ | {"PYTHONPATH": str(site)}
    found = subprocess.run([sys.executable, "-c", where], cwd=work, env=env, check=True, capture_output=True, text=True)
    assert Path(found.stdout).parent == site / "drafter"
    assert run("new", "--outline", "office-training", "--template", "card", "-o", "讲话.docx").startswith("写好了：")
    assert (work / "讲话.docx").read_bytes()[:2] == b"PK"
    assert str(site / "drafter" / "shipped" / "outlines" / "office-training.yaml") in run("outlines", "--json")
