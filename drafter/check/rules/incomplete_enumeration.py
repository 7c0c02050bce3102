"""固定的几项漏了一项。

“四个意识”后面只列了三项，或者“四个意识”“两个维护”中间缺了“四个自信”。列举时有“等”“特别是”的不算。

错：增强“四个意识”，就是要增强政治意识、大局意识、核心意识
对：增强“四个意识”，就是要增强政治意识、大局意识、核心意识、看齐意识
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import UNMARKED

NAME = "incomplete-enumeration"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"


#: An item longer than this is said in other words too (大额资金运作, 大额资金使用): its first two characters tell of it.
_LONG = 4


def check(speech: Speech) -> Iterator[Finding]:
    """Lists beside the name of their set that lack one item (of five or more, two); the three of 意识, 自信, 维护 without the
    second."""
    for run in formulations.runs(speech, ("formulation", "campaign", "sequence")):
        entry, text = run.entry, speech.lines[run.line].text
        loose = entry.kind == "sequence"
        start, end = run.hits[0].start, run.hits[-1].end
        here = {hit.phrase for hit in run.hits}
        items = [item.translate(UNMARKED) for item in entry.items]
        missing = [item for item in items if item not in here]
        if not missing or len(missing) > (2 if len(items) > 4 else 1) or not (run.named or loose):
            continue
        sentence = formulations.around(text, run.hits[0], "。！？!?").translate(UNMARKED)
        if any(item in sentence or (len(item) > _LONG and item[:2] in sentence) for item in missing):
            continue
        left, right = text[max(0, start - 24) : start], text[end : end + 4].lstrip("”’")
        if re.search("特别是|尤其是|包括|其中|中的|[里之]中|例如|比如|首先|第[一二三四五六]|着重|重点", left) or right.startswith(("等", "……", "和其他")):
            continue
        if loose and missing != [items[1]]:
            continue
        said = f"“{entry.name}”还有“{'”“'.join(missing)}”" if not loose else f"这里通常还有坚定“{missing[0]}”"
        first = run.hits[0]._replace(end=end, instead="")
        yield formulations.finding(NAME, first, said, level="advice" if loose else "")
