"""机构已经改名、合并，还用旧名。

2018年、2023年机构改革后，国土资源局、环保局、安监局、卫计委等都换了名称。讲到改革以前的事、写明“原”的不算。

错：请县环保局牵头落实
对：请县生态环境局牵头落实
"""

from collections.abc import Iterator

from drafter import formulations
from drafter.rules import Finding, Speech

NAME = "renamed-body"
LEVEL = "warning"
SOURCE = "《深化党和国家机构改革方案》（2018年）、《党和国家机构改革方案》（2023年）"


def check(speech: Speech) -> Iterator[Finding]:
    """Names of bodies whose last day is before the day of the speech."""
    for hit in formulations.expired(speech, ("body",)):
        if speech.lines[hit.line].text[hit.start - 1 : hit.start] == "原":
            continue
        now = f"，现在是{hit.entry.now}" if hit.entry.now else ""
        yield formulations.finding(NAME, hit, f"“{hit.phrase}”已经改名或者并入别的机构{now}")
