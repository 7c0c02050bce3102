"""The plan of an update: what becomes of every paragraph of a draft. Pure: tokens in, rows out.

The writer's words always stay. A paragraph the writer left alone follows; where both changed, the writer's stays and a
comment says what the outline says now.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.revise.counts import counted_anew
from drafter.revise.entries import in_their_terms
from drafter.revise.merge import (
    KeptParagraph,
    Mine,
    Outcome,
    Side,
    _number,
    _the_same,
    _without_number,
    frame,
    skeleton,
    touched,
)
from drafter.revise.order import arranged
from drafter.revise.plain import with_blanks
from drafter.revise.sentences import Merged, merged, said_of
from drafter.revise.telling import answers_now
from drafter.speech.match import align, out_of_order
from drafter.speech.numbering import Numbering
from drafter.word.tokens import Token, Tokens, text_of, with_label, without


class Answers(NamedTuple):
    """What the blanks of all of base and of theirs say, by tag, and the tags of the fields answered anew by hand.
    `plain`: in the file they are words like others."""

    before: Mapping[str, Token]
    after: Mapping[str, Token]
    explicit: frozenset[str]
    plain: bool = False

    @property
    def lists(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The entries of lists there were, and are."""
        return _entries(tuple(self.before.values())), _entries(tuple(self.after.values()))


def _blanks(paragraphs: Iterable[Tokens]) -> dict[str, Token]:
    return {token.tag: token for tokens in paragraphs for token in tokens if token.tag}


class Planned(NamedTuple):
    """What becomes of every paragraph, in the order of the document as it will be. `mine` are the paragraphs of the
    file, and `made` the words they were made with, both with their blanks as theirs counts the entries of lists."""

    rows: list[Outcome]
    mine: list[Mine]
    made: list[Tokens]


def counterparts(base: Side, theirs: Side) -> dict[int, int]:
    """Which paragraphs of base are which of theirs."""
    keys_b = _keys(base)
    return _became(base, theirs, keys_b, _keys(theirs) if theirs is not base else keys_b)


def plan(
    base: Side,
    mine: Sequence[Mine],
    theirs: Side,
    explicit: frozenset[str] = frozenset(),
    numberings: Sequence[Numbering] = (),
    plain: bool = False,
) -> Planned:
    """What becomes of every paragraph. `explicit` are the tags of the
    fields the user has just answered anew by hand: they go even into controls the writer has changed. In a `plain` file
    there are no controls."""
    b, t = base.words(), theirs.words()
    became = counterparts(base, theirs)
    b, mine = in_their_terms(b, mine, t, became)
    answers = Answers(_blanks(b), _blanks(t), explicit, plain)
    taken = set(became.values())
    new = [j for j in range(len(t)) if j not in taken]
    mine = _taken_up(mine, theirs, new, numberings)
    made, own = list(b), mine
    b, mine = counted_anew(base, theirs, made, mine, became)
    back = _back(mine, theirs, new)
    rows = [
        _returned(at, one, back[at], t, answers)
        if at in back
        else _kept(at, one, b, t, became, answers)._replace(joined=tuple(became.get(i, -1) for i in one.joined))
        for at, one in enumerate(mine)
    ]
    if mine is not own:
        rows = [_with_counts(row, mine[at], own[at], made) if mine[at] is not own[at] else row for at, row in enumerate(rows)]
    return Planned(arranged(rows, own, base, theirs, became, numberings), list(own), made)


def _with_counts(row: Outcome, counted: Mine, mine: Mine, made: Sequence[Tokens]) -> Outcome:
    """What becomes of a paragraph in which something is counted anew: it follows where the writer has left it alone, else
    only the number changes."""
    if row.follow or row.merged or row.remove or row.block < 0:
        return row
    if not touched(mine, made[mine.base]):
        return row._replace(follow=True)
    flow = dict(row.flow)
    return row._replace(merged=tuple(k._replace(text=flow[k.tag]) if k.tag in flow else k for k in counted.words))


def _became(base: Side, theirs: Side, keys_b: Sequence[str], keys_t: Sequence[str]) -> dict[int, int]:
    """Which paragraph of theirs each of the base has become. What says the same and stands in another place has moved:
    it is not another one, reworded, that stands where it stood."""

    def same(i: int, j: int) -> bool:
        one, other = base.blocks[rest_b[i]], theirs.blocks[rest_t[j]]
        return one.node == other.node != "" and one.role == other.role

    exact = _the_same(keys_b, keys_t) if keys_b is not keys_t else {}
    crossed = out_of_order([exact[i] for i in sorted(exact)])
    moved = {i: j for i, j in exact.items() if j in crossed}
    rest_b = [i for i in range(len(keys_b)) if i not in moved]
    rest_t = [j for j in range(len(keys_t)) if j not in crossed]
    found = align([keys_b[i] for i in rest_b], [keys_t[j] for j in rest_t], same)
    return moved | {rest_b[i]: rest_t[j] for i, j in found.items()}


def _keys(side: Side) -> list[str]:
    """The paragraphs of a side, with what stays the same when only answers change."""
    return [f"{block.role}\x03{skeleton(words)}" for block, words in zip(side.blocks, side.words(), strict=True)]


def _entries(tokens: Tokens) -> dict[str, list[str]]:
    """The entries of lists in a paragraph, by what is before the number."""
    out: dict[str, list[str]] = {}
    for token in tokens:
        name, at, _ = token.tag.partition("#")
        if at:
            out.setdefault(name, []).append(token.tag)
    return out


def _back(mine: Sequence[Mine], theirs: Side, new: Sequence[int]) -> dict[int, int]:
    """Which paragraphs of theirs are those that were dropped before and kept, by their places in the file: the outline
    has brought them back."""
    words = theirs.words()
    kept = [(at, one.kept) for at, one in enumerate(mine) if one.kept is not None]
    if not kept or not new:
        return {}
    keys = [f"{one.role}\x03{skeleton(one.words)}" for _, one in kept]
    said = [f"{theirs.blocks[j].role}\x03{skeleton(words[j])}" for j in new]
    entries = [any("#" in token.tag for token in one.words) for _, one in kept]  # of a list each is its own
    pairs = align(keys, said)
    return {kept[n][0]: new[m] for n, m in pairs.items() if keys[n] == said[m] or not entries[n]}


def _taken_up(mine: Sequence[Mine], theirs: Side, new: Sequence[int], numberings: Sequence[Numbering]) -> Sequence[Mine]:
    """The paragraphs of the file, those typed by hand that the outline says by now, word for word, as what it has brought
    back: somebody has written them into it, and they are not to stand there twice."""
    words = theirs.words()
    said = {text_of(words[j]): j for j in reversed(new) if words[j]}
    out = list(mine)
    for at, one in enumerate(mine) if said else ():
        if one.base >= 0 or one.kept is not None or one.inside is not None or not one.tokens:
            continue
        text = text_of(one.tokens)
        j = next((said.pop(way) for way in (text, _without_number(text, numberings)) if way in said), None)
        if j is None:
            continue
        level = theirs.levels.get(j)
        kept = KeptParagraph("", theirs.blocks[j].role, words[j], level.label if level is not None else "")
        out[at] = one._replace(kept=kept, number=_number(one.tokens, level, (), words[j], numberings))
    return out


def _returned(at: int, mine: Mine, block: int, theirs: Sequence[Tokens], answers: Answers) -> Outcome:
    """What becomes of a paragraph the outline has brought back."""
    assert mine.kept is not None
    return _kept(at, mine._replace(base=0), [mine.kept.words], [theirs[block]], {0: 0}, answers)._replace(block=block)


def _kept(
    at: int,
    mine: Mine,
    base: Sequence[Tokens],
    theirs: Sequence[Tokens],
    became: Mapping[int, int],
    answers: Answers,
) -> Outcome:
    """What becomes of a paragraph that is there."""
    explicit = answers.explicit
    if mine.base < 0:
        return _stays(at, mine, answers)
    old = base[mine.base]
    new = theirs[became[mine.base]] if mine.base in became else None
    if old == new == mine.words and not (mine.joined or mine.split):
        return Outcome(at, became[mine.base])  # as most paragraphs of most updates are
    own = touched(mine, old)
    values = {token.tag: token.text for token in old if token.tag}
    changed_values = any(
        k.tag and not k.empty and k.tag in values and _flat(k.text) != _flat(values[k.tag]) for k in mine.tokens
    )
    if new is None:
        if own or mine.tied or changed_values or mine.inside is not None:
            told = f"提纲里已经没有这一段了。{_why_kept(mine, own or changed_values)}，所以留着；不要的话请删掉。"
            return _stays(at, mine, answers, told)
        return Outcome(at, -1, remove=True)
    block = became[mine.base]
    if not own:
        wanted = _with_own_values(mine.tokens, old, new, explicit)
        # Where an office program has dropped the controls, the same words are enough.
        return Outcome(
            at,
            block,
            follow=text_of(wanted) != text_of(mine.words) and _shown(wanted) != _shown(mine.words),
            overruled=_overruled(mine.words, values, text_of(wanted)),
        )
    return _both(Outcome(at, block, touched=True), mine, base, theirs, became, answers)


def _why_kept(mine: Mine, changed: bool) -> str:
    """What of the writer's is in a paragraph the outline has dropped; `changed`: its words are."""
    if changed:
        return "这一段您改过"
    return "这一段带着批注、脚注、修订、图片之类" if mine.tied else "这一段在您做的表格或者文本框里"


def _stays(at: int, mine: Mine, answers: Answers, told: str = "") -> Outcome:
    """A paragraph theirs does not have: its words stay, new answers flow into its blanks."""
    flow = _flowing(mine.tokens, answers)
    made = {tag: token.text for tag, token in answers.before.items()}
    typed = tuple(k for k in mine.tokens if k.tag in dict(flow))
    after = "".join(text for _, text in flow)
    return Outcome(at, -1, touched=True, flow=flow, comment=told, overruled=_overruled(typed, made, after))


def _both(
    row: Outcome,
    mine: Mine,
    base: Sequence[Tokens],
    theirs: Sequence[Tokens],
    became: Mapping[int, int],
    answers: Answers,
) -> Outcome:
    """What becomes of a paragraph the writer has changed: its words stay, new answers flow into its blanks, and what
    the outline changed in other sentences comes in."""
    made = sorted((mine.base, *mine.joined))
    whole = all(i in became for i in made)
    old = tuple(k for i in made for k in base[i])
    new = tuple(k for i in made if i in became for k in theirs[became[i]])
    if answers.plain:
        label = Token(mine.number.label)
        tokens = with_blanks(mine.words, old)
        mine = mine._replace(tokens=(label, *tokens) if label.text else tokens)
    flow = _flowing(mine.tokens, answers, old, new)
    values = {token.tag: token.text for token in old if token.tag}
    flowed = dict(flow)
    open_ = {token.tag for token in new if token.empty}
    after = tuple(k._replace(text=flowed[k.tag], empty=k.tag in open_) if k.tag in flowed else k for k in mine.tokens)
    notes = []
    if frame(old) != frame(new) and text_of(mine.words) != text_of(new):
        both = merged(old, without(after, mine.number.label), _with_own_values(mine.tokens, old, new, answers.explicit))
        notes = _untaken(both, [theirs[became[i]] for i in made if i in became], whole)
        if whole and both.taken:
            row = row._replace(merged=both.tokens)
            after = both.tokens
    if flow and answers.plain and not row.merged:
        row = row._replace(merged=without(after, mine.number.label))
    lost = _lost(after, old, new, notes)
    notes += [f"{answers_now(lost)}。这一段改写过，请看看要不要跟着改。"] if lost else []
    return row._replace(
        flow=flow, comment="\n".join(notes), overruled=_overruled(mine.tokens, values, text_of(after))
    )


def _untaken(both: Merged, new: Sequence[Tokens], whole: bool) -> list[str]:
    """What to say of the outline's words that did not come in."""
    if not whole or not both.taken:
        return [f"提纲里这一段现在是：{said_of(new)}"]
    now = [f"提纲里这一句现在是：{text_of(said)}您也改过这里，照您的留着。" for said in both.now]
    return now + [f"提纲里已经没有这一句了：{text_of(said)}您改过，所以留着。" for said in both.gone]


def _lost(after: Tokens, old: Tokens, new: Tokens, told: Sequence[str]) -> list[tuple[Token, Token]]:
    """The blanks that say something new, but no longer stand in the paragraph, and have not been told of."""
    held = {token.tag for token in after if token.tag}
    made = {token.tag: token for token in old if token.tag}
    lost = [
        (made[token.tag], token)
        for token in new
        if token.tag in made and token.tag not in held and _flat(token.text) != _flat(made[token.tag].text)
    ]
    return [] if told else list(dict.fromkeys(lost))


def _overruled(mine: Tokens, made: Mapping[str, str], after: str) -> tuple[str, ...]:
    """The answers typed in Word that give way to one given since."""
    typed = [k.text for k in mine if k.tag and not k.empty and _flat(k.text) != _flat(made.get(k.tag, ""))]
    return tuple(text for text in dict.fromkeys(typed) if _flat(text) not in _flat(after))


def _shown(tokens: Tokens) -> str:
    """The words, every blank nobody has answered by its field: one of a list is asked for by several names."""
    return "".join(f"\x01{token.tag}\x02" if token.empty and token.tag else token.text for token in tokens)


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _flowing(mine: Tokens, answers: Answers, old: Tokens = (), new: Tokens = ()) -> tuple[tuple[str, str], ...]:
    """The answers that go into the controls of a paragraph the writer has rewritten; those of the paragraph it was, and
    now would be, before those that stand elsewhere."""
    before, after = _blanks([old]), _blanks([new])
    lists = (_entries(old), _entries(new)) if old or new else answers.lists
    other = {name for name in lists[0] | lists[1] if len(lists[0].get(name, ())) != len(lists[1].get(name, ()))}
    out: dict[str, str] = {}
    for token in mine:
        if not token.tag or ("#" in token.tag and token.tag.partition("#")[0] in other):
            continue  # of a list that has grown or shrunk nobody can say which entry is which
        was, now = (
            near.get(token.tag) or far.get(token.tag)
            for near, far in ((before, answers.before), (after, answers.after))
        )
        if now is None or (now.empty and token.empty) or _flat(token.text) == _flat(now.text):
            continue
        theirs_changed = was is None or was.empty or _flat(was.text) != _flat(now.text)
        own = was is not None and not token.empty and _flat(token.text) != _flat(was.text)
        if token.empty or (theirs_changed and not own) or (own and token.tag in answers.explicit):
            out[token.tag] = now.text
    return tuple(out.items())


def _with_own_values(mine: Tokens, old: Tokens, new: Tokens, explicit: frozenset[str]) -> Tokens:
    """Theirs, with what the writer typed into a control of this paragraph, in the writer's own spelling, unless the
    answer was given anew since."""
    before = {token.tag: token for token in old if token.tag}
    own: dict[str, Token] = {}
    for token in mine:
        was = before.get(token.tag)
        if token.tag and was is not None and not token.empty and _flat(token.text) != _flat(was.text):
            own[token.tag] = token
    out = []
    for token in new:
        kept = own.get(token.tag)
        if kept is not None and token.tag not in explicit and _flat(kept.text) != _flat(token.text):
            token = token._replace(text=kept.text, empty=False)
        out.append(token)
    return tuple(out)


def wanted(row: Outcome, planned: Planned, theirs: Side, explicit: frozenset[str]) -> Tokens:
    """What a paragraph that follows will be; its number stays the one it has."""
    one = planned.mine[row.mine]
    old, new = one.kept.words if one.kept is not None else planned.made[one.base], theirs.words()[row.block]
    return with_label(_with_own_values(one.tokens, old, new, explicit), one.number.label)
