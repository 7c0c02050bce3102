"""Pictures of the desk's pages for the READMEs: `python tests/pictures.py` makes them anew, from a speech written on the way.

They stand in drafter/manual/pictures, at a window of 1280 × 800, in few colours (which wants Pillow); look at them before they
are committed.
"""

import sys
import tempfile
from pathlib import Path

import docx
import PIL.Image
from desk_browser import FLAGS, desk_in, downloaded, window

PICTURES = Path(__file__).parent.parent / "drafter" / "manual" / "pictures"

#: What is answered on the page, by the names of the blanks.
ANSWERS = {
    "代表": "市委、市政府",
    "愿景": "宜居宜业的现代化滨江新城",
    "讲话人职务": "市委常委、秘书长",
    "讲话人": "李卫国",
    "日期": "2026年12月2日",
}

#: A sentence as a hurried hand adds it.
ADDED = "这一条，请大家既使再忙也要记在心理，做到件件有着落，，事事有回音。"


def main() -> None:
    """Write a speech, bring it back, and look at it on the way."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright, desk_in(folder / "起草台") as desk:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        with window(chromium, desk, viewport={"width": 1280, "height": 800}) as page:
            page.get_by_role("link", name="写一篇新的").click()
            page.get_by_role("searchbox").fill("办公室主任培训班")
            page.get_by_role("button", name="找").click()
            page.get_by_role("button", name="就用这篇").first.click()
            page.wait_for_url("**/write/*")
            for name, answer in ANSWERS.items():
                if name != "愿景":
                    page.locator(f"[name='a.{name}']").first.fill(answer)
                    page.wait_for_timeout(600)
            page.get_by_text("【愿景】").first.click()
            page.wait_for_timeout(2500)
            page.screenshot(path=PICTURES / "write.png")
            draft = downloaded(page, page.get_by_role("button", name="下载 Word"), folder)
            edited = docx.Document(str(draft))
            next(p for p in edited.paragraphs if p.text.startswith("一要")).runs[-1].text += ADDED
            edited.save(str(draft))
            page.goto(f"{desk.origin}/back")
            page.set_input_files("input[type=file]", draft)
            page.wait_for_url("**/paper/*")
            paper = page.url
            page.goto(f"{paper}/check")
            for _ in range(2):
                page.get_by_role("button", name="下一处").click()
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / "check.png")
            page.goto(f"{paper}/update")
            page.get_by_label("哪一天讲").fill("下下周一")
            page.get_by_label("讲话人的姓名").fill("王建军")
            page.get_by_role("button", name="看会改哪些地方").click()
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / "update.png")
        chromium.close()
    for path in PICTURES.glob("*.png"):
        PIL.Image.open(path).convert("RGB").quantize(48, dither=PIL.Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
