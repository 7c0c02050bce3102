"""Headings without a mark: lines that look like headings, and paragraphs that begin with a short thesis (做强工业主导。……), as
the third level of most government reports does.

A thesis is told over the whole paper, not by its own words: what speaks for it and against it is weighed for each
paragraph and for those around it, and a run of sisters stands or falls together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.speech.by_roles import HEADINGS
from drafter.speech.cues import CLOSER, DATE, SENTENCE, is_byline
from drafter.speech.leads import is_lead
from drafter.speech.marks import FIRST, Mark
from drafter.speech.rows import SpeechRow
from drafter.speech.run_in import CHARACTERS, DEED, OUTCOME

#: The kind of the marks of no characters that a heading alone on its row has.
BARE = "标题"


def mark_unmarked(rows: Sequence[SpeechRow], marks: list[Mark | None]) -> None:
    """Give headings without a mark one of no characters."""
    bare = _bare_headings(rows, marks)
    if len(bare) >= 2 or any(rows[at].role in HEADINGS for at in bare):
        for at in bare:
            marks[at] = Mark(rows[at].role if rows[at].role in HEADINGS else BARE, 0, "")
    for at in [*_theses(rows, marks), *_promised(rows, marks), *_explained(rows, marks)]:
        marks[at] = Mark(FIRST, 0, "")


# ── theses ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#: A first sentence that may be a thesis.
_THESIS = re.compile(rf"[^。！？：；]{{3,{CHARACTERS}}}[。！](?=.)")


class _Cue(NamedTuple):
    """What speaks for a thesis or, below zero, against it, where it is found."""

    pattern: re.Pattern[str]
    weight: float


#: What is said in a thesis: it names a thing to be done, or what has become of one. It judges nothing, speaks of no
#: person and of no day.
_SAID = (
    _Cue(re.compile("我(?![省市县区国州])|[你她它咱]|(?<!其)他|[这那]|大家|同志|人们|自己"), -2.0),
    _Cue(re.compile("(?<![凡于只还就要求总国])是(?!否)|意味|就像|好比"), -1.5),
    _Cue(re.compile("[0-9]"), -0.75),
    _Cue(re.compile("来之不易|值得|不容|实属|不易|不够|不强|不足|难能|毋庸|无可"), -1.5),
    _Cue(re.compile("[了吗呢吧啊]$|很|非常|十分|太(?![阳湖原行空平仓])"), -1.0),
    _Cue(re.compile("^(?:今[年天后]|去年|明年|近[年期日来]|当[前年时]|目前|现在|过去|昨|前[不一几]|在(?!.{2,14}上)|从(?!严|实)|自从|为了|随着|经过|通过|对于|关于|由于|如果|只有|没有|[0-9])"), -1.5),
    _Cue(DEED, 0.75),
    _Cue(OUTCOME, 0.75),
)

#: How what follows a thesis begins: it goes into the matter and does not argue about the sentence before.
_FOLLOWS = (
    _Cue(re.compile("这|那|它|其[^中次]|他|对此|因此|但|然而|可是|所以|如果|没有|只有|有的|有人|一些|为什么|试想|正因|也|就是|不[是能]"), -1.25),
    _Cue(re.compile("当前|近年来|今年以来|一年来|这些年|长期以来|我们"), -0.5),
    _Cue(re.compile("[^。]*[0-9]"), 0.25),
)

#: How much text behind a thesis there is at least, in characters of the thesis, and what little of it weighs.
_TEXT_BELOW, _ENOUGH_BELOW, _LITTLE = 0.9, 1.2, -0.75

#: What the length of a thesis weighs, up to how many characters, and each comma in it.
_LENGTHS = ((14, 0.25), (20, 0.0), (30, -0.5), (CHARACTERS, -1.0))
_COMMA = -0.75

#: What it weighs that two and more sisters begin with the same words.
_SHARED = 0.5

#: Below this a paragraph is no thesis whatever its sisters are; from this on it is one behind a paragraph that is none.
_LEAST, _CLEAR = -1.0, 0.5

#: What a run of sisters weighs: how many they are, whether all paragraphs up to the last are among them, whether they
#: are built alike, whether another part of the paper has such a run too; and what it takes to be believed.
_MANY = {2: -0.5, 3: 0.75}
_MORE = 1.0
_ALL, _FEW, _FIRST_BELOW, _SAME_WORDS, _SAME_LENGTH, _ELSEWHERE, _BELIEVED = 1.0, -1.0, 0.5, 1.5, 0.5, 0.75, 2.0


def _theses(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The paragraphs that begin with a thesis: two and more below one heading."""
    runs = [(run, weight) for part in _parts(rows, marks) for run, weight in _runs(rows, part)]
    likely = sum(weight >= _BELIEVED - _ELSEWHERE for _, weight in runs)
    for run, weight in runs:
        if weight + (_ELSEWHERE if likely > 1 else 0) >= _BELIEVED:
            yield from run


def _parts(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[list[int]]:
    """The paragraphs below each heading, without those that lead to what follows; what stands behind a call to the
    hearers (各位代表！) is below it no longer."""
    below: list[int] | None = None
    for at, row in enumerate(rows):
        if marks[at] or CLOSER.match(row.text):
            if below:
                yield below
            below = [] if marks[at] else None
        elif below is not None and not _leads(row.text):
            below.append(at)
    if below:
        yield below


#: Characters of a paragraph that is there to lead to what follows.
_LEAD_CHARACTERS = 80


def _leads(text: str) -> bool:
    """Whether a paragraph does nothing but lead to what follows."""
    return len(text) <= _LEAD_CHARACTERS and is_lead(SENTENCE.findall(text)[-1], 1)


def _runs(rows: Sequence[SpeechRow], part: Sequence[int]) -> Iterator[tuple[list[int], float]]:
    """The runs of likely theses among the paragraphs below a heading, with what speaks for them. A paragraph between
    two theses goes on with the first."""
    weights = _weights(rows, part)
    run: list[int] = []
    for at in [*part, -1]:
        if at in weights and (not run or at - run[-1] == 1 or (at - run[-1] == 2 and weights[at] >= _CLEAR)):
            run.append(at)
            continue
        if run and at - run[-1] == 1:
            continue
        if len(run) > 1:
            yield run, sum(weights[one] for one in run) / len(run) + _run_weight(rows, part, run)
        run = [at] if at in weights else []


def _weights(rows: Sequence[SpeechRow], part: Sequence[int]) -> dict[int, float]:
    """What speaks for each likely thesis. Words three and more neighbours begin with are not held against them: 这五年，
    综合实力跃上新台阶。"""
    found: dict[int, float] = {}
    candidates = [at for at in part if _THESIS.match(rows[at].text)]
    sisters: dict[str, list[str]] = {}
    for at in candidates:
        sisters.setdefault(rows[at].text[:2], []).append(rows[at].text)
    begun = {words: _shared(texts) if len(texts) > 2 else 0 for words, texts in sisters.items()}
    for at in candidates:
        shared = begun[rows[at].text[:2]]
        weight = max(_thesis_weight(rows[at].text, start) for start in {0, shared}) + (_SHARED if shared else 0.0)
        if weight > _LEAST:
            found[at] = weight
    return found


def _shared(texts: Sequence[str]) -> int:
    """How many characters texts begin with alike."""
    return next((n for n, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), min(map(len, texts)))


def _run_weight(rows: Sequence[SpeechRow], part: Sequence[int], run: Sequence[int]) -> float:
    """What the number, the place and the likeness of sisters says for them."""
    heads = [_head(rows[at].text) for at in run]
    pairs = list(pairwise(heads))
    share = len(run) / (part.index(run[-1]) + 1)
    weight = _MANY.get(len(run), _MORE)
    weight += _ALL if share == 1 else _FEW if share < 0.4 else 0.0
    weight += _FIRST_BELOW if run[0] == part[0] else 0.0
    if len(run) > 2:  # two that begin alike are a figure of speech
        weight += _SAME_WORDS * sum(one[:2] == other[:2] for one, other in pairs) / len(pairs)
    return weight + _SAME_LENGTH * sum(abs(len(one) - len(other)) <= 2 for one, other in pairs) / len(pairs)


def _thesis_weight(text: str, start: int) -> float:
    """What speaks for a paragraph beginning with a thesis; `start`: how much of it its sisters begin with too."""
    head = _head(text)
    rest = text[len(head) + 1 :]
    if len(rest) < _TEXT_BELOW * len(head):
        return _LEAST
    said = head[start:]
    weight = next(weight for most, weight in _LENGTHS if len(said) <= most) + _COMMA * said.count("，")
    weight += _LITTLE if len(rest) < _ENOUGH_BELOW * len(head) else 0.0
    weight += sum(cue.weight for cue in _SAID if cue.pattern.search(said))
    return weight + sum(cue.weight for cue in _FOLLOWS if cue.pattern.match(rest))


def _head(text: str) -> str:
    return re.split("[。！]", text, maxsplit=1)[0]


# ── promised and explained ─────────────────────────────────────────────────────────────────────────────────────────


def _promised(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The paragraphs a sentence has promised by their number (我提三点希望：), where none has a mark and all are built
    alike."""
    for at, row in enumerate(rows):
        sentences = SENTENCE.findall(row.text)
        found = re.search(r"(?<![0-9十百])([二三四五六七八九两几2-9])(?:点|个|条|件|句|方面|项|种)", sentences[-1]) if sentences else None
        if not found or not is_lead(sentences[-1], 1):
            continue
        if found[1] == "几":
            stop = at + 1
            while stop < min(len(rows), at + 10) and rows[stop].text[:2] == rows[min(at + 1, len(rows) - 1)].text[:2]:
                stop += 1
            count = stop - at - 1
        else:
            count = "二三四五六七八九".find(found[1].replace("两", "二")) + 2 if not found[1].isdigit() else int(found[1])
        run = range(at + 1, at + 1 + count)
        if count < 2:
            continue
        if run.stop > len(rows) or any(marks[there] for there in run) or (run.stop < len(rows) and marks[run.stop]):
            continue
        heads = [re.split("[。！？]", rows[there].text)[0] for there in run]
        short = all(
            len(head) <= CHARACTERS and len(head) + 8 < len(rows[there].text)
            for head, there in zip(heads, run, strict=True)
        )
        if len({head[:2] for head in heads}) == 1 or (short and all(map(_built_alike, heads, heads[1:]))):
            yield from run


def _explained(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Neighbours that each say what a word in quotation marks means: 所谓“不想为”，就是……"""
    said = [not marks[at] and bool(re.match("所谓[“\"「]", row.text)) for at, row in enumerate(rows)]
    yield from (
        at for at, one in enumerate(said) if one and ((at and said[at - 1]) or (at + 1 < len(said) and said[at + 1]))
    )


def _built_alike(one: str, other: str) -> bool:
    if one[:2] == other[:2]:
        return True
    here, there = one.split("，"), other.split("，")
    near = len(here) == len(there) and all(abs(len(a) - len(b)) <= 1 for a, b in zip(here, there, strict=True))
    return near and (one[0] == other[0] or one[-1] == other[-1] or len(here) > 1)


# ── lines ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_HEADING_FONTS = ("黑体", "楷体", "SimHei", "KaiTi", "小标宋")

#: Characters of a line that may be a heading, and of one that is set as one.
_LINE_CHARACTERS, _SET_CHARACTERS = 28, 40

#: Characters of text below a heading.
_BELOW_CHARACTERS = 36

#: Characters of a sentence below a heading that leads to a list.
_LEADS_CHARACTERS = 12


def _bare_headings(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> list[int]:
    """Lines that look like headings without a mark: short, without a point, with text below and a paragraph above."""
    found = []
    for at, row in enumerate(rows[:-1]):
        if marks[at]:
            continue
        set_so = _is_set_as_heading(row, rows[at + 1])
        if row.role in HEADINGS or (
            _may_be_heading(row.text, _SET_CHARACTERS if set_so else _LINE_CHARACTERS)
            and _has_text_below(rows, marks, at)
            and (set_so or _has_text_above(rows, marks, at))
        ):
            found.append(at)
    return found


def _is_set_as_heading(row: SpeechRow, after: SpeechRow) -> bool:
    hint = row.hint
    return bool(hint.bold or hint.outline_level or hint.font.startswith(_HEADING_FONTS)) and not after.hint.bold


def _may_be_heading(text: str, most: int) -> bool:
    if not 4 <= len(text) <= most or not re.search(r"[\u4e00-\u9fff”》）]$", text):
        return False
    no_words = re.search(r"[。；！？：:]|^[（(].*[）)]$", text)
    return not (no_words or DATE.search(text) or is_byline(text) or is_lead(text))


def _has_text_below(rows: Sequence[SpeechRow], marks: Sequence[Mark | None], at: int) -> bool:
    """Whether paragraphs or a list with text follow, before the next line that is as short."""
    for below in range(at + 1, min(at + 3, len(rows))):
        text = rows[below].text
        if not marks[below] and not re.search("[。！？；：，]", text):
            break
        if len(text) >= _BELOW_CHARACTERS or (len(text) >= _LEADS_CHARACTERS and text.endswith(("：", "工作。", "方面。"))):
            return True
    return False


def _has_text_above(rows: Sequence[SpeechRow], marks: Sequence[Mark | None], at: int) -> bool:
    above = rows[at - 1].text if at else ""
    return len(above) >= 24 or above.endswith(("。", "：", "！")) or bool(at and marks[at - 1])
