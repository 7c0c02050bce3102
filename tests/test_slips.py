"""Slips of the keyboard: what official text says stands there, and what stays quiet though it is rare."""

from collections.abc import Sequence
from datetime import date

import pytest

from drafter.check.rules import Finding, Line, Speech, rule
from drafter.check.tables.lexicon import lexicon
from drafter.chinese.lexicon import NO, Trees, stream
from drafter.chinese.slips import candidates, slips
from drafter.diagnostic import WARNING


def warned(*lines: str) -> list[tuple[str, str | None]]:
    """The words that the two rules warn of, and what they offer."""
    speech = Speech(tuple(map(Line, lines)), date(2026, 11, 22))
    found: list[Finding] = []
    for name in ("homophone-slip", "look-alike-slip"):
        found += [f for f in rule(name).check(speech) if f.level == WARNING]
    return [(lines[f.line][f.start : f.end], f.instead) for f in sorted(found, key=lambda f: (f.line, f.start))]


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("各级党委要认真组织事实这个方案。", "事实", "实施"),  # a word for another of the same sound
        ("要严格落实安全生产责任置，压实各方责任。", "置", "制"),  # a character of the same sound
        ("要加快推进重点项目件设，形成更多实物工作量。", "件设", "建设"),
        (
            "要及时总结推光好的做法。",
            "推光",
            "推广",
        ),  # of nearly the same sound: no word with it, and one with the other
        ("加强农用地士壤污染治理，保障农产品质量安全。", "士壤", "土壤"),  # that looks alike
        ("各级各部门要认真贯彻落买会议精神。", "落买", "落实"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(text: str, words: str, instead: str) -> None:
    assert warned("同志们：", text) == [(words, instead)]


@pytest.mark.parametrize(
    "text",
    [
        "到会听课的还有肖洁、付卫平、于文江同志。",
        "获得一等功的是齐志、程笑和荐言三位同志。",
        "请车明同志发言，时力、应战两位同志作准备，最后由计成同志讲话。",
        "与程功、任重、经纬一起工作过的同志都说他们好。",
        "县委书记应勇、县长车俊和县委副书记花蕾作了讲话。",
        "东经108°21′，西经95°，北纬41°5′，南纬12°都标在海图上。",
        "群众寄来的信里有期盼，信上有手印，信后是一家人的事。",
        "和康县、和安县同属一个地区，清源河、通济渠穿城而过。",
        "智汇谷、鑫源电子、华腾精工、津融集团四家企业签了约。",
        "公司牵头承建的“云启”平台和“星火计划”同日上线。",
        "经市委同意，对正副职进行了谈话，寄予他们厚望。",
        "权力在监督下行使，工伤保险、土地整治、环境监测都有了办法。",
        "在落实上下工夫，想像和想象是一个词的两种写法。",
    ],
)
def test_names_places_and_words_of_today_stay_quiet(text: str) -> None:
    assert warned("同志们：", text) == []


def test_a_word_the_text_repeats_is_its_own() -> None:
    once = "要认真组织事实这个方案。"
    assert warned(once) == [("事实", "实施")]
    assert warned(once, "各县也要认真组织事实这个方案。") == []


def test_how_sure_it_is_is_told_in_odds() -> None:
    (found,) = rule("look-alike-slip").check(Speech((Line("加强农用地士壤污染治理。"),), date(2026, 11, 22)))
    assert found.odds is not None
    assert found.odds > 10


@pytest.mark.parametrize("word", ["工伤", "行使", "监测", "整治", "宜居", "督查", "东经", "履职"])
def test_the_lexicon_knows_the_words_of_offices(word: str) -> None:
    assert lexicon().is_word(word)


@pytest.mark.parametrize("text", ["的我", "作的", "府关", "和在", "工"])
def test_characters_that_only_meet_are_no_word(text: str) -> None:
    assert not lexicon().is_word(text)


def test_the_counts_are_of_what_stands_together() -> None:
    book = lexicon()
    assert book.count("组织实施") > 1000 > book.count("组织事实")
    assert book.count("中华人民共和国") > 1000


def whole_sum(trees: Trees, values: Sequence[float]) -> float:
    """What all the trees say together."""
    total = 0.0
    for node in trees.roots:
        while trees.features[node] >= 0:
            node = (trees.left if values[trees.features[node]] <= trees.limits[node] else trees.right)[node]
        total += trees.limits[node]
    return total


def test_a_sum_that_is_given_up_early_comes_to_no_slip() -> None:
    book = lexicon()
    texts = ("各级党委要认真组织事实这个方案。", "要及时总结推光好的做法。", "我跟大娘唠了半天嗑，灶上的锅咕嘟咕嘟响。")
    rows = [slip.features for text in texts for slip in candidates(book, text)]
    sums = [(book.trees.sum(row), whole_sum(book.trees, row)) for row in rows]
    assert all(whole < -1 if early == NO else early == whole for early, whole in sums)
    assert {early == NO for early, _ in sums} == {True, False}


def test_a_sentence_is_weighed_alike_by_itself_among_others_and_again() -> None:
    book = lexicon()
    text = "各级党委要认真组织事实这个方案。要及时总结推光好的做法！\n加强农用地士壤污染治理；各级各部门要认真贯彻落买会议精神"
    alone = [(slip.start, slip.words, slip.instead, slip.features) for slip in candidates(book, text)]
    assert [words for _, words, _, _ in alone] == ["事实", "光", "士", "买"]
    book.sentences.clear()
    slips(book, "各级各部门要认真贯彻落买会议精神。要及时总结推光好的做法。加强农用地士壤污染治理。")
    for _ in range(2):
        assert [(slip.start, slip.words, slip.instead, slip.features) for slip in slips(book, text)] == alone


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("占25.3%，GDP升《规划》、（一）", "占00000，AAA升“规划“、，一，"),
        ("".join(map(chr, range(0x21, 0x7F))), None),
        ("", ""),
    ],
)
def test_what_is_no_hanzi_is_counted_by_its_kind(text: str, counted: str | None) -> None:
    assert len(stream(text)) == len(text)
    if counted is not None:
        assert stream(text) == counted
    assert stream(text) == "".join(map(stream, text))
