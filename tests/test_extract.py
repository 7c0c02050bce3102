"""Extraction: an outline made of a speech, filled with its answers, is the speech again, to the letter."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.answers import from_yaml, settle, to_yaml
from drafter.app import blocks_of, open_outline, open_template
from drafter.app import given as answered
from drafter.extract import extract, paragraphs_of
from drafter.facts import find_facts
from drafter.fill import fill
from drafter.outline import parse
from drafter.readers.text import read
from drafter.recognise import recognise
from drafter.writers.text import write_txt
from drafter.yamltree import Source

TODAY = date(2026, 11, 22)
CORPUS = Path(__file__).parent / "corpus"
SPEECHES = sorted(CORPUS.glob("*.txt"))


def given_back(data: bytes, name: str = "讲话.txt", facts: bool = True) -> tuple[str, ...]:
    """The paragraphs of the speech that the extracted outline and its answers file make, printed with a template."""
    draft = recognise(read(data, name)[0])
    found = extract(draft, find_facts(draft) if facts else ())
    outline = parse(Source("提纲.yaml", found.yaml))[0]
    values = settle(outline.fields, from_yaml(Source("回答.yaml", to_yaml(found.answers))), TODAY).values
    printed = blocks_of(fill(outline, values), open_template("speech"))
    return tuple(block.text.replace("\n", "") for block in printed if block.text)  # a long title is broken by the layout


def paragraphs_read(data: bytes, name: str = "讲话.txt") -> list[str]:
    return [block.text for block in read(data, name)[0]]


def same(out: tuple[str, ...], paragraphs: list[str]) -> bool:
    """Whether the paragraphs are the same; a title of several lines is one paragraph."""
    if not out or not paragraphs:
        return not out and not paragraphs
    lines = next((n for n in range(1, 6) if "".join(paragraphs[:n]) == out[0]), 0)
    return lines > 0 and list(out[1:]) == paragraphs[lines:]


_PIECES = st.sampled_from(
    [
        "一、", "二、", "三、", "（一）", "（二）", "(三)", "1.", "2．", "3. ", "一是", "二是", "三要", "第一，", "第二，", "首先，", "其次，", "最后，", "——", "●",
        "同志们：", "同志们，", "在全市工作会议上的讲话", "2026年3月5日", "（2026年3月5日）", "市委书记　张三", "下面，我讲三点意见。", "加强领导", "加强领导。",
        "我代表市委，向大家表示衷心的感谢！", "【", "】", "【【", "'", '"', "#", ": ", "：", "-", " ", "　", "\t", "  ", "。", "！", "，", "；", "让我们共同努力！",
        "\n", "\n\n", "\n　　", "3.5%", "120人", "×", "某", "我市", "市委、市政府", "A", "{{ x }}", "{% %}", "｜", "|", "&", "*", "\\", "~", "null", "yes",
        "要把各项工作抓紧抓实，抓出成效", "当前，形势严峻", "\u200b", "\xa0", "𠮷", "①", "②",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=60).map("".join).filter(str.strip))
def test_whatever_a_text_holds_its_outline_gives_it_back(text: str) -> None:
    data = text.encode()
    assert same(given_back(data), paragraphs_read(data))
