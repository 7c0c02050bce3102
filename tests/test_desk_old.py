"""Old papers on the desk: last year's written anew, one or several made into an outline, from the first click to the file."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_browser import Desk, axe, downloaded, gone, picture, reads, says, sound_docx, typed_by_ime
from desk_plain import Plain

from drafter.commands.opening import open_outline
from drafter.commands.reading import read
from drafter.desk import jobs
from drafter.outline.fill import fill
from drafter.speech.draft import plain

if TYPE_CHECKING:
    from playwright.sync_api import Page

OLD = """在2025年全区消防工作会议上的讲话
（2025年3月12日）
临江区副区长　陆文彬

同志们：

这次会议，主要是贯彻全市消防工作会议精神，总结去年工作，安排今年任务。下面，我讲两点意见。

一、看到成绩，也看到差距

2024年，全区检查单位1286家，整改隐患3520处。这是我们第三次被评为先进。1998年的那场大火，临江区的同志不会忘记。

二、盯住要害，一件一件落实

区消防大队大队长何志远同志刚才讲的几件事，要在6月底前办完。

同志们，让我们以区委五届七次全会精神为指引，守好平安。
"""

OLDER = OLD.replace("2025", "2023").replace("2024", "2022").replace("1286", "998").replace("第三次", "第二次").replace("1998年的那场大火，临江区的同志不会忘记。", "")


def put_in(plain: Plain) -> str:
    """The address of an old paper that is given to a browser without scripts."""
    body = f'--b\r\nContent-Disposition: form-data; name="file"; filename="去年.txt"\r\n\r\n{OLD}\r\n--b--\r\n'.encode()
    given = plain._ask("POST", "/old", "", body, {"content-type": "multipart/form-data; boundary=b"})
    return "/old/" + given.headers["location"].partition("new=")[2]


def test_what_is_typed_is_kept_though_the_paper_must_be_read_anew(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    at = put_in(plain)
    monkeypatch.setattr(jobs, "PATIENCE_S", 0)
    assert plain.post(f"{at}/renew?part=0", {"now.检查单位数": "1300家", "shown.检查单位数": ""}).status == 303
    monkeypatch.setattr(jobs, "PATIENCE_S", 60)
    assert "1300家" in plain.get(f"{at}/renew?part=0").text


def mark_in(page: str) -> dict[str, str]:
    """What a page says of its tab."""
    return dict(re.findall(r'name="(tab|rev)" value="([^"]*)"', page))


def test_two_tabs_are_told_of_each_other_and_neither_loses_a_word(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_S", 60)
    at = f"{put_in(plain)}/renew?part=0"
    one, other = (mark_in(plain.get(at).text) for _ in range(2))
    assert plain.post(at, one | {"now.检查单位数": "1300家", "shown.检查单位数": ""}).status == 303
    assert plain.post(at, other | {"now.隐患数": "3600处", "shown.隐患数": "", "now.检查单位数": "", "shown.检查单位数": ""}).status == 303  # another blank
    told = plain.post(at, one | {"now.检查单位数": "1400家", "shown.检查单位数": "1300家"})
    assert told.status == 303  # nobody else has touched it
    other = mark_in(plain.get(at).text)
    assert plain.post(at, one | {"now.检查单位数": "1500家", "shown.检查单位数": "1400家"}).status == 303
    told = plain.post(at, other | {"now.检查单位数": "1350家", "shown.检查单位数": "1400家"})
    assert (told.status, "在另一个窗口里刚才改过" in told.text, "1350家" in told.text) == (409, True, True)
    live = plain.post(at, other | {"now.检查单位数": "1350家", "shown.检查单位数": "1400家"}, x_desk="1")
    assert "检查单位数" in json.loads(live.body)["elsewhere"]
    assert "1500家" in plain.get(at).text
    assert plain.post(at, mark_in(told.text) | {"now.检查单位数": "1350家", "shown.检查单位数": "1400家", "over": "1"}).status == 303
    assert "1350家" in plain.get(at).text

    at = f"{at.partition('/renew')[0]}/extract?part=0"
    one, other = (mark_in(plain.get(at).text) for _ in range(2))
    assert plain.post(at, one | {"name": "消防工作会"}).status == 303
    assert plain.post(at, one | {"name": "消防工作会讲话"}).status == 303
    told = plain.post(at, other | {"name": "消防会"})
    assert (told.status, "两边不一样的：名称" in told.text, 'value="消防会"' in told.text) == (409, True, True)
    assert 'value="消防工作会讲话"' in plain.get(at).text


def test_a_file_that_was_made_keeps_its_number(plain: Plain) -> None:
    at = put_in(plain)
    first, second = (plain.post(f"{at}/renew?part=0", {"do": "write"}).headers["location"] for _ in range(2))
    assert (first[-2:], second[-2:]) == ("/1", "/2")
    names = [plain.get(f"/file/{first.split('/')[2]}/{n}").headers["content-disposition"] for n in (1, 2)]
    assert plain.post(f"{first}/confirm", {"do": "all"}).headers["location"] == first
    assert [plain.get(f"/file/{first.split('/')[2]}/{n}").headers["content-disposition"] for n in (1, 2)] == names


def dropped(page: "Page", folder: Path, **papers: str) -> None:
    """The page of old papers with these in it, just dropped."""
    files = []
    for name, text in papers.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        files.append(str(path))
    page.goto(page.url.rstrip("/") + "/old")
    page.set_input_files("#drop-file", files)
    page.get_by_role("button", name="收下").click()


def test_last_years_speech_becomes_this_years_by_the_form(page: "Page", tmp_path: Path) -> None:
    dropped(page, tmp_path, 去年=OLD)
    axe(page)
    page.get_by_role("link", name="照它写今年的").click()
    page.get_by_label("今年：日期", exact=True).fill("明年三月")
    page.get_by_role("button", name="看一看").first.click()
    says(page.locator(".fact.wrong"), "没有说是几日")
    page.get_by_label("今年：日期", exact=True).fill("2026年3月10日")
    page.get_by_label("今年：检查单位数").fill("1300家")
    page.get_by_label("今年：队长姓名").fill("")
    page.get_by_label("今年：队长姓名").focus()
    typed_by_ime(page, "𠮷志远")
    page.locator('[name="word.第三次"]').fill("第四次")
    page.locator('[name="keep.1998年"]').check()
    page.locator("#result").get_by_text("𠮷志远").first.wait_for()  # live, beside the form
    axe(page)
    picture(page, tmp_path / "renew.png")
    page.reload()
    assert page.get_by_label("今年：检查单位数").input_value() == "1300家"
    page.get_by_role("button", name="写好，生成 Word").first.click()
    page.get_by_role("heading", name="今年的稿子写好了").wait_for()
    axe(page)
    changed = page.locator("table.changed").inner_text()
    assert [row.split("\t") for row in changed.splitlines()[1:]] == [
        ["日期", "2025年3月12日", "2026年3月10日"],
        ["年份", "2025年", "2026年"],
        ["去年年份", "2024年", "2025年"],
        ["区委全会届次", "五届七次全会", "五届八次全会"],
        ["队长姓名", "何志远", "𠮷志远"],
        ["检查单位数", "1286家", "1300家"],
        ["原话", "第三次", "第四次"],
    ]
    page.get_by_role("checkbox", name="全区消防工作会议").check()
    page.get_by_role("button", name="勾上的，不变").click()
    gone(page.get_by_role("checkbox", name="全区消防工作会议"))
    page.get_by_role("button", name="都看过了，都不变").click()
    page.get_by_text("没有照原样留着").wait_for()
    file = downloaded(page, page.get_by_role("link", name="下载 Word"), tmp_path)
    sound_docx(file)
    text = "".join(block.text for block in read(file).blocks)
    assert "2025年，全区检查单位1300家，整改隐患【整改隐患数】处。这是我们第四次被评为先进。1998年的那场大火" in text


def test_an_old_speech_becomes_an_outline_of_the_office(page: "Page", desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(page, tmp_path, 去年=OLD)
    page.get_by_role("link", name="做成提纲").click()
    page.locator('[name="take.层级"]').uncheck()
    page.locator('[name="name.检查单位数"]').fill("日期")
    page.get_by_role("button", name="看一看").first.click()
    reads(page.locator(".fact p.wrong:not(:empty)"), "“日期”已经有一个空用了，换一个。")
    page.locator('[name="name.检查单位数"]').fill("检查家数")
    page.locator('[name="ask.检查单位数"]').fill("检查了多少家？")
    page.locator('[name="own.name"]').first.fill("要办的事")
    page.locator('[name="own.words"]').first.fill("几件事")
    page.locator("#name").fill("会议/讲话")
    page.get_by_role("button", name="存到提纲架上").click()
    says(page.locator("#refused"), "不能作提纲的名称")
    axe(page)
    picture(page, tmp_path / "extract.png")
    page.locator("#name").fill("消防会讲话")
    page.locator("#about").fill("一年一次")
    page.get_by_role("button", name="存到提纲架上").click()
    page.get_by_role("heading", name="提纲存好了：消防会讲话").wait_for()
    axe(page)
    monkeypatch.chdir(desk.folder)
    outline = open_outline("消防会讲话").outline
    assert (outline.about, outline.fields["检查家数"].ask, "层级" in outline.fields, "要办的事" in outline.fields) == ("一年一次", "检查了多少家？", False, True)
    page.get_by_role("button", name="用它写一篇").click()
    page.wait_for_url("**/write/*")


def test_several_old_papers_give_one_outline(page: "Page", desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(page, tmp_path, 去年=OLD, 前年=OLDER)
    page.get_by_role("button", name="一起学出一份提纲").click()
    page.get_by_role("heading", name="学出一份提纲").wait_for()
    axe(page)
    picture(page, tmp_path / "learn.png")
    page.locator('[name="take.日期"]').uncheck()
    page.locator('[name="of.日期"]').select_option(label="前年.txt：2023年3月12日")
    page.locator('[name="name.检查单位数"]').fill("检查家数")
    page.locator("#name").fill("消防会年年用")
    page.get_by_role("button", name="存到提纲架上").click()
    page.get_by_role("heading", name="提纲存好了：消防会年年用").wait_for()
    monkeypatch.chdir(desk.folder)
    outline = open_outline("消防会年年用").outline
    assert "检查家数" in outline.fields
    assert "日期" not in outline.fields
    assert plain(fill(outline, {}).dateline) == "（2023年3月12日）"


def test_what_holds_no_speech_ends_in_one_clear_message(page: "Page", tmp_path: Path) -> None:
    from playwright.sync_api import expect

    start = page.url.rstrip("/")
    for name, data, told in (
        ("空.txt", b"", "“空.txt”是空的，里面没有内容。"),
        ("程序.exe", b"MZ\x00\x01", "读不了“.exe”这种文件。"),
        ("空白.txt", "\n　　\n".encode(), "这个文件是空的。"),
        ("坏.docx", b"PK\x03\x04not really", "文件坏了：不完整，可能没有下载完或没有拷完。"),
    ):
        (tmp_path / name).write_bytes(data)
        page.goto(start + "/old")
        page.set_input_files("#drop-file", str(tmp_path / name))
        page.get_by_role("button", name="收下").click()
        renew = page.get_by_role("link", name="照它写今年的")
        renew.or_(page.locator(".problem")).first.wait_for()
        if renew.count():
            renew.first.click()
        page.locator(".problem .what").wait_for()  # a paper may be waited for
        expect(page.locator(".problem .what")).to_have_text([told])


def test_one_paper_that_cannot_be_read_keeps_no_other_from_coming_in(page: "Page", tmp_path: Path) -> None:
    for name, data in (("去年.txt", OLD.encode()), ("空.txt", b""), ("前年.txt", OLDER.encode())):
        (tmp_path / name).write_bytes(data)
    page.goto(page.url.rstrip("/") + "/old")
    page.set_input_files("#drop-file", [str(tmp_path / name) for name in ("去年.txt", "空.txt", "前年.txt")])
    page.get_by_role("button", name="收下").click()
    page.get_by_role("heading", name="“空.txt”没有收下").wait_for()
    page.get_by_text("别的收下了。下一步做什么？").wait_for()
    assert sorted(page.locator(".papers .pick").all_inner_texts()) == ["前年.txt", "去年.txt"]
    axe(page)


def test_long_work_says_so_and_goes_on_by_itself(page: "Page", tmp_path: Path) -> None:
    part = "一、看到成绩\n\n" + "2025年，全区检查单位1286家，整改隐患3520处，第三次被评为先进。\n\n" * 5
    dropped(page, tmp_path, 长稿=OLD.partition("一、")[0] + part * 160)
    page.get_by_role("link", name="照它写今年的").click()
    page.get_by_role("heading", name="照它写今年的").or_(page.get_by_role("heading", name="正在读去年的稿子")).first.wait_for()
    page.get_by_role("heading", name="照它写今年的").wait_for()  # with no click


def test_a_paper_is_taken_off_the_list_and_can_be_had_back(page: "Page", tmp_path: Path) -> None:
    dropped(page, tmp_path, 去年=OLD, 前年=OLDER)
    page.get_by_role("checkbox", name="去年.txt").press("Enter")  # does what the list is for
    page.get_by_role("heading", name="学出一份提纲").wait_for()
    page.go_back()
    page.get_by_role("button", name="去掉 去年.txt").click()
    page.wait_for_url("**/old?gone=*")
    page.get_by_role("heading", name="放进来过的").wait_for()
    assert page.locator(".papers .pick").all_inner_texts() == ["前年.txt"]
    page.get_by_role("button", name="拿回来").click()
    page.wait_for_url("**/old")
    page.get_by_role("heading", name="放进来过的").wait_for()
    assert sorted(page.locator(".papers .pick").all_inner_texts()) == ["前年.txt", "去年.txt"]
