"""The findings of a file gone through on a terminal, one after another: what takes the place of their words, and what stays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.quoting import quoted
from drafter.diagnostic import ERROR, printable

if TYPE_CHECKING:
    from drafter.check.report import Remark

#: The words of a finding stand between these in their sentence: no Chinese text uses them, and every font has them.
MARKS = "〖", "〗"

#: Longer words are not told whole in a list to choose from.
_SHORT = 24


class Decided(NamedTuple):
    """What somebody has decided: by the fingerprints of findings what takes the place of their words (None: they stay), and
    those that are to stay from now on; `stopped`: no more is to be asked."""

    decisions: dict[str, str | None]
    remember: tuple[str, ...]
    stopped: bool = False


class _Said(NamedTuple):
    """What becomes of a finding: the words for its words, None where they stay; `never`: from now on."""

    words: str | None
    never: bool = False


class _Way(NamedTuple):
    """A row to choose: what becomes of the findings `of` these numbers. `kind` is "own" where the words are to be typed, "stop"
    for the end."""

    row: str
    of: tuple[int, ...] = ()
    kind: str = ""
    never: bool = False
    suggested: bool = False
    words: str | None = None


class _Stopped(Exception):
    """No more is to be asked; what was decided counts."""


def gone_through(remarks: "Sequence[Remark]", name: str, safe: int) -> Decided:
    """What somebody decides of findings that stand in the order of the text; `safe` is how many are put right besides. Raises
    KeyboardInterrupt where nothing is to be written."""
    from drafter.commands.prompt import Back, printed

    begun = f"{safe} 处有把握的会直接改，" if safe else ""
    printed([("class:dim", f"{printable(name)}：{begun}下面 {len(remarks)} 处一处一处看，看完才写进文件。\n")])
    said: dict[int, _Said] = {}
    before: list[dict[int, _Said]] = []
    stopped = False
    while (at := _next(remarks, said)) is not None:
        try:
            chosen = _asked(remarks, at, said, back=bool(before))
        except Back:
            said = before.pop()
            continue
        except _Stopped:
            stopped = True
            break
        except (KeyboardInterrupt, EOFError):
            if _to_be_written(sum(one.words is not None for one in said.values()), safe):
                stopped = True
                break
            continue
        before.append(dict(said))
        said |= chosen
    decisions = {remarks[n].fingerprint: one.words for n, one in said.items() if not one.never}
    return Decided(decisions, tuple(remarks[n].fingerprint for n, one in said.items() if one.never), stopped)


def _next(remarks: "Sequence[Remark]", said: dict[int, _Said]) -> int | None:
    """The first finding nobody has decided on, None where there is none. One whose words go with those of another is passed
    over."""
    changed = [remarks[n].finding for n, one in said.items() if one.words is not None]
    for n, r in enumerate(remarks):
        f = r.finding
        if n not in said and not any(c.line == f.line and c.start < f.end and f.start < c.end for c in changed):
            return n
    return None


def _asked(remarks: "Sequence[Remark]", at: int, said: dict[int, _Said], back: bool) -> dict[int, _Said]:
    """What somebody decides when asked about a finding. Raises Back, _Stopped, KeyboardInterrupt."""
    from drafter.commands.prompt import Back, picked_of, typed_in

    r = remarks[at]
    place = f"\n{at + 1}/{len(remarks)} {_level(r)}"
    notes = [("class:dim", row) for row in _notes(r)]
    choices = _choices(remarks, at, said)
    rows = [f"{n}. {choice.row}" for n, choice in enumerate(choices, 1)]
    while True:
        chosen = choices[picked_of(place, r.finding.message, notes, rows, 0, back=back)]
        if chosen.kind == "stop":
            raise _Stopped
        if chosen.kind != "own":
            return {
                n: _Said(remarks[n].suggestions[0] if chosen.suggested else chosen.words, chosen.never) for n in chosen.of
            }
        try:
            there = "" if r.finding.rule == "unanswered-blank" else r.words  # nobody keeps part of a blank's name
            typed = typed_in(place, "改成什么？", notes, there, long="\n" in r.words, back=True, open_to_none=False).strip()
        except Back:
            continue
        if typed and typed != r.words:
            return {at: _Said(typed)}


def _choices(remarks: "Sequence[Remark]", at: int, said: dict[int, _Said]) -> list[_Way]:
    """What may be done about a finding, and about those that are alike and not yet decided on."""
    from drafter.check.groups import same_fault

    r = remarks[at]
    fault = same_fault(r.finding, r.words)
    rest = [n for n in range(at, len(remarks)) if n not in said]
    same = tuple(n for n in rest if same_fault(remarks[n].finding, remarks[n].words) == fault)
    rule = tuple(n for n in rest if remarks[n].finding.rule == r.finding.rule)
    with_one = tuple(n for n in rule if remarks[n].suggestions)
    out = [_Way(_becomes(words), (at,), words=words) for words in r.suggestions]
    words = f"同样的{quoted(_cut(r.words))}" if r.words else "同样的"
    if r.suggestions and len(same) > 1:
        out.append(_Way(f"{words}全部这样改（{len(same)} 处）", same, words=r.suggestions[0]))
    if len(with_one) > len(same) and r.suggestions:
        out.append(_Way(f"这一类（{_kind(r)}）后面的都照建议改（{len(with_one)} 处）", with_one, suggested=True))
    out.append(_Way("不改", (at,)))
    if len(same) > 1:
        out.append(_Way(f"{words}都不改（{len(same)} 处）", same))
    if len(rule) > len(same):
        out.append(_Way(f"这一类（{_kind(r)}）后面的都不改（{len(rule)} 处）", rule))
    if r.words:
        out.append(_Way("改成别的（自己写）", kind="own"))
    out.append(_Way("不改，这份文件以后也不再提" + (f"（{len(same)} 处）" if len(same) > 1 else ""), same, never=True))
    out.append(_Way("停下（已经定的算数）", kind="stop"))
    return out


def _kind(r: "Remark") -> str:
    """What a rule finds, in the words of its explanation."""
    from drafter.check.rules import rule

    return _cut(rule(r.finding.rule).doc.strip().split("\n")[0].rstrip("。"))


def _becomes(words: str) -> str:
    """A replacement as a row to choose."""
    return f"改成{quoted(_cut(words))}" if words else "删掉"


def _cut(words: str) -> str:
    """Words, with … for their middle where they are long."""
    words = printable(words.strip() or words)
    return words if len(words) <= _SHORT else f"{words[: _SHORT // 2]}…{words[-_SHORT // 2 :]}"


def _notes(r: "Remark") -> list[str]:
    """Where a finding stands, the sentence with its words marked, and how sure it is."""
    from drafter.check.report import sureness

    where = f"第 {r.place.line} 行第 {r.place.column} 字" if r.unit == "行" else r.place.said or f"第 {r.paragraph} 段"
    sentence = f"{r.before}{MARKS[0]}{r.words}{MARKS[1]}{r.behind}"
    sure = sureness(r.finding)
    return [f"{where}：{sentence}"] + ([sure] if sure else [])


def _level(r: "Remark") -> str:
    return "错误" if r.finding.level == ERROR else "提醒"


def _to_be_written(decided: int, safe: int) -> bool:
    """Whether what was decided so far is to be written, when somebody wants to leave; False where he goes on. Raises
    KeyboardInterrupt where nothing is to be."""
    from drafter.commands.prompt import picked_of

    if not decided and not safe:
        raise KeyboardInterrupt
    told = "、".join(row for n, row in ((decided, f"定了要改的 {decided} 处"), (safe, f"有把握的 {safe} 处")) if n)
    rows = ["1. 写入", "2. 不写，文件不动", "3. 接着看"]
    chosen = picked_of("\n", f"{told}，写入吗？", [], rows, 0, back=False)
    if chosen == 1:
        raise KeyboardInterrupt
    return chosen == 0
