"""What is picked on a terminal from what there is: one of a list, several of it, the blanks of an old speech. Each list is
shown by `drafter.commands.prompt`, and searched by `drafter.commands.find`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from drafter.commands.prompt import PREVIEW, name_of, searched, shortened, wrapped
from drafter.diagnostic import printable
from drafter.outline.expression import usable_name
from drafter.outline.field import say

if TYPE_CHECKING:
    from drafter.analysis.facts import Fact
    from drafter.commands.find import Hits


class PicksLeft(KeyboardInterrupt):
    """The user gave up while picking; `names` are what was picked by then."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


def choose(question: str, options: Sequence[tuple[str, ...]], hits: Hits | None = None) -> str | None:
    """One of `options` (value, how it is shown, what to see while it is pointed at), picked with the arrow keys or by
    typing what it is (see `find.finding`); None where the user gave up."""
    from drafter.commands.find import finding

    rows = [(value, label, more[0] if more else "") for value, label, *more in options]
    return searched(question, rows, finding(rows, hits))


#: Rows of the list of requirements that are not requirements.
_DONE, _UNDO = "\0done", "\0undo"


def choose_several(
    question: str, options: Sequence[tuple[str, str, str]], picked_first: Sequence[str] = ()
) -> list[str] | None:
    """Some of `options` (value, how it is shown, a text to see while it is pointed at) in the order they are picked,
    one after another, behind those that are `picked_first`; [] for none; None where the user gave up before he had picked
    anything. Raises PicksLeft where he had."""
    from drafter.commands.find import finding

    picked = [*picked_first]
    labels = {value: label for value, label, _ in options}
    while True:
        untouched = picked == [*picked_first]
        rows = [(_DONE, "不挑了，用提纲原来的几条" if untouched or not picked else f"就这样，{len(picked)} 条", "")]
        rows += [(_UNDO, "← 去掉最后一条", "")] if picked else []
        so_far = "".join(f"\n  {n}. {printable(labels[value])}" for n, value in enumerate(picked, 1))
        listed = [*rows, *(o for o in options if o[0] not in picked)]
        answer = searched(question + so_far, listed, finding(listed))
        if answer is None and not untouched:
            raise PicksLeft(tuple(picked))
        if answer is None:
            return None
        if answer == _DONE:
            return picked
        if answer == _UNDO:
            picked.pop()
        else:
            picked.append(answer)


def review(facts: Sequence[Fact]) -> list[Fact] | None:
    """The blanks proposed, one after the other, each in its sentence: taken, renamed or refused. None where the writer
    gave up."""
    kept: list[Fact] = []
    for number, fact in enumerate(facts, 1):
        name = fact.field.name
        question = (
            f"（{number}/{len(facts)}）【{name}】＝{printable(say(fact.value))}\n"
            f"{wrapped(shortened(printable(fact.sentence), PREVIEW))}"
        )
        options = [
            ("yes", "收下"),
            ("name", "收下，换个名称"),
            ("no", "不要，原文照留"),
            ("rest", f"这一个和后面 {len(facts) - number} 个都收下"),
        ]
        answer = choose(question, options)
        if answer is None:
            return None
        if answer == "rest":
            return [*kept, *facts[number - 1 :]]
        if answer == "name":
            taken = {other.field.name for other in facts if other is not fact} | {other.field.name for other in kept}
            typed = name_of(name, partial(_good_name, taken))
            if typed is None:
                return None
            fact = fact.named(typed)
        if answer != "no":
            kept.append(fact)
    return kept


def _good_name(taken: set[str], text: str) -> bool | str:
    """Whether a blank may be called so; why not, where it may not."""
    if text.strip() in taken:
        return "这个名称已经用了。"
    return usable_name(text.strip()) or "名称用汉字、字母和数字，不以数字开头，不带空格和标点。"
