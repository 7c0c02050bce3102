"""容易念错的字。

念稿的人不一定认得的字，注上音，或者换个常用的词。

错：莅临（没有注音）
对：莅（lì）临
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.whole import characters

NAME = "hard-to-read"
LEVEL = "advice"
SOURCE = "《现代汉语词典》注音"

#: Words speakers stumble over, with the sound of their hard characters.
READINGS = {
    "莅临": "lì", "筚路蓝缕": "bì…lǚ", "踔厉": "chuō", "擘画": "bò", "笃行": "dǔ", "桎梏": "zhì gù", "鞭辟入里": "bì", "囿于": "yòu",
    "掣肘": "chè zhǒu", "蹚": "tāng", "攥": "zuàn", "纾困": "shū", "遒劲": "qiú jìng", "赓续": "gēng", "镌刻": "juān",
    "栉风沐雨": "zhì", "砥砺": "dǐ lì", "淬炼": "cuì", "炽热": "chì", "亘古": "gèn", "勠力": "lù", "谆谆": "zhūn", "蹉跎": "cuō tuó",
    "攻讦": "jié", "阈值": "yù", "夙夜": "sù", "夙兴夜寐": "sù…mèi", "旰食": "gàn", "枵腹": "xiāo", "缄默": "jiān", "恫吓": "dòng hè",
    "棘手": "jí", "恪守": "kè", "恪尽": "kè", "皲裂": "jūn", "蕴藉": "jiè", "斡旋": "wò", "畛域": "zhěn", "蛰伏": "zhé", "翘楚": "qiáo",
    "奢靡": "mí", "靡费": "mí", "衣钵": "bō", "悛改": "quān", "怙恶不悛": "hù…quān", "苒": "rǎn", "俾": "bǐ", "臻": "zhēn", "矗立": "chù",
    "甄别": "zhēn", "缜密": "zhěn", "殚精竭虑": "dān", "孜孜": "zī", "孜孜矻矻": "kū", "兢兢": "jīng", "卯榫": "sǔn", "榫": "sǔn",
    "锲而不舍": "qiè", "舐犊": "shì", "塾": "shú", "箴言": "zhēn", "谶": "chèn", "圭臬": "guī niè", "滥觞": "shāng", "肇始": "zhào",
    "荦荦": "luò", "沉疴": "kē", "沆瀣": "hàng xiè", "尸位素餐": "shī", "惴惴": "zhuì", "怵惕": "chù tì", "靶向": "bǎ", "瞰": "kàn",
    "嬗变": "shàn", "迤逦": "yǐ lǐ", "逶迤": "wēi yí", "葳蕤": "wēi ruí", "氤氲": "yīn yūn", "旖旎": "yǐ nǐ", "饕餮": "tāo tiè",
}  # fmt: skip


_BEGINNINGS = frozenset(word[0] for word in READINGS)


def check(speech: Speech) -> Iterator[Finding]:
    """Each such word once, where it stands first."""
    told = set()
    for n, (line, own) in enumerate(zip(speech.lines, characters(speech.lines), strict=True)):
        if _BEGINNINGS.isdisjoint(own):
            continue
        for word, sound in READINGS.items():
            if word in told or word not in line.text:
                continue
            at = line.text.index(word)
            after = line.text[at + 1 : at + len(word) + 8]
            if "（" in after and any(c in after for c in "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"):
                continue
            told.add(word)
            yield Finding(NAME, n, at, at + len(word), f"“{word}”容易念错，读 {sound}。")
