"""Blocks to a Draft: which paragraph is the title, which the greeting, which are requirements, and on what level.

Two roads. Blocks with the roles of a template are taken at their word, so that laying the Draft out again gives the same
Blocks. Blocks without roles (plain text, a .docx from elsewhere) are told by their words and places; what cannot be told
is a part of kind "text". Neither road changes, adds or drops a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drafter.block import Block
from drafter.draft import Draft, Item, Paragraph, Part, Rich, Span, plain, stop_of
from drafter.marks import Mark, Numbered, levels, mark_of

#: The roles of paragraphs and the kinds of part they stand for.
KIND_OF = {
    "称谓": "greeting",
    "开场": "opening",
    "致意": "appreciation",
    "形势": "situation",
    "引语": "lead",
    "结语": "closing",
    "落款": "signature",
    "正文": "text",
}
_RANKS = "一二三四"
_HEADINGS = {f"{rank}级标题": level for level, rank in enumerate(_RANKS, 1)}
_RUN_INS = {f"{rank}级段首句": level for level, rank in enumerate(_RANKS, 1)}
_STYLED = frozenset((*KIND_OF, *_HEADINGS, "标题", "题注", "要求", "空行", "提纲")) - {"正文"}

#: Roles nothing but a template of drafter has.
_DISTINCT = _STYLED - {"标题", "空行", *_HEADINGS}


class Hint(NamedTuple):
    """How a paragraph of a foreign .docx looks: its font and size, whether it is bold and centred, its first line's indent
    in 汉字, its outline level (0 = text)."""

    font: str = ""
    size_pt: float = 0
    bold: bool = False
    centred: bool = False
    indent_chars: float = 0
    outline_level: int = 0


def recognise(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> Draft:
    """The speech that blocks are. `hints` tell, by the number of a block, how it looks where its role says nothing."""
    told = [block for block in blocks if block.text.strip()]
    styled = sum(block.role in _STYLED or _run_in_level(block) > 0 for block in told)
    distinct = any(block.role in _DISTINCT for block in told)
    all_known = all(block.role in _STYLED or block.role == "正文" for block in told)
    if (distinct and styled * 2 >= len(told)) or (all_known and any(block.role == "空行" for block in blocks)):
        return _Styled(blocks).draft()
    return _Plain(blocks, hints or {}).draft()


# ── blocks whose roles say it ──────────────────────────────────────────────────────────────────────────────────────


class _Node:
    """An Item while its paragraphs and the items below it are being found."""

    __slots__ = ("group", "heading", "items", "label", "level", "node", "number", "own_line", "paragraphs")

    def __init__(self, label: str, level: int, own_line: bool, heading: Rich, node: str) -> None:
        self.label, self.level, self.own_line, self.heading, self.node = label, level, own_line, heading, node
        self.number = self.group = 0
        self.paragraphs: list[Paragraph] = []
        self.items: list[_Node] = []

    def item(self, number: int) -> Item:
        below = tuple(_items(self.items))
        return Item(number, self.label, self.level, self.own_line, self.heading, tuple(self.paragraphs), below, self.node)


def _items(nodes: Sequence[_Node]) -> Iterator[Item]:
    number = 0
    last: int | None = None
    for node in nodes:
        number = 1 if node.group != last else number + 1
        last = node.group
        yield node.item(number)


def _put(tree: list[_Node], node: _Node) -> None:
    """Put an item under the last one of a higher level."""
    below = tree
    while below and below[-1].level < node.level:
        below = below[-1].items
    below.append(node)


class _Styled:
    """The road of a template's own roles."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.title: Rich = ()
        self.captions: list[Block] = []
        self.parts: list[Part] = []
        self.tree: list[_Node] = []
        self.item: _Node | None = None
        self.kind = ""
        self.begun = False

    def draft(self) -> Draft:
        for block in self.blocks:
            self.block(block)
        self.close()
        dateline, byline, dateline_first, rest = _captions(self.captions)
        front = tuple(Part("text", (Paragraph(block.spans, block.node),)) for block in rest)
        return Draft(self.title, (*front, *self.parts), dateline, byline, dateline_first)

    def block(self, block: Block) -> None:
        role = block.role
        if role == "空行" or not block.spans:
            self.kind = ""
        elif role == "标题" and not self.title and not self.begun:
            self.title = _on_one_line(block.spans)
        elif role == "题注" and not self.begun:
            self.captions.append(block)
        elif role in _HEADINGS:
            self.heading(block, _HEADINGS[role], True)
        elif role == "提纲" or (role == "要求" and _run_in_level(block)):
            self.heading(block, _run_in_level(block) or 1, False)
        elif role == "要求" or (self.item and role not in KIND_OF):
            self.words(block)
        else:
            self.close()
            kind = KIND_OF.get(role, "text")
            paragraph = Paragraph(_on_one_line(block.spans) if role == "标题" else block.spans, block.node)
            if self.parts and self.kind == kind and _part_of(self.parts[-1].node) == _part_of(block.node):
                last = self.parts[-1]
                self.parts[-1] = last._replace(paragraphs=(*last.paragraphs, paragraph))
            else:
                self.parts.append(Part(kind, (paragraph,), (), _part_of(block.node)))
            self.kind = kind
        self.begun = self.begun or role not in ("标题", "题注", "空行")

    def heading(self, block: Block, level: int, own_line: bool) -> None:
        head = block.spans if own_line else tuple(s._replace(strong="") for s in block.spans if s.strong)
        rest = () if own_line else tuple(s for s in block.spans if not s.strong)
        label = ""
        mark = mark_of(head[0].text) if head and not head[0].blank else None
        if mark and len(mark.label) < len(plain(head)):
            label = mark.label
            head = _cut(head, len(label))
        if not own_line:
            head = _without_stop(head)
        node = _Node(label, level, own_line, head, block.node)
        if rest:
            node.paragraphs.append(Paragraph(rest, block.node))
        self.add(node)

    def words(self, block: Block) -> None:
        paragraph = Paragraph(block.spans, block.node)
        item = self.item if self.kind == "requirements" else None
        if item is None or (not item.own_line and not item.paragraphs):  # behind a run-in heading it would join its line
            self.add(_Node("", item.level if item else 1, False, (), block.node))
        assert self.item
        self.item.paragraphs.append(paragraph)

    def add(self, node: _Node) -> None:
        if self.kind != "requirements":
            self.close()
        self.kind = "requirements"
        _put(self.tree, node)
        self.item = node

    def close(self) -> None:
        if self.tree:
            self.parts.append(Part("requirements", (), tuple(_items(self.tree)), _part_of(self.tree[0].node)))
        self.tree, self.item = [], None


def _run_in_level(block: Block) -> int:
    """The level of the run-in heading a block begins with, 0 where it begins with none."""
    return _RUN_INS.get(block.spans[0].strong, 0) if block.spans else 0


def _part_of(node: str) -> str:
    """The part a node is of: speech.3.p2 is of speech.3."""
    found = re.match(r"speech\.[0-9]+", node)
    return found[0] if found else ""


def _on_one_line(spans: Rich) -> Rich:
    """A title without the line breaks a layout has put into it."""
    return tuple(span._replace(text=span.text.replace("\n", "")) for span in spans)


def _without_stop(head: Rich) -> Rich:
    """A run-in heading without its 。, where a layout writes that by itself."""
    text = plain(head)
    if not head or head[-1].blank or not text.endswith("。") or len(text) == 1 or not stop_of(text[:-1]):
        return head
    last = head[-1]._replace(text=head[-1].text[:-1])
    return (*head[:-1], last) if last.text else head[:-1]


def _cut(spans: Rich, start: int, end: int | None = None) -> Rich:
    """The characters `start` to `end` of spans."""
    out = []
    at = 0
    for span in spans:
        low = max(start - at, 0)
        high = len(span.text) if end is None else min(end - at, len(span.text))
        if low < high:
            out.append(span if high - low == len(span.text) else span._replace(text=span.text[low:high]))
        at += len(span.text)
    return tuple(out)


def _captions(blocks: Sequence[Block]) -> tuple[Rich, Rich, bool, Sequence[Block]]:
    """The date line, the speaker's line, whether the date comes first, and what is left of the lines under a title."""
    of = {block.node: block for block in reversed(blocks)}
    date, person = of.get("dateline"), of.get("byline")
    if date is None and person is None:
        for block in blocks:
            if date is None and is_dateline(block.text):
                date = block
            elif person is None:
                person = block
    rest = [block for block in blocks if block is not date and block is not person]
    first = bool(date and person) and next(b for b in blocks if b is date or b is person) is date
    return (date.spans if date else ()), (person.spans if person else ()), first, rest


# ── the words that tell ────────────────────────────────────────────────────────────────────────────────────────────

_DAY = (
    r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九Oo0]{4}|[0-9×xX＊*]{2,4}|[今去明])\s*年\s*(?:[0-9０-９×xX＊*]{1,2}|[一二三四五六七八九十元正]{1,2})\s*月"
    r"(?:\s*(?:[0-9０-９×xX＊*]{1,2}|[一二三四五六七八九十廿]{1,3})\s*[日号])?|"
    r"(?:[0-9０-９×xX]{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:[0-9０-９×xX]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]|"
    r"[0-9]{4}\s*[.\-/．]\s*[0-9]{1,2}\s*[.\-/．]\s*[0-9]{1,2}"
)
_DATE = re.compile(_DAY)
_YEAR_OR_MONTH = re.compile(r"[（(]?\s*(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})(?:\s*年|\s*[.\-/．]\s*[0-9]{1,2})\s*[）)]?")
_DATE_FIRST = re.compile(rf"[（(〔\[]?\s*(?:时间[：:]\s*)?(?:{_DAY})")

_POSTS = (
    "书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|局长|厅长|部长|司长|处长|科长|所长|站长|队长|主任|主席|副主席|校长|院长|园长|馆长|台长|社长|"
    "董事长|总经理|经理|总裁|行长|会长|理事长|秘书长|秘书|委员长|检察长|司令员|政委|参谋长|总工程师|总监|厂长|村长|组长|团长|教授|研究员|代表|委员|常委|总书记|主持人|律师|法官|"
    "巡视员|调研员|专员|教师|老师|班主任|学生|教练"
)
_POST = re.compile(_POSTS)
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦"
    "阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴"
    "梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬刁池应宗瞿郎米景仇边佟原艾敖习栾糜"
)
_NAME = re.compile(rf"(?:[{_SURNAMES}]|欧阳|上官|司马|诸葛|夏侯|司徒|慕容|令狐|皇甫|尉迟)[\s\u3000]*[\u4e00-\u9fff·][\s\u3000]*[\u4e00-\u9fff]?")
_STAND_IN = re.compile(r"[×xXＸ＊*某]{1,3}|[\u4e00-\u9fff][×xXＸ＊*某]{1,2}|【[^】]*】")
_TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|祝词|祝辞|献词|献辞|贺词|贺辞|发言|报告|主持词|主持稿|党课|点评|说明|开幕词|闭幕词|开幕辞|闭幕辞|答谢词|欢迎词|欢送词|感言|演讲|演讲词|演讲稿|"
    r"讲话稿|发言稿|讲稿|提纲|要点|纪要|讲课|宣讲|宣讲稿|表态|述职|体会|汇报|倡议书|慰问信|感谢信|公开信|贺信|家书|寄语|串词|悼词|总结|意见|辅导|倡议|誓词|宣言|辞|词)"
    r"(?:[（(][^（）()]{1,12}[）)])?[”》]?$"
)
#: What only a speech or its like is called; 意见 and 总结 end the name of a paper or a meeting as often.
_SPEECH_END = re.compile(
    r"(?:讲话|致辞|致词|祝词|祝辞|献词|贺词|发言|报告|主持词|主持稿|党课|开幕词|闭幕词|答谢词|欢迎词|欢送词|演讲|演讲词|演讲稿|讲话稿|发言稿|讲稿|讲课|宣讲|表态|述职|倡议书|慰问信|感谢信|公开信|贺信)"
    r"(?:提纲|要点|摘要)?(?:[（(][^（）()]{1,12}[）)])?[”》]?$"
)
_DRAFT_NOTE = re.compile(r"[（(](?:送审稿|讨论稿|征求意见稿|审议稿|初稿|草稿|修改稿|定稿|[^（）()]{0,6}代拟稿|摘要|节选|摘录|提纲|根据.{0,12}整理|未经.{0,8}审[阅定核]|.{0,4}录音整理)[^（）()]{0,12}[）)]")

_ADDRESSED = (
    "同志|朋友|领导|来宾|嘉宾|贵宾|代表|委员|女士|先生|小姐|老师|同学|家长|战友|乡亲|父老|企业家|同仁|同事|评委|专家|学者|学员|选手|教练员|运动员|裁判员|官兵|居民|村民|"
    "党员|工友|员工|职工|兄弟|姐妹|孩子|小朋友|伙伴|校友|前辈|主持人|院士|教授|博士|干部|委员会|客商|乡贤|青年|少先队员|团员|投资者|记者|媒体|侨胞|同胞|志愿者|队员|考生|新生|"
    "毕业生|师傅|医生|护士|群众|家人|亲友|公民|市民|司机|师生|主席|总书记|书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|主任|校长|院长|董事长|总经理|会长|理事长|秘书长|团长|总|各位|大家|你们|您"
)
_SEGMENT = re.compile(
    rf"(?:(?:尊敬|敬爱|亲爱|可爱)的)?[^，。；：！？、]{{0,16}}?(?:{_ADDRESSED})(?:[（(][^（）()]{{1,8}}[）)])?(?:们|好|早上好|上午好|中午好|下午好|晚上好|新年好|过年好)*"
    r"|(?:早上|上午|中午|下午|晚上|新年|过年)好|(?:各位|全体|在座的)[^，。；：！？、]{1,14}"
)
_GREETING_VERB = re.compile(r"(?:今天|我们|现在|作了|讲话|学习|在会|下面|召开|欢迎|感谢|祝|表示|举行|进行|要|让|是|把|在此|刚才)")


def is_greeting(text: str) -> bool:
    """Whether a whole paragraph is a salutation: 同志们：; 尊敬的各位领导，各位来宾：; 各位家长，大家好！"""
    if len(text) > 90 or not text.endswith(("：", ":", "，", ",", "！", "!", "。", "、")) or (text[-1] == "。" and "好" not in text[-3:]):
        return False
    segments = [part.strip() for part in re.split(r"[，,、：:！!。\s\u3000]+|和(?=各位|全体)|以及|及(?=各位)", text) if part.strip()]
    if not segments or len(segments) > 16:
        return False
    if not all(_SEGMENT.fullmatch(part) and not _GREETING_VERB.search(part.replace("在座", "")) for part in segments):
        short = [part for part in segments if not _SEGMENT.fullmatch(part)]
        return len(short) == 1 and len(short[0]) <= 8 and not _GREETING_VERB.search(text) and text[-1] in "：:" and bool(re.match("尊敬的|各位|亲爱的|同志", text))
    return True


def _called(text: str) -> bool:
    """Whether a line, known to stand where a salutation does, is one of people no list has: 全市教师和教育工作者："""
    return text.endswith(("：", ":")) and len(text) <= 40 and not re.search(r"[。；，！？]|如下|以下|讲话|意见|要求|时间|地点", text)


_RUN_ON_GREETING = re.compile(r"[^。！？：:]{1,60}?[：:！!](?=[^\s])")


def greeting_end(text: str) -> int:
    """Where the salutation a paragraph begins with ends and its text follows, 0 where it begins with none."""
    found = _RUN_ON_GREETING.match(text)
    if not found or found.end() == len(text) or not re.match("尊敬的|各位|同志|亲爱的|朋友|女士|老师|同学|乡亲|大家", text):
        return 0
    end = found.end()
    while (more := _RUN_ON_GREETING.match(text, end)) and is_greeting(more[0]) and more.end() < len(text):
        end = more.end()
    return end if is_greeting(text[:end]) else 0


def is_dateline(text: str) -> bool:
    """Whether a line under a title says the day: （2026年3月5日）, 1月13日下午4点，行政楼会议室四, 2022.08.31, 二〇二六年三月."""
    if len(text) > 45 or text.endswith(("。", "；", "：")):
        return False
    if _YEAR_OR_MONTH.fullmatch(text):
        return True
    found = _DATE_FIRST.match(text)
    if found:
        return len(text) - found.end() <= 24
    last = next(iter([*_DATE.finditer(text)][::-1]), None)
    return last is not None and len(text) <= 40 and bool(re.fullmatch(r"[）)〕\]\s]*", text[last.end() :])) and bool(
        re.match(r"[（(〔\[]", text)
    )


def is_byline(text: str) -> bool:
    """Whether a line under a title says who speaks: 市委书记　张三, 张 三, 绍兴一中党委书记、校长  王 琛."""
    if len(text) > 45 or text.endswith(("。", "；", "！", "？", "：", "，")) or _TITLE_END.search(text):
        return False
    bare = re.sub(r"^(?:讲话人|发言人|主讲人|报告人|宣讲人|致辞人|主讲|作者|汇报人|述职人|主持人)\s*[：:]?\s*", "", text.strip("（）()"))
    if len(bare) < len(text.strip("（）()")) and bare:
        return True
    if _NAME.fullmatch(bare) or _STAND_IN.fullmatch(bare):
        return True
    without_date = _DATE.sub("", bare).strip(" \u3000（）()，,")
    if re.fullmatch(rf"[^\s，。；]*(?:{_POSTS})(?:[\s\u3000]{{1,6}}[\u4e00-\u9fff]){{2,4}}|[^\s，。；]*(?:{_POSTS})[\s\u3000]{{1,6}}[\u4e00-\u9fff·]{{2,4}}", without_date):
        return True
    tail = re.split(r"[\s\u3000]", re.sub(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff])?$)", "", without_date))[-1]
    if not _POST.search(without_date):
        spaced = re.fullmatch(r"[\u4e00-\u9fff（）()“”]{2,20}[\s\u3000]+(.{2,5})", without_date)
        return bool(spaced and _NAME.fullmatch(spaced[1]))
    if _NAME.fullmatch(tail) or _STAND_IN.fullmatch(tail):
        return True
    found = re.search(rf".*(?:{_POSTS})(?:同志)?[\s\u3000]*(.{{1,6}})$", without_date)
    return bool(found and (_NAME.fullmatch(found[1].removesuffix("同志")) or _STAND_IN.fullmatch(found[1]))) or bool(
        re.search(rf"(?:{_POSTS})$", without_date) and len(without_date) <= 30 and not re.search("[的和会]", without_date)
    )


_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’）)》]*|[^。！？]+$")

_COUNT = r"(?<![第十\d])(?:[一二三四五六七八九十两几\dxXＸ×]{1,2}|一些)(?:大|小)?(?:点|个|条|件|句|方面|层|项|种|类|组|则|对)"
_SAY = r"(?:讲|谈|提|强调|补充|说|(?<!工)作|做|交流|分享|通报|汇报|报告|(?<!发)送|(?<![代体])表(?![现彰明]))"

#: Sentences that lead to a list wherever they stand.
_LEAD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:下面|接下来|借此机会|借这个机会|利用这个机会|这里|围绕|结合|就|现在|今天|为此|根据|按照|我|在此)[^。！？]{{0,60}}?{_SAY}(?:出|上|一下|以下|如下|自己|我|的|些)*"
        rf"[^。！？，]{{0,10}}?(?:{_COUNT}|意见|看法|体会|想法|建议|希望(?=[。，：:])|要求(?=[。，：:])|打算)[^。！？]{{0,24}}[。：:！；]?$",
        rf"{_SAY}(?:出|给[^。，]{{0,8}})?{_COUNT}[^。！？，]{{0,14}}(?:，[^。！？，]{{0,16}})?[。：:]?$",
        r"(?:汇报|报告|通报|述职|说明|安排|部署|介绍)如下[^。！？]{0,10}[。：:]?$",
        rf"从(?:以下|下面)?{_COUNT}[^。！？]{{0,14}}(?:讲|谈|说|汇报|介绍|把握|入手|着手)[^。！？]{{0,20}}[。：:]?$",
        rf"(?:以下|如下|下面)(?:这么|这)?{_COUNT}[^。！？]{{0,20}}[。：:]?$",
        rf"{_SAY}[^。！？，；]{{0,8}}{_COUNT}(?:[^。！？；，]{{0,14}}|[^。！？；]{{0,12}}，(?:既是|也是|供|与|不妥|不当|请|和|同)[^。！？]{{0,50}})[。：:]$",
        rf"(?:想|要|来)(?:就|从|围绕|结合)?{_COUNT}[^。！？，]{{0,8}}[^。！？，]{{0,10}}(?:谈一谈|讲一讲|说一说|聊一聊|谈谈|讲讲|说说|聊聊)[。：:]?$",
        r"(?:发出|提出)(?:如下|以下)?(?:倡议|号召|建议|要求|希望)[：:]$|(?:倡议|建议|希望|要求)[：:]$",
    )
)

#: Sentences that do so only where the list follows at once.
_LEAD_BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:抓好|做好|做到|干好|办好|把握|处理|突出|注意|解决|体现|表现|存在|落实|推进|开展|完成|实施|围绕|谈到|打好|守住|讲|说|要|有|从)[^。！？，]{{0,16}}(?!一[个件种类]){_COUNT}[^。！？，]{{0,24}}[。！]?$",
        r"[：:]$",
        r"(?:下面|现在|接下来|今天|我|将).{0,40}(?:通报|介绍|汇报|报告|说明|讲)[^。！？]{0,24}(?:情况|问题|内容|方面|意见)[。：:]$",
        r"(?:下面|现在|接下来|今天|我|将).{0,40}(?:(?<!工)作|做)(?:一?个|简要|简单|如下|以下)*(?:的)?(?:汇报|报告|通报|述职|发言|点评|表态)[^。！？]{0,20}[。：:]?$",
        r"^(?:下面|接下来|在此|借此机会|借这个机会|这里)[^。！？]{0,80}[。：:！]$",
        rf"(?:我|就)[^。！？]{{0,30}}{_SAY}[^。！？]{{0,30}}[。：:]$",
    )
)


def is_lead(sentence: str, before_list: bool = False) -> bool:
    """Whether a sentence leads to a list: 下面，我讲三点意见。 `before_list` tells that a list follows at once."""
    sentence = sentence.strip()
    if not 4 <= len(sentence) <= 140 or re.search("请(?:予|各位代表|大会|会议)?[^，。]{0,6}审[议查]", sentence):
        return False
    return any(rule.search(sentence) for rule in (*_LEAD, *(_LEAD_BEFORE if before_list else ())))


_THANKED = re.compile(
    r"(?:表示|致以|送上|献上|道一声|说一声|说声|致敬|奉上|转达|带来|捎去|送去)[^。！？]{0,30}(?:感谢|敬意|问候|祝贺|慰问|谢意|欢迎|祝愿|祝福|致敬|贺意|感激|辛苦)"
    r"|向[^。！？]{1,60}致敬|(?:衷心|诚挚|热烈|崇高|亲切|美好|由衷|真诚|深深|非常|十分|特别|深切)的?地?(?:感谢|敬意|问候|祝贺|慰问|谢意|欢迎|祝愿|祝福)"
)
_SITUATION = re.compile(
    r"(?:当前|目前|现在|眼下|近年来|近些年|近几年|今年以来|去年以来|去年|过去一年|一年来|几年来|多年来|[一二三四五六七八九十两几]{1,3}年来|今年[，是]|今年上半年|上半年|入[春夏秋冬汛]以来|这些年|这几年|"
    r"[一二三四前]季度|下半年|前[一几]?(?:阶段|段时间)|党的[一-龥]{1,4}大以来|[^，。]{0,14}以来，|[^，。]{0,8}时期，?是|同时，?我们也|但是?，?我们也|在[^，。]{0,8}的同时|应该看到|应当看到|要看到|必须看到|必须清醒|我们也要清醒|也要看到|实践证明|从[^，。]{1,12}看|党中央|中央[^，。]{0,10}(?:高度重视|强调)|"
    r"习近平总书记|总书记|省委|上级)|形势|面临|存在[^。]{0,12}(?:问题|差距|不足)"
)
_CLOSER = re.compile(
    r"(?:各位[^，。！]{1,16}|(?![我你他她它咱]们)[^，。！：；]{0,12}们)[，！!：]|最后，|让我们|总之|谢谢|散会|我的(?:讲话|发言|汇报|报告|致辞)|我就[讲说]|"
    r"以上(?:是|就是|意见|汇报|报告|述职|发言|所述|各点)|预祝|祝(?:愿|大家|各位|本次|大会|福|同志|同学|老师|母校|你们)|衷心祝|再次(?:感谢|祝|向)|多谢|再见|"
    r"[^，。]{0,12}(?:会议|大会|活动|仪式|讲话|发言|汇报|报告|致辞)(?:就|就先|先|暂)?(?:开|讲|说|汇报)?(?:到此|到这里|到这儿|完了|完毕|结束)|(?:如有)?不[当妥足]之处|特此(?:报告|倡议)|请[^，。]{0,6}(?:审议|批评指正|予审议)"
)

#: How a paragraph begins that still opens: it says what the meeting is for, or what was said before.
_OPENER = re.compile(
    r"(?:今天|今晚|今年的|这次|本次|此次|刚才|刚刚|会上|会前|上午|下午|昨天|前不久|(?:召开|开展|举办|举行|组织)(?:这次|本次|此次|今天|这样)|之所以(?:召开|举办|开)|[^，。]{0,8}会议)"
)
_VOCATIVE = re.compile(r"(?:各位[^，。！]{1,12}|(?![我你他她它咱]们)[^，。！：；]{0,12}们)[，！!]")

#: What a host says between the speeches of others, and the marks that stand for these.
_HOSTED = re.compile(
    r"(?:参加|出席|列席)(?:今天|这次|本次|此次|会议|大会|我们)[^。：:]{0,24}(?:有|领导|同志|人员|嘉宾)[：:，是]|(?:参加|出席)[^。，：:]{0,14}的(?:有|还有|领导有)|在主席台(?:上)?就[坐座]|"
    r"(?:首先|现在|接下来|接着|最后)?[，：]?(?:下面|现在)?[，：]?(?:首先|先)?[，：]?(?:进行|开始进行|进入|请|有请|由)[^。]{0,60}(?:议程|讲话|发言|宣读|通报|传达|致辞|汇报|介绍|颁奖|表态|点评|大家欢迎|奏|坐下|起立)|"
    r"[^。，]{0,12}(?:会议|大会|活动|仪式)[^。，]{0,6}有[^。，]{1,6}[项个]议[程题]|第[一二三四五六七八九十]{1,2}项[：:，]|(?:大会|会议|仪式)?(?:进行)?第[一二三四五六七八九十]{1,2}项议?程?|"
    r"[…\.。·]{2,}$|[（(][^（）()]{1,14}[）)]$|现在开会|(?:全体)?(?:起立|奏唱?国歌)"
)

_WISHED = re.compile("(?:真诚|诚挚|热切|衷心|由衷|热忱)地?(?:希望|期待|期盼|欢迎|邀请|祝愿)")
_CLOSING_FOR_SURE = re.compile(r"最后|总之|谢谢|多谢|祝|预祝|散会|以上|我的(?:讲话|发言)|再见|让我们")

#: Words the last paragraph begins with where it is a call.
_RISING = re.compile(r"新征程|新时代|征程万里|征途|蓝图|使命|[一二三四五六七八九十]{1,3}载|展望|奋进|春潮|号角|站在|风雨|道阻|千里之行|行百里|未来|奋斗|山高")
_CALL = re.compile(r"让我们|谢谢|多谢|祝|努力奋斗|而奋斗|新(?:的)?(?:更大)?贡献|再立新功|新篇章|新局面|再创|共同努力|奋勇前进|完毕")


def sections_within(text: str, kind: str, before_list: bool = False) -> tuple[tuple[int, str], ...]:
    """The parts one paragraph holds, each with the offset it begins at: an opening may end in thanks and in the sentence that
    leads to the requirements (`before_list` tells that they follow at once). The first begins at 0."""
    found: list[tuple[int, str]] = []
    start = 0
    if kind == "greeting":
        start = greeting_end(text)
        found.append((0, kind))
        if not start:
            return tuple(found)
        kind = "opening"
    sentences = [(m.start() + start, m[0]) for m in _SENTENCE.finditer(text[start:])]
    current = ""
    for number, (at, sentence) in enumerate(sentences):
        is_last = number == len(sentences) - 1
        said = current or kind
        if is_last and (number or kind in ("item", "requirements")) and kind != "lead" and is_lead(sentence, before_list):
            said = "lead" if before_list or kind not in ("item", "requirements") else said
        elif kind == "opening" and _THANKED.search(sentence):
            said = "appreciation"
        if said != current:
            found.append((at, said))
            current = said
    return tuple(found) or ((0, kind),)


# ── lists inside a paragraph ───────────────────────────────────────────────────────────────────────────────────────


class Entry(NamedTuple):
    """An item of a list inside a paragraph: where its mark begins, where its words do, and where it ends."""

    start: int
    words: int
    end: int
    mark: Mark


_INNER = re.compile(
    r"(?:(?<=[。；：，！？、:;,\s”）])|^)(?=(?!([一二三四五六七八九十])是\1[，。、；])[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,3}[，、：]|其[一二三四五六七八九十][，：是]|"
    r"首先[，是]|其次[，是]|再次[，是]|最后[，是]|[0-9]{1,2}[.．、](?![0-9]))|(?=[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳])"
)


def entries_within(text: str) -> tuple[tuple[Entry, ...], ...]:
    """The lists inside a paragraph, one behind the other: 一是……；二是……。 An item may hold several sentences; the last ends
    with the paragraph, or where its sentence ends if all before it were one sentence."""
    marks: list[tuple[int, Mark]] = []
    for found in _INNER.finditer(text):
        mark = mark_of(text[found.start() : found.start() + 12])
        if mark and mark.number:
            marks.append((found.start(), mark))
    out: list[tuple[Entry, ...]] = []
    used: set[int] = set()
    for first, (_, mark) in enumerate(marks):
        if first in used or mark.number != 1:
            continue
        run = [first]
        for later in range(first + 1, min(len(marks), first + 60)):
            there = marks[later][1]
            if there.kind != mark.kind or later in used:
                continue
            if there.number == marks[run[-1]][1].number + 1 or (there.number == 99 and len(run) > 1):
                run.append(later)
            elif there.number == 1:
                break
        if len(run) < 2:
            continue
        used.update(run)
        out.append(tuple(_entries(text, [marks[n] for n in run])))
    return tuple(out)


def _entries(text: str, run: Sequence[tuple[int, Mark]]) -> Iterator[Entry]:
    one_sentence = True
    for number, (start, mark) in enumerate(run):
        if number + 1 < len(run):
            end = run[number + 1][0]
            one_sentence = one_sentence and not re.search(r"[。！？](?=.)", text[start : end].rstrip("。；！？"))
        else:
            stop = re.search(r"[。！？]", text[start:])
            end = start + stop.end() if stop and one_sentence else len(text)
        yield Entry(start, start + len(mark.label), end, mark)


# ── blocks without roles ───────────────────────────────────────────────────────────────────────────────────────────

#: Lines among which the title and what stands under it are looked for; characters a heading alone on its line may have,
#: and one that runs in. Source: heading texts of 23 labelled speeches (median 15, p90 28, longest 50).
_HEAD_LINES = 10
_TITLE_CHARACTERS = 70
_ALONE_CHARACTERS = 60
_RUN_IN_CHARACTERS = 42

#: Lines among which the next item of a list is looked for.
_NEAR = 60


class _Line(NamedTuple):
    """A paragraph without roles: its text, its spans, its block's number and role."""

    text: str
    spans: Rich
    node: str
    role: str
    hint: Hint


class _Plain:
    """The road of words and places."""

    def __init__(self, blocks: Sequence[Block], hints: Mapping[int, Hint]) -> None:
        self.lines = [line for number, block in enumerate(blocks) for line in _lines(block, hints.get(number, Hint()))]

    def draft(self) -> Draft:
        title, captions, at = _front(self.lines)
        dateline, byline, first, others = _told_captions(captions)
        greeting: list[_Line] = []
        after = at
        while after < len(self.lines) and len(greeting) < 4 and (
            is_greeting(self.lines[after].text) or (not greeting and title and _called(self.lines[after].text))
        ):
            greeting.append(self.lines[after])
            after += 1
        parts: list[Part] = [_part("text", others)] if others else []
        body = self.lines[after:]
        if greeting:
            parts.append(_part("greeting", greeting))
        elif body and greeting_end(body[0].text):
            parts.append(_part("greeting", body[:1]))
            body = body[1:]
        parts += _body(body, bool(greeting) or not parts or parts[-1].kind != "greeting")
        return Draft(title, tuple(_joined(parts)), dateline, byline, first)


def _lines(block: Block, hint: Hint) -> Iterator[_Line]:
    """The paragraphs of a block: a line break typed inside one begins another."""
    if "\n" not in block.text:
        spans = _stripped(block.spans)
        if spans:
            yield _Line(plain(spans), spans, block.node, block.role, hint)
        return
    at = 0
    for row in block.text.split("\n"):
        spans = _stripped(_cut(block.spans, at, at + len(row)))
        at += len(row) + 1
        if spans:
            yield _Line(plain(spans), spans, block.node, block.role, hint)


def _stripped(spans: Rich) -> Rich:
    """Spans without the space around their text, and without the marks of strong type."""
    text = plain(spans)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    cut = _cut(spans, start, end) if end - start < len(text) else spans
    merged: list[Span] = []
    for span in cut:
        bare = span._replace(strong="")
        if merged and not bare.blank and not merged[-1].blank and merged[-1][1:] == bare[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + bare.text)
        elif bare.text:
            merged.append(bare)
    return tuple(merged)


def _part(kind: str, lines: Sequence[_Line]) -> Part:
    return Part(kind, tuple(Paragraph(line.spans, line.node) for line in lines), (), lines[0].node if lines else "")


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one part, but for greetings and signatures."""
    last: Part | None = None
    for part in parts:
        if last and last.kind == part.kind and part.kind not in ("requirements", "signature"):
            last = last._replace(paragraphs=last.paragraphs + part.paragraphs)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


# ── the front ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _front(lines: Sequence[_Line]) -> tuple[Rich, list[_Line], int]:
    """The title, the lines under it, and the number of the first line of the speech itself. A speech that begins without a
    title has ()."""
    zone = 0
    while zone < min(len(lines), _HEAD_LINES) and not _begins_body(lines, zone):
        zone += 1
    given = next((at for at in range(min(zone + 1, len(lines), 4)) if lines[at].role == "标题"), -1)
    if given > 0 or (zone == 0 and given < 0):
        return (), [], 0
    if is_dateline(lines[0].text) and not _TITLE_END.search(lines[0].text):
        return (), [], 0
    zone = max(zone, 1)
    end = 1
    while end < zone and lines[end].role == "标题":
        end += 1
    for ahead in range(end, min(zone, 5)):
        text = lines[ahead].text
        if is_dateline(text) or (is_byline(text) and not _goes_on(lines[ahead - 1].text, text)) or _DRAFT_NOTE.fullmatch(text):
            break
        subtitle = text.startswith(("——", "—", "--", "－－", "──"))
        before = "".join(line.text for line in lines[:ahead])
        complete = bool(_SPEECH_END.search(before)) or (bool(_TITLE_END.search(before)) and not before.startswith(("在", "关于")))
        if subtitle or (_TITLE_END.search(text) and len(text) <= _TITLE_CHARACTERS and (not complete or text[0] in "在（(")):
            end = ahead + 1
    captions: list[_Line] = []
    at = end
    greeted = zone < len(lines) and is_greeting(lines[zone].text)
    while at < zone:
        text = lines[at].text
        told = is_dateline(text) or is_byline(text)
        if _DRAFT_NOTE.fullmatch(text) and at == end and at + 1 < zone and not captions:
            end = at + 1  # no caption can stand above date and speaker
        elif told or _DRAFT_NOTE.fullmatch(text) or (greeted and zone - end <= 4 and len(text) <= 40 and not re.search("[，。；！？]", text)):
            captions.append(lines[at])
        else:
            break
        at += 1
    title = tuple(span for line in lines[:end] for span in line.spans)
    return _merged_title(title), captions, at


def _goes_on(before: str, text: str) -> bool:
    """Whether a short line is the end of a title broken over two: 在全市年轻干部 / 培训班开班式上的讲话."""
    return bool(_TITLE_END.search(text)) and not _TITLE_END.search(before)


def _merged_title(spans: Rich) -> Rich:
    if all(not span.blank for span in spans):
        return (Span(plain(spans)),) if spans else ()
    return spans


def _begins_body(lines: Sequence[_Line], at: int) -> bool:
    text = lines[at].text
    if lines[at].role == "标题":
        return False
    if is_greeting(text) or greeting_end(text) or len(text) > _TITLE_CHARACTERS:
        return True
    if text.endswith(("。", "；", "：", ":", "，")) or (at and text.endswith(("！", "？"))):
        return True
    mark = mark_of(text)
    return bool(mark and mark.kind != "——" and mark.number == 1 and at > 0)


def _told_captions(captions: Sequence[_Line]) -> tuple[Rich, Rich, bool, list[_Line]]:
    """The date line, the speaker's line, whether the date comes first, and the lines that are neither. Only lines at the top
    can be said in their order; what stands behind a line that is neither stays where it is."""
    date = person = None
    others: list[_Line] = []
    first = False
    for line in captions:
        if others or _DRAFT_NOTE.fullmatch(line.text):
            others.append(line)
        elif date is None and is_dateline(line.text):
            date, first = line, person is None
        elif person is None:
            person = line
        else:
            others.append(line)
    return (date.spans if date else ()), (person.spans if person else ()), bool(first and date and person), others


# ── the body ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """The parts of a speech behind its salutation; `opens` tells that its opening is still to come."""
    lines, signature = _signature(lines)
    numbered = _numbered(lines)
    tops = [at for at, one in enumerate(numbered) if one and one.level == 1]
    if not tops:
        parts = _unnumbered(lines, opens)
    else:
        parts = _before(lines[: tops[0]], opens)
        starts = [at for n, at in enumerate(tops) if not n or _group(numbered, at) != _group(numbered, tops[n - 1])]
        for n, start in enumerate(starts):
            last = n + 1 == len(starts)
            stop = len(lines) if last else starts[n + 1]
            end = _list_end(lines, numbered, start, stop, last)
            parts.append(Part("requirements", (), tuple(_tree(lines, numbered, start, end)), lines[start].node))
            parts += _after(lines[end:stop]) if last else _between(lines[end:stop])
    return parts + signature


def _group(numbered: Sequence[Numbered | None], at: int) -> int:
    one = numbered[at]
    return one.group if one else 0


#: Who signs where no day stands below: an office, or a post and a name.
_SIGNER = re.compile(
    r"(?:[\u4e00-\u9fff“”（）()·\s\u3000×xX]{2,26}(?:委员会|办公室|领导小组|指挥部|工作组|党委|党组|党支部|党总支|团委|工会|妇联|学校|中学|小学|大学|学院|医院|公司|集团|政府|局|厅|协会|商会|筹备组|编辑部|全体[\u4e00-\u9fff]{2,6})"
    rf"|[\u4e00-\u9fff]{{2,20}}(?:{_POSTS})[\s\u3000：:]+[\u4e00-\u9fff][\s\u3000]*[\u4e00-\u9fff]{{1,2}})"
)


def _signature(lines: Sequence[_Line]) -> tuple[Sequence[_Line], list[Part]]:
    """Who signs, and the day, at the very end."""
    if len(lines) < 3:
        return lines, []
    if not re.fullmatch(rf"[（(]?(?:{_DAY})[）)]?", lines[-1].text):
        if _SIGNER.fullmatch(lines[-1].text) and lines[-2].text.endswith(("。", "！", "!", "！”")) and not mark_of(lines[-1].text):
            return lines[:-1], [_part("signature", lines[-1:])]
        return lines, []
    start = len(lines) - 1
    while start > len(lines) - 4 and len(lines[start - 1].text) <= 30 and not re.search(r"[。！？；：，]$", lines[start - 1].text):
        start -= 1
    return lines[:start], [_part("signature", lines[start:])]


_HEADING_FONTS = ("黑体", "楷体", "SimHei", "KaiTi", "小标宋")


def _numbered(lines: Sequence[_Line]) -> list[Numbered | None]:
    """What numbers each line; headings without a mark are numbered by a mark of no characters."""
    marks: list[Mark | None] = []
    for line in lines:
        mark = mark_of(line.text)
        if mark and len(mark.label.rstrip()) >= len(line.text):
            mark = None
        marks.append(mark)
    bare = _bare_headings(lines, marks)
    if len(bare) >= 2:
        for at in bare:
            marks[at] = Mark(_BARE, 0, "")
    for at in [*_parallel(lines, marks), *_promised(lines, marks), *_explained(lines, marks)]:
        marks[at] = Mark(_FIRST, 0, "")
    return levels(marks)


#: Marks of no characters: a heading alone on its line, and one that runs in.
_BARE, _FIRST = "标题", "段首句"


def _parallel(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Paragraphs that run on from headings without a mark: four and more, one behind the other, under a numbered line,
    whose first sentences are short and built alike."""
    run: list[int] = []
    numbered = False
    for at in range(len(lines) + 1):
        found = re.match(r"[^。！？：；“]{4,20}[。]", lines[at].text) if at < len(lines) and not marks[at] else None
        if found and len(lines[at].text) > 3 * found.end() and not _CLOSER.match(lines[at].text):
            run.append(at)
            continue
        if numbered and len(run) >= 3:
            yield from _alike(lines, run)
        run = []
        numbered = numbered or (at < len(lines) and bool(marks[at]))


def _promised(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The paragraphs a sentence has promised by their number (我提三点希望：), where none has a mark and all are built alike."""
    for at, line in enumerate(lines):
        sentences = _SENTENCE.findall(line.text)
        found = re.search(r"([二三四五六七八九两2-9])(?:点|个|条|件|句|方面|项|种)", sentences[-1]) if sentences else None
        if not found or not is_lead(sentences[-1], True):
            continue
        count = "二三四五六七八九".find(found[1].replace("两", "二")) + 2 if not found[1].isdigit() else int(found[1])
        run = range(at + 1, at + 1 + count)
        if run.stop > len(lines) or any(marks[there] for there in run) or (run.stop < len(lines) and marks[run.stop]):
            continue
        heads = [re.split("[。！？]", lines[there].text)[0] for there in run]
        short = all(len(head) <= _RUN_IN_CHARACTERS and len(head) + 8 < len(lines[there].text) for head, there in zip(heads, run, strict=True))
        if len({head[:2] for head in heads}) == 1 or (short and all(map(_built_alike, heads, heads[1:]))):
            yield from run


def _explained(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Neighbours that each say what a word in quotation marks means: 所谓“不想为”，就是……"""
    said = [not marks[at] and bool(re.match("所谓[“\"「]", line.text)) for at, line in enumerate(lines)]
    yield from (at for at, one in enumerate(said) if one and ((at and said[at - 1]) or (at + 1 < len(said) and said[at + 1])))


def _alike(lines: Sequence[_Line], run: Sequence[int]) -> Iterator[int]:
    """The longest stretches of a run whose first sentences begin with the same words, or have as many clauses of as many
    characters (one more or less)."""
    heads = [lines[at].text.partition("。")[0] for at in run]
    start = 0
    for end in range(1, len(run) + 1):
        if end < len(run) and _built_alike(heads[end - 1], heads[end]):
            continue
        if end - start >= 4 or (end - start == 3 and len({head[:2] for head in heads[start:end]}) == 1):
            yield from run[start:end]
        start = end


def _built_alike(one: str, other: str) -> bool:
    if one[:2] == other[:2]:
        return True
    here, there = one.split("，"), other.split("，")
    near = len(here) == len(there) and all(abs(len(a) - len(b)) <= 1 for a, b in zip(here, there, strict=True))
    return near and (one[0] == other[0] or one[-1] == other[-1] or len(here) > 1)


def _bare_headings(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> list[int]:
    """Lines that look like headings without a mark: short, without a point, with a paragraph below and one above."""
    found = []
    for at, line in enumerate(lines[:-1]):
        if marks[at]:
            continue
        after = lines[at + 1]
        if line.role in _HEADINGS:
            found.append(at)
            continue
        looks = (line.hint.bold or line.hint.outline_level or line.hint.font.startswith(_HEADING_FONTS)) and not after.hint.bold
        if not 4 <= len(line.text) <= (40 if looks else 28) or not re.search(r"[\u4e00-\u9fff”》）]$", line.text):
            continue
        if re.search(r"[。；！？：:]|^[（(].*[）)]$", line.text) or _DATE.search(line.text) or is_byline(line.text) or is_lead(line.text):
            continue
        text_below = len(after.text) >= 36 or (marks[at + 1] is not None and at + 2 < len(lines) and len(lines[at + 2].text) >= 36)
        text_above = at > 0 and (len(lines[at - 1].text) >= 24 or lines[at - 1].text.endswith(("。", "：", "！")) or bool(marks[at - 1]))
        if text_below and (looks or text_above):
            found.append(at)
    return found


def _list_end(
    lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, stop: int, last: bool
) -> int:
    """Where the list that begins on line `start` ends, at the latest before line `stop`."""
    inner = [at for at in range(start, stop) if numbered[at]]
    final = inner[-1]
    tops = [at for at in inner if (one := numbered[at]) and one.level == 1]
    paragraphs = all(len(lines[at].text) > _ALONE_CHARACTERS or lines[at].text.endswith(("。", "；", "！")) for at in tops)
    if paragraphs and tops == list(range(tops[0], tops[0] + len(tops))) and final == tops[-1]:
        return final + 1  # a list of paragraphs: what follows is no longer its own
    least = final + 1
    if _alone(lines, numbered, final):
        least += 1
    if not last:
        end = stop
        while end > least and end > stop - 2 and len(lines[end - 1].text) <= 80 and is_lead(lines[end - 1].text):
            end -= 1
        return end
    closing = _closing_start(lines, least, stop)
    for at in range(max(least, stop - 6), closing):
        if _CLOSER.match(lines[at].text) and (at > stop - 4 or re.match("同志们|最后|让我们|各位|朋友", lines[at].text)):
            return at
    if closing < stop:
        return closing
    one = numbered[final]
    sisters = [at for at in inner[:-1] if (there := numbered[at]) and one and there.level == one.level and not _alone(lines, numbered, at)]
    if least == final + 1 and len(sisters) > 1 and all(numbered[at + 1] for at in sisters):
        return least  # none of its sisters has a second paragraph
    return stop


def _closing_start(lines: Sequence[_Line], least: int, stop: int) -> int:
    """Where the last paragraphs that call, wish and thank begin, `stop` where there are none."""
    start = stop
    while start > max(least, stop - 4):
        text = lines[start - 1].text
        wishes = start < stop and bool(_WISHED.search(text)) and len(text) <= 160
        ends = wishes or (_CALL.search(text) and (text.endswith(("！", "!")) or len(text) <= 100)) or (text.endswith(("！", "!")) and start == stop)
        if not ends and not _CLOSER.match(text) and not (start == stop and _RISING.match(text)):
            break
        start -= 1
    return start


def _alone(lines: Sequence[_Line], numbered: Sequence[Numbered | None], at: int) -> bool:
    """Whether a numbered line is a heading and nothing else."""
    one = numbered[at]
    if one is None:
        return False
    text = lines[at].text[len(one.mark.label) :]
    if lines[at].role in _HEADINGS or not one.mark.label:
        return one.mark.kind != _FIRST
    if len(text) > _ALONE_CHARACTERS:
        return False
    if not re.search(r"[。；！？，：:;,]", text.rstrip("。！？：；;:")):
        bare = True
    else:
        bare = not re.search(r"[。！？；;]", text[:-1]) and len(text) <= _ALONE_CHARACTERS
    if not bare or text.endswith(("；", ";", "，")):
        return False
    if not text.endswith(("。", "！", "？", "：", ":")):
        return True
    # a sentence: a heading only where its text, or a deeper list, follows on the next line
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or one.mark.kind in ("一是", "一要", "——", "●"):
        return False
    there = numbered[at + 1]
    deeper = there is not None and there.level > one.level
    weighs = len(following.text) > len(text) or one.mark.kind in ("一、", "部分") or text.endswith(("？", "：", ":"))
    if not (deeper or (there is None and weighs and not _CLOSER.match(following.text))):
        return False
    return len(text) <= 34 or any(numbered[sister + 1] is None for sister in _sisters(lines, numbered, at))


def _sisters(lines: Sequence[_Line], numbered: Sequence[Numbered | None], at: int) -> Iterator[int]:
    """The items before and behind one in its list, as far as they have a line below them and are near."""
    one = numbered[at]
    for row in (range(at - 1, max(at - _NEAR, -1), -1), range(at + 1, min(at + _NEAR, len(lines) - 1))):
        for there in row:
            other = numbered[there]
            if one and other and other.group == one.group:
                yield there
                break


def _tree(lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, end: int) -> Iterator[Item]:
    tree: list[_Node] = []
    node: _Node | None = None
    clauses = _clauses(lines, numbered, start, end)
    for at in range(start, end):
        line, one = lines[at], numbered[at]
        if one is None:
            assert node
            node.paragraphs.append(Paragraph(line.spans, line.node))
            continue
        label = one.mark.label
        rest = _cut(line.spans, len(label))
        if _alone(lines, numbered, at):
            node = _Node(label, one.level, True, rest, line.node)
        else:
            cut = 0 if line.text.startswith("所谓") else heading_end(plain(rest), one.mark.kind) or clauses.get(at, 0)
            heading = _without_stop(_cut(rest, 0, cut)) if cut else ()
            node = _Node(label, one.level, False, heading, line.node)
            words = _cut(rest, cut)
            if words:
                node.paragraphs.append(Paragraph(words, line.node))
        node.group = one.group
        _put(tree, node)
    yield from _items(tree)


#: A clause that may head what follows: 抓学习，…… It says what to do, not when, where, how or why.
_CLAUSE = re.compile(
    r"(?!今|去年|明年|近|当前|目前|现在|过去|在|从|自|对[^标照接]|为|以[^人民学案]|通过|按照?|依|根据|针对|围绕|由于|因|随着|经过|如果|只[要有]|虽|尽管|无论|不管|不仅|不但|既|同时|特别|尤其|此外|另外|还|也|"
    r"但|然|所以|我|他|她|你|您|它|这|那|各|全[省市县区国镇乡党]|有的|有些|一些|大家|同志|比如|例如|包括|习近平|总书记|毛|邓|市|省|县|区委|党中央|中央|国务院|截至|截止|据|[0-9])"
    r"[\u4e00-\u9fff“”、《》]{3,14}[，,](?=.)"
)


def _clauses(lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, end: int) -> dict[int, int]:
    """Where the heading ends in items whose first sentence is too long for one, but whose first clause is not: 一要抓学习，
    ……。 Only in a list of which most items begin with one or the other."""
    lists: dict[int, list[tuple[int, int, bool]]] = {}
    for at in range(start, end):
        one = numbered[at]
        if one is None or not one.mark.label or _alone(lines, numbered, at):
            continue
        text = lines[at].text[len(one.mark.label) :]
        headed = heading_end(text, one.mark.kind) > 0
        found = None if headed else _CLAUSE.match(text)
        cut = found.end() if found else 0
        if len(text) <= _RUN_IN_CHARACTERS and not (2 * cut <= len(text) and cut <= 10):  # one sentence: a name, and what it means
            cut = 0
        lists.setdefault(one.group, []).append((at, cut, headed))
    return {
        at: cut
        for items in lists.values()
        if len(items) > 1 and sum(cut > 0 or headed for _, cut, headed in items) * 4 >= 3 * len(items)
        for at, cut, _ in items
        if cut
    }


def heading_end(text: str, kind: str) -> int:
    """Where the run-in heading a numbered paragraph begins with ends, its mark included; 0 where it has none."""
    found = re.search(r"[。！？]+[”’）)》]*\s*", text)
    end = found.end() if found else len(text)
    if found and end < len(text) and end <= _RUN_IN_CHARACTERS:
        return end
    colon = re.search(r"[：:]\s*", text[:24])
    if colon and colon.start() >= 2 and colon.end() < len(text) and not re.search("[，。；说指出强调要求]", text[: colon.start()]):
        return colon.end()
    space = re.match(r"[^\s，。；：！？]{4,24}\s+(?=[\u4e00-\u9fff“《])", text)
    rest = len(text) - space.end() if space else 0
    wide = bool(space and re.search(r"\u3000|\s\s", space[0]))  # a narrow gap may stand for a name left out
    if space and rest and (wide or rest >= max(20, space.end())) and kind not in ("——", "●"):
        return space.end()
    return 0


def _before(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """The parts before the first requirement."""
    parts: list[Part] = []
    hosted = False
    for at, line in enumerate(lines):
        text = line.text
        last = at + 1 == len(lines)
        sentences = _SENTENCE.findall(text)
        said = text[found.end() :] if (found := _VOCATIVE.match(text)) else text
        leads = bool(sentences) and is_lead(sentences[-1], last)
        if leads and (len(sentences) == 1 or len(text) <= 40) and not (at == 0 and opens and len(text) > 120):
            kind = "lead"
        elif at == 0 and opens:
            kind = "opening"
        elif _HOSTED.match(said) or (hosted and said.startswith("刚才")):
            hosted, kind = True, "text"
        elif any(_THANKED.search(sentence) for sentence in sentences[-2:]) or (sentences and _THANKED.search(sentences[0])):
            kind = "appreciation"
        elif leads and len(sentences[-1]) * 2 > len(text) and not _OPENER.match(said):
            kind = "lead"
        elif said.startswith(("刚才", "刚刚")) or (_OPENER.match(said) and parts and parts[-1].kind == "opening"):
            kind = "opening"
        elif _SITUATION.search(sentences[0] if sentences else text):
            kind = "situation"
        elif _OPENER.match(said):
            kind = "opening"
        else:
            kind = "situation" if len(text) > 40 else "text"
        parts.append(_part(kind, [line]))
    return parts


def _between(lines: Sequence[_Line]) -> list[Part]:
    """Between two lists."""
    parts = []
    for at, line in enumerate(lines):
        if len(line.text) <= 140 and at + 1 == len(lines) and is_lead(line.text, True):
            kind = "lead"
        elif _SITUATION.match(line.text):
            kind = "situation"
        else:
            kind = "text"
        parts.append(_part(kind, [line]))
    return parts


def _after(lines: Sequence[_Line]) -> list[Part]:
    """Behind the last list: the closing; of much text, only what closes it."""
    if not lines:
        return []
    last = min(_closing_start(lines, 0, len(lines)), len(lines) - 1)
    start = next((at for at in range(max(0, len(lines) - 5), last) if _CLOSER.match(lines[at].text)), last)
    return [_part("text", lines[:start])] * bool(start) + [_part("closing", lines[start:])]


def _unnumbered(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """A speech without a list: how it begins and ends can be told, and thanks; the rest is text."""
    if not lines:
        return []
    end = len(lines)
    closing = _closing_start(lines, 1, end) if end > 2 else end
    while closing < end - 1 and not (_CALL.search(_SENTENCE.findall(lines[closing].text)[-1]) or _CLOSING_FOR_SURE.match(lines[closing].text) or _WISHED.search(lines[closing].text) or lines[closing].text.endswith(("！", "!"))):
        closing += 1  # without a list, paragraph after paragraph may begin with 同学们，
    parts = [_part("opening" if opens and len(lines[0].text) > 12 else "text", lines[:1])]
    for line in lines[1:closing]:
        sentences = _SENTENCE.findall(line.text)
        said = line.text[found.end() :] if (found := _VOCATIVE.match(line.text)) else line.text
        if parts[-1].kind == "opening" and _OPENER.match(said) and not _HOSTED.match(said) and re.search("会议|大会|刚才|活动|仪式", sentences[0]):
            kind = "opening"
        elif sentences and (_THANKED.search(sentences[0]) or _THANKED.search(sentences[-1])):
            kind = "appreciation"
        elif is_lead(line.text) and len(sentences) <= 1:
            kind = "lead"
        else:
            kind = "text"
        parts.append(_part(kind, [line]))
    if closing < end:
        parts.append(_part("closing", lines[closing:]))
    return parts
