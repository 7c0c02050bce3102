"""The trees: trained on what the scorer asks about in sentences with slips, and in those without."""

from collections.abc import Iterable

import lightgbm
import numpy as np
from slipped import Slipped

from drafter.chinese.lexicon import Lexicon, Trees
from drafter.chinese.slips import candidates

NONE = Trees((), (), (), (), ())


def rows(book: Lexicon, slips: Iterable[Slipped], clean: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """What the scorer asks, as features, and whether it was a slip. What it would put wrongly over a slip counts for
    neither; what it says of the rest of a sentence with a slip is counted with the clean ones."""
    features, right = [], []
    for s in slips:
        end = s.start + len(s.right)
        for slip in candidates(book, s.wrong):
            mended = s.wrong[: slip.start] + slip.instead + s.wrong[slip.end :] == s.clean
            over = slip.start < end + 2 and s.start - 2 < slip.end
            if mended or not over:
                features.append(slip.features)
                right.append(mended)
    for text in clean:
        for slip in candidates(book, text):
            features.append(slip.features)
            right.append(False)
    return np.array(features, float), np.array(right)


def trained(features: np.ndarray, right: np.ndarray, trees: int = 300, leaves: int = 20) -> Trees:
    """Trees for the logarithm of the odds that it is a slip, as often as slips are among the rows."""
    model = lightgbm.LGBMClassifier(
        n_estimators=trees, num_leaves=leaves, learning_rate=0.1, min_child_samples=40, reg_lambda=5.0,
        subsample=0.8, subsample_freq=1, colsample_bytree=0.7, max_bin=63,
        random_state=0, n_jobs=1, deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    model.fit(features, right)
    out = Trees([], [], [], [], [])
    for tree in model.booster_.dump_model()["tree_info"]:
        out.roots.append(len(out.features))
        _add(out, tree["tree_structure"])
    return out


def _add(out: Trees, node: dict) -> int:
    at = len(out.features)
    leaf = "leaf_value" in node
    out.features.append(-1 if leaf else node["split_feature"])
    out.limits.append(round(node["leaf_value" if leaf else "threshold"], 5))
    out.left.append(0)
    out.right.append(0)
    if not leaf:
        assert node["decision_type"] == "<="
        out.left[at], out.right[at] = _add(out, node["left_child"]), _add(out, node["right_child"])
    return at
