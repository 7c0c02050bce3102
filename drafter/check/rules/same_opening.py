"""连着好几句都用同一个词开头。

连着八句以上都以“要”开头，听着像念通知。有意的排比可以保留，其余换一换句式。

错：要抓学习。要抓作风。要抓落实。……（连着九句）
对：学习要抓在前面，作风要抓在平时……
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import is_han, sentences

NAME = "same-opening"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：句式有变化"

#: As many sentences in a row with one first character are too many.
MOST = 8


def check(speech: Speech) -> Iterator[Finding]:
    """Runs of sentences, over the paragraphs of one section, that begin with the same character; told at the first past
    the limit."""
    run, before = 0, ""
    for n, line in enumerate(speech.lines):
        if line.role != "body":
            run, before = 0, ""
            continue
        for s in sentences(line.text):
            if not is_han(s.words[0]):
                continue
            run = run + 1 if s.words[0] == before else 1
            before = s.words[0]
            if run == MOST + 1:
                yield Finding(NAME, n, s.start, s.start + 1, f"连着 {run} 句都以“{before}”开头。")
