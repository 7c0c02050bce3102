"""用了公开场合不用的称呼、说法。

对残疾人、少数民族、台港澳、历史分期等，新华社有明确规定。书名号里的标题、引文不算。

错：建国以来，全市面貌焕然一新
对：新中国成立以来，全市面貌焕然一新
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "forbidden-word"
LEVEL = "warning"
SOURCE = "新华社《新闻信息报道中的禁用词和慎用词》"


def check(speech: Speech) -> Iterator[Finding]:
    """Words that are not to be written, outside titles and quotations."""
    for hit in formulations.hits(speech, ("forbidden",)):
        now = f"，写“{hit.entry.now}”" if hit.entry.now else ""
        yield formulations.finding(NAME, hit, f"“{hit.phrase}”不用{now}")
