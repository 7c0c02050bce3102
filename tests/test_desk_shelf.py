"""The shelf and the editor of the desk, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from desk_browser import Desk, axe, browser, desk, entered, other_page, page, reads, says, typed_by_ime, window  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OUTLINE = """\
title: 在【会议】上的讲话
about: 信访工作会议上的讲话
fields:
  会议:
    ask: 什么会？
    example: 信访工作会议
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，请大家认真学习。
"""


@pytest.fixture
def own(desk: Desk) -> str:  # noqa: F811
    """The address of an outline of the office's own, 信访."""
    (desk.folder / "outlines").mkdir()
    (desk.folder / "outlines/信访.yaml").write_text(OUTLINE, encoding="utf-8")
    return f"{desk.origin}/shelf/outlines/{quote('信访')}"


def beside(page: "Page", words: str) -> None:  # noqa: F811
    """Waits until the pages beside have these words."""
    page.frame_locator("iframe").locator("#pages").get_by_text(words).first.wait_for()


def test_a_shipped_outline_is_copied_edited_and_saved_by_keyboard(page: "Page", desk: Desk) -> None:  # noqa: F811
    page.goto(desk.origin + "/shelf?")
    page.get_by_label("找一份提纲：什么会、什么场合").fill("办公室主任培训")
    entered(page)
    page.get_by_role("link", name="培训班开班讲话").first.press("Enter")
    axe(page)
    page.get_by_label("照它改一份，叫").fill("主任培训")
    entered(page)
    page.locator(".cm-content").wait_for()
    text = page.get_by_role("textbox", name="“主任培训”的文字")
    text.press("Control+Home")
    for key in ("ArrowDown", "ArrowDown", "End"):
        page.keyboard.press(key)
    page.keyboard.type("（二）")
    page.get_by_text("还没有存；打的字都留着").wait_for()
    page.keyboard.press("Control+s")
    page.get_by_text("存好了").wait_for()
    assert "title: 在全【层级】党政办公室主任培训班上的讲话（二）\n" in (desk.folder / "outlines/主任培训.yaml").read_text(encoding="utf-8")
    axe(page)


def test_errors_stand_at_their_lines_and_are_mended_with_a_click(page: "Page", own: str) -> None:  # noqa: F811
    page.goto(own + "/edit")
    page.get_by_text("没有看出问题").wait_for()
    page.locator(".cm-line", has_text="title:").click()
    page.keyboard.press("End")
    page.keyboard.type("【会义】")
    page.get_by_text("有 1 处错，改好才能用").wait_for()
    page.get_by_role("button", name="第 1 行").click()
    page.get_by_role("button", name="改成“【会议】”").click()
    page.get_by_text("没有看出问题").wait_for()
    beside(page, "上的讲话信访工作会议")


def test_a_finding_is_left_with_a_click(page: "Page", own: str, desk: Desk) -> None:  # noqa: F811
    page.goto(own + "/edit")
    page.locator(".cm-line", has_text="opening:").click()
    page.keyboard.press("End")
    page.keyboard.type("2026 年")
    page.get_by_role("button", name="不改", exact=True).click()
    page.get_by_text("没有看出问题").wait_for()
    assert 'rule = "blank-by-figure"' in (desk.folder / "outlines/drafter.toml").read_text(encoding="utf-8")


def test_what_may_be_typed_is_offered(page: "Page", own: str) -> None:  # noqa: F811
    page.goto(own + "/edit")
    page.locator(".cm-line", has_text="opening:").click()
    page.keyboard.press("End")
    page.keyboard.type("【")
    page.locator(".cm-tooltip-autocomplete").get_by_text("什么会？").wait_for()
    page.wait_for_timeout(120)  # a list that has just come takes no key
    page.keyboard.press("Enter")
    assert page.locator(".cm-line", has_text="opening:").inner_text().endswith("请大家认真学习。【会议】")


def test_a_reload_and_another_tab_lose_nothing(page: "Page", own: str, other_page: "Callable[[], Page]") -> None:  # noqa: F811
    page.goto(own + "/edit")
    page.locator(".cm-line", has_text="opening:").click()
    page.keyboard.press("End")
    typed_by_ime(page, "𠮷县的同志们辛苦了。")
    page.get_by_text("还没有存").wait_for()
    page.reload()
    page.locator(".cm-content").get_by_text("𠮷县的同志们辛苦了。").wait_for()
    beside(page, "𠮷县的同志们辛苦了。")
    second = other_page()
    second.goto(own + "/edit")
    assert "𠮷县" not in second.locator(".cm-content").inner_text()
    second.get_by_role("link", name="接着那里改").click()
    second.locator(".cm-content").get_by_text("𠮷县").wait_for()
    second.get_by_role("button", name="不要了，用存着的那一份").click()
    second.locator(".cm-content:not(:has-text('𠮷县'))").wait_for()


def test_the_second_save_of_two_tabs_is_told_of_the_first(page: "Page", own: str, other_page: "Callable[[], Page]", desk: Desk) -> None:  # noqa: F811
    second = other_page()
    for tab in (page, second):
        tab.goto(own + "/edit")
        tab.get_by_text("没有看出问题").wait_for()
    for tab, words in ((page, "甲"), (second, "乙")):
        tab.locator(".cm-line", has_text="opening:").click()
        tab.keyboard.press("End")
        tab.keyboard.type(words)
        tab.get_by_role("button", name="存", exact=True).click()
    second.get_by_role("heading", name="这一份在别处改过了").wait_for()
    axe(second)
    assert (second.locator("del").inner_text(), second.locator("ins").inner_text()) == ("甲", "乙")
    second.get_by_role("button", name="存我的").click()
    second.get_by_text("存好了。").wait_for()
    assert (desk.folder / "outlines/信访.yaml").read_text(encoding="utf-8").endswith("学习。乙\n")
    second.get_by_role("link", name="以前的样子").click()
    second.get_by_role("link", name="以前").nth(1).wait_for()


def test_without_script_the_form_does_the_same(browser: "Browser", desk: Desk, own: str) -> None:  # noqa: F811
    with window(browser, desk, java_script_enabled=False) as page:  # noqa: F811
        page.goto(own + "/edit")
        page.get_by_role("textbox").fill(OUTLINE.replace("【会议】上", "【会义】上"))
        page.get_by_role("button", name="看看对不对").click()
        says(page.locator("#faults"), "第 1 行 不认识的空【会义】")
        page.get_by_role("textbox").fill(OUTLINE.replace("同志们", "大家"))
        page.get_by_role("button", name="存", exact=True).click()
        says(page.locator("#state"), "存好了")
    assert "大家" in (desk.folder / "outlines/信访.yaml").read_text(encoding="utf-8")


def test_renamed_thrown_away_and_taken_back(page: "Page", own: str, desk: Desk) -> None:  # noqa: F811
    page.goto(own)
    page.get_by_text("改名、再抄一份、删掉").click()
    page.get_by_label("新名称").fill("信访会")
    page.get_by_role("button", name="改名").click()
    reads(page.get_by_role("heading", level=1), "信访会")
    page.get_by_text("改名、再抄一份、删掉").click()
    page.get_by_role("button", name="删掉“信访会”").click()
    axe(page)
    assert not Path(desk.folder / "outlines/信访会.yaml").exists()
    page.get_by_label("放回去，叫").fill("信访")
    page.get_by_role("button", name="放回去").click()
    assert (desk.folder / "outlines/信访.yaml").read_text(encoding="utf-8") == OUTLINE


@pytest.mark.parametrize("where", ["outlines", "passages", "basis", "bin", "passages/廉洁", "basis/安全生产", "outlines/safety"])
def test_every_shelf_can_be_read_by_everybody(page: "Page", desk: Desk, where: str) -> None:  # noqa: F811
    page.goto(f"{desk.origin}/shelf/{where}")
    assert page.locator("h1").count() == 1
    axe(page)
