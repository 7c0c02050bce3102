"""Sessions (十四届四次会议), ordinals of what comes every year (第24个“安全生产月”, 第八批), anniversaries and ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import before_figure, fit
from drafter.analysis.facts.spans import ORDINAL, SESSION
from drafter.analysis.facts.text import FactText
from drafter.analysis.facts.words import HEAD_NOUN
from drafter.chinese.numerals import read_numeral

#: Bodies that have sessions, by the words in or before their names.
_BODIES = (
    ("中央纪委", "中央纪委全会"), ("纪委|纪律检查委员会", "纪委全会"), ("人民代表大会|人大|人代会", "人代会"), ("政协|政治协商会议", "政协会议"), ("职工代表大会|职代会|工代会", "职代会"),
    ("党代会|党员代表大会|党代表大会", "党代会"), ("团代会|团员代表大会|团委|共青团", "团代会"), ("妇代会|妇女代表大会|妇联", "妇代会"), ("工会", "工会代表大会"), ("学代会|学生代表大会", "学代会"), ("教代会|教职工代表大会", "教代会"),
    ("理事会", "理事会"), ("董事会", "董事会"), ("中全会|党的|中共中央|中央委员会", "中央全会"), ("[省市县区州旗]委", "全会"), ("常委会|常务委员会", "常委会会议"), ("[次届]代表大会", "党代会"),
)  # fmt: skip
#: What comes again and again, and is counted.
_EVENT = re.compile(
    "^[\u4e00-\u9fff“”]{0,14}?(?:会议|大会|全会|座谈会|例会|推进会|调度会|年会|学习|集体学习|培训|培训班|轮训|班|讲座|论坛|博览会|展览会|交易会|节|日|月|周|运动会|比赛|竞赛|大赛|评选|普查|巡察|巡视|督查|考核|调研|活动|行动|典礼|仪式|毕业生|学员|新生|委员会|理事会|集中开工|援疆|援藏|干部人才)"
)
_FIXED = re.compile(
    "^(?:世界大战|浪潮|工业革命|科技革命|国内革命|分配|历史|飞跃|跨越|创业|生命|青春|解放|握手|合作$|百年|[\u4e00-\u9fff]{0,5}普查)"
)
_COUNTS = frozenset("届批期")
#: What such a thing is, at the end of its name.
_THING = re.compile(
    "[\u4e00-\u9fff]{0,12}?(?:会议|[大全峰年例]会|博览会|运动会|座谈会|会(?![议员展])|节|论坛|[大比竞]赛|展览?|典礼|仪式|培训班|班(?!子)|普查|试点|行动|活动|周(?!年)|月|日|巡察|巡视|督查|学习|毕业生|新生|学员)"
)
_LONG_THING = re.compile("[\u4e00-\u9fff]{13,18}?(?:会议|[大全峰年]会|博览会|论坛|大赛|展览?)(?=[，。；、！？和及的暨]|$)")
_COUNTED = re.compile(f"[\u4e00-\u9fff]{{0,6}}?{HEAD_NOUN.pattern}")
_NAME_END = re.compile(
    "^[“”]?(?P<noun>[\u4e00-\u9fff]{2,13}?)(?:[”，。；、！？（的]|上|召开|举行|以来|期间|开|在|共|全体|$)"
)
_ANNIVERSARY = re.compile(
    r"(?P<what>成立|创办|创建|建[党国军院校厂局社市县区州团会行所台馆司]|组建|诞辰|胜利|回归|通车|运营|改革开放)[^，。；！？\n0-9一二三四五六七八九十百]{0,8}(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?P<of>周年|年来|年(?=[，。；]))|(?P<n2>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})周年(?P<what2>校庆|院庆|厂庆|庆典|华诞)"
)
_SINCE = re.compile(r"(?<![0-9一二三四五六七八九十百第前几])(?P<n>[一二三四五六七八九十百]{2,5}|[0-9]{2,3})年来")
_IN_A_ROW = re.compile("连续(?P<n>[0-9]{1,2}|[二三四五六七八九十]{1,3})(?P<of>年(?![代度])|届)(?=[^，。；]{0,12}(?:居|列|保持|获|实现|增|蝉联|超|举办|入选|丰|下降|未|没有|第|名|评))")
_QUARTER = re.compile("(?P<before>第?)(?P<n>[一二三四])季度")
_RANK = re.compile(
    r"(?:提升至|提高到|上升至|跃升至|均居|居|列|[稳位]居|位列|排名?|排在|升至|跃居|前移至|名列)(?:[全世][国省市县区球界][\u4e00-\u9fff]{0,6}|[\u4e00-\u9fff]{0,8}?)第(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?P<of>[位名]?)"
)


def sessions(speech: FactText) -> Iterator[Sighting]:
    """The sessions of bodies, as a whole: 第十四届人民代表大会第四次会议."""
    seen: dict[str, tuple[int, ...]] = {}
    for m in SESSION.finditer(speech.whole):
        ahead = re.split("[，。、；：\n和与及]", speech.whole[max(0, m.start() - 10) : m.start()])[-1]
        name = _body(m[0], ahead) + "届次"
        numbers = tuple(read_numeral(n) or 0 for n in re.findall("[一二三四五六七八九十百零〇]+|[0-9]+", m[0]))[:2]
        known = seen.setdefault(name, numbers)
        called = name if known == numbers else ("上次" if numbers < known else "下次") + name
        yield Sighting(
            "session",
            m.start(),
            m.end(),
            ("session", m[0]),
            (called, "另一次" + name),
            f"{speech.around(m.start(), m.end())}，哪一届哪一次？写全。",
        )


def _body(words: str, ahead: str) -> str:
    """The body a session is of, as its own words or those before them say."""
    body = next(
        (
            name
            for told, name in _BODIES
            if re.search(told, words) or re.search(f"(?:{told})[\u4e00-\u9fff]{{0,3}}$", ahead)
        ),
        "会议",
    )
    level = re.search("([省市县区州旗])委?$", ahead)
    if body == "党代会" and not re.search("[省市县区州旗镇乡党]", ahead[-4:] + words):
        body = "代表大会"
    if level and body in ("全会", "纪委全会", "党代会"):
        return level[1] + ("委" if body == "全会" else "") + body
    whose = re.search("中央|全国|党的|[省市县区州]", ahead[-6:] + words[:6])
    return ("全国" if whose and whose[0] == "全国" and body in ("人代会", "政协会议") else "") + body


def ordinals(speech: FactText) -> Iterator[Sighting]:
    """Ordinals of what comes again; one written 3 and 三 is one fact."""
    figures = {(int(m["n"]), m["of"]) for m in ORDINAL.finditer(speech.whole) if m["n"].isdecimal()}
    for m in ORDINAL.finditer(speech.whole):
        behind = speech.clause_after(m.end())
        value = read_numeral(m["n"])
        of = m["of"]
        if of in "位号名季" or value is None or _FIXED.match(behind):
            continue
        event = _EVENT.match(behind)
        if value == 1 and not (event and of in _COUNTS):
            continue
        ahead = speech.whole[max(0, m.start() - 3) : m.start()]
        if (not event and not (of in _COUNTS and (value > 1 or behind))) or (
            re.search("从$|的$", ahead) and of == "个" and not event
        ):
            continue
        thing = re.sub(f"^(?:、第[一二三四五六七八九十百0-9]+{of})+|[“”—－-]|（[^（）]*）", "", behind)
        whole = _THING.match(thing) or _COUNTED.match(thing) or _NAME_END.match(thing) or _LONG_THING.match(thing)
        ends = re.findall(_THING.pattern, re.split("[，。]", thing)[0])
        names = (
            f"第几{of}{whole[0].strip('“”，。；、！？（的') if whole else ''}",
            f"第几{of}{ends[-1] if ends and len(ends[-1]) < 7 else ''}",
            f"第几{of}",
        )
        both = (value, of) in figures
        yield Sighting(
            "ordinal", m.start("n"), m.end("n"), ("ordinal", value if both else m["n"], of), tuple(name for name in names if fit(name)),
            f"{speech.around(m.start('n'), m.end('n'))}，第几{of}？", before=1, after=1,
            through="|大写" if both and not m["n"].isdecimal() else "", type="number" if both else "text", value=str(value) if both else "",
        )  # fmt: skip


def anniversaries(speech: FactText) -> Iterator[Sighting]:
    """How old something is: 成立三十周年, 建院六十八年来."""
    ages: set[str] = set()
    for m in _ANNIVERSARY.finditer(speech.whole):
        group = "n" if m["n"] else "n2"
        words = m[group]
        if (read_numeral(words) or 0) < 2 or m["what"] == "改革开放":
            continue
        ages.add(words)
        what = m["what"] or m["what2"]
        unit = m["of"] if group == "n" else "周年"
        yield Sighting(
            "ordinal", m.start(group), m.end(group), ("age", words), (what + ("周年数" if unit == "周年" else "年数"),), f"{speech.around(m.start(group), m.end(group))}，多少年？",
            after=len(unit),
        )  # fmt: skip
    for m in _SINCE.finditer(speech.whole):
        if (read_numeral(m["n"]) or 0) > 10:
            yield Sighting(
                "ordinal",
                m.start("n"),
                m.end("n"),
                ("age", m["n"]),
                ("走过的年数",),
                f"{speech.around(m.start('n'), m.end('n'))}，多少年？",
                after=2,
            )


def quarters(speech: FactText) -> Iterator[Sighting]:
    """The quarter a speech is of, where its title names one; the next speech is of another."""
    title = _QUARTER.search(speech.title)
    if not title:
        return
    for m in _QUARTER.finditer(speech.whole):
        if speech.whole[m.start() - 1 : m.start()] == "前":
            continue  # 前三季度 is how far it went
        yield Sighting(
            "ordinal", m.start("n"), m.end("n"), ("quarter", m["n"]), ("第几季度", "另一季度"), f"{speech.around(m.start('n'), m.end('n'))}，第几季度？", before=len(m["before"]), after=2,
        )  # fmt: skip


def _in_a_row(speech: FactText) -> Iterator[Sighting]:
    """For how many years running something holds: 连续七年居全省首位."""
    for m in _IN_A_ROW.finditer(speech.whole):
        left = re.split("[、（）()]", speech.clause_before(m.start()))[-1]
        noun = before_figure(left).noun
        much = "连续年数" if m["of"] == "年" else "连续届数"
        names = (noun + much if 2 <= len(noun) <= 10 else much, "另一个" + much)
        yield Sighting(
            "figure", m.start("n"), m.end("n"), ("row", m["n"], noun), tuple(name for name in names if fit(name)),
            f"{speech.around(m.start('n'), m.end('n'))}，连续几{m['of']}？", before=2, after=1, worth=2.5,
        )  # fmt: skip


def ranks(speech: FactText) -> Iterator[Sighting]:
    """Places in a ranking: 居全国第2位; and how long they were held."""
    yield from _in_a_row(speech)
    for m in _RANK.finditer(speech.whole):
        left = re.split("[、（）]", speech.clause_before(m.start()))[-1]
        noun = before_figure(left).noun
        if noun in ("增速", "总量", "规模", "占比", "增幅", "总数", "数量"):
            ahead = re.split("[，；。\n]", speech.whole[: m.start()])[-2:][0]
            noun = (
                before_figure(re.sub(r"[0-9.,]+[^\u4e00-\u9fff]*(?:[万亿]*[元人吨亩户家个])?$", "", ahead)).noun + noun
            )
        name = (noun if 2 <= len(noun) <= 12 else "") + ("排名" if not noun.endswith("排名") else "")
        if noun and fit(name) and (read_numeral(m["n"]) or 0) > 1:
            yield Sighting(
                "figure", m.start("n"), m.end("n"), ("rank", m["n"], noun), (name,), f"{speech.around(m.start('n'), m.end('n'))}，第几位？", before=1, after=len(m["of"]), worth=3.0,
            )  # fmt: skip
