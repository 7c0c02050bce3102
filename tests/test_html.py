"""The pages in a browser: the same lines as in Word, and nothing of a value is ever code."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.numerals import unholdable
from drafter.commands.opening import open_template
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.writers.html import sheet, write

SPEECH = open_template("speech").template
SENTENCE = "办公室承上启下、联系左右，要把每一件小事办好，把每一个细节想到，做到件件有着落、事事有回音。"
BLOCKS = (
    Block("标题", (Span("在全市会议上的讲话"),), "title"),
    Block("空行", ()),
    Block("称谓", (Span("同志们："),), "speech.1.p1"),
    *(Block("正文", (Span(SENTENCE * 9),), f"speech.{n}.p1") for n in range(2, 9)),
)
HOSTILE = ("</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>", "' onclick='", "<!--", "&lt;", "javascript:")


class Reader(HTMLParser):
    """Gathers tags, attributes and the words of <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.inside |= tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words += data


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def test_blocks_become_elements_that_know_their_node_and_their_blanks():
    blocks = (
        Block("标题", (Span("在"), Span("全市", "", "层级", "层级"), Span("会议上的讲话")), "title"),
        Block("要求", (Span("一要守牢底线。", "一级段首句"), Span("【愿景】", "", "愿景", "愿景", False)), "speech.2.r1"),
    )
    main = re.search(r"<main[^>]*>\n(.*)\n</main>", write(blocks, SPEECH, title="讲话"), re.S)
    assert main
    assert main[1].split("\n") == [
        '<h1 class="SpeechTitle" data-keep="1" data-node="title">在<span data-blank="层级" title="层级">全市</span>会议上的讲话</h1>',
        '<p class="SpeechRequirement" data-node="speech.2.r1"><b class="SpeechRunIn1">一要守牢底线。</b>'
        '<mark data-blank="愿景" title="还没填：愿景">【愿景】</mark></p>',
    ]


def test_on_a_sheet_within_a_page_every_blank_leads_to_its_question_and_the_first_of_each_can_be_found():
    blocks = (
        Block("标题", (Span("在"), Span("全市", "", "层级", "层级"), Span("会议上的讲话")), "title"),
        Block("正文", (Span("【愿景】", "", "愿景", "愿景", False), Span("，"), Span("全市", "", "层级", "层级"), Span("【他/她】", "", "他 if 男 else 她", "", False)), "speech.2.p1"),
        Block("正文", (Span("甲", "", "单位", "单位#2"), Span("【经济的依据】", "", "经济的依据", "", False)), "speech.3.p1"),
    )
    made = sheet(blocks, SPEECH, "a4", {"层级": "q1", "愿景": "q2", "单位": "q3", "男": "q4"})
    assert made.body.split("\n") == [
        '<h1 data-row="0" class="SpeechTitle" data-keep="1" data-node="title">在<a href="#q1" id="on-q1" class="blank" title="层级">全市</a>会议上的讲话</h1>',
        '<p data-row="1" class="SpeechBody" data-node="speech.2.p1"><a href="#q2" id="on-q2" class="blank open" title="还没填：愿景">【愿景】</a>，'
        '<a href="#q1" class="blank" title="层级">全市</a><a href="#q4" id="on-q4" class="blank open" title="还没填：男">【他/她】</a></p>',
        '<p data-row="2" class="SpeechBody" data-node="speech.3.p1"><a href="#q3" id="on-q3" class="blank" title="单位">甲</a>'
        '<mark data-blank="经济的依据" title="还没填：经济的依据">【经济的依据】</mark></p>',
    ]
    assert all(rule.startswith(".a4 ") for rule in made.css.strip().split("\n"))
    assert (made.number, made.paged) == (SPEECH.page.number, True)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_words_wherever_it_stands(value):
    blocks = (Block("正文", (Span(value, "", value, value), Span(value, "", value, value, False)), value),)
    html = write(blocks, SPEECH, title=value, live=value)
    clean = read(write((Block("正文", (Span("甲", "", "甲", "甲"), Span("甲", "", "甲", "甲", False)), "甲"),), SPEECH))
    reader = read(html)
    assert reader.tags == clean.tags
    assert reader.words.strip() == value * 2
    assert not any(name.startswith("on") for name, _ in reader.attributes)


@given(st.text(max_size=50).filter(lambda s: not unholdable(s) and "\r" not in s))
def test_the_words_of_a_block_come_back(text):
    words = read(write((Block("正文", (Span(text),)),), SPEECH)).words
    assert words.strip("\n") == text.replace("\n", "").strip("\n")


def test_the_file_stands_alone():
    html = write(BLOCKS, SPEECH)
    assert not re.search(r"(?:src|href)\s*=|url\(|@import|https?://", html)
    assert "default-src 'none'" in html


def test_pages_hold_twenty_two_lines_of_twenty_eight_characters(tmp_path):
    """In a real Chromium, printed; `.ci/run` installs it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser, "Chromium is not installed; .ci/run installs it"
    page, pdf = tmp_path / "a.html", tmp_path / "a.pdf"
    page.write_text(write(BLOCKS, SPEECH), encoding="utf-8")
    options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    subprocess.run(
        [browser, *options.split(), "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}/profile",
         "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    sheets = [[row.strip() for row in sheet.split("\n") if row.strip()] for sheet in text.rstrip("\f").split("\f")]
    assert [len(sheet) - 1 for sheet in sheets[1:-1]] == [22] * (len(sheets) - 2)
    assert len(sheets) > 4
    assert [sheet[-1].replace(" ", "") for sheet in sheets] == [f"—{n}—" for n in range(1, len(sheets) + 1)]
    words = "".join("".join(sheet[:-1]) for sheet in sheets)
    assert [words] == ["".join(block.text for block in BLOCKS)] or pytest.fail("the pages do not hold the words of the blocks")
    longest = max(len(row) for sheet in sheets for row in sheet)
    assert longest in (28, 29)
