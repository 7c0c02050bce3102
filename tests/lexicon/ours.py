"""Write what drafter's own outlines and passages say as a text to count: `python tests/lexicon/ours.py FOLDER`.

A sentence of the sets in `tests/rules_recall`, which try the scorer, is left out, and so is every outline they were drawn of. A blank
becomes a mark.
"""

import re
import sys
from hashlib import md5
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: An outline whose name's hash ends in one of these was kept for the sets.
KEPT = (0, 1, 2)


def main() -> None:
    sets = ROOT / "tests" / "rules_recall"
    tried = set((sets / "clean.txt").read_text(encoding="utf-8").splitlines())
    out: dict[str, None] = {}
    for path in sorted((ROOT / "outlines").rglob("*.yaml")):
        if path.parent.name != "passages" and int(md5(path.stem.encode()).hexdigest(), 16) % 10 in KEPT:
            continue
        for row in path.read_text(encoding="utf-8").split("\n"):
            said = re.sub(r"^\s*(?:- )?(?:[A-Za-z\u4e00-\u9fff]+: )?", "", re.sub("【[^】]*】", "，", row)).strip(
                " '\""
            )
            if not row.lstrip().startswith("#") and len(re.findall("[\u4e00-\u9fff]", said)) >= 6:
                for sentence in re.findall("[^。！？；]+[。！？；]?", said):
                    if sentence not in tried:
                        out[sentence] = None
    path = Path(sys.argv[1]) / "drafter-outlines.txt"
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
    print(path, sum(map(len, out)))


if __name__ == "__main__":
    main()
