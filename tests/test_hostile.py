"""Files and answers from people who mean harm: one clear message, nothing written, never a traceback.

What takes time or memory is driven as users drive it, under a limit on memory; the rest runs in this process, through
every step from the bytes of an outline to the bytes of a .docx.
"""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.commands.opening import Dress, blocks_of, open_outline, open_template
from drafter.commands.outlines import check_outline
from drafter.commands.rendering import render
from drafter.diagnostic import MAX_PROBLEMS, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import Typed, defaults, from_json, from_options, from_yaml, settle
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import MAX_FILES, Load, parse
from drafter.outline.reading import MAX_BLANKS
from drafter.outline.yaml import Source, decode
from drafter.speech.draft import Draft, Paragraph, Part, Span, plain
from drafter.template import layout as layouts
from drafter.template.layout import compiled, lay_out
from drafter.template.styles import parse_styles
from drafter.writers import Properties

TODAY = date(2026, 11, 22)
SHIPPED = Path(__file__).parent.parent / "outlines" / "office-training.yaml"
TOP = "title: 题\nspeech:\n"
FIELD = "title: 题\nfields:\n  甲:\n    ask: 问\n"


@cache
def dress() -> Dress:
    return open_template("speech")


def nothing(word: str, name: str, asker: Source) -> Source:
    raise Rejected(Diagnostic(f"找不到 {name}。"))


def docx_of(outline: bytes, answers: Mapping[str, Typed] | None = None, load: Load = nothing) -> bytes:
    """The whole way: bytes of an outline to bytes of a .docx. Everything said on the way must be fit to be shown."""
    source, remarks = decode(outline, "a.yaml")
    read, more = parse(source, load)
    settled = settle(read.fields, answers or {}, TODAY)
    draft = fill(read, settled.values | defaults(read.fields, settled, TODAY))
    told = (*remarks, *more, *settled.remarks, *lint(read, TODAY))
    assert all(line.isprintable() or "\u3000" in line for d in told for line in d.text().splitlines())
    return render(blocks_of(draft, dress()), dress().template, "docx", Properties(datetime(2026, 11, 22), plain(draft.title)))


def refused(outline: bytes | str, answers: Mapping[str, Typed] | None = None, load: Load = nothing) -> list[str]:
    """The messages, each with its place; the whole of what a terminal would show is short and harmless."""
    with pytest.raises(Rejected) as caught:
        docx_of(outline.encode() if isinstance(outline, str) else outline, answers, load)
    assert caught.value.exit_code == 2
    shown = str(caught.value)
    assert len(shown) < 40_000
    assert all(c == "\n" or c == "\u3000" or c.isprintable() for c in shown)
    return [d.text().splitlines()[0] for d in caught.value.diagnostics]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs_of(docx: bytes) -> list[tuple[str, str]]:
    """(id of the style, text) of each paragraph."""
    with ZipFile(BytesIO(docx)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    said = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda e: "\n", f"{W}tab": lambda e: "\t"}
    out = []
    for p in body.iter(f"{W}p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        texts = (said[e.tag](e) for r in p.iter(f"{W}r") for e in r if e.tag in said)
        out.append((style.get(f"{W}val", ""), "".join(texts)))
    return out


def typed(**said: str | tuple[str, ...]) -> dict[str, Typed]:
    return {name: Typed(value, Diagnostic("回答")) for name, value in said.items()}


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────

#: name → (outline, how the first message begins, how many messages); 0 messages: it is taken.
Outline = tuple[Callable[[], str], str, int]

HOSTILE: dict[str, Outline] = {
    "alias": (lambda: "a: &a x\nb: *a\n", "a.yaml:1:4: 这里不用锚点", 1),
    "alias bomb": (lambda: "a: &a\n  - x\n" + "".join(f"b{n}: &b{n}\n  - *a\n" for n in range(99)), "a.yaml:1:4: 这里不用锚点", 1),
    "merge bomb": (lambda: "a:\n  <<: *a\n", "a.yaml:2:3: 这里不用合并键", 1),
    "tag": (lambda: "a: !!python/object/apply:os.system id\n", "a.yaml:1:4: 这里不用锚点", 1),
    "lists in lists": (lambda: TOP + "- " * 100_000 + "a", "a.yaml:3:79: 这里不用嵌套超过 40 层", 1),
    "keys in keys": (lambda: "".join(" " * n + "a:\n" for n in range(50)), "a.yaml:41:41: 这里不用嵌套超过 40 层", 1),
    "keys as keys": (lambda: "? " * 50_000, "a.yaml:1:81: 这里不用嵌套超过 40 层", 1),
    "flow lists": (lambda: "[" * 100_000, "a.yaml:1:1: 这里不用花括号", 1),
    "flow maps": (lambda: "{a: " * 100_000, "a.yaml:1:1: 这里不用花括号", 1),
    "points in points": (
        lambda: TOP + "  - requirements:\n" + "".join(f"{'    ' * n}      - points:\n" for n in range(25)),
        "a.yaml:22:81: 这里不用嵌套超过 40 层", 1,
    ),
    "documents": (lambda: "a: 1\n---\n" * 1000, "a.yaml:2:1: 这里不用第二个文档", 1),
    "8 MB of line ends": (lambda: "\n" * 8_000_000 + "a: b: c", "a.yaml: 文件太长", 1),
    "8 MB of comments": (lambda: "#\n" * 4_000_000, "a.yaml: 文件太长", 1),
    "8 MB without a blank": (lambda: TOP + "  - text: " + "好" * 2_700_000, "写出来超过 2,000,000 字", 1),
    "8 MB of short words": (lambda: TOP + "  - text: " + "ab " * 2_700_000, "写出来超过 2,000,000 字", 1),
    "8 MB of accents": (lambda: "title: 题\nspeech: " + "\u0301" * 4_000_000, "a.yaml:2:9: speech 下面一条一条写", 1),
    "8 MB of a key": (lambda: "? " + "k" * 8_000_000 + "\n: 1\n", "a.yaml:1:1: 没有 speech", 2),
    "8 MB of quotation marks": (lambda: "a: '" + "'" * 8_000_000 + "\nc: d: e\n", "a.yaml:1:4: 以引号开头的值", 1),
    "8 MB in quotation marks": (lambda: 'a: "' + "x" * 8_000_000 + '" b\n', "a.yaml:1:8000007: 缩进和上面不一致", 1),
    "8 MB of control characters": (lambda: "\x01" * 8_000_000, "a.yaml:1:1: Word 文件存不下的字符 U+0001", 20),
    "9 MB": (lambda: "a" * (9 << 20), "a.yaml: 文件太大：9.0 MB", 1),
    "many keys": (lambda: "".join(f"k{n}: 1\n" for n in range(99_000)), "a.yaml:1:1: 不认识的词 k0。", MAX_PROBLEMS + 1),
    "one key again and again": (lambda: "a: 1\n" * 100_000, "a.yaml:2:1: “a”写了两次", MAX_PROBLEMS + 1),
    "one field again and again": (
        lambda: "title: 题\nfields:\n" + "  a: 1\n" * 99_000, "a.yaml:4:3: “a”写了两次", MAX_PROBLEMS + 1,
    ),
    "many wrong field names": (
        lambda: "title: 题\nfields:\n" + "".join(f"  a {n}: 1\n" for n in range(90_000)),
        "a.yaml:3:3: “a 0”不能作空的名称。", MAX_PROBLEMS + 1,
    ),
    "many wrong parts": (lambda: TOP + "- a\n" * 190_000, "a.yaml:3:3: 这里应当写成", MAX_PROBLEMS + 1),
    "many wrong numberings": (
        lambda: "title: 题\nnumbering:\n" + "  - 壹\n" * 190_000 + "speech:\n  - text: 好\n",
        "a.yaml:3:5: 不认识“壹”这种序号", MAX_PROBLEMS + 1,
    ),
    "many parts": (lambda: TOP + "  - text: 好\n" * 50_000, "写出来超过 2,000,000 字", 1),
    "parts that run on for ever": (lambda: TOP + "  - text: 好\n    run-on: yes\n" * 10_000, "写出来超过 2,000,000 字", 1),
    "many empty blocks": (lambda: TOP + "  - opening: |\n" * 60_000, "a.yaml:3:14: opening 后面是空的。", MAX_PROBLEMS + 1),
    "many unknown blanks": (
        lambda: TOP + "  - text: " + "".join(f"【a{n}】" for n in range(100_000)),
        "a.yaml:3:11: 不认识的空【a0】。", MAX_PROBLEMS + 1,
    ),
    "an unknown blank again and again": (lambda: TOP + "  - text: " + "【a】" * 1_000_000, f"一份提纲里最多 {MAX_BLANKS:,} 个空", 1),
    "an unknown blank among many fields": (
        lambda: "title: 题\nfields:\n" + "".join(f"  空{n}: 问\n" for n in range(190)) + "speech:\n  - text: "
        + "".join(f"【口{n}】" for n in range(4_000)),
        "a.yaml:194:11: 不认识的空【口0】。", MAX_PROBLEMS + 1,
    ),
    "many blanks to work out": (
        lambda: FIELD + "speech:\n  - text: " + "".join(f"【甲|默认('{n}')】" for n in range(100_000)),
        "a.yaml:6:68901: 空【甲|默认('5000')】：一份提纲里最多 5,000 种要算", MAX_PROBLEMS + 1,
    ),
    "many blanks that do sums": (
        lambda: TOP + "  - text: " + "".join(f"【a+{n}】" for n in range(99_000)), "a.yaml:3:11: 空【a+0】：这里不能用加法。", MAX_PROBLEMS + 1,
    ),
    "many blanks not closed": (lambda: TOP + "  - text: " + "【 " * 1_000_000, "a.yaml:3:11: “【”后面没有配对的“】”。", MAX_PROBLEMS + 1),
    "a blank of a million letters": (lambda: TOP + "  - text: 【" + "a" * 1_000_000 + "】", f"a.yaml:3:11: 空【{'a' * 50}", 1),
    "many patterns": (
        lambda: "title: 题\nfields:\n" + "".join(f"  a{n}:\n    pattern: (a+)+$\n" for n in range(99)) + "speech:\n  - text: 好\n",
        "a.yaml:63:3: 最多 30 个空可以有 pattern。", 69,
    ),
    "a long pattern": (
        lambda: FIELD + "    pattern: " + "(a|" * 10_000 + "\nspeech:\n  - text: 好\n", "a.yaml:5:14: pattern 太长", 1,
    ),
    "a pattern that takes for ever": (
        lambda: FIELD + f"    default: {'a' * 40}!\n    pattern: (a|aa)+$\nspeech:\n  - text: 【甲】\n",
        "a.yaml:3:3: 【甲】的 default 不合要求：", 1,
    ),
    "a pattern that is none": (
        lambda: FIELD + "    default: a\n    pattern: '(((('\nspeech:\n  - text: 好\n",
        "a.yaml:3:3: 【甲】的 default 不合要求：提纲里的 pattern 不是能读懂的正则表达式", 1,
    ),
    "each in each in each": (
        lambda: FIELD + "    type: list\n    default:\n" + "      - 单位\n" * 1000 + "speech:\n  - requirements:\n"
        + "".join(f"{'    ' * n}      - each: 甲 as x{n}\n{'    ' * n}        points:\n" for n in range(15))
        + "    " * 15 + "      - heading: 好\n",
        "写出来超过 2,000,000 字", 1,
    ),
    "each in each over a condition on a long answer": (
        lambda: FIELD + "    type: list\n    default:\n" + "      - 单位\n" * 1000 + "  乙:\n    type: long text\n    default: "
        + "好" * 99_000 + "\nspeech:\n  - requirements:\n      - each: 甲 as x\n        points:\n"
        "          - each: 甲 as y\n            when: " + "~".join(["乙"] * 160) + " == '好'\n            heading: 好\n",
        "写出来超过 2,000,000 字", 1,
    ),
    "a blank that repeats a long answer": (
        lambda: FIELD + "    type: long text\n    default: " + "😀" * 99_000 + "\nspeech:\n  - text: 【" + "~".join(["甲"] * 160) + "】\n",
        "写出来超过 2,000,000 字", 1,
    ),
    "a choice among many": (
        lambda: FIELD + "    default: 丙\n    choices:\n" + "      - 好\n" * 190_000 + "speech:\n  - text: 好\n",
        "a.yaml:3:3: 【甲】的 default 不合要求：没有“丙”这一项。", 1,
    ),
    "a path": (lambda: TOP + "  - include: ../秘密\n", "a.yaml:3:14: 找不到 ../秘密。", 1),
    "a control character in quotation marks": (lambda: 'title: "\\e]0;x\\a"\n', "a.yaml:1:8: 引号里写了 Word 文件存不下的字符 U+001B", 1),
    "a lone surrogate in quotation marks": (lambda: 'title: "\\ud800"\n', "a.yaml:1:11: 这一行的写法读不懂", 1),
    "a terminal's orders in a key": (lambda: "\u202e\u2066x: 1\n", "a.yaml:1:1: 不认识的词 <U+202E><U+2066>x。", 2),
}  # fmt: skip


#: Those that once took gigabytes or minutes; they are tried through the program, with little memory.
HEAVY = [
    "8 MB of line ends",
    "8 MB of short words",
    "8 MB of quotation marks",
    "8 MB of control characters",
    "8 MB of accents",
    "an unknown blank again and again",
    "many blanks to work out",
    "many blanks not closed",
    "many empty blocks",
    "each in each in each",
    "each in each over a condition on a long answer",
    "many parts",
    "parts that run on for ever",
]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in HEAVY])
def test_a_hostile_outline_is_refused_with_few_words(name: str) -> None:
    text, begins, count = HOSTILE[name]
    told = refused(text())
    assert told[0].startswith(begins)
    assert len(told) == count


#: Of the next, those tried with little memory.
LARGE = ["blanks", "【【", "lines"]

TAKEN: dict[str, Callable[[], str]] = {
    "blanks": lambda: FIELD + "speech:\n  - text: " + "【甲】" * 100_000,
    "【【": lambda: TOP + "  - text: " + "【【" * 900_000,
    "lines": lambda: TOP + "  - text: |\n" + "      字\n" * 190_000,
    "a title without end": lambda: "title: " + "好" * 1_900_000 + "\nspeech:\n  - text: 好\n",
    "a title that might break anywhere": lambda: "title: " + "好" * 100 + "\nspeech:\n  - text: 好\n",
    "an each over nothing": lambda: FIELD + "    type: list\n    default:\n      -\nspeech:\n  - text: 好\n    each: 甲 as 乙\n  - text: 完\n",
    "markup": lambda: TOP + "  - text: " + "a&<>]]>'\"" * 100_000,
    "rare characters": lambda: TOP + "  - text: " + "𠮷😀\u202e\ufffd" * 100_000,
}


@pytest.mark.parametrize("name", [name for name in TAKEN if name not in LARGE])
def test_a_large_outline_that_says_nothing_wrong_is_written(name: str) -> None:
    assert docx_of(TAKEN[name]().encode()).startswith(b"PK")


# ── expressions ────────────────────────────────────────────────────────────────────────────────────────────────────

PAYLOADS = [
    "''.__class__.__mro__[1].__subclasses__()",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "lipsum.__globals__['os']",
    "self.__init__.__globals__",
    "config.items()",
    "request.application",
    "get_flashed_messages.__globals__",
    "namespace.__init__",
    "joiner()",
    "甲.format(甲)",
    "甲.__class__",
    "甲['__class__']",
    "甲|attr('__class__')",
    "甲|map(attribute='__class__')",
    "[甲]|groupby('__class__')",
    "甲|strong",
    "甲|first_sentence",
    "甲|大写(9)",
    "甲|默认('a', 'b')",
    "甲|默认(*甲)",
    "甲|默认(x=1)",
    "甲|xmlattr",
    "'%s' % 甲",
    "'a'*10**9",
    "'a'*1000000000",
    "2**99999999",
    "9" * 4300,
    "1e999",
    "range(10**9)",
    "(" * 400 + "甲" + ")" * 400,
    "not " * 120 + "甲",
    "甲" + "|首项" * 45,
    "甲[0:9]",
    "甲[乙]",
    "{'a': 甲}",
    "甲 is defined",
    "甲 if",
    "'\\x04' ~ 甲",
    "'\\ud800'",
    "'\\x00'",
    "%}{% include 'x'",
    "}}{{ 7*7",
    "甲 甲",
    "\u202e甲",
    "'",
    "\\",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_an_expression_may_not_say_is_refused_in_a_blank_and_in_a_when(payload: str) -> None:
    quoted = "'" + payload.replace("'", "''") + "'"
    blank = refused(FIELD + f"speech:\n  - text: '【{quoted[1:-1]}】'\n", typed(甲="3"))
    when = refused(FIELD + f"speech:\n  - text: 好\n    when: {quoted}\n", typed(甲="3"))
    assert len(blank) == len(when) == 1
    assert blank[0].startswith("a.yaml:6:")
    assert when[0].startswith("a.yaml:7:")


@pytest.mark.parametrize("said", ["[1,2]", "[[1],[甲]]", "none", "[none]", "true", "1.5", "-3", "[甲]|首项", "甲|个数", "'{{7*7}}'"])
def test_an_expression_that_is_odd_but_harmless_is_said(said: str) -> None:
    docx = docx_of(f'{FIELD}speech:\n  - text: "始【{said}】终"\n'.encode(), typed(甲="3"))
    assert re.fullmatch("始[^【】]*终", paragraphs_of(docx)[-1][1])


# ── layouts and styles ─────────────────────────────────────────────────────────────────────────────────────────────

LOOP = "{% for p in parts %}{% for q in p.paragraphs %}BODY{% endfor %}{% endfor %}"

LAYOUTS = [
    *(f"正文｜{{{{ {payload} }}}}" for payload in PAYLOADS if payload not in ("甲|first_sentence", "甲|strong")),
    *(f"{{% if {payload} %}}{{% endif %}}" for payload in PAYLOADS if payload not in ("甲|first_sentence", "甲|strong")),
    "正文｜{{ title.format }}",
    "正文｜{{ title.__class__ }}",
    "正文｜{{ parts.append }}",
    "正文｜{{ parts }}",
    "正文｜{{ parts[0].__dict__ }}",
    "正文｜{{ self }}",
    "正文｜{{ nothing }}",
    "正文｜{{ title[0] }}",
    "正文｜{{ title[0] ~ '99999' ~ title[0] }}",
    "正文｜{{ title|strong(1, 2) }}",
    "正文｜{{ title ~ (title ~ title) }}",
    "正文｜{{ " + " ~ ".join(["title"] * 11) + " }}",
    "{% if [title ~ title] %}{% endif %}",
    "{% for a in title %}{% for b in title %}{% for c in title %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in parts %}{% for b in parts %}{% for c in parts %}{% for d in parts %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for p in parts recursive %}{{ loop(parts) }}{% endfor %}",
    "{% for a, b in parts %}{% endfor %}",
    "{% for a in [1, 2] %}{% endfor %}",
    "{% for a in minutes %}{% endfor %}",
    LOOP.replace("BODY", "{% for r in p.paragraphs %}{% endfor %}"),
    LOOP.replace("BODY", "正文｜" + "{{ q.text ~ q.text ~ q.text ~ q.text }}" * 20 + "\n"),
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% set x = 1 %}",
    "{% block a %}{% endblock %}",
    "{% call a() %}{% endcall %}",
    "{% filter upper %}{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% do x %}",
    "{% if a %}" * 5_000,
    "{% if a %}" * 300 + "{% endif %}" * 300,
    "{{ a" + " and a" * 10_000 + " }}",
    "{{ a" + ".a" * 10_000 + " }}",
    "{{ a" + "|strong" * 10_000 + " }}",
    "{{ " * 30_000,
    "{# " * 30_000,
    "{{",
    "{%",
    "没有竖线",
    "｜",
    "假样式｜x",
    "\x1b[2J｜x",
    "字" * 40_000,
]


def many() -> Draft:
    words = Paragraph((Span("好" * 60), Span("答", "", "空", "空")), "speech.1.p1")
    return Draft((Span("题" * 60),), (Part("opening", (words,) * 5_000),))


@pytest.mark.parametrize("layout", LAYOUTS, ids=[f"{n} {t[:40]!a}" for n, t in enumerate(LAYOUTS)])
def test_a_hostile_layout_is_refused_in_one_message_with_its_file(layout: str) -> None:
    with pytest.raises(Rejected) as caught:
        lay_out(many(), layout, "layout.j2", ("正文", "标题"), {"标题": 20.0})
    (problem,) = caught.value.diagnostics
    assert problem.text().startswith("layout.j2")
    assert len(problem.text()) < 2_000
    assert all(row.isprintable() or "\u3000" in row for row in problem.text().split("\n"))


def test_a_layout_that_works_on_and_on_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MAX_SECONDS", 0.05)  # far less than this one takes on any machine
    with pytest.raises(Rejected, match=r"layout\.j2"):
        lay_out(many(), LOOP.replace("BODY", "{% if '☃' in q.text %}{% endif %}" * 2_500), "layout.j2", ("正文",), {})


def test_a_layout_cannot_make_lines_or_marks_of_its_own() -> None:
    draft = Draft((Span("题"),), (Part("text", (Paragraph((Span("甲"), Span("乙", "", "空", "空")), "n"),)),))
    blocks = lay_out(draft, "标题｜{{ 'x\n标题｜假' ~ title }}\n正文｜{{ parts[0].paragraphs[0].text }}", "l", ("标题", "正文"), {})
    assert [(b.role, b.text) for b in blocks] == [("标题", "x标题｜假题"), ("正文", "甲乙")]


def test_balancing_titles_ends_even_where_every_paragraph_is_one() -> None:
    blocks = lay_out(many(), LOOP.replace("BODY", "标题｜{{ q.text }}\n"), "l", ("标题",), {"标题": 20.0})
    assert len(blocks) == 5_000
    assert {b.text.replace("\n", "") for b in blocks} == {"好" * 60 + "答"}


def test_a_layout_is_checked_before_it_is_kept(tmp_path: Path) -> None:
    for name in ("styles.yaml", "layout.j2"):
        (tmp_path / name).write_bytes((shelf.shipped() / "templates" / "speech" / name).read_bytes())
    assert open_template(str(tmp_path) + "/").template.layout
    (tmp_path / "layout.j2").write_text("正文｜{{ 'a'*10**9 }}", "utf-8")
    with pytest.raises(Rejected, match="这里不能用乘法"):
        open_template(str(tmp_path) + "/")


STYLES = (Path(__file__).parent.parent / "templates" / "speech" / "styles.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (STYLES + "".join(f"  甲{n}:\n    like: 乙{n}\n" for n in range(150)), MAX_PROBLEMS + 1),
        (STYLES + "".join(f"  甲{n}:\n    like: 正文\n" for n in range(300)), 1),
        (STYLES + "".join(f"  甲{n}:\n    like: 甲{(n + 1) % 90}\n" for n in range(90)), 90),
        (STYLES.replace("size_pt: 16", "size_pt: " + "9" * 5_000, 1), 1),
        (STYLES.replace("font: 仿宋_GB2312", "font: " + "仿" * 2_000_000, 1), 1),
        ("styles:\n" + "  a b:\n    font: x\n" * 3, 2),
        ("about: x\n" * 90_000, MAX_PROBLEMS + 1),
        ("".join(f"size{n}: x\n" for n in range(90_000)), MAX_PROBLEMS + 1),
        ("&a [*a]", 1),
        ("", 1),
    ],
    ids=range(10),
)
def test_a_hostile_styles_file_is_refused_with_few_words(text: str, count: int) -> None:
    with pytest.raises(Rejected) as caught:
        parse_styles(decode(text.encode(), "styles.yaml")[0])
    assert len(caught.value.diagnostics) == count
    assert len(str(caught.value)) < 80_000


# ── other files ────────────────────────────────────────────────────────────────────────────────────────────────────


def load_from(files: Mapping[str, str]) -> Load:
    return lambda extends, name, asker: Source(name, files[name])


@pytest.mark.parametrize("word", ["include", "extends"])
@pytest.mark.parametrize("around", [1, 2, 3, 30])
def test_a_circle_of_files_is_told(word: str, around: int) -> None:
    def text(n: int) -> str:
        return f"extends: f{n}\n" if word == "extends" else f"title: 题\nspeech:\n  - include: f{n}\n"

    told = refused(text(0), load=load_from({f"f{n}": text((n + 1) % around) for n in range(around)}))
    assert len(told) == 1
    assert "又绕回到自己了，或者套得太深。" in told[0]


def test_files_that_include_each_other_many_times_do_not_unfold_for_ever() -> None:
    files = {f"f{n}": "speech:\n" + f"  - include: f{n + 1}\n" * 9 for n in range(8)} | {"f8": "speech:\n  - text: 好\n"}
    (told,) = refused(TOP + "  - include: f0\n" * 9, load=load_from(files))
    assert f"最多 {MAX_FILES} 个文件" in told


def test_large_files_do_not_add_up() -> None:
    (told,) = refused(TOP + "  - include: f\n" * 9, load=load_from({"f": "speech:\n  - text: 好\n#" + "x" * 900_000}))
    assert told.startswith("f: 放进来的提纲太多了")


OUTSIDE = ["../外", "..", ".", "/etc/passwd", "/dev/zero", "外.yaml", "~", "a/b", "a\\b", "C:", "外\u202e", "-x", "x" * 65, "$HOME", "%2e%2e", "fifo", "link", "loop", "folder"]  # fmt: skip


@pytest.mark.parametrize("word", ["include", "extends"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_an_outline_cannot_reach_out_of_its_folder(word: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "外.yaml").write_text("speech:\n  - text: 秘密\n", "utf-8")
    os.mkfifo(here / "fifo.yaml")
    (here / "link.yaml").symlink_to(tmp_path / "外.yaml")
    (here / "loop.yaml").symlink_to(here / "loop.yaml")
    (here / "folder.yaml").mkdir()
    quoted = json.dumps(name)
    lines = f"title: 题\nextends: {quoted}\n" if word == "extends" else f"title: 题\nspeech:\n  - include: {quoted}\n"
    (here / "a.yaml").write_text(lines, "utf-8")
    monkeypatch.chdir(here)
    with pytest.raises(Rejected) as caught:
        open_outline("./a.yaml")
    assert "秘密" not in str(caught.value)
    assert [d.place.file for d in caught.value.diagnostics if d.place] == ["a.yaml"]


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/tty", ".", "/", "x/y.yaml", "a\x00b.yaml", "\ud800.yaml", "外" * 300 + ".yaml", "/proc/self/mem"])  # fmt: skip
def test_what_is_no_file_is_no_outline(name: str) -> None:
    with pytest.raises(Rejected) as caught:
        open_outline(name)
    assert len(str(caught.value)) < 1_000
    assert all(row.isprintable() for row in str(caught.value).split("\n"))


def test_a_name_that_gives_a_terminal_orders_is_printed_harmlessly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "\x1b]0;x\x07\u202e\u2066\n.yaml"
    Path(name).write_text("title: 题\nspeech:\n  - 好\n", "utf-8")
    (problem,) = check_outline(name)
    assert problem.text().startswith("<U+001B>]0;x<U+0007><U+202E><U+2066><U+000A>.yaml:3:5: ")


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────

ASKING = """\
title: 在【题】的讲话
byline: 【题】
fields:
  题: 问
  文:
    ask: 问
    type: long text
  列:
    ask: 问
    type: list
  数:
    ask: 问
    type: number
  日:
    ask: 问
    type: date
speech:
  - greeting: 【题】
  - opening: 【文】
  - text: 始【题】中【文】终
  - requirements:
      - heading: 【题】
        text: 【文】
        points:
          - 【列】
  - text: 每【项】
    each: 列 as 项
"""

FORGERIES = [
    "标题｜假",
    "正文｜",
    "\n标题｜假",
    "甲\n\n标题｜假",
    "甲\r标题｜假\u2028标题｜假",
    "{{7*7}}",
    "{% for x in parts %}",
    "{# x #}",
    "【题】",
    "【【",
    "】",
    "｜" * 1000,
    "</w:t></w:r><w:p/>",
    "]]><!-- &lt; &#0; &amp;",
    "=cmd|'/c calc'!A0",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "%s%n{0}{}",
    "\\x04 \\u0004",
    "👩\u200d👩\u200d👧\u200d👦🏽🇨🇳",
    "\u202eתוש\u202c العربية\u200f",
    "𠮷𡘙𪚥㐀\U000e0100",
    "e\u0301\u0302\u0303",
    "\u200b\u2060\ufeff零宽",
    "\t制\t表\t",
    "\u3000全角\u00a0空格\u3000",
    "好" * 100_000,
    "\ue000\U0010fffd",
    "0" * 4_300,
]


BREAKS = re.compile("[\r\n\x85\u2028\u2029]")


@pytest.mark.parametrize("said", FORGERIES, ids=range(len(FORGERIES)))
def test_an_answer_is_words_and_nothing_else(said: str) -> None:
    honest = paragraphs_of(docx_of(ASKING.encode(), typed(题="甲", 文="乙", 列=("丙",))))
    told = paragraphs_of(docx_of(ASKING.encode(), typed(题=said, 文=BREAKS.sub("", said), 列=(said,))))
    assert [style for style, _ in told] == [style for style, _ in honest]
    assert len(told) == 8
    for (_, text), (_, before) in zip(told, honest, strict=True):
        plain = "".join(text.replace("、", "").split())  # lines of an answer may be kept apart by 、
        assert ("".join(said.replace("、", "").split()) in plain) is bool(before)


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\x04", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])  # noqa: PT014 - ruff takes two surrogates for one
@pytest.mark.parametrize("name", ["题", "文", "列"])
def test_an_answer_word_cannot_hold_is_refused_by_its_code_point(name: str, bad: str) -> None:
    (told,) = refused(ASKING, typed(**{name: f"甲{bad}乙"}))
    assert told == f"回答：【{name}】里面有 Word 文件存不下的字符 U+{ord(bad):04X}（第 2 个字符），请删掉它。"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("题", "好" * 100_001),
        ("列", tuple("好" for _ in range(1_001))),
        ("列", "、".join("好" * 1_001)),
        *(("数", said) for said in ("9" * 4_300, "9" * 16, "1e9", "nan", "inf", "0x10", "1_0", "٣" * 16, "²", "--1", "1,2", "九" * 21, "½")),
        *(("日", said) for said in ("9999-99-99", "0000-01-01", "九亿亿日", "九亿月九亿亿日", "9" * 4_300, "٣月٣日٣", "-1日", "日", "²日", "二月三十日")),
    ],
)  # fmt: skip
def test_an_answer_that_is_too_much_or_no_number_or_no_day_is_refused(name: str, said: str | tuple[str, ...]) -> None:
    (told,) = refused(ASKING, typed(**{name: said}))
    assert told.startswith(f"回答：【{name}】")
    assert len(told) < 120


def test_the_day_after_the_last_day_is_no_day() -> None:
    with pytest.raises(Rejected, match="“明天”：这一天不在年历里。"):
        settle(parse(Source("a.yaml", ASKING), nothing)[0].fields, typed(日="明天"), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"题": "\\ud800"}', "a.json:1:2: 【题】里面有 Word 文件存不下的字符 U+D800（第 1 个字符），请删掉它。"),
        ('{"题": ' + "9" * 100_001 + "}", "a.json:1:2: 【题】太长：100,001 个字符，最多 100,000 个。"),
        ("[" * 100_000, "a.json: JSON 嵌套太深。"),
        ('{"a":' * 100_000, "a.json: JSON 嵌套太深。"),
        ("[]", 'a.json: 回答文件最外层要是 {"名称": "回答"}。'),
        ("", "a.json:1:1: 这个文件是空的。"),
        ('{"题": {}}', "a.json: “题”的回答应当是文字、数、true/false，或者文字的数组。"),
        ('{"题": [["甲"]]}', "a.json: “题”的回答应当是文字、数、true/false，或者文字的数组。"),
        ("{" + ",".join(f'"a{n}":1' for n in range(300_000)) + ',"a299999":1}', "a.json: “a299999”写了两次。"),
        ("{" + '"题":1,' * 300_000 + '"x":1}', "a.json: “题”写了两次。"),
    ],
    ids=range(10),
)
def test_a_hostile_json_file_is_refused(text: str, message: str) -> None:
    fields = parse(Source("a.yaml", ASKING), nothing)[0].fields
    with pytest.raises(Rejected) as caught:
        settle(fields, from_json(Source("a.json", text)), TODAY)
    assert caught.value.diagnostics[0].text().splitlines()[0] == message


def test_many_answers_nobody_asked_for_are_told_in_few_words() -> None:
    fields = parse(Source("a.yaml", ASKING), nothing)[0].fields
    for answers in (
        from_json(Source("a.json", json.dumps({f"a{n}": "x" for n in range(200_000)}))),
        from_yaml(Source("a.yaml", "".join(f"a{n}: x\n" for n in range(20_000)))),
    ):
        told = [remark.message.partition("：")[0] for remark in settle(fields, answers, TODAY).remarks]
        assert told == [f"这份提纲没有这些空，{len(answers):,} 条回答没有用上"]


def test_an_answer_by_hand_is_shown_harmlessly() -> None:
    fields = parse(Source("a.yaml", ASKING), nothing)[0].fields
    with pytest.raises(Rejected) as caught:
        settle(fields, from_options(["\x1b[2J\u202e=1"]), TODAY, frozenset(["\x1b[2J\u202e"]))
    assert str(caught.value).splitlines()[0] == "--set <U+001B>[2J<U+202E>=1：这份提纲没有“<U+001B>[2J<U+202E>”这个空。"


#: As `test_chinese` defines what XML can hold.
HOLDABLE = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


@given(st.text(max_size=60) | st.text(st.sampled_from("标题｜【】{}%\n\x04 \u3000a"), max_size=30))
def test_any_text_as_an_answer_is_refused_or_stands_in_the_document_as_it_is(said: str) -> None:
    if not HOLDABLE.fullmatch(said):
        refused(ASKING, typed(题=said, 文=said))
        return
    told = dict.fromkeys(text for _, text in paragraphs_of(docx_of(ASKING.encode(), typed(题=said, 文=said))))
    if not said.strip():
        return  # nothing was said: the blank stays open
    (line,) = (text for text in told if text.startswith("始") and text.endswith("终") and "中" in text)
    if BREAKS.search(said):
        assert "".join(line.replace("、", " ").split()) == "".join(f"始{said}中{said}终".replace("、", " ").split())  # lines may be kept apart by 、
    else:
        assert line == f"始{said.strip()}中{said.strip()}终"


# ── mutations ──────────────────────────────────────────────────────────────────────────────────────────────────────

VALID = SHIPPED.read_bytes()
LINES = VALID.splitlines(keepends=True)
ODD = ["\x00", "\x1b[2J", "\t", "：", "　", "【", "】", "{{", "{%", "&a ", "*a", "!!x ", "<<: ", "- ", "? ", "| ", "#", '"', "'", "\\", "%", "@", "`", "\u2028", "\ufeff", "😀", "\u202e"]  # fmt: skip
ODD_BYTES = [*(c.encode() for c in ODD), b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xe5", b"\r", b"\r\n", b"\x85", b"\xfe\xff"]


def mutations(kind: str) -> list[bytes]:
    """About a hundred of each kind, always the same."""
    chance = random.Random(kind)
    out: list[bytes] = []
    if kind == "cut short":
        return [VALID[:at] for at in range(0, len(VALID), max(50, len(VALID) // 200))]
    for _ in range(100):
        lines = list(LINES)
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        if kind == "line taken out":
            del lines[at]
        elif kind == "line twice":
            lines.insert(at, lines[at])
        elif kind == "lines swapped":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "lines indented anew":
            lines[at] = b" " * chance.randrange(12) + lines[at].lstrip()
        elif kind == "a line's marks made full-width":
            marks = str.maketrans(":-|#'\"", "：－｜＃’”")
            lines[at] = lines[at].decode().translate(marks).encode()
        data = b"".join(lines)
        if kind == "odd characters put in":
            where = chance.randrange(len(data))
            data = data[:where] + chance.choice(ODD_BYTES) + data[where:]
        elif kind == "bytes changed":
            where = chance.randrange(len(data))
            data = data[:where] + bytes([chance.randrange(256)]) + data[where + 1 :]
        elif kind == "a piece taken out":
            where = chance.randrange(len(data))
            data = data[:where] + data[where + chance.randrange(400) :]
        out.append(data)
    return out


@pytest.mark.parametrize(
    "kind",
    [
        "cut short",
        "line taken out",
        "line twice",
        "lines swapped",
        "lines indented anew",
        "a line's marks made full-width",
        "odd characters put in",
        "bytes changed",
        "a piece taken out",
    ],
)
def test_an_outline_damaged_anywhere_is_used_or_refused(kind: str) -> None:
    errors = []
    for data in (damaged := mutations(kind)):
        try:
            assert paragraphs_of(docx_of(data, load=shelf.load))
        except Rejected as error:
            errors.append(error)
    assert len(errors) < len(damaged)  # some damage does no harm
    for error in errors:
        assert error.exit_code == 2
        assert all(d.place is None or d.place == Place(*d.place) for d in error.diagnostics)
        assert all(c == "\n" or c == "\u3000" or c.isprintable() for c in str(error))


# ── the program ────────────────────────────────────────────────────────────────────────────────────────────────────

def limited(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The program with 600 MB of addresses, which is far less than it once asked for; ten seconds are only a guard."""
    limit = "import resource as r, runpy, sys; r.setrlimit(r.RLIMIT_AS, (600 << 20,) * 2); sys.argv[0] = 'drafter'; "
    command = [sys.executable, "-c", limit + "runpy.run_module('drafter', run_name='__main__')", *words]
    where: dict[str, Any] = {"cwd": folder, "capture_output": True, "encoding": "utf-8", "timeout": 60}
    return subprocess.run(command, check=False, **where)


@pytest.mark.parametrize("name", HEAVY)
def test_the_program_refuses_a_heavy_outline_in_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HOSTILE[name][0](), "utf-8")
    done = limited(tmp_path, "new", "--outline", "./a.yaml", "--no-input", "-o", "out.docx")
    assert done.returncode == 2
    assert done.stderr.startswith(HOSTILE[name][1])
    assert "Traceback" not in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["a.yaml"]


@pytest.mark.parametrize("name", LARGE)
def test_the_program_writes_a_large_outline_in_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TAKEN[name](), "utf-8")
    done = limited(tmp_path, "new", "--outline", "./a.yaml", "--no-input", "--quiet", "-o", "out.docx")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "files", "message"),
    [
        (("-t", "./t"), {"t/layout.j2": "正文｜{{ 'a'*10**9 }}"}, "t/layout.j2:1:1: 这里不能用乘法（第 1 行）。"),
        (("-t", "./t"), {"t/layout.j2": "{% for a in title %}{% endfor %}"}, "t/layout.j2:1:1: for 只能走"),
        (("-t", "./t"), {"t/base.docx": "PK\x03\x04"}, "t/base.docx: 文件坏了"),
        (("-t", "./t"), {"t/styles.yaml": "&a x"}, "t/styles.yaml:1:1: 这里不用锚点"),
        (("-t", "../t"), {}, "../t 不是模板文件夹"),
        (("-a", "/dev/zero"), {}, "/dev/zero: 这不是普通文件。"),
        (("-a", "a.json"), {"a.json": '{"题": "\\ud800"}'}, "a.json:1:2: 【题】里面有 Word 文件存不下的字符 U+D800"),
        (("-a", "a.json"), {"a.json": "[" * 1_000_000}, "a.json: JSON 嵌套太深。"),
        (("-a", "a.yaml"), {"a.yaml": "题: &a *a\n"}, "a.yaml:1:"),
        (("-s", "题=\x1b[2J"), {}, "--set 题=<U+001B>[2J：【题】里面有 Word 文件存不下的字符 U+001B"),
        (("-s", "日=九亿亿日"), {}, "--set 日=九亿亿日：【日】“九亿亿日”不是日期。"),
        (("--date", "九亿亿日"), {}, "--date 九亿亿日：这不是日期。"),
        (("-s", "题=" + "好" * 30_000 + "\x01"), {}, "--set 题=好好好"),
    ],
    ids=range(13),
)  # fmt: skip
def test_the_program_refuses_other_hostile_files_and_words(
    words: tuple[str, ...], files: dict[str, str], message: str, tmp_path: Path
) -> None:
    (tmp_path / "o.yaml").write_text(ASKING, "utf-8")
    if any(name.startswith("t/") for name in files):
        (tmp_path / "t").mkdir()
        for name in ("styles.yaml", "layout.j2"):
            (tmp_path / "t" / name).write_bytes((shelf.shipped() / "templates" / "speech" / name).read_bytes())
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    before = sorted(os.listdir(tmp_path))
    done = limited(tmp_path, "new", "--outline", "./o.yaml", "--no-input", "-o", "out.docx", *words)
    assert done.returncode == 2
    assert done.stderr.startswith(message)
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 5_000
    assert sorted(os.listdir(tmp_path)) == before


def test_a_layout_kept_from_before_is_the_one_that_was_checked() -> None:
    assert compiled(dress().template.layout, "layout.j2") == dress().code
