"""What the writer made has an owner: it goes with the requirement it stands under, or the writer is told. And paragraphs
are followed wherever they stand."""

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from edits import make, xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_update import OUTLINE, draft, edit, kinds, made  # noqa: F401 (a fixture)
from word import Word, words_of

from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update
from drafter.word.text import every_paragraph, read, w

BOX = (
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:extent cx='1' cy='1'/>"
    "<wp:docPr id='77' name='框'/><a:graphic><a:graphicData uri='x'><wps:wsp><wps:txbx><w:txbxContent/></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
    "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)


def requirement(heading: str) -> str:
    """The lines of a requirement in the outline."""
    found = re.search(f"      - heading: {heading}\n(?:        .*\n)+", OUTLINE)
    assert found
    return found[0]


def without(heading: str) -> str:
    return OUTLINE.replace(requirement(heading), "")


def moved(heading: str, behind: str) -> str:
    """The outline with a requirement behind another."""
    return without(heading).replace(requirement(behind), requirement(behind) + requirement(heading))


# ── what a writer does ─────────────────────────────────────────────────────────────────────────────────────────────


def table(*cells: str) -> Any:
    said = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return xml(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{said}</w:tr></w:tbl>")


def frame(word: Word, *says: str) -> None:
    """Put paragraphs into a table, each in a row of its own."""
    found = table()
    word.at(says[0]).addprevious(found)
    found.addnext(make("p"))
    found.remove(found[-1])
    for said in says:
        row = xml("<w:tr><w:tc><w:tcPr/></w:tc></w:tr>")
        row[0].append(word.at(said))
        found.append(row)


def box(word: Word, said: str) -> None:
    """Put a paragraph into a text box that hangs on an empty paragraph."""
    paragraph = word.at(said)
    host = make("p")
    paragraph.addprevious(host)
    run = make("r")
    host.append(run)
    run.append(xml(BOX))
    shown, older = host.iter(w("txbxContent"))
    shown.append(paragraph)
    older.append(deepcopy(paragraph))


def control(word: Word, said: str) -> None:
    """Put a paragraph into a block control."""
    paragraph = word.at(said)
    around = xml("<w:sdt><w:sdtPr><w:id w:val='4711'/></w:sdtPr><w:sdtContent/></w:sdt>")
    paragraph.addprevious(around)
    around[1].append(paragraph)


def nest(word: Word, said: str) -> None:
    """Put a paragraph into a table in a table."""
    frame(word, said)
    inner = next(word.file.body.iter(w("tbl")))
    outer = table()
    inner.addprevious(outer)
    outer[-1].append(xml("<w:tc><w:tcPr/></w:tc>"))
    outer[-1][-1].append(inner)
    inner.addnext(make("p"))


def example(word: Word, said: str) -> None:
    word.add_behind(word.at(said), "这里举一个例子：老周家的事。")


def own_table(word: Word, said: str) -> None:
    word.at(said).addnext(table("例子：", "办理情况"))


def half(word: Word, said: str) -> None:
    """Press Enter behind the heading."""
    paragraph = word.at(said)
    rest = make("p")
    paragraph.addnext(rest)
    behind = False
    for child in list(paragraph):
        if behind and child.tag in (w("r"), w("sdt")):
            rest.append(child)
        behind = behind or "".join(leaf.text for leaf in child.iter(w("t"))).endswith("。")
    assert len(rest)


def picture(word: Word, said: str) -> None:
    word.at(said).addnext(xml("<w:p><w:r><w:t>例子见图</w:t><w:drawing/></w:r></w:p>"))


def two(word: Word, said: str) -> None:
    example(word, said)
    word.at("老周家").addnext(make("p"))
    word.at("老周家").getnext().addnext(table("例子：再一个"))


def lines(path: Path) -> list[str]:
    """The words, those in tables and text boxes too."""
    file = Word(path.read_bytes()).file
    return [text for element, _ in every_paragraph(file.body) if (text := read(element).text)]


# ── owners ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("make_own", [example, own_table, half, picture, two])
@pytest.mark.parametrize(("heading", "behind"), [("狠抓落实", "严守纪律"), ("严守纪律", "提高站位"), ("提高站位", "狠抓落实")])
def test_what_the_writer_put_under_a_requirement_goes_with_it(draft, make_own, heading, behind):  # noqa: F811
    word = edit(draft)
    make_own(word, heading)
    draft.write_bytes(word.save())
    before = lines(draft)
    at = next(n for n, text in enumerate(before) if heading in text)
    count = {"own_table": 2, "two": 2}.get(make_own.__name__, 1)
    put = before[at + 1 : at + 1 + count]
    (draft.parent / "会.yaml").write_text(moved(heading, behind), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    after = lines(draft)
    at = next(n for n, text in enumerate(after) if heading in text)
    assert after[at + 1 : at + 1 + count] == put
    assert sorted(map(unnumbered, after)) == sorted(map(unnumbered, before))
    order = [name for text in after for name in ("提高站位", "狠抓落实", "改进作风", "严守纪律") if f"要{name}" in text]
    assert order == re.findall("heading: (.*)", moved(heading, behind))
    assert [text[0] for text in after if re.match(".要", text)] == ["一", "二", "三", "四"]
    assert kinds(draft) == []


def unnumbered(text: str) -> str:
    return re.sub("^.要", "", text)


def test_two_tables_are_never_put_side_by_side(draft):  # noqa: F811
    word = edit(draft)
    own_table(word, "狠抓落实")
    frame(word, "严守纪律")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("狠抓落实", "改进作风"), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    body = list(Word(draft.read_bytes()).file.body)
    assert [1 for one, other in pairwise(body) if one.tag == other.tag == w("tbl")] == []


@pytest.mark.parametrize("make_own", [example, own_table, picture, two])
def test_what_stood_under_a_requirement_that_goes_stays_and_is_told(draft, make_own):  # noqa: F811
    word = edit(draft)
    make_own(word, "狠抓落实")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(without("狠抓落实"), encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    notes = [step.note for step in done.steps if step.note]
    assert notes == ["这里原来在“二要狠抓落实。各单位要拿出具体办法，一…”下面，提纲里那一条没有了。这里是您加的，所以留着；不要的话请删掉。"]
    assert notes[0] in words_of(draft.read_bytes())
    assert "例子" in words_of(draft.read_bytes())
    assert kinds(draft) == []


def test_a_requirement_of_the_writers_own_stays_where_it_is(draft):  # noqa: F811
    word = edit(draft)
    word.add_behind(word.at("狠抓落实"), "三要勤学苦练。这一条是加的。")
    word.add_behind(word.at("勤学苦练"), "加的这一条也举个例子。")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("狠抓落实", "严守纪律"), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    assert [unnumbered(text)[:4] for text in lines(draft) if "要" in text[1:2] or "加的这" in text] == [
        "提高站位",
        "勤学苦练",
        "加的这一",
        "改进作风",
        "严守纪律",
        "狠抓落实",
    ]


# ── moved by hand ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_the_writer_moved_it_too_it_stays_and_is_told(draft):  # noqa: F811
    word = edit(draft)
    word.at("提高站位").addprevious(word.at("严守纪律"))
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("严守纪律", "提高站位"), encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    assert [unnumbered(text)[:4] for text in lines(draft) if re.match(".要", text)] == ["严守纪律", "提高站位", "狠抓落实", "改进作风"]
    notes = [step.note for step in done.steps if step.note]
    assert notes == ["提纲里这一段换了位置，现在在“一要提高站位。全市上下要统一思想，认清…”后面；您在 Word 里也挪过，所以没有动。"]
    assert kinds(draft) == []


def test_where_both_moved_it_to_the_same_place_there_is_nothing_to_do(draft):  # noqa: F811
    word = edit(draft)
    word.at("狠抓落实").addprevious(word.at("改进作风"))
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("狠抓落实", "改进作风"), encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    assert {step.kind for step in done.steps} <= {"renumber"}
    assert [text[:6] for text in lines(draft) if re.match(".要", text)] == ["一要提高站位", "二要改进作风", "三要狠抓落实", "四要严守纪律"]


# ── wherever it stands ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("put", [frame, nest, box, control])
@pytest.mark.parametrize("heading", ["提高站位", "改进作风", "严守纪律"])
def test_a_paragraph_follows_wherever_it_stands_and_numbers_count_it(draft, put, heading):  # noqa: F811
    word = edit(draft)
    put(word, heading)
    draft.write_bytes(word.save())
    before = lines(draft)
    update(UpdateRequest(str(draft), Against(sets=("层级=县", "日期=2026-12-03"))))
    after = lines(draft)
    assert [text.replace("全市上下", "全县上下").replace("让市里", "让县里").replace("市委", "县委") for text in before if "要" in text[1:2]] == [
        text for text in after if "要" in text[1:2]
    ]
    assert kinds(draft) == []


def test_both_forms_of_a_text_box_say_the_same(draft):  # noqa: F811
    word = edit(draft)
    box(word, "提高站位")
    draft.write_bytes(word.save())
    update(UpdateRequest(str(draft), Against(sets=("层级=县",))))
    boxes = [*Word(draft.read_bytes()).file.body.iter(w("txbxContent"))]
    assert ["".join(leaf.text for leaf in one.iter(w("t"))) for one in boxes] == ["一要提高站位。全县上下要统一思想，认清形势。"] * 2


@pytest.mark.parametrize("put", [frame, nest, box])
def test_what_the_writer_framed_stays_where_the_outline_drops_it(draft, put):  # noqa: F811
    word = edit(draft)
    put(word, "狠抓落实")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(without("狠抓落实"), encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    assert "提纲里已经没有这一段了。这一段在您做的表格或者文本框里，所以留着；不要的话请删掉。" in [step.note for step in done.steps]
    assert [text for text in lines(draft) if text.startswith("二要狠抓落实。各单位要拿出具体办法")]


def test_a_block_control_goes_with_the_paragraph_it_holds(draft):  # noqa: F811
    word = edit(draft)
    control(word, "狠抓落实")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(without("狠抓落实"), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    assert not [one for one in Word(draft.read_bytes()).file.body if one.tag == w("sdt")]


@pytest.mark.parametrize("put", [frame, nest, box, control])
def test_a_framed_requirement_moves_with_its_frame(draft, put):  # noqa: F811
    word = edit(draft)
    put(word, "狠抓落实")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("狠抓落实", "严守纪律"), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    assert [text[:6] for text in lines(draft) if re.match(".要", text)] == ["一要提高站位", "二要改进作风", "三要严守纪律", "四要狠抓落实"]
    assert kinds(draft) == []


def test_a_table_with_two_requirements_is_not_torn_apart(draft):  # noqa: F811
    word = edit(draft)
    frame(word, "提高站位", "狠抓落实")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(moved("提高站位", "严守纪律"), encoding="utf-8")
    done = update(UpdateRequest(str(draft), Against()))
    assert "提纲里这一段换了位置，现在在“三要严守纪律。守规矩，知敬畏，市委要管…”后面；它和别的段在您做的一个表格里，所以没有动。" in [
        step.note for step in done.steps
    ]


# ── what was kept keeps what it is ─────────────────────────────────────────────────────────────────────────────────


def texts(path: Path, begins: str) -> list[str]:
    return [text for text in lines(path) if text.startswith(begins)]


@pytest.mark.parametrize("between", [(), ("日期=2026-12-03",), ("层级=县",)])
def test_a_condition_that_fails_and_holds_again_doubles_nothing(draft, between):  # noqa: F811
    draft.write_bytes(edit(draft, "再接再厉→再创佳绩").save())
    kinds(draft, sets=("表彰=否",))
    assert texts(draft, "希望") == ["希望甲局再创佳绩。"]
    assert kinds(draft) == []
    kinds(draft, sets=between)
    kinds(draft, sets=("表彰=是",))
    assert texts(draft, "希望") == ["希望甲局再创佳绩。", "希望乙局再接再厉。", "希望丙局再接再厉。"]
    assert kinds(draft) == []
    kinds(draft, sets=("单位=戊局、乙局、丙局",))  # and it is a paragraph like all others again
    assert texts(draft, "希望")[0] == "希望戊局再创佳绩。"


@pytest.mark.parametrize("heading", ["提高站位", "狠抓落实", "严守纪律"])
@pytest.mark.parametrize("change", ["", "，一件一件办好→，一次一次办好"])
def test_a_requirement_taken_out_and_put_back_is_the_writers(draft, heading, change):  # noqa: F811
    word = edit(draft)
    word.type_into(word.at(heading), 14, "真真切切")
    draft.write_bytes(word.save())
    (draft.parent / "会.yaml").write_text(without(heading), encoding="utf-8")
    for _ in range(2):
        update(UpdateRequest(str(draft), Against()))
        assert sum(heading in text for text in lines(draft)) == 1
    (draft.parent / "会.yaml").write_text(OUTLINE.replace(*(change.split("→") if change else ("", ""))), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    said = [text for text in lines(draft) if heading in text]
    assert ["真真切切" in text for text in said] == [True]
    assert [text[:6] for text in lines(draft) if re.match(".要", text)] == ["一要提高站位", "二要狠抓落实", "三要改进作风", "四要严守纪律"]
    assert kinds(draft) == []


def test_what_was_framed_and_dropped_follows_again_when_it_is_back(draft):  # noqa: F811
    word = edit(draft)
    frame(word, "提高站位")
    draft.write_bytes(word.save())
    for outline in (without("提高站位"), OUTLINE.replace("认清形势", "认清大势")):
        (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
        update(UpdateRequest(str(draft), Against()))
    assert [text for text in lines(draft) if "提高站位" in text] == ["一要提高站位。全市上下要统一思想，认清大势。"]


def test_another_paragraph_that_comes_is_not_taken_for_one_that_was_kept(draft):  # noqa: F811
    draft.write_bytes(edit(draft, "具体办法→具体的办法").save())
    (draft.parent / "会.yaml").write_text(without("狠抓落实"), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    other = requirement("狠抓落实").replace("狠抓落实", "学好本领").replace("各单位要拿出具体办法，一件一件办好。", "本领不够，就要学习。")
    (draft.parent / "会.yaml").write_text(OUTLINE.replace(requirement("狠抓落实"), other), encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    assert [name for name in ("狠抓落实", "学好本领") if any(name in text for text in lines(draft))] == ["狠抓落实", "学好本领"]



def test_the_first_and_the_last_change_places(draft):  # noqa: F811
    """Neither is taken for the other, reworded, as it stands where that stood."""
    word = edit(draft)
    example(word, "严守纪律")
    word.type_into(word.at("提高站位"), 14, "真真切切")
    draft.write_bytes(word.save())
    order = ("严守纪律", "狠抓落实", "改进作风", "提高站位")
    said = requirement("提高站位") + "".join(requirement(heading) for heading in order[1:3]) + requirement("严守纪律")
    outline = OUTLINE.replace(said, "".join(requirement(heading) for heading in order))
    (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    update(UpdateRequest(str(draft), Against()))
    heads = [text[:6] for text in lines(draft) if re.match(".要|这里举", text)]
    assert heads == ["一要严守纪律", "这里举一个例", "二要狠抓落实", "三要改进作风", "四要提高站位"]
    assert "真真切切" in "".join(lines(draft))
    assert kinds(draft) == []


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

HEADINGS = ("提高站位", "狠抓落实", "改进作风", "严守纪律")
LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def ordered(order: Sequence[str]) -> str:
    """The outline with these requirements in this order."""
    said = "".join(requirement(heading) for heading in HEADINGS)
    return OUTLINE.replace(said, "".join(requirement(heading) for heading in order))


def owners(path: Path) -> dict[str, str]:
    """The requirement each paragraph of the writer's own stands under, by its words."""
    out: dict[str, str] = {}
    above = ""
    for text in lines(path):
        above = next((heading for heading in HEADINGS if heading in text), above)
        if text.startswith("自己加的"):
            out[text] = above
    return out


@LAWS
@given(
    own=st.lists(st.tuples(st.sampled_from(HEADINGS), st.sampled_from(["paragraph", "table", "box"])), max_size=4),
    order=st.permutations(HEADINGS),
    keep=st.integers(1, 4),
    framed=st.sampled_from([None, *HEADINGS]),
    edited=st.sampled_from([None, *HEADINGS]),
    sets=st.sampled_from([(), ("层级=县",)]),
)
def test_law_what_is_the_writers_stays_under_its_requirement_or_is_told(tmp_path_factory, own, order, keep, framed, edited, sets):
    folder = tmp_path_factory.mktemp("law")
    word = Word(made(folder))
    for n, (heading, kind) in enumerate(own):
        if kind == "table":
            word.at(heading).addnext(table(f"自己加的{n}"))
        else:
            word.add_behind(word.at(heading), f"自己加的{n}。")
            if kind == "box":
                box(word, f"自己加的{n}。")
    if edited:
        word.type_into(word.at(edited), 14, "真真切切")
    if framed:
        frame(word, framed)
    path = folder / "稿.docx"
    path.write_bytes(word.save())
    before = owners(path)
    (folder / "会.yaml").write_text(ordered(order[:keep]), encoding="utf-8")
    done = update(UpdateRequest(str(path), Against(sets=sets, outline=str(folder / "会.yaml"))))
    after = owners(path)
    assert after.keys() == before.keys()
    stays = {*order[:keep], edited, framed}
    assert {text: above for text, above in after.items() if above in order[:keep] and before[text] in order[:keep]} == {
        text: above for text, above in before.items() if above in order[:keep]
    }
    told = sum("这里原来在" in step.note for step in done.steps)
    gone = {above for above in before.values() if above not in stays}
    assert told == len(gone)
    there = [heading for text in lines(path) for heading in HEADINGS if heading in text and heading in order[:keep]]
    assert there == list(order[:keep])
    again = update(UpdateRequest(str(path), Against(outline=str(folder / "会.yaml"))))
    assert again.steps == ()


@LAWS
@given(hand=st.permutations(HEADINGS), order=st.permutations(HEADINGS), words=st.booleans())
def test_law_what_nobody_moved_by_hand_stands_as_in_the_outline(tmp_path_factory, hand, order, words):
    folder = tmp_path_factory.mktemp("law")
    word = Word(made(folder))
    for heading in hand:
        word.at("让我们一起努力").addprevious(word.at(heading))
    path = folder / "稿.docx"
    path.write_bytes(word.save())
    outline = ordered(order)
    (folder / "会.yaml").write_text(outline.replace("认清形势", "认清大势") if words else outline, encoding="utf-8")
    against = Against(outline=str(folder / "会.yaml"))
    done = update(UpdateRequest(str(path), against))
    there = [heading for text in lines(path) for heading in HEADINGS if heading in text]
    assert sorted(there) == sorted(HEADINGS)
    if list(hand) == list(HEADINGS):
        assert there == list(order)
    if list(order) == list(HEADINGS) or list(order) == list(hand):
        assert there == list(hand)
        assert not any(step.kind == "move" or "换了位置" in step.note for step in done.steps)
    assert update(UpdateRequest(str(path), against)).steps == ()
