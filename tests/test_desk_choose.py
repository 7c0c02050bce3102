"""Choosing what is to be written, on the page: by plain forms, and in a browser by keys alone."""

import re

import pytest
from desk_browser import axe, picture, typed_by_ime

from drafter.commands import unfinished


def test_all_there_is_stands_on_the_page(plain):
    html = plain.get("/choose").text
    assert html.count('class="offer"') == 98
    assert html.count('loading="lazy"') == 98
    assert re.findall("<h1>(.*?)</h1>", html) == ["写哪一种"]
    assert not re.search(r"[a-z]+\.yaml|--[a-z]|drafter ", html.partition("<main")[2])


def test_a_plain_form_finds_and_keeps_what_is_ticked(plain):
    html = plain.get("/choose", asked={"q": "主持词", "outline": "flood"}).text
    assert "找到 4 篇，最像的在前。" in html
    assert re.findall(r'value="([\w-]+)"[^>]*checked', html) == ["flood"]
    assert "已选 1 篇：" in html


def test_what_is_typed_is_only_ever_words(plain):
    html = plain.get("/choose", asked={"q": '"><script>x</script>', "outline": "<b>"}).text
    assert "<script>x" not in html
    assert "<b>" not in html


def test_a_script_is_given_the_list_alone(plain):
    html = plain.get("/choose", asked={"q": "lgb"}, x_desk="1").text
    assert "<html" not in html
    assert re.findall("<h3>(.*?)</h3>", html) == ["离退休干部情况通报会讲话"]
    assert "按相近的词找到：老干部" in html


@pytest.mark.parametrize(
    ("form", "outlines"),
    [
        ({"outline": ["flood", "hosting"]}, ("flood", "hosting")),
        ({"outline": ["flood"], "only": "safety"}, ("safety",)),  # 就用这篇, whatever is ticked
    ],
)
def test_a_draft_is_begun_of_what_is_ticked_or_of_one_alone(plain, form, outlines):
    answer = plain.post("/choose", form=form)
    assert answer.status == 303
    number = answer.headers["location"].removeprefix("/write/")
    assert unfinished.opened(number).outlines == outlines


def test_a_paper_of_the_same_meeting_is_added_to_a_draft(plain):
    number = unfinished.begin(("flood",), {"日期": "明天"})
    assert "加上" in plain.get("/choose", asked={"draft": number}).text
    assert plain.post("/choose", form={"only": "hosting", "draft": number}).headers["location"] == f"/write/{number}"
    draft = unfinished.opened(number)
    assert (draft.outlines, draft.answers["日期"].said) == (("flood", "hosting"), "明天")


def test_nothing_ticked_begins_nothing(plain):
    answer = plain.post("/choose", form={"q": ""})
    assert (answer.status, "还没有选哪一篇。" in answer.text) == (422, True)
    assert unfinished.listed() == ()


@pytest.mark.parametrize("address", ["/choose/没有这个", "/choose/没有这个/page.svg", "/choose/..%2Fsafety", "/choose/outlines%2Fsafety.yaml/page.svg"])
def test_no_other_file_is_shown(plain, address):
    assert plain.get(address).status == 404


def test_a_picture_is_kept_by_the_browser_until_its_outline_changes(plain):
    html = plain.get("/choose", asked={"q": "防汛"}).text
    found = re.search(r'src="(/choose/flood/page.svg\?v=[0-9a-f]{12})"', html)
    assert found
    answer = plain.get(found[1])
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/svg+xml", "private, max-age=3600")


def test_by_keys_alone_from_words_to_a_draft(page, desk, tmp_path):
    page.goto(desk.origin + "/choose")
    axe(page)
    page.keyboard.press("/")
    typed_by_ime(page, "防汛会")
    page.get_by_text("找到 ").wait_for()
    assert page.locator("#q").input_value() == "防汛会"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/choose/flood"
    page.keyboard.press("Enter")
    page.locator("dialog[open] img").wait_for()
    axe(page)
    picture(page, tmp_path / "choose-large.png")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/choose/flood"
    page.keyboard.press("Enter")
    page.locator("dialog[open] button.main").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/write/[0-9a-f]{12}"))


def test_by_mouse_two_papers_of_one_meeting_are_ticked_and_begun(page, desk):
    page.goto(desk.origin + "/choose")
    assert page.locator("[data-together]").is_hidden()
    page.fill("#q", "安全生产")
    page.get_by_text("找到 ").wait_for()
    page.get_by_label("一起写：安全生产会议讲话").check()
    page.fill("#q", "主持词")
    page.get_by_text("找到 4 篇").wait_for()
    page.get_by_label("一起写：主持词").first.check()
    assert page.locator("[data-ticked]").inner_text() == "已选 2 篇："
    page.reload()  # the address has it all
    assert page.locator("[data-ticked]").inner_text() == "已选 2 篇："
    page.get_by_role("button", name="开始写").click()
    page.wait_for_url(re.compile("/write/[0-9a-f]{12}"))
    kept = [*(desk.folder / "存稿" / "写着的稿").glob("*.json")]
    assert '"safety"' in kept[0].read_text(encoding="utf-8")
    assert '"hosting"' in kept[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["信访 会议", "2026.3信访", "100%#会&议'x", "𠮷林"])
def test_an_outline_may_be_called_as_people_call_files(plain, name, tmp_path):
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / f"{name}.yaml").write_text("title: 讲话\nspeech:\n  - greeting: 同志们：\n", encoding="utf-8")
    html = plain.get("/choose").text
    found = re.search(r'href="(/choose/[^"]*)" data-look', html)  # the office's own is the first
    assert found
    assert plain.get(found[1]).status == plain.get(f"{found[1]}/page.svg").status == 200
    answer = plain.post("/choose", {"outline": name})
    assert unfinished.opened(answer.headers["location"].removeprefix("/write/")).outlines == (name,)
    assert plain.get(answer.headers["location"]).status == 200
    assert plain.get(answer.headers["location"] + "/requirements").status == 200
