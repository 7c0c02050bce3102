"""Settings, rules, formulations, the manual and this machine, on the pages of the desk."""

from typing import TYPE_CHECKING

import pytest
from desk_browser import Desk, axe, browser, desk, entered, holds, page  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_settings_are_a_form_and_leave_the_rest_of_the_file(page: "Page", desk: Desk) -> None:  # noqa: F811
    file = desk.folder / "drafter.toml"
    file.write_text("# 王强管\nminutes = 20  # 例会\n", encoding="utf-8")
    page.goto(desk.origin + "/more/settings")
    axe(page)
    page.get_by_label("普通文字").check()
    page.get_by_label("讲话一般讲多少分钟").fill("15")
    page.get_by_role("button", name="存").click()
    page.get_by_text("存好了。").wait_for()
    assert file.read_text(encoding="utf-8") == "# 王强管\nminutes = 15  # 例会\nplain = true\n"
    page.get_by_label("讲话一般讲多少分钟").fill("很久")
    page.get_by_role("button", name="存").click()
    page.get_by_text("“很久”不是分钟数。").wait_for()


def test_a_rule_is_found_put_out_of_use_and_taken_back(page: "Page", desk: Desk) -> None:  # noqa: F811
    page.goto(desk.origin + "/more/rules")
    page.get_by_label("找规则：空格、序号、日期……").fill("段落太长")
    entered(page)
    page.locator("#long-paragraph").get_by_role("button", name="不用这一条").click()
    page.locator("#long-paragraph").get_by_text("不用", exact=True).wait_for()
    assert (desk.folder / "drafter.toml").read_text(encoding="utf-8") == 'ignore = ["long-paragraph"]\n'
    axe(page)
    page.locator("#long-paragraph").get_by_role("button", name="用这一条").click()
    page.locator("#long-paragraph").get_by_role("button", name="不用这一条").wait_for()
    assert (desk.folder / "drafter.toml").read_text(encoding="utf-8") == ""


def test_settings_that_cannot_be_read_are_put_right_on_the_page(page: "Page", desk: Desk) -> None:  # noqa: F811
    (desk.folder / "drafter.toml").write_text("minutes = 二十\n", encoding="utf-8")
    page.goto(desk.origin + "/more/settings")
    page.get_by_label("设置的原文").fill("minutes = 20\n")
    page.get_by_role("button", name="存").click()
    holds(page.get_by_label("讲话一般讲多少分钟"), "20")


def test_the_manual_is_searched_and_read(page: "Page", desk: Desk) -> None:  # noqa: F811
    page.goto(desk.origin + "/more/manual")
    page.get_by_label("在手册里找：日期、序号、大字版……").fill("提纲")
    entered(page)
    page.get_by_role("heading", name="提纲怎么写").wait_for()
    axe(page)
    page.goto(desk.origin + "/more/manual?q=没有这个词哦")
    page.get_by_text("手册里没有“没有这个词哦”").wait_for()


@pytest.mark.parametrize("where", ["", "/words", "/words?q=四个意识", "/words?q=没有的", "/computer", "/about", "/manual/check"])
def test_every_page_can_be_read_by_everybody(page: "Page", desk: Desk, where: str) -> None:  # noqa: F811
    page.goto(f"{desk.origin}/more{where}")
    assert page.locator("h1").count() == 1
    axe(page)
