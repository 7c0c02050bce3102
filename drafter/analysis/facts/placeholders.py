"""What the writer knows by name, and the ×× an office has put in the stead of a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import fit
from drafter.analysis.facts.text import FactText
from drafter.chinese.numerals import date_said, read_date
from drafter.outline.expression import usable_name

_RUN = re.compile(r"[×✕╳]+|[XxＸ]{2,}|[＊*]{2,}|_{2,}|某某+|某(?=[市县区镇乡省局厅校村]|单位|公司|同志|部门|企业)")
_STANDS_FOR = (
    ("[省市县区州镇乡村]", "地方名称"),
    ("同志|书记|市长|县长|区长|局长|主任|主席|部长|总|老师|教授", "同志姓名"),
    ("[年月日]", "几"),
    ("会议|大会|活动|论坛|仪式|培训班", "会议名称"),
    ("[%％元亩吨万亿个人名家项户件]|公里", "数量"),
    ("局|厅|委|部|公司|集团|单位|学校|大学", "单位名称"),
)


def known_facts(speech: FactText, known: Mapping[str, str]) -> Iterator[Sighting]:
    """The facts the writer has named, wherever their words stand."""
    for name, words in known.items():
        if len(words) < 2 or not usable_name(name):
            continue
        day = read_date(words, date(2000, 1, 1)) if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", words) else None
        said = [(date_said(day), ""), (f"{day.month}月{day.day}日", "|月日")] if day else [(words, "")]
        for form, through in said:
            for m in re.finditer(rf"(?<![0-9年]){re.escape(form)}" if day else re.escape(form), speech.whole):
                yield Sighting(
                    "known", m.start(), m.end(), ("known", name), (name,), f"{name}？", through=through, type="date" if day else "text", value=said[0][0],
                )  # fmt: skip


def stand_ins(speech: FactText) -> Iterator[Sighting]:
    """××, 某某 and the like, each with the letters beside it that tell it from the others."""
    emphasis = re.search(r"(?m)^\*\*|\*\*$", speech.whole)  # Markdown's own
    for m in _RUN.finditer(speech.whole):
        if m[0][0] == "*" and emphasis:
            continue
        text = speech.text_at(m.start())
        if text.start == m.start() and text.end == m.end() and text.role == "text":
            continue  # a sign for closing a window, on a line of its own
        if speech.whole[m.end() : m.end() + 1] == "”" and speech.whole[max(0, m.start() - 8) : m.start()].count("“"):
            continue  # “数据要素×”
        behind = re.match(r"[\u4e00-\u9fff%％]{0,3}", speech.whole[m.end() :])
        ahead = re.search(r"[\u4e00-\u9fff]{0,2}$", speech.whole[max(0, m.start() - 2) : m.start()])
        after, before = behind[0] if behind else "", ahead[0] if ahead else ""
        name = next((name for pattern, name in _STANDS_FOR if re.match(pattern, after)), "")
        if name == "几":
            name = "几" + after[0]
        near = after or before
        names = tuple(
            x for x in (name, before + name if name else "", near + "空缺" if near else "") if x and fit(x)
        ) or ("空缺",)
        yield Sighting(
            "placeholder", m.start(), m.end(), ("placeholder", before + m[0] + after), names, f"{speech.around(m.start(), m.end())}，填什么？", before=len(before), after=len(after),
        )  # fmt: skip
