"""The first page of a paper as a picture: SVG that holds the page as `drafter.writers.html` writes it, so that a list of
papers can show what each looks like, at any size, without a script and without laying out the rest."""

import re
from collections.abc import Sequence
from html import escape

from drafter.speech.block import Block
from drafter.template.styles import Template
from drafter.writers.html import sheet

#: A page has fewer characters than this; what stands behind them is not written.
_PAGE_CHARACTERS = 1_200

#: Pixels of CSS a millimetre has.
_PX = 96 / 25.4

#: What no XML holds.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def first_page(blocks: Sequence[Block], template: Template, label: str = "") -> str:
    """The picture. Values are data: everything is escaped, and an SVG shown as a picture runs and loads nothing. `label`
    says what it is to who cannot see it."""
    page = template.page
    wide, high = page.width_mm * _PX, page.height_mm * _PX
    shown, room = 0, _PAGE_CHARACTERS
    for shown, block in enumerate(blocks, 1):  # noqa: B007 – how many are shown
        room -= max(len(block.text), 20)
        if room <= 0:
            break
    paper = sheet(blocks[:shown], template, "a4", {})
    body = paper.body.replace("<br>", "<br/>")
    folio = "" if page.number == "none" else f'<div class="folio {"center" if page.number == "center" else "odd"}">— 1 —</div>'
    title = f"<title>{escape(label)}</title>" if label else ""
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {high:.1f}" width="{wide:.1f}" height="{high:.1f}">'
        f"{title}<style>* {{ margin: 0; padding: 0; box-sizing: border-box }} {_in_xml(paper.css)} .a4 .paper {{ margin: 0; box-shadow: none }} .a4 .area {{ overflow: hidden }}</style>"
        f'<foreignObject width="{wide:.1f}" height="{high:.1f}"><div xmlns="http://www.w3.org/1999/xhtml" class="a4">'
        f'<div class="paper page"><div class="area">{body}</div>{folio}</div></div></foreignObject></svg>'
    )
    return _NOT_XML.sub("", text)


def _in_xml(style: str) -> str:
    return style.replace("&", "&amp;").replace("<", "&lt;")
