"""Every page can be read enlarged to 200 % on a small screen, in a narrow window, and in high contrast: nothing runs off to the
side, and axe-core has no serious finding."""

from pathlib import Path
from typing import Any

import pytest
from desk_browser import Desk, axe, picture, window
from playwright.sync_api import Browser, Page

from drafter.commands.new import NewRequest, new

#: The looks, as a window of the browser has them. axe-core does not see the colours the system puts in place of a page's own.
LOOKS: dict[str, dict[str, Any]] = {
    "enlarged to 200 %": {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2},
    "narrow": {"viewport": {"width": 800, "height": 720}},
    "in high contrast": {"forced_colors": "active", "color_scheme": "dark"},
}

PAGES = ("", "choose", "batch", "back", "old", "shelf", "more")
OF_A_PAPER = ("", "/update", "/check", "/format", "/finish")


def batch_pages(page: Page, desk: Desk, folder: Path) -> list[str]:
    """The pages of a table: before its letters are written, and after, with a row that cannot be."""
    table = folder / "名单.csv"
    table.write_text("慰问对象,日期\n全县教师,2026-09-10\n全县医生,某日\n", encoding="utf-8")
    page.goto(f"{desk.origin}/batch?outline=letter")
    page.set_input_files("#drop-table", table)
    with page.expect_navigation():
        page.get_by_role("button", name="看一看").click()
    page.get_by_role("button", name="写这 1 份").click()
    page.get_by_role("button", name="打开文件夹").wait_for()
    return [page.url.removesuffix("/written"), page.url]


def test_no_page_needs_its_scripts_to_be_read(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    this_year, last_year = tmp_path / "讲话.docx", tmp_path / "去年.docx"
    for path, day in ((this_year, "2026年3月12日"), (last_year, "2025年3月12日")):
        new(NewRequest(("office-training",), ("讲话人=李卫国", f"日期={day}"), output=str(path), interactive=False))
    with window(browser, desk) as page:
        page.route("**/static/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        page.goto(f"{desk.origin}/old")
        page.set_input_files("#drop-file", [this_year, last_year])
        page.get_by_role("button", name="收下").click()
        old = page.get_by_role("link", name="照它写今年的").first.get_attribute("href")
        assert old
        page.get_by_role("button", name="一起学出一份提纲").click()
        page.get_by_role("heading", name="学出一份提纲").wait_for()
        addresses = [page.url, desk.origin + old, desk.origin + old.replace("renew", "extract")]
        for address in addresses + [f"{desk.origin}/{name}" for name in PAGES]:
            page.goto(address)
            axe(page)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_can_be_read(look: str, browser: Browser, desk: Desk, tmp_path: Path) -> None:
    ours = tmp_path / "讲话.docx"
    new(NewRequest(("office-training",), ("讲话人=李卫国",), output=str(ours), interactive=False))
    with window(browser, desk, **LOOKS[look]) as page:
        addresses = [f"{desk.origin}/{name}" for name in PAGES]
        page.goto(addresses[1])
        page.locator("button[value='office-training']").click()
        page.wait_for_url("**/write/*")
        written = page.url.split("?")[0]
        page.goto(f"{desk.origin}/back")
        with page.expect_navigation():
            page.locator("input[type=file][name=files]").set_input_files(ours)
        addresses += [written, f"{written}/requirements", *(page.url.rstrip("/") + part for part in OF_A_PAPER)]
        addresses += batch_pages(page, desk, tmp_path)
        for number, address in enumerate(addresses):
            page.goto(address)
            picture(page, tmp_path / f"{look.split()[0]}-{number}.png")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
            if "contrast" not in look:
                axe(page)
