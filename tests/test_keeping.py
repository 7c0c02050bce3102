"""What of the writer's stands in a draft is there after an update: one example of each kind, and the law over edits at random.

The law runs here some hundred times, half of them on the same drafts every time, half on new ones. By hand, in thousands:

    python tests/bench/edits.py 5000 --seed 1      counts what is lost, by kind, and says which drafts show it
    python tests/bench/edits.py 1 --seed 4711 -v   one draft: what was done, what is lost; before.docx and after.docx beside
"""

from pathlib import Path
from random import Random

import pytest
from edits import EDITS, SDT, Hand, P, make, missing, put_in_order, things, w, words, xml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from keeping import BASES, made, trial
from sound import findings

from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update

ANSWERED = BASES["会"][1]


class Desk:
    """A draft on a desk: edited by a hand, then brought up to an outline."""

    def __init__(self, folder: Path, name: str = "会") -> None:
        self.path = folder / "稿.docx"
        self.outline = folder / "提纲.yaml"
        self.hand = Hand(made(folder, name, False), Random(1))
        self.outline.write_text(BASES[name][0], encoding="utf-8")

    def paragraph(self, said: str):
        return next(p for p in self.hand.body.iter(P) if said in words(p))

    def blank(self, tag: str, said: str = ""):
        return next(
            s for s in self.hand.body.iter(SDT)
            if s.find(f"{w('sdtPr')}/{w('tag')}") is not None and s.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")) == tag
            and said in words(next(s.iterancestors(P)))
        )  # fmt: skip

    def update(self, *rewordings: tuple[str, str], sets: tuple[str, ...] = (), **options: object) -> "Desk":
        before = self.hand.save()
        self.path.write_bytes(before)
        text = self.outline.read_text(encoding="utf-8")
        for old, new in rewordings:
            assert old in text
            text = text.replace(old, new)
        self.outline.write_text(text, encoding="utf-8")
        self.done = update(UpdateRequest(str(self.path), Against(sets=sets, outline=str(self.outline)), **options))  # type: ignore[arg-type]
        after = self.path.read_bytes()
        assert missing(things(before, self.hand.typed), things(after, self.hand.typed)) == []
        assert findings(after) - findings(before) == {}
        self.after = Hand(after, Random(1))
        self.said = [words(p) for p in self.after.body.iter(P)]
        self.comments = [words(c) for c in self.after.notes("comment")]
        return self


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ── what stands in a blank ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["comment", "footnote", "endnote"])
def test_a_note_on_the_words_of_a_blank_outlives_the_blank(desk, kind):
    run = desk.blank("层级", "守住底线").find(w("sdtContent"))[0]
    number = desk.hand.note(kind, "请处长核一核")
    if kind == "comment":
        run.addprevious(make("commentRangeStart", id=number))
        run.addnext(make("commentRangeEnd", id=number))
    run.getparent().append(xml(f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'))
    desk.update(("全【层级】上下要紧盯", "全体上下要紧盯"))
    assert "一要守住底线。全体上下要紧盯汛情，守住堤防。受表彰的有甲局、乙局和丙局。" in desk.said
    assert desk.comments == (["请处长核一核"] if kind == "comment" else [])


def test_pinyin_over_an_answer_stays_with_the_answer_and_that_is_told(desk):
    run = desk.blank("会议", "今天召开").find(w("sdtContent"))[0]
    ruby = xml("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>fángxùn</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>")
    run.addprevious(ruby)
    ruby.find(f".//{w('rubyBase')}").append(run)
    desk.update(sets=("会议=抗旱工作会议",))
    assert desk.said[0] == "在全市抗旱工作会议上的讲话"
    assert desk.said[4].startswith("今天召开全市fángxùn防汛工作会议，一百二十名同志参加。")
    assert [c for c in desk.comments if "抗旱工作会议" in c and "没有动" in c]


def test_words_typed_where_the_flag_of_an_empty_blank_stayed_are_an_answer(tmp_path):
    desk = Desk(tmp_path, "会空")
    blank = desk.blank("愿景", "今天召开")
    desk.hand.say(blank, "一座安澜之城", True)
    desk.update(sets=("会议=抗旱工作会议",))
    flags = {words(s): s.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None for s in desk.after.body.iter(SDT)}
    assert flags == {
        "抗旱工作会议": False, "【日期】": True, "市": False, "【人数】（多少人参加？）": True, "【日期】（哪一天讲？）": True,
        "一座安澜之城": False, "【说明】（还有什么要说明的？）": True, "甲局": False, "乙局": False, "甲局和乙局": False,
    }  # fmt: skip


# ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_the_writer_explained_stays_when_the_list_has_it_no_more(desk):
    desk.hand.say(desk.blank("单位#1"), "甲局（含下属三所）", False)
    desk.update(sets=("单位=乙局、戊局",))
    assert [said for said in desk.said if "上台领奖" in said] == ["请甲局（含下属三所）上台领奖。", "请乙局上台领奖。", "请戊局上台领奖。"]
    assert desk.comments == ["提纲里已经没有这一段了。这一段您改过，所以留着；不要的话请删掉。"]


def test_an_entry_that_has_moved_in_its_list_keeps_what_hangs_on_it(desk):
    number = desk.hand.note("comment", "乙局今年进步大")
    run = desk.blank("单位#2").find(w("sdtContent"))[0]
    run.addprevious(make("commentRangeStart", id=number))
    run.addnext(xml(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
    run.addnext(make("commentRangeEnd", id=number))
    desk.update(sets=("单位=乙局、甲局",))
    assert [said for said in desk.said if "上台领奖" in said] == ["请乙局上台领奖。", "请甲局上台领奖。"]
    tags = [s.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")) for s in desk.after.body.iter(SDT)]
    assert [tag for tag in tags if "#" in tag] == ["单位#1", "单位#2", *[t for t in tags if t.startswith("说明#")]]
    assert desk.comments == ["乙局今年进步大"]


# ── what the file needs ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_blank_in_a_paragraph_that_stays_keeps_its_placeholder(tmp_path):
    desk = Desk(tmp_path, "会空")
    put_in_order(desk.hand.looks(desk.paragraph("今天召开").find(w("r"))), make("b"), "rStyle b rPrChange")
    desk.update(("      今天召开全【层级】【会议】，【人数|大写】名同志参加。会期是【日期|月日】，目标是【愿景】。\n\n", ""), ("，向【愿景】进发", ""))
    assert any(said.startswith("今天召开") for said in desk.said)


@pytest.mark.parametrize("said", ["守住底线", "备足物资", "严守纪律"])
def test_a_paragraph_put_into_a_table_leaves_its_bookmark_to_nobody_else(desk, said):
    table = desk.hand.table()
    paragraph = desk.paragraph(said)
    paragraph.addprevious(table)
    table.addnext(make("p"))
    next(table.iter(w("tc"))).append(paragraph)
    desk.update(("      - heading: 守住底线", "      - heading: 先救人\n        text: 人是第一位的。\n      - heading: 守住底线"))


@pytest.mark.parametrize("revisions", [False, True])
def test_an_end_that_is_struck_already_is_not_struck_again(desk, revisions):
    desk.hand.tracked_mark(desk.paragraph("备足物资"), "del")
    desk.update(("      - heading: 备足物资\n        text: 各单位要把物资备在前头，一样一样清点。\n", ""), revisions=revisions)


# ── the law ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(set(EDITS)))
def test_each_edit_comes_through(tmp_path_factory, name):
    found = trial(tmp_path_factory.getbasetemp(), sum(map(ord, name)), edits=(name, name))
    assert found.wrong == (), (name, found.asked, found.done)


LAW = {"deadline": None, "database": None, "phases": (Phase.generate,), "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, derandomize=True, **LAW)
@given(seed=st.integers(0, 10**6))
def test_law_what_the_writer_made_is_kept(tmp_path_factory, seed):
    found = trial(tmp_path_factory.getbasetemp(), seed)
    assert found.wrong == (), (seed, found.asked, found.done)


@settings(max_examples=60, derandomize=False, print_blob=True, **LAW)
@given(seed=st.integers(0, 10**9))
def test_law_what_the_writer_made_is_kept_on_drafts_never_seen(tmp_path_factory, seed):
    """Says the seed where it fails: `python tests/bench/edits.py 1 --seed SEED -v` shows the draft."""
    found = trial(tmp_path_factory.getbasetemp(), seed)
    assert found.wrong == (), (seed, found.asked, found.done)
