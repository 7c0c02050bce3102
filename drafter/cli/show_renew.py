"""What `renew` tells, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.commands.next_step import as_typed
from drafter.commands.renew import CALLED
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.renew import FactNow, LeftNow, RenewResult

#: Characters of an answer and of a sentence that are shown.
_SHOWN, _SENTENCE = 30, 48

#: Kinds of names that are mostly the same every year: they are told on a line each, without their sentences, where they
#: are this many and would hide what has changed.
_SELDOM, _MANY = ("unit", "place"), 4


def renew_text(done: RenewResult) -> str:
    """What `renew` tells: the facts one by one, and what of last year's still stands."""
    return "\n".join(_listed(done) if not done.file else _told(done))


def confirm_text(done: RenewResult) -> str:
    """What is told where words of last year's were confirmed."""
    lines = [f"确认了 {len(done.confirmed)} 样不变：{'、'.join(map(printable, done.confirmed))}" if done.confirmed else "没有要确认的。"]
    return "\n".join([*lines, *_left(done)])


def _years(done: RenewResult) -> str:
    last = f"{done.last_year}年" if done.last_year else "没有看出是哪一年"
    return f"上年：{printable(done.last)}（{last}）" + (f"；今年按{done.year}年提议。" if done.year else "。")


def _listed(done: RenewResult) -> list[str]:
    """Every fact with what was, what is proposed, and its sentence; nothing was written."""
    lines = [_years(done), f"要问 {len(done.facts)} 样："]
    kind = ""
    for fact in done.facts:
        if fact.kind != kind:
            kind = fact.kind
            lines.append(f"{CALLED.get(kind, '其他')}：")
        proposed = f" → {printable(_short(fact.proposed))}" if fact.proposed and fact.proposed != fact.was else ""
        now = f"；已答 {printable(_short(fact.now))}" if fact.now else ""
        lines.append(f"  【{printable(fact.name)}】{printable(_short(fact.was))}{proposed}（{printable(fact.why)}{now}）")
        lines.append(f"      {printable(_sentence(fact.sentence, fact.was))}")
    return [*lines, *_own(done), *_left(done)]


def _told(done: RenewResult) -> list[str]:
    lines = [f"写好了：{printable(done.file)}", _years(done)]
    lines += [f"提纲存在：{printable(done.outline_file)}"] if done.outline_file else []
    lines += [f"回答存在：{printable(done.answers_file)}"] if done.answers_file else []
    groups = (
        ("改成今年的 {} 样：", "changed", _changed),
        ("答了不变的 {} 样：", "same", _same),
        ("照提议没有改的 {} 样，请核对：", "taken", _same),
        ("还空着 {} 样，文中标黄，写着上年的：", "open", _open),
    )
    for head, state, row in groups:
        found = [fact for fact in done.facts if fact.state == state]
        lines += [head.format(len(found)), *map(row, found)] if found else []
    return [*lines, *_own(done), *_left(done)]


def _changed(fact: FactNow) -> str:
    return f"  【{printable(fact.name)}】{printable(_short(fact.was))} → {printable(_short(fact.now))}"


def _same(fact: FactNow) -> str:
    return f"  【{printable(fact.name)}】{printable(_short(fact.was))}"


def _open(fact: FactNow) -> str:
    proposed = f"（提议 {printable(_short(fact.proposed))}）" if fact.proposed and fact.proposed != fact.was else ""
    return f"  【{printable(fact.name)}】{printable(_short(fact.was))}{proposed}"


def _own(done: RenewResult) -> Iterator[str]:
    if done.own:
        yield f"本地的名称照旧，没有问：{'、'.join(map(printable, done.own))}"


def _left(done: RenewResult) -> Iterator[str]:
    """What of last year's still stands, and what to do about it."""
    if not done.left:
        yield "上年的话没有照原样留着的。"
        return
    yield f"上年的话还有 {len(done.left)} 样照原样留着，没有人确认过："
    seldom = [left for left in done.left if left.kind in _SELDOM]
    brief = _SELDOM if len(seldom) >= _MANY else ()
    yield from (f"  {_left_row(left)}" for left in done.left if left.kind not in brief)
    for kind in brief:
        if words := [f"{printable(left.words)}{_times(left)}" for left in seldom if left.kind == kind]:
            yield f"  {CALLED[kind]}（{len(words)} 样，多半照旧，请看一眼）：{'、'.join(words)}"
    if done.file:
        file = printable(as_typed(done.file))
        if brief:
            kinds = " ".join(f"--confirm {CALLED[kind]}" for kind in brief if any(left.kind == kind for left in seldom))
            yield f"{'、'.join(CALLED[k] for k in brief if f'--confirm {CALLED[k]}' in kinds)}都不变：drafter renew {file} {kinds}"
        yield f"一处处看：drafter check {file} --select left-over-fact"
        yield f"看过不变的：drafter renew {file} --confirm 原话（都不变：--confirm-all）"


def _times(left: LeftNow) -> str:
    return f"（{left.times} 处）" if left.times > 1 else ""


def _left_row(left: LeftNow) -> str:
    called = CALLED.get(left.kind, "其他")
    return f"{called}　{printable(left.words)}{_times(left)}：{printable(_sentence(left.sentence, left.words))}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _sentence(text: str, words: str) -> str:
    """A sentence, cut around the words it is shown for."""
    at = max(text.find(words), 0)
    begin = max(0, min(at - 16, len(text) - _SENTENCE))
    end = begin + _SENTENCE
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
