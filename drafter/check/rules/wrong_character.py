"""把字写成了形近或者音近的另一个字。

“己经”“布署”“侯选人”这样的写法，词典里一个也没有，多半是输入法或者扫描识别带进来的。只在别的字前后才成词的，
要看前后的字：“严厉程度”里的“厉程”不算。

错：要把各项任务布署到位
对：要把各项任务部署到位
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "wrong-character"
LEVEL = "error"
SOURCE = "《现代汉语词典》（第7版）；《通用规范汉字表》（2013）"


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`."""
    return findings(speech, NAME)
