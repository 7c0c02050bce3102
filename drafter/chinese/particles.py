"""的, 地 and 得: what the words on both sides of one say of it.

的 stands before what is named, 地 before what is done, 得 behind what is done and before how well. A verb is often a
name too (持续的提升), so a 的 before a verb is wrong only where the verb goes on as verbs do (an object, 了, 起来, 到位) and
what stands before is no frame that wants a name (有, 是, 取得 …). Every frame was looked for in 14.7 million 字 of
published law and policy text; those that found right ones there are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Particle(NamedTuple):
    """A particle at `at` of a text that should be `right`, and why."""

    at: int
    right: str
    why: str


def words_of(line: str) -> list[str]:
    """The words of a list with blanks between."""
    return line.split()


#: How something is done: two characters that stand before 地.
_MANNER = frozenset(
    words_of("""
    持续 稳定 顽强 清醒 认真 深刻 深入 扎实 积极 主动 自觉 自愿 坚决 坚定 努力 刻苦 勤奋 勇敢 大胆 果断 稳妥 稳步 有序 有效 有力 高效 及时 准确
    严格 严肃 严厉 仔细 细致 耐心 热情 热烈 亲切 真诚 诚恳 诚挚 衷心 由衷 深情 激动 高兴 愉快 快乐 开心 兴奋 自豪 骄傲 欣慰 遗憾 痛心 沉痛 悲痛
    伤心 难过 气愤 平静 冷静 沉着 从容 坦然 坦率 坦诚 直接 公正 公平 客观 全面 合理 正确 错误 简单 片面 盲目 被动 消极 随意 任意 肆意
    草率 轻易 轻松 顺利 圆满 成功 出色 完整 彻底 充分 广泛 普遍 大力 着力 切实 全力 尽力 尽快 尽早 迅速 快速 飞速 急速 缓慢 逐步 逐渐 逐年 逐个
    逐项 不断 经常 反复 再三 一再 多次 长期 永远 始终 长久 持久 默默 悄悄 静静 紧紧 牢牢 深深 好好 渐渐 慢慢 轻轻 狠狠 死死 远远 大大 匆匆 偷偷
    暗暗 稳稳 频频 屡屡 常常 更好 更快 更早 更稳 灵活 巧妙 共同 集中 自由 自然 平等 和谐 和睦 友好 团结 紧密 密切 牢固 平稳 健康 蓬勃 有机 明显
    清楚 清晰 鲜明 生动 形象 详细 详尽 透彻 理性 辩证 敏锐 强烈 猛烈 激烈 精心 细心 用心 专心 潜心 安心 放心 虚心 热心 忠诚 忠实 老实 踏实
    务实 一致 一味 精准 精确 精细 频繁 规范 无私 无偿 幸福 体面 安全 平安 公然 竭力 奋力 有意 无意 故意 动情 欣喜 由此 无情 坚强 执着 惊讶 遗憾
    较好 很好 更多 最好 单纯 仅仅 纯粹 真正 完美 郑重 负责 诚实 慎重
""")
)

#: The same in three or four characters.
_SAYINGS = frozenset(
    words_of("""
    实事求是 坚定不移 毫不动摇 坚持不懈 持之以恒 一如既往 毫不犹豫 毫不松懈 旗帜鲜明 原原本本 一丝不苟 卓有成效 千方百计 始终如一 义无反顾
    源源不断 循序渐进 有条不紊 扎扎实实 认认真真 踏踏实实 实实在在 老老实实 积极主动 自觉自愿 毫不放松 脚踏实地 全心全意 兢兢业业 勤勤恳恳
    任劳任怨 满腔热情 真心实意 真心诚意 诚心诚意 设身处地 因地制宜 有的放矢 有针对性 创造性 有计划 有步骤 有组织 有重点 有秩序 高质量 高标准
    高水平 高效率 最大限度 理直气壮 心无旁骛 众志成城 齐心协力 同心同德 团结一致 步调一致 大张旗鼓 轰轰烈烈 有声有色 不折不扣 不遗余力 不知疲倦
    不厌其烦 不辞辛劳 不辞劳苦 不约而同 潜移默化 与时俱进 及时有效 深入持久 深入细致 全面系统 全面准确 完整准确 自始至终 夜以继日 日复一日
    年复一年 前所未有 小心翼翼 津津有味 滔滔不绝 斩钉截铁 语重心长 掷地有声 异口同声 热火朝天 如饥似渴 废寝忘食 有理有据 干净利落 保质保量
    按时足额 分期分批 分门别类 一心一意 专心致志 聚精会神 全神贯注 清清楚楚 明明白白 仔仔细细 反反复复 完完全全 彻彻底底 痛痛快快 高高兴兴
    轻轻松松 稳稳当当 平平安安 健健康康 快快乐乐 简简单单 堂堂正正 干干净净 本本分分 安安稳稳 深入浅出 精益求精 推心置腹 开诚布公 同舟共济
""")
)

#: What is done, and done to something.
_DONE = (
    "推进|推动|促进|开展|落实|贯彻|学习|领会|理解|把握|执行|完成|解决|加强|提升|提高|增强|改善|改进|优化|完善|发展|履行|承担|服务|保障|维护|保护|发挥"
    "|支持|参与|融入|围绕|坚持|掌握|运用|应用|利用|使用|处理|处置|化解|防范|遏制|打击|查处|整治|整改|纠正|检查|督促|指导|引导|帮助|带动|带领|团结"
    "|凝聚|汇聚|调动|激发|释放|培养|选拔|培育|打造|建设|建立|构建|健全|制定|出台|实施|组织|动员|号召|宣传|宣讲|传播|弘扬|传承|展示|展现|体现|反映"
    "|表达|表现|说明|阐述|阐明|回答|回应|解答|讲述|介绍|汇报|报告|总结|分析|研究|思考|谋划|规划|设计|安排|部署|布置|认识|看待|对待|面对|正视|感受"
    "|体会|体验|观察|关注|关心|关怀|照顾|爱护|尊重|遵守|遵循|恪守|服从|接受|听取|吸收|吸取|借鉴|继承|补齐|缩小|扩大|拓展|拓宽|延伸|巩固|夯实|筑牢"
    "|守护|对接|配合|协调|转变|转化|改变|增加|减少|降低|控制|节约|淘汰|压缩|清理|排查|查找|发现|找准|认清|看清|追求|争取|赢得|实现|达到|满足|探索"
    "|突破|抢抓|把好|严守|引进|吸引|挖掘|开发|审查|审核|讨论|评价|评估|考核|核实|调查|走访|慰问|救助|帮扶|救治|抵御|抵制|反对|拥护|拒绝|放弃|保持"
)
#: What is done, to nothing else.
_DOING = "工作|生活|成长|前进|前行|奋斗|拼搏|战斗|运行|运转|合作|交流|沟通|发展|增长|存在"

_DO, _ALONE = frozenset(_DONE.split("|")), frozenset(_DOING.split("|"))
_VERBS = _DO | _ALONE | frozenset(words_of("创新 努力 积累 摸索 实践 磨合 调整 探索 试错"))

#: What a verb before it is part of the name of: 扎实的推进机制.
_NAMED = (
    "机制|措施|体系|办法|力度|作用|过程|成效|局面|方案|计划|活动|情况|态势|势头|水平|能力|意识|精神|方式|方法|模式|路径|思路|格局|质量|速度|基础|环境|平台"
    "|举措|经验|教育|制度|条件|空间|前景|步伐|目标|战略|理念|作风|态度|手段|途径|渠道|效果|结果|需要|需求|要求|原则|标准|规律|趋势|阶段|时期|道路|关系"
    "|方向|领域|方面|工具|意见|建议|信息|资源|权利|单位|部门|人员|机构|工程|行动|合力|能效|主体|对象|内容|形式|程序|成果|把握|材料|范围|事项|任务书|动能|动力|机遇|蓝图|保障|声|力|空间|优势|潜力|成绩|变化|氛围|服务|理念|活力|生活|热情|人才|应用型"
)

#: That a verb has an object, or has come to its end.
_CERTAIN = (
    "为了|[往向]前|去(?![处向年留世路的除吧了过，。！])|就(?:[有成变会能把走]|形成)|[对向跟和][^，。；的]{1,8}说|感谢(?:大家|你|各位|您|他们|所有|每|全|广大)"
    "|(?:祝愿|祝福|希望|祝贺|欢迎)(?:大家|你|各位|您|他们)|看到|看出|认识到|意识到|感受到|体会到|感到|觉得|听到|注意到|领悟到|指出|写道|说道|问道|讲道|(?:说|告诉|问|喊)(?=[，：“]|一?声)|抓好|做好|搞好|办好"
    "|管好|用好|守好|建好|走好|讲好|当好|做到|抓紧(?!迫)|投身到|迈向|走向|走到|来到|站在|投入到"
    "|把(?![握关控手脉守式戏柄])|[抓干做办学管走跑讲学想看过笑](?=[，。；！、])|[抓干做办讲走推带学留投活守传]好|[抓干做走推带留投坐站放活沉扎住][下起]"
    "|[抓干做办讲管走学守](?:着(?!力|手|眼|重)|了(?!解)|实(?!施|践|物|事|际)|细(?!节)"
    "|紧|牢|住)|[记放抓握写刻印]在|到(?=[^，。；的]{1,5}(?:去|走|看|调研))|上(?=项目)|去(?=[抓做干办想])"
)
_ASPECT = "了(?!解|如|望|然|结)|着(?!力|手|眼|重|想|陆|装|火|急|落)|起来|下去|下来|到位|出来|过来|上去|进去"
_OBJECT = (
    "各[项级类种地]|每一?[个项]|全[市县省区国体]|我[们市县省国区院局]|他们"
    "|这|那|一[个批项些]|自己|人民|群众|党的|“|《|习近平"
)
#: Verbs with an object of their own that would otherwise look like one name.
_DEEDS = (
    "反映情况|总结经验|改进作风|提高水平|提高能力|增强意识|解决问题|完善机制|完善制度|建立机制|建立制度|落实措施|落实责任|开展活动|履行职责|执行政策|落实政策"
    "|制定方案|制定措施|发挥作用|把握方向|把握规律|优化结构|优化环境|转变作风|转变观念|转变方式|改进方法|改进工作|推进工作|开展工作|研究问题|分析问题|执行制度"
)

#: What stands behind a verb that is a name.
_GOES_ON = "的和与及或、，。；！？是并非不也都就让使已将更在奠出能可者型性度率"

#: Words of how that no name can have.
_AGAIN = frozenset(
    words_of("不断 经常 反复 再三 一再 大力 着力 尽快 尽早 逐步 逐渐 逐个 逐项 渐渐 慢慢 更好 更快 频频 常常 全力 尽力")
)

#: What words of how leave no choice with: where one of the first stands before 的 and one of the second behind it, 地 was
#: meant. None but slips in 33 million 字 of law and news.
_CLEAR = (
    (
        "简单 清醒 坚定 错误 片面 天真 深刻 清楚 一致 始终 真切 明确 肤浅",
        "认为|相信|知道|以为|懂得|记得|看待|感到|觉得|认识到|意识到",
    ),
    (
        "虚心 耐心 主动 热情 认真 诚恳 诚心 真心 及时 积极 自觉 悄悄 默默 全力 坚决",
        "(?:向(?![往上导心度前])|给(?!予的)|跟|替|往|朝)[^，。；的]{2}",
    ),
    ("高兴 激动 兴奋 开心 伤心 感动 委屈 难过 幸福", "[跳流哭笑喊叫跑唱说](?:[了下出着起]|道)"),
    ("渐渐 慢慢 逐渐 悄悄", "[^，。；的]{1,2}了[，。；]"),
    (
        "自发 条件 保留 辛勤 辛苦 科学 合理 默默 无偿 免费 义务 间断",
        "(?:奉献|付出|支撑|陪伴|坚守|耕耘|提供|组织|使用|管理|工作|服从|劳动|参与|服务)"
        "(?:了|着|起来|[^，。；的]{0,4}(?:我们|大家|群众|企业|公司|各))",
    ),
)

#: The characters that a wrong 的 stands behind, or before.
_BEFORE = frozenset(
    [word[-1] for word in (*_MANNER, *_SAYINGS, *words_of(" ".join(row[0] for row in _CLEAR)))]
) | frozenset("来累忙急冻饿不变显觉件步户项个条村家年天次字句点滴桩")
_BEHIND = frozenset(
    "很非十更比越挺特不太相最格极都也还紧实细深透稳牢认仔扎漂到多惊吓出要数起住头井淋一水红恰滴严清明真还"
)


class _Frames(NamedTuple):
    """The compiled frames; each is matched right behind or right before a particle."""

    certain: re.Pattern[str]
    aspect: re.Pattern[str]
    object: re.Pattern[str]
    named: re.Pattern[str]
    named_soon: re.Pattern[str]
    deeds: re.Pattern[str]
    may: re.Pattern[str]
    can: re.Pattern[str]
    names: re.Pattern[str]
    lets: re.Pattern[str]
    thing: re.Pattern[str]
    life: re.Pattern[str]
    lives: re.Pattern[str]
    thanks: re.Pattern[str]
    how_well: re.Pattern[str]
    deed: re.Pattern[str]
    bare: re.Pattern[str]
    bare_deed: re.Pattern[str]
    much: re.Pattern[str]
    much_before: re.Pattern[str]
    able: re.Pattern[str]
    become: re.Pattern[str]
    striking: re.Pattern[str]
    tired: re.Pattern[str]
    told: re.Pattern[str]
    tells: re.Pattern[str]
    gained: re.Pattern[str]
    gains: re.Pattern[str]
    came: re.Pattern[str]
    fully: re.Pattern[str]
    clear: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _frames() -> _Frames:
    degree = "很|非常|十分|更加?|比较|越来越|挺|特别|不够|还不够|不太|不|太|相当|最|格外|极其"
    fine = (
        "重|满|长|简单|复杂|死|美|苦|轻|粗|乱|浅|空|棒|好|快|差|不错|出色|到位|扎实|顺利|成功|圆满|漂亮|精彩|深刻|透彻|清楚|明白|细致|详细|具体|全面|充分|周密|认真|及时|明显|突出|紧密|严格|稳定|理想|红火"
        "|热烈|完整|准确|正确|彻底|辛苦|艰辛|充实|生动|积极|主动|深|实|细|紧|高|久|远|早|晚|慢|大"
    )
    nouns = (
        "贡献|成就|成绩|意义|祖国|人民|事业|敬意|未来|前景|明天|群众|环境|氛围|基础|传统|使命|任务|作用|位置|经验|财富|成效|进展|历程|业绩|态度|作风|精神|水平"
        "|能力|力量|思想|条件|队伍|道路|社会|时代|信念|理想|意志|决心|信心|感情|友谊|局面|形象|机遇|挑战|关系|问题|困难"
    )
    who = (
        "我们|自己|大家|他们|你们|人民|群众|百姓|企业|公司|孩子们?|同志们?|经济|社会|农民|职工|员工"
        "|每个人|人人|村民|居民|老人们?|产业|事业|城市|乡村|学校|国家|党员|干部|[\u4e00-\u9fff]{1,4}[们人民众户员工]"
    )
    return _Frames(
        certain=re.compile(_CERTAIN),
        aspect=re.compile(_ASPECT),
        object=re.compile(_OBJECT),
        named=re.compile(rf"的?(?:{_NAMED})"),
        named_soon=re.compile(rf"[^，。；！？]{{0,6}}?的?(?:{_NAMED})(?:[，。；、！的]|$)"),
        deeds=re.compile(rf"(?:{_DEEDS})(?!的)"),
        may=re.compile(
            "(?:^|[，。；：！？“　]|应该?|应当|必须|能|能够|可以|会|将|也|都|就|正|正在|已经|已|继续|一起|一定|来|去|地|我们|大家|他|她|同志们|不能|不要|不得|再|又|还"
            "|从而|以便|便于|(?<![需主重只首])要)$"
        ),
        can=re.compile("(?:能够?|可以|得以|必将|[才就定]会)$"),
        names=re.compile(
            "(?:[是有的和与及或、用对为给]|(?<![可得难足])以|取得|实现|保持|[作做]出|进行|得到|获得|形成|开展|加强|一[种个次场条项]|这[种个]|通过|经过|需要|提供|建立|靠|经|付出"
            "|予|受到|确保|按照|追求|离不开|[着了到]|公开|明确|具体)$"
        ),
        lets=re.compile(rf"(?:让|使|令|促使|希望)(?:[\u4e00-\u9fff]{{0,4}}?)(?:{who})(?:都|能|能够|更)?$"),
        thing=re.compile(rf"(?:祖国|机会|机遇|未来|前景|事业|成就)|(?:{nouns})(?=[，。；！？、的和是]|决定|就是|$)"),
        life=re.compile("(?:生活|日子)(?=[，。；！、]|$)"),
        lives=re.compile("(?:过上|过着|享受|享有|创造|向往|建设)(?:了|着)?(?:更加?|更为|十分|非常|最)?$"),
        thanks=re.compile("(?:感谢|祝贺|慰问|问候|敬意|欢迎|谢意|祝福|祝愿)(?=[！。，；]|$)"),
        how_well=re.compile(rf"(?:[都也还](?=[很非十挺不比更]))?(?:{degree})(?:{fine})了?(?=[，。；！？、]|$)"),
        deed=re.compile(
            "(?:(?<![是要想该能可所得])[讲做办抓干说写管搞建开走推学用打种养变过跑看想吃穿住睡长谈听记守]"
            "|落实|发展|完成|进行|开展|表现|执行|安排|布置|部署|准备|总结|分析|汇报|介绍|组织|讲解|推进|发挥|贯彻|考虑|体现|配合|协调|反映|暴露|进展|增长|提高|恢复"
            "|建设|更新|打造|建立|落地|开发|设计|装修|布局|改造|培养|传播|转变|变化|成长|发育|生活|工作|干活|掌握|理解|领会|运行|保存|保持|维护|恢复|融合|衔接|提升|改善|优化|管理"
            "|保护|控制|解决|处理|结合|把握|坚持|学习|研究|宣传)$"
        ),
        bare=re.compile(
            "(?:(?:真|还|都)?不错|真[好棒美]|挺好|(?:还|都|也)?不(?:好|够|细|深|透|实)|紧|实|细|深|透|稳|牢|认真|仔细|扎实|漂亮|到位)(?=[，。；！]|$)"
        ),
        bare_deed=re.compile("(?<![是所要想该能可])[抓管办做干跑学记听睡走飞跳练看想考虑]$"),
        much=re.compile("多(?=[，。；！了]|$)"),
        much_before=re.compile("比[^，。；比]{1,14}[好快高大强少低远长难易慢重要严复杂]$"),
        able=re.compile("(?:起(?=[，。；、！医病学房楼])|出手|出去|起考验|住考验|住关|住压力|起检验|稳脚跟|起历史)"),
        become=re.compile("(?:越来越|更加?|很|十分|非常|不再|格外|特别|尤为|更为)"),
        striking=re.compile("(?:惊人|吓人|出奇|要命|不得了|数不清)"),
        told=re.compile("(?:自我)?(?:介绍|汇报|说明|回顾|总结|发言|讲话|交流|分析|梳理|阐述|动员)(?=[，。；！：]|$)"),
        tells=re.compile("[做作](?:了|一?个|一次|一下|一番)[^，。；地个下]{1,4}$"),
        gained=re.compile(f"(?:{_GAINED})(?=[，。；！]|$)"),
        gains=re.compile(
            "(?:有了|(?:取得|得到|获得|受到|实现)了?)(?:较为|更加|十分|非常|很|更|比较|极大|最)?[\u4e00-\u9fff]{2,4}$"
        ),
        came=re.compile("(?:很|太|十分|非常|都)?(?:不容易|不易|正是时候)(?=[，。；！]|$)"),
        fully=re.compile(
            "(?:头头是道|井井有条|淋漓尽致|一清二楚|水泄不通|红红火火|恰到好处|一塌糊涂|一干二净|滴水不漏|严严实实|清清楚楚|明明白白)(?=[，。；！]|$)"
        ),
        clear=_clear(),
        tired=re.compile(
            "[^，。；的、]{1,4}(?:都(?:直不|说不|睡不|抬不|站不|喘不|不知)|直不起|流下|说不出|睡不着|合不拢)"
        ),
    )


def _clear() -> dict[str, re.Pattern[str]]:
    """For each word of how in `_CLEAR` what stands behind it."""
    behind: dict[str, list[str]] = {}
    for words, pattern in _CLEAR:
        for word in words.split():
            behind.setdefault(word, []).append(pattern)
    return {word: re.compile("|".join(some)) for word, some in behind.items()}


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    """Where a particle may be wrong: of 的, nine places in ten are told by what stands beside them to be right."""
    before, behind = ("".join(sorted(some)) for some in (_BEFORE, _BEHIND))
    return re.compile(f"[的地得](?:(?<=[地得])|(?<=[{before}]的)|(?=[{behind}]))")


def wrong(text: str) -> Iterator[Particle]:
    """The particles of a text that leave no choice and are wrong."""
    for found in _places().finditer(text):
        at, which = found.start(), found[0]
        if which == "的" and at:
            right, why = _of_de(text, at)
        elif which == "地" and (text[at - 2 : at] in _ATTRIBUTES or text[at + 1 : at + 3] in _TOLD_OR_GAINED):
            right, why = _of_di(text, at)
        elif which == "得" and text[at - 2 : at] in _ATTRIBUTES and _frames().thing.match(text, at + 1):
            right, why = "的", "修饰后面的名词用“的”"
        elif which == "得" and text[at - 2 : at] in _MANNER and text[at - 2 : at] not in _MAY_BE_PRAISED:
            right, why = _of_dei(text, at)
        else:
            continue
        if right:
            yield Particle(at, right, why)


def _manner(text: str, at: int) -> int | None:
    """Where the words of how something is done begin that end at `at`; None where there are none."""
    for length in (4, 3):
        words = text[max(0, at - length) : at]
        if len(words) == length and (words in _SAYINGS or _said_again(words)):
            return at - length
    return at - 2 if at >= 2 and text[at - 2 : at] in _MANNER else None


def _said_again(words: str) -> bool:
    """一件一件, 一步一步."""
    return len(words) == 4 and words[0] == words[2] == "一" and words[1] == words[3]


_DEGREES = ("更加", "更为", "比较", "十分", "非常", "越来越", "极其", "较为", "相当", "特别", "更", "很", "最", "较")


def _of_de(text: str, at: int) -> tuple[str, str]:
    frames = _frames()
    clear = frames.clear.get(text[at - 2 : at])
    if clear and clear.match(text, at + 1):
        return "地", "修饰后面的动词用“地”"
    start = _manner(text, at)
    if start is not None:
        start -= next((len(word) for word in _DEGREES if text.endswith(word, 0, start)), 0)
        while text[start - 1 : start] == "、" and text[start - 3 : start - 1] in _MANNER:
            start -= 3
        before = text[max(0, start - 14) : start]
        if _is_done(text, at, before):
            return "地", "修饰后面的动词用“地”"
        return "", ""
    before = text[max(0, at - 20) : at]
    if frames.how_well.match(text, at + 1) and frames.deed.search(before):
        return "得", "后面是补语，用“得”"
    if text[at - 1] == "来" and text[at - 2 : at - 1] not in "从原本以而外新刚后初未" and frames.came.match(text, at + 1):
        return "得", "后面是补语，用“得”"
    if frames.fully.match(text, at + 1) and text[at - 1] not in "是样种着了的":
        return "得", "后面是补语，用“得”"
    if frames.bare.match(text, at + 1) and frames.bare_deed.search(before):
        return "得", "后面是补语，用“得”"
    if frames.much.match(text, at + 1) and frames.much_before.search(before):
        return "得", "“比……得多”用“得”"
    if text[at - 1] in "站豁输顶扛经拿看住吃穿用买花付供养请" and frames.able.match(text, at + 1):
        return "得", "后面是补语，用“得”"
    if text[at - 1] in "变显觉" and frames.become.match(text, at + 1) and not text.endswith("改变", 0, at):
        return "得", f"“{text[at - 1]}得”用“得”"
    if text[at - 1] in "大多少高快好远难低深" and frames.striking.match(text, at + 1):
        return "得", "后面是补语，用“得”"
    if text[at - 1] in "累忙急冻饿" and text[at - 2 : at - 1] not in "积繁紧赶" and frames.tired.match(text, at + 1):
        return "得", "后面是补语，用“得”"
    if (
        text[at - 1] == "不"
        and text[at - 2 : at - 1] in "舍了怪恨由容"
        and at >= 2
        and text[at + 1 : at + 2] not in "同是"
    ):
        return "得", f"“{text[at - 2]}不得”用“得”"
    return "", ""


def _is_done(text: str, at: int, before: str) -> bool:
    """Whether what stands behind a 的 is done, not named; `before`: what stands before the words of how."""
    frames = _frames()
    if frames.names.search(before):
        return False
    if frames.certain.match(text, at + 1):
        return True
    verb, end = text[at + 1 : at + 3], at + 3
    if verb in _DO or verb in _ALONE:
        aspect = frames.aspect.match(text, end)
        if aspect and not frames.named_soon.match(text, aspect.end()):
            return True
    if frames.may.search(before) and (_has_object(text, at) or frames.deeds.match(text, at + 1)):
        return True
    how = text[at - 2 : at]
    if (
        how in _AGAIN
        and text[at - 4 : at - 2] not in ("持续", "源源")
        and text[end : end + 2] not in _VERBS
        and _has_object(text, at)
    ):
        return True
    if verb in _VERBS and text[end : end + 1] in ("，", "。", "；", "！") and frames.can.search(before):
        return True
    return verb in _ALONE and text[end : end + 1] in "，。；！" and bool(frames.lets.search(before))


def _has_object(text: str, at: int) -> bool:
    """Whether a verb stands right behind a particle, and its object behind it."""
    frames = _frames()
    verb, end = text[at + 1 : at + 3], at + 3
    if verb not in _DO:
        return False
    thing = frames.object.match(text, end)
    if thing:
        return not frames.named.match(text, thing.end())
    if verb == "把握":
        return False
    end += text[end : end + 1] in ("好", "到")
    thing_words = text[end : end + 2]
    if len(thing_words) < 2 or not all("\u4e00" <= c <= "\u9fff" for c in thing_words) or thing_words[0] in _GOES_ON:
        return False
    if thing_words[0] == "中" and thing_words not in ("中央", "中国", "中华", "中共"):
        return False
    return not frames.named.match(text, end) and not frames.named_soon.match(text, end + 2)


def _of_di(text: str, at: int) -> tuple[str, str]:
    frames = _frames()
    if frames.told.match(text, at + 1) and frames.tells.search(text, max(0, at - 12), at):
        return "的", "“作”后面的介绍、汇报是名词用法，用“的”"
    if frames.gained.match(text, at + 1) and frames.gains.search(text, max(0, at - 12), at):
        return "的", "“得到”“有了”后面的提高、落实是名词用法，用“的”"
    if text[at - 2 : at] not in _ATTRIBUTES:
        return "", ""
    if frames.thing.match(text, at + 1):
        return "的", "修饰后面的名词用“的”"
    if frames.life.match(text, at + 1) and frames.lives.search(text, max(0, at - 12), at - 2):
        return "的", "修饰后面的名词用“的”"
    if frames.thanks.match(text, at + 1) and re.search(
        "[表致][示以][^，。；！？“”]{0,14}$", text[max(0, at - 18) : at - 2]
    ):
        return "的", "“表示”“致以”后面是名词用法，用“的”"
    return "", ""


#: What one makes (作): 作简要的介绍.
_TOLD = frozenset(words_of("自我 介绍 汇报 说明 回顾 总结 发言 讲话 交流 分析 梳理 阐述 动员"))

#: What one gets (得到, 取得, 有了): 有了明显的提高.
_GAINED = "提高|提升|改善|增强|发展|进步|变化|拥护|支持|落实|体现|解决|保障|转变|好转|发挥|锻炼|尊重|肯定|欢迎|教育|启发|关注|重视"
_TOLD_OR_GAINED = _TOLD.union(_GAINED.split("|"))

#: What stands before a name, and with 地 only before a verb.
_ATTRIBUTES = frozenset(
    words_of("""
    更大 巨大 重大 伟大 崇高 美好 广大 良好 光荣 重要 宝贵 显著 艰巨 光辉 辉煌 幸福 认真 扎实 深刻 丰富 积极 坚定 强大 深厚 优良 优秀 先进 深入
    很好 较好 更好 最好 良好 美丽 难得 衷心 热烈 诚挚 亲切 真诚 深深 由衷 新的 严重 突出 广泛 有利 健康 正确
""")
)


def _of_dei(text: str, at: int) -> tuple[str, str]:
    frames = _frames()
    before = text[max(0, at - 16) : at - 2]
    if frames.names.search(before) or not _has_object(text, at):
        return "", ""
    return ("地", "修饰后面的动词用“地”") if frames.may.search(before) else ("", "")


#: How something is done, or is itself done: 团结得像一家人.
_MAY_BE_PRAISED = frozenset(
    words_of("稳定 激动 高兴 团结 集中 平静 规范 明显 突出 坚持 坚定 热情 积极 主动 顺利 健康 幸福 开心 快乐")
)
