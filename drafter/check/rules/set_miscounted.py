"""说是几项，列出来的不是几项。

“四项职能”后面列了三项，“三个坚持”后面只有两个“坚持”。列举没有完（有“等”“其中”）的不算。

错：履行好“四项职能”（参谋、协调、督查），做到“三个坚持”，即坚持原则、坚持标准
对：履行好“三项职能”（参谋、协调、督查），做到“两个坚持”，即坚持原则、坚持标准
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.named import named_sets
from drafter.check.rules import Finding, Speech
from drafter.check.series import counted
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import enclosed, matches

NAME = "set-miscounted"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：数目与列举一致"

#: What stands in whatever is found.
_NEEDS = needed(
    each_with_each("一两二三四五六七八九十", "个项大条种类方点件道支把本张篇座句对")
    + "|"
    + each_with_each("“‘", "两二三四五六七八九十")
)

_NUMBER = "([两二三四五六七八九十]|十[一二三四五])"

#: What a number that counts begins with.
_COUNTED = "[两二三四五六七八九十](?=[个项大条种类方点件道支把本张篇座句对一二三四五])"


@lru_cache(maxsize=1)
def _sets() -> tuple[re.Pattern[str], re.Pattern[str]]:
    measure = "(?:个|项|大|条|种|类|方面|点|件|道|支|把|本|张|篇|座|句|对)"
    return (
        re.compile(rf"(?<!第)(?<!第[二三四五六七八九])(?<!十)[“‘]?{_NUMBER}{measure}[^（），。；：、“”‘’ \u3000一二三四五六七八九十]{{0,8}}[”’]?（"),
        re.compile(rf"(?:[”’》])(?:这)?{_NUMBER}{measure}"),
    )


#: Brackets that say more than a list does: 三个县（市、区）.
_NO_LIST = re.compile("以下|简称|下同|见|含|包括|其中|不含|[0-9]|等|[：:；;。，,]|^(?:市|区|县|镇|乡|省|街道|州|旗|师|单位|部门)")


def check(speech: Speech) -> Iterator[Finding]:
    """A counted set against the list in brackets behind it, and against the quoted words right before it."""
    for n, line in having(speech.lines, _NEEDS):
        text = line.text
        if "（" in text and "、" in text:
            for found in matches(_sets()[0], text, f"[“‘](?={_NUMBER})|{_COUNTED}"):
                inner = next((e for e in enclosed(text) if e.mark == "（" and e.start == found.end()), None)
                if inner is None:
                    continue
                listed = text[inner.start : inner.end]
                if "、" not in listed or _NO_LIST.search(listed) or text[max(0, found.start() - 1) : found.start()] == "、":
                    continue
                least, most = _count(listed)
                wanted = read_numeral(found[1]) or 0
                if not least <= wanted <= most:
                    message = f"说是“{found[1]}”，括号里列了{counted(least)}项。"
                    yield Finding(NAME, n, found.start(1), found.end(1), message, counted(least))
        for one in named_sets(text):
            message = f"说是“{one.name}”，后面列了{counted(one.listed)}项。"
            yield Finding(NAME, n, one.start, one.end, message, counted(one.listed))
        named = {found.start for found in named_sets(text)}
        yield from (found for found in _plain(n, text) if found.start not in named)
        if "”" in text or "》" in text:
            for found in _sets()[1].finditer(text):
                count = _row(text, found.start() + 1)
                wanted = read_numeral(found[1]) or 0
                if count > 1 and not count - _joints(text, found.start() + 1) <= wanted <= count:
                    message = f"说是“{found[1]}”，前面列了{counted(count)}个。"
                    yield Finding(NAME, n, found.start(1), found.end(1), message, counted(count))


@lru_cache(maxsize=1)
def _lists() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![第十一二三四五六七八九])(?P<n>{_NUMBER[1:-1]})(?:个|项|大(?!报告|以来|精神|会)|类|种|方面|条|件)(?:重点|主要|重大|具体)?[\u4e00-\u9fff]{{0,6}}[”’]?[：:](?P<list>[^，；：。！？（）“”《》…]+)(?=。)"
    )


#: Words behind which a list need not be whole.
_OPEN = re.compile("等|其中|例如|比如|包括|特别是")


def _plain(n: int, text: str) -> Iterator[Finding]:
    """A counted set against a plain list behind ：, parted by 、 alone, which ends its sentence. With fewer items than said,
    however 和 is read, something is missing; with more something is too many where all are of one length."""
    if "：" not in text and ":" not in text:
        return
    for found in matches(_lists(), text, _COUNTED):
        listed, wanted = found["list"], read_numeral(found["n"]) or 0
        if "、" not in listed or re.match("[一1首第（(①]", listed) or _OPEN.search(listed) or _OPEN.search(text[max(0, found.start() - 6) : found.start()]):
            continue
        least, most = _count(listed)
        alike = len({len(item) for item in listed.split("、")}) == 1 and least == most
        if most < wanted or (alike and least > wanted):
            message = f"说是“{found['n']}”，后面列了{counted(least)}项。"
            yield Finding(NAME, n, found.start("n"), found.end("n"), message, counted(least))


def _count(listed: str) -> tuple[int, int]:
    """How many items a list has, at least and at most: 和 and 及 may join the last two or be part of one."""
    bare = listed
    for e in enclosed(listed):
        bare = bare[: e.start] + bare[e.start : e.end].replace("、", "·") + bare[e.end :]
    items = [item for item in bare.split("、") if item]
    return len(items), len(items) + sum(bool(re.search("[和及与]|还有|以及|并|同", item)) for item in items)


def _row(text: str, end: int) -> int:
    """How many quoted names stand in a row, with or without 、 between them, up to an offset."""
    row = sorted((e for e in enclosed(text) if e.mark in "“‘《" and e.closed and e.end < end), reverse=True)
    outer = [e for e in row if not any(o is not e and o.start < e.start and e.end < o.end for o in row)]
    count = 0
    at = end
    for e in outer:
        between = text[e.end + 1 : at]
        if between not in ("", "、", "和", "及", "与", "以及"):
            break
        count += 1
        at = e.start - 1
    before = text[max(0, at - 1) : at]
    return 0 if before in ("、", "和", "及", "与", "”", "’", "》") or not count else count


def _joints(text: str, end: int) -> int:
    """How many pairs of quoted names 与 and 和 join before an offset: “学”与“思”、“议”与“改” are two of them."""
    return len(re.findall("[”’》][与和][“‘《]", text[text.rfind("。", 0, end) + 1 : end]))
