"""Entries of lists are told by what they say, not by their place: the second of today may be the first of tomorrow. Before
anything is planned the blanks of a draft are called as theirs are."""

from collections.abc import Mapping, Sequence

from drafter.revise.merge import Mine
from drafter.word.tokens import Token, Tokens

#: What a blank is called behind the name of its list where the list has no such entry any more.
GONE = "#"


def in_their_terms(
    before: list[Tokens], mine: Sequence[Mine], after: Sequence[Tokens], became: Mapping[int, int]
) -> tuple[list[Tokens], list[Mine]]:
    """The words of base and the paragraphs of the file, their entries called as theirs call them. `after` are the words
    of theirs, `became` their paragraphs by those of base."""
    if not any("#" in token.tag for words in before for token in words):
        return before, list(mine)
    everywhere = _everywhere(before, after)
    names = [
        everywhere | (_side_by_side(words, after[became[n]]) if n in became else _left_alone(words, everywhere, after))
        for n, words in enumerate(before)
    ]
    if all(one == other for called in names for one, other in called.items()):
        return before, list(mine)
    rows = []
    for one in mine:
        called = dict(everywhere)
        for n in reversed((one.base, *one.joined)):
            if n >= 0:
                called |= {k.tag: names[n][k.tag] for k in before[n] if k.tag in names[n]}
        rows.append(one._replace(tokens=_called(one.tokens, called)))
    return [_called(tokens, called) for tokens, called in zip(before, names, strict=True)], rows


def _called(tokens: Tokens, names: Mapping[str, str]) -> Tokens:
    return tuple(k._replace(tag=names[k.tag]) if k.tag in names else k for k in tokens)


def _entries(paragraphs: Sequence[Tokens]) -> dict[str, dict[str, Token]]:
    """The entries of every list, by the list's name and their tags."""
    out: dict[str, dict[str, Token]] = {}
    for tokens in paragraphs:
        for token in tokens:
            name, mark, _ = token.tag.partition("#")
            if mark:
                out.setdefault(name, {}).setdefault(token.tag, token)
    return out


def _everywhere(before: Sequence[Tokens], after: Sequence[Tokens]) -> dict[str, str]:
    """What entries of base are called in theirs: as those that say the same, else as one in the same place that says
    what no entry of base said; those that are not there any more end in `GONE`."""
    old, new = _entries(before), _entries(after)
    out: dict[str, str] = {}
    for name, entries in old.items():
        left = dict(new.get(name, {}))
        if not left:
            continue  # the outline asks for none of them here; that may come back
        for tag, token in entries.items():
            forms = (tag, *left)
            same = next((t for t in forms if t in left and left[t].text == token.text and _alike(t, tag)), None)
            if same is not None:
                out[tag] = same
                del left[same]
        for tag in entries:
            if tag not in out:
                out[tag] = tag if tag in left else name + GONE
    return out


def _alike(one: str, other: str) -> bool:
    """Whether two tags say their entry in the same way: 单位#1 and 单位#2, not 日期#1|月日."""
    return one.partition("|")[2] == other.partition("|")[2]


def _left_alone(words: Tokens, everywhere: Mapping[str, str], after: Sequence[Tokens]) -> dict[str, str]:
    """What the entry of a paragraph is called that was written for it alone and is not there any more: gone, even where
    another entry came in its place. That one has a paragraph of its own, and would be said twice."""
    new = _entries(after)
    out: dict[str, str] = {}
    for name, entries in _entries([words]).items():
        if len(entries) == 1 and len(new.get(name, {})) > 1:
            [(tag, token)] = entries.items()
            now = new[name].get(everywhere.get(tag, ""))
            if now is not None and now.text != token.text:
                out[tag] = name + GONE
    return out


def _side_by_side(before: Tokens, after: Tokens) -> dict[str, str]:
    """What the entries in a paragraph are called in the one it became, one after another."""
    out: dict[str, str] = {}
    new = _entries([after])
    for name, entries in _entries([before]).items():
        out |= dict(zip(entries, new.get(name, {}), strict=False))
    return out
