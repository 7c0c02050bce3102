"""The outline one is looking for: what a writer calls a thing is seldom what its file is called."""

from collections.abc import Sequence

from drafter.commands.index import OutlineEntry

#: Words that writers use for one another when they look for a speech. A word may stand in several rows.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("开班", "培训", "学习班", "轮训", "培训班"),
    ("结业", "毕业", "毕业典礼", "结业式"),
    ("开学", "开学典礼", "新学期", "入学", "学校", "校长"),
    ("动员", "部署", "启动", "安排"),
    ("誓师", "攻坚", "冲刺", "大干", "决战", "高考", "中考", "百日"),
    ("表彰", "嘉奖", "先进", "颁奖", "劳模", "庆功", "表扬"),
    ("纪念", "庆祝", "周年", "校庆", "建党"),
    ("七一", "建党", "建党节", "党的生日"),
    ("政府工作报告", "政府报告", "人代会"),
    ("党代会", "党委工作报告", "换届报告"),
    ("报告", "年度工作", "主报告", "全会", "经济工作", "全委会"),
    ("经济形势", "经济分析", "经济运行", "一季度", "半年经济", "三季度"),
    ("推进", "调度", "督导", "攻坚", "专项", "现场会"),
    ("项目", "重大项目", "重点项目", "项目建设", "项目调度"),
    ("座谈", "征求意见", "听取意见", "茶话", "恳谈"),
    ("青年", "年轻干部", "选调生", "共青团", "五四", "大学生", "团员"),
    ("调研", "视察", "检查指导", "走访"),
    ("视频", "电视电话", "分会场", "视频会"),
    ("小结", "总结", "收官", "务虚", "年终", "年底", "岁末"),
    ("年会", "年终总结", "务虚"),
    ("统战", "民族", "宗教", "党外", "民主党派"),
    ("主持", "主持词", "司仪", "串词", "主持会议"),
    ("开幕", "开场", "揭幕", "运动会"),
    ("闭幕", "散会"),
    ("欢迎", "接待", "来访", "迎宾"),
    ("祝酒", "祝辞", "欢迎词", "答谢词"),
    ("欢送", "送行", "送别"),
    ("答谢", "致谢", "感谢"),
    ("考察", "学习考察", "观摩", "取经"),
    ("招商", "推介", "投资", "引资"),
    ("营商", "企业家", "民营企业", "民企", "涉企"),
    ("国企", "国有企业", "国资", "集团公司"),
    ("开工", "奠基", "竣工", "通车", "揭牌", "落成", "剪彩", "投产"),
    ("签约", "协议", "合作"),
    ("表态", "承诺", "军令状", "决心"),
    ("汇报", "汇报材料", "工作汇报", "汇报提纲"),
    ("经验交流", "交流发言", "典型发言", "经验材料", "介绍经验"),
    ("心得", "心得体会", "学习体会", "读后感", "感悟"),
    ("研讨发言", "中心组", "中心组发言", "理论学习"),
    ("任职", "到任", "就职", "履新", "上任", "新任", "竞聘", "竞争上岗", "当选"),
    ("离任", "离职", "调离", "卸任", "告别", "调走", "离岗"),
    ("任免", "宣布", "干部大会", "人事", "任命"),
    ("任前谈话", "任前", "提拔", "集体谈话"),
    ("换届", "选举", "换届纪律"),
    ("党课", "微党课", "宣讲", "支部"),
    ("支部书记", "书记述职", "抓党建", "述职评议", "述职点评"),
    ("廉政谈话", "廉洁谈话", "约谈", "提醒谈话"),
    ("节前", "廉政提醒", "节日廉洁", "廉洁过节"),
    ("廉政", "警示", "警示教育", "反腐", "违纪", "以案"),
    ("从严治党", "党风廉政", "纪委全会", "纪委", "作风"),
    ("党建", "基层党建", "组织工作", "党务"),
    ("民主生活会", "组织生活会", "对照检查", "批评", "剖析"),
    ("述职", "述廉", "述责", "履职"),
    ("巡察", "巡视", "反馈", "被巡察"),
    ("环保督察", "生态环保", "环保", "污染", "生态环境"),
    ("学习教育", "主题教育", "读书班", "集中学习"),
    ("安全", "安全生产", "隐患", "事故", "应急"),
    ("消防", "火灾", "消防安全", "冬春火灾"),
    ("森林防火", "防火", "护林", "山火", "草原防火"),
    ("防汛", "抗旱", "防洪", "汛期", "水库", "台风", "排涝", "山洪"),
    ("信访", "维稳", "稳定", "上访", "积案", "矛盾"),
    ("乡村", "三农", "农业", "农村", "粮食", "春耕", "乡村振兴", "扶贫"),
    ("春节", "团拜", "拜年", "新年", "过年", "新春", "迎新春"),
    ("节日", "教师节", "护士节", "建军节", "八一", "五一", "劳动节", "慰问", "记者节"),
    ("国庆", "国庆节", "十一", "中秋"),
    ("三八", "妇女节", "妇女", "巾帼", "妇联"),
    ("医师节", "医生", "护士节", "医务", "卫生健康"),
    ("重阳", "重阳节", "敬老", "老年"),
    ("老干部", "离退休", "退休", "老同志"),
    ("老干部座谈", "离退休干部", "老干部座谈会"),
    ("职代会", "职工代表大会", "工会", "职工大会"),
    ("两会", "人大会议", "政协会议", "召集人", "代表团"),
    ("发布会", "新闻", "记者", "发布词"),
    ("慰问信", "感谢信", "公开信"),
    ("贺信", "贺词", "祝贺", "贺电"),
    ("倡议", "倡议书", "号召"),
    ("悼词", "追悼会", "追思", "告别仪式", "生平"),
)

#: What it is worth to be found in a field of an entry; a word meant by a synonym is worth a half of that.
_WEIGHTS = (("name", 12), ("genre", 10), ("title", 8), ("about", 6), ("headings", 3))


def find(entries: Sequence[OutlineEntry], words: Sequence[str]) -> list[OutlineEntry]:
    """The entries that speak of every word, or of a synonym of it, best first; where none does, those that speak of
    some of them; where none does even that, those that share the most pairs of characters with what was typed."""
    every, scored = [], []
    by_word = [_scores(entries, word) for word in words]
    for at, entry in enumerate(entries):
        scores = [found[at] for found in by_word]
        if any(scores):
            scored.append((-sum(scores), entry.name, entry))
            every += scored[-1:] if all(scores) else []
    scored = every or scored
    if not scored:
        wanted = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
        for entry in entries:
            there = sum(pair in f"{entry.genre} {entry.title} {entry.about}" for pair in wanted)
            if there:
                scored.append((-there, entry.name, entry))
    return [entry for _, _, entry in sorted(scored, key=lambda s: s[:2])]


def of_genre(entries: Sequence[OutlineEntry], genre: str) -> list[OutlineEntry]:
    """The entries whose genre holds the word, or a synonym of it."""
    exact = [e for e in entries if genre.lower() in e.genre.lower()]
    return exact or [e for e in entries if any(w in e.genre for w in _alike(genre))]


def _scores(entries: Sequence[OutlineEntry], word: str) -> list[float]:
    """What each entry is worth for a word: as it is typed, and by the rows that know it or a part of it (老干部座谈 is known
    to those of 老干部 and 座谈). A row that few entries speak of says more than one that many do."""
    typed = [_held(entry, word) for entry in entries]
    out = [2 * score for score in typed]
    for known, row in _rows(word):
        found = [max([_held(entry, known), *(_held(entry, other) / 2 for other in row)]) for entry in entries]
        holding = sum(map(bool, found))
        for at, score in enumerate(found):
            out[at] += score * (1 - holding / (len(entries) + 1)) ** 2
    return out


def _held(entry: OutlineEntry, word: str) -> float:
    """The weight of the best field of an entry that has a word, a little more the more of it the word is."""
    best = 0.0
    for where, weight in _WEIGHTS:
        held = getattr(entry, where)
        for said in held if isinstance(held, tuple) else (held,):
            if word.lower() in said.lower():
                best = max(best, weight + len(word) / len(said))
    return best


def _rows(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """The rows that have a word, or a word it contains (防汛工作会 contains 防汛), each with that; of those it contains not
    what is a part of another (安全 of 安全生产)."""
    inside = {w for row in SYNONYMS for w in row if w == word or (len(w) > 1 and w in word)}
    longest = {w for w in inside if not any(w != other and w in other for other in inside)}
    return [(known, row) for row in SYNONYMS if (known := next((w for w in row if w in longest), ""))]


def _alike(word: str) -> list[str]:
    """The synonyms of a word."""
    return [other for _, row in _rows(word) for other in row]
