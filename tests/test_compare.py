"""Two drafts side by side, and the 花脸稿."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word import Word, scribble

from drafter.block import Block
from drafter.comparing import Request, blocks_of_text, compare
from drafter.diagnostic import Rejected
from drafter.draft import Span
from drafter.extracting import read as read_file
from drafter.ooxml import W
from drafter.recognise import recognise
from drafter.redline import redline, words_of

CORPUS = Path(__file__).parent / "corpus"
NOW = datetime(2026, 11, 22, 9, 30)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def decided(data: bytes, accept: bool) -> list[str]:
    """The paragraphs of a .docx, tables apart, once every tracked change is accepted or refused: an end that is gone lets
    its paragraph run into the next, and one behind which nothing comes stays."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    gone, come = ("del", "ins") if accept else ("ins", "del")
    texts: list[str] = []
    open_text: str | None = None
    for child in root.find(w("body")).iter(w("p"), w("tbl"), w("sectPr")):
        if any(a.tag == w("tbl") or a.tag == w("p") for a in child.iterancestors()):
            continue
        if child.tag != w("p"):
            if open_text is not None and (open_text or child.tag == w("sectPr")):
                texts.append(open_text)
            open_text = None
            continue
        text = open_text or ""
        for leaf in child.iter(w("t"), w("delText"), w("tab"), w("br")):
            around = {a.tag for a in leaf.iterancestors()}
            if w("pPr") in around or w(gone) in around:
                continue
            assert (leaf.tag == w("delText")) == (w("del") in around)
            text += {w("tab"): "\t", w("br"): "\n"}.get(leaf.tag, leaf.text or "")
        mark = child.find(f"{w('pPr')}/{w('rPr')}/{w(gone)}")
        if mark is None:
            texts.append(text)
        open_text = None if mark is None else text
    if open_text is not None:
        texts.append(open_text)
    return texts


def laid_out(paragraphs: list[str]) -> bytes:
    return blocks_of_text([Block("", (Span(text),), "") for text in paragraphs], NOW)


def speech(path: Path) -> list[str]:
    return [block.text for block in read_file(path)[0]]


def mixed(paragraphs: list[str], random: Random, times: int) -> list[str]:
    """The paragraphs with random edits, as people make them."""
    out = list(paragraphs)
    for _ in range(times):
        at = random.randrange(len(out))
        text = out[at]
        cut = random.randrange(len(text) + 1)
        kind = random.randrange(7)
        if kind == 0 and len(out) > 1:
            del out[at]
        elif kind == 1:
            out.insert(at, f"新加的第{random.randrange(100)}段，要抓好落实。")
        elif kind == 2:
            out.insert(random.randrange(len(out)), out.pop(at))
        elif kind == 3 and 0 < cut < len(text):
            out[at : at + 1] = [text[:cut], text[cut:]]
        elif kind == 4 and at + 1 < len(out):
            out[at : at + 2] = [text + out[at + 1]]
        elif kind == 5:
            out[at] = text[:cut] + random.choice(("和", "12%", "、\t", "全面\n加强")) + text[cut + random.randrange(6) :]
        else:
            out[at] = text[:cut] + text[cut + random.randrange(20) :] or "空"
    return out


SPEECHES = sorted(CORPUS.glob("*.txt"))


@pytest.mark.parametrize("path", SPEECHES[::3], ids=lambda path: path.stem)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1 << 30), times=st.integers(0, 12), empties=st.booleans())
def test_accepting_all_gives_the_new_draft_and_refusing_all_the_old(path: Path, seed: int, times: int, empties: bool) -> None:
    old = speech(path)[:40]
    random = Random(seed)
    if empties:
        old.insert(random.randrange(len(old) + 1), "")
    new = mixed(old, random, times)
    data = laid_out(new)
    done = redline(data, "稿.docx", old, NOW)
    new = list(words_of(data, "稿.docx"))
    assert (decided(done, True), decided(done, False)) == (new, old)


@settings(max_examples=60, deadline=None)
@given(old=st.lists(st.text("一二要，。甲乙丙", max_size=12), min_size=1, max_size=6), new=st.lists(st.text("一二要，。甲乙丙", max_size=12), min_size=1, max_size=6))
def test_any_paragraphs_can_be_made_of_any_others(old: list[str], new: list[str]) -> None:
    data = laid_out(new)
    done = redline(data, "稿.docx", old, NOW)
    assert (decided(done, True), decided(done, False)) == (list(words_of(data, "稿.docx")), old)


@pytest.fixture(scope="module")
def made() -> bytes:
    """A draft with controls, as `drafter new` writes it."""
    from drafter.app import Request as New
    from drafter.app import new
    import tempfile

    answers = ("层级=市", "代表=市委、市政府", "愿景=现代化滨江新城", "调研=否", "办公室经历=否", "结语=是", "讲话人=李卫国")
    with tempfile.TemporaryDirectory() as folder:
        new(New(("office-training",), answers, output=f"{folder}/稿.docx", date="2026-11-22"))
        return Path(folder, "稿.docx").read_bytes()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1 << 30), times=st.integers(0, 12))
def test_a_draft_edited_in_word_becomes_a_redline_of_its_own_file(made: bytes, seed: int, times: int) -> None:
    word = Word(made)
    scribble(word, Random(seed), times)
    edited = word.save()
    for data, other in ((edited, made), (made, edited)):
        old, new = list(words_of(other, "稿.docx")), list(words_of(data, "稿.docx"))
        done = redline(data, "稿.docx", old, NOW)
        assert (decided(done, True), decided(done, False)) == (new, old)
