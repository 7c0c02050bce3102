"""Requirements chosen on the page: by plain forms, and beside the draft in a browser."""

import re

import pytest
from desk_browser import axe

from drafter.commands import unfinished
from drafter.commands.opening import Choice


def _taken(html: str) -> list[str]:
    return re.findall(r'<li data-name="(.*?)"', html)


@pytest.fixture
def address(plain) -> str:
    """The requirements of a new draft."""
    return f"/write/{unfinished.begin(('safety', 'hosting'), {'文风': '规范'})}/requirements"


def _number(address: str) -> str:
    return address.split("/")[2]


@pytest.mark.parametrize(
    ("form", "taken"),
    [
        ({"up": "2"}, ["2", "1", "3"]),
        ({"down": "1"}, ["2", "1", "3"]),
        ({"drop": "3"}, ["1", "2"]),
        ({"take": "忠诚"}, ["1", "2", "3", "忠诚"]),
        ({"swap": "忠诚", "for": "3"}, ["1", "2", "忠诚"]),
        ({"order": ["3", "2", "1"]}, ["3", "2", "1"]),
        ({"take": "../safety"}, ["1", "2", "3"]),
        ({"nothing": "1"}, ["1", "2", "3"]),
    ],
)
def test_a_button_of_a_plain_form_does_its_step_and_it_is_kept(plain, address, form, taken):
    assert _taken(plain.get(address).text) == ["1", "2", "3"]
    answer = plain.post(address, {"paper": "0", **form})
    assert (answer.status, answer.headers["location"]) == (303, f"{address}?paper=0")
    assert _taken(plain.get(address).text) == taken
    assert unfinished.opened(_number(address)).choice(1) == Choice()


def test_each_paper_of_a_meeting_has_its_own(plain, address):
    html = plain.get(address).text
    assert re.findall(r'paper=(\d)" data-in(?: aria-current="true")?>(.*?)</a>', html) == [("0", "安全生产会议讲话"), ("1", "主持词")]
    plain.post(address, {"paper": "1", "down": "1"})
    assert unfinished.opened(_number(address)).choice(0) == Choice()
    assert unfinished.opened(_number(address)).choice(1).names[:2] == ("2", "1")


def test_the_passages_are_shown_with_their_texts_and_found(plain, address):
    html = plain.get(address, {"swap": "3", "q": "改作风"}).text
    assert "换下：压紧压实责任，全面提升安全生产工作水平" in html
    assert '<button class="small" name="swap" value="作风">换上这一段</button>' in html
    assert "作风建设关系党的形象，关系人心向背" in html
    assert len(re.findall('name="take"', plain.get(address, {"add": "1"}).text)) == 61


def test_the_form_of_headings_is_chosen_among_samples(plain, address):
    plain.post(address, {"paper": "0", "take": "忠诚"})
    plain.post(address, {"paper": "0", "form": "七字", "brief": "1"})
    choice = unfinished.opened(_number(address)).choice(0)
    assert (choice.form, choice.brief) == ("七字", True)
    html = plain.get(address).text
    assert re.findall(r'value="(.*?)" checked>(.*?)</label> <span class="sample">(.*?)<', html) == [("七字", "七个字", "对党忠诚显本色")]
    assert plain.post(address, {"paper": "0", "reset": "1"}).status == 303
    assert unfinished.opened(_number(address)).choices == {}


def test_a_draft_that_is_not_there_and_one_without_requirements_say_so(plain):
    assert plain.get("/write/0123456789ab/requirements").status == 422
    other = unfinished.begin(("welcome",))
    assert "没有分条的要求" in plain.get(f"/write/{other}/requirements").text


def test_requirements_that_cannot_be_used_any_more_are_told_and_chosen_anew(plain, address):
    unfinished.choose(_number(address), Choice(("1", "早没了的段落")), 0)
    html = plain.get(address).text
    assert "上回挑的几条现在用不了，这几段找不到了：早没了的段落。下面是提纲原来的几条，请重新挑一挑。" in html
    assert not re.search(r"--pick|drafter ", html)
    plain.post(address, {"paper": "0", "up": "2"})
    assert _taken(plain.get(address).text) == ["2", "1", "3"]


def test_by_mouse_and_by_keys_in_a_browser(page, desk):
    page.goto(desk.origin + "/choose/safety")
    page.get_by_role("button", name="就用这篇").click()
    page.wait_for_url(re.compile("/write/[0-9a-f]{12}"))
    page.goto(page.url.partition("?")[0].partition("#")[0] + "/requirements")
    heads = page.locator(".taken h3")
    first, second, third = heads.all_inner_texts()
    page.get_by_role("button", name=f"下移：{first}").press("Enter")
    page.wait_for_function("name => document.querySelector('.taken h3').textContent === name", arg=second)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"下移：{first}"
    heads.nth(2).drag_to(heads.nth(0), target_position={"x": 5, "y": 1})
    page.wait_for_function("name => document.querySelector('.taken h3').textContent === name", arg=third)
    page.get_by_role("link", name=f"换一段：{third}").click()
    page.locator("#stock-q").fill("改作风")
    page.locator("#stock-q").press("Enter")
    page.get_by_role("button", name="换上这一段").first.wait_for()
    axe(page)
    page.get_by_role("button", name="换上这一段").first.click()
    page.get_by_label("七个字").check()
    page.get_by_role("heading", name="改进作风树新风").wait_for()
    assert heads.all_inner_texts() == ["改进作风树新风", second, first]
    axe(page)


def test_beside_the_draft_the_pages_and_the_questions_follow(page, desk):
    page.goto(desk.origin + "/choose/fire-safety")
    page.get_by_role("button", name="就用这篇").click()
    page.wait_for_url(re.compile("/write/[0-9a-f]{12}"))
    page.locator("[data-name=会议名称] textarea").fill("全市消防会")
    page.get_by_text("在全市消防会上的讲话").first.wait_for()
    page.get_by_role("button", name="换要求").click()
    panel = page.get_by_role("complementary", name="讲哪几条")
    panel.get_by_role("heading", name="讲哪几条").wait_for()
    assert page.locator("#answers").is_hidden()
    dropped = panel.locator(".taken h3").nth(1).inner_text()
    assert page.locator("#pages").get_by_text(dropped).count() == 1
    panel.get_by_role("button", name=f"去掉：{dropped}").click()
    page.locator(".q[data-name=重点场所]").wait_for(state="detached")  # nobody asks for it any more
    panel.get_by_role("heading", name="去掉的").wait_for()  # the panel stays where it was
    assert page.locator("#pages").get_by_text(dropped).count() == 0
    panel.get_by_role("link", name="加一段").click()
    panel.locator("summary", has_text="廉洁自律").click()
    panel.get_by_role("button", name="加上这一段").locator("visible=true").first.click()
    added = panel.locator(".taken li.stock h3")
    added.wait_for()
    page.locator("#pages").get_by_text(added.inner_text()).wait_for()
    axe(page)
    panel.get_by_role("heading", name="讲哪几条").press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "换要求"
    assert page.locator("[data-name=会议名称] textarea").input_value() == "全市消防会"
