"""Figures: which of a speech's are of this year, and what each is called.

Whether a figure is a fact is weighed: how exact it is, what it counts, whether the words around it report or aim at
something, or only play with a number (例如70%, 一分部署九分落实).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import NounBeside, after_figure, bare_unit, before_figure, fit, measured
from drafter.analysis.facts.spans import FIGURE, SAID_FIGURE, YEAR
from drafter.analysis.facts.text import FactText
from drafter.analysis.facts.words import listed, verb_before
from drafter.analysis.facts.worth import AIM, PEOPLE, FigureHere, worth_of
from drafter.outline.field import number_of

#: What must speak for a figure for it to become a blank, and for it to be offered where all are asked for.
ENOUGH, SOME = 2.0, 0.0
#: And in a speech of few figures.
ENOUGH_OF_FEW = 1.0

_COUNTERS = listed(
    "人 名 位 人次 个 家 项 件 处 套 台 座 条 所 张 份 天 场 期 批 支 只 头 株 棵 本 篇 宗 艘 辆 架 栋 间 盏 块 根 箱 袋 笔 单 幅 面 羽 尾 门 起 例 户 部 款 列 对"
)
#: A figure of all there are of what the one before it says there are more of: 新增23家，累计达到187家.
_IN_ALL = re.compile("(?:累计|总数|总量|总共|共计)(?:达到|已达|达|有|为)?")
_LIST = re.compile(r"[、和与及，]?(?:以及)?\s*")
_PART = re.compile("占[^，。；]{2,14}$|(?:占|为|完成)[^，。；]{0,10}(?:预算|计划|目标|总量|收入|支出|投资|任务)的?$")
_FROM = re.compile("(?:从|由)[^，。；]*$")
_ONWARD = re.compile(
    "^(?:[^，。；]{0,3}(?:增加|增长|增|提高|提升|上升|扩大|下降|降低|降|减少|减|精简|压减|缩小|缩短|发展|变)[为成到至]|到|至)(?:了|现在的|目前的|20[0-9]{2}年[末底]?的)?$"
)
#: Verbs that say no more than that there are so many.
_HAVING = frozenset(("拥有", "共有", "现有", "占有", "来自", "存有", "达到", "实现"))
#: What people counted do.
_THEY = re.compile(
    "外出|返乡|参加|受益|就业|入学|报名|参训|到会|出席|受表彰|脱贫|搬迁|死亡|受伤|获奖|入党|入伍|退休|上岗|创业"
)
_HELD = re.compile("^.*?(共有|现有|总共|共|另有|拥有|投入|超过)$")
_THESE = re.compile("(?:这|那|上述|以上|所有|全体|全部)$")


def figures(speech: FactText) -> Iterator[Sighting]:
    """The figures of a speech that something speaks for, in order."""
    keys: dict[tuple[str, str], list[tuple[str, tuple[object, ...]]]] = {}
    for first, last, places in _by_sentence(speech):
        sentence = speech.whole[first:last]
        seen = _named(speech, places)
        for figure in seen:
            worth = worth_of(speech, figure, sentence, first)
            if worth < SOME:
                continue
            yield _sighting(speech, figure, sentence, worth, keys)


def _sighting(
    speech: FactText,
    figure: FigureHere,
    sentence: str,
    worth: float,
    keys: dict[tuple[str, str], list[tuple[str, tuple[object, ...]]]],
) -> Sighting:
    words = speech.whole[figure.start : figure.end]
    clause = re.split(r"[^\u4e00-\u9fff“”]", speech.clause_before(figure.start - figure.before))[-1]
    number = number_of(words)
    after = figure.last - figure.end
    return Sighting(
        kind="figure",
        start=figure.start,
        end=figure.end,
        key=_key(speech, figure, words, keys),
        names=_names(speech, figure, sentence),
        ask=f"{clause}____{speech.whole[figure.end : figure.last]}，多少？",
        before=figure.before,
        after=after,
        type="number" if number and number.said == words else "text",
        worth=worth,
    )


def _by_sentence(speech: FactText) -> Iterator[tuple[int, int, list[tuple[int, int, int, int]]]]:
    """Each sentence that has figures: its place, and of every figure its number's, its unit's end, and the letters before
    it that belong to it (百分之)."""
    places = [
        (m.start(1), m.end(1), m.end(), 0)
        for m in FIGURE.finditer(speech.whole)
        if not YEAR.match(speech.whole, m.start(1))
    ]
    for m in SAID_FIGURE.finditer(speech.whole):
        found = _said(m[0])
        if found:
            places.append((m.start() + found[0], m.start() + found[1], m.end(), found[0]))
    at: tuple[int, int] | None = None
    group: list[tuple[int, int, int, int]] = []
    for place in sorted(places):
        if group and place[0] < group[-1][2]:
            continue
        if at is None or place[0] >= at[1]:
            if at and group:
                yield *at, group
            at, group = speech.sentence(place[0], place[2]), []
        group.append(place)
    if at and group:
        yield *at, group


def _said(words: str) -> tuple[int, int] | None:
    """Where the number of a figure in 汉字 stands; None for small and round ones, which are said, not counted."""
    share = words.startswith("百分之")
    number = words.removeprefix("百分之") if share else re.match("[一二两三四五六七八九十百千万亿]+", words)[0]  # type: ignore[index]
    value = number_of(number)
    if value is None or (share and number in ("百", "一百", "一", "零")):
        return None
    if not share and (
        value.value <= 10
        or number.strip("一二两三四五六七八九") in ("百", "千", "万", "亿", "百万", "千万")
        or words.endswith(("年", "条", "回", "天", "倍", "岁"))
    ):
        return None
    start = 3 if share else 0
    return start, start + len(number)


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _named(speech: FactText, places: list[tuple[int, int, int, int]]) -> list[FigureHere]:
    """The figures of a sentence with their names; one may take the noun of the one before it."""
    out: list[FigureHere] = []
    for number, (start, end, last, before) in enumerate(places):
        ahead = out[-1] if out else None
        clause = speech.clause_before(start - before)
        left = (
            clause
            if ahead is None or ahead.last <= start - before - len(clause)
            else speech.whole[ahead.last : start - before]
        )
        behind = speech.clause_after(last)
        if number + 1 < len(places):
            behind = behind[: max(places[number + 1][0] - places[number + 1][3] - last, 0)]
        unit = speech.whole[end:last].strip() if not before else "%"
        figure = _one_named(speech, (start, end, last, before), unit, left, behind, ahead)
        thing = next((one.noun for one in reversed(out) if one.noun), "")
        if thing and figure.name in ("增速", "增幅", "降幅") and fit(thing + figure.name):
            figure = figure._replace(noun=thing, name=thing + figure.name)  # the growth of what was said last
        out.append(figure)
    return _listed(speech, out)


def _one_named(
    speech: FactText, place: tuple[int, int, int, int], unit: str, left: str, behind: str, ahead: FigureHere | None
) -> FigureHere:
    start, end, last, before = place
    bare = bare_unit(unit)
    one, other = before_figure(left), after_figure(behind)
    verb = verb_before(left)
    noun, sure, growth = one.noun, one.sure, one.growth
    part = _PART.match(left.strip("、， ")) if ahead and ahead.name and bare in ("%", "％") else None
    if ahead and part:  # 税收收入30.15亿元，占一般公共预算收入的71.2%
        name = ahead.noun + ("占比" if part[0][0] == "占" else "完成比例")
        return ahead._replace(start=start, end=end, last=last, unit=unit, before=before, name=name if fit(name) else "")
    if ahead and ahead.noun and bare == bare_unit(ahead.unit) and _IN_ALL.fullmatch(left.strip("、，")):
        noun = "累计" + ahead.noun.removeprefix("新增")
    elif (bare in _COUNTERS or not bare) and other.noun and (not one.growth or verb):
        noun, sure, growth = other.noun, other.sure, ""
    elif unit[-1:] not in "%％倍点" and len(one.noun) <= 2 and other.noun and not one.growth and one.noun != "占地":
        noun, sure = other.noun, other.sure
    elif ahead and ahead.name and not one.noun and (one.growth or _ONWARD.match(left.strip("、，"))):
        return _carried(ahead, place, unit, left, one)
    elif ahead and ahead.noun and not left:  # 案件27件31人
        noun = ahead.noun
    elif ahead and ahead.noun and one.noun in ("增幅", "增速", "降幅", "涨幅"):
        noun = ahead.noun + one.noun
    elif not noun and other.noun and not growth:
        noun, sure = other.noun, other.sure
    doing = _THEY.match(behind)
    if bare in PEOPLE and not noun and doing:
        noun = doing[0]
    if bare in PEOPLE and not noun and re.search("参加|出席|到会|参会|来了", speech.sentence_of(start, last)):
        noun = "参会"
    if verb and noun and not growth and verb not in noun and len(noun) <= 3 and verb not in _HAVING:
        noun = verb + noun
    name = ""
    if noun or (growth and unit[-1:] in "%％倍"):
        name = measured(noun, unit, growth)
    elif not growth and (held := (verb not in _HAVING and verb) or _held(left)):
        name = measured(held, unit)
    return FigureHere(start, end, last, unit, noun, verb, name if fit(name) else "", sure, before)


def _held(left: str) -> str:
    """The word that says so many there are in all, before a figure; "" for none."""
    found = _HELD.search(left[-4:])
    return "" if not found else "总" if found[1] in ("共", "总共") else found[1]


def _carried(ahead: FigureHere, place: tuple[int, int, int, int], unit: str, left: str, one: NounBeside) -> FigureHere:
    """A figure of the noun of the one before it: 达到286.5亿元、增长6.2%; 由118家增加到131家."""
    start, end, last, before = place
    onward = _ONWARD.match(left.strip("、，"))
    same = onward and unit[-1:] == ahead.unit[-1:]
    if same:
        return FigureHere(start, end, last, unit, ahead.noun, ahead.verb, ahead.name, ahead.sure, before)
    yearly = "年均" if "年均" in left and not ahead.noun.endswith("年均") else ""
    name = measured(ahead.noun + yearly, unit, one.growth or "增长")
    return FigureHere(start, end, last, unit, ahead.noun, ahead.verb, name if fit(name) else "", ahead.sure, before)


def _listed(speech: FactText, seen: list[FigureHere]) -> list[FigureHere]:
    """The figures with those named that stand in lists: 事故57起、死亡23人，分别下降18.6%和25.8%; and of 由118家增加到131家
    the first told from the second."""
    out = list(seen)
    for n, figure in enumerate(seen):
        left = speech.clause_before(figure.start)
        if "分别" in left and (n == 0 or "分别" not in speech.clause_before(seen[n - 1].start)):
            run = [
                k
                for k in range(n, len(seen))
                if k == n or _LIST.fullmatch(speech.whole[seen[k - 1].last : seen[k].start])
            ]
            _share_out(speech, out, n, run, left)
        onward = n + 1 < len(seen) and _ONWARD.match(speech.whole[figure.last : seen[n + 1].start].strip("、，"))
        if onward and _FROM.search(re.split("[、，；]", left)[-1]) and out[n].name:
            renamed = out[n].name + "原值"
            out[n] = out[n]._replace(name=renamed)
    return out


def _share_out(speech: FactText, out: list[FigureHere], n: int, run: list[int], left: str) -> None:
    """Give the figures of a list behind 分别 the nouns of the list before it."""
    growth = before_figure(left[left.index("分别") :]).growth
    subject = left[: left.index("分别")].strip("，、")
    nouns: list[str] = []
    if len(run) > 1 and before_figure(subject).noun:
        nouns = _apart(subject, len(run))
    elif n >= len(run) > 1:
        nouns = [out[k].name for k in range(n - len(run), n)]
    for k, noun in zip(run, nouns, strict=False):
        name = measured(noun, out[run[-1]].unit, growth) if noun else ""
        out[k] = out[k]._replace(noun=noun or out[k].noun, name=name if fit(name) else out[k].name)
    if not nouns:
        for k in run:
            out[k] = out[k]._replace(sure=False, name=out[k].name if len(run) == 1 else "")


def _apart(subject: str, count: int) -> list[str]:
    """The nouns of a list of so many, each whole: 第一、第三产业增加值 → 第一产业增加值, 第三产业增加值. None where it has
    another number of members."""
    members = next((found for marks in ("、", "[、和与]") if len(found := re.split(marks, subject)) == count), None)
    whole = before_figure(subject.rpartition("、")[2]).noun
    if members is None:
        pair = re.fullmatch("城乡(居民.*)", whole)
        return ["城镇" + pair[1], "农村" + pair[1]] if pair and count == 2 else []
    nouns = [before_figure(words).noun for words in members]
    last = members[-1]
    tail = re.search(
        "(?:居民人均可支配收入|可支配收入|营业收入|收入|比重|占比|产量|产值|销量|销售额|出口额?|进口额?|利润|率|增加值|面积|人数|投资|案件)$",
        nouns[-1],
    )
    if re.fullmatch("第[一二三]", members[0]) and re.match("第[一二三]", last):
        return [words + nouns[-1][2:] if len(words) == 2 else noun for words, noun in zip(members, nouns, strict=True)]
    return [
        noun + tail[0] if tail and noun and not re.search("[数量率额次]$|" + tail[0], noun) else noun for noun in nouns
    ]


_RELATIVE = {-2: "前年", -1: "去年", 0: "今年", 1: "明年", 2: "后年"}


def _names(speech: FactText, figure: FigureHere, sentence: str) -> tuple[str, ...]:
    """What a figure may be called, the shortest first."""
    base = figure.name
    if not base:
        return ()
    text = speech.text_at(figure.start)
    time = _time(speech, figure.start, text.under)
    aim = bool(AIM.search(speech.whole, speech.sentence(figure.start, figure.start)[0], figure.start)) or any(
        re.search("目标|打算", heading) for heading in text.under
    )
    aim = aim or (time == "今年" and bool(re.match("左右|以上|以内", speech.whole[figure.last :])))
    out = [base + "目标", base] if aim and not base.endswith("目标") else [base]
    if time and time not in base:
        out += ([time + base + "目标"] if aim else []) + [time + base]
    if figure.verb and figure.verb not in base:
        out += [figure.verb + base] + ([time + figure.verb + base] if time else [])
    return tuple(dict.fromkeys(name for name in out if fit(name)))


_YEARS_SAID = re.compile("过去的?一年|一年来|今年|去年|前年|明年|上半年|[一二三四]季度|(?:20[0-9]{2})(?=年)")
_PERIOD = re.compile("十[一二三四五六七八九]五”?(?:时期|期间|末|同期|以来)?|[三五]年来|过去[三五]年|这[三五]年|年均")


def _time(speech: FactText, place: int, under: tuple[str, ...]) -> str:
    """The time a figure is of, in the words of the writer (去年, 今年, 五年): as the words before it say, the headings, or
    the beginning of a paragraph before; "" where none does."""
    first, _ = speech.sentence(place, place)
    before = speech.whole[first:place]
    if _PERIOD.search(before[-30:]):
        return "五年"
    for words in (before, *reversed(under)):
        told = "" if _PERIOD.search(words) and words in under else _year_told(speech, words)
        if told:
            return told
    for words in speech.openings(place):
        told = "五年" if _PERIOD.search(words) else _year_told(speech, words)
        if told:
            return told
    return ""


def _year_told(speech: FactText, words: str) -> str:
    """The year words tell last, as it is said from the speech; "" for none."""
    for said in reversed([m[0] for m in _YEARS_SAID.finditer(words)]):
        if not said.isdecimal():
            return "去年" if "一年" in said else said
        offset = speech.offset(int(said))
        if offset is not None:
            return _RELATIVE[offset]
    return ""


def _key(
    speech: FactText, figure: FigureHere, words: str, keys: dict[tuple[str, str], list[tuple[str, tuple[object, ...]]]]
) -> tuple[object, ...]:
    """What makes two figures one fact: the same number of the same unit, and the same thing counted, where both say
    what; a number of three figures and more is its own proof."""
    known = keys.setdefault((words, figure.unit), [])
    exact = words[0].isdigit() and len(words.replace(",", "").replace(".", "").rstrip("0")) >= 3
    these = bool(_THESE.search(speech.whole[max(0, figure.start - 4) : figure.start]))
    for noun, key in known:
        if exact or these or not figure.noun or noun.endswith(figure.noun) or figure.noun.endswith(noun):
            return key
    key = ("figure", words, figure.unit, len(known))
    known.append((figure.noun, key))
    return key


def relative_year(offset: int) -> str:
    """A year as it is said from the speech: −1 → 去年."""
    return _RELATIVE[offset]
