"""The speaker, with post and unit, and the persons a speech names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import fit
from drafter.analysis.facts.spans import SESSION
from drafter.analysis.facts.text import FactText
from drafter.analysis.facts.words import listed

#: Whose names are part of the matter, not of the day.
_CENTRAL = listed("""
习近平 毛泽东 邓小平 江泽民 胡锦涛 周恩来 刘少奇 朱德 陈云 雷锋 焦裕禄 孔繁森 王进喜 钱学森 袁隆平 马克思 恩格斯 列宁 孔子 孟子 李大钊 方志敏 张富清 黄文秀 张桂梅 谷文昌 杨善洲 廖俊波
孙中山 鲁迅 黄大年 南仁东 李保国 时代楷模
""")
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何郑梁罗宋谢唐韩曹许邓萧冯曾彭潘袁董余苏叶吕魏蒋田杜丁沈姜范傅钟卢汪戴崔陆廖姚邱夏谭韦贾邹石熊孟秦阎薛侯雷龙段郝孔邵史毛顾赖武贺严尹钱洪龚汤陶黎温莫易樊乔殷颜庄章鲁倪庞邢俞翟蓝聂欧阳任闫穆肖付涂成柳柯向路岳梅盛童常柏祝缪尤詹耿关焦左柴甘祁包毕季裴宁卓辛戚裘翁鲍凌霍虞管卞伍骆施滕晏邬屠麦舒屈项祝阮娄窦章云桂荆党甄高蔡于程金方白江万覃康文兰安牛葛费时齐宁房佟古"
NAME = rf"(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
#: A name in parts: 艾力·买买提.
_FOREIGN = "[\u4e00-\u9fff]{1,6}(?:[·•][\u4e00-\u9fff]{1,6})+"
_NO_NAME = re.compile(
    ".(?:年轻|青年|基层|全体|广大|各位|先进|优秀|退休|离休|党员|老|女|男)|许多|任何|余下|何[种况]|严格|于是|马上|全体|贺[信电词卡礼]|向[^\u4e00-\u9fff]|武装|董事|温暖|程序|范围|毛病|易于|龙头|石[油头]|黄金|金融|任[务期]|关[于键心系注]|常[常委务]|成[为立员果]|路[线上]|包括|柳[树]|岳[父母]|盛[大况]|曾[经多强指参任在是]|左右|季[度节]|付出|高[度新校中管层铁速标效级质价端]|于[今此]|程序|金[融牌额秋色]|方[面针案式法向便]|白[天酒皮]|江[苏西海山河南北]|万[元亩家户名人众]|文[明化件艺体教旅]|安[全排置心徽监]|时[任代候间]|齐[心抓]|房[产屋管]|古[代镇城村]|健康"
    "|和[^\u4e00-\u9fff]|.[同们等的了在是要会出主作对和与任向也还又]|..[同们等的了在是要会出主作对和与任向也还又讲说]"
)
POSTS = "书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|科长|所长|站长|主任|主席|校长|院长|董事长|总经理|行长|会长|秘书长|检察长|政委|司令员|常委|教授|委员|总裁|台长|园长|队长|组长|支书|总工程师|工程师|主编|社长|馆长|关长|首席专家|负责人|师傅|老师|代表"
#: 郭局长, 王书记: not 向校长学习, 任书记期间.
_SURNAME_AND_POST = re.compile(
    rf"(?<=[，。、；：！？“\n的])(?![向和任原时应于余万成常全包关])([{_SURNAMES}])((?:副?(?:书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|主任|主席|校长|院长|董事长"
    rf"|总经理|行长|会长|秘书长|检察长|总))|师傅|老师|教授)"
    r"(?=[，。、；：]|主持|出席|讲话|致辞|通报|宣读|传达|作了|作|就|对|在|还|也|已|的讲话|同志|介绍|讲|说|强调|指出|要求)"
)
_SPEAKING = "讲话|致辞|致词|发言|报告|主持词|总结|表态|点评|即席|开场"


def speaker(speech: FactText) -> Iterator[Sighting]:
    """Who speaks: as the line under the title, the title, or the speech itself says."""
    line = speech.byline
    if line:
        yield from _in_byline(speech, line)
    else:
        yield from _in_head(speech)
    found = re.match(rf"(?P<post>[\u4e00-\u9fff]{{0,16}}?(?:{POSTS}))?(?P<name>{NAME})(?:同志)?(?:的|在)", speech.title)
    if found and not re.fullmatch(f".(?:{POSTS})", found["name"]) and re.search(_SPEAKING, speech.title):
        if found["post"]:
            yield _post(found.start("post"), found.end("post"))
        yield from _everywhere(speech, found["name"])
    for m in re.finditer(
        rf"(?:我叫|我是(?P<post>[\u4e00-\u9fff]{{0,14}}(?:{POSTS}))[，、]?)(?P<name>{NAME})(?=[，。、])", speech.whole
    ):
        if m["post"]:
            yield _post(m.start("post"), m.end("post"))
        yield from _everywhere(speech, m["name"])


def _in_head(speech: FactText) -> Iterator[Sighting]:
    """The speaker in a line of the head of its own that was not told for one: 省长　李四."""
    for text in (*speech.texts[:8], *speech.texts[8:][-3:]):
        words = speech.whole[text.start : text.end]
        found = re.fullmatch(
            rf"(?P<post>[\u4e00-\u9fff、]{{0,20}}(?:{POSTS}))[\s\u3000]+(?P<name>{NAME}|{_FOREIGN}|[{_SURNAMES}][\s\u3000]+[\u4e00-\u9fff])",
            words,
        )
        if found:
            yield _post(text.start + found.start("post"), text.start + found.end("post"))
            yield Sighting(
                "speaker",
                text.start + found.start("name"),
                text.start + found.end("name"),
                ("speaker",),
                ("讲话人",),
                "讲话人的姓名？",
            )
            yield from _everywhere(speech, found["name"])
            return


def _post(start: int, end: int) -> Sighting:
    return Sighting("post", start, end, ("post",), ("讲话人职务",), "讲话人的职务？")


def _in_byline(speech: FactText, line: str) -> Iterator[Sighting]:
    at = next((text.start for text in speech.texts if text.role == "byline"), None)
    if at is None:
        return
    found = re.fullmatch(
        rf"[（(]?(?:(?:讲话人|发言人|主讲人|报告人)[：:]\s*)?(.*?)[\s\u3000]*?[\s\u3000]([\u4e00-\u9fff·×xXＸ某]{{1,4}}|{_FOREIGN}"
        r"|[\u4e00-\u9fff][\s\u3000]+[\u4e00-\u9fff])[）)]?",
        line,
    )
    if not found:
        found = re.fullmatch(rf"[（(]?(.*(?:{POSTS}))({NAME})[）)]?", line)
    if found and found[1].strip():
        post = found[1].strip()
        start = at + found.start(1) + (len(found[1]) - len(found[1].lstrip()))
        yield Sighting("post", start, start + len(post), ("post",), ("讲话人职务",), "讲话人的职务？")
        yield Sighting("speaker", at + found.start(2), at + found.end(2), ("speaker",), ("讲话人",), "讲话人的姓名？")
        if len(found[2]) > 1 and not re.fullmatch("[×xXＸ某]+", found[2]):
            yield from _everywhere(speech, found[2])
    elif re.fullmatch(r"[\u4e00-\u9fff·×xXＸ某\s\u3000]{2,8}", line):
        yield Sighting("speaker", at, at + len(line), ("speaker",), ("讲话人",), "讲话人的姓名？")


def _everywhere(speech: FactText, name: str) -> Iterator[Sighting]:
    """The speaker's name wherever it stands."""
    for m in re.finditer(re.escape(name), speech.whole):
        yield Sighting("speaker", m.start(), m.end(), ("speaker",), ("讲话人",), "讲话人的姓名？")


_UNIT = re.compile(
    r"我(?:谨|仅)?代表(?P<unit>(?!中国|中央|全[市省县区国体]|各|大家|我们|市|省|县|区)[\u4e00-\u9fff]{3,18}?(?:公司|集团|大学|学院|中学|小学|医院|银行|委员会|管委会|协会|研究院|研究所|局|厅|支部|工会|联合会|商会))(?=[，、向对和]|党委|全体|的)"
)


def unit(speech: FactText) -> Iterator[Sighting]:
    """The unit the speaker speaks for, where it has a name of its own, wherever that stands."""
    found = _UNIT.search(speech.whole)
    if found and not SESSION.search(found["unit"]) and not re.search("第.{1,3}届", found["unit"]):
        for m in re.finditer(re.escape(found["unit"]), speech.whole):
            yield Sighting(
                "unit", m.start(), m.end(), ("unit", found["unit"]), ("讲话人单位",), "讲话人代表的单位？写全称。"
            )


_PERSON = re.compile(
    rf"(?:(?P<post>{POSTS})|(?<=[，。、；：和与向由请让“对（去\n站局镇村司厂所院校区县室队部会行社]))(?P<name>{NAME})(?P<comrade>同志)"
)
_POSTED = re.compile(
    rf"(?P<post>(?:{POSTS}))[\s\u3000]?(?P<name>{NAME})(?=[，。、；：）和]|及|以及|还有|主持|出席|讲话|致辞|通报|宣读|传达|作了|作|介绍|带领|带头|扎根|坚守|牺牲|通过)"
)
_DOES = re.compile(
    "^(?:同志)?(?P<does>牵头|负责|主持|宣读|通报|传达|介绍|汇报|致辞|发言|讲话|作报告|领学|领誓|点评|总结|部署|表态|颁奖|授旗|揭牌)"
)


#: 李明县长, 吴思远同学: the post stands behind the name; none whose name could be that of a place or an office.
_NAMED_FIRST = re.compile(
    rf"(?<=[，。、；：！？“（\n和与向由请让被的给迎中学校村镇家])(?P<name>(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{0,1}}[^\W\d_a-zA-Z省镇县市区乡村州旗局委办部厅处科院校厂司会党站所组行室总])"
    rf"(?P<post>副?(?:书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|主任|主席|校长|院长|董事长|总经理|行长|会长|秘书长|检察长|政委)|同学|先生|女士|老师|教授|院士|博士)"
    r"(?=(?<=同学|先生|女士)(?!们)|[，。、；：！？”）]|和|及|以及|等|一行|同志|莅临|主持|出席|讲话|致辞|通报|宣读|传达|作|就|对|在|以|被|获|荣获|介绍|讲|说|强调|指出|要求|刚才|代表)"
)
#: 陈晓岚等126名优秀教师: whom many are named by.
_FOREMOST = re.compile(
    rf"(?<=[，。、；：和与向给对予彰])(?P<name>{NAME})(?=等(?:[0-9]{{1,5}}|[一二三四五六七八九十百]{{1,4}})(?P<of>[名位])(?P<who>[\u4e00-\u9fff“”]{{2,12}}?)(?:表示|致以|颁|[，。、；的和及作获予]))"
)


def persons(speech: FactText) -> Iterator[Sighting]:
    """Persons named, called by their posts or by what they do."""
    seen: dict[str, re.Match[str]] = {}
    for m in sorted(
        (m for pattern in (_POSTED, _PERSON) for m in pattern.finditer(speech.whole)),
        key=lambda m: (not m["post"], m.start()),
    ):
        if m["name"] not in _CENTRAL and not _NO_NAME.match(m["name"]):
            seen.setdefault(m["name"], m)
    named = {name: _called(speech, m) for name, m in seen.items()}
    named.update(_named_first(speech, named))
    for name, names in named.items():
        for m in re.finditer(re.escape(name), speech.whole):
            yield Sighting(
                "person", m.start(), m.end(), ("person", name), names, f"{speech.around(m.start(), m.end())}，姓名？"
            )
    for m in _SURNAME_AND_POST.finditer(speech.whole):
        if not re.match("同志们", speech.whole[m.end() :]):
            yield Sighting(
                "person",
                m.start(1),
                m.end(1),
                ("surname", m[0]),
                (m[2] + "的姓",),
                f"{speech.around(m.start(1), m.end(1))}，姓什么？",
                after=len(m[2]),
            )


def _named_first(speech: FactText, known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Persons whose posts stand behind their names, and those named for many, with what their blanks may be called."""
    for pattern in (_NAMED_FIRST, _FOREMOST):
        for m in pattern.finditer(speech.whole):
            name = m["name"]
            if name in known or name in _CENTRAL or _NO_NAME.match(name + speech.whole[m.end("name") :][:1]):
                continue
            called = m["post"] if pattern is _NAMED_FIRST else m["who"].strip("“”")
            names = (called + "姓名", *(which + called + "姓名" for which in ("另一位", "第三位", "第四位")))
            yield name, tuple(one for one in names if fit(one)) or ("提到的同志姓名",)


_RUN_AHEAD = re.compile("(?:^|[，。、；：和由请有是与\n])([\u4e00-\u9fff]{2,8})$")
_ORGAN = re.compile("[\u4e00-\u9fff]{2}[站局镇村司厂所院校区县室队部会行社]$")
_IS = re.compile(
    "同志?是[^，。；]{0,14}?的?([\u4e00-\u9fff]{2}[员长手师匠人医生]|党支部书记|村支书|工程师|教师|医生|护士|民警)(?=[，。、])"
)
_SPEAKS = re.compile("作了(?:[\u4e00-\u9fff]{0,4})?发言|作(?:了)?(?:典型|交流|表态)?发言|介绍了?经验|谈了?体会")


def _called(speech: FactText, found: re.Match[str]) -> tuple[str, ...]:
    """What a person's blank is called: by post, by what the person does or is, by where he works."""
    whole = speech.whole
    at = found.start("post") if found["post"] else found.start("name")
    run = _RUN_AHEAD.search(whole, max(0, at - 9), at)
    does = _DOES.match(whole[found.end("name") : found.end("name") + 8])
    out = []
    if found["post"]:
        organ = re.sub("^(?:[一二三四五六]是)?[请由让向和与]*", "", run[1]) if run and _ORGAN.search(run[1]) else ""
        deputy = "副" if whole[max(0, at - 1) : at] == "副" else ""
        out += [organ + found["post"]] if organ else []
        out += [deputy + found["post"]]
    organ_ahead = _ORGAN.search(whole, max(0, at - 6), at)
    out += [organ_ahead[0] + "同志"] if organ_ahead and not found["post"] else []
    if re.match("同志?[^，。；]{0,2}任(?!务)", whole[found.end("name") :]):
        out += ["任职同志"]
    if re.search("(?:免去|免|不再担任|接替)$", whole[max(0, found.start("name") - 4) : found.start("name")]):
        out += ["免职同志"]
    one = _IS.match(whole, found.end("name"))
    out += [one[1]] if one else []
    out += [does["does"] + "人"] if does else []
    if _SPEAKS.search(speech.sentence_of(found.start(), found.end())):
        out += ["发言人"]
    out = out or ["提到的同志"]
    names = [*(name + "姓名" for name in out), *(which + out[0] + "姓名" for which in ("另一位", "第三位", "第四位"))]
    return tuple(dict.fromkeys(name for name in names if fit(name)))
