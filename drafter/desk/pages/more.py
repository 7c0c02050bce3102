"""What is seldom wanted: settings, rules of the proof-reader, the table of formulations, the manual, what this machine has,
and what the desk is made of."""

import re
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from markdown_it import MarkdownIt
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.doctor import DoctorResult, doctor
from drafter.commands.formulations import FormulationsRequest, FormulationsResult, ListedFormulation, formulations
from drafter.commands.help import HelpPage, HelpRequest, help_page, topics
from drafter.commands.set_up import (
    RuleSetting,
    SetUpRequest,
    no_longer_kept,
    set_rule,
    set_up,
    settings_shown,
    where_settings_are,
    write_settings,
)
from drafter.desk.show import form_of, seen, show, told_all, work
from drafter.diagnostic import Rejected

#: What the levels of a finding are called.
LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议", "off": "不用"}

_STATIC = Path(__file__).parent.parent / "static"


async def more(request: Request) -> Response:
    """What there is."""
    return await show(request, "more.html")


# ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def settings(request: Request) -> Response:
    """The settings as a form; where they cannot be read, the file itself."""
    shown = await work(settings_shown)
    changed = [rule for rule in shown.rules if rule.changed]
    done = "done" in request.query_params
    return await show(
        request, "more_settings.html", 200, shown=shown, changed=changed, levels=LEVELS, done=done, problems=told_all(shown.problems)
    )


async def settings_changed(request: Request) -> Response:
    """Write what the form says."""
    form = await form_of(request)
    asked = SetUpRequest(
        plain=form.text("plain") == "yes",
        comments=form.text("comments") == "yes",
        minutes=form.text("minutes"),
        level=form.text("level"),
    )
    await work(set_up, asked)
    return seen("/more/settings?done=1")


async def settings_written(request: Request) -> Response:
    """Put the file of settings right."""
    form = await form_of(request)
    await work(write_settings, form.text("text"))
    return seen("/more/settings")


async def told_again(request: Request) -> Response:
    """What was left is told again."""
    form = await form_of(request)
    number = form.text("number")
    await work(no_longer_kept, int(number) if number.isdecimal() and len(number) < 7 else -1, form.text("words"))
    return seen("/more/settings?done=1#kept")


# ── rules, formulations ────────────────────────────────────────────────────────────────────────────────────────────


async def rules(request: Request) -> Response:
    """The rules of the proof-reader, those with the words typed in them."""
    typed = request.query_params.get("q", "").strip()[:100]
    shown = await work(settings_shown)
    found = [rule for rule in shown.rules if all(_in_rule(rule, word) for word in typed.split())]
    if request.query_params.get("changed"):
        found = [rule for rule in found if rule.changed]
    unusable = bool(shown.problems)
    return await show(request, "more_rules.html", 200, rules=found, every=len(shown.rules), typed=typed, levels=LEVELS, unusable=unusable)


def _in_rule(rule: RuleSetting, word: str) -> bool:
    return any(word.lower() in text.lower() for text in (rule.name, rule.doc, rule.source))


async def rule_changed(request: Request) -> Response:
    """Say of a rule which level it has."""
    form = await form_of(request)
    name = form.text("name")
    await work(set_rule, name, form.text("level"))
    typed = form.text("q").strip()[:100]
    return seen("/more/rules" + (f"?q={quote(typed)}" if typed else "") + f"#{quote(name)}")


class FormulationRow(NamedTuple):
    """A formulation as a row: when it is right, in words, and everything told of it."""

    entry: ListedFormulation
    when: str


#: So many rows of the table are shown at once; whoever wants more looks for a word.
MOST_ROWS = 300


async def words(request: Request) -> Response:
    """The table of formulations: its themes, or what of it fits the words typed."""
    typed = request.query_params.get("q", "").strip()[:100]
    found: FormulationsResult | None = None
    problems = []
    try:
        found = await work(formulations, FormulationsRequest(tuple(typed.split())))
    except Rejected as refused:
        problems = told_all(refused.diagnostics)
    rows = [FormulationRow(entry, _when(entry)) for entry in found.entries[:MOST_ROWS]] if found and typed else []
    known = found.known.said() if found else ""
    themes = found.themes if found else ()
    count = len(found.entries) if found else 0
    return await show(request, "more_words.html", 200, typed=typed, rows=rows, themes=themes, known=known, problems=problems, count=count)


def _when(entry: ListedFormulation) -> str:
    if entry.since and entry.until:
        return f"{entry.since} 到 {entry.until}"
    return f"{entry.since} 起" if entry.since else f"到 {entry.until} 为止" if entry.until else ""


# ── the manual ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def manual(request: Request) -> Response:
    """The manual's pages, or what a word means in it."""
    typed = request.query_params.get("q", "").strip()[:100]
    if typed:
        return await _manual_page(request, typed, typed)
    pages = await work(lambda: list(topics()))
    chapters = [page for page in pages if page.kind == "chapter"]
    commands = [page for page in pages if page.kind == "command"]
    return await show(request, "more_manual.html", 200, chapters=chapters, commands=commands, page=None, html="", typed="", missing="")


async def manual_topic(request: Request) -> Response:
    """A page of the manual."""
    return await _manual_page(request, request.path_params["topic"], "")


async def _manual_page(request: Request, topic: str, typed: str) -> Response:
    page: HelpPage | None = None
    missing, status = "", 200
    try:
        page = await work(help_page, HelpRequest(topic))
    except Rejected:
        missing, status = topic, 200 if typed else 404
    html = _html(page.text) if page else ""
    return await show(request, "more_manual.html", status, chapters=[], commands=[], page=page, html=html, typed=typed, missing=missing)


def _html(text: str) -> str:
    """A page of the manual as HTML: tables that scroll by themselves, headings below that of the page."""
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    made = made.replace("<table>", '<div class="scroll" tabindex="0" role="region" aria-label="表"><table>').replace("</table>", "</table></div>")
    made = made.replace("<pre>", '<pre tabindex="0">')
    return re.sub(r"<code>drafter help ([^<]+)</code>", _to_topic, made)


def _to_topic(found: re.Match[str]) -> str:
    topic = found[1].strip()
    if topic == "主题":
        return found[0]
    return f'<a href="/more/manual?q={quote(topic.replace("&amp;", "&"))}">{escape(topic)}</a>'


# ── this machine, and the desk itself ──────────────────────────────────────────────────────────────────────────────


class Checked(NamedTuple):
    """Something this machine has or has not: `good`, what it is, what follows of it, and what to do ("" for nothing)."""

    good: bool
    name: str
    told: str
    way: str = ""
    link: str = ""


async def computer(request: Request) -> Response:
    """What this machine has, and what to do about what it has not."""
    found = await work(doctor)
    where = where_settings_are(found.settings_file)
    return await show(request, "more_computer.html", 200, checked=_checked(found), found=found, settings=told_all(found.settings), where=where)


def _checked(found: DoctorResult) -> list[Checked]:
    """What the doctor found, without what only somebody at a terminal can do."""
    lacking = {missing.name: missing for missing in found.missing}
    out = []
    lacking_fonts = [font.name for font in found.fonts if not font.here]
    have = "、".join(font.name for font in found.fonts if font.here)
    if lacking_fonts:
        told = (f"有{have}；" if have else "") + f"没有{'、'.join(lacking_fonts)}。预览和 PDF 里先用别的字体代替，字形、行数可能差一点；"
        told += "Word 文件里写的仍是规定的字体，在装了的电脑上就是对的。"
        way = "从装过 WPS 或者旧版 Windows 的电脑上拷来字体文件，双击安装。方正小标宋是方正字库的，单位要有授权。"
        out.append(Checked(False, "公文字体", told, way))
    else:
        out.append(Checked(True, "公文字体", f"{have}都有"))
    offices = "、".join(found.offices)
    if offices:
        out.append(Checked(True, "打开稿子的程序", offices))
    if found.libreoffice:
        told = f"有，{found.libreoffice_version}。能存成 PDF，能读旧格式的文件。" if found.libreoffice_version else "有。能存成 PDF，能读旧格式的文件。"
        out.append(Checked(True, "LibreOffice", told))
        if found.plain_better and not found.plain_set:
            out.append(Checked(False, "用 LibreOffice 改稿", "这一版改过、存过的稿子，空里的字有时会重复。", "在设置里把“稿子里的空”选成普通文字，就不会。", "/more/settings"))
    else:
        missing = lacking.get("LibreOffice")
        out.append(Checked(False, "LibreOffice", f"没有。{missing.costs if missing else ''}", "需要 PDF 的，请管电脑的同志装上 LibreOffice（免费，统信、麒麟的应用商店里有）。"))
    if "pypdf" in lacking:
        out.append(Checked(False, "读 PDF", "读不了 PDF 文件；Word、WPS 的文件不受影响。", "先在 WPS 或 Word 里把 PDF 另存为 Word 文件。"))
    return out


class Licence(NamedTuple):
    """Something the desk is made of, and what it says of its use."""

    name: str
    told: str
    text: str


async def about(request: Request) -> Response:
    """What the desk is, and the licences of what it brings."""
    return await show(request, "more_about.html", 200, licences=_licences())


def _licences() -> list[Licence]:
    """Everything vendored in the folder of static files: each has its licence beside it under its own name."""
    told = {"codemirror": "改提纲的编辑框"}
    out = []
    for path in sorted(_STATIC.glob("*.LICENSE.txt")):
        name = path.name.removesuffix(".LICENSE.txt")
        out.append(Licence(name, told.get(name, ""), path.read_text(encoding="utf-8")))
    return out


ROUTES: list[BaseRoute] = [
    Route("/more", more),
    Route("/more/settings", settings, methods=["GET"]),
    Route("/more/settings", settings_changed, methods=["POST"]),
    Route("/more/settings/text", settings_written, methods=["POST"]),
    Route("/more/settings/kept", told_again, methods=["POST"]),
    Route("/more/rules", rules, methods=["GET"]),
    Route("/more/rules", rule_changed, methods=["POST"]),
    Route("/more/words", words),
    Route("/more/manual", manual),
    Route("/more/manual/{topic}", manual_topic),
    Route("/more/computer", computer),
    Route("/more/about", about),
]
