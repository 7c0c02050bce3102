"""国家、机关、民族、地方的名称写错了字。

名称要用法定的全称或者规范的简称，一个字也不能错。

错：人民检查院、少数名族
对：人民检察院、少数民族
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "misspelt-name"
LEVEL = "error"
SOURCE = "《出版物上的名称用法》；各机关、民族、地方的法定名称"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
