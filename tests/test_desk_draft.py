"""A draft on its page as a browser without scripts has it, and what is made of it."""

import re
import zipfile
from pathlib import Path

import pytest
from desk_plain import Plain

from drafter.commands import unfinished
from drafter.commands.margin import margin_of_draft
from drafter.commands.writing import Writer, looked_at

pytest_plugins = ["desk_plain"]

OUTLINE = """\
title: 在【会议名称】上的讲话
fields:
  会议名称:
    ask: 什么会？
  成效:
    ask: 做成了什么？
    type: list
  层级:
    ask: 哪一级？
    type: choice
    choices:
      - 市
      - 县
    default: 市
speech:
  - greeting: 同志们：
  - opening: 截止目前，全【层级】帐目清楚，【成效|顿号】。
  - closing: 谢谢大家！
"""


@pytest.fixture
def number(plain: Plain) -> str:
    Path("outlines").mkdir(exist_ok=True)
    Path("outlines/帐.yaml").write_text(OUTLINE, encoding="utf-8")
    return unfinished.begin(["帐"])


def said(number: str) -> dict[str, str]:
    return {name: one.said for name, one in unfinished.opened(number).answers.items()}


def form_on(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them back."""
    fields = dict(re.findall(r'<input type="(?:text|hidden)"[^>]* name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page))
    fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked', page))
    return fields


def test_a_form_sent_back_keeps_what_was_changed_in_it_and_nothing_else(plain: Plain, number: str) -> None:
    page = plain.get(f"/write/{number}").text
    fields = form_on(page)
    assert fields["a.层级"] == "市"
    unfinished.typed(number, {"成效": "甲\n乙"}, "another window")
    answer = plain.post(f"/write/{number}", fields | {"a.会议名称": "全市信访会"})
    assert (answer.status, answer.headers["location"]) == (303, f"/write/{number}?paper=0")
    assert said(number) == {"会议名称": "全市信访会", "成效": "甲\n乙"}
    assert "甲、乙" in plain.get(f"/write/{number}").text


def test_one_of_the_answers_that_may_be_meant_is_taken_by_its_button(plain: Plain, number: str) -> None:
    plain.post(f"/write/{number}", {"a.会议名称": "甲", "put": "会议名称\r\n全市信访会"})
    assert said(number) == {"会议名称": "全市信访会"}


@pytest.mark.parametrize("address", ["/write/0123456789ab", "/write/x", "/write/0123456789ab/typed", "/write/0123456789ab/made"])
def test_what_is_no_draft_has_no_page(plain: Plain, address: str) -> None:
    answer = plain.post(address, {"a.x": "y"}) if address.endswith("typed") else plain.get(address)
    assert answer.status in (404, 422)
    assert "没有" in answer.text


def test_what_a_page_is_sent_is_words_and_never_code(plain: Plain, number: str) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    plain.post(f"/write/{number}", {"a.会议名称": bad, "a.成效": bad, f"a.{bad}": bad, "template": f"../{bad}"})
    page = plain.get(f"/write/{number}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_what_was_decided_in_the_margin_stands_in_the_file_and_nothing_else_is_changed(plain: Plain, number: str) -> None:
    cards = margin_of_draft(looked_at(Writer(), number).result.papers[0].blocks).cards
    known = next(card.known for card in cards if card.words == "截止")
    unfinished.decide(number, known, "截至")
    unfinished.decide(number, "0" * 16, "words that have gone meanwhile")
    answer = plain.post(f"/write/{number}/make/docx", {"a.会议名称": "全市信访会"})
    assert answer.status == 303
    told = plain.get(answer.headers["location"]).text
    assert "写好了" in told
    assert "没有改成" not in told
    file = unfinished.opened(number).made[-1]
    assert file.name == "在全市信访会上的讲话.docx"
    with zipfile.ZipFile(next(Path().glob(f"存稿/收到的稿/{file.id}/*.docx"))) as package:
        words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read("word/document.xml").decode()))
    assert "截至目前，全市帐目清楚，" in words


def test_a_template_is_put_on_and_stays(plain: Plain, number: str) -> None:
    plain.post(f"/write/{number}", {"template": "reading"})
    assert '<option value="reading" selected' in plain.get(f"/write/{number}").text
    css = re.search(r'href="(/write/[^"]*sheet\.css[^"]*)"', plain.get(f"/write/{number}").text)
    assert css
    assert ".a4 .paper" in plain.get(css[1].replace("&amp;", "&")).text


def test_where_the_outline_can_no_longer_be_read_what_was_typed_is_shown(plain: Plain, number: str) -> None:
    plain.post(f"/write/{number}", {"a.会议名称": "全市信访会"})
    outline = Path("outlines/帐.yaml")
    outline.write_text(OUTLINE.replace("ask: 什么会？", "aks: 什么会？"), encoding="utf-8")
    answer = plain.get(f"/write/{number}")
    assert answer.status == 422
    assert "填过的都在" in answer.text
    assert "<dd>全市信访会</dd>" in answer.text
    outline.unlink()
    assert "<dd>全市信访会</dd>" in plain.get(f"/write/{number}").text
    outline.write_text(OUTLINE, encoding="utf-8")
    assert plain.get(f"/write/{number}").status == 200
