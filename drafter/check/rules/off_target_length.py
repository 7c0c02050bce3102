"""长短和要求的时间对不上。

按每分钟 160—240 字算，念下来明显超过或者不到要求的分钟数。要求的时间用 --minutes 或者配置里的 minutes 说。

错：要求讲十分钟，稿子四千字
对：要求讲十分钟，稿子两千字
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.minutes import RATES
from drafter.chinese.numerals import count_read

NAME = "off-target-length"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：每分钟 160—240 字"

#: So far (share) beyond the span of fast and slow reading is still all right.
SLACK = 0.1


def check(speech: Speech) -> Iterator[Finding]:
    """The whole speech, told at its first paragraph."""
    wanted = speech.target_minutes
    if not wanted or not speech.lines:
        return
    spoken = [line for line in speech.lines if line.role not in ("title", "subtitle", "dateline", "byline")]
    count = sum(count_read(line.text) for line in spoken)
    fast, _, slow = RATES
    least, most = round(wanted * slow), round(wanted * fast)
    if least * (1 - SLACK) <= count <= most * (1 + SLACK):
        return
    what = "超了" if count > most else "不够"
    message = f"全文约 {count} 字，讲 {wanted:g} 分钟要 {least}—{most} 字，{what}。"
    yield Finding(NAME, 0, 0, len(speech.lines[0].text), message)
