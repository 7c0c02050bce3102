"""What an office sets around the text of a paper (GB/T 9704—2012, 7.2 to 7.4): the head above its title, the imprint
behind its end, notes on its attachments. Told by words alone; how lines look is for whoever has seen the page.

A speech handed out as a paper has these too, and they are not the speech's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.speech.cues import DAY, SPEECH_END, is_greeting

#: Rows looked at above a title and behind an end, and characters of the longest row of a head.
_HEAD_ROWS, _FOOT_ROWS, _LONGEST = 14, 8, 45

_N = "[0-9０-９一二三四五六七八九十百×xX*＊]"
_YEAR = r"[〔\[［【（(﹝]\s*(?:[0-9０-９]{4}|[×xX*＊]{2,4})\s*年?[〕\]］】）)﹞]"
_NUMBER = rf"[\u4e00-\u9fff×xX（）]{{0,14}}\s*{_YEAR}\s*第?\s*{_N}{{1,4}}\s*号"
_OFFICES = "委员会|政府|委|局|厅|部|署|院|办公室|办公厅|办|领导小组|指挥部|联席会议|协会|工会|公司|集团|学校|大学|学院|中心|总队|支队"

#: The kinds of line, first match first.
_KINDS = (
    ("份号", re.compile(r"(?:№|No\.?|份号[:：]?)?\s*[0-9]{6}")),
    ("密级", re.compile(r"(?:绝密|机密|秘密)(?:\s*[★☆].{0,10})?|内部(?:资料|文件|材料|使用)?[\s，,、]*(?:注意保[存管密]|请勿外传|不得外传)?")),
    ("紧急程度", re.compile(r"特\s*提|特\s*急|加\s*急|平\s*急|急\s*件")),
    ("签发人", re.compile(r"(?:签\s*发\s*人?|会\s*签\s*人?|核\s*稿|拟\s*稿人?)\s*[:：].{0,30}")),
    ("发文字号", re.compile(rf"{_NUMBER}(?:[\s\u3000]+签\s*发\s*人?\s*[:：].{{0,30}})?")),
    ("期号", re.compile(rf"(?:[（(〔]?(?:{_N}{{2,4}}\s*年?\s*)?总?\s*第?\s*{_N}{{1,4}}\s*期[）)〕]?|[（(]?第\s*{_N}{{1,4}}\s*号[）)]?)(?:\s*[（(]?\s*总\s*第?\s*{_N}{{1,5}}\s*期\s*[）)]?)?")),
    ("材料编号", re.compile(rf"[\u4e00-\u9fff]{{0,20}}(?:文件|材料|资料|汇编)(?:之\s*{_N}{{1,3}}|\s*[（(]\s*{_N}{{1,3}}\s*[）)])")),
    ("发文机关标志", re.compile(rf"[\u4e00-\u9fff（）、\s\u3000×xX]{{1,30}}(?:{_OFFICES})[\s\u3000]*文[\s\u3000]*件")),
    ("附件", re.compile(rf"[（(]?附\s*件?\s*{_N}{{0,3}}\s*[）)]?[:：]?")),
    ("附件说明", re.compile(r"附\s*件?\s*[:：]\s*.{1,80}")),
    ("附注", re.compile(r"[（(](?:此件|本件|联系人|公开方式|信息公开|依申请公开|主动公开|删减后).{0,60}[）)]")),
    ("抄送", re.compile(r"(?:抄\s*[送报发]|分\s*[送发]|发\s*送?|[报送])\s*[:：].{2,400}")),
    ("印发", re.compile(rf".{{2,40}}[\s\u3000]*(?:{DAY})[\s\u3000]*(?:印\s*[发制]|编\s*印)|[（(]?共\s*印\s*{_N}{{1,6}}\s*份[）)]?")),
)  # fmt: skip

#: Those that stand above a title, those that stand behind the end.
HEAD_KINDS = frozenset(("份号", "密级", "紧急程度", "签发人", "发文字号", "期号", "材料编号", "发文机关标志"))
_BEHIND = frozenset(("附注", "抄送", "印发"))

#: Those that are in a head and nowhere else.
SURE_KINDS = frozenset(("发文机关标志", "发文字号", "期号", "签发人"))

#: What the masthead of a bulletin ends with, which a title may end with as well: a number must stand below it.
_BULLETIN = re.compile(r"(?:简\s*报|专\s*报|快\s*报|纪\s*要|通\s*讯|内\s*参|动\s*态|信\s*息|参\s*考|通\s*报|材\s*料)$")
#: Who edits a bulletin and the day, on one row under its number.
_EDITED = re.compile(rf"[\u4e00-\u9fff（）×xX]{{3,26}}[\s\u3000]+(?:{DAY})")
_TITLE = re.compile(r"^(?:关于|在)|关于.{2,40}的")
_SENTENCE = re.compile(r"[。！？；，：:]$|[。！？；]")


def kind_of(text: str) -> str:
    """What a row of an official paper is that is no text: 发文字号, 签发人, 抄送 …; "" where its words do not tell."""
    said = text.strip()
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), "") if said else ""


def is_office(text: str) -> bool:
    """Whether a whole row is an office's name."""
    return bool(re.fullmatch(rf"[\u4e00-\u9fff（）×xX]{{2,24}}(?:{_OFFICES})", re.sub(r"[\s\u3000]", "", text)))


def head_of(texts: Sequence[str]) -> dict[int, str]:
    """The rows of a head above a title, and what each is; none where there is no head. `texts` are rows with words, in
    their order. A row between those that are told is the issuing body's name where it is short and no sentence."""
    told: dict[int, str] = {}
    end = 0
    while end < min(len(texts), _HEAD_ROWS):
        said = texts[end].strip()
        kind = kind_of(said)
        if kind in HEAD_KINDS and (kind != "份号" or end == 0):
            told[end] = kind
        elif {"期号", "发文字号"} & {*told.values()} and _EDITED.fullmatch(said):
            told[end] = "编印"
        elif len(said) > _LONGEST or _SENTENCE.search(said) or is_greeting(said) or _titles(said):
            break
        end += 1
    if not any(kind in SURE_KINDS for kind in told.values()):
        return {at: kind for at, kind in told.items() if all(before in told for before in range(at))}
    return {at: told.get(at, "发文机关标志") for at in range(max(told) + 1)}


def _titles(text: str) -> bool:
    """Whether a row is a title and no masthead."""
    return bool(SPEECH_END.search(text) or _TITLE.search(text)) and not _BULLETIN.search(text)


#: Whom a paper is sent to: offices and kinds of offices.
_ADDRESSEE = re.compile(
    rf"[\u4e00-\u9fff（）×xX“”]{{0,24}}(?:{_OFFICES}|部门|单位|机构|机关|院校|高校|企业|支部|总支|党组|党委|纪委|组织|县|市|区|州|旗|乡|镇|街道|社区|村|科室|处室|站所|团体|班子|成员"
    r"|人民法院|检察院)"
)


#: How a label begins that ends as an office's name does: 发文机关：, 主办单位：
_LABEL = re.compile("(?:发文|发布|成文|主办|承办|协办|制发|公开|责任|来源|签发|印发|制定|起草|牵头|信息|供稿|作者|所属|主管)(?!.{12})")


def is_addressed(text: str) -> bool:
    """Whether a whole row says whom a paper is sent to (主送机关): 各乡镇人民政府，县政府各部门："""
    said = text.strip()
    if not said.endswith(("：", ":")) or len(said) > 300 or re.search("[。！？]|如下|以下", said) or _LABEL.match(said):
        return False
    return all(_ADDRESSEE.fullmatch(part.strip()) for part in re.split("[，、；,;]|并", said[:-1]) if part.strip())


def foot_of(texts: Sequence[str]) -> dict[int, str]:
    """The rows behind the end of a paper, its imprint and its notes, and what each is; none where there are none."""
    told: dict[int, str] = {}
    at = len(texts) - 1
    while at > 0 and len(texts) - at <= _FOOT_ROWS:
        kind = kind_of(texts[at])
        if kind not in _BEHIND:
            break
        told[at] = kind
        at -= 1
    return told
