"""多半是拼音输入时选错了词。

一个字或者词和前后的字几乎从不连用，换成读音相同或相近的另一个就很通顺，这里多半是选错了。判断依据是公文里
字词连用的次数；把握大的报警告，把握小的只作建议，把握有几比一写在后面。书名和引号里单独的词、人名、全文里
反复出现的词不报。

错：认真组织事实这个方案
对：认真组织实施这个方案
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "homophone-slip"
LEVEL = "warning"
SOURCE = "法律法规和政府工作报告里字词连用的次数（1,490 万字，到 2025 年）"


def check(speech: Speech) -> Iterator[Finding]:
    """The slips that sound like what should stand there."""
    from drafter.check.slips import findings
    from drafter.chinese.slips import NEAR, NEAR_WORD, SAME, SAME_WORD

    return findings(speech, NAME, (SAME, NEAR, SAME_WORD, NEAR_WORD))
