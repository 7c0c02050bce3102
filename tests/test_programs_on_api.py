"""The programs of `tests/programs` do what their users want of them."""

import asyncio
import math
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest

import drafter
from tests.programs import archive, assistant, bot, gate, nightly, notebook, opinions, returned, service, web, yearly

#: An outline as a program has it: a text.
LETTER = """title: 致【村】的慰问信
dateline: 【日期】
speech:
  - greeting: 乡亲们：
  - opening: 大雪封山，县里向【户数】户乡亲致以慰问。
  - closing: 祝大家平安。
fields:
  村:
    ask: 哪个村？
  户数:
    ask: 几户？
    type: number
  日期:
    ask: 哪天？
    type: date
"""


@pytest.fixture(autouse=True)
def nothing_is_printed_or_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(tmp_path)
    yield
    assert capsys.readouterr().out == ""


def speech(**answers: str) -> bytes:
    return drafter.new("office-training", {"日期": "2026-12-02", **answers}, date="2026-11-29").data


def called(form: str) -> tuple[str, dict[str, str], bytes]:
    heard: list[tuple[str, dict[str, str]]] = []
    query = "&".join(f"{quote(name)}={quote(said)}" for name, said in (pair.split("=") for pair in form.split("&")))
    body = b"".join(web.application({"QUERY_STRING": query}, lambda status, headers: heard.append((status, dict(headers)))))
    return *heard[0], body


def test_a_page_gives_the_word_file_or_says_what_does_not_fit():
    status, headers, body = called("提纲=office-training&日期=2026-12-02")
    assert status == "200 OK"
    assert body.startswith(b"PK")
    assert headers["Content-Disposition"].endswith(quote("在全市党政办公室主任培训班上的讲话.docx"))
    status, _, body = called("提纲=office-training&日期=二月三十")
    assert (status, "answer-unfit" in body.decode()) == ("422 Unprocessable Content", True)
    assert "name-not-found" in called("提纲=../../etc/passwd")[2].decode()


def test_a_notebook_writes_the_letters_of_a_table_and_tells_of_the_others():
    rows = [
        {"村": "上河", "户数": 1200.0, "日期": date(2026, 12, 1)},
        {"村": "下河", "户数": math.nan, "日期": date(2026, 12, 1)},
        {"村": "石桥", "户数": 31, "日期": "十二月三十五日"},
    ]
    packed, wrong = notebook.letters(LETTER, rows)
    assert zipfile.ZipFile(BytesIO(packed)).namelist() == ["002-致上河的慰问信.docx"]
    assert [told[:7] for told in wrong] == ["第 3 行：还", "第 4 行：【"]


def test_every_night_a_folder_is_reported(tmp_path: Path):
    (tmp_path / "一.txt").write_text("关于工作的讲话\n\n同志们：\n\n截止目前，工作完成了。\n", encoding="utf-8")
    (tmp_path / "二.docx").write_bytes(b"no Word file")
    told = nightly.report(tmp_path)
    assert "一.txt | " in told
    assert "截止" in told
    assert "二.docx | 读不了" in told


def test_an_archive_becomes_outlines_each_proved(tmp_path: Path):
    old, new = tmp_path / "旧", tmp_path / "提纲"
    old.mkdir()
    new.mkdir()
    (old / "开班.docx").write_bytes(speech())
    (old / "坏.docx").write_bytes(b"PK\x03\x04nothing")
    told = archive.outlines_of(old, new)
    assert told["坏.docx"] == "word-unreadable"
    assert "个空" in told["开班.docx"]
    assert drafter.outlines.check(new / "开班.yaml").errors == 0


def test_a_bot_moves_the_day_of_a_draft(tmp_path: Path):
    draft = tmp_path / "讲话.docx"
    draft.write_bytes(speech())
    said = bot.move(draft, date(2026, 12, 9))
    assert said.startswith("改了 ")
    assert len(list(tmp_path.iterdir())) == 2
    assert dict(drafter.status(draft).json()["fields"][-1])["now"] == "2026年12月9日"
    assert bot.move(tmp_path / "没有.docx", date(2026, 12, 9)) == "没有改：没有这个文件。"


def test_a_gate_lets_nothing_unfinished_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "空.docx").write_bytes(speech())
    (tmp_path / "好.txt").write_text("讲话\n\n同志们：\n\n今天讲三点。谢谢大家。\n", encoding="utf-8")
    assert gate.main(["空.docx"]) == 1
    assert "空.docx: " in capsys.readouterr().err
    assert gate.main(["好.txt"]) == 0
    assert gate.main(["没有.docx"]) == 1


def test_a_service_reviews_many_uploads_at_once():
    whole, text = (speech(), "讲话.docx"), ("截止目前，工作完成了。".encode(), "稿.txt")
    said = asyncio.run(service.reviews([whole, text, (b"\x00\x01", "图.png"), (b"", ""), *[text] * 4]))
    assert said[0]["check"]["result"][0]["file"] == "讲话.docx"
    assert said[0]["finish"]["ok"]
    assert not said[2]["ok"]
    assert [one["check"] for one in said[4:]] == [said[1]["check"]] * 4


def test_what_came_back_is_rows(tmp_path: Path):
    (tmp_path / "一.docx").write_bytes(speech(愿景="宜居"))
    (tmp_path / "二.txt").write_text("不是稿子", encoding="utf-8")
    one, two = returned.rows(sorted(tmp_path.iterdir()))
    assert (one["文件"], one["愿景"], one["日期"]) == ("一.docx", "宜居", "2026-12-02")
    assert two["说明"].startswith("这是纯文本")


def test_opinions_come_together_from_attachments():
    sent = "讲话\n\n同志们：\n\n今年要抓好落实。\n".encode()
    text = drafter.format(drafter.File(sent, "稿.txt")).data
    other = drafter.format(drafter.File(sent.replace("抓好".encode(), "狠抓".encode()), "稿.txt")).data
    merged, table, wishes = opinions.gathered(text, {"组织部": other})
    assert merged.startswith(b"PK")
    assert table.startswith(b"PK")
    assert [wish.split("：")[0] for wish in wishes] == ["组织部"]


def test_an_assistant_is_told_what_to_mend_and_what_to_ask():
    data, asks = assistant.drafted(LETTER, {"村": "上河"})
    assert data.startswith(b"PK")
    assert asks == ["哪天？", "几户？"]
    data, told = assistant.drafted("title: 【不知道】的讲话", {})
    assert (data, "name-unknown" in str(told) or "不认识的空" in str(told)) == (b"", True)
    assert assistant.drafted("{", {})[0] == b""


def test_last_years_speech_becomes_this_years(tmp_path: Path):
    old = tmp_path / "2025年.docx"
    old.write_bytes(drafter.new("office-training", {"日期": "2025-12-02", "讲话人": "李卫国", "讲话人职务": "市委书记"}, date="2025-11-29").data)
    new, redline = yearly.renewed(old, {"不认识": "x"})
    assert new.data.startswith(b"PK")
    assert new.year == 2026
    assert redline.startswith(b"PK")
    assert [path.name for path in tmp_path.iterdir()] == ["2025年.docx"]
