"""Names in running text, told by the words beside them: persons, posts, units, places, what was won or begun under a
name. It looks for more than becomes a blank: what it finds is only listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.analysis.facts.words import DOING


def _behind(words: str) -> str:
    """A pattern that holds behind any of the words, which may be of several lengths."""
    by_length: dict[int, list[str]] = {}
    for word in words.split("|"):
        by_length.setdefault(len(word), []).append(word)
    return "(?:" + "|".join(f"(?<={'|'.join(same)})" for same in by_length.values()) + ")"


#: Surnames of one character, the commoner four hundred. Source: 《百家姓》 and 公安部户政管理研究中心《二〇二〇年全国姓名报告》.
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高郑梁罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔"
    "文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳柴祝左涂凌梅盛童欧柳柯成裴鲍费岑詹关焦巴柏华庾滕单古甘饶耿宗宣路霍游辛柏靳管卞屈闵穆纪项祁毕冉翁牟佘桂卓鄢蔺揭蒲占尚苗季桑谷车时卜肖闫仲荣符骆喻官晏阎辜濮衡步慕习漆原卿"
)
#: 任 is a surname, but in 主任 and 担任.
_SURNAME = rf"(?:欧阳|上官|司马|诸葛|司徒|令狐|皇甫|(?<![主担兼历现曾原委责])任|[{SURNAMES.replace('任', '')}])"
_NAME = rf"{_SURNAME}[\u4e00-\u9fff](?:(?!副)[\u4e00-\u9fff])?"
_NAMES = rf"{_NAME}(?:、{_NAME})*"
_POST = (
    "(?:副|常务副|代|代理)?(?:书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|村长|局长|厅长|部长|处长|科长|所长|站长|队长|大队长|支队长|主任|主席|校长|院长|园长|厂长|矿长|班长|组长|董事长|总经理|总裁|经理|行长|会长|理事长"
    "|秘书长|检察长|政委|司令员|常委|教授|委员|教师|医生|护士|工程师|支书|班主任|巡视员|调研员)"
)
_END = r"[，。、；：！？）”\s\u3000]"
_FRONT = r"[，。、；：！？（）“”\n\s\u3000]"
_DOES = "主持|出席|讲话|致辞|通报|宣读|传达|作|带领|负责|代表|介绍|发言|牵头|部署|汇报|强调|指出|协助|陪同|带队|当选|到会|约谈|督办|召集|专程"
#: What a person is or is called who is named behind it.
_CALLED = (
    "(?<!动)(?<!人)(?<!成)员|[教律医程厨]师|[学医考究业]生|[业作画专术育唱法命]家|[院护战烈博]士|[旗能选歌]手|工匠|[愿得承动]者|[持责起承头]人|标兵|模范|劳模"
    "|大户|英雄|同学|村民|职工|队友|状元|先进个人|大代表|党代表|[校战]友"
)
_PERSONS = (
    re.compile(rf"(?P<names>{_NAMES})(?=(?:等?[0-9一二三四五六七八九十两]*[名位]?)?(?:同志|先生|女士|老师|教授|院士|同学|师傅|夫妇|夫妻|兄弟|姐妹|父子|团队|小组|工作室|班组))"),
    re.compile(rf"(?:(?<={_FRONT})|^)(?P<names>{_NAMES})(?=等[0-9一二三四五六七八九十两]+[名位人]|等(?:优秀|先进|劳模|同志|同学|一批))"),
    re.compile(rf"(?:任命|免去|推荐|选举|提名|授予|追授|聘任|聘请|委派|决定由?|由|请|向)(?P<names>{_NAMES})(?=同志|为|任|担任|兼任|的|“|[，。、；]|{_DOES})"),
    re.compile(rf"{_POST}[\s\u3000]*(?P<names>{_NAME})(?={_END}|同志|$|{_DOES})"),
    re.compile(rf"(?<=的)(?P<names>{_SURNAME}[\u4e00-\u9fff]{{2}})(?={_POST})"),
    re.compile(rf"(?:主持人?|讲话人|报告人|发言人|主讲人|签发人|联系人|宣读人)[：:][\s\u3000]*(?:[\u4e00-\u9fff、]{{0,16}}?{_POST}[\s\u3000]*)?(?P<names>{_NAME})(?={_END}|$)"),
    re.compile(rf"(?:^|(?<={_FRONT})|(?<=[的请由和与找]))(?P<names>{_NAME})(?={_POST}(?:{_END}|{_DOES}|等|的|[与和任在对就也还]))"),
    # What one is or is called, the name, and what a name is followed by: 作家白桦林等, 总经理方敏等8位, 学生王梓涵以
    re.compile(rf"(?:{_POST}|{_CALLED})[\s\u3000]*(?P<names>{_NAMES})(?={_END}|等|同志|$|[以被获为是和与及在还也][^来往]|{_DOES})"),
    re.compile(rf"(?:{_CALLED})(?P<names>{_SURNAME}[\u4e00-\u9fff]{{2}})(?=[\u4e00-\u9fff]{{1,3}}[，、了过]|十|几十|三十|二十|用|把|一|带|扎|坚|几)"),
)
#: What begins like a name and is none.
_NO_NAME = re.compile(
    ".{1,2}[省市县]$|.乡镇|顾问|成员|游击|高技|卓越|许多|任何|余下|何[种况时]|严格|于是|马上|全体|贺信|武装|董事|温暖|程序|范围|毛病|易于|龙头|石[油头]|黄金|金融|成[为果绩功]|高[度质水]|安[全排]|方[面向案]|任[务命]|江[山河]|常[委态务]|文[化明件]|康[复养]|万[众元]|白[天色]"
    "|施[工行]|路[线上]|左右|向[前上各离全]|时[候间代]|单[位纯]|关[于键心]|华[人侨]|项目|管理|宣传|游[客览]|尚未|季度|车[间辆]|古[代老]|纪[律委检]|屈指|费用|官方|明显|水平|习近|毛泽|邓小|江泽|胡锦"
)
_POST_HELD = re.compile(
    rf"(?:历任|现任|曾任|原任|担任|兼任|提名为?|免去其?|(?:免去|同意){_NAME}(?:同志)?的?|同志任|的|(?:^|(?<={_FRONT}))任)"
    rf"(?P<posts>(?!职)[\u4e00-\u9fff]{{2,12}}?{_POST}(?:、[\u4e00-\u9fff]{{0,12}}?{_POST})*)(?={_END}|职务|候选|人选|期间|等)"
)

_UNIT_ENDS = (
    "集团|公司|厂|银行|信用社|合作社|协会|商会|学会|联合会|总工会|研究院|研究所|设计院|大学|学院|党校|中学|小学|幼儿园|医院|卫生院|支队|大队|中队|管委会|委员会|指挥部|办公室|中心|[局厅]|大桥|水厂|电站|电厂|机场|码头|隧道"
    "|水库|市场|商场|家具城|广场|产业园|园区|开发区|经开区|高新区|矿业|发改委|住建委|卫健委|教体局|税务局|社区|街道|一中|二中|三中|(?:专科|职业|技工|实验|外国语|特殊教育)学校|基金会"
)
#: A name begins where a sentence does, behind a word that joins or leads to it, and behind a verb that has it for its object.
_OBJECT_OF = "|".join(sorted(DOING | {"加快", "会同", "依托", "联合", "庆祝", "祝贺", "祝愿", "希望", "感谢", "欢迎", "支持", "委托", "包括", "位于", "前往", "一律报", "我们在"}))
_BEGINS = rf"(?:^|(?<={_FRONT})|(?<=[由请向在对到经报和与的给交赴是往从表将祝日了入])|{_behind(_OBJECT_OF)})"
#: What a unit ends in that is nothing else, whatever follows.
_STRONG_ENDS = (
    "集团|公司|基金会|合作社|协会|商会|总工会|研究院|研究所|大学|学院|党校|幼儿园|医院|卫生院|支队|大队|中队|管委会|[局厅]|发改委|住建委|卫健委|社区|街道|银行|组织部|宣传部|统战部|政法委|党总支|党支部|铁路|大桥|水库|机场|电站"
)
_UNIT = re.compile(
    rf"{_BEGINS}(?P<unit>[\u4e00-\u9fff]{{1,12}}?(?:(?:{_UNIT_ENDS})(?={_END}|[的和等在与作当牵配负率要将已也一二两三四连]|同志|分别|联合|代表|新院|挂牌|入选|获|荣获|投产|建成|被|成为|开工|扩建|约谈|召开|年内|已经|已于|正式|爆炸|火灾|[0-9]|[\u4e00-\u9fff]{{0,4}}事故)"
    rf"|(?:{_STRONG_ENDS})(?![长部面势限际化级内外]|主任|书记|副)))"
)
#: What a name of a unit does not begin with, or does not hold: words that say what is done, or of what kind a thing is.
_NO_UNIT = re.compile(
    "各|等|个|开好|高等|高速|人均|商协|全[省市县区镇乡体部厂校院]|有关|相关|所有|每|其他|这|那|本|我|你|他|一[个家批些]|两个|三个|四中心|为|以|党的|二十|人民|工作|经济|社会|重点|大公司|大市场|好社区|上市|规上|民营|国有|农贸"
    "|.*(?:融入|构建|服务|优化|推进|布局|格局|大局|全局|开局|战略|统一|培育|发挥|建设|建成|建好|建强|组建|建立|打造|扩大|拓|稳|维护|发展|探索|支持|鼓励|完善|改革|有效|积极|深入|深海|国家级|新型|大型|特色|绿色|现代|智能|零碳"
    "|虚拟|专业|区域|公共|传统|国内|国际|资本|电力|清洁|资源|如果|可能|必须|应该|需要|虽然|目前|最近|以前|们|一批|创新|制造|高端|金属|交易|人才|咖啡|中小学|坚持|围绕|加强|加快|提升|农产品|消费|企业|研发|过|了|着|把|将|是)"
)
#: Letters that stand in sentences, and not in the names of units.
_IN_SENTENCE = re.compile("[在再来让把由如按对站是形带推而当费被能可就都正已也还更最很不没使做给并其此些么吗呢吧]|现[在有]|收购|新增|新建|深化|完成|进入|保持|力争|宣布|之|性|型|级(?!中学)|三甲|聚焦|变局|破局|利润|航天航空|投入|配合|适应|说|缺少|考虑|下一步|线铁路|百年|一名|整个|外部")
#: An organ or house of the office's own place, told by the level it begins with: 县职教中心, 市委督查室.
_LEVEL = "(?:[省市县区州旗]委|[省市县区州旗]政府|省|市(?![场民政值容级区域委直辖])|县(?![域城级委区内直乡])|区(?![域间位级委内直划])|州(?!委)|镇(?![村域区街])|乡(?![村镇亲土愁情音]))"
_ORGAN = re.compile(
    rf"(?:{_BEGINS}|(?<=其中))(?P<unit>{_LEVEL}[一二三四五六七八九十]中(?!学校)|{_LEVEL}(?!领导|四大|一级|各|主要|有关|直)(?:(?![各等的了和与将要是在对])[\u4e00-\u9fff]|(?<=[房源])和){{1,9}}?"
    r"(?:局(?![势面限长部])|(?<!常)委(?![员托屈书常])|办(?=[，。、；）]|主任|[要会牵负])|室|中心|科|(?<!干)(?<![一全各内])部(?![门署分队])|中学|小学|医院|党校|学校|馆|站|所(?![有以在])|院(?!士)"
    r"|大队|支队|工商联|妇联|残联|文联|科协|法院|公司|集团))"
)
#: A way, a line or a house one meets in.
_SITE_ENDS = "泵站|大坝|大道|新区|新城|高铁|高速|铁路|大桥|隧道|会议室|礼堂|会堂|影剧院|大剧院|体育馆|体育场|宾馆|饭店|酒店|大厦|纪念馆|博物馆|图书馆"
_SITE = re.compile(rf"{_BEGINS}(?P<unit>(?:(?!新区|高铁|高速)[\u4e00-\u9fff]){{2,8}}?(?:{_SITE_ENDS}))(?![路公站])|{_BEGINS}(?P<road>[\u4e00-\u9fff]{{2,4}}(?<![公道铁线思出套马])[路街])(?=、[\u4e00-\u9fff]{{2,4}}[路街]|等[0-9一二两三四五六七八九十]*条)|(?<=[路街]、)(?P<road2>[\u4e00-\u9fff]{{2,4}}(?<![公道铁线思出套马])[路街])(?![径线口])")
#: A river, and what stands at it.
_RIVER = re.compile(rf"{_BEGINS}(?P<river>(?!长江|黄河|[沿临拥大小各全一两])[\u4e00-\u9fff]{{1,3}}(?<![长过治管护开山银要点福丽])[江河湖闸])(?=[流片段干支沿]|[，、。]|[\u4e00-\u9fff]{{2,3}}站)|(?<=[江河湖])(?P<station>[\u4e00-\u9fff]{{2,3}}站)(?!在)")
#: A house one meets in, whatever it is for.
_VENUE = re.compile(r"(?<=[在到于])(?P<venue>(?:(?![的各在，。、])[\u4e00-\u9fff]){2,10}?(?:会展中心|体育中心|文化中心|会议中心|国际酒店|大酒店|广场))(?=[举召开集参观]|[，。、隆])")
#: What is held under a name of its own.
_HELD = re.compile(rf"{_BEGINS}(?P<held>(?![本上这该首各])(?:(?![的了次届等])[\u4e00-\u9fff]){{2,10}}?(?:对接会|推介会|洽谈会|博览会|争霸赛|文化节|艺术节|旅游节|运动会|论坛))(?![的长])")
#: Things and people that are named one after the other before they are counted or called together: A、B等12项活动.
_TOGETHER = re.compile(
    r"(?:^|[，。；：“]|[了将由对向和与是在为如]|[\u4e00-\u9fff]{2})(?P<list>[^，。；：！？、“”（）《》\s0-9]{2,10}(?:、(?:“[^“”]{2,10}”)?[^，。；：！？、“”（）《》\s0-9]{2,12})+)等"
    r"(?:[0-9一二两三四五六七八九十几]+[余多]?[家个项处所名位条]|一批|一大批)(?:[\u4e00-\u9fff]{0,6}?)(?:企业|公司|单位|学校|乡镇|景区|品牌|活动|赛事|项目|工程|场所|市场|园区|校友|同志|企业家|村|社区)"
)
#: What stands before the first of several in its clause.
_LED_TO = re.compile(rf".*(?:[了将由对向和与是在为如]|涌现出?|培育|引进|{_OBJECT_OF})(?=..)")
#: Kinds of things, not the names of any.
_ONLY_KINDS = re.compile(".*(?:[业产类型性化]|教育|医疗|交通|水利|能源|文化|旅游|住房|养老|环保|就业|社保|卫生|部门|机关|领域|道路|管网|安全|服务|设施)$")
#: A company by the post of who leads it: 金龙电缆董事长.
_HEADED = re.compile(rf"{_BEGINS}(?P<unit>(?!我|公司|副|党委)[\u4e00-\u9fff]{{2,8}}?)(?=(?:党委书记、)?(?:副?董事长|副?总经理|总裁)(?:、[\u4e00-\u9fff]{{2,5}})?{_NAME})")
#: What is done in these years under a name of its own.
_CAMPAIGN = re.compile("(?:开展|推进|深化|抓好|实施|组织|启动|巩固)(?P<named>[^，。；、“”《》【】0-9]{4,18}?(?:学习教育|主题教育|专题教育|三年行动|攻坚行动|提升行动|专项行动|专项整治|集中整治|大排查|大讨论))")
#: What companies that are named without 公司 end in.
_TRADES = "纺织|食品|科技|锂电|新材料|化工|机械|制药|药业|重工|实业|电子|股份|建材|能源|农业|生物"
_TRADER = re.compile(rf"{_BEGINS}(?P<unit>[\u4e00-\u9fff]{{2,3}}(?:{_TRADES}))(?=[一二三四]期|投产|、[\u4e00-\u9fff]{{2,3}}(?:{_TRADES})|等[0-9一二三四五六七八九十]*[家个]?(?:企业|公司|单位))")
_UNIT_OF_PERSON = re.compile(rf"(?:^|(?<={_FRONT}))(?P<unit>(?!来自)[\u4e00-\u9fff]{{3,10}})的(?={_NAME}(?:{_POST}|同志|先生|女士|老师|、{_NAME}))")

_PLACE = re.compile(rf"(?:^|(?<={_FRONT})|(?<=[由请向在对到和与的来从自赴给]))(?P<place>[\u4e00-\u9fff]{{2,4}}(?:自治[州县]|[县镇乡村])(?={_END}|[的和等在与入荣获要是0-9]|同志|党委|政府|被)|[\u4e00-\u9fff]{{2}}[县镇乡](?![村镇土亲长委乡级域里])|[\u4e00-\u9fff]{{2}}市(?![场民委政直区级长域内属值占县容貌]))")
_NO_PLACE = re.compile("[好解美兴的我全各一二三四五六七八九十两几本该这那某每个老大小新村走请建送名强脱健聚照省行中城乡农社园景灾校街郊辖属级直整片跨试示保税工林牧库功能超都上为入就把有是使让从向对]|美丽|和美|贫困|重点|示范|乡村|人民|文明|富裕|先进")

#: Places named without what they are: 清溪、柳林两县, 赴深圳、东莞考察.
_TWO_PLACES = re.compile("(?P<first>[\u4e00-\u9fff]{2})、(?P<last>[\u4e00-\u9fff]{2})(?=[两二][县区市镇乡村])|(?<=赴)(?P<far>[\u4e00-\u9fff]{2})(?:、(?P<near>[\u4e00-\u9fff]{2}))?(?=等地|开展|考察|招商|学习|参观|驻点|对接)")
#: A surname with a post: 孙副厅长.
_SURNAMED = re.compile(rf"(?:(?<={_FRONT})|(?<=[的厅局委办府]))(?P<who>(?![向任和时于应包成常万]){_SURNAME}副?(?:书记|[省市县区镇乡局厅部处院校]长|主任|主席))(?={_END}|[和与也还对就在]|{_DOES})")

#: What was won, or is done, under a name.
_NAMED = (
    re.compile("(?:授予|追授|评为|荣获|获得|获评|命名为|获|创建|争创)[^，。；“]{0,12}(?P<named>“[^“”]{3,24}”)"),
    re.compile("(?P<named>“[^“”，。、]{2,10}”)(?=品牌|投入|战略|布局|部署|的?目标)"),
    re.compile("(?P<named>“[^“”]{2,20}”)(?=行动|活动|工程|称号|荣誉|大赛|奖|专项|计划|早餐会|论坛|攻坚)"),
    re.compile("(?P<named>“[^“”]{0,16}(?:行动|活动|攻坚|大赛|论坛|早餐会|文化节|排名|督查|开门红)[^“”]{0,12}”)"),
)
_NUMBERED_PAPER = re.compile("[\u4e00-\u9fff]{0,4}一号文件")
_MEETING = re.compile(
    rf"(?:中央|全国|国务院|全省|省委|省政府|全市|市委|市政府|自治区)(?:(?!中央|全国|全省|省委|全市|市委|出席|召开|传达|贯彻|精神)[\u4e00-\u9fff]){{2,16}}?(?:工作会议|座谈会|推进会|动员会|部署会|视频会议|电视电话会议|现场会|大会)(?={_END}|[和与精上以召]|强调|刚刚)"
)


def names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The names of a text: the characters they stand at, and their kind (see `drafter.speech.last.CALLED`)."""
    for pattern in _PERSONS:
        for match in pattern.finditer(text):
            yield from _persons(match)
    for match in _POST_HELD.finditer(text):
        yield match.start("posts"), match.end("posts"), "post"
    for pattern in (_UNIT, _TRADER, _UNIT_OF_PERSON, _SITE, _HEADED, _RIVER, _VENUE):
        for match in pattern.finditer(text):
            yield from _unit(match)
    for match in _ORGAN.finditer(text):
        if not _IN_SENTENCE.search(match["unit"]):
            yield match.start("unit"), match.end("unit"), "unit"
    for match in _TWO_PLACES.finditer(text):
        yield from ((*match.span(group), "place") for group, words in match.groupdict().items() if words)
    yield from ((*match.span("who"), "person") for match in _SURNAMED.finditer(text))
    for match in _HELD.finditer(text):
        if not _NO_UNIT.match(match["held"]):
            yield match.start("held"), match.end("held"), "meeting"
    for match in _TOGETHER.finditer(text):
        yield from _together(match)
    for match in _PLACE.finditer(text):
        if not _NO_PLACE.search(match["place"][:-1]):
            yield match.start("place"), match.end("place"), "place"
    for pattern in (*_NAMED, _CAMPAIGN):
        for match in pattern.finditer(text):
            yield match.start("named"), match.end("named"), "known"
    yield from ((match.start(), match.end(), "paper") for match in _NUMBERED_PAPER.finditer(text))
    yield from ((match.start(), match.end(), "meeting") for match in _MEETING.finditer(text))


def names_of(texts: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """The names of a whole paper with their kinds, those `known` already among them. Its places weigh one another: a name
    that is another with words before it, each of its own, is the shorter (希望青山乡 where 青山乡 stands alone), and a person
    whose full name is said is also the given name before a post (伟民书记)."""
    found: dict[str, str] = {}
    for text in texts:
        for start, end, kind in names_in(text):
            found.setdefault(text[start:end], kind)
    places = {name for name, kind in {**found, **known}.items() if kind in ("unit", "place")}
    names = {
        name: kind
        for name, kind in found.items()
        if kind not in ("unit", "place") or not any(name != other and name.endswith(other) for other in places if len(other) > 2)
    }
    whole = "\n".join(texts)
    for name, kind in {**names, **known}.items():
        if kind in ("person", "speaker") and len(name) == 3 and re.search(rf"(?<!{name[0]}){name[1:]}{_POST}", whole):
            names[name[1:]] = "person"
    return names


def _together(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The names of several that are called together: all of them, or none where one is only a kind of thing."""
    led = _LED_TO.match(match["list"].partition("、")[0])
    start = match.start("list") + (led.end() if led else 0)
    found = re.finditer("[^、]+", match.string[start : match.end("list")])
    names = [name for name in found if not re.search(_POST, name[0])]  # who leads one is a person's, looked for by itself
    kinds = any(len(name[0]) < 2 or _ONLY_KINDS.match(name[0]) for name in names)
    if not kinds or any(re.search("(?:公司|集团|厂)$", name[0]) for name in names):
        yield from ((start + name.start(), start + name.end(), "unit") for name in names if len(name[0]) <= 12)


#: What is done with a unit that is named behind it.
_DONE_WITH = re.compile(rf"(?:共同|积极|大力|全力|继续|一律|务必|必须|尽快|抓紧|要|并)*(?:{_OBJECT_OF}|祝)")


def _unit(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The name of a unit, without what stands before it in its clause: 向承办这期班的市委党校."""
    group = next(name for name, words in match.groupdict().items() if words is not None)
    whole, end = match[group], match.end(group)
    before = re.match(".*(?:的|代表|来自|前往|[是在由向])", whole)
    of = before.end() if before else 0
    unit = whole[of:] if len(whole) - of > 2 else whole
    done = _DONE_WITH.match(unit) if group == "unit" else None
    unit = unit[done.end() :] if done else unit
    sentence = _IN_SENTENCE.search(unit.removesuffix("站"))
    if len(unit) > (1 if group == "river" else 2) and not (group not in ("venue", "river", "road", "road2") and _NO_UNIT.match(unit)) and not sentence:
        yield end - len(unit), end, "unit"


def _persons(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The names of a list."""
    start = match.start("names")
    for name in re.finditer("[^、]+", match["names"]):
        if not _NO_NAME.match(name[0]):
            yield start + name.start(), start + name.end(), "person"
