"""Ten ways through the desk as its users go them: from the first click on the first page to a Word file that is whole. Pages have
their own tests; here nothing is prepared but what a user has, and nothing is looked at but what he sees."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from desk_browser import Desk, axe, downloaded, entered, picture, sound_docx, typed_by_ime, window
from playwright.sync_api import Browser, Locator, Page, expect

from drafter.commands.new import NewRequest, new

TOMORROW = date.today() + timedelta(1)


def words_of(path: Path) -> str:
    """The words of a Word file that is whole, those in its blanks too, without its paragraphs."""
    sound_docx(path)
    with zipfile.ZipFile(path) as package:
        return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read("word/document.xml").decode()))


def kept(page: Page) -> None:
    """Waits until what was typed is kept."""
    expect(page.locator("#kept")).to_have_text(re.compile("^存好了"))


def went(page: Page, link: Locator) -> None:
    """Clicks and waits until the next page stands, with its scripts."""
    with page.expect_navigation():
        link.click()


def chosen(page: Page, words: str = "办公室主任培训班", outline: str = "office-training") -> None:
    """From the first page to the form of an outline, with the mouse; the words are typed."""
    went(page, page.get_by_role("link", name="写一篇新的"))
    page.get_by_role("searchbox").fill(words)
    page.get_by_text("篇，最像的在前").wait_for()
    page.locator(f"button[value='{outline}']").click()
    page.wait_for_url("**/write/*")


def day_said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_a_newcomer_s_first_speech_by_mouse_alone(page: Page, tmp_path: Path) -> None:
    axe(page)
    page.get_by_role("link", name="写一篇新的").click()
    picture(page, tmp_path / "1-choose.png")
    axe(page)
    page.locator("summary").first.click()
    page.locator(".tree a").nth(1).click()
    page.get_by_role("searchbox").click()
    page.keyboard.type("办公室主任培训班")
    page.get_by_role("button", name="就用这篇：培训班开班讲话").first.click()
    page.wait_for_url("**/write/*")
    picture(page, tmp_path / "1-write.png")
    axe(page)
    for blank, words in (("讲话人", "李卫国"), ("日期", "明天"), ("代表", "市委、市政府")):
        page.locator("#pages a", has_text=f"【{blank}】").first.click()  # a blank of the page leads to its question
        page.keyboard.type(words)
    kept(page)
    page.get_by_text(f"{TOMORROW.month}月{TOMORROW.day}日").first.wait_for()
    picture(page, tmp_path / "1-written.png")
    axe(page)
    path = downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path)
    picture(page, tmp_path / "1-made.png")
    axe(page)
    words = words_of(path)
    assert path.name == "在全市党政办公室主任培训班上的讲话.docx"
    assert day_said(TOMORROW) in words
    assert "李卫国" in words
    assert "市委、市政府" in words


def focus(page: Page) -> str:
    """What has the focus, as a screen reader would say it: its label or its words."""
    said: str = page.evaluate(
        "() => { const e = document.activeElement; if (e === document.body) return ''; return (e.labels && e.labels[0] ? e.labels[0].textContent : e.getAttribute('aria-label') || e.textContent || '').trim() }"
    )
    return said


def tabbed_to(page: Page, words: str, most: int = 80) -> None:
    """Presses Tab until what has the focus says these words; it must be seen that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focus(page):
            style = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth, s.boxShadow] }"
            )
            assert (style[0] != "none" and style[1] != "0px") or style[2] != "none", f"nobody sees that “{words}” has the focus"
            return
    raise AssertionError(f"“{words}” is not reached with Tab")


def test_a_newcomer_s_first_speech_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.keyboard.press("Tab")
    assert focus(page) == "跳到正文"
    page.keyboard.press("Enter")
    tabbed_to(page, "写一篇新的")
    page.keyboard.press("Enter")
    page.wait_for_url("**/choose*")
    if "场合" not in focus(page):
        tabbed_to(page, "场合")
    page.keyboard.type("办公室主任培训班")
    page.get_by_text("篇，最像的在前").wait_for()
    tabbed_to(page, "就用这篇：培训班开班讲话")
    page.keyboard.press("Enter")
    page.wait_for_url("**/write/*")
    expect(page.locator("[name='a.代表']")).to_be_focused()
    page.keyboard.type("市委、市政府")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "a.日期":
            break
    page.keyboard.type("明天")
    kept(page)
    path = downloaded(page, lambda: page.keyboard.press("F9"), tmp_path)
    assert day_said(TOMORROW) in words_of(path)
    assert "市委、市政府" in words_of(path)
    expect(page.get_by_role("heading", name="写好了")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="写好了")).to_be_hidden()


def test_a_reload_in_the_middle_of_the_form_and_a_draft_found_again(page: Page, tmp_path: Path) -> None:
    chosen(page)
    page.locator("[name='a.讲话人']").click()
    page.keyboard.type("李卫国")
    page.reload()
    expect(page.locator("[name='a.讲话人']")).to_have_value("李卫国")
    page.locator("[name='a.代表']").click()
    page.keyboard.type("市委")
    page.get_by_role("link", name="起草台").first.click()  # away, without a word of farewell
    page.get_by_role("link", name=re.compile("在全市党政办公室主任培训班上的讲话")).click()
    expect(page.locator("[name='a.代表']")).to_have_value("市委")
    kept(page)
    words = words_of(downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path))
    assert "李卫国" in words
    assert "市委" in words


LONG = """\
title: 在全市经济工作会议上的讲话
fields:
  讲话人: 谁讲？
  开头:
    ask: 开头说什么？
    type: long text
speech:
  - greeting: 同志们：
  - opening: 受【讲话人】委托，【开头】
"""


def test_a_draft_of_12000_characters(page: Page, desk: Desk, tmp_path: Path) -> None:
    sentence = "各单位要把计划写清楚，把责任分到人，把时间定下来，把结果交上来，做到件件有着落、事事有回音。"
    body = "".join(f"  - text: {sentence * 8}\n" for _ in range(40))
    (desk.folder / "outlines").mkdir()
    (desk.folder / "outlines" / "长稿.yaml").write_text(LONG + body, encoding="utf-8")
    chosen(page, "全市经济工作会议", "长稿")
    count = int(page.locator("#characters").inner_text().replace(",", ""))
    assert count >= 12_000
    page.locator("[name='a.开头']").fill("今天开会。" * 200)
    page.locator("[name='a.讲话人']").click()
    page.keyboard.type("王志强")
    expect(page.locator("#pages")).to_contain_text("王志强")
    kept(page)
    assert int(page.locator("#characters").inner_text().replace(",", "")) >= count + 700
    assert page.locator("#pages > *").count() > 20  # A4 sheets
    axe(page)
    words = words_of(downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path))
    assert "王志强" in words
    assert words.count(sentence) == 8 * 40


def hostile(ours: bytes) -> dict[str, bytes]:
    """Files that are not what they seem, by what they are."""

    def packed(**changed: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(ours)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new_file:
            for name in old.namelist():
                new_file.writestr(name, changed.pop(name, None) or old.read(name))
            for name, data in changed.items():
                new_file.writestr(name, data)
        return out.getvalue()

    with zipfile.ZipFile(BytesIO(ours)) as package:
        document = package.read("word/document.xml")
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    head, rest = document.split(b"<w:document", 1)
    return {
        "empty": b"",
        "a photograph": b"\xff\xd8\xff\xe0" + b"\0" * 4000,
        "half of a file": ours[: len(ours) // 2],
        "a file with an entity": packed(**{"word/document.xml": head + entity + b"<w:document" + rest.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p>", 1)}),
        "a bomb": packed(**{"word/document.xml": document.replace(b"</w:body>", b"<w:p/>" * 12_000_000 + b"</w:body>")}),
        "a way out": packed(**{"../../../../../../out-of-here.xml": b"<x/>"}),
        "no document": packed(**{"word/document.xml": b"<x/>"}),
        "words that are a page": packed(**{"word/document.xml": document.replace("同志们".encode(), b"&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=http://example.com/x onerror=alert(2)&gt;")}),
        "a picture from elsewhere": packed(**{"word/_rels/document.xml.rels": package_rels(ours)}),
    }  # fmt: skip


def package_rels(ours: bytes) -> bytes:
    """The relations of a document, with one to a picture on another machine."""
    with zipfile.ZipFile(BytesIO(ours)) as package:
        rels = package.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    return rels.replace(b"</Relationships>", b'<Relationship Id="rIdX" Type="' + kind + b'" Target="http://example.com/x.png" TargetMode="External"/></Relationships>')


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A draft of drafter's, as it lies in a user's folder."""
    path = tmp_path / "在全市党政办公室主任培训班上的讲话.docx"
    new(NewRequest(("office-training",), ("讲话人=李卫国", f"日期={TOMORROW.isoformat()}"), output=str(path), interactive=False))
    return path


def told_plainly(page: Page, path: Path) -> None:
    """The page says in plain words what it makes of a file, and nothing of the program or the machine."""
    said = page.locator("main").inner_text()
    picture(page, path)
    assert page.locator("h1").count(), (path.stem, said)
    assert not re.search(r"Traceback|Error|Exception|Errno|root:|/etc/|/tmp/|存稿/|drafter |起草台出了错", said), (path.stem, said)


def test_a_hostile_file_is_refused_in_plain_words_and_the_desk_goes_on(page: Page, desk: Desk, ours: Path, tmp_path: Path) -> None:
    for what, data in hostile(ours.read_bytes()).items():
        path = tmp_path / f"{what}.docx"
        path.write_bytes(data)
        rail = page.get_by_role("navigation", name="栏目")
        went(page, rail.get_by_role("link", name="改稿"))
        with page.expect_navigation():
            page.locator("input[type=file][name=files]").set_input_files(path)
        told_plainly(page, tmp_path / f"5-{what}-back.png")
        went(page, rail.get_by_role("link", name="旧稿"))
        page.locator("input[type=file]").set_input_files(path)
        with page.expect_navigation():
            page.get_by_role("button", name="收下").click()
        told_plainly(page, tmp_path / f"5-{what}-old.png")
        for step in ("照它写今年的", "做成提纲"):
            if page.locator("li.new").count():
                went(page, page.locator("li.new").get_by_role("link", name=step))
                told_plainly(page, tmp_path / f"5-{what}-{step}.png")
                page.go_back()
    assert not Path("/out-of-here.xml").exists()
    assert list(tmp_path.rglob("out-of-here.xml")) == []
    page.get_by_role("link", name="起草台").first.click()
    chosen(page)
    words_of(downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path))


def test_a_name_with_a_rare_character_by_input_method(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="写一篇新的").click()
    page.get_by_role("searchbox").focus()
    typed_by_ime(page, "办公室主任培训班", "bgszr")
    assert "/choose" in page.url  # Enter within the input method sends nothing
    page.get_by_role("button", name="就用这篇：培训班开班讲话").first.click()
    page.wait_for_url("**/write/*")
    page.locator("[name='a.讲话人']").click()
    typed_by_ime(page, "𠮷")
    typed_by_ime(page, "田")
    expect(page.locator("[name='a.讲话人']")).to_be_focused()
    expect(page.locator("#pages")).to_contain_text("𠮷田")
    kept(page)
    assert "𠮷田" in words_of(downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path))


def test_two_tabs_on_one_draft(page: Page, other_page: Callable[[], Page], tmp_path: Path) -> None:
    chosen(page)
    second = other_page()
    second.get_by_role("link", name=re.compile("在全市党政办公室主任培训班上的讲话")).click()
    page.locator("[name='a.讲话人']").fill("李卫国")
    second.locator("[name='a.代表']").fill("市委、市政府")
    kept(page)
    kept(second)
    expect(page.locator("[name='a.代表']")).to_have_value("市委、市政府")
    expect(second.locator("[name='a.讲话人']")).to_have_value("李卫国")
    for n, tab in enumerate((page, second)):
        (tmp_path / str(n)).mkdir()
        words = words_of(downloaded(tab, tab.get_by_role("button", name="下载 Word"), tmp_path / str(n)))
        assert "李卫国" in words
        assert "市委、市政府" in words


def edited_in_word(path: Path) -> None:
    """A sentence is put into a draft by hand, as somebody does in Word."""
    document = docx.Document(str(path))
    row = next(p for p in document.paragraphs if p.text.startswith("同志们"))
    row.insert_paragraph_before("受王书记委托，我讲几句。")
    document.save(str(path))


def test_an_edited_draft_is_brought_back_and_brought_up_to_date(page: Page, ours: Path, tmp_path: Path) -> None:
    edited_in_word(ours)
    before = ours.read_bytes()
    went(page, page.get_by_role("link", name="改好的稿子拿回来"))
    picture(page, tmp_path / "8-back.png")
    axe(page)
    page.locator("input[type=file][name=files]").set_input_files(ours)
    page.wait_for_url("**/paper/*")
    expect(page.locator("main")).to_contain_text("受王书记委托")
    picture(page, tmp_path / "8-paper.png")
    axe(page)
    page.get_by_role("link", name="改期、换人：给新的回答").click()
    picture(page, tmp_path / "8-update.png")
    axe(page)
    page.locator("[name='f:日期']").fill((TOMORROW + timedelta(7)).isoformat())
    page.locator("[name='f:讲话人']").fill("赵春生")
    page.get_by_role("button", name="看会改哪些地方").click()
    expect(page.locator("main")).to_contain_text("赵春生")
    picture(page, tmp_path / "8-look.png")
    axe(page)
    page.get_by_role("button", name="就这样改").click()
    picture(page, tmp_path / "8-done.png")
    axe(page)
    words = words_of(downloaded(page, page.get_by_role("link", name=re.compile("下载")).first, tmp_path / "new"))
    assert "受王书记委托，我讲几句。" in words
    assert "赵春生" in words
    assert "李卫国" not in words
    assert day_said(TOMORROW + timedelta(7)) in words
    assert ours.read_bytes() == before


LAST_YEAR = """\
在全县消防工作会议上的讲话
（2025年11月9日）
县委常委、副县长　张建民
同志们：
今天召开全县消防工作会议，主要任务是总结2025年工作，安排2026年任务。全县共检查单位1286家，整改隐患3520处。下面，我讲三点意见。
一、认清形势
要看到，全县还有217家单位没有达标，不能麻痹。
二、抓好落实
12月底以前，各乡镇要完成一次排查。
三、加强领导
各级要把责任扛起来。同志们，让我们扎实工作，不负重托！
"""


def test_last_year_s_speech_becomes_this_year_s(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "去年的讲话.docx"
    document = docx.Document()
    for row in LAST_YEAR.splitlines():
        document.add_paragraph(row)
    document.save(str(path))
    page.get_by_role("link", name="照去年的写今年的").click()
    axe(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="收下").click()
    picture(page, tmp_path / "9-given.png")
    page.get_by_role("link", name="照它写今年的").first.click()
    picture(page, tmp_path / "9-renew.png")
    axe(page)
    day = page.locator(".fact", has_text="2025年11月9日").locator("input[type=text]").first
    day.fill(day_said(TOMORROW))
    page.locator(".fact", has_text="1286家").locator("input[type=text]").first.fill("1301家")
    page.get_by_role("button", name="写好，生成 Word").first.click()
    page.get_by_role("heading", name="今年的稿子写好了").wait_for()
    picture(page, tmp_path / "9-renewed.png")
    axe(page)
    words = words_of(downloaded(page, page.get_by_role("link", name="下载").first, tmp_path / "new"))
    assert day_said(TOMORROW) in words
    assert "1301家" in words
    assert "1286家" not in words


def test_an_outline_is_copied_spoilt_mended_and_used(page: Page, desk: Desk, tmp_path: Path) -> None:
    page.get_by_role("navigation", name="栏目").get_by_role("link", name="提纲").click()
    picture(page, tmp_path / "10-shelf.png")
    axe(page)
    page.get_by_label("找一份提纲：什么会、什么场合").fill("办公室主任培训")
    entered(page)
    page.get_by_role("link", name="培训班开班讲话").first.click()
    page.get_by_label("照它改一份，叫").fill("我们的培训班")
    entered(page)
    page.locator(".cm-content").wait_for()
    page.locator(".cm-line", has_text="title:").first.click()
    page.keyboard.press("End")
    page.keyboard.type("【没有这个空】")
    page.get_by_text(re.compile("有 1 处错")).wait_for()
    picture(page, tmp_path / "10-wrong.png")
    axe(page)
    for _ in "【没有这个空】":
        page.keyboard.press("Backspace")
    page.keyboard.type("（二）")
    page.get_by_text("没有看出问题").wait_for()
    page.keyboard.press("Control+s")
    page.get_by_text("存好了").first.wait_for()
    page.get_by_role("link", name="起草台").first.click()
    chosen(page, "办公室主任培训班", "我们的培训班")
    assert "培训班上的讲话（二）" in words_of(downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path))


def test_a_speech_without_any_script(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    with window(browser, desk, java_script_enabled=False) as page:
        page.get_by_role("link", name="写一篇新的").click()
        page.get_by_role("searchbox").fill("办公室主任培训班")
        page.get_by_role("button", name="找", exact=True).click()
        page.get_by_role("button", name="就用这篇：培训班开班讲话").first.click()
        page.locator("[name='a.日期']").fill("明天")
        page.locator("[name='a.讲话人']").fill("李卫国")
        page.get_by_role("button", name="看一看").click()
        expect(page.locator("#pages")).to_contain_text("李卫国")
        picture(page, tmp_path / "11-noscript.png")
        page.get_by_role("button", name="下载 Word").click()
        page.get_by_role("heading", name="写好了").wait_for()
        path = downloaded(page, page.get_by_role("link", name="下载 Word").first, tmp_path)
        assert day_said(TOMORROW) in words_of(path)
