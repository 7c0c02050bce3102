"""Which rows are headings and numbered paragraphs: by their marks, by their looks, or because they are built alike; and
where a heading that runs in ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.speech.by_roles import HEADINGS
from drafter.speech.cues import CLOSER, DATE, SENTENCE, is_byline
from drafter.speech.leads import is_lead
from drafter.speech.marks import Mark, Numbered, levels, mark_of
from drafter.speech.rows import Recognised, SpeechRow

#: Characters a heading alone on its line may have, and one that runs in. Source: heading texts of 23 labelled speeches
#: (median 15, p90 28, longest 50).
ALONE_CHARACTERS = 60
_RUN_IN_CHARACTERS = 42

#: Characters of a row that may be a heading though no other is numbered as it is.
_LONE_CHARACTERS = 40

#: Rows among which the next item of a list is looked for.
_NEAR = 60

_HEADING_FONTS = ("黑体", "楷体", "SimHei", "KaiTi", "小标宋")


def numbered_rows(rows: Sequence[SpeechRow]) -> list[Numbered | None]:
    """What numbers each row; headings without a mark are numbered by a mark of no characters. A mark alone numbers
    nothing, but where its row looks like a heading and nothing else."""
    marks: list[Mark | None] = []
    for row in rows:
        mark = mark_of(row.text)
        marks.append(mark if mark and len(mark.label.rstrip()) < len(row.text) else None)
    sure = [
        row.role in HEADINGS or (mark is not None and _stands_as_heading(row, mark))
        for row, mark in zip(rows, marks, strict=True)
    ]
    bare = _bare_headings(rows, marks)
    if len(bare) >= 2 or any(rows[at].role in HEADINGS for at in bare):
        for at in bare:
            marks[at] = Mark(rows[at].role if rows[at].role in HEADINGS else _BARE, 0, "")
    for at in [*_parallel(rows, marks), *_promised(rows, marks), *_explained(rows, marks)]:
        marks[at] = Mark(_FIRST, 0, "")
    return levels(marks, sure)


def _stands_as_heading(row: SpeechRow, mark: Mark) -> bool:
    """Whether a row with a mark that is not said in running text is short and no sentence."""
    return not mark.said and len(row.text) <= _LONE_CHARACTERS and not re.search("[。！？；]|[：，、…]$", row.text)


#: Marks of no characters: a heading alone on its row, and one that runs in.
_BARE, _FIRST = "标题", "段首句"


def _parallel(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Paragraphs that run on from headings without a mark: four and more, one behind the other, under a numbered row,
    whose first sentences are short and built alike."""
    run: list[int] = []
    numbered = False
    for at in range(len(rows) + 1):
        found = re.match(r"[^。！？：；“]{4,20}[。]", rows[at].text) if at < len(rows) and not marks[at] else None
        if found and len(rows[at].text) > 3 * found.end() and not CLOSER.match(rows[at].text):
            run.append(at)
            continue
        if numbered and len(run) >= 3:
            yield from _alike(rows, run)
        run = []
        numbered = numbered or (at < len(rows) and bool(marks[at]))


def _promised(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The paragraphs a sentence has promised by their number (我提三点希望：), where none has a mark and all are built
    alike."""
    for at, row in enumerate(rows):
        sentences = SENTENCE.findall(row.text)
        found = re.search(r"([二三四五六七八九两几2-9])(?:点|个|条|件|句|方面|项|种)", sentences[-1]) if sentences else None
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
            len(head) <= _RUN_IN_CHARACTERS and len(head) + 8 < len(rows[there].text)
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


def _alike(rows: Sequence[SpeechRow], run: Sequence[int]) -> Iterator[int]:
    """The longest stretches of a run whose first sentences begin with the same words, or have as many clauses of as
    many characters (one more or less)."""
    heads = [rows[at].text.partition("。")[0] for at in run]
    start = 0
    for end in range(1, len(run) + 1):
        if end < len(run) and _built_alike(heads[end - 1], heads[end]):
            continue
        if end - start >= 4 or (end - start == 3 and len({head[:2] for head in heads[start:end]}) == 1):
            yield from run[start:end]
        start = end


def _built_alike(one: str, other: str) -> bool:
    if one[:2] == other[:2]:
        return True
    here, there = one.split("，"), other.split("，")
    near = len(here) == len(there) and all(abs(len(a) - len(b)) <= 1 for a, b in zip(here, there, strict=True))
    return near and (one[0] == other[0] or one[-1] == other[-1] or len(here) > 1)


def _bare_headings(rows: Sequence[SpeechRow], marks: Sequence[Mark | None]) -> list[int]:
    """Lines that look like headings without a mark: short, without a point, with a paragraph below and one above."""
    found = []
    for at, row in enumerate(rows[:-1]):
        if marks[at]:
            continue
        after = rows[at + 1]
        if row.role in HEADINGS:
            found.append(at)
            continue
        looks = (
            row.hint.bold or row.hint.outline_level or row.hint.font.startswith(_HEADING_FONTS)
        ) and not after.hint.bold
        if not 4 <= len(row.text) <= (40 if looks else 28) or not re.search(r"[\u4e00-\u9fff”》）]$", row.text):
            continue
        if (
            re.search(r"[。；！？：:]|^[（(].*[）)]$", row.text)
            or DATE.search(row.text)
            or is_byline(row.text)
            or is_lead(row.text)
        ):
            continue
        text_below = len(after.text) >= 36 or (
            marks[at + 1] is not None and at + 2 < len(rows) and len(rows[at + 2].text) >= 36
        )
        text_above = at > 0 and (
            len(rows[at - 1].text) >= 24 or rows[at - 1].text.endswith(("。", "：", "！")) or bool(marks[at - 1])
        )
        if text_below and (looks or text_above):
            found.append(at)
    return found


def is_alone(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int) -> bool:
    """Whether a numbered row is a heading and nothing else."""
    found = numbered[at]
    if found is None:
        return False
    mark = found.mark
    text = rows[at].text[len(mark.label) :]
    if rows[at].role in HEADINGS or not mark.label:
        return mark.kind != _FIRST
    if len(text) > ALONE_CHARACTERS or text.endswith(("；", ";", "，")):
        return False
    one_clause = not re.search(r"[。；！？，：:;,]", text.rstrip("。！？：；;:"))
    if not one_clause and re.search(r"[。！？；;]", text[:-1]):
        return False
    return not text.endswith(("。", "！", "？", "：", ":")) or _heads(rows, numbered, at, found)


def _heads(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int, found: Numbered) -> bool:
    """Whether a numbered sentence is a heading: only where its text, or a deeper list, follows on the next row."""
    mark = found.mark
    text = rows[at].text[len(mark.label) :]
    following = rows[at + 1] if at + 1 < len(rows) else None
    if following is None or mark.kind in ("一是", "一要", "——", "●"):
        return False
    below = numbered[at + 1]
    if below is None:
        weighs = len(following.text) > len(text) or mark.kind in ("一、", "部分") or text.endswith(("？", "：", ":"))
        if not weighs or CLOSER.match(following.text):
            return False
    elif below.level <= found.level:
        return False
    return len(text) <= 34 or any(numbered[sister + 1] is None for sister in _sisters(rows, numbered, at))


def _sisters(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int) -> Iterator[int]:
    """The items before and behind one in its list, as far as they have a row below them and are near."""
    found = numbered[at]
    for near in (range(at - 1, max(at - _NEAR, -1), -1), range(at + 1, min(at + _NEAR, len(rows) - 1))):
        for place in near:
            other = numbered[place]
            if found and other and other.group == found.group:
                yield place
                break


#: A clause that may head what follows: 抓学习，…… It says what to do, not when, where, how or why.
_CLAUSE = re.compile(
    r"(?!今|去年|明年|近|当前|目前|现在|过去|在|从|自|对[^标照接]|为|以[^人民学案]|通过|按照?|依|根据|针对|围绕|由于|因|随着|经过|如果|只[要有]|虽|尽管|无论|不管|不仅|不但|既|同时|特别"
    r"|尤其|此外|另外|还|也|"
    r"但|然|所以|我|他|她|你|您|它|这|那|各|全[省市县区国镇乡党]|有的|有些|一些|大家|同志|比如|例如|包括|习近平|总书记|毛|邓|市|省|县|区委|党中央|中央|国务院|截至|截止|据|[0-9])"
    r"[\u4e00-\u9fff“”、《》]{3,14}[，,](?=.)"
)


#: Words that say what the clause before them means.
_MEANT = re.compile("做到|就是|也就是|即|没有|离开|意味着|指的是|说的是")


def clauses(rows: Sequence[SpeechRow], told: Sequence[Recognised], start: int, end: int) -> Mapping[int, int]:
    """Where the heading ends in items whose first sentence is too long for one, but whose first clause is not: 一要抓学习，
    ……。 Only in a list of which most items begin with one or the other."""
    lists: dict[int, list[tuple[int, int, bool]]] = {}
    for at in range(start, end):
        numbered = told[at].numbered
        if numbered is None or not numbered.mark.label or told[at].alone:
            continue
        text = rows[at].text[len(numbered.mark.label) :]
        headed = heading_end(text, numbered.mark.kind) > 0
        found = None if headed else _CLAUSE.match(text)
        length = found.end() if found else 0
        if len(text) <= _RUN_IN_CHARACTERS and not _MEANT.match(
            text, length
        ):  # one sentence is a heading only with what it means
            length = 0
        lists.setdefault(numbered.group, []).append((at, length, headed))
    return {
        at: length
        for items in lists.values()
        if len(items) > 1 and sum(length > 0 or headed for _, length, headed in items) * 4 >= 3 * len(items)
        for at, length, _ in items
        if length
    }


def heading_end(text: str, kind: str) -> int:
    """Where the run-in heading a numbered paragraph begins with ends, its mark included; 0 where it has none."""
    found = re.search(r"[。！？]+[”’）)》]*\s*", text)
    end = found.end() if found else len(text)
    if found and end < len(text) and end <= _RUN_IN_CHARACTERS:
        return end
    colon = re.search(r"[：:]\s*", text[:24])
    if (
        colon
        and colon.start() >= 2
        and colon.end() < len(text)
        and not re.search("[，。；说指出强调要求]", text[: colon.start()])
    ):
        return colon.end()
    space = re.match(r"[^\s，。；：！？]{4,24}\s+(?=[\u4e00-\u9fff“《])", text)
    rest = len(text) - space.end() if space else 0
    wide = bool(space and re.search(r"\u3000|\s\s", space[0]))  # a narrow gap may stand for a name left out
    if space and rest and (wide or rest >= max(20, space.end())) and kind not in ("——", "●"):
        return space.end()
    return 0


