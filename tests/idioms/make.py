"""Makes `drafter/check/data/idioms.txt`: idioms, other writings of theirs that are right too, and how characters sound.

    python tests/idioms/make.py THUOCL_chengyu.txt FOLDER

The list of idioms is THUOCL's (github.com/thunlp/THUOCL, data/THUOCL_chengyu.txt of 2018-11-21, MIT). FOLDER holds edited
texts (.txt, one paragraph a line): what stands in them four times and more, one character of the same sound away from an
idiom, is somebody's way of writing it and not a slip. How characters sound is asked of pypinyin (MIT), which the program
itself does not need. The same input makes the same file, byte for byte.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from pypinyin import Style, pinyin

from drafter.check.tables.idioms import heard_as

DATA = Path(__file__).parents[2] / "drafter/check/data"

#: So often in edited text, and it is a way of writing.
OFTEN = 4

#: So often in a million characters outside idioms, and half an idiom says nothing: 发展, 不能, 一个.
PLAIN = 15

#: Ways of writing that dictionaries have, or new words made on purpose, too rare for `OFTEN`.
RIGHT = """
勠力同心 坚忍不拔 明查暗访 栋梁之材 引人瞩目 婉转悠扬 发奋图强 名实相符 山青水秀 千锤万炼 公诸于众 惊惶失措 自学成材 急风暴雨 白日作梦 因势制宜 因事制宜
失防万一 数以百计 不能自食 也想不到 格物致智 合而不同 与势偕行
荣光焕发 两相情愿 深情厚意 一招不慎 无头苍蝇 小题大作 暗淡无光 鼎力襄助 历经沧桑 阳光大道 舍身忘死 意气奋发 声入人心 不亦说乎 手足之亲 报效家国 谣言惑众
烟波浩淼 矜寡孤独 以强凌弱 循序前进 民惟邦本 三维一体 福禄寿禧 毫无意义 浴血抗战 融于一体 以力服人 打开眼界 执法犯法 冷眼相看 名目繁杂 能有作为 一个书生
"""

#: Set phrases of official language that THUOCL lacks.
MORE = """
谋定后动 功不可没 久久为功 驰而不息 踔厉奋发 笃行不怠 勇毅前行 守正创新 行稳致远 绵绵用力 善作善成 抓铁有痕 踏石留印 固本培元 强基固本 激浊扬清
凝心聚力 守土有责 守土负责 守土尽责 令行禁止 言出法随 惩前毖后 治病救人 标本兼治 久久为功 蹄疾步稳 枕戈待旦 滚石上山 爬坡过坎 攻坚克难 迎难而上
知重负重 知难而进 担当作为 真抓实干 埋头苦干 苦干实干 血脉相连 鱼水情深 休戚与共 守望相助 同舟共济 砥砺奋进 砥砺前行 接续奋斗 一以贯之 一体推进 应收尽收 应治尽治 应保尽保 应兜尽兜
"""


def main(source: str, folder: str) -> None:
    idioms = {row.split()[0] for row in Path(source).read_text(encoding="utf-8").splitlines() if row.strip()}
    idioms = {word for word in (*idioms, *MORE.split()) if re.fullmatch("[\u4e00-\u9fff]{4}", word)}
    files = sorted(Path(folder).rglob("*.txt"))
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    print(f"{len(idioms)} idioms; {len(files)} texts, {sum(map(len, texts)):,} characters")
    chars = sorted(set("".join(texts)) | set("".join(idioms)))
    sounds = {c: tuple(pinyin(c, style=Style.NORMAL, heteronym=True)[0]) for c in chars if "\u4e00" <= c <= "\u9fff"}
    seen = Counter(near for text in texts for near in _near(text, idioms, sounds))
    right = sorted({word for word, count in seen.items() if count >= OFTEN} | set(RIGHT.split()) - idioms)
    plain = _plain(texts, idioms)
    groups: dict[str, list[str]] = {}
    for c, syllables in sounds.items():
        for syllable in syllables:
            if syllable.isascii() and syllable.isalpha():
                groups.setdefault(syllable, []).append(c)
    rows = [f"{syllable} {''.join(some)}" for syllable, some in sorted(groups.items())]
    text = "\n".join(("".join(sorted(idioms)), "".join(right), "".join(plain), *rows)) + "\n"
    (DATA / "idioms.txt").write_text(text, encoding="utf-8")
    print(f"{len(right)} other writings; {len(sounds)} characters; {len(text.encode()):,} bytes")


def _plain(texts: list[str], idioms: set[str]) -> list[str]:
    """The halves of idioms that are common outside them."""
    halves = {half for word in idioms for half in (word[:2], word[2:])}
    seen: Counter[str] = Counter()
    for text in texts:
        pairs = Counter(map(str.__add__, text, text[1:]))
        whole = Counter(words for at in range(len(text) - 3) if (words := text[at : at + 4]) in idioms)
        seen.update({half: pairs[half] for half in halves})
        seen.subtract({half: n for words, n in whole.items() for half in {words[:2], words[2:]}})
    limit = PLAIN * sum(map(len, texts)) / 1_000_000
    return sorted(half for half in halves if seen[half] > limit)


def _near(text: str, idioms: set[str], sounds: dict[str, tuple[str, ...]]) -> list[str]:
    """What is one character of the same sound away from an idiom."""
    first: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    for word in idioms:
        first.setdefault(word[:2], []).append(word)
        last.setdefault(word[2:], []).append(word)
    out = []
    for at in range(len(text) - 3):
        words = text[at : at + 4]
        if words in idioms:
            continue
        for word in (*first.get(words[:2], ()), *last.get(words[2:], ())):
            other = [n for n in range(4) if word[n] != words[n]]
            if len(other) == 1 and _heard(sounds, words[other[0]]) & _heard(sounds, word[other[0]]):
                out.append(words)
                break
    return out


def _heard(sounds: dict[str, tuple[str, ...]], character: str) -> set[str]:
    return {heard_as(syllable) for syllable in sounds.get(character, ())}


if __name__ == "__main__":
    main(*sys.argv[1:])
