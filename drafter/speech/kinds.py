"""What the paragraphs around the lists of a speech are for: how it opens, thanks, tells the state of things, closes.

Each paragraph is weighed for each kind it may be, by what it says and where it stands, and the best sequence of kinds
is chosen over all of them: a speech opens before it thanks, and once it closes it does nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from drafter.speech.cues import HOSTED, OPENER, SENTENCE, SITUATION, THANKED, VOCATIVE, WORK
from drafter.speech.leads import is_lead, items_within

Scores = Mapping[str, float]

#: What a paragraph cannot be.
_NEVER = -1000.0


def best_kinds(scores: Sequence[Scores], moves: Mapping[tuple[str, str], float]) -> list[str]:
    """The sequence of kinds that weighs most: what each paragraph weighs as its kind, and what it costs or gains to go
    on from one kind to the next; a move that is not there costs nothing."""
    best: list[dict[str, tuple[float, str]]] = []
    for at, said in enumerate(scores):
        row: dict[str, tuple[float, str]] = {}
        for kind, weight in said.items():
            ways = [(score + moves.get((last, kind), 0.0), last) for last, (score, _) in best[-1].items()] if at else []
            score, before = max(ways, key=lambda way: way[0]) if ways else (0.0, "")
            row[kind] = (score + weight, before)
        best.append(row)
    if not best:
        return []
    kind = max(best[-1], key=lambda kind: best[-1][kind][0])
    kinds = [kind]
    for row in best[:0:-1]:
        kind = row[kind][1]
        kinds.append(kind)
    return kinds[::-1]


# ── before a list ──────────────────────────────────────────────────────────────────────────────────────────────────

#: Going on from one kind to the next before the requirements.
_BEFORE = {
    ("opening", "opening"): 0.5,
    ("situation", "opening"): -1.5,
    ("appreciation", "opening"): -1.5,
    ("text", "opening"): -4.0,
    ("lead", "opening"): -1.5,
    ("text", "text"): 0.25,
    ("situation", "situation"): 0.25,
}


def kinds_before(texts: Sequence[str], opens: bool, items: int) -> list[str]:
    """The kinds of the paragraphs before the first list, which has so many items; `opens` tells that the opening is
    still to come."""
    rows: list[Scores] = []
    hosted = False
    for at, text in enumerate(texts):
        said = text[found.end() :] if (found := VOCATIVE.match(text)) else text
        hosted_here = bool(HOSTED.match(said)) or (hosted and said.startswith("刚才"))
        hosted = hosted or hosted_here
        rows.append(_before(text, said, opens and not at, _follow(texts, at, items), hosted_here))
    return best_kinds(rows, _BEFORE)


#: Characters before a sentence that leads to a list (大家好！) which make nothing of their own of a first paragraph, and
#: characters of a later paragraph that does nothing but lead.
_FEW_WORDS, _SHORT = 6, 40


def _before(text: str, said: str, first: bool, items: int, hosted: bool) -> Scores:
    """What a paragraph before the list weighs as each kind; `said` is its text behind a salutation it begins with."""
    sentences = SENTENCE.findall(text) or [text]
    thanks = any(map(THANKED.search, (sentences[0], *sentences[-2:])))
    opener = bool(OPENER.match(said))
    works = len(text) > 40 and len(set(WORK.findall(text))) > 1
    leads = is_lead(sentences[-1], items)
    before = len(text) - len(sentences[-1])
    alone = not before or (before <= _FEW_WORDS if first else len(text) <= _SHORT)
    return {
        "opening": 6.0 * first + 2.0 * opener + 1.0 * said.startswith(("刚才", "刚刚")),
        "appreciation": 2.75 * thanks,
        "situation": 1.75 * bool(SITUATION.search(sentences[0][:300])) + 1.0 * works,
        "lead": (10.0 * alone + 2.5 * (len(sentences[-1]) * 2 > len(text) and not opener)) if leads else _NEVER,
        "text": 0.5 + 4.0 * hosted + 1.0 * (len(said) <= 12),
    }


def kinds_between(texts: Sequence[str], items: int) -> list[str]:
    """The kinds of the paragraphs between two lists; the second has so many items."""
    kinds = []
    for at, text in enumerate(texts):
        follow = _follow(texts, at, items)
        if (follow or at + 1 == len(texts)) and len(text) <= 140 and _leads(text, follow):
            kinds.append("lead")
        else:
            kinds.append("situation" if SITUATION.match(text) else "text")
    return kinds


def _follow(texts: Sequence[str], at: int, items: int) -> int:
    """How many items follow paragraph `at` at once: those the next paragraph begins with, or, behind the last, the
    `items` of the list below."""
    return items if at + 1 == len(texts) else items_within(texts[at + 1])


def _leads(text: str, items: int) -> bool:
    """Whether the last sentence of a paragraph leads to so many items."""
    return is_lead((SENTENCE.findall(text) or [text])[-1], items)


# ── how a speech closes ────────────────────────────────────────────────────────────────────────────────────────────


class Sign(NamedTuple):
    """Something that speaks for a paragraph closing the speech (`weight` above 0) or against it."""

    name: str
    weight: float
    pattern: str


_CLOSES = (
    Sign("calls or thanks", 3, r"让我们|谢谢|多谢|拜托"),
    Sign(
        "wishes", 3,
        r"(?:^|[。！，；])(?:最后，?)?(?:我?(?:衷心|真诚|诚挚|再次|由衷|一并|在此|也)地?)?(?:预祝|祝愿|敬祝|恭祝|遥祝|祝(?![贺福我]|词|酒))",
    ),
    Sign(
        "ends what is said", 4,
        r"特此(?:报告|汇报|倡议|说明|承诺)|散会|再见|不[当妥足对]之处|请[^，。]{0,10}(?:批评指正|审议|审阅|评议)"
        r"|^以上(?:是|就是|意见|表态|建议|讲话|几点|[^，。]{0,10}，[请供仅不]|汇报|报告|述职|发言|所述|各点|为)"
        r"|我的(?:讲话|发言|汇报|报告|体会|述职|演讲|致辞)[^，。]{0,4}(?:完|就|到|结束|暂)|(?:就|先|暂)(?:讲|说|汇报|谈|聊|写)(?:到)?这"
        r"|(?:会议|大会|活动|仪式|讲话|发言|汇报)[^，。]{0,6}(?:到此|到这里|完毕|完了|结束)",
    ),
    Sign("sums up", 2.5, r"^(?:总之|总而言之|综上|一句话)"),
    Sign("says it is the last", 1, r"^最后，"),
    Sign("is called so", 4, r"^(?:结束?语|结尾|尾声)[：:]"),
    Sign(
        "addresses the hearers", 2,
        r"^(?:各位[^，。！：]{1,16}|同志们|[^，。！：；]{0,12}(?<![我你他她它咱])们(?:、[^，。！]{1,8}们)*)[，！!：]",
    ),
    Sign(
        "looks ahead", 2,
        r"^[^，。！：]{0,10}(?:展望|新的一年|新的[^，。]{0,6}(?:征程|起点|时期|阶段)|新征程|新时代|未来|明年|明天|来年|下一步|今后|站在"
        r"|面向|面对|迈向)|^(?:征程|征途|蓝图|使命|奋进|春潮|号角|风雨|道阻|千里之行|行百里|奋斗|山高|路虽|事虽|唯有|惟有|功崇|乘风"
        r"|[一二三四五六七八九十]{1,3}载|任务已经|目标已经|方向已经|号令|军令|重任)",
    ),
    Sign(
        "tells of the future", 1.5,
        r"未来[^。]{0,24}(?:将|会|必)|必将|定将|[我本全][^，。]{0,6}(?:将|会)(?:继续|进一步|再|更|一如既往|始终|不断|以此|积极)",
    ),
    Sign("is confident", 2, r"一定(?:能|会|可以)|定能|定会|必定|(?:坚信|相信|深信)，?"),
    Sign(
        "speaks of the great aim", 1.5,
        r"以优异[^。]{0,8}成绩|(?:作出|做出|新的?|更大的?)贡献|而(?:不懈|努力|共同|团结)*奋斗|篇章|新局面|再立新功|再创|答卷|携起?手"
        r"|共同努力|努力奋斗|奋勇|勇前|拧成一股|同心|美好(?:明天|未来|生活|家园)|更加[^。，]{1,8}的明天|交上|不负|不辱",
    ),
    Sign("hopes", 1.5, r"(?:^|[，。；！])(?:我们?)?(?:真诚|诚挚|热切|衷心|由衷|热忱|也|更)*地?(?:希望|期待|期盼|愿(?![意望景]))"),
    Sign("invites", 1, r"(?:真诚|诚挚|热切|衷心|由衷|热忱)地?(?:希望|期待|期盼|欢迎|邀请)"),
    Sign("exclaims", 1.5, r"[！!][”’]?$"),
    Sign("sends them to work", 1, r"^会后，|马上行动|行动起来|从(?:现在|今天|我)做起|抓好落实。$"),
    Sign("holds a list", -2.5, r"(?:^|[：。；，])一(?:是|要|方面)"),
    Sign(
        "says what is to be done", -1.5,
        r"^(?:(?:最后|此外|另外|同时|还|特别|尤其)[，是]?)?(?:要|必须|应当|各[^，。]{1,10}[要须])"
        r"|^[^，。]{2,10}(?:部门|单位|乡镇|办|局|委|中心|小组)[^，。]{0,4}要",
    ),
    Sign("gives figures", -0.5, r"[0-9]|百分之"),
)  # fmt: skip

#: What goes on with the requirements whatever it begins with.
_MUST = re.compile(r"(?:最后|此外|另外|同时|还有|再就是|再有)，?[^，。]{0,6}(?:要|须|把)")


#: What belongs to none of the requirements: a look back over all of them.
_LOOKS_BACK = re.compile(r"(?:回顾|回首|在(?:总结|肯定|看到)|同时，?我们?也(?:清醒|要|深)|我们?也(?:清醒|深知)|以上各项|上述)")


@cache
def _signs() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """What speaks for a closing, compiled when the first end of a speech is looked at."""
    return tuple((sign.weight, re.compile(sign.pattern)) for sign in _CLOSES)


#: Paragraphs at the end of a speech among which its closing begins.
_CLOSING_ROWS = 6


def closing_weight(text: str, behind: int) -> float:
    """How much speaks for a paragraph closing the speech; so many paragraphs stand behind it."""
    if behind >= _CLOSING_ROWS:
        return _NEVER
    weight = sum(weight for weight, pattern in _signs() if pattern.search(text))
    return weight + 0.5 - 0.5 * behind + (0.5 if len(text) <= 60 else 0.0) - (len(text) > 220) - (len(text) > 400)


#: Going on from one kind to the next behind the last list. What is neither the last item's nor the closing is rare.
_BEHIND = {
    ("text", "requirements"): _NEVER,
    ("closing", "requirements"): _NEVER,
    ("closing", "text"): _NEVER,
    ("text", "closing"): -1.0,
    ("requirements", "closing"): -1.0,
}


def kinds_behind(texts: Sequence[str], goes_on: float) -> list[str]:
    """The kinds of the paragraphs behind the last numbered one: "requirements" as long as they are the last item's,
    "text", and "closing". `goes_on` is how much speaks for the item having more than one paragraph."""
    rows: list[Scores] = []
    behind_item = _BEHIND["requirements", "closing"]  # what stands above the first
    for at, text in enumerate(texts):
        rows.append(
            {
                "requirements": goes_on + 2.5 * bool(_MUST.match(text)),
                "text": 2.5 * bool(_LOOKS_BACK.match(text)),
                "closing": closing_weight(text, len(texts) - 1 - at) + (0.0 if at else behind_item),
            }
        )
    return best_kinds(rows, _BEHIND)


# ── without a list ─────────────────────────────────────────────────────────────────────────────────────────────────

_UNNUMBERED = {
    ("closing", "text"): _NEVER,
    ("closing", "appreciation"): _NEVER,
    ("closing", "lead"): _NEVER,
    ("closing", "opening"): _NEVER,
    ("text", "opening"): _NEVER,
    ("appreciation", "opening"): _NEVER,
    ("lead", "opening"): _NEVER,
}
_MEETING = re.compile("会议|大会|刚才|活动|仪式")


def kinds_alone(texts: Sequence[str], opens: bool) -> list[str]:
    """The kinds of the paragraphs of a speech without a list: how it begins and ends can be told, and thanks; the rest
    is text. Behind a paragraph that holds a whole list a closing is looked for as behind a list."""
    listed = max((at for at, text in enumerate(texts) if items_within(text)), default=-1)
    rows = [_alone(text, at, len(texts), opens, 0 <= listed < at) for at, text in enumerate(texts)]
    return best_kinds(rows, _UNNUMBERED)


def _alone(text: str, at: int, number: int, opens: bool, listed: bool) -> Scores:
    """What the paragraph `at` of so many weighs as each kind; `listed`: it stands behind one that holds a list."""
    said = text[found.end() :] if (found := VOCATIVE.match(text)) else text
    sentences = SENTENCE.findall(text) or [text]
    thanks = THANKED.search(sentences[0]) or THANKED.search(sentences[-1])
    opened = OPENER.match(said) and not HOSTED.match(said) and _MEETING.search(sentences[0])
    begins = at == 0 and opens and len(text) > 12
    closing = closing_weight(text, number - 1 - at) if at else _NEVER
    return {
        "opening": 10.0 if begins else 3.0 if opened and at else _NEVER,
        "appreciation": 2.75 if thanks and not begins else _NEVER,
        "lead": 3.0 if at and len(sentences) <= 1 and is_lead(text) else _NEVER,
        "text": 0.5 if listed else 2.0,
        "closing": closing,
    }
