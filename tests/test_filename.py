"""What a title is called on disk."""

import ntpath
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.commands.filename import MAX_BYTES, legal_name

#: Every character there is, lone surrogates too, with the troublesome ones often.
TITLES = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from('讲话稿CONconLPT1¹ .-~$/\\:*?"<>|\r\n\t\0\x1b\u202e\u200d\u0301\u2028\U0001f468\U0001f3fd'),
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("在全市教育工作会议上的讲话", "在全市教育工作会议上的讲话.docx"),
        ("在全市教育工作会议上\n的讲话", "在全市教育工作会议上的讲话.docx"),
        ("Opening \r\n Speech", "Opening Speech.docx"),
        ("在【会议名称】上的讲话", "在【会议名称】上的讲话.docx"),
        ("在【会议|全称】上的讲话", "在【会议_全称】上的讲话.docx"),
        ("讲话/2026", "讲话_2026.docx"),
        ("../../etc/passwd", "_.._etc_passwd.docx"),
        (r"C:\讲话", "C__讲话.docx"),
        ("讲话:稿", "讲话_稿.docx"),
        ("讲\u202excod.exe", "讲_xcod.exe.docx"),
        ("讲话\x1b[31m\t稿\x00", "讲话_[31m_稿_.docx"),
        ("\ud800讲话", "_讲话.docx"),
        ("CON", "_CON.docx"),
        ("nul.讲话", "_nul.讲话.docx"),
        ("com¹", "_com¹.docx"),
        ("CON" + " " * 300 + "讲话", "_CON.docx"),
        ("CONFERENCE", "CONFERENCE.docx"),
        ("~$讲话", "讲话.docx"),
        ("--force", "force.docx"),
        (". -~$.讲话", "讲话.docx"),
        ("讲话。。. .　", "讲话。。.docx"),
        ("", "讲话稿.docx"),
        (" \n.", "讲话稿.docx"),
        ("e\u0301lan", "\u00e9lan.docx"),
        ("龘𠮷👨‍👩‍👧", "龘𠮷👨‍👩‍👧.docx"),
    ],
)
def test_a_title_becomes_a_name_every_system_takes(title: str, name: str) -> None:
    assert legal_name(title, ".docx") == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("讲" * 86, "讲" * 65 + ".docx"),
        ("讲" * 64 + "abx\u0323\u0331\u0301" + "稿" * 9, "讲" * 64 + "ab.docx"),
        ("讲" * 64 + "👍🏽" + "稿" * 9, "讲" * 64 + ".docx"),
        ("讲" * 64 + "..." + "稿" * 9, "讲" * 64 + ".docx"),
        ("a" + "\u0331" * 200, "a" + "\u0331" * 97 + ".docx"),
    ],
)
def test_a_long_name_is_cut_between_characters_as_a_reader_sees_them(title: str, name: str) -> None:
    assert legal_name(title, ".docx") == name


@settings(deadline=None, max_examples=500)
@given(TITLES, st.sampled_from([".docx", ".yaml", "", "-预览.html"]))
def test_any_title_at_all_is_legal_everywhere(title: str, suffix: str) -> None:
    name = legal_name(title, suffix)
    stem = name.removesuffix(suffix)

    assert name == stem + suffix
    assert stem
    assert len(name.encode()) <= MAX_BYTES
    assert unicodedata.normalize("NFC", name) == name
    assert not re.search('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]', name)
    assert not stem.startswith(("-", ".", "~$", " ", "\u3000"))
    assert not stem.endswith((".", " ", "\u3000"))
    assert not re.match(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])[ ]*(\.|$)", name)
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert ntpath.splitdrive(name) == ("", name)
    assert legal_name(stem, suffix) == name


@settings(deadline=None, max_examples=100)
@given(title=TITLES)
def test_the_file_system_takes_it(title: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path(tmp_path_factory.getbasetemp()) / "names"
    folder.mkdir(exist_ok=True)
    path = folder / legal_name(title, ".docx")
    path.touch()

    assert [p.name for p in folder.iterdir()] == [path.name]
    path.unlink()
