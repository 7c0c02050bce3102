"""称谓和文种不合。

党内会议、机关会议称“同志们”；有外宾、客商、嘉宾的场合称“女士们、先生们”“各位来宾”。

错：党课开头称“女士们、先生们”
对：党课开头称“同志们”
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "greeting-misfits-genre"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：称谓合乎场合"

_WITHIN = re.compile("党课|党建|廉政|巡[视察]|民主生活会|组织生活会|述职|干部大会|党代会|党代表|纪检|主题教育|学习教育|从严治党|任职|离任")
_GUESTS = re.compile("招商|推介|祝酒|欢迎|答谢|签约|投资")


def check(speech: Speech) -> Iterator[Finding]:
    """The first salutation against the genre the outline names, or what the title says."""
    title = "".join(line.text for line in speech.lines[:3] if line.role == "title")
    about = f"{speech.genre} {title}"
    for n, line in enumerate(speech.lines):
        if line.role != "greeting":
            continue
        within = _WITHIN.search(about)
        guests = _GUESTS.search(about)
        if within and re.search("女士|先生|来宾", line.text) and "同志" not in line.text and not guests:
            yield Finding(NAME, n, 0, len(line.text), f"“{within[0]}”这样的场合称“同志们”，不称“{line.text.rstrip('：:')}”。")
        elif guests and not within and re.fullmatch("同志们[：:]", line.text):
            message = f"“{guests[0]}”的场合有客人，只称“同志们”不够。"
            yield Finding(NAME, n, 0, len(line.text), message, level="advice")
        return
