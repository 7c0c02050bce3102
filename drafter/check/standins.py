"""Stand-ins: marks and letters that hold a place open (×, XX, N, **, ○○, __, ？？, X.X), told from those that mean
themselves by what stands beside them.

A mark alone proves little: × multiplies, A is a grade, N is any number of times. It is weighed: what the mark itself is
worth, what stands behind it (a unit, a day, a post, a place), and what stands before it (a word that wants a number, a
name, a noun). Nothing here was learnt from texts; the weights say how often the sign is used for anything else: 2
already means that it is hardly ever.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.prose import inside, matches

#: From this weight on a mark holds a place open, and from the other one on nothing else can be meant.
LIKELY, SURE = 2.0, 3.0


class StandIn(NamedTuple):
    """The characters `start` to `end` of a text that wait for words, and how heavily that is told (see `LIKELY`)."""

    start: int
    end: int
    weight: float


class Neighbour(NamedTuple):
    """What stands beside a place: what it is, and its weight. `kind` "" is nothing that tells."""

    kind: str
    weight: float


_UNIT = (
    "[%％‰]|个?百分点|[百千万]?亿[元斤吨人]?|万(?:元|亩|人|户|名|吨|辆|套|件|平方|千瓦|立方|公里|余|家|个|台|度|斤|株|美元)"
    "|千元|千瓦|公里|平方|立方|公顷|公斤|吨|亩|人次|户次|元(?![旦宵月气首素老件年宝])|万(?=[，。；、）])"
)
_DAY = "年(?![级龄轻代画货糕味])|月(?![亮饼球光宫季刊])|日(?![常益渐夜子])|时(?=[在到，许整分×＊*XＸx0-9])|分(?=[在到，。结开召散前准])|周年|[届期](?!间)|次(?=[会全代常党])|号(?![召称])"
_POST = (
    "书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|村长|局长|厅长|部长|处长|科长|校长|院长|会长|馆长|站长|所长|主任|主席|秘书长"
    "|同志|先生|女士|教授|老师|总(?:经理|监|裁|工)|总(?=[的，。、：讲])|董事长|委员|常委|代表团|警官|师傅"
)
_PLACE = (
    "省|自治区|市(?![场值民政区内面井容盈直]|级|委党校)|县(?![域级])|区(?=[委政人领])|[州盟旗](?=[委政人])"
    "|[镇乡](?![村镇域土])|村(?![民庄])|街道|社区|局(?![面部限势])|厅|委(?![员托派任屈婉])|办(?=[牵配负公会主])|公司|集团|企业|单位|部门"
    "|大学|学院|学校|中学|小学|医院|人民法院|管委会"
)
_MEASURE = (
    "个(?![体人性别])|名(?![称单字牌誉义额片列次])|项(?!目)|家(?![庭人长乡属园具])|户(?![籍口外])|次|条(?![件例款])|件|位(?![置于])|场(?![所合地景馆])"
    "|座|栋|套|台(?!湾)|辆|艘|起(?![来到点步草])|期|批(?![评准复])|处(?![理置于长在以罚])|层(?!面)|点(?=[意要体建希看])|方面|种|人(?![们员民才大口类生均事物力文心])|篇|所(?![有以])|株|只(?![有要能是])|倍|天(?![气津然])|岁|公[斤分]"
)
_GOES_ON = (
    "[，、。；：！）》]|$|等|的|建设|召开|举行|举办|考察|调研|开展|主持|讲话|发言|致辞|作出|作了|出席|参加|任|牵头|负责|组织|贡献"
    "|而(?:努力|奋斗)|新[局篇征未风]|为(?:目标|抓手|载体|中心|重点)|高质量|跨越|建成|打造成?|全面|经济社会|工作|人民|各级|干部|群众|之|"
    "奠定|提供|贯彻|落实|创新|争先|奋力|谱写|做出"
)
_DEED = "行动|工程|活动|项目|战役|攻坚"
_WANTS_NUMBER = (
    "(?:[约达共近超逾占前仅余]|增[长加至到]|提[高升]到?|[下上]降|下降到?|降[低至到]|增幅|降幅|[高低减降升长涨][了至到]|突破|达到|实现|完成|新增|累计|合计|总计|新建|建成|投入"
    "|投资|[产总价市]值|总额|收入|税收|税额|经费|资金|补贴|人数|数量|比例|比重|增速|成本|利润|总量|面积|里程|接待|发放|发送|培训|引进|签约|开工|办结|受理|化解"
    "|查处|惠及|覆盖|来自|举办|开展|实施|解决|争取|兑现|招录|安置|转移|争创|评选出?|派出|表彰|排名|位居|超过|不足|[为有到了长增])$"
)
_WANTS_NUMBER_BEFORE = "(?:新增|累计|完成|实现|评选|共有|增加|减少)[\u4e00-\u9fff]{1,4}$"
_WANTS_NAME = (
    "(?:[由向请在到赴对与和同给让经于是任及叫把将]|代表|感谢|欢迎|学习|来自|希望|要求|关于|中共|中国|出席|以|祝贺|前往|走进|听取|根据|按照|参照|贵|我)$"
)
_WANTS_NOUN = "(?:[化的]|建设|打造|构建|创建|建成|推进|推动|支持|服务|美丽|幸福|平安|法治|智慧|魅力|文明|富强|繁荣|和谐|富裕|新)$"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The marks; what stands behind, and what before."""
    alone = "(?<![A-Za-z0-9Ａ-Ｚａ-ｚ+＋./@×\\-])"
    ends = "(?![A-Za-z0-9Ａ-Ｚａ-ｚ+＋\\-/@]|[._][A-Za-z0-9])"
    numeral = "零一二三四五六七八九十0-9"
    marks = re.compile(
        r"(?P<part>(?<![0-9A-Za-z.×*])\d{1,3}(?:\.[XＸx×]{1,2}|[XＸ]{1,3}(?:\.[XＸ0-9]{1,2})?)(?![0-9A-Za-z.×]))"
        rf"|{alone}(?:(?P<decimal>(?P<d>[XxNn×*])(?P=d){{0,3}}[.．](?P=d){{1,3}})|(?P<letter>(?P<l>[A-Za-zＸｘＡ-ＮＹＺ])(?P=l){{0,5}})"
        rf"|(?P<cross>×{{1,8}})|(?P<star>[*＊]{{1,6}})(?![*＊])){ends}"
        rf"|(?<![{numeral}○◯〇])(?P<circle>[○◯〇]{{1,6}})(?![{numeral}○◯〇])"
        r"|(?P<square>[□△▲■◇◆☆]{1,8})|(?P<line>[_＿]{1,40})|(?P<question>[?？]{1,4})|(?P<hash>[#＃]{1,4}|[&＆]{2,4})"
        r"|(?P<dots>…{1,2}|\.{3,6})"
    )
    return marks, _behind(), _before()


def _behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<unit>{_UNIT})|(?P<day>{_DAY})|(?P<post>{_POST})|(?P<place>{_PLACE})|(?P<measure>{_MEASURE})|(?P<deed>{_DEED})|(?P<on>{_GOES_ON})"
    )


def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<ordinal>第$)|(?P<number>{_WANTS_NUMBER}|{_WANTS_NUMBER_BEFORE})|(?P<name>{_WANTS_NAME})|(?P<noun>{_WANTS_NOUN})"
        r"|(?P<edge>(?:^|[，。；：、！（“《\s年月日时])$)"
    )


_BEHIND = {"unit": 1.5, "day": 1.5, "post": 1.5, "place": 1.0, "measure": 1.0, "deed": 0.5, "on": 0.5}
_BEFORE = {"ordinal": 1.5, "number": 1.0, "name": 1.0, "noun": 1.0, "edge": 0.5}

#: As far as a place is looked at to its left and right.
_NEAR = 8


def behind(text: str, at: int) -> Neighbour:
    """What stands behind an offset, a blank between left out."""
    found = _patterns()[1].match(text[at : at + _NEAR].lstrip(" \u3000"))
    kind = (found.lastgroup or "") if found else ""
    return Neighbour(kind, _BEHIND.get(kind, 0.0))


def before(text: str, at: int) -> Neighbour:
    """What stands before an offset, a blank between left out."""
    found = _patterns()[2].search(text[max(0, at - _NEAR) : at].rstrip(" \u3000"))
    kind = (found.lastgroup or "") if found else ""
    return Neighbour(kind, _BEFORE.get(kind, 0.0))


#: What one mark is worth by itself, and a run of it.
_WORTH = {
    "cross": (1.0, 2.5),
    "star": (0.5, 1.5),
    "circle": (0.5, 2.0),
    "square": (0.5, 2.0),
    "line": (0.0, 3.0),
    "question": (0.0, 1.0),
    "hash": (0.0, 1.0),
    "dots": (0.0, 0.0),
    "decimal": (2.5, 2.5),
    "part": (1.5, 1.5),
}

#: Letters: X is a blank more often than a letter, N and M stand for numbers, any doubled letter of these for a name.
_X, _NUMBERS, _TWINS = frozenset("XxＸｘ"), frozenset("NnMmＮＭ"), frozenset("YZABCDHMNyzＹＺＡＢＣＤ")

#: What a letter is the name of: X光, A股, N次方, Z世代, AA级, XX染色体.
_NAMED = re.compile(
    "[级类型股轮班座栋馆栏幢形轴光]|射线|染色|因素|世代|次方|档|制(?!定|度)|证|照|霜|端|字|线(?!上|下)|战|粒子|方案|计划|组|面|角|点(?!意|要)|卷|套餐|超"
)
#: What is said of any number of times: N次, n遍.
_ANY = re.compile("[次遍种年多久倍]")

#: A report of somebody else's case hides a name on purpose, as does a surname before it (林××) without a post behind it.
_REPORTED = re.compile("据[^，。]{0,4}[报载闻说]|涉嫌|案件|受贿|诈骗|被告|举报")
_HIDDEN = re.compile("[一-龥]$")

_FORMULA = re.compile("[=＝÷]|万分之|次方|样本|系数|基数|公式|方程|函数|变量|定理|平台X|X平台")

_GLYPH = re.compile("[A-ZＡ-Ｚ×*＊○◯〇□△▲■◇◆☆_＿?？#＃&＆…xｘnm]")


@lru_cache(maxsize=4096)
def standins(text: str) -> tuple[StandIn, ...]:
    """The marks of a text that hold a place open, in order."""
    if not _GLYPH.search(text) and "..." not in text:
        return ()
    out = []
    for found in matches(_patterns()[0], text, "[A-Za-zＸｘＡ-ＮＹＺ×*＊○◯〇□△▲■◇◆☆_＿?？#＃&＆….]|[0-9](?=[0-9.XＸ])"):
        weight = _weight(text, found)
        if weight >= LIKELY:
            out.append(StandIn(found.start(), found.end(), weight))
    return tuple(out)


def _weight(text: str, found: re.Match[str]) -> float:
    """How heavily a mark is told to hold a place open; 0 where it means itself."""
    start, end = found.span()
    kind = next(name for name, words in found.groupdict().items() if words and len(name) > 1)
    single = end - start == 1
    right, left = behind(text, end), before(text, start)
    if kind == "letter":
        worth = _letter(text, found, right, left)
    else:
        worth = _WORTH[kind][0 if single else 1]
        if kind == "part" and right.kind not in ("unit", "measure", "day"):
            return 0
        if kind in ("star", "cross") and _is_markup(text, start, end, right):
            return 0
        if kind in ("question", "dots", "hash") and single and not (right.kind in ("unit", "measure") and left.kind in ("number", "ordinal")):
            return 0
        if kind == "dots" and not (right.kind in ("unit", "measure") and left.kind == "number"):
            return 0
        if kind in ("star", "circle", "square", "line") and single and right.kind == "on":
            return 0
        if kind == "question" and right.weight < 1:
            return 0
    if kind == "letter" and (_FORMULA.search(text) or (single and right.kind in ("on", "deed"))):
        return 0
    if worth < 0 or (single and not right.weight) or inside(text, start, end, "《〈"):
        return 0
    if inside(text, start, end, "“‘「『") and (kind != "line" or text[start - 1] in "“‘"):
        return 0
    if kind == "cross" and _is_hidden(text, start, single, right):
        return 0
    noun = left.kind == "noun" and (kind == "letter" and single)
    return worth + right.weight + (0 if noun else left.weight)


def _letter(text: str, found: re.Match[str], right: Neighbour, left: Neighbour) -> float:
    """What a letter or a run of the same letter is worth, −1 where it is a name of its own."""
    start, end = found.span()
    letter, single = text[start], end - start == 1
    if single and re.search(f"[+＋]{letter}", text):
        return -1  # 1+N: the letter is a name there
    if _NAMED.match(text[end : end + 3].lstrip()) or (text[:start].rstrip()[-1:].isascii() and text[:start].rstrip()[-1:].isalpha()):
        return -1
    if letter in _X:
        if left.kind == "" and single and right.kind == "post" and "\u4e00" <= text[start - 1 : start] <= "\u9fff":
            return 1.5  # 张X总经理
        return 1.0 if single else 2.0
    if not single:
        if letter in "AＡ" and end - start > 2:
            return -1  # a grade
        named = right.kind in ("place", "post", "day", "unit") or (right.kind == "on" and left.kind in ("name", "noun"))
        return 1.0 if letter in _TWINS and end - start <= 3 and named else -1
    if letter in _NUMBERS and right.kind in ("unit", "measure", "day"):
        if left.kind == "ordinal":
            return 0.5 if re.match("次(?:全体|会议|常务)|届", text[end:]) else -1
        return -1 if _ANY.match(text, end) or right.kind == "day" else 0.5
    if letter.isupper() and right.kind in ("unit", "measure") and left.kind == "number":
        return 0.5
    if letter.isupper() and right.kind == "place" and left.kind in ("name", "edge"):
        return 0.5
    return -1


def _is_markup(text: str, start: int, end: int, right: Neighbour) -> bool:
    """Whether a run of stars begins or ends words set bold, or a note, or multiplies."""
    if text[start] == "×":
        return bool(re.search("[”’]$", text[:start][-1:]) or _FORMULA.search(text[max(0, start - 12) : end + 12]))
    if text[start - 1 : start].isdigit() if start else False:
        return True
    pair = re.match(r"[^*＊\n]{2,40}?[*＊]{2}", text[end:]) if end - start == 2 else None
    closes = pair is not None and right.kind not in ("unit", "measure") and behind(text, end + pair.end()).kind not in ("unit", "measure", "day", "post")
    opened = end - start == 2 and not right.weight
    return closes or opened


def _is_hidden(text: str, start: int, single: bool, right: Neighbour) -> bool:
    """Whether crosses hide a name on purpose."""
    if _REPORTED.search(text):
        return True
    if single:
        return False
    return bool(_HIDDEN.search(text[:start])) and right.kind in ("", "on") and not before(text, start).weight
