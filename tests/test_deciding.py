"""What a writer decides of the blanks of an old speech: the outline still gives the speech back, to the letter."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.analysis.deciding import KINDS_OF_ANSWERS, BlankDecision, decided
from drafter.analysis.extract import extract, paragraphs_of
from drafter.analysis.facts import Fact, find_facts
from drafter.commands.extract import ExtractRequest, propose
from drafter.commands.extract import extract as extract_file
from drafter.diagnostic import Rejected
from drafter.outline.answers import from_yaml, settle, to_yaml
from drafter.outline.fill import fill
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.readers.text import read
from drafter.speech.draft import Draft
from drafter.speech.recognise import recognise

TODAY = date(2026, 11, 29)
SPEECHES = sorted((Path(__file__).parent / "corpus").glob("*.txt"))

SPEECH = """\
在全市防汛工作会议上的讲话
（2026年5月8日）
市长　陆文彬

同志们：

2025年，全市转移群众3520人次。下面，我讲两点意见。

一、盯住要害

何志远同志刚才讲的几件事，要在6月底前办完。

二、压实责任

2025年的教训，不能忘记。
"""


def draft_of(data: bytes) -> Draft:
    blocks, _ = read(data, "讲话.txt")[:2]
    return recognise(blocks)


def given_back(draft: Draft, facts: tuple[Fact, ...], decisions: dict[str, BlankDecision]) -> tuple[str, ...]:
    """The speech, printed from the outline that was decided on and the answers saved beside it."""
    chosen = decided(facts, decisions)
    found = extract(draft, chosen.facts, "讲话.txt", chosen.refused)
    outline, remarks = parse(Source("提纲.yaml", found.yaml))
    assert [d.message for d in (*remarks, *lint(outline, TODAY)) if d.code not in ("specific-unmarked", "blank-not-opened", "blank-lookalike")] == []
    values = settle(outline.fields, from_yaml(Source("回答.yaml", to_yaml(found.answers))), TODAY).values if found.answers else {}
    return paragraphs_of(fill(outline, values))


_NAMES = st.sampled_from(["日期", "年份", "讲话人身份", "讲话人", "人数", "条数", "要点", "and", "a", "单位名称", "会议名称", "1年", "有 空", "𠮷", "_", "层级", "今年"])
_DECISIONS = st.builds(
    BlankDecision,
    name=st.one_of(st.just(""), _NAMES),
    ask=st.sampled_from(["", "哪一天？", "# 问", "a: b", "【空】？"]),
    type=st.sampled_from(["", *KINDS_OF_ANSWERS, "list", "别的"]),
    example=st.sampled_from(["", "3", "明天", "例子"]),
    refused=st.booleans(),
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SPEECHES), st.data())
def test_whatever_is_renamed_and_refused_the_outline_gives_the_speech_back(path: Path, data: st.DataObject) -> None:
    draft = draft_of(path.read_bytes())
    facts = find_facts(draft)
    chosen = st.dictionaries(st.sampled_from([fact.field.name for fact in facts] or ["无"]), _DECISIONS, max_size=8)
    assert given_back(draft, facts, data.draw(chosen)) == paragraphs_of(draft)


def test_a_refused_fact_stays_words_everywhere_and_the_others_keep_their_places() -> None:
    draft = draft_of(SPEECH.encode())
    facts = find_facts(draft)
    names = [fact.field.name for fact in facts]
    for name in names:
        chosen = decided(facts, {name: BlankDecision(refused=True)})
        found = extract(draft, chosen.facts, "", chosen.refused)
        assert list(found.outline.fields) == [other for other in names if other != name]
        assert f"【{name}】" not in found.yaml
        whole = extract(draft, facts).outline
        for other in found.outline.fields:
            assert [t.words.count(f"【{other}】") for t in found.outline.speech[0].texts] == [
                t.words.count(f"【{other}】") for t in whole.speech[0].texts
            ]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (BlankDecision(name="日期"), "“日期”已经有一个空用了，换一个。"),
        (BlankDecision(name="条数"), "“条数”是自己算出来的，换一个名称。"),
        (BlankDecision(name="几 个"), "“几 个”不能作名称：用汉字、字母和数字，不以数字开头，不带空格和标点，最多 40 个字。"),
        (BlankDecision(type="date"), "原文的“3520”不是日期。"),
        (BlankDecision(name="转移人次", ask="转移了多少人次？", type="text"), ""),
    ],
)
def test_what_cannot_be_decided_is_told_at_its_blank(decision: BlankDecision, told: str) -> None:
    facts = find_facts(draft_of(SPEECH.encode()))
    figure = next(fact.field.name for fact in facts if fact.kind == "figure")
    chosen = decided(facts, {figure: decision})
    assert chosen.unfit == ({figure: told} if told else {})
    if not told:
        field = next(fact.field for fact in chosen.facts if fact.kind == "figure")
        assert (field.name, field.ask, field.type) == ("转移人次", "转移了多少人次？", "text")


def test_a_form_is_looked_at_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("旧稿.txt").write_text(SPEECH, encoding="utf-8")
    request = ExtractRequest("旧稿.txt", dry_run=True, known={"要办的事": "几件事", "没有的": "不在文中", "x y": "群众"})
    read_once = propose(request)
    looked = extract_file(request, read_once)
    assert list(Path().iterdir()) == [Path("旧稿.txt")]
    assert (looked.file, looked.unfit) == (
        "",
        {
            "没有的": "文中没有找到“不在文中”，或者别的空已经占了它。",
            "x y": "“x y”不能作名称：用汉字、字母和数字，不以数字开头，不带空格和标点，最多 40 个字。",
        },
    )
    rows = {p.name: [p.sentence[a:b] for a, b in p.marks] for p in looked.proposals}
    assert rows["要办的事"] == ["几件事"]
    assert rows["日期"] == ["2026年5月8日"]
    written = request._replace(dry_run=False, known={"要办的事": "几件事"}, about="防汛会用", genre="讲话")
    done = extract_file(written._replace(output="outlines/防汛.yaml", save_answers="回答.yaml"), propose(written))
    assert (done.file, done.outline.about, done.outline.genre) == ("outlines/防汛.yaml", "防汛会用", "讲话")  # type: ignore[union-attr]
    with pytest.raises(Rejected, match="已经有了"):
        extract_file(written._replace(output="outlines/防汛.yaml", save_answers="回答.yaml"))
