"""Facts: what of a speech changes when it is used again, what each is called, and what only looks like one."""

from pathlib import Path

import pytest

from drafter.analysis.facts import MAX_FIGURES, Fact, find_facts, findings
from drafter.commands.extract import ExtractRequest
from drafter.commands.extract import extract as extract_file
from drafter.outline.field import say
from drafter.readers.text import read
from drafter.speech.draft import Draft
from drafter.speech.recognise import recognise


def draft_of(text: str) -> Draft:
    return recognise(read(text.encode(), "讲话.txt")[0])


def facts_of(sentence: str, head: str = "讲话") -> list[tuple[str, str, str]]:
    """Kind, name and words of each fact of a short speech."""
    return [(f.kind, f.field.name, say(f.value)) for f in find_facts(draft_of(f"{head}\n同志们：\n{sentence}\n"))]


# ── what changes first ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("2025年，我们补了短板；2026年，要再上台阶。2026年任务更重。", [("year", "去年年份", "2025"), ("year", "年份", "2026")]),
        ("刚刚过去的2025年很不平凡。", [("year", "去年年份", "2025")]),
        ("二〇二六年是关键一年。", [("year", "年份", "二〇二六")]),
        ("欢迎2025级新同学，2025年的秋天真好。", [("year", "年份", "2025")]),
        ("2026年工作怎么干？1978年的故事、2035年远景目标都在前头。", [("year", "年份", "2026")]),
        ("2025年是“十四五”收官之年，要为“十五五”开好局。", [("year", "年份", "2025"), ("plan", "五年规划", "十四五"), ("plan", "下个五年规划", "十五五")]),
        ("学习党的二十届四中全会精神，落实市委八届六次全会部署。", [("session", "中央全会届次", "二十届四中全会"), ("session", "市委全会届次", "八届六次全会")]),
        ("县第十七届人民代表大会第五次会议开幕了，十七届人大四次会议的任务完成了。", [("session", "人代会届次", "第十七届人民代表大会第五次会议"), ("session", "上次人代会届次", "十七届人大四次会议")]),
        ("落实党的二十届三中全会和市委九届八次全会要求。", [("session", "中央全会届次", "二十届三中全会"), ("session", "市委全会届次", "九届八次全会")]),
        ("贯彻县委十三届六次、七次全会部署。", [("session", "县委全会届次", "十三届六次、七次全会")]),
        ("办好第七届中国—东盟糖业博览会。", [("ordinal", "第几届中国东盟糖业博览会", "七")]),
        ("按照中央经济工作会议、中央农村工作会议部署，落实全省防汛工作会议精神。", [("meeting", "上级会议", "全省防汛工作会议")]),
        ("庆祝纺织厂建厂六十周年。", [("ordinal", "建厂周年数", "六十")]),
        ("办好第四届青川—湄南“数字丝绸之路”国际经贸合作论坛。", [("ordinal", "第几届青川湄南数字丝绸之路国际经贸合作论坛", "四")]),
        ("今天是第24个“安全生产月”的第一天。", [("ordinal", "第几个安全生产月", "24")]),
        ("第六批援藏干部回来了，第六批的经验要总结。", [("ordinal", "第几批援藏干部", "六")]),
        ("今年是农场成立三十周年。三十年来，一代代人在这里扎根。", [("ordinal", "成立周年数", "三十")]),
        ("这是中心组第3次集体学习。第三次集体学习要有收获。", [("ordinal", "第几次集体学习", "3")]),
        ("第四次全国经济普查、第二次世界大战、第三产业。", []),
        ("5月20日前完成清淤，第三季度验收。", [("date", "完成清淤日期", "5月20日")]),
        ("确保12月底前通车。", [("date", "通车月份", "12月")]),
    ],
)  # fmt: skip
def test_years_plans_sessions_ordinals_and_days_are_blanks(sentence: str, facts: list[tuple[str, str, str]]) -> None:
    assert facts_of(sentence) == facts


@pytest.mark.parametrize(
    "sentence",
    [
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”，统筹推进“五位一体”总体布局。",
        "一分部署、九分落实，十个指头弹钢琴，千方百计抓落实，百年大计质量第一。",
        "决不能抱百分之一的侥幸，换来百分之百的悔恨。",
        "要24小时值守，盯住最后1公里，整改率达到100%。",
        "发展是第一要务，人才是第一资源，第一书记要当好第一责任人，推动三次产业融合。",
        "假如你有100万元，你会先做什么？打个比方，30%的人会犹豫。",
        "下面，讲3点意见，抓好5个方面的工作。",
        "把“3815”战略落到实处，“7个专项行动”要见效。",
        "新中国是1949年成立的，党的十八大以来变化很大。",
        "拿2—3个月时间，把账算清。",
    ],
)
def test_what_is_only_said_with_a_number_stays(sentence: str) -> None:
    assert facts_of(sentence) == []


def test_full_width_figures_come_back_as_they_were_written() -> None:
    assert facts_of("今天开会。", "讲话\n（２０２５年７月２８日）") == [("date", "日期", "２０２５年７月２８日")]


def test_a_meeting_that_bears_an_anniversary_is_told_by_that() -> None:
    found = facts_of("今天，我们庆祝建校七十周年。", "在松林中学建校七十周年庆祝大会上的致辞")
    assert found == [("ordinal", "建校周年数", "七十")]


def test_the_quarter_in_a_title_is_a_blank_everywhere() -> None:
    found = facts_of("今天部署二季度工作，第二季度很要紧。前三季度怎么看，以后再说。", "在2025年二季度防汛会上的讲话")
    assert [fact for fact in found if fact[0] == "ordinal"] == [("ordinal", "第几季度", "二")]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("全年召开专题会12次，调研26次，派出9个工作组。", ["12", "26", "9"]),
        ("景区品牌价值连续六年位居全省首位。", ["六"]),
        ("活动为期15天，造成3人受伤。", ["15", "3"]),
        ("2009年，我自己买来260本书，摆在屋里。2025年不一样了。", []),
        ("主官可能60%的时间在现场，有的人连续三年没挪过窝。", []),
    ],
)
def test_a_short_speech_is_asked_for_its_few_figures(sentence: str, facts: list[str]) -> None:
    assert [words for kind, _, words in facts_of(sentence) if kind == "figure"] == facts


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("去年全镇粮食总产量达到3.6万吨，增长4.2%。", {"粮食总产量": "3.6", "粮食总产量增速": "4.2"}),
        ("培训班共有86名学员，这86名同志来自32个单位。", {"学员人数": "86", "单位数": "32"}),
        ("60名学员坐在这里，镇里拿出60亿元。", {"学员人数": "60", "拿出60亿元": ""}),
        ("新建农村公路152公里、停车位2300个，改造老旧小区36个。", {"新建农村公路里程": "152", "停车位数": "2300", "改造老旧小区数": "36"}),
        ("规模以上企业由118家增加到131家。", {"规模以上企业数原值": "118", "规模以上企业数": "131"}),
        ("城乡居民人均可支配收入分别增长5.1%和7.3%。", {"城镇居民人均可支配收入增速": "5.1", "农村居民人均可支配收入增速": "7.3"}),
        ("全年发生事故57起、死亡23人，同比分别下降18.6%和25.8%。", {"事故数": "57", "死亡人数": "23", "事故数降幅": "18.6", "死亡人数降幅": "25.8"}),
        ("民生支出占一般公共预算支出的比重达到81.7%。", {"民生支出占比": "81.7"}),
        ("主要预期目标是：地区生产总值增长6%左右，城镇新增就业5000人。", {"地区生产总值增速目标": "6", "城镇新增就业人数目标": "5000"}),
        ("参加会议的有各乡镇书记、站所长，共320人。", {"参会人数": "320"}),
        ("向142名全国劳动模范颁奖。", {"全国劳动模范人数": "142"}),
        ("数字经济规模居全省第3位。", {"数字经济规模排名": "3"}),
        ("各项贷款余额986亿元，较年初净增121亿元，增幅14.2%。", {"贷款余额": "986", "贷款余额净增额": "121", "贷款余额增幅": "14.2"}),
        ("税收收入30.15亿元，增长5.4%，占一般公共预算收入的71.2%。", {"税收收入": "30.15", "税收收入增速": "5.4", "税收收入占比": "71.2"}),
        ("省委巡视组反馈的18个问题一并整改，到会的还有 126 名受表彰代表。", {"问题数": "18", "受表彰代表人数": "126"}),
        ("查处违纪案件27件31人，安装路灯1,500盏。", {"查处违纪案件数": "27", "查处违纪案件人数": "31", "安装路灯数": "1,500"}),
        ("今年，全县要实现地区生产总值增长6.8%以上。", {"地区生产总值增速目标": "6.8"}),
        ("来自16个国家的360位客商相聚在这里。", {"国家数": "16", "客商人数": "360"}),
        ("六十年前，当时只有12间教室、136名学生。学校现已发展成为占地218亩的学校。", {"占地面积": "218"}),
        ("全区生产总值从2020年的3.26万亿元增长到2025年的4.57万亿元。", {"生产总值原值": "3.26", "生产总值": "4.57"}),
        ("刑事、治安案件分别下降12.5%和3.7%。", {"刑事案件降幅": "12.5", "治安案件降幅": "3.7"}),
        ("上座率达到91.5%，向全校236名高三教师致以敬意。", {"上座率": "91.5", "高三教师人数": "236"}),
        ("全区PM2.5平均浓度下降13.4%，PM10年均浓度较2020年下降18.2%。", {"细颗粒物平均浓度降幅": "13.4", "可吸入颗粒物年均浓度降幅": "18.2"}),
        ("去年，第五届梨花节接待游客46万人次。", {"梨花节接待游客人次": "46"}),
        ("全县人均预期寿命达到80.26岁，本科以上学历占到57.3%。", {"人均预期寿命": "80.26", "本科以上学历占比": "57.3"}),
        ("产值超过20亿元以上企业达到12家，65岁以上老人占31.6%，关停20万千瓦及以下机组。", {"企业数": "12", "老人占比": "31.6"}),
        ("全县126万人民期盼着，和田玉销售额达到8.61亿元。", {"和田玉销售额": "8.61"}),
        ("光伏装机236万千瓦、占全市装机41.7%。", {"光伏装机容量": "236", "光伏装机占比": "41.7"}),
        ("可再生能源装机突破120万千瓦，有色金属产业产值增长11.5%。", {"可再生能源装机容量": "120", "有色金属产业产值增速": "11.5"}),
    ],
)  # fmt: skip
def test_a_figure_is_called_by_what_it_counts(sentence: str, names: dict[str, str]) -> None:
    found = {name: words for kind, name, words in facts_of(sentence) if kind == "figure"}
    wanted = {name: words for name, words in names.items() if words}
    assert {name: found.get(name) for name in wanted} == wanted
    assert len(found) == len(names)


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("刚才，应急管理局局长韩立新通报了情况，韩立新同志讲得好。", {"应急管理局局长姓名": "韩立新"}),
        ("清河村丁秀英同志和石坝村雷建军同志作了发言。", {"清河村同志姓名": "丁秀英", "石坝村同志姓名": "雷建军"}),
        ("副市长龚雪梅主持会议。", {"副市长姓名": "龚雪梅"}),
        ("刚才，谢宏伟县长作了报告，欢迎唐美兰副主任一行。", {"县长姓名": "谢宏伟", "副主任姓名": "唐美兰"}),
        ("表彰潘建华等28名劳动模范，城南中学卢小雨同学讲了话。", {"劳动模范姓名": "潘建华", "同学姓名": "卢小雨"}),
        ("温泉镇镇长、金融办主任、常务副主任、党委书记、武装部部长、各方面负责人都来了，项目负责人要到场。", {}),
        ("一是县教育局局长高建国同志通报情况，副县长贺小梅同志出席，金文海同志主持。", {"县教育局局长姓名": "高建国", "副县长姓名": "贺小梅", "主持人姓名": "金文海"}),
        ("市委决定：方晓东同志任青云县委书记，免去白春生同志的县委书记职务。", {"任职同志姓名": "方晓东", "免职同志姓名": "白春生"}),
        ("企业家陈守正先生捐资修路，林小满同学勇夺第一。", {"先生姓名": "陈守正", "同学姓名": "林小满"}),
        ("广大同志、高校同志、安监同志、时任同志、文旅同志都要努力，做高度负责的同志。", {}),
        ("大家要向年轻同志学习，向严格管理要效益。", {}),
    ],
)
def test_a_person_is_called_by_post_or_by_what_he_does(sentence: str, facts: dict[str, str]) -> None:
    assert {name: words for kind, name, words in facts_of(sentence) if kind == "person"} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("在全县春耕现场会上的讲话\n县长　汪成林\n同志们：\n今天开会，汪成林同志总负责。", [("speaker", "讲话人", "汪成林"), ("post", "讲话人职务", "县长")]),
        ("局长邱志明同志在全局安全会议上的讲话\n同志们：\n今天开会。", [("speaker", "讲话人", "邱志明"), ("post", "讲话人职务", "局长")]),
        ("家长会讲话稿\n各位家长：\n大家好！我是校长宁静，请多支持。", [("speaker", "讲话人", "宁静"), ("post", "讲话人职务", "校长")]),
        ("抓党建述职报告\n各位领导：\n今年做了三件事。\n以上报告，请批评指正。\n白沙镇党委书记　卢东明\n2025年12月30日", [("speaker", "讲话人", "卢东明"), ("post", "讲话人职务", "白沙镇党委书记")]),
        ("在全州旅游大会上的讲话\n州长　阿不都·热合曼\n同志们：\n今天开会。", [("speaker", "讲话人", "阿不都·热合曼"), ("post", "讲话人职务", "州长")]),
        ("在座谈会上的发言\n各位领导：\n我代表金桥建工集团，向大家问好。金桥建工集团有干劲。", [("unit", "讲话人单位", "金桥建工集团")]),
    ],
)
def test_the_speaker_the_post_and_the_unit_are_found(text: str, facts: list[tuple[str, str, str]]) -> None:
    found = find_facts(draft_of(text))
    assert sorted((f.kind, f.field.name, say(f.value)) for f in found if f.kind in ("speaker", "post", "unit")) == sorted(facts)


def test_a_place_that_is_not_the_speakers_is_no_place_of_his() -> None:
    assert facts_of("石桥县经验很好，石桥县的同志讲了，我市各县都要学。") == []
    assert facts_of("石桥县底子薄，我县要学石桥县的老办法，石桥县人不怕苦。") == [("place", "本县名称", "石桥县")]


# ── whole papers ───────────────────────────────────────────────────────────────────────────────────────────────────

SPEECH = """\
在2025年全市安全生产月启动仪式上的讲话
（2025年6月1日）
市委常委、常务副市长　曾庆辉
同志们：
今天是第24个“安全生产月”的第一天，参加活动的有来自46家企业的1,280名职工代表。在此，我代表市政府，向大家表示感谢！
2024年，全市发生事故57起，市财政安排专项资金2,600万元。下面，我讲两点意见。
一、绷紧一根弦
要牢固树立“两个至上”，做到一分部署、九分落实。
二、拧紧一条链
6月20日前，对328家企业逐一过筛子，落实《南河市2025年安全生产工作要点》，抓好市委十二届九次全会部署。
同志们，让我们以万无一失的标准，为“十五五”开好局打下坚实基础！
"""


def told(facts: tuple[Fact, ...]) -> list[str]:
    return [f"{f.field.name}：{say(f.value)}" for f in facts]


def test_a_speech_has_a_blank_for_every_fact_of_its_day() -> None:
    assert told(find_facts(draft_of(SPEECH))) == [
        "年份：2025", "会议名称：全市安全生产月启动仪式", "日期：2025年6月1日", "讲话人职务：市委常委、常务副市长", "讲话人：曾庆辉",
        "第几个安全生产月：24", "企业数：46", "职工代表人数：1,280", "层级：市", "去年年份：2024", "事故数：57", "市财政安排专项资金：2,600",
        "办理时限：6月20日", "企业数2：328", "市委全会届次：十二届九次全会", "下个五年规划：十五五",
    ]  # fmt: skip


_THINGS = "学校 医院 水库 桥梁 车站 公园 码头 电站 泵站 粮库 冷库 渡口 茶园 果园 牧场 林场 渔港 窑厂 矿井 书屋 驿站 食堂 球场 泳池 市场 商场 酒店 民宿 农庄 合作社 养老院 幼儿园 卫生室 文化馆 体育馆 图书馆 博物馆 派出所 加油站 充电站 变电站 污水厂 自来水厂 垃圾站 气象站 监测点 检查站 消防站 救助站 便民点"


def test_a_report_has_blanks_for_its_headline_figures_and_tells_how_many_are_left(tmp_path: Path) -> None:
    things = "".join(f"建成{thing}{number}座。" for number, thing in enumerate(_THINGS.split(), 101))
    report = f"2026年政府工作报告\n各位代表：\n现在，我报告工作。\n{things}\n主要预期目标是：地区生产总值增长6.5%左右，粮食产量86万吨以上。\n"
    found = findings(draft_of(report))
    figures = [f.field.name for f in found.facts if f.kind == "figure"]
    assert (len(figures), found.figures_left) == (MAX_FIGURES, len(_THINGS.split()) + 2 - MAX_FIGURES)
    assert {"地区生产总值增速目标", "粮食产量目标"} <= set(figures)
    assert findings(draft_of(report), all_figures=True).figures_left == 0
    path = tmp_path / "报告.txt"
    path.write_text(report, encoding="utf-8")
    remarks = extract_file(ExtractRequest(str(path), output=str(tmp_path / "提纲.yaml"), save_answers=str(tmp_path / "回答.yaml"))).remarks
    assert [(r.code, r.message) for r in remarks if r.code == "facts-left"] == [
        ("facts-left", "还有 12 个数字照原样留在提纲里：最多留 40 个要紧的。")
    ]  # fmt: skip
