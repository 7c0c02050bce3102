"""The outline one is looking for: what a writer calls a thing is seldom what its file is called."""

from collections.abc import Sequence

from drafter.commands.index import OutlineEntry

#: Words that writers use for one another when they look for a speech. A word may stand in several rows.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("开班", "培训", "结业", "学习班", "轮训", "培训班", "毕业"),
    ("动员", "部署", "启动", "安排"),
    ("誓师", "攻坚", "冲刺", "大干", "决战"),
    ("表彰", "嘉奖", "先进", "颁奖", "劳模", "庆功"),
    ("纪念", "庆祝", "周年", "校庆", "建党", "七一"),
    ("报告", "年度工作", "主报告", "全会", "经济工作"),
    ("推进", "调度", "督导", "攻坚", "专项", "现场会"),
    ("座谈", "征求意见", "听取意见", "茶话", "恳谈"),
    ("青年", "年轻干部", "选调生", "共青团", "五四", "大学生"),
    ("调研", "视察", "检查指导", "走访"),
    ("视频", "电视电话", "分会场"),
    ("小结", "总结", "收官", "务虚", "年终", "年底", "岁末"),
    ("统战", "民族", "宗教", "党外", "民主党派"),
    ("主持", "主持词", "司仪", "串词"),
    ("开幕", "开场", "揭幕"),
    ("闭幕", "散会"),
    ("欢迎", "接待", "来访", "迎宾"),
    ("欢送", "送行", "送别"),
    ("答谢", "致谢", "感谢"),
    ("考察", "学习考察", "观摩", "取经"),
    ("招商", "推介", "投资", "引资", "营商", "企业", "民营", "企业家"),
    ("开工", "奠基", "竣工", "通车", "揭牌", "落成"),
    ("签约", "协议", "合作"),
    ("致辞", "祝酒", "祝辞"),
    ("表态", "承诺", "军令状", "决心"),
    ("任职", "到任", "就职", "履新", "上任", "新任"),
    ("离任", "调离", "卸任", "告别", "退休"),
    ("任免", "宣布", "干部大会", "人事"),
    ("换届", "选举", "换届纪律"),
    ("党课", "微党课", "宣讲", "支部"),
    ("廉政", "警示", "警示教育", "反腐", "违纪", "以案"),
    ("从严治党", "党风廉政", "党建", "纪委", "作风"),
    ("民主生活会", "组织生活会", "对照检查", "批评", "剖析"),
    ("述职", "述廉", "述责", "履职"),
    ("巡察", "巡视", "整改", "反馈"),
    ("学习教育", "主题教育", "读书班", "研讨", "集中学习"),
    ("安全", "安全生产", "消防", "隐患", "事故", "应急"),
    ("防汛", "抗旱", "防洪", "汛期", "水库", "台风", "排涝", "山洪"),
    ("信访", "维稳", "稳定", "上访", "积案", "矛盾"),
    ("乡村", "三农", "农业", "农村", "粮食", "春耕", "乡村振兴", "扶贫"),
    ("春节", "团拜", "拜年", "新年", "过年", "新春"),
    ("节日", "教师节", "护士节", "建军节", "八一", "国庆", "中秋", "五一", "劳动节", "慰问"),
    ("老干部", "离退休", "退休", "老同志"),
    ("发布会", "新闻", "记者", "发布词"),
    ("慰问信", "贺信", "贺词", "感谢信"),
)

#: What it is worth to be found in a field of an entry; a word meant by a synonym is worth a half of that.
_WEIGHTS = (("name", 12), ("genre", 10), ("title", 8), ("about", 6), ("headings", 3))


def find(entries: Sequence[OutlineEntry], words: Sequence[str]) -> list[OutlineEntry]:
    """The entries that speak of every word, or of a synonym of it, best first; where none does, those that speak of
    some of them; where none does even that, those that share the most pairs of characters with what was typed."""
    every, scored = [], []
    for entry in entries:
        scores = [_score(entry, word) for word in words]
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


def _score(entry: OutlineEntry, word: str) -> float:
    best = 0.0
    for asked, share in ((word, 1.0), *((w, 0.5) for w in _alike(word))):
        for where, weight in _WEIGHTS:
            held = getattr(entry, where)
            said = " ".join(held) if isinstance(held, tuple) else held
            if asked.lower() in said.lower():
                best = max(best, weight * share)
    return best


def _alike(word: str) -> list[str]:
    """The synonyms of a word: those of every row that has it, or has a word it contains (防汛工作会 contains 防汛)."""
    return [other for row in SYNONYMS if any(w == word or (len(w) > 1 and w in word) for w in row) for other in row]
