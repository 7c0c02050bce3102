"""Recognising: blocks with a template's roles laid out again are the same; the words of plain text tell the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.commands.opening import blocks_of, open_template
from drafter.readers.text import read
from drafter.speech.block import Block
from drafter.speech.cues import is_byline, is_dateline, is_greeting
from drafter.speech.draft import Draft, Item, Paragraph, Part, Span, plain, stop_of
from drafter.speech.inner import entries_within
from drafter.speech.leads import is_lead, sections_within
from drafter.speech.levels import levels
from drafter.speech.marks import mark_of
from drafter.speech.recognise import Hint, lines_of, recognise

CORPUS = Path(__file__).parent / "corpus"
SPEECHES = sorted(CORPUS.glob("*.txt"))

# ── law: what a template has laid out is laid out so again ─────────────────────────────────────────────────────────

_WORDS = st.text("一二要是、。（）.1第，加强领导A &【】*#　—！？：", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def _rich(draw: st.DrawFn) -> tuple[Span, ...]:
    spans = []
    for words in draw(st.lists(_WORDS, min_size=1, max_size=3)):
        blank = draw(st.sampled_from(["", "", "层级", "人数|大写"]))
        spans.append(Span(words, "", blank, blank.partition("|")[0], not blank or draw(st.booleans())))
    return tuple(spans)


@st.composite
def _items(draw: st.DrawFn, level: int = 1) -> tuple[Item, ...]:
    out = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        label = draw(st.sampled_from(["", f"{number}.", f"（{'一二三'[number - 1]}）", f"{'一二三'[number - 1]}要"]))
        heading = draw(st.one_of(st.just(()), _rich()))
        node = f"speech.3.r{number}" if level == 1 else f"speech.3.r1.{number}"
        own_line = bool(heading) and draw(st.booleans())
        paragraphs = tuple(Paragraph(rich, f"{node}.p{n}") for n, rich in enumerate(draw(st.lists(_rich(), max_size=2)), 1))
        if not heading and not paragraphs:
            paragraphs = (Paragraph((Span("正文。"),), f"{node}.p1"),)
        below = draw(_items(level + 1)) if level < 5 and draw(st.integers(0, 3)) == 0 else ()
        out.append(Item(number, label, level, own_line, heading, paragraphs, below, node))
    return tuple(out)


@st.composite
def _drafts(draw: st.DrawFn) -> Draft:
    parts = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(["greeting", "opening", "appreciation", "situation", "lead", "closing", "signature", "text", "requirements"]), max_size=6)), 1):
        if kind == "requirements":
            parts.append(Part(kind, (), draw(_items()), f"speech.{number}"))
        else:
            texts = draw(st.lists(_rich(), min_size=1, max_size=3))
            parts.append(Part(kind, tuple(Paragraph(t, f"speech.{number}.p{n}") for n, t in enumerate(texts, 1)), (), f"speech.{number}"))
    front = [draw(st.one_of(st.just(()), _rich())) for _ in range(2)]
    return Draft(draw(_rich()), tuple(parts), front[0], front[1], draw(st.booleans()))


@settings(max_examples=200, deadline=None)
@given(_drafts(), st.sampled_from(["speech", "reading"]))
def test_what_a_template_laid_out_is_laid_out_the_same_again(draft: Draft, template: str) -> None:
    dress = open_template(template)
    blocks = blocks_of(draft, dress)
    assert blocks_of(recognise(blocks), dress) == blocks


def test_of_a_card_the_words_are_kept_and_the_minutes_are_words_too() -> None:
    draft = Draft(
        (Span("在会上的讲话"),),
        (
            Part("greeting", (Paragraph((Span("同志们："),)),)),
            Part("requirements", (), (Item(1, "一要", 1, False, (Span("守牢底线"),), (Paragraph((Span("第一句。第二句。"),)),)),)),
        ),
    )
    blocks = blocks_of(draft, open_template("card"))
    found = recognise(blocks)
    assert (plain(found.title), [part.kind for part in found.parts]) == ("在会上的讲话", ["greeting", "requirements", "text"])
    item = found.parts[1].items[0]
    assert (item.label, plain(item.heading), plain(item.paragraphs[0].text)) == ("一要", "守牢底线", "（不到半分钟）")


# ── the labelled set ───────────────────────────────────────────────────────────────────────────────────────────────

Label = tuple[str, str]


def labelled(path: Path) -> list[list[str]]:
    """The lines of a speech as (kind, heading, sentence that leads to a list, text); `h2` is an item of level 2."""
    return [row.split("\t") for row in path.with_suffix(".labels").read_text(encoding="utf-8").splitlines()]


def told(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """The same of a draft: kind, heading, text."""
    yield "title", "", plain(draft.title)
    yield "dateline", "", plain(draft.dateline)
    yield "byline", "", plain(draft.byline)

    def of(items: Sequence[Item]) -> Iterator[tuple[str, str, str]]:
        for item in items:
            heading, words = plain(item.heading), [plain(p.text) for p in item.paragraphs]
            run_in = "" if item.own_line else (stop_of(heading) if heading else "") + (words.pop(0) if words else "")
            yield f"h{item.level}", heading.strip("。：:， \u3000"), item.label + heading + run_in
            yield from (("requirements", "", text) for text in words)
            yield from of(item.items)

    for part in draft.parts:
        yield from ((part.kind, "", plain(p.text)) for p in part.paragraphs)
        yield from of(part.items)


def leads(draft: Draft) -> Iterator[str]:
    for number, part in enumerate(draft.parts):
        if part.kind in ("requirements", "closing"):
            continue
        before = number + 1 < len(draft.parts) and draft.parts[number + 1].kind == "requirements"
        for paragraph in part.paragraphs:
            text = plain(paragraph.text)
            cuts = sections_within(text, part.kind, int(before and paragraph is part.paragraphs[-1]))
            ends = [at for at, _ in cuts[1:]] + [len(text)]
            yield from (text[at:end] for (at, kind), end in zip(cuts, ends, strict=True) if kind == "lead")


def measured() -> dict[str, tuple[float, float, int]]:
    """Precision, recall and number, for each kind of line, headings with their level, headings, and leading sentences."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for path in SPEECHES:
        draft = recognise(read(path.read_bytes(), path.name)[0])
        rows = labelled(path)
        wanted: Counter[Label] = Counter((kind, text) for kind, _, _, text in rows if kind not in ("noise", "title"))
        title = "".join(text for kind, _, _, text in rows if kind == "title")
        wanted.update([("title", title)] * bool(title))
        wanted.update(("heading", heading.strip("。：:， \u3000")) for _, heading, _, _ in rows if heading)
        wanted.update(("led", lead) for _, _, lead, _ in rows if lead)
        got: Counter[Label] = Counter((kind, text) for kind, _, text in told(draft) if text)
        got.update(("heading", heading) for _, heading, _ in told(draft) if heading)
        got.update(("led", lead) for lead in leads(draft))
        for (kind, text), count in (wanted | got).items():
            name = "level" if kind[0] == "h" and kind[1:].isdigit() else kind
            right[name] += min(wanted[kind, text], got[kind, text])
            there[name] += wanted[kind, text]
            found[name] += got[kind, text]
            assert count
    return {k: (right[k] / (found[k] or 1), right[k] / (there[k] or 1), there[k]) for k in sorted(there | found) if there[k]}


#: (precision, recall) the labelled set must not fall below.
FLOORS = {
    "title": (0.97, 0.97),
    "dateline": (0.99, 0.99),
    "byline": (0.99, 0.99),
    "greeting": (0.99, 0.99),
    "level": (0.99, 0.99),
    "heading": (0.99, 0.99),
    "led": (0.95, 0.97),
    "opening": (0.95, 0.97),
    "appreciation": (0.9, 0.9),
    "situation": (0.85, 0.8),
    "requirements": (0.95, 0.97),
    "closing": (0.97, 0.97),
    "text": (0.95, 0.9),
    "signature": (0.99, 0.99),
}


def test_the_labelled_set_is_recognised_as_well_as_it_was() -> None:
    figures = measured()
    assert {k: v for k, v in figures.items() if k in FLOORS and (v[0] < FLOORS[k][0] or v[1] < FLOORS[k][1])} == {}


def test_the_labels_are_of_the_speeches() -> None:
    for path in SPEECHES:
        if path.stem != "14-pdf":
            text = path.read_bytes()
            lines = [b.text for b in read(text, path.name)[0]]
            assert [row[3].rstrip() for row in labelled(path)] == lines


def test_noise_is_found_and_nothing_else_is_left_out() -> None:
    for path in SPEECHES:
        if path.stem != "14-pdf":
            draft = recognise(read(path.read_bytes(), path.name)[0])
            noise = [row[3].rstrip() for row in labelled(path) if row[0] == "noise"]
            assert [line.text for line in draft.left_out] == noise, path.stem


# ── marks ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def levels_of(*lines: str) -> list[int]:
    return [found.level if found else 0 for found in levels([mark_of(line) for line in lines])]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["一、甲", "二、乙"], [1, 1]),
        (["一、甲"], [0]),
        (["一是一、二是二。", "不是三。"], [0, 0]),
        (["1.5万人", "2026.08.31前"], [0, 0]),
        (["第三次全会", "第一个", "二十二、三岁"], [0, 0, 0]),
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅", "（二）卯"], [1, 2, 2, 1, 2, 2]),
        (["一、甲", "一是子", "二是丑", "二、乙", "第一，寅", "第二，卯"], [1, 2, 2, 1, 2, 2]),
        (["第一，甲", "1.子", "2.丑", "第二，乙"], [1, 2, 2, 1]),
        (["一是甲。", "二是乙。", "一、子", "（一）丑", "（二）寅", "二、卯"], [1, 1, 1, 2, 2, 1]),
        (["一、甲", "（一）子", "1．丑", "2．寅", "（1）卯", "（2）辰", "（二）巳", "二、午"], [1, 2, 3, 3, 4, 4, 2, 1]),
        (["一、甲", "——子", "——丑", "二、乙"], [1, 2, 2, 1]),
        (["首先，甲", "最后，乙"], [0, 0]),
        (["首先，甲", "其次，乙", "最后，丙"], [1, 1, 1]),
        (["（一）甲", "（二）乙", "（二）丙", "（四）丁"], [1, 1, 1, 1]),
        (["一、甲", "二、乙", "第三，丙"], [1, 1, 1]),
        (["一、甲", "二、乙", "第一，子", "第二，丑", "三、丙"], [1, 1, 2, 2, 1]),
        (["一、甲", "第二，乙"], [0, 0]),
        (["第一部分　甲", "一、子", "二、丑", "第二部分　乙", "一、寅", "二、卯"], [1, 2, 2, 1, 2, 2]),
        (["第一个方面：甲", "一、子", "二、丑", "第二个方面：乙", "一、寅", "二、卯"], [1, 2, 2, 1, 2, 2]),
        (["一、甲", "1、子", "2、丑", "第一，寅", "第二，卯", "3、辰", "二、乙", "1、巳", "2、午", "第一，未", "第二，申"], [1, 2, 2, 3, 3, 2, 1, 2, 2, 3, 3]),
        (["1.甲", "2.乙", "3）丙"], [1, 1, 1]),
    ],
)
def test_a_level_is_the_place_among_the_lists_that_are_open(lines: list[str], told: list[int]) -> None:
    assert levels_of(*lines) == told


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("一、甲", "一、"),
        ("（一）甲", "（一）"),
        ("(一)、甲", "(一)、"),
        ("1．甲", "1．"),
        ("3. 甲", "3. "),
        ("１．甲", "１．"),
        ("①甲", "①"),
        ("第一，甲", "第一，"),
        ("第一个方面：甲", "第一个方面："),
        ("第二句话：甲", "第二句话："),
        ("其一，甲", "其一，"),
        ("一方面，甲", "一方面，"),
        ("㈠甲", "㈠"),
        ("⒈甲", "⒈"),
        ("⑴甲", "⑴"),
        ("1　甲", "1　"),
        ("——甲", "——"),
    ],
)
def test_a_mark_is_kept_as_it_was_typed(line: str, label: str) -> None:
    mark = mark_of(line)
    assert mark is not None
    assert mark.label == label


def test_what_is_still_to_be_filled_in_stands_where_its_answer_will() -> None:
    words = "在全市工作会议上的讲话\n（【日期】）\n【讲话人职务】　【讲话人】\n同志们：\n今天开会。\n谢谢大家！\n【落款】\n【日期】\n"
    assert [(line.role, line.text) for line in lines_of(read(words.encode(), "a.txt")[0])] == [
        ("title", "在全市工作会议上的讲话"),
        ("dateline", "（【日期】）"),
        ("byline", "【讲话人职务】　【讲话人】"),
        ("greeting", "同志们："),
        ("body", "今天开会。"),
        ("body", "谢谢大家！"),
        ("signature", "【落款】"),
        ("signature", "【日期】"),
    ]


@pytest.mark.parametrize("line", ["一、二季度增长很快。", "二十二、三岁的青年人最有创造力。", "十一、二个单位没有完成任务。"])
def test_a_rough_number_is_no_mark(line: str) -> None:
    assert mark_of(line) is None


@pytest.mark.parametrize("line", ["— 1 —", "—12—", "－ 3 －", "同志们"])
def test_a_page_number_is_no_mark(line: str) -> None:
    assert mark_of(line) is None


# ── single lines ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", ["同志们：", "各位家长，大家好！", "尊敬的各位领导、各位来宾，", "女士们、先生们，朋友们：", "老师们、同学们：", "各位委员、同志们:", "尊敬的张书记，各位领导："])
def test_a_salutation(line: str) -> None:
    assert is_greeting(line)


@pytest.mark.parametrize("line", ["同志们，今天我们召开会议。", "主要有三个方面：", "各位领导在会上作了讲话，我们要学习：", "大家要努力！", "感谢各位领导！", "谢谢大家！", "谢谢各位领导，谢谢大家！", "恭喜各位！"])
def test_what_is_no_salutation(line: str) -> None:
    assert not is_greeting(line)


@pytest.mark.parametrize("line", ["（2026年3月5日）", "2022.08.31", "二〇二六年", "（2024年）", "2024.05", "二〇二六年三月五日", "（二○○○年十二月三十一日）", "1月13日下午4点，行政楼会议室四", "（2025年×月×日）", "2024年9月10日，体育馆", "（【日期】）", "【会议日期|年月】"])
def test_a_date_line(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize("line", ["市委书记　张三", "绍兴一中党委书记、校长  王 琛", "盛 阅 春", "李国强", "讲话人：王芳", "市委常委、统战部部长　×××", "云岭县人民政府县长　木增荣", "【讲话人职务】　【讲话人】"])
def test_a_speakers_line(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["在全市工作会议上的讲话", "同志们：", "提升科技创新效能", "加强组织领导"])
def test_what_is_no_speakers_line(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize("line", ["下面，我讲三点意见。", "讲几点意见，与同志们共勉。", "借此机会，我提几点希望。", "现将一年来的情况汇报如下：", "就贯彻这次会议精神，我再强调三点：", "我先讲几点意见。", "具体讲，有以下这么几点考虑：", "我想就三个问题跟大家谈一谈。", "我完全同意，我再补充三点。", "在此，向全校师生发出倡议：", "今天，我讲四句话，既是交心，也是共勉。", "临别之际，我有三点希望，与大家共勉。"])
def test_a_sentence_that_leads_to_a_list(line: str) -> None:
    assert is_lead(line)


@pytest.mark.parametrize("line", ["今天的会议很重要。", "会议提出了明确要求，大家要抓好落实。", "刚才，几位同志作了发言。", "我们要把工作做好。", "我也代表公司给你们赔不是。", "现在，我代表市人民政府，向大会报告工作，请予审议。"])
def test_what_leads_to_no_list(line: str) -> None:
    assert not is_lead(line)


def test_one_paragraph_may_hold_several_sections() -> None:
    text = "会议是市委召开的。我代表市委，向大家表示感谢！下面，我讲两点意见。"
    cuts = sections_within(text, "opening", 2)
    assert [(text[at:][:4], kind) for at, kind in cuts] == [("会议是市", "opening"), ("我代表市", "appreciation"), ("下面，我", "lead")]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("要做到：一是快。说办就办。二是好。三是省。", ["一是快。说办就办。", "二是好。", "三是省。"]),
        ("做到（1）快；（2）好。", ["（1）快；", "（2）好。"]),
        ("一要学；二要干；三要守。我再说一句。", ["一要学；", "二要干；", "三要守。"]),
        ("居全省第一、全国第二，一是一，二是二。", []),
        ("一是快；二是好；四是省。", ["一是快；", "二是好；", "四是省。"]),
        ("送三句话。第一句话是爱学习，第二句话是肯钻研，第三句话是守规矩。", ["第一句话是爱学习，", "第二句话是肯钻研，", "第三句话是守规矩。"]),
        ("实现第一个百年奋斗目标，迈向第二个百年奋斗目标。", []),
    ],
)
def test_lists_inside_a_paragraph_are_offered_as_offsets(text: str, items: list[str]) -> None:
    assert [text[entry.start : entry.end] for entries in entries_within(text) for entry in entries] == items


#: Paragraphs long enough to be no headings.
LONG = "要把责任压实到岗、到人，把工作做细做实，一件一件抓到底，一项一项抓出成效，让群众看得见、摸得着、得实惠。"


def told_rows(*lines: str) -> list[tuple[str, str, str]]:
    """Kind, heading and the first characters of each paragraph."""
    return [(kind, heading, text[:6]) for kind, heading, text in told(recognise(read("\n".join(lines).encode(), "讲话.txt")[0])) if text]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (  # the first sentence is too long for a heading, its first clause is not
            ["一是抓学习，" + LONG, "二是抓整改，" + LONG, "三是抓考核。" + LONG],
            [("h1", "抓学习", "一是抓学习，"), ("h1", "抓整改", "二是抓整改，"), ("h1", "抓考核", "三是抓考核。")],
        ),
        (  # a clause that says when or where is none
            ["一是今年以来，" + LONG, "二是在基层一线，" + LONG],
            [("h1", "", "一是今年以来"), ("h1", "", "二是在基层一")],
        ),
        (  # one sentence: a name and what it means has a heading, two things to do have none
            ["一、甲", "1．收集要齐全，做到应收尽收。", "2．保管要安全，做到防火防盗。", "二、乙", "1．加强巡查，消除隐患。", "2．备足物资，及时补充。"],
            [("h1", "甲", "一、甲"), ("h2", "收集要齐全", "1．收集要齐"), ("h2", "保管要安全", "2．保管要安"), ("h1", "乙", "二、乙"), ("h2", "", "1．加强巡查"), ("h2", "", "2．备足物资")],
        ),
        (  # a sentence alone on its line, of some length
            ["1．建立一个上下贯通、左右协同、符合本地实际的应急指挥体系，把责任落到每一个岗位。", LONG * 2, "2．建好队伍。", LONG, "会议到此结束。"],
            [("h1", "建立一个上下贯通、左右协同、符合本地实际的应急指挥体系，把责任落到每一个岗位", "1．建立一个"), ("requirements", "", "要把责任压实"), ("h1", "建好队伍", "2．建好队伍"), ("requirements", "", "要把责任压实"), ("closing", "", "会议到此结束")],
        ),
        (  # words that are explained, one paragraph each
            ["一、问题", "所谓“不想为”，就是精神懈怠。", "所谓“不会为”，就是本领不够。", "二、办法", LONG],
            [("h1", "问题", "一、问题"), ("h2", "", "所谓“不想为"), ("h2", "", "所谓“不会为"), ("h1", "办法", "二、办法"), ("requirements", "", "要把责任压实")],
        ),
        (  # a number promised, and as many paragraphs built alike
            ["今天开会。" + LONG + "我提三点希望：", "希望大家爱学习。" + LONG, "希望大家肯钻研。" + LONG, "希望大家守规矩。" + LONG, "谢谢大家！"],
            [("opening", "", "今天开会。要"), ("h1", "希望大家爱学习", "希望大家爱学"), ("h1", "希望大家肯钻研", "希望大家肯钻"), ("h1", "希望大家守规矩", "希望大家守规"), ("closing", "", "谢谢大家！")],
        ),
        (  # some promised, and several built alike
            ["今天开会。" + LONG, "在此，我提几点希望：", "希望大家爱学习。" + LONG, "希望大家肯钻研。" + LONG, "各级党委要加强领导。" + LONG, "最后，祝大会成功！"],
            [("opening", "", "今天开会。要"), ("lead", "", "在此，我提几"), ("h1", "希望大家爱学习", "希望大家爱学"), ("h1", "希望大家肯钻研", "希望大家肯钻"), ("text", "", "各级党委要加"), ("closing", "", "最后，祝大会")],
        ),
        (  # an office signs without a day
            ["今天开会。" + LONG, "一、甲", LONG, "二、乙", LONG, "让我们共同努力！", "市爱国卫生运动委员会办公室"],
            [("opening", "", "今天开会。要"), ("h1", "甲", "一、甲"), ("requirements", "", "要把责任压实"), ("h1", "乙", "二、乙"), ("requirements", "", "要把责任压实"), ("closing", "", "让我们共同努"), ("signature", "", "市爱国卫生运")],
        ),
        (  # a host's script
            ["今天的会议，是市政府决定召开的。", "参加会议的有：各县区政府主要负责同志。", "下面，请市水利局局长通报情况。", "……", "刚才，市水利局作了通报。" + LONG + "我再强调两点：", "一要在各个方面" + LONG, "二要在各个环节" + LONG, "散会！"],
            [("opening", "", "今天的会议，"), ("text", "", "参加会议的有"), ("text", "", "下面，请市水"), ("text", "", "……"), ("text", "", "刚才，市水利"), ("h1", "", "一要在各个方"), ("h1", "", "二要在各个环"), ("closing", "", "散会！")],
        ),
        (  # what was said before still opens
            ["今天的会议，主题是安全。", "同志们，刚才几位同志的发言都很好。" + LONG, "下面，我讲两点意见。", "一、甲", LONG, "二、乙", LONG],
            [("opening", "", "今天的会议，"), ("opening", "", "同志们，刚才"), ("lead", "", "下面，我讲两"), ("h1", "甲", "一、甲"), ("requirements", "", "要把责任压实"), ("h1", "乙", "二、乙"), ("requirements", "", "要把责任压实")],
        ),
        (  # 同学们， opens every paragraph of such a speech, not only the last
            ["今天毕业。" + LONG, "同学们，时光不语。" + LONG, "同学们，青春无悔。" + LONG, "最后，祝同学们前程似锦！", "再见，亲爱的同学们。"],
            [("opening", "", "今天毕业。要"), ("text", "", "同学们，时光"), ("text", "", "同学们，青春"), ("closing", "", "最后，祝同学"), ("closing", "", "再见，亲爱的")],
        ),
    ],
)
def test_what_the_lines_of_a_speech_are(lines: list[str], rows: list[tuple[str, str, str]]) -> None:
    assert told_rows("在会上的讲话", "同志们：", *lines)[2:] == rows


def test_a_title_whose_last_line_stands_apart() -> None:
    draft = recognise(read("在全县经济工作会议上的\n讲　话\n（2023年1月5日）\n县长　王　五\n同志们:\n今天,我们开会。\n".encode(), "讲话.txt")[0])
    assert [plain(draft.title), plain(draft.dateline), plain(draft.byline)] == ["在全县经济工作会议上的讲　话", "（2023年1月5日）", "县长　王　五"]


def test_half_width_marks_tell_what_full_width_ones_do() -> None:
    lines = ["在会上的讲话", "同志们：", "今天，我们开会。下面，我讲两点意见：", "一、甲，乙", "首先，要快；其次，要好。", "（一）提高认识：" + LONG, "（二）狠抓落实：" + LONG, "二、丙，丁", LONG, "最后，祝大家顺利！"]
    narrow = [line.translate(str.maketrans("，：；！（）", ",:;!()")) for line in lines]
    assert [(kind, heading.translate(str.maketrans(",:", "，："))) for kind, heading, _ in told_rows(*narrow)] == [(kind, heading) for kind, heading, _ in told_rows(*lines)]
    assert [[entry.mark.label for entry in entries] for entries in entries_within("首先,要快;其次,要好。")] == [["首先,", "其次,"]]


# ── looks ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_looks_of_a_foreign_file_tell_headings_without_a_mark() -> None:
    long = "各级各部门要提高认识、压实责任，把这项工作摆上重要位置，一件一件抓到底、一项一项抓出成效。"
    texts = ["在会上的讲话", "同志们：", "今天开会。", "甲方面要做好的几件事情和要注意的若干问题以及应当避免的毛病", long, "乙方面怎么做", long]
    blocks = [Block("", (Span(text),)) for text in texts]
    bold = Hint(bold=True)
    draft = recognise(blocks, {3: bold, 5: bold})
    assert [(plain(item.heading), item.own_line) for part in draft.parts for item in part.items] == [(texts[3], True), (texts[5], True)]


def test_markdown_tells_title_headings_and_strong_words() -> None:
    blocks, _ = read("# 讲话\n\n同志们：\n\n今天开会。\n\n## 一、甲\n\n**正文**是这样\\*的。\n\n## 二、乙\n\n正文。\n".encode(), "a.md", markdown=True)
    draft = recognise(blocks)
    assert (plain(draft.title), [part.kind for part in draft.parts]) == ("讲话", ["greeting", "opening", "requirements"])
    assert [plain(p.text) for p in draft.parts[2].items[0].paragraphs] == ["正文是这样*的。"]


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 5])
def test_short_rows_above_a_day_are_told_each_once(rows: int) -> None:
    text = "\n".join(["在培训班上的讲话", *["清河县"] * rows, "2026年3月"])
    blocks = read(text.encode(), "讲话.txt")[0]
    assert [line.text for line in lines_of(blocks)] == text.split("\n")
