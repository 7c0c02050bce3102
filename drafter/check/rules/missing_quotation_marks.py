"""缩写的提法没有加引号。

数字概括的提法和简称，行文里用引号标出；标题里可以不用。

错：增强四个意识、坚定四个自信
对：增强“四个意识”、坚定“四个自信”
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.chinese.quoting import quoted

NAME = "missing-quotation-marks"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.8.3.3（具有特殊含义的词语用引号）"


def check(speech: Speech) -> Iterator[Finding]:
    """Names that stand without the marks they are written with."""
    for hit in formulations.hits(speech, ("formulation", "campaign")):
        line = speech.lines[hit.line]
        if "“" not in hit.entry.form or line.role == "title" or line.text[hit.start : hit.end] != hit.phrase:
            continue
        if hit.entry.form[0] == "“" and line.text[hit.start - 1 : hit.start] in ("“", "‘", '"', "「", "'"):
            continue
        if "（" in line.text[hit.start - 1 : hit.start]:
            continue
        whole = hit._replace(instead=hit.entry.form)
        yield formulations.finding(NAME, whole, f"{quoted(hit.phrase)}要加引号")
