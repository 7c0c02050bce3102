"""“的”“地”“得”用错了。

“的”前面是定语，“地”前面是状语，“得”后面是补语。只报不会弄错的：“扎实的推进各项工作”“激动的说”一类，后面是动词，带着宾语、“了”“起来”“到位”的，应当用“地”；
“讲的很好”“抓的紧”一类应当用“得”；“更大地贡献”一类应当用“的”。动词作名词用的（“得到有效的落实”“持续的提升”）不报。

错：要扎实的推进各项工作，把事情办的更好，作出更大地贡献
对：要扎实地推进各项工作，把事情办得更好，作出更大的贡献
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.particles import wrong

NAME = "misused-de"
LEVEL = "warning"
SOURCE = "《现代汉语八百词》“的、地、得”；《现代汉语词典》（第7版）"


def check(speech: Speech) -> Iterator[Finding]:
    """的, 地 and 得 in frames that leave no choice."""
    for number, line in enumerate(speech.lines):
        for at, right, why in wrong(line.text):
            yield Finding(NAME, number, at, at + 1, f"{why}，应为“{right}”。", right)
