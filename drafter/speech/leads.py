"""Sentences that lead to a list (下面，我讲三点意见。), and the sections one paragraph holds.

That a sentence leads is weighed: what its last clause says, whether a list follows at once, and whether that has as
many items as the sentence promises. No single word decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral
from drafter.speech.cues import SENTENCE, THANKED, greeting_end, widened
from drafter.speech.draft import Item, Paragraph, plain
from drafter.speech.inner import entries_within

_NUMBER = r"(?<![第十百千万\d.．])(?:[一二三四五六七八九两]|十[一二三四五六七八九]?|[几\dxXＸ×]{1,2}|一些|若干)"
#: Measure words of what is listed.
_MEASURE = r"(?:大|小|多)?(?:点|个(?!百分点)|条|件|句|方面|层|项|种|类|组|则|对|道|步|关|招|篇|部分|场|块|处|字|本账|笔账)"
_COUNT = (
    rf"(?:{_NUMBER}{_MEASURE}|[“‘][一二三四五六七八九十两]{{1,2}}(?:个|大|项|抓|要|不|坚持|新|[\u4e00-\u9fff]{{1,4}}[”’])"
    r"|这(?:么|样)?(?:几|些))"
)
_SAY = (
    r"(?:讲|谈|提|强调|补充|说|啰嗦|(?<!工)作(?![战为用风业物])|做(?=[^，。]{0,8}(?:汇报|报告|通报|述职|说明|发言|点评|表态|交流|介绍|承诺|解读|提示))"
    r"|交流|分享|概述|通报|汇报|报告|介绍|嘱咐|叮嘱|(?<![发赠播运])送(?!到|达)|(?<![代体])表(?![现彰明率格面]))"
)
_SAID_NOUN = r"(?:意见|看法|体会|想法|建议|认识|感受|希望|要求|打算|思考|心得|汇报|报告|通报|述职|说明|发言|点评|表态|情况|做法|倡议|承诺|号召)"
_WORK = (
    r"(?:抓|抓好|抓住|抓牢|抓实|做好|做到|做实|干好|办好|办|把握|把握好|把好|处理好?|突出|注意|解决好?|体现|表现|反映|集中|存在|落实|推进|开展|完成|实施|围绕"
    r"|打好|守住|树立|树牢|坚持|坚守|强化|实现|聚焦|练好|念好|算好|过好|迈过|闯过|走好|下好|理顺|答好|得益于|归功于|归纳为|概括为|分为|包括|来自|在于|立足|着眼|瞄准"
    r"|盯住|紧盯|打通|破解|防止|克服|增强|用好|建好|管好|健全|实行|出台|采取|进行|具备|下功夫|用力|使劲|使力|发力|入手|着手|着力|概括|(?<![现拥没所具])有)"
)
#: What is said behind the words that lead, out of courtesy; what counts things is more (请大家把握好这样几条。).
_COURTESY = re.compile(
    rf"(?:，(?!请[^，。！？：:；]{{0,16}}{_COUNT}[^，。！？：:；]{{0,8}}[。：:；]?$)"
    r"(?:既是|也是|也算|供|与|同|和|以|不妥|不当|不对|如有|若有|请(?!予?审)|敬请|恳请|望|望予|谢|向大家|互勉|共勉|与[^，。]*共勉)"
    r"[^，。！？：:；]{0,30})+(?=[。！：:；]?$)"
)
_END = r"[。！：:；]?$"


class Evidence(NamedTuple):
    """Something said for a sentence leading to a list, or against it (`weight` below 0). `whole`: it is looked for in
    the whole sentence and not in its last clause alone; `listed`: it tells only where a list follows at once."""

    name: str
    weight: float
    pattern: str
    whole: bool = False
    listed: bool = False


#: A sentence leads where what is said for it comes to this much.
_ENOUGH = 3.0

_EVIDENCE = (
    Evidence("says: as follows", 3, rf"如下[^。！？，]{{0,14}}(?:，[敬恳]?请[^。]{{0,12}})?{_END}", whole=True),
    Evidence("says: the following", 3, rf"(?<![岁级度元年期米吨人成秒分%％])(?:以下|下列|下述|如下)(?!简称|称|者|的人)"
    rf"[^。！？，（）]{{1,18}}{_END}"),
    Evidence("says so many things", 2, rf"{_SAY}(?:[出上好]|一下|自己|我|的|些|[给向对][^，。]{{0,8}}?)*[^。！？，了]{{0,8}}?{_COUNT}"),
    Evidence("from so many sides", 2, rf"(?:从|就|围绕|分)[^。！？，]{{0,6}}{_COUNT}[^。！？]{{0,14}}(?:讲|谈|说|汇报|报告|介绍)"),
    Evidence("there are wishes, so many", 2, rf"有[^，。]{{0,4}}{_COUNT}[^。！？，]{{0,8}}(?:希望|期望|期待|嘱托|叮嘱|寄语|建议"
    r"|想法|体会|感受|思考|考虑|认识|看法|意见|要求|心愿|请求|忠告|话要?|心里话)"),
    Evidence("calls on people", 3, r"(?:发出|提出)(?:如下|以下)?(?:倡议|号召|建议|要求|希望)[：:]$|^[^，。]{0,8}(?:倡议|建议|希望|要求)[：:]$"),
    Evidence("speaks of opinions", 1.5, rf"{_SAY}[^。！？，]{{0,14}}{_SAID_NOUN}{_END}", listed=True),
    Evidence("speaks of a thing", 1, rf"(?:谈|讲|说|聊)(?:一?[谈讲说聊]|一下)[^。！？]{{0,24}}{_END}", listed=True),
    Evidence("ends with a colon", 2, r"[：:]$", listed=True),
    Evidence("has a colon", 0.5, r"[：:]$"),
    Evidence("so many, and a colon", 2, rf"{_COUNT}[^。！？，]{{0,16}}[：:]$"),
    Evidence("so much work", 2, rf"(?:重点|着重|着力|集中|突出|全力|切实)[^。！？，]{{0,6}}"
    rf"(?:抓|办|做|干|推进|实施|完成|落实)[^。！？，]{{0,3}}{_COUNT}[^。！？，]{{0,6}}(?:工作|任务|事|工程){_END}"),
    Evidence("counts things", 1, _COUNT),
    Evidence("counts them short", 2, r"有[二两三四五六七八九十]{1,2}[。：:]$", listed=True),
    Evidence("these things", 1, r"这(?:些|几)(?:工作|事|方面|任务|问题|措施|要求|特点|做法|原则|关系)"),
    Evidence("work to be done", 1, _WORK, listed=True),
    Evidence("opens what is said", 1, r"^(?:下面|接下来|接着|现在|现将|现就|借此机会|借这个机会|利用这个机会|趁这个机会|在此|在这里|这里"
    r"|就此|为此|根据|按照|围绕|结合|具体|概括|归纳|归结|总结|总的|总体|简单|最后，?我)", whole=True),
    Evidence("the main ones", 0.5, r"主要|重点|着重|着力|突出|关键|集中|具体", listed=True),
    Evidence("I say it", 1, r"我(?![们国省市县区州旗镇乡村校院局厅部委所司社行军厂党])", whole=True),
    Evidence("has been said", -4, r"^(?!.*(?:以下|如下|下列)).*(?:以上|上述|上面(?!，)|前面(?:讲|说|提))"),
    Evidence("was said by others", -4, r"刚才(?![^。]*(?:补充|强调)[^了]*$)|会上[^。]*了", whole=True),
    Evidence("said by others", -4, rf"{_SAY}(?:出|过)?了[^。！？，]{{0,6}}(?:{_COUNT}|{_SAID_NOUN})"
    r"|(?:书记|同志|长|主任|全会|会议|中央|大会)[^，。我]{{0,12}}(?:提出|强调|指出|作出|部署|发出)"),
    Evidence("counts several things", -1, rf"{_COUNT}[^。]{{1,12}}、[^。]{{0,6}}{_COUNT}"),
    Evidence("of these things", -2, r"(?:这|那|其中|每)(?:[二两三四五六七八九十])[^。！？，]{0,18}[^：:]$"),
    Evidence("has been done", -1.5, r"(?:完成|实现|取得|办成|迈上|夺取|赢得|获得|经受)了?[^。！？，]{0,6}" + _COUNT),
    Evidence("asks to be approved", -4, r"^(?![^。]*(?:如下|以下)).*请[^，。]{0,40}?(?:审[议查阅]|提出[^，。]{0,4}意见)", whole=True),
    Evidence("ends what is said", -4, rf"就(?:先|暂)?{_SAY}(?:到)?这|(?:完了|完毕|到此|到这里)"),
    Evidence("is a question", -2, r"[？?]$"),
    Evidence("gives an example", -1, r"^(?:比如|例如|譬如|有的|有人|老百姓|群众|俗话|古人|总书记|习近平)", whole=True),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[Evidence, re.Pattern[str]], ...]:
    """The evidence with its patterns, compiled when a sentence is first weighed; what speaks against it last."""
    for_it_first = sorted(_EVIDENCE, key=lambda evidence: evidence.weight < 0)
    return tuple((evidence, re.compile(evidence.pattern)) for evidence in for_it_first)


#: What a list behind it says for a sentence at most.
_LISTED = 2.0


#: Characters of a sentence that may lead, of its last clause, and of the last clauses that are looked at together.
_LEAST, _CLAUSE, _LONG = 4, 60, 400


def is_lead(sentence: str, items: int = 0) -> bool:
    """Whether a sentence leads to a list: 下面，我讲三点意见。 `items` tells how many items follow at once, 0 where no list
    does; 1 where one does and nobody has counted."""
    return lead_weight(sentence, items, _ENOUGH) >= _ENOUGH


def lead_weight(sentence: str, items: int = 0, least: float = 0.0) -> float:
    """How much speaks for a sentence leading to a list; see `is_lead`. `least`: whether it is at least so much is all that
    is asked, and what speaks against it is not weighed where that cannot be."""
    sentence = sentence.strip()
    if not _LEAST <= len(sentence) <= _LONG:
        return 0.0
    said = _COURTESY.sub("", sentence)
    clause = re.split(r"[，,；;](?=.)|(?<=[。！？])(?=.)", said)[-1]
    if len(clause) > _CLAUSE:
        return 0.0
    weight = 0.0
    for known, pattern in _compiled():
        if known.weight < 0 and weight + (_LISTED if items else 0) < least:
            return weight
        if (items or not known.listed) and pattern.search(said if known.whole else clause):
            weight += known.weight
    if items and weight > 0:
        weight += 1 + _agrees(clause, items)
    return weight


def _agrees(clause: str, items: int) -> float:
    """What it says for a clause that it promises as many items as follow, or says against it."""
    promised = [
        number
        for word in re.findall(r"(?<![第十百千万\d.．])[一二三四五六七八九两十\d]{1,3}(?![月日年百千万亿])", clause)
        if (number := read_numeral(word))
    ]
    if not promised or items < 2:
        return 0.0
    return 1.0 if items in promised else -0.5


def items_within(text: str) -> int:
    """How many items the list has that a paragraph begins with (一是……；二是……。), 0 where it begins with none."""
    return next((len(entries) for entries in entries_within(text) if entries[0].start == 0), 0)


def items_behind(paragraphs: Sequence[Paragraph], number: int, items: Sequence[Item]) -> int:
    """How many items follow at once behind a paragraph: of the list the next one holds, or, behind the last, of the
    `items` that stand below."""
    if number + 1 < len(paragraphs):
        return items_within(plain(paragraphs[number + 1].text))
    return len(items)


def sections_within(text: str, kind: str, items: int = 0) -> tuple[tuple[int, str], ...]:
    """The parts one paragraph holds, each with the offset it begins at: an opening may end in thanks and in the
    sentence that leads to the requirements (`items` as in `is_lead`). The first begins at 0."""
    text = widened(text)
    found: list[tuple[int, str]] = []
    start = 0
    if kind == "greeting":
        start = greeting_end(text)
        found.append((0, kind))
        if not start:
            return tuple(found)
        kind = "opening"
    sentences = [(m.start() + start, m[0]) for m in SENTENCE.finditer(text[start:])]
    current = ""
    for number, (at, sentence) in enumerate(sentences):
        is_last = number == len(sentences) - 1
        said = current or kind
        if is_last and (number or kind in ("item", "requirements")) and kind != "lead" and is_lead(sentence, items):
            said = "lead" if items or kind not in ("item", "requirements") else said
        elif kind == "opening" and THANKED.search(sentence):
            said = "appreciation"
        if said != current:
            found.append((at, said))
            current = said
    return tuple(found) or ((0, kind),)
