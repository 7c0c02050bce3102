"""上年的话还留着。

用 drafter renew 续写的稿子，记着上年稿子里的年份、届次、日期、人名和数字。哪一个还照原样留在文中，没有人确认过，就在这里指出来：改成今年的；本来就不变的，用 drafter renew 稿子
--confirm 确认。

错：2025年，全县粮食总产12.6万吨（今年是2026年）
对：2026年，全县粮食总产12.8万吨
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "left-over-fact"
LEVEL = "error"
SOURCE = "续写的规矩：上年的年份、届次、人名、数字，改过或者确认过才能定稿"


def check(speech: Speech) -> Iterator[Finding]:
    """Words of last year's paper that nobody has answered anew or confirmed."""
    if speech.last is None:
        return
    from drafter.speech.last import CALLED, left_over

    for found in left_over([line.text for line in speech.lines], speech.last):
        fact = found.fact
        what = f"“{fact.words}”（{CALLED.get(fact.kind, '其他')}）"
        told = "是照提议没有改的，还没有人看过" if fact.state == "taken" else "是上年稿子里的"
        yield Finding(NAME, found.line, found.start, found.end, f"{what}{told}；改成今年的，或者确认不变。")
