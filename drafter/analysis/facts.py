"""What of a speech is true of one day and one place only: names, posts, dates, figures, levels, and the ×× an office
has put in their stead. Found by rules and short lists of words; each fact is a field with the words found as its
example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.chinese.numerals import date_said, read_date
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Unfit, Value, number_of, read, say
from drafter.speech.draft import Draft, Item, plain

#: Blanks one outline may be proposed; nobody goes through more.
MAX_FACTS = 200

#: What a fact may be: "known" are those the writer named himself, "level" is 省, 市, 县 …, "placeholder" stands in for
#: a fact that was taken out (×月×日).
KINDS = (
    "known", "year", "plan", "session", "ordinal", "date", "speaker", "post", "unit", "place", "level", "meeting", "paper", "person",
    "figure", "placeholder",
)  # fmt: skip


class Wording(NamedTuple):
    """Words that say a fact: the blank with `before` and `after` around it, put through the filter `through`. The words
    count only where what stands before and behind them is not of these patterns."""

    words: str
    before: str = ""
    after: str = ""
    through: str = ""
    not_behind: str = ""
    not_ahead: str = ""


class Fact(NamedTuple):
    """A fact: its field, its value in this speech, how it is said, and a sentence it stands in. `kind` says what it is,
    whatever its blank is called: one of `KINDS`."""

    field: Field
    value: Value
    said: tuple[Wording, ...]
    sentence: str = ""
    kind: str = "known"

    def named(self, name: str) -> Fact:
        """The same under another name."""
        return self._replace(field=self.field._replace(name=name))


def find_facts(draft: Draft, known: Mapping[str, str] | None = None, keep_figures: bool = False) -> tuple[Fact, ...]:
    """The facts of a speech, in the order they stand. `known` are facts the writer knows, by name; `keep_figures`
    leaves figures with their units as they are."""
    finder = _FactFinder(draft, known or {})
    finder.known_facts()
    finder.meeting()
    finder.speaker()
    finder.days()
    finder.papers()
    finder.higher_meetings()
    finder.places()
    finder.level()
    finder.persons()
    if not keep_figures:
        finder.figures()
    finder.runs()
    found = sorted(finder.facts, key=lambda fact: finder.first(fact))
    return tuple(found[:MAX_FACTS])


_CENTRAL = frozenset(["习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "周恩来", "刘少奇", "朱德", "陈云", "雷锋", "焦裕禄", "孔繁森", "王进喜", "钱学森", "袁隆平", "马克思", "恩格斯", "列宁", "孔子", "孟子", "李大钊", "方志敏", "张富清", "黄文秀", "张桂梅"])
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何郑梁罗宋谢唐韩曹许邓萧冯曾彭潘袁董余苏叶吕魏蒋田杜丁沈姜范傅钟卢汪戴崔陆廖姚邱夏谭韦贾邹石熊孟秦阎薛侯雷龙段郝孔邵史毛顾赖武贺严尹钱洪龚汤陶黎温莫易樊乔殷颜庄章鲁倪庞邢俞翟蓝聂欧阳"
)
_NAME = rf"(?:欧阳|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_NO_NAME = re.compile("许多|任何|余下|何[种况]|严格|于是|马上|全体|贺|向|武装|董事|温暖|程序|范围|毛病|易于|龙头|石[油头]|黄金|金融")
_POSTS = "书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|科长|所长|站长|主任|主席|校长|院长|董事长|总经理|行长|会长|秘书长|检察长|政委|司令员|常委|教授|委员"
#: 郭局长, 王书记: not 向校长学习, 任书记期间.
_SURNAME_AND_POST = re.compile(
    rf"(?<=[，。、；：！？“\n])(?![向和任原时应于余万成常全])([{_SURNAMES}])((?:副?(?:书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|主任|主席|校长|院长|董事长"
    rf"|总经理|行长|会长|秘书长|检察长)))"
    r"(?=[，。、；：]|主持|出席|讲话|致辞|通报|宣读|传达|作了|作|就|对|在|还|也|已|的讲话|同志)"
)
_LEVELS = "省市县区州旗镇乡"
_YEARLESS = r"(?:[0-9]{1,2}|[×xXＸ]{1,2})月(?:[0-9]{1,2}|[×xXＸ]{1,2})[日号]"
_DAY = re.compile(
    rf"(?:[0-9]{{4}}|[×xXＸ*]{{1,4}}|今|去|明)年{_YEARLESS}|(?:[0-9]{{4}}|[×xXＸ*]{{2,4}})年(?:[0-9]{{1,2}}"
    rf"|[×xXＸ]{{1,2}})月(?!份?以)|{_YEARLESS}|[〇二三四五六七八九一零○]{{4}}年[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?")
_PAPER = re.compile(r"《[^《》]{4,40}(?:意见|通知|方案|决定|规划|纲要|办法|计划|要点|细则|措施|行动|条例|规定|通报|批复|责任书|公约|倡议书)(?:（[^（）]{1,12}）)?》")
_HIGHER = re.compile(
    r"(?:中央|全国|国务院|全省|省委|省政府|全市|市委|市政府|自治区党委|自治区)(?!(?:各|上下|人民|的|和|、|在|对|要|党))(?:(?!中央|全国|国务院|全省|省委|全市|市委|自治区|常委|书记|同志"
    r"|出席|学习|召开|研究|贯彻)[^\W\d_a-zA-Z了在对把向要就是将给着过]){0,16}?"
    r"(?:工作会议|座谈会|推进会|动员会|部署会|视频会议|电视电话会议|现场会|全会|表彰大会|代表大会|大会|会议)(?=精神|上|以来|召开|强调|提出|指出|对|明确|部署|作出|要求|，|。|、|刚|之后|的)"
)
_FIGURE = re.compile(
    r"(?<![0-9.A-Za-z第])([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"((?:[多余来]?[万亿千百]*[多余]?)(?:个百分点|百分点|[%％‰]|平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|公斤|人次"
    r"|[元亩吨米户人名个家项件处套台座条所张份位次天场期批支只头株棵本篇宗艘辆架栋间门起例倍岁]|小时|分钟|学时|周年))"
)
#: What the speech itself has so many of: 3个方面.
_POINTS = re.compile(r"[0-9]{1,2}(?:个$|[条项]$)")
_SELF = re.compile("方面|意见|问题|要求|希望|建议|层面|关系|特点|关键词|认识|体会")

#: Words that are never part of what a figure counts.
_NO_NOUN = re.compile("[我你他她它们也还被将把用每这那]|现在|本次|如果|今天|昨天|明天")

#: Words a quantity is counted up with; its name stands behind them.
_BEFORE = re.compile("已经|累计|总共|一共|共有?|预计|新增|建成|实现|完成")
_RUN = re.compile(r"[×✕╳]+|[XxＸ]{2,}|[＊*]{2,}|_{2,}|某某+|某(?=[市县区镇乡省局厅校村]|单位|公司|同志|部门|企业)")
_PLACE = re.compile(
    r"(?:(?<=[，。、；：！？“”（）《》\s在到来赴向为对和与是把从于由给让请我])|^)(?=([\u4e00-\u9fff]{2,3}?(?:自治州|自治县|街道|[省市县区镇乡])))"
)
_NO_PLACE = re.compile("[的我全各一二三四五六七八九十两几本该这那某每个老大小新城乡农社园景山灾地校市县区省镇村街郊辖属级直整片城跨试示开发保税工业矿林牧库湖功能超都上为入在到来和与及以了就把有是要使让从向对]")


_NO_STEM = frozenset(
    ["根据", "按照", "依照", "遵照", "经过", "通过", "报告", "提请", "代表", "现任", "原任", "担任", "兼任", "关于", "来自", "位于", "落实", "贯彻", "围绕", "推动", "促进", "加快", "提升", "实现", "建设", "打造", "领导", "组织", "部署", "会议", "研究", "决定", "意见", "欢迎", "感谢", "支持", "关心", "帮助", "服务", "管理", "建议", "反映", "希望", "争创", "创建", "参加", "走进", "走遍", "遍布", "覆盖", "辖下", "所有", "其他", "各级", "部分", "有关", "相关", "友好", "兄弟", "周边", "沿江", "沿海", "沿线", "边境", "贫困", "脱贫", "重点", "示范", "先进", "强势", "国际", "国家", "中心", "历史", "文化", "旅游", "智慧", "文明", "卫生", "宜居", "海绵", "森林", "平安", "美丽", "数字"]
)


class _FactFinder:
    def __init__(self, draft: Draft, known: Mapping[str, str]) -> None:
        self.draft = draft
        self.known = known
        self.texts = list(_texts(draft))
        self.whole = "\n".join(self.texts)
        self.facts: list[Fact] = []
        self.names: set[str] = set()
        self.taken: set[str] = set()

    def first(self, fact: Fact) -> int:
        """Where a fact stands first."""
        places = [at for said in fact.said if (at := self.whole.find(said.words)) >= 0]
        return min(places, default=len(self.whole))

    def add(
        self,
        kind: str,
        name: str,
        ask: str,
        words: str,
        said: Sequence[Wording] = (),
        type: str = "text",
        **more: tuple[str, ...],
    ) -> Fact | None:
        """A fact of these words, unless they are one already. `type` is that of its field."""
        fresh = [one for one in said or (Wording(words),) if one.words not in self.taken and one.words in self.whole]
        if not fresh or not words.strip() or words != words.strip():
            return None
        self.taken.update(one.words for one in fresh)
        field = Field(self.free(name), ask, type=type, example=words, **more)  # type: ignore[arg-type]
        value: Value = words
        if type in ("date", "number"):
            try:
                value = read(field, words, date(2000, 1, 1))
            except Unfit:
                value = words
            if value == words or say(value) != words:
                field, value = field._replace(type="text"), words
        fact = Fact(field, value, tuple(fresh), _sentence(self.whole, fresh[0].words), kind)
        self.facts.append(fact)
        return fact

    def free(self, name: str) -> str:
        """The name, or the first with a number that is free."""
        base = name if usable_name(name) else "待填"
        number = 1
        while base in self.names or (number > 1 and f"{base}{number}" in self.names):
            number += 1
            if f"{base}{number}" not in self.names:
                break
        chosen = base if number == 1 else f"{base}{number}"
        self.names.add(chosen)
        return chosen

    # ── what the writer knows ──────────────────────────────────────────────────────────────────────────────────────

    def known_facts(self) -> None:
        for name, words in self.known.items():
            if len(words) < 2 or not usable_name(name):
                continue
            day = read_date(words, date(2000, 1, 1)) if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", words) else None
            if day:
                self.day(name, f"{name}？", date_said(day), "known")
            else:
                self.add("known", name, f"{name}？", words)

    # ── title and speaker ──────────────────────────────────────────────────────────────────────────────────────────

    def meeting(self) -> None:
        found = re.search(r"在(.{4,60}?)上的?(?:讲话|致辞|致词|发言|报告|主持词|总结|表态|点评|即席|开场)", plain(self.draft.title))
        if found and "【" not in found[1]:
            self.add("meeting", "会议名称", "会议（活动）的名称？", found[1].strip("—"))

    def speaker(self) -> None:
        line = plain(self.draft.byline)
        found = re.fullmatch(
            r"[（(]?(?:(?:讲话人|发言人|主讲人|报告人)[：:]\s*)?(.*?)[\s\u3000]*?[\s\u3000]([\u4e00-\u9fff·×xXＸ某]{1,4}"
            r"|[\u4e00-\u9fff][\s\u3000]+[\u4e00-\u9fff])[）)]?", line)
        if not found:
            found = re.fullmatch(rf"[（(]?(.*(?:{_POSTS}))({_NAME})[）)]?", line)
        if found and found[1].strip():
            post = found[1].strip()
            self.add("post", "讲话人职务", "讲话人的职务？", post)
            self.add("speaker", "讲话人", "讲话人的姓名？", found[2], self.in_line(line, found[2]))
        elif line and re.fullmatch(r"[\u4e00-\u9fff·×xXＸ某\s\u3000]{2,8}", line):
            self.add("speaker", "讲话人", "讲话人的姓名？", line)

    @staticmethod
    def in_line(line: str, name: str) -> list[Wording]:
        """A name of one 汉字 or stand-in is one only in its own line."""
        if len(name) > 1 and not re.fullmatch("[×xXＸ某]+", name):
            return [Wording(name)]
        return [Wording(line, before=line[: line.rindex(name)], after=line[line.rindex(name) + len(name) :])]

    # ── days ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def days(self) -> None:
        found = list(dict.fromkeys(match[0] for match in _DAY.finditer(self.whole)))
        head = next((match[0] for match in _DAY.finditer(plain(self.draft.dateline))), "")
        for words in sorted(found, key=lambda w: (w != head, len(w) < 9)):
            if words not in self.taken:
                self.day(
                    "日期" if words == head else "日子",
                    "哪一天讲？" if words == head else f"{self.around(words)}，哪一天？",
                    words,
                )

    def day(self, name: str, ask: str, words: str, kind: str = "date") -> None:
        """A day, and the shorter ways to say it."""
        said = [Wording(words, not_behind="[0-9年]")]
        day = read_date(words, date(2000, 1, 1)) if re.fullmatch(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", words) else None
        if day and date_said(day) == words:
            short = f"{day.month}月{day.day}日"
            said.append(Wording(short, through="|月日", not_behind="[0-9年]"))
        self.add(kind, name, ask, words, said, "date" if day else "text")

    # ── papers and meetings from above ─────────────────────────────────────────────────────────────────────────────

    def papers(self) -> None:
        for words in dict.fromkeys(match[0] for match in _PAPER.finditer(self.whole)):
            self.add("paper", "文件", "哪一份文件？连书名号。", words)

    def higher_meetings(self) -> None:
        for words in dict.fromkeys(match[0] for match in _HIGHER.finditer(self.whole)):
            if len(words) >= 6:
                self.add("meeting", "上级会议", "哪一次会议？写全称。", words)

    # ── places and levels ──────────────────────────────────────────────────────────────────────────────────────────

    def places(self) -> None:
        counts: dict[str, int] = {}
        for match in _PLACE.finditer(self.whole):
            words = match[1]
            stem = re.sub("(?:自治州|自治县|街道|[省市县区镇乡])$", "", words)
            praised = len(stem) > 2 and stem[-1] in "强大"  # 教育强市, 农业大县
            if len(stem) >= 2 and not praised and not _NO_PLACE.search(stem) and stem not in _NO_STEM:
                counts[words] = counts.get(words, 0) + 1
        for words, count in counts.items():
            if count >= 2:
                self.add("place", "地名", "哪个地方？写全称。", words)

    def level(self) -> None:
        """我市, 全市, 市委, 市政府: the level most of them are of."""
        best, most = "", 1
        for level in _LEVELS:
            count = len(
                re.findall(
                    rf"[我全]{level}(?!场|域|里|别)|(?<![省地市区县州直各城超都]){level}(?:委(?!员|托|派|屈)|政府|直|人大|政协|纪委)",
                    self.whole,
                )
            )
            if count > most:
                best, most = level, count
        if not best:
            return
        said = [
            *(Wording(f"{word}{best}", before=word, not_ahead="场|域|里|别|政(?!府|协)|镇|内") for word in "我全"),
            *(Wording(f"{best}{word}", after=word, not_behind="[省地市区县州直各我全城超都门夜黑股集菜]", not_ahead="员|托|派|屈|接|线")
              for word in ("委", "政府", "直", "人大", "政协", "纪委")),
        ]  # fmt: skip
        choices = tuple(dict.fromkeys((best, *"市县区州旗镇")))
        self.add("level", "层级", "哪一级？", best, said, "choice", choices=choices)

    # ── persons ────────────────────────────────────────────────────────────────────────────────────────────────────

    def persons(self) -> None:
        found = [match[1] for match in re.finditer(rf"(?:(?:{_POSTS})|(?<=[，。、；：和与向由请让“对（\n]))({_NAME})同志", self.whole)]
        found += [
            match[1]
            for match in re.finditer(
                rf"(?:{_POSTS})[\s\u3000]?({_NAME})(?=[，。、；：）]|主持|出席|讲话|致辞|通报|宣读|传达|作了|作)",
                self.whole,
            )
        ]
        for name in dict.fromkeys(found):
            if name not in _CENTRAL and not _NO_NAME.match(name):
                self.add("person", "人名", f"{self.around(name)}，姓名？", name)
        for match in _SURNAME_AND_POST.finditer(self.whole):
            words = match[0]
            self.add(
                "person",
                "姓",
                f"{self.around(words)}，姓什么？",
                match[1],
                [Wording(words, after=match[2], not_behind="[\u4e00-\u9fff]")],
            )

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────

    def figures(self) -> None:
        for match in _FIGURE.finditer(self.whole):
            if len(self.facts) >= MAX_FACTS:
                return
            start = match.start()
            clause = re.split(r"[^\u4e00-\u9fff]", self.whole[max(0, start - 24) : start])[-1]
            prefix = clause[-4:]
            words = prefix + match[0]
            if words in self.taken or (_POINTS.match(match[0]) and _SELF.match(self.whole, match.end())):
                continue
            noun = re.sub(
                r"^(?:其中|全[省市县区州镇乡]|我[省市县区州镇乡]|再|又|还|仍|预计|累计|全年|去年|今年|目前|共|已"
                r"|有|并|的|和|了|在|是|新增|建成|新建|完成|实现)+|(?:达到|达|完成|实现|为|约|共|有|近|超过"
                r"|突破|到|至|了|的|是|仅|占|上|建成|新增|安排|投入|兑现|办理|开展)+$", "", _BEFORE.split(clause)[-1] or clause)
            name = noun if 2 <= len(noun) <= 12 and usable_name(noun) and not _NO_NOUN.search(noun) else "数字"
            type = "number" if (number := number_of(match[1])) and number.said == match[1] else "text"
            ask = f"{clause}____{match[2]}，多少？"
            self.add("figure", name, ask, match[1], [Wording(words, before=prefix, after=match[2])], type)

    # ── what stands in for a fact ──────────────────────────────────────────────────────────────────────────────────

    def runs(self) -> None:
        emphasis = re.search(r"(?m)^\*\*|\*\*$", self.whole)  # Markdown's own
        for match in _RUN.finditer(self.whole):
            if match[0][0] == "*" and emphasis:
                continue
            if len(self.facts) >= MAX_FACTS:
                return
            behind = re.match(r"[\u4e00-\u9fff%％]{0,3}", self.whole[match.end() :])
            ahead = re.search(r"[\u4e00-\u9fff]{0,2}$", self.whole[max(0, match.start() - 2) : match.start()])
            after, before = behind[0] if behind else "", ahead[0] if ahead else ""
            words = before + match[0] + after
            if words in self.taken:
                continue
            name = next((name for pattern, name in _STANDS_FOR if re.match(pattern, after)), "待填")
            self.add("placeholder", name, f"{self.around(words)}，填什么？", match[0], [Wording(words, before=before, after=after)])

    def around(self, words: str) -> str:
        """A fact with the words around it, to ask by."""
        at = self.whole.find(words)
        before = re.split(r"[\n。！？]", self.whole[max(0, at - 8) : at])[-1]
        after = re.split(r"[\n。！？]", self.whole[at + len(words) : at + len(words) + 8])[0]
        return f"“{before}____{after}”"


_STANDS_FOR = (
    ("[省市县区州镇乡村]", "地名"),
    ("同志|书记|市长|县长|区长|局长|主任|主席|部长|总|老师|教授", "人名"),
    ("[年月日]", "日子"),
    ("会议|大会|活动|论坛|仪式|培训班", "会议名称"),
    ("[%％元亩吨万亿个人名家项户件]|公里", "数字"),
    ("局|厅|委|部|公司|集团|单位|学校|大学", "单位"),
)


def _texts(draft: Draft) -> Iterator[str]:
    """Every text of a draft an outline has on its own: blanks do not reach across them."""
    yield from (plain(rich) for rich in (draft.title, draft.dateline, draft.byline) if rich)

    def of(items: Sequence[Item]) -> Iterator[str]:
        for item in items:
            if item.heading:
                yield plain(item.heading)
            yield from (plain(p.text) for p in item.paragraphs)
            yield from of(item.items)

    for part in draft.parts:
        yield from (plain(p.text) for p in part.paragraphs)
        yield from of(part.items)


def _sentence(whole: str, words: str) -> str:
    """The sentence that words stand in first."""
    at = whole.find(words)
    start = max(whole.rfind(mark, 0, at) for mark in "。！？\n") + 1
    ends = [end for mark in "。！？\n" if (end := whole.find(mark, at + len(words))) >= 0]
    return whole[start : min(ends, default=len(whole)) + 1].strip()


# ── where facts stand ──────────────────────────────────────────────────────────────────────────────────────────────


class Mention(NamedTuple):
    """A fact where it stands in a text: the characters `start` to `end`, of a kind ("date", "figure", "name", "post",
    "place", "meeting", "paper"). `unit` is what a figure counts, "" for others."""

    start: int
    end: int
    kind: str
    words: str
    unit: str = ""


#: The kinds of the facts that a whole speech tells, by the name of their blank.
_PROPER = {
    "讲话人": "name", "人名": "name", "讲话人职务": "post", "地名": "place", "会议名称": "meeting", "上级会议": "meeting", "文件": "paper",
}  # fmt: skip
_YEAR = re.compile(r"(?:[0-9]{4}|[二一][〇○零一二三四五六七八九]{3})年(?!代)")
_SAID_FIGURE = re.compile(
    r"百分之[〇零一二三四五六七八九十百千点两]+|(?<![第一二三四五六七八九十])[一二两三四五六七八九十百千万亿]{1,9}[多余]?(?:个百分点|平方公里|公里|小时|分钟"
    r"|[元亩吨米户人名个家项件处套台座条所张份位次天场期批])"
)
_POST_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{0,10}}?(?:{_POSTS})(?:、[\u4e00-\u9fff]{{0,8}}?(?:{_POSTS}))*[\s\u3000]*$")


def proper_words(draft: Draft) -> dict[str, str]:
    """The names, posts, places, meetings and papers of a speech, each with its kind."""
    found: dict[str, str] = {}
    for fact in find_facts(draft, keep_figures=True):
        kind = _PROPER.get(fact.field.name.rstrip("0123456789"))
        words = fact.field.example
        if kind and len(words) > 1:
            found.setdefault(words, kind)
    return found


def mentions(text: str, proper: Mapping[str, str]) -> tuple[Mention, ...]:
    """The facts of a text in order, none within another; `proper` are words known to be facts, with their kinds."""
    found = [Mention(m.start(), m.end(), "date", m[0]) for pattern in (_DAY, _YEAR) for m in pattern.finditer(text)]
    found += [Mention(m.start(), m.end(), "figure", m[0], m[2]) for m in _FIGURE.finditer(text)]
    found += [
        Mention(m.start(), m.end(), "figure", m[0], m[0].lstrip("一二两三四五六七八九十百千万亿〇零点之分"))
        for m in _SAID_FIGURE.finditer(text)
    ]
    found += [Mention(m.start(), m.end(), "paper", m[0]) for m in _PAPER.finditer(text)]
    found += [
        Mention(m.start(), m.end(), kind, words)
        for words, kind in proper.items()
        for m in re.finditer(re.escape(words), text)
    ]
    taken = [False] * len(text)
    out = []
    for one in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = [True] * (one.end - one.start)
            out.append(one)
            post = _POST_BEFORE.search(text, max(0, one.start - 24), one.start) if one.kind == "name" else None
            if post and not any(taken[post.start() : post.end()]):
                taken[post.start() : post.end()] = [True] * (post.end() - post.start())
                out.append(Mention(post.start(), post.end(), "post", post[0].strip()))
    return tuple(sorted(out))
