"""多半是字形相近的字写错、认错了。

一个字和前后的字几乎从不连用，换成字形相近的另一个就很通顺，多半是五笔、手写输入或者扫描识别时弄错了。判断
依据是公文里字词连用的次数；把握大的报警告，把握小的只作建议，把握有几比一写在后面。

错：完善检剑检测体系
对：完善检验检测体系
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "look-alike-slip"
LEVEL = "warning"
SOURCE = "法律法规和政府工作报告里字词连用的次数（1,490 万字，到 2025 年）"


def check(speech: Speech) -> Iterator[Finding]:
    """The slips that look like what should stand there."""
    from drafter.check.slips import findings
    from drafter.chinese.slips import LOOK

    return findings(speech, NAME, (LOOK,))
