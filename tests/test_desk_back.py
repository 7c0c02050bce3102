"""Papers brought back to the desk: looked at, brought up, confirmed, put together; with the pages asked as a browser without
scripts asks them, and once in a real browser."""
# ruff: noqa: F811

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from desk_browser import Desk, axe, browser, desk, downloaded, page, sound_docx  # noqa: F401
from desk_plain import Answer, Plain, plain  # noqa: F401
from docx import Document
from word import Word, texts_of

from drafter.commands.new import NewRequest, new
from drafter.desk import jobs

if TYPE_CHECKING:
    from playwright.sync_api import Page

OUTLINE = """\
title: 在【会议】上的讲话
genre: 动员讲话
fields:
  会议: 什么会？
  日期:
    ask: 哪一天？
    type: date
  先进:
    ask: 表扬谁？
    type: list
speech:
  - greeting: 同志们：
  - opening: 【日期|月日】，我们召开【会议】，任务是统一思想、部署工作。
  - text: 各单位【核实：每周】报告一次进展，表扬【先进】。
  - closing: 让我们同心协力，开创工作新局面。
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A draft of an outline of the office's own, whose folder is the desk's too."""
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines/动员.yaml").write_text(OUTLINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "讲话.docx"
    asked = NewRequest(("动员",), ("会议=动员会", "日期=2026-12-01"), output=str(path), date="2026-11-29")
    new(asked)
    data = path.read_bytes()
    path.unlink()
    return data


def edited(data: bytes, *changes: str) -> bytes:
    """A copy in which words were typed over, each change “old→new”."""
    word = Word(data)
    for change in changes:
        word.replace(*change.split("→"))
    return word.save()


def give(plain: Plain, *files: tuple[str, bytes], to: str = "/back", field: str = "files") -> Answer:
    """Send files as a form does."""
    rows = [
        f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n" for name, data in files
    ]
    return plain._ask("POST", to, "", b"".join(rows) + b"--b--\r\n", {"content-type": "multipart/form-data; boundary=b"})


def words(answer: Answer) -> str:
    """What is read on a page, without its frame."""
    text = re.sub(r"(?s)<(head|header|script|select)\b.*?</\1>", "", answer.text.partition("<main")[2])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def taken(plain: Plain, name: str, data: bytes) -> str:
    """The address of the page of a file that is given."""
    answer = give(plain, (name, data))
    assert answer.status == 303
    return answer.headers["location"]


def test_what_was_filled_and_reworded_is_told(plain, draft):
    at = taken(plain, "讲话.docx", edited(draft, "动员会→誓师会", "动员会→誓师会", "同心协力→齐心协力"))
    said = words(plain.get(at))
    assert "是起草台写的稿" in said
    assert "动员讲话" in said
    assert re.search("在 Word 里填的、改的 .*会议 誓师会 动员会", said)
    assert re.search("手改的段落 1 改 约第 1 页第 5 段 让我们 同 齐 心协力", said)
    assert "还没有核实的话 1" in said
    assert "还空着 1 先进" in said


def test_new_answers_are_shown_first_then_written_beside(plain, draft):
    at = taken(plain, "讲话.docx", edited(draft, "同心协力→齐心协力"))
    form = plain.get(f"{at}/update").text
    assert 'name="f:日期" value="2026年12月1日"' in form
    sent = {"f:会议": "动员会", "f:日期": "12月3日", "f:先进": "甲局\r\n乙局", "following": "1", "step": "look"}
    look = plain.get(plain.post(f"{at}/update", sent).headers["location"])
    said = words(look)
    assert "会改 2 处" in said
    assert "写成“讲话（二稿）.docx”" in said
    assert "甲局和乙局" in said
    assert 'value="12月3日"' in plain.get(f"{at}/update").text  # what was typed is kept
    new_at = plain.post(f"{at}/update/do").headers["location"]
    assert "下一稿写好了，是从“ 讲话.docx ”来的；原来的那一份还在" in words(plain.get(new_at))
    lines = texts_of(plain.get(f"/file/{new_at[-12:]}/0").body)
    assert "12月3日，我们召开动员会，任务是统一思想、部署工作。" in lines
    assert "让我们齐心协力，开创工作新局面。" in lines
    assert "12月1日，我们召开动员会，任务是统一思想、部署工作。" in texts_of(plain.get(f"/file/{at[-12:]}/0").body)
    assert 'value="2026年12月1日"' in plain.get(f"{at}/update").text  # done: the form begins anew
    assert "初稿 讲话.docx" in words(plain.get(f"{new_at}/drafts"))


def test_a_long_name_keeps_the_mark_of_what_was_made(plain, draft):
    at = taken(plain, "长" * 300 + ".docx", draft)
    plain.post(f"{at}/update", {"f:会议": "誓师会", "step": "look"})
    assert f"“{'长' * 61}（更新）.docx”" in words(plain.get(f"{at}/update/look"))
    new_at = plain.post(f"{at}/update/do").headers["location"]
    assert f"{'长' * 61}（更新）.docx" in words(plain.get("/back"))
    plain.post(f"{new_at}/update", {"f:会议": "动员会", "step": "look"})
    assert f"写成“{'长' * 60}（更新2）.docx”" in words(plain.get(f"{new_at}/update/look"))


def test_only_what_was_shown_is_written(plain, draft):
    at = taken(plain, "讲话.docx", draft)
    look = plain.get(plain.post(f"{at}/update", {"f:会议": "誓师会", "step": "look"}).headers["location"])
    mark = re.search(r'name="mark" value="(\w+)"', look.text)
    assert mark
    plain.post(f"{at}/update", {"f:会议": "推进会", "step": "keep"})  # in another tab
    told = plain.post(f"{at}/update/do", {"mark": mark[1]})
    assert told.status == 422
    assert "要填的刚才在别的页上改过，还没有写。" in words(told)
    assert "推进会" in words(told)
    now = re.search(r'name="mark" value="(\w+)"', told.text)
    assert now
    done = plain.post(f"{at}/update/do", {"mark": now[1]}).headers["location"]
    assert "在推进会上的讲话" in texts_of(plain.get(f"/file/{done[-12:]}/0").body)


def test_what_is_typed_is_kept_before_it_is_sent(plain, draft):
    at = taken(plain, "讲话.docx", draft)
    assert plain.post(f"{at}/update", {"f:会议": "誓师会", "step": "keep"}).status == 204
    assert 'value="誓师会"' in plain.get(f"{at}/update").text
    assert plain.post(f"{at}/update/afresh").status == 303
    assert 'value="动员会"' in plain.get(f"{at}/update").text


def test_an_answer_that_will_not_do_is_told_at_its_field(plain, draft):
    at = taken(plain, "讲话.docx", draft)
    plain.post(f"{at}/update", {"f:日期": "2月30日", "step": "look"})
    look = plain.get(f"{at}/update/look")
    assert look.status == 422
    assert 'aria-invalid="true"' in look.text
    assert 'value="2月30日"' in look.text


def test_the_form_stands_when_the_paper_it_was_to_follow_is_deleted(plain, draft):
    at, other = taken(plain, "讲话.docx", draft), taken(plain, "主持词.docx", draft)
    plain.post(f"{at}/update", {"f:会议": "誓师会", "other": other[-12:], "step": "look"})
    plain.post(f"/back/{other[-12:]}/delete")
    form = plain.get(f"{at}/update")
    assert (form.status, 'value="誓师会"' in form.text) == (200, True)
    look = plain.get(f"{at}/update/look")
    assert (look.status, "选来照着的那一份稿已经删掉了。" in words(look)) == (422, True)
    plain.post(f"{at}/update", {"f:会议": "誓师会", "other": "", "step": "look"})
    assert plain.post(f"{at}/update/do").status == 303


def test_words_are_confirmed_or_put_otherwise_in_a_new_file(plain, draft):
    at = taken(plain, "讲话.docx", draft)
    mark = re.search(r'name="mark" value="(\w+)"', plain.get(at).text)
    assert mark
    assert plain.post(f"{at}/confirm", {"mark": mark[1], "do-1": "skip", "words-1": "每周", "was-1": "每周"}).status == 422
    assert plain.post(f"{at}/confirm", {"mark": "0", "do-1": "yes"}).status == 422
    done = plain.post(f"{at}/confirm", {"mark": mark[1], "do-1": "skip", "words-1": "每月", "was-1": "每周"}).headers["location"]
    assert "讲话（已核实）.docx" in plain.get(done).text
    assert "还没有核实" not in words(plain.get(done))
    assert "各单位每月报告一次进展，表扬【先进】（表扬谁？）。" in texts_of(plain.get(f"/file/{done.split('?')[0][-12:]}/0").body)
    assert "还没有核实的话 1" in words(plain.get(at))


def test_hand_edits_go_back_into_the_outline_which_keeps_its_old_text(plain, draft, tmp_path):
    at = taken(plain, "讲话.docx", edited(draft, "同心协力→齐心协力"))
    look = plain.get(f"{at}/pull/outline")
    assert "齐心协力" in words(look)
    assert "提纲“动员讲话”会这样改" in words(look)
    was = re.search(r'name="was" value="(\w+)"', look.text)
    assert was
    assert plain.post(f"{at}/pull/outline", {"was": "0"}).status == 422
    assert plain.post(f"{at}/pull/outline", {"was": was[1]}).status == 303
    assert (tmp_path / "outlines/动员.yaml").read_text(encoding="utf-8") == OUTLINE.replace("同心协力", "齐心协力")
    assert [path.read_text(encoding="utf-8") for path in (tmp_path / "存稿/旧版").rglob("*.yaml")] == [OUTLINE]


def test_answers_go_on_as_a_draft_that_is_being_written(plain, draft):
    at = taken(plain, "讲话.docx", edited(draft, "动员会→誓师会", "动员会→誓师会"))
    assert "会议 誓师会 什么会？" in words(plain.get(f"{at}/pull"))
    begun = plain.post(f"{at}/pull/begin").headers["location"]
    assert re.fullmatch("/write/[0-9a-f]{12}", begun)
    assert "誓师会" in plain.get(begun).text


def test_several_copies_become_one_with_the_table_decided_on_the_page(plain, draft):
    copies = [("送审稿.docx", draft), ("组织部.docx", edited(draft, "同心协力→齐心协力")), ("发改局.docx", edited(draft, "统一思想→凝聚共识"))]
    several = give(plain, *copies).headers["location"]
    assert "汇总各家意见" in words(plain.get(several))
    ids = re.findall(r"f=([0-9a-f]{12})", several)
    asked: dict[str, Any] = {"o": ids[0], "c": ids[1:], f"n-{ids[1]}": "组织部", f"n-{ids[2]}": "发改局", "table": "docx"}
    look = words(plain.get("/merge/look", asked))
    assert "合起来改动 2 处。" in look
    assert "组织部 ：改动 1 处" in look
    done = plain.post("/merge/do", {**asked, "do-1": "yes", "do-2": "no"}).headers["location"]
    number = done.split("/")[2]
    lines = texts_of(plain.get(f"/file/{number}/0").body)
    assert any("凝聚共识" in line for line in lines)
    assert not any("齐心协力" in line for line in lines)
    table = plain.get(f"/file/{number}/1").body
    cells = [[cell.text for cell in row.cells] for row in Document(BytesIO(table)).tables[0].rows]
    assert [(row[1], row[5]) for row in cells[1:]] == [("发改局", "采纳"), ("组织部", "未采纳")]
    filled = give(plain, ("表.docx", table), to=done, field="table")
    assert "填好了。 采纳 1 条，未采纳 1 条" in words(filled)
    give(plain, ("表.docx", table), to=done, field="table")
    assert re.findall("表（已填）2?.docx", words(plain.get(done))) == ["表（已填）.docx", "表（已填）2.docx"]  # the first stays


def test_copies_are_put_together_however_many_papers_are_kept(plain, draft):
    old, new = taken(plain, "送审稿.docx", draft)[-12:], taken(plain, "组织部.docx", edited(draft, "同心协力→齐心协力"))[-12:]
    names = {f"n-{number:012x}": "一个名称很长的部门" * 6 for number in range(300)}
    look = plain.post("/merge/look", {"o": old, "c": new, f"n-{new}": "组织部", "table": "", **names}).headers["location"]
    assert look == f"/merge/look?o={old}&c={new}&n-{new}=%E7%BB%84%E7%BB%87%E9%83%A8&table="
    assert "组织部 ：改动 1 处" in words(plain.get(look))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.docx", b"", "“空.docx”是空的，里面没有内容。"),
        ("乱.docx", b"\0" * 99, "这不是 Word 文档（.docx）。"),
        ("../../<script>alert(1)</script>.docx", b"PK\x03\x04", "“script_.docx”没有收下"),
        ("图.png", b"\x89PNG", "这是图片，里面的字读不出来。 用 Word 或 WPS 打开，另存为 .docx，再拖进来。"),
        ("长" * 300 + ".docx", b"PK\x03\x04", "长.docx”没有收下"),
    ],
)
def test_what_is_no_paper_is_refused_in_one_message_and_not_kept(plain, name, data, told):
    answer = give(plain, (name, data))
    assert answer.status == 422
    assert re.search(told, re.sub(r" ?([“”]) ?", r"\1", words(answer))), words(answer)
    assert "<script>alert" not in answer.text
    assert "还没有。拖进来的稿子都留在这里" in words(plain.get("/back"))


def test_a_text_of_an_old_notepad_is_taken_and_nothing_need_be_done(plain):
    at = taken(plain, "旧.txt", "关于𠮷林镇的讲话\n同志们：\n今天开会。\n".encode("gb18030"))
    said = words(plain.get(f"{at}/check"))
    assert "关于𠮷林镇的讲话" in said
    assert "字都读出来了，不用管。" in said


def test_a_paper_of_others_is_said_to_be_and_a_paper_stays_until_it_is_deleted(plain, tmp_path):
    paper = Document()
    paper.add_paragraph("各科室：请准时参加。")
    out = BytesIO()
    paper.save(out)
    at = taken(plain, "../通知.docx", out.getvalue())
    said = words(plain.get(at))
    assert "不是起草台写的稿" in said
    assert all(word in said for word in ("校对", "排版", "定稿", "照它写新的"))
    assert "先说是用哪份提纲写的" in words(plain.get(f"{at}/update"))
    assert "通知.docx" in words(plain.get("/back"))
    assert plain.post(f"/back/{at[-12:]}/delete").status == 303
    assert plain.get(at).status == 404
    assert not list((tmp_path / "存稿/收到的稿").iterdir())
    assert "“通知.docx”删掉了。" in words(plain.get("/back", {"gone": at[-12:]}))
    assert plain.post(f"/back/{at[-12:]}/take-back").status == 303
    assert "不是起草台写的稿" in words(plain.get(at))
    plain.post(f"/back/{at[-12:]}/delete")
    assert "删掉的稿（1）" in words(plain.get("/back"))
    plain.post(f"/back/{at[-12:]}/for-good")
    assert "删掉的稿" not in words(plain.get("/back"))
    assert plain.post(f"/back/{at[-12:]}/take-back").status == 404
    for strange in ("/paper/../../etc", "/paper/0123456789ab", "/file/0123456789ab/0"):
        assert plain.get(strange).status == 404


def test_copies_that_were_filled_in_become_one_table(plain, draft, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE_S", 60)
    ids = [taken(plain, f"{name}.docx", edited(draft, f"同志们：→{name}的同志们："))[-12:] for name in ("甲县", "乙县")]
    query = "&".join(f"f={one}" for one in ids)
    assert f"/collect?{query}" in plain.get(f"/back/several?{query}").text.replace("&amp;", "&")
    page = words(plain.get(f"/collect?{query}"))
    assert all(word in page for word in ("甲县.docx", "乙县.docx", "动员会", "还空着：先进"))
    made = plain.get(plain.post("/collect", {"f": ids}).headers["location"])
    file = re.search(r'href="(/file/[^"]+)"', made.text)
    assert plain.get(file[1]).body.startswith(b"PK")
    assert plain.get("/collect").status == 404


def test_a_paper_is_brought_back_in_a_browser(desk: Desk, page: "Page", draft: bytes, tmp_path: Path) -> None:
    """Dropped, brought up to a new day, taken home; no page has a serious fault for those who cannot see or use a mouse."""
    file = tmp_path / "给.docx"
    file.write_bytes(edited(draft, "同心协力→齐心协力"))
    page.goto(f"{desk.origin}/back")
    axe(page)
    page.set_input_files("input[type=file]", file)
    page.wait_for_url("**/paper/*")
    axe(page)
    page.get_by_role("link", name="更新", exact=True).click()
    axe(page)
    page.get_by_label("哪一天？").fill("2026年12月9日")
    page.get_by_role("button", name="看会改哪些地方").click()
    axe(page)
    page.get_by_role("button", name="就这样改").click()
    file = downloaded(page, page.locator(".paper-head").get_by_role("link", name="下载"), tmp_path)
    sound_docx(file)
    assert "12月9日，我们召开动员会，任务是统一思想、部署工作。" in texts_of(file.read_bytes())
    page.get_by_role("link", name="各稿").click()
    axe(page)


def test_opinions_are_gathered_by_keyboard_alone(desk: Desk, page: "Page", draft: bytes, tmp_path: Path) -> None:
    """From the files to the table, with keys; the adopted words stand in the text, the open ones are a tracked change."""
    names = ("送审稿.docx", "组织部.docx", "发改局.docx")
    for name, data in zip(names, (draft, edited(draft, "同心协力→齐心协力"), edited(draft, "统一思想→凝聚共识")), strict=True):
        (tmp_path / name).write_bytes(data)
    page.goto(f"{desk.origin}/back")
    page.set_input_files("input[type=file]", [tmp_path / name for name in names])
    page.wait_for_url("**/back/several*")
    axe(page)
    page.get_by_role("link", name="汇总各家意见").press("Enter")
    axe(page)
    page.get_by_role("button", name="看各家提了什么").press("Enter")
    axe(page)
    page.get_by_role("group", name="第 1 条").get_by_label("在 Word 里定").press("ArrowDown")
    assert page.get_by_role("group", name="第 1 条").get_by_label("采纳", exact=True).is_checked()
    page.get_by_role("button", name="就这样汇总").press("Enter")
    axe(page)
    file = downloaded(page, page.get_by_role("link", name="下载汇总", exact=True), tmp_path)
    sound_docx(file)
    text = " ".join(texts_of(file.read_bytes()))
    assert "凝聚共识" in text
    assert "同心协力" in text or "齐心协力" in text
    sound_docx(downloaded(page, page.get_by_role("link", name="下载汇总表"), tmp_path))
