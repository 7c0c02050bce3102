"""The article of a saved page is found by what it is, in the layouts sites are built in; the rest is told as left out."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from drafter.readers.open import HTML, kind_of
from drafter.speech.recognise import lines_of, recognise

PAGES = Path(__file__).parent / "pages"

TITLE = "在全市民政工作会议上的讲话"
ARTICLE = [
    TITLE,
    "同志们：",
    "今天召开全市民政工作会议，主要任务是总结去年工作，安排今年任务。刚才，两个区作了交流发言，讲得都很好。下面，我讲三点意见。",
    "一、兜住兜牢底线",
    "去年全市发放低保资金3.6亿元，惠及群众8.2万人。要继续抓好社会救助，做到应保尽保、应救尽救，不漏一户、不落一人。",
    "二、办好养老服务",
    "要建好社区食堂和日间照料中心，让老年人在家门口吃上热饭、看上病、有人陪。",
    "三、加强队伍建设",
    "民政干部天天同困难群众打交道，要有一副热心肠，多跑腿、多流汗、多办事。",
    "同志们，民政工作一头连着党和政府，一头连着千家万户。让我们扎实工作，不负重托！",
]
WITH_SPEAKER = [TITLE, "（2024年3月8日）", "王立新", *ARTICLE[1:]]


def speech_of(data: bytes, name: str = "页.html") -> list[str]:
    """The lines of the speech, without what is told to be the site's."""
    kind, _ = kind_of(name, data)
    assert kind is HTML
    assert kind.read
    page = kind.read(data, name)
    return [line.text for line in lines_of(page.blocks, page.hints) if line.role != "noise"]


def left_out(data: bytes) -> list[str]:
    assert HTML.read
    page = HTML.read(data, "页.html")
    return [line.text for line in recognise(page.blocks, page.hints).left_out]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_the_article_of_a_page_is_found_in_every_layout(path: Path) -> None:
    assert speech_of(path.read_bytes()) == (WITH_SPEAKER if path.stem == "biography-beside" else ARTICLE)


def test_what_is_the_site_s_is_told_line_by_line() -> None:
    assert left_out((PAGES / "newspaper.html").read_bytes()) == [
        "新闻>时政>正文",
        "2024年03月08日 09:15来源：青山日报作者：王明评论(12)",
        "分享到微信QQ空间",
        "图为会议现场。本报记者王明摄",
        "广告",
        "推荐阅读：我市新增养老床位一千二百张，老人养老有了新去处",
        "（责任编辑：李立）",
        "标签：民政会议",
        "网友评论",
        "网友小王",
        "讲得好，希望社区食堂早点建起来，我家老人天天盼着呢，一定要落到实处。",
        "网友老李",
        "支持！养老是大事，希望政府多投入，多建几个日间照料中心，解决老人的困难。",
    ]


def test_a_title_that_only_the_bar_shows_is_taken_and_said() -> None:
    assert HTML.read
    page = HTML.read((PAGES / "title-only-in-the-bar.html").read_bytes(), "页.html")
    assert [remark.message for remark in page.remarks] == [f"网页正文里没有标题，用的是网页的标题栏：“{TITLE}”。"]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_saved_in_one_file_is_read(charset: str) -> None:
    whole = MIMEMultipart("related")
    whole["From"] = "<Saved by a browser>"
    whole.attach(MIMEText((PAGES / "government.html").read_text(encoding="utf-8"), "html", charset))
    whole.attach(MIMEText("p{}", "css"))
    assert speech_of(whole.as_bytes(), "页.mht") == ARTICLE


def test_what_is_hidden_inside_a_line_is_never_the_text() -> None:
    rows = "".join(f'<p>{row[:3]}<span style="display:none">qX7</span>{row[3:]}&#8203;</p>' for row in ARTICLE[1:])
    assert speech_of(f"<h1>{TITLE}</h1>{rows}".encode()) == ARTICLE


def test_a_page_without_sentences_is_left_to_its_words() -> None:
    page = "<h1>会议议程</h1><p>宣读决定</p><p>颁奖</p><ul><li><a>首页</a></li></ul>"
    assert HTML.read
    assert [hint for hint in HTML.read(page.encode(), "页.html").hints.values() if hint.outside] == []


PARAGRAPHS = "".join(f"<p>{row}</p>" for row in ARTICLE[1:])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"<title>{TITLE} | 博客</title><h1><a>老秘书的博客</a></h1><p><a>首页</a></p><h2><a>{TITLE}</a></h2><div>{PARAGRAPHS}</div>", ARTICLE),
        (f"<p><a>首页</a></p><h1>{TITLE[:9]}<br>{TITLE[9:]}</h1><p>来源：民政局</p><div>{PARAGRAPHS}</div>", [TITLE[:9], TITLE[9:], *ARTICLE[1:]]),
        (f"<div><h1>{TITLE}</h1><p>2020-03-08 09:30　来源：青山日报　点击：12</p><p>【字体：大 中 小】</p>{PARAGRAPHS}</div>", ARTICLE),
        (f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div><h4>免责声明</h4><p>本站刊载的内容均在网上搜集，如有侵权，请与我们联系。</p></div>", ARTICLE),
    ],
)
def test_titles_and_lines_under_them_come_in_every_order(page: str, said: list[str]) -> None:
    assert speech_of(page.encode()) == said
