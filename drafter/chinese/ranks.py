"""In what capacity somebody speaks, told from the post as it stands under the title: who leads a Party committee says
what nobody else may."""

import re
from collections.abc import Sequence
from functools import lru_cache

PARTY_HEAD, STATE_HEAD, PARTY_DEPUTY, DISCIPLINE_HEAD = "党委主要负责同志", "政府主要负责同志", "党委副书记", "纪委书记"
CONGRESS_HEAD, CONFERENCE_HEAD, IN_CHARGE = "人大常委会主要负责同志", "政协主要负责同志", "分管负责同志"
DEPARTMENT_HEAD, TOWN_HEAD, ZONE_HEAD = "部门主要负责同志", "乡镇（街道）主要负责同志", "园区主要负责同志"
COMPANY_HEAD, SCHOOL_HEAD, HOSPITAL_HEAD = "国企主要负责同志", "学校主要负责同志", "医院主要负责同志"
VILLAGE_HEAD, OTHER = "村（社区）主要负责同志", "其他负责同志"

#: The capacities, as an outline's choices of 讲话人身份 call them.
RANKS = (
    PARTY_HEAD, STATE_HEAD, PARTY_DEPUTY, DISCIPLINE_HEAD, CONGRESS_HEAD, CONFERENCE_HEAD, IN_CHARGE, DEPARTMENT_HEAD,
    TOWN_HEAD, ZONE_HEAD, COMPANY_HEAD, SCHOOL_HEAD, HOSPITAL_HEAD, VILLAGE_HEAD, OTHER,
)  # fmt: skip

#: Whose words may stand for a capacity an outline has no words for: a head of some unit speaks as the head of a
#: department, and whoever is none of all these as somebody who is in charge of the field, never as the first secretary.
_SUBSTITUTES: dict[str, tuple[str, ...]] = dict.fromkeys((TOWN_HEAD, ZONE_HEAD, COMPANY_HEAD, SCHOOL_HEAD, HOSPITAL_HEAD, VILLAGE_HEAD), (DEPARTMENT_HEAD, COMPANY_HEAD, OTHER, IN_CHARGE)) | {OTHER: (OTHER, IN_CHARGE), DEPARTMENT_HEAD: (OTHER, IN_CHARGE)}
_SAFE = (IN_CHARGE, OTHER)

_PLACE = "省市县区州旗盟地"

#: (capacity, how much it weighs beside others of the same person, what such a post ends with); of one post the first
#: that fits. 市委常委、滨江区委书记 speaks as a first secretary, 副市长、市公安局局长 as a deputy mayor.
_POSTS: tuple[tuple[str, int, str], ...] = (
    ("", 0, r"(?:协会|商会|学会|大会|执行主席|车间主任|班主任|办公室秘书长|[局厅委部院学]\S{0,8}(?<![市县区省州旗盟]委)(?<![政党]府)办公室主任|机关党委书记)$|(?:协会|商会|学会)"),
    (DEPARTMENT_HEAD, 8, rf"(?:共青团\S*|团[{_PLACE}]?)委书记$"),
    (DISCIPLINE_HEAD, 4, r"(?:纪委|纪工委|纪律检查委员会|纪律检查工作委员会)书记$|纪检(?:监察)?组组?长$"),
    (PARTY_HEAD, 1, rf"(?:[{_PLACE}]委|自治[区州县]党委|[{_PLACE}]委员会)书记$"),
    (STATE_HEAD, 2, rf"(?<!副)[{_PLACE}]长(?:候选人|人选)?$|(?<!副)行?署?专员$|自治区(?:人民)?(?:政府)?主席$|政府党组书记$"),
    (VILLAGE_HEAD, 8, r"(?<!农)村(?:党|委会|民委员会|支部|书记|支书|主任|第一书记)\S*(?<!副)(?<!副书)(?:书记|主任|支书)$|村支书$|村第一书记$|嘎查\S*(?<!副)(?:书记|嘎查达)$"
     r"|社区(?:党|居|书记|主任)\S*(?<!副)(?:书记|主任)$|社区书记$|村书记$|村主任$|居(?:民)?委(?:员)?会主任$"),
    (HOSPITAL_HEAD, 8, r"(?:医院|卫生院|保健院|[卫急康]\S{1,6}中心)\S*(?<!副)(?:院长|书记)$|卫生服务中心主任$"),
    (SCHOOL_HEAD, 8, r"(?<!副)[校园]长$|(?:大学|(?<!科)学院|中学|小学|学校|幼儿园|党校|[高初]中|中专|校)\S*(?<!副)(?:院长|书记)$|^校党委书记$"),
    (COMPANY_HEAD, 8, r"(?<!副)(?:董事长|总经理|总裁|行长|厂长|矿长|执行董事)$|(?:集团|公司|银行|分行|支行|厂|矿)\S*(?<!副)书记$"),
    (ZONE_HEAD, 3, r"(?<!副)(?:管委会|管理委员会)主任$|[区园城](?!\S*[镇乡]|\S*街道)\S*党工?委书记$"),
    (TOWN_HEAD, 3, r"[镇乡](?:党委|委|委员会|党工委)书记$|(?<!副)[镇乡]长(?:候选人)?$|街道\S*(?<!副)书记$|(?<!驻)(?:街道|^)办事处主任$|苏木\S*(?<!副)(?:书记|达)$|党工委书记$"),
    (CONGRESS_HEAD, 5, r"人大(?:常委会|工委)?(?<!副)代?(?:主任|主席)$|人民代表大会常务委员会(?:主任|党组书记)$|人大常委会党组书记$"),
    (CONFERENCE_HEAD, 5, r"政协\S*?(?<!副)(?:主席(?:候选人)?|党组书记)$"),
    (PARTY_DEPUTY, 6, rf"(?<!纪)(?:[{_PLACE}]委|自治[区州县]党委)(?:专职)?副书记$"),
    (PARTY_DEPUTY, 9, r"(?:党委|党工委)(?:专职)?副书记$|^副书记$"),
    (IN_CHARGE, 7, rf"[{_PLACE}]委常委$|^常委$|党委常委$|副(?:[{_PLACE}]长|主席|专员)$|政府党组成员$|秘书长$|人大常委会副主任$|[{_PLACE}]长助理$"),
    (IN_CHARGE, 9, r"副(?:局长|厅长|部长|主任|书记|校长|院长|园长|镇长|乡长|总经理|总裁|行长|厂长|检察长|馆长|台长|理事长|董事长|会长|支队长)$"
     r"|总(?:工程师|会计师|经济师|规划师|农艺师|审计师|法律顾问)$|党组成员$|党委委员$|党工委委员$"),
    (DEPARTMENT_HEAD, 8, r"(?:局长|厅长|部长|检察长|馆长|台长|理事长|支队长|司令员|政委|政治委员)$|院\S*院长$|(?<!机关)(?:党组|党委)书记$|(?:工委|政法委)书记$"
     r"|(?:工会|妇联|科协|文联|工商联|侨联|残联|作协|联合会)主席$|(?:委|委员会|办公室|办公厅|办|厅|中心|局)主任$|总队长$"),
)  # fmt: skip

#: A post that says no body: the one of the post before it is meant (市妇联党组书记、主席).
_BARE = re.compile(r"(?:院长|主任|主席|书记)$")
_BODY = re.compile(r"(?:党组|党委|党工委|党总支|党支部)(?:副书记|书记|成员|委员|常委)$")


@lru_cache(maxsize=256)
def rank_of(post: str) -> str:
    """The capacity of a post, of several the one that weighs most: 市委副书记、市长 → 政府主要负责同志. What says none of
    them is 其他负责同志."""
    best, told, body = 99, OTHER, ""
    for piece in re.split(r"[、，,；;／/\s]+|(?<=[记长任席])兼", re.sub(r"（[^（）]*）|\([^()]*\)", "", post)):
        whole = body + piece if _BARE.fullmatch(piece) else piece
        body = _BODY.sub("", piece) if _BODY.search(piece) else body
        for rank, weight, pattern in _POSTS:
            if re.search(pattern, whole):
                if rank and weight < best:
                    best, told = weight, rank
                break
    return told


def rank_among(post: str, choices: Sequence[str]) -> str | None:
    """Which of an outline's choices somebody of a post speaks as: his own capacity, where it has words for that, else
    one that says no more than he may; None where it has no such either."""
    rank = rank_of(post)
    wanted = (rank, *_SUBSTITUTES.get(rank, ()), *_SAFE)
    return next((choice for choice in wanted if choice in choices), None)
