"""Learning: the outline made of several speeches, filled with the answers of each, is that speech again, to the letter."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.analysis.align import Vocabulary, pieces_of
from drafter.analysis.deciding import BlankDecision
from drafter.analysis.extract import paragraphs_of
from drafter.analysis.learn import Learnt, learn
from drafter.analysis.learnt_anew import learnt_anew
from drafter.commands.opening import blocks_of, open_outline, open_template
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples, from_yaml, settle, to_yaml
from drafter.outline.field import Field, Value
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.readers.text import read
from drafter.speech.draft import Draft, Paragraph, Part, Span
from drafter.speech.recognise import recognise
from drafter.writers.text import write_txt

TODAY = date(2026, 11, 22)
TOP = Path(__file__).parent.parent
SHIPPED = sorted(path.stem for path in (TOP / "outlines").glob("*.yaml"))
SPEECHES = sorted((TOP / "tests" / "corpus").glob("*.txt"))


#: What is told of the words themselves, which are the speech's: its figures are no guesses, its 】 and ×× no blanks.
OF_THE_WORDS = {"specific-unmarked", "blank-not-opened", "blank-lookalike"}

#: The same of answers: the days of old speeches are past, and a name may have been 【某】.
DOUBTFUL = {"answer-day-doubtful", "answer-doubtful"}


def draft_of(text: str) -> Draft:
    return recognise(read(text.encode(), "讲话.txt")[0])


def given_back(found: Learnt) -> list[tuple[str, ...]]:
    """The paragraphs of each speech as the outline and the answers file of that speech make them."""
    outline, remarks = parse(Source("提纲.yaml", found.yaml))
    assert [d for d in (*remarks, *lint(outline, TODAY)) if d.code not in OF_THE_WORDS] == []
    out = []
    for answers in found.answers:
        said = to_yaml(answers)
        settled = settle(outline.fields, from_yaml(Source("回答.yaml", said)) if said else {}, TODAY)
        assert [d for d in settled.remarks if d.code not in DOUBTFUL] == []
        out.append(paragraphs_of(fill(outline, settled.values)))
    return out


def learnt(*texts: str) -> Learnt:
    """What is learnt of texts, each of which is given back."""
    drafts = [draft_of(text) for text in texts]
    found = learn(drafts, [f"{name}.txt" for name in "甲乙丙丁戊"[: len(texts)]])
    assert given_back(found) == [paragraphs_of(draft) for draft in drafts]
    return found


# ── the law ────────────────────────────────────────────────────────────────────────────────────────────────────────


def an_answer(field: Field, usual: Value | None) -> st.SearchStrategy[Value | None]:
    """Answers to a field: the usual one, another, none."""
    if field.type == "yes/no":
        return st.booleans()
    if field.type == "choice":
        return st.sampled_from(field.choices)
    if field.type == "date":
        return st.dates(date(2020, 1, 1), date(2029, 12, 31))
    if field.type == "text":
        return st.sampled_from([usual, "滨江市", "王大明", "市委、市政府", "２０２６年", "“一二三”行动", "3,200万元", "甲 乙", "【某】", "'甲': #乙"])
    return st.just(usual)


def a_speech(name: str, data: st.DataObject) -> str:
    outline, dress = open_outline(name).outline, open_template("speech")
    usual = examples(outline.fields, TODAY)
    answers = {n: v for n, field in outline.fields.items() if (v := data.draw(an_answer(field, usual.get(n)), n)) is not None}
    return write_txt(blocks_of(fill(outline, answers), dress), dress.template)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHIPPED), st.integers(2, 3), st.data())
def test_speeches_made_from_one_outline_are_given_back(name: str, many: int, data: st.DataObject) -> None:
    found = learnt(*(a_speech(name, data) for _ in range(many)))
    assert not found.plain


_ROWS = st.sampled_from(
    [
        "在全市工作会议上的讲话", "（2026年3月5日）", "2025年4月12日", "市委书记　张三", "同志们：", "同志们，朋友们：", "下面，我讲三点意见。",
        "我代表市委，向大家表示衷心的感谢！", "一、加强领导", "二、加强领导", "一、加强领导。各级要负责。", "二、狠抓落实。要抓到底。", "三、提高认识",
        "（一）压实责任。书记要上堤。", "（二）备足物资", "1. 钱要到位。", "2. 人要到位。", "一要守底线。不许越线。", "二要敢担当。", "第一，要快。", "第二，要稳。",
        "要拨款3,200万元，增长5.6%。", "要拨款2,150万元，增长7%。", "要围绕建设【愿景】而奋斗。", "3月5日开工。", "①甲", "②乙", "——", "'", '"甲": # 乙', "{{ x }}",
        "今年 ABC 项目建成。", "今年　XYZ 项目建成。", "　", "】", "【【", "让我们共同努力！", "谢谢大家！", "一是甲；二是乙。", "一是丙；二是乙；三是丁。", "\u200b甲", "\xa0", "𠮷",
    ]
)  # fmt: skip
_TEXT = st.lists(_ROWS, min_size=1, max_size=14).map("\n".join).filter(str.strip)


@settings(max_examples=120, deadline=None)
@given(st.lists(_TEXT, min_size=2, max_size=4))
def test_whatever_texts_hold_their_outline_gives_them_back(texts: list[str]) -> None:
    learnt(*texts)


@settings(max_examples=100, deadline=None)
@given(_TEXT, st.data())
def test_a_text_and_what_was_made_of_it_are_given_back(text: str, data: st.DataObject) -> None:
    rows = text.split("\n")
    for _ in range(data.draw(st.integers(1, 4), "changes")):
        at = data.draw(st.integers(0, len(rows) - 1), "row")
        words = data.draw(st.sampled_from(["", " ", "　", "甲", "3", "。", "【", "，并且"]) | _ROWS, "words")
        cut = data.draw(st.integers(0, len(rows[at])), "letter")
        rows[at] = rows[at][:cut] + words + rows[at][cut + data.draw(st.integers(0, 2), "dropped") :]
    if "".join(rows).strip():
        learnt(text, "\n".join(rows))


@pytest.mark.parametrize(("one", "other"), [*zip(SPEECHES[::2], SPEECHES[1::2], strict=True)], ids=lambda path: path.stem)
def test_speeches_of_different_kinds_are_given_back_too(one: Path, other: Path) -> None:
    drafts = [recognise(read(path.read_bytes(), path.name)[0]) for path in (one, other)]
    assert given_back(learn(drafts)) == [paragraphs_of(draft) for draft in drafts]


# ── two speeches that differ in their facts ────────────────────────────────────────────────────────────────────────

SPEECH = """\
在全市防汛工作会议上的讲话
（2026年5月8日）
市长　林国栋
同志们：
今天的会议，是市政府决定召开的。在此，我代表市政府，向大家表示衷心的感谢！下面，我讲两点意见。
一、绷紧一根弦
5月8日，全市共有堤防126公里。
（一）压实责任。各级书记要上堤。
（二）备足物资。市委、市政府已经拨款3,200万元。
二、守住一条线
要围绕建设宜居宜业的滨江新城，全力以赴守住底线。林国栋同志讲过：【堤】在人在。
同志们，让我们守住家园！
"""

_FACTS = (
    ("2026年5月8日", "2025年6月12日"), ("5月8日", "6月12日"), ("林国栋", "王大明"), ("126", "98"), ("3,200", "2,150"),
    ("宜居宜业的滨江新城", "山清水秀的生态名城"), ("全市防汛工作会议", "全市抗旱防汛工作会议"),
)  # fmt: skip


def with_facts(text: str) -> str:
    for was, now in _FACTS:
        text = text.replace(was, now)
    return text


OUTLINE = """\
# 从 甲.txt、乙.txt 学来
# 汉字都可以改；英文词（冒号左边）请不要动。
title: 在【会议名称】上的讲话
dateline-first: yes
dateline: （【日期】）
byline: 市长　【讲话人】
numbering:
  - 一、
  - （一）

fields:
  会议名称:
    ask: 会议（活动）的名称？
    example: 全市防汛工作会议
  日期:
    ask: 哪一天讲？
    type: date
    example: 2026年5月8日
  讲话人:
    ask: 讲话人的姓名？
    example: 林国栋
  堤防里程:
    ask: 全市共有堤防____公里，多少？
    type: number
    example: 126
  拨款:
    ask: 市政府已经拨款____万元，多少？
    type: number
    example: 3,200
  建设内容:
    ask: “要围绕建设____，全力以赴守住底”，填什么？
    help: 以前写过：宜居宜业的滨江新城；山清水秀的生态名城
    example: 宜居宜业的滨江新城

speech:
  - greeting: 同志们：

  - opening: 今天的会议，是市政府决定召开的。

  - appreciation: 在此，我代表市政府，向大家表示衷心的感谢！
    run-on: yes

  - lead: 下面，我讲两点意见。
    run-on: yes

  - requirements:
      - heading: 绷紧一根弦
        text: 【日期|月日】，全市共有堤防【堤防里程】公里。
        points:
          - heading: 压实责任。
            text: 各级书记要上堤。
          - heading: 备足物资。
            text: 市委、市政府已经拨款【拨款】万元。
      - heading: 守住一条线
        text: 要围绕建设【建设内容】，全力以赴守住底线。【讲话人】同志讲过：【【堤】在人在。

  - closing: 同志们，让我们守住家园！
"""


def test_two_speeches_that_differ_in_their_facts_make_the_obvious_outline() -> None:
    found = learnt(SPEECH, with_facts(SPEECH))
    assert found.yaml == OUTLINE
    assert to_yaml(found.answers[1]) == (
        "会议名称: 全市抗旱防汛工作会议\n日期: '2025-06-12'\n讲话人: 王大明\n堤防里程: '98'\n拨款: 2,150\n建设内容: 山清水秀的生态名城\n"
    )
    assert (found.options, found.plain) == ((), False)


def test_a_speech_is_learnt_from_itself_without_a_blank() -> None:
    found = learnt(SPEECH, SPEECH)
    assert (found.blanks, found.options, found.answers) == ((), (), ({}, {}))


# ── parts some have ────────────────────────────────────────────────────────────────────────────────────────────────

SHORT = """\
在全市防汛工作会议上的讲话
同志们：
今天开会。下面，我讲几点意见。
一、绷紧一根弦
思想上的堤坝比江堤更要紧。
二、守住一条线
底线就是不死一个人，这条线谁也不能退。
同志们，让我们守住家园！
"""


def rows_from(found: Learnt, word: str) -> str:
    """The outline from a line on."""
    return found.yaml[found.yaml.index(f"\n{word}") + 1 :]


def test_a_requirement_only_one_has_is_asked_for_and_the_numbers_follow() -> None:
    longer = SHORT.replace("二、守住一条线", "二、备好一批货\n麻袋、桩木、编织布都要点清数。\n三、守住一条线")
    found = learnt(SHORT, longer)
    assert "label" not in found.yaml
    assert rows_from(found, "fields:") == """\
fields:
  有备好一批货:
    ask: 要不要“备好一批货”这一条？
    type: yes/no

speech:
  - greeting: 同志们：

  - lead: 今天开会。下面，我讲几点意见。

  - requirements:
      - heading: 绷紧一根弦
        text: 思想上的堤坝比江堤更要紧。
      - heading: 备好一批货
        text: 麻袋、桩木、编织布都要点清数。
        when: 有备好一批货
      - heading: 守住一条线
        text: 底线就是不死一个人，这条线谁也不能退。

  - closing: 同志们，让我们守住家园！
"""
    assert found.answers == ({"有备好一批货": False}, {"有备好一批货": True})


def test_paragraphs_only_some_have_share_one_question_where_they_stand_together() -> None:
    more = SHORT.replace("今天开会。", "刚才，气象局通报了雨情，大家都听到了。\n去年的大水，教训一件一件都在眼前。\n今天开会。")
    found = learnt(SHORT, more, SHORT)
    assert [(option.words, option.speeches) for option in found.options] == [("刚才，气象局通报了雨情，大家都…", (1,))]
    assert [blank.field.name for blank in found.blanks] == ["有刚才"]
    assert [answers["有刚才"] for answers in found.answers] == [False, True, False]


def test_a_paragraph_said_in_other_words_becomes_a_choice() -> None:
    other = SHORT.replace("底线就是不死一个人，这条线谁也不能退。", "水来了人先走，粮食和牲口往后放，哪一级出了事追哪一级。")
    found = learnt(SHORT, other)
    assert [len(answers) for answers in found.answers] == [1, 1]
    assert rows_from(found, "fields:").partition("\nspeech:")[0] == """\
fields:
  要求用语:
    ask: “守住一条线”这一条，用哪一种？
    choices:
      - 底线就是不死一个人
      - 水来了人先走
"""
    assert rows_from(found, "      - heading: 守住") == """\
      - heading: 守住一条线
        points:
          - label: ''
            text: 底线就是不死一个人，这条线谁也不能退。
            when: 要求用语 == "底线就是不死一个人"
          - label: ''
            text: 水来了人先走，粮食和牲口往后放，哪一级出了事追哪一级。
            when: 要求用语 == "水来了人先走"

  - closing: 同志们，让我们守住家园！
"""


def test_a_clause_said_in_other_words_becomes_a_choice_of_wordings() -> None:
    found = learnt(
        SHORT.replace("更要紧。", "更要紧，一天也不能松，一刻也不能等。大家都要记在心里，写在本上，落在事上。"),
        SHORT.replace("更要紧。", "更要紧，哪怕天上没有一片云，也要睡在堤上。大家都要记在心里，写在本上，落在事上。"),
    )
    (blank,) = found.blanks
    assert (blank.field.type, blank.field.choices) == ("choice", tuple(blank.values))


def test_a_fact_is_the_same_blank_in_a_part_only_one_has() -> None:
    longer = SPEECH.replace("同志们，让我们", "林国栋同志还说，5月8日起日夜巡堤。\n同志们，让我们")
    found = learnt(longer, with_facts(SPEECH))
    assert "【讲话人】同志还说，【日期|月日】起日夜巡堤。" in found.yaml


def test_three_speeches_two_of_which_share_a_part() -> None:
    second = with_facts(SPEECH).replace("二、守住一条线\n", "二、管好一本账\n物资进出天天记账，月月对账。\n三、守住一条线\n")
    third = SPEECH.replace("2026年5月8日", "2024年4月30日").replace("5月8日", "4月30日").replace("林国栋", "周建华").replace("126", "110")
    third = third.replace("二、守住一条线\n", "二、管好一本账\n物资进出天天记账，月月对账。\n三、守住一条线\n")
    found = learnt(SPEECH, second, third)
    assert [blank.field.name for blank in found.blanks] == ["会议名称", "日期", "讲话人", "堤防里程", "拨款", "有管好一本账", "建设内容"]
    assert [answers["有管好一本账"] for answers in found.answers] == [False, True, True]


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_files_become_one_outline_and_the_outline_each_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "今年.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "去年.txt").write_text(with_facts(SPEECH), encoding="utf-8")
    done = run("learn", "今年.txt", "去年.txt", "-o", "outlines/防汛.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "写好了：outlines/防汛.yaml\n2 篇共有 12 段（标题、称呼和小标题都算）。\n留了 6 个空：\n"
        "  【会议名称】全市防汛工作会议 / 全市抗旱防汛工作会议\n  【日期】2026年5月8日 / 2025年6月12日\n  【讲话人】林国栋 / 王大明\n  【堤防里程】126 / 98\n"
        "  【拨款】3,200 / 2,150\n  【建设内容】宜居宜业的滨江新城 / 山清水秀的生态名城\n"
        "今年.txt 的回答存在：outlines/防汛.今年.answers.yaml\n去年.txt 的回答存在：outlines/防汛.去年.answers.yaml\n"
        "照原样写回来：drafter new --outline outlines/防汛.yaml --answers outlines/防汛.今年.answers.yaml\n"
        "下一步：看提纲对不对　drafter outlines show outlines/防汛.yaml\n"
    )
    for name, text in (("今年", SPEECH), ("去年", with_facts(SPEECH))):
        answers = f"outlines/防汛.{name}.answers.yaml"
        back = run("new", "--outline", "防汛", "--answers", answers, "--no-input", "-o", "-", "--to", "txt", "--quiet")
        assert [row.strip() for row in back.stdout.splitlines() if row.strip()] == text.splitlines()
    again = run("learn", "今年.txt", "去年.txt", "-o", "outlines/防汛.yaml")
    assert (again.returncode, "已经有了" in again.stderr) == (2, True)
    assert run("learn", "今年.txt", "去年.txt", "-o", "outlines/防汛.yaml", "--force").returncode == 0
    found = json.loads(run("outlines", "check", "outlines/防汛.yaml", "--json").stdout)["result"]
    assert [problem for problem in found if problem["level"] != "advice"] == []


def test_the_outline_goes_to_standard_output_and_the_rest_is_told_aside(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SHORT.replace("今天开会。", "今天开会。时间很紧。"), encoding="utf-8")
    done = run("learn", "a.txt", "b.txt", "-o", "-", "--json")
    assert done.stdout.startswith("# 从 a.txt、b.txt 学来\n")
    told = json.loads(done.stderr)["result"]
    assert (told["file"], [s["answers_file"] for s in told["speeches"]], told["plain"]) == ("-", [None, None], False)
    assert run("learn", "a.txt", "b.txt", "-o", "-", "--answers-dir", "回答").returncode == 0
    assert sorted(path.name for path in (tmp_path / "回答").iterdir()) == ["a.answers.yaml", "b.answers.yaml"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (("a.txt",), "要两篇以上同一类的讲话稿才能学。\n  例如：drafter learn 去年.docx 今年.docx -o outlines/年会.yaml；只有一篇：drafter extract 讲话.docx\n"),
        (("a.txt", "./a.txt"), "a.txt: 这个文件写了两次。\n  每篇只写一次。\n"),
        (("a.txt", "没有.txt"), "没有.txt: 没有这个文件。\n"),
        (("a.txt", "空.txt"), "空.txt: 这个文件是空的。\n  请换一个有讲话稿的文件。\n"),
        (("a.txt", "稿.doc"), "稿.doc: 这不是老版本的 Word 文件（.doc），扩展名不对，或者文件坏了。\n  请用 Word 或 WPS 打开，另存为 .docx 或 .txt。\n"),
        (("a.txt", "别的.txt"), "这几篇没有几段合得到一起，学不出一份提纲。\n  标题、小标题和文字都不一样。同一类的讲话才能一起学；不同类的一篇一篇提取：drafter extract a.txt\n"),
        (("a.txt", "b.txt", "别的.txt"), "别的.txt 和其他各篇没有几段合得到一起。\n  去掉它再学。标题、小标题和文字都不一样。同一类的讲话才能一起学；不同类的一篇一篇提取：drafter extract 别的.txt\n"),
        (tuple(f"{n}.txt" for n in range(21)), "一次最多学 20 篇，这里有 21 篇。\n"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_in_plain_words(run: Any, tmp_path: Path, files: tuple[str, ...], told: str) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(with_facts(SPEECH), encoding="utf-8")
    (tmp_path / "别的.txt").write_text("他推开门，屋里没有人。\n“你来了。”她说。\n", encoding="utf-8")
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    (tmp_path / "稿.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    done = run("learn", *files)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert not (tmp_path / "outlines").exists()


def test_what_no_outline_can_say_is_kept_as_plain_text_of_each_speech() -> None:
    drafts = [Draft((Span("题"),), (Part("requirements", (Paragraph((Span(f"{words}不该在这里。"),)),)),)) for words in "甲乙"]
    found = learn(drafts)
    assert found.plain
    assert given_back(found) == [("题", "甲不该在这里。"), ("题", "乙不该在这里。")]


def test_numbers_that_no_numbering_says_are_kept_for_each_speech() -> None:
    found = learnt(SHORT.replace("二、守住", "三、守住"), SHORT, SHORT)
    assert not found.plain
    assert [row.strip(" -") for row in found.yaml.splitlines() if "label: " in row] == ["label: 三、", "label: 二、"]


def test_what_cannot_be_given_back_is_refused() -> None:
    drafts = [Draft((Span("题"),), (Part("text", (Paragraph((Span(f"{words}\n丙"),)),)),)) for words in "甲乙"]
    with pytest.raises(Rejected, match="学不进去"):
        learn(drafts)


def test_a_paragraph_before_points_that_one_lacks_is_a_blank_that_may_stay_empty() -> None:
    points = "（一）压实责任。书记要上堤。\n（二）备足物资。麻袋要点清。\n"
    one = SHORT.replace("二、守住", f"{points}二、守住")
    found = learnt(one, one.replace("（一）", "另外，值班电话一刻不能离人，夜里也要有人接。\n（一）"))
    assert "【补充说法|默认('')】" in found.yaml
    assert [answers["补充说法"] for answers in found.answers] == ["", "另外，值班电话一刻不能离人，夜里也要有人接。"]


def test_a_requirement_that_stands_elsewhere_is_asked_for_its_place() -> None:
    more = "二、备好一批货\n麻袋、桩木、编织布都要点清数。\n三、守住一条线"
    one = SHORT.replace("二、守住一条线", more)
    other = SHORT.replace("一、绷紧一根弦", "一、备好一批货\n麻袋、桩木、编织布都要点清数。\n二、绷紧一根弦").replace("二、守住", "三、守住")
    found = learnt(one, other)
    (blank,) = found.blanks
    assert (blank.field.ask, blank.field.choices, blank.values) == ("“绷紧一根弦”放在哪里？", ("前面", "后面"), ("前面", "后面"))
    assert "label" not in found.yaml


def test_figures_that_differ_side_by_side_are_a_blank_each_and_never_half_of_one() -> None:
    said = ["同比分别下降22.2%和18.2%，形势平稳。", "同比分别下降21.4%和22.2%，形势平稳。"]
    pieces = pieces_of(said, [Vocabulary(())] * 2)
    assert [piece if isinstance(piece, str) else piece.words for piece in pieces] == [
        "同比分别下降",
        ("22.2", "21.4"),
        "%和",
        ("18.2", "22.2"),
        "%，形势平稳。",
    ]


# ── what is decided of it ──────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80, deadline=None)
@given(st.lists(_TEXT, min_size=2, max_size=4), st.data())
def test_whatever_is_renamed_and_refused_the_speeches_whose_words_stay_are_given_back(texts: list[str], data: st.DataObject) -> None:
    drafts = [draft_of(text) for text in texts]
    found = learn(drafts, ["甲.txt", "乙.txt", "丙.txt", "丁.txt"][: len(texts)])
    decision = st.builds(
        BlankDecision,
        name=st.sampled_from(["", "甲方", "日期", "条数", "x y", "备用"]),
        ask=st.sampled_from(["", "写什么？", "# a: b"]),
        refused=st.booleans(),
        of=st.integers(0, len(texts)),
    )
    names = [blank.field.name for blank in found.blanks]
    decisions = data.draw(st.dictionaries(st.sampled_from(names), decision, max_size=4)) if names else {}
    anew = learnt_anew(found, drafts, decisions)
    back = given_back(anew.learnt)
    for n, draft in enumerate(drafts):
        if n not in anew.lost:
            assert back[n] == paragraphs_of(draft)


def test_a_part_only_some_have_is_kept_or_left_out_for_good() -> None:
    one = "在全市工作会议上的讲话\n同志们：\n今年很好。\n一、加强领导。各级要负责。\n二、备好物资。一样不少。\n三、压实责任。层层都要抓。\n谢谢大家！\n"
    two = "在全市工作会议上的讲话\n同志们：\n今年很好。\n一、加强领导。各级要负责。\n二、压实责任。层层都要抓。\n谢谢大家！\n"
    drafts = [draft_of(one), draft_of(two)]
    found = learn(drafts, ["甲.txt", "乙.txt"])
    (asked,) = (blank.field.name for blank in found.blanks if blank.deciding)
    for of, lost in ((0, 1), (1, 0)):
        anew = learnt_anew(found, drafts, {asked: BlankDecision(refused=True, of=of)})
        assert (anew.unfit, anew.lost, anew.learnt.blanks) == ({}, (lost,), ())
        assert paragraphs_of(fill(parse(Source("提纲.yaml", anew.learnt.yaml))[0], {})) == paragraphs_of(drafts[of])
