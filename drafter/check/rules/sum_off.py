"""各部分加起来不等于总数。

“共12个，分别为5个、4个、2个”，加起来是11个。只看说明是全部列出来的：“分别为”“分为”“由……组成”“合计”“共计”；“其中”后面可以
只列一部分，只有一部分比总数还大时才提出来。三次产业的比例加起来应当是100。

错：全市新建项目12个，分别为产业类5个、民生类4个、生态类2个
对：全市新建项目12个，分别为产业类5个、民生类4个、生态类3个
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.quantities import QUANTITY, Quantity, quantities, quantity
from drafter.check.rules import Finding, Speech

NAME = "sum-off"
LEVEL = "warning"
SOURCE = "算术：各部分之和等于总体"

#: Without one of these a paragraph adds up nothing.
NEEDS = "分共合总组其三"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    item = rf"[^\d，、。；：:]{{0,14}}{QUANTITY.replace('(', '(?:').replace('(?:?:', '(?:')}[^\d，、。；：:]{{0,8}}"
    return (
        re.compile(
            rf"{QUANTITY}[^\d。；：:，]{{0,8}}，?(?:分别为|分别是|分为|由(?={item}[、和及]))(?P<list>{item}(?:[、，和及]{item})+?)(?=[。；，]|$)"
        ),
        re.compile(rf"(?<![^。；：:，])(?P<list>{item}(?:[、，]{item})+?)，(?:合计|共计|总计|一共|共)(?:有|为)?{QUANTITY}"),
        re.compile(rf"{QUANTITY}[^\d。；：:，]{{0,8}}，其中[^\d，、。；：:]{{1,10}}{QUANTITY}"),
        re.compile(rf"{QUANTITY}[^\d。；：:，]{{0,8}}，其中[：:]?(?P<list>{item}(?:[、，]{item})+)(?=[。；，]|$)"),
        re.compile(r"(\d{1,2}(?:\.\d{1,2})?)[∶:：](\d{1,2}(?:\.\d{1,2})?)[∶:：](\d{1,2}(?:\.\d{1,2})?)(?![\d∶:：.])"),
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Wholes against parts of the same unit in one sentence, where the parts are said to be all."""
    for n, line in enumerate(speech.lines):
        text = line.text
        if "分别" in text or "分为" in text or "组成" in text:
            for found in _patterns()[0].finditer(text):
                if "由" not in text[found.start() : found.start("list")] or text[found.end("list") - 2 : found.end("list")] == "组成":
                    yield from _told(n, text, quantity(found), quantities(text, *found.span("list")))
        if "计" in text or "共" in text:
            for found in _patterns()[1].finditer(text):
                yield from _told(n, text, quantity(found, 2), _before(text, found))
        if "其中" in text:
            for found in _patterns()[3].finditer(text):
                yield from _overfull(n, text, found)
            for found in _patterns()[2].finditer(text):
                whole, part = quantity(found), quantity(found, 4)
                loose = bool(re.search("累计|达|总|共|比|超|增", text[found.end(3) : found.start(4)]))
                loose = loose or bool(re.search("[增减][加少长]|净增|新增|下降|提高|[多少][^，]{0,2}$", text[max(0, whole.start - 6) : whole.start]))
                begin = max(text.rfind(mark, 0, found.start()) for mark in "。；，！？") + 1
                loose = loose or any(q.unit == whole.unit for q in quantities(text, begin, found.start()))
                if part.unit == whole.unit != "%" and part.value > whole.value + whole.off and not loose:
                    message = f"“其中”的{_said(text, part)}比总数{_said(text, whole)}还多。"
                    yield Finding(NAME, n, part.start, part.end, message)
        if "三次产业" in text or "三产" in text:
            yield from _industries(n, text)


#: Parts of these may overlap: a woman is a party member, a new firm a large one.
_OVERLAP = re.compile("党员|女[^、，男]*$|以上|以下|新增|规上|高新|学历|本科|硕士|博士|职称|专职|兼职|退休|少数民族|重点|优秀|先进|骨干|上市|示范|国家级|省级|获|参加")
#: What a list of kinds shares at its end, or two that exclude each other.
_OPPOSED = re.compile("^男.*[、，]女|^女.*[、，]男|^城.*[、，][农乡]村|^已?办结.*[、，](?:正在|未)")


def _overfull(n: int, text: str, found: re.Match[str]) -> Iterator[Finding]:
    """Parts behind 其中 that exclude each other (named alike, or opposed) and together exceed the whole."""
    whole, words = quantity(found), found["list"]
    parts = quantities(text, *found.span("list"))
    names = [re.sub("^.*[、，：]", "", text[a:b]).strip() for a, b in zip([found.start("list")] + [q.end for q in parts], [q.start for q in parts], strict=False)]
    alike = all(names) and len(set(names)) == len(names) and len({(len(name), name[-1]) for name in names}) == 1
    if {q.unit for q in parts} != {whole.unit} or whole.unit in ("%", "个百分点") or not (alike or _OPPOSED.search(words)):
        return
    begin = max(text.rfind(mark, 0, found.start()) for mark in "。；，！？") + 1
    loose = any(q.unit == whole.unit for q in quantities(text, begin, found.start())) or re.search("[增减][加少长]|净增|新增", text[max(0, whole.start - 6) : whole.start])
    total = sum(q.value for q in parts)
    off = whole.off + sum(q.off for q in parts) + 1e-6
    overlap = _OVERLAP.search(re.sub("女(?!性?党)", "", words))
    if not loose and not overlap and whole.value + off < total <= whole.value * _NEAR and max(q.value for q in parts) <= whole.value:
        message = f"“其中”的各部分加起来是{_figure(total, text, whole)}，比总数{_said(text, whole)}还多。"
        yield Finding(NAME, n, whole.start, whole.end, message)


def _before(text: str, found: re.Match[str]) -> list[Quantity]:
    """The parts before 共, none where the sentence has counted in their unit before them."""
    parts = quantities(text, *found.span("list"))
    begin = max(text.rfind(mark, 0, found.start("list")) for mark in "。；！？") + 1
    units = {part.unit for part in parts}
    return [] if any(q.unit in units for q in quantities(text, begin, found.start("list"))) else parts


def _told(n: int, text: str, whole: Quantity, parts: list[Quantity]) -> Iterator[Finding]:
    if len(parts) < 2 or {part.unit for part in parts} != {whole.unit} or whole.unit in ("%", "个百分点"):
        return
    total, off = sum(part.value for part in parts), sum(part.off for part in parts) + whole.off + 1e-6
    rest = [sum(part.value for part in parts[k:]) for k in range(len(parts) - 1)]  # the first ones may be wholes of others
    if any(abs(some - whole.value) <= off for some in rest) or any(abs(total - 2 * part.value) <= off for part in parts):
        return
    if not whole.value / _NEAR <= total <= whole.value * _NEAR:
        return
    message = f"各部分加起来是{_figure(total, text, whole)}，不是{_said(text, whole)}。"
    yield Finding(NAME, n, whole.start, whole.end, message)


#: A slip in a sum is near it; where the parts make several times the whole they are parts of something else.
_NEAR = 1.5


def _said(text: str, q: Quantity) -> str:
    return text[q.start : q.end]


def _figure(value: float, text: str, like: Quantity) -> str:
    """A sum in the words of another quantity: 11个, 3.5亿元."""
    words = _said(text, like)
    figure = re.match(r"[\d,.]+", words)
    factor = like.value / float(figure[0].replace(",", "")) if figure and float(figure[0].replace(",", "")) else 1
    return f"{value / factor:.10g}{words[figure.end() :] if figure else ''}"


#: So far the three shares may be off by rounding: half a place each, and a little.
_ROUNDING = 1.6


def _industries(n: int, text: str) -> Iterator[Finding]:
    for found in _patterns()[4].finditer(text):
        figures = found.groups()
        total = sum(map(float, figures))
        off = 10.0 ** -min(len(figure.partition(".")[2]) for figure in figures) * _ROUNDING
        if off < abs(total - 100) < 20:
            yield Finding(NAME, n, found.start(), found.end(), f"三个比例加起来是{total:.10g}，不是100。")
