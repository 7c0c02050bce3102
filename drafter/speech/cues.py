"""The words that tell what a line of a speech is: how salutations, datelines, thanks and closings are said. Single lines
only: what stands above and below is told by `drafter.speech.recognise`."""

from __future__ import annotations

import re

DAY = (
    r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九Oo0]{4}|[0-9×xX＊*]{2,4}|[今去明])\s*年\s*(?:[0-9０-９×xX＊*]{1,2}|[一二三四五六七八九十元正]{1,2})\s*月"
    r"(?:\s*(?:[0-9０-９×xX＊*]{1,2}|[一二三四五六七八九十廿]{1,3})\s*[日号])?|"
    r"(?:[0-9０-９×xX]{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:[0-9０-９×xX]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]|"
    r"[0-9]{4}\s*[.\-/．]\s*[0-9]{1,2}\s*[.\-/．]\s*[0-9]{1,2}"
)
DATE = re.compile(DAY)
#: A blank nobody has answered that asks for a day: 【日期】, 【会议日期|年月】.
DAY_BLANK = r"【[^【】]{0,16}(?:日期|时间)[^【】]{0,8}】"
_YEAR_OR_MONTH = re.compile(
    r"[（(]?\s*(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})(?:\s*年(?:[初中底末春夏秋冬]|春节|国庆|元旦)?|\s*[.\-/．]\s*[0-9]{1,2})\s*[）)]?|"
    r"(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]"
)
_DATE_FIRST = re.compile(rf"[（(〔\[]?\s*(?:[\u4e00-\u9fff]{{0,4}}(?:时间|日期)[：:]\s*|于)?(?:{DAY}|{DAY_BLANK})")

POSTS = (
    "书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|局长|厅长|部长|司长|处长|科长|所长|站长|队长|主任|主席|副主席|校长|院长|园长|馆长|台长|社长|"
    "董事长|总经理|经理|总裁|行长|会长|理事长|秘书长|秘书|委员长|检察长|司令员|政委|参谋长|总工程师|总监|厂长|村长|组长|团长|教授|研究员|代表|委员|常委|总书记|主持人|律师|法官|"
    "总理|总干事|总编辑|主编|巡视员|调研员|专员|教师|老师|班主任|学生|教练"
)
_POST = re.compile(POSTS)
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦"
    "阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴"
    "梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬刁池应宗瞿郎米景仇边佟原艾敖习栾糜"
)
_NAME = re.compile(
    rf"(?:[{_SURNAMES}]|欧阳|上官|司马|诸葛|夏侯|司徒|慕容|令狐|皇甫|尉迟)[\s\u3000]*[\u4e00-\u9fff·][\s\u3000]*[\u4e00-\u9fff]?"
)
_STAND_IN = re.compile(r"[×xXＸ＊*某]{1,3}|[\u4e00-\u9fff][×xXＸ＊*某]{1,2}|【[^】]*】")
#: Nothing but blanks, as a speaker's line is that nobody has answered: 【讲话人职务】　【讲话人】.
_BLANKS = re.compile(r"(?:【[^【】]*】[\s\u3000]*){2,4}")
TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|祝词|祝辞|献词|献辞|贺词|贺辞|发言|报告|主持词|主持稿|党课|点评|说明|开幕词|闭幕词|开幕辞|闭幕辞|答谢词|欢迎词|欢送词|感言|演讲|演讲词|演讲稿|"
    r"讲话稿|发言稿|讲稿|提纲|要点|纪要|讲课|宣讲|宣讲稿|表态|述职|体会|汇报|倡议书|慰问信|感谢信|公开信|贺信|家书|寄语|串词|悼词|总结|意见|辅导|倡议|誓词|宣言|辞|词)"
    r"(?:[（(][^（）()]{1,12}[）)])?[”》]?$"
)
#: What only a speech or its like is called; 意见 and 总结 end the name of a paper or a meeting as often.
SPEECH_END = re.compile(
    r"(?:讲话|致辞|致词|祝词|祝辞|献词|贺词|发言|报告|主持词|主持稿|党课|开幕词|闭幕词|答谢词|欢迎词|欢送词|演讲|演讲词|演讲稿|讲话稿|发言稿|讲稿|讲课|宣讲|表态|述职|倡议书|慰问信|感谢信|公开信"
    r"|贺信)"
    r"(?:提纲|要点|摘要)?(?:[（(][^（）()]{1,12}[）)])?[”》]?$"
)
DRAFT_NOTE = re.compile(
    r"[（(](?:送审稿|讨论稿|征求意见稿|审议稿|初稿|草稿|修改稿|定稿|[^（）()]{0,6}代拟稿|摘要|节选|摘录|提纲|根据.{0,12}整理|未经.{0,8}审[阅定核]"
    r"|.{0,4}录音整理)[^（）()]{0,12}[）)]")

_ADDRESSED = (
    "同志|朋友|领导|来宾|嘉宾|贵宾|代表|委员|女士|先生|小姐|老师|同学|家长|战友|乡亲|父老|企业家|同仁|同事|评委|专家|学者|学员|选手|教练员|运动员|裁判员|官兵|居民|村民|"
    "党员|工友|员工|职工|兄弟|姐妹|孩子|小朋友|伙伴|校友|前辈|主持人|院士|教授|博士|干部|委员会|客商|乡贤|青年|少先队员|团员|投资者|记者|媒体|侨胞|同胞|志愿者|队员|考生|新生|"
    "毕业生|师傅|医生|护士|群众|家人|亲友|公民|市民|司机|师生|主席|总书记|书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|主任|校长|院长|董事长|总经理|会长|理事长|秘书长|团长|总|各位|大家"
    "|你们|您"
)
_SEGMENT = re.compile(
    rf"(?:(?:尊敬|敬爱|亲爱|可爱)的)?[^，。；：！？、]{{0,16}}?(?:{_ADDRESSED})(?:[（(][^（）()]{{1,8}}[）)])?(?:们|好|早上好|上午好|中午好|下午好|晚上好"
    rf"|新年好|过年好)*"
    r"|(?:早上|上午|中午|下午|晚上|新年|过年)好|(?:各位|全体|在座的)[^，。；：！？、]{1,14}"
)
_GREETING_VERB = re.compile(r"(?:今天|我们|现在|作了|讲话|学习|在会|下面|召开|欢迎|感谢|谢谢|多谢|有请|拜托|恭喜|祝|表示|举行|进行|要|让|是|把|在此|刚才)")


_NARROW = re.compile(r"(?<![A-Za-z0-9])[,:;!?]|[,:;!?](?![A-Za-z0-9])")
_WIDE = dict(zip(",:;!?", "，：；！？", strict=True))


def widened(text: str) -> str:
    """A text whose marks among 汉字 were typed half-width (同志们:) with the full-width ones, character for character."""
    if not ("," in text or ":" in text or ";" in text or "!" in text or "?" in text):
        return text
    return _NARROW.sub(lambda found: _WIDE[found[0]], text)


def is_greeting(text: str) -> bool:
    """Whether a whole paragraph is a salutation: 同志们：; 尊敬的各位领导，各位来宾：; 各位家长，大家好！"""
    if (
        len(text) > 90
        or not text.endswith(("：", ":", "，", ",", "！", "!", "。", "、"))
        or (text[-1] == "。" and "好" not in text[-3:])
    ):
        return False
    segments = [part.strip() for part in re.split(r"[，,、：:！!。\s\u3000]+|和(?=各位|全体)|以及|及(?=各位)", text) if part.strip()]
    if not segments or len(segments) > 16:
        return False
    if not all(_SEGMENT.fullmatch(part) and not _GREETING_VERB.search(part.replace("在座", "")) for part in segments):
        short = [part for part in segments if not _SEGMENT.fullmatch(part)]
        return (
            len(short) == 1
            and len(short[0]) <= 8
            and not _GREETING_VERB.search(text)
            and text[-1] in "：:"
            and bool(re.match("尊敬的|各位|亲爱的|同志", text))
        )
    return True


#: Those a paper is sent to, one of them.
_SENT_TO = re.compile(
    r"[\u4e00-\u9fff]{1,20}(?:政府|委员会|部门|单位|机构|机关|局|委|办公室|党组|企业|院校|学校|公司|集团|团体|街道|乡镇)"
)


def is_called(text: str) -> bool:
    """Whether a line, known to stand where a salutation does, is one of people no list has: 全市教师和教育工作者：; or
    of those a paper is sent to: 各乡镇人民政府，县直各部门："""
    sent_to = re.split("[，、]", text[:-1]) if len(text) <= 120 and "各" in text else []
    if text.endswith(("：", ":")) and sent_to and all(map(_SENT_TO.fullmatch, sent_to)):
        return True
    return text.endswith(("：", ":")) and len(text) <= 40 and not re.search(r"[。；，！？]|如下|以下|讲话|意见|要求|时间|地点", text)


_RUN_ON_GREETING = re.compile(r"[^。！？：:]{1,60}?[：:！!](?=[^\s])")


def greeting_end(text: str) -> int:
    """Where the salutation a paragraph begins with ends and its text follows, 0 where it begins with none."""
    found = _RUN_ON_GREETING.match(text)
    if not found or found.end() == len(text) or not re.match("尊敬的|各位|同志|亲爱的|朋友|女士|老师|同学|乡亲|大家", text):
        return 0
    end = found.end()
    while (more := _RUN_ON_GREETING.match(text, end)) and is_greeting(more[0]) and more.end() < len(text):
        end = more.end()
    return end if is_greeting(text[:end]) else 0


def cuts_of_front(text: str) -> tuple[int, ...]:
    """Where a line that holds a title and a salutation is to be cut: 在……会议上的讲话　县长　罗立新　同志们：; none where it
    holds one of them. A day and a speaker may stand between."""
    if len(text) > 160 or not _TITLE_THEN.search(text):
        return ()
    for found in re.finditer(r"[\s\u3000]+", text):
        title, rest = text[: found.start()], text[found.end() :]
        if not SPEECH_END.search(title) or len(title) < 5 or re.search("[。：；！？]", title):
            continue
        for later in (None, *re.finditer(r"[\s\u3000]+", rest)):
            between, said = (rest[: later.start()], rest[later.end() :]) if later else ("", rest)
            if is_greeting(said) and (not between or is_byline(between) or is_dateline(between)):
                return (found.end(), found.end() + later.end()) if later else (found.end(),)
    return ()


#: Cheaply: a title's end, space, and a salutation's end.
_TITLE_THEN = re.compile(r"(?:话|辞|词|言|告|稿|课|讲|职|态)[”》）)]?[\s\u3000]+\S.*[：:！!]$")

#: Where a speech was held, behind its day: 上午，在全省科技创新工作会议上.
_HELD = re.compile(r"(?:凌晨|早上|上午|中午|下午|晚上|晚)?[，,、\s]*在[^，。；：]{2,50}(?:上|时|期间)[）)〕\]]?")


def is_dateline(text: str) -> bool:
    """Whether a line under a title says the day: （2026年3月5日）, 1月13日下午4点，行政楼会议室四, 2022.08.31, 二〇二六年三月,
    （【日期】）."""
    if len(text) > 70 or text.endswith(("。", "；", "：")):
        return False
    found = _DATE_FIRST.match(text)
    if found and _HELD.fullmatch(text[found.end() :]):
        return True
    if len(text) > 45:
        return False
    if _YEAR_OR_MONTH.fullmatch(text):
        return True
    if found:
        return len(text) - found.end() <= 24
    last = next(iter([*DATE.finditer(text)][::-1]), None)
    return last is not None and len(text) <= 40 and bool(re.fullmatch(r"[）)〕\]\s]*", text[last.end() :])) and bool(
        re.match(r"[（(〔\[]", text)
    )


#: Words a headline that calls to something begins with: 锐意进取, 凝心聚力, 奋力开创新局面.
CALLS = re.compile(
    "(?:凝[心聚]|聚[力焦]|奋[力进勇发楫]|踔厉|勇毅|攻坚|锐意|提振|坚[定持守决]|解放|改革|开[拓创启]|创新|务实|真抓|实干|担当|团结|同心|砥砺|乘势|抢抓|牢记|不忘|守正|笃行|接续|拼搏|争[先创当]|加[快速力]|推[动进]|全[力面]"
    "|深[入化]|扎实|强[化力]|打[造好赢]|谱写|为.{2,20}而|以.{4,24}(?:推动|引领|促进)|大力|着力|持续|统筹|提升|促进|迎难|善作|感恩|再[接创]|齐心|众志|埋头|抓[住牢好]|绘|共[创建绘]|敢[为于]|敬业|爱岗|立德|学思|知行)"
)

#: A name in parts: 买买提·艾力.
_DOTTED = r"[\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}"
#: What says that a speaker follows: 讲话人：, 竞聘人：, 董事长：. Who signs, edits and is to be called does not speak.
_SPEAKER = re.compile(
    r"^(?:(?:讲话人|发言人|主讲人|报告人|宣讲人|致辞人|主讲|作者|汇报人|述职人|主持人)\s*[：:]?\s*|"
    rf"(?!签发|审核|联系|责任|编辑|校对|负责|经办|记录|整理|核稿|拟稿|会签)[\u4e00-\u9fff]{{0,8}}(?:人|者|{POSTS})\s*[：:]\s*)"
)


def is_person(text: str) -> bool:
    """Whether a line is a person's name and nothing else: 罗立新, 罗　立　新."""
    return bool(_NAME.fullmatch(text.removesuffix("同志")) or _STAND_IN.fullmatch(text))


def is_post(text: str) -> bool:
    """Whether a line is what somebody is and not his name: 中共云岭县委书记, 县委副书记、县长."""
    return len(text) <= 40 and bool(re.fullmatch(rf"[^\s，。；：]{{0,30}}(?:{POSTS})", text)) and not is_person(text)


def is_byline(text: str) -> bool:
    """Whether a line under a title says who speaks: 市委书记　张三, 张 三, 绍兴一中党委书记、校长  王 琛."""
    if len(text) > 45 or "。" in text or text.endswith(("；", "！", "？", "：", "，")) or TITLE_END.search(text):
        return False
    if TITLE_END.search(re.sub(r"[\s\u3000]", "", text)) and len(text) <= 10:  # 讲　　话
        return False
    text = re.sub(r"^(?:[◎●○■□◆◇★☆▲△※]|——|[图文]{1,2}\s*[/／|｜丨])[\s\u3000]*", "", text)
    bare = _SPEAKER.sub("", text.strip("（）()"))
    if len(bare) < len(text.strip("（）()")) and bare:
        return True
    bare = bare.removesuffix("同志")
    names = re.split(r"[\s\u3000]{2,}|、", bare)
    if len(names) > 1 and all(map(_NAME.fullmatch, names)):
        return True
    if len(names) == 2 and re.search(rf"(?:{POSTS})$", re.sub(r"\s", "", names[0])) and _NAME.fullmatch(names[1]):
        return True
    if re.fullmatch(rf"(?:[\u4e00-\u9fff]{{0,20}}(?:{POSTS})[\s\u3000]*)?{_DOTTED}", bare):
        return True
    if _NAME.fullmatch(bare) or _STAND_IN.fullmatch(bare) or _BLANKS.fullmatch(bare):
        return True
    without_date = DATE.sub("", bare).strip(" \u3000（）()，,")
    if re.fullmatch(
        rf"[^\s，。；]*(?:{POSTS})(?:[\s\u3000]{{1,6}}[\u4e00-\u9fff]){{2,4}}"
        rf"|[^\s，。；]*(?:{POSTS})[\s\u3000]{{1,6}}[\u4e00-\u9fff·]{{2,4}}", without_date):
        return True
    if without_date != bare and _NAME.fullmatch(without_date):
        return True
    tail = re.split(
        r"[\s\u3000]",
        re.sub(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff])?$)", "", without_date),
    )[-1]
    if not _POST.search(without_date):
        spaced = re.fullmatch(r"[\u4e00-\u9fff0-9A-Za-z（）()“”]{2,20}[\s\u3000]+(.{2,5})", without_date)
        return bool(spaced and _NAME.fullmatch(spaced[1]))
    if _NAME.fullmatch(tail) or _STAND_IN.fullmatch(tail):
        return True
    found = re.search(rf".*(?:{POSTS})(?:同志)?[\s\u3000]*(.{{1,6}})$", without_date)
    return bool(found and (_NAME.fullmatch(found[1].removesuffix("同志")) or _STAND_IN.fullmatch(found[1]))) or bool(
        re.search(rf"(?:{POSTS})$", without_date) and len(without_date) <= 30 and not re.search("[的和会]", without_date)
    )


SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’）)》]*|[^。！？]+$")

THANKED = re.compile(
    r"(?:表示|致以|送上|献上|道一声|说一声|说声|致敬|奉上|转达|带来|捎去|送去)[^。！？]{0,30}(?:感谢|敬意|问候|祝贺|慰问|谢意|欢迎|祝愿|祝福|致敬|贺意|感激|辛苦)"
    r"|向[^。！？]{1,60}致敬|(?:衷心|诚挚|热烈|崇高|亲切|美好|由衷|真诚|深深|非常|十分|特别|深切)的?地?(?:感谢|敬意|问候|祝贺|慰问|谢意|欢迎|祝愿|祝福)"
)
SITUATION = re.compile(
    r"(?:当前|目前|现在|眼下|近年来|近些年|近几年|今年以来|去年以来|去年|过去一年|一年来|几年来|多年来|[一二三四五六七八九十两几]{1,3}年来|今年[，是]|今年上半年|上半年|入[春夏秋冬汛]以来|这些年"
    r"|这几年|"
    r"[一二三四前]季度|下半年|前[一几]?(?:阶段|段时间)|党的[一-龥]{1,4}大以来|[^，。]{0,14}以来，|[^，。]{0,8}时期，?是|同时，?我们也|但是?，?我们也|在[^，。]{0,8}的同时"
    r"|应该看到|应当看到|要看到|必须看到|必须清醒|我们也要清醒|也要看到|实践证明|从[^，。]{1,12}看|党中央|中央[^，。]{0,10}(?:高度重视|强调)|"
    r"习近平总书记|总书记|省委|上级|过去的[^，。]{1,6}[年期月]|[^，。]{0,10}[年期月][^，。]{0,12}(?:即将|刚刚|已经)(?:结束|过去)|[^，。]{1,12}过程中，)|形势|面临"
    r"|存在[^。]{0,12}(?:问题|差距|不足)"
)
#: What a paragraph on the state of things speaks of, whatever it begins with.
WORK = re.compile("工作|发展|建设|任务|成绩|成效|成果|问题|措施|项目|改革|管理|服务|队伍|制度|机制|增长|提升|落实")
CLOSER = re.compile(
    r"(?:各位[^，。！]{1,16}|(?![我你他她它咱]们)[^，。！：；]{0,12}们)[，！!：]|最后，|让我们|总之|谢谢|散会|我的(?:讲话|发言|汇报|报告|致辞)|我就[讲说]|"
    r"以上(?:是|就是|意见|表态|建议|讲话|几点|[^，。]{0,8}，[请供仅不]|汇报|报告|述职|发言|所述|各点)|预祝|祝(?:愿|大家|各位|本次|大会|福|同志|同学|老师|母校|你们)|衷心祝|再次(?:感谢"
    r"|祝|向)|多谢|再见|"
    r"[^，。]{0,12}(?:会议|大会|活动|仪式|讲话|发言|汇报|报告|致辞)(?:就|就先|先|暂)?(?:开|讲|说|汇报)?(?:到此|到这里|到这儿|完了|完毕|结束)|(?:如有)?不[当妥足]之处"
    r"|特此(?:报告|倡议)|请[^，。]{0,6}(?:审议|批评指正|予审议)"
)

#: How a paragraph begins that still opens: it says what the meeting is for, or what was said before.
OPENER = re.compile(
    r"(?:今天|今晚|今年的|这次|本次|此次|刚才|刚刚|会上|会前|上午|下午|昨天|前不久|(?:召开|开展|举办|举行|组织)(?:这次|本次|此次|今天|这样)|之所以(?:召开|举办|开)|[^，。]{0,8}会议)"
)
VOCATIVE = re.compile(r"(?:各位[^，。！]{1,12}|(?![我你他她它咱]们)[^，。！：；]{0,12}们)[，！!]")

#: What a host says between the speeches of others, and the marks that stand for these.
HOSTED = re.compile(
    r"(?:参加|出席|列席)(?:今天|这次|本次|此次|会议|大会|我们)[^。：:]{0,24}(?:有|领导|同志|人员|嘉宾)[：:，是]|(?:参加|出席)[^。，：:]{0,14}的(?:有|还有|领导有)"
    r"|在主席台(?:上)?就[坐座]|"
    r"(?:首先|现在|接下来|接着|最后)?[，：]?(?:下面|现在)?[，：]?(?:首先|先)?[，：]?(?:进行|开始进行|进入|请|有请|由)[^。]{0,60}(?:议程|讲话|发言|宣读|通报|传达|致辞|汇报"
    r"|介绍|颁奖|表态|点评|大家欢迎|奏|坐下|起立)|"
    r"[^。，]{0,12}(?:会议|大会|活动|仪式)[^。，]{0,6}有[^。，]{1,6}[项个]议[程题]|第[一二三四五六七八九十]{1,2}项[：:，]|(?:大会|会议"
    r"|仪式)?(?:进行)?第[一二三四五六七八九十]{1,2}项议?程?|"
    r"[…\.。·]{2,}$|[（(][^（）()]{1,14}[）)]$|现在开会|(?:全体)?(?:起立|奏唱?国歌)"
)
