"""Where a title of several lines is best broken: at word boundaries, in lines that balance (GB/T 9704—2012, 7.3.1:
词意完整， 排列对称，长短适宜，梯形或菱形)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

#: Where a line may end, with what it costs (0 best). Behind a mark or a closing bracket; around 关于, 和, 与, 的 and the
#: kind of paper; behind the words that end a name.
_ENDS = (
    (r"[，、；：》”’）〉]", 0),
    (r"(?:关于|暨)", 1),
    (r"全[省市县区州旗乡镇校院]|(?<!区)[省市县区州旗乡镇]委", 2),
    (r"[上中]的", 4),
    (r"的", 3),
)

#: Words that titles of speeches are made of. No line breaks inside one, and any line may end behind one.
_WORDS = ["民主生活会", "组织生活会", "领导班子", "中心组", "理论", "点评", "反馈", "意见", "年度", "综合执法", "教育", "乡镇（街道）", "会议", "大会", "全会", "年会", "例会", "培训班", "座谈会", "动员会", "推进会", "部署会", "调度会", "现场会", "交流会", "总结会", "表彰会", "工作会", "研讨班", "读书班", "研修班", "论坛", "仪式", "活动", "开班式", "结业式", "主任", "书记", "干部", "党员", "代表", "委员", "委员会", "领导", "人才", "青年", "教师", "企业家", "群众", "职工", "妇女", "老干部", "班子", "队伍", "党委", "政府", "人大", "政协", "纪委", "监委", "办公室", "办公厅", "单位", "机关", "系统", "部门", "乡镇", "街道", "社区", "基层", "村级", "党政", "党建", "党史", "党纪", "党风", "廉政", "政治", "经济", "文化", "社会", "生态", "文明", "环境", "环保", "法治", "司法", "公安", "政法", "信访", "统战", "民族", "宗教", "宣传", "思想", "意识形态", "组织", "人事", "编制", "档案", "保密", "机要", "信息", "督查", "政务", "财政", "税务", "金融", "审计", "统计", "教育", "科技", "卫生", "健康", "医疗", "民政", "退役", "军人", "事务", "人力", "资源", "保障", "住房", "城乡", "建设", "交通", "运输", "水利", "农业", "农村", "林业", "乡村", "振兴", "粮食", "商务", "招商", "引资", "旅游", "体育", "应急", "管理", "市场", "监管", "营商", "民营", "企业", "产业", "工业", "园区", "项目", "投资", "数字", "创新", "改革", "开放", "发展", "高质量", "安全", "生产", "消防", "防汛", "抗旱", "防火", "治理", "综合", "平安", "创建", "稳定", "风险", "防范", "化解", "食品", "药品", "污染", "防治", "攻坚", "脱贫", "巩固", "拓展", "成果", "衔接", "扶贫", "民生", "就业", "服务", "保护", "利用", "规划", "编制", "换届", "选举", "巡视", "巡察", "整改", "监督", "执纪", "审查", "纪律", "检查", "警示", "作风", "学习", "贯彻", "落实", "深入", "精神", "规定", "条例", "准则", "主题", "专题", "重点", "工作", "任务", "部署", "动员", "推进", "调度", "总结", "表彰", "表扬", "先进", "典型", "经验", "业务", "骨干", "转型", "数字化", "交流", "研讨", "宣讲", "集中", "全体", "扩大", "第一", "第二", "第三", "第四", "第五", "电视电话", "视频", "座谈", "慰问", "团拜", "迎新", "纪念", "庆祝", "启动", "开工", "奠基", "竣工", "签约", "揭牌", "欢迎", "欢送", "答谢", "开幕", "闭幕", "中国", "共产党", "中央", "全国", "党代会", "代表大会", "习近平", "新时代", "中国特色", "社会主义", "现代化", "中国式", "八项", "开创", "新局面", "新局", "凝心", "聚力", "真抓", "实干", "担当", "作为", "关键", "加快", "全面", "坚持"]

_STARTS = ((r"(?:的)?(?:讲话|致辞|发言|报告|主持词|党课|点评|说明)(?:提纲|稿)?$", 1), (r"[和与及暨]", 2), (r"[《“（]", 1))

#: Never inside these: names in marks, ordinals, numbers with their unit, words of letters and digits.
_WHOLE = (
    r"《[^》]*》|〈[^〉]*〉|“[^”]*”|（[^）]*）|【[^】]*】|第[一二三四五六七八九十百零〇\d]+[届次期批轮个]|"
    r"\d[\d.,]*年度|\d[\d.,]*[年月日号次届期批个名人万亿%％]*|[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*[年月日号次届期批个名人万亿%％]*"
)
_NOT_FIRST = "，。；：！？、）》”’〉】…"
_NOT_LAST = "《“（【〈‘—"

#: What a title ends with: one word each, whatever stands before it.
_KIND = (
    r"(?:讲话|致辞|致词|祝词|贺词|献词|发言|报告|演讲|主持词?|党课|点评|说明|总结|汇报|通知|意见|方案|决定|办法|规定|规划|计划|纪要|通报|要点)(?:提纲|摘要|[稿会]|要点)?"
    r"(?:[（(][^（）()]{1,12}[）)])?$"
)

#: Longer names in marks have to be broken somewhere (characters).
_CUT = 12

#: What a break costs, in 汉字 of imbalance: behind a known word, and where no rule knows a word's end.
_WORD = 1.5
_UNLIKED = 9.0


def width(text: str) -> float:
    """How wide a text is, in 汉字: a digit 0.64, a capital 0.7, another letter 0.6, 0.2 more where they meet a 汉字."""
    return max(_widths(text), default=0.0)


def _widths(text: str) -> Iterator[float]:
    """The width of the first character, of the first two, …"""
    total = 0.0
    last_narrow: bool | None = None
    for c in text:
        narrow = c.isascii()
        total += (0.64 if c.isdigit() else 0.7 if c.isupper() else 0.6) if narrow else 1.0
        if last_narrow is not None and narrow != last_narrow:
            total += 0.2
        last_narrow = narrow
        yield total


def break_title(text: str, room: float = 20.0) -> tuple[int, ...]:
    """The offsets at which a new line begins, () where the title fits on one line of `room` 汉字 (2号 in 156 mm holds 20).
    Two lines balance, the upper one rather shorter; three make a trapezoid or a diamond. A subtitle begins a line with
    its ——, and is broken for itself."""
    if width(text) <= room or len(text) > 200:
        return ()
    if 0 < (dash := text.find("——")) < len(text) - 2:
        below = break_title(text[dash:], room)
        return (*break_title(text[:dash], room), dash, *(dash + at for at in below))
    costs = _costs(text)
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for count in (2, 3, 4, 5):
        if width(text) > room * count:
            continue
        best = min(best, _best(text, costs, count, room))
        if best[1]:
            return best[1]
    return ()


def cut_at(text: str, at: int) -> str:
    """The word, name or number that a line beginning at an offset cuts in two, "" where none that is known."""
    for whole in (_WHOLE, _words(), _KIND):
        for found in re.finditer(whole, text):
            if found.start() < at < found.end() and found.end() - found.start() <= _CUT:
                return found[0]
    return ""


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    longest_first = sorted(_WORDS, key=len, reverse=True)
    return re.compile("|".join(word + "议?" if word.endswith("会") else word for word in longest_first))


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], float, bool], ...]:
    ends = tuple((re.compile(pattern), cost, True) for pattern, cost in _ENDS)
    starts = tuple((re.compile(pattern), cost, False) for pattern, cost in _STARTS)
    return (*ends, (_words(), _WORD, True), (_words(), 3, False), *starts)


def _costs(text: str) -> dict[int, float]:
    """What a line beginning at each offset costs; offsets where none may begin are left out."""
    closed: set[int] = set()
    for whole in (_WHOLE, _words(), _KIND):
        for found in re.finditer(whole, text):
            closed.update(range(found.start() + 1, found.end()))
    costs = {
        at: _UNLIKED
        for at in range(1, len(text))
        if at not in closed and text[at] not in _NOT_FIRST and text[at - 1] not in _NOT_LAST
    }
    for rule, cost, after in _rules():
        for found in rule.finditer(text):
            at = found.end() if after else found.start()
            if at in costs:
                costs[at] = min(costs[at], cost)
    for at in list(costs):
        if text[at] in "的了" and costs[at] > 1:  # a line does not begin with a particle
            costs[at] = _UNLIKED * 2
    return costs


def _best(text: str, costs: dict[int, float], count: int, room: float) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to make `count` lines of it."""
    best: tuple[float, tuple[int, ...]] = (1e9, ())  # finite, so that a way that leads nowhere is told from it
    ideal = width(text) / count
    end = len(text)

    @cache
    def lines_from(start: int) -> tuple[tuple[int, float, float], ...]:
        """The lines that may begin at an offset: (where the next begins, width, cost)."""
        out = []
        for at, line in enumerate(_widths(text[start:]), start + 1):
            if line > room:
                break
            if at == end or (at in costs and line >= 0.3 * ideal):
                out.append((at, line, costs.get(at, 0.0) + abs(line - ideal)))
        return tuple(out)

    @cache
    def at_least(start: int, left: int) -> float:
        """What `left` lines from an offset cost, whatever their shape. Without it a long title takes seconds."""
        if left == 1:
            return next((cost for at, _, cost in lines_from(start) if at == end), float("inf"))
        return min(
            (cost + at_least(at, left - 1) for at, _, cost in lines_from(start) if at < end), default=float("inf")
        )

    def go(start: int, lines: tuple[float, ...], breaks: tuple[int, ...], cost: float) -> None:
        nonlocal best
        left = count - len(breaks)
        if cost + at_least(start, left) > best[0] + 1e-9:
            return
        for at, line, price in lines_from(start):
            if at == end and left == 1:
                best = min(best, (cost + price + _shape([*lines, line]), breaks))
            elif at < end and left > 1:
                go(at, (*lines, line), (*breaks, at), cost + price)

    go(0, (), (), 0.0)
    return best


def _shape(lines: list[float]) -> float:
    """Trapezoids (each line longer, or each shorter) and diamonds (longest in the middle) cost nothing, an hourglass
    much."""
    if len(lines) == 2:
        return 0.0 if lines[0] <= lines[1] else 0.5
    hourglass = any(a > b < c for a, b, c in zip(lines, lines[1:], lines[2:], strict=False))
    return 4.0 if hourglass else 0.0
