"""The sentence is the unit of a merge: what the writer changed stays, what the outline changed elsewhere comes in, and
no sentence is ever half the one's and half the other's."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_update import OUTLINE, draft, edit, made  # noqa: F401 (a fixture)
from word import texts_of, words_of

from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update
from drafter.revise.sentences import Merged, merged
from drafter.word.tokens import Token, text_of

BASE = "石料要过秤，接缝要过眼，请老把式看一遍。河长要常去走走。发现问题当天报。"


def said(text: str) -> tuple[Token, ...]:
    """Words with blanks, 【日期：12月3日】, as tokens."""
    out = []
    for at, piece in enumerate(re.split("【(.*?)】", text)):
        tag, _, value = piece.partition("：")
        out.append(Token(value, tag) if at % 2 else Token(piece))
    return tuple(token for token in out if token.text)


def merge(base: str, mine: str, theirs: str) -> tuple[str, list[str], list[str]]:
    found = merged(said(base), said(mine), said(theirs))
    return text_of(found.tokens), [text_of(one) for one in found.now], [text_of(one) for one in found.gone]


def changed(*changes: str) -> str:
    text = BASE
    for change in changes:
        old, _, new = change.partition("→")
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        # different sentences, side by side and apart
        (["石料要过秤→石料要一车一车过秤"], ["当天报→两天内报"]),
        (["看一遍→看两遍"], ["常去走走→天天去走走"]),
        (["常去走走→天天去走走"], ["看一遍→看两遍"]),
        (["常去走走→天天去走走"], ["看一遍→看两遍", "当天报→两天内报"]),
        # one sentence, an unchanged clause between
        (["石料要过秤→石料要一车一车过秤"], ["请老把式→请老把式和水利站"]),
        (["石料要过秤，→"], ["请老把式→请老把式和水利站"]),
        (["石料要过秤→清淤要见底，石料要过秤"], ["请老把式看→请老把式、请群众看"]),
        # sentences of one's own, put in, taken out
        (["河长要→镇里先开会。河长要"], ["当天报→两天内报"]),
        (["当天报。→当天报。谢谢大家！"], ["石料要过秤→石料要车车过秤"]),
        (["石料要过秤→石料要车车过秤"], ["当天报。→当天报。谢谢大家！"]),
        (["河长要常去走走。→"], ["当天报→两天内报"]),
        (["当天报→两天内报"], ["河长要常去走走。→"]),
        (["石料要过秤→石料要车车过秤"], ["河长要→镇里先开会。河长要"]),
    ],
)
def test_changes_that_do_not_touch_both_come_in(mine, theirs):
    text, now, gone = merge(BASE, changed(*mine), changed(*theirs))
    assert (text, now, gone) == (changed(*mine, *theirs), [], [])
    assert merge(BASE, changed(*theirs), changed(*mine))[0] == text


@pytest.mark.parametrize(
    ("mine", "theirs", "now", "gone"),
    [
        # one clause, and two side by side
        ("石料要过秤→石料要车车过秤", "石料要过秤→石料要过磅", "石料要过磅，接缝要过眼，请老把式看一遍。", ""),
        ("石料要过秤→石料要车车过秤", "接缝要过眼→接缝要用手摸", "石料要过秤，接缝要用手摸，请老把式看一遍。", ""),
        ("老→真老", "老把式→老师傅", "石料要过秤，接缝要过眼，请老师傅看一遍。", ""),
        # one has taken the sentence out
        ("河长要常去走走。→", "常去走走→天天去走走", "河长要天天去走走。", ""),
        ("常去走走→天天去走走", "河长要常去走走。→", "", "河长要常去走走。"),
        # both have put another in its place, or one behind it
        ("河长要常去走走。→领导要带头。", "河长要常去走走。→群众会监督。", "群众会监督。", ""),
        ("常去走走→天天去走走", "河长要常去走走。→群众会监督。", "群众会监督。", ""),
        ("当天报。→当天报。谢谢大家！", "当天报。→当天报。散会。", "散会。", ""),
    ],
)
def test_changes_that_touch_stay_the_writers_and_the_outlines_are_told(mine, theirs, now, gone):
    assert merge(BASE, changed(mine), changed(theirs)) == (changed(mine), [now] if now else [], [gone] if gone else [])


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text"),
    [
        # what a blank says goes with the sentence it stands in
        ("【日期：11月26日】开会。人要到齐。", "【日期：11月26日】开会。人要全到齐。", "【日期：12月3日】开大会。人要到齐。", "12月3日开大会。人要全到齐。"),
        ("定在【日期：11月26日】。人要到齐。", "就定在【日期：11月26日】。人要到齐。", "定在【日期：12月3日】。人全要到齐。", "就定在11月26日。人全要到齐。"),
        # a figure's comma parts no clause, and neither does an answer's stop
        ("投了1,200元，修了路。", "投了1,200元，修了好路。", "投了1,300元，修了路。", "投了1,200元，修了好路。"),
        ("建【愿景：好城。美城】的城。干吧。", "建【愿景：好城。美城】的城。干吧！", "建【愿景：好城。美城】的大城。干吧。", "建好城。美城的大城。干吧！"),
        # said the same by both
        (BASE, changed("看一遍→看两遍", "当天报→马上报"), changed("看一遍→看两遍"), changed("看一遍→看两遍", "当天报→马上报")),
    ],
)
def test_blanks_and_figures_are_never_cut(base, mine, theirs, text):
    assert merge(base, mine, theirs)[0] == text


SENTENCES = st.lists(st.sampled_from(["甲一，乙二，丙三。", "丁四！", "戊五，己六。", "庚七，辛八，壬九，癸十？", "子丑。"]), max_size=4)
WORDS = "天地人和风雨"


def scribbled(text: str, seed: int, times: int) -> str:
    random = Random(seed)
    for _ in range(times):
        at = random.randrange(len(text) + 1)
        kind = random.randrange(3)
        if kind == 0:
            text = text[:at] + random.choice(WORDS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + random.randrange(6) :]
        else:
            text = text[:at] + "。" + random.choice(WORDS) + "啊。" + text[at:]
    return text


@settings(max_examples=400, deadline=None)
@given(sentences=SENTENCES, one=st.integers(0, 10**9), other=st.integers(0, 10**9), times=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_law_every_clause_is_somebodys(sentences, one, other, times):
    base = "".join(sentences)
    mine, theirs = scribbled(base, one, times[0]), scribbled(base, other, times[1])
    found = merged(said(base), said(mine), said(theirs))
    text = text_of(found.tokens)
    assert [clause for clause in re.findall("[^，。！？]+", text) if clause not in mine and clause not in theirs] == []
    if mine == base:
        assert text == theirs
    if theirs == base or mine == theirs:
        assert text == mine
    if not found.now and not found.gone and not found.taken:
        assert text == mine
    told = "".join(map(text_of, (*found.now, *found.gone)))
    for letter in set(mine) & set(WORDS):
        assert text.count(letter) >= mine.count(letter) - base.count(letter)  # nothing the writer typed is lost
    for letter in set(theirs) & set(WORDS):
        assert (text + told).count(letter) >= 1  # and nothing the outline says is passed over


# ── in the file ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_writers_sentence_keeps_its_looks_and_the_outlines_comes_in(draft):  # noqa: F811
    word = edit(draft, "认清形势→认清大势")
    word.comment(word.at("提高站位"), "好！")
    word.bold(word.at("提高站位"))
    draft.write_bytes(word.save())
    outline = OUTLINE.replace("认清形势。", "认清形势。思想通了，办法就有了。")
    (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against(sets=("层级=县",))))
    step = next(step for step in done.steps if step.kind == "merge")
    assert step.after == "一要提高站位。全县上下要统一思想，认清大势。思想通了，办法就有了。"
    assert step.after in texts_of(draft.read_bytes())
    assert "好！" in words_of(draft.read_bytes())
    assert update(UpdateRequest(str(draft), Against())).steps == ()


def test_what_does_not_come_in_is_told_beside_what_does(draft):  # noqa: F811
    draft.write_bytes(edit(draft, "认清形势→认清大势").save())
    outline = OUTLINE.replace("认清形势。", "看清形势。思想通了，办法就有了。")
    (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    step = next(step for step in done.steps if step.note)
    assert step.after == "一要提高站位。全市上下要统一思想，认清大势。思想通了，办法就有了。"
    assert step.note == "提纲里这一句现在是：全市上下要统一思想，看清形势。您也改过这里，照您的留着。"


def test_the_order_of_answers_and_outlines_makes_no_difference(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outline = OUTLINE.replace("认清形势。", "认清形势。思想通了，办法就有了。")
    ends = []
    for first, second in (((outline, ()), (outline, ("层级=县",))), ((OUTLINE, ("层级=县",)), (outline, ()))):
        made(tmp_path)
        path = tmp_path / "稿.docx"
        path.write_bytes(edit(path, "上下要统一→干部要统一").save())
        for text, sets in (first, second):
            (tmp_path / "会.yaml").write_text(text, encoding="utf-8")
            update(UpdateRequest(str(path), Against(sets=sets)))
        ends.append(texts_of(path.read_bytes()))
    assert ends[0] == ends[1]
    assert "一要提高站位。全县干部要统一思想，认清形势。思想通了，办法就有了。" in ends[0]


def test_sentences_stay_where_what_was_to_replace_them_does_not_come_in():
    base, theirs = "安全生产法有规定。三年行动要收官。各级要落实。", "总书记有指示。全国会议有部署。各级要落实好。"
    tokens = (Token("安全生产法有规定。三年行动今年要收官。各级要落实。"),)
    found = merged((Token(base),), tokens, (Token(theirs),))
    assert text_of(found.tokens) == "安全生产法有规定。三年行动今年要收官。各级要落实好。"
    assert [text_of(said) for said in found.now] == ["总书记有指示。", "全国会议有部署。"]


def test_nothing_is_merged_of_nothing():
    assert merged((), (), ()) == Merged((), (), (), False)
