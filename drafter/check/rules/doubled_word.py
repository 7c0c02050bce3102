"""一个字或者一个词打了两遍。

改稿时留下来的：“的的”“进一步进一步”。两个字分属两个词的（“目的的”“可以以”）、重叠使用的（“一个一个”“研究研究”）不算。

错：这是我们的的责任，要进一步进一步压实
对：这是我们的责任，要进一步压实
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.words import is_talked_of

NAME = "doubled-word"
LEVEL = "warning"
SOURCE = "校对惯例：衍文"

#: Characters that no construction doubles, unless they belong to two words.
_CHARACTERS = frozenset("的地得了着和与及在是把被让使对向从为以于而但也都就还将要并或由至")

#: Words that are doubled on purpose: verbs that become lighter by it, and what is counted one by one.
_LIGHT = """
研究 讨论 商量 学习 了解 体会 思考 琢磨 考虑 检查 打听 休息 锻炼 熟悉 回顾 总结 比较 交流 沟通
走访 调研 反思 准备 清理 整理 打扫 收拾 照顾 介绍 帮助 支持 关心 教育 鼓励 表扬 批评 分析 梳理
盘点 对照 参观 活动 放松 适应 感受 体验 享受 重视 注意 观察 试验 探索 合计 掂量 权衡 改善 改进
改革 提高 谢谢 大片 多少 很多 许多 非常 努力 哪里 多多 一个 一步 一件 一项 一条 一户 一家 一村
一点 一次 一天 一年 一代 一茬 一任 一遍 一层 一级
"""


def check(speech: Speech) -> Iterator[Finding]:
    """Doubled characters of a list, and words of two to six characters that stand twice without a mark between."""
    for number, line in enumerate(speech.lines):
        text = line.text
        for found in re.finditer(r"([\u4e00-\u9fff]{2,6}?)\1|([\u4e00-\u9fff])\2", text):
            start, end = found.span()
            word = found[1] or found[2]
            if found[1] is None and (word not in _CHARACTERS or _is_two_words(text, start)):
                continue
            if found[1] is not None and not _is_twice(text, start, word):
                continue
            if is_talked_of(text, start, end):
                continue
            yield Finding(NAME, number, start + len(word), end, f"“{word}”打了两遍，删掉一个。", "")


def _is_two_words(text: str, start: int) -> bool:
    """Whether the first of two equal characters ends a word or the second begins one."""
    from drafter.check.tables.lexicon import lexicon

    before, after = text[max(0, start - 1) : start + 1], text[start + 1 : start + 3]
    longer = text[max(0, start - 2) : start + 1], text[start + 1 : start + 4]
    book = lexicon()
    return (
        book.frequency(before) > 0
        or book.frequency(after) > 0
        or any(len(some) == 3 and book.frequency(some) > 0 for some in longer)
        or text[max(0, start - 3) : start + 1] in ("实事求是", "一切为了")
        or text[start + 2 : start + 3] == text[start]
    )


def _is_twice(text: str, start: int, word: str) -> bool:
    """Whether a word is there twice by mistake. A word said again before a mark (“干部干部，就是……”) is a figure of speech."""
    from drafter.check.tables.lexicon import lexicon

    if len(set(word)) == 1 or word in _LIGHT.split() or word[0] in "一两几" or re.fullmatch("[〇零一二三四五六七八九十百千万亿点]+", word):
        return False
    after = text[start + 2 * len(word) :]
    if after[:1] in ("", "，", "、", "！", "？", "”", "再") or (start and text[start - 1] in "好再多常来去个"):
        return False
    if len(word) > 2:
        return True
    book = lexicon()
    if not book.is_word(word):
        return False
    begins = text[start - 1 : start + 1] if start else ""
    ends = text[start + 3 : start + 5]
    return not (book.is_word(begins) or book.is_word(ends))
