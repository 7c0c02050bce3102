"""Blocks as HTML that shows the pages on A4 as they will look in Word: one self-contained file, or a sheet within a page."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.template.signing import signature_room
from drafter.template.styles import Style, Template

#: Above this many paragraphs the file is shown as one long page: nobody turns a thousand pages in a browser.
MAX_PAGED = 3_000


def write(
    blocks: Sequence[Block], template: Template, *, title: str = "", live: str = "", notes: Sequence[str] = ()
) -> str:
    """The page. Values are data: everything is escaped, and the one script is named to the browser by its hash. `live`
    is the address (same origin) that says when to load again, "" for a file that stands alone; `notes` are remarks to
    the writer, shown on the screen beside the paper and never printed. Without scripts the speech
    reads as one long page."""
    from base64 import b64encode
    from hashlib import sha256

    styles = {style.role: style for style in template.styles}
    script = PAGES_SCRIPT + _ALONE
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; connect-src 'self'; base-uri 'no"
        f"ne'"
    )
    page = template.page
    paged = "1" if len(blocks) <= MAX_PAGED else ""
    body = _body(blocks, template, styles, {})
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<title>{escape(title or "讲话稿")}</title>
<style>
{_css(template)}</style>
</head>
<body data-number="{escape(page.number)}" data-paged="{paged}" data-live="{escape(live)}">
<main id="flow" class="paper">
{body}
</main>
<div id="pages"></div>
{_notes(notes)}<nav id="bar"><span id="count"></span><button id="print" type="button">打印</button></nav>
<script>{script}</script>
</body>
</html>
"""


class HtmlSheet(NamedTuple):
    """A paper to be shown within another page: its paragraphs, the rules they are set by, all of them for what stands within
    an element of the class given, where its page number stands (`PageSetup.number`), and whether it is cut into pages."""

    body: str
    css: str
    number: str
    paged: bool


def sheet(blocks: Sequence[Block], template: Template, within: str, links: Mapping[str, str]) -> HtmlSheet:
    """The paper, without script or document of its own; `PAGES_SCRIPT` cuts it into pages. A blank of a field in `links`, answered
    or not, leads to the element of that id; the first of each has the id with `on-` before it, so that there is a way back.
    A paragraph says with `data-row` which of the blocks it is, from 0."""
    styles = {style.role: style for style in template.styles}
    css = "\n".join(f".{within} {rule}" for rule in (*_paper_rules(template), *_words_rules(template))) + "\n"
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        at = found[1]
        said = "" if at in seen else f' id="on-{at}"'
        seen.add(at)
        return f'<a href="#{at}"{said}'

    rows = _body(blocks, template, styles, links).split("\n")
    rows = [re.sub(" ", f' data-row="{at}" ', row, count=1) for at, row in enumerate(rows)]
    body = re.sub('<a href="#([^"]*)"', first, "\n".join(rows))
    return HtmlSheet(body, css, template.page.number, len(blocks) <= MAX_PAGED)


def _body(blocks: Sequence[Block], template: Template, styles: dict[str, Style], links: Mapping[str, str]) -> str:
    rooms = signature_room(blocks, template)
    return "\n".join(_paragraph(b, styles[b.role], styles, rooms.get(at), links) for at, b in enumerate(blocks))


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    rows = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<aside id="notes"><h2>写稿时请注意</h2><ol>{rows}</ol></aside>\n'


def _paragraph(
    block: Block, style: Style, styles: dict[str, Style], room: float | None, links: Mapping[str, str]
) -> str:
    tag = f"h{min(style.outline_level, 6)}" if style.outline_level else "p"
    keep = ' data-keep="1"' if style.keep_next else ""
    node = f' data-node="{escape(block.node)}"' if block.node else ""
    words = "".join(_span(span, styles, links) for span in block.spans) or "<br>"
    right = f' style="padding-right: {room:g}em"' if room is not None else ""
    return f'<{tag} class="{style.style_id}"{keep}{node}{right}>{words}</{tag}>'


def _span(span: Span, styles: dict[str, Style], links: Mapping[str, str]) -> str:
    words = escape(span.text).replace("\n", "<br>")
    if span.confirm is not None:
        told = escape(f"请核实：{span.text}" + (f"。{span.confirm}" if span.confirm else ""))
        words = f'<mark class="confirm" title="{told}">{words}</mark>'
    if span.blank:
        told = escape(span.field or span.blank)
        if name := _linked(span, links):
            look = "blank" if span.answered else "blank open"
            told = escape(("" if span.answered else "还没填：") + name)
            words = f'<a href="#{escape(links[name])}" class="{look}" title="{told}">{words}</a>'
        elif not span.answered:
            return f'<mark data-blank="{escape(span.blank)}" title="还没填：{told}">{words}</mark>'
        else:
            words = f'<span data-blank="{escape(span.blank)}" title="{told}">{words}</span>'
    style = styles.get(span.strong) if span.strong else None
    return f'<b class="{style.style_id}">{words}</b>' if style else words


def _linked(span: Span, links: Mapping[str, str]) -> str:
    """The field a blank leads to: its own, or the first of those it is made of; "" for none."""
    own = span.field.partition("#")[0]
    return own if own in links else next((name for name in links if name in span.blank), "")


def _family(font: str, template: Template) -> str:
    """A font and what may stand in for it, as CSS writes a list of names."""
    names = (font, *template.fallbacks.get(font, ()))
    return ", ".join('"' + name.replace("\\", "").replace('"', "").replace("<", "") + '"' for name in names) + ", serif"


def _css(template: Template) -> str:
    page = template.page
    rules = [
        f"@page {{ size: {page.width_mm:g}mm {page.height_mm:g}mm; margin: 0 }}",
        "* { margin: 0; padding: 0; box-sizing: border-box }",
        "body { background: #d9d9d6; color: #000; -webkit-print-color-adjust: exact; print-color-adjust: exact }",
        *_paper_rules(template),
        "#bar { position: fixed; right: 1em; bottom: 1em; font: 14px sans-serif; background: #fffc; color: #222;"
        " border-radius: 6px; padding: .4em .7em } #bar button { margin-left: .8em; font: inherit; cursor: pointer }",
        f"#notes {{ max-width: {page.width_mm:g}mm; margin: 6mm auto 20mm; font: 15px/1.7 sans-serif; color: #333 }}"
        " #notes h2 { font-size: 1em } #notes ol { padding-left: 2em }",
        "@media (prefers-color-scheme: dark) { body { background: #2b2b2b } #bar { background: #222c; color: #ddd } #n"
        "otes { color: #ccc } }",
        "@media print { body { background: none } .paper { margin: 0; box-shadow: none } #bar, #notes { display: none "
        "} }",
        *_words_rules(template),
    ]
    return "\n".join(rules) + "\n"


def _paper_rules(template: Template) -> list[str]:
    """How the paper looks, and what stands on it that is no style's."""
    page = template.page
    wide = page.width_mm - page.left_mm - page.right_mm
    high = page.height_mm - page.top_mm - page.bottom_mm
    return [
        f".paper {{ position: relative; width: {page.width_mm:g}mm; margin: 6mm auto; background: #fff; color: #000;"
        f" padding: {page.top_mm:g}mm {page.right_mm:g}mm {page.bottom_mm:g}mm {page.left_mm:g}mm;"
        " box-shadow: 0 1px 6px #0005 }",
        f".page {{ height: {page.height_mm:g}mm; overflow: hidden; break-after: page }}",
        f".area {{ width: {wide:g}mm; height: {high:g}mm }}",
        ".cut { overflow: hidden }",
        f".folio {{ position: absolute; left: {page.left_mm:g}mm; right: {page.right_mm:g}mm;"
        # The dash stands 7 mm below the type area (GB/T 9704—2012, 7.5): half a line of the number above its middle.
        f" top: calc({page.height_mm - page.bottom_mm + 7:g}mm - .5em); line-height: 1;"
        f" font: {page.number_size_pt:g}pt {_family(page.number_font, template)} }}",
        ".folio.odd { text-align: right; padding-right: 1em }",
        ".folio.even { text-align: left; padding-left: 1em }",
        ".folio.center { text-align: center }",
        "mark { background: #ff0; color: #000 }",
        "mark.confirm { background: #ffe48c }",
        "b { font-weight: inherit }",
    ]


def _words_rules(template: Template) -> list[str]:
    return [f".{style.style_id} {{ {_look(style, template)} }}" for style in template.styles]


def _look(style: Style, template: Template) -> str:
    out = []
    if style.font:
        out.append(f"font-family: {_family(style.font, template)}")
    if style.size_pt:
        out.append(f"font-size: {style.size_pt:g}pt")
    if style.bold is not None or not style.character:
        out.append(f"font-weight: {700 if style.bold else 400}")
    if style.spacing_pt:
        out.append(f"letter-spacing: {style.spacing_pt:g}pt")
    if not style.character:
        out.append(f"line-height: {style.line_pt:g}pt" if style.line_pt else "line-height: 1.3")
        out.append(f"text-indent: {style.indent_chars:g}em")
        if style.right_chars:
            out.append(f"padding-right: {style.right_chars:g}em")
        align = {"both": "justify"}.get(style.align, style.align or "left")
        out.append(f"text-align: {align}")
        out.append(f"padding-top: {style.before_pt:g}pt; padding-bottom: {style.after_pt:g}pt")
        out.append("line-break: strict; overflow-wrap: anywhere; white-space: pre-wrap")
    return "; ".join(out)


#: Cuts a flow of paragraphs into pages: `cutIntoPages(flow, pages, number)` puts copies of the children of `flow` on pages
#: within `pages`, and gives their count. Lines have exact heights, so a paragraph that does not fit is shown twice, each time
#: through a window of whole lines; nothing is measured inside a paragraph.
PAGES_SCRIPT = """
(function () {
  'use strict';
  window.cutIntoPages = function (flow, pages, number) {
    var area = null, room = 0, used = 0, count = 0;
    function turn() {
      var paper = document.createElement('section');
      paper.className = 'paper page';
      paper.setAttribute('aria-label', '第 ' + (++count) + ' 页');
      area = paper.appendChild(document.createElement('div'));
      area.className = 'area';
      if (number !== 'none') {
        var folio = paper.appendChild(document.createElement('div'));
        folio.className = 'folio ' + (number === 'center' ? 'center' : count % 2 ? 'odd' : 'even');
        folio.textContent = '\\u2014 ' + count + ' \\u2014';
      }
      pages.appendChild(paper);
      room = area.getBoundingClientRect().height + 0.5;
      used = 0;
    }
    function window_(block, from, height) {
      var cut = document.createElement('div'), copy = block.cloneNode(true);
      cut.className = 'cut';
      cut.style.height = height + 'px';
      copy.style.marginTop = -from + 'px';
      if (from > 0) {
        cut.setAttribute('aria-hidden', 'true');
        copy.querySelectorAll('a').forEach(function (link) { link.tabIndex = -1; link.removeAttribute('id'); });
      }
      cut.appendChild(copy);
      area.appendChild(cut);
      used += height;
    }
    function place(block, height, line) {
      var from = 0;
      while (height - from > room - used) {
        var fits = Math.floor((room - used) / line + 0.01) * line;
        if (fits > 0 && height - from > fits) { window_(block, from, fits); from += fits; }
        if (used === 0 && fits <= 0) break;
        turn();
      }
      if (from > 0) { window_(block, from, height - from); }
      else { area.appendChild(block.cloneNode(true)); used += height; }
    }
    var blocks = Array.prototype.slice.call(flow.children);
    var sizes = blocks.map(function (b) {
      var css = getComputedStyle(b), height = b.getBoundingClientRect().height;
      return [height, parseFloat(css.lineHeight) || height];
    });
    turn();
    for (var i = 0; i < blocks.length; i++) {
      var need = sizes[i][0], j = i;
      while (blocks[j].dataset.keep && j + 1 < blocks.length) { j++; need += blocks[j].dataset.keep ? sizes[j][0] : sizes[j][1]; }
      if (j > i && need > room - used && used > 0 && need < room) turn();
      place(blocks[i], sizes[i][0], sizes[i][1]);
    }
    return count;
  };
}());
"""

#: What a file that stands alone does with it.
_ALONE = """
(function () {
  'use strict';
  var flow = document.getElementById('flow'), data = document.body.dataset;
  function lay() {
    if (!data.paged) return;
    var count = cutIntoPages(flow, document.getElementById('pages'), data.number);
    flow.remove();
    document.getElementById('count').textContent = '共 ' + count + ' 页';
  }
  function follow() {
    var key = 'drafter-scroll', kept = sessionStorage.getItem(key);
    if (kept) { scrollTo(0, +kept); sessionStorage.removeItem(key); }
    new EventSource(data.live).onmessage = function () { sessionStorage.setItem(key, scrollY); location.reload(); };
  }
  document.getElementById('print').addEventListener('click', function () { print(); });
  lay();
  if (data.live) follow();
}());
"""
