"""What the doctor tells of a machine: programs, fonts, and what is missing."""

import re
import tomllib
from pathlib import Path

import pytest

from drafter.cli.show_doctor import doctor_text
from drafter.commands.doctor import PACKAGES, DoctorResult, Missing, doctor
from drafter.commands.office import plain_better


@pytest.mark.parametrize(("number", "better"), [("7.4.7.2", True), ("6.4", True), ("24.2.1", False), ("25.2.3", False), ("", False)])
def test_the_doctor_says_when_blanks_had_better_be_plain(number: str, better: bool) -> None:
    assert plain_better(number) is better
    report = DoctorResult(python="3.11", system="Linux", packages={}, shelves=(), fonts=(), libreoffice="/usr/bin/soffice", libreoffice_version=number, plain_better=better)
    assert ("在 drafter.toml 里写一行 plain = true" in doctor_text(report)) is better
    assert ("在 drafter.toml 里写一行" in doctor_text(report._replace(plain_set=True))) is False


def test_the_doctor_says_what_is_missing_what_that_costs_and_how_it_is_had() -> None:
    lack = Missing(name="LibreOffice", costs="写不了 .pdf。", remedy="到 libreoffice.org 下载。")
    report = DoctorResult(python="3.11", system="Linux", packages={}, shelves=(), fonts=(), libreoffice="", offices={"WPS": "/opt/wps"}, missing=(lack,))
    assert doctor_text(report).endswith(
        "能打开文件的程序\n  LibreOffice　没有\n  WPS　/opt/wps\n\n没有的，少了会怎样\n  LibreOffice　写不了 .pdf。\n    到 libreoffice.org 下载。"
    )


def test_the_doctor_counts_the_outlines_and_nothing_else_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outlines" / "passages").mkdir(parents=True)
    for name in ("年会.yaml", "outline.schema.json", "年会.yaml~"):
        (tmp_path / "outlines" / name).write_text("", encoding="utf-8")
    assert [count for origin, folder, count in doctor().shelves if origin == "当前文件夹"] == [1, 0]


def test_the_doctor_looks_at_every_package_that_drafter_needs() -> None:
    needed = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert sorted(PACKAGES) == sorted(re.split(r"[^\w-]", one)[0] for one in needed)
    assert all(doctor().packages.values())
