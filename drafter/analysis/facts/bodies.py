"""Meetings, papers, places and levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import fit
from drafter.analysis.facts.spans import ORDINAL, PAPER, SESSION, YEAR
from drafter.analysis.facts.text import FactText
from drafter.analysis.facts.words import listed

_LEVELS = "省市县区州旗镇乡"
_HIGHER = re.compile(
    r"(?:中央|全国|国务院|全省|省委|省政府|全市|市委|市政府|自治区党委|自治区)(?!(?:各|上下|人民|的|和|、|在|对|要|党))(?:(?!中央|全国|国务院|全省|省委|全市|市委|自治区|常委|书记|同志"
    r"|出席|学习|召开|研究|贯彻)[^\W\d_a-zA-Z了在对把向要就是将给着过]){0,16}?"
    r"(?:工作会议|座谈会|推进会|动员会|部署会|视频会议|电视电话会议|现场会|全会|表彰大会|代表大会|大会|会议)(?=精神|上|以来|召开|强调|提出|指出|对|明确|部署|作出|要求|，|。|、|刚|之后|的)"
)
#: Letters of a level that begin another word with the letter behind them: 打好市容攻坚战.
_LEVEL = "省|市(?![场民容貌值]|政(?!府|协))|县(?!域)|区(?![域间位])|镇(?!痛)|乡(?![村愁土亲音])"
_PLACE = re.compile(
    rf"(?:(?<=[，。、；：！？“”（）《》\s在到来赴向为对和与是把从于由给让请我表])|^)(?=([\u4e00-\u9fff]{{2,3}}?(?:自治州|自治县|街道|(?:{_LEVEL}))))",
    re.MULTILINE,
)
_NO_PLACE = re.compile(
    "[的我全各一二三四五六七八九十两几本该这那某每个老大小新城乡农社园景山灾地校市县区省镇村街郊辖属级直整片城跨试示开发保税工业矿林牧库湖功能超都上为入在到来和与及以了就把有是要使让从向对]"
)
_NO_STEM = listed("""
自治 根据 按照 依照 遵照 经过 通过 报告 提请 代表 现任 原任 担任 兼任 关于 来自 位于 落实 贯彻 围绕 推动 促进 加快 提升 实现 建设 打造 领导 组织 部署 会议 研究 决定 意见 欢迎 感谢
支持 关心 帮助 服务 管理 建议 反映 希望 争创 创建 参加 走进 走遍 遍布 覆盖 辖下 所有 其他 各级 部分 有关 相关 友好 兄弟 周边 沿江 沿海 沿线 边境 贫困 脱贫 重点 示范 先进 强势
国际 国家 中心 历史 文化 旅游 智慧 文明 卫生 宜居 海绵 森林 平安 美丽 数字 教育 人才 科技 工业 农业 经济 交通 体育 制造 质量 品牌 网络 航天 海洋 贸易 生态 百强 千强 民营 外贸
股票 证券 资本 期货 国内 国外 线上 线下 菜篮 超级 成渝 京津 长三 粤港
""")


def meeting(speech: FactText) -> Iterator[Sighting]:
    """The meeting the title names, without its year; one that has a session or an ordinal is told by that."""
    found = re.search(
        r"在(.{4,60}?)上的?(?:讲话|致辞|致词|发言|报告|主持词|总结|表态|点评|即席|开场)", speech.title
    ) or re.fullmatch(
        "(.{4,40}?[会议式班坛节动礼])(?:的)?(?:主持词|主持稿|串词|开幕词|闭幕词|开幕辞|闭幕辞|欢迎词|欢迎辞|讲话|致辞|讲话稿|总结讲话)",
        speech.title,
    )
    if not found or "【" in found[1] or SESSION.search(found[1]):
        return
    start, end = found.span(1)
    year = re.match(r"(?:[0-9]{4}|[二一][〇○零一二三四五六七八九]{3})年度?", found[1])
    if year:
        start += year.end()
    words = speech.title[start:end]
    strip = len(words) - len(words.lstrip("—"))
    start, words = start + strip, words.strip("—")
    ordinal = ORDINAL.search(words)
    if (
        len(words) < 4
        or YEAR.search(words)
        or "周年" in words
        or (ordinal and ordinal["of"] not in "一")
        or re.search("[0-9]年|[0-9]月", words)
    ):
        return
    for m in re.finditer(re.escape(words), speech.whole):
        yield Sighting("meeting", m.start(), m.end(), ("meeting", words), ("会议名称",), "会议（活动）的名称？")


_TITLE = re.compile(
    "^(?:关于)?(?:印发|进一步|切实|全面|深入|扎实|大力|加快|加强|推进|推动|做好|深化|表彰|开展|实施|落实|贯彻)*"
)
#: Papers that stand for many years.
_LASTING = re.compile("政府工作报告|(?:条例|规定|公约|准则|办法|细则|纲要)$|^中[国华]|^中共中央")


def papers(speech: FactText) -> Iterator[Sighting]:
    """Papers of the day. One that bears a year changes by that alone; regulations stay."""
    for m in PAPER.finditer(speech.whole):
        inner = m[0][1:-1].partition("（")[0]
        if YEAR.search(m[0]) or _LASTING.search(inner) or ORDINAL.search(inner):
            continue
        core = _TITLE.sub("", inner)
        core = core.replace("的", "")
        exact = core[-10:] if len(core) <= 10 else re.sub("^.*(?:关于|加强|推进|推动|做好|建设)", "", core)[-10:]
        kind = re.search(
            "(?:实施|指导|工作|行动|若干)?(?:意见|通知|方案|决定|规划|计划|要点|措施|行动|通报|批复|责任书|责任状|倡议书|清单|要求|报告|建议)$",
            inner,
        )
        short = kind[0] if kind else "文件"
        names = (
            [f"{exact}文件名" if not exact.endswith(short) else exact, f"{short}文件名"]
            if len(core) <= 10
            else [f"{short}文件名", "印发的" + short + "文件名"]
        )
        yield Sighting(
            "paper",
            m.start(),
            m.end(),
            ("paper", m[0]),
            tuple(name for name in names if fit(name)) or ("所说的文件名",),
            "哪一份文件？连书名号。",
        )


#: Meetings held every year under the same name.
_YEARLY = re.compile("中央(?:经济|农村)工作会议$")
_FROM = (("中央|全国|国务院", "中央会议"), ("省|自治区", "省里会议"), ("市", "市里会议"))


def higher_meetings(speech: FactText) -> Iterator[Sighting]:
    """Meetings of those above, or of this place."""
    for m in _HIGHER.finditer(speech.whole):
        if len(m[0]) >= 6 and not _YEARLY.search(m[0]):
            level = next((name for words, name in _FROM if re.search(words, m[0][:4])), "")
            yield Sighting(
                "meeting",
                m.start(),
                m.end(),
                ("meeting", m[0]),
                ("上级会议", level, level + "名称", "提到的会议"),
                "哪一次会议？写全称。",
            )


_BODY_LEVELS = {
    "省": "本省",
    "市": "本市",
    "县": "本县",
    "区": "本区",
    "州": "本州",
    "镇": "本镇",
    "乡": "本乡",
    "道": "本街道",
}


def places(speech: FactText) -> Iterator[Sighting]:
    """The place the speech is of: the one the title or the speaker's line names, or the one said most often."""
    counts: Counter[str] = Counter()
    for m in _PLACE.finditer(speech.whole):
        words = m[1]
        stem = re.sub("(?:自治州|自治县|街道|[省市县区镇乡])$", "", words)
        praised = len(stem) > 2 and stem[-1] in "强大建设兴治富"  # 教育强市, 农业大县
        if len(stem) >= 2 and not praised and not _NO_PLACE.search(stem) and stem not in _NO_STEM:
            counts[words] += 1
    if not counts:
        return
    head = (
        speech.title
        + speech.byline
        + "".join(speech.whole[text.start : text.end] for text in speech.texts[1:2] if text.end - text.start < 60)
    )
    own = next((words for words, _ in counts.most_common() if words in head), None)
    if own is None:
        own, most = counts.most_common(1)[0]
        levels = set(re.findall("[我全本]([省市县区州旗镇乡])(?![场域里别内])", speech.whole))
        if most < 2 or (levels and own[-1] not in levels):
            return  # another's than the speaker's
    elif counts[own] < 2 and speech.whole.count(own) < 2:
        return
    name = _BODY_LEVELS.get(own[-1], "本地") + "名称"
    for m in re.finditer(re.escape(own), speech.whole):
        yield Sighting("place", m.start(), m.end(), ("place", own), (name,), "本地的名称？写全称。")


def level(speech: FactText) -> Iterator[Sighting]:
    """我市, 全市, 市委, 市政府: the level most of them are of."""
    best, most = "", 1
    found: list[re.Match[str]] = []
    for one in _LEVELS:
        here = list(
            re.finditer(
                rf"(?<![完安健成保齐周])[我全](?P<a>{one})(?!场|域|里|别|政(?!府|协)|镇|内)|(?<![省地市区县州直各我全城超都门夜黑股集菜])(?P<b>{one})(?:委(?!员|托|派|屈)|政府|直(?!接|线)|人大|政协|纪委)",
                speech.whole,
            )
        )
        if len(here) > most:
            best, most, found = one, len(here), here
    choices = tuple(dict.fromkeys((best, *"市县区州旗镇")))
    for m in found:
        group = "a" if m["a"] else "b"
        start, end = m.span(group)
        yield Sighting(
            "level", start, end, ("level",), ("层级",), "哪一级？", before=start - m.start(), after=m.end() - end, type="choice", choices=choices,
        )  # fmt: skip
