"""What was kept for years stays one click away, and no page waits for it."""
# ruff: noqa: F811

from pathlib import Path
from typing import TYPE_CHECKING

from desk_browser import Desk, browser, desk, page  # noqa: F401
from desk_plain import Plain, plain  # noqa: F401

from drafter.commands import unfinished
from drafter.commands.new import NewRequest, new
from drafter.desk import store

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_first_page_shows_the_last_drafts_and_says_how_many_more_there_are(plain: Plain):
    for _ in range(10):
        unfinished.begin(["safety"])
    short, long = plain.get("/").text, plain.get("/", {"all": ""}).text
    assert (short.count('class="draft"'), "还有 2 篇" in short) == (8, True)
    assert (long.count('class="draft"'), "还有" in long) == (10, False)


def test_papers_that_came_last_are_listed_and_the_others_one_click_away(plain: Plain):
    for n in range(62):
        store.received(f"讲话{n}.txt", "同志们：".encode())
    short, long = plain.get("/back").text, plain.get("/back", {"all": ""}).text
    assert (short.count('name="f"'), "还有 2 份" in short, ">62<" in short) == (60, True, True)
    assert (long.count('name="f"'), "还有" in long) == (62, False)
    assert plain.get("/merge").text.count('name="c"') == 60


def test_a_paper_is_known_by_its_file_whatever_is_made_of_it(plain: Plain):
    paper = store.received("讲话.txt", "同志们：".encode())
    (paper.made_folder / "甲.docx").write_bytes(b"1")
    (paper.path.parent / ".记着的").write_text("")
    assert store.received_by(paper.id) == paper
    assert [file.name for file in paper.files] == ["讲话.txt", "甲.docx"]
    store.thrown_away(paper.id)
    assert plain.get(f"/paper/{paper.id}").status == 404


def test_a_form_of_thirty_thousand_characters_is_kept_while_it_is_typed(desk: Desk, page: "Page", tmp_path: Path):
    draft = tmp_path / "讲话.docx"
    new(NewRequest(("safety",), output=str(draft)))
    page.goto(f"{desk.origin}/back")
    page.set_input_files("input[type=file]", draft)
    page.wait_for_url("**/paper/*")
    page.get_by_role("link", name="更新", exact=True).click()
    page.wait_for_url("**/update")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/update")) as kept:
        page.locator("form[data-keep] textarea").first.fill("同" * 30_000)
    assert kept.value.status == 204
    page.reload()
    assert len(page.locator("form[data-keep] textarea").first.input_value()) == 30_000
