"""标点用了长得像的别的字符。

从网页、图片识别、手机上粘贴来的字里，常混着小号、竖排、日文的标点：“﹐”“﹕”“､”“︰”“•”“<<”“＜＜”。看上去差不多，换了字体就露出来。

错：学习<<关于加强作风建设的意见>>
对：学习《关于加强作风建设的意见》
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "odd-marks"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.2—4.15（各种标点的形式）"

_RIGHT = {
    "﹐": "，", "﹑": "、", "､": "、", "﹒": "。", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "︰": "：", "‚": "，",
    "﹙": "（", "﹚": "）", "｟": "（", "｠": "）", "❨": "（", "❩": "）", "〘": "（", "〙": "）",
    "•": "·", "・": "·", "･": "·", "‧": "·", "∙": "·", "⋅": "·",
    "≪": "《", "≫": "》", "﹤": "《", "﹥": "》", "︽": "《", "︾": "》", "«": "《", "»": "》",
}  # fmt: skip

NEEDS = "".join(_RIGHT) + "<＜>＞∶"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff"
    return re.compile(
        f"(?<=[{han}”》）0-9])[﹐﹑､﹒﹔﹕︰﹖﹗‚]|[﹙﹚｟｠❨❩〘〙](?=[{han}])|(?<=[{han}])[﹚｠❩〙]|(?<=[{han}])[•・･‧∙⋅](?=[{han}])"
        f"|[<＜]{{2}}(?=[{han}〈])|(?<=[{han}〉）])[>＞]{{2}}|[≪﹤︽«](?=[{han}])|(?<=[{han}）])[≫﹥︾»]|(?<=[{han}])∶(?=[{han}])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Marks of other shapes beside 汉字. Dots between 汉字 may be those of a list and are not mended unasked."""
    for n, line in having(speech.lines, NEEDS):
        for found in _pattern().finditer(line.text):
            c = found[0]
            right = "《" if c in ("<<", "＜＜") else "》" if c in (">>", "＞＞") else "：" if c == "∶" else _RIGHT[c]
            yield Finding(
                NAME,
                n,
                found.start(),
                found.end(),
                f"“{c}”不是中文标点，用“{right}”。",
                right,
                right not in "·《》",
                "warning" if c in "‧∙⋅•" else "",
            )
