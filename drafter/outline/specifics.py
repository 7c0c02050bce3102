"""Specifics an outline's author can only have guessed: how often, by when, how many, and, where somebody gives an account of
himself, what he did. Whoever uses the outline has to confirm them (【核实：每月】) or fill them in.

Nothing is told by its words alone. What is found is weighed: how the words are made speaks for a guess, and so does a duty
beside them; what speaks against it is a source in the sentence, quotation marks, a standing phrase, a number that names
none (几天), a past that is told. From `TOLD` points on it is told.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drafter.outline.blank import OutlineText, ToConfirm
from drafter.outline.model import Outline, texts

#: Points from which a specific is told.
TOLD = 2.0

_N = "(?:[0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十百千]+|半)"
_FEW = re.compile("[几数]|若干|多少")
_SPAN = "(?:工作日|小时|分钟|天|日|周|星期|礼拜|旬|月|季度|年)"

#: How specifics are made: kind, points, and how they read. The longer one of two that meet is taken.
_MADE = tuple(
    (kind, points, re.compile(pattern))
    for kind, points, pattern in (
        ("期限", 2.0, f"(?:{_N}|几)个?半?{_SPAN}(?:之内|以内|内)(?!外|部|容|在)"),
        ("期限", 2.0, f"(?:{_N})个?{_SPAN}(?:之前|以前|前)(?!列|后|面|人|方|沿|景|提|所|瞻)(?=[，。；、把将完交报拿做出])"),
        ("期限", 1.0, f"(?:{_N})个?(?:月|星期|周|天|年)(?:之后|以后|后)"),
        ("期限", 2.0, "(?:[0-9一二两三四五六七八九十]+月(?:[0-9]+日|底|初|上旬|中旬|下旬)?|年底|月底|季末|年内|月内|本月|本周|本季度|下周[一二三四五六日]?|上半年|下半年)(?:以前|之前|内|前)(?!进|提|列|后)"),
        ("期限", 2.0, "(?:下周[一二三四五六日]|本周[一二三四五六日]|[0-9]+月底|[每当]月[0-9]+日|次月)"),
        ("期限", 2.0, f"提前(?:{_N})个?{_SPAN}"),
        ("期限", 2.0, f"(?:过{_N}个?(?:天|周|星期|月)再|(?<=[会节赛考期训工])前{_N}个?(?:天|周|星期|月)|头[两二三四五六七八九十]个?(?:天|周|星期|月|年))"),
        ("期限", 2.0, f"{_N}个?(?:天|周|星期|月)(?=谈不拢|没有进展|没有回音|不回话|没有动静)"),
        ("期限", 1.0, "(?:季末|季度末|下周|下个?月|下个?季度)"),
        ("期限", 0.5, "年底|月底"),
        ("频次", 2.0, f"每隔?(?:{_N})?个?(?:月|季度|季|周|星期|旬|学期)(?:初|末|底|[一二三四五六日])?(?:[0-9]+日)?(?:之?前)?(?![刊报饼])"),
        ("频次", 2.0, "每(?:半|两)个?(?:年|月|周)"),
        ("频次", 1.0, f"每(?:{_N})?(?:年|天|日|小时)(?!一?度)(?:早上|晚上|上午|下午|[一二两三四五六七八九十]+点)?"),
        ("频次", 2.0, "(?:[一两三五七十]|半)(?:日|天|周|旬|月|季)一(?:[\u4e00-\u9fff]{1,2})(?=[，。；、”])"),
        ("频次", 2.0, f"(?:每隔?)?(?:一|半|两|三)个?(?:周|月|季度|年|学期)(?![之以]?内|前|后)(?:只|至少|最多|要|得|再)?[\u4e00-\u9fff]{{0,6}}?{_N}(?:次|遍|回|趟)"),
        ("数目", 2.0, f"(?:至少|不少于|不低于|不得少于|不超过|不得超过|最多|不多于|不短于|不长于)[\u4e00-\u9fff]{{0,6}}?{_N}(?:%|％|小时|分钟|个?工作日|个月|学时|人次|(?![层种点方])[\u4e00-\u9fff])"),
        ("频次", 2.0, f"{_N}天(?:至少|要|最多|必须)[\u4e00-\u9fff]{{0,6}}?{_N}(?:次|遍|回|趟)"),
        ("数目", 2.0, f"(?:连续)?{_N}(?:次|个月|个季度|天|个工作日|年)(?:以上|以下)"),
        ("数目", 2.0, f"(?:连续){_N}(?:次|个月|个季度|天|年)"),
        ("数目", 2.0, f"(?:[驻蹲待留拿用]|抽出|挤出|(?<![管记得])住[\u4e00-\u9fff]{{0,4}}?)(?:{_N}|一两)个?(?:晚上|小时|工作日|分钟)"),
        ("数目", 2.0, f"[说讲谈](?:{_N})分钟"),
        ("数目", 2.0, "[0-9]+(?:\\.[0-9]+)?(?:多|余)?(?:%|％|[万亿]?(?:个|名|人|件|户|元|条|处|家|亩|公里|次|天|小时|分钟|所|份|篇|场|页))"),
        ("数目", 2.0, "百分之[一二三四五六七八九十百零点]+|[一二三四五六七八九]成(?=以上|的|左右)"),
    )
)  # fmt: skip

#: A deed told of oneself, which nobody but the speaker can know.
_DEED = re.compile("有(?:一?[位个名次回天年件]|几[次回位])(?!别|些|没|的放矢)[\u4e00-\u9fff]{2,}|(?:前不久|前些天|那天|有一次|去年[春夏秋冬]天|后来一问)[^。]{4,}")
_DONE = re.compile("[了过]|没有同意|没有放")

#: Who gives an account of himself, by the words of a genre.
_ACCOUNTS = ("述职", "对照检查", "民主生活会", "组织生活会", "自查")

#: What lays a duty on somebody, and what is done so many times.
_DUTY = re.compile("要(?!是|求|么)|必须|务必|应当|须|至少|不少于|不得|报[一送给到]|通报|汇报|公布|公开|调度|督查|检查|抽查|排查|走访|回访|再看|再去|交(?:出|一|给|账|后)|对账|评议|打分|更新|修订|演练?[一次，。]|谈[一次]|查[一清看]|开[一次]|听[一次]|练[一次]|补上|见效|回头|回话|回音|整改|完成")
_TIMES = re.compile(f"(?:{_N}|一两)(?:次|遍|回|场|个|件|项|批|天|篇|课|趟|堂|条)")

#: What stands in every speech and is no guess.
_STANDING = re.compile(
    "(?:24|二十四)小时(?:值[班守]|有人|领导|在岗|不离人|畅通|待命|接听|开通|专人|监测)|八小时(?:以外|之外|内外|以内)|一年之计|一天一[天个]|一年一年|"
    "每(?:到|逢|当|时每刻|每)|每一[天年次]|年复一年|日复一日|三天两头|十年如一日|百年|一天比一天|一年比一年|半年(?:总结|工作)|年底(?:最|，?都|的考题|考核|赶|农)|越到年底|忙到年底|"
    "(?:上|前)半[年场]|(?:今|去|明)年年底前后|(?:五|三|十)年(?:规划|计划|行动)|每年(?:的|都|这|春节|今天|此时|要办)|第[一二三四五]季度"
)

#: What names where a figure comes from.
_SOURCE = re.compile("《[^》]+》|条例|法律|法定|章程|依法|规定(?:要求|的|，|：|每|至少)|明确(?:要求|规定)|总书记|党中央|国务院|中央(?:要求|明确|规定)|省[委里政]|上级(?:要求|明确|规定)|入党誓词|誓词")

#: What tells a past, which is a fact and no plan.
_PAST = re.compile("(?:18|19|20)[0-9]{2}年|去年|前年|当年|那时|从前|过去[一二三四五几]?年|曾[经在]|一年来|这几年|这些年|几年来")
_TOLD_OFF = re.compile("(?:不是|不能(?:只靠|只)?|不等|不必|拖到|攒到|直到|等到|别|难道)$")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
_SENTENCE = re.compile("[。！？\n]")
_CLAUSE = re.compile("[，。；：！？\n]")


class Specific(NamedTuple):
    """A specific in a text, from one letter to another. `kind` is 期限, 频次, 数目 or 事例; `points` how surely it is a guess;
    `evidence` what spoke for and against it, in words for people."""

    start: int
    end: int
    words: str
    kind: str
    points: float
    evidence: tuple[str, ...]


def specifics(text: str, account: bool = False) -> tuple[Specific, ...]:
    """The specifics of a text that are told, in order. `account`: somebody gives an account of himself in it."""
    found = [_weighed(text, kind, points, match) for kind, points, pattern in _MADE for match in pattern.finditer(text)]
    if account:
        found += [s for match in _DEED.finditer(text) if (s := _deed(text, match)) is not None]
    out: list[Specific] = []
    for one in sorted((s for s in found if s.points >= TOLD), key=lambda s: (s.start - s.end, s.start)):
        if not any(one.start < other.end and other.start < one.end for other in out):
            out.append(one)
    return tuple(sorted(out))


def _weighed(text: str, kind: str, points: float, match: re.Match[str]) -> Specific:
    evidence = [f"写法像{kind} +{points:g}"]
    start, end = match.span()
    sentence, at = _around(_SENTENCE, text, start, end)
    clause, _ = _around(_CLAUSE, text, start, end)
    behind = text[end : end + 24]

    def weigh(more: float, why: str) -> None:
        nonlocal points
        points += more
        evidence.append(f"{why} {more:+g}")

    if kind == "数目" and re.search("一[\u4e00-\u9fff]$", match[0]) and not match[0].startswith(("不", "连续")):
        weigh(-1.5, "只是一")
    elif points < TOLD and (_TIMES.search(_CLAUSE.split(behind)[0]) or _DUTY.search(clause)):
        weigh(1, "旁边说了要做什么、做几回")
    if any(one.start() <= start - at and end - at <= one.end() for one in _QUOTED.finditer(sentence)):
        weigh(-3, "在引号、书名号里")
    if _SOURCE.search(sentence[: start - at + len(match[0])]):
        weigh(-3, "前面说了出处")
    if any(one.start() < end + 6 and start < one.end() for one in _STANDING.finditer(text, max(0, start - 8), end + 12) if one.end() > start):
        weigh(-3, "是习惯的说法")
    if _TOLD_OFF.search(text[max(0, start - 6) : start]):
        weigh(-1.5, "说的是不该这样")
    if _FEW.search(text[max(0, start - 1) : end]):
        weigh(-2, "没有说定是几")
    if _PAST.search(sentence):
        weigh(-1.5, "说的是过去")
    return Specific(start, end, match[0], kind, points, tuple(evidence))


def _deed(text: str, match: re.Match[str]) -> Specific | None:
    """A deed told; None where the sentence tells none."""
    sentence, at = _around(_SENTENCE, text, *match.span())
    if not _DONE.search(sentence[match.start() - at :]):
        return None
    words = _CLAUSE.split(match[0])[0][:12]
    return Specific(match.start(), match.start() + len(words), words, "事例", TOLD, ("说的是一件做过的事 +2",))


def _around(mark: re.Pattern[str], text: str, start: int, end: int) -> tuple[str, int]:
    """The sentence or clause some letters stand in, and where it begins."""
    low = max((m.end() for m in mark.finditer(text, 0, start)), default=0)
    found = mark.search(text, end)
    return text[low : found.start() if found else len(text)], low


class Unmarked(NamedTuple):
    """A specific nobody has marked: in which text of the outline, and where there (in its scalar)."""

    text: OutlineText
    offset: int
    specific: Specific


def unmarked(outline: Outline) -> tuple[Unmarked, ...]:
    """The specifics of an outline that are neither marked nor blanks, in order. What a basis says is quoted, and apart."""
    account = any(word in outline.genre + outline.about for word in _ACCOUNTS)
    stock = (*outline.passage.headings, *outline.passage.short) if outline.passage else ()
    return tuple(_unmarked((*texts(outline), *stock), account))


def _unmarked(found: Iterable[OutlineText], account: bool) -> Iterator[Unmarked]:
    seen: set[tuple[str, int]] = set()
    for text in found:
        place = text.scalar.source.file, id(text.scalar)
        if place in seen or "/basis/" in text.scalar.source.file.replace("\\", "/"):
            continue
        seen.add(place)
        said, offsets = _plain(text)
        for one in specifics(said, account):
            yield Unmarked(text, offsets[one.start], one)


def _plain(text: OutlineText) -> tuple[str, list[int]]:
    """The words of a text, with a □ for each blank and a ■ for each letter that is marked; where each letter stands in its
    scalar."""
    said: list[str] = []
    offsets: list[int] = []
    at = 0
    for piece in text.pieces:
        if isinstance(piece, str):
            for letter in piece:
                said.append(letter)
                offsets.append(at)
                at += 2 if letter == "【" else 1
            continue
        length = len(piece.words) if isinstance(piece, ToConfirm) else 1
        said += ("■" if isinstance(piece, ToConfirm) else "□") * length
        offsets += [piece.offset] * length
        at = piece.offset + len(piece.source) + 2
    return "".join(said), offsets
