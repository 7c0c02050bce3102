"""styles.yaml: what a role looks like in Word, and every way of writing it wrong."""

from pathlib import Path

import pytest

from drafter.diagnostic import Place, Rejected
from drafter.outline.yaml import Source
from drafter.template.styles import HIGHLIGHTS, PageSetup, Template, parse_styles, parse_template, text_area, twips

TEMPLATES = Path(__file__).parent.parent / "templates"
SHIPPED = ("card", "reading", "speech")

SMALL = """\
about: 小模板
page:
  lines: 22
  chars: 28
  number: none
fonts:
  仿宋_GB2312:
    - 仿宋
    - FangSong
styles:
  标题:
    size_pt: 22
    line_pt: 35
    align: center
  正文:
    font: 仿宋_GB2312
    size_pt: 16
    line_pt: 28.95
    spacing_pt: -0.25
    indent_chars: 2
  要求:
    like: 正文
    keep_next: yes
"""


def shipped(name: str) -> Template:
    styles, layout = (
        Source(file, (TEMPLATES / name / file).read_text("utf-8")) for file in ("styles.yaml", "layout.j2")
    )
    return parse_template(name, styles, layout)


def told(text: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        parse_styles(Source("s.yaml", text))
    assert caught.value.exit_code == 2
    places = [d.place or Place("") for d in caught.value.diagnostics]
    return [f"{p.line}:{p.column} {d.message}" for p, d in zip(places, caught.value.diagnostics, strict=True)]


def test_a_template_is_read_with_its_layout() -> None:
    template = parse_template("小", Source("s.yaml", SMALL), Source("layout.j2", "正文｜{{ title }}"), b"PK")
    assert template.name == "小"
    assert template.about == "小模板"
    assert (template.layout, template.layout_file) == ("正文｜{{ title }}", "layout.j2")
    assert template.base == b"PK"
    assert template.fallbacks == {"仿宋_GB2312": ("仿宋", "FangSong")}
    assert template.page == PageSetup(lines=22, chars=28, number="none")


def test_a_style_takes_over_everything_of_what_it_is_like() -> None:
    template = parse_template("小", Source("s.yaml", SMALL), Source("layout.j2", ""))
    body, point = template.style("正文"), template.style("要求")
    assert point == body._replace(
        role="要求", name="讲话要求", style_id="SpeechRequirement", like="正文", keep_next=True
    )


def test_a_style_like_nothing_has_the_font_and_lines_of_the_body_but_not_its_indent() -> None:
    title = parse_template("小", Source("s.yaml", SMALL), Source("layout.j2", "")).style("标题")
    assert (title.font, title.size_pt, title.line_pt, title.indent_chars) == ("仿宋_GB2312", 22, 35, 0)


def test_what_every_layout_may_use_is_there_although_nobody_wrote_it() -> None:
    look = parse_styles(Source("s.yaml", SMALL))
    added = {s.role: s for s in look.styles if s.role not in ("标题", "正文", "要求")}
    assert list(added) == ["待填", "页脚", "一级段首句", "二级段首句", "三级段首句", "四级段首句"]
    assert added["待填"].highlight == "yellow"
    assert all(s.character and s.bold for role, s in added.items() if role.endswith("段首句"))


def test_a_role_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="眉批"):
        parse_template("小", Source("s.yaml", SMALL), Source("layout.j2", "")).style("眉批")


def test_style_ids_are_ascii_and_differ() -> None:
    text = SMALL + "  按语:\n    like: 正文\n  案语:\n    like: 正文\n"
    ids = [s.style_id for s in parse_styles(Source("s.yaml", text)).styles]
    assert "Speech63098BED" in ids
    assert all(i.isascii() and i.isalnum() for i in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about: 小模板", "关于: 小模板", ["1:1 styles.yaml 里不认识“关于”。"]),
        ("align: center", "algin: center", ["14:5 标题 里不认识“algin”。"]),
        ("align: center", "align: 居中", ["14:12 align 不能写“居中”。"]),
        ("size_pt: 22", "size_pt: 二号", ["12:14 size_pt 要写数字（单位是磅，不用写），这里写的是“二号”。"]),
        ("size_pt: 22", "size_pt: 22pt", ["12:14 size_pt 要写数字（单位是磅，不用写），这里写的是“22pt”。"]),
        ("size_pt: 22", "size_pt: ２２", ["12:14 size_pt 要写数字（单位是磅，不用写），这里写的是“２２”。"]),
        ("size_pt: 22", "size_pt: nan", ["12:14 size_pt 要写数字（单位是磅，不用写），这里写的是“nan”。"]),
        ("size_pt: 22", "size_pt: 1e3", ["12:14 size_pt 要写数字（单位是磅，不用写），这里写的是“1e3”。"]),
        ("size_pt: 22", "size_pt: 0", ["12:14 size_pt 只能在 1 到 400 磅之间，这里写的是 0。"]),
        ("size_pt: 22", "size_pt: 21.3", ["12:14 Word 的字号只到半磅，没有 21.3 磅。"]),
        ("lines: 22", "lines: 21.5", ["3:10 lines 要写整数，这里写的是 21.5。"]),
        ("lines: 22", "lines:\n    - 22", ["4:5 lines 后面只能写一个值。"]),
        ("number: none", "number: left", ["5:11 number 不能写“left”。"]),
        ("keep_next: yes", "keep_next: 好", ["23:16 keep_next 只能写 yes 或 no，这里写的是“好”。"]),
        ("like: 正文", "like: 正", ["22:11 要求 要 like 的“正”不在 styles 里。"]),
        ("like: 正文", "like: 要求", ["22:11 like 绕了一圈：要求 → 要求。"]),
        ("like: 正文", "kind: character", ["23:5 要求 是字符样式（kind: character），不能写 keep_next。"]),
        ("    indent_chars: 2", "    like: 要求", ["20:11 正文 是别的样式的根本，不能 like。"]),
        ("    font: 仿宋_GB2312\n", "", ["15:3 正文 要写明 font。"]),
        ("    line_pt: 28.95\n", "", ["15:3 正文 要写明 line_pt。"]),
        ("font: 仿宋_GB2312", "font: " + "宋" * 32, ["16:11 字体名最多 31 个字符。"]),
        ("like: 正文", "like: 正文\n    name: Normal", ["23:11 Word 里的样式不能叫“Normal”。"]),
        ("like: 正文", "like: 正文\n    name: 讲话标题", ["21:3 要求 和 标题 在 Word 里会是同一个名称：讲话标题。"]),
        ("  要求:", "  要 求:", ["21:3 “要 求”不能作样式名。"]),
        (
            "    size_pt: 22\n    line_pt: 35\n",
            "    kind: character\n",
            [
                "11:3 标题 是段落样式，不能写 kind: character。",
                "13:5 标题 是字符样式（kind: character），不能写 align。",
            ],
        ),
        ("line_pt: 28.95", "line_pt: 29", ["3:3 22 行、每行 29 磅要 638 磅高，版心只有 637.8 磅。"]),
        ("spacing_pt: -0.25", "spacing_pt: -0.2", ["3:3 一行 28 字要 442.4 磅宽，版心只有 442.2 磅。"]),
        ("  lines: 22", "  lines: 22\n  top_mm: 290", ["3:3 页边距太大，放字的地方不到一英寸。"]),
        (
            "    - 仿宋\n    - FangSong",
            "    仿宋: 1",
            ["8:5 仿宋_GB2312 下面只能用“- ”列出字体名，每个最多 31 个字符。"],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, said: list[str]) -> None:
    assert SMALL.count(old) >= 1
    before, _, after = SMALL.rpartition(old) if old == "font: 仿宋_GB2312" else SMALL.partition(old)
    assert sorted(told(before + new + after)) == sorted(said)


def test_all_mistakes_are_told_at_once_and_in_order() -> None:
    text = SMALL.replace("lines: 22", "lines: many").replace("like: 正文", "like: 证文").replace("  标题:", "  题目:")
    assert told(text) == [
        "3:10 lines 要写数字（单位是行，不用写），这里写的是“many”。",
        "11:3 styles 里缺少“标题”。",
        "22:11 要求 要 like 的“证文”不在 styles 里。",
    ]


def test_a_way_of_likes_that_leads_back_is_told_for_each_of_its_styles() -> None:
    text = SMALL + "  甲:\n    like: 乙\n  乙:\n    like: 甲\n  丙:\n    like: 甲\n"
    assert told(text) == ["25:11 like 绕了一圈：甲 → 乙 → 甲。", "27:11 like 绕了一圈：乙 → 甲 → 乙。"]


def test_a_file_without_styles_is_told() -> None:
    assert told("page:\n  lines: 22\n") == ["1:1 没有 styles:，不知道各种段落什么样。"]
    assert told("styles: 无\n") == ["1:9 styles 下面要一行一个样式名，再下面写它的样子。"]
    assert told("- 1\n") == ["1:1 styles.yaml 下面要一行一个“词: 值”。"]


def test_a_word_misspelt_is_told_with_the_nearest_one() -> None:
    with pytest.raises(Rejected) as caught:
        parse_styles(Source("s.yaml", SMALL.replace("size_pt: 22", "size: 22")))
    assert caught.value.diagnostics[0].hint.startswith("是不是 size_pt？这里能写：like、name、")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_has_the_roles_its_layout_writes(name: str) -> None:
    template = shipped(name)
    roles = {s.role for s in template.styles if not s.character}
    literal = {row.partition("｜")[0] for row in template.layout.split("\n") if "｜" in row and not row.startswith("{")}
    ranked = {f"{n}级标题" for n in "一二三四"} if "}}标题｜" in template.layout.replace(" ", "") else set()
    assert literal | ranked <= roles
    assert {"标题", "正文"} <= literal | ranked
    assert template.about


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_knows_what_may_stand_in_for_each_of_its_fonts(name: str) -> None:
    template = shipped(name)
    assert {s.font for s in template.styles if s.font} - {template.page.number_font} <= set(template.fallbacks)


def test_the_kinds_of_paragraphs_follow_the_body() -> None:
    for name in ("speech", "reading"):
        template = shipped(name)
        body = template.style("正文")
        for role in ("开场", "致意", "形势", "引语", "要求", "结语"):
            style = template.style(role)
            assert style == body._replace(role=role, name=style.name, style_id=style.style_id, like="正文")


def test_the_speech_is_set_as_gb_9704_says() -> None:
    template = shipped("speech")
    page = template.page
    assert (page.lines, page.chars, page.number) == (22, 28, "outside")
    assert (page.number_font, page.number_size_pt) == ("宋体", 14)
    assert text_area(page) == (8844, 12756)
    body, title = template.style("正文"), template.style("标题")
    assert (body.font, body.size_pt, twips(body.line_pt), body.indent_chars) == ("仿宋_GB2312", 16, 579, 2)
    assert (title.font, title.size_pt, title.align, title.width_chars) == ("方正小标宋简体", 22, "center", 20)
    assert not any(s.bold for s in template.styles if not s.character)
    fonts = [template.style(f"{n}级标题").font for n in "一二三四"]
    assert fonts == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]


def test_titles_fit_the_lines_they_are_balanced_for() -> None:
    for name in SHIPPED:
        template = shipped(name)
        width, _ = text_area(template.page)
        for style in template.styles:
            assert style.width_chars * style.size_pt * 20 <= width, style.role


def test_highlights_are_colours() -> None:
    assert all(len(colour) == 6 and int(colour, 16) >= 0 for colour in HIGHLIGHTS.values())


@pytest.mark.parametrize(
    ("was", "wrong", "hint"),
    [
        ("size_pt: 22", "size_pt: 二号", "写成 size_pt: 22"),
        ("size_pt: 22", "size_pt: 22pt", "写成 size_pt: 22"),
        ("size_pt: 22", "size_pt: ２２磅", "写成 size_pt: 22"),
        ("size_pt: 22", "size_pt: 16号", ""),
        ("lines: 22", "lines: 22行", "写成 lines: 22"),
        ("align: center", "对齐: center", "是不是 align？"),
    ],
)
def test_what_is_meant_by_a_value_or_a_word_of_ones_own_is_told(was, wrong, hint):
    with pytest.raises(Rejected) as refused:
        parse_styles(Source("styles.yaml", SMALL.replace(was, wrong, 1)))
    assert refused.value.diagnostics[0].hint.partition("这里能写")[0] == hint


def test_a_base_in_capitals_is_taken_and_one_saved_otherwise_is_told(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "templates" / "我的"
    folder.mkdir(parents=True)
    for file in ("styles.yaml", "layout.j2"):
        (folder / file).write_bytes((TEMPLATES / "speech" / file).read_bytes())
    assert run("new", "-O", "office-training", "--no-input", "-o", "底.docx").returncode == 0
    words = ("new", "-O", "office-training", "--template", "我的", "--no-input", "-q", "-o")
    (folder / "base.dotx").write_bytes(b"")
    done = run(*words, "a.docx")
    told = "templates/我的/base.dotx: 模板的底稿要叫 base.docx，这一个没有用上。\n  在 Word 里另存为 base.docx；不用它，就挪到别的文件夹去。\n"
    assert (done.returncode, done.stderr) == (2, told)
    (folder / "base.dotx").rename(folder / "Base.docx")
    assert run(*words, "a.docx").returncode == 2  # an empty file is no .docx: it is looked at
