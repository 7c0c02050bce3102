"""一个字或者一个词打了两遍。

改稿时留下来的：“的的”“进一步进一步”。两个字分属两个词的（“目的的”“可以以”）、重叠使用的（“一个一个”“研究研究”）不算。

错：这是我们的的责任，要进一步进一步压实
对：这是我们的责任，要进一步压实
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from drafter.check.rules import Finding, Speech
from drafter.check.words import is_talked_of
from drafter.chinese.lexicon import stream

if TYPE_CHECKING:
    from drafter.chinese.lexicon import Lexicon

NAME = "doubled-word"
LEVEL = "warning"
SOURCE = "校对惯例：衍文"

#: Characters that no construction doubles, unless they belong to two words.
_CHARACTERS = frozenset("的地得了着和与及在是把被让使对向从为以于而但也都就还将要并或由至")

#: Four characters counted so often (in steps: some forty times) are a phrase: 先行先试|试点.
PHRASE = 9

#: Characters before a word that are none of it, whatever often stands together.
_BEFORE = frozenset("要应须可能会也都就还再更很不没去来把被将对向从在和与及是有我你他们各每这那")

#: Characters that make a longer word of one before them: 监狱|监狱长, 企业|企业家.
_BEHIND = frozenset("长家员者链性化区省市县制点站队组会所厂户厅")

_FIGURES = frozenset("〇零一二三四五六七八九十百千万亿点")

#: Characters that are words when they stand twice.
_TWICE = frozenset(
    "人家户事时处天年月日层级步个件条样种代句字点滴纷渐慢常往仅刚偏默深牢紧稳实满好早远高大小久源蒸欣谢爷奶爸妈哥姐弟妹叔多看想说试谈"
)

#: Words that are doubled on purpose: verbs that become lighter by it, and what is counted one by one.
_LIGHT = """
研究 讨论 商量 学习 了解 体会 思考 琢磨 考虑 检查 打听 休息 锻炼 熟悉 回顾 总结 比较 交流 沟通
走访 调研 反思 准备 清理 整理 打扫 收拾 照顾 介绍 帮助 支持 关心 教育 鼓励 表扬 批评 分析 梳理
盘点 对照 参观 活动 放松 适应 感受 体验 享受 重视 注意 观察 试验 探索 合计 掂量 权衡 改善 改进
改革 提高 谢谢 大片 多少 很多 许多 非常 努力 哪里 多多 一个 一步 一件 一项 一条 一户 一家 一村
一点 一次 一天 一年 一代 一茬 一任 一遍 一层 一级
"""


def check(speech: Speech) -> Iterator[Finding]:
    """Characters, and words of two to six characters, that stand twice without a mark between."""
    from drafter.check.tables.lexicon import lexicon

    for number, line in enumerate(speech.lines):
        text = line.text
        for found in _pattern().finditer(text):
            start, end = found.span()
            word = found[1] or found[2]
            is_slip = _is_typed_twice if len(word) == 1 else _is_said_twice
            if (is_slip(lexicon(), text, start, word) and not is_talked_of(text, start, end)) or (
                word in _NEVER and _never().match(text, start)
            ):
                yield Finding(NAME, number, start + len(word), end, f"“{word}”打了两遍。", "")


#: What `_never` tells of.
_NEVER = frozenset(("没有", "有", "是", "要", "我", "你", "他", "我们", "他们", "你们", "大家"))


@lru_cache(maxsize=1)
def _never() -> re.Pattern[str]:
    """有 and 是 twice, as no two words meet: not 含有有用组分, 实事求是是. None but slips in 14.7 million 字 of law."""
    return re.compile(
        "没有没有|(?<![所稀拥享具含患])有有(?![机限关效力序害利色志为名期无意益心偿待别些时线识轨毒形碍组])"
        "|(?<![都就也才而只不若但或正还凡于总先便老可算即如却倒实求])是是(?![非否不])"
        "|(?<![不只既主需重紧摘纪概将还提首])要要(?![求点领素闻件害塞员职挟犯命紧饭账债么隘冲道滑耍])"
        "|(?<![自忘小大本唯无彼物有])我我(?![行的])|你你(?=[们是就也要能会说想])|(?<![其吉])他他(?=[是就也要能会说想])"
        "|(我们|他们|你们|大家)\\1(?=[的就都也要是在把能会不有])"
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"([\u4e00-\u9fff]{2,6}?)\1|([\u4e00-\u9fff])\2")


def _is_typed_twice(book: "Lexicon", text: str, start: int, c: str) -> bool:
    """Whether one of two equal characters is too many: the texts have them together nowhere with these neighbours, and
    one of them everywhere; and they are not the end of one word and the beginning of the next (体系|系统)."""
    before, behind = text[max(0, start - 3) : start], text[start + 2 : start + 5]
    if (
        c in _FIGURES
        or before[-1:] == "一"
        or behind[:1] == c
        or before[-1:] == c
        or behind[:1] == behind[1:2] != ""
        or before[-1:] == before[-2:-1] != ""
    ):
        return False  # 一步步, 滚滚滚, 和和美美
    row = stream(before[-2:].rjust(2, "，") + c + behind[:2].ljust(2, "，"))
    # 项目|的的, not 最终|目的|的
    other = c == "的" and book.frequency(before[-2:]) > book.frequency(before[-1:] + c) > 0
    if (
        any(book.step(part) > 1 for part in (row[1] + c + c, c + c + row[3])[other:])
        or c in _TWICE
        or book.frequency(c + c)
    ):
        return False
    sizes = (1,) if c in _CHARACTERS else (1, 2, 3)
    ends = any(book.frequency(before[-size:] + c) for size in sizes if len(before) >= size)
    ends = ends and not other
    ends = ends or book.step(before + c) >= PHRASE
    begins = any(book.frequency(c + behind[:size]) for size in (1, 2, 3))
    if begins and not "一" <= before[-1:] <= "龥":
        return False  # 加加油
    if (ends and begins) or (c in _CHARACTERS and (ends or begins)) or before + c in ("实事求是", "一切为了"):
        return False
    return c in _CHARACTERS or all(book.step(row[at : at + 3]) for at in range(3))


def _is_said_twice(book: "Lexicon", text: str, start: int, word: str) -> bool:
    """Whether a word is there twice by mistake. A word said again before a mark (“干部干部，就是……”) is a figure of speech;
    the end of one word may be the beginning of the next (黑龙江|龙江县, 博士|博士后, 主席同|主席同志)."""
    if (
        len(set(word)) == 1
        or word in _LIGHT.split()
        or word[0] in "一两几逐"
        or word[-1] in "着抓"
        or not set(word) - _FIGURES
    ):
        return False
    before, after = text[max(0, start - 2) : start], text[start + 2 * len(word) :]
    if after[:1] in ("", "，", "、", "！", "？", "”", "再", "地") or before[-1:] in tuple("好再多常来去个"):
        return False
    longer = [before[-size:] + word for size in (1, 2) if before[-size:][:1] not in _BEFORE]
    if after[0] in _BEHIND or any(map(book.frequency, (*longer, word + after[:1], word + after[:2]))):
        return False
    first, last = before[-1:] + word[0], word[-1] + after[0]
    if len(word) == 2:
        return book.is_word(word) and not (
            book.is_word(word[1] + word[0]) and (book.is_word(first) or book.is_word(last))
        )
    if book.is_word(first) and not book.is_word(word[:2]):
        return False
    return not book.is_word(last) or book.is_word(word[-2:])
