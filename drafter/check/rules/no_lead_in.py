"""分条之前没有过渡句。

讲三条以上的意见，前面有一句“下面，我讲几点意见”，听的人才知道要分条听了。致辞一类短稿可以没有。

错：……形势很好。　一、提高认识　二、……　三、……
对：……形势很好。下面，我讲三点意见。　一、提高认识　……
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import groups

NAME = "no-lead-in"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：分条之前有过渡句"

_LEAD = re.compile("[几两三四五六七八九十0-9]+(?:个|点|条|项|件|句|方面)|以下|如下|下面|这样|分别|首先|：$")


def check(speech: Speech) -> Iterator[Finding]:
    """Three points or more of the first level below more than two paragraphs that lead to nothing."""
    first = next((g for g in groups(speech.lines) if len(g) > 2 and g[0].parent is None and g[0].alone), None)
    if first is None:
        return
    before = [(n, line) for n, line in enumerate(speech.lines[: first[0].line]) if line.role == "body"]
    if len(before) > 2 and not any(_LEAD.search(line.text) for _, line in before[-2:]):
        p = first[0]
        yield Finding(NAME, p.line, p.start, p.end, f"从这里起分 {len(first)} 条，前面没有过渡句。")
