"""机构已经改名、合并，还用旧名。

2018年、2023年机构改革后，国土资源局、环保局、安监局、卫计委等都换了名称。讲到改革以前的事、写明“原”的不算。

错：请县环保局牵头落实
对：请县生态环境局牵头落实
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.formulations import Hit
from drafter.check.rules import Finding, Speech

NAME = "renamed-body"
LEVEL = "warning"
SOURCE = "《深化党和国家机构改革方案》（2018年）、《党和国家机构改革方案》（2023年）"

#: What makes another word of 局 and 部: 局域, 局部, 部门, 部队, 部署.
_GOES_ON = tuple("域部限面势门队署分落位件")


def check(speech: Speech) -> Iterator[Finding]:
    """Names of bodies whose last day is before the day of the speech."""
    level = "advice" if formulations.of_an_earlier_day(speech) else ""
    for hit in formulations.expired(speech, ("body",)):
        if not names_a_body(speech.lines[hit.line].text, hit):
            continue
        now = f"，现在是{hit.entry.now}" if hit.entry.now else ""
        yield formulations.finding(NAME, hit, f"“{hit.phrase}”已经改名或者并入别的机构{now}", level=level)


def names_a_body(text: str, hit: Hit) -> bool:
    """Whether the letters are a name of today's, and no other word goes on behind them."""
    return text[hit.start - 1 : hit.start] != "原" and not (
        hit.phrase[-1] in "局部" and text[hit.end : hit.end + 1] in _GOES_ON
    )
