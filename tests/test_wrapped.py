"""Lines broken at a fixed width become the paragraphs they were, and lines somebody broke so stay."""

from pathlib import Path

import pytest
from wraps import width, wrapped

from drafter.readers.text import read

CORPUS = Path(__file__).parent / "corpus"

SPEECH = (
    "在全县春耕备耕工作会议上的讲话",
    "同志们：",
    "“一年之计在于春。”今天我们到“三岔河”农机站开现场会，就是要把春耕备耕的账算清楚、把责任压下去——各乡镇的同志都在，我先把情况说一说。",
    "一、把家底摸清楚",
    "去年全县粮食总产达到38.6万吨，比上年增长4.7%，户均增收2350元；新建高标准农田12.85万亩，“五小水利”工程完工316处。这些成绩来之不易，要十分珍惜。",
    "眼下农资储备进度只有68.5%，化肥缺口还有1260吨，个别乡镇连“种子在哪里、钱从哪里来”都说不清楚，这样下去是要误农时的。",
    "二、把任务落下去",
    "一是抓农资。供销、农业农村、市场监管三家要联起手来，3月10日以前把化肥、种子、农膜备足备齐，对坑农害农的一律从严从快查处，绝不手软。",
    "二是抓水利。水库、塘坝要应蓄尽蓄，机井、泵站要逐台检修，GPS平地机和APP报修都要用起来，不能等到旱了再想办法。",
    "三、把责任担起来",
    "各乡镇党委书记、乡镇长要到田间地头去，县农业农村局每周通报一次进度，连续两次排在后面的，书记要到县委来说明原因。",
    "同志们，农时不等人。让我们马上行动起来，夺取今年粮食生产的好收成！",
)


def paragraphs(text: str) -> list[str]:
    blocks, _ = read(text.encode(), "稿.txt")
    return [block.text for block in blocks]


def remarks(text: str) -> list[str]:
    return [remark.message for remark in read(text.encode(), "稿.txt")[1]]


def broken(rows: list[str] | tuple[str, ...], columns: int, measure: str, manner: str, indent: str) -> str:
    """A speech as a program writes it: each paragraph but the first short ones set in, or set off by empty lines."""
    lines: list[str] = []
    for at, row in enumerate(rows):
        short = at < 4 and width(row, "print") < 30
        lines += wrapped(row if short or indent == "\n" else indent + row, columns, measure, manner)
        if indent == "\n":
            lines.append("")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("indent", ["　　", "    ", "\n"], ids=["two-wide", "four-blanks", "set-off"])
@pytest.mark.parametrize("manner", ["anywhere", "marks", "hanging", "words"])
@pytest.mark.parametrize("measure", ["print", "terminal"])
def test_a_speech_comes_back_from_every_width(measure: str, manner: str, indent: str) -> None:
    for columns in (24, 30, 36, 44, *range(56, 81), 96):
        text = broken(SPEECH, columns, measure, manner, indent)
        assert (columns, paragraphs(text)) == (columns, list(SPEECH))


@pytest.mark.parametrize(("measure", "columns"), [("characters", 34), ("characters", 40), ("bytes", 90), ("bytes", 102)])
def test_so_it_does_where_a_program_counts_characters_or_bytes(measure: str, columns: int) -> None:
    assert paragraphs(broken(SPEECH, columns, measure, "anywhere", "　　")) == list(SPEECH)


def long_ones() -> list[str]:
    """The labelled speeches of more than 500 字 that a reader takes as they are."""
    names = []
    for path in sorted(CORPUS.glob("*.txt")):
        data = path.read_bytes()
        if len(data) > 1500 and path.stem != "14-pdf":
            names.append(path.stem)
    return names


@pytest.mark.parametrize("name", long_ones())
def test_the_labelled_speeches_come_back_too(name: str) -> None:
    rows = [block.text for block in read((CORPUS / f"{name}.txt").read_bytes(), name)[0]]
    for columns in (60, 64, 68, 72):
        for manner in ("anywhere", "marks"):
            text = broken(rows, columns, "print", manner, "　　")
            assert (columns, manner, paragraphs(text)) == (columns, manner, rows)


def test_what_joining_did_is_told_once() -> None:
    text = broken(SPEECH, 60, "print", "anywhere", "　　")
    joins = len(text.splitlines()) - len(SPEECH)
    assert remarks(text) == [f"这个文件每行都在固定的宽度断开，已经接起来 {joins} 处。"]


def test_a_page_number_between_does_not_end_a_paragraph() -> None:
    lines = broken(SPEECH, 60, "print", "marks", "　　").splitlines()
    pages = [*lines[:6], "", "                     — 1 —", "", *lines[6:14], "                     — 2 —", *lines[14:]]
    assert paragraphs("\n".join(pages)) == list(SPEECH)


def test_empty_lines_between_all_lines_tell_nothing() -> None:
    lines = broken(SPEECH, 60, "print", "marks", "　　").splitlines()
    assert paragraphs("\n\n".join(lines)) == list(SPEECH)


def test_marks_of_a_mail_sent_on_are_left_out_and_told() -> None:
    lines = broken(SPEECH, 62, "print", "marks", "　　").splitlines()
    text = "\n".join(f"> {line}" for line in lines)
    assert paragraphs(text) == list(SPEECH)
    assert remarks(text)[0] == "每行开头都有转发邮件的“>”，去掉了。"


def test_lines_a_terminal_has_filled_with_blanks_are_joined_without_them() -> None:
    lines = broken(SPEECH, 64, "terminal", "anywhere", "　　").splitlines()
    assert paragraphs("\n".join(line + " " * (70 - width(line, "terminal")) for line in lines)) == list(SPEECH)


def test_one_broken_paragraph_among_whole_ones_is_joined() -> None:
    rows = [*SPEECH[:2], *wrapped("　　" + SPEECH[2], 56, manner="marks"), *("　　" + row for row in SPEECH[3:])]
    assert paragraphs("\n".join(rows)) == list(SPEECH)


def test_each_paragraph_may_be_broken_at_a_width_of_its_own() -> None:
    rows = [*SPEECH[:2]]
    for at, row in enumerate(SPEECH[2:]):
        rows += wrapped("　　" + row, 76 if at < 4 else 50, manner="marks")
    assert paragraphs("\n".join(rows)) == list(SPEECH)


def test_a_table_and_a_verse_between_broken_lines_stay() -> None:
    table = ["单位　　　任务（吨）　　完成（吨）", "城关镇　　12000　　　　11850", "柳河镇　　9800　　　　　9120"]
    verse = ["锄禾日当午，汗滴禾下土。", "谁知盘中餐，粒粒皆辛苦。"]
    above = broken(SPEECH[:6], 60, "print", "marks", "　　").splitlines()
    below = [line for row in SPEECH[6:] for line in wrapped("　　" + row, 60, manner="marks")]
    rows = [*above, *table, *(" " * 12 + line for line in verse), *below]
    assert paragraphs("\n".join(rows)) == [*SPEECH[:6], *table, *verse, *SPEECH[6:]]


ENGLISH = (
    *SPEECH[:4],
    "我们引进了New York Stock Exchange上市公司Green Power Technology Company的Smart Grain Storage System，农民群众十分满意。",
    *SPEECH[4:],
)


@pytest.mark.parametrize("manner", ["words", "anywhere"])
def test_blanks_between_words_of_english_come_back_and_no_others(manner: str) -> None:
    for columns in (44, 52, 60, 66):
        lines = [line for row in ENGLISH for line in wrapped("　　" + row, columns, manner=manner)]
        text = "\n".join(line.strip(" ") if manner == "words" else line for line in lines)
        assert (columns, paragraphs(text)) == (columns, list(ENGLISH))


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("　　去年全县新修农村公路316", "5公里，新建桥梁12座。"), "去年全县新修农村公路3165公里，新建桥梁12座。"),
        (("　　粮食单产比上年增长了4.7", "%，是历史上最高的一年。"), "粮食单产比上年增长了4.7%，是历史上最高的一年。"),
        (("　　我们要推广使用 GPS", "平地机，一台顶十台用。"), "我们要推广使用 GPS平地机，一台顶十台用。"),
    ],
)
def test_no_space_comes_into_a_figure_or_a_word(lines: tuple[str, str], whole: str) -> None:
    rows = [*SPEECH[:4], *SPEECH[4:9]]
    text = broken(rows, 26, "print", "anywhere", "　　") + "\n".join(lines) + "\n"
    assert paragraphs(text) == [*rows, whole]


AS_THEY_ARE = {
    "verse": "风雨送春归来早，\n飞雪迎春花正开。\n已是悬崖百丈冰，\n犹有花枝俏枝头。\n" * 4,
    "free verse": "我站在黄河岸边\n听波涛拍打两岸的岩石\n那声音像母亲的呼唤\n从远古一直响到今天\n我知道，这是您的声音\n我知道，这是您的脚步\n我们走过了风雨",
    "a recital": "我们从四面八方赶来，带着泥土的芬芳\n我们从五湖四海汇聚，带着江河的歌唱\n我们从春夏秋冬走过，带着岁月的风霜\n我们从山川田野出发，带着丰收的希望\n我们从昨天走到今天，带着先辈的嘱托\n我们从今天走向明天，带着青春的梦想。\n",
    "parallels": "我们不会忘记，那些奋战在抗洪一线的身影，\n我们不会忘记，那些坚守在工作岗位的同志，\n我们不会忘记，那些奔走在田间地头的脚步，\n我们不会忘记，那些挑灯在实验室里的夜晚。\n" * 2,
    "names": "王建国　李卫东　赵志强　钱学礼　孙立平\n周大海　吴小江　郑成功　王小波　冯巩山\n" * 4,
    "addresses": "江苏省南京市鼓楼区北京西路12号3幢205室\n浙江省杭州市西湖区文三路398号东部软件园\n安徽省合肥市庐阳区长江中路57号省委大院内\n",
    "a table": "项目　　目标　　完成　　比例\n粮食产量　　25万吨　　24万吨　　96%\n固定资产　　30亿元　　28亿元　　93%\n招商引资　　12亿元　　13亿元　　108%\n",
    "an agenda": "一、宣读县委、县政府关于表彰先进的决定\n二、先进单位代表、先进个人代表先后发言\n三、各乡镇、县直各部门递交目标任务责任书\n四、县委副书记、县长李志刚同志作工作部署\n",
    "slogans": "高举旗帜、团结奋斗，奋力谱写发展新篇章\n坚持人民至上、生命至上，守牢安全的底线\n弘扬优良作风、传统美德，建设和谐的家园\n推进改革开放、创新驱动，实现更大的突破\n",
    "a host's lines": "尊敬的各位领导、各位来宾、女士们、先生们，\n大家上午好！\n在这个阳光明媚、春暖花开、万物复苏的美好日子里，\n我们欢聚一堂，隆重举行第三届桃花节的开幕仪式。\n",
    "a letter": "张主任：\n　　您好！\n　　附件是周书记的讲话稿，请审阅。\n　　有三处改动：\n　　第一处在第二页，数字改了\n　　第二处在第五页，删了一段\n　　此致\n敬礼\n小王\n",
    "short sentences": "同志们：\n今天开会。\n我讲三点。\n第一，要快。\n第二，要好。\n第三，要省。\n大家辛苦。\n",
}


@pytest.mark.parametrize("text", AS_THEY_ARE.values(), ids=AS_THEY_ARE)
def test_lines_somebody_broke_so_stay(text: str) -> None:
    for title in ("", "在会上的讲话\n"):
        rows = [row.strip() for row in (title + text).splitlines()]
        assert paragraphs(title + text) == rows
        assert remarks(title + text) == []


def test_a_few_lines_that_break_off_at_one_width_are_named() -> None:
    text = (
        "在法院例会上的讲话\n同志们：\n立案窗口的队一天比一天长，走廊上的板凳\n一条也空不出，叫号机还三天两头出毛病，这\n样下去不是办法。\n"
        "一、修\n坏了的机器全部列个单子，夏天以前一台一台\n修好。\n二、换\n修不了的当天换，换不了的停用。\n"
    )
    assert remarks(text) == ["有 3 段断在句子中间，照原样没有接：第 3、4、7 行。"]


def test_headings_of_one_length_are_not_cut() -> None:
    text = "在法院例会上的讲话\n同志们：\n端正服务态度，切实方便群众\n窗口的凳子要多摆几条，老人小孩来了有座，倒杯热水，问一句办什么事。\n加快立案速度，切实减少跑腿\n材料一次讲清楚，能在网上传的不叫人跑第二趟，缺一样也先收下再补。\n"
    assert remarks(text) == []


def test_where_nothing_tells_the_width_what_is_cut_is_named() -> None:
    text = "在会上的讲话\n同志们：\n今天的会很重要。会上大家的发言都很好，特别是几位乡镇的\n书记，讲得实在。\n会后要抓紧落实，一件一件办好。\n"
    assert paragraphs(text) == text.splitlines()
    assert remarks(text) == ["有 1 段断在句子中间，照原样没有接：第 3 行。"]


@pytest.mark.parametrize("columns", [36, 38, 40, 44, 60, 64])
def test_headings_with_a_comma_are_no_broken_lines_where_nothing_is_set_in(columns: int) -> None:
    heads = {"一、把家底摸清楚": "一、摸清家底，把差距找准找实", "二、把任务落下去": "二、突出重点，把任务落到田间地头", "三、把责任担起来": "三、加强领导，把责任担起来"}
    rows = [heads.get(row, row) for row in SPEECH]
    found = paragraphs("\n".join(line for row in rows for line in wrapped(row, columns)))
    assert [row for row in found if row in heads.values()] == list(heads.values())
