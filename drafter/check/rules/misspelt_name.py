"""党、国家、领导人、机关、民族、地方的名称写错了字。

名称要用法定的全称或者规范的简称，一个字也不能错：重了、漏了、颠倒了、写成读音相同或者形近的字，都算错。
“学习习近平总书记”“人民法院院长”这样前后的字凑在一起的不算。

错：人民检查院、少数名族、习近总书记、中国人民共和国
对：人民检察院、少数民族、习近平总书记、中华人民共和国
"""

from collections.abc import Iterator

from drafter.check.names import Damage, damages
from drafter.check.rules import Finding, Speech
from drafter.check.words import findings, is_talked_of

NAME = "misspelt-name"
LEVEL = "error"
SOURCE = "《出版物上的名称用法》；各机关、民族、地方的法定名称"


def check(speech: Speech) -> Iterator[Finding]:
    """The damaged forms of the names in `data/names.yaml`, and the pairs of this name in `data/words.yaml`."""
    told = set()
    for number, line in enumerate(speech.lines):
        for damage in damages(line.text):
            if line.text[damage.start - 1 : damage.start] in ("“", "‘") and is_talked_of(line.text, damage.start, damage.end):
                continue
            told |= {(number, at) for at in range(damage.start, damage.end)}
            words, right = line.text[damage.start : damage.end], damage.right.name
            said = f"“{words}”应为“{right}”：{_fault(damage)}。"
            level = "warning" if _may_be_somebody(damage) else ""
            yield Finding(NAME, number, damage.start, damage.end, said, right, safe=not level, level=level)
    for finding in findings(speech, NAME):
        if (finding.line, finding.start) not in told:
            yield finding


def _may_be_somebody(damage: Damage) -> bool:
    """Whether somebody else may be called so: one letter of a person's name, with no post that is his alone."""
    n = damage.right.name
    of_anybody = n.endswith("同志") or (n.endswith("主席") and not n.startswith(("习近平", "毛泽东")))
    return damage.right.kind == "leader" and damage.kind == "other" and damage.at < 3 and of_anybody


def _fault(damage: Damage) -> str:
    """What is wrong with a damaged name, in words."""
    n, at = damage.right.name, damage.at
    if damage.kind == "missing":
        return f"漏了“{n[at]}”"
    if damage.kind == "exchanged":
        return f"“{n[at : at + 2]}”颠倒了"
    if damage.kind == "doubled":
        twice = damage.end - damage.start - len(n)
        return f"“{n[at + 1 - twice : at + 1]}”重了"
    return f"“{n[at : at + (2 if damage.kind == 'others' else 1)]}”写错了"
