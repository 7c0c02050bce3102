"""依据: what a speech stands on, chosen from dated tables by the day, the level, the speaker's rank and the length."""

from datetime import date
from pathlib import Path

import pytest

from drafter.diagnostic import Rejected
from drafter.outline.basis import BasisTable
from drafter.outline.dump import dump, meaning
from drafter.outline.field import Field, Value, read
from drafter.outline.fill import fill, stood
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.read_basis import parse_table
from drafter.outline.shelf import load as from_shelves
from drafter.outline.yaml import Source
from drafter.speech.draft import plain

TABLE = """\
about: 安全生产一类讲话
also:
  - 安全
checked: 2026-08-22
since: 治本攻坚三年行动到 2026 年底结束。
fields:
  省里会议: 省里的会叫什么？
basis:
  - name: 七月指示
    kind: 论述
    from: 2026-07-09
    until: 2026-12-31
    sentence: 七月作出指示。
    sentences: 七月作出指示。指示有三条。要学好。
    paragraph: 七月作出指示。指示有三条。要学好。我们学了没有？学了多少？
    source: 新闻联播 2026-07-09
  - name: 历年指示
    kind: 论述
    from: 2020-01-01
    sentence: 历年作出指示。
    source: 新闻联播
  - name: 市里跟的会
    kind: 会议
    from: 2026-01-20
    levels:
      - 市
    sentence: 省里召开了【省里会议】。
    source: 通知
  - name: 书记说的
    kind: 会议
    from: 2026-01-01
    ranks:
      - 党委主要负责同志
    sentence: 常委会作了研究。
    source: 纪要
  - name: 安全生产法
    kind: 法律
    from: 2021-09-01
    sentence: 安全生产法施行了。
    source: 公报
"""

HEAD = """\
title: 讲话
dateline: （【开会那天】）
fields:
  开会那天:
    ask: 哪天？
    type: date
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
  讲话人身份:
    ask: 谁讲？
    choices:
      - 党委主要负责同志
      - 分管负责同志
speech:
"""


def load(word: str, name: str, asker: Source) -> Source:
    assert (word, name) in (("basis", "安全生产"), ("basis", "安全"))
    return Source("安全生产.yaml", TABLE)


def outline_of(speech: str) -> Outline:
    return parse(Source("a.yaml", HEAD + speech), load)[0]


def answered(outline: Outline, **answers: str) -> dict[str, Value]:
    return {name: read(outline.fields[name], said, date(2026, 1, 1)) for name, said in answers.items()}


def said(speech: str, **answers: str) -> list[str]:
    """The paragraphs of a speech."""
    outline = outline_of(speech)
    draft = fill(outline, answered(outline, **answers))
    rows = [plain(p.text) for part in draft.parts for p in part.paragraphs]
    return rows + [plain(item.heading) + "｜" + "｜".join(plain(p.text) for p in item.paragraphs) for part in draft.parts for item in part.items]


ASKED = "  - basis: 安全生产\n    length: {}\n"


@pytest.mark.parametrize(
    ("length", "day", "more", "printed"),
    [
        ("一句", "2026-11-29", {}, "七月作出指示。"),
        ("一句", "2026-07-09", {}, "七月作出指示。"),  # the first and the last day count
        ("一句", "2026-12-31", {}, "七月作出指示。"),
        ("一句", "2027-01-01", {}, "历年作出指示。"),
        ("一句", "2026-07-08", {}, "历年作出指示。"),
        ("一句", "2019-12-31", {}, "【安全生产的依据】"),
        ("三句", "2026-11-29", {}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2026-11-29", {"层级": "市", "省里会议": "视频会"}, "七月作出指示。省里召开了视频会。安全生产法施行了。"),
        ("三句", "2026-11-29", {"层级": "县"}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2026-11-29", {"讲话人身份": "党委主要负责同志"}, "七月作出指示。常委会作了研究。安全生产法施行了。"),
        ("三句", "2026-11-29", {"讲话人身份": "分管负责同志"}, "七月作出指示。安全生产法施行了。"),
        ("三句", "2020-05-01", {}, "历年作出指示。"),
        ("一段", "2026-11-29", {}, "七月作出指示。指示有三条。要学好。我们学了没有？学了多少？安全生产法施行了。"),
    ],
)  # fmt: skip
def test_what_is_printed_goes_by_day_level_rank_and_length(length: str, day: str, more: dict[str, str], printed: str) -> None:
    assert said(ASKED.format(length), 开会那天=day, **more) == [printed]


def test_without_a_day_the_day_it_was_checked_counts() -> None:
    assert said(ASKED.format("一句")) == ["七月作出指示。"]


def test_kinds_say_which_and_in_what_order_and_one_may_stand_twice() -> None:
    kinds = "  - basis: 安全\n    length: 三句\n    kinds:\n{}"
    assert said(kinds.format("      - 法律\n      - 论述\n"), 开会那天="2026-11-29") == ["安全生产法施行了。七月作出指示。"]
    assert said(kinds.format("      - 论述\n      - 论述\n"), 开会那天="2026-11-29") == ["七月作出指示。历年作出指示。"]
    assert said(kinds.format("      - 论述\n"), 开会那天="2026-11-29") == ["七月作出指示。指示有三条。要学好。"]


def test_no_sentence_is_printed_twice() -> None:
    """A second part of the theme takes what is left; where nothing is, it is not there."""
    kinds = "  - basis: 安全生产\n    length: 一句\n    kinds:\n      - 论述\n"
    assert said(kinds * 3 + "  - closing: 谢谢。\n", 开会那天="2026-11-29") == ["七月作出指示。", "历年作出指示。", "谢谢。"]


def test_a_short_speech_has_a_sentence_a_usual_one_three_a_long_one_a_paragraph() -> None:
    speech = "  - basis: 安全生产\n  - text: {}\n"
    day = "2026-11-29"
    assert said(speech.format("话。"), 开会那天=day)[0] == "七月作出指示。"
    assert said(speech.format("话。" * 1000), 开会那天=day)[0] == "七月作出指示。安全生产法施行了。"
    assert said(speech.format("话。" * 3000), 开会那天=day)[0].startswith("七月作出指示。指示有三条。")


def test_a_requirement_stands_on_it_before_its_text() -> None:
    speech = "  - requirements:\n      - heading: 提高站位\n        basis: 安全生产\n        length: 一句\n        text: 正文。\n"
    assert said(speech, 开会那天="2026-11-29") == ["提高站位｜七月作出指示。｜正文。"]


def test_a_part_that_runs_on_goes_on_in_the_paragraph_before() -> None:
    speech = "  - opening: 今天开会。\n  - basis: 安全生产\n    length: 一句\n    run-on: yes\n    when: 层级 == \"市\"\n"
    assert said(speech, 开会那天="2026-11-29", 层级="市") == ["今天开会。七月作出指示。"]
    assert said(speech, 开会那天="2026-11-29", 层级="县") == ["今天开会。"]


def test_the_words_know_which_entry_they_came_from() -> None:
    outline = outline_of(ASKED.format("三句"))
    (paragraph,) = fill(outline, answered(outline, 开会那天="2026-11-29")).parts[0].paragraphs
    assert (paragraph.node, [span.node for span in paragraph.text]) == (
        "speech.1.basis",
        ["speech.1.basis.七月指示", "speech.1.basis.安全生产法"],
    )


def test_what_a_speech_stood_on_can_be_told() -> None:
    outline = outline_of(ASKED.format("三句") * 2)
    first, second = stood(outline, answered(outline, 开会那天="2026-11-29"))
    assert ([c.entry.name for c in first.chosen], first.day, first.used) == (["七月指示", "安全生产法"], date(2026, 11, 29), False)
    assert ([c.entry.name for c in second.chosen], second.used) == (["历年指示"], False)


def test_the_fields_of_a_table_come_with_it_and_its_file_is_a_source() -> None:
    outline = outline_of(ASKED.format("三句"))
    assert outline.fields["省里会议"].ask == "省里的会叫什么？"
    assert [source.file for source in outline.sources] == ["a.yaml", "安全生产.yaml"]


@pytest.mark.parametrize(
    "speech",
    [
        "  - basis: 安全\n",
        "  - basis: 安全\n    length: 一段\n    kinds:\n      - 论述\n      - 论述\n    run-on: yes\n    when: 层级 == \"市\"\n    note: 看一眼。\n",
        "  - requirements:\n      - heading: 提高站位\n        basis: 安全生产\n        length: 一句\n        text: 正文。\n      - basis: 安全\n",
    ],
)
def test_an_outline_that_asks_for_it_is_written_and_read_back(speech: str) -> None:
    outline = outline_of(speech)
    made = dump(outline._replace(source=Source("", "")))
    assert meaning(parse(Source("a.yaml", made), load)[0]) == meaning(outline)
    assert dump(outline) == HEAD + speech


# ── what may be wrong in a table ───────────────────────────────────────────────────────────────────────────────────


def table_of(text: str) -> BasisTable:
    return parse_table(Source("安全生产.yaml", text))[0]


def without(word: str) -> str:
    """The table without the first line of a word."""
    row = next(row for row in TABLE.splitlines(True) if row.strip().removeprefix("- ").startswith(f"{word}:"))
    return TABLE.replace(row, "", 1)


@pytest.mark.parametrize(
    ("text", "line", "code", "told"),
    [
        (TABLE.replace("kind: 论述", "kind: 讲话", 1), 10, "basis-word", "没有“讲话”这种 kind。"),
        (TABLE.replace("kind: 论述", "kind: “论述”", 1), 10, "chinese-quotes", "外面的中文引号“”也算内容"),
        (TABLE.replace("until: 2026-12-31", "until: 2025-12-31"), 12, "basis-never", "until（2025-12-31）比 from（2026-07-09）还早"),
        (TABLE.replace("until: 2026-12-31", "until: 长期"), 12, "basis-day", "until 后面应当是一个日期。"),
        (TABLE.replace("from: 2020-01-01", "from: 2020年1月"), 19, "basis-day", "from 后面应当是一个日期。"),
        (TABLE.replace("from: 2020-01-01", "from: 1月1日"), 19, "basis-day", "from 后面应当是一个日期。"),
        (TABLE.replace("name: 历年指示", "name: 七月指示"), 17, "basis-twice", "“七月指示”写了两条，第一条在第 9 行。"),
        (TABLE.replace("七月作出指示。", "七月作出指示", 1), 13, "basis-sentence", "sentence 没有以句号结尾。"),
        (TABLE.replace("历年作出指示。", "历年作出指示†。"), 20, "basis-unverified", "sentence 里还有没核对过的记号 †。"),
        (TABLE.replace("【省里会议】", "【省会】"), 27, "name-unknown", "不认识的空【省会】。"),
        (TABLE.replace("      - 市\n", "      - 市里\n"), 26, "basis-word", "没有“市里”这种 levels。"),
        (TABLE.replace("    levels:\n      - 市\n", "    levels: 市\n"), 25, "list-expected", "levels 下面一行写一个"),
        (TABLE.replace("党委主要负责同志", "书记"), 33, "basis-word", "没有“书记”这种 ranks。"),
        (TABLE.replace("    source: 公报\n", ""), 36, "basis-incomplete", "“安全生产法”没有 source。"),
        (TABLE.replace("source: 公报", "source:"), 40, "text-empty", "source 后面是空的。"),
        (without("checked"), 1, "basis-incomplete", "没有 checked，不知道这份依据核对到哪一天。"),
        (TABLE.partition("basis:")[0], 1, "basis-incomplete", "没有 basis，这份依据表里没有条目。"),
        (TABLE.partition("basis:")[0] + "basis:\n", 8, "basis-incomplete", "basis 下面一条一条写"),
        (TABLE.replace("sentence: 安全", "sentense: 安全"), 39, "word-unknown", "不认识的词 sentense。"),
        (HEAD + "  - text: 话。\n", 1, "basis-incomplete", "这是提纲，不是依据表"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_table_is_told_at_its_line(text: str, line: int, code: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        table_of(text)
    found = [d for d in caught.value.diagnostics if d.place and d.place.line == line and d.code == code]
    assert found, [d.text() for d in caught.value.diagnostics]
    assert found[0].message.startswith(told)
    assert all(d.code for d in caught.value.diagnostics)


@pytest.mark.parametrize(
    ("speech", "code", "told"),
    [
        ("  - basis: 安全生产\n    length: 两句\n", "basis-word", "没有“两句”这种 length。"),
        ("  - basis: 安全生产\n    kinds:\n      - 指示\n", "basis-word", "没有“指示”这种 kind"),
        ("  - text: 话。\n    length: 一句\n", "part-apart", "length 和 basis 写在一起，这里没有 basis。"),
        ("  - basis:\n", "text-empty", "basis 后面写依据表的名称。"),
        ("  - basis: 安全生产\n    text: 话。\n", "part-of-two-kinds", "一个部分只能写一种内容，这里写了 basis、text。"),
    ],
)
def test_what_is_wrong_in_the_asking_is_told(speech: str, code: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        outline_of(speech)
    assert [(d.code, d.message.startswith(told)) for d in caught.value.diagnostics] == [(code, True)]


# ── the shelf ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_table_is_found_by_its_name_and_by_what_it_is_also_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "outlines" / "basis"
    folder.mkdir(parents=True)
    (folder / "试一试.yaml").write_text(TABLE.replace("  - 安全\n", "  - 平安试一试\n"), encoding="utf-8")
    for name in ("试一试", "平安试一试"):
        assert Path(from_shelves("basis", name, Source("a.yaml", "")).file).name == "试一试.yaml"
    with pytest.raises(Rejected, match="没有叫“没这个”的依据表"):
        from_shelves("basis", "没这个", Source("a.yaml", ""))


def test_a_table_is_no_outline() -> None:
    with pytest.raises(Rejected, match="这是依据表，不是提纲"):
        parse(Source("安全生产.yaml", TABLE))


def test_a_field_the_outline_declares_wins() -> None:
    speech = HEAD.replace("speech:\n", "  省里会议:\n    ask: 自己问。\nspeech:\n") + ASKED.format("一句")
    outline = parse(Source("a.yaml", speech), load)[0]
    assert outline.fields["省里会议"] == Field("省里会议", "自己问。", place=outline.fields["省里会议"].place)
