"""`drafter help`: the manual's pages, and the one that a name means: a command's, a chapter, a rule, a code of an
error."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.next_step import Ending, NextStep, typed
from drafter.diagnostic import Diagnostic, Rejected

#: Where the pages are: one Markdown file each, those of commands in a folder of their own.
MANUAL = Path(__file__).parent.parent / "manual"

#: Chapters in the order they are listed; a file that is not named here would not be found by a test.
CHAPTERS = (
    "pages",
    "terminal",
    "outline",
    "library",
    "shelf",
    "fields",
    "templates",
    "files",
    "many",
    "rules",
    "settings",
    "install",
    "editors",
    "agents",
    "json",
    "python",
    "errors",
    "faq",
    "speed",
)

#: So many places that speak of a word are shown; whoever wants more looks for a longer word.
MENTIONS = 20


#: So many pages are named where a word means none.
NEAR = 3


class HelpRequest(NamedTuple):
    """What is looked up; "" asks for the list of topics."""

    topic: str = ""


class HelpTopic(NamedTuple):
    """A page of the manual. `names` find it; `about` is its first sentence; `text` is Markdown without what makes
    it."""

    name: str
    kind: str
    title: str
    about: str
    names: tuple[str, ...]
    text: str


class HelpData(TypedDict):
    """A page of the manual, for programs."""

    topic: str
    kind: str
    title: str
    text: str


class HelpPage(NamedTuple):
    """What was found. `kind`: "topics", "command", "chapter", "section", "rule", "code" or "mentions" (places that
    speak of a word no page is named for). `text` is Markdown."""

    topic: str
    kind: str
    title: str
    text: str

    def ending(self) -> Ending:
        """From the list of topics to one of them; a page is a page, and nothing follows."""
        return Ending(next=NextStep(typed("help", "new"), "看一页") if self.kind == "topics" else None)

    def json(self) -> HelpData:
        """For programs."""
        return {"topic": self.topic, "kind": self.kind, "title": self.title, "text": self.text}


def help_page(request: HelpRequest) -> HelpPage:
    """The page a name means; the list of topics where none is given. Rejected, with the nearest name, where nothing
    is."""
    wanted = _folded(request.topic).removeprefix("drafter ").strip()
    if not wanted or wanted == "drafter":
        return HelpPage("", "topics", "使用手册", _contents())
    pages = list(topics())
    for look in (_page, _rule, _code, _section, _mentions):
        found = look(wanted, pages)
        if found:
            return found
    names = {
        _folded(name): name for name in (*(name for page in pages for name in page.names), *_rules(), *_codes(pages))
    }
    from drafter.commands.find import rows_found

    said = "".join(f"是不是 {names[name]}？" for name in get_close_matches(wanted[:40], names, 1))
    if not said:
        rows = [(page.title, *page.names, page.about) for page in pages]
        near = [pages[hit.entry].name for hit in rows_found(rows, wanted)[:NEAR] if hit.fits]
        said = f"最近的是 {'、'.join(near)}。" if near else ""
    raise Rejected(
        Diagnostic(
            f"手册里没有“{request.topic.strip()}”。",
            None,
            f"{said}drafter help 列出全部主题。",
            code="topic-unknown",
        )
    )


def topics() -> Iterator[HelpTopic]:
    """Every page: commands by name, then the chapters in their order."""
    for path in sorted((MANUAL / "commands").glob("*.md")):
        yield _read(path, "command")
    for name in CHAPTERS:
        yield _read(MANUAL / f"{name}.md", "chapter")


def topic_names() -> tuple[str, ...]:
    """All that `help` takes, for completion: pages, then rules, then codes."""
    pages = list(topics())
    return (
        *(page.name for page in pages),
        *(page.title for page in pages if page.kind == "chapter"),
        *_rules(),
        *_codes(pages),
    )


def _read(path: Path, kind: str) -> HelpTopic:
    source = path.read_text(encoding="utf-8")
    also = re.search(r"<!-- 也叫：(.*?) -->", source)
    text = re.sub(r"\n*^<!--.*?-->$\n*", "\n\n", source, flags=re.S | re.M).strip() + "\n"
    title, _, body = text.removeprefix("# ").partition("\n")
    about = re.split("(?<=。)", re.sub(r"\s*\n\s*", "", body.strip().split("\n\n")[0]), maxsplit=1)[0]
    names = (path.stem, title, *((also[1].split("、")) if also else ()))
    return HelpTopic(path.stem, kind, title, about, names, text)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _contents() -> str:
    pages = list(topics())
    told = {
        kind: "".join(
            f"| `{page.name}` | {page.title if kind == 'chapter' else ''}{page.about if kind == 'command' else ''} |\n"
            for page in pages
            if page.kind == kind
        )
        for kind in ("chapter", "command")
    }
    return (
        "# 使用手册\n\n看一个主题：`drafter help 主题`，例如 `drafter help check`、`drafter help 提纲`。校对规则、报错的代号、提纲里的词也查得到，"
        "例如 `drafter help number-skipped`。\n\n"
        f"## 各章\n\n| 主题 | 讲什么 |\n|---|---|\n{told['chapter']}\n## 各命令\n\n| 主题 | 做什么 |\n|---|---|\n{told['command']}"
    )


def _page(wanted: str, pages: list[HelpTopic]) -> HelpPage | None:
    for page in pages:
        if wanted in map(_folded, page.names):
            return HelpPage(page.name, page.kind, page.title, page.text)
    command, _, below = wanted.partition(" ")
    if below and any(page.kind == "command" and page.name == command for page in pages):
        return _section(f"drafter {wanted}", pages)
    return None


def _rules() -> tuple[str, ...]:
    from drafter.check.rules import names

    return names()


def _rule(wanted: str, pages: list[HelpTopic]) -> HelpPage | None:
    from drafter.check.rules import rule

    name = wanted.replace("_", "-")
    if name not in _rules():
        return None
    found = rule(name)
    level = {"error": "错误", "warning": "提醒", "advice": "建议"}[found.level]
    lines = "\n\n".join(line for line in found.doc.split("\n") if line)
    text = (
        f"# {name}（{level}）\n\n{lines}\n\n依据：{found.source}\n\n不要这一条：`drafter check --ignore {name}`；只看这一条：`drafter che"
        f"ck --select {name}`。\n"
    )
    return HelpPage(name, "rule", name, text)


def _codes(pages: list[HelpTopic]) -> tuple[str, ...]:
    """The codes of errors: the first column of the tables in the chapter on errors."""
    errors = next(page for page in pages if page.name == "errors")
    return tuple(re.findall(r"^\| `([a-z0-9-]+)` \|", errors.text, re.M))


def _code(wanted: str, pages: list[HelpTopic]) -> HelpPage | None:
    errors = next(page for page in pages if page.name == "errors")
    row = re.search(rf"^\| `{re.escape(wanted)}` \| (.*) \|$", errors.text, re.M)
    if not row:
        return None
    said = "\n\n".join(cell.strip() for cell in re.split(r"(?<!\\)\|", row[1]))
    return HelpPage(wanted, "code", wanted, f"# {wanted}\n\n{said}\n\n报错怎么看：`drafter help errors`。\n")


def _section(wanted: str, pages: list[HelpTopic]) -> HelpPage | None:
    for page in pages:
        for title, text in _sections(page.text):
            if wanted in (_folded(title), *map(_folded, re.findall(r"`([^`]+)`", title))):
                return HelpPage(title.replace("`", ""), "section", title.replace("`", ""), text)
    return None


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """The second- and third-level headings of a page, each with all that stands under it. What looks like one in a
    block of code is none."""
    bare = re.sub(r"^( *)```.*?^\1```$", lambda code: re.sub("#", "\0", code[0]), text, flags=re.M | re.S)
    for head in re.finditer(r"^(##+) (.*)$", bare, re.M):
        end = re.compile(rf"^#{{1,{len(head[1])}}} ", re.M).search(bare, head.end())
        yield head[2], bare[head.start() : end.start() if end else None].replace("\0", "#").rstrip() + "\n"


def _mentions(wanted: str, pages: list[HelpTopic]) -> HelpPage | None:
    rows: list[str] = []
    for page in pages:
        for line in re.sub(r"^( *)```.*?^\1```$", "", page.text, flags=re.M | re.S).split("\n"):
            if wanted in line.lower() and not line.startswith("#"):
                cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("| "))]
                rows.append(f"- `{page.name}`：{'　'.join(cell for cell in cells if cell).removeprefix('- ')}")
    if not rows:
        return None
    more = f"\n还有 {len(rows) - MENTIONS} 处。\n" if len(rows) > MENTIONS else ""
    text = f"# 说到“{wanted}”的地方\n\n" + "\n".join(rows[:MENTIONS]) + f"\n{more}\n看整页：`drafter help 主题`。\n"
    return HelpPage(wanted, "mentions", wanted, text)
