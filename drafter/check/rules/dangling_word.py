"""一个离不开下文的词后面就是标点，话没有说完。

“予以”“由于”“致力于”“取得了”“更加”后面一定还有话；“在……的正确领导”后面要有“下”；“清楚地”后面要有动词。多半是删改
的时候把字带掉了。

错：对先进单位予以。在县委的正确领导，我们取得了。我们清楚地这一点
对：对先进单位予以表彰。在县委的正确领导下，我们取得了成绩。我们清楚地看到这一点
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.words import is_talked_of
from drafter.chinese.prose import matches

NAME = "dangling-word"
LEVEL = "warning"
SOURCE = "校对惯例：脱文；《现代汉语八百词》"

#: Words that nothing but a slip leaves before a mark: none of them stands so in 39 million 字 of law, reports and news.
_NEVER_WORDS = """
予以 加以 以及 更加 应当 正在 便于 有利于 有助于 致力于 按照 关系到 成为 属于 基于 鉴于 沿着 本着 以便 使得 促使 旨在 意在 善于 勇于 敢于 乐于 用于
位于 处于 限于 忠于 甘于 着眼于 立足于 取决于 来自 来源于 极其 越来越 逐步 日益 愈发 格外 进行了 提出了 作出了 取得了 建立了 带来了 体现了 反映了
发挥了 受到了 坚持以 力求 切勿 不得不 能够 想要 将要 即将 不断地 各种 各类 某些 及其
"""
#: Words that a speaker may stop behind for breath, but not end a sentence with.
_NO_END_WORDS = """
由于 关于 已经 如果 对于 至于 随着 进而 即使 哪怕 不仅 不但 尤其 这是 也是 应是 一直 总是 那些 或者
"""
_NEVER, _NO_END = frozenset(_NEVER_WORDS.split()), frozenset(_NO_END_WORDS.split())
_LAST = frozenset(word[-1] for word in (*_NEVER, *_NO_END))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    under = re.compile(
        "(?:[正坚][确强]领导|有力的?领导|亲切关怀|关心支持|大力支持|鼎力支持|共同努力|[精悉]心指导|关心帮助|大力帮助|通力协作|密切配合|大力推动)，"
    )
    begun = re.compile("(?:^|[，。；：])在(?!于)[^，。；：！？下中上里]{2,24}$")
    nothing_done = re.compile(
        "(?<=清楚|清醒|深刻|充分|强烈|真切|切身|准确|深深|明确)地(?=这一点|这一|这个|那一|其中|自己的|一个|一种|问题|道理|重要性|必要性)"
    )
    return under, begun, nothing_done


def check(speech: Speech) -> Iterator[Finding]:
    """Words whose sentence goes on, before a mark; 在…领导 without 下; 清楚地 without a verb."""
    under, begun, nothing_done = _patterns()
    for n, line in enumerate(speech.lines):
        text = line.text
        if line.role != "body":
            continue
        for start, end in _dangling(text):
            yield Finding(NAME, n, start, end, f"“{text[start:end]}”后面还要有话，是不是漏了字？")
        for found in matches(under, text, "[正坚有亲关大鼎共精悉通密](?=[确强力切心同])") if "在" in text else ():
            before = text[max(0, found.start() - 26) : found.start()]
            if begun.search(before) and not re.search("给予|提供|予以|加大|加强|坚持|落实|得到|获得", before):
                yield Finding(NAME, n, found.end() - 1, found.end() - 1, "“在……”后面漏了“下”。", "下")
        for found in matches(nothing_done, text, "地(?=[这那其自一问道重必])"):
            words = text[found.start() - 2 : found.end()]
            yield Finding(NAME, n, found.start() - 2, found.end(), f"“{words}”后面漏了动词。")


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    """Marks behind a character that one of the words ends with."""
    return re.compile(f"[，。；！](?<=[{''.join(sorted(_LAST))}].)")


def _dangling(text: str) -> Iterator[tuple[int, int]]:
    for found in _ends().finditer(text):
        end = found.start()
        for length in (4, 3, 2):
            word = text[max(0, end - length) : end]
            if (word in _NEVER or (word in _NO_END and found[0] != "，")) and not is_talked_of(text, end - length, end):
                yield end - length, end
                break
