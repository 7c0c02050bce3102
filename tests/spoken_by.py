"""Who may say a sentence: evidence, a pattern each, that it can only come from some capacities, or never from some. The
words were thought of before the shipped outlines were read for them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.ranks import (
    COMPANY_HEAD,
    CONFERENCE_HEAD,
    CONGRESS_HEAD,
    DEPARTMENT_HEAD,
    DISCIPLINE_HEAD,
    HOSPITAL_HEAD,
    IN_CHARGE,
    OTHER,
    PARTY_DEPUTY,
    PARTY_HEAD,
    RANKS,
    SCHOOL_HEAD,
    STATE_HEAD,
    TOWN_HEAD,
    VILLAGE_HEAD,
    ZONE_HEAD,
)

#: Who leads a unit of his own and is the one responsible for it.
UNIT_HEADS = frozenset((DEPARTMENT_HEAD, TOWN_HEAD, ZONE_HEAD, COMPANY_HEAD, SCHOOL_HEAD, HOSPITAL_HEAD, VILLAGE_HEAD))
HEADS = UNIT_HEADS | {PARTY_HEAD, STATE_HEAD, CONGRESS_HEAD, CONFERENCE_HEAD}

#: A post everybody of a capacity could have, for the byline.
POST_OF = {
    PARTY_HEAD: "市委书记", STATE_HEAD: "市委副书记、市长", PARTY_DEPUTY: "市委副书记", DISCIPLINE_HEAD: "市委常委、市纪委书记、市监委主任",
    CONGRESS_HEAD: "市人大常委会党组书记、主任", CONFERENCE_HEAD: "市政协党组书记、主席", IN_CHARGE: "市委常委、副市长", DEPARTMENT_HEAD: "市水务局党组书记、局长",
    TOWN_HEAD: "云溪镇党委书记", ZONE_HEAD: "市经开区党工委书记、管委会主任", COMPANY_HEAD: "市城投集团党委书记、董事长", SCHOOL_HEAD: "市第一中学党委书记、校长",
    HOSPITAL_HEAD: "市人民医院党委副书记、院长", VILLAGE_HEAD: "双井村党支部书记、村委会主任", OTHER: "市委第三巡察组组长",
}  # fmt: skip

_P = "[省市县区州旗]"
_GRADES = "讲得|很好|很有水平|精彩|很到位|很深刻|很全面|很透彻|高屋建瓴|语重心长|鼓舞人心|振奋人心|质量很高|讲透了|讲清了|讲明了|讲得透"


class Evidence(NamedTuple):
    """What a sentence says of its speaker, and who may say it."""

    why: str
    pattern: str
    may: frozenset[str]


def _but(*ranks: str) -> frozenset[str]:
    return frozenset(RANKS) - frozenset(ranks)


EVIDENCE = (
    Evidence("speaks as the one responsible before all", r"我是[^，。；]{0,14}第一责任人|书记是第一责任人，这个责任我来扛", frozenset({PARTY_HEAD}) | UNIT_HEADS),
    Evidence("answers for all of it", r"我负总责", HEADS),
    Evidence("speaks as first secretary", rf"作为{_P}委书记|我这个{_P}委书记|我作为{_P}委书记|先从{_P}委改起|从{_P}委常委会(?:自身|班子)?做起|从{_P}委常委会(?:自身|班子)?改起", frozenset({PARTY_HEAD})),
    Evidence("speaks as a secretary", r"作为(?:党委|党组|党工委)书记|我这个书记|我作为[^，。；]{0,8}(?<!纪委)(?<!副)书记", frozenset({PARTY_HEAD}) | UNIT_HEADS),
    Evidence("speaks for the standing committee", rf"我代表{_P}委常委会|我代表(?:中共[^，。；]{{0,8}}|{_P}委)(?:第[^，。；]{{1,4}}届)?委员会(?:向|作)", frozenset({PARTY_HEAD})),
    Evidence("speaks as the head of a team", r"我(?:作为|这个)班长|当好班长，我", HEADS),
    Evidence("speaks as mayor", rf"作为{_P}长|我这个{_P}长|我代表{_P}(?:人民)?政府，?向(?:大会|{_P}人民代表大会)(?:报告|作)", frozenset({STATE_HEAD})),
    Evidence("speaks for the government alone", rf"(?:我|现在，我)代表{_P}(?:人民)?政府(?!和|、)", frozenset({STATE_HEAD, IN_CHARGE, PARTY_DEPUTY, DEPARTMENT_HEAD, TOWN_HEAD})),
    Evidence("speaks for the discipline commission", rf"代表{_P}纪委(?:常委会|监委|、|向|作|，)|作为纪委书记|我这个纪委书记|受{_P}纪委常委会委托", frozenset({DISCIPLINE_HEAD})),
    Evidence("speaks for the people's congress", rf"我代表{_P}人大常委会", frozenset({CONGRESS_HEAD, IN_CHARGE})),
    Evidence("speaks for the consultative conference", rf"我代表{_P}政协(?:常委会)?", frozenset({CONFERENCE_HEAD, IN_CHARGE})),
    Evidence("is sent by somebody above", rf"受{_P}委(?:主要领导|书记)?(?:的)?委托|受{_P}委[^，。；]{{0,10}}书记[^，。；]{{0,6}}委托", _but(PARTY_HEAD)),
    Evidence("is sent by the mayor", rf"受{_P}长[^，。；]{{0,6}}委托|受{_P}政府主要领导委托", _but(PARTY_HEAD, STATE_HEAD)),
    Evidence("is responsible for a part", r"我分管|我所分管|分管这项工作，我", frozenset({IN_CHARGE, PARTY_DEPUTY, DISCIPLINE_HEAD, OTHER})),
    Evidence("promises the committee he heads", r"请OWN委(?:、OWN政府)?(?:和[^，。；]{0,8})?放心|向OWN委(?:、OWN政府)?(?:保证|作出承诺|立下军令状)", _but(PARTY_HEAD)),
    Evidence("promises the government he heads", r"请OWN政府放心|向OWN政府(?:保证|作出承诺|立下军令状)", _but(STATE_HEAD, PARTY_HEAD)),
    Evidence("speaks of the secretary as of another", r"(?<!政法)(?:OWN委书记|OWN委主要(?:领导|负责)同志)[^，。；]{0,10}(?:强调|指出|讲话|作了|专门|亲自)|(?:赞成|同意|拥护)[^。]{0,10}OWN委书记[^。]{0,8}讲话", _but(PARTY_HEAD)),
    Evidence("speaks of the mayor as of another", r"(?<!副)OWN长[^，。；]{0,8}(?:强调|指出|作了(?:重要)?讲话)", _but(STATE_HEAD)),
    Evidence("grades the secretary", rf"书记[^，。；]{{0,12}}(?:重要)?讲话[^。]{{0,24}}(?:{_GRADES})", frozenset({PARTY_HEAD})),
    Evidence("grades the superior", rf"(?:{_P}委|省委|中央)[^，。；]{{0,10}}(?:领导|同志)的?[^，。；]{{0,4}}讲话[^。]{{0,20}}(?:讲得|很好|精彩|很到位|质量很高)", frozenset()),
)  # fmt: skip


@lru_cache(maxsize=16)
def _compiled(own: str) -> tuple[tuple[Evidence, re.Pattern[str]], ...]:
    return tuple((evidence, re.compile(evidence.pattern.replace("OWN", own))) for evidence in EVIDENCE)


def contradictions(text: str, rank: str, post: str, speaker: str = "") -> Iterator[str]:
    """The sentences somebody of a capacity and a post cannot say, with why; one that asks the `speaker` himself to the desk,
    or tells of him as of another, is among them. 县委书记 may promise something to 市委."""
    level = re.search(rf"({_P})(?:委|长|人大|政协|纪委|直)", post)
    for sentence in re.split(r"(?<=[。！？；])|\n", text):
        for evidence, pattern in _compiled(level[1] if level else "市"):
            if rank not in evidence.may and (found := pattern.search(sentence)):
                yield f"{evidence.why}: …{found[0]}…"
        if speaker and (found := re.search(rf"(?:请|刚才，?|欢迎|听取了?){speaker}|{speaker}同志(?:作|讲|的)", sentence)):
            yield f"names himself: …{found[0]}…"
