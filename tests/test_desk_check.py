"""Findings at the words on pages: of papers given, of drafts being written; drafts side by side; papers set and finished."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from desk_browser import axe, downloaded, reads

from drafter.commands import unfinished
from drafter.desk.store import Received, received, received_by, thrown_away

PAPER = """在全市档案工作会议上的讲话

同志们：
　　今天布署今年的工作。截止目前,档案都归了档。
　　大家要认真组织事实，把布署变成行动。
"""


def given(text: str = PAPER, name: str = "讲话.txt") -> Received:
    return received(name, text.encode())


def given_word(*paragraphs: str, name: str = "讲话.docx") -> Received:
    import docx

    document = docx.Document()
    for text in paragraphs or PAPER.split():
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return received(name, out.getvalue())


def cards(html: str) -> list[tuple[str, str]]:
    """The words of the findings that are open, with their fingerprints."""
    return [(unescape(words), known) for known, words in re.findall(r'<li class="finding \w+"[^>]*data-known="(\w+)"[^>]*data-words="([^"]*)"', html)]


def said(html: str) -> str:
    """What stands on a page, without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.partition("<main")[2])))


# ── a paper ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_findings_stand_at_the_words_and_say_what_why_and_whence(plain):
    paper = given()
    html = plain.get(f"/paper/{paper.id}/check").text
    assert [words for words, _ in cards(html)] == ["布署", "截止", ",", "组织事实", "布署"]
    assert 'class="fault error" href="#f1" data-of="1" tabindex="-1">布署</a>今年的工作。' in html
    assert "“布署”应为“部署”。" in html
    assert "改成“部署”" in html
    assert "依据：" in html
    assert "同样的 2 处一起" in html
    assert not re.search(r"[a-z]\.yaml|--[a-z]{3}|drafter |存稿", said(html))


def test_what_is_decided_is_carried_out_in_a_copy_and_the_paper_stays_as_it_is(plain):
    paper = given()
    address = f"/paper/{paper.id}/check"
    known = [fingerprint for _, fingerprint in cards(plain.get(address).text)]
    for form in ({"known": known[0], "do": "to:部署"}, {"known": known[1], "do": "stay"}, {"known": known[3], "do": "own", "own": "抓好落实"}):
        assert plain.post(address, form=form | {"at": "1"}).headers["location"] == f"{address}#f1"
    html = plain.get(address).text
    assert [words for words, _ in cards(html)] == [",", "布署"]
    assert "改了 2 处，不改 1 处" in said(html)
    answer = plain.post(f"{address}/make", form={"way": "direct"})
    assert answer.headers["location"] == f"{address}?made=1&way=direct"
    assert "讲话（校对稿）.txt" in said(plain.get(answer.headers["location"]).text)
    made = received_by(paper.id).files[1].read_text(encoding="utf-8")
    assert made == PAPER.replace("布署今年", "部署今年").replace("组织事实", "抓好落实")
    assert paper.path.read_text(encoding="utf-8") == PAPER
    assert plain.post(address, form={"known": known[0], "do": "back"}).status == 303
    assert [words for words, _ in cards(plain.get(address).text)] == ["布署", ",", "布署"]


def test_all_that_is_safe_is_put_right_at_once_and_what_is_alike_together(plain):
    paper = given()
    address = f"/paper/{paper.id}/check"
    plain.post(address, form={"do": "safe"})
    assert [words for words, _ in cards(plain.get(address).text)] == ["组织事实"]
    plain.post(address, form={"do": "back-all"})
    known = cards(plain.get(address).text)[0][1]
    plain.post(address, form={"do": "to:安排", "known": known, "alike": "1"})
    assert [words for words, _ in cards(plain.get(address).text)] == ["截止", ",", "组织事实"]


def test_what_is_never_to_be_told_again_is_not_when_the_paper_is_given_again(plain):
    paper = given()
    known = cards(plain.get(f"/paper/{paper.id}/check").text)[0][1]
    plain.post(f"/paper/{paper.id}/check", form={"known": known, "do": "never"})
    again = given()
    html = plain.get(f"/paper/{again.id}/check").text
    assert [words for words, _ in cards(html)] == ["截止", ",", "组织事实", "布署"]
    assert "定过不改的 1 处" in html
    plain.post(f"/paper/{again.id}/check", form={"again": known})
    assert [words for words, _ in cards(plain.get(f"/paper/{again.id}/check").text)] == ["布署", "截止", ",", "组织事实", "布署"]


@pytest.mark.parametrize(("way", "name"), [("direct", "讲话（校对稿）.docx"), ("revisions", "讲话（校对修订）.docx"), ("comments", "讲话（校对批注）.docx")])
def test_of_a_word_file_the_copy_is_plain_with_tracked_changes_or_with_comments(plain, way, name):
    paper = given_word()
    address = f"/paper/{paper.id}/check"
    plain.post(address, form={"do": "safe"})
    plain.post(f"{address}/make", form={"way": way})
    made = received_by(paper.id).files[1]
    assert made.name == name
    from drafter.word.document import DocxFile

    xml = DocxFile(made.read_bytes(), name).tree("word/document.xml")
    marks = {element.tag.rpartition("}")[2] for element in xml.iter() if isinstance(element.tag, str)}
    assert ("ins" in marks, "commentReference" in marks) == (way == "revisions", way == "comments")
    new = plain.post(f"/paper/{paper.id}/go-on/1", form={"where": "finish"}).headers["location"]
    assert re.fullmatch(r"/paper/\w{12}/finish", new)


def test_what_is_looked_for_is_chosen_and_kept(plain):
    paper, base = given(), given(PAPER.replace("把布署变成行动", "把工作变成行动"), "一稿.txt")
    address = f"/paper/{paper.id}/check"
    plain.post(f"{address}/look", form={"level": "error", "as_of": "11月22日", "minutes": "15", "since": base.id})
    html = plain.get(address).text
    assert [words for words, _ in cards(html)] == ["布署"]
    assert "底稿里已有的" in html
    for form, told in (({"minutes": "十五"}, "“十五”不是讲话的分钟数。"), ({"minutes": "99999"}, "分钟数"), ({"as_of": "那天"}, "“那天”不是日期。")):
        answer = plain.post(f"{address}/look", form=form)
        assert answer.status == 422
        assert told in said(answer.text)
        assert "--" not in said(answer.text)
    plain.post(f"{address}/look", form={"level": ""})
    known = dict(cards(plain.get(address).text))[","]
    plain.post(address, form={"do": "ignore", "known": known})
    assert "," not in [words for words, _ in cards(plain.get(address).text)]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("坏.docx", b"PK\x03\x04 no zip", "docx"),
        ("空.docx", b"\x00" * 64, "docx"),
        ("提纲.yaml", "title: 讲话\n".encode(), "提纲"),
    ],
)
def test_what_cannot_be_read_ends_in_a_page_with_a_message(plain, name, data, told):
    paper = received(name, data)
    for page in ("check", "format", "finish"):
        answer = plain.get(f"/paper/{paper.id}/{page}")
        assert answer.status == 422, page
        assert told in said(answer.text), page
        assert not re.search(r"--[a-z]{3}|drafter |存稿", said(answer.text)), page


def test_a_paper_full_of_faults_has_a_list_and_its_end_is_told(plain):
    paper = given("在全市工作会议上的讲话\n\n同志们：\n" + "　　今天布署工作,很好。\n" * 400)
    html = plain.get(f"/paper/{paper.id}/check").text
    assert len(cards(html)) == 500
    assert "没有列出来" in html


# ── a draft that is being written ──────────────────────────────────────────────────────────────────────────────────

OUTLINE = """title: 在【会名】上的讲话
fields:
  会名:
    ask: 会议叫什么？
  任务:
    ask: 今年做什么？
speech:
  - greeting: 同志们：
  - opening: 今天开会，布署工作。
  - closing: 今年要【任务】。
"""


def begun(**answers: str) -> str:
    Path("outlines").mkdir()
    Path("outlines/开会.yaml").write_text(OUTLINE, encoding="utf-8")
    return unfinished.begin(("开会",), answers)


def test_in_an_answer_the_answer_is_put_right_and_elsewhere_the_file(plain):
    number = begun(会名="全市档案工作会议", 任务="认真组织事实,抓好落实")
    address = f"/write/{number}/findings?paper=0"
    found = dict(cards(plain.get(address, x_desk="1").text))
    assert list(found) == ["布署", "组织事实", ","]
    answer = plain.post(address, form={"known": found["组织事实"], "do": "to:组织实施"}, x_desk="1")
    assert answer.headers["x-answered"] == "1"
    assert unfinished.opened(number).answers["任务"].said == "认真组织实施,抓好落实"
    answer = plain.post(address, form={"known": found["布署"], "do": "to:部署"}, x_desk="1")
    assert "x-answered" not in answer.headers
    assert unfinished.opened(number).decisions == {found["布署"]: "部署"}
    assert [words for words, _ in cards(answer.text)] == [","]
    plain.post(address, form={"known": dict(cards(answer.text))[","], "do": "stay"})
    plain.post(f"/write/{number}/make/docx?paper=0")
    (made,) = unfinished.opened(number).made
    from drafter.commands.check import CheckRequest, check

    (done,) = check(CheckRequest(files=(str(received_by(made.id).path),), text=True)).files
    assert ([remark.words for remark in done.remarks], [remark.words for remark in done.kept]) == ([], [","])


# ── compare, format, finish ────────────────────────────────────────────────────────────────────────────────────────


def test_two_drafts_stand_side_by_side_and_the_redline_is_made(plain):
    old, new = given(), given(PAPER.replace("布署今年", "部署今年"), "二稿.txt")
    address = f"/compare?a={old.id}&b={new.id}"
    html = plain.get(address).text
    assert re.findall(r'<span class="fate">(.*?)</span>', html) == ["改写"]
    assert "<del>布</del>" in html
    assert "<ins>部</ins>" in html
    answer = plain.post(f"/compare/redline?a={old.id}&b={new.id}")
    assert received_by(new.id).files[1].name == "二稿-花脸稿.docx"
    assert "花脸稿做好了" in plain.get(answer.headers["location"]).text
    assert plain.get("/compare").status == 200
    assert plain.post("/compare", form={"a": old.id, "b": new.id}).headers["location"] == address
    assert plain.post("/compare", form={"a": old.id}).status == 422
    assert plain.get("/compare?a=../../x&b=1").status == 404


def test_a_paper_is_set_beside_itself(plain):
    paper = given_word()
    html = plain.get(f"/paper/{paper.id}/format").text
    assert "换了样式" in html
    assert html.count('class="a4"') == 2
    location = plain.post(f"/paper/{paper.id}/format", form={"template": "reading"}).headers["location"]
    assert location == f"/paper/{paper.id}/format?template=reading&made=1"
    assert "讲话（排版）.docx" in said(plain.get(location).text)
    assert plain.get(f"/paper/{paper.id}/format?template=../x").status == 404


def test_what_is_never_to_be_told_again_stands_in_nobodys_way(plain):
    paper = given_word("在全市会议上的讲话", "同志们：", "今天布署工作。")
    known = dict(cards(plain.get(f"/paper/{paper.id}/check").text))["布署"]
    plain.post(f"/paper/{paper.id}/check", form={"known": known, "do": "never"})
    assert "校对出错误" not in said(plain.get(f"/paper/{paper.id}/finish").text)
    assert "/finish?made=1" in plain.post(f"/paper/{paper.id}/finish").headers["location"]


def test_a_paper_is_looked_at_still_when_the_one_it_was_held_against_is_deleted(plain):
    paper, base = given(), given(name="一稿.txt")
    plain.post(f"/paper/{paper.id}/check/look", form={"since": base.id, "beside": base.id})
    thrown_away(base.id)
    assert plain.get(f"/paper/{paper.id}/check").status == 200


def test_one_of_several_papers_in_a_file_is_compared(plain):
    one = PAPER + "　　各单位要把档案工作摆上日程，按照要求抓好落实，让档案工作上一个新台阶。\n" * 4
    both = one + "\n\n" + one.replace("档案", "信访") + "\n"
    old, new = given(both, "合集.txt"), given(one, "一稿.txt")
    html = plain.get(f"/compare?a={old.id}&b={new.id}").text
    assert "原来的一稿比哪一篇" in html
    assert "两稿的文字一样" in plain.get(f"/compare?a={old.id}&b={new.id}&ap=1").text


def test_what_stands_in_the_way_is_listed_and_the_copies_are_made(plain):
    paper = given_word("在全市会议上的讲话", "同志们：", "今天布署工作。")
    address = f"/paper/{paper.id}/finish"
    html = said(plain.get(address).text)
    assert "校对出错误" in html
    assert "约第 1 页第 3 段" in html
    assert plain.post(address, form={"large": "1"}).status == 422
    location = plain.post(address, form={"large": "1", "force": "1"}).headers["location"]
    assert location == f"{address}?made=1.2"
    assert [path.name for path in received_by(paper.id).files[1:]] == ["讲话（定稿）.docx", "讲话（大字版）.docx"]
    assert "下载定稿" in said(plain.get(location).text)
    assert "还不能定稿" not in said(plain.get(location).text)  # of what was made just now


# ── in a browser ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_is_proof_read_by_keys_and_the_copy_downloaded(page, desk, tmp_path):
    paper = tmp_path / "讲话.txt"
    paper.write_text(PAPER, encoding="utf-8")
    page.goto(desk.origin + "/back")
    page.locator("input[type=file]").first.set_input_files(paper)
    page.wait_for_url(re.compile("/paper/"))
    address = page.url.split("?")[0]
    for tab in ("format", "finish"):
        page.goto(f"{address}/{tab}")
        axe(page)
    page.goto(f"{desk.origin}/compare?a={address[-12:]}&b={address[-12:]}")
    axe(page)
    page.goto(f"{address}/check")
    assert page.locator(".finding").count() == 5
    axe(page)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.wait_for_selector("ins.put")
    page.keyboard.press("0")
    page.wait_for_selector("text=不改 1 处")
    page.locator(".fault.error").first.click()
    reads(page.locator(".finding.here .about"), "“,”")
    page.locator("button[value=direct]").click()
    made = downloaded(page, page.locator("a[download]", has_text="下载这一份"), tmp_path / "下载")
    assert made.read_text(encoding="utf-8") == PAPER.replace("布署今年", "部署今年")


def test_the_margin_of_a_draft_marks_words_in_its_pages_and_puts_answers_right(page, desk):
    (desk.folder / "outlines").mkdir(exist_ok=True)
    (desk.folder / "outlines" / "开会.yaml").write_text(OUTLINE, encoding="utf-8")
    page.goto(desk.origin + "/choose?q=开会")
    page.locator("button[name=only][value=开会]").first.click()
    page.wait_for_url(re.compile("/write/"))
    page.locator("[name='a.任务']").fill("认真组织事实")
    word = page.locator("#pages .fault", has_text="组织事实").first
    word.wait_for()
    word.click()
    page.locator(".finding.here button[value='to:组织实施']").click()
    from playwright.sync_api import expect

    expect(page.locator("[name='a.任务']")).to_have_value("认真组织实施")
    page.locator("#pages", has_text="认真组织实施").wait_for()
    page.locator(".finding button[value='to:部署']").click()
    page.locator("#pages .fault.put", has_text="部署").wait_for()
    axe(page)
