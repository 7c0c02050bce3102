"""用“某”代替的名称没有填。

范文里的“某市”“某局”“某某同志”是代称，用到自己的稿子里要换成真名。通报中有意隐去姓名的，可以不理会。

错：我代表某某市委，向大家表示祝贺
对：我代表清河市委，向大家表示祝贺
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "nameless-name"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：定稿不留代字"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    body = "省委|市委|县委|区委|省|市|县|区|州|局|厅|委|镇|乡|集团|公司|大学|学院|同志|书记|市长|县长|局长|主任"
    return re.compile(
        rf"(?:(?<=代表)|(?<=[我向请]))某(?:某)?(?:{body})|(?<=[\u4e00-\u9fff]在)某(?:某)?(?:{body})|(?<=在)某(?:某)?(?:{body})(?=某|召开|举行|隆重)|某某某?(?={body})|(?<=某)某(?={body})"
        rf"|(?<=[向请])某某(?:领导|单位|部门)|(?<=[长记任席员])某某某|某某某(?=同志|出席|主持|讲话|莅临)"
        rf"|(?<=第)某(?=[届次])")


#: A report on cases hides names on purpose.
_CASES = re.compile("涉嫌|案件|违纪|违法|受贿|举报|处分|犯罪|嫌疑|通报|曝光|诈骗")


def check(speech: Speech) -> Iterator[Finding]:
    """某 where the speaker's own place or a person belongs."""
    for n, line in enumerate(speech.lines):
        if "某" not in line.text or _CASES.search(line.text):
            continue
        for found in _pattern().finditer(line.text):
            if not inside(line.text, found.start()):
                yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”是代称，要换成真名。")
