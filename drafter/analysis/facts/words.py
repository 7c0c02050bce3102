"""Short lists of words that tell where a name begins and ends in official Chinese. A segmenter would tell more, but jieba
takes 0.7 s and 60 MB to load its dictionary of 350,000 words for a page that is read in 0.05 s.
"""

from __future__ import annotations

import re


def listed(words: str) -> frozenset[str]:
    """The words, parted by spaces."""
    return frozenset(words.split())


def _any(words: str) -> str:
    """A pattern of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


#: Verbs of reports that a figure or what it counts stands behind.
DOING = listed("""
新增 新建 新签 改造 改建 建成 建设 修建 完成 实现 达到 投入 投放 安排 拨付 下达 发放 兑现 争取 落实 办理 办结 办成 培训 培育 培养 引进 引育 招引 签约 开工 竣工 投产 实施 推进 推动 推广 打造
创建 创成 认定 获批 获评 入选 整治 整改 排查 化解 处置 查处 查办 立案 侦破 破获 抓获 追回 挽回 清理 清退 关停 淘汰 减免 减少 降低 压减 新设 设立 组建 成立 选派 选拔 选树 招录 招聘 招收 录用
安置 吸纳 带动 惠及 覆盖 服务 救助 资助 慰问 帮扶 脱贫 搬迁 走访 接待 举办 开展 组织 召开 印发 出台 制定 修订 发布 受理 审结 执结 调解 回复 收到 征集 拥有 共有 现有 占有 达成 签订 签署 运送
运输 发送 输送 销售 生产 种植 栽植 造林 修复 治理 储备 供应 采购 募集 筹集 融资 发行 授信 贷款 偿还 上缴 缴纳 补发 提供 配备 配置 装备 更新 购置 采集 接种 检测 诊疗 开通 开行 通达 贯通 建立
健全 聚集 集聚 汇聚 来自 邀请 表彰 奖励 评选 命名 处理 处分 约谈 通报 问责 巡察 巡视 检查 督查 督办 督促 观看 参观 阅读 借阅 存有 藏有 栽种 盘活 收储 供地 出让 流转 复垦 新开 续建 谋划 对接
举行 参加 出席 参与 报名 走遍 跑遍 调动 调度 统筹 支持 扶持 保障 新招 扩大 增加 提高 提升 缩短 节约 节省 化验 抽检
""")
#: Adverbs, and verbs that only say that it is so many; they are no part of a name.
_HOW_WORDS = """
达到 达 突破 跃上 迈上 站上 登上 跨上 超过 超 高达 多达 完成 实现 为 是 有 共有 共计 合计 总计 共 约 近 仅 只有 仅有 只 稳定在 保持在 控制在 压缩到 维持在 位于 到 至 了 也 均 都 分别 各 首次 首批 累计 总共 一共
已 已经 将 不低于 不少于 不超过 不高于 不多于 至少 最多 最高 最低 以上 左右 同比 比上年 较上年 比去年 较去年 环比 一次性 从 由 自 在 于 突破了 达到了 高于 低于 多于 少于 相当于 双双 逆势 快速 大幅 稳步 再次 再 又 还 仍 连续 平均 年均 月均 日均 人均 已达 就有 就 力争 力争达到 确保
预计 预期 计划 现在 目前 也有 能 可 可达 会 要 每年 每月 每天 另有 另 并 需要 需 争取
"""
HOW = (
    "(?:较|比)“?十[一二三四五六七八九]五”?(?:末|同期|期间)?|(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|精简|压减|缩小|缩短|缩减|压缩|增|升|降|减|提|扩|缩|恢复|下降|调整|发展)[到至为成]|"
    + _any(_HOW_WORDS)
)
#: What a growth is called by how it is counted: of a share, in times, in points.
UP = "增长|增加|提高|提升|上升|增|升|扩大|上涨|增收|翻|增产|攀升|扩增|新增长"
DOWN = "下降|降低|减少|压减|缩小|缩短|下跌|减|降|精简|回落|收窄|压缩"

#: Words of time and scope a clause begins with.
_SCOPE = r"全[国省市区县州旗镇乡村校院厂行局系集公][团统司]?(?!会|面|体|民)|我[国省市县区州旗镇乡村校院厂局们]|本[省市县区州镇乡村校院厂局]|各[省市县区州地级]|其中|所有|发生|各类|各种|各项"
_TIME = (
    r"(?:19|20)?[0-9]{2,4}年[末底初]?|[今去前明后]年|全年|年内|当年|本年度?|近[一二三四五六七八九十两几][多]?年来?|[一二三四五六七八九十两几0-9]{1,3}年[多]?来|近年来|上半年|下半年|[前一二三四]{1,2}季度|目前|当前|现在|如今|今天|截至?到?目前"
    r"|截至|至今|同期|“?十[一二三四五六七八九]五”?(?:时期|期间|末|以来)?|期间|以来|时期|过去[一二三四五六七八九十]年|[0-9]{1,2}[—–-]?[0-9]{0,2}月份?[底末]?|每[年月天周人]|到"
)
#: Light words a clause begins with; of those of one letter each with the letters behind it that make it another word.
_LIGHT = _any(
    "累计 共计 总计 合计 总共 一共 预计 力争 确保 首次 首批 连续 分别 同时 另外 以及 已经 比如 例如 特别是 尤其是 包括 通过 随着 继续 持续 全面 深入 扎实 大力 积极 加快 着力 成功 顺利 超额 主要 先后 这些 我们 你们 他们"
)
_LETTERS = (
    "上(?![海年缴市级游次半])|共(?![建同享和产])|均(?![衡价等])|约(?![束谈])|并(?![网购轨])|又|再(?![生就造次])|还|也|已|将(?![军])|要(?![素闻道])|会(?![议展计员])|能(?![源耗力])|可(?![再支持靠用])|和(?![谐平美])|与|及(?![时格])|对(?![外口接])|为|把"
    "|使(?![用馆])|让|用(?![电水地户工能气药])|向|在(?![校职岗建库编线册籍读])|从(?![业])|由|于|的|了|过(?![境夜程渡])|是|有(?![色机效线关毒轨])|就(?![业医近地读])|都(?![市])|其(?![他余])|这|那|等(?![级候])|以(?![上下工])|设(?![施备计置])|中(?![央国小医学职高欧部等老亚心型间西])"
)
LEADING = re.compile(rf"^(?:{_TIME}|{_SCOPE}|{_LIGHT}|{_LETTERS})+")
TRAILING = re.compile(rf"(?:{HOW})+$")
GROWTH = re.compile(rf"(?:{HOW})*(?P<way>{UP}|{DOWN})(?:了|约|超过?|近|达)?$")
#: A verb that only brings the noun before a figure; it goes where the noun is long enough without it.
EMPTY_HEAD = re.compile("^(?:完成|实现|达到|安排|兑现|取得|拥有|建成(?!区)|共有|现有|做到|保持)(?=[\u4e00-\u9fff]{3})")
#: What ends a noun that stands behind a figure.
STOP = re.compile(
    "(?:来提供|来做|来推|来抓|按时|如期|准时|正在|即将|一[段条件个张次点滴户步]|存在|存放|存有|拆成|放在|摆在|分布|[会能可要应中内里上下前后间多不为在就才又还已均都占每来]|的|了|和(?![美谐平])|与|及|以及|或|被|把|将|向|在|从|由|为|是|也|以上|以下|左右|以内|之内|以来|之间|不等|全部|全面|全都|获批|获评|获得|获|达到|实现|实行|建成|开工|投产|通过|进入|入选|列入|纳入|完成|落地|投入|参加|参与|出席"
    "|齐聚|受到|得到|来到|加入|走进|走上|外出|返乡|接受|用于|支持|推进|推动|建立|成立|开通|通车|通达|竣工|脱贫|摘帽|搬迁|办理|同比|比上年|较上年|增长|下降|提高|超过|突破|其中|稳定|顺利|成功|相继|陆续|先后|正式|基本|逐一|逐步|共同|没有|来自|相当|等于|走遍|走访|配备|颁奖|作出|发生|增加|提升|降低|减少|扩大|精简|[一二三四五六七八九十两几0-9]{1,3}年来)"
)
#: Nouns that end what is counted.
HEAD_NOUN = re.compile(
    "(?:人员|人才|人口|人员|干部|职工|员工|学员|学生|同学|新生|毕业生|同志|代表|委员|党员|群众|居民|农户|村民|教师|医生|护士|民警|官兵|志愿者|网格员|院士|专家|老人|儿童|劳动力|贫困户|企业|公司|集团|单位|部门|机构|学校|医院|社区|乡镇|镇街|街道|园区|基地|平台|中心|项目|工程|案件|事故|问题|隐患|建议|提案|事项"
    "|件|村|县|区|市|省份|省|国家|地区|城市|岗位|床位|学位|车位|小区|道路|桥梁|车间|实验室|品牌|产品|专利|标准|法规|规章|文件|制度|活动|培训|场馆|图书馆|示范区|示范村|示范点|站点|站|所|点|线路|航线|班列|集体|个人|社团|家庭|商户|网点|窗口|机组|设备|车辆|住房|住户|资源|资金|贷款|补贴|耕地|农田|林地|公路|铁路|高铁)"
)


def verb_at(words: str, place: int) -> bool:
    """Whether a verb begins at a place."""
    return words[place : place + 2] in DOING and words[place : place + 3] != "增加值"


_BEFORE_FIGURE = re.compile("(?:了|过|累计|共|约|近|超过?|达到?|首批|不少于|至少)+$")


def verb_before(words: str) -> str:
    """The verb a stretch of words ends with, before a figure; "" for none."""
    bare = _BEFORE_FIGURE.sub("", words)
    return bare[-2:] if bare[-2:] in DOING else words[-2:] if words[-2:] in DOING else ""
