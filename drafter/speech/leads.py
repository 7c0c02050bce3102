"""Sentences that lead to a list (下面，我讲三点意见。), and the sections one paragraph holds."""

from __future__ import annotations

import re

from drafter.speech.cues import SENTENCE, THANKED, greeting_end, widened

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
        rf"{_SAY}[^。！？，；]{{0,8}}{_COUNT}(?:[^。！？；，]{{0,14}}|[^。！？；]{{0,12}}，(?:既是|也是|供|与|不妥|不当|请|和"
        rf"|同)[^。！？]{{0,50}})[。：:]$",
        rf"(?:想|要|来)(?:就|从|围绕|结合)?{_COUNT}[^。！？，]{{0,8}}[^。！？，]{{0,10}}(?:谈一谈|讲一讲|说一说|聊一聊|谈谈|讲讲|说说|聊聊)[。：:]?$",
        rf"有{_COUNT}[^。！？，]{{0,8}}(?:希望|期望|期待|嘱托|叮嘱|寄语|建议|想法|体会|感受|心愿|请求|忠告"
        rf"|话)[^。！？，]{{0,12}}(?:，[^。！？]{{0,20}})?[。：:]$",
        r"(?:发出|提出)(?:如下|以下)?(?:倡议|号召|建议|要求|希望)[：:]$|(?:倡议|建议|希望|要求)[：:]$",
    )
)

#: Sentences that do so only where the list follows at once.
_LEAD_BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:抓好|做好|做到|干好|办好|把握|处理|突出|注意|解决|体现|表现|存在|落实|推进|开展|完成|实施|围绕|谈到|打好|守住|讲|说|要|有"
        rf"|从)[^。！？，]{{0,16}}(?!一[个件种类]){_COUNT}[^。！？，]{{0,24}}[。！]?$",
        r"[：:]$",
        r"(?:下面|现在|接下来|今天|我|将).{0,40}(?:通报|介绍|汇报|报告|说明|讲)[^。！？]{0,24}(?:情况|问题|内容|方面|意见)[。：:]$",
        r"(?:下面|现在|接下来|今天|我|将).{0,40}(?:(?<!工)作|做)(?:一?个|简要|简单|如下|以下)*(?:的)?(?:汇报|报告|通报|述职|发言|点评"
        r"|表态)[^。！？]{0,20}[。：:]?$",
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


def sections_within(text: str, kind: str, before_list: bool = False) -> tuple[tuple[int, str], ...]:
    """The parts one paragraph holds, each with the offset it begins at: an opening may end in thanks and in the
    sentence that leads to the requirements (`before_list` tells that they follow at once). The first begins at 0."""
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
        if (
            is_last
            and (number or kind in ("item", "requirements"))
            and kind != "lead"
            and is_lead(sentence, before_list)
        ):
            said = "lead" if before_list or kind not in ("item", "requirements") else said
        elif kind == "opening" and THANKED.search(sentence):
            said = "appreciation"
        if said != current:
            found.append((at, said))
            current = said
    return tuple(found) or ((0, kind),)
