"""`update --as-revisions`: accepted it is the plain update, refused it is what was there before."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from revisions import accepted, by, half, headers, looks, opened, refused, tracked
from test_update import CHANGED, OUTLINE, SETS, edit, made
from word import Word, fill_in, scribble, texts_of

from drafter.commands.drafts import Against
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, UpdateResult, update
from drafter.word.changes import CONTROL_RANGES, drop_ranges
from drafter.word.document import DocxFile
from drafter.word.markup import W
from drafter.word.oxml import CONTENT, SDT, Element, parse, w

HARD_WORK = "      - heading: 狠抓落实\n        text: 各单位要拿出具体办法，一件一件办好。\n"
STANDING = "      - heading: 提高站位\n        text: 全【层级】上下要统一思想，认清形势。\n"
CLOSING = "  - closing: 同志们，让我们一起努力！\n"

#: The outline with a requirement in another place: one without a blank, one with.
LAST = OUTLINE.replace(HARD_WORK, "").replace(CLOSING, HARD_WORK + CLOSING)
STANDING_LAST = OUTLINE.replace(STANDING, "").replace(CLOSING, STANDING + CLOSING)

#: With one more paragraph behind the last, and without the last.
LONGER = OUTLINE.replace(CLOSING, CLOSING + "  - closing: 我的话完了，谢谢大家！\n")
SHORTER = OUTLINE.replace(CLOSING, "")

ALL = (*CHANGED, LAST, STANDING_LAST, LONGER, SHORTER)
ANSWERED = (*SETS, ("会议=", "日期=2026-12-01"), ("人数=",), ("人数=80", "单位=丙局、甲局"))


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft beside its outline."""
    monkeypatch.chdir(tmp_path)
    made(tmp_path)
    return tmp_path / "稿.docx"


def revised(path: Path, outline: str = OUTLINE, sets: tuple[str, ...] = (), revisions: bool = True) -> UpdateResult:
    """The draft updated to another outline and answers, as revisions."""
    (path.parent / "会.yaml").write_text(outline, encoding="utf-8")
    return update(UpdateRequest(str(path), Against(sets=sets, outline=str(path.parent / "会.yaml")), revisions=revisions))


def both(path: Path, outline: str, sets: tuple[str, ...]) -> tuple[bytes, bytes]:
    """The draft updated plainly, and as revisions."""
    before = path.read_bytes()
    revised(path, outline, sets, revisions=False)
    plain = path.read_bytes()
    path.write_bytes(before)
    revised(path, outline, sets)
    return plain, path.read_bytes()


# ── what is written ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("outline", ALL)
@pytest.mark.parametrize("sets", ANSWERED)
def test_accepted_it_is_the_plain_update_and_refused_what_was_there(draft, outline, sets):
    before = draft.read_bytes()
    plain, tracked_ones = both(draft, outline, sets)
    assert looks(accepted(opened(tracked_ones))) == looks(plain)
    assert looks(refused(opened(tracked_ones))) == looks(before)


def test_an_answer_is_marked_inside_its_control_and_the_control_itself_beside_it(draft):
    revised(draft, sets=("日期=2026-12-03",))
    body = DocxFile(draft.read_bytes(), "稿").body
    controls = [c for c in body.iter(SDT) if next(c.iter(w("ins"), w("del")), None) is not None]
    told = []
    for control in controls:
        before, content, behind = control.getprevious(), control.find(CONTENT), control.getnext()
        around = [before.tag, content[0].tag, content[1].tag, content[-1].tag, behind.tag]
        kind = control.find(f"{w('sdtPr')}/{w('dataBinding')}") is None and control.find(f"{w('sdtPr')}/{w('text')}") is None
        told.append(([tag.rpartition("}")[2] for tag in around], kind))
    assert told[:2] == [
        ([f"customXml{k}RangeStart", f"customXml{k}RangeEnd", k.lower(), f"customXml{k}RangeStart", f"customXml{k}RangeEnd"], True)
        for k in ("Ins", "Del")
    ]
    assert not [change for change in body.iter(w("ins"), w("del")) if change.find(SDT) is not None]


def test_a_moved_requirement_is_struck_where_it_was_and_inserted_where_it_is(draft):
    before = texts_of(draft.read_bytes())
    done = revised(draft, LAST)
    assert ("move", 13) in [(step.kind, step.place) for step in done.steps]
    numbered = [text[:6] for text in texts_of(accepted(draft.read_bytes())) if text[1:2] == "要"]
    assert numbered == ["一要提高站位", "二要改进作风", "三要严守纪律", "四要狠抓落实"]
    assert texts_of(refused(draft.read_bytes())) == before


def test_what_cannot_be_in_two_places_is_left_where_it_is_and_told(draft):
    word = Word(draft.read_bytes())
    tracked(word.at("狠抓落实"), "王科长", "ins", "一抓到底。")
    draft.write_bytes(word.save())
    before = draft.read_bytes()
    done = revised(draft, LAST)
    assert [step.note[:14] for step in done.steps if step.kind == "comment"] == ["提纲里这一段换了位置。段里有"]
    after = opened(draft.read_bytes())
    assert looks(refused(after, by("drafter"))) == looks(before)
    assert looks(refused(after)) == looks(refused(before))


def test_what_others_have_inserted_and_deleted_stays_theirs_to_decide(draft):
    word = Word(draft.read_bytes())
    tracked(word.at("狠抓落实"), "王科长", "ins", "一抓到底。")
    tracked(word.at("同志们，让我们"), "李处长", "del", "")
    draft.write_bytes(word.save())
    before = draft.read_bytes()
    revised(draft, OUTLINE.replace("少说空话", "不说空话"), ("层级=县",))
    after = opened(draft.read_bytes())
    assert looks(refused(after, by("drafter"))) == looks(before)
    assert looks(refused(after)) == looks(refused(before))
    assert "一抓到底。" in "".join(texts_of(accepted(after)))
    revised(draft, OUTLINE.replace("少说空话", "不讲空话"), ("层级=市", "日期=2026-12-03"))
    assert looks(refused(opened(draft.read_bytes()), by("drafter"))) == looks(before)


def test_a_placeholder_that_gets_an_answer_is_a_blank_again_if_that_is_refused(draft, tmp_path):
    made(tmp_path, sets=("日期=2026-11-26",))
    before = draft.read_bytes()
    revised(draft, sets=("会议=党建工作会议",))
    assert looks(accepted(opened(draft.read_bytes())))[0][0] == "在全市党建工作会议上的讲话"
    assert looks(refused(opened(draft.read_bytes()))) == looks(before)


def test_comments_and_notes_on_an_answer_stay_whatever_is_decided(draft):
    word = edit(draft)
    word.comment(word.at("（2026年"), "请核对日期")
    draft.write_bytes(word.save())
    revised(draft, sets=("日期=2026-12-03",))
    for decided in (accepted, refused):
        found = decided(draft.read_bytes())
        assert [len(list(DocxFile(found, "稿").body.iter(w(tag)))) for tag in ("commentRangeStart", "commentReference")] == [1, 1]


# ── what is believed afterwards ────────────────────────────────────────────────────────────────────────────────────


def shown(path: Path) -> tuple[dict[str, object], object]:
    """What status and pull tell of a draft."""
    told = status(StatusRequest(str(path))).json()
    kept = ("outline", "template", "draft", "plain", "fields", "blanks", "paragraphs")
    return {key: told[key] for key in kept}, pull(PullRequest(str(path))).saved()  # type: ignore[literal-required]


@pytest.mark.parametrize("outline", ALL)
@pytest.mark.parametrize("sets", [("日期=2026-12-03", "层级=县"), ("单位=乙局、戊局", "人数=80")])
def test_once_refused_the_draft_is_what_it_was(draft, outline, sets):
    (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    before = shown(draft)
    plain, after = both(draft, outline, sets)
    draft.write_bytes(refused(opened(after)))
    assert shown(draft) == before
    revised(draft, outline, sets, revisions=False)
    assert looks(draft.read_bytes()) == looks(plain)


@pytest.mark.parametrize("outline", ALL)
@pytest.mark.parametrize("sets", ANSWERED)
def test_once_accepted_the_draft_is_what_the_plain_update_makes(draft, outline, sets):
    plain, after = both(draft, outline, sets)
    draft.write_bytes(plain)
    wanted = shown(draft)
    draft.write_bytes(after)
    assert shown(draft) == wanted  # what nobody has decided on counts as accepted
    draft.write_bytes(accepted(opened(after)))
    assert shown(draft) == wanted
    revised(draft, outline, revisions=False)
    assert looks(draft.read_bytes()) == looks(plain)


def test_controls_are_bound_again_once_they_are_accepted(draft):
    plain, after = both(draft, OUTLINE, ("日期=2026-12-03", "会议=党建工作会议"))
    draft.write_bytes(accepted(opened(after)))
    update(UpdateRequest(str(draft), Against()))
    here, there = (DocxFile(data, "稿").body for data in (draft.read_bytes(), plain))
    assert [bound(control) for control in here.iter(SDT)] == [bound(control) for control in there.iter(SDT)]
    assert update(UpdateRequest(str(draft), Against())).written is False


def bound(control: Element) -> tuple[list[str], str]:
    """What a control says it is, but for its number, and what it says."""
    properties = control.find(w("sdtPr"))
    kinds = [f"{child.tag} {sorted(child.attrib.items())}" for child in properties if child.tag != w("id")]
    return kinds, "".join(t.text or "" for t in control.iter(w("t")))


def test_an_answer_that_was_refused_is_the_old_one_and_the_others_are_new(draft):
    revised(draft, sets=("日期=2026-12-03", "会议=党建工作会议"))

    def about_the_day(change: Element) -> bool:
        around = next((a for a in change.iterancestors(SDT)), change.getnext() if change.getnext() is not None else change)
        return any((t.get(w("val")) or "").startswith("日期") for t in around.iter(w("tag")))

    draft.write_bytes(half(draft.read_bytes(), lambda change: not about_the_day(change)))
    assert texts_of(draft.read_bytes())[:2] == ["在全市党建工作会议上的讲话", "（2026年11月26日）"]
    said = pull(PullRequest(str(draft))).saved()
    assert (said["会议"], said["日期"]) == ("党建工作会议", "2026-11-26")


def test_revisions_on_top_of_revisions_are_refused_together(draft):
    before = draft.read_bytes()
    (draft.parent / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    wanted = shown(draft)[1]
    revised(draft, sets=("日期=2026-12-03", "层级=县"))
    revised(draft, LAST, sets=("日期=2026-12-10",))
    after = opened(draft.read_bytes())
    assert looks(refused(after)) == looks(before)
    assert texts_of(accepted(after))[1] == "（2026年12月10日）"
    draft.write_bytes(refused(after))
    assert shown(draft)[1] == wanted


def test_status_says_what_nobody_has_decided_on(draft):
    revised(draft, sets=("日期=2026-12-03",))
    assert [remark.code for remark in status(StatusRequest(str(draft))).remarks] == ["revisions-undecided"]


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@LAWS
@given(
    seed=st.integers(0, 10**9),
    times=st.integers(0, 6),
    outline=st.sampled_from(ALL),
    sets=st.sampled_from(ANSWERED),
    filled=st.booleans(),
)
def test_law_accepted_is_the_plain_update_and_refused_is_before(tmp_path_factory, seed, times, outline, sets, filled):
    folder = tmp_path_factory.mktemp("law")
    word = Word(made(folder))
    scribble(word, Random(seed), times)
    if filled:
        fill_in(word, Random(seed))
    path = folder / "稿.docx"
    path.write_bytes(word.save())
    before = path.read_bytes()
    plain, _ = both(path, outline, sets)
    path.write_bytes(before)
    done = revised(path, outline, sets)
    after = opened(path.read_bytes())
    if not any("写成修订挪不了" in step.note for step in done.steps):
        assert looks(accepted(after)) == looks(accepted(plain))
    assert looks(refused(after, by("drafter"))) == looks(before)
    assert looks(refused(after)) == looks(refused(before))
    assert headers(refused(after)) == headers(before)


def test_what_is_dropped_of_one_control_leaves_the_one_beside_it_whole():
    marked = (
        '<w:customXmlDelRangeStart w:id="1"/><w:sdt><w:sdtContent><w:customXmlDelRangeEnd w:id="1"/>'
        '<w:customXmlDelRangeStart w:id="2"/></w:sdtContent></w:sdt><w:customXmlDelRangeEnd w:id="2"/>'
    )
    plain = "<w:sdt><w:sdtContent/></w:sdt>"
    for body, at, left in ((marked + plain, 1, 4), (plain + marked, 0, 4), (marked + marked, 1, 4), (marked, 0, 0)):
        paragraph = parse(f'<w:p xmlns:w="{W}">{body}</w:p>'.encode())
        drop_ranges([child for child in paragraph if child.tag == SDT][at])
        assert len(list(paragraph.iter(*CONTROL_RANGES))) == left, body
