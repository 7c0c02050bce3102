"""Writing a speech on its page, in a real browser: what is typed stands on the pages at once, and nothing of it is lost."""

import re
import signal
import zipfile
from contextlib import closing

import pytest
from desk_browser import axe, desk_in, downloaded, holds, says, sound_docx, typed_by_ime, window

from drafter.commands import unfinished

pytest_plugins = ["desk_browser"]


@pytest.fixture
def begun(desk, monkeypatch):
    """Begins a draft in the desk's folder; its address."""
    monkeypatch.chdir(desk.folder)
    return lambda *outlines, **answers: f"{desk.origin}/write/{unfinished.begin(outlines, answers)}"


def answers(address):
    """What is kept of a draft, on the disk."""
    return {name: one.said for name, one in unfinished.opened(address.split("/")[-1].split("?")[0]).answers.items()}


def field(page, name):
    return page.locator(f"[name='a.{name}']")


def kept(page, seconds=30):
    from playwright.sync_api import expect

    expect(page.locator("#kept")).to_have_text(re.compile("^存好了"), timeout=seconds * 1000)


def shows(page, name, words):
    from playwright.sync_api import expect

    expect(field(page, name)).to_have_value(words)


def sheet(page):
    return page.locator("#pages").inner_text()


def words_in(path):
    """The words of a Word file that is sound, those in its blanks too."""
    sound_docx(path)
    with zipfile.ZipFile(path) as package:
        return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read("word/document.xml").decode()))


def test_what_is_typed_stands_on_the_pages_at_once_and_in_the_file(page, begun, tmp_path):
    address = begun("office-training")
    page.goto(address)
    field(page, "愿景").fill("宜居宜业的现代化滨江新城")
    page.locator("#pages a[title=愿景]").first.wait_for()
    assert "宜居宜业的现代化滨江新城" in sheet(page)
    field(page, "日期").fill("2月30日")
    page.get_by_text("2月30日”：").first.wait_for()
    page.locator("#pages").get_by_text("【日期】").wait_for()
    page.locator("button[data-put]").first.click()
    page.locator(".q[data-name=日期] .understood, .q[data-name=日期] .doubt").first.wait_for()
    kept(page)
    file = downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path)
    assert file.name == "在全市党政办公室主任培训班上的讲话.docx"
    text = words_in(file)
    assert "宜居宜业的现代化滨江新城" in text
    assert "【代表】" in text
    assert page.get_by_role("heading", name="写好了").is_visible()
    assert "还有 3 个空没填" in page.locator("#made").inner_text()
    axe(page)
    page.keyboard.press("Escape")
    assert page.locator("#made").is_hidden()
    axe(page)


def test_a_blank_on_the_page_leads_to_its_question_and_a_question_to_its_blank(page, begun):
    page.goto(begun("office-training"))
    page.locator("#pages a", has_text="【讲话人】").click()
    assert page.evaluate("document.activeElement.name") == "a.讲话人"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "【讲话人】"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "a.讲话人"


def test_the_keyboard_alone_goes_through_the_questions_and_enter_sends_nothing(page, begun, tmp_path):
    address = begun("office-training")
    page.goto(address)
    assert page.evaluate("document.activeElement.name") == "a.代表"
    page.keyboard.type("市委、市政府")
    page.keyboard.press("Enter")
    page.keyboard.type("现代化新城")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")  # 手头有今年的人数……：是
    page.locator(".q[data-name=参会人数]").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("一百二十人")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.name") == "a.工作成效"
    page.keyboard.type("甲")
    page.keyboard.press("Enter")
    page.keyboard.type("乙")
    page.keyboard.press("Control+Enter")
    kept(page)
    assert answers(address) == {"代表": "市委、市政府", "愿景": "现代化新城", "实绩": "是", "参会人数": "一百二十人", "工作成效": "甲\n乙"}
    assert page.url == address
    text = words_in(downloaded(page, lambda: page.keyboard.press("F9"), tmp_path))
    assert "甲、乙" in text


def test_an_input_method_may_compose_in_peace(page, begun):
    address = begun("office-training")
    page.goto(address)
    field(page, "讲话人").focus()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/typed?paper=0") else None)
    typed_by_ime(page, "𠮷田茂")
    kept(page)
    page.locator("#pages").get_by_text("𠮷田茂").wait_for()
    assert page.evaluate("document.activeElement.name") == "a.讲话人"
    assert answers(address) == {"讲话人": "𠮷田茂"}
    assert len(sent) == 1


def test_a_reload_in_the_middle_loses_not_a_letter(page, begun):
    address = begun("office-training")
    page.goto(address)
    field(page, "愿景").press_sequentially("宜居宜业")
    page.reload()  # at once: nothing may have been sent yet
    page.locator("#pages").get_by_text("宜居宜业").first.wait_for()
    assert field(page, "愿景").input_value() == "宜居宜业"
    kept(page)
    assert answers(address) == {"愿景": "宜居宜业"}


def test_what_is_typed_before_the_script_is_there_is_kept(page, begun):
    address = begun("office-training")
    held = []
    page.route("**/static/write.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    field(page, "愿景").evaluate("field => field.focus()")
    page.keyboard.type("快手打的")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.locator("#pages a[title=愿景]", has_text="快手打的").first.wait_for()
    kept(page)
    assert answers(address)["愿景"] == "快手打的"
    assert field(page, "愿景").evaluate("field => field === document.activeElement")


def test_two_tabs_on_one_draft_lose_nothing_and_show_each_other_what_is_new(page, begun, other_page):
    address = begun("office-training")
    page.goto(address)
    tab = other_page()
    tab.goto(address)
    field(page, "讲话人").fill("李卫国")
    kept(page)
    field(tab, "愿景").fill("现代化新城")
    shows(tab, "讲话人", "李卫国")
    page.bring_to_front()
    shows(page, "愿景", "现代化新城")
    field(page, "愿景").fill("滨江新城")
    kept(page)
    page.wait_for_timeout(300)
    assert answers(address) == {"讲话人": "李卫国", "愿景": "滨江新城"}
    page.locator(".q[data-name=愿景] details.before summary").click()
    page.locator(".q[data-name=愿景] details.before button").click()
    holds(field(page, "愿景"), "现代化新城")


def test_what_is_typed_while_the_desk_is_gone_is_kept_and_sent_when_it_is_back(browser, tmp_path, monkeypatch):
    folder = tmp_path / "起草台"
    with desk_in(folder) as desk, closing(browser.new_context()) as context:  # not watched: that nobody answers is meant
        page = context.new_page()
        page.goto(desk.address)
        monkeypatch.chdir(folder)
        address = f"{desk.origin}/write/{unfinished.begin(['office-training'])}"
        page.goto(address)
        desk.process.send_signal(signal.SIGINT)
        desk.process.wait(60)
        field(page, "讲话人").fill("李卫国")
        page.get_by_text("先记在这个浏览器里了").wait_for()
        assert answers(address) == {}
        with desk_in(folder) as again:
            assert again.origin == desk.origin
            context.new_page().goto(again.address)
            kept(page)
            assert answers(address) == {"讲话人": "李卫国"}


def test_what_is_typed_into_a_draft_put_away_in_another_window_comes_back_with_it(page, begun, desk, other_page):
    address = begun("office-training")
    page.goto(address)
    other = other_page()
    other.get_by_role("button", name="不要了").click()
    page.bring_to_front()
    field(page, "讲话人").fill("李卫国")
    page.get_by_text("没有存上，先记在这个浏览器里了").wait_for()
    page.get_by_text("这一篇点过“不要了”。").wait_for()
    page.locator(".ends").get_by_role("button", name="下载 Word").click()
    page.get_by_text("文件没有做成").wait_for()
    page.keyboard.press("Escape")
    other.get_by_text("不要的稿（1）").click()
    other.get_by_role("button", name="拿回来").click()
    kept(page)
    assert answers(address) == {"讲话人": "李卫国"}


def test_without_a_script_the_form_is_kept_shown_and_made_into_a_file(browser, desk, begun, tmp_path):
    with window(browser, desk, java_script_enabled=False) as page:
        address = begun("office-training")
        page.goto(address)
        field(page, "愿景").fill("宜居宜业的现代化滨江新城")
        page.locator("input[name='a.实绩'][value=是]").check()
        page.get_by_role("button", name="看一看").click()
        says(page.locator("#pages"), "宜居宜业的现代化滨江新城")
        field(page, "参会人数").fill("120")
        page.get_by_role("button", name="下载 Word").click()
        page.get_by_role("heading", name="写好了").wait_for()
        text = words_in(downloaded(page, page.get_by_role("link", name="下载 Word"), tmp_path))
        assert "120名" in text
        assert answers(address) == {"愿景": "宜居宜业的现代化滨江新城", "实绩": "是", "参会人数": "120"}


def test_papers_of_one_meeting_are_written_together(page, begun):
    address = begun("office-training", "hosting")
    page.goto(address)
    field(page, "讲话人").fill("李卫国")
    kept(page)
    page.get_by_role("navigation", name="几份稿子").get_by_role("link", name="主持词").click()
    page.locator("#pages").get_by_text("李卫国").first.wait_for()
    assert "全市党政办公室主任培训班现在开班" in sheet(page)
    axe(page)
    with page.expect_download() as coming:
        page.locator(".ends").get_by_role("button", name="下载 Word").click()
    assert "主持词" in coming.value.suggested_filename
    page.get_by_text("另外 1 份，点各自的“下载”。").wait_for()


def test_the_first_page_lists_what_was_begun_and_nothing_is_thrown_away_for_good(page, begun, desk):
    page.goto(begun("office-training"))
    field(page, "讲话人").fill("李卫国")
    kept(page)
    page.goto(f"{desk.origin}/")
    row = page.get_by_role("listitem").filter(has_text="在全市党政办公室主任培训班上的讲话")
    assert "填了 6 / 10" in row.inner_text()
    axe(page)
    row.get_by_role("button", name="不要了").click()
    page.get_by_text("不要的稿（1）").click()
    page.get_by_role("button", name="拿回来").click()
    page.get_by_role("link", name="在全市党政办公室主任培训班上的讲话").click()
    holds(field(page, "讲话人"), "李卫国")
